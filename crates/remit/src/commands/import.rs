//! `remit import`

use crate::commands::{AuthorArguments, counted, marking_of, of_number, open, problems_of};
use crate::interrupt;
use crate::output::{print, print_json, say};
use anyhow::{Result, bail};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use remit_ask::{PROJECTS_BY_COUNTRY, UNCLASSED};
use remit_import::{ImportReport, Job, Progress};
use remit_model::{FieldType, Marking, Model};
use remit_sheet::{Outcome, RecordRule, Rule};
use remit_store::{AsOf, Cell, Reader, Workspace};
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Duration;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
A data set is named after its file or folder. A newer import of the same name supersedes the older one, which stays: \
`--known-on` answers as before. Importing the same content again changes nothing; of a folder only files that are new or have changed \
are read.

Read are IATI activity files (2.01 to 2.03; plain, .gz, .zip), folders of them, standard input as `-`, tables (.csv, .xlsx, \
.ods …) with a mapping (.toml) of the same name beside them, or made for them in the browser, sheets that `remit template` or `remit export` wrote, and what other \
programs write: GeoJSON (places), Popolo and FollowTheMoney (.json, .jsonl: actors, persons, memberships), the tables of claims of \
Security Force Monitor's handbook.

A sheet of the register is compared with what it said before: what is new is added, what differs supersedes, what is the same \
is left alone. All of it is one entry, which `remit undo` takes back as a whole.

Ctrl-C ends an import: nothing of the data set that was being read is seen, and the same command begins again.

Examples:
  remit import somalia courses.xlsx --propose    write courses.toml: what the columns seem to be
  remit import somalia iati/ budget.csv          a folder of IATI files, and a table with budget.toml beside it
  remit import somalia relation.xlsx --dry-run   what a sheet of the register would add and change
  curl … | remit import somalia - --dataset undp standard input, with a name")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Name of the data set; all files become one
    #[arg(long, value_name = "NAME")]
    dataset: Option<String>,
    /// How confidential it is: public, internal, confidential, strictly_confidential
    #[arg(long, value_name = "MARKING", default_value = "public")]
    marking: String,
    /// Mapping of a table, where it is not beside it
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Sheets of the register: only say what would be added, changed, unmatched
    #[arg(long)]
    dry_run: bool,
    /// Sheets of the register: withdraw what this file said before and says no longer
    #[arg(long)]
    replace: bool,
    /// Folders: read every file, also those that stand as they stood when they were read last
    #[arg(long)]
    read_all: bool,
    /// Sheets of the register: add a record for each name that none has
    #[arg(long)]
    add_names: bool,
    /// Tables: write what the columns seem to be beside each, as a mapping to look at, and import nothing
    #[arg(long, conflicts_with_all = ["dry_run", "replace", "add_names", "mapping", "dataset", "json"])]
    propose: bool,
    #[command(flatten)]
    author: AuthorArguments,
    /// Say what was done as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = open(&arguments.workspace)?;
    let marking = marking_of(&workspace, "--marking", &arguments.marking)?;
    if arguments.propose {
        return arguments.files.iter().try_for_each(|file| propose(&workspace, file));
    }
    interrupt::watch(Some(&workspace), "; the same command begins again");
    let job = Job {
        files: arguments.files.clone(),
        dataset: arguments.dataset.clone(),
        marking,
        mapping: arguments.mapping.clone(),
        author: arguments.author.name(),
        dry_run: arguments.dry_run,
        replace: arguments.replace,
        add_names: arguments.add_names,
        read_all: arguments.read_all,
    };
    let report = with_progress(&workspace, &job)?;
    if arguments.json {
        return print_json(&as_json(&report));
    }
    tell(&report, &remit_files::for_shell(&arguments.workspace), marking, arguments.dry_run);
    tell_what_is_left(&report, arguments.replace);
    if arguments.dry_run {
        return report.sheets.iter().try_for_each(show_dry_run);
    }
    tell_lacking(&workspace, &report)
}

/// Writes what a table seems to be beside it, as its mapping.
fn propose(workspace: &Workspace, file: &Path) -> Result<()> {
    let (model, beside) = (workspace.model(), file.with_extension("toml"));
    if beside.exists() {
        bail!("{} is there already; remove it first, or change it by hand", beside.display());
    }
    let countries = workspace.countries()?;
    let Some((mapping, unused)) = remit_sheet::proposed(model, file, &countries)? else {
        let told = remit_sheet::look(model, file, "")?.into_iter().map(|look| look.told).find(|told| !told.is_empty());
        let why =
            told.unwrap_or_else(|| "send it in the browser (remit serve, “Import a spreadsheet”), and choose them".to_owned());
        bail!("nothing in {} tells what its columns are; {why}", file.display());
    };
    mapping.save(&beside, model)?;
    for (table, unused) in std::iter::once(&mapping).chain(&mapping.also).zip(&unused) {
        let sheet = table.sheet.as_ref().map_or_else(String::new, |s| format!("sheet “{s}”: "));
        for record in &table.record {
            let kind = model.kind(&record.kind).map_or(record.kind.as_str(), |k| k.label.english());
            let column = |(field, rule): (&String, &Rule)| {
                let columns: Vec<String> = rule.column.iter().chain(&rule.columns).map(|c| format!("“{c}”")).collect();
                let said = Some(columns.join(", ")).filter(|columns| !columns.is_empty());
                let said = said.or_else(|| rule.value.as_ref().map(|v| format!("{v}, in every row")));
                said.map(|said| format!("\n  {field}: {said}"))
            };
            say!("{sheet}each row is about: {kind}{}", record.fields.iter().filter_map(column).collect::<String>());
            if let Some((field, home)) = of_no_country(model, record, &countries) {
                say!(
                    "  {field}: left open, since the sheet names other countries than {home}, or partners from elsewhere: say which column it is, {field} = {{ column = \
                     \"…\" }}, or the same for all rows, {field} = {{ value = \"{home}\" }}"
                );
            }
            if let Some(title) = untitled(model, record) {
                say!(
                    "  nothing says what each row is called, so that all rows would be left out: say which column it is, such as"
                );
                say!("  {title} = {{ column = \"…\" }}");
            }
            if let Some(lacks) = of_nobody(model, record) {
                say!(
                    "  nothing says whose figures these are, so that all rows would be left out: say one of {lacks} for all rows, such as"
                );
                say!("  {} = {{ value = \"…\" }}", lacks.split(", ").next().unwrap_or_default());
            }
        }
        if !unused.is_empty() {
            say!("  not used: {}", unused.iter().map(left_column).collect::<Vec<_>>().join(", "));
        }
    }
    let shown = beside.display();
    say!(
        "{shown}: look at it, change it, then see what it does: remit import {} {} --dry-run",
        remit_files::for_shell(workspace.folder()),
        remit_files::for_shell(file)
    );
    Ok(())
}

/// The field by which records are known, where a mapping says neither that nor an identifier.
fn untitled<'m>(model: &'m Model, record: &RecordRule) -> Option<&'m str> {
    let kind = model.kind(&record.kind).filter(|kind| kind.key.is_empty() && record.id.is_none())?;
    kind.title.as_deref().filter(|title| !record.fields.contains_key(*title))
}

/// The fields of which one says whose figures a record is, where none of them is said.
fn of_nobody(model: &Model, record: &RecordRule) -> Option<String> {
    let tells = model.kind(&record.kind).filter(|kind| kind.parts && record.id.is_none())?.tells();
    let is_said = tells.iter().any(|field| record.fields.contains_key(&field.name));
    let names: Vec<&str> = tells.iter().map(|field| field.name.as_str()).collect();
    (!is_said && !names.is_empty()).then(|| names.join(", "))
}

/// The field of the country that a proposal leaves open, and the one country that the workspace is about: a proposal has that in every row
/// unless the sheet names others, or who supports from elsewhere.
fn of_no_country<'m>(model: &'m Model, record: &RecordRule, countries: &'m [String]) -> Option<(&'m str, &'m str)> {
    let [home] = countries else { return None };
    let field = model.kind(&record.kind)?.fields.iter().find(|field| field.home && matches!(field.kind, FieldType::Code(_)))?;
    (!record.fields.contains_key(&field.name)).then_some((field.name.as_str(), home.as_str()))
}

/// A column that a proposed mapping does not use, with the one that says the same already.
fn left_column((heading, taken): &(String, Option<(String, String)>)) -> String {
    match taken {
        Some((field, other)) => format!("“{heading}” ({field} is “{other}” already)"),
        None => format!("“{heading}”"),
    }
}

/// What was done, for a program.
fn as_json(report: &ImportReport) -> serde_json::Value {
    let imports = report.imports.iter().map(|i| {
        serde_json::json!({
            "dataset": i.dataset, "unchanged": i.unchanged, "records": i.records, "parts": i.parts, "problems": i.problems
        })
    });
    serde_json::json!({
        "imports": imports.collect::<Vec<_>>(), "sheets": report.sheets, "passed_over": report.passed_over, "elsewhere": report.elsewhere
    })
}

/// Imports, with a progress bar where somebody is watching.
pub(crate) fn with_progress(workspace: &Workspace, job: &Job) -> Result<ImportReport> {
    let progress = Progress::default();
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    if std::io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::stderr());
        bar.set_style(ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes}  {bytes_per_sec}  {msg}  {eta} left")?);
    }
    std::thread::scope(|scope| {
        let importing = scope.spawn(|| remit_import::import(workspace, job, &progress));
        while !importing.is_finished() {
            bar.set_length(progress.total.load(Ordering::Relaxed).max(1));
            bar.set_position(progress.done.load(Ordering::Relaxed));
            bar.set_message(format!("{} records", progress.records.load(Ordering::Relaxed)));
            std::thread::sleep(Duration::from_millis(20));
        }
        bar.finish_and_clear();
        match importing.join() {
            Ok(report) => Ok(report?),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// Shows what a sheet would do: what is unmatched, what cannot be used, what is added and changed.
fn show_dry_run(sheet: &Outcome) -> Result<()> {
    const MOST_ROWS: usize = 10;
    let of_names = || sheet.findings.iter().filter(|f| f.rule == "unmatched");
    let mut lines = String::new();
    for u in &sheet.unmatched {
        let like = match (&u.like, &u.several[..]) {
            (_, [_, ..]) => format!("; which of {}?", u.several.join(", ")),
            (Some(like), _) => format!("; is it “{like}”?"),
            (None, []) => String::new(),
        };
        let rows: Vec<String> = of_names().filter(|f| f.value == u.name).map(|f| f.row.to_string()).collect();
        let place = match &rows[..] {
            [] => counted(u.times, "time"),
            [one] => format!("row {one}"),
            rows => {
                format!("rows {}{}", rows[..rows.len().min(MOST_ROWS)].join(", "), if rows.len() > MOST_ROWS { " …" } else { "" })
            }
        };
        lines.push_str(&format!("unmatched  {} “{}” ({place}){like}\n", u.kind, u.name));
    }
    // Names stand above, each once.
    for f in sheet.findings.iter().filter(|f| f.rule != "unmatched") {
        let place = [f.sheet.as_str(), f.column.as_str()].iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join(" ");
        lines.push_str(&format!("problem    row {} {place}: {} [{}]\n", f.row, f.reason, f.value));
    }
    for e in &sheet.examples {
        let before = if e.before.is_empty() { String::new() } else { format!("  (was: {})", e.before) };
        lines.push_str(&format!("{:10} {} {}: {}{before}\n", e.what, e.kind, e.record, e.says));
    }
    print(&lines)
}

/// Says what was done, a line a data set.
fn tell(report: &ImportReport, workspace: &str, marking: Marking, is_dry_run: bool) {
    for import in &report.imports {
        if import.unchanged {
            say!("{}: nothing changed, the workspace has this content already", import.dataset);
            continue;
        }
        let parts = if import.parts > 0 { format!(", {}", counted(import.parts, "transaction")) } else { String::new() };
        let problems = match import.problems {
            0 => String::new(),
            n => format!("; {} ({})", counted(n, "problem"), problems_of(workspace, marking)),
        };
        say!("{}: {}{parts}{problems}", import.dataset, counted(import.records, "record"));
    }
    if report.elsewhere > 0 {
        say!(
            "{} of activities left out, as another data set has one that is reported at first hand, was updated later, or was read first ({} --rule elsewhere)",
            counted(report.elsewhere, "version"),
            problems_of(workspace, marking)
        );
    }
    for (file, mapping) in &report.mapped {
        say!("{file}: read by {}", mapping.display());
    }
    for sheet in &report.sheets {
        let mut parts = vec![format!("{} added", sheet.added), format!("{} changed", sheet.changed)];
        let rest = [
            (sheet.unchanged, "", "as before"),
            (sheet.repeated, "", "said twice"),
            (sheet.skipped, "row", "left out by the mapping"),
            (sheet.filled, "cell", "filled from above"),
            (sheet.gone, "", "no longer in the sheet"),
            (sheet.conflicts, "", "in conflict with a correction or another source"),
            (sheet.unmatched.len() as u64, "name", "unmatched"),
        ];
        parts.extend(rest.into_iter().filter(|(n, ..)| *n > 0).map(|(n, of, what)| match of {
            "" => format!("{n} {what}"),
            of => format!("{} {what}", counted(n, of)),
        }));
        let problems = match sheet.findings.len() {
            0 => String::new(),
            // A dry run keeps none: it shows them.
            n if is_dry_run => format!("; {}", counted(n, "problem")),
            n => format!("; {} ({})", counted(n, "problem"), problems_of(workspace, sheet.marking.parse().unwrap_or(marking))),
        };
        let unused = match &sheet.unused[..] {
            [] => String::new(),
            unused => format!("\n  not used: {}", unused.join(", ")),
        };
        let none = sheet.passed.iter().filter(|p| p.why != "skipped");
        let none: String = none.map(|p| format!("\n  row {} is none of the table ({}): {}", p.row, p.why, p.text)).collect();
        let undo = if sheet.entry.is_empty() {
            String::new()
        } else {
            format!("\n  remit undo {workspace} {} takes it back", sheet.entry)
        };
        let rows = counted(sheet.rows, "row");
        say!("{}: {rows}; {}{problems}{unused}{none}{undo}", sheet.file, parts.join(", "));
    }
}

/// Of which kinds the rows of a sheet were taken.
const KINDS: &str = "select kind from statement where entry = :entry group by kind order by count(*) desc, kind";

/// Says of which kinds sheets were taken, and what is lacking in what they have brought in: the class of institutions, by which gaps and
/// overlaps are told, and where one says it; and the country of projects, without which no country's support counts them, as the page of the browser does.
fn tell_lacking(workspace: &Workspace, report: &ImportReport) -> Result<()> {
    for sheet in report.sheets.iter().filter(|sheet| !sheet.entry.is_empty()) {
        let clearance = sheet.marking.parse().unwrap_or_default();
        let reader = Reader::open(workspace, AsOf { clearance, ..AsOf::public(workspace.default_day()) })?;
        let found = |sql: &str| reader.query(sql, &[("entry", Cell::Text(sheet.entry.clone()))]);
        let kinds = found(KINDS)?;
        let kinds: Vec<String> = kinds.rows.iter().filter_map(|row| row[0].text()).map(str::to_owned).collect();
        if !kinds.is_empty() {
            say!("{}: recorded as {}", sheet.file, kinds.join(", "));
        }
        let classless = found(UNCLASSED)?.rows.len();
        let by_country = found(PROJECTS_BY_COUNTRY)?;
        let no_country = by_country.rows.iter().find(|row| row[0].text().is_none_or(str::is_empty));
        let nowhere = no_country.and_then(|row| row[1].number()).unwrap_or(0.0);
        if classless > 0 {
            say!(
                "{}: institutions without a class: {classless}; they are in no gap and no overlap of one. Say the class of each, guessed from \
                 its name, on the page /sheets/classes?entry={} of remit serve {}",
                sheet.file,
                sheet.entry,
                remit_files::for_shell(workspace.folder())
            );
        }
        if nowhere > 0.0 {
            say!(
                "{}: {} in no country: no country’s support counts them; say it in the mapping, below [record.fields], with the code of \
                 yours: country = {{ value = \"SO\" }}, or of each on the page /ask/without_country of remit serve {}",
                sheet.file,
                counted(nowhere, "project"),
                remit_files::for_shell(workspace.folder())
            );
        }
    }
    Ok(())
}

/// Says what is left to do, once for all files.
fn tell_what_is_left(report: &ImportReport, is_replaced: bool) {
    let gone: u64 = report.sheets.iter().map(|s| s.gone).sum();
    if gone > 0 && !is_replaced {
        say!(
            "{} that a sheet made before and makes no more still {} (it or its mapping has changed): the same command with --replace takes {} \
             back",
            counted(gone, "statement"),
            of_number(gone, ["stands", "stand"]),
            of_number(gone, ["it", "them"])
        );
    }
    let stands: Vec<&str> =
        report.sheets.iter().flat_map(|s| &s.findings).filter(|f| f.rule == "stands").map(|f| f.value.as_str()).collect();
    if !stands.is_empty() {
        say!(
            "not taken back, as another file of the same name, from elsewhere, may have said it: {}; withdraw by hand what nobody says any more",
            stands.join(", ")
        );
    }
    if report.has_open_names {
        say!(
            "names that no record has: the same command with --add-names adds a record for each; in a mapping you choose one by one"
        );
    }
    if !report.passed_over.is_empty() {
        say!("passed over, nothing for Remit: {}", report.passed_over.join(", "));
    }
}
