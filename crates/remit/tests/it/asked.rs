//! Questions as somebody types them who has a meeting in an hour, and the page that must lead. The body on record is made up.

use crate::desk::Desk;

/// What is typed, in which language, and with what the address begins that stands first.
const ASKED: [(&str, &str, &str); 40] = [
    ("who trains the police in BiH", "en", "/ask/trainings?country=BA"),
    ("who trains the police in Somalia", "en", "/ask/body_support?actor=so%2Fpolice"),
    ("who trains the army in Mali", "en", "/ask/trainings"),
    ("who was trained in Kosovo", "en", "/ask/trainings?country=XK"),
    ("what ends soon in Somalia", "en", "/ask/ending?country=SO"),
    ("who oversees the police in Bosnia and Herzegovina", "en", "/ask/oversight?"),
    ("services without oversight in Mali", "en", "/ask/unwatched?country=ML"),
    ("women in the police of Kosovo", "en", "/ask/women?country=XK"),
    ("women by rank in Somalia", "en", "/ask/women_by_rank?country=SO"),
    ("complaints about the police in Kosovo", "en", "/ask/complaints?country=XK"),
    ("who supports the police in Ukraine", "en", "/support?"),
    ("open recommendations in Bosnia and Herzegovina", "en", "/ask/recommendation"),
    ("what changed in Somalia", "en", "/ask/changes?country=SO"),
    ("gaps in Mali", "en", "/ask/gaps?country=ML"),
    ("overlaps in Somalia", "en", "/ask/overlaps?country=SO"),
    ("what is overdue in BiH", "en", "/ask/overdue?country=BA"),
    ("equipment given to the army in Ukraine", "en", "/ask/equipment_control"),
    ("bills and laws in Somalia", "en", "/ask/laws?country=SO"),
    ("is the plan on track in Somalia", "en", "/ask/plan?"),
    ("qui forme la police en Somalie", "fr", "/ask/body_support?actor=so%2Fpolice"),
    ("qui contrôle l'armée au Mali", "fr", "/ask/oversight?"),
    ("ce qui prend fin bientôt en Somalie", "fr", "/ask/ending?country=SO"),
    ("femmes dans la police du Kosovo", "fr", "/ask/women?country=XK"),
    ("plaintes contre la police au Mali", "fr", "/ask/complaints?country=ML"),
    ("lacunes au Mali", "fr", "/ask/gaps?country=ML"),
    ("recommandations ouvertes en Bosnie-Herzégovine", "fr", "/ask/recommendation"),
    ("lois et projets de loi en Somalie", "fr", "/ask/laws?country=SO"),
    ("doublons en Somalie", "fr", "/ask/duplicates?"),
    ("chaîne de commandement de l'armée au Mali", "fr", "/ask/chain"),
    ("missions au Mali", "fr", "/ask/missions?country=ML"),
    ("من يراقب الجيش في مالي", "ar", "/ask/oversight?"),
    ("النساء في شرطة كوسوفو", "ar", "/ask/women?"),
    ("ما ينتهي قريبا في الصومال", "ar", "/ask/ending?country=SO"),
    ("الشكاوى من الشرطة في مالي", "ar", "/ask/complaints"),
    ("من يدعم الشرطة في أوكرانيا", "ar", "/support?"),
    ("الثغرات في مالي", "ar", "/ask/gaps?country=ML"),
    ("التوصيات في مالي", "ar", "/ask/recommendation"),
    ("القوانين في الصومال", "ar", "/ask/laws?"),
    ("البعثات في مالي", "ar", "/ask/missions?"),
    ("femmes par grade au Mali", "fr", "/ask/women_by_rank?"),
];

#[test]
fn what_is_asked_leads_before_what_can_only_be_asked_about_it() {
    let desk = Desk::new();
    desk.add(&[serde_json::json!({"kind": "actor", "record": "so/police", "source": "Made-up list", "marking": "public",
        "fields": {"name": "Made-up Somali Police", "names": [{"name": "Somali Police"}], "class": "police", "country": "SO"}})]);
    let server = desk.serve();
    let first = |typed: &str, language: &str| {
        let page = server.get(&format!("/search?lang={language}&q={}", typed.replace(' ', "+"))).2;
        let found = page.split("<ul class=\"found\">").nth(1).unwrap_or_default().to_owned();
        found.split("href=\"").nth(1).and_then(|link| link.split('"').next()).unwrap_or_default().to_owned()
    };
    let led = ASKED.iter().map(|(typed, language, to)| (typed, to, first(typed, language)));
    let wrong: Vec<_> = led.filter(|(_, to, first)| !first.starts_with(**to)).collect();
    assert!(wrong.is_empty(), "{} of {}: {wrong:#?}", wrong.len(), ASKED.len());
}
