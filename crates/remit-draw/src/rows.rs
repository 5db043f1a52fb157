//! The data of a picture as a table.

use crate::PictureWords;
use crate::about::Value;
use crate::number::Decimals;

/// A table: a head, and rows of the same length.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DrawnTable {
    /// What the columns are.
    pub head: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<DrawnCell>>,
}

/// A cell of a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DrawnCell {
    /// What is read.
    pub text: String,
    /// The number, where it is one.
    pub number: Option<f64>,
    /// Where it leads.
    pub link: Option<String>,
}

impl DrawnCell {
    pub(crate) fn text(text: impl Into<String>) -> DrawnCell {
        DrawnCell { text: text.into(), ..DrawnCell::default() }
    }

    pub(crate) fn linked(text: &str, link: &Option<String>) -> DrawnCell {
        DrawnCell { text: text.to_owned(), link: link.clone(), ..DrawnCell::default() }
    }

    pub(crate) fn value(value: Value, form: Decimals, words: &PictureWords) -> DrawnCell {
        match value.known() {
            Some(n) => DrawnCell { text: form.full(n, words), number: Some(n), link: None },
            None => DrawnCell::text(value.reason(words)),
        }
    }
}

impl DrawnTable {
    /// The rows as sentences, for who hears them: `Police: 12; Army: not reported`. A long table is cut.
    pub(crate) fn read_out(&self, words: &PictureWords) -> String {
        const MOST: usize = 12;
        let locale = &words.locale;
        let line = |row: &Vec<DrawnCell>| {
            let rest: Vec<&str> = row.iter().skip(1).map(|c| c.text.as_str()).filter(|t| !t.is_empty()).collect();
            locale.labelled(row.first().map_or("", |c| c.text.as_str()), &locale.list(&rest))
        };
        let mut lines: Vec<String> = self.rows.iter().take(MOST).map(line).collect();
        if self.rows.len() > MOST {
            lines.push("…".into());
        }
        locale.clauses(&lines)
    }
}
