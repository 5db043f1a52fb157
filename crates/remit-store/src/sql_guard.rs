//! Nobody gets behind the views.
//!
//! Two walls, each enough by itself against all we could think of:
//!
//! 1. SQL is first compiled against an empty database in which the views are the only tables there are. Whatever
//!    names anything else does not compile. (SQLite tells an authorizer the name of the view through which a table is
//!    read, but a `WITH` clause may take that same name; this wall does not depend on names being honest.)
//! 2. On the real connection, opened read-only, SQLite's authorizer refuses everything but reading: a view, or a table
//!    through a view.

use crate::views::{SHARED, ViewColumn};
use crate::{StoreError, View, functions};
use remit_model::Model;
use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Table-valued functions that any reader may use: they only see what they are given.
const FUNCTIONS_AS_TABLES: [&str; 2] = ["json_each", "json_tree"];

/// How deep an expression may be, and how many tables a question may name, those behind its views included: SQLite's usual bound.
pub(crate) const DEEPEST: i32 = 1_000;

/// Functions that reach outside of the query.
const REFUSED_FUNCTIONS: [&str; 3] = ["load_extension", "fts3_tokenizer", "sqlite_log"];

/// What a query would answer, and what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Names of the parameters, without `:`; empty for one without a name.
    pub parameters: Vec<String>,
    /// The views that it reads.
    pub views: Vec<String>,
}

/// Says of a connection whether its own tables are being made: then, and only then, is more allowed than to read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Making(Arc<AtomicBool>);

impl Making {
    /// Does what makes tables. No SQL of somebody else may be compiled meanwhile.
    pub(crate) fn during<T>(&self, work: impl FnOnce() -> T) -> T {
        struct Done<'m>(&'m AtomicBool, bool);
        impl Drop for Done<'_> {
            fn drop(&mut self) {
                self.0.store(self.1, Ordering::Relaxed);
            }
        }
        let _done = Done(&self.0, self.0.swap(true, Ordering::Relaxed));
        work()
    }
}

/// Lets a connection read these views, and tables only through them.
pub(crate) fn protect(db: &mut Connection, views: &[View], making: &Making) -> Result<(), StoreError> {
    let names: HashSet<String> = views.iter().map(|v| v.name.clone()).collect();
    let making = making.0.clone();
    db.authorizer(Some(move |context: AuthContext<'_>| match making.load(Ordering::Relaxed) {
        true => Authorization::Allow,
        false => decide(&names, &context),
    }))?;
    Ok(())
}

fn decide(views: &HashSet<String>, context: &AuthContext<'_>) -> Authorization {
    let allowed = match context.action {
        AuthAction::Select | AuthAction::Recursive => true,
        AuthAction::Function { function_name } if function_name.eq_ignore_ascii_case(functions::PLACE) => {
            context.accessor.is_some()
        }
        AuthAction::Function { function_name } => !REFUSED_FUNCTIONS.contains(&function_name.to_ascii_lowercase().as_str()),
        AuthAction::Read { table_name, .. } => {
            // A base table may have the name of a view; the views are the reader's own.
            // What questions share was made of the views; SQL of somebody else does not get past the first wall with its name.
            let is_ours = views.contains(table_name) || table_name.starts_with(SHARED);
            (is_ours && context.database_name != Some("main"))
                || FUNCTIONS_AS_TABLES.contains(&table_name)
                || context.accessor.is_some_and(|view| views.contains(view))
        }
        _ => false,
    };
    if allowed { Authorization::Allow } else { Authorization::Deny }
}

/// A database that has the views as empty tables and nothing else, for compiling against.
#[derive(Debug)]
pub(crate) struct Shadow {
    db: Mutex<Connection>,
    /// The views with their columns, of which it is.
    of: Vec<(String, Vec<ViewColumn>)>,
    /// The views that the query reads which is being compiled.
    read: Arc<Mutex<BTreeSet<String>>>,
    /// What was compiled already.
    known: Mutex<HashMap<String, Described>>,
}

/// Queries whose description is kept.
const MOST_KNOWN: usize = 1_000;

/// The shadow of the readers of a workspace: all of the same views use the same one.
pub(crate) type Shared = Arc<Mutex<Option<Arc<Shadow>>>>;

impl Shadow {
    /// The shared one, where it is of the same views.
    pub(crate) fn shared(shared: &Shared, views: &[View], model: &Arc<Model>) -> Result<Arc<Shadow>, StoreError> {
        let mut shared = shared.lock().unwrap_or_else(PoisonError::into_inner);
        let is_same =
            |(view, (name, columns)): (&View, &(String, Vec<ViewColumn>))| view.name == *name && view.columns == *columns;
        let is_of = |shadow: &Arc<Shadow>| views.len() == shadow.of.len() && views.iter().zip(&shadow.of).all(is_same);
        match shared.as_ref().filter(|s| is_of(s)) {
            Some(shadow) => Ok(shadow.clone()),
            None => Ok(shared.insert(Arc::new(Shadow::new(views, model)?)).clone()),
        }
    }

    fn new(views: &[View], model: &Arc<Model>) -> Result<Shadow, StoreError> {
        let mut db = Connection::open_in_memory()?;
        db.set_limit(Limit::SQLITE_LIMIT_EXPR_DEPTH, DEEPEST)?;
        functions::register(&db, model)?;
        functions::at_home(&db, Vec::new)?;
        let of: Vec<_> = views.iter().map(|v| (v.name.clone(), v.columns.clone())).collect();
        for (name, columns) in &of {
            let columns: Vec<String> = columns.iter().map(|c| format!("\"{}\"", c.name)).collect();
            db.execute_batch(&format!("create temp table \"{name}\" ({})", columns.join(", ")))?;
        }
        let names: HashSet<String> = of.iter().map(|(name, _)| name.clone()).collect();
        let read: Arc<Mutex<BTreeSet<String>>> = Arc::default();
        let noted = read.clone();
        db.authorizer(Some(move |context: AuthContext<'_>| {
            if let (AuthAction::Read { table_name, .. }, Ok(mut noted)) = (&context.action, noted.lock())
                && names.contains(*table_name)
            {
                noted.insert((*table_name).to_owned());
            }
            decide(&names, &context)
        }))?;
        Ok(Shadow { db: Mutex::new(db), of, read, known: Mutex::default() })
    }

    /// What a query would answer; refuses SQL that is not a single query over the views.
    pub(crate) fn describe(&self, sql: &str) -> Result<Described, StoreError> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(described) = known.get(sql) {
            return Ok(described.clone());
        }
        let described = self.compiled(sql)?;
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.insert(sql.to_owned(), described.clone());
        Ok(described)
    }

    /// Why a query cannot be compiled, with the view that has the column which is lacking: a field of every statement is not one of records, of
    /// which each may rest on several.
    fn with_view_of_statements(&self, sql: &str, message: String) -> String {
        let column = message.strip_prefix("no such column: ").map(|name| name.rsplit('.').next().unwrap_or(name));
        let of_what_is_asked = |view: &str| view.strip_suffix("_statement").is_some_and(|records| sql.contains(records));
        let mut having = self.of.iter().filter(|(_, columns)| columns.iter().any(|c| Some(c.name.as_str()) == column));
        match having.find(|(view, _)| of_what_is_asked(view)) {
            Some((view, _)) => format!("{message}; each statement has its own: ask the view {view}"),
            None => message,
        }
    }

    fn compiled(&self, sql: &str) -> Result<Described, StoreError> {
        let db = self.db.lock().unwrap_or_else(PoisonError::into_inner);
        let reading = || self.read.lock().unwrap_or_else(PoisonError::into_inner);
        reading().clear();
        let statement = db.prepare(sql).map_err(|error| match StoreError::from(error) {
            StoreError::Database(message) if message.contains("no such table") => {
                StoreError::Refused(format!("{message}; only the views can be read (`remit sql WORKSPACE --views` lists them)"))
            }
            StoreError::Database(message) if message.starts_with("Multiple statements") => {
                StoreError::Refused("there is more than one statement here; write one `select`".into())
            }
            StoreError::Database(message) if message.starts_with("SQL is empty") => StoreError::Refused(
                "there is no SQL here; write one `select` over the views (`remit sql WORKSPACE --views` lists them)".into(),
            ),
            StoreError::Sql { message, at } => StoreError::Sql { message: self.with_view_of_statements(sql, message), at },
            other => other,
        })?;
        if statement.column_count() == 0 || !statement.readonly() {
            return Err(StoreError::Refused("this is no query: Remit answers `select`, and changes nothing".into()));
        }
        let parameters = 1..=statement.parameter_count();
        Ok(Described {
            columns: statement.column_names().map(str::to_owned).collect(),
            parameters: parameters.map(|n| statement.parameter_name(n).unwrap_or("?")[1..].to_owned()).collect(),
            views: reading().iter().cloned().collect(),
        })
    }
}
