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
}

fn main() -> ExitCode {
    let Arguments { command } = Arguments::parse();
    let done = match command {
        Command::Export(arguments) => commands::export::run(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
