//! `remit problems`

use crate::commands::{AsOfArguments, open_usable};
use crate::output::{Answered, of_query, patiently, print};
use anyhow::Result;
use remit_ask::{PROBLEMS, PROBLEMS_BY_RULE, ProblemRow};
use remit_store::{Cell, Reader};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
What is wrong in a file is kept and listed here, with file and line as compilers have them; the rest of the file was read.

Examples:
  remit problems somalia                         every one of them
  remit problems somalia --count                 how many of each rule
  remit problems somalia --rule date --csv       one rule, for a spreadsheet")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// Only those of one rule
    #[arg(long, value_name = "RULE")]
    rule: Option<String>,
    /// Count by rule instead of listing
    #[arg(long)]
    count: bool,
    #[command(flatten)]
    as_of: AsOfArguments,
    #[command(flatten)]
    answered: Answered,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = open_usable(&arguments.workspace)?;
    let as_of = arguments.as_of.as_of(&workspace)?;
    let reader = Reader::open(&workspace, as_of.clone())?;
    let sql = if arguments.count { PROBLEMS_BY_RULE } else { PROBLEMS };
    let rule = arguments.rule.as_deref().unwrap_or_default();
    let table = patiently("looking through the problems", || reader.query(sql, &[("rule", Cell::Text(rule.to_owned()))]))?;
    if arguments.count || arguments.answered.format().is_some() {
        return arguments.answered.give(&of_query(&workspace, "problems", &[("rule", rule)], &as_of, &table));
    }
    let line = |text: &str| text.replace(['\n', '\r', '\t'], " ");
    let mut out = String::new();
    for p in table.rows_as::<ProblemRow>()? {
        let value = if p.value.is_empty() { String::new() } else { format!("`{}`", line(&p.value)) };
        let what: Vec<String> = [line(&p.element), value, line(&p.record)].into_iter().filter(|t| !t.is_empty()).collect();
        let at = p.line.map(|n| n.to_string()).unwrap_or_default();
        out.push_str(&format!("{}:{at}: {}: {}\n", line(&p.file), what.join(" "), line(&p.reason)));
    }
    print(&out)
}
