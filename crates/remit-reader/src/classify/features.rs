//! Which features a paragraph has: its words and pairs of words, once from all of it and once from the sentences that speak of
//! the mission.

use super::words::{Word, WordReader};
use std::collections::HashMap;

/// Words of all sentences, pairs of all, words of the mission's sentences, pairs of these. Each group weighs the same.
pub(super) const GROUPS: usize = 4;

/// A feature of a paragraph, in its text or in the sentences of the mission.
pub(super) type FeatureKey = u32;

/// The key of a word: even.
fn single(word: &Word) -> FeatureKey {
    (word.stem ^ (word.stem >> 32)) as u32 & !1
}

/// The key of a pair: odd.
fn pair(a: &Word, b: &Word) -> FeatureKey {
    ((a.stem.rotate_left(21) ^ b.stem).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32 | 1
}

/// Hands over each word and each pair of a sentence: key, whether it is a pair, where it stands.
pub(super) fn of_sentence(words: &[Word], mut each: impl FnMut(FeatureKey, bool, (u32, u32))) {
    let mut before: Option<&Word> = None;
    for word in words {
        each(single(word), false, word.span);
        if word.small {
            continue;
        }
        if let Some(before) = before {
            each(pair(before, word), true, (before.span.0, word.span.1));
        }
        before = Some(word);
    }
}

/// How often each feature stands in a paragraph: group, key, count.
pub(super) fn of_paragraph(reader: &mut WordReader, text: &str) -> Vec<(u8, FeatureKey, u32)> {
    let mut all: Vec<(u8, FeatureKey)> = Vec::new();
    reader.sentences(text, |words, mission| {
        of_sentence(words, |key, pair, _| {
            all.push((u8::from(pair), key));
            if mission {
                all.push((2 + u8::from(pair), key));
            }
        });
    });
    all.sort_unstable();
    all.chunk_by(|a, b| a == b).map(|same| (same[0].0, same[0].1, same.len() as u32)).collect()
}

/// What a count is worth: more, but less and less.
pub(super) fn worth(count: u32) -> f32 {
    if count == 1 { 1.0 } else { 1.0 + (count as f32).ln() }
}

/// The features worth a weight, in the order of their columns: group, key, how rare (its factor).
#[derive(Debug, Default, Clone)]
pub(super) struct Vocabulary {
    pub(super) features: Vec<(u8, FeatureKey, f32)>,
    columns: HashMap<(u8, FeatureKey), u32>,
}

/// A feature is kept where this many paragraphs have it, of this many missions.
const PARAGRAPHS: u32 = 3;
const MISSIONS: u32 = 2;

impl Vocabulary {
    /// Learns from paragraphs, each with the number of its mission.
    pub(super) fn learn<'a>(paragraphs: impl Iterator<Item = (&'a [(u8, FeatureKey, u32)], usize)>) -> Vocabulary {
        let mut seen: HashMap<(u8, FeatureKey), (u32, u64)> = HashMap::new();
        let mut total = 0;
        for (features, mission) in paragraphs {
            total += 1;
            for (group, key, _) in features {
                let (count, missions) = seen.entry((*group, *key)).or_default();
                *count += 1;
                *missions |= 1 << (mission % 64);
            }
        }
        let several = |missions: u64| missions.count_ones() >= MISSIONS;
        let kept = seen.into_iter().filter(|(_, (n, missions))| *n >= PARAGRAPHS && *n * 2 < total && several(*missions));
        let rarity = |n: u32| ((1 + total) as f32 / (1 + n) as f32).ln() + 1.0;
        let mut features: Vec<(u8, FeatureKey, f32)> = kept.map(|((group, key), (n, _))| (group, key, rarity(n))).collect();
        features.sort_unstable_by_key(|(group, key, _)| (*group, *key));
        let columns = features.iter().enumerate().map(|(n, (group, key, _))| ((*group, *key), n as u32)).collect();
        Vocabulary { features, columns }
    }

    /// The row of a paragraph: column and value, each group of length 1.
    pub(super) fn row(&self, features: &[(u8, FeatureKey, u32)]) -> Vec<(u32, f32)> {
        let known = features.iter().filter_map(|(group, key, count)| {
            let column = *self.columns.get(&(*group, *key))?;
            Some((*group, column, worth(*count) * self.features[column as usize].2))
        });
        let known: Vec<(u8, u32, f32)> = known.collect();
        let mut squares = [0f32; GROUPS];
        known.iter().for_each(|(group, _, value)| squares[*group as usize] += value * value);
        known.into_iter().map(|(group, column, value)| (column, value / squares[group as usize].sqrt())).collect()
    }
}
