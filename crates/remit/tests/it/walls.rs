//! Nobody gets behind the views. All made up.

use crate::desk::{Desk, iati, police};
use remit_model::Day;
use remit_store::{AsOf, Reader, Workspace};
use std::path::Path;

#[test]
fn sql_reaches_nothing_but_the_views() {
    let desk = Desk::new();
    let file = desk.file("a.xml", iati(&[police("XX-1-SECRET", "")]));
    desk.ok(&["import", &desk.workspace(), &file, "--marking", "strictly_confidential"]);
    for sql in [
        "select * from row_activity",
        "select * from main.row_activity",
        "select count(*) from row_activity",
        "select * from \"row_activity\"",
        "select * from [row_activity]",
        "select * from snapshot_file",
        "select * from main.statement",
        "select * from exception",
        "select * from cut_exception",
        "select * from temp.cut_code",
        "select * from main.snapshot",
        "select * from sqlite_master",
        "select * from sqlite_schema",
        "select * from main.sqlite_schema",
        "select * from sqlite_temp_master",
        "select * from temp.sqlite_temp_schema",
        "select * from pragma_table_list",
        "select * from pragma_table_info('row_activity')",
        "select * from pragma_database_list",
        "pragma table_list",
        "pragma writable_schema = on",
        "with activity as (select record from row_activity) select * from activity",
        "with activity(record) as (select record from main.row_activity) select * from activity",
        "with recursive support(x) as (select record from row_activity union all select x from support) select * from support limit 5",
        "select * from (select * from row_activity) as activity",
        "select (select record from row_activity)",
        "select * from activity where exists (select 1 from row_activity)",
        "select * from activity union all select record from row_activity",
        "select * from activity natural join row_activity",
        "select * from activity order by (select record from row_activity)",
        "select 1 where 1 in row_activity",
        "explain select * from row_activity",
        "attach database ':memory:' as other",
        "vacuum into '/tmp/remit-test-copy.db'",
        "insert into statement (id) values ('x')",
        "update snapshot set marking = 0",
        "delete from activity",
        "drop view activity",
        "create temp table t as select * from row_activity",
        "create temp view v as select * from row_activity",
        "create temp trigger t instead of insert on activity begin select * from row_activity; end",
        "select load_extension('x')",
        "select * from dbstat",
        "begin",
        "select 1; select * from row_activity",
        "",
    ] {
        let (code, said) = desk.fails(&["sql", &desk.workspace(), sql]);
        assert_eq!(code, 1, "{sql}: {said}");
        assert!(!said.contains("XX-1-SECRET") && !said.contains("panicked"), "{sql}: {said}");
    }
    // What is refused as a table is fine as a name.
    desk.ok(&["sql", &desk.workspace(), "with row_activity as (select 1 as x) select * from row_activity"]);
    desk.ok(&["sql", &desk.workspace(), "select value from json_each('[1,2]')"]);
}

#[test]
fn no_row_of_a_higher_marking_shows_through_any_view() {
    let desk = Desk::new();
    let elements = "<recipient-country code=\"SO\"/><location><name><narrative>QZHIDDEN place</narrative></name></location>";
    let file = desk.file("qzhidden-file.xml", iati(&[police("XX-1-QZHIDDEN", elements)]));
    desk.ok(&["import", &desk.workspace(), &file, "--marking", "confidential", "--dataset", "qzhidden-set"]);
    let workspace = Workspace::open(Path::new(&desk.workspace())).unwrap();
    let reader = Reader::open(&workspace, AsOf::public(Day::today())).unwrap();
    for view in reader.views() {
        let counted = reader.query(&format!("select count(*) as n from \"{}\"", view.name), &[]);
        let counted = counted.unwrap_or_else(|e| panic!("{}: {e}", view.name));
        assert!(counted.columns == ["n"] && counted.rows.len() == 1, "{}", view.name);
    }
}

#[test]
fn the_rows_of_every_view_can_be_counted_also_where_there_are_none() {
    let desk = Desk::new();
    let views = desk.ok(&["sql", &desk.workspace(), "--views"]);
    for view in views.lines().filter(|l| !l.starts_with(' ')).filter_map(|l| l.split(':').next()) {
        for clearance in ["public", "strictly_confidential"] {
            let sql = format!("select count(*) as n from \"{view}\"");
            let told = desk.ok(&["sql", &desk.workspace(), &sql, "--csv", "--clearance", clearance]);
            assert!(told.starts_with("n\r\n") || told.starts_with("n\n"), "{view}: {told}");
        }
    }
}
