//! Documents as offices have them: from the right to the left, scanned, in columns, without the name of the mission; and how they are
//! found again.

use crate::desk::{Desk, REMIT};
use crate::paper::{objects, page, zip};
use serde_json::Value;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

/// A PDF of one page with these lines, from the right to the left, with each letter where it stands.
fn rightward_pdf(lines: &[&str]) -> Vec<u8> {
    let letters: Vec<char> = {
        let mut all: Vec<char> = lines.concat().chars().filter(|c| *c != ' ').collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let code = |c: char| letters.iter().position(|l| *l == c).map_or(0x20, |n| n + 0x21);
    let mut text = String::from("BT /F1 11 Tf 72 760 Td 30 TL\n");
    for line in lines {
        // Drawn from left to right, the last letter of the line is the first.
        let drawn: String = line.chars().rev().map(|c| format!("{:02x}", code(c))).collect();
        text.push_str(&format!("<{drawn}> Tj T*\n"));
    }
    text.push_str("ET");
    let named: String = letters.iter().map(|c| format!("<{:02x}> <{:04x}>\n", code(*c), *c as u32)).collect();
    let names = format!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapType 2 def\n1 begincodespacerange\n<00> <ff>\nendcodespacerange\n\
         {} beginbfchar\n<20> <0020>\n{named}endbfchar\nendcmap\nend\nend",
        letters.len() + 1
    );
    objects(&[
        "<< /Type /Catalog /Pages 2 0 R >>".into(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".into(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".into(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode 6 0 R >>".into(),
        format!("<< /Length {} >>\nstream\n{names}\nendstream", names.len()),
    ])
}

impl Desk {
    /// Reads a document of this content.
    fn document(&self, name: &str, content: impl AsRef<[u8]>, more: &[&str]) -> Value {
        let file = self.file(name, content);
        let workspace = self.workspace();
        self.json(&[&["read", &workspace, &file, "--json"], more].concat())["documents"][0].clone()
    }

    /// Tasks and missions that are proposed.
    fn proposals(&self) -> Vec<(String, String)> {
        let sql = "select json_extract(fields, '$.task') as task, json_extract(fields, '$.mission') as mission from statement \
                   where status_of_statement = 'proposed' and withdrawn = 0 and kind <> 'actor' order by task, mission";
        let own = |r: &Value, name: &str| r[name].as_str().unwrap_or_default().to_owned();
        self.sql(sql).iter().map(|r| (own(r, "task"), own(r, "mission"))).collect()
    }
}

const ARABIC: [&str; 3] = [
    "تدعم بعثة الاتحاد الأوروبي الاستشارية في العراق إصلاح الشرطة.",
    "وتقدم البعثة المشورة في إدارة الحدود.",
    "وتدعم البعثة إصلاح السجون.",
];

#[test]
fn a_page_from_the_right_says_the_same_as_pdf_and_as_html() {
    let (as_pdf, as_html) = (Desk::new(), Desk::new());
    as_pdf.document("a.pdf", rightward_pdf(&ARABIC), &[]);
    as_html.document("a.html", format!("<html lang=ar><main><p>{}</main>", ARABIC.join("<p>")), &[]);
    let texts = as_pdf.sql("select text from passage order by n");
    assert_eq!(texts.iter().map(|r| r["text"].as_str().unwrap()).collect::<Vec<_>>(), ARABIC);
    assert!(as_html.proposals().len() >= 2, "{:?}", as_html.proposals());
    assert_eq!(as_pdf.proposals(), as_html.proposals());
}

#[test]
fn each_row_of_a_table_that_is_drawn_with_lines_is_a_passage_apart_from_the_text() {
    let desk = Desk::new();
    let across = [700, 670, 560].map(|y| format!("72 {y} m 520 {y} l S\n"));
    let down = [72, 200, 520].map(|x| format!("{x} 560 m {x} 700 l S\n"));
    let text = |x: i32, y: i32, said: &str| format!("BT /F1 11 Tf {x} {y} Td ({said}) Tj ET\n");
    let cell = [
        "Made-up vetting",
        "of all who",
        "serve in the",
        "made-up police",
        "of the",
        "made-up",
        "province by",
        "its",
        "ministry",
    ];
    let lines: String = cell.iter().zip(0..).map(|(said, n)| text(80, 658 - 11 * n, said)).collect();
    let drawn = [
        across.concat(),
        down.concat(),
        text(72, 740, "1. The made-up measures are these."),
        text(80, 682, "Measure"),
        text(210, 682, "State"),
        lines,
        text(210, 658, "Not begun"),
        text(72, 530, "2. They end here."),
    ];
    desk.document("plan.pdf", page(&drawn.concat()), &[]);
    let row = "Made-up vetting of all who serve in the made-up police of the made-up province by its ministry | Not begun";
    let texts = desk.sql("select text from passage order by n");
    let texts: Vec<&str> = texts.iter().map(|r| r["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["The made-up measures are these.", "Measure | State", row, "They end here."]);
}

#[test]
fn a_heading_below_which_nothing_stands_is_found_and_proposes_nothing() {
    let desk = Desk::new();
    let html = "<html lang=en><main><h1>Made-up page</h1><h2>EUAM Iraq supports police reform</h2><h2>Made-up outlook</h2><p>It ends.</main>";
    desk.document("a.html", html, &[]);
    let kept = desk.sql("select coalesce(heading, '') || ' > ' || text as text from passage order by n");
    let kept: Vec<&str> = kept.iter().map(|r| r["text"].as_str().unwrap()).collect();
    assert_eq!(kept, ["Made-up page > EUAM Iraq supports police reform", "Made-up page / Made-up outlook > It ends."]);
    assert!(desk.proposals().is_empty(), "{:?}", desk.proposals());
}

#[test]
fn text_of_a_code_page_is_read_as_the_words_that_it_makes() {
    let desk = Desk::new();
    // “Made-up report. The mission supports the reform of the police.”
    for (name, bytes, read, page) in [
        ("ar.txt", &b"\xCA\xDE\xD1\xED\xD1 \xE6\xE5\xE3\xED\n\n\xCA\xCF\xDA\xE3 \xC7\xE1\xC8\xDA\xCB\xC9 \xC5\xD5\xE1\xC7\xCD \xC7\xE1\xD4\xD1\xD8\xC9.\n"[..], "تدعم البعثة إصلاح الشرطة.", "windows-1256"),
        ("uk.txt", b"\xC2\xE8\xE3\xE0\xE4\xE0\xED\xE8\xE9 \xE7\xE2\xB3\xF2\n\n\xCC\xB3\xF1\xB3\xFF \xEF\xB3\xE4\xF2\xF0\xE8\xEC\xF3\xBA \xF0\xE5\xF4\xEE\xF0\xEC\xF3 \xEF\xEE\xEB\xB3\xF6\xB3\xBF.\n", "Місія підтримує реформу поліції.", "windows-1251"),
    ] {
        let told = desk.document(name, bytes, &[]);
        assert!(told["notes"].to_string().contains(&format!("read as {page}")), "{told}");
        assert!(desk.sql("select text from passage").iter().any(|row| row["text"] == read), "{name}");
    }
    assert_eq!(desk.value("select count(*) from document where language in ('ar', 'uk')"), 2);
}

#[test]
fn a_file_that_breaks_off_says_so() {
    let desk = Desk::new();
    let whole = rightward_pdf(&ARABIC);
    let end = whole.windows(9).rposition(|w| w == b"startxref").unwrap();
    let told = desk.document("cut.pdf", &whole[..end], &[]);
    assert!(told["notes"].to_string().contains("breaks off before its end: one page"), "{told}");
    assert_eq!(desk.document("whole.pdf", &whole, &[])["notes"], serde_json::json!([]));
}

const SCAN: &[u8] = include_bytes!("fixtures/scan.pdf");

#[test]
fn a_scan_is_recognised_and_marked_as_such() {
    let desk = Desk::new();
    let read = desk.document("scan.pdf", SCAN, &[]);
    assert!(read["notes"][0].as_str().unwrap().contains("OCR"), "install tesseract-ocr (scripts/test does): {read}");
    let found = desk.proposals();
    assert!(found.contains(&("Police reform and development".into(), "mission/unmiss".into())), "{found:?}");
    let row = &desk.sql("select locator, quote from statement where json_extract(fields, '$.ssr_task') = 'police_reform'")[0];
    assert_eq!(row["locator"], "para. 1, p. 1, OCR");
    assert_eq!(desk.value("select count(*) from passage where recognised = 1"), 3);
    let server = desk.serve();
    let (_, _, page) = server.get(&format!("/document?record={}", read["document"].as_str().unwrap()));
    assert!(page.contains("Read from a picture (OCR)"), "{page}");
}

/// A file in which a part is another, no longer one.
fn with_part(file: &[u8], part: &str, other: &str) -> Vec<u8> {
    let at = file.windows(part.len()).position(|w| w == part.as_bytes()).expect("the part");
    let mut file = file.to_vec();
    file[at..at + part.len()].copy_from_slice(format!("{other:length$}", length = part.len()).as_bytes());
    file
}

#[test]
fn a_scan_whose_dots_are_points_of_a_large_page_is_recognised_too() {
    let desk = Desk::new();
    let large = with_part(
        SCAN,
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 2480 3508]",
    );
    let large = with_part(&large, "q 595 0 0 842 0 0 cm /I Do Q", "q 2480 0 0 3508 0 0 cm/I Do");
    let read = desk.document("large.pdf", large, &[]);
    assert!(read["notes"][0].as_str().unwrap().contains("OCR"), "{read}");
    assert_eq!(desk.value("select count(*) from passage where recognised = 1"), 3);
}

#[test]
fn each_row_of_a_table_of_a_word_file_is_a_passage_and_no_title() {
    let desk = Desk::new();
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let row = |cells: [&str; 2]| format!("<w:tr>{}</w:tr>", cells.map(cell).concat());
    let table = [["Measure", "State"], ["Made-up yearly report of the police", "Not begun"]].map(row).concat();
    let body = format!(
        "<w:p><w:pPr><w:pStyle w:val=\"Titre1\"/></w:pPr><w:r><w:t>Made-up minutes</w:t></w:r></w:p><w:tbl>{table}</w:tbl>\
         <w:p><w:r><w:t>They end.</w:t></w:r></w:p>"
    );
    let styles = "<w:styles xmlns:w=\"w\"><w:style w:styleId=\"Titre1\"><w:name w:val=\"heading 1\"/></w:style></w:styles>";
    let text = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    desk.document("minutes.docx", zip(&[("word/document.xml", &text), ("word/styles.xml", styles)]), &[]);
    let texts = desk.sql("select text from passage order by n");
    let texts: Vec<&str> = texts.iter().map(|r| r["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["Measure | State", "Made-up yearly report of the police | Not begun", "They end."]);
    assert_eq!(desk.value("select title from document"), "Made-up minutes");
}

#[test]
fn a_scan_says_so_where_nothing_recognises_it() {
    let desk = Desk::new();
    let file = desk.file("scan.pdf", SCAN);
    let arguments = ["read", &desk.workspace(), &file, "--json"];
    let output = Command::new(REMIT).args(arguments).env("PATH", "").output().expect("remit runs");
    let told: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let note = told["documents"][0]["notes"][0].as_str().expect("a note");
    assert!(note.contains("it is a scan") && note.contains("install Tesseract"), "{note}");
    // Once it is installed, the same file is read anew.
    assert_eq!(desk.document("scan.pdf", SCAN, &[])["passages"], 3);
}

/// Tesseract as it is where only English is installed, and the scan is in another language.
const ENGLISH_ALONE: &str = "#!/bin/sh\ncase \"$1\" in\n--list-langs) echo eng ;;\n--version) echo made-up ;;\n\
    *) cat > /dev/null; printf '5\\t1\\t1\\t1\\t1\\t1\\t100\\t100\\t80\\t20\\t95\\tglize\\n' ;;\nesac\n";

#[test]
fn a_scan_in_a_language_that_tesseract_lacks_says_what_to_install() {
    let desk = Desk::new();
    let file = desk.file("scan.pdf", SCAN);
    let program = desk.file("bin/tesseract", ENGLISH_ALONE);
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("a program");
    let path = format!("{}:/usr/bin:/bin", desk.path("bin").display());
    let arguments = ["read", &desk.workspace(), &file, "--json"];
    let output = Command::new(REMIT).args(arguments).env("PATH", path).output().expect("remit runs");
    let told = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(told.contains("no language that is read") && told.contains("tesseract-ocr-ara"), "{told}");
}

#[test]
fn a_picture_without_text_asks_for_no_program_that_is_there() {
    let desk = Desk::new();
    let blank = objects(&[
        "<< /Type /Catalog /Pages 2 0 R >>".into(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".into(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>".into(),
        "<< /Length 28 >>\nstream\nq 200 0 0 200 0 0 cm /I Do Q\nendstream".into(),
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /ASCIIHexDecode \
         /Length 3 >>\nstream\nff>\nendstream"
            .into(),
    ]);
    let file = desk.file("blank.pdf", blank);
    let output = Command::new(REMIT).args(["read", &desk.workspace(), &file, "--json"]).output().expect("remit runs");
    let told: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let notes = &told["documents"][0]["notes"];
    assert_eq!(*notes, serde_json::json!(["page 1: a picture in which Tesseract finds no text"]));
}

const NAMELESS: &str =
    "<main><h1>Made-up page</h1><p>The Mission supports police reform and advises on border management.</main>";

#[test]
fn a_document_that_names_no_mission_is_told_whose_it_is() {
    let desk = Desk::new();
    desk.document("page.html", NAMELESS, &[]);
    assert_eq!(desk.proposals(), [], "nobody says whose it is");
    desk.document("page.html", NAMELESS, &["--mission", "EUAM Ukraine"]);
    let found = desk.proposals();
    assert!(found.contains(&("Police reform and development".into(), "mission/euam-ukraine".into())), "{found:?}");
    // Read again without a word, it is still theirs.
    assert_eq!(desk.document("copy.html", NAMELESS, &[])["unchanged"], true);
    assert_eq!(desk.proposals(), found);
    let (code, said) = desk.fails(&["read", &desk.workspace(), &desk.file("page.html", NAMELESS), "--mission", "Nowhere"]);
    assert!(code == 2 && said.contains("nobody is called `Nowhere`"), "{said}");
}

#[test]
fn whose_a_document_is_can_be_told_in_the_browser_after_it_was_read() {
    let desk = Desk::new();
    let read = desk.document("page.html", NAMELESS, &["--url", "https://example.org/page"]);
    let server = desk.serve();
    let record = read["document"].as_str().unwrap();
    let (status, _, page) = server.post("/document/whose", &[("record", record), ("mission", "UNMISS")]);
    assert_eq!(status, 303, "{page}");
    let found = desk.proposals();
    assert!(found.contains(&("Border management".into(), "mission/unmiss".into())), "{found:?}");
    assert_eq!(desk.value("select address from document"), "https://example.org/page");
    let (status, _, page) = server.post("/document/whose", &[("record", record), ("mission", "Nowhere")]);
    assert!(status == 400 && page.contains("Nowhere"), "{page}");
}

/// As a browser prints it: each soft hyphen is a space, and the letter behind it stands where that does.
#[test]
fn a_soft_hyphen_within_a_line_of_a_pdf_parts_no_word() {
    let desk = Desk::new();
    let drawn = "BT /F1 12 Tf 72 700 Td (UNMISS supports the reform of the pol) Tj 206.748 0 Td ( ) Tj 0 0 Td (ice and of prisons.) Tj ET";
    desk.document("printed.pdf", page(drawn), &[]);
    assert_eq!(desk.value("select text from passage"), "UNMISS supports the reform of the police and of prisons.");
}

#[test]
fn ligatures_and_soft_hyphens_hide_nothing() {
    let desk = Desk::new();
    let page =
        "<main><h1>Made-up page</h1><p>UNMISS trains police o\u{fb03}cers and supports bor\u{ad}der manage\u{ad}ment.</main>";
    desk.document("page.html", page, &[]);
    let found = desk.proposals();
    assert!(found.iter().any(|(task, _)| task == "Border management"), "{found:?}");
    assert!(found.iter().any(|(task, _)| task == "Police reform and development"), "{found:?}");
    let quote = desk.value("select quote from statement where json_extract(fields, '$.ssr_task') = 'border_management'");
    assert!(quote.as_str().unwrap().contains("o\u{fb03}cers"), "what stands there is quoted: {quote}");
    let (_, _, found) = desk.serve().get("/search?q=officers");
    assert!(found.contains("/passage?record="), "{found}");
}

#[test]
fn search_finds_what_is_written_nearly_so_and_says_where() {
    let desk = Desk::new();
    let actor = |record: &str, fields: Value| serde_json::json!({ "kind": "actor", "record": record, "fields": fields, "source": "Made up", "marking": "public" });
    desk.add(&[
        actor("so/police", serde_json::json!({ "name": "Somali Police Force", "class": "police", "country": "SO" })),
        actor("ml/gendarmerie", serde_json::json!({ "name": "Gendarmerie nationale", "class": "police", "country": "ML", "note": "Elle tient les frontières." })),
        actor("ua/np", serde_json::json!({ "name": "Національна поліція України", "class": "police", "country": "UA" })),
    ]);
    desk.document(
        "fr.html",
        "<html lang=fr><main><p>La mission forme les gardes des prisons dans la capitale et aux frontières.</main>",
        &[],
    );
    let server = desk.serve();
    let search = |words: &str| server.get(&format!("/search?q={}", words.replace(' ', "+"))).2;
    let page = search("polise");
    assert!(page.contains("Somali Police Force") && page.contains("These have “police”"), "{page}");
    assert!(
        search("Polytsiia").contains("/record/actor?record=ua%2Fnp")
            || search("natsionalna").contains("/record/actor?record=ua%2Fnp")
    );
    assert!(search("%D0%BF%D0%BE%D0%BB%D1%96%D1%86%D1%96%D1%8F").contains("ua%2Fnp"), "in its own letters");
    assert!(search("SPF").contains("Somali Police Force"), "by acronym");
    let page = search("frontieres");
    assert!(page.contains("Elle tient les frontières.") && page.contains("in Note"), "the field is named: {page}");
    assert!(page.contains("/passage?record="), "and so is the passage: {page}");
    assert!(search("prison").contains("gardes des prisons"), "as French bends its words");
    assert!(search("xqzvw").contains("No results"), "nothing is like it");
}

#[test]
fn search_takes_a_mistyped_acronym_for_the_one_of_which_fewest_letters_differ() {
    let desk = Desk::new();
    let mission = |record: &str, name: &str, acronym: &str| {
        serde_json::json!({ "kind": "actor", "record": record, "source": "Made up", "marking": "public",
            "fields": { "name": name, "acronym": acronym, "class": "mission" } })
    };
    desk.add(&[
        mission("mission/a", "Made-up mission of the centre", "MINUSCA"),
        mission("mission/b", "Made-up mission of the east", "MONUSCO"),
    ]);
    let server = desk.serve();
    for typed in ["monsco", "munusco"] {
        let page = server.get(&format!("/search?q={typed}")).2;
        assert!(page.contains("These have “monusco”") && page.contains("mission%2Fb"), "{typed}: {page}");
    }
}

#[test]
fn search_finds_names_as_others_spell_them_and_without_the_word_for_their_sort() {
    let desk = Desk::new();
    let actor = |record: &str, name: &str| serde_json::json!({ "kind": "actor", "record": record, "fields": { "name": name, "class": "military" }, "source": "Made up", "marking": "public" });
    desk.add(&[
        actor("a/tariq", "لواء طارق بن زياد"),
        actor("a/qasem", "Made-up Qasem Soleimani Brigade"),
        actor("a/omar", "Katibat Omar al-Mukhtar"),
        actor("a/umar", "Made-up Umar Guard"),
    ]);
    let server = desk.serve();
    let found = |words: &str| server.get(&format!("/search?q={}", words.replace(' ', "+"))).2;
    let page = found("Tariq ibn Ziyad");
    assert!(page.contains("record=a%2Ftariq") && !page.contains("These have"), "“ibn” is “bin”: {page}");
    for (typed, record, instead) in [
        ("Kassem", "qasem", "qasem"),
        ("Kassem Suleimani", "qasem", "qasem soleimani"),
        ("Kassem Suleimani battalion", "qasem", "qasem soleimani"),
        ("Tariq ben Ziyad Brigade", "tariq", "tariq ben ziyad"),
        ("Omar al Mukhtar battalion", "omar", "omar al mukhtar"),
        // Somebody else is called so too.
        ("Umar al-Mukhtar", "omar", "omar mukhtar"),
    ] {
        let page = found(typed);
        assert!(page.contains(&format!("record=a%2F{record}")), "{typed}: {page}");
        assert!(page.contains(&format!("These have “{instead}”")), "{typed}: {page}");
    }
    assert!(found("Umar battalion").contains("record=a%2Fumar"), "the name alone is enough");
}

#[test]
fn search_finds_names_in_whatever_letters_they_are_typed() {
    let desk = Desk::new();
    let actor = |record: &str, name: &str, class: &str| serde_json::json!({ "kind": "actor", "record": record, "fields": { "name": name, "class": class }, "source": "Made up", "marking": "public" });
    desk.add(&[
        actor("a/interior", "وزارة الداخلية", "ministry"),
        actor("a/justice", "Wizarat al-Adl", "ministry"),
        actor("a/army", "الجيش اللبناني", "military"),
        actor("a/border", "Granična policija", "police"),
        actor("a/service", "Служба безпеки", "intelligence"),
        actor("a/security", "الأمن العام", "police"),
    ]);
    desk.document("ar.html", "<html lang=ar><main><p>تدعم البعثة الوهمية حرس الحدود في العاصمة.</main>", &[]);
    let server = desk.serve();
    let found = |words: &str| {
        let typed: String = words.bytes().map(|b| format!("%{b:02X}")).collect();
        server.get(&format!("/search?q={typed}")).2
    };
    for (typed, records) in [
        ("wizarat", &["interior", "justice"][..]),
        ("وزارة", &["interior", "justice"]),
        ("wizarat al-dakhiliya", &["interior"]),
        ("al-jaish", &["army"]),
        ("al-amn al-aam", &["security"]),
        ("гранична полиција", &["border"]),
        ("sluzba bezpeky", &["service"]),
    ] {
        let page = found(typed);
        for record in records {
            assert!(page.contains(&format!("record=a%2F{record}")), "{typed}: {record}: {page}");
        }
        assert!(!page.contains("These have"), "{typed} is the word itself: {page}");
    }
    assert!(!found("wizarat al-dakhiliya").contains("record=a%2Fjustice"));
    assert!(found("haras al-hudud").contains("/passage?record="), "and passages");
}

#[test]
fn a_document_without_text_is_told_to_have_none() {
    let desk = Desk::new();
    let file = desk.file("none.html", "<html><body><!-- made up");
    let (_, said) = desk.fails(&["read", &desk.workspace(), &file]);
    assert!(said.contains("it has no text"), "{said}");
    assert_eq!(desk.value("select reason from problem"), "it has no text");
}
