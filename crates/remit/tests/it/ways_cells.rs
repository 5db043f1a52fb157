//! Ways in: what cells of a workbook are beside what they say. Everything is made up.

use crate::desk::Desk;
use crate::ways::{import, rows, sheet, told, workbook};
use rust_xlsxwriter::Formula;

/// Trainings by these columns, with a source in one of its own.
const TRAININGS: &str = r#"[[record]]
kind = "training"
[record.fields]
course = { column = "Course" }
recipient_unit = { column = "Recipient" }
supporter = { column = "Donor" }
source = { column = "Source" }
"#;

/// Projects of one donor with their pages.
const PAGES: &str = r#"[[record]]
kind = "project"
[record.fields]
title = { column = "Project" }
supporter = { value = "Made-up Aid", missing = "add" }
link = { column = "Page" }
"#;

#[test]
fn the_address_behind_the_words_of_a_source_is_read_and_any_other_link_is_listed() {
    let desk = Desk::new();
    let mut table = sheet(
        "Sheet",
        &[
            &["Course", "Recipient", "Donor", "Source"],
            &["A", "Police", "Made-up Aid", "Report 1"],
            &["B", "Police", "Made-up Aid", "Report 2"],
            &["C", "Police", "office@example.org", "Report 3"],
            &["D", "Police", "Made-up Aid", "Report 4"],
        ],
    );
    table.write_url_with_text(1, 3, "https://example.org/1?a=1&b=2#p3", "Report 1").unwrap();
    let formula = "=HYPERLINK(\"https://example.org/2?a=1&b=2\",\"Report 2\")";
    table.write_formula(2, 3, Formula::new(formula).set_result("Report 2")).unwrap();
    // Links that lose nothing: the address is shown, or is a place of the workbook.
    table.write_url_with_text(3, 2, "mailto:office@example.org", "office@example.org").unwrap();
    table.write_url_with_text(3, 3, "internal:Sheet!A1", "Report 3").unwrap();
    // Links that nothing is made of, also one to a file, which is never opened.
    table.write_url_with_text(4, 0, "https://example.org/course", "D").unwrap();
    table.write_url_with_text(4, 3, "file:///made-up/report.docx", "Report 4").unwrap();
    let file = workbook(&desk, "links.xlsx", vec![table]);
    desk.file("links.toml", TRAININGS);
    let outcome = import(&desk, &file);
    assert_eq!(
        rows(&desk, "select course, source, url from training_statement order by course"),
        [
            "A|Report 1|https://example.org/1?a=1&b=2#p3",
            "B|Report 2|https://example.org/2?a=1&b=2",
            "C|Report 3|-",
            "D|Report 4|-"
        ]
    );
    assert_eq!(told(&outcome), ["5 A (Course) marked", "5 D (Source) marked"], "{outcome}");
    let reason = outcome["findings"][0]["reason"].as_str().unwrap();
    assert_eq!(reason, "this cell is a link to https://example.org/course; the link was left out");
}

#[test]
fn the_source_of_one_field_has_the_address_behind_its_own_cell() {
    let desk = Desk::new();
    let mut table = sheet("Sheet", &[&["Unit", "Acronym", "Says so"], &["Made-up Unit", "MU", "Gazette"]]);
    table.write_url_with_text(1, 2, "https://example.org/gazette", "Gazette").unwrap();
    let file = workbook(&desk, "units.xlsx", vec![table]);
    let mapping = "[[record]]\nkind = \"actor\"\n[record.fields]\nname = { column = \"Unit\" }\n\
                   acronym = { column = \"Acronym\", source = \"Says so\" }\n";
    desk.file("units.toml", mapping);
    let outcome = import(&desk, &file);
    let all = rows(&desk, "select acronym, source, url from actor_statement where acronym is not null");
    assert_eq!(all, ["MU|Gazette|https://example.org/gazette"], "{outcome}");
    assert!(told(&outcome).is_empty(), "{outcome}");
}

#[test]
fn a_column_of_addresses_that_shows_words_has_the_addresses_behind_them() {
    let desk = Desk::new();
    let mut table =
        sheet("Sheet", &[&["Project", "Page"], &["Made-up A", "here"], &["Made-up B", "www.example.org/b"], &["Made-up C", "x"]]);
    table.write_url_with_text(1, 1, "https://example.org/a", "here").unwrap();
    table.write_url_with_text(2, 1, "http://www.example.org/b", "www.example.org/b").unwrap();
    let file = workbook(&desk, "pages.xlsx", vec![table]);
    desk.file("pages.toml", PAGES);
    let outcome = import(&desk, &file);
    assert_eq!(
        rows(&desk, "select title, link from project order by title"),
        ["Made-up A|https://example.org/a", "Made-up B|http://www.example.org/b", "Made-up C|-"]
    );
    assert_eq!(told(&outcome), ["2 B (Page) likely", "4 B (Page) value"], "{outcome}");
}

#[test]
fn links_of_opendocument_are_read_alike_and_a_script_is_never_an_address() {
    let desk = Desk::new();
    let names =
        ["office", "text", "table"].map(|n| format!(" xmlns:{n}=\"urn:oasis:names:tc:opendocument:xmlns:{n}:1.0\"")).concat();
    let xlink = " xmlns:xlink=\"http://www.w3.org/1999/xlink\"";
    let cell = |text: &str| format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>");
    let link = |address: &str, text: &str| cell(&format!("<text:a xlink:href=\"{address}\">{text}</text:a>"));
    let row = |cells: [String; 2]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let formula = "<table:table-cell table:formula=\"of:=HYPERLINK(&quot;https://example.org/c&quot;;&quot;Page&quot;)\" \
                   office:value-type=\"string\" office:string-value=\"Page\"><text:p>Page</text:p></table:table-cell>";
    let content = format!(
        "<office:document-content{names}{xlink}><office:body><office:spreadsheet><table:table table:name=\"Units\">{}{}{}{}</table:table>\
         </office:spreadsheet></office:body></office:document-content>",
        row([cell("Project"), cell("Page")]),
        row([link("#Units.A1", "Made-up A"), link("https://example.org/a", "Page")]),
        row([cell("Made-up B"), link("javascript:alert(1)", "Page")]),
        row([cell("Made-up C"), formula.to_owned()]),
    );
    let parts = [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>"),
        ("content.xml", content.as_str()),
    ];
    let file = desk.file("pages.ods", crate::door::archive(&parts));
    desk.file("pages.toml", PAGES);
    let outcome = import(&desk, &file);
    assert_eq!(
        rows(&desk, "select title, link from project order by title"),
        ["Made-up A|https://example.org/a", "Made-up B|-", "Made-up C|https://example.org/c"]
    );
    assert_eq!(told(&outcome), ["2 B (Page) likely", "3 B (Page) value", "3 B (Page) marked"], "{outcome}");
}

#[test]
fn an_amount_that_names_its_currency_is_not_taken_for_thousands_without_a_word() {
    let desk = Desk::new();
    let mapping = |budget: &str| {
        "[[record]]\nkind = \"project\"\n[record.fields]\ntitle = { column = \"Project\" }\n\
         supporter = { value = \"Made-up Aid\", missing = \"add\" }\n"
            .to_owned()
            + &format!("committed = {{ column = \"{budget}\" }}\n")
    };
    let headings = ["Budget (Tsd. EUR)", "Budget k€", "Montant, milliers d'euros", "Budget (TEUR)", "Kwota (tys. EUR)"];
    for (n, heading) in headings.into_iter().enumerate() {
        let sheet = format!("Project;{heading}\nA{n};2 500\nB{n};2 500 000 €\nC{n};300\nD{n};1,5 Mio. €\n");
        let file = desk.file(&format!("a{n}.csv"), sheet);
        desk.file(&format!("a{n}.toml"), mapping(heading));
        let outcome = import(&desk, &file);
        assert_eq!(
            rows(&desk, &format!("select committed, currency from project where title like '_{n}' order by title")),
            ["2500000|EUR", "-|-", "300000|EUR", "1500000|EUR"],
            "{heading}: {outcome}"
        );
        assert_eq!(told(&outcome), [format!("3 B ({heading}) ask")]);
    }
    // Where all cells name it, it is how the column is written: that they were read as thousands is told once.
    let file = desk.file("all.csv", "Project;Budget (k€)\nX1;2 500 €\nX2;300 €\n");
    desk.file("all.toml", mapping("Budget (k€)"));
    let outcome = import(&desk, &file);
    assert_eq!(rows(&desk, "select committed from project where title like 'X%' order by title"), ["2500000", "300000"]);
    assert_eq!(told(&outcome), ["2 B (Budget (k€)) likely"]);
    // A word that is thousands in one language and millions in another is asked.
    let file = desk.file("mil.csv", "Project;Budget\nY1;250 mil EUR\nY2;1 EUR\n");
    desk.file("mil.toml", mapping("Budget"));
    let outcome = import(&desk, &file);
    assert_eq!(told(&outcome), ["2 B (Budget) ask"], "{outcome}");
}

#[test]
fn a_row_of_sums_is_known_by_its_word_in_any_column_or_by_its_figure() {
    let desk = Desk::new();
    let sheet = "No;Unit;Item;Pieces;Remark\n1;Police;Radio;10;\n2;Police;Vehicle;5;total\n;Police;Total;15;\n\
        3;Army;Boot;20;\n4;Army;Total station;2;\n;Army;Total army;22;\n5;Guard;Tent;3;\n6;Guard;Tent;4;\n\
        7;;Gesamt;44;\n;;;44;Ukupno\n;;Разом;44;\n;;المجموع;44;\n8;Navy;Sous-total;9;\n";
    let file = desk.file("items.csv", sheet);
    desk.file(
        "items.toml",
        "[[record]]\nkind = \"equipment\"\n[record.fields]\nrecipient = { column = \"Unit\", missing = \"add\" }\n\
         item = { column = \"Item\" }\nquantity = { column = \"Pieces\" }\nserial = { column = \"No\" }\nnote = { column = \"Remark\" }\n",
    );
    let outcome = import(&desk, &file);
    // “Total station” is an item, and what a row of another unit has with no sum is one too.
    assert_eq!(
        rows(&desk, "select item, quantity from equipment order by serial"),
        ["Radio|10", "Vehicle|5", "Boot|20", "Total station|2", "Tent|3", "Tent|4", "Sous-total|9"],
        "{outcome}"
    );
    let passed = outcome["passed"].as_array().unwrap();
    let passed: Vec<String> = passed.iter().map(|p| format!("{} {}", p["row"], p["why"].as_str().unwrap())).collect();
    assert_eq!(passed, ["4 total", "7 total", "10 total", "11 total", "12 total", "13 total"], "{outcome}");
}

#[test]
fn a_word_for_sums_is_a_value_where_its_column_has_it_as_a_code() {
    let desk = Desk::new();
    let file = desk.file("strength.csv", "Unit;Year;Sex;People\nPolice;2024;F;10\nPolice;2024;M;20\nPolice;2024;Total;30\n");
    let mapping = "[[record]]\nkind = \"strength\"\n[record.fields]\ninstitution = { column = \"Unit\", missing = \"add\" }\n\
        year = { column = \"Year\" }\npeople = { column = \"People\" }\n";
    desk.file("strength.toml", format!("{mapping}sex = {{ column = \"Sex\" }}\n"));
    assert_eq!(import(&desk, &file)["passed"].as_array().map(Vec::len), Some(0));
    assert_eq!(desk.sql("select people from strength").len(), 3);
    // Where nothing is made of the column, the row is the sum of those above.
    let other = Desk::new();
    let file = other.file("strength.csv", "Unit;Year;Sex;People\nPolice;2024;F;10\nPolice;2024;M;20\nPolice;2024;Total;30\n");
    other.file("strength.toml", mapping);
    let outcome = import(&other, &file);
    assert_eq!(outcome["passed"][0]["why"], "total", "{outcome}");
}

/// A table that does not say whose its items are.
const ITEMS: &str = "Item;Serial number;Quantity\nRadio;R1;10\nVehicle;V1;5\n";

#[test]
fn whose_a_table_is_stands_above_it() {
    let desk = Desk::new();
    let propose = |name: &str, sheet: &str| {
        let file = desk.file(name, sheet);
        let output = desk.run(&["import", &desk.workspace(), &file, "--propose"]);
        assert!(output.status.success(), "{output:?}");
        (String::from_utf8(output.stderr).unwrap(), file)
    };
    for (n, (title, body)) in [
        ("Inventory of the Made-up Police Force, June 2025", "Made-up Police Force"),
        ("INVENTORY – equipment of the Made-up National Army as of 31/12/2024", "Made-up National Army"),
        ("Inventaire de la Police nationale inventée au 31/12/2024", "Police nationale inventée"),
        ("Equipment handed over to the Ministry of Made-up Affairs by the Made-up Embassy", "Ministry of Made-up Affairs"),
    ]
    .into_iter()
    .enumerate()
    {
        let (said, _) = propose(&format!("a{n}.csv"), &format!("{title};;\n{ITEMS}"));
        assert!(said.contains(&format!("recipient: {body}, in every row")), "{title}: {said}");
    }
    // What is no body, or may be two, is nobody’s name; and a column that says it goes before the title.
    let others = ["Inventory of Police vehicles, June 2025", "Inventory of the Made-up Police and the Made-up Army", "Inventory"];
    for (n, title) in others.into_iter().enumerate() {
        let (said, _) = propose(&format!("b{n}.csv"), &format!("{title};;\n{ITEMS}"));
        assert!(!said.contains("recipient"), "{title}: {said}");
    }
    let title = "Strength of the Made-up Police Force, June 2025";
    let (said, _) = propose("c.csv", &format!("{title};;\nUnit;Women;Men\nMade-up A;1;2\nMade-up B;3;4\n"));
    assert!(said.contains("institution: “Unit”"), "{said}");
    let (said, file) = propose("d.csv", &format!("{title};;\nRank;Women;Men\nColonel;1;10\nMajor;2;20\n"));
    assert!(said.contains("institution: Made-up Police Force, in every row"), "{said}");
    let outcome = desk.json(&["import", &desk.workspace(), &file, "--add-names", "--json"])["sheets"][0].clone();
    let all = rows(&desk, "select institution_name, rank_band, men from strength order by men");
    assert_eq!(all, ["Made-up Police Force|OF-5|10", "Made-up Police Force|OF-3|20"], "{outcome}");
}

#[test]
fn a_link_that_no_program_has_worked_out_is_read_where_all_of_it_stands_in_quotes() {
    let desk = Desk::new();
    let cells: &[&[&str]] = &[&["Course", "Recipient", "Donor", "Source"], &["A", "Police", "Made-up Aid", ""]];
    let mut table = sheet("Sheet", cells);
    table.write_formula(1, 3, "=HYPERLINK(\"https://example.org/1\",\"Report 1\")").unwrap();
    let file = workbook(&desk, "links.xlsx", vec![table]);
    desk.file("links.toml", TRAININGS);
    let outcome = import(&desk, &file);
    assert_eq!(
        rows(&desk, "select course, source, url from training_statement order by course"),
        ["A|Report 1|https://example.org/1"],
        "{outcome}"
    );
}

#[test]
fn a_date_of_one_sheet_proves_the_order_of_day_and_month_in_the_others() {
    let desk = Desk::new();
    let of = |name: &str, date: &str| {
        sheet(name, &[&["Course", "Recipient", "Donor", "Start date"], &[name, "Police", "Made-up Aid", date]])
    };
    let sheets = vec![of("One", "٠٣/٠٤/٢٠٢٥"), of("Two", "25/04/2025"), of("Three", "05/06/2025")];
    let file = workbook(&desk, "courses.xlsx", sheets);
    desk.ok(&["import", &desk.workspace(), &file, "--propose"]);
    desk.ok(&["import", &desk.workspace(), &file, "--add-names", "--author", "made up"]);
    assert_eq!(
        rows(&desk, "select course, starts from training order by course"),
        ["One|2025-04-03", "Three|2025-06-05", "Two|2025-04-25"]
    );
}
