//! Remit beyond one machine: a workspace as Parquet, and the same questions on an engine that others keep.
//!
//! - [`export()`] writes what a reader sees of a workspace to files that DuckDB, Polars and DataFusion read.
//! - [`Manifest`] says what stands in them.
//! - [`Folder`] is such an export, wherever it lies, and answers questions.
//! - [`scheduler()`] and [`executor()`] are those of Ballista, where one machine is too small.

#![deny(missing_docs)]

#[cfg(feature = "engine")]
mod ask;
#[cfg(feature = "ballista")]
mod ballista;
pub mod columns;
#[cfg(feature = "engine")]
mod engine;
mod export;
#[cfg(feature = "engine")]
mod folder;
#[cfg(feature = "engine")]
mod functions;
#[cfg(feature = "ballista")]
mod lost;
mod manifest;
#[cfg(feature = "engine")]
mod sql;

#[cfg(feature = "engine")]
pub use ask::Where;
#[cfg(feature = "ballista")]
pub use ballista::{Executor, executor, scheduler};
pub use export::{Options, export};
#[cfg(feature = "engine")]
pub use folder::Folder;
pub use manifest::{Cut, File, MANIFEST, Manifest, Table};
