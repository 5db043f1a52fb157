//! `remit roll`

use crate::commands::{AuthorArguments, counted, marking_of, of_number, problems_of, usage};
use crate::interrupt;
use crate::output::{patiently, print_json, say};
use anyhow::Result;
use remit_model::{Day, Marking};
use remit_sheet::{Roll, RollJob, take_roll};
use remit_store::Workspace;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Of each line stays a keyed hash of the service number, the unit, the rank, the sex and the pay; no name, no number, no other column. \
The key follows from the workspace’s own (remit.key): lists are matched within the workspace that took them in. Columns are known by \
their headings (see model/headings.csv), ranks and sexes by names, NATO codes and model/words/. Numbers are compared with letters in \
capitals and without spaces, dashes and other signs; noughts at the beginning stay. What a \
spreadsheet has rounded (1.23E+11) is no number.

How many the list has, by unit and rank, goes into the register as its strength. The same list of the same day, sent again, replaces \
what it said. `remit ask WORKSPACE rolls` says who stands on which list.

Examples:
  remit roll somalia march.xlsx --list payroll --institution so/police --day 2026-03-01 --pay-per month --currency USD
  remit roll somalia census.csv --list census --institution so/police --day 2026-02-15 --dry-run
  remit ask somalia rolls --list payroll --against census --clearance strictly_confidential")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// The sheet (.csv, .xlsx, .ods …)
    file: PathBuf,
    /// Which list: nominal_roll, payroll, census …
    #[arg(long, value_name = "LIST")]
    list: String,
    /// Whose list: identifier or name
    #[arg(long, value_name = "ACTOR")]
    institution: String,
    /// The day of which it is
    #[arg(long, value_name = "DAY")]
    day: String,
    /// What its numbers are: lists with the same name here are matched, across institutions too [default: the institution’s own]
    #[arg(long, value_name = "NAME")]
    numbers: Option<String>,
    /// Heading of the column of service numbers, where it is not known by itself
    #[arg(long, value_name = "HEADING")]
    number: Option<String>,
    /// For how long the pay is that stands in the sheet: year, month, fortnight, week, or none to leave it out
    #[arg(long, value_name = "TIME")]
    pay_per: Option<String>,
    /// Currency of the pay, where the sheet does not say
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    /// What the source of the counts is called [default: the file’s name]
    #[arg(long, value_name = "TITLE")]
    source: Option<String>,
    /// How confidential the counts are; the lines are strictly confidential
    #[arg(long, value_name = "MARKING", default_value = "internal")]
    marking: String,
    /// Only say what would be taken in
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    author: AuthorArguments,
    /// Say what was done as JSON
    #[arg(long)]
    json: bool,
}

/// How often in a year something is paid.
fn times(period: &str) -> Result<f64> {
    match period {
        "year" => Ok(1.0),
        "month" => Ok(12.0),
        "fortnight" => Ok(26.0),
        "week" => Ok(52.0),
        "none" => Ok(0.0),
        other => Err(usage(format!("--pay-per: `{other}` is no time; use year, month, fortnight, week or none"))),
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let day = Day::typed(&arguments.day).ok_or_else(|| usage(format!("--day: {}", Day::refused(&arguments.day))))?;
    let workspace = Workspace::open(&arguments.workspace)?;
    let marking = marking_of(&workspace, "--marking", &arguments.marking)?;
    let job = RollJob {
        file: arguments.file.clone(),
        list: arguments.list.clone(),
        service: arguments.institution.clone(),
        day,
        scheme: arguments.numbers.clone(),
        number: arguments.number.clone(),
        pay_times: arguments.pay_per.as_deref().map(times).transpose()?,
        currency: arguments.currency.clone(),
        source: arguments.source.clone(),
        marking,
        author: arguments.author.name(),
        dry_run: arguments.dry_run,
    };
    interrupt::watch(Some(&workspace), "; the same command begins again");
    let roll = patiently("taking in the list", || take_roll(&workspace, &job))?;
    if arguments.json {
        return print_json(&serde_json::to_value(&roll)?);
    }
    tell(&roll, arguments);
    Ok(())
}

fn tell(roll: &Roll, arguments: &Arguments) {
    let workspace = remit_files::for_shell(&arguments.workspace);
    let same = if roll.unchanged { "; the workspace has it already" } else { "" };
    let would = if arguments.dry_run { "; nothing was recorded" } else { "" };
    say!("{}: {}{same}{would}", roll.dataset, counted(roll.lines, "line"));
    if roll.without_number + roll.doubled > 0 {
        let (lines, numbers) = (counted(roll.without_number, "line"), counted(roll.doubled, "number"));
        say!("  {lines} without a number, {numbers} that {} more than once", of_number(roll.doubled, ["stands", "stand"]));
    }
    if !roll.replaces.is_empty() {
        say!(
            "  it takes the place of {}: of one list and day the last file counts; put the parts of a list together into one file",
            roll.replaces.join(", ")
        );
    }
    let read: Vec<String> = roll.read.iter().map(|(heading, field)| format!("{heading} ({field})")).collect();
    say!("  read: {}", read.join(", "));
    if !roll.left_out.is_empty() {
        say!("  nothing is kept of: {}", roll.left_out.join(", "));
    }
    if roll.problems > 0 && !roll.unchanged {
        // They are of the lines, whatever marking the counts have.
        let (problems, listed) = (counted(roll.problems, "problem"), problems_of(&workspace, Marking::StrictlyConfidential));
        say!("  {problems}; `{listed}` lists {}", of_number(roll.problems, ["it", "them"]));
    }
    let c = &roll.counts;
    let added = counted(c.added, "statement");
    say!("  strength: {added} added, {} changed, {} withdrawn, {} as before", c.changed, c.gone, c.unchanged);
    if !c.entry.is_empty() {
        say!("  remit undo {workspace} {} takes the counts back; the lines stay until a newer list replaces them", c.entry);
    }
}
