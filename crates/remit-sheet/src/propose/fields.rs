//! Which column is which field of a kind, and how much that speaks for it.

use super::beside::{Whose, connected, own_name, said_of_named, share_source};
use super::headed::{EXACT, Headed, is_count, names, value_weight};
use super::rules::{BESIDE, is_beside, rule_for};
use super::{MappingProposal, ProposedColumn};
use crate::codes::Suggestions;
use crate::read::{EachColumn, Mapping, RecordRule, Rule};
use crate::values::ValueWords;
use remit_model::{Field, FieldType, Kind, Marking, Model, comparable};
use remit_store::{status_said, withheld_said};
use std::collections::HashSet;

/// The fields that a column may be, each with how much it counts: those of the kind, and when and by which source it is said.
fn proposable<'m>(model: &'m Model, kind: &'m Kind) -> Vec<(&'m Field, f64)> {
    kind.fields.iter().map(|f| (f, 1.0)).chain(model.envelope.plain().map(|plain| (&plain.field, 0.4))).collect()
}

/// What a table is called: by the names of its sheet and file, and by these and what stands above it.
pub(super) struct TableTitles<'t> {
    pub(super) names: &'t [&'t str],
    pub(super) titles: &'t [&'t str],
}

/// What the columns of a table are for a kind. One that says how confidential each row is, or whether it counts, says it of all that a row gives.
pub(super) fn propose(
    model: &Model,
    kind: &Kind,
    columns: &[Headed<'_>],
    mapping: &Mapping,
    words: &ValueWords,
    called: &TableTitles<'_>,
) -> MappingProposal {
    let deciding = of_deciding(model, kind, columns, words);
    let taken = deciding.iter().map(|(_, at)| *at).collect();
    let mut proposal = propose_fields(model, kind, columns, mapping, words, called, taken);
    for (field, at) in deciding {
        let heading = &columns[at].column.heading;
        let rule = Rule { column: Some(heading.clone()), ..Rule::default() };
        // Which fields are withheld is said of the kind that has them.
        for record in proposal.mapping.record.iter_mut().filter(|record| field != WITHHELD || record.kind == kind.name) {
            record.fields.insert(field.to_owned(), rule.clone());
        }
        proposal.reasons.push((heading.clone(), field.to_owned()));
    }
    // Order of fields is that of the kind, so the reasons are told in that of the sheet.
    proposal.reasons.sort_by_key(|(heading, _)| columns.iter().position(|c| c.column.heading == *heading));
    proposal
}

/// The fields of every statement that say how confidential it is, and which of its fields are.
const MARKING: &str = "marking";
const WITHHELD: &str = "withheld";

/// The columns that say who sees a row and whether it counts, each with its field. Left out, all rows would be public and count.
fn of_deciding<'m>(model: &'m Model, kind: &Kind, columns: &[Headed<'_>], words: &ValueWords) -> Vec<(&'m str, usize)> {
    let mut found: Vec<(&str, usize)> = Vec::new();
    for field in model.envelope.deciding() {
        let is_free = |at: usize| found.iter().all(|(_, taken)| *taken != at);
        let at = (0..columns.len()).find(|at| is_free(*at) && decides(model, kind, &columns[*at], field, words));
        found.extend(at.map(|at| (field.name.as_str(), at)));
    }
    found
}

/// True where a column says what decides who sees each row, or whether it counts: most of what stands in it is of that, by its names in any
/// language, and the heading says so. Of markings it is enough, whatever stands above them, that one of them is for few. “Status” above a
/// status of the kind’s own is that.
fn decides(model: &Model, kind: &Kind, column: &Headed<'_>, field: &Field, words: &ValueWords) -> bool {
    let is_called = || column.says(kind, field) >= EXACT;
    if field.name == MARKING {
        return column.highest_marking(model, words).is_some_and(|highest| highest >= Marking::Confidential || is_called());
    }
    // A heading is looked at faster than all that stands below it.
    if !is_called() || kind.fields.iter().any(|own| column.says(kind, own) >= EXACT) {
        return false;
    }
    let says = |text: &&str| match field.name.as_str() {
        WITHHELD => withheld_said(model, &kind.name, text).is_ok(),
        _ => status_said(model, text).is_ok(),
    };
    let values = column.told(words);
    values.iter().filter(|v| says(v)).count() * 2 > values.len()
}

fn propose_fields(
    model: &Model,
    kind: &Kind,
    columns: &[Headed<'_>],
    mapping: &Mapping,
    words: &ValueWords,
    called: &TableTitles<'_>,
    mut taken: HashSet<usize>,
) -> MappingProposal {
    let fields = proposable(model, kind);
    let headings: Vec<&str> = columns.iter().map(|c| c.column.heading.as_str()).collect();
    let mut filled = HashSet::new();
    let mut rule = RecordRule { kind: kind.name.clone(), ..RecordRule::default() };
    let mut proposal = MappingProposal { kind: kind.name.clone(), mapping: mapping.clone(), ..MappingProposal::default() };
    for (weight, c, f) in likely(model, kind, columns, &fields, words) {
        if taken.contains(&c) || !filled.insert(f) {
            continue;
        }
        taken.insert(c);
        let (field, column) = (fields[f].0, &columns[c].column);
        proposal.weight += if is_made(mapping, kind, field, column) { weight.min(CELL) } else { weight };
        proposal.reasons.push((column.heading.clone(), field.name.clone()));
        let beside =
            |field: &str| headings.iter().find(|h| is_beside(model, kind, &column.heading, field, h)).map(|h| (*h).to_owned());
        let [source, confidence] = BESIDE.map(beside);
        rule.fields.insert(field.name.clone(), Rule { source, confidence, ..rule_for(model, field, column) });
    }
    leave_dates_of_stages(kind, columns, &mut rule, &mut proposal.reasons);
    for (field, column) in told_by_titles(model, kind, &rule, columns) {
        rule.fields.insert(field.name.clone(), rule_for(model, field, column));
    }
    told_by_heading(model, kind, &mut rule);
    for (field, column) in named_in_words(kind, &rule, columns) {
        rule.fields.insert(field.name.clone(), rule_for(model, field, column));
    }
    take_bare_name(model, kind, columns, &mut taken, &mut rule, &mut proposal);
    take_currencies(kind, columns, words, &mut taken, &mut rule, &mut proposal.reasons);
    take_sections(model, kind, columns, mapping, &mut taken, &mut rule, &mut proposal);
    let whose = Whose::of(model, kind);
    if let Some(whose) = &whose {
        whose.take_further(model, columns, &mut taken, &mut rule, &mut proposal.reasons);
    }
    let levels = whose.as_ref().map_or_else(Vec::new, |whose| whose.levels(&rule, columns, &taken));
    let first = whose.map(|whose| whose.field);
    let mut others = connected(model, kind, first, &rule, columns, &levels, &mut taken);
    proposal.weight += CONNECTED * others.iter().map(|r| &r.kind).collect::<HashSet<_>>().len() as f64;
    // A level is mostly said once, above all that is part of it.
    let is_used = |heading: &String| others.iter().any(|r| r.when.as_ref() == Some(heading));
    let rows = columns.iter().map(Headed::filled).max().unwrap_or(0);
    let levels = levels.iter().map(|at| &columns[*at]).filter(|c| is_used(&c.column.heading) && c.filled() < rows);
    proposal.mapping.fill.extend(levels.map(|c| c.column.heading.clone()));
    take_cell(model, kind, columns, mapping, called.titles, &mut rule, &mut proposal);
    weigh_whole(&mut proposal, kind, &rule, mapping, called.names);
    let (named, told) = said_of_named(model, kind, &mut rule, columns, &mut taken);
    proposal.weight += told - columns.len().saturating_sub(taken.len()) as f64;
    others.extend(named);
    share_source(model, &rule, &mut others);
    proposal.mapping.record = std::iter::once(rule).chain(others).collect();
    proposal
}

/// Leaves open a date of which the heading says no more than that, where another column says at which stage each row is: “Date” beside “Stage” is
/// that of whatever stage it is, and not that of one of them. A person says which.
fn leave_dates_of_stages(kind: &Kind, columns: &[Headed<'_>], rule: &mut RecordRule, reasons: &mut Vec<(String, String)>) {
    if !kind.stages.as_ref().is_some_and(|stages| rule.fields.contains_key(&stages.field)) {
        return;
    }
    let is_open = |name: &String, r: &Rule| {
        let column = columns.iter().find(|c| Some(&c.column.heading) == r.column.as_ref());
        let is_date = kind.field(name).is_some_and(|f| f.kind == FieldType::Date);
        is_date && name != "date" && column.is_some_and(Headed::is_any_date)
    };
    let open: Vec<String> = rule.fields.iter().filter(|(name, r)| is_open(name, r)).map(|(name, _)| name.clone()).collect();
    rule.fields.retain(|name, _| !open.contains(name));
    reasons.retain(|(_, field)| !open.contains(field));
}

/// What records of a kind beside the row’s own speak for what it is about.
const CONNECTED: f64 = 3.0;

/// What a column that is called no more than a name speaks for a kind whose records are called otherwise.
const BARE_NAME: f64 = 3.0;

/// Takes the column that is called no more than a name for what each row is called, where no other says that: “Name” beside donors and amounts
/// is the name of a project.
fn take_bare_name(
    model: &Model,
    kind: &Kind,
    columns: &[Headed<'_>],
    taken: &mut HashSet<usize>,
    rule: &mut RecordRule,
    proposal: &mut MappingProposal,
) {
    let title = kind.title.as_ref().filter(|title| !rule.fields.contains_key(*title)).and_then(|title| kind.field(title));
    let Some(field) = title.filter(|_| rule.fields.len() > 1) else { return };
    let is_bare = |at: &usize| !taken.contains(at) && columns[*at].is_any_name() && !columns[*at].has_only_figures();
    let Some(at) = (0..columns.len()).find(is_bare) else { return };
    let column = &columns[at].column;
    taken.insert(at);
    proposal.weight += BARE_NAME;
    proposal.reasons.push((column.heading.clone(), field.name.clone()));
    rule.fields.insert(field.name.clone(), rule_for(model, field, column));
}

/// Takes columns that say in other currencies what a field says already for that field too, and one that says of each amount what it is in.
fn take_currencies(
    kind: &Kind,
    columns: &[Headed<'_>],
    words: &ValueWords,
    taken: &mut HashSet<usize>,
    rule: &mut RecordRule,
    reasons: &mut Vec<(String, String)>,
) {
    for (field, at) in in_other_currencies(kind, rule, columns, taken, words) {
        let Some(of) = rule.fields.get_mut(&field) else { continue };
        let heading = &columns[at].column.heading;
        taken.insert(at);
        of.columns.extend(of.column.take().into_iter().chain([heading.clone()]));
        reasons.push((heading.clone(), field));
    }
    if let Some(at) = currencies_alone(kind, rule, columns, taken, words) {
        let (heading, field) = (&columns[at].column.heading, "currency".to_owned());
        taken.insert(at);
        rule.fields.insert(field.clone(), Rule { column: Some(heading.clone()), ..Rule::default() });
        reasons.push((heading.clone(), field));
    }
}

/// Takes what stands above the rows of a part of the table for the first code that no column gives and that most of it means: “MINISTRIES”,
/// “POLICE” for the class of each body, “SOMALIA” for its country.
fn take_sections(
    model: &Model,
    kind: &Kind,
    columns: &[Headed<'_>],
    mapping: &Mapping,
    taken: &mut HashSet<usize>,
    rule: &mut RecordRule,
    proposal: &mut MappingProposal,
) {
    let found = columns.iter().position(|c| Some(&c.column.heading) == mapping.sections.as_ref());
    let Some(at) = found.filter(|at| !taken.contains(at)) else { return };
    let ProposedColumn { heading, values } = &columns[at].column;
    let is_meant = |field: &&Field| {
        let FieldType::Code(list) = &field.kind else { return false };
        let texts = || values.iter().map(|(text, _)| text.as_str());
        let suggested = Suggestions::of(model, list).among(texts());
        let is_code =
            |text: &&str| suggested.code(text).is_some() || model.lists.get(list).is_some_and(|l| l.find(text).is_some());
        texts().filter(is_code).count() * 2 > values.len()
    };
    let is_open = |field: &&Field| !rule.fields.contains_key(&field.name);
    // Its own column says nothing more than that it is of those below.
    taken.insert(at);
    if let Some(field) = kind.fields.iter().filter(is_open).find(is_meant) {
        proposal.weight += 3.0;
        proposal.reasons.push((heading.clone(), field.name.clone()));
        rule.fields.insert(field.name.clone(), Rule { column: Some(heading.clone()), ..Rule::default() });
    }
}

/// The column beside amounts in which nothing but currencies stand, whatever it is called; where no other is known to say them. One word
/// alone may be another thing: “ALL”.
fn currencies_alone(
    kind: &Kind,
    rule: &RecordRule,
    columns: &[Headed<'_>],
    taken: &HashSet<usize>,
    words: &ValueWords,
) -> Option<usize> {
    let is_amount = |f: &Field| f.is_money() && rule.fields.contains_key(&f.name);
    if kind.field("currency").is_none() || rule.fields.contains_key("currency") || !kind.fields.iter().any(is_amount) {
        return None;
    }
    let is_currency = |text: &str| words.numbers.unit(text).is_some_and(|unit| unit.currency.is_some() && unit.noughts == 0);
    let is_all = |c: &Headed<'_>| {
        let values = c.column.values.iter().map(|(v, _)| v.as_str());
        let values: Vec<&str> = values.filter(|v| !words.answers.says_nothing(v)).collect();
        values.len() > 1 && values.into_iter().all(is_currency)
    };
    (0..columns.len()).find(|at| !taken.contains(at) && is_all(&columns[*at]))
}

/// Which columns may be which fields of a kind, the likeliest first: how likely, the column, the field.
fn likely(
    model: &Model,
    kind: &Kind,
    columns: &[Headed<'_>],
    fields: &[(&Field, f64)],
    words: &ValueWords,
) -> Vec<(f64, usize, usize)> {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    let own_fields = kind.fields.len();
    let is_beside_one =
        |c: &Headed<'_>, of: &Headed<'_>| BESIDE.iter().any(|f| is_beside(model, kind, &of.column.heading, f, &c.column.heading));
    let is_own = |c: &Headed<'_>| columns.iter().any(|of| is_beside_one(c, of));
    for (c, column) in columns.iter().enumerate().filter(|(_, c)| !is_own(c) && !c.is_above) {
        for (f, (field, share)) in fields.iter().enumerate() {
            let said = column.says(kind, field);
            // What every statement has is taken only where the heading says it itself, as a date, or where it is not known to say another thing:
            // “Source of funding” is no source of what is said. A share of a hundred is no count, and the amounts of
            // “Fund A” are no names.
            let is_loose = f >= own_fields && said < EXACT && (field.kind == FieldType::Date || column.is_known());
            let is_name = matches!(field.kind, FieldType::Text | FieldType::Texts | FieldType::Record(_) | FieldType::Records(_));
            let is_no_name = is_name && said < EXACT && column.has_only_figures();
            if is_loose || is_no_name || column.is_share && is_count(field) {
                continue;
            }
            // What is no more than a name is seldom that of what has none.
            let is_bare = kind.title.is_none() && field.kind == FieldType::Text && column.is_any_name();
            let weight = match said * share {
                weight if weight > 0.0 && is_bare => BARE_NAME - 0.5,
                weight if weight > 0.0 => weight + value_weight(model, field, &column.column, words, said),
                weight => weight,
            };
            if weight >= 2.0 {
                pairs.push((weight, c, f));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    pairs
}

/// What a number speaks for a kind that stands below headings which were made rows.
const CELL: f64 = 3.0;

/// True for the cells of columns that are rows, which are called so nowhere in the sheet. Of what has no time of its own they are added up.
fn is_made(mapping: &Mapping, kind: &Kind, field: &Field, column: &ProposedColumn) -> bool {
    let is_added = kind.key.is_empty() && field.is_money();
    !is_added && mapping.each.as_ref().is_some_and(|each| each.cell == column.heading)
}

/// Takes the column of what stood below the headings that were made rows for the field that it is. What the column is called here stands nowhere
/// in the sheet: a title that names another amount of money goes before it.
fn take_cell(
    model: &Model,
    kind: &Kind,
    columns: &[Headed<'_>],
    mapping: &Mapping,
    titles: &[&str],
    rule: &mut RecordRule,
    proposal: &mut MappingProposal,
) {
    let is_said = |f: &Field| titles.iter().any(|title| is_titled(model, kind, f, title));
    let is_named = |f: &Field| f.is_money() && is_said(f);
    let Some((column, field)) = number_of_cell(kind, rule, mapping, columns, &is_named) else {
        let cell = mapping.each.as_ref().and_then(|each| columns.iter().find(|c| c.column.heading == each.cell));
        let is_read = |c: &Headed<'_>| proposal.reasons.iter().any(|(heading, _)| *heading == c.column.heading);
        // Counts are no crosses: a kind without a number has no place for them.
        let is_lost = cell.is_some_and(|c| c.has_counts() && !is_read(c));
        proposal.weight -= if is_lost { 20.0 } else { 0.0 };
        return;
    };
    match proposal.reasons.iter().position(|(heading, _)| *heading == column.heading) {
        Some(at) => {
            let other = proposal.reasons[at].1.clone();
            if !is_named(field) || kind.field(&other).is_none_or(|other| !other.is_money() || is_named(other)) {
                return;
            }
            proposal.reasons.remove(at);
            rule.fields.remove(&other);
        }
        // “Complaints against the police” above counts says what they are of.
        None => proposal.weight += if is_said(field) { 2.0 * CELL } else { CELL },
    }
    proposal.reasons.push((column.heading.clone(), field.name.clone()));
    rule.fields.insert(field.name.clone(), rule_for(model, field, column));
}

/// The column of what stood below the headings that were made rows, and the field that it is: the one that is named, else the whole, where the
/// kind has a number for it, else the first number that it has.
fn number_of_cell<'t>(
    kind: &'t Kind,
    rule: &RecordRule,
    mapping: &Mapping,
    columns: &'t [Headed<'_>],
    is_named: &dyn Fn(&Field) -> bool,
) -> Option<(&'t ProposedColumn, &'t Field)> {
    let cell = &mapping.each.as_ref()?.cell;
    let column = columns.iter().map(|c| &c.column).find(|c| c.heading == *cell)?;
    let is_open = |f: &&Field| {
        matches!(f.kind, FieldType::Number | FieldType::Integer)
            && !kind.key.contains(&f.name)
            && !rule.fields.contains_key(&f.name)
    };
    let has_parts = |whole: &Field| kind.fields.iter().any(|f| f.whole.as_ref() == Some(&whole.name));
    let open = || kind.fields.iter().filter(is_open);
    let found = open().find(|f| is_named(f)).or_else(|| open().find(|f| has_parts(f))).or_else(|| open().next())?;
    Some((column, found))
}

/// Words of a title that are looked at together.
const MOST_WORDS_OF_TITLE: usize = 3;

/// True where a title has what stands above columns of a field among its words.
fn is_titled(model: &Model, kind: &Kind, field: &Field, title: &str) -> bool {
    let title = comparable(title);
    let words: Vec<&str> = title.split(' ').collect();
    // Short words are too many other things: “ist”.
    let is_said = |said: &str| {
        said.chars().count() > 3
            && (names(field).iter().any(|name| name == said) || model.headings.is_of(said, kind, &field.name))
    };
    (1..=MOST_WORDS_OF_TITLE).any(|length| words.windows(length).any(|words| is_said(&words.join(" "))))
}

/// The field of what is said besides.
const NOTE: &str = "note";

/// The field by which a record is of a file of due diligence.
const REQUEST: &str = "support_request";

/// What speaks for a proposal as a whole, or against it: that the sheet or file is called as the kind, and what it lacks.
fn weigh_whole(proposal: &mut MappingProposal, kind: &Kind, rule: &RecordRule, mapping: &Mapping, called: &[&str]) {
    let said = called
        .iter()
        .map(|c| comparable(c))
        .any(|c| kind.label.all().any(|(_, l)| c.contains(&comparable(l))) || c.contains(&kind.name.replace('_', " ")));
    proposal.weight += if said { 6.0 } else { 0.0 };
    // What is of a file of due diligence names the request: a measure by itself is one of a plan.
    let is_loose = kind.noted && kind.field(REQUEST).is_some() && !rule.fields.contains_key(REQUEST);
    proposal.weight -= if is_loose { 4.0 } else { 0.0 };
    // Where rows are made of columns, what tells them apart must be a field.
    let is_lost = |e: &EachColumn| !proposal.reasons.iter().any(|(heading, _)| *heading == e.heading);
    proposal.weight -= if mapping.each.as_ref().is_some_and(is_lost) { 20.0 } else { 0.0 };
    proposal.weight -= kind.fields.iter().filter(|f| f.required && !rule.fields.contains_key(&f.name)).count() as f64 * 6.0;
    // What is there to tell figures says nothing without one.
    let figures = kind.figures();
    let is_bare = !figures.is_empty() && !figures.iter().any(|f| rule.fields.contains_key(&f.name));
    proposal.weight -= if is_bare { 6.0 } else { 0.0 };
    // Whom, where and when tell nothing that happened: a course does, or how many came.
    let is_body = |f: &Field| kind.fields.iter().any(|other| other.words.as_ref() == Some(&f.name));
    let is_telling = |f: &&Field| match f.kind {
        FieldType::Integer | FieldType::Number => true,
        FieldType::Text => kind.key.contains(&f.name) && !is_body(f),
        _ => false,
    };
    let mut telling = kind.fields.iter().filter(is_telling).filter(|_| kind.title.is_none() && figures.is_empty()).peekable();
    let is_vague = telling.peek().is_some() && !telling.any(|f| rule.fields.contains_key(&f.name));
    proposal.weight -= if is_vague { 6.0 } else { 0.0 };
    // Whoever is named beside a body without saying as what is to be asked there, and holds no post.
    let is_said = |f: &Field| f.record_kind().is_none() && f.name != NOTE && rule.fields.contains_key(&f.name);
    let is_contact = kind.personal && kind.title.is_none() && !kind.fields.iter().any(is_said);
    proposal.weight -= if is_contact { 6.0 } else { 0.0 };
    // Without its name there is no record; and one column alone says which records there are, and nothing of them.
    let title = kind.title.as_ref().and_then(|title| kind.field(title)).filter(|f| f.required);
    proposal.weight -= if title.is_some_and(|f| !rule.fields.contains_key(&f.name)) { 6.0 } else { 0.0 };
    proposal.weight -= if kind.title.is_none() && rule.fields.len() == 1 { 3.0 } else { 0.0 };
}

/// Codes of which the words stand in a column that is a text already: whoever is called a commander has the post of that title, and the
/// role. At least half of what stands there must tell a code.
fn told_by_titles<'m>(
    model: &Model,
    kind: &'m Kind,
    rule: &RecordRule,
    columns: &'m [Headed<'_>],
) -> Vec<(&'m Field, &'m ProposedColumn)> {
    let is_text = |name: &str| kind.field(name).is_some_and(|f| f.kind == FieldType::Text) && kind.title.as_deref() != Some(name);
    let texts: Vec<&str> =
        rule.fields.iter().filter(|(name, _)| is_text(name)).filter_map(|(_, r)| r.column.as_deref()).collect();
    let tells = |list: &str, column: &ProposedColumn| {
        let told = column.values.iter().filter(|(v, _)| model.lists.told_by(list, v).is_some()).count();
        told > 0 && told * 2 >= column.values.len()
    };
    let column_of = |field: &'m Field| {
        let FieldType::Code(list) = &field.kind else { return None };
        let column = columns.iter().map(|c| &c.column).find(|c| texts.contains(&c.heading.as_str()) && tells(list, c))?;
        Some((field, column))
    };
    kind.fields.iter().filter(|f| f.words.is_some() && !rule.fields.contains_key(&f.name)).filter_map(column_of).collect()
}

/// Records that the words of a column name, which are kept as published beside them: the unit that was trained. Whichever of both a column was
/// taken for, it is the other too.
fn named_in_words<'m>(kind: &'m Kind, rule: &RecordRule, columns: &'m [Headed<'_>]) -> Vec<(&'m Field, &'m ProposedColumn)> {
    let column_of = |of: &Field, other: &'m Field| {
        let heading = rule.fields.get(&of.name)?.column.as_ref()?;
        let column = columns.iter().map(|c| &c.column).find(|c| c.heading == *heading)?;
        (!rule.fields.contains_key(&other.name)).then_some((other, column))
    };
    let both = |field: &'m Field| {
        let words = kind.field(field.words.as_ref()?)?;
        column_of(words, field).or_else(|| column_of(field, words))
    };
    kind.fields.iter().filter(|field| field.record_kind().is_some()).filter_map(both).collect()
}

/// Columns of the same amount in another currency: “Budget (USD)” beside “Budget (EUR)”, each with the field.
fn in_other_currencies(
    kind: &Kind,
    rule: &RecordRule,
    columns: &[Headed<'_>],
    taken: &HashSet<usize>,
    words: &ValueWords,
) -> Vec<(String, usize)> {
    if kind.field("currency").is_none() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for field in kind.fields.iter().filter(|f| f.is_money()) {
        let heading = rule.fields.get(&field.name).and_then(|r| r.column.as_deref());
        let Some((stem, own)) = heading.and_then(|h| words.numbers.in_currency(h)) else { continue };
        let is_same = |at: &usize| {
            let other = words.numbers.in_currency(&columns[*at].column.heading);
            other.is_some_and(|(of, currency)| of == stem && currency != own)
        };
        let others = (0..columns.len()).filter(|at| !taken.contains(at)).filter(is_same);
        found.extend(others.map(|at| (field.name.clone(), at)));
    }
    found
}

/// What is told from words is told by the heading above whose row it is, where no column says it: below “Commander” stand commanders.
fn told_by_heading(model: &Model, kind: &Kind, rule: &mut RecordRule) {
    let own = own_name(kind).and_then(|name| rule.fields.get(name)?.column.clone());
    for field in kind.fields.iter().filter(|f| f.words.is_some()) {
        let FieldType::Code(list) = &field.kind else { continue };
        let heading = own.clone().filter(|heading| model.lists.told_by(list, heading).is_some());
        if let Some(heading) = heading.filter(|_| !rule.fields.contains_key(&field.name)) {
            rule.fields.insert(field.name.clone(), Rule { value: Some(heading), ..Rule::default() });
        }
    }
}
