//! Both engines on the demo's activities, grown: three thousand of them, or as many as `GROWN` says.
//!
//! A million takes a release build: `GROWN=1000000 cargo test --release --manifest-path cluster/Cargo.toml grown`.

use crate::answers::compared;
use crate::desk::{DAY, Desk, as_of, open, remit};
use remit_cluster::Where;
use remit_model::Marking;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// Where an activity is named: behind the first text and before the second.
const NAMED: [(&str, &str); 4] = [
    ("<iati-identifier>", "</iati-identifier>"),
    ("provider-activity-id=\"", "\""),
    ("receiver-activity-id=\"", "\""),
    ("<related-activity ref=\"", "\""),
];

/// The activities of the demo as they were published.
fn published() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../demo/iati");
    let files = std::fs::read_dir(folder).expect("the demo's activities").map(|f| f.expect("a file").path());
    let mut files: Vec<_> = files.filter(|f| f.extension().is_some_and(|e| e == "xml")).collect();
    files.sort();
    let texts = files.iter().map(|f| std::fs::read_to_string(f).expect("a file"));
    texts
        .flat_map(|text| {
            let activities = text.split("<iati-activity ").skip(1);
            activities.map(|a| format!("<iati-activity {}", a.replace("</iati-activities>", ""))).collect::<Vec<_>>()
        })
        .collect()
}

/// An activity under a name of its own, which those name that are copied with it.
fn copied(activity: &str, copy: usize) -> String {
    NAMED.iter().fold(activity.to_owned(), |text, (before, after)| {
        let mut parts = text.split(before);
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |whole, part| {
            let (name, rest) = part.split_once(after).expect("the name of an activity ends");
            whole + before + name.trim() + &format!("-copy{copy}") + after + rest
        })
    })
}

/// Brings in so many activities.
fn grow(desk: &Desk, activities: usize) {
    let mut command = Command::new(remit());
    command
        .arg("import")
        .arg(desk.workspace.folder())
        .args(["-", "--dataset", "grown"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null());
    let mut import = command.stderr(Stdio::null()).spawn().expect("remit runs");
    let mut to = BufWriter::new(import.stdin.take().expect("its input"));
    writeln!(to, "<iati-activities version=\"2.03\">").expect("written");
    let originals = published();
    for n in 0..activities {
        writeln!(to, "{}", copied(&originals[n % originals.len()], n / originals.len())).expect("written");
    }
    writeln!(to, "</iati-activities>").expect("written");
    drop(to);
    assert!(import.wait().expect("it ends").success());
}

#[test]
fn both_engines_give_the_same_rows_of_grown_activities() {
    crate::desk::run(async {
        let activities = std::env::var("GROWN").map_or(3_000, |n| n.parse().expect("GROWN is a number of activities"));
        let desk = Desk::new();
        grow(&desk, activities);
        let manifest = desk.export("grown", &as_of(DAY, Marking::Public));
        let of = |name: &str| manifest.tables.iter().find(|t| t.name == name).expect("the table");
        assert_eq!(of("activity").rows, activities as u64);
        let transactions = of("activity_transaction");
        assert!(transactions.rows > 10_000 && transactions.files.len() > 1, "one file a year: {}", transactions.rows);
        let (rows, differ) = compared(&desk, &open(&desk.path("grown")).await, &Where::Here, |_| true).await;
        assert!(differ.is_empty(), "{}", differ.join("\n"));
        assert!(rows > 1_000, "{rows}");
    });
}
