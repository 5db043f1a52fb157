//! What is exported is what the register says, and both engines give the same answers.

mod answers;
#[cfg(feature = "ballista")]
mod ballista;
mod desk;
mod exported;
mod grown;
mod stores;
