//! Nothing hostile gets in: files that are made to hurt, links and devices, and whoever has not the key. All made up.

use crate::desk::{Desk, REMIT, Server, police, transaction};
use serde_json::json;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use zip::write::SimpleFileOptions;

/// A zip archive of these parts.
pub(crate) fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook of one sheet with these rows, as XML, and these shared strings.
pub(crate) fn workbook(rows: &str, strings: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    archive(&[
        (
            "_rels/.rels",
            &format!(
                "<Relationships xmlns=\"{relations}\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"actor\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                "<Relationships xmlns=\"{relations}\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{office}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
            ),
        ),
        ("xl/sharedStrings.xml", &format!("<sst xmlns=\"{main}\"><si><t>{strings}</t></si></sst>")),
        (
            "xl/worksheets/sheet1.xml",
            &format!(
                "<worksheet xmlns=\"{main}\"><dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>record</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>name</t></is></c></row>{rows}</sheetData></worksheet>"
            ),
        ),
    ])
}

fn hostile_sheets() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let shared: String = (2..2_000).map(|n| format!("<row r=\"{n}\"><c r=\"A{n}\" t=\"s\"><v>0</v></c></row>")).collect();
    let rows: String = (2..1_000).map(|n| format!("<row r=\"{n}\"><c r=\"XFD{n}\"><v>1</v></c></row>")).collect();
    vec![
        ("strings.xlsx", workbook(&shared, &"x".repeat(100_000)), "128 MB of text"),
        ("wide.xlsx", workbook(&rows, ""), "5000000 cells"),
        (
            "cells.csv",
            format!("record,name\n{}", format!("{}\n", ",".repeat(10_000) + "x").repeat(800)).into_bytes(),
            "7000000 cells",
        ),
    ]
}

#[test]
fn a_sheet_that_is_made_to_hurt_fails_alone() {
    let desk = Desk::new();
    let corner = workbook(
        "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>so/army</t></is></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>",
        "",
    );
    let far = desk.file("actor.xlsx", corner);
    let begun = Instant::now();
    desk.ok(&["import", &desk.workspace(), &far, "--dry-run"]);
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());

    let server = desk.serve();
    let begun = Instant::now();
    for (name, bytes, reason) in hostile_sheets() {
        let file = desk.file(name, &bytes);
        let (code, said) = desk.fails(&["import", &desk.workspace(), &file]);
        assert!(code == 1 && said.contains(reason) && !said.contains("panicked"), "{name}: {said}");
        let (status, head, page) = server.upload("/sheets", name, &bytes);
        let onward = head.lines().find_map(|l| l.strip_prefix("location: ")).map(str::to_owned);
        let page = onward.map_or(page, |at| server.get(&at.replace("/sheets/map", "/sheets/try")).2);
        assert!(status < 500 && !page.is_empty(), "{name}: {status}");
        assert_eq!(server.get("/questions").0, 200, "{name}: the server goes on");
    }
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
    assert!(server.memory() < 600, "{} MB", server.memory());
}

#[test]
fn columns_that_are_said_to_be_hidden_again_and_again_cost_nothing() {
    let desk = Desk::new();
    let row = |n: usize| {
        format!(
            "<row r=\"{n}\"><c r=\"A{n}\" t=\"inlineStr\"><is><t>so/a{n}</t></is></c><c r=\"B{n}\" t=\"inlineStr\"><is><t>Made-up {n}</t></is></c></row>"
        )
    };
    let rows: String = (2..2_000).map(row).collect();
    let hidden = "<col min=\"2\" max=\"16384\" hidden=\"1\"/>".repeat(20_000);
    let file = desk.file("actor.xlsx", workbook(&format!("{rows}</sheetData><cols>{hidden}</cols><sheetData>"), ""));
    let begun = Instant::now();
    let sheet = desk.json(&["import", &desk.workspace(), &file, "--json"])["sheets"][0].clone();
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    assert_eq!(sheet["added"], 1_998, "{sheet}");
}

#[test]
fn a_table_made_of_attributes_is_read_at_once() {
    let desk = Desk::new();
    let attributes: String = (0..200_000).map(|n| format!(" a{n}=1")).collect();
    let head = "<html><table><tr><th>record</th><th>name</th><th>class</th></tr>";
    let file =
        desk.file("actor.xls", format!("{head}<tr{attributes}><td>so/a</td><td>Made-up A</td><td>police</td></tr></table>"));
    let begun = Instant::now();
    let sheet = desk.json(&["import", &desk.workspace(), &file, "--json"])["sheets"][0].clone();
    assert!(sheet["added"] == 1 && begun.elapsed() < Duration::from_secs(20), "{:?} {sheet}", begun.elapsed());
}

/// Each phrase is compared with those near it, and not with all others.
#[test]
fn a_text_of_phrases_without_end_is_read_in_step_with_its_length() {
    let desk = Desk::new();
    for (n, words) in
        ["police reform, training of the army and food security ", "policpolicpolice", "police"].into_iter().enumerate()
    {
        let text = words.repeat(400_000 / words.len());
        let begun = Instant::now();
        let told = format!("<recipient-country code=\"SO\"/><description><narrative>{text}</narrative></description>");
        desk.activities(&format!("long-{n}.xml"), &[police(&format!("XX-1-L{n}"), &told)]);
        assert!(begun.elapsed() < Duration::from_secs(60), "{words}: {:?}", begun.elapsed());
    }
    assert_eq!(desk.value("select count(*) from activity"), json!(3));
}

/// Each country stands with each sector of each transaction.
#[test]
fn an_activity_that_names_countries_and_sectors_without_end_takes_little() {
    let desk = Desk::new();
    let codes = include_str!("../../../../model/codes/country.csv").lines().skip(1).filter_map(|line| line.split(',').next());
    let codes: Vec<&str> = codes.cycle().take(600).collect();
    let countries: String = codes.iter().map(|c| format!("<recipient-country code=\"{c}\" percentage=\"0.1\"/>")).collect();
    let sectors = |n: usize| format!("<sector vocabulary=\"1\" code=\"15132\"/><sector vocabulary=\"1\" code=\"{n}\"/>");
    let paid: String = (0..600).map(|n| transaction("3", "1", "USD", "2021-03-01", &sectors(n))).collect();
    let begun = Instant::now();
    desk.activities("wide.xml", &[police("XX-1-W", &format!("{countries}{paid}"))]);
    let parts = desk.value("select count(*) from support").as_u64().expect("a number");
    assert!(begun.elapsed() < Duration::from_secs(60) && (1..=50_000).contains(&parts), "{parts} {:?}", begun.elapsed());
    for told in ["no more than 500 of these are read", "all of its money is shared out as the activity says"] {
        let found = desk.value(&format!("select count(*) from problem where rule = 'shares' and instr(reason, '{told}')"));
        assert_eq!(found, json!(1), "{told}");
    }
}

/// No sign is looked at again for each of those before it.
#[test]
fn a_file_made_of_beginnings_is_given_up_at_once() {
    let desk = Desk::new();
    let head = "<iati-activities version=\"2.03\">";
    for (head, piece) in [
        ("", "<"),
        ("", "<a "),
        ("", "<!"),
        (head, "<"),
        (head, "<!"),
        (head, "<iati-activity "),
        (head, "<iati-activity x=\""),
        (head, "</iati-activity "),
        (head, "<!--"),
        (head, "]]>"),
    ] {
        let file = desk.file("a.xml", format!("{head}{}", piece.repeat(3_000_000 / piece.len())));
        let begun = Instant::now();
        desk.ok(&["import", &desk.workspace(), &file, "--dataset", "a"]);
        assert!(begun.elapsed() < Duration::from_secs(20), "{head}{piece}: {:?}", begun.elapsed());
        assert_ne!(desk.value("select count(*) from problem"), json!(0), "{head}{piece}");
    }
}

/// An OpenDocument sheet of these tables, as XML.
fn document_sheet(tables: &str) -> Vec<u8> {
    let names = "urn:oasis:names:tc:opendocument:xmlns";
    let content = format!(
        "<office:document-content xmlns:office=\"{names}:office:1.0\" xmlns:table=\"{names}:table:1.0\" xmlns:text=\"{names}:text:1.0\">\
         <office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    let mimetype = "application/vnd.oasis.opendocument.spreadsheet";
    archive(&[("mimetype", mimetype), ("content.xml", &content), ("META-INF/manifest.xml", "<manifest/>")])
}

/// A row may be repeated by a number of ten digits: what is wrong with each of them is one thing.
#[test]
fn a_row_that_is_repeated_without_end_takes_little() {
    let desk = Desk::new();
    let cell = |text: &str| format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>");
    let table = format!(
        "<table:table table:name=\"actor\"><table:table-row>{}{}</table:table-row>\
         <table:table-row table:number-rows-repeated=\"1000000000\">{}</table:table-row></table:table>",
        cell("record"),
        cell("name"),
        cell("so/a")
    );
    let file = desk.file("actor.ods", document_sheet(&table));
    let begun = Instant::now();
    desk.ok(&["import", &desk.workspace(), &file]);
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
    assert_eq!(desk.value("select count(*) from problem"), json!(1_001));
    let told = desk.value("select reason from problem order by line desc limit 1");
    let counted = "nothing in this row makes a record; the row was left out; so it is in 1047575 more rows up to row 1048576";
    assert_eq!(told, json!(counted));
    assert!(std::fs::metadata(desk.path("w/remit.db")).expect("the database").len() < 8 << 20);

    let begun = Instant::now();
    let file = desk.file("many.ods", document_sheet(&"<table:table table:name=\"a\"/>".repeat(200_000)));
    let (code, said) = desk.fails(&["import", &desk.workspace(), &file]);
    assert!(code == 1 && said.contains("more than 1000 sheets"), "{said}");
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
}

/// Of merged cells that name no area these alone are lost.
#[test]
fn a_sheet_with_wrong_areas_of_merged_cells_is_read() {
    let desk = Desk::new();
    let cell = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let rows =
        format!("<row r=\"2\">{}{}</row><row r=\"3\">{}</row>", cell("A2", "so/a"), cell("B2", "Made-up A"), cell("A3", "so/b"));
    let wrong = ["ZZZ", "", "B9:A1", "A0:A0", "ZZZZZZZZZ1:A1", "A1:A99999999999999999999", "A1:B2:C3", "é1"];
    let wrong: String = wrong.iter().map(|area| format!("<mergeCell ref=\"{area}\"/>")).collect();
    let merged = format!("{rows}</sheetData><mergeCells>{wrong}<mergeCell ref=\"B2:B3\"/></mergeCells><sheetData>");
    let file = desk.file("actor.xlsx", workbook(&merged, ""));
    desk.ok(&["import", &desk.workspace(), &file]);
    assert_eq!(desk.value("select group_concat(name) from actor"), json!("Made-up A,Made-up A"));
    let told = "8 areas of merged cells are no areas of a sheet (“ZZZ”, “”, “B9:A1”, “A0:A0”, “ZZZZZZZZZ1:A1”, \
                “A1:A99999999999999999999”, “A1:B2:C3”, “é1”); their cells were read one by one";
    assert_eq!(desk.value("select reason from problem where rule = 'marked'"), json!(told));
}

/// A cell that says that it stands where no sheet has one is lost alone, and no reader puts it anywhere else.
#[test]
fn a_sheet_with_cells_that_stand_nowhere_is_read() {
    let desk = Desk::new();
    let cell = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    // 26 letters more, or 2^32 rows more, come out at A3 where they are counted with 32 bits.
    let wrong: String = ["x12y", "", "7", "XFE3", "B0", "B4294967299", "MWLQKWV3"].map(|at| cell(at, "Made-up wrong")).concat();
    let rows = format!(
        "<row r=\"2\">{}{}</row><row r=\"x\">{}{wrong}{}</row>",
        cell("A2", "so/a"),
        cell("B2", "Made-up A"),
        cell("A3", "so/b"),
        cell("B3", "Made-up B")
    );
    let file = desk.file("actor.xlsx", workbook(&rows, ""));
    desk.ok(&["import", &desk.workspace(), &file]);
    assert_eq!(desk.value("select group_concat(name) from actor"), json!("Made-up A,Made-up B"));
    let told = "7 cells say that they stand where no sheet has a cell (“x12y”, “”, “7”, “XFE3”, “B0”, “B4294967299”, \
                “MWLQKWV3”); they were left out; open the file in Excel or LibreOffice, save it, and send it again";
    let also = "a row has a number that no row has (“x”); it was read as the row after the one before it";
    let reasons = desk.value("select json_group_array(reason) from problem where rule = 'marked'");
    assert_eq!(reasons, json!(json!([told, also]).to_string()));
    let server = desk.serve();
    for (language, said) in [
        ("fr", ["7 cellules disent se trouver là où", "elles ont été écartées", "elle a été lue comme la ligne"]),
        ("ar", ["من الخلايا تذكر مواضع", "جرى تركها", "قُرئ على أنه"]),
    ] {
        let page = server.get(&format!("/problems?lang={language}")).2;
        assert!(said.iter().all(|said| page.contains(said)), "{language}: {page}");
    }

    // Also where nothing else stands below the headings.
    let desk = Desk::new();
    let file = desk.file("actor.xlsx", workbook(&format!("<row r=\"9\">{}</row>", cell("AAAAAAAAAAAA99999999999999", "1")), ""));
    desk.ok(&["import", &desk.workspace(), &file]);
    assert_eq!(desk.value("select count(*) from problem where reason like 'a cell says that it stands%'"), json!(1));
}

/// A packed file of a few kilobytes may have millions of empty activities: what is wrong with each of them is listed as far as anybody looks.
#[test]
fn a_file_of_nothing_but_problems_takes_a_bounded_share_of_the_workspace() {
    let desk = Desk::new();
    let empty = "<iati-activity/>".repeat(200_003);
    let file = desk.file("empty.xml", format!("<iati-activities version=\"2.03\">{empty}</iati-activities>"));
    desk.ok(&["import", &desk.workspace(), &file]);
    assert_eq!(desk.value("select count(*) from problem"), json!(200_001));
    let told = desk.value("select reason from problem where rule = 'too_many'");
    assert_eq!(told, json!("3 more problems of this file are not listed"));
}

#[test]
fn a_large_sheet_takes_a_bounded_share_of_the_server() {
    let desk = Desk::new();
    let server = desk.serve();
    let row = "Made-up unit of a made-up army,Made-up commander of it,somewhere,2020-01-01,made up\n";
    let csv = format!("unit,commander,place,date,source\n{}", row.repeat((60 << 20) / row.len()));
    let (status, head, _) = server.upload("/sheets", "large.csv", csv.as_bytes());
    assert_eq!(status, 303);
    let onward = head.lines().find_map(|l| l.strip_prefix("location: ")).unwrap();
    let (status, _, page) = server.get(onward);
    assert!(status == 200 && page.contains("commander"), "{page}");
    assert!(server.memory() < 600, "{} MB", server.memory());
}

#[test]
fn a_document_that_is_made_to_hurt_takes_little() {
    let desk = Desk::new();
    let word = "police ".repeat(4 << 20);
    let docx = archive(&[(
        "word/document.xml",
        &format!("<w:document xmlns:w=\"x\"><w:body><w:p><w:r><w:t>{word}</w:t></w:r></w:p></w:body></w:document>"),
    )]);
    let attributes: String = (0..200_000).map(|n| format!(" a{n}=1")).collect();
    let html = format!("<html><body><p{attributes}>It advises the police.</p></body></html>");
    let heading = format!("<html><body><h1>{}</h1>{}</body></html>", "x".repeat(1 << 20), "<p>a</p>".repeat(60_000));
    for (name, bytes) in [("a.docx", docx), ("a.html", html.into_bytes()), ("b.html", heading.into_bytes())] {
        let file = desk.file(name, bytes);
        let begun = Instant::now();
        desk.ok(&["read", &desk.workspace(), &file]);
        assert!(begun.elapsed() < Duration::from_secs(30), "{name}: {:?}", begun.elapsed());
    }
    // What says the same over and over is no report of sixteen megabytes.
    let passages = desk.value("select count(*) from passage where instr(text, 'police police')").as_u64().expect("a number");
    assert!((1..=300).contains(&passages), "{passages}");
    let told = desk.ok(&["problems", &desk.workspace()]);
    assert!(told.contains("MB of its text are read") && told.contains("divide the file"), "{told}");
    let database = std::fs::metadata(desk.path("w/remit.db")).unwrap().len() >> 20;
    assert!(database < 200, "{database} MB");
}

#[test]
fn a_text_of_millions_of_lines_takes_nothing_of_the_server() {
    let desk = Desk::new();
    let server = desk.serve();
    let (status, _, page) = server.upload("/documents", "lines.txt", "a\n".repeat(8 << 20).as_bytes());
    assert!(status < 500, "{page}");
    assert!(server.memory() < 500, "{} MB", server.memory());
    let (status, _, page) = server.upload("/documents", "mandate.txt", b"1. Decides that UNSOM shall advise the police.");
    assert!(status == 303, "{page}");
}

#[cfg(unix)]
#[test]
fn folders_are_not_left_and_devices_not_read() {
    use std::os::unix::fs::symlink;
    let desk = Desk::new();
    desk.file("secret.txt", "A made-up secret of the machine, which is in no folder of documents.");
    desk.file("in/actor.csv", "record,name\nso/army,Made-up Army\n");
    desk.file("in/mandate.txt", "1. The made-up mission shall advise the made-up police.");
    let inside = |name: &str| desk.path("in").join(name);
    symlink(desk.path("secret.txt"), inside("link.txt")).unwrap();
    symlink(".", inside("loop")).unwrap();
    symlink("/dev/zero", inside("zero.csv")).unwrap();
    assert!(Command::new("mkfifo").arg(inside("pipe.csv")).status().unwrap().success());
    let folder = desk.path("in").display().to_string();

    let imported = desk.run(&["import", &desk.workspace(), &folder]);
    let said = String::from_utf8(imported.stderr).unwrap();
    assert!(imported.status.success(), "{said}");
    for passed in [
        "link.txt (a link that leads out of the folder)",
        "loop (a link to a folder)",
        "pipe.csv (a pipe or a device)",
        "zero.csv (a link that",
    ] {
        assert!(said.contains(passed), "{passed}: {said}");
    }
    let read = desk.run(&["read", &desk.workspace(), &folder]);
    assert!(String::from_utf8(read.stderr).unwrap().contains("link.txt: passed over"));
    let kept = desk.ok(&["sql", &desk.workspace(), "select text from passage", "--csv"]);
    assert!(kept.contains("advise") && !kept.contains("secret"), "{kept}");

    for command in ["import", "read"] {
        for device in ["/dev/zero", &inside("pipe.csv").display().to_string()] {
            let (_, said) = desk.fails(&[command, &desk.workspace(), device]);
            assert!(said.contains("not a file"), "{command} {device}: {said}");
        }
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_in_a_workspace() {
    use std::os::unix::fs::symlink;
    let desk = Desk::new();
    let actors = desk.file("actor.csv", "record,name\nso/army,Made-up Army\n");
    let theirs = desk.file("theirs", "kept");
    for name in ["import.lock", "remit.db-wal", "remit.head", "mappings", "files"] {
        let own = desk.path("w").join(name);
        let aside = desk.path("aside");
        let _ = std::fs::rename(&own, &aside);
        symlink(&theirs, &own).unwrap();
        let (code, said) = desk.fails(&["import", &desk.workspace(), &actors]);
        assert!(code == 1 && said.contains("is a link to another place"), "{name}: {said}");
        assert_eq!(std::fs::read_to_string(&theirs).unwrap(), "kept", "{name}");
        std::fs::remove_file(&own).unwrap();
        let _ = std::fs::rename(&aside, &own);
    }
    desk.ok(&["import", &desk.workspace(), &actors]);
}

#[cfg(unix)]
#[test]
fn nobody_waits_for_a_pipe_in_a_workspace() {
    let desk = Desk::new();
    for name in ["remit.db", "remit.db-journal", "remit.head", "remit.key"] {
        let file = desk.path("w").join(name);
        let kept = std::fs::read(&file).ok();
        let _ = std::fs::remove_file(&file);
        assert!(Command::new("mkfifo").arg(&file).status().unwrap().success());
        for command in ["verify", "history"] {
            let ended = Command::new("timeout").args(["20", REMIT, command, &desk.workspace()]).output().unwrap();
            let said = String::from_utf8(ended.stderr).unwrap();
            assert!(ended.status.code() == Some(1) && said.contains("is a pipe or a device"), "{command} {name}: {said}");
        }
        std::fs::remove_file(&file).unwrap();
        kept.map_or(Ok(()), |bytes| std::fs::write(&file, bytes)).unwrap();
    }
    desk.ok(&["verify", &desk.workspace()]);
}

#[test]
fn a_number_at_the_end_of_all_numbers_is_told_as_a_fault() {
    let desk = Desk::new();
    desk.import("actor.csv", "record,name\nso/army,Made-up Army\n");
    let db = rusqlite::Connection::open(desk.path("w/remit.db")).unwrap();
    db.execute("update statement set seq = ?", [i64::MAX]).unwrap();
    drop(db);
    let (code, said) = desk.fails(&["verify", &desk.workspace()]);
    assert!(code == 1 && !said.contains("panicked"), "{said}");
    let more = desk.file("more/actor.csv", "record,name\nso/navy,Made-up Navy\n");
    let (code, said) = desk.fails(&["import", &desk.workspace(), &more]);
    assert!(code == 1 && !said.contains("panicked"), "{said}");
}

#[test]
fn a_name_that_looks_like_an_option_is_a_name() {
    let desk = Desk::new();
    let page = "<html><body><p>The made-up mission shall advise the made-up police.</p></body></html>";
    let file = desk.file("folder/--version.html", page);
    desk.ok(&["read", &desk.workspace(), &file]);
    assert_eq!(desk.value("select count(*) from passage"), 1);
}

/// Status and head of a request with these headers.
fn ask(server: &Server, line: &str, headers: &[&str]) -> (u16, String) {
    let host = server.address.trim_start_matches("http://");
    let head: String = headers.iter().map(|h| format!("{h}\r\n")).collect();
    let (status, head, _) = server.send(&format!("{line} HTTP/1.1\r\nHost: {host}\r\n{head}Connection: close\r\n\r\n"), &[]);
    (status, head)
}

#[test]
fn without_the_key_nothing_is_served_or_written() {
    let desk = Desk::new();
    let server = desk.serve();
    let key = server.key.clone();
    let cookie = format!("Cookie: remit-{}={key}", server.address.rsplit(':').next().unwrap());
    for path in ["/", "/remit.css", "/records/actor.json", "/none", "/?key=0000", "/template/actor.xlsx"] {
        assert_eq!(ask(&server, &format!("GET {path}"), &[]).0, 403, "{path}");
        assert_eq!(
            ask(&server, &format!("GET {path}"), &["Authorization: Bearer 0000", "Cookie: remit-1=0000"]).0,
            403,
            "{path}"
        );
    }
    let origin = format!("Origin: {}", server.address);
    assert_eq!(ask(&server, "POST /edit/actor", &[&origin, "Content-Length: 0"]).0, 403);
    assert_eq!(ask(&server, "GET /", &[&cookie]).0, 200);

    let (status, head) = ask(&server, &format!("GET /records/actor.csv?key={key}&valid_on=2021-06-30"), &[]);
    assert_eq!(status, 303, "{head}");
    assert!(head.to_lowercase().contains("location: /records/actor.csv?valid_on=2021-06-30"), "{head}");
    assert!(head.contains("HttpOnly") && head.contains("SameSite"), "{head}");
    let other = desk.serve();
    assert_ne!(other.key, key, "each start has a key of its own");
}

#[test]
fn every_answer_has_the_headers_of_the_house() {
    let desk = Desk::new();
    let server = desk.serve();
    let bearer = format!("Authorization: Bearer {}", server.key);
    for (line, status) in
        [("GET /", 200), ("GET /none", 404), ("DELETE /", 403), ("GET /records/nothing", 404), ("GET /%00", 400)]
    {
        let (found, head) = ask(&server, line, &[&bearer]);
        assert_eq!(found, status, "{line}");
        let head = head.to_lowercase();
        for header in [
            "cross-origin-opener-policy: same-origin",
            "cross-origin-resource-policy: same-origin",
            "content-security-policy: default-src 'none'",
            "x-content-type-options: nosniff",
            "x-frame-options: deny",
        ] {
            assert!(head.contains(header), "{line}: {header}: {head}");
        }
    }
}

#[test]
fn what_a_page_elsewhere_asks_for_is_refused() {
    let desk = Desk::new();
    let server = desk.serve();
    let bearer = format!("Authorization: Bearer {}", server.key);
    let from = |site: &str, mode: &str, dest: &str| {
        let [site, mode, dest] = [("Site", site), ("Mode", mode), ("Dest", dest)].map(|(n, v)| format!("Sec-Fetch-{n}: {v}"));
        ask(&server, "GET /search?q=made", &[&bearer, &site, &mode, &dest]).0
    };
    for site in ["cross-site", "same-site"] {
        assert_eq!(from(site, "navigate", "document"), 200, "a link leads here");
        for (mode, dest) in [("no-cors", "image"), ("cors", "empty"), ("navigate", "iframe"), ("no-cors", "script")] {
            assert_eq!(from(site, mode, dest), 403, "{site} {mode} {dest}");
        }
    }
    assert_eq!(from("same-origin", "cors", "empty"), 200);
    assert_eq!(from("none", "navigate", "document"), 200);
}

#[test]
fn requests_that_are_made_to_hurt_are_cheap() {
    let desk = Desk::new();
    desk.import("actor.csv", "record,name\nso/army,Made-up Army\n");
    let server = desk.serve();
    let begun = Instant::now();
    for letters in [2_000, 3_900, 10_000] {
        let q = "a".repeat(letters);
        let words = "a+".repeat(letters / 2);
        for path in [
            format!("/search?q={q}"),
            format!("/search?q={words}"),
            format!("/suggest/actor?q={q}"),
            format!("/records/actor?{q}=1"),
        ] {
            let (status, _, _) = server.get(&path);
            assert!(status < 500, "{status}");
        }
    }
    assert_eq!(server.get(&format!("/search?q={}", "a".repeat(20_000))).0, 414);
    let name = "made up ".repeat(19_000);
    let (status, _, page) = server.post("/edit/actor", &[("field-name", &name), ("name", &name), ("source", "Made up")]);
    assert!(status < 500, "{page}");
    let names: Vec<String> = (0..100_000).map(|n| format!("a{n}")).collect();
    let many: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "1")).collect();
    let (status, _, page) = server.post("/edit/actor", &many);
    assert!(status < 500, "{page}");
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    for path in ["/search?q=%00", "/search?q=%1b", "/country/%00", "/record/actor?record=%07", "/%0a", "/suggest/actor?q=%7f"] {
        assert!((400..500).contains(&server.get(path).0), "{path}");
    }
}

#[test]
fn who_sends_slowly_is_sent_away() {
    let desk = Desk::new();
    let server = desk.serve();
    let mut slow: Vec<TcpStream> = (0..50)
        .map(|_| {
            let mut stream = TcpStream::connect(server.address.trim_start_matches("http://")).unwrap();
            stream.write_all(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ").unwrap();
            stream
        })
        .collect();
    assert_eq!(server.get("/questions").0, 200, "others are served meanwhile");
    let begun = Instant::now();
    for stream in &mut slow {
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).unwrap();
    }
    assert!(begun.elapsed() < Duration::from_secs(25), "{:?}", begun.elapsed());
}

#[test]
fn nobody_waits_for_a_form_that_is_sent_slowly() {
    let desk = Desk::new();
    let server = desk.serve();
    let host = server.address.trim_start_matches("http://").to_owned();
    let slow: Vec<TcpStream> = (0..12)
        .map(|_| {
            let mut stream = TcpStream::connect(&host).unwrap();
            let head = format!(
                "POST /edit/actor HTTP/1.1\r\nHost: {host}\r\nOrigin: {}\r\nAuthorization: Bearer {}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nname=",
                server.address, server.key
            );
            stream.write_all(head.as_bytes()).unwrap();
            stream
        })
        .collect();
    std::thread::sleep(Duration::from_millis(500));
    let begun = Instant::now();
    assert_eq!(server.post("/views", &[("name", "Made-up list"), ("address", "/records/actor")]).0, 303);
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    drop(slow);
}

#[test]
fn a_column_that_is_asked_for_again_and_again_is_shown_once() {
    let desk = Desk::new();
    desk.import("actor.csv", "record,name\nso/army,Made-up Army\n");
    let (_, _, page) = desk.serve().get(&format!("/records/actor.csv?columns={}class", "name,".repeat(700)));
    assert_eq!(page.trim_start_matches('\u{feff}').lines().next(), Some("record,name,class"), "{page}");
}

#[test]
fn a_form_leads_back_to_this_server_only() {
    let desk = Desk::new();
    let server = desk.serve();
    for back in [
        "/\t/elsewhere.example",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "https://elsewhere.example",
        "/\u{1}x",
        "/a\r\nX: y",
    ] {
        let (status, head, page) = server.post("/edit/actor", &[("name", "Made-up Army"), ("source", "Made up"), ("back", back)]);
        assert!(status < 500, "{back:?}: {page}");
        let onward = head.lines().find_map(|l| l.strip_prefix("location: ")).unwrap_or_default();
        assert!(onward.is_empty() || onward.starts_with("/record") || onward.starts_with("/edit"), "{back:?}: {onward}");
    }
}

#[test]
fn what_stands_in_files_tells_a_terminal_nothing() {
    const ESCAPE: char = '\u{1b}';
    let desk = Desk::new();
    let name = "actor\u{1b}[31m.csv";
    let file = desk.file(name, "record,name,country\nso/army,Made-up \u{1b}[2J\u{7}Army,No\u{9b}where\n");
    let imported = desk.run(&["import", &desk.workspace(), &file]);
    let (_, said) = desk.fails(&["read", &desk.workspace(), "none\u{1b}[31m"]);
    for said in [String::from_utf8(imported.stderr).unwrap(), said] {
        assert!(!said.is_empty() && !said.contains([ESCAPE, '\u{9b}']), "{said:?}");
    }
    let problems = desk.ok(&["problems", &desk.workspace(), "--json"]);
    assert!(problems.contains("signs that nobody sees were taken out of this cell"), "{problems}");
    assert!(!desk.value("select name from actor").as_str().expect("a name").contains([ESCAPE, '\u{7}']));
    for arguments in [
        "sql WS 'select name || char(27) || char(91) || char(51) || char(49) || char(109) as name from actor'",
        "sql WS 'select name || char(27) || char(91) || char(51) || char(49) || char(109) as name from actor' --csv",
        "problems WS",
        "history WS",
        "import WS FILE --dry-run",
    ] {
        let line = format!("{REMIT} {}", arguments.replace("WS", &desk.workspace()).replace("FILE", &format!("'{file}'")));
        let shown = Command::new("script")
            .args(["-qec", &line, "/dev/null"])
            .env("NO_COLOR", "1")
            .output()
            .expect("script, of util-linux");
        let shown = String::from_utf8(shown.stdout).unwrap();
        assert!(
            !shown.is_empty()
                && !shown.contains(['\u{9b}', '\u{7}'])
                && !shown.contains("\u{1b}[31m")
                && !shown.contains("\u{1b}[2J"),
            "{arguments}: {shown:?}"
        );
    }
    let csv = desk.ok(&["sql", &desk.workspace(), "select name || char(27) as name from actor", "--csv"]);
    assert!(csv.contains(ESCAPE), "a program gets the data as it is");
}

#[cfg(unix)]
#[test]
fn a_database_is_whole_after_a_server_has_ended() {
    let desk = Desk::new();
    let server = desk.serve();
    let sheet = "record,name\nso/army,Made-up Army\n";
    let (_, head, _) = server.upload("/sheets", "actor.csv", sheet.as_bytes());
    let onward = head.lines().find_map(|l| l.strip_prefix("location: /sheets/try?")).expect(&head).to_owned();
    let fields: Vec<(String, String)> = form_urlencoded::parse(onward.as_bytes()).into_owned().collect();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    assert_eq!(server.post("/sheets/try", &fields).0, 303);
    server.interrupt();
    let log = desk.path("w/remit.db-wal");
    assert!(std::fs::metadata(log).map_or(0, |m| m.len()) == 0, "all of it is in the database");
    let copy = desk.path("copy.db");
    std::fs::copy(desk.path("w/remit.db"), &copy).unwrap();
    let actors: i64 = rusqlite::Connection::open(Path::new(&copy))
        .and_then(|db| db.query_row("select count(*) from statement where record = 'so/army'", [], |row| row.get(0)))
        .unwrap();
    assert_eq!(actors, 1);
}

/// Whether there is a test of this name in a folder.
fn has_test(folder: &Path, name: &str) -> bool {
    std::fs::read_dir(folder).unwrap().flatten().any(|entry| {
        let path = entry.path();
        match path.is_dir() {
            true => has_test(&path, name),
            false => {
                path.extension().is_some_and(|e| e == "rs")
                    && std::fs::read_to_string(&path).unwrap().contains(&format!("fn {name}("))
            }
        }
    })
}

#[test]
fn every_promise_names_tests_that_there_are() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let promises = std::fs::read_to_string(root.join("docs/safety.md")).unwrap();
    let named: Vec<&str> = promises.split('`').skip(1).step_by(2).filter(|n| n.contains('_')).collect();
    assert!(named.len() > 15, "{named:?}");
    for name in named {
        assert!(has_test(&root.join("crates"), name), "docs/safety.md names the test {name}, which there is not");
    }
}
