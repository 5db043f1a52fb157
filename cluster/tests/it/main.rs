//! What is exported is what the register says, and both engines give the same answers.

mod answers;
mod desk;
mod exported;
