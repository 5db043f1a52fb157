//! Ways in: tables of which the cells are the records, who supports whom and counts below months; and columns that belong to another record
//! than the row's. Everything in them is made up.

use crate::desk::Desk;
use crate::ways::{form, press, rows, serve, sheet, uploaded, workbook};
use serde_json::json;

/// Brings a sheet in by the mapping that is proposed for it, with a record for each name; gives that mapping.
fn brought_in(desk: &Desk, name: &str, cells: &[&[&str]]) -> String {
    let file = workbook(desk, &format!("{name}.xlsx"), vec![sheet("Sheet1", cells)]);
    desk.ok(&["import", &desk.workspace(), &file, "--propose"]);
    desk.ok(&["import", &desk.workspace(), &file, "--add-names", "--author", "made up"]);
    std::fs::read_to_string(desk.path(&format!("{name}.toml"))).unwrap()
}

#[test]
fn a_form_of_support_below_a_class_is_a_project() {
    for (at, cells) in [
        [
            &["Supporter", "Police", "Armed forces", "Prisons"][..],
            &["Made-up Fund", "Equipment, Training", "Training", ""],
            &["Made-up Mission", "Training", "", "Advice"],
        ],
        [
            &["Bailleur", "Police", "Forces armées", "Prisons"],
            &["Made-up Fund", "Équipement, Formation", "Formation", ""],
            &["Made-up Mission", "Formation", "", "Conseil"],
        ],
        [
            &["الجهة المانحة", "الشرطة", "الجيش", "السجون"],
            &["Made-up Fund", "معدات، تدريب", "تدريب", ""],
            &["Made-up Mission", "تدريب", "", "استشارات"],
        ],
    ]
    .into_iter()
    .enumerate()
    {
        let desk = Desk::new();
        let mapping = brought_in(&desk, &format!("matrix{at}"), &cells);
        assert!(mapping.contains("kind = \"project\""), "{mapping}");
        assert_eq!(
            rows(&desk, "select supporter_name, recipient_class, modality from project order by 1, 2, 3"),
            [
                "Made-up Fund|military|train",
                "Made-up Fund|police|equip",
                "Made-up Fund|police|train",
                "Made-up Mission|corrections|advise",
                "Made-up Mission|police|train"
            ],
            "{mapping}"
        );
    }
}

#[test]
fn a_cross_below_a_body_says_that_one_supports_the_other() {
    let desk = Desk::new();
    let cells: &[&[&str]] = &[
        &["Donor", "Made-up Police Academy", "Ministry of Made-up Interior", "Total"],
        &["Made-up Bank", "x", "x", "2"],
        &["Made-up Fund", "", "x", "1"],
    ];
    let mapping = brought_in(&desk, "matrix", cells);
    assert!(mapping.contains("kind = \"relation\""), "{mapping}");
    assert_eq!(
        rows(&desk, "select subject_name, relation, object_name from relation order by 1, 3"),
        [
            "Made-up Bank|supports|Made-up Police Academy",
            "Made-up Bank|supports|Ministry of Made-up Interior",
            "Made-up Fund|supports|Ministry of Made-up Interior"
        ],
        "{mapping}"
    );
}

#[test]
fn a_cross_below_a_class_is_a_project_that_is_called_as_the_table_is() {
    let desk = Desk::new();
    let cells: &[&[&str]] =
        &[&["Made-up support"], &[], &["Partner", "Police", "Army"], &["Made-up Fund", "x", ""], &["Made-up Bank", "x", "x"]];
    let mapping = brought_in(&desk, "matrix", cells);
    assert_eq!(
        rows(&desk, "select title, supporter_name, recipient_class from project order by 2, 3"),
        ["Made-up support|Made-up Bank|military", "Made-up support|Made-up Bank|police", "Made-up support|Made-up Fund|police"],
        "{mapping}"
    );
}

/// Counts below months, in several languages: the title, the heading of the first column, and two months.
const MONTHS: [[&str; 4]; 4] = [
    ["Complaints about the police 2025", "Type of complaint", "Jan", "Feb"],
    ["Plaintes contre la police 2025", "Type de plainte", "janvier", "février"],
    ["الشكاوى ضد الشرطة 2025", "نوع الشكوى", "يناير", "فبراير"],
    ["Quejas contra la policía 2025", "Tipo de queja", "enero", "febrero"],
];

#[test]
fn complaints_below_months_are_counts_of_each_month() {
    for (at, [title, kind, first, second]) in MONTHS.into_iter().enumerate() {
        let desk = Desk::new();
        let cells: &[&[&str]] = &[
            &[title],
            &[],
            &[kind, first, second, "Total"],
            &["Made-up force", "3", "2", "5"],
            &["Made-up bribe", "4", "", "4"],
        ];
        let mapping = brought_in(&desk, &format!("months{at}"), cells);
        assert!(mapping.contains("kind = \"complaint_count\""), "{mapping}");
        assert_eq!(
            rows(&desk, "select complaint_kind, starts, received from complaint_count order by 1, 2"),
            ["Made-up bribe|2025-01|4", "Made-up force|2025-01|3", "Made-up force|2025-02|2"],
            "{mapping}"
        );
    }
}

#[test]
fn months_of_no_year_are_asked_for_it_and_then_read() {
    let desk = Desk::new();
    let server = serve(&desk);
    let text = "Service;Type of complaint;січень;лютий\nMade-up Police;Force;3;2\nMade-up Guard;Bribe;4;\n";
    let page = uploaded(&server, "complaints.csv", text.as_bytes());
    let mut fields = form(&page, "/sheets/map");
    fields.push(("go".to_owned(), "see".to_owned()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let (_, _, body) = server.post("/sheets/map", &fields);
    assert!(body.contains("Write the year of the months"), "{body}");
    let changed = [("each-year", "2025"), ("f.0.service.missing", "add"), ("f.0.service.long", "yes")];
    let page = press(&server, "/sheets/map", &page, "see", &changed);
    press(&server, "/sheets/try", &page, "", &[]);
    assert_eq!(
        rows(&desk, "select service_name, starts, received from complaint_count order by 1, 2"),
        ["Made-up Guard|2025-01|4", "Made-up Police|2025-01|3", "Made-up Police|2025-02|2"]
    );
}

#[test]
fn coordinates_beside_a_place_are_those_of_the_place() {
    let desk = Desk::new();
    let cells: &[&[&str]] = &[
        &["Unit", "Location", "Latitude", "Longitude", "Since"],
        &["Made-up Brigade", "Made-up Town", "2.04", "45.34", "31/12/2024"],
        &["Made-up Battalion", "Made-up Port", "-3.5", "41.5", "01/06/2025"],
    ];
    let mapping = brought_in(&desk, "positions", cells);
    assert_eq!(
        rows(&desk, "select actor_name, place_name, valid_from from positioning order by 1"),
        ["Made-up Battalion|Made-up Port|2025-06-01", "Made-up Brigade|Made-up Town|2024-12-31"],
        "{mapping}"
    );
    let places = ["Made-up Port|-3.5|41.5", "Made-up Town|2.04|45.34"];
    assert_eq!(rows(&desk, "select name, latitude, longitude from place order by 1"), places);
}

#[test]
fn coordinates_in_one_cell_are_told_with_what_to_do() {
    let desk = Desk::new();
    let text =
        "Unit;Location;Coordinates\nMade-up Brigade;Made-up Town;2.0469, 45.3182\nMade-up Guard;Made-up Port;3.11, 43.65\n";
    let file = desk.file("positions.csv", text);
    desk.ok(&["import", &desk.workspace(), &file, "--propose"]);
    let report = desk.json(&["import", &desk.workspace(), &file, "--json", "--add-names", "--author", "made up"]);
    assert_eq!(rows(&desk, "select actor_name from positioning_statement order by 1"), ["Made-up Brigade", "Made-up Guard"]);
    let told = report["sheets"][0]["left"].to_string() + &report["sheets"][0]["findings"].to_string();
    assert!(told.contains("give latitude and longitude a column each"), "{report}");
}

#[test]
fn a_post_is_no_function_and_a_title_above_trainings_is_that_of_the_course() {
    let desk = Desk::new();
    let contacts: &[&[&str]] = &[
        &["جهة الاتصال", "الوظيفة", "المؤسسة", "الهاتف", "البريد الإلكتروني", "العنوان"],
        &["فلان الفلاني", "مدير مكتب مختلق", "وزارة مختلقة", "111", "a@example.org", "شارع مختلق"],
        &["علان العلاني", "مستشار مختلق", "شرطة مختلقة", "222", "b@example.org", "شارع آخر"],
    ];
    let mapping = brought_in(&desk, "contacts", contacts);
    assert!(mapping.contains("kind = \"posting\"") && mapping.contains("[record.fields.post]"), "{mapping}");
    for (at, [title, participants]) in
        [["Title", "Participants"], ["Titre", "Participants"], ["Назва", "Кількість учасників"], ["Bezeichnung", "Teilnehmer"]]
            .into_iter()
            .enumerate()
    {
        let mapping = brought_in(
            &desk,
            &format!("courses{at}"),
            &[&[title, participants], &["Made-up course", "25"], &["Other made-up course", "12"]],
        );
        assert!(mapping.contains("kind = \"training\"") && mapping.contains("[record.fields.course]"), "{mapping}");
    }
}

#[test]
fn a_cross_among_forms_of_support_is_support_whose_form_nobody_named() {
    let desk = Desk::new();
    let cells: &[&[&str]] = &[
        &["Made-up support"],
        &[],
        &["Donor", "Police", "Army", "Prisons", "Total"],
        &["Made-up Fund", "x", "Training; Equipment", "no", "2"],
        &["Made-up Bank", "Training", "x", "planned", "3"],
        &["Made-up Agency", "✓", "no", "?", "1"],
    ];
    let mapping = brought_in(&desk, "crosses", cells);
    assert_eq!(
        rows(&desk, "select supporter_name, recipient_class, modality, title from project order by 1, 2, 3"),
        [
            "Made-up Agency|police|unspecified|Made-up support",
            "Made-up Bank|military|unspecified|Made-up support",
            "Made-up Bank|police|train|Made-up support",
            "Made-up Fund|military|equip|Made-up support",
            "Made-up Fund|military|train|Made-up support",
            "Made-up Fund|police|unspecified|Made-up support",
        ],
        "{mapping}"
    );
    let problems = desk.ok(&["problems", &desk.workspace()]);
    assert!(problems.contains("planned") && problems.contains('?'), "{problems}");
}

#[test]
fn a_list_of_units_says_who_commands_them_and_where_they_are_by_its_source() {
    let desk = Desk::new();
    let cells: &[&[&str]] = &[
        &["Unit", "Type", "Parent unit", "Commander", "Deputy commander", "Base", "Source", "Source grade", "First cited"],
        &[
            "Made-up 1st Brigade",
            "military",
            "Made-up Army",
            "Made-up Alpha",
            "",
            "Made-up Town",
            "Made-up Report",
            "B2",
            "2019-03-01",
        ],
        &["Made-up Army", "military", "", "Made-up Gamma", "Made-up Delta", "Made-up City", "Made-up Report", "A1", "2019-03-02"],
    ];
    let mapping = brought_in(&desk, "units", cells);
    let sql = "select actor_name || '|' || person_name || '|' || role || '|' || first_cited || '|' || source || '|' || reliability as told from posting order by 1";
    let posted = desk.json(&["sql", &desk.workspace(), sql, "--json", "--clearance", "strictly_confidential"])["rows"].clone();
    assert_eq!(
        posted,
        json!([
            {"told": "Made-up 1st Brigade|Made-up Alpha|commands|2019-03-01|Made-up Report|B"},
            {"told": "Made-up Army|Made-up Delta|deputy|2019-03-02|Made-up Report|A"},
            {"told": "Made-up Army|Made-up Gamma|commands|2019-03-02|Made-up Report|A"}
        ]),
        "{mapping}"
    );
    assert_eq!(
        rows(&desk, "select actor_name, place_name, source from positioning order by 1"),
        ["Made-up 1st Brigade|Made-up Town|Made-up Report", "Made-up Army|Made-up City|Made-up Report"],
        "{mapping}"
    );
    assert_eq!(
        rows(&desk, "select subject_name, object_name, reliability, source from relation"),
        ["Made-up 1st Brigade|Made-up Army|B|Made-up Report"],
        "{mapping}"
    );
}

#[test]
fn a_heading_in_several_languages_and_one_with_a_currency_behind_it_are_known() {
    let desk = Desk::new();
    let cells: &[&[&str]] = &[
        &["Project / Projet / المشروع", "Donor/Bailleur/الجهة المانحة", "Bénéficiaire / Recipient", "Budget Tsd. EUR"],
        &["Made-up training", "Made-up Fund", "Made-up Police", "1250"],
    ];
    let mapping = brought_in(&desk, "projects", cells);
    assert_eq!(
        rows(&desk, "select title, supporter_name, recipient_name, committed, currency from project"),
        ["Made-up training|Made-up Fund|Made-up Police|1250000|EUR"],
        "{mapping}"
    );
}

#[test]
fn an_alias_beside_a_unit_is_its_own_and_amounts_are_in_the_unit_behind_their_heading() {
    let desk = Desk::new();
    let units: &[&[&str]] = &[
        &["Unit", "Alias", "Parent unit", "Commander", "Base", "Source", "Source grade"],
        &["Made-up 1st Brigade", "1 Bde", "Made-up Army", "Made-up Alpha", "Made-up Town", "Made-up Report", "B2"],
        &["Made-up 2nd Brigade", "2 Bde", "Made-up Army", "Made-up Beta", "Made-up Port", "Made-up Report", "C3"],
    ];
    let mapping = brought_in(&desk, "units", units);
    assert_eq!(
        rows(&desk, "select name, json_extract(names, '$[0].name') as other from actor where names is not null order by 1"),
        ["Made-up 1st Brigade|1 Bde", "Made-up 2nd Brigade|2 Bde"],
        "{mapping}"
    );
    assert_eq!(rows(&desk, "select count(*) as n from positioning"), ["2"], "{mapping}");
    for (at, heading) in
        ["Montant en k€", "Budget in Tsd. EUR", "Budget (milliers d’euros)", "Amount EUR thousand"].iter().enumerate()
    {
        let desk = Desk::new();
        let cells: &[&[&str]] =
            &[&["Project", "Donor", "Recipient", heading], &["Made-up course", "Made-up Fund", "Made-up Police", "1250"]];
        let mapping = brought_in(&desk, &format!("amounts{at}"), cells);
        assert_eq!(rows(&desk, "select committed, currency from project"), ["1250000|EUR"], "{heading}: {mapping}");
    }
}

#[test]
fn of_a_sheet_of_persons_it_is_kept_why_a_name_was_not_certain_and_not_whose_it_is() {
    let desk = Desk::new();
    desk.add(&[json!({
        "kind": "actor", "record": "made-up/brigade", "source": "Made up",
        "fields": {"name": "Made-up 1st Brigade", "names": [{"name": "1 Bde"}], "class": "military"}
    })]);
    brought_in(&desk, "people", &[&["Person", "Unit", "Post"], &["Made-up Alpha", "1 Bde", "Commander"]]);
    let told = desk.ok(&["problems", &desk.workspace(), "--clearance", "strictly_confidential"]);
    assert!(told.contains("taken for “…”: it is called so beside its own name"), "{told}");
    assert!(!told.contains("1 Bde") && !told.contains("made-up/brigade"), "{told}");
}
