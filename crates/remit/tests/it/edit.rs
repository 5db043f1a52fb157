//! The register in the browser: what an office enters, corrects and takes back. All records are made up.

use crate::desk::{Desk, Server};

const ACTORS: &str = "record,name,class,country,names\n\
    so/army,Made-up Army,military,SO,Ciidanka | so\nso/police,Made-up Police,police,SO,\nso/committee,Made-up Committee,parliament,SO,\n";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.import("actors.csv", ACTORS);
    desk
}

fn editing(desk: &Desk, more: &[&str]) -> Server {
    Server::start(std::path::Path::new(&desk.workspace()), &[&["--author", "Made-up Adviser"][..], more].concat())
}

/// Sends a form and follows where it leads; gives the status of the answer to the form and the page that is shown.
fn send(server: &Server, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
    let (status, head, body) = server.post(path, fields);
    match head.lines().find_map(|l| l.strip_prefix("location: ")) {
        Some(location) if status == 303 => {
            let (shown, _, page) = server.get(location);
            assert_eq!(shown, 200, "{location}");
            (status, page)
        }
        _ => (status, body),
    }
}

const SOURCED: [(&str, &str); 3] = [("source", "Made-up Gazette"), ("locator", "article 3"), ("marking", "public")];

fn with(fields: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    [fields, &SOURCED[..]].concat()
}

#[test]
fn a_form_records_a_statement_and_offers_its_source_again() {
    let desk = desk();
    let server = editing(&desk, &[]);
    let (_, _, form) = server.get("/edit/relation");
    assert!(form.contains("name=\"subject\"") && form.contains("<option value=\"oversees\">oversees</option>"), "{form}");
    let said = with(&[
        ("subject", "Made-up Committee"),
        ("relation", "oversees"),
        ("object", "ciidanka"),
        ("power", "budget"),
        ("valid_from", "2012"),
    ]);
    let (status, page) = send(&server, "/edit/relation", &said);
    assert_eq!(status, 303, "{page}");
    assert!(page.contains("Recorded.") && page.contains("Made-up Gazette"), "{page}");
    let rows = desk.sql("select subject, object, power, valid_from, source, locator, author from relation_statement");
    assert_eq!(
        rows[0],
        serde_json::json!({"subject": "so/committee", "object": "so/army", "power": "budget", "valid_from": "2012",
            "source": "Made-up Gazette", "locator": "article 3", "author": "Made-up Adviser"})
    );
    let (_, _, next) = server.get("/edit/actor");
    assert!(next.contains("Same source as last time: Made-up Gazette"), "the last source is offered again: {next}");
    assert!(next.contains("name=\"source\" value=\"\""), "and not filled in: {next}");
}

#[test]
fn the_last_source_is_taken_where_somebody_says_so_and_never_by_itself() {
    let desk = desk();
    let server = editing(&desk, &[]);
    let actor = |name: &'static str, more: &[(&str, &str)]| {
        let fields = [&[("name", name), ("is-another", "yes"), ("marking", "public")][..], more].concat();
        send(&server, "/edit/actor", &fields)
    };
    let gazette = [
        ("source", "Made-up Gazette"),
        ("url", "https://gazette.example/3"),
        ("locator", "article 3"),
        ("reliability", "B"),
        ("credibility", "2"),
    ];
    assert_eq!(actor("Made-up Navy", &gazette).0, 303);
    let (_, _, form) = server.get("/edit/actor");
    let offered = form.split("name=\"same-source\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an offer");
    let (status, page) = actor("Made-up Guard", &[]);
    assert!(status == 422 && page.contains("Enter the source, or tick"), "{page}");
    assert!(page.contains("name=\"same-source\""), "it is offered again: {page}");
    assert_eq!(actor("Made-up Fleet", &[("source", "Made-up Letter")]).0, 303);
    let (status, page) = actor("Made-up Guard", &[("same-source", offered)]);
    assert_eq!(status, 303, "{page}");
    let rows = desk.sql(
        "select source, url, locator, reliability || credibility as grade from actor_statement where name = 'Made-up Guard'",
    );
    assert_eq!(
        rows,
        [serde_json::json!({"source": "Made-up Gazette", "url": "https://gazette.example/3", "locator": null, "grade": "B2"})],
        "what was offered, though another source was named meanwhile"
    );
}

#[test]
fn who_types_a_part_of_a_name_is_told_the_names_that_have_it() {
    let desk = Desk::new();
    let actor = |record: &str, name: &str| {
        serde_json::json!({"kind": "actor", "record": record, "marking": "public", "source": "Made-up report",
            "fields": {"name": name, "class": "parliament"}})
    };
    desk.add(&[
        actor("so/house", "Made-up House of the People of the Federal Parliament"),
        actor("so/upper", "Made-up Upper Chamber of the Federal Parliament"),
    ]);
    let server = editing(&desk, &[]);
    let refused = |typed: &str| {
        let fields = [("subject", typed), ("relation", "oversees"), ("object", "so/upper"), ("source", "Made-up report")];
        let (status, page) = send(&server, "/edit/relation", &fields);
        assert_eq!(status, 422, "{typed}");
        page
    };
    let page = refused("House of the People");
    assert!(page.contains("Did you mean “Made-up House of the People of the Federal Parliament”?"), "{page}");
    let page = refused("Federal Parliament");
    assert!(
        page.contains("Did you mean one of these: ") && page.contains("Made-up Upper Chamber of the Federal Parliament"),
        "{page}"
    );
    assert!(refused("Made-up nobody at all").contains("Check the spelling, or add the record first"));
}

#[test]
fn what_is_wrong_stands_beside_its_field_and_nothing_is_lost() {
    let desk = desk();
    let server = editing(&desk, &[]);
    let wrong = [
        ("subject", "Made-up Comittee"),
        ("relation", "oversees"),
        ("object", "Nobody at all"),
        ("valid_from", "spring"),
        ("legal_basis", "<Law> 7"),
    ];
    let (status, page) = send(&server, "/edit/relation", &wrong);
    assert_eq!(status, 422);
    for expected in [
        "Did you mean “Made-up Committee”?",
        "No record is called “Nobody at all”",
        "“spring” is not a date. Enter 2019",
        "Enter the source, or tick",
        "value=\"&#60;Law&#62; 7\"",
        "<title>Error: New record",
        "role=\"alert\" tabindex=\"-1\" autofocus",
        "Nothing is recorded yet",
    ] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    let (_, page) = send(&server, "/edit/relation?lang=fr", &wrong);
    for expected in ["«\u{a0}spring\u{a0}» n’est pas une date", "Indiquez la source, ou cochez", "<title>Erreur\u{a0}: "] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    assert_eq!(desk.value("select count(*) from relation_statement"), 0);
}

#[test]
fn a_name_that_is_there_already_is_pointed_out() {
    let desk = desk();
    let server = editing(&desk, &[]);
    let fields = with(&[("name", "MADE-UP  Armý"), ("class", "military"), ("country", "SO")]);
    let (status, page) = send(&server, "/edit/actor", &fields);
    assert_eq!(status, 200);
    assert!(page.contains("Is it one of these?") && page.contains("record=so%2Farmy"), "{page}");
    let (status, _) = send(&server, "/edit/actor", &[&fields[..], &[("is-another", "yes")]].concat());
    assert_eq!(status, 303);
    assert_eq!(desk.value("select count(*) from actor"), 4);
    let (_, _, found) = server.get("/suggest/actor?q=ciid");
    assert!(found.contains("so/army"), "{found}");
}

#[test]
fn a_statement_is_corrected_withdrawn_and_brought_back() {
    let desk = desk();
    let server = editing(&desk, &[]);
    let id = desk.value("select statement from statement where record = 'so/police'").as_str().unwrap().to_owned();
    let (_, _, form) = server.get(&format!("/edit/actor?statement={id}"));
    assert!(form.contains("value=\"Made-up Police\""));
    let corrected = [
        ("statement", id.as_str()),
        ("name", "Made-up Police Force"),
        ("class", "police"),
        ("country", "SO"),
        ("source", "Made-up Decree"),
        ("marking", "public"),
    ];
    let (status, page) = send(&server, "/edit/actor", &corrected);
    assert_eq!(status, 303, "{page}");
    let (status, page) = send(&server, "/edit/actor", &corrected);
    assert!(status == 422 && page.contains("has changed this meanwhile"), "{page}");
    let (_, _, history) = server.get("/history/actor?record=so/police");
    assert!(history.contains("<del>Made-up Police</del> → <ins>Made-up Police Force</ins>"), "{history}");

    let now =
        desk.value("select statement from statement where record = 'so/police' and current = 1").as_str().unwrap().to_owned();
    let (status, _) = send(&server, "/withdraw", &[("statement", &now)]);
    assert_eq!(status, 303);
    assert_eq!(desk.value("select count(*) from actor where record = 'so/police'"), 0);
    let entry = desk.value("select entry from statement where withdrawn = 1").as_str().unwrap().to_owned();
    send(&server, "/undo", &[("entry", &entry)]);
    assert_eq!(desk.value("select name from actor where record = 'so/police'"), "Made-up Police Force");
}

#[test]
fn a_proposal_waits_for_a_decision() {
    let desk = desk();
    let server = editing(&desk, &[]);
    let fields = with(&[("record", "so/army"), ("note", "made-up remark"), ("status_of_statement", "proposed")]);
    let (status, page) = send(&server, "/edit/actor", &fields);
    assert_eq!(status, 303);
    assert!(page.contains("Proposed") && page.contains("made-up remark"));
    assert_eq!(desk.value("select note from actor where record = 'so/army'"), serde_json::Value::Null);
    let id = desk.value("select statement from statement where status_of_statement = 'proposed'").as_str().unwrap().to_owned();
    send(&server, "/decide", &[("statement", &id), ("decision", "accepted")]);
    assert_eq!(desk.value("select note from actor where record = 'so/army'"), "made-up remark");
    let (_, _, page) = server.get("/record/actor?record=so/army");
    assert!(!page.contains("<h2>Proposed</h2>"), "{page}");
}

#[test]
fn two_records_are_made_one_in_the_browser() {
    let desk = desk();
    let server = editing(&desk, &[]);
    let (status, page) = send(&server, "/merge/actor", &[("record", "so/army"), ("other", "made-up police")]);
    assert_eq!(status, 303, "{page}");
    assert_eq!(desk.value("select count(*) from actor"), 2);
    let names = desk.sql("select name, names from actor where record = 'so/army'");
    assert_eq!(names[0]["name"], "Made-up Army", "the one that stays keeps its name");
    assert!(names[0]["names"].as_str().is_some_and(|names| names.contains("Made-up Police")), "{names:?}");
    let entry = desk.value("select entry from entry where act like 'merged%'").as_str().unwrap().to_owned();
    send(&server, "/undo", &[("entry", &entry)]);
    assert_eq!(desk.value("select count(*) from actor"), 3);
}

#[test]
fn an_undo_is_undone_where_it_was_done() {
    let desk = desk();
    let server = editing(&desk, &[]);
    let entry = |act: &str| {
        let sql = format!("select entry from entry where act like '{act}%'");
        desk.value(&sql).as_str().expect("an entry").to_owned()
    };
    let (status, page) = send(&server, "/undo", &[("entry", &entry("imported"))]);
    assert_eq!((status, desk.value("select count(*) from actor")), (303, serde_json::json!(0)));
    let undone = entry("undid");
    let button = format!("name=\"entry\" value=\"{undone}\"");
    assert!(page.contains("3 statements taken back") && page.contains(&button), "{page}");
    let (_, _, of_record) = server.get("/history/actor?record=so/army");
    assert!(of_record.contains(&button), "{of_record}");
    let (status, page) = send(&server, "/undo", &[("entry", &undone)]);
    assert_eq!((status, desk.value("select count(*) from actor")), (303, serde_json::json!(3)));
    assert!(!page.contains(&button), "what was said again since is taken back by itself: {page}");
}

#[test]
fn which_of_two_stages_of_one_day_holds_is_chosen_on_the_page_of_the_record() {
    let desk = Desk::new();
    let said = |source: &str, day: &str, status: &str| {
        let fields = serde_json::json!({"title": "Made-up Reform", "country": "SO", "status": status});
        serde_json::json!({"kind": "reform", "record": "so/r", "fields": fields, "source": source, "first_cited": day})
    };
    desk.add(&[
        said("Made-up Plan", "2025-01", "1"),
        said("Made-up Review", "2026-01-10", "2"),
        said("Made-up Audit", "2026-01", "3"),
    ]);
    let server = editing(&desk, &[]);
    let (_, _, page) = server.get("/record/reform?record=so/r");
    let [before, review, audit] = ["1", "2", "3"].map(|status| {
        let id = desk.value(&format!("select statement from reform_statement where status = '{status}'"));
        id.as_str().expect("a statement").to_owned()
    });
    let choice = |others: &str| format!("name=\"others\" value=\"{others}\"");
    assert!(page.contains(&choice(&review)) && page.contains(&choice(&audit)), "{page}");
    let form = format!("name=\"statement\" value=\"{before}\"");
    assert!(!page.contains(&form), "what was told of an earlier day is progress: {page}");
    let (status, page) = send(&server, "/choose", &[("statement", &review), ("field", "status"), ("others", &audit)]);
    assert!(status == 303 && !page.contains("Sources say different things"), "{page}");
    let now = desk.ask("plan_items", &["--country", "SO"]);
    assert_eq!((now[0]["reform_status"].as_str(), now[0]["source"].as_str()), (Some("2"), Some("Made-up Review")));
}

#[test]
fn where_two_sources_differ_one_is_chosen_on_the_page_of_the_record() {
    let desk = Desk::new();
    let army = serde_json::json!({"name": "Made-up Army", "class": "military"});
    let force = serde_json::json!({"name": "Made-up Land Force", "acronym": "MLF"});
    desk.add(&[
        serde_json::json!({"kind": "actor", "record": "so/a", "fields": army, "source": "Made-up Gazette"}),
        serde_json::json!({"kind": "actor", "record": "so/a", "fields": force, "source": "Made-up letter"}),
    ]);
    let server = editing(&desk, &[]);
    let (_, _, page) = server.get("/record/actor?record=so/a");
    let [holds, other] = ["Made-up Army", "Made-up Land Force"].map(|name| {
        let id = desk.value(&format!("select statement from actor_statement where name = '{name}'"));
        id.as_str().expect("a statement").to_owned()
    });
    assert!(page.contains("Sources say different things") && page.contains("action=\"/choose\""), "{page}");
    assert!(page.contains(&format!("name=\"others\" value=\"{other}\"")), "{page}");
    let (status, page) = send(&server, "/choose", &[("statement", &holds), ("field", "name"), ("others", &other)]);
    assert!(status == 303 && !page.contains("Sources say different things"), "{page}");
    let now = desk.sql("select name, class, acronym from actor");
    assert_eq!(now[0], serde_json::json!({"name": "Made-up Army", "class": "military", "acronym": "MLF"}), "all else stays");
    assert_eq!(desk.sql("select * from disagreement").len(), 0);
    let (_, _, read) = desk.serve().get("/record/actor?record=so/a");
    assert!(!read.contains("action=\"/choose\""), "who only reads chooses nothing");
    let entry = desk.value("select entry from entry where act = 'solved a conflict'").as_str().expect("an entry").to_owned();
    send(&server, "/undo", &[("entry", &entry)]);
    assert_eq!(desk.sql("select * from disagreement").len(), 2);
}

#[test]
fn a_withheld_field_is_kept_when_somebody_corrects_who_may_not_see_it() {
    let desk = desk();
    let secret = editing(&desk, &["--clearance", "confidential"]);
    let fields = with(&[("name", "Made-up Guard"), ("note", "secret remark"), ("withhold-note", "confidential")]);
    assert_eq!(send(&secret, "/edit/actor", &fields).0, 303);
    let public = editing(&desk, &[]);
    let id = desk.value("select statement from actor_statement where name = 'Made-up Guard'").as_str().unwrap().to_owned();
    let record = desk.value("select record from actor_statement where name = 'Made-up Guard'").as_str().unwrap().to_owned();
    let (_, _, page) = public.get(&format!("/record/actor?record={record}"));
    assert!(page.contains("withheld") && !page.contains("secret remark"), "{page}");
    let (_, _, form) = public.get(&format!("/edit/actor?statement={id}"));
    assert!(!form.contains("secret remark"));
    let corrected = [("statement", id.as_str()), ("name", "Made-up Guards"), ("source", "x y"), ("marking", "public")];
    assert_eq!(send(&public, "/edit/actor", &corrected).0, 303);
    let workspace = desk.workspace();
    let sql = "select name, note from actor where name like '%Guards'";
    let seen = desk.json(&["sql", &workspace, sql, "--json", "--clearance", "confidential"]);
    assert_eq!(seen["rows"][0], serde_json::json!({"name": "Made-up Guards", "note": "secret remark"}));
}

/// A statement of two withheld fields, each with its own marking, and its identifier.
fn withheld(desk: &Desk, server: &Server) -> String {
    let fields = with(&[
        ("name", "Made-up Guard"),
        ("note", "secret remark"),
        ("website", "https://secret.example"),
        ("withhold-note", "strictly_confidential"),
        ("withhold-website", "internal"),
    ]);
    assert_eq!(send(server, "/edit/actor", &fields).0, 303);
    desk.value("select statement from actor_statement where name = 'Made-up Guard'").as_str().unwrap().to_owned()
}

#[test]
fn each_withheld_field_keeps_its_own_marking_and_none_is_lowered_without_a_reason() {
    let desk = desk();
    let server = editing(&desk, &["--clearance", "strictly_confidential"]);
    let id = withheld(&desk, &server);
    let (_, _, form) = server.get(&format!("/edit/actor?statement={id}"));
    let shown = |form: &str, field: &str| {
        let select =
            form.split(&format!("name=\"withhold-{field}\"")).nth(1).expect("the field").split("</select>").next().unwrap();
        select.split("<option value=\"").find(|o| o.contains(" selected")).unwrap().split('"').next().unwrap().to_owned()
    };
    assert_eq!((shown(&form, "note"), shown(&form, "website")), ("strictly_confidential".into(), "internal".into()));
    let lowered = [
        ("statement", id.as_str()),
        ("name", "Made-up Guards"),
        ("note", "secret remark"),
        ("source", "Made-up Gazette"),
        ("marking", "public"),
        ("withhold-note", "internal"),
        ("withhold-website", "internal"),
    ];
    let (status, page) = send(&server, "/edit/actor", &lowered);
    assert!(status == 422 && page.contains("This lowers a marking that was Strictly confidential"), "{page}");
    assert!(page.contains("name=\"lowering\""), "the form asks for the reason");
    let (status, _) = send(&server, "/edit/actor", &[&lowered[..], &[("lowering", "made-up release")]].concat());
    assert_eq!(status, 303);
    let (_, _, history) = server.get("/history");
    assert!(history.contains("made-up release"), "{history}");
    let sql = "select statement from actor_statement where name = 'Made-up Guards'";
    let seen = desk.json(&["sql", &desk.workspace(), sql, "--json", "--clearance", "strictly_confidential"]);
    let (_, _, form) = server.get(&format!("/edit/actor?statement={}", seen["rows"][0]["statement"].as_str().unwrap()));
    assert_eq!((shown(&form, "note"), shown(&form, "website")), ("internal".into(), "internal".into()));
}

#[test]
fn a_marking_of_the_whole_is_not_lowered_without_a_reason_either() {
    let desk = desk();
    let server = editing(&desk, &["--clearance", "confidential"]);
    let secret = [("name", "Made-up Secret Service"), ("source", "Made-up Gazette"), ("marking", "confidential")];
    assert_eq!(send(&server, "/edit/actor", &secret).0, 303);
    let sql = "select statement from actor_statement where name like '%Secret%'";
    let seen = desk.json(&["sql", &desk.workspace(), sql, "--json", "--clearance", "confidential"]);
    let id = seen["rows"][0]["statement"].as_str().unwrap().to_owned();
    let public = [("statement", id.as_str()), ("name", "Made-up Service"), ("source", "x y"), ("marking", "public")];
    let (status, page) = send(&server, "/edit/actor", &public);
    assert!(status == 422 && page.contains("This lowers a marking that was Confidential"), "{page}");
}

#[test]
fn an_address_that_names_no_record_says_so() {
    let desk = Desk::new();
    let server = desk.serve();
    for path in ["/record/actor", "/merge/actor"] {
        let (status, _, page) = server.get(path);
        assert!(status == 404 && page.contains("The address does not say which actor."), "{path}: {page}");
        assert!(!page.contains("“”"), "{path}: {page}");
    }
    let (_, _, page) = server.get("/record/actor?record=nowhere");
    assert!(page.contains("There is no actor “nowhere”, or you may not see it."), "{page}");
}

#[test]
fn what_a_writer_may_not_see_is_refused_as_what_is_not_there() {
    let desk = desk();
    let cleared = editing(&desk, &["--clearance", "confidential"]);
    let secret = [("name", "Made-up Secret Service"), ("source", "Made-up Gazette"), ("marking", "confidential")];
    assert_eq!(send(&cleared, "/edit/actor", &secret).0, 303);
    let sql = "select statement, record from actor_statement where name like '%Secret%'";
    let seen = desk.json(&["sql", &desk.workspace(), sql, "--json", "--clearance", "confidential"]);
    let hidden = |column: &str| seen["rows"][0][column].as_str().unwrap().to_owned();
    let public = editing(&desk, &[]);
    let refused = |path: &str, name: &str, value: &str, rest: &[(&str, &str)]| {
        let (status, page) = send(&public, path, &[&[(name, value)], rest].concat());
        (status, page.replace(value, "THIS"))
    };
    let said = with(&[("name", "Made-up")]);
    for (path, name, column, rest) in [
        ("/edit/actor", "statement", "statement", &said[..]),
        ("/edit/actor", "record", "record", &said[..]),
        ("/merge/actor", "record", "record", &[("other", "so/army")][..]),
        ("/merge/actor", "other", "record", &[("record", "so/army")][..]),
        ("/withdraw", "statement", "statement", &[][..]),
    ] {
        let of_hidden = refused(path, name, &hidden(column), rest);
        assert_eq!(of_hidden, refused(path, name, "nowhere", rest), "{path} {name}");
        assert!(of_hidden.0 == 404 || of_hidden.1.contains("No record has this name"), "{path} {name}: {}", of_hidden.1);
    }
}

#[test]
fn nothing_is_written_from_elsewhere_or_where_nobody_may() {
    let desk = desk();
    let server = editing(&desk, &[]);
    let from = |origin: Option<&str>, site: Option<&str>| server.post_as("/undo", &[("entry", "x")], origin, site).0;
    assert_eq!(from(Some("http://evil.example"), None), 403);
    assert_eq!(from(Some(&server.address), Some("cross-site")), 403);
    assert_eq!(from(None, None), 403);
    assert_eq!(from(Some(&server.address), Some("same-origin")), 404);
    let closed = editing(&desk, &["--read-only"]);
    assert_eq!(closed.post("/edit/actor", &[("name", "x")]).0, 403);
    assert!(!closed.get("/record/actor?record=so/army").2.contains("/edit/"));
}

#[test]
fn a_sheet_is_mapped_tried_and_brought_in() {
    let desk = desk();
    let server = editing(&desk, &[]);
    let sheet = "Unit,Kind of unit,Above it,Since year\nMade-up Brigade,Brigade,Made-up Army,2001\nMade-up Company,Company,Made-up Brigade,x\n";
    let (status, head, _) = server.upload("/sheets", "units of ours.csv", sheet.as_bytes());
    assert_eq!(status, 303, "{head}");
    let location = head.lines().find_map(|l| l.strip_prefix("location: ")).unwrap().to_owned();
    let (_, _, page) = server.get(&location);
    assert!(page.contains("Made-up Brigade") && page.contains("Above it"), "{page}");
    let file = location.split("file=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    let same = [("file", file.as_str()), ("name", "units of ours.csv"), ("mapping", "our units"), ("header", "1")];
    let first = [
        ("records", "1"),
        ("r.0.kind", "actor"),
        ("go", "more"),
        ("f.0.name.column", "Unit"),
        ("f.0.classification.column", "Kind of unit"),
        ("f.0.class.value", "military"),
        ("f.0.country.value", "Somalia"),
        ("f.0.valid_from.column", "Since year"),
        ("source", "Made-up list"),
    ];
    let (status, page) = send(&server, "/sheets/map", &[&same[..], &first].concat());
    assert_eq!(status, 303);
    assert!(page.contains("<option value=\"Unit\" selected>"), "what was chosen stands there again: {page}");
    let second = [
        ("records", "2"),
        ("r.0.kind", "actor"),
        ("go", "see"),
        ("f.0.name.column", "Unit"),
        ("f.0.classification.column", "Kind of unit"),
        ("f.0.class.value", "military"),
        ("f.0.country.value", "Somalia"),
        ("f.0.valid_from.column", "Since year"),
        ("source", "Made-up list"),
        ("r.1.kind", "relation"),
        ("f.1.subject.long", "yes"),
        ("f.1.subject.row", "actor"),
        ("f.1.relation.value", "part_of"),
        ("f.1.object.column", "Above it"),
    ];
    let (status, page) = send(&server, "/sheets/map", &[&same[..], &second].concat());
    assert_eq!(status, 303);
    assert!(page.contains("<h1>Preview") && page.contains("D (Since year)"), "{page}");
    assert_eq!(desk.value("select count(*) from actor"), 3, "nothing is recorded yet");
    let (status, page) =
        send(&server, "/sheets/try", &[("file", &file), ("name", "units of ours.csv"), ("mapping", "our units")]);
    assert!(status == 303 && page.contains("units of ours.csv: ") && page.contains("action=\"/undo\""), "{page}");
    let rows = desk.ask("chain", &["--actor", "Made-up Company"]);
    let names: Vec<&str> = rows.iter().map(|r| r["actor_name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Made-up Company", "Made-up Brigade", "Made-up Army"]);
    assert!(desk.path("w/mappings/our units.toml").is_file());
}

#[test]
fn the_matrices_show_what_stands_out() {
    let desk = desk();
    desk.import("assignment.csv", "record,actor,function,role,legal_basis,source\n,Made-up Army,border_management,lead,Made-up Law 1,g\n,Made-up Police,border_management,lead,,g\n");
    desk.import("relation.csv", "record,subject,relation,object,power,on_paper,in_practice,source,valid_from\n,Made-up Committee,oversees,Made-up Army,budget,yes,exercised,g,2020\n,Made-up Committee,oversees,Made-up Police,audit,yes,dormant,g,2020\n");
    let server = editing(&desk, &[]);
    let (_, _, functions) = server.get("/ask/functions?country=SO");
    assert!(
        functions.contains("two lead institutions")
            && functions.contains("no lead on record")
            && functions.contains("Made-up Law 1")
    );
    let (_, _, oversight) = server.get("/ask/oversight?country=SO");
    assert!(oversight.contains(">audit, dormant, on paper: yes</span>") && oversight.contains("no power known to be exercised"));
    let flagged = desk.ask("oversight", &["--country", "SO"]);
    let none: Vec<&str> =
        flagged.iter().filter(|r| r["no_exercised"] == 1).map(|r| r["service_name"].as_str().unwrap()).collect();
    assert_eq!(none, ["Made-up Police"]);
    let (status, head, _) = server.get_bytes("/ask/oversight.xlsx?country=SO");
    assert!(status == 200 && head.contains("spreadsheetml"));
}

#[test]
fn search_finds_names_in_any_script_and_keeps_what_is_closed() {
    let desk = desk();
    let server = editing(&desk, &[]);
    let (_, _, page) = server.get("/search?q=ciidanka");
    assert!(page.contains("Made-up Army"), "{page}");
    let fields = [("name", "Made-up Secret Service"), ("source", "g g"), ("marking", "confidential")];
    server.post("/edit/actor", &fields);
    let (_, _, page) = server.get("/search?q=secret");
    assert!(!page.contains("Made-up Secret"), "{page}");
}

#[test]
fn search_finds_who_is_called_so_among_many_reports_with_the_word() {
    let desk = desk();
    let matter = |n: usize| {
        serde_json::json!({"kind": "recommendation", "record": format!("rec/{n}"), "fields": {"text": "Made-up police matter"},
            "source": "Made-up report", "marking": "public"})
    };
    desk.add(&(0..450).map(matter).collect::<Vec<_>>());
    let server = desk.serve();
    let (_, _, page) = server.get("/search?q=police");
    let found = page.split("<main").nth(1).expect("a page");
    let (actor, matter) = (found.find("record=so%2Fpolice"), found.find("Made-up police matter"));
    assert!(actor.is_some() && actor < matter, "the police come first: {found}");
    assert_eq!(found.matches(">Made-up police matter<").count(), 1, "what reads the same stands once: {found}");
    assert!(found.contains("400 records of this name") && found.contains("/records/recommendation?q="), "{found}");
}

#[test]
fn search_puts_what_is_called_as_was_typed_before_questions_with_its_words() {
    let desk = Desk::new();
    let actor = |record: &str, name: &str| serde_json::json!({"kind": "actor", "record": record, "fields": {"name": name}, "source": "Made-up list", "marking": "public"});
    desk.add(&[actor("a/school", "Police Training School"), actor("a/land", "Somalia")]);
    let server = desk.serve();
    let found = |words: &str| {
        let page = server.get(&format!("/search?q={}", words.replace(' ', "+"))).2;
        page.split("<main").nth(1).expect("a page").to_owned()
    };
    let page = found("police training school");
    let (record, question) = (page.find("record=a%2Fschool"), page.find("/ask/"));
    assert!(record.is_some() && record < question, "{page}");
    let page = found("police training");
    assert!(page.find("/ask/") < page.find("record=a%2Fschool"), "it is only part of the name: {page}");
    let page = found("Somalia");
    assert!(page.find("/country/SO") < page.find("record=a%2Fland"), "a country is called so too: {page}");
}

#[test]
fn search_takes_a_country_beside_a_name_and_a_question_for_what_it_is_about() {
    let desk = desk();
    let actor = |record: &str, name: &str, country: &str| serde_json::json!({"kind": "actor", "record": record, "fields": {"name": name, "country": country}, "source": "Made up", "marking": "public"});
    desk.add(&[
        actor("so/heron", "Made-up Heron Brigade", "SO"),
        actor("ke/heron", "Made-up Heron Guard", "KE"),
        actor("eu/heron", "Made-up Heron Mission in Somalia", "BE"),
    ]);
    let server = desk.serve();
    let found = |words: &str| {
        let page = server.get(&format!("/search?q={}", words.replace(' ', "+"))).2;
        page.split("<main").nth(1).and_then(|main| main.split("</main>").next()).expect("a page").to_owned()
    };
    // Who has both words, and who has the one and is in the other.
    let page = found("heron Somalia");
    assert!(page.contains("record=eu%2Fheron") && page.contains("record=so%2Fheron") && !page.contains("ke%2Fheron"), "{page}");
    let page = found("who trains the heron brigade");
    assert!(page.contains("record=so%2Fheron") && page.contains("heron brigade”"), "{page}");
    assert!(page.contains("/ask/trainings"), "a name in the words hides no question: {page}");
    assert!(found("zzzyqx").contains("No results"));
}

#[test]
fn search_leads_to_questions_pages_and_terms_also_where_words_are_mistyped() {
    let desk = desk();
    let server = desk.serve();
    for (words, language, address) in [
        ("who trains the police", "en", "/ask/trainings"),
        ("oversihgt matrix", "en", "/ask/oversight"),
        ("women by rank", "en", "/ask/women_by_rank"),
        ("share with a colleague", "en", "/exchange"),
        ("report in Word", "en", "/reports"),
        ("cliff", "en", "/glossary"),
        ("qui forme la police", "fr", "/ask/trainings"),
        ("recomandations", "fr", "/ask/recommendations"),
        ("مصفوفة الرقابة", "ar", "/ask/oversight"),
        ("التدريب", "ar", "/ask/trained_units"),
    ] {
        let page = server.get(&format!("/search?lang={language}&q={}", words.replace(' ', "+"))).2;
        let found = page.split("<main").nth(1).and_then(|main| main.split("</main>").next()).expect("a page");
        let first = found.split("<ul class=\"found\">").nth(1).and_then(|ul| ul.split("</ul>").next()).unwrap_or_default();
        let leads = |link: &str| link.replace("&#38;", "&").starts_with(address);
        assert!(first.split("href=\"").skip(1).any(leads), "{words}: {address} in {first}");
    }
    let page = server.get("/search?q=zzzyqx").2;
    assert!(page.contains("No results"), "{page}");
}

/// A field that takes records of several kinds takes them by their names, and shows them so again; who is called as another of another kind is told.
#[test]
fn units_and_persons_are_named_in_one_field() {
    let desk = Desk::new();
    let line = |kind: &str, record: &str, name: &str| serde_json::json!({ "kind": kind, "record": record, "source": "Made-up", "fields": { "name": name } });
    desk.add(&[
        line("actor", "so/u1", "Made-up Battalion"),
        line("actor", "so/u2", "Made-up Namesake"),
        line("person", "so/p1", "Made-up Namesake"),
    ]);
    let server = editing(&desk, &["--clearance", "strictly_confidential"]);
    let fields = |recipients: &'static str| {
        [("title", "Made-up fuel"), ("recipients", recipients), ("source", "Made-up memo"), ("marking", "internal")]
    };
    let (status, _, page) = server.post("/edit/support_request", &fields("made-up battalion; Made-up Namesake"));
    assert!(status == 422 && page.contains("2 records are called") && page.contains("person:so/p1"), "{page}");
    let (status, _, page) = server.post("/edit/support_request", &fields("Made-up Nobody"));
    assert!(status == 422 && page.contains("No record is called") && !page.contains("[&quot;"), "{page}");
    server.post("/edit/support_request", &fields("made-up battalion; person:Made-up Namesake"));
    let sql = "select target_kind, target from support_request_recipient order by 1";
    let rows = desk.json(&["sql", &desk.workspace(), sql, "--json", "--clearance", "strictly_confidential"])["rows"].clone();
    assert_eq!(
        rows,
        serde_json::json!([{ "target_kind": "actor", "target": "so/u1" }, { "target_kind": "person", "target": "so/p1" }])
    );
    let of = desk.json(&[
        "sql",
        &desk.workspace(),
        "select record, statement from statement where kind = 'support_request'",
        "--json",
        "--clearance",
        "strictly_confidential",
    ]);
    let (record, statement) = (&of["rows"][0]["record"], &of["rows"][0]["statement"]);
    let address = format!(
        "/edit/support_request?record={}&statement={}",
        record.as_str().expect("a record"),
        statement.as_str().expect("a statement")
    );
    let page = server.get(&address).2;
    assert!(page.contains("Made-up Battalion; person:so/p1"), "{page}");
}

#[test]
fn a_form_asks_first_for_what_tells_a_record_from_others() {
    let desk = Desk::new();
    let server = editing(&desk, &[]);
    for (kind, first) in [
        ("recommendation", &["text", "country", "body", "addressee", "date", "status", "due"][..]),
        ("reform", &["title", "strategy", "country", "pillar", "lead", "due", "status"]),
    ] {
        let (_, _, page) = server.get(&format!("/edit/{kind}?country=SO"));
        let more = page.find(">More fields<").expect("the others are folded");
        for name in first {
            let at = page.find(&format!("name=\"{name}\""));
            assert!(at.is_some_and(|at| at < more), "{name} of {kind} is asked for at once: {page}");
        }
    }
}

#[test]
fn search_fills_questions_in_with_what_free_words_ask_about() {
    let desk = Desk::new();
    let actor = |record: &str, names: [&str; 3], class: &str, country: &str| {
        serde_json::json!({"kind": "actor", "record": record, "source": "Made-up list", "marking": "public",
            "fields": {"name": names[0], "names": [{"name": names[1]}, {"name": names[2]}], "class": class, "country": country}})
    };
    desk.add(&[
        actor("so/police", ["Made-up Somali Police", "Somali Police", "الشرطة الصومالية"], "police", "SO"),
        actor("so/army", ["Made-up Somali Army", "Somali Army", "الجيش الصومالي"], "military", "SO"),
        actor("ly/police", ["Made-up Libyan Police", "Libyan Police", "الشرطة الليبية"], "police", "LY"),
        actor("mission/m", ["Made-up Mission", "Mission inventée", "بعثة مختلقة"], "mission", "SO"),
    ]);
    let server = desk.serve();
    let found = |words: &str, language: &str| {
        let page = server.get(&format!("/search?lang={language}&q={}", words.replace(' ', "+"))).2;
        let found = page.split("<main").nth(1).and_then(|main| main.split("</main>").next()).expect("a page").to_owned();
        found.split("<ul class=\"found\">").nth(1).and_then(|ul| ul.split("</ul>").next()).unwrap_or_default().to_owned()
    };
    // Whose words they are, and in which language the page is, are two things.
    for (words, language) in [
        ("who else trains the Somali police?", "en"),
        ("who supports the police in Somalia", "en"),
        ("qui d'autre forme la police somalienne ?", "fr"),
        ("qui d'autre forme la police somalienne ?", "en"),
        ("من يدعم الشرطة الصومالية", "ar"),
        ("من يدعم الشرطة الصومالية", "en"),
    ] {
        let ways = found(words, language);
        let first = ways.split("href=\"").nth(1).unwrap_or_default();
        assert!(first.starts_with("/ask/body_support?actor=so%2Fpolice"), "{words} in {language}: {ways}");
        assert!(first.contains("Made-up Somali Police"), "what it is filled in with is said: {ways}");
    }
    let ways = found("who supports the Made-up Libyan Police", "en");
    assert!(ways.contains("actor=ly%2Fpolice"), "{ways}");
    let ways = found("may we support the Libyan Made-up Police", "en");
    assert!(ways.contains("/ask/screening?actor=ly%2Fpolice"), "{ways}");
    let ways = found("who supports the Libyan police", "en");
    assert!(ways.contains("actor=ly%2Fpolice") && !ways.contains("so%2Fpolice"), "{ways}");
    let ways = found("what does the mandate of the Made-up Mission ask", "en");
    assert!(ways.contains("/ask/mandate?mission=mission%2Fm"), "{ways}");
    // A parameter for missions takes no police, and who is not told apart is not filled in.
    assert!(!found("women in the Somali police", "en").contains("mission=so"), "{}", found("women in the Somali police", "en"));
    let ways = found("who supports the made-up police", "en");
    assert!(!ways.is_empty() && !ways.contains("actor="), "{ways}");
    let ways = found("which services have no oversight in Bosnia and Herzegovina", "en");
    assert!(ways.contains("/ask/unwatched?country=BA"), "{ways}");
}

#[test]
fn a_word_that_stands_twice_in_a_name_does_not_tell_who_is_meant() {
    let desk = Desk::new();
    desk.add(&[serde_json::json!({"kind": "actor", "record": "ba/board", "source": "Made-up list", "marking": "public",
        "fields": {"name": "Made-up Complaint Board on Police Officers in Police Bodies", "class": "oversight", "country": "BA"}})]);
    let server = desk.serve();
    let page = server.get("/search?q=women+police").2;
    assert!(page.contains("/ask/women"), "{page}");
    assert!(!page.contains("actor=ba%2Fboard"), "{page}");
    let page = server.get("/search?q=women+complaint+police").2;
    assert!(page.contains("actor=ba%2Fboard"), "two of its words tell: {page}");
}

#[test]
fn a_country_is_named_by_its_acronym_in_capitals_also_where_a_body_has_the_same() {
    let desk = Desk::new();
    desk.add(&[serde_json::json!({"kind": "actor", "record": "ba/drc", "source": "Made-up list", "marking": "public",
        "fields": {"name": "Made-up Defence Reform Commission", "acronym": "DRC", "class": "oversight", "country": "BA"}})]);
    let server = desk.serve();
    let page = server.get("/search?q=what+ends+soon+in+DRC").2;
    assert!(page.contains("/ask/ending?country=CD") && !page.contains("actor=ba%2Fdrc"), "{page}");
    let page = server.get("/search?q=what+ends+soon+in+drc").2;
    assert!(!page.contains("country=CD"), "in small letters it may be anything: {page}");
}

#[test]
fn a_country_alone_is_led_to_first_by_whatever_it_is_called() {
    let desk = Desk::new();
    let actor = |record: &str, name: &str, acronym: &str, class: &str, country: &str| {
        serde_json::json!({"kind": "actor", "record": record, "source": "Made-up list", "marking": "public",
            "fields": {"name": name, "acronym": acronym, "class": class, "country": country}})
    };
    let own = [
        actor("ba/drc", "Made-up Defence Reform Commission", "DRC", "oversight", "BA"),
        actor("cd/police", "Congolese Heron Police", "CHP", "police", "CD"),
    ];
    let found = |server: &Server, words: &str| {
        let page = server.get(&format!("/search?q={}", words.replace(' ', "+"))).2;
        let found = page.split("<main").nth(1).and_then(|main| main.split("</main>").next()).expect("a page").to_owned();
        found.split("href=\"").skip(1).filter_map(|link| link.split('"').next()).map(str::to_owned).collect::<Vec<_>>()
    };
    let server = desk.serve();
    let countries =
        |links: &[String]| links.iter().filter_map(|l| Some(l.strip_prefix("/country/")?[..2].to_owned())).collect::<Vec<_>>();
    assert_eq!(countries(&found(&server, "Congo")), ["CG", "CD"], "of two, the one of just that name");
    desk.add(&own);
    let server = desk.serve();
    for (words, country) in [
        ("DRC", "CD"),
        ("drc", "CD"),
        ("RDC", "CD"),
        ("الكونغو", "CD"),
        ("CAR", "CF"),
        ("BiH", "BA"),
        ("UK", "GB"),
        ("Bosnia", "BA"),
        ("Royaume-Uni", "GB"),
    ] {
        assert!(found(&server, words)[0].starts_with(&format!("/country/{country}")), "{words}");
    }
    assert_eq!(countries(&found(&server, "Congo")), ["CD", "CG"], "the one on record first");
    for words in ["who trains the police in Congo", "who trains the police in DRC"] {
        let first = found(&server, words)[0].clone();
        assert!(first.starts_with("/ask/body_support?actor=cd%2Fpolice"), "{words}: {first}");
    }
    let links = found(&server, "who trains the police in BiH");
    assert!(links[0].contains("country=BA"), "{links:?}");
}

#[test]
fn a_mission_has_its_tasks_its_people_and_what_names_it() {
    let desk = desk();
    desk.import("missions.csv", "record,name,acronym,class,country\nmission/m,Made-up Mission,MUM,mission,SO\n");
    desk.import("tasks.csv", "record,mission,task,activity_category,valid_from,valid_to\n,MUM,Advise the made-up police,PoliceReform,2012,\n,MUM,Watch a made-up truce,,2012,2015\n");
    desk.import(
        "people.csv",
        "record,service,mission,country,year,women,men,total\n,Made-up peacekeepers,MUM,SO,2020,25,75,100\n",
    );
    desk.activities(
        "a.xml",
        &[crate::desk::police("XX-M", "<recipient-country code=\"SO\"/>")
            .replace("Made-up police reform", "Police reform with MUM, made up")],
    );
    let server = editing(&desk, &[]);
    let (_, _, page) = server.get("/record/actor?record=mission/m&valid_on=2021-06-30");
    let shown = [
        "Advise the made-up police",
        "Police reform",
        "25 %",
        "Police reform with MUM, made up",
        "At other times",
        "Watch a made-up truce",
    ];
    for expected in shown {
        assert!(page.contains(expected), "{expected}: {page}");
    }
}

#[test]
fn a_kind_with_a_status_of_its_own_can_be_entered_and_proposed() {
    let desk = desk();
    let server = editing(&desk, &[]);
    let said = with(&[("title", "Made-up recommendation"), ("status", "2"), ("status_of_statement", "proposed")]);
    let (status, page) = send(&server, "/edit/reform", &said);
    assert_eq!(status, 303, "{page}");
    assert!(page.contains("<h1>Made-up recommendation"), "what is only proposed has a page, to be decided on: {page}");
    let reform = "select * from statement where kind = 'reform'";
    let rows = desk.sql(&reform.replace(
        '*',
        "json_extract(fields, '$.title') as title, json_extract(fields, '$.status') as status, status_of_statement",
    ));
    assert_eq!(rows, [serde_json::json!({"title": "Made-up recommendation", "status": "2", "status_of_statement": "proposed"})]);
}

#[test]
fn what_is_partly_withheld_from_a_writer_is_not_theirs_to_take_back() {
    let desk = desk();
    let id = withheld(&desk, &editing(&desk, &["--clearance", "strictly_confidential"]));
    let entry = desk.value(&format!("select entry from statement where statement = '{id}'"));
    let public = editing(&desk, &[]);
    for (path, fields) in [
        ("/withdraw", vec![("statement", id.as_str())]),
        ("/decide", vec![("statement", id.as_str()), ("decision", "rejected")]),
        ("/undo", vec![("entry", entry.as_str().expect("an entry"))]),
    ] {
        let (status, page) = send(&public, path, &fields);
        assert!(status == 400 && page.contains("withheld from you"), "{path}: {status} {page}");
    }
    assert_eq!(desk.value(&format!("select current from statement where statement = '{id}'")), serde_json::json!(1));
}

#[test]
fn who_else_pays_is_named_as_who_pays_is() {
    let desk = desk();
    let server = editing(&desk, &[]);
    let others = |names: &'static str| {
        with(&[("title", "Made-up training"), ("supporter", "Made-up Committee"), ("other_supporters", names)])
    };
    let (status, page) = send(&server, "/edit/project", &others("Made-up Army; Nobody at all"));
    assert!(status == 422 && page.contains("Nobody at all") && page.contains("value=\"Made-up Army; Nobody at all\""), "{page}");
    assert_eq!(send(&server, "/edit/project", &others("Made-up Army; ciidanka; Made-up Police")).0, 303);
    let all = desk.sql("select target from project_other_supporter order by 1");
    let all: Vec<&str> = all.iter().filter_map(|r| r["target"].as_str()).collect();
    assert_eq!(all, ["so/army", "so/police"]);
}

#[test]
fn parts_that_do_not_add_up_are_asked_about_before_they_are_recorded() {
    let desk = desk();
    let server = editing(&desk, &[]);
    let course = |more: &[(&'static str, &'static str)]| {
        let said = [("course", "Made-up course"), ("women", "3"), ("men", "4"), ("quantity", "10")];
        with(&[&said[..], more].concat())
    };
    let (status, page) = send(&server, "/edit/training", &course(&[]));
    assert_eq!(status, 200, "{page}");
    assert!(page.contains("Women trained 3 + Men trained 4 = 7, and People trained 10"), "it is told: {page}");
    assert!(page.contains("name=\"as-typed\"") && page.contains("value=\"10\""), "and asked, with what was typed: {page}");
    let (_, french) = send(&server, "/edit/training?lang=fr", &course(&[]));
    assert!(french.contains("les parties ne font pas le tout"), "{french}");
    assert_eq!(desk.value("select count(*) from training"), serde_json::json!(0));
    assert_eq!(send(&server, "/edit/training", &course(&[("as-typed", "yes")])).0, 303);
    assert_eq!(desk.value("select quantity from training"), serde_json::json!(10));
    // Of women alone there may be fewer than all, and what adds up is not asked about.
    for women in ["2", "6"] {
        let said = [
            ("course", "Another made-up course"),
            ("women", women),
            ("quantity", "10"),
            ("men", if women == "2" { "" } else { "4" }),
        ];
        assert_eq!(send(&server, "/edit/training", &with(&said)).0, 303, "{women}");
    }
}
