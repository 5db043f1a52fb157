//! Activities that were sent: how many of them count as support to the security sector, which do not and why, and saying of one
//! that it is. What is said so is *stated*: a project of the register, beside the activity as it was published.

use super::kept;
use super::steps::from_sheets;
use crate::cells::country_name;
use crate::context::{Context, Query, query};
use crate::error::PageError;
use crate::frame::{Choice, Link, Page};
use crate::m;
use crate::messages::label;
use crate::post::{Fields, PostedForm, SentFile};
use crate::request::{Author, PageRequest};
use crate::response::{PageResult, html, see_other};
use askama::Template;
use remit_ask::{PROJECTS_BY_COUNTRY, Question};
use remit_import::{Job, Progress};
use remit_model::{Code, Marking, Model};
use remit_store::{Cell, Draft, KnownRecord, Register};
use serde::Deserialize;

/// Endings of files of activities (IATI), also packed.
pub(super) const ENDINGS: [&str; 3] = ["xml", "gz", "zip"];

#[derive(Template)]
#[template(path = "sheets/counted.html")]
struct CountedPage {
    page: Page,
    dataset: String,
    lead: String,
    entry: String,
    ways: Vec<Link>,
    left: Vec<Left>,
    more: usize,
}

/// An activity that does not count.
struct Left {
    identifier: String,
    title: String,
    href: String,
    reporter: String,
    why: String,
    stated: bool,
    /// The classes of who may receive it; the one that its title tells is chosen.
    classes: Vec<Choice>,
}

#[derive(Deserialize)]
struct ActivityCounts {
    /// How often the data set was imported.
    held: usize,
    activities: usize,
    counted: usize,
}

/// An activity as the query gives it.
#[derive(Deserialize)]
struct CountedActivity {
    identifier: String,
    title: Option<String>,
    reporter: String,
    starts: Option<String>,
    ends: Option<String>,
    status: Option<String>,
    /// Of what was imported; what is said of it is no less.
    marking: String,
    doubted: f64,
    countries: Option<String>,
    stated: f64,
}

#[derive(Deserialize)]
struct OfCountry {
    country: String,
    n: usize,
}

/// Reads a file of activities as the command line does; gives the data set that it became, or none where it holds no activity. It is
/// known by its name: the next file of the same name that is sent supersedes it. It is called so whatever else is there: a name that is
/// free would tell what is hidden.
pub(super) fn import(cx: &Context, file: &SentFile, author: &str) -> Result<Option<String>, PageError> {
    let workspace = cx.app().workspace();
    let folder = workspace.folder().join("files").join("sent");
    let name = kept::plain_name(&file.name);
    let (path, dataset) = (folder.join(&name), Some(format!("sent/{name}")));
    let written = std::fs::create_dir_all(&folder).and_then(|()| remit_files::write_whole(&path, &file.bytes));
    written.map_err(|e| PageError::internal(&e))?;
    let job = Job { files: vec![path.clone()], dataset, marking: Marking::Public, author: author.to_owned(), ..Job::default() };
    let report = remit_import::import(workspace, &job, &Progress::default());
    // It is read: what it says is in the workspace, under its hash.
    let _ = std::fs::remove_file(&path);
    let report = report.map_err(|e| PageError::bad_request(e.to_string()))?;
    Ok(report.imports.first().filter(|i| i.records > 0 || i.unchanged).map(|i| i.dataset.clone()))
}

pub(super) async fn show(request: PageRequest, Author(_): Author) -> PageResult {
    request.read(draw).await
}

fn draw(cx: &Context) -> PageResult {
    let dataset = cx.request.get("dataset").to_owned();
    let of = [("dataset", Cell::Text(dataset.clone()))];
    let counts = cx.rows::<ActivityCounts>(query!("counts.sql"), &of)?.into_iter().next();
    // Only a data set that is there is named on the page.
    let counts = counts.filter(|counts| counts.held > 0).ok_or_else(|| PageError::not_found(m::error_no_sheet()))?;
    let ActivityCounts { activities, counted, .. } = counts;
    let left: Vec<CountedActivity> = cx.rows(query!("counted.sql"), &of)?;
    let countries: Vec<OfCountry> = cx.rows(query!("countries_of.sql"), &of)?;
    let mut ways = answers(cx, &countries);
    ways.push(Link::new(m::see_problems(), cx.link("/problems", &[])));
    ways.push(Link::new(m::another_file(), cx.link("/sheets", &[])));
    html(&CountedPage {
        page: Page::new(cx, m::brought_in(), vec![from_sheets(cx)]),
        lead: m::counted_of(counted, activities - counted.min(activities), activities, &dataset),
        entry: cx.request.get("entry").to_owned(),
        ways,
        more: (activities - counted.min(activities)).saturating_sub(left.len()),
        left: left.into_iter().map(|a| view(cx, a)).collect(),
        dataset,
    })
}

/// The ways to what is told of each country.
fn answers(cx: &Context, countries: &[OfCountry]) -> Vec<Link> {
    let named = countries.iter().filter(|c| !c.country.is_empty());
    let link = |c: &OfCountry| {
        Link::new(m::see_support_in(country_name(cx.model(), &c.country), c.n), cx.link("/support", &[("country", &c.country)]))
    };
    named.map(link).collect()
}

/// The list of classes of institutions.
pub(super) const CLASSES: &str = "actor_class";

/// The classes to choose from, and none of them.
pub(super) fn class_choices(model: &Model, guessed: &str, fits: impl Fn(&Code) -> bool) -> Vec<Choice> {
    let codes = model.lists.get(CLASSES).map_or(&[][..], |l| l.codes()).iter().filter(|c| c.status != "withdrawn" && fits(c));
    let named = codes.map(|c| Choice::new(&c.code, label(&c.label), c.code == guessed));
    std::iter::once(Choice::new("", m::not_said(), guessed.is_empty())).chain(named).collect()
}

/// True for a class of those who receive support; who gives it is none.
fn receives(class: &Code) -> bool {
    class.category != "partner"
}

fn view(cx: &Context, activity: CountedActivity) -> Left {
    let title = activity.title.filter(|t| !t.is_empty()).unwrap_or_else(|| activity.identifier.clone());
    let (model, told) = (cx.model(), cx.model().lists.told_by(CLASSES, &title).unwrap_or_default());
    Left {
        classes: class_choices(model, told, receives),
        href: cx.link("/activity", &[("identifier", &activity.identifier)]),
        title,
        reporter: activity.reporter,
        why: if activity.doubted > 0.0 { m::not_counted_doubted() } else { m::not_counted_no_sign() },
        stated: activity.stated > 0.0,
        identifier: activity.identifier,
    }
}

/// Records that an activity is support to the security sector: a project with what the activity says of itself.
pub(super) async fn state(request: PageRequest, Author(author): Author, PostedForm(posted): PostedForm<Fields>) -> PageResult {
    request
        .read(move |cx| {
            let (dataset, wanted) = (posted.get("dataset"), posted.get("activity"));
            let all: Vec<CountedActivity> = cx.rows(query!("counted.sql"), &[("dataset", Cell::Text(dataset.to_owned()))])?;
            let activity =
                all.into_iter().find(|a| a.identifier == wanted).ok_or_else(|| PageError::not_found(m::error_no_sheet()))?;
            let mut parameters = vec![("dataset", dataset.to_owned())];
            if activity.stated == 0.0 {
                let class = Some(posted.get("class")).filter(|class| cx.model().lists.has(CLASSES, class));
                parameters.push(("entry", record(cx, &activity, (dataset, class), &author)?));
            }
            let parameters: Vec<(&str, &str)> = parameters.iter().map(|(n, v)| (*n, v.as_str())).collect();
            Ok(see_other(&cx.link("/sheets/counted", &parameters)))
        })
        .await
}

/// Records the project: `class` is that of who receives it, where somebody said it.
fn record(
    cx: &Context,
    activity: &CountedActivity,
    (dataset, class): (&str, Option<&str>),
    author: &str,
) -> Result<String, PageError> {
    let mut register = Register::open(cx.app().workspace())?;
    let known = register.known("actor", cx.app().clearance())?;
    let is_reporter = |of: &&KnownRecord| of.called.iter().any(|called| called.name == activity.reporter);
    let supporter = known.iter().find(is_reporter).map(|of| of.record.clone());
    let mut entry = register.entry(author, &format!("stated that {} is support", activity.identifier))?;
    let marking = activity.marking.parse().unwrap_or(Marking::StrictlyConfidential);
    let source = |draft: &mut Draft| {
        draft.marking = draft.marking.max(marking);
        draft.set_envelope("source", format!("{dataset}, {}", activity.identifier));
    };
    let supporter = match supporter {
        None if !activity.reporter.is_empty() => {
            let mut draft = Draft::new(cx.model(), "actor");
            draft.fields.insert("name".into(), activity.reporter.clone().into());
            source(&mut draft);
            Some(entry.append(&draft)?)
        }
        known => known,
    };
    let mut draft = Draft::new(cx.model(), "project");
    let countries = activity.countries.clone().filter(|c| !c.contains(','));
    let status = activity.status.clone().filter(|code| cx.model().lists.has("activity_status", code));
    let said = [
        ("title", activity.title.clone().or_else(|| Some(activity.identifier.clone()))),
        ("reference", Some(activity.identifier.clone())),
        ("supporter", supporter),
        ("recipient_class", class.map(str::to_owned)),
        ("country", countries),
        ("status", status),
        ("starts", activity.starts.clone()),
        ("ends", activity.ends.clone()),
    ];
    for (field, value) in said.into_iter().filter_map(|(field, value)| Some((field, value.filter(|v| !v.is_empty())?))) {
        draft.fields.insert(field.into(), value.into());
    }
    source(&mut draft);
    entry.append(&draft)?;
    Ok(entry.commit()?.entry)
}

/// A kind of records, as the query gives it.
#[derive(Deserialize)]
struct KindCount {
    kind: String,
}

/// The questions that are answered from records of an entry: where they are followed, or what is made of them, else their list. Asked of the
/// country of a workspace that is about one.
pub(super) fn answered_from(cx: &Context, entry: &str) -> Result<Vec<Link>, PageError> {
    let kinds: Vec<KindCount> = cx.rows(query!("kinds_of.sql"), &[("entry", Cell::Text(entry.to_owned()))])?;
    let countries = cx.app().workspace().countries()?;
    let home = if let [home] = &countries[..] { home.as_str() } else { "" };
    let of_home = [("country", home)];
    let link = |q: &Question| {
        let has_country = !home.is_empty() && q.parameters.iter().any(|p| p.name == "country");
        let given = if has_country { &of_home[..] } else { &[] };
        Link::new(label(&q.title), cx.link(&format!("/ask/{}", q.name), given))
    };
    let all = cx.app().questions().all();
    let way = |kind: &str| answered(all, kind).map(link).or_else(|| list_of(cx, kind));
    // Where nothing but institutions came, these are what it is about.
    let alone = kinds.is_empty().then_some(INSTITUTIONS);
    Ok(kinds.iter().map(|of| of.kind.as_str()).chain(alone).filter_map(way).collect())
}

/// The kind of institutions.
const INSTITUTIONS: &str = "actor";

/// The list of records of a kind, for those that no question is made of.
fn list_of(cx: &Context, kind: &str) -> Option<Link> {
    let kind = cx.model().kind(kind)?;
    Some(Link::new(label(&kind.label), cx.link(&format!("/records/{}", kind.name), &[])))
}

/// The question in whose rows records of a kind are followed, else the first that is made of them.
fn answered<'q>(all: &'q [Question], kind: &str) -> Option<&'q Question> {
    let followed = all.iter().find(|q| q.change.as_ref().is_some_and(|change| change.kind == kind));
    followed.or_else(|| all.iter().find(|q| q.made_of.iter().any(|made_of| made_of == kind)))
}

/// What projects of an entry lead to: the support of their countries; and how many of them name none.
pub(super) fn of_entry(cx: &Context, entry: &str) -> Result<(Vec<Link>, usize), PageError> {
    let by_country = Query { file: "projects by country", sql: PROJECTS_BY_COUNTRY };
    let all: Vec<OfCountry> = cx.rows(by_country, &[("entry", Cell::Text(entry.to_owned()))])?;
    let without = all.iter().find(|c| c.country.is_empty()).map_or(0, |c| c.n);
    Ok((answers(cx, &all), without))
}
