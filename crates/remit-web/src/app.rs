//! What all pages share: the workspace, its questions, and readers that are open already.

use crate::door::Door;
use crate::error::PageError;
use crate::language::carried;
use crate::making;
use crate::messages::m;
use anyhow::Result;
use axum::http::Extensions;
use remit_ask::{ColumnLooks, Questions};
use remit_model::{Day, Kind, Language, Marking, Model};
use remit_report::Templates;
use remit_store::{AsOf, AskedBy, HeldBack, Memory, Reader, State, Watch, Workspace};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Semaphore, SemaphorePermit};

/// Readers that are kept open, whatever their as-of.
const KEPT: usize = 8;

/// The fewest that read at once: a slow question must not keep everybody else waiting.
const READING: usize = 4;

/// Forms and files that are taken at once.
const WRITING: usize = 4;

/// How a workspace is served.
#[derive(Debug, Clone)]
pub struct Serving {
    /// Port on this machine; 0 for any that is free. The usual one, where it is free, if none is named.
    pub port: Option<u16>,
    /// The day that pages are about where their address names none; the workspace's own, or else today, where it is not set.
    pub valid_on: Option<Day>,
    /// The moment as known at which pages are shown where their address names none; now where it is not set.
    pub known_on: Option<String>,
    /// Readers see what is marked at most so.
    pub clearance: Marking,
    /// Who writes; without one nothing can be changed.
    pub author: Option<String>,
    /// True where somebody is about to look: the home page is made before it is asked for, and with it what all pages read of the register.
    pub is_early: bool,
}

impl Serving {
    /// What is shown where an address says nothing else.
    fn as_of(&self, workspace: &Workspace) -> AsOf {
        AsOf {
            valid_on: self.valid_on.unwrap_or_else(|| workspace.default_day()),
            known_on: self.known_on.clone(),
            clearance: self.clearance,
        }
    }
}

/// The site that pages are made for, where they are published as files: what a page has to know of it.
pub(crate) trait PublishedSite: Send + Sync {
    /// Whether what has this path is a page of the site.
    fn has(&self, path: &str) -> bool;

    /// The file of the feed that belongs to a page: of its country where it is about one that has a feed, else of the site.
    fn feed(&self, country: &str, language: Language) -> String;
}

/// State of the server; cheap to clone.
#[derive(Clone)]
pub(crate) struct App {
    shared: Arc<SharedState>,
    /// The site that pages are made for, where they are published as files.
    site: Option<Arc<dyn PublishedSite>>,
    /// What is held back of the pages, where they are handed on.
    held: Arc<HeldBack>,
    /// What was asked for a page, where the same page follows in other languages.
    memory: Option<Memory>,
}

struct SharedState {
    workspace: Workspace,
    questions: Questions,
    /// What is wrong with the workspace's own files that are left out.
    left_out: Vec<String>,
    /// Files of the workspace that lie where nothing reads them.
    misplaced: Vec<String>,
    serving: Serving,
    door: Door,
    watch: Watch,
    /// What pages keep from one request to the next, one of each type.
    between_requests: Mutex<Extensions>,
    readers: Mutex<Vec<OpenReader>>,
    /// Places for who reads, as many as there are cores: more at once would only wait for each other, each with memory of its own.
    reading: Semaphore,
    /// Places for what is sent: each has what was sent in memory.
    writing: Semaphore,
}

/// A reader with the state of the workspace when it was opened.
struct OpenReader {
    reader: Reader,
    state: State,
}

impl App {
    /// Opens a workspace for its readers; its questions are checked before anybody asks one.
    pub(crate) fn new(workspace: Workspace, serving: Serving, door: Door) -> Result<App> {
        let watch = Watch::new(&workspace)?;
        let as_of = serving.as_of(&workspace);
        let kept = OpenReader { state: watch.state(), reader: Reader::open(&workspace, as_of)? };
        let (questions, faults) = Questions::usable(&workspace, &kept.reader)?;
        let of_templates = Templates::load(&workspace)?.faults().map(|fault| fault.to_string()).collect::<Vec<_>>();
        let faults = workspace.left_out().iter().map(ToString::to_string).chain(faults.iter().map(ToString::to_string));
        // Where the workspace lies is nobody's business who reads its pages.
        let folder = format!("{}{}", workspace.folder().display(), std::path::MAIN_SEPARATOR);
        let left_out = faults.chain(of_templates).map(|fault| fault.replace(&folder, "")).collect();
        let misplaced = workspace.misplaced().iter().map(|told| told.replace(&folder, "")).collect();
        let shared = Arc::new(SharedState {
            watch,
            between_requests: Mutex::default(),
            workspace,
            questions,
            left_out,
            misplaced,
            serving,
            door,
            readers: Mutex::default(),
            reading: Semaphore::new(cores().clamp(READING, KEPT)),
            writing: Semaphore::new(WRITING),
        });
        let app = App { shared, site: None, held: Arc::default(), memory: None };
        app.put_back(kept);
        Ok(app)
    }

    pub(crate) fn workspace(&self) -> &Workspace {
        &self.shared.workspace
    }

    pub(crate) fn model(&self) -> &Model {
        self.shared.workspace.model()
    }

    pub(crate) fn questions(&self) -> &Questions {
        &self.shared.questions
    }

    /// What is wrong with the workspace's own files that are left out, each with file and line.
    pub(crate) fn left_out(&self) -> &[String] {
        &self.shared.left_out
    }

    /// The same, and which files lie where nothing reads them.
    pub(crate) fn to_mend(&self) -> Vec<String> {
        [self.left_out(), &self.shared.misplaced].concat()
    }

    pub(crate) fn columns(&self) -> &ColumnLooks {
        self.shared.questions.columns()
    }

    /// The same for pages that are published as files of a site.
    pub(crate) fn published(self, site: Arc<dyn PublishedSite>, held: Arc<HeldBack>) -> App {
        if let Ok(mut readers) = self.shared.readers.lock() {
            readers.clear();
        }
        App { site: Some(site), held, memory: Some(Memory::default()), ..self }
    }

    /// The site that pages are made for, where they are published.
    pub(crate) fn site(&self) -> Option<&dyn PublishedSite> {
        self.site.as_deref()
    }

    /// A kind that has records of its own; parts of others have not, and activities have a page of their own.
    pub(crate) fn kind(&self, name: &str) -> Result<&Kind, PageError> {
        let found = self.kinds().find(|k| k.name == name);
        found.ok_or_else(|| PageError::not_found(m::error_no_kind(name)))
    }

    /// How the workspace is now.
    pub(crate) fn state(&self) -> State {
        self.shared.watch.state()
    }

    /// What a page keeps from one request to the next, for all who ask: there is one of each type, so that a page with something to keep
    /// needs no line here.
    pub(crate) fn between_requests<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let mut all = self.shared.between_requests.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(all.get_or_insert_default::<Arc<T>>())
    }

    /// All kinds that have records of their own.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = &Kind> {
        self.model().kinds.iter().filter(|k| k.part_of.is_none() && k.name != "activity")
    }

    /// Who is let in.
    pub(crate) fn door(&self) -> &Door {
        &self.shared.door
    }

    /// Waits for a place among those who send something.
    pub(crate) async fn place_to_write(&self) -> Option<SemaphorePermit<'_>> {
        self.shared.writing.acquire().await.ok()
    }

    /// Who writes; none where nothing can be changed.
    pub(crate) fn author(&self) -> Option<&str> {
        self.shared.serving.author.as_deref()
    }

    pub(crate) fn clearance(&self) -> Marking {
        self.shared.serving.clearance
    }

    /// What is shown where an address says nothing else.
    pub(crate) fn as_of(&self) -> AsOf {
        self.shared.serving.as_of(self.workspace())
    }

    /// Runs `work` with a reader of the as-of, on a thread that may wait for the disk.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        as_of: AsOf,
        work: impl FnOnce(&Reader) -> Result<T, PageError> + Send + 'static,
    ) -> Result<T, PageError> {
        let app = self.clone();
        let _place = self.shared.reading.acquire().await;
        tokio::task::spawn_blocking(carried(move || {
            let state = app.state();
            let reader = match app.take(&as_of, &state) {
                Some(kept) if kept.state == state => kept.reader,
                // What is open shows the workspace as it was.
                Some(kept) => kept.reader.renewed()?,
                None => app.open(as_of)?,
            };
            let kept = OpenReader { reader, state };
            let result = work(&kept.reader);
            making::asked(kept.reader.noted());
            app.put_back(kept);
            result
        }))
        .await
        .unwrap_or_else(|panic| Err(PageError::internal(&panic)))
    }

    fn open(&self, as_of: AsOf) -> Result<Reader, PageError> {
        let asked_by = if self.site.is_some() { AskedBy::Everybody } else { AskedBy::Questions };
        let reader = Reader::without(self.workspace(), as_of, asked_by, self.held.clone())?;
        Ok(match &self.memory {
            Some(memory) => reader.remembering(memory),
            None => reader,
        })
    }

    fn take(&self, as_of: &AsOf, state: &State) -> Option<OpenReader> {
        let mut readers = self.shared.readers.lock().ok()?;
        let of = |k: &OpenReader| k.reader.as_of() == as_of;
        let at = readers.iter().position(|k| of(k) && k.state == *state).or_else(|| readers.iter().position(of))?;
        Some(readers.swap_remove(at))
    }

    fn put_back(&self, kept: OpenReader) {
        if let Ok(mut readers) = self.shared.readers.lock() {
            readers.push(kept);
            if readers.len() > KEPT {
                readers.remove(0);
            }
        }
    }
}

/// Cores of this machine.
fn cores() -> usize {
    std::thread::available_parallelism().map_or(READING, Into::into)
}
