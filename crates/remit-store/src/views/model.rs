//! The model itself: its codes, stages and fields.

use super::view::{View, fixed, plain};
use remit_model::{Kind, Model, Stages, Time};

pub(super) fn code(model: &Model) -> View {
    let mut items = plain("c", &["list", "code"]);
    let languages: Vec<String> = model.languages.all().map(|l| l.language.code().to_owned()).collect();
    items.extend(languages.iter().map(|code| (code.as_str(), format!("c.\"{code}\""))));
    items.extend(plain("c", &["category", "parent", "position"]));
    // A condition that always holds: so a column is read through the view, whatever of it is asked for.
    fixed("code", "The codes of every code list, with their names.", &items, "from temp.as_of_code c where c.list <> ''".into())
}

/// So that a question can follow the records of every kind with stages, also of one that it does not know.
pub(super) fn stage(model: &Model) -> View {
    let text = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let or_null = |field: &Option<String>| field.as_deref().map_or("null".to_owned(), text);
    let row = |(kind, s): (&Kind, &Stages)| {
        let (field, due, owner) = (text(&s.field), or_null(&s.due), or_null(&s.owner));
        let (open, days, added) = (text(&serde_json::json!(s.open).to_string()), s.verify_after_days, u8::from(kind.added));
        let state = u8::from(kind.time == Time::State);
        format!(
            "select '{}' as kind, {field} as field, {due} as due, {owner} as owner, {open} as open, {days} as days, {added} as added, {state} as state",
            kind.name
        )
    };
    let mut rows: Vec<String> = model.kinds.iter().filter_map(|k| Some((k, k.stages.as_ref()?))).map(row).collect();
    if rows.is_empty() {
        let none = "select null as kind, null as field, null as due, null as owner, null as open, null as days, null as added, null as state where 0";
        rows.push(none.into());
    }
    let mut items = plain("c", &["kind", "field", "due", "owner", "open"]);
    items.push(("verify_after_days", "c.days".into()));
    items.push(("added", "c.added".into()));
    items.push(("is_state", "c.state".into()));
    let about = "The kinds whose records go through stages: the fields with stage, due date and owner, the codes that are open; \
                 `added` is 1 for a kind that this workspace has added, `is_state` for one whose records hold from one day to another.";
    fixed("stage", about, &items, format!("from ({}) c", rows.join(" union all ")))
}

/// So that a question can read the dates of every kind, and follow what refers to what, without naming kinds.
pub(super) fn kind_field(model: &Model) -> View {
    let mut rows = Vec::new();
    for kind in model.register_kinds() {
        for field in &kind.fields {
            let is_state = u8::from(kind.time == Time::State);
            let of_kind = format!("{}, {}, {is_state}", u8::from(kind.personal), u8::from(kind.added));
            let row = |of: &str, before: &str| {
                format!("('{}', '{}', '{}', {of}, '{before}', {of_kind})", kind.name, field.name, field.kind.code())
            };
            match field.targets() {
                [] => rows.push(row("null", "")),
                [of] => rows.push(row(&format!("'{of}'"), "")),
                several => rows.extend(several.iter().map(|of| row(&format!("'{of}'"), &format!("{of}:")))),
            }
        }
    }
    if rows.is_empty() {
        rows.push("(null, null, null, null, null, null, null, null)".into());
    }
    let items = ["kind", "field", "type", "refers_to", "prefix", "personal", "added", "is_state"].into_iter().enumerate();
    let items: Vec<(&str, String)> = items.map(|(n, name)| (name, format!("c.column{}", n + 1))).collect();
    let about = "The fields of every kind: their type, and the kinds of records that they refer to, a row each; `prefix` stands before the \
                 identifier where there are several. `personal` is 1 for a kind about persons, `added` for one that this workspace has added, \
                 `is_state` for one whose records hold from one day to another.";
    fixed("kind_field", about, &items, format!("from (values {}) c", rows.join(", ")))
}
