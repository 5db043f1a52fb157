//! Why something in a file could not be used, for who reads the page.

use crate::language::language;
use askama::Template;
use remit_model::{Language, Model};

/// What became of it in the reader's language, by its rule; below it the particulars as the import wrote them, in English.
#[derive(Debug, Clone, PartialEq, Template)]
#[template(path = "reason.html")]
pub(crate) struct Reason {
    /// Empty for who reads English: the particulars say it all.
    said: String,
    particulars: String,
}

impl Reason {
    /// `rule` is a code of the list `import_rule`.
    pub(crate) fn new(model: &Model, rule: &str, particulars: &str) -> Reason {
        let said = match language() {
            Language::ENGLISH => "",
            other => model.lists.name("import_rule", rule, other),
        };
        Reason { said: said.to_owned(), particulars: particulars.to_owned() }
    }
}
