//! The second look at a paragraph: not its words alone, but what its phrases name, what its heading says, what the paragraphs
//! around it are about, and how usual a label is. All labels share the same few weights, so that even a label with hardly an
//! example has all of them.

use super::{Named, Text};
use std::collections::HashMap;
use std::ops::Range;

/// How many signs there are for a paragraph and a label.
pub(super) const SIGNS: usize = 34;

/// Signs of one paragraph for one label.
pub(super) type Signs = [f32; SIGNS];

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
    headings: Vec<Together>,
    document: Together,
    phrases: Vec<Phrases>,
}

/// Paragraphs that stand together: how many, and by label the sum of what is said of them and the two highest.
#[derive(Debug, Default, Clone)]
struct Together {
    count: f32,
    labels: Vec<[f32; 3]>,
}

/// What phrases say for a label.
#[derive(Debug, Default, Clone, Copy)]
struct Phrases {
    /// The highest weight in the paragraph, and in its heading.
    highest: u8,
    above: u8,
    /// How many only hint at it, and how many say more.
    hints: u16,
    telling: u16,
}

impl Together {
    fn clear(&mut self, labels: usize) {
        self.count = 0.0;
        self.labels.clear();
        self.labels.resize(labels, [0.0; 3]);
    }

    fn add(&mut self, row: &[f32]) {
        self.count += 1.0;
        for ([sum, highest, second], s) in self.labels.iter_mut().zip(row) {
            *sum += s;
            *second = second.max(s.min(*highest));
            *highest = highest.max(*s);
        }
    }

    /// Mean and maximum over all paragraphs but one; few paragraphs say little.
    fn others(&self, label: usize, own: f32, few: f32) -> (f32, f32) {
        let [sum, highest, second] = self.labels[label];
        let mean = (sum - own) / (self.count - 1.0 + few);
        (mean, if own >= highest { second } else { highest })
    }
}

/// Of one kind of label: the two highest and the sum of what is said of a paragraph.
type Top = (f32, f32, f32);

fn top(row: &[f32]) -> Top {
    row.iter().fold((0.0, 0.0, 0.0), |(first, second, sum): Top, s| (first.max(*s), second.max(s.min(first)), sum + s))
}

/// From which score on a label of the other kind is likely there.
const LIKELY: f32 = 0.2;

impl Around {
    /// Hands over the signs of each paragraph of a document for each label: the kind of the label, the paragraph, the label,
    /// its signs.
    pub(super) fn signs(
        &mut self,
        texts: &[Text<'_>],
        look: FirstLook<'_>,
        kinds: &[Range<usize>; 2],
        mut each: impl FnMut(usize, usize, usize, &Signs),
    ) {
        let labels = look.usual.len();
        self.gather(texts, look.words, labels);
        let tops: Vec<[Top; 2]> =
            look.words.chunks_exact(labels).map(|row| [0, 1].map(|kind| top(&row[kinds[kind].clone()]))).collect();
        for (n, text) in texts.iter().enumerate() {
            self.name(text, labels);
            for kind in [0, 1] {
                kinds[kind].clone().for_each(|label| each(kind, n, label, &self.of(text, look, &tops, kind, n, label)));
            }
        }
    }

    /// The signs of paragraph `n` for a label. Some stand twice, in forms of which one fits: as they are, rooted, or measured
    /// by how usual the label is.
    fn of(&self, text: &Text<'_>, look: FirstLook<'_>, tops: &[[Top; 2]], kind: usize, n: usize, label: usize) -> Signs {
        let labels = look.usual.len();
        let ((highest, second, sum), other) = (tops[n][kind], tops[n][1 - kind]);
        let neighbour = |m: Option<usize>| m.and_then(|m| look.words.get(m * labels + label)).copied().unwrap_or_default();
        let beside = |m: Option<usize>| m.and_then(|m| tops.get(m)).map_or(0.0, |t| t[1 - kind].0);
        let (together, s, usual) = (&self.headings[self.heading_of[n]], look.words[n * labels + label], look.usual[label]);
        let (mean, most) = together.others(label, s, 1.0);
        let (mean_of_all, most_of_all) = self.document.others(label, s, 2.0);
        let p = self.phrases[label];
        let is = |yes: bool| f32::from(u8::from(yes));
        let telling = is(p.highest >= 2);
        [
            s,
            neighbour(n.checked_sub(1)),
            neighbour(Some(n + 1)),
            neighbour(n.checked_sub(2)),
            neighbour(Some(n + 2)),
            mean,
            most,
            mean_of_all,
            most_of_all,
            look.heading[n * labels + label],
            usual,
            (1.0 + text.text.len() as f32).ln(),
            highest,
            second,
            sum,
            other.0,
            other.2,
            together.count.min(20.0),
            n as f32 / tops.len() as f32,
            s - highest,
            beside(n.checked_sub(1)),
            beside(Some(n + 1)),
            is(p.highest >= 1),
            telling,
            is(p.highest >= 3),
            (1.0 + f32::from(p.telling)).ln(),
            (1.0 + f32::from(p.hints)).ln(),
            is(p.above >= 2),
            telling * s,
            telling * usual,
            (usual + 0.002).ln(),
            s.max(0.0).sqrt(),
            s / (usual + 0.002).sqrt(),
            is(p.highest >= 2 && other.0 > LIKELY),
        ]
    }

    fn gather(&mut self, texts: &[Text<'_>], words: &[f32], labels: usize) {
        self.heading_of.clear();
        self.document.clear(labels);
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        for (text, row) in texts.iter().zip(words.chunks_exact(labels)) {
            let next = numbers.len();
            let number = *numbers.entry(text.heading).or_insert(next);
            self.heading_of.push(number);
            if number == next {
                if self.headings.len() == next {
                    self.headings.push(Together::default());
                }
                self.headings[next].clear(labels);
            }
            self.headings[number].add(row);
            self.document.add(row);
        }
    }

    fn name(&mut self, text: &Text<'_>, labels: usize) {
        self.phrases.clear();
        self.phrases.resize(labels, Phrases::default());
        for Named { label, weight } in text.named {
            let p = &mut self.phrases[usize::from(*label)];
            p.highest = p.highest.max(*weight);
            if *weight > 1 { p.telling += 1 } else { p.hints += 1 }
        }
        for Named { label, weight } in text.above {
            let p = &mut self.phrases[usize::from(*label)];
            p.above = p.above.max(*weight);
        }
    }
}
