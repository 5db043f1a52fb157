//! `remit completions`

use crate::output::print_json;
use anyhow::Result;
use clap_complete::Shell;
use std::io::Write;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Put the script where the shell looks for it, and begin a new shell.

Examples:
  remit completions bash > ~/.local/share/bash-completion/completions/remit
  remit completions zsh > ~/.zfunc/_remit
  remit completions fish > ~/.config/fish/completions/remit.fish")]
pub(crate) struct Arguments {
    /// The shell that completes
    shell: Shell,
    /// Give the script as JSON
    #[arg(long)]
    json: bool,
}

/// Writes the script to standard output. It is made whole first: the library stops the program where a pipe is closed.
pub(crate) fn run(arguments: &Arguments, mut command: clap::Command) -> Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "remit", &mut script);
    if arguments.json {
        let script = String::from_utf8_lossy(&script);
        return print_json(&serde_json::json!({ "shell": arguments.shell.to_string(), "script": script }));
    }
    std::io::stdout().write_all(&script)?;
    Ok(())
}
