//! What was imported: snapshots, problems, and what was left out.

use super::view::{Scope, View, fixed, marking_name, of_file, of_parent, of_snapshot, plain};
use crate::as_of::AsOf;
use crate::gone_import;

pub(super) fn snapshot(as_of: &AsOf, scope: &Scope) -> View {
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

pub(super) fn problem(scope: &Scope) -> View {
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

pub(super) fn left_out(scope: &Scope) -> View {
    let mut items = plain("x", &["activity", "reason", "committed", "disbursed", "other", "doubtful", "hidden"]);
    items.push(("identifier", "a.record".into()));
    items.push(("other_identifier", of_parent("activity", "x.other", "record")));
    let rest = format!(
        "from temp.as_of_exception x join main.row_activity a on a.id = x.activity where x.reason is not null and a.snapshot in ({})",
        scope.live_list()
    );
    fixed("left_out", "Activities whose money is not counted, or only in part, so that none is counted twice.", &items, rest)
}
