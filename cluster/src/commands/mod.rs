//! One module a command.

#[cfg(feature = "engine")]
pub(crate) mod ask;
#[cfg(feature = "ballista")]
pub(crate) mod cluster;
pub(crate) mod export;
#[cfg(feature = "engine")]
pub(crate) mod sql;
pub(crate) mod verify;
#[cfg(feature = "engine")]
pub(crate) mod work;
