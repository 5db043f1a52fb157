//! What was recorded, by whom, what waits for a decision, what was taken away, and who looked.

use super::called::{called_by_key, first_of, title_of_any};
use super::envelope::{envelope, markings, place, seen, seen_fields, stands, withholding};
use super::view::{Scope, View, ViewSource, fixed, plain};
use crate::as_of::AsOf;
use crate::statement::REDACTION;
use remit_model::Marking;

/// Every statement that was ever recorded and that the reader may see, replaced ones too.
pub(super) fn statement_view(source: &ViewSource<'_>) -> View {
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
pub(super) fn waiting(as_of: &AsOf) -> View {
    let rest = format!(
        "from main.statement t where t.status = 'proposed' and t.withdrawn = 0 and {} and not exists (select 1 from main.statement later \
         where later.supersedes = t.id and later.status <> 'proposed' and {})",
        seen("t", as_of),
        seen("later", as_of)
    );
    fixed("waiting", "Proposals that nobody has decided on.", &[("statement", "t.id".to_owned())], rest)
}

/// What was recorded at once.
pub(super) fn entry(as_of: &AsOf, scope: &Scope) -> View {
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
pub(super) fn redaction(as_of: &AsOf, scope: &Scope) -> View {
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
pub(super) fn look(as_of: &AsOf, scope: &Scope) -> View {
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
