//! The phrases of one language, made ready once: how they are found, of which lists they are, and which task each one names.

use super::countries::Countries;
use super::grammar::ReadingGrammar;
use super::mission::Mission;
use super::{LearntLabels, Says, whole};
use crate::classify::{Naming, Scratch};
use crate::lexicon::{Matcher, Scanner};
use remit_model::{LexiconEntry, Model, SHORT_MISSION};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// What a language is read with.
#[derive(Debug)]
pub(super) struct ReadingPhrases {
    pub(super) matcher: Matcher,
    pub(super) lists: PhraseLists,
    /// By entry of the matcher: what a phrase names that missions are asked to do. Phrases that name the same share it.
    pub(super) subjects: Vec<Option<Arc<Subject>>>,
    /// By entry of the matcher: how a sentence means what it says, where the phrase tells.
    pub(super) says: Vec<Says>,
    /// What is known of missions that texts describe.
    pub(super) missions: Vec<Mission>,
    /// Kinds of missions that say no more than the form that they have: `office`, `presence`.
    pub(super) forms: Vec<String>,
    /// Which label each phrase names.
    pub(super) naming: Naming,
    /// What the grammar of the language tells.
    pub(super) grammar: ReadingGrammar,
    /// What threads read with, kept for the next document.
    desks: Mutex<Vec<PhraseScratch>>,
}

/// What one thread needs while it reads documents of one language.
#[derive(Debug, Default)]
pub(super) struct PhraseScratch {
    pub(super) scanner: Scanner,
    pub(super) scratch: Scratch,
}

/// The lists that matter here, as numbers of the matcher.
#[derive(Debug)]
pub(super) struct PhraseLists {
    pub(super) mission: Option<u8>,
    pub(super) short_mission: Option<u8>,
    pub(super) actor: Option<u8>,
    /// Words for a kind of mission.
    pub(super) kind: Option<u8>,
    pub(super) organisation: Option<u8>,
    /// Classes of institutions, the host's own among them.
    pub(super) institution: Option<u8>,
    pub(super) subject: Option<u8>,
    pub(super) task: Option<u8>,
    pub(super) activity: Option<u8>,
    pub(super) engagement: Option<u8>,
    /// How somebody is helped: by training, advice, equipment.
    pub(super) modality: Option<u8>,
    pub(super) strength: Option<u8>,
    pub(super) mode: Option<u8>,
    pub(super) country: Option<u8>,
}

/// What a mission does: a task of reform, an activity of PACT, or both.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Subject {
    /// Code of `ssr_task`, or empty.
    pub(super) task: String,
    /// Code of `pact_activity`, or empty.
    pub(super) activity: String,
}

impl ReadingPhrases {
    /// `register` is what its records are called, and of which countries they are.
    pub(super) fn new(
        model: &Model,
        language: &str,
        register: (&[(String, String)], &Countries),
        labels: &LearntLabels,
    ) -> ReadingPhrases {
        let grammar = ReadingGrammar::of(model, language);
        let (names, countries) = register;
        let named = [names, grammar.called_in(names, countries).as_slice()].concat();
        let matcher = Matcher::new(model, language, &named);
        let mut known: HashMap<Subject, Arc<Subject>> = HashMap::new();
        let mut one = |s: Subject| known.entry(s).or_insert_with_key(|s| Arc::new(s.clone())).clone();
        let subjects = matcher.entries().iter().map(|e| Subject::of(model, e).map(&mut one)).collect();
        let says = matcher.entries().iter().map(Says::of).collect();
        let list = |name: &str| matcher.list_named(name);
        let lists = PhraseLists {
            mission: list("mission"),
            short_mission: list(SHORT_MISSION),
            actor: list("actor"),
            kind: list("mission_kind"),
            organisation: list("organisation"),
            institution: list("actor_class"),
            subject: list("subject"),
            task: list("ssr_task"),
            activity: list("pact_activity"),
            engagement: list("pact_engagement"),
            modality: list("modality"),
            strength: list("mandate_strength"),
            mode: list("statement_mode"),
            country: list("country"),
        };
        let naming = Naming::new(model, &matcher, labels.codes.iter().map(|c| c.code.as_str()));
        let missions = Mission::all(model, &matcher);
        let kinds = model.lists.get("mission_kind").map(|l| l.codes()).unwrap_or_default();
        let forms = kinds.iter().filter(|k| k.category == "form").map(|k| k.code.clone()).collect();
        ReadingPhrases { matcher, lists, subjects, says, missions, forms, naming, grammar, desks: Mutex::default() }
    }

    /// Something read at a desk of its own.
    pub(super) fn at_desk<T>(&self, read: impl FnOnce(&mut PhraseScratch) -> T) -> T {
        let mut desk = whole(&self.desks).pop().unwrap_or_default();
        let done = read(&mut desk);
        whole(&self.desks).push(desk);
        done
    }
}

impl Subject {
    fn of(model: &Model, entry: &LexiconEntry) -> Option<Subject> {
        let code = entry.code.as_str();
        let (task, activity) = match entry.list.as_str() {
            "ssr_task" => (code, model.crosswalk.activity_of(code).unwrap_or_default()),
            "pact_activity" => (model.crosswalk.task_of(code).unwrap_or_default(), code),
            _ => return None,
        };
        Some(Subject { task: task.to_owned(), activity: activity.to_owned() })
    }
}
