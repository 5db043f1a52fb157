//! Bringing in what an office has, as the pages and the command line propose it. Everything in these files is made up.

use crate::desk::{Desk, Server};
use crate::ways::{form, press, rows, serve, sheet, uploaded, workbook};
use rust_xlsxwriter::{Color, Format};

/// What the form of a page says in a field.
fn said(page: &str, name: &str) -> String {
    form(page, "/sheets/map").into_iter().find(|(n, _)| n == name).map(|(_, v)| v).unwrap_or_default()
}

/// Sends the form of a page where that is refused: gives the page that says why.
fn refused(server: &Server, page: &str, changed: &[(&str, &str)]) -> String {
    let mut fields = form(page, "/sheets/map");
    fields.retain(|(n, _)| !changed.iter().any(|(c, _)| c == n));
    fields.extend(changed.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
    fields.push(("go".into(), "see".into()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let (status, head, body) = server.post("/sheets/map", &fields);
    assert!(status == 422 && !head.contains("location: "), "{status} {head}");
    assert!(body.contains("<title>Error: ") && body.contains("role=\"alert\" tabindex=\"-1\" autofocus"), "{body}");
    body
}

#[test]
fn a_file_that_is_none_that_can_be_read_is_refused_in_the_form() {
    let desk = Desk::new();
    let server = serve(&desk);
    let files = [("none.xyz", "made up", "none.xyz cannot be read"), ("none.csv", "", "none.csv is empty")];
    for (name, content, why) in files {
        let (status, _, page) = server.upload("/sheets", name, content.as_bytes());
        assert!(status == 422 && page.contains(why) && page.contains("<title>Error: "), "{name}: {status} {page}");
        assert!(page.contains("role=\"alert\" tabindex=\"-1\" autofocus") && page.contains("id=\"file\""), "{page}");
    }
}

#[test]
fn a_name_that_is_the_same_in_all_rows_is_added_too() {
    let desk = Desk::new();
    let server = serve(&desk);
    let page = uploaded(&server, "ranks.csv", b"Rank,Men,Women\nCaptain,10,2\nColonel,3,0\n");
    assert_eq!(said(&page, "r.0.kind"), "strength");
    let page =
        press(&server, "/sheets/map", &page, "see", &[("f.0.institution.value", "Made-up Army"), ("f.0.year.value", "2024")]);
    assert!(page.contains("Made-up Army"), "{page}");
    let page = press(&server, "/sheets/names", &page, "add-all", &[]);
    assert!(!page.contains("action=\"/sheets/names\""), "{page}");
    press(&server, "/sheets/try", &page, "", &[]);
    let all = rows(&desk, "select institution_name, rank_band, men, women from strength_statement order by 2");
    assert_eq!(all, ["Made-up Army|OF-2|10|2", "Made-up Army|OF-5|3|0"]);
}

#[test]
fn the_command_line_proposes_a_mapping_and_finds_the_one_that_was_made_in_the_browser() {
    let desk = Desk::new();
    let csv = "Handover date,Recipient,Item,Qty,Currency\n2024-05-01,Made-up Police,Radio,10,US$\n";
    let file = desk.file("handover.csv", csv);
    let (_, why) = desk.fails(&["import", &desk.workspace(), &file]);
    assert!(why.contains("--propose") && why.contains("browser"), "{why}");
    desk.ok(&["import", &desk.workspace(), &file, "--propose"]);
    let proposed = std::fs::read_to_string(desk.path("handover.toml")).unwrap();
    for part in ["kind = \"equipment\"", "[record.fields.handed_over]", "\"US$\" = \"USD\""] {
        assert!(proposed.contains(part), "{part}: {proposed}");
    }
    assert!(desk.fails(&["import", &desk.workspace(), &file, "--propose"]).1.contains("is there already"));
    std::fs::remove_file(desk.path("handover.toml")).unwrap();

    let server = serve(&desk);
    let page = uploaded(&server, "handover.csv", csv.as_bytes());
    assert_eq!(said(&page, "f.0.handed_over.column"), "Handover date");
    assert!(
        page.contains("= &quot;USD&quot;") || page.contains("= &#34;USD&#34;"),
        "the file has the codes that are chosen: {page}"
    );
    press(&server, "/sheets/map", &page, "see", &[("f.0.recipient.missing", "add")]);
    drop(server);
    let output = desk.run(&["import", &desk.workspace(), &file]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("handover.csv: read by") && told.contains("2 added"), "{told}");
    assert_eq!(rows(&desk, "select item, quantity, currency, handed_over from equipment"), ["Radio|10|USD|2024-05-01"]);
    let other = desk.file("other.csv", csv);
    let (_, why) = desk.fails(&["import", &desk.workspace(), &other]);
    assert!(why.contains("made for another file") && why.contains("handover.toml"), "{why}");
}

#[test]
fn a_code_that_is_not_sure_is_left_open() {
    let desk = Desk::new();
    let server = serve(&desk);
    let csv = "Name,Type,Country\nA,police,S. Sudan\nB,police,Korea\nC,شرطة,Dominicana\nD,police,UK\nE,police,Virgin Islands\n";
    let page = uploaded(&server, "made-up bodies.csv", csv.as_bytes());
    assert_eq!(said(&page, "r.0.kind"), "actor");
    let code = |text: &str| {
        let fields = form(&page, "/sheets/map");
        let at = fields.iter().position(|(n, v)| n.starts_with("a.0.") && n.ends_with(".text") && v == text).expect(text);
        fields[at + 1].1.clone()
    };
    assert_eq!(
        ["S. Sudan", "Korea", "Dominicana", "UK", "شرطة", "Virgin Islands"].map(code),
        ["South Sudan", "", "Dominican Republic", "United Kingdom of Great Britain and Northern Ireland", "police", ""]
    );
}

#[test]
fn the_class_of_a_body_is_known_by_its_words_in_each_language() {
    let desk = Desk::new();
    let server = serve(&desk);
    let csv =
        "Name,Type,Country\nA,المحاكم,SO\nB,Верховний суд,SO\nC,Policija,SO\nD,Gerichte,SO\nE,Fiscalía,SO\nF,Ministério,SO\n";
    let page = uploaded(&server, "made-up bodies.csv", csv.as_bytes());
    let code = |text: &str| {
        let fields = form(&page, "/sheets/map");
        let at = fields.iter().position(|(n, v)| n.starts_with("a.0.") && n.ends_with(".text") && v == text).expect(text);
        fields[at + 1].1.clone()
    };
    let known = ["المحاكم", "Верховний суд", "Policija", "Gerichte", "Fiscalía", "Ministério"].map(code);
    assert_eq!(known, ["justice", "justice", "police", "justice", "justice", "ministry"]);
}

/// Beside an empty cell for the end, two days in one cell are both kept; what is vacant is nobody.
#[test]
fn two_days_in_a_cell_are_both_kept_and_a_vacant_post_has_nobody() {
    let desk = Desk::new();
    let sheets = [
        (
            "courses.csv",
            "Course,Unit,From,To\nA,Made-up Police,10-14 April 2024,\nB,Made-up Police,March 3-5 2024,\nC,Made-up Police,Q1 2024,\nD,Made-up Police,2024-05-01,2024-05-03\n",
        ),
        ("posts.csv", "Unit,Commander\nMade-up Station,Col. Made-up\nMade-up Post,vacant\nMade-up Wing,شاغر\n"),
        ("items.csv", "Дата передачі,Отримувач,Найменування,Кількість\n12.03.2024,Made-up Police,Радіостанція,25\n"),
    ];
    for (name, csv) in sheets {
        let file = desk.file(name, csv);
        desk.ok(&["import", &desk.workspace(), &file, "--propose"]);
        desk.ok(&["import", &desk.workspace(), &file, "--add-names"]);
    }
    let courses = rows(&desk, "select course, starts, ends from training_statement order by course");
    assert_eq!(courses, ["A|2024-04-10|2024-04-14", "B|2024-03-03|2024-03-05", "C|2024-01|-", "D|2024-05-01|2024-05-03"]);
    assert_eq!(rows(&desk, "select item, quantity from equipment_statement"), ["Радіостанція|25"]);
    let all = desk.ok(&["sql", &desk.workspace(), "select name from person", "--clearance", "strictly_confidential"]);
    assert!(all.contains("Made-up") && !all.contains("vacant") && !all.contains("شاغر"), "{all}");
}

#[test]
fn every_value_of_a_column_can_be_given_a_code() {
    let desk = Desk::new();
    let server = serve(&desk);
    let known = "Colonel,Made-up Army,2\nCaptain,Made-up Army,9\n";
    let lines = |n: usize| known.to_owned() + &(0..n).map(|n| format!("Made-up rank {n},Made-up Army,{n}\n")).collect::<String>();
    let page = uploaded(&server, "ranks.csv", format!("Rank,Institution,Men\n{}", lines(66)).as_bytes());
    assert!(page.contains("value=\"Made-up rank 65\""), "{page}");
    let page = uploaded(&server, "many ranks.csv", format!("Rank,Institution,Men\n{}", lines(308)).as_bytes());
    assert!(page.contains("10 more values are shown once these are decided"), "{page}");
}

#[test]
fn a_table_of_which_nothing_tells_what_its_rows_are_about_says_what_to_choose() {
    let desk = Desk::new();
    let server = serve(&desk);
    let page =
        uploaded(&server, "roster.csv", b"Battalion,Company,Strength\n1 Battalion,A Company,120\n1 Battalion,B Company,110\n");
    let kind = [("r.0.kind", "strength"), ("f.0.total.column", "Strength")];
    let page = refused(&server, &press(&server, "/sheets/map", &page, "redraw", &kind), &[("f.0.institution.column", "")]);
    assert!(page.contains("Strength: choose a column, or a value for all rows, for Institution or unit"), "{page}");
}

#[test]
fn what_cannot_be_read_says_what_to_do() {
    let desk = Desk::new();
    let server = serve(&desk);
    let (status, _, page) = server.upload("/sheets", "old.doc", b"\xD0\xCF\x11\xE0 made up");
    assert!(
        status == 422 && page.contains("old.doc cannot be read. Save it as one of these") && page.contains(".docx"),
        "{page}"
    );
    let (status, _, page) = server.upload("/sheets", "empty.csv", b"");
    assert!(status == 422 && page.contains("empty.csv is empty"), "{page}");
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let locked = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 600], &name, &[0; 600]].concat();
    let (status, _, page) = server.upload("/sheets", "locked.xlsx", &locked);
    assert!(status == 400 && page.contains("locked.xlsx") && page.contains("locked with a password"), "{status} {page}");
    assert!(!page.contains("files/sheets"), "{page}");

    let word = desk.file("old.doc", b"\xD0\xCF\x11\xE0 made up");
    let (_, why) = desk.fails(&["import", &desk.workspace(), &word]);
    assert!(why.contains("old.doc cannot be imported; save") && why.contains(".docx"), "{why}");
    let (_, why) = desk.fails(&["import", &desk.workspace(), &desk.file("made-up.docx", b"PK\x03\x04")]);
    assert!(why.contains("remit read WORKSPACE"), "{why}");
    let (_, why) = desk.fails(&["import", &desk.workspace(), &desk.file("locked.xlsx", locked)]);
    assert!(why.contains("password"), "{why}");
}

/// A workbook with a note, two tables alike, and one that has only its headings.
fn tabs(desk: &Desk) -> Vec<u8> {
    let head: &[&str] = &["Course", "Recipient", "Provider", "From", "To", "Participants", "Women"];
    let file = workbook(
        desk,
        "tabs.xlsx",
        vec![
            sheet("Read me", &[&["How to fill: one line a course. Do not change the headings."]]),
            sheet(
                "Army",
                &[head, &["Made-up leadership", "Made-up Army", "Made-up Donor", "2024-02-01", "2024-02-09", "30", "2"]],
            ),
            sheet(
                "Police",
                &[head, &["Made-up forensics", "Made-up Police", "Made-up Donor", "2024-05-06", "2024-05-10", "12", "6"]],
            ),
        ],
    );
    std::fs::read(file).unwrap()
}

#[test]
fn the_sheets_of_a_workbook_are_gone_through_one_by_one() {
    let desk = Desk::new();
    let server = serve(&desk);
    let page = uploaded(&server, "tabs.xlsx", &tabs(&desk));
    assert_eq!(
        (said(&page, "tab").as_str(), said(&page, "r.0.kind").as_str()),
        ("Army", "training"),
        "the likeliest comes first"
    );
    let next = press(&server, "/sheets/map", &page, "leave", &[]);
    assert_eq!(said(&next, "tab"), "Police", "{next}");
    let page = press(&server, "/sheets/map", &next, "see", &[("f.0.recipient.missing", "add")]);
    let page = press(&server, "/sheets/try", &page, "", &[]);
    assert!(page.contains("Import the sheet “Army” of this file"), "{page}");

    std::fs::remove_dir_all(desk.path("w/mappings")).unwrap();
    let file = desk.path("tabs.xlsx").display().to_string();
    desk.ok(&["import", &desk.workspace(), &file, "--propose"]);
    desk.ok(&["import", &desk.workspace(), &file]);
    let courses = rows(&desk, "select distinct course, quantity from training_statement order by 1");
    assert_eq!(courses, ["Made-up forensics|12", "Made-up leadership|30"]);
}

#[test]
fn the_sheets_of_a_workbook_come_in_with_one_pass() {
    let desk = Desk::new();
    let server = serve(&desk);
    let page = uploaded(&server, "tabs.xlsx", &tabs(&desk));
    assert!(page.contains("name=\"beside\" value=\"Police\" checked"), "{page}");
    let mut page = press(&server, "/sheets/map", &page, "see", &[]);
    assert!(page.contains("Army 2") && page.contains("Police 2"), "each row with its sheet: {page}");
    if page.contains("action=\"/sheets/names\"") {
        page = press(&server, "/sheets/names", &page, "add-all", &[]);
    }
    let page = press(&server, "/sheets/try", &page, "", &[]);
    assert!(!page.contains("Import the sheet “Police”"), "{page}");
    let courses = rows(&desk, "select distinct course, quantity from training_statement order by 1");
    assert_eq!(courses, ["Made-up forensics|12", "Made-up leadership|30"]);
}

#[test]
fn counts_are_no_shares_and_a_date_is_what_its_heading_says() {
    let desk = Desk::new();
    let server = serve(&desk);
    let page = uploaded(&server, "parts.csv", "Corps;Effectif;% femmes;dont femmes\nPolice;12450;9,7 %;1205\n".as_bytes());
    assert_eq!([said(&page, "f.0.women.column"), said(&page, "f.0.total.column")], ["dont femmes", "Effectif"], "{page}");
    let csv =
        "Назва заходу,Отримувач,Донор,Дата проведення,Кількість учасників\nЛідерство,Поліція,Вигаданий донор,12.03.2024,25\n";
    let page = uploaded(&server, "заходи.csv", csv.as_bytes());
    let fields = ["r.0.kind", "f.0.course.column", "f.0.starts.column", "f.0.source_date.column"].map(|f| said(&page, f));
    assert_eq!(fields, ["training", "Назва заходу", "Дата проведення", ""], "{page}");
    let csv = "Unit,Sector,Strength\nMade-up Battalion 1,Sector North,120\nMade-up Battalion 2,Sector South,110\n";
    let page = uploaded(&server, "strength.csv", csv.as_bytes());
    assert_eq!([said(&page, "r.0.kind"), said(&page, "f.0.function.column")], ["strength", ""], "{page}");
}

#[test]
fn a_code_that_is_none_is_told_with_names() {
    let desk = Desk::new();
    let file = desk.file("recommendation.csv", "record,text,status\nr,Made-up text,perhaps\n");
    let outcome = crate::ways::import(&desk, &file);
    assert!(outcome["findings"][0]["reason"].as_str().unwrap().contains("0 Not initiated, 1 Minimal"), "{outcome}");
}

#[test]
fn where_one_answers_what_is_asked_is_told() {
    let desk = Desk::new();
    let server = serve(&desk);
    let page = uploaded(&server, "asked.csv", b"Project title,Donor,Country,Start\nA,Made-up Donor,Somalia,31.12.24\n");
    let page = press(&server, "/sheets/map", &page, "see", &[]);
    assert!(page.contains("To answer what a line asks, change the columns"), "{page}");
}

#[test]
fn years_of_two_digits_are_chosen() {
    let desk = Desk::new();
    let server = serve(&desk);
    let page = uploaded(
        &server,
        "projects.csv",
        b"Project title,Donor,Country,Start\nA,Made-up Donor,Somalia,31.12.24\nB,Made-up Donor,Somalia,01/02/25\n",
    );
    let formats = "%d.%m.%y|%d/%m/%y|%d-%m-%y";
    assert!(page.contains(&format!("value=\"{formats}\"")), "{page}");
    let page = press(&server, "/sheets/map", &page, "see", &[("f.0.starts.format", formats), ("f.0.supporter.missing", "add")]);
    press(&server, "/sheets/try", &page, "", &[]);
    assert_eq!(rows(&desk, "select title, starts from project order by 1"), ["A|2024-12-31", "B|2025-02-01"]);
    let page = uploaded(&server, "months.csv", b"Project title,Donor,Country,Begin date\nC,Made-up Donor,Somalia,Jan-24\n");
    let page = press(
        &server,
        "/sheets/map",
        &page,
        "see",
        &[
            ("f.0.starts.column", "Begin date"),
            ("f.0.starts.long", "yes"),
            ("f.0.starts.format", "%b-%y|%B-%y|%b %y|%B %y"),
            ("f.0.supporter.missing", "add"),
        ],
    );
    press(&server, "/sheets/try", &page, "", &[]);
    assert_eq!(rows(&desk, "select starts from project where title = 'C'"), ["2024-01"]);
}

#[test]
fn of_several_records_of_a_name_one_is_chosen() {
    let desk = Desk::new();
    desk.import(
        "actor.csv",
        "record,name,country\nso/mod,Made-up Ministry of Defence,SO\nke/mod,Made-up Ministry of Defence,KE\nso/police,Made-up Police Force,SO\n",
    );
    let server = serve(&desk);
    let csv = "Course,Recipient,Donor,Participants\nX,Made-up Ministry of Defence,Made-up Donor,10\nY,Made-up Police,Made-up Donor,11\n";
    let page = uploaded(&server, "courses.csv", csv.as_bytes());
    let page = press(&server, "/sheets/map", &page, "see", &[]);
    for choice in ["is:so/mod", "is:ke/mod", "is:Made-up Police Force"] {
        assert!(page.contains(&format!("value=\"{choice}\"")), "{choice}: {page}");
    }
    let names = form(&page, "/sheets/names");
    let at = |name: &str| names.iter().find(|(n, v)| n.starts_with("name.") && v == name).unwrap().0.replace("name.", "as.");
    let (ministry, police) = (at("Made-up Ministry of Defence"), at("Made-up Police"));
    let page =
        press(&server, "/sheets/names", &page, "decide", &[(&ministry, "is:ke/mod"), (&police, "is:Made-up Police Force")]);
    press(&server, "/sheets/try", &page, "", &[]);
    assert_eq!(rows(&desk, "select course, recipient from training_statement order by 1"), ["X|ke/mod", "Y|so/police"]);
}

/// A sheet of Remit's own form keeps no decision on a name: it is mended itself, and who mends it is told what may be meant.
#[test]
fn a_sheet_without_a_mapping_is_told_what_may_be_meant_by_a_name() {
    let desk = Desk::new();
    desk.import(
        "actor.csv",
        "record,name,country\nso/guard,Made-up Coast Guard,SO\nso/mod,Made-up Ministry,SO\nke/mod,Made-up Ministry,KE\n",
    );
    let csv = "record,relation,subject,object\nr,part_of,Made-up Coast Gaurd,so/mod\ns,part_of,Made-up Nobody,Made-up Ministry\n";
    let file = desk.file("relation.csv", csv);
    let dry = desk.ok(&["import", &desk.workspace(), &file, "--dry-run"]);
    assert!(dry.contains("“Made-up Coast Gaurd” (row 2); is it “Made-up Coast Guard”?"), "{dry}");
    let server = serve(&desk);
    let page = uploaded(&server, "relation.csv", csv.as_bytes());
    for said in [
        "Is it “Made-up Coast Guard”? Write it so in the sheet.",
        "Several are called so. Write in the sheet which one is meant:",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(page.contains("ke/mod") && !page.contains("made up coast guard"), "{page}");
}

#[test]
fn a_unit_that_is_numbered_in_words_or_shortened_is_offered_and_not_taken() {
    let desk = Desk::new();
    desk.import("actor.csv", "record,name\nthree,Made-up 3 Battalion\nthirteen,Made-up 13 Battalion\narmy,Made-up Army\n");
    let names = ["Made-up 3 Bn", "Made-up Third Battalion", "Made-up 3rd Battalion", "Made-up 13th Bn", "Made-up 4 Bn"];
    let rows: String = names.iter().enumerate().map(|(n, name)| format!("r{n},part_of,{name},army\n")).collect();
    let file = desk.file("relation.csv", format!("record,relation,subject,object\n{rows}"));
    let dry = desk.ok(&["import", &desk.workspace(), &file, "--dry-run"]);
    for (row, name, like) in [(2, names[0], "3"), (3, names[1], "3"), (4, names[2], "3"), (5, names[3], "13")] {
        let said = format!("“{name}” (row {row}); is it “Made-up {like} Battalion”?");
        assert!(dry.contains(&said), "{said}: {dry}");
    }
    assert!(dry.contains("“Made-up 4 Bn” (row 6)\n"), "there is no such number: {dry}");
    desk.ok(&["import", &desk.workspace(), &file]);
    assert_eq!(desk.value("select count(*) from relation"), 0);
}

#[test]
fn years_with_words_are_no_other_field_and_no_time_is_dropped() {
    let desk = Desk::new();
    let server = serve(&desk);
    let page = uploaded(&server, "budget.csv", b"Institution,2022,2023,2024 (forecast)\nMade-up Police,100,110,120\n");
    let used: Vec<String> =
        form(&page, "/sheets/map").into_iter().filter(|(n, _)| n.ends_with(".column")).map(|(_, v)| v).collect();
    assert!(used.contains(&"Year".to_owned()) && !used.contains(&"2024 (forecast)".to_owned()), "{used:?}");
    let page = uploaded(&server, "ar.csv", "المؤسسة,٢٠٢٢,٢٠٢٣\nالشرطة الوهمية,١٠٠,١١٠\n".as_bytes());
    assert_eq!(said(&page, "f.0.year.column"), "Year", "{page}");
    let page = uploaded(&server, "fiscal.csv", b"Institution,FY2022/23,FY2023/24\nMade-up Police,100,110\n");
    assert_eq!([said(&page, "r.0.kind"), said(&page, "f.0.year.column")], ["budget_line", "Fiscal year"], "{page}");
    let page = refused(&server, &page, &[("f.0.year.column", "")]);
    assert!(page.contains("Choose the field for the column “Fiscal year”"), "{page}");
}

#[test]
fn paragraphs_that_are_joined_are_told_and_a_cell_is_quoted_as_it_is_written() {
    let desk = Desk::new();
    let note = format!("{}\n\n{}", "Made-up first paragraph. ".repeat(4), "Made-up second paragraph. ".repeat(4));
    let ranks = format!(
        "Rank,Institution,Year,Men,Note\nCaptain,Made-up Army,2024,8,\"{note}\"\nMajor,Made-up Army,2024,12,\"{note}\"\n"
    );
    let items = "Item,Recipient,Quantity,Delivery date\nRadio,Made-up Army,\"8,5\",2024-05-01\n";
    for (name, csv) in [("ranks.csv", ranks.as_str()), ("items.csv", items)] {
        let file = desk.file(name, csv);
        desk.ok(&["import", &desk.workspace(), &file, "--propose"]);
        desk.ok(&["import", &desk.workspace(), &file, "--add-names"]);
    }
    let joined = rows(&desk, "select element, line from problem where rule = 'likely' and value like 'Made-up first%'");
    assert_eq!(joined, ["E (Note)|2"], "once for a column");
    assert_eq!(rows(&desk, "select element, value from problem where rule = 'value'"), ["C (Quantity)|8,5"]);
}

#[test]
fn a_cell_below_a_year_that_says_nothing_is_told_where_it_stands() {
    let desk = Desk::new();
    let file = desk.file("budget.csv", "Institution,2022,2023\nMade-up Police,100,n/a\nMade-up Army,300,400\n");
    desk.ok(&["import", &desk.workspace(), &file, "--propose"]);
    desk.ok(&["import", &desk.workspace(), &file, "--add-names"]);
    assert_eq!(rows(&desk, "select line, element, value from problem"), ["2|C (2023)|n/a"]);
}

/// Who is paid in several years is one project with one sum, in the field that the title above the table names.
#[test]
fn amounts_below_years_are_added_up_where_a_record_has_no_year() {
    let desk = Desk::new();
    let server = serve(&desk);
    let csv = "Made-up: payments per year\nProject,Donor,Recipient,Currency,2023,2024,2025\n\
               Made-up police project,Made-up Donor,Made-up Police,EUR,10000,20000.5,30000\n\
               Made-up prison project,Made-up Donor,Made-up Prisons,EUR,500,n/a,700\n\
               Made-up court project,Made-up Donor,Made-up Court,EUR,1,about two,3\n\
               Made-up army project,Made-up Donor,Made-up Army,EUR,,,\n";
    let page = uploaded(&server, "years.csv", csv.as_bytes());
    assert_eq!([said(&page, "f.0.spent.column"), said(&page, "f.0.committed.column")], ["Value", ""], "{page}");
    let add = [("f.0.supporter.missing", "add"), ("f.0.recipient.missing", "add")];
    let page = press(&server, "/sheets/map", &page, "see", &add);
    press(&server, "/sheets/try", &page, "", &[]);
    let sql = "select title, coalesce(committed, 'none'), coalesce(spent, 'none') from project_statement order by title";
    let expected = [
        "Made-up army project|none|none",
        "Made-up court project|none|none",
        "Made-up police project|none|60000.5",
        "Made-up prison project|none|1200",
    ];
    assert_eq!(rows(&desk, sql), expected);
    let told = rows(&desk, "select line, element, value, rule from problem order by line, element");
    for part in ["4|", "F (2024)|n/a|", "5|", "F (2024)|about two|value", "E (2023)|1 + about two + 3|value"] {
        assert!(told.iter().any(|line| line.contains(part)), "{part}: {told:?}");
    }
}

#[test]
fn the_day_that_stands_above_a_table_is_its_day() {
    let desk = Desk::new();
    let server = serve(&desk);
    for (year, strength) in [("2024", "500"), ("2025", "450")] {
        let csv = format!("Strength return as of 31/12/{year}\nUnit,Strength\nMade-up Battalion,{strength}\n");
        let page = uploaded(&server, &format!("strength {year}.csv"), csv.as_bytes());
        assert_eq!(said(&page, "f.0.day.value"), format!("{year}-12-31"), "{page}");
        let page = press(&server, "/sheets/map", &page, "see", &[("f.0.institution.missing", "add")]);
        press(&server, "/sheets/try", &page, "", &[]);
    }
    let all = rows(&desk, "select day, total from strength_statement order by 1");
    assert_eq!(all, ["2024-12-31|500", "2025-12-31|450"]);
}

#[test]
fn a_page_with_a_table_is_read_and_offered_as_a_table() {
    let desk = Desk::new();
    let server = serve(&desk);
    let html = "<!DOCTYPE html><html><body><p>Made-up report.</p><table><tr><th>Recommendation</th><th>Addressee</th><th>Status</th></tr>\
        <tr><td>Made-up vetting of officers</td><td>Made-up Ministry</td><td>Implemented</td></tr>\
        <tr><td>Made-up training of judges</td><td>Made-up Court</td><td>Not implemented</td></tr></table></body></html>";
    let page = uploaded(&server, "report.html", html.as_bytes());
    assert!(page.contains("report.html: passages and proposals"), "{page}");
    let way = page.split("href=\"").find(|a| a.starts_with("/document?")).expect("a way to the document");
    let document = server.get(&way.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&"));
    assert!(document.0 == 200 && document.2.contains("Made-up report."), "{}", document.2);
    let way = page.split("href=\"").find(|a| a.starts_with("/sheets/map")).expect("a way to the table");
    let page = server.get(&way.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&")).2;
    assert_eq!(said(&page, "r.0.kind"), "recommendation", "{page}");
    drop(server);
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let row = |cells: [&str; 3]| format!("<w:tr>{}</w:tr>", cells.map(cell).concat());
    let table =
        [["Recommendation", "Addressee", "Status"], ["Made-up vetting", "Made-up Ministry", "Implemented"]].map(row).concat();
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(
        &mut archive,
        format!("<w:document><w:body><w:tbl>{table}</w:tbl></w:body></w:document>").as_bytes(),
    )
    .unwrap();
    let file = desk.file("report.docx", archive.finish().unwrap().into_inner());
    assert!(desk.fails(&["import", &desk.workspace(), &file]).1.contains("remit read WORKSPACE"));
    desk.ok(&["import", &desk.workspace(), &file, "--propose"]);
    desk.ok(&["import", &desk.workspace(), &file]);
    assert_eq!(rows(&desk, "select text, status from recommendation"), ["Made-up vetting|3"]);
}

/// What an office sends packed together is listed however much it is: an address has no room for it.
#[test]
fn an_archive_of_many_files_is_listed_and_what_is_left_of_it_is_told() {
    let desk = Desk::new();
    let server = serve(&desk);
    let table = "record,name,class,source\n,Made-up First,police,Made-up list\n";
    let others: Vec<String> = (0..122).map(|n| format!("made-up-{n}.bin")).collect();
    let tables = [("one.csv", table), ("two.csv", table)];
    let files: Vec<(&str, &str)> = tables.into_iter().chain(others.iter().map(|name| (name.as_str(), "x"))).collect();
    let page = uploaded(&server, "all.zip", &crate::door::archive(&files));
    for text in [
        "one.csv</a>",
        "two.csv</a>",
        "made-up-97.bin cannot be read",
        "all.zip/made-up-117.bin could not",
        "all.zip: 4 more files",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert!(!page.contains("all.zip/made-up-118.bin"), "{page}");
}

#[test]
fn cells_that_say_something_by_their_colour_only_are_listed() {
    let desk = Desk::new();
    let mut sheet = sheet("actor", &[&["record", "name", "note"], &["a", "Made-up A"], &["b", "Made-up B"], &["c", "Made-up C"]]);
    for (row, colour) in [(1, Color::Red), (2, Color::Green), (3, Color::Red)] {
        sheet.write_blank(row, 2, &Format::new().set_background_color(colour)).unwrap();
    }
    let file = workbook(&desk, "bodies.xlsx", vec![sheet]);
    desk.file("bodies.toml", "[[record]]\nkind = \"actor\"\n[record.fields]\nname = { column = \"name\" }\n");
    let outcome = crate::ways::import(&desk, &file);
    assert_eq!(crate::ways::told(&outcome), ["2 C marked", "3 C marked"], "{outcome}");
    assert!(outcome["findings"][0]["reason"].as_str().unwrap().contains("cells of 2 rows have the colour"), "{outcome}");
}

#[test]
fn who_holds_a_post_begins_and_ends_as_its_columns_say_in_every_language() {
    for (begins, ends) in [
        ("start", "end"),
        ("Start date", "End date"),
        ("Date de début", "Date de fin"),
        ("تاريخ البدء", "تاريخ الانتهاء"),
        ("fecha de inicio", "fecha de fin"),
        ("початок", "завершення"),
        ("početak", "kraj"),
    ] {
        let desk = Desk::new();
        let sheet = format!(
            "Person,Unit,Position,{begins},{ends}\nMade-up Person,Made-up Brigade,Commander,2020-01-01,2021-06-30\n\
             Made-up Other,Made-up Brigade,Deputy,2021-07-01,2022-06-30\n"
        );
        let file = desk.file("posts.csv", sheet);
        desk.ok(&["import", &desk.workspace(), &file, "--propose"]);
        let proposed = std::fs::read_to_string(desk.path("posts.toml")).unwrap();
        let told = |field: &str, column: &str| proposed.contains(&format!("[record.fields.{field}]\ncolumn = \"{column}\""));
        assert!(proposed.contains("kind = \"posting\""), "{begins}: {proposed}");
        assert!(told("valid_from", begins) && told("valid_to", ends), "{begins}: {proposed}");
        // Who is called a commander by the title of the post has that role.
        assert!(told("post", "Position") && told("role", "Position"), "{proposed}");
    }
}

/// Where an answer sends the browser on to.
fn onward(head: &str) -> Option<&str> {
    head.lines().find_map(|line| line.strip_prefix("location: ")).map(str::trim)
}

/// Begins bringing in a large file of projects; gives the page that shows how far it is.
fn begun(server: &Server, name: &str) -> String {
    let long = "made-up words of a long note ".repeat(50);
    let line = |n: usize| format!("{name} {n},Made-up Fund,Somalia,{long}\n");
    let csv: String = std::iter::once("Project title,Donor,Country,Note\n".to_owned()).chain((0..1_800).map(line)).collect();
    let page = uploaded(server, &format!("{name}.csv"), csv.as_bytes());
    let page = previewed(server, &page, &[("f.0.supporter.missing", "add")]);
    let fields = form(&page, "/sheets/try");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let (status, head, body) = server.post("/sheets/try", &fields);
    onward(&head).unwrap_or_else(|| panic!("{status}: {body}")).to_owned()
}

/// The preview of a large file, when it is ready.
fn previewed(server: &Server, page: &str, changed: &[(&str, &str)]) -> String {
    let mut page = press(server, "/sheets/map", page, "see", changed);
    while page.contains("Preparing the preview") {
        assert!(page.contains("name=\"preview\" value=\"yes\""), "it can be stopped: {page}");
        let told = page.split_once("role=\"status\"").map_or("", |(_, rest)| rest);
        let again = told.split("href=\"").find_map(|rest| rest.split('"').next().filter(|way| way.starts_with("/sheets/try?")));
        let again = again.unwrap_or_else(|| panic!("{page}")).replace("&amp;", "&").replace("&#38;", "&");
        let (_, head, body) = server.get(&again);
        assert!(head.to_lowercase().contains("refresh: 2") == body.contains("Preparing the preview"), "{head}");
        page = body;
    }
    page
}

/// The page that an import ends with: where it leads to, and what stands on the last page that shows it.
fn ended(server: &Server, underway: &str) -> (Option<String>, String) {
    loop {
        let (_, head, body) = server.get(underway);
        let is_running = body.contains("action=\"/sheets/underway\"");
        if !is_running {
            return (onward(&head).map(str::to_owned), body);
        }
        assert!(head.to_lowercase().contains("refresh: 2"), "the page looks again by itself: {head}");
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
}

#[test]
fn a_large_import_shows_how_far_it_is_and_can_be_stopped() {
    let desk = Desk::new();
    let server = serve(&desk);
    let underway = begun(&server, "made-up support");
    assert!(underway.starts_with("/sheets/underway?"), "{underway}");
    let (done, page) = ended(&server, &underway);
    let page = server.get(&done.unwrap_or_else(|| panic!("{page}"))).2;
    assert!(page.contains("made-up support.csv"), "{page}");
    assert_eq!(desk.value("select count(*) from project"), 1_800);
    assert_eq!(server.get(&underway).0, 404, "its end is told once");

    let underway = begun(&server, "made-up other support");
    let page = server.get(&underway).2;
    let page = press(&server, "/sheets/underway", &page, "", &[]);
    let is_running = page.contains("action=\"/sheets/underway\"");
    let page = if is_running { ended(&server, &underway).1 } else { page };
    assert!(page.contains("the import was stopped. Nothing was recorded"), "{page}");
    assert!(page.contains("href=\"/sheets/try?"), "it can be begun again: {page}");
    assert_eq!(desk.value("select count(*) from project"), 1_800);
}

#[test]
fn a_preview_that_takes_long_is_waited_for_and_follows_what_is_decided() {
    let desk = Desk::new();
    let server = serve(&desk);
    let long = "made-up words of a long note ".repeat(50);
    let line = |n: usize| format!("Made-up project {n},Made-up Fund {n},Somalia,{long}\n");
    let csv: String = std::iter::once("Project title,Donor,Country,Note\n".to_owned()).chain((0..1_800).map(line)).collect();
    let page = uploaded(&server, "many.csv", csv.as_bytes());
    let page = previewed(&server, &page, &[]);
    assert!(page.contains("<dt>Unknown names</dt>"), "{page}");
    assert_eq!(desk.value("select count(*) from project"), 0, "nothing is recorded");
    // With another decision it is another preview.
    let page = uploaded(&server, "many.csv", csv.as_bytes());
    let page = previewed(&server, &page, &[("f.0.supporter.missing", "add")]);
    assert!(page.contains("<dt>Unknown names</dt><dd>0</dd>"), "{page}");
}

#[test]
fn the_preview_of_several_sheets_says_each_name_once_and_counts_records() {
    let desk = Desk::new();
    let server = serve(&desk);
    let head: &[&str] = &["Course", "Recipient", "Provider", "From", "To", "Participants", "Seen by"];
    let row = |course: &'static str| [course, "Made-up Army", "Made-up Donor", "2024-02-01", "2024-02-09", "30", "somebody"];
    let (first, second) = (row("Made-up leadership"), row("Made-up forensics"));
    let file = workbook(&desk, "tabs.xlsx", vec![sheet("North", &[head, &first]), sheet("South", &[head, &second])]);
    let page = uploaded(&server, "tabs.xlsx", &std::fs::read(&file).unwrap());
    let page = press(&server, "/sheets/map", &page, "see", &[]);
    for count in ["<dt>Records with something new</dt><dd>2</dd>", "<dt>New statements</dt><dd>2</dd>"] {
        assert!(page.contains(count), "{count}: {page}");
    }
    assert!(page.contains("North: G (Seen by)") && page.contains("South: G (Seen by)"), "each with its sheet: {page}");
    for name in ["Made-up Army", "Made-up Donor"] {
        assert_eq!(page.matches(&format!("value=\"{name}\"")).count(), 1, "a name that both have is decided once: {page}");
    }
    assert!(page.contains("<dt>Unknown names</dt><dd>2</dd>"), "{page}");
}

#[test]
fn identifiers_below_a_heading_that_names_their_scheme_are_of_it() {
    let desk = Desk::new();
    let sheet = "Name,Class,Country,Wikidata ID\nMade-up Police,police,SO,Q12345\nMade-up Army,military,SO,isni | 0000 0001\n";
    let file = desk.file("bodies.csv", sheet);
    desk.ok(&["import", &desk.workspace(), &file, "--propose"]);
    desk.ok(&["import", &desk.workspace(), &file]);
    let known = "select group_concat(scheme || ' ' || identifier, '; ') from (select * from actor_identifier order by scheme)";
    assert_eq!(desk.value(known), serde_json::json!("isni 0000 0001; wikidata Q12345"));
}

#[test]
fn a_preview_names_what_is_imported_above_the_clearance_without_its_values() {
    let desk = Desk::new();
    let workspace = desk.workspace();
    let server = Server::start(std::path::Path::new(&workspace), &["--author", "Made-up Adviser", "--clearance", "public"]);
    let page = uploaded(&server, "bodies.csv", b"Name,Class,Telephone\nMade-up Unit,Police,+252 61 0000000\n");
    let page = press(&server, "/sheets/map", &page, "see", &[]);
    assert!(page.contains("not shown to you here: Telephone."), "{page}");
    assert!(!page.contains("0000000"), "{page}");
}
