//! From blocks to what is kept: paragraphs with the document's own numbers, under their headings, sub-items with the
//! paragraph that introduces them.

use crate::annex::annex;
use crate::layout::Sort;
use crate::numbers::{Path, is_item};
use crate::{Block, limit};
use remit_model::fold;
use serde::{Deserialize, Serialize};

/// What stands between headings one below the other.
pub const BETWEEN_HEADINGS: &str = " / ";

/// A paragraph or sub-item of a document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Passage {
    /// Its place in the document, from 1.
    pub n: u32,
    /// The document's own number (`12`, `3 (a)`; `Annex I, 3` in an annex), or empty.
    pub number: String,
    /// The annex that it stands in, as one cites it; empty in the document itself.
    pub annex: String,
    /// The headings above it, outermost first, joined by ` / `.
    pub heading: String,
    /// [`Passage::n`] of the paragraph that introduces this sub-item; 0 where none does.
    pub lead: u32,
    /// Its text, without the number.
    pub text: String,
    /// Page from 1; 0 where the form has no pages.
    pub page: u32,
    /// Where it begins on the page, from 0 (top) to 1.
    pub top: f32,
    /// Its text was recognised from a picture.
    pub recognised: bool,
}

/// The number at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Numbered<'t> {
    /// `12.`, `12)`, `Article 3`: a paragraph.
    Paragraph(&'t str),
    /// `(a)`, `(iv)`, `a)`: an item of one.
    Item(&'t str),
    /// `•`, `–`: an item without a number.
    Bullet,
    /// `IV.`, `B.`: a section.
    Section(&'t str),
    /// No number.
    None,
}

/// What items without a number begin with.
const BULLETS: [char; 10] = ['•', '–', '—', '-', '▪', '■', '●', '◦', '·', '*'];

/// Splits a text into its number and the rest.
pub(crate) fn numbered(text: &str) -> (Numbered<'_>, &str) {
    let rest = |at: usize| text[at..].trim_start();
    if let Some(item) = text.strip_prefix(BULLETS).filter(|t| t.starts_with([' ', '\t', '\u{a0}'])) {
        return (Numbered::Bullet, item.trim_start());
    }
    if let Some(inner) = text.strip_prefix('(') {
        if let Some((label, after)) = inner.split_once(')')
            && is_item(label)
            && after.starts_with([' ', '\t', '\u{a0}'])
        {
            return (Numbered::Item(label), after.trim_start());
        }
        return (Numbered::None, text);
    }
    if let Some((label, rest)) = in_arabic(text) {
        return (Numbered::Paragraph(label), rest);
    }
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let (label, after) = text.split_at(end);
    let spaced = |after: &str| after.len() > 1 && after[1..].starts_with([' ', '\t', '\u{a0}']);
    if (after.starts_with('.') || after.starts_with(')')) && spaced(after) && !label.is_empty() {
        if label.chars().count() <= 3 && label.chars().all(|c| western(c.encode_utf8(&mut [0; 4])).as_bytes()[0].is_ascii_digit())
        {
            return (Numbered::Paragraph(label), rest(end + 1));
        }
        if after.starts_with(')') && is_item(label) {
            return (Numbered::Item(label), rest(end + 1));
        }
        if after.starts_with('.') && (is_roman(label) || (label.len() == 1 && label.chars().all(|c| c.is_ascii_uppercase()))) {
            return (Numbered::Section(label), rest(end + 1));
        }
    }
    (Numbered::None, text)
}

fn is_roman(label: &str) -> bool {
    (1..=5).contains(&label.len()) && label.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C'))
}

/// The number of a paragraph as Arabic resolutions have it: `1 - يقرر`, `١ - يقرر`.
fn in_arabic(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_numeric())?;
    let rest = text[end..].trim_start().strip_prefix(['-', '–', '\u{640}'])?.trim_start();
    let label = &text[..end];
    let arabic = rest.starts_with(|c: char| matches!(c, '\u{620}'..='\u{64a}'));
    (arabic && (1..=3).contains(&label.chars().count())).then_some((label, rest))
}

/// A number in the digits that the languages of the interface share.
fn western(label: &str) -> String {
    let digit = |c: char| match c {
        '\u{660}'..='\u{669}' => char::from_digit(c as u32 - 0x660, 10).unwrap_or(c),
        '\u{6f0}'..='\u{6f9}' => char::from_digit(c as u32 - 0x6f0, 10).unwrap_or(c),
        _ => c,
    };
    label.chars().map(digit).collect()
}

/// Headings are remembered, paragraphs numbered, long ones cut.
pub(crate) fn passages(blocks: &[Block]) -> Vec<Passage> {
    let mut all: Vec<Passage> = Vec::new();
    let mut headings: Vec<(u8, String)> = Vec::new();
    let (mut heading, mut number, mut lead, mut items) = (String::new(), String::new(), 0, Path::default());
    let mut part = String::new();
    // The last passage that is no bullet: what bullets below it are items of.
    let mut above = 0;
    // The passage that introduces a list numbered from 1, and the number that comes next in it.
    let mut list: Option<(u32, u32)> = None;
    for block in blocks {
        if block.text.is_empty() {
            continue;
        }
        let begins_annex = annex(&block.text).filter(|_| block.sort == Sort::Text);
        if block.level > 0 || begins_annex.is_some() {
            // An annex is a document of its own: all its headings stand below it.
            let level = if begins_annex.is_some() { 0 } else { block.level };
            if let Some(cited) = begins_annex {
                headings.clear();
                cited.clone_into(&mut part);
            }
            headings.retain(|(other, _)| *other < level);
            headings.push((level, block.text.clone()));
            heading = headings.iter().map(|(_, t)| t.as_str()).collect::<Vec<_>>().join(BETWEEN_HEADINGS);
            (number, lead, items, above, list) = (String::new(), 0, Path::default(), 0, None);
            continue;
        }
        if block.sort != Sort::Text {
            // The text goes on behind it as if it were not there.
            all.extend(texts(block, &block.text, &heading, &part, all.len()));
            continue;
        }
        let (found, text) = numbered(&block.text);
        let next = all.len() as u32 + 1;
        if let Numbered::Paragraph("1") = found {
            list = ((number.is_empty() || list.is_some()) && introduces(&all, above)).then_some((above, 1));
        }
        let (own, introduced_by) = match found {
            Numbered::Paragraph(label) => {
                (number, lead, items) = (western(label), next, Path::default());
                let in_list = list.as_mut().filter(|(_, place)| number.parse() == Ok(*place));
                let by = in_list.map_or(0, |(by, place)| {
                    *place += 1;
                    *by
                });
                (number.clone(), by)
            }
            Numbered::Item(label) => {
                items.next(label, introduces(&all, next - 1));
                (format!("{number} {items}").trim_start().to_owned(), lead)
            }
            Numbered::Bullet => {
                let introduced = introduces(&all, above) || announces(&all, above);
                (String::new(), if introduced { above } else { passage(&all, above).map_or(0, |p| p.lead) })
            }
            Numbered::Section(_) | Numbered::None => {
                if lead == 0 || !introduces(&all, lead) {
                    lead = next;
                }
                (String::new(), 0)
            }
        };
        if found != Numbered::Bullet {
            above = next;
        }
        let own = match part.as_str() {
            "" => own,
            _ if own.is_empty() => own,
            part => format!("{part}, {own}"),
        };
        let text = if matches!(found, Numbered::Section(_)) { block.text.as_str() } else { text };
        let begun = all.len();
        all.extend(texts(block, text, &heading, &part, begun));
        if let Some(first) = all.get_mut(begun) {
            first.number = own;
        }
        all[begun..].iter_mut().for_each(|p| p.lead = introduced_by);
    }
    all
}

/// The passages of a block, behind so many others.
fn texts(block: &Block, text: &str, heading: &str, annex: &str, before: usize) -> Vec<Passage> {
    let passage = |(n, piece): (usize, &str)| Passage {
        n: (before + n) as u32 + 1,
        annex: annex.to_owned(),
        heading: heading.to_owned(),
        text: piece.to_owned(),
        page: block.page,
        top: block.top,
        ..Passage::default()
    };
    pieces(text).into_iter().enumerate().map(passage).collect()
}

/// True where a paragraph ends in a colon: what follows are its items.
fn introduces(all: &[Passage], n: u32) -> bool {
    passage(all, n).is_some_and(|p| p.text.ends_with(':'))
}

/// What a sentence calls what comes after it, folded.
const FOLLOWING: [&str; 16] = [
    "the following",
    "as follows",
    "suivants",
    "suivantes",
    "ci-apres",
    "ci apres",
    "siguiente",
    "folgende",
    "wie folgt",
    "التالي",
    "الاتي",
    "يلي",
    "наступн",
    "sledec",
    "sljedec",
    "следећ",
];

/// True where the last sentence of a paragraph speaks of what follows, and ends in a full stop: bullets below it are its items.
fn announces(all: &[Passage], n: u32) -> bool {
    let Some(p) = passage(all, n) else { return false };
    let last = p.text.trim_end_matches('.').rsplit(". ").next().unwrap_or_default();
    let mut folded = String::new();
    fold(last, &mut folded);
    FOLLOWING.iter().any(|word| folded.contains(word))
}

fn passage(all: &[Passage], n: u32) -> Option<&Passage> {
    (n as usize).checked_sub(1).and_then(|n| all.get(n))
}

/// A text in pieces of at most [`limit::PASSAGE`] bytes, cut after a sentence where there is one.
fn pieces(mut text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    while text.len() > limit::PASSAGE {
        let most = text.floor_char_boundary(limit::PASSAGE);
        let cut = text[..most].rfind(". ").map_or(most, |at| at + 2);
        all.push(text[..cut].trim_end());
        text = text[cut..].trim_start();
    }
    if !text.is_empty() {
        all.push(text);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_told_from_text() {
        assert_eq!(numbered("12. Decides that"), (Numbered::Paragraph("12"), "Decides that"));
        assert_eq!(numbered("(a) To support"), (Numbered::Item("a"), "To support"));
        assert_eq!(numbered("(iv) To advise"), (Numbered::Item("iv"), "To advise"));
        assert_eq!(numbered("IV. Police reform"), (Numbered::Section("IV"), "Police reform"));
        assert_eq!(numbered("1.5 million dollars"), (Numbered::None, "1.5 million dollars"));
        assert_eq!(numbered("(see annex) and more"), (Numbered::None, "(see annex) and more"));
        assert_eq!(numbered("U.S. forces").0, Numbered::None);
    }

    #[test]
    fn items_know_what_introduces_them() {
        let blocks = ["3. Decides that the mandate shall be:", "(a) To protect", "(i) To patrol", "(b) To advise", "4. Requests"];
        let all = passages(&blocks.map(Block::text));
        let numbers: Vec<(&str, u32)> = all.iter().map(|p| (p.number.as_str(), p.lead)).collect();
        assert_eq!(numbers, [("3", 0), ("3 (a)", 1), ("3 (a) (i)", 1), ("3 (b)", 1), ("4", 0)]);
    }

    #[test]
    fn an_item_after_another_is_no_item_of_it() {
        let numbers = |texts: &[&str]| {
            let all = passages(&texts.iter().map(|t| Block::text(*t)).collect::<Vec<_>>());
            all.into_iter().map(|p| p.number).collect::<Vec<_>>()
        };
        assert_eq!(
            numbers(&["2. It shall:", "(a) Go", "(b) See", "(c) Say", "(d) Do"]),
            ["2", "2 (a)", "2 (b)", "2 (c)", "2 (d)"]
        );
        let nested = ["1. It:", "(a) Does:", "(i) One", "(ii) Two", "(b) Goes", "(c) Ends"];
        assert_eq!(numbers(&nested), ["1", "1 (a)", "1 (a) (i)", "1 (a) (ii)", "1 (b)", "1 (c)"]);
        assert_eq!(numbers(&["(g) G", "(h) H", "(i) I", "(j) J"]), ["(g)", "(h)", "(i)", "(j)"]);
        assert_eq!(numbers(&["(h) H:", "(i) I", "(ii) J", "(i) Next"]), ["(h)", "(h) (i)", "(h) (ii)", "(i)"]);
        assert_eq!(numbers(&["4. It:", "a) A", "b) B", "5. It:", "a) A"]), ["4", "4 (a)", "4 (b)", "5", "5 (a)"]);
        assert_eq!(numbers(&["٢ - يقرر:", "(أ) دعم", "(ب) تدريب", "(ج) إصلاح"]), ["2", "2 (أ)", "2 (ب)", "2 (ج)"]);
        assert_eq!(numbers(&["(а) Перше", "(б) Друге", "(в) Третє"]), ["(а)", "(б)", "(в)"]);
        assert_eq!(numbers(&["(a) A", "Text between.", "(c) C"]), ["(a)", "", "(c)"]);
    }

    #[test]
    fn rows_and_notes_stand_by_themselves() {
        let apart = |text: &str, sort| Block { sort, ..Block::text(text) };
        let blocks = [
            Block::text("3. It shall:"),
            apart("Mission | Task", Sort::Row),
            Block::text("(a) Train"),
            apart("1. See there.", Sort::Note),
            Block::text("(b) Advise"),
        ];
        let all = passages(&blocks);
        let found: Vec<(&str, u32, &str)> = all.iter().map(|p| (p.number.as_str(), p.lead, p.text.as_str())).collect();
        let items = [("3 (a)", 1, "Train"), ("", 0, "1. See there."), ("3 (b)", 1, "Advise")];
        assert_eq!(found[1], ("", 0, "Mission | Task"));
        assert_eq!(found[2..], items);
    }

    #[test]
    fn an_annex_has_numbers_and_headings_of_its_own() {
        let heading = |text: &str| Block { level: 2, text: text.into(), ..Block::default() };
        let blocks = [
            heading("Observations"),
            Block::text("9. Left."),
            Block::text("Annex I"),
            heading("Police"),
            Block::text("1. Train"),
        ];
        let all = passages(&blocks);
        let found: Vec<_> = all.iter().map(|p| (p.number.as_str(), p.annex.as_str(), p.heading.as_str())).collect();
        assert_eq!(found, [("9", "", "Observations"), ("Annex I, 1", "Annex I", "Annex I / Police")]);
    }

    #[test]
    fn a_list_numbered_from_one_belongs_to_what_introduces_it() {
        let blocks =
            ["It mandates the mission to:", "1. Reform the police", "(a) and its ranks", "2. Train", "It ended.", "1. Left"];
        let all = passages(&blocks.map(Block::text));
        let found: Vec<(&str, u32)> = all.iter().map(|p| (p.number.as_str(), p.lead)).collect();
        assert_eq!(found, [("", 0), ("1", 1), ("1 (a)", 2), ("2", 1), ("", 0), ("1", 0)]);
        let all = passages(&["Decides:", "7. Left", "8. It shall:", "1. Train"].map(Block::text));
        assert_eq!(all.iter().map(|p| p.lead).collect::<Vec<_>>(), [0, 0, 0, 0]);
    }

    #[test]
    fn bullets_belong_to_what_stands_above_them() {
        let blocks = ["The mandate is:", "(a) Civilians:", "• Protect them", "– Patrol", "(b) Police", "It ended.", "• Menu"];
        let all = passages(&blocks.map(Block::text));
        let found: Vec<(&str, u32)> = all.iter().map(|p| (p.text.as_str(), p.lead)).collect();
        let items = [("Civilians:", 1), ("Protect them", 2), ("Patrol", 2), ("Police", 1)];
        assert_eq!(found[1..5], items);
        assert_eq!(found[5..], [("It ended.", 0), ("Menu", 0)]);
    }

    #[test]
    fn bullets_belong_to_a_sentence_that_speaks_of_what_follows() {
        for lead in [
            "It will work in the following areas.",
            "Elle agira dans les domaines suivants.",
            "Trabajará en las siguientes áreas.",
        ] {
            let all = passages(&[lead, "• Police", "• Prisons", "It ended.", "• Menu"].map(Block::text));
            assert_eq!(all.iter().map(|p| p.lead).collect::<Vec<_>>(), [0, 1, 1, 0, 0], "{lead}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost(texts in prop::collection::vec("\\PC{0,30}|[(]?[a-zA-Z0-9]{1,4}[.)] \\PC{1,20}", 0..20)) {
            let blocks: Vec<Block> = texts.iter().map(|t| Block::text(crate::tidy(t))).collect();
            let all = passages(&blocks);
            for b in blocks.iter().filter(|b| !b.text.is_empty() && annex(&b.text).is_none()) {
                prop_assert!(all.iter().any(|p| b.text.ends_with(&p.text)), "{}", b.text);
            }
            prop_assert!(all.iter().enumerate().all(|(i, p)| p.n as usize == i + 1 && p.lead < p.n));
        }
    }
}
