//! Names for the list under a field, while somebody types.

use crate::app::App;
use crate::context::Context;
use crate::names::{self, LIKELY, NamedRecord};
use crate::request::{KindName, PageRequest};
use crate::response::{PageResult, json};
use crate::routes::form;
use axum::Router;
use axum::routing::get;
use remit_model::{Kind, likeness};
use serde::Deserialize;

pub(super) fn routes() -> Router<App> {
    form("/suggest/{kind}", get(suggest))
}

/// Names that are offered at once.
const MOST: usize = 20;

/// A record that has the words that were typed.
#[derive(Deserialize)]
struct SuggestedRecord {
    kind: String,
    record: String,
    title: String,
}

async fn suggest(request: PageRequest, KindName(kind): KindName) -> PageResult {
    request.read(move |cx| respond(cx, &kind)).await
}

fn respond(cx: &Context, kind: &Kind) -> PageResult {
    let typed = cx.request.get("q");
    let hits: Vec<SuggestedRecord> = cx.reader.search(typed)?.rows_as()?;
    let by_words: Vec<NamedRecord> = hits
        .into_iter()
        .filter(|h| h.kind == kind.name)
        .map(|h| NamedRecord { record: h.record, name: h.title, is_other: false })
        .collect();
    // Only where no word fits is every name compared. What a word of another name has found stays in the list.
    let (names, least) = if by_words.is_empty() { (names::all(cx, kind)?, 0.0) } else { (by_words, 0.7) };
    let mut scored: Vec<(f64, NamedRecord)> =
        names.into_iter().map(|n| (closeness(typed, &n.name).max(least), n)).filter(|(close, _)| *close > 0.6).collect();
    scored.sort_by(|(a, one), (b, other)| b.total_cmp(a).then_with(|| one.name.cmp(&other.name)));
    scored.truncate(MOST);
    let offer =
        |(close, n): (f64, NamedRecord)| serde_json::json!({ "name": n.name, "record": n.record, "same": close >= LIKELY });
    Ok(json(&scored.into_iter().map(offer).collect()))
}

/// Likeness, and more where the name begins with what was typed or has it in it.
fn closeness(typed: &str, name: &str) -> f64 {
    let (t, n) = (remit_model::latin(typed), remit_model::latin(name));
    let alike = likeness(typed, name);
    let close = match () {
        () if n.starts_with(&t) => alike.max(0.85),
        () if n.contains(&t) => alike.max(0.8),
        () => alike * 0.8,
    };
    close.max(if alike >= LIKELY { alike } else { 0.0 })
}
