//! The page of the day. All records are made up.

use crate::desk::{Desk, Server};
use serde_json::json;

#[test]
fn a_workspace_of_a_country_opens_on_what_needs_attention_there() {
    let desk = Desk::new();
    let folder = desk.path("somalia").display().to_string();
    desk.ok(&["init", &folder, "--country", "Somalia"]);
    let reform = |record: &str, country: &str, due: &str| {
        json!({"kind": "reform", "record": record, "source": "made up", "marking": "public", "valid_from": "2019",
            "fields": {"title": format!("Made-up reform {record}"), "country": country, "status": "1", "due": due}})
    };
    let lines = [reform("late", "SO", "2020-01-31"), reform("elsewhere", "KE", "2020-01-31")];
    assert!(desk.told(&["add", &folder], &lines).status.success());
    let server = Server::start(std::path::Path::new(&folder), &[]);
    let (status, head, _) = server.get("/");
    assert_eq!(status, 303, "the first page is the country's");
    let address = head.lines().find_map(|l| l.strip_prefix("location: ")).expect("an address").to_owned();
    let (status, _, page) = server.get(&address);
    assert_eq!(status, 200, "{page}");
    assert!(page.contains("<h1>Somalia today") && page.contains("Made-up reform late"), "{page}");
    assert!(!page.contains("Made-up reform elsewhere"), "{page}");
    let (status, _, all) = server.get("/today?country=KE");
    assert!(status == 200 && all.contains("Made-up reform elsewhere"), "{all}");
    assert_eq!(server.get("/world").0, 200);
    let (code, said) = desk.fails(&["init", &desk.path("x").display().to_string(), "--country", "Atlantis"]);
    assert!(code == 2 && said.contains("Atlantis"), "{said}");
}
