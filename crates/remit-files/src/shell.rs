//! Names as a command line takes them.

use std::path::Path;

/// A path as it is to be typed: quoted where a shell would take it apart, so that a command that somebody is told runs as it stands.
#[must_use]
pub fn for_shell(path: &Path) -> String {
    let shown = path.display().to_string();
    if !shown.is_empty() && shown.chars().all(is_plain) {
        return shown;
    }
    // What shells of Unix still read within double quotes; Windows has double quotes only.
    if cfg!(windows) || !shown.contains(['"', '$', '`', '\\', '!']) {
        return format!("\"{shown}\"");
    }
    format!("'{}'", shown.replace('\'', r"'\''"))
}

fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | ':' | '+' | '@' | ',' | '=') || (cfg!(windows) && c == '\\')
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_the_same_name_again() {
        for name in ["somalia", "../a-b_1.xlsx", "a b", "سجل 1", "it's", "$HOME and `pwd`", "a'b \"c\" \\ !", "", "*", "a;b"] {
            let said =
                std::process::Command::new("sh").args(["-c", &format!("printf %s {}", for_shell(Path::new(name)))]).output();
            assert_eq!(String::from_utf8(said.expect("a shell").stdout).as_deref(), Ok(name));
        }
        assert_eq!(for_shell(Path::new("سجل")), "سجل");
        assert_eq!(for_shell(Path::new("a b")), "\"a b\"");
    }
}
