//! Words that users read: help, lists, answers. All made up.

use crate::desk::{Desk, iati, paid, police};

#[test]
fn help_teaches() {
    let desk = Desk::new();
    insta::assert_snapshot!("help", desk.ok(&["--help"]));
    insta::assert_snapshot!("help_import", desk.ok(&["import", "--help"]));
}

#[test]
fn an_answer_reads_well_on_a_terminal() {
    let desk = Desk::new();
    desk.import("a.xml", iati(&[police("XX-1-A", &format!("<recipient-country code=\"SO\"/>{}", paid("2", "1234567.8")))]));
    insta::assert_snapshot!(
        "support",
        desk.ok(&["ask", &desk.workspace(), "support", "--country", "SO", "--valid-on", "2021-06-30"])
    );
    insta::assert_snapshot!("questions", desk.ok(&["ask", &desk.workspace()]));
}

#[test]
fn a_wrong_command_says_what_to_do() {
    let desk = Desk::new();
    let workspace = desk.workspace();
    for (arguments, code, expected) in [
        (vec!["ask", &workspace, "suport"], 2, "there is no question `suport`; did you mean `support`?"),
        (
            vec!["ask", &workspace, "support", "--contry", "SO"],
            2,
            "no parameter `contry`; did you mean `country`?; it has: --country, --by",
        ),
        (vec!["ask", &workspace, "world", "--contry", "SO"], 2, "has no parameter `contry`; it has none"),
        (vec!["ask", &workspace, "support", "--country", "Atlantis"], 2, "use a code or name of the list country"),
        (vec!["ask", &workspace, "support", "--valid-on", "yesterday"], 2, "`yesterday` is not a date"),
        (
            vec!["ask", &workspace, "support", "--valid-on", "05/06/2025"],
            2,
            "two ways, 5 June 2025 or 6 May 2025; write 2025-06-05",
        ),
        (
            vec!["ask", &workspace, "support", "--known-on", "05/06/2025"],
            2,
            "two ways, 5 June 2025 or 6 May 2025; write 2025-06-05",
        ),
        (vec!["aks", &workspace], 2, "a similar subcommand exists: 'ask'"),
        (vec!["quesions", &workspace], 2, "a similar subcommand exists: 'questions'"),
        (vec!["ask", "nowhere", "support"], 1, "nowhere is not a workspace"),
        (vec!["init", &workspace], 1, "exists already and is not empty"),
        (vec!["import", &workspace, "nothing.xml"], 1, "nothing.xml cannot be read"),
        (vec!["import", &workspace, "x.xml", "--marking", "secret"], 2, "`secret` is not a marking"),
    ] {
        let (found, said) = desk.fails(&arguments);
        assert_eq!(found, code, "{said}");
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn csv_never_runs_in_a_spreadsheet() {
    let desk = Desk::new();
    desk.import("a.xml", iati(&[police("XX-1-A", "").replace("Made-up police", "=HYPERLINK(1) police")]));
    let csv = desk.ok(&["sql", &desk.workspace(), "select title, -5 as n from activity", "--csv"]);
    assert_eq!(csv, "title,n\n'=HYPERLINK(1) police reform,-5\n");
}
