//! The forms in the rows of a table, as it is drawn: what can be changed there, and what all of them share.

use crate::choice::Choice;

/// What all forms of a page share.
#[derive(Debug, Clone, Default)]
pub(crate) struct ChangeForm {
    /// Where it is sent.
    pub(crate) action: String,
    /// The page that it leads back to.
    pub(crate) back: String,
    /// The day from which the change holds.
    pub(crate) day: String,
    /// The source that was named last, offered while somebody types.
    pub(crate) last: String,
    pub(crate) rows: Vec<RowForm>,
    /// The values that can be changed, without any that a record has.
    pub(crate) fields: Vec<RowField>,
    pub(crate) reliabilities: Vec<Choice>,
    pub(crate) credibilities: Vec<Choice>,
    pub(crate) markings: Vec<Choice>,
}

impl ChangeForm {
    /// The form of a row of the table, by its place there.
    pub(crate) fn row(&self, at: &usize) -> Option<&RowForm> {
        self.rows.get(*at)
    }
}

/// A record with the values that can be changed in its row.
#[derive(Debug, Clone, Default)]
pub(crate) struct RowForm {
    pub(crate) record: String,
    pub(crate) fields: Vec<RowField>,
}

/// A value that can be changed.
#[derive(Debug, Clone, Default)]
pub(crate) struct RowField {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) value: String,
    /// Codes to choose from; a text where there are none.
    pub(crate) options: Vec<Choice>,
    /// True for a day that a browser can offer a calendar for.
    pub(crate) is_day: bool,
    /// The kind of record that it names, or nothing.
    pub(crate) of: String,
}
