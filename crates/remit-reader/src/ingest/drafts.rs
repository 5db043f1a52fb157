//! Proposals as statements that wait for somebody, and the missions that they name.

use super::{Ingest, Source, locator, origin, record, short};
use crate::propose::{Proposal, Reading, Says};
use remit_document::Document;
use remit_model::{Language, Model, written_acronym};
use remit_store::{Draft, Register, Status, StoreError};
use serde_json::{Map, json};
use std::collections::HashSet;

/// Records what nobody has decided on yet; takes back what is not read any longer and nobody has looked at.
pub(super) fn propose(
    ingest: &Ingest<'_>,
    source: &Source<'_>,
    document: &Document,
    reading: &Reading,
) -> Result<usize, StoreError> {
    let workspace = ingest.workspace;
    let mut register = Register::open(workspace)?;
    let before = register.at_origins_below(&origin(&source.hash))?;
    let known: HashSet<&str> = before.iter().map(|s| s.draft.origin.as_str()).collect();
    let drafts: Vec<Draft> = reading.proposals.iter().map(|p| draft(workspace.model(), source, document, p)).collect();
    let again: HashSet<&str> = drafts.iter().map(|d| d.origin.as_str()).collect();
    let waiting = register.origins_below(&origin(&source.hash))?;
    let gone = waiting.iter().filter(|s| s.draft.status == Status::Proposed && !again.contains(s.draft.origin.as_str()));
    let withdrawals = gone.map(|s| Draft { withdrawn: true, supersedes: vec![s.id.clone()], ..s.draft.clone() });
    let new: Vec<&Draft> = drafts.iter().filter(|d| !known.contains(d.origin.as_str())).collect();
    let withdrawals: Vec<Draft> = withdrawals.collect();
    if new.is_empty() && withdrawals.is_empty() {
        return Ok(0);
    }
    let called = if document.about.symbol.is_empty() { &document.about.title } else { &document.about.symbol };
    let doers = doers(workspace.model(), &register, &reading.proposals)?;
    let mut entry = register.entry(ingest.author, &format!("read {called}"))?;
    for draft in &doers {
        entry.append(draft)?;
    }
    for draft in withdrawals.iter().chain(new.iter().copied()) {
        entry.append(draft)?;
    }
    entry.commit()?;
    Ok(new.len())
}

/// Missions and other organisations that proposals name and the register lacks, as the code lists have them: a proposal refers to
/// a record.
fn doers(model: &Model, register: &Register, proposals: &[Proposal]) -> Result<Vec<Draft>, StoreError> {
    let mut drafts: Vec<Draft> = Vec::new();
    for p in proposals {
        let listed = |list: &'static str| Some((list, model.lists.get(list)?.get(&p.mission)?));
        let Some((class, code)) = listed("mission").or_else(|| listed("organisation")) else { continue };
        if drafts.iter().any(|d| d.record == p.record) || register.has("actor", &p.record)? {
            continue;
        }
        let mut draft = Draft::new(model, "actor");
        draft.record.clone_from(&p.record);
        let mut fields = Map::from_iter([("name".to_owned(), code.label.english().into())]);
        fields.insert("acronym".into(), written_acronym(&code.code).into());
        fields.insert("class".into(), class.into());
        let countries: Vec<&str> = model.crosswalk.countries_of(&p.mission).map(|m| m.country.as_str()).collect();
        if let [country] = countries[..] {
            fields.insert("country".into(), country.into());
        }
        draft.fields = fields;
        draft.set_envelope("source", format!("List of the model (model/codes/{class}.csv)"));
        drafts.push(draft);
    }
    Ok(drafts)
}

/// A proposal as a statement that waits for somebody.
fn draft(model: &Model, source: &Source<'_>, document: &Document, p: &Proposal) -> Draft {
    let mandated = p.says == Says::Mandate;
    let kind = if mandated { "mandated_task" } else { "engagement" };
    let subject = if p.task.is_empty() { &p.activity } else { &p.task };
    let mission = &p.record;
    let passage = &document.passages[p.passage as usize - 1];
    let about = &document.about;
    let mut draft = Draft::new(model, kind);
    draft.record = format!("read/{}/{}/{}/{subject}", short(&source.hash), p.passage, mission.trim_start_matches("mission/"));
    draft.origin = draft.record.clone();
    draft.status = Status::Proposed;
    draft.marking = draft.marking.max(source.marking);
    let label = match p.task.is_empty() {
        true => model.lists.name("pact_activity", &p.activity, Language::ENGLISH),
        false => model.lists.name("ssr_task", &p.task, Language::ENGLISH),
    };
    let function = match model.lists.get("ssr_task").and_then(|l| l.get(&p.task)) {
        Some(code) => code.category.clone(),
        None => model.crosswalk.task(&p.activity).map(|t| t.security_function.clone()).unwrap_or_default(),
    };
    let mut fields = Map::new();
    let mut put = |name: &str, value: &str| {
        if !value.is_empty() {
            fields.insert(name.to_owned(), value.into());
        }
    };
    put("mission", mission);
    put("task", label);
    put("ssr_task", &p.task);
    put("country", &p.country);
    put("function", &function);
    put("activity_category", &p.activity);
    put("engagement", &p.engagement);
    put("document", &record(&source.hash));
    put("paragraph", &passage.number);
    if mandated {
        put("strength", &p.strength);
        put("adopted", &about.date);
    } else {
        put("mode", p.says.code());
        put("partner", &p.partner);
        put("date", &about.date);
    }
    fields.insert("certainty".into(), json!((f64::from(p.probability) * 100.0).round() / 100.0));
    draft.fields = fields;
    let called = if about.symbol.is_empty() || about.title.contains(&about.symbol) {
        about.title.clone()
    } else {
        format!("{} ({})", about.title, about.symbol)
    };
    let place = locator(&passage.number, passage.n, passage.page);
    let quote = passage.text.get(p.span.0..p.span.1).unwrap_or(&passage.text);
    for (name, value) in [("source", called.as_str()), ("url", source.url), ("locator", &place), ("quote", quote)] {
        draft.set_envelope(name, value);
    }
    if mandated {
        draft.set_envelope("valid_from", about.date.as_str());
    }
    draft
}
