//! The rules against counting the same money twice, worked out anew once after each command that imports.
//!
//! Exceptions are kept with the moments between which they held, so that an answer "as known on" an earlier day counts
//! as it did then. A row is never changed because of one that is more confidential than itself.
//!
//! 1. *Same activity twice*, in two data sets or in one: the version that its publisher updated last is shown, to the
//!    second; of two alike, the one imported first.
//! 2. *Secondary reporter*: who reports for others, by its own word, counts only where they do not report themselves: where
//!    neither the activity that it names, nor for the same country its funder, nor the publisher whose identifier it carries,
//!    is here at first hand.
//! 3. *Parent and child*: where children (same reporter, security sector) report the same flow, the parent counts only
//!    as far as it exceeds them. Doubtful where more than a twentieth remains.
//! 4. *Giver and receiver*: money that an activity received from another activity that is counted here is not counted
//!    again when it is passed on: its outflows count in the proportion of what came from elsewhere. Where only the
//!    organisation is named, not the activity, all is counted and the activity flagged as doubtful where that organisation
//!    reports for the same country. Of commitments and of disbursements only those count as received that the giver reports
//!    itself: what it has not published is counted nowhere else.

use crate::beside::COUNTED;
use crate::live_snapshots::{live_snapshots, renewed_files};
use crate::signed::Signer;
use crate::{StoreError, Workspace};
use rusqlite::Connection;

const RULES: &str = "
create temp table renewed (file integer primary key);
insert into renewed select file from (RENEWED);
create temp table live_activity as
  select a.id, a.record, a.marking_level, a.updated, a.reporter, a.secondary, a.committed, a.disbursed, a.ssr from (
    select r.id, r.record, s.marking as marking_level, coalesce(r.updated_at, r.last_updated, '') as updated, r.reporter,
           coalesce(r.secondary_reporter, 0) as secondary, r.committed_usd as committed, r.disbursed_usd as disbursed,
           coalesce(r.coded, 0) or coalesce(r.read, 0) as ssr
    from main.row_activity r join main.snapshot s on s.id = r.snapshot
    where r.snapshot in (LIVE) and r.file not in (select file from renewed)) a
  -- By the index that has all that is asked (+ keeps SQLite from the one in order of records): the rows themselves are large.
  where a.ssr or a.record in (select record from main.row_activity where snapshot in (LIVE) and file not in (select file from renewed)
                              group by +record having count(*) > 1);
create index temp.live_record on live_activity (record);
create unique index temp.live_id on live_activity (id);

create temp table found (activity, reason, committed, disbursed, other, doubtful, hidden);
create index temp.found_activity on found (activity, reason);

-- Beside each the version that counts: of all that go before it, the first.
insert into found
  select id, 'same_activity_elsewhere', 0, 0, other, 0, 1 from (
    select a.id, (
      select b.id from live_activity b
      where b.record = a.record and b.id <> a.id and b.marking_level <= a.marking_level
        and (b.secondary < a.secondary or b.secondary = a.secondary
             and (b.updated > a.updated or (b.updated = a.updated and (b.marking_level, b.id) < (a.marking_level, a.id))))
      order by b.secondary, b.updated desc, b.marking_level, b.id limit 1) as other
    from live_activity a)
  where other is not null;
delete from live_activity where id in (select activity from found) or not ssr;

create temp table live_country as
  select distinct f.activity, f.country from main.support_fact f join live_activity a on a.id = f.activity where f.country <> '';
create index temp.live_country_activity on live_country (activity, country);
create temp table first_hand as
  select a.reporter, c.country, min(a.marking_level) as marking_level
  from live_activity a join live_country c on c.activity = a.id
  where a.secondary = 0 and coalesce(a.reporter, '') <> '' group by a.reporter, c.country;
create unique index temp.first_hand_reporter on first_hand (reporter, country);
-- Who reports for which country, at first hand or not: looked up for each funder, where going through all that it reports takes most of a refresh.
create temp table reporting as
  select a.reporter, c.country, min(a.marking_level) as marking_level
  from live_activity a join live_country c on c.activity = a.id where a.reporter is not null group by a.reporter, c.country;
create unique index temp.reporting_reporter on reporting (reporter, country);

insert into found
  select me.id, 'secondary_reporter', 0, 0, null, 0, 0 from live_activity me
  where me.secondary = 1 and (
    exists (select 1 from main.support_link l join live_activity told on told.record = l.target
            where l.activity = me.id and told.secondary = 0 and told.reporter is not me.reporter
              and told.marking_level <= me.marking_level)
    or exists (select 1 from first_hand f join live_country c on c.activity = me.id and c.country = f.country
               where f.reporter is not me.reporter and f.marking_level <= me.marking_level and (
                 substr(me.record, 1, length(f.reporter) + 1) = f.reporter || '-'
                 or f.reporter in (select l.target from main.support_link l where l.activity = me.id and l.kind = 'funder'))));

insert into found
  with child as (
    select distinct parent.id as parent, child.id as child from main.support_link l
      join live_activity child on child.id = l.activity join live_activity parent on parent.record = l.target
      where l.kind = 'parent' and child.reporter is parent.reporter and child.id <> parent.id
        and child.marking_level <= parent.marking_level
    union
    select distinct parent.id, child.id from main.support_link l
      join live_activity parent on parent.id = l.activity join live_activity child on child.record = l.target
      where l.kind = 'child' and child.reporter is parent.reporter and child.id <> parent.id
        and child.marking_level <= parent.marking_level),
  family as (
    select p.id, p.committed, p.disbursed, sum(c.committed) as cc, sum(c.disbursed) as cd, min(c.id) as other
    from child join live_activity p on p.id = child.parent join live_activity c on c.id = child.child
    -- A parent that is also its child's child says nothing: leave such pairs alone.
    where not exists (select 1 from child back where back.parent = child.child and back.child = child.parent)
    group by p.id),
  rest as (
    select id, other,
      case when committed > 0 and cc > 0 then max(0.0, (committed - cc) / committed) else 1.0 end as committed,
      case when disbursed > 0 and cd > 0 then max(0.0, (disbursed - cd) / disbursed) else 1.0 end as disbursed
    from family)
  select id, 'children_report_it', committed, disbursed, other,
         (committed > 0.05 and committed < 1.0) or (disbursed > 0.05 and disbursed < 1.0), 0
  from rest where committed < 1.0 or disbursed < 1.0;

insert into found
  with inflow as (
    select l.activity, sum(l.usd) as total,
      sum(case when giver.id is not null then l.usd end) as linked, min(giver.id) as other,
      max(giver.committed) as committed, max(giver.disbursed) as disbursed
    from main.support_link l join live_activity me on me.id = l.activity
      left join live_activity giver on giver.record = l.target and giver.id <> me.id and giver.reporter is not me.reporter
        and giver.secondary = 0 and giver.marking_level <= me.marking_level
    where l.kind = 'inflow' group by l.activity),
  told as (
    select me.id as activity, sum(l.usd) as linked, min(giver.id) as other, max(giver.committed) as committed, max(giver.disbursed) as disbursed
    from main.support_link l join live_activity giver on giver.id = l.activity
      join live_activity me on me.record = l.target and me.id <> giver.id and giver.reporter is not me.reporter
    where l.kind = 'outflow' and giver.secondary = 0 and giver.marking_level <= me.marking_level group by me.id),
  kept as (
    select me.id, coalesce(i.other, t.other) as other,
      max(coalesce(i.committed, 0.0), coalesce(t.committed, 0.0)) as committed, max(coalesce(i.disbursed, 0.0), coalesce(t.disbursed, 0.0)) as disbursed,
      min(case when i.linked > 0 then max(0.0, 1.0 - i.linked / max(i.total, i.linked)) else 1.0 end,
          case when t.linked > 0 and me.disbursed > 0 then max(0.0, 1.0 - t.linked / me.disbursed) else 1.0 end) as share
    from live_activity me left join inflow i on i.activity = me.id left join told t on t.activity = me.id
    where i.linked > 0 or t.linked > 0)
  -- What the giver has not reported is counted nowhere else: only of what it has, the part that it gave is left out here.
  select id, 'received_from_counted', case when committed > 0 then share else 1.0 end, case when disbursed > 0 then share else 1.0 end, other, 0, 0
  from kept where share < 1.0 and (committed > 0 or disbursed > 0);

insert into found
  select me.id, 'funder_reports_too', 1, 1, null, 1, 0 from live_activity me
  where exists (select 1 from main.support_link l cross join live_country mine on mine.activity = me.id
                  join reporting giver on giver.reporter = l.target and giver.country = mine.country
                where l.activity = me.id and l.kind = 'funder' and giver.reporter is not me.reporter
                  and giver.marking_level <= me.marking_level)
    and me.id not in (select activity from found where reason = 'received_from_counted');

update main.exception set until = :now where until is null and not exists (
  select 1 from found f where f.activity = exception.activity and f.reason = exception.reason and f.committed = exception.committed
    and f.disbursed = exception.disbursed and f.other is exception.other and f.doubtful = exception.doubtful);
insert into main.exception
  select f.activity, f.reason, f.committed, f.disbursed, f.other, f.doubtful, f.hidden, :now, null from found f
  where not exists (select 1 from main.exception e where e.until is null and e.activity = f.activity and e.reason = f.reason);
drop table found;
drop table reporting;
drop table first_hand;
drop table live_country;
drop table live_activity;
drop table renewed;
";

/// Versions of activities that are left out since a moment, and were not before, for one that another data set has.
const LEFT_OUT_ELSEWHERE: &str = "
select count(*) from exception x join row_activity a on a.id = x.activity join row_activity o on o.id = x.other
  join snapshot mine on mine.id = a.snapshot join snapshot theirs on theirs.id = o.snapshot
where x.since = ? and x.reason = 'same_activity_elsewhere' and mine.dataset <> theirs.dataset
  and not exists (select 1 from exception e where e.activity = x.activity and e.reason = x.reason and e.until = x.since)";

impl Workspace {
    /// Works out which money is reported twice, so that it counts once. To be done when activities were imported. Gives how many versions
    /// of activities are left out from now on because another data set has them too.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn count_once(&self) -> Result<u64, StoreError> {
        let db = self.write()?;
        let count = db.unchecked_transaction()?;
        let (moment, signer) = (crate::as_of::now(), Signer::of(self)?);
        let changing = signer.changing(&count, COUNTED)?;
        update_exceptions(&count, &moment)?;
        let elsewhere: i64 = count.query_row(LEFT_OUT_ELSEWHERE, [&moment], |row| row.get(0))?;
        signer.sign_changed(&count, &moment, changing)?;
        count.commit()?;
        signer.keep_head(&db)?;
        Ok(elsewhere as u64)
    }
}

/// Applies the rules to what is live at `now`.
fn update_exceptions(db: &Connection, now: &str) -> Result<(), StoreError> {
    let live: Vec<String> = live_snapshots(db, now, None)?.iter().map(i64::to_string).collect();
    let live = live.join(",");
    let sql = RULES.replace("RENEWED", &renewed_files(db, &live)?).replace("LIVE", &live).replace(":now", &format!("'{now}'"));
    db.execute_batch(&sql)?;
    Ok(())
}
