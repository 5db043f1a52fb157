//! Popolo: one object with persons, organisations, posts and memberships. <https://www.popoloproject.com>

use super::followthemoney::part_of;
use super::register::{InterchangeRegister, InterchangeSubject};
use super::{Cited, NamedCell, ObjectFormat, Sheets, cells, names, sex, text};
use serde_json::{Map, Value, json};
use std::collections::HashMap;

const LISTS: [&str; 5] = ["persons", "people", "organizations", "memberships", "posts"];

/// What is read of each.
const OF_PERSONS: [&str; 11] = [
    "id",
    "name",
    "gender",
    "other_names",
    "national_identity",
    "summary",
    "sources",
    "memberships",
    "email",
    "contact_details",
    "links",
];
const OF_ORGANISATIONS: [&str; 13] = [
    "id",
    "name",
    "other_names",
    "classification",
    "country",
    "area_id",
    "founding_date",
    "dissolution_date",
    "abstract",
    "parent_id",
    "sources",
    "contact_details",
    "links",
];
const OF_MEMBERSHIPS: [&str; 10] =
    ["id", "person_id", "organization_id", "member_id", "post_id", "role", "label", "start_date", "end_date", "sources"];

/// Where somebody can be reached: the field, and the types of the standard, of which the first is written.
const CONTACTS: [(&str, &[&str]); 3] =
    [("telephone", &["voice", "phone", "cell", "tel", "telephone", "mobile"]), ("email", &["email"]), ("address", &["address"])];

/// As it is known to the list of formats.
pub(super) const FORM: ObjectFormat = ObjectFormat {
    called: "Popolo (actors, persons, memberships)",
    endings: &[],
    is,
    read: |item, _, sheets| read(item, sheets),
};

fn is(item: &Value) -> bool {
    LISTS.iter().any(|list| item.get(list).is_some_and(Value::is_array))
}

fn read(item: &Value, sheets: &mut Sheets<'_>) {
    let list = |name: &str| item.get(name).and_then(Value::as_array).into_iter().flatten();
    let numbered = |name: &str| list(name).enumerate().map(|(n, one)| (n as u64 + 1, one)).collect::<Vec<_>>();
    let with = sheets.with;
    let whole = with.said_by(item);
    for (n, person) in numbered("persons").into_iter().chain(numbered("people")) {
        sheets.unused("person", person, &[&OF_PERSONS]);
        sheets.about([whole.clone(), with.said_by(person)]);
        let sex = text(person, "gender").and_then(|g| sex(&g));
        let said = [
            ("record", text(person, "id")),
            ("name", text(person, "name")),
            ("names", other_names(person)),
            ("sex", sex),
            ("country", text(person, "national_identity").filter(|c| c.len() == 2).map(|c| c.to_uppercase())),
            ("note", text(person, "summary")),
        ];
        let said = said.into_iter().chain(contacts(person, false, sheets));
        sheets.say("person", n, cells(said), sources(person));
        let own = person.get("memberships").and_then(Value::as_array).into_iter().flatten();
        let around = [with.decided_by(person), whole.clone()].concat();
        own.for_each(|m| membership(m, text(person, "id"), n, (&HashMap::new(), &around), sheets));
    }
    for (n, organisation) in numbered("organizations") {
        sheets.unused("organization", organisation, &[&OF_ORGANISATIONS]);
        sheets.about([whole.clone(), with.said_by(organisation)]);
        let said = [
            ("record", text(organisation, "id")),
            ("name", text(organisation, "name")),
            ("names", other_names(organisation)),
            ("classification", text(organisation, "classification")),
            ("country", text(organisation, "country").or_else(|| text(organisation, "area_id")).filter(|c| c.len() == 2)),
            ("starts", text(organisation, "founding_date")),
            ("ends", text(organisation, "dissolution_date")),
            ("note", text(organisation, "abstract")),
        ];
        let said = said.into_iter().chain(contacts(organisation, true, sheets));
        sheets.say("actor", n, cells(said), sources(organisation));
        if let Some(parent) = text(organisation, "parent_id") {
            super::say_part_of(sheets, n, text(organisation, "id").as_deref(), &parent, &sources(organisation));
        }
    }
    let posts: HashMap<String, &Value> = list("posts").filter_map(|p| Some((text(p, "id")?, p))).collect();
    for (n, one) in numbered("memberships") {
        membership(one, None, n, (&posts, &whole), sheets);
    }
    let known = |key: &str| LISTS.contains(&key);
    for (key, value) in
        item.as_object().into_iter().flatten().filter(|(k, v)| !known(k) && v.as_array().is_some_and(|a| !a.is_empty()))
    {
        let count = value.as_array().map_or(0, Vec::len);
        sheets.leave(0, format!("{count} of the list `{key}` have no place in the register; they were left out"));
    }
}

/// A membership, with the posts that it may name, and what stands around it says of the envelope.
fn membership<'w>(
    m: &Value,
    person: Option<String>,
    n: u64,
    (posts, around): (&HashMap<String, &Value>, &[NamedCell<'w>]),
    sheets: &mut Sheets<'w>,
) {
    let with = sheets.with;
    sheets.unused("membership", m, &[&OF_MEMBERSHIPS]);
    let post = text(m, "post_id").and_then(|id| posts.get(&id).copied());
    let of_post = |name: &str| post.and_then(|p| text(p, name));
    // What is told of a post stands in the row too.
    sheets.about([around.to_vec(), post.map(|post| with.decided_by(post)).unwrap_or_default(), with.said_by(m)]);
    let actor = text(m, "organization_id").or_else(|| of_post("organization_id"));
    let person = person.or_else(|| text(m, "person_id"));
    if let (None, Some(member), Some(actor)) = (&person, text(m, "organization_id").and(text(m, "member_id")), &actor) {
        sheets.say("relation", n, part_of(&member, actor), sources(m));
        return;
    }
    let id = text(m, "id").or_else(|| Some(format!("{}/{}", person.as_deref()?, actor.as_deref()?)));
    let said = [
        ("record", id),
        ("person", person),
        ("actor", actor),
        ("role", text(m, "role").or_else(|| of_post("role"))),
        ("post", text(m, "label").or_else(|| of_post("label"))),
        ("valid_from", text(m, "start_date")),
        ("valid_to", text(m, "end_date")),
    ];
    sheets.say("posting", n, cells(said), sources(m));
}

fn other_names(one: &Value) -> Option<String> {
    let all = one.get("other_names").and_then(Value::as_array).into_iter().flatten();
    names(all.filter_map(|n| Some((text(n, "name")?, text(n, "lang").or_else(|| text(n, "language"))))))
}

/// Where somebody can be reached; the address of a page of those that have a field for it. What else there is, is counted: its values are for nobody
/// who may not see whom they are of.
fn contacts(one: &Value, has_website: bool, sheets: &mut Sheets<'_>) -> Vec<(&'static str, Option<String>)> {
    let list = |name: &str| one.get(name).and_then(Value::as_array).into_iter().flatten();
    let mut all: Vec<(&'static str, Vec<String>)> = CONTACTS.map(|(field, _)| (field, Vec::new())).into();
    let mut pages: Vec<String> = list("links").filter_map(|link| text(link, "url")).collect();
    let further = pages.split_off(pages.len().min(usize::from(has_website)));
    let mut left: Vec<String> = further.iter().map(|_| "link".to_owned()).collect();
    let addresses = text(one, "email").map(|address| ("email".to_owned(), address));
    let details = list("contact_details").filter_map(|d| Some((text(d, "type").unwrap_or_default(), text(d, "value")?)));
    for (told, value) in addresses.into_iter().chain(details) {
        match CONTACTS.iter().position(|(_, types)| types.contains(&told.to_lowercase().as_str())) {
            Some(at) if !all[at].1.contains(&value) => all[at].1.push(value),
            Some(_) => {}
            None => left.push(format!("contact {told}")),
        }
    }
    left.into_iter().for_each(|what| sheets.count_unused(what));
    all.push(("website", pages));
    all.into_iter().map(|(field, values)| (field, Some(values.join("; ")).filter(|v| !v.is_empty()))).collect()
}

fn sources(one: &Value) -> Vec<Cited<'static>> {
    let all = one.get("sources").and_then(Value::as_array).into_iter().flatten();
    let cited = |s: &Value| cells([("source", text(s, "note").or_else(|| text(s, "url"))), ("url", text(s, "url"))]);
    all.map(|s| Cited { cells: cited(s) }).filter(|c| !c.cells.is_empty()).collect()
}

/// A JSON object of the values that are known.
fn said(all: Vec<(&str, Option<Value>)>) -> Value {
    let some = all.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    some.collect::<Map<String, Value>>().into()
}

/// What is said of actors and persons alike.
fn common(s: &InterchangeSubject) -> Vec<(&'static str, Option<Value>)> {
    let other = |n: &super::register::OtherName| {
        said(vec![("name", Some(n.name.clone().into())), ("lang", n.language.clone().map(Value::from))])
    };
    let acronym = s.acronym.iter().map(|a| json!({ "name": a, "note": "acronym" }));
    let others: Vec<Value> = s.names.iter().map(other).chain(acronym).collect();
    let source = |c: &super::register::InterchangeSource| {
        let url = Some(c.url.clone()).filter(|u| !u.is_empty()).map(Value::from);
        said(vec![("url", url), ("note", Some(c.source.clone().into()))])
    };
    let sources: Vec<Value> = s.sources.iter().map(source).collect();
    let reached = CONTACTS.iter().zip([&s.telephone, &s.email, &s.address]);
    let details = reached.filter_map(|((_, types), value)| Some(json!({ "type": types[0], "value": value.as_ref()? })));
    let details: Vec<Value> = details.collect();
    let links = s.website.as_ref().map(|url| json!([{ "url": url }]));
    vec![
        ("id", Some(s.record.clone().into())),
        ("name", Some(s.name.clone().into())),
        ("other_names", (!others.is_empty()).then_some(others.into())),
        ("contact_details", (!details.is_empty()).then_some(details.into())),
        ("links", links),
        ("sources", (!sources.is_empty()).then_some(sources.into())),
    ]
}

pub(super) fn write(register: &InterchangeRegister) -> Vec<u8> {
    let one = |text: &Option<String>| text.clone().map(Value::from);
    let organisations = register.actors.iter().map(|a| {
        let parent = register.parts.iter().find(|p| p.subject == a.record).map(|p| p.object.clone().into());
        let own = vec![
            ("classification", one(&a.classification).or_else(|| one(&a.class))),
            ("parent_id", parent),
            ("country", one(&a.country)),
            ("founding_date", one(&a.starts)),
            ("dissolution_date", one(&a.ends)),
            ("abstract", one(&a.note)),
        ];
        said([common(a), own].concat())
    });
    let persons = register.persons.iter().map(|p| {
        let gender = match p.sex.as_deref() {
            Some("women") => Some("female".into()),
            Some("men") => Some("male".into()),
            _ => None,
        };
        said([common(p), vec![("gender", gender), ("national_identity", one(&p.country)), ("summary", one(&p.note))]].concat())
    });
    let memberships = register.postings.iter().map(|p| {
        said(vec![
            ("id", Some(p.record.clone().into())),
            ("person_id", Some(p.person.clone().into())),
            ("organization_id", Some(p.actor.clone().into())),
            ("role", one(&p.role_as_written)),
            ("label", one(&p.post)),
            ("start_date", one(&p.valid_from)),
            ("end_date", one(&p.valid_to)),
        ])
    });
    let all = json!({
        "persons": persons.collect::<Vec<_>>(),
        "organizations": organisations.collect::<Vec<_>>(),
        "memberships": memberships.collect::<Vec<_>>(),
    });
    let mut text = serde_json::to_string_pretty(&all).unwrap_or_default();
    text.push('\n');
    text.into_bytes()
}
