//! Pages as they come over the wire. All made up.

use crate::desk::{Desk, Server, iati, paid, police};
use serde_json::json;
use std::path::Path;

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

const PAGES: [&str; 15] = [
    "/",
    "/world",
    "/glossary",
    "/?country=SO",
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

/// The addresses at which something is shown, as the folders of the pages say: a new page is looked at without a line here.
fn shown() -> Vec<String> {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../remit-web/src/pages");
    let mut all = Vec::new();
    for folder in std::fs::read_dir(pages).expect("the pages").flatten() {
        let Ok(text) = std::fs::read_to_string(folder.path().join("mod.rs")) else { continue };
        let routes = text.lines().filter(|line| line.contains("page(\"/") || line.contains("get("));
        let addresses = routes.flat_map(|line| line.split("(\"/").skip(1)).filter_map(|rest| rest.split('"').next());
        all.extend(addresses.filter(|address| !address.contains('{')).map(|address| format!("/{address}")));
    }
    all
}

#[test]
fn every_page_is_whole_small_and_closed() {
    let desk = desk();
    let server = desk.serve();
    let shown = shown();
    assert!(shown.len() > 30, "{shown:?}");
    for path in PAGES.into_iter().chain(shown.iter().map(String::as_str)) {
        let (status, head, body) = server.get(path);
        // Some pages are about something that their address has to name, or are a form's alone.
        if !PAGES.contains(&path) && (status == 303 || (400..500).contains(&status)) {
            continue;
        }
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
    for path in [
        "/index",
        "/world",
        "/glossary",
        "/country/SO",
        "/support",
        "/ask/explain",
        "/questions",
        "/problems",
        "/data",
        "/records/actor",
    ] {
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
fn questions_stand_in_groups_and_those_of_an_office_with_them() {
    let desk = desk();
    let title = "-- title = { en = \"Made-up question\", fr = \"Question inventée\", ar = \"سؤال مختلق\" }\n";
    desk.file("w/questions/made_up.sql", format!("{title}select 1 as items\n"));
    desk.file("w/questions/grouped.sql", format!("-- group = \"plan\"\n{title}select 2 as items\n"));
    let server = desk.serve();
    let json: serde_json::Value = serde_json::from_str(&server.get("/questions.json").2).expect("JSON");
    let of = |row: &serde_json::Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
    for row in json["rows"].as_array().expect("rows") {
        assert_eq!(of(row, "group").is_empty(), of(row, "name") == "made_up", "{row}");
    }
    let page = server.get("/questions").2;
    let group = |id: &str| page.split(&format!("<h2 id=\"group-{id}\">")).nth(1).and_then(|rest| rest.split("</section>").next());
    assert!(group("plan").is_some_and(|g| g.starts_with("Plans and reforms</h2>") && g.contains("Made-up question")), "{page}");
    assert!(group("other").is_some_and(|g| g.contains("Made-up question") && g.matches("<dt>").count() == 1), "{page}");
    assert!(page.contains("href=\"#group-plan\""), "{page}");
    drop(server);
    desk.file("w/questions/grouped.sql", format!("-- group = \"plans\"\n{title}select 2 as items\n"));
    let (_, said) = desk.fails(&["ask", &desk.workspace(), "grouped"]);
    assert!(said.contains("there is no group `plans`") && said.contains("grouped.sql:1"), "{said}");
}

/// The counts of the sections of the home page by their questions.
fn home(server: &Server, path: &str) -> Vec<(String, String)> {
    let json: serde_json::Value = serde_json::from_str(&server.get(path).2).expect(path);
    let text = |row: &serde_json::Value, name: &str| row[name].as_str().unwrap().to_owned();
    json["rows"].as_array().unwrap().iter().map(|r| (text(r, "name"), text(r, "items"))).collect()
}

#[test]
fn home_is_the_country_of_the_workspace_as_at_the_day() {
    let desk = desk();
    desk.import(
        "actor.csv",
        "record,name,class,country\nso/army,Made-up Army,military,SO\nke/army,Made-up Other Army,military,KE\n",
    );
    desk.import("mandate.csv", "record,mission,title,valid_to\n,so/army,Made-up mandate,2031-03-01\n");
    let server = Server::start(desk.workspace().as_ref(), &["--author", "Made-up Adviser"]);
    let (_, _, page) = server.get("/");
    assert!(page.contains("<h1>All countries") && !page.contains("Start here"), "{page}");
    assert_eq!(server.post("/home", &[("country", "SO")]).0, 303);
    assert_eq!(server.post("/home", &[("country", "KE")]).0, 303);
    let settings = std::fs::read_to_string(desk.path("w/remit.toml")).unwrap();
    assert!(settings.contains("countries = [\"KE\", \"SO\"]"), "{settings}");
    assert_eq!(server.post("/home", &[("country", "KE"), ("remove", "yes")]).0, 303);
    let (_, _, page) = server.get("/?valid_on=2030-12-01");
    assert!(page.contains("<h1>Somalia, 1\u{a0}Dec\u{a0}2030"), "{page}");
    assert!(page.contains("Made-up mandate") && page.contains("Made-up Army") && !page.contains("Other Army"), "{page}");
    let count = |path: &str, name: &str| home(&server, path).into_iter().find(|(n, _)| n == name).unwrap().1;
    assert_eq!(count("/index.json?valid_on=2030-12-01", "ending"), "1");
    assert_eq!(count("/index.json?valid_on=2030-06-01", "ending"), "0", "it ends in nine months");
    assert_eq!(count("/index.json?country=all", "unwatched"), "2");
    assert_eq!(count("/index.json", "unwatched"), "1");
    assert_eq!(server.post("/home", &[("country", "Atlantis")]).0, 400);
}

#[test]
fn what_cannot_be_asked_is_told_as_an_error_that_takes_focus() {
    let desk = desk();
    let server = desk.serve();
    let (status, _, page) = server.get("/ask/plan?country=Atlantis");
    assert!(status == 400 && page.contains("<title>Error: Where the plan stands"), "{status} {page}");
    assert!(page.contains("<p class=\"bad\" role=\"alert\" tabindex=\"-1\" autofocus>"), "{page}");
    // The way to the page calls it by its name.
    assert_eq!(page.matches("Error: ").count(), 1, "{page}");
}

#[test]
fn what_names_no_country_follows_the_countries_of_the_workspace() {
    let desk = desk();
    let said = |kind: &str, record: &str, fields: serde_json::Value| json!({"kind": kind, "record": record, "marking": "public", "source": "Made-up report", "fields": fields});
    desk.add(&[
        said("actor", "fund", json!({"name": "Made-up Fund", "class": "donor"})),
        said(
            "project",
            "p1",
            json!({"title": "Made-up academy", "supporter": "fund", "starts": "2030-01-01", "ends": "2031-03-01"}),
        ),
    ]);
    let server = Server::start(desk.workspace().as_ref(), &["--author", "Made-up Adviser"]);
    let runs = || server.get("/ask/running.csv?country=SO&valid_on=2030-12-01").2.contains("Made-up academy");
    assert!(!runs(), "it is not said whose it is");
    // Questions read from one table of projects: of another state of the workspace it is another one.
    assert_eq!(server.post("/home", &[("country", "SO")]).0, 303);
    assert!(runs());
    assert_eq!(server.post("/home", &[("country", "KE")]).0, 303);
    assert!(!runs(), "the workspace is about two countries");
}

#[test]
fn of_many_changes_home_shows_the_first_and_counts_all() {
    let desk = Desk::new();
    let units: String = (0..9).map(|n| format!("so/u{n},Made-up Unit {n},military,SO\n")).collect();
    desk.import("actor.csv", format!("record,name,class,country\n{units}"));
    // A question that somebody wrote ends as SQL does.
    desk.file(
        "w/questions/made_up.sql",
        "-- title = { en = \"Made-up question\" }\nselect record, name from actor order by name;\n",
    );
    let section = |question: &str, columns: &str| {
        format!("[[section]]\nquestion = \"{question}\"\ncounted = true\ncolumns = [{columns}]\n")
    };
    desk.file("w/questions/home.toml", section("changes", "\"record_title\"") + &section("made_up", "\"name\""));
    let server = desk.serve();
    assert_eq!(home(&server, "/index.json"), [("changes", "9"), ("made_up", "9")].map(|(n, c)| (n.to_owned(), c.to_owned())));
    let page = server.get("/").2;
    // The newest of the one, the first of the other.
    assert!(page.contains("Made-up Unit 8") && page.contains("Made-up Unit 0"), "{page}");
}

#[test]
fn an_empty_workspace_says_how_to_begin_and_one_with_records_does_not() {
    let desk = Desk::new();
    let server = Server::start(desk.workspace().as_ref(), &["--author", "Made-up Adviser"]);
    assert!(server.get("/").2.contains("Start here"));
    desk.import("a.csv", "record,name,class,country\nso/army,Made-up Army,military,SO\n");
    assert!(!server.get("/").2.contains("Start here"));
}

#[test]
fn home_says_each_thing_once_and_what_there_is_nothing_of_in_a_line() {
    let desk = desk();
    let welcome = "title = { en = \"Made-up welcome\", fr = \"Accueil inventé\", ar = \"ترحيب مختلق\" }\n[[section]]\n\
                   title = { en = \"Step\", fr = \"Étape\", ar = \"خطوة\" }\ntext = { en = \"Made up\", fr = \"Inventé\", ar = \"مختلق\" }\n\
                   link = [{ text = { en = \"Bring a sheet\", fr = \"Tableur\", ar = \"جدول\" }, to = \"/sheets\" }]\n";
    desk.file("w/questions/stories/welcome.toml", welcome);
    let server = Server::start(desk.workspace().as_ref(), &["--author", "Made-up Adviser"]);
    let main = |page: &str| page.split("<main").nth(1).and_then(|m| m.split("</main>").next()).expect("a page").to_owned();
    let page = main(&server.get("/?country=SO").2);
    assert_eq!((page.matches("Made-up welcome").count(), page.matches("href=\"/sheets").count()), (1, 1), "{page}");
    assert!(page.contains("All about Somalia") && page.contains("/country/SO"), "{page}");
    // Nothing waits: one line says so, and leads there all the same.
    let line = page.split("Nothing on record of:").nth(1).expect("a line");
    assert!(line.contains("/ask/waiting?") && !page.contains("<h2><a href=\"/ask/waiting"), "{page}");
    let seen = main(&server.get_with("/?country=SO", "Cookie: seen-welcome=1").2);
    assert!(seen.contains("Made-up welcome") && seen.contains("href=\"/sheets"), "once it is seen it is a link: {seen}");
}

#[test]
fn a_workspace_is_made_for_its_countries() {
    let desk = Desk::new();
    let made = desk.path("horn").display().to_string();
    desk.ok(&["init", &made, "--country", "Somalia", "--country", "et"]);
    assert!(std::fs::read_to_string(desk.path("horn/remit.toml")).unwrap().contains("countries = [\"SO\", \"ET\"]"));
    let (_, said) = desk.fails(&["init", &desk.path("x").display().to_string(), "--country", "Atlantis"]);
    assert!(said.contains("`Atlantis` is no country"), "{said}");
    assert!(!desk.path("x").exists());
}

#[test]
fn what_stands_on_the_home_page_is_data() {
    let desk = desk();
    let home = "since_months = 1\n[[section]]\nquestion = \"leads\"\ncolumns = [\"security_function\"]\n";
    desk.file("w/questions/home.toml", home);
    assert_eq!(self::home(&desk.serve(), "/index.json").len(), 1);
    for (wrong, told) in [
        (home.replace("security_function", "colour"), "no column `colour`"),
        (home.replace("leads", "not_there"), "there is no question `not_there`"),
    ] {
        desk.file("w/questions/home.toml", wrong);
        let (_, _, said) = desk.serve().get("/problems");
        assert!(said.contains("home.toml") && said.contains(told), "{said}");
    }
}

#[test]
fn a_list_is_filtered_by_a_field_whose_name_an_address_has_for_something_else() {
    let desk = Desk::new();
    desk.import("document.csv", "record,title,sort\n,Made-up report,report\n,Made-up minutes,page\n");
    let server = desk.serve();
    let page = server.get("/records/document").2;
    assert!(page.contains("name=\"field.sort\" value=\"report\""), "{page}");
    let page = server.get("/records/document?field.sort=report&sort=-title").2;
    assert!(page.contains("1 record<") && page.contains("Made-up report") && !page.contains("Made-up minutes"), "{page}");
    assert!(page.contains("value=\"report\" checked"), "{page}");
    let csv = server.get("/records/document.csv?field.sort=report").2;
    assert_eq!(csv.lines().count(), 2, "{csv}");
}

#[test]
fn a_list_is_counted_filtered_sorted_and_taken_along() {
    let desk = Desk::new();
    let row = |n: usize| {
        let class = if n.is_multiple_of(3) { "police" } else { "military" };
        format!("so/u{n},Made-up Unit {n:03},{class},SO,{}\n", if n == 7 { "Ciidanka" } else { "" })
    };
    let rows: String = (1..=240).map(row).collect();
    desk.import("a.csv", format!("record,name,class,country,note\n{rows}"));
    desk.import("relation.csv", "record,subject,relation,object\n,so/u1,part_of,so/u2\n");
    let server = desk.serve();
    let (_, _, page) = server.get("/records/actor");
    assert!(page.contains("Records 1 to 100 of 240") && page.contains("Next page"), "{page}");
    assert!(page.contains("value=\"police\"> Police and gendarmerie <span class=\"count\">80</span>"), "{page}");
    let (_, _, last) = server.get("/records/actor?page=3");
    assert!(
        last.contains("Records 201 to 240 of 240") && last.contains("Made-up Unit 240") && !last.contains("Next page"),
        "{last}"
    );
    let (_, _, police) = server.get("/records/actor?class=police&sort=-name");
    assert!(police.contains("80 records"), "{police}");
    let first = police.find("Made-up Unit 240").expect("the last name comes first");
    assert!(first < police.find("Made-up Unit 237").expect("the next"));
    // What else could be chosen of the same field is still counted; both together are all.
    assert!(police.contains("value=\"military\"> Military <span class=\"count\">160</span>"), "{police}");
    assert!(server.get("/records/actor?class=police&class=military").2.contains("of 240"));
    assert!(server.get("/records/actor?q=ciidanka+made").2.contains("1 record<"), "words are found in any text");
    let (_, _, csv) = server.get("/records/actor.csv?class=police&sort=-name");
    assert_eq!(csv.lines().count(), 81, "all that is shown, not one page of it");
    assert!(csv.lines().nth(1).unwrap().contains("Made-up Unit 240"), "{csv}");
    let (_, _, relations) = server.get("/records/relation");
    assert!(relations.contains("Made-up Unit 001") && !relations.contains(">so/u2<"), "{relations}");
    assert!(server.get("/records/relation?object=so/u2").2.contains("1 record<"));
    assert!(server.get("/records/actor?class=corrections&country=-").2.contains("0 records"));
}

#[test]
fn terms_lead_to_what_they_mean() {
    let desk = desk();
    let server = desk.serve();
    let (_, _, page) = server.get("/ask/cliffs?lang=fr");
    assert!(page.contains("/glossary?") && page.contains("#cliff\">Rupture"), "{page}");
    assert!(server.get("/glossary?lang=fr").2.contains("id=\"cliff\""));
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
        ("/country/ZZZ", 404, "There is no country with the code"),
        ("/activity?identifier=none", 404, "There is no activity"),
        ("/support?valid_on=tomorrow", 400, "not a date"),
        ("/support?known_on=x", 400, "neither a day nor a moment"),
        ("/support?country=Atlantis", 400, "no value for “Country”; choose one from the list “Country”, such as "),
        ("/support?who=bailleure&lang=fr", 400, "déclarant, bailleur, exécutant"),
        ("/reports?template=brif", 404, "There is no report “brif”"),
        ("/ask/undated?kind=aktor", 400, "“aktor” is no value for “Kind”"),
        ("/ask/undated?kind=Acteur", 200, "value=\"actor\" selected"),
        ("/ask/nothing", 404, "There is no question"),
        ("/ask/endng", 404, "Did you mean “ending”?"),
        ("/ask/ending?months=six", 400, "“six” is not a number"),
        (
            "/support?valid_on=03/04/2025",
            400,
            "can be read two ways: 3\u{a0}Apr\u{a0}2025 or 4\u{a0}Mar\u{a0}2025. Write 2025-04-03 or 2025-03-04.",
        ),
        ("/support?valid_on=03/04/2025&lang=fr", 400, "peut se lire de deux façons"),
        ("/support?known_on=03/04/2025&lang=ar", 400, "يمكن قراءة «\u{2068}03/04/2025\u{2069}» على وجهين"),
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
    // What may have been meant is one click away.
    assert!(server.get("/ask/endng").2.contains("<a href=\"/ask/ending\">"));
    assert!(server.get("/country/Somlia").2.contains("<a href=\"/country/SO\">Somalia</a>"));
    // A day is taken as it is typed where it can be only one, also as the day until which all was known.
    assert_eq!(server.get("/support?valid_on=31/12/2025&known_on=31/12/2025").0, 200);
    desk.ok(&["ask", &desk.workspace(), "ending", "--known-on", "31/12/2025", "--valid-on", "31.12.2025"]);
}

#[test]
fn a_parameter_that_a_page_does_not_have_is_no_filter_and_is_refused() {
    let desk = desk();
    desk.add(&[
        json!({"kind": "actor", "record": "so/police", "fields": {"name": "Made-up Police", "country": "SO", "class": "police"}}),
    ]);
    let server = desk.serve();
    for (path, said) in [
        ("/records/actor?contry=SO", "Did you mean “country”?"),
        ("/records/actor.csv?contry=SO", "no parameter “contry”"),
        ("/records/actor?clas=police&country=SO", "Did you mean “class”?"),
        ("/records/actor.json?acronym=SPF", "no parameter “acronym”"),
        ("/records/actor?pge=2", "Did you mean “page”?"),
        ("/search.csv?q=police&kindd=actor", "no parameter “kindd”"),
        ("/search?qq=police", "no parameter “qq”"),
        ("/history.csv?nix=1", "no parameter “nix”"),
        ("/history/actor?record=so/police&recrd=x", "Did you mean “record”?"),
        ("/record/actor?record=so/police&valid_onn=2021", "Did you mean “valid_on”?"),
        ("/country/SO?nix=1", "no parameter “nix”"),
        ("/?contry=SO", "Did you mean “country”?"),
        ("/problems?rul=date", "no parameter “rul”"),
        ("/duplicates?contry=SO", "Did you mean “country”?"),
        ("/records/actor?contry=SO&lang=fr", "Vouliez-vous dire « country »"),
        ("/records/actor?contry=SO&lang=ar", "contry"),
    ] {
        let (code, _, body) = server.get(path);
        assert_eq!(code, 400, "{path}: {body}");
        assert!(body.replace('\u{a0}', " ").contains(said), "{path}: {body}");
    }
    // What every page has, what a list has, and what is left empty, is none of that.
    for path in [
        "/records/actor?country=SO&class=police&q=made&page=1&sort=-name&columns=name&said=x&valid_on=2021-06-30&known_on=now&lang=fr",
        "/records/actor.csv?country=SO&bom=1&clearance=public",
        "/records/actor?contry=",
        "/questions?country=SO",
        "/history?valid_on=2021-06-30",
        "/?country=all&since=2020-01-01",
    ] {
        assert_eq!(server.get(path).0, 200, "{path}");
    }
}

/// One name everywhere, whichever statement came last.
#[test]
fn a_page_calls_a_record_as_lists_do() {
    let desk = Desk::new();
    let said = |name: &str, reliability: &str| json!({"kind": "actor", "record": "a", "fields": {"name": name}, "source": "Made-up source", "reliability": reliability});
    desk.add(&[said("Made-up Militia", "A"), said("Made-up Guard", "A"), said("Made-up Rumour", "E")]);
    assert_eq!(desk.value("select name from actor"), json!("Made-up Guard"));
    let page = desk.serve().get("/record/actor?record=a").2;
    assert!(page.contains("<title>Made-up Guard ·"), "{page}");
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

#[test]
fn a_list_of_codes_is_shown_by_what_the_codes_are_called() {
    let desk = Desk::new();
    let fields = json!({"title": "Made-up list", "countries": [{"code": "SO"}], "classes": [{"code": "justice"}, {"code": "corrections"}]});
    desk.add(&[json!({"kind": "coverage", "record": "c", "fields": fields, "source": "Made up"})]);
    let server = desk.serve();
    let page = server.get("/record/coverage?record=c").2;
    assert!(page.contains("Justice institution; Corrections service") && page.contains("Somalia"), "{page}");
}

#[test]
fn what_is_for_several_classes_is_one_sign_of_support_to_its_country() {
    let desk = Desk::new();
    let fields = json!({"title": "Made-up chain", "supporter": "Made-up Donor", "recipient_class": "police", "other_classes": [{"code": "justice"}],
        "country": "SO", "starts": "2026", "ends": "2030"});
    desk.add(&[json!({"kind": "project", "record": "p", "fields": fields, "source": "Made up"})]);
    let page = desk.serve().get("/country/SO").2;
    assert!(page.contains("but one other sign of support"), "{page}");
}
