//! What is erased is nowhere, and the chain still holds. Persons and units are made up.

use crate::desk::{Desk, actor, texts, together};
use proptest::prelude::*;
use remit_model::Marking;
use remit_store::{AboutDataSet, Cut, Draft, Erasure, Import, StoreError};
use serde_json::json;

fn draft(desk: &Desk, kind: &str, record: &str, fields: serde_json::Value) -> Draft {
    let mut draft = Draft::new(desk.workspace.model(), kind);
    draft.record = record.to_owned();
    draft.fields = fields.as_object().cloned().unwrap_or_default();
    draft.origin = format!("units/person/{record}/name");
    draft.set_envelope("valid_from", "2019");
    draft
}

fn erasure(kind: &str, record: &str, field: Option<&str>) -> Erasure {
    let text = str::to_owned;
    Erasure {
        kind: text(kind),
        record: text(record),
        field: field.map(text),
        reason: text("asked for"),
        ordered_by: text("Officer"),
    }
}

#[test]
fn a_person_who_is_erased_is_in_no_byte_of_the_folder_and_the_chain_holds() {
    let mut desk = Desk::new();
    let said = [
        draft(&desk, "person", "ng/quixwell", json!({"name": "Quixwell", "note": "made up"})),
        actor("guard", json!({"name": "Made-up Guard", "class": "military"})),
        draft(
            &desk,
            "posting",
            "posting/ng/quixwell/guard",
            json!({"person": "ng/quixwell", "actor": "guard", "role": "commands"}),
        ),
        draft(&desk, "document", "report", json!({"title": "Made-up report on Quixwell"})),
    ];
    let (_, ids) = desk.say(&said);
    let corrected =
        Draft { supersedes: vec![ids[0].clone()], ..draft(&desk, "person", "ng/quixwell", json!({"name": "A. Quixwell"})) };
    desk.say(&[corrected]);
    assert!(desk.stands_in_a_file("quixwell"));

    let erased = desk.register.erase(&erasure("person", "ng/quixwell", None), "made up").expect("it is erased");
    assert_eq!((erased.gone.statements(), erased.is_out_of_log), (3, true));
    assert_eq!(erased.named_in, [("document".to_owned(), "report".to_owned())], "what names it in a text is told");
    desk.register.erase(&erasure("document", "report", Some("title")), "made up").expect("the title is erased");
    assert!(!desk.stands_in_a_file("quixwell"));
    let verified = desk.workspace.verify(true).expect("it can be verified");
    assert_eq!(verified.broken, [], "the chain holds");

    let reader = desk.reader("2020-01-01", None, Marking::StrictlyConfidential);
    let count = |sql: &str| reader.query(sql, &[]).expect("an answer").rows.len();
    assert_eq!((count("select 1 from person"), count("select 1 from posting"), count("select 1 from actor")), (0, 0, 1));
    assert_eq!(count("select 1 from entry where act = 'erased, ordered by Officer: asked for'"), 2, "that it was done is seen");
}

#[test]
fn one_field_is_erased_from_all_that_was_ever_said() {
    let mut desk = Desk::new();
    let said = |note: &str| Draft { record: "guard".into(), ..actor_with(note) };
    fn actor_with(note: &str) -> Draft {
        let mut draft = actor("guard", json!({"name": "Made-up Guard", "class": "military"}));
        draft.fields.insert("note".into(), note.into());
        draft
    }
    let (_, ids) = desk.say(&[said("told by Quixwell")]);
    desk.say(&[Draft { supersedes: ids, ..said("told by nobody") }]);
    desk.register.erase(&erasure("actor", "guard", Some("note")), "made up").expect("it is erased");
    assert!(!desk.stands_in_a_file("quixwell") && !desk.stands_in_a_file("told by nobody"));
    let reader = desk.reader("2030-01-01", None, Marking::StrictlyConfidential);
    let table = reader.query("select name, note from actor", &[]).expect("an answer");
    assert_eq!((table.rows[0][0].text(), table.rows[0][1].text()), (Some("Made-up Guard"), None));
    assert_eq!(desk.workspace.verify(true).expect("it can be verified").broken, []);
}

/// A document with one passage.
fn document(desk: &Desk, dataset: &str) {
    let about = AboutDataSet { dataset: dataset.into(), title: Some("Made-up report".into()), ..AboutDataSet::default() };
    let mut import = Import::begin(&desk.workspace, about).unwrap();
    let file = import.begin_file("made-up.txt").unwrap();
    let writer = Import::row_writer(&desk.workspace, "document", &["title"]).unwrap();
    import.record(&writer, dataset, (file, 0), &Default::default(), &["Made-up report".into()]).unwrap();
    let writer = Import::row_writer(&desk.workspace, "passage", &["document", "text"]).unwrap();
    let cells = [dataset.into(), format!("Quixwell in {dataset}").as_str().into()];
    import.record(&writer, "p/1", (file, 0), &Default::default(), &cells).unwrap();
    import.finish(dataset, 1, 7).unwrap();
}

#[test]
fn a_document_that_is_gone_without_an_order_and_one_that_is_put_back_are_seen() {
    let erased = || {
        let mut desk = Desk::new();
        document(&desk, "document/a");
        document(&desk, "document/b");
        let erased = desk.register.erase(&erasure("document", "document/a", None), "made up").expect("it is erased");
        assert_eq!((erased.gone.imports, erased.named_in), (1, vec![]));
        assert!(!desk.stands_in_a_file("quixwell in document/a") && desk.stands_in_a_file("quixwell in document/b"));
        desk
    };
    let desk = erased();
    assert_eq!(desk.broken(), []);
    let reader = desk.reader("2030-01-01", None, Marking::StrictlyConfidential);
    let seen = |sql: &str| reader.query(sql, &[]).expect("an answer").rows.len();
    assert_eq!((seen("select 1 from snapshot"), seen("select 1 from document"), seen("select 1 from passage")), (1, 1, 1));
    for (sql, why) in [
        (
            "update snapshot set dataset = 'erased:' || link where dataset = 'document/b'",
            "it was taken away, and nobody ordered it",
        ),
        ("update snapshot set dataset = 'document/a' where dataset <> 'document/b'", "it was erased, and stands there again"),
        (
            "update snapshot set title = 'Put back' where dataset <> 'document/b'",
            "it was erased, and something stands there again",
        ),
        (
            "insert into row_passage (id, snapshot, record, text) select 7, id, 'p', 'Put back' from snapshot where dataset <> 'document/b'",
            "it was erased, and something stands there again",
        ),
        ("delete from row_passage where text like '%document/b'", "its rows are not those that were imported"),
    ] {
        let desk = erased();
        desk.database().execute_batch(sql).unwrap();
        assert!(desk.broken().contains(&("snapshot", why.to_owned())), "{sql}: {:?}", desk.broken());
    }
}

#[test]
fn what_is_not_there_cannot_be_erased() {
    let mut desk = Desk::new();
    let refused = desk.register.erase(&erasure("person", "nobody", None), "made up");
    assert!(matches!(refused, Err(StoreError::NotThere(_))), "{refused:?}");
}

fn posting(desk: &Desk, record: &str, rank: &str) -> Draft {
    draft(desk, "posting", record, json!({"person": "ng/quixwell", "actor": "guard", "role": "commands", "rank": rank}))
}

/// A person, a unit and a posting in it.
fn posted() -> (Desk, Vec<String>) {
    let mut desk = Desk::new();
    let said = [
        draft(&desk, "person", "ng/quixwell", json!({"name": "Quixwell"})),
        actor("guard", json!({"name": "Made-up Guard", "class": "military"})),
        posting(&desk, "p/1", "rankone"),
    ];
    let (_, ids) = desk.say(&said);
    (desk, ids)
}

/// What refers to somebody in a field that is withheld, or was taken back, is in no index, and goes all the same.
#[test]
fn what_is_withheld_or_was_taken_back_of_a_person_is_erased_too() {
    let (mut desk, _) = posted();
    let held = vec![("person".to_owned(), Marking::StrictlyConfidential)];
    let hidden = Draft { withheld: held, marking: Marking::Public, ..posting(&desk, "p/2", "ranktwo") };
    let (entry, _) = desk.say(&[hidden, posting(&desk, "p/3", "rankthree")]);
    desk.say(&[Draft { withheld: vec![("person".to_owned(), Marking::Confidential)], ..posting(&desk, "p/4", "rankfour") }]);
    desk.register.undo(&entry, "made up").expect("it is taken back");
    desk.register.erase(&erasure("person", "ng/quixwell", None), "made up").expect("it is erased");
    for text in ["quixwell", "rankone", "ranktwo", "rankthree", "rankfour"] {
        assert!(!desk.stands_in_a_file(text), "{text}");
    }
    assert_eq!(desk.broken(), []);
}

/// A copy that corrected, added and renamed before it knew of the order: nothing of the person comes back, what is left does, and the order
/// goes on to whoever took it from there.
#[test]
fn what_a_copy_says_of_an_erased_person_comes_as_the_erasure_leaves_it() {
    let (mut here, ids) = posted();
    let mut there = here.copy();
    let corrected = Draft { supersedes: vec![ids[2].clone()], ..posting(&there, "p/1", "ranknew") };
    let renamed =
        Draft { supersedes: vec![ids[0].clone()], ..draft(&there, "person", "ng/quixwell", json!({"name": "A. Quixwell"})) };
    there.say(&[corrected, renamed, posting(&there, "p/2", "ranktwo")]);
    there.say(&[actor("army", json!({"name": "Made-up Army"}))]);
    let mut third = there.copy();
    here.register.erase(&erasure("person", "ng/quixwell", None), "made up").expect("it is erased");
    let taken = here.take(&there);
    assert_eq!(taken.erased, 3, "what comes without something is told");
    let gone = |desk: &Desk| ["quixwell", "rankone", "ranknew", "ranktwo", "rankthree"].iter().all(|t| !desk.stands_in_a_file(t));
    let left = |desk: &Desk| {
        let reader = desk.reader("2020-01-01", None, Marking::StrictlyConfidential);
        texts(&reader, "select record, person, actor, role, rank from posting order by record")
    };
    let rest = ["p/1|null|guard|commands|null", "p/2|null|guard|commands|null"];
    assert!(gone(&here));
    assert_eq!(
        (left(&here), here.column("select name from actor order by name")),
        (rest.map(str::to_owned).to_vec(), ["Made-up Army", "Made-up Guard"].map(str::to_owned).to_vec())
    );
    let all = here.reader("2020-01-01", None, Marking::StrictlyConfidential);
    assert_eq!(texts(&all, "select record from person"), [""; 0]);
    assert_eq!(texts(&all, "select record from conflict where kind = 'person'"), [""; 0], "an order is no conflict");
    assert_eq!((here.broken(), here.take(&there).recorded.statements), (vec![], 0));
    // Who took it over from there loses it with the order, and so does what was said meanwhile.
    third.say(&[posting(&third, "p/3", "rankthree")]);
    third.take(&here);
    assert!(gone(&third), "a third copy");
    assert_eq!(third.broken(), []);
}

/// Copies that corrected a posting before they knew of the erasure of its person come together in whatever order: what is left of it, and what was
/// ordered, is the same in each, and nothing is left to take over.
#[test]
fn what_is_left_after_an_erasure_is_the_same_in_whatever_order_copies_come_together() {
    let (mut erased, ids) = posted();
    let mut copies = [erased.copy(), erased.copy()];
    for (desk, (rank, from)) in copies.iter_mut().zip([("ranknew", "2018"), ("ranknewer", "2017")]) {
        let mut corrected = Draft { supersedes: vec![ids[2].clone()], ..posting(desk, "p/1", rank) };
        corrected.set_envelope("valid_from", from);
        desk.say(&[corrected]);
    }
    erased.register.erase(&erasure("person", "ng/quixwell", None), "made up").expect("it is erased");
    let all = [&erased, &copies[0], &copies[1]];
    let mut merged: Vec<Desk> = [[0, 1, 2], [1, 0, 2], [2, 1, 0], [1, 2, 0]]
        .map(|order| {
            let mut desk = all[order[0]].copy();
            for other in &order[1..] {
                desk.take(all[*other]);
            }
            desk
        })
        .into();
    let seen = |desk: &Desk| {
        let reader = desk.reader("2020-01-01", None, Marking::StrictlyConfidential);
        let sql = [
            "select statement, record, supersedes, withdrawn from statement order by statement",
            "select record, person, role, valid_from, statements from posting",
            "select statement, supersedes from conflict order by 1, 2",
        ];
        sql.map(|sql| texts(&reader, sql))
    };
    let first = seen(&merged[0]);
    assert!(first[1][0].starts_with("p/1|null|commands|2017|"), "{first:?}");
    assert_eq!(first[2].len(), 2, "what both corrected, and not what it took the place of: {first:?}");
    for desk in &merged {
        assert_eq!((seen(desk), desk.broken()), (first.clone(), vec![]));
        assert!(["quixwell", "rankone", "ranknew"].iter().all(|text| !desk.stands_in_a_file(text)));
    }
    let last = merged.pop().expect("four");
    for desk in &mut merged {
        assert_eq!(desk.take(&last).recorded.statements, 0);
    }
    assert_eq!(seen(&merged[0]), first);
}

/// Somebody who is recorded anew under the same identifier, after the erasure, is not erased by it in another copy.
#[test]
fn who_is_recorded_anew_after_an_erasure_stays() {
    let (mut here, _) = posted();
    let mut there = here.copy();
    here.register.erase(&erasure("person", "ng/quixwell", None), "made up").expect("it is erased");
    here.say(&[draft(&here, "person", "ng/quixwell", json!({"name": "Made-up Newcomer"}))]);
    there.say(&[posting(&there, "p/2", "ranktwo")]);
    there.take(&here);
    here.take(&there);
    for desk in [&here, &there] {
        let reader = desk.reader("2020-01-01", None, Marking::StrictlyConfidential);
        assert_eq!(texts(&reader, "select name from person"), ["Made-up Newcomer"]);
        assert_eq!(texts(&reader, "select rank from posting where rank is not null"), [""; 0]);
        assert_eq!(desk.broken(), []);
    }
}

/// One field that was erased of a record stays erased, whatever a copy said in it.
#[test]
fn what_a_copy_says_in_an_erased_field_stays_there() {
    let mut here = Desk::new();
    let noted = |note: &str| actor("guard", json!({"name": "Made-up Guard", "note": note}));
    let (_, ids) = here.say(&[noted("told by Quixwell")]);
    let mut there = here.copy();
    there.say(&[Draft { supersedes: ids, ..noted("told by Quixwell again") }]);
    here.register.erase(&erasure("actor", "guard", Some("note")), "made up").expect("it is erased");
    assert_eq!(here.take(&there).erased, 1);
    assert!(!here.stands_in_a_file("quixwell"));
    assert_eq!((here.column("select name, note from actor"), here.broken()), (vec!["Made-up Guard|null".to_owned()], vec![]));
}

/// Who looked somebody up by a word of the name that nobody else has is noted still, and not whom they looked up; by a word that others have, too,
/// the list stays as it is.
#[test]
fn the_list_of_looks_forgets_whoever_was_looked_up_by_a_part_of_the_name() {
    let mut desk = Desk::new();
    desk.say(&[
        draft(&desk, "person", "ng/1", json!({"name": "Abena Quixwell"})),
        draft(&desk, "person", "ng/2", json!({"name": "Abena Made-up"})),
    ]);
    for what in ["sql select * from person where name like '%QUIXWELL'", "search abena"] {
        desk.workspace.note_look("made up", Marking::StrictlyConfidential, what).expect("it is noted");
    }
    desk.register.erase(&erasure("person", "ng/1", None), "made up").expect("it is erased");
    assert!(!desk.stands_in_a_file("quixwell"));
    let reader = desk.reader("2020-01-01", None, Marking::StrictlyConfidential);
    assert_eq!(texts(&reader, "select what from look order by what"), ["", "search abena"]);
    assert_eq!(desk.broken(), []);
}

/// Where what corrected it stays behind, as it is marked higher, what was erased leaves no empty record, and of what referred to it the rest.
#[test]
fn what_is_erased_there_leaves_the_same_here_where_its_correction_is_marked_higher() {
    let mut there = Desk::new();
    let public = |draft: Draft| Draft { marking: Marking::Public, ..draft };
    let said =
        [public(draft(&there, "person", "ng/quixwell", json!({"name": "Quixwell"}))), public(posting(&there, "p/1", "rankone"))];
    let (_, ids) = there.say(&said);
    let mut here = there.copy();
    let again =
        |draft: &Draft, id: &String| Draft { marking: Marking::Confidential, supersedes: vec![id.clone()], ..draft.clone() };
    there.say(&[again(&said[0], &ids[0]), again(&said[1], &ids[1])]);
    there.register.erase(&erasure("person", "ng/quixwell", None), "made up").expect("it is erased");
    let taken = here.register.take_from(&there.workspace, "made up", &Cut::cleared(Marking::Public), false).expect("it is taken");
    assert_eq!(taken.carried_out, 2);
    let reader = here.reader("2020-01-01", None, Marking::StrictlyConfidential);
    assert_eq!(texts(&reader, "select record from person"), [""; 0]);
    assert_eq!(texts(&reader, "select record, person, actor, role, rank from posting"), ["p/1|null|guard|commands|null"]);
    assert_eq!(here.broken(), []);
    // All of it taken later, nothing is in conflict.
    here.take(&there);
    let reader = here.reader("2020-01-01", None, Marking::StrictlyConfidential);
    assert_eq!(texts(&reader, "select record from person"), [""; 0]);
    assert_eq!(texts(&reader, "select statement from conflict"), [""; 0]);
    assert_eq!(here.broken(), []);
}

/// A record that lists others, of these members.
fn listing(desk: &Desk, members: &[usize]) -> Draft {
    let members: Vec<String> = members.iter().map(|n| format!("actor:m{n}")).collect();
    draft(desk, "distinct", "d", json!({ "records": members }))
}

/// What a copy has of lists of records: what is shown, how many statements say so, what is contested, and what people said.
fn lists_seen(desk: &Desk) -> [Vec<String>; 3] {
    let sql = [
        "select record, records, statements from not_the_same order by record",
        "select record, withdrawn from conflict order by 1, 2",
        "select statement, supersedes, withdrawn from statement where act = 'entered' order by 1",
    ];
    sql.map(|sql| desk.column(sql))
}

/// The whole inner history of lists.
fn lists_history(desk: &Desk) -> Vec<String> {
    desk.column("select statement, supersedes, withdrawn, fields from statement where kind = 'distinct' order by 1")
}

/// Where the same was left of a list by two erasures that knew nothing of each other, it is said once.
#[test]
fn what_two_erasures_left_alike_of_a_list_counts_once() {
    let mut first = Desk::new();
    first.say(&[0, 1, 2].map(|n| actor(&format!("m{n}"), json!({"name": format!("Made-up {n}")}))));
    let list = listing(&first, &[0, 1, 2]);
    first.say(&[list]);
    let mut copies = [first.copy(), first.copy()];
    for (desk, member) in copies.iter_mut().zip(["m0", "m1"]) {
        desk.register.erase(&erasure("actor", member, None), "made up").expect("it is erased");
    }
    let all = together(&copies);
    for desk in &all {
        let seen = lists_seen(desk);
        assert_eq!(seen[..2], [vec![r#"d|["actor:m2"]|1"#.to_owned()], vec![]]);
        assert_eq!((lists_history(desk), desk.broken()), (lists_history(&all[0]), vec![]));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 100, ..ProptestConfig::with_cases(2) })]

    /// Lists that are corrected and withdrawn in three copies, while records are erased that they name: in every order the same is shown, by as many
    /// statements, and people said the same. What a copy said of what was left between two erasures depends on which it heard of first, and stays said:
    /// once all have heard of each other, the inner history of all is one, and nothing more follows from it.
    #[test]
    fn lists_of_which_records_are_erased_elsewhere_come_to_one_history(
        edits in prop::collection::vec(
            (0usize..3, 0usize..6, 0usize..5, prop::collection::btree_set(0usize..5, 2..4), any::<prop::sample::Index>()),
            2..7,
        ),
    ) {
        let mut first = Desk::new();
        first.say(&[0, 1, 2, 3, 4].map(|n| actor(&format!("m{n}"), json!({"name": format!("Made-up {n}")}))));
        let list = listing(&first, &[0, 1, 2]);
        first.say(&[list]);
        let mut copies = [first.copy(), first.copy(), first.copy()];
        for (copy, what, member, members, at) in edits {
            let desk = &mut copies[copy];
            let standing = "select statement from statement where kind = 'distinct' and current = 1 and withdrawn = 0 order by 1";
            let known = desk.column(standing);
            match known.is_empty() {
                // Of who is erased already there is nothing to take away.
                _ if what < 2 => drop(desk.register.erase(&erasure("actor", &format!("m{member}"), None), "made up")),
                true => {}
                false => {
                    let there = desk.column("select record from actor");
                    let members: Vec<usize> = members.into_iter().filter(|n| there.contains(&format!("m{n}"))).collect();
                    if members.is_empty() {
                        continue;
                    }
                    let supersedes = vec![known[at.index(known.len())].clone()];
                    let draft = Draft { supersedes, withdrawn: what == 2, ..listing(desk, &members) };
                    desk.say(&[draft]);
                }
            }
        }
        let mut all = together(&copies);
        let outcome = lists_seen(&all[0]);
        for desk in &all {
            prop_assert_eq!(&lists_seen(desk), &outcome);
            prop_assert_eq!(desk.broken(), []);
        }
        for (taking, from) in [(0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (1, 0), (2, 0), (3, 0), (4, 0), (5, 0)] {
            let other = all[from].copy();
            all[taking].take(&other);
        }
        let history = lists_history(&all[0]);
        for desk in &all {
            prop_assert_eq!((lists_seen(desk), lists_history(desk)), (outcome.clone(), history.clone()));
        }
        let last = all[5].copy();
        prop_assert_eq!(all[0].take(&last).recorded.statements, 0);
    }
}
