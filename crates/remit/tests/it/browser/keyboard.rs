//! A sheet is brought in with keys alone, from the file to the first answer and back. All of it is made up.

use super::driver::{Browser, ENTER, TAB};
use super::with_browser_at;
use crate::desk::Desk;
use serde_json::json;

/// How many stops there may be from one place of a page to another.
const MOST_STOPS: usize = 400;

/// Goes on from stop to stop until the focus is on what is meant, and is seen there.
fn reach(browser: &Browser, css: &str) {
    let at = format!(
        "const e = document.activeElement; const s = getComputedStyle(e); return [e.matches(\"{css}\"), s.outlineStyle + s.outlineWidth]"
    );
    for _ in 0..MOST_STOPS {
        browser.press(TAB).unwrap();
        let (is_there, outline): (bool, String) = serde_json::from_value(browser.execute(&at).unwrap()).unwrap();
        if is_there {
            assert!(outline != "none0px", "the focus on {css} is seen");
            return;
        }
    }
    panic!("{css} is reached by no key: {}", browser.source().unwrap());
}

/// Chooses in a list by the first letters of what is meant.
fn choose(browser: &Browser, name: &str, letters: &str, value: &str) {
    reach(browser, &format!("[name='{name}']"));
    browser.press(letters).unwrap();
    let chosen = browser.execute("return document.activeElement.value").unwrap();
    assert_eq!(chosen, json!(value), "{name}");
}

fn enter(browser: &Browser, css: &str) {
    reach(browser, css);
    browser.press(ENTER).unwrap();
}

#[test]
fn a_sheet_is_brought_in_by_keyboard_from_the_file_to_the_first_answer_and_taken_back() {
    let desk = Desk::new();
    let sheet = "Project title,Donor,Recipient,Modality,Told at\n\
        Made-up academy,Made-up Fund,Made-up Police,Zumba for all,Made-up remark\n";
    let file = desk.file("projects.csv", sheet);
    with_browser_at(&desk, true, |browser, server| {
        browser.goto(&format!("{}/sheets", server.address)).unwrap();
        reach(browser, "#file");
        // The list of files is the system's own, and no page.
        browser.find("#file").unwrap().send_keys(&file).unwrap();
        enter(browser, "form[enctype] button");
        browser.wait_for("[name='f.0.title.column']").unwrap();
        // What a word of a column means, and a field for a column that none was found for.
        choose(browser, "a.0.modality.0.code", "Train", "train");
        enter(browser, "details:has([name='f.0.note.column']) > summary");
        choose(browser, "f.0.note.column", "Told", "Told at");
        enter(browser, "button[name=go][value=see]");
        browser.wait_for("[name='as.0']").unwrap();
        choose(browser, "as.0", "Add", "add");
        choose(browser, "as.1", "Add", "add");
        enter(browser, "button[value=decide]");
        browser.wait_for("main:not(:has([name='as.0']))").unwrap();
        enter(browser, "form[action='/sheets/try'] button");
        browser.wait_for("form[action='/undo']").unwrap();
        let said = || desk.sql("select p.recipient_name, p.supporter_name, p.modality, p.note from project p");
        let recorded = json!({ "recipient_name": "Made-up Police", "supporter_name": "Made-up Fund", "modality": "train", "note": "Made-up remark" });
        assert_eq!(said(), [recorded]);
        let done = browser.current_url().unwrap();
        enter(browser, "main a[href^='/records/project']");
        browser.wait_for("main table").unwrap();
        assert!(browser.find("main table").unwrap().text().unwrap().contains("Made-up academy"));
        browser.goto(&done).unwrap();
        enter(browser, "form[action='/undo'] button");
        browser.wait_for("nav [aria-current][href^='/history']").unwrap();
        assert_eq!(said(), Vec::<serde_json::Value>::new());
    });
}
