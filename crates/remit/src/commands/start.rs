//! `remit start`: the first page, for who knows no command yet. On Windows, a double click on the program does it.

use crate::commands::{AsOfArguments, demo, serve};
use crate::output::say;
use anyhow::{Context, Result};
use remit_model::Marking;
use remit_store::{AsOf, Reader, Settings, Workspace};
use std::io::{BufRead as _, Write as _};
use std::path::{Component, Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Where a folder has one workspace, that is opened; where it has several, it asks which. Where it has none, it makes one of the
name that you give, or shows the demo. A double click on remit.exe does this with the folder that it is in.

Examples:
  remit start                                    the workspaces of this folder
  remit start /media/stick                       those of a memory stick")]
pub(crate) struct Arguments {
    /// Folder with workspaces, or one of them
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Port on this machine; 0 for any that is free [default: 8017, where it is free]
    #[arg(long)]
    port: Option<u16>,
    /// Show what is marked at most so: public, internal, confidential, strictly_confidential [default: it asks, where there is any]
    #[arg(long, value_name = "MARKING")]
    clearance: Option<String>,
    /// Do not open a browser
    #[arg(long)]
    no_open: bool,
    /// Say the address as JSON, on standard output
    #[arg(long)]
    json: bool,
}

/// What to show.
enum FirstSight {
    Workspace(PathBuf),
    Demo,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let (port, no_open, json) = (arguments.port, arguments.no_open, arguments.json);
    match choose(&arguments.folder)? {
        FirstSight::Workspace(workspace) => {
            let clearance = match &arguments.clearance {
                Some(clearance) => clearance.clone(),
                None => how_much(&workspace)?.code().to_owned(),
            };
            let as_of = AsOfArguments { clearance, ..Default::default() };
            serve::run(&serve::Arguments { workspace, port, open: !no_open, as_of, json, ..Default::default() })
        }
        FirstSight::Demo => demo::run(&demo::Arguments { port, no_open, json, ..Default::default() }),
    }
}

/// Keeps a window open until somebody has read what stands in it.
pub(crate) fn keep_window() {
    let _ = ask("Press Enter to close this window.");
}

fn choose(folder: &Path) -> Result<FirstSight> {
    let workspaces = workspaces(folder).with_context(|| format!("{} cannot be looked into", folder.display()))?;
    match workspaces.as_slice() {
        [only] => Ok(FirstSight::Workspace(only.clone())),
        [] => none_yet(folder),
        several => Ok(FirstSight::Workspace(one_of(several)?)),
    }
}

/// What stands behind the name of a workspace in that of the backup that `remit update` makes of it.
pub(crate) const BEFORE_UPDATE: &str = "-before-update";

/// The workspaces of a folder: itself, or those right below it, by name; without those that `remit update` left as a backup beside one.
pub(crate) fn workspaces(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let is_one = |folder: &PathBuf| folder.join("remit.toml").is_file();
    let itself = folder.to_path_buf();
    if is_one(&itself) {
        return Ok(vec![itself]);
    }
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)?.flatten().map(|e| e.path()).filter(is_one).collect();
    found.sort();
    let is_backup = |path: &PathBuf| {
        let (name, backup_of) = (name(path), |of: &str| found.iter().any(|other| name(other) == of));
        let is_number = |more: &str| more.is_empty() || more.trim_start_matches('-').parse::<u32>().is_ok();
        name.rsplit_once(BEFORE_UPDATE).is_some_and(|(of, more)| backup_of(of) && is_number(more))
    };
    let kept: Vec<PathBuf> = found.iter().filter(|path| !is_backup(path)).cloned().collect();
    Ok(kept)
}

fn one_of(workspaces: &[PathBuf]) -> Result<PathBuf> {
    say!("There are several workspaces here:");
    for (number, workspace) in (1..).zip(workspaces) {
        say!("  {number}  {}", name(workspace));
    }
    loop {
        let answer = ask("Which one? Write its number or name; Enter opens the first:")?.unwrap_or_default();
        let numbered = answer.parse::<usize>().ok().and_then(|n| workspaces.get(n.checked_sub(1)?));
        let named = || workspaces.iter().find(|w| name(w) == answer);
        match numbered.or_else(named) {
            Some(workspace) => return Ok(workspace.clone()),
            None if answer.is_empty() => return Ok(workspaces[0].clone()),
            None => say!("`{answer}` is none of them."),
        }
    }
}

/// Asks how much is shown where a workspace holds what is not public, such as persons: whoever double-clicks gives no option.
fn how_much(workspace: &Path) -> Result<Marking> {
    let workspace = Workspace::open_usable(workspace)?;
    let as_of = AsOf { clearance: Marking::StrictlyConfidential, ..AsOf::public(workspace.default_day()) };
    let highest = "select marking from statement group by marking";
    let held = Reader::open(&workspace, as_of)?.query(highest, &[])?;
    let held = held.rows.iter().filter_map(|row| row.first()?.text()?.parse::<Marking>().ok()).max().unwrap_or_default();
    if held == Marking::Public {
        return Ok(held);
    }
    let choices: Vec<Marking> = Marking::ALL.into_iter().filter(|m| *m <= held).collect();
    say!("Not all that is here is public. Your pages show what is marked at most:");
    for (number, marking) in (1..).zip(&choices) {
        say!("  {number}  {}", marking.code().replace('_', " "));
    }
    loop {
        let answer = ask("How much is shown? Write a number; Enter shows what is public:")?.unwrap_or_default();
        match answer.parse::<usize>().ok().and_then(|n| choices.get(n.checked_sub(1)?)) {
            Some(marking) => return Ok(*marking),
            None if answer.is_empty() => return Ok(Marking::Public),
            None => say!("`{answer}` is none of them."),
        }
    }
}

/// Asks for the name of a first workspace. What is made in a temporary folder, such as the one from which a program starts that
/// was not unpacked, would go away again.
fn none_yet(folder: &Path) -> Result<FirstSight> {
    let whole = folder.canonicalize()?;
    if std::env::temp_dir().canonicalize().is_ok_and(|temporary| whole.starts_with(temporary)) {
        say!("This is a temporary folder: unpack Remit into a folder of your own to make a workspace. Here is the demo.");
        return Ok(FirstSight::Demo);
    }
    // Tried before anybody thinks of a name: what a system lets somebody write is told by nothing else.
    if tempfile::tempdir_in(&whole).is_err() {
        say!(
            "Nothing can be written in this folder: copy Remit into a folder of your own to make a workspace. Here is the demo."
        );
        return Ok(FirstSight::Demo);
    }
    say!("There is no workspace here yet.");
    loop {
        match ask("Write a name to make one, such as somalia; Enter shows the demo:")?.as_deref() {
            None | Some("") => {
                say!("Making the demo; it takes a few seconds.");
                return Ok(FirstSight::Demo);
            }
            Some(name) if is_name(name) && is_taken(&folder.join(name)) => {
                say!("`{name}` is here already, and is no workspace: write another name");
            }
            Some(name) if is_name(name) => {
                let workspace = folder.join(name);
                Workspace::init(&workspace, Settings { title: name.into(), ..Default::default() })?;
                say!("Made the workspace {name}.");
                return Ok(FirstSight::Workspace(workspace));
            }
            Some(name) => say!(
                "`{name}` is no name for a folder on every system: at most {LONGEST} letters, none of / \\ : * ? \" < > |, no - at the beginning \
                 and no . at the end, and not a name that Windows keeps for itself (CON, NUL, COM1)"
            ),
        }
    }
}

/// True for a file, and for a folder that is not empty.
fn is_taken(path: &Path) -> bool {
    match std::fs::read_dir(path) {
        Ok(mut inside) => inside.next().is_some(),
        Err(_) => path.symlink_metadata().is_ok(),
    }
}

/// Letters that the name of a folder may have: what is longer some media do not take.
const LONGEST: usize = 80;

/// Names of devices of Windows, whatever stands behind a dot.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// True for what may be the name of a folder on every system.
fn is_name(name: &str) -> bool {
    let first = name.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let numbered = first.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_device = DEVICES.contains(&numbered) && (matches!(numbered, "com" | "lpt") == (numbered != first));
    if is_device || name.chars().count() > LONGEST {
        return false;
    }
    let is_plain = matches!(Path::new(name).components().collect::<Vec<_>>().as_slice(), [Component::Normal(_)]);
    is_plain && !name.starts_with('-') && !name.ends_with('.') && !name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|'])
}

fn name(workspace: &Path) -> String {
    workspace.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Asks for a line; none where nobody is there to answer.
fn ask(question: &str) -> std::io::Result<Option<String>> {
    let mut err = std::io::stderr();
    let _ = write!(err, "{question} ").and_then(|()| err.flush());
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line)?;
    Ok((read > 0).then(|| line.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_that_every_system_takes() {
        for name in ["somalia", "سجل 1", "Congo 2026", "com", "console", "lpt.old", "con1"] {
            assert!(is_name(name), "{name}");
        }
        let long = "a".repeat(LONGEST + 1);
        for name in ["CON", "nul.txt", "com1", "LPT9", "-rf", ".", "..", "a/b", "a:b", "end.", &long] {
            assert!(!is_name(name), "{name}");
        }
    }
}
