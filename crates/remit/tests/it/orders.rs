//! What comes out does not depend on what came first: rows of a sheet, and what was written before what. All units are made up.

use crate::desk::Desk;
use remit_import::{Job, Progress};
use remit_model::{Day, Marking};
use remit_store::{AsOf, Reader, Settings, Workspace};
use serde_json::json;

const MAPPING: &str = r#"
source = "Made-up list"
[[record]]
kind = "actor"
as = "unit"
[record.fields]
name = { column = "Unit" }
names = { column = "Other names", split = ";" }
country = { column = "Country" }
[[record]]
kind = "relation"
when = "Parent"
[record.fields]
subject = { record = "unit" }
relation = { value = "part_of" }
object = { column = "Parent" }
[[record]]
kind = "person"
when = "Person"
[record.fields]
name = { column = "Person" }
names = { column = "Also called", split = ";" }
[[record]]
kind = "posting"
when = "Person"
[record.fields]
person = { record = "person" }
actor = { record = "unit" }
role = { column = "Role" }
first_cited = { column = "Seen" }
"#;

/// Another name that is a parent's own, a parent in another country, a person with another's name as a by-name, two of one name.
const ROWS: [&str; 8] = [
    "Made-up State Service,MSS,NG,,Made-up Ibrahim,,Commander,2007",
    "Made-up State Service Lagos Command,Made-up State Service,NG,Made-up State Service,M. Y. Made-up,Made-up Ibrahim;Madeup,Commander,2014",
    "Made-up Mission in Darfur,MMD,SD,,,,,",
    "1 Made-up Battalion,,NG,Made-up Mission in Darfur,Made-up Alpha,,Deputy Commander,2010",
    "2 Made-up Battalion,1 Made-up Battalion,NG,Made-up Brigade,Made-up Alpha,,Commander,2012-03",
    "Made-up Brigade,,NG,Made-up State Service,Made-up Bravo,Made-up Alpha,Acting Commander,2011",
    "Made-up Brigade,Brigade of made-up,NG,,Made-up Bravo,,Commander,2013",
    "Made-up Guard,,SD,Made-up Mission in Darfur,Madeup,,Commander,2014",
];

/// What a workspace says once these rows were brought in.
fn said(rows: &[&str]) -> Vec<String> {
    let folder = tempfile::TempDir::new().expect("a folder");
    let workspace = Workspace::init(&folder.path().join("w"), Settings::default()).expect("a workspace");
    let sheet = folder.path().join("units.csv");
    let head = "Unit,Other names,Country,Parent,Person,Also called,Role,Seen";
    std::fs::write(&sheet, format!("{head}\n{}\n", rows.join("\n"))).expect("a sheet");
    std::fs::write(sheet.with_extension("toml"), MAPPING).expect("a mapping");
    let job = Job { files: vec![sheet], author: "made up".into(), ..Job::default() };
    remit_import::import(&workspace, &job, &Progress::default()).expect("it is brought in");
    let as_of =
        AsOf { valid_on: Day::parse("2014-06-30").expect("a day"), known_on: None, clearance: Marking::StrictlyConfidential };
    let reader = Reader::open(&workspace, as_of).expect("a reader");
    let sql = "select 'actor ' || record || ' ' || name || ' ' || coalesce(country, '') || ' ' || coalesce(names, '') as said from actor_statement
               union all select 'person ' || record || ' ' || name || ' ' || coalesce(names, '') from person_statement
               union all select 'relation ' || record || ' ' || subject || ' ' || object from relation_statement
               union all select 'posting ' || record || ' ' || person || ' ' || actor || ' ' || role || ' ' || first_cited from posting_statement
               order by said";
    let table = reader.query(sql, &[]).expect("an answer");
    table.rows.iter().map(|row| row[0].text().unwrap_or_default().to_owned()).collect()
}

/// The same rows in twenty orders give the same records.
#[test]
fn rows_in_any_order_say_the_same() {
    let mut rows = ROWS;
    let first = said(&rows);
    assert!(first.iter().filter(|s| s.starts_with("actor ")).count() >= 7, "{first:#?}");
    let mut number = 7_usize;
    for _ in 0..20 {
        for at in (1..rows.len()).rev() {
            number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            rows.swap(at, (number >> 33) % (at + 1));
        }
        assert_eq!(said(&rows), first, "{rows:#?}");
    }
}

/// Of spellings that were said at once the text decides which is shown, wherever the record is named.
#[test]
fn the_spelling_that_is_shown_does_not_depend_on_the_order_of_rows() {
    const MAPPING: &str = "source = \"Made-up list\"\n[[record]]\nkind = \"actor\"\nas = \"unit\"\n[record.fields]\n\
        name = { column = \"Unit\" }\n[[record]]\nkind = \"relation\"\nwhen = \"Parent\"\n[record.fields]\n\
        subject = { record = \"unit\" }\nrelation = { value = \"part_of\" }\nobject = { column = \"Parent\" }\n";
    let mut rows = ["Made-up Guard,", "MADE-UP GUARD,", "Made-up  guard,", "Made-up Company,Made-up Guard"];
    for _ in 0..rows.len() {
        rows.rotate_left(1);
        let desk = Desk::new();
        desk.file("units.toml", MAPPING);
        desk.import("units.csv", format!("Unit,Parent\n{}\n", rows.join("\n")));
        let shown = desk.value("select name from actor where record = 'made-up-guard'");
        assert_eq!(shown, json!("Made-up Guard"), "{rows:?}");
        assert_eq!(desk.value("select object_name from relation"), shown, "{rows:?}");
    }
}

/// A number that goes out and comes in again is the same to the last bit.
#[test]
fn a_number_comes_back_as_it_went_out() {
    let desk = Desk::new();
    // Of these, reading without care gets some wrong by one in the last place.
    let numbers =
        [51.248_177_101_001_96, -0.000_021_544_346_900_318_843, 17.929_689_846_054_66, 0.1 + 0.2, 44.999_999_999_999_99];
    let lines: Vec<_> = (0..).zip(numbers)
        .map(|(n, latitude)| json!({"kind": "place", "record": format!("p{n}"), "marking": "public", "fields": {"name": format!("Made-up {n}"), "latitude": latitude}}))
        .collect();
    desk.add(&lines);
    let read = |desk: &Desk| -> Vec<u64> {
        let rows = desk.sql("select latitude from place order by record");
        rows.iter().map(|row| row["latitude"].as_f64().expect("a number").to_bits()).collect()
    };
    assert_eq!(read(&desk), numbers.map(f64::to_bits));
    let out = desk.path("place.csv").display().to_string();
    desk.ok(&["export", &desk.workspace(), &out, "--kind", "place"]);
    let other = Desk::new();
    other.ok(&["import", &other.workspace(), &out]);
    assert_eq!(read(&other), numbers.map(f64::to_bits));
}

/// What somebody may not see of imports does not show in the numbers of the rows that they see.
#[test]
fn numbers_of_imported_rows_do_not_count_what_is_hidden() {
    let passages = |n: usize| (0..n).map(|n| format!("Paragraph {n} of a made-up report on police.\n\n")).collect::<String>();
    let seen = |hidden: usize| {
        let desk = Desk::new();
        for (name, n, marking) in [("hidden", hidden, "confidential"), ("open", 3, "public")] {
            let file = desk.file(&format!("{name}.txt"), format!("{name}\n\n{}", passages(n)));
            desk.ok(&["read", &desk.workspace(), &file, "--marking", marking]);
        }
        let rows = desk.sql("select id, n from passage order by id");
        assert!(rows.len() >= 3, "{rows:?}");
        rows
    };
    assert_eq!(seen(2), seen(40));
}
