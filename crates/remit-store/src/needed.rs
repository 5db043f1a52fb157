//! Whether a new record has what it needs, whatever way it comes: by a row of a sheet, a form, a line of `remit add`.

use crate::chain::{Chain, NOT_SUPERSEDED};
use crate::schema::row_table;
use crate::{Draft, Status, StoreError};
use remit_model::Field;
use rusqlite::OptionalExtension;

/// A record that was said something of before it was given what it needs.
pub(crate) struct Unnamed {
    pub(crate) kind: String,
    pub(crate) record: String,
    pub(crate) field: String,
}

impl Chain {
    /// The first field that a record needs, and that a draft does not say of one of which nothing is on record: of one that is there somebody
    /// may say more.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn lacks(&self, draft: &Draft) -> Result<Option<&Field>, StoreError> {
        let Some(field) = draft.lacks(&self.model).next() else { return Ok(None) };
        let is_there = !draft.record.is_empty() && self.says(&draft.kind, &draft.record, None)?;
        Ok(Some(field).filter(|_| !is_there))
    }

    /// Whether a draft gives its record what a new one needs.
    pub fn makes_whole(&self, draft: &Draft) -> bool {
        draft.status == Status::Accepted && !draft.withdrawn && draft.lacks(&self.model).next().is_none()
    }

    /// The first of these of which nothing says yet what they need.
    pub(crate) fn still_unnamed<'u>(&self, all: &'u [Unnamed]) -> Result<Option<&'u Unnamed>, StoreError> {
        for one in all {
            if !self.says(&one.kind, &one.record, Some(&one.field))? {
                return Ok(Some(one));
            }
        }
        Ok(None)
    }

    /// Whether something that counts says a field of a record, or anything of it; what was imported is on record as a whole.
    fn says(&self, kind: &str, record: &str, field: Option<&str>) -> Result<bool, StoreError> {
        let sql = format!(
            "select exists (select 1 from statement t where t.kind = ?1 and t.record = ?2 and t.status = 'accepted' and t.withdrawn = 0 \
             and (?3 is null or json_extract(t.fields, '$.' || ?3) is not null) and {NOT_SUPERSEDED})"
        );
        let is_said: bool = self.db.prepare_cached(&sql)?.query_row((kind, record, field), |row| row.get(0))?;
        let Some(of) = self.model.kind(kind).filter(|k| !is_said && k.part_of.is_none()) else { return Ok(is_said) };
        let sql = format!(
            "select 1 from \"{}\" r join snapshot s on s.id = r.snapshot where s.complete = 1 and r.record = ? limit 1",
            row_table(of)
        );
        Ok(self.db.prepare_cached(&sql)?.query_row([record], |_| Ok(())).optional()?.is_some())
    }
}
