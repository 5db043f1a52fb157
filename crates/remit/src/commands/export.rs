//! `remit export`

use crate::commands::{AsOfArguments, HandingOn, LanguageArgument, counted, note_look, usage};
use crate::output::{Overwrite, Receipt, patiently, print_json, say};
use anyhow::{Context as _, Result, bail};
use remit_exchange::iati::{self, Exported, LeftOut, Publisher};
use remit_model::{Kind, Language, Model};
use remit_sheet::{Format, Interchange, Output};
use remit_store::{AsOf, Reader, Workspace};
use std::path::PathBuf;
use std::process::Command;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
The rows are statements that stand, each with its source and its identifier: a row that is changed in the sheet and comes \
back with `remit import` corrects its statement, a row that is not is left alone.

Examples:
  remit export somalia register.xlsx             all kinds, a sheet each
  remit export somalia actors.csv --kind actor   one kind
  remit export somalia registre.xlsx --language fr   with words and lists in French; it comes back as well
  remit export somalia shared --popolo           actors, persons and postings as Popolo, in a folder
  remit export somalia actors.jsonl --ftm        and as FollowTheMoney, in a file
  remit export somalia register.xlsx --valid-on 2019-06-30 --clearance internal
  remit export somalia out --iati --reporter XM-DAC-1 --reporter-name 'Made-up Agency' --reporter-type 10
  remit export somalia tables --parquet          figures and records as Parquet, for DuckDB, Polars, DataFusion

With --iati the file activities.xml has the activities that this office reports and the projects and trainings that it supports, as IATI 2.03; what \
the standard asks for and nobody has said, what was assumed, or what it cannot hold, is in left-out.csv beside it.

With --parquet, which the program remit-cluster does, a folder has what the marking lets be seen: views/ as of the day, history/ with every \
statement and its dates, and manifest.json with columns, rows, cut and hashes.")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// File to write: .xlsx for all kinds or one, .csv for one; for another format a file, or a folder
    output: PathBuf,
    /// Only this kind
    #[arg(long)]
    kind: Option<String>,
    /// Write actors, persons and postings as Popolo
    #[arg(long, conflicts_with_all = ["kind", "ftm", "iati", "parquet"])]
    popolo: bool,
    /// Write actors, persons and postings as FollowTheMoney
    #[arg(long, conflicts_with_all = ["kind", "iati", "parquet"])]
    ftm: bool,
    /// Write an office's own activities, projects and trainings for everybody, as IATI 2.03
    #[arg(long, requires = "reporter", conflicts_with_all = ["kind", "parquet"])]
    iati: bool,
    /// Write figures and records as Parquet into a folder, by the program remit-cluster
    #[arg(long, conflicts_with = "kind")]
    parquet: bool,
    /// Identifier of the office that publishes, as in IATI: XM-DAC-41114
    #[arg(long, value_name = "REF", requires = "iati")]
    reporter: Option<String>,
    /// Its name, also as the register names who supports a project or training [default: the name on record under the identifier]
    #[arg(long, value_name = "NAME", requires = "iati")]
    reporter_name: Option<String>,
    /// Its type, a code of IATI: 10 government, 40 multilateral [default: 10, listed as assumed]
    #[arg(long, value_name = "CODE", requires = "iati")]
    reporter_type: Option<String>,
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

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::open(&arguments.workspace)?;
    let as_of = arguments.as_of.as_of(&workspace)?;
    // What is written for everybody, or of actors and persons alone, has nothing of these kinds.
    let is_register = !arguments.iati && !arguments.popolo && !arguments.ftm;
    if is_register {
        let only = arguments.kind.as_deref();
        let what = format!("export {}", only.unwrap_or_default());
        note_look(&workspace, &as_of, what.trim(), |kind| only.is_none_or(|name| name == kind.name))?;
    }
    if arguments.parquet {
        return export_parquet(arguments, &as_of);
    }
    let is_wanted = |kind: &Kind| arguments.kind.as_deref().is_none_or(|name| name == kind.name);
    let counts = is_register && workspace.model().kinds.iter().any(|kind| kind.small_counts.is_some() && is_wanted(kind));
    let reader = if counts { arguments.handing_on.reader(&workspace, as_of)? } else { Reader::open(&workspace, as_of)? };
    if let (true, Some(reference)) = (arguments.iati, &arguments.reporter) {
        return export_iati(arguments, &workspace, &reader, reference);
    }
    let other = match (arguments.popolo, arguments.ftm) {
        (true, _) => Some(Interchange::Popolo),
        (_, true) => Some(Interchange::FollowTheMoney),
        _ => None,
    };
    if let Some(format) = other {
        return write_as(format, &reader, arguments);
    }
    let extension = arguments.output.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let (model, kind) = (workspace.model(), arguments.kind.as_deref());
    let language = arguments.language.locale(&workspace)?.language;
    let bytes = patiently("writing the register", || match (extension.as_str(), kind) {
        ("xlsx", kind) => Ok(remit_sheet::export_workbook(model, &reader, kind, language)?),
        ("csv", Some(kind)) => Ok(remit_sheet::export_csv(model, &reader, kind)?.into_bytes()),
        ("csv", None) => Err(usage("a CSV file holds one kind; name it with --kind, or write an .xlsx file")),
        _ => Err(usage(format!("`{}` says no form; write to a file that ends in .xlsx or .csv", arguments.output.display()))),
    })?;
    arguments.overwrite.write(&arguments.output, &bytes)?;
    if kind.is_none() {
        tell_left_out(&reader, model)?;
    }
    // Quiet where all is well, as commands that write a file are.
    if arguments.told.json {
        return print_json(&serde_json::json!({ "file": arguments.output, "kind": kind, "bytes": bytes.len() }));
    }
    Ok(())
}

/// Records by kind, as statements tell them.
const BY_KIND: &str =
    "select kind, count(distinct record) from statement where current = 1 and withdrawn = 0 group by kind order by kind";

/// Says of how many records nothing was written, since nothing tells any more which fields their kind has.
fn tell_left_out(reader: &Reader, model: &Model) -> Result<()> {
    for row in reader.query(BY_KIND, &[])?.rows {
        if let [kind, count] = &row[..]
            && let Some(kind) = kind.text().filter(|kind| model.kind(kind).is_none())
        {
            let records = counted(count.number().unwrap_or_default() as usize, "record");
            say!("left out: {records} of the kind `{kind}`, which has no file in model/kinds; put {kind}.toml back to have them");
        }
    }
    Ok(())
}

/// Has `remit-cluster` write the folder: what Parquet needs is more than all else that Remit is made of.
fn export_parquet(arguments: &Arguments, as_of: &AsOf) -> Result<()> {
    let Some(program) = remit_report::program("remit-cluster") else {
        bail!(
            "Parquet is written by the program remit-cluster, which is neither beside remit nor on the path: put it there (the README says how \
             it is built), or write an .xlsx file"
        );
    };
    remit_report::of_this_version(&program, "remit-cluster")?;
    let mut command = Command::new(&program);
    command.arg("export").arg(&arguments.workspace).arg(&arguments.output);
    command.args(["--valid-on", &as_of.valid_on.to_string(), "--clearance", as_of.clearance.code()]);
    if let Some(known_on) = &as_of.known_on {
        command.args(["--known-on", known_on]);
    }
    let said = [
        (arguments.overwrite.is_said(), "--overwrite"),
        (arguments.told.json, "--json"),
        (arguments.handing_on.small_counts(), "--small-counts"),
    ];
    for (is_said, option) in said {
        command.args(is_said.then_some(option));
    }
    let status = patiently("writing Parquet", || command.status());
    match status.with_context(|| format!("{} cannot be run", program.display()))?.success() {
        true => Ok(()),
        // It has said itself what is wrong.
        false => bail!("nothing that can be used was written to {}", arguments.output.display()),
    }
}

/// Writes a format of others, to the file that is named, or to one of its own name in the folder.
fn write_as(format: Interchange, reader: &Reader, arguments: &Arguments) -> Result<()> {
    let bytes = patiently("writing the register", || format.write(reader))?;
    let named = &arguments.output;
    let file = if named.extension().is_some() && !named.is_dir() {
        named.clone()
    } else {
        std::fs::create_dir_all(named).with_context(|| format!("the folder {} cannot be made", named.display()))?;
        named.join(format.file_name())
    };
    arguments.overwrite.write(&file, &bytes)?;
    if arguments.told.json {
        return print_json(&serde_json::json!({ "file": file, "kind": null, "bytes": bytes.len() }));
    }
    Ok(())
}

/// The type of an office that nobody has said: a government.
const ASSUMED_TYPE: &str = "10";

/// What is written of the office though nobody has said it, for the list beside the file.
fn assumed(nameless: Option<&str>, is_type_assumed: bool) -> Vec<LeftOut> {
    let told = |value: &str, reason: &str| LeftOut {
        record: String::new(),
        element: "reporting-org".to_owned(),
        value: value.to_owned(),
        reason: reason.to_owned(),
    };
    let name = nameless.map(|reference| {
        told(
            reference,
            "no name is on record under this identifier, and it stands in the place of one: say --reporter-name, or give the record of \
             the office the identifier",
        )
    });
    let kind = is_type_assumed
        .then(|| told(ASSUMED_TYPE, "nobody has said the type of the office, and a government was assumed: say --reporter-type"));
    name.into_iter().chain(kind).collect()
}

/// Of what is missing, so much is told where nothing can be written.
const MOST_MISSING: usize = 20;

/// Refuses where no activity would be in the file. Nothing is written then, so that the same can be asked again once the cause is mended.
fn something_is_written(exported: &Exported, publisher: &Publisher) -> Result<()> {
    let reference = &publisher.reference;
    match &exported.left_out[..] {
        _ if exported.activities > 0 => Ok(()),
        [] => bail!(
            "nothing on record is of {reference}: no activity that it reports, and no project or training that “{}” supports; nothing was \
             written; write --reporter-name as the register calls it, or give its record the identifier",
            publisher.name
        ),
        missing => {
            let told = missing.iter().take(MOST_MISSING).map(|l| format!("\n  {} {}: {}", l.record, l.element, l.reason));
            let rest = match missing.len().saturating_sub(MOST_MISSING) {
                0 => String::new(),
                more => format!("\n  and {more} more"),
            };
            bail!(
                "nothing can be written for {reference}: no activity that it reports, and no project or training that it supports, has all \
                 that the standard asks for; nothing was written; what is missing:{}{rest}",
                told.collect::<String>()
            )
        }
    }
}

/// Writes the file for everybody, and beside it what stayed out.
fn export_iati(arguments: &Arguments, workspace: &Workspace, reader: &Reader, reference: &str) -> Result<()> {
    let kind = arguments.reporter_type.as_deref().unwrap_or(ASSUMED_TYPE);
    if !workspace.model().lists.has("organisation_type", kind) {
        return Err(usage(format!("--reporter-type: `{kind}` is no type of organisation; write a code of IATI, as 10 or 40")));
    }
    let name = match &arguments.reporter_name {
        Some(name) => Some(name.clone()),
        None => Publisher::name_on_record(reader, reference)?,
    };
    let assumed = assumed(name.is_none().then_some(reference), arguments.reporter_type.is_none());
    let name = name.unwrap_or_else(|| reference.to_owned());
    let publisher = Publisher { reference: reference.to_owned(), name, kind: kind.to_owned() };
    let mut exported = patiently("writing activities", || iati::export(reader, &publisher))?;
    something_is_written(&exported, &publisher)?;
    // What was imported goes out as it came in, with what it says of who reports.
    if exported.projects + exported.trainings > 0 {
        exported.left_out.extend(assumed);
    }
    let folder = &arguments.output;
    let (remarks, activities) = (folder.join("left-out.csv"), folder.join("activities.xml"));
    [&remarks, &activities].into_iter().try_for_each(|file| arguments.overwrite.may_write(file))?;
    std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let (table, english) = (exported.left_out_table(), workspace.model().languages.get(Language::ENGLISH));
    let output = Output::of_table("left_out", reader.as_of(), &table, workspace.model(), &english);
    arguments.overwrite.write(&remarks, &output.write(Format::Csv)?)?;
    arguments.overwrite.write(&activities, exported.xml.as_bytes())?;
    arguments.told.tell(
        &format!(
            "{} activities in {}, {} of them projects and {} trainings of the register; {} remarks in left-out.csv",
            exported.activities,
            activities.display(),
            exported.projects,
            exported.trainings,
            exported.left_out.len()
        ),
        &serde_json::json!({ "folder": folder, "activities": exported.activities, "projects": exported.projects,
            "trainings": exported.trainings,
            "left_out": exported.left_out.len() }),
    )
}
