//! Messages and pages are found by their files: whatever the program says, and wherever it answers, is checked when it is
//! compiled.
//!
//! - Every message of an `en.ftl` below `src/` becomes a function with the message's arguments: one that is not there, or that
//!   lacks an argument, does not compile; one that nobody uses is a warning.
//! - Every `LANGUAGE.ftl` is a part of that language.
//! - Every folder of `src/pages/` has routes.

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Resource};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A message: what it says in English, and its arguments, each with whether a plural is chosen by it.
#[derive(Default)]
struct Message {
    english: String,
    arguments: BTreeMap<String, bool>,
}

fn main() {
    println!("cargo:rerun-if-changed=src");
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("cargo says where the crate is")).join("src");
    let mut files = Vec::new();
    find(&root, &mut files);
    files.sort();
    let mut out = String::new();
    functions(&messages(&files), &mut out);
    languages(&files, &mut out);
    write("messages.rs", &out);
    write("routes.rs", &routes(&root.join("pages")));
}

fn write(name: &str, text: &str) {
    let out = PathBuf::from(std::env::var("OUT_DIR").expect("cargo says where to write"));
    std::fs::write(out.join(name), text).expect("the folder of the build can be written");
}

/// All files of messages.
fn find(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the sources can be read") {
        let path = entry.expect("the sources can be read").path();
        if path.is_dir() {
            find(&path, files);
        } else if path.extension().is_some_and(|e| e == "ftl") {
            files.push(path);
        }
    }
}

/// The language of a file: its name without `.ftl`.
fn language(file: &Path) -> &str {
    file.file_stem().and_then(|s| s.to_str()).expect("a file is named after its language")
}

/// All messages by their names. English has all of them; how an argument is used, any language may say.
fn messages(files: &[PathBuf]) -> BTreeMap<String, Message> {
    let mut all: BTreeMap<String, Message> = BTreeMap::new();
    let english = |file: &&PathBuf| language(file) == "en";
    for file in files.iter().filter(english).chain(files.iter().filter(|f| !english(f))) {
        let text = std::fs::read_to_string(file).expect("messages can be read");
        let resource = fluent_syntax::parser::parse(text.as_str())
            .unwrap_or_else(|(_, errors)| panic!("{} is not whole: {errors:?}", file.display()));
        for (id, pattern) in texts(&resource) {
            let mut arguments = BTreeMap::new();
            arguments_of(pattern, &mut arguments);
            if english(&file) {
                let message = Message { english: source(&text, id), arguments };
                assert!(all.insert(id.to_owned(), message).is_none(), "{}: {id} is said twice", file.display());
            } else if let Some(message) = all.get_mut(id) {
                for (name, plural) in message.arguments.iter_mut() {
                    *plural |= arguments.get(name).is_some_and(|p| *p);
                }
            }
        }
    }
    all
}

fn texts<'r, 's>(resource: &'r Resource<&'s str>) -> impl Iterator<Item = (&'s str, &'r Pattern<&'s str>)> {
    resource.body.iter().filter_map(|entry| match entry {
        Entry::Message(m) => m.value.as_ref().map(|pattern| (m.id.name, pattern)),
        _ => None,
    })
}

/// A message as it stands in its file.
fn source(text: &str, id: &str) -> String {
    let lines = text.lines().skip_while(|l| !l.starts_with(&format!("{id} =")));
    let own: Vec<&str> = lines.enumerate().take_while(|(n, l)| *n == 0 || l.starts_with(' ')).map(|(_, l)| l.trim()).collect();
    own.join(" ").split_once('=').map(|(_, t)| t.trim().to_owned()).unwrap_or_default()
}

/// The arguments of a text, each with whether a plural is chosen by it.
fn arguments_of(pattern: &Pattern<&str>, all: &mut BTreeMap<String, bool>) {
    let mut name = |inline: &InlineExpression<&str>, plural: bool| {
        if let InlineExpression::VariableReference { id } = inline {
            *all.entry(id.name.to_owned()).or_default() |= plural;
        }
    };
    let mut inner = Vec::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { .. } => {}
            PatternElement::Placeable { expression: Expression::Inline(inline) } => name(inline, false),
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                name(selector, true);
                inner.extend(variants.iter().map(|v| &v.value));
            }
        }
    }
    inner.into_iter().for_each(|pattern| arguments_of(pattern, all));
}

/// One function a message; arguments stand in the order of the alphabet, whatever the order of the text.
fn functions(messages: &BTreeMap<String, Message>, out: &mut String) {
    for (id, message) in messages {
        let named: Vec<String> = message
            .arguments
            .iter()
            .map(|(name, plural)| format!("{name}: impl {}", if *plural { "Count" } else { "MessageText" }))
            .collect();
        let values: Vec<String> = message.arguments.keys().map(|name| format!("(\"{name}\", {name}.value())")).collect();
        let function = id.replace('-', "_");
        let english = message.english.replace('\\', "\\\\").replace('"', "\\\"");
        writeln!(
            out,
            "#[doc = \"{english}\"]\npub(crate) fn {function}({}) -> String {{ super::text(\"{id}\", &[{}]) }}",
            named.join(", "),
            values.join(", ")
        )
        .expect("a text can be written");
    }
}

/// The texts of each language.
fn languages(files: &[PathBuf], out: &mut String) {
    let mut by_language: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for file in files {
        by_language.entry(language(file)).or_default().push(format!("include_str!({:?})", file.display().to_string()));
    }
    out.push_str("/// The languages with the texts of their messages.\npub(super) static TEXTS: &[(&str, &[&str])] = &[\n");
    for (language, texts) in by_language {
        writeln!(out, "({language:?}, &[{}]),", texts.join(", ")).expect("a text can be written");
    }
    out.push_str("];\n");
}

/// The routes of all pages, each a folder.
fn routes(pages: &Path) -> String {
    let entries = std::fs::read_dir(pages).expect("the pages can be read").flatten();
    let mut names: Vec<String> = entries.filter(|e| e.path().is_dir()).filter_map(|e| e.file_name().into_string().ok()).collect();
    names.sort();
    let all: String = names.iter().map(|name| format!(".merge({name}::routes())")).collect();
    format!("/// The routes of all pages.\npub(crate) fn all() -> Router<App> {{ Router::new(){all} }}\n")
}
