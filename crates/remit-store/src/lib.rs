//! A workspace: one folder with one SQLite database, holding statements that people enter and snapshots that are
//! imported, and showing them through views limited to what is valid on a day, known on a day, and allowed to the reader.
//!
//! - [`Workspace`] opens and makes the folder.
//! - [`Import`] writes one immutable snapshot of one data set.
//! - [`Register`] appends statements to the [`Chain`], which can be read and verified.
//! - [`Reader`] answers SQL over the views, and over nothing else.

#![deny(missing_docs)]

mod again;
mod as_of;
mod backup;
mod became_one;
mod beside;
mod chain;
mod check;
mod counting;
mod cut;
mod datasets;
mod digest;
mod draft_json;
mod erase;
mod erase_import;
mod erased;
mod error;
mod functions;
mod gone_import;
mod held_back;
mod import;
mod index;
mod interrupted;
mod key;
mod live_snapshots;
mod looks;
mod made;
mod made_one;
mod marks;
mod medium;
mod merge;
mod misplaced;
mod needed;
mod noted_query;
mod objects;
mod reach;
mod reader;
mod redact;
mod register;
mod repeated;
mod restated;
pub mod saved;
mod schema;
mod seal;
mod signed;
pub mod small_cells;
mod small_counts;
mod sql_guard;
mod statement;
mod stay_one;
mod table;
mod taken;
mod tally;
mod undo;
mod value;
mod verify;
mod views;
mod watch;
mod workspace;

pub use again::{AskedAgain, Notebook};
pub use as_of::AsOf;
pub use became_one::StayingOne;
pub use chain::{Chain, KnownRecord};
pub use check::{Fault, Reason};
pub use cut::Cut;
pub use draft_json::DraftError;
pub use erase::{Erased, WouldErase};
pub use error::{StoreError, disk_said};
pub use held_back::HeldBack;
pub use import::{
    AboutDataSet, ActivityLink, Fact, FactOwner, FileEntry, Flow, Import, Imported, KnownFiles, Problem, RowWriter, row_envelope,
};
pub use interrupted::nothing_more;
pub use key::signed;
pub use made_one::Differing;
pub use marks::{STATUS_FOR_SHORT, STATUS_OF_STATEMENT, marking_said, status_said, withheld_said};
pub use noted_query::{NotedQuery, SharedQuery, SharingQuery};
pub use reach::Erasure;
pub use reader::{AskedBy, Memory, OF_THE_AS_OF, Reader, of_the_as_of};
pub use redact::{Redacted, Redaction};
pub use register::{Entry, Recorded, Register};
pub use repeated::says_twice;
pub use restated::{DECIDED, makes_one};
pub use saved::SavedView;
pub use schema::ROW_ENVELOPE;
pub use seal::hexadecimal;
pub use signed::Together;
pub use sql_guard::Described;
pub use statement::{Draft, ENVELOPE, EXAMPLE, Seal, Statement, Status};
pub use table::Table;
pub use taken::{Conflicting, Taken};
pub use value::{Cell, Lent};
pub use verify::{Broken, Checked, DIGITS_OF_SHEET, Verified};
pub use views::{View, ViewColumn};
pub use watch::{State, Watch};
pub use workspace::{Settings, Workspace};
