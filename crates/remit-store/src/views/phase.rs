//! In which phase something is on a day: planned, active, overdue, ended.

use remit_model::Day;

/// The expression that says, of an activity, whether it is planned, active, overdue, ended, cancelled, suspended or unknown
/// on a day: by its dates where it has them, else by its status as published (IATI activity status 1 to 6). Past an end that
/// was only planned (`ended` is null), what is still reported as being implemented is overdue, or nobody has confirmed its end;
/// and what has started after that end has not ended by it. What is still reported as in preparation past its planned start (`began` is
/// null) is overdue too: nobody has said that it began.
pub(crate) fn phase_sql(day: Day, [starts, began]: [&str; 2], [ends, ended]: [&str; 2], status: &str) -> String {
    // An end in a year or a month is over when that is.
    let over = format!("{ends} < substr('{day}', 1, length({ends}))");
    let open = not_over(day, starts);
    format!(
        "case when {status} = '5' then 'cancelled' when {status} = '6' then 'suspended' \
         when {starts} > '{day}' then 'planned' \
         when {status} = '1' and {began} is null and {open} then 'planned' \
         when {status} = '1' and {starts} is not null and {began} is null then 'overdue' \
         when {over} and {ended} is null and {status} = '2' then 'overdue' \
         when {over} and {ended} is null and {starts} > {ends} then 'active' \
         when {over} then 'ended' \
         when {ends} is null and {status} in ('3', '4') then 'ended' \
         when {starts} is null and {status} = '1' then 'planned' \
         when {starts} is null and {ends} is null and {status} is null then 'unknown' else 'active' end"
    )
}

/// True on the days of a year or month in which something is to begin, and of which the day is not told.
fn not_over(day: Day, starts: &str) -> String {
    format!("length({starts}) < 10 and {starts} = substr('{day}', 1, length({starts}))")
}

/// The same of a record that people state, and of which planned ends are not told from actual ones. What is said of its status goes before
/// its dates, so that one that was closed early does not run on, and one that was planned to start before the day, of which nobody says that
/// it did, is not confirmed. A status that was said after the end leaves the days before it what they were.
pub(super) fn stated_phase(day: Day, starts: &str, ends: &str, status: &str, said_at: &str) -> String {
    let open = not_over(day, starts);
    format!(
        "case when {status} = '4' and coalesce({ends} >= substr({said_at}, 1, length({ends})), 1) then 'ended' \
         when {status} = '1' and {open} then 'planned' when {status} = '1' and {starts} <= '{day}' then 'overdue' else {} end",
        phase_sql(day, [starts, starts], [ends, ends], status)
    )
}
