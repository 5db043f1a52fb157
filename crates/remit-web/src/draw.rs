//! How an answer is drawn besides its table: a tree that folds, a matrix with what stands out. Drawn on the server.

use crate::app::App;
use crate::chart::{Name, View};
use crate::language::language;
use crate::request::Asked;
use crate::say::{called, listed, say};
use crate::show::{Shown, text};
use remit_ask::{Answer, Form};
use remit_model::Model;
use remit_store::Table;

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
    /// The code that the sign stands for, or `untold`.
    pub(crate) class: String,
    pub(crate) words: String,
    /// What the sign says, for who hears it.
    pub(crate) heard: String,
    pub(crate) basis: String,
}

/// The picture for an answer, as its question wants it.
pub(crate) fn picture(app: &App, asked: &Asked, answer: &Answer) -> Picture {
    if answer.table.rows.is_empty() {
        return Picture::None;
    }
    let wanted = |form: Form| answer.question.draw.iter().find(|d| d.form == form);
    match (wanted(Form::Tree), wanted(Form::Marks)) {
        (Some(_), _) => Picture::Tree(tree(asked, app.model(), &answer.table)),
        (None, Some(drawing)) => Picture::Matrix(marks(&View { app, asked, answer, drawing })),
        (None, None) => Picture::None,
    }
}

fn record(asked: &Asked, id: &str, name: &str) -> Shown {
    Shown::text(if name.is_empty() { id } else { name }).link(asked.link("/record/actor", &[("record", id)]))
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
                "" | "part_of" => String::new(),
                "commands" => say("commanded-by"),
                _ => say("managed-by"),
            };
            let note = [text(table, r, "classification"), text(table, r, "relation_classification"), &how];
            Node {
                name: record(asked, text(table, r, "actor"), text(table, r, "actor_name")),
                note: listed(&note.into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>()),
                class: if class.is_empty() {
                    String::new()
                } else {
                    model.lists.name("actor_class", class, language()).to_owned()
                },
                confirmed: !table.get(r, "confirmed").number().is_some_and(|c| c == 0.0),
                below,
                open: level(r) + 1 < OPEN_LEVELS || n <= SMALL,
                closes: level(r).saturating_sub(next),
            }
        })
        .collect()
}

/// Labels by groups: a sign for each row, its words, what it rests on, and what stands out.
fn marks(view: &View) -> Matrix {
    let (drawing, table) = (view.drawing, &view.answer.table);
    let named: Vec<usize> = (0..table.rows.len()).filter(|r| !table.get(*r, &drawing.group).is_null()).collect();
    let mut groups = view.grouped(&named, &drawing.group);
    groups.sort_by_cached_key(|(name, rows)| (view.position(rows[0], &drawing.by), name.text.clone()));
    let flag = |rows: &[usize]| {
        let raised = |column: &&String| rows.iter().any(|r| table.get(*r, column).number().is_some_and(|n| n > 0.0));
        drawing.flags.iter().find(raised).map_or_else(String::new, |column| view.head(column).to_lowercase())
    };
    let row = |(name, rows): (Name, Vec<usize>)| MatrixRow {
        flag: flag(&rows),
        name: Shown { href: name.link.unwrap_or_default(), ..Shown::text(name.text) },
        cells: groups.iter().map(|(_, of)| rows.iter().filter(|r| of.contains(r)).map(|r| mark(view, *r)).collect()).collect(),
    };
    Matrix {
        caption: called(&drawing.title),
        corner: view.head(&drawing.label),
        rows: view.all(&drawing.label).into_iter().map(row).collect(),
        heads: groups
            .iter()
            .map(|(n, _)| Shown { href: n.link.clone().unwrap_or_default(), ..Shown::text(n.text.clone()) })
            .collect(),
        key: drawing.signs.iter().map(|(code, sign)| (sign.clone(), view.code(&drawing.value, code).to_lowercase())).collect(),
    }
}

/// The sign says the value; what is as usual is only heard.
fn mark(view: &View, row: usize) -> Mark {
    let (drawing, table) = (view.drawing, &view.answer.table);
    let code = text(table, row, &drawing.value);
    let value = view.code(&drawing.value, code).to_lowercase();
    let says = |(n, column): (usize, &String)| {
        let words = view.code(column, text(table, row, column)).to_lowercase();
        let named = n == 0 || text(table, row, column).is_empty();
        let usual = drawing.usual.get(column).is_some_and(|usual| usual == text(table, row, column));
        (usual, if named { words } else { format!("{}: {words}", view.head(column).to_lowercase()) })
    };
    let (usual, said): (Vec<_>, Vec<_>) = drawing.words.iter().enumerate().map(says).partition(|(usual, _)| *usual);
    let joined = |parts: Vec<String>| listed(&parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>());
    let words = joined(said.into_iter().map(|(_, words)| words).collect());
    let heard = usual.into_iter().map(|(_, words)| words);
    let basis = [drawing.note.as_str(), "source"].map(|column| text(table, row, column)).into_iter().find(|t| !t.is_empty());
    Mark {
        sign: drawing.signs.iter().find(|(c, _)| c == code).map_or_else(|| "?".into(), |(_, sign)| sign.clone()),
        class: if code.is_empty() { "untold".into() } else { code.to_owned() },
        heard: joined(if words.is_empty() { heard.collect() } else { std::iter::once(value.clone()).chain(heard).collect() }),
        words: if words.is_empty() { value } else { words },
        basis: basis.unwrap_or_default().to_owned(),
    }
}
