//! What answers lack of the institutions that a sheet has brought in: their classes, by which support is counted. Each is guessed from
//! the name, as the words of the model tell it, and somebody records it.

use super::counted::{self, CLASSES};
use super::steps::from_sheets;
use super::tabs::{OF_FILE, other_tabs};
use crate::context::{Context, Query};
use crate::error::PageError;
use crate::frame::{Choice, DonePage, Page};
use crate::m;
use crate::messages::label;
use crate::post::{Fields, PostedForm};
use crate::request::{Author, PageRequest};
use crate::response::{PageResult, html, see_other};
use askama::Template;
use remit_ask::UNCLASSED;
use remit_model::{Code, Marking, Model, comparable};
use remit_store::{Cell, Draft, Register};
use serde::Deserialize;

/// The class of who pays where the name tells none.
const PAYS: &str = "donor";
/// As many as one form asks of; the others stand in it when these are said.
const MOST: usize = 100;

#[derive(Template)]
#[template(path = "sheets/classes.html")]
struct ClassesPage {
    page: Page,
    entry: String,
    /// What the field is called.
    class: String,
    actors: Vec<Unclassed>,
    /// The file that brought them in, for the ways to what is left of it.
    file: Vec<(&'static str, String)>,
}

/// How many institutions of an entry have no class, and the way to give them one. Where all of them have, what earlier sheets left
/// without: whoever brings in all sheets of a file first finds it after the last one.
pub(super) fn missing(cx: &Context, entry: &str) -> Result<(usize, String), PageError> {
    let own = of_entry(cx, entry)?.len();
    let (missing, entry) = if own > 0 { (own, entry) } else { (of_entry(cx, "")?.len(), "") };
    let of_file = OF_FILE.map(|name| (name, cx.request.get(name)));
    Ok((missing, cx.link("/sheets/classes", &[&[("entry", entry)][..], &of_file[..]].concat())))
}

/// An institution without a class, with those that it may have.
struct Unclassed {
    record: String,
    name: String,
    choices: Vec<Choice>,
}

/// The same as the query gives it.
#[derive(Deserialize)]
pub(super) struct Actor {
    record: String,
    name: String,
    supports: f64,
    markings: Option<String>,
}

impl Actor {
    /// The class that its name tells, or that it pays. `homes` are the countries of the workspace.
    fn class<'m>(&self, model: &'m Model, homes: &[String]) -> &'m str {
        let told = model.lists.told_by(CLASSES, &self.name);
        // A state that pays is no ministry, whatever its name has in it; that of the workspace's own country is no donor.
        match (told, self.supports > 0.0) {
            (Some(class @ ("mission" | "organisation")), _) | (Some(class), false) => class,
            (Some(class @ "ministry"), true) if homes.iter().any(|home| self.is_of(model, home)) => class,
            (_, true) => PAYS,
            (None, false) => "",
        }
    }

    /// True where its name names a country, and no other.
    fn is_of(&self, model: &Model, country: &str) -> bool {
        let spaced = |text: &str| format!(" {} ", comparable(text));
        let Some(list) = model.lists.get("country") else { return false };
        let called = |code: &Code| -> Vec<String> {
            let words = model.lists.texts("country").filter(|(_, of)| *of == code.code).map(|(text, _)| spaced(&text));
            code.label.all().map(|(_, label)| spaced(label)).chain(words).collect()
        };
        let name = spaced(&self.name);
        let own = list.get(country).map(&called).unwrap_or_default();
        let found = own.iter().filter(|text| name.contains(text.as_str())).max_by_key(|text| text.len());
        let Some(rest) = found.map(|text| name.replacen(text.as_str(), "  ", 1)) else { return false };
        !list.codes().iter().any(|code| called(code).iter().any(|text| rest.contains(text.as_str())))
    }

    /// The highest marking of the statements about the institution.
    fn marking(&self) -> Marking {
        let markings = self.markings.as_deref().unwrap_or_default().split(',').filter(|m| !m.is_empty());
        markings.map(|m| m.parse().unwrap_or(Marking::StrictlyConfidential)).fold(Marking::Public, Marking::max)
    }
}

/// The institutions of an entry that have no class: those that it says something of, and those that its projects are of; without an
/// entry, all that have none.
pub(super) fn of_entry(cx: &Context, entry: &str) -> Result<Vec<Actor>, PageError> {
    let unclassed = Query { file: "institutions without a class", sql: UNCLASSED };
    cx.rows(unclassed, &[("entry", Cell::Text(entry.to_owned()))])
}

pub(super) async fn show(request: PageRequest, Author(_): Author) -> PageResult {
    request.read(draw).await
}

fn draw(cx: &Context) -> PageResult {
    let entry = cx.request.get("entry").to_owned();
    if let Some(told) = cx.told() {
        let (answers, _) = counted::of_entry(cx, &entry)?;
        let another = (m::another_file(), cx.link("/sheets", &[]));
        return html(&DonePage {
            page: Page::new(cx, m::brought_in(), vec![from_sheets(cx)]),
            entry: told.all("recorded").collect(),
            said: m::classes_recorded(told.number("n").to_string()),
            note: String::new(),
            ways: answers.into_iter().map(|w| (w.text, w.href)).chain(other_tabs(cx)?).chain([another]).collect(),
        });
    }
    let model = cx.model();
    let field = model.kind("actor").and_then(|kind| kind.field("class"));
    let homes = cx.app().workspace().countries()?;
    let unclassed = |actor: Actor| {
        let guessed = actor.class(model, &homes);
        Unclassed { choices: counted::class_choices(model, guessed, |_| true), record: actor.record, name: actor.name }
    };
    html(&ClassesPage {
        page: Page::new(cx, m::classes_say(), vec![from_sheets(cx)]),
        class: field.map_or(String::new(), |f| label(&f.label)),
        actors: of_entry(cx, &entry)?.into_iter().take(MOST).map(unclassed).collect(),
        file: OF_FILE.map(|name| (name, cx.request.get(name).to_owned())).into(),
        entry,
    })
}

/// Records what was chosen, as one entry.
pub(super) async fn save(request: PageRequest, Author(author): Author, PostedForm(posted): PostedForm<Fields>) -> PageResult {
    request
        .read(move |cx| {
            let entry = posted.get("entry");
            let said = |n: usize| (posted.get(&format!("record.{n}")), posted.get(&format!("class.{n}")));
            let said: Vec<(&str, &str)> = (0..).map(said).take_while(|(record, _)| !record.is_empty()).collect();
            let open = of_entry(cx, entry)?;
            let mut register = Register::open(cx.app().workspace())?;
            let mut changes = register.entry(&author, "changed")?;
            let mut n = 0_u64;
            for (record, class) in said.into_iter().filter(|(_, class)| cx.model().lists.has(CLASSES, class)) {
                let Some(actor) = open.iter().find(|a| a.record == record) else { continue };
                let mut draft = Draft::new(cx.model(), "actor");
                draft.record.clone_from(&actor.record);
                draft.marking = draft.marking.max(actor.marking());
                draft.fields.insert("class".into(), class.into());
                changes.append(&draft)?;
                n += 1;
            }
            let of_file = OF_FILE.map(|name| (name, posted.get(name)));
            let at: Vec<(&str, &str)> = [("entry", entry)].into_iter().chain(of_file).collect();
            if n == 0 {
                return Ok(see_other(&cx.link("/sheets/classes", &at)));
            }
            let told = vec![("recorded", changes.commit()?.entry), ("n", n.to_string())];
            Ok(see_other(&cx.telling("/sheets/classes", &at, told)))
        })
        .await
}
