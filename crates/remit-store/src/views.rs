//! The views that a reader sees, as SQL made from the model and the cut.
//!
//! Every condition of the cut is written into the view as a literal: the planner sees constants, and nothing that a
//! reader can change decides what is shown. Parts that a cut does not need (no statements, no exceptions, nothing
//! dated later) are left out of the SQL, so that they cost nothing.

use crate::cut::Cut;
use crate::schema::row_table;
use remit_model::{Day, Field, FieldType, Kind, Model, Part, Time};

/// A view as a reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Name in SQL.
    pub name: String,
    /// What its rows are.
    pub about: String,
    /// Its columns.
    pub columns: Vec<Column>,
    pub(crate) sql: String,
}

/// A column of a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
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
    /// True where some money of the security sector is dated after the day.
    pub(crate) later: bool,
    /// Kinds of which there are statements.
    pub(crate) stated: Vec<String>,
}

impl Scope {
    fn live_list(&self) -> String {
        let ids: Vec<String> = self.live.iter().map(i64::to_string).collect();
        ids.join(",")
    }

    fn not_hidden(&self, activity: &str) -> String {
        if self.exceptions {
            format!(" and not exists (select 1 from temp.cut_exception h where h.activity = {activity} and h.hidden = 1)")
        } else {
            String::new()
        }
    }
}

/// The expression that says, of an activity, whether it is planned, active, ended, cancelled, suspended or unknown on
/// a day: by its dates where it has them, else by its status as published (IATI activity status 1 to 6).
pub(crate) fn phase_sql(day: Day, starts: &str, ends: &str, status: &str) -> String {
    format!(
        "case when {status} = '5' then 'cancelled' when {status} = '6' then 'suspended' \
         when {starts} > '{day}' then 'planned' when {ends} < '{day}' then 'ended' \
         when {ends} is null and {status} in ('3', '4') then 'ended' \
         when {starts} is null and {status} = '1' then 'planned' \
         when {starts} is null and {ends} is null and {status} is null then 'unknown' else 'active' end"
    )
}

/// All views of a cut.
pub(crate) fn all(model: &Model, cut: &Cut, scope: &Scope) -> Vec<View> {
    let mut views = vec![code(), snapshot(cut, scope), problem(scope), left_out(scope), support(cut, scope)];
    for kind in &model.kinds {
        match (&kind.part_of, kind.time) {
            (Some(parent), _) => views.push(part_view(kind, parent, scope)),
            (None, Time::State) => {
                views.push(kind_view(kind, &format!("{}_statement", kind.view), cut, scope));
                views.push(merged_view(kind));
            }
            (None, Time::Event) => views.push(kind_view(kind, &kind.view, cut, scope)),
        }
        for field in &kind.fields {
            if let (FieldType::List(parts), Some(name)) = (&field.kind, &field.view) {
                views.push(list_view(kind, field, parts, name, scope));
            }
        }
    }
    views
}

fn column(name: &str) -> Column {
    Column { name: name.to_owned(), list: None }
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

fn field_column(field: &Field) -> Column {
    let list = match &field.kind {
        FieldType::Code(list) => Some(list.clone()),
        _ => None,
    };
    Column { name: field.name.clone(), list }
}

/// Column names with the SQL that fills them; a view's columns and its text stay in step.
fn select(items: &[(Column, String)]) -> String {
    let items: Vec<String> = items.iter().map(|(c, sql)| format!("{sql} as \"{}\"", c.name)).collect();
    items.join(", ")
}

fn marking_name(level: &str) -> String {
    format!(
        "case {level} when 0 then 'public' when 1 then 'internal' when 2 then 'confidential' else 'strictly_confidential' end"
    )
}

const ENVELOPE: [&str; 13] = [
    "valid_from",
    "valid_to",
    "source",
    "url",
    "locator",
    "quote",
    "reliability",
    "credibility",
    "marking",
    "status_of_statement",
    "author",
    "recorded_at",
    "dataset",
];

/// One row a statement, from both places: imported rows, and statements that people entered.
fn kind_view(kind: &Kind, name: &str, cut: &Cut, scope: &Scope) -> View {
    let table = row_table(kind);
    let mut items: Vec<(Column, String)> = vec![(column("id"), "r.id".into()), (column("record"), "r.record".into())];
    for field in &kind.fields {
        let own = kind.record.as_deref() == Some(field.name.as_str());
        items.push((field_column(field), if own { "r.record".into() } else { format!("r.\"{}\"", field.name) }));
    }
    if kind.field("starts").is_some() && kind.field("ends").is_some() && kind.field("status").is_some() {
        items.push((column("phase"), phase_sql(cut.valid_on, "r.starts", "r.ends", "r.status")));
    }
    let envelope = [
        "r.valid_from".into(),
        "r.valid_to".into(),
        format!("coalesce(r.source, {})", of_snapshot("r", "source")),
        format!("coalesce(r.url, {})", of_snapshot("r", "url")),
        "r.locator".into(),
        "r.quote".into(),
        "null".into(),
        "null".into(),
        marking_name(&of_snapshot("r", "marking")),
        "'accepted'".into(),
        "'import'".into(),
        of_snapshot("r", "recorded_at"),
        of_snapshot("r", "dataset"),
    ];
    items.extend(ENVELOPE.iter().map(|n| column(n)).zip(envelope));
    items.push((column("file"), of_file("r")));
    items.push((column("line"), "r.line".into()));
    let valid = |alias: &str| match kind.time {
        Time::State => format!(
            " and ({alias}.valid_from is null or {alias}.valid_from <= '{day}') \
             and ({alias}.valid_to is null or {alias}.valid_to >= substr('{day}', 1, length({alias}.valid_to)))",
            day = cut.valid_on
        ),
        Time::Event => String::new(),
    };
    let hidden = if kind.name == "activity" { scope.not_hidden("r.id") } else { String::new() };
    let mut sql = format!(
        "select {} from main.\"{table}\" r where r.snapshot in ({}){}{hidden}",
        select(&items),
        scope.live_list(),
        valid("r"),
    );
    if scope.stated.contains(&kind.name) {
        sql.push_str(&format!(" union all {}{}", statement_select(kind, &items, cut), valid("t")));
    }
    View { name: name.to_owned(), about: kind.help.en.clone(), columns: items.into_iter().map(|(c, _)| c).collect(), sql }
}

/// The same columns out of the statements that people entered.
fn statement_select(kind: &Kind, items: &[(Column, String)], cut: &Cut) -> String {
    let marking = marking_name("t.marking");
    let field = |name: &str| format!("json_extract(t.fields, '$.{name}')");
    let phase = phase_sql(cut.valid_on, &field("starts"), &field("ends"), &field("status"));
    let exprs: Vec<(Column, String)> = items
        .iter()
        .map(|(c, _)| {
            let sql = match c.name.as_str() {
                "id" => "-t.seq".into(),
                "record" => "t.record".into(),
                "marking" => marking.clone(),
                "status_of_statement" => "t.status".into(),
                "dataset" | "file" | "line" => "null".into(),
                "phase" => phase.clone(),
                name if kind.record.as_deref() == Some(name) => "t.record".into(),
                name if ENVELOPE.contains(&name) => format!("t.\"{name}\""),
                name => field(name),
            };
            (c.clone(), sql)
        })
        .collect();
    let known = |alias: &str| cut.known_on.as_ref().map_or(String::new(), |k| format!(" and {alias}.recorded_at <= '{k}'"));
    format!(
        "select {} from main.statement t where t.kind = '{}' and t.status = 'accepted' and t.withdrawn = 0 \
         and t.marking <= {}{} and not exists (select 1 from main.statement n where n.supersedes = t.id{})",
        select(&exprs),
        kind.name,
        cut.clearance.level(),
        known("t"),
        known("n"),
    )
}

/// One row a record, each field from the newest statement that says something of it.
fn merged_view(kind: &Kind) -> View {
    let statements = format!("{}_statement", kind.view);
    let newest = |name: &str| {
        format!(
            "(select n.\"{name}\" from temp.\"{statements}\" n where n.record = r.record and n.\"{name}\" is not null \
             order by n.recorded_at desc, n.id desc limit 1)"
        )
    };
    let mut items = vec![(column("record"), "r.record".to_owned())];
    items.extend(kind.fields.iter().map(|f| (field_column(f), newest(&f.name))));
    items.push((column("statements"), format!("(select count(*) from temp.\"{statements}\" n where n.record = r.record)")));
    let sql = format!("select {} from (select distinct record from temp.\"{statements}\") r", select(&items));
    View { name: kind.view.clone(), about: kind.help.en.clone(), columns: items.into_iter().map(|(c, _)| c).collect(), sql }
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
    View { name: kind.view.clone(), about: kind.help.en.clone(), columns: items.into_iter().map(|(c, _)| c).collect(), sql }
}

/// One row an object in a list field.
fn list_view(kind: &Kind, field: &Field, parts: &[Part], name: &str, scope: &Scope) -> View {
    let mut items = vec![(column(&kind.name), "r.id".to_owned()), (column("identifier"), "r.record".into())];
    for part in parts {
        let column = Column { name: part.name.clone(), list: part.list.clone() };
        items.push((column, format!("json_extract(j.value, '$.{}')", part.name)));
    }
    let hidden = if kind.name == "activity" { scope.not_hidden("r.id") } else { String::new() };
    let sql = format!(
        "select {} from main.\"{}\" r, json_each(r.\"{}\") j where r.snapshot in ({}){hidden}",
        select(&items),
        row_table(kind),
        field.name,
        scope.live_list(),
    );
    let about = format!("{} of each {}.", field.label.en, kind.label.en.to_lowercase());
    View { name: name.to_owned(), about, columns: items.into_iter().map(|(c, _)| c).collect(), sql }
}

fn fixed(name: &str, about: &str, items: &[(&str, String)], rest: String) -> View {
    let items: Vec<(Column, String)> = items.iter().map(|(n, sql)| (column(n), sql.clone())).collect();
    let sql = format!("select {} {rest}", select(&items));
    View { name: name.into(), about: about.into(), columns: items.into_iter().map(|(c, _)| c).collect(), sql }
}

fn plain<'a>(alias: &str, names: &[&'a str]) -> Vec<(&'a str, String)> {
    names.iter().map(|n| (*n, format!("{alias}.\"{n}\""))).collect()
}

fn code() -> View {
    let items = plain("c", &["list", "code", "en", "fr", "ar", "category", "position"]);
    fixed("code", "The codes of every code list, with their names.", &items, "from temp.cut_code c".into())
}

fn snapshot(cut: &Cut, scope: &Scope) -> View {
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
    let known = cut.known_on.as_ref().map_or(String::new(), |k| format!(" and s.recorded_at <= '{k}'"));
    let rest = format!("from main.snapshot s where s.complete = 1 and s.marking <= {}{known}", cut.clearance.level());
    fixed("snapshot", "Imports, the older ones too; `shown` is 1 for those that the other views show.", &items, rest)
}

fn problem(scope: &Scope) -> View {
    let mut items = plain("p", &["snapshot", "line", "element", "record", "value", "rule", "reason"]);
    items.insert(1, ("dataset", of_snapshot("p", "dataset")));
    items.insert(2, ("file", of_file("p")));
    let rest = format!("from main.problem p where p.snapshot in ({})", scope.live_list());
    fixed("problem", "What could not be read or used as it stands, with its place and reason.", &items, rest)
}

fn left_out(scope: &Scope) -> View {
    let mut items = plain("x", &["activity", "reason", "committed", "disbursed", "other", "doubtful", "hidden"]);
    items.push(("identifier", "a.record".into()));
    items.push(("other_identifier", of_parent("activity", "x.other", "record")));
    let rest = format!(
        "from temp.cut_exception x join main.row_activity a on a.id = x.activity where x.reason is not null and a.snapshot in ({})",
        scope.live_list()
    );
    fixed("left_out", "Activities whose money is not counted, or only in part, so that none is counted twice.", &items, rest)
}

/// The money of the security sector: one row an activity, split, country, class, function and modality.
fn support(cut: &Cut, scope: &Scope) -> View {
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
    items.push(("phase", phase_sql(cut.valid_on, "f.starts", "f.ends", "f.status")));
    for money in ["committed_usd", "committed_eur", "disbursed_usd", "disbursed_eur"] {
        let flow = &money[..9];
        let so_far = if scope.later { format!("(f.{money} - coalesce(l.{money}, 0) * f.share)") } else { format!("f.{money}") };
        let counted = if scope.exceptions { format!("{so_far} * coalesce(x.{flow}, 1.0)") } else { so_far.clone() };
        items.push((money, counted));
        if money.ends_with("usd") {
            let name = if flow == "committed" { "committed_usd_left_out" } else { "disbursed_usd_left_out" };
            let sql = if scope.exceptions { format!("{so_far} * (1.0 - coalesce(x.{flow}, 1.0))") } else { "0.0".into() };
            items.push((name, sql));
        }
    }
    items.push(("unconverted", "f.unconverted".into()));
    for (name, flow) in [("committed_counted", "committed"), ("disbursed_counted", "disbursed")] {
        items.push((name, if scope.exceptions { format!("coalesce(x.{flow}, 1.0)") } else { "1.0".into() }));
    }
    let (reason, doubtful) = if scope.exceptions { ("x.reason", "coalesce(x.doubtful, 0)") } else { ("null", "0") };
    items.push(("left_out_reason", reason.into()));
    items.push(("doubtful", doubtful.into()));
    let mut rest = "from main.support_fact f".to_owned();
    if scope.exceptions {
        rest.push_str(" left join temp.cut_exception x on x.activity = f.activity");
    }
    if scope.later {
        rest.push_str(" left join temp.cut_later l on l.activity = f.activity and l.split = f.split");
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
