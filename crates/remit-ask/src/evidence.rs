//! What an answer rests on: the statements of the records that its rows lead to, and where these are from.

use crate::{Answer, AskError, CellWords};
use remit_model::Marking;
use remit_store::{Reader, Table};
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
        // Rows that are sums over activities name none of them.
        let is_of_data_sets = said.table().column("record").is_none() && DATA.iter().any(|view| answer.question.reads(view));
        if found.sources.is_empty() && is_of_data_sets && !said.table().rows.is_empty() {
            found.take(&reader.query(DATA_SETS, &[])?, false);
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

/// Views of what is published in whole.
const DATA: [&str; 3] = ["support", "activity", "activity_transaction"];

/// Those that hold activities: a sheet and a document that were read are kept beside them, and hold none.
const DATA_SETS: &str = "select coalesce(s.source, s.title, a.publisher, s.dataset), s.marking, 1 from snapshot s \
    join (select dataset, max(reporter_name) as publisher from activity group by dataset) a on a.dataset = s.dataset where s.shown = 1";

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
