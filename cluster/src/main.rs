//! The command line of `remit-cluster`.

mod commands;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Remit beyond one machine: a workspace as Parquet, and the same questions on another engine
#[derive(Debug, Parser)]
#[command(name = "remit-cluster", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write a workspace as Parquet
    Export(commands::export::Arguments),
    /// Compare every file of an export with its hash
    Verify(commands::verify::Arguments),
    /// Answer a question from an export
    #[cfg(feature = "engine")]
    Ask(commands::ask::Arguments),
    /// Answer a query in SQL over the tables of an export
    #[cfg(feature = "engine")]
    Sql(commands::sql::Arguments),
    /// Run a scheduler of Ballista, which hands the work of questions to executors (RUST_LOG=info shows what it does)
    #[cfg(feature = "ballista")]
    Scheduler(commands::cluster::SchedulerArguments),
    /// Run an executor of Ballista
    #[cfg(feature = "ballista")]
    Executor(commands::cluster::ExecutorArguments),
}

fn main() -> ExitCode {
    let Arguments { command } = Arguments::parse();
    let done = match command {
        Command::Export(arguments) => commands::export::run(&arguments),
        Command::Verify(arguments) => commands::verify::run(&arguments),
        #[cfg(feature = "engine")]
        Command::Ask(arguments) => commands::ask::run(&arguments),
        #[cfg(feature = "engine")]
        Command::Sql(arguments) => commands::sql::run(&arguments),
        #[cfg(feature = "ballista")]
        Command::Scheduler(arguments) => commands::cluster::run_scheduler(&arguments),
        #[cfg(feature = "ballista")]
        Command::Executor(arguments) => commands::cluster::run_executor(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
