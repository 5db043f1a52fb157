//! What the publisher wrote, in every language, and the words in it that say "security sector".

use crate::m;
use serde::Deserialize;
use serde_json::{Map, Value};

/// A text in one language.
pub(super) struct Narrative {
    pub(super) name: String,
    pub(super) language: String,
    pub(super) direction: &'static str,
    pub(super) text: String,
}

/// A description as it is kept.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct DescribedText {
    language: String,
    text: String,
}

/// The words that say "security sector", in their sentence.
pub(super) struct Quote {
    pub(super) before: String,
    pub(super) words: String,
    pub(super) after: String,
}

/// Titles and descriptions in every language, as the publisher wrote them.
pub(super) fn narratives(titles: &Map<String, Value>, descriptions: &[DescribedText]) -> Vec<Narrative> {
    let narrative = |name: String, language: &str, text: &str| Narrative {
        name,
        language: language.to_owned(),
        direction: direction(language),
        text: text.to_owned(),
    };
    let titles = titles.iter().map(|(language, text)| narrative(m::title(), language, text.as_str().unwrap_or_default()));
    titles.chain(descriptions.iter().map(|d| narrative(m::description(), &d.language, &d.text))).collect()
}

fn direction(language: &str) -> &'static str {
    if matches!(language.get(..2), Some("ar" | "fa" | "he" | "ur" | "ps" | "ku")) { "rtl" } else { "auto" }
}

/// The words where they first stand, with what is around them.
pub(super) fn quote(words: &str, title: &str, titles: &Map<String, Value>, descriptions: &[DescribedText]) -> Option<Quote> {
    const AROUND: usize = 160;
    if words.is_empty() {
        return None;
    }
    let texts = std::iter::once(title)
        .chain(titles.values().filter_map(Value::as_str))
        .chain(descriptions.iter().map(|d| d.text.as_str()));
    let (found, at) = texts.filter_map(|t| t.find(words).map(|at| (t, at))).next()?;
    let before: String = found[..at].chars().rev().take(AROUND).collect::<Vec<_>>().into_iter().rev().collect();
    let after: String = found[at + words.len()..].chars().take(AROUND).collect();
    let cut = |text: &str, whole: &str| if text.len() < whole.len() { "…" } else { "" };
    Some(Quote {
        before: format!("{}{before}", cut(&before, &found[..at])),
        after: format!("{after}{}", cut(&after, &found[at + words.len()..])),
        words: words.to_owned(),
    })
}
