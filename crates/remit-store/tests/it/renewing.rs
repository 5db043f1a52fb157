//! A reader that is renewed sees what a new one sees, whatever was recorded meanwhile. All records are made up.

use crate::desk::{Desk, actor, dated, police, texts};
use remit_model::Marking;
use remit_store::{Draft, Erasure, Reader, Status};
use serde_json::json;

const AS_OF: [(&str, Marking); 2] = [("2021-06-30", Marking::Public), ("2015-06-30", Marking::StrictlyConfidential)];

/// The rows of every view, in their order.
fn all(reader: &Reader) -> Vec<(String, Vec<String>)> {
    let rows = |name: &String| texts(reader, &format!("select * from \"{name}\""));
    reader.views().iter().filter(|v| v.name != "code").map(|v| (v.name.clone(), rows(&v.name))).collect()
}

/// A desk with readers that were asked for all before, and are renewed at every step.
struct Watched {
    desk: Desk,
    readers: Vec<Reader>,
}

impl Watched {
    fn new() -> Watched {
        let desk = Desk::new();
        let readers = AS_OF.iter().map(|(day, clearance)| desk.reader(day, None, *clearance)).collect();
        Watched { desk, readers }
    }

    /// Records something, and compares what old and new readers see of it.
    fn step<T>(&mut self, what: &str, work: impl FnOnce(&mut Desk) -> T) -> T {
        let done = work(&mut self.desk);
        let readers = std::mem::take(&mut self.readers);
        for reader in readers {
            let reader = reader.renewed().expect("it is renewed");
            let as_of = reader.as_of().clone();
            let new = Reader::open(&self.desk.workspace, as_of.clone()).expect("a reader");
            for (renewed, new) in all(&reader).iter().zip(all(&new)) {
                assert_eq!(*renewed, new, "{what}, {as_of:?}");
            }
            self.readers.push(reader);
        }
        done
    }
}

fn of(kind: &str, record: &str, fields: serde_json::Value) -> Draft {
    Draft { kind: kind.into(), ..actor(record, fields) }
}

#[test]
fn a_renewed_reader_sees_what_a_new_one_sees() {
    let mut watched = Watched::new();
    let (_, ids) = watched.step("a first record", |desk| desk.say(&[police()]));
    let part_of = json!({"subject": "police", "relation": "part_of", "object": "ministry"});
    watched.step("what refers to what is not there yet", |desk| desk.say(&[of("relation", "r", part_of.clone())]));
    let (_, ministry) =
        watched.step("what it refers to", |desk| desk.say(&[actor("ministry", json!({"name": "Made-up Ministry"}))]));
    watched.step("another name of it", |desk| {
        desk.say(&[Draft { supersedes: ministry, ..actor("ministry", json!({"name": "Made-up Ministry of the Interior"})) }])
    });
    watched.step("more of the same record, in an order", |desk| {
        let named = |names: serde_json::Value| actor("police", json!({ "names": names }));
        desk.say(&[named(json!([{"name": "B"}, {"name": "A"}])), named(json!([{"name": "C"}]))])
    });
    let (entry, heads) = watched.step("two corrections of one statement", |desk| {
        let name = |name: &str| Draft { supersedes: ids.clone(), ..actor("police", json!({ "name": name })) };
        desk.say(&[name("Made-up Gendarmerie"), name("Made-up Constabulary")])
    });
    watched.step("a proposal", |desk| {
        desk.say(&[Draft { status: Status::Proposed, ..actor("police", json!({"name": "Made-up Guard"})) }])
    });
    watched.step("the end of the conflict, withheld", |desk| {
        let mut settled = actor("police", json!({"name": "Made-up Police Service", "acronym": "MPS"}));
        settled.withheld = vec![("acronym".into(), Marking::Confidential)];
        desk.say(&[Draft { supersedes: heads, ..settled }])
    });
    watched.step("something confidential, and what has ended", |desk| {
        let secret = Draft { marking: Marking::Confidential, ..actor("s", json!({"name": "Made-up Service"})) };
        let ended = dated(actor("e", json!({"name": "Made-up Militia"})), &[("valid_from", "2010"), ("valid_to", "2016-06")]);
        desk.say(&[dated(secret, &[("valid_from", "2014")]), ended])
    });
    watched.step("a date for what had none", |desk| {
        desk.say(&[dated(of("relation", "r", part_of.clone()), &[("valid_from", "2020")])])
    });
    let reform = json!({"title": "Made-up reform", "lead": "ministry", "status": "1", "due": "2020"});
    watched.step("a kind of which nothing was said", |desk| desk.say(&[of("reform", "f", reform.clone())]));
    watched.step("more of it", |desk| desk.say(&[of("reform", "g", reform)]));
    let merged = watched.step("two records that become one", |desk| {
        desk.say(&[actor("moi", json!({"name": "Made-up Ministry of Home Affairs", "country": "SO"}))]);
        desk.register.merge("actor", "ministry", "moi", "made up").unwrap()
    });
    watched.step("and two again", |desk| desk.register.undo(&merged.entry, "made up").unwrap());
    watched.step("an entry undone", |desk| desk.register.undo(&entry, "made up").unwrap());
    watched.step("a record erased", |desk| {
        let (reason, ordered_by) = ("a made-up reason".into(), "a made-up office".into());
        let erasure = Erasure { kind: "actor".into(), record: "ministry".into(), field: None, reason, ordered_by };
        desk.register.erase(&erasure, "made up").unwrap()
    });
    watched.step("and what comes after", |desk| desk.say(&[actor("army", json!({"name": "Made-up Army"}))]));
}

#[test]
fn a_query_may_read_records_beside_their_statements() {
    let mut desk = Desk::new();
    desk.say(&[police(), of("reform", "f", json!({"title": "Made-up reform"}))]);
    let sql = "select (select count(*) from actor), (select count(*) from actor_statement), (select count(*) from reform), \
               (select count(*) from reform_statement), (select count(*) from statement)";
    assert_eq!(desk.column(sql), ["1|1|1|1|2"]);
}

#[test]
fn many_rows_are_the_same_once_they_are_kept() {
    let mut desk = Desk::new();
    let records: Vec<Draft> = (0..10_500)
        .rev()
        .map(|n| actor(&format!("a{n}"), json!({"name": format!("Made-up Post {n}"), "country": "SO"})))
        .collect();
    desk.say(&records);
    desk.say(&[of("relation", "r", json!({"subject": "a1", "relation": "part_of", "object": "a2"}))]);
    let mut reader = desk.reader("2021-06-30", None, Marking::Public);
    let sql = ["select * from actor", "select * from actor_statement", "select * from relation"];
    let first = sql.map(|sql| texts(&reader, sql));
    assert_eq!(first[0].len(), 10_500);
    for _ in 0..2 {
        assert_eq!(sql.map(|sql| texts(&reader, sql)), first);
    }
    desk.say(&[actor("a1", json!({"name": "Made-up Post, renamed"})), actor("b", json!({"name": "Made-up Guard"}))]);
    reader = reader.renewed().expect("it is renewed");
    let new = desk.reader("2021-06-30", None, Marking::Public);
    // In which order they stand, who asks says.
    let rows = |reader: &Reader| {
        sql.map(|sql| {
            let mut rows = texts(reader, sql);
            rows.sort();
            rows
        })
    };
    assert_eq!(rows(&reader), rows(&new));
}
