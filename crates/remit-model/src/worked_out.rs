//! What others work out of a model: once, kept with it, gone with it.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// Each by its type.
#[derive(Default)]
pub(crate) struct WorkedOut(Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl fmt::Debug for WorkedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WorkedOut")
    }
}

impl WorkedOut {
    /// What is kept of a type, or is made now. Who asks for it twice at once may do so in vain, and nobody waits.
    pub(crate) fn get<T: Any + Send + Sync>(&self, work_out: impl FnOnce() -> T) -> Arc<T> {
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept().get(&TypeId::of::<T>()).cloned().and_then(|made| made.downcast().ok());
        found.unwrap_or_else(|| {
            let made = Arc::new(work_out());
            kept().insert(TypeId::of::<T>(), made.clone());
            made
        })
    }
}

#[cfg(test)]
mod tests {
    use super::WorkedOut;

    #[test]
    fn what_is_worked_out_is_kept_by_its_type() {
        struct Kinds(usize);
        struct Lists(usize);
        let (one, other) = (WorkedOut::default(), WorkedOut::default());
        assert_eq!(one.get(|| Kinds(3)).0, 3);
        assert_eq!(one.get(|| Lists(7)).0, 7);
        assert_eq!(one.get(|| Kinds(0)).0, 3, "once");
        assert_eq!(one.get(|| Lists(0)).0, 7);
        assert_eq!(other.get(|| Lists(8)).0, 8);
    }
}
