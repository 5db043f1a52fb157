//! The pages in a real Chromium: without network, without JavaScript, narrow, by keyboard, on paper, read aloud.

mod driver;
mod keyboard;
mod measured;
mod printed;
mod review;

use crate::desk::{Desk, Server, iati, paid, police};
use crate::reading::RESOLUTION;
use driver::{Browser, ENTER, TAB};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// A driver that ends with the test.
struct Driver(Child, String);

impl Driver {
    /// On a busy machine a driver may not find a port at once.
    fn start() -> Driver {
        (0..3).find_map(|_| Driver::try_start()).expect("chromedriver starts")
    }

    fn try_start() -> Option<Driver> {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is installed (scripts/test does it)");
        let lines = BufReader::new(process.stdout.take().expect("standard output")).lines();
        let started = lines.map_while(Result::ok).find(|l| l.contains("started successfully on port"));
        let port = started.map(|s| s.trim_end_matches('.').rsplit(' ').next().expect("a port").to_owned());
        let driver = Driver(process, format!("http://127.0.0.1:{}", port.as_deref().unwrap_or_default()));
        port.map(|_| driver)
    }

    fn browser(&self, script: bool) -> Browser {
        let profile = tempfile::TempDir::new().expect("a folder").keep();
        let options = json!({
            "binary": which("chromium"),
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                format!("--user-data-dir={}", profile.display()),
            ],
            "prefs": { "profile.managed_default_content_settings.javascript": if script { 1 } else { 2 } },
        });
        let capabilities = json!({ "goog:chromeOptions": options, "goog:loggingPrefs": { "browser": "ALL" } });
        Browser::start(&self.1, &capabilities).expect("a browser")
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn which(program: &str) -> String {
    let found =
        std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).map(|p| p.join(program)).find(|p| p.is_file());
    found.unwrap_or_else(|| PathBuf::from(program)).display().to_string()
}

/// A made-up register with one of everything.
pub(crate) fn desk() -> Desk {
    let desk = Desk::new();
    let no_day = "<activity-date type=\"1\" iso-date=\"2021-02-30\"/>";
    let activity = |id: &str, reporter: &str, class: &str| {
        police(id, &format!("<recipient-country code=\"SO\"/>{no_day}{}{}", paid("2", "2500000"), paid("3", "1200000")))
            .replace("XX-1\" type", &format!("{reporter}\" type"))
            .replace("15132", class)
    };
    desk.import(
        "a.xml",
        iati(&[activity("XX-1-A", "XX-1", "15132"), activity("XX-2-B", "XX-2", "15132"), activity("XX-2-C", "XX-2", "15137")]),
    );
    desk.import("actors.csv", "record,name,class,country\nso/army,Made-up Army,military,SO\nso/brigade,Made-up Brigade,military,SO\nso/committee,Made-up Committee,parliament,SO\n");
    desk.import("relations.csv", "record,subject,relation,object,power,in_practice\n,so/brigade,part_of,so/army,,\n,so/committee,oversees,so/army,budget,exercised\n");
    desk.import("assignments.csv", "record,actor,function,role\n,so/army,defence,lead\n");
    desk.import("missions.csv", "record,name,class,country\nmission/unmiss,UNMISS,mission,SO\n");
    let file = desk.file("resolution.txt", RESOLUTION);
    desk.ok(&["read", &desk.workspace(), &file]);
    desk
}

/// The addresses of all kinds of page, with the record of the document that was read.
pub(crate) fn pages(server: &Server) -> Vec<String> {
    let (_, _, documents) = server.get("/documents.csv");
    let at = documents.find("document/").expect("a document");
    let record = &documents[at..at + "document/".len() + 12];
    PAGES.iter().map(|path| path.replace("DOCUMENT", record).replace("HASH", &record["document/".len()..])).collect()
}

/// Runs a test with a server and a browser.
fn with_browser<F: FnOnce(&Browser, &Server)>(script: bool, test: F) {
    with_browser_at(&desk(), script, test);
}

/// The same of a workspace of its own.
fn with_browser_at<F: FnOnce(&Browser, &Server)>(desk: &Desk, script: bool, test: F) {
    let server = desk.serve();
    let driver = Driver::start();
    let browser = driver.browser(script);
    browser.goto(&server.entrance()).expect("the door");
    test(&browser, &server);
    browser.close().expect("the browser ends");
}

const PAGES: [&str; 31] = [
    "/",
    "/?country=SO",
    "/world",
    "/glossary",
    "/records/actor?class=military&sort=-name",
    "/country/SO",
    "/support?country=SO&valid_on=2021-06-30",
    "/ask/explain?country=SO",
    "/activity?identifier=XX-1-A",
    "/problems",
    "/data",
    "/record/actor?record=so/army",
    "/records/actor",
    "/edit/relation",
    "/history",
    "/history/actor?record=so/army",
    "/search?q=made",
    "/sheets",
    "/ask/structure?country=SO",
    "/ask/functions?country=SO",
    "/ask/oversight?country=SO",
    "/questions",
    "/ask/priorities",
    "/ask/mandate?mission=mission/unmiss",
    "/record/actor?record=mission/unmiss",
    "/documents",
    "/document?record=DOCUMENT",
    "/passage?record=HASH/1",
    "/review",
    "/style",
    "/none",
];

#[test]
fn no_page_is_wider_than_a_telephone() {
    with_browser(true, |browser, server| {
        for (width, language) in [(360, "en"), (360, "fr"), (360, "ar"), (400, "en"), (1280, "en"), (1280, "ar")] {
            browser.set_window_size(width, 800).unwrap();
            for path in pages(server) {
                browser.goto(&server.in_language(&path, language)).unwrap();
                let too_wide = browser
                    .execute("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
                    .unwrap();
                assert_eq!(too_wide, json!(0), "{path} at {width} px in {language}");
            }
        }
    });
}

#[test]
fn a_page_asks_for_little_and_from_nobody_else() {
    with_browser(true, |browser, server| {
        for path in pages(server) {
            browser.goto(&format!("{}{path}", server.address)).unwrap();
            let script = "return performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation')).map(e => [e.name, e.transferSize])";
            let entries: Vec<(String, f64)> = serde_json::from_value(browser.execute(script).unwrap()).unwrap();
            assert!(entries.len() <= 6, "{path}: {entries:?}");
            assert!(entries.iter().all(|(name, _)| name.starts_with(&server.address)), "{path}: {entries:?}");
            let bytes: f64 = entries.iter().map(|(_, n)| n).sum();
            assert!(bytes < 100_000.0, "{path}: {bytes} bytes");
        }
    });
}

#[test]
fn without_javascript_the_way_from_the_world_to_the_line_is_open() {
    with_browser(false, |browser, server| {
        browser.goto(&format!("{}/world", server.address)).unwrap();
        let follow = |selector: &str| {
            browser.find(selector).unwrap_or_else(|_| panic!("{selector}")).click().unwrap();
        };
        follow("table.bars a[href^='/country/SO']");
        assert_eq!(browser.find("h1").unwrap().text().unwrap(), "Somalia");
        follow("a[href^='/support?country=SO']");
        follow("table.matrix td a[href*='class=police'][href*='XX-1']");
        follow("a[href^='/activity?identifier=XX-1-A']");
        let page = browser.find("main").unwrap().text().unwrap();
        assert!(page.contains("a.xml, line 3") && page.contains("Made-up Agency"), "{page}");
    });
}

#[test]
fn everything_is_reached_by_keyboard_and_the_focus_is_seen() {
    with_browser(true, |browser, server| {
        browser.goto(&format!("{}/support?country=SO&valid_on=2021-06-30", server.address)).unwrap();
        let focused = "const e = document.activeElement; const s = getComputedStyle(e); \
                       return [e.tagName, e.getAttribute('href') || e.className || e.name || '', s.outlineStyle + s.outlineWidth]";
        let mut seen: Vec<(String, String, String)> = Vec::new();
        for _ in 0..60 {
            browser.active_element().unwrap().send_keys(TAB).unwrap();
            let at: (String, String, String) = serde_json::from_value(browser.execute(focused).unwrap()).unwrap();
            if at.0 == "BODY" {
                break;
            }
            assert!(at.2 != "none0px", "the focus on {at:?} is seen");
            seen.push(at);
        }
        let reached = |what: &str| seen.iter().any(|s| s.1.contains(what));
        assert_eq!(seen[0].1, "#main", "the first stop skips to the content");
        for what in ["/problems", "wide", "class=police", "country"] {
            assert!(reached(what), "{what} in {seen:?}");
        }
    });
}

#[test]
fn headings_tables_and_fields_are_named() {
    with_browser(true, |browser, server| {
        let script = "const bad = [];\
            document.querySelectorAll('table').forEach(t => { if (!t.caption) bad.push('table without caption'); \
              if (t.querySelector('thead th:not([scope])')) bad.push('th without scope'); });\
            document.querySelectorAll('input:not([type=hidden]),select').forEach(i => { if (!i.labels.length && !i.getAttribute('aria-label')) bad.push('field without label ' + i.name); });\
            document.querySelectorAll('svg').forEach(s => { if (s.getAttribute('aria-hidden') !== 'true' && !s.getAttribute('aria-label') && !document.getElementById((s.getAttribute('aria-labelledby') || '').split(' ')[0])) bad.push('picture without name'); });\
            const ids = [...document.querySelectorAll('[id]')].map(e => e.id); if (new Set(ids).size !== ids.length) bad.push('id twice: ' + ids);\
            let last = 0; document.querySelectorAll('h1,h2,h3').forEach(h => { const n = +h.tagName[1]; if (n > last + 1) bad.push('heading skips'); last = n; });\
            if (document.querySelectorAll('h1').length !== 1) bad.push('not one h1');\
            return bad";
        for path in pages(server) {
            browser.goto(&format!("{}{path}", server.address)).unwrap();
            let bad: Vec<Value> = serde_json::from_value(browser.execute(script).unwrap()).unwrap();
            assert!(bad.is_empty(), "{path}: {bad:?}");
        }
    });
}

#[test]
fn a_record_is_entered_by_keyboard_with_names_offered() {
    with_browser(true, |browser, server| {
        browser.goto(&format!("{}/edit/relation", server.address)).unwrap();
        browser.find("#f-subject").unwrap().send_keys("Made-up Comm").unwrap();
        let offered = "return [...document.querySelectorAll('#l-subject option')].map(o => o.value).join()";
        for _ in 0..50 {
            if browser.execute(offered).unwrap() == json!("Made-up Committee") {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        assert_eq!(browser.execute(offered).unwrap(), json!("Made-up Committee"));
        browser.find("#f-subject").unwrap().send_keys("ittee").unwrap();
        browser.find("#f-relation").unwrap().send_keys("oversees").unwrap();
        browser.find("#f-object").unwrap().send_keys("Made-up Brigade").unwrap();
        // The source that was named last stands in one line, which opens.
        let line = browser.find("details.envelope > summary").unwrap();
        line.send_keys(ENTER).unwrap();
        let source = browser.find("#f-source").unwrap();
        source.clear().unwrap();
        source.send_keys("Made-up Gazette").unwrap();
        source.send_keys(ENTER).unwrap();
        browser.wait_for(".said").unwrap();
        let page = browser.source().unwrap();
        assert!(page.contains("Made-up Gazette") && page.contains("Made-up Brigade"));

        browser.goto(&format!("{}/edit/actor", server.address)).unwrap();
        browser.find("#f-name").unwrap().send_keys("Made-up Armi").unwrap();
        let warning = browser.wait_for("#alike:not([hidden]) a").unwrap();
        assert_eq!(warning.text().unwrap(), "Made-up Army");
    });
}

#[test]
fn the_register_is_written_without_javascript() {
    with_browser(false, |browser, server| {
        browser.goto(&format!("{}/edit/actor?record=so/army", server.address)).unwrap();
        browser.find("details.further > summary").unwrap().click().unwrap();
        browser.find("#f-website").unwrap().send_keys("https://army.example").unwrap();
        browser.find("details.envelope > summary").unwrap().click().unwrap();
        browser.find("[name=no-source]").unwrap().click().unwrap();
        browser.find("form.edit button").unwrap().click().unwrap();
        let undo = browser.wait_for(".said button").unwrap();
        assert!(browser.source().unwrap().contains("https://army.example"));
        undo.click().unwrap();
        // Back on the page of the record, which says nothing of it any more.
        browser.wait_for("main:not(:has(.said))").unwrap();
        assert!(!browser.source().unwrap().contains("https://army.example"));
    });
}

#[test]
fn a_site_is_searched_from_a_folder_in_three_languages() {
    let desk = Desk::new();
    let actor = |record: &str, name: &str, names: Value| {
        json!({ "kind": "actor", "record": record, "source": "Made up",
            "fields": { "name": name, "class": "police", "country": "SO", "names": names } })
    };
    desk.add(&[
        actor(
            "so/police",
            "Made-up Police Force",
            json!([{ "name": "Armée de l’État inventée", "language": "fr" }, { "name": "الشرطة المختلقة", "language": "ar" }]),
        ),
        // Shorter, and with both words among its names.
        actor("so/guard", "Made-up Guard", json!([{ "name": "Made-up Police of the Coast", "language": "en" }])),
    ]);
    let site = desk.path("site").display().to_string();
    desk.ok(&["publish", &desk.workspace(), &site]);
    let driver = Driver::start();
    let browser = driver.browser(true);
    for (language, typed, first) in [
        ("en", "made-up police", "Made-up Police Force"),
        ("en", "Made‑up Guard", "Made-up Guard"),
        // As a keyboard has it: no accents, its own apostrophe, a letter of Arabic for another.
        ("fr", "armee de l'etat", "Made-up Police Force"),
        ("ar", "الشرطه المختلقه", "Made-up Police Force"),
    ] {
        browser.goto(&format!("file://{site}/{language}/index.html")).unwrap();
        browser.find("input[data-index]").unwrap().send_keys(typed).unwrap();
        let link = browser.wait_for("#found:not([hidden]) a").unwrap();
        assert!(link.text().unwrap().starts_with(first) || language != "en", "{typed}: {}", link.text().unwrap());
        let target = link.attr("href").unwrap().unwrap_or_default();
        assert!(target.contains(if first.ends_with("Guard") { "so/guard" } else { "so/police" }), "{typed}: {target}");
        link.click().unwrap();
        browser.wait_for("h1").unwrap();
        assert!(browser.current_url().unwrap().ends_with(".html"), "it is there: {}", browser.current_url().unwrap());
    }
    browser.close().expect("the browser ends");
}

/// The texts of the first column of a table.
fn first_column(browser: &Browser) -> Vec<String> {
    let mut all = Vec::new();
    for cell in browser.find_all("table.sorts tbody tr > :first-child").unwrap() {
        all.push(cell.text().unwrap());
    }
    all
}

#[test]
fn a_table_sorts_by_its_head_and_so_do_its_downloads() {
    with_browser(true, |browser, server| {
        browser.goto(&format!("{}/ask/explain?country=SO&valid_on=2021-06-30", server.address)).unwrap();
        let mut ascending = first_column(browser);
        assert!(ascending.len() >= 3, "{ascending:?}");
        ascending.sort();
        let head = browser.find("table.sorts thead th:first-child button").unwrap();
        head.click().unwrap();
        assert_eq!(first_column(browser), ascending);
        head.click().unwrap();
        ascending.reverse();
        assert_eq!(first_column(browser), ascending, "the other way round");
        let csv = browser.find(".files a[href*='.csv']").unwrap().attr("href").unwrap().unwrap_or_default();
        let path = csv.strip_prefix(&server.address).unwrap_or(&csv).to_owned();
        let (_, _, downloaded) = server.get(&path);
        let first = downloaded.lines().nth(1).unwrap_or_default();
        assert!(first.contains(ascending[0].split_whitespace().next().unwrap_or("none")), "{path}: {first}, not {ascending:?}");
    });
}
