//! What stands in the files.

use crate::desk::{DAY, DEMO, Desk, LONG, actor, as_of, difference, open, rows};
use remit_cluster::{Folder, Options, Where, export};
use remit_model::Marking;
use remit_store::{AsOf, Cell, Table};
use serde_json::json;

/// The rows of a table in an order that is none of either engine's.
fn sorted(table: Table) -> Table {
    let mut rows = table.rows;
    let key = |row: &Vec<Cell>| row.iter().map(|c| c.number().map_or(format!("{c:?}"), |n| format!("{n:?}"))).collect::<Vec<_>>();
    rows.sort_by_cached_key(key);
    Table { columns: table.columns, rows }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_says_row_by_row_what_the_register_says() {
    let as_of = as_of(DAY, Marking::StrictlyConfidential);
    let folder = DEMO.exported(&as_of).await;
    let reader = DEMO.reader(&as_of);
    assert!(folder.manifest.tables.len() > 100);
    for table in folder.manifest.tables.iter().filter(|t| t.part == "views") {
        assert!(table.not_typed.is_empty(), "{}: {:?}", table.name, table.not_typed);
        let is_list = |name: &&String| ["texts", "parts", "languages"].contains(&table.columns[*name].as_str());
        let (lists, plain): (Vec<&String>, Vec<&String>) = table.columns.keys().partition(is_list);
        let quoted = |names: &[&String]| names.iter().map(|n| format!("\"{n}\"")).collect::<Vec<_>>().join(", ");
        let sql = format!("select {} from \"{}\"", quoted(&plain), table.name);
        let theirs = reader.query(&sql, &[]).expect("the register's rows");
        assert_eq!(theirs.rows.len() as u64, table.rows, "{}", table.name);
        let difference = difference(&sorted(rows(&folder, &sql).await), &sorted(theirs));
        assert_eq!(difference, None, "{}", table.name);
        for list in lists {
            let ours = format!(
                "select count(\"{list}\") as n, cast(coalesce(sum(cardinality(\"{list}\")), 0) as bigint) as items from \"{}\"",
                table.name
            );
            let counted = format!(
                "select count(\"{list}\") as n, coalesce(sum((select count(*) from json_each(\"{list}\"))), 0) as items from \"{}\"",
                table.name
            );
            let (ours, theirs) = (rows(&folder, &ours).await, reader.query(&counted, &[]).expect("the register's lists"));
            assert_eq!(ours.rows, theirs.rows, "{}.{list}", table.name);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_holds_what_was_known_at_any_moment() {
    let desk = Desk::new();
    let first = desk.add(&[actor("made-up", "Made-up Police", json!({}))]);
    desk.add(&[actor("other", "Made-up Prison Service", json!({}))]);
    std::thread::sleep(std::time::Duration::from_millis(20));
    let between = format!("{:.3}", jiff::Timestamp::now());
    std::thread::sleep(std::time::Duration::from_millis(20));
    desk.add(&[actor("made-up", "Made-up National Police", json!({ "supersedes": first, "valid_from": "2020-05" }))]);
    let folder = desk.exported(&as_of(DAY, Marking::Public)).await;
    let names = async |condition: &str| -> Vec<String> {
        let sql = format!("select name from actor_history where {condition} order by name");
        rows(&folder, &sql).await.rows.iter().map(|r| r[0].text().expect("a name").to_owned()).collect()
    };
    let known = format!("recorded_at <= '{between}' and (replaced_at is null or replaced_at > '{between}')");
    assert_eq!(names(&known).await, ["Made-up Police", "Made-up Prison Service"]);
    assert_eq!(names("replaced_at is null").await, ["Made-up National Police", "Made-up Prison Service"]);
    // A date is a day for whoever compares, and stays as precise as it was told.
    let dated = rows(&folder, "select valid_from from actor_history where valid_from is not null").await;
    assert_eq!(dated.rows, [[Cell::Text("2020-05".into())]]);
    let as_known = AsOf { known_on: Some(between), ..as_of(DAY, Marking::Public) };
    let said = desk.reader(&as_known).query("select name from actor order by name", &[]).expect("names");
    assert_eq!(said.rows.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_above_the_clearance_is_in_no_file() {
    let desk = Desk::new();
    desk.add(&[
        actor("open", "Made-up Police", json!({ "withheld": { "note": "confidential" } })),
        actor("secret", "Zebrafish Unit", json!({ "marking": "confidential" })),
    ]);
    desk.add(&[actor("noted", "Made-up Guard", json!({}))]);
    let mut said = actor("hidden", "Made-up Post", json!({ "withheld": { "note": "confidential" } }));
    said["fields"]["note"] = "Zebrafish told so".into();
    desk.add(&[said]);
    let words = async |folder: &Folder| -> usize {
        let mut found = 0;
        for table in &folder.manifest.tables {
            let name = if table.part == "history" { format!("{}_history", table.name) } else { table.name.clone() };
            let all = rows(folder, &format!("select * from \"{name}\"")).await;
            found += all.rows.iter().flatten().filter(|c| c.text().is_some_and(|t| t.contains("Zebrafish"))).count();
        }
        found
    };
    let public = desk.exported(&as_of(DAY, Marking::Public)).await;
    assert_eq!(public.manifest.cut.clearance, "public");
    assert_eq!(words(&public).await, 0);
    let file = std::fs::read_to_string(desk.path("out/manifest.json")).expect("the manifest");
    assert!(!file.contains("Zebrafish"));
    desk.export("all", &as_of(DAY, Marking::StrictlyConfidential));
    assert!(words(&open(&desk.path("all")).await).await >= 4);
}

const PATROL: &str = "
time = \"event\"
group = \"register\"
title = \"name\"
names = [\"name\"]
label = { en = \"Patrol\" }
help = { en = \"A made-up kind.\" }

[[field]]
name = \"name\"
type = \"text\"
required = true
label = { en = \"Name\" }

[[field]]
name = \"date\"
type = \"date\"
label = { en = \"Date\" }

[[field]]
name = \"cost\"
type = \"number\"
unit = \"currency\"
label = { en = \"Cost\" }

[[field]]
name = \"joint\"
type = \"boolean\"
label = { en = \"Joint\" }

[[field]]
name = \"people\"
type = \"integer\"
unit = \"people\"
label = { en = \"People\" }
";

#[tokio::test(flavor = "multi_thread")]
async fn a_kind_that_a_workspace_adds_has_its_typed_table() {
    let desk = Desk::with(&[("model/kinds/patrol.toml", PATROL)]);
    let fields = json!({ "name": "Made-up patrol", "date": "2021-03", "cost": 1234.56, "joint": true, "people": 12 });
    desk.add(&[json!({ "kind": "patrol", "record": "p1", "fields": fields, "source": "Made-up Report" })]);
    let folder = desk.exported(&as_of(DAY, Marking::StrictlyConfidential)).await;
    for part in ["views", "history"] {
        let table = folder.manifest.table(part, "patrol").expect("its table");
        let holds = |name: &str| table.columns[name].as_str();
        assert_eq!([holds("date"), holds("cost"), holds("joint"), holds("people")], ["date", "money", "boolean", "integer"]);
        assert_eq!((table.rows, table.not_typed.len()), (1, 0));
    }
    let said = rows(&folder, "select name, date, cost, joint, people from patrol").await;
    let expected = [
        Cell::Text("Made-up patrol".into()),
        Cell::Text("2021-03".into()),
        Cell::Real(1234.56),
        Cell::Integer(1),
        Cell::Integer(12),
    ];
    assert_eq!(said.rows, [expected]);
    assert!(folder.manifest.workspace.iter().any(|f| f.path == "workspace/model/kinds/patrol.toml"));
}

#[test]
fn only_an_export_is_written_over_and_each_file_has_its_hash() {
    let desk = Desk::new();
    desk.add(&[actor("made-up", "Made-up Police", json!({}))]);
    let public = as_of(DAY, Marking::Public);
    let manifest = desk.export("out", &public);
    manifest.verify(&desk.path("out")).expect("all as it was written");
    let again = |overwrite| export(&desk.workspace, &public, &desk.path("out"), &Options { overwrite, ..Options::default() });
    assert!(again(false).unwrap_err().to_string().contains("say --overwrite"));
    again(true).expect("an export");
    let file = desk.path("out").join(&manifest.tables[0].files[0].path);
    std::fs::write(&file, "altered").expect("a file");
    assert!(manifest.verify(&desk.path("out")).unwrap_err().to_string().contains("is not the file that was exported"));
    std::fs::create_dir(desk.path("letters")).expect("a folder");
    std::fs::write(desk.path("letters/letter.txt"), "Made-up letter").expect("a file");
    let wrong = export(&desk.workspace, &public, &desk.path("letters"), &Options { overwrite: true, ..Options::default() });
    assert!(wrong.unwrap_err().to_string().contains("something else in it"));
    assert!(desk.path("letters/letter.txt").is_file());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_gone_or_cut_off_is_no_smaller_sum() {
    let desk = Desk::new();
    desk.add(&[actor("made-up", "Made-up Police", json!({}))]);
    let manifest = desk.export("whole", &as_of(DAY, Marking::Public));
    let folder = open(&desk.path("whole")).await;
    let asked = async || folder.query("select count(*) as n from actor", &Where::Here, LONG).await;
    assert_eq!(asked().await.expect("an answer").rows, [[Cell::Integer(1)]]);
    let table = manifest.table("views", "actor").expect("the table");
    let file = desk.path("whole").join(&table.files[0].path);
    let bytes = std::fs::read(&file).expect("the file");
    for left in [0, bytes.len() - 1] {
        std::fs::write(&file, &bytes[..left]).expect("a file");
        let said = format!("{:#}", asked().await.expect_err("it is cut off"));
        assert!(said.contains(&table.files[0].path) && said.contains("copy the export again"), "{said}");
    }
    std::fs::remove_file(&file).expect("it goes");
    let said = format!("{:#}", asked().await.expect_err("it is gone"));
    assert!(said.contains(&table.files[0].path) && said.contains("is not there"), "{said}");
}

#[test]
fn what_ends_in_a_year_holds_until_its_last_day() {
    crate::desk::run(async {
        let desk = Desk::new();
        desk.add(&[actor("made-up", "Made-up Police", json!({"valid_from": "2019", "valid_to": "2021"}))]);
        desk.export("ends", &as_of(DAY, Marking::Public));
        let folder = open(&desk.path("ends")).await;
        let days = rows(&folder, "select name from actor_history where valid_from <= '2021' and valid_to >= '2021'").await;
        assert_eq!(days.rows.len(), 1, "as it was told");
        let file =
            std::fs::File::open(desk.path("ends").join(&folder.manifest.table("history", "actor").expect("it").files[0].path));
        let read =
            parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file.expect("a file")).expect("Parquet");
        let batch = read.build().expect("rows").next().expect("one").expect("rows");
        let day =
            |name: &str| arrow::util::display::array_value_to_string(batch.column_by_name(name).expect(name), 0).expect("a day");
        assert_eq!([day("valid_from"), day("valid_to")], ["2019-01-01", "2021-12-31"]);
    });
}
