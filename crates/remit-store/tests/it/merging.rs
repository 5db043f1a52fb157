//! Copies edited apart come together, in whatever order, as the same register. All records are made up.

use crate::desk::{Desk, actor, police, texts};
use proptest::prelude::*;
use remit_model::Marking;
use remit_store::{Cut, Draft, StoreError};
use serde_json::json;

fn correcting(id: &str, record: &str, name: &str) -> Draft {
    Draft { supersedes: vec![id.to_owned()], ..actor(record, json!({"name": name})) }
}

#[test]
fn what_another_workspace_says_is_taken_once_and_conflicts_stay_visible() {
    let mut here = Desk::new();
    let (_, ids) = here.say(&[police()]);
    let mut there = here.copy();
    there.say(&[correcting(&ids[0], "police", "Made-up Gendarmerie")]);
    here.say(&[correcting(&ids[0], "police", "Made-up Constabulary")]);
    let taken = here.take(&there);
    assert_eq!((taken.recorded.statements, taken.conflicts), (1, 1));
    assert_eq!(here.take(&there).recorded.statements, 0);
    assert_eq!(here.column("select record from conflict"), ["police", "police"]);
    assert_eq!(here.broken(), []);
    here.register.undo(&taken.recorded.entry, "made up").expect("what merge names can be undone");
    assert_eq!(here.column("select name from actor"), ["Made-up Constabulary"]);
    assert!(here.column("select record from conflict").is_empty());
}

#[test]
fn branches_that_end_differently_are_a_conflict_however_long_they_are() {
    let mut a = Desk::new();
    let (_, ids) = a.say(&[police(), actor("guard", json!({"name": "Made-up Guard"}))]);
    let mut b = a.copy();
    a.say(&[correcting(&ids[0], "police", "By A"), Draft { withdrawn: true, ..correcting(&ids[1], "guard", "") }]);
    let (_, once) = b.say(&[correcting(&ids[0], "police", "By B"), correcting(&ids[1], "guard", "Guard by B")]);
    b.say(&[correcting(&once[0], "police", "By B again")]);
    a.take(&b);
    assert_eq!(
        a.column("select record, withdrawn from conflict order by 1, 2"),
        ["guard|0", "guard|1", "police|0", "police|0"],
        "a withdrawal against a correction too"
    );
    // Both came to the same: nothing differs.
    let mut c = Desk::new();
    let (_, ids) = c.say(&[police()]);
    let mut d = c.copy();
    c.say(&[correcting(&ids[0], "police", "The same")]);
    d.say(&[correcting(&ids[0], "police", "The same")]);
    c.take(&d);
    assert!(c.column("select record from conflict").is_empty());
}

#[test]
fn two_new_records_of_one_identifier_disagree() {
    let mut a = Desk::new();
    let mut b = a.copy();
    a.say(&[actor("x", json!({"name": "Made-up Army"}))]);
    b.say(&[actor("x", json!({"name": "Made-up Navy"}))]);
    a.take(&b);
    assert_eq!(a.column("select record, value from disagreement order by value"), ["x|Made-up Army", "x|Made-up Navy"]);
}

/// What one has said and two others have withdrawn is gone for the first to see, until one of those who said it decides.
#[test]
fn what_others_have_withdrawn_is_listed_however_many_they_are() {
    let (mut a, mut b, mut c) = (Desk::new(), Desk::new(), Desk::new());
    let (_, ids) = a.say(&[police()]);
    let withdrawn = || Draft { withdrawn: true, supersedes: ids.clone(), ..police() };
    for other in [&mut b, &mut c] {
        other.take(&a);
        other.say(&[withdrawn()]);
    }
    let taken = [a.take(&b).conflicts, a.take(&c).conflicts];
    assert_eq!(taken, [1, 1], "each is told");
    let listed = "select withdrawn from conflict order by withdrawn";
    assert_eq!(a.column(listed), ["0", "1", "1"], "beside what was said");
    c.take(&a);
    assert_eq!(c.column(listed), ["0", "1", "1"], "the same in every copy");
    let mut agreeing = Desk::new();
    agreeing.take(&a);
    a.say(&[withdrawn()]);
    assert!(a.column(listed).is_empty(), "who said it has withdrawn it too");
    agreeing.take(&a);
    assert!(agreeing.column(listed).is_empty());
}

/// A copy may have corrected what it added: taken back, all of it is gone.
#[test]
fn what_was_taken_over_with_its_corrections_is_taken_back_whole() {
    let (mut here, mut there) = (Desk::new(), Desk::new());
    let (_, ids) = there.say(&[police()]);
    there.say(&[correcting(&ids[0], "police", "Made-up Gendarmerie")]);
    let taken = here.take(&there);
    let (_, kept) = here.register.undo(&taken.recorded.entry, "made up").expect("it can be undone");
    assert_eq!((kept, here.column("select name from actor")), (0, vec![]));
    assert_eq!(here.broken(), []);
}

#[test]
fn what_is_settled_is_settled_in_every_copy() {
    let mut a = Desk::new();
    let (_, ids) = a.say(&[police()]);
    let mut b = a.copy();
    let (_, by_a) = a.say(&[correcting(&ids[0], "police", "By A")]);
    let (_, by_b) = b.say(&[correcting(&ids[0], "police", "By B")]);
    a.take(&b);
    a.say(&[Draft { supersedes: vec![by_a[0].clone(), by_b[0].clone()], ..actor("police", json!({"name": "Settled"})) }]);
    b.take(&a);
    for desk in [&a, &b] {
        assert_eq!(desk.column("select name from actor"), ["Settled"]);
        assert!(desk.column("select record from conflict").is_empty());
        assert_eq!(desk.broken(), []);
    }
}

#[test]
fn only_what_may_be_seen_is_taken_and_what_is_left_still_holds() {
    let mut there = Desk::new();
    let held = vec![("note".to_owned(), Marking::Confidential)];
    let open = Draft { withheld: held, ..actor("a", json!({"name": "Made-up Guard", "note": "grid 4417"})) };
    let secret = Draft { marking: Marking::StrictlyConfidential, ..actor("s", json!({"name": "Made-up Cell"})) };
    there.say(&[open, secret]);
    let mut here = Desk::new();
    let taken = here.register.take_from(&there.workspace, "made up", &Cut::cleared(Marking::Public), false).unwrap();
    assert_eq!((taken.recorded.statements, taken.left, taken.redacted), (1, 1, 1));
    let database = std::fs::read(here.workspace.folder().join("remit.db")).unwrap();
    let log = std::fs::read(here.workspace.folder().join("remit.db-wal")).unwrap_or_default();
    for bytes in [database, log] {
        assert!(!bytes.windows(9).any(|w| w == b"grid 4417") && !bytes.windows(12).any(|w| w == b"Made-up Cell"));
    }
    assert_eq!(here.broken(), []);
    let reader = here.reader("2021-06-30", None, Marking::StrictlyConfidential);
    assert_eq!(texts(&reader, "select name, note from actor"), ["Made-up Guard|null"]);
}

#[test]
fn a_workspace_that_does_not_hold_is_refused_by_name_and_so_is_another_content() {
    let mut there = Desk::new();
    there.say(&[police()]);
    let mut here = there.copy();
    there.database().execute("update statement set source = 'forged'", []).unwrap();
    let take = |here: &mut Desk, there: &Desk| {
        here.register.take_from(&there.workspace, "x", &Cut::cleared(Marking::Public), false).unwrap_err()
    };
    assert!(take(&mut here, &there).to_string().contains("does not hold: statement 1"));
    // One that holds, made by who has the key, with other words under an identifier that is known here.
    let other = Desk::new();
    let mut mine = Desk::new();
    mine.say(&[police()]);
    let id = mine.column("select statement from statement").remove(0);
    let forged = crate::desk::police();
    let mut other = other;
    other.say(&[Draft { ..forged }]);
    let their = other.column("select statement from statement").remove(0);
    let db = other.database();
    db.execute("update statement set id = ?1 where id = ?2", (&id, &their)).unwrap();
    drop(db);
    assert!(matches!(take(&mut mine, &other), StoreError::Untrusted(_)));
    assert_eq!(mine.column("select source from statement"), ["Made-up source"]);
}

/// What a copy shows: records with their names, and what is contested.
fn seen(desk: &Desk) -> (Vec<String>, Vec<String>, Vec<String>) {
    (
        desk.column("select record, name, class, names, identifiers from actor order by record"),
        desk.column("select record, supersedes, statement from conflict order by 1, 2, 3"),
        desk.column("select record, field, value from disagreement order by 1, 2, 3"),
    )
}

/// All orders in which four copies can come together.
fn orders() -> Vec<[usize; 4]> {
    let all = (0..256).map(|n| [n / 64, n / 16 % 4, n / 4 % 4, n % 4]);
    all.filter(|order| (0..4).all(|copy| order.contains(&copy))).collect()
}

#[test]
fn lists_and_names_are_the_same_in_whatever_order_four_copies_come_together() {
    let mut first = Desk::new();
    first.say(&[actor("a", json!({"name": "Made-up Guard"}))]);
    let mut copies = [first.copy(), first.copy(), first.copy(), first.copy()];
    for round in 0..2 {
        for (copy, desk) in copies.iter_mut().enumerate() {
            let names = json!([{"name": format!("Guard {round} of {copy}")}, {"name": "The Guard"}]);
            let identifiers = json!([{"scheme": "wikidata", "identifier": format!("Q{copy}{round}")}]);
            let name = format!("MADE-UP Guard {copy}");
            desk.say(&[actor("a", json!({"name": name, "names": names, "identifiers": identifiers}))]);
        }
    }
    let seen = |desk: &Desk| desk.column("select name, names, identifiers from actor");
    let all = orders();
    assert_eq!(all.len(), 24);
    let outcomes: Vec<Vec<String>> = all
        .iter()
        .map(|order| {
            let mut merged = copies[order[0]].copy();
            for copy in &order[1..] {
                merged.take(&copies[*copy]);
            }
            seen(&merged)
        })
        .collect();
    for (order, outcome) in all.iter().zip(&outcomes) {
        assert_eq!(outcome, &outcomes[0], "{order:?}");
    }
    // In the order in which it was said: what one copy said late stands after what another said early.
    let at = |name: &str| outcomes[0][0].find(name).unwrap_or_else(|| panic!("{name} is not in {:?}", outcomes[0]));
    let names =
        ["Guard 0 of 0", "The Guard", "Guard 0 of 1", "Guard 0 of 3", "Guard 1 of 0", "Guard 1 of 3", "Q00", "Q30", "Q01", "Q31"];
    assert!(names.map(at).is_sorted(), "{:?}", outcomes[0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    /// Random edits in three copies, merged in every order: the same register, and merging again changes nothing.
    #[test]
    fn merging_is_commutative_associative_and_idempotent(
        edits in prop::collection::vec((0usize..3, 0usize..3, 0usize..6, any::<prop::sample::Index>()), 1..14),
    ) {
        let mut first = Desk::new();
        first.say(&["a", "b", "c"].map(|r| actor(r, json!({"name": r, "class": "police"}))));
        let mut copies = [first.copy(), first.copy(), first.copy()];
        for (copy, record, what, at) in edits {
            let (desk, record) = (&mut copies[copy], ["a", "b", "c"][record]);
            let known = desk.column(&format!("select statement from statement where record = '{record}' and current = 1 order by seq"));
            let name = format!("name {what} of {copy}");
            let class = if what == 4 { "military" } else { "police" };
            let identifiers = json!([{"scheme": "wikidata", "identifier": format!("Q{what}")}]);
            let names = json!([{"name": format!("{copy} too")}, {"name": format!("{what} too")}]);
            let draft = match known.is_empty() {
                false if what < 4 => Draft { withdrawn: what == 3, ..correcting(&known[at.index(known.len())], record, &name) },
                _ => actor(record, json!({"name": name, "class": class, "names": names, "identifiers": identifiers})),
            };
            desk.say(&[draft]);
        }
        let mut outcomes = Vec::new();
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let mut merged = copies[order[0]].copy();
            merged.take(&copies[order[1]]);
            merged.take(&copies[order[2]]);
            outcomes.push(seen(&merged));
            merged.take(&copies[order[1]]);
            prop_assert_eq!(merged.broken(), []);
            outcomes.push(seen(&merged));
        }
        // The first with what the other two make of each other.
        let mut together = copies[1].copy();
        together.take(&copies[2]);
        let mut nested = copies[0].copy();
        nested.take(&together);
        outcomes.push(seen(&nested));
        for outcome in &outcomes[1..] {
            prop_assert_eq!(outcome, &outcomes[0]);
        }
    }
}
