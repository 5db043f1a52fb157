//! Pages in the languages of their readers. All data is made up.

use crate::browser::{desk, pages};
use crate::desk::Desk;
use std::collections::BTreeSet;

/// What the interface says in a language, where that is one plain text.
fn messages(language: &str) -> Vec<(String, String)> {
    let rooms = concat!(env!("CARGO_MANIFEST_DIR"), "/../remit-web/src");
    let folders = ["", "pages"].map(|room| std::fs::read_dir(format!("{rooms}/{room}")).expect("the rooms"));
    let mut all = Vec::new();
    for folder in folders.into_iter().flatten().flatten() {
        let Ok(text) = std::fs::read_to_string(folder.path().join(format!("{language}.ftl"))) else { continue };
        let plain = text.lines().filter(|l| !l.starts_with([' ', '#']) && !l.contains(['{', '<']));
        all.extend(plain.filter_map(|l| l.split_once(" = ")).map(|(id, text)| (id.to_owned(), text.to_owned())));
    }
    assert!(all.len() > 300);
    all
}

/// English that would be other words in a language.
fn foreign(language: &str) -> BTreeSet<String> {
    let own: Vec<(String, String)> = messages(language);
    let said: BTreeSet<&String> = own.iter().map(|(_, text)| text).collect();
    let english = messages("en").into_iter();
    // A word that is the same in both tells nothing.
    english.filter(|m| !own.contains(m) && !said.contains(&m.1)).map(|(_, text)| text).collect()
}

/// The texts of a page without its marks.
fn texts(page: &str) -> impl Iterator<Item = &str> {
    page.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text.trim()).filter(|t| !t.is_empty())
}

#[test]
fn every_kind_of_page_is_said_in_french_and_in_arabic() {
    let desk = desk();
    let server = desk.serve();
    for (language, direction) in [("fr", "ltr"), ("ar", "rtl")] {
        let foreign = foreign(language);
        let mut left = Vec::new();
        // What is made up on the page of the style is in English.
        for path in pages(&server).iter().filter(|p| *p != "/style") {
            let (_, head, page) = server.get(server.in_language(path, language).trim_start_matches(&server.address));
            assert!(page.contains(&format!("<html lang=\"{language}\" dir=\"{direction}\">")), "{path}");
            assert!(head.contains(&format!("content-language: {language}")), "{path}");
            left.extend(texts(&page).filter(|t| foreign.contains(*t)).map(|t| format!("{path}: {t}")));
        }
        assert!(left.is_empty(), "English in {language}:\n{}", left.join("\n"));
    }
}

/// Words of English that neither French, nor the names of questions and parameters, nor what is typed here has.
const ENGLISH: [&str; 15] = [
    "the",
    "is",
    "not",
    "of",
    "use",
    "missing",
    "field",
    "form",
    "failed",
    "invalid",
    "there",
    "internal",
    "must",
    "has",
    "deserialize",
];

#[test]
fn what_went_wrong_is_said_in_the_language_of_the_page() {
    let desk = desk();
    let server = desk.serve();
    let asked = [
        "/nowhere",
        "/record/actor?record=x",
        "/record/zz?record=x",
        "/records/zz",
        "/ask/zz",
        "/ask/support?country=ZZZ",
        "/ask/support?zz=1",
        "/ask/chain?actor=zz",
        "/?valid_on=zz",
        "/?known_on=zz",
        "/?clearance=zz",
        "/style.csv",
        "/country/QQ",
        "/story/zz",
        "/template/zz.xlsx",
        // What only a form leads to.
        "/undo",
        "/change/actor",
        "/decide",
    ];
    let sent = [
        ("/edit/actor", vec![("name", "")]),
        ("/edit/actor", vec![("name", "zz"), ("source", "zz"), ("valid_from", "zz"), ("reliability", "Z9"), ("marking", "zz")]),
        ("/decide", vec![("statement", "zz")]),
        ("/views", vec![("name", "")]),
        ("/undo", vec![("entry", "zz")]),
        ("/home", vec![("country", "ZZ")]),
        ("/exchange/make", vec![("sort", "part"), ("clearance", "zz")]),
        ("/sheets", vec![]),
        ("/documents", vec![]),
        ("/exchange/open", vec![]),
    ];
    for (language, direction) in [("fr", "ltr"), ("ar", "rtl")] {
        let said = |path: &str, page: &str| {
            assert!(page.contains(&format!("<html lang=\"{language}\" dir=\"{direction}\">")), "{path} is no page: {page}");
            let main = page.split("<main").nth(1).unwrap_or_default().split("<form").next().unwrap_or_default();
            assert!(!main.contains("lang=\"en\""), "{path} says something in English: {main}");
            // The names of questions, which are to be typed, are in one language.
            let is_apart = |c: char| !c.is_alphanumeric() && c != '_';
            let words = texts(main).flat_map(|t| t.split(is_apart)).map(str::to_lowercase);
            let english: Vec<String> = words.filter(|w| ENGLISH.contains(&w.as_str())).collect();
            assert!(english.is_empty(), "{path} in {language}: {english:?} in {main}");
        };
        let with_language = |path: &str| format!("{path}{}lang={language}", if path.contains('?') { '&' } else { '?' });
        for path in asked {
            let (status, _, page) = server.get(&with_language(path));
            assert!((400..500).contains(&status), "{path}: {status}");
            said(path, &page);
        }
        for (path, fields) in &sent {
            let (status, _, page) = server.post(&with_language(path), fields);
            assert!(status == 200 || (400..500).contains(&status), "{path} {fields:?}: {status}");
            said(path, &page);
        }
    }
}

#[test]
fn a_reader_chooses_the_language_or_the_browser_does() {
    let desk = desk();
    let server = desk.serve();
    let says = |page: &str, words: &str| assert!(page.contains(words), "{words} in {page}");
    let (_, head, page) = server.get("/questions?lang=fr");
    says(&page, "<h1>Questions</h1>");
    says(&page, "Lacunes");
    assert!(head.contains("set-cookie: lang=fr; path=/; max-age=31536000; samesite=lax"), "{head}");
    says(&server.get_with("/questions", "Cookie: lang=ar").2, "الثغرات");
    says(&server.get_with("/questions", "Accept-Language: de, fr;q=0.8, en;q=0.5").2, "Lacunes");
    says(&server.get_with("/questions?lang=en", "Cookie: lang=ar").2, "Gaps");
    says(&server.get("/questions").2, "Gaps");
    let page = server.get("/ask/gaps?country=SO&valid_on=2024-01-01").2;
    says(&page, "href=\"/ask/gaps?country=SO&#38;lang=ar&#38;valid_on=2024-01-01\" lang=\"ar\" hreflang=\"ar\"");
    says(&page, "aria-current=\"true\">English</a>");
}

#[test]
fn what_programs_read_is_the_same_in_every_language() {
    let desk = desk();
    let server = desk.serve();
    for path in ["/support.csv?country=SO&valid_on=2024-01-01", "/ask/gaps.json?country=SO&valid_on=2024-01-01"] {
        let english = server.get(path).2;
        for language in ["fr", "ar"] {
            assert_eq!(server.get_with(path, &format!("Cookie: lang={language}")).2, english, "{path} in {language}");
        }
    }
}

#[test]
fn errors_and_forms_speak_the_language_too() {
    let desk = desk();
    let server = desk.serve();
    let (status, _, page) = server.get_with("/activity?identifier=none", "Cookie: lang=fr");
    assert!(status == 404 && page.contains("Introuvable") && page.contains("«\u{a0}none\u{a0}»"), "{page}");
    let (status, _, page) = server.get_with("/support?valid_on=soon", "Cookie: lang=ar");
    assert!(status == 400 && page.contains("lang=\"ar\" dir=\"rtl\"") && page.contains("ليس تاريخًا"), "{page}");
    let page = server.post("/edit/actor?lang=fr", &[("name", "")]).2;
    assert!(page.contains("Rien n’est encore enregistré.") && page.contains("Saisissez «\u{a0}Nom\u{a0}»"), "{page}");
}

#[test]
fn what_cannot_be_used_is_told_in_the_language_with_its_particulars() {
    let desk = desk();
    let server = desk.serve();
    let list = |language: &str| {
        let page = server.get(&format!("/problems?lang={language}")).2;
        page.split("<ol class=\"problems\">").nth(1).unwrap_or_else(|| panic!("{page}")).split("</ol>").next().unwrap().to_owned()
    };
    let problems: serde_json::Value = serde_json::from_str(&server.get("/problems.json").2).unwrap();
    let reasons: Vec<&str> = problems["rows"].as_array().unwrap().iter().map(|row| row["reason"].as_str().unwrap()).collect();
    assert!(reasons.iter().all(|reason| list("en").contains(&reason.replace('\'', "&#39;"))), "{}", list("en"));
    for language in ["fr", "ar"] {
        let list = list(language);
        assert!(!list.contains("lang=\"en\""), "English in {language}: {list}");
        assert!(reasons.iter().all(|reason| !list.contains(reason)), "English in {language}: {list}");
    }
}

#[test]
fn what_a_question_lets_choose_is_named_in_the_language() {
    let desk = desk();
    let server = desk.serve();
    let choices = |sql: &str| -> Vec<String> {
        let lists = sql.lines().filter_map(|l| l.strip_prefix("-- choices = ["));
        lists.flat_map(|l| l.split('"').skip(1).step_by(2)).filter(|c| !c.is_empty()).map(str::to_owned).collect()
    };
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../questions");
    let files =
        std::fs::read_dir(folder).unwrap().flatten().map(|f| f.path()).filter(|f| f.extension().is_some_and(|e| e == "sql"));
    for file in files {
        let (name, choices) = (file.file_stem().unwrap().to_str().unwrap(), choices(&std::fs::read_to_string(&file).unwrap()));
        for choice in choices.iter().filter(|_| name != "support") {
            let page = server.get(&format!("/ask/{name}?lang=ar")).2;
            assert!(!page.contains(&format!(">{choice}</option>")), "{choice} of {name}");
        }
    }
}

#[test]
fn what_was_done_is_told_in_the_language_of_who_reads_it() {
    let desk = desk();
    let server = desk.serve();
    for (language, imported, entered) in [("fr", "importé de ", "saisi"), ("ar", "استُورد من \u{2068}", "أُدخل")] {
        let history = server.get(&format!("/history?lang={language}")).2;
        let changes = server.get(&format!("/ask/changes?since=2000-01-01&lang={language}")).2;
        for page in [&history, &changes] {
            assert!(page.contains(imported) || page.contains(entered), "{page}");
            assert!(!texts(page).any(|text| text.starts_with("imported ") || text == "entered"), "{page}");
        }
    }
}

#[test]
fn a_language_that_there_is_not_is_told_in_one_that_there_is() {
    let desk = Desk::new();
    let server = desk.serve();
    for (asks, says) in [("fr", "n’existe pas ici."), ("ar", "لا توجد هنا لغة"), ("de", "There is no language “xx” here.")]
    {
        let (status, _, page) = server.get_with("/?lang=xx", &format!("Accept-Language: {asks}"));
        assert!(status == 400 && page.contains(says) && page.contains("العربية (ar)"), "{asks}: {status} {page}");
    }
    assert_eq!((server.get("/?lang=FR").0, server.get("/?lang=").0), (200, 200));
}

#[test]
fn other_names_stand_with_their_language_and_without_its_code() {
    let desk = Desk::new();
    desk.import("actor.csv", "record,name,names,country\nso/corps,Made-up Corps,Ciidanka | so; فيلق مختلق | ar,SO\n");
    let server = desk.serve();
    for (page, language, said) in [
        ("/search?q=Ciidanka", "en", "Ciidanka (Somali); فيلق مختلق (Arabic)"),
        ("/record/actor?record=so/corps", "en", "Ciidanka (Somali); فيلق مختلق (Arabic)"),
        ("/record/actor?record=so/corps", "fr", "Ciidanka (somali)"),
    ] {
        let shown = server.get(&format!("{page}&lang={language}")).2;
        assert!(shown.contains(said) && !shown.contains("| so"), "{page}: {shown}");
    }
}

#[test]
fn where_nothing_has_to_be_put_right_that_is_said() {
    let desk = Desk::new();
    desk.import("actor.csv", "record,name,country,source,starts\nso/corps,Made-up Corps,SO,Made-up list,2020\n");
    let server = desk.serve();
    for question in ["conflicts", "duplicates", "unsourced", "unrecorded", "without_country"] {
        let said = server.get(&format!("/ask/{question}")).2;
        assert!(said.contains("Nothing that you may see has to be put right here."), "{question}: {said}");
    }
}
