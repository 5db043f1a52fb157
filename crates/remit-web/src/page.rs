//! What every page has around its content.

use crate::app::App;
use crate::language::{direction, language};
use crate::request::Asked;
use crate::say::{Said, date, moment, say, with, with_one};
use crate::show::marking;
use remit_model::Language;

/// A step on the way to the page.
#[derive(Debug, Clone)]
pub(crate) struct Crumb {
    pub(crate) text: String,
    pub(crate) href: String,
}

/// The frame of a page.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    pub(crate) title: String,
    pub(crate) workspace: String,
    pub(crate) nav: Vec<(String, String, bool)>,
    pub(crate) crumbs: Vec<Crumb>,
    pub(crate) valid_on: String,
    pub(crate) valid_on_text: String,
    pub(crate) known_on: String,
    pub(crate) known_on_text: String,
    pub(crate) clearance: String,
    /// Parameters that the as-of's form hands on.
    pub(crate) kept: Vec<(String, String)>,
    pub(crate) json: String,
    pub(crate) csv: String,
    pub(crate) xlsx: String,
    /// The page that shows every component.
    pub(crate) style: String,
    pub(crate) language: Language,
    /// This page in each language: code, name, address, whether it is this one.
    pub(crate) languages: Vec<(Language, String, String, bool)>,
}

const NAV: [(&str, &str); 8] = [
    ("/", "overview"),
    ("/support", "nav-support"),
    ("/records/actor", "nav-register"),
    ("/documents", "nav-documents"),
    ("/questions", "nav-questions"),
    ("/problems", "nav-problems"),
    ("/data", "nav-data"),
    ("/history", "nav-history"),
];

impl Page {
    /// The frame for an address; `crumbs` are the steps before the page itself.
    pub(crate) fn new(app: &App, asked: &Asked, title: impl Into<String>, crumbs: Vec<Crumb>) -> Page {
        let here = |path: &str| match path {
            "/" => asked.path == "/" || asked.path.starts_with("/country"),
            "/records/actor" => ["/record", "/edit", "/merge"].iter().any(|p| asked.path.starts_with(p)),
            "/documents" => ["/document", "/passage", "/review"].iter().any(|p| asked.path.starts_with(p)),
            "/questions" => asked.path == "/questions" || asked.path.starts_with("/ask"),
            _ => asked.path == path,
        };
        let known = asked.as_of.known_on.clone().unwrap_or_default();
        Page {
            title: title.into(),
            workspace: app.workspace().settings().title.clone(),
            nav: NAV.iter().map(|(path, text)| (asked.link(path, &[]), say(text), here(path))).collect(),
            crumbs,
            valid_on: asked.as_of.valid_on.to_string(),
            valid_on_text: date(&asked.as_of.valid_on.to_string()),
            known_on_text: if known.is_empty() { say("now") } else { moment(&known) },
            known_on: known.get(..16).unwrap_or_default().to_owned(),
            clearance: marking(app.model(), asked.as_of.clearance.code()),
            kept: asked.parameters.clone(),
            json: asked.as_form("json"),
            csv: asked.as_form("csv"),
            xlsx: asked.as_form("xlsx"),
            style: asked.link("/style", &[]),
            language: language(),
            languages: app
                .model()
                .languages
                .all()
                .map(|l| (l.language, l.name.clone(), asked.in_language(l.language), l.language == language()))
                .collect(),
        }
    }

    /// A message.
    pub(crate) fn say(&self, id: &str) -> String {
        say(id)
    }

    /// A message with an argument.
    pub(crate) fn with<'a>(&self, id: &str, name: &str, value: impl Into<Said<'a>>) -> String {
        with_one(id, name, value)
    }

    /// A message with two arguments.
    pub(crate) fn both<'a>(
        &self,
        id: &str,
        one: &(&str, impl Into<Said<'a>> + Clone),
        other: &(&str, impl Into<Said<'a>> + Clone),
    ) -> String {
        with(id, &[(one.0, one.1.clone().into()), (other.0, other.1.clone().into())])
    }

    /// The direction in which the language is written.
    pub(crate) fn direction(&self) -> &'static str {
        direction()
    }
}

/// A crumb.
pub(crate) fn crumb(text: impl Into<String>, href: String) -> Crumb {
    Crumb { text: text.into(), href }
}
