//! Tables that people keep: how they are read, compared with the register, offered to be filled in, and written.
//!
//! - [`grids`] reads the tables of a file, cell by cell: CSV and workbooks alike.
//! - [`import_sheet`] brings a sheet into the register, through a [`Mapping`] or as one that Remit wrote.
//! - [`take_roll`] takes in a list of people, of which it keeps no name and no number.
//! - [`estimate`] estimates a question of a survey out of its microdata, of which it keeps nothing.
//! - [`template`] writes a workbook to fill in, [`export_workbook`] and [`export_csv`] write the register as sheets that come back.
//! - [`Interchange`] is what other programs read and write: their files become sheets, the register becomes their files.
//! - [`Format`] is what an answer can be written as; [`Output`] writes it.

#![deny(missing_docs)]

mod codes;
mod content;
mod delimited;
mod encoding;
mod error;
mod export;
mod grid;
mod interchange;
mod locked;
mod marked;
mod markup;
mod microdata;
mod opening;
mod output;
mod packed;
mod propose;
mod read;
mod roll;
mod template;
mod values;
mod workbook;

pub use codes::{MOST_VALUES, Suggestions};
pub use encoding::{code_page, encodings};
pub use error::SheetError;
pub use export::{export_csv, export_workbook};
pub use grid::{Grid, Merged, Unread, heading_row, letter};
pub use interchange::{Interchange, grids_apart as interchange_grids};
pub use microdata::{EstimateJob, Estimates, estimate, variables};
pub use opening::{
    HEADS, INTERCHANGE, MOST_BYTES, SHEETS, extension, grids, is_interchange, is_table, is_workbook, table_endings, why_no_json,
};
pub use output::{ChartForm, ChartRow, Column, ColumnValues, EventColumns, Format, Output, WorkbookChart, shield, unshield};
pub use packed::{Unpacked, unpacked};
pub use propose::{Look, MappingProposal, ProposedColumn, Unused, fitting, look, mapping_name, proposed};
pub use read::{
    DataRow, DataSet, DraftExample, EachColumn, Finding, MAPPINGS, Mapping, Meant, Names, Native, Outcome, OutlineColumn, Passed,
    RecordRule, Rule, SeveralNames, SheetJob, Suggests, Underway, Unmatched, import_sheet, is_of_data_set, keep_places, native,
    preview_sheet, read_data_set, text_of,
};
pub use roll::{Roll, RollJob, take_roll};
pub use template::template;
pub use values::typed_date;
pub use workbook::workbook;

fn kind_of<'m>(model: &'m remit_model::Model, name: &str) -> Result<&'m remit_model::Kind, SheetError> {
    model.register_kinds().find(|k| k.name == name).ok_or_else(|| {
        let known: Vec<&str> = model.register_kinds().map(|k| k.name.as_str()).collect();
        let meant = remit_model::nearest(name, known.iter().copied()).map(str::to_owned);
        SheetError::NoKind(name.to_owned(), known.join(", "), meant)
    })
}
