//! Which imports count: of each data set the newest that was known, and what it renews.

use crate::schema::has_column;
use crate::{StoreError, gone_import};
use rusqlite::Connection;

/// The newest complete snapshot of each data set as known at a moment, and those that it renews only in part, where their
/// marking is at most `clearance`. A newer snapshot that the reader may not see still supersedes the older one: what it replaced
/// is no longer held true. Of one that was erased nothing counts.
pub(crate) fn live_snapshots(db: &Connection, known: &str, clearance: Option<u8>) -> Result<Vec<i64>, StoreError> {
    let renews = if has_column(db, "snapshot", "renews")? { "s.renews" } else { "null" };
    let sql = format!(
        "with recursive live (id, renews) as (
           select s.id, {renews} from main.snapshot s where s.complete = 1 and s.recorded_at <= :known
             and not exists (select 1 from main.snapshot n where n.dataset = s.dataset and n.complete = 1
                             and n.recorded_at <= :known and n.id > s.id)
           union select s.id, {renews} from live l join main.snapshot s on s.id = l.renews)
         select l.id from live l join main.snapshot s on s.id = l.id where s.marking <= :clearance and {} order by l.id",
        gone_import::is_left("s.dataset")
    );
    let mut statement = db.prepare(&sql)?;
    let rows = statement
        .query_map(rusqlite::named_params! { ":known": known, ":clearance": clearance.unwrap_or(u8::MAX) }, |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The query for the files of these snapshots that a later one of them, of the same data set, has in a newer state or has no
/// longer: what was read in them is no longer held true.
pub(crate) fn renewed_files(db: &Connection, live: &str) -> Result<String, StoreError> {
    if !has_column(db, "snapshot", "renews")? {
        return Ok("select null as file where false".into());
    }
    Ok(format!(
        "select file from (
           select f.id as file, f.snapshot, max(f.snapshot) over (partition by s.dataset, f.name) as newest
           from main.snapshot_file f join main.snapshot s on s.id = f.snapshot
           where f.snapshot in ({live}) and s.dataset in (select dataset from main.snapshot where id in ({live}) and renews is not null))
         where snapshot < newest"
    ))
}
