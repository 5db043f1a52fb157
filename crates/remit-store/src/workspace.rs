//! The folder: `remit.toml`, `remit.db`, `files/`, and perhaps a `model/` and `questions/` of its own.

use crate::sql_guard::DEEPEST;
use crate::{StoreError, medium, objects, schema};
use remit_model::{Day, Model, ModelError};
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
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
    /// The countries that the workspace is about, the first one first: codes of ISO 3166.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<String>,
}

/// Where `remit.toml` says the countries.
#[derive(Deserialize)]
struct CountriesIn {
    countries: Option<toml::Spanned<Vec<String>>>,
}

impl Settings {
    /// What the file says, checked.
    fn parse(file: &Path, text: &str, model: &Model) -> Result<Settings, StoreError> {
        let wrong = |message: String| StoreError::Settings { file: file.to_path_buf(), message };
        let settings: Settings = toml::from_str(text).map_err(|e| wrong(e.to_string()))?;
        if let Some(day) = settings.valid_on.as_deref().filter(|d| Day::parse(d).is_none()) {
            return Err(wrong(format!("valid_on: `{day}` is not a date; write 2021-06-30")));
        }
        Ok(Settings { countries: codes_of(&settings.countries, model).map_err(wrong)?, ..settings })
    }
}

/// The codes of countries that were given by code or name.
fn codes_of(countries: &[String], model: &Model) -> Result<Vec<String>, String> {
    let list = model.lists.get("country");
    let code = |given: &String| {
        let found = list.and_then(|l| l.find(given)).map(|c| c.code.clone());
        found.ok_or_else(|| format!("countries: `{given}` is no country; write the code or the name of ISO 3166, as SO"))
    };
    countries.iter().map(code).collect()
}

/// An open workspace.
#[derive(Debug, Clone)]
pub struct Workspace {
    folder: PathBuf,
    settings: Settings,
    model: Arc<Model>,
    /// Whether the database is known to have all that this program needs.
    migrated: Arc<AtomicBool>,
    /// How many commands that bring in many things are under way.
    pub(crate) together: Arc<AtomicUsize>,
    /// True for one that is only read from.
    foreign: bool,
    /// What is wrong with files of its model that are left out.
    left_out: Arc<Vec<ModelError>>,
    /// Against what its readers compile queries.
    pub(crate) shadow: crate::sql_guard::Shared,
}

impl Workspace {
    /// Makes a new workspace in a folder that does not exist or is empty.
    ///
    /// # Errors
    /// When the folder has something in it or cannot be written.
    pub fn init(folder: &Path, settings: Settings) -> Result<Workspace, StoreError> {
        Workspace::init_with(folder, settings, |_| Ok(()))
    }

    /// The same, with what `put` puts into the folder before it is first opened: a model of its own.
    pub(crate) fn init_with(
        folder: &Path,
        settings: Settings,
        put: impl FnOnce(&Path) -> Result<(), StoreError>,
    ) -> Result<Workspace, StoreError> {
        let io = |e| StoreError::File(folder.to_path_buf(), e);
        if folder.exists() && std::fs::read_dir(folder).map_err(io)?.next().is_some() {
            return Err(StoreError::Occupied(folder.to_path_buf()));
        }
        let is_new = !folder.exists();
        private_folder(folder).and_then(|()| private_folder(&folder.join("files"))).map_err(io)?;
        put(folder)?;
        let model = Model::shared(&folder.join("model"))?;
        let countries = codes_of(&settings.countries, &model).map_err(|message| {
            // Nothing is left of a workspace that was never made; where this fails too, the folder is only empty of one.
            if is_new {
                let _ = std::fs::remove_dir_all(folder);
            }
            StoreError::Settings { file: folder.join("remit.toml"), message }
        })?;
        let settings = Settings { countries, ..settings };
        let text =
            toml::to_string(&settings).map_err(|e| StoreError::Settings { file: folder.into(), message: e.to_string() })?;
        let file = folder.join("remit.toml");
        remit_files::write_whole(&file, format!("# A workspace of Remit.\n{text}").as_bytes())
            .map_err(|e| StoreError::File(file, e))?;
        let workspace = Workspace::open(folder)?;
        workspace.migrate()?;
        Ok(workspace)
    }

    /// Opens a workspace: reads its settings and its model, and writes nothing.
    ///
    /// # Errors
    /// When the folder is no workspace, its model is wrong, or a newer version wrote it.
    pub fn open(folder: &Path) -> Result<Workspace, StoreError> {
        let file = folder.join("remit.toml");
        if !file.is_file() {
            return Err(StoreError::NotAWorkspace(folder.to_path_buf()));
        }
        refuse_links(folder)?;
        Workspace::with_model(folder, Model::shared(&folder.join("model"))?, Vec::new())
    }

    /// The same where files of its model that are wrong are left out, so that a fault in one keeps nobody from the rest.
    ///
    /// # Errors
    /// When the folder is no workspace, or a newer version wrote it.
    pub fn open_usable(folder: &Path) -> Result<Workspace, StoreError> {
        match Workspace::open(folder) {
            Err(StoreError::Model(_)) => {
                let (model, left_out) = Model::usable(&folder.join("model"))?;
                Workspace::with_model(folder, Arc::new(model), left_out)
            }
            other => other,
        }
    }

    fn with_model(folder: &Path, model: Arc<Model>, left_out: Vec<ModelError>) -> Result<Workspace, StoreError> {
        let file = folder.join("remit.toml");
        let settings = Settings::parse(&file, &settings_of(&file)?, &model)?;
        let (folder, migrated) = (folder.to_path_buf(), Arc::default());
        Ok(Workspace {
            folder,
            settings,
            model,
            migrated,
            together: Arc::default(),
            foreign: false,
            left_out: Arc::new(left_out),
            shadow: Arc::default(),
        })
    }

    /// What is wrong with files of its model that are left out.
    pub fn left_out(&self) -> &[ModelError] {
        &self.left_out
    }

    /// Opens somebody else's workspace to read from it: nothing in it is ever written, and of its own model no more is read than which
    /// fields it marks.
    ///
    /// # Errors
    /// When the folder is no workspace, or a newer version wrote it.
    pub fn foreign(folder: &Path, model: Arc<Model>) -> Result<Workspace, StoreError> {
        if !folder.join("remit.toml").is_file() {
            return Err(StoreError::NotAWorkspace(folder.to_path_buf()));
        }
        refuse_links(folder)?;
        let settings = Settings::default();
        Ok(Workspace {
            folder: folder.to_path_buf(),
            settings,
            model,
            migrated: Arc::default(),
            together: Arc::default(),
            foreign: true,
            left_out: Arc::default(),
            shadow: Arc::default(),
        })
    }

    /// True for one that is only read from, with a model that need not be its own.
    pub(crate) fn is_foreign(&self) -> bool {
        self.foreign
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder of the mappings that were made for sheets.
    pub fn mappings(&self) -> PathBuf {
        self.folder.join(MAPPINGS)
    }

    /// What `remit.toml` says.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The countries that it is about, as `remit.toml` says now: they are chosen while it is served.
    ///
    /// # Errors
    /// When the file cannot be read, or is wrong.
    pub fn countries(&self) -> Result<Vec<String>, StoreError> {
        let file = self.folder.join("remit.toml");
        let text = settings_of(&file)?;
        Ok(Settings::parse(&file, &text, &self.model)?.countries)
    }

    /// Writes into `remit.toml` which countries it is about; all else in it stays as it is.
    ///
    /// # Errors
    /// When one is no country, or the file cannot be written.
    pub fn keep_countries(&self, countries: &[String]) -> Result<(), StoreError> {
        let file = self.folder.join("remit.toml");
        let text = settings_of(&file)?;
        let wrong = |message: String| StoreError::Settings { file: file.clone(), message };
        let codes = codes_of(countries, &self.model).map_err(wrong)?;
        let said = format!("[{}]", codes.iter().map(|c| format!("\"{c}\"")).collect::<Vec<_>>().join(", "));
        let before: CountriesIn = toml::from_str(&text).map_err(|e| wrong(e.to_string()))?;
        let text = match before.countries.map(|c| c.span()) {
            Some(span) => format!("{}{said}{}", &text[..span.start], &text[span.end..]),
            None => format!("{}\ncountries = {said}\n", text.trim_end()),
        };
        remit_files::write_whole(&file, text.as_bytes()).map_err(|e| StoreError::File(file, e))
    }

    /// Signs a message with the key of this workspace; the public half comes with it.
    ///
    /// # Errors
    /// When the key cannot be read or made.
    pub fn sign(&self, message: &[u8]) -> Result<(String, String), StoreError> {
        let key = crate::key::WorkspaceKey::get(&self.folder)?;
        Ok((key.public(), key.sign(message)))
    }

    /// A secret that only who has the key of this workspace knows, for one purpose.
    ///
    /// # Errors
    /// When the key cannot be read or made.
    pub fn secret_for(&self, purpose: &str) -> Result<[u8; 32], StoreError> {
        Ok(crate::key::WorkspaceKey::get(&self.folder)?.secret_for(purpose))
    }

    /// The model that the workspace uses.
    pub fn model(&self) -> &Arc<Model> {
        &self.model
    }

    /// The day that answers are about when nobody names one.
    pub fn default_day(&self) -> Day {
        self.settings.valid_on.as_deref().and_then(Day::parse).unwrap_or_else(Day::today)
    }

    /// Makes what the database lacks: all of it in a new workspace, what is new in one that an older version wrote. The first
    /// connection that writes does it by itself.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`] where the medium cannot be written.
    pub fn migrate(&self) -> Result<(), StoreError> {
        self.write().map(|_| ())
    }

    /// A connection that reads, on any medium.
    pub(crate) fn read(&self) -> Result<Connection, StoreError> {
        let db = match self.connect(self.database().into_os_string(), Access::Read) {
            // Where nothing can be written beside the database, SQLite cannot share it with a writer; there is none.
            Err(StoreError::ReadOnly(_)) => self.connect(self.immutable()?, Access::Read)?,
            other => other?,
        };
        // Formats 2 and 3 are read as they are; of an older one there is nothing to read yet.
        if format(&db)? >= schema::OLDEST_READ { Ok(db) } else { self.write() }
    }

    /// Which file the database is, where the system tells: another one may have taken its place.
    pub(crate) fn database_file(&self) -> Option<(u64, u64)> {
        #[cfg(unix)]
        return self.database().metadata().ok().map(|m| {
            use std::os::unix::fs::MetadataExt;
            (m.dev(), m.ino())
        });
        // Elsewhere, a file that is open keeps its place.
        #[cfg(not(unix))]
        None
    }

    /// A connection that writes.
    pub(crate) fn write(&self) -> Result<Connection, StoreError> {
        self.writing().map_err(|error| match error {
            StoreError::Unwritable => StoreError::ReadOnly(self.folder.clone()),
            other => other,
        })
    }

    fn writing(&self) -> Result<Connection, StoreError> {
        if self.foreign {
            return Err(StoreError::ReadOnly(self.folder.clone()));
        }
        let db = self.connect(self.database().into_os_string(), Access::Write)?;
        if medium::is_shared(&self.folder) {
            // A write-ahead log needs memory that all who write share, which no drive of another machine gives.
            db.pragma_update(None, "journal_mode", "delete")?;
            db.pragma_update(None, "synchronous", "full")?;
        } else {
            db.pragma_update(None, "journal_mode", "wal")?;
            db.pragma_update(None, "synchronous", "normal")?;
        }
        if !self.migrated.load(Ordering::Acquire) {
            format(&db)?;
            schema::create(&db, &self.model)?;
            self.migrated.store(true, Ordering::Release);
        }
        Ok(db)
    }

    /// Puts what is in the database's log into the database, so that a copy of its file is whole. What somebody else is writing
    /// at the moment stays in the log.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn put_away(&self) -> Result<(), StoreError> {
        if self.foreign || !self.folder.join("remit.db-wal").exists() {
            return Ok(());
        }
        let db =
            Connection::open_with_flags(self.database(), OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        // Who is interrupted does not wait: what is being written meanwhile would be finished.
        db.busy_timeout(Duration::ZERO)?;
        for how in ["passive", "truncate"] {
            db.query_row(&format!("pragma wal_checkpoint({how})"), [], |_| Ok(()))?;
        }
        Ok(())
    }

    fn database(&self) -> PathBuf {
        self.folder.join("remit.db")
    }

    /// The database as a file that nobody changes: what has not been put into it yet would be missed.
    fn immutable(&self) -> Result<OsString, StoreError> {
        let log = self.folder.join("remit.db-wal");
        if log.metadata().is_ok_and(|m| m.len() > 0) {
            return Err(StoreError::ReadOnly(self.folder.clone()));
        }
        let path = self.database();
        let path = path.to_str().ok_or_else(|| StoreError::ReadOnly(self.folder.clone()))?;
        let escaped: String = path
            .bytes()
            .map(|b| match b {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => char::from(b).to_string(),
                other => format!("%{other:02X}"),
            })
            .collect();
        Ok(format!("file:{escaped}?immutable=1").into())
    }

    fn connect(&self, path: OsString, access: Access) -> Result<Connection, StoreError> {
        let flags = match access {
            Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
            Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI,
        };
        let unwritable = |error: rusqlite::Error| match error.sqlite_error_code() {
            Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly) => StoreError::ReadOnly(self.folder.clone()),
            _ => error.into(),
        };
        if access == Access::Write && !self.database().exists() {
            // Before SQLite makes it for everybody to read. Somebody else may have made it a moment ago.
            let _ = crate::key::private(&self.database());
        }
        let db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(unwritable)?;
        db.busy_timeout(Duration::from_secs(10))?;
        db.pragma_update(None, "trusted_schema", false)?;
        // A statement is planned once, and not again for each value that is bound to it.
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        if access == Access::Write {
            // Larger pages than SQLite's default: rows with long texts need fewer of them. Only a new database takes it, and only
            // before it is looked at.
            db.pragma_update(None, "page_size", 16_384).map_err(unwritable)?;
        }
        // Only now is the file looked at.
        let touch = match access {
            Access::Write => "begin immediate; rollback",
            Access::Read => "begin; select count(*) from sqlite_schema; rollback",
        };
        db.execute_batch(touch).map_err(unwritable)?;
        // A newer version may have made more than this one knows: that is said first.
        format(&db)?;
        objects::check(&db)?;
        // No other file is ever read or written through it.
        db.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
        // No value is longer than a document's text: a query cannot fill the memory with one.
        db.set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST_VALUE)?;
        db.set_limit(Limit::SQLITE_LIMIT_EXPR_DEPTH, DEEPEST)?;
        Ok(db)
    }
}

/// Bytes that one value may have.
const LONGEST_VALUE: i32 = 64 << 20;

/// The file with the signed end of the chains, beside the database.
pub(crate) const HEAD: &str = "remit.head";

/// The file with the lists that are kept under a name.
pub(crate) const SAVED_VIEWS: &str = "views.toml";

/// What Remit writes in a workspace.
const WRITTEN: [&str; 13] = [
    "remit.db",
    "remit.db-wal",
    "remit.db-shm",
    "remit.db-journal",
    crate::key::FILE,
    HEAD,
    SAVED_VIEWS,
    "import.lock",
    "files",
    "files/sheets",
    "files/sent",
    "exchange.toml",
    MAPPINGS,
];

/// The folder of the mappings that were made for sheets.
const MAPPINGS: &str = "mappings";

/// A workspace comes from anywhere: nothing that is written in it may lead out of it, or wait for ever for somebody to write.
fn refuse_links(folder: &Path) -> Result<(), StoreError> {
    for path in WRITTEN.iter().map(|name| folder.join(name)) {
        match path.symlink_metadata().map(|m| m.file_type()) {
            Ok(found) if found.is_symlink() => return Err(StoreError::Link(path)),
            Ok(found) if !found.is_file() && !found.is_dir() => return Err(StoreError::Device(path)),
            _ => {}
        }
    }
    let whole = folder.canonicalize().map_err(|e| StoreError::File(folder.to_path_buf(), e))?;
    OWN.iter().try_for_each(|name| refuse_links_out(&whole, &folder.join(name)))
}

/// What a workspace may have of its own, to be read: what a link there leads to would be shown where something is wrong with it.
const OWN: [&str; 5] = ["remit.toml", "model", "questions", "templates", MAPPINGS];

/// The text of `remit.toml`, which is a few lines.
fn settings_of(file: &Path) -> Result<String, StoreError> {
    let text = remit_files::read(file, 1 << 20).map_err(|e| StoreError::File(file.to_path_buf(), e))?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// Refuses what a workspace has of its own where a link in it leads out of the workspace, which is really `whole`.
fn refuse_links_out(whole: &Path, own: &Path) -> Result<(), StoreError> {
    let leads_out = |path: &Path| path.is_symlink() && path.canonicalize().is_ok_and(|target| !target.starts_with(whole));
    if leads_out(own) {
        return Err(StoreError::Link(own.to_path_buf()));
    }
    let passed_over = remit_files::below(own).map(|below| below.passed_over).unwrap_or_default();
    match passed_over.into_iter().find(|(path, _)| leads_out(path)) {
        Some((path, _)) => Err(StoreError::Link(path)),
        None => Ok(()),
    }
}

/// Makes a folder, and those above it, that only its owner reads.
pub(crate) fn private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Access {
    Read,
    Write,
}

/// The format of a database; one that is newer than this program is refused.
fn format(db: &Connection) -> Result<i64, StoreError> {
    let found: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if !(0..=schema::FORMAT).contains(&found) {
        return Err(StoreError::OtherFormat { found, expected: schema::FORMAT });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_planned_once_whatever_is_bound_to_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let workspace = Workspace::init(&folder.path().join("w"), Settings::default()).expect("a workspace");
        for db in [workspace.write().expect("it is written"), workspace.read().expect("it is read")] {
            assert!(db.db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG).expect("it is told"));
        }
    }
}
