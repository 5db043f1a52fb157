//! What the grammar of a language tells where no phrase does: the tense of a verb that the lexicon does not know, by its ending
//! and where it stands; what a sentence is for; what is said of somebody else in passing.

use super::proposal::Says;

/// The little that is known of the grammar of a language. Words are written small.
#[derive(Debug)]
pub(super) struct Grammar {
    /// What a purpose begins with that stands at the head of a sentence.
    purpose: &'static [&'static str],
    /// Words for who or what was named just before: "which", "who".
    relative: &'static [&'static str],
    /// Verbs with which others are in the past: "a formé", "hat ausgebildet".
    helpers: &'static [&'static str],
    /// How others then end, and no further on than how many words.
    participles: (&'static [&'static str], usize),
    /// Verbs with which others are ahead; and how these end, at the end of the clause, where that is to be asked: "wird vorlegen".
    ahead: [&'static [&'static str]; 2],
    /// How verbs in the past end.
    past: &'static [&'static str],
    /// How verbs in the future end; and begin.
    future: [&'static [&'static str]; 2],
    /// How nouns end that begin or end as verbs do.
    nouns: &'static [&'static str],
    /// Endings that make past what is written like the present but for the accent: "organisé", "apoyó".
    accented: &'static [&'static str],
    /// Words that join what is said: "and".
    and: &'static [&'static str],
    /// Behind these stands no verb of the doer.
    stops: &'static [&'static str],
    /// True where a verb may stand before its doer.
    before: bool,
}

/// Between a doer and its verb stand no more words.
const NEAR: usize = 3;
/// Shorter words are no verbs whose ending tells.
const VERB: usize = 4;

/// What stands before the "ge" of a German verb in the past.
const SEPARABLE: [&str; 18] = [
    "ab", "an", "auf", "aus", "bei", "durch", "ein", "fort", "her", "hin", "mit", "nach", "teil", "um", "voran", "vor", "weiter",
    "zu",
];

const NONE: Grammar = Grammar {
    purpose: &[],
    relative: &[],
    helpers: &[],
    participles: (&[], 0),
    ahead: [&[], &[]],
    past: &[],
    future: [&[], &[]],
    nouns: &[],
    accented: &[],
    and: &[],
    stops: &[],
    before: false,
};
static ENGLISH: Grammar = Grammar {
    purpose: &["to ", "in order to ", "with a view to ", "in an effort to ", "in a bid to ", "with the aim of ", "so as to "],
    relative: &["which", "that", "who"],
    ahead: [&["will"], &[]],
    past: &["ed"],
    and: &["and", "while", "but"],
    stops: &["is", "are", "be", "being", "would", "can", "may", "shall", "to", "by", "of", "and", "for"],
    ..NONE
};
static FRENCH: Grammar = Grammar {
    purpose: &["pour ", "afin d", "en vue d", "dans le but d", "dans l’objectif d", "dans l'objectif d", "dans un souci d"],
    relative: &["qui"],
    helpers: &["a", "ont", "avait", "avaient"],
    participles: (&["é", "ée", "és", "ées", "it", "is", "rt", "u", "i"], 3),
    past: &["èrent"],
    future: [&["era", "eront", "ira", "iront", "dra", "dront", "rra", "rront", "vra", "vront", "ura", "uront"], &[]],
    accented: &["é", "ée", "és", "ées"],
    and: &["et", "tandis", "mais"],
    stops: &["et", "de", "des", "du", "pour", "à", "au", "est", "sont"],
    ..NONE
};
static SPANISH: Grammar = Grammar {
    purpose: &[
        "para ",
        "a fin de ",
        "con el fin de ",
        "con el objetivo de ",
        "con el propósito de ",
        "con miras a ",
        "con vistas a ",
    ],
    relative: &["que", "quien", "quienes"],
    helpers: &["ha", "han", "había", "habían"],
    participles: (&["ado", "ido", "sto", "cho"], 3),
    past: &["ó", "aron", "ieron"],
    future: [&["ará", "erá", "irá", "drá", "arán", "erán", "irán", "drán"], &[]],
    accented: &["ó"],
    and: &["y", "e", "mientras", "pero"],
    stops: &["y", "de", "del", "para", "a", "es", "son", "está", "están"],
    ..NONE
};
static GERMAN: Grammar = Grammar {
    purpose: &["um ", "mit dem ziel", "damit "],
    // The whole of the clause stands between.
    helpers: &["hat", "haben", "hatte", "hatten"],
    participles: (&["t", "en"], usize::MAX),
    ahead: [&["wird", "werden", "will", "wollen", "soll", "sollen"], &["en", "eln", "ern"]],
    past: &["te", "teten", "deten", "kten", "zten", "gten", "mten"],
    and: &["und", "sowie", "während", "aber"],
    stops: &["und", "zur", "zum", "für", "bei", "mit", "von", "ist", "sind"],
    before: true,
    ..NONE
};
static ARABIC: Grammar = Grammar {
    purpose: &[
        "من أجل ",
        "من اجل ",
        "بهدف ",
        "بغية ",
        "بغرض ",
        "لغرض ",
        "سعيا ",
        "سعياً ",
        "لت",
        "لدعم ",
        "لبناء ",
        "لضمان ",
        "لزيادة ",
        "لرفع ",
    ],
    past: &["ت"],
    future: [&[], &["سي", "ست"]],
    nouns: &["ة", "ات"],
    and: &["و"],
    stops: &["في", "من", "على", "إلى", "أن", "التي", "الذي"],
    before: true,
    ..NONE
};
static UKRAINIAN: Grammar = Grammar {
    purpose: &["щоб ", "для ", "з метою ", "задля ", "аби "],
    relative: &["який", "яка", "яке", "які", "що"],
    ahead: [&["буде", "будуть"], &[]],
    past: &["ла", "ло", "ли", "лася", "лося", "лися"],
    future: [&["тиме", "тимуть", "тиметься"], &[]],
    and: &["та", "і", "й", "а", "але"],
    stops: &["та", "і", "й", "для", "з", "із", "у", "в", "на", "до", "щодо", "має", "мають", "є"],
    ..NONE
};
static SERBIAN: Grammar = Grammar {
    purpose: &[
        "da bi ",
        "kako bi ",
        "radi ",
        "u cilju ",
        "s ciljem ",
        "sa ciljem ",
        "да би ",
        "како би ",
        "ради ",
        "у циљу ",
        "са циљем ",
    ],
    relative: &["koji", "koja", "koje", "који", "која", "које"],
    helpers: &["je", "su", "је", "су"],
    participles: (&["la", "lo", "li", "le", "ao", "io", "eo", "ла", "ло", "ли", "ле", "ао", "ио", "ео"], NEAR),
    ahead: [&["će", "ће"], &[]],
    and: &["i", "a", "ali", "te", "и", "а", "али", "те"],
    stops: &["i", "za", "u", "na", "и", "за", "у", "на"],
    ..NONE
};

impl Grammar {
    /// That of a language; of English where it is none of those that are read.
    pub(super) fn of(language: &str) -> &'static Grammar {
        match language {
            "fr" => &FRENCH,
            "es" => &SPANISH,
            "de" => &GERMAN,
            "ar" => &ARABIC,
            "uk" => &UKRAINIAN,
            "sr" => &SERBIAN,
            _ => &ENGLISH,
        }
    }

    /// True for a sentence that begins with what is done for.
    pub(super) fn begins_with_purpose(&self, sentence: &str) -> bool {
        let begins = |word: &&&str| {
            let mut letters = sentence.chars().flat_map(char::to_lowercase);
            word.chars().all(|c| letters.next() == Some(c))
        };
        self.purpose.iter().any(|word| begins(&word))
    }

    /// True where a text ends in a word for who was named just before.
    pub(super) fn ends_in_relative(&self, before: &str) -> bool {
        let mut words = before.trim_end().rsplit(|c: char| !c.is_alphabetic()).skip_while(|w| self.helpers.contains(w));
        words.next().is_some_and(|last| self.relative.contains(&last))
    }

    /// How a word of mode is meant as it is written.
    pub(super) fn as_written(&self, word: &str, says: Says) -> Says {
        if says == Says::Ongoing && ends(word, self.accented) { Says::Done } else { says }
    }

    /// True where what stands between two words parts what they say.
    pub(super) fn parts(&self, between: &str) -> bool {
        between.contains([',', ';', ':', '،', '؛', '–', '—', '(']) || self.goes_on(between)
    }

    /// True where something else is said behind an "and".
    pub(super) fn goes_on(&self, between: &str) -> bool {
        let joins = |word: &str| self.and.iter().any(|and| word == *and || (*and == "و" && word.starts_with(and)));
        words(between).any(joins)
    }

    /// What the form of a verb tells, by the words before its doer and behind it; nothing where it tells nothing.
    pub(super) fn tense(&self, before: &str, behind: &str) -> Says {
        let clause = behind_brackets(behind).split([',', ';', ':', '.', '(', '،', '؛']).next().unwrap_or_default();
        let words: Vec<&str> = words(clause).collect();
        for (n, word) in words.iter().take(NEAR).enumerate() {
            let small = word.to_lowercase();
            if self.helpers.contains(&small.as_str()) {
                let (endings, reach) = self.participles;
                let is_done = |w: &&str| w.starts_with(char::is_lowercase) && ends(w, endings);
                return if words[n + 1..].iter().take(reach).any(is_done) { Says::Done } else { Says::Untold };
            }
            if self.ahead[0].contains(&small.as_str()) {
                let is_ahead = self.ahead[1].is_empty() || words.last().is_some_and(|w| self.is_infinitive(w));
                return if is_ahead { Says::Plan } else { Says::Untold };
            }
            if self.stops.contains(&small.as_str()) {
                break;
            }
            let told = self.form(word);
            if told != Says::Untold {
                return told;
            }
        }
        let before = if self.before { words_before(before) } else { None };
        before.map_or(Says::Untold, |word| self.form(word))
    }

    /// "vorlegen", but neither "vorgelegt" nor "geholfen".
    fn is_infinitive(&self, word: &str) -> bool {
        let past = word.starts_with("ge") || SEPARABLE.iter().any(|s| word.strip_prefix(s).is_some_and(|w| w.starts_with("ge")));
        word.starts_with(char::is_lowercase) && ends(word, self.ahead[1]) && !past
    }

    fn form(&self, word: &str) -> Says {
        let [ending, beginning] = self.future;
        let is_noun = word.starts_with(char::is_uppercase) || ends(word, self.nouns);
        if word.chars().count() < VERB || is_noun {
            return Says::Untold;
        }
        if ends(word, ending) || beginning.iter().any(|b| word.starts_with(b)) {
            return Says::Plan;
        }
        if ends(word, self.past) { Says::Done } else { Says::Untold }
    }
}

fn ends(word: &str, endings: &[&str]) -> bool {
    endings.iter().any(|ending| word.len() > ending.len() && word.ends_with(ending))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

/// The last word before a doer that is no article of it.
fn words_before(text: &str) -> Option<&str> {
    let clause = text.rsplit([',', ';', ':', '.', '،', '؛']).next()?;
    words(clause).filter(|w| !matches!(*w, "die" | "der" | "das" | "dem")).last()
}

/// A text without the brackets that it begins with: "(EUAM) advised".
fn behind_brackets(text: &str) -> &str {
    let inner = text.trim_start().strip_prefix('(');
    inner.and_then(|t| t.split_once(')')).map_or(text, |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_of_a_verb_tells_when() {
        for (language, before, behind, told) in [
            ("en", "", " spearheaded the reform", Says::Done),
            ("en", "", " (EUAM) also spearheaded the reform", Says::Done),
            ("en", "", " is located in the capital", Says::Untold),
            ("en", "", " and trained officers", Says::Untold),
            ("en", "", " will spearhead the reform", Says::Plan),
            ("sr", "", " će predvoditi reformu", Says::Plan),
            ("fr", "", " a ensuite piloté la réforme", Says::Done),
            ("fr", "", " accompagnera la réforme", Says::Plan),
            ("es", "", " lideró la reforma", Says::Done),
            ("es", "", " acompañará la reforma", Says::Plan),
            ("de", "Im Mai begutachtete die ", " die Pläne", Says::Done),
            ("de", "Die ", " hat die Reform vorangetrieben", Says::Done),
            ("de", "Die ", " hat 30 Berater", Says::Untold),
            ("de", "Die ", " wird in Kürze einen Bericht vorlegen", Says::Plan),
            ("de", "Die ", " wird von allen geschätzt", Says::Untold),
            ("ar", "قادت ", " إصلاح الشرطة", Says::Done),
            ("ar", "سترافق ", " إصلاح الشرطة", Says::Plan),
            ("ar", "نظم ", " دورات", Says::Untold),
            ("ar", "خبراء ", " وقسم سيادة القانون", Says::Untold),
            ("uk", "", " очолила реформу", Says::Done),
            ("uk", "", " супроводжуватиме реформу", Says::Plan),
            ("sr", "", " je u maju predvodila reformu", Says::Done),
            ("sr", "", " је предводила реформу", Says::Done),
            ("sr", "", " je spremna za reformu", Says::Untold),
        ] {
            assert_eq!(Grammar::of(language).tense(before, behind), told, "{language}: {before}… {behind}");
        }
    }

    #[test]
    fn purposes_and_relatives_are_told_by_a_word() {
        assert!(Grammar::of("en").begins_with_purpose("To support the police, it trained."));
        assert!(!Grammar::of("en").begins_with_purpose("Today it trained."));
        assert!(Grammar::of("de").begins_with_purpose("Um die Polizei zu stärken, berät sie."));
        assert!(Grammar::of("fr").ends_in_relative("le ministère, qui "));
        assert!(!Grammar::of("fr").ends_in_relative("le ministère "));
    }
}
