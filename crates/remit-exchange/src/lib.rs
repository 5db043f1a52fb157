//! What goes from one office to another as one file: a whole workspace or a part of it to hand over, or what is new since the last
//! exchange.
//!
//! - [`age`] encrypts, for a passphrase or for keys.
//! - [`Parcel`] is the file: a note that anybody reads, the content, and what the workspace signed of both.
//! - [`pack`] and [`bundle`] make one; [`open`] checks all of it before anything of it counts.
//! - [`iati`] writes what everybody reads: an office's activities in the format of the standard.
//! - [`Partners`] remembers what was sent to which office, and by which key an office is known.

#![deny(missing_docs)]

pub mod age;
mod error;
mod folder;
pub mod iati;
mod make;
mod note;
mod open;
mod parcel;
mod partners;

pub use error::ExchangeError;
pub use make::{MadeParcel, SentParts, bundle, pack};
pub use open::{Opened, Unopened, open, unpack};
pub use parcel::{AboutParcel, Parcel};
pub use partners::{Partners, Received, Sent};

use age::Identity;
use remit_store::{StoreError, Workspace};

/// What names a key of age that follows from a workspace's own key.
const PURPOSE: &str = "remit age identity 1";

/// The key with which a workspace opens what was encrypted for it. It follows from the key with which it signs, so that there is
/// one to keep.
///
/// # Errors
/// When the workspace's key cannot be read or made.
pub fn identity(workspace: &Workspace) -> Result<Identity, StoreError> {
    Ok(Identity::of(workspace.secret_for(PURPOSE)?))
}
