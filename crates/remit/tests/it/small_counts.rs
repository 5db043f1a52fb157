//! Counts of few people stay with the office: in sites, reports, parcels and sheets, and not on its own screen. All made up.

use crate::desk::{Desk, Server};
use crate::going_out::text;
use serde_json::{Value, json};
use std::path::Path;

/// A police of 18,137: seven of a rank, and the next rank, would be told by the sum.
fn police() -> Desk {
    let desk = Desk::new();
    let count = |record: &str, rank: Value, total: u64| {
        json!({ "kind": "strength", "record": record, "source": "Made-up", "marking": "public",
            "fields": { "institution": "so/police", "year": 2025, "list": "payroll", "rank_band": rank, "total": total } })
    };
    desk.add(&[
        json!({ "kind": "actor", "record": "so/police", "source": "Made-up", "marking": "public", "valid_from": "2010",
            "fields": { "name": "Made-up Police", "class": "police", "country": "SO" } }),
        count("so/n1", json!("OF-5"), 7),
        count("so/n2", json!("OF-3"), 8713),
        count("so/n3", json!("OR-2"), 9417),
        count("so/n4", Value::Null, 18137),
    ]);
    desk
}

/// True where a number stands in a cell of a table below a folder.
fn has(folder: &Path, number: &str) -> bool {
    let in_table = |text: String| text.lines().any(|line| line.split(',').any(|cell| cell == number));
    std::fs::read_dir(folder).expect("a folder").flatten().any(|entry| match entry.path() {
        path if path.is_dir() => has(&path, number),
        path if path.extension().is_some_and(|e| e == "csv") => std::fs::read_to_string(path).is_ok_and(in_table),
        _ => false,
    })
}

fn told(desk: &Desk, arguments: &[&str]) -> String {
    let done = desk.run(arguments);
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{told}");
    told
}

#[test]
fn a_site_has_no_small_counts_unless_somebody_says_so() {
    let desk = police();
    let (workspace, site) = (desk.workspace(), desk.path("site").display().to_string());
    let publish = ["publish", workspace.as_str(), site.as_str(), "--country", "SO"];
    let said = told(&desk, &publish);
    assert!(said.contains("held back: 2 counts") && said.contains("--small-counts"), "{said}");
    let folder = desk.path("site");
    assert_eq!(["8720", "9417", "18137"].map(|number| has(&folder, number)), [false, true, true]);
    // What is held back is not called something that nobody recorded.
    let withheld = |page: &str| page.matches("withheld").count();
    let ranks = std::fs::read_to_string(folder.join("en/ask/women_by_rank/SO.html")).expect("a page");
    let own = desk.serve().get("/ask/women_by_rank?country=SO").2;
    assert_eq!((withheld(&ranks), withheld(&own)), (4, 0), "{ranks}");
    // The office's own screen has them, two ranks as one band.
    assert!(desk.ask("women_by_rank", &[]).iter().any(|row| row["people"] == json!(8720)));
    let said = told(&desk, &[&publish[..], &["--small-counts"]].concat());
    assert!(!said.contains("held back") && has(&folder, "8720"), "{said}");
    // And back again, into the same folder.
    assert!(told(&desk, &publish).contains("held back: 2 counts") && !has(&folder, "8720"));
}

#[test]
fn a_part_that_is_sent_has_no_small_counts_and_a_copy_of_all_has() {
    let desk = police();
    let (workspace, file) = (desk.workspace(), |name: &str| desk.path(name).display().to_string());
    let send = |name: &str, more: &[&str]| {
        desk.json(&[&["bundle", &workspace, &file(name), "--since", "2001-01-01", "--json"][..], more].concat())
    };
    let sent = send("first.remit", &[]);
    assert_eq!((&sent["statements"], &sent["held_back"], &sent["left"]), (&json!(3), &json!(2), &json!(0)));
    let said = told(&desk, &["bundle", &workspace, &file("told.remit"), "--since", "2001-01-01"]);
    assert!(said.contains("held back: 2 statements with counts of few people"), "{said}");
    let all = send("all.remit", &["--small-counts"]);
    assert_eq!((&all["statements"], &all["held_back"]), (&json!(5), &json!(0)));
    // What was corrected into a small count is not sent as it was before. Thousands are of no rank then: nobody is told by the sum.
    let before = desk.value("select statement from statement where record = 'so/n3'");
    desk.add(&[json!({ "kind": "strength", "record": "so/n3", "source": "Made-up", "marking": "public", "supersedes": [before],
        "fields": { "institution": "so/police", "year": 2025, "list": "payroll", "rank_band": "OR-2", "total": 4 } })]);
    let sent = send("later.remit", &[]);
    let there = Desk::new();
    there.ok(&["merge", &there.workspace(), "--from", &file("later.remit")]);
    let came = there.sql("select record from strength order by record");
    assert_eq!(came, ["so/n2", "so/n4"].map(|record| json!({ "record": record })), "{sent}");
}

#[test]
fn a_sheet_that_leaves_has_no_small_counts_and_takes_none_away_when_it_comes_back() {
    let desk = police();
    let (workspace, sheet) = (desk.workspace(), desk.path("strength.csv").display().to_string());
    let export = ["export", &workspace, &sheet, "--kind", "strength", "--overwrite"];
    let said = told(&desk, &export);
    assert!(said.contains("held back: 2 counts"), "{said}");
    let rows = || std::fs::read_to_string(&sheet).expect("a sheet").lines().count();
    assert_eq!(rows(), 3);
    desk.ok(&["import", &workspace, &sheet]);
    assert_eq!(desk.value("select total from strength where record = 'so/n1'"), json!(7));
    told(&desk, &[&export[..], &["--small-counts"]].concat());
    assert_eq!(rows(), 5);
}

#[test]
fn a_report_says_how_much_is_held_back() {
    let desk = police();
    let (workspace, report) = (desk.workspace(), desk.path("brief.docx").display().to_string());
    let write = ["report", &workspace, "brief", "--country", "SO", "-o", &report, "--overwrite"];
    assert!(told(&desk, &write).contains("held back: 2 counts"));
    assert!(!told(&desk, &[&write[..], &["--small-counts"]].concat()).contains("held back"));
    // Whoever may see everything is handed everything.
    assert!(!told(&desk, &[&write[..], &["--clearance", "strictly_confidential"]].concat()).contains("held back"));
}

/// That something is held back, or was not before, is no change: neither on the office's own screen, nor in a report that says what differs from
/// the last one, where it would be told.
#[test]
fn what_is_held_back_differs_from_nothing_that_went_out() {
    let desk = police();
    let (workspace, report) = (desk.workspace(), desk.path("ranks.docx").display().to_string());
    desk.file(
        "w/templates/ranks.toml",
        "order = 9\ntitle = { en = \"Made-up ranks\" }\nwhy = { en = \"Made-up\" }\n\n[[part]]\nplace = \"differs\"\n\n[[part]]\nplace = \"table women_by_rank columns=body_name,rank_group,people\"\n",
    );
    let write = ["report", &workspace, "ranks", "--country", "SO", "-o", &report, "--overwrite", "--publish"];
    let (mut said, mut published) = (Vec::new(), Vec::new());
    for more in [&[][..], &["--small-counts"], &[]] {
        told(&desk, &[&write[..], more].concat());
        said.push(text(&std::fs::read(&report).expect("a report"), "word/document.xml"));
        let newest = desk.value("select record from publication order by recorded_at desc limit 1");
        let differs = desk.json(&["report", &workspace, "--compare", newest.as_str().expect("a publication"), "--json"]);
        assert_eq!(differs["rows"], json!([]), "{more:?}: {differs}");
        published.push(newest);
    }
    assert!(said.iter().all(|said| !said.contains("Changed rule")), "{said:?}");
    assert!(said[1].contains("8,720") && !said[0].contains("8,720") && !said[2].contains("8,720"), "{}", said[2]);
    // What has changed since is told, on the office's own screen also of a count that went out though it is of few people.
    let before = desk.value("select statement from statement where record = 'so/n1'");
    desk.add(&[json!({ "kind": "strength", "record": "so/n1", "source": "Made-up", "marking": "public", "supersedes": [before],
        "fields": { "institution": "so/police", "year": 2025, "list": "payroll", "rank_band": "OF-5", "total": 5 } })]);
    let differs = |at: usize| {
        desk.json(&["report", &workspace, "--compare", published[at].as_str().expect("a publication"), "--json"])["rows"].clone()
    };
    assert_eq!(differs(0), json!([]));
    let changed = differs(1);
    assert!(
        changed.as_array().is_some_and(|rows| rows.iter().any(|row| row["figure_change"] == json!("correction"))),
        "{changed}"
    );
}

#[test]
fn the_page_that_publishes_says_how_much_is_held_back() {
    let desk = police();
    let more = ["--author", "Made-up Adviser", "--clearance", "internal", "--valid-on", "2026-06-30"];
    let server = Server::start(Path::new(&desk.workspace()), &more);
    let page = server.get("/publish").2;
    assert!(page.contains("name=\"small_counts\"") && page.contains("/ask/small_counts"), "{page}");
    let (status, head, _) = server.post("/publish", &[("country", "SO"), ("marking", "public")]);
    let to = head.lines().find_map(|line| line.strip_prefix("location: ")).unwrap_or_else(|| panic!("{status} {head}"));
    let page = server.get(to).2;
    assert!(page.contains("Held back") && page.contains(" counts."), "{page}");
    // What is listed to be looked at is for who looks at it.
    assert_eq!(desk.ask("small_counts", &[]).len(), 1);
}
