//! What somebody alters in a workspace is seen, each by name; what Remit did not make is refused. All records are made up.

use crate::desk::{Desk, actor, police};
use remit_model::Marking;
use remit_store::{AboutDataSet, Cell, Chain, Draft, FileEntry, Import, Reader, Register, StoreError, Workspace};
use serde_json::json;

/// A workspace with statements, an import with its passages, and a kept file.
fn full() -> Desk {
    let mut desk = Desk::new();
    desk.say(&[police(), actor("guard", json!({"name": "Made-up Guard", "note": "a note"}))]);
    desk.say(&[Draft {
        kind: "relation".into(),
        ..actor("r", json!({"subject": "guard", "relation": "part_of", "object": "police"}))
    }]);
    let about = AboutDataSet { dataset: "made-up".into(), marking: Marking::Confidential, ..AboutDataSet::default() };
    let mut import = Import::begin(&desk.workspace, about).unwrap();
    let file = import.begin_file("made-up.txt").unwrap();
    let writer = Import::row_writer(&desk.workspace, "passage", &["document", "n", "text"]).unwrap();
    for n in 0..3 {
        let cells = ["d".into(), Cell::Integer(n), Cell::Text(format!("Made-up passage {n}"))];
        import.record(&writer, &format!("d/{n}"), (file, 1), &Default::default(), &cells).unwrap();
    }
    import.finish_file(file, &FileEntry { hash: "00".into(), bytes: 7, ..FileEntry::default() }).unwrap();
    import.finish("00", 1, 7).unwrap();
    let hash = sha256("made up\n");
    std::fs::write(desk.workspace.folder().join("files").join(format!("{hash}.txt")), "made up\n").unwrap();
    desk.workspace.datasets_from(&[("/made/up".into(), vec!["made-up".into()])]).unwrap();
    desk.workspace.count_once().unwrap();
    for page in ["/records/person", "/record/person/made-up"] {
        desk.workspace.note_look("somebody made up", Marking::Confidential, page).unwrap();
    }
    desk
}

fn sha256(text: &str) -> String {
    use sha2::Digest as _;
    remit_store::hexadecimal(&sha2::Sha256::digest(text))
}

#[test]
fn what_nobody_altered_holds() {
    let desk = full();
    let verified = desk.workspace.verify(true).unwrap();
    assert_eq!((verified.statements, verified.snapshots, verified.files, verified.unsigned), (3, 1, 1, 0));
    assert_eq!(verified.broken, []);
    assert_eq!(desk.copy().broken(), []);
}

#[test]
fn every_alteration_is_seen_by_name() {
    for (what, sql) in [
        ("statement", "update statement set fields = '{\"name\":\"Forged\"}' where seq = 1"),
        // Said twice: the hash is over the last one, the views take the first.
        (
            "statement",
            "update statement set fields = replace(fields, '{\"name\":', '{\"name\":\"Forged\",\"name\":') where seq = 1",
        ),
        ("statement", "update statement set status = 'accEpted' where seq = 1"),
        ("snapshot", "update snapshot set complete = 0"),
        ("statement", "update statement set source = 'forged' where seq = 2"),
        ("statement", "update statement set marking = 0, withheld = null, author = 'forged' where seq = 1"),
        ("statement", "update statement set recorded_at = '2001-01-01T00:00:00.000Z' where seq = 2"),
        ("statement", "delete from statement where seq = 2"),
        ("head", "delete from statement where seq = 3; delete from statement_reference; delete from entry where seq = 3"),
        ("head", "delete from statement; delete from statement_reference; delete from entry; delete from head"),
        ("entry", "update entry set author = 'forged' where seq = 2"),
        (
            "entry",
            "update entry set act = 'forged', signature = (select signature from entry order by seq desc limit 1) where seq = 2",
        ),
        ("entry", "delete from entry where seq = 2"),
        ("head", "update head set hash = '00'"),
        ("snapshot", "update row_passage set text = 'forged' where n = 1"),
        ("snapshot", "delete from row_passage where n = 2"),
        ("snapshot", "update snapshot set marking = 0"),
        ("snapshot", "update snapshot_file set name = 'forged'"),
        ("head", "delete from snapshot; delete from row_passage; delete from snapshot_file"),
        ("snapshot", "update row_passage set text = cast(text as blob) where n = 1"),
        ("statement", "update statement set author = cast(author as blob) where seq = 1"),
        ("statement", "update statement set withheld = '{}' where seq = 1"),
        ("statement", "update statement set withdrawn = 2 where seq = 1"),
        ("table", "insert into exception values (1, 'double', 1, 1, null, 0, 1, '2000-01-01', null)"),
        ("table", "delete from dataset_origin"),
        ("table", "update dataset_origin set origin = 'forged'"),
        ("table", "delete from look where n = 2"),
        ("table", "delete from look"),
        ("look", "update look set who = 'forged' where n = 1"),
        ("table", "insert into snapshot (id, dataset, recorded_at, marking, complete) values (0, 'forged', '2000-01-01', 0, 1)"),
        ("head", "update head set tables = null"),
        ("head", "update head set tables = '{}'"),
        ("index", "delete from statement_reference"),
        ("index", "delete from statement_reference; pragma application_id = 1"),
        ("index", "insert into statement_text (rowid, words) values (1, 'forged')"),
        ("index", "insert into statement_text (statement_text, rowid, words) values ('delete', 2, 'a note')"),
    ] {
        let desk = full();
        desk.database().execute_batch(sql).unwrap();
        let broken = desk.broken();
        assert!(broken.iter().any(|(found, _)| *found == what), "{sql}: {broken:?}");
    }
}

#[test]
fn a_chain_hashed_anew_is_not_the_one_that_was_signed() {
    let folder = tempfile::TempDir::new().unwrap();
    // A copy of one workspace with the database of another in its place.
    let exchanged = |of: &Desk, database: &Desk, name: &str| {
        let (to, from) = (folder.path().join(name), folder.path().join(format!("{name} from")));
        of.workspace.backup(&to).unwrap();
        database.workspace.backup(&from).unwrap();
        std::fs::copy(from.join("remit.db"), to.join("remit.db")).unwrap();
        Workspace::open(&to).unwrap().verify(true).unwrap().broken
    };
    let (mut ours, mut other) = (full(), full());
    other.say(&[actor("x", json!({"name": "Forged"}))]);
    let broken = exchanged(&ours, &other, "another’s, whole in itself");
    assert!(broken.iter().any(|b| b.what.code() == "head" && b.reason.contains("another key")), "{broken:?}");
    let older = ours.copy();
    ours.say(&[actor("x", json!({"name": "Later"}))]);
    let broken = exchanged(&ours, &older, "an older one of our own");
    assert!(broken.iter().any(|b| b.what.code() == "head" && b.reason.contains("cut off")), "{broken:?}");
}

#[test]
fn a_file_that_is_not_what_it_is_called_is_seen() {
    let desk = full();
    let file = std::fs::read_dir(desk.workspace.folder().join("files")).unwrap().next().unwrap().unwrap().path();
    std::fs::write(file, "forged").unwrap();
    assert_eq!(desk.broken().iter().map(|(what, _)| *what).collect::<Vec<_>>(), ["file"]);
}

/// Imports whose link is right but which nobody signed: what counts is the signed end.
#[test]
fn what_was_signed_last_is_the_last() {
    let desk = full();
    let older: (i64, String, i64, String) = desk
        .database()
        .query_row("select seq, hash, snapshot, link from head", [], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))
        .unwrap();
    let head = desk.workspace.folder().join("remit.head");
    let kept = std::fs::read_to_string(&head).unwrap();
    let signed: Vec<(String, String, String)> = {
        let db = desk.database();
        let mut rows = db.prepare("select moment, signature, tables from head").unwrap();
        rows.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?))).unwrap().collect::<Result<_, _>>().unwrap()
    };
    let mut import = Import::begin(&desk.workspace, AboutDataSet { dataset: "later".into(), ..AboutDataSet::default() }).unwrap();
    let file = import.begin_file("later.txt").unwrap();
    import.finish_file(file, &FileEntry { hash: "01".into(), bytes: 7, ..FileEntry::default() }).unwrap();
    import.finish("01", 1, 7).unwrap();
    // The signed end of before is put back, in both places.
    let (moment, signature, tables) = &signed[0];
    desk.database()
        .execute(
            "update head set seq = ?, hash = ?, snapshot = ?, link = ?, moment = ?, signature = ?, tables = ?",
            (older.0, &older.1, older.2, &older.3, moment, signature, tables),
        )
        .unwrap();
    std::fs::write(&head, kept).unwrap();
    let broken = desk.broken();
    assert!(broken.iter().any(|(what, why)| *what == "head" && why.contains("imports after number 1")), "{broken:?}");
    std::fs::remove_file(&head).unwrap();
    assert!(desk.broken().iter().any(|(what, why)| *what == "head" && why.contains("not there")), "{broken:?}");
}

/// A number by which a database says to be of an older format makes nobody drop what is in it.
#[test]
fn a_database_that_says_to_be_old_loses_nothing() {
    let desk = full();
    desk.database().execute_batch("pragma user_version = 1").unwrap();
    let workspace = Workspace::open(desk.workspace.folder()).unwrap();
    workspace.migrate().unwrap();
    assert_eq!(workspace.verify(true).unwrap().statements, 3);
}

#[test]
fn what_remit_did_not_make_is_refused() {
    for (sql, named) in [
        ("create trigger t after insert on statement begin update statement set marking = 0; end", "trigger `t`"),
        ("create view v as select * from statement", "view `v`"),
        ("create table json_each (key, value)", "table `json_each`"),
        ("create table \"row_a b\" (id)", "table `row_a b`"),
        ("create table row_spy (id, x generated always as (length(id)))", "table `row_spy`"),
        ("create table row_spy (id, x default (randomblob(9)))", "table `row_spy`"),
        ("create table row_spy (id, \"x\"default/**/(randomblob(9)))", "table `row_spy`"),
        ("create table row_spy (id unique on conflict replace)", "table `row_spy`"),
        ("create index i on statement (lower(record))", "index `i`"),
        ("drop index statement_entry; create index statement_entry on statement (abs(seq))", "index `statement_entry`"),
        (
            "drop table statement_reference; create virtual table statement_reference using fts5 (x)",
            "table `statement_reference`",
        ),
    ] {
        let desk = full();
        desk.database().execute_batch(sql).unwrap();
        let workspace = Workspace::open(desk.workspace.folder()).unwrap();
        let error = workspace.verify(false).err().unwrap_or_else(|| panic!("{sql} was not refused"));
        assert!(matches!(error, StoreError::Foreign { .. }) && error.to_string().contains(named), "{sql}: {error}");
        let as_of = remit_store::AsOf::public(remit_model::Day::today());
        assert!(Reader::open(&workspace, as_of).is_err() && remit_store::Register::open(&workspace).is_err());
    }
}

#[test]
fn a_backup_is_whole_while_somebody_writes_and_can_be_restored() {
    let mut desk = full();
    let workspace = desk.workspace.clone();
    let writing = std::thread::spawn(move || {
        for n in 0..60 {
            desk.say(&[actor(&format!("n{n}"), json!({"name": format!("Made-up {n}")}))]);
        }
        desk
    });
    let folder = tempfile::TempDir::new().unwrap();
    for n in 0..4 {
        let to = folder.path().join(format!("b{n}"));
        assert_eq!(workspace.backup(&to).unwrap().broken, [], "backup {n}");
        let restored = folder.path().join(format!("r{n}"));
        assert_eq!(Workspace::restore(&to, &restored).unwrap().broken, []);
    }
    let desk = writing.join().unwrap();
    let last = folder.path().join("last");
    assert_eq!(workspace.backup(&last).unwrap().statements, 63);
    assert!(matches!(workspace.backup(&last), Err(StoreError::Occupied(_))));
    rusqlite::Connection::open(last.join("remit.db")).unwrap().execute("update statement set source = 'x'", []).unwrap();
    assert!(matches!(Workspace::restore(&last, &folder.path().join("no")), Err(StoreError::Untrusted(_))));
    assert!(!folder.path().join("no").exists());
    drop(desk);
}

#[test]
fn files_that_come_and_go_meanwhile_end_no_backup() {
    let desk = full();
    let passing = desk.workspace.folder().join("mappings/passing.toml");
    std::fs::create_dir_all(passing.parent().unwrap()).unwrap();
    let is_over = std::sync::atomic::AtomicBool::new(false);
    let folder = tempfile::TempDir::new().unwrap();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(std::sync::atomic::Ordering::Relaxed) {
                std::fs::write(&passing, "x").unwrap();
                std::fs::remove_file(&passing).unwrap();
            }
        });
        let made: Vec<_> = (0..40).map(|n| desk.workspace.backup(&folder.path().join(n.to_string()))).collect();
        is_over.store(true, std::sync::atomic::Ordering::Relaxed);
        assert!(made.iter().all(Result::is_ok), "{made:?}");
    });
}

#[cfg(unix)]
#[test]
fn a_workspace_and_its_copies_are_private_to_their_owner() {
    use std::os::unix::fs::PermissionsExt;
    let desk = full();
    let folder = tempfile::TempDir::new().unwrap();
    let [copy, again] = ["copy", "again"].map(|name| folder.path().join(name));
    desk.workspace.backup(&copy).unwrap();
    Workspace::restore(&copy, &again).unwrap();
    for workspace in [desk.workspace.folder(), copy.as_path(), again.as_path()] {
        let mode = |name: &str| workspace.join(name).metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(""), mode("files")), (0o700, 0o700), "{}", workspace.display());
        for file in ["remit.toml", "remit.db", "remit.key", "remit.head"] {
            assert_eq!(mode(file), 0o600, "{} {file}", workspace.display());
        }
    }
}

#[test]
fn entries_that_go_to_the_disk_together_are_each_whole() {
    let desk = full();
    let statements = || {
        let reader = Workspace::open(desk.workspace.folder()).unwrap();
        reader.verify(true).unwrap().statements
    };
    let before = statements();
    let mut register = Register::open(&desk.workspace).unwrap().grouped().unwrap();
    let mut entries = Vec::new();
    for n in 0..3 {
        let mut entry = register.entry("somebody", "made up").unwrap();
        entry.append(&actor(&format!("kept{n}"), json!({"name": format!("Made-up Kept {n}")}))).unwrap();
        entries.push(entry.commit().unwrap().entry);
        // One that is given up takes nothing of the others along.
        let mut entry = register.entry("somebody", "made up").unwrap();
        entry.append(&actor(&format!("gone{n}"), json!({"name": format!("Made-up Gone {n}")}))).unwrap();
    }
    register.settle().unwrap();
    assert_eq!(statements(), before + 3);
    assert!(register.has("actor", "kept2").unwrap() && !register.has("actor", "gone2").unwrap());
    // Each can be taken back alone.
    register.undo(&entries[1], "somebody").unwrap();
    drop(register);
    assert_eq!(statements(), before + 4);
    let checked = desk.workspace.verify(true).unwrap();
    assert_eq!(checked.broken, []);
}

#[test]
fn nobody_waits_for_entries_that_have_nothing_to_say() {
    let desk = full();
    let mut register = Register::open(&desk.workspace).unwrap().grouped().unwrap();
    let mut entry = register.entry("somebody", "made up").unwrap();
    entry.append(&actor("first", json!({"name": "Made-up First"}))).unwrap();
    entry.commit().unwrap();
    let is_there = || Chain::open(&desk.workspace).unwrap().has("actor", "first").unwrap();
    assert!(!is_there());
    std::thread::sleep(std::time::Duration::from_millis(600));
    // A sheet of which everything is known already.
    drop(register.entry("somebody", "made up").unwrap());
    assert!(is_there());
}
