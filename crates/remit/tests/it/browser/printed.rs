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
