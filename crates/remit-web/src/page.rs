//! What every page has around its content.

use crate::app::App;
use crate::request::Asked;
use crate::show::date;

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
    pub(crate) nav: Vec<(String, &'static str, bool)>,
    pub(crate) crumbs: Vec<Crumb>,
    pub(crate) valid_on: String,
    pub(crate) valid_on_text: String,
    pub(crate) known_on: String,
    pub(crate) known_on_text: String,
    pub(crate) clearance: String,
    /// Parameters that the cut's form hands on.
    pub(crate) kept: Vec<(String, String)>,
    pub(crate) json: String,
    pub(crate) csv: String,
    pub(crate) xlsx: String,
    /// The page that shows every component.
    pub(crate) style: String,
}

const NAV: [(&str, &str); 8] = [
    ("/", "Overview"),
    ("/support", "Support"),
    ("/records/actor", "Register"),
    ("/documents", "Documents"),
    ("/questions", "Questions"),
    ("/problems", "Problems"),
    ("/data", "Data"),
    ("/history", "History"),
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
        let known = asked.cut.known_on.clone().unwrap_or_default();
        Page {
            title: title.into(),
            workspace: app.workspace().settings().title.clone(),
            nav: NAV.iter().map(|(path, text)| (asked.link(path, &[]), *text, here(path))).collect(),
            crumbs,
            valid_on: asked.cut.valid_on.to_string(),
            valid_on_text: date(&asked.cut.valid_on.to_string()),
            known_on_text: if known.is_empty() {
                "now".into()
            } else {
                format!("{}, {} UTC", date(&known), known.get(11..16).unwrap_or_default())
            },
            known_on: known.get(..16).unwrap_or_default().to_owned(),
            clearance: asked.cut.clearance.code().replace('_', " "),
            kept: asked.parameters.clone(),
            json: asked.as_form("json"),
            csv: asked.as_form("csv"),
            xlsx: asked.as_form("xlsx"),
            style: asked.link("/style", &[]),
        }
    }
}

/// A crumb.
pub(crate) fn crumb(text: impl Into<String>, href: String) -> Crumb {
    Crumb { text: text.into(), href }
}
