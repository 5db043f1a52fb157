//! Large sheets that are being brought in, each on a thread of its own: what is recorded of one is recorded at its end, so that a server that
//! ends before leaves nothing.

use remit_sheet::{Outcome, SheetError, Underway};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// Bytes from which a file is a large one: smaller ones are there before anybody looks.
pub(super) const LARGE: u64 = 2 << 20;

/// Imports of which the end is kept for who comes back.
const MOST: usize = 8;

/// All of them.
#[derive(Default)]
pub(crate) struct Imports(Mutex<Vec<Import>>);

struct Import {
    /// A name that nobody guesses.
    name: String,
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
        let (name, underway) = (uuid::Uuid::now_v7().to_string(), Arc::new(Underway::default()));
        let of_work = Arc::clone(&underway);
        let import = Import { name: name.clone(), underway, work: std::thread::spawn(move || work(&of_work)) };
        if let Ok(mut all) = self.0.lock() {
            if all.len() >= MOST {
                all.retain(|import| !import.work.is_finished());
            }
            all.push(import);
        }
        name
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
