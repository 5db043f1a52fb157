//! Why something in a file could not be used, for who reads the page.

use crate::language::{language, locale};
use askama::Template;
use remit_model::{Language, Model, said, said_of_model};

/// What Remit wrote into the register, in the reader's language where it has words in it.
pub(crate) fn told(text: &str) -> String {
    said(&locale(), text).unwrap_or_else(|| text.to_owned())
}

/// The particulars in the reader's language. Where the import wrote what has no words in it, what became of it by its rule, and the
/// particulars below as they were written, in English.
#[derive(Debug, Clone, PartialEq, Template)]
#[template(path = "reason.html")]
pub(crate) struct ProblemReason {
    said: String,
    /// Empty where `said` has everything already.
    particulars: String,
}

impl ProblemReason {
    /// `rule` is a code of the list `import_rule`.
    pub(crate) fn new(model: &Model, rule: &str, particulars: &str) -> ProblemReason {
        let told = match language() {
            Language::ENGLISH => Some(particulars.to_owned()),
            _ => said_of_model(model, &locale(), particulars),
        };
        match told {
            Some(said) => ProblemReason { said, particulars: String::new() },
            None => {
                let said = model.lists.name("import_rule", rule, language()).to_owned();
                ProblemReason { said, particulars: particulars.to_owned() }
            }
        }
    }
}
