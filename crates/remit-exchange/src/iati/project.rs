//! A project of the register as an activity.

use super::activity::{ActivityInMaking, left_out};
use super::element::IatiElement;
use super::{LeftOut, NamedRow, Publisher, stated};
use remit_model::Day;
use remit_store::{Reader, StoreError};
use std::collections::{HashMap, HashSet};

/// Fields that no element of the standard holds by itself: they stand in the description, as whoever receives it does.
const TOLD: [(&str, &str); 1] = [("modality", "Way of support")];

/// The same for who reads what is left out: a program cannot take them from the description again.
const IN_WORDS: [(&str, &str); 1] = [("modality", "the standard has no such code: the description says it")];

const NO_PLACE_FOR_RECIPIENTS: &str = "the standard has no place for who receives it: the description says it";

/// Fields that stay out altogether.
const KEPT: [(&str, &str); 5] = [
    ("serves", "which task, reform or outcome it serves has no place in the standard"),
    ("contact", "whom to ask is not published by itself"),
    ("telephone", "whom to ask is not published by itself"),
    ("email", "whom to ask is not published by itself"),
    ("note", "a note is for the office"),
];

/// Who else takes part in projects, and who receives them.
pub(super) struct ProjectPartners {
    /// By project: the role, a code of the standard, and the name.
    others: HashMap<String, Vec<(String, String)>>,
    /// By project: who receives it by name, the one that is named first before others.
    recipients: HashMap<String, Vec<String>>,
    /// By project: of which classes its recipients are, the one that is named first before others; those of named ones last, as
    /// the question `all_support` tells them: what is stated goes before the class on record.
    classes: HashMap<String, Vec<String>>,
}

const RECIPIENTS: &str = "select record, 0 as nth, recipient_name as said from project \
    union all select record, 1, target_name from project_other_recipient order by nth";

const CLASSES: &str = "select record, 0 as nth, recipient_class as said from project \
    union all select record, 1, code from project_other_class \
    union all select n.record, n.nth, a.class from ( \
      select record, 2 as nth, recipient as named from project where recipient_class is null \
      union all select record, 3, target from project_other_recipient \
    ) n join actor a on a.record = n.named join code c on c.list = 'actor_class' and c.code = a.class and c.category <> 'partner' order by nth";

impl ProjectPartners {
    pub(super) fn all(reader: &Reader) -> Result<ProjectPartners, StoreError> {
        let sql = "select record, '1' as role, target_name as name from project_other_supporter \
                   union all select record, '4', implementer_name from project \
                   union all select record, '4', target_name from project_other_implementer";
        let table = reader.query(sql, &[])?;
        let mut others: HashMap<String, Vec<(String, String)>> = HashMap::new();
        for row in NamedRow::all(&table).filter(|row| !row.text("name").is_empty()) {
            others.entry(row.text("record")).or_default().push((row.text("role"), row.text("name")));
        }
        Ok(ProjectPartners { others, recipients: said_of_each(reader, RECIPIENTS)?, classes: said_of_each(reader, CLASSES)? })
    }

    fn of(&self, record: &str) -> impl Iterator<Item = IatiElement> {
        let all = self.others.get(record).into_iter().flatten();
        all.map(|(role, name)| IatiElement::new("participating-org").with("role", role.clone()).narrated(name, ""))
    }
}

/// What is said of each project, each once.
fn said_of_each(reader: &Reader, sql: &str) -> Result<HashMap<String, Vec<String>>, StoreError> {
    let table = reader.query(sql, &[])?;
    let mut all: HashMap<String, Vec<String>> = HashMap::new();
    for row in NamedRow::all(&table) {
        let (said, so_far) = (row.text("said"), all.entry(row.text("record")).or_default());
        if !matches!(said.as_str(), "" | "unspecified") && !so_far.contains(&said) {
            so_far.push(said);
        }
    }
    Ok(all)
}

/// A project says how much, and not on which day: whoever converts the amount has to know that the day is none of the register.
const DAY_ASSUMED: &str = "nobody has said the day of the amount, and this day of the project was assumed";

/// Whether an office supports a project.
pub(super) fn is_of(row: &NamedRow<'_>, records: &HashSet<String>, publisher: &Publisher) -> bool {
    stated::is_of(row, records, publisher, "supporter", &["supporter_name"])
}

pub(super) fn activity(
    row: &NamedRow<'_>,
    publisher: &Publisher,
    partners: &ProjectPartners,
    on: Day,
    out: &mut Vec<LeftOut>,
) -> ActivityInMaking {
    let (record, reference) = (row.text("record"), row.text("reference"));
    // What is known by an identifier of the standard keeps it.
    let is_identifier = reference.strip_prefix(&publisher.reference).is_some_and(|rest| rest.len() > 1 && rest.starts_with('-'));
    let id = if is_identifier { reference.clone() } else { stated::identifier(publisher, "PROJECT", &record) };
    let mut a = ActivityInMaking::new(&id).with("xml:lang", "en").with("default-currency", row.text("currency"));
    a.must("reporting-org", [stated::reporter(publisher)]);
    let title = Some(row.text("title")).filter(|t| !t.is_empty());
    a.must("title", title.clone().map(|t| IatiElement::new("title").narrated(&t, "")));
    let [recipients, classes] =
        [&partners.recipients, &partners.classes].map(|all| all.get(&record).map(Vec::as_slice).unwrap_or_default());
    let whom = if recipients.is_empty() { String::new() } else { format!("For: {}.", recipients.join("; ")) };
    let texts = [row.text("description"), whom, stated::told(row, &TOLD)];
    let mut text = texts.into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ");
    if let (true, Some(title)) = (text.is_empty(), title) {
        out.push(left_out(&id, "description", "", "the standard asks for one and nobody has said it: the title stands for it"));
        text = title;
    }
    a.must("description", (!text.is_empty()).then(|| IatiElement::new("description").with("type", "1").narrated(&text, "")));
    a.must("participating-org", [stated::funder(publisher)].into_iter().chain(partners.of(&record)));
    if !is_identifier && !reference.is_empty() {
        // A1: the reporting organisation's own number.
        a.add([IatiElement::new("other-identifier").with("ref", reference).with("type", "A1")]);
    }
    let days = stated::days(&id, row, out);
    stated::when(&mut a, &row.text("status"), &days, on);
    a.add(IatiElement::coded("recipient-country", &row.text("country")).map(|e| e.with("percentage", "100")));
    a.add(stated::place(row, &["place_name"]));
    a.add(sectors(row, classes));
    a.add(classes.iter().map(|class| of_the_office("tag", class)));
    a.add(IatiElement::coded("policy-marker", "1").filter(|_| !row.text("gender").is_empty()).map(|marker| {
        // 1: gender equality, in the vocabulary of the OECD.
        marker.with("vocabulary", "1").with("significance", row.text("gender"))
    }));
    // What was committed, and what was spent until the day, on the day on which it began.
    let day = days.iter().flatten().next();
    for kind in [("committed", "2"), ("spent", "4")] {
        let transaction = stated::amount(&id, row, kind, day, out);
        if let (true, Some(day)) = (transaction.is_some(), day) {
            out.push(left_out(&id, "transaction-date", day, DAY_ASSUMED));
        }
        a.add(transaction);
    }
    stated::kept(&id, row, &KEPT, out);
    out.extend(recipients.iter().map(|name| left_out(&id, "recipient_name", name, NO_PLACE_FOR_RECIPIENTS)));
    stated::kept(&id, row, &IN_WORDS, out);
    a
}

/// The purpose code by which everybody finds it, and beside it the register's own word for what it is for. Sectors divide the money; for
/// several classes nobody says how, so that the code is the one that holds them all, and tags name each.
fn sectors(row: &NamedRow<'_>, classes: &[String]) -> [IatiElement; 2] {
    let all = || "security_sector".to_owned();
    let function = Some(row.text("function")).filter(|f| !f.is_empty());
    let code = function.unwrap_or_else(|| if let [only] = classes { only.clone() } else { all() });
    let purpose = if classes.len() > 1 { stated::purpose(&all()) } else { stated::purpose(&code) };
    [purpose, of_the_office("sector", &code).with("percentage", "100")]
}

/// A code of the register, which is one of the office's own for who reads the standard.
fn of_the_office(name: &'static str, code: &str) -> IatiElement {
    IatiElement::new(name).with("vocabulary", "99").with("code", code).narrated(&code.replace('_', " "), "en")
}
