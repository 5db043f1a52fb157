//! What the columns of a sheet are: the sheet as it stands, and the mapping as a form, filled in as far as the file tells.

use super::steps::from_sheets;
use super::tabs::{proposed, with_ticked};
use super::{form, kept};
use crate::cells::code_label;
use crate::context::Context;
use crate::error::PageError;
use crate::frame::{Choice, Page};
use crate::m;
use crate::messages::label;
use crate::post::{Fields, PostedForm};
use crate::reason::ProblemReason;
use crate::request::{Author, PageRequest};
use crate::response::{PageResult, html, refused, see_other};
use askama::Template;
use remit_model::{Field, FieldType, Kind, Marking, Model, comparable};
use remit_sheet::{Look, MOST_VALUES, Mapping, MappingProposal, ProposedColumn, RecordRule, Rule, Suggestions, encodings};

/// Rows of the sheet that the page shows.
const ROWS: usize = 12;
/// Codes that are offered in a list to choose from; of a longer one, names are typed and completed.
const MOST_CODES: usize = 60;

#[derive(Template)]
#[template(path = "sheets/map.html")]
struct MapPage {
    page: Page,
    file: String,
    name: String,
    mapping: String,
    /// Mappings that fit the file too.
    kept: Vec<Choice>,
    tab: String,
    tabs: Vec<Tab>,
    /// Other sheets that can be brought in with this one.
    beside: Vec<SheetBeside>,
    encodings: Vec<Choice>,
    rows: Vec<SheetRow>,
    header: u64,
    headings: Vec<Choice>,
    why: String,
    /// The sentence that says what a file is whose name has another ending.
    told: Option<ProblemReason>,
    /// What a mapping that was made for an earlier file says of every row of this one.
    carried: String,
    records: Vec<RecordForm>,
    lists: Vec<(String, Vec<String>)>,
    table: TableForm,
    toml: String,
    error: String,
}

/// A sheet of the file.
struct Tab {
    name: String,
    href: String,
    here: bool,
    note: String,
}

/// A sheet that can be brought in with the one on the page, as it is proposed.
struct SheetBeside {
    name: String,
    href: String,
    why: String,
    wanted: bool,
}

/// A row of the sheet as it stands.
struct SheetRow {
    number: u64,
    cells: Vec<String>,
    is_heading: bool,
}

/// A record that each row makes.
struct RecordForm {
    n: usize,
    label: String,
    kinds: Vec<Choice>,
    name: String,
    id: String,
    when: Vec<Choice>,
    /// What is filled in, and the rest.
    chosen: Vec<FieldForm>,
    others: Vec<FieldForm>,
}

/// A field with the column that it comes from.
#[derive(Default)]
struct FieldForm {
    /// Record and name, as the form's fields begin.
    key: String,
    label: String,
    help: String,
    examples: String,
    columns: Vec<Choice>,
    /// Columns of month and day, where a date is in parts.
    parts: Vec<(&'static str, String, Vec<Choice>)>,
    value: String,
    /// Name of the list whose codes complete what is typed.
    list: String,
    rows: Vec<Choice>,
    missing: Vec<Choice>,
    is_list: bool,
    split: String,
    orders: Vec<Choice>,
    formats: Vec<Choice>,
    decimals: Vec<Choice>,
    sources: Vec<Choice>,
    confidences: Vec<Choice>,
    values: Vec<ValueForm>,
    /// Values of the column that are shown once these are decided.
    more_values: usize,
}

/// What stands in a column, beside the code that it becomes.
struct ValueForm {
    text: String,
    times: u64,
    codes: Vec<Choice>,
    typed: String,
    suggested: bool,
}

/// What the form asks of the sheet as a whole: its source and marking, how it writes dates and numbers, which columns belong together.
struct TableForm {
    source: String,
    markings: Vec<Choice>,
    orders: Vec<Choice>,
    decimals: Vec<Choice>,
    months: Vec<Choice>,
    fill: Vec<Choice>,
    join: Vec<Choice>,
    sections: String,
    each: Vec<Choice>,
    each_heading: String,
    each_cell: String,
    each_year: String,
    splits: Vec<SplitForm>,
    outline: Vec<Choice>,
    skip: Vec<Choice>,
    skip_texts: String,
    keep_totals: bool,
}

/// A column of several answers, and what separates them.
struct SplitForm {
    column: String,
    columns: Vec<Choice>,
    between: String,
    sign: String,
}

pub(super) async fn show(request: PageRequest, Author(_): Author) -> PageResult {
    request
        .read(|cx| {
            let asked = Fields::from(cx.request.parameters.clone());
            let at = SheetMapping::of(cx, &asked)?;
            let table = at.table(cx);
            draw(cx, &at, &table, "")
        })
        .await
}

/// A sheet of a file that was sent, and the mapping that is made for it.
struct SheetMapping {
    file: String,
    name: String,
    mapping: String,
    looks: Vec<Look>,
    at: usize,
    whole: Mapping,
    /// True where the mapping was made for an earlier file, and nobody has looked at it for this one.
    is_carried: bool,
}

impl SheetMapping {
    fn of(cx: &Context, asked: &Fields) -> Result<SheetMapping, PageError> {
        let (file, name) = (asked.get("file").to_owned(), asked.get("name").to_owned());
        let read = |mapping: &str| kept::mapping(cx.app(), mapping).ok().and_then(|p| Mapping::read(&p, cx.model()).ok());
        let mut looks = kept::looks(cx, &file, &name, asked.get("encoding"))?;
        let is_carried = asked.get("mapping").is_empty() && !kept::alike(cx, &looks).is_empty();
        let mut mapping = match asked.get("mapping") {
            "" => kept::alike(cx, &looks).into_iter().next().unwrap_or_else(|| kept::name_for(cx.app(), &name)),
            mapping => mapping.to_owned(),
        };
        let mut whole = read(&mapping).unwrap_or_default();
        if let Some(encoding) = whole.encoding.as_deref().filter(|_| asked.get("encoding").is_empty()) {
            looks = kept::looks(cx, &file, &name, encoding)?;
        }
        if looks.is_empty() {
            return Err(PageError::bad_request(m::error_no_table()));
        }
        // A mapping that names no sheet is of the first one.
        let first = Some(looks[0].sheet.clone()).filter(|s| !s.is_empty());
        whole.sheet = whole.sheet.or(first);
        let at = looks.iter().position(|l| !l.sheet.is_empty() && l.sheet == asked.get("tab"));
        let at = at.unwrap_or_else(|| likeliest(cx.model(), &looks, &whole, &name));
        if is_carried && dated_anew(cx.model(), &looks[at], &mut whole, &name) {
            mapping = kept::name_for(cx.app(), &name);
        }
        Ok(SheetMapping { file, name, mapping, looks, at, whole, is_carried })
    }

    fn look(&self) -> &Look {
        &self.looks[self.at]
    }

    fn proposals(&self, model: &Model) -> Vec<MappingProposal> {
        self.look().proposals(model, &self.name)
    }

    /// The mapping that was kept for the sheet, or else the one that is proposed.
    fn table(&self, cx: &Context) -> Mapping {
        let kept = form::of_tab(&self.whole, &self.look().sheet).cloned();
        kept.or_else(|| self.proposals(cx.model()).into_iter().next().map(|p| p.mapping)).unwrap_or_else(|| {
            let record = vec![RecordRule { kind: "actor".into(), ..RecordRule::default() }];
            Mapping { record, ..self.look().plain() }
        })
    }

    fn link(&self, cx: &Context, page: &str, tab: &str) -> String {
        let all = [("file", self.file.as_str()), ("name", &self.name), ("mapping", &self.mapping), ("tab", tab)];
        cx.link(page, &all)
    }
}

/// The sheet that is looked at first: one of which something is said already, else the one that is most like a table of a kind.
fn likeliest(model: &Model, looks: &[Look], whole: &Mapping, name: &str) -> usize {
    if let Some(said) = looks.iter().position(|l| form::of_tab(whole, &l.sheet).is_some()) {
        return said;
    }
    let weight = |l: &Look| l.proposals(model, name).first().map_or(f64::MIN, |p| p.weight);
    let seen = looks.iter().enumerate().filter(|(_, l)| !l.hidden || looks.iter().all(|l| l.hidden));
    let weighed = seen.map(|(n, l)| (n, if looks.len() > 1 { weight(l) } else { 0.0 }));
    weighed.reduce(|best, next| if next.1 > best.1 { next } else { best }).map_or(0, |(n, _)| n)
}

/// Gives a mapping that was made for an earlier file the day that stands above the table of this one; false where it is the same.
fn dated_anew(model: &Model, look: &Look, whole: &mut Mapping, name: &str) -> bool {
    let proposals = look.proposals(model, name);
    let Some(table) = form::of_tab_mut(whole, &look.sheet) else { return false };
    let mut is_new = false;
    for record in &mut table.record {
        let proposed = proposals.iter().find(|p| p.kind == record.kind).and_then(|p| p.mapping.record.first());
        for field in ["day", "year"] {
            let here = proposed.and_then(|p| p.fields.get(field)).and_then(|rule| rule.value.as_ref());
            if let (Some(rule), Some(here)) = (record.fields.get_mut(field), here)
                && rule.value.as_ref().is_some_and(|before| before != here)
            {
                rule.value = Some(here.clone());
                is_new = true;
            }
        }
    }
    is_new
}

fn draw(cx: &Context, at: &SheetMapping, table: &Mapping, error: &str) -> PageResult {
    let (look, model) = (at.look(), cx.model());
    let (columns, wrong) = match look.columns(model, table) {
        Ok(columns) => (columns, String::new()),
        Err(wrong) => (look.columns(model, &look.plain()).unwrap_or_default(), wrong),
    };
    let (header, rows) = (table.header.unwrap_or(look.header.0), table.headings.unwrap_or(1));
    let proposals = look.with_headings(header, rows).proposals(model, &at.name);
    let mut lists: Vec<(String, Vec<String>)> = Vec::new();
    let records = (0..table.record.len()).filter_map(|n| record(cx, table, n, &columns, &proposals, &mut lists)).collect();
    html(&MapPage {
        page: Page::new(cx, m::which_column(), vec![from_sheets(cx)]).with_errors(!error.is_empty() || !wrong.is_empty()),
        file: at.file.clone(),
        name: at.name.clone(),
        mapping: at.mapping.clone(),
        kept: kept::alike(cx, &at.looks).iter().map(|n| Choice::new(n, n, *n == at.mapping)).collect(),
        tab: look.sheet.clone(),
        tabs: tabs(cx, at),
        beside: beside(cx, at),
        encodings: match look.encoding.as_str() {
            "" => Vec::new(),
            here => encodings(&model.languages).into_iter().map(|e| Choice::new(e, e, e.eq_ignore_ascii_case(here))).collect(),
        },
        rows: look
            .rows(ROWS.max(header as usize + 4))
            .into_iter()
            .map(|(number, cells)| SheetRow { number, cells, is_heading: (header..header + rows).contains(&number) })
            .collect(),
        header,
        headings: [1, 2, 3].map(|n| Choice::new(n.to_string(), m::heading_rows(n), n == rows)).to_vec(),
        why: why(cx, table, &proposals),
        told: Some(&look.told).filter(|t| !t.is_empty()).map(|told| ProblemReason::new(model, "file_type", told)),
        carried: if at.is_carried { same_in_all(cx, &at.whole) } else { String::new() },
        records,
        lists,
        table: table_form(cx, table, &columns),
        toml: look.with_codes(model, table).text().unwrap_or_default(),
        error: if error.is_empty() { wrong } else { error.to_owned() },
    })
}

/// What a mapping says of every row, in words; empty where it says nothing so.
pub(super) fn same_in_all(cx: &Context, mapping: &Mapping) -> String {
    let model = cx.model();
    let each = mapping.constants().into_iter().filter_map(|(kind, field, value)| {
        let kind = model.kind(kind)?;
        let field = kind.field(field).or_else(|| model.envelope.get(field).map(|f| &f.field))?;
        let value = match &field.kind {
            FieldType::Code(list) => code_label(model, list, value),
            _ => value.to_owned(),
        };
        Some(m::pair(label(&field.label), value))
    });
    // What several sheets of a file say alike is said once.
    let mut said: Vec<String> = Vec::new();
    for one in each {
        if !said.contains(&one) {
            said.push(one);
        }
    }
    crate::figures::listed(&said)
}

fn tabs(cx: &Context, at: &SheetMapping) -> Vec<Tab> {
    let note = |look: &Look| match form::of_tab(&at.whole, &look.sheet) {
        Some(m) => {
            let kinds = m.record.iter().filter_map(|r| cx.model().kind(&r.kind)).map(|k| label(&k.label));
            crate::figures::listed(&kinds.collect::<Vec<_>>())
        }
        None if look.hidden => m::tab_hidden(),
        None => m::tab_open(),
    };
    let tab = |(n, look): (usize, &Look)| Tab {
        name: look.sheet.clone(),
        href: at.link(cx, "/sheets/map", &look.sheet),
        here: n == at.at,
        note: note(look),
    };
    if at.looks.len() < 2 { Vec::new() } else { at.looks.iter().enumerate().map(tab).collect() }
}

/// The other sheets of the file that have a proposal and no mapping yet.
fn beside(cx: &Context, at: &SheetMapping) -> Vec<SheetBeside> {
    let others = at.looks.iter().enumerate().filter(|(n, _)| *n != at.at).map(|(_, look)| look);
    let beside = |look: &Look| {
        let proposal = proposed(cx.model(), look, &at.whole, &at.name)?;
        Some(SheetBeside {
            name: look.sheet.clone(),
            href: at.link(cx, "/sheets/map", &look.sheet),
            why: why(cx, &proposal.mapping, std::slice::from_ref(&proposal)),
            wanted: !at.whole.leave.contains(&look.sheet),
        })
    };
    others.filter_map(beside).collect()
}

/// Why the rows are taken for what they are.
fn why(cx: &Context, table: &Mapping, proposals: &[MappingProposal]) -> String {
    let Some(kind) = table.record.first().and_then(|r| cx.model().kind(&r.kind)) else { return String::new() };
    let Some(proposal) = proposals.iter().find(|p| p.kind == kind.name) else { return String::new() };
    let reasons = proposal.reasons.iter().take(6).filter_map(|(heading, field)| {
        let field = kind.field(field).or_else(|| cx.model().envelope.get(field).map(|f| &f.field))?;
        Some(m::column_is(label(&field.label), heading))
    });
    m::why_kind(label(&kind.label), crate::figures::listed(&reasons.collect::<Vec<_>>()))
}

fn record(
    cx: &Context,
    table: &Mapping,
    n: usize,
    columns: &[ProposedColumn],
    proposals: &[MappingProposal],
    lists: &mut Vec<(String, Vec<String>)>,
) -> Option<RecordForm> {
    let (rule, model) = (&table.record[n], cx.model());
    let kind = model.kind(&rule.kind)?;
    let earlier: Vec<&str> = table.record[..n].iter().map(|r| r.name.as_deref().unwrap_or(&r.kind)).collect();
    let (mut chosen, mut others) = (Vec::new(), Vec::new());
    for name in form::names(model, kind) {
        let Some(f) = kind.field(&name).or_else(|| model.envelope.get(&name).map(|f| &f.field)) else { continue };
        let shown = FieldShown { cx, n, field: f, own: kind.field(&name).is_some(), columns, earlier: &earlier };
        match rule.fields.get(&name) {
            Some(rule) => chosen.push(shown.at_length(rule, lists)),
            None => others.push(shown.plainly(&Rule::default(), lists)),
        }
    }
    let likely = proposals.iter().filter(|p| p.weight > 0.0).take(5).map(|p| p.kind.as_str());
    let mut order: Vec<&str> = likely.collect();
    let mut by_name: Vec<&Kind> = model.register_kinds().collect();
    by_name.sort_by_cached_key(|k| comparable(&label(&k.label)));
    order.extend(by_name.into_iter().map(|k| k.name.as_str()));
    let mut kinds: Vec<Choice> = Vec::new();
    for name in order {
        if let Some(k) = model.kind(name).filter(|k| !kinds.iter().any(|c| c.value == k.name)) {
            kinds.push(Choice::new(&k.name, label(&k.label), k.name == kind.name));
        }
    }
    Some(RecordForm {
        n,
        label: label(&kind.label),
        kinds,
        name: rule.name.clone().unwrap_or_default(),
        id: rule.id.clone().unwrap_or_default(),
        when: choices(columns, rule.when.as_deref()),
        chosen,
        others,
    })
}

/// The columns to choose from.
fn choices(columns: &[ProposedColumn], here: Option<&str>) -> Vec<Choice> {
    columns.iter().map(|c| Choice::new(&c.heading, &c.heading, here == Some(c.heading.as_str()))).collect()
}

/// A field as the page shows it.
struct FieldShown<'p> {
    cx: &'p Context<'p>,
    n: usize,
    field: &'p Field,
    /// True for a field of the kind, false for one of every statement.
    own: bool,
    columns: &'p [ProposedColumn],
    earlier: &'p [&'p str],
}

impl FieldShown<'_> {
    /// The column, or the same for all rows.
    fn plainly(&self, rule: &Rule, lists: &mut Vec<(String, Vec<String>)>) -> FieldForm {
        let list = match &self.field.kind {
            FieldType::Code(list) => list.clone(),
            FieldType::Boolean => "yes_no".to_owned(),
            _ => String::new(),
        };
        if !list.is_empty() && !lists.iter().any(|(name, _)| *name == list) {
            let codes = self.cx.model().lists.get(&list).map_or(&[][..], |l| l.codes());
            lists.push((list.clone(), codes.iter().filter(|c| c.status != "withdrawn").map(|c| label(&c.label)).collect()));
        }
        let column = rule.column.as_deref().or(rule.columns.first().map(String::as_str));
        let value = rule.value.clone().unwrap_or_default();
        FieldForm {
            key: format!("{}.{}", self.n, self.field.name),
            label: label(&self.field.label),
            help: label(&self.field.help),
            columns: choices(self.columns, column),
            value: if list.is_empty() { value } else { code_label(self.cx.model(), &list, &value) },
            list,
            ..FieldForm::default()
        }
    }

    /// The whole form of a field that a column fills.
    fn at_length(&self, rule: &Rule, lists: &mut Vec<(String, Vec<String>)>) -> FieldForm {
        let field = self.field;
        let is_date = field.kind == FieldType::Date;
        let column = rule.column.as_deref().or(rule.columns.first().map(String::as_str));
        let found = self.columns.iter().find(|c| Some(c.heading.as_str()) == column);
        let examples: Vec<&str> = found.iter().flat_map(|c| c.values.iter().take(3).map(|(v, _)| v.as_str())).collect();
        let part = |n: usize| choices(self.columns, rule.columns.get(n).map(String::as_str));
        let refers = self.own && field.record_kind().is_some();
        let missing = [("", m::names_listed()), ("add", m::names_added())];
        let (values, more_values) = found.map_or_else(Default::default, |c| self.values(rule, c));
        FieldForm {
            examples: examples.join(" · ").chars().take(120).collect(),
            parts: match is_date {
                true => vec![("month", m::part_month(), part(1)), ("day", m::part_day(), part(2))],
                false if field.is_money() => {
                    vec![("month", m::other_currency(), part(1)), ("day", m::third_currency(), part(2))]
                }
                false => Vec::new(),
            },
            rows: self
                .earlier
                .iter()
                .filter(|_| refers)
                .map(|e| Choice::new(*e, m::of_this_row(e), rule.record.as_deref() == Some(*e)))
                .collect(),
            missing: missing
                .into_iter()
                .filter(|_| refers)
                .map(|(value, name)| Choice::new(value, name, rule.missing.as_deref().unwrap_or_default() == value))
                .collect(),
            is_list: matches!(field.kind, FieldType::List(_) | FieldType::Records(_)) || field.more.is_some(),
            split: rule.split.as_deref().map(form::named_sign).unwrap_or_default().to_owned(),
            orders: if is_date { orders(rule.order.as_deref()) } else { Vec::new() },
            formats: if is_date { formats(&rule.formats) } else { Vec::new() },
            decimals: match field.kind {
                FieldType::Integer | FieldType::Number => decimals(rule.decimal.as_deref()),
                _ => Vec::new(),
            },
            sources: if self.own { choices(self.columns, rule.source.as_deref()) } else { Vec::new() },
            confidences: if self.own { choices(self.columns, rule.confidence.as_deref()) } else { Vec::new() },
            more_values,
            values,
            ..self.plainly(rule, lists)
        }
    }

    /// The values of a coded column that are no codes, with what they are taken for, and how many more there are.
    fn values(&self, rule: &Rule, column: &ProposedColumn) -> (Vec<ValueForm>, usize) {
        let FieldType::Code(list) = &self.field.kind else { return Default::default() };
        let model = self.cx.model();
        let Some(codes) = model.lists.get(list) else { return Default::default() };
        let suggestions = Suggestions::of(model, list).among(column.values.iter().take(MOST_VALUES).map(|(v, _)| v.as_str()));
        // A cell of several codes, where the field has another one for those after the first, leaves nothing open.
        let sign = rule.split.as_deref().unwrap_or(";");
        let are_codes = |v: &str| self.field.more.is_some() && v.split(sign).all(|part| codes.find(part.trim()).is_some());
        let is_open = |v: &str| rule.aliases.contains_key(v) || codes.find(v).is_none() && !are_codes(v);
        let mut open: Vec<&(String, u64)> = column.values.iter().filter(|(v, _)| is_open(v)).collect();
        // Of more than the page shows, what is decided makes room.
        if open.len() > MOST_VALUES {
            open.sort_by_key(|(v, _)| rule.aliases.contains_key(v));
        }
        let form = |(text, times): &(String, u64)| {
            let decided = rule.aliases.get(text);
            // Not decided is a decision too: the suggestion is not made again.
            let is_open = decided.is_some_and(|d| d == text && codes.find(d).is_none());
            let suggested = if decided.is_none() { suggestions.code(text) } else { None };
            let code = decided.filter(|_| !is_open).cloned().or(suggested.clone()).unwrap_or_default();
            let short = codes.codes().len() <= MOST_CODES;
            let offered = codes.codes().iter().filter(|c| short && c.status != "withdrawn");
            let mut choices: Vec<Choice> = offered.map(|c| Choice::new(&c.code, label(&c.label), c.code == code)).collect();
            if short {
                choices.push(Choice::new("-", m::leave_out(), decided.is_some_and(String::is_empty)));
            }
            let typed = if short || code.is_empty() { String::new() } else { code_label(model, list, &code) };
            ValueForm { text: text.clone(), times: *times, codes: choices, typed, suggested: suggested.is_some() }
        };
        (open.iter().take(MOST_VALUES).copied().map(form).collect(), open.len().saturating_sub(MOST_VALUES))
    }
}

/// Ways to write a date of which a year of two digits does not tell the order, each with its formats.
const SHORT_DATES: [(&str, &str); 4] = [
    ("31.12.25", "%d.%m.%y|%d/%m/%y|%d-%m-%y"),
    ("12/31/25", "%m/%d/%y|%m.%d.%y|%m-%d-%y"),
    ("25-12-31", "%y-%m-%d|%y/%m/%d|%y.%m.%d"),
    ("Dec-25", "%b-%y|%B-%y|%b %y|%B %y"),
];

/// How dates with years of two digits are written; formats that somebody wrote into the mapping are one choice more.
fn formats(here: &[String]) -> Vec<Choice> {
    let here = here.join("|");
    let mut all = vec![Choice::new("", m::as_proved(), here.is_empty())];
    all.extend(SHORT_DATES.map(|(shown, formats)| Choice::new(formats, m::short_year(shown), here == formats)));
    if !all.iter().any(|c| c.value == here) {
        all.push(Choice::new(&here, &here, true));
    }
    all
}

fn orders(here: Option<&str>) -> Vec<Choice> {
    let all = [("", m::as_proved()), ("day", m::day_first()), ("month", m::month_first())];
    all.into_iter().map(|(value, name)| Choice::new(value, name, here.unwrap_or_default() == value)).collect()
}

fn decimals(here: Option<&str>) -> Vec<Choice> {
    let all = [("", m::as_proved()), (",", "1 250,50".to_owned()), (".", "1,250.50".to_owned())];
    all.into_iter().map(|(value, name)| Choice::new(value, name, here.unwrap_or_default() == value)).collect()
}

fn table_form(cx: &Context, table: &Mapping, columns: &[ProposedColumn]) -> TableForm {
    let each = table.each.clone().unwrap_or_default();
    let made = each.made();
    let is_above = |c: &&ProposedColumn| table.outline.as_ref().is_some_and(|o| o.heading == c.heading);
    let is_joined = |c: &&ProposedColumn| table.joined().as_ref() == Some(&c.heading);
    let own = columns.iter().filter(|c| c.heading != each.heading && !made.contains(&c.heading) && !is_above(c) && !is_joined(c));
    let own: Vec<ProposedColumn> = own.cloned().collect();
    let several = |here: &[String]| own.iter().map(|c| Choice::new(&c.heading, &c.heading, here.contains(&c.heading))).collect();
    let markings = Marking::ALL.iter().filter(|m| **m != Marking::Public);
    let here = |m: &Marking| table.marking.as_deref() == Some(m.code());
    TableForm {
        source: table.source.clone().unwrap_or_default(),
        markings: markings.map(|m| Choice::new(m.code(), code_label(cx.model(), "marking", m.code()), here(m))).collect(),
        orders: orders(table.order.as_deref()),
        decimals: decimals(table.decimal.as_deref()),
        months: (1..=12).map(|n| Choice::new(n.to_string(), n.to_string(), table.year_begins == Some(n))).collect(),
        fill: several(&table.fill),
        join: several(&table.join),
        sections: table.sections.clone().unwrap_or_default(),
        each: several(&each.columns),
        each_heading: each.heading.clone(),
        each_cell: made.join("; "),
        each_year: each.year.clone(),
        splits: splits(table, &own),
        outline: choices(&own, table.outline.as_ref().map(|o| o.column.as_str())),
        skip: choices(&own, table.skip.keys().next().map(String::as_str)),
        skip_texts: table.skip.values().flatten().cloned().collect::<Vec<_>>().join("\n"),
        keep_totals: table.keep_totals == Some(true),
    }
}

/// The columns of several answers, and room for one more.
fn splits(table: &Mapping, own: &[ProposedColumn]) -> Vec<SplitForm> {
    let said = table.split.iter().map(|(column, sign)| (Some(column.as_str()), form::named_sign(sign)));
    let split = |(n, (here, sign)): (usize, (Option<&str>, &str))| {
        let (column, between) = form::split_names(n);
        SplitForm { column, columns: choices(own, here), between, sign: sign.to_owned() }
    };
    said.chain([(None, "")]).enumerate().map(split).collect()
}

/// Keeps what the form says, and goes where its button leads.
pub(super) async fn save(request: PageRequest, Author(_): Author, PostedForm(posted): PostedForm<Fields>) -> PageResult {
    request.read(move |cx| respond(cx, &posted)).await
}

fn respond(cx: &Context, posted: &Fields) -> PageResult {
    let mut at = SheetMapping::of(cx, posted)?;
    let before = at.table(cx);
    let mut go = posted.get("go");
    let mut table = match posted.get("records") {
        "" => before.clone(),
        _ => form::read(cx.model(), &before, posted),
    };
    match go.split_once(':').unwrap_or((go, "")) {
        ("use", _) => return Ok(see_other(&at.link(cx, "/sheets/map", posted.get("tab")))),
        ("head", row) => {
            // Other headings are other columns: what they are is looked for anew.
            let plain = Mapping { header: row.parse().ok(), headings: table.headings, ..at.look().plain() };
            table = again(cx, &at, &plain, &table);
        }
        // And so they are in other letters, which are looked at before anything is made of them.
        ("redraw" | "see", _) if has_other_letters(cx, &at, posted) => {
            let plain = Mapping { header: table.header, headings: table.headings, ..at.look().plain() };
            (table, go) = (again(cx, &at, &plain, &table), "redraw");
        }
        // And so they are where they take more rows, or fewer.
        ("redraw" | "see", _) if table.headings != before.headings => {
            let plain = Mapping { header: table.header, headings: table.headings, ..at.look().plain() };
            table = again(cx, &at, &plain, &table);
        }
        ("drop", n) => drop(n.parse().ok().filter(|n| *n < table.record.len()).map(|n: usize| table.record.remove(n))),
        ("more", _) => table.record.push(RecordRule { kind: "relation".into(), ..RecordRule::default() }),
        ("leave", _) => return leave(cx, &at, table),
        _ => kinds_anew(cx, &at, &before, &mut table),
    }
    let mut whole = form::with_tab(at.whole.clone(), table.clone());
    if !posted.get("records").is_empty() {
        let ticked: Vec<&str> = posted.all("beside").collect();
        whole = with_ticked(cx.model(), &at.looks, whole, &at.name, &ticked, go == "see");
    }
    if let Err(error) = kept::save(cx.app(), &at.mapping, &whole, cx.model()) {
        return refused(draw(cx, &at, &table, &error));
    }
    if go == "see"
        && let Some(lacks) = form::lacking(cx.model(), &table)
    {
        at.whole = whole;
        return refused(draw(cx, &at, &table, &lacks));
    }
    if go == "see" && !at.look().fits(cx.model(), &table) {
        at.whole = whole;
        return refused(draw(cx, &at, &table, &m::columns_gone()));
    }
    Ok(see_other(&at.link(cx, if go == "see" { "/sheets/try" } else { "/sheets/map" }, posted.get("tab"))))
}

/// True where other letters are chosen than those that a sheet was shown in: then its headings are others.
fn has_other_letters(cx: &Context, at: &SheetMapping, posted: &Fields) -> bool {
    let told = || kept::looks(cx, &at.file, &at.name, "").ok()?.first().map(|look| look.encoding.clone());
    let shown = at.whole.encoding.clone().or_else(told).unwrap_or_default();
    let chosen = posted.get("encoding");
    !chosen.is_empty() && !chosen.eq_ignore_ascii_case(&shown)
}

/// Takes a sheet out of the mapping, and goes on to the next one that nothing is said of.
fn leave(cx: &Context, at: &SheetMapping, table: Mapping) -> PageResult {
    let whole = form::with_tab(at.whole.clone(), Mapping { record: Vec::new(), ..table.clone() });
    if let Err(error) = kept::save(cx.app(), &at.mapping, &whole, cx.model()) {
        return refused(draw(cx, at, &table, &error));
    }
    let next = at.looks.iter().skip(at.at + 1).find(|l| !l.hidden && form::of_tab(&whole, &l.sheet).is_none());
    match next {
        Some(next) => Ok(see_other(&at.link(cx, "/sheets/map", &next.sheet))),
        None if whole.record.is_empty() => refused(draw(cx, at, &table, &m::no_tab_taken())),
        None => Ok(see_other(&at.link(cx, "/sheets/try", ""))),
    }
}

/// A record that was said to be of another kind gets the columns that fit that one.
fn kinds_anew(cx: &Context, at: &SheetMapping, before: &Mapping, table: &mut Mapping) {
    let proposals = at.proposals(cx.model());
    for (n, record) in table.record.iter_mut().enumerate() {
        let was = before.record.get(n).map(|r| r.kind.as_str());
        let found = proposals.iter().find(|p| p.kind == record.kind);
        if was != Some(record.kind.as_str())
            && record.fields.is_empty()
            && let Some(proposal) = found
            && let Some(proposed) = proposal.mapping.record.first()
        {
            record.fields.clone_from(&proposed.fields);
            if table.join.is_empty() {
                table.join.clone_from(&proposal.mapping.join);
            }
        }
    }
}

/// The mapping of a sheet whose headings stand elsewhere than was thought.
fn again(cx: &Context, at: &SheetMapping, plain: &Mapping, table: &Mapping) -> Mapping {
    let look = at.look().with_headings(plain.header.unwrap_or(1), plain.headings.unwrap_or(1));
    let wanted = table.record.first().map_or("", |r| r.kind.as_str());
    let proposals = look.proposals(cx.model(), &at.name);
    let found = proposals.iter().find(|p| p.kind == wanted).or(proposals.first());
    let record =
        found.map_or_else(|| vec![RecordRule { kind: wanted.to_owned(), ..RecordRule::default() }], |p| p.mapping.record.clone());
    let kept = Mapping { record, each: found.and_then(|p| p.mapping.each.clone()), ..table.clone() };
    Mapping {
        header: plain.header,
        headings: plain.headings,
        fill: Vec::new(),
        skip: Default::default(),
        split: Default::default(),
        outline: found.and_then(|p| p.mapping.outline.clone()),
        join: found.map_or_else(Vec::new, |p| p.mapping.join.clone()),
        sections: found.and_then(|p| p.mapping.sections.clone()),
        ..kept
    }
}
