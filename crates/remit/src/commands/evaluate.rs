//! `remit evaluate`

use crate::commands::{train, usage};
use crate::output::{print, print_json, say};
use anyhow::{Context as _, Result, anyhow, bail};
use remit_import::{Agreement, Job, Judged, Progress, agreement};
use remit_model::{Marking, Model};
use remit_reader::classify::{self, Classifier, Evaluation, Folds, Gold, Labels, Namer, Score};
use remit_store::{AsOf, Reader, Settings, Workspace};
use serde_json::{Map, Value, json};
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// A file of coded paragraphs (JSON, one paragraph a line, with report, mission, n, text, codes), or a table of judged
    /// activities (CSV: identifier, ssr, share, classes, functions, weight)
    file: PathBuf,
    /// For judged activities: the workspace that has them, or files of IATI activities
    #[arg(value_name = "WORKSPACE|FILE", conflicts_with_all = ["weights", "folds", "gold", "labels"])]
    activities: Vec<PathBuf>,
    /// For judged activities: name those of which Remit says something else, the heaviest first
    #[arg(long)]
    differences: bool,
    /// Measure weights of your own instead of those that are built in
    #[arg(long, value_name = "FILE", conflicts_with = "folds")]
    weights: Option<PathBuf>,
    /// Learn anew from the file with a part held back, and measure on that part: a fifth of the paragraphs (random), or
    /// each mission in turn
    #[arg(long, value_name = "HOW", value_parser = ["random", "mission"])]
    folds: Option<String>,
    /// Measure on the paragraphs of this table alone, by its codes (CSV: symbol, n, codes, open, weight); nothing is learnt from it
    #[arg(long, value_name = "FILE")]
    gold: Option<PathBuf>,
    /// Measure these labels only
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    labels: Vec<String>,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    match (is_judged(&arguments.file)?, arguments.activities.is_empty()) {
        (true, true) => Err(usage("these are judged activities: name the workspace that has them, or files of IATI activities")),
        (true, false) => judged(arguments),
        (false, false) => Err(usage(format!(
            "{} is no table of judged activities: its first line must name identifier, ssr and share",
            arguments.file.display()
        ))),
        (false, true) => paragraphs(arguments),
    }
}

/// True where a file is a table of judged activities, by its first line.
fn is_judged(path: &Path) -> Result<bool> {
    if path.is_dir() {
        return Err(usage(format!(
            "{} is a folder: the table of judged activities or the file of coded paragraphs comes first, then the workspace",
            path.display()
        )));
    }
    let file = File::open(path).with_context(|| format!("{} cannot be opened", path.display()))?;
    let mut first = Vec::new();
    BufReader::new(file.take(1 << 16)).read_until(b'\n', &mut first)?;
    Ok(Judged::is_headed(&String::from_utf8_lossy(&first)))
}

fn judged(arguments: &Arguments) -> Result<()> {
    let file = File::open(&arguments.file).with_context(|| format!("{} cannot be opened", arguments.file.display()))?;
    let judged = Judged::read(file).map_err(|reason| anyhow!("{}, {reason}", arguments.file.display()))?;
    // Files are read into a workspace that is gone afterwards: they count as they would in one that stays.
    let passing = tempfile::tempdir().context("a temporary folder cannot be made")?;
    let workspace = match &arguments.activities[..] {
        [one] if one.join("remit.toml").is_file() => Workspace::open(one)?,
        files => {
            let workspace = Workspace::init(&passing.path().join("judged"), Settings::default())?;
            let job = Job { files: files.to_vec(), author: "evaluate".into(), ..Job::default() };
            remit_import::import(&workspace, &job, &Progress::default())?;
            workspace
        }
    };
    let as_of = AsOf { valid_on: workspace.default_day(), known_on: None, clearance: Marking::StrictlyConfidential };
    let agreement = agreement(&Reader::open(&workspace, as_of)?, &judged)?;
    if agreement.judged == 0 {
        bail!("none of the {} judged activities is there; nothing can be measured", agreement.not_there.len());
    }
    if !agreement.not_there.is_empty() {
        let [n, of] = [agreement.not_there.len(), agreement.not_there.len() + agreement.judged];
        say!("{n} of {of} judged activities are not there: {} …", agreement.not_there[0]);
    }
    if arguments.json { print_json(&json!(agreement)) } else { print(&agreed(&agreement, arguments.differences)) }
}

/// How far Remit agrees with people, in lines.
fn agreed(a: &Agreement, with_differences: bool) -> String {
    let mut out = format!("{} judged activities\n", a.judged);
    for (what, figure) in [
        ("precision of support", a.precision),
        ("recall of support", a.recall),
        ("share of money, apart by", a.share_error),
        ("share of money, more by", a.share_bias),
        ("F1 of classes", a.classes_f1),
        ("F1 of functions", a.functions_f1),
    ] {
        out.push_str(&format!("{what:<32} {figure:>9.3}\n"));
    }
    for d in a.differences.iter().filter(|_| with_differences) {
        let (judged, said) = (or_dash(&d.judged), or_dash(&d.said));
        out.push_str(&format!("{:>9.1} {:<14} {}  {judged} / {said}  {}\n", d.weight, d.what, d.identifier, d.title));
    }
    out
}

fn or_dash(text: &str) -> &str {
    if text.is_empty() { "–" } else { text }
}

fn paragraphs(arguments: &Arguments) -> Result<()> {
    let own = arguments.weights.as_ref().map(|path| {
        let bytes = std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
        Classifier::read(&bytes).with_context(|| format!("{}", path.display()))
    });
    let own = own.transpose()?;
    let classifier = || own.as_ref().unwrap_or_else(|| Classifier::shipped());
    let model = Model::load(None)?;
    let labels = Labels::of(&model);
    let names = if arguments.folds.is_some() { labels.names() } else { classifier().labels().to_vec() };
    let wanted = if arguments.labels.is_empty() { names.clone() } else { arguments.labels.clone() };
    if let Some(label) = wanted.iter().find(|l| !names.contains(l)) {
        return Err(usage(format!("--labels: there is no label `{label}`; there are {}", names.join(", "))));
    }
    let examples = train::read(&arguments.file, &Namer::new(&model, &names))?;
    if examples.is_empty() {
        bail!("{} has no coded paragraphs; nothing can be measured", arguments.file.display());
    }
    let gold = arguments.gold.as_deref().map(read_gold).transpose()?;
    let gold = gold.as_ref();
    let evaluation = match arguments.folds.as_deref() {
        None => classify::evaluate(classifier(), &examples, &wanted, gold)?,
        Some("mission") => classify::cross_validate(&examples, &labels, Folds::Mission, &wanted, gold)?,
        Some(_) => classify::cross_validate(&examples, &labels, Folds::Random, &wanted, gold)?,
    };
    let measured = evaluation.paragraphs();
    if let Some(gold) = gold.filter(|gold| gold.len() > measured) {
        say!("{} of {} passages of the gold are not in {}", gold.len() - measured, gold.len(), arguments.file.display());
    }
    if arguments.json { print_json(&as_json(&evaluation)) } else { print(&as_text(&evaluation)) }
}

fn read_gold(path: &Path) -> Result<Gold> {
    let file = File::open(path).with_context(|| format!("{} cannot be opened", path.display()))?;
    Gold::read(file).map_err(|reason| anyhow!("{}, {reason}", path.display()))
}

fn as_json(evaluation: &Evaluation) -> Value {
    let counts = evaluation.counts();
    let labels: Map<String, Value> =
        evaluation.labels.iter().map(|(name, counts)| (name.clone(), json!(counts.score()))).collect();
    let fold = |(name, paragraphs, counts): &(String, usize, Vec<classify::Counts>)| json!({"fold": name, "paragraphs": paragraphs, "micro": classify::micro(counts)});
    json!({
        "paragraphs": evaluation.paragraphs(),
        "micro": classify::micro(&counts),
        "macro": classify::macro_mean(&counts),
        "mean_of_folds": {"micro": {"f1": evaluation.mean_of_folds()}},
        "labels": labels,
        "folds": evaluation.folds.iter().map(fold).collect::<Vec<_>>(),
    })
}

fn as_text(evaluation: &Evaluation) -> String {
    let line = |name: &str, s: &Score| {
        format!("{name:<32} {:>9.3} {:>9.3} {:>9.3} {:>7} {:>7}\n", s.precision, s.recall, s.f1, s.coded, s.found)
    };
    let counts = evaluation.counts();
    let mut out = format!("{:<32} {:>9} {:>9} {:>9} {:>7} {:>7}\n", "label", "precision", "recall", "F1", "coded", "found");
    evaluation.labels.iter().for_each(|(name, counts)| out.push_str(&line(name, &counts.score())));
    out.push_str(&line("all together (micro)", &classify::micro(&counts)));
    out.push_str(&line("mean of labels (macro)", &classify::macro_mean(&counts)));
    if evaluation.folds.len() > 1 {
        for (name, _, counts) in &evaluation.folds {
            out.push_str(&line(&format!("fold {name} (micro)"), &classify::micro(counts)));
        }
        out.push_str(&format!("mean of folds (micro F1) {:>27.3}\n", evaluation.mean_of_folds()));
    }
    out.push_str(&format!("{} paragraphs\n", evaluation.paragraphs()));
    out
}
