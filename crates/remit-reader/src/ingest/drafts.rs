//! Proposals as statements that wait for somebody, and the missions that they name once somebody has accepted them.

use super::{Ingest, SourceFile, locator, origin, record};
use crate::propose::{ReadProposal, ReadTerm, Reading, Says, later};
use remit_document::Document;
use remit_model::{Code, Language, Marking, Model, folded, written_acronym};
use remit_store::{Draft, Register, Statement, Status, StoreError};
use serde_json::{Map, Value, json};
use std::collections::HashSet;

/// Records what nobody has decided on yet; takes back what is not read any longer and nobody has looked at.
pub(super) fn propose(
    ingest: &Ingest<'_>,
    source: &SourceFile<'_>,
    document: &Document,
    reading: &Reading,
) -> Result<usize, StoreError> {
    let workspace = ingest.workspace;
    let mut register = Register::open(workspace)?;
    let before = register.at_origins_below(&origin(&source.short))?;
    let known: HashSet<&str> = before.iter().map(|s| s.draft.origin.as_str()).collect();
    let tasks = reading.proposals.iter().map(|p| draft(workspace.model(), source, document, p));
    let terms = reading.terms.iter().map(|t| term(workspace.model(), source, document, t));
    let drafts: Vec<Draft> = tasks.chain(terms).collect();
    let again: HashSet<&str> = drafts.iter().map(|d| d.origin.as_str()).collect();
    let standing = register.origins_below(&origin(&source.short))?;
    let is_gone = |s: &Statement| s.draft.status == Status::Proposed && !again.contains(s.draft.origin.as_str());
    // What comes out of a document is at least as confidential as it. Those who saw it before see that it is gone.
    let is_lifted = |s: &Statement| s.draft.marking < source.marking && !is_gone(s);
    let withdrawals: Vec<Draft> = standing.iter().filter(|s| is_gone(s) || is_lifted(s)).map(withdrawal).collect();
    let lifted = standing.iter().filter(|s| is_lifted(s));
    let lifted: Vec<Draft> =
        lifted.map(|s| Draft { marking: source.marking, supersedes: Vec::new(), ..s.draft.clone() }).collect();
    let new: Vec<&Draft> = drafts.iter().filter(|d| !known.contains(d.origin.as_str())).collect();
    if new.is_empty() && withdrawals.is_empty() {
        return Ok(0);
    }
    // Whoever sees one statement of an entry sees what was done, and it stays when the document is erased: a title may name somebody.
    let symbol = Some(&document.about.symbol).filter(|symbol| !symbol.is_empty() && source.marking == Marking::Public);
    let act = symbol.map_or_else(|| "read a document".to_owned(), |symbol| format!("read {symbol}"));
    let mut entry = register.entry(ingest.author, &act)?;
    for draft in withdrawals.iter().chain(&lifted).chain(new.iter().copied()) {
        entry.append(draft)?;
    }
    entry.commit()?;
    Ok(new.len())
}

/// Takes back what a document seemed to say. A proposal that only another proposal replaces would still wait.
fn withdrawal(s: &Statement) -> Draft {
    let status = if s.draft.status == Status::Proposed { Status::Rejected } else { s.draft.status };
    Draft { withdrawn: true, status, supersedes: vec![s.id.clone()], ..s.draft.clone() }
}

/// A mission or other organisation of the code lists, with the list that it is in, by what it is called (acronym, or name in any
/// language) or by the record that it has in a register where nobody gave it another.
pub fn listed<'m>(model: &'m Model, called: &str) -> Option<(&'static str, &'m Code)> {
    let wanted = folded(called.trim());
    ["mission", "organisation"].into_iter().find_map(|list| {
        let codes = model.lists.get(list)?;
        let is_meant = |code: &&Code| code.record_in(list) == called.trim() || folded(&written_acronym(&code.code)) == wanted;
        codes.codes().iter().find(is_meant).or_else(|| codes.find(called)).map(|code| (list, code))
    })
}

/// Who does what somebody accepts, where the register lacks it: as the code lists have it, and as confidential as what is accepted. What
/// only a proposal names is on no record: nobody has said yet that the document speaks of it.
///
/// # Errors
/// When the register cannot be read.
pub fn doer_of(model: &Model, register: &Register, accepted: &Draft) -> Result<Option<Draft>, StoreError> {
    let record = ["mission", "body"].into_iter().find_map(|field| accepted.fields.get(field)?.as_str()).unwrap_or_default();
    let Some((class, code)) = listed(model, record).filter(|(list, code)| code.record_in(list) == record) else {
        return Ok(None);
    };
    let is_seen = |s: &Statement| s.draft.status == Status::Accepted && s.draft.marking <= accepted.marking;
    if accepted.status != Status::Accepted || accepted.withdrawn || register.current("actor", record)?.iter().any(is_seen) {
        return Ok(None);
    }
    let mut draft = Draft::new(model, "actor");
    record.clone_into(&mut draft.record);
    draft.marking = draft.marking.max(accepted.marking);
    let mut fields = Map::from_iter([("name".to_owned(), code.label.english().into())]);
    fields.insert("acronym".into(), written_acronym(&code.code).into());
    fields.insert("class".into(), class.into());
    let countries: Vec<&str> = model.crosswalk.countries_of(&code.code).map(|m| m.country.as_str()).collect();
    if let [country] = countries[..] {
        fields.insert("country".into(), country.into());
    }
    draft.fields = fields;
    draft.set_envelope("source", format!("List of the model (model/codes/{class}.csv)"));
    Ok(Some(draft))
}

/// What a document is called where it is cited: by its title, with its symbol where that does not have it.
fn called(document: &Document) -> String {
    let about = &document.about;
    match about.symbol.is_empty() || about.title.contains(&about.symbol) {
        true => about.title.clone(),
        false => format!("{} ({})", about.title, about.symbol),
    }
}

/// When something was done: on the day that its sentence tells, where that is no later than the document; else all that is known is
/// that the document tells of it.
fn day_of(says: Says, sentence: &str, document: &str) -> String {
    let dates = remit_document::dates(sentence);
    let told = match dates.as_slice() {
        [(day, span)] if says == Says::Done && !later(day, document) && is_of_the_deed(sentence, *span) => day.as_str(),
        _ => document,
    };
    told.to_owned()
}

/// True where the only date of a sentence is that of what it tells: it begins the sentence (“On 12 May”, “In early March”) or ends it.
/// What a word ties to something else (“the decision of 12 May”, “since 12 May”) is another’s.
fn is_of_the_deed(sentence: &str, (start, end): (usize, usize)) -> bool {
    const LEADS: &str = "on in le am im el en у в u dana في";
    const ARTICLES: &str = "the le dem den der el";
    const TIES: &str = "of dated since until till by before after following from to du au depuis avant après dès jusqu'au jusqu’au vom seit bis zum vor nach ab del desde hasta tras منذ حتى قبل بعد المؤرخ від до після з od do nakon poslije prije од после пре";
    let is_one = |list: &str, word: &String| list.split(' ').any(|w| w == word);
    let before: Vec<String> = sentence.get(..start).unwrap_or_default().split_whitespace().map(str::to_lowercase).collect();
    let begins = match before.as_slice() {
        [] | [_] => true,
        [lead, _] => is_one(LEADS, lead),
        _ => false,
    };
    let ends = sentence.get(end..).is_some_and(|rest| !rest.contains(char::is_alphanumeric));
    let tie = before.iter().rev().find(|word| !is_one(ARTICLES, word));
    (begins || ends) && !tie.is_some_and(|word| is_one(TIES, word))
}

/// By when something is to be done that is recommended: the only date, or else the only year, that a sentence names behind a word for
/// that (“by June 2026”, “bis Ende 2026”), and not before the document. Empty where it names none, or several.
fn due(sentence: &str, document: &str) -> String {
    let is_due = |at: usize| remit_document::is_deadline(sentence.get(..at).unwrap_or_default());
    let dates = remit_document::dates(sentence);
    let days: Vec<&str> = dates.iter().filter(|(_, (start, _))| is_due(*start)).map(|(day, _)| day.as_str()).collect();
    let year = |at: usize| {
        let is_alone = !sentence[..at].ends_with(char::is_alphanumeric);
        let digits = sentence.get(at..at + 4).filter(|year| is_alone && year.bytes().all(|b| b.is_ascii_digit()))?;
        (!sentence[at + 4..].starts_with(char::is_alphanumeric) && is_due(at)).then_some(digits)
    };
    let years: Vec<&str> = sentence.match_indices("20").filter_map(|(at, _)| year(at)).collect();
    match (days.as_slice(), years.as_slice()) {
        ([one], _) | ([], [one]) if !later(document, one) => (*one).to_owned(),
        _ => String::new(),
    }
}

/// A proposal as a statement that waits for somebody.
fn draft(model: &Model, source: &SourceFile<'_>, document: &Document, p: &ReadProposal) -> Draft {
    let kind = match p.says {
        Says::Mandate => "mandated_task",
        Says::Wish => "recommendation",
        _ => "engagement",
    };
    let subject = match p.says {
        Says::Wish => format!("recommendation-{}", p.span.0),
        _ if p.task.is_empty() => p.activity.clone(),
        _ => p.task.clone(),
    };
    let whose = match p.record.trim_start_matches("mission/") {
        "" => "mission",
        whose => whose,
    };
    let record = format!("read/{}/{}/{whose}/{subject}", source.short, p.passage);
    let mut draft = waiting(model, kind, record, (source, document), (p.passage, p.span));
    let quote = draft.envelope("quote").to_owned();
    draft.fields = match p.says {
        Says::Wish => recommended(document, p, &quote),
        _ => told(model, source, document, p, &quote),
    };
    if p.says == Says::Mandate {
        draft.set_envelope("valid_from", document.about.date.as_str());
    }
    // The name of a file may have any.
    draft.without_unseen();
    draft
}

/// Until when a mandate lasts, as a statement that waits for somebody: the mandate that this document gives or renews.
fn term(model: &Model, source: &SourceFile<'_>, document: &Document, t: &ReadTerm) -> Draft {
    let (called, about, own) = (called(document), &document.about, record(&source.short));
    let whose = t.record.trim_start_matches("mission/");
    let read = format!("read/{}/{}/{whose}/mandate", source.short, t.passage);
    let mut draft = waiting(model, "mandate", read, (source, document), (t.passage, t.span));
    let all = [("mission", t.record.as_str()), ("title", &called), ("document", &own), ("adopted", &about.date)];
    let said = all.into_iter().filter(|(_, value)| !value.is_empty());
    draft.fields = said.map(|(name, value)| (name.to_owned(), value.into())).collect();
    draft.set_envelope("valid_from", about.date.as_str());
    draft.set_envelope("valid_to", t.ends.as_str());
    draft.without_unseen();
    draft
}

/// What a document says in a sentence of a passage, as a statement that waits for somebody; what it says is not in it yet.
fn waiting(
    model: &Model,
    kind: &str,
    record: String,
    (source, document): (&SourceFile<'_>, &Document),
    (passage, span): (u32, (usize, usize)),
) -> Draft {
    let passage = &document.passages[passage as usize - 1];
    let mut draft = Draft::new(model, kind);
    draft.origin.clone_from(&record);
    draft.record = record;
    draft.status = Status::Proposed;
    draft.marking = draft.marking.max(source.marking);
    let quote = passage.text.get(span.0..span.1).unwrap_or(&passage.text);
    let (called, place) = (called(document), locator(passage));
    for (name, value) in [("source", called.as_str()), ("url", source.url), ("locator", &place), ("quote", quote)] {
        draft.set_envelope(name, value);
    }
    draft
}

/// What a mission recommends: in the words of the document, to the institution that the sentence names.
fn recommended(document: &Document, p: &ReadProposal, quote: &str) -> Map<String, Value> {
    let due = due(quote, &document.about.date);
    let all = [
        ("text", quote.trim()),
        ("country", &p.country),
        ("body", &p.record),
        ("addressee", &p.partner),
        ("date", &document.about.date),
        ("due", &due),
    ];
    all.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name.to_owned(), value.into())).collect()
}

/// What a mission is told to do, does or plans.
fn told(model: &Model, source: &SourceFile<'_>, document: &Document, p: &ReadProposal, quote: &str) -> Map<String, Value> {
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
    put("mission", &p.record);
    put("task", label);
    put("ssr_task", &p.task);
    put("country", &p.country);
    put("function", &function);
    put("activity_category", &p.activity);
    put("engagement", &p.engagement);
    put("document", &record(&source.short));
    put("paragraph", &document.passages[p.passage as usize - 1].number);
    if p.says == Says::Mandate {
        put("strength", &p.strength);
        put("adopted", &document.about.date);
    } else {
        put("mode", p.says.code());
        put("partner", &p.partner);
        put("date", &day_of(p.says, quote, &document.about.date));
    }
    fields.insert("certainty".into(), json!((f64::from(p.probability) * 100.0).round() / 100.0));
    fields
}
