//! Word documents: `xml` reads and writes parts as trees, `package` packs them, `pen` writes paragraphs, tables and pictures in
//! Word's own styles, `blank` is a document without text.

pub(crate) mod blank;
pub(crate) mod package;
pub(crate) mod pen;
pub(crate) mod xml;
