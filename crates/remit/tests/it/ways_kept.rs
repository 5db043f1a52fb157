//! Ways in: what people write into sheets that no program would. Nothing of it is lost or guessed. Everything is made up.

use crate::desk::Desk;
use crate::ways::{import, rows, sheet, told, workbook};
use rust_xlsxwriter::{Format, Worksheet};
use serde_json::Value;

/// Trainings by these columns.
const TRAININGS: &str = r#"[[record]]
kind = "training"
[record.fields]
course = { column = "Course" }
recipient_unit = { column = "Recipient" }
supporter = { column = "Donor" }
quantity = { column = "People" }
"#;

const STRENGTHS: &str = r#"[[record]]
kind = "strength"
[record.fields]
institution = { column = "Unit", missing = "add" }
total = { column = "Strength" }
"#;

/// Brings in a table by a mapping.
fn mapped(desk: &Desk, name: &str, table: impl AsRef<[u8]>, mapping: &str) -> Value {
    let file = desk.file(name, table);
    desk.file(&format!("{}.toml", name.split('.').next().unwrap()), mapping);
    import(desk, &file)
}

/// Rows that are none of the table: row and why.
fn passed(outcome: &Value) -> Vec<String> {
    let all = outcome["passed"].as_array().unwrap();
    all.iter().map(|p| format!("{} {}", p["row"], p["why"].as_str().unwrap())).collect()
}

/// What was left out of columns, with its reason.
fn left(outcome: &Value) -> Vec<String> {
    let all = outcome["left"].as_array().unwrap();
    all.iter().map(|f| format!("{} {}", f["column"].as_str().unwrap(), f["reason"].as_str().unwrap())).collect()
}

#[test]
fn two_rows_that_nothing_tells_apart_are_two_records_and_told() {
    let desk = Desk::new();
    let sheet = "Course,Recipient,Donor,People,Venue\nHuman rights,Police,Made-up Aid,25,Baidoa\nHuman rights,Police,Made-up Aid,30,Kismayo\n\
        Human rights,Police,Made-up Aid,25,Baidoa\n";
    let mapping = format!("{TRAININGS}location = {{ column = \"Venue\" }}\n");
    let outcome = mapped(&desk, "courses.csv", sheet, &mapping);
    assert_eq!(rows(&desk, "select location, quantity from training order by 1"), ["Baidoa|25", "Kismayo|30"]);
    assert_eq!((told(&outcome), &outcome["repeated"]), (vec!["3 E (Venue) likely".to_owned()], &1.into()));
    let again = import(&desk, &desk.path("courses.csv").display().to_string());
    assert_eq!((&again["added"], &again["changed"], &again["unchanged"]), (&0.into(), &0.into(), &2.into()), "{again}");
}

#[test]
fn names_that_differ_in_signs_only_are_told() {
    let desk = Desk::new();
    let mapping =
        "[[record]]\nkind = \"actor\"\n[record.fields]\nname = { column = \"Name\" }\nacronym = { column = \"Acronym\" }\n";
    let sheet = "Name,Acronym\nUnit A,UA\nUNIT A,UA\nUnit A+,UA\n1/2 Battalion,\n1-2 Battalion,\n";
    let outcome = mapped(&desk, "units.csv", sheet, mapping);
    assert_eq!(told(&outcome), ["4 A (Name) differs", "6 A (Name) differs"]);
}

#[test]
fn an_amount_that_is_merged_over_rows_is_counted_once() {
    let desk = Desk::new();
    let heads = &["Course", "Recipient", "Donor", "People"];
    let mut table = sheet("Sheet", &[heads, &["A", "Police", "", ""], &["B", "Police", "", ""]]);
    table.merge_range(1, 2, 2, 2, "Made-up Aid", &Format::new()).unwrap();
    table.merge_range(1, 3, 2, 3, "20", &Format::new()).unwrap();
    let file = workbook(&desk, "merged.xlsx", vec![table]);
    desk.file("merged.toml", TRAININGS);
    let outcome = import(&desk, &file);
    assert_eq!(
        rows(&desk, "select course, supporter, quantity from training order by 1"),
        ["A|Made-up Aid|20", "B|Made-up Aid|-"]
    );
    assert_eq!(told(&outcome), ["3 D (People) likely"]);
}

#[test]
fn an_amount_beside_several_answers_is_counted_once() {
    let desk = Desk::new();
    let sheet = "Course,Recipient,Donor,People\nA,Police,Made-up Aid; Made-up Fund,20\n";
    let outcome = mapped(&desk, "split.csv", sheet, &format!("[split]\nDonor = \";\"\n{TRAININGS}"));
    assert_eq!(rows(&desk, "select supporter, quantity from training order by 1"), ["Made-up Aid|20", "Made-up Fund|-"]);
    assert_eq!(told(&outcome), ["2 D (People) likely"]);
}

#[test]
fn what_is_struck_out_of_a_cell_is_not_read_with_the_rest() {
    let desk = Desk::new();
    let struck = Format::new().set_font_strikethrough();
    let mut table = Worksheet::new();
    for (at, head) in ["Course", "Recipient", "Donor", "People"].iter().enumerate() {
        table.write_string(0, at as u16, *head).unwrap();
        table.write_string(1, at as u16, "Made-up").unwrap();
    }
    table.write_rich_string(1, 0, &[(&struck, "Old name "), (&Format::default(), "R&D")]).unwrap();
    table.write_rich_string(1, 3, &[(&struck, "450"), (&Format::default(), "500")]).unwrap();
    let file = workbook(&desk, "struck.xlsx", vec![table]);
    desk.file("struck.toml", TRAININGS);
    let outcome = import(&desk, &file);
    assert_eq!(rows(&desk, "select course, quantity from training"), ["R&D|500"]);
    assert_eq!(told(&outcome), ["2 A marked", "2 D marked"]);
    assert!(outcome["findings"][1]["reason"].as_str().unwrap().starts_with("“450” is struck out"), "{outcome}");
}

#[test]
fn what_a_workbook_of_1997_shows_of_its_cells_is_told_as_well() {
    let desk = Desk::new();
    let outcome = mapped(&desk, "struck.xls", include_bytes!("fixtures/struck.xls"), TRAININGS);
    assert_eq!(rows(&desk, "select course, quantity from training order by 1"), ["Hidden|8", "R&D|500", "Struck|7"]);
    assert_eq!(told(&outcome), ["2 A marked", "2 D marked", "3  marked", "4  marked"], "{outcome}");
    assert!(outcome["findings"][2]["reason"].as_str().unwrap().starts_with("the row is struck out"), "{outcome}");
}

#[test]
fn a_sign_of_several_currencies_is_told_once_a_column() {
    let desk = Desk::new();
    let mapping = format!("{TRAININGS}cost = {{ column = \"Cost\" }}\n");
    let sheet = "Course,Recipient,Donor,People,Cost\nA,Police,Made-up Aid,20,$ 100\nB,Police,Made-up Aid,30,$ 200\n";
    let outcome = mapped(&desk, "dollars.csv", sheet, &mapping);
    assert_eq!(rows(&desk, "select cost from training order by 1"), ["100", "200"]);
    assert_eq!(told(&outcome), ["2  ask"], "{outcome}");
    // A heading says which, where it may be that.
    let sheet = "Course,Recipient,Donor,People,Cost (USD)\nC,Police,Made-up Aid,20,$ 300\nD,Police,Made-up Aid,30,£ 400\n";
    let outcome = mapped(&desk, "headed.csv", sheet, &mapping.replace("\"Cost\"", "\"Cost (USD)\""));
    let costs = rows(&desk, "select course, cost, currency from training where course in ('C', 'D') order by 1");
    assert_eq!(
        (costs, told(&outcome)),
        (vec!["C|300|USD".to_owned(), "D|400|-".to_owned()], vec!["3  ask".to_owned()]),
        "{outcome}"
    );
}

#[test]
fn a_line_that_ends_within_a_name_loses_no_row() {
    let desk = Desk::new();
    let sheet = "Course,Recipient,Donor,People\n\"Human\nrights\",\"1st\nPolice\",Made-up Aid,20\n";
    let outcome = mapped(&desk, "lines.csv", sheet, TRAININGS);
    assert_eq!(rows(&desk, "select course, recipient_unit, quantity from training"), ["Human rights|1st Police|20"]);
    assert_eq!(told(&outcome), [""; 0]);
    // Two donors in two lines are not one.
    let mapping = "[[record]]\nkind = \"project\"\n[record.fields]\ntitle = { column = \"Title\" }\nsupporter = { column = \"Donor\", missing = \"add\" }\n";
    let outcome = mapped(&desk, "donors.csv", "Title,Donor\nA,\"Made-up Land\nOther Land\"\n", mapping);
    assert_eq!(
        (told(&outcome), desk.value("select count(*) from actor")),
        (vec!["2 B (Donor) ask".to_owned()], serde_json::json!(0))
    );
}

#[test]
fn a_quotation_mark_that_nothing_closes_swallows_no_row() {
    let desk = Desk::new();
    let sheet = "Course;Recipient;Donor;People\nB;Police;Made-up Aid;20\n\"C;Police;Made-up Aid;30\nD;Police;Made-up Aid;40\n";
    let outcome = mapped(&desk, "quote.csv", sheet, TRAININGS);
    assert_eq!(rows(&desk, "select course, quantity from training order by 1"), ["B|20", "C|30", "D|40"]);
    assert_eq!(told(&outcome), ["3 A (Course) cell"]);
}

#[test]
fn rows_without_anything_below_the_years_are_told() {
    let desk = Desk::new();
    let sheet = "Item,Institution,2022,2023\nI. Personnel,,,\npay,Police,100,110\ncapital,Police,,\nNote: excludes arrears,,,\n";
    let mapping = "[each]\ncolumns = [\"2022\", \"2023\"]\nheading = \"Year\"\ncell = \"Value\"\n[[record]]\nkind = \"budget_line\"\n\
        [record.fields]\ninstitution = { column = \"Institution\", missing = \"add\" }\nyear = { column = \"Year\" }\napproved = { column = \"Value\" }\n";
    let outcome = mapped(&desk, "years.csv", sheet, mapping);
    assert_eq!(rows(&desk, "select year, approved from budget_line order by 1"), ["2022|100", "2023|110"]);
    let mut all = passed(&outcome);
    all.sort();
    assert_eq!(all, ["2 empty", "4 empty", "5 note"]);
}

#[test]
fn figures_of_nobody_are_left_out_and_told() {
    let desk = Desk::new();
    let mapping =
        "[[record]]\nkind = \"strength\"\n[record.fields]\nyear = { column = \"Year\" }\nwomen = { column = \"Women\" }\n";
    let outcome = mapped(&desk, "women.csv", "Year,Women\n2023,14\n2024,22\n", mapping);
    assert_eq!(told(&outcome), ["2  identifier", "3  identifier"]);
    let outcome =
        mapped(&desk, "whose.csv", "Year,Women\n2023,14\n", &format!("{mapping}service = {{ value = \"Made-up Police\" }}\n"));
    assert_eq!(told(&outcome), [""; 0]);
    assert_eq!(rows(&desk, "select service, women from strength"), ["Made-up Police|14"]);
}

#[test]
fn nothing_below_a_year_makes_no_record_of_it() {
    let desk = Desk::new();
    let mapping = "[each]\ncolumns = [\"2022\", \"2023\"]\nheading = \"Year\"\ncell = \"Value\"\n[[record]]\nkind = \"budget_line\"\n\
        [record.fields]\ninstitution = { column = \"Institution\", missing = \"add\" }\nyear = { column = \"Year\" }\napproved = { column = \"Value\" }\n";
    let outcome = mapped(&desk, "years.csv", "Institution,2022,2023\nPolice,100,n/a\n", mapping);
    assert_eq!(rows(&desk, "select year, approved from budget_line"), ["2022|100"]);
    assert!(left(&outcome).iter().any(|l| l.contains("says “n/a”; it counts as empty")), "{outcome}");
}

#[test]
fn a_column_without_a_heading_is_no_other_column() {
    let desk = Desk::new();
    let sheet = "Unit,F,x,y,z,\nMade-up Unit,5,p,q,r,a note\n";
    let mapping = format!("{STRENGTHS}women = {{ column = \"F\" }}\n").replace("total = { column = \"Strength\" }\n", "");
    let outcome = mapped(&desk, "heads.csv", sheet, &mapping);
    assert_eq!(rows(&desk, "select women from strength"), ["5"]);
    assert!(outcome["unused"].as_array().unwrap().contains(&"F (F (2))".into()), "{outcome}");
}

/// A sheet of LibreOffice with a comment, a hidden row, a struck-out cell, merged cells, and a formula without a result.
fn open_document(desk: &Desk) -> String {
    let cell = |text: &str| format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>");
    let row = |course: &str, last: &str| {
        format!("<table:table-row>{}{}{last}</table:table-row>", cell(course), ["Police", "Made-up Aid"].map(cell).concat())
    };
    let number = |more: &str, n: u32| {
        format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{n}\"{more}><office:annotation><text:p>really 18</text:p></office:annotation><text:p>{n}</text:p></table:table-cell>"
        )
    };
    let plain = |more: &str, n: u32| {
        format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{n}\"{more}><text:p>{n}</text:p></table:table-cell>"
        )
    };
    let rows = [
        format!("<table:table-row>{}</table:table-row>", ["Course", "Recipient", "Donor", "People"].map(cell).concat()),
        row("A", &number("", 20)),
        row("B", &plain("", 30)).replace("<table:table-row>", "<table:table-row table:visibility=\"collapse\">"),
        row("C", &plain(" table:style-name=\"st\"", 40)),
        row("D", "<table:table-cell table:formula=\"of:=SUM([.D2:.D3])\"/>"),
        row("E", &plain(" table:number-rows-spanned=\"2\"", 50)),
        row("F", "<table:covered-table-cell/>"),
    ];
    let names =
        ["office", "text", "table", "style"].map(|n| format!(" xmlns:{n}=\"urn:oasis:names:tc:opendocument:xmlns:{n}:1.0\""));
    let content = format!(
        "<office:document-content{}><office:automatic-styles><style:style style:name=\"st\" style:family=\"table-cell\">\
        <style:text-properties style:text-line-through-style=\"solid\"/></style:style></office:automatic-styles><office:body>\
        <office:spreadsheet><table:table table:name=\"One\">{}</table:table></office:spreadsheet></office:body></office:document-content>",
        names.concat(),
        rows.concat()
    );
    let mimetype = "application/vnd.oasis.opendocument.spreadsheet";
    let manifest = "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    let parts = [("mimetype", mimetype), ("META-INF/manifest.xml", manifest), ("content.xml", &content)];
    desk.file("open.ods", crate::door::archive(&parts))
}

#[test]
fn a_sheet_of_libre_office_is_seen_as_one_of_excel_is() {
    let desk = Desk::new();
    let file = open_document(&desk);
    desk.file("open.toml", TRAININGS);
    let outcome = import(&desk, &file);
    assert_eq!(rows(&desk, "select course, quantity from training order by 1"), ["A|20", "B|30", "C|40", "D|-", "E|50", "F|-"]);
    let mut all = told(&outcome);
    all.sort();
    assert_eq!(all, ["2 D marked", "3  marked", "4 D marked", "5 D (People) cell", "7 D (People) likely"]);
}

#[test]
fn people_are_whole_and_never_less_than_nothing() {
    let desk = Desk::new();
    let sheet = "Unit;Strength;Women\nMade-up A;1.045;12\nMade-up B;\"2,300\";7\nMade-up C;(50);70\nMade-up D;10;12\n";
    let outcome = mapped(&desk, "people.csv", sheet, &format!("{STRENGTHS}women = {{ column = \"Women\" }}\n"));
    assert_eq!(
        rows(&desk, "select institution_name, total, women from strength order by 1"),
        ["Made-up A|1045|12", "Made-up B|2300|7", "Made-up C|-|70", "Made-up D|10|12"]
    );
    assert_eq!(told(&outcome), ["4 B (Strength) value", "5 B (Strength) parts"]);
}

#[test]
fn a_number_that_its_column_does_not_prove_is_asked() {
    let desk = Desk::new();
    let mapping =
        "[[record]]\nkind = \"project\"\n[record.fields]\ntitle = { column = \"Title\" }\ncommitted = { column = \"Budget\" }\n";
    let outcome = mapped(&desk, "money.csv", "Title;Budget\nA;1,234.50\nB;3.000\n", mapping);
    assert_eq!(rows(&desk, "select title, committed from project order by 1"), ["A|1234.5", "B|-"]);
    assert_eq!(told(&outcome), ["3 B (Budget) ask"]);
}

#[test]
fn what_says_that_there_is_nothing_is_nobody() {
    let desk = Desk::new();
    let mapping = "[[record]]\nkind = \"equipment\"\n[record.fields]\nrecipient = { column = \"To\", missing = \"add\" }\nitem = { column = \"Item\" }\n\
        quantity = { column = \"Number\" }\nsupporter = { column = \"By\", missing = \"add\" }\n";
    let sheet = "To,Item,Number,By\nPolice,Radio,10,-\nPolice,Boat,n/a,TBC\nPolice,Van,1,Unknown\nPolice,Jeep,2,N.D.\nPolice,Tent,3,—\nPolice,Cot,4,Made-up Aid\n";
    let outcome = mapped(&desk, "kit.csv", sheet, mapping);
    assert_eq!(rows(&desk, "select name from actor order by 1"), ["Made-up Aid", "Police"]);
    assert_eq!(told(&outcome), [""; 0]);
    assert!(left(&outcome).contains(&"D (By) a cell of this column says “TBC”; it counts as empty".to_owned()), "{outcome}");
}

#[test]
fn a_sign_for_the_same_is_never_a_name() {
    let desk = Desk::new();
    let signs = ["\"\"\"\"", "—//—", "-//-", "=", "^", "same as above", "те саме", "то же", "نفسه", "ídem", "voir ci-dessus"];
    let lines: String = signs.iter().enumerate().map(|(n, sign)| format!("B{n},Police,{sign},{n}\n")).collect();
    let sheet = format!("Course,Recipient,Donor,People\nZ,Police,idem,1\nA,Police,Made-up Aid,1\n{lines}");
    let outcome = mapped(&desk, "same.csv", sheet, TRAININGS);
    assert_eq!(rows(&desk, "select distinct coalesce(supporter, '?') from training order by 1"), ["?", "Made-up Aid"]);
    assert_eq!(told(&outcome), ["2 C (Donor) cell"]);
}

#[test]
fn sums_sections_and_remarks_are_no_rows_of_the_table() {
    let desk = Desk::new();
    let sheet = "Unit,Strength\nSector North,\nMade-up Battalion,5\nSubtotal North,5\nSous-total Nord,5\nTotal 2022,5\nEnsemble,5\n\
        Разом за рік,5\nالمجموع الفرعي,5\nالإجمالي العام,5\nGran total,5\nOverall,5\nT O T A L,5\nPrepared by: Capt X,\n\
        Page 1 of 3,\n* provisional figures,\n(1) without recruits,\nConfidential,\nUnit,Strength\nTotally Made-up Guard,7\n";
    let outcome = mapped(&desk, "sums.csv", sheet, STRENGTHS);
    assert_eq!(rows(&desk, "select name from actor order by 1"), ["Made-up Battalion", "Totally Made-up Guard"]);
    assert_eq!(passed(&outcome).len(), 17, "{outcome}");
    // In a sheet that Remit wrote too.
    let outcome = import(&desk, &desk.file("training.csv", "record,course,quantity\n,A,5\n,TOTAL,5\n,Source: made up,\n"));
    assert_eq!(rows(&desk, "select course from training"), ["A"]);
    assert_eq!(passed(&outcome), ["3 total", "4 note"]);
}

#[test]
fn only_a_mark_that_means_yes_makes_a_record() {
    let desk = Desk::new();
    let sheet = "Institution,Police,Army,Intelligence\nParliament,X,-,?\nAudit office,✓,No,0\n";
    let mapping = "[each]\ncolumns = [\"Police\", \"Army\", \"Intelligence\"]\nheading = \"Service\"\ncell = \"Value\"\n[[record]]\nkind = \"relation\"\n\
        [record.fields]\nsubject = { column = \"Institution\", missing = \"add\" }\nrelation = { value = \"oversees\" }\nobject = { column = \"Service\", missing = \"add\" }\n";
    let outcome = mapped(&desk, "matrix.csv", sheet, mapping);
    assert_eq!(
        rows(&desk, "select subject_name, object_name from relation_statement order by 1"),
        ["Audit office|Police", "Parliament|Police"]
    );
    assert_eq!(told(&outcome), ["2 D (Intelligence) boolean"]);
    assert!(left(&outcome).iter().any(|l| l.contains("“No”")), "{outcome}");
}

#[test]
fn another_table_below_the_first_is_none_of_its_rows() {
    let desk = Desk::new();
    let sheet = "Name,Type,Country\nMade-up Police,police,Somalia\n,,\nCourse,Recipient,Date\nBasic,Made-up Police,2024-05-01\n";
    let mapping = "[[record]]\nkind = \"actor\"\n[record.fields]\nname = { column = \"Name\" }\ncountry = { column = \"Country\" }\nclass = { column = \"Type\" }\n";
    let outcome = mapped(&desk, "two.csv", sheet, mapping);
    assert_eq!(rows(&desk, "select name from actor"), ["Made-up Police"]);
    assert_eq!(passed(&outcome), ["4 table", "5 table"]);
}

#[test]
fn what_amounts_are_of_is_read_where_it_stands() {
    let desk = Desk::new();
    let mapping = |column: &str| {
        format!(
            "[[record]]\nkind = \"project\"\n[record.fields]\ntitle = {{ column = \"Title\" }}\ncommitted = {{ column = \"{column}\" }}\n"
        )
    };
    let said = |desk: &Desk| rows(desk, "select title, committed, currency from project order by 1");
    mapped(&desk, "heading.csv", "Title,Budget (USD thousand)\nA,250\nB,1.5 m\n", &mapping("Budget (USD thousand)"));
    assert_eq!(said(&desk), ["A|250000|USD", "B|1500000|USD"]);
    let desk = Desk::new();
    let outcome = mapped(&desk, "title.csv", "Police (in thousands of EUR),\nTitle,Budget\nA,250\n", &mapping("Budget"));
    assert_eq!((said(&desk), told(&outcome)), (vec!["A|250000|EUR".to_owned()], vec!["1  likely".to_owned()]));
    // And in the formats of cells.
    let desk = Desk::new();
    let mut table = sheet("One", &[&["Title", "Budget"], &["A"], &["B"], &["C"], &["D"]]);
    for (row, number, format) in
        [(1, 1000.0, "[$€-407]#,##0.00"), (2, 2.5, "0.0\"m\""), (3, 3000.0, "#,##0,\"k\""), (4, 7.5, "0.00")]
    {
        table.write_number_with_format(row, 1, number, &Format::new().set_num_format(format)).unwrap();
    }
    let file = workbook(&desk, "formats.xlsx", vec![table]);
    desk.file("formats.toml", mapping("Budget"));
    import(&desk, &file);
    assert_eq!(said(&desk), ["A|1000|EUR", "B|2500000|-", "C|3000|-", "D|7.5|-"]);
}

#[test]
fn what_was_mended_in_a_file_of_another_name_is_no_problem_any_longer() {
    let desk = Desk::new();
    let mapping = desk.file(
        "projects.toml",
        "[[record]]\nkind = \"project\"\n[record.fields]\ntitle = { column = \"Title\" }\ncommitted = { column = \"Budget\" }\n",
    );
    let bring = |name: &str, rows: &str| {
        let file = desk.file(name, format!("Title,Budget\n{rows}"));
        desk.ok(&["import", &desk.workspace(), &file, "--mapping", &mapping]);
    };
    let listed = || desk.ok(&["problems", &desk.workspace()]);
    bring("projects.csv", "Made-up A,100\nMade-up B,many\n");
    bring("others.csv", "Made-up C,few\n");
    // A part of it leaves open what stands in the rest.
    bring("a part.csv", "Made-up B,300\n");
    assert!(listed().contains("projects.csv:3") && listed().contains("others.csv:2"), "{}", listed());
    bring("projects corrected.csv", "Made-up A,100\nMade-up B,200\n");
    assert!(!listed().contains("projects.csv:3"), "{}", listed());
    assert!(listed().contains("others.csv:2"), "another file of the mapping has its own: {}", listed());
}

#[test]
fn words_that_mean_a_code_are_read_in_a_template_too() {
    let desk = Desk::new();
    let projects =
        "record,title,status\na,Projet inventé A,En cours\nb,Projet inventé B,Clôturé\nc,Made-up C,2\nd,Made-up D,En retard\n";
    let outcome = import(&desk, &desk.file("project.csv", projects));
    let all = rows(&desk, "select title, status from project order by record");
    assert_eq!(all, ["Projet inventé A|2", "Projet inventé B|4", "Made-up C|2", "Made-up D|-"]);
    assert_eq!(told(&outcome), ["5 C (status) value"], "what says no status is still told: {outcome}");
    import(&desk, &desk.file("recommendation.csv", "record,text,status\nr,Made-up text,Partially implemented\n"));
    assert_eq!(rows(&desk, "select status from recommendation"), ["2"]);
}

#[test]
fn a_confidential_sheet_hides_no_problem_of_a_public_one() {
    let desk = Desk::new();
    let workspace = desk.workspace();
    let actors: &[&[&str]] = &[&["record", "name", "class"], &["a", "Made-up Army", "made-up sort"]];
    let held = ["p", "Made-up Person", "strictly_confidential"];
    let persons: &[&[&str]] = &[&["record", "name", "marking"], &held, &["q", "Made-up Other", "no marking"]];
    import(&desk, &workbook(&desk, "tabs.xlsx", vec![sheet("actor", actors), sheet("person", persons)]));
    let public = desk.ok(&["problems", &workspace]);
    assert!(public.contains("actor C (class)") && public.contains("made-up sort"), "what stands there is told: {public}");
    assert!(!public.contains("person"), "{public}");
    let all = desk.ok(&["problems", &workspace, "--clearance", "strictly_confidential"]);
    assert!(all.contains("made-up sort") && all.contains("person C (marking)") && !all.contains("no marking"), "{all}");
    // Mended, nothing of what was wrong is listed any longer, of either.
    let persons: &[&[&str]] = &[&["record", "name", "note", "made"], &["p", "Made-up Person", "", "up"]];
    let actors: &[&[&str]] = &[&["record", "name", "class"], &["a", "Made-up Army", "military"]];
    import(&desk, &workbook(&desk, "tabs.xlsx", vec![sheet("actor", actors), sheet("person", persons)]));
    let left = desk.ok(&["problems", &workspace, "--clearance", "strictly_confidential"]);
    assert!(!left.contains("class") && !left.contains("marking") && left.contains("person D (made)"), "{left}");
}

#[test]
fn a_sheet_of_deliveries_says_to_whom_and_when_it_is_looked_at_again() {
    let desk = Desk::new();
    let proposed = |name: &str, rows: &str| {
        let sheet = desk.file(&format!("{name}.csv"), rows);
        desk.ok(&["import", &desk.workspace(), &sheet, "--propose"]);
        std::fs::read_to_string(desk.path(&format!("{name}.toml"))).expect("a mapping")
    };
    let rows = "Received by,Donor,Item,Qty,Delivered,Condition,Last inspection,Next check\n\
        Made-up Company,Made-up Donor,Radio,10,2023-01-25,serviceable,2024-03-15,2025-03-15\n";
    let mapping = proposed("deliveries", rows);
    for (field, column) in [("recipient", "Received by"), ("inspected", "Last inspection"), ("next_control", "Next check")] {
        assert!(mapping.contains(&format!("[record.fields.{field}]\ncolumn = \"{column}\"")), "{mapping}");
    }
    let rows = "Course,Unit trained,Where,From,To\nMade-up course,Made-up Company,Made-up Town,2023-01-25,2023-01-30\n";
    let mapping = proposed("courses", rows);
    assert!(mapping.contains("[record.fields.location]\ncolumn = \"Where\""), "{mapping}");
}
