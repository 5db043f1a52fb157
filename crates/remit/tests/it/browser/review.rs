//! The queue of proposals, by keyboard.

use super::driver::Browser;
use super::with_browser;

/// The titles of what is left; none while the page is being exchanged for the next.
fn titles(browser: &Browser) -> Option<Vec<String>> {
    let mut all = Vec::new();
    for card in browser.find_all("[data-review] h2").unwrap() {
        all.push(card.text().ok()?);
    }
    Some(all)
}

/// What is left as soon as so many are, or after a while.
fn left(browser: &Browser, count: usize) -> Vec<String> {
    for _ in 0..50 {
        if let Some(titles) = titles(browser).filter(|t| t.len() == count) {
            return titles;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    titles(browser).unwrap_or_default()
}

fn press(browser: &Browser, key: &str) {
    browser.active_element().unwrap().send_keys(key).unwrap();
}

#[test]
fn proposals_are_accepted_and_rejected_by_keyboard() {
    with_browser(true, |browser, server| {
        browser.goto(&format!("{}/review", server.address)).unwrap();
        let before = titles(browser).unwrap();
        assert!(before.len() >= 2, "{before:?}");
        press(browser, "a");
        assert_eq!(left(browser, before.len() - 1), before[1..], "the first was accepted");
        press(browser, "r");
        assert_eq!(left(browser, before.len() - 2), before[2..], "the second was rejected");

        // What was accepted is a statement with document, paragraph and quote; what was rejected is none.
        let (_, _, accepted) = server.get("/ask/mandate.json?mission=mission/unmiss&valid_on=2031-12-31");
        let rows = serde_json::from_str::<serde_json::Value>(&accepted).unwrap()["rows"].as_array().map_or(0, Vec::len);
        assert_eq!(rows, 1, "{accepted}");
        let (_, _, page) = server.get("/record/actor?record=mission/unmiss");
        assert!(page.contains("Made-up resolution 9901"), "{page}");
    });
}

#[test]
fn a_key_leads_to_the_search_from_anywhere() {
    with_browser(true, |browser, server| {
        browser.goto(&format!("{}/country/SO", server.address)).unwrap();
        press(browser, "/");
        press(browser, "Made-up Brigade\n");
        browser.wait_for("main a[href*='so%2Fbrigade'], main a[href*='so/brigade']").unwrap();
        assert!(browser.current_url().unwrap().starts_with(&format!("{}/search", server.address)));
    });
}

#[test]
fn proposals_are_decided_on_without_javascript() {
    with_browser(false, |browser, server| {
        browser.goto(&format!("{}/review", server.address)).unwrap();
        let before = titles(browser).unwrap();
        for (decision, after) in [("rejected", &before[1..]), ("accepted", &before[2..])] {
            let button = format!("[data-review] button[value={decision}]");
            browser.find(&button).unwrap().click().unwrap();
            assert_eq!(left(browser, after.len()), after, "the first was {decision}");
        }
        let (_, _, accepted) = server.get("/ask/mandate.json?mission=mission/unmiss&valid_on=2031-12-31");
        let rows = serde_json::from_str::<serde_json::Value>(&accepted).unwrap()["rows"].as_array().map_or(0, Vec::len);
        assert_eq!(rows, 1, "{accepted}");
    });
}
