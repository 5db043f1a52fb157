//! Remit beyond one machine: a workspace as Parquet, and the same questions on an engine that others keep.
//!
//! - [`export()`] writes what a reader sees of a workspace to files that DuckDB, Polars and DataFusion read.
//! - [`Manifest`] says what stands in them.

#![deny(missing_docs)]

pub mod columns;
mod export;
mod manifest;

pub use export::{Options, export};
pub use manifest::{Cut, File, MANIFEST, Manifest, Table};
