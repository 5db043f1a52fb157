//! The chain of statements as it was recorded, whatever a reader may see of it: what the register, an import and `verify` read.

use crate::repeated::says_twice;
use crate::seal::Salt;
use crate::statement::{
    Draft, ENVELOPE, REDACTION, Seal, Statement, Status, all_references, open_fields, read_withheld, withheld_json,
};
use crate::{StoreError, Workspace, schema, views};
use remit_model::{Called, Field, Kind, Marking, Model};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Columns of a statement, in the order in which [`statement`] reads them; after them those that format 3 has added.
const COLUMNS: &str = "t.seq, t.id, t.entry, t.act, t.origin, t.kind, t.record, t.supersedes, t.withdrawn, t.fields, \
     t.withheld, t.valid_from, t.valid_to, t.first_cited, t.last_cited, t.source, t.url, t.locator, t.quote, \
     t.reliability, t.credibility, t.marking, t.status, t.author, t.recorded_at, t.verified_at, t.prev_hash, t.hash";

/// The condition that nothing that counts has replaced the statement `t`.
pub(crate) const NOT_SUPERSEDED: &str =
    "not exists (select 1 from main.statement n where n.supersedes = t.id and n.status <> 'proposed')";

/// How the history begins to tell that something was taken back.
pub(crate) const UNDID: &str = "undid: ";
/// What the act of an entry begins with that takes over what another workspace has.
pub(crate) const TAKEN: &str = "taken from ";

/// What the history says of what nobody says again, but what follows from records having been made one.
pub(crate) const SAID_OF_ONE: &str = "said again of the record that it was made one with";

/// A connection that reads the chain.
pub struct Chain {
    pub(crate) db: Connection,
    pub(crate) model: Arc<Model>,
    columns: String,
    /// Who is known, by kind and by what may be seen, as it was at a statement of that kind: sheet after sheet asks for it.
    known: RefCell<KnownByKind>,
    hidden: RefCell<HiddenReferences>,
}

/// What refers to a record and is in no index: in it, whoever may not see a field would find the statement by what it withholds.
#[derive(Default)]
struct HiddenReferences {
    /// The statement up to which the chain was looked through: its number and hash.
    until: (i64, String),
    /// By record, the numbers of the statements that withhold that they refer to it, or take it back.
    of: HashMap<String, Vec<i64>>,
}

/// By kind and marking: the hash of the last statement of the kind, and who was known then.
type KnownByKind = BTreeMap<(String, u8), (String, Arc<Vec<KnownRecord>>)>;

/// A record as names find it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownRecord {
    /// The record.
    pub record: String,
    /// What it is called, by the fields that its kind names.
    pub called: Vec<Called>,
    /// The country of the record; none where no statement says it, or its kind has no country.
    pub country: Option<String>,
    /// How the statement that calls it so is marked.
    pub marking: Marking,
}

impl Chain {
    /// The model of the workspace.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Opens the chain of a workspace for reading, on any medium.
    ///
    /// # Errors
    /// When the database cannot be opened.
    pub fn open(workspace: &Workspace) -> Result<Chain, StoreError> {
        Chain::over(workspace.read()?, workspace)
    }

    pub(crate) fn over(db: Connection, workspace: &Workspace) -> Result<Chain, StoreError> {
        let is_old = !schema::has_column(&db, "statement", "content")?;
        let added = schema::ADDED_TO_FORMAT_2[0].1.iter();
        let added: Vec<String> = added.map(|c| if is_old { "null".into() } else { format!("t.{c}") }).collect();
        Ok(Chain {
            db,
            model: workspace.model().clone(),
            columns: format!("{COLUMNS}, {}", added.join(", ")),
            known: RefCell::default(),
            hidden: RefCell::default(),
        })
    }

    /// Every statement in its order, one after another.
    pub(crate) fn each(&self, mut each: impl FnMut(Statement) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.each_row(|_, s| each(s?))
    }

    /// Every statement with its row, where it can be read at all.
    pub(crate) fn each_row(
        &self,
        mut each: impl FnMut(&Row<'_>, Result<Statement, StoreError>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let columns = &self.columns;
        let mut query = self.db.prepare(&format!("select {columns} from statement t order by t.seq"))?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            each(row, statement(row).map_err(StoreError::from))?;
        }
        Ok(())
    }

    /// A statement by its identifier.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn statement(&self, id: &str) -> Result<Option<Statement>, StoreError> {
        Ok(self.all("t.id = ?", id)?.pop())
    }

    /// A statement with the markings that the model has for its fields, also where it was recorded before the model had them: so it is
    /// shown, compared and said again. What is sealed is the statement as it was.
    pub fn guarded(&self, mut statement: Statement) -> Statement {
        statement.draft.guard(&self.model);
        statement
    }

    /// A statement by its identifier, [guarded](Chain::guarded).
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn guarded_statement(&self, id: &str) -> Result<Option<Statement>, StoreError> {
        Ok(self.statement(id)?.map(|s| self.guarded(s)))
    }

    /// The statements of an entry, in their order.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn entry_statements(&self, entry: &str) -> Result<Vec<Statement>, StoreError> {
        self.all("t.entry = ?", entry)
    }

    /// True where there is something of an entry that an undo may take back: an order that takes values away stays.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn takes_back(&self, entry: &str) -> Result<bool, StoreError> {
        let sql = "select exists (select 1 from main.statement where entry = ?1 and kind <> ?2)";
        Ok(self.db.query_row(sql, [entry, REDACTION], |row| row.get(0))?)
    }

    /// What imports last said at a place of a sheet, whatever people have done since.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn from_origin(&self, origin: &str) -> Result<Vec<Statement>, StoreError> {
        self.all(
            "t.origin = ? and not exists (select 1 from statement n where n.supersedes = t.id and n.origin = t.origin)",
            origin,
        )
    }

    /// The places below one (a mapping's name and `/`) of which imports last said something, with the statement.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn origins_below(&self, prefix: &str) -> Result<Vec<Statement>, StoreError> {
        let mut all = Vec::new();
        self.each_origin_below(prefix, |s| {
            all.push(s);
            Ok::<_, StoreError>(())
        })?;
        Ok(all)
    }

    /// The same one by one, as there may be a million.
    ///
    /// # Errors
    /// When the database cannot be read, or `each` fails.
    pub fn each_origin_below<E: From<StoreError>>(
        &self,
        prefix: &str,
        mut each: impl FnMut(Statement) -> Result<(), E>,
    ) -> Result<(), E> {
        let columns = &self.columns;
        let sql = format!(
            "select {columns} from statement t where t.origin >= ?1 and t.origin < ?1 || char(1114111) and t.withdrawn = 0 \
             and not exists (select 1 from statement n where n.supersedes = t.id and n.origin = t.origin) \
             and {NOT_SUPERSEDED} order by t.seq"
        );
        let mut query = self.db.prepare_cached(&sql).map_err(StoreError::from)?;
        let mut found = query.query_map([prefix], statement).map_err(StoreError::from)?;
        found.try_for_each(|s| each(s.map_err(StoreError::from)?))
    }

    /// Whether there is an origin below a place in which a text does not stand.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn has_origins_without(&self, prefix: &str, text: &str) -> Result<bool, StoreError> {
        let sql = "select exists (select 1 from statement where origin >= ?1 and origin < ?1 || char(1114111) and instr(origin, ?2) = 0)";
        Ok(self.db.query_row(sql, [prefix, text], |row| row.get(0))?)
    }

    /// What stands behind a sign in the origins below a place, each once.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn ends_of_origins(&self, prefix: &str, sign: &str) -> Result<Vec<String>, StoreError> {
        let sql = "select distinct substr(origin, instr(origin, ?2) + length(?2)) from statement \
                   where origin >= ?1 and origin < ?1 || char(1114111) and instr(origin, ?2) > 0";
        let mut query = self.db.prepare_cached(sql)?;
        let found = query.query_map([prefix, sign], |row| row.get(0))?;
        Ok(found.collect::<Result<Vec<String>, _>>()?)
    }

    /// The places, as hashes, from which files of a name have come: see [`Workspace::datasets_from`].
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn places_of(&self, name: &str) -> Result<Vec<String>, StoreError> {
        let sql = "select origin from dataset_origin where dataset = ?1 or substr(dataset, 1, length(?1) + 1) = ?1 || ' '";
        let mut query = self.db.prepare_cached(sql)?;
        let found = query.query_map([name], |row| row.get(0))?;
        Ok(found.collect::<Result<Vec<String>, _>>()?)
    }

    /// The name under which files of a name have come from this place, a hash.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn name_at(&self, name: &str, place: &str) -> Result<Option<String>, StoreError> {
        let sql = "select dataset from dataset_origin where origin = ?2 and (dataset = ?1 or substr(dataset, 1, length(?1) + 1) = ?1 || ' ') \
                   order by dataset limit 1";
        Ok(self.db.prepare_cached(sql)?.query_row([name, place], |row| row.get(0)).optional()?)
    }

    /// Every statement that was ever made with a place below one as its origin, replaced ones too.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn at_origins_below(&self, prefix: &str) -> Result<Vec<Statement>, StoreError> {
        self.all("t.origin >= ?1 and t.origin < ?1 || char(1114111)", prefix)
    }

    /// True where something that counts has replaced a statement.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn is_replaced(&self, id: &str) -> Result<bool, StoreError> {
        let sql = "select exists (select 1 from statement where supersedes = ? and status <> 'proposed')";
        Ok(self.db.prepare_cached(sql)?.query_row([id], |row| row.get(0))?)
    }

    /// What has replaced a statement, proposals not.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn replacing(&self, id: &str) -> Result<Vec<Statement>, StoreError> {
        self.all("t.supersedes = ? and t.status <> 'proposed'", id)
    }

    /// What has taken the place of a statement: itself while nothing has.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn successor(&self, s: Statement) -> Result<Statement, StoreError> {
        let columns = &self.columns;
        let sql = format!(
            "select {columns} from statement t where t.supersedes = ? and t.status <> 'proposed' order by t.seq desc limit 1"
        );
        let mut last = s;
        while let Some(next) = self.db.prepare_cached(&sql)?.query_row([&last.id], statement).optional()? {
            last = next;
        }
        Ok(last)
    }

    /// True where a draft may take the place of a statement: both are about one record. Where records were made one, and maybe two again, what was
    /// said of either was said of both.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn is_about(&self, s: &Statement, draft: &Draft) -> Result<bool, StoreError> {
        let mut before = s.clone();
        while before.draft.kind == draft.kind {
            let is_it = |s: &Statement| draft.record.is_empty() || s.draft.record == draft.record;
            if is_it(&before) || self.replacing(&before.id)?.iter().any(is_it) || is_it(&self.successor(before.clone())?) {
                return Ok(true);
            }
            let Some(id) = before.draft.supersedes.first() else { return Ok(false) };
            let Some(earlier) = self.statement(id)? else { return Ok(false) };
            before = earlier;
        }
        Ok(false)
    }

    /// What holds of a record: statements that nothing has replaced, proposals too, withdrawals not.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn current(&self, kind: &str, record: &str) -> Result<Vec<Statement>, StoreError> {
        self.current_by(kind, record, "t.seq")
    }

    /// The same, the best last, whatever the order in which it came here: by grade, then by when it was first said, wherever.
    pub(crate) fn current_best_last(&self, kind: &str, record: &str) -> Result<Vec<Statement>, StoreError> {
        self.current_by(kind, record, &format!("{}, coalesce(t.said_at, t.recorded_at), t.id", views::grade("t")))
    }

    fn current_by(&self, kind: &str, record: &str, order: &str) -> Result<Vec<Statement>, StoreError> {
        let columns = &self.columns;
        let sql = format!(
            "select {columns} from statement t where t.kind = ? and t.record = ? and t.withdrawn = 0 \
             and t.status <> 'rejected' and {NOT_SUPERSEDED} order by {order}"
        );
        let mut query = self.db.prepare_cached(&sql)?;
        Ok(query.query_map([kind, record], statement)?.collect::<Result<_, _>>()?)
    }

    /// Whether something holds of a record.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn has(&self, kind: &str, record: &str) -> Result<bool, StoreError> {
        Ok(!self.current(kind, record)?.is_empty())
    }

    /// Every record of a kind with what it is called, a time for each statement of it, by what is marked at most so: what is
    /// withheld from such a reader is not there.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn known(&self, kind: &str, clearance: Marking) -> Result<Arc<Vec<KnownRecord>>, StoreError> {
        let Some(kind) = self.model.kind(kind) else { return Ok(Arc::default()) };
        // Whatever is said or unsaid of a kind is a statement of it, and the hash of the last one binds those before it.
        let sql = "select hash from statement where seq = (select max(seq) from statement where kind = ?)";
        let last: Option<String> = self.db.prepare_cached(sql)?.query_row([&kind.name], |row| row.get(0)).optional()?;
        let (last, key) = (last.unwrap_or_default(), (kind.name.clone(), clearance.level()));
        if let Some((_, known)) = self.known.borrow().get(&key).filter(|(at, _)| *at == last) {
            return Ok(known.clone());
        }
        let known = Arc::new(self.read_known(kind, clearance)?);
        self.known.borrow_mut().insert(key, (last, known.clone()));
        Ok(known)
    }

    fn read_known(&self, kind: &Kind, clearance: Marking) -> Result<Vec<KnownRecord>, StoreError> {
        let sql = format!(
            "select t.record, t.fields, t.withheld, t.marking from statement t where t.kind = ?1 and t.marking <= {} and t.withdrawn = 0 \
             and t.status = 'accepted' and {NOT_SUPERSEDED} order by t.seq",
            clearance.level()
        );
        let mut query = self.db.prepare(&sql)?;
        let mut rows = query.query([&kind.name])?;
        // What the model marks since it was said, and of which nobody said how it is marked, is withheld too.
        let is_above = |f: &&Field| f.marking.is_some_and(|marking| marking > clearance);
        let marked: Vec<&str> = kind.fields.iter().filter(is_above).map(|f| f.name.as_str()).collect();
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let mut fields: Map<String, Value> = serde_json::from_str(&row.get::<_, String>(1)?).unwrap_or_default();
            let withheld = read_withheld(row.get::<_, Option<String>>(2)?.as_deref());
            for (field, _) in withheld.iter().filter(|(_, marking)| *marking > clearance) {
                fields.remove(field);
            }
            for field in marked.iter().filter(|name| !withheld.iter().any(|(field, _)| field == *name)) {
                fields.remove(*field);
            }
            let country = fields.get("country").and_then(Value::as_str).map(str::to_owned);
            let marking = Marking::ALL.get(usize::from(row.get::<_, u8>(3)?)).copied().unwrap_or(Marking::StrictlyConfidential);
            all.push(KnownRecord { record: row.get(0)?, called: kind.names_in(&fields), country, marking });
        }
        Ok(all)
    }

    /// The records of a kind that data sets have, as published: activities, above all.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn imported(&self, kind: &str, clearance: Marking) -> Result<Vec<String>, StoreError> {
        let Some(kind) = self.model.kind(kind).filter(|k| k.part_of.is_none()) else { return Ok(Vec::new()) };
        let sql = format!(
            "select distinct r.record from \"{}\" r join snapshot s on s.id = r.snapshot where s.complete = 1 and s.marking <= {}",
            schema::row_table(kind),
            clearance.level()
        );
        Ok(self.db.prepare(&sql)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// Every statement that there ever was of a record.
    pub(crate) fn of_record(&self, kind: &str, record: &str) -> Result<Vec<Statement>, StoreError> {
        self.all_where("t.kind = ?1 and t.record = ?2", [kind, record])
    }

    /// Every statement that ever referred to a record, with the field, also where it withholds that, or takes it back.
    pub(crate) fn ever_referring(&self, record: &str) -> Result<Vec<(Statement, String)>, StoreError> {
        let all = self.all_referring(record, "1")?;
        let named = |s: Statement| {
            let fields = all_references(&self.model, &s).into_iter().filter(|(target, _)| target == record);
            fields.map(|(_, field)| (s.clone(), field)).collect::<Vec<_>>()
        };
        Ok(all.into_iter().flat_map(named).collect())
    }

    /// Statements that may refer to a record, of which a condition holds.
    fn all_referring(&self, record: &str, condition: &str) -> Result<Vec<Statement>, StoreError> {
        let hidden = self.referring_hidden(record)?;
        let refers =
            "t.seq in (select r.seq from statement_reference r where r.target = ?1 union select h.value from json_each(?2) h)";
        self.all_where(&format!("{refers} and {condition}"), [record, &hidden])
    }

    /// The numbers of the statements that refer to a record and are in no index, as JSON. What was looked through once is not looked
    /// through again: many pairs of records are made one at once.
    fn referring_hidden(&self, record: &str) -> Result<String, StoreError> {
        let mut hidden = self.hidden.borrow_mut();
        let hash_at = "select coalesce((select hash from statement where seq = ?), '')";
        let hash: String = self.db.prepare_cached(hash_at)?.query_row([hidden.until.0], |row| row.get(0))?;
        // What an entry said that was given up is not there any more.
        if hash != hidden.until.1 {
            *hidden = HiddenReferences::default();
        }
        let end = "select seq, hash from statement order by seq desc limit 1";
        let end: Option<(i64, String)> =
            self.db.prepare_cached(end)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let since = std::mem::replace(&mut hidden.until, end.unwrap_or_default()).0;
        let is_marked = |kind: &&Kind| kind.fields.iter().any(|f| f.marking.is_some() && !f.targets().is_empty());
        let marked: Vec<String> = self.model.kinds.iter().filter(is_marked).map(|kind| format!("'{}'", kind.name)).collect();
        let sql = format!(
            "select {} from statement t where t.seq > ? and (t.withheld is not null or t.withdrawn = 1 or t.kind in ({})) order by t.seq",
            self.columns,
            marked.join(", ")
        );
        let mut query = self.db.prepare_cached(&sql)?;
        let mut rows = query.query([since])?;
        while let Some(row) = rows.next()? {
            let s = statement(row)?;
            let open: Vec<&String> = open_fields(&self.model, &s).map(|(name, _)| name).collect();
            let is_hidden = |(_, field): &(String, String)| s.draft.withdrawn || !open.contains(&field);
            for (target, _) in all_references(&self.model, &s).into_iter().filter(is_hidden) {
                hidden.of.entry(target).or_default().push(s.seq);
            }
        }
        Ok(serde_json::json!(hidden.of.get(record).map_or(&[][..], Vec::as_slice)).to_string())
    }

    /// The files from which the newest import of a data set was read.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn files_of(&self, dataset: &str) -> Result<Vec<String>, StoreError> {
        let sql = "select name from snapshot_file \
                   where snapshot = (select max(id) from snapshot where dataset = ? and complete = 1) order by id";
        let mut query = self.db.prepare(sql)?;
        Ok(query.query_map([dataset], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// The statements in whose texts all words of a name stand: place in the chain, kind and record.
    pub(crate) fn with_words(&self, name: &str) -> Result<Vec<(i64, String, String)>, StoreError> {
        let mut folded = String::new();
        remit_model::fold(name, &mut folded);
        let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        let words: Vec<String> = words.map(|w| format!("\"{w}\"")).collect();
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let sql = "select t.seq, t.kind, t.record from statement_text w join statement t on t.seq = w.rowid where statement_text match ?";
        let mut query = self.db.prepare(sql)?;
        Ok(query.query_map([words.join(" ")], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect::<Result<_, _>>()?)
    }

    pub(crate) fn all(&self, condition: &str, parameter: &str) -> Result<Vec<Statement>, StoreError> {
        self.all_where(condition, [parameter])
    }

    fn all_where(&self, condition: &str, parameters: impl rusqlite::Params) -> Result<Vec<Statement>, StoreError> {
        let columns = &self.columns;
        let sql = format!("select {columns} from statement t where {condition} order by t.seq");
        let mut query = self.db.prepare_cached(&sql)?;
        Ok(query.query_map(parameters, statement)?.collect::<Result<_, _>>()?)
    }

    /// What holds and refers to a record.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn referring(&self, kind: &str, record: &str) -> Result<Vec<Statement>, StoreError> {
        let found = self.all_referring(record, &format!("t.withdrawn = 0 and t.status <> 'rejected' and {NOT_SUPERSEDED}"))?;
        let refers = |s: &Statement| {
            let kind_of_it = self.model.kind(&s.draft.kind);
            let values = |name: &str| s.draft.fields.get(name);
            kind_of_it
                .into_iter()
                .flat_map(|k| &k.fields)
                .any(|f| values(&f.name).is_some_and(|value| f.references(value).contains(&(kind, record))))
        };
        Ok(found.into_iter().filter(refers).collect())
    }

    /// How a data set is marked, where it is kept.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn marking_of_data_set(&self, dataset: &str) -> Result<Option<Marking>, StoreError> {
        let sql = "select marking from snapshot where dataset = ? and complete = 1 order by id desc limit 1";
        let level: Option<u8> = self.db.prepare_cached(sql)?.query_row([dataset], |row| row.get(0)).optional()?;
        Ok(level.map(|l| Marking::ALL.get(usize::from(l)).copied().unwrap_or(Marking::StrictlyConfidential)))
    }

    /// The data sets whose names end so and of which something could not be used, as they are now: each with its marking, and how many
    /// records its files had.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn faulty_data_sets(&self, end: &str) -> Result<Vec<(String, Marking, u64)>, StoreError> {
        let found = self.faulty("substr(s.dataset, -length(?1)) = ?1", end)?;
        Ok(found.into_iter().map(|(dataset, marking, records, _)| (dataset, marking, records)).collect())
    }

    /// The same of the data sets that are called so, or begin so and go on after a space or a comma; with each how many rows something could
    /// not be used of.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn faulty_data_sets_called(&self, name: &str) -> Result<Vec<(String, Marking, u64, u64)>, StoreError> {
        self.faulty("(s.dataset = ?1 or substr(s.dataset, 1, length(?1) + 1) in (?1 || ' ', ?1 || ','))", name)
    }

    fn faulty(&self, condition: &str, parameter: &str) -> Result<Vec<(String, Marking, u64, u64)>, StoreError> {
        let sql = format!(
            "select s.dataset, s.marking, (select coalesce(sum(f.records), 0) from snapshot_file f where f.snapshot = s.id), \
               (select count(distinct p.line) from problem p where p.snapshot = s.id) \
             from snapshot s where s.complete = 1 and s.problems > 0 and {condition} \
             and not exists (select 1 from snapshot n where n.dataset = s.dataset and n.complete = 1 and n.id > s.id)"
        );
        let mut query = self.db.prepare_cached(&sql)?;
        let found = query.query_map([parameter], |row| {
            Ok((row.get(0)?, row.get::<_, u8>(1)?, row.get::<_, i64>(2)?, row.get::<_, i64>(3)?))
        })?;
        let marking = |level: u8| Marking::ALL.get(usize::from(level)).copied().unwrap_or(Marking::StrictlyConfidential);
        let told = |(dataset, level, rows, lines)| (dataset, marking(level), rows as u64, lines as u64);
        found.map(|row| row.map(told).map_err(StoreError::from)).collect()
    }

    /// Whether a statement has this hash.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn has_hash(&self, hash: &str) -> Result<bool, StoreError> {
        Ok(self.db.query_row("select exists (select 1 from statement where hash = ?)", [hash], |row| row.get(0))?)
    }
}

/// True where a row says something that Remit does not write: a value twice, or a mark that there is not. Of two readers each
/// could take another meaning from it.
pub(crate) fn is_forged(row: &Row<'_>, s: &Statement) -> rusqlite::Result<bool> {
    let text = |at: usize| row.get_ref(at).map(|cell| cell.as_str_or_null().ok().flatten().unwrap_or_default());
    let withheld = if s.draft.withheld.is_empty() { String::new() } else { withheld_json(&s.draft.withheld).to_string() };
    let is_as_written = text(22)? == s.draft.status.code()
        && row.get::<_, i64>(21)? == i64::from(s.draft.marking.level())
        && row.get::<_, i64>(8)? == i64::from(s.draft.withdrawn)
        && text(10)? == withheld;
    // What the fields say is compared with what was recorded; the others are read as nothing where they are no objects.
    let others = [text(28)?, text(35)?, text(36)?];
    if is_blank(row)? || !s.seal.is_first_form() && (text(29)?.is_empty() || text(30)?.is_empty()) {
        return Ok(true);
    }
    Ok(!is_as_written || says_twice(text(9)?) || others.into_iter().any(|other| says_twice(other) || !is_object(other)))
}

/// The columns in which nothing stands where nothing was said, by their place: all that may be null but whose key signed it.
const NOTHING_AT_LEAST: [usize; 19] = [4, 7, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 25, 28, 32, 33, 35, 36];

/// True where an empty text stands in the place of nothing: it would be read as nothing here, and as an end that is over by what asks for a day.
fn is_blank(row: &Row<'_>) -> rusqlite::Result<bool> {
    for at in NOTHING_AT_LEAST {
        if matches!(row.get_ref(at)?, ValueRef::Text([])) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// True for a JSON object, and where there is none.
fn is_object(text: &str) -> bool {
    text.is_empty() || text.starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// Reads the row of [`COLUMNS`] and of what format 3 has added.
fn statement(row: &Row<'_>) -> rusqlite::Result<Statement> {
    let text = |at: usize| row.get::<_, Option<String>>(at).map(Option::unwrap_or_default);
    let or = |at: usize, other: &str| text(at).map(|t| if t.is_empty() { other.to_owned() } else { t });
    let mut envelope: [String; ENVELOPE.len()] = Default::default();
    for (n, slot) in envelope.iter_mut().enumerate() {
        *slot = text(11 + n)?;
    }
    let level = usize::from(row.get::<_, u8>(21)?);
    let (entry, recorded_at) = (text(2)?, text(24)?);
    Ok(Statement {
        seq: row.get(0)?,
        id: row.get(1)?,
        said_entry: or(29, &entry)?,
        said_at: or(30, &recorded_at)?,
        entry,
        act: row.get(3)?,
        author: row.get(23)?,
        recorded_at,
        workspace: text(31)?,
        taken_from: text(32)?,
        settled_by: text(33)?,
        prev_hash: row.get(26)?,
        hash: row.get(27)?,
        draft: Draft {
            kind: row.get(5)?,
            record: row.get(6)?,
            supersedes: row.get::<_, Option<String>>(7)?.into_iter().collect(),
            withdrawn: row.get(8)?,
            fields: json(&row.get::<_, String>(9)?),
            withheld: read_withheld(row.get::<_, Option<String>>(10)?.as_deref()),
            envelope,
            more: json(&text(28)?),
            marking: Marking::ALL.get(level).copied().unwrap_or(Marking::StrictlyConfidential),
            status: Status::from_code(&row.get::<_, String>(22)?).unwrap_or_default(),
            origin: text(4)?,
            verified_at: text(25)?,
        },
        seal: Seal {
            salt: Salt::read(&text(34)?),
            salts: json::<BTreeMap<String, String>>(&text(35)?)
                .into_iter()
                .filter_map(|(name, salt)| Some((name, Salt::read(&salt)?)))
                .collect(),
            sealed: json(&text(36)?),
            content: text(37)?,
        },
    })
}

/// What a column of JSON holds; nothing where it is none.
pub(crate) fn json<T: serde::de::DeserializeOwned + Default>(text: &str) -> T {
    // Most such columns hold nothing, which is told here without an error that is made and thrown away: a chain has millions of them.
    if text.is_empty() { T::default() } else { serde_json::from_str(text).unwrap_or_default() }
}
