//! One pass over each paragraph: its sentences, and the phrases in them.

use super::sentences;
use crate::document::Document;
use crate::lexicon::{Folded, Found, Matcher};

/// A paragraph with what stands in it.
#[derive(Debug, Default)]
pub(super) struct Scanned {
    /// Where its sentences are, in bytes.
    pub(super) sentences: Vec<(usize, usize)>,
    /// Phrases, by where they begin; none of a list inside of a longer one of the same list.
    pub(super) hits: Vec<Hit>,
}

impl Scanned {
    /// The phrases of one sentence.
    pub(super) fn of_sentence(&self, n: usize) -> &[Hit] {
        // Phrases stand in their order, and with them their sentences.
        let start = self.hits.partition_point(|h| (h.sentence as usize) < n);
        let count = self.hits[start..].iter().take_while(|h| h.sentence as usize == n).count();
        &self.hits[start..start + count]
    }
}

/// A phrase in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    /// Entry of the matcher.
    pub(super) entry: u32,
    pub(super) sentence: u32,
    pub(super) span: (usize, usize),
}

pub(super) fn scan(document: &Document, matcher: &Matcher) -> Vec<Scanned> {
    let mut found = Vec::new();
    document.passages.iter().map(|p| paragraph(&p.text, matcher, &mut found)).collect()
}

fn paragraph(text: &str, matcher: &Matcher, found: &mut Vec<Found>) -> Scanned {
    let mut scanned = Scanned::default();
    sentences(text, &mut scanned.sentences);
    matcher.find(text, &Folded::new(text), found);
    whole(found, &scanned.sentences, &mut scanned.hits);
    outermost(matcher, &mut scanned.hits);
    scanned
}

fn sentence_of(sentences: &[(usize, usize)], at: usize) -> u32 {
    sentences.partition_point(|(start, _)| *start <= at).saturating_sub(1) as u32
}

/// Phrases of which every part stands in the same sentence. The span is that of the first part to the last.
fn whole(found: &mut [Found], sentences: &[(usize, usize)], hits: &mut Vec<Hit>) {
    hits.extend(found.iter().filter(|f| f.parts == 1).map(|f| Hit {
        entry: f.entry,
        sentence: sentence_of(sentences, f.span.0),
        span: f.span,
    }));
    let mut parts: Vec<(u32, u32, Found)> =
        found.iter().filter(|f| f.parts > 1).map(|f| (f.entry, sentence_of(sentences, f.span.0), *f)).collect();
    parts.sort_unstable_by_key(|(entry, sentence, f)| (*entry, *sentence, f.part));
    for group in parts.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let (entry, sentence, first) = group[0];
        let all = (0..first.parts).all(|n| group.iter().any(|(_, _, f)| f.part == n));
        if all {
            let start = group.iter().map(|g| g.2.span.0).min().unwrap_or(first.span.0);
            let end = group.iter().map(|g| g.2.span.1).max().unwrap_or(first.span.1);
            hits.push(Hit { entry, sentence, span: (start, end) });
        }
    }
}

/// Drops what stands inside of a longer phrase of the same list: "police" in "police reform".
fn outermost(matcher: &Matcher, hits: &mut Vec<Hit>) {
    hits.sort_unstable_by_key(|h| (h.span.0, std::cmp::Reverse(h.span.1), h.entry));
    let list = |h: &Hit| matcher.list(h.entry);
    let mut kept: Vec<Hit> = Vec::with_capacity(hits.len());
    for hit in hits.iter() {
        let inside = kept.iter().rev().take(12).any(|k| {
            list(k) == list(hit)
                && k.span.0 <= hit.span.0
                && hit.span.1 <= k.span.1
                && (k.span != hit.span || k.entry == hit.entry)
        });
        if !inside {
            kept.push(*hit);
        }
    }
    *hits = kept;
}
