//! The demo and its training workspace as they open. The demo's data is real; the training workspace and all else is made up.

use crate::desk::{Desk, Server, police};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// The sections of a page made of questions: title, day, and how much there is.
fn sections(server: &Server, address: &str) -> Vec<(String, String, f64)> {
    let (status, _, text) = server.get(address);
    assert_eq!(status, 200, "{address}: {text}");
    let page: Value = serde_json::from_str(&text).expect("JSON");
    let text = |row: &Value, name: &str| row[name].as_str().expect("a text").to_owned();
    let number = |row: &Value| text(row, "items").replace(',', "").parse().expect("a number");
    page["rows"].as_array().expect("rows").iter().map(|r| (text(r, "title"), text(r, "day"), number(r))).collect()
}

#[test]
fn the_demo_opens_on_today_with_three_steps_that_go_away_and_every_claim_has_an_answer() {
    let desk = Desk::new();
    let demo = desk.path("demo");
    let made = desk.run(&["demo", "--build-only", "--folder", &demo.display().to_string()]);
    let told = String::from_utf8(made.stderr).expect("UTF-8");
    assert!(made.status.success() && told.contains("statements of") && told.contains("page: From the field"), "{told}");
    let server = Server::start(&demo, &[]);

    let (_, _, home) = server.get("/");
    assert!(home.contains("<h1>Somalia, ") && home.contains("Welcome: three steps"), "{home}");
    assert_eq!(home.matches("<h3>").count(), 3, "three steps");
    let (_, _, home) = server.get("/?lang=fr");
    assert!(home.contains("trois étapes</h2>"), "{home}");
    let (status, head, _) = server.post("/story/welcome/seen", &[]);
    assert_eq!(status, 303);
    assert!(head.to_lowercase().contains("set-cookie: seen-welcome=yes"), "{head}");
    let (_, _, home) = server.get_with("/", "Cookie: seen-welcome=yes");
    assert!(!home.contains("Welcome: three steps</h2>") && home.contains("<h1>Somalia, "), "{home}");

    let mut answers: BTreeMap<String, f64> = BTreeMap::new();
    let found = sections(&server, "/story/field.json?valid_on=2026-11-28");
    for (title, _, items) in &found {
        *answers.entry(title.clone()).or_default() += items;
    }
    let without: Vec<&String> = answers.iter().filter(|(_, items)| **items == 0.0).map(|(title, _)| title).collect();
    assert!(answers.len() > 20 && without.is_empty(), "claims without an answer: {without:?}");
    let of = |wanted: &str, day: &str| found.iter().find(|(t, d, _)| t == wanted && d == day).map(|(_, _, items)| *items);
    let missions = "Missions set their own priorities";
    assert!(of(missions, "2023-08-17") > Some(20.0) && of(missions, "2026-11-28") > Some(20.0), "{found:?}");
    assert_eq!(of("The page is dated", "2023-08-17"), Some(0.0), "a day does not differ from itself");
    let (_, _, page) = server.get("/story/field?valid_on=2026-11-28");
    assert!(page.contains(">17\u{a0}Aug\u{a0}2023</a>") && page.contains(">28\u{a0}Nov\u{a0}2026</a>"), "{page}");

    // Until when its sources reach is said where it is opened.
    let newest = "select max(substr(last_cited, 1, 7)) as month from statement";
    let months = desk.json(&["sql", &demo.display().to_string(), newest, "--json"]);
    assert_eq!(months["rows"][0]["month"], "2026-06", "the page says which");
    assert!(page.contains("The sources reach to June 2026"), "{page}");

    // A mandate whose last known day is past says nothing of its mission: no page says that it ended, or that it is late.
    for address in ["/ask/running", "/ask/missions", "/ask/overdue", "/country/IQ"] {
        let (status, _, page) = server.get(&format!("{address}?country=IQ&valid_on=2026-11-28"));
        assert!(status == 200 && page.contains("ot known whether") && !page.contains("Has ended"), "{address}: {page}");
    }
    // Where the day is long after the newest source, the page of a country says so; on a day of which sources speak it does not.
    let (_, _, page) = server.get("/country/SS?valid_on=2026-11-28");
    assert!(page.contains("Last told by a source, or checked against one: 19\u{a0}Jun\u{a0}2026"), "{page}");
    let (_, _, page) = server.get("/country/SS?valid_on=2026-06-30");
    assert!(!page.contains("Last told by a source"), "{page}");
    let (_, _, page) = server.get("/ask/missions?country=IQ&valid_on=2026-11-28");
    assert!(page.contains("How far the sources reach"), "{page}");
}

#[test]
fn the_training_workspace_is_made_up_and_has_a_file_that_a_new_posting_reopened() {
    let desk = Desk::new();
    let folder = desk.path("training");
    desk.ok(&["demo", "--training", "--build-only", "--folder", &folder.display().to_string()]);
    let workspace = folder.display().to_string();
    let cleared = ["--clearance", "strictly_confidential", "--json"];
    let rows = |question: &[&str]| {
        let mut arguments = vec!["ask", &workspace];
        arguments.extend(question);
        arguments.extend(cleared);
        desk.json(&arguments)["rows"].as_array().expect("rows").clone()
    };
    let files = rows(&["files"]);
    let state = |title: &str| {
        let of = files.iter().find(|r| r["request_title"].as_str().is_some_and(|t| t.starts_with(title))).expect(title);
        of["file_state"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(
        ["Course in humanitarian law", "Ten vehicles", "Fuel", "Staff college"].map(state),
        ["reopened", "holds", "lapsed", "undecided"]
    );
    let by = |what: &str| files.iter().any(|r| r["reopened_by"] == what && r["person_name"] == "Made-up Officer Bravo");
    assert!(by("posting"), "{files:#?}");
    let screened = rows(&["screening", "--actor", "Made-up Third Battalion"]);
    assert!(screened.iter().any(|r| r["allegation"].as_str().is_some_and(|a| a.contains("checkpoint"))), "{screened:#?}");
    // A name that nobody has is never “nothing on record”.
    let (code, said) =
        desk.fails(&["ask", &workspace, "screening", "--actor", "Third Batalion", "--clearance", "strictly_confidential"]);
    assert!(code == 2 && said.contains("no actor is called `Third Batalion`; did you mean `Made-up Third Battalion`?"), "{said}");
    let before = rows(&["screening", "--actor", "Made-up Third Battalion", "--valid-on", "2026-06-15"]);
    assert!(!before.iter().any(|r| r["allegation"].as_str().is_some_and(|a| a.contains("checkpoint"))), "{before:#?}");
    // Nobody can take it for real.
    let named = desk.json(&[
        "sql",
        &workspace,
        "select name from actor union all select name from person",
        cleared[0],
        cleared[1],
        "--json",
    ]);
    for row in named["rows"].as_array().expect("rows") {
        assert!(row["name"].as_str().is_some_and(|n| n.to_lowercase().contains("made-up")), "{row}");
    }
    let sources = desk.json(&["sql", &workspace, "select distinct source from statement", cleared[0], cleared[1], "--json"]);
    for row in sources["rows"].as_array().expect("rows") {
        assert!(row["source"].as_str().is_some_and(|s| s.contains("made up")), "{row}");
    }
    let home = Server::start(Path::new(&workspace), &["--clearance", "strictly_confidential"]).get("/").2;
    assert!(home.contains("Training: all of this is made up") && home.contains("Support files"), "{home}");
}

#[test]
fn a_story_is_a_file_of_the_workspace_with_its_answers_on_two_days() {
    let desk = Desk::new();
    desk.import("actor.csv", "record,name,class,country,valid_from,valid_to,source\nm/a,Made-up Old Mission,mission,SO,2010,2020,Made-up\nm/b,Made-up New Mission,mission,SO,2021,,Made-up\n");
    let story = "title = { en = \"Made-up story\", fr = \"Récit inventé\" }\nbeside = \"2015-01-01\"\n\
                 [[section]]\ntitle = { en = \"Who was there\" }\ntext = { en = \"Missions come and go.\" }\nquestion = \"missions\"\n\
                 given = { country = \"SO\" }\ncolumns = [\"actor_name\", \"ends\"]\n\
                 [[section]]\ntitle = { en = \"Only told\" }\nlink = [{ text = { en = \"Oversight\" }, to = \"/ask/oversight?country=SO\" }]\n";
    desk.file("w/questions/stories/made_up.toml", story);
    let server = desk.serve();
    let (_, _, page) = server.get("/story/made_up?valid_on=2024-01-01");
    for day in ["2015-01-01", "2024-01-01"] {
        let named = format!("aria-labelledby=\"t0-{day} t0-{day}-day\"");
        assert!(
            page.contains(&named) && page.contains(&format!("<h3 id=\"t0-{day}-day\"")),
            "each table is told from the other: {page}"
        );
    }
    let (then, now) = page.split_once("1\u{a0}Jan\u{a0}2024</a>").expect("both days");
    assert!(
        then.contains("Missions come and go.") && then.contains("Made-up Old Mission") && !then.contains("Made-up New Mission")
    );
    assert!(
        now.contains("Made-up New Mission") && now.contains("href=\"/ask/oversight?country=SO&#38;valid_on=2024-01-01\""),
        "{now}"
    );
    assert!(
        server.get("/questions").2.contains(">Made-up story</a>") && server.get("/?lang=fr").2.contains(">Récit inventé</a>")
    );
    assert_eq!(server.get("/story/not_there").0, 404);
    drop(server);

    for (wrong, said) in [
        (story.replace("actor_name", "colour"), "no column `colour`"),
        (story.replace("given = { country", "given = { planet"), "no parameter `planet`"),
        (story.replace("2015-01-01", "soon"), "`soon` is not a date"),
        (story.replace("to = \"/ask", "to = \"https://example.org/ask"), "no address of this server"),
    ] {
        desk.file("w/questions/stories/made_up.toml", wrong);
        let (_, _, told) = desk.serve().get("/problems");
        assert!(told.contains("made_up.toml") && told.contains(said), "{told}");
    }
}

#[test]
fn a_sheet_may_refer_to_activities_that_others_publish() {
    let desk = Desk::new();
    desk.activities("a.xml", &[police("XX-1-A", "")]);
    desk.import("mandated_task.csv", "record,mission,task,source\ntask/police,m/a,Made-up police reform,Made-up mandate\n");
    desk.import("contribution.csv", "record,activity,serves,reason,source\n,XX-1-A,mandated_task:task/police,Its title says so,Made-up note\n,XX-1-B,mandated_task:task/police,No such activity,Made-up note\n");
    assert_eq!(desk.value("select activity from contribution"), "XX-1-A");
    let problems = desk.json(&["problems", &desk.workspace(), "--json"])["rows"].clone();
    assert!(problems.as_array().expect("rows").iter().any(|p| p["value"] == "XX-1-B"), "{problems}");
}

/// The mappings for sets that may not be bundled, each with made-up rows of its columns, a query, and what it must answer.
const MAPPED: [(&str, &str, &str, &str); 5] = [
    (
        "pa_x",
        "Con,Contp,PP,PPName,Reg,AgtId,Ver,Agt,Dat,Status,Loc1ISO,Loc2ISO,SsrGua,SsrPol\n\
         Made-up Land,Government,2,Made-up process,Africa,99,1,Made-up agreement,2018-09-12,Multiparty signed/agreed,SSD,,1,2\n",
        "select record || ' ' || title || ' ' || country || ' ' || ends || ' ' || note as said from dialogue_statement",
        "pa-x/99 Made-up agreement SS 2018-09-12 Made-up process",
    ),
    (
        "geo_pko",
        "source,mission,year,month,location,country,latitude,longitude,no.troops,hq\n\
         Made-up map,MIMEX,2019,3,Made-up Town,DRC,-1.5,29.2,250,0\nMade-up map,MIMEX,2019,6,Made-up Town,DRC,-1.5,29.2,300,0\n",
        "select actor_name || ' ' || place_name || ' ' || min(first_cited) || ' ' || max(last_cited) as said from positioning_statement",
        "MIMEX Made-up Town 2019-03 2019-06",
    ),
    (
        "ucdp_ged",
        "id,type_of_violence,dyad_name,side_a,source_article,where_coordinates,latitude,longitude,country,country_id,date_start,date_end\n\
         1,3,Made-up Group - Civilians,Made-up Group,Made-up article,Made-up Town,1.5,29,DR Congo (Zaire),490,2019-03-01 00:00:00.000,2019-03-02 00:00:00.000\n\
         2,1,Made-up battle,Made-up Army,Made-up article,Made-up Town,1.5,29,DR Congo (Zaire),490,2019-03-01 00:00:00.000,2019-03-02 00:00:00.000\n",
        "select group_concat(i.allegation || ' ' || i.actor_name || ' ' || p.country || ' ' || i.starts || ' ' || i.ends) as said \
         from incident i join place p on p.record = i.place",
        "Made-up Group - Civilians Made-up Group CD 2019-03-01 2019-03-02",
    ),
    (
        "tjet_vettings",
        "vettingID,country,yearStart,yearEnd,policyName,narrative\n7,Serbia,2003,2005,Made-up vetting,Made-up narrative\n",
        "select title || ' ' || country || ' ' || starts || ' ' || done as said from reform_statement",
        "Made-up vetting RS 2003 2005",
    ),
    (
        "sipri_trade_register",
        "Made up 1\nMade up 2\nMade up 3\nMade up 4\nMade up 5\nMade up 6\nMade up 7\nMade up 8\nMade up 9\nMade up 10\nMade up 11\n\
         Recipient,Supplier,Year of order,,Number ordered,,Weapon designation,Weapon description,Number delivered,,Year(s) of delivery,status,Comments\n\
         Made-up Land,Made-up Other Land,2020,,10,,MU-1,Made-up car,4,?,2022; 2023,New,Made-up\n",
        "select recipient_name || ' ' || supporter_name || ' ' || item || ' ' || quantity || ' ' || note as said from equipment",
        "Made-up Land Made-up Other Land MU-1 4 2022; 2023",
    ),
];

#[test]
fn sets_that_may_not_be_bundled_come_in_by_their_mappings() {
    for (name, rows, query, said) in MAPPED {
        let desk = Desk::new();
        let mapping = format!("{}/../../mappings/{name}.toml", env!("CARGO_MANIFEST_DIR"));
        let file = desk.file(&format!("{name}.csv"), rows);
        desk.ok(&["import", &desk.workspace(), &file, "--mapping", &mapping]);
        let arguments =
            ["sql", &desk.workspace(), query, "--json", "--clearance", "strictly_confidential", "--valid-on", "2019-06-30"];
        let arguments: Vec<&str> = arguments.into_iter().collect();
        let at = if name == "tjet_vettings" { [&arguments[..7], &["2004-01-01"]].concat() } else { arguments };
        assert_eq!(desk.json(&at)["rows"][0]["said"], said, "{name}");
        // What the mapping leaves out is told: columns, and what stands above the table. Nothing else is.
        let left = |(rule, _): &(String, i64)| rule == "unused" || rule == "passed";
        assert!(desk.problems().iter().all(left), "{name}: {:?}", desk.problems());
    }
}
