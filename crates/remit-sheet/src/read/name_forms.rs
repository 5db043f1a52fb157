//! Names of units in other forms: “3rd Bn” and “Third Battalion” are “3 Battalion”. Such a form only suggests: the third battalion of one
//! brigade is none of another.

use remit_model::{Languages, comparable};
use std::collections::{HashMap, HashSet};

/// Words that others write otherwise in names of units, of all languages.
#[derive(Debug, Default)]
pub(super) struct NameForms {
    words: HashMap<String, String>,
    /// What is written behind a number.
    endings: HashSet<String>,
}

impl NameForms {
    pub(super) fn new(languages: &Languages) -> NameForms {
        let mut forms = NameForms::default();
        for written in languages.written() {
            forms.words.extend(written.name_words.iter().map(|(word, other)| (comparable(word), comparable(other))));
            forms.endings.extend(written.number_endings.iter().map(|ending| comparable(ending)));
        }
        forms
    }

    /// The form that all names have which are the same but for such words, and for the order of words.
    pub(super) fn of(&self, name: &str) -> String {
        let mut words: Vec<&str> = name.split(' ').map(|word| self.word(word)).collect();
        words.sort_unstable();
        words.join(" ")
    }

    fn word<'w>(&'w self, word: &'w str) -> &'w str {
        let number = word.trim_end_matches(|c: char| !c.is_ascii_digit());
        let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        match self.words.get(word) {
            Some(other) => other,
            None if is_number && self.endings.contains(&word[number.len()..]) => number,
            None => word,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::NameForms;
    use remit_model::{Languages, comparable};

    #[test]
    fn a_unit_is_called_so_in_other_words() {
        let forms = NameForms::new(&Languages::built_in());
        let of = |name: &str| forms.of(&comparable(name));
        for name in ["3 Bn", "Third Battalion", "3rd Battalion", "III Battalion", "Battalion 3", "3e bataillon", "3ème Bataillon"]
        {
            assert_eq!(of(name), of("3 Battalion"), "{name}");
        }
        assert_eq!(of("الكتيبة الثالثة"), of("كتيبة 3"));
        for (name, other) in [("Twelfth Bn", "12 Battalion"), ("Tercer Batallón", "3 Battalion"), ("Друга рота", "2 Company")]
        {
            assert_eq!(of(name), of(other), "{name}");
        }
        for name in ["13 Bn", "Third Brigade", "3a Battalion", "Battalion"] {
            assert_ne!(of(name), of("3 Battalion"), "{name}");
        }
    }
}
