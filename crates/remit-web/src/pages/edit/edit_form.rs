//! What a form holds, as it was typed, and what is wrong with it.

use crate::context::{Context, query};
use crate::error::PageError;
use crate::m;
use crate::names::Named;
use crate::post::Fields;
use remit_model::{EnvelopePart, Field, Kind, Model, write_value};
use remit_store::{Register, Status};
use serde::Deserialize;
use std::collections::HashMap;

/// The form of one statement.
#[derive(Debug, Clone, Default)]
pub(super) struct EditForm {
    values: HashMap<String, String>,
    /// Fields that not everybody may see.
    pub(super) withheld: Vec<String>,
    /// Why what was typed in a field cannot be recorded.
    pub(super) errors: HashMap<String, String>,
    /// Records whose name is like that of a new one.
    pub(super) alike: Vec<Named>,
}

/// The source that somebody named last.
#[derive(Deserialize)]
struct LastSource {
    source: String,
    url: String,
    reliability: String,
}

impl EditForm {
    pub(super) fn get(&self, name: &str) -> &str {
        self.values.get(name).map_or("", |v| v.trim())
    }

    fn set(&mut self, name: &str, value: impl Into<String>) {
        self.values.insert(name.to_owned(), value.into());
    }

    pub(super) fn wrong(&mut self, field: &str, reason: String) {
        self.errors.entry(field.to_owned()).or_insert(reason);
    }

    /// True where it takes the place of what was said.
    pub(super) fn corrects(&self) -> bool {
        !self.get("statement").is_empty()
    }

    /// What it hands on without showing it.
    pub(super) fn hidden(&self) -> Vec<(&'static str, String)> {
        let names = ["record", "statement", "back"].into_iter();
        names.map(|n| (n, self.get(n).to_owned())).filter(|(_, value)| !value.is_empty()).collect()
    }

    /// A form that was sent.
    pub(super) fn posted(posted: &Fields) -> EditForm {
        let values = posted.names().filter(|n| *n != "withhold").map(|n| (n.to_owned(), posted.get(n).to_owned()));
        EditForm { values: values.collect(), withheld: posted.all("withhold"), ..EditForm::default() }
    }

    /// A form that begins: what the address says, and the last source again.
    pub(super) fn begun(cx: &Context, kind: &Kind, author: &str) -> Result<EditForm, PageError> {
        let mut form = EditForm { values: cx.request.parameters.iter().cloned().collect(), ..EditForm::default() };
        let last: Vec<LastSource> = cx.rows(query!("last_source.sql"), &[("author", author.into())])?;
        if let Some(LastSource { source, url, reliability }) = last.into_iter().next() {
            for (name, value) in [("source", source), ("url", url), ("reliability", reliability)] {
                form.values.entry(name.into()).or_insert(value);
            }
        }
        form.set("marking", kind.marking.code());
        Ok(form)
    }

    /// A form with what a statement says, to correct it.
    pub(super) fn of_statement(cx: &Context, kind: &Kind, id: &str) -> Result<EditForm, PageError> {
        // The reader decides whether it may be seen; the register gives it whole.
        let own = [("id", id.into()), ("kind", kind.name.as_str().into())];
        let seen = cx.table(query!("seen.sql"), &own)?;
        let found = if seen.rows.is_empty() { None } else { Register::open(cx.app().workspace())?.statement(id)? };
        let draft = found.ok_or_else(|| PageError::not_found(m::error_no_statement()))?.draft;
        let mut form = EditForm::default();
        for (name, value) in &draft.fields {
            if !draft.withheld.iter().any(|(f, m)| f == name && *m > cx.request.as_of.clearance) {
                form.set(name, write_value(value));
            }
        }
        for field in of_envelope(cx.model()) {
            form.set(&field.name, draft.envelope(&field.name));
        }
        // Who changes a proposal means it.
        let accepts = cx.request.get("accept") == "yes";
        form.set("status_of_statement", if accepts { Status::Accepted.code() } else { draft.status.code() });
        form.set("marking", draft.marking.code());
        form.set("record", draft.record.as_str());
        form.set("statement", id);
        form.set("back", cx.request.get("back"));
        form.withheld = draft.withheld.iter().map(|(f, _)| f.clone()).collect();
        if let Some((_, marking)) = draft.withheld.first() {
            form.set("withheld-marking", marking.code());
        }
        if draft.envelope("source").is_empty() && draft.envelope("url").is_empty() {
            form.set("no-source", "yes");
        }
        Ok(form)
    }
}

/// The fields of the envelope that stand in a form as they are: dates and source.
pub(super) fn of_envelope(model: &Model) -> impl Iterator<Item = &Field> {
    model.envelope.of(EnvelopePart::Dates).chain(model.envelope.of(EnvelopePart::Source))
}
