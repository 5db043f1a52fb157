//! What is support to the security sector, and to whom, by what texts say. All made up.

use crate::desk::{Desk, Server, paid, police};
use serde_json::{Value, json};
use std::path::Path;

/// An activity for Somalia with a title, a description and a purpose code.
fn activity(id: &str, title: &str, description: &str, code: &str) -> String {
    let text = format!(
        "<description><narrative>{description}</narrative></description><recipient-country code=\"SO\"/>{}",
        paid("2", "1000")
    );
    police(id, &text)
        .replace("Made-up police reform", title)
        .replace("<sector vocabulary=\"1\" code=\"15132\"/>", &format!("<sector vocabulary=\"1\" code=\"{code}\"/>"))
}

/// Classes and functions of an activity, each named once.
fn recipients(desk: &Desk, column: &str, id: &str) -> String {
    let sql = format!("select distinct {column} as x from support where identifier = '{id}' order by 1");
    desk.sql(&sql).iter().map(|r| r["x"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>().join(",")
}

#[test]
fn a_title_that_names_an_institution_tells_in_any_language() {
    let titles = [
        ("Efficiency of the Congolese National Police in the epidemic", "police"),
        ("Medical services of the Jordanian Armed Forces", "military"),
        ("Humane conditions in detention", "corrections"),
        ("Appui au renforcement de l’accès à la justice", "justice"),
        ("Assistance à la population carcérale du Togo", "corrections"),
        ("Apoyo a la Policía Nacional", "police"),
        ("Ausbildung von Grenzschutzbeamten", "police"),
        ("Apoio ao sistema prisional", "corrections"),
        ("Ondersteuning van de politie", "police"),
        ("Stöd till polisen", "police"),
        ("دعم الشرطة في الصومال", "police"),
        ("Barracks rehabilitation, 3rd Infantry Battalion", "military"),
        ("Réhabilitation de la caserne d’une ville fictive", "military"),
        ("Fortbildung von Richtern", "justice"),
        ("Appui au renseignement militaire", "intelligence"),
        ("Búsqueda de personas desaparecidas", "justice"),
        // Forces of defence and security, as French and Portuguese shorten them.
        ("Les FDS et leurs partenaires appliquent les mesures", "military,police"),
        ("Dialogue FDS-populations", "military,police"),
        ("Formação das FDS", "military,police"),
        ("Renforcement des FDSI", "military,police"),
        ("Customs and border guard training", "police"),
        ("Training for the defence committee of parliament", "parliament"),
        ("Disarmament of former fighters", "unspecified"),
        // Of two institutions with one word behind them, both.
        ("The prison and judicial sector has capacities", "corrections,justice"),
        ("Justice and corrections support", "corrections,justice"),
    ];
    let desk = Desk::new();
    let all: Vec<String> =
        titles.iter().enumerate().map(|(n, (title, _))| activity(&format!("XX-1-{n}"), title, "", "15110")).collect();
    desk.activities("a.xml", &all);
    for (n, (title, class)) in titles.iter().enumerate() {
        assert_eq!(recipients(&desk, "actor_class", &format!("XX-1-{n}")), *class, "{title}");
    }
}

#[test]
fn threats_victims_and_mere_mentions_are_no_recipients() {
    let desk = Desk::new();
    let relief = "Families fled attacks by armed forces and clashes with the army. They receive food, water and health care.";
    desk.activities(
        "a.xml",
        &[
            activity("XX-1-A", "Relief for the displaced", relief, "72010"),
            activity("XX-1-B", "Food relief for former child soldiers", "", "12250"),
            activity("XX-1-C", "Peace agreement with the Revolutionary Armed Forces of Colombia", "", "15220"),
            activity("XX-1-D", "Legal frameworks for health", "Doctors without borders help at the tennis court.", "12110"),
            activity("XX-1-E", "Seeds for households displaced by the army", "", "31120"),
            activity("XX-1-F", "Clinics after the police strike", "", "12110"),
            activity("XX-1-G", "Rénovation d’une caserne de pompiers", "", "74020"),
        ],
    );
    assert_eq!(desk.value("select count(*) from support"), json!(0));
}

#[test]
fn what_a_place_is_beside_receives_nothing_and_an_acronym_of_something_else_is_none() {
    let titles = [
        ("Building a school near the police post", ""),
        ("Water kiosk next to the army barracks", ""),
        ("Construction d’une école près du poste de police", ""),
        ("École en face de la prison", ""),
        ("Escuela cerca del puesto de policía", ""),
        ("School naast het politiebureau", ""),
        ("بناء مدرسة بالقرب من مركز الشرطة", ""),
        ("Appui au FDS (fonds de développement social)", ""),
        ("Aide aux déplacés après les exactions des FDS", ""),
        // What is itself built beside something does receive, and so do nearly two hundred.
        ("Building a police post near the market", "police"),
        ("Formation de près de 200 policiers", "police"),
    ];
    let desk = Desk::new();
    let all: Vec<String> =
        titles.iter().enumerate().map(|(n, (title, _))| activity(&format!("XX-1-{n}"), title, "", "15110")).collect();
    desk.activities("a.xml", &all);
    for (n, (title, class)) in titles.iter().enumerate() {
        assert_eq!(recipients(&desk, "actor_class", &format!("XX-1-{n}")), *class, "{title}");
    }
}

#[test]
fn an_institution_in_the_title_or_theme_of_something_else_receives_nothing() {
    let titles = [
        ("Prison Break festival", ""),
        ("Feature film “Army of Shadows”", ""),
        ("Police Story movie, second season", ""),
        ("Documentary about the police", ""),
        ("International human rights and justice film festival", ""),
        ("Film sur la prison", ""),
        ("Exposition «La gendarmerie de ma ville»", ""),
        ("Documental sobre la policía", ""),
        ("Film über die Polizei", ""),
        ("Film om polisen", ""),
        ("فيلم عن السجن", ""),
        ("Renovation of the Army Museum", ""),
        // Whom it is for, and where it is, does receive.
        ("Theatre festival in prisons", "corrections"),
        ("Film for the police on domestic violence", "police"),
        ("Police training film", "police"),
        ("Support to the police, and a film festival", "police"),
    ];
    let desk = Desk::new();
    let all: Vec<String> =
        titles.iter().enumerate().map(|(n, (title, _))| activity(&format!("XX-1-{n}"), title, "", "16061")).collect();
    desk.activities("a.xml", &all);
    for (n, (title, class)) in titles.iter().enumerate() {
        assert_eq!(recipients(&desk, "actor_class", &format!("XX-1-{n}")), *class, "{title}");
    }
}

#[test]
fn a_function_without_an_institution_is_kept() {
    let desk = Desk::new();
    desk.activities(
        "a.xml",
        &[
            activity("XX-1-B", "Integrated border management", "", "15190"),
            activity("XX-1-S", "Small arms control", "", "15220"),
            activity("XX-1-D", "Reintegration of former combatants", "", "15210"),
        ],
    );
    for (id, function) in [("B", "border_management"), ("S", "small_arms_control"), ("D", "disarmament_reintegration")] {
        assert_eq!(recipients(&desk, "security_function", &format!("XX-1-{id}")), function);
        assert_eq!(recipients(&desk, "actor_class", &format!("XX-1-{id}")), "unspecified");
    }
}

#[test]
fn a_wide_code_gives_way_to_what_the_text_names_and_is_doubted_where_it_speaks_of_else() {
    let desk = Desk::new();
    desk.activities(
        "a.xml",
        &[
            activity("XX-1-P", "Support to the penitentiary reform", "", "15130"),
            activity("XX-1-C", "Community policing", "", "15131"),
            activity("XX-1-S", "Annual programme", "", "15130"),
            activity("XX-1-F", "Emergency food supplies", "Food and health care for farmers.", "15131"),
        ],
    );
    let classes = ["P", "C", "S", "F"].map(|id| recipients(&desk, "actor_class", &format!("XX-1-{id}")));
    assert_eq!(classes, ["corrections", "police", "justice", ""]);
    assert_eq!(desk.value("select group_concat(identifier) from activity where code_doubted = 1"), json!("XX-1-F"));
}

#[test]
fn what_only_the_text_says_counts_with_an_estimated_share_and_its_range() {
    let desk = Desk::new();
    let themes = "Improve food, health, education, water and energy, and train the police of the towns.";
    let long = format!("{} The police are near.", "Farmers plant trees along the rivers of the plain. ".repeat(20));
    desk.activities("a.xml", &[activity("XX-1-A", "Regional development", themes, "43040")]);
    desk.activities("b.xml", &[activity("XX-1-B", "Police of the towns", themes, "15110")]);
    desk.activities("c.xml", &[activity("XX-1-C", "Regional development", &long, "43040")]);
    let rows = desk.sql("select identifier as of, sum(share) as share, round(sum(share_from), 6) as least, round(sum(share_up_to), 6) as most from support group by 1");
    // Beside five other fields the police weigh little; in the title they weigh most; in a long text a name alone is nothing.
    let expected = [
        json!({"of": "XX-1-A", "share": 0.2, "least": 0.1, "most": 0.5}),
        json!({"of": "XX-1-B", "share": 0.7, "least": 0.4, "most": 1.0}),
    ];
    assert_eq!(rows, expected);
    assert_eq!(desk.value("select sum(committed_usd_up_to) from support where identifier = 'XX-1-A'"), json!(500.0));
}

#[test]
fn a_title_that_names_other_fields_beside_the_sector_weighs_for_all_of_them() {
    let desk = Desk::new();
    desk.activities("a.xml", &[activity("XX-1-A", "Police, schools and housing", "", "43040")]);
    desk.activities("b.xml", &[activity("XX-1-B", "Police of the towns", "", "43040")]);
    // A word within what tells is no field of its own.
    desk.activities("c.xml", &[activity("XX-1-C", "Forensic laboratory", "", "43040")]);
    let rows = desk.sql("select identifier as of, round(sum(share), 6) as share from support group by 1");
    let share = |of: &str, share: f64| json!({"of": format!("XX-1-{of}"), "share": share});
    assert_eq!(rows, [share("A", 0.3), share("B", 0.9), share("C", 0.9)]);
}

#[test]
fn words_that_other_fields_use_too_tell_only_beside_others() {
    let desk = Desk::new();
    desk.activities(
        "a.xml",
        &[
            activity("XX-1-L", "Lawyers for tenants", "", "16030"),
            activity("XX-1-T", "Modern customs procedures for exporters", "", "33110"),
            activity("XX-1-B", "Help in need", "Lawyers accompany detainees to the court and train judges.", "15160"),
            activity("XX-1-R", "A strategy", "It is in line with the rule of law.", "43010"),
        ],
    );
    assert_eq!(desk.value("select group_concat(distinct identifier) from support"), json!("XX-1-B"));
}

#[test]
fn words_are_known_where_letters_were_lost_on_the_way() {
    let desk = Desk::new();
    let masks = "Contre la pandémie dans les maisons darrt et de correction";
    desk.activities(
        "a.xml",
        &[
            activity("XX-1-P", masks, "", "12250"),
            activity("XX-1-F", "Scurit alimentaire", "", "12240"),
            activity("XX-1-M", "Fortalecimiento de la polica", "", "15110"),
        ],
    );
    let classes = ["P", "F", "M"].map(|id| recipients(&desk, "actor_class", &format!("XX-1-{id}")));
    assert_eq!(classes, ["corrections", "", "police"]);
}

#[test]
fn a_wide_code_with_a_part_of_its_own_was_chosen_with_thought() {
    let desk = Desk::new();
    let codes = |parts: [u8; 3]| {
        let [a, b, c] = parts.map(|p| p.to_string());
        activity("XX", "Health and reforms", "Health care, and reforms of education.", "15130").replace(
            "<sector vocabulary=\"1\" code=\"15130\"/>",
            &format!(
                "<sector vocabulary=\"1\" code=\"12110\" percentage=\"{a}\"/><sector vocabulary=\"1\" code=\"15130\" \
                 percentage=\"{b}\"/><sector vocabulary=\"1\" code=\"15111\" percentage=\"{c}\"/>"
            ),
        )
    };
    desk.activities("a.xml", &[codes([55, 23, 22]).replace("XX<", "XX-1-W<"), codes([34, 33, 33]).replace("XX<", "XX-1-E<")]);
    assert_eq!(
        desk.sql("select identifier as of, sum(share) as share from support group by 1"),
        [json!({"of": "XX-1-W", "share": 0.23})]
    );
}

#[test]
fn support_of_every_sign_stands_apart() {
    let desk = Desk::new();
    desk.activities("a.xml", &[activity("XX-1-A", "Police reform", "", "15132")]);
    desk.add(&[
        json!({"kind": "actor", "record": "m", "fields": {"name": "Made-up Mission", "class": "mission", "country": "SO"}}),
        json!({"kind": "actor", "record": "p", "fields": {"name": "Made-up Police", "class": "police", "country": "SO"}}),
        json!({"kind": "equipment", "record": "e", "fields": {"recipient": "p", "supporter": "m", "item": "radios", "quantity": 5}}),
        json!({"kind": "relation", "record": "r", "valid_from": "2020", "fields": {"subject": "m", "relation": "supports", "object": "p"}}),
        json!({"kind": "mandated_task", "record": "t", "valid_from": "2020", "fields": {"mission": "m", "task": "Advise the police", "function": "public_order"}}),
    ]);
    let rows = desk.ask("all_support", &["--country", "SO", "--valid-on", "2021-06-30"]);
    let text = |r: &serde_json::Value, name: &str| r[name].as_str().unwrap().to_owned();
    let shown: Vec<[String; 3]> = rows.iter().map(|r| ["sign", "kind", "actor_class"].map(|name| text(r, name))).collect();
    let expected = [
        ["coded", "activity", "police"],
        ["stated", "relation", "police"],
        ["stated", "equipment", "police"],
        ["mandated", "mandated_task", "police"],
    ];
    assert_eq!(shown, expected.map(|row| row.map(str::to_owned)));
    assert!(rows.iter().all(|r| r["disbursed_usd"].is_null()), "what has no amount counts as a row, not as nothing");
    let (_, _, page) = desk.serve().get("/support?country=SO&valid_on=2021-06-30");
    for group in ["Aid activities</th>", ">Stated</a>", ">Mandated</a>"] {
        assert!(page.to_lowercase().contains(&group.to_lowercase()), "{group} stands in the matrix by itself: {page}");
    }
    let (_, _, page) = desk.serve().get("/support?country=SO&valid_on=2021-06-30&signs=mandated");
    assert!(page.contains("Made-up Mission") && !page.contains(">stated</a>"), "one sign alone can be shown");
    let (_, _, page) = desk.serve().get("/support?country=SO&valid_on=2021-06-30&signs=mandated&signs=stated");
    let group = |name: &str| page.to_lowercase().contains(&format!(">{name}</a>"));
    assert!(
        group("mandated") && group("stated") && !page.contains("Aid activities</th>"),
        "each can be switched on and off: {page}"
    );
    let inputs = page.split("<input").map(|i| i.split('>').next().unwrap_or_default());
    let boxes = inputs.filter(|i| i.contains("name=\"signs\"") && i.contains("type=\"checkbox\""));
    let boxes: Vec<bool> = boxes.map(|i| i.contains(" checked")).collect();
    assert_eq!(boxes, [false, false, true, true, false, false], "coded, read, stated, mandated, reported, planned");
}

#[test]
fn the_page_of_a_mission_shows_what_became_of_each_task_by_what_asked_for_it() {
    let desk = Desk::new();
    let line = |kind: &str, record: &str, fields: Value| json!({"kind": kind, "record": record, "marking": "public", "source": "Made-up report", "fields": fields});
    desk.add(&[
        line("actor", "m", json!({"name": "Made-up Mission", "class": "mission", "country": "SO"})),
        line("mandate", "d", json!({"mission": "m", "title": "Made-up Decision 1", "adopted": "2025-01-01"})),
        line("mandated_task", "t1", json!({"mission": "m", "mandate": "d", "task": "Train the made-up police"})),
        line("mandated_task", "t2", json!({"mission": "m", "mandate": "d", "task": "Watch the made-up coast"})),
        line(
            "engagement",
            "e",
            json!({"mission": "m", "task": "It was not done", "mode": "negated", "date": "2026-01-01",
            "serves": ["mandated_task:t2"]}),
        ),
        line(
            "project",
            "p",
            json!({"title": "Made-up Academy", "supporter": "m", "country": "SO", "starts": "2026-01-01",
            "committed": 500, "currency": "EUR", "serves": ["mandated_task:t1"]}),
        ),
    ]);
    let server = Server::start(Path::new(&desk.workspace()), &[]);
    let page = server.get("/record/actor?record=m&valid_on=2026-11-28").2;
    let (_, section) = page.split_once("From mandate to money").unwrap_or_default();
    for told in ["Asked in", "Made-up Decision 1", "Supported", "Left undone", "Made-up Academy", "500 EUR"] {
        assert!(section.contains(told), "{told}: {page}");
    }
}

#[test]
fn an_institution_is_called_in_the_language_of_the_page_where_it_has_a_name_in_it() {
    let desk = Desk::new();
    let line = |kind: &str, record: &str, fields: Value| json!({"kind": kind, "record": record, "marking": "public", "source": "Made-up report", "fields": fields});
    desk.add(&[
        line("actor", "m", json!({"name": "Made-up Mission", "class": "mission", "country": "SO"})),
        line(
            "actor",
            "p",
            json!({"name": "Made-up Police", "names": [{"name": "Police inventée", "language": "fr"}], "class": "police", "country": "SO"}),
        ),
        line("actor", "q", json!({"name": "Made-up Prison Service", "class": "corrections", "country": "SO"})),
        line(
            "engagement",
            "e",
            json!({"mission": "m", "task": "A made-up course", "mode": "done", "date": "2026-01-01", "partner": "p", "country": "SO"}),
        ),
        line(
            "engagement",
            "f",
            json!({"mission": "m", "task": "A made-up visit", "mode": "done", "date": "2026-01-02", "partner": "q", "country": "SO"}),
        ),
    ]);
    let server = Server::start(Path::new(&desk.workspace()), &[]);
    let page = |language: &str| server.get(&format!("/ask/engagements?country=SO&valid_on=2026-11-28&lang={language}")).2;
    let french = page("fr");
    // The one that has no French name on record keeps the name that it has.
    for name in ["Police inventée</a>", "Made-up Prison Service</a>"] {
        assert!(french.contains(name), "{name}: {french}");
    }
    // So it is in what is drawn, and not in the data.
    let drawn = server.get("/ask/oversight?country=SO&valid_on=2026-11-28&lang=fr").2;
    assert!(drawn.contains("Police inventée"), "{drawn}");
    let data = server.get("/ask/engagements.csv?country=SO&valid_on=2026-11-28&lang=fr").2;
    assert!(data.contains("Made-up Police"), "{data}");
    let english = page("en");
    assert!(english.contains("Made-up Police</a>") && !english.contains("Police inventée</a>"), "{english}");
}

#[test]
fn who_supports_a_body_is_told_also_by_published_activities_that_name_it() {
    let desk = Desk::new();
    let named = "<narrative>Made-up Police Force</narrative>";
    let implemented = activity("XX-1-B", "Courses", "", "15132")
        .replace("<recipient-country", &format!("<participating-org role=\"4\">{named}</participating-org><recipient-country"));
    let received = activity("XX-1-C", "Radios", "", "15132")
        .replace("</transaction>", &format!("<receiver-org>{named}</receiver-org></transaction>"));
    desk.activities(
        "a.xml",
        &[
            activity("XX-1-A", "Cars for the MPF (made up), and fuel", "", "15132"),
            implemented,
            received,
            activity("XX-1-D", "Help to the MPFX, which is another", "", "15132"),
        ],
    );
    let body = |record: &str, name: &str, acronym: &str| {
        json!({"kind": "actor", "record": record, "source": "Made-up list",
            "fields": {"name": name, "acronym": acronym, "class": "police", "country": "SO"}})
    };
    desk.add(&[body("so/police", "Made-up Police Force", "MPF"), body("so/guard", "Made-up Guard", "MG")]);
    let told = |actor: &str| {
        let rows = desk.ask("body_support", &["--actor", actor, "--valid-on", "2021-06-30"]);
        let mut all: Vec<String> = rows.iter().map(|r| r["record"].as_str().unwrap().to_owned()).collect();
        all.sort();
        all
    };
    assert_eq!(told("so/police"), ["XX-1-A", "XX-1-B", "XX-1-C"]);
    assert_eq!(told("so/guard"), Vec::<String>::new());
}
