//! A desk's day in the browser: the page of one body, changing records where they are listed, pages that are kept. All made up.

use crate::desk::{Desk, Server};
use serde_json::{Value, json};

fn editing(desk: &Desk, more: &[&str]) -> Server {
    Server::start(std::path::Path::new(&desk.workspace()), &[&["--author", "Made-up Adviser"][..], more].concat())
}

fn said(kind: &str, record: &str, fields: Value, source: &str) -> Value {
    json!({"kind": kind, "record": record, "fields": fields, "source": source, "valid_from": "2012", "marking": "public"})
}

/// Sends a form and returns the page that it leads to.
fn sent(server: &Server, path: &str, fields: &[(&str, &str)]) -> String {
    let (status, head, body) = server.post(path, fields);
    assert_eq!(status, 303, "{path}: {body}");
    let to = head.lines().find_map(|l| l.strip_prefix("location: ")).expect("it leads somewhere");
    let (status, _, page) = server.get(to);
    assert_eq!(status, 200, "{to}");
    page
}

/// The entry that a page offers to take back.
fn entry(page: &str) -> String {
    page.split("name=\"entry\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an entry to undo").to_owned()
}

/// A desk with an army, a brigade of it, who oversees and supports them.
fn brigade() -> Desk {
    let desk = Desk::new();
    let actor = |record: &str, name: &str, class: &str| {
        said("actor", record, json!({"name": name, "class": class, "country": "SO"}), "Made-up Gazette 1")
    };
    let relation = |record: &str, subject: &str, relation: &str, object: &str| {
        said("relation", record, json!({"subject": subject, "relation": relation, "object": object}), "Made-up Gazette 2")
    };
    desk.add(&[
        actor("so/army", "Made-up Army", "military"),
        actor("so/brigade", "Made-up Brigade", "military"),
        actor("so/committee", "Made-up Committee", "parliament"),
        actor("so/donor", "Made-up Donor", "donor"),
        said("actor", "so/brigade", json!({"name": "Made-up Brigade", "classification": "Brigade"}), "Made-up Yearbook"),
        relation("r1", "so/brigade", "part_of", "so/army"),
        relation("r2", "so/committee", "oversees", "so/army"),
        relation("r3", "so/donor", "supports", "so/brigade"),
        json!({"kind": "incident", "record": "i1", "fields": {"allegation": "Made-up allegation", "actor": "so/brigade", "starts": "2019"},
            "source": "Made-up report", "marking": "confidential"}),
    ]);
    desk
}

#[test]
fn the_page_of_a_body_says_each_fact_and_each_source_once() {
    let desk = brigade();
    let server = editing(&desk, &["--clearance", "public"]);
    let (status, _, page) = server.get("/record/actor?record=so/brigade&valid_on=2021-06-30");
    assert_eq!(status, 200);
    let facts = page.split("<dl class=\"record facts\">").nth(1).and_then(|rest| rest.split("</dl>").next()).expect("facts");
    assert_eq!(facts.matches(">Made-up Brigade").count(), 1, "two sources say the name, which stands once: {facts}");
    assert!(facts.contains("href=\"#source-1\"") && facts.contains("href=\"#source-2\""), "both sources are named: {facts}");
    let sources = page.split("class=\"sources\"").nth(1).and_then(|rest| rest.split("</section>").next()).expect("sources");
    assert_eq!(sources.matches("Made-up Gazette 1").count(), 1, "three facts are from it: {sources}");
    assert!(sources.contains("id=\"source-2\"") && sources.contains("Made-up Yearbook"), "{sources}");
}

#[test]
fn the_page_of_a_body_tells_what_questions_know_of_it_as_far_as_the_reader_may_see() {
    let desk = brigade();
    let address = "/record/actor?record=so/brigade&valid_on=2021-06-30";
    let server = editing(&desk, &["--clearance", "public"]);
    let (_, _, page) = server.get(address);
    for told in [
        "Chain of command",
        "Made-up Army",
        "Who oversees it",
        "Made-up Committee",
        "Who supports it",
        "Made-up Donor",
        "Timeline",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(!page.contains("Made-up allegation"), "{page}");
    assert!(page.contains("Nothing is on record under:"), "{page}");
    let cleared = editing(&desk, &["--clearance", "confidential"]);
    let (_, _, page) = cleared.get(address);
    assert!(page.contains("Made-up allegation"), "{page}");
    let (_, _, page) = cleared.get(&format!("{address}&clearance=public"));
    assert!(!page.contains("Made-up allegation"), "the page that was kept is of another clearance: {page}");
}

#[test]
fn a_workspace_says_itself_what_stands_on_the_page_of_a_record() {
    let desk = brigade();
    desk.file(
        "w/questions/dossier.toml",
        "[[section]]\nquestion = \"chain\"\nkind = [\"actor\"]\ngiven = { actor = \"{record}\" }\ncolumns = [\"actor_name\"]\n",
    );
    let server = desk.serve();
    let (_, _, page) = server.get("/record/actor?record=so/brigade");
    assert!(page.contains("Chain of command") && !page.contains("Who oversees it"), "{page}");
    drop(server);
    desk.file(
        "w/questions/dossier.toml",
        "[[section]]\nquestion = \"chain\"\nkind = [\"soldier\"]\ngiven = { unit = \"{record}\" }\ncolumns = [\"rank\"]\n",
    );
    let (_, _, told) = desk.serve().get("/problems");
    for fault in ["no column `rank`", "no parameter `unit`", "the kind `soldier`"] {
        assert!(told.contains("dossier.toml") && told.contains(fault), "{fault}: {told}");
    }
}

#[test]
fn two_missions_stand_beside_each_other() {
    let desk = Desk::new();
    for (record, name, title) in
        [("m/a", "Made-up Mission A", "Made-up resolution 1"), ("m/b", "Made-up Mission B", "Made-up resolution 2")]
    {
        desk.add(&[
            said("actor", record, json!({"name": name, "class": "mission"}), "Made-up Gazette"),
            said("mandate", &format!("{record}/1"), json!({"mission": record, "title": title}), "Made-up Gazette"),
        ]);
    }
    let server = desk.serve();
    let (_, _, page) = server.get("/beside/actor?record=m/a&valid_on=2021-06-30");
    assert!(page.contains("<option value=\"m/b\">Made-up Mission B"), "{page}");
    assert!(page.contains("<option value=\"\" selected>Select…"), "none of them stands beside it yet: {page}");
    let (status, _, page) = server.get("/beside/actor?record=m/a&with=m/b&valid_on=2021-06-30");
    assert_eq!(status, 200);
    for told in ["Made-up Mission A and Made-up Mission B", "Mandates over time", "Made-up resolution 1", "Made-up resolution 2"]
    {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert_eq!(server.get("/beside/actor?record=m/a&with=nobody").0, 404);
}

fn header<'h>(head: &'h str, name: &str) -> &'h str {
    head.lines().find_map(|l| l.strip_prefix(name)?.strip_prefix(": ")).unwrap_or_default()
}

#[test]
fn a_page_that_has_not_changed_is_not_sent_again() {
    let desk = brigade();
    let server = desk.serve();
    let (_, head, page) = server.get("/records/actor");
    let tag = header(&head, "etag").to_owned();
    assert!(tag.starts_with('"'), "{head}");
    let known = format!("If-None-Match: {tag}");
    let (status, _, body) = server.get_with("/records/actor", &known);
    assert_eq!((status, body.as_str()), (304, ""));
    desk.add(&[said("actor", "so/new", json!({"name": "Made-up Newcomer"}), "Made-up Gazette")]);
    let (status, _, changed) = server.get_with("/records/actor", &known);
    assert_eq!(status, 200, "what was recorded meanwhile is on it");
    assert!(changed.contains("Made-up Newcomer") && !page.contains("Made-up Newcomer"), "{changed}");
}

#[test]
fn only_what_is_for_everybody_may_be_written_to_a_browsers_disk() {
    let desk = brigade();
    let public = editing(&desk, &["--clearance", "public"]);
    assert_eq!(header(&public.get("/records/actor").1, "cache-control"), "private, no-cache");
    let cleared = editing(&desk, &["--clearance", "confidential"]);
    assert_eq!(header(&cleared.get("/records/actor").1, "cache-control"), "no-store");
}

fn reforms() -> Desk {
    let desk = Desk::new();
    let reform = |record: &str, title: &str| {
        json!({"kind": "reform", "record": record, "fields": {"title": title, "country": "SO", "status": "1", "due": "2021-12-31", "lead": "so/mod"},
            "source": "Made-up plan", "reliability": "A", "credibility": "1", "valid_from": "2019-01-01", "marking": "public"})
    };
    desk.add(&[
        said("actor", "so/mod", json!({"name": "Made-up Ministry", "class": "ministry", "country": "SO"}), "Made-up Gazette"),
        said("actor", "so/moj", json!({"name": "Made-up Court", "class": "justice", "country": "SO"}), "Made-up Gazette"),
        reform("r1", "Made-up reform one"),
        reform("r2", "Made-up reform two"),
        reform("r3", "Made-up reform three"),
    ]);
    desk
}

/// The model says which stage may follow which. Nobody tells of every step, so the others are there too.
#[test]
fn what_may_follow_a_stage_is_offered_first() {
    let desk = Desk::new();
    desk.add(&[said("law", "l", json!({"title": "Made-up Bill", "country": "SO", "stage": "committee"}), "Made-up Gazette")]);
    let page = editing(&desk, &[]).get("/ask/laws?valid_on=2021-06-30").2;
    let stages = page.split("name=\"set-stage\"").nth(1).and_then(|rest| rest.split("</select>").next()).expect("the stages");
    let at = |code: &str| stages.find(&format!("value=\"{code}\"")).expect("a stage");
    let next = ["draft", "cabinet", "committee", "plenary", "withdrawn"];
    let others = ["concept", "adopted", "in_force"];
    assert!(next.iter().all(|next| others.iter().all(|other| at(next) < at(other))), "{stages}");
}

#[test]
fn a_name_that_several_countries_have_means_the_one_of_the_record_s_country() {
    let desk = Desk::new();
    let ministry = |record: &str, country: &str| {
        said(
            "actor",
            record,
            json!({"name": "Made-up Ministry of Defence", "class": "ministry", "country": country}),
            "Made-up Gazette",
        )
    };
    let reform = |record: &str, country: &str, lead: &str| {
        said(
            "reform",
            record,
            json!({"title": "Made-up reform", "country": country, "lead": lead, "status": "1"}),
            "Made-up plan",
        )
    };
    desk.add(&[
        ministry("so/mod", "SO"),
        ministry("iq/mod", "IQ"),
        said("actor", "ke/court", json!({"name": "Made-up Court", "class": "justice", "country": "KE"}), "Made-up Gazette"),
        reform("r1", "SO", "ke/court"),
        reform("r2", "KE", "ke/court"),
        reform("r3", "KE", "iq/mod"),
    ]);
    let server = editing(&desk, &[]);
    let change = |record: &'static str| {
        [
            ("act", "change"),
            ("record", record),
            ("set-status", "2"),
            ("set-lead", "Made-up Ministry of Defence"),
            ("source", "Made-up letter"),
            ("since", "2021-06-01"),
            ("back", "/ask/plan_items?country=SO"),
        ]
    };
    sent(&server, "/change/reform?valid_on=2021-06-30", &change("r1"));
    assert_eq!(desk.value("select lead from reform where record = 'r1' and status = '2'"), "so/mod");
    let (status, _, page) = server.post("/change/reform?valid_on=2021-06-30", &change("r2"));
    assert!(status == 422 && page.contains("2 records are called"), "neither is in Kenya: {page}");
    // What the row shows and nobody changed stays who it is.
    sent(&server, "/change/reform?valid_on=2021-06-30", &change("r3"));
    assert_eq!(desk.value("select distinct lead from reform where record = 'r3'"), "iq/mod");
    let new = [
        ("title", "Payroll census of soldiers"),
        ("country", "IQ"),
        ("lead", "Made-up Ministry of Defence"),
        ("source", "Made-up plan"),
        ("valid_from", "2020"),
        ("marking", "public"),
    ];
    sent(&server, "/edit/reform", &new);
    assert_eq!(desk.value("select lead from reform where title = 'Payroll census of soldiers'"), "iq/mod");
}

#[test]
fn a_tracker_is_changed_in_its_row_and_what_was_true_before_stays_so() {
    let desk = reforms();
    let server = editing(&desk, &[]);
    let tracker = "/ask/plan_items?country=SO&valid_on=2021-06-30";
    let (_, _, page) = server.get(tracker);
    assert!(
        page.contains("action=\"/change/reform?")
            && page.contains("name=\"set-status\"")
            && page.contains("value=\"Made-up Ministry\""),
        "{page}"
    );
    let (status, _, body) =
        server.post("/change/reform?valid_on=2021-06-30", &[("act", "change"), ("record", "r1"), ("set-status", "2")]);
    assert!(status == 422 && body.contains("Enter the source of the change."), "{body}");
    let change = [
        ("act", "change"),
        ("record", "r1"),
        ("set-status", "2"),
        ("set-due", "2021-12-31"),
        ("set-lead", "Made-up Court"),
        ("source", "Made-up letter"),
        ("reliability", "C"),
        ("since", "2021-06-01"),
        ("back", tracker),
    ];
    // What cannot be recorded leads back to where it was typed.
    let nothing = [("act", "change"), ("record", "r1"), ("source", "Made-up letter"), ("back", "/ask/plan_items?country=SO")];
    let (status, _, refused) = server.post("/change/reform?valid_on=2021-06-30", &nothing);
    assert!(status == 422 && refused.contains("href=\"/ask/plan_items?country=SO\""), "{refused}");
    // And nothing of it is typed twice.
    let wrong = [&[("set-due", "some day")][..], &change[..3], &change[4..]].concat();
    let (status, _, refused) = server.post("/change/reform?valid_on=2021-06-30", &wrong);
    let typed = ["some day", "Made-up Court", "Made-up letter", "2021-06-01", "C"].map(|typed| format!("value=\"{typed}\""));
    assert!(status == 422 && typed.iter().all(|typed| refused.contains(typed)), "{typed:?}: {refused}");
    assert!(refused.contains("role=\"alert\"") && refused.contains("name=\"record\" value=\"r1\""), "{refused}");
    let page = sent(&server, "/change/reform?valid_on=2021-06-30", &change);
    assert!(page.contains("Recorded."), "{page}");
    let shown = |day: &str| {
        let rows = desk.json(&["ask", &desk.workspace(), "plan_items", "--country", "SO", "--valid-on", day, "--json"]);
        let row = rows["rows"].as_array().expect("rows").iter().find(|r| r["reform"] == "r1").expect("the reform").clone();
        ["reform_title", "reform_status", "lead", "due"].map(|c| row[c].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(
        shown("2021-06-30"),
        ["Made-up reform one", "2", "so/moj", "2021-12-31"],
        "though the letter is less reliable than the plan"
    );
    assert_eq!(shown("2021-05-31"), ["Made-up reform one", "1", "so/mod", "2021-12-31"]);
    let sources = desk.sql("select distinct source, json_extract(fields, '$.due') as due from statement where record = 'r1' and current = 1 order by 1, 2");
    assert_eq!(
        sources,
        [
            json!({"source": "Made-up letter", "due": null}),
            json!({"source": "Made-up plan", "due": null}),
            json!({"source": "Made-up plan", "due": "2021-12-31"}),
        ],
        "what stayed the same is not said anew"
    );
    let back = page.split("name=\"back\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a page to go back to");
    let back = back.replace("&#38;", "&");
    let (status, head, _) = server.post("/undo", &[("entry", &entry(&page)), ("back", &back)]);
    assert!(status == 303 && head.contains(&format!("location: {back}")), "{head}");
    assert_eq!(shown("2021-06-30"), ["Made-up reform one", "1", "so/mod", "2021-12-31"]);
}

#[test]
fn a_change_from_before_the_year_in_which_something_began_takes_its_place() {
    let desk = reforms();
    let server = editing(&desk, &[]);
    desk.add(&[
        json!({"kind": "reform", "record": "r4", "fields": {"title": "Made-up reform four", "country": "SO", "status": "1"},
        "source": "Made-up plan", "valid_from": "2022", "marking": "public"}),
    ]);
    let change =
        [("act", "change"), ("record", "r4"), ("set-status", "2"), ("source", "Made-up letter"), ("since", "2021-06-01")];
    sent(&server, "/change/reform?valid_on=2022-06-30", &change);
    let sql = "select json_extract(fields, '$.status') as status, valid_from, valid_to from statement where record = 'r4' and current = 1 \
               and json_extract(fields, '$.status') <> ''";
    assert_eq!(desk.sql(sql), [json!({"status": "2", "valid_from": "2021-06-01", "valid_to": null})]);
}

#[test]
fn a_change_in_a_row_has_the_address_of_its_own_source_and_of_no_other() {
    let desk = reforms();
    let server = editing(&desk, &[]);
    let gazette = [
        ("name", "Made-up Inspectorate"),
        ("is-another", "yes"),
        ("source", "Made-up Gazette 9"),
        ("url", "https://gazette.example/9"),
        ("marking", "public"),
    ];
    sent(&server, "/edit/actor", &gazette);
    let tracker = "/ask/plan_items?country=SO&valid_on=2021-06-30";
    let (_, _, page) = server.get(tracker);
    assert!(page.contains("<option value=\"Made-up Gazette 9\">"), "the last source is offered: {page}");
    assert!(page.contains("<input name=\"source\" size=\"24\" required"), "and not filled in: {page}");
    for (record, source) in [("r2", "Made-up Gazette 9"), ("r1", "Made-up letter")] {
        let change = [
            ("act", "change"),
            ("record", record),
            ("set-status", "2"),
            ("source", source),
            ("since", "2021-06-01"),
            ("back", tracker),
        ];
        sent(&server, "/change/reform?valid_on=2021-06-30", &change);
    }
    let said = desk
        .sql("select source, url from reform_statement where source in ('Made-up letter', 'Made-up Gazette 9') order by record");
    assert_eq!(
        said,
        [
            json!({"source": "Made-up letter", "url": null}),
            json!({"source": "Made-up Gazette 9", "url": "https://gazette.example/9"}),
        ]
    );
}

#[test]
fn many_records_are_changed_as_one_entry_and_taken_back_as_one() {
    let desk = reforms();
    let server = editing(&desk, &[]);
    let (_, _, page) = server.get("/records/reform");
    assert!(page.contains("form=\"bulk\" name=\"record\" value=\"r1\"") && page.contains("Change chosen records"), "{page}");
    let change = |act: &'static str, more: &[(&'static str, &'static str)]| {
        let fields = [&[("act", act), ("record", "r1"), ("record", "r2"), ("back", "/records/reform")][..], more].concat();
        entry(&sent(&server, "/change/reform?valid_on=2021-06-30", &fields))
    };
    let rows = |columns: &str| {
        let sql = format!("select {columns} as said from reform_statement order by record");
        desk.sql(&sql).iter().map(|r| r["said"].as_str().unwrap_or("-").to_owned()).collect::<Vec<_>>()
    };
    change("grade", &[("reliability", "B"), ("credibility", "2")]);
    assert_eq!(rows("reliability || credibility"), ["B2", "B2", "A1"]);
    change("verify", &[("since", "2021-06-29")]);
    assert_eq!(rows("substr(verified_at, 1, 10)"), ["2021-06-29", "2021-06-29", "-"]);
    let withdrawn = change("withdraw", &[]);
    assert_eq!(rows("record"), ["r3"]);
    assert_eq!(desk.value("select count(distinct entry) from statement where act = 'withdrawn'"), 1);
    server.post("/undo", &[("entry", &withdrawn)]);
    assert_eq!(rows("record"), ["r1", "r2", "r3"]);
}

#[test]
fn a_value_that_was_typed_is_not_lost_where_the_row_is_verified_as_it_is() {
    let desk = reforms();
    let server = editing(&desk, &[]);
    let verify = |status: &'static str, since: &'static str| {
        let fields = [
            ("act", "verify"),
            ("record", "r1"),
            ("set-status", status),
            ("set-due", "2021-12-31"),
            ("set-lead", "Made-up Ministry"),
            ("since", since),
            ("back", "/records/reform"),
        ];
        server.post("/change/reform?valid_on=2021-06-30", &fields)
    };
    let (status, _, page) = verify("3", "2021-06-28");
    assert!(status == 400 && page.contains("A value was changed here"), "{status}: {page}");
    assert_eq!(desk.value("select count(*) from reform_statement where verified_at is not null"), 0);
    // What the row shows is sent with it, and is no change.
    for (same, since) in [("", "2021-06-28"), ("1", "2021-06-29")] {
        assert_eq!(verify(same, since).0, 303, "status “{same}”");
    }
    assert_eq!(desk.value("select count(*) from reform_statement where verified_at is not null"), 1);
}

#[test]
fn a_marking_of_many_is_lowered_only_with_a_reason() {
    let desk = reforms();
    let server = editing(&desk, &["--clearance", "internal"]);
    let seen = |columns: &str| {
        let sql = format!("select {columns} as said from statement where record = 'r1' order by seq desc limit 1");
        let rows = desk.json(&["sql", &desk.workspace(), &sql, "--json", "--clearance", "internal"]);
        rows["rows"][0]["said"].as_str().expect("a text").to_owned()
    };
    let mark = |marking: &'static str| [("act", "mark"), ("record", "r1"), ("marking", marking), ("back", "/records/reform")];
    sent(&server, "/change/reform", &mark("internal"));
    assert_eq!(seen("marking"), "internal");
    let (status, _, page) = server.post("/change/reform", &mark("public"));
    assert!(status == 400 && page.contains("This lowers a marking that was Internal"), "{page}");
    sent(&server, "/change/reform", &[&mark("public")[..], &[("lowering", "made-up release")]].concat());
    assert_eq!((seen("marking"), seen("act")), ("public".to_owned(), "marked: made-up release".to_owned()));
}

#[test]
fn a_marking_of_many_that_is_raised_says_what_can_still_be_seen() {
    let desk = reforms();
    let fields = [("act", "mark"), ("record", "r1"), ("record", "r2"), ("marking", "internal"), ("back", "/records/reform")];
    let note = "What was said of these records before can still be seen";
    for clearance in ["internal", "public"] {
        let server = editing(&desk, &["--clearance", clearance]);
        let page = sent(&server, "/change/reform", &fields);
        assert!(page.contains(note) && page.contains("reform RECORD"), "{clearance}: {page}");
        server.post("/undo", &[("entry", &entry(&page))]);
    }
    let server = editing(&desk, &["--clearance", "internal"]);
    let graded = [("act", "grade"), ("record", "r1"), ("reliability", "B"), ("credibility", "2"), ("back", "/records/reform")];
    assert!(!sent(&server, "/change/reform", &graded).contains(note));
}

#[test]
fn what_a_reader_may_not_see_is_not_changed_with_the_rest() {
    let desk = reforms();
    desk.add(&[json!({"kind": "reform", "record": "r4", "fields": {"title": "Made-up secret reform"}, "source": "Made-up plan",
        "valid_from": "2019", "marking": "confidential"})]);
    let server = editing(&desk, &["--clearance", "internal"]);
    let (status, _, page) = server.post("/change/reform", &[("act", "withdraw"), ("record", "r4")]);
    assert!(status == 400 && !page.contains("secret"), "{page}");
    let count = "select count(*) as n from statement where record = 'r4'";
    let rows = desk.json(&["sql", &desk.workspace(), count, "--json", "--clearance", "confidential"]);
    assert_eq!(rows["rows"][0]["n"], 1);
}

#[test]
fn a_list_shows_the_columns_that_were_chosen_in_their_order_and_is_kept_under_a_name() {
    let desk = brigade();
    let server = editing(&desk, &[]);
    let list = "/records/actor?class=military&columns=country,name";
    let (_, _, csv) = server.get("/records/actor.csv?class=military&columns=country,name");
    assert_eq!(csv.lines().next().map(|l| l.trim_start_matches('\u{feff}')), Some("record,country,name"), "{csv}");
    let page = sent(&server, "/views", &[("name", "Made-up armies"), ("address", list)]);
    assert!(page.contains("Saved views") && page.contains(">Made-up armies</a>"), "{page}");
    let (_, _, page) = server.get("/records/relation");
    assert!(page.contains(">Made-up armies</a>"), "it is kept for all lists: {page}");
    assert_eq!(server.post("/views", &[("name", "Elsewhere"), ("address", "https://example.org/")]).0, 400);
    let page = sent(&server, "/views", &[("name", "Made-up armies"), ("address", list), ("remove", "yes")]);
    assert!(!page.contains(">Made-up armies</a>"), "{page}");
}

#[test]
fn a_form_begins_again_with_what_stays_the_same() {
    let desk = brigade();
    let server = editing(&desk, &[]);
    let page = sent(
        &server,
        "/edit/actor",
        &[
            ("name", "Made-up Battalion"),
            ("class", "military"),
            ("country", "SO"),
            ("source", "Made-up Gazette 9"),
            ("locator", "page 4"),
            ("reliability", "B"),
            ("credibility", "2"),
            ("marking", "internal"),
            ("another", "yes"),
        ],
    );
    assert!(page.contains("Recorded.") && page.contains("name=\"entry\""), "{page}");
    assert!(page.contains("<option value=\"military\" selected>") && !page.contains("value=\"Made-up Battalion\""), "{page}");
    assert!(page.contains("“Made-up Gazette 9”; B2; internal"), "source, grade and marking stand in one line: {page}");
    assert!(
        page.contains("id=\"f-name\" name=\"name\" value=\"\"") && page.contains("required autofocus"),
        "typing goes on: {page}"
    );
    assert!(!page.contains("page 4"), "where in the source the first one stood is not said of the next: {page}");
}

#[test]
fn services_without_a_sign_stand_in_one_line_below_the_matrix() {
    let desk = brigade();
    desk.add(&[said(
        "actor",
        "so/navy",
        json!({"name": "Made-up Navy", "class": "military", "country": "SO"}),
        "Made-up Gazette",
    )]);
    let server = desk.serve();
    let (_, _, page) = server.get("/ask/oversight?country=SO&valid_on=2021-06-30");
    let matrix =
        page.split("<table class=\"matrix marks\">").nth(1).and_then(|rest| rest.split("</table>").next()).expect("a matrix");
    assert!(matrix.contains("Made-up Army") && !matrix.contains("Made-up Navy"), "{matrix}");
    let folded = page.split("class=\"folded\"").nth(1).and_then(|rest| rest.split("</p>").next()).expect("a line of names");
    assert!(folded.contains("no overseer") && folded.contains("Made-up Navy"), "{folded}");
}

#[test]
fn columns_of_a_matrix_are_called_for_short_and_in_full_below() {
    let desk = brigade();
    let long = "Made-up Joint Committee for Oversight of the Work of the Army";
    let (short, source) = ("Made-up Inspectorate", "Made-up Gazette");
    let oversees = |record, by| {
        said("relation", record, json!({"subject": by, "relation": "oversees", "object": "so/army", "power": "budget"}), source)
    };
    desk.add(&[
        said("actor", "so/joint", json!({"name": long, "class": "parliament", "country": "SO"}), source),
        said("actor", "so/office", json!({"name": short, "acronym": "MUI", "class": "ministry", "country": "SO"}), source),
        oversees("r/1", "so/joint"),
        oversees("r/2", "so/office"),
    ]);
    let (_, _, page) = desk.serve().get("/ask/oversight?country=SO&valid_on=2021-06-30");
    assert!(page.contains(&format!("title=\"{long}\"><bdi>Made-up Joint Committee…</bdi></a>")), "{page}");
    assert!(page.contains(&format!("title=\"{short}\"><bdi>MUI</bdi></a>")), "{page}");
    assert!(
        page.contains(&format!("<span><bdi>{long}</bdi></span>"))
            && page.contains(&format!("<b><bdi>MUI</bdi></b> <bdi>{short}</bdi>")),
        "{page}"
    );
}

#[test]
fn the_matrices_of_two_countries_stand_on_one_page() {
    let desk = brigade();
    let source = "Made-up Gazette";
    desk.add(&[said("actor", "ke/force", json!({"name": "Made-up Coast Force", "class": "military", "country": "KE"}), source)]);
    let page = desk.serve().get("/ask/oversight?country=SO&compare=KE&valid_on=2021-06-30").2;
    let (first, second) = page.split_once("<h2>Kenya</h2>").expect("the other country");
    assert!(
        first.contains("<h2>Somalia</h2>") && first.contains("Made-up Army") && second.contains("Made-up Coast Force"),
        "{page}"
    );
}

#[test]
fn from_the_overview_of_a_plan_its_reforms_are_changed_and_added() {
    let desk = reforms();
    let page = editing(&desk, &[]).get("/ask/plan?country=SO&valid_on=2021-06-30").2;
    assert!(page.contains("action=\"/change/reform") && page.contains("href=\"/edit/reform"), "{page}");
}

#[test]
fn from_a_unit_and_a_country_one_click_leads_to_what_is_asked_of_them_daily() {
    let desk = brigade();
    let server = desk.serve();
    let unit = server.get("/record/actor?record=so/brigade&valid_on=2021-06-30").2;
    assert!(
        unit.contains("href=\"/ask/screening?actor=so%2Fbrigade") && unit.contains("href=\"/ask/trained_units?unit="),
        "{unit}"
    );
    let country = server.get("/country/SO").2;
    assert!(country.contains("href=\"/reports?country=SO&#38;template=brief"), "{country}");
    let reports = server.get("/reports?country=SO&template=brief").2;
    assert!(reports.contains("value=\"brief\" checked"), "{reports}");
}

#[test]
fn who_mistypes_is_told_what_may_have_been_meant() {
    let desk = brigade();
    for (arguments, meant) in [
        (vec!["ask", "w", "oversigth"], "did you mean `oversight`?"),
        (vec!["ask", "w", "oversight", "--contry", "SO"], "did you mean `country`?"),
        (vec!["ask", "w", "oversight", "--clearence", "public"], "did you mean `clearance`?"),
        (vec!["ask", "w", "oversight", "--country", "Somalai"], "did you mean `Somalia`?"),
        (vec!["ask", "w", "all_support", "--sign", "mandted"], "did you mean `mandated`?; use one of coded"),
        (vec!["ask", "w", "support", "--who", "spender"], "no value for `who`; use one of reporter, funder, implementer"),
        (vec!["ask", "w", "undated", "--kind", "aktor"], "did you mean `actor`?; use one of actor, "),
        (vec!["ask", "w", "oversight", "--country", "Korea"], "such as KP (Democratic People"),
        (vec!["ask", "w", "oversight", "--country", "Ukrane"], "did you mean `Ukraine`?"),
        (vec!["ask", "w", "oversight", "--country", "Україна"], "did you mean `Ukraine`?"),
        (vec!["serv", "w"], "'serve'"),
    ] {
        let (code, told) = desk.fails(&arguments);
        assert!(code == 2 && told.contains(meant), "{arguments:?}: {code} {told}");
    }
    let server = desk.serve();
    for (address, meant) in [("/ask/oversigth", "Did you mean “oversight”?"), ("/country/Somalai", "Did you mean “Somalia”?")]
    {
        let (status, _, page) = server.get(address);
        assert!(status == 404 && page.contains(meant), "{address}: {page}");
    }
}

#[test]
fn a_day_may_be_typed_as_people_type_it_where_that_is_clear() {
    let desk = brigade();
    assert_eq!(desk.ask("chain", &["--actor", "so/brigade", "--valid-on", "30/06/2021"]).len(), 2);
    assert_eq!(desk.fails(&["ask", "w", "chain", "--valid-on", "03/04/2021"]).0, 2);
    let server = editing(&desk, &[]);
    let page = sent(
        &server,
        "/edit/law",
        &[
            ("title", "Made-up law"),
            ("adopted", "31/12/2020"),
            ("source", "Made-up Gazette"),
            ("valid_from", "13.1.2021"),
            ("marking", "public"),
        ],
    );
    assert!(page.contains("31\u{a0}Dec\u{a0}2020"), "{page}");
    assert_eq!(desk.value("select valid_from from law_statement"), "2021-01-13");
}

#[test]
fn a_day_is_read_as_the_language_of_the_page_writes_it() {
    let desk = brigade();
    let server = editing(&desk, &[]);
    let law = [
        ("title", "Made-up law"),
        ("adopted", "12/05/2025"),
        ("source", "Made-up Gazette"),
        ("valid_from", "mars 2026"),
        ("marking", "public"),
    ];
    let (status, _, page) = server.post("/edit/law?lang=en", &law);
    assert!(status == 422 && page.contains("“12/05/2025” can be read two ways"), "{page}");
    sent(&server, "/edit/law?lang=fr", &law);
    assert_eq!(desk.value("select adopted || ' ' || valid_from from law_statement"), "2025-05-12 2026-03");
}

#[test]
fn a_new_record_is_of_the_country_of_a_workspace_of_one() {
    let desk = Desk::new();
    let workspace = desk.path("ml").display().to_string();
    desk.ok(&["init", &workspace, "--country", "ML"]);
    let server = Server::start(std::path::Path::new(&workspace), &["--author", "Made-up Adviser"]);
    for (address, is_chosen) in
        [("recommendation", true), ("recommendation?country=NE", false), ("recommendation?record=made-up", false)]
    {
        let page = server.get(&format!("/edit/{address}")).2;
        assert_eq!(page.contains("<option value=\"ML\" selected>"), is_chosen, "{address}: {page}");
    }
    for kind in ["recommendation", "reform", "project", "need", "strategy", "law", "training"] {
        let page = server.get(&format!("/edit/{kind}")).2;
        assert_eq!(page.matches("value=\"ML\"").count(), 1, "{kind} names nobody by the country: {page}");
        assert!(page.contains("<option value=\"ML\" selected>"), "{kind}: {page}");
    }
}

#[test]
fn what_names_no_country_is_of_that_of_a_workspace_of_one() {
    let desk = Desk::new();
    let workspace = desk.path("ml").display().to_string();
    desk.ok(&["init", &workspace, "--country", "ML"]);
    let told = |kind: &str, record: &str, fields: Value| said(kind, record, fields, "Made-up sheet");
    let added = desk.told(
        &["add", &workspace],
        &[
            told("actor", "pol", json!({"name": "Made-up Police", "class": "police"})),
            told("strategy", "plan", json!({"title": "Made-up plan", "stage": "implementation"})),
            told("reform", "r1", json!({"title": "Made-up reform", "strategy": "plan", "status": "1", "due": "2026-01-31"})),
            told(
                "recommendation",
                "c1",
                json!({"text": "Made-up recommendation", "addressee": "pol", "date": "2025", "status": "1"}),
            ),
            told("law", "l1", json!({"title": "Made-up law", "stage": "draft"})),
            told("article_comment", "k1", json!({"law": "l1", "article": "3", "gap": "vague", "comment": "Made-up comment"})),
            told("dialogue", "d1", json!({"title": "Made-up dialogue"})),
            told("outcome", "o1", json!({"dialogue": "d1", "text": "Made-up outcome"})),
            told("training", "t1", json!({"course": "Made-up course", "recipient": "pol", "starts": "2025"})),
            told("strength", "g1", json!({"institution": "pol", "rank_band": "OF-2", "year": 2025, "women": 40, "total": 100})),
        ],
    );
    assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
    let rows = |question: &str, country: &str| {
        let asked = ["ask", &workspace, question, "--country", country, "--valid-on", "2026-11-30", "--json"];
        desk.json(&asked)["rows"].as_array().expect("rows").clone()
    };
    for question in [
        "strategies",
        "plan",
        "plan_items",
        "recommendations",
        "recommendation_items",
        "laws",
        "law_comments",
        "dialogues",
        "trainings",
        "overdue",
        "women_by_rank",
    ] {
        let of_home = rows(question, "ML");
        assert!(!of_home.is_empty(), "{question}");
        assert!(of_home.iter().all(|row| row.get("country").is_none_or(|country| country == "ML")), "{question}: {of_home:?}");
        assert_eq!(rows(question, "NE"), Vec::<Value>::new(), "{question}");
    }
}

#[test]
fn a_country_without_support_says_so_once() {
    let desk = brigade();
    let server = desk.serve();
    let (_, _, page) = server.get("/country/SO");
    // A donor's support of the army is a sign of its own.
    let told =
        "No aid activity to the security sector is on record, but one other sign of support: stated, mandated or reported.";
    assert_eq!(page.matches(told).count(), 1, "{page}");
    for empty in ["<dl class=\"figs\">", "<svg", "Where words stand", "How sure it is"] {
        assert!(!page.replace(&page[..page.find("<main").expect("a page")], "").contains(empty), "{empty}: {page}");
    }
}

/// A desk with a plan, a recommendation and a law that nothing was said about yet.
fn followed() -> Desk {
    let desk = Desk::new();
    desk.add(&[
        said("actor", "so/police", json!({"name": "Made-up Police", "class": "police", "country": "SO"}), "Made-up Gazette"),
        said(
            "strategy",
            "s1",
            json!({"title": "Made-up Security Plan", "country": "SO", "stage": "implementation"}),
            "Made-up plan",
        ),
        said(
            "reform",
            "r1",
            json!({"title": "Made-up pay by bank", "strategy": "s1", "country": "SO", "status": "1"}),
            "Made-up plan",
        ),
        json!({"kind": "recommendation", "record": "rec1", "source": "Made-up report", "marking": "public",
            "fields": {"text": "Made-up: publish the rules", "country": "SO", "addressee": "so/police", "date": "2021-03-01"}}),
        json!({"kind": "strength", "record": "st1", "source": "Made-up report", "marking": "public",
            "fields": {"institution": "so/police", "day": "2021-01-01", "total": 7310}}),
        json!({"kind": "article_comment", "record": "c1", "source": "Made-up report", "marking": "public",
            "fields": {"law": "l1", "article": "1", "gap": "vague", "date": "2021-01-01"}}),
        said("law", "l1", json!({"title": "Made-up Police Bill", "country": "SO", "stage": "draft"}), "Made-up Gazette"),
    ]);
    desk
}

#[test]
fn the_page_of_a_record_leads_to_what_can_be_said_about_it() {
    let desk = followed();
    desk.add(&[said("actor", "so/unit", json!({"name": "Made-up Unit"}), "Made-up Gazette")]);
    let server = editing(&desk, &[]);
    let (_, _, unit) = server.get("/record/actor?record=so/unit");
    assert!(unit.contains("href=\"/ask/screening?actor="), "whether it may be supported is asked whatever its class: {unit}");
    for (page, form) in [
        ("/record/strategy?record=s1", "/edit/reform?strategy=s1"),
        ("/record/recommendation?record=rec1", "/edit/follow_up?recommendation=rec1"),
        ("/record/law?record=l1", "/edit/article_comment?law=l1"),
    ] {
        let (_, _, shown) = server.get(page);
        let shown = shown.replace("&#38;", "&");
        assert!(shown.contains(&format!("href=\"{form}")), "{form}: {shown}");
    }
    let (_, _, form) = server.get("/edit/reform?strategy=s1&country=SO");
    assert!(form.contains("name=\"strategy\" value=\"Made-up Security Plan\""), "it begins with the plan: {form}");
    let reading = Server::start(std::path::Path::new(&desk.workspace()), &["--read-only"]);
    assert!(!reading.get("/record/strategy?record=s1").2.contains("/edit/"), "who only reads is offered nothing to write");
}

#[test]
fn what_happened_on_a_day_is_not_said_to_be_without_dates() {
    let desk = followed();
    let (_, _, page) = desk.serve().get("/record/recommendation?record=rec1&valid_on=2021-06-30");
    assert!(page.contains("1\u{a0}Mar\u{a0}2021") && !page.contains("dates not known"), "{page}");
}

#[test]
fn what_a_fact_says_in_another_direction_does_not_take_its_dates_apart() {
    let desk = brigade();
    let (_, _, page) = desk.serve().get("/record/actor?record=so/brigade&valid_on=2021-06-30&lang=ar");
    assert!(page.contains("<bdi>Made-up Brigade</bdi> <span class=\"note\">"), "{page}");
}

#[test]
fn a_strength_on_no_list_is_shown_with_its_number() {
    let desk = followed();
    let (_, _, page) = desk.serve().get("/record/actor?record=so/police&valid_on=2021-06-30");
    let section =
        page.split_once("How many there really are").and_then(|(_, rest)| rest.split("</section>").next()).expect("a section");
    assert!(section.contains("7,310"), "{section}");
}

#[test]
fn where_no_support_is_on_record_that_is_said_once_with_what_to_do() {
    let desk = Desk::new();
    let page = editing(&desk, &[]).get("/support?country=SO").2;
    assert!(page.contains("<a href=\"/sheets?valid_on=") && page.contains("\">Import files</a>"), "{page}");
    assert!(!page.contains("id=\"overlaps\""), "{page}");
    let read = Server::start(std::path::Path::new(&desk.workspace()), &["--read-only"]);
    assert!(!read.get("/support?country=SO").2.contains("href=\"/sheets"), "who cannot import is not told to");
}

#[test]
fn a_screening_comes_to_a_sentence_that_clears_nobody() {
    let desk = brigade();
    let path = "/ask/screening?actor=so/brigade&valid_on=2021-06-30";
    let page = editing(&desk, &["--clearance", "public"]).get(path).2;
    assert!(
        page.contains("This clears nobody") && page.contains("</b> No commander of that day on record that you may see"),
        "{page}"
    );
    let page = editing(&desk, &["--clearance", "confidential"]).get(path).2;
    // Whom it looked at stands above it; what else it says stands below what it is about, so that it fits a screen.
    assert!(page.contains("<p>Looked at, as far as you may see: Made-up Brigade, Made-up Army"), "{page}");
    assert!(
        page.contains("<table class=\"folds sorts\"") && page.contains("<span class=\"unit\">Happened</span> 2019"),
        "{page}"
    );
    assert!(!page.contains("data-column=\"happened_on\"") && !page.contains("data-column=\"risk_score\""), "{page}");
    assert!(!page.contains("This clears nobody") && page.contains("<b>1</b> Incident of this unit or person"), "{page}");
    // Who is not there on the day has nothing on record either, which says nothing.
    let page = editing(&desk, &["--clearance", "public"]).get("/ask/screening?actor=so/brigade&valid_on=1990-01-01").2;
    assert!(!page.contains("This clears nobody"), "{page}");
}

#[test]
fn an_answer_without_rows_says_how_to_begin() {
    let desk = Desk::new();
    let page = editing(&desk, &[]).get("/ask/women_by_rank?country=SO").2;
    assert!(page.contains("href=\"/edit/strength?country=SO") && page.contains("href=\"/sheets"), "{page}");
    assert!(!page.contains("0 rows"), "that there is nothing is said once: {page}");
    let read = Server::start(std::path::Path::new(&desk.workspace()), &["--read-only"]);
    let page = read.get("/ask/women_by_rank?country=SO").2;
    assert!(!page.contains("/edit/strength"), "who cannot write is offered no form: {page}");
}

#[test]
fn the_picture_of_a_plan_calls_what_belongs_to_none_so_and_says_of_how_many_reforms() {
    let desk = Desk::new();
    desk.add(&[
        said("reform", "r1", json!({"title": "Made-up pay by bank", "country": "SO", "status": "1"}), "Made-up plan"),
        said(
            "reform",
            "r2",
            json!({"title": "Made-up barracks", "country": "SO", "pillar": "Army", "status": "2"}),
            "Made-up plan",
        ),
    ]);
    let server = desk.serve();
    let page = server.get("/ask/plan?country=SO&valid_on=2021-06-30&lang=fr").2;
    assert!(page.contains("Sans stratégie (2)") && !page.contains("(n ="), "{page}");
    let page = server.get("/ask/plan?country=SO&by=pillar&valid_on=2021-06-30").2;
    assert!(page.contains("Without a strategy: Army (1)") && page.contains(">Without a strategy: Army<"), "{page}");
    // How it is counted is said in the reader's language too.
    let page = server.get("/ask/plan?country=SO&by=pillar&valid_on=2021-06-30&lang=fr").2;
    assert!(page.contains("Où en est le plan, Somalie, pilier"), "{page}");
}

#[test]
fn a_tracker_is_asked_for_a_plan_that_is_there_or_says_that_it_is_not() {
    let desk = followed();
    let server = editing(&desk, &[]);
    let (status, _, page) = server.get("/ask/plan?strategy=Made-up+Securty+Plan");
    assert!(status == 400 && page.contains("Did you mean") && page.contains("Made-up Security Plan"), "{page}");
    let (status, _, page) = server.get("/ask/plan_items?strategy=made-up+security+plan&valid_on=2021-06-30");
    assert_eq!(status, 200, "{page}");
    assert!(page.contains("data-suggest=\"/suggest/strategy\""), "names are offered while somebody types: {page}");
    let table = page.split("<table").find(|t| t.contains("name=\"act\"")).expect("the tracker");
    let row = table.split("<tbody>").nth(1).expect("rows");
    assert!(
        row.contains("<th scope=\"row\"><a href=") && row.find("Made-up pay by bank") < row.find("Made-up Security Plan"),
        "a row is called after its reform: {row}"
    );
}

#[test]
fn where_things_are_counted_half_a_thing_is_no_step_of_the_axis() {
    let desk = followed();
    let (_, _, page) = desk.serve().get("/ask/law_comments?country=SO&valid_on=2021-06-30");
    let svg = page.split("class=\"picture stacked").nth(1).and_then(|rest| rest.split("</svg>").next()).expect("a picture");
    assert_eq!(svg.matches(">0</text>").count(), 1, "{svg}");
}

#[test]
fn a_picture_beside_a_matrix_leaves_no_half_of_the_page_empty_and_a_timeline_is_called_by_name() {
    let desk = brigade();
    let server = desk.serve();
    let (_, _, page) = server.get("/ask/oversight?country=SO&valid_on=2021-06-30");
    assert_eq!(page.matches("class=\"beside\"").count(), 1, "{page}");
    assert_eq!(page.matches("How this is counted").count(), 1, "{page}");
    let (_, _, page) = server.get("/ask/timeline?record=so/brigade&valid_on=2021-06-30");
    assert!(page.contains("Timeline, Made-up Brigade") && !page.contains("Timeline, so/brigade"), "{page}");
}

/// What fills the box of a key in a picture.
fn fill_of(picture: &str, words: &str) -> String {
    let before = picture.split(&format!(">{words}</text>")).next().expect("a key");
    let fill = before.rsplit("class=\"sign\"").next().and_then(|sign| sign.split("fill=\"").nth(1)).expect("a box");
    fill.split('"').next().and_then(|fill| fill.rsplit('-').next()).expect("a fill").to_owned()
}

#[test]
fn a_status_has_one_colour_in_all_pictures_of_a_page() {
    let desk = followed();
    let reform = |record: &str, fields: Value| said("reform", record, fields, "Made-up plan");
    desk.add(&[
        reform("r2", json!({"title": "Made-up uniforms", "strategy": "s1", "country": "SO", "due": "2022"})),
        reform("r3", json!({"title": "Made-up pensions", "strategy": "s1", "country": "SO", "due": "2022", "status": "2"})),
        reform("r4", json!({"title": "Made-up barracks", "strategy": "s1", "country": "SO", "due": "2022", "status": "1"})),
    ]);
    let (_, _, page) = desk.serve().get("/ask/plan_items?country=SO&valid_on=2021-06-30");
    let picture = |form: &str| {
        let rest = page.split(&format!("class=\"picture {form}")).nth(1).unwrap_or_else(|| panic!("no {form}"));
        rest.split("</svg>").next().expect("an end").to_owned()
    };
    let (timeline, stacked) = (picture("timeline"), picture("stacked"));
    // What a table says of such a cell, the picture beside it says too.
    for words in ["Minimal", "Intermediate", "Status: none on record"] {
        assert_eq!(fill_of(&timeline, words), fill_of(&stacked, words), "{words}");
    }
    assert!(!page.contains("Status: not reported"), "{page}");
}

#[test]
fn what_has_no_day_is_no_bar_of_a_timeline() {
    let desk = brigade();
    let server = editing(&desk, &["--clearance", "public"]);
    let (_, _, page) = server.get("/ask/commanders?actor=so/brigade&valid_on=2021-06-30");
    assert!(page.contains("Nobody on record that you may see") && !page.contains("class=\"picture"), "nobody is no bar: {page}");
    let plan = followed();
    let reform = json!({"title": "Made-up pensions", "strategy": "s1", "country": "SO", "due": "2022", "status": "2"});
    let courts = json!({"title": "Made-up courts", "strategy": "s1", "country": "SO", "due": "2022-03-31", "status": "2"});
    plan.add(&[said("reform", "r2", reform, "Made-up plan"), said("reform", "r3", courts, "Made-up plan")]);
    let (_, _, page) = plan.serve().get("/ask/plan_items?country=SO&valid_on=2021-06-30");
    // Of which only the day is known by which it is due, it was not so ever since.
    for start in ["not known (2022)", "not known (31\u{a0}Mar\u{a0}2022)"] {
        assert!(page.contains(start), "{start}: {page}");
    }
    let picture = page.split("class=\"picture timeline").nth(1).and_then(|rest| rest.split("</svg>").next()).expect("a timeline");
    assert!(picture.contains("Made-up pensions") && !picture.contains("Made-up pay by bank"), "{picture}");
}

#[test]
fn columns_with_nothing_in_any_row_stand_in_a_line_below_the_table() {
    let desk = followed();
    let server = desk.serve();
    let (_, _, page) = server.get("/ask/plan_items?country=SO&valid_on=2021-06-30");
    let (table, below) = page.split_once("data-downloaded").and_then(|(_, rest)| rest.split_once("</table>")).expect("a table");
    assert!(
        table.contains("Made-up pay by bank") && table.contains(">Status</th>") && !table.contains(">Blocked by</th>"),
        "{table}"
    );
    let line =
        below.split("Nothing is on record that you may see in these columns: ").nth(1).and_then(|rest| rest.split("</p>").next());
    assert!(line.is_some_and(|names| names.contains("Blocked by") && names.contains("Horizon")), "{below}");
    let (_, _, csv) = server.get("/ask/plan_items.csv?country=SO&valid_on=2021-06-30");
    assert!(csv.contains("blocker"), "the downloads have all: {csv}");
    // Only who sees all is told that there is nothing.
    let all = Server::start(&desk.path("w"), &["--clearance", "strictly_confidential"]);
    let (_, _, page) = all.get("/ask/plan_items?country=SO&valid_on=2021-06-30");
    assert!(page.contains("Nothing is on record in these columns: ") && !page.contains("you may see in these"), "{page}");
}

#[test]
fn search_calls_codes_by_their_names_and_finds_the_page_that_is_called_so() {
    let desk = followed();
    let role = json!({"actor": "so/police", "function": "policy_and_planning", "role": "lead"});
    let brief =
        json!({"name": "Made-up Office", "class": "ministry", "country": "SO", "note": "Made up: it is to brief parliament"});
    desk.add(&[said("assignment", "so/planning", role, "Made-up Gazette"), said("actor", "so/office", brief, "Made-up Gazette")]);
    let server = editing(&desk, &[]);
    let (_, _, page) = server.get("/search?q=planning");
    assert!(page.contains("in Function: Policy, law and planning") && !page.contains("policy_and_planning"), "{page}");
    let (_, _, page) = server.get("/search?q=brief");
    assert!(page.contains("href=\"/reports") && page.contains("Made-up Office"), "a report is called so: {page}");
    let (_, _, page) = server.get("/search?q=ends%20soon%20brief%20parliament");
    let (question, instead) = (page.find("href=\"/ask/ending"), page.find("No record has “"));
    assert!(question.is_some() && question < instead, "what a question is called is found, whatever records have: {page}");
    let (_, _, page) = server.get("/search?q=share");
    assert!(page.contains("href=\"/exchange"), "{page}");
}

#[test]
fn the_country_of_a_page_is_kept_on_the_way_to_support_questions_and_reports() {
    let desk = followed();
    let server = editing(&desk, &[]);
    for page in ["/?country=SO", "/country/SO", "/ask/plan?country=SO", "/questions?country=SO"] {
        let shown = server.get(page).2;
        for to in ["/support?country=SO&#38;", "/questions?country=SO&#38;", "/reports?country=SO&#38;"] {
            assert!(shown.contains(&format!("href=\"{to}")), "{to} on {page}: {shown}");
        }
    }
    let (_, _, questions) = server.get("/questions?country=SO");
    assert!(
        questions.contains("<b>Somalia</b>") && questions.contains("href=\"/ask/women_by_rank?country=SO&#38;"),
        "{questions}"
    );
    assert!(questions.contains("href=\"/ask/chain?valid_on"), "what cannot be asked of a country is not: {questions}");
    for page in ["/questions", "/questions?country=ZZZ", "/records/actor?country=SO&country=KE"] {
        let (_, _, shown) = server.get(page);
        assert!(shown.contains("href=\"/support?valid_on") && !shown.contains("<b>Somalia</b>"), "{page}: {shown}");
    }
}

#[test]
fn home_leads_to_the_trackers_to_a_brief_and_to_sharing() {
    let desk = followed();
    desk.add(&[
        json!({"kind": "reform", "record": "r9", "source": "Made-up plan", "source_date": "2020-01-01", "valid_from": "2020",
        "marking": "public", "fields": {"title": "Made-up vetting", "country": "SO", "status": "1"}}),
    ]);
    let (_, _, page) = editing(&desk, &[]).get("/?country=SO");
    for to in ["/ask/plan?country=SO", "/ask/recommendations?country=SO", "/reports?country=SO", "/exchange"] {
        assert!(page.contains(&format!("href=\"{to}")), "{to}: {page}");
    }
    assert!(page.contains("<h2><a href=\"/ask/unverified?"), "what nobody has looked at for long: {page}");
    let cut = page.split("<details class=\"cut\">").nth(1).and_then(|rest| rest.split("</details>").next()).expect("the cut");
    assert!(cut.contains("remit serve WORKSPACE --clearance MARKING"), "how to see more: {cut}");
    let read = Server::start(std::path::Path::new(&desk.workspace()), &["--read-only"]).get("/?country=SO").2;
    assert!(read.contains("href=\"/ask/plan?country=SO") && !read.contains("href=\"/exchange"), "{read}");
}

#[test]
fn support_by_nobody_named_is_a_row_that_leads_to_it_alone() {
    let desk = Desk::new();
    let project = |record: &str, fields: Value| json!({"kind": "project", "record": record, "fields": fields, "source": "Made-up list", "marking": "public"});
    desk.add(&[
        project("p1", json!({"title": "Made-up barracks", "country": "SO", "starts": "2020"})),
        project("p2", json!({"title": "Made-up course", "country": "SO", "starts": "2020", "supporter": "Made-up Donor"})),
    ]);
    let (_, _, page) = desk.serve().get("/support?country=SO&valid_on=2021-06-30");
    assert!(page.contains("supporter=not_named") && page.contains(">not named</a></th>"), "{page}");
    let of_nobody = desk.ask("all_support", &["--supporter", "not_named", "--valid-on", "2021-06-30"]);
    assert!(of_nobody.len() == 1 && of_nobody[0]["record"] == "p1", "{of_nobody:?}");
}

#[test]
fn what_is_kept_of_a_list_follows_what_is_recorded() {
    let desk = Desk::new();
    let actor = |record: &str, name: &str, class: &str| json!({"kind": "actor", "record": record, "marking": "public", "source": "Made-up report", "fields": {"name": name, "class": class}});
    desk.add(&[actor("b", "Made-up Beta", "police"), actor("a", "made-up alpha", "military")]);
    let server = Server::start(desk.workspace().as_ref(), &["--author", "Made-up Adviser"]);
    let shown = |path: &str| {
        let page = server.get(path).2;
        let at = |name: &str| page.find(&format!(">{name}</a>"));
        ["made-up alpha", "Made-up Beta", "Made-up Gamma"].map(at)
    };
    let [alpha, beta, _] = shown("/records/actor");
    assert!(alpha.is_some() && alpha < beta, "in the order of their names, whatever their letters");
    let [alpha, beta, _] = shown("/records/actor?sort=-name");
    assert!(beta.is_some() && beta < alpha);
    let [alpha, beta, _] = shown("/records/actor?class=police");
    assert!(alpha.is_none() && beta.is_some());
    desk.add(&[actor("c", "Made-up Gamma", "police"), actor("b", "Made-up Beta", "justice")]);
    let [alpha, beta, gamma] = shown("/records/actor");
    assert!(alpha < beta && beta < gamma && gamma.is_some());
    assert!(shown("/records/actor?class=police")[2].is_some());
}

#[test]
fn a_power_of_which_no_use_is_known_is_never_the_strong_line() {
    let desk = Desk::new();
    let actor = |record: &str, class: &str| said("actor", record, json!({"name": record, "class": class}), "Made-up report");
    let overseen = |by: &str, more: &[(&str, &str)]| {
        let mut fields = json!({"subject": by, "relation": "oversees", "object": "so/police", "power": "legislation"});
        for (field, value) in more {
            fields[*field] = json!(value);
        }
        json!({"kind": "relation", "record": format!("r-{by}"), "fields": fields, "source": "Made-up report",
            "valid_from": "2025-01-01", "marking": "public"})
    };
    desk.add(&[actor("so/police", "police"), actor("so/house", "parliament"), overseen("so/house", &[])]);
    let server = desk.serve();
    let lines = || server.get("/ask/oversight?valid_on=2025-06-01").2;
    let (strong, pale) = ("stroke=\"var(--c1,", "stroke-dasharray=\"1 4\"");
    let page = lines();
    assert!(page.contains(pale) && !page.contains(strong), "{page}");
    // Where one is exercised, that is the strong one, and the other as pale as before.
    desk.add(&[actor("so/audit", "oversight"), overseen("so/audit", &[("in_practice", "exercised")])]);
    let page = lines();
    assert!(page.contains(pale) && page.contains(strong), "{page}");
}

#[test]
fn a_list_past_its_last_page_is_not_empty_and_takes_codes_by_their_names() {
    let desk = brigade();
    let server = desk.serve();
    for address in ["/records/actor?page=9", "/records/actor?country=Somalia", "/records/actor?country=SO&page=2"] {
        let (_, _, page) = server.get(&format!("{address}&valid_on=2021-06-30"));
        assert!(page.contains("4 records") && page.contains("Made-up Brigade"), "{address}: {page}");
    }
    let (status, _, page) = server.get("/records/actor?country=Atlantis&valid_on=2021-06-30");
    assert!(status == 400 && page.contains("no value for “Country”"), "a filter that is mistyped is none: {page}");
    let (status, _, page) = server.get("/records/actor.csv?class=polise&lang=fr");
    assert!(status == 400 && page.contains("Police et gendarmerie"), "{page}");
}

#[test]
fn history_says_of_a_proposal_that_it_waits_and_where_it_is_decided_on() {
    let desk = Desk::new();
    desk.add(&[json!({"kind": "actor", "record": "so/police", "fields": {"name": "Made-up Police"}, "status": "proposed",
        "source": "Made-up report", "marking": "public"})]);
    let server = editing(&desk, &[]);
    for address in ["/history", "/history/actor?record=so/police"] {
        let (_, _, page) = server.get(address);
        assert!(page.contains("href=\"/review") && !page.contains("No longer valid"), "{address}: {page}");
    }
    let (_, _, page) = server.get("/history");
    assert!(
        page.contains("1 proposal waits: <a href=\"/record/actor?record=so%2Fpolice") && page.contains(">Made-up Police</a>"),
        "{page}"
    );
    let statement = desk.value("select statement from statement").as_str().expect("a proposal").to_owned();
    server.post("/decide", &[("statement", &statement), ("decision", "accepted")]);
    assert!(!server.get("/history").2.contains("1 proposal waits"));
}

#[test]
fn pictures_write_colons_and_lists_as_the_language_of_the_page_does() {
    let desk = followed();
    let server = editing(&desk, &[]);
    for (language, source, between) in
        [("en", "Source: ", "Plan: "), ("fr", "Source\u{a0}: ", "Plan\u{a0}: "), ("ar", "المصدر: ", "Plan: ")]
    {
        let (_, _, page) = server.get(&format!("/ask/plan_items?lang={language}"));
        let svg = page.split("class=\"picture stacked").nth(1).and_then(|rest| rest.split("</svg>").next()).expect("a picture");
        let read_out = svg.split("<desc").nth(1).and_then(|rest| rest.split("</desc>").next()).expect("what is read out");
        assert!(svg.contains(source), "{language}: {svg}");
        assert!(read_out.contains(between) && svg.contains(&format!("<title>Made-up Security {between}")), "{language}: {svg}");
    }
    let (_, _, page) = server.get("/history?lang=fr");
    assert!(!page.contains("valable: ") && page.contains("valable\u{a0}: "), "{page}");
}

#[test]
fn axes_with_nothing_on_them_are_not_drawn() {
    let desk = Desk::new();
    desk.import("missions.csv", "record,name,acronym,class,country\nmission/m,Made-up Mission,MUM,mission,SO\n");
    desk.import("people.csv", "record,service,mission,country,year,women,men,total\n,Made-up peacekeepers,MUM,SO,2020,,,100\n");
    let (_, _, page) = desk.serve().get("/ask/women?valid_on=2021-06-30");
    assert!(page.contains("100") && !page.contains("class=\"picture series"), "{page}");
}

#[test]
fn since_a_day_is_since_that_day_however_it_is_typed() {
    let desk = followed();
    let all = desk.ask("changes", &["--since", "2001-12-31"]).len();
    assert!(all > 3);
    assert_eq!(desk.ask("changes", &["--since", "31/12/2001"]).len(), all, "as text, every day would be before it");
    assert_eq!(desk.ask("changes", &["--since", "2001"]).len(), all);
    for (wrong, why) in
        [("03/04/2001", "can be read two ways"), ("last meeting", "is no day for `since`"), ("2001-13", "is no day for `since`")]
    {
        let (code, said) = desk.fails(&["ask", &desk.workspace(), "changes", "--since", wrong]);
        assert!(code == 2 && said.contains(why), "{wrong}: {said}");
    }
    let server = desk.serve();
    let (status, _, page) = server.get("/ask/changes?since=last+meeting");
    assert!(status == 400 && page.contains("“last meeting” is not a date"), "{page}");
    assert!(server.get("/ask/changes").2.contains("name=\"since\" value=\"\" type=\"date\""), "a calendar is offered");
}

#[test]
fn an_answer_without_rows_says_why_it_has_none() {
    let desk = Desk::new();
    let why = |arguments: &[&str]| {
        let workspace = desk.workspace();
        let asked = desk.run(&[&["ask", workspace.as_str()], arguments].concat());
        let said = String::from_utf8_lossy(&asked.stdout).into_owned();
        assert!(said.contains("None on record.") || said.contains("Rien d’enregistré."), "{asked:?}");
        String::from_utf8(asked.stderr).expect("UTF-8")
    };
    let said = why(&["support"]);
    assert!(said.contains("it is not known, which is not the same as none"), "{said}");
    let said = why(&["tasks"]);
    assert!(said.contains("Nothing is recorded of: Mandated task"), "{said}");
    desk.add(&[json!({"kind": "actor", "record": "mission/m", "source": "Made-up yearbook", "marking": "public", "valid_from": "2013-06-03",
        "valid_to": "2024-10-31", "fields": {"name": "Made-up Mission", "acronym": "MUM", "class": "mission", "country": "SO"}})]);
    for given in ["MUM", "mission/m", "made-up mission"] {
        let said = why(&["tasks", "--mission", given, "--valid-on", "2026-06-30"]);
        assert!(said.contains(" ended on 2024-10-31, and this is as of 2026-06-30"), "{given}: {said}");
        assert!(!why(&["tasks", "--mission", given, "--valid-on", "2024-06-30"]).contains("ended on"), "{given}");
    }
    let (_, _, page) = desk.serve().get("/ask/tasks?mission=MUM&valid_on=2026-06-30");
    assert!(page.contains("MUM ended on 2024-10-31"), "{page}");
    let french = why(&["tasks", "--mission", "MUM", "--valid-on", "2026-06-30", "--language", "fr"]);
    assert!(french.contains("a pris fin le"), "{french}");
}

/// Who looks at a day in the past goes on looking at it, wherever a link leads.
#[test]
fn every_address_of_a_page_carries_its_day() {
    let desk = brigade();
    let server = editing(&desk, &["--clearance", "strictly_confidential"]);
    for path in [
        "/?country=SO",
        "/records/actor?",
        "/record/actor?record=so/brigade",
        "/edit/actor?",
        "/data?",
        "/problems?",
        "/history?",
        "/questions?",
        "/reports?",
        "/review?",
        "/sheets?",
        "/documents?",
        "/country/SO?",
        "/ask/gaps?country=SO",
        "/support?",
        "/search?q=made-up",
    ] {
        let (status, _, page) = server.get(&format!("{path}&valid_on=2021-06-30"));
        assert_eq!(status, 200, "{path}: {page}");
        let addresses = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let of_pages = addresses.filter(|to| to.starts_with('/') && !["/favicon.svg", "/remit.css"].contains(to));
        let (with, without): (Vec<&str>, Vec<&str>) = of_pages.partition(|to| to.contains("valid_on=2021-06-30"));
        assert!(without.is_empty() && with.len() > 5, "{path}: {without:?}");
    }
}
