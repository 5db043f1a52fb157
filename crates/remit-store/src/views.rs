//! The views that a reader sees, as SQL made from the model and the as-of.
//!
//! Every condition of the as-of is written into the view as a literal: the planner sees constants, and nothing that a
//! reader can change decides what is shown. Parts that an as-of does not need (no statements, no exceptions, nothing
//! dated later) are left out of the SQL, so that they cost nothing. What becomes of them on a connection is for `made` to say.

use crate::as_of::AsOf;
use crate::functions;
use crate::gone_import;
use crate::held_back::row_of_import;
use crate::schema::{ROW_ENVELOPE, row_table};
use crate::statement::{ERASED, REDACTION, has_own_column};
use remit_model::{Day, EnvelopePart, Field, FieldType, Kind, ListPart, Marking, Model, Stages, Time};
use std::collections::{HashMap, HashSet};

/// A view as a reader sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct View {
    /// Name in SQL.
    pub name: String,
    /// What its rows are.
    pub about: String,
    /// Its columns.
    pub columns: Vec<ViewColumn>,
    pub(crate) sql: String,
    /// What gives the same where its rows are not kept, where that is less work for who asks for a part of them.
    pub(crate) passing: Option<String>,
    /// True for one that only other views read.
    pub(crate) hidden: bool,
    /// Other views, and tables of the reader's own, that its SQL reads.
    pub(crate) needs: Vec<String>,
    /// What its rows are, where they can be kept in a table.
    pub(crate) rows: Option<KeptRows>,
}

/// Rows that a table can keep, since it is known which of them change by a new statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum KeptRows {
    /// Of each statement of a kind. Columns that have records, and the kind of these, by whose names a row changes too.
    Statements { kind: String, refers: Vec<(String, String)> },
    /// Of each record of a kind.
    Records { kind: String },
}

impl KeptRows {
    /// The kind whose records the view has.
    pub(crate) fn kind(&self) -> &str {
        match self {
            KeptRows::Statements { kind, .. } | KeptRows::Records { kind } => kind,
        }
    }
}

/// Tables of a reader's own besides those of the as-of.
pub(crate) const CODES: &str = "as_of_code";
pub(crate) const COMPARED: &str = "as_of_compared";
pub(crate) const CALLED: &str = "as_of_called";
pub(crate) const CONFLICTS: &str = "as_of_conflict";
pub(crate) const REPLACED: &str = "as_of_replaced";
/// How tables begin that hold the rows of what several questions read from; nothing else is called so.
pub(crate) const SHARED: &str = "as_of_shared_";

/// A column of a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewColumn {
    /// Name in SQL.
    pub name: String,
    /// The code list its values come from, if any.
    pub list: Option<String>,
}

/// What the views need to know of the database before they can be written.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    /// Identifiers of the snapshots that are shown.
    pub(crate) live: Vec<i64>,
    /// True where an exception holds for some row.
    pub(crate) exceptions: bool,
    /// True where some file was replaced by a newer state of it, in an import that renews only a part.
    pub(crate) renewed: bool,
    /// True where some money of the security sector is dated after the day.
    pub(crate) later: bool,
    /// Kinds of which the reader may see a statement.
    pub(crate) stated: Vec<String>,
    /// Kinds of which there are imported rows.
    pub(crate) imported: HashSet<String>,
    /// The tables of imported rows that there are, with their columns: a workspace may be older than the model.
    pub(crate) tables: HashMap<String, HashSet<String>>,
    /// True where statements have the columns that format 3 has added.
    pub(crate) is_new: bool,
    /// True where somebody's look was noted.
    pub(crate) looks: bool,
    /// True where there are statements above the reader's clearance.
    pub(crate) hidden: bool,
    /// True where something is held back of what the reader may see.
    pub(crate) holds_back: bool,
    /// Who is named in the place of whoever recorded something, where people are not.
    pub(crate) in_the_name_of: Option<String>,
}

impl Scope {
    /// Who recorded what a column says, as the reader may know it.
    fn recorded_by(&self, column: &str) -> String {
        match &self.in_the_name_of {
            Some(name) => format!("'{}'", name.replace('\'', "''")),
            None => column.to_owned(),
        }
    }

    /// What is left of statements for everybody: what waits for a decision, or was decided against, stays with who decides.
    fn decided(&self) -> &'static str {
        if self.in_the_name_of.is_some() { " and t.status = 'accepted'" } else { "" }
    }

    /// What is withheld of a row of a kind, where some of it is held back.
    fn held_back(&self, kind: &Kind, row: &str, withheld: &str) -> Option<String> {
        let is_counted = self.holds_back && kind.small_counts.is_some();
        is_counted.then(|| format!("{}({row}, {withheld})", functions::HELD_BACK))
    }

    /// The columns of a kind's imported rows; none where it has no table.
    fn table(&self, kind: &Kind) -> Option<&HashSet<String>> {
        self.tables.get(&row_table(kind))
    }

    /// Identifiers for an SQL list. Where there are none, one that no snapshot has: of an empty list SQLite makes a constant, and
    /// then no column is read through the view any more, by which the guard knows who asks.
    fn live_list(&self) -> String {
        if self.live.is_empty() {
            return "-1".into();
        }
        let ids: Vec<String> = self.live.iter().map(i64::to_string).collect();
        ids.join(",")
    }

    fn not_hidden(&self, activity: &str) -> String {
        if self.exceptions {
            format!(" and not exists (select 1 from temp.as_of_exception h where h.activity = {activity} and h.hidden = 1)")
        } else {
            String::new()
        }
    }
}

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
fn stated_phase(day: Day, starts: &str, ends: &str, status: &str, said_at: &str) -> String {
    let open = not_over(day, starts);
    format!(
        "case when {status} = '4' and coalesce({ends} >= substr({said_at}, 1, length({ends})), 1) then 'ended' \
         when {status} = '1' and {open} then 'planned' when {status} = '1' and {starts} <= '{day}' then 'overdue' else {} end",
        phase_sql(day, [starts, starts], [ends, ends], status)
    )
}

/// The SQL of all views for an as-of.
pub(crate) fn all(model: &Model, as_of: &AsOf, scope: &Scope) -> Vec<View> {
    let source = ViewSource { model, as_of, scope };
    let needing = |view: View, table: &str| View { needs: vec![table.to_owned()], ..view };
    let mut views = vec![needing(code(model), CODES), stage(model), kind_field(model)];
    views.extend([snapshot(as_of, scope), problem(scope), left_out(scope)]);
    views.extend([support(model, as_of, scope), needing(statement_view(&source), CALLED), needing(conflict(as_of), CONFLICTS)]);
    let disagreement = View { needs: vec![COMPARED.to_owned(), REPLACED.to_owned()], ..disagreement(&source) };
    views.extend([disagreement, entry(as_of, scope), look(as_of, scope)]);
    views.extend([redaction(as_of, scope), waiting(as_of)]);
    for kind in &model.kinds {
        match &kind.part_of {
            Some(_) if scope.table(kind).is_none() => continue,
            Some(parent) => views.push(part_view(kind, parent, scope)),
            None => {
                let statements = format!("{}_statement", kind.view);
                // A record with an identifier of its own (an activity) is told once; all others by what each source says.
                let told = kind.record.is_none() && (kind.time == Time::State || scope.stated.contains(&kind.name));
                let (of_statements, stated) = kind_view(kind, &statements, &source);
                let records =
                    if told { merged_view(kind, &stated, &source) } else { same_view(kind, &of_statements, as_of.valid_on) };
                views.push(of_statements);
                views.extend(with_computed(kind, records, as_of));
            }
        }
        for field in kind.fields.iter().filter(|f| f.view.is_some()) {
            views.extend(list_view(kind, field, &source));
        }
    }
    views
}

fn column(name: &str) -> ViewColumn {
    ViewColumn { name: name.to_owned(), list: None }
}

/// A column of the row's snapshot. A subquery and not a join: it costs nothing where the column is not asked for, and
/// SQLite's authorizer sees every table through its view.
fn of_snapshot(alias: &str, name: &str) -> String {
    format!("(select s.{name} from main.snapshot s where s.id = {alias}.snapshot)")
}

/// The name of the row's file.
fn of_file(alias: &str) -> String {
    format!("(select f.name from main.snapshot_file f where f.id = {alias}.file)")
}

/// A column of the activity (or other parent) that a row belongs to.
fn of_parent(kind: &str, key: &str, name: &str) -> String {
    format!("(select p.{name} from main.\"row_{kind}\" p where p.id = {key})")
}

fn field_column(field: &Field) -> ViewColumn {
    let list = match &field.kind {
        FieldType::Code(list) => Some(list.clone()),
        _ => None,
    };
    ViewColumn { name: field.name.clone(), list }
}

/// Column names with the SQL that fills them; a view's columns and its text stay in step.
fn select(items: &[(ViewColumn, String)]) -> String {
    let items: Vec<String> = items.iter().map(|(c, sql)| format!("{sql} as \"{}\"", c.name)).collect();
    items.join(", ")
}

fn marking_name(level: &str) -> String {
    format!(
        "case {level} when 0 then 'public' when 1 then 'internal' when 2 then 'confidential' else 'strictly_confidential' end"
    )
}

/// What a view is made from.
struct ViewSource<'s> {
    model: &'s Model,
    as_of: &'s AsOf,
    scope: &'s Scope,
}

/// The columns of the envelope: name, where an imported row has it, where a statement has it.
fn envelope(source: &ViewSource<'_>) -> Vec<(String, String, String)> {
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
fn said_at(alias: &str, scope: &Scope) -> String {
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
fn weight(grade: &str, undated: &str) -> String {
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
fn checked(alias: &str) -> String {
    a_day(&format!("substr({alias}.verified_at, 1, 10)"))
}

/// True for what has ended before the day; null where no end is told.
fn has_ended(alias: &str, day: Day) -> String {
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
fn cited(alias: &str, source: &ViewSource<'_>) -> [String; 2] {
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
fn starts(alias: &str, source: &ViewSource<'_>) -> String {
    let [first, _] = cited(alias, source);
    let end = format!("{alias}.valid_to");
    let is_after = format!("{} and substr({first}, 1, length({end})) > {end}", is_a_day(&end));
    let from = a_day(&format!("{alias}.valid_from"));
    format!("coalesce({from}, case when {is_after} then null else {first} end)")
}

/// 1 where no day at all is known of a state.
fn undated(alias: &str, source: &ViewSource<'_>) -> String {
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
fn markings(alias: &str, source: &ViewSource<'_>) -> String {
    let markings = markings_in(alias, source.model, source.as_of.clearance);
    let held = source.model.kinds.iter().filter_map(|kind| {
        Some(format!("when '{}' then {} ", kind.name, source.scope.held_back(kind, &format!("{alias}.id"), &markings)?))
    });
    match held.collect::<String>() {
        none if none.is_empty() => markings,
        held => format!("(case {alias}.kind {held}else {markings} end)"),
    }
}

fn markings_in(alias: &str, model: &Model, clearance: Marking) -> String {
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
fn above(marking: Option<Marking>, clearance: Marking) -> Option<Marking> {
    marking.filter(|marking| *marking > clearance)
}

/// True where the reader may see what stands at a path of a statement's fields: by its marking in `withheld`, else by `marking`.
fn may_be_seen(withheld: &str, path: &str, marking: Option<&str>, as_of: &AsOf) -> String {
    let (said, clearance) = (format!("json_extract({withheld}, {path})"), as_of.clearance.level());
    match marking {
        Some(marking) => format!("coalesce({said}, {marking}) <= {clearance}"),
        // Most statements withhold nothing: of these nothing is looked up.
        None => format!("({withheld} is null or coalesce({said}, 0) <= {clearance})"),
    }
}

/// True where the reader may see a field of a statement; `key` is what has its name.
fn is_open(alias: &str, key: &str, source: &ViewSource<'_>) -> String {
    may_be_seen(&markings(alias, source), &format!("'$.' || {key}"), None, source.as_of)
}

/// The markings of a statement's own fields, as an import takes them: a field that it does not have needs none.
fn withholding(source: &ViewSource<'_>) -> String {
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
fn stated_field(alias: &str, name: &str, marking: Option<Marking>, as_of: &AsOf) -> String {
    let (path, marking) = (format!("'$.{name}'"), above(marking, as_of.clearance).map(|m| m.level().to_string()));
    let may_be_seen = may_be_seen(&format!("{alias}.withheld"), &path, marking.as_deref(), as_of);
    format!("case when {may_be_seen} then json_extract({alias}.fields, {path}) end")
}

/// The number of a statement, counted among those that the reader sees.
fn place(alias: &str, scope: &Scope) -> String {
    if scope.hidden { format!("{}({alias}.seq)", functions::PLACE) } else { format!("{alias}.seq") }
}

/// What a statement says, as JSON, without what is withheld from the reader.
fn seen_fields(alias: &str, markings: &str, as_of: &AsOf) -> String {
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

/// True where a state holds on the day. Where its start is not known, it holds from when it was first cited.
fn holds(alias: &str, starts: &str, day: Day) -> String {
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
fn shown_on(alias: &str, kind: &Kind, source: &ViewSource<'_>) -> String {
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

/// What a record is called: by the best statement that names it, the imported row, or else its identifier.
fn title(kind: &Kind, record: &str, source: &ViewSource<'_>) -> String {
    let (Some(field), scope) = (&kind.title, source.scope) else {
        return record.to_owned();
    };
    let mut parts = Vec::new();
    if scope.stated.contains(&kind.name) {
        let marking = title_marking(kind, source).map(|m| m.level().to_string());
        parts.push(named(&format!("'{}'", kind.name), record, &format!("'$.{field}'"), marking.as_deref(), source));
    }
    parts.extend(imported_name(kind, record, source));
    parts.push(record.to_owned());
    first_of(&parts)
}

/// How the model marks what a record of a kind is called, where it keeps that from the reader.
fn title_marking(kind: &Kind, source: &ViewSource<'_>) -> Option<Marking> {
    above(kind.field(kind.title.as_ref()?)?.marking, source.as_of.clearance)
}

/// The same of a record of any kind that has a title: one look for all of them, since a query may refer to a view many times, and
/// all of its parts count each time. Null where nothing names it.
fn title_of_any(kind: &str, record: &str, source: &ViewSource<'_>) -> String {
    let ViewSource { model, scope, .. } = source;
    let is_there = |k: &Kind| scope.stated.contains(&k.name) || scope.imported.contains(&k.name);
    let kinds = || model.kinds.iter().filter(|k| k.title.is_some() && k.part_of.is_none() && is_there(k));
    let field = |k: &Kind| k.title.as_ref().map(|field| format!("when '{}' then '$.{field}'", k.name));
    let fields: Vec<String> = kinds().filter_map(field).collect();
    if fields.is_empty() {
        return "null".to_owned();
    }
    let markings = kinds().filter_map(|k| Some(format!("when '{}' then {}", k.name, title_marking(k, source)?.level())));
    let markings: Vec<String> = markings.collect();
    let marking = (!markings.is_empty()).then(|| format!("case named.kind {} else 0 end", markings.join(" ")));
    let mut parts = vec![named(kind, record, &format!("case named.kind {} end", fields.join(" ")), marking.as_deref(), source)];
    let rows = kinds().filter_map(|k| Some(format!("when '{}' then {}", k.name, imported_name(k, record, source)?)));
    let rows: Vec<String> = rows.collect();
    if !rows.is_empty() {
        parts.push(format!("case {kind} {} end", rows.join(" ")));
    }
    first_of(&parts)
}

/// What a statement calls its record, where the kind has no title: what its key says, records by their names.
fn called_by_key(source: &ViewSource<'_>) -> String {
    let may_be_seen = is_open("t", "f.key", source);
    format!(
        "(select group_concat(called, ' – ') from (select case when k.of = '' then f.value else {} end as called \
         from temp.as_of_called k join json_each(t.fields) f on f.key = k.field \
         where k.kind = t.kind and f.value <> '' and {may_be_seen} order by k.place))",
        first_of(&[title_of_any("k.of", "f.value", source), "f.value".to_owned()])
    )
}

fn first_of(parts: &[String]) -> String {
    if parts.len() == 1 { parts[0].clone() } else { format!("coalesce({})", parts.join(", ")) }
}

/// The name in the best statement that has one; `path` is where its field stands in the values of `named`, and `marking` how the model marks
/// it, where it keeps it from the reader.
fn named(kind: &str, record: &str, path: &str, marking: Option<&str>, source: &ViewSource<'_>) -> String {
    let ViewSource { as_of, scope, .. } = source;
    let may_be_seen = may_be_seen("named.withheld", path, marking, as_of);
    let name = format!("case when {may_be_seen} then json_extract(named.fields, {path}) end");
    // What happened is told by its best source, dated or not, as its own view has it.
    let states = source.model.kinds.iter().filter(|k| k.time == Time::State).map(|k| format!("'{}'", k.name));
    let states = states.collect::<Vec<_>>().join(", ");
    let undated = format!("(named.kind in ({states}) and {})", undated("named", source));
    format!(
        "(select {name} from main.statement named where named.kind = {kind} and named.record = {record} and {} \
         and {name} is not null order by ({}) desc, {} desc, {} desc, {name} desc limit 1)",
        stands("named", as_of),
        holds("named", &starts("named", source), as_of.valid_on),
        weight(&grade("named"), &undated),
        said_at("named", scope),
    )
}

/// The name in the imported row; none where nothing of the kind was imported.
fn imported_name(kind: &Kind, record: &str, source: &ViewSource<'_>) -> Option<String> {
    let field = kind.title.as_ref().filter(|_| source.scope.imported.contains(&kind.name))?;
    Some(format!(
        "(select named.\"{field}\" from main.\"{}\" named where named.record = {record} and named.snapshot in ({}) limit 1)",
        row_table(kind),
        source.scope.live_list()
    ))
}

/// The sum of an activity's transactions up to a day; none for a field that is no such sum. What is dated later is promised or
/// planned, never spent.
fn so_far(field: &str, day: Day) -> Option<String> {
    let (types, currency) = flow_of(field)?;
    Some(format!(
        "(select sum(d.{currency}) from main.row_transaction d where d.parent = r.id and d.type in ({types}) \
         and coalesce(d.date, d.value_date, '') <= '{day}')"
    ))
}

/// The types of transactions of which a sum is, and its currency; none for a field that is no such sum.
fn flow_of(money: &str) -> Option<(&'static str, &str)> {
    let (flow, currency) = money.split_once('_').filter(|(_, currency)| matches!(*currency, "usd" | "eur"))?;
    match flow {
        "committed" => Some(("'2'", currency)),
        "disbursed" => Some(("'3', '4'", currency)),
        _ => None,
    }
}

/// The money of a fact without what is dated after the day. Where all of it is, nothing was reported by then, which is not zero.
fn by_the_day(money: &str, day: Day) -> String {
    let rest = format!("f.{money} - coalesce(l.{money}, 0) * f.share");
    let Some((types, currency)) = flow_of(money) else { return format!("({rest})") };
    format!(
        "(case when l.{money} is not null and abs({rest}) < 0.005 and not exists (select 1 from main.row_transaction d where d.parent = f.activity \
         and d.split = f.split and d.type in ({types}) and d.{currency} is not null and coalesce(d.date, d.value_date, '') <= '{day}') \
         then null else {rest} end)"
    )
}

/// A field, as an imported row has it and as a statement has it.
fn of_field(kind: &Kind, field: &Field, table: Option<&HashSet<String>>, source: &ViewSource<'_>) -> [String; 2] {
    let ViewSource { as_of, scope, .. } = source;
    let own = kind.record.as_deref() == Some(field.name.as_str());
    let summed = so_far(&field.name, as_of.valid_on).filter(|_| kind.name == "activity" && table.is_some());
    let import = match own {
        true => "r.record".to_owned(),
        false if summed.is_some() => summed.unwrap_or_default(),
        false if table.is_some_and(|columns| columns.contains(&field.name)) => format!("r.\"{}\"", field.name),
        false => "null".to_owned(),
    };
    let statement = match &field.kind {
        _ if own => "t.record".to_owned(),
        // What was recorded as words, before there were codes, is read as the code that they tell.
        FieldType::Code(list) if field.words.is_some() => {
            format!("told('{list}', {})", stated_field("t", &field.name, field.marking, as_of))
        }
        _ => stated_field("t", &field.name, field.marking, as_of),
    };
    let is_counted = kind.small_counts.as_ref().is_some_and(|rule| rule.fields().any(|name| name == field.name));
    let unless_held = |row: &str, value: String| match scope.held_back(kind, row, "null").filter(|_| is_counted) {
        Some(held) => format!("case when json_extract({held}, '$.{}') is null then {value} end", field.name),
        None => value,
    };
    [unless_held(&row_of_import(&kind.name, "r.id"), import), unless_held("t.id", statement)]
}

/// In which phase a record is on the day, as an imported row says it and as a statement does; none where the kind has no days and status.
fn phase(kind: &Kind, source: &ViewSource<'_>) -> Option<[String; 2]> {
    let ViewSource { as_of, scope, .. } = source;
    if ["starts", "ends", "status"].iter().any(|name| kind.field(name).is_none()) {
        return None;
    }
    let stated = |name: &str| stated_field("t", name, kind.field(name).and_then(|f| f.marking), as_of);
    let [starts, ends, status] = ["starts", "ends", "status"].map(stated);
    let day = as_of.valid_on;
    let or = |name: &str, else_said: &str| format!("coalesce({}, {else_said})", stated(name));
    // Where a kind does not tell planned ends from actual ones, what it says is when it ends.
    Some(match kind.field("end_actual") {
        Some(_) => [
            phase_sql(day, ["r.starts", "r.start_actual"], ["r.ends", "r.end_actual"], "r.status"),
            phase_sql(day, [&starts, &or("start_actual", &starts)], [&ends, &or("end_actual", &ends)], &status),
        ],
        None => [
            stated_phase(day, "r.starts", "r.ends", "r.status", &of_snapshot("r", "recorded_at")),
            stated_phase(day, &starts, &ends, &status, &said_at("t", scope)),
        ],
    })
}

/// One row a statement, from both places: imported rows, and statements that people entered. Beside it, what gives the latter alone.
fn kind_view(kind: &Kind, name: &str, source: &ViewSource<'_>) -> (View, String) {
    let ViewSource { model, as_of, scope } = source;
    let table = scope.table(kind);
    let mut columns = Vec::new();
    let (mut imported, mut stated, mut refers) = (Vec::new(), Vec::new(), Vec::new());
    let mut add = |column: ViewColumn, import: String, statement: String| {
        columns.push(column);
        imported.push(import);
        stated.push(statement);
    };
    add(column("id"), "r.id".into(), format!("-{}", place("t", scope)));
    add(column("record"), "r.record".into(), "t.record".into());
    for field in &kind.fields {
        let [import, statement] = of_field(kind, field, table, source);
        if let Some(target) = field.record_kind().and_then(|k| model.kind(k)) {
            let name = ViewColumn { name: format!("{}_name", field.name), list: None };
            refers.push((field.name.clone(), target.name.clone()));
            add(name, title(target, &import, source), title(target, &format!("({statement})"), source));
        }
        add(field_column(field), import, statement);
    }
    if let Some([import, statement]) = phase(kind, source) {
        add(column("phase"), import, statement);
    }
    for (name, import, statement) in envelope(source) {
        add(column(&name), import, statement);
    }
    let hidden = if kind.name == "activity" { scope.not_hidden("r.id") } else { String::new() };
    let valid = |sql: String| if kind.time == Time::State { format!(" and {sql}") } else { String::new() };
    let zip = |sql: Vec<String>| -> Vec<(ViewColumn, String)> { columns.iter().cloned().zip(sql).collect() };
    let mut parts = Vec::new();
    if table.is_some() {
        parts.push(format!(
            "select {} from main.\"{}\" r where r.snapshot in ({}){}{hidden}",
            select(&zip(imported)),
            row_table(kind),
            scope.live_list(),
            valid(holds("r", "r.valid_from", as_of.valid_on)),
        ));
    }
    let stated = format!(
        "select {} from main.statement t where t.kind = '{}' and {}{}",
        select(&zip(stated)),
        kind.name,
        stands("t", as_of),
        valid(shown_on("t", kind, source)),
    );
    if scope.stated.contains(&kind.name) || table.is_none() {
        parts.push(stated.clone());
    }
    // What has an identifier of its own (an activity) is too much to be kept twice.
    let rows = kind.record.is_none().then(|| KeptRows::Statements { kind: kind.name.clone(), refers });
    let (name, about) = (name.to_owned(), kind.help.english().to_owned());
    (View { name, about, columns, sql: parts.join(" union all "), rows, ..View::default() }, stated)
}

/// A condition that holds of every record, and that SQLite does not know to: by it a column is read through the view, whatever of it is
/// asked for, so that nobody is taken to look behind it who only counts.
const ALWAYS: &str = "where record >= ''";

/// Records that are told once each: as their statements. What was imported so far may be stated tomorrow, so that the columns are those of
/// records of which several statements tell: no question that was good breaks with the first of them.
fn same_view(kind: &Kind, statements: &View, day: Day) -> View {
    let name = kind.view.clone();
    if statements.rows.is_none() {
        return View { name, ..statements.clone() };
    }
    let columns: Vec<ViewColumn> = merged(kind, day).into_iter().map(|m| m.column).collect();
    let item = |c: &ViewColumn| (c.clone(), if c.name == "statements" { "1".to_owned() } else { format!("\"{}\"", c.name) });
    let items: Vec<(ViewColumn, String)> = columns.iter().map(item).collect();
    let sql = format!("select {} from temp.\"{}\" {ALWAYS}", select(&items), statements.name);
    View { name, sql, columns, needs: vec![statements.name.clone()], rows: None, ..statements.clone() }
}

/// A view of records with what is worked out of them: what the model computes, and where each stands in its stages. Records
/// without it are a view for themselves, since what the model computes may come from any view; its name is none that can be asked.
fn with_computed(kind: &Kind, view: View, as_of: &AsOf) -> Vec<View> {
    let day = as_of.valid_on;
    let mut items: Vec<(ViewColumn, String)> = Vec::new();
    if let Some(stages) = &kind.stages {
        let open: Vec<String> = stages.open.iter().map(|code| format!("'{code}'")).collect();
        let field = &stages.field;
        let is_open = format!("(v.\"{field}\" in ({}))", open.join(", "));
        if let Some(due) = &stages.due {
            // Where it is not known by when, or whether it is done, it is not known to be late.
            let late =
                format!("case when {is_open} then v.\"{due}\" < substr('{day}', 1, length(v.\"{due}\")) else {is_open} end");
            items.push((column("overdue"), late));
        }
        items.push((column("open"), is_open));
    }
    for computed in &kind.computed {
        let sql = computed.sql.replace(":valid_on", &format!("'{day}'"));
        items.push((field_column(&computed.field), format!("({sql})")));
    }
    if items.is_empty() {
        return vec![view];
    }
    let plain = View { name: format!("{} without", view.name), hidden: true, ..view.clone() };
    let sql = format!("select v.*, {} from temp.\"{}\" v {ALWAYS}", select(&items), plain.name);
    let columns = view.columns.iter().cloned().chain(items.into_iter().map(|(c, _)| c)).collect();
    let whole = View { columns, sql, needs: vec![plain.name.clone()], rows: None, ..view };
    vec![plain, whole]
}

/// The stage of a record, as the function `progress` puts its statements in order: the questions say it by the same function
/// (`questions/parts/stage_now.sql`).
fn newest(name: &str) -> String {
    let told = "progress(coalesce(s.valid_from, s.first_cited, s.last_cited, s.source_date), s.grade, s.said_at)";
    format!("best(s.\"{name}\", 0, {told}, coalesce(s.statement, s.id))")
}

/// A column of a record: from all statements that tell of it, and from the only one where there is but one.
struct MergedColumn {
    column: ViewColumn,
    of_all: String,
    of_one: String,
}

/// The columns of a record: each field from the best statement that says something of it (by grade, what is dated before what is not, then by
/// when it was first said, wherever; of names that were said at once, by the name itself), lists put together in the order in which they were
/// said.
fn merged(kind: &Kind, day: Day) -> Vec<MergedColumn> {
    let weight = if kind.time == Time::State { weight("s.grade", "s.undated") } else { "s.grade".to_owned() };
    let best = |name: &str| match &kind.stages {
        Some(stages) if stages.field == name => newest(name),
        // Of what was said at once, as by the rows of a sheet, the name decides, and not the order of the rows.
        _ if kind.title.as_deref() == Some(name) => format!("best(s.\"{name}\", {weight}, s.said_at, s.\"{name}\")"),
        _ => format!("best(s.\"{name}\", {weight}, s.said_at, coalesce(s.statement, s.id))"),
    };
    // The sign takes away how a column of a table compares, as a function does.
    let plain = |name: &str| format!("+s.\"{name}\"");
    let chosen = |column: ViewColumn| MergedColumn { of_all: best(&column.name), of_one: plain(&column.name), column };
    let mut items = vec![MergedColumn { column: column("record"), of_all: "s.record".to_owned(), of_one: "s.record".to_owned() }];
    for field in &kind.fields {
        if field.record_kind().is_some() {
            items.push(chosen(column(&format!("{}_name", field.name))));
        }
        items.push(if matches!(field.kind, FieldType::List(_) | FieldType::Records(_)) {
            let list = format!("s.\"{}\"", field.name);
            let of_one = format!("(select gathered(one.list, 0, 0) from (select {list} as list) one)");
            MergedColumn {
                column: field_column(field),
                of_all: format!("gathered({list}, s.said_at, coalesce(s.statement, s.id))"),
                of_one,
            }
        } else {
            chosen(field_column(field))
        });
    }
    if kind.time == Time::Event && ["starts", "ends", "status"].iter().all(|f| kind.field(f).is_some()) {
        items.push(merged_phase(kind, day, &best, &plain));
    }
    let address = format!("best(s.url, {weight}, s.said_at, coalesce(s.statement, s.id), s.source)");
    let by = |name: &str, function: &str| format!("{function}(s.{name})");
    for (name, of_all, of_one) in [
        ("valid_from", best("valid_from"), plain("valid_from")),
        ("valid_to", best("valid_to"), plain("valid_to")),
        ("first_cited", by("first_cited", "min"), plain("first_cited")),
        ("last_cited", by("last_cited", "max"), plain("last_cited")),
        // Where what has no date goes before all that is dated, nothing is confirmed by the latter.
        ("confirmed", format!("({} * (not coalesce({}, 0)))", by("confirmed", "max"), best("undated")), plain("confirmed")),
        ("undated", by("undated", "min"), plain("undated")),
        ("source", best("source"), plain("source")),
        ("url", address, "case when s.source is not null then s.url end".to_owned()),
        ("reliability", by("reliability", "min"), plain("reliability")),
        ("verified_at", by("verified_at", "max"), plain("verified_at")),
        ("recorded_at", by("recorded_at", "max"), plain("recorded_at")),
        ("said_at", by("said_at", "max"), plain("said_at")),
        ("statements", "count(*)".to_owned(), "1".to_owned()),
    ] {
        items.push(MergedColumn { column: column(name), of_all, of_one });
    }
    if kind.time == Time::Event {
        // Where what was imported stands.
        items.extend(["dataset", "file", "line"].map(|name| chosen(column(name))));
    }
    items
}

/// In which phase a record is, by all that is said of it: its status may stand in one statement, and its dates in another.
fn merged_phase(kind: &Kind, day: Day, best: &dyn Fn(&str) -> String, plain: &dyn Fn(&str) -> String) -> MergedColumn {
    let column = column("phase");
    if kind.field("end_actual").is_some() {
        return MergedColumn { column, of_all: best("phase"), of_one: plain("phase") };
    }
    let of = |said: &dyn Fn(&str) -> String, said_at: &str| {
        stated_phase(day, &said("starts"), &said("ends"), &said("status"), said_at)
    };
    MergedColumn { column, of_all: of(best, "max(s.said_at)"), of_one: of(plain, "s.said_at") }
}

/// One row a record, as its statements say.
fn merged_view(kind: &Kind, stated: &str, source: &ViewSource<'_>) -> View {
    let items = merged(kind, source.as_of.valid_on);
    let statements = format!("{}_statement", kind.view);
    let of_all: Vec<(ViewColumn, String)> = items.iter().map(|m| (m.column.clone(), m.of_all.clone())).collect();
    let of_all = format!("select {} from temp.\"{statements}\" s", select(&of_all));
    View {
        name: kind.view.clone(),
        about: kind.help.english().to_owned(),
        sql: format!("{of_all} group by s.record"),
        passing: told_again(kind, source).map(|again| passing(&items, &of_all, stated, &again)),
        columns: items.into_iter().map(|m| m.column).collect(),
        needs: vec![statements],
        rows: Some(KeptRows::Records { kind: kind.name.clone() }),
        ..View::default()
    }
}

/// The same for a kind with so many records that they are not kept. Most are told of once: these are their statements, of which only the
/// columns are worked out that somebody asks for, and nothing is put in order.
fn passing(items: &[MergedColumn], of_all: &str, stated: &str, again: &str) -> String {
    let of_one: Vec<(ViewColumn, String)> = items.iter().map(|m| (m.column.clone(), m.of_one.clone())).collect();
    // The last part reads no table: by it SQLite does not write out a query of several views once for each part of each of them.
    format!(
        "select * from ({of_all} where s.record in ({again}) group by s.record) \
         union all select {} from ({stated}) s where s.record not in ({again}) union all select {} where 0",
        select(&of_one),
        vec!["null"; items.len()].join(", ")
    )
}

/// The records of a kind that several statements tell of, as far as the reader may know; none where imported rows tell of them too, or
/// the view is one that only other views read, through which no table may be looked at.
fn told_again(kind: &Kind, source: &ViewSource<'_>) -> Option<String> {
    let ViewSource { as_of, scope, .. } = source;
    if scope.imported.contains(&kind.name) || kind.stages.is_some() || !kind.computed.is_empty() {
        return None;
    }
    // What nobody is kept from is counted by the index alone.
    let is_seen = if scope.hidden || as_of.known_on.is_some() { format!(" and {}", seen("o", as_of)) } else { String::new() };
    Some(format!(
        "select o.record from main.statement o where o.kind = '{}'{is_seen} group by o.record having count(*) > 1",
        kind.name
    ))
}

/// Every statement that was ever recorded and that the reader may see, replaced ones too.
fn statement_view(source: &ViewSource<'_>) -> View {
    let ViewSource { as_of, scope, .. } = source;
    let names = ["entry", "act", "origin", "kind", "record", "supersedes", "withdrawn"];
    let mut items: Vec<(&str, String)> = vec![("statement", "t.id".into()), ("seq", place("t", scope))];
    items.extend(plain("t", &names));
    let called = [title_of_any("t.kind", "t.record", source), called_by_key(source), "t.record".to_owned()];
    items.push(("title", first_of(&called)));
    items.push(("fields", seen_fields("t", &markings("t", source), as_of)));
    let envelope = envelope(source);
    for (name, _, sql) in &envelope {
        if !matches!(name.as_str(), "statement" | "entry" | "dataset" | "file" | "line") {
            items.push((name, sql.clone()));
        }
    }
    items.push(("withholding", withholding(source)));
    // A hash over values could tell them to who guesses; who may see all of them may see it.
    items.push(("hash", if as_of.clearance == Marking::StrictlyConfidential { "t.hash".into() } else { "null".into() }));
    items.push(("taken_from", if scope.is_new { "t.taken_from".into() } else { "null".into() }));
    items.push(("current", format!("({})", stands("t", as_of))));
    let known = as_of.known_on.as_ref().map_or(String::new(), |k| format!(" and t.recorded_at <= '{k}'"));
    let rest = format!(
        "from main.statement t where t.kind <> '{}' and t.marking <= {}{known}{}",
        REDACTION,
        as_of.clearance.level(),
        scope.decided()
    );
    fixed(
        "statement",
        "Every statement ever recorded, replaced and withdrawn ones too; `current` is 1 for those that stand.",
        &items,
        rest,
    )
}

/// Proposals that nobody has accepted, rejected or withdrawn, as far as the reader may see. A view of its own: as a column of `statement` it would
/// be reckoned with wherever that is named, and SQLite bounds what one question may name.
fn waiting(as_of: &AsOf) -> View {
    let rest = format!(
        "from main.statement t where t.status = 'proposed' and t.withdrawn = 0 and {} and not exists (select 1 from main.statement later \
         where later.supersedes = t.id and later.status <> 'proposed' and {})",
        seen("t", as_of),
        seen("later", as_of)
    );
    fixed("waiting", "Proposals that nobody has decided on.", &[("statement", "t.id".to_owned())], rest)
}

/// Where branches end differently: statements that go back to one that several replace, and that nothing has replaced since.
fn conflict(as_of: &AsOf) -> View {
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
fn disagreement(source: &ViewSource<'_>) -> View {
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

/// What was recorded at once.
fn entry(as_of: &AsOf, scope: &Scope) -> View {
    // What is taken over from elsewhere was done there under other names; here it was done at once, by who took it.
    let here = |column: &str| match scope.is_new {
        true => format!("coalesce((select e.{column} from main.entry e where e.id = t.entry), t.{column})"),
        false => format!("t.{column}"),
    };
    let items = [
        ("entry", "t.entry".to_owned()),
        ("act", here("act")),
        ("author", scope.recorded_by(&here("author"))),
        ("recorded_at", "min(t.recorded_at)".into()),
        ("statements", "count(*)".into()),
        ("standing", format!("sum({})", stands("t", as_of))),
    ];
    let known = as_of.known_on.as_ref().map_or(String::new(), |k| format!(" and t.recorded_at <= '{k}'"));
    let rest = format!(
        "from main.statement t where t.marking <= {}{known}{} group by t.entry",
        as_of.clearance.level(),
        scope.decided()
    );
    fixed("entry", "What was recorded at once, by whom and when: the unit that can be undone.", &items, rest)
}

/// Values that were taken away, by whose order and why.
fn redaction(as_of: &AsOf, scope: &Scope) -> View {
    let of = |column: &str| format!("(select s.{column} from main.statement s where s.id = t.record)");
    let said = |name: &str| format!("json_extract(t.fields, '$.{name}')");
    let items = [
        ("statement", "t.record".to_owned()),
        ("kind", said("kind")),
        ("record", of("record")),
        ("field", "substr(v.value, 3)".into()),
        ("ordered_by", scope.recorded_by(&said("ordered_by"))),
        ("reason", said("reason")),
        ("author", scope.recorded_by("t.author")),
        ("recorded_at", "t.recorded_at".into()),
        ("entry", "t.entry".into()),
        ("taken_from", if scope.is_new { "t.taken_from".into() } else { "null".into() }),
    ];
    let known = as_of.known_on.as_ref().map_or(String::new(), |k| format!(" and t.recorded_at <= '{k}'"));
    let is_there = if scope.is_new { "" } else { " and 0" };
    let rest = format!(
        "from main.statement t join json_each(t.fields, '$.values') v where t.kind = '{}' and t.marking <= {}{known}{is_there} \
         and substr(v.value, 1, 2) <> 'r:'",
        REDACTION,
        as_of.clearance.level()
    );
    fixed("redaction", "Values of statements that were taken away for good, by whose order and why.", &items, rest)
}

/// Who has looked at what is on file about people: for who may see it all.
fn look(as_of: &AsOf, scope: &Scope) -> View {
    let about = "Who has looked at files of due diligence, when and at what: for who may see everything.";
    let names = ["n", "moment", "who", "clearance", "what"];
    let known = as_of.known_on.as_ref().map_or(String::new(), |k| format!(" and t.moment <= '{k}'"));
    // A column is read in any case, also by who only counts: by it the guard knows who asks.
    match scope.looks && as_of.clearance == Marking::StrictlyConfidential {
        true => fixed("look", about, &plain("t", &names), format!("from main.look t where t.clearance >= 0{known}")),
        // None, of a table that there is in every workspace.
        false => {
            let nothing: Vec<(&str, String)> = names.iter().map(|n| (*n, "t.marking".to_owned())).collect();
            fixed("look", about, &nothing, "from main.snapshot t where t.marking < 0".into())
        }
    }
}

/// One row a part, such as a transaction of an activity.
fn part_view(kind: &Kind, parent: &str, scope: &Scope) -> View {
    let mut items = vec![
        (column(parent), "r.parent".to_owned()),
        (column("n"), "r.n".into()),
        (column("identifier"), of_parent(parent, "r.parent", "record")),
    ];
    items.extend(kind.fields.iter().map(|f| (field_column(f), format!("r.\"{}\"", f.name))));
    items.extend([
        (column("marking"), marking_name(&of_snapshot("r", "marking"))),
        (column("dataset"), of_snapshot("r", "dataset")),
        (column("recorded_at"), of_snapshot("r", "recorded_at")),
        (column("line"), "r.line".into()),
    ]);
    let sql = format!(
        "select {} from main.\"{}\" r where r.snapshot in ({}){}",
        select(&items),
        row_table(kind),
        scope.live_list(),
        scope.not_hidden("r.parent"),
    );
    View {
        name: kind.view.clone(),
        about: kind.help.english().to_owned(),
        columns: items.into_iter().map(|(c, _)| c).collect(),
        sql,
        ..View::default()
    }
}

/// One row an item of a list field: its parts, or the record that it refers to.
fn list_view(kind: &Kind, field: &Field, source: &ViewSource<'_>) -> Option<View> {
    let scope = source.scope;
    let imported = kind.record.is_some();
    let own = if imported { format!("r.\"{}\"", field.name) } else { format!("v.\"{}\"", field.name) };
    let mut items = match imported {
        true => vec![(column(&kind.name), "r.id".to_owned()), (column("identifier"), "r.record".into())],
        false => vec![(column("record"), "v.record".to_owned())],
    };
    match &field.kind {
        FieldType::List(parts) => items.extend(parts.iter().map(part_column)),
        FieldType::Records(of) => items.extend(target_columns(of, source)),
        _ => return None,
    }
    let from = match imported {
        true if scope.table(kind).is_none_or(|columns| !columns.contains(&field.name)) => return None,
        true => {
            let hidden = if kind.name == "activity" { scope.not_hidden("r.id") } else { String::new() };
            format!("main.\"{}\" r, json_each({own}) j where r.snapshot in ({}){hidden}", row_table(kind), scope.live_list())
        }
        false => format!("temp.\"{}\" v, json_each({own}) j", kind.view),
    };
    Some(View {
        name: field.view.clone()?,
        about: format!("{} of each {}.", field.label.english(), kind.label.english().to_lowercase()),
        sql: format!("select {} from {from}", select(&items)),
        columns: items.into_iter().map(|(c, _)| c).collect(),
        needs: if imported { Vec::new() } else { vec![kind.view.clone()] },
        ..View::default()
    })
}

fn part_column(part: &ListPart) -> (ViewColumn, String) {
    let column = ViewColumn { name: part.name.clone(), list: part.list.clone() };
    (column, format!("json_extract(j.value, '$.{}')", part.name))
}

/// Which record an item of a list refers to: its kind, its identifier, what it is called.
fn target_columns(of: &[String], source: &ViewSource<'_>) -> Vec<(ViewColumn, String)> {
    let (kind, id) = match of {
        [one] => (format!("'{one}'"), "j.value".to_owned()),
        _ => ("substr(j.value, 1, instr(j.value, ':') - 1)".into(), "substr(j.value, instr(j.value, ':') + 1)".into()),
    };
    let kinds = of.iter().filter_map(|name| source.model.kind(name));
    let names: Vec<String> = kinds.map(|k| format!("when '{}' then {}", k.name, title(k, &format!("({id})"), source))).collect();
    let name = format!("case {kind} {} else {id} end", names.join(" "));
    vec![(column("target_kind"), kind), (column("target"), id), (column("target_name"), name)]
}

fn fixed(name: &str, about: &str, items: &[(&str, String)], rest: String) -> View {
    let items: Vec<(ViewColumn, String)> = items.iter().map(|(n, sql)| (column(n), sql.clone())).collect();
    let sql = format!("select {} {rest}", select(&items));
    let columns = items.into_iter().map(|(c, _)| c).collect();
    View { name: name.into(), about: about.into(), columns, sql, ..View::default() }
}

fn plain<'a>(alias: &str, names: &[&'a str]) -> Vec<(&'a str, String)> {
    names.iter().map(|n| (*n, format!("{alias}.\"{n}\""))).collect()
}

fn code(model: &Model) -> View {
    let mut items = plain("c", &["list", "code"]);
    let languages: Vec<String> = model.languages.all().map(|l| l.language.code().to_owned()).collect();
    items.extend(languages.iter().map(|code| (code.as_str(), format!("c.\"{code}\""))));
    items.extend(plain("c", &["category", "parent", "position"]));
    // A condition that always holds: so a column is read through the view, whatever of it is asked for.
    fixed("code", "The codes of every code list, with their names.", &items, "from temp.as_of_code c where c.list <> ''".into())
}

/// So that a question can follow the records of every kind with stages, also of one that it does not know.
fn stage(model: &Model) -> View {
    let text = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let or_null = |field: &Option<String>| field.as_deref().map_or("null".to_owned(), text);
    let row = |(kind, s): (&Kind, &Stages)| {
        let (field, due, owner) = (text(&s.field), or_null(&s.due), or_null(&s.owner));
        let (open, days, added) = (text(&serde_json::json!(s.open).to_string()), s.verify_after_days, u8::from(kind.added));
        let state = u8::from(kind.time == Time::State);
        format!(
            "select '{}' as kind, {field} as field, {due} as due, {owner} as owner, {open} as open, {days} as days, {added} as added, {state} as state",
            kind.name
        )
    };
    let mut rows: Vec<String> = model.kinds.iter().filter_map(|k| Some((k, k.stages.as_ref()?))).map(row).collect();
    if rows.is_empty() {
        let none = "select null as kind, null as field, null as due, null as owner, null as open, null as days, null as added, null as state where 0";
        rows.push(none.into());
    }
    let mut items = plain("c", &["kind", "field", "due", "owner", "open"]);
    items.push(("verify_after_days", "c.days".into()));
    items.push(("added", "c.added".into()));
    items.push(("is_state", "c.state".into()));
    let about = "The kinds whose records go through stages: the fields with stage, due date and owner, the codes that are open; \
                 `added` is 1 for a kind that this workspace has added, `is_state` for one whose records hold from one day to another.";
    fixed("stage", about, &items, format!("from ({}) c", rows.join(" union all ")))
}

/// So that a question can read the dates of every kind, and follow what refers to what, without naming kinds.
fn kind_field(model: &Model) -> View {
    let mut rows = Vec::new();
    for kind in model.register_kinds() {
        for field in &kind.fields {
            let is_state = u8::from(kind.time == Time::State);
            let of_kind = format!("{}, {}, {is_state}", u8::from(kind.personal), u8::from(kind.added));
            let row = |of: &str, before: &str| {
                format!("('{}', '{}', '{}', {of}, '{before}', {of_kind})", kind.name, field.name, field.kind.code())
            };
            match field.targets() {
                [] => rows.push(row("null", "")),
                [of] => rows.push(row(&format!("'{of}'"), "")),
                several => rows.extend(several.iter().map(|of| row(&format!("'{of}'"), &format!("{of}:")))),
            }
        }
    }
    if rows.is_empty() {
        rows.push("(null, null, null, null, null, null, null, null)".into());
    }
    let items = ["kind", "field", "type", "refers_to", "prefix", "personal", "added", "is_state"].into_iter().enumerate();
    let items: Vec<(&str, String)> = items.map(|(n, name)| (name, format!("c.column{}", n + 1))).collect();
    let about = "The fields of every kind: their type, and the kinds of records that they refer to, a row each; `prefix` stands before the \
                 identifier where there are several. `personal` is 1 for a kind about persons, `added` for one that this workspace has added, \
                 `is_state` for one whose records hold from one day to another.";
    fixed("kind_field", about, &items, format!("from (values {}) c", rows.join(", ")))
}

fn snapshot(as_of: &AsOf, scope: &Scope) -> View {
    let mut items = plain(
        "s",
        &[
            "id",
            "dataset",
            "title",
            "source",
            "url",
            "licence",
            "attribution",
            "published",
            "recorded_at",
            "hash",
            "files",
            "bytes",
            "records",
            "parts",
            "problems",
        ],
    );
    items.push(("marking", marking_name("s.marking")));
    items.push(("shown", format!("s.id in ({})", scope.live_list())));
    let known = as_of.known_on.as_ref().map_or(String::new(), |k| format!(" and s.recorded_at <= '{k}'"));
    let rest = format!(
        "from main.snapshot s where s.complete = 1 and s.marking <= {}{known} and {}",
        as_of.clearance.level(),
        gone_import::is_left("s.dataset")
    );
    fixed("snapshot", "Imports, the older ones too; `shown` is 1 for those that the other views show.", &items, rest)
}

fn problem(scope: &Scope) -> View {
    let mut items = plain("p", &["snapshot", "line", "element", "record", "value", "rule", "reason"]);
    items.insert(1, ("dataset", of_snapshot("p", "dataset")));
    items.insert(2, ("file", of_file("p")));
    let mut rest = format!("from main.problem p where p.snapshot in ({})", scope.live_list());
    if scope.renewed {
        rest.push_str(" and coalesce(p.file, 0) not in (select n.file from temp.as_of_renewed n)");
    }
    if scope.exceptions {
        rest.push_str(&versions_elsewhere(scope));
    }
    fixed("problem", "What could not be read or used as it stands, with its place and reason.", &items, rest)
}

/// Versions of activities that another data set has too, and that do not count: within one, the import has told of them.
fn versions_elsewhere(scope: &Scope) -> String {
    let [dataset, other] = ["a", "o"].map(|alias| of_snapshot(alias, "dataset"));
    let [file, place] = ["a", "o"].map(of_file);
    format!(
        " union all select a.snapshot, {dataset}, {file}, a.line, 'iati-identifier', a.record, a.record, 'elsewhere', \
         'this activity stands at ' || {place} || ':' || o.line || ' of the data set ' || {other} || ' too; ' || \
         case when coalesce(o.secondary_reporter, 0) < coalesce(a.secondary_reporter, 0) \
         then 'the version of who reports at first hand counts: this one was left out' \
         else 'the version that was updated last counts, of equals the first: this one was left out' end \
         from temp.as_of_exception x join main.row_activity a on a.id = x.activity join main.row_activity o on o.id = x.other \
         where x.reason = 'same_activity_elsewhere' and a.snapshot in ({}) and {dataset} <> {other}",
        scope.live_list()
    )
}

fn left_out(scope: &Scope) -> View {
    let mut items = plain("x", &["activity", "reason", "committed", "disbursed", "other", "doubtful", "hidden"]);
    items.push(("identifier", "a.record".into()));
    items.push(("other_identifier", of_parent("activity", "x.other", "record")));
    let rest = format!(
        "from temp.as_of_exception x join main.row_activity a on a.id = x.activity where x.reason is not null and a.snapshot in ({})",
        scope.live_list()
    );
    fixed("left_out", "Activities whose money is not counted, or only in part, so that none is counted twice.", &items, rest)
}

/// The condition under which the money of a fact is told apart and not added.
fn set_apart(model: &Model) -> String {
    format!("{} in ({})", finance_type(model), codes_set_apart(model))
}

fn codes_set_apart(model: &Model) -> String {
    model.set_apart().map(|c| format!("'{}'", c.code)).collect::<Vec<_>>().join(", ")
}

/// How the money of a fact is given: by the type of each transaction, else by the activity's default. What is not given as the activity
/// says has a split of its own, so that of the first split the default is enough. Where transactions of one split are given in both ways
/// (an older version imported them), the default says it. Where several are given as gifts of different types, none is said.
fn finance_type(model: &Model) -> String {
    let (own, apart) = ("coalesce(t.finance_type, p.finance_type)", codes_set_apart(model));
    format!(
        "(select case when f.split = 0 and p.finance_type is not null then p.finance_type else (\
           select case when min({own}) = max({own}) or min({own} in ({apart})) then min({own}) \
             when max({own} in ({apart})) = 0 then null else p.finance_type end \
           from main.row_transaction t where t.parent = p.id and t.split = f.split) end \
         from main.row_activity p where p.id = f.activity)"
    )
}

/// How low and how high what was only read may be, by what it counts with. A workspace that an older version wrote has no estimates: it counts
/// there as it was written.
fn of_estimates(scope: &Scope) -> [String; 2] {
    let estimates = scope.tables.get("row_activity").is_some_and(|columns| columns.contains("estimated_share"));
    ["estimated_from", "estimated_up_to"].map(|bound| match estimates {
        true => format!("coalesce({}, 1.0)", of_parent("activity", "f.activity", &format!("{bound} / p.estimated_share"))),
        false => "1.0".to_owned(),
    })
}

/// The columns of money: as far as it was given by the day, with what is not counted twice left out and what is no gift set apart, and how
/// high an estimate may be.
fn counted_money(scope: &Scope, day: Day, most: &str, set_apart: &str) -> Vec<(&'static str, String)> {
    let mut items = Vec::new();
    for money in ["committed_usd", "committed_eur", "disbursed_usd", "disbursed_eur"] {
        let flow = &money[..9];
        let so_far = if scope.later { by_the_day(money, day) } else { format!("f.{money}") };
        let counted = if scope.exceptions { format!("{so_far} * coalesce(x.{flow}, 1.0)") } else { so_far.clone() };
        // Only of what there is does one look up how it is given.
        let is_apart = format!("{counted} <> 0 and {set_apart}");
        let given = format!("case when {is_apart} then null else {counted} end");
        let apart = format!("case when {is_apart} then {counted} when {counted} is not null then 0.0 end");
        if let Some(name) = [("committed_usd", "committed_usd_up_to"), ("disbursed_usd", "disbursed_usd_up_to")]
            .iter()
            .find_map(|(of, name)| (*of == money).then_some(*name))
        {
            items.push((name, format!("({given}) * {most}")));
        }
        items.push((money, given));
        if money.ends_with("usd") {
            let committed = flow == "committed";
            items.push((if committed { "committed_usd_set_apart" } else { "disbursed_usd_set_apart" }, apart));
            let name = if committed { "committed_usd_left_out" } else { "disbursed_usd_left_out" };
            let sql = if scope.exceptions { format!("{so_far} * (1.0 - coalesce(x.{flow}, 1.0))") } else { "0.0".into() };
            items.push((name, sql));
        }
    }
    items
}

/// The money of the security sector: one row an activity, split, country, class, function and modality.
fn support(model: &Model, as_of: &AsOf, scope: &Scope) -> View {
    let mut items = vec![
        ("activity", "f.activity".to_owned()),
        ("identifier", of_parent("activity", "f.activity", "record")),
        ("title", of_parent("activity", "f.activity", "title")),
    ];
    items.extend(plain(
        "f",
        &[
            "supporter",
            "supporter_name",
            "country",
            "region",
            "actor_class",
            "security_function",
            "modality",
            "sign",
            "class_by",
            "split",
            "share",
            "country_share",
            "sector_share",
            "starts",
            "ends",
        ],
    ));
    let [least, most] = of_estimates(scope);
    items.push(("share_from", format!("f.share * {least}")));
    items.push(("share_up_to", format!("f.share * {most}")));
    items.push(("finance_type", finance_type(model)));
    let [began, ended] = ["start_actual", "end_actual"].map(|name| of_parent("activity", "f.activity", name));
    items.push(("phase", phase_sql(as_of.valid_on, ["f.starts", &began], ["f.ends", &ended], "f.status")));
    let set_apart = set_apart(model);
    items.extend(counted_money(scope, as_of.valid_on, &most, &set_apart));
    items.push(("unconverted", "f.unconverted".into()));
    for (name, flow) in [("committed_counted", "committed"), ("disbursed_counted", "disbursed")] {
        let part = if scope.exceptions { format!("coalesce(x.{flow}, 1.0)") } else { "1.0".into() };
        items.push((name, format!("case when {set_apart} then 0.0 else {part} end")));
    }
    let (reason, doubtful) = if scope.exceptions { ("x.reason", "coalesce(x.doubtful, 0)") } else { ("null", "0") };
    items.push(("left_out_reason", format!("coalesce({reason}, case when {set_apart} then 'not_a_grant' end)")));
    items.push(("doubtful", doubtful.into()));
    let mut rest = "from main.support_fact f".to_owned();
    if scope.exceptions {
        rest.push_str(" left join temp.as_of_exception x on x.activity = f.activity");
    }
    if scope.later {
        rest.push_str(" left join temp.as_of_later l on l.activity = f.activity and l.split = f.split");
    }
    rest.push_str(&format!(" where f.snapshot in ({})", scope.live_list()));
    if scope.exceptions {
        rest.push_str(" and coalesce(x.hidden, 0) = 0");
    }
    fixed(
        "support",
        "Support to the security sector: what each activity gives to which class, function and country.",
        &items,
        rest,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use remit_model::VIEWS;

    #[test]
    fn no_view_has_the_name_of_another() {
        let model = Model::load(None).expect("the model");
        let as_of = AsOf::public(Day::parse("2021-06-30").expect("a day"));
        let all = super::all(&model, &as_of, &Scope::default());
        let names: HashSet<&str> = all.iter().map(|v| v.name.as_str()).collect();
        assert_eq!(names.len(), all.len());
        let of_kind = |name: &str| model.kinds.iter().any(|k| name == k.view || name.strip_suffix("_statement") == Some(&k.view));
        let of_field = |name: &str| model.kinds.iter().flat_map(|k| &k.fields).any(|f| f.view.as_deref() == Some(name));
        let own: Vec<&str> = all.iter().filter(|v| !v.hidden).map(|v| v.name.as_str()).collect();
        let mut own: Vec<&str> = own.into_iter().filter(|name| !of_kind(name) && !of_field(name)).collect();
        own.sort_unstable();
        assert_eq!(own, VIEWS, "a kind that a workspace adds may not be called so");
    }
}
