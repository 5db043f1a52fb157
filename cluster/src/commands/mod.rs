//! One module a command.

pub(crate) mod ask;
#[cfg(feature = "ballista")]
pub(crate) mod cluster;
pub(crate) mod export;
pub(crate) mod sql;
