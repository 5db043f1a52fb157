//! Words from which texts are read: `model/lexicon/`, one file a code list.

use crate::csv_table::{expect_language, rows};
use crate::{CodeLists, Language, ModelError, ModelFiles};
use std::collections::BTreeSet;

/// One phrase that speaks for a code. The rules of matching stand in `model/lexicon/README.md`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconEntry {
    /// The code list: what the name of the file begins with.
    pub list: String,
    /// The phrase: ` & ` joins parts of one sentence, `*` stands for any ending of a word.
    pub phrase: String,
    /// A language of `model/grammar/`; empty for one that is the same in all.
    pub language: String,
    /// Code of the list.
    pub code: String,
    /// 1 a hint, 2 it speaks for it, 3 it decides it; 0 where it means something else, and hides shorter phrases within.
    pub weight: u8,
    /// True for an acronym that is a word when it is not in capitals.
    pub capitals: bool,
}

/// Lists whose own labels are phrases too: names do not need to be written twice.
const NAMED: [&str; 3] = ["country", "mission", "organisation"];

/// Lists that hold acronyms as codes.
const ACRONYMS: [&str; 2] = ["mission", "organisation"];

/// What stands in the place of a language for a phrase that is the same in all.
const SAME_IN_ALL: &str = "mul";

/// All phrases.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// In the order of the files.
    pub entries: Vec<LexiconEntry>,
}

impl Lexicon {
    pub(crate) fn load(files: &ModelFiles, lists: &CodeLists) -> Result<Lexicon, ModelError> {
        let mut entries = Vec::new();
        for list in NAMED {
            for code in lists.get(list).into_iter().flat_map(|l| l.codes()) {
                let written = written_acronym(&code.code);
                let acronym = (ACRONYMS.contains(&list) && code.code.len() > 2).then_some(("", written.as_str()));
                // A language without a name of its own is looked for by the English one.
                let languages: Vec<Language> = lists.languages().all().filter(|l| l.complete).map(|l| l.language).collect();
                let labels = languages.iter().map(|l| (l.code(), code.label.get(*l)));
                for (language, phrase) in acronym.into_iter().chain(labels).filter(|(_, p)| p.chars().count() > 2) {
                    entries.push(LexiconEntry {
                        list: list.into(),
                        phrase: phrase.into(),
                        language: language.into(),
                        code: code.code.clone(),
                        weight: 3,
                        capitals: language.is_empty() && !phrase.contains(' ') && may_be_word(phrase),
                    });
                }
            }
        }
        entries.extend(short_missions(lists));
        for file in files.texts("lexicon/", ".csv") {
            let (key, shown, text) = file?;
            // A workspace adds phrases in files of their own: `ssr_task.pt.csv`.
            let list = key.trim_start_matches("lexicon/").split('.').next().unwrap_or_default();
            for row in rows(shown, text, &["phrase", "language", "code", "weight", "note"])? {
                let (line, row) = row?;
                if row[1] != SAME_IN_ALL {
                    expect_language(lists.languages(), &row[1], shown, line)?;
                }
                entries.push(entry(list, &row, lists).map_err(|e| ModelError::new(shown, line, e))?);
            }
        }
        Ok(Lexicon { entries })
    }
}

/// True for an acronym so short that it is a word too where it is not in capitals. Of longer ones the press writes: "la Monusco".
fn may_be_word(acronym: &str) -> bool {
    acronym.len() < 5
}

/// An acronym as people write it, from a code: `EUAM_UKRAINE` is EUAM Ukraine, `EUPM_BIH` EUPM BIH. Parts of up to three
/// letters, and few others, are acronyms themselves.
pub fn written_acronym(code: &str) -> String {
    const ACRONYMS: [&str; 1] = ["COPPS"];
    let mut parts = code.split('_');
    let mut written = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        written.push(' ');
        match part.char_indices().nth(1) {
            Some((rest, _)) if part.len() > 3 && !ACRONYMS.contains(&part) => {
                written.push_str(&part[..rest]);
                written.push_str(&part[rest..].to_lowercase());
            }
            _ => written.push_str(part),
        }
    }
    written
}

/// The list of names that several missions share when they are written short: `EUAM`, of which each text has its own.
pub const SHORT_MISSION: &str = "mission_short";

/// What codes of missions begin with: `EUAM_UKRAINE` is called EUAM once its text has said which one is meant.
fn short_missions(lists: &CodeLists) -> impl Iterator<Item = LexiconEntry> {
    let codes = lists.get("mission").map(|l| l.codes()).unwrap_or_default();
    let heads: BTreeSet<&str> = codes.iter().filter_map(|c| Some(c.code.split_once('_')?.0)).collect();
    let free = |head: &&str| head.len() > 3 && !ACRONYMS.iter().any(|list| lists.has(list, head));
    heads.into_iter().filter(free).map(|head| LexiconEntry {
        list: SHORT_MISSION.into(),
        phrase: head.into(),
        language: String::new(),
        code: head.into(),
        weight: 3,
        capitals: may_be_word(head),
    })
}

fn entry(list: &str, row: &[String], lists: &CodeLists) -> Result<LexiconEntry, String> {
    let [phrase, language, code, weight, note] = row else {
        return Err("a phrase has five columns".into());
    };
    if !lists.has(list, code) {
        let like = lists.like(list, code);
        return Err(format!("`{code}` is not a code of the list `{list}`, which the name of the file begins with{like}"));
    }
    let weight: u8 = weight.parse().ok().filter(|w| *w <= 3).ok_or("`weight` is 0, 1, 2 or 3")?;
    let letters = |part: &str| part.chars().filter(|c| c.is_alphanumeric()).count();
    if phrase.split(" & ").any(|part| letters(part) < 2) || phrase.trim_start().starts_with('*') {
        return Err(format!("`{phrase}` is too short, or begins with `*`: each part needs two letters, and begins with one"));
    }
    Ok(LexiconEntry {
        list: list.to_owned(),
        phrase: phrase.clone(),
        language: if language == SAME_IN_ALL { String::new() } else { language.clone() },
        code: code.clone(),
        weight,
        capitals: note.split([',', ';', ' ']).any(|n| n == "case"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_within_acronyms_are_written_as_names() {
        for (code, written) in [
            ("UNMISS", "UNMISS"),
            ("EUAM_UKRAINE", "EUAM Ukraine"),
            ("EUCAP_SAHEL_MALI", "EUCAP Sahel Mali"),
            ("EUFOR_TCHAD_RCA", "EUFOR Tchad RCA"),
            ("EUPOL_COPPS", "EUPOL COPPS"),
        ] {
            assert_eq!(written_acronym(code), written);
        }
    }
}
