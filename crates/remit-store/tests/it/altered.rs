//! Whatever cell somebody alters in a workspace that has something in every table, it is seen; and writing on does not make it good.
//! All records are made up.

use crate::desk::{Desk, actor, police};
use remit_model::{FieldType, Kind, Marking};
use remit_store::{AboutDataSet, ActivityLink, Cell, Draft, Fact, FactOwner, FileEntry, Flow, Import, Problem, Workspace};
use rusqlite::Connection;
use serde_json::json;
use tempfile::TempDir;

/// A workspace with something in every table that there is.
fn full() -> Desk {
    let mut desk = Desk::new();
    let (_, ids) = desk.say(&[police(), actor("guard", json!({"name": "Made-up Guard", "note": "a note"}))]);
    desk.say(&[Draft {
        kind: "relation".into(),
        ..actor("r", json!({"subject": "guard", "relation": "part_of", "object": "police"}))
    }]);
    desk.say(&[Draft { supersedes: vec![ids[1].clone()], ..actor("guard", json!({"name": "Made-up Guards"})) }]);
    // The same activity twice: one of them counts.
    for dataset in ["one", "two"] {
        bring_in(&desk.workspace, dataset);
    }
    desk.workspace.datasets_from(&[("/made/up".into(), vec!["one".into()])]).unwrap();
    desk.workspace.count_once().unwrap();
    for page in ["/records/person", "/record/person/made-up"] {
        desk.workspace.note_look("somebody made up", Marking::Confidential, page).unwrap();
    }
    desk
}

/// One row of every kind, and all that is worked out of an activity.
fn bring_in(workspace: &Workspace, dataset: &str) {
    let mut import = Import::begin(workspace, AboutDataSet { dataset: dataset.into(), ..AboutDataSet::default() }).unwrap();
    let file = import.begin_file("made-up.csv").unwrap();
    let mut last = 0;
    for (n, kind) in workspace.model().kinds.iter().enumerate() {
        let (names, cells) = something(kind);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let writer = Import::row_writer(workspace, &kind.name, &names).unwrap();
        if kind.part_of.is_some() {
            import.part(&writer, last, n as i64, 1, &cells).unwrap();
            continue;
        }
        let row =
            import.record(&writer, "made-up", (file, 1), &["2001", "2002", "s", "u", "l", "q"].map(Cell::from), &cells).unwrap();
        last = row;
        if kind.name == "activity" {
            let (fact, flow) = (
                Fact { country: "SO".into(), share: 1.0, ..Fact::default() },
                Flow { date: "2001-01-01".into(), split: 0, kind: "2".into(), usd: Some(1.0), eur: None },
            );
            let link = ActivityLink { kind: "funder", target: "XM".into(), usd: None };
            import.support(row, &FactOwner::default(), &[fact], &[flow], &[link]).unwrap();
        }
    }
    import.problem(file, &Problem { rule: "made up", ..Problem::default() }).unwrap();
    import.finish_file(file, &FileEntry { hash: "00".into(), bytes: 7, ..FileEntry::default() }).unwrap();
    import.finish(dataset, 1, 7).unwrap();
}

/// A value in every field of a kind.
fn something(kind: &Kind) -> (Vec<String>, Vec<Cell>) {
    let own = kind.fields.iter().filter(|f| kind.record.as_deref() != Some(f.name.as_str()));
    own.map(|f| {
        let cell = match f.kind {
            FieldType::Integer | FieldType::Boolean => Cell::Integer(1),
            FieldType::Number => Cell::Real(1.0),
            // A file that would have to be kept.
            _ if f.name == "sha256" => Cell::Null,
            _ => Cell::from("made up"),
        };
        (f.name.clone(), cell)
    })
    .unzip()
}

/// Every column of every table that Remit fills: of the tables of imported rows, which are all hashed alike, one each.
fn columns(db: &Connection) -> Vec<(String, String)> {
    let of = |table: &str| -> Vec<String> {
        let mut query = db.prepare("select name from pragma_table_info(?)").unwrap();
        query.query_map([table], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    // What finds words first is a hint only, in tables as small as these; what finds them is compared with what was said.
    let sql = "select name from sqlite_schema where type = 'table' and name not like 'sqlite~_%' escape '~' \
               and sql not like 'create virtual%' and name <> 'statement_text_idx'";
    let mut query = db.prepare(sql).unwrap();
    let tables: Vec<String> = query.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    let mut all = Vec::new();
    for (n, table) in tables.into_iter().enumerate() {
        let mut columns = of(&table);
        if table.starts_with("row_") {
            columns = vec![columns.swap_remove(n % columns.len())];
        }
        all.extend(columns.into_iter().map(|column| (table.clone(), column)));
    }
    all
}

#[test]
fn every_cell_that_is_altered_is_seen() {
    let desk = full();
    assert_eq!(desk.broken(), []);
    let mut missed = Vec::new();
    desk.workspace.put_away().unwrap();
    for (table, column) in columns(&desk.database()) {
        let copy = as_it_lies(&desk);
        let folder = copy.path().join("w");
        let db = Connection::open(folder.join("remit.db")).unwrap();
        let (first, row) = (of_first(&db, &table), format!("\"{table}\""));
        let other = format!(
            "case typeof(\"{column}\") when 'integer' then \"{column}\" + 1000 when 'real' then \"{column}\" + 0.5 \
             when 'blob' then x'00' when 'null' then 'x' else \"{column}\" || 'x' end"
        );
        let sql = format!("update {row} set \"{column}\" = {other} where \"{first}\" = (select max(\"{first}\") from {row})");
        match db.execute(&sql, []) {
            Ok(changed) => assert!(changed > 0, "nothing is in {table}: {sql}"),
            // What finds words keeps them in tables of its own form.
            Err(_) if table.starts_with("statement_text") => continue,
            Err(e) => panic!("{sql}: {e}"),
        }
        drop(db);
        if Workspace::open(&folder).unwrap().verify(true).is_ok_and(|verified| verified.broken.is_empty()) {
            missed.push(format!("{table}.{column}"));
        }
    }
    assert_eq!(missed, Vec::<String>::new());
}

/// An empty text in the place of nothing would be an end that is over, and nothing in the place of who said it first the entry of today.
#[test]
fn an_empty_text_in_the_place_of_nothing_is_seen_and_nothing_in_the_place_of_a_text() {
    let mut desk = Desk::new();
    let (_, ids) = desk.say(&[police()]);
    assert_eq!(desk.broken(), []);
    desk.workspace.put_away().unwrap();
    let mut missed = Vec::new();
    let mut altered = 0;
    for (_, column) in columns(&desk.database()).into_iter().filter(|(table, _)| table == "statement") {
        for (other, was) in [("''", "is null"), ("null", "is not null")] {
            let copy = as_it_lies(&desk);
            let folder = copy.path().join("w");
            let db = Connection::open(folder.join("remit.db")).unwrap();
            let sql = format!("update statement set \"{column}\" = {other} where id = ? and \"{column}\" {was}");
            // What must be something, the table itself does not take as nothing.
            if db.execute(&sql, [&ids[0]]).unwrap_or_default() == 0 {
                continue;
            }
            drop(db);
            altered += 1;
            if Workspace::open(&folder).unwrap().verify(true).is_ok_and(|verified| verified.broken.is_empty()) {
                missed.push(format!("{column} = {other}"));
            }
        }
    }
    assert!(altered > 15, "{altered}");
    assert_eq!(missed, Vec::<String>::new());
}

/// Nothing is in these columns, so that no hash of a row tells.
#[test]
fn a_column_that_is_called_otherwise_is_seen() {
    let mut desk = Desk::new();
    desk.say(&[police()]);
    desk.workspace.put_away().unwrap();
    let one_bit = [
        ("row_activity", "\"hierarchy\"", "\"hier`rchy\""),
        ("row_activity", "\"hierarchy\"", "\"hierarchi\""),
        ("row_reform", "quote text, ", "quote text\u{c} "),
        ("problem", "element text", "elemenu text"),
    ];
    for (table, from, to) in one_bit {
        let copy = as_it_lies(&desk);
        let folder = copy.path().join("w");
        let is_whole = || Workspace::open(&folder).unwrap().verify(false).is_ok_and(|verified| verified.broken.is_empty());
        assert!(is_whole(), "before {to}");
        let db = Connection::open(folder.join("remit.db")).unwrap();
        db.execute_batch("pragma writable_schema = on").unwrap();
        let sql = "update sqlite_schema set sql = replace(sql, ?2, ?3) where name = ?1 and instr(sql, ?2) > 0";
        assert_eq!(db.execute(sql, [table, from, to]).unwrap(), 1, "{table} {from}");
        drop(db);
        assert!(!is_whole(), "{table} {to}");
    }
}

/// A copy of the folder, as it lies on the disk at the moment.
fn as_it_lies(desk: &Desk) -> TempDir {
    let folder = TempDir::new().unwrap();
    let to = folder.path().join("w");
    std::fs::create_dir(&to).unwrap();
    for entry in std::fs::read_dir(desk.workspace.folder()).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
    folder
}

fn of_first(db: &Connection, table: &str) -> String {
    db.query_row("select name from pragma_table_info(?) limit 1", [table], |row| row.get(0)).unwrap()
}

/// What somebody alters in a table that changes in place is not signed by who writes next, be it in that table.
#[test]
fn writing_on_makes_nothing_good() {
    for sql in [
        "update dataset_origin set origin = 'forged'",
        "insert into dataset_origin values ('forged', 'forged')",
        "update exception set committed = 0.5",
        "delete from exception",
        "delete from look where n = 2",
        "insert into snapshot (id, dataset, recorded_at, marking, complete) values (0, 'forged', '2000-01-01', 0, 1)",
    ] {
        let mut desk = full();
        desk.database().execute_batch(sql).unwrap();
        assert!(desk.broken().iter().any(|(what, _)| *what == "table"), "{sql}");
        desk.say(&[actor("later", json!({"name": "Made-up later"}))]);
        bring_in(&desk.workspace, "three");
        desk.workspace.datasets_from(&[("/made/later".into(), vec!["later".into()])]).unwrap();
        desk.workspace.count_once().unwrap();
        desk.workspace.note_look("somebody made up", Marking::Confidential, "/later").unwrap();
        assert!(desk.broken().iter().any(|(what, _)| *what == "table"), "{sql}, and then written on");
    }
}

/// A command that brings in many things and is ended between two of them leaves a workspace that holds.
#[test]
fn what_was_brought_in_before_the_end_of_a_command_holds() {
    let desk = Desk::new();
    let head = desk.workspace.folder().join("remit.head");
    let together = desk.workspace.together().unwrap();
    bring_in(&desk.workspace, "one");
    let before = std::fs::read_to_string(&head).unwrap();
    bring_in(&desk.workspace, "two");
    assert_eq!(desk.broken(), []);
    assert_eq!(std::fs::read_to_string(&head).unwrap(), before, "it is kept beside the database at the end");
    // As if the program had died here.
    let copy = Desk::of(as_it_lies(&desk));
    assert_eq!(copy.broken(), []);
    bring_in(&copy.workspace, "three");
    assert_eq!(copy.broken(), []);
    drop(together);
    assert_ne!(std::fs::read_to_string(&head).unwrap(), before);
    assert_eq!(desk.broken(), []);
}

/// A byte of what finds statements by their words that is another one is seen, wherever it stands: words, the beginnings of words, the
/// statements that have them, and how many there are of both. What SQLite notes of the parts of its index (row 10) tells when they are
/// next put together, and of what is found as little as the size of the file.
#[test]
fn every_byte_of_the_index_of_words_that_is_altered_is_seen() {
    let mut desk = Desk::new();
    for n in 0..15 {
        let name = format!("Made-up Unit {n} of the {} brigade", n % 4);
        desk.say(&[actor(&format!("unit/{n}"), json!({"name": name, "note": "شرطة made up Ćwiklińska"}))]);
    }
    assert_eq!(desk.broken(), []);
    desk.workspace.put_away().unwrap();
    let db = desk.database();
    let mut query = db.prepare("select id, block from statement_text_data where id <> 10").unwrap();
    let read = query.query_map([], |r| Ok((r.get(0)?, r.get(1)?))).unwrap();
    let blocks: Vec<(i64, Vec<u8>)> = read.collect::<Result<_, _>>().unwrap();
    drop(query);
    let put = |id: i64, block: &[u8]| db.execute("update statement_text_data set block = ? where id = ?", (block, id)).unwrap();
    let mut missed = Vec::new();
    for (id, block) in &blocks {
        for at in (0..block.len()).step_by(1 + block.len() / 40) {
            let mut other = block.clone();
            other[at] ^= 1 << (at % 8);
            put(*id, &other);
            if desk.workspace.verify(true).is_ok_and(|verified| verified.broken.is_empty()) {
                missed.push(format!("block {id}, byte {at} of {}: {} for {}", block.len(), other[at], block[at]));
            }
            put(*id, block);
        }
    }
    assert_eq!(missed, Vec::<String>::new());
    for sql in [
        "delete from statement_text_docsize where id = 3",
        "update statement_text_docsize set sz = x'05' where id = 3",
        "update statement_text_docsize set id = 300 where id = 3",
        "update statement_text_data set block = x'0102' where id = 1",
        "delete from statement_text_data where id > 10",
        "insert into statement_text (rowid, words) values (3, 'forged')",
        "insert into statement_text (rowid, words) values (400, 'forged')",
    ] {
        let copy = as_it_lies(&desk);
        let folder = copy.path().join("w");
        Connection::open(folder.join("remit.db")).unwrap().execute_batch(sql).unwrap();
        assert_ne!(Workspace::open(&folder).unwrap().verify(false).unwrap().broken, [], "{sql}");
    }
}
