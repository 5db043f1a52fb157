//! Words that mean a code: what people write where a code is asked for, one file a list in `model/words/`.

use crate::csv_table::{expect_language, rows};
use crate::{Languages, ModelError};
use std::collections::{BTreeMap, BTreeSet};

const QUESTION_MARKS: [char; 4] = ['?', '¿', '؟', '？'];

/// Folded words, their code, how heavily they weigh, and their language.
type CodePhrase = (Vec<String>, String, u32, String);

/// The words of one list.
#[derive(Debug)]
pub(crate) struct CodeWords {
    phrases: Vec<CodePhrase>,
}

impl CodeWords {
    pub(crate) fn read(
        shown: &str,
        text: &str,
        languages: &Languages,
        list: &str,
        has_code: impl Fn(&str) -> bool,
        is_built_in: bool,
    ) -> Result<CodeWords, ModelError> {
        let mut phrases = Vec::new();
        for row in rows(shown, text, &["text", "language", "code", "weight"])? {
            let (line, row) = row?;
            let words = words(&row[0]);
            if words.is_empty() {
                return Err(ModelError::new(shown, line, "has no text; fill it, or remove the line"));
            }
            expect_language(languages, &row[1], shown, line)?;
            // A word without a code tells the language of its column; which code it means is asked.
            let is_code = row[2].is_empty() || has_code(&row[2]);
            if is_built_in && !is_code {
                // A workspace has a list of its own under this name, with other codes.
                continue;
            }
            if !is_code {
                return Err(ModelError::new(shown, line, format!("`{}` is not a code of the list `{list}`", row[2])));
            }
            let weight =
                row[3].parse().map_err(|_| ModelError::new(shown, line, format!("weight `{}` is no whole number", row[3])))?;
            phrases.push((words, row[2].clone(), weight, row[1].clone()));
        }
        Ok(CodeWords { phrases })
    }

    /// All texts that mean a code, folded, each with it; those of which a word may end in any way are none, nor those that weigh nothing.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (String, &str)> {
        let coded = self.phrases.iter().filter(|(_, code, weight, _)| !code.is_empty() && *weight > 0);
        let whole = coded.filter(|(phrase, ..)| !phrase.iter().any(|word| word.ends_with('*')));
        whole.map(|(phrase, code, ..)| (phrase.join(" "), code.as_str()))
    }

    /// The code of the heaviest phrase in a text, of these the longest. What somebody wrote with a question mark is asked about.
    pub(crate) fn code(&self, text: &str) -> Option<&str> {
        if text.contains(QUESTION_MARKS) {
            return None;
        }
        let text = words(text);
        let found = self.phrases.iter().filter(|(phrase, ..)| text.windows(phrase.len()).any(|w| same(w, phrase)));
        let heaviest = found.max_by_key(|(phrase, _, weight, _)| (*weight, phrase.len()));
        heaviest.map(|(_, code, ..)| code.as_str()).filter(|code| !code.is_empty())
    }

    /// The code that a text means as a whole: no word of it is left over, and no other code is meant by the same words. What weighs nothing is
    /// meant only among others of its language.
    pub(crate) fn whole(&self, text: &str) -> Option<&str> {
        let text = words(text);
        self.only(|(phrase, _, weight, _)| *weight > 0 && is_whole(&text, phrase))
    }

    /// All codes that a text may mean as a whole, in whichever language, also by words that weigh nothing.
    pub(crate) fn all(&self, text: &str) -> impl Iterator<Item = &str> {
        let text = words(text);
        let found = self.phrases.iter().filter(move |(phrase, code, ..)| !code.is_empty() && is_whole(&text, phrase));
        found.map(|(_, code, ..)| code.as_str())
    }

    /// The same in a column of texts of a language: a “Brigadier” among a “Capitaine” and an “Adjudant” is no general.
    pub(crate) fn whole_in(&self, text: &str, language: &str) -> Option<&str> {
        let folded = words(text);
        let is_own = |(phrase, _, _, of): &CodePhrase| of == language && is_whole(&folded, phrase);
        if self.phrases.iter().any(is_own) { self.only(is_own) } else { self.whole(text) }
    }

    /// The code that all phrases which pass a test share; none where they differ.
    fn only(&self, is: impl Fn(&CodePhrase) -> bool) -> Option<&str> {
        let mut found = self.phrases.iter().filter(|p| is(p));
        let (_, code, ..) = found.next()?;
        (!code.is_empty() && found.all(|(_, other, ..)| other == code)).then_some(code.as_str())
    }

    /// The language in which most of these texts mean a code as a whole; none where they do so equally in several.
    pub(crate) fn language<'t>(&self, texts: impl Iterator<Item = &'t str>) -> Option<&str> {
        let mut times: BTreeMap<&str, u32> = BTreeMap::new();
        for text in texts {
            let text = words(text);
            let found = self.phrases.iter().filter(|(phrase, ..)| is_whole(&text, phrase));
            for language in found.map(|(.., language)| language.as_str()).collect::<BTreeSet<_>>() {
                *times.entry(language).or_default() += 1;
            }
        }
        let most = *times.values().max()?;
        let mut best = times.into_iter().filter(|(_, n)| *n == most).map(|(language, _)| language);
        best.next().filter(|_| best.next().is_none())
    }
}

/// True where the words of a text are those of a phrase, and no more.
fn is_whole(text: &[String], phrase: &[String]) -> bool {
    phrase.len() == text.len() && same(text, phrase)
}

fn same(text: &[String], phrase: &[String]) -> bool {
    text.iter().zip(phrase).all(|(word, wanted)| match wanted.strip_suffix('*') {
        Some(stem) => word.starts_with(stem),
        None => word == wanted,
    })
}

/// The words of a text, folded; single letters with points (т. в. о.) are words of their own.
fn words(text: &str) -> Vec<String> {
    let mut folded = String::new();
    crate::fold(text, &mut folded);
    folded.split(|c: char| !c.is_alphanumeric() && c != '*').filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use crate::Model;

    #[test]
    fn a_text_of_which_a_word_is_left_over_means_nothing_as_a_whole() {
        let lists = Model::load(None).unwrap().lists;
        for (text, code) in [
            ("Lt. Colonel", Some("OF-4")),
            ("Lieutenant", Some("OF-1")),
            ("Colonel-major", None),
            ("Lieutenant (retired)", None),
            ("Senior officers", Some("senior")),
            ("Constables", Some("OR-2")),
            ("Sub-Inspector", Some("OR-9")),
            ("Inspector", Some("OF-1")),
            ("Deputy Superintendent of Police", Some("OF-3")),
            ("Inspector General", Some("OF-9")),
            ("Inspector of taxes", None),
            ("شرطي", Some("OR-1")),
        ] {
            assert_eq!(lists.means("rank_band", text), code, "{text}");
        }
    }

    #[test]
    fn a_word_of_two_languages_means_what_it_does_in_that_of_its_column() {
        let lists = Model::load(None).unwrap().lists;
        let language = |column: &[&str]| lists.language_of("rank_band", column.iter().copied());
        let french = ["Commissaire de police", "Capitaine de police", "Lieutenant", "Brigadier", "Gardien de la paix"];
        assert_eq!(language(&french), Some("fr"));
        assert_eq!(language(&["Brigadier", "Colonel", "Captain", "Sergeant"]), Some("en"));
        for (text, english, french) in [
            ("Brigadier", Some("OF-6"), None),
            ("Brigadier-chef", None, None),
            ("Major", Some("OF-3"), None),
            ("Brigadier-chef de police", None, None),
            ("Major de police", None, None),
            ("Gardien de la paix", None, None),
            ("Capitaine de police", None, None),
            ("Commissaire de police", None, None),
            ("Colonel", Some("OF-5"), Some("OF-5")),
        ] {
            let codes = ["en", "fr"].map(|language| lists.means_in("rank_band", text, language));
            assert_eq!(codes, [english, french], "{text}");
        }
    }

    #[test]
    fn a_role_is_told_from_its_words_in_every_language() {
        let model = Model::load(None).unwrap();
        for (text, code) in [
            ("Commander", Some("commands")),
            ("Deputy Commander", Some("deputy")),
            ("Aide to the former commander", Some("staff")),
            ("Aide to the commander", Some("staff")),
            ("General Officer Commanding", Some("commands")),
            ("Acting Brigade Commander", Some("acting")),
            ("قائد الكتيبة", Some("commands")),
            ("نائب قائد اللواء", Some("deputy")),
            ("القائد السابق", Some("former")),
            ("chef de corps", Some("commands")),
            ("Commandant", Some("commands")),
            ("Commandant adjoint", Some("deputy")),
            ("Chef d’état-major", Some("chief_of_staff")),
            ("Comandante", Some("commands")),
            ("Segundo comandante", Some("deputy")),
            ("командир", Some("commands")),
            ("Заступник командира бригади", Some("deputy")),
            ("т.в.о. командира", Some("acting")),
            ("komandant", Some("commands")),
            ("v.d. komandanta", Some("acting")),
            ("Заменик команданта", Some("deputy")),
            ("Deputy Minister of Defence", Some("deputy_minister")),
            ("Speaker of the House", Some("speaker")),
            // Whose post it is, and who stands beside whoever has it.
            ("Bodyguard of the commander", Some("staff")),
            ("Wife of the Commander", Some("other")),
            ("Commander-designate", Some("other")),
            ("Chief of Staff to the Commander", Some("chief_of_staff")),
            ("Directeur de cabinet du ministre", Some("staff")),
            ("مرافق القائد السابق", Some("staff")),
            ("Quartermaster", None),
            ("", None),
        ] {
            assert_eq!(model.lists.told_by("posting_role", text), code, "{text}");
        }
    }

    #[test]
    fn who_acts_or_stands_in_for_another_is_told_in_every_language() {
        let model = Model::load(None).unwrap();
        for (text, code) in [
            // Who acts for a deputy does not command; who acts for the commander does meanwhile.
            ("Acting Deputy Commander", Some("deputy")),
            ("Commandant adjoint par intérim", Some("deputy")),
            ("т. в. о. заступника командира", Some("deputy")),
            ("vršilac dužnosti zamenika komandanta", Some("deputy")),
            ("Interim Commander", Some("acting")),
            ("Ag. Commander", Some("acting")),
            ("Comandante substituto", Some("acting")),
            ("Deputy to the Acting Commander", Some("deputy")),
            ("Commandant a.i.", Some("acting")),
            ("Comandante en funciones", Some("acting")),
            ("القائم بأعمال قائد اللواء", Some("acting")),
            ("тимчасово виконуючий обов’язки командира", Some("acting")),
            ("kommissarischer Kommandeur", Some("acting")),
            // Deputies by other words.
            ("Assistant Commissioner of Police", Some("deputy")),
            ("Vice Chief of Defence Staff", Some("deputy")),
            ("معاون آمر الكتيبة", Some("deputy")),
            ("pomoćnik komandanta", Some("deputy")),
            ("Komandant u zamjeni", Some("acting")),
            ("Заместитель командира", Some("deputy")),
            ("Sous-chef d’état-major", Some("staff")),
            ("Колишній командир", Some("former")),
        ] {
            assert_eq!(model.lists.told_by("posting_role", text), code, "{text}");
        }
    }

    /// Whoever has left, has not come yet, or stands second commands nothing, in whatever words; where words leave it open, it is asked.
    #[test]
    fn who_has_left_or_is_still_to_come_does_not_command() {
        let model = Model::load(None).unwrap();
        for (text, code) in [
            ("Sous-commandant", Some("deputy")),
            ("2ème commandant", Some("deputy")),
            ("2º comandante", Some("deputy")),
            ("Commander (2 i/c)", Some("deputy")),
            ("وكيل آمر الفوج", Some("deputy")),
            ("замкомандира бригади", Some("deputy")),
            ("Stand-in commander", Some("acting")),
            ("Commandant provisoire", Some("acting")),
            ("Kommandeur in Vertretung", Some("acting")),
            ("Commander-elect", Some("other")),
            ("Comandante electo", Some("other")),
            ("Wife of commander", Some("other")),
            ("Assistant minister", Some("deputy_minister")),
            ("komandant u penziji", Some("former")),
            ("звільнений командир", Some("former")),
            ("القائد المعزول", Some("former")),
            ("Commander of the 1st Provisional Brigade", Some("commands")),
            ("Outgoing commander", None),
            ("Commander (suspended)", None),
            ("Commandant limogé", None),
            ("Comandante destituido", None),
            // Who is denied or doubted to command is asked about.
            ("Not the commander", None),
            ("Commander?", None),
            ("Commander (tbc)", None),
            ("القائد؟", None),
            ("قائد اللواء (غير مؤكد)", None),
            ("CO 3rd Battalion", Some("commands")),
            ("Co-founder", None),
            ("Co-chair", Some("chair")),
            ("رئيس هيئة الأركان بالإنابة", Some("acting")),
            ("Non-commander", None),
            ("Alleged commander", None),
            ("possibly commander", None),
            ("Commandant présumé", None),
            ("Presunto comandante", None),
            ("Mutmaßlicher Kommandeur", None),
            ("Ймовірний командир", None),
            ("navodni komandant", None),
            ("Commander, deposed", Some("former")),
            ("Commander (resigned)", Some("former")),
            ("Komandant u ostavci", Some("former")),
            ("A/Comd", Some("acting")),
            ("DComd", Some("deputy")),
            ("Deputy Acting Commander", Some("deputy")),
            ("Deputy of the acting commander", Some("deputy")),
        ] {
            assert_eq!(model.lists.told_by("posting_role", text), code, "{text}");
        }
    }

    #[test]
    fn a_role_is_told_as_offices_shorten_it() {
        let model = Model::load(None).unwrap();
        for (text, code) in [
            ("Ag. GOC", "acting"),
            ("Actg Commander", "acting"),
            ("OIC", "commands"),
            ("Commandant f.f.", "acting"),
            ("Faisant fonction de commandant", "acting"),
            ("Comandante encargado", "acting"),
            ("врид командира", "acting"),
            ("komutan vekili", "acting"),
            ("Actg Deputy Commander", "deputy"),
            ("COMZONE", "commands"),
            ("Tugay komutanı", "commands"),
            ("komutan yardımcısı", "deputy"),
            // Who has left, and who has an order on the chest.
            ("Commander (ret.)", "former"),
            ("Comandante (r)", "former"),
            ("Lieutenant Commander", "other"),
            ("Officer in charge of logistics", "staff"),
            ("Commandant à la retraite", "former"),
            ("командир у відставці", "former"),
            ("eski komutan", "former"),
            ("Commander of the Order of Merit", "other"),
            ("Commandeur de l’Ordre national du Mérite", "other"),
        ] {
            assert_eq!(model.lists.told_by("posting_role", text), Some(code), "{text}");
        }
    }
}
