//! `remit-cluster ask`

use anyhow::{Context as _, Result, anyhow, bail};
use remit_cluster::{Folder, Where};
use std::io::Write as _;
use std::time::Duration;

#[derive(Debug, Clone, clap::Args)]
#[command(after_long_help = "\
The answer is JSON, as `remit ask --json` writes it: for the day, the moment and the clearance of the export. What reads an S3-like store is \
told where it is by AWS_ENDPOINT, AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.

Examples:
  remit-cluster ask tables world
  remit-cluster ask tables support --country SO --by function
  remit-cluster ask https://example.org/tables recipients
  remit-cluster ask tables world --scheduler http://10.0.0.1:50050")]
pub(crate) struct Arguments {
    /// Folder of an export, or its address
    folder: String,
    /// The question
    question: String,
    /// Have the executors of this scheduler of Ballista do the work
    #[arg(long, value_name = "ADDRESS")]
    scheduler: Option<String>,
    /// Give up after so many seconds
    #[arg(long, value_name = "SECONDS", default_value = "60")]
    timeout: u64,
    /// Parameters of the question, as --NAME VALUE
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "PARAMETERS")]
    rest: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    crate::commands::work::run(ask(arguments.clone()))
}

async fn ask(arguments: Arguments) -> Result<()> {
    let (mut scheduler, mut timeout, mut given) = (arguments.scheduler.clone(), arguments.timeout, Vec::new());
    let mut items = arguments.rest.iter();
    while let Some(item) = items.next() {
        let name = item.strip_prefix("--").ok_or_else(|| anyhow!("`{item}` is no parameter; write --NAME VALUE"))?;
        let (name, said) = name.split_once('=').map_or((name, None), |(n, v)| (n, Some(v.to_owned())));
        // It is the form of the answer in any case.
        if name == "json" && said.is_none() {
            continue;
        }
        let value = said.or_else(|| items.next().cloned()).ok_or_else(|| anyhow!("--{name} needs a value"))?;
        match name {
            "scheduler" => scheduler = Some(value),
            "timeout" => timeout = value.parse().with_context(|| format!("--timeout: `{value}` is no number of seconds"))?,
            "valid-on" | "known-on" | "clearance" => {
                bail!("--{name} is settled by the export: export again with it, and ask that")
            }
            name => given.push((name.replace('-', "_"), value)),
        }
    }
    let at = scheduler.map_or(Where::Here, Where::Scheduler);
    let longest = Duration::from_secs(timeout);
    let folder = Folder::open(&arguments.folder).await?;
    let answer = folder.ask(&arguments.question, &given, &at, longest).await?;
    let (below, others) = folder.below(&answer, &at, longest).await?;
    if !others.is_empty() {
        eprintln!("note: {} stand below this answer in the register, and are answered by it alone", others.join(", "));
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", folder.json(&answer, &below)?)?;
    Ok(())
}
