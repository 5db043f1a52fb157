//! What a view is, what it needs to know, and how its SQL is put together.

use crate::as_of::AsOf;
use crate::functions;
use crate::schema::row_table;
use remit_model::{Field, FieldType, Kind, Model};
use std::collections::{HashMap, HashSet};

/// A view as a reader sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct View {
    /// Name in SQL.
    pub name: String,
    /// What its rows are.
    pub about: String,
    /// Its columns.
    pub columns: Vec<ViewColumn>,
    pub(crate) sql: String,
    /// What gives the same where its rows are not kept, where that is less work for who asks for a part of them.
    pub(crate) passing: Option<String>,
    /// True for one that only other views read.
    pub(crate) hidden: bool,
    /// Other views, and tables of the reader's own, that its SQL reads.
    pub(crate) needs: Vec<String>,
    /// What its rows are, where they can be kept in a table.
    pub(crate) rows: Option<KeptRows>,
}

/// Rows that a table can keep, since it is known which of them change by a new statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum KeptRows {
    /// Of each statement of a kind. Columns that have records, and the kind of these, by whose names a row changes too.
    Statements { kind: String, refers: Vec<(String, String)> },
    /// Of each record of a kind.
    Records { kind: String },
}

impl KeptRows {
    /// The kind whose records the view has.
    pub(crate) fn kind(&self) -> &str {
        match self {
            KeptRows::Statements { kind, .. } | KeptRows::Records { kind } => kind,
        }
    }
}

/// Tables of a reader's own besides those of the as-of.
pub(crate) const CODES: &str = "as_of_code";
pub(crate) const COMPARED: &str = "as_of_compared";
pub(crate) const CALLED: &str = "as_of_called";
pub(crate) const CONFLICTS: &str = "as_of_conflict";
pub(crate) const REPLACED: &str = "as_of_replaced";
/// How tables begin that hold the rows of what several questions read from; nothing else is called so.
pub(crate) const SHARED: &str = "as_of_shared_";

/// A column of a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewColumn {
    /// Name in SQL.
    pub name: String,
    /// The code list its values come from, if any.
    pub list: Option<String>,
}

/// What the views need to know of the database before they can be written.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    /// Identifiers of the snapshots that are shown.
    pub(crate) live: Vec<i64>,
    /// True where an exception holds for some row.
    pub(crate) exceptions: bool,
    /// True where some file was replaced by a newer state of it, in an import that renews only a part.
    pub(crate) renewed: bool,
    /// True where some money of the security sector is dated after the day.
    pub(crate) later: bool,
    /// Kinds of which the reader may see a statement.
    pub(crate) stated: Vec<String>,
    /// Kinds of which there are imported rows.
    pub(crate) imported: HashSet<String>,
    /// The tables of imported rows that there are, with their columns: a workspace may be older than the model.
    pub(crate) tables: HashMap<String, HashSet<String>>,
    /// True where statements have the columns that format 3 has added.
    pub(crate) is_new: bool,
    /// True where somebody's look was noted.
    pub(crate) looks: bool,
    /// True where there are statements above the reader's clearance.
    pub(crate) hidden: bool,
    /// True where something is held back of what the reader may see.
    pub(crate) holds_back: bool,
    /// Who is named in the place of whoever recorded something, where people are not.
    pub(crate) in_the_name_of: Option<String>,
}

impl Scope {
    /// Who recorded what a column says, as the reader may know it.
    pub(super) fn recorded_by(&self, column: &str) -> String {
        match &self.in_the_name_of {
            Some(name) => format!("'{}'", name.replace('\'', "''")),
            None => column.to_owned(),
        }
    }

    /// What is left of statements for everybody: what waits for a decision, or was decided against, stays with who decides.
    pub(super) fn decided(&self) -> &'static str {
        if self.in_the_name_of.is_some() { " and t.status = 'accepted'" } else { "" }
    }

    /// What is withheld of a row of a kind, where some of it is held back.
    pub(super) fn held_back(&self, kind: &Kind, row: &str, withheld: &str) -> Option<String> {
        let is_counted = self.holds_back && kind.small_counts.is_some();
        is_counted.then(|| format!("{}({row}, {withheld})", functions::HELD_BACK))
    }

    /// The columns of a kind's imported rows; none where it has no table.
    pub(super) fn table(&self, kind: &Kind) -> Option<&HashSet<String>> {
        self.tables.get(&row_table(kind))
    }

    /// Identifiers for an SQL list. Where there are none, one that no snapshot has: of an empty list SQLite makes a constant, and
    /// then no column is read through the view any more, by which the guard knows who asks.
    pub(super) fn live_list(&self) -> String {
        if self.live.is_empty() {
            return "-1".into();
        }
        let ids: Vec<String> = self.live.iter().map(i64::to_string).collect();
        ids.join(",")
    }

    pub(super) fn not_hidden(&self, activity: &str) -> String {
        if self.exceptions {
            format!(" and not exists (select 1 from temp.as_of_exception h where h.activity = {activity} and h.hidden = 1)")
        } else {
            String::new()
        }
    }
}

pub(super) fn column(name: &str) -> ViewColumn {
    ViewColumn { name: name.to_owned(), list: None }
}

/// A column of the row's snapshot. A subquery and not a join: it costs nothing where the column is not asked for, and
/// SQLite's authorizer sees every table through its view.
pub(super) fn of_snapshot(alias: &str, name: &str) -> String {
    format!("(select s.{name} from main.snapshot s where s.id = {alias}.snapshot)")
}

/// The name of the row's file.
pub(super) fn of_file(alias: &str) -> String {
    format!("(select f.name from main.snapshot_file f where f.id = {alias}.file)")
}

/// A column of the activity (or other parent) that a row belongs to.
pub(super) fn of_parent(kind: &str, key: &str, name: &str) -> String {
    format!("(select p.{name} from main.\"row_{kind}\" p where p.id = {key})")
}

pub(super) fn field_column(field: &Field) -> ViewColumn {
    let list = match &field.kind {
        FieldType::Code(list) => Some(list.clone()),
        _ => None,
    };
    ViewColumn { name: field.name.clone(), list }
}

/// Column names with the SQL that fills them; a view's columns and its text stay in step.
pub(super) fn select(items: &[(ViewColumn, String)]) -> String {
    let items: Vec<String> = items.iter().map(|(c, sql)| format!("{sql} as \"{}\"", c.name)).collect();
    items.join(", ")
}

pub(super) fn marking_name(level: &str) -> String {
    format!(
        "case {level} when 0 then 'public' when 1 then 'internal' when 2 then 'confidential' else 'strictly_confidential' end"
    )
}

/// What a view is made from.
pub(super) struct ViewSource<'s> {
    pub(super) model: &'s Model,
    pub(super) as_of: &'s AsOf,
    pub(super) scope: &'s Scope,
}

pub(super) fn fixed(name: &str, about: &str, items: &[(&str, String)], rest: String) -> View {
    let items: Vec<(ViewColumn, String)> = items.iter().map(|(n, sql)| (column(n), sql.clone())).collect();
    let sql = format!("select {} {rest}", select(&items));
    let columns = items.into_iter().map(|(c, _)| c).collect();
    View { name: name.into(), about: about.into(), columns, sql, ..View::default() }
}

pub(super) fn plain<'a>(alias: &str, names: &[&'a str]) -> Vec<(&'a str, String)> {
    names.iter().map(|n| (*n, format!("{alias}.\"{n}\""))).collect()
}
