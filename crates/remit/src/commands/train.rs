//! `remit train`

use anyhow::{Context as _, Result};
use remit_model::Model;
use remit_reader::learn::{self, Example, Folds, Labels};
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Files of coded paragraphs: JSON, one paragraph a line, with report, mission, n, text, codes
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The file of weights to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let mut examples = Vec::new();
    for file in &arguments.files {
        examples.extend(read(file)?);
    }
    let weights = learn::train(&examples, &Labels::of(&Model::load(None)?), Folds::Mission)?;
    std::fs::write(&arguments.out, &weights).with_context(|| format!("{} cannot be written", arguments.out.display()))?;
    eprintln!("learned from {} paragraphs: {} bytes of weights in {}", examples.len(), weights.len(), arguments.out.display());
    Ok(())
}

/// Reads coded paragraphs; what cannot be used is told with its line.
pub(crate) fn read(path: &Path) -> Result<Vec<Example>> {
    let file = File::open(path).with_context(|| format!("{} cannot be opened", path.display()))?;
    let (examples, findings) = learn::read_examples(BufReader::new(file));
    for finding in findings {
        eprintln!("{}:{}: {}", path.display(), finding.line, finding.reason);
    }
    Ok(examples)
}
