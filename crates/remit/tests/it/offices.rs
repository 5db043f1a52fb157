//! Ways in, continued: the kinds of sheets that offices keep. Everything in them is made up.

use crate::desk::Desk;
use crate::door;
use crate::ways::{form, import, press, rows, serve, sheet, told, uploaded, workbook};
use rust_xlsxwriter::Format;
use serde_json::json;

/// What the page of columns is filled in with.
fn proposed(page: &str) -> std::collections::BTreeMap<String, String> {
    form(page, "/sheets/map").into_iter().filter(|(_, v)| !v.is_empty()).collect()
}

fn field(page: &str, name: &str) -> String {
    proposed(page).get(&format!("f.0.{name}.column")).cloned().unwrap_or_default()
}

#[test]
fn years_over_approved_and_spent_are_rows_of_a_year_with_both() {
    let desk = Desk::new();
    let server = serve(&desk);
    let mut budget = sheet(
        "Budget",
        &[
            &[],
            &["Institution", "2022", "", "2023", ""],
            &["", "Prévu", "Exécuté", "Prévu", "Exécuté"],
            &["Police fictive", "1 250,5", "1 100", "1 300", ""],
            &["Armée fictive", "2 000", "2 000", "n.d.", "1 900"],
            &["Total", "3 250,5", "3 100", "1 300", ""],
        ],
    );
    let plain = Format::new();
    budget.merge_range(0, 0, 0, 4, "Exécution du budget fictif", &plain).unwrap();
    budget.merge_range(1, 1, 1, 2, "2022", &plain).unwrap();
    budget.merge_range(1, 3, 1, 4, "2023", &plain).unwrap();
    budget.merge_range(1, 0, 2, 0, "Institution", &plain).unwrap();
    let bytes = std::fs::read(workbook(&desk, "budget.xlsx", vec![budget])).unwrap();
    let page = uploaded(&server, "budget fictif.xlsx", &bytes);
    let said = proposed(&page);
    assert_eq!([&said["r.0.kind"], &said["header"], &said["headings"]], ["budget_line", "2", "2"], "{page}");
    assert_eq!(
        ["institution", "year", "approved", "spent"].map(|f| field(&page, f)),
        ["Institution", "Year", "Prévu", "Exécuté"]
    );
    assert_eq!(said["each-cell"], "Prévu; Exécuté");
    let changed = [("source", "Loi fictive"), ("f.0.institution.missing", "add"), ("f.0.institution.long", "yes")];
    let page = press(&server, "/sheets/map", &page, "see", &changed);
    press(&server, "/sheets/try", &page, "", &[]);
    assert_eq!(
        rows(&desk, "select institution_name, year, approved, spent from budget_line order by 1, 2"),
        [
            "Armée fictive|2022|2000|2000",
            "Armée fictive|2023|-|1900",
            "Police fictive|2022|1250.5|1100",
            "Police fictive|2023|1300|-"
        ]
    );
}

/// Sheets whose headings stand in two rows, as CSV keeps them, and what their columns are then called.
const TWO_ROWS: [(&str, &str, &[&str]); 5] = [
    (
        "strength.csv",
        "Made-up ministry;;;;\nService;;Year;;\n;Sex;2021;2022;2023\nMade-up Police;Women;1,250;1,300;..\n;Men;10,400;n/a;10,100\n",
        &["Service", "Service – Sex", "Year – 2021", "Year – 2022", "Year – 2023"],
    ),
    (
        "effectifs.csv",
        "Unité;2024;;;Lieu\n;janvier;février;mars;\nBrigade fictive;10;12;13;Ville fictive\n",
        &["Unité", "2024 – janvier", "2024 – février", "2024 – mars", "Lieu"],
    ),
    ("plain.csv", "Name;Kind;Base\nMade-up A;police;Made-up Town\nMade-up B;army;Made-up Port\n", &["Name", "Kind", "Base"]),
    ("unnamed.csv", "Name;;Kind;Note\nMade-up A;north;police;\nMade-up B;south;army;x\n", &["Name", "B", "Kind", "Note"]),
    (
        "title.csv",
        "Ministry of made-up affairs;;;31 December\nName;Kind;Base;Parent\nMade-up A;police;Made-up Town;x\n",
        &["Name", "Kind", "Base", "Parent"],
    ),
];

#[test]
fn two_rows_of_headings_are_told_from_a_title_and_from_a_row() {
    let desk = Desk::new();
    let server = serve(&desk);
    for (name, text, headings) in TWO_ROWS {
        let page = uploaded(&server, name, text.as_bytes());
        let column = |h: &str| page.contains(&format!("<option value=\"{h}\""));
        assert!(headings.iter().all(|h| column(h)), "{name}: {page}");
    }
    let page = uploaded(&server, "effectifs.csv", TWO_ROWS[1].1.as_bytes());
    assert_eq!(proposed(&page)["each-heading"], "Period");
}

#[test]
fn other_numbers_of_heading_rows_are_other_columns() {
    let desk = Desk::new();
    let server = serve(&desk);
    let page = uploaded(&server, "strength.csv", TWO_ROWS[0].1.as_bytes());
    let page = press(&server, "/sheets/map", &page, "head:3", &[("headings", "1")]);
    assert!(page.contains("<option value=\"Sex\"") && !page.contains("role=\"alert\""), "{page}");
    let page = press(&server, "/sheets/map", &page, "head:2", &[]);
    let page = press(&server, "/sheets/map", &page, "redraw", &[("headings", "2")]);
    assert!(page.contains("Year – 2021") && !page.contains("role=\"alert\""), "{page}");
}

/// Headings as offices of eight languages write them, with what their columns are.
const SPOKEN: [(&str, &str, &str); 19] = [
    ("Назва;Скорочення;Вид органу;Створено;Примітка", "actor", "name acronym class starts note"),
    (
        "الدورة;الجهة المانحة;المستفيد;من;إلى;عدد المشاركين;منهم نساء;المكان",
        "training",
        "course supporter recipient_unit starts ends quantity women location",
    ),
    (
        "Entidad;Año;Clase de gasto;Fuente;Moneda;Aprobado;Ejecutado;Observación",
        "budget_line",
        "institution year economic_class money_source currency approved spent note",
    ),
    ("Naziv zakona;Broj službenog glasnika;Datum usvajanja;Status;Napomena", "law", "title gazette_number adopted stage note"),
    ("Назив закона;Број службеног гласника;Датум усвајања;Статус", "law", "title gazette_number adopted stage"),
    (
        "Projekttitel;Geber;Empfänger;Beginn;Ende;Betrag;Währung;Bemerkung",
        "project",
        "title supporter recipient starts ends committed currency note",
    ),
    ("Recommandation;Destinataire;Organe;Date;Statut;Échéance", "recommendation", "text addressee body date status due"),
    (
        "Nome do projeto;Doador;Beneficiário;Data de início;Data de fim;Orçamento;Moeda",
        "project",
        "title supporter recipient starts ends committed currency",
    ),
    ("Unit;Commander;Rank;Appointed;Left;Source;Conf.", "posting", "actor person rank valid_from valid_to source credibility"),
    // Who serves is counted on a day, and not until it.
    ("Institution;Grade;Femmes;Hommes;Au", "strength", "institution rank_band women men day"),
    ("Unit;Rank;Women;Men;As at", "strength", "institution rank_band women men day"),
    ("Recommandation;Auteur;Destinataire;Date", "recommendation", "text body addressee date"),
    ("Stratégie;Pilier;Réforme;Responsable;Échéance;Blocage", "reform", "strategy pillar title lead due blocker"),
    ("Назва підрозділу;Командир;Звання;З дати", "posting", "actor person rank valid_from"),
    ("Recomendación;Órgano que la formula;Dirigida a;Fecha", "recommendation", "text body addressee date"),
    ("Checkpoint;Controlled by;District;Since", "positioning", "base actor place valid_from"),
    ("Checkpoint;Latitude;Longitude;District", "place", "name latitude longitude part_of"),
    ("Tipo de arma;N.º de serie;Unidad;Fecha de inspección", "equipment", "item serial recipient inspected"),
    ("Tipo;N.º de serie;Unidad;Fecha de inspección", "equipment", "item serial recipient inspected"),
];

/// A value that a field could have.
fn value(field: &str) -> &'static str {
    match field {
        "starts" | "ends" | "adopted" | "date" | "day" | "due" | "inspected" | "valid_from" | "valid_to" => "31/12/2024",
        "year" => "2024",
        "latitude" | "longitude" => "12.5",
        "quantity" | "women" | "men" | "approved" | "spent" | "committed" => "1250",
        "currency" => "EUR",
        "credibility" => "high",
        _ => "Made up",
    }
}

#[test]
fn headings_in_the_languages_of_offices_are_known() {
    let desk = Desk::new();
    let server = serve(&desk);
    for (n, (headings, kind, fields)) in SPOKEN.into_iter().enumerate() {
        let cells: Vec<&str> = fields.split(' ').map(value).collect();
        let page = uploaded(&server, &format!("t{n}.csv"), format!("{headings}\n{}\n", cells.join(";")).as_bytes());
        let said = proposed(&page);
        assert_eq!(said["r.0.kind"], kind, "{headings}");
        let found: Vec<String> = fields.split(' ').map(|f| field(&page, f)).collect();
        assert_eq!(found.join(";"), headings);
    }
}

#[test]
fn what_women_earn_on_average_is_no_number_of_women() {
    let desk = Desk::new();
    let server = serve(&desk);
    let file = "Rank;Women;;Men;;Total;\n\
        ;Number;Average pay (USD);Number;Average pay (USD);Number;Average pay (USD)\n\
        Colonel;1;1240;12;1250;13;1249.23\nMajor;6;975;40;980;46;979.35\n";
    let page = uploaded(&server, "payroll.csv", file.as_bytes());
    assert_eq!(proposed(&page)["r.0.kind"], "strength");
    let found: Vec<String> = ["rank_band", "women", "men", "total", "mean_pay"].map(|f| field(&page, f)).into();
    assert_eq!(found.join(";"), "Rank;Women – Number;Men – Number;Total – Number;Total – Average pay (USD)");
}

#[test]
fn an_amount_of_a_year_is_none_of_the_year_in_the_title() {
    let desk = Desk::new();
    let server = serve(&desk);
    for (headings, row, year) in [
        ("Institution;Ansatz 2024;Ansatz 2025;Ist 2024", "Erfundene Polizei;1250;1300;1249", "2024"),
        ("Institution;Ansatz;Ist", "Erfundene Polizei;1250;1249", "2025"),
    ] {
        let file = format!("Haushalt 2025;;\n{headings}\n{row}\n");
        let said = proposed(&uploaded(&server, "haushalt.csv", file.as_bytes()));
        assert_eq!((said["r.0.kind"].as_str(), said["f.0.year.value"].as_str()), ("budget_line", year), "{headings}");
    }
}

#[test]
fn what_a_form_notes_of_itself_is_no_date_of_what_it_asks_about() {
    let desk = Desk::new();
    let server = serve(&desk);
    let kobo = "start,end,Q1. Name of organisation,Q2. Acronym,Q5. Year founded,_id\n\
        2025-03-01T09:00:00.000+03:00,2025-03-01T09:20:00.000+03:00,Made-up Watch,MW,1998,101\n\
        2025-03-03T10:00:00.000+03:00,,Made-up Ombudsman,MO,2010,103\n";
    let page = uploaded(&server, "kobo.csv", kobo.as_bytes());
    let said = proposed(&page);
    let columns: Vec<&String> =
        said.iter().filter(|(n, _)| n.starts_with("f.0.") && n.ends_with(".column")).map(|(_, v)| v).collect();
    assert_eq!(said["r.0.kind"], "actor");
    assert_eq!([field(&page, "name"), field(&page, "acronym")], ["Q1. Name of organisation", "Q2. Acronym"]);
    assert!(!columns.iter().any(|c| ["start", "end", "_id"].contains(&c.as_str())), "{columns:?}");
}

#[test]
fn a_file_is_read_as_what_it_is_and_says_so() {
    let desk = Desk::new();
    let html = "<html><body><table><tr><th>record</th><th>name</th></tr><tr><td>a</td><td>Made-up Office</td></tr></table>";
    let xml = "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"actor\">\
        <Table><Row><Cell><Data>record</Data></Cell><Cell><Data>name</Data></Cell></Row>\
        <Row><Cell><Data>b</Data></Cell><Cell><Data>Made-up Court</Data></Cell></Row></Table></Worksheet></Workbook>";
    let text = "record\tname\nc\tMade-up Unit\n";
    let utf_16: Vec<u8> = [&[0xFF, 0xFE][..], &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()].concat();
    let book =
        std::fs::read(workbook(&desk, "x.xlsx", vec![sheet("actor", &[&["record", "name"], &["d", "Made-up Guard"]])])).unwrap();
    let files: [(&str, &[u8], &str); 4] = [
        ("html/actor.xls", html.as_bytes(), "is a page of tables"),
        ("xml/actor.xls", xml.as_bytes(), "is a page of tables"),
        ("text/actor.xls", &utf_16, "is a text with signs between the cells"),
        ("book/actor.csv", &book, "is a workbook"),
    ];
    for (name, bytes, is) in files {
        std::fs::create_dir_all(desk.path(name).parent().unwrap()).unwrap();
        let outcome = import(&desk, &desk.file(name, bytes));
        assert_eq!(
            (&outcome["added"], told(&outcome)),
            (&serde_json::json!(1), vec!["0  file_type".to_owned()]),
            "{name}: {outcome}"
        );
        assert!(outcome["findings"][0]["reason"].as_str().unwrap().contains(is), "{outcome}");
    }
    assert_eq!(
        rows(&desk, "select name from actor order by record"),
        ["Made-up Office", "Made-up Court", "Made-up Unit", "Made-up Guard"]
    );
    let server = serve(&desk);
    let page = uploaded(&server, "offices.xls", b"Institution;Type\nMade-up Court;Court\n");
    assert!(page.contains("the file is called .xls, and is a text"), "{page}");
}

#[test]
fn what_a_mapping_says_of_every_row_is_said_of_the_next_file() {
    let desk = Desk::new();
    let server = serve(&desk);
    let page = uploaded(&server, "ghana.csv", b"Unit title,Kind of unit\nMade-up One,police\n");
    let changed = [("r.0.kind", "actor"), ("f.0.name.column", "Unit title"), ("f.0.country.value", "Ghana")];
    press(&server, "/sheets/map", &page, "see", &changed);
    let page = uploaded(&server, "kenya.csv", b"Unit title,Kind of unit\nMade-up Two,police\n");
    let said = |page: &str, words: &str| page.split("class=\"flag\"").skip(1).any(|p| p.contains(words) && p.contains("Ghana"));
    assert!(said(&page, "was made for an earlier file"), "{page}");
    let page = press(&server, "/sheets/map", &page, "see", &[]);
    assert!(said(&page, "the same in every row"), "{page}");
}

#[test]
fn what_was_left_open_stays_open() {
    let desk = Desk::new();
    let server = serve(&desk);
    let text = b"Unit,Class\nMade-up A,the police\nMade-up B,the police\n";
    let page = uploaded(&server, "open.csv", text);
    let changed = [("r.0.kind", "actor"), ("f.0.name.column", "Unit"), ("f.0.class.column", "Class")];
    let page = press(&server, "/sheets/map", &page, "redraw", &changed);
    assert_eq!(proposed(&page).get("a.0.class.0.code").map(String::as_str), Some("police"), "{page}");
    let page = press(&server, "/sheets/map", &page, "redraw", &[("a.0.class.0.code", "")]);
    assert_eq!(proposed(&page).get("a.0.class.0.code"), None, "{page}");
    let page = uploaded(&server, "open.csv", text);
    assert_eq!(proposed(&page).get("a.0.class.0.code"), None, "{page}");
}

/// What is kept of a file: row, place, rule.
fn kept(desk: &Desk) -> Vec<String> {
    rows(desk, "select line, element, rule from problem order by line, element, rule")
}

#[test]
fn what_nothing_uses_stays_listed_with_its_place() {
    let desk = Desk::new();
    let units = sheet(
        "Units",
        &[
            &["Made-up list of units"],
            &["Unit", "Call sign", "Base"],
            &["Made-up A", "alpha", "Made-up Town"],
            &["Made-up B", "", "Made-up Port"],
            &["Total", "1", ""],
        ],
    );
    let file = workbook(&desk, "units.xlsx", vec![units, sheet("Old", &[&["Name"], &["Made-up C"], &["Made-up D"]])]);
    desk.file("units.toml", "sheet = \"Units\"\n[[record]]\nkind = \"actor\"\n[record.fields]\nname = { column = \"Unit\" }\n");
    let outcome = import(&desk, &file);
    assert_eq!(outcome["unused"], serde_json::json!(["B (Call sign)", "C (Base)", "the sheet “Old”"]));
    assert_eq!(
        kept(&desk),
        ["1|Old|unused", "1|Units|passed", "3|Units B (Call sign)|unused", "3|Units C (Base)|unused", "5|Units|passed"]
    );
    let reason = desk.value("select reason from problem where element like '%Base%'");
    assert!(reason.as_str().unwrap().contains("2 cells in rows 3 to 4"), "{reason}");
}

#[test]
fn what_a_workbook_shows_of_its_cells_is_said() {
    let desk = Desk::new();
    let names: Vec<String> = (1..=9).map(|n| format!("Made-up {n}")).collect();
    let mut all: Vec<Vec<&str>> = vec![vec!["Unit", "Class"]];
    all.extend(names.iter().map(|n| vec![n.as_str(), "police"]));
    let all: Vec<&[&str]> = all.iter().map(Vec::as_slice).collect();
    let mut units = sheet("Units", &all);
    let struck = Format::new().set_font_strikethrough();
    units.write_string_with_format(2, 0, "Made-up 2", &struck).unwrap();
    units.write_string_with_format(2, 1, "police", &struck).unwrap();
    units.write_string_with_format(3, 1, "police", &struck).unwrap();
    units.write_string_with_format(4, 0, "Made-up 4", &Format::new().set_background_color("FF0000")).unwrap();
    units.set_row_hidden(5).unwrap();
    units.insert_note(6, 0, &rust_xlsxwriter::Note::new("dissolved in 2021")).unwrap();
    let file = workbook(&desk, "units.xlsx", vec![units]);
    desk.file(
        "units.toml",
        "[[record]]\nkind = \"actor\"\n[record.fields]\nname = { column = \"Unit\" }\nclass = { column = \"Class\" }\n",
    );
    let outcome = import(&desk, &file);
    assert_eq!(
        (&outcome["added"], told(&outcome)),
        (&serde_json::json!(9), ["3  marked", "4 B marked", "5  marked", "6  marked", "7 A marked"].map(str::to_owned).to_vec()),
        "{outcome}"
    );
    let reasons = outcome["findings"].to_string();
    for said in ["the row is struck out", "the cell is struck out", "#FF0000", "the row is hidden", "dissolved in 2021"] {
        assert!(reasons.contains(said), "{said}: {reasons}");
    }
}

#[test]
fn what_a_workbook_shows_is_said_also_where_its_headings_are_those_of_remit() {
    let desk = Desk::new();
    let names: Vec<(String, String)> = (1..=9).map(|n| (format!("a{n}"), format!("Made-up {n}"))).collect();
    let mut all: Vec<Vec<&str>> = vec![vec!["record", "name", "class", "acronym"]];
    all.extend(names.iter().map(|(record, name)| vec![record.as_str(), name.as_str(), "police"]));
    all[9].push("MU9");
    let all: Vec<&[&str]> = all.iter().map(Vec::as_slice).collect();
    let mut units = sheet("actor", &all);
    let struck = Format::new().set_font_strikethrough();
    for (column, text) in [(0, "a2"), (1, "Made-up 2"), (2, "police")] {
        units.write_string_with_format(2, column, text, &struck).unwrap();
    }
    units.write_string_with_format(3, 2, "police", &struck).unwrap();
    units.set_row_hidden(5).unwrap();
    units.insert_note(6, 1, &rust_xlsxwriter::Note::new("dissolved in 2021")).unwrap();
    units.set_column_hidden(3).unwrap();
    let outcome = import(&desk, &workbook(&desk, "actor.xlsx", vec![units]));
    assert_eq!(outcome["added"], 9, "{outcome}");
    assert_eq!(told(&outcome), ["3  marked", "4 C marked", "6  marked", "7 B marked", "10 D marked"], "{outcome}");
    let reasons = outcome["findings"].to_string();
    for said in ["the row is struck out", "the cell is struck out", "row is hidden", "dissolved in 2021", "column is hidden"] {
        assert!(reasons.contains(said), "{said}: {reasons}");
    }
    // A sheet that nobody sees is one more of these.
    let mut unseen = sheet("actor", &[&["record", "name"], &["b1", "Made-up unseen"]]);
    unseen.set_hidden(true);
    let outcome = import(&desk, &workbook(&desk, "unseen.xlsx", vec![sheet("Notes", &[&["Made-up note"]]), unseen]));
    assert_eq!(told(&outcome), ["1  marked"], "{outcome}");
}

#[test]
fn what_json_of_others_says_and_nothing_reads_is_listed() {
    let desk = Desk::new();
    let ftm = "{\"id\":\"p1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Made Up\"],\"birthDate\":[\"1970\"],\"position\":[\"Colonel\"]}}\n\
        {\"id\":\"p2\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Also Made Up\"],\"birthDate\":[\"1971\"]}}\n";
    let outcome = import(&desk, &desk.file("people.jsonl", ftm));
    assert_eq!(outcome["unused"], serde_json::json!(["Person birthDate (2)", "Person position (1)"]));
    let places = "{\"type\":\"Feature\",\"properties\":{\"name\":\"Made-up Post\",\"staff\":45},\"geometry\":null}";
    assert_eq!(import(&desk, &desk.file("places.geojson", places))["unused"], serde_json::json!(["feature staff (1)"]));
    // What is said of persons is confidential, and so is what is left of it.
    let left = desk.value("select reason from problem where rule = 'unused'");
    assert!(left.as_str().unwrap().starts_with("feature staff (1)"), "{left}");
}

/// A file of two activities, of which one is coded as security.
const ACTIVITIES: &str = "<iati-activities version=\"2.03\">\
    <iati-activity><iati-identifier>XM-M-1</iati-identifier><reporting-org ref=\"XM-M\" type=\"10\"><narrative>Made-up Office</narrative></reporting-org>\
    <title><narrative>Made-up training</narrative></title><activity-status code=\"2\"/><activity-date iso-date=\"2024-01-01\" type=\"2\"/>\
    <recipient-country code=\"LY\"/><sector code=\"15210\"/></iati-activity>\
    <iati-activity><iati-identifier>XM-M-2</iati-identifier><reporting-org ref=\"XM-M\" type=\"10\"><narrative>Made-up Office</narrative></reporting-org>\
    <title><narrative>Made-up vehicles</narrative></title><activity-status code=\"2\"/><activity-date iso-date=\"2024-01-01\" type=\"2\"/>\
    <recipient-country code=\"LY\"/><sector code=\"11220\"/></iati-activity></iati-activities>";

#[test]
fn activities_are_sent_like_any_file_and_say_what_counts() {
    let desk = Desk::new();
    let server = serve(&desk);
    let page = uploaded(&server, "made up.xml", ACTIVITIES.as_bytes());
    assert!(page.contains("2 activities read, 1 counted as support to the security sector, 1 not"), "{page}");
    assert!(page.contains("/support?country=LY") && page.contains("No purpose code of the security sector"), "{page}");
    let (status, head, body) = server.post("/sheets/counted", &[("dataset", "sent/made up.xml"), ("activity", "XM-M-2")]);
    let location = head.lines().find_map(|l| l.strip_prefix("location: ")).unwrap_or_else(|| panic!("{status}: {body}"));
    let page = server.get(location).2;
    assert!(page.contains("action=\"/undo\"") && page.contains(">Stated<"), "{page}");
    assert_eq!(
        rows(&desk, "select title, supporter_name, country, reference from project"),
        ["Made-up vehicles|Made-up Office|LY|XM-M-2"]
    );
    let page = server.get("/support?country=LY").2;
    assert!(page.contains("Stated") && page.contains("Made-up Office"), "{page}");
    assert_eq!(rows(&desk, "select coalesce(recipient_class, '') from project"), [""], "nothing is said that nobody said");
    // The same file packed.
    let mut packed = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    packed.start_file("a.xml", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut packed, ACTIVITIES.replace("XM-M", "XM-N").as_bytes()).unwrap();
    let page = uploaded(&server, "b.zip", &packed.finish().unwrap().into_inner());
    assert!(page.contains("sent/b.zip: 2 activities read, 1 counted"), "{page}");
}

#[test]
fn who_says_that_an_activity_is_support_says_to_whom_in_the_same_step() {
    let desk = Desk::new();
    let server = serve(&desk);
    let activities = ACTIVITIES.replace("Made-up vehicles", "Made-up chairs for the Senate");
    let page = uploaded(&server, "a.xml", activities.as_bytes());
    assert!(page.contains("1 counted as support to the security sector, 1 not"), "{page}");
    let choice = page.split("<select name=\"class\"").nth(1).and_then(|rest| rest.split("</select>").next()).expect("classes");
    assert!(choice.contains("value=\"parliament\" selected") && !choice.contains("value=\"donor\""), "guessed: {choice}");
    let said = [("dataset", "sent/a.xml"), ("activity", "XM-M-2"), ("class", "parliament")];
    assert_eq!(server.post("/sheets/counted", &said).0, 303);
    assert_eq!(rows(&desk, "select recipient_class, status from project"), ["parliament|2"]);
    let classes = desk.ask("all_support", &["--country", "LY", "--valid-on", "2025-06-30"]);
    assert!(classes.iter().any(|row| row["actor_class"] == "parliament"), "{classes:?}");
}

#[test]
fn tables_and_documents_of_an_archive_are_as_if_they_had_been_sent_and_what_holds_nothing_is_told() {
    let desk = Desk::new();
    let server = serve(&desk);
    let mut packed = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in [("a/units.csv", "Unit,Type of unit\nMade-up Unit,unit\n"), ("a/note.txt", "A made-up note.\n")] {
        packed.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut packed, content.as_bytes()).unwrap();
    }
    let page = uploaded(&server, "all.zip", &packed.finish().unwrap().into_inner());
    assert!(page.contains("href=\"/sheets/map?") && page.contains(">units.csv<"), "{page}");
    assert!(page.contains("note.txt: 1 passage"), "{page}");
    let inner = door::archive(&[("units.csv", "Unit\nMade-up Unit\n")]);
    let mut packed = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    packed.start_file("inner.zip", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut packed, &inner).unwrap();
    let packed = packed.finish().unwrap().into_inner();
    let (status, _, page) = server.upload("/sheets", "outer.zip", &packed);
    assert!(status == 422 && page.contains("outer.zip/inner.zip is an archive inside an archive. Unpack it"), "{status}: {page}");
    desk.import("outer.zip", &packed);
    let said = desk.ok(&["problems", &desk.workspace()]);
    assert!(said.contains("an archive inside an archive; unpack it"), "{said}");
    let (status, _, page) = server.upload("/sheets", "units.rar", b"Rar!");
    assert!(status == 422 && page.contains("units.rar is an archive that cannot be opened here"), "{status}: {page}");
    let (status, _, page) =
        server.upload("/sheets", "export.xml", b"<projects><project><title>Made-up</title></project></projects>");
    assert!(status == 422 && page.contains("export.xml holds no activities (IATI)"), "{status}: {page}");
}

#[test]
fn an_office_s_own_projects_are_support_where_no_activity_is() {
    let desk = Desk::new();
    desk.import("actor.csv", "record,name,class,country\np,Made-up Police,police,LY\nd,Made-up Donor,donor,\n");
    desk.import(
        "project.csv",
        "record,title,supporter,recipient,country,starts,ends,status\na,Made-up training,d,p,LY,2024-01-01,2026-12-31,2\nb,Made-up bare,d,,,2024-01-01,2026-12-31,2\n",
    );
    let server = serve(&desk);
    for page in ["/support?country=LY", "/support", "/country/LY"] {
        let (_, _, body) = server.get(page);
        assert!(!body.contains("No support"), "{page}: {body}");
    }
    assert!(server.get("/support").2.contains("Made-up Donor"));
}

#[test]
fn what_is_needed_stands_beside_how_much_it_is() {
    let desk = Desk::new();
    let server = serve(&desk);
    let table = "Institution,Capacité,,Intégrité,,Source\n\
        ,Besoin,Priorité,Besoin,Priorité,\n\
        Gendarmerie fictive,Formateurs,Élevée,Inspection,Moyenne,Atelier fictif\n\
        Police fictive,Police technique,Moyenne,Contrôle interne,Élevée,Atelier fictif\n\
        Armée fictive,Casernement,Moyenne,,,Atelier fictif\n";
    let page = uploaded(&server, "besoins.csv", table.as_bytes());
    assert_eq!(
        ["capacity", "finding", "integrity", "note"].map(|f| field(&page, f)),
        ["Capacité – Priorité", "Capacité – Besoin", "Intégrité – Priorité", "Intégrité – Besoin"]
    );
}

#[test]
fn francs_cfa_are_those_of_the_country_and_a_sign_is_what_the_heading_says() {
    let desk = Desk::new();
    let table = "record,title,country,committed,currency\n\
        a,Made-up A,ML,450 000 000,FCFA\n\
        b,Made-up B,ML,5 millions de francs CFA,\n\
        c,Made-up C,TD,7 000 F CFA,\n\
        d,Made-up D,KE,9 000 FCFA,\n";
    let told = told(&import(&desk, &desk.file("project.csv", table)));
    assert!(told.len() == 1 && told[0].ends_with("ask"), "in Kenya nobody pays with it: {told:?}");
    assert_eq!(
        rows(&desk, "select record, committed, currency from project order by record"),
        ["a|450000000|XOF", "b|5000000|XOF", "c|7000|XAF", "d|9000|-"]
    );
    // An amount is never without a word on its currency.
    let table = "record,title,country,committed,currency\ne,Made-up E,KE,9 000,FCFA\n";
    let outcome = import(&desk, &desk.file("other/project.csv", table));
    assert!(outcome["findings"][0]["reason"].as_str().unwrap().contains("kept without a currency"), "{outcome}");
    let desk = Desk::new();
    desk.file("dollars.toml", DOLLARS);
    let table = "Projet;Montant (USD);Devise\nMade-up E;12 000;$\nMade-up F;13 000;€\n";
    import(&desk, &desk.file("dollars.csv", table));
    assert_eq!(rows(&desk, "select committed, currency from project order by title"), ["12000|USD", "-|EUR"]);
}

/// Whose amounts are in what the heading says.
const DOLLARS: &str = r#"
[[record]]
kind = "project"
[record.fields]
title = { column = "Projet" }
committed = { column = "Montant (USD)" }
currency = { column = "Devise" }
"#;

#[test]
fn a_sheet_of_records_on_file_is_of_their_kind() {
    let desk = Desk::new();
    let course = json!({ "title": "Made-up course", "country": "SO" });
    desk.add(&[
        json!({ "kind": "reform", "record": "r1", "fields": { "title": "Made-up reform", "country": "SO" }, "source": "Made-up plan" }),
        json!({ "kind": "project", "record": "so/course", "fields": course, "source": "Made-up list" }),
    ]);
    let said = desk.import("more.csv", "record,serves,source\nso/course,reform:r1,Made-up other list\n");
    assert!(said.contains("recorded as project"), "{said}");
    assert_eq!(desk.value("select count(*) from training"), 0, "no other record has come to be");
    assert_eq!(desk.value("select count(*) from project_serves where record = 'so/course'"), 1);
}
