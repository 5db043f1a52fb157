//! What people decided on, as paragraphs to learn from: what was accepted is coded so, what was rejected is not.
//!
//! Only what a mission did counts (proposals of the kind `engagement`): mandates are found by their words, and are not coded in
//! what else the reader learns from. A paragraph counts once nothing in it waits for a decision any more.

use crate::classify::{Example, Namer};
use remit_model::Model;
use remit_store::{Reader, StoreError};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The last word on each proposal of an English paragraph.
const DECIDED: &str = "select p.document, p.n, p.heading, p.text, d.symbol, s.status_of_statement as status, s.fields \
     from passage p join document d on d.record = p.document and d.language = 'en' \
     join statement s on s.kind = 'engagement' and s.withdrawn = 0 and s.record like 'read/' || p.passage || '/%' \
     where not exists (select 1 from statement n where n.supersedes = s.statement) order by p.document, p.n, s.seq";

/// One of these rows.
#[derive(Deserialize)]
struct Decided {
    document: String,
    n: u32,
    heading: String,
    text: String,
    symbol: String,
    status: String,
    fields: Map<String, Value>,
}

/// Paragraphs whose proposals have all been accepted or rejected, in the order of their documents.
///
/// # Errors
/// When the workspace cannot be read.
pub fn decided(model: &Model, reader: &Reader, namer: &Namer) -> Result<Vec<Example>, StoreError> {
    let mut paragraphs: BTreeMap<(String, u32), Vec<Decided>> = BTreeMap::new();
    for row in reader.query(DECIDED, &[])?.rows_as::<Decided>()? {
        paragraphs.entry((row.document.clone(), row.n)).or_default().push(row);
    }
    paragraphs.retain(|_, rows| rows.iter().all(|r| r.status != "proposed"));
    let mut examples: Vec<Example> = paragraphs
        .into_iter()
        .map(|((report, n), rows)| Example {
            mission: rows[0].fields.get("mission").and_then(Value::as_str).unwrap_or_default().to_owned(),
            symbol: rows[0].symbol.clone(),
            text: rows[0].text.clone(),
            heading: rows[0].heading.clone(),
            codes: codes(model, &rows),
            weight: 1.0,
            named: Vec::new(),
            above: Vec::new(),
            report,
            n,
        })
        .collect();
    namer.name_all(&mut examples);
    Ok(examples)
}

/// The activities that were accepted, each with its kinds of engagement.
fn codes(model: &Model, rows: &[Decided]) -> BTreeMap<String, Vec<String>> {
    let mut codes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in rows.iter().filter(|r| r.status == "accepted") {
        let of = |name: &str| row.fields.get(name).and_then(Value::as_str).filter(|v| !v.is_empty());
        let activity = of("activity_category").or_else(|| model.crosswalk.activity_of(of("ssr_task")?));
        if let Some(activity) = activity {
            codes.entry(activity.to_owned()).or_default().extend(of("engagement").map(str::to_owned));
        }
    }
    codes
}
