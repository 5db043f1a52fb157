//! Nothing above a reader's clearance is learnt by writing either. All made up.

use crate::desk::{Desk, Server, iati, paid, police};
use remit_model::Day;
use remit_store::{AsOf, Reader, Workspace};
use serde_json::json;
use std::path::Path;

/// A register with something that the public may not see, and how a sheet says it.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.add(&[
        json!({"kind": "actor", "record": "so/guard", "fields": {"name": "Made-up Coast Guard", "class": "police", "acronym": "WOLVERINE", "note": "Made-up grid 4417"},
               "withheld": {"note": "confidential", "acronym": "confidential"}, "source": "Made-up gazette"}),
        json!({"kind": "actor", "record": "so/heron", "fields": {"name": "Made-up Heron Cell", "note": "Made-up informant"}, "marking": "strictly_confidential", "source": "Made up"}),
    ]);
    desk.import(
        "secret/actor.csv",
        "record,name,note,marking,source\nso/egret,Made-up Egret Cell,Made-up source of it,strictly_confidential,Made up\n",
    );
    desk
}

fn public(desk: &Desk) -> Server {
    Server::start(Path::new(&desk.workspace()), &["--clearance", "public"])
}

/// What a sheet would do, and then what it does.
struct Tried {
    fields: Vec<(String, String)>,
    page: String,
}

fn try_sheet(server: &Server, name: &str, csv: &str) -> Tried {
    let (_, head, _) = server.upload("/sheets", name, csv.as_bytes());
    let onward = head.lines().find_map(|l| l.strip_prefix("location: ")).expect("onward").to_owned();
    let (_, query) = onward.split_once('?').expect("what was kept");
    let fields = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let (status, _, page) = server.get(&format!("/sheets/try?{query}"));
    assert_eq!(status, 200, "{page}");
    Tried { fields, page }
}

fn bring(server: &Server, tried: &Tried, more: &[(&str, &str)]) {
    let fields = tried.fields.iter().map(|(n, v)| (n.as_str(), v.as_str()));
    let all: Vec<(&str, &str)> = fields.chain(more.iter().copied()).collect();
    assert_eq!(server.post("/sheets/try", &all).0, 303);
}

/// Counts as the page of a dry run says them, without what tells two uploads apart.
fn told(page: &str, hidden: &[&str]) -> String {
    let main = page.split("<main").nth(1).expect("a page").to_owned();
    let plain = main.split('<').filter_map(|p| p.split_once('>')).map(|(_, text)| text).collect::<String>();
    hidden.iter().fold(plain, |text, word| text.replace(word, "")).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Incidents begin strictly confidential.
#[test]
fn a_sheet_of_what_its_sender_may_not_see_is_recorded_once_and_tells_nothing() {
    let desk = Desk::new();
    let server = public(&desk);
    let sheet = "record,allegation,source\ni1,Made-up allegation,Made-up report\ni2,Made-up other allegation,Made-up report\n";
    let pages = [(); 2].map(|()| {
        let tried = try_sheet(&server, "incident.csv", sheet);
        bring(&server, &tried, &[]);
        told(&tried.page, &[])
    });
    assert_eq!(pages[0], pages[1], "nobody learns that it is there");
    let all = |sql: &str| desk.ok(&["sql", &desk.workspace(), sql, "--csv", "--clearance", "strictly_confidential"]);
    assert_eq!(all("select count(*) as n from incident_statement"), "n\n2\n");
    // What differs is said beside it.
    let tried = try_sheet(&server, "incident.csv", &sheet.replace("other", "third"));
    bring(&server, &tried, &[]);
    assert_eq!(all("select count(*) as n from incident_statement"), "n\n3\n");
}

#[test]
fn a_dry_run_shows_and_confirms_nothing_that_is_withheld() {
    let desk = desk();
    let server = public(&desk);
    let id = desk.value("select statement from statement where record = 'so/guard'");
    let row = |note: &str| {
        format!(
            "record,name,class,source,note,statement\nso/guard,Made-up Coast Guard!,police,Made-up gazette,{note},{}\n",
            id.as_str().unwrap()
        )
    };
    let (right, wrong) =
        (try_sheet(&server, "actor.csv", &row("Made-up grid 4417")), try_sheet(&server, "actor.csv", &row("Made-up grid 9999")));
    for tried in [&right, &wrong] {
        assert!(!tried.page.contains("WOLVERINE") && tried.page.contains("may not see"), "{}", tried.page);
    }
    assert_eq!(told(&right.page, &["4417"]), told(&wrong.page, &["9999"]), "a guess is not confirmed");
    let unsaid = try_sheet(&server, "actor.csv", &row(""));
    assert!(!unsaid.page.contains("4417") && !unsaid.page.contains("WOLVERINE"), "{}", unsaid.page);

    bring(&server, &wrong, &[]);
    let all = desk.ok(&[
        "sql",
        &desk.workspace(),
        "select name, note, acronym from actor where record = 'so/guard'",
        "--csv",
        "--clearance",
        "confidential",
    ]);
    assert!(all.contains("Guard!") && all.contains("grid 4417") && all.contains("WOLVERINE"), "what was withheld stays: {all}");
    let seen = desk.ok(&["sql", &desk.workspace(), "select * from actor", "--csv"]);
    assert!(!seen.contains("4417") && !seen.contains("WOLVERINE"), "{seen}");
}

#[test]
fn a_hidden_statement_is_as_good_as_none() {
    let desk = desk();
    let server = public(&desk);
    let hidden = desk.ok(&[
        "sql",
        &desk.workspace(),
        "select statement from statement where record = 'so/heron'",
        "--csv",
        "--clearance",
        "strictly_confidential",
    ]);
    let hidden = hidden.lines().last().unwrap().trim().to_owned();
    let none = "0192a000-0000-7000-8000-000000000000";
    let row = |id: &str| {
        format!(
            "record,name,note,marking,source,statement\nso/heron,Made-up Heron Cell,Made-up informant,strictly_confidential,Made up,{id}\n"
        )
    };
    let (there, nowhere) = (try_sheet(&server, "actor.csv", &row(&hidden)), try_sheet(&server, "actor.csv", &row(none)));
    assert_eq!(told(&there.page, &[&hidden]), told(&nowhere.page, &[none]));

    bring(&server, &there, &[]);
    let stands = desk.ok(&[
        "sql",
        &desk.workspace(),
        &format!("select current from statement where statement = '{hidden}'"),
        "--csv",
        "--clearance",
        "strictly_confidential",
    ]);
    assert!(stands.trim_end().ends_with('1'), "it is not superseded: {stands}");
}

#[test]
fn what_a_sheet_no_longer_says_is_told_and_taken_back_as_far_as_it_is_seen() {
    let desk = Desk::new();
    let mapping = "[[record]]\nkind = \"actor\"\nid = \"{id}\"\n[record.fields]\nname = { column = \"name\" }\nmarking = { column = \"marking\" }\n";
    std::fs::create_dir_all(desk.path("w/mappings")).unwrap();
    std::fs::write(desk.path("w/mappings/units.toml"), mapping).unwrap();
    let sheet = desk.file("units.csv", "id,name,marking\na,Made-up Army,public\nb,Made-up Informant,strictly_confidential\n");
    let map = desk.path("w/mappings/units.toml").display().to_string();
    desk.ok(&["import", &desk.workspace(), &sheet, "--mapping", &map]);

    let server = public(&desk);
    let (_, head, _) = server.upload("/sheets", "units.csv", b"id,name,marking\nc,Made-up Navy,public\n");
    let onward = head.lines().find_map(|l| l.strip_prefix("location: ")).unwrap().to_owned();
    let file =
        form_urlencoded::parse(onward.split_once('?').unwrap().1.as_bytes()).find(|(n, _)| n == "file").unwrap().1.into_owned();
    let (status, _, page) = server.get(&format!("/sheets/try?file={file}&name=units.csv&mapping=units"));
    assert!(status == 200 && page.contains("Made-up Army") && !page.contains("Informant"), "{page}");
    let form = [("file", file.as_str()), ("name", "units.csv"), ("mapping", "units"), ("replace", "yes")];
    assert_eq!(server.post("/sheets/try", &form).0, 303);
    let left = desk.ok(&[
        "sql",
        &desk.workspace(),
        "select name from actor order by 1",
        "--csv",
        "--clearance",
        "strictly_confidential",
    ]);
    assert_eq!(left.split_whitespace().collect::<Vec<_>>().join(" "), "name Made-up Informant Made-up Navy");

    for reserved in ["sheet", "read"] {
        std::fs::write(desk.path(&format!("w/mappings/{reserved}.toml")), mapping).unwrap();
        let (status, _, page) = server.get(&format!("/sheets/try?file={file}&name=units.csv&mapping={reserved}"));
        assert!(status == 400 && page.contains("may not be called"), "{page}");
    }
}

#[test]
fn a_name_that_is_withheld_is_not_suggested_and_makes_no_identifier() {
    let desk = desk();
    let server = public(&desk);
    let sheet = "record,subject,relation,object,source\nr/2,Made-up Coast Guard,part_of,WOLVERIN,Made up\nr/3,so/guard,part_of,Made-up Heron Cel,Made up\n";
    let tried = try_sheet(&server, "relation.csv", sheet);
    assert!(
        !tried.page.contains("wolverine") && !tried.page.contains("WOLVERINE") && !tried.page.contains("Heron Cell"),
        "{}",
        tried.page
    );

    let said = desk.import("actors.csv", "record,name,withheld,source\n,Made-up Osprey Cell,name=confidential,Made up\nso/x,Made-up Kite Cell,name=confidential,Made up\n");
    assert!(said.contains("1 added"), "{said}");
    let seen = desk.ok(&["sql", &desk.workspace(), "select * from statement", "--csv"]).to_lowercase();
    assert!(seen.contains("so/x") && !seen.contains("osprey") && !seen.contains("kite"), "{seen}");
}

#[test]
fn the_identifier_of_what_is_marked_does_not_tell_its_name() {
    let desk = Desk::new();
    let actors = "record,name,class,country,source,marking\n,Qvnight Cell,police,SO,Made-up list,confidential\n,Made-up Open Unit,police,SO,Made-up list,public\n";
    desk.import("actor.csv", actors);
    desk.import("relation.csv", "record,subject,relation,object,source\n,Made-up Open Unit,part_of,Qvnight Cell,Made-up list\n");
    let told = desk.ok(&["problems", &desk.workspace(), "--clearance", "strictly_confidential"]);
    assert!(told.contains("names a record that is marked confidential"), "{told}");
    // One that is only named, and only where not everybody reads it.
    let named = "record,subject,relation,object,source,marking\n,Made-up Open Unit,part_of,Qvdawn Cell,Made-up list,internal\n";
    desk.ok(&["import", &desk.workspace(), &desk.file("named/relation.csv", named), "--add-names"]);
    let all = |clearance: &str| {
        desk.ok(&["sql", &desk.workspace(), "select * from statement", "--csv", "--clearance", clearance]).to_lowercase()
    };
    let seen = all("public");
    assert!(seen.contains("so/made-up-open-unit") && seen.contains("part_of") && !seen.contains("qvnight"), "{seen}");
    let hidden = all("strictly_confidential");
    assert!(hidden.contains("qvnight cell") && hidden.contains("qvdawn cell"), "{hidden}");
    assert!(!hidden.contains("qvnight-cell") && !hidden.contains("qvdawn-cell"), "{hidden}");
    // The same sheet once more is about the same.
    desk.import("actor.csv", actors);
    let count = "select count(*) as n from actor";
    assert_eq!(desk.ok(&["sql", &desk.workspace(), count, "--csv", "--clearance", "strictly_confidential"]), "n\n3\n");
}

#[test]
fn the_identifier_of_a_person_does_not_tell_the_name() {
    let desk = Desk::new();
    let mapping = "source = \"Made-up list\"\n[[record]]\nkind = \"person\"\n[record.fields]\nname = { column = \"Name\" }\n\
        [[record]]\nkind = \"actor\"\nas = \"unit\"\n[record.fields]\nname = { column = \"Unit\" }\n[[record]]\nkind = \"posting\"\n\
        [record.fields]\nperson = { record = \"person\" }\nactor = { record = \"unit\" }\nrole = { value = \"commands\" }\n";
    desk.file("postings.toml", mapping);
    let sheet = "Name,Unit\nQvnight Qvday,Made-up Unit\n";
    desk.import("postings.csv", sheet);
    // Who is only named, and what is known by what it is about.
    let named = "record,person,actor,role,source\n,Qvdawn Qvdusk,Made-up Unit,deputy,Made-up list\n";
    desk.ok(&["import", &desk.workspace(), &desk.file("named/posting.csv", named), "--add-names"]);
    desk.import("risk.csv", "record,risk,source\n,Qvnoon reprisals,Made-up list\n");
    let all = |sql: &str| {
        let told = desk.ok(&["sql", &desk.workspace(), sql, "--csv", "--clearance", "strictly_confidential"]);
        told.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    let records = all("select kind || ' ' || record from statement order by 1");
    assert_eq!(records.len(), 6, "{records:?}");
    assert!(records.contains(&"actor made-up-unit".to_owned()) && !records.iter().any(|r| r.contains("qv")), "{records:?}");
    assert_eq!(all("select name from person order by name"), ["Qvdawn Qvdusk", "Qvnight Qvday"]);
    // The same sheet once more, and another one with the name, are about the same.
    desk.import("postings.csv", sheet);
    desk.file("again.toml", mapping);
    desk.import("again.csv", sheet);
    assert_eq!(all("select count(*) from person"), ["2"]);
}

#[test]
fn what_could_not_be_used_is_as_confidential_as_its_sheet() {
    let desk = Desk::new();
    desk.import("actor.csv", "record,name,country,marking\nso/heron,Made-up Heron Cell,Made-up Grid 4417,confidential\n");
    let problems = |clearance: &str| desk.ok(&["problems", &desk.workspace(), "--clearance", clearance]);
    assert!(!problems("public").contains("4417"));
    assert!(problems("confidential").contains("4417"));
}

#[test]
fn a_sheet_that_is_hidden_takes_nothing_from_the_problems_of_another_of_its_name() {
    let desk = Desk::new();
    let sheet = |folder: &str, record: &str, class: &str| {
        desk.file(
            &format!("{folder}/actor.csv"),
            format!("record,name,class,source\n{record},Made-up Unit,{class},Made-up list\n"),
        )
    };
    let problems = |clearance: &str| desk.ok(&["problems", &desk.workspace(), "--clearance", clearance]);
    desk.ok(&["import", &desk.workspace(), &sheet("one", "so/open", "made-up-open")]);
    let before = problems("public");
    assert!(before.contains("made-up-open"), "{before}");
    for class in ["made-up-heron", "police"] {
        desk.ok(&["import", &desk.workspace(), &sheet("two", "so/heron", class), "--marking", "confidential"]);
        assert_eq!(problems("public"), before);
        assert_eq!(problems("confidential").contains("made-up-heron"), class == "made-up-heron", "mended ones go");
        assert!(problems("confidential").contains("made-up-open"));
    }
    // Mended in its own folder it goes.
    desk.ok(&["import", &desk.workspace(), &sheet("one", "so/open", "police")]);
    assert!(!problems("public").contains("made-up-open"));
}

const MANDATE: &str = "Resolution 9999 (2021)\n\nThe Council,\n\n1. Decides that the mandate of UNSOM shall be to advise the Federal Government of Somalia on police reform.\n\n2. Requests UNSOM to train the police.\n";

#[test]
fn a_document_that_is_held_higher_is_as_good_as_none() {
    let desk = Desk::new();
    let other = Desk::new();
    let file = desk.file("mandate.txt", MANDATE);
    let (hidden, plain) = (
        desk.json(&["read", &desk.workspace(), &file, "--marking", "confidential", "--json"]),
        other.json(&["read", &other.workspace(), &file, "--json"]),
    );
    let expected = plain["documents"][0]["proposals"].as_u64().unwrap();
    assert!(expected > 0 && hidden["documents"][0]["proposals"] == expected, "{plain}");

    let seen = |sql: &str, clearance: &str| desk.ok(&["sql", &desk.workspace(), sql, "--csv", "--clearance", clearance]);
    let everything = [
        "select * from statement",
        "select * from entry",
        "select * from actor",
        "select * from document",
        "select * from passage",
        "select * from snapshot",
    ];
    for sql in everything {
        let all = seen(sql, "public").to_lowercase();
        assert!(!all.contains("unsom") && !all.contains("9999"), "{sql}: {all}");
    }
    let server = public(&desk);
    let (status, head, _) = server.upload("/documents", "mandate.txt", MANDATE.as_bytes());
    assert_eq!(status, 303);
    assert!(
        head.contains(plain["documents"][0]["document"].as_str().unwrap().trim_start_matches("document/")),
        "as where it is new: {head}"
    );
    let count = |clearance: &str| {
        seen("select count(*) from statement where status_of_statement = 'proposed'", clearance)
            .lines()
            .last()
            .unwrap()
            .trim()
            .parse::<u64>()
            .unwrap()
    };
    assert_eq!((count("public"), count("confidential")), (expected, 2 * expected));
    let record = hidden["documents"][0]["document"].as_str().unwrap();
    assert!(seen("select record from document", "confidential").contains(record), "the other is not superseded");
}

#[test]
fn reading_again_at_a_higher_marking_lifts_what_was_proposed() {
    let desk = Desk::new();
    let file = desk.file("mandate.txt", MANDATE);
    let first = desk.json(&["read", &desk.workspace(), &file, "--json"]);
    let n = first["documents"][0]["proposals"].as_u64().unwrap();
    desk.ok(&["read", &desk.workspace(), &file, "--marking", "confidential"]);
    let waiting = |clearance: &str| {
        let sql = "select count(*) from statement s where status_of_statement = 'proposed' and withdrawn = 0 \
                   and not exists (select 1 from statement n where n.supersedes = s.statement and n.status_of_statement <> 'proposed')";
        desk.ok(&["sql", &desk.workspace(), sql, "--csv", "--clearance", clearance])
            .lines()
            .last()
            .unwrap()
            .trim()
            .parse::<u64>()
            .unwrap()
    };
    assert_eq!((waiting("public"), waiting("confidential")), (0, n));
    // And it does not sink again.
    let again = desk.run(&["read", &desk.workspace(), &file]);
    assert!(String::from_utf8(again.stderr).unwrap().contains("stays so"));
    assert_eq!((waiting("public"), waiting("confidential")), (0, n));
    assert_eq!(desk.value("select count(*) from document"), 0);
}

const MARKINGS: [&str; 4] = ["public", "internal", "confidential", "strictly_confidential"];

/// The word that stands in everything of a marking, and nowhere else.
fn word(marking: &str) -> String {
    format!("qz{}", marking.replace('_', ""))
}

/// A register with something of every marking in every place that it can come from.
fn marked() -> Desk {
    let desk = Desk::new();
    let mut lines = vec![
        json!({"kind": "actor", "record": "so/army", "fields": {"name": "Made-up Army", "class": "military", "country": "SO"}, "source": "Made up"}),
    ];
    for marking in MARKINGS {
        let w = word(marking);
        lines.push(json!({"kind": "actor", "record": format!("so/{w}"), "fields": {"name": format!("Made-up {w} cell"), "class": "military", "country": "SO"}, "marking": marking, "source": format!("Made-up {w} source")}));
        lines.push(json!({"kind": "actor", "record": format!("so/unit-{}", marking.len()), "fields": {"name": "Made-up unit", "country": "SO", "note": format!("Made-up {w} note")}, "withheld": {"note": marking}, "source": "Made up"}));
        lines.push(json!({"kind": "relation", "record": format!("r/{w}"), "fields": {"subject": format!("so/{w}"), "relation": "part_of", "object": "so/army"}, "marking": marking, "source": "Made up"}));
    }
    desk.add(&lines);
    for marking in MARKINGS {
        let w = word(marking);
        let elements = format!(
            "<recipient-country code=\"SO\"/><description><narrative>Made-up {w} police</narrative></description><activity-date type=\"1\" iso-date=\"{w}\"/>{}",
            paid("3", "100")
        );
        let activities = desk.file(&format!("{w}.xml"), iati(&[police(&format!("XX-1-{w}"), &elements)]));
        desk.ok(&["import", &desk.workspace(), &activities, "--marking", marking, "--dataset", &format!("{w}-set")]);
        let document = desk.file(&format!("{w}.txt"), MANDATE.replace("police reform", &format!("police reform in {w}")));
        desk.ok(&["read", &desk.workspace(), &document, "--marking", marking]);
        let sheet = desk.file(
            "actor.csv",
            format!("record,name,country,marking\nso/sheet-{w},Made-up {w} sheet,Made-up {w} land,{marking}\n"),
        );
        desk.ok(&["import", &desk.workspace(), &sheet]);
    }
    desk
}

/// The addresses of this server that a page leads to.
fn links(page: &str) -> impl Iterator<Item = String> {
    let found = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    found
        .filter(|l| l.starts_with('/') && !l.contains("lang=") && !l.contains(".xlsx"))
        .map(|l| l.replace("&amp;", "&").replace("&#38;", "&"))
}

#[test]
fn no_surface_tells_what_is_marked_higher() {
    let desk = marked();
    let questions = desk.json(&["ask", &desk.workspace(), "--json"]);
    let questions: Vec<String> =
        questions.as_array().unwrap().iter().map(|q| q["question"].as_str().unwrap().to_owned()).collect();
    let workspace = Workspace::open(Path::new(&desk.workspace())).unwrap();
    for (n, clearance) in MARKINGS.iter().enumerate() {
        let hidden: Vec<String> = MARKINGS[n + 1..].iter().map(|m| word(m)).collect();
        let mut seen = 0;
        let mut check = |surface: &str, text: &str| {
            let text = text.to_lowercase();
            for word in &hidden {
                assert!(!text.contains(word.as_str()), "{surface} at {clearance} tells {word}");
            }
            seen += usize::from(text.contains(&word(clearance)));
        };
        // As `remit sql` and `remit ask` do it, in one process.
        let as_of = AsOf { clearance: clearance.parse().unwrap(), ..AsOf::public(Day::today()) };
        let reader = Reader::open(&workspace, as_of).unwrap();
        for view in reader.views() {
            check(&view.name, &format!("{:?}", reader.query(&format!("select * from \"{}\"", view.name), &[]).unwrap()));
        }
        for command in
            [&["history"][..], &["problems"], &["ask", "unsourced"], &["ask", "waiting"], &["sql", "select * from statement"]]
        {
            let mut arguments = command.to_vec();
            let folder = desk.workspace();
            arguments.insert(1, &folder);
            arguments.extend(["--json", "--clearance", clearance]);
            check(command[0], &desk.ok(&arguments));
        }
        let server = Server::start(Path::new(&desk.workspace()), &["--clearance", clearance]);
        for question in &questions {
            // Some want a parameter; what they say without it is a surface too.
            check(question, &server.get(&format!("/ask/{question}.json")).2);
        }
        let mut waiting =
            vec!["/".to_owned(), "/search?q=made".to_owned(), "/suggest/actor?q=made".to_owned(), "/review".to_owned()];
        waiting.extend(
            hidden.iter().flat_map(|w| {
                [format!("/search?q={w}"), format!("/suggest/actor?q={w}"), format!("/record/actor?record=so/{w}")]
            }),
        );
        waiting.reverse();
        let mut known: std::collections::HashSet<String> = waiting.iter().cloned().collect();
        let mut asked = 0;
        while let Some(path) = waiting.pop().filter(|_| asked < 60) {
            asked += 1;
            let (status, head, page) = server.get(&path);
            assert!(status < 500, "{path}: {status}");
            // What was asked for is said again.
            let asks = path.contains("q=qz") || path.contains("so/qz");
            let plain = hidden.iter().filter(|w| path.contains(w.as_str())).fold(page.to_lowercase(), |page, w| {
                [format!("“{w}”"), format!("\"{w}\""), format!("={w}"), format!(">{w}<")]
                    .iter()
                    .fold(page, |page, said| page.replace(said.as_str(), ""))
            });
            if !asks {
                check(&path, &format!("{head}{plain}"));
            } else {
                // What is spelt alike and may be seen is offered; the names of hidden records are not.
                let named = hidden.iter().find(|w| plain.contains(&format!("made-up {w}")));
                assert!(named.is_none(), "{path} tells that there is {named:?}: {plain}");
            }
            for link in links(&page) {
                if known.insert(link.clone()) {
                    waiting.insert(0, link);
                }
            }
        }
        assert!(seen > 10, "{clearance}: {seen}");
    }
}

/// The place of an identifier among those of its moment: after the moment, the first 42 bits that are free.
fn place(id: &str) -> u128 {
    let bits = u128::from_str_radix(&id.replace('-', ""), 16).unwrap();
    ((bits >> 64) & 0xfff) << 30 | (bits >> 32) & 0x3fff_ffff
}

#[test]
fn identifiers_do_not_count_what_is_hidden() {
    let desk = Desk::new();
    desk.import(
        "actor.csv",
        "record,name,marking\nu1,Made-up One,public\nh1,Made-up Heron,confidential\nh2,Made-up Egret,confidential\nu2,Made-up Two,public\n",
    );
    let ids = desk.sql("select statement from statement where kind = 'actor' order by seq");
    let [one, two] = [0, 1].map(|n: usize| ids[n]["statement"].as_str().unwrap());
    assert_eq!(one[..13], two[..13], "how long it took is not told");
    assert_eq!(place(two), place(one) + 1, "{one} {two}");
}

#[test]
fn what_is_hidden_gives_no_view_another_form() {
    let views = |desk: &Desk| desk.ok(&["sql", &desk.workspace(), "--views"]);
    let (with, without) = (Desk::new(), Desk::new());
    with.add(&[
        json!({"kind": "incident", "record": "i1", "fields": {"allegation": "Made-up allegation"}, "marking": "confidential", "source": "Made up"}),
        json!({"kind": "training", "record": "t1", "fields": {"course": "Made-up course"}, "marking": "internal", "source": "Made up"}),
    ]);
    assert_eq!(views(&with), views(&without));
}

#[test]
fn branches_that_differ_in_what_is_withheld_are_no_conflict() {
    let desk = Desk::new();
    let said = |note: &str| json!({"kind": "actor", "record": "u", "fields": {"name": "Made-up Unit", "note": note}, "withheld": {"note": "confidential"}, "source": "Made up"});
    desk.add(&[said("Made-up grid 1")]);
    let first = desk.value("select statement from statement where kind = 'actor'");
    let mut corrections = [said("Made-up grid 2"), said("Made-up grid 3")];
    corrections.iter_mut().for_each(|c| c["supersedes"] = first.clone());
    desk.add(&corrections);
    let conflicts = |clearance: &str| {
        desk.json(&["sql", &desk.workspace(), "select * from conflict", "--json", "--clearance", clearance])["rows"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!((conflicts("public"), conflicts("confidential")), (0, 2));
}

#[test]
fn a_word_that_is_hidden_is_not_suggested_and_keeps_none_away() {
    let desk = Desk::new();
    let actor = |record: &str, name: &str, marking: &str| json!({"kind": "actor", "record": record, "fields": {"name": name}, "marking": marking, "source": "Made up"});
    let mut lines = vec![actor("u", "Gendarmerie", "public"), actor("h", "Gendarmeri", "confidential")];
    lines.extend(('a'..='z').filter(|c| *c != 'e').map(|c| actor(&format!("h{c}"), &format!("Gendarmere{c}"), "confidential")));
    desk.add(&lines);
    let found = public(&desk).get("/search?q=gendarmeree").2.to_lowercase();
    assert!(found.contains("gendarmerie"), "{found}");
    assert!(!found.contains("gendarmeri<") && !found.contains("gendarmeri”") && !found.contains("q=gendarmeri&"), "{found}");
}

#[test]
fn an_entry_is_undone_as_far_as_it_is_seen() {
    let desk = Desk::new();
    desk.import("actor.csv", "record,name,marking\nu1,Made-up One,public\nh1,Made-up Heron,confidential\n");
    let entry = desk.value("select entry from entry");
    let server = public(&desk);
    assert_eq!(server.post("/undo", &[("entry", entry.as_str().unwrap())]).0, 303);
    let left =
        |clearance: &str| desk.ok(&["sql", &desk.workspace(), "select record from actor", "--csv", "--clearance", clearance]);
    assert!(!left("public").contains("u1") && left("confidential").contains("h1"));
    assert_eq!(server.post("/undo", &[("entry", "none")]).0, 404);
}

#[test]
fn what_is_not_withheld_is_shown_as_it_was_said() {
    let desk = Desk::new();
    desk.add(&[json!({"kind": "document", "record": "d", "fields": {"title": "Made-up report", "mission_told": false, "publisher": "Made-up office"},
        "withheld": {"publisher": "confidential"}, "source": "Made up"})]);
    for clearance in ["public", "confidential"] {
        let fields = desk.ok(&["sql", &desk.workspace(), "select fields from statement", "--csv", "--clearance", clearance]);
        assert!(fields.contains("mission_told\"\":false"), "{clearance}: {fields}");
    }
}
