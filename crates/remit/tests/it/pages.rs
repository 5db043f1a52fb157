//! Pages as they come over the wire. All made up.

use crate::desk::{Desk, Server, iati, paid, police};

fn desk() -> Desk {
    let desk = Desk::new();
    let hostile = "<description><narrative>&lt;script&gt;alert(1)&lt;/script&gt;</narrative></description>\
                   <location><name><narrative>\"&gt;&lt;img src=x&gt;</narrative></name><point><pos>2.04 45.34</pos></point></location>";
    desk.import(
        "a.xml",
        iati(&[police("XX-1-A/1&2", &format!("<recipient-country code=\"SO\"/>{hostile}{}", paid("2", "1500000")))]),
    );
    desk
}

const PAGES: [&str; 12] = [
    "/",
    "/country/SO",
    "/support?country=SO&valid_on=2021-06-30",
    "/support?by=place",
    "/activity?identifier=XX-1-A%2F1%262",
    "/ask/activities?country=SO",
    "/ask/explain?country=SO",
    "/ask/gaps",
    "/questions",
    "/problems",
    "/data",
    "/records/actor",
];

#[test]
fn every_page_is_whole_small_and_closed() {
    let desk = desk();
    let server = desk.serve();
    for path in PAGES {
        let (status, head, body) = server.get(path);
        assert_eq!(status, 200, "{path}");
        assert!(body.len() < 100_000, "{path}: {} bytes", body.len());
        assert!(head.contains("content-security-policy: default-src 'none'"), "{path}");
        assert!(
            body.matches("<script").count() == 1
                && body.contains("<script src=\"/remit.js\" defer>")
                && !body.contains("<img")
                && !body.contains("style=\"")
                && !body.contains("onclick"),
            "{path}"
        );
        for address in body.split("href=\"").skip(1).chain(body.split("src=\"").skip(1)) {
            assert!(
                address.starts_with('/') || address.starts_with('#') || address.starts_with("https://"),
                "{path}: {}",
                &address[..40]
            );
        }
        assert!(body.contains("<h1>") && body.contains("lang=\"en\"") && body.contains("id=\"main\""), "{path}");
    }
}

#[test]
fn every_page_is_also_json_and_csv() {
    let desk = desk();
    let server = desk.serve();
    for path in ["/index", "/country/SO", "/support", "/ask/explain", "/questions", "/problems", "/data", "/records/actor"] {
        let (status, head, body) = server.get(&format!("{path}.json"));
        assert!(status == 200 && head.contains("application/json"), "{path}");
        let json: serde_json::Value = serde_json::from_str(&body).expect(path);
        assert!(json["question"].is_string() && json["rows"].is_array() && json["parameters"].is_object(), "{path}");
        let (status, head, _) = server.get(&format!("{path}.csv"));
        assert!(status == 200 && head.contains("text/csv"), "{path}");
    }
    let (_, _, body) = server.get("/activity.json?identifier=XX-1-A%2F1%262");
    let json: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(json["rows"][0]["countries"][0]["code"], "SO");
    assert_eq!(json["transactions"][0]["usd"], 1_500_000.0);
}

#[test]
fn a_sum_leads_to_the_line_of_its_file() {
    let desk = desk();
    let server = desk.serve();
    let (_, _, matrix) = server.get("/support?country=SO&valid_on=2021-06-30");
    assert!(matrix.contains("1.5\u{a0}m"), "the amount stands in its cell");
    let cell = matrix
        .split("href=\"")
        .find(|h| h.starts_with("/ask/activities?") && h.contains("class=police") && h.contains("supporter="))
        .unwrap();
    let (_, _, list) = server.get(&cell[..cell.find('"').unwrap()].replace("&#38;", "&").replace("&amp;", "&"));
    let activity = list.split("href=\"").find(|h| h.starts_with("/activity?identifier=")).unwrap();
    let (_, _, page) = server.get(&activity[..activity.find('"').unwrap()].replace("&#38;", "&").replace("&amp;", "&"));
    assert!(page.contains("a.xml, line 3"), "{page}");
}

#[test]
fn what_makes_no_sense_is_said_so() {
    let desk = desk();
    let server = desk.serve();
    for (path, status, said) in [
        ("/nowhere", 404, "There is no page"),
        ("/country/ZZZ", 404, "no code of a country"),
        ("/activity?identifier=none", 404, "There is no activity"),
        ("/support?valid_on=tomorrow", 400, "not a date"),
        ("/support?known_on=x", 400, "neither a day nor a moment"),
        ("/support?country=Atlantis", 400, "no value for “country”"),
        ("/ask/nothing", 404, "There is no question"),
        ("/ask/gaps?colour=red", 400, "no parameter “colour”"),
        ("/records/transaction", 404, "no kind"),
        ("/record/actor?record=%3Cscript%3E", 404, "&#60;script&#62;"),
    ] {
        let (code, _, body) = server.get(path);
        assert_eq!(code, status, "{path}");
        assert!(body.contains(said), "{path}: {body}");
    }
    let (code, ..) = server.get_as("/", "elsewhere.example");
    assert_eq!(code, 421);
}

#[test]
fn a_reader_may_ask_for_less_than_its_clearance_and_never_for_more() {
    let desk = desk();
    let secret = desk.file(
        "s.xml",
        iati(&[police("XX-1-S", "<recipient-country code=\"SO\"/>").replace("police reform", "secret police reform")]),
    );
    desk.ok(&["import", &desk.workspace(), &secret, "--marking", "confidential"]);
    let public = desk.serve();
    assert!(!public.get("/ask/activities?clearance=confidential").2.contains("secret"));
    let cleared = Server::start(desk.workspace().as_ref(), &["--clearance", "confidential"]);
    assert!(cleared.get("/ask/activities").2.contains("secret"));
    assert!(!cleared.get("/ask/activities?clearance=public").2.contains("secret"));
}

#[test]
fn a_page_shows_an_import_that_ended_meanwhile() {
    let desk = desk();
    let server = desk.serve();
    assert!(!server.get("/ask/activities").2.contains("Second made-up"));
    desk.import(
        "b.xml",
        iati(&[police("XX-1-B", "<recipient-country code=\"SO\"/>").replace("Made-up police", "Second made-up police")]),
    );
    assert!(server.get("/ask/activities").2.contains("Second made-up"));
}
