//! Nobody gets behind the views.
//!
//! Two walls, each enough by itself against all we could think of:
//!
//! 1. SQL is first compiled against an empty database in which the views are the only tables there are. Whatever
//!    names anything else does not compile. (SQLite tells an authorizer the name of the view through which a table is
//!    read, but a `WITH` clause may take that same name; this wall does not depend on names being honest.)
//! 2. On the real connection, opened read-only, SQLite's authorizer refuses everything but reading: a view, or a table
//!    through a view.

use crate::{StoreError, View, functions};
use remit_model::Model;
use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use std::collections::HashSet;
use std::sync::Arc;

/// Table-valued functions that any reader may use: they only see what they are given.
const FUNCTIONS_AS_TABLES: [&str; 2] = ["json_each", "json_tree"];

/// Functions that reach outside of the query.
const REFUSED_FUNCTIONS: [&str; 3] = ["load_extension", "fts3_tokenizer", "sqlite_log"];

/// What a query would answer, and what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Names of the parameters, without `:`; empty for one without a name.
    pub parameters: Vec<String>,
}

/// Lets a connection read these views, and tables only through them.
pub(crate) fn protect(db: &mut Connection, views: &[View]) -> Result<(), StoreError> {
    let names: HashSet<String> = views.iter().map(|v| v.name.clone()).collect();
    db.authorizer(Some(move |context: AuthContext<'_>| decide(&names, &context)))?;
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
            (views.contains(table_name) && context.database_name != Some("main"))
                || FUNCTIONS_AS_TABLES.contains(&table_name)
                || context.accessor.is_some_and(|view| views.contains(view))
        }
        _ => false,
    };
    if allowed { Authorization::Allow } else { Authorization::Deny }
}

/// A database that has the views as empty tables and nothing else, for compiling against.
pub(crate) struct Shadow(Connection);

impl Shadow {
    pub(crate) fn new(views: &[View], model: &Arc<Model>) -> Result<Shadow, StoreError> {
        let mut db = Connection::open_in_memory()?;
        functions::register(&db, model)?;
        for view in views {
            let columns: Vec<String> = view.columns.iter().map(|c| format!("\"{}\"", c.name)).collect();
            db.execute_batch(&format!("create temp table \"{}\" ({})", view.name, columns.join(", ")))?;
        }
        protect(&mut db, views)?;
        Ok(Shadow(db))
    }

    /// Refuses SQL that is not a single query over the views.
    pub(crate) fn check(&self, sql: &str) -> Result<(), StoreError> {
        self.describe(sql).map(|_| ())
    }

    /// What a query would answer; refuses SQL that is not a single query over the views.
    pub(crate) fn describe(&self, sql: &str) -> Result<Described, StoreError> {
        let statement = self.0.prepare(sql).map_err(|error| match StoreError::from(error) {
            StoreError::Database(message) if message.contains("no such table") => {
                StoreError::Refused(format!("{message}; only the views can be read (`remit sql WORKSPACE --views` lists them)"))
            }
            other => other,
        })?;
        if statement.column_count() == 0 || !statement.readonly() {
            return Err(StoreError::Refused("this is no query: Remit answers `select`, and changes nothing".into()));
        }
        let parameters = 1..=statement.parameter_count();
        Ok(Described {
            columns: statement.column_names().map(str::to_owned).collect(),
            parameters: parameters.map(|n| statement.parameter_name(n).unwrap_or("?")[1..].to_owned()).collect(),
        })
    }
}
