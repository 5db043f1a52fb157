//! What people write above a column, beside the labels of fields: `model/headings.csv`.

use crate::csv_table::{expect_language, rows};
use crate::{Envelope, Kind, Languages, ModelError, ModelFiles, did_you_mean, fold, nearest};
use std::collections::HashMap;

/// Headings by which fields are known.
#[derive(Debug, Default)]
pub struct Headings(HashMap<String, Vec<String>>);

impl Headings {
    pub(crate) fn load(
        files: &ModelFiles,
        languages: &Languages,
        kinds: &[Kind],
        envelope: &Envelope,
    ) -> Result<Headings, ModelError> {
        let mut all: HashMap<String, Vec<String>> = HashMap::new();
        for file in files.texts("headings.csv", "") {
            let (_, shown, text) = file?;
            for row in rows(shown, text, &["text", "language", "fields"])? {
                let (line, row) = row?;
                expect_language(languages, &row[1], shown, line)?;
                // A workspace that has a kind of its own under the name of one that Remit brings may lack fields of that.
                let unknown = row[2].split_whitespace().find(|field| !is_there(field, kinds, envelope));
                if let Some(field) = unknown.filter(|_| !shown.starts_with("model/")) {
                    let message = format!("`{field}` is no field: write kind.field, *.field, or a field of every statement");
                    return Err(ModelError::new(shown, line, format!("{message}{}", like_field(field, kinds))));
                }
                all.entry(comparable(&row[0])).or_default().extend(row[2].split_whitespace().map(str::to_owned));
            }
        }
        Ok(Headings(all))
    }

    /// True for a heading of any field.
    pub fn knows(&self, heading: &str) -> bool {
        self.0.contains_key(&comparable(heading))
    }

    /// True for a heading that is known to say what no field takes: the price of one item is not that of all.
    pub fn says_nothing(&self, heading: &str) -> bool {
        self.0.get(heading).is_some_and(Vec::is_empty)
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
        // A letter may be all that tells women from men: “participants f” is no part of “participants planned”.
        let has_letters = |known: &str| {
            let mut letters = known.split(' ').filter(|w| w.chars().count() == 1);
            letters.all(|letter| heading.split(' ').any(|w| w == letter))
        };
        let share = |known: &str| {
            if !has_letters(known) {
                return None;
            }
            let known = telling(known);
            let all = !known.is_empty() && known.len() < words.len() && known.iter().all(|w| words.contains(w));
            (all && known.len() * 2 >= words.len()).then(|| known.len() as f64 / words.len() as f64)
        };
        self.0.iter().filter_map(|(known, fields)| Some((share(known)?, fields.as_slice()))).collect()
    }
}

/// True for a field as the file names it: one of a kind, of any kind, or of every statement (which a kind may stand before, too).
fn is_there(field: &str, kinds: &[Kind], envelope: &Envelope) -> bool {
    match field.split_once('.') {
        None => envelope.get(field).is_some(),
        Some((of, name)) => {
            let mut those = kinds.iter().filter(|kind| of == "*" || kind.name == of);
            those.any(|kind| kind.field(name).is_some() || envelope.get(name).is_some())
        }
    }
}

/// What was meant by a field of a kind that is not there, as an error goes on to say it.
fn like_field(field: &str, kinds: &[Kind]) -> String {
    let all = kinds.iter().flat_map(|kind| kind.fields.iter().map(move |f| format!("{}.{}", kind.name, f.name)));
    let all: Vec<String> = all.collect();
    did_you_mean(nearest(field, all.iter().map(String::as_str)))
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

#[cfg(test)]
mod tests {
    use super::is_there;
    use crate::Model;

    #[test]
    fn every_heading_is_one_of_a_field_that_there_is() {
        let model = Model::load(None).expect("the model");
        let fields = || model.headings.0.values().flatten();
        let unknown: Vec<&String> = fields().filter(|field| !is_there(field, &model.kinds, &model.envelope)).collect();
        assert!(fields().count() > 300, "{}", fields().count());
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}
