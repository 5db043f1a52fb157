//! `remit merge`

use crate::commands::bundle::behind;
use crate::commands::locks::Opens;
use crate::commands::pack::marked_since;
use crate::commands::{AuthorArguments, counted, marking_of, of_number, usage};
use crate::interrupt;
use crate::output::{Receipt, patiently, say};
use anyhow::{Result, bail};
use remit_exchange::{Opened, Parcel, Partners};
use remit_model::{Day, Marking, write_value};
use remit_store::{AsOf, Cell, Cut, Differing, Fault, Reader, Reason, Recorded, Register, Statement, Taken, Workspace};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  remit merge somalia --from ../colleague        take what another copy of the workspace has
  remit merge somalia --from unsom.remit --dry-run    say what a file of `remit bundle` or `remit pack` would bring
  remit merge somalia --from ../colleague --clearance public    only what is public there
  remit merge somalia actor so/police so/spf     make two records one: all that is said of the second is said of the first

The other workspace is checked first, and refused as a whole where something in it does not hold. What both copies corrected, and \
what one has said and another has withdrawn, is a conflict, which `remit ask WORKSPACE conflicts` lists until somebody solves it. What cannot \
be recorded here is named, left there, and ends the command with 1; the rest is taken. Either can be undone.")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// Take the statements of this other workspace, or of a file that was sent
    #[arg(long, value_name = "FOLDER|FILE", conflicts_with_all = ["kind", "kept", "gone"])]
    from: Option<PathBuf>,
    /// Take what is marked at most so; single values above it are left there
    #[arg(long, value_name = "MARKING", default_value = "strictly_confidential")]
    clearance: String,
    /// Only say what would be taken
    #[arg(long, requires = "from")]
    dry_run: bool,
    /// Redact here too what was redacted there: these values are gone for good
    #[arg(long, requires = "from")]
    redact: bool,
    /// Kind of the two records
    kind: Option<String>,
    /// The record that stays
    kept: Option<String>,
    /// The record that is the same
    gone: Option<String>,
    #[command(flatten)]
    opens: Opens,
    #[command(flatten)]
    author: AuthorArguments,
    #[command(flatten)]
    told: Receipt,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::open(&arguments.workspace)?;
    interrupt::watch(Some(&workspace), "");
    match (&arguments.from, &arguments.kind, &arguments.kept, &arguments.gone) {
        (Some(from), ..) => take(arguments, &workspace, from),
        (None, Some(kind), Some(kept), Some(gone)) => make_one(arguments, &workspace, [kind, kept, gone]),
        _ => Err(usage("name another workspace with --from FOLDER, or a kind and two records: actor so/police so/spf")),
    }
}

/// Makes two records one, and says of what differs which is shown from then on.
fn make_one(arguments: &Arguments, workspace: &Workspace, [kind, kept, gone]: [&str; 3]) -> Result<()> {
    let author = arguments.author.name();
    let mut register = Register::open(workspace)?;
    let differing = register.differing(kind, kept, gone)?;
    let merged = patiently("making them one", || register.merge(kind, kept, gone, &author))?;
    let shown = shown(workspace, kind, kept, &differing)?;
    if !differing.is_empty() && !arguments.told.json {
        say!("they say different things; shown is the better graded, and of equal grades what was said last:");
        for (d, shown) in differing.iter().zip(&shown) {
            let said = format!("{} of {kept}, {} of {gone}", write_value(&d.kept), write_value(&d.gone));
            say!("  {}: {} ({said})", d.field, if shown.is_empty() { "nothing on this day" } else { shown.as_str() });
        }
        if is_contested(workspace, kind, kept)? {
            say!("  remit ask {} conflicts lists what equally good sources say", remit_files::for_shell(&arguments.workspace));
        }
    }
    let statements = register.entry_statements(&merged.entry)?;
    let ended: Vec<String> =
        statements.iter().filter(|s| s.draft.withdrawn).map(|s| format!("{} {}", s.draft.kind, s.draft.record)).collect();
    for record in ended.iter().filter(|_| !arguments.told.json) {
        say!("{record} connected the two with each other, and is taken back");
    }
    let differing = differing
        .iter()
        .zip(&shown)
        .map(|(d, shown)| serde_json::json!({ "field": d.field, "kept": d.kept, "gone": d.gone, "shown": shown }));
    let json = serde_json::json!({ "entry": merged.entry, "statements": merged.statements, "differing": differing.collect::<Vec<_>>(),
            "taken_back": ended });
    arguments.told.tell(&recorded(arguments, &merged, true), &json)
}

/// True where `conflicts` lists something of a record: of equally good sources, one of which was not chosen.
fn is_contested(workspace: &Workspace, kind: &str, record: &str) -> Result<bool> {
    let as_of = AsOf { clearance: Marking::StrictlyConfidential, ..AsOf::public(Day::today()) };
    let sql = "select record from disagreement where kind = :kind and record = :record \
               union select record from conflict where kind = :kind and record = :record";
    Ok(!Reader::open(workspace, as_of)?.query(sql, &[("kind", kind.into()), ("record", record.into())])?.rows.is_empty())
}

/// What is shown of a record in each of these fields; empty where nothing is.
fn shown(workspace: &Workspace, kind: &str, record: &str, differing: &[Differing]) -> Result<Vec<String>> {
    let Some(kind) = workspace.model().kind(kind).filter(|_| !differing.is_empty()) else { return Ok(Vec::new()) };
    let as_of = AsOf { clearance: Marking::StrictlyConfidential, ..AsOf::public(Day::today()) };
    let columns: Vec<String> = differing.iter().map(|d| format!("cast(\"{}\" as text)", d.field)).collect();
    let sql = format!("select {} from \"{}\" where record = :record", columns.join(", "), kind.view);
    let rows = Reader::open(workspace, as_of)?.query(&sql, &[("record", record.into())])?.rows;
    let row = rows.into_iter().next().unwrap_or_else(|| vec![Cell::Null; differing.len()]);
    Ok(row.iter().map(|cell| cell.text().unwrap_or_default().to_owned()).collect())
}

/// Takes what another workspace has, or a file that came from one.
fn take(arguments: &Arguments, workspace: &Workspace, from: &Path) -> Result<()> {
    let clearance = marking_of(workspace, "--clearance", &arguments.clearance)?;
    let opened = if from.is_file() { Some(open(arguments, workspace, from)?) } else { None };
    let other = match &opened {
        Some(opened) => opened.workspace.clone(),
        None => Workspace::foreign(from, workspace.model().clone())?,
    };
    let mut register = Register::open(workspace)?;
    let author = arguments.author.name();
    let cut = Cut { keeps_values: !arguments.redact, ..Cut::cleared(clearance) };
    if let Some(opened) = opened.as_ref().filter(|_| !arguments.told.json) {
        let stays = behind(opened.parcel.about.behind);
        if !stays.is_empty() {
            say!("{}", stays.trim_start());
        }
    }
    let taken = patiently("taking what the other has", || register.take_from(&other, &author, &cut, arguments.dry_run))?;
    if let Some(opened) = opened.filter(|_| !arguments.dry_run) {
        let mut partners = Partners::of(workspace)?;
        partners.took(&opened.parcel);
        partners.keep(workspace)?;
    }
    if !arguments.told.json {
        preview(arguments, &taken, clearance);
        tell_replaced(&taken, &other);
        tell_behind(&taken.behind);
        tell_taken_back(arguments, workspace, &taken)?;
    }
    let refused = taken.refused.iter().map(|(s, fault)| serde_json::json!({ "statement": s.id, "reason": in_short(fault) }));
    let conflicting = taken.conflicting.iter().map(|s| serde_json::json!({ "kind": s.draft.kind, "record": s.draft.record }));
    let replacing = taken.replacing.iter().map(|(was, now)| {
        serde_json::json!({ "kind": was.draft.kind, "record": was.draft.record, "statement": was.id, "withdrawn": now.draft.withdrawn,
            "author": now.author, "workspace": now.workspace })
    });
    let is_undone = register.takes_back(&taken.recorded.entry)?;
    arguments.told.tell(
        &recorded(arguments, &taken.recorded, is_undone),
        &serde_json::json!({
            "entry": taken.recorded.entry, "statements": taken.recorded.statements, "kinds": taken.kinds, "erased": taken.erased,
            "made_one": made_one(&taken).collect::<Vec<_>>(), "became_one": taken.became_one, "imports_erased": taken.imports_erased,
            "files_left": taken.files_left,
            "refused": refused.collect::<Vec<_>>(), "left": taken.left, "redacted": taken.redacted,
            "behind": taken.behind, "marked_since": taken.marked_since, "conflicts": taken.conflicts,
            "conflicting": conflicting.collect::<Vec<_>>(), "replaced": taken.replaced,
            "replacing": replacing.collect::<Vec<_>>(), "carried_out": taken.carried_out, "dry_run": arguments.dry_run
        }),
    )?;
    if taken.refused.is_empty() {
        return Ok(());
    }
    bail!(
        "{} {} here. Where the other workspace has kinds, fields or codes of its own, copy its `model` folder into this one, and give the \
         same command again: it takes what is left",
        counted(taken.refused.len(), "statement"),
        of_number(taken.refused.len(), ["was not taken, and is missing", "were not taken, and are missing"])
    )
}

/// Opens a file that was sent. Who signed one of this name before must have signed this one too.
fn open(arguments: &Arguments, workspace: &Workspace, file: &Path) -> Result<Opened> {
    let parcel = Parcel::read(file)?;
    let mut how = arguments.opens.how(&parcel, Some(workspace))?;
    let about = &parcel.about;
    if how.key.is_none() {
        how.key = Partners::of(workspace)?.key_of(&about.name).map(str::to_owned);
        if how.key.is_none() && !arguments.told.json {
            say!(
                "signed by {} as {}, which nothing came from before; ask them, by another way, whether that is their key",
                parcel.workspace,
                about.name
            );
        }
    }
    let model = Some(workspace.model().clone());
    Ok(patiently("checking the file", || remit_exchange::open(parcel, &how, workspace.folder(), model))?)
}

/// Statements of a preview that are listed.
const LISTED: usize = 20;

/// Says what comes, and what of it needs somebody to look.
fn preview(arguments: &Arguments, taken: &Taken, clearance: Marking) {
    let line = |s: &Statement| {
        format!("  {} {} ({}, {})", s.draft.kind, s.draft.record, s.author, s.said_at.get(..10).unwrap_or_default())
    };
    if arguments.dry_run {
        for (kind, n) in &taken.kinds {
            say!("{kind}: {n}");
        }
        for s in taken.first.iter().take(LISTED) {
            say!("{}", line(s));
        }
        let more = taken.recorded.statements.saturating_sub(LISTED as u64);
        if more > 0 {
            say!("  … and {more} more");
        }
    }
    if taken.conflicts > 0 {
        let workspace = remit_files::for_shell(&arguments.workspace);
        say!(
            "{} of them {} in conflict with something else: `remit ask {workspace} conflicts` lists what differs",
            taken.conflicts,
            of_number(taken.conflicts, ["is", "are"])
        );
        for s in taken.conflicting.iter().take(LISTED) {
            say!("{}", line(s));
        }
    }
    tell_refused(&taken.refused);
    if taken.erased > 0 {
        say!("{} told of what was erased here, and came without that", counted(taken.erased, "statement"));
    }
    for import in &taken.imports_erased {
        say!("{import} was erased there: all that is kept of it here goes too");
    }
    for file in &taken.files_left {
        say!("the file {file} could not be removed: remove it by hand");
    }
    tell_made_one(arguments, taken);
    if taken.carried_out > 0 {
        let lose = of_number(taken.carried_out, ["loses", "lose"]);
        say!("{} here {lose} values that were redacted there", counted(taken.carried_out, "statement"));
    }
    if arguments.dry_run && !arguments.redact && taken.loses() {
        say!("what goes here is gone for good, so that nothing is taken without --redact: ask first who ordered it");
    }
    if taken.left + taken.redacted > 0 {
        say!(
            "{} above {clearance} {} left there, and single values of {} (--clearance)",
            counted(taken.left, "statement"),
            of_number(taken.left, ["was", "were"]),
            counted(taken.redacted, "other")
        );
    }
    let since = marked_since(&taken.marked_since);
    if !since.is_empty() {
        say!("{}", since.trim_start());
    }
}

/// Says what was not taken, by why: what this workspace has instead, which is all kinds or fields, helps nobody who has the other’s model.
fn tell_refused(refused: &[(Statement, Fault)]) {
    let mut by_reason: BTreeMap<(&str, String), Vec<&Statement>> = BTreeMap::new();
    for (s, fault) in refused {
        by_reason.entry((&s.draft.kind, in_short(fault))).or_default().push(s);
    }
    for ((kind, reason), all) in by_reason {
        say!("not taken, {} of {kind}: {reason}", counted(all.len(), "statement"));
        for s in all.iter().take(LISTED) {
            say!("  {} (statement {})", s.draft.record, s.id);
        }
        if all.len() > LISTED {
            say!("  … and {} more", all.len() - LISTED);
        }
    }
}

/// Why a statement was not taken.
fn in_short(fault: &Fault) -> String {
    match &fault.reason {
        Reason::Unknown { what, name, .. } => format!("there is no {what} `{name}` here"),
        _ => fault.to_string(),
    }
}

/// The records that were made one with one that is erased, each with its kind.
fn made_one(taken: &Taken) -> impl Iterator<Item = String> {
    taken.made_one.iter().map(|(kind, record)| format!("{kind} {record}"))
}

/// Says which records were made one with one that is erased: whether they are that person nobody but who knows both can say. And which were made
/// one with another while something else was said of them.
fn tell_made_one(arguments: &Arguments, taken: &Taken) {
    let workspace = remit_files::for_shell(&arguments.workspace);
    for record in made_one(taken) {
        say!(
            "{record} was made one with a record that is erased: it stands without what was said of that one; where both are the same, \
             erase it too: `remit erase {workspace} {record} --ordered-by … --reason …`"
        );
    }
    for (kind, gone, kept) in &taken.became_one {
        say!("{kind} {gone} was made one with {kept}, here or there: what is said of {gone} is said of {kept} now");
    }
}

/// Says which imported files stay where they are: a merge takes what is stated.
fn tell_behind(data_sets: &[String]) {
    if !data_sets.is_empty() {
        say!(
            "not in it: the imported files of {}, and what is said of the coverage of sources that name neither data set nor document; import \
             these files here too, so that what they show is on record",
            data_sets.join(", ")
        );
    }
}

/// Says that what was taken in before and taken back since stays so, where nothing is new: it is here, and a second time brings nothing.
fn tell_taken_back(arguments: &Arguments, workspace: &Workspace, taken: &Taken) -> Result<()> {
    if taken.recorded.statements > 0 {
        return Ok(());
    }
    let as_of = AsOf { clearance: Marking::StrictlyConfidential, ..AsOf::public(Day::today()) };
    let sql = "select 1 from entry where act like 'taken from %' and statements > 0 and standing = 0 \
               and exists (select 1 from entry where act like 'undid: %')";
    if !Reader::open(workspace, as_of)?.query(sql, &[])?.rows.is_empty() {
        let workspace = remit_files::for_shell(&arguments.workspace);
        say!(
            "nothing of it is new here; what was taken in before and then taken back stays so: `remit history {workspace}` lists the entries, \
             and `remit undo {workspace} ENTRY` of the one that took it back restores it"
        );
    }
    Ok(())
}

/// Says what was said here itself and what takes its place, with who says so by which workspace: it comes in the name that the other tells.
fn tell_replaced(taken: &Taken, other: &Workspace) {
    if taken.replaced == 0 {
        return;
    }
    let name = other.folder().file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    say!(
        "{} of them {} the place of what was said in this workspace itself:",
        taken.replaced,
        of_number(taken.replaced, ["takes", "take"])
    );
    for (was, now) in taken.replacing.iter().take(LISTED) {
        let day = |s: &Statement| s.said_at.get(..10).unwrap_or_default().to_owned();
        say!("  {} {} ({}, {}): {}", was.draft.kind, was.draft.record, was.author, day(was), instead(was, now));
        say!("    by {}, {}, as {name} says, signed with {}", now.author, day(now), now.workspace);
    }
}

/// What becomes of a statement by the one that takes its place.
fn instead(was: &Statement, now: &Statement) -> String {
    if now.draft.withdrawn {
        return "withdrawn".to_owned();
    }
    let names: BTreeSet<&String> = was.draft.fields.keys().chain(now.draft.fields.keys()).collect();
    let value = |s: &Statement, name: &str| s.draft.fields.get(name).map_or_else(|| "nothing".to_owned(), write_value);
    let changed = names.into_iter().filter(|name| was.draft.fields.get(*name) != now.draft.fields.get(*name));
    let changed: Vec<String> = changed.map(|name| format!("{name}: {} → {}", value(was, name), value(now, name))).collect();
    if changed.is_empty() { "its source, dates or marking".to_owned() } else { changed.join("; ") }
}

/// How many statements were recorded, and how they are taken back where an undo would take something back.
fn recorded(arguments: &Arguments, Recorded { entry, statements }: &Recorded, is_undone: bool) -> String {
    let undo = if arguments.dry_run {
        String::from(" (dry run: nothing was)")
    } else if *statements > 0 && is_undone {
        let them = of_number(*statements, ["it", "them"]);
        format!("\n  remit undo {} {entry} takes {them} back", remit_files::for_shell(&arguments.workspace))
    } else {
        String::new()
    };
    format!("{} recorded{undo}", counted(*statements, "statement"))
}
