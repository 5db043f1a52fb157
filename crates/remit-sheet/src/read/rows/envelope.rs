//! What every statement of a row carries beside what it says: dates, source, grades, marking, status.

use super::{RowBeingRead, SheetReading};
use crate::read::mapping::{BOUNDS, RecordRule, Rule};
use crate::values::credibility_of;
use remit_model::{EnvelopePart, FieldType, Marking, Model, STATEMENT};
use remit_store::{Draft, Status};
use serde_json::Value;

impl SheetReading<'_> {
    /// Fills the envelope from the rules that are for all fields of the record.
    pub(super) fn envelope(&mut self, rule: &RecordRule, row: &RowBeingRead<'_>, draft: &mut Draft) {
        let model = self.model;
        for (part, field) in model.envelope.asked().map(|asked| (asked.part, &asked.field)) {
            let Some(r) = rule.fields.get(&field.name) else { continue };
            let column = r.column.as_ref().or(r.columns.first()).and_then(|c| self.columns.get(c).copied());
            let text = self.text_or_noted(r, column, row);
            if self.goes_on(field, r, &text) {
                column.into_iter().for_each(|column| self.note_nothing(column, &text, row.at));
                continue;
            }
            let value = match field.name.as_str() {
                "credibility" => credibility_of(&text).unwrap_or(text),
                _ => match self.plainly(field, r, row, column, &text) {
                    Ok((plain, _)) => plain,
                    Err(()) => continue,
                },
            };
            match field.read(&self.model.lists, &value) {
                Ok(Value::String(value)) => {
                    if part == EnvelopePart::Dates && !value.is_empty() {
                        self.dates_of_their_own(r, row, draft);
                    }
                    draft.set_envelope(&field.name, value);
                }
                Ok(_) => {}
                Err(reason) => self.finding(row.at, column, &value, "value", format!("{reason}; the cell was left out")),
            }
        }
        self.marks(rule, row, draft);
        for (bound, cited, valid) in [(BOUNDS[0], "first_cited", "valid_from"), (BOUNDS[1], "last_cited", "valid_to")] {
            let Some(r) = rule.fields.get(bound) else { continue };
            let text = self.text(r, row).to_lowercase();
            match text.as_str() {
                // It went on when it was last cited.
                "open" => draft.set_envelope(valid, ""),
                "start" | "end" => {
                    let date = draft.envelope(cited).to_owned();
                    draft.set_envelope(valid, date);
                }
                text if self.model.languages.answer(text) == Some(true) => {
                    let date = draft.envelope(cited).to_owned();
                    draft.set_envelope(valid, date);
                }
                _ => {}
            }
        }
    }

    /// Source and credibility that a date has of its own: of several dates each source, and the least credible of them.
    pub(super) fn dates_of_their_own(&mut self, rule: &Rule, row: &RowBeingRead<'_>, draft: &mut Draft) {
        let source = rule.source.as_deref().map_or("", |c| self.cell(c, row));
        let sources = draft.envelope("dates_source");
        if !source.is_empty() && !sources.split("; ").any(|s| s == source) {
            let sources = if sources.is_empty() { source.to_owned() } else { format!("{sources}; {source}") };
            draft.set_envelope("dates_source", sources);
        }
        let credibility = self.credibility(rule, row);
        if credibility.as_str() > draft.envelope("dates_credibility") {
            draft.set_envelope("dates_credibility", credibility);
        }
    }

    /// How credible the cell beside a field says that it is; empty where nothing is said.
    pub(super) fn credibility(&mut self, rule: &Rule, row: &RowBeingRead<'_>) -> String {
        let confidence = rule.confidence.as_deref().map_or("", |c| self.cell(c, row)).to_owned();
        let credibility = credibility_of(&confidence);
        if credibility.is_none() && !confidence.is_empty() {
            let column = rule.confidence.as_ref().and_then(|c| self.columns.get(c).copied());
            let reason =
                "this is no confidence (high, medium, low) and no credibility (1 to 6); the cell was left out".to_owned();
            self.finding(row.at, column, &confidence, "value", reason);
        }
        credibility.unwrap_or_default()
    }

    /// Fills what of the envelope is no plain text. What cannot be read there was meant to keep something from somebody, or from
    /// being counted: until it can be read, the most careful is taken for it.
    pub(super) fn marks(&mut self, rule: &RecordRule, row: &RowBeingRead<'_>, draft: &mut Draft) {
        let model = self.model;
        let marks = model.envelope.deciding().map(|field| field.name.as_str());
        for name in marks.chain([STATEMENT]) {
            let Some(r) = rule.fields.get(name) else { continue };
            let text = self.text(r, row);
            let read = match name {
                _ if text.is_empty() => Ok(()),
                "marking" => code_of(model, name, &text).parse().map(|m: Marking| draft.marking = draft.marking.max(m)),
                "status_of_statement" => status(code_of(model, name, &text)).map(|s| draft.status = s),
                "withheld" => withheld(&text, draft, model).map(|w| draft.withheld = w),
                STATEMENT => {
                    draft.supersedes = vec![text.clone()];
                    Ok(())
                }
                _ => {
                    draft.set_envelope(name, text.as_str());
                    Ok(())
                }
            };
            if let Err(reason) = read {
                let column = r.column.as_ref().and_then(|c| self.columns.get(c).copied());
                let careful = most_careful(name, draft);
                self.finding(row.at, column, &text, "value", format!("{reason}; {careful}"));
            }
        }
    }
}

/// The code of the list of a field that a text is, or is the name of in any language; else the text.
fn code_of<'t>(model: &'t Model, field: &str, text: &'t str) -> &'t str {
    let list = model.envelope.get(field).and_then(|known| match &known.field.kind {
        FieldType::Code(list) => model.lists.get(list),
        _ => None,
    });
    list.and_then(|list| list.find(text)).map_or(text, |code| code.code.as_str())
}

/// What a draft is taken for where its marking, its withheld fields or its status cannot be read.
pub(super) fn most_careful(name: &str, draft: &mut Draft) -> &'static str {
    if name == "status_of_statement" {
        draft.status = Status::Proposed;
        return "the row waits as a proposal";
    }
    draft.marking = Marking::StrictlyConfidential;
    "the row was marked strictly confidential"
}

pub(super) fn status(text: &str) -> Result<Status, String> {
    let known = || format!("“{text}” is no status; write proposed, accepted or rejected");
    Status::from_code(&text.to_lowercase()).ok_or_else(known)
}

/// Reads `note=confidential; name=strictly_confidential`. Of a field that is named twice the more careful marking counts.
pub(super) fn withheld(text: &str, draft: &Draft, model: &Model) -> Result<Vec<(String, Marking)>, String> {
    let mut all: Vec<(String, Marking)> = Vec::new();
    for item in text.split(';').map(str::trim).filter(|i| !i.is_empty()) {
        let (field, marking) = item.split_once('=').ok_or_else(|| format!("“{item}” is not as in note=confidential"))?;
        let field = field.trim();
        if model.kind(&draft.kind).and_then(|k| k.field(field)).is_none() {
            return Err(format!("the {} has no field `{field}` to withhold", draft.kind));
        }
        let marking: Marking = code_of(model, "marking", marking.trim()).parse()?;
        match all.iter_mut().find(|(known, _)| known == field) {
            Some((_, known)) => *known = marking.max(*known),
            None => all.push((field.to_owned(), marking)),
        }
    }
    Ok(all)
}

/// Year, month and day as one date, as precise as they say: an empty day is a month, an empty month a year.
pub(super) fn date_of_parts(parts: &[&str]) -> String {
    let mut date = String::new();
    for (n, part) in parts.iter().enumerate() {
        let Ok(number) = part.trim().parse::<u32>() else {
            if part.trim().is_empty() {
                break;
            }
            return parts.join("-");
        };
        match n {
            0 => date = format!("{number:04}"),
            _ if number == 0 => break,
            _ => date.push_str(&format!("-{number:02}")),
        }
    }
    date
}
