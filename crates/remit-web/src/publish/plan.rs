//! Which pages a site has, and which file each becomes. It is known before the first page is made, so that every link is decided
//! alike wherever it stands.

use super::Publishing;
use crate::app::{App, PublishedSite};
use crate::cells::PER_PAGE;
use crate::error::PageError;
use crate::format::{Format, ON_SITE};
use crate::making::{LinkFact, looked_for};
use anyhow::Result;
use remit_ask::Question;
use remit_model::{Kind, Language};
use remit_store::{Cell, Cut, Reader, hexadecimal};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// Where a page is asked for, without day, language and format.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Address {
    pub(crate) path: String,
    /// In the order of their names.
    pub(crate) parameters: Vec<(String, String)>,
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        self.parameters.iter().try_for_each(|(name, value)| write!(f, " {name}={value}"))
    }
}

impl Address {
    fn new(path: impl Into<String>, parameters: &[(&str, &str)]) -> Address {
        let mut parameters: Vec<(String, String)> =
            parameters.iter().filter(|(_, v)| !v.is_empty()).map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        parameters.sort();
        Address { path: path.into(), parameters }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// True for the page of one record.
    pub(crate) fn is_record(&self) -> bool {
        self.path.starts_with("/record/")
    }

    /// The record whose page it is.
    pub(crate) fn record(&self) -> Option<&str> {
        self.get("record").filter(|_| self.is_record())
    }

    /// True where its charts and tables are to be had as files of their own.
    pub(crate) fn has_fragments(&self) -> bool {
        ["/ask/", "/country/", "/support", "/world"].iter().any(|of| self.path.starts_with(of))
    }

    /// The data of the page: that of a record stands in the lists, and a list is downloaded as a whole.
    pub(crate) fn formats(&self) -> &'static [Format] {
        if self.is_record() || self.get("page").is_some() { &[] } else { ON_SITE }
    }
}

/// All pages of a site.
pub(crate) struct SitePlan {
    day: String,
    known_on: Option<String>,
    /// The one country that the site is about, where it is about one.
    only: Option<String>,
    pages: Vec<Address>,
    /// The file of each page, without language and ending.
    files: HashMap<Address, String>,
    languages: Vec<Language>,
    /// Values of parameters that are meant where nothing is said: path, name, value.
    defaults: HashSet<(String, String, String)>,
    /// Names of records, by kind and record: the first is the one that it is shown by.
    pub(super) names: HashMap<(String, String), Vec<String>>,
}

/// Where a link of a page leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum LinkTarget {
    /// To a file of the site.
    File(String),
    /// Out of it.
    Elsewhere,
    /// To what is not published.
    Nowhere,
}

impl SitePlan {
    /// Says which pages there are.
    pub(super) async fn of(app: &App, publishing: &Publishing) -> Result<SitePlan> {
        let left_out = Cut { clearance: publishing.clearance, countries: publishing.countries.clone(), ..Cut::default() };
        let left_out = left_out.elsewhere_in(app.workspace())?;
        let (of_app, chosen) = (app.clone(), publishing.countries.clone());
        let work = move |reader: &Reader| SiteContents::all(&of_app, reader, &chosen, &left_out);
        let found = app.read(app.as_of(), work).await.map_err(|e| anyhow::anyhow!("{e}"))?;
        let mut pages = found.pages(app, &publishing.countries);
        pages.sort();
        pages.dedup();
        let (mut files, mut taken) = (HashMap::new(), HashSet::new());
        for address in &pages {
            let mut file = file_of(address);
            // Some file systems do not tell large letters from small ones.
            if !taken.insert(file.to_lowercase()) {
                file = format!("{file}-{}", short_hash(&address.to_string()));
                taken.insert(file.to_lowercase());
            }
            files.insert(address.clone(), file);
        }
        let as_of = app.as_of();
        Ok(SitePlan {
            day: as_of.valid_on.to_string(),
            known_on: as_of.known_on,
            only: publishing.countries.first().filter(|_| publishing.countries.len() == 1).cloned(),
            pages,
            files,
            languages: app.model().languages.all().filter(|l| l.complete).map(|l| l.language).collect(),
            defaults: defaults(app),
            names: found.names,
        })
    }

    pub(super) fn pages(&self) -> &[Address] {
        &self.pages
    }

    pub(super) fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// The page that an address means: in a site of one country, what is asked without one is asked of it.
    fn page(&self, address: Address) -> Option<Address> {
        if self.is_there(&address) {
            return Some(address);
        }
        let country = self.only.as_ref().filter(|_| address.get("country").is_none())?;
        let mut of_country = address;
        of_country.parameters.push(("country".into(), country.clone()));
        of_country.parameters.sort();
        self.is_there(&of_country).then_some(of_country)
    }

    /// Whether this very page is there; of a page that is being made it is noted that this was asked.
    fn is_there(&self, address: &Address) -> bool {
        let file = self.files.get(address);
        looked_for(|| fact(address, file));
        file.is_some()
    }

    /// All that can be noted of its pages.
    pub(super) fn facts(&self) -> HashSet<LinkFact> {
        self.files.iter().flat_map(|(address, file)| [fact(address, Some(file)), fact(address, None)]).collect()
    }

    /// The one country that the site is about, where it is about one.
    pub(super) fn only(&self) -> Option<&str> {
        self.only.as_deref()
    }

    /// The countries that have a feed of their own: those that have a page. In a site of one country the feed is of that one.
    pub(super) fn countries(&self) -> impl Iterator<Item = &str> {
        self.pages.iter().filter(|_| self.only.is_none()).filter_map(|address| address.path.strip_prefix("/country/"))
    }

    /// The file that a reader comes to first: the home page, else that of the first country.
    pub(super) fn first(&self, language: Language) -> Option<String> {
        let home = self.page(Address::new("/", &[])).or_else(|| self.pages.iter().find(|a| a.path == "/").cloned());
        home.map(|address| self.file(&address, language))
    }

    /// The file of a page in a language.
    pub(super) fn file(&self, address: &Address, language: Language) -> String {
        format!("{language}/{}.html", self.files[address])
    }

    /// The file of its data, which is the same in all languages.
    pub(super) fn data_file(&self, address: &Address, format: Format) -> String {
        format!("data/{}.{}", self.files[address], format.ending())
    }

    /// The query with which a page is asked for.
    pub(super) fn query(&self, address: &Address, language: Language) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&address.parameters);
        query.append_pair("valid_on", &self.day).append_pair(crate::language::NAME, language.code());
        query.finish()
    }

    /// Where a link leads that stands in a page of a language.
    pub(super) fn target(&self, href: &str, language: Language) -> LinkTarget {
        if let Some(file) = href.strip_prefix("site:") {
            return LinkTarget::File(file.to_owned());
        }
        let Some(rest) = href.strip_prefix('/').filter(|rest| !rest.starts_with('/')) else { return LinkTarget::Elsewhere };
        if crate::assets::ASSETS.iter().any(|(name, ..)| *name == rest) {
            return LinkTarget::File(rest.to_owned());
        }
        let (address, fragment) = href.split_once('#').unwrap_or((href, ""));
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let (path, format) = crate::format::apart(path);
        let mut language = language;
        let mut parameters = Vec::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                _ if value.is_empty() => {}
                _ if self.defaults.contains(&(path.to_owned(), name.to_string(), value.to_string())) => {}
                "valid_on" if value == self.day => {}
                "known_on" if Some(&*value) == self.known_on.as_deref() => {}
                crate::language::NAME => match self.languages.iter().find(|l| l.code() == value) {
                    Some(other) => language = *other,
                    None => return LinkTarget::Nowhere,
                },
                _ => parameters.push((name.into_owned(), value.into_owned())),
            }
        }
        parameters.sort();
        let path = percent_decoded(path);
        let Some(address) = self.page(Address { path, parameters }) else { return LinkTarget::Nowhere };
        match format {
            Format::Html if fragment.is_empty() => LinkTarget::File(self.file(&address, language)),
            Format::Html => LinkTarget::File(format!("{}#{fragment}", self.file(&address, language))),
            format if address.formats().contains(&format) => LinkTarget::File(self.data_file(&address, format)),
            _ => LinkTarget::Nowhere,
        }
    }
}

impl PublishedSite for SitePlan {
    fn has(&self, path: &str) -> bool {
        self.page(Address::new(path, &[])).is_some()
    }

    fn feed(&self, country: &str, language: Language) -> String {
        match self.only.is_none() && self.is_there(&Address::new(format!("/country/{country}"), &[])) {
            true => format!("{language}/feed/{country}.xml"),
            false => format!("{language}/feed.xml"),
        }
    }
}

/// What is noted of a page that there is with this file, or that there is not.
fn fact(address: &Address, file: Option<&String>) -> LinkFact {
    let mut hash = DefaultHasher::new();
    address.hash(&mut hash);
    match file {
        Some(file) => {
            file.hash(&mut hash);
            LinkFact::There(hash.finish())
        }
        None => LinkFact::Missing(hash.finish()),
    }
}

/// What a question is asked where nothing is said: an address that says it means the same page.
fn defaults(app: &App) -> HashSet<(String, String, String)> {
    let of = |q: &Question| {
        let path = format!("/ask/{}", q.name);
        let said = q.parameters.iter().filter(|p| !p.default.is_empty());
        said.map(|p| (path.clone(), p.name.clone(), p.default.clone())).collect::<Vec<_>>()
    };
    app.questions().all().iter().flat_map(of).collect()
}

/// What a site can show: countries, kinds and records.
struct SiteContents {
    countries: Vec<String>,
    /// Of each kind: how many records, and those that have a page, with their names.
    kinds: Vec<(String, usize, Vec<String>)>,
    /// How many records of each kind a country has.
    of_country: HashMap<(String, String), usize>,
    names: HashMap<(String, String), Vec<String>>,
}

impl SiteContents {
    fn all(app: &App, reader: &Reader, chosen: &[String], left_out: &HashSet<String>) -> Result<SiteContents, PageError> {
        let texts = |sql: &str| -> Result<Vec<String>, PageError> {
            let table = reader.query(sql, &[])?;
            Ok(table.rows.iter().filter_map(|r| r[0].text().map(str::to_owned)).collect())
        };
        let countries = match chosen {
            [] => {
                let told_of = texts(
                    "select country from support where country <> '' union select country from actor where country <> '' \
                     and coalesce(class, '') not in ('organisation', 'donor')",
                )?;
                // What the workspace is about has its page, whatever is on record of it so far.
                told_of.into_iter().chain(app.workspace().countries()?).collect::<BTreeSet<_>>().into_iter().collect()
            }
            chosen => chosen.to_vec(),
        };
        let mut found = SiteContents { countries, kinds: Vec::new(), of_country: HashMap::new(), names: HashMap::new() };
        for kind in app.kinds() {
            found.of_kind(reader, kind, left_out)?;
        }
        Ok(found)
    }

    /// The records of a kind. Those that have a name have a page, but for persons, who are nobody's to publish.
    fn of_kind(&mut self, reader: &Reader, kind: &Kind, left_out: &HashSet<String>) -> Result<(), PageError> {
        let names: Vec<&String> = kind.names.iter().filter(|n| kind.field(n).is_some()).collect();
        let has_country = kind.field("country").is_some_and(|f| f.has_codes_of("country") && f.view.is_none());
        let columns: String = names.iter().map(|n| format!(", \"{n}\"")).collect();
        let country = if has_country { "country" } else { "null" };
        let table = reader.query(&format!("select record, {country}{columns} from \"{}\"", kind.view), &[])?;
        let mut with_page = Vec::new();
        for row in &table.rows {
            if let (Some(country), true) = (row[1].text(), has_country) {
                *self.of_country.entry((kind.name.clone(), country.to_owned())).or_default() += 1;
            }
            let Some(record) = row[0].text().filter(|r| !left_out.contains(*r)) else { continue };
            if names.is_empty() || kind.personal || kind.name == "passage" {
                continue;
            }
            let called: Vec<String> = row[2..].iter().filter_map(Cell::text).flat_map(names_in).collect();
            self.names.insert((kind.name.clone(), record.to_owned()), called);
            with_page.push(record.to_owned());
        }
        if !kind.personal {
            self.kinds.push((kind.name.clone(), table.rows.len(), with_page));
        }
        Ok(())
    }

    fn pages(&self, app: &App, chosen: &[String]) -> Vec<Address> {
        let mut pages = vec![Address::new("/questions", &[]), Address::new("/glossary", &[])];
        let is_whole = chosen.is_empty();
        if is_whole {
            pages.extend(["/", "/world", "/support"].map(|path| Address::new(path, &[])));
        }
        for country in &self.countries {
            pages.push(Address::new(format!("/country/{country}"), &[]));
            pages.extend(["/", "/support"].map(|path| Address::new(path, &[("country", country)])));
        }
        for question in app.questions().all().iter().filter(|q| q.name != "support" && !q.is_to_decide()) {
            let path = format!("/ask/{}", question.name);
            // What is asked of one body has its answer on the page of that body.
            let is_asked = |country: &str| question.wanting(&[("country".to_owned(), country.to_owned())]).is_empty();
            if question.parameters.iter().any(|p| p.name == "country") {
                pages.extend(self.countries.iter().filter(|c| is_asked(c)).map(|c| Address::new(&path, &[("country", c)])));
            }
            if is_whole && is_asked("") {
                pages.push(Address::new(path, &[]));
            }
        }
        for (kind, records, with_page) in self.kinds.iter().filter(|(_, records, _)| *records > 0) {
            let path = format!("/records/{kind}");
            if is_whole {
                pages.extend(list_pages(&path, "", *records));
            }
            for country in &self.countries {
                let records = self.of_country.get(&(kind.clone(), country.clone())).copied().unwrap_or_default();
                pages.extend(list_pages(&path, country, records));
            }
            pages.extend(with_page.iter().map(|record| Address::new(format!("/record/{kind}"), &[("record", record)])));
        }
        pages.extend(self.of_home(app, is_whole));
        pages
    }

    /// What home pages lead to where they ask a question otherwise than it is asked by itself: what changed since a day.
    fn of_home(&self, app: &App, is_whole: bool) -> Vec<Address> {
        let (home, usual) = (app.questions().home(), defaults(app));
        let since = app.as_of().valid_on.plus_months(-home.since_months).to_string();
        let mut pages = Vec::new();
        for section in home.sections() {
            let Ok(question) = app.questions().get(&section.question) else { continue };
            let path = format!("/ask/{}", section.question);
            let is_said = |(name, value): &(&str, &str)| !usual.contains(&(path.clone(), (*name).into(), (*value).into()));
            let given: Vec<(&str, &str)> = section.parameters(&since).into_iter().filter(is_said).collect();
            if given.is_empty() || question.is_to_decide() {
                continue;
            }
            let of = |country: &str| Address::new(&path, &[&given[..], &[("country", country)]].concat());
            let takes_country = question.parameters.iter().any(|p| p.name == "country");
            let countries = self.countries.iter().map(String::as_str).filter(|_| takes_country);
            pages.extend(Some("").filter(|_| is_whole).into_iter().chain(countries).map(of));
        }
        pages
    }
}

/// The pages of a list of so many records.
fn list_pages(path: &str, country: &str, records: usize) -> Vec<Address> {
    let page = |n: usize| match n {
        1 => Address::new(path, &[("country", country)]),
        n => Address::new(path, &[("country", country), ("page", &n.to_string())]),
    };
    (1..=records.div_ceil(PER_PAGE)).map(page).collect()
}

/// The names in a value, which is a text or a JSON list.
fn names_in(value: &str) -> Vec<String> {
    let Ok(serde_json::Value::Array(items)) = serde_json::from_str(value) else { return vec![value.to_owned()] };
    let name = |item: &serde_json::Value| item.get("name").unwrap_or(item).as_str().map(str::to_owned);
    items.iter().filter_map(name).collect()
}

/// The file of a page, without language and ending: its path, and after it what it is asked for.
fn file_of(address: &Address) -> String {
    let path = match (address.path.trim_matches('/'), address.parameters.is_empty()) {
        ("", true) => return "index".into(),
        ("", false) => "home",
        (path, _) => path,
    };
    let mut file: String = path.split('/').map(plain).collect::<Vec<_>>().join("/");
    for (name, value) in &address.parameters {
        let value = value.split('/').map(plain).collect::<Vec<_>>().join("/");
        let named = if matches!(name.as_str(), "country" | "record") { value } else { format!("{name}-{value}") };
        file = format!("{file}/{named}");
    }
    file
}

/// Letters of a name of a file, at most.
const LONGEST: usize = 80;

/// A part of an address as any file system and web server takes it.
fn plain(part: &str) -> String {
    let mut name: String = part
        .bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => char::from(b).to_string(),
            b => format!("~{b:02x}"),
        })
        .collect();
    if name.is_empty() {
        return "~".into();
    }
    if name.len() > LONGEST {
        name.truncate(LONGEST - 9);
        name = format!("{name}-{}", short_hash(part));
    }
    name
}

pub(super) fn short_hash(text: &str) -> String {
    hexadecimal(&Sha256::digest(text))[..8].to_owned()
}

fn percent_decoded(path: &str) -> String {
    // A plus is a plus in a path.
    let query = path.replace('+', "%2B");
    form_urlencoded::parse(query.as_bytes()).next().map_or_else(String::new, |(name, _)| name.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_called_so_that_any_medium_takes_them() {
        let file = |path: &str, parameters: &[(&str, &str)]| file_of(&Address::new(path, parameters));
        assert_eq!(file("/", &[]), "index");
        assert_eq!(file("/", &[("country", "SO")]), "home/SO");
        assert_eq!(file("/ask/gaps", &[("country", "SO")]), "ask/gaps/SO");
        assert_eq!(file("/record/actor", &[("record", "so/police")]), "record/actor/so/police");
        assert_eq!(file("/records/actor", &[("page", "2"), ("country", "SO")]), "records/actor/SO/page-2");
        assert_eq!(file("/record/actor", &[("record", "../é:x")]), "record/actor/~2e~2e/~c3~a9~3ax");
        assert!(file("/record/actor", &[("record", &"x".repeat(400))]).len() < 100);
        assert_eq!(percent_decoded("/ask/a%20b+c"), "/ask/a b+c");
    }
}
