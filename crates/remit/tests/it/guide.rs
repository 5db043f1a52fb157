//! The guide is true: every command in it is run, and says what the guide says that it says.

use crate::desk::REMIT;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A block of commands, and what the guide says that they say.
struct Block {
    page: String,
    line: usize,
    commands: String,
    said: Vec<String>,
}

/// Pages of what is done with a download, which no test has.
const ELSEWHERE: [&str; 3] = ["install.md", "howto/update.md", "howto/container.md"];

fn guide() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide")
}

/// The pages of the guide, in its order.
fn pages() -> Vec<String> {
    let summary = std::fs::read_to_string(guide().join("SUMMARY.md")).unwrap();
    let links = summary.split("](").skip(1).map(|rest| rest.split(')').next().unwrap().to_owned());
    links.filter(|page| !page.starts_with("reference/")).collect()
}

/// The fenced blocks of a page: what kind each is, the line that it begins at, and what stands in it.
fn fences(text: &str) -> Vec<(String, usize, String)> {
    let mut found: Vec<(String, usize, String)> = Vec::new();
    let mut inside = false;
    for (number, line) in (1..).zip(text.lines()) {
        match line.strip_prefix("```") {
            Some(kind) if !inside => {
                found.push((kind.to_owned(), number, String::new()));
                inside = true;
            }
            Some(_) => inside = false,
            None if inside => found.last_mut().unwrap().2 += &format!("{line}\n"),
            None => {}
        }
    }
    found
}

fn blocks() -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for page in pages() {
        let text = std::fs::read_to_string(guide().join(&page)).unwrap_or_else(|e| panic!("{page}: {e}"));
        for (kind, line, content) in fences(&text) {
            match kind.as_str() {
                "sh" => blocks.push(Block { page: page.clone(), line, commands: content, said: Vec::new() }),
                "text" => {
                    let block = blocks.last_mut().unwrap_or_else(|| panic!("{page}:{line}: nothing says this"));
                    block.said.extend(content.lines().map(squeezed).filter(|l| !l.is_empty() && l != "…"));
                }
                "csv" | "sql" | "toml" => {
                    // What the reader is asked to write: its first line names the file.
                    let (name, rest) = content.split_once('\n').unwrap();
                    let name = name.trim_start_matches(['#', '-', ' ']);
                    let commands = format!("mkdir -p \"$(dirname '{name}')\"\ncat > '{name}' <<'END'\n{rest}END\n");
                    blocks.push(Block { page: page.clone(), line, commands, said: Vec::new() });
                }
                // What another machine has to do is tried by scripts/smoke.
                "console" if ELSEWHERE.contains(&page.as_str()) => {}
                other => panic!("{page}:{line}: a block of `{other}` is not run; use sh, text, csv, sql or toml"),
            }
        }
    }
    blocks
}

/// Columns may be wider than in the guide.
fn squeezed(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A folder with a `remit` that opens no browser, and ends what it serves once the pages are there.
fn program(folder: &Path) -> PathBuf {
    let file = folder.join("bin/remit");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    let script = format!(
        "#!/usr/bin/env bash\nset -euo pipefail\ncase \"$*\" in\n  *--build-only*) exec '{REMIT}' \"$@\" ;;\n  start*|demo*) set -- \"$@\" --no-open ;;\n  \
         serve*) ;;\n  *) exec '{REMIT}' \"$@\" ;;\nesac\ncoproc '{REMIT}' \"${{@/--open/--read-only}}\" --port 0 --json\nread -r address <&\"${{COPROC[0]}}\"\necho \"$address\"\nsleep 0.3\n\
         kill -TERM $COPROC_PID\nwait $COPROC_PID\n"
    );
    std::fs::write(&file, script).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
    file
}

#[test]
fn every_command_of_the_guide_does_what_the_guide_says() {
    let folder = tempfile::tempdir().unwrap();
    let program = program(folder.path());
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let home = folder.path().join("home");
    std::fs::create_dir(&home).unwrap();
    let blocks = blocks();
    assert!(blocks.len() > 30, "{} blocks", blocks.len());
    let mut wrong = Vec::new();
    for Block { page, line, commands, said } in blocks {
        let mut shell = Command::new("bash");
        shell.args(["-euo", "pipefail", "-c", &commands]).current_dir(&home).env("PATH", &path).env("COLUMNS", "100");
        let done = shell.env("REMIT_AUTHOR", "A. Reader").output().unwrap();
        let words = format!("{}\n{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        if !done.status.success() {
            wrong.push(format!("{page}:{line}: {commands}{words}"));
            continue;
        }
        let lines: Vec<String> = words.lines().map(squeezed).collect();
        let missing: Vec<&String> = said.iter().filter(|s| !lines.iter().any(|l| l.contains(s.as_str()))).collect();
        if !missing.is_empty() {
            wrong.push(format!("{page}:{line}: {commands} does not say {missing:#?} but\n{words}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn the_guide_leads_to_pages_and_pictures_that_there_are() {
    let mut pages = pages();
    pages.extend(["SUMMARY.md".to_owned()]);
    assert!(pages.len() > 15, "{pages:?}");
    for page in pages {
        let text = std::fs::read_to_string(guide().join(&page)).unwrap();
        let folder = guide().join(&page).parent().unwrap().to_path_buf();
        for link in text.split("](").skip(1).map(|rest| rest.split([')', '#']).next().unwrap()) {
            let is_elsewhere = link.is_empty() || link.contains("://");
            let is_generated = link.contains("reference/");
            assert!(is_elsewhere || is_generated || folder.join(link).is_file(), "{page} leads to {link}, which there is not");
        }
    }
}

#[test]
fn the_reference_has_every_command_kind_question_and_term() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let done = Command::new(REMIT).args(arguments).current_dir(folder.path()).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    run(&["init", "w"]);
    run(&["reference", "w", "reference"]);
    let page = |name: &str| std::fs::read_to_string(folder.path().join("reference").join(name)).unwrap();
    let commands = page("commands.md");
    for command in ["import", "ask", "update", "reference"] {
        assert!(commands.contains(&format!("\n## remit {command}\n")), "{commands}");
    }
    assert!(!commands.contains("read-one") && !commands.contains('\u{1b}'), "{commands}");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let names = |folder: &str, ending: &str| -> Vec<String> {
        let files = std::fs::read_dir(root.join(folder)).unwrap().flatten().map(|e| e.file_name().into_string().unwrap());
        files.filter_map(|f| f.strip_suffix(ending).map(str::to_owned)).collect()
    };
    let (kinds, questions, glossary) = (page("kinds.md"), page("questions.md"), page("glossary.md"));
    for kind in names("model/kinds", ".toml") {
        assert!(kinds.contains(&format!("(`{kind}`)\n")), "{kind} is missing");
    }
    for question in names("questions", ".sql") {
        assert!(questions.contains(&format!("\n## {question}\n")), "{question} is missing");
    }
    assert!(glossary.contains("**Actor class**: What sort of institution an actor is"), "{glossary}");
    assert!(page("codes.md").contains("| `police` | Police and gendarmerie |"), "{}", page("codes.md"));
    // A code between backticks stands as it is typed: Markdown shows a backslash there.
    assert!(page("codes.md").contains("| `on_budget` | Aid on budget |"), "{}", page("codes.md"));
}
