//! What stands in a link is nothing that a page says: whoever sends one could have it say what they like. All made up.

use crate::desk::Desk;

#[test]
fn no_sentence_of_a_link_reaches_a_page() {
    let desk = Desk::new();
    let server = desk.serve();
    let (sentence, encoded) = ("Made-up warning, call Mallory", "Made-up+warning%2C+call+Mallory");
    for address in [
        "/documents?told=X",
        "/sheets?told=X",
        "/sheets?told=X&sent=made-up.csv+X&sentence=X",
        "/sheets/done?told=X&name=X&added=2",
        "/sheets/classes?told=X&recorded=X&n=X",
        "/sheets/counted?dataset=X",
        "/sheets/map?file=X&name=X",
        "/sheets/try?file=X&name=X",
        "/exchange/taken?told=X&name=X&statements=2",
    ] {
        let (_, _, page) = server.get(&address.replace('X', encoded));
        assert!(!page.contains(sentence), "{address}: {page}");
    }
    // A file is shown under the name under which it was sent, and under no other.
    let (_, head, _) = server.upload("/sheets", "units.csv", b"Unit,Type of unit\nMade-up Unit,unit\n");
    let onward = head.lines().find_map(|l| l.strip_prefix("location: ")).expect("a way on");
    let (status, _, page) = server.get(onward);
    assert!(status == 200 && page.contains("units.csv"), "{status} {onward}");
    assert_eq!(server.get(&onward.replace("units.csv", encoded)).0, 404);
}
