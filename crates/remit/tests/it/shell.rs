//! What a shell gets: help that teaches, completions that complete, manual pages, colours, exit codes. Made-up data.

use crate::desk::{Desk, REMIT, iati, paid, police};
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

fn remit(arguments: &[&str]) -> String {
    let output = Command::new(REMIT).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The commands that the help lists.
fn commands() -> Vec<String> {
    let help = remit(&["-h"]);
    let listed = help.lines().skip_while(|l| *l != "Commands:").skip(1).take_while(|l| !l.is_empty());
    let names: Vec<String> =
        listed.filter_map(|l| l.split_whitespace().next().map(str::to_owned)).filter(|c| c != "help").collect();
    assert!(names.iter().any(|n| n == "import") && names.len() > 10, "{names:?}");
    names
}

/// The examples in a text, each a command line of Remit.
fn examples(text: &str) -> Vec<&str> {
    let after = text.split("Examples:").nth(1).unwrap_or_default();
    after.lines().skip(1).take_while(|l| !l.trim().is_empty()).filter(|l| l.contains("remit ")).collect()
}

#[test]
fn one_of_a_thing_is_said_as_one_and_two_as_two() {
    let desk = Desk::new();
    let workspace = desk.workspace();
    let said = |arguments: &[&str]| {
        let output = desk.run(arguments);
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
    };
    for (rows, stated, them) in
        [("u1,Made-up One\n", "1 statement", "it"), ("u2,Made-up Two\nu3,Made-up Three\n", "2 statements", "them")]
    {
        let file = desk.file("actor.csv", format!("record,name\n{rows}"));
        let entry = desk.json(&["import", &workspace, &file, "--json"])["sheets"][0]["entry"].as_str().unwrap().to_owned();
        let undone = said(&["undo", &workspace, &entry]);
        assert!(undone.contains(&format!("{stated} taken back\n")) && undone.contains(&format!("restores {them}")), "{undone}");
    }
    desk.ok(&["init", "other"]);
    let merged = said(&["merge", "other", "--from", &workspace, "--dry-run"]);
    assert!(merged.contains("6 statements recorded"), "{merged}");
}

#[test]
fn every_help_teaches_by_examples_and_says_exit_codes() {
    for command in commands() {
        let help = remit(&[&command, "--help"]);
        let examples = examples(&help);
        assert!(examples.len() >= 2 || command == "man", "{command}: {help}");
        assert!(examples.iter().any(|e| e.contains(&format!("remit {command}"))), "{command}: {help}");
        assert!(help.contains("Exit codes: 0 done"), "{command}: {help}");
    }
    let help = remit(&["--help"]);
    assert!(help.contains("  130  interrupted") && help.contains("--color"), "{help}");
}

#[test]
fn every_command_has_a_manual_page_with_its_examples() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("share/man/man1");
    remit(&["man", pages.to_str().unwrap()]);
    for command in commands() {
        let page = std::fs::read_to_string(pages.join(format!("remit-{command}.1"))).unwrap();
        assert!(page.contains(".TH") && page.contains(&format!("remit\\-{command}")), "{page}");
        assert!(page.contains(".SH EXAMPLES\n.nf\n  remit") && page.contains("Exit codes: 0 done"), "{page}");
        assert!(page.contains(&format!("\"Remit {}\"", env!("CARGO_PKG_VERSION"))), "{page}");
        let shown = page.replace("\\*(Aq", "'").replace('\\', "");
        for example in examples(&remit(&[&command, "--help"])) {
            let typed = example.trim().split("  ").next().unwrap();
            assert!(shown.contains(typed), "the page of {command} lacks `{typed}`: {shown}");
        }
        assert!(!page.contains('\u{1b}'), "colours in the page of {command}");
    }
    assert!(std::fs::read_to_string(pages.join("remit.1")).unwrap().contains("130"));

    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let refused = Command::new(REMIT).arg("man").arg(&file).output().unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("file: the manual pages cannot be written there"));
}

/// A file with the completions for a shell.
fn script(folder: &Path, shell: &str) -> std::path::PathBuf {
    let script = folder.join(format!("_remit.{shell}"));
    std::fs::write(&script, remit(&["completions", shell])).unwrap();
    script
}

/// Runs a program in a shell; `None` where this machine does not have it.
fn in_shell(shell: &str, arguments: &[&str]) -> Option<String> {
    let output = match Command::new(shell).args(arguments).output() {
        Ok(output) => output,
        Err(_) => {
            eprintln!("{shell} is not installed: not tested");
            return None;
        }
    };
    assert!(output.status.success(), "{shell}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn bash_completes_commands_and_options() {
    let folder = tempfile::tempdir().unwrap();
    let script = script(folder.path(), "bash");
    let complete = |typed: &str, last: &str| {
        let program = "source \"$1\"; read -ra COMP_WORDS <<< \"$2\"; [ -n \"$3\" ] || COMP_WORDS+=(''); \
             COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _remit remit \"$3\" ''; printf '%s\\n' \"${COMPREPLY[@]}\"";
        let said = in_shell("bash", &["--norc", "-c", program, "bash", script.to_str().unwrap(), typed, last]).unwrap();
        said.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(complete("remit im", "im"), ["import"]);
    for command in ["sql", "ask", "export", "serve", "history"] {
        assert_eq!(complete(&format!("remit {command} --val"), "--val"), ["--valid-on"], "{command}");
    }
    assert_eq!(complete("remit ask somalia support --xl", "--xl"), ["--xlsx"]);
    assert_eq!(complete("remit verify --col", "--col"), ["--color"]);
    let all = complete("remit ", "");
    assert!(commands().iter().all(|c| all.contains(c)), "{all:?}");
}

#[test]
fn fish_completes_commands_and_options() {
    let folder = tempfile::tempdir().unwrap();
    let script = script(folder.path(), "fish");
    let complete = |typed: &str| -> Option<Vec<String>> {
        let program = format!("source {}; complete -C '{typed}'", script.display());
        let said = in_shell("fish", &["--no-config", "-c", &program])?;
        Some(said.lines().map(|l| l.split('\t').next().unwrap_or_default().to_owned()).collect())
    };
    let Some(found) = complete("remit im") else { return };
    assert_eq!(found, ["import"]);
    assert_eq!(complete("remit ask --val").unwrap(), ["--valid-on"]);
    let all = complete("remit ").unwrap();
    assert!(commands().iter().all(|c| all.contains(c)), "{all:?}");
}

#[test]
fn zsh_takes_the_completions() {
    let folder = tempfile::tempdir().unwrap();
    let script = script(folder.path(), "zsh");
    let path = script.to_str().unwrap();
    let program = "autoload -U compinit; compinit -u -D; source $1; print -r -- $_comps[remit]; whence -w _remit";
    if let Some(said) = in_shell("zsh", &["-f", "-c", program, "zsh", path]) {
        assert!(said.contains("_remit: function"), "{said}");
    }
    let text = std::fs::read_to_string(&script).unwrap();
    let ask = text.split("\n(ask)").nth(1).unwrap().split(";;").next().unwrap();
    assert!(ask.contains("--valid-on=") && ask.contains("--xlsx="), "{ask}");
}

#[test]
fn each_shell_knows_every_command() {
    for shell in ["bash", "zsh", "fish"] {
        let script = remit(&["completions", shell]);
        for command in commands() {
            assert!(script.contains(&command), "{shell} lacks {command}");
        }
    }
    let wrong = Command::new(REMIT).args(["completions", "tcsh"]).output().unwrap();
    assert_eq!(wrong.status.code(), Some(2));
}

/// What a command writes to a terminal.
fn on_a_terminal(line: &str, no_color: bool) -> String {
    let mut command = Command::new("script");
    command.args(["-qec", line, "/dev/null"]).env("TERM", "xterm").env_remove("NO_COLOR");
    if no_color {
        command.env("NO_COLOR", "1");
    }
    let output = command.output().expect("script, of util-linux");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn colour_is_for_terminals_and_can_be_chosen() {
    const ESCAPE: char = '\u{1b}';
    let piped = |arguments: &[&str]| {
        let Output { stdout, stderr, .. } = Command::new(REMIT).args(arguments).output().unwrap();
        String::from_utf8([stdout, stderr].concat()).unwrap()
    };
    for line in [&["--help"][..], &["ask", "--help"], &["nonsense"], &["ask", "nowhere"]] {
        assert!(!piped(line).contains(ESCAPE), "{line:?}");
        let always = [&["--color", "always"], line].concat();
        assert!(piped(&always).contains(ESCAPE), "{line:?}");
        let typed = format!("{REMIT} {}", line.join(" "));
        assert!(on_a_terminal(&typed, false).contains(ESCAPE), "{line:?}");
        assert!(!on_a_terminal(&typed, true).contains(ESCAPE), "{line:?} with NO_COLOR");
        assert!(!on_a_terminal(&format!("{typed} --color never"), false).contains(ESCAPE), "{line:?} with never");
        assert!(on_a_terminal(&format!("{REMIT} --color always {}", line.join(" ")), true).contains(ESCAPE), "{line:?}");
    }
    // Behind a question's own parameters, where everything else is the question's.
    let behind = ["ask", "nowhere", "support", "--country", "SO", "--color", "always"];
    assert!(piped(&behind).contains(ESCAPE));
}

#[test]
fn what_is_told_is_told_to_programs_too() {
    let desk = Desk::new();
    let workspace = desk.workspace();
    assert_eq!(desk.json(&["init", "other", "--json"])["workspace"], "other");
    let file = desk.file("actor.csv", "record,name\nso/police,Made-up Police\nso/spf,Made-up Police Force\n");
    let imported = desk.json(&["import", &workspace, &file, "--json"]);
    assert_eq!(imported["sheets"][0]["added"], 2);
    let entry = imported["sheets"][0]["entry"].as_str().unwrap().to_owned();
    let activities = desk.file("a.xml", iati(&[police("XX-1-A", &paid("3", "100"))]));
    assert_eq!(desk.json(&["import", &workspace, &activities, "--json"])["imports"][0]["records"], 1);

    assert_eq!(desk.json(&["template", &workspace, "actor", "--json"])["file"], "actor.xlsx");
    assert_eq!(desk.json(&["export", &workspace, "out.xlsx", "--json"])["file"], "out.xlsx");
    let verified = desk.json(&["verify", &workspace, "--json"]);
    assert_eq!((&verified["statements"], &verified["holds"]), (&2.into(), &true.into()));
    assert_eq!(desk.json(&["merge", &workspace, "--from", "other", "--json"])["statements"], 0);
    assert_eq!(desk.json(&["undo", &workspace, &entry, "--json"])["statements"], 2);
    assert!(desk.json(&["history", &workspace, "--json"])["rows"].as_array().unwrap().len() >= 2);
    assert!(desk.json(&["ask", &workspace, "--json"]).as_array().unwrap().len() > 10);
    assert_eq!(desk.json(&["ask", &workspace, "support", "--parameters", "--json"])["question"], "support");
    assert!(desk.json(&["sql", &workspace, "--views", "--json"])[0]["columns"].is_array());
    assert_eq!(desk.json(&["man", "pages", "--json"])["folder"], "pages");
    let completions = desk.json(&["completions", "bash", "--json"]);
    assert!(completions["shell"] == "bash" && completions["script"].as_str().unwrap().contains("remit"), "{completions}");
    let quiet = desk.run(&["merge", &workspace, "--from", "other", "--json"]);
    assert!(quiet.stderr.is_empty(), "{}", String::from_utf8_lossy(&quiet.stderr));
}

#[test]
fn what_waits_says_where_it_is_decided_on() {
    let desk = Desk::new();
    let ask = |question: &str| String::from_utf8(desk.run(&["ask", &desk.workspace(), question]).stderr).unwrap();
    assert!(!ask("waiting").contains("Decide on these"), "there is nothing to decide on");
    desk.add(&[serde_json::json!({"kind": "actor", "record": "so/police", "fields": {"name": "Made-up Police"},
        "status": "proposed", "source": "Made-up report", "marking": "public"})]);
    assert!(ask("waiting").contains(&format!("remit serve {}`, then the page /review", desk.workspace())));
    assert!(!ask("unsourced").contains("Decide on these"));
}

#[test]
fn a_question_takes_options_before_and_behind_its_own() {
    let desk = Desk::new();
    desk.import("a.xml", iati(&[police("XX-1-A", &format!("<recipient-country code=\"SO\"/>{}", paid("3", "100")))]));
    let workspace = desk.workspace();
    let before = desk.ok(&["ask", &workspace, "support", "--csv", "--valid-on", "2021-06-30", "--country", "SO"]);
    let behind = desk.ok(&["ask", &workspace, "support", "--country", "SO", "--valid-on", "2021-06-30", "--csv"]);
    assert!(before.contains("Made-up Agency"), "{before}");
    assert_eq!(before, behind);
    let (code, said) = desk.fails(&["ask", &workspace, "support", "--country", "SO", "--csv", "--json"]);
    assert!(code == 2 && said.contains("choose one"), "{said}");
}

#[test]
fn an_error_says_what_where_and_what_to_do() {
    let desk = Desk::new();
    let workspace = desk.workspace();
    for (arguments, code, expected) in [
        (vec!["export", &workspace, "nowhere/x.xlsx"], 1, "there is no folder nowhere; make it first"),
        (vec!["export", &workspace, "x.pdf"], 2, "write to a file that ends in .xlsx or .csv"),
        (vec!["template", &workspace, "actr"], 2, "there is no kind `actr` in the register; did you mean `actor`?; it has"),
        (vec!["report", &workspace, "brif"], 2, "there is no template `brif`; did you mean `brief`?; there are"),
        (vec!["template", &workspace, "actor", "--language", "de"], 2, "--language: `de` is not a language of Remit; use en"),
        (vec!["undo", &workspace, "x"], 1, "`remit history` lists them"),
        (vec!["merge", &workspace], 2, "--from FOLDER, or a kind and two records"),
        (vec!["sql", &workspace, "selec"], 1, "the query cannot be answered: near \"selec\""),
        (vec!["verify", &workspace, "--head", "abc"], 1, "go back to a copy of the workspace"),
    ] {
        let (found, said) = desk.fails(&arguments);
        assert_eq!(found, code, "{said}");
        assert!(said.starts_with("remit: ") && said.contains(expected), "{said}");
    }
}

/// Sends what Ctrl-C sends.
#[cfg(unix)]
fn interrupt(process: &std::process::Child) {
    assert!(Command::new("kill").args(["-INT", &process.id().to_string()]).status().unwrap().success());
}

#[cfg(unix)]
#[test]
fn ctrl_c_leaves_the_workspace_whole_and_says_so() {
    let desk = Desk::new();
    desk.import("actor.csv", "record,name\na,Made-up Army\n");
    desk.activities("small.xml", &[police("XX-1-SMALL", "")]);
    let long = "made up ".repeat(100);
    let activities: Vec<String> = (0..40_000)
        .map(|n| police(&format!("XX-1-{n}"), &format!("<description><narrative>{long}</narrative></description>")))
        .collect();
    let large = desk.file("large.xml", iati(&activities));
    let before = desk.value("select count(*) from activity");

    // Interrupted while rows are written: the database's log has grown.
    let log = desk.path("w/remit.db-wal");
    let (code, said) = interrupted(&desk, &large, || std::fs::metadata(&log).is_ok_and(|m| m.len() >= 1 << 20));
    // A machine that is busy may interrupt it late: what is said is then another thing, and as true.
    let is_done = ended(&desk, code, &said);
    assert_eq!(desk.value("select count(*) from activity"), if is_done { 40_001.into() } else { before }, "{said}");
    assert!(desk.ok(&["verify", &desk.workspace()]).contains("1 statement,"));
    assert!(desk.import("large.xml", iati(&activities[..2_000])).contains("2000 records"));
    assert_eq!(desk.value("select count(*) from activity"), 2_001);

    // Interrupted when its rows are just seen, and it still reckons with them.
    desk.file("large.xml", iati(&activities));
    let head = || std::fs::read(desk.path("w/remit.head")).unwrap_or_default();
    let earlier = head();
    let (code, said) = interrupted(&desk, &large, || head() != earlier);
    assert!(ended(&desk, code, &said), "it was seen before it was interrupted: {said}");
    assert_eq!(desk.value("select count(*) from activity"), 40_001);
    assert!(desk.ok(&["verify", &desk.workspace()]).contains("1 statement,"));
}

/// Imports a file and interrupts that as soon as something is so: how it ended, and what it said.
#[cfg(unix)]
fn interrupted(desk: &Desk, file: &str, is_time: impl Fn() -> bool) -> (Option<i32>, String) {
    let mut child =
        Command::new(REMIT).args(["import", &desk.workspace(), file]).stderr(std::process::Stdio::piped()).spawn().unwrap();
    let begun = Instant::now();
    while !is_time() && child.try_wait().unwrap().is_none() {
        assert!(begun.elapsed() < Duration::from_secs(120), "the import did not come so far");
        std::thread::sleep(Duration::from_millis(2));
    }
    if child.try_wait().unwrap().is_none() {
        interrupt(&child);
    }
    let output = child.wait_with_output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// Whether an import that was interrupted had been done by then, as its end says.
#[cfg(unix)]
fn ended(desk: &Desk, code: Option<i32>, said: &str) -> bool {
    let is_seen = desk.value("select count(*) from activity") == 40_001;
    if code == Some(0) {
        // It had ended when the interrupt came.
        assert!(is_seen && !said.contains("interrupted"), "{said}");
        return true;
    }
    assert_eq!(code, Some(130), "{said}");
    assert!(said.contains("interrupted; the workspace is whole") && said.contains("the same command begins again"), "{said}");
    assert_eq!(said.contains("what was already done stays"), is_seen, "{said}");
    is_seen
}

#[cfg(unix)]
#[test]
fn ctrl_c_is_how_a_server_ends() {
    use std::io::BufRead as _;
    let desk = Desk::new();
    let mut child = Command::new(REMIT)
        .args(["serve", &desk.workspace(), "--port", "0", "--read-only", "--json"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    std::io::BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let told: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert!(told["address"].as_str().unwrap().starts_with("http://127.0.0.1:"), "{line}");
    assert_eq!(told["read_only"], true);
    // The server says its address before it listens for Ctrl-C.
    std::thread::sleep(Duration::from_millis(300));
    interrupt(&child);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[cfg(unix)]
#[test]
fn a_command_that_is_told_runs_as_it_stands_where_a_name_has_a_space() {
    let desk = Desk::new();
    let told = |arguments: &[&str]| String::from_utf8(desk.run(arguments).stderr).expect("UTF-8");
    // What stands behind `remit` in what was said, as a shell takes it.
    let runs = |command: &str| {
        let line = format!("'{REMIT}' {command}");
        let done = Command::new("sh").args(["-c", &line]).current_dir(desk.path("")).output().expect("a shell");
        assert!(done.status.success(), "{line}: {}", String::from_utf8_lossy(&done.stderr));
    };
    let between = |said: &str, from: &str, to: &str| {
        let rest = said.split_once(from).unwrap_or_else(|| panic!("{from} is not in {said}")).1;
        rest.split_once(to).unwrap_or_else(|| panic!("{to} is not in {rest}")).0.to_owned()
    };
    for name in ["a b", "سجل 1", "it's one"] {
        let said = told(&["init", name]);
        assert!(said.contains(&format!("Made the workspace {name}.")), "{said}");
        desk.file("made up/actor.csv", "record,name,source\nx,Made-up Police,Made-up yearbook\n");
        let import = between(&said, "Next: remit ", " FILE…");
        runs(&format!("{import} 'made up/actor.csv'"));
        runs(&between(&told(&["template", name, "actor", "-o", &format!("{name} 1.xlsx")]), "`remit ", "`"));
    }
    assert!(told(&["ask", "no such", "support"]).contains("`remit init \"no such\"`"));
}

#[cfg(target_os = "linux")]
#[test]
fn who_records_is_the_user_of_the_machine_also_where_no_variable_names_one() {
    let desk = Desk::new();
    let file = desk.file("actor.csv", "record,name\na,Made-up Army\n");
    let mut import = Command::new(REMIT);
    for variable in ["REMIT_AUTHOR", "USER", "USERNAME", "LOGNAME"] {
        import.env_remove(variable);
    }
    let done = import.args(["import", &desk.workspace(), &file]).output().expect("remit runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    // Where the machine does not know its own user either, nobody is named.
    let user = Command::new("id").arg("-un").output().expect("id runs");
    let user = if user.status.success() { String::from_utf8(user.stdout).expect("a name") } else { "unknown".to_owned() };
    assert_eq!(desk.value("select author from statement"), user.trim());
}
