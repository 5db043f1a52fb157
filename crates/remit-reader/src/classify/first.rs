//! The first look at a paragraph: each word and pair of words speaks for or against each label.

use super::LearnError;
use super::features::{FeatureKey, GROUPS, Vocabulary, of_sentence, worth};
use super::weights::{WeightsReader, Writer};
use super::words::WordReader;

/// The most labels there can be, and the length of a row of weights for most.
pub(super) const MOST: usize = 64;
const NONE: u32 = u32::MAX;

/// Weights of features, made small: one byte each, with a scale a feature.
#[derive(Debug)]
pub(super) struct First {
    bias: Vec<f32>,
    rows: Rows,
    keys: Vec<FeatureKey>,
    table: FeatureTable,
}

/// Features with their weights, each in as many bytes as a processor fetches at once: what takes long is not to add weights up
/// but to wait for them.
#[derive(Debug)]
struct Rows {
    labels: usize,
    bytes: Vec<u8>,
}

/// What a row begins with; the weights follow after [`HEAD`] bytes.
#[derive(Debug, Clone, Copy)]
struct Feature {
    rarity: f32,
    scale: f32,
    group: u8,
}

const HEAD: usize = 16;

impl Rows {
    fn length(&self) -> usize {
        (HEAD + self.labels).next_multiple_of(64)
    }

    fn push(&mut self, feature: Feature, weights: impl Iterator<Item = u8>) {
        let end = self.bytes.len() + self.length();
        self.bytes.extend(feature.rarity.to_le_bytes());
        self.bytes.extend(feature.scale.to_le_bytes());
        self.bytes.extend([feature.group, 0, 0, 0, 0, 0, 0, 0]);
        self.bytes.extend(weights);
        self.bytes.resize(end, 0);
    }

    fn row(&self, n: usize) -> (Feature, &[u8]) {
        let (head, weights) = self.bytes[n * self.length()..][..self.length()].split_at(HEAD);
        let float = |at: usize| f32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
        (Feature { rarity: float(0), scale: float(4), group: head[8] }, weights)
    }

    fn all(&self) -> impl Iterator<Item = (Feature, &[u8])> {
        (0..self.bytes.len() / self.length()).map(|n| self.row(n))
    }
}

/// Finds the features of a key: that in any sentence, and that in sentences of the mission.
#[derive(Debug)]
struct FeatureTable {
    /// A bit for some of the bits of each key: small enough to stay near the processor, it tells of most keys that they are
    /// no feature's.
    likely: Vec<u64>,
    slots: Vec<Slot>,
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    key: FeatureKey,
    anywhere: u32,
    mission: u32,
}

/// What one thread needs while it reads.
#[derive(Debug, Default)]
pub(super) struct LabelScratch {
    pub(super) reader: WordReader,
    keys: Vec<FeatureKey>,
    slots: Vec<Slot>,
    counts: Vec<u16>,
    touched: Vec<u32>,
    values: Vec<f32>,
}

/// A number with the first eight of its binary digits.
fn short(number: f32) -> f32 {
    f32::from_bits(number.to_bits() & 0xFFFF_0000)
}

impl First {
    /// Steps from nought to the largest weight of a feature. What more of them would tell is noise to what was learned, and every bit of
    /// it is carried in each download: see docs/reader.md.
    const STEPS: f32 = 15.0;

    /// Makes weights small. `weights` are features × labels.
    pub(super) fn new(vocabulary: &Vocabulary, weights: &[f32], bias: &[f32]) -> First {
        let mut rows = Rows { labels: bias.len(), bytes: Vec::new() };
        for ((group, _, rarity), row) in vocabulary.features.iter().zip(weights.chunks_exact(bias.len())) {
            let largest = row.iter().fold(0f32, |a, b| a.max(b.abs()));
            let scale = short(largest / Self::STEPS);
            let small = |w: &f32| if scale > 0.0 { (w / scale).round() as i8 as u8 } else { 0 };
            rows.push(Feature { group: *group, rarity: *rarity, scale }, row.iter().map(small));
        }
        First::of(bias.to_vec(), rows, vocabulary.features.iter().map(|(_, key, _)| *key).collect())
    }

    fn of(bias: Vec<f32>, rows: Rows, keys: Vec<FeatureKey>) -> First {
        let table = FeatureTable::new(&keys, &rows);
        First { bias, rows, keys, table }
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.floats(self.bias.iter().copied());
        out.bytes(self.rows.all().map(|(f, _)| f.group));
        out.keys(self.keys.iter().copied());
        out.floats(self.rows.all().map(|(f, _)| f.rarity));
        out.floats(self.rows.all().map(|(f, _)| f.scale));
        // Label by label: what is alike stands together, and is packed better.
        out.bytes((0..self.labels()).flat_map(|label| self.rows.all().map(move |(_, weights)| weights[label])));
    }

    pub(super) fn read(source: &mut WeightsReader<'_>, labels: usize, count: usize) -> Result<First, LearnError> {
        let bias = source.floats(labels)?;
        let groups = source.bytes(count)?;
        if groups.iter().any(|g| usize::from(*g) >= GROUPS) {
            return Err(LearnError::NotNumbers);
        }
        let (keys, rarity, scale) = (source.keys(count)?, source.floats(count)?, source.floats(count)?);
        let mut rows = Rows { labels, bytes: Vec::new() };
        let weights = source.bytes(count * labels)?;
        for n in 0..count {
            let feature = Feature { group: groups[n], rarity: rarity[n], scale: scale[n] };
            rows.push(feature, (0..labels).map(|label| weights[label * count + n]));
        }
        Ok(First::of(bias, rows, keys))
    }

    pub(super) fn labels(&self) -> usize {
        self.bias.len()
    }

    /// How often each label is given.
    pub(super) fn usual(&self) -> &[f32] {
        &self.bias
    }

    pub(super) fn features(&self) -> usize {
        self.keys.len()
    }

    /// Adds what a paragraph says for each label to `out`. Each step is taken for many words before the next, so that the
    /// processor waits for all of them at once.
    pub(super) fn score(&self, text: &str, desk: &mut LabelScratch, out: &mut [f32]) {
        desk.counts.resize(self.features(), 0);
        let LabelScratch { reader, keys, slots, counts, touched, values } = desk;
        let mut count = |feature: u32| {
            if feature != NONE {
                let count = &mut counts[feature as usize];
                if *count == 0 {
                    touched.push(feature);
                }
                *count = count.saturating_add(1);
            }
        };
        reader.sentences(text, |words, mission| {
            keys.clear();
            of_sentence(words, |key, _, _| {
                if self.table.is_likely(key) {
                    keys.push(key);
                }
            });
            slots.clear();
            slots.extend(keys.iter().map(|key| self.table.first(*key)));
            for slot in keys.iter().zip(&*slots).filter_map(|(key, first)| self.table.slot(*key, *first)) {
                count(slot.anywhere);
                if mission {
                    count(slot.mission);
                }
            }
        });
        self.add_up(counts, touched, values, out);
    }

    fn add_up(&self, counts: &mut [u16], touched: &mut Vec<u32>, values: &mut Vec<f32>, out: &mut [f32]) {
        let (mut sums, mut squares) = ([[0f32; MOST]; GROUPS], [0f32; GROUPS]);
        values.clear();
        values.extend(touched.iter().map(|n| {
            let (feature, _) = self.rows.row(*n as usize);
            let value = feature.rarity * worth(u32::from(std::mem::take(&mut counts[*n as usize])));
            squares[feature.group as usize] += value * value;
            value * feature.scale
        }));
        for (n, value) in touched.drain(..).zip(&*values) {
            let (feature, weights) = self.rows.row(n as usize);
            sums[feature.group as usize].iter_mut().zip(weights).for_each(|(s, w)| *s += value * f32::from(*w as i8));
        }
        out.iter_mut().zip(&self.bias).for_each(|(o, b)| *o += b);
        for (sums, squares) in sums.iter().zip(squares).filter(|(_, s)| *s > 0.0) {
            let length = squares.sqrt();
            out.iter_mut().zip(sums).for_each(|(o, s)| *o += s / length);
        }
    }

    /// What each word and pair of a paragraph says for a label: where it stands, its weight.
    pub(super) fn why(&self, text: &str, label: usize, desk: &mut LabelScratch) -> Vec<((usize, usize), f32)> {
        let mut found: Vec<(u32, (u32, u32))> = Vec::new();
        desk.reader.sentences(text, |words, mission| {
            of_sentence(words, |key, _, span| {
                let Some(slot) = self.table.find(key) else { return };
                found.extend(
                    [(slot.anywhere, true), (slot.mission, mission)].iter().filter(|f| f.0 != NONE && f.1).map(|f| (f.0, span)),
                );
            });
        });
        let mut counts = vec![0u32; self.features()];
        found.iter().for_each(|(n, _)| counts[*n as usize] += 1);
        let value = |n: u32| self.rows.row(n as usize).0.rarity * worth(counts[n as usize]);
        let mut squares = [0f32; GROUPS];
        for (n, count) in (0u32..).zip(&counts).filter(|(_, c)| **c > 0) {
            debug_assert!(*count > 0);
            squares[self.rows.row(n as usize).0.group as usize] += value(n) * value(n);
        }
        let mut spans: std::collections::BTreeMap<(u32, u32), f32> = Default::default();
        for (n, span) in found {
            let (feature, weights) = self.rows.row(n as usize);
            let weight = feature.scale * f32::from(weights[label] as i8);
            let share = value(n) / squares[feature.group as usize].sqrt() / counts[n as usize] as f32;
            *spans.entry(span).or_default() += weight * share;
        }
        spans.into_iter().map(|((a, b), weight)| ((a as usize, b as usize), weight)).collect()
    }
}

impl FeatureTable {
    fn new(keys: &[FeatureKey], rows: &Rows) -> FeatureTable {
        let size = (keys.len() * 4 / 3).next_power_of_two().max(64);
        let empty = Slot { key: 0, anywhere: NONE, mission: NONE };
        let mut table = FeatureTable { likely: vec![0; size / 8], slots: vec![empty; size] };
        for (n, (key, (feature, _))) in (0..).zip(keys.iter().zip(rows.all())) {
            let at = table.place(*key);
            let slot = &mut table.slots[at];
            slot.key = *key;
            *(if feature.group < 2 { &mut slot.anywhere } else { &mut slot.mission }) = n;
            let (word, bit) = table.bit(*key);
            table.likely[word] |= bit;
        }
        table
    }

    /// Which bit stands for a key.
    fn bit(&self, key: FeatureKey) -> (usize, u64) {
        let n = (key.rotate_left(16) >> 1) as usize;
        ((n / 64) & (self.likely.len() - 1), 1 << (n % 64))
    }

    fn is_likely(&self, key: FeatureKey) -> bool {
        let (word, bit) = self.bit(key);
        self.likely[word] & bit != 0
    }

    /// Where a key is looked for first.
    fn home(&self, key: FeatureKey) -> usize {
        (key >> 1) as usize & (self.slots.len() - 1)
    }

    /// What stands there.
    fn first(&self, key: FeatureKey) -> Slot {
        self.slots[self.home(key)]
    }

    fn place(&self, key: FeatureKey) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = self.home(key);
        while self.slots[at].key != key && (self.slots[at].anywhere & self.slots[at].mission) != NONE {
            at = (at + 1) & mask;
        }
        at
    }

    /// The features of a key; `first` is where it was looked for first.
    fn slot(&self, key: FeatureKey, first: Slot) -> Option<Slot> {
        let slot = if first.key == key { first } else { self.slots[self.place(key)] };
        (slot.key == key && (slot.anywhere & slot.mission) != NONE).then_some(slot)
    }

    fn find(&self, key: FeatureKey) -> Option<Slot> {
        self.slot(key, self.first(key))
    }
}
