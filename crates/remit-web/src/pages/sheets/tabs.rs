//! The ways to the sheets of a file that were not brought in, on every page that comes after one that was.

use super::{form, kept};
use crate::context::Context;
use crate::error::PageError;
use crate::m;
use remit_sheet::{Look, Mapping};

/// What an address says of the file.
pub(super) const OF_FILE: [&str; 3] = ["file", "name", "mapping"];

/// The ways, each with what it is called; none where the address names no file.
pub(super) fn other_tabs(cx: &Context) -> Result<Vec<(String, String)>, PageError> {
    let [file, name, mapping] = OF_FILE.map(|name| cx.request.get(name));
    if file.is_empty() || mapping.is_empty() {
        return Ok(Vec::new());
    }
    let whole = Mapping::read(&kept::mapping(cx.app(), mapping)?, cx.model())?;
    let looks = kept::looks(cx, file, name, whole.encoding.as_deref().unwrap_or_default())?;
    let is_left = |l: &&Look| looks.len() > 1 && !l.hidden && form::of_tab(&whole, &l.sheet).is_none();
    let way = |l: &Look| {
        let at = [("file", file), ("name", name), ("mapping", mapping), ("tab", l.sheet.as_str())];
        (m::import_tab(&l.sheet), cx.link("/sheets/map", &at))
    };
    Ok(looks.iter().filter(is_left).map(way).collect())
}
