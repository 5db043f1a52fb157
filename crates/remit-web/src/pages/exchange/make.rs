//! Making a file for another office: what is new for it, a part of the workspace, or all of it.

use super::held::{Held, hold, parcels};
use super::overview::{draw, from_exchange, gone, left_out, wrong};
use crate::context::Context;
use crate::error::PageError;
use crate::frame::Page;
use crate::held_back::SMALL_COUNTS;
use crate::m;
use crate::noted;
use crate::post::{Fields, PostedForm};
use crate::request::{Author, PageRequest};
use crate::response::{PageResult, html, parcel, refused, see_other};
use askama::Template;
use remit_exchange::age::{Lock, Recipient};
use remit_exchange::{MadeParcel, SentParts, bundle, pack};
use remit_model::Marking;
use remit_store::{Cut, HeldBack, marking_said};

/// Characters that a passphrase has at least: who has the file can try as long as they like.
const SHORTEST: usize = 12;

/// The file in the folder that it lies in.
const FILE: &str = "made.remit";

/// Bytes of the largest file that goes through a browser.
const LARGEST: u64 = 512 << 20;

/// Makes what the form asks for; what is wrong with it stands in the form again.
pub(super) async fn make(request: PageRequest, Author(author): Author, PostedForm(typed): PostedForm<Fields>) -> PageResult {
    request
        .read(move |cx| match asked(cx, &typed) {
            Err(why) => refused(draw(cx, &typed, &why, "")),
            Ok(asked) => {
                let made = put_together(cx, &asked, &author)?;
                match made {
                    None => refused(draw(cx, &typed, &m::exchange_nothing_new(), "")),
                    Some(name) => Ok(see_other(&cx.link("/exchange/made", &[("held", &name)]))),
                }
            }
        })
        .await
}

/// What is to be made.
struct WantedParcel {
    parts: SentParts,
    /// The office, where what is new for it is asked for.
    office: Option<String>,
    lock: Option<Lock>,
    /// That counts of few people go out too.
    small_counts: bool,
}

fn asked(cx: &Context, typed: &Fields) -> Result<WantedParcel, String> {
    let office = typed.get("office").to_owned();
    let (is_bundle, is_whole) = (typed.get("sort") == "bundle", typed.get("sort") == "whole");
    if is_bundle && office.is_empty() {
        return Err(m::exchange_needs_office());
    }
    let may_all = cx.app().clearance() == Marking::StrictlyConfidential;
    if is_whole && !may_all {
        return Err(m::exchange_not_all());
    }
    let clearance = typed.get("clearance");
    let clearance = marking_said(cx.model(), clearance).map_err(|_| m::error_no_marking(clearance))?;
    let country = typed.get("country");
    let countries = match country {
        "" => Vec::new(),
        code if cx.model().lists.get("country").is_some_and(|l| l.find(code).is_some()) => vec![code.to_owned()],
        other => return Err(m::error_no_country(other)),
    };
    let kinds = typed.all("kind").filter(|k| cx.model().kind(k).is_some()).map(str::to_owned).collect();
    // Nobody sends what they may not see.
    let clearance = clearance.min(cx.app().clearance());
    let cut = Cut { clearance, countries, kinds, after: 0, imports: !is_bundle, ..Cut::default() };
    Ok(WantedParcel {
        parts: if is_whole { SentParts::Whole } else { SentParts::Cut(cut) },
        office: is_bundle.then_some(office),
        lock: lock(typed, !is_bundle)?,
        small_counts: !typed.get(SMALL_COUNTS).is_empty(),
    })
}

/// Who may open it.
fn lock(typed: &Fields, is_needed: bool) -> Result<Option<Lock>, String> {
    let (passphrase, keys) = (typed.get("passphrase"), typed.get("keys"));
    match (passphrase.is_empty(), keys.is_empty()) {
        (true, true) if is_needed => Err(m::exchange_needs_lock()),
        (true, true) => Ok(None),
        (false, false) => Err(m::exchange_one_lock()),
        (false, true) if passphrase != typed.get("again") => Err(m::exchange_not_same()),
        (false, true) if passphrase.chars().count() < SHORTEST => Err(m::exchange_short(SHORTEST)),
        (false, true) => Ok(Some(Lock::Passphrase(passphrase.to_owned()))),
        (true, false) => {
            let all = keys.split_whitespace().map(|key| key.parse::<Recipient>().map_err(|_| m::exchange_no_key(key)));
            Ok(Some(Lock::Recipients(all.collect::<Result<_, _>>()?)))
        }
    }
}

/// Makes it and holds it; nothing where there is nothing to send.
fn put_together(cx: &Context, asked: &WantedParcel, author: &str) -> Result<Option<String>, PageError> {
    let workspace = cx.app().workspace();
    let place = tempfile::Builder::new().prefix(".sending").tempdir_in(workspace.folder());
    let place = place.map_err(|e| PageError::internal(&e))?;
    let file = place.path().join(FILE);
    let lock = asked.lock.as_ref();
    let (clearance, kinds): (Marking, &[String]) = match &asked.parts {
        SentParts::Whole => (Marking::StrictlyConfidential, &[]),
        SentParts::Cut(cut) => (cut.clearance, &cut.kinds),
    };
    let what = format!("/exchange/make {}", asked.office.as_deref().unwrap_or_default());
    noted::taken_along(cx.app(), what.trim(), clearance, kinds)?;
    let parts = match &asked.parts {
        SentParts::Whole => SentParts::Whole,
        SentParts::Cut(cut) => {
            let held_back = HeldBack::unless(asked.small_counts, workspace, clearance)?;
            SentParts::Cut(Cut { held_back, ..cut.clone() })
        }
    };
    let made = match (&asked.office, &parts) {
        (Some(office), SentParts::Cut(cut)) => bundle(workspace, &file, office, None, cut, lock, author),
        (_, parts) => pack(workspace, &file, parts, lock, author),
    };
    let made = made.map_err(|e| wrong(&e))?;
    Ok(made.parcel.is_some().then(|| hold(cx, Held::Made(Box::new(made), place))))
}

#[derive(Template)]
#[template(path = "exchange/made.html")]
struct MadePage {
    page: Page,
    said: String,
    left_out: String,
    held_back: String,
    note: String,
    file: String,
    is_encrypted: bool,
}

/// What was made, before it goes: what is in it and what was left out.
pub(super) async fn made(request: PageRequest, Author(_): Author) -> PageResult {
    request
        .read(|cx| {
            let held = parcels(cx).get(cx.request.get("held")).ok_or_else(gone)?;
            let Held::Made(made, _) = &*held else { return Err(gone()) };
            let MadeParcel { parcel: Some(parcel), statements, left, redacted, held_back, marked_since } = &**made else {
                return Err(gone());
            };
            html(&MadePage {
                page: Page::new(cx, m::exchange_made(), from_exchange(cx)),
                said: m::exchange_made_n(parcel.about.imports, *statements),
                left_out: left_out(cx, *left, marked_since, *redacted, m::exchange_left_out),
                held_back: if *held_back > 0 { m::exchange_held_back(*held_back) } else { String::new() },
                note: parcel.note.clone(),
                file: cx.link("/exchange/file", &[("held", cx.request.get("held"))]),
                is_encrypted: parcel.is_encrypted(),
            })
        })
        .await
}

/// The file itself.
pub(super) async fn file(request: PageRequest, Author(_): Author) -> PageResult {
    request
        .read(|cx| {
            let held = parcels(cx).get(cx.request.get("held")).ok_or_else(gone)?;
            let Held::Made(made, place) = &*held else { return Err(gone()) };
            let Some(made) = &made.parcel else { return Err(gone()) };
            let bytes = remit_files::read(&place.path().join(FILE), LARGEST);
            let bytes = bytes.map_err(|_| PageError::bad_request(m::exchange_large()))?;
            let about = &made.about;
            let name = [about.name.as_str(), about.office.as_str(), about.made.get(..10).unwrap_or_default()];
            let name: Vec<&str> = name.into_iter().filter(|n| !n.is_empty()).collect();
            Ok(parcel(&name.join("-"), bytes))
        })
        .await
}
