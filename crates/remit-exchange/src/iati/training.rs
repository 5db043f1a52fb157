//! A training of the register as an activity.

use super::activity::{Activity, dated, left_out, value};
use super::element::Element;
use super::{LeftOut, Publisher, Row};
use remit_model::Day;

/// Fields that no element of the standard holds by itself: they stand in the description.
const TOLD: [(&str, &str); 10] = [
    ("course", "Course"),
    ("program", "Programme"),
    ("course_level", "Level"),
    ("recipient_unit", "For"),
    ("recipient_name", "Unit in the register"),
    ("trainer_unit", "By"),
    ("quantity", "Participants"),
    ("women", "Women"),
    ("men", "Men"),
    ("fiscal_years", "Fiscal years"),
];

/// Fields that stay out altogether.
const KEPT: [(&str, &str); 1] = [("serves", "which task, reform or outcome it serves has no place in the standard")];

/// Whether an office supports a training: by its name or its identifier, as it was written, or as the register has it.
pub(super) fn is_of(row: &Row<'_>, publisher: &Publisher) -> bool {
    let supporters = ["supporter", "given_by_name", "given_by"].map(|column| row.text(column).to_lowercase());
    let own = [&publisher.name, &publisher.reference].map(|own| own.to_lowercase());
    supporters.iter().any(|supporter| !supporter.is_empty() && own.contains(supporter))
}

pub(super) fn activity(row: &Row<'_>, publisher: &Publisher, on: Day, out: &mut Vec<LeftOut>) -> Activity {
    // What an identifier may not have in it.
    let record: String = row.text("record").chars().map(|c| if matches!(c, '/' | '&' | '|' | '?') { '-' } else { c }).collect();
    let id = format!("{}-TRAINING-{record}", publisher.reference);
    let mut a = Activity::new(&id).with("xml:lang", "en").with("default-currency", row.text("currency"));
    let who = |name: &'static str| Element::new(name).with("ref", publisher.reference.clone());
    a.must("reporting-org", [who("reporting-org").with("type", publisher.kind.clone()).narrated(&publisher.name, "")]);
    let title = ["course", "program"].map(|column| row.text(column)).into_iter().find(|t| !t.is_empty());
    a.must("title", title.map(|t| Element::new("title").narrated(&t, "")));
    let told = TOLD.iter().map(|(column, words)| (row.text(column), words)).filter(|(text, _)| !text.is_empty());
    let told: Vec<String> = told.map(|(text, words)| format!("{words}: {text}.")).collect();
    let description = Element::new("description").with("type", "1").narrated(&told.join(" "), "");
    a.must("description", (!told.is_empty()).then_some(description));
    a.must(
        "participating-org",
        [who("participating-org").with("role", "1").with("type", publisher.kind.clone()).narrated(&publisher.name, "")],
    );
    let (starts, ends) = (row.text("starts"), row.text("ends"));
    let (first, last) = (dated(&id, "activity-date", &starts, false, out), dated(&id, "activity-date", &ends, true, out));
    let past = |day: &Option<String>| day.as_ref().is_some_and(|d| d.as_str() <= on.to_string().as_str());
    let status = match (past(&first), past(&last)) {
        (_, true) => "4",
        (true, false) => "2",
        (false, false) => "1",
    };
    a.must("activity-status", Element::coded("activity-status", status).filter(|_| first.is_some() || last.is_some()));
    let date = |day: &Option<String>, planned: &'static str, actual: &'static str| {
        let kind = if past(day) { actual } else { planned };
        day.clone().map(|d| Element::new("activity-date").with("iso-date", d).with("type", kind))
    };
    a.must("activity-date", [date(&first, "1", "2"), date(&last, "3", "4")].into_iter().flatten());
    a.add(Element::coded("recipient-country", &row.text("country")).map(|e| e.with("percentage", "100")));
    let place = ["location", "place_name"].map(|column| row.text(column)).into_iter().find(|p| !p.is_empty());
    if let Some(place) = place {
        a.add([Element::new("location").holding([Element::new("name").narrated(&place, "")])]);
    }
    // The register has no purpose code of a training: its own word for it says what it is, and claims nothing more.
    a.add([Element::new("sector")
        .with("vocabulary", "99")
        .with("code", "training")
        .with("percentage", "100")
        .narrated("Training", "en")]);
    cost(&id, row, first.or(last), &mut a, out);
    for (column, reason) in KEPT.iter().filter(|(column, _)| !matches!(row.text(column).as_str(), "" | "[]")) {
        out.push(left_out(&id, column, &row.text(column), reason));
    }
    a
}

/// What it cost, as an expenditure on the day on which it began.
fn cost(id: &str, row: &Row<'_>, day: Option<String>, a: &mut Activity, out: &mut Vec<LeftOut>) {
    let (amount, currency) = (row.text("cost"), row.text("currency"));
    match day {
        _ if amount.is_empty() => {}
        Some(day) if !currency.is_empty() => {
            let parts = [
                Element::new("transaction-type").with("code", "4"),
                Element::new("transaction-date").with("iso-date", day.clone()),
                value(&amount, &currency, &day),
            ];
            a.add([Element::new("transaction").holding(parts)]);
        }
        _ => out.push(left_out(id, "transaction", &amount, "the standard asks for currency and day of an amount")),
    }
}
