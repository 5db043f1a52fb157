//! What counts as support beside what people judged by reading. All activities are made up.

use crate::desk::{Desk, iati};
use serde_json::json;

fn activity(identifier: &str, title: &str, sector: &str) -> String {
    format!(
        "<iati-activity><iati-identifier>{identifier}</iati-identifier><title><narrative>{title}</narrative></title>\
         <recipient-country code=\"SO\"/><sector vocabulary=\"1\" code=\"{sector}\"/></iati-activity>"
    )
}

/// A police project, a prison that the person judged otherwise, a school, and a court that nothing names.
fn activities() -> String {
    iati(&[
        activity("XX-1-A", "Police academy", "15132"),
        activity("XX-1-B", "Bread for a prison", "15137"),
        activity("XX-1-C", "A school", "11220"),
        activity("XX-1-D", "Support", "11220"),
    ])
}

const JUDGED: &str = "identifier,weight,ssr,share,classes,functions\n\
    XX-1-A,6,yes,0.5,police,public_order;human_rights\n\
    XX-1-B,2,no,0,,\n\
    XX-1-C,9,no,0,,\n\
    XX-1-D,2,partly,0.5,justice,\n\
    XX-1-E,1,no,0,,\n";

#[test]
fn what_people_judged_is_compared_by_weight() {
    let desk = Desk::new();
    let judged = desk.file("judged.csv", JUDGED);
    let files = desk.file("a.xml", activities());
    let told = desk.json(&["evaluate", &judged, &files, "--json"]);
    assert_eq!((&told["judged"], &told["not_there"]), (&json!(4), &json!(["XX-1-E"])));
    assert_eq!((&told["precision"], &told["recall"]), (&json!(0.75), &json!(0.75)));
    // Apart by .5, 1 and .5 of weights 6, 2 and 2; the first two are too much, the last is too little.
    assert_eq!((&told["share_error"], &told["share_bias"]), (&json!(0.6), &json!(0.4)));
    assert_eq!(told["classes_f1"], 1.0);
    let heaviest: Vec<_> = told["differences"].as_array().unwrap().iter().map(|d| d["what"].as_str().unwrap()).collect();
    assert_eq!(heaviest, ["share", "functions", "wrongly_found", "missed"]);
}

#[test]
fn a_workspace_says_the_same_as_its_files() {
    let desk = Desk::new();
    let judged = desk.file("judged.csv", JUDGED);
    let files = desk.file("a.xml", activities());
    desk.import("a.xml", activities());
    let [by_file, by_workspace] =
        [files, desk.workspace()].map(|where_| desk.ok(&["evaluate", &judged, &where_, "--differences"]));
    assert_eq!(by_file, by_workspace);
    assert!(by_file.contains("recall of support                    0.750"), "{by_file}");
    assert!(by_file.contains("missed         XX-1-D  0.50 / –  Support"), "{by_file}");
}

#[test]
fn what_cannot_be_measured_says_why() {
    let desk = Desk::new();
    let judged = desk.file("judged.csv", JUDGED);
    let (code, said) = desk.fails(&["evaluate", &judged]);
    assert!(code == 2 && said.contains("name the workspace that has them"), "{said}");
    let (code, swapped) = desk.fails(&["evaluate", &desk.workspace(), &judged]);
    assert!(code == 2 && swapped.contains("is a folder") && swapped.contains("then the workspace"), "{swapped}");
    let (_, said) = desk.fails(&["evaluate", &judged, &desk.workspace()]);
    assert!(said.contains("none of the 5 judged activities is there"), "{said}");
    let wrong = desk.file("wrong.csv", "identifier,ssr,share\nA,maybe,1\n");
    let (_, said) = desk.fails(&["evaluate", &wrong, &desk.workspace()]);
    assert!(said.contains("wrong.csv, line 2: `ssr`: “maybe” is not yes, partly or no"), "{said}");
    let (code, said) = desk.fails(&["evaluate", &desk.file("x.csv", "symbol,n\n"), &desk.workspace()]);
    assert!(code == 2 && said.contains("its first line must name identifier, ssr and share"), "{said}");
}
