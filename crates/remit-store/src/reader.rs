//! A read-only connection that sees the views of one as-of.

use crate::functions;
use crate::live_snapshots::{live_snapshots, renewed_files};
use crate::made::{MadeViews, READ_THROUGH, give};
use crate::noted_query::{self, AskedWhat, NotedQuery, RowDigest, SharedQuery, SharingQuery};
use crate::schema::{has_column, row_table};
use crate::sql_guard::{DEEPEST, Described, Making, Shadow, protect};
use crate::views::{self, Scope, View};
use crate::{AsOf, Cell, HeldBack, Lent, StoreError, Table, Workspace, index};
use remit_model::{Kind, Marking, ModelError, Wanted, folded, is_article, letters_apart, sounds, word_likeness};
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, StatementStatus};
use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

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

/// Letters of a search that are looked for.
const SEARCHED: usize = 200;

/// From which likeness on a word may be the one that was meant, and how many are named.
const ALIKE: f64 = 0.55;
const MOST_ALIKE: usize = 3;
/// How alike two words are that only sound the same, as “Kassem” and “Qasem”.
const AS_HEARD: f64 = 0.6;
/// Words in other letters that a word is looked for by.
const MOST_SOUNDING: usize = 40;

/// References of one record that are followed.
const MOST_REFERENCES: usize = 5_000;

/// Statements that a search looks at, the newest of those that say what something is called, and the newest of all others: more than
/// anybody reads, few enough to be quick.
const MOST_HITS: usize = 400;

/// Statements with the words among which these are looked for.
const MOST_LOOKED: usize = 20_000;

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

    /// Records of which some statement that stands has all of these words, or words that begin so: kind, record, title
    /// and the number of such statements. Names are found in Latin letters whatever their script, and by acronym.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn search(&self, text: &str) -> Result<Table, StoreError> {
        let text: String = text.chars().take(SEARCHED).collect();
        let words: Vec<String> = Wanted::new(&text).words().iter().map(|word| spelled(word)).collect();
        self.having(&words)
    }

    /// The same, and records that have the words in other letters, as they sound: “wizarat” finds “وزارة”, and “поліція” “policija”.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn search_in_any_letters(&self, text: &str) -> Result<Table, StoreError> {
        let text: String = text.chars().take(SEARCHED).collect();
        let typed = Wanted::new(&text);
        // An article is no word where others are; Arabic writes it together with its word.
        let is_word = |word: &&String| !is_article(word) || typed.words().len() == 1;
        let (mut words, mut telling, mut has_others) = (Vec::new(), Vec::new(), false);
        for word in typed.words().iter().filter(is_word) {
            let others = self.words_that_sound_as(word)?;
            has_others |= !others.is_empty();
            let others = others.into_iter().chain(self.other_spellings(word)).map(|other| format!("\"{other}\""));
            let any = format!("({})", std::iter::once(spelled(word)).chain(others).collect::<Vec<_>>().join(" OR "));
            telling.extend((!sounds(word).is_empty()).then(|| any.clone()));
            words.push(any);
        }
        let found = self.having(&words)?;
        // What is too short to sound like anything keeps nothing from being found by the other words.
        let is_open = found.rows.is_empty() && has_others && !telling.is_empty() && telling.len() < words.len();
        if is_open { self.having(&telling) } else { Ok(found) }
    }

    /// The other ways in which people write a small word of names: “ibn” is “bin” too.
    fn other_spellings(&self, word: &str) -> Vec<String> {
        let languages = self.workspace.model().languages.written();
        let ways = |all: &Vec<String>| all.iter().map(|way| folded(way)).collect::<Vec<String>>();
        let same = languages.iter().flat_map(|l| &l.spellings).map(ways).filter(|ways| ways.iter().any(|way| way == word));
        same.flatten().filter(|way| way != word && way.chars().all(char::is_alphanumeric)).collect()
    }

    /// Words of the register in other letters that sound as this one, as far as the reader may see them.
    fn words_that_sound_as(&self, word: &str) -> Result<Vec<String>, StoreError> {
        let own = sounds(word);
        if own.is_empty() {
            return Ok(Vec::new());
        }
        // What has a letter that is not Latin stands behind what begins with one.
        let sql = match word.is_ascii() {
            true => "select term from temp.word where term >= char(128)",
            false => "select term from temp.word where term < char(128)",
        };
        let mut query = self.vocabulary()?.prepare_cached(sql)?;
        let terms = query.query_map([], |row| row.get::<_, String>(0))?;
        let mut all = Vec::new();
        for term in terms {
            let term = term?;
            if sounds(&term).iter().any(|sound| own.contains(sound)) && self.is_seen(&term)? {
                all.push(term);
            }
            if all.len() == MOST_SOUNDING {
                break;
            }
        }
        Ok(all)
    }

    /// The finder, with the words of the register as a table.
    fn vocabulary(&self) -> Result<&Connection, StoreError> {
        let (finder, _) = self.finder()?;
        finder.execute_batch("create virtual table if not exists temp.word using fts5vocab (main, statement_text, row)")?;
        Ok(finder)
    }

    /// Records of which some statement that stands has all of these words, each as the index of words is asked for it.
    fn having(&self, words: &[String]) -> Result<Table, StoreError> {
        self.note(AskedWhat::Else, Vec::new(), String::new);
        // What has several names is what people look for by one: it is not lost among the many reports that have the word too.
        let named = self.workspace.model().kinds.iter().filter(|k| k.names.len() > 1).map(|k| format!("'{}'", k.name));
        let named = named.collect::<Vec<_>>().join(",");
        let (finder, seen) = self.finder()?;
        // The newest first: in a rank by words, what is hidden would count too.
        let sql = |is: &str| {
            format!(
                "select t.id from (select rowid as seq from statement_text where statement_text match ? order by rowid desc limit {MOST_LOOKED}) w \
                 join statement t on t.seq = w.seq where t.kind {is} ({named}) and {seen} and {} order by w.seq desc limit {MOST_HITS}",
                views::stands("t", &self.as_of),
            )
        };
        // Nothing has no words at all.
        let mut hits: Vec<String> = Vec::new();
        for is in ["in", "not in"].into_iter().filter(|_| !words.is_empty()) {
            let mut query = finder.prepare_cached(&sql(is))?;
            hits.extend(query.query_map([words.join(" AND ")], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?);
        }
        let hits: Vec<String> = hits.iter().map(|id| format!("'{}'", id.replace('\'', "''"))).collect();
        self.query(
            &format!(
                "select kind, record, title, count(*) as hits from statement where statement in ({}) and current = 1 \
                 group by kind, record order by hits desc, title",
                hits.join(",")
            ),
            &[],
        )
    }

    /// Words of the register that are written nearly as this one, or sound so in the same letters, the most alike first: what somebody
    /// may have meant. Only such as the reader may see are named.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn words_like(&self, word: &str) -> Result<Vec<String>, StoreError> {
        self.note(AskedWhat::Else, Vec::new(), String::new);
        let length = word.chars().count() as i64;
        let own = if is_acronym(word) { Vec::new() } else { sounds(word) };
        let is_heard = |term: &str| {
            let is_same_letters = word.is_ascii() == term.is_ascii();
            is_same_letters && !is_acronym(term) && sounds(term).iter().any(|sound| own.contains(sound))
        };
        let sql = "select term from temp.word where length(term) between ? and ?";
        let mut query = self.vocabulary()?.prepare_cached(sql)?;
        // Arabic leaves vowels out: what is meant may be twice as long in Latin letters.
        let terms = query.query_map([length / 2, length * 2 + 1], |row| row.get::<_, String>(0))?;
        let mut alike: Vec<(f64, usize, String)> = Vec::new();
        for term in terms {
            let term = term?;
            let mut close = word_likeness(word, &term);
            if close < AS_HEARD && !own.is_empty() && is_heard(&term) {
                close = AS_HEARD;
            }
            if close > ALIKE && term.len() > 2 {
                alike.push((close, letters_apart(word, &term), term));
            }
        }
        // Of those that are as like by their sound or their consonants, the one of which fewest letters differ.
        alike.sort_by(|(a, few, one), (b, more, other)| b.total_cmp(a).then(few.cmp(more)).then(one.cmp(other)));
        let mut named = Vec::new();
        for (.., term) in alike {
            if named.len() == MOST_ALIKE {
                break;
            }
            if self.is_seen(&term)? {
                named.push(term);
            }
        }
        Ok(named)
    }

    /// True where this very word stands in a statement that stands and that the reader may see.
    fn is_seen(&self, word: &str) -> Result<bool, StoreError> {
        let (finder, seen) = self.finder()?;
        let sql = format!(
            "select exists (select 1 from statement_text w join statement t on t.seq = w.rowid where statement_text match ? and {seen} and {})",
            views::stands("t", &self.as_of),
        );
        Ok(finder.prepare_cached(&sql)?.query_row([format!("\"{}\"", word.replace('"', "\"\""))], |row| row.get(0))?)
    }

    /// What records are called, each asked for by kind and identifier; what has no name is left out.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn called(&self, records: &[(&str, &str)]) -> Result<HashMap<String, String>, StoreError> {
        let named = "r.value ->> 0 as kind, r.value ->> 1 as record from json_each(:records) r";
        let wanted = |records: &[(&str, &str)]| Cell::Text(serde_json::json!(records).to_string());
        let stated = format!(
            "select r.record, max(s.title) from (select {named}) r join statement s on s.kind = r.kind and s.record = r.record \
             where s.current = 1 group by r.kind, r.record"
        );
        let mut names = HashMap::new();
        let mut learn = |table: Table| {
            let text = |cell: &Cell| cell.text().map(str::to_owned);
            names.extend(table.rows.iter().filter_map(|r| Some((text(&r[0])?, text(&r[1])?))).filter(|(id, name)| id != name));
        };
        if !records.is_empty() {
            learn(self.query(&stated, &[("records", wanted(records))])?);
        }
        // What was imported is stated nowhere.
        for kind in self.workspace.model().kinds.iter().filter(|k| records.iter().any(|(of, _)| *of == k.name)) {
            let Some(title) = &kind.title else { continue };
            let imported = format!(
                "select record, \"{title}\" from \"{}\" where record in (select r.record from (select {named}) r where r.kind = '{}')",
                kind.view, kind.name
            );
            learn(self.query(&imported, &[("records", wanted(records))])?);
        }
        Ok(names)
    }

    /// What records are called in a language, each asked for by kind and identifier: by the identifier and the name that stands on record
    /// beside it. What has no name in the language is left out.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn called_in(&self, records: &[(&str, &str)], language: &str) -> Result<HashMap<(String, String), String>, StoreError> {
        let sql = "with wanted as (select r.value ->> 0 as kind, r.value ->> 1 as record from json_each(:records) r), \
             own as ( \
               select s.kind, s.record, best(json_extract(s.fields, n.fullkey || '.name'), s.grade, s.said_at, s.statement) as name \
               from wanted r join statement s on s.kind = r.kind and s.record = r.record, json_each(s.fields, '$.names') n \
               where s.current = 1 and json_extract(s.fields, n.fullkey || '.language') = :language group by s.kind, s.record \
             ) \
             select distinct s.record, s.title, o.name from own o join statement s on s.kind = o.kind and s.record = o.record \
             where s.current = 1 and s.title is not null";
        let wanted = Cell::Text(serde_json::json!(records).to_string());
        let table = self.query(sql, &[("records", wanted), ("language", language.into())])?;
        let text = |cell: &Cell| cell.text().map(str::to_owned);
        Ok(table.rows.iter().filter_map(|r| Some(((text(&r[0])?, text(&r[1])?), text(&r[2])?))).collect())
    }

    /// Identifiers of the statements that name a record in one of their fields, as far as the reader may see them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn references(&self, record: &str) -> Result<Vec<String>, StoreError> {
        let naming = self.naming(record)?;
        self.note(AskedWhat::References(record.to_owned()), Vec::new(), || of_texts(&naming));
        Ok(naming)
    }

    fn naming(&self, record: &str) -> Result<Vec<String>, StoreError> {
        let (finder, seen) = self.finder()?;
        let sql = format!(
            "select t.id from statement_reference r join statement t on t.seq = r.seq where r.target = ? and {seen} limit {MOST_REFERENCES}"
        );
        let mut query = finder.prepare_cached(&sql)?;
        Ok(query.query_map([record], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    fn finder(&self) -> Result<(&Connection, &str), StoreError> {
        if let Some((finder, seen)) = self.finder.get() {
            return Ok((finder, seen.as_str()));
        }
        let finder = self.workspace.read()?;
        index::made_for(&self.workspace, &finder)?;
        let model = self.workspace.model();
        let seen = match index::is_current(&finder, model)? {
            true => self.seen.clone(),
            // Nobody could make it anew yet, as on a medium that cannot be written.
            false => format!("{} and {}", self.seen, index::not_marked_since("t", model)),
        };
        let (finder, seen) = self.finder.get_or_init(|| (finder, seen));
        Ok((finder, seen.as_str()))
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

/// A digest of identifiers in their order.
fn of_texts(texts: &[String]) -> String {
    let mut digest = RowDigest::new();
    let cells: Vec<Cell> = texts.iter().map(|text| Cell::Text(text.clone())).collect();
    digest.row(cells.iter());
    digest.end()
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

/// What decides how views are written, and how far the chain goes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ViewState {
    /// Which file it is, and how often tables were made in it: also what erases does that.
    file: (Option<(u64, u64)>, i64),
    /// How many snapshots and exceptions, and the last of them.
    imports: String,
    /// Kinds of which the reader may see a statement.
    stated: Vec<String>,
    /// The countries of the workspace: what names none is of the only one.
    home: Vec<String>,
    /// The last statement.
    end: i64,
}

impl ViewState {
    fn of(db: &Connection, workspace: &Workspace, above: &[i64]) -> Result<ViewState, StoreError> {
        let made: i64 = db.pragma_query_value(Some("main"), "schema_version", |row| row.get(0))?;
        let imports = db.query_row(
            "select concat_ws(' ', s.n, s.last, s.complete, x.n, x.ended, x.last)
             from (select count(*) as n, max(id) as last, sum(complete) as complete from main.snapshot) s,
                  (select count(*) as n, count(until) as ended, max(rowid) as last from main.exception) x",
            [],
            |row| row.get(0),
        )?;
        let mut stated = Vec::new();
        for kind in &workspace.model().kinds {
            if is_stated(db, &kind.name, above)? {
                stated.push(kind.name.clone());
            }
        }
        let end = db.query_row("select coalesce(max(seq), 0) from main.statement", [], |row| row.get(0))?;
        let home = workspace.countries().unwrap_or_default();
        Ok(ViewState { file: (workspace.database_file(), made), imports, stated, home, end })
    }

    /// True where nothing but statements of the same kinds has come.
    fn is_more_of(&self, before: &ViewState) -> bool {
        self.file == before.file && self.imports == before.imports && self.stated == before.stated && self.home == before.home
    }
}

/// True where there is a statement of a kind that is none of those `above` the reader: what they do not see gives no view another form.
fn is_stated(db: &Connection, kind: &str, above: &[i64]) -> Result<bool, StoreError> {
    let mut query = db.prepare_cached("select seq from main.statement where kind = ?")?;
    let mut rows = query.query([kind])?;
    while let Some(row) = rows.next()? {
        if above.binary_search(&row.get(0)?).is_err() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The tables of imported rows that there are, with their columns.
fn row_tables(db: &Connection) -> Result<HashMap<String, HashSet<String>>, StoreError> {
    let sql = "select m.name, c.name from main.sqlite_schema m join pragma_table_info(m.name) c \
               where m.type = 'table' and m.name like 'row\\_%' escape '\\'";
    let mut query = db.prepare(sql)?;
    let mut rows = query.query([])?;
    let mut tables: HashMap<String, HashSet<String>> = HashMap::new();
    while let Some(row) = rows.next()? {
        tables.entry(row.get(0)?).or_default().insert(row.get(1)?);
    }
    Ok(tables)
}

/// Works out what the as-of shows, and keeps its exceptions in tables of the connection's own.
fn scope(db: &Connection, workspace: &Workspace, as_of: &AsOf, of: &ViewState) -> Result<Scope, StoreError> {
    // A moment after every other stands for "as known now".
    let known = as_of.known_on.clone().unwrap_or_else(|| "9999".into());
    let live = live_snapshots(db, &known, Some(as_of.clearance.level()))?;
    let list = live.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
    db.execute_batch(&format!(
        "create temp table as_of_exception (activity integer primary key, reason, committed, disbursed, other, doubtful, hidden);
         insert into as_of_exception
           select x.activity, group_concat(distinct x.reason), min(x.committed), min(x.disbursed), max(x.other), max(x.doubtful), max(x.hidden)
           from main.exception x join main.row_activity a on a.id = x.activity
           where x.since <= '{known}' and (x.until is null or x.until > '{known}') and a.snapshot in ({list})
           group by x.activity;
         create temp table as_of_renewed (file integer primary key);
         insert into as_of_renewed select file from ({renewed});
         create temp table as_of_later (activity integer, split integer, committed_usd real, committed_eur real, disbursed_usd real, disbursed_eur real, primary key (activity, split)) without rowid;
         insert into as_of_later
           select activity, split, sum(case type when '2' then usd end), sum(case type when '2' then eur end),
                  sum(case when type in ('3', '4') then usd end), sum(case when type in ('3', '4') then eur end)
           from main.support_flow where date > '{day}' and snapshot in ({list}) group by activity, split",
        day = as_of.valid_on,
        renewed = renewed_files(db, &list)?
    ))?;
    let any = |sql: &str| db.query_row(sql, [], |row| row.get::<_, bool>(0));
    let renewed = any("select exists (select 1 from temp.as_of_renewed)")?;
    if renewed {
        db.execute_batch(&format!(
            "insert or replace into as_of_exception select r.id, null, 0, 0, null, 0, 1 from main.row_activity r
             where r.snapshot in ({list}) and r.file in (select file from temp.as_of_renewed)"
        ))?;
    }
    let tables = row_tables(db)?;
    let mut imported = HashSet::new();
    for kind in workspace.model().kinds.iter().filter(|k| !live.is_empty() && tables.contains_key(&row_table(k))) {
        if any(&format!("select exists (select 1 from main.\"{}\" where snapshot in ({list}))", row_table(kind)))? {
            imported.insert(kind.name.clone());
        }
    }
    Ok(Scope {
        exceptions: any("select exists (select 1 from temp.as_of_exception)")?,
        renewed,
        later: any("select exists (select 1 from temp.as_of_later)")?,
        live,
        stated: of.stated.clone(),
        imported,
        tables,
        is_new: has_column(db, "statement", "more")?,
        looks: crate::beside::looks_are_there(db)?,
        hidden: false,
        holds_back: false,
        in_the_name_of: None,
    })
}

/// Numbers of the statements that are above the reader's clearance, in their order.
fn above(db: &Connection, as_of: &AsOf) -> Result<Vec<i64>, StoreError> {
    // The first condition is that of the index.
    let sql = format!("select seq from main.statement where marking > 0 and marking > {} order by seq", as_of.clearance.level());
    Ok(db.prepare(&sql)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// A word as the index of words is asked for it, with what begins so. In other letters than Latin, a name may have been recorded in these.
fn spelled(word: &str) -> String {
    match remit_model::latin(word) {
        latin if latin.is_empty() || latin == *word || latin.contains(|c: char| !c.is_alphanumeric()) => format!("\"{word}\"*"),
        latin => format!("(\"{word}\"* OR \"{latin}\"*)"),
    }
}

/// True for letters without a vowel, which nobody speaks as a word.
fn is_acronym(word: &str) -> bool {
    word.is_ascii() && !word.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}
