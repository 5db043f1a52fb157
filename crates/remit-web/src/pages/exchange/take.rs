//! Taking in a file that another office sent: it is checked first, then shown, and what it brings can be undone.

use super::held::{Held, hold, parcels};
use super::overview::{counted, draw, from_exchange, gone, left_out, wrong};
use crate::cells::{field_called, says};
use crate::context::Context;
use crate::error::PageError;
use crate::figures::{date, listed, moment};
use crate::frame::{DonePage, Page, marking};
use crate::language::locale;
use crate::m;
use crate::messages::label;
use crate::post::{Fields, PostedForm, SentFile, SentFiles};
use crate::request::{Author, PageRequest};
use crate::response::{PageResult, html, refused, see_other};
use crate::typed;
use askama::Template;
use remit_exchange::age::Opening;
use remit_exchange::{ExchangeError, Opened, Parcel, Partners, Unopened, identity};
use remit_model::said;
use remit_store::{Cut, Fault, Reason, Register, Statement, Taken};
use std::collections::BTreeSet;

/// Statements of a preview that are listed.
const LISTED: usize = 20;

/// Opens what was sent, and checks all of it; nothing of it counts yet.
pub(super) async fn open(request: PageRequest, Author(_): Author, SentFiles(mut files, fields): SentFiles) -> PageResult {
    request
        .read(move |cx| {
            let Some(file) = files.pop() else { return refused(draw(cx, &Fields::default(), "", &m::exchange_choose())) };
            match checked(cx, &file, fields.get("passphrase")) {
                Ok(opened) => {
                    let name = hold(cx, Held::Opened(Box::new(opened)));
                    Ok(see_other(&cx.link("/exchange/opened", &[("held", &name)])))
                }
                Err(e) => refused(draw(cx, &Fields::default(), "", &format!("{} {e}", m::exchange_not_opened(&file.name)))),
            }
        })
        .await
}

/// Who signed a file of this name before must have signed this one too.
fn checked(cx: &Context, file: &SentFile, passphrase: &str) -> Result<Opened, String> {
    let workspace = cx.app().workspace();
    let place = tempfile::Builder::new().prefix(".received").tempdir_in(workspace.folder()).map_err(|e| e.to_string())?;
    let path = place.path().join("received.remit");
    remit_files::write_whole(&path, &file.bytes).map_err(|e| e.to_string())?;
    let opened = || -> Result<Opened, ExchangeError> {
        let parcel = Parcel::read(&path)?;
        let opening = match parcel.is_encrypted() {
            false => None,
            true if parcel.opens_with_passphrase()? => Some(Opening::Passphrase(passphrase.to_owned())),
            true => Some(Opening::Identities(vec![identity(workspace)?])),
        };
        let key = Partners::of(workspace)?.key_of(&parcel.about.name).map(str::to_owned);
        remit_exchange::open(parcel, &Unopened { opening, key }, workspace.folder(), Some(workspace.model().clone()))
    };
    // Where it lies meanwhile is nobody's business.
    let opened = opened().map_err(|e| e.to_string().replace(&path.display().to_string(), &file.name));
    opened.map_err(|why| said(&locale(), &why).unwrap_or(why))
}

#[derive(Template)]
#[template(path = "exchange/opened.html")]
struct OpenedPage {
    page: Page,
    held: String,
    about: Vec<(String, String)>,
    /// The key that signed it, where nothing came from it before.
    unknown_key: String,
    counts: Vec<(String, u64)>,
    first: Vec<String>,
    more: u64,
    conflicts: u64,
    conflicting: Vec<String>,
    replaced: u64,
    /// What was said here, and what takes its place.
    replacing: Vec<(String, String)>,
    name: String,
    refused: Vec<(String, String)>,
    left_out: String,
    /// Statements here that lose values; empty where none does.
    carried_out: String,
    /// Statements that come without what was erased here; empty where none does.
    erased: String,
    /// The records that were made one with one that is erased, in a sentence; empty where none was.
    made_one: String,
    /// The records that were made one with another, of which something is said again of that, in a sentence; empty where none were.
    became_one: String,
    /// Documents here that are erased with it, in a sentence; empty where none is.
    imports_erased: String,
    nothing: bool,
}

/// What would come, and what of it needs somebody to look.
pub(super) async fn opened(request: PageRequest, Author(author): Author) -> PageResult {
    request.read(move |cx| preview(cx, &author)).await
}

/// What stays where it is from, in words; nothing where nothing does.
fn not_in_it(activities: u64, data_sets: &[String]) -> Option<String> {
    match data_sets {
        [] if activities == 0 => None,
        [] => Some(m::exchange_activities_behind(activities)),
        names => Some(m::exchange_files_behind(listed(names))),
    }
}

fn preview(cx: &Context, author: &str) -> PageResult {
    let name = cx.request.get("held");
    let held = parcels(cx).get(name).ok_or_else(gone)?;
    let Held::Opened(opened) = &*held else { return Err(gone()) };
    let Taken {
        recorded,
        refused,
        kinds,
        first,
        conflicts,
        conflicting,
        replaced,
        replacing,
        carried_out,
        erased,
        made_one,
        became_one,
        imports_erased,
        files_left: _,
        left,
        redacted,
        marked_since,
        // What is taken in was held back where it came from.
        held_back: _,
        behind,
    } = take_from(cx, opened, author, true)?;
    let about = &opened.parcel.about;
    html(&OpenedPage {
        page: Page::new(cx, m::exchange_opened(&about.name), from_exchange(cx)),
        held: name.to_owned(),
        about: said_of_itself(cx, opened, &behind),
        unknown_key: unknown_key(cx, &about.name)?,
        counts: counted(cx, kinds),
        more: recorded.statements.saturating_sub(LISTED as u64),
        first: first.iter().take(LISTED).map(|s| line(cx, s)).collect::<Result<_, _>>()?,
        conflicts,
        conflicting: conflicting.iter().take(LISTED).map(|s| line(cx, s)).collect::<Result<_, _>>()?,
        replaced,
        replacing: replacing
            .iter()
            .take(LISTED)
            .map(|(was, now)| Ok((line(cx, was)?, line(cx, now)?)))
            .collect::<Result<_, PageError>>()?,
        name: about.name.clone(),
        refused: refused.iter().map(|(s, fault)| Ok((line(cx, s)?, why(cx, s, fault)))).collect::<Result<_, PageError>>()?,
        left_out: left_out(cx, left, &marked_since, redacted, m::exchange_left_there),
        carried_out: if carried_out > 0 { m::exchange_carried_out(carried_out) } else { String::new() },
        erased: if erased > 0 { m::exchange_erased(erased) } else { String::new() },
        made_one: said_of_made_one(&made_one),
        became_one: said_of_became_one(&became_one),
        imports_erased: said_of_erased(&imports_erased),
        nothing: recorded.statements == 0,
    })
}

/// What a file says of itself: who made it and when, up to which marking, signed with which key, and what is not in it.
fn said_of_itself(cx: &Context, opened: &Opened, behind: &[String]) -> Vec<(String, String)> {
    let about = &opened.parcel.about;
    let own = [
        (m::exchange_made_by(), about.author.clone()),
        (m::exchange_made_on(), moment(&about.made)),
        (m::data_marking(), marking(cx.model(), &about.clearance)),
        (m::exchange_signed_with(), opened.parcel.workspace.clone()),
    ];
    own.into_iter().chain(not_in_it(about.behind, behind).map(|words| (m::exchange_not_in_it(), words))).collect()
}

/// Why a statement is not taken. What the workspace has instead helps nobody who has the other's model.
fn why(cx: &Context, s: &Statement, fault: &Fault) -> String {
    match &fault.reason {
        Reason::Unknown { name, .. } => m::exchange_not_known(name),
        reason => {
            let field = field_called(cx.model(), cx.model().kind(&s.draft.kind), &fault.field);
            m::pair(field, typed::refused(cx.model(), reason))
        }
    }
}

/// That nothing came from an office before, so that its key is to be asked for; nothing where something did.
fn unknown_key(cx: &Context, name: &str) -> Result<String, PageError> {
    let is_known = Partners::of(cx.app().workspace()).map_err(|e| wrong(&e))?.key_of(name).is_some();
    Ok(if is_known { String::new() } else { m::exchange_unknown_key(name) })
}

/// Which records were made one with one that is erased; nothing where none was.
fn said_of_made_one(records: &BTreeSet<(String, String)>) -> String {
    let records: Vec<&str> = records.iter().map(|(_, record)| record.as_str()).collect();
    if records.is_empty() { String::new() } else { m::exchange_made_one(listed(&records)) }
}

/// Which records were made one with another, of which something is said again of that; nothing where none were.
fn said_of_became_one(records: &BTreeSet<(String, String, String)>) -> String {
    let records: Vec<String> = records.iter().map(|(_, gone, kept)| m::exchange_one_with(gone, kept)).collect();
    if records.is_empty() { String::new() } else { m::exchange_became_one(listed(&records)) }
}

/// Which documents are erased here too; nothing where none is.
fn said_of_erased(imports: &BTreeSet<String>) -> String {
    let imports: Vec<&str> = imports.iter().map(String::as_str).collect();
    if imports.is_empty() { String::new() } else { m::exchange_imports_erased(listed(&imports)) }
}

/// A statement in a line: its record, its values, its author and day.
fn line(cx: &Context, s: &Statement) -> Result<String, PageError> {
    let kind = cx.model().kind(&s.draft.kind);
    let of = kind.map_or_else(|| s.draft.kind.clone(), |k| label(&k.label));
    let what = match (kind, s.draft.withdrawn) {
        (Some(kind), false) => says(cx, kind, &s.draft.fields)?,
        _ => m::says_no_more(s.draft.record.clone()),
    };
    Ok(m::exchange_line(&s.author, date(s.said_at.get(..10).unwrap_or_default()), of, what))
}

/// Nobody takes in what they could not see afterwards.
fn take_from(cx: &Context, opened: &Opened, author: &str, dry_run: bool) -> Result<Taken, PageError> {
    let cut = Cut::cleared(cx.app().clearance());
    let taken = Register::open(cx.app().workspace())?.take_from(&opened.workspace, author, &cut, dry_run);
    taken.map_err(|e| wrong(&e.into()))
}

pub(super) async fn take(request: PageRequest, Author(author): Author, PostedForm(posted): PostedForm<Fields>) -> PageResult {
    request
        .read(move |cx| {
            let held = parcels(cx).get(posted.get("held")).ok_or_else(gone)?;
            let Held::Opened(opened) = &*held else { return Err(gone()) };
            let taken = take_from(cx, opened, &author, false)?;
            let mut partners = Partners::of(cx.app().workspace()).map_err(|e| wrong(&e))?;
            partners.took(&opened.parcel);
            partners.keep(cx.app().workspace()).map_err(|e| wrong(&e))?;
            parcels(cx).forget(posted.get("held"));
            let told = vec![
                ("name", opened.parcel.about.name.clone()),
                ("statements", taken.recorded.statements.to_string()),
                ("conflicts", taken.conflicts.to_string()),
                ("replaced", taken.replaced.to_string()),
            ];
            Ok(see_other(&cx.telling("/exchange/taken", &[("entry", &taken.recorded.entry)], told)))
        })
        .await
}

/// What was taken in, with undo beside it.
pub(super) async fn taken(request: PageRequest, Author(_): Author) -> PageResult {
    request
        .read(|cx| {
            // What is not known any more stands in the history.
            let Some(told) = cx.told() else { return Ok(see_other(&cx.link("/history", &[]))) };
            let number = |name: &str| told.number(name);
            let mut ways = vec![(m::see_history(), cx.link("/history", &[])), (m::exchange(), cx.link("/exchange", &[]))];
            if number("conflicts") > 0 {
                ways.insert(0, (m::exchange_conflicts(number("conflicts")), cx.link("/ask/conflicts", &[])));
            }
            html(&DonePage {
                page: Page::new(cx, m::exchange_taken(), from_exchange(cx)),
                entry: cx.request.get("entry").to_owned(),
                said: m::exchange_taken_n(told.all("name").next().unwrap_or_default(), number("statements")),
                note: if number("replaced") > 0 { m::exchange_replaced(number("replaced")) } else { String::new() },
                ways,
            })
        })
        .await
}
