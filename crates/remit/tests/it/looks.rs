//! Pictures and tables as readers see them. The demo's data is real; all else is made up.

use crate::desk::{Desk, Server, iati, paid, police};

/// Questions that nothing in the demo answers: it has no documents that were read, no persons, no rolls; and a scenario is of an
/// institution that is named.
const UNANSWERED: [&str; 5] = ["commanders", "priorities", "rolls", "scenario", "timeline"];

/// The built-in questions with the pictures that they name.
fn pictures() -> Vec<(String, Vec<String>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../questions");
    let mut all = Vec::new();
    for file in std::fs::read_dir(folder).expect("the questions") {
        let path = file.expect("a file").path();
        if path.extension().is_some_and(|e| e == "sql") {
            let text = std::fs::read_to_string(&path).expect("a question");
            let forms = text.lines().filter_map(|l| l.strip_prefix("-- form = \"")?.strip_suffix('"'));
            let drawn = forms.filter(|f| !["tree", "marks"].contains(f)).map(str::to_owned).collect::<Vec<_>>();
            if !drawn.is_empty() {
                all.push((path.file_stem().expect("a name").to_string_lossy().into_owned(), drawn));
            }
        }
    }
    assert!(all.len() > 10);
    all
}

#[test]
fn every_question_that_names_a_picture_has_it_with_words_and_a_table() {
    let desk = Desk::new();
    let demo = desk.path("demo");
    desk.ok(&["demo", "--build-only", "--folder", &demo.display().to_string()]);
    let server = Server::start(&demo, &[]);
    for (question, forms) in pictures() {
        // A graph of all countries is more than can be followed by eye; the demo's activities were published in June 2021.
        let of = if forms.contains(&"graph".to_owned()) { "?valid_on=2021-06-30&country=SO" } else { "?valid_on=2021-06-30" };
        let (status, _, page) = server.get(&format!("/ask/{question}{of}"));
        assert_eq!(status, 200, "{question}");
        if UNANSWERED.contains(&question.as_str()) {
            assert!(!page.contains("class=\"picture") && page.contains("class=\"empty\""), "{question} has no rows");
            continue;
        }
        for form in forms {
            let start = page.find(&format!("class=\"picture {form}")).unwrap_or_else(|| panic!("{question}: no {form}"));
            let (svg, after) = page[start..].split_once("</svg>").expect("an end");
            let role = if svg.contains("<a href") { "role=\"group\"" } else { "role=\"img\"" };
            assert!(svg.contains(role) && svg.contains("<title id=\"") && svg.contains("<desc id=\""), "{question}");
            assert!(!svg.contains("<desc id=\"\"></desc>") && svg.contains("class=\"unit\""), "{question}: no measure and unit");
            assert!(svg.contains("class=\"source\"") && svg.contains("valid on"), "{question}: no source");
            let figures = after.split("</figure>").next().expect("the figure");
            assert!(
                figures.contains("<details") && figures.contains("<table") && figures.contains("<td"),
                "{question}: no table"
            );
        }
    }
}

#[test]
fn a_question_of_a_workspace_names_its_picture_as_data() {
    let desk = Desk::new();
    desk.activities("a.xml", &[police("XX-1-A", &paid("3", "1200")), police("XX-1-B", &paid("3", "300"))]);
    let question = |draw: &str| {
        format!(
            "-- title = {{ en = \"Paid\" }}\n{draw}select identifier, disbursed_usd, 5 as low, 9 as high from activity order by 1\n"
        )
    };
    desk.file(
        "w/questions/paid.sql",
        question("-- [[draw]]\n-- form = \"bars\"\n-- label = \"identifier\"\n-- value = \"disbursed_usd\"\n"),
    );
    let page = desk.serve().get("/ask/paid").2;
    let svg = page.split("class=\"picture bars\"").nth(1).expect("a picture").split("</svg>").next().expect("its end");
    assert!(svg.contains("XX-1-A: 1,200") && svg.contains("XX-1-B: 300"), "{svg}");

    desk.file("w/questions/paid.sql", question("-- [[draw]]\n-- form = \"stacked\"\n-- label = \"identifier\"\n"));
    let (_, said) = desk.fails(&["ask", &desk.workspace(), "paid"]);
    assert!(said.contains("paid.sql") && said.contains("no column for group, value"), "{said}");
}

#[test]
fn surveys_are_drawn_with_their_intervals() {
    let desk = Desk::new();
    let survey = "record,title,country,starts,respondents,source\ns/1,Made-up survey 2020,SO,2020-05,400,made up\ns/2,Made-up survey 2022,SO,2022-05,,made up\n";
    let estimate = "record,survey,question,answer,share,source\ne/1,s/1,Trust in police?,yes,40,made up\ne/2,s/2,Trust in police?,yes,50,made up\n";
    for (name, content) in [("survey.csv", survey), ("estimate.csv", estimate)] {
        let file = desk.file(name, content);
        desk.ok(&["import", &desk.workspace(), &file]);
    }
    let rows = desk.ask("trust", &["--country", "SO"]);
    assert_eq!(rows.len(), 2, "{rows:?}");
    let near = |value: &serde_json::Value, expected: f64| (value.as_f64().expect("a number") - expected).abs() < 0.01;
    // Wilson's interval of 160 among 400, in per cent: (p + z²/2n ± z √(pq/n + z²/4n²)) / (1 + z²/n), z = 1.96.
    assert!(near(&rows[0]["percent_low"], 35.316) && near(&rows[0]["percent_high"], 44.874), "{rows:?}");
    assert!(rows[1]["percent_low"].is_null(), "without a number of respondents there is no interval");
    let page = desk.serve().get("/ask/trust?country=SO").2;
    assert!(page.contains("class=\"picture series\"") && page.contains("40.0 (35.3–44.9)"), "{page}");
}

#[test]
fn priorities_of_a_mission_are_drawn_with_their_intervals() {
    let desk = Desk::new();
    let resolution = "Made-up resolution 9901 (2031)\n\n1. Decides that the mission shall support the reform of the police;\n\n\
                      2. Calls upon the Government to reform its prisons.\n";
    let file = desk.file("resolution.txt", resolution);
    desk.ok(&["read", &desk.workspace(), &file]);
    let document = desk.value("select record from document");
    let document = document.as_str().expect("a record");
    for (name, content) in [
        ("actor.csv", "record,name,acronym,class,source\nm/1,Made-up Mission,MUM,mission,made up\n".to_owned()),
        ("document.csv", format!("record,mission,source\n{document},m/1,made up\n")),
    ] {
        let file = desk.file(name, content);
        desk.ok(&["import", &desk.workspace(), &file]);
    }
    let server = desk.serve();
    for path in ["/ask/priorities?mission=MUM", "/record/actor?record=m%2F1"] {
        let page = server.get(path).2;
        let (_, dots) = page.split_once("class=\"picture dots\"").unwrap_or_else(|| panic!("{path}: no picture"));
        let says = dots.split("<desc").nth(1).and_then(|d| d.split("</desc>").next()).expect("what it says");
        assert!(says.contains('(') && says.contains('–') && says.contains(')'), "each share has its interval: {says}");
    }
}

#[test]
fn the_order_of_a_table_stays_in_the_downloads() {
    let desk = Desk::new();
    let of = |n: u32, rest: &str| police(&format!("XX-1-{n}"), rest);
    desk.import("a.xml", iati(&[of(1, &paid("2", "200")), of(2, ""), of(3, &paid("2", "1000"))]));
    let server = desk.serve();
    let order = |text: &str| {
        let mut found: Vec<(usize, u32)> = (1..4).map(|n| (text.find(&format!("XX-1-{n}")).expect("there"), n)).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, n)| n).collect::<Vec<u32>>()
    };
    for (sort, expected) in [("committed_usd", [1, 3, 2]), ("-committed_usd", [3, 1, 2]), ("-identifier", [3, 2, 1])] {
        for form in [".csv", ".json", ""] {
            let (status, _, body) = server.get(&format!("/ask/activities{form}?sort={sort}"));
            // On the page, the table comes after a picture of the same rows.
            let table = body.split("<table").last().expect("a table");
            assert_eq!((status, order(table)), (200, expected.to_vec()), "{form} by {sort}: {table}");
        }
    }
    let (_, _, page) = server.get("/ask/activities?sort=-committed_usd");
    assert!(page.contains("/ask/activities.csv?sort=-committed_usd"), "the download has the page's order");
}

#[test]
fn the_style_page_shows_every_component() {
    let page = Desk::new().serve().get("/style").2;
    for form in ["bars", "stacked", "series", "dots", "matrix", "timeline", "map", "graph"] {
        assert!(page.contains(&format!("class=\"picture {form}")), "{form}");
    }
    for state in ["zero", "unknown", "none", "unassessed", "withheld", "stale"] {
        assert!(page.contains(&format!("{state}\"")), "{state}");
    }
    assert!(page.matches("made up").count() > 8, "what is made up says so");
}
