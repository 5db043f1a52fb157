//! What the interface says, in the language of the page that is being made: messages (Fluent files in `messages/`), numbers,
//! dates. Adding a message: one line in each of the three folders.

use crate::language::language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use remit_model::{Label, Language};
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
    match language {
        Language::En => all_files!("en"),
        Language::Fr => all_files!("fr"),
        Language::Ar => all_files!("ar"),
    }
}

static BUNDLES: LazyLock<[Bundle; 3]> = LazyLock::new(|| Language::ALL.map(bundle));

fn bundle(language: Language) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![language.code().parse().unwrap_or_default()]);
    // From right to left, a name or a number in between keeps its own direction.
    bundle.set_use_isolating(language == Language::Ar);
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
    let own = &BUNDLES[language() as usize];
    let Some(pattern) = own.get_message(id).and_then(|m| m.value()) else { return id.to_owned() };
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
    let between = if language() == Language::Ar { "، " } else { ", " };
    names.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(between)
}

/// A whole number in groups of three, with a true minus.
pub(crate) fn whole(n: f64) -> String {
    let text = remit_ask::grouped(n.round()).replace('-', "−");
    if language() == Language::Fr { text.replace(',', "\u{202f}") } else { text }
}

/// A number with at most so many decimals.
pub(crate) fn plain(n: f64, decimals: usize) -> String {
    let text = format!("{n:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    let text = if text == "-0" { "0".to_owned() } else { text.replace('-', "−") };
    if language() == Language::Fr { text.replace('.', ",") } else { text }
}

/// A share of 100, with at most so many decimals.
pub(crate) fn percent(share: f64, decimals: usize) -> String {
    match language() {
        Language::En => format!("{} %", plain(share, decimals)),
        Language::Fr => format!("{}\u{a0}%", plain(share, decimals)),
        Language::Ar => format!("{}%", plain(share, decimals)),
    }
}

/// An amount rounded for reading: 24.6 m, 312 k, 950.
pub(crate) fn money(n: f64) -> String {
    let unit = |n: usize| say("magnitudes").split(' ').nth(n).map(|u| format!("\u{a0}{u}")).unwrap_or_default();
    let (value, unit) = match n.abs() {
        s if s >= 999_500_000.0 => (n / 1e9, unit(2)),
        s if s >= 999_500.0 => (n / 1e6, unit(1)),
        s if s >= 1_000.0 => (n / 1e3, unit(0)),
        _ => (n, String::new()),
    };
    let digits = usize::from(!unit.is_empty() && value.abs() < 99.95);
    format!("{}{unit}", plain(value, digits))
}

/// An amount to the cent.
pub(crate) fn amount(n: f64) -> String {
    let cents = (n * 100.0).round() / 100.0;
    let decimal = if language() == Language::Fr { ',' } else { '.' };
    let rest =
        if cents.fract() == 0.0 { String::new() } else { format!("{decimal}{}", &format!("{:.2}", cents.fract().abs())[2..]) };
    format!("{}{rest}", whole(cents.trunc()))
}

/// A date as precise as it is known: 30 Jun 2021, Jun 2021, 2021.
pub(crate) fn date(text: &str) -> String {
    let mut parts = text.get(..10).unwrap_or(text).split('-');
    let year = parts.next().unwrap_or_default();
    let month = parts.next().and_then(|m| m.parse::<usize>().ok()).filter(|m| (1..=12).contains(m));
    let month = month.and_then(|m| say("months").split(' ').nth(m - 1).map(str::to_owned));
    let day = parts.next().and_then(|d| d.parse::<u32>().ok());
    match (month, day) {
        (Some(month), Some(day)) => format!("{day}\u{a0}{month}\u{a0}{year}"),
        (Some(month), None) => format!("{month}\u{a0}{year}"),
        _ => text.to_owned(),
    }
}

/// A moment to the minute.
pub(crate) fn moment(text: &str) -> String {
    with_one("utc", "when", format!("{} {}", date(text), text.get(11..16).unwrap_or_default()))
}

#[cfg(test)]
mod tests;
