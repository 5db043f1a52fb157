//! Every language says what English says, with the same arguments; and some of it is looked at.

use super::*;
use crate::figures::{date, money, percent, whole};
use crate::language::tests_within;
use std::collections::{BTreeMap, BTreeSet};

/// Messages of a language with their arguments.
fn messages(texts: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
    let mut all = BTreeMap::new();
    for text in texts {
        let resource = fluent_syntax::parser::parse(*text).unwrap_or_else(|(_, errors)| panic!("{errors:?} in {text}"));
        for entry in &resource.body {
            let fluent_syntax::ast::Entry::Message(message) = entry else { continue };
            let written = fluent_syntax::serializer::serialize(&fluent_syntax::ast::Resource { body: vec![entry.clone()] });
            let arguments = written.split('$').skip(1).map(|rest| rest.chars().take_while(|c| c.is_alphanumeric()).collect());
            let before = all.insert(message.id.name.to_owned(), arguments.collect());
            assert!(before.is_none(), "{} is said twice", message.id.name);
        }
    }
    all
}

#[test]
fn every_language_says_what_english_says_with_the_same_arguments() {
    let all: BTreeMap<&str, _> = m::TEXTS.iter().map(|(language, texts)| (*language, messages(texts))).collect();
    let english = &all["en"];
    for (language, own) in &all {
        for (id, arguments) in own {
            assert_eq!(english.get(id), Some(arguments), "{id} in {language}");
        }
    }
    for locale in Languages::built_in().all().filter(|l| l.complete) {
        let own = all.get(locale.language.code()).unwrap_or_else(|| panic!("{} has messages", locale.language));
        let missing: Vec<&String> = english.keys().filter(|id| !own.contains_key(*id)).collect();
        assert!(missing.is_empty(), "{} lacks {missing:?}", locale.language);
    }
}

#[test]
fn every_language_that_says_something_is_one_of_the_model() {
    for (language, _) in m::TEXTS {
        assert!(Languages::built_in().find(language).is_some(), "{language}.ftl is no language of model/languages.toml");
    }
}

/// What is said in French, and in Arabic.
fn both<T>(of: impl Fn() -> T) -> [T; 2] {
    ["fr", "ar"].map(|language| tests_within(language, &of))
}

#[test]
fn numbers_and_dates_are_written_as_in_their_language() {
    assert_eq!((whole(-1234.0), money(24_600_000.0), percent(12.5, 1)), ("−1,234".into(), "24.6\u{a0}m".into(), "12.5 %".into()));
    assert_eq!(
        (date("2021-06-30"), date("2021-06"), date("2021")),
        ("30\u{a0}Jun\u{a0}2021".into(), "Jun\u{a0}2021".into(), "2021".into())
    );
    assert_eq!(both(|| whole(1234.0)), ["1\u{202f}234", "1,234"]);
    assert_eq!(both(|| percent(12.5, 1)), ["12,5\u{a0}%", "12.5%"]);
    assert_eq!(both(|| date("2021-06-30")), ["30\u{a0}juin\u{a0}2021", "30\u{a0}يونيو\u{a0}2021"]);
    assert_eq!(crate::language::locale().amount(1234.5), "1,234.50");
    assert_eq!(both(|| crate::language::locale().amount(1234.5))[0], "1\u{202f}234,50");
}

#[test]
fn plurals_follow_the_language() {
    let rows = |n: f64| both(|| m::rows(n)).map(|t| t.replace(['\u{2068}', '\u{2069}'], ""));
    assert_eq!(rows(1.0), ["1 ligne", "صف واحد"]);
    assert_eq!(rows(2.0), ["2 lignes", "صفان"]);
    assert_eq!(rows(5.0), ["5 lignes", "5 صفوف"]);
    assert_eq!(rows(11.0), ["11 lignes", "11 صفًّا"]);
}

#[test]
fn what_a_language_lacks_is_said_in_english() {
    // A language that says nothing of its own yet.
    assert!(!m::TEXTS.iter().any(|(language, _)| *language == "xx"));
    assert_eq!(tests_within("xx", m::overview), "Home");
}
