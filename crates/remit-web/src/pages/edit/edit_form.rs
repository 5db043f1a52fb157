//! What a form holds, as it was typed, and what is wrong with it.

use crate::context::{Context, query};
use crate::error::PageError;
use crate::last_source::{LastSource, last_source, source_of};
use crate::m;
use crate::names::NamedRecord;
use crate::post::Fields;
use remit_model::{Field, FieldType, Kind, Marking, Model, write_value};
use remit_store::{Draft, Register, Statement, Status, marking_said};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// The form of one statement.
#[derive(Debug, Clone, Default)]
pub(super) struct EditForm {
    values: HashMap<String, String>,
    /// What this reader may not see of the statement that is corrected: it stays as it is, and the form does not show it.
    pub(super) sealed: Vec<String>,
    /// Why what was typed in a field cannot be recorded.
    pub(super) errors: HashMap<String, String>,
    /// What was sent that no field of the form takes, each with the field that may have been meant.
    pub(super) strange: Vec<(String, Option<String>)>,
    /// Records whose name is like that of a new one.
    pub(super) alike: Vec<NamedRecord>,
    /// Parts that do not add up to their whole, in a sentence each: whoever typed them may mean them.
    pub(super) uneven: Vec<String>,
    /// The source that was named last, where the form names none yet.
    pub(super) offered: Option<LastSource>,
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

    /// Fields that not everybody may see, each with its own marking.
    pub(super) fn withheld(&self, model: &Model, kind: &Kind) -> Vec<(String, Marking)> {
        let own = |f: &Field| Some((f.name.clone(), marking_said(model, self.get(&withheld_name(&f.name))).ok()?));
        kind.fields.iter().filter_map(own).collect()
    }

    /// True where it takes the place of what was said.
    pub(super) fn corrects(&self) -> bool {
        !self.get("statement").is_empty()
    }

    /// What it hands on without showing it.
    pub(super) fn hidden(&self) -> Vec<(&'static str, String)> {
        let names = ["record", "statement", "back", "sent"].into_iter();
        names.map(|n| (n, self.get(n).to_owned())).filter(|(_, value)| !value.is_empty()).collect()
    }

    /// A form that was sent.
    pub(super) fn posted(cx: &Context, kind: &Kind, posted: &Fields) -> EditForm {
        let values = posted.names().map(|n| (n.to_owned(), posted.get(n).to_owned()));
        let strange = posted.strange(&names(cx, kind));
        let mut form = EditForm { values: values.collect(), strange, ..EditForm::default() };
        posted.of_two_values().into_iter().for_each(|name| form.wrong(name, m::sent_twice()));
        form
    }

    /// A form that begins: what the address says. The last source is offered beside it.
    pub(super) fn begun(cx: &Context, kind: &Kind, author: &str) -> Result<EditForm, PageError> {
        let mut form = EditForm { values: cx.request.parameters.iter().cloned().collect(), ..EditForm::default() };
        form.offer(cx, author)?;
        form.values.entry("marking".into()).or_insert_with(|| kind.marking.code().to_owned());
        form.set("sent", Uuid::now_v7().to_string());
        form.set_home(cx, kind)?;
        Ok(form)
    }

    /// Sets the country of a new record in a workspace of one, for kinds whose records mostly are of it: whoever types sees it, and may
    /// choose another. A field that names records which mostly are of it (`lead`, `recipient`) names nobody by that.
    fn set_home(&mut self, cx: &Context, kind: &Kind) -> Result<(), PageError> {
        let countries = cx.app().workspace().countries()?;
        if let ([home], "") = (&countries[..], self.get("record")) {
            for field in kind.fields.iter().filter(|f| f.home && matches!(f.kind, FieldType::Code(_))) {
                self.values.entry(field.name.clone()).or_insert_with(|| home.clone());
            }
        }
        Ok(())
    }

    /// Takes the source that was offered where it was chosen, and offers the last one where the form names none.
    pub(super) fn offer(&mut self, cx: &Context, author: &str) -> Result<(), PageError> {
        if self.corrects() || !self.get("source").is_empty() || !self.get("url").is_empty() {
            return Ok(());
        }
        let chosen = self.get(SAME_SOURCE).to_owned();
        if chosen.is_empty() {
            self.offered = last_source(cx, author)?;
        } else if let Some(of) = source_of(cx, author, &chosen)? {
            let parts =
                [("source", of.source), ("url", of.url), ("reliability", of.reliability), ("credibility", of.credibility)];
            for (name, value) in parts {
                if self.get(name).is_empty() {
                    self.set(name, value);
                }
            }
        }
        Ok(())
    }

    /// Where what it says comes from: this one form, so that what is sent twice is recorded once. Empty where it corrects, since
    /// what is corrected tells.
    pub(super) fn origin(&self) -> String {
        Uuid::parse_str(self.get("sent")).map(|id| format!("form:{id}")).unwrap_or_default()
    }

    /// A form with what a statement says, to correct it.
    pub(super) fn of_statement(cx: &Context, kind: &Kind, id: &str) -> Result<EditForm, PageError> {
        let register = Register::open(cx.app().workspace())?;
        let draft = seen(cx, kind, &register, id)?.ok_or_else(|| PageError::not_found(m::error_no_statement()))?.draft;
        let mut form = EditForm { sealed: sealed(cx, &draft), ..EditForm::default() };
        for (name, value) in &draft.fields {
            if !form.sealed.contains(name) {
                form.set(name, write_value(value));
            }
        }
        for (field, marking) in draft.withheld.iter().filter(|(f, _)| !form.sealed.contains(f)) {
            form.values.insert(withheld_name(field), marking.code().to_owned());
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
        if draft.envelope("source").is_empty() && draft.envelope("url").is_empty() {
            form.set("no-source", "yes");
        }
        Ok(form)
    }
}

/// What the form of a kind may send: its fields, each with its marking, those of the envelope, and what the page itself asks.
fn names(cx: &Context, kind: &Kind) -> BTreeSet<String> {
    const OF_PAGE: [&str; 8] = ["back", "sent", SAME_SOURCE, "no-source", "is-another", "as-typed", "lowering", "another"];
    const OF_STATEMENT: [&str; 4] = ["record", "statement", "marking", "status_of_statement"];
    let own = kind.fields.iter().flat_map(|f| [f.name.clone(), withheld_name(&f.name)]);
    let of_envelope = of_envelope(cx.model()).map(|f| f.name.clone());
    own.chain(of_envelope).chain(OF_PAGE.into_iter().chain(OF_STATEMENT).map(str::to_owned)).collect()
}

/// The field by which the source that is offered is chosen: the statement that named it.
const SAME_SOURCE: &str = "same-source";

/// What the marking of a field is called in the form, where it is not that of the statement.
pub(super) fn withheld_name(field: &str) -> String {
    format!("withhold-{field}")
}

/// A statement of a kind that the reader may see, whole: of one that it may not see there is nothing to tell.
pub(super) fn seen(cx: &Context, kind: &Kind, register: &Register, id: &str) -> Result<Option<Statement>, PageError> {
    let own = [("id", id.into()), ("kind", kind.name.as_str().into())];
    let seen = cx.table(query!("seen.sql"), &own)?;
    Ok(if seen.rows.is_empty() { None } else { register.guarded_statement(id)? })
}

/// The fields of a statement that this reader may not see.
pub(super) fn sealed(cx: &Context, draft: &Draft) -> Vec<String> {
    draft.withheld.iter().filter(|(_, m)| *m > cx.request.as_of.clearance).map(|(f, _)| f.clone()).collect()
}

/// The fields of the envelope that stand in a form as they are.
pub(super) fn of_envelope(model: &Model) -> impl Iterator<Item = &Field> {
    model.envelope.asked().map(|asked| &asked.field)
}
