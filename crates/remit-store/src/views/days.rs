//! On which days a statement is shown.

use super::envelope::{checked, cited, has_ended, is_open, stands, starts, undated};
use super::view::ViewSource;
use remit_model::{Day, Kind};

/// True where a state holds on the day. Where its start is not known, it holds from when it was first cited.
pub(super) fn holds(alias: &str, starts: &str, day: Day) -> String {
    format!("({starts} is null or {starts} <= '{day}') and not coalesce({}, 0)", has_ended(alias, day))
}

/// True where another statement of the same record says the same and tells an end that lies before the day. Who tells of no end does not
/// contradict it, unless what is said starts, or was cited, after that end: it has begun anew, or the two differ. Of a record with a title
/// all that is said must be the same, since a part of it may have ended alone.
fn is_over(alias: &str, kind: &Kind, source: &ViewSource<'_>) -> String {
    let day = source.as_of.valid_on;
    let after = |moment: &str| format!("coalesce(substr({moment}, 1, length(ending.valid_to)) > ending.valid_to, 0)");
    format!(
        "({alias}.valid_to is null and exists (select 1 from main.statement ending where ending.kind = {alias}.kind \
         and ending.record = {alias}.record and ending.seq <> {alias}.seq \
         and {} and not {} and not {} and not {} and {} and {}))",
        has_ended("ending", day),
        after(&starts(alias, source)),
        after(&cited(alias, source)[1]),
        after(&checked(alias)),
        stands("ending", source.as_of),
        says_the_same(alias, "ending", kind, source),
    )
}

/// True where another statement of the same record says what one does. What a record without a title is, its key tells; of one with a title
/// all that is said must be the same.
fn says_the_same(alias: &str, other: &str, kind: &Kind, source: &ViewSource<'_>) -> String {
    let compared = kind.fields.iter().filter(|f| kind.title.is_some() || f.required || kind.key.contains(&f.name));
    let compared: Vec<String> = compared.map(|f| format!("'{}'", f.name)).collect();
    format!(
        "not exists (select 1 from json_each({alias}.fields) f where f.key in ({}) and f.value is not null and {} \
         and not ({} and folded(json_extract({other}.fields, '$.' || f.key)) is folded(f.value)))",
        compared.join(", "),
        is_open(alias, "f.key", source),
        is_open(other, "f.key", source),
    )
}

/// True where a statement of a state is shown for the day: it holds, and nobody says of the same that it is over; or nothing is known of
/// when, and what is dated of the same record holds, or has not ended: what is new on a day takes nothing from the days before it. Of a record
/// without a title that is the same state, the dated statement tells when it began. So what has no date makes nothing eternal.
pub(super) fn shown_on(alias: &str, kind: &Kind, source: &ViewSource<'_>) -> String {
    let day = source.as_of.valid_on;
    let others = |condition: String| {
        format!(
            "exists (select 1 from main.statement dated where dated.kind = {alias}.kind and dated.record = {alias}.record and {} \
             and not {}{condition})",
            stands("dated", source.as_of),
            undated("dated", source),
        )
    };
    let holds = |alias: &str| format!("{} and not {}", holds(alias, &starts(alias, source), day), is_over(alias, kind, source));
    let has_ended = has_ended("dated", day);
    let tells_when = match kind.title {
        Some(_) => has_ended,
        None => format!("({has_ended} or {})", says_the_same(alias, "dated", kind, source)),
    };
    format!(
        "case when {} then not {} or {} else {} end",
        undated(alias, source),
        others(format!(" and {tells_when}")),
        others(format!(" and {}", holds("dated"))),
        holds(alias)
    )
}
