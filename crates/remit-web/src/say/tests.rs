//! Nothing is left unsaid in any language, and nothing is said that nobody asks for.

use super::*;
use crate::language::tests_within;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Messages of a language: what each says, with its arguments.
fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut all = BTreeMap::new();
    for file in files(language) {
        let mut id = String::new();
        for line in file.lines().filter(|l| !l.starts_with('#')) {
            if let Some((name, _)) = line.split_once(" = ").filter(|(n, _)| !n.starts_with(' ')) {
                id = name.to_owned();
                assert!(all.insert(id.clone(), BTreeSet::new()).is_none(), "{} says {id} twice", language.code());
            }
            for argument in line.split("{ $").skip(1) {
                let name: String = argument.chars().take_while(|c| c.is_alphanumeric()).collect();
                all.get_mut(&id).expect("an argument stands in a message").insert(name);
            }
        }
    }
    all
}

/// All sources and templates of this crate.
fn sources() -> String {
    fn read(folder: &Path, all: &mut String) {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            match entry.path() {
                path if path.is_dir() => read(&path, all),
                path => all.push_str(&std::fs::read_to_string(path).unwrap_or_default()),
            }
        }
    }
    let (root, mut all) = (Path::new(env!("CARGO_MANIFEST_DIR")), String::new());
    read(&root.join("src"), &mut all);
    read(&root.join("templates"), &mut all);
    all
}

#[test]
fn every_language_says_everything_with_the_same_arguments() {
    let english = messages(Language::ENGLISH);
    for language in Languages::built_in().all().filter(|l| l.complete).map(|l| l.language) {
        let own = messages(language);
        for (id, arguments) in &english {
            assert_eq!(own.get(id), Some(arguments), "{id} in {}", language.code());
        }
        assert_eq!(own.len(), english.len());
    }
}

#[test]
fn every_file_can_be_read_whole() {
    for file in Languages::built_in().all().flat_map(|l| files(l.language)) {
        assert!(FluentResource::try_new(file.to_owned()).is_ok(), "{file}");
    }
}

#[test]
fn every_message_is_said_somewhere() {
    let sources = sources();
    for id in messages(Language::ENGLISH).keys() {
        // Codes choose some of them: `phase-` and the code.
        let chosen = ["phase-", "sign-", "act-", "by-", "nav-", "mark-", "sum-"].iter().any(|p| id.starts_with(p));
        assert!(chosen || sources.contains(&format!("\"{id}\"")), "nobody says {id}");
    }
}

#[test]
fn whatever_is_asked_for_can_be_said() {
    let (sources, known) = (sources(), messages(Language::ENGLISH));
    for call in ["say(\"", "with(\"", "with_one(\"", "both(\""] {
        for (at, _) in sources.match_indices(call) {
            if sources[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let id: String = sources[at + call.len()..].chars().take_while(|c| *c != '"').collect();
            assert!(known.contains_key(&id), "{call}{id}\") is no message");
        }
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
    assert_eq!(amount(1234.5), "1,234.50");
    assert_eq!(both(|| amount(1234.5))[0], "1\u{202f}234,50");
}

#[test]
fn plurals_follow_the_language() {
    let rows = |n: f64| both(|| with_one("rows", "n", n)).map(|t| t.replace(['\u{2068}', '\u{2069}'], ""));
    assert_eq!(rows(1.0), ["1 ligne", "صف واحد"]);
    assert_eq!(rows(2.0), ["2 lignes", "صفان"]);
    assert_eq!(rows(5.0), ["5 lignes", "5 صفوف"]);
    assert_eq!(rows(11.0), ["11 lignes", "11 صفًّا"]);
}
