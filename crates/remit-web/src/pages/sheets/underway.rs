//! Large sheets that are being brought in, or of which it is being worked out what they would do, each on a thread of its own: what is recorded
//! of one is recorded at its end, so that a server that ends before leaves nothing.

use remit_sheet::{Outcome, SheetError, Underway};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Bytes from which a file is a large one: smaller ones are there before anybody looks.
pub(super) const LARGE: u64 = 2 << 20;

/// Imports of which the end is kept for who comes back.
const MOST: usize = 8;

/// Previews that are worked out at once: one that other decisions have replaced runs to its end.
const PREVIEWS: usize = 2;

/// How long a preview is waited for before a page says that it is underway, and after how long one that nobody has looked at is made anew.
const PATIENCE: Duration = Duration::from_millis(1_500);
const STALE: Duration = Duration::from_secs(600);

/// All of them.
#[derive(Default)]
pub(super) struct Imports(Mutex<Vec<Import>>);

struct Import {
    /// A name that nobody guesses.
    name: String,
    /// Of a preview: the file, and what is said of it.
    of: String,
    began: Instant,
    underway: Arc<Underway>,
    work: JoinHandle<Result<Outcome, SheetError>>,
}

/// Where an import stands.
pub(super) enum ImportState {
    /// So many statements are written of so many; none while the sheet is read.
    Running(Option<(u64, u64)>),
    /// What came of it; none where it broke off.
    Ended(Option<Box<Result<Outcome, SheetError>>>),
}

impl Imports {
    /// Begins one; gives its name.
    pub(super) fn begin(&self, work: impl FnOnce(&Underway) -> Result<Outcome, SheetError> + Send + 'static) -> String {
        push(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner), String::new(), work)
    }

    /// Begins working out what a sheet would do, where that is not underway already, and waits a little for it; gives its name. None where as
    /// many as may be are underway.
    pub(super) fn preview(
        &self,
        of: String,
        work: impl FnOnce() -> Result<Outcome, SheetError> + Send + 'static,
    ) -> Option<String> {
        let name = self.begun(of, work)?;
        let began = Instant::now();
        while began.elapsed() < PATIENCE && self.is_finished(&name) == Some(false) {
            std::thread::sleep(Duration::from_millis(20));
        }
        Some(name)
    }

    /// The preview of the same that is underway, or that nobody has seen yet, or one that begins now.
    fn begun(&self, of: String, work: impl FnOnce() -> Result<Outcome, SheetError> + Send + 'static) -> Option<String> {
        let is_stale = |import: &Import| import.work.is_finished() && import.began.elapsed() > STALE;
        let mut all = self.0.lock().ok()?;
        all.retain(|import| import.of.is_empty() || !is_stale(import));
        if let Some(import) = all.iter().find(|import| import.of == of) {
            return Some(import.name.clone());
        }
        let running = all.iter().filter(|import| !import.of.is_empty() && !import.work.is_finished()).count();
        (running < PREVIEWS).then(|| push(&mut all, of, move |_| work()))
    }

    fn is_finished(&self, name: &str) -> Option<bool> {
        let all = self.0.lock().ok()?;
        all.iter().find(|import| import.name == name).map(|import| import.work.is_finished())
    }

    /// Where the one of this name stands. Its end is told once.
    pub(super) fn look(&self, name: &str) -> Option<ImportState> {
        let mut all = self.0.lock().ok()?;
        let at = all.iter().position(|import| import.name == name)?;
        if !all[at].work.is_finished() {
            return Some(ImportState::Running(all[at].underway.done()));
        }
        Some(ImportState::Ended(all.remove(at).work.join().ok().map(Box::new)))
    }

    /// Stops the one of this name.
    pub(super) fn stop(&self, name: &str) {
        if let Ok(all) = self.0.lock() {
            all.iter().filter(|import| import.name == name).for_each(|import| import.underway.stop());
        }
    }
}

fn push(
    all: &mut Vec<Import>,
    of: String,
    work: impl FnOnce(&Underway) -> Result<Outcome, SheetError> + Send + 'static,
) -> String {
    let (name, underway) = (uuid::Uuid::now_v7().to_string(), Arc::new(Underway::default()));
    let of_work = Arc::clone(&underway);
    let work = std::thread::spawn(move || work(&of_work));
    // Previews do not push out the ends of imports, nor these previews.
    let is_alike = |import: &Import| import.of.is_empty() == of.is_empty();
    if all.iter().filter(|import| is_alike(import)).count() >= MOST {
        all.retain(|import| !is_alike(import) || !import.work.is_finished());
    }
    all.push(Import { name: name.clone(), of, began: Instant::now(), underway, work });
    name
}
