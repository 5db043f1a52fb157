//! Who is meant: records found by identifier, name, acronym or other name.

use remit_model::{latin, likeness};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Likeness from which a name is worth suggesting.
const LIKELY: f64 = 0.86;

/// The names of the records of one kind.
#[derive(Debug, Default)]
pub struct Names {
    records: HashSet<String>,
    by_name: HashMap<String, Vec<String>>,
    country: HashMap<String, String>,
}

/// The result of looking a name up.
#[derive(Debug, PartialEq, Eq)]
pub enum Meant {
    /// One record.
    One(String),
    /// Several: their identifiers.
    Several(Vec<String>),
    /// None.
    None,
}

impl Names {
    /// Adds what a record is called.
    pub fn add(&mut self, record: &str, name: &str) {
        self.records.insert(record.to_owned());
        let key = key(name);
        if key.is_empty() {
            return;
        }
        let records = self.by_name.entry(key).or_default();
        if !records.iter().any(|r| r == record) {
            records.push(record.to_owned());
        }
    }

    /// Says where a record is: names in another country do not mean it.
    pub fn set_country(&mut self, record: &str, country: &str) {
        self.country.insert(record.to_owned(), country.to_owned());
    }

    /// Who is meant by a text; where several are called so, the one of the country.
    pub fn find(&self, text: &str, country: &str) -> Meant {
        if self.records.contains(text) {
            return Meant::One(text.to_owned());
        }
        let found = self.by_name.get(&key(text)).map_or(&[][..], Vec::as_slice);
        let elsewhere = |r: &&String| self.country.get(*r).is_some_and(|c| !country.is_empty() && c != country);
        let here: Vec<&String> = found.iter().filter(|r| !elsewhere(r)).collect();
        match &here[..] {
            [] => Meant::None,
            [one] => Meant::One((*one).clone()),
            several => {
                let own: Vec<&&String> = several.iter().filter(|r| self.country.get(**r).is_some_and(|c| c == country)).collect();
                match &own[..] {
                    [one] => Meant::One((**one).clone()),
                    _ => Meant::Several(several.iter().map(|r| (*r).clone()).collect()),
                }
            }
        }
    }

    /// The name that is most like a text, for people to look at.
    pub fn suggestion(&self, text: &str) -> Option<String> {
        let best =
            self.by_name.keys().map(|name| (likeness(name, text), name)).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)));
        best.filter(|(alike, _)| *alike >= LIKELY).map(|(_, name)| name.clone())
    }
}

fn key(name: &str) -> String {
    let words = latin(name);
    words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// An identifier made of words: what people can read in an address.
pub(crate) fn slug(parts: &[&str]) -> String {
    let parts: Vec<String> = parts.iter().filter(|p| !p.is_empty()).map(|p| key(p).replace(' ', "-")).collect();
    parts.join("/")
}

/// Names that no record has, with how often they stand in the sheet.
pub(crate) type Unmatched = BTreeMap<(String, String), u64>;
