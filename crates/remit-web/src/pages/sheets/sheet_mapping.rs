//! What the form says of the columns, as a mapping.

use crate::post::Fields;
use remit_model::Kind;
use remit_sheet::{Mapping, RecordRule, Rule};
use remit_store::ENVELOPE;

/// Between the columns of a date.
const AND: &str = " + ";

/// A mapping with the record of a kind that the form tells of; none where it names no column.
pub(super) fn with_record(before: Mapping, kind: &Kind, posted: &Fields) -> Option<Mapping> {
    let mut mapping = before;
    let rule = record_rule(kind, posted);
    if rule.fields.is_empty() {
        return None;
    }
    let said = |name: &str| Some(posted.get(name).to_owned()).filter(|v| !v.is_empty());
    mapping.sheet = said("sheet").or(mapping.sheet);
    mapping.source = said("all-source").or(mapping.source);
    mapping.marking = said("marking").or(mapping.marking);
    mapping.record.retain(|r| r.kind != rule.kind || r.name != rule.name);
    mapping.record.push(rule);
    Some(mapping)
}

fn record_rule(kind: &Kind, posted: &Fields) -> RecordRule {
    let said = |name: String| Some(posted.get(&name).to_owned()).filter(|v| !v.is_empty());
    let mut rule =
        RecordRule { kind: kind.name.clone(), id: said("id".into()), when: said("when".into()), ..RecordRule::default() };
    for name in kind.fields.iter().map(|f| f.name.as_str()).chain(ENVELOPE) {
        let column = said(format!("column-{name}"));
        let columns: Vec<String> =
            column.iter().filter(|c| c.contains(AND)).flat_map(|c| c.split(AND)).map(|c| c.trim().to_owned()).collect();
        let field = Rule {
            column: column.filter(|_| columns.is_empty()),
            columns,
            value: said(format!("value-{name}")),
            record: said(format!("row-{name}")),
            missing: said(format!("missing-{name}")),
            formats: said(format!("format-{name}")).into_iter().collect(),
            source: said(format!("source-{name}")),
            confidence: said(format!("confidence-{name}")),
            ..Rule::default()
        };
        if field.column.is_some() || !field.columns.is_empty() || field.value.is_some() || field.record.is_some() {
            rule.fields.insert(name.to_owned(), field);
        }
    }
    rule
}
