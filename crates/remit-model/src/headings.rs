//! What people write above a column, beside the labels of fields: `model/headings.csv`.

use crate::codes::rows;
use crate::{Kind, ModelError, ModelFiles, fold};
use std::collections::HashMap;

/// Headings by which fields are known.
#[derive(Debug, Default)]
pub struct Headings(HashMap<String, Vec<String>>);

impl Headings {
    pub(crate) fn load(files: &ModelFiles) -> Result<Headings, ModelError> {
        let mut all: HashMap<String, Vec<String>> = HashMap::new();
        for file in files.texts("headings.csv", "") {
            let (_, shown, text) = file?;
            for row in rows(shown, text, &["text", "language", "fields"])? {
                let (_, row) = row?;
                all.entry(comparable(&row[0])).or_default().extend(row[2].split_whitespace().map(str::to_owned));
            }
        }
        Ok(Headings(all))
    }

    /// True for a heading of any field.
    pub fn knows(&self, heading: &str) -> bool {
        self.0.contains_key(&comparable(heading))
    }

    /// True where a heading is one of a field of a kind.
    pub fn is_of(&self, heading: &str, kind: &Kind, field: &str) -> bool {
        let fields = self.0.get(&comparable(heading)).map_or(&[][..], Vec::as_slice);
        fields.iter().any(|f| match f.split_once('.') {
            Some((of, name)) => name == field && (of == "*" || of == kind.name),
            None => f == field,
        })
    }
}

/// A heading without case, marks and signs.
pub fn comparable(heading: &str) -> String {
    let mut out = String::new();
    fold(heading, &mut out);
    let words: Vec<&str> = out.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words.join(" ")
}
