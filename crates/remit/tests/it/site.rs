//! A workspace published as a site of files. All made up.

use crate::desk::{Desk, Server, paid, police};
use serde_json::json;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A register with something that not everybody may see.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.add(&[
        json!({"kind": "actor", "record": "so/police", "fields": {"name": "Made-up Police", "class": "police", "country": "SO", "names": [{"name": "Police inventée", "language": "fr"}]}, "source": "Made up"}),
        json!({"kind": "actor", "record": "so/ministry", "fields": {"name": "Made-up Ministry \"of\" <Security>", "class": "ministry", "country": "SO"}, "source": "Made up"}),
        json!({"kind": "actor", "record": "ke/police", "fields": {"name": "Made-up Kenyan Police", "class": "police", "country": "KE"}, "source": "Made up"}),
        json!({"kind": "relation", "record": "r/1", "fields": {"subject": "so/ministry", "relation": "oversees", "object": "so/police"}, "source": "Made up"}),
        json!({"kind": "actor", "record": "so/cell", "fields": {"name": "Made-up Heron Cell", "country": "SO"}, "marking": "confidential", "source": "Made up"}),
        json!({"kind": "person", "record": "so/person", "fields": {"name": "Made-up Person"}, "marking": "public", "source": "Made up"}),
    ]);
    let somalia = format!("<recipient-country code=\"SO\"/>{}", paid("3", "1000"));
    desk.activities("aid.xml", &[police("XX-1-1", &somalia)]);
    desk
}

impl Desk {
    fn publish(&self, more: &[&str]) -> serde_json::Value {
        let (workspace, site) = (self.workspace(), self.path("site").display().to_string());
        self.json(&[&["publish", &workspace, &site, "--json", "--valid-on", "2021-06-30"][..], more].concat())
    }

    fn page(&self, file: &str) -> String {
        std::fs::read_to_string(self.path("site").join(file)).unwrap_or_else(|e| panic!("{file}: {e}"))
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().is_dir() { all.extend(files(&entry.path())) } else { all.push(entry.path()) }
    }
    all
}

/// The values of attributes that lead somewhere.
fn links(html: &str) -> Vec<String> {
    let mut all = Vec::new();
    for name in [" href=\"", " src=\"", " data-index=\"", " data-root=\""] {
        all.extend(html.split(name).skip(1).map(|rest| rest.split('"').next().unwrap_or_default().to_owned()));
    }
    all
}

#[test]
fn whom_to_ask_about_a_project_is_not_published_where_nobody_says_so() {
    let desk = desk();
    let csv = "Project title,Donor,Recipient,Country,Start,End,Focal point\n\
               Made-up academy,Made-up Fund,Made-up Police,Somalia,2020-01-01,2022-08-31,Made-up Heron Officer\n";
    let sheet = desk.file("projects.csv", csv);
    desk.ok(&["import", &desk.workspace(), &sheet, "--propose"]);
    desk.ok(&["import", &desk.workspace(), &sheet, "--add-names"]);
    // A post may be published, by who says so.
    desk.add(&[json!({"kind": "project", "record": "so/second", "source": "Made up", "withheld": {"contact": "public"},
        "fields": {"title": "Made-up second academy", "supporter": "so/ministry", "recipient": "so/police", "contact": "Made-up Desk"}})]);
    let contacts = |clearance: &str| {
        let sql = "select coalesce(contact, '-') as c from project order by title";
        let rows = desk.json(&["sql", &desk.workspace(), sql, "--json", "--clearance", clearance])["rows"].clone();
        rows.as_array().expect("rows").iter().map(|r| r["c"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(contacts("internal"), ["Made-up Heron Officer", "Made-up Desk"]);
    assert_eq!(contacts("public"), ["-", "Made-up Desk"]);
    desk.publish(&[]);
    for file in files(&desk.path("site")) {
        let content = std::fs::read(&file).expect("a file");
        assert!(!String::from_utf8_lossy(&content).contains("Heron Officer"), "{}", file.display());
    }
    // The same sheet once more says nothing new.
    let said = desk.run(&["import", &desk.workspace(), &sheet]);
    assert!(String::from_utf8_lossy(&said.stderr).contains("0 added, 0 changed"), "{said:?}");
}

#[test]
fn what_was_recorded_before_its_field_had_a_marking_is_published_no_more_than_what_is_recorded_now() {
    let desk = desk();
    let field = |more: &str| {
        let label = "label = { en = \"Met by\" }\n";
        desk.file(
            "w/model/kinds/project.toml",
            format!("adds = true\n[[field]]\nname = \"met_by\"\ntype = \"text\"\n{label}{more}"),
        );
    };
    let project = |record: &str, fields: serde_json::Value| json!({"kind": "project", "record": record, "source": "Made up", "fields": fields});
    field("");
    desk.add(&[
        project("p1", json!({"title": "Made-up first", "supporter": "so/ministry", "met_by": "Made-up Heron Officer"})),
        project("p2", json!({"title": "Made-up second", "supporter": "so/ministry"})),
    ]);
    field("marking = \"internal\"\n");
    let mut said = project("p3", json!({"title": "Made-up third", "supporter": "so/ministry", "met_by": "Made-up Desk"}));
    said["withheld"] = json!({"met_by": "public"});
    desk.add(&[said]);
    let asked = |clearance: &str| {
        let sql = "select coalesce(met_by, '-') as said from project order by title";
        let rows = desk.json(&["sql", &desk.workspace(), sql, "--json", "--clearance", clearance])["rows"].clone();
        rows.as_array().expect("rows").iter().map(|r| r["said"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(asked("internal"), ["Made-up Heron Officer", "-", "Made-up Desk"]);
    assert_eq!(asked("public"), ["-", "-", "Made-up Desk"]);
    let fields = desk.sql("select fields from statement where kind = 'project' and record = 'p1'");
    assert!(!fields[0].to_string().contains("Heron"), "{fields:?}");
    let withholding =
        desk.sql("select record, withholding from statement where kind = 'project' and withholding is not null order by record");
    assert_eq!(
        withholding,
        [json!({"record": "p1", "withholding": "{\"met_by\":1}"}), json!({"record": "p3", "withholding": "{\"met_by\":0}"})]
    );
    desk.publish(&[]);
    for file in files(&desk.path("site")) {
        let content = std::fs::read(&file).expect("a file");
        assert!(!String::from_utf8_lossy(&content).contains("Heron Officer"), "{}", file.display());
    }
    // Who may not see it brings their sheet back, and it is still there.
    let sheet = desk.path("projects.xlsx").display().to_string();
    desk.ok(&["export", &desk.workspace(), &sheet, "--kind", "project"]);
    let said = desk.run(&["import", &desk.workspace(), &sheet]);
    assert!(String::from_utf8_lossy(&said.stderr).contains("3 as before"), "{said:?}");
    assert_eq!(asked("internal"), ["Made-up Heron Officer", "-", "Made-up Desk"]);
}

/// A register whose fields have a marking since some values of them were recorded: whom somebody met, which unit is a partner.
fn marked_since() -> Desk {
    let desk = desk();
    let model = |more: &str| {
        let field = |name: &str, of: &str| format!("[[field]]\nname = \"{name}\"\n{of}\nlabel = {{ en = \"{name}\" }}\n{more}");
        let fields = field("met_by", "type = \"text\"") + &field("partner_unit", "type = \"record\"\nof = \"actor\"");
        desk.file("w/model/kinds/project.toml", format!("adds = true\n{fields}"));
    };
    model("");
    let fields =
        json!({"title": "Made-up first", "supporter": "so/ministry", "met_by": "Zorblatt Heron", "partner_unit": "so/police"});
    desk.add(&[
        json!({"kind": "project", "record": "p1", "source": "Made up", "fields": fields}),
        json!({"kind": "project", "record": "p2", "source": "Made up", "fields": {"title": "Made-up second", "supporter": "so/ministry"}}),
    ]);
    model("marking = \"internal\"\n");
    desk
}

#[test]
fn what_has_a_marking_since_it_was_recorded_finds_nothing_for_who_reads_below() {
    let desk = marked_since();
    let server = Server::start(&desk.path("w"), &["--clearance", "public"]);
    for address in ["/search?q=zorblatt", "/search?q=Zor", "/suggest/project?q=Zorblatt"] {
        let (status, _, page) = server.get(address);
        assert!(status == 200 && !page.contains("Made-up first"), "{address}: {page}");
    }
    assert!(server.get("/search?q=first").2.contains("Made-up first"), "by its name it is found");
    let (_, _, page) = server.get("/record/actor?record=so/police");
    assert!(!page.contains("Made-up first"), "{page}");
}

#[test]
fn what_has_a_marking_since_it_was_recorded_is_handed_to_nobody_below() {
    let desk = marked_since();
    let parcel = desk.path("parcel.remit").display().to_string();
    let made = desk.json(&["bundle", &desk.workspace(), &parcel, "--for", "Made-up Office", "--json"]);
    assert_eq!(made["marked_since"], json!({"project.met_by": 1}));
    let other = Desk::new();
    let kind = std::fs::read(desk.path("w/model/kinds/project.toml")).expect("the kind");
    other.file("w/model/kinds/project.toml", kind);
    other.ok(&["merge", &other.workspace(), "--from", &parcel]);
    // Who has another model takes only what the model there shows to them.
    let third = Desk::new();
    let said = third.run(&["merge", &third.workspace(), "--from", &desk.workspace(), "--clearance", "public"]);
    let said = String::from_utf8_lossy(&said.stderr).into_owned() + &String::from_utf8_lossy(&said.stdout);
    assert!(said.contains("left out: 1 with `project.met_by`"), "{said}");
    for there in [&other, &third] {
        assert_eq!(there.sql("select record from project"), [json!({"record": "p2"})]);
        let database = std::fs::read(there.path("w/remit.db")).expect("the database");
        let log = std::fs::read(there.path("w/remit.db-wal")).unwrap_or_default();
        assert!(![database, log].iter().any(|bytes| bytes.windows(8).any(|w| w == b"Zorblatt" || w == b"zorblatt")));
    }
    // Said anew, it goes without the value.
    let first = desk.value("select statement from statement where record = 'p1'");
    let fields = json!({"title": "Made-up first", "supporter": "so/ministry", "met_by": "Zorblatt Heron"});
    desk.add(&[json!({"kind": "project", "record": "p1", "source": "Made up", "fields": fields, "supersedes": [first]})]);
    let said = other.ok(&["merge", &other.workspace(), "--from", &desk.workspace(), "--clearance", "public"]);
    assert!(!said.contains("left out"), "{said}");
    assert_eq!(other.sql("select met_by from project where record = 'p1'"), [json!({"met_by": null})]);
}

#[test]
fn a_title_that_has_a_marking_since_it_was_recorded_is_told_to_nobody_below() {
    let desk = desk();
    let project = |title: &str, more: serde_json::Value| {
        let fields = json!({"title": title, "supporter": "so/ministry", "recipient": "so/police"});
        let mut said = json!({"kind": "project", "record": "p1", "source": "Made up", "fields": fields});
        if let (Some(said), Some(more)) = (said.as_object_mut(), more.as_object()) {
            said.extend(more.clone());
        }
        said
    };
    desk.add(&[project("Made-up Vexatious stations", json!({}))]);
    let first = desk.value("select statement from statement where record = 'p1'");
    // Two corrections that differ in the title alone.
    desk.add(&[project("Made-up Vexatious radios", json!({"supersedes": [first]}))]);
    desk.add(&[project("Made-up Vexatious boats", json!({"supersedes": [first]}))]);
    let built_in = include_str!("../../../../model/kinds/project.toml");
    let at = built_in.find("name = \"title\"\n").expect("its title") + "name = \"title\"\n".len();
    let model = format!("{}marking = \"internal\"\n{}", &built_in[..at], &built_in[at..]);
    desk.file("w/model/kinds/project.toml", model);
    let asked = |clearance: &str| {
        let sql = "select group_concat(title) as titles, (select count(*) from conflict) as conflicts from statement where kind = 'project'";
        let told = desk.json(&["sql", &desk.workspace(), sql, "--json", "--clearance", clearance])["rows"][0].clone();
        (told["titles"].to_string().contains("Vexatious"), told["conflicts"].as_i64())
    };
    assert_eq!(asked("internal"), (true, Some(2)));
    assert_eq!(asked("public"), (false, Some(0)));
}

#[test]
fn a_site_works_without_any_server_and_says_nothing_that_is_not_public() {
    let desk = desk();
    let told = desk.publish(&[]);
    assert!(told["pages"].as_u64() > Some(20) && told["written"] == told["files"], "{told}");
    let site = desk.path("site");
    let all = files(&site);
    let there: BTreeSet<&PathBuf> = all.iter().collect();
    for file in &all {
        let text = std::fs::read_to_string(file).expect("text");
        for secret in ["Heron", "so/cell", "Made-up Person"] {
            assert!(!text.contains(secret), "{secret} in {}", file.display());
        }
        if file.extension().is_none_or(|e| e != "html") {
            continue;
        }
        assert!(!text.contains("<form") && !text.contains("site:"), "{}", file.display());
        for link in links(&text).iter().filter(|l| !l.starts_with("http") && !l.starts_with('#')) {
            let path = link.split('#').next().unwrap_or_default();
            let mut target = file.parent().expect("a folder").to_path_buf();
            for part in path.split('/') {
                if part == ".." {
                    target.pop();
                } else {
                    target.push(part)
                }
            }
            assert!(there.contains(&target), "{} leads to {link}, which is not there", file.display());
        }
    }
    // Each language, the page of a country, an institution, a question; its data; charts and tables alone; what changed.
    for language in ["en", "fr", "ar"] {
        let page = desk.page(&format!("{language}/record/actor/so/police.html"));
        assert!(page.contains(&format!("<html lang=\"{language}\"")) && page.contains("Made-up Police"), "{page}");
        assert!(page.contains("../../../country/SO.html"), "it leads on to its country");
        assert!(desk.page(&format!("{language}/search.js")).contains("Police inventée"), "found by another name");
        assert!(desk.page(&format!("{language}/feed.xml")).contains("Made-up Police"));
        // A country's pages lead to the feed of that country.
        assert!(desk.page(&format!("{language}/country/SO.html")).contains("../feed/SO.xml"));
        let feed = desk.page(&format!("{language}/feed/SO.xml"));
        assert!(
            feed.contains("Made-up Police") && !feed.contains("Kenyan") && feed.contains("href=\"../country/SO.html\""),
            "{feed}"
        );
        is_a_feed(&feed, "SO.xml");
        is_a_feed(&desk.page(&format!("{language}/feed.xml")), "feed.xml");
    }
    let support: serde_json::Value = serde_json::from_str(&desk.page("data/ask/activities/SO.json")).expect("JSON");
    assert_eq!(support["rows"][0]["identifier"], "XX-1-1");
    assert!(desk.page("data/ask/activities/SO.csv").contains("XX-1-1"));
    let embedded = all.iter().filter(|f| f.strip_prefix(&site).expect("inside").starts_with("en/embed/ask")).count();
    assert!(embedded > 3, "{embedded}");
    assert!(desk.page("en/ask/oversight/SO.html").contains("<svg") || desk.page("en/country/SO.html").contains("<svg"));
    // Anybody checks it with the tool of their system.
    let checked = Command::new("sha256sum").args(["--check", "--quiet", "SHA256SUMS"]).current_dir(&site).status();
    assert!(checked.expect("sha256sum").success());
}

/// What RFC 4287 asks of a feed and of its entries.
fn is_a_feed(feed: &str, own: &str) {
    let (head, entries) = feed.split_at(feed.find("<entry>").expect("an entry"));
    let once = |text: &str, tag: &str| assert_eq!(text.matches(tag).count(), 1, "{tag} in {text}");
    for tag in ["<id>", "<title>", "<updated>", "<author><name>"] {
        once(head, tag);
    }
    once(head, &format!("<link rel=\"self\" type=\"application/atom+xml\" href=\"{own}\"/>"));
    let mut known = BTreeSet::new();
    for entry in entries.split("<entry>").skip(1) {
        for tag in ["<id>", "<title>", "<updated>"] {
            once(entry, tag);
        }
        assert!(entry.contains("<link href=") || entry.contains("<content"), "{entry}");
        let id = entry.split("<id>").nth(1).and_then(|rest| rest.split('<').next()).expect("an identifier");
        assert!(id.starts_with("urn:uuid:") && known.insert(id.to_owned()), "{id} twice");
    }
}

#[test]
fn a_site_of_one_country_begins_at_its_page() {
    let desk = desk();
    desk.publish(&["--country", "SO"]);
    let start = desk.page("index.html");
    assert!(start.contains("<h1>Somalia · "), "{start}");
    let of_languages: Vec<String> = links(&start).into_iter().filter(|l| l.ends_with(".html")).collect();
    assert_eq!(of_languages.len(), 3, "{start}");
    assert!(of_languages.iter().all(|l| desk.page(l).contains("Somali") || desk.page(l).contains("الصومال")), "{of_languages:?}");
}

#[test]
fn published_again_only_what_differs_is_written() {
    let desk = desk();
    let first = desk.publish(&[]);
    let again = desk.publish(&[]);
    assert_eq!((&again["files"], &again["pages"], &again["written"]), (&first["files"], &first["pages"], &json!(0)));

    desk.add(&[json!({"kind": "actor", "record": "so/navy", "fields": {"name": "Made-up Navy", "class": "military", "country": "SO"}, "source": "Made up"})]);
    let more = desk.publish(&[]);
    assert!(more["written"].as_u64() > Some(0) && more["written"].as_u64() < first["files"].as_u64(), "{more}");
    assert!(desk.page("en/record/actor/so/navy.html").contains("Made-up Navy"));

    // What somebody changed in the folder is mended, what was taken back goes.
    std::fs::write(desk.path("site/en/index.html"), "Made-up slogan").unwrap();
    assert_eq!(desk.publish(&[])["written"], 1);
    assert!(!desk.page("en/index.html").contains("slogan"));
    let entry = desk.value("select entry from statement where record = 'so/navy'");
    desk.ok(&["undo", &desk.workspace(), entry.as_str().expect("an entry")]);
    assert!(desk.publish(&[])["removed"].as_u64() >= Some(3));
    assert!(!desk.path("site/en/record/actor/so/navy.html").exists());

    // One that was broken off is finished the next time.
    std::fs::remove_file(desk.path("site/SHA256SUMS")).unwrap();
    let stamp = std::fs::read_to_string(desk.path("site/site.toml")).unwrap();
    let begun: Vec<&str> = stamp.lines().map(|l| if l.starts_with("state") { "state = \"\"" } else { l }).collect();
    std::fs::write(desk.path("site/site.toml"), begun.join("\n")).unwrap();
    let whole = desk.publish(&[]);
    assert_eq!(whole["written"], whole["files"]);
    let other = desk.file("full/notes.txt", "Made up");
    let folder = desk.path("full").display().to_string();
    let (code, why) = desk.fails(&["publish", &desk.workspace(), &folder]);
    assert!(code == 1 && why.contains("something else"), "{why}");
    assert!(Path::new(&other).exists());
}

/// Publishes again, and into a new folder: both are the same, byte for byte. Returns what the first says.
fn published_as_if_new(desk: &Desk, what: &str) -> serde_json::Value {
    let told = desk.publish(&[]);
    let new = desk.path(what).display().to_string();
    let whole = desk.json(&["publish", &desk.workspace(), &new, "--json", "--valid-on", "2021-06-30"]);
    assert_eq!((&whole["made"], &whole["files"]), (&told["pages"], &told["files"]), "{what}: {told}");
    // But for the state of the workspace, of which `site.toml` has a hash.
    for file in files(&desk.path(what)).into_iter().filter(|f| !f.ends_with("site.toml")) {
        let name = file.strip_prefix(desk.path(what)).expect("inside");
        let (old, new) = (std::fs::read(desk.path("site").join(name)), std::fs::read(&file));
        assert!(old.ok() == new.ok(), "{what}: {} is not as a new one", name.display());
    }
    told
}

#[test]
fn only_pages_that_would_differ_are_made_again_and_none_is_older_than_the_register() {
    let desk = desk();
    let first = desk.publish(&[]);
    assert_eq!(first["made"], first["pages"]);
    let few = |what: &str| {
        let told = published_as_if_new(&desk, what);
        let (made, pages) = (told["made"].as_u64().expect("a number"), told["pages"].as_u64().expect("a number"));
        assert!(0 < made && made < pages, "{what}: {told}");
    };
    // What it is part of has no page yet: that is named without a link.
    desk.add(&[
        json!({"kind": "actor", "record": "ke/navy", "fields": {"name": "Made-up Kenyan Navy", "class": "military", "country": "KE"}, "source": "Made up"}),
        json!({"kind": "relation", "record": "r/2", "fields": {"subject": "ke/navy", "relation": "part_of", "object": "ke/defence"}, "source": "Made up"}),
    ]);
    few("a record more");
    assert!(desk.page("en/country/KE.html").contains("Kenyan Navy"));
    desk.add(&[json!({"kind": "actor", "record": "ke/defence", "fields": {"name": "Made-up Kenyan Ministry", "class": "ministry", "country": "KE"}, "source": "Made up"})]);
    few("a page that others lead to");
    assert!(desk.page("fr/record/actor/ke/navy.html").contains("defence.html"));
    // The page is taken back, another body gets another name wherever it is named, and there is other money.
    let entry = desk.value("select entry from statement where record = 'ke/defence'");
    desk.ok(&["undo", &desk.workspace(), entry.as_str().expect("an entry")]);
    let said = desk.value("select statement from statement where record = 'so/police'");
    desk.add(&[json!({"kind": "actor", "record": "so/police", "fields": {"name": "Made-up Constabulary", "class": "police", "country": "SO"}, "supersedes": said, "source": "Made up"})]);
    desk.activities("aid.xml", &[police("XX-1-1", &format!("<recipient-country code=\"SO\"/>{}", paid("3", "777000")))]);
    few("less, another name, other money");
    assert!(!desk.page("fr/record/actor/ke/navy.html").contains("defence.html"));
    assert!(desk.page("ar/record/actor/so/ministry.html").contains("Made-up Constabulary"));
    // What nobody may see who reads the site makes no page of it again.
    desk.add(&[json!({"kind": "actor", "record": "so/den", "fields": {"name": "Made-up Otter Den", "country": "SO"}, "marking": "confidential", "source": "Made up"})]);
    let told = desk.publish(&[]);
    assert_eq!((&told["made"], &told["written"]), (&json!(0), &json!(0)), "{told}");
}

#[test]
fn what_is_taken_away_for_good_stands_in_no_note_of_a_site() {
    let desk = desk();
    desk.publish(&[]);
    let notes = || {
        let all = files(Path::new(&desk.workspace())).into_iter();
        all.filter(|f| f.extension().is_some_and(|e| e == "notes")).count()
    };
    assert_eq!(notes(), 1);
    let order = ["--ordered-by", "Made-up Officer", "--reason", "made up"];
    desk.ok(&[&["erase", &desk.workspace(), "person", "so/person"][..], &order].concat());
    assert_eq!(notes(), 0);
    let told = desk.publish(&[]);
    assert_eq!(told["made"], told["pages"], "{told}");
}

#[test]
fn a_site_of_one_country_has_nothing_of_the_others() {
    let desk = desk();
    desk.publish(&["--country", "Somalia"]);
    let all = files(&desk.path("site"));
    let text: String = all.iter().map(|f| std::fs::read_to_string(f).expect("text")).collect();
    assert!(text.contains("Made-up Police") && !text.contains("Made-up Kenyan Police"));
    // Its feed is of this country, and leads to what is there.
    for language in ["en", "fr", "ar"] {
        let feed = desk.page(&format!("{language}/feed.xml"));
        let leads = links(&feed);
        assert!(leads.iter().any(|l| l == "country/SO.html"), "{feed}");
        for link in leads.iter().filter(|l| !l.starts_with("http")) {
            assert!(desk.path(&format!("site/{language}/{link}")).is_file(), "{link}: {feed}");
        }
        assert!(!desk.path(&format!("site/{language}/feed")).exists(), "there is one feed");
    }
    assert!(desk.page("en/feed.xml").contains("Somalia") && desk.page("ar/feed.xml").contains("الصومال"));
    // What is asked without a country is asked of this one.
    let page = desk.page("en/questions.html");
    assert!(page.contains("ask/activities/SO.html"), "{page}");
}

#[test]
fn a_site_names_nobody_who_recorded_what_it_shows() {
    let desk = desk();
    let bill = json!({"kind": "law", "record": "so/bill", "fields": {"title": "Made-up bill", "country": "SO"}});
    let proposed = json!({"kind": "law", "record": "so/bill", "fields": {"title": "Made-up bill, amended", "country": "SO"}, "status": "proposed", "source": "Made up"});
    let recorded = desk.told(&["add", &desk.workspace(), "--author", "A. Made-up Colleague"], &[bill, proposed]);
    assert!(recorded.status.success(), "{}", String::from_utf8_lossy(&recorded.stderr));
    assert!(desk.serve().get("/ask/changes?country=SO").2.contains("Made-up Colleague"), "the office itself knows");
    desk.publish(&[]);
    assert!(desk.page("en/ask/changes/SO.html").contains("Made-up bill"));
    for file in files(&desk.path("site")) {
        let text = std::fs::read_to_string(&file).expect("text");
        assert!(!text.contains("Colleague"), "{}", file.display());
    }
}

#[test]
fn a_site_offers_nothing_that_it_cannot_do() {
    let desk = desk();
    desk.add(&[json!({"kind": "assignment", "record": "a/1", "fields": {"actor": "so/police", "function": "public_order", "role": "lead"},
        "source": "Made up", "valid_from": "2020-01-01", "valid_to": "2021-08-31"})]);
    desk.publish(&[]);
    for file in files(&desk.path("site")).iter().filter(|f| f.extension().is_some_and(|e| e == "html")) {
        let text = std::fs::read_to_string(file).expect("text");
        for list in text.split("<ul class=\"doing").skip(1).chain(text.split("<ul class=\"files").skip(1)) {
            let list = list.split("</ul>").next().unwrap_or_default();
            assert_eq!(list.matches("<a").count(), list.matches("<a href").count(), "{}: {list}", file.display());
        }
    }
    let page = desk.page("en/record/actor/so/police.html");
    assert!(!page.contains("Compare with another") && !page.contains(">JSON<"), "{page}");
    let page = desk.page("en/records/actor.html");
    assert!(!page.contains(">Person<") && page.contains(">Relation<") && !page.contains("class=\"columns\""), "{page}");
    // What is asked as it is by itself is the same page.
    assert!(desk.page("en/home/SO.html").contains("<h2><a href=\"../ask/ending/SO.html\">"), "{}", desk.page("en/home/SO.html"));
}

#[test]
fn the_country_of_a_workspace_has_its_page_though_only_a_project_names_it() {
    let desk = Desk::new();
    let (own, site) = (desk.path("own").display().to_string(), desk.path("site").display().to_string());
    desk.ok(&["init", &own, "--country", "SO"]);
    let fund =
        json!({"kind": "actor", "record": "fund", "fields": {"name": "Made-up Fund", "class": "donor"}, "source": "Made up"});
    let fields = json!({"title": "Made-up academy", "supporter": "fund", "country": "SO", "starts": "2020-01-01", "ends": "2022-08-31", "status": "2"});
    let said =
        desk.told(&["add", &own], &[fund, json!({"kind": "project", "record": "p1", "fields": fields, "source": "Made up"})]);
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    desk.ok(&["publish", &own, &site, "--valid-on", "2021-06-30"]);
    assert!(desk.page("en/ask/running/SO.html").contains("Made-up academy"));
    assert!(desk.page("en/country/SO.html").contains("Somalia"));
}

#[test]
fn nothing_on_a_site_looks_like_a_link_and_leads_nowhere() {
    let desk = desk();
    let today = desk.json(&["sql", &desk.workspace(), "select date('now') as day", "--json"])["rows"][0]["day"].clone();
    let navy = |n: usize| json!({"kind": "actor", "record": format!("so/navy{n}"), "fields": {"name": format!("Made-up Navy {n}"), "class": "military", "country": "SO"}, "source": "Made up"});
    desk.add(&(1..9).map(navy).collect::<Vec<_>>());
    let day = today.as_str().expect("a day");
    let cuts: [&[&str]; 2] = [&[], &["--country", "SO"]];
    for country in cuts {
        let site = desk.path("site").display().to_string();
        desk.ok(&[&["publish", &desk.workspace(), &site, "--valid-on", day][..], country].concat());
        for file in files(&desk.path("site")).iter().filter(|f| f.extension().is_some_and(|e| e == "html")) {
            let text = std::fs::read_to_string(file).expect("text");
            assert!(!text.contains("<a>") && !text.contains("<p class=\"screen\"></p>"), "{}", file.display());
            assert_eq!(text.matches("<a ").count(), text.matches("</a>").count(), "{}", file.display());
            for tag in text.split("<a ").skip(1).map(|rest| rest.split('>').next().unwrap_or_default()) {
                assert!(tag.contains("href=\"") || tag.contains("id=\""), "<a {tag}> in {}", file.display());
            }
        }
        // What changed since a month ago is a page, and home leads to it by its heading and by the line below its first rows.
        for (language, all) in [("en", "Show all 11"), ("fr", "11"), ("ar", "")] {
            let home = desk.page(&format!("{language}/home/SO.html"));
            assert!(home.matches("href=\"../ask/changes/SO/since-").count() >= 2 && home.contains(all), "{home}");
        }
    }
}

#[test]
fn what_waits_for_a_decision_is_no_part_of_a_site() {
    let desk = desk();
    let law = |record: &str, title: &str, status: &str| json!({"kind": "law", "record": record, "fields": {"title": title, "country": "SO"}, "status": status, "source": "Made-up draft"});
    desk.add(&[
        law("so/bill", "Made-up bill", "accepted"),
        law("so/bill", "Made-up otter bill", "proposed"),
        law("so/heron", "Made-up otter decree", "proposed"),
        // Two that are called the same: the office is asked whether they are one.
        json!({"kind": "actor", "record": "so/police2", "fields": {"name": "Made-up Police", "class": "police", "country": "SO"}, "source": "Made up"}),
    ]);
    let server = desk.serve();
    assert!(server.get("/ask/waiting?country=SO").2.contains("otter decree"), "the office sees what it has to decide");
    assert!(server.get("/record/law?record=so/bill").2.contains("otter bill"));
    assert!(server.get("/questions").2.contains("What waits for a decision"));
    desk.publish(&[]);
    assert!(desk.page("en/record/law/so/bill.html").contains("Made-up bill"));
    for file in files(&desk.path("site")) {
        let text = std::fs::read_to_string(&file).expect("text");
        assert!(!text.contains("otter"), "{}", file.display());
        assert!(!text.contains("What waits for a decision"), "{}", file.display());
        let named = file.display().to_string();
        assert!(!named.contains("ask/waiting") && !named.contains("ask/duplicates"), "{named}");
    }
}

#[test]
fn a_site_is_published_in_the_browser_beside_the_workspace() {
    let desk = desk();
    let server = Server::start(desk.workspace().as_ref(), &["--author", "Made-up Adviser"]);
    let (_, _, form) = server.get("/publish");
    assert!(form.contains("Publish a site") && !form.contains("value=\"confidential\""), "only what the reader may see: {form}");
    // A folder of that name that is no site stays as it is, and the form says so with what was chosen.
    let letter = desk.file("w-site-so/letter.txt", "made up");
    let (status, _, page) = server.post("/publish", &[("country", "SO"), ("marking", "public")]);
    assert!(status == 422 && page.contains("<title>Error: ") && page.contains("tabindex=\"-1\" autofocus"), "{page}");
    assert!(page.contains("value=\"SO\" selected"), "{page}");
    std::fs::remove_file(letter).unwrap();
    let (status, head, page) = server.post("/publish", &[("country", "SO"), ("marking", "confidential")]);
    assert_eq!(status, 303, "{page}");
    let (_, _, page) = server.get(head.lines().find_map(|l| l.strip_prefix("location: ")).expect("it leads somewhere"));
    assert!(page.contains("w-site-so") && page.contains("index.html") && page.contains("pages are in"), "{page}");
    let site = desk.path("w-site-so");
    assert!(site.join("index.html").is_file() && site.join("SHA256SUMS").is_file());
    for file in files(&site).iter().filter(|f| f.extension().is_some_and(|e| e == "html")) {
        let text = std::fs::read_to_string(file).expect("a page");
        assert!(!text.contains("Heron") && !text.contains("Made-up Kenyan"), "{}", file.display());
    }
    let closed = Server::start(desk.workspace().as_ref(), &["--read-only"]);
    assert_eq!(closed.post("/publish", &[("marking", "public")]).0, 403);
}
