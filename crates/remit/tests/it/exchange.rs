//! What goes from one office to another as one file. All made up.

use crate::desk::{Desk, REMIT, iati, paid, police};
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::process::{Command, Output};

const PASSPHRASE: &str = "five made up words here";

impl Desk {
    /// Runs with the passphrase in the environment.
    fn with_passphrase(&self, passphrase: &str, arguments: &[&str]) -> Output {
        let folder = self.path("");
        Command::new(REMIT).args(arguments).current_dir(folder).env("REMIT_PASSPHRASE", passphrase).output().expect("remit runs")
    }

    fn at(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Rows of a query in any workspace.
fn rows(desk: &Desk, workspace: &str, sql: &str, clearance: &str) -> Vec<Value> {
    let answer = desk.json(&["sql", workspace, sql, "--json", "--clearance", clearance]);
    answer["rows"].as_array().expect("rows").clone()
}

fn names(desk: &Desk, workspace: &str, clearance: &str) -> Vec<String> {
    let rows = rows(desk, workspace, "select name from actor order by name", clearance);
    rows.iter().map(|r| r["name"].as_str().unwrap_or_default().to_owned()).collect()
}

/// A register of two countries, with things that not everybody may see.
fn regional() -> Desk {
    let desk = Desk::new();
    desk.add(&[
        json!({"kind": "actor", "record": "so/police", "fields": {"name": "Made-up Police", "class": "police", "country": "SO", "note": "Made-up grid 44170923815"},
               "withheld": {"note": "confidential"}, "source": "Made up"}),
        json!({"kind": "actor", "record": "so/cell", "fields": {"name": "Made-up Heron Cell", "country": "SO"}, "marking": "confidential", "source": "Made up"}),
        json!({"kind": "actor", "record": "ke/police", "fields": {"name": "Made-up Kenyan Police", "country": "KE"}, "source": "Made up"}),
        json!({"kind": "actor", "record": "se/agency", "fields": {"name": "Made-up Swedish Agency", "country": "SE"}, "source": "Made up"}),
        json!({"kind": "relation", "record": "r/1", "fields": {"subject": "se/agency", "relation": "supports", "object": "so/police"}, "source": "Made up"}),
        json!({"kind": "relation", "record": "r/2", "fields": {"subject": "se/agency", "relation": "supports", "object": "ke/police"}, "source": "Made up"}),
    ]);
    desk
}

#[test]
fn a_workspace_goes_out_as_one_file_and_comes_back_as_it_was() {
    let desk = regional();
    desk.activities("aid.xml", &[police("XX-1-1", &paid("3", "1000"))]);
    let file = desk.at("whole.remit");
    let packed = desk.with_passphrase(PASSPHRASE, &["pack", &desk.workspace(), &file, "--author", "A. Made-up"]);
    assert!(packed.status.success(), "{}", said(&packed));

    // The note is read without any key, and nothing of the content is.
    let bytes = std::fs::read(&file).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("Made by:      A. Made-up") && text.contains("age --decrypt"), "{text}");
    assert!(!text.contains("Heron") && !text.contains("44170923815"));
    let note = desk.ok(&["unpack", &file, "--note"]);
    assert!(note.contains("6 statements") && note.contains("Imports: 1"), "{note}");

    let wrong = desk.with_passphrase("some other made up words", &["unpack", &file, &desk.at("wrong")]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(said(&wrong).contains("the passphrase is another one"), "{}", said(&wrong));
    assert!(!desk.path("wrong").exists());

    let unpacked = desk.at("unpacked");
    let out = desk.with_passphrase(PASSPHRASE, &["unpack", &file, &unpacked]);
    assert!(out.status.success(), "{}", said(&out));
    let all = "select record, author, recorded_at, hash from statement order by seq";
    assert_eq!(rows(&desk, &desk.workspace(), all, "confidential"), rows(&desk, &unpacked, all, "confidential"));
    let support = |w: &str| rows(&desk, w, "select identifier, disbursed_usd from support", "public");
    assert_eq!(support(&desk.workspace()), support(&unpacked));
    // It goes on with a key of its own, and still holds.
    assert_ne!(desk.json(&["key", &unpacked, "--json"]), desk.json(&["key", &desk.workspace(), "--json"]));
    assert_eq!(desk.json(&["verify", &unpacked, "--json"])["holds"], true);
    let (code, why) = desk.fails(&["unpack", &file, &unpacked]);
    assert!(code == 2 && why.contains("terminal"), "{why}");
    let again = desk.with_passphrase(PASSPHRASE, &["unpack", &file, &unpacked]);
    assert!(said(&again).contains("is not empty"), "{}", said(&again));
}

#[test]
fn a_part_has_nothing_above_its_clearance_and_nothing_of_elsewhere() {
    let desk = regional();
    let police = desk.value("select statement from statement where record = 'ke/police'");
    // What was corrected by something confidential no longer holds: it does not come back as if it did.
    desk.add(&[
        json!({"kind": "actor", "record": "ke/police", "fields": {"name": "Made-up Kenyan Police, disbanded", "country": "KE"},
                      "marking": "confidential", "supersedes": [police], "source": "Made up"}),
    ]);
    let pack = |name: &str, more: &[&str]| {
        let (file, folder) = (desk.at(&format!("{name}.remit")), desk.at(name));
        let workspace = desk.workspace();
        let arguments = [&["pack", &workspace, &file][..], more].concat();
        let out = desk.with_passphrase(PASSPHRASE, &arguments);
        assert!(out.status.success(), "{}", said(&out));
        assert!(desk.with_passphrase(PASSPHRASE, &["unpack", &file, &folder]).status.success());
        folder
    };
    let public = pack("public", &["--clearance", "public"]);
    assert_eq!(names(&desk, &public, "strictly_confidential"), ["Made-up Police", "Made-up Swedish Agency"]);
    let somalia = pack("somalia", &["--country", "Somalia", "--clearance", "confidential"]);
    assert_eq!(
        names(&desk, &somalia, "strictly_confidential"),
        ["Made-up Heron Cell", "Made-up Police", "Made-up Swedish Agency"]
    );
    let relations = rows(&desk, &somalia, "select record from relation", "public");
    assert_eq!(relations, [json!({"record": "r/1"})]);
    let actors = pack("actors", &["--kind", "relation"]);
    assert!(names(&desk, &actors, "public").is_empty());
    // Nothing that was left out stands anywhere in the files, whatever reads them.
    for file in ["remit.db", "remit.head", "remit.toml"] {
        let bytes = std::fs::read(desk.path(&format!("public/{file}"))).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for secret in ["Heron", "heron", "44170923815", "disbanded", "so/cell"] {
            assert!(!text.contains(secret), "{secret} in {file}");
        }
    }
    for folder in [&public, &somalia, &actors] {
        assert_eq!(desk.json(&["verify", folder, "--json"])["holds"], true);
    }
}

#[test]
fn what_was_imported_comes_along_where_its_marking_and_country_fit() {
    let desk = Desk::new();
    let of = |id: &str, country: &str| police(id, &format!("<recipient-country code=\"{country}\"/>{}", paid("3", "1000")));
    desk.activities("so.xml", &[of("XX-1-1", "SO")]);
    desk.activities("ke.xml", &[of("XX-1-2", "KE")]);
    let secret = desk.file("secret.xml", iati(&[of("XX-1-3", "SO")]));
    desk.ok(&["import", &desk.workspace(), &secret, "--marking", "confidential"]);
    let (file, folder) = (desk.at("so.remit"), desk.at("so"));
    let out = desk.with_passphrase(PASSPHRASE, &["pack", &desk.workspace(), &file, "--country", "SO", "--json"]);
    let told: Value = serde_json::from_slice(&out.stdout).unwrap_or_else(|_| panic!("{}", said(&out)));
    assert_eq!(told["imports"], 1);
    assert!(desk.with_passphrase(PASSPHRASE, &["unpack", &file, &folder]).status.success());
    let support = rows(&desk, &folder, "select identifier as id, disbursed_usd as usd from support", "strictly_confidential");
    assert_eq!(support, [json!({"id": "XX-1-1", "usd": 1000.0})]);
    assert_eq!(desk.json(&["verify", &folder, "--json"])["holds"], true);
}

#[test]
fn a_file_that_was_altered_or_cut_off_is_refused_and_nothing_is_written() {
    let desk = regional();
    let file = desk.at("b.remit");
    desk.ok(&["bundle", &desk.workspace(), &file, "--for", "Made-up Office"]);
    let whole = std::fs::read(&file).unwrap();
    let other = Desk::new();
    let refused = |bytes: &[u8], what: &str| {
        let altered = desk.file("altered.remit", bytes);
        let (code, why) = other.fails(&["merge", &other.workspace(), "--from", &altered]);
        assert_eq!(code, 1, "{what}: {why}");
        assert!(why.contains("altered.remit") && !why.contains("panicked"), "{what}: {why}");
        let (code, why) = other.fails(&["unpack", &altered, &other.at("u")]);
        assert_eq!(code, 1, "{what}: {why}");
        assert!(!other.path("u").exists(), "{what}");
    };
    // Each text and the content; what stands between them (days of files, lengths that are said twice) is no part of what is sent.
    for (begin, length) in entries(&whole) {
        for at in [begin, begin + length / 3, begin + length - 1] {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            refused(&bytes, &format!("byte {at}"));
        }
    }
    for length in [0, 100, whole.len() / 2, whole.len() - 1] {
        refused(&whole[..length], &format!("cut off after {length}"));
    }
    let behind = |more: &[u8]| [&whole[..], more].concat();
    refused(&behind(b"junk"), "junk behind its end");
    refused(&behind(&[0; 5_000]), "nothing behind its end, at length");
    // An end of its own, as an empty archive has it, does not hide that.
    refused(&behind(b"junkPK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), "another end behind its end");
    refused(&[&b"junk"[..], &whole[..]].concat(), "junk before its beginning");
    // Somebody else's note with this content, made anew as an archive: nobody signed that.
    refused(&with_entry(&whole, "READ ME.txt", b"Trust this."), "another note");
    refused(&with_entry(&whole, "workspace.zip", b"PK"), "another content");
    assert_eq!(other.value("select count(*) from statement"), 0);
    assert!(std::fs::read_dir(other.workspace()).unwrap().flatten().all(|e| !e.file_name().to_string_lossy().starts_with('.')));
}

/// Where the bytes of each entry of an archive stand, and how many there are.
fn entries(archive: &[u8]) -> Vec<(usize, usize)> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(archive)).unwrap();
    (0..zip.len())
        .map(|n| {
            let entry = zip.by_index(n).unwrap();
            (entry.data_start().expect("a place") as usize, entry.compressed_size() as usize)
        })
        .collect()
}

/// An archive with other bytes in one entry.
fn with_entry(archive: &[u8], name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(std::io::Cursor::new(archive)).unwrap();
    let mut to = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for n in 0..from.len() {
        let mut entry = from.by_index(n).unwrap();
        let own = entry.name().unwrap().into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        to.start_file(own.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(if own == name { bytes } else { &content }).unwrap();
    }
    to.finish().unwrap().into_inner()
}

#[test]
fn a_bundle_has_what_is_new_for_an_office_and_can_be_taken_back() {
    let (here, there) = (regional(), Desk::new());
    let to = here.json(&["key", &there.workspace(), "--json"])["opens"].as_str().expect("a key").to_owned();
    let bundle = |name: &str, more: &[&str]| {
        let workspace = here.workspace();
        let file = here.at(name);
        here.json(&[&["bundle", &workspace, &file, "--for", "Made-up Office", "--to", &to, "--json"][..], more].concat())
    };
    let first = bundle("1.remit", &[]);
    assert_eq!((&first["statements"], &first["left"], &first["redacted"]), (&json!(5), &json!(1), &json!(1)));
    assert_eq!(bundle("2.remit", &[])["file"], Value::Null, "nothing is new");

    // Only who it was encrypted for opens it; what would come is said, and nothing is recorded.
    let file = here.at("1.remit");
    let (_, why) = here.fails(&["unpack", &file, &here.at("u"), "--key", &here.workspace()]);
    assert!(why.contains("for other keys"), "{why}");
    let look = there.run(&["merge", &there.workspace(), "--from", &file, "--dry-run"]);
    assert!(said(&look).contains("actor: 3") && said(&look).contains("actor so/police"), "{}", said(&look));
    assert_eq!(there.value("select count(*) from statement"), 0);

    let taken = there.json(&["merge", &there.workspace(), "--from", &file, "--json"]);
    assert_eq!((&taken["statements"], &taken["conflicts"]), (&json!(5), &json!(0)));
    assert_eq!(names(&there, &there.workspace(), "confidential").len(), 3);
    assert_eq!(there.json(&["merge", &there.workspace(), "--from", &file, "--json"])["statements"], 0, "once is enough");

    // Both correct the same: the next bundle has the one correction, and the preview says that it conflicts.
    for (desk, name) in [(&here, "Made-up Police Force"), (&there, "Made-up Police Service")] {
        let id = desk.value("select statement from statement where record = 'so/police' and kind = 'actor'");
        desk.add(&[json!({"kind": "actor", "record": "so/police", "fields": {"name": name, "country": "SO"}, "supersedes": [id], "source": "Made up"})]);
    }
    assert_eq!(bundle("3.remit", &[])["statements"], 1);
    let third = here.at("3.remit");
    let look = there.json(&["merge", &there.workspace(), "--from", &third, "--dry-run", "--json"]);
    assert_eq!((&look["statements"], &look["conflicts"]), (&json!(1), &json!(1)));
    assert_eq!(look["conflicting"], json!([{"kind": "actor", "record": "so/police"}]));
    let taken = there.json(&["merge", &there.workspace(), "--from", &third, "--json"]);
    assert_eq!(there.value("select count(*) from conflict where record = 'so/police'"), 2);
    there.ok(&["undo", &there.workspace(), taken["entry"].as_str().expect("an entry")]);
    assert_eq!(names(&there, &there.workspace(), "public")[0], "Made-up Kenyan Police");
    assert_eq!(there.value("select name from actor where record = 'so/police'"), "Made-up Police Service");
    // What was taken back stays so when the same file comes again, and that is said with what restores it.
    let again = there.run(&["merge", &there.workspace(), "--from", &third]);
    assert!(
        said(&again).contains("0 statements recorded") && said(&again).contains("then taken back stays so"),
        "{}",
        said(&again)
    );

    // Somebody else under the same name is not taken for the one who sent before.
    let stranger = regional();
    let theirs = stranger.at("s.remit");
    stranger.ok(&["bundle", &stranger.workspace(), &theirs, "--since", "2020-01-01"]);
    let (_, why) = there.fails(&["merge", &there.workspace(), "--from", &theirs]);
    assert!(why.contains("signed it, not"), "{why}");
    // What was not sent at one clearance is sent at a higher one.
    assert_eq!(bundle("4.remit", &["--clearance", "confidential"])["statements"], 7);
}

#[test]
fn a_bundle_says_what_stays_behind_and_makes_no_gaps_of_it() {
    let (here, there) = (regional(), Desk::new());
    here.activities("aid.xml", &[police("XX-1-1", &format!("<recipient-country code=\"SO\"/>{}", paid("3", "1000")))]);
    let covers = json!({"title": "Made-up map", "supporters": "all partners", "countries": "SO"});
    here.add(&[json!({"kind": "coverage", "record": "c1", "fields": covers, "source": "Made-up map", "valid_from": "2019"})]);
    let file = here.at("1.remit");
    let made = here.run(&["bundle", &here.workspace(), &file, "--for", "Made-up Office"]);
    let told = format!("{}{}", said(&made), String::from_utf8_lossy(&made.stdout));
    assert!(made.status.success() && told.contains("not in it: 1 published activity"), "{told}");
    let bytes = std::fs::read(&file).expect("the bundle");
    assert!(String::from_utf8_lossy(&bytes).contains("Not in it:    1 published activity"), "whoever reads the note is told");
    let look = there.run(&["merge", &there.workspace(), "--from", &file, "--dry-run"]);
    let told = format!("{}{}", said(&look), String::from_utf8_lossy(&look.stdout));
    assert!(told.contains("not in it: 1 published activity") && !told.contains("coverage: 1"), "{told}");
    there.ok(&["merge", &there.workspace(), "--from", &file]);
    let gaps = there.ask("gaps", &["--country", "SO", "--valid-on", "2021-06-30"]);
    assert!(gaps.iter().all(|gap| gap["support_known"] != "none"), "what did not come would show it: {gaps:?}");
}

#[test]
fn what_is_said_of_a_source_comes_with_a_merge_and_counts_once_the_source_is_on_file() {
    let (here, there) = (Desk::new(), Desk::new());
    here.activities("aid.xml", &[police("XX-1-1", &format!("<recipient-country code=\"SO\"/>{}", paid("3", "1000")))]);
    let data_set = here.value("select dataset from snapshot");
    let covers = |record: &str, more: Value| {
        let mut fields = json!({"title": format!("Made-up {record}"), "countries": "SO"});
        fields.as_object_mut().expect("fields").extend(more.as_object().cloned().unwrap_or_default());
        json!({"kind": "coverage", "record": record, "fields": fields, "source": "Made up", "valid_from": "2019"})
    };
    here.add(&[covers("named", json!({"dataset_name": data_set})), covers("unnamed", json!({}))]);
    let known = |desk: &Desk| {
        let gaps = desk.ask("gaps", &["--country", "SO", "--valid-on", "2021-06-30"]);
        let unsupported = gaps.iter().find(|gap| gap["recipient"] == "military").expect("a class that nobody supports");
        unsupported["support_known"].clone()
    };
    assert_eq!(known(&here), json!("none"));
    let merged = there.run(&["merge", &there.workspace(), "--from", &here.workspace()]);
    let told = format!("{}{}", said(&merged), String::from_utf8_lossy(&merged.stdout));
    assert!(merged.status.success() && told.contains("not in it: the imported files of"), "{told}");
    assert_eq!(there.sql("select record from coverage"), [json!({"record": "named"})]);
    assert_eq!(known(&there), json!("not_known"), "what did not come would show it");
    there.activities("aid.xml", &[police("XX-1-1", &format!("<recipient-country code=\"SO\"/>{}", paid("3", "1000")))]);
    assert_eq!(known(&there), json!("none"));
    // With the files here, what names no source comes too.
    there.ok(&["merge", &there.workspace(), "--from", &here.workspace()]);
    assert_eq!(there.sql("select record from coverage order by record").len(), 2);
}

/// What could not be read of a sheet is kept with its file; what could was recorded, and comes along.
#[test]
fn a_sheet_with_a_faulty_cell_stays_nowhere_behind() {
    let (here, there) = (Desk::new(), Desk::new());
    here.run(&["import", &here.workspace(), &here.file("actor.csv", "record,name,class\nso/a,Made-up Police,none-such\n")]);
    let problems = here.ok(&["problems", &here.workspace()]);
    assert!(problems.contains("none-such"), "{problems}");
    let fields = json!({"title": "Made-up survey of support", "countries": "SO"});
    here.add(&[json!({"kind": "coverage", "record": "unnamed", "fields": fields, "source": "Made up", "valid_from": "2019"})]);
    let merged = there.run(&["merge", &there.workspace(), "--from", &here.workspace()]);
    assert!(merged.status.success() && !said(&merged).contains("not in it"), "{}", said(&merged));
    assert_eq!(there.sql("select record from coverage"), [json!({"record": "unnamed"})]);
}

#[test]
fn what_takes_the_place_of_what_was_said_here_is_shown_with_who_says_so() {
    let (ours, theirs) = (Desk::new(), Desk::new());
    let actor =
        |record: &str, name: &str| json!({"kind": "actor", "record": record, "fields": {"name": name}, "source": "Made up"});
    ours.add(&[actor("so/police", "Made-up Police"), actor("so/guard", "Made-up Guard")]);
    theirs.ok(&["merge", &theirs.workspace(), "--from", &ours.workspace()]);
    let id = |record: &str| theirs.value(&format!("select statement from statement where record = '{record}'"));
    let mut corrected = actor("so/police", "Made-up Other Police");
    corrected["supersedes"] = json!([id("so/police")]);
    let mut withdrawn = actor("so/guard", "Made-up Guard");
    withdrawn["supersedes"] = json!([id("so/guard")]);
    withdrawn["withdrawn"] = json!(true);
    theirs.add(&[corrected, withdrawn, actor("so/third", "Made-up Third")]);

    let key = theirs.json(&["key", &theirs.workspace(), "--json"])["signs"].as_str().expect("a key").to_owned();
    for more in [&["--dry-run"][..], &[]] {
        let told = said(&ours.run(&[&["merge", &ours.workspace(), "--from", &theirs.workspace()][..], more].concat()));
        assert!(told.contains("2 of them take the place of what was said in this workspace itself"), "{told}");
        assert!(told.contains("name: Made-up Police → Made-up Other Police"), "{told}");
        assert!(told.contains("actor so/guard") && told.contains("withdrawn"), "{told}");
        assert!(told.contains("as w says") && told.contains(&key), "{told}");
    }
    let history = ours.serve().get("/history/actor?record=so/police").2;
    assert!(history.contains(", as w says"), "{history}");
    // What they said themselves and took back is theirs.
    let third = theirs.value("select statement from statement where record = 'so/third'");
    let mut again = actor("so/third", "Made-up Third Unit");
    again["supersedes"] = json!([third]);
    theirs.add(&[again]);
    let taken = ours.json(&["merge", &ours.workspace(), "--from", &theirs.workspace(), "--json"]);
    assert_eq!((&taken["statements"], &taken["replaced"]), (&json!(1), &json!(0)));
}

#[test]
fn what_another_workspace_withdraws_is_listed_until_somebody_decides() {
    let (ours, theirs) = (Desk::new(), Desk::new());
    let actor =
        |record: &str, name: &str| json!({"kind": "actor", "record": record, "fields": {"name": name}, "source": "Made up"});
    ours.add(&[actor("so/police", "Made-up Police"), actor("so/guard", "Made-up Guard")]);
    let took = theirs.json(&["merge", &theirs.workspace(), "--from", &ours.workspace(), "--json"]);
    let last = |desk: &Desk, record: &str| {
        desk.value(&format!(
            "select statement from statement where record = '{record}' order by recorded_at desc, statement desc limit 1"
        ))
    };
    let withdrawal = |desk: &Desk, record: &str, name: &str| {
        let mut withdrawn = actor(record, name);
        withdrawn["supersedes"] = json!([last(desk, record)]);
        withdrawn["withdrawn"] = json!(true);
        withdrawn
    };
    theirs.add(&[withdrawal(&theirs, "so/guard", "Made-up Guard")]);

    let taken = ours.json(&["merge", &ours.workspace(), "--from", &theirs.workspace(), "--json"]);
    assert_eq!((&taken["conflicts"], &taken["replaced"]), (&json!(1), &json!(1)));
    assert_eq!(taken["conflicting"], json!([{"kind": "actor", "record": "so/guard"}]));
    for desk in [&ours, &theirs] {
        let listed = desk.ask("conflicts", &[]);
        let told: Vec<_> =
            listed.iter().map(|r| [&r["conflict_sort"], &r["record"], &r["conflict_shown"], &r["is_shown"]]).collect();
        let row = |shown: &str| [json!("withdrawn"), json!("so/guard"), json!(shown), json!(0)];
        assert_eq!(told, [row("withdrawn_elsewhere").each_ref(), row("gone").each_ref()]);
    }
    // Who withdraws it once more has decided, and so it is in every copy.
    ours.add(&[withdrawal(&ours, "so/guard", "Made-up Guard")]);
    theirs.ok(&["merge", &theirs.workspace(), "--from", &ours.workspace()]);
    assert!(ours.ask("conflicts", &[]).is_empty() && theirs.ask("conflicts", &[]).is_empty());

    // An undo of what was taken over is a decision where it was made, and is seen where the statements came from.
    theirs.ok(&["undo", &theirs.workspace(), took["entry"].as_str().expect("an entry")]);
    assert!(theirs.ask("conflicts", &[]).is_empty());
    let taken = ours.json(&["merge", &ours.workspace(), "--from", &theirs.workspace(), "--json"]);
    assert_eq!((&taken["conflicts"], &taken["conflicting"]), (&json!(1), &json!([{"kind": "actor", "record": "so/police"}])));
    assert_eq!(ours.ask("conflicts", &[]).len(), 2);
    let mut again = actor("so/police", "Made-up Police");
    again["supersedes"] = json!([last(&ours, "so/police")]);
    ours.add(&[again]);
    assert!(ours.ask("conflicts", &[]).is_empty());
    assert_eq!(ours.value("select name from actor"), "Made-up Police");
}

#[test]
fn a_colleague_without_a_kind_of_ours_takes_all_else() {
    let (ours, theirs) = (Desk::new(), Desk::new());
    let labelled = |name: &str| format!("label = {{ en = \"{name}\", fr = \"{name}\", ar = \"{name}\" }}\n");
    let field = |name: &str, kind: &str| format!("[[field]]\nname = \"{name}\"\n{kind}\n{}", labelled(name));
    let kind = format!(
        "time = \"event\"\ntitle = \"name\"\n{}{}{}",
        labelled("Convoy"),
        field("name", "type = \"text\""),
        field("escort", "type = \"record\"\nof = \"actor\""),
    );
    let file = ours.file("w/model/kinds/convoy.toml", kind);
    ours.add(&[
        json!({"kind": "actor", "record": "so/police", "fields": {"name": "Made-up Police"}, "source": "Made up"}),
        json!({"kind": "convoy", "record": "c/1", "fields": {"name": "Made-up convoy", "escort": "so/police"}, "source": "Made up"}),
    ]);
    let (here, there) = (theirs.workspace(), ours.workspace());
    let merged = theirs.run(&["merge", &here, "--from", &there]);
    assert_eq!(merged.status.code(), Some(1), "what was not taken is told by the exit code too: {}", said(&merged));
    assert!(said(&merged).contains("not taken, 1 statement of convoy: "), "{}", said(&merged));
    assert_eq!(names(&theirs, &here, "public"), ["Made-up Police"]);
    assert_eq!(theirs.json(&["verify", &here, "--json"])["holds"], true);
    // Without the kind's file, a copy of what is there is still made, and nobody is sent back to an older one.
    std::fs::remove_file(file).unwrap();
    ours.ok(&["backup", &there, &ours.at("copy")]);
    ours.ok(&["restore", &ours.at("copy"), &ours.at("again")]);
    // Nothing tells which columns its records had: that they are in no sheet is said.
    let exported = ours.run(&["export", &there, &ours.at("all.xlsx")]);
    assert!(
        exported.status.success() && said(&exported).contains("left out: 1 record of the kind `convoy`"),
        "{}",
        said(&exported)
    );
    let (_, why) = ours.fails(&["verify", &there]);
    assert!(why.contains("record something, and verify again") && !why.contains("go back to a copy"), "{why}");
    ours.add(&[json!({"kind": "actor", "record": "so/army", "fields": {"name": "Made-up Army"}, "source": "Made up"})]);
    assert_eq!(ours.json(&["verify", &there, "--json"])["holds"], true);
}

#[test]
fn what_a_merge_cannot_take_is_counted_with_what_to_do_and_then_taken() {
    let (here, there) = (Desk::new(), Desk::new());
    let own = "adds = true\n\n[[field]]\nname = \"budget_code\"\ntype = \"text\"\nlabel = { en = \"Made-up budget code\" }\n";
    there.file("w/model/kinds/project.toml", own);
    there.add(&[json!({"kind": "project", "record": "p/own", "source": "Made-up plan", "marking": "public",
        "fields": {"title": "Made-up project", "budget_code": "B1"}})]);
    let merge = || {
        let done = here.run(&["merge", &here.workspace(), "--from", &there.workspace()]);
        String::from_utf8(done.stderr).expect("UTF-8")
    };
    let said = merge();
    assert!(said.contains("1 statement was not taken, and is missing here") && said.contains("`model` folder"), "{said}");
    here.file("w/model/kinds/project.toml", own);
    let said = merge();
    assert!(said.contains("1 statement recorded") && !said.contains("not taken"), "{said}");
    assert_eq!(here.value("select budget_code from project"), json!("B1"));
}
