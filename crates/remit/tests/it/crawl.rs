//! Every link followed and every form sent, in every language: nothing answers anything but what it should. All made up.

use crate::browser::desk;
use crate::desk::Server;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Pages of one address whose parameters differ only in their values: a few of them tell as much as all.
const ALIKE: usize = 3;

/// A tag with its attributes.
pub(crate) struct Tag {
    pub(crate) name: String,
    attributes: BTreeMap<String, String>,
    /// The text up to the next tag.
    pub(crate) text: String,
}

impl Tag {
    fn get(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    fn has(&self, name: &str) -> bool {
        self.attributes.contains_key(name)
    }
}

/// The tags of a page of ours, whose attributes stand in double quotes or have no value.
pub(crate) fn tags(page: &str) -> Vec<Tag> {
    let mut all = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once('<') {
        let mut quoted = false;
        let end = after.find(|c| {
            quoted ^= c == '"';
            c == '>' && !quoted
        });
        let Some(end) = end else { break };
        rest = &after[end + 1..];
        all.push(tag(&after[..end], rest.split('<').next().unwrap_or_default()));
    }
    all
}

fn tag(inner: &str, text: &str) -> Tag {
    let (name, mut rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    let mut attributes = BTreeMap::new();
    loop {
        rest = rest.trim_start();
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        if end == 0 {
            break;
        }
        let (attribute, after) = rest.split_at(end);
        match after.strip_prefix("=\"").and_then(|a| a.split_once('"')) {
            Some((value, after)) => {
                attributes.insert(attribute.to_owned(), unescaped(value));
                rest = after;
            }
            None => {
                attributes.insert(attribute.to_owned(), String::new());
                rest = after.trim_start_matches('=');
            }
        }
    }
    Tag { name: name.to_owned(), attributes, text: unescaped(text.trim()) }
}

fn unescaped(text: &str) -> String {
    let marks = [("&#38;", "&"), ("&amp;", "&"), ("&#34;", "\""), ("&#39;", "'"), ("&#60;", "<"), ("&#62;", ">")];
    marks.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// A form as a browser would send it untouched, once for each of its buttons.
#[derive(Debug, Clone)]
struct PageForm {
    method: String,
    action: String,
    has_files: bool,
    fields: Vec<(String, String)>,
    buttons: Vec<(String, String)>,
}

impl PageForm {
    /// Where it goes, and with which fields.
    fn sort(&self) -> String {
        let names: BTreeSet<&str> = self.fields.iter().map(|(n, _)| n.as_str()).collect();
        format!("{} {} {names:?} {:?}", self.method, path(&self.action), self.buttons)
    }
}

/// The forms of a page; one that names no address goes to the page itself.
fn forms(page: &str, address: &str) -> Vec<PageForm> {
    let mut all: Vec<PageForm> = Vec::new();
    let mut open = false;
    let mut select: Option<(String, Option<String>)> = None;
    for tag in tags(page) {
        match tag.name.as_str() {
            "form" => {
                let own = Some(tag.get("action")).filter(|a| !a.is_empty()).unwrap_or(path(address)).to_owned();
                let method = if tag.get("method") == "post" { "post" } else { "get" };
                all.push(PageForm {
                    method: method.to_owned(),
                    action: own,
                    has_files: tag.get("enctype").starts_with("multipart"),
                    fields: Vec::new(),
                    buttons: Vec::new(),
                });
                open = true;
            }
            "/form" => open = false,
            _ if !open => {}
            "input" => {
                let is_sent = match tag.get("type") {
                    "checkbox" | "radio" => tag.has("checked"),
                    "file" => false,
                    _ => true,
                };
                if is_sent && tag.has("name") {
                    // A browser does not keep a view before its name is typed.
                    let is_asked = tag.get("value").is_empty()
                        && tag.get("name") == "name"
                        && all.last().is_some_and(|f| f.action == "/views");
                    let value = if is_asked { "Made-up name".to_owned() } else { tag.get("value").to_owned() };
                    all.last_mut().expect("a form").fields.push((tag.get("name").to_owned(), value));
                }
            }
            "textarea" => all.last_mut().expect("a form").fields.push((tag.get("name").to_owned(), tag.text.clone())),
            "select" => select = Some((tag.get("name").to_owned(), None)),
            "option" => {
                if let Some((_, value)) = &mut select
                    && (value.is_none() || tag.has("selected"))
                {
                    *value = Some(if tag.has("value") { tag.get("value").to_owned() } else { tag.text.clone() });
                }
            }
            "/select" => {
                if let Some((name, value)) = select.take() {
                    all.last_mut().expect("a form").fields.push((name, value.unwrap_or_default()));
                }
            }
            "button" if tag.has("name") => {
                let button = (tag.get("name").to_owned(), tag.get("value").to_owned());
                all.last_mut().expect("a form").buttons.push(button);
            }
            _ => {}
        }
    }
    all
}

fn path(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or_default()
}

/// An address with the names of its parameters: those whose values differ are alike.
fn sort_of(address: &str) -> String {
    let query = address.split_once('?').map_or("", |(_, q)| q);
    let names: BTreeSet<String> = form_urlencoded::parse(query.as_bytes()).map(|(n, _)| n.into_owned()).collect();
    format!("{} {names:?}", path(address))
}

/// What a list says where nothing is ticked, in the three languages.
const NONE_CHOSEN: [&str; 3] = ["Choose at least one record.", "Choisissez au moins une fiche.", "اختر سجلًا واحدًا على الأقل."];

/// What was looked at in a language.
struct Crawl<'a> {
    server: &'a Server,
    language: &'a str,
    waiting: VecDeque<String>,
    seen: BTreeSet<String>,
    alike: BTreeMap<String, usize>,
    /// Pages that have a form of each sort.
    forms: BTreeMap<String, String>,
    wrong: Vec<String>,
}

impl Crawl<'_> {
    fn read(&mut self, address: &str) -> (u16, String) {
        let cookie = format!("Cookie: lang={}", self.language);
        let is_bytes = address.contains(".xlsx") || path(address) == "/reports/file";
        if is_bytes {
            let (status, ..) = self.server.get_bytes(address);
            return (status, String::new());
        }
        let (status, head, page) = self.server.get_with(address, &cookie);
        match head.lines().find_map(|l| l.strip_prefix("location: ")) {
            Some(elsewhere) if status == 303 => (status, elsewhere.to_owned()),
            _ => (status, page),
        }
    }

    fn follow(&mut self) {
        while let Some(address) = self.waiting.pop_front() {
            let (status, page) = self.read(&address);
            if status == 303 {
                // What has a page of its own is led to from the page of any record: that page is read in its turn.
                self.add(&page);
                continue;
            }
            if status != 200 {
                self.wrong.push(format!("{status} {address}"));
                continue;
            }
            if !page.contains("<!doctype html>") {
                continue;
            }
            for tag in tags(&page).iter().filter(|t| t.name == "a" && t.get("href").starts_with('/')) {
                self.add(tag.get("href"));
            }
            for form in forms(&page, &address) {
                self.forms.entry(form.sort()).or_insert_with(|| address.clone());
                if form.method == "get" {
                    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.fields).finish();
                    self.add(&format!("{}?{query}", form.action));
                }
            }
        }
    }

    fn add(&mut self, address: &str) {
        let address = address.split('#').next().unwrap_or_default().to_owned();
        // Another language is another crawl; a file is the same in all of them.
        let is_other = address.contains("lang=");
        let is_file = [".json", ".csv", ".xlsx"].iter().any(|e| path(&address).ends_with(e));
        if is_other || (is_file && self.language != "en") || !self.seen.insert(address.clone()) {
            return;
        }
        let alike = self.alike.entry(sort_of(&address)).or_default();
        *alike += 1;
        if *alike <= ALIKE {
            self.waiting.push_back(address);
        }
    }

    /// Sends every sort of form once, as it stands on its page by then.
    fn send(&mut self) {
        let server = self.server;
        for (sort, address) in self.forms.clone().into_iter().filter(|(sort, _)| sort.starts_with("post ")) {
            for n in 0.. {
                let (status, page) = self.read(&address);
                // What an earlier form took back has no page any more.
                let Some(form) = forms(&page, &address).into_iter().find(|f| status == 200 && f.sort() == sort) else { break };
                let button = form.buttons.get(n).cloned();
                if n > 0 && button.is_none() {
                    break;
                }
                let (status, head, body) = if form.has_files {
                    let name = if form.action.starts_with("/sheets") { "made up.csv" } else { "made up.txt" };
                    server.upload(&form.action, name, b"name,class\nMade-up Unit,police\n")
                } else {
                    let all: Vec<(String, String)> = form.fields.iter().cloned().chain(button).collect();
                    let all: Vec<(&str, &str)> = all.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
                    server.post(&with_language(&form.action, self.language), &all)
                };
                match head.lines().find_map(|l| l.strip_prefix("location: ")) {
                    Some(location) if status == 303 => {
                        let (status, _) = self.read(location);
                        if status != 200 {
                            self.wrong.push(format!("{status} {location} after {sort} on {address}"));
                        }
                    }
                    // Nothing is ticked in a list: the page says that something has to be.
                    _ if status == 400
                        && path(&form.action).starts_with("/change/")
                        && NONE_CHOSEN.iter().any(|s| body.contains(s)) => {}
                    // What could not be used is shown again, and says so.
                    _ if [200, 422].contains(&status) && (body.contains("role=\"alert\"") || form.has_files) => {}
                    _ => self.wrong.push(format!("{status} {sort} on {address}: {}", body.lines().last().unwrap_or_default())),
                }
            }
        }
    }
}

fn with_language(address: &str, language: &str) -> String {
    format!("{address}{}lang={language}", if address.contains('?') { '&' } else { '?' })
}

#[test]
fn every_link_leads_somewhere_and_every_form_is_answered() {
    let desk = desk();
    let story = "title = { en = \"Made-up welcome\" }\nbeside = \"2020-01-01\"\n[[section]]\ntitle = { en = \"Made-up step\" }\n\
                 question = \"missions\"\ncolumns = [\"actor_name\"]\nlink = [{ text = { en = \"Oversight\" }, to = \"/ask/oversight\" }]\n";
    desk.file("w/questions/stories/welcome.toml", story);
    let server = Server::start(desk.workspace().as_ref(), &["--author", "Made-up Adviser"]);
    let mut looked_at = 0;
    for language in ["en", "fr", "ar"] {
        let mut crawl = Crawl {
            server: &server,
            language,
            waiting: VecDeque::from(["/".to_owned(), "/?country=SO".to_owned()]),
            seen: BTreeSet::new(),
            alike: BTreeMap::new(),
            forms: BTreeMap::new(),
            wrong: Vec::new(),
        };
        crawl.follow();
        assert!(crawl.wrong.is_empty(), "{language}:\n{}", crawl.wrong.join("\n"));
        crawl.send();
        assert!(crawl.wrong.is_empty(), "{language}:\n{}", crawl.wrong.join("\n"));
        assert!(crawl.forms.len() > 15, "{:?}", crawl.forms);
        looked_at += crawl.seen.len();
    }
    assert!(looked_at > 600, "{looked_at} addresses");
}
