//! What a workspace keeps beside its statements tells nobody what they may not see, and what is hidden changes nothing for others. All
//! made up.

use crate::desk::{Desk, Server, iati, paid, police};
use crate::ways::{press, uploaded};
use serde_json::{Value, json};
use std::path::Path;

const ALL: &str = "strictly_confidential";

fn serve(desk: &Desk, clearance: &str) -> Server {
    Server::start(Path::new(&desk.workspace()), &["--author", "Made-up Adviser", "--clearance", clearance])
}

/// Rows of a query as who may see so much.
fn seen(desk: &Desk, sql: &str, clearance: &str) -> Vec<Value> {
    desk.json(&["sql", &desk.workspace(), sql, "--json", "--clearance", clearance])["rows"].as_array().expect("rows").clone()
}

fn location(head: &str) -> String {
    head.lines().find_map(|l| l.strip_prefix("location: ")).expect("a way on").to_owned()
}

#[test]
fn a_first_hand_report_that_is_hidden_takes_no_money_from_others() {
    let desk = Desk::new();
    let here = format!("<recipient-country code=\"SO\"/>{}", paid("2", "100"));
    let second_hand = police("XX-1-A", &here).replace("ref=\"XX-1\"", "ref=\"XX-9\" secondary-reporter=\"1\"");
    desk.import("second.xml", iati(&[second_hand]));
    let own = desk.file("own.xml", iati(&[police("XX-1-B", &here)]));
    desk.ok(&["import", &desk.workspace(), &own, "--marking", "confidential"]);
    let committed = |clearance: &str| seen(&desk, "select sum(committed_usd) as usd from support", clearance)[0]["usd"].clone();
    assert_eq!(committed("public"), json!(100.0), "as if the other were not there");
    desk.ok(&["import", &desk.workspace(), &desk.file("public.xml", iati(&[police("XX-1-C", &here)]))]);
    assert_eq!(committed("public"), json!(100.0), "now the publisher is here at first hand for everybody");
}

#[test]
fn what_is_kept_under_a_name_is_for_who_sees_as_much() {
    let desk = Desk::new();
    desk.add(&[
        json!({"kind": "actor", "record": "so/heron", "fields": {"name": "Made-up Heron Cell"}, "marking": "confidential"}),
    ]);
    let (public, cleared) = (serve(&desk, "public"), serve(&desk, "confidential"));
    let list = "/records/actor?class=military";
    let keep = |server: &Server, name: &str, remove: &str| {
        assert_eq!(server.post("/views", &[("name", name), ("address", list), ("remove", remove)]).0, 303);
    };
    keep(&public, "Made-up armies", "");
    keep(&cleared, "Made-up Heron Cell", "");
    let shown = |server: &Server| server.get("/records/relation").2;
    assert!(!shown(&public).contains("Heron"), "{}", shown(&public));
    assert!(shown(&cleared).contains("Heron") && shown(&cleared).contains("Made-up armies"));
    // Who does not see it neither takes it away nor writes over it.
    keep(&public, "Made-up Heron Cell", "yes");
    keep(&public, "Made-up Heron Cell", "");
    keep(&public, "Made-up Heron Cell", "yes");
    assert!(shown(&cleared).contains("Heron") && !shown(&public).contains("Heron"));
}

#[test]
fn a_mapping_of_who_sees_more_is_shown_to_nobody_else() {
    let desk = Desk::new();
    desk.add(&[
        json!({"kind": "actor", "record": "so/heron", "fields": {"name": "Made-up Heron Cell"}, "marking": "confidential"}),
    ]);
    let csv = b"Rank,Men,Women\nCaptain,10,2\nColonel,3,0\n";
    let bring = |server: &Server, institution: &str| {
        let page = uploaded(server, "ranks.csv", csv);
        let said = [("f.0.institution.value", institution), ("f.0.year.value", "2024")];
        press(server, "/sheets/map", &page, "see", &said)
    };
    let page = bring(&serve(&desk, "confidential"), "Made-up Heron Cell");
    assert!(page.contains("Made-up Heron Cell"), "{page}");
    let public = serve(&desk, "public");
    let page = bring(&public, "Made-up Army");
    assert!(page.contains("Made-up Army") && !page.contains("Heron"), "{page}");
    let (_, query) = page.split_once("/sheets/map?file=").expect("a way to the mapping");
    let file = query.split('&').next().unwrap();
    for name in ["ranks-confidential", "ranks", "none"] {
        for path in ["/sheets/map", "/sheets/try"] {
            let (status, _, page) = public.get(&format!("{path}?file={file}&name=ranks.csv&mapping={name}"));
            assert!(status < 500 && !page.contains("Heron"), "{path} {name}: {page}");
        }
    }
    // Whoever sees more uses what others have made, and takes it from nobody by that.
    let cleared = serve(&desk, "confidential");
    let (_, _, page) = cleared.get(&format!("/sheets/map?file={file}&name=ranks.csv&mapping=ranks"));
    press(&cleared, "/sheets/map", &page, "see", &[]);
    assert!(public.get(&format!("/sheets/map?file={file}&name=ranks.csv&mapping=ranks")).2.contains("Made-up Army"));
}

/// A hash tells nobody whether somebody else has sent a sheet, or what stands in it.
#[test]
fn a_sheet_that_is_sent_is_for_who_sees_as_much() {
    let desk = Desk::new();
    let (public, cleared) = (serve(&desk, "public"), serve(&desk, ALL));
    let sheet = "record,name\nso/heron,Made-up Heron Cell\n";
    let onward = location(&cleared.upload("/sheets", "actor.csv", sheet.as_bytes()).1);
    assert!(cleared.get(&onward).2.contains("Made-up Heron Cell"));
    let (status, _, page) = public.get(&onward);
    assert!(status == 404 && !page.contains("Heron"), "{status} {page}");
    assert_eq!(location(&public.upload("/sheets", "actor.csv", sheet.as_bytes()).1), onward, "who has it sends it");
    assert_eq!(public.get(&onward).0, 200);
}

#[test]
fn activities_that_are_sent_are_called_the_same_whatever_is_hidden() {
    let named = ["none.xml", "heron.xml"].map(|hidden| {
        let desk = Desk::new();
        let here = "<recipient-country code=\"SO\"/>";
        let file = desk.file(hidden, iati(&[police("XX-1-H", here)]));
        desk.ok(&["import", &desk.workspace(), &file, "--marking", "confidential"]);
        let sent = iati(&[police("XX-1-A", here)]);
        uploaded(&serve(&desk, "public"), "heron.xml", sent.as_bytes());
        assert_eq!(seen(&desk, "select 1 from activity", "confidential").len(), 2, "nothing hidden is taken away");
        seen(&desk, "select dataset from activity", "public")
    });
    assert_eq!(named[0], named[1]);
    assert_eq!(named[0], [json!({"dataset": "sent/heron.xml"})]);
}

#[test]
fn what_is_said_of_an_activity_is_as_confidential_as_its_file() {
    let desk = Desk::new();
    let activity =
        police("XX-1-A", "<recipient-country code=\"SO\"/>").replace("15132", "11220").replace("police reform", "vehicles");
    let file = desk.file("a.xml", iati(&[activity]));
    desk.ok(&["import", &desk.workspace(), &file, "--dataset", "made-up", "--marking", "internal"]);
    let server = serve(&desk, "confidential");
    assert_eq!(server.post("/sheets/counted", &[("dataset", "made-up"), ("activity", "XX-1-A")]).0, 303);
    let said = "select kind from statement where kind in ('project', 'actor')";
    assert_eq!((seen(&desk, said, "public").len(), seen(&desk, said, "internal").len()), (0, 2));
}

#[test]
fn an_exchange_tells_nothing_of_what_is_hidden() {
    let desk = Desk::new();
    desk.add(&[
        json!({"kind": "actor", "record": "so/police", "fields": {"name": "Made-up Police"}, "source": "Made up"}),
        json!({"kind": "actor", "record": "so/heron", "fields": {"name": "Made-up Heron Cell"}, "marking": "confidential", "source": "Made up"}),
    ]);
    let (public, cleared) = (serve(&desk, "public"), serve(&desk, ALL));
    let bundle = |server: &Server, office: &str, clearance: &str| {
        let (status, head, page) =
            server.post("/exchange/make", &[("sort", "bundle"), ("office", office), ("clearance", clearance)]);
        assert_eq!(status, 303, "{page}");
        server.get(&location(&head)).2
    };
    assert!(bundle(&cleared, "Made-up Heron Office", "confidential").contains("2 statements"));
    assert!(bundle(&cleared, "Made-up Office", "public").contains("as they are marked higher"), "who sees all of it is told");
    let page = bundle(&public, "Made-up Ministry", "public");
    assert!(page.contains("One statement") && !page.contains("as they are marked higher"), "{page}");
    let (_, _, page) = public.get("/exchange");
    assert!(page.contains("Made-up Office") && !page.contains("Heron"), "{page}");
    assert!(cleared.get("/exchange").2.contains("Made-up Heron Office"));
}

/// Two units, and who commands the second, which not everybody may see.
fn two_units() -> Desk {
    let desk = Desk::new();
    let actor = |record: &str, name: &str| json!({"kind": "actor", "record": record, "fields": {"name": name, "note": "Made-up note"}, "withheld": {"note": ALL}, "source": "Made up"});
    desk.add(&[
        actor("so/a", "Made-up Watch"),
        actor("so/b", "Made-up watch"),
        json!({"kind": "person", "record": "so/p", "fields": {"name": "Made-up Person"}, "source": "Made up"}),
        json!({"kind": "posting", "record": "so/post", "fields": {"person": "so/p", "actor": "so/b", "role": "commands"}, "source": "Made up"}),
        json!({"kind": "actor", "record": "so/b", "fields": {"name": "Made-up watch", "acronym": "MUW"}, "marking": ALL, "source": "Made up"}),
    ]);
    desk
}

#[test]
fn records_made_one_are_made_two_again_in_what_is_hidden_too() {
    let desk = two_units();
    let server = serve(&desk, "public");
    let before = || {
        let all =
            "select record, name, acronym, note from actor union all select record, actor, null, null from posting order by 1";
        seen(&desk, all, ALL)
    };
    let first = before();
    let (status, head, page) = server.post("/merge/actor", &[("record", "so/a"), ("other", "so/b")]);
    assert_eq!(status, 303, "{page}");
    assert_eq!(seen(&desk, "select actor from posting", ALL), [json!({"actor": "so/a"})]);
    let entry = location(&head).split("said=").nth(1).and_then(|e| e.split('&').next()).expect("undo beside it").to_owned();
    let (status, _, page) = server.post("/undo", &[("entry", &entry)]);
    assert_eq!(status, 303, "{page}");
    assert_eq!(before(), first, "whom nobody sees commands what they commanded before");
}

#[test]
fn a_decision_on_duplicates_stays_whatever_is_hidden() {
    let desk = two_units();
    let server = serve(&desk, "public");
    assert!(server.get("/duplicates").2.contains("so/b"));
    let pair = json!(["actor", "so/a", "so/b"]).to_string();
    assert_eq!(server.post("/duplicates", &[("pair-0", &pair), ("decision-0", "distinct")]).0, 303);
    let (_, _, page) = server.get("/duplicates");
    assert!(page.contains("No two records look like duplicates"), "{page}");
}

const MANDATE: &str =
    "1. Decides that the mandate of UNSOM shall be to advise the Federal Government of Somalia on police reform in HERE.";

/// A workspace with something of many kinds that everybody may see, and the same one with more that they may not: a second, better
/// source for each statement, records, imports, a document and a sheet, each with a word of its own. What is hidden of statements has these
/// markings in turn, what comes as a whole has one.
fn twins(markings: [&str; 3], whole: &str) -> (Desk, String) {
    let desk = Desk::new();
    let everybody = |kind: &str, record: &str, fields: Value| json!({"kind": kind, "record": record, "fields": fields, "marking": "public", "valid_from": "2019", "source": "Made-up report"});
    let all = [
        everybody("actor", "so/army", json!({"name": "Made-up Army", "class": "military", "country": "SO"})),
        everybody("actor", "so/police", json!({"name": "Made-up Police", "class": "police", "country": "SO", "acronym": "MUP"})),
        everybody("relation", "r", json!({"subject": "so/army", "relation": "oversees", "object": "so/police"})),
        everybody("person", "p", json!({"name": "Made-up Person"})),
        everybody("posting", "post", json!({"person": "p", "actor": "so/police", "role": "commands"})),
        everybody("incident", "i", json!({"allegation": "Made-up allegation", "actor": "so/police", "starts": "2020-01-01"})),
        everybody(
            "need",
            "n",
            json!({"actor": "so/police", "country": "SO", "function": "public_order", "capacity": "4", "date": "2024-05-01"}),
        ),
        everybody("strength", "s", json!({"institution": "so/police", "day": "2024-05-01", "list": "payroll", "total": 100})),
        everybody("recommendation", "rec", json!({"text": "Made-up recommendation", "country": "SO", "addressee": "so/police"})),
        everybody("follow_up", "f", json!({"recommendation": "rec", "step": "Made-up step", "date": "2024-05-01"})),
        everybody("project", "pro", json!({"title": "Made-up project", "supporter": "so/army", "country": "SO"})),
    ];
    desk.add(&all);
    let here = format!("<recipient-country code=\"SO\"/>{}", paid("3", "100"));
    let second_hand = police("XX-1-A", &here).replace("ref=\"XX-1\"", "ref=\"XX-9\" secondary-reporter=\"1\"");
    desk.import("aid.xml", iati(&[second_hand, police("XX-2-A", &here)]));
    desk.import("actor.csv", "record,name,country\nso/sheet,Made-up Sheet,Made-up Land\n");
    desk.ok(&["read", &desk.workspace(), &desk.file("mandate.txt", MANDATE)]);
    std::fs::create_dir_all(desk.path("plain")).unwrap();
    let plain = desk.path("plain/w").display().to_string();
    desk.ok(&["backup", &desk.workspace(), &plain]);

    let mut hidden = Vec::new();
    for (n, said) in all.iter().enumerate() {
        let mut fields = said["fields"].clone();
        for value in fields.as_object_mut().unwrap().values_mut() {
            *value = value.as_str().filter(|t| t.starts_with("Made-up")).map_or(value.clone(), |t| json!(format!("{t} heron")));
        }
        let marking = markings[n % 3];
        for record in [said["record"].as_str().unwrap().to_owned(), format!("heron/{n}")] {
            hidden.push(json!({"kind": said["kind"], "record": record, "fields": fields, "marking": marking, "valid_from": "2020", "source": "Made-up heron report", "reliability": "A", "credibility": "1"}));
        }
    }
    desk.add(&hidden);
    let own = iati(
        &["XX-1-B", "XX-2-A", "XX-3-A"].map(|id| police(id, &here).replace("Made-up police reform", "Made-up heron police")),
    );
    desk.ok(&["import", &desk.workspace(), &desk.file("heron.xml", own), "--marking", whole]);
    desk.import("heron/person.csv", "record,name,country\nso/heron,Made-up Heron,Made-up heron Land\n");
    let document = desk.file("heron.txt", MANDATE.replace("HERE", "heron"));
    desk.ok(&["read", &desk.workspace(), &document, "--marking", whole]);
    (desk, plain)
}

#[test]
fn what_is_hidden_changes_no_byte_of_what_others_see() {
    no_byte_differs("public", twins(["internal", "confidential", ALL], "confidential"));
}

/// The same of who sees more than everybody, and not all.
#[test]
fn what_is_hidden_changes_no_byte_of_what_a_cleared_reader_sees() {
    no_byte_differs("confidential", twins([ALL; 3], ALL));
}

fn no_byte_differs(clearance: &str, (desk, plain): (Desk, String)) {
    let start = |workspace: &str| Server::start(Path::new(workspace), &["--author", "Made-up Adviser", "--clearance", clearance]);
    let (more, less) = (start(&desk.workspace()), start(&plain));
    let mut paths: Vec<String> = Vec::new();
    for question in desk.json(&["ask", &desk.workspace(), "--json"]).as_array().unwrap() {
        let name = question["question"].as_str().unwrap();
        paths.extend([format!("/ask/{name}.json"), format!("/ask/{name}.json?country=SO&actor=so/police")]);
    }
    let model = remit_model::Model::load(None).unwrap();
    for kind in model.kinds.iter().filter(|k| k.part_of.is_none() && k.name != "activity") {
        let name = &kind.name;
        paths.extend([format!("/records/{name}"), format!("/edit/{name}"), format!("/suggest/{name}?q=made")]);
    }
    for page in [
        "/",
        "/country/SO",
        "/world",
        "/data",
        "/problems",
        "/history",
        "/review",
        "/documents",
        "/duplicates",
        "/exchange",
        "/support",
        "/support?country=SO",
        "/search?q=made",
        "/search?q=heron",
        "/search?q=herom",
        "/record/actor?record=so/police",
        "/record/actor?record=heron/1",
        "/history/actor?record=so/police",
        "/merge/actor?record=so/police",
        "/redact/actor?record=so/police",
        "/edit/actor?record=so/police",
    ] {
        paths.push(page.to_owned());
    }
    let seen = |server: &Server, path: &str| {
        let (status, _, page) = server.get(path);
        let own = page
            .replace(server.address.trim_start_matches("http://"), "HERE")
            .replace(&server.key, "KEY")
            .replace(&plain, &desk.workspace());
        // Each form has a name of its own.
        let parts =
            own.split("name=\"sent\" value=\"").map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_hexdigit() || c == '-'));
        (status, parts.collect::<Vec<_>>().concat())
    };
    for path in &paths {
        let (one, other) = (seen(&more, path), seen(&less, path));
        let differs = one.1.bytes().zip(other.1.bytes()).position(|(a, b)| a != b).unwrap_or(0);
        let around = |text: &str| text.chars().skip(differs.saturating_sub(80)).take(200).collect::<String>();
        assert!(one == other, "{path}: {} {} “{}” “{}”", one.0, other.0, around(&one.1), around(&other.1));
        assert!(one.0 < 500, "{path}");
    }
}

#[cfg(unix)]
#[test]
fn what_is_remembered_of_offices_is_read_from_a_file_only() {
    use std::os::unix::fs::symlink;
    let desk = Desk::new();
    desk.import("actor.csv", "record,name\nso/army,Made-up Army\n");
    let (out, noted) = (desk.path("o.remit").display().to_string(), desk.path("w/exchange.toml"));
    let bundle = ["bundle", &desk.workspace(), &out, "--for", "Made-up Office"];
    let refused = |reason: &str| {
        let ended = std::process::Command::new("timeout").args(["20", crate::desk::REMIT]).args(bundle).output().unwrap();
        let said = String::from_utf8(ended.stderr).unwrap();
        assert!(ended.status.code() == Some(1) && said.contains(reason), "{:?} {said}", ended.status);
        std::fs::remove_file(&noted).unwrap();
    };
    assert!(std::process::Command::new("mkfifo").arg(&noted).status().unwrap().success());
    refused("is a pipe or a device");
    symlink("/dev/zero", &noted).unwrap();
    refused("is a link to another place");
    let sent = desk.path("w/files/sent");
    std::fs::create_dir_all(desk.path("theirs")).unwrap();
    symlink(desk.path("theirs"), &sent).unwrap();
    let (_, said) = desk.fails(&["verify", &desk.workspace()]);
    assert!(said.contains("is a link to another place"), "what is sent is written there: {said}");
}

#[cfg(unix)]
#[test]
fn nothing_is_read_through_a_link_out_of_a_workspace() {
    use std::os::unix::fs::symlink;
    let desk = Desk::new();
    let theirs = desk.file("theirs/secret.toml", "made_up_secret = 1\n");
    for name in
        ["remit.toml", "model/kinds", "model/codes/own.csv", "questions/own.sql", "templates/brief.toml", "mappings/units.toml"]
    {
        let own = desk.path("w").join(name);
        std::fs::create_dir_all(own.parent().unwrap()).unwrap();
        let kept = std::fs::read(&own).ok();
        let _ = std::fs::remove_file(&own);
        symlink(if name == "model/kinds" { desk.path("theirs").display().to_string() } else { theirs.clone() }, &own).unwrap();
        for arguments in [&["history", &desk.workspace()][..], &["ask", &desk.workspace(), "structure", "--country", "SO"]] {
            let (code, said) = desk.fails(arguments);
            assert!(
                code == 1 && said.contains("is a link to another place") && !said.contains("made_up_secret"),
                "{name}: {said}"
            );
        }
        std::fs::remove_file(&own).unwrap();
        kept.map_or(Ok(()), |bytes| std::fs::write(&own, bytes)).unwrap();
    }
    // A link within the workspace is nobody else's.
    symlink("own.sql", desk.path("w/questions/other.sql.bak")).unwrap();
    desk.ok(&["history", &desk.workspace()]);
}

#[cfg(unix)]
#[test]
fn a_large_file_in_the_place_of_a_small_one_takes_no_memory() {
    let (desk, theirs) = (Desk::new(), Desk::new());
    desk.import("actor.csv", "record,name\nso/army,Made-up Army\n");
    theirs.import("actor.csv", "record,name\nso/navy,Made-up Navy\n");
    for name in ["remit.head", "remit.key", "exchange.toml"] {
        let file = theirs.path("w").join(name);
        let kept = std::fs::read(&file).ok();
        std::fs::write(&file, "a = 1\n".repeat(16 << 20)).unwrap();
        for arguments in [
            &["merge", &desk.workspace(), "--from", &theirs.workspace()][..],
            &["bundle", &theirs.workspace(), &desk.path("o.remit").display().to_string(), "--for", "Made-up Office"],
        ] {
            // More addresses than it needs for anything else.
            let quoted: Vec<String> = arguments.iter().map(|a| format!("'{a}'")).collect();
            let line = format!("ulimit -v 3000000; exec {} {}", crate::desk::REMIT, quoted.join(" "));
            let ended = std::process::Command::new("sh").args(["-c", &line]).output().unwrap();
            let said = String::from_utf8(ended.stderr).unwrap();
            assert!(
                matches!(ended.status.code(), Some(0 | 1)) && !said.contains("panicked"),
                "{name}: {:?} {said}",
                ended.status
            );
        }
        kept.map_or_else(|| std::fs::remove_file(&file), |bytes| std::fs::write(&file, bytes)).unwrap();
    }
}

#[test]
fn memory_is_given_in_small_pages() {
    let desk = Desk::new();
    let server = crate::desk::Server::start(std::path::Path::new(&desk.workspace()), &[]);
    // An old system says nothing of it.
    if let Some(line) = server.status("THP_enabled:") {
        assert_eq!(
            line.split_whitespace().nth(1),
            Some("0"),
            "pages of 2 MB are cleared as a whole, however little of each is used"
        );
    }
}
