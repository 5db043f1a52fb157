//! How an answer is drawn besides its table: a tree that folds, a matrix with what stands out. Drawn on the server.

use crate::request::Asked;
use crate::show::{Shown, text};
use remit_ask::{Drawing, Form};
use remit_model::{Language, Model};
use remit_store::Table;
use std::collections::{BTreeMap, HashMap};

/// A picture of an answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Picture {
    None,
    Tree(Vec<Node>),
    Matrix(Matrix),
}

/// A line of a tree; lists are opened before it and closed after it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) name: Shown,
    pub(crate) note: String,
    pub(crate) class: String,
    pub(crate) confirmed: bool,
    pub(crate) below: usize,
    pub(crate) open: bool,
    /// Lists that end after this line.
    pub(crate) closes: usize,
}

/// Rows by columns, with words and signs in the cells.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Matrix {
    pub(crate) caption: String,
    pub(crate) corner: String,
    pub(crate) heads: Vec<Shown>,
    pub(crate) rows: Vec<MatrixRow>,
    pub(crate) key: Vec<(String, String)>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct MatrixRow {
    pub(crate) name: Shown,
    /// What stands out in this row.
    pub(crate) flag: String,
    pub(crate) cells: Vec<Vec<Mark>>,
}

/// One thing in a cell: a sign, what it means, and what it rests on.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Mark {
    pub(crate) sign: String,
    pub(crate) class: &'static str,
    pub(crate) words: String,
    /// What the sign says, for who hears it.
    pub(crate) heard: String,
    pub(crate) basis: String,
}

/// The picture for an answer, as its question wants it.
pub(crate) fn picture(draw: &[Drawing], asked: &Asked, model: &Model, table: &Table) -> Picture {
    let wants = |form: Form| draw.iter().any(|d| d.form == form);
    if wants(Form::Tree) && !table.rows.is_empty() {
        Picture::Tree(tree(asked, model, table))
    } else if wants(Form::Functions) {
        Picture::Matrix(functions(asked, model, table))
    } else if wants(Form::Oversight) && !table.rows.is_empty() {
        Picture::Matrix(oversight(asked, model, table))
    } else {
        Picture::None
    }
}

fn yes(table: &Table, row: usize, column: &str) -> bool {
    table.get(row, column).number().is_some_and(|n| n > 0.0)
}

fn record(asked: &Asked, id: &str, name: &str) -> Shown {
    Shown::text(if name.is_empty() { id } else { name }).link(asked.link("/record/actor", &[("record", id)]))
}

/// Rows that have the same text in a column, in the order in which the texts first stand there.
fn grouped<'t>(table: &'t Table, column: &str) -> Vec<(&'t str, Vec<usize>)> {
    let mut groups: Vec<(&str, Vec<usize>)> = Vec::new();
    for r in 0..table.rows.len() {
        let key = text(table, r, column);
        match groups.iter_mut().find(|(k, _)| *k == key) {
            Some((_, rows)) => rows.push(r),
            None => groups.push((key, vec![r])),
        }
    }
    groups
}

/// Levels that are open at first: two, and all of a small tree.
const OPEN_LEVELS: usize = 2;
const SMALL: usize = 60;

fn tree(asked: &Asked, model: &Model, table: &Table) -> Vec<Node> {
    let level = |r: usize| table.get(r, "level").number().unwrap_or_default() as usize;
    let n = table.rows.len();
    (0..n)
        .map(|r| {
            let below = (r + 1..n).take_while(|o| level(*o) > level(r)).count();
            let next = if r + 1 < n { level(r + 1) } else { 0 };
            let class = text(table, r, "actor_class");
            let how = match text(table, r, "relation") {
                "" | "part_of" => "",
                "commands" => "commanded by it",
                _ => "managed by it",
            };
            let note = [text(table, r, "classification"), text(table, r, "relation_classification"), how];
            Node {
                name: record(asked, text(table, r, "actor"), text(table, r, "actor_name")),
                note: note.iter().filter(|t| !t.is_empty()).copied().collect::<Vec<_>>().join(", "),
                class: if class.is_empty() {
                    String::new()
                } else {
                    model.lists.name("actor_class", class, Language::En).to_owned()
                },
                confirmed: !table.get(r, "confirmed").number().is_some_and(|c| c == 0.0),
                below,
                open: level(r) + 1 < OPEN_LEVELS || n <= SMALL,
                closes: level(r).saturating_sub(next),
            }
        })
        .collect()
}

/// Functions by institutions: who leads, supports, oversees, and by which law.
fn functions(asked: &Asked, model: &Model, table: &Table) -> Matrix {
    let mut actors: Vec<(&str, &str, &str)> = Vec::new();
    let rows = grouped(table, "security_function");
    for r in 0..table.rows.len() {
        let actor = (text(table, r, "actor_class"), text(table, r, "actor_name"), text(table, r, "actor"));
        if !actor.2.is_empty() && !actors.contains(&actor) {
            actors.push(actor);
        }
    }
    let position: HashMap<&str, usize> =
        model.lists.get("actor_class").iter().flat_map(|l| l.codes()).enumerate().map(|(n, c)| (c.code.as_str(), n)).collect();
    actors.sort_by_key(|(class, name, _)| (position.get(class).copied().unwrap_or(usize::MAX), *name));
    let mark = |r: usize| {
        let role = text(table, r, "role");
        let (sign, class) = match role {
            "lead" => ("L", "lead"),
            "support" => ("S", "support"),
            "oversight" => ("O", "overseen"),
            _ => ("C", "contested"),
        };
        let basis = text(table, r, "legal_basis");
        Mark {
            sign: sign.into(),
            class,
            words: model.lists.name("role_in_function", role, Language::En).to_owned(),
            heard: String::new(),
            basis: if basis.is_empty() { text(table, r, "source") } else { basis }.to_owned(),
        }
    };
    let rows = rows.into_iter().map(|(function, all)| {
        let flag = if yes(table, all[0], "no_lead") {
            "no lead on record"
        } else if all.iter().any(|r| yes(table, *r, "double_lead")) {
            "two or more lead"
        } else if all.iter().any(|r| text(table, *r, "role") == "contested") {
            "contested"
        } else {
            ""
        };
        let cells =
            actors.iter().map(|(_, _, id)| all.iter().filter(|r| text(table, **r, "actor") == *id).map(|r| mark(*r)).collect());
        MatrixRow {
            name: Shown::text(model.lists.name("security_function", function, Language::En)),
            flag: flag.into(),
            cells: cells.collect(),
        }
    });
    Matrix {
        caption: "Functions and institutions".into(),
        corner: "Function".into(),
        rows: rows.collect(),
        heads: actors.iter().map(|(_, name, id)| record(asked, id, name)).collect(),
        key: [("L", "leads"), ("S", "supports"), ("O", "oversees"), ("C", "contested")]
            .map(|(s, w)| (s.to_owned(), w.to_owned()))
            .to_vec(),
    }
}

/// Services by overseers: which power, on paper and in practice.
fn oversight(asked: &Asked, model: &Model, table: &Table) -> Matrix {
    let mut overseers: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    let rows = grouped(table, "service");
    for r in 0..table.rows.len() {
        let id = text(table, r, "overseer");
        if !id.is_empty() {
            overseers.insert((text(table, r, "overseer_name"), id), id);
        }
    }
    let mark = |r: usize| {
        let code = |column: &str, list: &str| match text(table, r, column) {
            "" => String::new(),
            code => model.lists.name(list, code, Language::En).to_lowercase(),
        };
        let (sign, class) = match text(table, r, "in_practice") {
            "exercised" => ("●", "exercised"),
            "dormant" => ("○", "dormant"),
            "blocked" => ("✕", "blocked"),
            _ => ("?", "untold"),
        };
        let power = code("power", "oversight_power");
        let practice = code("in_practice", "in_practice");
        let on_paper = match text(table, r, "on_paper") {
            "" => String::new(),
            code => format!("on paper: {}", model.lists.name("on_paper", code, Language::En).to_lowercase()),
        };
        let practice = if practice.is_empty() { "practice not known".to_owned() } else { practice };
        // The sign says what happens in practice; a power that the law gives only in part must be seen at once.
        let weak = !on_paper.is_empty() && !on_paper.ends_with("yes");
        let joined = |parts: [&str; 2]| parts.iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join(", ");
        Mark {
            sign: sign.into(),
            class,
            words: joined([if power.is_empty() { "power not named" } else { &power }, if weak { &on_paper } else { "" }]),
            heard: joined([&practice, if weak { "" } else { &on_paper }]),
            basis: text(table, r, "legal_basis").to_owned(),
        }
    };
    let rows = rows.into_iter().map(|(service, all)| {
        let flag = if yes(table, all[0], "no_overseer") {
            "no overseer on record"
        } else if yes(table, all[0], "no_exercised") {
            "no power known to be exercised"
        } else {
            ""
        };
        let cells =
            overseers.values().map(|id| all.iter().filter(|r| text(table, **r, "overseer") == *id).map(|r| mark(*r)).collect());
        MatrixRow { name: record(asked, service, text(table, all[0], "service_name")), flag: flag.into(), cells: cells.collect() }
    });
    Matrix {
        caption: "Services and those who oversee them".into(),
        corner: "Service".into(),
        rows: rows.collect(),
        heads: overseers.iter().map(|((name, id), _)| record(asked, id, name)).collect(),
        key: [("●", "exercised"), ("○", "dormant"), ("✕", "blocked"), ("?", "on paper, practice not known")]
            .map(|(s, w)| (s.to_owned(), w.to_owned()))
            .to_vec(),
    }
}
