//! From mandate to money: what may serve a task is recorded where it is listed. All made up.

use crate::desk::{Desk, Server, paid, police};
use serde_json::{Value, json};

const DAY: &str = "valid_on=2021-06-30";

fn said(kind: &str, record: &str, fields: Value) -> Value {
    json!({"kind": kind, "record": record, "fields": fields, "source": "Made-up Report", "valid_from": "2019", "marking": "public"})
}

/// A desk with a task of a mission, and an activity and a project that may serve it.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.add(&[
        said("actor", "so/mum", json!({"name": "Made-up Mission", "acronym": "MUM", "class": "mission", "country": "SO"})),
        said("mandated_task", "t1", json!({"mission": "so/mum", "task": "Help to keep order", "function": "public_order"})),
        said(
            "project",
            "p1",
            json!({"title": "Made-up Patrols", "supporter": "so/mum", "country": "SO", "function": "public_order", "starts": "2020-01-01",
                "ends": "2027-12-31", "status": "2"}),
        ),
    ]);
    desk.activities("a.xml", &[police("XX-1-A", &format!("<recipient-country code=\"SO\"/>{}", paid("2", "100")))]);
    desk
}

/// What the answer says of the task.
fn told(desk: &Desk) -> Value {
    let rows = desk.ask("mandate_to_money", &["--mission", "MUM", "--valid-on", "2021-06-30"]);
    assert_eq!(rows.len(), 1, "{rows:?}");
    json!([rows[0]["supports"], rows[0]["may_serve"]])
}

/// Follows the link of a page to a form, and sends that as it stands, with a source.
fn record(server: &Server, page: &str, form: &str) {
    let link = page.split("href=\"").find(|l| l.starts_with(form)).unwrap_or_else(|| panic!("no link to {form}: {page}"));
    let link = link.split('"').next().expect("an address").replace("&amp;", "&").replace("&#38;", "&");
    let (path, query) = link.split_once('?').expect("what is filled in");
    let (status, _, shown) = server.get(&link);
    assert!(status == 200 && shown.contains("mandated_task:t1"), "{shown}");
    let mut fields: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    fields.retain(|(name, _)| name != "valid_on");
    fields.push(("source".into(), "Made-up note".into()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let (status, head, body) = server.post(&format!("{path}?{DAY}"), &fields);
    let back = head.lines().find_map(|l| l.strip_prefix("location: ")).unwrap_or_default();
    assert!(status == 303 && back.starts_with("/ask/may_serve?"), "{status} {head} {body}");
}

#[test]
fn what_may_serve_a_task_is_recorded_from_its_row() {
    let desk = desk();
    assert_eq!(told(&desk), json!([0, 2]));
    let server = Server::start(desk.workspace().as_ref(), &["--author", "Made-up Adviser"]);
    let listed = format!("/ask/may_serve?mission=MUM&{DAY}");
    let (_, _, page) = server.get(&listed);
    assert!(page.contains("/record/activity?"), "the title of an activity leads to it: {page}");
    record(&server, &page, "/edit/contribution?");
    assert_eq!(told(&desk), json!([1, 1]));
    record(&server, &page, "/edit/project?");
    assert_eq!(told(&desk), json!([2, 0]));
    let (_, _, page) = server.get(&listed);
    assert!(!page.contains("/edit/project?"), "{page}");
    let title = desk.value("select title from project where record = 'p1'");
    assert_eq!(title, json!("Made-up Patrols"), "what the project says else stays");
}

#[test]
fn the_page_of_a_task_offers_what_may_serve_it_and_only_to_who_may_write() {
    let desk = desk();
    let server = Server::start(desk.workspace().as_ref(), &["--author", "Made-up Adviser"]);
    let page = server.get(&format!("/record/mandated_task?record=t1&{DAY}")).2;
    assert!(page.contains("Made-up Patrols") && page.contains("/edit/contribution?"), "{page}");
    let closed = Server::start(desk.workspace().as_ref(), &["--read-only"]);
    let page = closed.get(&format!("/record/mandated_task?record=t1&{DAY}")).2;
    assert!(!page.contains("Made-up Patrols") && !page.contains("/edit/contribution?"), "{page}");
    let page = closed.get(&format!("/ask/may_serve?mission=MUM&{DAY}")).2;
    assert!(page.contains("Made-up Patrols") && !page.contains("/edit/contribution?"), "{page}");
}

#[test]
fn what_serves_two_tasks_is_counted_twice_in_no_sum() {
    let desk = desk();
    desk.add(&[
        said("mandated_task", "t2", json!({"mission": "so/mum", "task": "Help to train officers"})),
        said("contribution", "c1", json!({"activity": "XX-1-A", "serves": ["mandated_task:t1", "mandated_task:t2"]})),
    ]);
    let page = desk.serve().get(&format!("/ask/mandate_to_money?mission=MUM&{DAY}")).2;
    assert!(page.contains("2 rows.") && !page.contains("USD 200 committed"), "{page}");
    let page = desk.serve().get(&format!("/ask/mandate_to_money?task=t2&{DAY}")).2;
    assert!(page.contains("USD 100 committed"), "one task has one sum: {page}");
    let rows = desk.ask("mandate_to_money", &["--mission", "MUM", "--valid-on", "2021-06-30"]);
    assert!(rows.iter().all(|row| row["committed_usd"] == 100.0), "{rows:?}");
}

#[test]
fn a_sheet_names_what_a_project_serves_by_name_or_identifier_of_whichever_kind() {
    let desk = desk();
    desk.add(&[
        said("reform", "r1", json!({"title": "Made-up reform; its second part", "country": "SO"})),
        said("mandated_task", "t2", json!({"mission": "so/mum", "task": "Called like another"})),
        said("reform", "r2", json!({"title": "Called like another", "country": "SO"})),
    ]);
    let serves = |cell: &str| {
        desk.import("project.csv", format!("record,title,supporter,serves\np1,Made-up Patrols,so/mum,{cell}\n"));
        desk.value("select serves from project where record = 'p1'")
    };
    assert_eq!(serves("Help to keep order; r1"), json!(r#"["mandated_task:t1","reform:r1"]"#));
    assert_eq!(serves("Made-up reform; its second part"), json!(r#"["reform:r1"]"#));
    assert_eq!(serves("reform:r2; mandated_task:t1"), json!(r#"["reform:r2","mandated_task:t1"]"#));
    // Of two that are called so nobody knows which one is meant: that is told, and what was said before stays.
    assert_eq!(serves("Called like another"), json!(r#"["reform:r2","mandated_task:t1"]"#));
    assert!(!desk.problems().is_empty());
}
