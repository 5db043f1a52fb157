//! Code lists: one CSV each in `model/codes/`, with the codes of their standard, and `lists.csv` for what they are.

use crate::{ModelError, ModelFiles};
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

/// A language of the interface and of labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
    /// Arabic.
    Ar,
}

impl Language {
    /// All of them, English first.
    pub const ALL: [Language; 3] = [Language::En, Language::Fr, Language::Ar];

    /// Its code (ISO 639-1).
    pub fn code(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Fr => "fr",
            Language::Ar => "ar",
        }
    }
}

impl FromStr for Language {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "en" => Ok(Language::En),
            "fr" => Ok(Language::Fr),
            "ar" => Ok(Language::Ar),
            _ => Err(format!("`{text}` is not a language of Remit; use en, fr or ar")),
        }
    }
}

/// A name in the languages of the interface. English is always there; the others fall back to it.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// English.
    #[serde(default)]
    pub en: String,
    /// French; empty where there is none yet.
    #[serde(default)]
    pub fr: String,
    /// Arabic; empty where there is none yet.
    #[serde(default)]
    pub ar: String,
}

impl Label {
    /// The name in a language, or in English where it has none.
    pub fn get(&self, language: Language) -> &str {
        let own = match language {
            Language::En => &self.en,
            Language::Fr => &self.fr,
            Language::Ar => &self.ar,
        };
        if own.is_empty() { &self.en } else { own }
    }
}

/// One code of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The standard's own code.
    pub code: String,
    /// Its name.
    pub label: Label,
    /// The code of the group it belongs to, or empty.
    pub category: String,
    /// `active`, `withdrawn` or `voluntary`, as the standard says.
    pub status: String,
}

/// A code list in its display order.
#[derive(Debug, Clone)]
pub struct CodeList {
    /// Name of the list: the file's name without `.csv`.
    pub name: String,
    /// What it is.
    pub title: Label,
    /// Which standard it comes from, or what it was proposed from.
    pub source: String,
    /// Address of the standard's list; empty for our own.
    pub url: String,
    /// True where the list is Remit's own proposal and no standard's.
    pub own: bool,
    codes: Vec<Code>,
    by_code: HashMap<String, usize>,
}

impl CodeList {
    /// The codes in display order.
    pub fn codes(&self) -> &[Code] {
        &self.codes
    }

    /// One code of the list.
    pub fn get(&self, code: &str) -> Option<&Code> {
        self.by_code.get(code).map(|at| &self.codes[*at])
    }

    /// The code that has this code or this name (any language, any case, with or without diacritics). Of two that are called
    /// the same, one that was not withdrawn.
    pub fn find(&self, text: &str) -> Option<&Code> {
        let comparable = |text: &str| {
            let mut out = String::new();
            crate::fold(text.trim(), &mut out);
            // ISO writes "Niger (the)" where everybody else writes "Niger".
            out.strip_suffix(" (the)").map_or(out.clone(), str::to_owned)
        };
        let wanted = comparable(text);
        self.get(text.trim()).or_else(|| {
            let called = |c: &&Code| {
                [&c.code, &c.label.en, &c.label.fr, &c.label.ar].into_iter().any(|t| !t.is_empty() && comparable(t) == wanted)
            };
            let withdrawn = |c: &&Code| c.status == "withdrawn";
            self.codes.iter().filter(|c| !withdrawn(c)).chain(self.codes.iter().filter(withdrawn)).find(called)
        })
    }

    fn read(shown: &str, name: &str, text: &str, about: Option<&About>) -> Result<CodeList, ModelError> {
        let about = about.ok_or_else(|| {
            ModelError::new(shown, 0, format!("has no line in codes/lists.csv; add one for `{name}` with its title and source"))
        })?;
        let mut list = CodeList {
            name: name.to_owned(),
            title: about.title.clone(),
            source: about.source.clone(),
            url: about.url.clone(),
            own: about.own,
            codes: Vec::new(),
            by_code: HashMap::new(),
        };
        for row in rows(shown, text, &["code", "en", "fr", "ar", "category", "status"])? {
            let (line, row) = row?;
            let [code, en, fr, ar, category, status] = &row[..] else {
                continue;
            };
            if en.is_empty() {
                return Err(ModelError::new(shown, line, format!("code `{code}` has no English name; fill the column `en`")));
            }
            if list.by_code.insert(code.clone(), list.codes.len()).is_some() {
                return Err(ModelError::new(shown, line, format!("code `{code}` is there twice; remove one of the two lines")));
            }
            list.codes.push(Code {
                code: code.clone(),
                label: Label { en: en.clone(), fr: fr.clone(), ar: ar.clone() },
                category: category.clone(),
                status: status.clone(),
            });
        }
        Ok(list)
    }
}

impl fmt::Display for CodeList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

struct About {
    title: Label,
    source: String,
    url: String,
    own: bool,
}

/// All code lists by name.
#[derive(Debug, Default)]
pub struct CodeLists {
    lists: HashMap<String, CodeList>,
}

impl CodeLists {
    pub(crate) fn load(files: &ModelFiles) -> Result<CodeLists, ModelError> {
        let about = CodeLists::about(files)?;
        let mut lists = HashMap::new();
        for file in files.texts("codes/", ".csv") {
            let (key, shown, text) = file?;
            let name = key.trim_start_matches("codes/").trim_end_matches(".csv");
            if name != "lists" {
                lists.insert(name.to_owned(), CodeList::read(shown, name, text, about.get(name))?);
            }
        }
        Ok(CodeLists { lists })
    }

    fn about(files: &ModelFiles) -> Result<HashMap<String, About>, ModelError> {
        let mut about = HashMap::new();
        for file in files.texts("codes/lists.csv", "") {
            let (_, shown, text) = file?;
            for row in rows(shown, text, &["list", "title_en", "title_fr", "title_ar", "source", "url", "own"])? {
                let (line, row) = row?;
                let [name, en, fr, ar, source, url, own] = &row[..] else {
                    continue;
                };
                if en.is_empty() {
                    return Err(ModelError::new(shown, line, format!("list `{name}` has no title; fill `title_en`")));
                }
                let title = Label { en: en.clone(), fr: fr.clone(), ar: ar.clone() };
                about.insert(name.clone(), About { title, source: source.clone(), url: url.clone(), own: own == "yes" });
            }
        }
        Ok(about)
    }

    /// One list by its name.
    pub fn get(&self, name: &str) -> Option<&CodeList> {
        self.lists.get(name)
    }

    /// Names of all lists, sorted.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.lists.keys().map(String::as_str).collect();
        names.sort_unstable();
        names
    }

    /// True where the list exists and has the code.
    pub fn has(&self, list: &str, code: &str) -> bool {
        self.lists.get(list).is_some_and(|l| l.get(code).is_some())
    }

    /// A code's name in a language; the code itself where the list does not know it.
    pub fn name<'a>(&'a self, list: &str, code: &'a str, language: Language) -> &'a str {
        self.lists.get(list).and_then(|l| l.get(code)).map_or(code, |c| c.label.get(language))
    }
}

type Row = Result<(usize, Vec<String>), ModelError>;

/// The rows of a CSV file that has exactly these columns, each with its line.
pub(crate) fn rows<'a>(shown: &'a str, text: &'a str, columns: &'a [&str]) -> Result<impl Iterator<Item = Row> + 'a, ModelError> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|e| ModelError::new(shown, 1, e.to_string()))?;
    if !headers.iter().eq(columns.iter().copied()) {
        let message =
            format!("has the columns `{}`; expected `{}`", headers.iter().collect::<Vec<_>>().join(","), columns.join(","));
        return Err(ModelError::new(shown, 1, message));
    }
    Ok(reader.into_records().map(move |record| {
        let record = record
            .map_err(|e| ModelError::new(shown, e.position().map_or(0, |p| p.line() as usize), format!("is no CSV row: {e}")))?;
        let line = record.position().map_or(0, |p| p.line() as usize);
        if record.len() != columns.len() {
            let message = format!("has {} fields; expected {} ({})", record.len(), columns.len(), columns.join(","));
            return Err(ModelError::new(shown, line, message));
        }
        Ok((line, record.iter().map(|field| field.trim().to_owned()).collect()))
    }))
}

#[cfg(test)]
mod tests {
    use crate::Model;

    #[test]
    fn of_two_codes_called_the_same_the_one_in_use_is_meant() {
        let model = Model::load(None).expect("the model");
        let sectors = model.lists.get("sector").expect("the list");
        assert_eq!(sectors.find("Geothermal energy").map(|c| c.code.as_str()), Some("23260"));
        assert_eq!(sectors.find("23066").map(|c| c.code.as_str()), Some("23066"), "a withdrawn code is still known");
        assert_eq!(sectors.find("no such sector"), None);
    }

    #[test]
    fn every_code_has_a_name_in_every_language() {
        let model = Model::load(None).expect("the model");
        let lists = model.lists.names().into_iter().filter_map(|name| model.lists.get(name));
        let unnamed: Vec<String> = lists
            .flat_map(|list| list.codes().iter().map(move |code| (list, code)))
            .filter(|(_, code)| code.label.fr.is_empty() || code.label.ar.is_empty())
            .map(|(list, code)| format!("{} {}", list.name, code.code))
            .collect();
        assert!(unnamed.is_empty(), "{unnamed:?}");
    }
}
