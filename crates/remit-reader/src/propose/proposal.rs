//! What is proposed, and how a sentence means what it says.

use remit_model::LexiconEntry;

/// How a sentence means what it says; codes of the list `statement_mode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Says {
    /// Somebody is told to do it.
    Mandate,
    /// It is to be done.
    Plan,
    /// It was done.
    Done,
    /// It is being done.
    Ongoing,
    /// It was not done.
    Negated,
    /// It was done and is so no more.
    Ceased,
    /// Somebody wishes it done; of a proposal: the mission recommends it.
    Wish,
    /// The sentence does not tell.
    Untold,
}

impl Says {
    /// The code in `model/codes/statement_mode.csv`.
    pub fn code(self) -> &'static str {
        match self {
            Says::Mandate => "mandate",
            Says::Plan => "plan",
            Says::Done => "done",
            Says::Ongoing => "ongoing",
            Says::Negated => "negated",
            Says::Ceased => "ceased",
            Says::Wish => "wish",
            Says::Untold => "untold",
        }
    }

    /// How a phrase means the task: as a mandate, a plan or something done.
    pub(super) fn of(entry: &LexiconEntry) -> Says {
        let all = [Says::Mandate, Says::Plan, Says::Done, Says::Ongoing, Says::Negated, Says::Ceased, Says::Wish];
        let told = all.into_iter().find(|s| entry.list == "statement_mode" && s.code() == entry.code);
        told.unwrap_or(Says::Untold)
    }
}

/// Until when a mandate lasts, as a decision says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadTerm {
    /// [`remit_document::Passage::n`].
    pub passage: u32,
    /// The sentence that says so, in bytes of the passage.
    pub span: (usize, usize),
    /// The record of the mission.
    pub record: String,
    /// Its end, as precise as it is told.
    pub ends: String,
}

/// One statement that a document seems to make.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadProposal {
    /// [`remit_document::Passage::n`].
    pub passage: u32,
    /// The sentence that says so, in bytes of the passage.
    pub span: (usize, usize),
    /// Code of the list `mission`, or a record of the register; empty for what a mission recommends that the document does not name, and
    /// for what is recommended to one.
    pub mission: String,
    /// The record of it.
    pub record: String,
    /// Country, where the mission has one or the sentence names one.
    pub country: String,
    /// Code of `ssr_task`, or empty.
    pub task: String,
    /// Code of `pact_activity`, or empty.
    pub activity: String,
    /// Code of `pact_engagement`, or empty.
    pub engagement: String,
    /// Code of `mandate_strength`, or empty.
    pub strength: String,
    /// How it is meant.
    pub says: Says,
    /// A record of the register that the sentence names besides the mission, of the country that is spoken of; of a recommendation, to
    /// whom it is made. Or empty.
    pub partner: String,
    /// How sure it is, 0 to 1.
    pub probability: f32,
    /// The words that speak for it.
    pub why: Vec<String>,
}
