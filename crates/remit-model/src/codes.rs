//! Code lists: one CSV each in `model/codes/`, with the codes of their standard, and `lists.csv` for what they are.

use crate::code_words::CodeWords;
use crate::csv_table::NamedColumns;
use crate::{Label, Language, Languages, Locale, ModelError, ModelFiles, did_you_mean, is_identifier, nearest};
use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;

/// What a standard says of its codes (column `status`).
const STATUSES: [&str; 3] = ["active", "withdrawn", "voluntary"];

/// Refuses a cell that says something else than may stand in its column: `withdrawm` would be offered as a code in use.
fn one_of(shown: &str, line: usize, (column, said): (&str, &str), known: &[&str]) -> Result<(), ModelError> {
    if said.is_empty() || known.contains(&said) {
        return Ok(());
    }
    let like = did_you_mean(nearest(said, known.iter().copied()));
    let message = format!("has `{said}` in the column `{column}`; use {}, or leave it empty{like}", known.join(", "));
    Err(ModelError::new(shown, line, message))
}

/// Codes that are named to who gave none of a list.
const SOME: usize = 6;
/// So many are all named.
const FEW: usize = 20;

/// One code of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The standard's own code.
    pub code: String,
    /// Its name.
    pub label: Label,
    /// The code of the group it belongs to, or empty.
    pub category: String,
    /// The code of the same list that it is a part of, or empty.
    pub parent: String,
    /// `active`, `withdrawn` or `voluntary`, as the standard says.
    pub status: String,
    /// Of a scheme of identifiers: the addresses of pages about what has one, without how they begin, with `{}` in the place of the identifier and
    /// `{*}` where it may have a `/`.
    pub addresses: Vec<String>,
}

impl Code {
    /// The record that a mission or organisation of a list has in a register where nobody gave it another.
    pub fn record_in(&self, list: &str) -> String {
        format!("{list}/{}", self.code.to_lowercase().replace(['_', ' '], "-"))
    }
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
    /// Its file, for errors.
    file: String,
    codes: Vec<Code>,
    by_code: HashMap<String, usize>,
    /// Where a code of this name stands, by names as they are compared; made when it is first asked.
    by_name: OnceLock<HashMap<String, usize>>,
}

/// All that a code is called, and the code itself.
fn called(code: &Code) -> impl Iterator<Item = &str> {
    code.label.all().map(|(_, name)| name).chain([code.code.as_str()])
}

/// True for a text in Latin letters.
fn is_latin(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_alphabetic())
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

    /// Its file where that is a workspace's own, which takes the place of the one that Remit brings.
    pub(crate) fn own_file(&self) -> Option<&str> {
        Some(self.file.as_str()).filter(|file| *file != format!("model/codes/{}.csv", self.name))
    }

    /// What the first of its codes are called, for who gave none of them, as a language writes lists; dots where there are more.
    pub fn some(&self, locale: &Locale) -> String {
        let first: Vec<&str> = self.codes.iter().take(SOME).map(|c| c.label.get(locale.language)).collect();
        locale.list(&first) + self.dots()
    }

    /// The first of its codes as they are to be shown; dots where there are more.
    pub(crate) fn first_as(&self, shown: impl Fn(&Code) -> String) -> String {
        let first: Vec<String> = self.codes.iter().take(SOME).map(shown).collect();
        first.join(", ") + self.dots()
    }

    fn dots(&self) -> &'static str {
        if self.codes.len() > SOME { "…" } else { "" }
    }

    /// The code that has this code or this name (any language, any case, with or without diacritics). Of two that are called
    /// the same, one that was not withdrawn.
    pub fn find(&self, text: &str) -> Option<&Code> {
        self.get(text.trim()).or_else(|| {
            let names = self.by_name.get_or_init(|| self.names());
            names.get(&comparable(text)).map(|at| &self.codes[*at])
        })
    }

    /// The code, and the rest, of a text that has one before a colon (`wikidata:Q100`) or is the address of a page about what has one.
    pub fn find_before(&self, text: &str) -> Option<(&Code, String)> {
        let before_colon = || {
            let (code, rest) = text.split_once(':')?;
            let (code, rest) = (self.find(code)?, rest.trim());
            let rest = self.of_address(rest).filter(|(of, _)| of.code == code.code).map_or(rest.to_owned(), |(_, rest)| rest);
            Some((code, rest)).filter(|(_, rest)| !rest.is_empty())
        };
        self.of_address(text).or_else(before_colon)
    }

    /// The scheme, and the identifier, of the address of a page.
    fn of_address(&self, text: &str) -> Option<(&Code, String)> {
        let (begins, place) = text.trim().split_once("://")?;
        let place = ["www.", "m."].iter().find_map(|own| place.strip_prefix(own)).unwrap_or(place);
        let place = place.split(['#', '?']).next().unwrap_or_default().trim_end_matches('/');
        let is_web = ["http", "https"].iter().any(|web| begins.eq_ignore_ascii_case(web));
        let all = self.codes.iter().flat_map(|code| code.addresses.iter().map(move |address| (code, address)));
        all.filter(|_| is_web).find_map(|(code, address)| {
            let (before, is_whole) = match address.split_once("{*}") {
                Some((before, _)) => (before, true),
                None => (address.split_once("{}")?.0, false),
            };
            let is_it = place.get(..before.len()).is_some_and(|begins| begins.eq_ignore_ascii_case(before));
            let rest = place.get(before.len()..).filter(|_| is_it)?;
            let rest = if is_whole { rest } else { rest.split('/').next()? };
            Some((code, rest.to_owned())).filter(|(_, rest)| !rest.is_empty())
        })
    }

    /// All names and codes as they are compared; of two that are the same, the first in use.
    fn names(&self) -> HashMap<String, usize> {
        let mut names = HashMap::new();
        for withdrawn in [false, true] {
            for (at, code) in self.codes.iter().enumerate().filter(|(_, c)| (c.status == "withdrawn") == withdrawn) {
                for name in called(code) {
                    names.entry(comparable(name)).or_insert(at);
                }
            }
        }
        names
    }

    /// The code that somebody may have meant by what they mistyped: by its names in letters as they typed them, else by any. What it is
    /// called to them is for who speaks with them, in their language.
    pub fn nearest(&self, typed: &str) -> Option<&Code> {
        let current = self.codes.iter().filter(|c| c.status != "withdrawn");
        let all: Vec<(&str, &Code)> = current.flat_map(|c| called(c).map(move |name| (name, c))).collect();
        let near = |as_typed: bool| {
            let names = all.iter().map(|(name, _)| *name).filter(|name| !as_typed || is_latin(name) == is_latin(typed));
            let meant = nearest(typed, names)?;
            all.iter().find(|(name, _)| *name == meant).map(|(_, code)| *code)
        };
        near(true).or_else(|| near(false))
    }

    /// What to offer to who gave none of its codes: all in use where they are few, else those with names that have what was typed in them, else
    /// the first; and whether these are all.
    pub fn offered(&self, typed: &str) -> (Vec<&Code>, bool) {
        let current = || self.codes.iter().filter(|c| c.status != "withdrawn");
        if current().count() <= FEW {
            return (current().collect(), true);
        }
        let typed = comparable(typed);
        let has = |code: &&Code| typed.chars().count() > 2 && called(code).any(|name| comparable(name).contains(&typed));
        let likely: Vec<&Code> = current().filter(has).take(SOME).collect();
        (if likely.is_empty() { current().take(SOME).collect() } else { likely }, false)
    }

    /// A code, the code that it is a part of, and so on up.
    pub fn with_parents<'a>(&'a self, code: &str) -> impl Iterator<Item = &'a Code> {
        // The list was checked to have no circles.
        std::iter::successors(self.get(code), |c| self.get(&c.parent))
    }

    /// Its codes, each below the one that it is a part of, with how deep it stands there; otherwise in the order of the list.
    pub fn as_tree(&self) -> Vec<(usize, &Code)> {
        let path = |code: &Code| {
            let mut path: Vec<usize> = self.with_parents(&code.code).map(|c| self.by_code[&c.code]).collect();
            path.reverse();
            path
        };
        let mut all: Vec<(Vec<usize>, &Code)> = self.codes.iter().map(|code| (path(code), code)).collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all.into_iter().map(|(path, code)| (path.len().saturating_sub(1), code)).collect()
    }

    fn read(
        shown: &str,
        name: &str,
        text: &str,
        about: Option<&AboutList>,
        languages: &Languages,
    ) -> Result<CodeList, ModelError> {
        let about = about.ok_or_else(|| {
            ModelError::new(shown, 0, format!("has no line in codes/lists.csv; add one for `{name}` with its title and source"))
        })?;
        let mut list = CodeList {
            name: name.to_owned(),
            title: about.title.clone(),
            source: about.source.clone(),
            url: about.url.clone(),
            own: about.own,
            file: shown.to_owned(),
            codes: Vec::new(),
            by_code: HashMap::new(),
            by_name: OnceLock::new(),
        };
        let table = NamedColumns::read(shown, text, languages, "", &["code", "category", "parent", "status", "addresses"])?;
        let mut lines = Vec::new();
        for (line, row) in table.rows()? {
            lines.push(line);
            let code = table.cell(&row, "code").to_owned();
            let label = table.label(&row);
            if label.is_empty() {
                let message = format!("code `{code}` has no name; fill the column `en`, or that of another language");
                return Err(ModelError::new(shown, line, message));
            }
            if list.by_code.insert(code.clone(), list.codes.len()).is_some() {
                return Err(ModelError::new(shown, line, format!("code `{code}` is there twice; remove one of the two lines")));
            }
            let own = |column| table.cell(&row, column).to_owned();
            one_of(shown, line, ("status", own("status").as_str()), &STATUSES)?;
            let addresses = own("addresses").split_whitespace().map(str::to_owned).collect();
            let (category, parent, status) = (own("category"), own("parent"), own("status"));
            list.codes.push(Code { code, label, category, parent, status, addresses });
        }
        match list.codes.iter().zip(lines).find_map(|(code, line)| Some((line, list.fault_of_parent(code)?))) {
            None => Ok(list),
            Some((line, message)) => Err(ModelError::new(shown, line, message)),
        }
    }

    fn fault_of_parent(&self, code: &Code) -> Option<String> {
        if code.parent.is_empty() {
            return None;
        }
        if self.get(&code.parent).is_none() {
            return Some(format!("code `{}` is a part of `{}`, which is not in the list", code.code, code.parent));
        }
        let is_circle = self.with_parents(&code.code).take(self.codes.len() + 1).count() > self.codes.len();
        is_circle.then(|| format!("code `{}` is a part of itself, over others; mend the column `parent`", code.code))
    }
}

/// A name as names of codes are compared: in any case, with or without diacritics.
fn comparable(name: &str) -> String {
    let mut out = String::new();
    // Programs write not_initiated for “Not initiated”.
    if name.contains('_') {
        crate::fold(name.replace('_', " ").trim(), &mut out);
    } else {
        crate::fold(name.trim(), &mut out);
    }
    // ISO writes "Niger (the)" where everybody else writes "Niger".
    if let Some(plain) = out.strip_suffix(" (the)").map(str::len) {
        out.truncate(plain);
    }
    out
}

impl fmt::Display for CodeList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

struct AboutList {
    title: Label,
    source: String,
    url: String,
    own: bool,
}

/// All code lists by name.
#[derive(Debug)]
pub struct CodeLists {
    lists: HashMap<String, CodeList>,
    languages: Languages,
    told: HashMap<String, CodeWords>,
}

impl CodeLists {
    pub(crate) fn load(files: &ModelFiles, languages: Languages) -> Result<CodeLists, ModelError> {
        let about = CodeLists::about(files, &languages)?;
        let mut lists = HashMap::new();
        for file in files.texts("codes/", ".csv") {
            let (key, shown, text) = file?;
            let name = key.trim_start_matches("codes/").trim_end_matches(".csv");
            if !is_identifier(name) {
                let message =
                    "is called so that no field can name it; a name may only have a–z, 0–9 and _, and begins with a letter";
                return Err(ModelError::new(shown, 0, message));
            }
            if name != "lists" {
                lists.insert(name.to_owned(), CodeList::read(shown, name, text, about.get(name), &languages)?);
            }
        }
        let mut all = CodeLists { lists, languages, told: HashMap::new() };
        for file in files.texts("words/", ".csv") {
            let (key, shown, text) = file?;
            let list = key.trim_start_matches("words/").trim_end_matches(".csv");
            let Some(codes) = all.lists.get(list) else {
                return Err(ModelError::new(shown, 0, format!("is for the code list `{list}`, which is not there")));
            };
            let is_code = |code: &str| codes.get(code).is_some();
            let told = CodeWords::read(shown, text, &all.languages, list, is_code, shown == format!("model/{key}"))?;
            all.told.insert(list.to_owned(), told);
        }
        Ok(all)
    }

    /// All lists, by name.
    pub fn all(&self) -> Vec<&CodeList> {
        let mut all: Vec<&CodeList> = self.lists.values().collect();
        all.sort_by_key(|l| &l.name);
        all
    }

    /// The code of a list that is told by the words of a text (`model/words/LIST.csv`); none where no word is known.
    pub fn told_by(&self, list: &str, text: &str) -> Option<&str> {
        self.told.get(list)?.code(text)
    }

    /// The code of a list that the words of a text mean as a whole (`model/words/LIST.csv`): “Lt. Colonel” means no lieutenant.
    pub fn means(&self, list: &str, text: &str) -> Option<&str> {
        self.told.get(list)?.whole(text)
    }

    /// All codes of a list that the words of a text may mean as a whole: “Congo” is two countries.
    pub fn may_mean(&self, list: &str, text: &str) -> impl Iterator<Item = &str> {
        self.told.get(list).into_iter().flat_map(move |told| told.all(text))
    }

    /// The same in a column of a language: a “Brigadier” among French ranks is no general.
    pub fn means_in(&self, list: &str, text: &str, language: &str) -> Option<&str> {
        self.told.get(list)?.whole_in(text, language)
    }

    /// The language of the words by which most of these texts mean a code; none where that is not clear.
    pub fn language_of<'t>(&self, list: &str, texts: impl Iterator<Item = &'t str>) -> Option<&str> {
        self.told.get(list)?.language(texts)
    }

    /// The texts that mean a code of a list (`model/words/LIST.csv`), folded, words with a space between, each with its code.
    pub fn texts(&self, list: &str) -> impl Iterator<Item = (String, &str)> {
        self.told.get(list).into_iter().flat_map(CodeWords::texts)
    }

    /// The languages of names.
    pub fn languages(&self) -> &Languages {
        &self.languages
    }

    fn about(files: &ModelFiles, languages: &Languages) -> Result<HashMap<String, AboutList>, ModelError> {
        let mut about = HashMap::new();
        for (shown, text) in files.layers("codes/lists.csv")? {
            let table = NamedColumns::read(&shown, &text, languages, "title_", &["list", "source", "url", "own"])?;
            for (line, row) in table.rows()? {
                let own = |column| table.cell(&row, column).to_owned();
                let (name, title) = (own("list"), table.label(&row));
                if title.is_empty() {
                    return Err(ModelError::new(&shown, line, format!("list `{name}` has no title; fill `title_en`")));
                }
                one_of(&shown, line, ("own", own("own").as_str()), &["yes", "no"])?;
                about.insert(name, AboutList { title, source: own("source"), url: own("url"), own: own("own") == "yes" });
            }
        }
        Ok(about)
    }

    /// One list by its name.
    pub fn get(&self, name: &str) -> Option<&CodeList> {
        self.lists.get(name)
    }

    /// That a list has a code which a line of a file names. What Remit brings fits together: where it does not, it is the workspace's own
    /// list that lacks the code.
    pub(crate) fn expect(&self, list: &str, code: &str, shown: &str, line: usize) -> Result<(), ModelError> {
        if self.has(list, code) {
            return Ok(());
        }
        let Some(own) = self.get(list).and_then(CodeList::own_file).filter(|_| shown.starts_with("model/")) else {
            let message = format!("`{code}` is not a code of the list `{list}`{}", self.like(list, code));
            return Err(ModelError::new(shown, line, message));
        };
        let message = format!(
            "lacks the code `{code}`, which {shown} names; a list of a workspace takes the place of the one that Remit brings: keep the codes \
             of that, and add your own"
        );
        Err(ModelError::new(own, 0, message))
    }

    /// The code that was meant by one that a list does not have, as an error goes on to say it; nothing where none is like it.
    pub(crate) fn like(&self, list: &str, code: &str) -> String {
        let codes = self.get(list).map_or(&[][..], CodeList::codes);
        did_you_mean(nearest(code, codes.iter().map(|c| c.code.as_str())))
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
    fn a_code_is_found_by_its_name_as_programs_write_it() {
        let model = Model::load(None).expect("the model");
        let statuses = model.lists.get("reform_status").expect("the list");
        for name in ["not_initiated", "Not initiated", "not-initiated", "non_entamée"] {
            assert_eq!(statuses.find(name).map(|c| c.code.as_str()), Some("0"), "{name}");
        }
    }

    #[test]
    fn every_code_has_a_name_in_every_language() {
        let model = Model::load(None).expect("the model");
        let lists = model.lists.names().into_iter().filter_map(|name| model.lists.get(name));
        let complete: Vec<_> = model.languages.all().filter(|l| l.complete).collect();
        let unnamed: Vec<String> = lists
            .flat_map(|list| list.codes().iter().map(move |code| (list, code)))
            .filter(|(_, code)| complete.iter().any(|l| code.label.own(l.language).is_none()))
            .map(|(list, code)| format!("{} {}", list.name, code.code))
            .collect();
        assert!(unnamed.is_empty(), "{unnamed:?}");
    }
}
