//! How values look on a page: unknown is never zero, and never an empty cell.

use remit_ask::{ColumnLook, Columns};
use remit_model::{FieldType, Kind, Model};
use remit_store::{Cell, Table};

use crate::language::language;
use crate::request::Asked;
use crate::say::{amount, called, coded, date, money, percent, plain, say, whole};
use std::collections::HashMap;

/// The text in a cell of an answer; empty where there is none.
pub(crate) fn text<'t>(table: &'t Table, row: usize, column: &str) -> &'t str {
    table.get(row, column).text().unwrap_or_default()
}

/// What stands in a cell of a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Shown {
    pub(crate) text: String,
    /// Where it leads, or nothing.
    pub(crate) href: String,
    /// Classes of the cell.
    pub(crate) class: &'static str,
    /// Classes of a badge around the text, or nothing.
    pub(crate) badge: &'static str,
    /// A sign that stands for the text, which is then only heard: `…`, `–`.
    pub(crate) sign: &'static str,
    /// What it is sorted by, where that is not its text; for a head, the name of its column.
    pub(crate) sort: String,
}

impl Shown {
    pub(crate) fn text(text: impl Into<String>) -> Shown {
        Shown { text: text.into(), ..Default::default() }
    }

    pub(crate) fn number(text: impl Into<String>) -> Shown {
        Shown { text: text.into(), class: "num", ..Default::default() }
    }

    /// The head of a column: a message.
    pub(crate) fn head(id: &str, class: &'static str) -> Shown {
        Shown { text: say(id), class, ..Default::default() }
    }

    /// Nothing was reported.
    pub(crate) fn unknown() -> Shown {
        Shown { text: say("not-reported"), class: "num unknown", sign: "…", ..Default::default() }
    }

    /// Somebody knows, and this reader may not see it.
    pub(crate) fn withheld() -> Shown {
        Shown { text: say("withheld"), class: "withheld", ..Default::default() }
    }

    pub(crate) fn link(mut self, href: String) -> Shown {
        self.href = href;
        self
    }
}

/// A table ready to be drawn.
#[derive(Debug, Clone, Default)]
pub(crate) struct Drawn {
    pub(crate) id: String,
    pub(crate) caption: String,
    pub(crate) unit: String,
    pub(crate) heads: Vec<Shown>,
    pub(crate) rows: Vec<Vec<Shown>>,
    pub(crate) empty: String,
    /// Rows that are not shown.
    pub(crate) more: usize,
    /// True for the table that the downloads of the page have: its order is theirs.
    pub(crate) downloaded: bool,
}

impl Drawn {
    /// The table that the downloads of the page have.
    pub(crate) fn downloaded(self) -> Drawn {
        Drawn { downloaded: true, ..self }
    }
}

/// The most rows that a page draws; the downloads have all.
pub(crate) const MOST: usize = 100;

/// Draws an answer's table by the looks of its columns.
pub(crate) fn draw(asked: &Asked, model: &Model, columns: &Columns, table: &Table, id: &str, caption: &str) -> Drawn {
    let looks: Vec<ColumnLook> = table.columns.iter().map(|c| columns.get(c)).collect();
    // A country that was asked for need not stand in every row.
    let said = |c: usize| table.columns[c] == "country" && !asked.get("country").is_empty();
    let visible: Vec<usize> = (0..looks.len()).filter(|c| looks[*c].show != "hidden" && !said(*c)).collect();
    let numeric = |look: &ColumnLook| matches!(look.show.as_str(), "number" | "money" | "amount" | "share" | "rate");
    let heads = visible
        .iter()
        .map(|c| Shown {
            text: called(&looks[*c].label),
            class: if numeric(&looks[*c]) { "num" } else { "" },
            sort: table.columns[*c].clone(),
            ..Default::default()
        })
        .collect();
    let rows = (0..table.rows.len().min(MOST))
        .map(|row| visible.iter().map(|c| cell(asked, model, table, row, *c, &looks[*c])).collect())
        .collect();
    let money = looks.iter().any(|l| l.show == "money");
    Drawn {
        id: id.to_owned(),
        caption: caption.to_owned(),
        unit: if money { say("dollars-at-value-date") } else { String::new() },
        heads,
        rows,
        empty: say("nothing-is-on-record"),
        more: table.rows.len().saturating_sub(MOST),
        ..Drawn::default()
    }
}

/// A cell of an answer, as its column looks.
pub(crate) fn cell(asked: &Asked, model: &Model, table: &Table, row: usize, column: usize, look: &ColumnLook) -> Shown {
    let value = &table.rows[row][column];
    let name = table.columns[column].as_str();
    let shown = match (look.show.as_str(), value) {
        ("money" | "amount" | "rate" | "share", Cell::Null) => Shown::unknown(),
        (_, Cell::Null) => Shown { text: say("none-on-record"), class: "none", sign: "–", ..Default::default() },
        ("number", v) => Shown::number(whole(v.number().unwrap_or_default())),
        ("money", v) => Shown::number(money(v.number().unwrap_or_default())),
        ("amount", v) => Shown::number(amount(v.number().unwrap_or_default())),
        ("share", v) => Shown::number(percent(v.number().unwrap_or_default() * 100.0, 1)),
        ("rate", v) => Shown::number(plain(v.number().unwrap_or_default(), 4)),
        ("date", v) => Shown { text: date(v.text().unwrap_or_default()), class: "nowrap", ..Default::default() },
        ("phase", v) => phase(v.text().unwrap_or_default()),
        ("sign", v) => sign(v.text().unwrap_or_default()),
        ("confirmed", v) => match v.number() {
            Some(0.0) => Shown { text: say("not-confirmed"), badge: "tag stale", ..Default::default() },
            _ => Shown::text(say("yes")),
        },
        ("kind", v) => {
            let kind = v.text().unwrap_or_default();
            Shown::text(model.kind(kind).map_or_else(|| kind.to_owned(), |k| called(&k.label)))
        }
        ("fields", v) => Shown::text(fields(model, own_kind(table, row), v.text().unwrap_or_default())),
        ("yes", v) => match v.number() {
            Some(n) if n > 0.0 => Shown { text: called(&look.label), badge: "flagged", ..Default::default() },
            _ => Shown { text: say("no"), class: "none", sign: "–", ..Default::default() },
        },
        ("code", v) => {
            let code = v.text().unwrap_or_default();
            let name = match look.list.as_deref() {
                Some("country") => country_name(model, code),
                Some(list) => model.lists.name(list, code, language()),
                None => code,
            };
            match (code, look.list.as_deref()) {
                ("", Some("country")) => Shown::text(say("region-or-not-stated")),
                ("", _) => Shown { text: say("not-stated"), class: "none", sign: "–", ..Default::default() },
                _ => Shown::text(name),
            }
        }
        (_, Cell::Text(text)) if name == "recipient" => Shown::text(recipient(model, text)),
        (_, v) => match v {
            Cell::Text(text) => Shown::text(text.clone()),
            v => Shown::number(plain(v.number().unwrap_or_default(), 2)),
        },
    };
    let shown = Shown { sort: sort_key(&look.show, value), ..shown };
    let of = |name: &str| table.get(row, name).text().unwrap_or_default();
    let actor = |id: &str| asked.link("/record/actor", &[("record", id)]);
    match name {
        "document_title" if !of("record").is_empty() => shown.link(asked.link("/document", &[("record", of("record"))])),
        "record_title" if !of("kind").is_empty() => {
            shown.link(asked.link(&format!("/record/{}", of("kind")), &[("record", of("record"))]))
        }
        "actor_name" if !of("actor").is_empty() => shown.link(actor(of("actor"))),
        "parent_name" if !of("parent").is_empty() => shown.link(actor(of("parent"))),
        "service_name" if !of("service").is_empty() => shown.link(actor(of("service"))),
        "overseer_name" if !of("overseer").is_empty() => shown.link(actor(of("overseer"))),
        "source" if of("url").starts_with("https://") || of("url").starts_with("http://") => shown.link(of("url").to_owned()),
        "title" if !of("identifier").is_empty() => shown.link(asked.link("/activity", &[("identifier", of("identifier"))])),
        "country" if of("country").len() == 2 => shown.link(asked.link(&format!("/country/{}", of("country")), &[])),
        "supporter_name" if !of("supporter").is_empty() => {
            shown.link(asked.link("/ask/activities", &[("country", asked.get("country")), ("supporter", of("supporter"))]))
        }
        _ => shown,
    }
}

/// What a cell is sorted by, where its text is not: numbers and days, which are written for reading.
fn sort_key(show: &str, value: &Cell) -> String {
    match (show, value) {
        ("number" | "money" | "amount" | "share" | "rate", v) => v.number().map(|n| n.to_string()).unwrap_or_default(),
        ("date", Cell::Text(day)) => day.clone(),
        _ => String::new(),
    }
}

fn own_kind(table: &Table, row: usize) -> &str {
    table.get(row, "kind").text().unwrap_or_default()
}

/// What a statement says, in words.
fn fields(model: &Model, kind: &str, json: &str) -> String {
    model.kind(kind).map_or_else(|| json.to_owned(), |kind| says(model, kind, json))
}

/// A statement's fields in words.
pub(crate) fn says(model: &Model, kind: &Kind, fields: &str) -> String {
    says_with(model, kind, fields, &HashMap::new())
}

/// The same, with the names of the records that it refers to.
pub(crate) fn says_with(model: &Model, kind: &Kind, fields: &str, names: &HashMap<String, String>) -> String {
    let fields: serde_json::Map<String, serde_json::Value> = serde_json::from_str(fields).unwrap_or_default();
    let words = fields.iter().map(|(name, v)| {
        let field = kind.field(name);
        let text = remit_model::write_value(v);
        let text = match field.map(|f| &f.kind) {
            Some(FieldType::Code(list)) => model.lists.name(list, &text, language()).to_owned(),
            Some(FieldType::Record(_)) => names.get(&text).cloned().unwrap_or(text),
            _ => text,
        };
        format!("{}: {text}", field.map_or_else(|| name.clone(), |f| called(&f.label)))
    });
    words.collect::<Vec<_>>().join("; ")
}

/// The name of a recipient, whichever list its code is of.
pub(crate) fn recipient(model: &Model, code: &str) -> String {
    let lists = ["actor_class", "security_function", "modality"];
    let named = lists.iter().find(|l| model.lists.has(l, code)).map(|l| model.lists.name(l, code, language()));
    match code {
        "" => say("place-not-stated"),
        "unspecified" => say("not-named"),
        _ => named.unwrap_or(code).to_owned(),
    }
}

/// A country's name as one says it: ISO writes "Niger (the)".
pub(crate) fn country_name<'m>(model: &'m Model, code: &'m str) -> &'m str {
    let name = model.lists.name("country", code, language());
    name.strip_suffix(" (the)").unwrap_or(name)
}

/// What a marking is called, in small letters.
pub(crate) fn marking(model: &Model, code: &str) -> String {
    model.lists.name("marking", code, language()).to_lowercase()
}

/// The badge of a phase.
pub(crate) fn phase(code: &str) -> Shown {
    let badge = match code {
        "active" => "tag active",
        "planned" => "tag planned",
        "ended" => "tag ended",
        _ => "tag",
    };
    Shown { text: coded("phase", code), badge, ..Default::default() }
}

/// The badge of a sign.
pub(crate) fn sign(code: &str) -> Shown {
    let badge = match code {
        "coded" => "tag coded",
        "read" => "tag read",
        "both" => "tag both",
        _ => "tag",
    };
    Shown { text: coded("sign", code), badge, ..Default::default() }
}
