//! A training of the register as an activity.

use super::activity::ActivityInMaking;
use super::element::IatiElement;
use super::{LeftOut, NamedRow, Publisher, stated};
use remit_model::Day;
use std::collections::HashSet;

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
pub(super) fn is_of(row: &NamedRow<'_>, records: &HashSet<String>, publisher: &Publisher) -> bool {
    stated::is_of(row, records, publisher, "given_by", &["supporter", "given_by_name", "given_by"])
}

pub(super) fn activity(row: &NamedRow<'_>, publisher: &Publisher, on: Day, out: &mut Vec<LeftOut>) -> ActivityInMaking {
    let id = stated::identifier(publisher, "TRAINING", &row.text("record"));
    let mut a = ActivityInMaking::new(&id).with("xml:lang", "en").with("default-currency", row.text("currency"));
    a.must("reporting-org", [stated::reporter(publisher)]);
    a.must("title", stated::first(row, &["course", "program"]).map(|t| IatiElement::new("title").narrated(&t, "")));
    let told = stated::told(row, &TOLD);
    let description = IatiElement::new("description").with("type", "1").narrated(&told, "");
    a.must("description", (!told.is_empty()).then_some(description));
    a.must("participating-org", [stated::funder(publisher)]);
    let days = stated::days(&id, row, out);
    stated::when(&mut a, "", &days, on);
    a.add(IatiElement::coded("recipient-country", &row.text("country")).map(|e| e.with("percentage", "100")));
    a.add(stated::place(row, &["location", "place_name"]));
    // The purpose code by which everybody finds it, and beside it the register's own word for what it is.
    let own = IatiElement::new("sector").with("vocabulary", "99").with("code", "training").with("percentage", "100");
    a.add([stated::purpose("training"), own.narrated("Training", "en")]);
    // What it cost, as an expenditure on the day on which it began.
    let day = days.iter().flatten().next();
    a.add(stated::amount(&id, row, ("cost", "4"), day, out));
    stated::kept(&id, row, &KEPT, out);
    a
}
