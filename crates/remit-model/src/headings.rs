//! What people write above a column, beside the labels of fields: `model/headings.csv`.

use crate::csv_table::rows;
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
        is_among(self.fields(&comparable(heading)), kind, field)
    }

    /// The fields of a comparable heading, as `kind.field`, `*.field` of every kind that has it, or `field` of the envelope.
    pub fn fields(&self, heading: &str) -> &[String] {
        self.0.get(heading).map_or(&[], Vec::as_slice)
    }

    /// The fields of the headings whose words all stand in a longer one and are half of it or more, with how much of it they are.
    pub fn parts(&self, heading: &str) -> Vec<(f64, &[String])> {
        let words = telling(heading);
        if words.len() < 2 {
            return Vec::new();
        }
        let share = |known: &str| {
            let known = telling(known);
            let all = !known.is_empty() && known.len() < words.len() && known.iter().all(|w| words.contains(w));
            (all && known.len() * 2 >= words.len()).then(|| known.len() as f64 / words.len() as f64)
        };
        self.0.iter().filter_map(|(known, fields)| Some((share(known)?, fields.as_slice()))).collect()
    }
}

/// True where one of these fields is that of a kind.
pub fn is_among(fields: &[String], kind: &Kind, field: &str) -> bool {
    fields.iter().any(|f| match f.split_once('.') {
        Some((of, name)) => name == field && (of == "*" || of == kind.name),
        None => f == field,
    })
}

/// The words of a heading that tell something: of, de, из do not.
fn telling(heading: &str) -> Vec<&str> {
    heading.split(' ').filter(|w| w.chars().count() > 2).collect()
}

/// A heading without case, marks and signs.
pub fn comparable(heading: &str) -> String {
    let mut out = String::new();
    fold(heading, &mut out);
    let words: Vec<&str> = out.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words.join(" ")
}
