//! Where branches of statements end differently, and where sources contradict each other.

use super::days::holds;
use super::envelope::{grade, is_open, markings_in, may_be_seen, seen_fields, stands, starts};
use super::view::{REPLACED, View, ViewSource, fixed};
use crate::as_of::AsOf;
use crate::statement::ERASED;
use remit_model::{Kind, Model};

/// Where branches end differently: statements that go back to one that several replace, and that nothing has replaced since.
pub(super) fn conflict(as_of: &AsOf) -> View {
    let items = [
        ("statement", "t.id".to_owned()),
        ("supersedes", "c.root".into()),
        ("kind", "t.kind".into()),
        ("record", "t.record".into()),
        ("withdrawn", "t.withdrawn".into()),
    ];
    let rest = format!(
        "from temp.as_of_conflict c join main.statement t on t.id = c.leaf where t.marking <= {} and c.root is not null",
        as_of.clearance.level()
    );
    fixed(
        "conflict",
        "Statements that go back to one that several replace, say different things of it, and of which none was chosen; and what one \
         workspace has said and another has withdrawn, with its withdrawal.",
        &items,
        rest,
    )
}

/// The branches of an as-of that end differently, as SQL that fills `as_of_conflict`. A withdrawal in favour of another
/// statement, a proposal and a rejection end nothing.
pub(crate) fn conflicts_sql(model: &Model, as_of: &AsOf, is_new: bool) -> String {
    let known = as_of.known_on.as_ref().map_or(String::new(), |k| format!(" and t.recorded_at <= '{k}'"));
    let seen = format!("t.marking <= {} and t.status <> 'proposed'{known}", as_of.clearance.level());
    let settled = if is_new { "coalesce(t.settled_by, '') = ''" } else { "1" };
    // Branches that differ in nothing which the reader sees are none to them.
    let says = format!(
        "case when t.withdrawn then 'withdrawn' else ({}) || coalesce(t.valid_from, '') || '/' || coalesce(t.valid_to, '') end",
        seen_fields("t", &markings_in("t", model, as_of.clearance), as_of)
    );
    format!(
        "create temp table as_of_conflict (root text, leaf text);
         insert into as_of_conflict
           with recursive fork (root) as (
             select t.supersedes from main.statement t where t.supersedes is not null and {seen} group by t.supersedes having count(*) > 1),
           branch (root, id) as (
             select f.root, t.id from fork f join main.statement t on t.supersedes = f.root where {seen}
             union select b.root, t.id from branch b join main.statement t on t.supersedes = b.id where {seen}),
           leaf (root, id, says) as (
             select b.root, b.id, {says} from branch b join main.statement t on t.id = b.id
             where t.status = 'accepted' and {settled}
               and not exists (select 1 from main.statement n join main.statement t on t.id = n.id where n.supersedes = b.id and {seen}))
           select root, id from leaf where root in (select root from leaf group by root having count(distinct says) > 1);{}",
        if is_new { withdrawn_elsewhere_sql(&seen, as_of) } else { String::new() }
    )
}

/// Which record of a kind another takes the place of (a mandate that renews one), over as many as there are between, as SQL that fills
/// `as_of_replaced`.
pub(crate) fn replaced_sql(model: &Model, as_of: &AsOf) -> String {
    let source_of = |kind: &Kind, field: &str| {
        let seen = may_be_seen(&markings_in("t", model, as_of.clearance), &format!("'$.{field}'"), None, as_of);
        format!(
            "select json_extract(t.fields, '$.{field}'), t.record from main.statement t \
             where t.kind = '{}' and {} and {seen}",
            kind.name,
            stands("t", as_of)
        )
    };
    let direct = model.kinds.iter().filter_map(|kind| Some(source_of(kind, kind.replaces.as_deref()?)));
    let direct: Vec<String> = direct.chain(["select null, null where 0".to_owned()]).collect();
    format!(
        "create temp table {REPLACED} (record text, later text, primary key (record, later)) without rowid;
         insert into {REPLACED}
           with recursive direct (record, later) as ({}),
           line (record, later) as (
             select record, later from direct where record is not null
             union select l.record, d.later from line l join direct d on d.record = l.later)
           select record, later from line where record <> later",
        direct.join(" union ")
    )
}

/// What one workspace has said and others have withdrawn, as SQL that adds all of it to `as_of_conflict`: nothing else contradicts them, and what
/// was said would be gone without anybody having seen it, also where several have withdrawn it. Who withdraws it once more, or says it again, has
/// decided, and so has who withdrew it where it was said. An undo of what was taken over is a decision where it was made, and an erasure is
/// an order.
fn withdrawn_elsewhere_sql(seen: &str, as_of: &AsOf) -> String {
    format!(
        "insert into as_of_conflict
           with only (root) as materialized (
             select t.supersedes from main.statement t where t.supersedes is not null and {seen}
             group by t.supersedes having min(t.withdrawn) = 1),
           taken_back (root, leaf, is_decided) as materialized (
             select o.id, w.id, coalesce(o.workspace = w.workspace, 1) or w.status <> 'accepted' or coalesce(w.settled_by, '') <> ''
                 or (coalesce(w.taken_from, '') = '' and w.act like 'undid: %') or w.act like '{}%'
                 or w.id in (select leaf from as_of_conflict)
                 or exists (select 1 from main.statement t where t.supersedes = w.id and {seen})
             from only join main.statement o on o.id = only.root join main.statement t on t.supersedes = only.root
             join main.statement w on w.id = t.id
             where {seen} and o.status = 'accepted' and not o.withdrawn and o.marking <= {}),
           gone (root, leaf) as materialized (
             select root, leaf from taken_back where root not in (select root from taken_back where is_decided))
           select distinct root, root from gone union all select root, leaf from gone",
        ERASED,
        as_of.clearance.level()
    )
}

/// Fields of which two equally good sources say different things that hold on one day.
pub(super) fn disagreement(source: &ViewSource<'_>) -> View {
    let ViewSource { as_of, .. } = source;
    let holds = |alias: &str| format!("(kinds.event or {})", holds(alias, &starts(alias, source), as_of.valid_on));
    let other = |alias: &str, compared: &str| {
        format!(
            "exists (select 1 from main.statement {alias} where {alias}.kind = t.kind and {alias}.record = t.record and {alias}.id <> t.id \
             and {} and {} and {} and json_extract({alias}.fields, '$.' || f.key) is not null and {compared})",
            stands(alias, as_of),
            holds(alias),
            is_open(alias, "f.key", source),
        )
    };
    // A year and a day of it do not differ: the one says only more than the other.
    let said = "json_extract(o.fields, '$.' || f.key)";
    let agrees = format!("(kinds.is_date and (instr({said}, f.value) = 1 or instr(f.value, {said}) = 1))");
    // What is said of a mandate, and what is said of the one that renewed it, follow one another.
    let follows = |of: &str, other: &str| {
        format!(
            "exists (select 1 from json_each({of}.fields) x join temp.{REPLACED} r on r.record = x.value \
             where r.later = json_extract({other}.fields, '$.' || x.key) and {} and {})",
            is_open(of, "x.key", source),
            is_open(other, "x.key", source)
        )
    };
    let differs = format!(
        "{} = {} and folded({said}) is not folded(f.value) and not {agrees} and not {} and not {}",
        grade("o"),
        grade("t"),
        follows("t", "o"),
        follows("o", "t")
    );
    let items = [
        ("statement", "t.id".to_owned()),
        ("kind", "t.kind".into()),
        ("record", "t.record".into()),
        ("field", "f.key".into()),
        ("value", "f.value".into()),
        ("source", "t.source".into()),
    ];
    // Most records are told of once: those that are not come first, and only their fields are taken apart.
    let rest = format!(
        "from (select kind, record from main.statement group by kind, record having count(*) > 1) again \
         cross join main.statement t on t.kind = again.kind and t.record = again.record cross join json_each(t.fields) f \
         cross join temp.as_of_compared kinds on kinds.kind = t.kind and kinds.field = f.key \
         where {} and {} and {} and {} and not {}",
        stands("t", as_of),
        holds("t"),
        is_open("t", "f.key", source),
        other("o", &differs),
        other("b", &format!("{} > {}", grade("b"), grade("t"))),
    );
    fixed("disagreement", "Values of which two equally good sources say different things for one day.", &items, rest)
}
