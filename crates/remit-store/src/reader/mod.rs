//! A read-only connection that sees the views of one as-of.

mod search;
mod view_state;

use crate::functions;
use crate::made::{MadeViews, READ_THROUGH, give};
use crate::noted_query::{self, AskedWhat, NotedQuery, RowDigest, SharedQuery, SharingQuery};
use crate::sql_guard::{DEEPEST, Described, Making, Shadow, protect};
use crate::views::{self, Scope, View};
use crate::{AsOf, Cell, HeldBack, Lent, StoreError, Table, Workspace};
use remit_model::{Kind, Marking, ModelError};
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, StatementStatus};
use search::of_texts;
use std::cell::{OnceCell, RefCell};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use view_state::{ViewState, above, scope};

/// Answers SQL over the views of one as-of of one workspace.
pub struct Reader {
    db: Connection,
    workspace: Workspace,
    shadow: Arc<Shadow>,
    views: Vec<View>,
    as_of: AsOf,
    /// Which of the views there are on the connection.
    made: RefCell<MadeViews>,
    /// What the views were written for.
    of: ViewState,
    /// How many statements are above its clearance.
    above: usize,
    /// For what finds statements (by words, by the records that they refer to), which no view shows. It gives only what the reader
    /// may see, and that is looked up through the views before anybody sees it. Beside it the SQL condition by which a statement `t` is found.
    finder: OnceCell<(Connection, String)>,
    /// The SQL condition by which a statement `t` may be seen.
    seen: String,
    /// When what runs now is given up.
    deadline: Arc<Mutex<Option<Instant>>>,
    asked_by: AskedBy,
    /// What is held back of what is asked, where it is handed on.
    held: Arc<HeldBack>,
    memory: Option<Memory>,
    /// What was asked since it was taken last, where answers are remembered.
    noted: RefCell<Vec<NotedQuery>>,
}

/// The last answers of readers of one as-of, for who asks the same again and again: a page in several languages.
#[derive(Debug, Clone, Default)]
pub struct Memory(Arc<Mutex<VecDeque<(String, Table)>>>);

/// Answers that are remembered: those of a few pages.
const REMEMBERED: usize = 200;

/// Queries that stay compiled where one page is made after another: those of the pages of several kinds.
const COMPILED: usize = 200;

impl Memory {
    fn find(&self, question: &str) -> Option<Table> {
        let answers = self.0.lock().ok()?;
        answers.iter().rev().find(|(q, _)| q == question).map(|(_, table)| table.clone())
    }

    fn keep(&self, question: String, table: &Table) {
        if let Ok(mut answers) = self.0.lock() {
            answers.push_back((question, table.clone()));
            if answers.len() > REMEMBERED {
                answers.pop_front();
            }
        }
    }
}

/// Whose queries a reader answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskedBy {
    /// Remit's own, and those of the workspace's questions.
    Questions,
    /// Whoever writes SQL. Nothing of such a query runs before it is settled which rows may be seen: an index would let it look
    /// at others first, and tell of them by failing.
    Anybody,
    /// Remit's own, for what is published for everybody: what an office says there it says as an office, and names nobody of its own;
    /// what it has not decided it does not say.
    Everybody,
}

/// Queries that stay compiled: those of a country's home page, of its own page and of its matrix, one after another. To compile one takes
/// longer than most take to be answered; each takes some 250 kB.
const COMPILED_FOR_PAGES: usize = 48;

/// Parameters that a query may name without being given them: they are the reader's own.
pub const OF_THE_AS_OF: [&str; 3] = ["valid_on", "known_on", "in_six_months"];

/// These with their values for readers of an as-of.
pub fn of_the_as_of(as_of: &AsOf) -> [(&'static str, Cell); 3] {
    let [valid_on, known_on, in_six_months] = OF_THE_AS_OF;
    [
        (valid_on, Cell::Text(as_of.valid_on.to_string())),
        (known_on, as_of.known_on.clone().into()),
        (in_six_months, Cell::Text(as_of.valid_on.plus_months(6).to_string())),
    ]
}

/// How long one query may take.
const LONGEST: Duration = Duration::from_secs(60);

/// Steps of SQLite's machine between two looks at the clock.
const STEPS: i32 = 200_000;

/// Bytes of the rows of one answer that is held in memory.
const MOST_BYTES: usize = 1 << 30;

/// What is done with each row of an answer, told the names of the columns.
type EachRow<'a> = dyn FnMut(&[String], &[ValueRef<'_>]) -> Result<(), StoreError> + 'a;

impl Reader {
    /// Opens a reader. What it sees does not change while it lives, but for imports that end meanwhile: open a new one
    /// to see them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn open(workspace: &Workspace, as_of: AsOf) -> Result<Reader, StoreError> {
        Reader::open_for(workspace, as_of, AskedBy::Questions)
    }

    /// Opens a reader for queries of a certain kind.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn open_for(workspace: &Workspace, as_of: AsOf, asked_by: AskedBy) -> Result<Reader, StoreError> {
        Reader::without(workspace, as_of, asked_by, Arc::default())
    }

    /// Opens a reader for what is handed on, who does not see what is held back.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn without(workspace: &Workspace, as_of: AsOf, asked_by: AskedBy, held: Arc<HeldBack>) -> Result<Reader, StoreError> {
        let mut db = workspace.read()?;
        db.pragma_update(None, "temp_store", "memory")?;
        db.pragma_update(None, "cache_size", -64_000)?;
        db.pragma_update(None, "mmap_size", 1_i64 << 34)?;
        db.set_prepared_statement_cache_capacity(COMPILED_FOR_PAGES);
        functions::register(&db, workspace.model())?;
        let home = workspace.clone();
        functions::at_home(&db, move || home.countries().unwrap_or_default())?;
        let above = above(&db, &as_of)?;
        let of = ViewState::of(&db, workspace, &above)?;
        let count_above = above.len();
        let office = Some(&workspace.settings().title).filter(|title| !title.is_empty()).map_or("Remit", String::as_str);
        let in_the_name_of = (asked_by == AskedBy::Everybody).then(|| office.to_owned());
        let (hidden, holds_back) = (!above.is_empty(), !held.rows.is_empty());
        let scope = Scope { hidden, holds_back, in_the_name_of, ..scope(&db, workspace, &as_of, &of)? };
        functions::place_among(&db, above)?;
        functions::hold_back(&db, held.markings())?;
        let (hidden, mut views): (Vec<View>, Vec<View>) =
            views::all(workspace.model(), &as_of, &scope).into_iter().partition(|v| v.hidden);
        let shadow = Shadow::shared(&workspace.shadow, &views, workspace.model())?;
        check_computed(workspace, &shadow, &mut views)?;
        let making = Making::default();
        protect(&mut db, &views, &making)?;
        let deadline: Arc<Mutex<Option<Instant>>> = Arc::default();
        let clock = deadline.clone();
        db.progress_handler(STEPS, Some(move || clock.lock().is_ok_and(|d| d.is_some_and(|d| Instant::now() > d))))?;
        let barrier = asked_by == AskedBy::Anybody && as_of.clearance < Marking::StrictlyConfidential;
        let conflicts = views::conflicts_sql(workspace.model(), &as_of, scope.is_new);
        let replaced = views::replaced_sql(workspace.model(), &as_of);
        let filled = vec![(views::CONFLICTS, conflicts), (views::REPLACED, replaced)];
        let all = views.iter().chain(&hidden);
        let made = RefCell::new(MadeViews::new(workspace, all, filled, barrier, of.end, making));
        let (seen, workspace) = (views::seen("t", &as_of), workspace.clone());
        let finder = OnceCell::new();
        Ok(Reader {
            db,
            workspace,
            shadow,
            views,
            as_of,
            made,
            of,
            above: count_above,
            finder,
            seen,
            deadline,
            asked_by,
            held,
            memory: None,
            noted: RefCell::default(),
        })
    }

    /// Sees what was recorded meanwhile too. What is made already stays where nothing has changed, so that this costs less than a
    /// new reader.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn renewed(mut self) -> Result<Reader, StoreError> {
        let above = self.made.get_mut().during(|| above(&self.db, &self.as_of))?;
        let now = self.made.get_mut().during(|| ViewState::of(&self.db, &self.workspace, &above))?;
        // Their number decides in which place others stand.
        let is_renewed = now.is_more_of(&self.of) && above.len() == self.above && self.made.get_mut().renew(&self.db, now.end)?;
        if !is_renewed {
            let reader = Reader::without(&self.workspace, self.as_of, self.asked_by, self.held)?;
            return Ok(match &self.memory {
                Some(memory) => reader.remembering(memory),
                None => reader,
            });
        }
        self.of = now;
        Ok(self)
    }

    /// The same, remembering its last answers together with others of the same as-of.
    pub fn remembering(self, memory: &Memory) -> Reader {
        // Who makes one page after another asks more queries on each than are kept compiled otherwise: each would be compiled anew.
        self.db.set_prepared_statement_cache_capacity(COMPILED);
        Reader { memory: Some(memory.clone()), ..self }
    }

    /// What is held back of what is asked.
    pub fn held_back(&self) -> &Arc<HeldBack> {
        &self.held
    }

    /// The as-of that this reader sees.
    pub fn as_of(&self) -> &AsOf {
        &self.as_of
    }

    /// The views that can be read.
    pub fn views(&self) -> &[View] {
        &self.views
    }

    /// What a query would answer, without asking it.
    ///
    /// # Errors
    /// When the SQL is wrong, names anything but the views, or is no query.
    pub fn describe(&self, sql: &str) -> Result<Described, StoreError> {
        self.shadow.describe(sql)
    }

    /// Answers a query. Parameters are named in SQL as `:name`; those that the SQL does not name are ignored.
    ///
    /// # Errors
    /// When the SQL is wrong, names anything but the views, or is no query.
    pub fn query(&self, sql: &str, parameters: &[(&str, Cell)]) -> Result<Table, StoreError> {
        self.query_with(&SharingQuery { sql, shared: &[], short: sql }, parameters)
    }

    /// Answers a query of Remit's own that shares others with more queries: these are answered once, and not again for each.
    ///
    /// # Errors
    /// As `query`.
    pub fn query_with(&self, query: &SharingQuery<'_>, parameters: &[(&str, Cell)]) -> Result<Table, StoreError> {
        let Some(memory) = &self.memory else { return self.asked(query, parameters) };
        let question = format!("{parameters:?} {}", query.sql);
        let table = match memory.find(&question) {
            Some(table) => table,
            None => {
                let table = self.asked(query, parameters).inspect_err(|_| self.note(AskedWhat::Else, Vec::new(), String::new))?;
                memory.keep(question, &table);
                table
            }
        };
        let asked = AskedWhat::Query {
            sql: query.sql.to_owned(),
            short: query.short.to_owned(),
            shared: query.shared.to_vec(),
            parameters: parameters.iter().map(|(name, value)| ((*name).to_owned(), noted_query::written(value))).collect(),
        };
        self.note(asked, self.read_by(query)?, || noted_query::digest_of_table(&table));
        Ok(table)
    }

    /// What was asked since this was asked last. Only who remembers answers notes them.
    pub fn noted(&self) -> Vec<NotedQuery> {
        self.noted.take()
    }

    fn note(&self, asked: AskedWhat, reads: Vec<String>, digest: impl FnOnce() -> String) {
        if self.memory.is_some() {
            self.noted.borrow_mut().push(NotedQuery { asked, reads, digest: digest() });
        }
    }

    /// The views that a query reads by itself, and the tables of what it shares.
    fn read_by(&self, query: &SharingQuery<'_>) -> Result<Vec<String>, StoreError> {
        let (mut alone, mut reads) = (query.short.to_owned(), Vec::new());
        for shared in query.shared {
            let columns = self.shadow.describe(&shared.whole)?.columns;
            let columns: Vec<String> = columns.iter().map(|c| format!("null as \"{c}\"")).collect();
            let table = SharedQuery::table(&shared.name);
            alone = alone.replace(&table, &format!("(select {})", columns.join(", ")));
            reads.push(table);
        }
        reads.extend(self.shadow.describe(&alone)?.views);
        Ok(reads)
    }

    /// A digest of what is answered now to what was noted.
    pub(crate) fn digest_again(&self, asked: &AskedWhat) -> Result<String, StoreError> {
        match asked {
            AskedWhat::Query { sql, short, shared, parameters } => {
                let parameters: Vec<(&str, Cell)> = parameters.iter().map(|(n, v)| (n.as_str(), noted_query::read(v))).collect();
                Ok(noted_query::digest_of_table(&self.asked(&SharingQuery { sql, shared, short }, &parameters)?))
            }
            AskedWhat::References(record) => Ok(of_texts(&self.naming(record)?)),
            AskedWhat::Else => Ok(String::new()),
        }
    }

    /// A digest of the rows of a query that has no parameters but the reader's own, however many they are.
    pub(crate) fn digest_of(&self, sql: &str) -> Result<String, StoreError> {
        let mut digest = RowDigest::new();
        self.each_seen(sql, sql, &of_the_as_of(&self.as_of), |_, cells| {
            let row: Vec<Cell> = cells.iter().map(|cell| Cell::from_sql(*cell)).collect();
            digest.row(row.iter());
            Ok(())
        })?;
        Ok(digest.end())
    }

    /// True where the rows of all of these are kept.
    fn shares(&self, shared: &[SharedQuery]) -> Result<bool, StoreError> {
        let given = of_the_as_of(&self.as_of);
        for query in shared {
            // What is wrong in it is told where the whole is asked.
            let Ok(described) = self.shadow.describe(&query.whole) else { return Ok(false) };
            let _running = RunningQuery::until(&self.deadline, Instant::now() + LONGEST);
            if !self.made.borrow_mut().share(&self.db, &query.name, &query.short, &given, &described.views)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn asked(&self, query: &SharingQuery<'_>, parameters: &[(&str, Cell)]) -> Result<Table, StoreError> {
        let run = if self.shares(query.shared)? { query.short } else { query.sql };
        let (mut table, mut bytes) = (Table::default(), 0);
        self.each_seen(query.sql, run, parameters, |columns, cells| {
            let row: Vec<Cell> = cells.iter().map(|cell| Cell::from_sql(*cell)).collect();
            if table.columns.is_empty() {
                table.columns = columns.to_vec();
            }
            bytes += row.iter().map(|c| size_of::<Cell>() + c.text().map_or(0, str::len)).sum::<usize>();
            if bytes > MOST_BYTES {
                return Err(StoreError::Refused("the answer is larger than a gigabyte; ask for less of it".into()));
            }
            table.rows.push(row);
            Ok(())
        })
        .map(|columns| table.columns = columns)?;
        Ok(table)
    }

    /// The same reader, as it would be where the register is too large for rows of views to be kept: what tests of questions ask too.
    #[doc(hidden)]
    #[must_use]
    pub fn of_a_large_register(self) -> Reader {
        self.made.borrow_mut().most_rows = -1;
        self
    }

    /// Like [`Reader::query`], a row at a time; returns the names of the columns.
    ///
    /// # Errors
    /// As `query`, and whatever the callback returns.
    pub fn each(
        &self,
        sql: &str,
        parameters: &[(&str, Cell)],
        mut row: impl FnMut(&[String], Vec<Cell>) -> Result<(), StoreError>,
    ) -> Result<Vec<String>, StoreError> {
        self.note(AskedWhat::Else, Vec::new(), String::new);
        self.each_seen(sql, sql, parameters, |columns, cells| {
            let cells = cells.iter().map(|cell| Cell::from_sql(*cell)).collect();
            row(columns, cells)
        })
    }

    /// Like [`Reader::each`], for who goes through millions of rows: of what stands in a row nothing is copied.
    ///
    /// # Errors
    /// As `query`, and whatever the callback returns.
    pub fn each_lent(
        &self,
        sql: &str,
        parameters: &[(&str, Cell)],
        mut row: impl FnMut(&[Lent<'_>]) -> Result<(), StoreError>,
    ) -> Result<Vec<String>, StoreError> {
        self.note(AskedWhat::Else, Vec::new(), String::new);
        self.each_seen(sql, sql, parameters, |_, cells| {
            // Room for as many as a row of a wide view has, without asking for memory anew.
            let mut lent: Vec<Lent<'_>> = Vec::with_capacity(cells.len());
            lent.extend(cells.iter().map(|cell| Lent::from_sql(*cell)));
            row(&lent)
        })
    }

    /// `run` is the same query, with tables in the place of what it shares.
    fn each_seen(
        &self,
        sql: &str,
        run: &str,
        parameters: &[(&str, Cell)],
        mut row: impl FnMut(&[String], &[ValueRef<'_>]) -> Result<(), StoreError>,
    ) -> Result<Vec<String>, StoreError> {
        let described = self.shadow.describe(sql)?;
        let _running = RunningQuery::until(&self.deadline, Instant::now() + LONGEST);
        self.made.borrow_mut().make(&self.db, &described.views)?;
        let mut answered = self.rows(run, parameters, &mut row);
        let is_too_deep = |answered: &Result<AnsweredQuery, StoreError>| {
            self.asked_by != AskedBy::Anybody && answered.as_ref().is_err_and(|e| e.to_string().contains(TOO_DEEP))
        };
        if is_too_deep(&answered) {
            self.made.borrow_mut().keep_at_need(&self.db, &described.views)?;
            answered = self.rows(run, parameters, &mut row);
        }
        if is_too_deep(&answered) {
            self.db.set_limit(Limit::SQLITE_LIMIT_EXPR_DEPTH, DEEPEST_AT_NEED)?;
            answered = self.rows(run, parameters, &mut row);
            self.db.set_limit(Limit::SQLITE_LIMIT_EXPR_DEPTH, DEEPEST)?;
        }
        let answered = answered.map_err(|error| match (self.asked_by, error) {
            (_, StoreError::Interrupted) => {
                StoreError::Refused(format!("the query took longer than {} seconds; ask for less", LONGEST.as_secs()))
            }
            // Why a value fails could tell what it is.
            (AskedBy::Anybody, StoreError::Database(_) | StoreError::Damaged) => {
                StoreError::Refused("the query failed on some value while it ran (an overflow, or no JSON)".into())
            }
            (_, error) => error,
        })?;
        if answered.steps > READ_THROUGH {
            self.made.borrow_mut().were_read_through(&described.views);
        }
        Ok(answered.columns)
    }

    fn rows(&self, sql: &str, parameters: &[(&str, Cell)], row: &mut EachRow<'_>) -> Result<AnsweredQuery, StoreError> {
        let mut statement = self.db.prepare_cached(sql)?;
        give(&mut statement, parameters)?;
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.raw_query();
        while let Some(next) = rows.next()? {
            let cells = (0..columns.len()).map(|i| next.get_ref(i)).collect::<Result<Vec<_>, _>>()?;
            row(&columns, &cells)?;
        }
        drop(rows);
        Ok(AnsweredQuery { columns, steps: statement.reset_status(StatementStatus::VmStep) })
    }
}

/// How many tables a question of Remit's own may name where it cannot be asked otherwise: `.cargo/config.toml` has SQLite allow that.
const DEEPEST_AT_NEED: i32 = 8_000;

/// How SQLite says, before it reads anything, that a question names more tables than it may, those behind its views included.
const TOO_DEEP: &str = "VIEWs and/or subqueries nested too deep";

/// What is known of a query once its rows were read.
struct AnsweredQuery {
    /// Names of the columns.
    columns: Vec<String>,
    /// Steps of SQLite's machine that it took.
    steps: i32,
}

/// Sets when what runs is given up, and takes it back at the end.
struct RunningQuery<'d>(&'d Mutex<Option<Instant>>);

impl RunningQuery<'_> {
    fn until(deadline: &Mutex<Option<Instant>>, moment: Instant) -> RunningQuery<'_> {
        if let Ok(mut deadline) = deadline.lock() {
            *deadline = Some(moment);
        }
        RunningQuery(deadline)
    }
}

impl Drop for RunningQuery<'_> {
    fn drop(&mut self) {
        if let Ok(mut deadline) = self.0.lock() {
            *deadline = None;
        }
    }
}

/// What the model computes may name the views and nothing else, as a query may; its view needs those.
fn check_computed(workspace: &Workspace, shadow: &Shadow, views: &mut [View]) -> Result<(), StoreError> {
    for kind in &workspace.model().kinds {
        for computed in &kind.computed {
            let sql = computed.sql.replace(":valid_on", "'2021-06-30'");
            let reads = reads(kind, views, shadow, &sql).map_err(|e| {
                let message = format!("the sql of `{}` cannot be used: {e}", computed.field.name);
                let own = workspace.folder().join(format!("model/kinds/{}.toml", kind.name));
                match std::fs::read_to_string(&own) {
                    Ok(text) => ModelError::named(own.display().to_string(), &text, &computed.field.name, message),
                    Err(_) => ModelError::new(format!("model/kinds/{}.toml", kind.name), 0, message),
                }
            })?;
            if let Some(view) = views.iter_mut().find(|v| v.name == kind.view) {
                view.needs.extend(reads);
            }
        }
    }
    Ok(())
}

/// The views that something computed reads. It may read no other that is computed of the same record, nor the view in which it stands: of such a circle nobody would be
/// told until a record is looked at, and then not where it is.
fn reads(kind: &Kind, views: &[View], shadow: &Shadow, sql: &str) -> Result<Vec<String>, StoreError> {
    let is_computed = |name: &str| {
        let is_of_stages = kind.stages.is_some() && ["open", "overdue"].contains(&name);
        is_of_stages || kind.computed.iter().any(|c| c.field.name == name)
    };
    let columns = views.iter().find(|v| v.name == kind.view).map_or(&[][..], |v| v.columns.as_slice());
    let plain: Vec<String> =
        columns.iter().filter(|c| !is_computed(&c.name)).map(|c| format!("null as \"{}\"", c.name)).collect();
    let described = shadow.describe(&format!("select ({sql}) from (select {}) v", plain.join(", "))).map_err(|e| match shadow
        .describe(&format!("select ({sql}) from \"{}\" v", kind.view))
    {
        Ok(_) => {
            StoreError::Refused(format!("it reads what is computed itself ({e}); write here what that is made of, from fields"))
        }
        Err(wrong) => wrong,
    })?;
    match described.views.contains(&kind.view) {
        true => Err(StoreError::Refused(format!("it reads the view `{}`, in which it stands itself", kind.view))),
        false => Ok(described.views),
    }
}
