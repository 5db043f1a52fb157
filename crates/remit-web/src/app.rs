//! What all pages share: the workspace, its questions, and readers that are open already.

use crate::error::PageError;
use crate::language::carried;
use crate::say::say;
use anyhow::Result;
use remit_ask::{Columns, Questions};
use remit_model::{Marking, Model};
use remit_store::{AsOf, Reader, Workspace};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

/// Cuts whose readers are kept open; one more than a page and its neighbours need.
const KEPT: usize = 8;

/// State of the server; cheap to clone.
#[derive(Clone)]
pub(crate) struct App(Arc<Shared>);

struct Shared {
    workspace: Workspace,
    questions: Questions,
    columns: Columns,
    clearance: Marking,
    author: Option<String>,
    readers: Mutex<Vec<Kept>>,
}

/// A reader with the state of the database's files when it was opened.
struct Kept {
    reader: Reader,
    stamp: Stamp,
}

type Stamp = Vec<(u64, Option<SystemTime>)>;

impl App {
    pub(crate) fn new(workspace: Workspace, clearance: Marking, author: Option<String>) -> Result<App> {
        let questions = Questions::load(&workspace)?;
        let columns = Columns::load(&workspace)?;
        Ok(App(Arc::new(Shared { workspace, questions, columns, clearance, author, readers: Mutex::default() })))
    }

    pub(crate) fn workspace(&self) -> &Workspace {
        &self.0.workspace
    }

    pub(crate) fn model(&self) -> &Model {
        self.0.workspace.model()
    }

    pub(crate) fn questions(&self) -> &Questions {
        &self.0.questions
    }

    pub(crate) fn columns(&self) -> &Columns {
        &self.0.columns
    }

    /// Who writes; none where nothing can be changed.
    pub(crate) fn author(&self) -> Option<&str> {
        self.0.author.as_deref()
    }

    /// Who writes, or why nobody does.
    pub(crate) fn may_write(&self) -> Result<String, PageError> {
        let author = self.0.author.clone();
        author.ok_or_else(|| PageError::forbidden(say("error-read-only")))
    }

    pub(crate) fn clearance(&self) -> Marking {
        self.0.clearance
    }

    /// Runs `work` with a reader of the as-of, on a thread that may wait for the disk.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        as_of: AsOf,
        work: impl FnOnce(&App, &Reader) -> Result<T, PageError> + Send + 'static,
    ) -> Result<T, PageError> {
        let app = self.clone();
        tokio::task::spawn_blocking(carried(move || {
            let stamp = app.stamp();
            let kept = match app.take(&as_of, &stamp) {
                Some(kept) => kept,
                None => Kept { reader: Reader::open(app.workspace(), as_of)?, stamp },
            };
            let result = work(&app, &kept.reader);
            app.put_back(kept);
            result
        }))
        .await
        .unwrap_or_else(|panic| Err(PageError::internal(&panic)))
    }

    fn take(&self, as_of: &AsOf, stamp: &Stamp) -> Option<Kept> {
        let mut readers = self.0.readers.lock().ok()?;
        // An import has changed the database: what is open shows it as it was.
        readers.retain(|k| k.stamp == *stamp);
        let at = readers.iter().position(|k| k.reader.as_of() == as_of)?;
        Some(readers.swap_remove(at))
    }

    fn put_back(&self, kept: Kept) {
        if let Ok(mut readers) = self.0.readers.lock() {
            readers.push(kept);
            if readers.len() > KEPT {
                readers.remove(0);
            }
        }
    }

    fn stamp(&self) -> Stamp {
        let file = |name: &str| -> PathBuf { self.0.workspace.folder().join(name) };
        ["remit.db", "remit.db-wal"]
            .map(|name| file(name).metadata().map_or((0, None), |m| (m.len(), m.modified().ok())))
            .to_vec()
    }
}
