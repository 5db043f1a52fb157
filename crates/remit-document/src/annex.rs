//! Annexes and addenda: documents of their own behind a document, with their own numbers.

/// What an annex is called, in the languages that are read.
const WORDS: [&str; 54] = [
    "Annex",
    "ANNEX",
    "Annexe",
    "ANNEXE",
    "Appendix",
    "APPENDIX",
    "Addendum",
    "ADDENDUM",
    "Enclosure",
    "ENCLOSURE",
    // French
    "Appendice",
    "APPENDICE",
    "Additif",
    "ADDITIF",
    "Avenant",
    "AVENANT",
    "Supplément",
    "SUPPLÉMENT",
    // Spanish
    "Anexo",
    "ANEXO",
    "Apéndice",
    "APÉNDICE",
    "Adición",
    "ADICIÓN",
    "Adenda",
    "ADENDA",
    "Suplemento",
    "SUPLEMENTO",
    // German
    "Anhang",
    "ANHANG",
    "Anlage",
    "ANLAGE",
    "Nachtrag",
    "NACHTRAG",
    // Ukrainian
    "Додаток",
    "ДОДАТОК",
    "Доповнення",
    "ДОПОВНЕННЯ",
    // Serbian and Bosnian
    "Prilog",
    "PRILOG",
    "Aneks",
    "ANEKS",
    "Dodatak",
    "DODATAK",
    "Dopuna",
    "DOPUNA",
    "Прилог",
    "ПРИЛОГ",
    "Анекс",
    "АНЕКС",
    "Додатак",
    "ДОДАТАК",
    "Допуна",
    "ДОПУНА",
];
/// In Arabic, with and without the article. The word for an addendum is that for "besides" too, and is left out.
const ARABIC: [&str; 8] = ["المرفق", "مرفق", "الملحق", "ملحق", "التذييل", "تذييل", "الضميمة", "ضميمة"];
/// A title is no longer than this, in bytes.
const LONGEST: usize = 250;

/// What an annex is cited as, where a paragraph is the title of one: `Annex I` of `Annex I Composition of the police`.
pub fn annex(text: &str) -> Option<&str> {
    if text.len() > LONGEST || text.ends_with(['.', ';', ',']) {
        return None;
    }
    annex_at(text)
}

/// Where an annex begins that is stuck to the end of a paragraph. Each place after a sentence is asked for; what stands between
/// pages, `without_furniture` takes away.
pub fn annex_behind<'t>(text: &'t str, without_furniture: impl Fn(&'t str) -> &'t str) -> Option<usize> {
    let words = text.match_indices(' ').map(|(at, _)| at + 1);
    words.into_iter().find(|at| {
        let before = || without_furniture(text[..*at].trim_end());
        annex_at(&text[*at..]).is_some() && before().ends_with(['.', '!', '?', ')', '”', '"'])
    })
}

fn annex_at(text: &str) -> Option<&str> {
    let (word, rest) = text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()));
    let word = word.trim_end_matches([':', '.', '*']);
    if !WORDS.contains(&word) && !ARABIC.contains(&word) {
        return None;
    }
    let next = rest.trim_start();
    let (label, after) = next.split_at(next.find(char::is_whitespace).unwrap_or(next.len()));
    let label = label.trim_end_matches([':', '.', '*']);
    if is_label(label) || ARABIC.contains(&word) {
        let start = label.as_ptr() as usize - text.as_ptr() as usize;
        return begins(after.trim_start()).then(|| &text[..start + label.len()]);
    }
    begins(next).then_some(word)
}

/// `I`, `IV`, `2`, `B`.
fn is_label(word: &str) -> bool {
    let all = |of: fn(&u8) -> bool| !word.is_empty() && word.bytes().all(|b| of(&b));
    match word.len() {
        1 => all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()),
        2..=5 => all(|b| matches!(b, b'I' | b'V' | b'X')) || (word.len() == 2 && all(u8::is_ascii_digit)),
        _ => false,
    }
}

/// True for a title, and for none: a sentence goes on in small letters (`Annex I shows …`).
fn begins(text: &str) -> bool {
    let word = text.split_whitespace().next().unwrap_or_default();
    let first = word.chars().next();
    let other_script = first.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase());
    first.is_none_or(|c| c.is_uppercase() || matches!(c, '[' | '“' | '"' | '—' | '–') || c.is_ascii_digit()) || other_script
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_annexes_are_told_from_sentences_about_them() {
        for (text, cited) in [
            ("Annex I Composition of the police", "Annex I"),
            ("ANNEX", "ANNEX"),
            ("Annex: Benchmarks", "Annex"),
            ("Annexe II – Effectifs", "Annexe II"),
            ("Anexo", "Anexo"),
            ("Additif 2", "Additif 2"),
            ("Appendice A – Effectifs", "Appendice A"),
            ("Adición", "Adición"),
            ("APÉNDICE II Plantilla", "APÉNDICE II"),
            ("Anlage 3 Stärke der Polizei", "Anlage 3"),
            ("Dodatak 1", "Dodatak 1"),
            ("Прилог 2 Полиција", "Прилог 2"),
            ("التذييل الثاني", "التذييل الثاني"),
            ("Appendix B", "Appendix B"),
            ("المرفق الأول", "المرفق الأول"),
            ("Додаток 2 Штатний розпис", "Додаток 2"),
        ] {
            assert_eq!(annex(text), Some(cited), "{text}");
        }
        for text in [
            "Additif à la présente note",
            "Adición de personal al equipo",
            "Annex I shows the strength",
            "Annexed to this report",
            "See annex I",
            "Annex I is public.",
            "The annexes",
        ] {
            assert_eq!(annex(text), None, "{text}");
        }
    }

    #[test]
    fn an_annex_is_found_behind_a_sentence() {
        let text = "They served well. Annex I Composition";
        assert_eq!(annex_behind(text, |t| t), Some(text.find("Annex").expect("it is there")));
        assert_eq!(annex_behind("The figures stand in Annex I Composition", |t| t), None);
    }
}
