//! Which columns of a list are shown, and in which order: as the address says, or else all of the kind.

use super::filter::same_list;
use crate::context::Context;
use crate::frame::Link;
use crate::m;
use crate::messages::label;
use remit_model::{Field, Kind};

/// The parameter of the address: names of fields, with commas between them.
pub(super) const NAME: &str = "columns";

/// A column that is shown or could be, with what can be done with it.
pub(super) struct ColumnChoice {
    pub(super) label: String,
    pub(super) is_shown: bool,
    pub(super) links: Vec<Link>,
}

/// True where the address says which columns are shown.
pub(super) fn are_chosen(cx: &Context) -> bool {
    !cx.request.get(NAME).is_empty()
}

/// The fields that are shown, in their order, each once.
pub(super) fn shown<'k>(cx: &Context, kind: &'k Kind) -> Vec<&'k Field> {
    let mut chosen: Vec<&Field> = Vec::new();
    for field in cx.request.get(NAME).split(',').filter_map(|name| kind.field(name.trim())) {
        if !chosen.iter().any(|known| known.name == field.name) {
            chosen.push(field);
        }
    }
    if chosen.is_empty() { kind.fields.iter().collect() } else { chosen }
}

/// All columns: those that are shown in their order, then the others.
pub(super) fn choices(cx: &Context, kind: &Kind) -> Vec<ColumnChoice> {
    let shown: Vec<&str> = shown(cx, kind).iter().map(|f| f.name.as_str()).collect();
    let list = |names: Vec<&str>, words: String| Link::new(words, same_list(cx, &[(NAME, &names.join(","))]));
    let moved = |at: usize, to: usize, words: String| {
        let mut names = shown.clone();
        names.swap(at, to);
        list(names, words)
    };
    let one = |(at, name): (usize, &&str)| {
        let mut links = Vec::new();
        if at > 0 {
            links.push(moved(at, at - 1, m::column_earlier()));
        }
        if at + 1 < shown.len() {
            links.push(moved(at, at + 1, m::column_later()));
        }
        if shown.len() > 1 {
            links.push(list(shown.iter().filter(|n| *n != name).copied().collect(), m::column_hide()));
        }
        ColumnChoice { label: kind.field(name).map_or(String::new(), |f| label(&f.label)), is_shown: true, links }
    };
    let other = |f: &Field| {
        let names = shown.iter().copied().chain([f.name.as_str()]).collect();
        ColumnChoice { label: label(&f.label), is_shown: false, links: vec![list(names, m::column_show())] }
    };
    let others = kind.fields.iter().filter(|f| !shown.contains(&f.name.as_str())).map(other);
    shown.iter().enumerate().map(one).chain(others).collect()
}
