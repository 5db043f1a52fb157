//! One activity: all that its publisher said, what Remit made of it, and the line where it stands.

mod lists;
mod texts;

use super::problems::ProblemView;
use crate::app::App;
use crate::cells::{AnswerCells, CellView, MOST, TableView, code_label, field_value};
use crate::context::{Context, query};
use crate::error::PageError;
use crate::figures::{clauses, date, money, percent, whole};
use crate::format::Format;
use crate::frame::{Link, Page, from_overview, marking};
use crate::m;
use crate::messages::label;
use crate::request::PageRequest;
use crate::response::{PageResult, html, json, see_other};
use crate::routes::{form, page};
use askama::Template;
use axum::Router;
use axum::routing::get;
use remit_ask::ProblemRow;
use remit_model::{FieldType, Kind};
use remit_store::{Cell, Table};
use serde::Deserialize;
use serde_json::{Map, Value};
use texts::{DescribedText, Narrative, Quote};

pub(super) fn routes() -> Router<App> {
    page("/activity", &["identifier"], show).merge(form("/record/activity", get(moved)))
}

#[derive(Template)]
#[template(path = "activity/page.html")]
struct ActivityPage {
    page: Page,
    lead: String,
    badges: Vec<CellView>,
    identifier: String,
    fields: Vec<PlainField>,
    narratives: Vec<Narrative>,
    quote: Option<Quote>,
    support: TableView,
    support_rule: String,
    left_out: Vec<String>,
    lists: Vec<TableView>,
    transactions: TableView,
    problems: Vec<ProblemView>,
    place: String,
    explain: String,
}

impl ActivityPage {
    /// What nobody reported of it, in one line.
    fn unreported(&self) -> String {
        let missing = self.fields.iter().filter(|f| !f.value.sign.is_empty());
        clauses(&missing.map(|f| f.name.as_str()).collect::<Vec<_>>())
    }

    /// The lists that are empty, in one line.
    fn empty_lists(&self) -> String {
        let empty = self.lists.iter().filter(|t| t.rows.is_empty());
        clauses(&empty.map(|t| t.caption.as_str()).collect::<Vec<_>>())
    }
}

/// A plain field.
struct PlainField {
    name: String,
    value: CellView,
    /// The code that it was published as, where it is one.
    code: String,
}

/// What the page needs of the activity besides its fields.
#[derive(Deserialize)]
struct PageActivity {
    id: i64,
    title: String,
    titles: Map<String, Value>,
    descriptions: Vec<DescribedText>,
    reporter_name: String,
    starts: String,
    ends: String,
    phase: String,
    coded: Option<bool>,
    read: Option<bool>,
    read_quote: String,
    marking: String,
    file: String,
    line: Option<i64>,
    dataset: String,
}

/// What of the activity is not counted.
#[derive(Deserialize)]
struct LeftOutPart {
    reason: String,
    committed: Option<f64>,
    disbursed: Option<f64>,
    other_identifier: String,
}

async fn show(request: PageRequest) -> PageResult {
    request.read(respond).await
}

/// An activity has a page of its own: whoever asks for it as for any record is led there.
async fn moved(request: PageRequest) -> PageResult {
    request.read(|cx| Ok(see_other(&cx.link("/activity", &[("identifier", cx.request.get("record"))])))).await
}

fn respond(cx: &Context) -> PageResult {
    let identifier = cx.request.get("identifier").to_owned();
    let own = [("identifier", Cell::Text(identifier.clone()))];
    let table = cx.table(query!("activity.sql"), &own)?;
    let Some(activity) = table.rows_as::<PageActivity>()?.into_iter().next() else {
        return Err(PageError::not_found(m::error_no_activity(identifier)));
    };
    let id = [("id", Cell::Integer(activity.id))];
    let transactions = cx.table(query!("transactions.sql"), &id)?;
    if cx.request.format == Format::Json {
        return Ok(json(&as_json(cx, &identifier, &table, &transactions)));
    }
    if let Some(data) = cx.table_as_data("activity", &transactions)? {
        return Ok(data);
    }
    let kind = |name: &str| cx.model().kind(name).ok_or_else(|| PageError::internal(&"the model has no activities"));
    let title = if activity.title.is_empty() { &identifier } else { &activity.title };
    let problems: Vec<ProblemRow> = cx.rows(query!("problems.sql"), &own)?;
    html(&ActivityPage {
        page: Page::new(cx, title, vec![from_overview(cx), Link::new(m::activities(), cx.link("/ask/activities", &[]))]),
        lead: lead(&activity, transactions.rows.len()),
        badges: badges(cx, &activity),
        fields: fields(cx, kind("activity")?, &table)?,
        narratives: texts::narratives(&activity.titles, &activity.descriptions),
        quote: texts::quote(&activity.read_quote, &activity.title, &activity.titles, &activity.descriptions),
        support: AnswerCells::new(cx, &cx.table(query!("shares.sql"), &id)?).draw("t1", &m::table_n(1, m::t_gives())),
        support_rule: label(&cx.app().questions().get("explain")?.rule),
        left_out: left_out(cx, cx.rows(query!("left_out.sql"), &own)?),
        lists: lists::tables(cx, kind("activity")?, &table)?,
        transactions: transactions_table(cx, kind("transaction")?, &transactions)?,
        problems: problems.into_iter().map(|p| ProblemView::new(cx, p)).collect(),
        place: m::of_data_set(&activity.dataset, &activity.file, activity.line.unwrap_or_default()),
        explain: cx.link("/ask/explain", &[("activity", &identifier)]),
        identifier,
    })
}

fn as_json(cx: &Context, identifier: &str, table: &Table, transactions: &Table) -> Value {
    let parse = |value: &mut Value| {
        // Lists are kept as JSON text: a program wants them as lists.
        if let Value::String(text) = value
            && text.starts_with(['[', '{'])
            && let Ok(parsed) = serde_json::from_str(text)
        {
            *value = parsed;
        }
    };
    let mut answer = cx.output("activity", table).json();
    answer["parameters"] = serde_json::json!({ "identifier": identifier });
    let mut parts = cx.output("activity", transactions).json()["rows"].take();
    for rows in [&mut answer["rows"], &mut parts] {
        for row in rows.as_array_mut().into_iter().flatten() {
            row.as_object_mut().into_iter().flat_map(|o| o.values_mut()).for_each(parse);
        }
    }
    answer["transactions"] = parts;
    answer
}

fn lead(activity: &PageActivity, transactions: usize) -> String {
    let period = match (activity.starts.as_str(), activity.ends.as_str()) {
        ("", "") => m::period_none(),
        (from, "") => m::period_since(date(from)),
        ("", to) => m::period_until(date(to)),
        (from, to) => m::period(date(from), date(to)),
    };
    let reporter = &activity.reporter_name;
    let who = if reporter.is_empty() { m::nameless_organisation() } else { reporter.clone() };
    m::activity_lead(transactions, period, who)
}

fn badges(cx: &Context, activity: &PageActivity) -> Vec<CellView> {
    let sign = match (activity.coded.unwrap_or_default(), activity.read.unwrap_or_default()) {
        (true, true) => "both",
        (true, false) => "coded",
        (false, true) => "read",
        (false, false) => "neither",
    };
    vec![
        CellView::badge(cx.model(), "phase", &activity.phase),
        CellView::badge(cx.model(), "sign", sign),
        CellView { text: marking(cx.model(), &activity.marking), badge: "tag".into(), ..Default::default() },
    ]
}

/// The plain fields; those that stand elsewhere on the page are left out.
fn fields(cx: &Context, kind: &Kind, table: &Table) -> Result<Vec<PlainField>, PageError> {
    let apart = ["identifier", "title", "titles", "read_quote", "coded", "read"];
    let plain = kind.fields.iter().filter(|f| !matches!(f.kind, FieldType::List(_) | FieldType::Texts));
    let line = |f: &remit_model::Field| {
        let cell = table.cell(0, &f.name)?;
        let mut value = field_value(cx.model(), Some(f), cell);
        if let (false, Some(amount)) = (f.unit.is_empty(), cell.number()) {
            value.text = format!("{} {}", f.unit, money(amount));
        }
        let code = match (&f.kind, cell) {
            (FieldType::Code(_), Cell::Text(code)) => m::code_of(code),
            _ => String::new(),
        };
        Ok(PlainField { name: label(&f.label), value, code })
    };
    plain.filter(|f| !apart.contains(&f.name.as_str())).map(line).collect()
}

/// The columns of transactions that are shown, if any transaction fills them.
const SHOWN: [&str; 12] = [
    "date",
    "type",
    "value",
    "currency",
    "value_date",
    "usd",
    "rate_day",
    "unconverted",
    "provider_name",
    "receiver_name",
    "description",
    "line",
];

fn transactions_table(cx: &Context, kind: &Kind, table: &Table) -> Result<TableView, PageError> {
    let mut used = Vec::new();
    for name in SHOWN {
        let at = table.at(name)?;
        if table.rows.iter().any(|r| !r[at].is_null()) {
            used.push((name, at));
        }
    }
    let cell = |name: &str, cell: &Cell| match (name, cell) {
        ("unconverted", Cell::Text(code)) => CellView::text(code_label(cx.model(), "left_out_reason", code)),
        ("unconverted", _) => CellView::none(m::converted()),
        ("line", cell) => CellView::number(whole(cell.number().unwrap_or_default())),
        _ => field_value(cx.model(), kind.field(name), cell),
    };
    let head = |name: &str| kind.field(name).map_or_else(m::line, |f| label(&f.label));
    let rows = table.rows.iter().take(MOST);
    Ok(TableView {
        id: "t2".into(),
        caption: m::table_n(2, m::transactions()),
        unit: m::transactions_unit(),
        heads: used.iter().map(|(name, _)| CellView::text(head(name))).collect(),
        rows: rows.map(|row| used.iter().map(|(name, at)| cell(name, &row[*at])).collect()).collect(),
        empty: m::none_reported(),
        more: table.rows.len().saturating_sub(MOST),
        ..TableView::default()
    })
}

fn left_out(cx: &Context, rows: Vec<LeftOutPart>) -> Vec<String> {
    let part = |share: Option<f64>| share.map_or_else(m::unreported_figure, |s| percent(s * 100.0, 1));
    let sentence = |l: LeftOutPart| {
        let reasons: Vec<String> = l.reason.split(',').map(|code| code_label(cx.model(), "left_out_reason", code)).collect();
        let other = if l.other_identifier.is_empty() { String::new() } else { format!(" ({})", l.other_identifier) };
        m::counted_part(part(l.committed), part(l.disbursed), format!("{}{other}", clauses(&reasons)))
    };
    rows.into_iter().map(sentence).collect()
}
