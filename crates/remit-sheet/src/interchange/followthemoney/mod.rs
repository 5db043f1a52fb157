//! FollowTheMoney: an entity a line, with a schema and lists of values. <https://followthemoney.tech>

use super::register::{InterchangeRegister, InterchangeSubject};
use super::{Cited, ObjectFormat, Sheets, cells, names, sex, text};
use serde_json::{Map, Value, json};

/// Schemata that are institutions, and those that connect a person with one: the properties of both ends.
const INSTITUTIONS: [&str; 4] = ["Organization", "PublicBody", "Company", "LegalEntity"];
const CONNECTIONS: [(&str, &str, &str); 3] = [
    ("Membership", "member", "organization"),
    ("Employment", "employee", "employer"),
    ("Directorship", "director", "organization"),
];

/// Properties that are read of every entity, of persons and institutions, and of institutions.
const CITED: [&str; 3] = ["sourceUrl", "publisher", "retrievedAt"];
const COMMON: [&str; 10] =
    ["name", "alias", "previousName", "country", "jurisdiction", "nationality", "phone", "email", "address", "notes"];
const OF_INSTITUTIONS: [&str; 10] = [
    "topics",
    "abbreviation",
    "weakAlias",
    "classification",
    "legalForm",
    "incorporationDate",
    "dissolutionDate",
    "website",
    "summary",
    "parent",
];

/// Those of which all values are read, and not the first.
const SEVERAL: [&str; 17] = [
    "name",
    "alias",
    "previousName",
    "phone",
    "email",
    "address",
    "topics",
    "weakAlias",
    "parent",
    "sourceUrl",
    "publisher",
    "retrievedAt",
    "member",
    "employee",
    "director",
    "organization",
    "employer",
];

/// Where somebody can be reached: the field, and the property.
const CONTACTS: [(&str, &str); 3] = [("telephone", "phone"), ("email", "email"), ("address", "address")];

/// The class of an institution by the topics that an entity has.
const CLASSES: [(&str, &str); 5] = [
    ("mil", "military"),
    ("gov.judicial", "justice"),
    ("gov.legislative", "parliament"),
    ("gov.executive", "ministry"),
    ("ngo", "civil_society"),
];

/// As it is known to the list of formats.
pub(super) const FORM: ObjectFormat =
    ObjectFormat { called: "FollowTheMoney (actors, persons, memberships)", endings: &["jsonl", "ndjson", "ftm"], is, read };

fn is(item: &Value) -> bool {
    item.get("schema").is_some_and(Value::is_string) && item.get("properties").is_some_and(Value::is_object)
}

fn read(entity: &Value, n: u64, sheets: &mut Sheets<'_>) {
    let schema = text(entity, "schema").unwrap_or_default();
    let is_institution = INSTITUTIONS.contains(&schema.as_str());
    let connection = CONNECTIONS.iter().find(|(s, ..)| *s == schema);
    let own: &[&str] = match connection {
        Some((_, member, organisation)) => &[member, organisation, "role", "startDate", "endDate"],
        None if is_institution => &OF_INSTITUTIONS,
        None => &["gender"],
    };
    let properties = Entity(entity);
    if schema == "Person" || is_institution || connection.is_some() {
        let common: &[&str] = if connection.is_some() { &CITED } else { &COMMON };
        sheets.unused(&schema, &entity["properties"], &[common, &CITED, own]);
        properties.leave_others(&[common, own].concat(), n, sheets);
        let with = sheets.with;
        sheets.about([with.said_by(entity), with.said_by(&entity["properties"])]);
    }
    match connection {
        _ if schema == "Person" => properties.person(n, sheets),
        _ if is_institution => properties.institution(n, sheets),
        Some((_, member, organisation)) => properties.connection(member, organisation, n, sheets),
        None => {
            sheets.leave(n, format!("an entity of the schema {schema} has no place in the register; it was left out"));
        }
    }
}

/// An entity, with its properties.
struct Entity<'v>(&'v Value);

impl Entity<'_> {
    /// The values of a property. Some write one value without a list around it; what is nested has its own identifier.
    fn all(&self, name: &str) -> Vec<String> {
        let said = self.0["properties"].get(name);
        let values = said.and_then(Value::as_array).into_iter().flatten().chain(said.filter(|v| !v.is_array()));
        let value =
            |v: &Value| v.as_str().map(str::to_owned).or_else(|| v.as_i64().map(|n| n.to_string())).or_else(|| text(v, "id"));
        values.filter_map(value).collect()
    }

    fn first(&self, name: &str) -> Option<String> {
        self.all(name).into_iter().next()
    }

    fn id(&self) -> Option<String> {
        text(self.0, "id")
    }

    /// The names beside the first.
    fn other_names(&self) -> Option<String> {
        let others = self.all("name").into_iter().skip(1).chain(self.all("alias")).chain(self.all("previousName"));
        names(others.map(|name| (name, None)))
    }

    fn country(&self) -> Option<String> {
        ["country", "jurisdiction", "nationality"].iter().find_map(|p| self.first(p)).map(|c| c.to_uppercase())
    }

    /// Where it can be reached: a name of ours for each property, all its values in one.
    fn contacts(&self) -> impl Iterator<Item = (&'static str, Option<String>)> {
        let all = |property: &str| Some(self.all(property).join("; ")).filter(|values| !values.is_empty());
        CONTACTS.map(|(field, property)| (field, all(property))).into_iter()
    }

    fn sources(&self) -> Vec<Cited<'static>> {
        sources(&self.all("sourceUrl"), self.first("publisher"), self.first("retrievedAt"))
    }

    /// Tells what stands beside the first value of properties of which one is read.
    fn leave_others(&self, read: &[&str], n: u64, sheets: &mut Sheets<'_>) {
        let of_one = read.iter().filter(|name| !SEVERAL.contains(name));
        let left: Vec<String> = of_one.flat_map(|name| self.all(name).into_iter().skip(1)).collect();
        if !left.is_empty() {
            sheets.leave(n, format!("of several values the first was read; left out: {}", left.join(", ")));
        }
    }

    fn person(&self, n: u64, sheets: &mut Sheets<'_>) {
        let said = [
            ("record", self.id()),
            ("name", self.first("name")),
            ("names", self.other_names()),
            ("sex", self.first("gender").and_then(|g| sex(&g))),
            ("country", self.country()),
            ("note", self.first("notes")),
        ];
        sheets.say("person", n, cells(said.into_iter().chain(self.contacts())), self.sources());
    }

    fn institution(&self, n: u64, sheets: &mut Sheets<'_>) {
        let topics = self.all("topics");
        let class = CLASSES.iter().find(|(topic, _)| topics.iter().any(|t| t == topic)).map(|(_, class)| (*class).to_owned());
        let said = [
            ("record", self.id()),
            ("name", self.first("name")),
            ("names", self.other_names()),
            ("acronym", self.first("abbreviation").or_else(|| self.first("weakAlias"))),
            ("class", class),
            ("classification", self.first("classification").or_else(|| self.first("legalForm"))),
            ("country", self.country()),
            ("starts", self.first("incorporationDate")),
            ("ends", self.first("dissolutionDate")),
            ("website", self.first("website")),
            ("note", self.first("notes").or_else(|| self.first("summary"))),
        ];
        sheets.say("actor", n, cells(said.into_iter().chain(self.contacts())), self.sources());
        for parent in self.all("parent") {
            super::say_part_of(sheets, n, self.id().as_deref(), &parent, &self.sources());
        }
    }

    /// What connects persons with institutions, by the properties that name both: a line each.
    fn connection(&self, member: &str, organisation: &str, n: u64, sheets: &mut Sheets<'_>) {
        let (persons, actors) = (at_least_one(self.all(member)), at_least_one(self.all(organisation)));
        let pairs = persons.iter().flat_map(|person| actors.iter().map(move |actor| (person, actor)));
        for (at, (person, actor)) in pairs.enumerate() {
            let numbered = |id: String| if at == 0 { id } else { format!("{id}/{}", at + 1) };
            let said = [
                ("record", self.id().map(numbered)),
                ("person", Some(person.clone())),
                ("actor", Some(actor.clone())),
                ("role", self.first("role")),
                ("valid_from", self.first("startDate")),
                ("valid_to", self.first("endDate")),
            ];
            sheets.say("posting", n, cells(said), self.sources());
        }
    }
}

/// Of nobody there is one line too, which tells that somebody is missing.
fn at_least_one(said: Vec<String>) -> Vec<String> {
    if said.is_empty() { vec![String::new()] } else { said }
}

pub(super) fn part_of(subject: &str, object: &str) -> Vec<super::NamedCell<'static>> {
    let said =
        [("record", format!("{subject}/part_of/{object}")), ("subject", subject.to_owned()), ("relation", "part_of".into())];
    cells(said.into_iter().chain([("object", object.to_owned())]).map(|(f, v)| (f, Some(v))))
}

fn sources(urls: &[String], publisher: Option<String>, seen: Option<String>) -> Vec<Cited<'static>> {
    let day = seen.and_then(|d| d.get(..10).map(str::to_owned));
    let of = |url: Option<&String>| Cited {
        cells: cells([
            ("source", publisher.clone().or_else(|| url.cloned())),
            ("url", url.cloned()),
            ("source_date", day.clone()),
        ]),
    };
    match urls {
        [] => publisher.iter().map(|_| of(None)).collect(),
        urls => urls.iter().map(|url| of(Some(url))).collect(),
    }
}

pub(super) fn write(register: &InterchangeRegister) -> Vec<u8> {
    let mut lines = String::new();
    let mut entity = |id: &str, schema: &str, properties: Vec<(&str, Vec<String>)>| {
        let said = properties.into_iter().filter(|(_, v)| !v.is_empty()).map(|(name, v)| (name.to_owned(), v.into()));
        let properties: Map<String, Value> = said.collect();
        lines.push_str(&json!({ "id": id, "schema": schema, "properties": properties }).to_string());
        lines.push('\n');
    };
    let one = |text: &Option<String>| text.iter().cloned().collect::<Vec<String>>();
    let common = |s: &InterchangeSubject| {
        let urls = s.sources.iter().filter(|c| !c.url.is_empty()).map(|c| c.url.clone()).collect();
        let publishers = s.sources.iter().map(|c| c.source.clone()).collect();
        let mut alias: Vec<String> = s.names.iter().map(|n| n.name.clone()).collect();
        alias.dedup();
        vec![
            ("name", vec![s.name.clone()]),
            ("alias", alias),
            ("country", s.country.iter().map(|c| c.to_lowercase()).collect()),
            ("phone", one(&s.telephone)),
            ("email", one(&s.email)),
            ("address", one(&s.address)),
            ("notes", one(&s.note)),
            ("sourceUrl", urls),
            ("publisher", publishers),
        ]
    };
    for actor in &register.actors {
        let topics = CLASSES.iter().filter(|(_, class)| actor.class.as_deref() == Some(class)).map(|(t, _)| (*t).to_owned());
        let parents = register.parts.iter().filter(|p| p.subject == actor.record).map(|p| p.object.clone());
        let own = vec![
            ("abbreviation", one(&actor.acronym)),
            ("classification", one(&actor.classification)),
            ("topics", topics.collect()),
            ("incorporationDate", one(&actor.starts)),
            ("dissolutionDate", one(&actor.ends)),
            ("website", one(&actor.website)),
            ("parent", parents.collect()),
        ];
        entity(&actor.record, "Organization", [common(actor), own].concat());
    }
    for person in &register.persons {
        let gender = match person.sex.as_deref() {
            Some("women") => vec!["female".to_owned()],
            Some("men") => vec!["male".to_owned()],
            _ => Vec::new(),
        };
        entity(&person.record, "Person", [common(person), vec![("gender", gender)]].concat());
    }
    for p in &register.postings {
        let said = vec![
            ("member", vec![p.person.clone()]),
            ("organization", vec![p.actor.clone()]),
            ("role", one(&p.role_as_written)),
            ("startDate", one(&p.valid_from)),
            ("endDate", one(&p.valid_to)),
        ];
        entity(&p.record, "Membership", said);
    }
    lines.into_bytes()
}
