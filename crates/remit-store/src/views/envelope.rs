//! The envelope of a statement as a reader sees it: its dates, grades and markings, and what is withheld.

use super::view::{Scope, ViewSource, marking_name, of_file, of_snapshot};
use crate::as_of::AsOf;
use crate::functions;
use crate::schema::ROW_ENVELOPE;
use crate::statement::has_own_column;
use remit_model::{Day, EnvelopePart, Marking, Model};

/// The columns of the envelope: name, where an imported row has it, where a statement has it.
pub(super) fn envelope(source: &ViewSource<'_>) -> Vec<(String, String, String)> {
    let ViewSource { model, as_of, scope } = source;
    let mut columns = Vec::new();
    for known in model.envelope.all() {
        let name = known.field.name.as_str();
        let (imported, stated) = match name {
            "marking" => (marking_name(&of_snapshot("r", "marking")), marking_name("t.marking")),
            "withheld" => ("null".into(), withheld(source)),
            "status_of_statement" => ("'accepted'".into(), "t.status".into()),
            "statement" => ("null".into(), "t.id".into()),
            "author" => ("'import'".into(), scope.recorded_by("t.author")),
            "recorded_at" => (of_snapshot("r", "recorded_at"), "t.recorded_at".into()),
            "source" | "url" => (format!("coalesce(r.{name}, {})", of_snapshot("r", name)), format!("t.{name}")),
            _ if ROW_ENVELOPE.contains(&name) => (format!("r.{name}"), format!("t.{name}")),
            _ if has_own_column(name) => ("null".into(), format!("t.{name}")),
            _ if known.part == EnvelopePart::Register || !scope.is_new => ("null".into(), "null".into()),
            _ => ("null".into(), format!("json_extract(t.more, '$.{name}')")),
        };
        columns.push((name.to_owned(), imported, stated));
    }
    let imported_undated = "(r.valid_from is null and r.valid_to is null)";
    let by_end = confirmed_by_end("r", "r.valid_from", &of_snapshot("r", "recorded_at"), as_of.valid_on);
    let imported_confirmed = format!("not {imported_undated} and {by_end}");
    let beside = [
        ("confirmed", imported_confirmed, confirmed("t", source)),
        ("undated", imported_undated.to_owned(), undated("t", source)),
        ("grade", UNGRADED.to_string(), grade("t")),
        ("said_at", of_snapshot("r", "recorded_at"), said_at("t", scope)),
        ("entry", "null".into(), "t.entry".into()),
        ("dataset", of_snapshot("r", "dataset"), "null".into()),
        ("file", of_file("r"), "null".into()),
        ("line", "r.line".into(), "null".into()),
    ];
    columns.extend(beside.map(|(name, imported, stated)| (name.to_owned(), imported, stated)));
    columns
}

/// A field of the envelope of a statement; null where the workspace has none of it yet.
fn envelope_field(alias: &str, name: &str, source: &ViewSource<'_>) -> String {
    if has_own_column(name) {
        format!("{alias}.{name}")
    } else if source.scope.is_new && source.model.envelope.get(name).is_some() {
        format!("json_extract({alias}.more, '$.{name}')")
    } else {
        "null".into()
    }
}

/// When a statement was first recorded, in whichever workspace.
pub(super) fn said_at(alias: &str, scope: &Scope) -> String {
    if scope.is_new { format!("coalesce({alias}.said_at, {alias}.recorded_at)") } else { format!("{alias}.recorded_at") }
}

/// The grade of a source that nobody has graded, or that cannot be judged.
const UNGRADED: i64 = 22;

/// How good source and information are by their grades (Admiralty), so that the best is the largest. What cannot be judged, or
/// was not, is better than what is known to be doubtful.
pub(crate) fn grade(alias: &str) -> String {
    format!(
        "(10 * case {alias}.reliability when 'A' then 5 when 'B' then 4 when 'C' then 3 when 'D' then 1 when 'E' then 0 else 2 end \
         + case {alias}.credibility when '1' then 5 when '2' then 4 when '3' then 3 when '4' then 1 when '5' then 0 else 2 end)"
    )
}

/// How much what is said counts for a day, so that the most is the largest: by grade, and of one grade what tells when before what has no date.
/// Of that nobody can tell how good it is for a day, so that it counts no more than what nobody has graded.
pub(super) fn weight(grade: &str, undated: &str) -> String {
    format!("(case when {undated} then min({grade}, {UNGRADED}) * 200 + {grade} else {grade} * 200 + 100 end)")
}

/// What is a day, as text compares it: an older version may have recorded a word in its place (“spring”), which comes after all days, or a day
/// with a space at an end, which comes before them. It is read as none, so that the record is shown as what has no date, and hidden on no day.
fn a_day(said: &str) -> String {
    format!("(case when {} then {said} end)", is_a_day(said))
}

/// True for what begins and ends as a day does.
fn is_a_day(said: &str) -> String {
    format!("{said} glob '[12]*[0-9]'")
}

/// The day on which somebody last checked a statement against its source.
pub(super) fn checked(alias: &str) -> String {
    a_day(&format!("substr({alias}.verified_at, 1, 10)"))
}

/// True for what has ended before the day; null where no end is told.
pub(super) fn has_ended(alias: &str, day: Day) -> String {
    let end = format!("{alias}.valid_to");
    format!("({end} < substr('{day}', 1, length({end})) and {})", is_a_day(&end))
}

/// The day of the source. One that had not come when the statement was made is a typing error, which an older version may have recorded: it is read
/// as none, or the record would be hidden until it comes. Where it is tomorrow already, somebody may be who writes to a machine that is behind.
fn day_of_source(alias: &str, source: &ViewSource<'_>) -> String {
    let day = envelope_field(alias, "source_date", source);
    let said = said_at(alias, source.scope);
    format!("(case when {day} > substr({said}, 1, 10) and {day} > date({said}, '+1 day') then null else {day} end)")
}

/// The first and the last day on which a source speaks of a state: as cited, else the day of the source.
pub(super) fn cited(alias: &str, source: &ViewSource<'_>) -> [String; 2] {
    let day = day_of_source(alias, source);
    let last = a_day(&format!("coalesce({alias}.last_cited, {alias}.first_cited, {day})"));
    // Who has checked it against its source since has it cited anew.
    let verified = checked(alias);
    [
        a_day(&format!("coalesce({alias}.first_cited, {alias}.last_cited, {day})")),
        format!("case when {verified} > {last} then {verified} else {last} end"),
    ]
}

/// The day from which a state is known to hold: its start, or else when it was first cited. Who speaks of it after it has ended does not
/// say when it began.
pub(super) fn starts(alias: &str, source: &ViewSource<'_>) -> String {
    let [first, _] = cited(alias, source);
    let end = format!("{alias}.valid_to");
    let is_after = format!("{} and substr({first}, 1, length({end})) > {end}", is_a_day(&end));
    let from = a_day(&format!("{alias}.valid_from"));
    format!("coalesce({from}, case when {is_after} then null else {first} end)")
}

/// 1 where no day at all is known of a state.
pub(super) fn undated(alias: &str, source: &ViewSource<'_>) -> String {
    let [first, _] = cited(alias, source);
    let [from, to] = ["valid_from", "valid_to"].map(|name| a_day(&format!("{alias}.{name}")));
    format!("({from} is null and {first} is null and {to} is null)")
}

/// 1 where a state is confirmed for the day: nobody says that it ended before, and where a source speaks of it, one still does.
fn confirmed(alias: &str, source: &ViewSource<'_>) -> String {
    let (day, last) = (source.as_of.valid_on, &cited(alias, source)[1]);
    format!(
        "case when {} then 0 when {} is not null then {} \
         else coalesce({last} >= substr('{day}', 1, length({last})), 1) end",
        undated(alias, source),
        a_day(&format!("{alias}.valid_to")),
        confirmed_by_end(alias, &starts(alias, source), &said_at(alias, source.scope), day),
    )
}

/// True where a state of which the end is known is confirmed for the day. Where nothing tells its start, it is for the day on which it ended
/// and since somebody said so while it went on: of the time before, nobody has told.
fn confirmed_by_end(alias: &str, starts: &str, said_at: &str, day: Day) -> String {
    let end = format!("{alias}.valid_to");
    format!("({starts} is not null or {end} = substr('{day}', 1, length({end})) or substr({said_at}, 1, 10) <= '{day}')")
}

/// The markings of the fields of a statement, as JSON: those that somebody gave, and of all others those of the model, so that what was
/// recorded before the model had them is shown to nobody else than what is recorded now.
pub(super) fn markings(alias: &str, source: &ViewSource<'_>) -> String {
    let markings = markings_in(alias, source.model, source.as_of.clearance);
    let held = source.model.kinds.iter().filter_map(|kind| {
        Some(format!("when '{}' then {} ", kind.name, source.scope.held_back(kind, &format!("{alias}.id"), &markings)?))
    });
    match held.collect::<String>() {
        none if none.is_empty() => markings,
        held => format!("(case {alias}.kind {held}else {markings} end)"),
    }
}

pub(super) fn markings_in(alias: &str, model: &Model, clearance: Marking) -> String {
    // Of a kind whose file cannot be read nobody knows which fields it kept from sight, or that there are fields beside those that are known.
    let closed = above(Some(Marking::StrictlyConfidential), clearance).map_or(&[][..], |_| model.kinds_left_out()).iter();
    let closed = closed.map(|kind| {
        let level = Marking::StrictlyConfidential.level();
        format!(
            "when '{}' then (select json_group_object(f.key, {level}) from json_each({alias}.fields) f)",
            kind.replace('\'', "''")
        )
    });
    let kinds = model.kinds.iter().filter(|kind| !model.kinds_left_out().contains(&kind.name)).filter_map(|kind| {
        let above = kind.fields.iter().filter_map(|f| Some(format!("\"{}\":{}", f.name, above(f.marking, clearance)?.level())));
        let above = above.collect::<Vec<_>>().join(",");
        let whole = format!("json_patch('{{{above}}}', coalesce({alias}.withheld, '{{}}'))");
        (!above.is_empty()).then(|| format!("when '{}' then {whole}", kind.name))
    });
    match closed.chain(kinds).collect::<Vec<_>>().join(" ") {
        none if none.is_empty() => format!("{alias}.withheld"),
        kinds => format!("(case {alias}.kind {kinds} else {alias}.withheld end)"),
    }
}

/// A marking of the model, where it keeps a field from the reader.
pub(super) fn above(marking: Option<Marking>, clearance: Marking) -> Option<Marking> {
    marking.filter(|marking| *marking > clearance)
}

/// True where the reader may see what stands at a path of a statement's fields: by its marking in `withheld`, else by `marking`.
pub(super) fn may_be_seen(withheld: &str, path: &str, marking: Option<&str>, as_of: &AsOf) -> String {
    let (said, clearance) = (format!("json_extract({withheld}, {path})"), as_of.clearance.level());
    match marking {
        Some(marking) => format!("coalesce({said}, {marking}) <= {clearance}"),
        // Most statements withhold nothing: of these nothing is looked up.
        None => format!("({withheld} is null or coalesce({said}, 0) <= {clearance})"),
    }
}

/// True where the reader may see a field of a statement; `key` is what has its name.
pub(super) fn is_open(alias: &str, key: &str, source: &ViewSource<'_>) -> String {
    may_be_seen(&markings(alias, source), &format!("'$.' || {key}"), None, source.as_of)
}

/// The markings of a statement's own fields, as an import takes them: a field that it does not have needs none.
pub(super) fn withholding(source: &ViewSource<'_>) -> String {
    let markings = markings("t", source);
    format!(
        "case when {markings} is not null then nullif((select json_group_object(w.key, w.value) from json_each({markings}) w \
         where json_type(t.fields, '$.' || w.key) is not null or json_type(t.withheld, '$.' || w.key) is not null), '{{}}') end"
    )
}

/// Names of the fields whose value the reader may not see: those that somebody marked, and of all others those that there are.
fn withheld(source: &ViewSource<'_>) -> String {
    let markings = markings("t", source);
    format!(
        "case when {markings} is not null then (select group_concat(w.key, ' ') from json_each({markings}) w where w.value > {} \
         and (json_type(t.fields, '$.' || w.key) is not null or json_type(t.withheld, '$.' || w.key) is not null)) end",
        source.as_of.clearance.level()
    )
}

/// A field of a statement, unless it is withheld from the reader: by what somebody said of it, else by its marking in the model.
pub(super) fn stated_field(alias: &str, name: &str, marking: Option<Marking>, as_of: &AsOf) -> String {
    let (path, marking) = (format!("'$.{name}'"), above(marking, as_of.clearance).map(|m| m.level().to_string()));
    let may_be_seen = may_be_seen(&format!("{alias}.withheld"), &path, marking.as_deref(), as_of);
    format!("case when {may_be_seen} then json_extract({alias}.fields, {path}) end")
}

/// The number of a statement, counted among those that the reader sees.
pub(super) fn place(alias: &str, scope: &Scope) -> String {
    if scope.hidden { format!("{}({alias}.seq)", functions::PLACE) } else { format!("{alias}.seq") }
}

/// What a statement says, as JSON, without what is withheld from the reader.
pub(super) fn seen_fields(alias: &str, markings: &str, as_of: &AsOf) -> String {
    format!(
        "case when {markings} is null then {alias}.fields else (select json_group_object(f.key, case when f.type in ('array', 'object') \
         then json(f.value) when f.type in ('true', 'false') then json(f.type) else f.value end) from json_each({alias}.fields) f where \
         coalesce((select w.value from json_each({markings}) w where w.key = f.key), 0) <= {}) end",
        as_of.clearance.level()
    )
}

/// True where a reader may see a statement at all, and knew it by then.
pub(crate) fn seen(alias: &str, as_of: &AsOf) -> String {
    let known = as_of.known_on.as_ref().map_or(String::new(), |k| format!(" and {alias}.recorded_at <= '{k}'"));
    format!("{alias}.marking <= {}{known}", as_of.clearance.level())
}

/// True where the reader may see a statement, knew it by then, and nothing that counts had replaced it.
pub(crate) fn stands(alias: &str, as_of: &AsOf) -> String {
    let known = |alias: &str| as_of.known_on.as_ref().map_or(String::new(), |k| format!(" and {alias}.recorded_at <= '{k}'"));
    format!(
        "{alias}.status = 'accepted' and {alias}.withdrawn = 0 and {alias}.marking <= {}{} and not exists (select 1 from \
         main.statement later where later.supersedes = {alias}.id and later.status <> 'proposed'{})",
        as_of.clearance.level(),
        known(alias),
        known("later"),
    )
}
