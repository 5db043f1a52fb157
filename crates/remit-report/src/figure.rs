//! A figure of a report: what was asked, the rows that came, and what they rest on.

use crate::Brief;
use remit_ask::{Answer, AskError, CellWords, Evidence};
use remit_store::{AsOf, Cell, Table};
use sha2::{Digest as _, Sha256};

/// Letters of a code, without those that are taken for others.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// How many letters a code has.
const LENGTH: usize = 6;

/// Sources that a footnote names, and letters of them, where it is more than one; it says how many more there are.
const NAMED: usize = 3;
const NAMED_LETTERS: usize = 160;

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
        let evidence = Evidence::of(brief.reader, &answer, &CellWords::new(brief.voice(), &answer.table))?;
        Ok(Figure { code: code(&answer), answer, evidence })
    }

    /// What its footnote says: the whole where it stands first, and then where to look.
    pub(crate) fn footnote(&self, brief: &Brief<'_>, is_first: bool) -> String {
        let (locale, model) = (&brief.locale, brief.model());
        let AsOf { valid_on, known_on, clearance } = &self.answer.as_of;
        let known = known_on.as_ref().map_or_else(|| model.word(locale, "now"), |k| said_moment(brief, k));
        let is_counted = self.evidence.statements > 0;
        let marking = if is_counted { self.evidence.marking } else { *clearance };
        let with = [
            ("sources", self.sources(brief)),
            ("day", locale.date(&valid_on.to_string())),
            ("known", known),
            ("rows", locale.whole(self.answer.table.rows.len() as f64)),
            ("statements", locale.whole(self.evidence.statements as f64)),
            ("marking", model.name_of_code(locale, "marking", marking.code()).to_lowercase()),
            ("code", self.code.clone()),
        ];
        let with: Vec<(&str, &str)> = with.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let sentences: &[&str] = match (is_first, self.answer.table.rows.is_empty(), is_counted) {
            (false, ..) => &["footnote_again"],
            (true, true, _) => &["footnote_cut", "footnote_code"],
            (true, false, true) => &["footnote_sources", "footnote_cut", "footnote_statements", "footnote_code"],
            (true, false, false) => &["footnote_sources", "footnote_cut", "footnote_marking", "footnote_code"],
        };
        sentences.iter().map(|code| model.sentence(locale, code, &with)).collect::<Vec<_>>().join(" ")
    }

    /// The sources that the footnote names: the register itself where the rows name none.
    fn sources(&self, brief: &Brief<'_>) -> String {
        let (sources, locale) = (&self.evidence.sources, &brief.locale);
        let mut letters = 0;
        let has_room = |source: &&String| {
            letters += source.chars().count();
            letters <= NAMED_LETTERS
        };
        let count = sources.iter().take(NAMED).take_while(has_room).count().max(1).min(sources.len());
        let named = locale.clauses(&sources[..count]);
        match (sources.is_empty(), sources.len() - count) {
            (true, _) => brief.workspace.settings().title.clone(),
            (false, 0) => named,
            (false, n) => brief.model().sentence(locale, "and_more", &[("list", &named), ("n", &locale.whole(n as f64))]),
        }
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
