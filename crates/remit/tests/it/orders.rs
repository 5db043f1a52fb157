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
    // Identifiers of persons are made with the key of the workspace: all of these have one.
    std::fs::write(folder.path().join("w/remit.key"), "07".repeat(32)).expect("a key");
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
        name = { column = \"Unit\" }\nnames = { column = \"Other\" }\n[[record]]\nkind = \"relation\"\nwhen = \"Parent\"\n[record.fields]\n\
        subject = { record = \"unit\" }\nrelation = { value = \"part_of\" }\nobject = { column = \"Parent\" }\n";
    let mut rows = ["Made-up Guard,,", "MADE-UP GUARD,MGB,", "Made-up  guard,MGA,", "Made-up Company,,Made-up Guard"];
    for _ in 0..rows.len() {
        rows.rotate_left(1);
        let desk = Desk::new();
        desk.file("units.toml", MAPPING);
        desk.import("units.csv", format!("Unit,Other,Parent\n{}\n", rows.join("\n")));
        let shown = desk.value("select name from actor where record = 'made-up-guard'");
        assert_eq!(shown, json!("Made-up Guard"), "{rows:?}");
        assert_eq!(desk.value("select object_name from relation"), shown, "{rows:?}");
        let others = desk.value("select names from actor where record = 'made-up-guard'");
        assert_eq!(others, json!("[{\"name\":\"MGA\"},{\"name\":\"MGB\"}]"), "{rows:?}");
    }
}

/// Of what rows say otherwise of one record the same is shown in whatever order they stand, and all of one row; the rest is listed.
#[test]
fn what_is_shown_of_rows_that_contradict_each_other_does_not_depend_on_their_order() {
    const MAPPING: &str = "source = \"Made-up list\"\n[[record]]\nkind = \"actor\"\n[record.fields]\nname = { column = \"Unit\" }\n\
        class = { column = \"Class\" }\nacronym = { column = \"Short\" }\n";
    let mut rows =
        ["Made-up Guard,military,MG1", "Made-up Guard,police,MG3", "Made-up Guard,ministry,MG2", "Made-up Office,ministry,MO"];
    let mut first = None;
    for _ in 0..rows.len() {
        rows.rotate_left(1);
        let desk = Desk::new();
        desk.file("units.toml", MAPPING);
        desk.import("units.csv", format!("Unit,Class,Short\n{}\n", rows.join("\n")));
        let shown = desk.sql("select class, acronym from actor where record = 'made-up-guard'");
        let [class, acronym] = ["class", "acronym"].map(|name| shown[0][name].as_str().unwrap_or_default().to_owned());
        assert!(rows.contains(&format!("Made-up Guard,{class},{acronym}").as_str()), "of one row: {shown:?}");
        assert_eq!(*first.get_or_insert_with(|| shown.clone()), shown, "{rows:?}");
        let listed = desk.ask("conflicts", &[]);
        assert_eq!(listed.len(), 3, "each of the classes is listed: {listed:?}");
    }
}

/// Who is only named is the same record, written in one way, whichever row names it first, and whether or not it says a country.
#[test]
fn who_is_only_named_does_not_depend_on_the_order_of_rows() {
    const MAPPING: &str = "[[record]]\nkind = \"actor\"\nas = \"unit\"\n[record.fields]\nname = { column = \"Unit\" }\ncountry = { column = \"Country\" }\n\
        [[record]]\nkind = \"relation\"\nwhen = \"Parent\"\n[record.fields]\nsubject = { record = \"unit\" }\nrelation = { value = \"part_of\" }\n\
        object = { column = \"Parent\", missing = \"add\" }\n";
    let mut rows = ["Made-up Guard,Mali,Made-up HQ", "Made-up Brigade,,Made-up HQ", "Made-up Corps,Mali,MADE-UP HQ"];
    for _ in 0..rows.len() {
        rows.rotate_left(1);
        let desk = Desk::new();
        desk.file("units.toml", MAPPING);
        desk.import("units.csv", format!("Unit,Country,Parent\n{}\n", rows.join("\n")));
        let parents = desk.sql(
            "select distinct object, object_name, (select country from actor where record = object) as country from relation",
        );
        assert_eq!(parents, [json!({"object": "ml/made-up-hq", "object_name": "Made-up HQ", "country": "ML"})], "{rows:?}");
        assert_eq!(desk.value("select count(*) from actor"), 4, "{rows:?}");
    }
}

const COURSES: &str = "[[record]]\nkind = \"training\"\n[record.fields]\nsupporter = { column = \"Donor\" }\n\
    course = { column = \"Course\" }\nquantity = { column = \"People\" }\n";

/// Which of several rows that nothing tells apart but what they say has which record follows from what they say.
#[test]
fn rows_that_only_their_values_tell_apart_have_the_same_records_in_any_order() {
    let mut rows = vec!["Made-up Donor,Radios,30", "Made-up Donor,Radios,20", "Made-up Donor,Radios,25"];
    rows.extend(["Made-up Donor,Radios,20", "Made-up Donor,Forensics,20"]);
    let mut first = None;
    for _ in 0..rows.len() {
        rows.rotate_left(1);
        let desk = Desk::new();
        desk.file("courses.toml", COURSES);
        desk.import("courses.csv", format!("Donor,Course,People\n{}\n", rows.join("\n")));
        let said = desk.sql("select record, quantity from training_statement order by record");
        assert_eq!(said.len(), 4, "a row that says nothing new makes nothing: {said:?}");
        assert_eq!(*first.get_or_insert_with(|| said.clone()), said, "{rows:?}");
        let told = desk.problems().into_iter().filter(|(rule, _)| rule == "likely").count();
        assert_eq!(told, 2, "each that was taken for another record is told");
    }
}

/// A sheet that is sorted otherwise, or has a row more, leaves the records of the others as they are.
#[test]
fn a_sheet_that_is_sorted_otherwise_changes_nothing() {
    let desk = Desk::new();
    desk.file("courses.toml", COURSES);
    let import = |numbers: &[u32]| {
        let rows: String = numbers.iter().map(|n| format!("Made-up Donor,Radios,{n}\n")).collect();
        let done = desk.import("courses.csv", format!("Donor,Course,People\n{rows}"));
        (done, desk.sql("select record, quantity from training order by quantity"))
    };
    let (_, before) = import(&[30, 20]);
    let (done, sorted) = import(&[20, 30]);
    assert_eq!(sorted, before);
    assert!(done.contains("0 added, 0 changed"), "{done}");
    // It stands before the others by what it says.
    let (done, more) = import(&[10, 20, 30]);
    assert!(done.contains("1 added, 0 changed"), "{done}");
    assert_eq!(more[1..], before[..]);
    // What one of them says now takes the place of what it said.
    let (done, changed) = import(&[30, 10, 40]);
    assert!(done.contains("0 added, 1 changed"), "{done}");
    assert_eq!(changed[0], more[0]);
    assert_eq!(changed[1], more[2]);
    assert_eq!(changed[2]["record"], more[1]["record"]);
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

/// A workbook has one form for 5200 and 5200.0: whoever brings one back without a touch has changed nothing.
#[test]
fn a_whole_number_that_was_said_as_a_fraction_comes_back_unchanged() {
    let desk = Desk::new();
    let place = |record: &str, latitude: f64| json!({"kind": "place", "record": record, "source": "Made-up list", "marking": "public", "fields": {"name": format!("Made-up {record}"), "latitude": latitude}});
    desk.add(&[place("p1", 2.0), place("p2", 2.5)]);
    let statements = || desk.value("select count(*) from statement");
    let before = statements();
    let out = desk.path("register.xlsx").display().to_string();
    desk.ok(&["export", &desk.workspace(), &out]);
    desk.ok(&["import", &desk.workspace(), &out]);
    assert_eq!(statements(), before, "nothing is said anew");
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
