//! What a page is being made of, where that is noted: what was asked, and which other pages there are. A page of a site need not be made
//! again where all of it is the same.

use remit_store::NotedQuery;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

tokio::task_local! {
    /// Of the page that is being made.
    static MAKING: Arc<PageMaking>;
}

/// What a page is made of.
#[derive(Debug, Default)]
pub(crate) struct PageMaking {
    asked: Mutex<Vec<NotedQuery>>,
    links: Mutex<BTreeSet<LinkFact>>,
}

/// Whether there is a page: by digests of its address and its file where there is one, of its address where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) enum LinkFact {
    There(u64),
    Missing(u64),
}

impl PageMaking {
    /// What was asked and which pages were looked for, each thing once.
    pub(crate) fn all(&self) -> (Vec<NotedQuery>, BTreeSet<LinkFact>) {
        let asked = std::mem::take(&mut *self.asked.lock().unwrap_or_else(PoisonError::into_inner));
        let links = std::mem::take(&mut *self.links.lock().unwrap_or_else(PoisonError::into_inner));
        (asked, links)
    }
}

/// What is noted of the page that is being made, if anything is.
pub(crate) fn now() -> Option<Arc<PageMaking>> {
    MAKING.try_with(Arc::clone).ok()
}

/// Does something for a page of which it is noted.
pub(crate) fn within<T>(making: Option<Arc<PageMaking>>, work: impl FnOnce() -> T) -> T {
    match making {
        Some(making) => MAKING.sync_scope(making, work),
        None => work(),
    }
}

/// Makes a page, and notes what it is made of.
pub(crate) async fn noting<T>(making: Arc<PageMaking>, page: impl Future<Output = T>) -> T {
    MAKING.scope(making, page).await
}

/// Notes what was asked for the page.
pub(crate) fn asked(queries: Vec<NotedQuery>) {
    if let Some(making) = now() {
        making.asked.lock().unwrap_or_else(PoisonError::into_inner).extend(queries);
    }
}

/// Notes that a page was looked for.
pub(crate) fn looked_for(fact: impl FnOnce() -> LinkFact) {
    if let Some(making) = now() {
        making.links.lock().unwrap_or_else(PoisonError::into_inner).insert(fact());
    }
}
