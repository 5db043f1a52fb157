//! An activity in the order in which the standard wants its elements.

use super::element::IatiElement;
use super::{Item, LeftOut, NamedRow, whole_day};

/// An activity before it is known whether it has all that the standard asks for.
#[derive(Debug, Clone, Default)]
pub(super) struct ActivityInMaking {
    pub(super) identifier: String,
    root: IatiElement,
    elements: Vec<IatiElement>,
    missing: Vec<&'static str>,
}

/// Characters of a value that are shown of what stayed out.
const SHOWN: usize = 120;

pub(super) fn left_out(record: &str, element: &str, value: &str, reason: &str) -> LeftOut {
    let value = value.chars().take(SHOWN).collect();
    LeftOut { record: record.to_owned(), element: element.to_owned(), value, reason: reason.to_owned() }
}

/// What holds of all transactions that say nothing else: the element, and the column that has its code.
const DEFAULTS: [(&str, &str); 5] = [
    ("collaboration-type", "collaboration_type"),
    ("default-flow-type", "flow_type"),
    ("default-finance-type", "finance_type"),
    ("default-aid-type", "aid_type"),
    ("default-tied-status", "tied_status"),
];

impl ActivityInMaking {
    pub(super) fn new(identifier: &str) -> ActivityInMaking {
        let root = IatiElement::new("iati-activity");
        let elements = vec![IatiElement::new("iati-identifier").saying(identifier)];
        ActivityInMaking { identifier: identifier.to_owned(), root, elements, missing: Vec::new() }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> ActivityInMaking {
        self.root = self.root.with(name, value);
        self
    }

    pub(super) fn add(&mut self, elements: impl IntoIterator<Item = IatiElement>) {
        self.elements.extend(elements);
    }

    /// Adds what the standard asks for; without any of it the activity stays out.
    pub(super) fn must(&mut self, name: &'static str, elements: impl IntoIterator<Item = IatiElement>) {
        let before = self.elements.len();
        self.elements.extend(elements);
        if self.elements.len() == before {
            self.missing.push(name);
        }
    }

    /// The element, where it has all that the standard asks for.
    pub(super) fn finished(self, out: &mut Vec<LeftOut>) -> Option<IatiElement> {
        for name in &self.missing {
            let reason = "the standard asks for it and nobody has said it; the activity was left out";
            out.push(left_out(&self.identifier, name, "", reason));
        }
        self.missing.is_empty().then(|| self.root.holding(self.elements))
    }

    /// An imported activity as its publisher wrote it.
    pub(super) fn of_row(row: &NamedRow<'_>, transactions: &[NamedRow<'_>], out: &mut Vec<LeftOut>) -> ActivityInMaking {
        let text = |column: &str| row.text(column);
        let id = text("identifier");
        let language = text("language");
        let mut a = ActivityInMaking::new(&id)
            .with("last-updated-datetime", text("updated_at"))
            .with("xml:lang", language.clone())
            .with("default-currency", text("currency"))
            .with("humanitarian", text("humanitarian"))
            .with("hierarchy", text("hierarchy"));
        a.must("reporting-org", reporter(row));
        a.must("title", titles(row));
        let mut described = descriptions(row);
        if let (true, Some(title)) = (described.is_empty(), titles(row)) {
            out.push(left_out(
                &id,
                "description",
                "",
                "the standard asks for one and nobody has said it: the title stands for it",
            ));
            described.push(title.named("description"));
        }
        a.must("description", described);
        a.must("participating-org", row.list("organisations").iter().filter_map(|o| organisation(&id, o, out)));
        a.add(row.list("other_identifiers").iter().filter_map(|o| {
            let (kind, reference) = (o.text("type"), o.text("ref"));
            both(&id, "other-identifier", &kind, &reference, out)?;
            Some(IatiElement::new("other-identifier").with("ref", reference).with("type", kind))
        }));
        a.must("activity-status", IatiElement::coded("activity-status", &text("status")));
        a.must("activity-date", dates(&id, row, out));
        a.add(IatiElement::coded("activity-scope", &text("scope")));
        a.add(weighted("recipient-country", &row.list("countries")));
        a.add(weighted("recipient-region", &row.list("regions")));
        a.add(row.list("locations").iter().map(location));
        a.add(weighted("sector", &row.list("sectors")));
        a.add(row.list("tags").iter().filter_map(|t| {
            both(&id, "tag", &t.text("vocabulary"), &t.text("code"), out)?;
            Some(coded("tag", t))
        }));
        a.add(row.list("policy_markers").iter().filter(|m| !m.text("code").is_empty()).map(|m| {
            let marker = IatiElement::new("policy-marker").with("vocabulary", m.text("vocabulary")).with("code", m.text("code"));
            marker.with("significance", m.text("significance")).narrated(&m.text("name"), "")
        }));
        a.add(DEFAULTS.iter().filter_map(|(element, column)| IatiElement::coded(element, &text(column))));
        a.add(row.list("budgets").iter().filter_map(|b| budget(&id, b, out)));
        a.add(row.list("planned_disbursements").iter().filter_map(|p| planned(&id, p, out)));
        a.add(transactions.iter().filter_map(|t| transaction(&id, t, out)));
        a.add(row.list("documents").iter().filter_map(|d| document(&id, d, out)));
        a.add(row.list("related").iter().filter_map(|r| {
            let (kind, reference) = (r.text("type"), r.text("ref"));
            both(&id, "related-activity", &kind, &reference, out)?;
            Some(IatiElement::new("related-activity").with("ref", reference).with("type", kind))
        }));
        a.add(results(&id, &row.list("results"), out));
        a
    }
}

/// Nothing, and a word about it, where one of two things that belong together is missing.
fn both(id: &str, element: &'static str, a: &str, b: &str, out: &mut Vec<LeftOut>) -> Option<()> {
    if a.is_empty() || b.is_empty() {
        out.push(left_out(
            id,
            element,
            &format!("{a} {b}"),
            "the standard asks for a type or vocabulary and a code or reference",
        ));
        return None;
    }
    Some(())
}

fn reporter(row: &NamedRow<'_>) -> Option<IatiElement> {
    let (reference, kind) = (row.text("reporter"), row.text("reporter_type"));
    let known = !reference.is_empty() && !kind.is_empty();
    let element = IatiElement::new("reporting-org").with("ref", reference).with("type", kind);
    known.then(|| element.with("secondary-reporter", row.text("secondary_reporter")).narrated(&row.text("reporter_name"), ""))
}

fn titles(row: &NamedRow<'_>) -> Option<IatiElement> {
    let all = row.texts("titles");
    let title = IatiElement::new("title");
    match all.as_slice() {
        [] if row.text("title").is_empty() => None,
        [] => Some(title.narrated(&row.text("title"), "")),
        all => Some(all.iter().fold(title, |title, (language, text)| title.narrated(text, language))),
    }
}

/// The narratives of one type stand in one element.
fn descriptions(row: &NamedRow<'_>) -> Vec<IatiElement> {
    let mut all: Vec<(String, IatiElement)> = Vec::new();
    for d in row.list("descriptions").iter().filter(|d| !d.text("text").is_empty()) {
        let (kind, text, language) = (d.text("type"), d.text("text"), d.text("language"));
        match all.iter_mut().find(|(other, _)| *other == kind) {
            Some((_, element)) => *element = element.clone().narrated(&text, &language),
            None => all.push((kind.clone(), IatiElement::new("description").with("type", kind).narrated(&text, &language))),
        }
    }
    all.into_iter().map(|(_, element)| element).collect()
}

fn organisation(id: &str, o: &Item, out: &mut Vec<LeftOut>) -> Option<IatiElement> {
    if o.text("role").is_empty() {
        out.push(left_out(id, "participating-org", &o.text("name"), "the standard asks for the role of an organisation"));
        return None;
    }
    let element = IatiElement::new("participating-org").with("role", o.text("role")).with("ref", o.text("ref"));
    Some(element.with("type", o.text("type")).with("activity-id", o.text("activity_id")).narrated(&o.text("name"), ""))
}

fn dates(id: &str, row: &NamedRow<'_>, out: &mut Vec<LeftOut>) -> Vec<IatiElement> {
    const TYPES: [(&str, &str, bool); 4] =
        [("1", "start_planned", false), ("2", "start_actual", false), ("3", "end_planned", true), ("4", "end_actual", true)];
    TYPES
        .iter()
        .filter_map(|(kind, column, ends)| {
            let day = dated(id, "activity-date", &row.text(column), *ends, out)?;
            Some(IatiElement::new("activity-date").with("iso-date", day).with("type", *kind))
        })
        .collect()
}

/// A whole day; where it had to be made one, that is listed.
pub(super) fn dated(id: &str, element: &str, text: &str, ends: bool, out: &mut Vec<LeftOut>) -> Option<String> {
    let (day, is_whole) = whole_day(text, ends)?;
    if !is_whole {
        let reason = format!("the standard has only whole days: {day} stands for it");
        out.push(left_out(id, element, text, &reason));
    }
    Some(day)
}

/// Countries, regions or sectors with their percentages as published.
fn weighted(name: &'static str, items: &[Item]) -> Vec<IatiElement> {
    items.iter().filter(|i| !i.text("code").is_empty()).map(|i| coded(name, i).with("percentage", i.text("percentage"))).collect()
}

/// A code of a vocabulary. The first vocabulary is the one that is meant where none is named.
fn coded(name: &'static str, item: &Item) -> IatiElement {
    IatiElement::new(name)
        .with("vocabulary", item.text("vocabulary"))
        .with("code", item.text("code"))
        .narrated(&item.text("name"), "")
}

fn location(l: &Item) -> IatiElement {
    let mut parts: Vec<IatiElement> = Vec::new();
    parts.extend(IatiElement::coded("location-reach", &l.text("reach")));
    parts.extend(IatiElement::coded("location-id", &l.text("code")).map(|e| e.with("vocabulary", l.text("code_vocabulary"))));
    if !l.text("name").is_empty() {
        parts.push(IatiElement::new("name").narrated(&l.text("name"), ""));
    }
    let (latitude, longitude) = (l.text("latitude"), l.text("longitude"));
    if !latitude.is_empty() && !longitude.is_empty() {
        let position = IatiElement::new("pos").saying(format!("{latitude} {longitude}"));
        parts.push(IatiElement::new("point").with("srsName", "http://www.opengis.net/def/crs/EPSG/0/4326").holding([position]));
    }
    parts.extend(IatiElement::coded("exactness", &l.text("exactness")));
    parts.extend(IatiElement::coded("location-class", &l.text("class")));
    parts.extend(IatiElement::coded("feature-designation", &l.text("feature")));
    IatiElement::new("location").with("ref", l.text("ref")).holding(parts)
}

/// An amount with its currency and the day of its value.
pub(super) fn value(amount: &str, currency: &str, day: &str) -> IatiElement {
    IatiElement::new("value").with("currency", currency).with("value-date", day).saying(amount)
}

/// The ends of a period and the amount, where all of it is known.
fn period(id: &str, element: &'static str, p: &Item, out: &mut Vec<LeftOut>) -> Option<Vec<IatiElement>> {
    let (starts, ends, amount) = (p.text("starts"), p.text("ends"), p.text("value"));
    let open = element == "planned-disbursement" && ends.is_empty();
    if starts.is_empty() || (ends.is_empty() && !open) || amount.is_empty() {
        let reason = "the standard asks for the beginning, the end and the amount of a period";
        out.push(left_out(id, element, &format!("{starts} {ends} {amount}"), reason));
        return None;
    }
    let day = Some(p.text("value_date")).filter(|d| !d.is_empty()).unwrap_or_else(|| starts.clone());
    let mut parts = vec![IatiElement::new("period-start").with("iso-date", starts)];
    if !ends.is_empty() {
        parts.push(IatiElement::new("period-end").with("iso-date", ends));
    }
    parts.push(value(&amount, &p.text("currency"), &day));
    Some(parts)
}

fn budget(id: &str, b: &Item, out: &mut Vec<LeftOut>) -> Option<IatiElement> {
    let parts = period(id, "budget", b, out)?;
    Some(IatiElement::new("budget").with("type", b.text("type")).with("status", b.text("status")).holding(parts))
}

fn planned(id: &str, p: &Item, out: &mut Vec<LeftOut>) -> Option<IatiElement> {
    let mut parts = period(id, "planned-disbursement", p, out)?;
    for (name, part) in [("provider-org", "provider"), ("receiver-org", "receiver")] {
        let who = p.text(part);
        if !who.is_empty() {
            parts.push(IatiElement::new(name).narrated(&who, ""));
        }
    }
    Some(IatiElement::new("planned-disbursement").with("type", p.text("type")).holding(parts))
}

fn transaction(id: &str, t: &NamedRow<'_>, out: &mut Vec<LeftOut>) -> Option<IatiElement> {
    let (kind, date, amount) = (t.text("type"), t.text("date"), t.text("value"));
    if kind.is_empty() || date.is_empty() || amount.is_empty() {
        let reason = "the standard asks for type, date and value of a transaction";
        out.push(left_out(id, "transaction", &format!("{kind} {date} {amount}"), reason));
        return None;
    }
    let day = Some(t.text("value_date")).filter(|d| !d.is_empty()).unwrap_or_else(|| date.clone());
    let mut parts: Vec<IatiElement> = IatiElement::coded("transaction-type", &kind).into_iter().collect();
    parts.push(IatiElement::new("transaction-date").with("iso-date", date));
    parts.push(value(&amount, &t.text("currency"), &day));
    if !t.text("description").is_empty() {
        parts.push(IatiElement::new("description").narrated(&t.text("description"), ""));
    }
    parts.extend(party(t, "provider-org", "provider-activity-id", "provider"));
    parts.extend(party(t, "receiver-org", "receiver-activity-id", "receiver"));
    parts.extend(IatiElement::coded("disbursement-channel", &t.text("disbursement_channel")));
    parts.extend(weighted("sector", &t.list("sectors")));
    let mut places = weighted("recipient-country", &t.list("countries"));
    places.extend(weighted("recipient-region", &t.list("regions")));
    parts.extend(places);
    for (element, column) in
        [("flow-type", "flow_type"), ("finance-type", "finance_type"), ("aid-type", "aid_type"), ("tied-status", "tied_status")]
    {
        parts.extend(IatiElement::coded(element, &t.text(column)));
    }
    Some(IatiElement::new("transaction").with("ref", t.text("ref")).with("humanitarian", t.text("humanitarian")).holding(parts))
}

fn party(t: &NamedRow<'_>, element: &'static str, activity: &'static str, column: &str) -> Option<IatiElement> {
    let [reference, name, of] = ["", "_name", "_activity"].map(|end| t.text(&format!("{column}{end}")));
    let known = !(reference.is_empty() && name.is_empty() && of.is_empty());
    known.then(|| IatiElement::new(element).with(activity, of).with("ref", reference).narrated(&name, ""))
}

fn document(id: &str, d: &Item, out: &mut Vec<LeftOut>) -> Option<IatiElement> {
    let [url, format, title, category] = ["url", "format", "title", "category"].map(|part| d.text(part));
    if [&url, &format, &title, &category].iter().any(|part| part.is_empty()) {
        let reason = "the standard asks for address, format, title and category of a document";
        out.push(left_out(id, "document-link", &format!("{url} {format} {title} {category}"), reason));
        return None;
    }
    let mut parts = vec![IatiElement::new("title").narrated(&title, "")];
    parts.extend(IatiElement::coded("category", &category));
    parts.extend(IatiElement::coded("language", &d.text("language")));
    if !d.text("date").is_empty() {
        parts.push(IatiElement::new("document-date").with("iso-date", d.text("date")));
    }
    Some(IatiElement::new("document-link").with("url", url).with("format", format).holding(parts))
}

/// Results: rows with one result, one indicator, one period each, put together again.
fn results(id: &str, rows: &[Item], out: &mut Vec<LeftOut>) -> Vec<IatiElement> {
    let parts = |row: &Item, names: &[&str]| names.iter().map(|n| row.text(n)).collect::<Vec<_>>();
    let of_result = |row: &Item| parts(row, &["type", "result"]);
    let of_indicator = |row: &Item| parts(row, &["indicator", "measure", "baseline_year", "baseline"]);
    let mut all = Vec::new();
    for result in rows.chunk_by(|a, b| of_result(a) == of_result(b)) {
        let [kind, title] = ["type", "result"].map(|part| result[0].text(part));
        let mut indicators = Vec::new();
        for indicator in result.chunk_by(|a, b| of_indicator(a) == of_indicator(b)) {
            indicators.extend(self::indicator(id, indicator, out));
        }
        if kind.is_empty() || title.is_empty() || indicators.is_empty() {
            let reason = "the standard asks for type and title of a result, and for an indicator with title and measure";
            out.push(left_out(id, "result", &title, reason));
            continue;
        }
        let mut children = vec![IatiElement::new("title").narrated(&title, "")];
        if let Some(description) = result.iter().map(|row| row.text("description")).find(|d| !d.is_empty()) {
            children.push(IatiElement::new("description").narrated(&description, ""));
        }
        all.push(IatiElement::new("result").with("type", kind).holding(children).holding(indicators));
    }
    all
}

fn indicator(id: &str, rows: &[Item], out: &mut Vec<LeftOut>) -> Option<IatiElement> {
    let [title, measure, year, baseline] = ["indicator", "measure", "baseline_year", "baseline"].map(|part| rows[0].text(part));
    if title.is_empty() || measure.is_empty() {
        return None;
    }
    let mut children = vec![IatiElement::new("title").narrated(&title, "")];
    if !year.is_empty() {
        children.push(IatiElement::new("baseline").with("year", year).with("value", baseline));
    } else if !baseline.is_empty() {
        out.push(left_out(id, "baseline", &baseline, "the standard asks for the year of a baseline"));
    }
    for row in rows {
        let [starts, ends, target, actual] = ["starts", "ends", "target", "actual"].map(|part| row.text(part));
        if starts.is_empty() || ends.is_empty() {
            if !(target.is_empty() && actual.is_empty()) {
                let reason = "the standard asks for the beginning and the end of a period";
                out.push(left_out(id, "period", &format!("{target} {actual}"), reason));
            }
            continue;
        }
        let mut parts = vec![
            IatiElement::new("period-start").with("iso-date", starts),
            IatiElement::new("period-end").with("iso-date", ends),
        ];
        for (name, value) in [("target", target), ("actual", actual)] {
            if !value.is_empty() {
                parts.push(IatiElement::new(name).with("value", value));
            }
        }
        children.push(IatiElement::new("period").holding(parts));
    }
    Some(IatiElement::new("indicator").with("measure", measure).holding(children))
}
