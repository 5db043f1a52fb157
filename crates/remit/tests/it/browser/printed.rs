//! Pages on paper: the PDF that the browser prints is read by pdftotext, or its sheets are counted.

use super::{pages, with_browser, with_browser_at};
use crate::desk::Desk;

#[test]
fn a_printed_page_says_what_it_is_of_when_and_for_whom_and_has_no_buttons() {
    with_browser(true, |browser, server| {
        let printed =
            ["/country/SO", "/support?country=SO", "/ask/oversight?country=SO", "/record/actor?record=mission/unmiss", "/review"];
        let all = pages(server);
        for path in printed {
            assert!(path == "/review" || all.iter().any(|p| p.starts_with(path)), "{path}");
            browser.goto(&format!("{}{path}", server.address)).unwrap();
            let title = browser.title().unwrap();
            let title = title.trim_end_matches(" · Remit");
            let paper = browser.print().expect("a PDF");
            let desk = Desk::new();
            let file = desk.file("page.pdf", paper);
            let text = std::process::Command::new("pdftotext")
                .args([&file, "-"])
                .output()
                .expect("pdftotext is installed (scripts/test does it)");
            let text = String::from_utf8_lossy(&text.stdout);
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains(title), "{path}: {title} in {text}");
            assert!(text.contains("Valid on") && text.contains("public"), "{path}: {text}");
            for word in ["Skip to content", "Search everything", "Accept", "Show"] {
                assert!(!format!(" {text} ").contains(&format!(" {word} ")), "{path}: {word} in {text}");
            }
        }
    });
}

/// Pages of a PDF: each has its own object.
fn sheets(paper: &[u8]) -> usize {
    let text = String::from_utf8_lossy(paper);
    text.split("/Type /Page").skip(1).filter(|rest| !rest.starts_with('s')).count()
}

#[test]
fn the_page_of_a_body_or_mission_is_two_sheets_of_paper() {
    let desk = super::desk();
    let tasks: String = (1..=33)
        .map(|n| {
            format!(",mission/unmiss,Made-up task {n} of the mission that takes more than one line of a table,SO,2020-01-01\n")
        })
        .collect();
    desk.import("tasks.csv", format!("record,mission,task,country,valid_from\n{tasks}"));
    with_browser_at(&desk, true, |browser, server| {
        for record in ["so/army", "so/committee", "mission/unmiss"] {
            browser.goto(&format!("{}/record/actor?record={record}", server.address)).unwrap();
            let sheets = sheets(&browser.on_paper().expect("a PDF"));
            assert!((1..=2).contains(&sheets), "{record}: {sheets} sheets");
        }
        // Tables go on at the page, and paper says so.
        let (_, _, page) = server.get("/record/actor?record=mission/unmiss");
        assert!(page.contains("33 rows in all. Not all of them are printed."), "{page}");
    });
}

#[test]
fn a_file_of_support_has_all_of_its_chain_of_command_on_paper() {
    let desk = Desk::new();
    let said = |kind: &str, record: &str, fields: serde_json::Value| {
        serde_json::json!({ "kind": kind, "record": record, "source": "Made-up report of an inquiry", "marking": "public",
            "valid_from": "2020", "fields": fields })
    };
    let unit =
        |n: u8| said("actor", &format!("u{n}"), serde_json::json!({ "name": format!("Made-up Unit {n}"), "class": "military" }));
    let above = |n: u8| {
        let fields = serde_json::json!({ "subject": format!("u{n}"), "relation": "part_of", "object": format!("u{}", n + 1) });
        said("relation", &format!("r{n}"), fields)
    };
    let mut lines: Vec<serde_json::Value> = (0..5).map(unit).chain((0..4).map(above)).collect();
    lines.extend([
        said("person", "p1", serde_json::json!({ "name": "Made-up Commander" })),
        said("posting", "q1", serde_json::json!({ "person": "p1", "actor": "u0", "role": "commands" })),
        said("incident", "i1", serde_json::json!({ "allegation": "Made-up beating of detainees", "actor": "u0", "starts": "2021-03-04", "basis": "finding" })),
        said("support_request", "s1", serde_json::json!({ "title": "Made-up fuel", "recipients": ["actor:u0"], "date": "2024-01-01" })),
    ]);
    desk.add(&lines);
    with_browser_at(&desk, true, |browser, server| {
        // As wide as a sheet within its margins.
        browser.set_window_size(725, 1000).unwrap();
        browser.chromium("Emulation.setEmulatedMedia", &serde_json::json!({ "media": "print" })).unwrap();
        for language in ["en", "ar"] {
            browser.goto(&format!("{}/record/support_request?record=s1&lang={language}", server.address)).unwrap();
            let beyond = "return [...document.querySelectorAll('.told .wide')].map(w => w.querySelector('table').offsetWidth - w.clientWidth)";
            let beyond = browser.execute(beyond).unwrap();
            let tables = beyond.as_array().expect("tables");
            assert!(tables.len() > 1 && tables.iter().all(|by| by.as_f64().is_some_and(|by| by < 1.0)), "{language}: {beyond}");
            assert!((1..=2).contains(&sheets(&browser.on_paper().expect("a PDF"))), "{language}");
        }
    });
}
