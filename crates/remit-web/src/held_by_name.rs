//! What is held from one request to the next, each under a name that nobody guesses. What is not asked for goes when newer ones come, and when
//! the server ends.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

/// The newest of them, as many as there is room for.
pub(crate) struct HeldByName<T>(Mutex<VecDeque<(String, Arc<T>)>>);

impl<T> Default for HeldByName<T> {
    fn default() -> Self {
        HeldByName(Mutex::default())
    }
}

impl<T> HeldByName<T> {
    /// Holds one, and lets go of the oldest others for as long as all are `too_many`; gives its name.
    pub(crate) fn hold(&self, one: T, too_many: impl Fn(&VecDeque<(String, Arc<T>)>) -> bool) -> String {
        let name = uuid::Uuid::now_v7().to_string();
        if let Ok(mut all) = self.0.lock() {
            all.push_back((name.clone(), Arc::new(one)));
            while all.len() > 1 && too_many(&all) {
                all.pop_front();
            }
        }
        name
    }

    /// What is held under a name.
    pub(crate) fn get(&self, name: &str) -> Option<Arc<T>> {
        self.0.lock().ok()?.iter().find(|(n, _)| n == name).map(|(_, one)| one.clone())
    }

    /// Lets go of one.
    pub(crate) fn forget(&self, name: &str) {
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
        let held: HeldByName<usize> = HeldByName::default();
        let names: Vec<String> = (0..6).map(|n| held.hold(n, |all| all.len() > 4)).collect();
        let there: Vec<Option<usize>> = names.iter().map(|n| held.get(n).map(|one| *one)).collect();
        assert_eq!(there, [None, None, Some(2), Some(3), Some(4), Some(5)]);
        held.forget(&names[5]);
        assert!(held.get(&names[5]).is_none() && held.get("").is_none());
    }
}
