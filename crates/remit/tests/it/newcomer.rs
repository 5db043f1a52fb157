//! The first sheets of a newcomer on the command line: what is proposed, what is told, and what is left out. Everything is made up.

use crate::desk::{Desk, Server};
use crate::ways::{form, import, press, rows, serve, sheet, told, uploaded, workbook};
use serde_json::{Value, json};

/// Writes a mapping for a file; returns what the command says.
fn proposed(desk: &Desk, file: &str) -> String {
    let output = desk.run(&["import", &desk.workspace(), file, "--propose"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stderr).unwrap()
}

/// Brings a file in as it is proposed, with a record for every name.
fn brought_in(desk: &Desk, file: &str) -> Value {
    proposed(desk, file);
    let arguments = ["import", &desk.workspace(), file, "--add-names", "--json", "--author", "made up"];
    desk.json(&arguments)["sheets"][0].clone()
}

#[test]
fn what_is_left_or_asked_for_is_not_what_was_committed() {
    for heading in
        ["Remaining budget", "Amount requested", "Monthly cost", "Montant restant", "Monto pendiente", "المبلغ المتبقي"]
    {
        let desk = Desk::new();
        let row = "Made-up project,Made-up Donor,Made-up Police,1000,USD";
        let file = desk.file("projects.csv", format!("Project,Donor,Recipient,{heading},Currency\n{row}\n"));
        assert!(proposed(&desk, &file).contains(&format!("not used: “{heading}”")), "{heading}");
        let file = desk.file("more.csv", format!("Project,Donor,Recipient,{heading},Budget\n{row}\n").replace("USD", "2000"));
        assert!(proposed(&desk, &file).contains("committed: “Budget”"), "{heading}");
    }
}

#[test]
fn what_came_goes_before_what_was_planned() {
    let dates = "2024-01-01,2024-02-01,2025-01-01,2025-06-01";
    let sheets: [(&str, &str, &[&str]); 7] = [
        ("Planned start,Actual start,Planned end,Actual end", dates, &["starts: “Actual start”", "ends: “Actual end”"]),
        ("Début prévu,Début effectif,Fin prévue,Fin effective", dates, &["starts: “Début effectif”", "ends: “Fin effective”"]),
        ("Original end date,Extended to", "2024-12-31,2025-12-31", &["ends: “Extended to”"]),
        ("Approved budget,Revised budget,Currency", "1000,2000,USD", &["committed: “Revised budget”"]),
        ("Disbursed this year,Disbursed to date,Currency", "1000,2000,USD", &["spent: “Disbursed to date”"]),
        ("Spent in 2024,Spent total,Currency", "1000,2000,USD", &["spent: “Spent total”"]),
        ("Commitments,Disbursements,Currency", "1000,200,USD", &["committed: “Commitments”", "spent: “Disbursements”"]),
    ];
    for (headings, values, expected) in sheets {
        let desk = Desk::new();
        let row = format!("Made-up project,Made-up Donor,Made-up Police,{values}");
        let file = desk.file("projects.csv", format!("Project,Donor,Recipient,{headings}\n{row}\n"));
        let told = proposed(&desk, &file);
        assert!(expected.iter().all(|line| told.contains(line)), "{headings}: {told}");
        let has_end = ["end", "Extended", "Fin"].iter().any(|word| headings.contains(word));
        assert_eq!(told.contains("  ends: "), has_end, "a sum to date is no end: {headings}: {told}");
    }
}

#[test]
fn what_was_delivered_goes_before_what_was_ordered() {
    for (headings, delivered) in [
        ("Quantity ordered,Quantity delivered", "Quantity delivered"),
        ("Qty planned,Qty received", "Qty received"),
        ("Quantité commandée,Quantité livrée", "Quantité livrée"),
    ] {
        let desk = Desk::new();
        let row = "Made-up radios,Made-up Donor,Made-up Police,100,80,2025-05-01";
        let file = desk.file("kit.csv", format!("Item,Donor,Recipient,{headings},Date handed over\n{row}\n"));
        let told = proposed(&desk, &file);
        assert!(told.contains(&format!("quantity: “{delivered}”")), "{headings}: {told}");
    }
    let desk = Desk::new();
    let file = desk.file(
        "kit.csv",
        "Item,Donor,Recipient,Quantity ordered,Date handed over\nMade-up radios,Made-up Donor,Made-up Police,9,2025\n",
    );
    assert!(proposed(&desk, &file).contains("not used: “Quantity ordered”"));
}

#[test]
fn who_was_trained_goes_before_who_was_to_be() {
    let pairs = [
        ("Planned participants,Actual participants", "Actual participants"),
        ("Participants (planned),Participants (actual)", "Participants (actual)"),
        ("Participants prévus,Participants formés", "Participants formés"),
        ("Absent participants,Participants present", "Participants present"),
        ("Participantes previstos,Participantes capacitados", "Participantes capacitados"),
    ];
    for (headings, trained) in pairs {
        let desk = Desk::new();
        let row = "Made-up course,Made-up Trainer,Made-up Police,25,22,2025-01-01,2025-02-01";
        let file = desk.file("courses.csv", format!("Course,Trainer,Unit trained,{headings},Start,End\n{row}\n"));
        let told = proposed(&desk, &file);
        assert!(told.contains(&format!("quantity: “{trained}”")), "{headings}: {told}");
        assert!(!told.contains("women:") && !told.contains("men:"), "{headings}: {told}");
    }
    // Where the letter stands, it tells.
    let desk = Desk::new();
    let row = "Made-up course,Made-up Trainer,Made-up Police,25,22,2025-01-01,2025-02-01";
    let file =
        desk.file("courses.csv", format!("Course,Trainer,Unit trained,Participants (M),Participants (F),Start,End\n{row}\n"));
    let told = proposed(&desk, &file);
    assert!(told.contains("men: “Participants (M)”") && told.contains("women: “Participants (F)”"), "{told}");
}

#[test]
fn a_column_that_contradicts_itself_is_not_read_by_what_another_proves() {
    let desk = Desk::new();
    let csv = "Project title,Donor,Start,End\nMade-up one,Made-up Donor,15/06/2025,31/12/2026\n\
        Made-up two,Made-up Donor,01/09/2026,31/01/2027\nMade-up three,Made-up Donor,01/13/2026,02/03/2027\n";
    let outcome = brought_in(&desk, &desk.file("projects.csv", csv));
    let all = rows(&desk, "select title, starts, ends from project order by 1");
    let right = ["Made-up one|2025-06-15|2026-12-31", "Made-up three|2026-01-13|2027-03-02", "Made-up two|-|2027-01-31"];
    assert_eq!(all, right, "{outcome}");
    let said = desk.ok(&["problems", &desk.workspace()]);
    assert!(said.contains("“01/09/2026”: nothing in the table proves whether day or month comes first"), "{said}");
}

#[test]
fn june_and_july_are_known_as_the_united_nations_write_them_in_arabic() {
    let desk = Desk::new();
    let csv = "Project title,Donor,Start,End\nMade-up one,Made-up Donor,٣ يونيه ٢٠٢٥,7 يوليه 2026\n";
    let outcome = brought_in(&desk, &desk.file("projects.csv", csv));
    assert_eq!(rows(&desk, "select starts, ends from project"), ["2025-06-03|2026-07-07"], "{outcome}");
}

#[test]
fn a_title_above_courses_and_a_short_name_of_a_body_are_proposed() {
    let desk = Desk::new();
    let row = "Made-up cours;Police inventée;Made-up Formateur;12/01/2026;23/01/2026;45;15;60";
    let courses = format!("Intitulé;Bénéficiaire;Formateur;Du;Au;Hommes;Femmes;Total\n{row}\n");
    let told = proposed(&desk, &desk.file("formations.csv", courses));
    assert!(told.contains("each row is about: Training") && told.contains("course: “Intitulé”"), "{told}");
    // Of what is paid for by a donor it is a project as before.
    let project = "Intitulé;Bailleur;Bénéficiaire;Début;Fin;Coût\nMade-up projet;Fonds inventé;Police inventée;2024;2025;100\n";
    let told = proposed(&desk, &desk.file("projets.csv", project));
    assert!(told.contains("each row is about: Project") && told.contains("title: “Intitulé”"), "{told}");
    let bodies = "Body,Short,Type,Under\nMade-up Ministry,MMM,ministry,\nMade-up Police,MPC,police,Made-up Ministry\n";
    assert!(proposed(&desk, &desk.file("bodies.csv", bodies)).contains("acronym: “Short”"));
}

#[test]
fn the_price_of_one_is_not_that_of_all() {
    let sheets = [
        ("Item,Qty,Donor,Recipient,Handed over on,Unit value,Currency", "12,35000"),
        ("Item,Qty,Donor,Recipient,Handed over on,Price per unit (USD),Total value", "12,35000,420000"),
        ("Équipement,Quantité,Donateur,Bénéficiaire,Date de livraison,Prix unitaire,Valeur totale", "12,35000,420000"),
    ];
    for (n, (head, amounts)) in sheets.into_iter().enumerate() {
        let desk = Desk::new();
        let (quantity, rest) = amounts.split_once(',').expect("two amounts");
        let rest = if n == 0 { format!("{rest},USD") } else { rest.to_owned() };
        let row = format!("Made-up vehicles,{quantity},Made-up Donor,Made-up Police,2025-03-15,{rest}");
        let file = desk.file("kit.csv", format!("{head}\n{row}\n"));
        desk.ok(&["import", &desk.workspace(), &file, "--propose"]);
        let mapping = std::fs::read_to_string(desk.path("kit.toml")).expect("a mapping");
        let price = head.split(',').nth(5).expect("a heading");
        assert!(mapping.contains("[record.fields.quantity]") && !mapping.contains(price), "{head}: {mapping}");
        assert_eq!(mapping.contains("[record.fields.value]"), n > 0, "the whole is taken where it stands: {mapping}");
    }
}

#[test]
fn what_a_proposal_does_not_use_is_told_with_what_took_its_place() {
    let desk = Desk::new();
    let csv = "Project title,Donor,Budget,Budget,Colour\nMade-up academy,Made-up Donor,100,110,red\n";
    let said = proposed(&desk, &desk.file("projects.csv", csv));
    assert!(said.contains("not used: “Budget (2)” (committed is “Budget” already), “Colour”"), "{said}");
}

#[test]
fn an_amount_in_two_currencies_is_that_of_the_column_which_has_it() {
    let desk = Desk::new();
    let csv = "Project title;Donor;Budget (EUR);Budget (USD);Dépenses (EUR)\nA;Made-up Donor;100,5;110;7\nB;Made-up Donor;;500;\n\
        C;Made-up Donor;n/a;;\n";
    let file = desk.file("projects.csv", csv);
    let outcome = brought_in(&desk, &file);
    let all = rows(&desk, "select title, committed, spent, currency from project order by 1");
    assert_eq!(all, ["A|100.5|7|EUR", "B|500|-|USD", "C|-|-|-"], "{outcome}");
    let left: Vec<&str> = outcome["left"].as_array().unwrap().iter().filter_map(|f| f["reason"].as_str()).collect();
    assert!(left.iter().any(|reason| reason.starts_with("a cell of this column stands beside an amount in another")), "{left:?}");
    // What is proposed is what the form shows and sends again.
    let server = serve(&desk);
    let page = uploaded(&server, "more.csv", csv.replace("A;", "D;").as_bytes());
    assert!(page.contains("name=\"f.0.committed.month\"") && !page.contains("name=\"f.0.title.month\""), "{page}");
    press(&server, "/sheets/map", &page, "redraw", &[]);
    let mapping = std::fs::read_to_string(desk.path("w/mappings/more.toml")).unwrap();
    assert!(mapping.contains("\"Budget (EUR)\"") && mapping.contains("\"Budget (USD)\""), "{mapping}");
}

/// Offices fill with noughts the columns of the currencies that a row is not in.
#[test]
fn a_nought_beside_an_amount_in_another_currency_is_not_the_amount() {
    let desk = Desk::new();
    let csv = "Bailleur,Intitulé,Pays,Montant (EUR),Montant (USD)\nMade-up Donor,A,Mali,0,250000\nMade-up Donor,B,Mali,0.00,\"1,500\"\n\
        Made-up Donor,C,Mali,700,0\nMade-up Donor,D,Mali,0,0\nMade-up Donor,E,Mali,٠,900\n";
    let outcome = brought_in(&desk, &desk.file("projets.csv", csv));
    let all = rows(&desk, "select title, committed, currency from project order by 1");
    assert_eq!(all, ["A|250000|USD", "B|1500|USD", "C|700|EUR", "D|0|EUR", "E|900|USD"], "{outcome}");
    // Nothing was lost, so that nothing is told to have been.
    let left: Vec<&str> = outcome["left"].as_array().unwrap().iter().filter_map(|f| f["reason"].as_str()).collect();
    assert!(!left.iter().any(|reason| reason.contains("in another currency")), "{left:?}");
}

#[test]
fn an_amount_that_is_merged_over_rows_beside_noughts_is_counted_once() {
    let desk = Desk::new();
    let heads: &[&str] = &["Bailleur", "Intitulé", "Pays", "Montant (EUR)", "Montant (USD)"];
    let rest: [&[&str]; 2] = [&["Made-up Donor", "A", "Mali", "0", ""], &["Made-up Donor", "B", "Mali", "0", ""]];
    let mut table = sheet("Projets", &[heads, rest[0], rest[1]]);
    table.merge_range(1, 4, 2, 4, "500", &rust_xlsxwriter::Format::new()).unwrap();
    brought_in(&desk, &workbook(&desk, "projets.xlsx", vec![table]));
    assert_eq!(rows(&desk, "select title, committed from project order by 1"), ["A|500", "B|-"]);
}

#[test]
fn several_names_in_a_cell_are_several_where_each_is_known_and_told_where_not() {
    let desk = Desk::new();
    let csv = "Project;Donor;Recipient\nA;Sweden, Norway and Denmark;Made-up Police\nB;Suède et Norvège;Made-up Army\n\
        C;Made-up Aid;Made-up Police, Made-up Army and Made-up Prisons\nD;Germany / Made-up Aid;Ministry of Interior and Security\n\
        E;السويد والنرويج;Made-up Police et Made-up Army\n";
    let outcome = brought_in(&desk, &desk.file("projects.csv", csv));
    let names: Vec<String> = rows(&desk, "select name from actor order by 1");
    let is_there = |name: &str| names.iter().any(|n| n == name);
    assert!(["Denmark", "Norway", "Norvège", "Germany"].iter().all(|n| is_there(n)), "{names:?}");
    assert!(!names.iter().any(|n| n.contains(" et ") || n.contains('/')), "{names:?}");
    assert!(is_there("Ministry of Interior and Security"), "{names:?}");
    assert_eq!(told(&outcome), ["4 C (Recipient) likely"], "{outcome}");
}

#[test]
fn a_proposal_says_that_figures_are_of_nobody() {
    let desk = Desk::new();
    let csv = "Effectifs de la police fictive au 31/12/2023;;\nHommes;Femmes;Total\n40;6;46\n";
    let said = proposed(&desk, &desk.file("effectifs.csv", csv));
    assert!(said.contains("nothing says whose figures these are") && said.contains("institution = { value"), "{said}");
}

#[test]
fn codes_below_headings_make_a_record_each() {
    let desk = Desk::new();
    let csv = "Institution;Country;Capacity;;Integrity;\n;;individual;institutional;individual;institutional\n\
        Made-up Police;Mali;high;low;medium;low\n";
    let outcome = brought_in(&desk, &desk.file("needs.csv", csv));
    let all = rows(&desk, "select level, capacity, integrity from need order by 1");
    assert_eq!(all, ["individual|3|2", "organisational|1|1"], "{outcome}");
    assert_eq!(outcome["unused"], json!([]), "{outcome}");
}

#[test]
fn a_training_has_its_days_and_a_base_is_no_legal_basis() {
    let desk = Desk::new();
    let csv = "Course,Provider,Date,Men\nHuman rights,Made-up Mission,12-14 May 2024,20\nFirst aid,Made-up Mission,28 avril – 2 mai 2024,18\n";
    brought_in(&desk, &desk.file("training.csv", csv));
    let all = rows(&desk, "select course, starts, ends from training order by 1");
    assert_eq!(all, ["First aid|2024-04-28|2024-05-02", "Human rights|2024-05-12|2024-05-14"]);
    let said = proposed(&desk, &desk.file("units.csv", "Unit,Type of unit,Base\nMade-up Brigade,Brigade,Baidoa\n"));
    assert!(!said.contains("legal_basis"), "{said}");
}

#[test]
fn who_to_ask_below_a_table_is_none_of_its_rows() {
    let desk = Desk::new();
    let csv = "Name;Type;Country\nMade-up Unit;Police;Mali\nContact;Bureau fictif;\nTél.;+223 555;\nContact | made up;;\n";
    let outcome = brought_in(&desk, &desk.file("units.csv", csv));
    assert_eq!(rows(&desk, "select name from actor"), ["Made-up Unit"]);
    let passed = outcome["passed"].as_array().unwrap();
    assert!(passed.len() == 3 && passed.iter().all(|p| p["why"] == "note"), "{outcome}");
}

#[test]
fn names_that_nobody_has_are_added_by_one_command() {
    let desk = Desk::new();
    let file = desk.file("projects.csv", "Project title,Donor\nMade-up academy,Made-up Donor\n");
    proposed(&desk, &file);
    let output = desk.run(&["import", &desk.workspace(), &file]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("--add-names"), "{output:?}");
    let outcome = import(&desk, &file);
    assert_eq!(outcome["unmatched"][0]["name"], "Made-up Donor");
    let output = desk.run(&["import", &desk.workspace(), &file, "--add-names"]);
    assert!(output.status.success() && !String::from_utf8_lossy(&output.stderr).contains("unmatched"), "{output:?}");
    assert_eq!(rows(&desk, "select title, supporter_name from project"), ["Made-up academy|Made-up Donor"]);
}

#[test]
fn names_that_nobody_has_are_added_also_of_a_sheet_with_the_headings_of_remit() {
    let desk = Desk::new();
    let head = "record,actor,function,role,marking,source\n";
    let file = desk.file("assignment.csv", format!("{head},Made-up Police,public_order,lead,,Made-up decree\n"));
    let output = desk.run(&["import", &desk.workspace(), &file]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("--add-names"), "{output:?}");
    let outcome = import(&desk, &file);
    assert_eq!(outcome["unmatched"][0]["name"], "Made-up Police", "{outcome}");
    let reason = outcome["findings"][0]["reason"].as_str().unwrap();
    assert!(reason.contains("--add-names") && !reason.contains("mapping"), "{reason}");
    let adding = |file: &str| {
        let arguments = ["import", &desk.workspace(), file, "--add-names", "--json", "--author", "made up"];
        desk.json(&arguments)["sheets"][0].clone()
    };
    let outcome = adding(&file);
    assert_eq!((&outcome["added"], &outcome["unmatched"]), (&json!(2), &json!([])), "{outcome}");
    assert_eq!(rows(&desk, "select actor_name, function, role from assignment"), ["Made-up Police|public_order|lead"]);
    assert_eq!(rows(&desk, "select name, source from actor_statement"), ["Made-up Police|Made-up decree"]);
    assert_eq!(adding(&file)["added"], 0);
    // A name that only a confidential row says is none for everybody.
    let hidden = format!("{head},Made-up Guard,custody,lead,confidential,Made-up decree\n");
    assert_eq!(adding(&desk.file("assignments.csv", hidden))["added"], 2);
    assert_eq!(rows(&desk, "select name from actor_statement"), ["Made-up Police"]);
}

#[test]
fn what_a_file_said_by_an_older_mapping_stands_until_it_is_replaced_and_is_told() {
    let desk = Desk::new();
    let file = desk.file("units.csv", "Unit,Base\nMade-up First,Made-up Town\nMade-up Second,Made-up Port\n");
    let mapping = |id: &str| {
        let text =
            format!("[[record]]\nkind = \"actor\"\nid = \"{id}/{{Unit}}\"\n[record.fields]\nname = {{ column = \"Unit\" }}\n");
        desk.file("units.toml", text)
    };
    mapping("old");
    import(&desk, &file);
    mapping("new");
    let output = desk.run(&["import", &desk.workspace(), &file]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("2 no longer in the sheet") && said.contains("--replace takes them back"), "{said}");
    assert_eq!(rows(&desk, "select count(*) from actor"), ["4"]);
    let output = desk.run(&["import", &desk.workspace(), &file, "--replace"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("2 no longer in the sheet") && !said.contains("--replace"), "{said}");
    assert_eq!(rows(&desk, "select record from actor order by 1"), ["new/Made-up First", "new/Made-up Second"]);
}

#[test]
fn institutions_without_a_class_are_given_one_where_they_were_brought_in() {
    let desk = Desk::new();
    let server = serve(&desk);
    let csv = "Project title,Donor,Recipient,Country\nMade-up academy,Made-up Fund,Made-up Police,Somalia\n";
    let page = uploaded(&server, "projects.csv", csv.as_bytes());
    let page = press(&server, "/sheets/map", &page, "see", &[]);
    let page = press(&server, "/sheets/names", &page, "add-all", &[]);
    let page = press(&server, "/sheets/try", &page, "", &[]);
    assert!(page.contains("2 institutions have no class yet"), "{page}");
    let (_, way) = page.split_once("href=\"/sheets/classes").expect("a way to their classes");
    let way = way.split('"').next().unwrap().replace("&amp;", "&").replace("&#38;", "&");
    let (status, _, page) = server.get(&format!("/sheets/classes{way}"));
    assert_eq!(status, 200, "{page}");
    // What is guessed is recorded by pressing once.
    let page = press(&server, "/sheets/classes", &page, "", &[]);
    assert!(page.contains("Classes recorded: 2."), "{page}");
    assert_eq!(rows(&desk, "select name, class from actor order by 1"), ["Made-up Fund|donor", "Made-up Police|police"]);
}

#[test]
fn after_the_last_sheet_of_a_file_stand_the_answers_and_the_classes_that_are_missing_still() {
    let desk = Desk::new();
    let workspace = desk.path("ml").display().to_string();
    desk.ok(&["init", &workspace, "--country", "ML"]);
    let server = Server::start(std::path::Path::new(&workspace), &["--author", "made up"]);
    let reforms: &[&[&str]] = &[
        &["Reform", "Strategy", "Lead institution", "Due date", "Status"],
        &["Made-up reform", "Made-up plan", "Made-up Police", "2026-12-31", "1"],
    ];
    let asked: &[&[&str]] =
        &[&["Recommendation", "Addressee", "Date", "Status"], &["Made-up advice", "Made-up Police", "2026-01-31", "0"]];
    let ranks: &[&[&str]] =
        &[&["Institution", "Rank", "Year", "Women", "Total"], &["Made-up Police", "Captain", "2025", "4", "40"]];
    let book = workbook(&desk, "made-up.xlsx", vec![sheet("Plan", reforms), sheet("Advice", asked), sheet("Staff", ranks)]);
    let bring = |page: &str| {
        let page = press(&server, "/sheets/map", page, "see", &[("beside", "")]);
        let page =
            if page.contains("action=\"/sheets/names\"") { press(&server, "/sheets/names", &page, "add-all", &[]) } else { page };
        // What would be added is called by its name, and what several sheets say alike is said once.
        assert!(!page.contains("Strategy: ml/"), "{page}");
        assert!(page.contains("Country: Mali") || !page.contains("Made-up plan"), "{page}");
        assert!(!page.contains("Country: Mali, Country: Mali"), "{page}");
        press(&server, "/sheets/try", &page, "", &[])
    };
    let first = bring(&uploaded(&server, "made-up.xlsx", &std::fs::read(book).unwrap()));
    assert!(first.contains("/sheets/classes?entry="), "{first}");
    let next = |page: &str| {
        let (_, way) = page.split_once("href=\"/sheets/map").expect("a way to the next sheet");
        let way = way.split('"').next().unwrap().replace("&amp;", "&").replace("&#38;", "&");
        // Kinds that the sheet does not look like stand in the order of the reader's language.
        let french = server.get(&format!("/sheets/map{way}&lang=fr")).2;
        let kinds = french.split("name=\"r.0.kind\"").nth(1).and_then(|rest| rest.split("</select>").next()).expect("kinds");
        assert!(kinds.rsplit("<option").next().is_some_and(|last| last.contains("Visite de suivi")), "{kinds}");
        bring(&server.get(&format!("/sheets/map{way}")).2)
    };
    let second = next(&first);
    let page = next(&second);
    for answer in ["plan_items", "recommendation_items", "women"] {
        let way = format!("href=\"/ask/{answer}?country=ML");
        assert_eq!([&first, &second, &page].into_iter().filter(|page| page.contains(&way)).count(), 1, "{answer}: {page}");
    }
    // The strategy is named in a sheet of reforms of the country.
    let strategy = desk.json(&["sql", &workspace, "select title, country from strategy", "--json"]);
    assert_eq!(strategy["rows"], json!([{"title": "Made-up plan", "country": "ML"}]));
    let country = server.get("/country/ML").2;
    assert!(country.contains("1 institution has no class") && country.contains("href=\"/sheets/classes"), "{country}");
    let (_, way) = page.split_once("href=\"/sheets/classes").expect("a way to the classes that the first sheet left open");
    let way = way.split('"').next().unwrap().replace("&amp;", "&").replace("&#38;", "&");
    let page = press(&server, "/sheets/classes", &server.get(&format!("/sheets/classes{way}")).2, "", &[]);
    assert!(page.contains("Classes recorded: 1."), "{page}");
}

#[test]
fn who_is_named_with_a_country_in_one_sheet_and_without_in_another_is_one() {
    let desk = Desk::new();
    let workspace = desk.path("ml").display().to_string();
    desk.ok(&["init", &workspace, "--country", "ML"]);
    let server = Server::start(std::path::Path::new(&workspace), &["--author", "made up"]);
    let projects: &[&[&str]] =
        &[&["Project title", "Donor", "Recipient"], &["Made-up academy", "Made-up Fund", "Made-up Police"]];
    let ranks: &[&[&str]] =
        &[&["Institution", "Rank", "Year", "Women", "Total"], &["Made-up Police", "Captain", "2025", "4", "40"]];
    let book = workbook(&desk, "made-up.xlsx", vec![sheet("Projects", projects), sheet("Staff", ranks)]);
    let page = uploaded(&server, "made-up.xlsx", &std::fs::read(book).unwrap());
    let page = press(&server, "/sheets/map", &page, "see", &[]);
    let page = press(&server, "/sheets/names", &page, "add-all", &[]);
    press(&server, "/sheets/try", &page, "", &[]);
    let told = desk.json(&[
        "sql",
        &workspace,
        "select name, country, (select count(*) from strength) as strengths from actor order by 1",
        "--json",
    ]);
    assert_eq!(
        told["rows"],
        json!([{"name": "Made-up Fund", "country": null, "strengths": 1}, {"name": "Made-up Police", "country": "ML", "strengths": 1}])
    );
}

#[test]
fn sectors_and_kinds_of_support_are_read_as_offices_write_them() {
    let desk = Desk::new();
    let csv = "Project title,Donor,Beneficiary,Sector,Type of support,Country\n\
        Made-up academy,Made-up Fund,Made-up Police,Police,Training,Somalia\n\
        Made-up posts,Made-up Fund,Made-up Guard,Border,Infrastructure,Somalia\n\
        Made-up radios,Made-up Fund,Made-up Prisons,Corrections,Equipment,Somalia\n";
    proposed(&desk, &desk.file("4w.csv", csv));
    let mapping = std::fs::read_to_string(desk.path("4w.toml")).unwrap();
    for part in [
        "Police = \"public_order\"",
        "Border = \"border_management\"",
        "Corrections = \"custody\"",
        "Training = \"train\"",
        "Infrastructure = \"build\"",
        "Equipment = \"equip\"",
    ] {
        assert!(mapping.contains(part), "{part}: {mapping}");
    }
}

#[test]
fn names_that_nobody_has_are_no_cells_with_errors() {
    let desk = Desk::new();
    let server = serve(&desk);
    let csv = "Project title,Donor,Recipient,Country,Start date\n\
        Made-up academy,Made-up Fund,Made-up Police,Somalia,2024-01-01\n\
        Made-up school,Made-up Fund,Made-up Police,Somalia,2024-02-01\n\
        Made-up range,Made-up Fund,Made-up Police,Somalia,soon\n";
    let page = uploaded(&server, "projects.csv", csv.as_bytes());
    let page = press(&server, "/sheets/map", &page, "see", &[]);
    assert!(page.contains("<dt>Unknown names</dt><dd>2</dd>"), "{page}");
    assert!(page.contains("<dt>Cells with errors</dt><dd>1</dd>"), "the list below has one: {page}");
    // Whoever imports without a look at them finds them again, and adds them then.
    let page = press(&server, "/sheets/try", &page, "", &[]);
    assert!(page.contains("2 unknown names were left out"), "{page}");
    assert!(page.contains("1 cell or row could not be used. It is"), "names are not counted once more: {page}");
    let (_, way) = page.split_once("href=\"/sheets/try").expect("a way to the names");
    let way = way.split('"').next().unwrap().replace("&amp;", "&").replace("&#38;", "&");
    let page = press(&server, "/sheets/names", &server.get(&format!("/sheets/try{way}")).2, "add-all", &[]);
    press(&server, "/sheets/try", &page, "", &[]);
    assert_eq!(rows(&desk, "select count(distinct supporter), count(distinct recipient) from project"), ["1|1"]);
}

#[test]
fn classes_are_guessed_from_names_the_own_state_is_no_donor_and_other_sheets_stay_at_hand() {
    let desk = Desk::new();
    let workspace = desk.path("ml").display().to_string();
    desk.ok(&["init", &workspace, "--country", "ML"]);
    let server = Server::start(std::path::Path::new(&workspace), &["--author", "made up"]);
    let head: &[&str] = &["Intitulé du projet", "Bailleur", "Bénéficiaire"];
    let first: &[&[&str]] = &[
        head,
        &["Made-up école", "État du Mali", "Administration pénitentiaire"],
        &["Made-up registre", "Fonds fictif", "Assemblée nationale"],
        &["Made-up stage", "Fonds fictif", "Direction générale de la sécurité d’État"],
        &["Made-up caserne", "Gouvernement du Danemark", "Garde nationale"],
    ];
    let second: &[&[&str]] = &[head, &["Made-up véhicules", "Fonds fictif", "Police fictive"]];
    let book = workbook(&desk, "suivi.xlsx", vec![sheet("Projets", first), sheet("Autres projets", second)]);
    let page = uploaded(&server, "suivi.xlsx", &std::fs::read(book).unwrap());
    let page = press(&server, "/sheets/map", &page, "see", &[("beside", "")]);
    let page = press(&server, "/sheets/names", &page, "add-all", &[]);
    let page = press(&server, "/sheets/try", &page, "", &[]);
    let (_, way) = page.split_once("href=\"/sheets/classes").expect("a way to their classes");
    let way = way.split('"').next().unwrap().replace("&amp;", "&").replace("&#38;", "&");
    let page = server.get(&format!("/sheets/classes{way}")).2;
    let page = press(&server, "/sheets/classes", &page, "", &[]);
    assert!(page.contains("Import the sheet “Autres projets” of this file"), "{page}");
    let told = desk.json(&["sql", &workspace, "select name, class from actor order by 1", "--json"]);
    let text = |r: &Value| format!("{}: {}", r["name"].as_str().unwrap(), r["class"].as_str().unwrap_or_default());
    let told: Vec<String> = told["rows"].as_array().unwrap().iter().map(text).collect();
    assert_eq!(
        told,
        [
            "Administration pénitentiaire: corrections",
            "Assemblée nationale: parliament",
            "Direction générale de la sécurité d’État: intelligence",
            "Fonds fictif: donor",
            "Garde nationale: police",
            "Gouvernement du Danemark: donor",
            "État du Mali: ministry",
        ]
    );
}

#[test]
fn a_numbered_heading_between_rows_is_no_record() {
    let desk = Desk::new();
    let matrix: &[&[&str]] = &[
        &["#", "Recommendation", "Due"],
        &["", "1. Police"],
        &["1", "Adopt the made-up act", "2025-06-30"],
        &["2", "Publish the made-up budget", "2025-12-31"],
        &["", "II. Justice"],
        &["3", "Appoint made-up judges", "2026-03"],
    ];
    let outcome = brought_in(&desk, &workbook(&desk, "matrix.xlsx", vec![sheet("Matrix", matrix)]));
    let texts = ["Adopt the made-up act", "Appoint made-up judges", "Publish the made-up budget"];
    assert_eq!(rows(&desk, "select text from recommendation order by 1"), texts);
    let apart: Vec<(u64, &str)> = outcome["passed"].as_array().unwrap().iter().map(place).collect();
    assert_eq!(apart, [(2, "1. Police"), (5, "II. Justice")]);

    // Where names have numbers, one that stands alone is a name.
    let other = Desk::new();
    let units: &[&[&str]] = &[&["Unit name", "Acronym"], &["1. Made-up Battalion"], &["2. Made-up Battalion", "MB2"]];
    brought_in(&other, &workbook(&other, "units.xlsx", vec![sheet("Units", units)]));
    assert_eq!(other.value("select count(*) from actor"), json!(2));
}

fn place(passed: &Value) -> (u64, &str) {
    (passed["row"].as_u64().unwrap(), passed["text"].as_str().unwrap())
}

#[test]
fn several_names_have_a_word_between_them_too() {
    for (csv, names) in [
        ("Projet;Bailleur\nAppui inventé;Belgique et Suisse\n", ["Belgique", "Suisse"]),
        ("المشروع;الجهة المانحة\nتدريب وهمي;بلجيكا وسويسرا\n", ["بلجيكا", "سويسرا"]),
    ] {
        let desk = Desk::new();
        brought_in(&desk, &desk.file("projects.csv", csv));
        assert_eq!(rows(&desk, "select name from actor order by name"), names, "{csv}");
    }
    // A word within one name separates nothing.
    let desk = Desk::new();
    let csv = "Projet;Bailleur\nAppui inventé;Fonds inventé de paix et de justice\n";
    brought_in(&desk, &desk.file("projects.csv", csv));
    assert_eq!(rows(&desk, "select name from actor"), ["Fonds inventé de paix et de justice"]);
}

#[test]
fn a_figure_of_a_part_that_cannot_be_told_is_not_that_of_the_whole() {
    let desk = Desk::new();
    let file = desk.file(
        "strength.csv",
        "Institution,Region,Year,Women,Total\nMade-up Police,Made-up North,2023,30,150\nMade-up Police,,2023,60,300\n",
    );
    desk.add(&[json!({"kind": "actor", "record": "police", "fields": {"name": "Made-up Police"}, "source": "Made up"})]);
    proposed(&desk, &file);
    let outcome = import(&desk, &file);
    assert_eq!(rows(&desk, "select institution_name, total from strength"), ["Made-up Police|300"]);
    assert_eq!(told(&outcome), ["2 B (Region) unmatched", "2 B (Region) required"]);
}

#[test]
fn a_table_on_its_side_is_told_and_makes_no_records_of_its_headings() {
    let desk = Desk::new();
    let csv = "Intitulé du projet;Appui inventé A;Appui inventé B\nBailleur;Fonds inventé;Fonds inventé\n\
        Bénéficiaire;Police inventée;Armée inventée\nDébut;01/02/2024;15/03/2024\n";
    let file = desk.file("fiche.csv", csv);
    let (_, why) = desk.fails(&["import", &desk.workspace(), &file, "--propose"]);
    assert!(why.contains("its headings seem to stand in its first column; turn the table round"), "{why}");
    let page = uploaded(&serve(&desk), "fiche.csv", csv.as_bytes());
    assert!(page.contains("its headings seem to stand in its first column"), "{page}");
}

#[test]
fn a_table_without_headings_is_told_and_loses_no_row_to_them() {
    let desk = Desk::new();
    let file = desk.file("units.csv", "Made-up Unit A,police,Mali,120\nMade-up Unit B,military,Mali,300\n");
    let (_, why) = desk.fails(&["import", &desk.workspace(), &file, "--propose"]);
    assert!(why.contains("its first row seems to be one of the table and no headings; put a row above it"), "{why}");
    // Years above numbers are headings.
    let said = proposed(&desk, &desk.file("strength.csv", "Made-up column;2023;2024\nMade-up Police;10;12\n"));
    assert!(!said.contains("no headings"), "{said}");
}

#[test]
fn what_two_sheets_of_a_file_say_of_one_record_is_told() {
    let desk = Desk::new();
    let headings: &[&str] = &["Unit", "Country", "Year", "Strength"];
    let police: &[&[&str]] = &[headings, &["Made-up Gendarmerie", "Mali", "2023", "3000"]];
    let army: &[&[&str]] =
        &[headings, &["Made-up Army", "Mali", "2023", "9000"], &["Made-up Gendarmerie", "Mali", "2023", "3200"]];
    let file = workbook(&desk, "strength.xlsx", vec![sheet("Police", police), sheet("Army", army)]);
    let outcome = brought_in(&desk, &file);
    let found = &outcome["findings"][0];
    assert_eq!([&found["sheet"], &found["row"], &found["value"]], [&json!("Army"), &json!(3), &json!("3200")], "{outcome}");
    assert!(found["reason"].as_str().unwrap().starts_with("row 2 of sheet Police says otherwise"), "{found}");
    assert_eq!(desk.value("select count(*) from strength_statement"), json!(3), "both stand");
}

#[test]
fn below_commander_stand_commanders_and_present_is_no_end() {
    let desk = Desk::new();
    let csv = "Unit,Commander,Rank,From,To\nMade-up Battalion,Made-up Alpha,Colonel,2020,2022\n\
        Made-up Brigade,Made-up Beta,Major,2022,present\n";
    let outcome = brought_in(&desk, &desk.file("command.csv", csv));
    assert_eq!(told(&outcome), [""; 0], "{outcome}");
    let all = "select person_name, role, role_as_written, valid_to from posting_statement order by 1";
    for (day, name, to) in [("2021-06-30", "Made-up Alpha", json!("2022")), ("2026-06-30", "Made-up Beta", Value::Null)] {
        let seen =
            desk.json(&["sql", &desk.workspace(), all, "--json", "--valid-on", day, "--clearance", "strictly_confidential"]);
        let row = json!({"person_name": name, "role": "commands", "role_as_written": "Commander", "valid_to": to});
        assert_eq!(seen["rows"], json!([row]), "{day}");
    }
}

#[test]
fn from_when_to_when_may_stand_in_one_cell() {
    let desk = Desk::new();
    let csv = "Projet;Bailleur;Période\nAppui A;Fonds inventé;2024-2026\nAppui B;Fonds inventé;janv. 2024 – déc. 2025\n\
        Appui C;Fonds inventé;du 01/02/2024 au 30/06/2025\nAppui D;Fonds inventé;depuis mai 2024\nAppui E;Fonds inventé;2024 – à ce jour\n\
        Appui F;Fonds inventé;mai 2023\nAppui G;Fonds inventé;2024-2025\n";
    let outcome = brought_in(&desk, &desk.file("projets.csv", csv));
    assert_eq!(
        rows(&desk, "select title, starts, ends from project order by 1"),
        [
            "Appui A|2024|2026",
            "Appui B|2024-01|2025-12",
            "Appui C|2024-02-01|2025-06-30",
            "Appui D|2024-05|-",
            "Appui E|2024|-",
            "Appui F|2023-05|-",
            "Appui G|-|-"
        ]
    );
    // What may be a fiscal year is asked, and not guessed.
    assert_eq!(told(&outcome), ["8 C (Période) ask"]);
}

#[test]
fn what_is_not_assessed_is_no_other_column() {
    let desk = Desk::new();
    let csv = "Institution,Date,Capacity (staff),Capacity (systems),Integrity (staff),Integrity (systems)\n\
        Made-up Police,2024-05-01,1,2,not assessed,3\nMade-up Prisons,2024-05-02,0,1,2,2\n";
    brought_in(&desk, &desk.file("needs.csv", csv));
    // Both are of the same column of their pairs.
    let all = "select actor_name, capacity, integrity from need order by 1";
    assert_eq!(rows(&desk, all), ["Made-up Police|1|-", "Made-up Prisons|0|2"]);
}

#[test]
fn statuses_and_dates_are_known_as_offices_write_them() {
    for (csv, status) in [
        ("Project title,Donor,Status\nMade-up academy,Made-up Donor,Ongoing\n", "2"),
        ("Projet;Bailleur;Statut\nAppui inventé;Fonds inventé;Terminé\n", "4"),
        ("المشروع;الجهة المانحة;الحالة\nتدريب وهمي;صندوق وهمي;جارٍ\n", "2"),
        ("Назва проєкту;Донор;Стан\nВигадане навчання;Вигаданий фонд;триває\n", "2"),
        ("Proyecto;Donante;Estado\nApoyo inventado;Fondo inventado;Suspendido\n", "6"),
    ] {
        let desk = Desk::new();
        brought_in(&desk, &desk.file("projects.csv", csv));
        assert_eq!(rows(&desk, "select status from project"), [status], "{csv}");
    }
    // The day of an incident is not that of its source.
    let desk = Desk::new();
    let csv =
        "Date,Location,Type of violation,Perpetrator,Description\n2024-02-10,Made-up Town,Torture,Made-up Militia,Made-up act\n";
    brought_in(&desk, &desk.file("incidents.csv", csv));
    let told = "select allegation, starts from incident";
    let seen = desk.json(&["sql", &desk.workspace(), told, "--json", "--clearance", "strictly_confidential"]);
    assert_eq!(seen["rows"], json!([{"allegation": "Made-up act", "starts": "2024-02-10"}]));
}

/// A sheet of which nothing says the country.
const NO_COUNTRY: &str =
    "Project title,Donor,Recipient,Start date,End date\nMade-up academy,Made-up Fund,Made-up Police,2026-01-01,2026-12-31\n";

/// Makes a workspace be about these countries; returns its settings as they were.
fn about(desk: &Desk, countries: &[&str]) -> String {
    let settings = desk.path("w").join("remit.toml");
    let said = std::fs::read_to_string(&settings).unwrap();
    std::fs::write(&settings, format!("{said}\ncountries = {countries:?}\n")).unwrap();
    said
}

#[test]
fn a_sheet_without_a_country_is_proposed_with_that_of_the_workspace() {
    let desk = Desk::new();
    about(&desk, &["SO"]);
    let file = desk.file("projects.csv", NO_COUNTRY);
    let said = proposed(&desk, &file);
    assert!(said.contains("country: SO, in every row"), "{said}");
    desk.ok(&["import", &desk.workspace(), &file, "--add-names", "--author", "made up"]);
    assert_eq!(rows(&desk, "select title, country from project"), ["Made-up academy|SO"]);
    // What stands in a column goes before it, and of two countries it is for people to say which.
    let csv = "Project title,Donor,Country\nMade-up boats,Made-up Fund,Kenya\n";
    let said = proposed(&desk, &desk.file("boats.csv", csv));
    assert!(said.contains("country: “Country”"), "{said}");
    let other = Desk::new();
    about(&other, &["SO", "KE"]);
    let said = proposed(&other, &other.file("projects.csv", NO_COUNTRY));
    assert!(!said.contains("country:"), "{said}");
}

/// Bodies of which no column says the country.
const BODIES: &str = "Institution,Type,Phone\nMade-up Police,police,+000 1\nMinistry of Made-up Affairs,ministry,+000 2\n";

#[test]
fn a_list_of_bodies_without_a_country_is_proposed_with_that_of_the_workspace_or_of_its_title() {
    let desk = Desk::new();
    about(&desk, &["SO"]);
    let file = desk.file("bodies.csv", BODIES);
    assert!(proposed(&desk, &file).contains("country: SO, in every row"));
    desk.ok(&["import", &desk.workspace(), &file, "--author", "made up"]);
    assert_eq!(rows(&desk, "select distinct country from actor"), ["SO"]);
    // Who supports from elsewhere stands in a list with them, by its class or by its name: of which country each is, nobody has written.
    for (name, row) in [("class.csv", "Made-up Fund,donor,\n"), ("name.csv", "United Nations Made-up Mission,,\n")] {
        let said = proposed(&desk, &desk.file(name, format!("{BODIES}{row}")));
        assert!(!said.contains("in every row"), "{name}: {said}");
    }
    // The browser shows it, where it can be changed.
    let page = uploaded(&serve(&desk), "sent.csv", BODIES.as_bytes());
    assert!(form(&page, "/sheets/map").contains(&("f.0.country.value".to_owned(), "Somalia".to_owned())), "{page}");
    for (countries, file, title, country) in [
        (&[][..], "list.csv", "Institutions du secteur de la sécurité au Mali,,\n,,\n", Some("ML")),
        (&[], "Bodies of Kenya.csv", "", Some("KE")),
        (&["SO", "KE"], "Bodies of Kenya.csv", "", Some("KE")),
        (&["SO", "KE"], "Bodies of Mali.csv", "", None),
        (&[], "Bodies of Mali and Kenya.csv", "", None),
        (&["SO"], "Bodies of Mali.csv", "", None),
    ] {
        let desk = Desk::new();
        about(&desk, countries);
        let said = proposed(&desk, &desk.file(file, format!("{title}{BODIES}")));
        let expected = country.map(|code| format!("country: {code}, in every row"));
        assert_eq!(expected.is_some(), said.contains("in every row"), "{countries:?} {file}: {said}");
        assert!(expected.is_none_or(|text| said.contains(&text)), "{countries:?} {file}: {said}");
    }
    // A project of a title may as well be of who pays for it.
    let other = Desk::new();
    let said = proposed(&other, &other.file("Projects of Japan.csv", NO_COUNTRY));
    assert!(!said.contains("in every row"), "{said}");
}

#[test]
fn security_forces_as_whom_a_project_is_for_are_the_sector_where_no_institution_is_named() {
    let list = |name: &str, who: &str| format!("Project title,Donor,Class of recipient\n{name},Made-up Fund,{who}\n");
    for who in ["SECURITY FORCES", "Forces de sécurité", "قوات الأمن", "Сили безпеки", "Sigurnosne snage", "FDS"]
    {
        let desk = Desk::new();
        brought_in(&desk, &desk.file("projects.csv", list("Made-up academy", who)));
        assert_eq!(rows(&desk, "select recipient_class from project"), ["unspecified"], "{who}");
    }
    // Who names a body in them means that, and those within a country are police.
    for (name, class) in [
        ("Ministry of the Security Forces", "ministry"),
        ("Ministère des forces de sécurité", "ministry"),
        ("Forces de sécurité intérieure", "police"),
    ] {
        assert_eq!(remit_model::Model::load(None).unwrap().lists.told_by("actor_class", name), Some(class), "{name}");
    }
}

#[test]
fn a_list_of_who_commands_tells_of_the_person_and_of_the_unit_within_its_institution() {
    let desk = Desk::new();
    let csv = "Institucija,Jedinica,Dužnost,Ime i prezime,Od,Mobitel,E-mail\n\
        Izmišljena policija,Izmišljena uprava A,Komandir,Ime Prezime,1.2.2022.,061/000-001,a@example.org\n\
        Izmišljena policija,Izmišljena uprava B,Komandir,Drugo Ime,1.3.2023.,061/000-002,b@example.org\n";
    brought_in(&desk, &desk.file("komandanti.csv", csv));
    let all =
        |sql: &str| desk.json(&["sql", &desk.workspace(), sql, "--json", "--clearance", "strictly_confidential"])["rows"].clone();
    assert_eq!(
        all("select actor_name, person_name from posting order by 1"),
        json!([{"actor_name": "Izmišljena uprava A", "person_name": "Ime Prezime"}, {"actor_name": "Izmišljena uprava B", "person_name": "Drugo Ime"}])
    );
    assert_eq!(
        all("select name, telephone, email from person order by telephone"),
        json!([{"name": "Ime Prezime", "telephone": "061/000-001", "email": "a@example.org"},
            {"name": "Drugo Ime", "telephone": "061/000-002", "email": "b@example.org"}])
    );
    assert_eq!(
        all("select distinct object_name from relation where relation = 'part_of'"),
        json!([{"object_name": "Izmišljena policija"}])
    );
    assert_eq!(rows(&desk, "select count(*) from person"), ["0"], "a person is seen by few");
}

#[test]
fn what_offices_call_parts_of_budgets_answers_bills_and_complaints_is_known() {
    let desk = Desk::new();
    let csv = "Ministère;Nature;2023;2024\nMinistère inventé;Salaires;100;110\nMinistère inventé;Investissements;50;60\n";
    brought_in(&desk, &desk.file("budget.csv", format!("Budget voté inventé;;;\n{csv}")));
    assert_eq!(rows(&desk, "select distinct economic_class from budget_line order by 1"), ["capital", "pay"]);
    let csv = "Preporuka,Upućeno,Odgovor,Rok\nIzmišljena preporuka,Izmišljena policija,Djelimično prihvaćeno,30.6.2024.\n";
    brought_in(&desk, &desk.file("preporuke.csv", csv));
    assert_eq!(rows(&desk, "select reply from recommendation"), ["partly"]);
    let csv = "Номер,Назва законопроєкту,Стадія,Орган\n0001,Про вигадану розвідку,перше читання,Вигаданий комітет\n";
    brought_in(&desk, &desk.file("закони.csv", csv));
    assert_eq!(
        rows(&desk, "select title, stage, institution_name from law"),
        ["Про вигадану розвідку|plenary|Вигаданий комітет"]
    );
    let csv = "Service,Type of complaint,Received\nMade-up Police,Excessive force,4\nMade-up Police,Corruption,2\n";
    brought_in(&desk, &desk.file("complaints.csv", csv));
    assert_eq!(
        rows(&desk, "select complaint_kind, received from complaint_count order by 1"),
        ["Corruption|2", "Excessive force|4"]
    );
}

#[test]
fn the_value_of_one_item_is_not_that_of_all_below_two_rows_of_headings() {
    let desk = Desk::new();
    let cells: &[&[&str]] = &[
        &["Recipient", "Equipment", "", ""],
        &["", "Type", "Quantity", "Unit value (USD)"],
        &["Made-up Police", "Radio", "150", "1250"],
        &["Made-up Guard", "Boat", "2", "310000"],
    ];
    let mut table = sheet("Handover", cells);
    table.merge_range(0, 1, 0, 3, "Equipment", &rust_xlsxwriter::Format::new()).unwrap();
    brought_in(&desk, &workbook(&desk, "handover.xlsx", vec![table]));
    assert_eq!(rows(&desk, "select item, quantity, value from equipment order by 1"), ["Boat|2|-", "Radio|150|-"]);
}

/// A workspace of one country may get sheets of a region.
#[test]
fn a_sheet_that_names_other_countries_is_not_proposed_with_that_of_the_workspace() {
    let desk = Desk::new();
    about(&desk, &["SO"]);
    let of = |name: &str, csv: &str| proposed(&desk, &desk.file(name, csv));
    // A column of which each cell is a country is it, whatever it is called.
    let said =
        of("where.csv", "Project title,Where,Donor\nMade-up boats,Kenya,Made-up Fund\nMade-up cars,Somalia,Made-up Fund\n");
    assert!(said.contains("country: “Where”") && !said.contains("not used"), "{said}");
    let file = desk.path("where.csv").display().to_string();
    desk.ok(&["import", &desk.workspace(), &file, "--add-names", "--author", "made up"]);
    assert_eq!(rows(&desk, "select title, country from project order by 1"), ["Made-up boats|KE", "Made-up cars|SO"]);
    // Where one is the recipient, or stands among other words, people say which it is.
    for (name, csv) in [
        ("to.csv", "Project title,Recipient,Donor\nMade-up boats,Kenya,Made-up Fund\nMade-up cars,Made-up Police,Made-up Fund\n"),
        ("at.csv", "Project title,Location,Donor\nMade-up boats,\"Made-up Town, Kenya\",Made-up Fund\n"),
        ("of.csv", "Boats for the police of Kenya,,\nProject title,Donor,Start date\nMade-up boats,Made-up Fund,2026-01-01\n"),
    ] {
        let said = of(name, csv);
        assert!(said.contains("country: left open") && !said.contains("in every row"), "{name}: {said}");
    }
    // Who pays is seldom of the country where it is done, and South Sudan is no Sudan.
    let said = of("paid.csv", "Project title,Donor\nMade-up boats,Sweden\nMade-up cars,Norway\n");
    assert!(said.contains("country: SO, in every row"), "{said}");
    let other = Desk::new();
    about(&other, &["SS"]);
    let csv = "Made-up boats of South Sudan,,\nProject title,Donor,Start date\nMade-up boats,Made-up Fund,2026-01-01\n";
    let said = proposed(&other, &other.file("boats.csv", csv));
    assert!(said.contains("country: SS, in every row"), "{said}");
}

#[test]
fn a_sheet_that_is_sent_without_a_country_is_proposed_with_that_of_the_workspace() {
    let desk = Desk::new();
    about(&desk, &["SO"]);
    let server = serve(&desk);
    let page = uploaded(&server, "projects.csv", NO_COUNTRY.as_bytes());
    let fields = form(&page, "/sheets/map");
    assert!(fields.contains(&("f.0.country.value".to_owned(), "Somalia".to_owned())), "{fields:?}");
    let page = press(&server, "/sheets/map", &page, "see", &[]);
    let page = press(&server, "/sheets/names", &page, "add-all", &[]);
    let page = press(&server, "/sheets/try", &page, "", &[]);
    assert!(!page.contains("names no country"), "{page}");
    assert_eq!(rows(&desk, "select title, country from project"), ["Made-up academy|SO"]);
}

#[test]
fn own_projects_without_a_country_are_in_the_one_that_the_workspace_is_about() {
    let desk = Desk::new();
    brought_in(&desk, &desk.file("projects.csv", NO_COUNTRY));
    // Whose institutions are on record tells nothing of where a project is.
    desk.add(&[json!({"kind": "actor", "record": "army", "marking": "public", "source": "Made-up report",
        "fields": {"name": "Made-up Army", "class": "military", "country": "KE"}})]);
    let said = about(&desk, &["SO"]);
    let settings = desk.path("w").join("remit.toml");
    let workspace = desk.workspace();
    let asked = |country: &str| {
        let arguments = ["ask", &workspace, "ending", "--country", country, "--valid-on", "2026-11-28", "--json"];
        desk.json(&arguments)["rows"].as_array().unwrap().len()
    };
    assert_eq!([asked("SO"), asked("KE")], [1, 0]);
    // The page that says what was brought in says nothing else.
    let server = serve(&desk);
    let done = |name: &str, title: &str| {
        let page = uploaded(&server, name, NO_COUNTRY.replace("Made-up academy", title).as_bytes());
        let page = press(&server, "/sheets/map", &page, "see", &[]);
        press(&server, "/sheets/try", &page, "", &[])
    };
    let page = done("more.csv", "Made-up school");
    assert!(page.contains("Recorded") && !page.contains("no country’s support counts"), "{page}");
    std::fs::write(&settings, format!("{said}\ncountries = [\"SO\", \"KE\"]\n")).unwrap();
    assert_eq!(
        [asked("SO"), asked("KE")],
        [1, 0],
        "of the first nobody says which of two it is; the second has its own since it was brought in"
    );
}

#[test]
fn institutions_that_a_sheet_of_one_country_names_are_of_it_and_who_supports_them_is_not() {
    let desk = Desk::new();
    about(&desk, &["SO"]);
    // The State supports itself, and stands as a donor before it stands as a recipient.
    let csv = format!(
        "{NO_COUNTRY}Made-up school,Made-up State,Made-up Guard,2026-01-01,2026-12-31\n\
        Made-up road,Made-up Fund,Made-up State,2026-01-01,2026-12-31\n"
    );
    brought_in(&desk, &desk.file("projects.csv", &csv));
    let named = "select name, coalesce(country, 'none') as country from actor order by name";
    assert_eq!(rows(&desk, named), ["Made-up Fund|none", "Made-up Guard|SO", "Made-up Police|SO", "Made-up State|SO"]);
    let meant = "select title, recipient_name, supporter_name from project order by title";
    let road = "Made-up road|Made-up State|Made-up Fund";
    assert_eq!(
        rows(&desk, meant),
        ["Made-up academy|Made-up Police|Made-up Fund", road, "Made-up school|Made-up Guard|Made-up State"]
    );
}

#[test]
fn a_service_without_a_country_is_in_the_one_that_the_workspace_is_about() {
    let desk = Desk::new();
    let actor = |record: &str, class: &str| {
        json!({"kind": "actor", "record": record, "marking": "public", "source": "Made-up report",
        "valid_from": "2020", "fields": {"name": format!("Made-up {record}"), "class": class}})
    };
    desk.add(&[actor("police", "police"), actor("fund", "donor")]);
    let count = |question: &str| {
        let found = desk.json(&["ask", &desk.workspace(), question, "--country", "SO", "--valid-on", "2026-11-28", "--json"]);
        found["rows"].as_array().unwrap().clone()
    };
    let of_class = |class: &str| count("classes").iter().find(|r| r["actor_class"] == class).map(|r| r["actors"].clone());
    // Of no country, it is in no answer about one, and that is said.
    let lacks = |rows: &[Value]| rows.iter().find(|r| r["unknown_sort"] == "no_country").map(|r| r["unknown"].clone());
    assert_eq!((count("unwatched").len(), lacks(&count("unknowns"))), (0, Some(json!(1))));
    about(&desk, &["SO"]);
    assert_eq!((count("unwatched").len(), lacks(&count("unknowns"))), (1, None));
    assert_eq!((count("unwatched")[0]["country"].as_str(), count("oversight").len()), (Some("SO"), 1));
    assert_eq!((of_class("police"), of_class("donor")), (Some(json!(1)), Some(json!(0))), "who gives support is of another");
    let page = serve(&desk).get("/country/SO?valid_on=2026-11-28").2;
    assert!(page.contains("Made-up police"), "{page}");
}

#[test]
fn a_function_is_called_by_its_own_name_where_a_class_has_the_same_code() {
    let desk = Desk::new();
    let csv = "Project title,Donor,Function,Country\nMade-up commission,Made-up Fund,Oversight and accountability,Somalia\n";
    brought_in(&desk, &desk.file("projects.csv", csv));
    let server = serve(&desk);
    let page = server.get("/ask/gaps?country=SO&valid_on=2026-11-28").2;
    assert!(page.contains("Oversight and accountability") && page.contains("Independent oversight body"), "{page}");
    let page = server.get("/support?country=SO&by=function&valid_on=2026-11-28").2;
    assert!(page.contains("Oversight and accountability"), "{page}");
    // Nobody has assessed any need: that is said in a line, and not by columns of dashes.
    let gaps = page.split("id=\"gaps\"").nth(1).and_then(|rest| rest.split("</section>").next()).expect("gaps");
    assert!(gaps.matches("in these columns:").count() == 2 && !gaps.contains(">Need in capacity<"), "{gaps}");
}

#[test]
fn capacity_and_integrity_stand_beside_each_other_wherever_one_of_them_is_assessed() {
    let desk = Desk::new();
    let need = json!({"actor_class": "police", "country": "SO", "level": "organisational", "capacity": 3, "date": "2025-06-01"});
    desk.add(&[json!({"kind": "need", "record": "n", "fields": need, "source": "Made-up assessment", "marking": "public"})]);
    let server = serve(&desk);
    for (language, heads, said) in [
        ("en", ["Need in capacity", "Need in integrity"], "Not assessed"),
        ("fr", ["Besoin en capacité", "Besoin en intégrité"], "Non évalué"),
    ] {
        let page = server.get(&format!("/ask/gaps?country=SO&valid_on=2026-11-28&lang={language}")).2;
        assert!(heads.iter().all(|head| page.contains(&format!(">{head}<"))) && page.contains(said), "{page}");
    }
    let page = server.get("/ask/needs?country=SO&valid_on=2026-11-28").2;
    assert!(page.contains("Not assessed"), "{page}");
}

#[test]
fn what_keeps_own_projects_from_being_counted_is_said_on_the_command_line() {
    let desk = Desk::new();
    let csv = "Project title,Donor,Recipient\nMade-up academy,Made-up Fund,Made-up Police\n";
    let file = desk.file("projects.csv", csv);
    proposed(&desk, &file);
    let said = |file: &str| {
        let output = desk.run(&["import", &desk.workspace(), file, "--add-names", "--author", "made up"]);
        String::from_utf8(output.stderr).unwrap()
    };
    let first = said(&file);
    assert!(first.contains("1 project in no country"), "{first}");
    // A name that nobody has is told once, with its rows.
    let other = desk.file("other.csv", csv.replace("Made-up Fund", "Other Fund"));
    std::fs::copy(desk.path("projects.toml"), desk.path("other.toml")).unwrap();
    let dry = desk.ok(&["import", &desk.workspace(), &other, "--dry-run"]);
    assert!(dry.contains("unmatched  actor “Other Fund” (row 2)") && !dry.contains("no actor is called so"), "{dry}");
    let more = desk.file("more.csv", csv.replace("academy", "school"));
    desk.file(
        "more.toml",
        std::fs::read_to_string(desk.path("projects.toml")).unwrap() + "\n[record.fields.country]\nvalue = \"SO\"\n",
    );
    let second = said(&more);
    assert!(!second.contains("in no country"), "{second}");
}

#[test]
fn an_empty_answer_leads_to_the_question_that_has_what_is_looked_for() {
    let desk = Desk::new();
    let csv = "Project title,Donor,Recipient,Country\nMade-up academy,Made-up Fund,Made-up Police,Somalia\n";
    brought_in(&desk, &desk.file("projects.csv", csv));
    let workspace = desk.workspace();
    let said = |more: &[&str]| {
        let output = desk.run(&[&["ask", &workspace, "support", "--country"][..], more].concat());
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    let here = said(&["SO"]);
    assert!(
        here.contains("“Support by every sign” has rows for this (1)") && here.contains("all_support --country SO"),
        "{here}"
    );
    assert!(said(&["SO", "--language", "fr"]).contains("Appui selon chaque indice"));
    assert!(said(&["SO", "--language", "ar"]).contains("الدعم بحسب كل دليل"));
    assert!(!said(&["KE"]).contains("all_support"), "where the other is empty too, nothing leads there");
    let page = serve(&desk).get("/ask/support?country=SO").2;
    assert!(page.contains("/ask/all_support?"), "{page}");
}

#[test]
fn what_is_stated_stands_in_the_matrix_with_its_money_and_by_how_much_of_it_holds() {
    let desk = Desk::new();
    let project = |record: &str, more: Value| {
        let mut fields = json!({"title": format!("Made-up {record}"), "supporter": "fund", "country": "SO", "recipient_class": "police",
            "starts": "2026-01-01", "ends": "2027-12-31", "status": "2"});
        fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({"kind": "project", "record": record, "marking": "public", "source": "Made-up sheet", "fields": fields})
    };
    let actor = |record: &str, name: &str, class: &str| json!({"kind": "actor", "record": record, "marking": "public", "source": "Made-up sheet", "fields": {"name": name, "class": class}});
    desk.add(&[
        actor("fund", "Made-up Fund", "donor"),
        actor("other", "Made-up Other", "donor"),
        project("p1", json!({"committed": 4_800_000, "currency": "EUR"})),
        project("p2", json!({"committed": 200_000, "currency": "EUR"})),
        project("p3", json!({"committed": 900_000, "spent": 100_000, "currency": "USD", "status": "4"})),
        project("p4", json!({"supporter": "other", "recipient_class": "military", "status": "4"})),
        actor("third", "Made-up Third", "donor"),
        project("p5", json!({"supporter": "third", "ends": "2027-01-31"})),
        project("p6", json!({"supporter": "third", "ends": "2027-03"})),
        project("p7", json!({"supporter": "third", "recipient_class": "military", "ends": "2027"})),
        project("p8", json!({"supporter": "third", "recipient_class": "justice", "ends": null})),
        json!({"kind": "equipment", "record": "e1", "marking": "public", "source": "Made-up sheet",
            "fields": {"item": "Made-up radios", "recipient": "guard", "handed_over": "2025-05-01"}}),
        json!({"kind": "actor", "record": "guard", "marking": "public", "source": "Made-up sheet",
            "fields": {"name": "Made-up Guard", "class": "corrections", "country": "SO"}}),
    ]);
    let page = serve(&desk).get("/support?country=SO&valid_on=2026-11-28").2.replace('\u{a0}', " ");
    let rows = page.split("<tr>").skip(1).filter_map(|r| r.split("</tr>").next());
    let row = |name: &str| rows.clone().find(|r| r.contains(name)).unwrap_or_default();
    let fund = row("Made-up Fund");
    assert!(fund.contains("5 m / … EUR") && fund.contains("900 k / 100 k USD"), "{fund}");
    // Two of three hold on the day: the shade that the legend has for two.
    assert!(fund.contains("class=\"h2\"") && fund.contains("<b>3</b>"), "{fund}");
    // The month of the latest end, marked where it is within six months: a year is over with its last day.
    assert!(fund.contains("Dec 2027"), "{fund}");
    let third = row("Made-up Third");
    let cells: Vec<&str> = third.split("<td").filter(|cell| cell.contains("no amount")).collect();
    let cell = |class: &str| cells.iter().find(|cell| cell.contains(&format!("class={class}"))).copied().unwrap_or_default();
    assert!(cell("police").contains("h2 soon") && cell("police").contains("Mar 2027"), "{third}");
    assert!(!cell("military").contains("soon") && cell("military").contains("2027</span>"), "{third}");
    assert!(cell("justice").contains("no amount") && !cell("justice").contains("class=\"end\""), "no end is on record: {third}");
    assert!(page.contains("In each cell: number on record"), "what the cells have, and no more");
    let other = row("Made-up Other");
    assert!(other.contains("no amount") && !other.contains("class=\"h"), "{other}");
    assert!(row("supporter=not_named").contains("<b>1</b>"), "{page}");
    assert!(page.contains("Stated: projects, trainings"), "{page}");
}

#[test]
fn institutions_without_a_class_are_told_where_a_sheet_is_brought_in_and_listed() {
    let desk = Desk::new();
    let csv = "Project title,Donor,Recipient,Country\nMade-up academy,Made-up Fund,Made-up Police,Somalia\n";
    let file = desk.file("projects.csv", csv);
    proposed(&desk, &file);
    let output = desk.run(&["import", &desk.workspace(), &file, "--add-names", "--author", "made up"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("institutions without a class: 2") && said.contains("/sheets/classes?entry="), "{said}");
    let listed = |desk: &Desk| {
        let rows = desk.json(&["ask", &desk.workspace(), "unknowns", "--json"])["rows"].as_array().unwrap().clone();
        rows.iter().find(|r| r["unknown_sort"] == "no_class").map(|r| (r["unknown"].clone(), r["out_of"].clone()))
    };
    assert_eq!(listed(&desk), Some((json!(2), json!(2))));
    // The page that is named is there.
    let way = said.split("/sheets/classes").nth(1).and_then(|w| w.split_whitespace().next()).unwrap();
    let server = serve(&desk);
    let page = server.get(&format!("/sheets/classes{way}")).2;
    press(&server, "/sheets/classes", &page, "", &[]);
    assert_eq!(listed(&desk), None);
}

#[test]
fn what_a_sheet_lacks_is_told_of_what_its_projects_name_as_the_answers_count_it() {
    let desk = Desk::new();
    let sheet = |name: &str, csv: &str| {
        let output = desk.run(&["import", &desk.workspace(), &desk.file(name, csv), "--author", "made up"]);
        String::from_utf8(output.stderr).unwrap()
    };
    // A service that is no more, with its country, and one who pays whose class nobody has said: both stand in a sheet of their own.
    sheet("actor.csv", "record,name,class,country,valid_to\nfund,Made-up Fund,,,\nguard,Made-up Guard,police,SO,2020\n");
    let csv = "record,title,supporter,recipient,starts,ends\na,Made-up academy,fund,Made-up Guard,2018-01-01,2026-12-31\n";
    let said = sheet("project.csv", csv);
    assert!(said.contains("institutions without a class: 1") && !said.contains("in no country"), "{said}");
    assert_eq!(desk.ask("all_support", &["--country", "SO"]).len(), 1, "the answer counts it there");
    // The browser says the same.
    let server = serve(&desk);
    let page = uploaded(&server, "project.csv", csv.replace("a,Made-up academy", "b,Made-up school").as_bytes());
    let page = press(&server, "/sheets/try", &page, "", &[]);
    assert!(page.contains("1 institution has") && !page.contains("no country’s support counts"), "{page}");
    assert!(page.contains("/support?country=SO"), "{page}");
}

#[test]
fn an_assessment_is_read_with_who_made_it_and_with_the_words_beside_its_numbers() {
    let desk = Desk::new();
    let csv = "Institution,Level,Capacity need,Integrity need,Assessed on,Assessed by\n\
        Made-up Police,Organisational,4 - Very high,2 – moderate,2026-03-01,Made-up Team\n\
        Made-up Police,Organisational,1 - Low,,2026-03-01,Made-up Other Team\n";
    brought_in(&desk, &desk.file("needs.csv", csv));
    let told = "select assessor_name, capacity, integrity from need order by 1";
    assert_eq!(rows(&desk, told), ["Made-up Other Team|1|-", "Made-up Team|4|2"]);
}

#[test]
fn source_of_funding_is_no_source_of_what_is_said() {
    for (headings, row) in [
        ("Захід;Відповідальний;Джерело фінансування;Строк", "Вигаданий захід;Вигадана поліція;Держбюджет;2027-12-31"),
        ("Mesure;Responsable;Sources de financement;Échéance", "Mesure fictive;Police fictive;Budget de l’État;2027-12-31"),
        ("Measure;Responsible;Funding source;Due", "Made-up measure;Made-up Police;State budget;2027-12-31"),
    ] {
        let desk = Desk::new();
        let csv = format!("{headings}\n{row}\n{}\n", row.replace("ий захід", "ий захід 2").replace("easure", "easure 2"));
        proposed(&desk, &desk.file("plan.csv", csv));
        let mapping = std::fs::read_to_string(desk.path("plan.toml")).unwrap();
        assert!(!mapping.contains("record.fields.source"), "{headings}: {mapping}");
    }
}

#[test]
fn a_date_beside_the_stage_of_a_bill_is_not_that_of_its_adoption() {
    let desk = Desk::new();
    let rows = "Made-up bill A;In committee;2020-01-13\nMade-up bill B;Withdrawn;2025-01-13\n";
    let said = proposed(&desk, &desk.file("laws.csv", format!("Law;Stage;Date\n{rows}")));
    let mapping = std::fs::read_to_string(desk.path("laws.toml")).unwrap();
    assert!(mapping.contains("stage") && !mapping.contains("adopted"), "{mapping}");
    assert!(said.contains("not used: “Date”"), "{said}");
}

#[test]
fn crosses_below_months_are_neither_numbers_nor_rows() {
    let desk = Desk::new();
    let rows = "Made-up measure A;Made-up Police;x;x;;\nMade-up measure B;Made-up Guard;;;x;x\n";
    let csv = format!("Reform;Lead;2025-01-31;2025-02-28;2025-03-31;2025-04-30\n{rows}");
    let days = Desk::new();
    brought_in(&days, &days.file("plan.csv", &csv));
    let mapping = std::fs::read_to_string(days.path("plan.toml")).unwrap();
    assert!(!mapping.contains("[each]") && !mapping.contains("spent_share"), "{mapping}");
    let csv = format!("Reform;Lead;Jan;Feb;Mar;Apr\n{rows}");
    let file = desk.file("plan.csv", &csv);
    let outcome = brought_in(&desk, &file);
    let mapping = std::fs::read_to_string(desk.path("plan.toml")).unwrap();
    assert!(!mapping.contains("[each]") && !mapping.contains("spent_share"), "{mapping}");
    assert_eq!(desk.value("select count(*) from reform"), json!(2), "{outcome}");
    let unused = outcome["unused"].to_string();
    assert!(["Jan", "Feb", "Mar", "Apr"].iter().all(|month| unused.contains(month)), "{outcome}");
}

#[test]
fn a_cross_below_a_quarter_is_a_training_of_that_quarter() {
    let desk = Desk::new();
    let csv = "Formation;Bénéficiaire;T1 2025;T2 2025;T3 2025\nFormation inventée;Police inventée;x;;x\nCours inventé;Douane inventée;;oui;non\n";
    brought_in(&desk, &desk.file("formations.csv", csv));
    let said = desk.sql("select course, starts from training order by course, starts");
    let wanted = [("Cours inventé", "2025-04"), ("Formation inventée", "2025-01"), ("Formation inventée", "2025-07")];
    assert_eq!(said, wanted.map(|(course, starts)| json!({"course": course, "starts": starts})));
}

#[test]
fn months_as_headings_are_those_of_the_year_above_the_table() {
    let desk = Desk::new();
    let csv = "Plan inventado de capacitación 2025;;;;;\nInstitución;Curso;Ene;Feb;Mar;Responsable\n\
        Policía inventada;Derechos humanos;X;;X;Agencia inventada\nGuardia inventada;Registro;;x;;Agencia inventada\n";
    brought_in(&desk, &desk.file("plan.csv", csv));
    let said = desk.sql("select course, starts from training order by course, starts");
    let wanted = [("Derechos humanos", "2025-01"), ("Derechos humanos", "2025-03"), ("Registro", "2025-02")];
    assert_eq!(said, wanted.map(|(course, starts)| json!({"course": course, "starts": starts})));
    assert!(std::fs::read_to_string(desk.path("plan.toml")).unwrap().contains("year = \"2025\""));
}

#[test]
fn names_in_two_columns_are_one() {
    let desk = Desk::new();
    let csv = "First name;Surname;Position;Organisation;Start\nMade;Up-One;Minister;Made-up Ministry;01.02.2023\n\
        Also;Made-Up;Deputy;Made-up Ministry;15.03.2021\n";
    brought_in(&desk, &desk.file("people.csv", csv));
    let mapping = std::fs::read_to_string(desk.path("people.toml")).unwrap();
    assert!(mapping.contains("join = [\"First name\", \"Surname\"]") && mapping.contains("\"First name Surname\""), "{mapping}");
    let sql = "select name from person order by name";
    let people = desk.json(&["sql", &desk.workspace(), sql, "--json", "--clearance", "strictly_confidential"]);
    assert_eq!(people["rows"], json!([{ "name": "Also Made-Up" }, { "name": "Made Up-One" }]));
    // What reads no name of a person does not put any together.
    let said = proposed(&desk, &desk.file("units.csv", "Unit;First name;Surname\nMade-up Unit;Made;Up\n"));
    let mapping = std::fs::read_to_string(desk.path("units.toml")).unwrap();
    assert!(!mapping.contains("kind = \"actor\"") || !mapping.contains("join"), "{said}: {mapping}");
}

#[test]
fn trainees_are_counted_and_words_for_nothing_are_no_amounts() {
    let desk = Desk::new();
    let csv = "Course;Donor;Trainees;From\nMade-up A;Made-up UN;30;2025-03-05\nMade-up B;Made-up EU;25;2025-04-01\n";
    let said = proposed(&desk, &desk.file("courses.csv", csv));
    assert!(said.contains("quantity: “Trainees”"), "{said}");
    let csv = "Naziv projekta;Donator;Iznos (KM);Status\nIzmišljena obuka;Izmišljeni fond;nije poznato;planiran\nIzmišljena reforma;Izmišljeni fond;s/o;završen\n";
    let outcome = brought_in(&desk, &desk.file("projekti.csv", csv));
    assert!(!outcome.to_string().contains("is no number"), "{outcome}");
    assert_eq!(desk.value("select count(*) from project where status in ('1', '4') and committed is null"), json!(2));
}

#[test]
fn days_as_headings_are_dates_of_rows() {
    let desk = Desk::new();
    // As a workbook has months that are dates, and as offices write the ends of quarters; which comes first is proved by another heading.
    for (name, headings) in [("months", "2025-04-01;2025-05-01;2025-06-01"), ("quarters", "31/03/2025;03/06/2025;30/09/2025")] {
        let file = desk
            .file(&format!("{name}.csv"), format!("Plaintes inventées 2025;;;\nService;{headings}\nPolice inventée;10;11;12\n"));
        brought_in(&desk, &file);
        let mapping = std::fs::read_to_string(desk.path(&format!("{name}.toml"))).unwrap();
        assert!(mapping.contains("heading = \"Period\"") && mapping.contains("header = 2"), "{mapping}");
    }
    let said = desk.sql("select starts, received from complaint_count order by starts");
    let wanted =
        [("2025-03-31", 10), ("2025-04-01", 10), ("2025-05-01", 11), ("2025-06-01", 12), ("2025-06-03", 11), ("2025-09-30", 12)];
    assert_eq!(said, wanted.map(|(starts, received)| json!({"starts": starts, "received": received})));
}

#[test]
fn rows_without_a_title_are_told_at_once_and_add_nobody() {
    let desk = Desk::new();
    let csv = "Donor;Beneficiary;Commitment;Start date;End date\nMade-up Donor;Made-up Army;100;2025-01-01;2026-01-01\n\
        Made-up Agency;Made-up Guard;200;2025-01-01;2026-01-01\n";
    let file = desk.file("budget.csv", csv);
    let said = proposed(&desk, &file);
    assert!(said.contains("nothing says what each row is called"), "{said}");
    desk.ok(&["import", &desk.workspace(), &file, "--add-names"]);
    assert_eq!(desk.value("select count(*) from statement"), json!(0), "who is named in a row that is left out is not added");
}

#[test]
fn words_for_a_status_and_a_quarter_in_arabic_and_ukrainian_are_read() {
    let desk = Desk::new();
    let arabic = "الإجراء;المسؤول;الحالة;الأجل\nإجراء وهمي أ;شرطة وهمية;أنجز;الثلاثي الثاني 2027\nإجراء وهمي ب;شرطة وهمية;بصدد الإنجاز;الثلاثي الثاني 2027\n";
    let ukrainian = "Рекомендація;Кому;Відповідь\nВигадана рекомендація;Вигадана поліція;прийнято\nВигадана рекомендація 2;Вигадана поліція;частково прийнято\n";
    brought_in(&desk, &desk.file("ar.csv", arabic));
    brought_in(&desk, &desk.file("uk.csv", ukrainian));
    let reforms = desk.sql("select status, due from reform order by status");
    assert_eq!(reforms, [json!({"status": "2", "due": "2027-06"}), json!({"status": "3", "due": "2027-06"})]);
    let replies = desk.sql("select reply from recommendation order by reply");
    assert_eq!(replies, [json!({"reply": "accepted"}), json!({"reply": "partly"})]);
}

#[test]
fn headings_of_men_and_women_are_never_the_total() {
    let pairs = [
        "Participants (men),Participants (women)",
        "Male participants,Female participants",
        "Participants hommes,Participants femmes",
        "Trained (m),Trained (f)",
        "Male,Female",
        "المشاركون (رجال),المشاركون (نساء)",
    ];
    for pair in pairs {
        let desk = Desk::new();
        let csv = format!(
            "Course,Supporter,Unit trained,Start date,{pair}\nMade-up course,Made-up Donor,Made-up Police,2024-03-01,24,6\n\
            Made-up law,Made-up Donor,Made-up Police,2024-05-01,10,9\n"
        );
        brought_in(&desk, &desk.file("courses.csv", csv));
        let all = rows(&desk, "select course, men, women, quantity from training order by 1");
        assert_eq!(all, ["Made-up course|24|6|-", "Made-up law|10|9|-"], "{pair}");
    }
}

#[test]
fn delivered_on_is_the_day_of_delivery() {
    let desk = Desk::new();
    let csv = "Item,Recipient,Quantity,Delivered on\nMade-up radios,Made-up Police,3,2024-03-01\n";
    brought_in(&desk, &desk.file("equipment.csv", csv));
    assert_eq!(rows(&desk, "select item, handed_over from equipment"), ["Made-up radios|2024-03-01"]);
}
