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

/// Types that have one name in several rooms, since what they are of is said before it: each command has its `Arguments`.
const SHARED_NAMES: [&str; 1] = ["Arguments"];

/// Who reads a name knows which it is, and who searches for it finds one thing.
#[test]
fn no_two_types_have_one_name() {
    let mut named: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in sources_below(&root().join("crates")).into_iter().filter(|f| f.components().any(|c| c.as_os_str() == "src")) {
        let text = std::fs::read_to_string(&file).expect("code");
        for line in text.lines().map(str::trim_start).filter(|line| line.starts_with("pub")) {
            // Behind `pub`, `pub(crate)` or `pub(super)`.
            let rest = line.split_once(' ').map_or("", |(_, rest)| rest);
            let words: Vec<&str> = rest.split(|c: char| !c.is_alphanumeric() && c != '_').take(2).collect();
            if let ["struct" | "enum" | "type" | "trait" | "union", name] = words[..] {
                named.entry(name.to_owned()).or_default().push(file.display().to_string());
            }
        }
    }
    assert!(named.len() > 400, "{}", named.len());
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
