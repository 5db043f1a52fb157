//! Whether a workspace has changed: what was worked out of it is good for as long as it has not.

use crate::{StoreError, Workspace};
use rusqlite::Connection;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

/// The files by which a change is seen besides what SQLite says of its own.
const FILES: [&str; 4] = ["remit.db", "remit.db-wal", "remit.toml", crate::workspace::SAVED_VIEWS];

/// Watches a workspace.
#[derive(Debug)]
pub struct Watch {
    db: Mutex<Connection>,
    files: [PathBuf; 4],
    /// Counts the times at which nobody could say.
    unsure: AtomicU64,
}

/// How a workspace was at a moment: equal to another only where nothing has changed between them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct State {
    /// SQLite's own count of changes by other connections.
    changes: Option<i64>,
    files: Vec<(u64, Option<SystemTime>)>,
    unsure: u64,
}

impl Watch {
    /// Begins to watch.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn new(workspace: &Workspace) -> Result<Watch, StoreError> {
        let db = workspace.read()?;
        // Who asks for a page does not wait for who writes.
        db.busy_timeout(Duration::ZERO)?;
        Ok(Watch { db: Mutex::new(db), files: FILES.map(|f| workspace.folder().join(f)), unsure: AtomicU64::new(0) })
    }

    /// The state of the workspace now.
    pub fn state(&self) -> State {
        let ask = |db: &Connection| db.pragma_query_value(None, "data_version", |row| row.get(0)).ok();
        let changes: Option<i64> = self.db.lock().ok().and_then(|db| ask(&db));
        let files = self.files.iter().map(|f| f.metadata().map_or((0, None), |m| (m.len(), m.modified().ok()))).collect();
        let unsure = if changes.is_none() { self.unsure.fetch_add(1, Ordering::Relaxed) + 1 } else { 0 };
        State { changes, files, unsure }
    }
}
