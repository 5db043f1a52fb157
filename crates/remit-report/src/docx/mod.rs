//! Word documents: `xml` reads and writes parts as trees, `package` packs them, `pen` writes paragraphs, tables and pictures in
//! Word's own styles, `blank` is a document without text, `settle` leaves out of a template what nobody sees.

pub(crate) mod blank;
pub(crate) mod package;
pub(crate) mod pen;
mod settle;
pub(crate) mod xml;
