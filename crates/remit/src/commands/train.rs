//! `remit train`

use crate::output::{Receipt, say};
use anyhow::{Context as _, Result};
use remit_model::{Marking, Model};
use remit_reader::classify::{self, Example, Folds, Labels, Namer};
use remit_reader::feedback::decided;
use remit_store::{AsOf, Reader, Workspace};
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Files of coded paragraphs: JSON, one paragraph a line, with report, mission, n, text, codes
    #[arg(required_unless_present = "workspace")]
    files: Vec<PathBuf>,
    /// Learn from a workspace too: from public paragraphs whose proposals were all accepted or rejected
    #[arg(long, value_name = "WORKSPACE")]
    workspace: Vec<PathBuf>,
    /// The file of weights to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    told: Receipt,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let model = Model::load(None)?;
    let labels = Labels::of(&model);
    let namer = Namer::new(&model, &labels.names());
    let mut examples = Vec::new();
    for file in &arguments.files {
        examples.extend(read(file, &namer)?);
    }
    for folder in &arguments.workspace {
        let workspace = Workspace::open(folder)?;
        let as_of = AsOf { valid_on: workspace.default_day(), known_on: None, clearance: Marking::Public };
        let decided = decided(&model, &Reader::open(&workspace, as_of)?, &namer)?;
        if !arguments.told.json {
            say!("{}: {} paragraphs that people decided on", folder.display(), decided.len());
        }
        examples.extend(decided);
    }
    let weights = classify::train(&examples, &labels, Folds::Mission)?;
    std::fs::write(&arguments.out, &weights).with_context(|| format!("{} cannot be written", arguments.out.display()))?;
    let (paragraphs, bytes) = (examples.len(), weights.len());
    arguments.told.tell(
        &format!("learned from {paragraphs} paragraphs: {bytes} bytes of weights in {}", arguments.out.display()),
        &serde_json::json!({ "file": arguments.out, "paragraphs": paragraphs, "bytes": bytes }),
    )
}

/// Reads coded paragraphs, and what their phrases name; what cannot be used is told with its line.
pub(crate) fn read(path: &Path, namer: &Namer) -> Result<Vec<Example>> {
    let file = File::open(path).with_context(|| format!("{} cannot be opened", path.display()))?;
    let (examples, findings) = classify::read_examples(BufReader::new(file), namer);
    for finding in findings {
        say!("{}:{}: {}", path.display(), finding.line, finding.reason);
    }
    Ok(examples)
}
