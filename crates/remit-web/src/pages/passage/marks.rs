//! A text with what was read in it marked.

use crate::cells::code_label;
use crate::m;
use remit_model::Model;
use serde::Deserialize;

/// A mark as it is kept with its passage.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::pages) struct PassageMark {
    pub(in crate::pages) list: String,
    pub(in crate::pages) code: String,
    pub(in crate::pages) probability: f64,
    pub(in crate::pages) start: usize,
    pub(in crate::pages) end: usize,
    pub(in crate::pages) worded: u8,
}

/// A piece of text, marked or not.
#[derive(Debug, PartialEq)]
pub(in crate::pages) struct MarkedPiece {
    pub(in crate::pages) text: String,
    /// Class of the mark, or nothing.
    pub(in crate::pages) class: &'static str,
    pub(in crate::pages) means: String,
}

/// What marks tell of.
pub(in crate::pages) struct Marked {
    pub(in crate::pages) class: &'static str,
    pub(in crate::pages) name: fn() -> String,
    /// The code lists that are marked so.
    lists: &'static [&'static str],
}

/// Classes of marks; the first that claims a place has it.
pub(in crate::pages) const LEGEND: [Marked; 5] = [
    Marked { class: "who", name: m::mark_who, lists: &["mission", "actor"] },
    Marked { class: "what", name: m::mark_what, lists: &["ssr_task", "pact_activity"] },
    Marked { class: "where", name: m::mark_where, lists: &["country", "area"] },
    Marked { class: "mode", name: m::mark_mode, lists: &["mandate_strength", "statement_mode"] },
    Marked { class: "how", name: m::mark_how, lists: &["pact_engagement"] },
];

/// A text cut where marks begin and end.
pub(in crate::pages) fn pieces(model: &Model, text: &str, marks: &[PassageMark]) -> Vec<MarkedPiece> {
    let mut chosen: Vec<(usize, usize, &'static str, String)> = Vec::new();
    for Marked { class, lists, .. } in LEGEND {
        for mark in marks.iter().filter(|m| m.worded == 1 && m.probability >= 0.5 && lists.contains(&m.list.as_str())) {
            let whole = mark.start < mark.end && text.get(mark.start..mark.end).is_some();
            if whole && !chosen.iter().any(|(start, end, ..)| mark.start < *end && *start < mark.end) {
                chosen.push((mark.start, mark.end, class, code_label(model, &mark.list, &mark.code)));
            }
        }
    }
    chosen.sort();
    let mut all = Vec::new();
    let mut at = 0;
    let plain = |text: &str| MarkedPiece { text: text.to_owned(), class: "", means: String::new() };
    for (start, end, class, means) in chosen {
        if at < start {
            all.push(plain(&text[at..start]));
        }
        all.push(MarkedPiece { text: text[start..end].to_owned(), class, means });
        at = end;
    }
    if at < text.len() {
        all.push(plain(&text[at..]));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_do_not_overlap_and_no_text_is_lost() {
        let mark =
            |list: &str, start, end| PassageMark { list: list.into(), code: "x".into(), probability: 1.0, start, end, worded: 1 };
        let marks = [mark("mission", 4, 10), mark("country", 8, 14), mark("ssr_task", 12, 15), mark("area", 90, 99)];
        let model = Model::load(None).expect("the model");
        let all = pieces(&model, "The UNMISS advises", &marks);
        assert_eq!(all.iter().map(|p| p.text.as_str()).collect::<String>(), "The UNMISS advises");
        assert_eq!(all.iter().map(|p| p.class).collect::<Vec<_>>(), ["", "who", "", "what", ""]);
    }
}
