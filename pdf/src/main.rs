//! `remit-pdf`: what stands in a report comes in as JSON, and goes out as a tagged PDF that can be read aloud. `document.typ` says how
//! it looks, `paper` is what it is set from, `letters` finds fonts for what is written in scripts that ours do not have.

mod letters;
mod paper;

use paper::Paper;
use std::io::{Read as _, Write as _};
use std::process::ExitCode;

const HELP: &str = "\
Makes a PDF of a report, tagged and with its fonts in it (PDF/UA-1). `remit report … -o report.pdf` runs it.

Usage: remit-pdf < content.json > report.pdf

It reads what stands in a report, as JSON, from standard input, and writes the PDF to standard output.
What it could not do as it should, it says on standard error.
";

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        None => match made() {
            Ok(()) => ExitCode::SUCCESS,
            Err(why) => {
                eprintln!("{why}");
                ExitCode::FAILURE
            }
        },
        Some("--version" | "-V") => {
            println!("remit-pdf {}", env!("CARGO_PKG_VERSION"));
            ExitCode::SUCCESS
        }
        Some("--help" | "-h") => {
            print!("{HELP}");
            ExitCode::SUCCESS
        }
        Some(other) => {
            eprintln!("`{other}` is nothing that remit-pdf takes\n\n{HELP}");
            ExitCode::from(2)
        }
    }
}

fn made() -> Result<(), String> {
    let mut content = String::new();
    std::io::stdin().read_to_string(&mut content).map_err(|e| format!("standard input cannot be read: {e}"))?;
    let paper = Paper::read(&content)?;
    let (pdf, remarks) = paper.pdf()?;
    for remark in remarks {
        eprintln!("{remark}");
    }
    std::io::stdout().write_all(&pdf).map_err(|e| format!("standard output cannot be written: {e}"))
}
