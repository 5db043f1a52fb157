//! Counts of so few people that they tell of single ones, and those beside them that would tell these: they stay with the office. Which counts, and of how many people, a kind says (`small_counts`). What a source has published under an address
//! is known to everybody, and stays as it is.

use crate::held_back::row_of_import;
use crate::small_cells::{Sum, hidden};
use crate::{AsOf, Cell, HeldBack, Reader, StoreError, Workspace};
use remit_model::{Day, FieldType, Kind, Marking, Model, SmallCounts};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

impl HeldBack {
    /// What is held back of what may be seen up to a marking, whatever day it is about. Whoever may see everything may see it too.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn of(workspace: &Workspace, clearance: Marking) -> Result<HeldBack, StoreError> {
        let mut held = HeldBack::default();
        if clearance == Marking::StrictlyConfidential {
            return Ok(held);
        }
        let model = workspace.model();
        let reader = Reader::open(workspace, AsOf { clearance, ..AsOf::public(Day::today()) })?;
        for kind in &model.kinds {
            if let Some(rule) = &kind.small_counts {
                let rows = rows(&reader, kind, rule)?;
                let above = units(&reader, model, rule)?;
                held.add(&CountsOfKind { model, kind, rule, above }, &rows);
            }
        }
        Ok(held)
    }

    /// The same of what is handed on: nothing where counts of few people go too.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn unless(small_counts: bool, workspace: &Workspace, clearance: Marking) -> Result<Arc<HeldBack>, StoreError> {
        Ok(if small_counts { Arc::default() } else { Arc::new(HeldBack::of(workspace, clearance)?) })
    }

    fn add(&mut self, counting: &CountsOfKind<'_>, rows: &[CountedRow]) {
        let before = self.rows.len();
        let mut cells = CountedCells::default();
        for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.stands) {
            counting.cells(row).into_iter().for_each(|cell| cells.add(at, row.is_published, cell));
        }
        let found = hidden(&cells.numbered(), &counting.sums(&cells), counting.rule.below);
        for cell in found.into_iter().map(|at| &cells.all[at]) {
            self.counts += 1;
            for (at, field, is_own) in &cell.places {
                self.hold(&rows[*at], field, *is_own, counting.rule);
            }
        }
        for row in rows.iter().filter(|row| row.stands && !row.is_published) {
            for field in counting.small_aside(row) {
                self.counts += 1;
                self.hold(row, field, false, counting.rule);
            }
        }
        // What was said before is held back by itself, and where what stands of the same record is.
        let of_record: HashMap<&str, BTreeSet<String>> =
            rows.iter().filter_map(|row| Some((row.record.as_str(), self.rows.get(&row.id)?.clone()))).collect();
        for row in rows.iter().filter(|row| !row.stands && !row.is_published) {
            if let Some(fields) = of_record.get(row.record.as_str()) {
                self.rows.entry(row.id.clone()).or_default().extend(fields.iter().cloned());
            }
            for cell in counting.cells(row).into_iter().filter(|cell| (1..counting.rule.below).contains(&cell.people)) {
                self.hold(row, &cell.field, cell.is_own, counting.rule);
            }
            counting.small_aside(row).into_iter().for_each(|field| self.hold(row, field, false, counting.rule));
        }
        if self.rows.len() > before {
            let imported = rows.iter().filter(|row| self.rows.contains_key(&row.id)).filter_map(|row| row.dataset.clone());
            self.datasets.extend(imported);
        }
    }

    fn hold(&mut self, row: &CountedRow, field: &str, is_own: bool, rule: &SmallCounts) {
        let fields = self.rows.entry(row.id.clone()).or_default();
        fields.insert(field.to_owned());
        if is_own {
            fields.extend(rule.with.iter().chain(&rule.aside).cloned());
        }
    }
}

/// What a statement, or a row of an import, says of a kind that counts people.
struct CountedRow {
    id: String,
    record: String,
    fields: Map<String, Value>,
    stands: bool,
    is_published: bool,
    dataset: Option<String>,
}

/// All that was ever said of a kind.
fn rows(reader: &Reader, kind: &Kind, rule: &SmallCounts) -> Result<Vec<CountedRow>, StoreError> {
    let stated = "select statement, record, fields, current = 1 and status_of_statement = 'accepted', url is not null, null \
                  from statement where kind = :kind";
    let fields: Vec<&str> =
        kind.key.iter().map(String::as_str).chain(rule.fields()).chain(rule.except.keys().map(String::as_str)).collect();
    let fields: BTreeSet<&str> = fields.into_iter().collect();
    let object: Vec<String> = fields.iter().map(|name| format!("'{name}', \"{name}\"")).collect();
    let imported = format!(
        "select {}, record, json_object({}), 1, url is not null, dataset from \"{}_statement\" where statement is null and :kind <> ''",
        row_of_import(&kind.name, "id"),
        object.join(", "),
        kind.view
    );
    let mut all = Vec::new();
    for sql in [stated, &imported] {
        for row in reader.query(sql, &[("kind", kind.name.as_str().into())])?.rows {
            let text = |at: usize| row[at].text().unwrap_or_default().to_owned();
            all.push(CountedRow {
                id: text(0),
                record: text(1),
                fields: serde_json::from_str(&text(2)).unwrap_or_default(),
                stands: row[3] == Cell::Integer(1),
                is_published: row[4] == Cell::Integer(1),
                dataset: row[5].text().map(str::to_owned),
            });
        }
    }
    Ok(all)
}

/// By field and value, of which each is a part: as the records say that tell it.
fn units(reader: &Reader, model: &Model, rule: &SmallCounts) -> Result<HashMap<(String, String), BTreeSet<String>>, StoreError> {
    let mut above: HashMap<(String, String), BTreeSet<String>> = HashMap::new();
    for (field, of) in &rule.part_of {
        let Some((kind, beside)) = model.kind(of).and_then(|kind| Some((kind, kind.beside.as_ref()?))) else { continue };
        let same = beside.fields.iter().map(|(name, value)| format!(" and \"{name}\" = '{}'", value.replace('\'', "''")));
        let sql = format!(
            "select distinct \"{0}\", \"{1}\" from \"{2}\" where \"{0}\" is not null and \"{1}\" is not null{3}",
            beside.row,
            beside.column,
            kind.view,
            same.collect::<String>()
        );
        for row in reader.query(&sql, &[])?.rows {
            if let (Some(part), Some(whole)) = (row[0].text(), row[1].text()) {
                above.entry((field.clone(), part.to_owned())).or_default().insert(whole.to_owned());
            }
        }
    }
    Ok(above)
}

/// Which people a count is of: the values of the fields of the key, in their order.
type Counted = Vec<Option<String>>;

/// A count that a row says.
struct SaidCount {
    of: Counted,
    field: String,
    people: u64,
    /// True where it counts all whom the row is about, and not those of its own name.
    is_own: bool,
}

/// How the people of a kind are counted.
struct CountsOfKind<'m> {
    model: &'m Model,
    kind: &'m Kind,
    rule: &'m SmallCounts,
    above: HashMap<(String, String), BTreeSet<String>>,
}

impl CountsOfKind<'_> {
    /// The counts that a row says of people.
    fn cells(&self, row: &CountedRow) -> Vec<SaidCount> {
        let text = |name: &str| row.fields.get(name).map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned));
        if self.rule.except.iter().any(|(name, value)| text(name).as_ref() == Some(value)) {
            return Vec::new();
        }
        let value = |name: &String| match self.rule.by.contains(name) {
            true => text(name).as_deref().and_then(|value| self.rule.part(Some(value)).map(str::to_owned)),
            false => text(name).filter(|value| value != "null"),
        };
        let own: Counted = self.kind.key.iter().map(value).collect();
        let count = |field: &String| {
            let people = row.fields.get(field)?.as_f64().filter(|n| *n >= 0.0)?.round() as u64;
            let mut of = own.clone();
            if let Some(at) = self.part_named(field) {
                of[at] = self.rule.part(Some(field)).map(str::to_owned);
            }
            Some(SaidCount { is_own: of == own, of, field: field.clone(), people })
        };
        self.rule.counts.iter().filter_map(count).collect()
    }

    /// The counts of some of a row that are small, or would tell a small one of all others; those that go with a count that is held back
    /// are held back by that.
    fn small_aside(&self, row: &CountedRow) -> Vec<&String> {
        let number = |name: &String| row.fields.get(name).and_then(Value::as_f64).map(|n| n.round() as u64);
        let is_small = |n: u64| (1..self.rule.below).contains(&n);
        let all: Vec<u64> = self.cells(row).into_iter().filter(|cell| cell.is_own).map(|cell| cell.people).collect();
        let tells = |some: u64| is_small(some) || all.iter().any(|all| is_small(all.saturating_sub(some)));
        self.rule.aside.iter().filter(|name| number(name).is_some_and(|some| some > 0 && tells(some))).collect()
    }

    /// The place in the key of the field that has the name of a count as a code.
    fn part_named(&self, count: &str) -> Option<usize> {
        self.kind.key.iter().position(|name| {
            let list = self.kind.field(name).and_then(|field| match &field.kind {
                FieldType::Code(list) if self.rule.by.contains(name) => Some(list),
                _ => None,
            });
            list.is_some_and(|list| self.model.lists.has(list, count))
        })
    }

    /// What a value of a field is a part of, the nearest first; nothing stands for the whole.
    fn wholes(&self, field: &str, value: &str) -> Vec<Option<String>> {
        if self.rule.by.iter().any(|name| name == field) {
            let list = self.kind.field(field).and_then(|field| match &field.kind {
                FieldType::Code(list) => self.model.lists.get(list),
                _ => None,
            });
            let parents = list.into_iter().flat_map(|list| list.with_parents(value).skip(1)).map(|code| Some(code.code.clone()));
            return parents.chain([None]).collect();
        }
        let (mut all, mut next) = (Vec::new(), vec![value.to_owned()]);
        while let Some(part) = next.pop() {
            for whole in self.above.get(&(field.to_owned(), part)).into_iter().flatten() {
                if whole != value && !all.contains(&Some(whole.clone())) {
                    all.push(Some(whole.clone()));
                    next.push(whole.clone());
                }
            }
        }
        all
    }

    /// Which cells add up to which: those that differ in one field of the key, below the nearest that has them all.
    fn sums(&self, cells: &CountedCells) -> Vec<Sum> {
        let mut parts: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        // Of which nobody tells the whole for the same day and list: by who they would be.
        let mut without: BTreeMap<(Counted, usize), Vec<usize>> = BTreeMap::new();
        let again = self.counted_again(cells);
        for (at, cell) in cells.all.iter().enumerate() {
            let mut is_part = false;
            for (place, field) in self.kind.key.iter().enumerate() {
                let Some(value) = &cell.of[place] else { continue };
                let wholes = self.wholes(field, value).into_iter().map(|whole| {
                    let mut of = cell.of.clone();
                    of[place] = whole;
                    of
                });
                let wholes: Vec<Counted> = wholes.collect();
                if let Some(whole) = wholes.iter().find_map(|of| cells.at.get(of)) {
                    is_part |= self.rule.by.contains(field);
                    parts.entry((*whole, place)).or_default().push(at);
                } else if let Some(of) = wholes.into_iter().find(|of| again.contains_key(&self.whenever(of))) {
                    without.entry((of, place)).or_default().push(at);
                }
            }
            let of_several = Some(cell).filter(|_| !is_part).and_then(|cell| self.whole_of_several(cell, cells));
            for (whole, place) in of_several.into_iter().flat_map(|(whole, places)| places.into_iter().map(move |p| (whole, p))) {
                parts.entry((whole, place)).or_default().push(at);
            }
        }
        let sum = |((whole, _), parts): ((usize, usize), Vec<usize>)| {
            let told: u64 = parts.iter().map(|at| cells.all[*at].people).sum();
            Sum {
                rest: cells.all[whole].people.saturating_sub(told),
                // What is published can be hidden no more: it is as if everybody knew it.
                parts: parts.into_iter().filter(|at| !cells.all[*at].is_published).collect(),
                whole: Some(whole).filter(|at| !cells.all[*at].is_published),
                is_balance: false,
            }
        };
        let elsewhere = without.into_iter().filter_map(|((of, _), parts)| self.told_again(&again, &of, parts, cells));
        parts.into_iter().map(sum).chain(elsewhere).chain(self.equal_again(&again, cells)).chain(self.balances(cells)).collect()
    }

    /// The nearest whole from which a count differs in several of the fields by which people are counted, and the places of these: where nobody
    /// tells the officers or the women alone, what all are told to be is the sum of women and men by rank.
    fn whole_of_several(&self, cell: &CountedCell, cells: &CountedCells) -> Option<(usize, Vec<usize>)> {
        let key = &self.kind.key;
        let told: Vec<usize> = (0..key.len()).filter(|at| cell.of[*at].is_some() && self.rule.by.contains(&key[*at])).collect();
        let some =
            |bits: u32| told.iter().enumerate().filter(move |(at, _)| bits >> at & 1 == 1).map(|(_, place)| *place).collect();
        let mut sets: Vec<Vec<usize>> = (0..1 << told.len()).filter(|bits: &u32| bits.count_ones() > 1).map(some).collect();
        sets.sort_by_key(Vec::len);
        sets.into_iter().find_map(|places| {
            let mut wholes = vec![cell.of.clone()];
            for place in &places {
                let above = self.wholes(&key[*place], cell.of[*place].as_ref()?);
                let with = |of: &Counted| {
                    above.iter().map(|whole| [&of[..*place], std::slice::from_ref(whole), &of[place + 1..]].concat()).collect()
                };
                wholes = wholes.iter().flat_map::<Vec<Counted>, _>(with).collect();
            }
            wholes.iter().find_map(|of| cells.at.get(of)).map(|whole| (*whole, places))
        })
    }

    /// Who is counted, whatever the day or list.
    fn whenever(&self, of: &Counted) -> Counted {
        let is_again = |place: usize| self.rule.again.contains(&self.kind.key[place]);
        of.iter().enumerate().map(|(place, value)| value.clone().filter(|_| !is_again(place))).collect()
    }

    fn counted_again(&self, cells: &CountedCells) -> BTreeMap<Counted, Vec<usize>> {
        let mut again: BTreeMap<Counted, Vec<usize>> = BTreeMap::new();
        if !self.rule.again.is_empty() {
            cells.all.iter().enumerate().for_each(|(at, cell)| again.entry(self.whenever(&cell.of)).or_default().push(at));
        }
        again
    }

    /// Parts without a whole of their own day and list, where another day or list tells about as many: whoever has both takes one from the other.
    fn told_again(
        &self,
        again: &BTreeMap<Counted, Vec<usize>>,
        of: &Counted,
        mut parts: Vec<usize>,
        cells: &CountedCells,
    ) -> Option<Sum> {
        let told: u64 = parts.iter().map(|at| cells.all[*at].people).sum();
        let wholes = again.get(&self.whenever(of))?;
        wholes.iter().find(|at| cells.all[**at].people.abs_diff(told) < self.rule.below)?;
        parts.retain(|at| !cells.all[*at].is_published);
        Some(Sum { parts, ..Sum::default() })
    }

    /// As many of the same people on another day or list: where the one is hidden, the other would tell it.
    fn equal_again(&self, again: &BTreeMap<Counted, Vec<usize>>, cells: &CountedCells) -> Vec<Sum> {
        let pairs_of = |alike: &Vec<usize>| {
            let mut open: Vec<usize> = alike.iter().copied().filter(|at| !cells.all[*at].is_published).collect();
            open.sort_by_key(|at| cells.all[*at].people);
            let are_equal = |pair: &&[usize]| cells.all[pair[0]].people == cells.all[pair[1]].people;
            let sum = |pair: &[usize]| Sum { parts: vec![pair[1]], whole: Some(pair[0]), ..Sum::default() };
            open.windows(2).filter(are_equal).map(sum).collect::<Vec<Sum>>()
        };
        again.values().flat_map(pairs_of).collect()
    }

    /// Who joined and who left, of which the figures of two days tell the difference.
    fn balances(&self, cells: &CountedCells) -> Vec<Sum> {
        let mut alike: BTreeMap<(usize, Counted), Vec<usize>> = BTreeMap::new();
        let places = self.rule.balance.iter().filter_map(|name| self.kind.key.iter().position(|key| key == name));
        for place in places {
            for (at, cell) in cells.all.iter().enumerate().filter(|(_, cell)| !cell.is_published) {
                let mut of = cell.of.clone();
                of[place] = None;
                alike.entry((place, of)).or_default().push(at);
            }
        }
        alike.into_values().map(|parts| Sum { parts, is_balance: true, ..Sum::default() }).collect()
    }
}

/// A count of the same people, by whoever told it.
struct CountedCell {
    of: Counted,
    people: u64,
    is_published: bool,
    /// Where it stands: row and field, and whether it counts all whom the row is about.
    places: Vec<(usize, String, bool)>,
}

#[derive(Default)]
struct CountedCells {
    all: Vec<CountedCell>,
    at: HashMap<Counted, usize>,
}

impl CountedCells {
    fn add(&mut self, row: usize, is_published: bool, said: SaidCount) {
        let at = *self.at.entry(said.of.clone()).or_insert(self.all.len());
        if at == self.all.len() {
            self.all.push(CountedCell { of: said.of, people: said.people, is_published, places: Vec::new() });
        }
        let cell = &mut self.all[at];
        // Of two that are told the smaller tells more.
        cell.people = cell.people.min(said.people);
        cell.is_published |= is_published;
        if !is_published {
            cell.places.push((row, said.field, said.is_own));
        }
    }

    /// The counts by place. Of what is published nothing can be hidden.
    fn numbered(&self) -> Vec<(usize, u64)> {
        self.all.iter().map(|cell| if cell.is_published { 0 } else { cell.people }).enumerate().collect()
    }
}
