//! The views of an export on DataFusion, as the register shows them: dates as they were told, yes as 1, money as a number.

use crate::columns::AS_TOLD;
use crate::folder::Folder;
use crate::functions;
use crate::manifest::Table;
use crate::sql::names;
use anyhow::{Context as _, Result, anyhow, bail};
use arrow::array::{Array, AsArray as _, RecordBatch};
use arrow::datatypes::{DataType, Float64Type, Int64Type, Schema};
use datafusion::common::DataFusionError;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl};
use datafusion::execution::session_state::SessionStateBuilder;
use datafusion::functions::expr_fn::to_char;
use datafusion::logical_expr::{Expr, cast, lit};
use datafusion::prelude::{SessionConfig, SessionContext, coalesce, ident};
use remit_store::Cell;
use std::sync::Arc;

/// How an engine is told to work: what has no value comes first, as in SQLite.
pub(crate) fn config(config: SessionConfig) -> SessionConfig {
    config.set_str("datafusion.sql_parser.default_null_ordering", "nulls_min")
}

/// A session on this machine alone.
pub(crate) fn session() -> SessionContext {
    let state = SessionStateBuilder::new().with_config(config(SessionConfig::new())).with_default_features().build();
    let context = SessionContext::new_with_state(state);
    functions::all().into_iter().for_each(|f| context.register_udf(f));
    context
}

/// Makes the tables known that a query reads.
pub(crate) async fn register(context: &SessionContext, folder: &Folder, sql: &str) -> Result<()> {
    context.register_object_store(&folder.root()?, folder.store.clone());
    for table in &folder.manifest.tables {
        // A kind has the name of its view, or nearly.
        let name = if table.part == "history" { format!("{}_history", table.name) } else { table.name.clone() };
        if names(sql, &name) {
            register_one(context, folder, table, &name).await.with_context(|| format!("the table {name} cannot be read"))?;
        }
    }
    Ok(())
}

async fn register_one(context: &SessionContext, folder: &Folder, table: &Table, name: &str) -> Result<()> {
    let places =
        table.files.iter().map(|f| Ok(ListingTableUrl::parse(folder.url.join(&f.path)?)?)).collect::<Result<Vec<_>>>()?;
    if places.is_empty() {
        bail!("the manifest names no file of it");
    }
    folder.is_whole(table).await?;
    let options = ListingOptions::new(Arc::new(ParquetFormat::default())).with_file_extension(".parquet");
    let config = ListingTableConfig::new_with_multi_paths(places).with_listing_options(options);
    let config = config.infer_schema(&context.state()).await.map_err(plainly)?;
    let schema = config.file_schema.clone();
    let files = Arc::new(ListingTable::try_new(config)?);
    let shown = schema.map(|s| as_shown(&s)).unwrap_or_default();
    let view = context.read_table(files)?.select(shown)?.into_view();
    context.register_table(datafusion::common::TableReference::bare(name), view)?;
    Ok(())
}

/// What an engine says, once: its errors have those below in their own words already.
pub(crate) fn plainly(error: DataFusionError) -> anyhow::Error {
    let said = error.to_string();
    if said.contains("Range request not supported") {
        return anyhow!(
            "this web server does not give parts of files (Range requests), which reading Parquet takes: put the export behind one that does \
             (nginx, Caddy, Apache), or copy it here"
        );
    }
    anyhow!(said)
}

/// The columns as the register shows them.
fn as_shown(schema: &Schema) -> Vec<Expr> {
    let fields = schema.fields().iter();
    let is_told = |name: &str| schema.column_with_name(&format!("{name}{AS_TOLD}")).is_some();
    let beside = |name: &str| name.strip_suffix(AS_TOLD).is_some_and(|of| schema.column_with_name(of).is_some());
    let shown = fields.filter(|f| !beside(f.name())).map(|field| {
        let own = ident(field.name());
        let shown = match field.data_type() {
            DataType::Date32 if is_told(field.name()) => {
                coalesce(vec![ident(format!("{}{AS_TOLD}", field.name())), cast(own, DataType::Utf8)])
            }
            DataType::Boolean => cast(own, DataType::Int64),
            // By its digits: divided, a large amount would differ in its last one.
            DataType::Decimal128(..) => cast(cast(own, DataType::Utf8), DataType::Float64),
            DataType::Timestamp(..) => to_char(own, lit("%Y-%m-%dT%H:%M:%S%.3fZ")),
            _ => own,
        };
        shown.alias(field.name())
    });
    shown.collect()
}

/// Rows as those of an answer.
pub(crate) fn cells(batches: &[RecordBatch]) -> Result<Vec<Vec<Cell>>> {
    let mut rows = Vec::new();
    for batch in batches {
        let columns = batch.columns().iter().map(column).collect::<Result<Vec<_>>>()?;
        rows.extend((0..batch.num_rows()).map(|row| columns.iter().map(|c| c[row].clone()).collect::<Vec<Cell>>()));
    }
    Ok(rows)
}

fn column(array: &Arc<dyn Array>) -> Result<Vec<Cell>> {
    let as_type = |kind: &DataType| arrow::compute::cast(array, kind).context("a column of the answer cannot be read");
    Ok(match array.data_type() {
        DataType::Null => vec![Cell::Null; array.len()],
        kind if kind.is_integer() || *kind == DataType::Boolean => {
            let numbers = as_type(&DataType::Int64)?;
            numbers.as_primitive::<Int64Type>().iter().map(|n| n.map_or(Cell::Null, Cell::Integer)).collect()
        }
        kind if kind.is_numeric() => {
            let numbers = as_type(&DataType::Float64)?;
            numbers.as_primitive::<Float64Type>().iter().map(|n| n.map_or(Cell::Null, Cell::Real)).collect()
        }
        _ => {
            let texts = as_type(&DataType::Utf8)?;
            texts.as_string::<i32>().iter().map(|t| t.map_or(Cell::Null, |t| Cell::Text(t.to_owned()))).collect()
        }
    })
}
