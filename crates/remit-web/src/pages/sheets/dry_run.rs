//! What a sheet would do, and bringing it in.

use super::{from_sheets, kept};
use crate::context::Context;
use crate::error::PageError;
use crate::frame::Page;
use crate::m;
use crate::messages::label;
use crate::post::PostedForm;
use crate::reason::Reason;
use crate::request::{Author, PageRequest};
use crate::response::{PageResult, html, see_other};
use askama::Template;
use remit_model::Marking;
use remit_sheet::{Example, Finding, Outcome, SheetJob, Unmatched, import_sheet};
use serde::Deserialize;

/// The most names and cells that the page lists.
const MOST: usize = 100;

#[derive(Template)]
#[template(path = "sheets/try.html")]
struct TryPage {
    page: Page,
    sheet: SheetForm,
    rows: u64,
    counts: Vec<(String, u64)>,
    unmatched: Vec<Unmatched>,
    findings: Vec<(Finding, Reason)>,
    all_findings: usize,
    examples: Vec<Example>,
    change: String,
    again: String,
    nothing: bool,
    gone: bool,
}

/// A sheet that was sent, with its mapping where it has one.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct SheetForm {
    file: String,
    name: String,
    mapping: String,
    /// `yes` to withdraw what the sheet says no longer.
    replace: String,
}

impl SheetForm {
    fn asked(request: &PageRequest) -> SheetForm {
        let own = |name: &str| request.get(name).to_owned();
        SheetForm { file: own("file"), name: own("name"), mapping: own("mapping"), replace: own("replace") }
    }

    fn job(&self, cx: &Context, author: &str, dry_run: bool) -> Result<SheetJob, PageError> {
        let mapping = Some(&self.mapping).filter(|m| !m.is_empty());
        Ok(SheetJob {
            file: kept::path(cx.app(), &self.file)?,
            name: self.name.clone(),
            mapping: mapping.map(|m| kept::mapping(cx.app(), m)).transpose()?,
            marking: Marking::Public,
            author: author.to_owned(),
            clearance: cx.app().clearance(),
            dry_run,
            replace: self.replace == "yes",
        })
    }
}

pub(super) async fn show(request: PageRequest, Author(author): Author) -> PageResult {
    request
        .read(move |cx| {
            let sheet = SheetForm::asked(cx.request);
            let outcome = import_sheet(cx.app().workspace(), &sheet.job(cx, &author, true)?)?;
            draw(cx, sheet, outcome)
        })
        .await
}

fn draw(cx: &Context, sheet: SheetForm, outcome: Outcome) -> PageResult {
    let all = [("file", sheet.file.as_str()), ("name", &sheet.name), ("mapping", &sheet.mapping)];
    let all_findings = outcome.findings.len();
    let found = |f: Finding| {
        let reason = Reason::new(cx.model(), f.rule, &f.reason);
        (f, reason)
    };
    html(&TryPage {
        page: Page::new(cx, m::what_would_do(), vec![from_sheets(cx)]),
        rows: outcome.rows,
        counts: counts(&outcome),
        change: cx.link("/sheets/map", &all),
        again: cx.link("/sheets/map", &[&all[..], &[("kind", "relation"), ("more", "yes")]].concat()),
        nothing: outcome.added + outcome.changed == 0,
        gone: outcome.gone > 0,
        unmatched: outcome.unmatched.into_iter().take(MOST).map(|u| Unmatched { kind: kind(cx, &u.kind), ..u }).collect(),
        findings: outcome.findings.into_iter().take(MOST).map(found).collect(),
        all_findings,
        examples: outcome.examples.into_iter().map(|e| Example { kind: kind(cx, &e.kind), ..e }).collect(),
        sheet,
    })
}

fn counts(outcome: &Outcome) -> Vec<(String, u64)> {
    let mut counts = vec![
        (m::try_new(), outcome.added),
        (m::try_changed(), outcome.changed),
        (m::try_as_before(), outcome.unchanged),
        (m::try_unmatched(), outcome.unmatched.len() as u64),
        (m::try_unusable(), outcome.findings.len() as u64),
    ];
    if outcome.gone > 0 {
        counts.push((m::try_gone(), outcome.gone));
    }
    if outcome.conflicts > 0 {
        counts.push((m::try_conflict(), outcome.conflicts));
    }
    counts
}

/// What a kind is called.
fn kind(cx: &Context, name: &str) -> String {
    cx.model().kind(name).map_or_else(|| name.to_owned(), |k| label(&k.label))
}

impl TryPage {
    /// What would become of a statement.
    fn what(&self, code: &str) -> String {
        match code {
            "added" => m::try_new(),
            "changed" => m::try_changed(),
            _ => m::try_gone(),
        }
    }
}

pub(super) async fn bring(request: PageRequest, Author(author): Author, PostedForm(sheet): PostedForm<SheetForm>) -> PageResult {
    request
        .read(move |cx| {
            import_sheet(cx.app().workspace(), &sheet.job(cx, &author, false)?)?;
            Ok(see_other(&cx.link("/history", &[])))
        })
        .await
}
