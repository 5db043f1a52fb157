//! Ways in, once more: rosters, donors that pay together, and amounts in francs. Everything in these files is made up.

use crate::desk::Desk;
use crate::ways::{form, import, press, rows, serve, sheet, told, uploaded, workbook};
use rust_xlsxwriter::{Format, FormatAlign};

/// What the form of a page says in a field.
fn said(page: &str, name: &str) -> String {
    form(page, "/sheets/map").into_iter().find(|(n, _)| n == name).map(|(_, v)| v).unwrap_or_default()
}

/// Brings a file in by the pages as they propose it, adding every name.
fn brought_in(desk: &Desk, name: &str, bytes: &[u8]) -> String {
    let server = serve(desk);
    let page = uploaded(&server, name, bytes);
    let mut next = press(&server, "/sheets/map", &page, "see", &[]);
    if next.contains("action=\"/sheets/names\"") {
        next = press(&server, "/sheets/names", &next, "add-all", &[]);
    }
    press(&server, "/sheets/try", &next, "", &[]);
    page
}

const ABOVE: &str = "select subject_name, relation, object_name from relation order by 1";

#[test]
fn a_column_of_parent_units_is_a_hierarchy() {
    let desk = Desk::new();
    let csv = "Unit,Type of unit,Parent unit\nMade-up Headquarters,Headquarters,\nMade-up Division,Division,Made-up Headquarters\n\
        Made-up Brigade,Brigade,Made-up Division\n";
    let page = brought_in(&desk, "roster.csv", csv.as_bytes());
    assert_eq!([said(&page, "r.0.kind"), said(&page, "r.1.kind")], ["actor", "relation"], "{page}");
    assert_eq!(rows(&desk, ABOVE), ["Made-up Brigade|part_of|Made-up Division", "Made-up Division|part_of|Made-up Headquarters"]);
    assert_eq!(desk.value("select count(*) from actor"), 3);

    // The same beside a number of people, in French and on the command line.
    let other = Desk::new();
    let file =
        other.file("effectifs.csv", "Unité;Rattachée à;Effectif\nPolice inventée;;900\nUnité inventée;Police inventée;120\n");
    other.ok(&["import", &other.workspace(), &file, "--propose"]);
    let mapping = std::fs::read_to_string(other.path("effectifs.toml")).unwrap();
    assert!(mapping.contains("kind = \"strength\"") && mapping.contains("kind = \"relation\""), "{mapping}");
    let added = mapping.replace("column = \"Unité\"", "column = \"Unité\"\nmissing = \"add\"");
    other.file("effectifs.toml", added);
    import(&other, &file);
    assert_eq!(rows(&other, ABOVE), ["Unité inventée|part_of|Police inventée"]);
}

#[test]
fn names_that_stand_further_in_belong_to_the_one_above() {
    let units = ["Made-up Police", "Made-up Operations", "Made-up Riot Unit", "Made-up Investigations"];
    let above = [
        "Made-up Investigations|part_of|Made-up Police",
        "Made-up Operations|part_of|Made-up Police",
        "Made-up Riot Unit|part_of|Made-up Operations",
    ];
    let depths = [0, 1, 2, 1];
    let by_spaces = Desk::new();
    let lines = units.iter().zip(depths).map(|(unit, depth)| format!("\"{}{unit}\",unit\n", "   ".repeat(depth)));
    let csv = format!("Unit,Type of unit\n{}", lines.collect::<String>());
    let page = brought_in(&by_spaces, "orbat.csv", csv.as_bytes());
    assert_eq!([said(&page, "outline"), said(&page, "f.1.object.column")], ["Unit", "↑ Unit"], "{page}");
    assert_eq!(rows(&by_spaces, ABOVE), above);
    assert_eq!(desk_names(&by_spaces), 4);

    let by_format = Desk::new();
    let mut table = sheet("Orbat", &[&["Unit", "Type of unit"]]);
    for (row, (unit, depth)) in units.iter().zip(depths).enumerate() {
        let format = Format::new().set_align(FormatAlign::Left).set_indent(depth as u8);
        table.write_string_with_format(row as u32 + 1, 0, *unit, &format).unwrap();
        table.write_string(row as u32 + 1, 1, "unit").unwrap();
    }
    let bytes = std::fs::read(workbook(&by_format, "orbat.xlsx", vec![table])).unwrap();
    brought_in(&by_format, "orbat.xlsx", &bytes);
    assert_eq!(rows(&by_format, ABOVE), above);
}

fn desk_names(desk: &Desk) -> i64 {
    desk.value("select count(*) from actor").as_i64().unwrap()
}

#[test]
fn a_project_that_two_pay_for_has_both() {
    let desk = Desk::new();
    let csv = "Project title,Donor,Implementing partner,Beneficiary,Budget (USD),Country\n\
        Made-up training,Made-up Union; Made-up Agency,Made-up Contractor,Made-up Police; Made-up Customs,500,Somalia\n\
        Made-up prisons,Made-up Agency,Made-up Contractor,Made-up Prisons,70,Somalia\n";
    let page = brought_in(&desk, "matrix.csv", csv.as_bytes());
    assert_eq!([said(&page, "f.0.supporter.split"), said(&page, "f.0.implementer.split")], [";", ""], "{page}");
    assert_eq!(
        rows(&desk, "select title, supporter_name, recipient_name from project order by 1"),
        ["Made-up prisons|Made-up Agency|Made-up Prisons", "Made-up training|Made-up Union|Made-up Police"]
    );
    let others = "select 'pays', target_name from project_other_supporter union select 'receives', target_name from project_other_recipient order by 1";
    assert_eq!(rows(&desk, others), ["pays|Made-up Agency", "receives|Made-up Customs"]);
    assert!(!rows(&desk, "select name from actor").iter().any(|name| name.contains(';')));
    let who = desk.ask("all_support", &["--country", "SO", "--sign", "stated"]);
    let pays = |name: &str| who.iter().filter(|r| r["supporter_name"] == name).count();
    assert_eq!((pays("Made-up Union"), pays("Made-up Agency")), (2, 3));

    // A comma may stand within a name: it separates countries, and what stands alone elsewhere.
    let server = serve(&desk);
    let page = |donors: &str| uploaded(&server, "donors.csv", format!("Project title;Donor;Country\n{donors}").as_bytes());
    let split = |donors: &str| said(&page(donors), "f.0.supporter.split");
    assert_eq!(split("Made-up A;Germany, Norway;Somalia\nMade-up B;Norway;Somalia\n"), ",");
    assert_eq!(split("Made-up A;Німеччина / Норвегія;Somalia\nMade-up B;Germany & Norway;Somalia\n"), "/ &");
    assert_eq!(split("Made-up A;Made-up Fund A / Made-up Fund B;Somalia\nMade-up B;Made-up Fund A;Somalia\n"), "/");
    assert_eq!(split("Made-up A;Made-up A/B Fund;Somalia\nMade-up B;Made-up A;Somalia\n"), "");
    assert_eq!(split("Made-up A;Ministry of Made-up Trade, Industry;Somalia\nMade-up B;Norway;Somalia\n"), "");
}

#[test]
fn a_section_is_no_project() {
    let desk = Desk::new();
    let file = desk.file(
        "projets.csv",
        "Projet;Bailleur;Montant\nAppui inventé;Bailleur inventé;100\nSecteur Justice;;\nProjet inventé;Bailleur inventé;50\n",
    );
    desk.ok(&["import", &desk.workspace(), &file, "--propose"]);
    let outcome = import(&desk, &file);
    assert_eq!(outcome["passed"][0]["text"], "Secteur Justice", "{outcome}");
    assert_eq!(rows(&desk, "select title from project order by 1"), ["Appui inventé", "Projet inventé"]);

    // What is shown across the columns is a heading of any table.
    let mut table = sheet("Units", &[&["Unit", "Type of unit"], &[], &["Made-up Brigade", "brigade"]]);
    table.merge_range(1, 0, 1, 1, "NORTHERN REGION", &Format::new()).unwrap();
    let file = workbook(&desk, "regions.xlsx", vec![table]);
    desk.ok(&["import", &desk.workspace(), &file, "--propose"]);
    let outcome = import(&desk, &file);
    assert_eq!(outcome["passed"][0]["text"], "NORTHERN REGION", "{outcome}");
    assert_eq!(desk.value("select count(*) from actor where name like '%REGION%'"), 0);
}

#[test]
fn amounts_in_francs_are_read_beside_their_code() {
    let desk = Desk::new();
    let file = desk.file(
        "budget.csv",
        "\"Made-up budget, in thousands of XOF\";;\nMinistry;Year;Approved\nMade-up Ministry;2023;1 000 XOF\nMade-up Ministry;2022;7 500 XOF\n",
    );
    desk.file(
        "budget.toml",
        "[[record]]\nkind = \"budget_line\"\n[record.fields]\ninstitution = { column = \"Ministry\", missing = \"add\" }\n\
         year = { column = \"Year\" }\napproved = { column = \"Approved\" }\n",
    );
    let outcome = import(&desk, &file);
    assert!(!told(&outcome).iter().any(|t| t.ends_with("value")), "{outcome}");
    assert_eq!(
        rows(&desk, "select year, approved, currency from budget_line order by 1"),
        ["2022|7500000|XOF", "2023|1000000|XOF"]
    );
}

#[test]
fn several_columns_hold_several_answers() {
    let desk = Desk::new();
    let server = serve(&desk);
    let csv = b"Unit,Tasks,Regions\nMade-up Police,a;b,x/y\nMade-up Army,c,z\n";
    let page = uploaded(&server, "lists.csv", csv);
    let page = press(&server, "/sheets/map", &page, "redraw", &[("split-column.0", "Tasks"), ("split-sign.0", "")]);
    assert_eq!([said(&page, "split-column.0"), said(&page, "split-sign.0")], ["Tasks", ";"], "{page}");
    let page = press(&server, "/sheets/map", &page, "redraw", &[("split-column.1", "Regions"), ("split-sign.1", "/")]);
    let both = ["split-column.0", "split-sign.0", "split-column.1", "split-sign.1"].map(|name| said(&page, name));
    assert_eq!(both, ["Regions", "/", "Tasks", ";"], "{page}");
}

#[test]
fn all_who_were_trained_are_no_cost() {
    let desk = Desk::new();
    let server = serve(&desk);
    let csv = "Curso;Institución;Proveedor;Fecha inicio;Hombres;Mujeres;Total\nCurso inventado;Policía inventada;Proveedor inventado;12.03.2024;20;10;30\n";
    let page = uploaded(&server, "cursos.csv", csv.as_bytes());
    let fields = ["quantity", "cost", "recipient_unit"].map(|f| said(&page, &format!("f.0.{f}.column")));
    assert_eq!(fields, ["Total", "", "Institución"], "{page}");
}

#[test]
fn what_every_record_must_have_is_asked_for_before_all_rows_are_left_out() {
    let desk = Desk::new();
    let server = serve(&desk);
    let page = uploaded(&server, "posts.csv", b"Rank,Post,Unit,From,To\nColonel,Commander,Made-up Brigade,2019,2021\n");
    assert_eq!(said(&page, "r.0.kind"), "posting", "{page}");
    let mut fields = form(&page, "/sheets/map");
    fields.push(("go".into(), "see".into()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let (_, head, page) = server.post("/sheets/map", &fields);
    assert!(
        !head.contains("location: ") && page.contains("choose a column, or a value for all rows, for Person"),
        "{head} {page}"
    );
}

#[test]
fn what_is_struck_out_of_a_cell_of_opendocument_is_not_read_with_the_rest() {
    let desk = Desk::new();
    let names =
        ["office", "text", "table", "style"].map(|n| format!(" xmlns:{n}=\"urn:oasis:names:tc:opendocument:xmlns:{n}:1.0\""));
    let cell = |text: &str| format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>");
    let row =
        |cells: &[&str]| format!("<table:table-row>{}</table:table-row>", cells.iter().map(|c| cell(c)).collect::<String>());
    let content = format!(
        "<office:document-content{}><office:automatic-styles><style:style style:name=\"T1\" style:family=\"text\">\
         <style:text-properties style:text-line-through-style=\"solid\"/></style:style></office:automatic-styles>\
         <office:body><office:spreadsheet><table:table table:name=\"Units\">{}{}</table:table></office:spreadsheet></office:body></office:document-content>",
        names.concat(),
        row(&["Unit", "Type of unit"]),
        row(&["<text:span text:style-name=\"T1\">Old made-up name </text:span>Made-up R&amp;D Unit", "unit"]),
    );
    let parts = [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>"),
        ("content.xml", content.as_str()),
    ];
    let file = desk.file("struck.ods", crate::door::archive(&parts));
    desk.ok(&["import", &desk.workspace(), &file, "--propose"]);
    let outcome = import(&desk, &file);
    assert_eq!(rows(&desk, "select name from actor"), ["Made-up R&D Unit"]);
    assert!(outcome["findings"].to_string().contains("“Old made-up name” is struck out"), "{outcome}");
}

#[test]
fn of_a_table_that_is_too_large_what_the_mapping_uses_comes_in() {
    let desk = Desk::new();
    // More than a million cells, of which two columns are asked for.
    let width = 400;
    let head: Vec<String> = (0..width).map(|n| format!("column {n}")).collect();
    let mut csv = format!("{},Unit,Made-up note\n", head.join(","));
    for row in 0..13_000 {
        csv.push_str(&format!(
            "{row}{},Made-up unit {},{}\n",
            ",".repeat(width - 1),
            row % 5,
            if row == 7 { "seven" } else { "" }
        ));
    }
    let file = desk.file("large.csv", csv);
    desk.file("large.toml", "[[record]]\nkind = \"actor\"\n[record.fields]\nname = { column = \"Unit\" }\n");
    let outcome = import(&desk, &file);
    assert_eq!((outcome["rows"].as_u64(), outcome["added"].as_u64()), (Some(13_000), Some(5)), "{}", outcome["findings"]);
    let left = outcome["left"].as_array().unwrap();
    let note = left.iter().find(|f| f["value"] == "seven").expect("what is left out is told");
    assert_eq!(note["column"], "OL (Made-up note)");
    assert!(note["reason"].as_str().unwrap().contains("the cell in row 9 was left out"), "{note}");
    // What no mapping narrows is refused.
    std::fs::remove_file(desk.path("large.toml")).unwrap();
    assert!(desk.fails(&["import", &desk.workspace(), &file]).1.contains("large.toml"));
}

/// A page of words, each where it is said: from the left and from the top, in points.
fn placed_pdf(words: &[(u32, u32, &str)]) -> Vec<u8> {
    ruled_pdf(words, &[])
}

/// The same with lines, from one place to another.
fn ruled_pdf(words: &[(u32, u32, &str)], lines: &[[u32; 4]]) -> Vec<u8> {
    let words = words.iter().map(|(left, top, word)| format!("BT /F1 10 Tf {left} {} Td ({word}) Tj ET\n", 800 - top));
    let lines = lines.iter().map(|[left, top, right, bottom]| format!("{left} {} m {right} {} l S\n", 800 - top, 800 - bottom));
    let drawn: String = words.chain(lines).collect();
    crate::paper::objects(&[
        "<< /Type /Catalog /Pages 2 0 R >>".into(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".into(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".into(),
        format!("<< /Length {} >>\nstream\n{drawn}\nendstream", drawn.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".into(),
    ])
}

#[test]
fn a_table_in_a_pdf_that_is_drawn_with_lines_has_cells_of_several_lines() {
    let desk = Desk::new();
    let row = |top: u32, cells: [&'static str; 4]| [50, 220, 340, 480].into_iter().zip(cells).map(move |(x, c)| (x, top, c));
    // As a browser prints it: a cell with one line stands in the middle of its row.
    let words: Vec<(u32, u32, &str)> = [(50, 100, "The made-up mission writes about its made-up table of projects.")]
        .into_iter()
        .chain(row(200, ["Project", "Donor", "Beneficiary", "Start"]))
        .chain([(50, 226, "Made-up training of"), (50, 240, "the patrol service")])
        .chain([(220, 233, "Made-up Agency"), (340, 226, "Made-up"), (340, 240, "Police"), (480, 233, "31/12/2024")])
        .chain(row(266, ["Made-up prisons", "Made-up Union", "Made-up Prisons", "01/02/2025"]))
        .collect();
    let across = [185_u32, 210, 250, 275].map(|y| [45, y, 560, y]);
    let down = [45_u32, 215, 335, 475, 560].map(|x| [x, 185, x, 275]);
    let file = desk.file("plan.pdf", ruled_pdf(&words, &[&across[..], &down].concat()));
    desk.ok(&["import", &desk.workspace(), &file, "--propose"]);
    let mapping = std::fs::read_to_string(desk.path("plan.toml")).expect("a mapping");
    assert!(mapping.contains("Beneficiary") && mapping.contains("Project"), "{mapping}");
    let done = desk.json(&["import", &desk.workspace(), &file, "--add-names", "--dry-run", "--json"]);
    assert_eq!(done["sheets"][0]["rows"], 2, "{done}");
    let said = done["sheets"][0]["examples"].to_string();
    assert!(said.contains("Made-up training of the patrol service"), "a cell of two lines is one: {said}");
}

#[test]
fn a_table_in_a_pdf_is_offered_as_a_table() {
    let desk = Desk::new();
    let row = |top: u32, cells: [&'static str; 4]| [50, 220, 340, 480].into_iter().zip(cells).map(move |(x, c)| (x, top, c));
    let words: Vec<(u32, u32, &str)> =
        [(50, 100, "The made-up mission supported the made-up police in its made-up training of officers.")]
            .into_iter()
            .chain(row(200, ["Project", "Donor", "Beneficiary", "Start"]))
            .chain(row(216, ["Made-up training", "Made-up Agency", "Made-up Police", "31/12/2024"]))
            .chain(row(232, ["Made-up prisons", "Made-up Union", "Made-up Prisons", "01/02/2025"]))
            .chain([(50, 330, "More of the made-up report follows below this made-up table of projects.")])
            .collect();
    let server = serve(&desk);
    let page = uploaded(&server, "report.pdf", &placed_pdf(&words));
    let way = page.split("href=\"").find(|a| a.starts_with("/sheets/map")).expect("a way to the table");
    let page = server.get(&way.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&")).2;
    assert_eq!(said(&page, "r.0.kind"), "project", "{page}");
    let page = press(&server, "/sheets/map", &page, "see", &[]);
    let page = press(&server, "/sheets/names", &page, "add-all", &[]);
    press(&server, "/sheets/try", &page, "", &[]);
    assert_eq!(
        rows(&desk, "select title, supporter_name, recipient_name, starts from project order by 1"),
        ["Made-up prisons|Made-up Union|Made-up Prisons|2025-02-01", "Made-up training|Made-up Agency|Made-up Police|2024-12-31"]
    );
}

#[test]
fn levels_in_columns_of_their_own_are_a_hierarchy_of_the_last() {
    let desk = Desk::new();
    let csv = "Ministry,Department,Unit,Staff\nMade-up Ministry,Made-up Police,Made-up Traffic Unit,120\n,,Made-up Forensic Unit,40\n\
        ,Made-up Prisons,Made-up Central Prison,300\n";
    let page = brought_in(&desk, "structure.csv", csv.as_bytes());
    assert_eq!([said(&page, "r.0.kind"), said(&page, "f.0.institution.column")], ["strength", "Unit"], "{page}");
    assert_eq!(
        rows(&desk, "select institution_name, total from strength_statement order by 1"),
        ["Made-up Central Prison|300", "Made-up Forensic Unit|40", "Made-up Traffic Unit|120"]
    );
    assert_eq!(
        rows(&desk, ABOVE),
        [
            "Made-up Central Prison|part_of|Made-up Prisons",
            "Made-up Forensic Unit|part_of|Made-up Police",
            "Made-up Police|part_of|Made-up Ministry",
            "Made-up Prisons|part_of|Made-up Ministry",
            "Made-up Traffic Unit|part_of|Made-up Police"
        ]
    );
}

#[test]
fn amounts_are_in_thousands_where_a_heading_or_title_says_so_among_other_words() {
    let desk = Desk::new();
    let read = |name: &str, csv: &str, heading: &str| {
        let file = desk.file(&format!("{name}.csv"), csv);
        let mapping = format!(
            "[[record]]\nkind = \"project\"\n[record.fields]\ntitle = {{ column = \"Title\" }}\ncommitted = {{ column = \"{heading}\" }}\n"
        );
        desk.file(&format!("{name}.toml"), mapping);
        import(&desk, &file)
    };
    read("heading", "Title;Budget (USD '000)\nMade-up A;250\n", "Budget (USD '000)");
    read("title", "Projets inventés – montants en milliers d’euros sauf mention;\nTitle;Budget\nMade-up B;250\n", "Budget");
    // What is not clear is asked.
    let heading = "Budget in thousands of made-up coins";
    let open = read("open", &format!("Title;{heading}\nMade-up C;250\n"), heading);
    assert_eq!(told(&open), [format!("1 B ({heading}) ask")], "{open}");
    let amounts = rows(&desk, "select title, committed, currency from project order by 1");
    assert_eq!(amounts, ["Made-up A|250000|USD", "Made-up B|250000|EUR", "Made-up C|250|-"]);
}

#[test]
fn a_column_of_currencies_is_that_whatever_it_is_called() {
    let desk = Desk::new();
    let server = serve(&desk);
    let csv = "Date,Donor,Recipient,Items handed over,Qty,Value,C/y\n2024-03-05,Made-up Donor,Made-up Police,Radios,40,52000,EUR\n\
        2024-04-05,Made-up Donor,Made-up Police,Boats,2,70000,US$\n";
    let page = uploaded(&server, "handed over.csv", csv.as_bytes());
    let fields = ["item", "value", "currency"].map(|f| said(&page, &format!("f.0.{f}.column")));
    assert_eq!(fields, ["Items handed over", "Value", "C/y"], "{page}");
    let page = uploaded(&server, "areas.csv", csv.replace("EUR", "ALL").replace("US$", "ALL").as_bytes());
    assert_eq!(said(&page, "f.0.currency.column"), "", "one word alone may be another thing");
}

#[test]
fn a_rank_means_what_it_does_in_the_language_of_its_column() {
    let desk = Desk::new();
    let server = serve(&desk);
    let code = |ranks: &[&str], rank: &str| {
        let lines: String = ranks.iter().enumerate().map(|(n, rank)| format!("Police inventée;2024;{rank};{n}\n")).collect();
        let page = uploaded(&server, "grades.csv", format!("Institution;Année;Grade;Hommes\n{lines}").as_bytes());
        let fields = form(&page, "/sheets/map");
        let at = fields.iter().position(|(n, v)| n.starts_with("a.0.rank_band.") && n.ends_with(".text") && v == rank);
        fields[at.expect(rank) + 1].1.clone()
    };
    let french = ["Capitaine de police", "Major de police", "Brigadier-chef de police", "Brigadier", "Gardien de la paix"];
    let codes = french.map(|rank| code(&french, rank));
    assert_eq!(codes, [""; 5], "a brigadier of police is no general; a rank without a table of bands is asked");
    assert_eq!(code(&["Brigadier", "Captain", "Sergeant"], "Brigadier"), "OF-6");
    let two = ["Gardien de la paix", "Brigadier"];
    let codes = two.map(|rank| code(&two, rank));
    assert_eq!(codes, ["", ""], "a rank that has no code here still says that its column is French");
}

#[test]
fn crosses_are_no_places() {
    let desk = Desk::new();
    let server = serve(&desk);
    let csv = "Activity,Donor,Beneficiary institution,Province North,Start\nMade-up aid,Made-up Donor,Made-up Prisons,x,2023\n\
        Made-up patrols,Made-up Donor,Made-up Police,✓,2024\n";
    let page = uploaded(&server, "4w.csv", csv.as_bytes());
    assert_eq!([said(&page, "r.0.kind"), said(&page, "f.0.place.column")], ["project", ""], "{page}");
    let page =
        uploaded(&server, "places.csv", csv.replace(",x,", ",Made-up North,").replace(",✓,", ",Made-up South,").as_bytes());
    assert_eq!(said(&page, "f.0.place.column"), "Province North", "{page}");
}

#[test]
fn numbers_of_columns_headings_once_more_and_sums_by_other_names_are_no_records() {
    let desk = Desk::new();
    let csv = "Projet;Bailleur;Bénéficiaire;Budget (EUR)\n(1);(2);(3);(4)\nAppui inventé A;Fonds inventé;Police inventée;1 300,-\n\
        Projet (suite);Bailleur;Bénéficiaire;Budget\nAppui inventé B;Fonds inventé;Armée inventée;1200\nS/Total armée;;;1200\n\
        Montant total;;;2500\n";
    let file = desk.file("projets.csv", csv);
    desk.file(
        "projets.toml",
        "[[record]]\nkind = \"project\"\n[record.fields]\ntitle = { column = \"Projet\" }\n\
         supporter = { column = \"Bailleur\", missing = \"add\" }\ncommitted = { column = \"Budget (EUR)\" }\n",
    );
    let outcome = import(&desk, &file);
    assert_eq!(
        rows(&desk, "select title, supporter_name, committed from project order by 1"),
        ["Appui inventé A|Fonds inventé|1300", "Appui inventé B|Fonds inventé|1200"]
    );
    let why: Vec<(u64, &str)> = outcome["passed"].as_array().unwrap().iter().map(why).collect();
    assert_eq!(why, [(2, "columns"), (4, "above"), (6, "total"), (7, "total")], "{outcome}");
    assert_eq!(rows(&desk, "select name from actor"), ["Fonds inventé"]);
}

fn why(passed: &serde_json::Value) -> (u64, &str) {
    (passed["row"].as_u64().unwrap(), passed["why"].as_str().unwrap())
}

#[test]
fn counts_are_in_thousands_where_their_heading_says_so() {
    let desk = Desk::new();
    let file =
        desk.file("effectifs.csv", "Service;Année;Effectif (en milliers)\nPolice inventée;2024;12,5\nArmée inventée;2024;31\n");
    desk.file(
        "effectifs.toml",
        "[[record]]\nkind = \"strength\"\n[record.fields]\nservice = { column = \"Service\" }\nyear = { column = \"Année\" }\n\
         total = { column = \"Effectif (en milliers)\" }\n",
    );
    import(&desk, &file);
    let all = rows(&desk, "select service, total from strength_statement order by 1");
    assert_eq!(all, ["Armée inventée|31000", "Police inventée|12500"]);
}

#[test]
fn where_something_lies_is_no_website() {
    let desk = Desk::new();
    let csv = "الاسم,النوع,الموقع\nالشرطة الوهمية,شرطة,طرابلس\nالسجون الوهمية,سجون,بنغازي\n";
    let page = uploaded(&serve(&desk), "bodies.csv", csv.as_bytes());
    assert_eq!([said(&page, "r.0.kind"), said(&page, "f.0.website.column")], ["actor", ""], "{page}");
}

const TWO_ASSESSORS: &str = "Institution,Assessed by,Assessment date\nMade-up Police,Made-up UN,2024-01-01\n\
    Made-up Police,Made-up EU,2024-02-01\nMade-up Police,Made-up UN; Made-up Fund,2024-03-01\n\
    Made-up Navy,Made-up UN / Made-up EU,2024-04-01\nMade-up Navy,Made-up UN and Made-up EU,2024-05-01\n\
    Made-up Navy,Ministry of Made-up Peace and Security,2024-06-01\n";

fn assessed(split: &str) -> String {
    format!(
        "{split}[[record]]\nkind = \"need\"\n[record.fields]\ncountry = {{ value = \"KE\" }}\n\
         actor = {{ column = \"Institution\", missing = \"add\" }}\nassessor = {{ column = \"Assessed by\", missing = \"add\" }}\n\
         date = {{ column = \"Assessment date\" }}\n"
    )
}

#[test]
fn of_two_names_in_a_cell_no_record_is_made_that_has_both() {
    let desk = Desk::new();
    let file = desk.file("needs.csv", TWO_ASSESSORS);
    desk.file("needs.toml", assessed(""));
    let outcome = import(&desk, &file);
    let asked = [4, 5, 6].map(|row| format!("{row} B (Assessed by) ask"));
    assert_eq!(told(&outcome), asked, "{outcome}");
    let reason = outcome["findings"][0]["reason"].as_str().unwrap();
    assert!(reason.contains("[split] that “;” separates what stands in “Assessed by”"), "{reason}");
    let names = ["Made-up EU", "Made-up Navy", "Made-up Police", "Made-up UN", "Ministry of Made-up Peace and Security"];
    assert_eq!(rows(&desk, "select name from actor order by 1"), names);
    assert_eq!(desk.value("select count(*) from need where assessor is null"), 3, "the rows are there without it");

    // As the reason says.
    let other = Desk::new();
    let file = other.file("needs.csv", TWO_ASSESSORS);
    other.file("needs.toml", assessed("[split]\n\"Assessed by\" = \"; /\"\n"));
    assert_eq!(told(&import(&other, &file)), ["6 B (Assessed by) ask"]);
    let fourth = "select assessor_name from need where date in ('2024-03-01', '2024-04-01') order by date, 1";
    assert_eq!(rows(&other, fourth), ["Made-up Fund", "Made-up UN", "Made-up EU", "Made-up UN"]);
}

#[test]
fn a_word_between_names_is_a_word_when_the_form_comes_back() {
    for (name, csv, donors) in [
        (
            "projekti",
            "Naziv projekta;Donator;Korisnik\nIzmišljena obuka;Izmišljena agencija;Izmišljena policija\nIzmišljena reforma;Izmišljeni fond;Izmišljeni zatvori\n\
             Izmišljena nabavka;Izmišljena agencija i Izmišljeni fond;Izmišljena policija\n",
            ["Izmišljena agencija", "Izmišljeni fond"],
        ),
        (
            "arabic",
            "المشروع;الجهة الداعمة;المستفيد\nمشروع وهمي أ;الصندوق الوهمي;الشرطة الوهمية\nمشروع وهمي ب;الوكالة الوهمية;السجون الوهمية\n\
             مشروع وهمي ج;الصندوق الوهمي والوكالة الوهمية;الشرطة الوهمية\n",
            ["الصندوق الوهمي", "الوكالة الوهمية"],
        ),
    ] {
        let desk = Desk::new();
        brought_in(&desk, &format!("{name}.csv"), csv.as_bytes());
        assert_eq!(rows(&desk, "select distinct supporter_name from project order by 1"), donors);
        assert_eq!(desk.value("select count(*) from actor"), 4, "each institution once, and none of parts of words");
    }
}

#[test]
fn one_known_name_beside_another_is_told() {
    let desk = Desk::new();
    let csv = "Title;Donor\nMade-up A;Made-up UN\nMade-up B;Made-up Fund & Made-up UN\nMade-up C;Made-up Peace & Security\n";
    let file = desk.file("donors.csv", csv);
    let mapping = "[[record]]\nkind = \"project\"\n[record.fields]\ntitle = { column = \"Title\" }\n\
        supporter = { column = \"Donor\", missing = \"add\" }\n";
    desk.file("donors.toml", mapping);
    assert_eq!(told(&import(&desk, &file)), ["3 B (Donor) likely"]);
}

#[test]
fn a_preview_offers_to_divide_several_names_in_a_cell() {
    let desk = Desk::new();
    let server = serve(&desk);
    let page = uploaded(&server, "needs.csv", TWO_ASSESSORS.as_bytes());
    let wanted = [
        ("r.0.kind", "need"),
        ("f.0.country.value", "KE"),
        ("f.0.actor.column", "Institution"),
        ("f.0.assessor.column", "Assessed by"),
        ("f.0.date.column", "Assessment date"),
    ];
    let page = press(&server, "/sheets/map", &page, "redraw", &wanted);
    let page = press(&server, "/sheets/map", &page, "see", &wanted);
    let page = press(&server, "/sheets/names", &page, "add-all", &[]);
    assert!(page.contains("one is asked for") && page.contains("Divide at “;”, one row for each name"), "{page}");
    let mut page = page;
    for _ in 0..8 {
        let go = if page.contains("value=\"add-all\"") { "add-all" } else { "divide" };
        if page.contains("action=\"/sheets/names\"") {
            page = press(&server, "/sheets/names", &page, go, &[]);
        }
    }
    assert!(!page.contains("Divide at"), "{page}");
    press(&server, "/sheets/try", &page, "", &[]);
    assert_eq!(
        rows(&desk, "select name from actor where name like '%;%' or name like '%/%' or name like '% and Made%'"),
        [""; 0]
    );
    assert_eq!(desk.value("select count(*) from need where date in ('2024-03-01', '2024-04-01', '2024-05-01')"), 6);
}

#[test]
fn a_count_below_a_table_is_no_record_and_a_french_sign_is_as_above() {
    let desk = Desk::new();
    let csv = "Mjera;Nadležna institucija;Rok;Status\nIzmišljena mjera A;Izmišljeno ministarstvo;31.12.2025.;U toku\n\
        Izmišljena mjera B;»;30.06.2026.;Nije započeto\nUkupno mjera: 2;;;\n";
    brought_in(&desk, "plan.csv", csv.as_bytes());
    assert_eq!(rows(&desk, "select title from reform order by 1"), ["Izmišljena mjera A", "Izmišljena mjera B"]);
    assert_eq!(rows(&desk, "select name from actor"), ["Izmišljeno ministarstvo"]);
    assert_eq!(rows(&desk, "select value from problem where rule = 'passed'"), ["Ukupno mjera: 2"]);
}

#[test]
fn years_beside_an_indicator_are_what_was_measured() {
    let desk = Desk::new();
    let csv = "Indicateur;Unité;2023;2024\nConfiance inventée dans la police;%;43,5;46\nPart inventée des femmes;%;12,5;14\n";
    let page = brought_in(&desk, "suivi.csv", csv.as_bytes());
    assert_eq!([said(&page, "r.0.kind"), said(&page, "f.0.indicator.column")], ["measurement", "Indicateur"], "{page}");
    let measured = rows(&desk, "select starts, value from measurement order by value");
    assert_eq!(measured, ["2023|12.5", "2024|14", "2023|43.5", "2024|46"]);
}

#[test]
fn the_headings_of_a_matrix_are_its_first_row_whatever_stands_below_them() {
    let desk = Desk::new();
    let server = serve(&desk);
    let csv = "Institution / Partner;Made-up Agency;Made-up Mission;Made-up Office\nMade-up Police;Training, Equipment;Advice;\n\
        Made-up Army;;Training;Monitoring\nMade-up Courts;;;Advice and training\n";
    let page = uploaded(&server, "who.csv", csv.as_bytes());
    assert!(form(&page, "/sheets/map").contains(&("header".to_owned(), "1".to_owned())), "{page}");
    assert_ne!(said(&page, "r.0.kind"), "strength", "without a number it says nothing of strength");
}

#[test]
fn a_sheet_with_one_row_that_is_not_brought_in_is_listed() {
    let desk = Desk::new();
    let units = sheet("Units", &[&["Unit", "Type of unit"], &["Made-up Unit", "unit"]]);
    let bytes = std::fs::read(workbook(&desk, "units.xlsx", vec![units, sheet("Notes", &[&["Made-up note", "more"]])])).unwrap();
    brought_in(&desk, "units.xlsx", &bytes);
    let left = rows(&desk, "select element, reason from problem where element = 'Notes'");
    assert_eq!(left, ["Notes|the mapping is not of this sheet: its one row with 2 cells was left out"]);
}

#[test]
fn who_is_responsible_is_to_whom_it_is_recommended() {
    let desk = Desk::new();
    let server = serve(&desk);
    let csv = "Recommandation;Entité responsable;Échéance\nRecommandation inventée;Police inventée;31/12/2026\n";
    let page = uploaded(&server, "suivi.csv", csv.as_bytes());
    assert_eq!(
        [said(&page, "r.0.kind"), said(&page, "f.0.addressee.column")],
        ["recommendation", "Entité responsable"],
        "{page}"
    );
}

#[test]
fn an_organisation_is_whose_needs_they_are() {
    let desk = Desk::new();
    let server = serve(&desk);
    let page = uploaded(&server, "needs.csv", "organisation,country,needs\nMade-up Police,Mali,radios\n".as_bytes());
    assert_eq!([said(&page, "r.0.kind"), said(&page, "f.0.actor.column")], ["need", "organisation"], "{page}");
}

#[test]
fn another_table_below_a_title_of_its_own_is_none_of_the_table() {
    let desk = Desk::new();
    let table = sheet(
        "Units",
        &[
            &["Unit", "Men", "Women"],
            &["Made-up Unit", "10", "2"],
            &[],
            &["Equipment received"],
            &["Item", "Quantity", "Donor"],
            &["Made-up radios", "20", "Made-up Donor"],
        ],
    );
    let bytes = std::fs::read(workbook(&desk, "units.xlsx", vec![table])).unwrap();
    brought_in(&desk, "units.xlsx", &bytes);
    assert_eq!(rows(&desk, "select name from actor"), ["Made-up Unit"]);
    let apart = rows(&desk, "select line, value from problem where rule = 'passed' order by line");
    assert_eq!(apart, ["4|Equipment received", "5|Item · Quantity · Donor", "6|Made-up radios · 20 · Made-up Donor"]);
}

#[test]
fn other_letters_are_other_headings_and_no_dead_end() {
    let desk = Desk::new();
    let server = serve(&desk);
    // “Unit; type of unit”, “Made-up police; police” in windows-1251.
    let bytes = b"\xCF\xB3\xE4\xF0\xEE\xE7\xE4\xB3\xEB;\xD2\xE8\xEF\n\xC2\xE8\xE3\xE0\xE4\xE0\xED\xE0 \xEF\xEE\xEB\xB3\xF6\xB3\xFF;\xEF\xEE\xEB\xB3\xF6\xB3\xFF\n";
    let page = uploaded(&server, "units.csv", bytes);
    let kind = said(&page, "r.0.kind");
    assert_eq!((said(&page, "encoding").as_str(), kind.as_str()), ("windows-1251", "actor"), "{page}");
    let page = press(&server, "/sheets/map", &page, "see", &[("encoding", "windows-1252")]);
    assert_eq!(said(&page, "encoding"), "windows-1252", "{page}");
    let page = press(&server, "/sheets/map", &page, "see", &[("encoding", "windows-1251")]);
    assert_eq!(said(&page, "f.0.name.column"), "Підрозділ", "{page}");
}

#[test]
fn letters_of_two_bytes_stay_what_they_are_when_the_form_is_sent() {
    let desk = Desk::new();
    let server = serve(&desk);
    let text = "Unit;Type of unit\nMade-up Бригада;brigade\n";
    let bytes: Vec<u8> = [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    let page = uploaded(&server, "units.csv", &bytes);
    assert_eq!(said(&page, "encoding"), "UTF-16BE", "{page}");
    let page = press(&server, "/sheets/map", &page, "see", &[]);
    assert!(page.contains("Made-up Бригада"), "{page}");
}

#[test]
fn amounts_below_the_names_of_donors_are_no_names() {
    let desk = Desk::new();
    let server = serve(&desk);
    let csv = "Province,Made-up Donor A,Made-up Donor B,Total\nMade-up North,120,80,200\nMade-up South,50,,50\n";
    let page = uploaded(&server, "allocation.csv", csv.as_bytes());
    let taken = form(&page, "/sheets/map").into_iter().filter(|(name, _)| name.starts_with("f.0.") && name.ends_with(".column"));
    let taken: Vec<(String, String)> = taken.filter(|(_, column)| column.starts_with("Made-up Donor")).collect();
    assert!(taken.iter().all(|(field, _)| !field.contains("supporter")), "{taken:?}");
}

#[test]
fn a_name_whose_parts_stand_the_other_way_round_is_read_by_the_pages_too() {
    let desk = Desk::new();
    let csv = "Прізвище;Ім'я;Посада;Установа\nВигаданий;Іван;Керівник відділу;Вигадане міністерство\n";
    brought_in(&desk, "people.csv", csv.as_bytes());
    let people = ["sql", &desk.workspace(), "select name from person", "--json", "--clearance", "strictly_confidential"];
    assert_eq!(desk.json(&people)["rows"][0]["name"], "Іван Вигаданий");
}

#[test]
fn what_is_there_to_tell_figures_asks_for_one() {
    let desk = Desk::new();
    let server = serve(&desk);
    let page = uploaded(&server, "strength.csv", "Unit;Men\nMade-up Unit;10\n".as_bytes());
    assert_eq!([said(&page, "r.0.kind"), said(&page, "f.0.men.column")], ["strength", "Men"], "{page}");
    let mut fields = form(&page, "/sheets/map");
    fields.retain(|(name, _)| name != "f.0.men.column" && name != "go");
    fields.push(("go".to_owned(), "see".to_owned()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let (status, _, page) = server.post("/sheets/map", &fields);
    assert!(status == 422 && page.contains("Without it, a row says nothing"), "{status}: {page}");
}

#[test]
fn a_measure_without_a_request_is_one_of_a_plan() {
    let desk = Desk::new();
    let server = serve(&desk);
    for heads in ["Measure;Responsible;Deadline", "Mesure;Responsable;Échéance", "التدبير;الجهة المسؤولة;الموعد"]
    {
        let csv = format!("{heads}\nMade-up code of conduct;Made-up Police;31/12/2025\n");
        let page = uploaded(&server, "plan.csv", csv.as_bytes());
        assert_eq!(said(&page, "r.0.kind"), "reform", "{heads}: {page}");
    }
}
