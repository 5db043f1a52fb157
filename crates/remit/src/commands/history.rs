//! `remit history`

use crate::commands::{AsOfArguments, note_look, open_usable};
use crate::output::{Answered, of_query, patiently};
use anyhow::Result;
use remit_store::Reader;
use std::path::PathBuf;

/// Of a person all that is held is asked for, and most of it is said of others: what names the person, and what was decided on, seen and
/// written about a request that does.
const OF_A_RECORD: &str = "\
with field as materialized (
  select kind, field, refers_to, prefix from kind_field
  where refers_to in ('person', 'support_request') and exists (select 1 from statement where kind = 'person' and record = :record)
),
naming as materialized (
  select s.statement, s.kind, s.record
  from statement s join field f on f.kind = s.kind and f.refers_to = 'person' join json_each(s.fields, '$.' || f.field) v
  where v.value = f.prefix || :record
),
on_request as materialized (
  select s.statement
  from statement s join field f on f.kind = s.kind and f.refers_to = 'support_request' join json_each(s.fields, '$.' || f.field) v
  where v.value in (select f.prefix || record from naming where kind = 'support_request')
)
select recorded_at, author, act, current, withdrawn, kind, fields, source, locator, statement, entry from statement
where record = :record or statement in (select statement from naming) or statement in (select statement from on_request)
order by seq";

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  remit history somalia                          the newest fifty entries: who recorded how much, and when
  remit history somalia so/police                every statement about a record
  remit history somalia so/police --json         the same, for a script")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// A record: every statement about it, of a person also those that name the person, in the order in which they were recorded
    /// [default: the newest entries]
    record: Option<String>,
    #[command(flatten)]
    as_of: AsOfArguments,
    #[command(flatten)]
    answered: Answered,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = open_usable(&arguments.workspace)?;
    let as_of = arguments.as_of.as_of(&workspace)?;
    let reader = Reader::open(&workspace, as_of.clone())?;
    let sql = match &arguments.record {
        Some(_) => OF_A_RECORD,
        None => "select recorded_at, author, act, statements, standing, entry from entry order by recorded_at desc limit 50",
    };
    let parameters = arguments.record.as_ref().map(|r| ("record", r.as_str().into()));
    let parameters: Vec<_> = parameters.into_iter().collect();
    let table = patiently("looking through the history", || reader.query(sql, &parameters))?;
    if let (Some(record), Some(at)) = (&arguments.record, table.column("kind")) {
        let shows = |name: &str| table.rows.iter().any(|row| row[at].text() == Some(name));
        note_look(&workspace, &as_of, &format!("history {record}"), |kind| shows(&kind.name))?;
    }
    arguments.answered.give(&of_query(&workspace, "sql", &[("sql", sql)], &as_of, &table))
}
