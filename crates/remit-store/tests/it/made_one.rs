//! Records that were made one in one copy, while another said something else of them: they come together as one, in whatever order. All records are
//! made up.

use crate::desk::{Desk, actor, texts, together};
use proptest::prelude::*;
use remit_model::Marking;
use remit_store::{Draft, Erasure};
use serde_json::json;

fn posting(desk: &Desk, record: &str, of: &str, rank: &str) -> Draft {
    let mut draft = Draft::new(desk.workspace.model(), "posting");
    draft.record = record.to_owned();
    draft.marking = Marking::Public;
    let fields = json!({"person": "p", "actor": of, "role": "commands", "rank": rank});
    draft.fields = fields.as_object().cloned().unwrap_or_default();
    draft
}

/// Units of these names, each with a posting.
fn units(names: &[&str]) -> Desk {
    let mut desk = Desk::new();
    for name in names {
        let unit = actor(name, json!({"name": format!("Made-up {name}"), "class": "military"}));
        let post = posting(&desk, &format!("po-{name}"), name, "Colonel");
        desk.say(&[unit, post]);
    }
    desk
}

fn merge(desk: &mut Desk, kept: &str, gone: &str) -> String {
    desk.register.merge("actor", kept, gone, "made up").expect("they are made one").entry
}

/// What a copy shows: units with their names, postings with their units, and what is contested.
fn seen(desk: &Desk) -> Vec<Vec<String>> {
    let reader = desk.reader("2021-06-30", None, Marking::StrictlyConfidential);
    let sql = [
        "select record, name, class, names from actor order by record",
        "select record, actor, rank from posting order by 1, 2, 3",
        "select record, withdrawn from conflict order by 1, 2",
        "select record, field, value from disagreement order by 1, 2, 3",
    ];
    sql.map(|sql| texts(&reader, sql)).into()
}

#[test]
fn two_made_one_each_into_the_other_are_one_with_all_that_is_said_of_both() {
    let first = units(&["u", "v"]);
    let mut copies = [first.copy(), first.copy()];
    merge(&mut copies[0], "u", "v");
    let latest = merge(&mut copies[1], "v", "u");
    let mut all = together(&copies);
    for desk in &mut all {
        assert_eq!(
            seen(desk)[..2],
            [
                vec![r#"v|Made-up v|military|[{"name":"Made-up u"}]"#.to_owned()],
                vec!["po-u|v|Colonel".to_owned(), "po-v|v|Colonel".to_owned()],
            ],
            "the latest decision holds"
        );
        assert_eq!((&seen(desk)[2..], desk.broken()), (&[vec![], vec![]][..], vec![]));
        assert_eq!(desk.take(&copies[0]).recorded.statements + desk.take(&copies[1]).recorded.statements, 0, "nothing is new");
    }
    let [first, second] = &mut all[..] else { panic!("two orders") };
    assert_eq!((first.take(second).recorded.statements, second.take(first).recorded.statements), (0, 0));
    // Taken back where it was decided, the other decision holds, in every copy that hears of it.
    let earlier = copies[0].copy();
    copies[1].take(&earlier);
    copies[1].register.undo(&latest, "made up").expect("it is undone");
    first.take(&copies[1]);
    assert_eq!(seen(first)[0], [r#"u|Made-up u|military|[{"name":"Made-up v"}]"#]);
    assert_eq!(seen(first)[1], ["po-u|u|Colonel", "po-v|u|Colonel"]);
    assert_eq!(first.broken(), []);
}

#[test]
fn a_circle_of_three_is_one() {
    let first = units(&["a", "b", "c"]);
    let mut copies = [first.copy(), first.copy(), first.copy()];
    for (desk, (kept, gone)) in copies.iter_mut().zip([("b", "a"), ("c", "b"), ("a", "c")]) {
        merge(desk, kept, gone);
    }
    let all = together(&copies);
    for desk in &all {
        assert_eq!(seen(desk), seen(&all[0]));
        assert_eq!(seen(desk)[1], ["po-a|a|Colonel", "po-b|a|Colonel", "po-c|a|Colonel"], "the latest decision holds");
        assert_eq!(desk.broken(), []);
    }
    assert_eq!(seen(&all[0])[0].len(), 1);
    assert!(seen(&all[0])[0][0].starts_with("a|Made-up a|"), "{:?}", seen(&all[0]));
}

/// What a colleague says meanwhile of a record that was made one with another is said of that.
#[test]
fn what_is_said_elsewhere_of_a_record_that_was_made_one_is_said_of_the_other() {
    let first = units(&["u", "v", "w"]);
    let mut copies = [first.copy(), first.copy(), first.copy()];
    merge(&mut copies[0], "u", "v");
    merge(&mut copies[1], "w", "u");
    let new = posting(&copies[2], "po-new", "v", "Major");
    copies[2].say(&[new]);
    let all = together(&copies);
    for desk in &all {
        assert_eq!(seen(desk), seen(&all[0]));
        assert_eq!(desk.broken(), []);
    }
    assert_eq!(seen(&all[0])[1], ["po-new|w|Major", "po-u|w|Colonel", "po-v|w|Colonel", "po-w|w|Colonel"]);
    assert_eq!(seen(&all[0])[0].len(), 1, "{:?}", seen(&all[0]));
    // Who takes the decision back has two again, with what was said of each.
    let mut desk = copies[0].copy();
    let entry = desk.take(&copies[2]).recorded.entry;
    desk.register.undo(&entry, "made up").expect("it is undone");
    assert_eq!(seen(&desk)[1], ["po-u|u|Colonel", "po-v|u|Colonel", "po-w|w|Colonel"]);
}

/// Does something in a copy: says a unit or posting, corrects or withdraws one, makes two one, or takes an entry back.
fn edit(
    desk: &mut Desk,
    entries: &mut Vec<String>,
    n: usize,
    (what, one, other): (usize, usize, usize),
    at: prop::sample::Index,
) {
    let (one, other) = (["a", "b", "c"][one], ["a", "b", "c"][other]);
    let standing = |desk: &Desk, kind: &str, record: &str| {
        desk.column(&format!(
            "select statement from statement where kind = '{kind}' and record = '{record}' and current = 1 and withdrawn = 0 order by statement"
        ))
    };
    match what {
        0..=2 => {
            if let Ok(merged) = desk.register.merge("actor", one, other, "made up") {
                entries.push(merged.entry);
            }
        }
        3 => {
            let known = standing(desk, "actor", one);
            if !known.is_empty() {
                let fields = json!({"name": format!("Made-up {one} {n}"), "class": "police"});
                let supersedes = vec![known[at.index(known.len())].clone()];
                let draft = Draft { supersedes, withdrawn: other == "c", ..actor(one, fields) };
                entries.push(desk.say(&[draft]).0);
            }
        }
        4 => {
            let draft = posting(desk, &format!("po-{n}"), one, &format!("rank{n}"));
            entries.push(desk.say(&[draft]).0);
        }
        5 => {
            let record = format!("po-{other}");
            let known = standing(desk, "posting", &record);
            if !known.is_empty() {
                let supersedes = vec![known[at.index(known.len())].clone()];
                let draft = Draft { supersedes, ..posting(desk, &record, one, &format!("rank{n}")) };
                entries.push(desk.say(&[draft]).0);
            }
        }
        _ => {
            if !entries.is_empty() {
                let entry = entries.remove(at.index(entries.len()));
                desk.register.undo(&entry, "made up").expect("it is undone");
            }
        }
    }
}

/// Each case is many merges: few of them, and few tries to find a smaller one that falls too.
fn cases(usual: u32) -> ProptestConfig {
    ProptestConfig { max_shrink_iters: 200, ..ProptestConfig::with_cases(usual) }
}

type Edits = Vec<(usize, (usize, usize, usize), prop::sample::Index)>;

fn edits(copies: usize) -> impl Strategy<Value = Edits> {
    prop::collection::vec((0..copies, (0usize..7, 0usize..3, 0usize..3), any::<prop::sample::Index>()), 2..12)
}

fn edited(copies: usize, edits: Edits) -> Vec<Desk> {
    let first = units(&["a", "b", "c"]);
    let mut copies: Vec<Desk> = (0..copies).map(|_| first.copy()).collect();
    let mut entries = vec![Vec::new(); copies.len()];
    for (n, (copy, what, at)) in edits.into_iter().enumerate() {
        edit(&mut copies[copy], &mut entries[copy], n, what, at);
    }
    copies
}

proptest! {
    #![proptest_config(cases(3))]

    /// Random edits, merges of records and undos in three copies: all orders come to the same, and what they make of each other too.
    #[test]
    fn three_copies_in_which_records_were_made_one_come_to_the_same_in_every_order(edits in edits(3)) {
        let copies = edited(3, edits);
        let mut all = together(&copies);
        let outcome = seen(&all[0]);
        for desk in &mut all {
            prop_assert_eq!(&seen(desk), &outcome);
            prop_assert_eq!(desk.broken(), []);
            for copy in &copies {
                prop_assert_eq!(desk.take(copy).recorded.statements, 0);
            }
        }
        // One with what two others make of each other.
        let mut two = copies[1].copy();
        two.take(&copies[2]);
        let mut nested = copies[0].copy();
        nested.take(&two);
        prop_assert_eq!(&seen(&nested), &outcome);
        let last = all.pop().expect("six");
        all[0].take(&last);
        prop_assert_eq!(&seen(&all[0]), &outcome);
    }
}

proptest! {
    #![proptest_config(cases(1))]

    /// The same of four, in all orders.
    #[test]
    fn four_copies_in_which_records_were_made_one_come_to_the_same_in_every_order(edits in edits(4)) {
        let all = together(&edited(4, edits));
        for desk in &all {
            prop_assert_eq!(seen(desk), seen(&all[0]));
        }
    }
}

/// Persons of these names, each with a posting.
fn persons(names: &[&str]) -> Desk {
    let mut desk = Desk::new();
    desk.say(&[actor("g", json!({"name": "Made-up Guard", "class": "military"}))]);
    for name in names {
        let drafts = [person(&desk, name, &format!("Secret{name}zero")), held_by(&desk, &format!("po-{name}"), name, "Colonel")];
        desk.say(&drafts);
    }
    desk
}

fn person(desk: &Desk, record: &str, name: &str) -> Draft {
    let mut draft = Draft::new(desk.workspace.model(), "person");
    draft.record = record.to_owned();
    draft.fields = json!({ "name": name }).as_object().cloned().unwrap_or_default();
    draft
}

fn held_by(desk: &Desk, record: &str, person: &str, rank: &str) -> Draft {
    let mut draft = posting(desk, record, "g", rank);
    draft.fields.insert("person".into(), person.into());
    draft
}

fn cleared(desk: &Desk, sql: &str) -> Vec<String> {
    texts(&desk.reader("2021-06-30", None, Marking::StrictlyConfidential), sql)
}

/// Does something in a copy with persons: makes two one, renames one, says or corrects a posting, or erases one. Returns the names that are gone.
fn edit_person(desk: &mut Desk, n: usize, (what, one, other): (usize, usize, usize)) -> Vec<String> {
    let (one, other) = (["p", "q", "r"][one], ["p", "q", "r"][other]);
    let standing = |desk: &Desk, kind: &str, record: &str| {
        let of = format!("kind = '{kind}' and record = '{record}' and current = 1 and withdrawn = 0");
        cleared(desk, &format!("select statement from statement where {of} order by statement")).pop()
    };
    let record = format!("po-{other}");
    match what {
        0..=1 => drop(desk.register.merge("person", one, other, "made up")),
        2 => {
            if let Some(id) = standing(desk, "person", one) {
                let draft = Draft { supersedes: vec![id], ..person(desk, one, &format!("Secret{one}n{n}x")) };
                desk.say(&[draft]);
            }
        }
        3 => {
            let draft = held_by(desk, &format!("po-{n}"), one, &format!("rank{n}x"));
            desk.say(&[draft]);
        }
        4 => {
            if let Some(id) = standing(desk, "posting", &record) {
                let draft = Draft { supersedes: vec![id], ..held_by(desk, &record, one, &format!("rank{n}x")) };
                desk.say(&[draft]);
            }
        }
        _ => {
            let sql = format!(
                "select fields ->> 'name' from statement where kind = 'person' and record = '{one}' and fields ->> 'name' is not null"
            );
            let names = cleared(desk, &sql);
            let (reason, ordered_by) = ("asked for".to_owned(), "Officer".to_owned());
            let erasure = Erasure { kind: "person".into(), record: one.into(), field: None, reason, ordered_by };
            // Whoever stands, also for those who were made one with them.
            if standing(desk, "person", one).is_some() && desk.register.erase(&erasure, "made up").is_ok() {
                return names;
            }
        }
    }
    Vec::new()
}

/// What a copy shows of persons: who stands, who holds what, and what is contested.
fn persons_seen(desk: &Desk) -> Vec<Vec<String>> {
    let sql = [
        "select record, name, names from person order by record",
        "select record, person, actor, role, rank from posting order by 1, 2, 3, 5",
        "select kind, withdrawn from conflict order by 1, 2",
        "select record, field, value from disagreement order by 1, 2, 3",
    ];
    sql.map(|sql| cleared(desk, sql)).into()
}

fn erase(desk: &mut Desk, person: &str) -> Vec<(String, String)> {
    let (reason, ordered_by) = ("asked for".to_owned(), "Officer".to_owned());
    let erasure = Erasure { kind: "person".into(), record: person.into(), field: None, reason, ordered_by };
    desk.register.erase(&erasure, "made up").expect("it is erased").made_one
}

/// Who was made one in one copy with somebody whom another erased, without knowing of it, stands with what was said of them alone, and is told;
/// whichever of the two took in the other, and whatever a third copy has said meanwhile.
#[test]
fn who_was_made_one_with_somebody_who_is_erased_elsewhere_stands_alone_in_whatever_order() {
    for (kept, gone) in [("p", "q"), ("q", "p")] {
        let first = persons(&["p", "q"]);
        let mut copies = [first.copy(), first.copy(), first.copy()];
        copies[0].register.merge("person", kept, gone, "made up").expect("they are made one");
        assert_eq!(erase(&mut copies[1], "p"), []);
        // As where nobody was made one with anybody.
        let postings = persons_seen(&copies[1])[1].clone();
        let known = cleared(&copies[2], "select statement from statement where kind = 'person' and record = 'q'");
        let renamed = Draft { supersedes: known, ..person(&copies[2], "q", "Made-up Q") };
        copies[2].say(&[renamed]);
        let mut all = together(&copies);
        for desk in &mut all {
            assert_eq!(
                persons_seen(desk),
                [vec!["q|Made-up Q|null".to_owned()], postings.clone(), vec![], vec![]],
                "{gone} was made one with {kept}"
            );
            assert_eq!((desk.broken(), desk.stands_in_a_file("secretpzero")), (vec![], false));
            let again: u64 = copies.iter().map(|copy| desk.take(copy).recorded.statements).sum();
            assert_eq!(again, 0);
        }
        let mut two = copies[0].copy();
        assert_eq!(
            two.take(&copies[1]).made_one.into_iter().collect::<Vec<_>>(),
            [("person".to_owned(), "q".to_owned())],
            "it is told"
        );
        // Erased too, as both are the same, nothing is left of either, wherever it was said again.
        erase(&mut two, "q");
        for desk in &mut all {
            desk.take(&two);
            assert_eq!((persons_seen(desk)[0].len(), desk.broken(), desk.stands_in_a_file("made-up q")), (0, vec![], false));
        }
    }
}

proptest! {
    #![proptest_config(cases(2))]

    /// Where persons were made one in some copies and erased in others, who is erased in one is in none, and all come to the same in whatever order.
    #[test]
    fn who_is_erased_in_one_copy_is_in_none_whoever_was_made_one_with_whom(
        edits in prop::collection::vec((0usize..3, (0usize..6, 0usize..3, 0usize..3)), 2..9),
    ) {
        let first = persons(&["p", "q", "r"]);
        let mut copies = [first.copy(), first.copy(), first.copy()];
        let mut gone = Vec::new();
        for (n, (copy, what)) in edits.into_iter().enumerate() {
            gone.extend(edit_person(&mut copies[copy], n, what));
        }
        let mut all = together(&copies);
        let mut two = copies[1].copy();
        two.take(&copies[2]);
        let mut nested = copies[0].copy();
        nested.take(&two);
        all.push(nested);
        let outcome = persons_seen(&all[0]);
        for desk in &mut all {
            prop_assert_eq!(&persons_seen(desk), &outcome);
            // Once more from those who did not know of an erasure.
            for copy in &copies {
                desk.take(copy);
            }
            prop_assert_eq!(&persons_seen(desk), &outcome);
            prop_assert_eq!(desk.broken(), []);
            for name in &gone {
                prop_assert!(!desk.stands_in_a_file(name), "{}", name);
            }
        }
        let last = all.pop().expect("seven");
        all[0].take(&last);
        prop_assert_eq!(&persons_seen(&all[0]), &outcome);
    }
}
