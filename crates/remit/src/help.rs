//! How the program presents itself: colours, and what stands at the end of every help and manual page.

use clap::builder::styling::{AnsiColor, Style, Styles};
use clap::error::{ContextKind, ContextValue};
use clap::{ColorChoice, Command, Error};
use remit_model::nearest;
use std::ffi::OsString;

const HEADER: Style = AnsiColor::Green.on_default().bold();
const ERROR: Style = AnsiColor::Red.on_default().bold();

pub(crate) const STYLES: Styles = Styles::styled()
    .header(HEADER)
    .usage(HEADER)
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default())
    .error(ERROR)
    .valid(AnsiColor::Green.on_default())
    .invalid(AnsiColor::Yellow.on_default());

/// What the exit codes mean, for help and manual pages.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0    done
  1    it could not be done; the message says why
  2    the command line is wrong
  130  interrupted with Ctrl-C; the workspace is whole";

/// The same in a line, for the help of a command.
const EXIT_CODES_SHORT: &str = "Exit codes: 0 done, 1 it could not be done, 2 the command line is wrong, 130 interrupted.";

/// The command line with exit codes at the end of every command's help.
pub(crate) fn complete(command: Command) -> Command {
    command.mut_subcommands(|sub| {
        let help = paragraphs(&sub.get_after_long_help().map(ToString::to_string).unwrap_or_default());
        let gap = if help.is_empty() { "" } else { "\n\n" };
        sub.after_long_help(format!("{help}{gap}{EXIT_CODES_SHORT}"))
    })
}

/// The text with each paragraph in one line, which whoever shows it breaks where its width ends; lines that are indented (examples) stay as
/// they are.
fn paragraphs(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        match lines.last_mut() {
            Some(last) if is_prose(last) && is_prose(line) => *last = format!("{last} {line}"),
            _ => lines.push(line.to_owned()),
        }
    }
    lines.join("\n")
}

fn is_prose(line: &str) -> bool {
    !line.is_empty() && !line.starts_with(' ')
}

/// Says whether to colour before the command line is read: its errors are coloured too. The last one wins.
pub(crate) fn colour(arguments: impl Iterator<Item = OsString>) -> ColorChoice {
    let mut choice = ColorChoice::Auto;
    let mut arguments = arguments.filter_map(|a| a.into_string().ok()).peekable();
    while let Some(argument) = arguments.next() {
        let value = match argument.strip_prefix("--color") {
            Some("") => arguments.peek().cloned(),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None if argument == "--" => break,
            None => None,
        };
        choice = value.and_then(|v| v.parse().ok()).unwrap_or(choice);
    }
    choice
}

/// Makes the choice hold for what we print ourselves.
pub(crate) fn apply(choice: ColorChoice) {
    match choice {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    }
    .write_global();
}

/// The error of a command that there is none of, with the one that may have been meant: clap compares letters where they stand, so that a short
/// name with two of them swapped (`aks`) is like nothing.
pub(crate) fn suggesting(mut error: Error, command: &Command) -> Error {
    let has_one = matches!(error.get(ContextKind::SuggestedSubcommand), Some(ContextValue::Strings(names)) if !names.is_empty());
    let typed = match error.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(typed)) if !has_one => typed.clone(),
        _ => return error,
    };
    let names = command.get_subcommands().filter(|c| !c.is_hide_set()).map(Command::get_name);
    if let Some(meant) = nearest(&typed, names) {
        error.insert(ContextKind::SuggestedSubcommand, ContextValue::Strings(vec![meant.to_owned()]));
    }
    error
}

/// Says why something could not be done.
pub(crate) fn error(message: &anyhow::Error) {
    anstream::eprintln!("{ERROR}remit:{ERROR:#} {}", remit_model::visible(&format!("{message:#}")));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_is_one_line_and_examples_are_lines() {
        let text = "First words\nand more.\n\nExamples:\n  remit ask\n  remit sql\n\nLast\nwords.";
        assert_eq!(paragraphs(text), "First words and more.\n\nExamples:\n  remit ask\n  remit sql\n\nLast words.");
    }

    #[test]
    fn the_colour_is_known_before_the_command_line_is_read() {
        let of = |arguments: &[&str]| colour(arguments.iter().map(OsString::from));
        assert_eq!(of(&["remit", "ask"]), ColorChoice::Auto);
        assert_eq!(of(&["remit", "--color", "never", "ask"]), ColorChoice::Never);
        assert_eq!(of(&["remit", "ask", "w", "support", "--color=always"]), ColorChoice::Always);
        assert_eq!(of(&["remit", "--color=sometimes"]), ColorChoice::Auto);
        assert_eq!(of(&["remit", "sql", "--", "--color=always"]), ColorChoice::Auto);
    }
}
