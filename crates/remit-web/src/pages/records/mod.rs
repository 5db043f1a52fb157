//! The records of any kind of the model, as a list to filter, sort, page through, take along and hand on.

mod columns;
mod facets;
mod filter;

use crate::app::App;
use crate::cells::{CellView, MOST, PER_PAGE, TableView, called_in, shown_value};
use crate::context::{Context, quoted};
use crate::error::PageError;
use crate::format::Format;
use crate::frame::{Choice, Link, Page, from_overview};
use crate::m;
use crate::messages::label;
use crate::pages::redact::{self, TakesAway};
use crate::request::{KindName, PageRequest};
use crate::response::{PageResult, html};
use crate::routes::{form, open_page};
use crate::row_forms::change_form;
use crate::saved::{self, Saved};
use askama::Template;
use axum::Router;
use axum::routing::post;
use columns::ColumnChoice;
use facets::{Facet, FoundRecords};
use filter::{Filter, same_list};
use remit_model::{Field, FieldType, Kind};
use remit_store::{Cell, Table};

pub(super) fn routes() -> Router<App> {
    open_page("/records/{kind}", show).merge(form("/views", post(saved::keep)))
}

#[derive(Template)]
#[template(path = "records/page.html")]
struct RecordsPage {
    page: Page,
    help: String,
    kinds: Vec<Choice>,
    table: TableView,
    /// How many records there are, and which of them are shown.
    count: String,
    facets: Vec<Facet>,
    columns: Vec<ColumnChoice>,
    /// The columns that were chosen, as the address says them.
    chosen: String,
    saved: Saved,
    said: String,
    /// What can still be seen of records whose marking was raised just now.
    raised: Option<TakesAway>,
    words: String,
    sort: String,
    /// All records; nothing where all are shown.
    clear: String,
    pages: Vec<Link>,
    /// The list as a file, and as a link.
    files: Vec<Link>,
    /// Where to enter a new one, for who may.
    add: String,
    /// Where its records are brought in, filled in and taken out as a sheet.
    sheets: Vec<Link>,
    label: String,
}

async fn show(request: PageRequest, KindName(kind): KindName) -> PageResult {
    request.takes_only(filter::parameters(&kind).iter().map(String::as_str))?;
    request.read(move |cx| respond(cx, &kind)).await
}

fn respond(cx: &Context, kind: &Kind) -> PageResult {
    let mut filter = Filter::of(cx, kind)?;
    if cx.request.format != Format::Html
        && let Some(data) = cx.records_as_data(kind, &records(cx, &filter, None)?)?
    {
        return Ok(data);
    }
    let mut found = facets::found(cx, &filter)?;
    // A page past the last one shows the last: an empty list would say that nothing is on record.
    if found.records.is_empty() && filter.page > 1 {
        filter.page = found.total.div_ceil(PER_PAGE).max(1);
        found = facets::found(cx, &filter)?;
    }
    let table = records(cx, &filter, Some(&found.records))?;
    let FoundRecords { total, facets, .. } = found;
    let name = label(&kind.label);
    let country = [("country", cx.request.get("country"))];
    let caption = m::table_n(1, &name);
    let drawn = sortable(cx, &filter, draw(cx, &kind.name, &table, "t1", &caption, columns::are_chosen(cx))?);
    html(&RecordsPage {
        page: Page::new(cx, m::register_of(name.to_lowercase()), vec![from_overview(cx)])
            .with_terms(cx, kind.fields.iter().map(|f| f.name.as_str()).chain([kind.name.as_str()])),
        help: label(&kind.help),
        kinds: kinds(cx, kind),
        add: cx.app().author().map_or(String::new(), |_| cx.link(&format!("/edit/{}", kind.name), &country)),
        sheets: cx.app().author().map_or_else(Vec::new, |_| sheets(cx, kind)),
        table: TableView { changes: change_form(cx, kind, &identifiers(&table)?)?, picks: cx.app().author().is_some(), ..drawn },
        columns: columns::choices(cx, kind),
        chosen: cx.request.get(columns::NAME).to_owned(),
        saved: saved::of(cx, &label(&kind.label))?,
        said: cx.request.said.clone(),
        raised: redact::is_raised(cx)?.then(|| TakesAway::of_each(cx, kind)),
        count: count(&filter, total, table.rows.len()),
        facets,
        words: filter.words.clone(),
        sort: cx.request.sort.clone(),
        clear: if filter.is_narrow() { cx.link(&cx.request.path, &[]) } else { String::new() },
        pages: pages(cx, &filter, total),
        files: files(cx),
        label: name.to_lowercase(),
    })
}

/// The records that are looked for: all for a download, for a page those that it shows, of which alone all columns are read.
fn records(cx: &Context, filter: &Filter, shown: Option<&[String]>) -> Result<Table, PageError> {
    let Filter { kind, .. } = filter;
    let column = |f: &Field| match (&f.kind, &f.view) {
        // A page says them by name itself.
        (FieldType::Records(_), Some(list)) if cx.request.format != Format::Html => {
            format!("(select group_concat(l.target_name, '; ') from \"{list}\" l where l.record = v.record) as \"{}\"", f.name)
        }
        _ => format!("{} as \"{}\"", filter::shown_column(f), f.name),
    };
    let fields: Vec<String> = columns::shown(cx, kind).into_iter().map(column).collect();
    let (columns, order) = (fields.join(", "), filter.order());
    // What is shown of a reference is its name; what is looked for is its identifier.
    let (condition, parameters) = match shown {
        Some(records) => (format!("record in ({})", quoted(records)), Vec::new()),
        None => (format!("{} and {}", filter.by_words(), filter.by_values("")), filter.parameters()),
    };
    let sql = format!("select record, {columns} from \"{}\" v where {condition} {order}", kind.view);
    Ok(cx.reader.query(&sql, &parameters)?)
}

fn identifiers(table: &Table) -> Result<Vec<&str>, PageError> {
    let at = table.at("record")?;
    Ok(table.rows.iter().map(|r| r[at].text().unwrap_or_default()).collect())
}

/// How many there are, and which of them are shown.
fn count(filter: &Filter, total: usize, shown: usize) -> String {
    let first = (filter.page - 1) * PER_PAGE;
    match (total, shown) {
        (total, shown) if shown == total || shown == 0 => m::records_n(total),
        (total, shown) => m::records_part(first + 1, first + shown, total),
    }
}

/// The table with heads that lead to the same list in the order of their column.
fn sortable(cx: &Context, filter: &Filter, mut table: TableView) -> TableView {
    for (at, head) in table.heads.iter_mut().enumerate().filter(|(_, h)| !h.sort.is_empty()) {
        let by = match filter.sort {
            Some((field, down)) if field.name == head.sort => {
                table.sorted = Some((at, if down { "descending" } else { "ascending" }));
                if down { head.sort.clone() } else { format!("-{}", head.sort) }
            }
            _ => head.sort.clone(),
        };
        head.href = same_list(cx, &[("sort", &by)]);
    }
    table
}

/// The pages before and after.
fn pages(cx: &Context, filter: &Filter, total: usize) -> Vec<Link> {
    let page = |n: usize, words: String| Link::new(words, same_list(cx, &[("page", &n.to_string())]));
    let before = (filter.page > 1).then(|| page(filter.page - 1, m::previous_page()));
    let after = (filter.page * PER_PAGE < total).then(|| page(filter.page + 1, m::next_page()));
    before.into_iter().chain(after).collect()
}

/// The list as files, and as a link that a colleague can open.
fn files(cx: &Context) -> Vec<Link> {
    let formats = cx.request.offered.iter();
    let link = |f: &Format| match f {
        Format::Html => Link::new(m::link_to_list(), same_list(cx, &[])),
        _ => Link::new(f.name(), cx.request.in_format(*f)),
    };
    formats.map(link).collect()
}

/// Where its records are brought in, filled in and taken out as a sheet: those of a kind that is imported as a whole are not.
fn sheets(cx: &Context, kind: &Kind) -> Vec<Link> {
    if cx.model().register_kinds().all(|k| k.name != kind.name) {
        return Vec::new();
    }
    let file = |path: &str| cx.link(&format!("{path}/{}.xlsx", kind.name), &[]);
    vec![
        Link::new(m::bring_sheet(), cx.link("/sheets", &[])),
        Link::new(m::sheet_to_fill(), file("/template")),
        Link::new(m::all_as_sheet(), file("/export")),
    ]
}

/// All kinds, by their groups.
fn kinds(cx: &Context, kind: &Kind) -> Vec<Choice> {
    // A published site leads only to kinds that have a page there.
    let is_there = |k: &&Kind| cx.app().site().is_none_or(|site| site.has(&format!("/records/{}", k.name)));
    let mut kinds: Vec<&Kind> = cx.app().kinds().filter(is_there).collect();
    let groups = cx.model().lists.get("kind_group").map_or(&[][..], |l| l.codes());
    kinds.sort_by_key(|k| groups.iter().position(|g| g.code == k.group));
    let choice = |k: &&Kind| Choice::new(cx.link(&format!("/records/{}", k.name), &[]), label(&k.label), k.name == kind.name);
    kinds.iter().map(choice).collect()
}

/// Records of a kind as a table, without the columns that say nothing where they were not chosen; the first column leads to the
/// record.
pub(super) fn draw(
    cx: &Context,
    kind: &str,
    table: &Table,
    id: &str,
    caption: &str,
    are_chosen: bool,
) -> Result<TableView, PageError> {
    let kind = cx.app().kind(kind)?;
    let record = table.at("record")?;
    let used = |c: &usize| *c != record && (are_chosen || table.rows.iter().any(|r| !r[*c].is_null()));
    let visible: Vec<(usize, Option<&Field>)> =
        (0..table.columns.len()).filter(used).map(|c| (c, kind.field(&table.columns[c]))).collect();
    let head = |(c, field): &(usize, Option<&Field>)| CellView {
        text: field.map_or(table.columns[*c].clone(), |f| label(&f.label)),
        class: if field.is_some_and(|f| matches!(f.kind, FieldType::Integer | FieldType::Number)) { "num" } else { "" },
        sort: table.columns[*c].clone(),
        ..Default::default()
    };
    let shown = || table.rows.iter().take(MOST);
    let names = called_in(cx, shown().flat_map(|row| visible.iter().map(move |(c, field)| (*field, &row[*c]))))?;
    let row = |row: &Vec<Cell>| {
        let mut cells: Vec<CellView> = visible.iter().map(|(c, field)| shown_value(cx, *field, &row[*c], &names)).collect();
        if let Some(first) = cells.first_mut() {
            first.href = cx.record_link(&kind.name, row[record].text().unwrap_or_default());
            first.sign = "";
        }
        cells
    };
    Ok(TableView {
        id: id.into(),
        caption: caption.into(),
        heads: visible.iter().map(head).collect(),
        rows: shown().map(row).collect(),
        empty: m::none_on_record_stop(),
        more: table.rows.len().saturating_sub(MOST),
        ..Default::default()
    })
}
