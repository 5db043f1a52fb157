//! Files that were made and not fetched yet, or opened and not taken in yet. What is not asked for goes when newer ones come, and
//! when the server ends.

use remit_exchange::{MadeParcel, Opened};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

/// Files that are held at once.
const MOST: usize = 4;

/// All of them, each with a name that nobody guesses.
pub(super) struct Parcels<T = Held>(Mutex<Vec<(String, Arc<T>)>>);

impl<T> Default for Parcels<T> {
    fn default() -> Self {
        Parcels(Mutex::default())
    }
}

/// What is held.
pub(super) enum Held {
    /// What was made, with the folder that it lies in.
    Made(Box<MadeParcel>, TempDir),
    /// What was sent, opened and checked.
    Opened(Box<Opened>),
}

impl<T> Parcels<T> {
    /// Holds one; gives its name.
    pub(super) fn hold(&self, one: T) -> String {
        let name = uuid::Uuid::now_v7().to_string();
        if let Ok(mut all) = self.0.lock() {
            all.push((name.clone(), Arc::new(one)));
            if all.len() > MOST {
                all.remove(0);
            }
        }
        name
    }

    /// The file that is held under a name.
    pub(super) fn get(&self, name: &str) -> Option<Arc<T>> {
        let all = self.0.lock().ok()?;
        all.iter().find(|(n, _)| n == name).map(|(_, one)| one.clone())
    }

    /// Lets go of one.
    pub(super) fn forget(&self, name: &str) {
        if let Ok(mut all) = self.0.lock() {
            all.retain(|(n, _)| n != name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_are_held_and_each_by_its_name_alone() {
        let parcels: Parcels<usize> = Parcels::default();
        let names: Vec<String> = (0..6).map(|n| parcels.hold(n)).collect();
        let held: Vec<Option<usize>> = names.iter().map(|n| parcels.get(n).map(|one| *one)).collect();
        assert_eq!(held, [None, None, Some(2), Some(3), Some(4), Some(5)]);
        parcels.forget(&names[5]);
        assert!(parcels.get(&names[5]).is_none() && parcels.get("").is_none());
    }
}
