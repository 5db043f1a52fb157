//! The folder: `remit.toml`, `remit.db`, `files/`, and perhaps a `model/` and `questions/` of its own.

use crate::{StoreError, schema};
use remit_model::{Day, Model};
use rusqlite::{Connection, OpenFlags};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// What `remit.toml` says.
#[derive(Debug, Clone, Default, Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Name to show.
    #[serde(default)]
    pub title: String,
    /// The day that answers are about when the reader names none; today where it is not set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_on: Option<String>,
}

/// An open workspace.
#[derive(Debug, Clone)]
pub struct Workspace {
    folder: PathBuf,
    settings: Settings,
    model: Arc<Model>,
}

impl Workspace {
    /// Makes a new workspace in a folder that does not exist or is empty.
    ///
    /// # Errors
    /// When the folder has something in it or cannot be written.
    pub fn init(folder: &Path, settings: Settings) -> Result<Workspace, StoreError> {
        let io = |e| StoreError::File(folder.to_path_buf(), e);
        if folder.exists() && std::fs::read_dir(folder).map_err(io)?.next().is_some() {
            return Err(StoreError::Occupied(folder.to_path_buf()));
        }
        std::fs::create_dir_all(folder.join("files")).map_err(io)?;
        let text =
            toml::to_string(&settings).map_err(|e| StoreError::Settings { file: folder.into(), message: e.to_string() })?;
        let file = folder.join("remit.toml");
        std::fs::write(&file, format!("# A workspace of Remit.\n{text}")).map_err(|e| StoreError::File(file, e))?;
        Workspace::open(folder)
    }

    /// Opens a workspace; makes the tables that its model needs and the database lacks.
    ///
    /// # Errors
    /// When the folder is no workspace, its model is wrong, or another version wrote it.
    pub fn open(folder: &Path) -> Result<Workspace, StoreError> {
        let file = folder.join("remit.toml");
        if !file.is_file() {
            return Err(StoreError::NotAWorkspace(folder.to_path_buf()));
        }
        let text = std::fs::read_to_string(&file).map_err(|e| StoreError::File(file.clone(), e))?;
        let settings: Settings =
            toml::from_str(&text).map_err(|e| StoreError::Settings { file: file.clone(), message: e.to_string() })?;
        if let Some(day) = settings.valid_on.as_deref().filter(|d| Day::parse(d).is_none()) {
            return Err(StoreError::Settings { file, message: format!("valid_on: `{day}` is not a date; write 2021-06-30") });
        }
        let model = Arc::new(Model::load(Some(&folder.join("model")))?);
        let workspace = Workspace { folder: folder.to_path_buf(), settings, model };
        let db = workspace.connect(true)?;
        let found: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if !(0..=schema::FORMAT).contains(&found) {
            return Err(StoreError::OtherFormat { found, expected: schema::FORMAT });
        }
        schema::create(&db, &workspace.model)?;
        Ok(workspace)
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What `remit.toml` says.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The model that the workspace uses.
    pub fn model(&self) -> &Arc<Model> {
        &self.model
    }

    /// The day that answers are about when nobody names one.
    pub fn default_day(&self) -> Day {
        self.settings.valid_on.as_deref().and_then(Day::parse).unwrap_or_else(Day::today)
    }

    pub(crate) fn connect(&self, writable: bool) -> Result<Connection, StoreError> {
        let path = self.folder.join("remit.db");
        let flags = if writable {
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
        } else {
            OpenFlags::SQLITE_OPEN_READ_ONLY
        };
        let db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        db.busy_timeout(Duration::from_secs(10))?;
        if writable {
            // Larger pages than SQLite's default: rows with long texts need fewer of them. Only a new database takes it.
            db.pragma_update(None, "page_size", 16_384)?;
            db.pragma_update(None, "journal_mode", "wal")?;
            db.pragma_update(None, "synchronous", "normal")?;
        }
        db.pragma_update(None, "trusted_schema", false)?;
        Ok(db)
    }
}
