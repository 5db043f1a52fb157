//! Which record a parameter means: a name that nobody has is no answer of none.

use crate::{AskError, Parameter};
use remit_model::{Called, Kind, Model, folded, latin, likeness};
use remit_store::{Cell, Reader};
use serde_json::{Map, Value};

/// Likeness from which a name is worth suggesting.
const LIKELY: f64 = 0.7;

/// Every record of a kind that may be meant, ended or not: a question says itself what holds on its day.
const STANDING: &str = "select record, fields from statement where kind = :kind and current = 1 and withdrawn = 0 \
                        and status_of_statement = 'accepted'";

/// The record of which is said now what was said by an identifier: the two were made one.
const BECAME: &str = "with recursive led (statement, record) as (
    select statement, record from statement where kind = :kind and record = :text
    union select n.statement, n.record from led l join statement n on n.supersedes = l.statement where n.kind = :kind)
  select distinct l.record from led l join statement s on s.statement = l.statement
  where s.current = 1 and s.withdrawn = 0 and s.status_of_statement = 'accepted' limit 2";

/// That a document is of a mission, or that something is proposed of it.
const SPOKEN_OF: &str = "select 1 from document where mission = :record union all \
                         select 1 from statement where status_of_statement = 'proposed' and json_extract(fields, '$.mission') = :record limit 1";

impl Parameter {
    /// What the question is asked for: the text as it stands, where it is the identifier, name or acronym of a record, and the
    /// identifier of the record where it is another of its names, or the identifier of one that was made one with it.
    ///
    /// # Errors
    /// When no record that the reader may see is called so.
    pub(crate) fn meant(&self, model: &Model, reader: &Reader, text: String) -> Result<String, AskError> {
        let Some(kind) = self.record.as_deref().and_then(|k| model.kind(k)).filter(|_| !text.is_empty()) else {
            return Ok(text);
        };
        let parameters = [("kind", Cell::Text(kind.name.clone())), ("text", Cell::Text(text.clone()))];
        // Pages ask by identifier, many times each: that is found at once, and only who types a name waits for all titles.
        for own in ["record = :text", "folded(title) = folded(:text)"] {
            if !reader.query(&format!("{STANDING} and {own} limit 1"), &parameters)?.rows.is_empty() {
                return Ok(text);
            }
        }
        if let [one] = &reader.query(BECAME, &parameters)?.rows[..] {
            return Ok(one[0].text().map_or(text, str::to_owned));
        }
        let all = reader.query(STANDING, &parameters[..1])?;
        let mut called: Vec<(&str, Called)> = Vec::new();
        for row in &all.rows {
            let (Some(record), Some(fields)) = (row[0].text(), row[1].text()) else { continue };
            let fields: Map<String, Value> = serde_json::from_str(fields).unwrap_or_default();
            called.extend(kind.names_in(&fields).into_iter().map(|called| (record, called)));
        }
        let wanted = folded(&text);
        let found: Vec<&(&str, Called)> = called.iter().filter(|(_, c)| folded(&c.name) == wanted).collect();
        match &found[..] {
            // What nobody knew then may be called so now.
            [] if reader.as_of().known_on.is_some() => Ok(text),
            [] if kind.name == "actor" && waits(model, reader, &text)? => {
                Err(AskError::Waits { name: self.name.clone(), value: text })
            }
            [] => Err(self.no_record(kind, text, called.iter().map(|(_, c)| c.name.as_str()))),
            [(first, _), others @ ..] if found.iter().all(|(_, c)| c.is_other) && others.iter().all(|(r, _)| r == first) => {
                Ok((*first).to_owned())
            }
            // The question finds by it what is called so.
            _ => Ok(text),
        }
    }

    fn no_record<'n>(&self, kind: &Kind, value: String, names: impl Iterator<Item = &'n str>) -> AskError {
        let asked = latin(&value);
        let weight = |name: &str| {
            let name = latin(name);
            likeness(&name, &asked).max(0.95 * likeness_of_words(&asked, &name))
        };
        let best = names.map(|name| (weight(name), name)).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)));
        let like = best.filter(|(weight, _)| *weight >= LIKELY).map(|(_, name)| name.to_owned());
        AskError::Record { name: self.name.clone(), value, like, kind: kind.label.clone() }
    }
}

/// True for a mission of the code lists of which documents speak, and which has no record: it gets one with the first that is accepted.
fn waits(model: &Model, reader: &Reader, text: &str) -> Result<bool, AskError> {
    let Some(mission) = model.lists.get("mission").and_then(|list| list.find(text)) else { return Ok(false) };
    let record = mission.record_in("mission");
    Ok(!reader.query(SPOKEN_OF, &[("record", Cell::Text(record))])?.rows.is_empty())
}

/// How well the words of a text are found in a name that may have more: “Third Batalion” is meant by “Made-up Third Battalion”.
fn likeness_of_words(text: &str, name: &str) -> f64 {
    let words: Vec<&str> = text.split_whitespace().filter(|w| w.chars().count() > 2).collect();
    let best = |word: &&str| name.split_whitespace().map(|n| likeness(n, word)).fold(0.0, f64::max);
    if words.is_empty() { 0.0 } else { words.iter().map(best).sum::<f64>() / words.len() as f64 }
}
