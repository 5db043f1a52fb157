//! `remit man`

use crate::output::Receipt;
use anyhow::{Context, Result};
use clap::Command;
use clap_mangen::Man;
use roff::{Roff, roman};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  remit man ~/.local/share/man/man1              for you; then: man remit-import
  remit man man && man -l man/remit-ask.1        only to read one")]
pub(crate) struct Arguments {
    /// Folder to write them to; it is made where it is missing
    folder: PathBuf,
    #[command(flatten)]
    told: Receipt,
}

pub(crate) fn run(arguments: &Arguments, command: Command) -> Result<()> {
    let folder = &arguments.folder;
    let mut command = command.disable_help_subcommand(true);
    command.build();
    let shown = command.get_subcommands().filter(|sub| !sub.is_hide_set());
    std::fs::create_dir_all(folder)
        .and_then(|()| shown.chain([&command]).try_for_each(|one| write(one, folder)))
        .with_context(|| format!("{}: the manual pages cannot be written there", folder.display()))?;
    let folder = folder.display();
    arguments.told.tell(
        &format!("Wrote the manual pages to {folder}; read one with: man -l {folder}/remit.1"),
        &serde_json::json!({ "folder": arguments.folder }),
    )
}

/// The page of a command.
fn write(command: &Command, folder: &Path) -> std::io::Result<()> {
    let man = Man::new(command.clone()).source(format!("Remit {}", env!("CARGO_PKG_VERSION"))).manual("Remit");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    let help = command.get_after_long_help().map(ToString::to_string).unwrap_or_default();
    after_options(&help).to_writer(&mut page)?;
    std::fs::write(folder.join(man.get_filename()), page)
}

/// What the help says below its options: prose as notes, a line that ends in a colon as the heading of what is indented below it (examples, exit
/// codes), which stays in the lines that it has.
fn after_options(help: &str) -> Roff {
    let mut page = Roff::new();
    let mut was_prose = false;
    for paragraph in help.split("\n\n") {
        if let Some((heading, lines)) = paragraph.split_once(":\n") {
            page.control("SH", [heading.to_uppercase().as_str()]).control("nf", []);
            for line in lines.lines() {
                page.text([roman(line)]);
            }
            page.control("fi", []);
            was_prose = false;
        } else {
            match was_prose {
                true => page.control("PP", []),
                false => page.control("SH", ["NOTES"]),
            };
            page.text([roman(paragraph)]);
            was_prose = true;
        }
    }
    page
}
