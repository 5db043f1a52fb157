//! The index of names with which a site is searched in the browser: a script, since a page that is opened from a folder may read no
//! other file.

use super::plan::{Address, SitePlan};
use super::rewrite::text_of;
use remit_model::Language;
use serde_json::json;

/// A page as it is found.
pub(super) struct FoundPage {
    address: Address,
    language: Language,
    title: String,
    /// What it is: the step before it, or what its first line says.
    about: String,
}

impl FoundPage {
    pub(super) fn of(address: &Address, language: Language, html: &str) -> FoundPage {
        let between =
            |from: &str, to: &str| html.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map_or("", |(text, _)| text);
        let crumbs = between("<nav class=\"crumbs\"", "</nav>");
        // The last step is the page itself, which is marked as such.
        let before = crumbs.split("<li>").skip(1).last().unwrap_or_default();
        let before = before.split_once("</li>").map_or("", |(step, _)| step);
        FoundPage { address: address.clone(), language, title: text_of(between("<h1>", "</h1>")), about: text_of(before) }
    }

    /// As it is noted: language, title, what it is.
    pub(super) fn noted(&self) -> (String, String, String) {
        (self.language.code().to_owned(), self.title.clone(), self.about.clone())
    }

    /// As it was noted.
    pub(super) fn of_noted(address: &Address, language: Language, title: String, about: String) -> FoundPage {
        FoundPage { address: address.clone(), language, title, about }
    }
}

/// The index in a language: title, file from the folder of the language, what it is, other names.
pub(super) fn index(plan: &SitePlan, entries: &[FoundPage], language: Language) -> String {
    let mut rows: Vec<(String, String)> = entries
        .iter()
        .filter(|e| e.language == language && !e.address.parameters.iter().any(|(name, _)| name == "page"))
        .map(|e| {
            let file = plan.file(&e.address, language);
            let file = file.split_once('/').map_or(file.as_str(), |(_, rest)| rest);
            let kind = e.address.path.rsplit('/').next().unwrap_or_default();
            let names = e.address.record().and_then(|r| plan.names.get(&(kind.to_owned(), r.to_owned())));
            let names: Vec<&str> = names.into_iter().flatten().map(String::as_str).filter(|n| *n != e.title).collect();
            let country = e.address.parameters.iter().find(|(name, _)| name == "country").map_or("", |(_, code)| code);
            let about = if country.is_empty() { e.about.clone() } else { format!("{} · {country}", e.about) };
            (file.to_owned(), json!([e.title, file, about, names.join(" ")]).to_string())
        })
        .collect();
    rows.sort();
    let rows: Vec<String> = rows.into_iter().map(|(_, row)| row).collect();
    format!("remitIndex([\n{}\n]);\n", rows.join(",\n"))
}
