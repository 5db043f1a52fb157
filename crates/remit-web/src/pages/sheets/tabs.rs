//! The other sheets of a file: those that can be brought in with the one on the page, and, after that, the ways to those that were not.

use super::{form, kept};
use crate::context::Context;
use crate::error::PageError;
use crate::m;
use remit_model::Model;
use remit_sheet::{Look, Mapping, MappingProposal};

/// What a sheet seems to be of which nothing is said yet: none where it is hidden, or where somebody has to choose a column first.
pub(super) fn proposed(model: &Model, look: &Look, whole: &Mapping, file: &str) -> Option<MappingProposal> {
    if look.hidden || form::of_tab(whole, &look.sheet).is_some() {
        return None;
    }
    let best = look.proposals(model, file).into_iter().next().filter(|p| p.weight > 0.0)?;
    let mapping = look.with_codes(model, &best.mapping);
    form::lacking(model, &mapping).is_none().then_some(MappingProposal { mapping, ..best })
}

/// A mapping with what somebody has ticked of the sheets that can be brought in too: the others are not wanted. Where they are `taken`, they
/// are mapped as they are proposed.
pub(super) fn with_ticked(model: &Model, looks: &[Look], whole: Mapping, file: &str, ticked: &[&str], taken: bool) -> Mapping {
    let with = |whole: Mapping, look: &Look| {
        let is_ticked = ticked.contains(&look.sheet.trim());
        match proposed(model, look, &whole, file) {
            Some(p) if is_ticked && taken => form::with_tab(whole, p.mapping),
            Some(_) if is_ticked => {
                let leave = whole.leave.iter().filter(|sheet| **sheet != look.sheet).cloned().collect();
                Mapping { leave, ..whole }
            }
            Some(p) => form::with_tab(whole, Mapping { record: Vec::new(), ..p.mapping }),
            None => whole,
        }
    };
    looks.iter().fold(whole, with)
}

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
