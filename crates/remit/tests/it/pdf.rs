//! Reports as PDF, which the program `remit-pdf` makes (`scripts/test` builds it first). All made up.

use crate::desk::{Desk, REMIT};
use crate::paper::zip;
use flate2::read::ZlibDecoder;
use serde_json::json;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The folder of `remit-pdf`.
fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pdf/target/debug");
    let is_there = folder.join("remit-pdf").is_file();
    assert!(is_there, "build it first, as scripts/test does: cargo build --manifest-path pdf/Cargo.toml --target-dir pdf/target");
    folder
}

impl Desk {
    /// Makes a report with `remit-pdf` on the path.
    fn report_with(&self, path: &Path, more: &[&str]) -> Output {
        let workspace = self.workspace();
        let usual = ["report", "--overwrite", &workspace, "--country", "SO", "--valid-on", "2021-06-30"];
        let arguments = [&usual[..], more].concat();
        Command::new(REMIT).args(arguments).current_dir(self.path("")).env("PATH", path).output().expect("remit runs")
    }

    fn pdf(&self, more: &[&str]) -> (Vec<u8>, String) {
        let out = self.report_with(&folder(), &[&["-o", "made.pdf"], more].concat());
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(out.status.success(), "{said}");
        (std::fs::read(self.path("made.pdf")).expect("a PDF"), said)
    }

    /// What our own reader reads in a PDF, a paragraph a line.
    fn read_in(&self, pdf: &[u8]) -> String {
        let (workspace, file) = (self.workspace(), self.file("read.pdf", pdf));
        let read = self.json(&["read", &workspace, &file, "--json"]);
        let record = read["documents"][0]["document"].as_str().expect("a document").to_owned();
        let rows = self.sql(&format!(
            "select coalesce(heading, '') || '\n' || text as text from passage where document = '{record}' order by n"
        ));
        let texts: Vec<&str> = rows.iter().map(|r| r["text"].as_str().expect("text")).collect();
        texts.join("\n")
    }
}

/// Its objects as text, unpacked.
fn objects(pdf: &[u8]) -> String {
    let mut all = String::from_utf8_lossy(pdf).into_owned();
    let mut rest = pdf;
    while let Some(at) = rest.windows(7).position(|w| w == b"stream\n" || w == b"stream\r") {
        rest = &rest[at + 7..];
        let mut unpacked = Vec::new();
        if ZlibDecoder::new(rest.strip_prefix(b"\n").unwrap_or(rest)).read_to_end(&mut unpacked).is_ok() {
            all.push_str(&String::from_utf8_lossy(&unpacked));
        }
    }
    all
}

fn pages(objects: &str) -> usize {
    objects.split("/Type/Page").skip(1).filter(|rest| !rest.starts_with('s')).count()
}

fn desk() -> Desk {
    let desk = Desk::new();
    let said = |record: &str, kind: &str, fields: serde_json::Value| json!({ "kind": kind, "record": record, "fields": fields, "source": "Made-up gazette", "valid_from": "2020-01-01" });
    desk.add(&[
        said("so/police", "actor", json!({ "name": "Made-up Police", "names": [{ "name": "شرطة مختلقة", "language": "ar" }], "class": "police", "country": "SO" })),
        said("so/ministry", "actor", json!({ "name": "وزارة الأمن المختلقة", "class": "ministry", "country": "SO" })),
        said("xx/agency", "actor", json!({ "name": "Made-up Agency", "class": "donor", "country": "SE" })),
        said("a1", "assignment", json!({ "actor": "so/police", "function": "public_order", "role": "lead" })),
        said("a2", "assignment", json!({ "actor": "so/ministry", "function": "public_order", "role": "lead" })),
        said("r1", "relation", json!({ "subject": "xx/agency", "relation": "supports", "object": "so/police" })),
        json!({ "kind": "actor", "record": "so/heron", "fields": { "name": "Made-up Heron Cell", "class": "intelligence", "country": "SO" },
                "marking": "confidential", "source": "Made-up informant" }),
    ]);
    desk
}

#[test]
fn a_report_is_a_tagged_pdf_with_its_fonts_in_each_language() {
    let desk = desk();
    for (language, title, sentence) in [
        ("en", "Country brief on security sector reform", "Functions with two leads, or contested: 1"),
        ("fr", "Fiche pays sur la réforme du secteur de la sécurité", "Services sans contrôle exercé"),
        ("ar", "موجز قُطري عن إصلاح قطاع الأمن", "وظائف لها قائدان أو متنازع عليها"),
    ] {
        let (pdf, said) = desk.pdf(&["brief", "--language", language]);
        assert!(!said.contains("PDF/UA"), "{language}: {said}");
        let objects = objects(&pdf);
        assert!(pages(&objects) <= 2, "{language}: {} pages", pages(&objects));
        for tag in [
            "/StructTreeRoot",
            "/MarkInfo",
            "/S/H1",
            "/S/Table",
            "/S/TH",
            "/S/L",
            "/S/Note",
            "/DisplayDocTitle true",
            "/FontFile",
        ] {
            assert!(objects.contains(tag), "{language}: no {tag}");
        }
        assert!(objects.contains("pdfuaid:part>1<") && objects.contains(&format!("/Lang({language})")), "{language}");
        assert!(objects.contains(title), "{language}: the title is told as such");
        // In the order in which it is read, also from the right to the left.
        let text = desk.read_in(&pdf).replace(['\u{a0}', '\u{202f}'], " ");
        for part in [sentence, "المختلقة"] {
            assert!(text.contains(part), "{language}: {part} is not in\n{text}");
        }
        // An Arabic table has the Arabic name of the police.
        assert!(["Made-up Police", "شرطة مختلقة"].iter().any(|name| text.contains(name)), "{language}: {text}");
        assert!(!text.contains("Heron"), "{language}: {text}");
    }
}

#[test]
fn a_chart_is_a_picture_with_its_text() {
    let desk = desk();
    desk.activities(
        "aid.xml",
        &[crate::desk::police("XX-1-1", &format!("<recipient-country code=\"SO\"/>{}", crate::desk::paid("3", "1000")))],
    );
    let (pdf, said) = desk.pdf(&["pack", "--language", "ar"]);
    assert!(!said.contains("PDF/UA"), "{said}");
    let objects = objects(&pdf);
    assert!(objects.contains("/S/Figure") && objects.contains("/Alt"), "{objects}");
}

#[test]
fn what_makes_it_is_named_where_it_is_not_there() {
    let desk = desk();
    let out = desk.report_with(&desk.path("nowhere"), &["brief", "-o", "made.pdf"]);
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert_eq!(out.status.code(), Some(1));
    assert!(said.contains("remit-pdf") && said.contains("save it as PDF in Word or LibreOffice"), "{said}");
    assert!(!desk.path("made.pdf").exists());
    assert!(!desk.serve().get("/reports").2.contains("value=\"pdf\""), "the page offers no PDF then");
}

/// A template with what offices have in theirs: a header, numbers, merged cells, a page break, a picture that says nothing of itself.
fn own() -> Vec<u8> {
    let paragraph =
        |style: &str, text: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>");
    let cell = |how: &str, text: &str| format!("<w:tc><w:tcPr>{how}</w:tcPr>{}</w:tc>", paragraph("", text));
    let table = format!(
        "<w:tbl><w:tblGrid><w:gridCol w:w=\"2000\"/><w:gridCol w:w=\"2000\"/><w:gridCol w:w=\"2000\"/></w:tblGrid>\
         <w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}</w:tr><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>",
        cell("<w:gridSpan w:val=\"2\"/>", "Made-up wide head"),
        cell("", "Head"),
        cell("<w:vMerge w:val=\"restart\"/>", "The made-up tall cell says a whole sentence."),
        cell("<w:gridSpan w:val=\"2\"/>", "The made-up wide cell says another sentence."),
        cell("<w:vMerge/>", ""),
        cell("", "Made-up words on the left."),
        cell("", "Made-up words on the right."),
    );
    let body = [
        paragraph("Sub", "{{country}}, made-up deep heading"),
        paragraph("Num", "made-up first"),
        paragraph("Num", "made-up second \u{10fffd}"),
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>made-up hidden words</w:t></w:r><w:del><w:r><w:delText>made-up deleted words</w:delText></w:r></w:del></w:p>".into(),
        table,
        "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>".into(),
        paragraph("", "made-up last page {{count leads}}"),
    ];
    let w = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    let section = "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rH\"/><w:pgSz w:w=\"16838\" w:h=\"11906\"/></w:sectPr>";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    zip(&[
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>",
        ),
        ("_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"/>"),
        ("word/document.xml", &format!("<w:document {w}><w:body>{}{section}</w:body></w:document>", body.concat())),
        (
            "word/_rels/document.xml.rels",
            &format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rH\" Type=\"{office}/header\" Target=\"header1.xml\"/></Relationships>"
            ),
        ),
        (
            "word/header1.xml",
            &format!(
                "<w:hdr {w}><w:p><w:r><w:t>Made-up office, page </w:t></w:r><w:fldSimple w:instr=\" PAGE \"><w:r><w:t>9</w:t></w:r></w:fldSimple></w:p></w:hdr>"
            ),
        ),
        (
            "word/styles.xml",
            &format!(
                "<w:styles {w}><w:style w:type=\"paragraph\" w:styleId=\"Sub\"><w:name w:val=\"Made-up heading\"/><w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr></w:style>\
           <w:style w:type=\"paragraph\" w:styleId=\"Num\"><w:name w:val=\"Made-up list\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style></w:styles>"
            ),
        ),
        (
            "word/numbering.xml",
            &format!(
                "<w:numbering {w}><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"decimal\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
            ),
        ),
    ])
}

#[test]
fn a_template_of_the_office_is_a_pdf_too() {
    let desk = desk();
    let template = desk.file("own.docx", own());
    let (pdf, said) = desk.pdf(&["--template", &template]);
    assert!(said.contains("No font on this machine has these letters") && said.contains("U+10FFFD"), "{said}");
    let (objects, text) = (objects(&pdf), desk.read_in(&pdf));
    assert_eq!(pages(&objects), 2, "a page break is one");
    for part in ["Somalia, made-up deep heading", "made-up first", "2. made-up second \u{fffd}", "made-up last page 20"] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    for part in ["tall cell says a whole sentence", "wide cell says another sentence", "words on the left", "words on the right"]
    {
        assert_eq!(text.matches(part).count(), 1, "{part} in\n{text}");
    }
    assert!(
        objects.contains("/MediaBox[0 0 841.9 595.3") && objects.contains("/S/H1"),
        "as wide, and headings from the first level on"
    );
    assert!(!text.contains("hidden words") && !text.contains("deleted words"), "{text}");
}

#[test]
fn what_is_no_report_is_refused() {
    for (sent, why) in [("", "no report"), ("[]", "no object"), ("{\"blocks\": 5}", "cannot be set")] {
        let mut run = Command::new(folder().join("remit-pdf"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        run.stdin.take().expect("standard input").write_all(sent.as_bytes()).expect("it takes it");
        let done = run.wait_with_output().expect("it ends");
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.code() == Some(1) && done.stdout.is_empty() && said.contains(why), "{sent}: {said}");
    }
}
