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
pub(super) struct Imports(Mutex<Vec<SheetImport>>);

struct SheetImport {
    /// A name that nobody guesses.
    name: String,
    /// Of a preview: the file with its mapping, by which a second look finds it. Empty for an import.
    of: String,
    began: Instant,
    underway: Arc<Underway>,
    work: JoinHandle<Result<Outcome, SheetError>>,
}

/// Where an import stands.
pub(super) enum ImportState {
    /// So many rows are read of so many, and so many statements written of so many; none before.
    Running { rows: Option<(u64, u64)>, written: Option<(u64, u64)> },
    /// What came of it; none where it broke off.
    Ended(Option<Box<Result<Outcome, SheetError>>>),
}

impl Imports {
    /// Begins one; gives its name.
    pub(super) fn begin(
        &self,
        underway: Arc<Underway>,
        work: impl FnOnce() -> Result<Outcome, SheetError> + Send + 'static,
    ) -> String {
        push(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner), String::new(), underway, work)
    }

    /// Begins working out what a sheet would do, where that is not underway already, and waits a little for it; gives its name. None where as
    /// many as may be are underway.
    pub(super) fn preview(
        &self,
        of: String,
        underway: Arc<Underway>,
        work: impl FnOnce() -> Result<Outcome, SheetError> + Send + 'static,
    ) -> Option<String> {
        let name = self.begun(of, underway, work)?;
        let began = Instant::now();
        while began.elapsed() < PATIENCE && self.is_finished(&name) == Some(false) {
            std::thread::sleep(Duration::from_millis(20));
        }
        Some(name)
    }

    /// The preview of the same that is underway, or that nobody has seen yet, or one that begins now.
    fn begun(
        &self,
        of: String,
        underway: Arc<Underway>,
        work: impl FnOnce() -> Result<Outcome, SheetError> + Send + 'static,
    ) -> Option<String> {
        let is_stale = |import: &SheetImport| import.work.is_finished() && import.began.elapsed() > STALE;
        let mut all = self.0.lock().ok()?;
        all.retain(|import| import.of.is_empty() || !is_stale(import));
        if let Some(import) = all.iter().find(|import| import.of == of) {
            return Some(import.name.clone());
        }
        let running = all.iter().filter(|import| !import.of.is_empty() && !import.work.is_finished()).count();
        (running < PREVIEWS).then(|| push(&mut all, of, underway, work))
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
            let underway = &all[at].underway;
            return Some(ImportState::Running { rows: underway.rows(), written: underway.done() });
        }
        Some(ImportState::Ended(all.remove(at).work.join().ok().map(Box::new)))
    }

    /// Stops the one of this name.
    pub(super) fn stop(&self, name: &str) {
        if let Ok(all) = self.0.lock() {
            all.iter().filter(|import| import.name == name).for_each(|import| import.underway.stop());
        }
    }

    /// Stops a preview that nobody waits for any more, and forgets it: asked for again it begins anew.
    pub(super) fn give_up(&self, name: &str) {
        self.stop(name);
        if let Ok(mut all) = self.0.lock() {
            all.retain(|import| import.of.is_empty() || import.name != name);
        }
    }
}

fn push(
    all: &mut Vec<SheetImport>,
    of: String,
    underway: Arc<Underway>,
    work: impl FnOnce() -> Result<Outcome, SheetError> + Send + 'static,
) -> String {
    let name = uuid::Uuid::now_v7().to_string();
    let work = std::thread::spawn(work);
    // Previews do not push out the ends of imports, nor these previews.
    let is_alike = |import: &SheetImport| import.of.is_empty() == of.is_empty();
    if all.iter().filter(|import| is_alike(import)).count() >= MOST {
        all.retain(|import| !is_alike(import) || !import.work.is_finished());
    }
    all.push(SheetImport { name: name.clone(), of, began: Instant::now(), underway, work });
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preview_that_is_given_up_ends_and_begins_anew() {
        let imports = Imports::default();
        let underway = Arc::<Underway>::default();
        let seen = Arc::clone(&underway);
        let waiting = move || {
            while seen.is_wanted() {
                std::thread::sleep(Duration::from_millis(5));
            }
            Err(SheetError::Stopped)
        };
        let first = imports.preview("made up".into(), underway, waiting).expect("a preview");
        assert!(matches!(imports.look(&first), Some(ImportState::Running { rows: None, written: None })));
        imports.give_up(&first);
        assert!(imports.look(&first).is_none());
        let next = imports.preview("made up".into(), Arc::default(), || Ok(Outcome::default())).expect("another");
        assert!(next != first && matches!(imports.look(&next), Some(ImportState::Ended(Some(_)))));
    }
}
