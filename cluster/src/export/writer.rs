//! The files of one table: one a year, row groups of a bounded size, so that memory stays the same however many rows come.

use super::cells::{self, Cells};
use crate::columns::Column;
use crate::manifest::{File, Hashed};
use anyhow::{Context as _, Result};
use arrow::array::RecordBatch;
use arrow::datatypes::{Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use remit_store::Lent;
use std::collections::{BTreeMap, HashMap};
use std::io::BufWriter;
use std::path::PathBuf;
use std::sync::Arc;

/// Rows that are collected before they are encoded.
const BATCH: usize = 4096;

/// Rows of a group: enough to be worth a group, few enough that the groups of forty years fit into memory.
const GROUP: usize = 1 << 17;

/// What the folder of a year is called of which nothing is known, as Hive calls it.
const NO_YEAR: &str = "__HIVE_DEFAULT_PARTITION__";

type Out = ArrowWriter<Hashed<BufWriter<std::fs::File>>>;

/// What the files of a table are.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    /// The folder of the export.
    pub(super) folder: PathBuf,
    /// Where its files stand, from there on: `views/support`.
    pub(super) place: String,
    pub(super) columns: Arc<Vec<Column>>,
    /// The place of the column by whose year they are divided.
    pub(super) year_of: Option<usize>,
    /// What tells the files of one writer from those of another.
    pub(super) number: usize,
}

/// Writes the rows that one thread reads of one table.
pub(super) struct Writer {
    shape: Shape,
    schema: Arc<Schema>,
    parts: HashMap<Option<i32>, Part>,
    not_typed: BTreeMap<String, u64>,
}

/// The file of a year.
struct Part {
    path: String,
    cells: Vec<Cells>,
    collected: usize,
    rows: u64,
    out: Out,
}

/// What was written.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) files: Vec<File>,
    pub(super) not_typed: BTreeMap<String, u64>,
}

impl Writer {
    pub(super) fn new(shape: Shape) -> Writer {
        let fields: Vec<Field> = shape.columns.iter().flat_map(Column::fields).collect();
        Writer { shape, schema: Arc::new(Schema::new(fields)), parts: HashMap::new(), not_typed: BTreeMap::new() }
    }

    pub(super) fn add(&mut self, row: &[Lent<'_>]) -> Result<()> {
        let year = self.shape.year_of.map(|at| cells::year(row[at]));
        let key = year.flatten();
        if !self.parts.contains_key(&key) {
            let part = self.begin(year)?;
            self.parts.insert(key, part);
        }
        let Some(part) = self.parts.get_mut(&key) else { return Ok(()) };
        for (n, cell) in row.iter().enumerate() {
            if !part.cells[n].add(*cell) {
                *self.not_typed.entry(self.shape.columns[n].name.clone()).or_default() += 1;
            }
        }
        part.collected += 1;
        if part.collected == BATCH {
            part.write(&self.schema)?;
        }
        Ok(())
    }

    /// Begins the file of a year; of a table that is not divided, the one that it has.
    fn begin(&self, year: Option<Option<i32>>) -> Result<Part> {
        let Shape { folder, place, columns, number, .. } = &self.shape;
        let divided = match year {
            Some(Some(year)) => format!("/year={year:04}"),
            Some(None) => format!("/year={NO_YEAR}"),
            None => String::new(),
        };
        let path = format!("{place}{divided}/part-{number}.parquet");
        let file = folder.join(&path);
        let made = file.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::File::create(&file));
        let made = made.with_context(|| format!("{} cannot be written", file.display()))?;
        let out = ArrowWriter::try_new(Hashed::new(BufWriter::new(made)), self.schema.clone(), Some(properties()))?;
        let cells = columns.iter().map(|c| Cells::new(&c.holds)).collect();
        Ok(Part { path, cells, collected: 0, rows: 0, out })
    }

    /// Ends all files. A table without any row has one too: its columns tell that there is none.
    pub(super) fn end(mut self, is_first: bool) -> Result<Written> {
        if self.parts.is_empty() && is_first {
            let part = self.begin(None)?;
            self.parts.insert(None, part);
        }
        let mut written = Written { not_typed: self.not_typed, ..Written::default() };
        for (_, mut part) in self.parts {
            part.write(&self.schema)?;
            // The footer is written before the writer is given back, so that the hash is that of the whole file.
            let (path, rows) = (part.path, part.rows);
            let (bytes, sha256) = part.out.into_inner()?.done()?;
            written.files.push(File { path, rows: Some(rows), bytes, sha256 });
        }
        Ok(written)
    }
}

impl Part {
    fn write(&mut self, schema: &Arc<Schema>) -> Result<()> {
        let arrays = self.cells.iter_mut().flat_map(Cells::finish).collect();
        let batch = RecordBatch::try_new(schema.clone(), arrays)?;
        if batch.num_rows() > 0 {
            self.out.write(&batch)?;
        }
        self.rows += self.collected as u64;
        self.collected = 0;
        Ok(())
    }
}

fn properties() -> WriterProperties {
    WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_max_row_group_row_count(Some(GROUP))
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_created_by(format!("remit-cluster {}", env!("CARGO_PKG_VERSION")))
        .build()
}
