//! How languages are written in files from elsewhere: what tells the code page of a text, and what reads its dates and
//! numbers. Other languages than those of the interface are among them.

use crate::Language;
use serde::Deserialize;
use std::collections::BTreeMap;

/// How one language is written: a `[[written]]` of `model/languages.toml`, which says what each part is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// The language.
    #[serde(rename = "code")]
    pub language: Language,
    /// Code pages, the usual one first.
    pub pages: Vec<String>,
    /// Its small letters beyond a to z, or all of another script.
    pub letters: String,
    /// Words that are in nearly every text of it.
    pub words: Vec<String>,
    /// Words before a name that are no part of it.
    #[serde(default)]
    pub articles: Vec<String>,
    /// Ways to write each month.
    #[serde(default)]
    pub months: Vec<Vec<String>>,
    /// Words for three months.
    #[serde(default)]
    pub quarters: Vec<String>,
    /// Words for six months.
    #[serde(default)]
    pub halves: Vec<String>,
    /// Words for the first to the fourth of them, each with the ways to write it.
    #[serde(default)]
    pub ordinals: Vec<Vec<String>>,
    /// Words for a part of a year that begins with no month.
    #[serde(default)]
    pub parts: Vec<String>,
    /// Words before a fiscal year.
    #[serde(default)]
    pub fiscal: Vec<String>,
    /// Words beside a date of the Hijri calendar.
    #[serde(default)]
    pub hijri: Vec<String>,
    /// Words behind a number, with their noughts.
    #[serde(default)]
    pub magnitudes: BTreeMap<String, u32>,
    /// Words with which a row of sums begins.
    #[serde(default)]
    pub totals: Vec<String>,
    /// Words with which a line below a table begins that is none of its rows.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Words for "as above".
    #[serde(default)]
    pub ditto: Vec<String>,
    /// Words before the first of two dates.
    #[serde(default)]
    pub from: Vec<String>,
    /// Words before the last of two dates.
    #[serde(default)]
    pub until: Vec<String>,
    /// Words that stand in the place of an end for what goes on.
    #[serde(default)]
    pub still: Vec<String>,
    /// Words between the last two of several names; of what is written together with the next word, its beginning.
    #[serde(default)]
    pub and: Vec<String>,
    /// Words for "not known" and "none".
    #[serde(default)]
    pub nothing: Vec<String>,
    /// What a column of given names is called.
    #[serde(default)]
    pub given: Vec<String>,
    /// What a column of family names is called.
    #[serde(default)]
    pub family: Vec<String>,
    /// Words for yes.
    #[serde(default)]
    pub yes: Vec<String>,
    /// Words for no.
    #[serde(default)]
    pub no: Vec<String>,
    /// Endings of words, the longest first: where texts are searched, a word is the same with any of them.
    #[serde(default)]
    pub endings: Vec<String>,
    /// What is written together with the word behind it, as Arabic writes its article, the longest first.
    #[serde(default)]
    pub attached: Vec<String>,
    /// Words in names of units, with the number or the word that others write there.
    #[serde(default)]
    pub name_words: BTreeMap<String, String>,
    /// What is written behind a number that counts units.
    #[serde(default)]
    pub number_endings: Vec<String>,
    /// Words beside a name that say what sort of body has it, as a brigade: who looks for the name may be looking for another sort.
    #[serde(default)]
    pub sorts: Vec<String>,
    /// Small words of names, each with the ways in which people write it.
    #[serde(default)]
    pub spellings: Vec<Vec<String>>,
}

/// What is the same in all languages: `[signs]` of `model/languages.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signs {
    /// Signs for "as above".
    pub ditto: Vec<String>,
    /// Signs for "not known" and "none".
    #[serde(default)]
    pub nothing: Vec<String>,
    /// Marks that mean yes, as in a table of crosses.
    #[serde(default)]
    pub yes: Vec<String>,
    /// Marks that mean no.
    #[serde(default)]
    pub no: Vec<String>,
    /// Signs beside an amount, with the currency; none where several have it.
    pub currency: BTreeMap<String, String>,
    /// Which currencies a sign of several may be.
    #[serde(default)]
    pub several: BTreeMap<String, Vec<String>>,
    /// Currencies that are called alike, by what `currency` calls them: each with the countries that pay with it.
    #[serde(default)]
    pub shared: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// Signs for the first to the fourth quarter or half of a year.
    #[serde(default)]
    pub ordinals: Vec<Vec<String>>,
    /// Ways to write each month of the Hijri calendar.
    pub hijri_months: Vec<Vec<String>>,
}

impl Signs {
    /// The currency that a name of several means in a country; none where that pays with none of them.
    pub fn currency_in(&self, shared: &str, country: &str) -> Option<&str> {
        let mut currencies = self.shared.get(shared)?.iter();
        let (code, _) = currencies.find(|(_, countries)| countries.iter().any(|c| c == country))?;
        Some(code)
    }
}

impl Written {
    pub(crate) fn check(&self) -> Result<(), String> {
        match self.months.len() {
            0 | 12 => Ok(()),
            n => Err(format!("the language `{}` is written with {n} months; it needs 12, or none", self.language)),
        }
    }
}
