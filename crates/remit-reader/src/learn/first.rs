//! The first look at a paragraph: each word and pair of words speaks for or against each label.

use super::LearnError;
use super::features::{GROUPS, Key, Vocabulary, of_sentence, worth};
use super::weights::{Source, Writer};
use super::words::Reader;

/// The most labels there can be, and the length of a row of weights for most.
const MOST: usize = 64;
const NONE: u32 = u32::MAX;

/// Weights of features, made small: one byte each, with a scale a feature.
#[derive(Debug)]
pub(super) struct First {
    labels: usize,
    bias: Vec<f32>,
    features: Vec<Feature>,
    weights: Vec<i8>,
    table: Table,
}

#[derive(Debug, Clone, Copy)]
struct Feature {
    group: u8,
    key: Key,
    rarity: f32,
    scale: f32,
}

/// Finds the features of a key: that in any sentence, and that in sentences of the mission.
#[derive(Debug)]
struct Table {
    slots: Vec<Slot>,
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    key: Key,
    anywhere: u32,
    mission: u32,
}

/// What one thread needs while it reads.
#[derive(Debug, Default)]
pub(super) struct Desk {
    pub(super) reader: Reader,
    counts: Vec<u32>,
    touched: Vec<u32>,
}

impl First {
    /// Makes weights small. `weights` are features × labels.
    pub(super) fn new(vocabulary: &Vocabulary, weights: &[f32], bias: &[f32]) -> First {
        let labels = bias.len();
        let (mut features, mut small) = (Vec::new(), Vec::with_capacity(weights.len()));
        for ((group, key, rarity), row) in vocabulary.features.iter().zip(weights.chunks_exact(labels)) {
            let largest = row.iter().fold(0f32, |a, b| a.max(b.abs()));
            let scale = largest / 127.0;
            features.push(Feature { group: *group, key: *key, rarity: *rarity, scale });
            small.extend(row.iter().map(|w| if scale > 0.0 { (w / scale).round() as i8 } else { 0 }));
        }
        let table = Table::new(&features);
        First { labels, bias: bias.to_vec(), features, weights: small, table }
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.floats(self.bias.iter().copied());
        out.bytes(self.features.iter().map(|f| f.group));
        out.keys(self.features.iter().map(|f| f.key));
        out.floats(self.features.iter().map(|f| f.rarity));
        out.floats(self.features.iter().map(|f| f.scale));
        out.bytes(self.weights.iter().map(|w| *w as u8));
    }

    pub(super) fn read(source: &mut Source<'_>, labels: usize, count: usize) -> Result<First, LearnError> {
        let bias = source.floats(labels)?;
        let groups = source.bytes(count)?;
        if groups.iter().any(|g| usize::from(*g) >= GROUPS) {
            return Err(LearnError::NotNumbers);
        }
        let (keys, rarity, scale) = (source.keys(count)?, source.floats(count)?, source.floats(count)?);
        let weights = source.bytes(count * labels)?.iter().map(|b| *b as i8).collect();
        let feature = |n: usize| Feature { group: groups[n], key: keys[n], rarity: rarity[n], scale: scale[n] };
        let features: Vec<Feature> = (0..count).map(feature).collect();
        let table = Table::new(&features);
        Ok(First { labels, bias, features, weights, table })
    }

    pub(super) fn labels(&self) -> usize {
        self.labels
    }

    /// How often each label is given.
    pub(super) fn usual(&self) -> &[f32] {
        &self.bias
    }

    pub(super) fn features(&self) -> usize {
        self.features.len()
    }

    /// Adds what a paragraph says for each label to `out`.
    pub(super) fn score(&self, text: &str, desk: &mut Desk, out: &mut [f32]) {
        desk.counts.resize(self.features.len(), 0);
        let Desk { reader, counts, touched } = desk;
        reader.sentences(text, |words, mission| {
            of_sentence(words, |key, _, _| {
                let slot = self.table.find(key);
                let mut count = |feature: u32| {
                    if feature != NONE {
                        let count = &mut counts[feature as usize];
                        if *count == 0 {
                            touched.push(feature);
                        }
                        *count += 1;
                    }
                };
                count(slot.anywhere);
                if mission {
                    count(slot.mission);
                }
            });
        });
        self.add_up(counts, touched, out);
    }

    fn add_up(&self, counts: &mut [u32], touched: &mut Vec<u32>, out: &mut [f32]) {
        let (mut sums, mut squares) = ([[0f32; MOST]; GROUPS], [0f32; GROUPS]);
        for n in touched.drain(..) {
            let n = n as usize;
            let feature = self.features[n];
            let value = feature.rarity * worth(std::mem::take(&mut counts[n]));
            squares[feature.group as usize] += value * value;
            let value = value * feature.scale;
            let row = &self.weights[n * self.labels..][..self.labels];
            sums[feature.group as usize].iter_mut().zip(row).for_each(|(s, w)| *s += value * f32::from(*w));
        }
        out.iter_mut().zip(&self.bias).for_each(|(o, b)| *o += b);
        for (sums, squares) in sums.iter().zip(squares).filter(|(_, s)| *s > 0.0) {
            let length = squares.sqrt();
            out.iter_mut().zip(sums).for_each(|(o, s)| *o += s / length);
        }
    }

    /// What each word and pair of a paragraph says for a label: where it stands, its weight.
    pub(super) fn why(&self, text: &str, label: usize, desk: &mut Desk) -> Vec<((usize, usize), f32)> {
        let mut found: Vec<(u32, (u32, u32))> = Vec::new();
        desk.reader.sentences(text, |words, mission| {
            of_sentence(words, |key, _, span| {
                let slot = self.table.find(key);
                found.extend(
                    [(slot.anywhere, true), (slot.mission, mission)].iter().filter(|f| f.0 != NONE && f.1).map(|f| (f.0, span)),
                );
            });
        });
        let mut counts = vec![0u32; self.features.len()];
        found.iter().for_each(|(n, _)| counts[*n as usize] += 1);
        let value = |n: u32| self.features[n as usize].rarity * worth(counts[n as usize]);
        let mut squares = [0f32; GROUPS];
        for (n, count) in (0u32..).zip(&counts).filter(|(_, c)| **c > 0) {
            debug_assert!(*count > 0);
            squares[self.features[n as usize].group as usize] += value(n) * value(n);
        }
        let mut spans: std::collections::BTreeMap<(u32, u32), f32> = Default::default();
        for (n, span) in found {
            let feature = self.features[n as usize];
            let weight = feature.scale * f32::from(self.weights[n as usize * self.labels + label]);
            let share = value(n) / squares[feature.group as usize].sqrt() / counts[n as usize] as f32;
            *spans.entry(span).or_default() += weight * share;
        }
        spans.into_iter().map(|((a, b), weight)| ((a as usize, b as usize), weight)).collect()
    }
}

impl Table {
    fn new(features: &[Feature]) -> Table {
        let size = (features.len() * 2).next_power_of_two().max(2);
        let empty = Slot { key: 0, anywhere: NONE, mission: NONE };
        let mut table = Table { slots: vec![empty; size] };
        for (n, feature) in features.iter().enumerate() {
            let at = table.place(feature.key);
            let slot = &mut table.slots[at];
            slot.key = feature.key;
            let place = if feature.group < 2 { &mut slot.anywhere } else { &mut slot.mission };
            *place = n as u32;
        }
        table
    }

    fn place(&self, key: Key) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (key >> 1) as usize & mask;
        while self.slots[at].key != key && (self.slots[at].anywhere & self.slots[at].mission) != NONE {
            at = (at + 1) & mask;
        }
        at
    }

    fn find(&self, key: Key) -> Slot {
        let slot = self.slots[self.place(key)];
        if slot.key == key { slot } else { Slot { key, anywhere: NONE, mission: NONE } }
    }
}
