//! Ways in: whom the rows of a sheet are about and whom they name, where offices write it otherwise than the register does. Everything in
//! them is made up.

use crate::desk::Desk;
use crate::ways::{import, press, rows, serve, sheet, uploaded, workbook};
use serde_json::Value;

/// Imports a sheet by the mapping that is proposed for it.
fn proposed(desk: &Desk, file: &str) -> Value {
    desk.ok(&["import", &desk.workspace(), file, "--propose"]);
    import(desk, file)
}

/// Rows that are none of the table, each with why.
fn passed(outcome: &Value) -> Vec<String> {
    let all = outcome["passed"].as_array().unwrap();
    all.iter().map(|p| format!("{} {} {}", p["row"], p["why"].as_str().unwrap(), p["text"].as_str().unwrap())).collect()
}

/// What is told of the names of new records.
fn perhaps(outcome: &Value) -> Vec<String> {
    let all = outcome["perhaps"].as_array().unwrap();
    all.iter().map(|p| format!("{} = {}", p["name"].as_str().unwrap(), p["like"].as_str().unwrap())).collect()
}

#[test]
fn headings_of_rows_are_no_bodies_and_say_of_which_class_those_below_are() {
    type Cells = &'static [&'static [&'static str]];
    let lists: [(&str, Cells, [&str; 4]); 3] = [
        (
            "contacts.xlsx",
            &[
                &["Institution", "Focal point", "Phone"],
                &["MINISTRIES"],
                &["Ministry of Made-up Affairs", "Director Ann Example", "+252 1"],
                &["Ministry of Made-up Works", "Bo Example", "+252 2"],
                &["POLICE"],
                &["Made-up Police Service", "Cy Example", "+252 3"],
                &["Made-up Coast Guard", "", "+252 4"],
            ],
            ["MINISTRIES", "POLICE", "Ministry of Made-up Affairs", "Made-up Police Service"],
        ),
        (
            "annuaire.xlsx",
            &[
                &["Nom", "Point focal", "Téléphone"],
                &["MINISTÈRES"],
                &["Ministère des affaires inventées", "Mme Exemple", "1"],
                &["POLICE"],
                &["Police inventée", "M. Exemple", "2"],
            ],
            ["MINISTÈRES", "POLICE", "Ministère des affaires inventées", "Police inventée"],
        ),
        (
            "دليل.xlsx",
            &[
                &["المؤسسة", "نقطة الاتصال", "الهاتف"],
                &["الوزارات"],
                &["وزارة مختلقة", "فلان", "1"],
                &["الشرطة"],
                &["شرطة مختلقة", "فلانة", "2"],
            ],
            ["الوزارات", "الشرطة", "وزارة مختلقة", "شرطة مختلقة"],
        ),
    ];
    for (name, cells, [first, second, ministry, police]) in lists {
        let desk = Desk::new();
        let file = workbook(&desk, name, vec![sheet("Sheet1", cells)]);
        let outcome = proposed(&desk, &file);
        let heads: Vec<String> = passed(&outcome).iter().filter_map(|p| Some(p.split_once(" section ")?.1.to_owned())).collect();
        assert_eq!(heads, [first, second], "{outcome}");
        assert_eq!(rows(&desk, "select name from actor where name = upper(name) and name <> lower(name)"), [""; 0]);
        let class_of = |name: &str| rows(&desk, &format!("select class from actor where name = '{name}'"));
        assert_eq!((class_of(ministry), class_of(police)), (vec!["ministry".to_owned()], vec!["police".to_owned()]), "{outcome}");
    }
}

#[test]
fn a_body_of_which_only_the_name_is_known_stays_one() {
    let desk = Desk::new();
    let cells: &[&[&str]] = &[
        &["Name", "Acronym", "Website"],
        &["Made-up Ministry", "MM", "made.example"],
        &["Made-up Guard"],
        &["MADEUP"],
        &["Made-up Police", "MP", "police.example"],
    ];
    let file = workbook(&desk, "bodies.xlsx", vec![sheet("Bodies", cells)]);
    let outcome = proposed(&desk, &file);
    assert_eq!(passed(&outcome), [""; 0]);
    let names = ["MADEUP", "Made-up Guard", "Made-up Ministry", "Made-up Police"];
    assert_eq!(rows(&desk, "select name from actor order by name"), names);
}

#[test]
fn who_is_to_be_asked_of_a_body_is_kept_from_what_is_published() {
    let desk = Desk::new();
    let cells: &[&[&str]] = &[&["Institution", "Point focal", "Pays"], &["Police inventée", "Mme A. Exemple", "Mali"]];
    proposed(&desk, &workbook(&desk, "annuaire.xlsx", vec![sheet("Annuaire", cells)]));
    assert_eq!(
        rows(&desk, "select name from actor where contact is null"),
        ["Police inventée"],
        "who sees what is public does not see it"
    );
    let internal = desk.json(&["sql", &desk.workspace(), "select name, contact from actor", "--json", "--clearance", "internal"]);
    assert_eq!(internal["rows"][0]["contact"], "Mme A. Exemple", "{internal}");
    assert_eq!(rows(&desk, "select count(*) from actor"), ["1"], "a person is no body");
}

#[test]
fn how_a_body_or_whoever_is_to_be_asked_is_reached_is_read_from_the_sheet_of_an_office() {
    for (file, cells, kind) in [
        (
            "directory.xlsx",
            [
                &["Institution", "Country", "Contact", "Phone", "E-mail", "Address", "Website"][..],
                &[
                    "Made-up Police",
                    "Mali",
                    "Mr Example",
                    "+223 20 00 00 00",
                    "desk@example.org",
                    "Made-up Street 1",
                    "https://example.org",
                ],
            ],
            "actor",
        ),
        (
            "annuaire.xlsx",
            [
                &["Institution", "Pays", "Point focal", "Tél.", "Courriel", "Adresse", "Site web"],
                &[
                    "Police inventée",
                    "Mali",
                    "M. Exemple",
                    "20000000",
                    "bureau@example.org",
                    "Rue inventée 1",
                    "https://example.org",
                ],
            ],
            "actor",
        ),
        (
            "دليل.xlsx",
            [
                &["المؤسسة", "البلد", "جهة الاتصال", "هاتف", "البريد الإلكتروني", "العنوان البريدي", "الموقع الإلكتروني"],
                &["شرطة مختلقة", "مالي", "السيد مثال", "٢٠٠٠٠٠٠٠", "desk@example.org", "شارع مختلق", "https://example.org"],
            ],
            "actor",
        ),
        (
            "довідник.xlsx",
            [
                &["Установа", "Країна", "Контактна особа", "Телефон", "Ел. пошта", "Адреса", "Вебсайт"],
                &[
                    "Вигадана поліція",
                    "Малі",
                    "пан Приклад",
                    "20 00 00 00",
                    "desk@example.org",
                    "вул. Вигадана, 1",
                    "https://example.org",
                ],
            ],
            "actor",
        ),
        (
            "projects.xlsx",
            [
                &["Project", "Donor", "Recipient", "Budget (USD)", "Contact", "Tel. no.", "Email"],
                &[
                    "Made-up academy",
                    "Made-up Fund",
                    "Made-up Police",
                    "100000",
                    "Desk officer",
                    "+223 20 00 00 00",
                    "desk@example.org",
                ],
            ],
            "project",
        ),
    ] {
        let desk = Desk::new();
        let file = workbook(&desk, file, vec![sheet("List", &cells)]);
        desk.ok(&["import", &desk.workspace(), &file, "--propose"]);
        desk.ok(&["import", &desk.workspace(), &file, "--add-names", "--author", "made up"]);
        let sql = format!("select contact, telephone, email from {kind} where contact is not null");
        let internal = desk.json(&["sql", &desk.workspace(), &sql, "--json", "--clearance", "internal"]);
        let at = cells[1].iter().position(|cell| cell.contains('@')).expect("an address");
        let expected = serde_json::json!({ "contact": cells[1][at - 2], "telephone": cells[1][at - 1], "email": cells[1][at] });
        assert_eq!(internal["rows"], serde_json::json!([expected]), "{file}");
        assert_eq!(rows(&desk, &format!("select count(*) from {kind} where telephone is not null or email is not null")), ["0"]);
        if kind == "actor" {
            assert_eq!(
                rows(&desk, "select address, website from actor"),
                [format!("{}|https://example.org", cells[1][5])],
                "{file}"
            );
        }
    }
}

#[test]
fn a_body_by_its_acronym_or_in_another_language_is_pointed_out_before_and_after() {
    let desk = Desk::new();
    desk.import(
        "actor.csv",
        "record,name,acronym,names,country\nml/min,Ministry of Made-up Affairs,MMA,Ministère des affaires inventées | fr; وزارة الشؤون المختلقة | ar,ML\n\
         ml/pol,Made-up National Police,,,ML\nne/min,Ministry of Made-up Works,MMW,,NE\n",
    );
    let list = "Nom;Pays;Site web\nMMA;Mali;a.example\nMinistère des affaires inventées;Mali;b.example\nوزارة الشؤون المختلقة;Mali;c.example\n\
                MNP;Mali;d.example\nMMW;Mali;e.example\nArmée inventée;Mali;f.example\n";
    let file = desk.file("liste.csv", list);
    desk.ok(&["import", &desk.workspace(), &file, "--propose"]);
    let before = desk.json(&["import", &desk.workspace(), &file, "--json", "--dry-run"])["sheets"][0].clone();
    let found = [
        "MNP = Made-up National Police",
        "Ministère des affaires inventées = Ministry of Made-up Affairs",
        "وزارة الشؤون المختلقة = Ministry of Made-up Affairs",
    ];
    assert_eq!(perhaps(&before), found, "of another country nobody is meant: {before}");
    assert_eq!(perhaps(&import(&desk, &file)), found);
    let after = rows(&desk, "select count(*) from actor");
    assert_eq!(rows(&desk, "select name, website from actor where record = 'ml/min'"), ["Ministry of Made-up Affairs|a.example"]);
    assert_eq!(after, ["8"], "the acronym is its own name; each other is a record of its own until somebody says otherwise");
    let pairs = desk.ask("duplicates", &[]);
    let is_pair = |name: &str| {
        let of = |row: &Value| [row["record_title"].clone(), row["other_title"].clone()];
        pairs
            .iter()
            .any(|row| of(row).contains(&Value::from(name)) && of(row).contains(&Value::from("Ministry of Made-up Affairs")))
    };
    for name in ["Ministère des affaires inventées", "وزارة الشؤون المختلقة"] {
        assert!(is_pair(name), "{name}: {pairs:?}");
    }
}

#[test]
fn a_body_is_said_in_the_preview_to_be_one_on_file() {
    let desk = Desk::new();
    desk.import("actor.csv", "record,name,names,country\nml/min,Ministry of Made-up Affairs,Ministère inventé | fr,ML\n");
    let server = desk.serve();
    let (status, head, _) =
        server.upload("/sheets", "bodies.csv", "Name;Country;Website\nMinistère inventé;Mali;a.example\n".as_bytes());
    let to = |head: &str| {
        let line = head.lines().find_map(|line| line.strip_prefix("location: ")).expect("an address").trim();
        line.replace("&amp;", "&")
    };
    assert_eq!(status, 303, "{head}");
    let map = to(&head);
    let field = |page: &str, name: &str| {
        let rest = page.split_once(&format!("name=\"{name}\" value=\"")).expect(name).1;
        rest.split_once('"').unwrap().0.to_owned()
    };
    let page = server.get(&map).2;
    let [file, name, mapping] = ["file", "name", "mapping"].map(|of| field(&page, of));
    let own = [("file", file.as_str()), ("name", name.as_str()), ("mapping", mapping.as_str())];
    let (_, head, _) = server.post("/sheets/map", &[&own[..], &[("go", "see")]].concat());
    let page = server.get(&to(&head)).2;
    assert!(page.contains("New records that may be on file under another name"), "{page}");
    assert!(page.contains("It is Ministry of Made-up Affairs"), "{page}");
    let said = [
        ("go", "decide"),
        ("kind.0", "actor"),
        ("name.0", "Ministère inventé"),
        ("as.0", "is:Ministry of Made-up Affairs"),
        ("other.0", ""),
    ];
    let (status, head, _) = server.post("/sheets/names", &[&own[..], &said[..]].concat());
    assert_eq!(status, 303, "{head}");
    assert!(!server.get(&to(&head)).2.contains("New records that may be on file"), "it is decided");
    let (status, ..) = server.post("/sheets/try", &own);
    assert_eq!(status, 303);
    assert_eq!(rows(&desk, "select record, name, website from actor"), ["ml/min|Ministry of Made-up Affairs|a.example"]);
}

#[test]
fn a_training_names_units_of_the_register_and_keeps_the_names_as_they_stand() {
    for headings in [
        "Course;Trainer;Recipient;Participants;Start",
        "Formation;Formateur;Bénéficiaire;Participants;Début",
        "الدورة;المدرب;المستفيد;عدد المشاركين;تاريخ البدء",
    ] {
        let desk = Desk::new();
        desk.import("actor.csv", "record,name,acronym,country\nml/pol,Made-up National Police,,ML\nmis,Made-up Mission,MUM,\n");
        let file = desk.file(
            "trainings.csv",
            format!("{headings}\nFirst aid;Made-up Mission;Made-up National Police;25;2025-03-04\nLaw;MUM;Made-up Guard;12;2025-04-05\n"),
        );
        let outcome = proposed(&desk, &file);
        let said = rows(&desk, "select recipient_unit, recipient, trainer_unit, trained_by from training order by starts");
        assert_eq!(
            said,
            ["Made-up National Police|ml/pol|Made-up Mission|mis", "Made-up Guard|-|MUM|mis"],
            "{headings} {outcome}"
        );
        let unmatched: Vec<&str> = outcome["unmatched"].as_array().unwrap().iter().map(|u| u["name"].as_str().unwrap()).collect();
        assert_eq!(unmatched, ["Made-up Guard"], "{headings}: it is asked, as everywhere");
    }
}

#[test]
fn the_ministry_of_another_country_is_neither_meant_nor_offered() {
    let desk = Desk::new();
    desk.import("actor.csv", "record,name,country\nua/min,Ministry of Made-up Affairs,UA\neu,Made-up Union,BE\n");
    let file = desk.file(
        "projects.csv",
        "Title;Donor;Beneficiary;Country\nSupport;Made-up Union;Ministry of Made-up Affairs;Somalia\nMore;Made-up Union;Ministry for Made-up Affairs;Somalia\n",
    );
    let outcome = proposed(&desk, &file);
    assert_eq!(rows(&desk, "select supporter, recipient from project order by title"), ["eu|-", "eu|-"], "{outcome}");
    let unmatched: Vec<&Value> = outcome["unmatched"].as_array().unwrap().iter().collect();
    assert_eq!(unmatched.len(), 2, "{outcome}");
    assert!(unmatched.iter().all(|u| u["like"].is_null() && u["several"] == Value::Array(vec![])), "{outcome}");
    // The same in a workspace that is about a country, where rows say none.
    let desk = Desk::new();
    desk.ok(&["init", &desk.path("so").display().to_string(), "--country", "SO"]);
    let workspace = desk.path("so").display().to_string();
    let actors = desk.file("actor.csv", "record,name,country\nua/min,Ministry of Made-up Affairs,UA\n");
    desk.ok(&["import", &workspace, &actors, "--author", "made up"]);
    let file = desk.file("strength.csv", "Institution;Year;Total\nMinistry of Made-up Affairs;2024;120\n");
    desk.ok(&["import", &workspace, &file, "--propose"]);
    let outcome = desk.json(&["import", &workspace, &file, "--json", "--author", "made up"])["sheets"][0].clone();
    assert_eq!((&outcome["added"], outcome["unmatched"][0]["like"].is_null()), (&Value::from(0), true), "{outcome}");
}

#[test]
fn the_budget_of_a_measure_is_what_it_costs() {
    for (measure, lead, due, budget) in [
        ("Reform", "Lead", "Due date", "Budget (EUR)"),
        ("Mjera", "Nosilac", "Rok", "Budžet (EUR)"),
        ("Réforme", "Responsable", "Échéance", "Budget (EUR)"),
    ] {
        let desk = Desk::new();
        let sheet = format!(
            "{measure};{lead};{due};{budget};Status\nMade-up law;Made-up Ministry;31.12.2024;10.000,50;0\n\
             Made-up registry;Made-up Police;30.06.2025;50.000,00;1\n"
        );
        let file = desk.file("plan.csv", sheet);
        desk.ok(&["import", &desk.workspace(), &file, "--propose"]);
        import(&desk, &file);
        let costs = ["Made-up law|10000.5|EUR", "Made-up registry|50000|EUR"];
        assert_eq!(rows(&desk, "select title, cost, currency from reform order by 1"), costs, "{measure}");
    }
}

#[test]
fn missions_their_mandates_and_who_recommends_are_told_from_their_headings() {
    let desk = Desk::new();
    for (at, (sheet, proposed)) in [
        (
            "Mission;Acronym;Country;Start;Mandate until\nMade-up Mission;MUM;Mali;2020-01-01;31/12/2026\n",
            ["actor", "name", "Mission"],
        ),
        (
            "Mission;Resolution;Adopted;Until\nMade-up Mission;Resolution A;2020-01-02;2021-01-01\n",
            ["mandate", "title", "Resolution"],
        ),
        ("البعثة;القرار;تاريخ الاعتماد;حتى\nبعثة وهمية;القرار ١;2020-01-02;2021-01-01\n", ["mandate", "title", "القرار"]),
        ("Título;Donante;Beneficiario\nCurso ficticio;Fondo ficticio;Policía ficticia\n", ["project", "title", "Título"]),
        ("Mission;Task;Since\nMade-up Mission;Advise the made-up police;2020\n", ["mandated_task", "mission", "Mission"]),
        (
            "التوصية;الجهة المصدرة;الموجهة إلى\nنشر تقرير وهمي;لجنة وهمية;وزارة وهمية\n",
            ["recommendation", "body", "الجهة المصدرة"],
        ),
        ("Institution;Acronym;Parent ministry\nMade-up Police;MUP;Made-up Ministry\n", ["relation", "object", "Parent ministry"]),
    ]
    .into_iter()
    .enumerate()
    {
        let file = desk.file(&format!("s{at}.csv"), sheet);
        desk.ok(&["import", &desk.workspace(), &file, "--propose"]);
        let mapping = std::fs::read_to_string(desk.path(&format!("s{at}.toml"))).unwrap();
        let [kind, field, heading] = proposed;
        assert!(mapping.contains(&format!("kind = \"{kind}\"")), "{mapping}");
        assert!(mapping.contains(&format!("[record.fields.{field}]\ncolumn = \"{heading}\"")), "{mapping}");
    }
}

#[test]
fn what_is_called_no_more_than_a_name_is_that_of_what_the_sheet_is_about() {
    for (name, supporter, recipient, begins) in [
        ("Name", "Donor", "Beneficiary", "Start date"),
        ("Nom", "Bailleur", "Bénéficiaire", "Début"),
        ("Nombre", "Donante", "Beneficiario", "Fecha inicio"),
        ("Título", "Donante", "Beneficiario", "Fecha inicio"),
        ("Назва", "Донор", "Бенефіціар", "Початок"),
        ("Naziv", "Donator", "Korisnik", "Početak"),
        ("الاسم", "الجهة المانحة", "المستفيد", "تاريخ البدء"),
    ] {
        let desk = Desk::new();
        let sheet = format!(
            "{name};{supporter};{recipient};{begins}\nMade-up course book;Made-up Fund;Made-up Police;15/03/2024\n\
             Made-up registry;Made-up Fund;Made-up Court;31/12/2024\n"
        );
        let file = desk.file("list.csv", sheet);
        desk.ok(&["import", &desk.workspace(), &file, "--propose"]);
        import(&desk, &file);
        let titles = ["Made-up course book|2024-03-15", "Made-up registry|2024-12-31"];
        assert_eq!(rows(&desk, "select title, starts from project order by 1"), titles, "{name}");
    }
    // A list of people or bodies is one of them, and amounts below “Nombre” are no names.
    let desk = Desk::new();
    for (at, (sheet, kind)) in [
        (
            "Name;Rank;Unit;Position\nA. Made Up;Colonel;Made-up Brigade;Commander\nB. Made Up;Major;Made-up Brigade;Deputy\n",
            "posting",
        ),
        ("Name;Acronym;Type\nMade-up Police;MP;Police\nMade-up Army;MA;Military\n", "actor"),
        ("Mission;Acronym;Country;Start;Mandate until\nMade-up Mission;MUM;Mali;2020-01-01;31/12/2026\n", "actor"),
        ("Mission;Resolution;Adopted;Until\nMade-up Mission;Resolution A;2020-01-02;2021-01-01\n", "mandate"),
        ("Nombre;Latitud;Longitud\nLugar ficticio;4.5;-74.1\nOtro lugar ficticio;4.6;-74.2\n", "place"),
    ]
    .into_iter()
    .enumerate()
    {
        let file = desk.file(&format!("s{at}.csv"), sheet);
        desk.ok(&["import", &desk.workspace(), &file, "--propose"]);
        let proposed = std::fs::read_to_string(desk.path(&format!("s{at}.toml"))).unwrap();
        assert!(proposed.contains(&format!("kind = \"{kind}\"")), "{proposed}");
    }
}

#[test]
fn what_is_imported_leads_to_its_question_and_where_there_is_none_to_its_list() {
    let desk = Desk::new();
    let server = serve(&desk);
    for (name, sheet, way) in [
        (
            "bodies.csv",
            "Institution,Acronym,Type\nMade-up Police,MUP,Police\nMade-up Prison Service,MUPS,Prisons\n",
            "/ask/classes",
        ),
        (
            "stations.csv",
            "Station;Latitude;Longitude\nMade-up station;12,65;-8,0\nOther made-up station;13,4;-6,2\n",
            "/records/place",
        ),
    ] {
        let page = press(&server, "/sheets/map", &uploaded(&server, name, sheet.as_bytes()), "see", &[]);
        let done = press(&server, "/sheets/try", &page, "", &[]);
        let main = done.split("<main").nth(1).expect("a page");
        assert!(main.contains(&format!("href=\"{way}")), "{main}");
    }
}
