//! What the interface says, in the language of the page that is being made: messages (Fluent files in `messages/`), numbers,
//! dates. Adding a message: one line in each of the three folders.

use crate::language::{language, locale};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use remit_model::{Direction, Label, Language, Languages, Locale};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The messages of one language.
type Bundle = FluentBundle<FluentResource>;

macro_rules! files {
    ($language:literal: $($name:literal)*) => { [$(include_str!(concat!("../messages/", $language, "/", $name, ".ftl"))),*] };
}

macro_rules! all_files {
    ($language:literal) => {
        files!($language: "frame" "parts" "values" "errors" "world" "country" "support" "activity" "ask" "questions" "problems"
            "data" "search" "mission" "records" "record" "edit" "write" "sheets" "documents" "style")
    };
}

/// The files of a language, each with the messages of one page.
fn files(language: Language) -> [&'static str; 21] {
    match language.code() {
        "fr" => all_files!("fr"),
        "ar" => all_files!("ar"),
        _ => all_files!("en"),
    }
}

/// The messages of every language.
static BUNDLES: LazyLock<HashMap<Language, Bundle>> =
    LazyLock::new(|| Languages::built_in().all().map(|l| (l.language, bundle(l))).collect());

fn bundle(locale: &Locale) -> Bundle {
    let language = locale.language;
    let mut bundle = Bundle::new_concurrent(vec![language.code().parse().unwrap_or_default()]);
    // From right to left, a name or a number in between keeps its own direction.
    bundle.set_use_isolating(locale.direction == Direction::Rtl);
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(n) => Some(whole(n.value)),
        _ => None,
    }));
    for file in files(language) {
        let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// What an argument of a message can be: a text, or a number by which plurals are chosen.
pub(crate) type Said<'a> = FluentValue<'a>;

/// A message.
pub(crate) fn say(id: &str) -> String {
    said(id, None)
}

/// A message with arguments.
pub(crate) fn with(id: &str, arguments: &[(&str, Said<'_>)]) -> String {
    let arguments: FluentArgs<'_> = arguments.iter().map(|(name, value)| (*name, value.clone())).collect();
    said(id, Some(&arguments))
}

/// A message with one argument.
pub(crate) fn with_one<'a>(id: &str, name: &str, value: impl Into<Said<'a>>) -> String {
    with(id, &[(name, value.into())])
}

/// `Table 2. …`, the message being the title.
pub(crate) fn numbered(n: usize, title: &str) -> String {
    titled(n, &say(title))
}

/// `Table 2. …`
pub(crate) fn titled(n: usize, title: &str) -> String {
    with("table-n", &[("n", n.into()), ("title", title.into())])
}

fn said(id: &str, arguments: Option<&FluentArgs<'_>>) -> String {
    // What a language lacks is said in English.
    let bundles = [language(), Language::ENGLISH].into_iter().filter_map(|l| BUNDLES.get(&l));
    let found = bundles.into_iter().find_map(|b| Some((b, b.get_message(id)?.value()?)));
    let Some((own, pattern)) = found else { return id.to_owned() };
    own.format_pattern(pattern, arguments, &mut Vec::new()).into_owned()
}

/// A label of the model in the language of the page.
pub(crate) fn called(label: &Label) -> String {
    label.get(language()).to_owned()
}

/// What a code is called by the messages that begin so; the code itself where none does.
pub(crate) fn coded(begin: &str, code: &str) -> String {
    let id = format!("{begin}-{}", code.replace(['_', ' '], "-"));
    let said = say(&id);
    if said == id { code.to_owned() } else { said }
}

/// Names one after another.
pub(crate) fn listed(names: &[impl AsRef<str>]) -> String {
    locale().list(names)
}

/// A whole number in groups of three.
pub(crate) fn whole(n: f64) -> String {
    locale().whole(n)
}

/// A number with at most so many decimals.
pub(crate) fn plain(n: f64, decimals: usize) -> String {
    locale().plain(n, decimals)
}

/// A share of 100, with at most so many decimals.
pub(crate) fn percent(share: f64, decimals: usize) -> String {
    locale().percent(share, decimals)
}

/// An amount rounded for reading: 24.6 m, 312 k, 950.
pub(crate) fn money(n: f64) -> String {
    locale().money(n)
}

/// An amount to the cent.
pub(crate) fn amount(n: f64) -> String {
    locale().amount(n)
}

/// A date as precise as it is known: 30 Jun 2021, Jun 2021, 2021.
pub(crate) fn date(text: &str) -> String {
    locale().date(text)
}

/// A moment to the minute.
pub(crate) fn moment(text: &str) -> String {
    with_one("utc", "when", format!("{} {}", date(text), text.get(11..16).unwrap_or_default()))
}

#[cfg(test)]
mod tests;
