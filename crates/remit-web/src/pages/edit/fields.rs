//! The fields of the form, as they are drawn.

use super::draft::is_needed;
use super::edit_form::EditForm;
use crate::cells::code_label;
use crate::context::{Context, query};
use crate::error::PageError;
use crate::frame::{Choice, country_choices, indented};
use crate::m;
use crate::messages::label;
use crate::names;
use crate::typed;
use remit_model::{EnvelopePart, Field, FieldType, Kind, Model};
use serde::Deserialize;
use serde_json::json;

/// A field of the form.
#[derive(Debug, Clone, Default)]
pub(super) struct FormField {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) help: String,
    pub(super) value: String,
    pub(super) error: String,
    pub(super) required: bool,
    /// True where this reader may not see what it says, which stays as it is.
    pub(super) sealed: bool,
    pub(super) long: bool,
    /// Codes to choose from.
    pub(super) options: Vec<Choice>,
    /// The kind of record that it names.
    pub(super) of: String,
    /// The kind among whose names it is looked for while somebody types a new one.
    pub(super) alike: String,
    /// Records or texts that are offered while typing.
    pub(super) offers: Vec<String>,
    /// True where whoever adds one record after another goes on typing.
    pub(super) focus: bool,
}

/// The fields of a kind.
pub(super) fn of_kind(cx: &Context, kind: &Kind, form: &EditForm) -> Result<Vec<FormField>, PageError> {
    let mut fields: Vec<FormField> = kind.fields.iter().map(|f| of_field(cx, kind, f, form)).collect::<Result<_, _>>()?;
    if let Some(title) = fields.iter_mut().find(|f| Some(&f.name) == kind.title.as_ref() && form.get("record").is_empty()) {
        title.alike.clone_from(&kind.name);
    }
    Ok(fields)
}

/// Fields that a form shows at once, besides those that it cannot do without.
const FIRST: usize = 6;

/// The fields that the kind needs first: what is required, what it is called, known by and told from others by, its country, its stage;
/// then the next ones in the order of the model. A recommendation without its date has no age.
pub(super) fn first(kind: &Kind) -> Vec<&str> {
    let stages = kind.stages.iter().flat_map(|s| [Some(&s.field), s.due.as_ref(), s.owner.as_ref()]).flatten();
    let named: Vec<&String> = kind.title.iter().chain(&kind.key).chain(&kind.apart).chain(stages).collect();
    let is_country = |f: &Field| f.home && matches!(&f.kind, FieldType::Code(list) if list == "country");
    let is_needed = |f: &&Field| f.required || is_country(f) || named.contains(&&f.name);
    let mut first: Vec<&str> = kind.fields.iter().filter(is_needed).map(|f| f.name.as_str()).collect();
    let others = kind.fields.iter().map(|f| f.name.as_str()).filter(|name| !first.contains(name)).collect::<Vec<_>>();
    first.extend(others.into_iter().take(FIRST.saturating_sub(first.len())));
    first
}

/// When it holds.
pub(super) fn dates(cx: &Context, form: &EditForm) -> Vec<FormField> {
    cx.model().envelope.of(EnvelopePart::Dates).map(|f| of_envelope(cx.model(), f, form)).collect()
}

#[derive(Deserialize)]
struct NamedSource {
    source: String,
}

/// Where it is from, and what else is asked of every statement; sources that were named before are offered.
pub(super) fn sourcing(cx: &Context, form: &EditForm) -> Result<Vec<FormField>, PageError> {
    let sources: Vec<NamedSource> = cx.rows(query!("sources.sql"), &[])?;
    let asked = cx.model().envelope.asked().filter(|asked| asked.part != EnvelopePart::Dates);
    let mut fields: Vec<FormField> = asked.map(|asked| of_envelope(cx.model(), &asked.field, form)).collect();
    if let Some(field) = fields.iter_mut().find(|f| f.name == "source") {
        field.offers = sources.into_iter().map(|s| s.source).collect();
    }
    Ok(fields)
}

fn of_field(cx: &Context, kind: &Kind, field: &Field, form: &EditForm) -> Result<FormField, PageError> {
    let unit = code_label(cx.model(), "unit", &field.unit);
    let drawn = FormField {
        name: field.name.clone(),
        label: label(&field.label),
        help: format!("{} {unit}", label(&field.help)).trim().to_owned(),
        error: form.errors.get(&field.name).cloned().unwrap_or_default(),
        sealed: form.sealed.contains(&field.name),
        required: field.required && is_needed(kind, form),
        long: field.long || field.name == "note" || matches!(field.kind, FieldType::List(_)),
        value: form.get(&field.name).to_owned(),
        ..FormField::default()
    };
    Ok(match &field.kind {
        FieldType::Code(list) if list == "country" => {
            let found = cx.model().lists.get(list).and_then(|l| l.find(&drawn.value)).map(|c| c.code.clone());
            let mut options = country_choices(cx, &found.unwrap_or_default());
            options.insert(0, Choice::new("", m::not_said(), drawn.value.is_empty()));
            FormField { options, ..drawn }
        }
        FieldType::Code(list) => FormField { options: options(cx.model(), list, &drawn.value), ..drawn },
        FieldType::Boolean => FormField { options: yes_or_no(&drawn.value), ..drawn },
        FieldType::Record(of) => {
            FormField { value: as_name(cx, of, &drawn.value)?, offers: some_titles(cx, of)?, of: of.clone(), ..drawn }
        }
        FieldType::Records(_) => {
            let said = drawn.value.split([';', '\n']).map(str::trim).filter(|id| !id.is_empty());
            let named = |said: &str| {
                let (of, id) = match field.targets() {
                    [of] => (of.as_str(), said),
                    _ => said.split_once(':').unwrap_or_default(),
                };
                let name = as_name(cx, of, id)?;
                // What a name of two kinds means only its kind tells.
                let is_clear = !name.contains(';')
                    && (field.targets().len() == 1 || name != id && typed::value(cx, field, &name, "")? == Ok(json!([said])));
                Ok(if is_clear { name } else { said.to_owned() })
            };
            let names: Vec<String> = said.map(named).collect::<Result<_, PageError>>()?;
            FormField { value: names.join("; "), ..drawn }
        }
        FieldType::Date if drawn.help.is_empty() => FormField { help: m::date_help(), ..drawn },
        _ => drawn,
    })
}

/// A field of the envelope.
fn of_envelope(model: &Model, field: &Field, form: &EditForm) -> FormField {
    let value = form.get(&field.name).to_owned();
    let options = match &field.kind {
        FieldType::Code(list) => options(model, list, &value),
        _ => Vec::new(),
    };
    FormField {
        name: field.name.clone(),
        label: label(&field.label),
        // What a grade means, its choices say.
        help: if options.is_empty() { label(&field.help) } else { String::new() },
        error: form.errors.get(&field.name).cloned().unwrap_or_default(),
        long: field.long,
        value,
        options,
        ..FormField::default()
    }
}

fn yes_or_no(value: &str) -> Vec<Choice> {
    let yes = value == "1" || value == "yes";
    vec![
        Choice::new("", m::not_said(), value.is_empty()),
        Choice::new("yes", m::yes(), yes),
        Choice::new("no", m::no(), !yes && !value.is_empty()),
    ]
}

fn options(model: &Model, list: &str, value: &str) -> Vec<Choice> {
    let list = model.lists.get(list);
    let chosen = list.and_then(|l| l.find(value)).map(|c| c.code.clone()).unwrap_or_default();
    let codes = list.map_or_else(Vec::new, |l| l.as_tree()).into_iter().filter(|(_, c)| c.status != "withdrawn");
    // Grades are known by their codes.
    let graded = list.is_some_and(|l| matches!(l.name.as_str(), "reliability" | "credibility"));
    let named = codes.map(|(depth, c)| {
        let name = if graded { m::pair(&c.code, label(&c.label)) } else { label(&c.label) };
        Choice::new(&c.code, indented(depth, &name), c.code == chosen)
    });
    std::iter::once(Choice::new("", m::not_said(), chosen.is_empty())).chain(named).collect()
}

/// The name of a record for its identifier, where that name means nobody else.
fn as_name(cx: &Context, of: &str, value: &str) -> Result<String, PageError> {
    let kind = cx.model().kind(of);
    let Some((kind, title)) = kind.and_then(|k| Some((k, k.title.as_ref()?))).filter(|_| !value.is_empty()) else {
        return Ok(value.to_owned());
    };
    let sql = format!("select \"{title}\" from \"{}\" where record = :record", kind.view);
    let named = cx.reader.query(&sql, &[("record", value.into())])?;
    let Some(name) = named.rows.first().and_then(|r| r[0].text()) else { return Ok(value.to_owned()) };
    let sql = format!("select 1 from \"{}_statement\" where \"{title}\" = :name and record <> :record limit 1", kind.view);
    let namesakes = cx.reader.query(&sql, &[("name", name.into()), ("record", value.into())])?;
    let is_clear = namesakes.rows.is_empty() && !names::was_of_another(cx, kind, name, value)?;
    Ok(if is_clear { name.to_owned() } else { value.to_owned() })
}

/// Names that a page offers by itself; the rest is asked for while typing.
const MOST_OFFERS: usize = 200;

/// The first names of a kind.
fn some_titles(cx: &Context, of: &str) -> Result<Vec<String>, PageError> {
    let Some((kind, title)) = cx.model().kind(of).and_then(|k| Some((k, k.title.as_ref()?))) else { return Ok(Vec::new()) };
    let first = format!("select \"{title}\" from \"{}_statement\" where \"{title}\" is not null limit {MOST_OFFERS}", kind.view);
    let table = cx.reader.query(&format!("select distinct \"{title}\" from ({first}) order by 1"), &[])?;
    Ok(table.rows.iter().filter_map(|r| r[0].text().map(str::to_owned)).collect())
}
