//! What others work out of a model: once, kept with it, gone with it.

use crate::Model;
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

impl Model {
    /// What follows from the model alone and costs more than to look it up, as words in the form in which they are compared: worked out
    /// when it is first asked for. Who asks for it twice at once may do so in vain, and nobody waits.
    pub fn worked_out<T: Any + Send + Sync>(&self, work_out: impl FnOnce(&Model) -> T) -> Arc<T> {
        let kept = || self.worked_out.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept().get(&TypeId::of::<T>()).cloned().and_then(|made| made.downcast().ok());
        found.unwrap_or_else(|| {
            let made = Arc::new(work_out(self));
            kept().insert(TypeId::of::<T>(), made.clone());
            made
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::Model;

    #[test]
    fn what_follows_from_a_model_is_worked_out_once() {
        struct Kinds(usize);
        struct Lists(usize);
        let model = Model::load(None).unwrap();
        assert_eq!(model.worked_out(|m| Kinds(m.kinds.len())).0, model.kinds.len());
        assert_eq!(model.worked_out(|_| Lists(7)).0, 7, "each by its type");
        assert_eq!(model.worked_out(|_| Kinds(0)).0, model.kinds.len());
        assert_eq!(model.worked_out(|_| Lists(0)).0, 7);
        let other = Model::load(None).unwrap();
        assert_eq!(other.worked_out(|_| Lists(8)).0, 8, "of each model its own");
    }
}
