//! Any question: its parameters as a form, its answer as a table, its rule.

use crate::app::App;
use crate::cells::{AnswerCells, ChangeForm, MOST, TableView, code_label, country_name};
use crate::chart::{Chart, charts};
use crate::context::Context;
use crate::error::PageError;
use crate::figures::{total, whole};
use crate::format::Format;
use crate::frame::{Choice, Link, Page, country_choices, indented};
use crate::html_matrix::{HtmlMatrix, matrix};
use crate::html_tree::{TreeLine, tree};
use crate::language::{language, locale};
use crate::m;
use crate::messages::label;
use crate::request::PageRequest;
use crate::response::{PageResult, html};
use crate::routes::answer_page;
use crate::row_forms::change_form;
use crate::saved::{self, Saved};
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use remit_ask::{Answer, CellWords, DrawingForm, Parameter, Question};
use remit_model::{Code, Kind};
use remit_store::{Cell, Table};

pub(super) fn routes() -> Router<App> {
    answer_page("/ask/{question}", show)
}

#[derive(Template)]
#[template(path = "ask/page.html")]
struct AskPage {
    page: Page,
    title: String,
    why: String,
    rule: String,
    parameters: Vec<ParameterField>,
    /// What has to be filled in first, or what is wrong in what was.
    wanting: Wanting,
    tree: Option<Vec<TreeLine>>,
    matrix: Option<HtmlMatrix>,
    charts: Vec<Chart>,
    table: TableView,
    summary: String,
    /// What it comes to, by code: how many rows, and what the code is called.
    tally: Vec<(String, String)>,
    /// What it comes to where nothing of it is a danger.
    no_danger: String,
    /// Who and what was looked at.
    looked_at: String,
    below: Vec<AnswerBelow>,
    /// The same of another country, where the reader compares two.
    compared: Option<Compared>,
    /// Where a record of what it lists is added, for who may write.
    add: Option<Link>,
    /// What an answer without rows would be made of, to be added by who may write.
    begin: Vec<Link>,
    /// Where what the answer lists is decided on.
    decide: Option<Link>,
    /// What is kept of it under a name, for who may keep something.
    saved: Option<Saved>,
    said: String,
}

/// Why there is no answer: in place of one, which would read as “nothing on record”.
#[derive(Default)]
struct Wanting {
    says: String,
    /// True for what is wrong, not only missing.
    is_error: bool,
    /// The same question of what may have been meant.
    meant: Option<Link>,
}

/// A parameter's field in the form.
struct ParameterField {
    name: String,
    label: String,
    value: String,
    /// What there is to choose from; empty for free text.
    options: Vec<Choice>,
    /// The kind of record that it names, of which names are offered while somebody types; empty for any other text.
    of: String,
    /// True for a day that a browser can offer a calendar for.
    is_day: bool,
}

/// An answer that stands below the one that was asked for.
struct AnswerBelow {
    title: String,
    rule: String,
    table: TableView,
}

/// The same answer of two countries: what the first is called, and the second with its matrix.
struct Compared {
    first: String,
    other: String,
    matrix: HtmlMatrix,
}

/// The parameter of a page with a matrix that names another country, to be seen below the first.
const COMPARE: &str = "compare";

/// The category of codes that are a danger.
const DANGER: &str = "danger";

async fn show(request: PageRequest, Path(question): Path<String>) -> PageResult {
    request.read(move |cx| respond(cx, &question)).await
}

fn respond(cx: &Context, question: &str) -> PageResult {
    let (compare, asked): (Vec<_>, Vec<_>) = cx.request.parameters.iter().cloned().partition(|(name, _)| name == COMPARE);
    let other = compare.first().map_or("", |(_, country)| country);
    let answer = match cx.ask_all(question, &asked) {
        Err(error) if error.is_of_request() && cx.request.format == Format::Html => return again(cx, question, &asked, error),
        answer => answer?,
    };
    if let Some(data) = cx.answer_as_data(&answer)? {
        return Ok(data);
    }
    let title = label(&answer.question.title);
    let table = cx.request.sorted(&answer.table);
    let drawn = drawn(cx, &answer.question, &table, 1);
    // Where people are protected, who sees less is not told that there is nothing.
    let drawn = match answer.question.noted && !cx.sees_all() {
        true => TableView { empty: m::nothing_you_may_see(), ..drawn },
        false => told(cx, &answer, drawn),
    };
    let empty = AskPage::of(cx, &answer.question, title.clone(), fields(cx, &answer, other));
    let (tally, no_danger) = tally(cx, &answer);
    html(&AskPage {
        page: empty.page.with_terms(cx, std::iter::once(question).chain(answer.table.columns.iter().map(String::as_str))),
        wanting: wanting(&answer.question, &asked),
        tree: tree(cx, &answer)?,
        matrix: matrix(cx, &answer)?,
        charts: charts(cx, &answer)?,
        table: TableView { changes: changes(cx, &answer.question, &table)?, ..drawn.downloaded() },
        saved: cx.app().author().map(|_| saved::of(cx, &title)).transpose()?,
        said: cx.request.said.clone(),
        summary: summary(&answer),
        tally,
        no_danger,
        looked_at: looked_at(cx, &answer),
        below: below(cx, &answer)?,
        compared: compared(cx, &answer, &asked, other)?,
        add: add(cx, &answer)?,
        begin: [instead(cx, &answer)?, begin(cx, &answer)].concat(),
        decide: answer.question.page.as_ref().map(|path| Link::new(m::decide_here(), cx.link(path, &[]))),
        ..empty
    })
}

impl AskPage {
    /// A question with its form, and no answer yet.
    fn of(cx: &Context, question: &Question, title: String, parameters: Vec<ParameterField>) -> AskPage {
        AskPage {
            page: Page::new(cx, &title, vec![Link::new(m::nav_questions(), cx.link("/questions", &[]))])
                .without_days(question.event.is_none()),
            title: label(&question.title),
            why: label(&question.why),
            rule: label(&question.rule),
            parameters,
            wanting: Wanting::default(),
            tree: None,
            matrix: None,
            charts: Vec::new(),
            table: TableView::default(),
            summary: String::new(),
            tally: Vec::new(),
            no_danger: String::new(),
            looked_at: String::new(),
            below: Vec::new(),
            compared: None,
            add: None,
            begin: Vec::new(),
            decide: None,
            saved: None,
            said: String::new(),
        }
    }
}

/// The form once more, as it was filled in, with what is wrong in it and what may have been meant.
fn again(cx: &Context, question: &str, asked: &[(String, String)], error: PageError) -> PageResult {
    let Ok(question) = cx.app().questions().get(question) else { return Err(error) };
    let given = |name: &str| asked.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value.as_str());
    let parameters = question.parameters.iter().map(|p| field(cx, p, given(&p.name))).collect();
    let meant = error.meant_by().map(|(wrong, like)| {
        let instead = asked.iter().map(|(name, value)| (name.as_str(), if name == wrong { like } else { value.as_str() }));
        Link::new(like, cx.link(&format!("/ask/{}", question.name), &instead.collect::<Vec<_>>()))
    });
    let form = AskPage::of(cx, question, label(&question.title), parameters);
    let wanting = Wanting { says: error.to_string(), is_error: true, meant };
    let page = AskPage { wanting, page: form.page.with_errors(true), ..form };
    Ok((StatusCode::BAD_REQUEST, html(&page)?).into_response())
}

/// The fields of the form: what the question asks for, and another country where matrices can be compared.
fn fields(cx: &Context, answer: &Answer, other: &str) -> Vec<ParameterField> {
    let mut all: Vec<ParameterField> =
        answer.question.parameters.iter().map(|p| field(cx, p, answer.parameter(&p.name))).collect();
    if compares(cx, answer) {
        let mut options = country_choices(cx, other);
        options.insert(0, Choice::new("", m::no_comparison(), other.is_empty()));
        all.push(ParameterField {
            name: COMPARE.into(),
            label: m::compare_with(),
            value: other.to_owned(),
            options,
            of: String::new(),
            is_day: false,
        });
    }
    all
}

/// What has to be filled in before there is an answer.
fn wanting(question: &Question, asked: &[(String, String)]) -> Wanting {
    let wanting: Vec<String> = question.wanting(asked).iter().map(|p| label(&p.label)).collect();
    let says = if wanting.is_empty() { String::new() } else { m::asked_of_nothing(wanting.len(), locale().list(&wanting)) };
    Wanting { says, ..Wanting::default() }
}

/// True for an answer by country with a matrix; a site that is published has each country on a page of its own.
fn compares(cx: &Context, answer: &Answer) -> bool {
    let by_country = answer.question.parameters.iter().any(|p| p.name == "country");
    by_country && cx.app().site().is_none() && answer.question.draw.iter().any(|d| d.form == DrawingForm::Marks)
}

/// The matrix of another country, with what both are called.
fn compared(cx: &Context, answer: &Answer, asked: &[(String, String)], other: &str) -> Result<Option<Compared>, PageError> {
    if other.is_empty() || !compares(cx, answer) {
        return Ok(None);
    }
    // All else that was asked stays: two answers to two questions are no comparison.
    let mut given: Vec<_> = asked.iter().filter(|(name, _)| name != "country").cloned().collect();
    given.push(("country".to_owned(), other.to_owned()));
    let second = cx.ask_all(&answer.question.name, &given)?;
    let first = answer.parameter("country");
    let name = |code: &str| if code.is_empty() { m::all_choice() } else { country_name(cx.model(), code).to_owned() };
    Ok(Some(Compared { first: name(first), other: name(other), matrix: matrix(cx, &second)?.unwrap_or_default() }))
}

/// Where an answer has no rows: the questions that have what somebody may have looked for.
fn instead(cx: &Context, answer: &Answer) -> Result<Vec<Link>, PageError> {
    let link = |other: &Answer| {
        let given = other.parameters.iter().filter(|(_, value)| !value.is_empty());
        let given: Vec<(&str, &str)> = given.map(|(name, value)| (name.as_str(), value.as_str())).collect();
        Link::new(label(&other.question.title), cx.link(&format!("/ask/{}", other.question.name), &given))
    };
    Ok(cx.instead(answer)?.iter().map(link).collect())
}

/// An answer as a table of the page, by its number.
fn drawn(cx: &Context, question: &Question, table: &Table, n: usize) -> TableView {
    let table = AnswerCells::new(cx, table).draw(&format!("t{n}"), &m::table_n(n, label(&question.title)));
    table.fitted(&question.fold, cx.sees_all())
}

/// The table of an answer; where it has no rows, with why, as far as that is known.
fn told(cx: &Context, answer: &Answer, drawn: TableView) -> TableView {
    // What cannot be told is no reason to take the page away.
    let why = answer.why_empty(cx.reader, &cx.voice()).unwrap_or_default();
    if why.is_empty() { drawn } else { TableView { empty: why.join(" "), ..drawn } }
}

/// Where an answer has no rows: how to begin, for who may write.
fn begin(cx: &Context, answer: &Answer) -> Vec<Link> {
    if cx.app().author().is_none() || !answer.table.rows.is_empty() || answer.question.made_of.is_empty() {
        return Vec::new();
    }
    let country = [("country", answer.parameter("country"))];
    let given = if country[0].1.is_empty() { &[][..] } else { &country[..] };
    let kinds = answer.question.made_of.iter().filter_map(|name| cx.app().kind(name).ok());
    let add =
        |kind: &Kind| Link::new(m::enter_new(label(&kind.label).to_lowercase()), cx.link(&format!("/edit/{}", kind.name), given));
    kinds.map(add).chain([Link::new(m::bring_sheet(), cx.link("/sheets", &[]))]).collect()
}

/// Where a record is added of what the answer, or one below it, lets change in its rows.
fn add(cx: &Context, answer: &Answer) -> Result<Option<Link>, PageError> {
    let below = answer.question.below.iter().filter_map(|name| cx.app().questions().get(name).ok());
    let change = std::iter::once(&answer.question).chain(below).find_map(|q| q.change.as_ref());
    let (Some(change), Some(_)) = (change, cx.app().author()) else { return Ok(None) };
    let kind = cx.app().kind(&change.kind)?;
    let country = [("country", answer.parameter("country"))];
    let given = if country[0].1.is_empty() { &[][..] } else { &country[..] };
    Ok(Some(Link::new(m::enter_new(label(&kind.label).to_lowercase()), cx.link(&format!("/edit/{}", kind.name), given))))
}

/// The forms by which the records of the rows are changed, as far as rows are drawn.
fn changes(cx: &Context, question: &Question, table: &Table) -> Result<Option<ChangeForm>, PageError> {
    let Some(change) = &question.change else { return Ok(None) };
    let at = table.at(&change.record)?;
    let records: Vec<&str> = table.rows.iter().take(MOST).map(|r| r[at].text().unwrap_or_default()).collect();
    change_form(cx, cx.app().kind(&change.kind)?, &records)
}

fn below(cx: &Context, answer: &Answer) -> Result<Vec<AnswerBelow>, PageError> {
    let one = |(n, answer): (usize, &Answer)| {
        let title = label(&answer.question.title);
        let table = drawn(cx, &answer.question, &answer.table, n);
        let table = TableView { changes: changes(cx, &answer.question, &answer.table)?, ..table };
        Ok(AnswerBelow { title, rule: label(&answer.question.rule), table })
    };
    (2..).zip(&cx.below(answer)?).map(one).collect()
}

/// What the answer comes to: how many rows have each code, in the order of their list, and a sentence where none of these is a danger.
fn tally(cx: &Context, answer: &Answer) -> (Vec<(String, String)>, String) {
    let found = answer.question.tally.as_ref().and_then(|tally| Some((tally, answer.table.column(&tally.column)?)));
    let list =
        |column: &str| cx.app().columns().get(column, &answer.table.columns).list.and_then(|list| cx.model().lists.get(&list));
    let Some((tally, at, list)) = found.and_then(|(tally, at)| Some((tally, at, list(&tally.column)?))) else {
        return (Vec::new(), String::new());
    };
    let count = |code: &str| answer.table.rows.iter().filter(|row| row[at].text() == Some(code)).count();
    let there: Vec<_> = list.codes().iter().filter(|c| count(&c.code) > 0).collect();
    let says_too_much = there.is_empty() || there.iter().any(|c| c.category == DANGER || tally.unless.contains(&c.code));
    let counts = there.iter().map(|c| (whole(count(&c.code) as f64), c.label.get(language()).to_owned())).collect();
    (counts, if says_too_much { String::new() } else { label(&tally.none) })
}

/// Who and what was looked at, each once, in the order of the rows.
fn looked_at(cx: &Context, answer: &Answer) -> String {
    let said = CellWords::new(cx.voice(), &answer.table);
    let columns = answer.question.tally.iter().flat_map(|t| &t.looked_at).filter_map(|c| answer.table.column(c));
    let mut names: Vec<String> = Vec::new();
    for at in columns {
        for (row, cells) in answer.table.rows.iter().enumerate() {
            if cells[at].text().is_none_or(str::is_empty) {
                continue;
            }
            let name = said.cell(row, at).text;
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    if names.is_empty() { String::new() } else { m::looked_at(locale().list(&names)) }
}

/// How many rows there are, and what they add up to, as far as they have these columns and are no sums of the same.
fn summary(answer: &Answer) -> String {
    type Sum = fn(f64) -> String;
    const SUMS: [(&str, Sum); 3] = [
        ("committed_usd", |n| m::sum_committed(n)),
        ("disbursed_usd", |n| m::sum_disbursed(n)),
        ("counted_usd", |n| m::sum_counted(n)),
    ];
    let table = &answer.table;
    let adds_up = answer.adds_up(0..table.rows.len());
    let mut parts = vec![m::rows(table.rows.len())];
    for (column, words) in SUMS.into_iter().filter(|_| adds_up) {
        let sum = table.column(column).and_then(|at| total(table.rows.iter().map(|r| r[at].number())));
        parts.extend(sum.map(words));
    }
    let mut text = locale().clauses(&parts);
    if let (Some(counted), Some(kind)) = (table.column("counted_usd"), table.column("type")) {
        let commitment = |row: &&Vec<Cell>| row[kind].text() == Some("2");
        let part = |rows: Vec<&Vec<Cell>>| rows.iter().filter_map(|r| r[counted].number()).sum::<f64>();
        let (commitments, rest) = table.rows.iter().partition(commitment);
        text.push_str(&format!(" {}", m::sum_parts(part(commitments), part(rest))));
    }
    text + "."
}

fn field(cx: &Context, parameter: &Parameter, value: &str) -> ParameterField {
    let mut options: Vec<Choice> = match parameter.list.as_deref().and_then(|l| cx.model().lists.get(l)) {
        Some(list) if list.name == "country" => country_choices(cx, value),
        Some(list) => {
            let named =
                |(depth, c): (usize, &Code)| Choice::new(&c.code, indented(depth, c.label.get(language())), c.code == value);
            list.as_tree().into_iter().map(named).collect()
        }
        None if parameter.kind => {
            let named = |kind: &Kind| Choice::new(&kind.name, label(&kind.label), kind.name == value);
            cx.model().register_kinds().map(named).collect()
        }
        None => {
            let choices = parameter.choices.iter().filter(|c| !c.is_empty());
            choices.map(|c| Choice::new(c, code_label(cx.model(), "choice", c), c == value)).collect()
        }
    };
    if !options.is_empty() && parameter.default.is_empty() {
        options.insert(0, Choice::new("", m::all_choice(), value.is_empty()));
    }
    let of = parameter.record.iter().chain(&parameter.records).next().cloned().unwrap_or_default();
    let is_day = parameter.day && (value.is_empty() || value.len() == 10);
    ParameterField { name: parameter.name.clone(), label: label(&parameter.label), value: value.to_owned(), options, of, is_day }
}
