//! Documents: read, proposed, decided on, answered.

use crate::desk::{Desk, Server};
use crate::paper::{docx, objects, pdf, zip};
use crate::people::has;
use serde_json::{Value, json};
use std::collections::HashSet;

/// A made-up resolution about a mission that exists.
pub(crate) const RESOLUTION: &str = "\
United Nations S/RES/9901 (2031)

Security Council

Made-up resolution 9901 (2031)

Adopted by the Security Council at its made-up meeting, on 3 July 2031

The Security Council,

Welcoming the progress in the reform of the police,

1. Decides to extend the mandate of UNMISS until 3 July 2032;

2. Decides that the mandate of UNMISS shall be as follows:

(a) To support police reform, including the vetting and training of police officers;

(b) To assist the authorities in the reform of prisons and corrections;

3. Calls upon the Government to protect all civilians;

4. Decides to remain seized of the matter.
";

/// Its made-up renewal: corrections are dropped, border management is new.
fn renewal() -> String {
    RESOLUTION
        .replace("9901 (2031)", "9902 (2032)")
        .replace("3 July 2031", "2 July 2032")
        .replace("in the reform of prisons and corrections;", "in border management and customs control;")
}

impl Desk {
    /// Reads a document of this content. It succeeds where something of it is read.
    fn read(&self, name: &str, content: impl AsRef<[u8]>) -> Value {
        let file = self.file(name, content);
        let output = self.run(&["read", &self.workspace(), &file, "--json"]);
        let told: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let read = told["documents"][0].clone();
        assert_eq!(output.status.success(), read["passages"].as_u64() > Some(0), "{name}: {read}");
        read
    }

    /// What waits for a decision: task, how sure.
    fn waiting(&self) -> Vec<(String, String)> {
        let sql = "select statement, json_extract(fields, '$.task') as task from statement s where status_of_statement = 'proposed' and withdrawn = 0 \
                   and not exists (select 1 from statement n where n.supersedes = s.statement) order by seq";
        let own = |r: &Value, name: &str| r[name].as_str().unwrap_or_default().to_owned();
        self.sql(sql).iter().map(|r| (own(r, "statement"), own(r, "task"))).collect()
    }

    fn tasks(&self) -> Vec<String> {
        self.waiting().into_iter().map(|(_, task)| task).collect()
    }
}

fn decide(server: &Server, statement: &str, decision: &str) -> String {
    let (status, head, _) = server.post("/decide", &[("statement", statement), ("decision", decision), ("back", "/review")]);
    assert_eq!(status, 303, "{head}");
    head
}

#[test]
fn of_a_mission_that_documents_speak_of_it_is_told_that_nothing_is_accepted_yet() {
    let desk = Desk::new();
    let workspace = desk.workspace();
    let asked = ["ask", &workspace, "mandate", "--mission", "UNMISS"];
    let (code, said) = desk.fails(&asked);
    assert!(code == 2 && said.contains("no actor is called `UNMISS`"), "{said}");
    desk.read("resolution.txt", RESOLUTION);
    let (code, said) = desk.fails(&asked);
    assert!(code == 2 && said.contains("nothing about `UNMISS` is accepted yet, though documents speak of it"), "{said}");
    let page = desk.serve().get("/ask/mandate?mission=UNMISS").2;
    assert!(page.contains("Nothing about “UNMISS” is accepted yet"), "{page}");
}

#[test]
fn a_resolution_is_proposed_task_by_task_with_its_sentence() {
    let desk = Desk::new();
    let read = desk.read("resolution.txt", RESOLUTION);
    assert_eq!(
        (read["symbol"].as_str(), read["proposals"].as_u64()),
        (Some("S/RES/9901 (2031)"), Some(desk.tasks().len() as u64))
    );
    let tasks = desk.tasks();
    assert!(
        tasks.iter().any(|t| t == "Police reform and development")
            && tasks.iter().any(|t| t == "Reform of prisons and corrections"),
        "{tasks:?}"
    );
    let row = &desk.sql(
        "select kind, locator, quote, source, json_extract(fields, '$.mission') as mission, json_extract(fields, '$.country') as country, \
         json_extract(fields, '$.strength') as strength, json_extract(fields, '$.adopted') as adopted from statement \
         where json_extract(fields, '$.ssr_task') = 'corrections_reform'",
    )[0];
    assert_eq!(row["kind"], "mandated_task");
    assert_eq!(row["quote"], "To assist the authorities in the reform of prisons and corrections;");
    assert_eq!(row["locator"], "para. 2 (b)");
    assert_eq!((row["mission"].as_str(), row["country"].as_str()), (Some("mission/unmiss"), Some("SS")));
    assert_eq!((row["strength"].as_str(), row["adopted"].as_str()), (Some("decides"), Some("2031-07-03")));
    // Neither what is welcomed nor what the Government is called upon to do is a task of the mission.
    assert!(!desk.tasks().iter().any(|t| t == "Protection of civilians"), "{tasks:?}");
}

#[test]
fn a_document_that_is_erased_is_in_no_byte_of_the_folder_and_the_chain_holds() {
    let desk = Desk::new();
    desk.add(&[json!({ "kind": "person", "record": "ss/m1", "source": "Made-up", "fields": { "name": "Quux Zebulon" } })]);
    // The document has a part of the name alone.
    let named = RESOLUTION.replace("4. Decides", "4. Notes that General Zebulon commands the Made-up Guard;\n\n5. Decides");
    let document = desk.read("resolution.txt", &named)["document"].as_str().expect("a document").to_owned();
    let server = desk.serve();
    let corrections = |(_, task): &(String, String)| task == "Reform of prisons and corrections";
    let (accepted, _) = desk.waiting().into_iter().find(corrections).expect("a proposal");
    decide(&server, &accepted, "accepted");
    decide(&server, &desk.waiting()[0].0, "rejected");
    drop(server);
    let workspace = desk.workspace();
    let order = ["--ordered-by", "Made-up Officer", "--reason", "made up"];
    let erase = |kind: &'static str, record: &str| {
        let output = desk.run(&[&["erase", &workspace, kind, record][..], &order].concat());
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stderr).expect("UTF-8")
    };
    let told = erase("person", "ss/m1");
    assert!(told.contains(&format!("remit erase {workspace} document {document} --ordered-by")), "{told}");
    assert!(has(&desk, "Zebulon"));

    let told = erase("document", &document);
    assert!(told.contains("document erased") && told.contains("mandated_task read/"), "{told}");
    // Neither the name, nor what was proposed from it, nor what somebody accepted quotes, nor the file.
    for text in ["Zebulon", "remain seized", "reform of prisons and corrections;", "vetting and training of police"] {
        assert!(!has(&desk, text), "{text}");
    }
    assert_eq!(std::fs::read_dir(std::path::Path::new(&workspace).join("files")).map_or(0, Iterator::count), 0);
    assert!(desk.run(&["verify", &workspace]).status.success(), "{:?}", desk.run(&["verify", &workspace]));
    assert_eq!((desk.waiting(), desk.sql("select 1 from document").len()), (vec![], 0));
    let left = desk.sql(
        "select json_extract(fields, '$.ssr_task') as task, quote from statement where kind = 'mandated_task' and current = 1",
    );
    assert_eq!(left, [json!({ "task": "corrections_reform", "quote": null })]);
    // Who goes on, and who takes over from here, finds a whole workspace.
    let copy = desk.path("copy");
    desk.ok(&["init", &copy.display().to_string()]);
    desk.ok(&["merge", &copy.display().to_string(), "--from", &workspace, "--redact"]);
    desk.ok(&["verify", &copy.display().to_string()]);
    assert!(desk.read("resolution.txt", &named)["proposals"].as_u64().is_some_and(|n| n > 0));
    assert!(desk.run(&["verify", &workspace]).status.success());
}

/// Who cites the symbol of a document, or its identifier, cites the document, also in words a little longer than its own; the same words of a source
/// that is called otherwise stand, and are listed.
#[test]
fn what_cites_a_document_by_its_symbol_loses_its_quotation_with_it() {
    let desk = Desk::new();
    let document = desk.read("resolution.txt", RESOLUTION)["document"].as_str().expect("a document").to_owned();
    let quoting = |record: &str, source: &str, quote: &str| {
        json!({ "kind": "actor", "record": record, "source": source, "quote": quote,
            "fields": { "name": format!("Made-up {record}"), "class": "police", "country": "SS" } })
    };
    let prisons = "To assist the authorities in the reform of prisons and corrections";
    desk.add(&[
        quoting("ss/symbol", "S/RES/9901 (2031)", prisons),
        quoting("ss/close", "Resolution s/res/9901(2031), para. 2", prisons),
        quoting("ss/identifier", &document, prisons),
        quoting("ss/longer", "S/RES/9901", &format!("(b) {prisons}; and so on")),
        quoting("ss/other", "A made-up letter", prisons),
        quoting("ss/number", "S/RES/99012 (2033)", "Decides to remain seized of the matter."),
        quoting("ss/own", "S/RES/9901 (2031)", "Made-up words of nobody at all"),
    ]);
    let workspace = desk.workspace();
    let order = ["--ordered-by", "Made-up Officer", "--reason", "made up", "--json"];
    let erased = desk.json(&[&["erase", &workspace, "document", &document][..], &order].concat());
    let left =
        desk.sql("select record from statement where kind = 'actor' and current = 1 and quote is not null order by record");
    assert_eq!(left, ["ss/number", "ss/other", "ss/own"].map(|record| json!({ "record": record })));
    let named = erased["named_in"].as_array().expect("records");
    assert!(["actor ss/number", "actor ss/other"].iter().all(|record| named.contains(&json!(record))), "{erased}");
    assert!(!named.contains(&json!("actor ss/own")), "{erased}");
    desk.ok(&["verify", &workspace]);
}

#[test]
fn a_document_that_is_erased_goes_from_a_copy_that_takes_the_erasure_over() {
    let desk = Desk::new();
    let document = desk.read("resolution.txt", RESOLUTION)["document"].as_str().expect("a document").to_owned();
    let (here, copy, there) =
        (desk.workspace(), desk.path("copy").display().to_string(), desk.path("colleague").display().to_string());
    desk.ok(&["backup", &here, &copy]);
    desk.ok(&["restore", &copy, &there]);
    // What only the copy quotes of it goes with it.
    let title = desk.sql("select title from document")[0]["title"].clone();
    let quote = "To assist the authorities in the reform of prisons and corrections;";
    desk.add(&[json!({ "kind": "actor", "record": "ss/quoting", "source": title, "quote": quote,
        "fields": { "name": "Made-up Service", "class": "police", "country": "SS" } })]);
    desk.ok(&["erase", &there, "document", &document, "--ordered-by", "Made-up Officer", "--reason", "made up"]);

    let (_, refused) = desk.fails(&["merge", &here, "--from", &there]);
    assert!(refused.contains(&format!("all of {document}")) && has(&desk, "remain seized"), "{refused}");
    let merged = desk.run(&["merge", &here, "--from", &there, "--redact"]);
    let told = String::from_utf8(merged.stderr).expect("UTF-8");
    assert!(merged.status.success() && told.contains(&format!("{document} was erased there")), "{told}");
    for text in ["remain seized", "reform of prisons and corrections;", "vetting and training of police"] {
        assert!(!has(&desk, text), "{text}");
    }
    assert_eq!(std::fs::read_dir(std::path::Path::new(&here).join("files")).map_or(0, Iterator::count), 0);
    assert_eq!((desk.waiting(), desk.sql("select 1 from document").len()), (vec![], 0));
    let left = desk.sql("select quote from statement where record = 'ss/quoting' and current = 1");
    assert_eq!(left, [json!({ "quote": null })]);
    desk.ok(&["verify", &here]);
    // Once more there is nothing to do.
    desk.ok(&["merge", &here, "--from", &there]);
}

/// What a data set brought is on record, though no statement says anything of it.
#[test]
fn who_names_a_document_that_was_read_names_one_on_file() {
    let desk = Desk::new();
    let document = desk.read("resolution.txt", RESOLUTION)["document"].as_str().expect("a document").to_owned();
    let coverage = |record: &str, document: &str| {
        json!({ "kind": "coverage", "record": record, "source": "Made-up note", "marking": "public",
            "fields": { "title": "Made-up coverage", "document": document } })
    };
    let added = desk.told(&["add", &desk.workspace()], &[coverage("c1", &document), coverage("c2", "document/none")]);
    let told = String::from_utf8_lossy(&added.stderr).into_owned();
    assert!(told.contains("line 2 names the document `document/none`") && !told.contains(&document), "{told}");
    let rows = desk.ask("unrecorded", &["--clearance", "strictly_confidential"]);
    assert_eq!(rows.iter().map(|row| &row["named_record"]).collect::<Vec<_>>(), ["document/none"]);
}

/// The order about a document goes with a bundle, as that about a person does, also on from somebody who never had the document.
#[test]
fn a_document_that_is_erased_goes_from_a_copy_that_takes_a_bundle() {
    let desk = Desk::new();
    let document = desk.read("resolution.txt", RESOLUTION)["document"].as_str().expect("a document").to_owned();
    let path = |name: &str| desk.path(name).display().to_string();
    let (here, there, between) = (desk.workspace(), path("colleague"), path("between"));
    desk.ok(&["backup", &here, &path("copy")]);
    desk.ok(&["restore", &path("copy"), &there]);
    desk.ok(&["init", &between]);
    desk.ok(&["bundle", &there, &path("before.remit"), "--for", "Made-up Office", "--clearance", "strictly_confidential"]);
    desk.ok(&["erase", &there, "document", &document, "--ordered-by", "Made-up Officer", "--reason", "made up"]);
    let bundle = |from: &str, name: &str| {
        desk.ok(&["bundle", from, &path(name), "--for", "Made-up Office", "--clearance", "strictly_confidential"]);
        path(name)
    };
    let sent = bundle(&there, "after.remit");
    let said = |arguments: &[&str]| String::from_utf8(desk.run(arguments).stderr).expect("UTF-8");
    let taken = said(&["merge", &between, "--from", &sent]);
    assert!(taken.contains(" recorded"), "{taken}");
    desk.ok(&["verify", &between]);
    let handed_on = bundle(&between, "on.remit");

    let preview = said(&["merge", &here, "--from", &handed_on, "--dry-run"]);
    assert!(preview.contains("nothing is taken without --redact") && has(&desk, "remain seized"), "{preview}");
    let (_, refused) = desk.fails(&["merge", &here, "--from", &handed_on]);
    assert!(refused.contains(&format!("all of {document}), as")) && has(&desk, "remain seized"), "{refused}");
    let told = said(&["merge", &here, "--from", &handed_on, "--redact"]);
    assert!(told.contains(&format!("{document} was erased there")), "{told}");
    for text in ["remain seized", "reform of prisons and corrections;", "vetting and training of police"] {
        assert!(!has(&desk, text), "{text}");
    }
    assert_eq!(std::fs::read_dir(std::path::Path::new(&here).join("files")).map_or(0, Iterator::count), 0);
    assert_eq!((desk.waiting(), desk.sql("select 1 from document").len()), (vec![], 0));
    desk.ok(&["verify", &here]);
    // The same from who ordered it has nothing more to say.
    desk.ok(&["merge", &here, "--from", &sent]);
}

/// What a copy says of a document that was erased here, and what it quotes of it, comes without that.
#[test]
fn what_a_copy_says_of_an_erased_document_comes_as_the_erasure_leaves_it() {
    let desk = Desk::new();
    let document = desk.read("resolution.txt", RESOLUTION)["document"].as_str().expect("a document").to_owned();
    let title = desk.sql("select title from document")[0]["title"].clone();
    let (here, copy, there) =
        (desk.workspace(), desk.path("copy").display().to_string(), desk.path("colleague").display().to_string());
    desk.ok(&["backup", &here, &copy]);
    desk.ok(&["restore", &copy, &there]);
    let quote = "To assist the authorities in the reform of prisons and corrections;";
    let said = [
        json!({ "kind": "document", "record": document, "source": "Made-up note", "fields": { "title": "Made-up Qzquux" } }),
        json!({ "kind": "actor", "record": "ss/quoting", "source": title, "quote": quote,
            "fields": { "name": "Made-up Service", "class": "police", "country": "SS" } }),
    ];
    assert!(desk.told(&["add", &there], &said).status.success());
    desk.ok(&["erase", &here, "document", &document, "--ordered-by", "Made-up Officer", "--reason", "made up"]);
    let merged = String::from_utf8(desk.run(&["merge", &here, "--from", &there]).stderr).expect("UTF-8");
    assert!(merged.contains("2 statements told of what was erased here"), "{merged}");
    assert!(!has(&desk, "Qzquux") && !has(&desk, "reform of prisons and corrections;"));
    assert_eq!(desk.sql("select 1 from document").len(), 0);
    let left =
        desk.sql("select json_extract(fields, '$.name') as name, quote from statement where kind = 'actor' and current = 1");
    assert_eq!(left, [json!({ "name": "Made-up Service", "quote": null })]);
    desk.ok(&["verify", &here]);
}

#[test]
fn what_was_decided_stays_when_the_document_is_read_again() {
    let desk = Desk::new();
    desk.read("resolution.txt", RESOLUTION);
    let server = desk.serve();
    let (accepted, task) = desk.waiting()[0].clone();
    let rejected = desk.waiting()[1].0.clone();
    let all = desk.waiting().len();
    assert!(decide(&server, &accepted, "accepted").contains("/review?said="));
    decide(&server, &rejected, "rejected");
    assert_eq!(desk.waiting().len(), all - 2);
    assert_eq!(desk.read("copy.txt", RESOLUTION)["unchanged"], true);
    // Another file of the same words is another document; the same file under another name is the same.
    assert_eq!(desk.waiting().len(), all - 2);
    let rows = desk.sql(
        "select json_extract(fields, '$.task') as task, quote, locator, source from statement \
         where kind = 'mandated_task' and status_of_statement = 'accepted'",
    );
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["task"], task.as_str());
    assert!(rows[0]["source"].as_str().unwrap().contains("S/RES/9901 (2031)") && !rows[0]["quote"].as_str().unwrap().is_empty());
}

/// A made-up renewal of the same mandate in three languages, and in both digits of Arabic.
const RENEWALS: [(&str, &str); 4] = [
    (
        "en.txt",
        "Made-up Security Council resolution 9994 (2025)\n\nAdopted by the Security Council on 30 May 2025\n\n\
         1. Decides to extend the mandate of the United Nations Assistance Mission in Somalia (UNSOM) until 31 October 2026;\n\n\
         2. Decides that UNSOM shall train the Somali police;\n\n\
         3. Decides to extend the mandate of the Panel of Experts until 30 November 2026;\n\n\
         4. Requests the Secretary-General to report on the mandate of UNSOM by 30 June 2026.",
    ),
    (
        "fr.txt",
        "Résolution 9994 (2025) du Conseil de sécurité, inventée\n\nAdoptée par le Conseil de sécurité le 30 mai 2025\n\n\
         1. Décide de proroger jusqu’au 31 octobre 2026 le mandat de la Mission d’assistance des Nations Unies en Somalie (MANUSOM) ;\n\n\
         2. Décide que la MANUSOM formera la police somalienne ;",
    ),
    (
        "ar.txt",
        "قرار مجلس الأمن 9994 (2025) - مختلق\n\nالذي اتخذه مجلس الأمن في 30 أيار/مايو 2025\n\n\
         1. يقرر تمديد ولاية بعثة الأمم المتحدة لتقديم المساعدة إلى الصومال حتى 31 تشرين الأول/أكتوبر 2026؛\n\n\
         2. يقرر أن تقوم البعثة بتدريب الشرطة الصومالية؛",
    ),
    (
        "ar-digits.txt",
        "قرار مجلس الأمن ٩٩٩٥ (٢٠٢٥) - مختلق\n\nالذي اتخذه مجلس الأمن في ٣٠ أيار/مايو ٢٠٢٥\n\n\
         ١. يقرر تمديد ولاية بعثة الأمم المتحدة لتقديم المساعدة إلى الصومال حتى ٣١ تشرين الأول/أكتوبر ٢٠٢٦؛\n\n\
         ٢. يقرر أن تقوم البعثة بتدريب الشرطة الصومالية؛",
    ),
];

#[test]
fn until_when_a_mandate_lasts_waits_as_a_mandate_and_is_no_day_of_adoption() {
    for (name, text) in RENEWALS {
        let desk = Desk::new();
        desk.read(name, text);
        assert_eq!(desk.value("select date from document"), "2025-05-30", "{name}");
        let sql = "select statement, locator, quote, valid_from, valid_to, json_extract(fields, '$.mission') as mission \
                   from statement where kind = 'mandate'";
        let rows = desk.sql(sql);
        assert_eq!(rows.len(), 1, "{name}: {rows:?}");
        let told = ["valid_from", "valid_to", "mission", "locator"].map(|column| rows[0][column].as_str().unwrap_or_default());
        assert_eq!(told, ["2025-05-30", "2026-10-31", "mission/unsom", "para. 1"], "{name}");
        let server = desk.serve();
        let review = server.get("/review?kind=mandate").2;
        assert!(review.contains("Valid to") && review.contains("31\u{a0}Oct\u{a0}2026"), "{name}: {review}");
        decide(&server, rows[0]["statement"].as_str().unwrap(), "accepted");
        let missions = desk.ask("missions", &["--valid-on", "2026-06-01"]);
        assert_eq!((missions.len(), &missions[0]["ends"]), (1, &json!("2026-10-31")), "{name}: {missions:?}");
        let ending = desk.ask("ending", &["--valid-on", "2026-08-01"]);
        assert!(ending.iter().any(|r| r["what_ends"] == "mandate" && r["ends"] == "2026-10-31"), "{name}: {ending:?}");
    }
}

#[test]
fn a_decision_that_says_until_when_it_applies_gives_its_mission_that_end() {
    let desk = Desk::new();
    desk.read(
        "decision.txt",
        "Made-up Council Decision (CFSP) 2031/9999 of 3 July 2031 on EUCAP Somalia\n\n\
         1. EUCAP Somalia shall advise the coast guard of Somalia.\n\n2. EUCAP Somalia is led by a made-up Head.\n\n\
         3. This Decision shall apply until 30 June 2033.",
    );
    let rows = desk.sql("select json_extract(fields, '$.mission') as mission, valid_to from statement where kind = 'mandate'");
    assert_eq!(rows, [json!({ "mission": "mission/eucap-somalia", "valid_to": "2033-06-30" })]);
}

#[test]
fn what_a_mission_recommends_waits_as_a_recommendation() {
    let desk = Desk::new();
    let page = "<!doctype html><html lang=en><title>Made-up page</title><main><p>UNMISS trained prison officers.\
                <p>UNMISS recommends that the Government reform the prisons.";
    desk.read("page.html", page);
    let sql = "select statement, record, json_extract(fields, '$.text') as text, json_extract(fields, '$.body') as body, quote from statement \
               where kind = 'recommendation'";
    let rows = desk.sql(sql);
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!(rows[0]["text"], "UNMISS recommends that the Government reform the prisons.");
    assert_eq!((&rows[0]["body"], &rows[0]["quote"]), (&json!("mission/unmiss"), &rows[0]["text"]));
    let server = desk.serve();
    let review = server.get("/review?kind=recommendation").2;
    assert!(review.contains("UNMISS recommends that"), "{review}");
    assert!(server.get("/review?mission=mission/unmiss").2.contains("UNMISS recommends that"), "of the mission too");
    let document = desk.value("select record from document");
    let of_document = server.get(&format!("/document?record={}", document.as_str().unwrap())).2;
    assert!(of_document.contains("/decide") && of_document.contains("UNMISS recommends that"), "{of_document}");
    decide(&server, rows[0]["statement"].as_str().unwrap(), "accepted");
    assert_eq!(desk.value("select group_concat(record) from actor"), "mission/unmiss", "who recommends it is on record now");
    assert_eq!(desk.value("select body from recommendation"), "mission/unmiss");
}

#[test]
fn who_decides_sees_of_which_country_the_institution_is() {
    let desk = Desk::new();
    let actor = |record: &str, country: &str| json!({"kind": "actor", "record": record, "fields": {"name": "Made-up Police Service", "country": country}});
    desk.add(&[actor("iq/made-up", "IQ"), actor("ss/made-up", "SS")]);
    desk.read("page.txt", "Made-up page on UNMISS\n\nUNMISS trained 120 officers of the Made-up Police Service.");
    let partners =
        desk.sql("select distinct json_extract(fields, '$.partner') as partner from statement where kind = 'engagement'");
    assert_eq!(partners, [json!({"partner": "ss/made-up"})], "of two that are called the same, that of the mission’s country");
    let server = desk.serve();
    let review = server.get("/review").2;
    assert!(review.contains("Made-up Police Service (South Sudan)"), "{review}");
    let french = server.get("/review?lang=fr").2;
    assert!(french.contains("Made-up Police Service (Soudan du Sud)"), "{french}");
}

#[test]
fn by_when_something_is_recommended_is_due() {
    let desk = Desk::new();
    let page = |sentence: &str| format!("Made-up page\n\nUNMISS recommends that the Government reform the prisons {sentence}.");
    for (n, (sentence, _)) in DUE.iter().enumerate() {
        desk.read(&format!("page {n}.txt"), page(sentence));
    }
    for (sentence, due) in DUE {
        let sql = format!(
            "select json_extract(fields, '$.due') as due from statement where kind = 'recommendation' and quote like '%{sentence}.'"
        );
        assert_eq!(desk.value(&sql).as_str(), *due, "{sentence}");
    }
}

/// How it is told by when, and the day that it is; none where it tells of something else.
const DUE: &[(&str, Option<&str>)] = &[
    ("by June 2032", Some("2032-06")),
    ("before the end of 2033", Some("2033")),
    ("no later than 1 March 2034", Some("2034-03-01")),
    ("on which it reported in May 2031", None),
];

#[test]
fn whom_only_a_proposal_names_is_on_no_record() {
    let desk = Desk::new();
    desk.read("resolution.txt", RESOLUTION);
    let on_record = || desk.value("select group_concat(record || ' ' || class || ' ' || acronym) from actor");
    assert!(on_record().is_null(), "nobody has accepted anything: {}", on_record());
    let server = desk.serve();
    let (_, _, page) = server.get("/country/SS");
    assert!(!page.contains("United Nations Mission in South Sudan"), "{page}");
    // All the same the page says who is meant, and that the document is theirs, without a page to go to.
    let review = server.get("/review").2;
    assert!(review.contains("UNMISS: Police reform and development") && review.contains(">UNMISS</option>"), "{review}");
    let french = server.get("/review?lang=fr").2;
    assert!(french.contains("UNMISS: Réforme et développement de la police"), "titles are in the reader's language: {french}");
    let documents = server.get("/documents").2;
    assert!(documents.contains("UNMISS") && !documents.contains("/record/actor?record=mission"), "{documents}");
    decide(&server, &desk.waiting()[0].0, "rejected");
    assert!(on_record().is_null(), "what is rejected names nobody");
    let head = decide(&server, &desk.waiting()[0].0, "accepted");
    assert_eq!(on_record(), "mission/unmiss mission UNMISS");
    // Undone, the mission is gone too: whoever goes through the proposals is led back to them.
    let entry = head.split("said=").nth(1).and_then(|rest| rest.lines().next()).expect("an entry").trim().to_owned();
    let undone = |back: &str| server.post("/undo", &[("entry", &entry), ("back", back)]).1;
    assert!(undone("/review").lines().any(|line| line.trim() == "location: /review"), "back to the proposals");
    assert!(on_record().is_null());
    decide(&server, &desk.waiting()[0].0, "accepted");
    decide(&server, &desk.waiting()[0].0, "accepted");
    assert_eq!(
        desk.value("select count(*) from statement where kind = 'actor' and current = 1 and withdrawn = 0"),
        1,
        "once is enough"
    );
}

#[test]
fn an_undone_acceptance_leads_back_to_the_list_also_where_the_mission_goes_with_it() {
    let desk = Desk::new();
    desk.read("resolution.txt", RESOLUTION);
    let server = desk.serve();
    let waits = || desk.value("select count(*) from waiting");
    let before = waits();
    assert!(before.as_u64() > Some(1), "{before}");
    let accept_and_undo = |back: &str| {
        let head = decide(&server, &desk.waiting()[0].0, "accepted");
        assert_eq!(waits().as_u64(), before.as_u64().map(|n| n - 1), "what was accepted waits no more");
        let entry = head.split("said=").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("an entry");
        assert_eq!(desk.value("select count(*) from actor"), 1);
        let (status, head, _) = server.post("/undo", &[("entry", entry), ("back", back)]);
        assert_eq!((status, desk.value("select count(*) from actor"), waits()), (303, 0.into(), before.clone()), "{head}");
        head
    };
    let head = accept_and_undo("/review?mission=mission/unmiss");
    assert!(head.contains("location: /review?mission=mission/unmiss"), "{head}");
    let head = accept_and_undo("/record/actor?record=mission/unmiss");
    assert!(head.contains("location: /history"), "a record that is gone has no page: {head}");
}

#[test]
fn who_does_what_is_changed_and_accepted_is_on_record_too() {
    let desk = Desk::new();
    desk.read("resolution.txt", RESOLUTION);
    let server = desk.serve();
    let statement = desk.waiting()[0].0.clone();
    let form = server.get(&format!("/edit/mandated_task?statement={statement}&accept=yes")).2;
    assert!(form.contains("mission/unmiss"), "{form}");
    let changed = [
        ("statement", statement.as_str()),
        ("mission", "mission/unmiss"),
        ("task", "Made-up task"),
        ("source", "Made up"),
        ("status_of_statement", "accepted"),
        ("marking", "public"),
    ];
    let (status, _, page) = server.post("/edit/mandated_task", &changed);
    assert_eq!(status, 303, "{page}");
    assert_eq!(desk.value("select group_concat(record) from actor"), "mission/unmiss");
}

#[test]
fn a_renewal_shows_what_it_added_and_dropped() {
    let desk = Desk::new();
    desk.read("first.txt", RESOLUTION);
    desk.read("second.txt", renewal());
    let server = desk.serve();
    for (statement, _) in desk.waiting() {
        decide(&server, &statement, "accepted");
    }
    let rows = desk.ask("mandate", &["--mission", "UNMISS", "--valid-on", "2033-01-01"]);
    let told: Vec<(String, String)> =
        rows.iter().map(|r| (r["change"].as_str().unwrap().to_owned(), r["task"].as_str().unwrap().to_owned())).collect();
    let has = |change: &str, task: &str| told.contains(&(change.to_owned(), task.to_owned()));
    assert!(
        has("kept", "Police reform and development")
            && has("new", "Border management")
            && has("dropped", "Reform of prisons and corrections"),
        "{told:?}"
    );
    let (_, _, page) = server.get("/record/actor?record=mission/unmiss&valid_on=2033-01-01");
    assert!(page.contains("dropped"), "the mission's page");
    let compared = desk.ask("versions", &["--older", "S/RES/9901 (2031)", "--newer", "S/RES/9902 (2032)"]);
    assert!(compared.iter().any(|r| r["change"] == "dropped" && r["ssr_task"] == "corrections_reform"), "{compared:?}");
    // By their years, the other way round.
    let back = desk.ask("versions", &["--older", "2032", "--newer", "2031"]);
    assert!(back.iter().any(|r| r["change"] == "new" && r["ssr_task"] == "corrections_reform"), "{back:?}");
    assert!(back.iter().all(|r| r["newer_document"].as_str().unwrap().contains("(2031-07-03)")), "{back:?}");
}

#[test]
fn two_versions_of_a_page_are_compared_without_being_named() {
    let desk = Desk::new();
    let page = |day: &str, what: &str| format!("Made-up page on UNMISS\n\nUNMISS supports {what}.\n\nLast updated: {day}\n");
    desk.read("new.txt", page("2 May 2031", "police reform and border management"));
    desk.read("old.txt", page("1 May 2030", "police reform and the reform of prisons"));
    desk.read("other.txt", page("3 May 2031", "mine action").replace("UNMISS", "MONUSCO"));
    let told: Vec<(String, String)> = desk
        .ask("versions", &[])
        .iter()
        .map(|r| (r["change"].as_str().unwrap().to_owned(), r["ssr_task"].as_str().unwrap().to_owned()))
        .collect();
    let expected = [("new", "border_management"), ("dropped", "corrections_reform"), ("kept", "police_reform")];
    assert_eq!(told, expected.map(|(change, task)| (change.to_owned(), task.to_owned())));
}

#[test]
fn a_page_in_french_and_one_in_german_name_missions_and_tasks() {
    let desk = Desk::new();
    desk.read("fr.html", "<!doctype html><html lang=fr><title>Page inventée</title><nav><a href=/>Réforme de la justice</a></nav><main><h1>EUAM Ukraine</h1>\
        <p>La mission conseille le ministère de l’Intérieur sur la réforme de la police et la gestion des frontières.</p></main>");
    let tasks = desk.tasks();
    assert!(
        tasks.iter().any(|t| t == "Police reform and development") && tasks.iter().any(|t| t == "Border management"),
        "{tasks:?}"
    );
    assert!(!tasks.iter().any(|t| t == "Justice reform"), "a menu is not the page: {tasks:?}");
    let before = tasks.len();
    desk.read(
        "de.docx",
        docx(&[
            ("Titre1", "Erfundene Seite"),
            ("", "Die UNMISS berät die Regierung bei der Polizeireform und unterstützt die Justizreform."),
        ]),
    );
    let tasks = desk.tasks().split_off(before);
    assert!(
        tasks.iter().any(|t| t == "Police reform and development") && tasks.iter().any(|t| t == "Justice reform"),
        "{tasks:?}"
    );
}

/// The tasks and missions that are proposed for a made-up page.
fn proposed(page: &str) -> Vec<(String, String)> {
    let desk = Desk::new();
    desk.read("page.html", page);
    let sql = "select json_extract(fields, '$.task') as task, json_extract(fields, '$.mission') as mission from statement \
               where status_of_statement = 'proposed' order by seq";
    let own = |r: &Value, name: &str| r[name].as_str().unwrap_or_default().to_owned();
    desk.sql(sql).iter().map(|r| (own(r, "task"), own(r, "mission"))).collect()
}

fn says(found: &[(String, String)], task: &str, mission: &str) -> bool {
    found.iter().any(|(t, m)| t == task && m == mission)
}

#[test]
fn an_eighth_language_is_read_by_adding_files() {
    let desk = Desk::new();
    desk.file("w/model/grammar/pt.toml", "future = { endings = [\"ará\"] }\nabbreviations = [\"exmo\"]\n");
    desk.file("w/model/lexicon/ssr_task.pt.csv", "phrase,language,code,weight,note\nreforma da polícia,pt,police_reform,3,\n");
    let page = "<html lang=pt><main><h1>Página inventada</h1><p>Para o Exmo. Ministro, o EUAM Iraq acompanhará a reforma da polícia.</main>";
    desk.read("page.html", page);
    let sql = "select json_extract(fields, '$.ssr_task') as task, json_extract(fields, '$.mode') as mode, quote from statement \
               where status_of_statement = 'proposed'";
    let quote = "Para o Exmo. Ministro, o EUAM Iraq acompanhará a reforma da polícia.";
    assert_eq!(desk.sql(sql), [json!({"task": "police_reform", "mode": "plan", "quote": quote})]);
}

#[test]
fn what_missions_share_is_said_of_each() {
    let found = proposed(
        "<main><h1>Made-up page</h1><p>In Mali (MINUSMA) or Somalia (UNSOM), activities have focused on police reform.</main>",
    );
    for mission in ["mission/minusma", "mission/unsom"] {
        assert!(says(&found, "Police reform and development", mission), "{found:?}");
    }
}

#[test]
fn a_mission_that_is_described_is_the_one_of_that_sender_kind_and_country() {
    let pages = [
        "<html lang=en><main><h1>Made-up page</h1><p>The EU advisory mission in Iraq supports police reform.</main>",
        "<html lang=fr><main><h1>Page inventée</h1><p>La mission de conseil de l’UE en Iraq soutient la réforme de la police.</main>",
        "<html lang=ar><main><h1>صفحة</h1><p>تدعم بعثة الاتحاد الأوروبي الاستشارية في العراق إصلاح الشرطة.</main>",
        "<html lang=uk><main><h1>Сторінка</h1><p>Консультативна місія ЄС в Іраку підтримує реформу поліції.</main>",
        "<html lang=sr><main><h1>Stranica</h1><p>Savetodavna misija EU u Iraku podržava reformu policije.</main>",
        "<html lang=sr><main><h1>Страница</h1><p>Саветодавна мисија ЕУ у Ираку подржава реформу полиције.</main>",
    ];
    for page in pages {
        let found = proposed(page);
        assert!(says(&found, "Police reform and development", "mission/euam-iraq"), "{page}: {found:?}");
    }
}

#[test]
fn an_organisation_that_is_no_mission_does_what_its_sentence_begins_with() {
    let page = |sentence: &str| proposed(&format!("<main><h1>Made-up page</h1><p>{sentence}</main>"));
    let found = page("UNDP supports the reform of prisons in Liberia.");
    assert_eq!(found, [("Reform of prisons and corrections".to_owned(), "organisation/undp".to_owned())]);
    let found = page("Together with UNDP, the ministry works on the reform of prisons.");
    assert_eq!(found, [], "it is named, but the sentence is not about it");
    let found = page("The Security Council supports the reform of prisons in Liberia.");
    assert_eq!(found, [], "what decides only is not who does it");
    let found = page("EUAM Ukraine is a mission.<p>The EU supports the reform of prisons.");
    assert!(found.iter().all(|(_, who)| who != "organisation/eu"), "its mission is meant: {found:?}");
}

#[test]
fn a_name_written_short_means_the_mission_that_the_page_names_whole() {
    let page =
        "<main><h1>Made-up page</h1><p>EUCAP Somalia is a civilian mission.<p>EUCAP advises the police on police reform.</main>";
    let found = proposed(page);
    assert!(says(&found, "Police reform and development", "mission/eucap-somalia"), "{found:?}");
    let two = "<main><h1>Made-up page</h1><p>EUCAP Somalia and EUCAP Sahel Mali met.<p>EUCAP advises the police on police reform.</main>";
    assert_eq!(proposed(two), [], "which of the two is meant is not said");
}

#[test]
fn bullets_say_what_the_paragraph_above_them_introduces() {
    let found = proposed(
        "<main><h1>Made-up page</h1><p>UNMISS is mandated to:<ul><li><p>support police reform;</p><li>advise on border management.</ul></main>",
    );
    assert!(
        says(&found, "Police reform and development", "mission/unmiss") && says(&found, "Border management", "mission/unmiss"),
        "{found:?}"
    );
}

#[test]
fn the_mission_is_the_only_one_that_the_page_names() {
    let found = proposed(
        "<html lang=de><main><h1>Erfundene Seite</h1><p>Seit 2014 besteht die EUAM Ukraine.<p>Die Mission unterstützt die Polizeireform.</main>",
    );
    assert!(says(&found, "Police reform and development", "mission/euam-ukraine"), "{found:?}");
}

#[test]
fn what_follows_a_semicolon_has_the_same_subject() {
    let found = proposed(
        "<main><h1>Made-up page</h1><p>UNMISS was to support the Government in peace; assist the Government and protect civilians.</main>",
    );
    assert!(says(&found, "Protection of civilians", "mission/unmiss"), "{found:?}");
}

#[test]
fn the_policy_of_the_union_is_no_strategy_of_the_country() {
    let found = proposed(
        "<html lang=fr><main><h1>Page inventée</h1><p>Dans le cadre de la politique de sécurité et de défense commune, l’Union a lancé EUCAP Somalia.</main>",
    );
    assert_eq!(found, []);
}

#[test]
fn what_a_mission_is_called_is_not_what_it_does() {
    let found = proposed(
        "<main><h1>Made-up page</h1><p>The EU Advisory Mission for Civilian Security Sector Reform Ukraine trains prison officers.</main>",
    );
    assert!(says(&found, "Reform of prisons and corrections", "mission/euam-ukraine"), "{found:?}");
    assert!(found.iter().all(|(task, _)| task != "Security sector reform as a whole"), "{found:?}");
}

#[test]
fn the_mission_is_the_one_of_the_paragraph_above() {
    let found = proposed(
        "<main><h1>Made-up page</h1><p>EUCAP Somalia began in 2012.<p>The mission supports maritime security.<p>EUTM Somalia and EUTM Mali train.</main>",
    );
    assert!(says(&found, "Maritime security", "mission/eucap-somalia"), "{found:?}");
}

#[test]
fn a_sentence_that_names_a_resolution_is_no_title() {
    let desk = Desk::new();
    desk.read("page.txt", "Made-up rule of law page\n\nUNMIL works.\n\nUnder Resolution 1509 the unit supports the prisons.");
    assert_eq!(desk.value("select title from document"), "Made-up rule of law page");
}

#[test]
fn a_report_tells_when_and_with_whom_and_cites_what_is_not_its_own() {
    let desk = Desk::new();
    let actor = |record: &str, name: &str| json!({"kind": "actor", "record": record, "fields": {"name": name, "country": "SS"}});
    desk.add(&[actor("made-up", "UNMISS"), actor("ss/made-up", "Made-up Police Service")]);
    let read = desk.read(
        "report.txt",
        "UNMISS: made-up report, January to June 2031\n\n1. The report tells of the mission.\n\n\
         2. By Council Decision (CFSP) 2024/2950 another mission goes on until 28 February 2027.\n\n\
         3. On 12 May 2031 UNMISS trained 120 officers of the Made-up Police Service.\n\n\
         4. UNMISS, by the decision of 3 March 2031, trained prison officers.\n\n\
         5. After 3 March 2031 UNMISS trained border guards.",
    );
    assert_eq!(read["symbol"], "", "a decision that a sentence cites is another document");
    let told = desk.sql(
        "select json_extract(fields, '$.ssr_task') as task, json_extract(fields, '$.date') as day, json_extract(fields, '$.partner') as partner \
         from statement where kind = 'engagement' and status_of_statement = 'proposed' order by record",
    );
    let of = |task: &str| told.iter().find(|t| t["task"] == task).unwrap_or_else(|| panic!("{task} in {told:?}"));
    let police = of("police_reform");
    assert_eq!(police["day"], "2031-05-12");
    assert_eq!(police["partner"], "ss/made-up", "nobody trains himself");
    assert_eq!(of("corrections_reform")["day"], "2031-06", "the day of a decision is not that of the training");
    assert_eq!(of("border_management")["day"], "2031-06", "nor is the day after which it was");
    let silent =
        desk.run(&["read", &desk.workspace(), &desk.file("silent.txt", "Made-up page\n\nThe mission trained the police.")]);
    let said = String::from_utf8(silent.stderr).expect("UTF-8");
    assert!(said.contains("--mission"), "{said}");
}

#[test]
fn a_page_is_of_the_day_on_which_it_was_updated() {
    let desk = Desk::new();
    desk.read("page.txt", "Made-up page on UNMISS\n\nIn July 2011 the Council established UNMISS.\n\nLast updated: 20 Aug. 2020 17:10\n\nUNMISS advises.");
    assert_eq!(desk.value("select date from document"), "2020-08-20");
}

#[test]
fn of_two_missions_each_does_what_is_said_of_it() {
    let found = proposed(
        "<main><h1>Made-up page</h1><p>EUCAP Sahel Niger supports the fight against organised crime and EUTM Mali trains the armed forces.</main>",
    );
    let [training, crime] = ["Training of armed forces", "Fight against organised crime"];
    let [mali, niger] = ["mission/eutm-mali", "mission/eucap-sahel-niger"];
    assert!(says(&found, training, mali) && says(&found, crime, niger), "{found:?}");
    assert!(!says(&found, training, niger) && !says(&found, crime, mali), "{found:?}");
    let together = proposed("<main><h1>Made-up page</h1><p>UNMISS and UNISFA support the reform of the police.</main>");
    for mission in ["mission/unmiss", "mission/unisfa"] {
        assert!(says(&together, "Police reform and development", mission), "{together:?}");
    }
}

#[test]
fn a_mission_beside_or_for_which_it_is_done_does_not_do_it() {
    for sentence in [
        "In close cooperation with MINUSCA, EUTM RCA advises on defence reform.",
        "EUTM RCA advises on defence reform, in support of MINUSCA.",
    ] {
        let found = proposed(&format!("<main><h1>Made-up page</h1><p>{sentence}</main>"));
        assert!(says(&found, "Defence reform", "mission/eutm-rca"), "{found:?}");
        assert!(found.iter().all(|(_, mission)| mission != "mission/minusca"), "{found:?}");
    }
}

#[test]
fn below_the_heading_of_a_mission_the_mission_is_that_one() {
    let found = proposed(
        "<main><h1>Made-up page on EUTM Somalia</h1><p>EUTM Somalia and EUCAP Somalia go on.<h2>EUCAP Somalia</h2><p>The mission supports maritime security.</main>",
    );
    assert!(says(&found, "Maritime security", "mission/eucap-somalia"), "{found:?}");
}

#[test]
fn a_name_written_short_is_the_mission_of_the_country_beside_it() {
    let found = proposed(
        "<html lang=de><main><h1>Erfundene Seite</h1><h2>Mali</h2><p>Die EUTM bildet malische Streitkräfte aus.<h2>Ohne Land</h2><p>Die EUCAP stärkt die Grenzpolizei.</main>",
    );
    assert_eq!(found, [("Training of armed forces".to_owned(), "mission/eutm-mali".to_owned())]);
}

#[test]
fn the_mission_after_two_is_the_one_that_the_sentence_began_with() {
    let found = proposed(
        "<html lang=fr><main><h1>Page inventée</h1><p>La mission EUAM RCA est née au sein d’EUTM RCA. Cette mission soutient la réforme de la police.</main>",
    );
    assert_eq!(found, [("Police reform and development".to_owned(), "mission/euam-rca".to_owned())]);
}

#[test]
fn a_mission_named_among_partners_is_beside_too() {
    let found = proposed(
        "<main><h1>Made-up page</h1><p>In coordination with international partners, in particular the delegation and MINUSMA, EUCAP Sahel Mali trains the police.</main>",
    );
    assert_eq!(found, [("Police reform and development".to_owned(), "mission/eucap-sahel-mali".to_owned())]);
}

#[test]
fn items_numbered_after_a_colon_are_mandated_with_what_introduces_them() {
    let desk = Desk::new();
    desk.read(
        "page.txt",
        "Made-up page on MONUSCO\n\nThe Council mandates the mission to work on:\n\n1. recommendations for justice and prison sector reforms;\n\n2. police training.\n",
    );
    let kinds = "select group_concat(distinct kind) from statement where status_of_statement = 'proposed' and kind <> 'actor'";
    let found = desk.tasks();
    for task in ["Justice reform", "Reform of prisons and corrections", "Police reform and development"] {
        assert!(found.iter().any(|t| t == task), "{found:?}");
    }
    assert_eq!(desk.value(kinds), "mandated_task");
}

#[test]
fn the_task_that_is_named_says_more_than_the_activity_that_it_is_coded_as() {
    let found = proposed("<main><h1>Made-up page</h1><p>EUTM Mali trains soldiers in military training centres.</main>");
    assert_eq!(found, [("Training of armed forces".to_owned(), "mission/eutm-mali".to_owned())]);
}

#[test]
fn a_title_is_not_taken_for_something_done() {
    let found = proposed(
        "<main><h1>Made-up page</h1><p>EUAM Iraq was launched in 2017.<p>European Union Advisory Mission in support of Security Sector Reform in Iraq - Civilian Mission</main>",
    );
    assert_eq!(found, []);
}

#[test]
fn who_is_supported_is_not_who_does_it() {
    let page =
        |sentence: &str| proposed(&format!("<main><h1>Made-up page on UNIOGBIS</h1><p>UNIOGBIS works.<p>{sentence}</main>"));
    let found = page("Support to the Government in police training.");
    assert!(says(&found, "Police reform and development", "mission/uniogbis"), "{found:?}");
    assert_eq!(page("The Government supports police training."), []);
}

#[test]
fn reform_of_the_sector_as_a_whole_is_a_task_of_its_own() {
    let found = proposed("<main><h1>Made-up page</h1><p>UNSOM supports security sector reform.</main>");
    assert_eq!(found, [("Security sector reform as a whole".to_owned(), "mission/unsom".to_owned())]);
}

#[test]
fn words_between_the_parts_of_a_phrase_are_read_too() {
    let found =
        proposed("<main><h1>Made-up page</h1><p>UNMISS supports police training, prisons and a reform of the army.</main>");
    for task in ["Police reform and development", "Defence reform", "Reform of prisons and corrections"] {
        assert!(says(&found, task, "mission/unmiss"), "{found:?}");
    }
}

#[test]
fn what_was_not_done_or_has_ended_is_not_proposed() {
    let desk = Desk::new();
    desk.read(
        "page.txt",
        "Made-up page on UNMISS\n\nUNMISS did not support police reform.\n\nUNMISS no longer supports the reform of prisons.\n",
    );
    assert_eq!(desk.tasks(), [""; 0]);
}

#[test]
fn what_a_report_denies_is_not_proposed_as_done() {
    let denied = [
        "UNMISS did not train the police.",
        "In the reporting period UNMISS did not train any prison staff.",
        "UNMISS failed to train prison staff.",
        "UNMISS has not trained judges.",
    ];
    let report = |paragraphs: &[&str]| {
        let numbered: Vec<String> = paragraphs.iter().zip(12..).map(|(p, n)| format!("{n}. {p}\n\n")).collect();
        let desk = Desk::new();
        desk.read(
            "report.txt",
            format!("Report of the Secretary-General on UNMISS\n\n30 September 2031\n\n{}", numbered.concat()),
        );
        desk.tasks()
    };
    assert_eq!(report(&denied), [""; 0]);
    // What is done beside it is proposed.
    let both = "UNMISS did not train any judges. It trained 40 police officers in human rights.";
    let tasks = report(&["UNMISS trained prison staff.", both]);
    for task in ["Reform of prisons and corrections", "Police reform and development"] {
        assert!(tasks.iter().any(|t| t == task), "{task}: {tasks:?}");
    }
}

#[test]
fn paragraphs_of_a_pdf_have_number_page_and_place() {
    let desk = Desk::new();
    let lines = [
        "Report of the made-up Secretary on UNMISS",
        "",
        "1. The Mission trained police officers in human rights.",
        "2. It also supported courts.",
    ];
    assert_eq!(desk.read("report.pdf", pdf(&lines))["passages"].as_u64(), Some(3));
    let rows = desk.sql("select number, page, top, text from passage where number is not null order by n");
    assert_eq!((rows[0]["number"].as_str(), rows[0]["page"].as_i64()), (Some("1"), Some(1)));
    assert!((0.05..0.2).contains(&rows[0]["top"].as_f64().unwrap()), "{rows:?}");
    assert_eq!(rows[1]["text"], "It also supported courts.");
}

#[test]
fn a_pdf_without_text_says_so_and_hostile_files_fail_alone() {
    let desk = Desk::new();
    let scan = desk.read("scan.pdf", pdf(&[]));
    assert!(scan["notes"][0].as_str().unwrap().contains("no text"), "{scan}");
    // Pages that contain each other, references that lead nowhere, an archive that unpacks to 200 MB, a file cut off.
    let circle = objects(&["<< /Type /Catalog /Pages 2 0 R >>".into(), "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>".into()]);
    let bomb = zip(&[("word/document.xml", &format!("<w:t>{}</w:t>", " ".repeat(200 << 20)))]);
    let whole = pdf(&["1. The Mission trained police officers."]);
    for (name, content) in [
        ("circle.pdf", circle),
        ("nowhere.pdf", objects(&["<< /Type /Catalog /Pages 99 0 R >>".into()])),
        ("bomb.docx", bomb),
        ("other.docx", zip(&[("a.txt", "no document")])),
        ("cut.pdf", whole[..whole.len() / 3].to_vec()),
        ("old.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec()),
        ("data.bin", vec![0; 4000]),
    ] {
        let read = desk.read(name, content);
        assert_eq!(read["passages"], 0, "{name}: {read}");
        assert!(!read["notes"][0].as_str().unwrap_or_default().is_empty(), "{name} says why: {read}");
    }
    let problems = desk.json(&["problems", &desk.workspace(), "--json"]);
    let files: HashSet<&str> = problems["rows"].as_array().unwrap().iter().filter_map(|p| p["file"].as_str()).collect();
    assert_eq!(files.len(), 8, "each says why: {problems}");
    // The next document is read as if nothing had been.
    assert!(desk.read("resolution.txt", RESOLUTION)["passages"].as_u64().unwrap() > 5);
}

#[test]
fn a_command_that_reads_nothing_of_what_was_named_fails() {
    let desk = Desk::new();
    let bad = desk.file("in/bad.docx", "PK\u{3}\u{4} made up, and no document");
    let workspace = desk.workspace();
    for arguments in [vec!["read", &workspace, &bad], vec!["read", &workspace, &bad, "--json"]] {
        let (code, said) = desk.fails(&arguments);
        assert!(code == 1 && said.contains("1 file could not be read (remit problems"), "{code}: {said}");
    }
    std::fs::create_dir(desk.path("empty")).unwrap();
    let (code, said) = desk.fails(&["read", &desk.workspace(), &desk.path("empty").display().to_string()]);
    assert!(code == 1 && said.contains("there is no file to read in"), "{code}: {said}");
    // Of several, those that can be read are, and the others are told.
    desk.file("in/good.txt", RESOLUTION);
    let output = desk.run(&["read", &desk.workspace(), &desk.path("in").display().to_string()]);
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(output.status.success(), "{said}");
    assert!(said.contains("1 document, ") && said.contains("1 file could not be read"), "{said}");
}

#[test]
fn a_confidential_document_is_out_of_reach() {
    let desk = Desk::new();
    let file = desk.file("secret.txt", RESOLUTION);
    desk.ok(&["read", &desk.workspace(), &file, "--marking", "confidential"]);
    assert_eq!(desk.sql("select n from passage").len() + desk.sql("select title from document").len(), 0);
    assert!(desk.waiting().is_empty(), "neither are its proposals");
    let server = desk.serve();
    assert!(server.get("/documents").2.contains("none has been read yet"));
}

#[test]
fn a_document_is_sent_and_decided_on_in_the_browser() {
    let desk = Desk::new();
    let server = desk.serve();
    let (status, head, _) = server.upload("/documents", "../../etc/resolution.txt", RESOLUTION.as_bytes());
    assert_eq!(status, 303, "{head}");
    let address = head.lines().find_map(|l| l.strip_prefix("location: ")).expect("a page to go to").to_owned();
    let (_, _, page) = server.get(&address);
    assert!(
        page.contains("Made-up resolution 9901") && page.contains("<mark class=\"who\"") && page.contains("Accept"),
        "{page}"
    );
    let (_, _, review) = server.get("/review");
    assert!(review.contains("UNMISS: Police reform and development") && review.contains("para. 2 (a)"), "{review}");
    // The kept file has its hash for a name, whatever it was called.
    let kept: Vec<String> =
        std::fs::read_dir(desk.path("w/files")).unwrap().map(|f| f.unwrap().file_name().to_string_lossy().into_owned()).collect();
    assert!(kept.len() == 1 && kept[0].len() == 68 && kept[0].ends_with(".txt"), "{kept:?}");
}
