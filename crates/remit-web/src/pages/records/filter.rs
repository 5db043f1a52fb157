//! Which records of a kind are shown: as the address says, which is also the link to the list. A condition is SQL over the kind's
//! view, with everything that somebody typed as a parameter.

use crate::cells::PER_PAGE;
use crate::context::Context;
use crate::error::PageError;
use remit_ask::{AskError, WrongValue};
use remit_model::{Field, FieldType, Kind};
use remit_store::Cell;
use std::collections::HashMap;

/// What an address says for a field of which nothing is known.
pub(super) const NOT_REPORTED: &str = "-";

/// What is looked for.
pub(super) struct Filter<'a> {
    pub(super) kind: &'a Kind,
    /// Words that must all stand in some text of a record.
    pub(super) words: String,
    /// Fields with the values that were chosen.
    chosen: Vec<(&'a Field, Vec<String>)>,
    /// The field that the records are in the order of, and whether the last comes first.
    pub(super) sort: Option<(&'a Field, bool)>,
    pub(super) page: usize,
    parameters: Vec<(String, Cell)>,
    /// What is a part of a code that was chosen, as SQL, by the name of that parameter: it is found with it.
    parts: HashMap<String, String>,
}

impl<'a> Filter<'a> {
    /// # Errors
    /// Where a code is looked for that there is not.
    pub(super) fn of(cx: &Context, kind: &'a Kind) -> Result<Filter<'a>, PageError> {
        let mut filter = Filter {
            kind,
            words: cx.request.get("q").to_owned(),
            chosen: Vec::new(),
            sort: sort(kind, &cx.request.sort),
            page: cx.request.get("page").parse().unwrap_or(1).max(1),
            parameters: Vec::new(),
            parts: HashMap::new(),
        };
        for field in kind.fields.iter().filter(|f| is_exact(f)) {
            let called = called(field);
            let given = cx.request.parameters.iter().filter(|(name, _)| *name == called);
            let values: Vec<String> = given.map(|(_, value)| value_of(cx, kind, field, value)).collect::<Result<_, _>>()?;
            for (n, value) in values.iter().enumerate() {
                let name = format!("{}_{n}", field.name);
                filter.parts.extend(parts(cx, field, value).map(|parts| (name.clone(), parts)));
                filter.parameters.push((name, value.as_str().into()));
            }
            if !values.is_empty() {
                filter.chosen.push((field, values));
            }
        }
        for (n, word) in words(&filter.words).enumerate() {
            filter.parameters.push((format!("word_{n}"), word.into()));
        }
        Ok(filter)
    }

    /// True where not all records are shown.
    pub(super) fn is_narrow(&self) -> bool {
        !self.words.is_empty() || !self.chosen.is_empty()
    }

    /// True where a value of a field was chosen.
    pub(super) fn has(&self, field: &str, value: &str) -> bool {
        self.chosen.iter().any(|(f, values)| f.name == field && values.iter().any(|v| v == value))
    }

    /// The fields of which a value was chosen.
    pub(super) fn chosen(&self) -> impl Iterator<Item = &str> {
        self.chosen.iter().map(|(field, _)| field.name.as_str())
    }

    /// The condition of the words.
    pub(super) fn by_words(&self) -> String {
        let texts = self.kind.fields.iter().filter_map(|f| match &f.kind {
            FieldType::Text | FieldType::Url | FieldType::Texts | FieldType::List(_) => Some(f.name.clone()),
            FieldType::Record(_) => Some(format!("{}_name", f.name)),
            _ => None,
        });
        let all: Vec<String> = texts.map(|name| format!("coalesce(\"{name}\", '')")).collect();
        let text = if all.is_empty() { "record".to_owned() } else { all.join(" || ' ' || ") };
        and(words(&self.words).enumerate().map(|(n, _)| format!("instr(folded({text}), folded(:word_{n})) > 0")))
    }

    /// The condition of the values, but for those of one field: what else could be chosen there.
    pub(super) fn by_values(&self, but: &str) -> String {
        and(self.chosen.iter().filter(|(f, _)| f.name != but).map(|(field, values)| {
            let one = |(n, value): (usize, &String)| match value.as_str() {
                // A parameter that the SQL does not use is one too many.
                NOT_REPORTED => format!("(\"{0}\" is null and :{0}_{n} = '{NOT_REPORTED}')", field.name),
                _ => match self.parts.get(&format!("{}_{n}", field.name)) {
                    Some(parts) => format!("cast(\"{0}\" as text) in (:{0}_{n}, {parts})", field.name),
                    None => format!("cast(\"{0}\" as text) = :{0}_{n}", field.name),
                },
            };
            format!("({})", values.iter().enumerate().map(one).collect::<Vec<_>>().join(" or "))
        }))
    }

    /// The columns that the order of the records is made of.
    pub(super) fn ordering(&self) -> impl Iterator<Item = String> {
        let shown = self.sort.map(|(field, _)| shown_column(field).trim_matches('"').to_owned());
        shown.into_iter().chain(self.kind.title.clone())
    }

    /// The records in their order.
    pub(super) fn order(&self) -> String {
        let title = self.kind.title.as_ref().map_or("1".to_owned(), |title| format!("ordered(\"{title}\")"));
        let by = self.sort.map_or(format!("{title}, record"), |(field, down)| {
            let down = if down { " desc" } else { "" };
            let column = shown_column(field);
            let value = match field.kind {
                FieldType::Integer | FieldType::Number | FieldType::Boolean => column.clone(),
                _ => format!("ordered({column})"),
            };
            format!("{column} is null, {value}{down}, {title}, record")
        });
        format!("order by {by}")
    }

    /// Those of them that the page shows.
    pub(super) fn part(&self) -> String {
        format!("limit {PER_PAGE} offset {}", (self.page - 1) * PER_PAGE)
    }

    /// The parameters of the conditions.
    pub(super) fn parameters(&self) -> Vec<(&str, Cell)> {
        self.parameters.iter().map(|(name, cell)| (name.as_str(), cell.clone())).collect()
    }
}

/// The value that is looked for. Who types an address writes Somalia, and who clicks SO; what was imported may have codes of no list.
fn value_of(cx: &Context, kind: &Kind, field: &Field, value: &str) -> Result<String, PageError> {
    let list = match &field.kind {
        FieldType::Code(list) if value != NOT_REPORTED => cx.model().lists.get(list),
        _ => None,
    };
    let Some(list) = list else { return Ok(value.to_owned()) };
    if let Some(code) = list.find(value) {
        return Ok(code.code.clone());
    }
    let sql = format!("select 1 from \"{}\" where cast(\"{}\" as text) = :value limit 1", kind.view, field.name);
    if cx.reader.query(&sql, &[("value", value.into())])?.rows.is_empty() {
        return Err(AskError::Value(Box::new(WrongValue::of_list(&field.name, &field.label, list, value.to_owned()))).into());
    }
    Ok(value.to_owned())
}

/// The codes that are parts of one, with a comma between; none where it has no parts.
fn parts(cx: &Context, field: &Field, value: &str) -> Option<String> {
    let FieldType::Code(list) = &field.kind else { return None };
    let list = cx.model().lists.get(list)?;
    let is_part = |code: &str| code != value && list.with_parents(code).any(|c| c.code == value);
    let parts = list.codes().iter().filter(|c| is_part(&c.code)).map(|c| format!("'{}'", c.code.replace('\'', "''")));
    Some(parts.collect::<Vec<_>>().join(", ")).filter(|parts| !parts.is_empty())
}

/// The column of a field as it is shown: the name of another record, not its identifier.
pub(super) fn shown_column(field: &Field) -> String {
    match field.record_kind() {
        Some(_) => format!("\"{}_name\"", field.name),
        None => format!("\"{}\"", field.name),
    }
}

/// Names by which the address of a list says something else than the value of a field.
const TAKEN: [&str; 10] =
    ["valid_on", "known_on", "clearance", "sort", "said", "bom", crate::language::NAME, "q", "page", "columns"];

/// What the address of a list calls a field: its name, or where that is taken, a name that no field has.
pub(super) fn called(field: &Field) -> String {
    let name = field.name.as_str();
    if TAKEN.contains(&name) { format!("field.{name}") } else { name.to_owned() }
}

/// All that the address of a list can say of which records are shown, and how.
pub(super) fn parameters(kind: &Kind) -> Vec<String> {
    let fields = kind.fields.iter().filter(|field| is_exact(field)).map(called);
    fields.chain(["q", "page", "columns"].map(str::to_owned)).collect()
}

/// True for a field whose values can be chosen.
fn is_exact(field: &Field) -> bool {
    is_facet(field) || matches!(field.kind, FieldType::Record(_))
}

/// True for a field whose values are offered with how many there are.
pub(super) fn is_facet(field: &Field) -> bool {
    matches!(field.kind, FieldType::Code(_) | FieldType::Boolean)
}

/// The words, few enough to be looked for.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().take(12)
}

fn sort<'a>(kind: &'a Kind, asked: &str) -> Option<(&'a Field, bool)> {
    let (name, down) = asked.strip_prefix('-').map_or((asked, false), |name| (name, true));
    kind.field(name).map(|field| (field, down))
}

fn and(conditions: impl Iterator<Item = String>) -> String {
    let all: Vec<String> = conditions.collect();
    if all.is_empty() { "1".to_owned() } else { all.join(" and ") }
}

/// The same list in another order or on another page.
pub(super) fn same_list(cx: &Context, with: &[(&str, &str)]) -> String {
    let kept = cx.request.parameters.iter().filter(|(name, _)| name != "page").map(|(n, v)| (n.as_str(), v.as_str()));
    let sort = [("sort", cx.request.sort.as_str())];
    let sort = sort.into_iter().filter(|_| !with.iter().any(|(name, _)| *name == "sort"));
    cx.link(&cx.request.path, &kept.chain(sort).chain(with.iter().copied()).collect::<Vec<_>>())
}
