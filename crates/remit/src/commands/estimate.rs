//! `remit estimate`

use crate::commands::{AuthorArguments, counted, marking_of, of_number, usage};
use crate::interrupt;
use crate::output::{Answered, of_query, patiently, print, say};
use anyhow::Result;
use remit_sheet::{EstimateJob, Estimates};
use remit_store::{AsOf, Workspace};
use remit_survey::Lonely;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Microdata are SPSS files (.sav, .zsav) or CSV. They stay where they are: nothing of a respondent is kept in the workspace. Standard \
errors are those of Taylor linearisation, as R’s package survey works them out; a group is a part of the whole sample. Intervals of \
shares are on the scale of log-odds, at 0 and 100 per cent Wilson’s. Values that the file calls missing are no answers.

With --survey the estimates are recorded as statements of that survey, with their method and the hash of the file; without it they \
are only shown. Groups of fewer respondents than --least are left out of both.

Examples:
  remit estimate somalia round9.sav --variables           the variables that there are
  remit estimate somalia round9.sav --question Q45 --weight withinwt --strata region --cluster ea --by sex --by region
  remit estimate somalia round9.sav --question Q45 --weight withinwt --by sex,urban --survey so/round-9 --actor so/police")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// The microdata
    file: PathBuf,
    /// List the variables of the file
    #[arg(long)]
    variables: bool,
    /// The variable that is estimated
    #[arg(long, value_name = "VARIABLE", required_unless_present = "variables")]
    question: Option<String>,
    /// Its mean, and not the share of each answer
    #[arg(long)]
    mean: bool,
    /// Variable of the weights
    #[arg(long, value_name = "VARIABLE")]
    weight: Option<String>,
    /// Variable of the strata
    #[arg(long, value_name = "VARIABLE")]
    strata: Option<String>,
    /// Variable of the clusters (primary sampling units)
    #[arg(long, value_name = "VARIABLE")]
    cluster: Option<String>,
    /// Variable of groups; A,B for groups of both; may be said again
    #[arg(long, value_name = "VARIABLE")]
    by: Vec<String>,
    /// An answer that is none (“Don't know”); may be said again
    #[arg(long, value_name = "ANSWER")]
    leave_out: Vec<String>,
    /// How a stratum with one cluster counts: adjust (by its distance from the mean), certainty (not at all)
    #[arg(long, value_name = "HOW", default_value = "adjust")]
    lonely: String,
    /// Respondents below which nothing is said of a group
    #[arg(long, value_name = "NUMBER", default_value_t = 30)]
    least: u64,
    /// The survey in the register, by identifier or title: then the estimates are recorded
    #[arg(long, value_name = "SURVEY")]
    survey: Option<String>,
    /// The service that is asked about
    #[arg(long, value_name = "ACTOR")]
    actor: Option<String>,
    /// What the source is called [default: the file’s name]
    #[arg(long, value_name = "TITLE")]
    source: Option<String>,
    /// How confidential the estimates are
    #[arg(long, value_name = "MARKING", default_value = "internal")]
    marking: String,
    #[command(flatten)]
    author: AuthorArguments,
    #[command(flatten)]
    answered: Answered,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::open(&arguments.workspace)?;
    interrupt::watch(Some(&workspace), "");
    if arguments.variables {
        let lines = remit_sheet::variables(&workspace, &arguments.file)?;
        return print(&lines.iter().map(|v| format!("{}  {}\n", v.name, v.label)).collect::<String>());
    }
    let job = EstimateJob {
        file: arguments.file.clone(),
        question: arguments.question.clone().unwrap_or_default(),
        mean: arguments.mean,
        weight: arguments.weight.clone(),
        strata: arguments.strata.clone(),
        cluster: arguments.cluster.clone(),
        lonely: match arguments.lonely.as_str() {
            "adjust" => Lonely::Adjust,
            "certainty" => Lonely::Certainty,
            other => return Err(usage(format!("--lonely: `{other}` is no way to count; use adjust or certainty"))),
        },
        by: arguments.by.clone(),
        leave_out: arguments.leave_out.clone(),
        least: arguments.least,
        survey: arguments.survey.clone(),
        actor: arguments.actor.clone(),
        source: arguments.source.clone(),
        marking: marking_of(&workspace, "--marking", &arguments.marking)?,
        author: arguments.author.name(),
    };
    let estimates = patiently("estimating", || remit_sheet::estimate(&workspace, &job))?;
    tell(&estimates, arguments);
    let as_of = AsOf { valid_on: workspace.default_day(), known_on: None, clearance: job.marking };
    arguments.answered.give(&of_query(&workspace, "estimate", &[], &as_of, &estimates.table))
}

fn tell(estimates: &Estimates, arguments: &Arguments) {
    say!("{}\n  {}", estimates.question, estimates.method);
    if estimates.left_out > 0 {
        let have = of_number(
            estimates.left_out,
            ["has no weight, stratum or cluster and counts", "have no weight, stratum or cluster and count"],
        );
        say!("  {} {have} nowhere", counted(estimates.left_out, "respondent"));
    }
    if estimates.suppressed > 0 {
        let few = estimates.suppressed - estimates.would_tell;
        say!("  nothing is said of {} of fewer than {} respondents", counted(few, "group"), arguments.least);
    }
    if estimates.would_tell > 0 {
        say!("  nor of {} larger ones, from which and their total the small ones could be worked out", estimates.would_tell);
    }
    let r = &estimates.recorded;
    if arguments.survey.is_some() {
        let added = counted(r.added, "statement");
        say!("  {added} added, {} changed, {} withdrawn, {} as before", r.changed, r.gone, r.unchanged);
    }
    if !r.entry.is_empty() {
        say!("  remit undo {} {} takes them back", remit_files::for_shell(&arguments.workspace), r.entry);
    }
}
