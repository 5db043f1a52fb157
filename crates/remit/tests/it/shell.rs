//! What a shell gets: completions that complete, manual pages for every command.

use std::process::Command;

fn remit(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_remit")).args(arguments).output().unwrap();
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

#[test]
fn bash_completes_commands_and_options() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("remit.bash");
    std::fs::write(&script, remit(&["completions", "bash"])).unwrap();
    let complete = |typed: &str, last: &str| {
        let program = "source \"$1\"; read -ra COMP_WORDS <<< \"$2\"; [ -n \"$3\" ] || COMP_WORDS+=(''); \
             COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _remit remit \"$3\" ''; printf '%s\\n' \"${COMPREPLY[@]}\"";
        let output =
            Command::new("bash").args(["--norc", "-c", program, "bash"]).arg(&script).args([typed, last]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(complete("remit im", "im"), ["import"]);
    assert!(complete("remit sql --val", "--val").contains(&"--valid-on".to_owned()));
    let all = complete("remit ", "");
    assert!(commands().iter().all(|c| all.contains(c)), "{all:?}");
}

#[test]
fn each_shell_knows_every_command() {
    for shell in ["bash", "zsh", "fish"] {
        let script = remit(&["completions", shell]);
        for command in commands() {
            assert!(script.contains(&command), "{shell} lacks {command}");
        }
    }
    let wrong = Command::new(env!("CARGO_BIN_EXE_remit")).args(["completions", "tcsh"]).output().unwrap();
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("share/man/man1");
    remit(&["man", pages.to_str().unwrap()]);
    for command in commands() {
        let page = std::fs::read_to_string(pages.join(format!("remit-{command}.1"))).unwrap();
        assert!(page.contains(".TH") && page.contains(&format!("remit\\-{command}")), "{page}");
    }
    assert!(std::fs::read_to_string(pages.join("remit.1")).unwrap().contains("SYNOPSIS"));

    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let refused = Command::new(env!("CARGO_BIN_EXE_remit")).arg("man").arg(&file).output().unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("file: the manual pages cannot be written there"));
}
