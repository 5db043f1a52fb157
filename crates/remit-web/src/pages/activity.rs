//! One activity: all that its publisher said, what Remit made of it, and the line where it stands.

use super::problems::Problem;
use super::{ask, number, table_as_data, text};
use crate::app::App;
use crate::error::PageError;
use crate::language::language;
use crate::page::{Page, crumb};
use crate::request::{Asked, Form, html, json};
use crate::say::{called, date, money, numbered, percent, plain, say, whole, with, with_one};
use crate::show::{Drawn, MOST, Shown, draw, marking, phase, sign};
use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use remit_model::{Field, FieldType, Kind, Model, Part};
use remit_store::{Cell, Reader, Table};
use serde_json::Value;

#[derive(Template)]
#[template(path = "activity.html")]
struct ActivityPage {
    page: Page,
    lead: String,
    badges: Vec<Shown>,
    identifier: String,
    fields: Vec<(String, Shown, String)>,
    languages: Vec<Narrative>,
    quote: Option<Quote>,
    support: Drawn,
    support_rule: String,
    left_out: Vec<String>,
    lists: Vec<(String, Drawn)>,
    transactions: Drawn,
    problems: Vec<Problem>,
    place: String,
    explain: String,
}

/// A text in one language.
struct Narrative {
    name: String,
    language: String,
    direction: &'static str,
    text: String,
}

/// The words that say "security sector", in their sentence.
struct Quote {
    before: String,
    words: String,
    after: String,
}

pub(crate) async fn show(State(app): State<App>, uri: Uri) -> Result<Response, PageError> {
    let asked = Asked::new(&app, &uri)?;
    app.read(asked.as_of.clone(), move |app, reader| respond(app, &asked, reader)).await
}

fn respond(app: &App, asked: &Asked, reader: &Reader) -> Result<Response, PageError> {
    let identifier = asked.get("identifier").to_owned();
    let own = [("identifier", Cell::Text(identifier.clone()))];
    let table = reader.query("select * from activity where record = :identifier", &own)?;
    if table.rows.is_empty() {
        return Err(PageError::not_found(with_one("error-no-activity", "id", identifier)));
    }
    let id = [("id", table.get(0, "id").clone())];
    let transactions = reader.query("select * from activity_transaction where activity = :id order by date, n", &id)?;
    if asked.form == Form::Json {
        return Ok(json(&as_json(&identifier, asked, &table, &transactions)));
    }
    if let Some(data) = table_as_data(asked, "activity", &transactions) {
        return Ok(data);
    }
    let (Some(kind), Some(part)) = (app.model().kind("activity"), app.model().kind("transaction")) else {
        return Err(PageError::internal(&"the model has no activities"));
    };
    let support = ask(app, reader, "explain", &[("activity", &identifier)])?;
    let shares = reader.query(SHARES, &id)?;
    let title = text(&table, 0, "title");
    let crumbs = vec![crumb(say("overview"), asked.link("/", &[])), crumb(say("activities"), asked.link("/ask/activities", &[]))];
    let template = ActivityPage {
        page: Page::new(app, asked, if title.is_empty() { &identifier } else { title }, crumbs),
        lead: lead(&table, &transactions),
        badges: badges(app.model(), &table),
        fields: fields(app.model(), kind, &table),
        languages: narratives(&table),
        quote: quote(&table),
        support: draw(asked, app.model(), app.columns(), &shares, "t1", &numbered(1, "t-gives")),
        support_rule: called(&support.question.rule),
        left_out: left_out(app, reader, &own)?,
        lists: lists(app, kind, &table),
        transactions: transactions_table(app.model(), part, &transactions),
        problems: problems(app, reader, &own)?,
        place: with(
            "of-data-set",
            &[
                ("file", text(&table, 0, "file").into()),
                ("line", number(&table, 0, "line").into()),
                ("dataset", text(&table, 0, "dataset").into()),
            ],
        ),
        explain: asked.link("/ask/explain", &[("activity", &identifier)]),
        identifier,
    };
    Ok(html(template.render()?))
}

const SHARES: &str = "select actor_class, security_function, modality, country, region, sign, country_share, sector_share, share, \
                      committed_usd, disbursed_usd from support where activity = :id order by share desc";

fn as_json(identifier: &str, asked: &Asked, table: &Table, transactions: &Table) -> Value {
    let parse = |value: &mut Value| {
        // Lists are kept as JSON text: a program wants them as lists.
        if let Value::String(text) = value
            && text.starts_with(['[', '{'])
            && let Ok(parsed) = serde_json::from_str(text)
        {
            *value = parsed;
        }
    };
    let mut answer = remit_ask::query_json("", &asked.as_of, table);
    answer["question"] = "activity".into();
    answer["parameters"] = serde_json::json!({ "identifier": identifier });
    let mut parts = remit_ask::query_json("", &asked.as_of, transactions)["rows"].take();
    for rows in [&mut answer["rows"], &mut parts] {
        for row in rows.as_array_mut().into_iter().flatten() {
            row.as_object_mut().into_iter().flat_map(|o| o.values_mut()).for_each(parse);
        }
    }
    answer["transactions"] = parts;
    answer
}

fn lead(table: &Table, transactions: &Table) -> String {
    let reporter = text(table, 0, "reporter_name");
    let (starts, ends) = (text(table, 0, "starts"), text(table, 0, "ends"));
    let period = match (starts, ends) {
        ("", "") => say("period-none"),
        (from, "") => with_one("period-since", "from", date(from)),
        ("", to) => with_one("period-until", "to", date(to)),
        (from, to) => with("period", &[("from", date(from).into()), ("to", date(to).into())]),
    };
    let who = if reporter.is_empty() { say("nameless-organisation") } else { reporter.to_owned() };
    with("activity-lead", &[("who", who.into()), ("period", period.into()), ("n", transactions.rows.len().into())])
}

fn badges(model: &Model, table: &Table) -> Vec<Shown> {
    let yes = |name: &str| number(table, 0, name) > 0.0;
    let mut badges = vec![phase(text(table, 0, "phase"))];
    match (yes("coded"), yes("read")) {
        (true, true) => badges.push(sign("both")),
        (true, false) => badges.push(sign("coded")),
        (false, true) => badges.push(sign("read")),
        (false, false) => badges.push(sign("neither")),
    }
    badges.push(Shown { text: marking(model, text(table, 0, "marking")), badge: "tag", ..Default::default() });
    badges
}

/// The plain fields, with the element of the file that each comes from.
fn fields(model: &Model, kind: &Kind, table: &Table) -> Vec<(String, Shown, String)> {
    let apart = ["identifier", "title", "titles", "read_quote", "coded", "read"];
    kind.fields
        .iter()
        .filter(|f| !matches!(f.kind, FieldType::List(_) | FieldType::Texts) && !apart.contains(&f.name.as_str()))
        .map(|f| {
            let cell = table.get(0, &f.name);
            let mut shown = super::records::value(model, Some(f), cell);
            if !f.unit.is_empty() && !cell.is_null() {
                shown.text = format!("{} {}", f.unit, money(cell.number().unwrap_or_default()));
            }
            let code = match (&f.kind, cell) {
                (FieldType::Code(_), Cell::Text(code)) => with_one("code-of", "code", code.as_str()),
                _ => String::new(),
            };
            (called(&f.label), shown, code)
        })
        .collect()
}

fn direction(language: &str) -> &'static str {
    if matches!(language.get(..2), Some("ar" | "fa" | "he" | "ur" | "ps" | "ku")) { "rtl" } else { "auto" }
}

fn parsed(table: &Table, name: &str) -> Value {
    serde_json::from_str(text(table, 0, name)).unwrap_or(Value::Null)
}

/// Titles and descriptions in every language, as the publisher wrote them.
fn narratives(table: &Table) -> Vec<Narrative> {
    let mut all = Vec::new();
    let mut add = |name: &str, language: &str, text: &str| {
        all.push(Narrative {
            name: name.to_owned(),
            language: language.to_owned(),
            direction: direction(language),
            text: text.to_owned(),
        });
    };
    if let Value::Object(titles) = parsed(table, "titles") {
        titles.iter().for_each(|(language, text)| add(&say("title"), language, text.as_str().unwrap_or_default()));
    }
    for d in parsed(table, "descriptions").as_array().into_iter().flatten() {
        add(&say("description"), d["language"].as_str().unwrap_or_default(), d["text"].as_str().unwrap_or_default());
    }
    all
}

fn quote(table: &Table) -> Option<Quote> {
    const AROUND: usize = 160;
    let words = text(table, 0, "read_quote").to_owned();
    if words.is_empty() {
        return None;
    }
    let texts = std::iter::once(text(table, 0, "title").to_owned()).chain(narratives(table).into_iter().map(|n| n.text));
    let (found, at) = texts.filter_map(|t| t.find(&words).map(|at| (t, at))).next()?;
    let before: String = found[..at].chars().rev().take(AROUND).collect::<Vec<_>>().into_iter().rev().collect();
    let after: String = found[at + words.len()..].chars().take(AROUND).collect();
    let cut = |text: &str, whole: &str| if text.len() < whole.len() { "…" } else { "" };
    Some(Quote {
        before: format!("{}{before}", cut(&before, &found[..at])),
        after: format!("{after}{}", cut(&after, &found[at + words.len()..])),
        words,
    })
}

/// The lists of the activity, each as a table; empty ones are named together by the template.
fn lists(app: &App, kind: &Kind, table: &Table) -> Vec<(String, Drawn)> {
    kind.fields
        .iter()
        .filter_map(|f| match &f.kind {
            FieldType::List(parts) if f.name != "descriptions" => Some((f, parts)),
            _ => None,
        })
        .map(|(f, parts)| (called(&f.label), list_table(app, f, parts, &parsed(table, &f.name))))
        .collect()
}

fn list_table(app: &App, field: &Field, parts: &[Part], value: &Value) -> Drawn {
    let (model, columns) = (app.model(), app.columns());
    let items: Vec<&Value> = value.as_array().into_iter().flatten().collect();
    let used: Vec<&Part> = parts.iter().filter(|p| items.iter().any(|i| !i[&p.name].is_null())).collect();
    let cell = |item: &Value, part: &Part| -> Shown {
        match &item[&part.name] {
            Value::Null => Shown { text: say("not-reported"), class: "unknown", sign: "…", ..Default::default() },
            Value::Number(n) => Shown::number(plain(n.as_f64().unwrap_or_default(), 4)),
            Value::Bool(yes) => Shown::text(say(if *yes { "yes" } else { "no" })),
            Value::String(text) => {
                let list = part.list.as_deref().or(sector_list(field, item));
                let name =
                    list.filter(|_| part.list.is_some() || part.name == "code").map(|l| model.lists.name(l, text, language()));
                // The codes of a standard are known to who works with it; Remit's own are not.
                let own = list.and_then(|l| model.lists.get(l)).is_some_and(|l| l.own);
                Shown::text(match name {
                    Some(name) if own => name.to_owned(),
                    Some(name) if name != text => format!("{name} ({text})"),
                    _ => text.clone(),
                })
            }
            other => Shown::text(other.to_string()),
        }
    };
    Drawn {
        id: format!("l-{}", field.name),
        caption: called(&field.label),
        heads: used.iter().map(|p| Shown::text(called(&columns.get(&p.name).label))).collect(),
        rows: items.iter().take(MOST).map(|item| used.iter().map(|p| cell(item, p)).collect()).collect(),
        empty: say("not-reported-stop"),
        more: items.len().saturating_sub(MOST),
        ..Default::default()
    }
}

/// A code's list may depend on the vocabulary beside it: sectors and regions of the DAC have names.
fn sector_list(field: &Field, item: &Value) -> Option<&'static str> {
    match (field.name.as_str(), item["vocabulary"].as_str()) {
        ("sectors", Some("1")) => Some("sector"),
        ("sectors", Some("2")) => Some("sector_category"),
        ("regions", Some("1")) => Some("region"),
        _ => None,
    }
}

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

fn transactions_table(model: &Model, kind: &Kind, table: &Table) -> Drawn {
    let used: Vec<&str> = SHOWN.into_iter().filter(|n| (0..table.rows.len()).any(|r| !table.get(r, n).is_null())).collect();
    let cell = |row: usize, name: &str| match (name, table.get(row, name)) {
        ("unconverted", Cell::Text(code)) => Shown::text(model.lists.name("left_out_reason", code, language())),
        ("unconverted", _) => Shown { text: say("converted"), class: "none", sign: "–", ..Default::default() },
        ("line", cell) => Shown::number(whole(cell.number().unwrap_or_default())),
        _ => super::records::value(model, kind.field(name), table.get(row, name)),
    };
    Drawn {
        id: "t2".into(),
        caption: crate::say::numbered(2, "transactions"),
        unit: say("transactions-unit"),
        heads: used.iter().map(|n| Shown::text(kind.field(n).map_or_else(|| say("line"), |f| called(&f.label)))).collect(),
        rows: (0..table.rows.len().min(MOST)).map(|r| used.iter().map(|n| cell(r, n)).collect()).collect(),
        empty: say("none-reported"),
        more: table.rows.len().saturating_sub(MOST),
        ..Drawn::default()
    }
}

fn left_out(app: &App, reader: &Reader, own: &[(&str, Cell)]) -> Result<Vec<String>, PageError> {
    let table = reader.query(
        "select reason, committed, disbursed, other_identifier, doubtful from left_out where identifier = :identifier",
        own,
    )?;
    Ok((0..table.rows.len())
        .map(|r| {
            let reasons: Vec<&str> =
                text(&table, r, "reason").split(',').map(|c| app.model().lists.name("left_out_reason", c, language())).collect();
            let other = text(&table, r, "other_identifier");
            let part = |name: &str| percent(number(&table, r, name) * 100.0, 1);
            let other = if other.is_empty() { String::new() } else { format!(" ({other})") };
            let reasons = format!("{}{other}", reasons.join("; "));
            let said =
                [("committed", part("committed").into()), ("disbursed", part("disbursed").into()), ("reasons", reasons.into())];
            with("counted-part", &said)
        })
        .collect())
}

fn problems(app: &App, reader: &Reader, own: &[(&str, Cell)]) -> Result<Vec<Problem>, PageError> {
    let sql = "select file, line, element, value, rule, reason from problem where record = :identifier order by line";
    let table = reader.query(sql, own)?;
    Ok((0..table.rows.len()).map(|r| Problem::new(app, &table, r)).collect())
}
