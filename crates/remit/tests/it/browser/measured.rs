//! What a page weighs, how soon it is seen, and whether axe finds anything wrong with it.

use super::driver::Browser;
use super::{Driver, pages, with_browser};
use crate::desk::{Desk, Server};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// axe-core 4.14.1, Deque Systems, Mozilla Public License 2.0: see `axe/LICENSE`.
const AXE: &str = include_str!("axe/axe.min.js");

/// Tells Chromium something by its own protocol.
fn tell(browser: &Browser, command: &str, parameters: Value) -> Value {
    browser.chromium(command, &parameters).unwrap_or_else(|e| panic!("{command}: {e}"))
}

/// The window of a telephone or a desk, light or dark.
fn look(browser: &Browser, width: u32, scheme: &str) {
    let size = json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500 });
    tell(browser, "Emulation.setDeviceMetricsOverride", size);
    let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
    tell(browser, "Emulation.setEmulatedMedia", features);
}

/// What axe finds wrong: rule, and where.
fn violations(browser: &Browser) -> Vec<String> {
    browser.execute(AXE).expect("axe is there");
    let run = "const done = arguments[arguments.length - 1]; \
               axe.run(document, { resultTypes: ['violations'] }).then(r => done(r.violations.map(v => \
                 v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target + ' ' + n.html.slice(0, 160) + ' ' + (n.any[0] || {}).message).join(' | '))), \
                 e => done(['axe: ' + e]))";
    let found = browser.execute_async(run).expect("axe runs");
    serde_json::from_value(found).expect("texts")
}

/// Screenshots are kept for whoever wants to look at them, and says so: each takes as long as a page.
fn keep(browser: &Browser, path: &str, how: &str) {
    if std::env::var_os("REMIT_SCREENSHOTS").is_none() {
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().map_or_else(PathBuf::new, |target| target.join("screenshots"));
    std::fs::create_dir_all(&folder).expect("a folder");
    let plain: String =
        path.split("&valid_on").next().unwrap_or_default().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let name = format!("{}-{how}.png", plain.trim_matches('-'));
    std::fs::write(folder.join(name.trim_start_matches('-')), browser.screenshot().expect("a picture")).expect("kept");
}

fn nothing_is_wrong(browser: &Browser, server: &Server, paths: &[String]) {
    let mut wrong = Vec::new();
    for (width, scheme, language) in [
        (1280, "light", "en"),
        (1280, "dark", "en"),
        (360, "light", "en"),
        (1280, "light", "ar"),
        (360, "light", "ar"),
        (1280, "light", "fr"),
    ] {
        look(browser, width, scheme);
        for path in paths {
            browser.goto(&server.in_language(path, language)).unwrap();
            let found = violations(browser);
            wrong.extend(found.into_iter().map(|v| format!("{path}, {width} px, {scheme}, {language}: {v}")));
            keep(browser, path, &format!("{width}-{scheme}-{language}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn axe_finds_nothing_wrong_with_any_kind_of_page() {
    with_browser(true, |browser, server| nothing_is_wrong(browser, server, &pages(server)));
}

#[test]
fn axe_finds_nothing_wrong_with_the_pages_of_an_empty_workspace() {
    let desk = Desk::new();
    let server = desk.serve();
    let driver = Driver::start();
    let paths = ["/", "/records/actor", "/documents", "/review", "/problems", "/data"].map(str::to_owned);
    let browser = driver.browser(true);
    browser.goto(&server.entrance()).expect("the door");
    nothing_is_wrong(&browser, &server, &paths);
    browser.close().expect("the browser ends");
}

/// When the largest part of the page was seen, in milliseconds.
fn largest_paint(browser: &Browser) -> f64 {
    let script = "const done = arguments[arguments.length - 1]; \
                  new PerformanceObserver(list => done(list.getEntries().at(-1).startTime)).observe({ type: 'largest-contentful-paint', buffered: true }); \
                  setTimeout(() => done(9e9), 3000)";
    browser.execute_async(script).ok().and_then(|v| v.as_f64()).unwrap_or(f64::MAX)
}

#[test]
fn on_a_slow_connection_every_page_is_seen_within_a_second() {
    with_browser(true, |browser, server| {
        // What mobile networks of the third generation give: 150 ms there and back, 1.6 Mbit a second.
        tell(browser, "Network.enable", json!({}));
        let slow = json!({ "offline": false, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000 });
        tell(browser, "Network.emulateNetworkConditions", slow);
        tell(browser, "Network.setCacheDisabled", json!({ "cacheDisabled": true }));
        let mut told = String::from("page,bytes,requests,largest paint in ms\n");
        for path in pages(server) {
            let mut best = f64::MAX;
            // Other work on the machine must not decide: the best of three counts.
            for _ in 0..3 {
                browser.goto(&format!("{}{path}", server.address)).unwrap();
                best = best.min(largest_paint(browser));
                if best < 1000.0 {
                    break;
                }
            }
            let script = "const all = performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation')); \
                          return [all.reduce((sum, e) => sum + e.transferSize, 0), all.length]";
            let weight: (f64, usize) = serde_json::from_value(browser.execute(script).unwrap()).unwrap();
            told.push_str(&format!("{path},{},{},{best:.0}\n", weight.0, weight.1));
            assert!(best < 1000.0, "{path}: {best:.0} ms");
        }
        std::fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages.csv"), &told).expect("kept");
        println!("{told}");
    });
}
