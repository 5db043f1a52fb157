//! What an address asks for: the page, its format, the as-of, the parameters.

use crate::app::App;
use crate::door;
use crate::error::{PageError, two_days};
use crate::figures::listed;
use crate::format::{Format, Offered, with_ending};
use crate::language;
use crate::messages::m;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use remit_model::{Day, Kind, Language, nearest};
use remit_store::{AsOf, Cell, Table, marking_said};
use std::cmp::Ordering;

/// Bytes of a parameter: what people look for is shorter.
const LONGEST: usize = 4_000;

/// Letters of the name of a parameter that are told where it is wrong.
const LONGEST_NAME: usize = 40;

/// The parameters that a page has besides those of every page, as its route says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Takes(pub(crate) &'static [&'static str]);

/// Those of every page that people type.
const OF_EVERY_PAGE: [&str; 4] = ["valid_on", "known_on", "clearance", language::NAME];

/// An address, taken apart.
#[derive(Clone)]
pub(crate) struct PageRequest {
    app: App,
    /// The path without the ending of the format.
    pub(crate) path: String,
    pub(crate) format: Format,
    /// The formats in which the page can be had.
    pub(crate) offered: &'static [Format],
    pub(crate) as_of: AsOf,
    /// Parameters besides those of the as-of, without empty ones.
    pub(crate) parameters: Vec<(String, String)>,
    /// The column that the rows are sorted by, with a minus before it where the largest comes first.
    pub(crate) sort: String,
    /// The entry that was recorded just now, and can be taken back.
    pub(crate) said: String,
    /// True where a spreadsheet is to be told that the text is UTF-8.
    pub(crate) byte_order_mark: bool,
}

impl FromRequestParts<App> for PageRequest {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<PageRequest, PageError> {
        let format = parts.extensions.get::<Format>().copied().unwrap_or_default();
        let offered = parts.extensions.get::<Offered>().map_or(Format::ALL, |o| o.0);
        let path = parts.uri.path();
        if !offered.contains(&format) {
            return Err(no_such_format(path, format, offered));
        }
        let mut request = PageRequest {
            app: app.clone(),
            path: path.to_owned(),
            format,
            offered,
            as_of: app.as_of(),
            parameters: Vec::new(),
            sort: String::new(),
            said: String::new(),
            byte_order_mark: false,
        };
        for (name, value) in form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()) {
            if value.len() > LONGEST {
                return Err(PageError::bad_request(m::error_long(name.chars().take(LONGEST_NAME).collect::<String>())));
            }
            if name.chars().chain(value.chars()).any(|c| c.is_control() && !c.is_whitespace()) {
                return Err(PageError::bad_request(m::error_control()));
            }
            request.take(&name, value.trim())?;
        }
        if let Some(Takes(own)) = parts.extensions.get::<Takes>() {
            request.takes_only(own.iter().copied())?;
        }
        Ok(request)
    }
}

fn no_such_format(path: &str, format: Format, offered: &[Format]) -> PageError {
    let address = with_ending(path, format);
    PageError::not_found(match offered.first() {
        Some(other) => m::error_no_format(address, with_ending(path, *other)),
        None => m::error_no_page(address),
    })
}

impl PageRequest {
    /// Takes one parameter of the address.
    fn take(&mut self, name: &str, value: &str) -> Result<(), PageError> {
        match name {
            // Nothing in its field of the form is now, and so is the word in a link.
            "known_on" if value.is_empty() || value == NOW => self.as_of.known_on = None,
            _ if value.is_empty() => {}
            "valid_on" => {
                self.as_of.valid_on = Day::typed(value).ok_or_else(|| PageError::no_day(value))?;
            }
            "known_on" => {
                let why = || two_days(value).unwrap_or_else(|| m::error_no_moment(value));
                let known_on = AsOf::parse_known_on(value);
                self.as_of.known_on = Some(known_on.map_err(|_| PageError::bad_request(why()))?);
            }
            "clearance" => {
                // A reader may ask to see less than it may, never more.
                let wanted =
                    marking_said(self.app.model(), value).map_err(|_| PageError::bad_request(m::error_no_marking(value)))?;
                self.as_of.clearance = wanted.min(self.app.clearance());
            }
            "sort" => value.clone_into(&mut self.sort),
            "said" => value.clone_into(&mut self.said),
            "bom" => self.byte_order_mark = value == "1",
            // Which language it is in has been decided already; one that there is not would be another without a word.
            language::NAME => {
                let all = &self.app.model().languages;
                if all.find(value).is_none() {
                    let known: Vec<String> = all.all().map(|l| format!("{} ({})", l.name, l.language)).collect();
                    return Err(PageError::bad_request(m::error_no_language(known.join(", "), value)));
                }
            }
            _ => self.parameters.push((name.to_owned(), value.to_owned())),
        }
        Ok(())
    }

    /// Refuses a parameter that the page does not have: a filter that is mistyped would be none, and more would be shown than was asked
    /// for. A key that opened the door before may still stand in the address.
    pub(crate) fn takes_only<'n>(&self, own: impl IntoIterator<Item = &'n str>) -> Result<(), PageError> {
        let known: Vec<&str> = own.into_iter().chain(OF_EVERY_PAGE).collect();
        let is_known = |name: &str| name == door::NAME || known.contains(&name);
        let Some((strange, _)) = self.parameters.iter().find(|(name, _)| !is_known(name)) else { return Ok(()) };
        let strange: String = strange.chars().take(LONGEST_NAME).collect();
        let like = nearest(&strange, known.iter().copied());
        Err(PageError::bad_request(m::error_page_parameter(listed(&known), strange.as_str())).meant(like))
    }

    pub(crate) fn app(&self) -> &App {
        &self.app
    }

    /// The value of a parameter, or nothing.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.parameters.iter().rev().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }

    /// The code of the country that this page is about; empty where it is about none, or about several.
    pub(crate) fn country(&self) -> &str {
        let mut given = self.parameters.iter().filter(|(n, _)| n == "country").map(|(_, v)| v.as_str());
        let given = given.next().filter(|_| given.next().is_none()).unwrap_or_default();
        let code = self.path.strip_prefix("/country/").unwrap_or(given);
        let is_known = self.app.model().lists.get("country").is_some_and(|l| l.get(code).is_some());
        if is_known { code } else { "" }
    }

    /// An address on this server that keeps the day, so that a link shows tomorrow what it shows today.
    pub(crate) fn link(&self, path: &str, parameters: &[(&str, &str)]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in parameters.iter().filter(|(_, v)| !v.is_empty()) {
            query.append_pair(name, value);
        }
        query.append_pair("valid_on", &self.as_of.valid_on.to_string());
        if let Some(known_on) = self.known_on() {
            query.append_pair("known_on", known_on);
        }
        format!("{path}?{}", query.finish())
    }

    /// The moment as a link says it: nothing where the server would show the same without it.
    pub(crate) fn known_on(&self) -> Option<&str> {
        match (&self.as_of.known_on, self.app.as_of().known_on) {
            (Some(moment), _) => Some(moment),
            (None, Some(_)) => Some(NOW),
            (None, None) => None,
        }
    }

    /// This page, as a form leads back to it.
    pub(crate) fn here(&self) -> String {
        let parameters = self.parameters.iter().map(|(n, v)| (n.as_str(), v.as_str()));
        self.link(&self.path, &parameters.chain([("sort", self.sort.as_str())]).collect::<Vec<_>>())
    }

    /// This page in a language, which is kept from then on.
    pub(crate) fn in_language(&self, language: Language) -> String {
        let parameters = self.parameters.iter().map(|(n, v)| (n.as_str(), v.as_str()));
        let chosen = [("sort", self.sort.as_str()), (language::NAME, language.code())];
        self.link(&self.path, &parameters.chain(chosen).collect::<Vec<_>>())
    }

    /// That the page cannot be had in the format that the address asks for.
    pub(crate) fn no_such_format(&self) -> PageError {
        no_such_format(&self.path, self.format, &[Format::Html])
    }

    /// This page in another format.
    pub(crate) fn in_format(&self, format: Format) -> String {
        let parameters = self.parameters.iter().map(|(n, v)| (n.as_str(), v.as_str()));
        let sort = [("sort", self.sort.as_str())];
        self.link(&with_ending(&self.path, format), &parameters.chain(sort).collect::<Vec<_>>())
    }

    /// The rows of a table in the order that was asked for; what is not known comes last either way.
    pub(crate) fn sorted(&self, table: &Table) -> Table {
        let (name, down) = self.sort.strip_prefix('-').map_or((self.sort.as_str(), false), |name| (name, true));
        let mut table = table.clone();
        if let Some(at) = table.column(name) {
            table.rows.sort_by(|a, b| match (&a[at], &b[at]) {
                (a, b) if a.is_null() || b.is_null() => a.is_null().cmp(&b.is_null()),
                (a, b) if down => order(b, a),
                (a, b) => order(a, b),
            });
        }
        table
    }
}

/// What a link says of the moment where the server would show another.
const NOW: &str = "now";

fn order(a: &Cell, b: &Cell) -> Ordering {
    match (a.number(), b.number()) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        (None, None) => a.text().map(str::to_lowercase).cmp(&b.text().map(str::to_lowercase)),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

/// Who writes. Where nothing can be changed, nobody does.
pub(crate) struct Author(pub(crate) String);

impl FromRequestParts<App> for Author {
    type Rejection = PageError;

    async fn from_request_parts(_: &mut Parts, app: &App) -> Result<Author, PageError> {
        let author = app.author().map(str::to_owned);
        author.map(Author).ok_or_else(|| PageError::forbidden(m::error_read_only()))
    }
}

/// The kind that an address names, one that has records of its own.
pub(crate) struct KindName(pub(crate) Kind);

impl FromRequestParts<App> for KindName {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<KindName, PageError> {
        let Path(name) = Path::<String>::from_request_parts(parts, app)
            .await
            .map_err(|_| PageError::not_found(m::error_no_page(parts.uri.path())))?;
        app.kind(&name).cloned().map(KindName)
    }
}
