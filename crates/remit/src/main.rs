//! Remit: an open register and analysis tool for security sector reform. This crate only reads the command line.

#![warn(clippy::print_stderr, clippy::print_stdout)]

mod commands;
mod help;
mod interrupt;
mod memory;
mod output;
mod usage;

use clap::{ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand};
use std::ffi::OsString;
use std::process::ExitCode;

/// An open register and analysis tool for security sector reform (SSR).
///
/// Who provides, manages and oversees security in a country; who supports its reform, how, and with what; what is
/// missing, doubled, or about to end. Every figure leads to the line of the file that it comes from.
#[derive(Debug, Parser)]
#[command(name = "remit", version, max_term_width = 100, styles = help::STYLES)]
#[command(after_long_help = format!("{EXAMPLES}\n\n{}", help::EXIT_CODES))]
struct Arguments {
    /// Colour help and messages: auto (on terminals, and without NO_COLOR), always, never
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_possible_values = true)]
    color: ColorChoice,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  remit demo                                     build the demo workspace and open it in a browser
  remit init somalia                             make a workspace
  remit import somalia iati/ budget.csv          import files and folders into it
  remit ask somalia support --country SO         who supports whom in Somalia
  remit ask somalia gaps --country Somalia --csv > gaps.csv
  remit sql somalia 'select country, count(distinct activity) from support group by 1'
  remit serve somalia                            read it in a browser";

const TRAINING: &str = "\
Examples:
  remit train coded.jsonl --out my.weights       learn from paragraphs that somebody has coded
  remit evaluate coded.jsonl --weights my.weights    and measure what was learned";

const MEASURING: &str = "\
Examples:
  remit evaluate coded.jsonl                     the weights that are built in
  remit evaluate coded.jsonl --folds mission     learn anew, holding back each mission in turn
  remit evaluate coded.jsonl --weights my.weights    weights of your own
  remit evaluate judged.csv somalia              what counts as support, beside what people judged by reading
  remit evaluate judged.csv iati/ --differences  on files, and which activities Remit sees otherwise";

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the demo workspace and serve it
    Demo(commands::demo::Arguments),
    /// Make an empty workspace
    Init(commands::init::Arguments),
    /// Import IATI files, or tables with a mapping, into a workspace
    Import(commands::import::Arguments),
    /// Take in a nominal roll, payroll or census, without names and numbers
    Roll(commands::roll::Arguments),
    /// Estimate a question of a survey from its microdata (SPSS, CSV)
    Estimate(commands::estimate::Arguments),
    /// Read documents: mandates, reports, pages (PDF, .docx, HTML, text)
    Read(commands::read::Arguments),
    /// Read one file from standard input, apart from all others
    #[command(hide = true, name = remit_files::COMMAND)]
    ReadOne(commands::read_one::Arguments),
    /// List what could not be read or used, with file, line and reason
    Problems(commands::problems::Arguments),
    /// Write a workbook to fill in, with headings, help and drop-down lists
    Template(commands::template::Arguments),
    /// Write the register as a workbook or CSV that comes back in
    Export(commands::export::Arguments),
    /// Record statements, one JSON object a line on standard input
    Add(commands::add::Arguments),
    /// List what was recorded, by whom and when
    History(commands::history::Arguments),
    /// Take back an entry as a whole
    Undo(commands::undo::Arguments),
    /// Take away for good what is said of a record
    Erase(commands::erase::Arguments),
    /// Take single values away for good, and leave the rest of what was said
    Redact(commands::redact::Arguments),
    /// Make two records one, or take what another workspace has
    Merge(commands::merge::Arguments),
    /// Check that a workspace is as it was recorded
    Verify(commands::verify::Arguments),
    /// Copy a workspace, whole and checked, while others may write
    Backup(commands::backup::BackupArguments),
    /// Make a workspace of a backup
    Restore(commands::backup::RestoreArguments),
    /// Make one encrypted file of a workspace, or of a part of it
    Pack(commands::pack::Arguments),
    /// Make a workspace of a file that was sent
    Unpack(commands::unpack::Arguments),
    /// Make one small file of what is new for another office
    Bundle(commands::bundle::Arguments),
    /// Publish a workspace as a site of files
    Publish(commands::publish::Arguments),
    /// Say the keys by which a workspace is known to others
    Key(commands::key::Arguments),
    /// Answer a question
    #[command(alias = "questions")]
    Ask(commands::ask::Arguments),
    /// Write a report as a Word document
    Report(commands::report::Arguments),
    /// List the templates of reports, or take one out to change it
    Templates(commands::report::TemplatesArguments),
    /// Answer a query in SQL over the views of a workspace
    Sql(commands::sql::Arguments),
    /// Serve a workspace to a browser on this machine
    Serve(commands::serve::Arguments),
    /// Open the workspace of a folder in a browser, make one there, or show the demo
    Start(commands::start::Arguments),
    /// Learn to read activities from coded paragraphs
    #[command(after_long_help = TRAINING)]
    Train(commands::train::Arguments),
    /// Measure how well activities are read, on coded paragraphs or judged activities
    #[command(after_long_help = MEASURING)]
    Evaluate(commands::evaluate::Arguments),
    /// Write what a shell needs to complete commands and options
    Completions(commands::completions::Arguments),
    /// Write manual pages, one a command
    Man(commands::man::Arguments),
    /// Write the reference of commands, kinds, codes, questions and terms, as Markdown
    Reference(commands::reference::Arguments),
    /// Take a newer program from a signed file, and bring workspaces up to date
    Update(commands::update::Arguments),
    /// Bring a workspace up to date
    #[command(hide = true)]
    Migrate(commands::update::MigrateArguments),
}

fn main() -> ExitCode {
    remit_files::small_pages();
    remit_files::answers();
    let given = given();
    let colour = help::colour(given.iter().cloned());
    help::apply(colour);
    let mut command = help::complete(Arguments::command()).color(colour);
    let matches = command.try_get_matches_from_mut(given).unwrap_or_else(|e| help::suggesting(e, &command).exit());
    let Arguments { color: _, command } = Arguments::from_arg_matches(&matches).unwrap_or_else(|e| e.exit());
    match run(command) {
        Ok(()) => {
            interrupt::ended_by();
            ExitCode::SUCCESS
        }
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            interrupt::ended_by();
            help::error(&error);
            if is_double_click() {
                commands::start::keep_window();
            }
            ExitCode::from(if is_of_usage(&error) { 2 } else { 1 })
        }
    }
}

/// True where the command line is wrong: also where it names a kind or a template that there is none of, as one that names no question.
fn is_of_usage(error: &anyhow::Error) -> bool {
    error.is::<usage::Usage>()
        || matches!(error.downcast_ref::<remit_sheet::SheetError>(), Some(remit_sheet::SheetError::NoKind(..)))
        || matches!(error.downcast_ref::<remit_report::ReportError>(), Some(remit_report::ReportError::Unknown(..)))
}

/// True where no command is given on Windows: that is how a double click starts a program, in a window of its own.
fn is_double_click() -> bool {
    cfg!(windows) && std::env::args_os().len() == 1
}

/// The command line, with what a double click asks for.
fn given() -> Vec<OsString> {
    let mut given: Vec<OsString> = std::env::args_os().collect();
    if is_double_click() {
        given.push("start".into());
    }
    given
}

fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Demo(a) => commands::demo::run(&a),
        Command::Init(a) => commands::init::run(&a),
        Command::Import(a) => commands::import::run(&a),
        Command::Roll(a) => commands::roll::run(&a),
        Command::Estimate(a) => commands::estimate::run(&a),
        Command::Read(a) => commands::read::run(&a),
        Command::ReadOne(a) => commands::read_one::run(&a),
        Command::Problems(a) => commands::problems::run(&a),
        Command::Template(a) => commands::template::run(&a),
        Command::Export(a) => commands::export::run(&a),
        Command::Add(a) => commands::add::run(&a),
        Command::History(a) => commands::history::run(&a),
        Command::Undo(a) => commands::undo::run(&a),
        Command::Erase(a) => commands::erase::run(&a),
        Command::Redact(a) => commands::redact::run(&a),
        Command::Merge(a) => commands::merge::run(&a),
        Command::Verify(a) => commands::verify::run(&a),
        Command::Backup(a) => commands::backup::backup(&a),
        Command::Restore(a) => commands::backup::restore(&a),
        Command::Pack(a) => commands::pack::run(&a),
        Command::Unpack(a) => commands::unpack::run(&a),
        Command::Bundle(a) => commands::bundle::run(&a),
        Command::Publish(a) => commands::publish::run(&a),
        Command::Key(a) => commands::key::run(&a),
        Command::Ask(a) => commands::ask::run(&a),
        Command::Report(a) => commands::report::run(&a),
        Command::Templates(a) => commands::report::templates(&a),
        Command::Sql(a) => commands::sql::run(&a),
        Command::Serve(a) => commands::serve::run(&a),
        Command::Start(a) => commands::start::run(&a),
        Command::Train(a) => commands::train::run(&a),
        Command::Evaluate(a) => commands::evaluate::run(&a),
        Command::Completions(a) => commands::completions::run(&a, Arguments::command()),
        Command::Man(a) => commands::man::run(&a, help::complete(Arguments::command())),
        Command::Reference(a) => commands::reference::run(&a, help::complete(Arguments::command())),
        Command::Update(a) => commands::update::run(&a),
        Command::Migrate(a) => commands::update::migrate(&a),
    }
}
