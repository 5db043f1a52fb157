//! Two records that are found to be one: what is said of the one is said of the other from then on.

use crate::became_one::{is_of_one_alone, keep_name};
use crate::register::{Entry, FirstSaid};
use crate::restated::MERGED;
use crate::{Chain, Draft, Recorded, Register, Statement, Status, StoreError};
use remit_model::{Field, FieldType, Kind};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

impl Register {
    /// Makes two records one: all that is said of `gone` is said of `kept`, which keeps its name, and what refers to `gone` refers to it; what
    /// connects the two with each other is taken back. Undoing the entry makes them two again.
    ///
    /// # Errors
    /// [`StoreError::Refused`] where one of them does not exist or both are the same.
    pub fn merge(&mut self, kind: &str, kept: &str, gone: &str, author: &str) -> Result<Recorded, StoreError> {
        let mut entry = self.entry(author, &format!("{MERGED}{kind}"))?;
        entry.merge(kind, kept, gone)?;
        entry.commit()
    }
}

/// A field in which two records differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Differing {
    /// The field.
    pub field: String,
    /// What the one says best: by grade, then by when it was said.
    pub kept: Value,
    /// What the other does.
    pub gone: Value,
}

impl Chain {
    /// The fields of which two records say different things; not lists, which are put together, nor the name, which stays.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn differing(&self, kind: &str, kept: &str, gone: &str) -> Result<Vec<Differing>, StoreError> {
        let (kept, gone) = (self.current_best_last(kind, kept)?, self.current_best_last(kind, gone)?);
        let is_one = |f: &&Field| !matches!(f.kind, FieldType::List(_) | FieldType::Records(_));
        let best = |of: &[Statement], field: &str| {
            let said = of.iter().rev().filter(|s| s.draft.status == Status::Accepted);
            said.filter_map(|s| s.draft.fields.get(field)).find(|value| !value.is_null()).cloned()
        };
        let of = self.model.kind(kind);
        let fields =
            of.into_iter().flat_map(|k| k.fields.iter().filter(move |f| k.title.as_ref() != Some(&f.name))).filter(is_one);
        let both = fields.filter_map(|f| Some((&f.name, best(&kept, &f.name)?, best(&gone, &f.name)?)));
        let apart = both.filter(|(_, kept, gone)| kept != gone);
        Ok(apart.map(|(field, kept, gone)| Differing { field: field.clone(), kept, gone }).collect())
    }
}

impl Entry<'_> {
    /// Makes two records one, as [`Register::merge`] does; several may be in one entry.
    ///
    /// # Errors
    /// [`StoreError::Refused`] where one of them does not exist or both are the same.
    pub fn merge(&mut self, kind: &str, kept: &str, gone: &str) -> Result<(), StoreError> {
        if kept == gone {
            return Err(StoreError::Refused(format!("`{kept}` is one record already; name two")));
        }
        let moving = self.current(kind, gone)?;
        let staying: Vec<Statement> = self.current_best_last(kind, kept)?.into_iter().map(|s| self.guarded(s)).collect();
        if moving.is_empty() || staying.is_empty() {
            let missing = if moving.is_empty() { gone } else { kept };
            return Err(StoreError::Refused(format!("there is no {kind} `{missing}` in the register")));
        }
        may_be_one(self.model.kind(kind), &moving, &staying)?;
        let mut drafts = Vec::new();
        for s in moving {
            let (supersedes, first) = (vec![s.id.clone()], FirstSaid::of(&s));
            let mut draft = Draft { record: kept.to_owned(), supersedes, origin: String::new(), ..s.draft };
            if let Some(of) = self.model.kind(kind) {
                keep_name(of, &staying, &mut draft);
            }
            drafts.push((draft, first));
        }
        for s in self.referring(kind, gone)? {
            let (supersedes, first) = (vec![s.id.clone()], FirstSaid::of(&s));
            match drafts.iter_mut().find(|(d, _)| d.supersedes == supersedes) {
                Some((draft, _)) => draft.fields = self.referring_to(draft, kind, gone, kept),
                None => {
                    let fields = self.referring_to(&s.draft, kind, gone, kept);
                    // What connects the two would connect the record with itself: it is taken back, as it was said.
                    let withdrawn =
                        self.model.kind(&s.draft.kind).is_some_and(|of| is_of_one_alone(of, &s.draft.fields, &fields));
                    let fields = if withdrawn { s.draft.fields.clone() } else { fields };
                    drafts.push((Draft { supersedes, fields, withdrawn, origin: String::new(), ..s.draft }, first));
                }
            }
        }
        for (draft, first) in &drafts {
            self.repeat(draft, Some(first))?;
        }
        self.one = None;
        Ok(())
    }

    /// The fields of a statement with `kept` in place of `gone`.
    fn referring_to(&self, draft: &Draft, kind: &str, gone: &str, kept: &str) -> Map<String, Value> {
        let mut fields = draft.fields.clone();
        for field in self.model.kind(&draft.kind).iter().flat_map(|k| &k.fields) {
            if let Some(value) = fields.get(&field.name).and_then(|v| field.referring_to(v, kind, gone, kept)) {
                fields.insert(field.name.clone(), value);
            }
        }
        fields
    }
}

/// Refuses to make records one of which the lists belong together as each says them (`crossed` in the file of the kind): put together, they
/// would say what neither did. Where they differ in one of these lists alone, all of it was said.
fn may_be_one(kind: Option<&Kind>, moving: &[Statement], staying: &[Statement]) -> Result<(), StoreError> {
    let Some(kind) = kind.filter(|kind| !kind.crossed.is_empty()) else { return Ok(()) };
    let said = |of: &[Statement], field: &str| -> BTreeSet<String> {
        let lists = of.iter().filter_map(|s| s.draft.fields.get(field)?.as_array());
        lists.flatten().map(Value::to_string).collect()
    };
    let differs = |field: &&String| said(moving, field) != said(staying, field);
    let differing: Vec<&str> = kind.crossed.iter().filter(differs).map(String::as_str).collect();
    if differing.len() < 2 {
        return Ok(());
    }
    Err(StoreError::Refused(format!(
        "these two differ in {}: made one, they would say of all together what each says of its own alone; keep both, or correct one of \
         them first",
        differing.join(" and in ")
    )))
}
