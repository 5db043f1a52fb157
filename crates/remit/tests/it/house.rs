//! The house itself: what it depends on, and under which licences.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Licences that may be handed on with Remit. Of a choice, one is enough.
const LICENCES: [&str; 11] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "MIT",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Crates of which two versions come in, as what brings them has not moved on yet. A new one is looked at before it is added.
const TWICE: [&str; 7] = ["foldhash", "hashbrown", "miniz_oxide", "phf", "phf_generator", "phf_shared", "syn"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What cargo knows of the workspace in a folder: Remit, or the program for PDFs.
fn metadata(folder: &str) -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--filter-platform", "x86_64-unknown-linux-gnu"])
        .current_dir(root().join(folder))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn packages(metadata: &Value) -> impl Iterator<Item = &Value> {
    metadata["packages"].as_array().expect("packages").iter()
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

/// True where each part that all must hold (`AND`) has one that may be chosen (`OR`).
fn is_allowed(licence: &str) -> bool {
    let plain = licence.replace(['(', ')'], " ").replace(" / ", " OR ").replace('/', " OR ").replace(" WITH LLVM-exception", "");
    plain.split(" AND ").all(|part| part.split(" OR ").any(|one| LICENCES.contains(&one.trim())))
}

#[test]
fn what_comes_in_may_be_handed_on_and_comes_from_the_registry() {
    for package in packages(&metadata("")).chain(packages(&metadata("pdf"))) {
        let name = text(package, "name");
        let is_ours = package["source"].is_null();
        assert!(
            is_ours || text(package, "source").starts_with("registry+https://github.com/rust-lang/crates.io-index"),
            "{name}"
        );
        assert!(is_allowed(text(package, "license")), "{name}: {}", package["license"]);
    }
}

#[test]
fn no_crate_comes_in_twice_without_being_looked_at() {
    let metadata = metadata("");
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in packages(&metadata) {
        versions.entry(text(package, "name")).or_default().insert(text(package, "version"));
    }
    let twice: Vec<&str> = versions.iter().filter(|(_, v)| v.len() > 1).map(|(name, _)| *name).collect();
    assert_eq!(twice, TWICE);
}

#[test]
fn every_dependency_is_used() {
    let mut unused = Vec::new();
    for package in packages(&metadata("")).chain(packages(&metadata("pdf"))).filter(|p| p["source"].is_null()) {
        let root = Path::new(text(package, "manifest_path")).parent().expect("a folder");
        for dependency in package["dependencies"].as_array().expect("dependencies") {
            let name = dependency["rename"].as_str().unwrap_or(text(dependency, "name")).replace('-', "_");
            let folders: &[&str] = match dependency["kind"].as_str() {
                Some("build") => &["build.rs"],
                Some(_) => &["src", "tests", "benches", "examples"],
                None => &["src"],
            };
            let code: String = folders.iter().map(|folder| code_below(&root.join(folder))).collect();
            let is_used = code.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name);
            if !is_used {
                unused.push(format!("{}: {name}", text(package, "name")));
            }
        }
    }
    assert_eq!(unused, Vec::<String>::new());
}

#[test]
fn every_dependency_of_the_workspace_is_one_of_a_room() {
    let text = |path: PathBuf| std::fs::read_to_string(path).expect("a manifest");
    let rooms = std::fs::read_dir(root().join("crates")).expect("the rooms").flatten();
    let used: String = rooms.map(|room| text(room.path().join("Cargo.toml"))).collect();
    let manifest = text(root().join("Cargo.toml"));
    let table = manifest.split("[workspace.dependencies]").nth(1).and_then(|t| t.split("\n[").next()).expect("dependencies");
    let all: Vec<&str> = table.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name).collect();
    let is_used =
        |name: &&str| used.contains(&format!("\n{name}.workspace")) || used.contains(&format!("\n{name} = {{ workspace"));
    assert!(all.len() > 50);
    assert_eq!(all.into_iter().filter(|name| !is_used(name)).collect::<Vec<_>>(), Vec::<&str>::new());
}

#[test]
fn rooms_depend_downwards_in_the_order_that_is_written_down() {
    let text = |path: PathBuf| std::fs::read_to_string(path).expect("a file of the house");
    let architecture = text(root().join("ARCHITECTURE.md"));
    let rooms: Vec<&str> = architecture.lines().filter_map(|line| line.strip_prefix("| `crates/")?.split('`').next()).collect();
    assert!(rooms.len() > 10, "{rooms:?}");
    for (at, room) in rooms.iter().enumerate() {
        let manifest = text(root().join("crates").join(room).join("Cargo.toml"));
        let needs = manifest.split("[dependencies]").nth(1).and_then(|t| t.split("\n[").next()).unwrap_or_default();
        let above: Vec<&&str> = rooms[..at].iter().filter(|above| needs.contains(&format!("\n{above}.workspace"))).collect();
        assert!(above.is_empty(), "{room} needs {above:?}, which ARCHITECTURE.md lists above it");
    }
}

#[test]
fn every_function_fits_a_screen() {
    let mut long = Vec::new();
    for file in sources_below(&root().join("crates")) {
        let text = std::fs::read_to_string(&file).expect("code");
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| begins_function(line)) {
            // A signature that ends in a semicolon has no body, and a body in one line is short.
            let opens = lines[at..].iter().find(|l| l.ends_with(['{', ';', '}'])).is_some_and(|l| l.ends_with('{'));
            let end = format!("{}}}", &line[..line.len() - line.trim_start().len()]);
            let length = lines[at..].iter().position(|l| *l == end).map_or(0, |n| n + 1);
            if opens && length > SCREEN {
                long.push(format!("{}:{}: {length} lines", file.display(), at + 1));
            }
        }
    }
    assert_eq!(long, Vec::<String>::new());
}

/// Words that say nothing of what a type is: each has stood for up to eleven things, in as many rooms.
const NO_NAMES: [&str; 9] = ["About", "Columns", "Form", "Found", "Mark", "Place", "Row", "Said", "Told"];

#[test]
fn no_type_has_a_name_that_could_be_that_of_any() {
    let mut named = Vec::new();
    for file in sources_below(&root().join("crates")) {
        let text = std::fs::read_to_string(&file).expect("code");
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty()).collect();
            let defines = |w: &[&str]| ["struct", "enum", "type", "trait"].contains(&w[0]) && NO_NAMES.contains(&w[1]);
            if words.windows(2).any(defines) {
                named.push(format!("{}: {}", file.display(), line.trim()));
            }
        }
    }
    assert_eq!(named, Vec::<String>::new(), "say what of: AboutParcel, MapPlace, SheetContent");
}

/// Types that have one name in several rooms, since what they are of is said before it: each command has its `Arguments`, and what a file
/// of Rust calls `Result` is its own everywhere.
const SHARED_NAMES: [&str; 2] = ["Arguments", "Result"];

/// Who reads a name knows which it is, and who searches for it finds one thing, be it for all or for one file only.
#[test]
fn no_two_types_have_one_name() {
    let mut named: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in sources_below(&root().join("crates")) {
        let text = std::fs::read_to_string(&file).expect("code");
        // What stands further in is of a function, of a test, or of a trait that somebody else has named.
        for line in text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase())) {
            let line = line.strip_prefix("pub").map_or(line, |rest| rest.split_once(' ').map_or("", |(_, rest)| rest));
            let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric() && c != '_').take(2).collect();
            if let ["struct" | "enum" | "type" | "trait" | "union", name] = words[..] {
                named.entry(name.to_owned()).or_default().push(file.display().to_string());
            }
        }
    }
    assert!(named.len() > 800, "{}", named.len());
    let twice: Vec<_> = named.iter().filter(|(name, at)| at.len() > 1 && !SHARED_NAMES.contains(&name.as_str())).collect();
    assert!(twice.is_empty(), "say what of, as in RollLine, SeriesLine, GraphLink: {twice:?}");
}

/// What a page is made of reads downwards: the file with its routes calls those beside it, and none of these calls it back.
#[test]
fn no_page_goes_round_in_a_circle_within_its_folder() {
    let pages = std::fs::read_dir(root().join("crates/remit-web/src/pages")).expect("the pages").flatten();
    let (mut all, mut back) = (0, Vec::new());
    for folder in pages.map(|entry| entry.path()).filter(|path| path.join("mod.rs").is_file()) {
        let files: Vec<PathBuf> = std::fs::read_dir(&folder).expect("a page").flatten().map(|entry| entry.path()).collect();
        let beside: Vec<&str> = files.iter().filter_map(|file| file.file_stem()?.to_str()).collect();
        for file in files.iter().filter(|file| file.extension().is_some_and(|e| e == "rs") && !file.ends_with("mod.rs")) {
            let text = std::fs::read_to_string(file).expect("code");
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for after in code.split("super::").skip(1) {
                let named = match after.strip_prefix('{') {
                    Some(group) => group.split('}').next().unwrap_or_default(),
                    None => after.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default(),
                };
                let first = |name: &str| name.trim().split("::").next().unwrap_or_default().to_owned();
                let of_routes = |name: &String| !name.is_empty() && name != "super" && !beside.contains(&name.as_str());
                back.extend(named.split(',').map(first).filter(of_routes).map(|name| format!("{}: {name}", file.display())));
            }
            all += 1;
        }
    }
    assert!(all > 30, "{all}");
    assert_eq!(back, Vec::<String>::new(), "put it into a file of its own, which both read");
}

/// The modules of a crate, by their path, each with its code: without tests, and without comments.
type Modules = BTreeMap<Vec<String>, String>;

fn modules_of(src: &Path) -> Modules {
    let files = sources_below(src).into_iter().filter(|file| !file.ends_with("tests.rs"));
    let module = |file: PathBuf| {
        let text = std::fs::read_to_string(&file).expect("code");
        let below = file.strip_prefix(src).expect("a file of the crate").with_extension("");
        let mut path: Vec<String> = below.iter().map(|name| name.to_string_lossy().into_owned()).collect();
        if path.last().is_some_and(|name| name == "mod") || path == ["lib"] || path == ["main"] {
            path.pop();
        }
        let code = text.split("#[cfg(test)]").next().unwrap_or_default().lines();
        (path, code.filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect())
    };
    files.map(module).collect()
}

/// What the code of a module names: in each `use`, and in paths of its own.
fn named_in(code: &str) -> Vec<String> {
    let begins = |line: &str| ["use ", "pub use ", "pub(crate) use ", "pub(super) use "].iter().any(|of| line.starts_with(of));
    let (mut all, mut at) = (Vec::new(), 0);
    for line in code.split_inclusive('\n') {
        if begins(line.trim_start()) {
            let (_, tree) = code[at..].split_once("use ").expect("it begins so");
            all.extend(leaves(tree.split(';').next().unwrap_or_default()));
        }
        at += line.len();
    }
    for way in ["crate::", "super::"] {
        let starts = code.match_indices(way).map(|(at, _)| at).filter(|at| !code[..*at].ends_with("super::"));
        let path =
            |at: usize| code[at..].split(|c: char| !c.is_alphanumeric() && c != '_' && c != ':').next().unwrap_or_default();
        all.extend(starts.map(|at| path(at).to_owned()));
    }
    all
}

/// The paths that a tree of `use` stands for.
fn leaves(tree: &str) -> Vec<String> {
    let Some((before, group)) = tree.trim().split_once('{') else {
        return vec![tree.split(" as ").next().unwrap_or_default().trim().to_owned()];
    };
    let (mut depth, mut parts) = (0, vec![String::new()]);
    for letter in group.strip_suffix('}').unwrap_or(group).chars() {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        match letter {
            ',' if depth == 0 => parts.push(String::new()),
            letter => parts.last_mut().expect("there is one").push(letter),
        }
    }
    let parts = parts.iter().filter(|part| !part.trim().is_empty());
    parts.flat_map(|part| leaves(part)).map(|leaf| format!("{before}{leaf}")).collect()
}

/// The module that a path means, as far as it is one of the crate. `shown` says where the names are from that a module hands on.
fn meant_by(path: &str, of: &[String], modules: &Modules, shown: &BTreeMap<Vec<String>, Vec<String>>) -> Option<Vec<String>> {
    let mut names = path.split("::").peekable();
    let with = |at: &[String], name: &str| [at, &[name.to_owned()]].concat();
    let mut at = of.to_vec();
    match names.peek().copied()? {
        "crate" => at.clear(),
        "super" | "self" => {}
        name if modules.contains_key(&with(of, name)) => {}
        _ => return None,
    }
    for name in names {
        let next = with(&at, name);
        match name {
            "crate" | "self" => {}
            "super" => drop(at.pop()),
            _ if modules.contains_key(&next) => at = next,
            _ => match shown.get(&next) {
                Some(from) => at.clone_from(from),
                None => break,
            },
        }
    }
    Some(at)
}

/// Which module names which of those beside it, by the folder that both stand in.
fn arrows_between(modules: &Modules) -> BTreeMap<Vec<String>, BTreeSet<(String, String)>> {
    let mut shown = BTreeMap::new();
    for (of, code) in modules {
        for path in named_in(code) {
            let path = path.trim_start_matches("self::");
            let child = path.split_once("::").map(|(first, _)| [of, &[first.to_owned()][..]].concat());
            if let Some(child) = child.filter(|child| modules.contains_key(child)) {
                let name = path.rsplit("::").next().unwrap_or_default().to_owned();
                shown.insert([of, &[name][..]].concat(), child);
            }
        }
    }
    let mut arrows: BTreeMap<Vec<String>, BTreeSet<(String, String)>> = BTreeMap::new();
    for (of, code) in modules {
        for to in named_in(code).iter().filter_map(|path| meant_by(path, of, modules, &shown)) {
            let both = of.iter().zip(&to).take_while(|(a, b)| a == b).count();
            if let (Some(from), Some(to)) = (of.get(both), to.get(both)) {
                arrows.entry(of[..both].to_vec()).or_default().insert((from.clone(), to.clone()));
            }
        }
    }
    arrows
}

/// The arrows that lead back to where they come from.
fn circle(arrows: &BTreeSet<(String, String)>) -> BTreeSet<(String, String)> {
    let mut left = arrows.clone();
    loop {
        let (from, to): (BTreeSet<&String>, BTreeSet<&String>) = left.iter().map(|(from, to)| (from, to)).unzip();
        let next: BTreeSet<_> = left.iter().filter(|(a, b)| from.contains(b) && to.contains(a)).cloned().collect();
        if next.len() == left.len() {
            return next;
        }
        left = next;
    }
}

/// Who reads a file need not know what calls it: within a crate, too, files depend downwards only. What two of them need stands below both.
#[test]
fn no_file_calls_back_what_calls_it() {
    let crates = std::fs::read_dir(root().join("crates")).expect("the crates").flatten().map(|entry| entry.path());
    let others = ["cluster", "pdf"].map(|name| root().join(name));
    let (mut all, mut back) = (0, Vec::new());
    for room in crates.chain(others) {
        let modules = modules_of(&room.join("src"));
        all += modules.len();
        for (folder, arrows) in arrows_between(&modules) {
            let place = format!("{} {}", room.display(), folder.join("/"));
            back.extend(circle(&arrows).into_iter().map(|(from, to)| format!("{place}: {from} calls {to}")));
        }
    }
    assert!(all > 400, "{all}");
    assert_eq!(back, Vec::<String>::new(), "move what both need into a file below them");
}

#[test]
fn a_circle_is_seen_through_groups_and_through_what_a_crate_hands_on() {
    let of = |path: &str| path.split('/').filter(|name| !name.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let modules: Modules = [
        ("", "mod above;\npub use one::{Made, Up as Down};\n"),
        ("above", "use crate::{\n    one::{self, Made},\n    two,\n};\n"),
        ("one", "fn one() {\n    super::two::two()\n}\n"),
        ("two", "use crate::Made;\n"),
        ("two/inside", "use super::super::one::Made;\n"),
    ]
    .map(|(path, code)| (of(path), code.to_owned()))
    .into();
    let arrows = arrows_between(&modules);
    let found: Vec<String> = arrows.values().flat_map(circle).map(|(from, to)| format!("{from} {to}")).collect();
    assert_eq!(found, ["one two", "two one"]);
    assert!(arrows[&of("")].contains(&("above".into(), "two".into())));
}

/// The sentence with which a file begins: what it is for.
fn sentence_of(src: &Path, module: &str) -> String {
    let files = [format!("{module}.rs"), format!("{module}/mod.rs")].map(|name| src.join(name));
    let text = files.iter().find_map(|file| std::fs::read_to_string(file).ok()).expect("a file or a folder");
    let said: Vec<&str> = text.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim).collect();
    let said = said.join(" ");
    let paragraph = said.split("  ").next().unwrap_or_default();
    paragraph.split_once(". ").map_or(paragraph.to_owned(), |(first, _)| format!("{first}."))
}

/// Whoever looks for something in a room finds the file by its sentence, and the layers by their order.
#[test]
fn every_file_stands_in_the_list_of_its_room_above_what_it_calls() {
    let told = std::fs::read_to_string(root().join("docs/house.md")).expect("the list");
    let (mut rooms, mut wrong) = (BTreeSet::new(), Vec::new());
    for part in told.split("\n## crates/").skip(1) {
        let (room, lines) = part.split_once('\n').expect("a heading");
        let given: Vec<&str> = lines.lines().filter(|line| line.starts_with("- `")).collect();
        let src = root().join("crates").join(room).join("src");
        let modules = modules_of(&src);
        let names: BTreeSet<&String> = modules.keys().filter_map(|path| path.first()).collect();
        let expected: BTreeSet<String> = names.iter().map(|name| format!("- `{name}`: {}", sentence_of(&src, name))).collect();
        let listed: BTreeSet<String> = given.iter().map(|line| (*line).to_owned()).collect();
        wrong.extend(expected.difference(&listed).map(|line| format!("{room} lacks: {line}")));
        wrong.extend(listed.difference(&expected).map(|line| format!("{room} has: {line}")));
        let at = |name: &str| given.iter().position(|line| line.split('`').nth(1) == Some(name));
        let arrows = arrows_between(&modules).remove(&Vec::new()).unwrap_or_default();
        let upwards = arrows.iter().filter(|(from, to)| at(from) > at(to));
        wrong.extend(upwards.map(|(from, to)| format!("{room}: {from} calls {to}, which stands above it")));
        rooms.insert(room.to_owned());
    }
    let there = std::fs::read_dir(root().join("crates")).expect("the rooms").flatten();
    assert_eq!(rooms, there.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect());
    assert_eq!(wrong, Vec::<String>::new(), "mend docs/house.md");
}

/// Letters of a line of a template at the most: `scripts/templates` breaks those that are wider, and leaves what they say.
const WIDEST: usize = 110;

#[test]
fn every_line_of_a_template_fits_a_screen() {
    let (mut all, mut wide) = (0, Vec::new());
    for file in templates_below(&root().join("crates/remit-web/src")) {
        let text = std::fs::read_to_string(&file).expect("a template");
        let lines = text.lines().enumerate().filter(|(_, line)| line.chars().count() > WIDEST);
        wide.extend(lines.map(|(n, _)| format!("{}:{}", file.display(), n + 1)));
        all += 1;
    }
    assert!(all > 30, "{all}");
    assert_eq!(wide, Vec::<String>::new(), "run scripts/templates");
}

fn templates_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) = entries.partition(|path| path.is_dir());
    let templates = files.into_iter().filter(|file| file.extension().is_some_and(|e| e == "html"));
    folders.iter().flat_map(|folder| templates_below(folder)).chain(templates).collect()
}

/// Lines that a function has at the most.
const SCREEN: usize = 60;

fn begins_function(line: &str) -> bool {
    let before = line.split_once("fn ").map(|(before, _)| before);
    before
        .is_some_and(|words| words.split_whitespace().all(|w| ["pub", "pub(crate)", "pub(super)", "const", "async"].contains(&w)))
}

/// The files of Rust in the `src` folders below a folder.
fn sources_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten().map(|e| e.path());
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) = entries.partition(|path| path.is_dir());
    let is_source = |f: &PathBuf| {
        let below = f.strip_prefix(root()).unwrap_or(f);
        f.extension().is_some_and(|e| e == "rs") && below.components().any(|c| c.as_os_str() == "src")
    };
    let below = folders.iter().flat_map(|f| sources_below(f));
    below.chain(files.into_iter().filter(is_source)).collect()
}

/// The code and templates of a folder, or of one file.
fn code_below(path: &PathBuf) -> String {
    if path.is_dir() {
        let files = std::fs::read_dir(path).expect("a folder").flatten();
        return files.map(|f| code_below(&f.path())).collect();
    }
    let is_code = path.extension().is_some_and(|e| e == "rs" || e == "html");
    if is_code { std::fs::read_to_string(path).unwrap_or_default() } else { String::new() }
}
