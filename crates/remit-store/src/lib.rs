//! A workspace: one folder with one SQLite database, holding statements that people enter and snapshots that are
//! imported, and showing them through views limited to what is valid on a day, known on a day, and allowed to the reader.
//!
//! - [`Workspace`] opens and makes the folder.
//! - [`Import`] writes one immutable snapshot of one data set.
//! - [`Register`] appends statements to the [`Chain`], which can be read and verified.
//! - [`Reader`] answers SQL over the views, and over nothing else.

#![deny(missing_docs)]

mod as_of;
mod chain;
mod check;
mod counting;
mod error;
mod functions;
mod guard;
mod import;
mod reader;
mod register;
mod schema;
mod statement;
mod value;
mod views;
mod workspace;

pub use as_of::AsOf;
pub use chain::{Broken, Chain, Verified};
pub use check::{Fault, Reason};
pub use error::StoreError;
pub use import::{About, Fact, FactOwner, FileEntry, Flow, Import, Imported, Link, Problem, RowWriter};
pub use reader::{Reader, Table};
pub use register::{Entry, Recorded, Register, Taken};
pub use statement::{Draft, ENVELOPE, EXAMPLE, MARKS, Statement, Status, hexadecimal};
pub use value::Cell;
pub use views::{Column, View};
pub use workspace::{Settings, Workspace};
