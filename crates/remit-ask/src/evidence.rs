//! What an answer rests on: the statements of the records that its rows lead to, and where these are from.

use crate::{Answer, AskError, CellWords};
use remit_model::Marking;
use remit_store::{Cell, Reader, Table};
use std::collections::{BTreeMap, BTreeSet};

/// What the rows of an answer rest on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Statements that stand, of the records that the rows lead to; 0 where these are rows of published data sets.
    pub statements: usize,
    /// Where they are from, those that say most first.
    pub sources: Vec<String>,
    /// The highest marking among them.
    pub marking: Marking,
}

impl Evidence {
    /// What the rows of a table rest on.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn of(reader: &Reader, answer: &Answer, said: &CellWords<'_>) -> Result<Evidence, AskError> {
        let mut found = EvidenceCounts::default();
        let mut records: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for row in 0..said.table().rows.len() {
            for (kind, record) in said.rests_on(row) {
                records.entry(kind).or_default().insert(record);
            }
        }
        let mut activities = records.remove("activity").unwrap_or_default();
        activities.extend(activities_of(said));
        for (kind, records) in records {
            found.take(&reader.query(STATEMENTS, &[("kind", kind.into()), ("records", listed(records).into())])?, true);
        }
        if !activities.is_empty() {
            found.take(&reader.query(ACTIVITIES, &[("activities", listed(activities).into())])?, false);
        }
        if let Some(at) = said.table().column("source") {
            found.named(said.table().rows.iter().filter_map(|r| r[at].text()));
        }
        // Rows that are sums lead to nothing but names: what they are made of is what the question reads, of the country that it is about.
        let table = said.table();
        let is_of_sums = found.sources.is_empty() || !answer.question.rests_on.is_empty();
        if is_of_sums && table.column("record").is_none() && !table.rows.is_empty() {
            found.of_sums(reader, answer)?;
        }
        Ok(found.evidence())
    }
}

/// What of a sheet nobody gave a source is from the file that was imported.
const STATEMENTS: &str = "select coalesce(source, case when act like 'imported %' then substr(act, 10) end) as said_by, marking, \
    count(*) as said from statement where current = 1 and status_of_statement = 'accepted' \
    and kind = :kind and record in (select value from json_each(:records)) group by 1, 2";

/// What a data set has no name for is named by who publishes it.
const ACTIVITIES: &str = "select coalesce(a.source, (select max(s.title) from snapshot s where s.dataset = a.dataset and s.shown = 1), \
    a.reporter_name, a.dataset) as said_by, a.marking, count(*) as said from activity a \
    where a.identifier in (select value from json_each(:activities)) group by 1, 2";

/// Views of what is published, whether or not it is support.
const DATA: [&str; 2] = ["activity", "activity_transaction"];

/// A data set without a name is named by all who publish in it, and not by one of them.
const OF_SUPPORT: &str = "select coalesce(a.source, s.title, a.reporter_name, a.dataset) as said_by, a.marking, count(*) as said from activity a \
    left join (select dataset, max(title) as title from snapshot where shown = 1 group by dataset) s on s.dataset = a.dataset \
    where a.id in (select activity from support where (:country = '' or country = :country) and (:class = '' or actor_class = :class) \
    and (:function = '' or security_function = :function) and :supporter in ('', supporter, supporter_name)) group by 1, 2";

const OF_DATA: &str = "select coalesce(a.source, s.title, a.reporter_name, a.dataset) as said_by, a.marking, count(*) as said from activity a \
    left join (select dataset, max(title) as title from snapshot where shown = 1 group by dataset) s on s.dataset = a.dataset group by 1, 2";

/// What is recorded of some kinds and concerns a country: it names that country, or a record that is of it; or it names none at all. Of
/// relations only those of support are in a sum.
const OF_KINDS: &str = "with place as materialized (select record, max(country) as country from actor where country is not null group by record) \
    select said_by, marking, count(*) as said from (\
    select coalesce(s.source, case when s.act like 'imported %' then substr(s.act, 10) end) as said_by, s.marking, \
    sum(f.fullkey = '$.country' or f.path like '$.countries%' and f.atom is not null or p.country is not null) as named, \
    sum((f.fullkey = '$.country' or f.path like '$.countries%') and f.atom = :country or coalesce(p.country = :country, 0)) as here \
    from statement s join json_tree(s.fields) f left join place p on p.record = f.value \
    where s.current = 1 and s.status_of_statement = 'accepted' and s.kind in (select value from json_each(:kinds)) \
    and (s.kind <> 'relation' or json_extract(s.fields, '$.relation') = 'supports') group by s.statement\
    ) where :country = '' or named = 0 or here > 0 group by 1, 2";

/// Signs of support that records tell of, and not what is published.
const TOLD: [&str; 3] = ["stated", "mandated", "reported"];

/// Activities that rows are about, by their identifiers.
fn activities_of(said: &CellWords<'_>) -> BTreeSet<String> {
    let table = said.table();
    let Some(at) = table.column("identifier") else { return BTreeSet::new() };
    table.rows.iter().filter_map(|row| row[at].text()).filter(|t| !t.is_empty()).map(str::to_owned).collect()
}

/// Identifiers as a query takes them.
fn listed(identifiers: BTreeSet<String>) -> String {
    serde_json::Value::from(identifiers.into_iter().collect::<Vec<_>>()).to_string()
}

#[derive(Default)]
struct EvidenceCounts {
    statements: usize,
    sources: BTreeMap<String, usize>,
    marking: Marking,
}

impl EvidenceCounts {
    /// Takes what sums can be made of: activities and records that the question says. Where rows say by which sign they are told, of
    /// these signs only.
    fn of_sums(&mut self, reader: &Reader, answer: &Answer) -> Result<(), AskError> {
        let (question, table) = (&answer.question, &answer.table);
        let given = |name: &str| answer.parameter(name).to_owned();
        let signs: Option<BTreeSet<&str>> =
            table.column("sign").map(|at| table.rows.iter().filter_map(|row| row[at].text()).collect());
        let is_told = signs.as_ref().is_none_or(|signs| signs.iter().any(|sign| TOLD.contains(sign)));
        let is_published = signs.as_ref().is_none_or(|signs| signs.iter().any(|sign| !TOLD.contains(sign)));
        if is_published && question.reads("support") {
            let names = ["country", "class", "function", "supporter"];
            let with: Vec<(&str, Cell)> = names.into_iter().map(|name| (name, Cell::Text(given(name)))).collect();
            self.take(&reader.query(OF_SUPPORT, &with)?, false);
        } else if is_published && DATA.iter().any(|view| question.reads(view)) {
            self.take(&reader.query(OF_DATA, &[])?, false);
        }
        let mut kinds: BTreeSet<String> = question.rests_on.iter().cloned().collect();
        // What is counted by kind rests on all of these kinds.
        if let Some(at) = table.column("kind") {
            kinds.extend(table.rows.iter().filter_map(|row| row[at].text()).map(str::to_owned));
        }
        if is_told && !kinds.is_empty() {
            let with: [(&str, Cell); 2] = [("kinds", listed(kinds).into()), ("country", Cell::Text(given("country")))];
            self.take(&reader.query(OF_KINDS, &with)?, false);
        }
        Ok(())
    }

    /// Takes rows of source, marking and number.
    fn take(&mut self, table: &Table, are_statements: bool) {
        for row in &table.rows {
            let said = row[2].number().unwrap_or_default() as usize;
            if are_statements {
                self.statements += said;
            }
            if let Some(source) = row[0].text().filter(|s| !s.is_empty()) {
                *self.sources.entry(source.to_owned()).or_default() += said;
            }
            self.marking = self.marking.max(row[1].text().and_then(|m| m.parse().ok()).unwrap_or_default());
        }
    }

    /// Takes sources that rows name themselves.
    fn named<'r>(&mut self, sources: impl Iterator<Item = &'r str>) {
        for source in sources.filter(|s| !s.is_empty()) {
            *self.sources.entry(source.to_owned()).or_default() += 1;
        }
    }

    fn evidence(self) -> Evidence {
        let mut sources: Vec<(String, usize)> = self.sources.into_iter().collect();
        sources.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Evidence { statements: self.statements, sources: sources.into_iter().map(|(s, _)| s).collect(), marking: self.marking }
    }
}
