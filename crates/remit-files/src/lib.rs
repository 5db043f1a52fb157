//! Files from elsewhere, which may be made to hurt.
//!
//! - [`below`] finds the files of a folder, and does not leave it.
//! - [`open`] and [`read`] take files only: a pipe or a device may never end.
//! - [`apart`] reads a file in a process of its own, with bounds on time and memory.
//! - [`with_few_attributes`] takes from markup what is made to keep whoever reads it.
//! - [`small_pages`] has the system give memory as it is used.
//! - [`for_shell`] says a path as a command line takes it.
//! - [`write_whole`] writes a file that is whole or not there, and never through a link.

#![deny(missing_docs)]

mod apart;
mod attributes;
mod folder;
mod open;
mod pages;
mod shell;

/// Endings of the names of documents that are read.
pub const DOCUMENTS: [&str; 5] = ["pdf", "docx", "html", "htm", "txt"];

/// Endings of the names of archives of several files. One that stands in another is told, and opened by whoever sent it.
pub const ARCHIVES: [&str; 5] = ["zip", "7z", "rar", "tar", "tgz"];

pub use apart::{COMMAND, MEMORY, Stopped, answer, answers, apart};
pub use attributes::with_few_attributes;
pub use folder::{Below, below};
pub use open::{not_a_file, open, open_own, read, write_whole};
pub use pages::small_pages;
pub use shell::for_shell;
