//! Forms to change records where they are listed: one in each row of a tracker, one for all that are chosen in a list. Which
//! values they change, the stages of the kind say: status, due date, who answers for it.

use crate::cells::{ChangeForm, RowField, RowForm, code_label};
use crate::choice::{Choice, indented};
use crate::context::{Context, quoted};
use crate::error::PageError;
use crate::last_source::last_source;
use crate::m;
use crate::messages::label;
use remit_model::{Day, Field, FieldType, Kind};
use remit_store::Table;

/// The forms for some records of a kind, in their order; none for who may not write.
pub(crate) fn change_form(cx: &Context, kind: &Kind, records: &[&str]) -> Result<Option<ChangeForm>, PageError> {
    let Some(author) = cx.app().author() else { return Ok(None) };
    let fields = changeable(kind);
    let rows = match fields.is_empty() {
        true => records.iter().map(|r| RowForm { record: (*r).to_owned(), fields: Vec::new() }).collect(),
        false => rows(cx, kind, &fields, records)?,
    };
    let codes = |list: &str| -> Vec<Choice> {
        let list = cx.model().lists.get(list);
        let one = |c: &remit_model::Code| Choice::new(&c.code, m::pair(&c.code, label(&c.label)), false);
        let all = list.map_or(&[][..], |l| l.codes()).iter().map(one);
        std::iter::once(Choice::new("", m::as_it_is(), true)).chain(all).collect()
    };
    let marking = |m: &remit_model::Marking| Choice::new(m.code(), code_label(cx.model(), "marking", m.code()), false);
    Ok(Some(ChangeForm {
        action: cx.link(&format!("/change/{}", kind.name), &[]),
        back: cx.request.here(),
        day: cx.request.as_of.valid_on.to_string(),
        last: last_source(cx, author)?.map(|l| l.source).unwrap_or_default(),
        fields: fields.iter().map(|f| row_field(cx, kind, f, "", "")).collect(),
        reliabilities: codes("reliability"),
        credibilities: codes("credibility"),
        markings: remit_model::Marking::ALL.iter().map(marking).collect(),
        rows,
    }))
}

/// The fields of a change as somebody typed them.
pub(crate) fn typed_fields<'t>(cx: &Context, kind: &Kind, typed: impl Fn(&str) -> &'t str) -> Vec<RowField> {
    changeable(kind).into_iter().map(|f| row_field(cx, kind, f, typed(&format!("set-{}", f.name)), "")).collect()
}

/// The fields that the stages of a kind name.
fn changeable(kind: &Kind) -> Vec<&Field> {
    let Some(stages) = &kind.stages else { return Vec::new() };
    stages.followed().filter_map(|name| kind.field(name)).collect()
}

fn rows(cx: &Context, kind: &Kind, fields: &[&Field], records: &[&str]) -> Result<Vec<RowForm>, PageError> {
    let column = |f: &&Field| match f.record_kind() {
        Some(_) => format!("\"{0}\", \"{0}_name\"", f.name),
        None => format!("\"{}\"", f.name),
    };
    let columns: Vec<String> = fields.iter().map(column).collect();
    let sql = format!("select record, {} from \"{}\" where record in ({})", columns.join(", "), kind.view, quoted(records));
    let table: Table = cx.reader.query(&sql, &[])?;
    let row = |record: &&str| {
        let found = table.rows.iter().find(|r| r[0].text() == Some(record));
        let text = |name: &str| {
            let at = table.column(name);
            at.zip(found).and_then(|(at, row)| row[at].text()).unwrap_or_default()
        };
        let field = |f: &&Field| row_field(cx, kind, f, text(&f.name), text(&format!("{}_name", f.name)));
        RowForm {
            record: (*record).to_owned(),
            fields: if found.is_some() { fields.iter().map(field).collect() } else { Vec::new() },
        }
    };
    Ok(records.iter().map(row).collect())
}

fn row_field(cx: &Context, kind: &Kind, field: &Field, value: &str, name: &str) -> RowField {
    let options = match &field.kind {
        FieldType::Code(list) => {
            let mut codes = cx.model().lists.get(list).map_or_else(Vec::new, |l| l.as_tree());
            codes.retain(|(_, c)| c.status != "withdrawn" || c.code == value);
            // What may come next stands first, whatever it is a part of. The rest is there too: nobody has told of every step.
            if let Some(stages) = kind.stages.as_ref().filter(|s| s.field == field.name && !value.is_empty()) {
                codes.sort_by_key(|(_, c)| !stages.may_follow(value, &c.code));
                codes.iter_mut().for_each(|(depth, _)| *depth = 0);
            }
            let named = codes.into_iter().map(|(n, c)| Choice::new(&c.code, indented(n, &label(&c.label)), c.code == value));
            std::iter::once(Choice::new("", m::as_it_is(), value.is_empty())).chain(named).collect()
        }
        _ => Vec::new(),
    };
    RowField {
        name: format!("set-{}", field.name),
        label: label(&field.label),
        value: if name.is_empty() { value } else { name }.to_owned(),
        options,
        // A browser shows no other day in a calendar than one that is written so.
        is_day: field.kind == FieldType::Date && (value.is_empty() || (value.len() == 10 && Day::parse(value).is_some())),
        of: field.record_kind().unwrap_or_default().to_owned(),
    }
}
