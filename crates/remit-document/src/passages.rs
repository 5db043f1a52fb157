//! From blocks to what is kept: paragraphs with the document's own numbers, under their headings, sub-items with the
//! paragraph that introduces them.

use crate::annex::annex;
use crate::line::LineSort;
use crate::numbers::{Numbered, Path, numbered, western};
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
    /// It is a heading below which nothing stands, so that no other passage has it above itself.
    #[serde(default)]
    pub is_heading: bool,
}

/// Headings are remembered, paragraphs numbered, long ones cut. A heading below which nothing stands is a passage of its own; of the
/// `title` the document itself tells.
pub(crate) fn passages(blocks: &[Block], title: &str) -> Vec<Passage> {
    let mut all: Vec<Passage> = Vec::new();
    let mut standing = Standing::default();
    for block in blocks.iter().filter(|block| !block.text.is_empty()) {
        let begins_annex = annex(&block.text).filter(|_| block.sort == LineSort::Text);
        if block.level > 0 || begins_annex.is_some() {
            let level = if begins_annex.is_some() { 0 } else { block.level };
            standing.leave(level, title, &mut all);
            standing.go_below(block, level, begins_annex);
            continue;
        }
        standing.bare = None;
        if block.sort != LineSort::Text {
            // The text goes on behind it as if it were not there.
            all.extend(texts(block, &block.text, &standing.heading, &standing.part, all.len()));
            continue;
        }
        let (found, text) = numbered(&block.text);
        let (own, introduced_by) = standing.next(found, &all);
        let text = if matches!(found, Numbered::Section(_)) { block.text.as_str() } else { text };
        let begun = all.len();
        all.extend(texts(block, text, &standing.heading, &standing.part, begun));
        if let Some(first) = all.get_mut(begun) {
            first.number = own;
        }
        all[begun..].iter_mut().for_each(|p| p.lead = introduced_by);
    }
    standing.leave(0, title, &mut all);
    all
}

/// Where the text stands while its blocks are gone through: below which headings and number, and in which list.
#[derive(Default)]
struct Standing {
    headings: Vec<(u8, String)>,
    /// The last heading, while nothing stands below it.
    bare: Option<Block>,
    /// The same as what stands beside a passage.
    heading: String,
    /// The annex, as one cites it; empty in the document itself.
    part: String,
    /// The number of the paragraph of which items are.
    number: String,
    /// The passage that introduces items; 0 where none does.
    lead: u32,
    items: Path,
    /// The last passage that is no bullet: what bullets below it are items of.
    above: u32,
    /// The passage that introduces a list numbered from 1, and the number that comes next in it.
    list: Option<(u32, u32)>,
}

impl Standing {
    /// Goes on below a heading, or in an annex, which is a document of its own: all its headings stand below it.
    fn go_below(&mut self, block: &Block, level: u8, begins_annex: Option<&str>) {
        if let Some(cited) = begins_annex {
            self.headings.clear();
            cited.clone_into(&mut self.part);
        }
        self.headings.retain(|(other, _)| *other < level);
        self.headings.push((level, block.text.clone()));
        self.heading = path(&self.headings);
        self.bare = Some(block.clone());
        (self.number, self.lead, self.items, self.above, self.list) = (String::new(), 0, Path::default(), 0, None);
    }

    /// Keeps the last heading as a passage where nothing stands below it, and what comes next, of this level, does not either.
    fn leave(&mut self, level: u8, title: &str, all: &mut Vec<Passage>) {
        let own = self.headings.last().map_or(0, |(own, _)| *own);
        let Some(heading) = self.bare.take_if(|_| own >= level) else { return };
        let is_title = title == heading.text || all.iter().all(|p| p.is_heading) && title.contains(&heading.text);
        if !is_title {
            let above = path(&self.headings[..self.headings.len() - 1]);
            let kept = texts(&heading, &heading.text, &above, &self.part, all.len());
            all.extend(kept.into_iter().map(|p| Passage { is_heading: true, ..p }));
        }
    }

    /// The number of the passage that comes next, and the passage that introduces it (0 where none does).
    fn next(&mut self, found: Numbered<'_>, all: &[Passage]) -> (String, u32) {
        let next = all.len() as u32 + 1;
        if let Numbered::Paragraph(label) = found
            && western(label) == "1"
        {
            let begins = (self.number.is_empty() || self.list.is_some()) && introduces(all, self.above);
            self.list = begins.then_some((self.above, 1));
        }
        let (own, introduced_by) = match found {
            Numbered::Paragraph(label) => {
                (self.number, self.lead, self.items) = (western(label), next, Path::default());
                let in_list = self.list.as_mut().filter(|(_, place)| self.number.parse() == Ok(*place));
                let by = in_list.map_or(0, |(by, place)| {
                    *place += 1;
                    *by
                });
                (self.number.clone(), by)
            }
            Numbered::Item(label) => {
                self.items.next(label, introduces(all, next - 1));
                (format!("{} {}", self.number, self.items).trim_start().to_owned(), self.lead)
            }
            Numbered::Bullet => {
                let introduced = introduces(all, self.above) || announces(all, self.above);
                (String::new(), if introduced { self.above } else { passage(all, self.above).map_or(0, |p| p.lead) })
            }
            Numbered::Section(_) | Numbered::None => {
                if self.lead == 0 || !introduces(all, self.lead) {
                    self.lead = next;
                }
                (String::new(), 0)
            }
        };
        if found != Numbered::Bullet {
            self.above = next;
        }
        let is_plain = self.part.is_empty() || own.is_empty();
        (if is_plain { own } else { format!("{}, {own}", self.part) }, introduced_by)
    }
}

/// Headings one below the other, as they stand beside a passage.
fn path(headings: &[(u8, String)]) -> String {
    headings.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(BETWEEN_HEADINGS)
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

    /// The passages of a document without a title.
    fn passages(blocks: &[Block]) -> Vec<Passage> {
        super::passages(blocks, "")
    }

    #[test]
    fn a_heading_with_nothing_below_it_is_kept() {
        let heading = |level: u8, text: &str| Block { level, text: text.into(), ..Block::default() };
        let blocks = [
            heading(1, "Made-up report"),
            heading(1, "I. Police"),
            heading(2, "A. Vetting"),
            heading(2, "B. Training"),
            Block::text("1. Train"),
            heading(1, "II. Prisons"),
            heading(2, "A. Staff"),
        ];
        let kept = |title: &str| -> Vec<(u32, String, String, bool)> {
            super::passages(&blocks, title).into_iter().map(|p| (p.n, p.heading, p.text, p.is_heading)).collect()
        };
        let passage = |n, heading: &str, text: &str, is_heading| (n, heading.to_owned(), text.to_owned(), is_heading);
        let expected = [
            passage(1, "I. Police", "A. Vetting", true),
            passage(2, "I. Police / B. Training", "Train", false),
            passage(3, "II. Prisons", "A. Staff", true),
        ];
        assert_eq!(kept("Made-up report"), expected);
        assert_eq!(kept("")[0], passage(1, "", "Made-up report", true), "what is no title is said");
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
            apart("Mission | Task", LineSort::Row),
            Block::text("(a) Train"),
            apart("1. See there.", LineSort::Note),
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
