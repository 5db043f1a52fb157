//! A figure of a report: what was asked, the rows that came, and what they rest on.

use crate::Brief;
use remit_ask::{Answer, AskError, Evidence, Said};
use remit_store::{AsOf, Cell, Table};
use sha2::{Digest as _, Sha256};

/// Letters of a code, without those that are taken for others.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// How many letters a code has.
const LENGTH: usize = 6;

/// Sources that a footnote names; it says how many more there are.
const NAMED: usize = 4;

/// A figure: an answer with its evidence and its code.
#[derive(Debug, Clone)]
pub struct Figure {
    /// What stands in its footnote, and what it can be asked for by.
    pub code: String,
    /// What was asked, and the rows that came.
    pub answer: Answer,
    /// What they rest on.
    pub evidence: Evidence,
}

impl Figure {
    /// Asks a question, and looks what the answer rests on.
    pub(crate) fn ask(brief: &Brief<'_>, question: &str, given: &[(String, String)]) -> Result<Figure, AskError> {
        let answer = Answer::ask(brief.workspace, brief.questions, brief.reader, question, given)?;
        let evidence = Evidence::of(brief.reader, &Said::new(brief.voice(), &answer.table))?;
        Ok(Figure { code: code(&answer), answer, evidence })
    }

    /// What its footnote says.
    pub(crate) fn footnote(&self, brief: &Brief<'_>) -> String {
        let (locale, model) = (&brief.locale, brief.model());
        let named = locale.clauses(&self.evidence.sources[..self.evidence.sources.len().min(NAMED)]);
        let more = self.evidence.sources.len().saturating_sub(NAMED);
        let sources = match (self.evidence.sources.is_empty(), more) {
            (true, _) => model.word(locale, "none_on_record"),
            (false, 0) => named,
            (false, n) => model.sentence(locale, "and_more", &[("list", &named), ("n", &locale.whole(n as f64))]),
        };
        let AsOf { valid_on, known_on, .. } = &self.answer.as_of;
        let known = known_on.as_ref().map_or_else(|| model.word(locale, "now"), |k| said_moment(brief, k));
        let marking = model.name_of_code(locale, "marking", self.evidence.marking.code()).to_lowercase();
        let with = [
            ("sources", sources.as_str()),
            ("day", &locale.date(&valid_on.to_string())),
            ("known", &known),
            ("rows", &locale.whole(self.answer.table.rows.len() as f64)),
            ("statements", &locale.whole(self.evidence.statements as f64)),
            ("marking", &marking),
            ("code", &self.code),
        ];
        model.sentence(locale, if self.evidence.statements > 0 { "footnote" } else { "footnote_data_sets" }, &with)
    }
}

/// A moment to the minute.
pub(crate) fn said_moment(brief: &Brief<'_>, moment: &str) -> String {
    match moment.get(11..16) {
        Some(time) => format!("{} {time} UTC", brief.locale.date(moment)),
        None => brief.locale.date(moment),
    }
}

/// The same for the same question, parameters, cut and rows.
fn code(answer: &Answer) -> String {
    let mut hash = Sha256::new();
    let mut take = |text: &str| {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    };
    take(&answer.question.name);
    for (name, value) in &answer.parameters {
        take(name);
        take(value);
    }
    take(&answer.as_of.valid_on.to_string());
    take(answer.as_of.clearance.code());
    rows(&answer.table).iter().for_each(|row| take(row));
    let hash = hash.finalize();
    hash.iter().take(LENGTH).map(|b| LETTERS[usize::from(*b % 32)] as char).collect()
}

/// The rows, a text each.
fn rows(table: &Table) -> Vec<String> {
    let cell = |cell: &Cell| match cell {
        Cell::Null => String::new(),
        Cell::Integer(n) => n.to_string(),
        Cell::Real(n) => n.to_string(),
        Cell::Text(text) => text.clone(),
    };
    table.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join("\u{1f}")).collect()
}
