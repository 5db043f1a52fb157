//! Who may be meant by a name that nobody has as its own: another name of a record, the same in other words, its first letters, one that
//! is written nearly so. It is for people to look at, and of a country that somebody names only who is of it, or of none.

use super::{InOrder, LIKELY, Names, OnlyOne};
use remit_model::{comparable, likeness};
use std::collections::HashMap;

/// Likeness from which the own name of a record is pointed out as that of another: of two bodies the names differ more.
const NEARLY: f64 = 0.95;
/// Letters of an acronym.
const ACRONYM: std::ops::RangeInclusive<usize> = 2..=8;

impl Names {
    /// The name that is most like a text, as it is on record.
    pub fn suggestion(&self, text: &str) -> Option<String> {
        self.suggestion_in(text, "")
    }

    /// The same among records of a country and of none; of all where no country is named.
    pub(crate) fn suggestion_in(&self, text: &str, country: &str) -> Option<String> {
        let found = self.in_another_form(text, country).or_else(|| self.by_first_letters(text, country));
        found.or_else(|| self.most_like(text, country)).map(|key| self.on_record(key))
    }

    /// The own name of the one record that a name may be of which a row has as that of a record of its own.
    pub(crate) fn perhaps(&self, name: &str, country: &str) -> Option<String> {
        let key = comparable(name);
        let InOrder { known, other, .. } = self.in_order();
        let here = |records: &&Vec<String>| self.is_here(records, country);
        let by_other = || Some(key.clone()).filter(|key| other.get(key).filter(here).is_some_and(|records| records.len() == 1));
        let nearly = || {
            let numbers = |text: &str| text.chars().filter(|c| c.is_numeric()).collect::<String>();
            let here = known.iter().filter(|(other, records)| self.is_here(records, country) && numbers(other) == numbers(&key));
            let near = here.map(|(other, _)| (likeness(other, &key), other)).filter(|(alike, _)| *alike >= NEARLY);
            near.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1))).map(|(_, other)| other.clone())
        };
        let found = by_other().or_else(|| self.in_another_form(name, country)).or_else(|| self.by_first_letters(name, country));
        let found = found.or_else(nearly).filter(|found| *found != key || !known.contains_key(&key))?;
        let record = other.get(&found).or_else(|| known.get(&found))?.iter().find(|record| self.is_of(record, country))?;
        self.on_file_as(record).filter(|own| comparable(own) != key).map(str::to_owned)
    }

    /// True for a record of a country, or of none; for any where no country is named.
    fn is_of(&self, record: &str, country: &str) -> bool {
        country.is_empty() || ["", country].contains(&self.country_of(record))
    }

    pub(super) fn is_here(&self, records: &[String], country: &str) -> bool {
        records.iter().any(|record| self.is_of(record, country))
    }

    /// All names on record, comparable, of whoever is of a country or of none.
    fn all_in<'n>(&'n self, country: &'n str) -> impl Iterator<Item = &'n String> {
        let InOrder { known, other, .. } = self.in_order();
        known.iter().chain(other).filter(move |(_, records)| self.is_here(records, country)).map(|(name, _)| name)
    }

    /// The one name that is the same but for words that people write otherwise.
    fn in_another_form(&self, text: &str, country: &str) -> Option<String> {
        let by_form = self.by_form.get_or_init(|| {
            let InOrder { known, other, .. } = self.in_order();
            let mut all: HashMap<String, OnlyOne<String>> = HashMap::new();
            for key in known.keys().chain(other.keys()) {
                all.entry(self.forms.of(key)).or_insert_with(|| OnlyOne::One(key.clone())).note(key);
            }
            all
        });
        match by_form.get(&self.forms.of(&comparable(text)))? {
            OnlyOne::One(key) => {
                let InOrder { known, other, .. } = self.in_order();
                let mut called = [known, other].into_iter().filter_map(|all| all.get(key));
                called.any(|records| self.is_here(records, country)).then(|| key.clone())
            }
            OnlyOne::Several => None,
        }
    }

    /// The one name whose words begin with the letters of an acronym, small words among them or not: “MoI”, “PNC”.
    fn by_first_letters(&self, text: &str, country: &str) -> Option<String> {
        let key = comparable(text);
        let is_acronym = !text.contains(char::is_whitespace)
            && ACRONYM.contains(&key.chars().count())
            && text.chars().filter(|c| c.is_uppercase()).count() > 1;
        let begins_so = |name: &&String| {
            let letters = |longer: usize| -> String {
                let words = name.split(' ').filter(|word| word.chars().count() > longer);
                words.filter_map(|word| word.chars().next()).collect()
            };
            letters(0) == key || letters(3) == key
        };
        let mut found = self.all_in(country).filter(|_| is_acronym).filter(begins_so);
        found.next().filter(|_| found.next().is_none()).cloned()
    }

    /// How a name is written that is known by what it is compared by. One that only rows have said is not kept as they write it.
    fn on_record(&self, key: String) -> String {
        let InOrder { known, other, .. } = self.in_order();
        let mut records = known.get(&key).into_iter().chain(other.get(&key)).flatten();
        let written =
            records.find_map(|record| self.called.iter().find(|(of, called)| of == record && comparable(&called.name) == key));
        match written {
            Some((_, called)) => called.name.clone(),
            None => key,
        }
    }

    fn most_like(&self, text: &str, country: &str) -> Option<String> {
        let all = self.all_in(country).chain(self.learned_other.keys());
        let best = all.map(|name| (likeness(name, text), name)).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)));
        best.filter(|(alike, _)| *alike >= LIKELY).map(|(_, name)| name.clone()).or_else(|| self.with_all_words(text, country))
    }

    /// The one name that has all words of a text, and more.
    fn with_all_words(&self, text: &str, country: &str) -> Option<String> {
        let key = comparable(text);
        let words: Vec<&str> = key.split(' ').filter(|w| !w.is_empty()).collect();
        let has_all = |name: &&String| words.iter().all(|w| name.split(' ').any(|own| own == *w));
        let mut found = self.all_in(country).filter(has_all);
        // One word is in many names.
        let first = found.next().filter(|_| words.len() > 1)?;
        found.all(|name| name == first).then(|| first.clone())
    }
}
