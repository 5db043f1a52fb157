//! The second look at a paragraph: not its words alone, but what its phrases name, what its heading says, what the paragraphs
//! around it are about, and how usual a label is. All labels share the same few weights, so that even a label with hardly an
//! example has all of them.

use super::first::MOST;
use super::{NamedLabel, ParagraphText};
use std::collections::HashMap;
use std::ops::Range;

/// How many signs there are for a paragraph and a label.
pub(super) const SIGNS: usize = 34;

/// Signs of one paragraph for one label.
pub(super) type LabelSigns = [f32; SIGNS];

/// Signs of one paragraph for all labels of a kind: sign by sign, label by label.
#[derive(Debug)]
pub(super) struct SignTable {
    labels: usize,
    rows: Box<[[f32; MOST]; SIGNS]>,
}

impl Default for SignTable {
    fn default() -> SignTable {
        SignTable { labels: 0, rows: Box::new([[0.0; MOST]; SIGNS]) }
    }
}

impl SignTable {
    /// What each sign is, for all labels.
    pub(super) fn rows(&self) -> impl Iterator<Item = &[f32]> {
        self.rows.iter().map(|row| &row[..self.labels])
    }

    /// All signs of a label.
    pub(super) fn of(&self, label: usize) -> LabelSigns {
        std::array::from_fn(|sign| self.rows[sign][label])
    }
}

/// Writes a table, sign after sign.
struct SignFilling<'t> {
    labels: usize,
    rows: std::slice::IterMut<'t, [f32; MOST]>,
}

impl SignFilling<'_> {
    /// A sign that each label has for itself.
    fn each(&mut self, signs: impl Iterator<Item = f32>) {
        if let Some(row) = self.rows.next() {
            row[..self.labels].iter_mut().zip(signs).for_each(|(r, s)| *r = s);
        }
    }

    /// A sign that is the same for all.
    fn all(&mut self, sign: f32) {
        if let Some(row) = self.rows.next() {
            row[..self.labels].fill(sign);
        }
    }
}

/// What the first look said of the paragraphs of a document: paragraph by paragraph, label by label.
#[derive(Debug, Clone, Copy)]
pub(super) struct FirstLook<'a> {
    /// By the words of the paragraphs.
    pub(super) words: &'a [f32],
    /// By the words of the headings above them.
    pub(super) heading: &'a [f32],
    /// How often each label is given.
    pub(super) usual: &'a [f32],
}

/// What one thread needs while it looks around; kept from document to document.
#[derive(Debug, Default)]
pub(super) struct Around {
    /// The heading of each paragraph, as a number.
    heading_of: Vec<usize>,
    headings: Vec<ParagraphsTogether>,
    document: ParagraphsTogether,
    /// Of the paragraph that is looked at: what its phrases say, and the logarithm of its length.
    phrases: LabelPhrases,
    length: f32,
    /// How usual each label is, on scales on which rare ones differ.
    rooted: Vec<f32>,
    logarithm: Vec<f32>,
    table: SignTable,
}

/// Paragraphs that stand together: how many, and by label the sum of what is said of them and the two highest.
#[derive(Debug, Default, Clone)]
struct ParagraphsTogether {
    count: f32,
    sum: Vec<f32>,
    highest: Vec<f32>,
    second: Vec<f32>,
}

/// What phrases say, label by label.
#[derive(Debug, Default, Clone)]
struct LabelPhrases {
    /// The highest weight in the paragraph, and in its heading.
    highest: Vec<f32>,
    above: Vec<f32>,
    /// How many only hint at it, and how many say more.
    hints: Vec<f32>,
    telling: Vec<f32>,
}

impl ParagraphsTogether {
    fn clear(&mut self, labels: usize) {
        self.count = 0.0;
        [&mut self.sum, &mut self.highest, &mut self.second].into_iter().for_each(|row| zero(row, labels));
    }

    fn add(&mut self, row: &[f32]) {
        self.count += 1.0;
        let highest = self.highest.iter_mut().zip(&mut self.second);
        for ((sum, (highest, second)), s) in self.sum.iter_mut().zip(highest).zip(row) {
            *sum += s;
            *second = second.max(s.min(*highest));
            *highest = highest.max(*s);
        }
    }

    /// Of the labels of a kind the mean over all paragraphs but one; few paragraphs say little.
    fn mean<'a>(&'a self, own: &'a [f32], kind: &Range<usize>, few: f32) -> impl Iterator<Item = f32> + 'a {
        let count = self.count - 1.0 + few;
        self.sum[kind.clone()].iter().zip(own).map(move |(sum, own)| (sum - own) / count)
    }

    /// The maximum over all paragraphs but one.
    fn most<'a>(&'a self, own: &'a [f32], kind: &Range<usize>) -> impl Iterator<Item = f32> + 'a {
        let both = self.highest[kind.clone()].iter().zip(&self.second[kind.clone()]);
        both.zip(own).map(|((highest, second), own)| if own >= highest { *second } else { *highest })
    }
}

fn zero(row: &mut Vec<f32>, labels: usize) {
    row.clear();
    row.resize(labels, 0.0);
}

/// Of one kind of label: the two highest and the sum of what is said of a paragraph.
type Top = (f32, f32, f32);

fn top(row: &[f32]) -> Top {
    row.iter().fold((0.0, 0.0, 0.0), |(first, second, sum): Top, s| (first.max(*s), second.max(s.min(first)), sum + s))
}

/// From which score on a label of the other kind is likely there.
const LIKELY: f32 = 0.2;

impl Around {
    /// Hands over the signs of each paragraph of a document: the kind of the labels, the paragraph, their signs.
    pub(super) fn signs(
        &mut self,
        texts: &[ParagraphText<'_>],
        look: FirstLook<'_>,
        kinds: &[Range<usize>; 2],
        mut each: impl FnMut(usize, usize, &SignTable),
    ) {
        let labels = look.usual.len();
        self.gather(texts, look, labels);
        let tops: Vec<[Top; 2]> =
            look.words.chunks_exact(labels).map(|row| [0, 1].map(|kind| top(&row[kinds[kind].clone()]))).collect();
        let mut table = std::mem::take(&mut self.table);
        for (n, text) in texts.iter().enumerate() {
            self.name(text, labels);
            self.length = (1.0 + text.text.len() as f32).ln();
            for kind in [0, 1] {
                table.labels = kinds[kind].len();
                let filling = SignFilling { labels: table.labels, rows: table.rows.iter_mut() };
                self.fill(filling, look, &tops, kind, &kinds[kind], n);
                each(kind, n, &table);
            }
        }
        self.table = table;
    }

    /// The signs of paragraph `n`. Some stand twice, in forms of which one fits: as they are, rooted, or measured by how usual
    /// the label is.
    fn fill(
        &self,
        mut table: SignFilling<'_>,
        look: FirstLook<'_>,
        tops: &[[Top; 2]],
        kind: usize,
        labels: &Range<usize>,
        n: usize,
    ) {
        let ((highest, second, sum), other) = (tops[n][kind], tops[n][1 - kind]);
        let said = |n: usize| &look.words[n * look.usual.len()..][labels.clone()];
        let neighbour = |m: Option<usize>| m.filter(|m| *m < tops.len()).map(said);
        let beside = |m: Option<usize>| m.and_then(|m| tops.get(m)).map_or(0.0, |t| t[1 - kind].0);
        let (together, own, usual) = (&self.headings[self.heading_of[n]], said(n), &look.usual[labels.clone()]);
        let is = |yes: bool| f32::from(u8::from(yes));
        let p = &self.phrases;
        let named = &p.highest[labels.clone()];
        let telling = || named.iter().map(|h| is(*h >= 2.0));
        table.each(own.iter().copied());
        for neighbour in [n.checked_sub(1), Some(n + 1), n.checked_sub(2), Some(n + 2)].map(neighbour) {
            match neighbour {
                Some(row) => table.each(row.iter().copied()),
                None => table.all(0.0),
            }
        }
        table.each(together.mean(own, labels, 1.0));
        table.each(together.most(own, labels));
        table.each(self.document.mean(own, labels, 2.0));
        table.each(self.document.most(own, labels));
        table.each(look.heading[n * look.usual.len()..][labels.clone()].iter().copied());
        table.each(usual.iter().copied());
        table.all(self.length);
        [highest, second, sum, other.0, other.2].into_iter().for_each(|sign| table.all(sign));
        table.all(together.count.min(20.0));
        table.all(n as f32 / tops.len() as f32);
        table.each(own.iter().map(|s| s - highest));
        table.all(beside(n.checked_sub(1)));
        table.all(beside(Some(n + 1)));
        table.each(named.iter().map(|h| is(*h >= 1.0)));
        table.each(telling());
        table.each(named.iter().map(|h| is(*h >= 3.0)));
        let logarithm = |count: &f32| if *count > 0.0 { (1.0 + count).ln() } else { 0.0 };
        table.each(p.telling[labels.clone()].iter().map(logarithm));
        table.each(p.hints[labels.clone()].iter().map(logarithm));
        table.each(p.above[labels.clone()].iter().map(|h| is(*h >= 2.0)));
        table.each(telling().zip(own).map(|(telling, s)| telling * s));
        table.each(telling().zip(usual).map(|(telling, usual)| telling * usual));
        table.each(self.logarithm[labels.clone()].iter().copied());
        table.each(own.iter().map(|s| s.max(0.0).sqrt()));
        table.each(own.iter().zip(&self.rooted[labels.clone()]).map(|(s, rooted)| s / rooted));
        table.each(telling().map(|telling| if other.0 > LIKELY { telling } else { 0.0 }));
    }

    fn gather(&mut self, texts: &[ParagraphText<'_>], look: FirstLook<'_>, labels: usize) {
        self.heading_of.clear();
        self.document.clear(labels);
        self.rooted.clear();
        self.rooted.extend(look.usual.iter().map(|usual| (usual + 0.002).sqrt()));
        self.logarithm.clear();
        self.logarithm.extend(look.usual.iter().map(|usual| (usual + 0.002).ln()));
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        for (n, (text, row)) in texts.iter().zip(look.words.chunks_exact(labels)).enumerate() {
            let next = numbers.len();
            let number = match n.checked_sub(1) {
                Some(before) if texts[before].heading == text.heading => self.heading_of[before],
                _ => *numbers.entry(text.heading).or_insert(next),
            };
            self.heading_of.push(number);
            if number == next {
                if self.headings.len() == next {
                    self.headings.push(ParagraphsTogether::default());
                }
                self.headings[next].clear(labels);
            }
            self.headings[number].add(row);
            self.document.add(row);
        }
    }

    fn name(&mut self, text: &ParagraphText<'_>, labels: usize) {
        let LabelPhrases { highest, above, hints, telling } = &mut self.phrases;
        [&mut *highest, &mut *above, &mut *hints, &mut *telling].into_iter().for_each(|row| zero(row, labels));
        for NamedLabel { label, weight } in text.named {
            let label = usize::from(*label);
            highest[label] = highest[label].max(f32::from(*weight));
            *(if *weight > 1 { &mut telling[label] } else { &mut hints[label] }) += 1.0;
        }
        for NamedLabel { label, weight } in text.above {
            let above = &mut above[usize::from(*label)];
            *above = above.max(f32::from(*weight));
        }
    }
}
