//! The queue of proposals, by keyboard.

use super::with_browser;
use fantoccini::{Client, Locator};

/// The titles of what is left; none while the page is being exchanged for the next.
async fn titles(browser: &Client) -> Option<Vec<String>> {
    let mut all = Vec::new();
    for card in browser.find_all(Locator::Css("[data-review] h2")).await.unwrap() {
        all.push(card.text().await.ok()?);
    }
    Some(all)
}

/// What is left as soon as so many are, or after a while.
async fn left(browser: &Client, count: usize) -> Vec<String> {
    for _ in 0..50 {
        if let Some(titles) = titles(browser).await.filter(|t| t.len() == count) {
            return titles;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    titles(browser).await.unwrap_or_default()
}

async fn press(browser: &Client, key: &str) {
    browser.active_element().await.unwrap().send_keys(key).await.unwrap();
}

#[test]
fn proposals_are_accepted_and_rejected_by_keyboard() {
    with_browser(true, async |browser, server| {
        browser.goto(&format!("{}/review", server.address)).await.unwrap();
        let before = titles(browser).await.unwrap();
        assert!(before.len() >= 2, "{before:?}");
        press(browser, "a").await;
        assert_eq!(left(browser, before.len() - 1).await, before[1..], "the first was accepted");
        press(browser, "r").await;
        assert_eq!(left(browser, before.len() - 2).await, before[2..], "the second was rejected");

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
    with_browser(true, async |browser, server| {
        browser.goto(&format!("{}/country/SO", server.address)).await.unwrap();
        press(browser, "/").await;
        press(browser, "Made-up Brigade\n").await;
        browser.wait().for_element(Locator::Css("main a[href*='so%2Fbrigade'], main a[href*='so/brigade']")).await.unwrap();
        assert!(browser.current_url().await.unwrap().path().starts_with("/search"));
    });
}

#[test]
fn proposals_are_decided_on_without_javascript() {
    with_browser(false, async |browser, server| {
        browser.goto(&format!("{}/review", server.address)).await.unwrap();
        let before = titles(browser).await.unwrap();
        for (decision, after) in [("rejected", &before[1..]), ("accepted", &before[2..])] {
            let button = format!("[data-review] button[value={decision}]");
            browser.find(Locator::Css(&button)).await.unwrap().click().await.unwrap();
            assert_eq!(left(browser, after.len()).await, after, "the first was {decision}");
        }
        let (_, _, accepted) = server.get("/ask/mandate.json?mission=mission/unmiss&valid_on=2031-12-31");
        let rows = serde_json::from_str::<serde_json::Value>(&accepted).unwrap()["rows"].as_array().map_or(0, Vec::len);
        assert_eq!(rows, 1, "{accepted}");
    });
}
