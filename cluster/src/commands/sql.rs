//! `remit-cluster sql`

use anyhow::Result;
use remit_cluster::{Folder, Where};
use remit_store::Cell;
use serde_json::{Map, Value};
use std::io::Write as _;
use std::time::Duration;

#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
Views stand under their names, as in `remit sql`, and the history of a kind as KIND_history. A line of JSON a row.

Examples:
  remit-cluster sql tables 'select country, count(*) from support group by 1'
  remit-cluster sql tables \"select name from actor_history where recorded_at <= '2026-01-31' and (replaced_at is null or replaced_at > '2026-01-31')\"")]
pub(crate) struct Arguments {
    /// Folder of an export, or its address
    folder: String,
    /// The query, in the SQL of Apache DataFusion
    sql: String,
    /// Have the executors of this scheduler of Ballista do the work
    #[arg(long, value_name = "ADDRESS")]
    scheduler: Option<String>,
    /// Give up after so many seconds
    #[arg(long, value_name = "SECONDS", default_value = "60")]
    timeout: u64,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    crate::commands::work::run(answer(arguments.clone()))
}

async fn answer(arguments: Arguments) -> Result<()> {
    let at = arguments.scheduler.clone().map_or(Where::Here, Where::Scheduler);
    let folder = Folder::open(&arguments.folder).await?;
    let table = folder.query(&arguments.sql, &at, Duration::from_secs(arguments.timeout)).await?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for row in &table.rows {
        let fields: Map<String, Value> = table.columns.iter().cloned().zip(row.iter().map(value)).collect();
        writeln!(out, "{}", Value::Object(fields))?;
    }
    Ok(out.flush()?)
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Integer(n) => (*n).into(),
        Cell::Real(n) => (*n).into(),
        Cell::Text(text) => text.clone().into(),
    }
}
