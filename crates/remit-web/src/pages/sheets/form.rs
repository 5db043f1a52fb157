//! The form is the mapping: what it shows is what a mapping says, and what it sends is one again.

use crate::m;
use crate::messages::label;
use crate::post::Fields;
use remit_model::{FieldType, Kind, Model};
use remit_sheet::{EachColumn, Mapping, OutlineColumn, RecordRule, Rule, Suggestions};
use std::collections::BTreeMap;

/// The mapping of one sheet, as a form says it. What the form does not show stays as it was.
pub(super) fn read(model: &Model, before: &Mapping, posted: &Fields) -> Mapping {
    let said = |name: &str| Some(posted.get(name).to_owned()).filter(|v| !v.is_empty());
    let number = |name: &str| posted.get(name).parse().ok();
    let records = (0..posted.get("records").parse().unwrap_or(0)).filter_map(|n| record(model, before, posted, n));
    // The column that was made of headings of rows is gone where nobody wants it.
    let gone = before.sections.clone().filter(|_| said("sections").is_none());
    let records = records.map(|record| without_column(record, gone.as_ref()));
    let headings = number("headings").filter(|n| *n > 1);
    Mapping {
        sheet: said("tab"),
        header: number("header"),
        headings,
        encoding: said("encoding"),
        order: said("order"),
        decimal: said("decimal"),
        year_begins: number("year_begins").map(|n| n as u32),
        keep_totals: (posted.get("keep_totals") == "yes").then_some(true),
        fill: posted.all("fill").map(str::to_owned).collect(),
        join: join(before, posted),
        sections: said("sections"),
        marking: said("marking"),
        source: said("source"),
        url: said("url"),
        skip: skip(posted),
        split: split(posted),
        outline: said("outline").map(|column| OutlineColumn::of(&column)),
        each: each(posted),
        record: records.collect(),
        ..before.clone()
    }
}

fn without_column(mut record: RecordRule, gone: Option<&String>) -> RecordRule {
    record.fields.retain(|_, rule| gone.is_none() || rule.column.as_ref() != gone);
    record
}

/// What separates the answers in a cell: what the form shows where nothing is written; a space and the end of a line by their names. What is
/// sent has no space around it, and a word stands between others: “i” is in many of them. Of Arabic it is one letter before the next word.
pub(super) fn sign(text: &str) -> String {
    match text {
        "" => ";".to_owned(),
        "space" => " ".to_owned(),
        "line" => "\n".to_owned(),
        "و" => " و".to_owned(),
        word if word.chars().all(char::is_alphabetic) => format!(" {word} "),
        other => other.to_owned(),
    }
}

/// The same as the form shows it.
pub(super) fn named_sign(sign: &str) -> &str {
    match sign {
        " " => "space",
        "\n" => "line",
        other => other,
    }
}

/// How the form calls the column of several answers, and the sign between them, one pair for each such column.
pub(super) fn split_names(n: usize) -> (String, String) {
    (format!("split-column.{n}"), format!("split-sign.{n}"))
}

/// The columns that hold several answers, each with what separates them; the form has one empty pair more than are said.
fn split(posted: &Fields) -> BTreeMap<String, String> {
    let pairs = (0..).map(split_names).take_while(|(column, _)| posted.names().any(|name| name == column));
    let said = pairs.map(|(column, between)| (posted.get(&column).to_owned(), sign(posted.get(&between))));
    said.filter(|(column, _)| !column.is_empty()).collect()
}

fn skip(posted: &Fields) -> BTreeMap<String, Vec<String>> {
    let texts: Vec<String> =
        posted.get("skip-texts").split(['\n', ';']).map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()).collect();
    match posted.get("skip-column") {
        column if !column.is_empty() && !texts.is_empty() => BTreeMap::from([(column.to_owned(), texts)]),
        _ => BTreeMap::new(),
    }
}

/// The columns that are parts of one name. A list of boxes has the order of the sheet; where the same stay chosen, that of the name is kept.
fn join(before: &Mapping, posted: &Fields) -> Vec<String> {
    let said: Vec<String> = posted.all("join").map(str::to_owned).collect();
    let is_same = said.len() == before.join.len() && said.iter().all(|column| before.join.contains(column));
    if is_same { before.join.clone() } else { said }
}

fn each(posted: &Fields) -> Option<EachColumn> {
    let columns: Vec<String> = posted.all("each").map(str::to_owned).collect();
    let or = |name: &str, other: &str| Some(posted.get(name)).filter(|v| !v.is_empty()).unwrap_or(other).to_owned();
    let cells = or("each-cell", "Value");
    let several: Vec<String> = cells.split(';').map(|c| c.trim().to_owned()).filter(|c| !c.is_empty()).collect();
    let (cell, cells) = if several.len() > 1 { (String::new(), several) } else { (cells, Vec::new()) };
    let year = posted.get("each-year").trim().to_owned();
    (!columns.is_empty()).then(|| EachColumn { columns, heading: or("each-heading", "Year"), cell, cells, year })
}

fn record(model: &Model, before: &Mapping, posted: &Fields, n: usize) -> Option<RecordRule> {
    let said = |name: &str| Some(posted.get(&format!("r.{n}.{name}")).to_owned()).filter(|v| !v.is_empty());
    let kind = model.kind(&said("kind")?)?;
    let earlier = before.record.get(n).filter(|r| r.kind == kind.name).cloned().unwrap_or_default();
    let mut fields = earlier.fields.clone();
    for name in names(model, kind) {
        match rule(model, kind, &name, earlier.fields.get(&name), posted, n) {
            Some(rule) => drop(fields.insert(name, rule)),
            None => drop(fields.remove(&name)),
        }
    }
    Some(RecordRule { kind: kind.name.clone(), name: said("as"), id: said("id"), when: said("when"), fields })
}

/// The fields that a form shows of a kind: its own, and those of every statement.
pub(super) fn names(model: &Model, kind: &Kind) -> Vec<String> {
    let own = kind.fields.iter().map(|f| f.name.clone());
    own.chain(model.envelope.entered().map(|f| f.field.name.clone())).collect()
}

fn rule(model: &Model, kind: &Kind, name: &str, before: Option<&Rule>, posted: &Fields, n: usize) -> Option<Rule> {
    let key = |what: &str| format!("f.{n}.{name}.{what}");
    let said = |what: &str| Some(posted.get(&key(what)).to_owned()).filter(|v| !v.is_empty());
    let columns: Vec<String> = ["column", "month", "day"].iter().filter_map(|c| said(c)).collect();
    let is_parts = columns.len() > 1;
    let before = before.cloned().unwrap_or_default();
    // Only a field that was shown at length has said more than its column.
    let at_length = posted.get(&key("long")) == "yes";
    let shown = |what: &str, before: Option<String>| if at_length { said(what) } else { before };
    let rule = Rule {
        column: columns.first().filter(|_| !is_parts).cloned(),
        columns: if is_parts { columns } else { Vec::new() },
        value: said("value").map(|text| code(model, kind, name, &text)),
        record: shown("row", before.record),
        missing: shown("missing", before.missing),
        split: shown("split", before.split).map(|between| sign(&between)),
        order: shown("order", before.order),
        decimal: shown("decimal", before.decimal),
        formats: if at_length {
            posted.get(&key("format")).split('|').filter(|f| !f.is_empty()).map(str::to_owned).collect()
        } else {
            before.formats
        },
        source: shown("source", before.source),
        confidence: shown("confidence", before.confidence),
        aliases: aliases(model, kind, name, before.aliases, posted, n),
        add: before.add,
        list: before.list,
        strip: before.strip,
    };
    let says = rule.column.is_some() || !rule.columns.is_empty() || rule.value.is_some() || rule.record.is_some();
    says.then_some(rule)
}

/// The code that somebody chose or typed the name of; another text as it is.
fn code(model: &Model, kind: &Kind, name: &str, text: &str) -> String {
    let list = match kind.field(name).map(|f| &f.kind) {
        Some(FieldType::Code(list)) => model.lists.get(list),
        _ => None,
    };
    list.and_then(|l| l.find(text)).map_or(text, |c| c.code.as_str()).to_owned()
}

/// What each text of a column means: a code by its code or name.
fn aliases(
    model: &Model,
    kind: &Kind,
    name: &str,
    mut aliases: BTreeMap<String, String>,
    posted: &Fields,
    n: usize,
) -> BTreeMap<String, String> {
    let list = match kind.field(name).map(|f| &f.kind) {
        Some(FieldType::Code(list)) => list.as_str(),
        _ => "",
    };
    let suggested = Suggestions::of(model, list);
    for at in 0.. {
        let text = posted.get(&format!("a.{n}.{name}.{at}.text"));
        if text.is_empty() {
            return aliases;
        }
        // Who takes a suggestion back has left it open: the text stands for itself.
        let is_suggested = || suggested.code(text).is_some();
        match posted.get(&format!("a.{n}.{name}.{at}.code")) {
            "" if is_suggested() => drop(aliases.insert(text.to_owned(), text.to_owned())),
            "" => drop(aliases.remove(text)),
            "-" => drop(aliases.insert(text.to_owned(), String::new())),
            said => drop(aliases.insert(text.to_owned(), code(model, kind, name, said))),
        }
    }
    aliases
}

/// What has to be said before rows make records: which column, or value of all rows, tells which record a row is about.
pub(super) fn lacking(model: &Model, table: &Mapping) -> Option<String> {
    if table.record.iter().all(|r| r.fields.is_empty()) {
        return Some(m::choose_column());
    }
    let used = |heading: &str| table.record.iter().any(|r| r.fields.values().any(|f| f.column.as_deref() == Some(heading)));
    if let Some(each) = table.each.as_ref().filter(|e| !used(&e.heading) && !table.adds_up(model)) {
        return Some(m::choose_time(&each.heading));
    }
    if table.each.as_ref().is_some_and(|each| lacks_year(model, table, each)) {
        return Some(m::choose_year());
    }
    let lacks = |r: &RecordRule| {
        let kind = model.kind(&r.kind)?;
        let wanted = kind.tells();
        let is_said =
            r.fields.is_empty() || r.id.is_some() || wanted.is_empty() || wanted.iter().any(|f| r.fields.contains_key(&f.name));
        let or: Vec<String> = wanted.iter().map(|f| label(&f.label)).collect();
        // What has no name of its own says nothing without each of these.
        let must = kind.fields.iter().filter(|f| f.required && kind.title.is_none() && kind.references().next().is_some());
        let missing = must.filter(|f| !r.fields.contains_key(&f.name)).map(|f| label(&f.label)).next();
        let missing = missing.filter(|_| !r.fields.is_empty());
        match (is_said, missing) {
            (false, _) => Some(m::choose_what_tells(or.join(" / "), label(&kind.label))),
            (true, Some(field)) => Some(m::choose_required(field, label(&kind.label))),
            (true, None) if !r.fields.is_empty() => lacking_figure(kind, r),
            (true, None) => None,
        }
    };
    table.record.iter().find_map(lacks)
}

/// True where months stand above columns that are rows, each is the date of its row, and nothing says of which year.
fn lacks_year(model: &Model, table: &Mapping, each: &EachColumn) -> bool {
    let is_date = |kind: &str, name: &str| {
        let field = model.kind(kind).and_then(|kind| kind.field(name));
        field.is_some_and(|field| field.kind == FieldType::Date)
    };
    let is_when = |r: &RecordRule| {
        r.fields.iter().any(|(name, rule)| rule.column.as_ref() == Some(&each.heading) && is_date(&r.kind, name))
    };
    let has_year = !each.year.is_empty() || each.columns.iter().any(|heading| heading.contains(char::is_numeric));
    !has_year && table.record.iter().any(is_when)
}

/// What is there to tell figures has to have one.
fn lacking_figure(kind: &Kind, rule: &RecordRule) -> Option<String> {
    let figures = kind.figures();
    let is_bare = !figures.is_empty() && !figures.iter().any(|f| rule.fields.contains_key(&f.name));
    let some: Vec<String> = figures.iter().take(3).map(|f| label(&f.label)).collect();
    is_bare.then(|| m::choose_required(some.join(" / "), label(&kind.label)))
}

/// The part of a mapping that is of a sheet; none where it says nothing of it.
pub(super) fn of_tab<'m>(whole: &'m Mapping, tab: &str) -> Option<&'m Mapping> {
    let is_it = |m: &&Mapping| m.sheet.as_deref().unwrap_or_default() == tab;
    std::iter::once(whole).chain(&whole.also).filter(|m| !m.record.is_empty()).find(is_it)
}

/// The same, to be changed.
pub(super) fn of_tab_mut<'m>(whole: &'m mut Mapping, tab: &str) -> Option<&'m mut Mapping> {
    let is_it = |m: &Mapping| !m.record.is_empty() && m.sheet.as_deref().unwrap_or_default() == tab;
    match is_it(whole) {
        true => Some(whole),
        false => whole.also.iter_mut().find(|m| is_it(m)),
    }
}

/// A mapping with what is said of one of its sheets; where that makes no record, the sheet is one that is not wanted.
pub(super) fn with_tab(whole: Mapping, tab: Mapping) -> Mapping {
    let mut leave = whole.leave.clone();
    leave.retain(|sheet| Some(sheet) != tab.sheet.as_ref());
    leave.extend(tab.sheet.clone().filter(|_| tab.record.is_empty()));
    let mut tables: Vec<Mapping> = vec![Mapping { also: Vec::new(), ..whole.clone() }];
    tables.extend(whole.also);
    match tables.iter_mut().find(|t| t.sheet == tab.sheet && !t.record.is_empty()) {
        Some(same) => *same = tab,
        None => tables.push(tab),
    }
    tables.retain(|t| !t.record.is_empty());
    let mut tables = tables.into_iter();
    let first = tables.next().unwrap_or_default();
    let plain = |t: Mapping| Mapping { also: Vec::new(), leave: Vec::new(), ..t };
    Mapping { also: tables.map(plain).collect(), leave, ..first }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(sheet: &str, kind: &str) -> Mapping {
        let record = vec![RecordRule { kind: kind.into(), ..RecordRule::default() }];
        Mapping { sheet: Some(sheet.into()), record, ..Mapping::default() }
    }

    #[test]
    fn each_sheet_of_a_workbook_has_a_mapping_of_its_own() {
        let one = with_tab(Mapping::default(), of("a", "actor"));
        let two = with_tab(one, of("b", "project"));
        assert_eq!((two.sheet.as_deref(), two.also.len()), (Some("a"), 1));
        assert_eq!(of_tab(&two, "b").map(|m| m.record[0].kind.as_str()), Some("project"));
        let changed = with_tab(two, of("a", "strength"));
        assert_eq!(of_tab(&changed, "a").map(|m| m.record[0].kind.as_str()), Some("strength"));
        let left = with_tab(changed, Mapping { record: Vec::new(), ..of("a", "strength") });
        assert_eq!((left.sheet.as_deref(), left.also.len(), &left.leave[..]), (Some("b"), 0, &["a".to_owned()][..]));
        let again = with_tab(left, of("a", "strength"));
        assert_eq!((again.also.len(), again.leave.len(), again.also[0].leave.len()), (1, 0, 0));
    }
}
