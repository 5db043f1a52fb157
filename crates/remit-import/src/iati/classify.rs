//! What is security sector support, and to whom: by purpose code and by text, never mixed.

use super::activity::Activity;
use super::words::{ActivityWords, TellingPhrase};
use remit_model::{Model, Phrase, PhraseUse, fold};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What the text of an activity says.
#[derive(Debug, Default)]
pub(crate) struct ActivityReading {
    /// True where the words show that the activity supports the security sector.
    pub(crate) ssr: bool,
    /// True where the words speak of other fields of aid only.
    pub(crate) of_else: bool,
    /// The part of the money that such words usually stand for: least, likely, most.
    pub(crate) estimate: Option<(f64, f64, f64)>,
    /// The words that say so, as the publisher wrote them.
    pub(crate) quote: Option<String>,
    /// The phrases found, each once.
    pub(crate) phrases: Vec<KeptPhrase>,
    /// Classes that the text names, or tags do, each with its functions: the money is taken in equal parts among classes, and of each
    /// among its functions.
    pub(crate) recipients: Recipients,
    /// What names them: the text, or a code.
    pub(crate) named_by: &'static str,
    /// Modalities that the text names.
    pub(crate) modalities: Vec<String>,
}

/// Classes with their functions.
pub(crate) type Recipients = BTreeMap<String, BTreeSet<String>>;

/// A phrase as it is kept with the activity.
#[derive(Debug, Clone, Serialize, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct KeptPhrase {
    phrase: String,
    language: String,
    ssr: bool,
    #[serde(skip_serializing_if = "String::is_empty")]
    actor_class: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    security_function: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    modality: String,
}

const UNSPECIFIED: &str = "unspecified";

/// Reads the titles and descriptions of an activity, in all their languages. They are read closely only where a phrase may
/// tell of security sector support, or a code (`coded`) does.
pub(crate) fn read(model: &Model, activity: &Activity, coded: bool) -> ActivityReading {
    let titles = activity.titles.iter().map(|(_, text)| text.as_str());
    let descriptions = activity.descriptions.iter().map(|(_, _, text)| text.as_str());
    // Publishers often give one text in the name of several languages.
    let mut seen: HashSet<&str> = HashSet::new();
    let all = titles.map(|t| (t, true)).chain(descriptions.map(|t| (t, false)));
    let texts: Vec<(&str, bool)> = all.filter(|(text, _)| seen.insert(*text)).collect();
    let mut folded = String::new();
    let may_tell = |(text, _): &(&str, bool)| {
        folded.clear();
        fold(text, &mut folded);
        !model.phrases.find_telling(&folded).is_empty()
    };
    if !coded && !texts.iter().any(may_tell) {
        return ActivityReading::default();
    }
    let words = ActivityWords::read(model, &texts);
    let ssr = words.tell(is_elsewhere(activity));
    if !ssr && !coded {
        return ActivityReading::default();
    }
    let by_tags = tagged(model, activity);
    let (recipients, named_by) = if by_tags.is_empty() { (recipients(model, &words), "text") } else { (by_tags, "code") };
    ActivityReading {
        ssr,
        of_else: words.speak_of_else(),
        estimate: ssr.then(|| words.estimate()),
        quote: words.quote.clone().filter(|_| ssr),
        phrases: found(&words),
        recipients,
        named_by,
        modalities: modalities(&words),
    }
}

/// Purpose codes that leave it open to which field an activity belongs: government and civil society, other social
/// services, budget support, not specified.
const OPEN: [&str; 4] = ["15", "16", "51", "99"];

/// True where every purpose code of an activity belongs to another field, such as health.
fn is_elsewhere(activity: &Activity) -> bool {
    let mut codes = activity.sectors.iter().filter(|s| s.vocabulary.as_deref() == Some("1")).map(|s| s.code.as_str()).peekable();
    codes.peek().is_some() && codes.all(|code| !OPEN.iter().any(|open| code.starts_with(open)))
}

fn found(words: &ActivityWords<'_>) -> Vec<KeptPhrase> {
    let all: BTreeSet<KeptPhrase> = words
        .anywhere
        .iter()
        .map(|p| KeptPhrase {
            phrase: p.text.clone(),
            language: p.language.clone(),
            ssr: p.says.tells(),
            actor_class: p.actor_class.clone(),
            security_function: p.security_function.clone(),
            modality: p.modality.clone(),
        })
        .collect();
    all.into_iter().collect()
}

/// Times a long description names a class before it counts beside those of the title.
const OFTEN: usize = 3;

/// Whom the text names: in titles, in short descriptions, often in long ones; else anywhere beside support; else anywhere.
fn recipients(model: &Model, words: &ActivityWords<'_>) -> Recipients {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for e in words.evidence.iter().filter(|e| !e.in_title && e.of_support()) {
        *times.entry(&e.phrase.actor_class).or_default() += 1;
    }
    let often = |e: &TellingPhrase<'_>| words.is_short() || times.get(e.phrase.actor_class.as_str()).is_some_and(|n| *n >= OFTEN);
    let chosen: [&dyn Fn(&TellingPhrase<'_>) -> bool; 3] =
        [&|e| e.in_title || (e.of_support() && often(e)), &|e| e.of_support(), &|_| true];
    let choices = chosen.iter().map(|chosen| words.evidence.iter().filter(|e| chosen(e)).map(|e| e.phrase).collect::<Vec<_>>());
    let choices: Vec<Vec<&Phrase>> = choices.collect();
    let names_class = |phrases: &&Vec<&Phrase>| phrases.iter().any(|p| is_named(&p.actor_class));
    let first = choices.iter().find(names_class).or(choices.iter().find(|c| !c.is_empty()));
    let mut all = Recipients::new();
    for phrase in first.into_iter().flatten() {
        all.entry(known(&phrase.actor_class)).or_default().insert(known(&phrase.security_function));
    }
    for (class, function) in &words.beside {
        if let Some(functions) = all.get_mut(&known(class)) {
            functions.insert(function.clone());
        }
    }
    for (class, functions) in &mut all {
        let usual = model.crosswalk.usual_function(class).filter(|_| functions.contains(UNSPECIFIED));
        if let Some(usual) = usual {
            functions.insert(usual.to_owned());
        }
        if functions.len() > 1 {
            functions.remove(UNSPECIFIED);
        }
    }
    // What names neither institution nor function says nothing beside what does.
    let says_nothing = all.get(UNSPECIFIED).is_some_and(|functions| functions.contains(UNSPECIFIED));
    if says_nothing {
        all.remove(UNSPECIFIED);
    }
    all
}

/// The vocabulary of codes that are the reporting organisation's own.
const OWN_VOCABULARY: &str = "99";

/// Whom tags name by a class of recipients, as a register writes it when it publishes a project: what words beside them name is not asked.
fn tagged(model: &Model, activity: &Activity) -> Recipients {
    let classes = model.lists.get("actor_class");
    let own = activity.tags.iter().filter(|t| t.vocabulary.as_deref() == Some(OWN_VOCABULARY));
    let named = own.filter_map(|t| classes?.get(t.code.as_deref()?)).filter(|c| c.category != "partner" && is_named(&c.code));
    let with_function = |class: &str| {
        let usual = model.crosswalk.usual_function(class).unwrap_or(UNSPECIFIED);
        (class.to_owned(), BTreeSet::from([usual.to_owned()]))
    };
    named.map(|c| with_function(&c.code)).collect()
}

fn is_named(code: &str) -> bool {
    !code.is_empty() && code != UNSPECIFIED
}

fn known(code: &str) -> String {
    if code.is_empty() { UNSPECIFIED.to_owned() } else { code.to_owned() }
}

/// How support is given: what the title names, else what the description names.
fn modalities(words: &ActivityWords<'_>) -> Vec<String> {
    let named = |phrases: &[&Phrase]| -> BTreeSet<String> {
        let told = phrases.iter().filter(|p| p.says == PhraseUse::More || p.says.tells());
        told.map(|p| p.modality.clone()).filter(|m| is_named(m)).collect()
    };
    let in_title = named(&words.in_titles);
    if in_title.is_empty() { named(&words.anywhere) } else { in_title }.into_iter().collect()
}

/// Class and function of one part of the money, with its share and what named them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ReceivingPart {
    pub(crate) actor_class: String,
    pub(crate) security_function: String,
    pub(crate) share: f64,
    pub(crate) sector_share: f64,
    pub(crate) class_by: &'static str,
}

/// Divides money among recipients.
///
/// `sectors` are the purpose codes of the money with their shares. Where `by_code`, only what the codes give to the
/// security sector counts; where a code is wide or names no institution, the text says who receives it. Else the text alone
/// says that it is security sector support, and a part of the money counts that is estimated.
pub(crate) fn recipients_of(
    model: &Model,
    sectors: &[(&str, &str, f64)],
    by_code: bool,
    reading: &ActivityReading,
) -> Vec<ReceivingPart> {
    if !by_code {
        let share = reading.estimate.map_or(0.0, |(_, likely, _)| likely);
        return by_text(reading, (UNSPECIFIED, UNSPECIFIED), share);
    }
    let mut all = Vec::new();
    for (vocabulary, code, share) in sectors {
        let Some(line) = model.crosswalk.sector(vocabulary, code).filter(|l| l.ssr) else {
            continue;
        };
        if *share <= 0.0 {
            continue;
        }
        if (is_named(&line.actor_class) && !line.wide) || reading.recipients.is_empty() {
            let named = is_named(&line.actor_class) || is_named(&line.security_function);
            all.push(ReceivingPart {
                actor_class: line.actor_class.clone(),
                security_function: line.security_function.clone(),
                share: *share,
                sector_share: *share,
                class_by: if named { "code" } else { "" },
            });
        } else {
            all.extend(by_text(reading, (&line.actor_class, &line.security_function), *share));
        }
    }
    all
}

/// Divides money among what the text or tags name; for what it does not name, `else_` is taken. Where a text names a function and no class,
/// the class stays open: a wide code's usual institution need not be the one that is meant.
fn by_text(reading: &ActivityReading, else_: (&str, &str), share: f64) -> Vec<ReceivingPart> {
    let named = &reading.recipients;
    let or = |code: &str, other: &str| if is_named(code) { code.to_owned() } else { other.to_owned() };
    if named.is_empty() {
        let (actor_class, security_function) = (else_.0.to_owned(), else_.1.to_owned());
        return vec![ReceivingPart { actor_class, security_function, share, sector_share: share, class_by: "" }];
    }
    let parts = named.iter().flat_map(|(class, functions)| functions.iter().map(move |f| (class, f, functions.len())));
    parts
        .map(|(class, function, of)| ReceivingPart {
            actor_class: if is_named(function) { class.clone() } else { or(class, else_.0) },
            security_function: or(function, else_.1),
            share: share / named.len() as f64 / of as f64,
            sector_share: share,
            class_by: reading.named_by,
        })
        .collect()
}
