//! `remit report` and `remit templates`

use crate::commands::{AsOfArguments, AuthorArguments, HandingOn, LanguageArgument, note_look, questions, tell_faults, usage};
use crate::output::{Overwrite, Receipt, patiently, print, print_json, say, shown};
use anyhow::Result;
use remit_ask::{CellWords, Questions, Voice};
use remit_model::{Day, Marking};
use remit_report::{Brief, Report, Template, Templates, compare, publish};
use remit_sheet::Output;
use remit_store::Workspace;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
A report is a Word document, or a PDF where the file that is written is called .pdf (made by the program remit-pdf): each table, number and picture has a footnote with its sources, its day, how many statements it rests on, \
its marking, and a code. Nothing that is marked above --clearance is in it. What cannot be filled stays where it is and says why; then \
the exit code is 1.

Examples:
  remit report somalia brief --country SO        brief.docx in this folder
  remit report somalia pack --country SO --since 2021-04-01 --language fr -o pack.docx
  remit report somalia brief --language ar -o brief.pdf    a tagged PDF of the same
  remit report somalia --template own.docx --country SO    a template of your own: see remit templates
  remit report somalia report --country SO --publish    and keep its figures as they went out
  remit report somalia --compare K3M7QX          what is different from that figure now, and why")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// The template: brief, pack, report, handover, or one of the workspace's own
    #[arg(required_unless_present_any = ["template", "compare"])]
    name: Option<String>,
    /// A .docx of your own as template
    #[arg(long, value_name = "FILE", conflicts_with = "name")]
    template: Option<PathBuf>,
    /// Country, by its code or name [default: the first one of the workspace]
    #[arg(long, value_name = "COUNTRY")]
    country: Option<String>,
    /// Mission, by its acronym or name
    #[arg(long, value_name = "MISSION", default_value = "")]
    mission: String,
    /// Day on which the period begins [default: three months before the day]
    #[arg(long, value_name = "DAY")]
    since: Option<String>,
    /// File to write, .docx or .pdf [default: TEMPLATE.docx]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Record its figures as they went out, to be compared and asked for again by their codes
    #[arg(long)]
    publish: bool,
    /// List what differs from a publication, or from one figure by its code, and why
    #[arg(long, value_name = "PUBLICATION", conflicts_with_all = ["name", "template", "publish"])]
    compare: Option<String>,
    #[command(flatten)]
    author: AuthorArguments,
    #[command(flatten)]
    language: LanguageArgument,
    #[command(flatten)]
    as_of: AsOfArguments,
    #[command(flatten)]
    handing_on: HandingOn,
    #[command(flatten)]
    overwrite: Overwrite,
    #[command(flatten)]
    told: Receipt,
}

/// Months of the period, where nobody says when it begins.
const MONTHS: i32 = 3;

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::open(&arguments.workspace)?;
    let questions = questions(&workspace)?;
    if let Some(which) = &arguments.compare {
        return compared(arguments, &workspace, &questions, which);
    }
    let template = match (&arguments.template, &arguments.name) {
        (Some(file), _) => Template::of_document(file),
        (None, name) => Templates::load(&workspace)?.get(name.as_deref().unwrap_or_default())?.clone(),
    };
    // A report is asked for again years later: it says what was known at which moment.
    let as_of = arguments.as_of.as_of(&workspace)?.fixed();
    let since = match arguments.since.as_deref() {
        Some(text) => Day::typed(text).ok_or_else(|| usage(format!("--since: {}", Day::refused(text))))?,
        None => as_of.valid_on.plus_months(-MONTHS),
    };
    // What is asked for in it is known when it is made: whoever may see files of due diligence may find them there.
    note_look(&workspace, &as_of, format!("report {}", template.name).trim(), |_| true)?;
    let reader = arguments.handing_on.reader(&workspace, as_of)?;
    let brief = Brief {
        workspace: &workspace,
        questions: &questions,
        reader: &reader,
        locale: arguments.language.locale(&workspace)?,
        country: country(&workspace, arguments.country.as_deref())?,
        mission: arguments.mission.clone(),
        since: since.to_string(),
        up_to: Marking::StrictlyConfidential,
    };
    let mut report = patiently("writing the report", || brief.fill(&template))?;
    let output = arguments.output.clone().unwrap_or_else(|| PathBuf::from(format!("{}.docx", template.name)));
    if output.extension().is_some_and(|e| e.eq_ignore_ascii_case("pdf")) {
        let (pdf, said) = patiently("making the PDF", || report.into_pdf(&brief.locale))?;
        said.iter().for_each(|line| say!("{line}"));
        report = pdf;
    }
    arguments.overwrite.write(&output, &report.bytes)?;
    let published = match arguments.publish {
        true => Some(publish(&brief, &template, &report, &arguments.author.name())?),
        false => None,
    };
    tell(arguments, &output, &report, published.as_deref())
}

/// What differs from what went out.
fn compared(arguments: &Arguments, workspace: &Workspace, questions: &Questions, which: &str) -> Result<()> {
    let (as_of, locale) = (arguments.as_of.as_of(workspace)?, arguments.language.locale(workspace)?);
    let voice = Voice { model: workspace.model(), columns: questions.columns(), locale: locale.clone(), reader: None };
    let table = patiently("comparing", || compare(workspace, questions, &voice, &as_of, None, which))?;
    let output = Output {
        columns: CellWords::new(voice, &table).columns(),
        ..Output::of_table("compare", &as_of, &table, workspace.model(), &locale)
    };
    if arguments.told.json { print_json(&output.json()) } else { print(&shown(&output)) }
}

fn tell(arguments: &Arguments, output: &Path, report: &Report, published: Option<&str>) -> Result<()> {
    let figures = report.figures.iter().map(|f| serde_json::json!({ "code": f.code, "question": f.answer.question.name, "rows": f.answer.table.rows.len(), "statements": f.evidence.statements }));
    let json = serde_json::json!({ "file": output, "figures": figures.collect::<Vec<_>>(), "faults": report.faults, "publication": published });
    for fault in &report.faults {
        say!("{fault}");
    }
    let kept = published.map_or_else(String::new, |p| format!("; its figures are kept as {p}"));
    arguments.told.tell(&format!("Wrote {} with {} figures{kept}", output.display(), report.figures.len()), &json)?;
    match report.faults.len() {
        0 => Ok(()),
        n => {
            Err(anyhow::anyhow!("{n} places could not be filled; they stand in the document as they were, each with the reason"))
        }
    }
}

/// The code of a country that somebody named, else the first one of the workspace.
fn country(workspace: &Workspace, named: Option<&str>) -> Result<String> {
    let Some(named) = named else { return Ok(workspace.countries()?.into_iter().next().unwrap_or_default()) };
    let found = workspace.model().lists.get("country").and_then(|l| l.find(named));
    found.map(|c| c.code.clone()).ok_or_else(|| usage(format!("--country: there is no country `{named}`; use a code or a name")))
}

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
A template is a Word document with places in double braces. Questions are those of `remit ask`; what they take stands behind as \
name=value.

In a line of text, or in a cell of a table:
  {{country}} {{day}} {{since}} {{known_on}} {{clearance}} {{mission}}
  {{count overdue}}                              how many rows
  {{count all_support column=supporter}}         how many different ones
  {{sum support column=disbursed_usd}}           what a column adds up to
  {{first leads column=lead_names}}              what the first row says
  {{count leads where=lead_found:none}}          only rows that say this code (several: a,b)
In a paragraph of its own, with nothing beside it:
  {{table ending columns=record_title,ends most=5}}
  {{chart support}}
  {{method}}                                     how each figure is counted
  {{differs}}                                    what differs from the last one that was published
Something for each row of an answer: each line here is a paragraph of its own, and between the two {{COLUMN}} is what the row says:
  {{#each leads}}
  {{security_function}}: {{lead_names}}
  {{/each}}
In a table, {{#each leads}} stands in the first cell of a row and {{/each}} in its last one, and the row is repeated.
Something only where there is anything, each line a paragraph of its own; {{else}} and what follows may be left out:
  {{#if cliffs}}
  Support that ends with nothing after it: {{count cliffs}}.
  {{else}}
  Nothing ends without something after it.
  {{/if}}

Take one out, change it in Word, and put it into the folder `templates` of the workspace, or fill it with \
`remit report --template`. What cannot be filled stays in its place and says why.

Examples:
  remit templates somalia                        what there is
  remit templates somalia brief -o mine.docx     a template to change in Word
  remit templates somalia pack --language ar -o pack.docx")]
pub(crate) struct TemplatesArguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// The template to take out; without one, all are listed
    name: Option<String>,
    /// File to write [default: TEMPLATE-template.docx]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    language: LanguageArgument,
    #[command(flatten)]
    overwrite: Overwrite,
    #[command(flatten)]
    told: Receipt,
}

pub(crate) fn templates(arguments: &TemplatesArguments) -> Result<()> {
    let workspace = Workspace::open(&arguments.workspace)?;
    let (templates, locale) = (Templates::load(&workspace)?, arguments.language.locale(&workspace)?);
    tell_faults(templates.faults());
    let Some(name) = &arguments.name else {
        if arguments.told.json {
            let about =
                |t: &Template| serde_json::json!({ "template": t.name, "title": t.title.english(), "why": t.why.english() });
            return print_json(&templates.all().iter().map(about).collect());
        }
        let line = |t: &Template| format!("{:15} {}. {}\n", t.name, t.title.get(locale.language), t.why.get(locale.language));
        return print(&templates.all().iter().map(line).collect::<String>());
    };
    let output = arguments.output.clone().unwrap_or_else(|| PathBuf::from(format!("{name}-template.docx")));
    arguments.overwrite.write(&output, &templates.get(name)?.document(&locale)?)?;
    let (wrote, file, folder) = (output.display(), remit_files::for_shell(&output), remit_files::for_shell(&arguments.workspace));
    arguments.told.tell(
        &format!("Wrote {wrote}; change it in Word and fill it with `remit report {folder} --template {file}`"),
        &serde_json::json!({ "file": output, "template": name }),
    )
}
