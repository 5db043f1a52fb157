//! Handing over and exchanging in the browser. All made up.

use crate::desk::{Desk, Server};
use serde_json::json;

const PASSPHRASE: &str = "five made up words here";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.add(&[
        json!({"kind": "actor", "record": "so/police", "fields": {"name": "Made-up Police", "country": "SO"}, "source": "Made up"}),
        json!({"kind": "actor", "record": "so/cell", "fields": {"name": "Made-up Heron Cell", "country": "SO"}, "marking": "confidential", "source": "Made up"}),
        json!({"kind": "actor", "record": "ke/police", "fields": {"name": "Made-up Kenyan Police", "country": "KE"}, "source": "Made up"}),
    ]);
    desk
}

/// A server that somebody writes on, who may see up to a marking.
fn serve(desk: &Desk, clearance: &str) -> Server {
    Server::start(desk.workspace().as_ref(), &["--author", "Made-up Adviser", "--clearance", clearance])
}

/// Where a form leads on to, with the page there.
fn onward(server: &Server, (status, head, body): (u16, String, String)) -> (String, String) {
    assert_eq!(status, 303, "{body}");
    let address = head.lines().find_map(|l| l.strip_prefix("location: ")).expect("a way on").to_owned();
    let (status, _, page) = server.get(&address);
    assert_eq!(status, 200, "{page}");
    (address, page)
}

/// The file that the page of a file that was made leads to.
fn saved(server: &Server, page: &str) -> Vec<u8> {
    let (_, link) = page.split_once("href=\"/exchange/file?").expect("a link to the file");
    let address = format!("/exchange/file?{}", link.split('"').next().unwrap_or_default().replace("&#38;", "&"));
    let (status, head, bytes) = server.get_bytes(&address);
    assert!(status == 200 && head.contains(".remit\""), "{head}");
    bytes
}

fn names(desk: &Desk) -> Vec<String> {
    let rows = desk.sql("select name from actor order by name");
    rows.iter().map(|r| r["name"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn what_is_new_goes_to_another_office_is_shown_there_taken_in_and_undone() {
    let (here, there) = (desk(), Desk::new());
    let (sender, receiver) = (serve(&here, "strictly_confidential"), serve(&there, "strictly_confidential"));
    let (_, _, page) = receiver.get("/exchange");
    let key = page.split("<code>").find(|c| c.starts_with("age1")).and_then(|c| c.split('<').next()).expect("a key").to_owned();

    let form = [("sort", "bundle"), ("office", "Made-up Office"), ("clearance", "public"), ("country", "SO"), ("keys", &key)];
    let (_, page) = onward(&sender, sender.post("/exchange/make", &form));
    assert!(page.contains("One statement is in it") && page.contains("1 statement, and single values of 0 others"), "{page}");
    let file = saved(&sender, &page);
    assert!(!String::from_utf8_lossy(&file).contains("Made-up Police"), "it is encrypted");
    // The next one has only what is new by then.
    let (status, _, page) = sender.post("/exchange/make", &form);
    assert!(status == 200 && page.contains("There is nothing to send"), "{page}");
    assert!(sender.get("/exchange").2.contains("Sent to Made-up Office"));

    let (address, page) = onward(&receiver, receiver.upload("/exchange/open", "so.remit", &file));
    assert!(page.contains("Made-up Police") && page.contains("Nothing came from “w” before"), "{page}");
    assert!(names(&there).is_empty(), "nothing is recorded before somebody says so");
    let held = address.split("held=").nth(1).and_then(|h| h.split('&').next()).expect("a name");
    let (_, page) = onward(&receiver, receiver.post("/exchange/take", &[("held", held)]));
    assert!(page.contains("One statement from “w” is recorded."), "{page}");
    assert_eq!(names(&there), ["Made-up Police"]);
    let entry = page.split("name=\"entry\" value=\"").nth(1).and_then(|e| e.split('"').next()).expect("undo beside it");
    onward(&receiver, receiver.post("/undo", &[("entry", entry)]));
    assert!(names(&there).is_empty());
    assert_eq!(there.json(&["verify", &there.workspace(), "--json"])["holds"], true);
    // What was taken in is no longer held.
    assert_eq!(receiver.get(&address).0, 404);
}

#[test]
fn a_conflict_is_shown_before_anything_is_taken_in() {
    let (here, there) = (desk(), Desk::new());
    let (sender, receiver) = (serve(&here, "public"), serve(&there, "public"));
    let bundle = || {
        let form = [("sort", "bundle"), ("office", "Made-up Office"), ("clearance", "public")];
        let (_, page) = onward(&sender, sender.post("/exchange/make", &form));
        assert!(page.contains("It is not encrypted"), "{page}");
        saved(&sender, &page)
    };
    let look = |file: &[u8]| onward(&receiver, receiver.upload("/exchange/open", "so.remit", file));
    let take = |address: &str| {
        let held = address.split("held=").nth(1).and_then(|h| h.split('&').next()).expect("a name").to_owned();
        onward(&receiver, receiver.post("/exchange/take", &[("held", &held)])).1
    };
    take(&look(&bundle()).0);
    let said = |name: &str, of: &Desk| {
        let before = of.value("select statement from statement where record = 'so/police' and current = 1");
        json!({"kind": "actor", "record": "so/police", "fields": {"name": name, "country": "SO"}, "supersedes": [before], "source": "Made up"})
    };
    here.add(&[said("Made-up Police of Here", &here)]);
    there.add(&[said("Made-up Police of There", &there)]);
    let (address, page) = look(&bundle());
    assert!(page.contains("One of them is in conflict with something else"), "{page}");
    assert!(take(&address).contains("/ask/conflicts"));
    let conflicts = there.ask("conflicts", &[]);
    let mut differing: Vec<_> = conflicts.iter().map(|r| (r["field"].as_str(), r["field_value"].as_str())).collect();
    differing.sort_unstable();
    let both = ["Made-up Police of Here", "Made-up Police of There"].map(|name| (Some("name"), Some(name)));
    assert_eq!(differing, both, "both stay until somebody decides, and what differs is told");
}

#[test]
fn nobody_sends_what_they_may_not_see_or_without_saying_who_may_open_it() {
    let desk = desk();
    let server = serve(&desk, "public");
    assert!(!server.get("/exchange").2.contains("value=\"whole\""), "who sees a part cannot send the whole");
    let refused = |fields: &[(&str, &str)], why: &str| {
        let (status, _, page) = server.post("/exchange/make", fields);
        assert!(status == 422 && page.contains(why) && page.contains("<title>Error: "), "{why}: {page}");
        assert!(!page.contains(PASSPHRASE), "what is secret is not sent back");
    };
    let part = [("sort", "part"), ("clearance", "public")];
    let with = |more: &[(&'static str, &'static str)]| [&part[..], more].concat();
    refused(&part, "Say who can open it");
    refused(&with(&[("passphrase", "short"), ("again", "short")]), "too short");
    refused(&with(&[("passphrase", PASSPHRASE), ("again", "other words than those")]), "not the same");
    refused(&with(&[("passphrase", PASSPHRASE), ("again", PASSPHRASE), ("keys", "age1abc")]), "leave one of them empty");
    refused(&with(&[("keys", "age1abc")]), "is no key");
    refused(&[("sort", "bundle"), ("clearance", "public")], "for which office");
    refused(&[("sort", "whole"), ("clearance", "public"), ("passphrase", PASSPHRASE), ("again", PASSPHRASE)], "marking");
    // A marking above one’s own is no way around.
    let secret = [("sort", "part"), ("clearance", "strictly_confidential"), ("passphrase", PASSPHRASE), ("again", PASSPHRASE)];
    let (_, page) = onward(&server, server.post("/exchange/make", &secret));
    std::fs::write(desk.path("part.remit"), saved(&server, &page)).unwrap();
    assert!(!page.contains("Heron") && page.contains("2 statements are in it"), "{page}");
    let elsewhere = server.post_as("/exchange/make", &secret, Some("http://elsewhere.example"), Some("cross-site"));
    assert_eq!(elsewhere.0, 403);
    let reader = Server::start(desk.workspace().as_ref(), &["--read-only"]);
    assert_eq!(reader.get("/exchange").0, 403);
}

#[test]
fn a_file_that_was_altered_or_is_none_is_refused_and_says_why() {
    let (here, there) = (desk(), Desk::new());
    let (sender, receiver) = (serve(&here, "public"), serve(&there, "public"));
    let form = [("sort", "part"), ("clearance", "public"), ("passphrase", PASSPHRASE), ("again", PASSPHRASE)];
    let (_, page) = onward(&sender, sender.post("/exchange/make", &form));
    let mut file = saved(&sender, &page);
    let refused = |file: &[u8], why: &str| {
        let (status, _, page) = receiver.upload("/exchange/open", "so.remit", file);
        assert!(status == 422 && page.contains(why) && page.contains("“so.remit” was not opened"), "{page}");
        assert!(!page.contains(".received"), "{page}");
    };
    refused(&file, "passphrase");
    let middle = file.len() / 2;
    file[middle] ^= 1;
    refused(&file, "so.remit");
    refused(b"made up", "so.remit is no file of");
    let (status, _, page) = receiver.upload("/exchange/open?lang=fr", "so.remit", b"made up");
    assert!(status == 422 && page.contains("so.remit n’est pas un fichier de"), "in the reader's language: {page}");
    assert!(page.contains("<title>Erreur\u{a0}: ") && page.contains("role=\"alert\" tabindex=\"-1\" autofocus"), "{page}");
    assert!(names(&there).is_empty());
    let left: Vec<String> =
        std::fs::read_dir(there.path("w")).unwrap().flatten().map(|e| e.file_name().into_string().unwrap()).collect();
    assert!(!left.iter().any(|name| name.starts_with(".received")), "{left:?}");
}
