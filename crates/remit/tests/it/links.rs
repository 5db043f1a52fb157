//! What stands in a link is nothing that a page says: whoever sends one could have it say what they like. All made up.

use crate::crawl::tags;
use crate::desk::{Desk, Server, police};
use serde_json::json;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const SENTENCE: &str = "Made-up warning, call Mallory";
const ENCODED: &str = "Made-up+warning%2C+call+Mallory";

/// Parameters of every page, each asked for by itself: with one that cannot be read a page reads no other.
const OF_EVERY_PAGE: [&str; 4] = ["valid_on", "known_on", "clearance", "lang"];

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let all = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    all.filter(|path| path.extension().is_some_and(|e| e == ending)).collect()
}

/// What stands between quotation marks in a source.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.split('"').skip(1).step_by(2))
}

/// Words of a source that may be names of parameters.
fn names(text: &str) -> BTreeSet<String> {
    let is_name = |word: &&str| (1..20).contains(&word.len()) && word.chars().all(|c| c.is_ascii_lowercase() || "_-".contains(c));
    quoted(text).filter(is_name).map(str::to_owned).collect()
}

/// What a page is asked, and the names that its parameters may have.
struct Asked {
    address: String,
    names: BTreeSet<String>,
    /// False for another one that the same page answers.
    is_first: bool,
}

/// The addresses of all pages, as their folders say: a new page is looked at without a line here.
fn asked() -> Vec<Asked> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = |path: &PathBuf| std::fs::read_to_string(path).expect("a source");
    let src = root.join("crates/remit-web/src");
    let of_all: BTreeSet<String> = ["request.rs", "told.rs"].iter().flat_map(|file| names(&read(&src.join(file)))).collect();
    let mut all = Vec::new();
    for folder in std::fs::read_dir(src.join("pages")).expect("the pages").flatten() {
        let text: String = files(&folder.path(), "rs").iter().map(read).collect();
        let own = &names(&text) | &of_all;
        let addresses: BTreeSet<&str> =
            quoted(&text).filter(|word| word.starts_with('/') && !word.contains([' ', '?'])).collect();
        for address in addresses {
            let address =
                address.replace("{kind}", "actor?record=so/police").replace("{code}", "SO").replace("{name}", "welcome");
            if !address.contains("{question}") {
                all.push(Asked { address, names: own.clone(), is_first: true });
                continue;
            }
            all.extend(files(&root.join("questions"), "sql").iter().enumerate().map(|(n, question)| {
                let called = question.file_stem().expect("a name").to_string_lossy();
                let text = read(question);
                let parameters = text.split("name = \"").skip(1).filter_map(|rest| rest.split('"').next());
                let names = parameters.map(str::to_owned).collect();
                Asked { address: address.replace("{question}", &called), names, is_first: n == 0 }
            }));
        }
    }
    all
}

/// What a page says of the sentence beside quoting it: nothing that was asked for stands on a page but between quotation marks, or in a
/// field to be filled in.
fn said(page: &str) -> Vec<String> {
    let is_said = |text: &str| text.replace(&format!("“{SENTENCE}”"), "").contains(SENTENCE);
    let all = tags(page).into_iter().filter(|tag| tag.name != "textarea" && is_said(&tag.text));
    all.map(|tag| format!("<{}> {}", tag.name, tag.text)).collect()
}

/// A walk over pages.
struct Walk<'s> {
    server: &'s Server,
    shown: usize,
    wrong: BTreeSet<String>,
}

impl Walk<'_> {
    fn ask(&mut self, address: &str, names: &[&str]) -> u16 {
        let query: Vec<String> = names.iter().map(|name| format!("{name}={ENCODED}")).collect();
        let sign = if address.contains('?') { '&' } else { '?' };
        let asked = format!("{address}{sign}{}", query.join("&"));
        let (status, _, page) = self.server.get_bytes(&asked);
        let page = String::from_utf8_lossy(&page);
        assert!(status < 500, "{status} {asked}");
        self.shown += usize::from(status == 200);
        self.wrong.extend(said(&page).into_iter().map(|text| format!("{asked}: {text}")));
        status
    }
}

#[test]
fn no_sentence_of_a_link_reaches_a_page() {
    let desk = Desk::new();
    desk.activities("a.xml", &[police("XX-1-A", "<recipient-country code=\"SO\"/>")]);
    desk.add(&[json!({"kind": "actor", "record": "so/police", "source": "Made-up list", "marking": "public",
        "fields": {"name": "Made-up Police", "class": "police", "country": "SO"}})]);
    let server = desk.serve();
    let mut walk = Walk { server: &server, shown: 0, wrong: BTreeSet::new() };
    for Asked { address, names, is_first } in asked() {
        if server.get_bytes(&address).0 == 405 {
            continue;
        }
        let names: Vec<&str> = names.iter().map(String::as_str).filter(|name| !OF_EVERY_PAGE.contains(name)).collect();
        // A page that takes only what it knows is asked for one after the other.
        if walk.ask(&address, &names) != 200 {
            for name in names {
                walk.ask(&address, &[name]);
            }
        }
        for name in OF_EVERY_PAGE.into_iter().filter(|_| is_first) {
            walk.ask(&address, &[name]);
        }
    }
    assert!(walk.wrong.is_empty(), "{:#?}", walk.wrong);
    assert!(walk.shown > 100, "{} pages", walk.shown);
}

/// A file is shown under the name under which it was sent, and under no other.
#[test]
fn a_file_that_was_sent_has_its_own_name_only() {
    let desk = Desk::new();
    let server = desk.serve();
    let (_, head, _) = server.upload("/sheets", "units.csv", b"Unit,Type of unit\nMade-up Unit,unit\n");
    let onward = head.lines().find_map(|l| l.strip_prefix("location: ")).expect("a way on");
    let (status, _, page) = server.get(onward);
    assert!(status == 200 && page.contains("units.csv"), "{status} {onward}");
    assert_eq!(server.get(&onward.replace("units.csv", ENCODED)).0, 404);
}
