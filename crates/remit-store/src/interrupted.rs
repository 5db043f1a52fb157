//! Whether something was put on the disk before a program was interrupted: there is one moment at which that is decided, so that who ends
//! the program can say which it was.

use crate::StoreError;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How often this program has put an import or entries on the disk; held while it does.
static RECORDED: Mutex<u64> = Mutex::new(0);

/// Puts something on the disk that is seen from then on.
pub(crate) fn recorded<T>(commit: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
    let mut times = RECORDED.lock().unwrap_or_else(PoisonError::into_inner);
    let result = commit()?;
    *times += 1;
    Ok(result)
}

/// Lets what is being put on the disk at this moment end, and nothing follow it while this is held; says how often something was.
pub fn nothing_more() -> MutexGuard<'static, u64> {
    RECORDED.lock().unwrap_or_else(PoisonError::into_inner)
}
