//! What every page has around its content, and the parts that pages share.

use crate::cells::country_name;
pub(crate) use crate::choice::{Choice, Link, indented};
use crate::context::Context;
use crate::figures::{date, moment};
use crate::format::{Format, ON_SITE};
use crate::language::{direction, language};
use crate::messages::{Plain, label, m};
use crate::request::PageRequest;
use askama::Template;
use remit_model::{Language, Locale, Model, folded};
use std::sync::Arc;

/// The frame of a page.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    pub(crate) title: String,
    /// True where something that was sent could not be used: the title of the window says so first.
    pub(crate) has_errors: bool,
    pub(crate) workspace: String,
    pub(crate) nav: Vec<Choice>,
    /// The steps to the page.
    pub(crate) crumbs: Vec<Link>,
    pub(crate) valid_on: String,
    pub(crate) valid_on_text: String,
    /// The moment as the form shows it, to the minute.
    pub(crate) known_on: String,
    pub(crate) known_on_text: String,
    /// The moment as other forms hand it on.
    pub(crate) known_on_kept: String,
    pub(crate) clearance: String,
    /// Parameters that the as-of's form hands on.
    pub(crate) kept: Vec<(String, String)>,
    /// The page itself, as a form leads back to it.
    pub(crate) here: String,
    /// The page as files.
    pub(crate) files: Vec<Link>,
    /// What an address says of the day and the moment, as every address of the page does.
    as_of: String,
    /// The page that shows every component.
    pub(crate) style: String,
    /// The page that says what the terms mean.
    pub(crate) glossary: String,
    /// The terms of this page, each with its place there.
    pub(crate) terms: Vec<Link>,
    /// True where the page becomes a file of a site, which nobody can ask anything.
    pub(crate) published: bool,
    /// The feed of what changed that belongs to it there.
    pub(crate) feed: String,
    pub(crate) language: Language,
    /// This page in each language.
    pub(crate) languages: Vec<OtherLanguage>,
}

/// This page in a language.
#[derive(Debug, Clone)]
pub(crate) struct OtherLanguage {
    pub(crate) code: Language,
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) here: bool,
}

/// The pages that every page leads to: address, name, and how the addresses of what belongs to it begin.
const NAV: [(&str, Plain, &[&str]); 10] = [
    ("/", m::overview, &[]),
    ("/world", m::nav_world, &["/country/"]),
    ("/support", m::nav_support, &[]),
    ("/records/actor", m::nav_register, &["/record", "/edit", "/merge"]),
    ("/documents", m::nav_documents, &["/document", "/passage", "/review"]),
    ("/questions", m::nav_questions, &["/ask"]),
    ("/reports", m::nav_reports, &[]),
    ("/problems", m::nav_problems, &[]),
    ("/data", m::nav_data, &[]),
    ("/history", m::nav_history, &["/exchange"]),
];

/// Those of them that can be about one country: the one that a page is about is kept on the way.
const OF_A_COUNTRY: [&str; 4] = ["/", "/support", "/questions", "/reports"];

impl Page {
    /// The frame of a page; `crumbs` are the steps before the page itself.
    pub(crate) fn new(cx: &Context, title: impl Into<String>, crumbs: Vec<Link>) -> Page {
        let request = cx.request;
        let known = request.as_of.known_on.clone().unwrap_or_default();
        let valid_on = request.as_of.valid_on.to_string();
        Page {
            title: title.into(),
            has_errors: false,
            workspace: cx.app().workspace().settings().title.clone(),
            nav: nav(request),
            crumbs,
            valid_on_text: date(&valid_on),
            valid_on,
            known_on_text: if known.is_empty() { m::now() } else { moment(&known) },
            known_on: known.get(..16).unwrap_or_default().to_owned(),
            known_on_kept: request.known_on().map(|k| k.get(..16).unwrap_or(k).to_owned()).unwrap_or_default(),
            clearance: marking(cx.model(), request.as_of.clearance.code()),
            kept: request.parameters.clone(),
            here: request.here(),
            files: files(request),
            as_of: request.link("", &[]),
            style: request.link("/style", &[]),
            glossary: request.link("/glossary", &[]),
            terms: Vec::new(),
            published: request.app().site().is_some(),
            feed: request.app().site().map_or_else(String::new, |site| site.feed(request.country(), language())),
            language: language(),
            languages: languages(request),
        }
    }

    /// A message that leads to a page: there, too, it is the day of this one.
    pub(crate) fn leading(&self, message: impl AsRef<str>) -> String {
        let mut parts = message.as_ref().split("href=\"/");
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (path, rest) = part.split_once('"').unwrap_or((part, ""));
            out.push_str(&format!("href=\"/{path}{}\"{rest}", self.as_of.replace('&', "&#38;")));
        }
        out
    }

    /// The same where something that was sent could not be used.
    pub(crate) fn with_errors(self, has_errors: bool) -> Page {
        Page { has_errors, ..self }
    }

    /// The same for an answer without a day, of which neither calendar nor feed is made.
    pub(crate) fn without_days(self, has_no_day: bool) -> Page {
        let of_days = |link: &Link| Format::DAYS.iter().any(|f| f.name() == link.text);
        let files = self.files.into_iter().filter(|link| !(has_no_day && of_days(link))).collect();
        Page { files, ..self }
    }

    /// The same with the terms that some names use: of columns, fields and questions.
    pub(crate) fn with_terms<'n>(self, cx: &Context, names: impl IntoIterator<Item = &'n str>) -> Page {
        let mut terms: Vec<Link> = Vec::new();
        for term in names.into_iter().filter_map(|name| cx.model().glossary.used_by(name)) {
            let href = format!("{}#{}", self.glossary, term.code);
            if !terms.iter().any(|t| t.href == href) {
                terms.push(Link::new(label(&term.name), href));
            }
        }
        Page { terms, ..self }
    }

    /// The title of the window.
    pub(crate) fn window_title(&self) -> String {
        if self.has_errors { m::error_title(&self.title) } else { self.title.clone() }
    }

    /// The direction in which the language is written.
    pub(crate) fn direction(&self) -> &'static str {
        direction()
    }
}

fn nav(request: &PageRequest) -> Vec<Choice> {
    let here = |path: &str, own: &[&str]| request.path == path || own.iter().any(|p| request.path.starts_with(p));
    let site = request.app().site();
    let shown = NAV.iter().filter(|(path, ..)| site.is_none_or(|site| site.has(path)));
    // A published site has a file for each address that it has, and no others.
    let is_kept = |path: &&str| request.app().site().is_none() && OF_A_COUNTRY.contains(path);
    let country = |path: &&str| if is_kept(path) { request.country() } else { "" };
    shown
        .map(|(path, name, own)| Choice::new(request.link(path, &[("country", country(path))]), name(), here(path, own)))
        .collect()
}

fn files(request: &PageRequest) -> Vec<Link> {
    let on_site = |f: &Format| request.app().site().is_none() || ON_SITE.contains(f);
    let formats = request.offered.iter().filter(|f| **f != Format::Html && on_site(f));
    formats.map(|f| Link::new(f.name(), request.in_format(*f))).collect()
}

fn languages(request: &PageRequest) -> Vec<OtherLanguage> {
    let one = |locale: &Arc<Locale>| OtherLanguage {
        code: locale.language,
        name: locale.name.clone(),
        href: request.in_language(locale.language),
        here: locale.language == language(),
    };
    request.app().model().languages.all().map(one).collect()
}

/// The way to a page below the overview.
pub(crate) fn from_overview(cx: &Context) -> Link {
    Link::new(m::overview(), cx.link("/", &[]))
}

/// All countries that there are, in the order of their names.
pub(crate) fn country_choices(cx: &Context, chosen: &str) -> Vec<Choice> {
    let codes = cx.model().lists.get("country").map_or(&[][..], |l| l.codes());
    let there = codes.iter().filter(|c| c.status != "withdrawn" || c.code == chosen);
    let mut all: Vec<Choice> = there.map(|c| Choice::new(&c.code, country_name(cx.model(), &c.code), c.code == chosen)).collect();
    all.sort_by_cached_key(|c| folded(&c.name));
    all
}

/// What was recorded out of a file, with undo beside it and the ways that lead on.
#[derive(Template)]
#[template(path = "done.html")]
pub(crate) struct DonePage {
    pub(crate) page: Page,
    pub(crate) entry: String,
    pub(crate) said: String,
    /// What needs somebody to look; empty where nothing does.
    pub(crate) note: String,
    pub(crate) ways: Vec<(String, String)>,
}

/// What a marking is called, in small letters.
pub(crate) fn marking(model: &Model, code: &str) -> String {
    model.lists.name("marking", code, language()).to_lowercase()
}
