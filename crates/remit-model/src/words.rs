//! Names made findable: in any script, by acronym, and by likeness.

use crate::{fold, without_hidden};

/// Appends what a text is found by: its words made comparable, the same in Latin letters where they are not, and the
/// initials of a name of several words.
pub fn search_words(text: &str, out: &mut String) {
    let start = out.len();
    if start > 0 {
        out.push(' ');
    }
    fold(text, out);
    if !text.is_ascii() {
        let folded = out[start..].to_owned();
        let latin = latin(text);
        if latin != folded.trim_start() {
            out.push(' ');
            out.push_str(&latin);
        }
    }
    let initials = initials(text);
    if initials.len() > 1 {
        out.push(' ');
        out.push_str(&initials);
    }
}

/// A text in folded Latin letters, whatever its script.
pub fn latin(text: &str) -> String {
    let mut out = String::new();
    fold(&deunicode::deunicode(&without_hidden(text)), &mut out);
    out.trim().to_owned()
}

/// A text by which names are put in order: in Latin letters, and with numbers in the order of what they are, so that a 2nd battalion
/// comes before a 10th.
pub fn ordered(text: &str) -> String {
    /// Digits of a number up to which it is compared as one.
    const DIGITS: usize = 12;
    let (mut out, mut number) = (String::new(), String::new());
    for c in latin(text).chars().chain([' ']) {
        if c.is_ascii_digit() {
            number.push(c);
            continue;
        }
        if !number.is_empty() {
            let significant = number.trim_start_matches('0');
            out.push_str(&format!("{significant:0>DIGITS$}"));
            number.clear();
        }
        out.push(c);
    }
    out.pop();
    out
}

/// The consonants of a name in Latin letters, each word by itself, the words in the order of the alphabet: the same for names that
/// are spelt otherwise, doubled, or in another order ("Ibraheem Mohammed", "Mohamed Ibrahim"). A vowel counts where a word begins
/// with it; figures stand as they are.
pub fn skeleton(name: &str) -> String {
    let folded = latin(name);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let mut bones: Vec<String> = words.map(consonants).collect();
    bones.sort_unstable();
    bones.join(" ")
}

fn consonants(word: &str) -> String {
    let mut out = String::new();
    for (at, letter) in word.chars().enumerate() {
        let letter = if at == 0 && "aeiouy".contains(letter) { 'a' } else { letter };
        if (at == 0 || !"aeiouyhw".contains(letter)) && (letter.is_ascii_digit() || !out.ends_with(letter)) {
            out.push(letter);
        }
    }
    out
}

/// The first letters of the words of a name, without those that acronyms leave out; empty for one word or a sentence.
pub fn initials(name: &str) -> String {
    let mut folded = String::new();
    fold(name, &mut folded);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let small = |w: &&&str| {
        !matches!(
            **w,
            "of" | "the"
                | "and"
                | "for"
                | "in"
                | "to"
                | "de"
                | "du"
                | "des"
                | "la"
                | "le"
                | "les"
                | "et"
                | "d"
                | "l"
                | "i"
                | "za"
                | "u"
        )
    };
    if !(2..=12).contains(&words.len()) {
        return String::new();
    }
    words.iter().filter(small).filter_map(|w| w.chars().next()).collect()
}

/// Bytes of what may be a name; more are a text.
const LONGEST_NAME: usize = 1_000;

/// How alike two names are, from 0 to 1: 1 for the same name written in other letters, or its acronym.
pub fn likeness(a: &str, b: &str) -> f64 {
    if a.len().max(b.len()) > LONGEST_NAME {
        // Comparing takes as long as both are long, one by the other.
        return if a == b { 1.0 } else { 0.0 };
    }
    let (x, y) = (latin(a), latin(b));
    if x.is_empty() || y.is_empty() {
        return 0.0;
    }
    if x == y || (x.len() > 2 && x == initials(b)) || (y.len() > 2 && y == initials(a)) {
        return 1.0;
    }
    if digits(&x) != digits(&y) {
        // The 7th and the 9th Brigade are written alike and are not the same.
        return 0.0;
    }
    let whole = strsim::jaro_winkler(&x, &y);
    let sorted = strsim::normalized_levenshtein(&sorted_words(&x), &sorted_words(&y));
    let consonants = match (a.is_ascii(), b.is_ascii()) {
        (true, true) => 0.0,
        // Arabic leaves short vowels out; what is left of both is compared.
        _ => 0.95 * strsim::normalized_levenshtein(&without_vowels(&x), &without_vowels(&y)),
    };
    (whole * 0.5 + sorted * 0.5).max(consonants)
}

/// Likeness from which somebody may have meant a name that they mistyped.
const MEANT: f64 = 0.75;

/// The name that somebody may have meant by what they typed; none where nothing is like it.
pub fn nearest<'n>(typed: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let like = |name: &str| likeness(typed, name).max(if is_swapped(typed, name) { MEANT } else { 0.0 });
    let alike = names.into_iter().map(|name| (like(name), name)).filter(|(like, _)| *like >= MEANT);
    // Of equals, the first.
    let best =
        alike.fold(None, |best: Option<(f64, &str)>, one| if best.is_some_and(|b| b.0 >= one.0) { best } else { Some(one) });
    best.map(|(_, name)| name)
}

/// True where two letters beside each other are swapped, and nothing else: `aks` for `ask`. A short name is like nothing then. Digits that
/// are swapped make another number.
fn is_swapped(typed: &str, name: &str) -> bool {
    let (typed, name): (Vec<char>, Vec<char>) = (typed.to_lowercase().chars().collect(), name.to_lowercase().chars().collect());
    let other: Vec<usize> = (0..typed.len().min(name.len())).filter(|at| typed[*at] != name[*at]).collect();
    match other[..] {
        [one, next] if typed.len() == name.len() && typed.len() > 2 && next == one + 1 => {
            typed[one] == name[next] && typed[next] == name[one] && !typed[one].is_ascii_digit() && !typed[next].is_ascii_digit()
        }
        _ => false,
    }
}

/// What may have been meant, as an error goes on to say it; nothing where nothing may have been.
pub fn did_you_mean(like: Option<&str>) -> String {
    like.map_or_else(String::new, |like| format!("; did you mean `{like}`?"))
}

fn digits(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|d| !d.is_empty()).collect()
}

fn sorted_words(text: &str) -> String {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    words.sort_unstable();
    words.join(" ")
}

fn without_vowels(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'w' | 'y' | '\'' | '`' | '@')).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn two_letters_that_are_swapped_are_meant_as_they_should_stand() {
        use super::nearest;
        assert_eq!(nearest("aks", ["add", "ask"]), Some("ask"));
        assert_eq!(nearest("sak", ["add", "sql", "key"]), None);
        assert_eq!(nearest("b12", ["b21"]), None);
    }

    #[test]
    fn a_name_that_is_only_spelt_otherwise_has_the_same_skeleton() {
        use super::skeleton;
        assert_eq!(skeleton("Mohamed Ibrahim"), skeleton("Ibraheem Muhammad"));
        assert_eq!(skeleton("Міністерство оборони"), skeleton("Ministerstvo oborony"));
        assert_ne!(skeleton("1st Brigade"), skeleton("11th Brigade"));
        assert_ne!(skeleton("Made-up Police"), skeleton("Made-up Prisons"));
    }

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_with_numbers_stand_in_the_order_of_the_numbers() {
        let mut names =
            ["10 Brigade", "Brigade 2a", "٢ Brigade", "1 Brigade", "Brigade 2", "03 Brigade", "Brigade 11", "0 Brigade"];
        names.sort_by_key(|name| ordered(name));
        let right = ["0 Brigade", "1 Brigade", "٢ Brigade", "03 Brigade", "10 Brigade", "Brigade 2", "Brigade 2a", "Brigade 11"];
        assert_eq!(names, right);
    }

    #[test]
    fn one_name_in_many_forms() {
        assert_eq!(likeness("Ministère de l’Intérieur", "ministere de l'interieur"), 1.0);
        assert_eq!(likeness("Somali National Army", "SNA"), 1.0);
        assert!(likeness("Міністерство оборони", "Ministerstvo oborony") > 0.9);
        assert!(likeness("Mohamed Abdi Hassan", "Hassan, Mohamed Abdi") > 0.7);
        assert_eq!(likeness("7 Brigade", "9 Brigade"), 0.0);
        assert!(likeness("Police", "Parliament") < 0.7);
    }

    #[test]
    fn a_name_is_found_by_script_and_acronym() {
        let mut words = String::new();
        search_words("Служба безпеки України", &mut words);
        assert!(words.contains("sluzhba") && words.contains("служба"), "{words}");
        let mut words = String::new();
        search_words("State Investigation and Protection Agency", &mut words);
        assert!(words.ends_with(" sipa"), "{words}");
    }

    proptest! {
        #[test]
        fn likeness_is_symmetric_and_bounded(a in "\\PC{0,20}", b in "\\PC{0,20}") {
            let one = likeness(&a, &b);
            prop_assert!((0.0..=1.0).contains(&one));
            prop_assert!((one - likeness(&b, &a)).abs() < 1e-9);
        }
    }
}
