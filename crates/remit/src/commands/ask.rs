//! `remit ask`

use crate::commands::{CutArguments, usage};
use crate::output::{Format, print, print_json};
use anyhow::{Context as _, Result};
use remit_ask::{Answer, Questions};
use remit_store::{Reader, Workspace};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Questions: `remit ask WORKSPACE` lists them, `remit ask WORKSPACE QUESTION --parameters` what one takes.

Besides the parameters of a question:
  --valid-on DAY        the day that the facts are about
  --known-on DAY        as known on a day (its end) or at a moment
  --clearance MARKING   read what is marked at most so [default: public]
  --json, --csv         the form of the answer
  --xlsx FILE           the answer as a workbook")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// The question; without one, all are listed
    question: Option<String>,
    /// Parameters, as --NAME VALUE
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "PARAMETERS")]
    rest: Vec<String>,
}

/// What stands behind the question on the command line, taken apart.
#[derive(Debug, Default)]
struct Given {
    cut: CutArguments,
    format: Format,
    xlsx: Option<PathBuf>,
    list_parameters: bool,
    parameters: Vec<(String, String)>,
}

fn take_apart(rest: &[String]) -> Result<Given> {
    let mut given = Given::default();
    let mut items = rest.iter();
    while let Some(item) = items.next() {
        let Some(name) = item.strip_prefix("--") else {
            return Err(usage(format!("`{item}` is no parameter; write --NAME VALUE")));
        };
        match name {
            "json" => given.format.json = true,
            "csv" => given.format.csv = true,
            "parameters" => given.list_parameters = true,
            _ => {
                let (name, value) = match name.split_once('=') {
                    Some((name, value)) => (name, value.to_owned()),
                    None => (name, items.next().ok_or_else(|| usage(format!("--{name} needs a value")))?.clone()),
                };
                match name {
                    "valid-on" => given.cut.valid_on = Some(value),
                    "known-on" => given.cut.known_on = Some(value),
                    "clearance" => given.cut.clearance = value,
                    "xlsx" => given.xlsx = Some(value.into()),
                    _ => given.parameters.push((name.replace('-', "_"), value)),
                }
            }
        }
    }
    Ok(given)
}

/// The answer as a workbook that says what it is and as of when.
fn write_workbook(answer: &Answer, file: &Path) -> Result<()> {
    let question = &answer.question;
    let given = answer.parameters.iter().filter(|(_, v)| !v.is_empty());
    let bytes = remit_publish::table_workbook(&question.title.en, &question.rule.en, &answer.cut, given, &answer.table)?;
    std::fs::write(file, bytes).with_context(|| format!("{} cannot be written", file.display()))
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let given = take_apart(&arguments.rest)?;
    let workspace = Workspace::open(&arguments.workspace)?;
    let questions = Questions::load(&workspace)?;
    let Some(name) = &arguments.question else {
        let lines: Vec<String> =
            questions.all().iter().map(|q| format!("{:15} {}. {}\n", q.name, q.title.en, q.why.en)).collect();
        return print(&lines.concat());
    };
    let question = questions.get(name)?;
    if given.list_parameters {
        let line = |p: &remit_ask::Parameter| {
            let values = p.list.as_ref().map(|l| format!("a code or name of {l}")).unwrap_or_else(|| p.choices.join(", "));
            format!("--{:12} {}  {values}\n", p.name, p.label.en)
        };
        return print(&question.parameters.iter().map(line).collect::<String>());
    }
    let cut = given.cut.cut(&workspace)?;
    // A wrong parameter is said before anything is read.
    question.parameters_from(workspace.model(), &given.parameters).map_err(|e| usage(e.to_string()))?;
    let reader = Reader::open(&workspace, cut)?;
    let answer = Answer::ask(&workspace, &questions, &reader, name, &given.parameters)?;
    if let Some(file) = &given.xlsx {
        return write_workbook(&answer, file);
    }
    if given.format.json {
        let below = answer.below(&workspace, &questions, &reader)?;
        return print_json(&remit_ask::json(&answer, &below));
    }
    if given.format.csv {
        return print(&remit_ask::csv(&answer.table));
    }
    let mut text =
        format!("{}, valid on {}\n\n{}", answer.question.title.en, answer.cut.valid_on, remit_ask::plain(&answer.table));
    for below in answer.below(&workspace, &questions, &reader)? {
        text.push_str(&format!(
            "\n{}\n{}\n\n{}",
            below.question.title.en,
            below.question.rule.en,
            remit_ask::plain(&below.table)
        ));
    }
    print(&text)
}
