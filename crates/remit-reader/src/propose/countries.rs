//! The countries that institutions of a register are of, and what they are called there.

use remit_model::{Label, Model};
use std::collections::{HashMap, HashSet};

/// What links the name of an institution to that of its country.
const LINKS: [&str; 11] = [" of", " the", " Republic", " République", " de", " la", " du", " des", " d’", " d'", ","];

/// The countries that records of a register are of.
#[derive(Debug, Clone, Default)]
pub(super) struct Countries(HashMap<String, String>);

impl Countries {
    pub(super) fn new(countries: HashMap<String, String>) -> Countries {
        Countries(countries)
    }

    /// The country of a record; empty where it has none.
    pub(super) fn of(&self, record: &str) -> &str {
        self.0.get(record).map_or("", String::as_str)
    }

    /// True where all that is of a country, but for missions, is of one and the same.
    pub(super) fn are_one(&self) -> bool {
        let own = self.0.iter().filter(|(record, _)| !record.starts_with("mission/"));
        own.map(|(_, country)| country).collect::<HashSet<_>>().len() < 2
    }

    /// Names without their country, as documents of that country write them: “Ministry of Defence of Ukraine” is “Ministry of Defence”.
    pub(super) fn names_within(&self, model: &Model, names: &[(String, String)]) -> Vec<(String, String)> {
        let within = |(record, name): &(String, String)| {
            let label: &Label = &model.lists.get("country")?.get(self.of(record))?.label;
            let mut rest = label.all().find_map(|(_, country)| name.trim_end().strip_suffix(country))?.trim_end();
            while let Some(less) = LINKS.iter().find_map(|link| rest.strip_suffix(link)) {
                rest = less.trim_end();
            }
            // A single word (“Courts”, “President”) is said of many.
            (rest.contains(' ') && !record.starts_with("mission/")).then(|| (record.clone(), rest.to_owned()))
        };
        names.iter().filter_map(within).collect()
    }
}
