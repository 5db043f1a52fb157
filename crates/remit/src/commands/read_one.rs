//! The process in which one file is read, apart from all others: see [`remit_files::apart`].

use crate::commands::usage;
use crate::memory;
use anyhow::Result;
use remit_document::{DOCUMENT, SCAN};
use remit_sheet::{HEADS, INTERCHANGE, SHEETS, interchange_grids, workbook};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// As what it is read
    form: String,
    /// Name of the file on standard input, or the page of it
    name: String,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    memory::bound(remit_files::MEMORY);
    match arguments.form.as_str() {
        DOCUMENT => remit_files::answer(remit_document::MOST_BYTES as u64, |b| remit_document::read(b, &arguments.name))?,
        SCAN => remit_files::answer(remit_document::MOST_BYTES as u64, |b| remit_document::recognise(b, &arguments.name))?,
        SHEETS => remit_files::answer(remit_sheet::MOST_BYTES, |b| workbook(b, false))?,
        HEADS => remit_files::answer(remit_sheet::MOST_BYTES, |b| workbook(b, true))?,
        INTERCHANGE => remit_files::answer(remit_sheet::MOST_BYTES, |b| interchange_grids(b, &arguments.name))?,
        other => return Err(usage(format!("nothing is read as `{other}`"))),
    }
    Ok(())
}
