//! What goes out: reports, workbooks, calendars and feeds. All of it is made up.

use crate::desk::{Desk, paid, police, transaction};
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use zip::{ZipArchive, ZipWriter};

/// A desk with what ends, what nobody leads alone, and something that not everybody may see.
fn desk() -> Desk {
    let desk = Desk::new();
    let said = |kind: &str, record: &str, fields: Value, more: Value| {
        let mut line =
            json!({ "kind": kind, "record": record, "fields": fields, "source": "Made-up gazette", "valid_from": "2020-01-01" });
        for (name, value) in more.as_object().expect("an object") {
            line[name] = value.clone();
        }
        line
    };
    let plain = json!({});
    desk.add(&[
        said("actor", "so/police", json!({ "name": "Made-up Police", "class": "police", "country": "SO" }), plain.clone()),
        said(
            "actor",
            "so/guard",
            json!({ "name": "Made-up =Guard; \"of\", <honour>", "class": "military", "country": "SO" }),
            plain.clone(),
        ),
        said(
            "assignment",
            "a1",
            json!({ "actor": "so/police", "function": "public_order", "role": "lead" }),
            json!({ "valid_to": "2021-08-31" }),
        ),
        said(
            "assignment",
            "a2",
            json!({ "actor": "so/guard", "function": "public_order", "role": "lead" }),
            json!({ "valid_to": "2021-09" }),
        ),
        said(
            "actor",
            "so/heron",
            json!({ "name": "Made-up Heron Cell", "class": "intelligence", "country": "SO" }),
            json!({ "marking": "confidential", "source": "Made-up informant" }),
        ),
        said(
            "assignment",
            "a3",
            json!({ "actor": "so/heron", "function": "public_order", "role": "lead" }),
            json!({ "marking": "confidential", "valid_to": "2021-09-30" }),
        ),
    ]);
    desk
}

const DAY: [&str; 2] = ["--valid-on", "2021-06-30"];

fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut zip = ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
    let part = |at: usize, zip: &mut ZipArchive<std::io::Cursor<&[u8]>>| {
        let mut file = zip.by_index(at).expect("a part");
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("it unpacks");
        (file.name().expect("a name").into_owned(), String::from_utf8_lossy(&content).into_owned())
    };
    (0..zip.len()).map(|at| part(at, &mut zip)).collect()
}

/// The text of a part of a document, without its tags.
pub(crate) fn text(bytes: &[u8], part: &str) -> String {
    let (_, xml) = parts(bytes).into_iter().find(|(name, _)| name == part).expect("the part");
    let ended = xml.replace("</w:p>", "\n");
    let bare: String = ended.split('<').map(|p| p.split_once('>').map_or(p, |(_, text)| text)).collect();
    bare.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// A document as an office's program writes it, with these paragraphs.
fn document(body: &str) -> Vec<u8> {
    let namespace = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>";
    let rels = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"/>";
    let core =
        "<cp:coreProperties xmlns:cp=\"x\" xmlns:dc=\"y\"><dc:creator>Made-up Heron Writer</dc:creator></cp:coreProperties>";
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let body = format!("<w:document {namespace}><w:body>{body}<w:sectPr/></w:body></w:document>");
    for (name, content) in
        [("[Content_Types].xml", types), ("_rels/.rels", rels), ("docProps/core.xml", core), ("word/document.xml", &body)]
    {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        zip.write_all(content.as_bytes()).expect("it is written");
    }
    zip.finish().expect("a zip").into_inner()
}

fn paragraph(runs: &[&str]) -> String {
    let runs: String = runs.iter().map(|r| format!("<w:r><w:rPr><w:i/></w:rPr><w:t>{r}</w:t></w:r><w:proofErr/>")).collect();
    format!("<w:p>{runs}</w:p>")
}

fn report(desk: &Desk, more: &[&str]) -> Vec<u8> {
    let file = desk.path("made.docx");
    let shown = file.display().to_string();
    desk.ok(&[&["report", "--overwrite", &desk.workspace(), "-o", &shown, "--country", "SO"], &DAY[..], more].concat());
    std::fs::read(file).expect("the report")
}

#[test]
fn a_template_of_the_office_is_filled_however_word_has_cut_its_runs() {
    let desk = desk();
    let body = [
        paragraph(&["In {", "{coun", "try}}, {{count ", "ending}} end: "]),
        paragraph(&["{{#each ending}}"]),
        paragraph(&["{{record_title}} on {{ends}}"]),
        paragraph(&["{{/each}}"]),
        paragraph(&["{{#if cliffs}}"]),
        paragraph(&["Cliffs there are"]),
        paragraph(&["{{else}}"]),
        paragraph(&["No cliff"]),
        paragraph(&["{{/if}}"]),
        format!(
            "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
            paragraph(&["{{#each ending}}", "{{actor_", "name}}"]),
            paragraph(&["ends {{ends}}{{/each}}"])
        ),
        paragraph(&["{{table ending columns=“record_title,ends”}}"]),
        paragraph(&["{{method}}"]),
    ];
    let template = desk.file("own.docx", document(&body.concat()));
    let bytes = report(&desk, &["--template", &template]);
    let said = text(&bytes, "word/document.xml");
    assert!(said.contains("In Somalia, 2 end: "), "{said}");
    assert!(
        said.contains("Made-up Police on 31\u{a0}Aug\u{a0}2021\nMade-up =Guard; \"of\", <honour> on Sep\u{a0}2021\n"),
        "{said}"
    );
    assert!(said.contains("No cliff") && !said.contains("Cliffs there are"), "{said}");
    assert!(
        said.contains("Made-up Police\nends 31\u{a0}Aug\u{a0}2021\nMade-up =Guard; \"of\", <honour>\nends Sep\u{a0}2021\n"),
        "{said}"
    );
    assert!(said.contains("What ends soon, Somalia\nRecord\nEnds\n"), "{said}");
    let notes = text(&bytes, "word/footnotes.xml");
    assert!(
        notes.contains("Sources: Made-up gazette. Valid on 30\u{a0}Jun\u{a0}2021; data as of")
            && notes.contains("Rows: 2. Statements: "),
        "{notes}"
    );
}

/// A count of the whole that left out its parts would be too small, and nobody would see it.
#[test]
fn a_place_about_a_code_is_about_its_parts_too() {
    let desk = Desk::new();
    desk.file("w/model/codes/lists.csv", "list,title_en,own\nconvoy_sort,Sort of convoy,yes\n");
    desk.file("w/model/codes/convoy_sort.csv", "code,en,parent\nsea,By sea,\nroad,By road,\nnight,By night,road\n");
    desk.file("w/questions/columns.toml", "[way]\nlabel = { en = \"Way\" }\nshow = \"code\"\nlist = \"convoy_sort\"\n");
    desk.file(
        "w/questions/convoys.sql",
        "-- title = { en = \"Made-up convoys\" }\nselect 'road' as way union all select 'night' union all select 'sea'\n",
    );
    let counts = "{{count convoys where=way:road}} by road, {{count convoys where=way:night}} by night";
    let template = desk.file("own.docx", document(&paragraph(&[counts])));
    let said = text(&report(&desk, &["--template", &template]), "word/document.xml");
    assert!(said.contains("2 by road, 1 by night"), "{said}");
}

#[test]
fn a_place_may_be_about_the_rows_of_an_answer_that_say_a_code() {
    let desk = desk();
    let body = [
        paragraph(&[
            "Two lead {{count leads where=lead_found:several,contested}}, nobody {{count leads where=lead_found:none}}.",
        ]),
        paragraph(&["{{#if leads where=lead_found:contested}}"]),
        paragraph(&["Somebody contests"]),
        paragraph(&["{{else}}"]),
        paragraph(&["Nobody contests"]),
        paragraph(&["{{/if}}"]),
        paragraph(&["{{#each leads where=lead_found:several}}"]),
        paragraph(&["Each {{security_function}}"]),
        paragraph(&["{{/each}}"]),
        paragraph(&["{{table leads where=lead_found:several columns=security_function,lead_names}}"]),
    ];
    let template = desk.file("own.docx", document(&body.concat()));
    let said = text(&report(&desk, &["--template", &template]), "word/document.xml");
    assert!(said.contains("Two lead 1, nobody 19."), "{said}");
    assert!(said.contains("Nobody contests") && !said.contains("Somebody contests"), "{said}");
    assert_eq!(said.matches("Public order").count(), 2, "{said}");
    assert!(!said.contains("Custody"), "{said}");
    // A code that the column cannot have would be a count of nothing.
    let wrong = desk.file("wrong.docx", document(&paragraph(&["{{count leads where=lead_found:two}}"])));
    let made = desk.path("wrong-made.docx").display().to_string();
    let (_, fault) = desk.fails(&["report", &desk.workspace(), "--country", "SO", "--template", &wrong, "-o", &made]);
    assert!(fault.contains("`lead_found` never says `two`"), "{fault}");
}

/// Projects of so many supporters with long names, each in a town.
fn supported(supporters: usize) -> Desk {
    let desk = desk();
    let place = json!({ "kind": "place", "record": "so/town", "fields": { "name": "Made-up Town", "country": "SO" }, "source": "Made-up list" });
    desk.add(&[place]);
    for n in 0..supporters {
        let name = format!("Made-up Fund for the Support of Institutions That Serve Everybody, Number {n}");
        let fund = json!({ "kind": "actor", "record": format!("fund{n}"), "fields": { "name": name, "class": "donor" }, "source": "Made-up list" });
        let fields = json!({ "title": format!("Made-up academy {n}"), "supporter": format!("fund{n}"), "recipient": "so/police", "country": "SO",
            "place": "so/town", "starts": "2020-01-01", "ends": "2022-08-31", "status": "2" });
        desk.add(&[fund, json!({ "kind": "project", "record": format!("p{n}"), "fields": fields, "source": "Made-up letter" })]);
    }
    desk
}

#[test]
fn what_the_help_says_of_places_is_filled_as_it_stands_there() {
    let desk = desk();
    let help = desk.ok(&["templates", "--help"]);
    let section =
        help.split_once("In a line of text").and_then(|(_, rest)| rest.split_once("Take one out")).expect("the places").0;
    // What stands behind a wide gap says what the place is.
    let places = section.lines().filter_map(|line| line.strip_prefix("  ")).filter_map(|line| line.split("   ").next());
    let body: Vec<String> = places.map(|place| paragraph(&[place])).collect();
    assert!(body.len() > 15, "{section}");
    let template = desk.file("help.docx", document(&body.concat()));
    let said = text(&report(&desk, &["--template", &template]), "word/document.xml");
    assert!(
        !said.contains("{{") && said.contains("Custody and rehabilitation: ") && said.contains("Nothing ends without"),
        "{said}"
    );
}

#[test]
fn amounts_in_several_currencies_are_no_sum() {
    let desk = desk();
    let project = |n: usize, amount: u32, currency: &str| {
        let fields = json!({ "title": format!("Made-up academy {n}"), "supporter": "so/guard", "recipient": "so/police", "country": "SO",
            "starts": "2020-01-01", "ends": "2021-10-31", "status": "2", "committed": amount, "currency": currency });
        json!({ "kind": "project", "record": format!("p{n}"), "fields": fields, "source": "Made-up letter" })
    };
    desk.add(&[project(1, 1_200_000, "EUR"), project(2, 800_000, "USD"), project(3, 300_000, "EUR")]);
    let of_one = desk.file("one.docx", document(&paragraph(&["EUR {{sum ending column=committed where=currency:EUR}}"])));
    assert!(text(&report(&desk, &["--template", &of_one]), "word/document.xml").contains("EUR 1,500,000"));
    let of_both = desk.file("both.docx", document(&paragraph(&["{{sum ending column=committed}}"])));
    let made = desk.path("both-made.docx").display().to_string();
    let (code, why) =
        desk.fails(&["report", &desk.workspace(), "--template", &of_both, "--country", "SO", "-o", &made, DAY[0], DAY[1]]);
    assert!(code == 1 && why.contains("several currencies") && why.contains("where=currency:EUR"), "{why}");
}

#[test]
fn rows_that_may_stand_for_the_same_money_are_no_sum() {
    let desk = desk();
    let fields = json!({ "title": "Made-up academy", "supporter": "so/guard", "recipient": "so/police", "country": "SO",
        "starts": "2020-01-01", "ends": "2021-10-31", "status": "2", "committed": 700, "currency": "USD" });
    desk.add(&[json!({ "kind": "project", "record": "p1", "fields": fields, "source": "Made-up letter" })]);
    let published = police("XX-1-A", &format!("<recipient-country code=\"SO\"/>{}", paid("2", "500")));
    desk.activities("a.xml", &[published]);
    let sum = |name: &str, place: &str| desk.file(name, document(&paragraph(&[place])));
    let made = desk.path("made.docx").display().to_string();
    let all = sum("m.docx", "{{sum all_support column=committed_usd}}");
    let (code, why) =
        desk.fails(&["report", &desk.workspace(), "--template", &all, "--country", "SO", "-o", &made, DAY[0], DAY[1]]);
    assert!(code == 1 && why.contains("may stand for the same money") && why.contains("where=sign:VALUE"), "{why}");
    let stated = sum("n.docx", "USD {{sum all_support column=committed_usd where=sign:stated}}");
    assert!(text(&report(&desk, &["--template", &stated]), "word/document.xml").contains("USD 700"));
    // A page adds up one sign, and none with another.
    let server = desk.serve();
    let page = |sign: &str| server.get(&format!("/ask/all_support?country=SO&sign={sign}&valid_on=2021-06-30")).2;
    assert!(!page("").contains("USD 1,200 committed") && page("coded").contains("USD 500 committed"), "{}", page(""));
}

#[test]
fn a_meeting_pack_says_who_supports_whom_as_a_matrix_and_where() {
    let desk = supported(2);
    for (language, says) in [
        ("en", ["Where", "Who supports which institutions, Somalia"]),
        ("fr", ["Où", "Qui appuie quelles institutions, Somalie"]),
        ("ar", ["المكان", "من يدعم أي مؤسسات"]),
    ] {
        let said = text(&report(&desk, &["pack", "--language", language]), "word/document.xml");
        assert!(says.iter().all(|says| said.contains(says)) && said.contains("Made-up Town"), "{language}: {said}");
    }
}

#[test]
fn a_picture_is_never_taller_than_its_page() {
    let desk = supported(20);
    let template = desk.file("own.docx", document(&paragraph(&["{{chart all_support}}"])));
    let bytes = report(&desk, &["--template", &template]);
    let (_, xml) = parts(&bytes).into_iter().find(|(name, _)| name == "word/document.xml").expect("the part");
    let size = |name: &str| {
        let value =
            xml.split_once("<wp:extent ").and_then(|(_, rest)| rest.split_once(&format!("{name}=\""))?.1.split('"').next());
        value.expect("a size").parse::<f64>().expect("a number")
    };
    // 20 cm; a matrix of 20 long names would be taller.
    assert!(
        size("cy") <= 7_200_000.0 && size("cy") > 6_900_000.0 && size("cx") > 2_000_000.0,
        "{} by {}",
        size("cx"),
        size("cy")
    );
    // The style of an office's own captions need not say so.
    let before = xml.split_once("<w:drawing").expect("a picture").0;
    assert!(before.contains("<w:keepNext/>"), "a caption stays with its picture: {before}");
}

#[test]
fn a_footnote_names_what_its_rows_rest_on_and_nothing_beside_it() {
    let desk = Desk::new();
    let police = json!({ "name": "Made-up Police", "class": "police", "country": "SO" });
    desk.add(&[json!({ "kind": "actor", "record": "so/police", "fields": police, "source": "Made-up list of offices" })]);
    // Nobody gave this sheet a source: what it says is from the file.
    let csv = "Project title,Donor,Recipient,Country,Start,End\nMade-up academy,Made-up Fund,Made-up Police,Somalia,2020-01-01,2021-08-31\n";
    let sheet = desk.file("projects.csv", csv);
    desk.ok(&["import", &desk.workspace(), &sheet, "--propose"]);
    desk.ok(&["import", &desk.workspace(), &sheet, "--add-names"]);
    for question in ["ending", "running"] {
        let place = format!("{{{{table {question} columns=record_title,ends}}}}");
        let template = desk.file("own.docx", document(&paragraph(&[place.as_str()])));
        let bytes = report(&desk, &["--template", &template]);
        assert!(text(&bytes, "word/document.xml").contains("Made-up academy"), "{question}");
        let notes = text(&bytes, "word/footnotes.xml");
        assert!(notes.contains("Sources: projects.csv.") && !notes.contains("list of offices"), "{question}: {notes}");
    }
}

#[test]
fn a_footnote_calls_a_data_set_by_its_publisher_where_it_has_no_name() {
    let desk = Desk::new();
    desk.activities("xx-aa.xml", &[police("XX-1-1", &format!("<recipient-country code=\"SO\"/>{}", paid("3", "1000")))]);
    for place in ["{{table support}}", "{{table gaps}}"] {
        let template = desk.file("own.docx", document(&paragraph(&[place])));
        let notes = text(&report(&desk, &["--template", &template]), "word/footnotes.xml");
        assert!(notes.contains("Sources: Made-up Agency.") && !notes.contains("xx-aa"), "{place}: {notes}");
    }
}

#[test]
fn a_footnote_of_sums_names_every_source_that_they_rest_on() {
    let desk = Desk::new();
    let of = |identifier: &str, publisher: &str, country: &str| {
        let whole = police(identifier, &format!("<recipient-country code=\"{country}\"/>{}", paid("3", "1000")));
        whole.replace("Made-up Agency", publisher).replace("ref=\"XX-1\"", &format!("ref=\"{}\"", &identifier[..4]))
    };
    let all =
        [of("XX-1-1", "Made-up Fund", "SO"), of("XX-2-1", "Made-up Bank", "SO"), of("XX-3-1", "Made-up Other Agency", "KE")];
    desk.activities("one-file.xml", &all);
    let covers = json!({ "title": "Made-up map", "countries": "SO" });
    let elsewhere = json!({ "title": "Made-up map of elsewhere", "countries": "KE" });
    let need = json!({ "actor_class": "intelligence", "country": "SO", "capacity": "4", "date": "2021-01-10" });
    let project = |title: &str, giver: &str| {
        json!({ "title": title, "supporter": giver, "recipient_class": "justice", "country": "SO", "function": "adjudication",
            "starts": "2020-01-01", "ends": "2021-12-31" })
    };
    let donor = |name: &str| json!({ "name": name, "class": "donor" });
    desk.add(&[
        json!({ "kind": "actor", "record": "a1", "fields": donor("Made-up Donor One"), "source": "Made-up list of donors" }),
        json!({ "kind": "actor", "record": "a2", "fields": donor("Made-up Donor Two"), "source": "Made-up list of donors" }),
        json!({ "kind": "coverage", "record": "c1", "fields": covers, "source": "Made-up mapping", "valid_from": "2019" }),
        json!({ "kind": "coverage", "record": "c2", "fields": elsewhere, "source": "Made-up mapping elsewhere", "valid_from": "2019" }),
        json!({ "kind": "need", "record": "n1", "fields": need, "source": "Made-up assessment" }),
        json!({ "kind": "project", "record": "p1", "fields": project("Made-up court", "a1"), "source": "Made-up list of projects" }),
        json!({ "kind": "project", "record": "p2", "fields": project("Made-up bench", "a2"), "source": "Made-up list of projects" }),
    ]);
    let notes = |place: &str| {
        let template = desk.file("own.docx", document(&paragraph(&[place])));
        text(&report(&desk, &["--template", &template]), "word/footnotes.xml")
    };
    let support = notes("{{table support}}");
    assert!(support.contains("Sources: Made-up Bank; Made-up Fund."), "{support}");
    let gaps = notes("{{table gaps}}");
    assert!(!gaps.contains("Other Agency") && !gaps.contains("elsewhere"), "what is of another country: {gaps}");
    assert!(gaps.contains("Made-up list of projects; Made-up Bank; Made-up Fund and 2 more."), "{gaps}");
    let overlaps = notes("{{table overlaps}}");
    assert!(overlaps.contains("Made-up list of projects"), "{overlaps}");
}

#[test]
fn money_without_a_rate_is_said_to_be_that() {
    let desk = Desk::new();
    let here = "<recipient-country code=\"SO\"/>";
    let quoted = police("XX-1-1", &format!("{here}{}", paid("3", "1000")));
    let unquoted = police("XX-2-1", &format!("{here}{}", transaction("3", "90000000", "CDF", "2021-03-01", "")));
    let unquoted = unquoted.replace("ref=\"XX-1\"", "ref=\"XX-2\"").replace("Made-up Agency", "Made-up Other Agency");
    let unquoted = unquoted.replace("code=\"15132\"", "code=\"15130\"");
    desk.activities("xx.xml", &[quoted, unquoted]);
    for place in ["{{table support columns=supporter_name,disbursed_usd}}", "{{chart support}}"] {
        let template = desk.file("own.docx", document(&paragraph(&[place])));
        // Of a picture, what is read out.
        let (_, said) =
            parts(&report(&desk, &["--template", &template])).into_iter().find(|(n, _)| n == "word/document.xml").unwrap();
        assert!(said.contains("not converted or not reported") && !said.contains("0 + ?"), "{place}: {said}");
    }
}

#[test]
fn an_activity_that_ends_is_known_no_sooner_than_its_file() {
    let desk = Desk::new();
    desk.activities("xx-aa.xml", &[police("XX-1-1", &format!("<recipient-country code=\"SO\"/>{}", paid("3", "1000")))]);
    let rows = desk.ask("ending", &["--valid-on", "2021-06-30", "--months", "24"]);
    let of_it = rows.iter().find(|row| row["identifier"] == "XX-1-1").expect("it ends within two years");
    assert_eq!(of_it["known_since"], desk.value("select recorded_at from activity"), "its end came near long before: {of_it}");
}

#[test]
fn a_footnote_names_as_many_sources_as_it_has_room_for() {
    let desk = desk();
    let source = format!("Made-up report of {}", "a very long name, ".repeat(9));
    let guard = json!({ "actor": "so/guard", "function": "custody", "role": "lead" });
    desk.add(&[json!({ "kind": "assignment", "record": "a9", "fields": guard, "source": source, "valid_to": "2021-08-31" })]);
    let template = desk.file("own.docx", document(&paragraph(&["{{table ending}}"])));
    let notes = text(&report(&desk, &["--template", &template]), "word/footnotes.xml");
    assert!(notes.contains("Sources: Made-up gazette and 1 more.") && !notes.contains("very long name"), "{notes}");
}

#[test]
fn a_place_counts_different_values_and_takes_over_lines_that_others_have_not() {
    let desk = desk();
    // A name that breaks takes two lines, a long source the lines of several rows.
    let source = format!("Made-up report of {}", "a very long name, ".repeat(9));
    let guard = json!({ "actor": "so/guard", "function": "custody", "role": "lead" });
    desk.add(&[json!({ "kind": "assignment", "record": "a9", "fields": guard, "source": source, "valid_to": "2021-12-31" })]);
    let body = [
        paragraph(&["{{count ending}} of {{count ending column=what_ends}} kind."]),
        paragraph(&["{{table ending columns=record_title,source most=2..9}}"]),
        paragraph(&["{{table overlaps most=2..4}}"]),
        paragraph(&["{{table ending columns=record_title,source most=2..9}}"]),
    ];
    let template = desk.file("own.docx", document(&body.concat()));
    let said = text(&report(&desk, &["--template", &template]), "word/document.xml");
    assert!(said.contains("3 of 1 kind."), "{said}");
    let (before, behind) = said.split_once("Overlaps, Somalia").expect("the table between them");
    assert!(before.contains("The first 2 of 3 rows.") && !behind.contains("The first"), "{said}");
}

#[test]
fn the_caption_of_a_table_is_a_heading_where_its_place_is_one() {
    let desk = desk();
    let (_, xml) =
        parts(&report(&desk, &["brief"])).into_iter().find(|(name, _)| name == "word/document.xml").expect("the document");
    let caption = xml.split("<w:p>").find(|p| p.contains("What ends soon, Somalia")).expect("the caption");
    assert!(caption.contains("<w:pStyle w:val=\"Heading1\"/>") && caption.contains("w:footnoteReference"), "{caption}");
}

/// A template that LibreOffice has written has the size of its text in the style of all paragraphs, which goes before that of a table.
#[test]
fn what_stands_in_a_table_has_a_style_of_its_own() {
    let desk = desk();
    let own = desk.file("own.docx", document(&paragraph(&["{{table ending}}"])));
    for made in [report(&desk, &["--template", &own]), report(&desk, &["pack"])] {
        let parts = parts(&made);
        let part = |name: &str| parts.iter().find(|(part, _)| part == name).map(|(_, xml)| xml.as_str()).expect("the part");
        let cells = part("word/document.xml").matches("<w:tc>").count();
        let styled = part("word/document.xml").matches("<w:pStyle w:val=\"TableText\"/>").count();
        assert!(cells > 0 && cells == styled, "{cells} cells, {styled} in the style");
        assert_eq!(part("word/styles.xml").matches("w:styleId=\"TableText\"").count(), 1);
    }
    let (_, pack) =
        parts(&report(&desk, &["pack"])).into_iter().find(|(name, _)| name == "word/document.xml").expect("the document");
    assert!(pack.contains("<w:pPr><w:pStyle w:val=\"TableText\"/><w:keepNext/>"), "what is filled in by hand stays together");
}

#[test]
fn support_that_only_offices_state_is_on_the_page_beside_what_runs() {
    let desk = Desk::new();
    let police = json!({ "name": "Made-up Police", "class": "police", "country": "SO" });
    let fund = json!({ "name": "Made-up Fund", "class": "donor" });
    let project = json!({ "title": "Made-up academy", "supporter": "fund", "recipient": "so/police", "starts": "2020-01-01", "ends": "2022" });
    let said = |kind: &str, record: &str, fields: Value| json!({ "kind": kind, "record": record, "fields": fields });
    desk.add(&[said("actor", "so/police", police), said("actor", "fund", fund), said("project", "academy", project)]);
    for template in ["brief", "pack", "report"] {
        let bytes = report(&desk, &[template]);
        let said = text(&bytes, "word/document.xml");
        assert!(said.contains("Made-up academy") && !said.contains("Who supports whom, Somalia\n"), "{template}: {said}");
        assert!(said.contains("Support by every sign, Somalia"), "{template}: {said}");
    }
}

#[test]
fn papers_say_how_much_ends_in_its_own_currency() {
    let desk = Desk::new();
    let police = json!({ "name": "Made-up Police", "class": "police", "country": "SO" });
    let fund = json!({ "name": "Made-up Fund", "class": "donor" });
    let project = json!({ "title": "Made-up academy", "supporter": "fund", "recipient": "so/police", "starts": "2020-01-01",
        "ends": "2021-09-30", "committed": 450_000_000, "currency": "XOF" });
    let said = |kind: &str, record: &str, fields: Value| json!({ "kind": kind, "record": record, "fields": fields });
    desk.add(&[said("actor", "so/police", police), said("actor", "fund", fund), said("project", "academy", project)]);
    for template in ["brief", "pack", "report"] {
        let said = text(&report(&desk, &[template]), "word/document.xml");
        assert!(said.contains("450,000,000") && said.contains("XOF"), "{template}: {said}");
    }
}

#[test]
fn what_cannot_be_filled_stays_and_says_why_and_the_rest_goes_on() {
    let desk = desk();
    let body = [
        paragraph(&["{{tabel ending}}"]),
        paragraph(&["{{table nothing}}"]),
        paragraph(&["{{table ending columns=weather}}"]),
        paragraph(&["{{#each ending}}"]),
        paragraph(&["{{weather}} in {{country}}"]),
    ];
    let template = desk.file("own.docx", document(&body.concat()));
    let made = desk.path("made.docx").display().to_string();
    let (code, said) =
        desk.fails(&[&["report", &desk.workspace(), "--template", &template, "-o", &made, "--country", "SO"], &DAY[..]].concat());
    assert_eq!(code, 1);
    for reason in [
        "`tabel`",
        "no question `nothing`",
        "no column `weather`",
        "it is not closed",
        "no value `weather`",
        "5 places could not be filled",
    ] {
        assert!(said.contains(reason), "{reason}: {said}");
    }
    let said = text(&std::fs::read(made).expect("the report"), "word/document.xml");
    assert!(said.contains("{{tabel ending}} [cannot be filled: ") && said.contains(" in Somalia"), "{said}");
    let (_, said) = desk.fails(&["report", &desk.workspace(), "--template", &desk.file("own2.docx", "no zip")]);
    assert!(said.contains("it is no .docx"), "{said}");
    let (code, said) = desk.fails(&["report", &desk.workspace(), "poem"]);
    assert!(code == 2 && said.contains("there is no template `poem`; there are pack, brief, report, handover"), "{said}");
}

#[test]
fn the_templates_are_filled_in_three_languages_and_can_be_taken_out_and_filled_again() {
    let desk = desk();
    for (language, word) in [("en", "Valid on 30"), ("fr", "Valable au 30"), ("ar", "سارٍ في 30")] {
        for template in ["pack", "brief", "report", "handover"] {
            let bytes = report(&desk, &[template, "--language", language]);
            let notes = text(&bytes, "word/footnotes.xml");
            assert!(notes.contains(word), "{template} {language}: {notes}");
            let said = text(&bytes, "word/document.xml");
            assert!(!said.contains("{{"), "{template} {language}: {said}");
            let own = desk.path("own.docx").display().to_string();
            desk.ok(&["templates", &desk.workspace(), template, "--overwrite", "-o", &own, "--language", language]);
            let again = report(&desk, &["--template", &own, "--language", language]);
            let places = |bytes: &[u8]| text(bytes, "word/document.xml").matches('\n').count();
            assert_eq!(places(&again), places(&bytes), "{template} {language}");
        }
    }
    let bytes = report(&desk, &["brief", "--language", "ar"]);
    let (_, xml) = parts(&bytes).into_iter().find(|(name, _)| name == "word/document.xml").expect("the document");
    assert!(xml.contains("<w:bidiVisual/>") && xml.contains("<w:bidi/>") && xml.contains("<w:rtl/>"));
    std::fs::create_dir(desk.path("w/templates")).expect("a folder");
    std::fs::copy(desk.path("own.docx"), desk.path("w/templates/weekly.docx")).expect("a copy");
    assert!(desk.ok(&["templates", &desk.workspace()]).contains("weekly"));
}

#[test]
fn the_brief_says_of_how_many_services_none_is_overseen_and_which_functions_nobody_is_known_to_lead() {
    let desk = desk();
    let said = text(&report(&desk, &["brief"]), "word/document.xml");
    assert!(said.contains("Services without exercised oversight: 2, of 2 on record."), "{said}");
    assert!(said.contains("Functions with two leads, or contested: 1; without a lead on record: 19."), "{said}");
    // Nothing of nothing is no finding.
    let empty = Desk::new();
    let said = text(&report(&empty, &["brief"]), "word/document.xml");
    assert!(said.contains("Services without exercised oversight: 0, of 0 on record."), "{said}");
}

#[test]
fn what_is_written_from_left_to_right_stays_so_in_an_arabic_table() {
    let desk = Desk::new();
    let name = "500 Made-up Guards (north)";
    let fields = json!({ "title": name, "country": "SO", "supporter": "xx/fund", "starts": "2020-01-01", "ends": "2021-08-31" });
    desk.add(&[
        json!({ "kind": "actor", "record": "xx/fund", "fields": { "name": "Made-up Fund", "class": "donor" }, "source": "Made up" }),
        json!({ "kind": "project", "record": "p1", "fields": fields, "source": "Made up" }),
    ]);
    let template = desk.file("own.docx", document(&paragraph(&["{{table ending columns=record_title,ends}}"])));
    let said = |language: &str| text(&report(&desk, &["--template", &template, "--language", language]), "word/document.xml");
    // Else the number would stand at the end, and the bracket before the name.
    assert!(said("ar").contains(&format!("\n\u{200e}{name}\u{200e}\n")), "{}", said("ar"));
    assert!(said("fr").contains(&format!("\n{name}\n")), "{}", said("fr"));
}

#[test]
fn nothing_above_the_marking_is_in_any_part_of_a_report() {
    let desk = desk();
    let template =
        desk.file("own.docx", document(&[paragraph(&["{{held_back}} held back"]), paragraph(&["{{table ending}}"])].concat()));
    for more in [&["pack"][..], &["brief"], &["report"], &["handover"], &["--template", &template]] {
        for (name, content) in parts(&report(&desk, more)) {
            for secret in ["Heron", "informant"] {
                assert!(!content.contains(secret), "{more:?}: {secret} in {name}");
            }
        }
    }
    assert!(text(&report(&desk, &["--template", &template]), "word/document.xml").contains("2 held back"));
    let cleared = report(&desk, &["--template", &template, "--clearance", "confidential"]);
    assert!(text(&cleared, "word/document.xml").contains("Made-up Heron Cell"));
    assert!(text(&cleared, "word/footnotes.xml").contains("marking: confidential."));
}

/// A template that an office made of its last report: with its comments, changes, properties and the rows behind a chart.
fn template_of_the_last_report() -> Vec<u8> {
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |all: &[(&str, &str)]| {
        let one = |(n, (sort, target)): (usize, &(&str, &str))| {
            format!("<Relationship Id=\"rId{n}\" Type=\"{OFFICE}/{sort}\" Target=\"{target}\"/>")
        };
        let all: String = all.iter().enumerate().map(one).collect();
        format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{all}</Relationships>")
    };
    let top = relations(&[("custom-properties", "docProps/custom.xml"), ("extended-properties", "/docProps/app.xml")]);
    let own = relations(&[
        ("comments", "comments.xml"),
        ("people", "people.xml"),
        ("customXml", "../customXml/item1.xml"),
        ("chart", "charts/chart1.xml"),
        ("oleObject", "embeddings/object.bin"),
        ("glossaryDocument", "glossary/document.xml"),
        ("settings", "settings.xml"),
    ]);
    let of_chart = relations(&[("package", "../embeddings/rows.xlsx")]);
    let of_comments = relations(&[("hyperlink", "https://heron.example")]);
    let document = "<w:document xmlns:w=\"w\" xmlns:r=\"r\"><w:body>\
        <w:p><w:ins w:id=\"1\" w:author=\"Heron\"><w:r><w:t>What was added stays.</w:t></w:r></w:ins>\
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>Heron Cell, hidden</w:t></w:r>\
        <w:del w:id=\"2\" w:author=\"Heron\"><w:r><w:delText>Heron Cell</w:delText></w:r></w:del></w:p>\
        <w:p><w:commentRangeStart w:id=\"0\"/><w:r><w:rPr><w:rPrChange w:id=\"3\" w:author=\"Heron\"/></w:rPr>\
        <w:t>{{table ending}}</w:t></w:r><w:commentRangeEnd w:id=\"0\"/></w:p>\
        <w:p><w:pPr><w:rPr><w:moveFrom w:id=\"4\" w:author=\"Heron\"/></w:rPr></w:pPr>\
        <w:moveFrom w:id=\"5\" w:author=\"Heron\"><w:r><w:t>Heron Cell</w:t></w:r></w:moveFrom></w:p><w:sectPr/></w:body></w:document>";
    let settings = "<w:settings xmlns:w=\"w\"><w:docVars><w:docVar w:name=\"a\" w:val=\"Heron\"/></w:docVars></w:settings>";
    let chart = "<c:chartSpace xmlns:c=\"c\"><c:chart>What it shows</c:chart><c:externalData r:id=\"rId0\"/></c:chartSpace>";
    crate::paper::zip(&[
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>",
        ),
        ("_rels/.rels", &top),
        ("docProps/custom.xml", "<Properties>Heron</Properties>"),
        ("docProps/app.xml", "<Properties>Heron</Properties>"),
        ("word/_rels/document.xml.rels", &own),
        ("word/document.xml", document),
        ("word/comments.xml", "<w:comments xmlns:w=\"w\"><w:comment w:author=\"Heron\"/></w:comments>"),
        ("word/_rels/comments.xml.rels", &of_comments),
        ("word/people.xml", "<w15:people xmlns:w15=\"w\">Heron</w15:people>"),
        ("word/settings.xml", settings),
        ("word/glossary/document.xml", "<w:glossaryDocument xmlns:w=\"w\">Heron</w:glossaryDocument>"),
        ("word/charts/chart1.xml", chart),
        ("word/charts/_rels/chart1.xml.rels", &of_chart),
        ("word/embeddings/rows.xlsx", "Heron"),
        ("word/embeddings/object.bin", "Heron"),
        ("customXml/item1.xml", "<x>Heron</x>"),
    ])
}

#[test]
fn nothing_that_nobody_sees_in_a_template_comes_along() {
    let desk = desk();
    let template = desk.file("own.docx", template_of_the_last_report());
    let made = report(&desk, &["--template", &template]);
    for (name, content) in parts(&made) {
        assert!(!content.to_lowercase().contains("heron"), "{name}: {content}");
    }
    let said = text(&made, "word/document.xml");
    assert!(said.contains("What was added stays.") && said.contains("Made-up Police"), "{said}");
    let chart = parts(&made).into_iter().find(|(name, _)| name == "word/charts/chart1.xml").expect("the chart");
    assert!(chart.1.contains("What it shows") && !chart.1.contains("externalData"), "{}", chart.1);
    // All that the parts name is there.
    let (_, relations) = parts(&made).into_iter().find(|(name, _)| name == "word/_rels/document.xml.rels").expect("relations");
    assert!(relations.contains("charts/chart1.xml") && !relations.contains("comments.xml"), "{relations}");
}

/// Everything of a workspace that can be had of a server, by address.
fn everything(desk: &Desk, server: &crate::desk::Server) -> Vec<String> {
    let names = |sql: &str| desk.sql(sql).iter().map(|row| row["name"].as_str().expect("a name").to_owned()).collect::<Vec<_>>();
    let kinds = names("select distinct kind as name from kind_field where kind <> 'activity'");
    let (_, _, list) = server.get("/questions.json");
    let list: Value = serde_json::from_str(&list).expect("JSON");
    let questions = list["rows"].as_array().expect("rows").iter().filter_map(|row| row["name"].as_str().map(str::to_owned));
    let asked = questions.flat_map(|q| ["json", "csv", "xlsx", "ics", "atom"].map(|form| format!("/ask/{q}.{form}?country=SO&")));
    let listed = kinds.iter().flat_map(|k| ["json", "csv", "xlsx"].map(|form| format!("/records/{k}.{form}?")));
    asked.chain(listed).chain(["/support.xlsx?country=SO&".to_owned(), "/country/SO.xlsx?".to_owned()]).collect()
}

#[test]
fn nothing_above_the_marking_is_in_any_format() {
    let desk = desk();
    desk.add(&[
        // Somebody with more clearance knows better how a body is called, and what it is part of.
        json!({ "kind": "actor", "record": "so/guard", "fields": { "name": "Made-up Heron Guard", "class": "military", "country": "SO" },
            "source": "Made-up Heron memo", "marking": "confidential", "valid_from": "2020-06-01",
            "supersedes": desk.value("select statement from statement where record = 'so/guard'") }),
        json!({ "kind": "relation", "record": "r/heron", "fields": { "subject": "so/police", "relation": "part_of", "object": "so/guard" },
            "source": "Made-up Heron memo", "quote": "Made-up Heron words", "marking": "confidential", "valid_from": "2020-01-01" }),
        json!({ "kind": "project", "record": "p/1", "fields": { "title": "Made-up academy", "reference": "XX-1-9",
            "supporter": "so/police", "country": "SO", "starts": "2020-02-01", "status": "2" }, "source": "Made-up gazette" }),
        json!({ "kind": "project", "record": "p/2", "fields": { "title": "Made-up Heron school", "reference": "XX-1-8", "supporter": "so/police",
            "country": "SO", "starts": "2020-02-01", "status": "2" },
            "source": "Made-up Heron memo", "marking": "confidential" }),
    ]);
    let clear = |name: &str, bytes: &[u8]| {
        let all = if bytes.starts_with(b"PK") {
            parts(bytes)
        } else {
            vec![(String::new(), String::from_utf8_lossy(bytes).into_owned())]
        };
        for (part, content) in all {
            // An identifier that an office chose itself is its own word; all others are made of no name.
            let content = content.replace("so/heron", "").replace("r/heron", "").to_lowercase();
            for secret in ["heron", "informant"] {
                assert!(!content.contains(secret), "{secret} in {name} {part}");
            }
        }
    };
    let server = desk.serve();
    let (mut given, mut packed) = (0, 0);
    for address in everything(&desk, &server) {
        let (status, _, bytes) = server.get_bytes(&format!("{address}valid_on=2021-06-30"));
        given += usize::from(status == 200);
        packed += usize::from(bytes.starts_with(b"PK"));
        clear(&address, &bytes);
    }
    assert!(given > 200 && packed > 80, "{given} {packed}: little was looked at");
    let workspace = desk.workspace();
    for (name, more) in [
        ("register.xlsx", &[][..]),
        ("actor.csv", &["--kind", "actor"][..]),
        ("popolo", &["--popolo"][..]),
        ("ftm", &["--ftm"][..]),
        ("iati", &["--iati", "--reporter", "XX-1", "--reporter-name", "Made-up Police"][..]),
    ] {
        let out = desk.path(name).display().to_string();
        desk.ok(&[&["export", &workspace, &out], more].concat());
        let out = desk.path(name);
        let files = if out.is_dir() {
            std::fs::read_dir(&out).expect("a folder").flatten().map(|e| e.path()).collect()
        } else {
            vec![out]
        };
        for file in files {
            clear(&file.display().to_string(), &std::fs::read(&file).expect("a file"));
        }
    }
    let blank = desk.path("blank.xlsx").display().to_string();
    desk.ok(&["template", &workspace, "relation", "-o", &blank]);
    clear("a template of the register", &std::fs::read(&blank).expect("a file"));
    // What is handed over is a workspace, of which each byte is looked at.
    let other = desk.path("other").display().to_string();
    desk.ok(&["init", &other]);
    desk.ok(&["merge", &other, "--from", &workspace, "--clearance", "public"]);
    for file in std::fs::read_dir(&other).expect("a folder").flatten().filter(|e| e.path().is_file()) {
        clear(&file.path().display().to_string(), &std::fs::read(file.path()).expect("a file"));
    }
}

#[test]
fn the_page_makes_a_report_no_higher_than_the_server_may_show() {
    let desk = desk();
    let server = desk.serve();
    let (status, _, page) = server.get("/reports?valid_on=2021-06-30&lang=fr");
    assert!(status == 200 && page.contains("Fiche pays sur la réforme"), "{page}");
    assert!(!page.contains("value=\"confidential\""), "only what may be seen is offered");
    let path = "/reports/file?template=brief&country=SO&language=fr&clearance=strictly_confidential&valid_on=2021-06-30";
    let (status, head, bytes) = server.get_bytes(path);
    assert!(status == 200 && head.contains("brief-SO-2021-06-30.docx"), "{head}");
    assert!(text(&bytes, "word/document.xml").contains("Somalie"));
    assert!(parts(&bytes).iter().all(|(_, content)| !content.contains("Heron")));
    assert_eq!(server.get("/reports/file?template=poem").0, 404);
    assert_eq!(server.get("/reports/file?template=brief&country=Atlantis").0, 400);
}

#[test]
fn a_calendar_and_a_feed_have_what_ends_and_nothing_above_the_marking() {
    let desk = desk();
    let ask = |more: &[&str]| desk.ok(&[&["ask", &desk.workspace(), "ending", "--country", "SO"], &DAY[..], more].concat());
    let calendar = ask(&["--ics"]);
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && calendar.ends_with("END:VCALENDAR\r\n"), "{calendar}");
    let unfolded = calendar.replace("\r\n ", "");
    assert!(
        unfolded.contains("DTSTART;VALUE=DATE:20210831\r\nDTEND;VALUE=DATE:20210901\r\nSUMMARY:Made-up Police\r\n"),
        "{unfolded}"
    );
    assert!(unfolded.contains("DTSTART;VALUE=DATE:20210930\r\n"), "what ends in a month is on its last day: {unfolded}");
    assert!(unfolded.contains("SUMMARY:Made-up =Guard\\; \"of\"\\, <honour>\r\n"), "{unfolded}");
    assert!(!calendar.contains("Heron") && ask(&["--ics", "--clearance", "confidential"]).contains("CLASS:CONFIDENTIAL"));
    assert_eq!(calendar, ask(&["--ics"]), "the same event keeps its name");
    let feed = ask(&["--atom", "--language", "fr"]);
    assert!(feed.contains("xml:lang=\"fr\"") && feed.contains("<title>Made-up =Guard; \"of\", &lt;honour&gt;</title>"), "{feed}");
    // Where it is, for who subscribes to it (RFC 4287, 4.1.1).
    assert!(
        feed.contains("<link rel=\"self\" type=\"application/atom+xml\" href=\"ending.atom?months=6&amp;country=SO\""),
        "{feed}"
    );
    let (_, said) = desk.fails(&["ask", &desk.workspace(), "leads", "--ics"]);
    assert!(said.contains("`leads` has no day to put into a calendar"), "{said}");
    let server = desk.serve();
    let (_, _, home) = server.get("/?country=SO&valid_on=2021-06-30");
    assert!(home.contains("/ask/ending.ics?") && home.contains("/ask/ending.atom?"), "{home}");
    let (status, head, calendar) = server.get("/ask/ending.ics?country=SO&valid_on=2021-06-30&lang=ar");
    assert!(status == 200 && head.contains("text/calendar") && calendar.contains("VEVENT"), "{head}");
    assert_eq!(server.get("/ask/leads.ics").0, 404);
    assert!(!server.get("/ask/leads").2.contains("leads.ics"), "what has no day is not offered");
}

#[test]
fn no_two_headings_of_a_workbook_are_the_same() {
    let desk = desk();
    let title = "-- title = { en = \"Made-up question\", fr = \"Question inventée\", ar = \"سؤال مختلق\" }";
    desk.file("w/questions/made_up.sql", format!("{title}\nselect 1 as made_up, 2 as \"made up\"\n"));
    let file = desk.path("a.xlsx").display().to_string();
    desk.ok(&["ask", &desk.workspace(), "made_up", "--xlsx", &file]);
    let words = parts(&std::fs::read(&file).expect("a workbook")).into_iter().find(|(name, _)| name == "xl/sharedStrings.xml");
    let (_, words) = words.expect("words");
    assert!(words.contains(">made up<") && words.contains(">made up (2)<"), "{words}");
}

#[test]
fn the_workbook_of_a_list_calls_fields_as_its_kind_does() {
    let desk = desk();
    desk.add(&[json!({ "kind": "law", "record": "so/bill", "fields": { "title": "Made-up bill", "country": "SO" }, "source": "Made up" })]);
    let (status, _, bytes) = desk.serve().get_bytes("/records/law.xlsx");
    assert_eq!(status, 200);
    let words = parts(&bytes).into_iter().find(|(name, _)| name == "xl/sharedStrings.xml").expect("words").1;
    assert!(words.contains(">Title<") && !words.contains(">Activity<"), "a title is not that of an activity: {words}");
}

#[test]
fn a_feed_tells_of_what_lies_ahead_when_it_became_known() {
    let desk = desk();
    desk.add(&[json!({ "kind": "assignment", "record": "a4", "fields": { "actor": "so/police", "function": "investigation", "role": "lead" },
                       "source": "Made-up decree", "valid_from": "2020-01-01", "valid_to": "2061-01-31" })]);
    let recorded = desk.value("select recorded_at from statement where record = 'a4'");
    let updated = |more: &[&str]| -> Vec<String> {
        let feed = desk.ok(&[&["ask", &desk.workspace(), "ending", "--country", "SO", "--atom"], more].concat());
        feed.split("<updated>").skip(1).filter_map(|rest| rest.split('<').next()).map(str::to_owned).collect()
    };
    // The feed, and what is in it.
    assert_eq!(updated(&["--months", "600"]), [recorded.as_str(), recorded.as_str()].map(Option::unwrap_or_default));
    let ahead = updated(&["--valid-on", "2060-12-01"]);
    assert!(ahead.len() == 2 && ahead.iter().all(|moment| moment.as_str() < "2060"), "a day that is not there yet: {ahead:?}");
}

#[test]
fn lines_speak_the_language_that_is_asked_for() {
    let desk = desk();
    let ask = |more: &[&str]| desk.ok(&[&["ask", &desk.workspace()][..], more].concat());
    let classes = ask(&["classes", "--country", "SO", "--language", "fr", "--valid-on", "2021-06-30"]);
    for said in [", valable au 30\u{a0}juin\u{a0}2021", "Sans source", "Administration pénitentiaire"] {
        assert!(classes.contains(said), "{said}: {classes}");
    }
    assert!(!classes.contains("none_known") && !classes.contains("valid on"), "{classes}");
    assert!(ask(&["laws", "--country", "FR", "--language", "fr"]).contains("Rien d’enregistré."));
    assert!(ask(&["--language", "fr"]).contains("Quelles catégories d’acteurs sont connues"));
    // What programs read stays as it is.
    let classes = ask(&["classes", "--country", "SO", "--valid-on", "2021-06-30"]);
    assert!(classes.contains("none_known") && classes.contains(", valid on 2021-06-30"), "{classes}");
}

#[test]
fn a_workbook_draws_what_its_page_draws_from_cells_of_its_own() {
    let desk = desk();
    let file = desk.path("a.xlsx").display().to_string();
    let ask = |question: &str| {
        desk.ok(
            &[&["ask", &desk.workspace(), question, "--country", "SO", "--xlsx", &file, "--language", "fr"], &DAY[..]].concat()
        );
        parts(&std::fs::read(&file).expect("a workbook"))
    };
    let of = |parts: &[(String, String)], name: &str| {
        parts.iter().find(|(n, _)| n == name).map(|(_, t)| t.clone()).unwrap_or_default()
    };
    let ending = ask("ending");
    let (book, chart, cells) =
        (of(&ending, "xl/workbook.xml"), of(&ending, "xl/charts/chart1.xml"), of(&ending, "xl/worksheets/sheet2.xml"));
    assert!(book.contains("name=\"Graphiques\""), "{book}");
    assert!(chart.contains("val=\"stacked\"") && chart.contains("noFill"), "a span begins on its day: {chart}");
    assert!(chart.contains("Graphiques!$B$3:$B$4") && chart.contains("Graphiques!$C$3:$C$4"), "{chart}");
    assert!(cells.contains("<v>44439</v>") && cells.contains("<v>44440</v>") && cells.contains("<v>30</v>"), "{cells}");
    assert!(!of(&ending, "xl/sharedStrings.xml").contains("Heron"), "a chart shows no more than its page");
    assert!(of(&ask("classes"), "xl/charts/chart1.xml").contains("barChart"));
    assert!(!of(&ask("cliffs"), "xl/workbook.xml").contains("Graphiques"), "of nothing there is no chart");
    let (_, _, bytes) = desk.serve().get_bytes("/ask/ending.xlsx?country=SO&valid_on=2021-06-30");
    assert!(parts(&bytes).iter().any(|(name, _)| name == "xl/charts/chart1.xml"), "in the browser too");
}

#[test]
fn a_workbook_speaks_the_readers_language_and_csv_says_that_it_is_utf_8_where_asked() {
    let desk = desk();
    let file = desk.path("a.xlsx").display().to_string();
    let ask = |question: &str, language: &str| {
        desk.ok(&[&["ask", &desk.workspace(), question, "--country", "SO", "--xlsx", &file, "--language", language], &DAY[..]]
            .concat());
        parts(&std::fs::read(&file).expect("a workbook"))
    };
    let of = |parts: &[(String, String)], name: &str| {
        parts.iter().find(|(n, _)| n == name).map(|(_, t)| t.clone()).unwrap_or_default()
    };
    let french = ask("ending", "fr");
    let (book, words, sheet) =
        (of(&french, "xl/workbook.xml"), of(&french, "xl/sharedStrings.xml"), of(&french, "xl/worksheets/sheet1.xml"));
    assert!(book.contains("name=\"Réponse\"") && book.contains("name=\"Sources et méthode\""), "{book}");
    assert!(words.contains("Fiche") && words.contains("(code)") && words.contains("Made-up gazette"), "{words}");
    assert!(sheet.contains("autoFilter") && sheet.contains("pane ") && sheet.contains("<v>44439</v>"), "a day is a day: {sheet}");
    assert!(!words.contains("Heron"));
    // A day or a moment is one in every column, hidden ones and the sheet of the method too.
    for question in ["ending", "changes", "stale", "undated"] {
        let book = ask(question, "en");
        let words = of(&book, "xl/sharedStrings.xml");
        let is_day =
            |text: &&str| text.len() > 9 && text.starts_with("20") && text.get(4..).is_some_and(|rest| rest.starts_with('-'));
        let days: Vec<&str> = words.split("<t>").skip(1).filter_map(|t| t.split('<').next()).filter(is_day).collect();
        assert!(days.is_empty(), "{question}: {days:?}");
        assert!(book.iter().any(|(name, sheet)| name.contains("worksheets/") && sheet.contains("<v>44377</v>")), "{question}");
    }
    let several = of(&ask("support", "fr"), "xl/workbook.xml");
    assert!(
        several.contains("name=\"Chevauchements\"") && !several.contains("name=\"Réponse 2\""),
        "each sheet says what it answers: {several}"
    );
    let arabic = ask("cliffs", "ar");
    assert!(of(&arabic, "xl/worksheets/sheet1.xml").contains("rightToLeft=\"1\""));
    assert!(of(&arabic, "xl/sharedStrings.xml").contains("لا شيء مسجَّل."), "an empty answer says so");
    let csv = desk.run(&[&["ask", &desk.workspace(), "ending", "--csv", "--bom"], &DAY[..]].concat()).stdout;
    assert!(csv.starts_with("\u{feff}what_ends".as_bytes()));
    let server = desk.serve();
    assert!(server.get("/ask/ending.csv?bom=1").2.starts_with("\u{feff}what_ends"));
    assert!(server.get("/ask/ending.csv").2.starts_with("what_ends"));
}

#[test]
fn an_export_has_its_words_in_the_readers_language_and_comes_back() {
    let desk = desk();
    let file = desk.path("register.xlsx").display().to_string();
    desk.ok(&["export", &desk.workspace(), &file, "--language", "fr"]);
    let parts = parts(&std::fs::read(&file).expect("the workbook"));
    let part = |name: &str| parts.iter().find(|(part, _)| part == name).map(|(_, content)| content.as_str()).expect("the part");
    for word in ["Police et gendarmerie", "Somalie"] {
        assert!(part("xl/sharedStrings.xml").contains(word), "{word}");
    }
    assert!(!part("xl/sharedStrings.xml").contains("Police and gendarmerie"));
    assert!(part("xl/worksheets/sheet1.xml").contains("<autoFilter ref=\"A1:"));
    let said = desk.run(&["import", &desk.workspace(), &file]);
    assert!(String::from_utf8_lossy(&said.stderr).contains("4 as before"), "{said:?}");
}

#[test]
fn what_went_out_is_kept_and_what_differs_since_says_why() {
    let desk = desk();
    let file = desk.path("own.docx").display().to_string();
    std::fs::write(&file, document(&paragraph(&["{{table ending months=12}}"]))).expect("a template");
    let made = desk.path("made.docx").display().to_string();
    let told = desk.json(
        &[&["report", &desk.workspace(), "--template", &file, "-o", &made, "--country", "SO", "--publish", "--json"], &DAY[..]]
            .concat(),
    );
    let code = told["figures"][0]["code"].as_str().expect("a code").to_owned();
    assert!(text(&std::fs::read(&made).expect("the report"), "word/footnotes.xml").contains(&format!("Figure {code}.")));
    let kept = desk.ask("publications", &["--code", &code]);
    assert!(kept[0]["figure_content"].as_str().expect("the rows").contains("Made-up Police"), "{kept:?}");
    let differs = || desk.json(&["report", &desk.workspace(), "--compare", &code, "--json"])["rows"].clone();
    assert_eq!(differs(), json!([]), "nothing was recorded since");
    let id = desk.value("select statement from statement where record = 'a1'");
    let line = |record: &str, cited: &str, valid_to: &str, supersedes: Value| {
        json!({ "kind": "assignment", "record": record, "fields": { "actor": "so/police", "function": "public_order", "role": "lead" },
                "source": format!("Made-up report of {cited}"), "first_cited": cited, "valid_to": valid_to, "supersedes": supersedes })
    };
    desk.add(&[
        line("a1", "2021-05-01", "2021-10-31", id),
        line("a4", "2021-03-01", "2022-01-31", json!([])),
        line("a5", "2021-07-15", "2022-02-28", json!([])),
    ]);
    let rows = differs();
    let publication = told["publication"].as_str().expect("a publication").to_owned();
    let number = publication.strip_prefix("publication/").expect("a number").to_owned();
    for which in [&publication, &number, &format!("{publication}/{code}")] {
        let compared = desk.json(&["report", &desk.workspace(), "--compare", which, "--json"]);
        assert_eq!(compared["rows"], rows, "{which}");
    }
    let whys: Vec<&str> = rows.as_array().expect("rows").iter().filter_map(|r| r["figure_change"].as_str()).collect();
    assert!(whys.contains(&"correction") && whys.contains(&"late_source"), "{rows}");
    let changed = rows.as_array().expect("rows").iter().find(|r| r["changed_column"] == "Ends").expect("the day");
    assert_eq!(
        (changed["value_before"].as_str(), changed["value_now"].as_str()),
        (Some("31\u{a0}Aug\u{a0}2021"), Some("31\u{a0}Oct\u{a0}2021"))
    );
    // As `report` and `sql` name it: the number, the record of the publication, that of a figure.
    let texts = ["publication", "record"].map(|column| desk.value(&format!("select min({column}) from figure")));
    let texts = texts.map(|text| text.as_str().expect("an identifier").to_owned());
    for which in [texts[0].as_str(), texts[1].as_str(), texts[0].trim_start_matches("publication/")] {
        assert!(desk.json(&["report", &desk.workspace(), "--compare", which, "--json"])["rows"].is_array(), "{which}");
    }
    let (_, said) = desk.fails(&["report", &desk.workspace(), "--compare", "NOSUCH"]);
    assert!(said.contains("no publication and no figure `NOSUCH`"), "{said}");
}

/// Publishes a template; returns what was told.
fn publish(desk: &Desk, template: &str, more: &[&str]) -> Value {
    let made = desk.path("made.docx").display().to_string();
    let workspace = desk.workspace();
    let usual =
        ["report", "--overwrite", &workspace, "--template", template, "-o", &made, "--country", "SO", "--publish", "--json"];
    desk.json(&[&usual[..], &DAY[..], more].concat())
}

#[test]
fn what_went_out_is_compared_as_it_was_marked_and_each_row_by_its_name() {
    let desk = desk();
    let template = desk.file("own.docx", document(&paragraph(&["{{table ending months=12}}"])));
    let told = publish(&desk, &template, &[]);
    let (code, publication) = (told["figures"][0]["code"].clone(), told["publication"].clone());
    let (code, publication) = (code.as_str().expect("a code"), publication.as_str().expect("a publication"));
    let differs = |which: &str, more: &[&str]| {
        let rows = desk.json(&[&["report", &desk.workspace(), "--compare", which, "--json"][..], more].concat())["rows"].clone();
        rows.as_array().expect("rows").clone()
    };
    // Who may see more now takes none of that for a rule that was changed since.
    assert_eq!(differs(publication, &["--clearance", "confidential"]), Vec::<Value>::new());
    // What went out twice is one figure, which has changed once.
    publish(&desk, &template, &[]);
    let entry = desk.value("select entry from statement where record = 'a1'");
    desk.ok(&["undo", &desk.workspace(), entry.as_str().expect("an entry")]);
    let rows = differs(code, &[]);
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert_eq!(rows[0]["figure_change"], "withdrawn", "{rows:?}");
    assert_eq!(rows[0]["row_title"], "Assignment, Made-up Police", "{rows:?}");
}

#[test]
fn each_row_that_differs_says_its_own_reason() {
    let desk = desk();
    let lead = |record: &str, actor: &str, function: &str, more: Value| {
        let fields = json!({ "actor": actor, "function": function, "role": "lead" });
        let mut line = json!({ "kind": "assignment", "record": record, "fields": fields, "source": "Made-up gazette", "valid_from": "2020-01-01" });
        for (name, value) in more.as_object().expect("an object") {
            line[name] = value.clone();
        }
        line
    };
    desk.add(&[
        lead("gone", "so/police", "custody", json!({ "valid_to": "2021-10-01" })),
        lead("hidden", "so/guard", "defence", json!({ "valid_to": "2021-10-02" })),
        lead("graded", "so/guard", "prosecution", json!({ "valid_to": "2021-10-03", "reliability": "B", "credibility": "2" })),
        lead(
            "graded",
            "so/guard",
            "prosecution",
            json!({ "valid_to": "2021-11-03", "reliability": "D", "credibility": "4", "source": "Made-up letter" }),
        ),
    ]);
    let body = [paragraph(&["{{table ending months=12}}"]), paragraph(&["{{table leads}}"])].concat();
    let told = publish(&desk, &desk.file("own.docx", document(&body)), &[]);
    let of = |record: &str, source: &str| {
        let sql = format!("select statement from statement where record = '{record}' and source = '{source}'");
        json!([desk.value(&sql)])
    };
    let [gone, hidden, letter] = [of("gone", "Made-up gazette"), of("hidden", "Made-up gazette"), of("graded", "Made-up letter")];
    desk.add(&[
        lead("gone", "so/police", "custody", json!({ "supersedes": gone, "withdrawn": true })),
        lead("hidden", "so/guard", "defence", json!({ "supersedes": hidden, "marking": "confidential", "valid_to": "2021-10-02" })),
        lead("graded", "so/guard", "prosecution", json!({ "supersedes": letter, "valid_to": "2021-11-03", "reliability": "A", "credibility": "1", "source": "Made-up letter" })),
        lead("new", "so/police", "adjudication", json!({ "first_cited": "2021-07-20", "valid_to": "2021-11-01", "source": "Made-up news" })),
    ]);
    let differs = |clearance: &str| {
        let publication = told["publication"].as_str().expect("a publication");
        let rows =
            desk.json(&["report", &desk.workspace(), "--compare", publication, "--clearance", clearance, "--json"])["rows"]
                .clone();
        rows.as_array().expect("rows").clone()
    };
    for (clearance, hidden) in [("public", "not_known"), ("confidential", "marking")] {
        let rows = differs(clearance);
        let whys = |column: &str| {
            let is = |r: &&Value| r["question"] == "ending" && r["changed_column"].as_str().unwrap_or_default() == column;
            let mut whys: Vec<&str> = rows.iter().filter(is).filter_map(|r| r["figure_change"].as_str()).collect();
            whys.sort_unstable();
            whys
        };
        let mut whole = vec!["new_statement", "withdrawn", hidden];
        whole.sort_unstable();
        assert_eq!((whys(""), whys("Ends")), (whole, vec!["graded"]), "{clearance}: {rows:?}");
        let custody =
            rows.iter().find(|r| r["question"] == "leads" && r["row_title"].to_string().contains("Custody")).expect("a row");
        assert_eq!((&custody["figure_change"], &custody["source"]), (&json!("withdrawn"), &json!("Made-up gazette")), "{rows:?}");
    }
}

#[test]
fn a_figure_that_counts_many_says_which_statement_has_changed_it() {
    let desk = desk();
    let reform = |fields: Value, source: &str, cited: &str| json!({ "kind": "reform", "record": "r1", "fields": fields, "source": source, "first_cited": cited, "last_cited": cited });
    desk.add(&[reform(json!({ "title": "Made-up reform", "country": "SO", "status": "1" }), "Made-up plan", "2021-01-10")]);
    let template = desk.file("plan.docx", document(&paragraph(&["{{table plan}}"])));
    let told = publish(&desk, &template, &[]);
    desk.add(&[reform(json!({ "status": "3" }), "Made-up letter", "2021-06-01")]);
    let code = told["figures"][0]["code"].as_str().expect("a code");
    let rows = desk.json(&["report", &desk.workspace(), "--compare", code, "--json"])["rows"].clone();
    let changed = rows.as_array().expect("rows").iter().find(|r| r["changed_column"] == "Implementation").expect("what differs");
    assert_eq!(
        (changed["figure_change"].as_str(), changed["source"].as_str()),
        (Some("late_source"), Some("Made-up letter")),
        "{rows}"
    );
}

#[test]
fn a_year_more_on_record_changes_no_other_year_of_what_went_out() {
    let desk = Desk::new();
    let counted = |record: &str, year: i64, sex: &str, people: i64| {
        let fields = json!({ "institution": "so/police", "year": year, "sex": sex, "people": people });
        json!({ "kind": "strength", "record": record, "fields": fields, "source": "Made-up roll" })
    };
    desk.add(&[
        json!({ "kind": "actor", "record": "so/police", "fields": { "name": "Made-up Police", "class": "police", "country": "SO" }, "source": "Made up" }),
        counted("w19", 2019, "women", 8),
        counted("m19", 2019, "men", 92),
        counted("w20", 2020, "women", 10),
        counted("m20", 2020, "men", 90),
    ]);
    let template = desk.file("own.docx", document(&paragraph(&["{{table women columns=year,people}}"])));
    let told = publish(&desk, &template, &[]);
    desk.add(&[counted("w18", 2018, "women", 6), counted("m18", 2018, "men", 94)]);
    let publication = told["publication"].as_str().expect("a publication");
    let rows = desk.json(&["report", &desk.workspace(), "--compare", publication, "--json"])["rows"].clone();
    let rows = rows.as_array().expect("rows");
    assert!(rows.iter().all(|r| !["Women", "Men", "Year"].iter().any(|column| r["changed_column"] == *column)), "{rows:?}");
    let new: Vec<&str> = rows.iter().filter(|r| r["changed_column"].is_null()).filter_map(|r| r["value_now"].as_str()).collect();
    assert!(new.len() == 1 && new[0].contains("2018"), "{rows:?}");
}

#[test]
fn of_what_is_not_known_the_reason_is_what_was_recorded_of_that_kind() {
    let desk = desk();
    let template = desk.file("own.docx", document(&paragraph(&["{{table unknowns columns=unknown_sort,kind,unknown}}"])));
    let told = publish(&desk, &template, &[]);
    let fields = json!({ "actor": "so/police", "function": "custody", "role": "lead" });
    desk.add(&[json!({ "kind": "assignment", "record": "a9", "fields": fields, "source": "Made-up undated letter" })]);
    let publication = told["publication"].as_str().expect("a publication");
    let rows = desk.json(&["report", &desk.workspace(), "--compare", publication, "--json"])["rows"].clone();
    let rows = rows.as_array().expect("rows");
    assert!(!rows.is_empty() && rows.iter().all(|r| r["source"] == "Made-up undated letter"), "{rows:?}");
}

#[test]
fn a_figure_whose_question_is_gone_says_so_and_the_others_are_compared() {
    let desk = desk();
    let own =
        desk.file("w/questions/own.sql", "-- title = { en = \"Made-up question\" }\nselect name from actor order by name\n");
    let body = [paragraph(&["{{table own}}"]), paragraph(&["{{table ending months=12}}"])].concat();
    let template = desk.file("two.docx", document(&body));
    let told = publish(&desk, &template, &[]);
    std::fs::remove_file(own).expect("it was there");
    let entry = desk.value("select entry from statement where record = 'a1'");
    desk.ok(&["undo", &desk.workspace(), entry.as_str().expect("an entry")]);
    let publication = told["publication"].as_str().expect("a publication");
    let rows = desk.json(&["report", &desk.workspace(), "--compare", publication, "--json"])["rows"].clone();
    let mut whys: Vec<&str> = rows.as_array().expect("rows").iter().filter_map(|r| r["figure_change"].as_str()).collect();
    whys.sort_unstable();
    assert_eq!(whys, ["question", "withdrawn"], "{rows}");
}

#[test]
fn the_next_report_says_what_differs_from_the_last_one_and_why() {
    let desk = desk();
    let template = desk
        .file("quarterly.docx", document(&[paragraph(&["{{table ending months=12}}"]), paragraph(&["{{differs}}"])].concat()));
    let made = || text(&std::fs::read(desk.path("made.docx")).expect("the report"), "word/document.xml");
    publish(&desk, &template, &[]);
    assert!(made().contains("No earlier report of this kind is on record."), "{}", made());
    publish(&desk, &template, &["--language", "fr"]);
    assert!(made().contains("Chaque chiffre est tel que diffusé."), "{}", made());
    let id = desk.value("select statement from statement where record = 'a1'");
    desk.add(&[json!({ "kind": "assignment", "record": "a1", "fields": { "actor": "so/police", "function": "public_order", "role": "lead" },
                       "source": "Made-up gazette", "valid_from": "2020-01-01", "valid_to": "2021-10-31", "supersedes": [id] })]);
    let of = |country: &str, day: &str| {
        let file = desk.path("next.docx").display().to_string();
        desk.ok(&[
            "report",
            "--overwrite",
            &desk.workspace(),
            "--template",
            &template,
            "-o",
            &file,
            "--country",
            country,
            "--valid-on",
            day,
        ]);
        text(&std::fs::read(file).expect("the report"), "word/document.xml")
    };
    // Of another country, nothing has gone out.
    assert!(of("KE", "2021-07-31").contains("No earlier report"));
    let next = of("SO", "2021-07-31");
    assert!(next.contains("What differs from “quarterly – 2021-06-30”, for the same day"), "{next}");
    assert!(next.contains("Ends\n31\u{a0}Aug\u{a0}2021\n31\u{a0}Oct\u{a0}2021\nCorrection"), "{next}");
    // The quarterly report has a place for it.
    assert!(
        text(&report(&desk, &["report"]), "word/document.xml").contains("What differs from the last report\nNo earlier report")
    );
}

#[test]
fn what_is_repeated_is_whole_has_its_footnote_and_says_where_there_is_nothing() {
    let desk = desk();
    let line = |n: usize| {
        json!({ "kind": "actor", "record": format!("so/u{n}"), "source": "Made-up gazette", "valid_from": "2020-01-01",
                                  "fields": { "name": format!("Made-up Unit {n:03}"), "class": "military", "country": "SO" } })
    };
    desk.add(&(0..50).map(line).collect::<Vec<_>>());
    let row = |question: &str, cell: &str| {
        let (begin, end) = (format!("{{{{#each {question}}}}}{cell}"), paragraph(&["{{/each}}"]));
        format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{end}</w:tc></w:tr></w:tbl>", paragraph(&[&begin]))
    };
    desk.file("w/questions/own.sql", "-- title = { en = \"Made-up question\" }\nselect name as unit_name from actor where name like 'Made-up Unit%' order by name\n");
    let body = [
        paragraph(&["{{#each own}}"]),
        paragraph(&["{{unit_name}} in a paragraph"]),
        paragraph(&["{{/each}}"]),
        row("own", "{{unit_name}} in a row"),
        row("overdue", "{{record_title}}"),
        paragraph(&["end"]),
    ];
    let template = desk.file("own.docx", document(&body.concat()));
    let bytes = report(&desk, &["--template", &template]);
    let said = text(&bytes, "word/document.xml");
    assert_eq!((said.matches(" in a paragraph").count(), said.matches(" in a row").count()), (50, 50), "{said}");
    assert!(said.contains("Nothing is on record.\nend"), "an empty table says so: {said}");
    let notes = text(&bytes, "word/footnotes.xml");
    assert!(notes.contains("Rows: 50.") && notes.contains("see the note above") && notes.contains("Rows: 0."), "{notes}");
}

#[test]
fn places_in_notes_heads_and_boxes_are_filled_without_footnotes() {
    let desk = desk();
    let box_of = |inner: &str| format!("<w:p><w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r></w:p>");
    let own =
        document(&[box_of(&paragraph(&["{{count ending}} in a box"])), paragraph(&["{{count ending}} in the text"])].concat());
    // The same with a head and a note of the template, and with what an office's program says of it under a name of its own.
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let namespace = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    let extended = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties";
    let relations = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" Type=\"{core}\" Target=\"package/about.psmdcp\"/>\
         <Relationship Id=\"b\" Type=\"{extended}\" Target=\"docProps/app.xml\"/></Relationships>"
    );
    let more = [
        ("word/header1.xml".to_owned(), format!("<w:hdr {namespace}>{}</w:hdr>", paragraph(&["{{count ending}} in the head"]))),
        (
            "word/footnotes.xml".to_owned(),
            format!(
                "<w:footnotes {namespace}><w:footnote w:id=\"2\">{}</w:footnote></w:footnotes>",
                paragraph(&["{{count ending}} in a note"])
            ),
        ),
        ("package/about.psmdcp".to_owned(), "<x><y>Made-up Heron Writer</y></x>".to_owned()),
        ("docProps/app.xml".to_owned(), "<x><Manager>Made-up Heron Manager</Manager></x>".to_owned()),
    ];
    let kept = parts(&own).into_iter().filter(|(name, _)| !name.starts_with("_rels") && !name.starts_with("docProps"));
    for (name, content) in kept.chain(more).chain([("_rels/.rels".to_owned(), relations)]) {
        zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).expect("a part");
        zip.write_all(content.as_bytes()).expect("it is written");
    }
    let template = desk.file("own.docx", zip.finish().expect("a zip").into_inner());
    let bytes = report(&desk, &["--template", &template]);
    for (part, where_it_is) in [("document", "box"), ("document", "text"), ("header1", "head"), ("footnotes", "note")] {
        let said = text(&bytes, &format!("word/{part}.xml"));
        assert!(said.contains("2 in ") && said.contains(where_it_is) && !said.contains("{{"), "{part}: {said}");
    }
    let all = parts(&bytes);
    let signs = |part: &str| {
        let found = all.iter().find(|(name, _)| name == part).map(|(_, xml)| xml.matches("w:footnoteReference ").count());
        found.unwrap_or_default()
    };
    assert_eq!((signs("word/document.xml"), signs("word/header1.xml"), signs("word/footnotes.xml")), (1, 0, 0));
    assert!(all.iter().all(|(_, content)| !content.contains("Heron")), "who made the template is no part of the report");
    let (_, relations) = all.iter().find(|(name, _)| name == "_rels/.rels").expect("relations");
    assert_eq!(relations.matches("/metadata/core-properties").count(), 1, "{relations}");
}

#[test]
fn an_event_keeps_its_name_in_every_language_and_when_its_day_or_source_changes() {
    let desk = desk();
    let names = |more: &[&str], begin: &str| -> Vec<String> {
        let answer = desk.ok(&[&["ask", &desk.workspace(), "ending", "--country", "SO"], &DAY[..], more].concat());
        let names = answer
            .split(begin)
            .skip(1)
            .filter_map(|rest| rest.get(..32))
            .filter(|name| name.chars().all(|c| c.is_ascii_hexdigit()));
        names.map(str::to_owned).collect()
    };
    let english = names(&["--ics"], "UID:");
    assert_eq!(english.len(), 2);
    assert_eq!(names(&["--ics", "--language", "ar"], "UID:"), english);
    assert_eq!(names(&["--atom", "--language", "fr"], "<id>urn:remit:"), english);
    let id = desk.value("select statement from statement where record = 'a1'");
    desk.add(&[json!({ "kind": "assignment", "record": "a1", "fields": { "actor": "so/police", "function": "public_order", "role": "lead" },
                       "source": "Made-up decree", "url": "https://example.org/decree", "valid_from": "2020-01-01", "valid_to": "2021-08-15", "supersedes": [id] })]);
    assert_eq!(names(&["--ics"], "UID:"), english, "a calendar moves the event, and has it once");
}
