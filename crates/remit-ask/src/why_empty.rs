//! Why an answer has no rows, as far as the register can tell: nothing on record is not the same as nothing there.

use crate::{Answer, AskError, Parameter, Voice};
use remit_store::{Cell, Reader};

/// The group of the questions about support, for which sources say what they cover.
const SUPPORT: &str = "support";

/// Sources that say of a country that they would show support in it.
const COVERING: &str = "select 1 from coverage v where v.confirmed = 1 and v.undated = 0
    and (v.dataset_name is null or exists (select 1 from snapshot n where n.shown = 1 and folded(n.dataset) = folded(v.dataset_name)))
    and (:country = '' or not exists (select 1 from coverage_country k where k.record = v.record)
    or exists (select 1 from coverage_country k where k.record = v.record and k.code = :country)) limit 1";

impl Answer {
    /// Why it has no rows, a sentence each; nothing where it has some.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn why_empty(&self, reader: &Reader, voice: &Voice<'_>) -> Result<Vec<String>, AskError> {
        if !self.table.rows.is_empty() {
            return Ok(Vec::new());
        }
        let mut why = Vec::new();
        for (parameter, value) in self.question.parameters.iter().zip(&self.parameters) {
            why.extend(self.over(parameter, &value.1, reader, voice)?);
        }
        if self.question.mends {
            why.push(voice.model.sentence(&voice.locale, "nothing_to_mend", &[]));
            return Ok(why);
        }
        why.extend(self.unrecorded(reader, voice)?);
        why.extend(self.uncovered(reader, voice)?);
        if why.is_empty() {
            why.push(voice.model.sentence(&voice.locale, "nothing_says", &[]));
        }
        Ok(why)
    }

    /// That what was asked about ended before the day.
    fn over(&self, asked: &Parameter, value: &str, reader: &Reader, voice: &Voice<'_>) -> Result<Option<String>, AskError> {
        let Some(kind) = asked.record.as_deref().filter(|_| !value.is_empty()) else { return Ok(None) };
        let Some(view) = voice.model.kind(kind).map(|kind| &kind.view) else { return Ok(None) };
        let sql = format!(
            "with same as materialized (
               select record from statement where kind = :kind and current = 1 and (record = :value
                 or folded(json_extract(fields, '$.acronym')) = folded(:value) or folded(json_extract(fields, '$.name')) = folded(:value))
             )
             select max(valid_to) from statement where kind = :kind and current = 1 and record in (select record from same)
               and not exists (select 1 from {view} where record in (select record from same))"
        );
        let with = [("kind", Cell::Text(kind.to_owned())), ("value", Cell::Text(value.to_owned()))];
        let found = reader.query(&sql, &with)?;
        let valid_on = self.as_of.valid_on.to_string();
        let ended = found.rows.first().and_then(|row| row.first()?.text()).filter(|day| *day < valid_on.as_str());
        let said = |day| {
            voice.model.sentence(&voice.locale, "over_since", &[("name", value), ("day", day), ("valid_on", valid_on.as_str())])
        };
        Ok(ended.map(said))
    }

    /// The sentence that no record is there of the kinds that the answer is made of.
    fn unrecorded(&self, reader: &Reader, voice: &Voice<'_>) -> Result<Option<String>, AskError> {
        let mut kinds = Vec::new();
        for name in &self.question.made_of {
            let found =
                reader.query("select 1 from statement where kind = :kind limit 1", &[("kind", Cell::Text(name.clone()))])?;
            if !found.rows.is_empty() {
                return Ok(None);
            }
            kinds.extend(voice.model.kind(name).map(|kind| voice.label(&kind.label)));
        }
        let kinds = kinds.join(", ");
        Ok((!kinds.is_empty()).then(|| voice.model.sentence(&voice.locale, "nothing_recorded", &[("kinds", kinds.as_str())])))
    }

    /// That no source says that it would show such support.
    fn uncovered(&self, reader: &Reader, voice: &Voice<'_>) -> Result<Option<String>, AskError> {
        if self.question.group != SUPPORT {
            return Ok(None);
        }
        let found = reader.query(COVERING, &[("country", Cell::Text(self.parameter("country").to_owned()))])?;
        Ok(found.rows.is_empty().then(|| voice.model.sentence(&voice.locale, "nothing_covers", &[])))
    }
}
