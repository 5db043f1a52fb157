//! One pass over each paragraph: its sentences, and the phrases in them.

use super::{FoundPart, Matcher, sentences};
use remit_model::Folded;

/// A paragraph with what stands in it.
#[derive(Debug, Default)]
pub(crate) struct Scanned {
    /// Where its sentences are, in bytes.
    pub(crate) sentences: Vec<(usize, usize)>,
    /// Phrases, by where they begin; none of a list inside of a longer one of the same list.
    pub(crate) hits: Vec<Hit>,
}

impl Scanned {
    /// The phrases of one sentence.
    pub(crate) fn of_sentence(&self, n: usize) -> &[Hit] {
        // Phrases stand in their order, and with them their sentences.
        let start = self.hits.partition_point(|h| (h.sentence as usize) < n);
        let count = self.hits[start..].iter().take_while(|h| h.sentence as usize == n).count();
        &self.hits[start..start + count]
    }
}

/// A phrase in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Entry of the matcher.
    pub(crate) entry: u32,
    /// The list that it is of, as a number of the matcher.
    pub(crate) list: u8,
    pub(crate) sentence: u32,
    pub(crate) span: (usize, usize),
}

impl Hit {
    /// True where it stands in the words of another, or has the same.
    pub(crate) fn is_in(&self, other: &Hit) -> bool {
        other.span.0 <= self.span.0 && self.span.1 <= other.span.1
    }
}

/// Reads paragraph after paragraph, in the same memory.
#[derive(Debug, Default)]
pub(crate) struct Scanner {
    folded: Folded,
    found: Vec<FoundPart>,
    /// From where to where each part stands in the sentence.
    seen: Vec<Option<(usize, usize)>>,
    /// Where the names of missions and organisations stand in the sentence.
    names: Vec<(usize, usize)>,
}

impl Scanner {
    pub(crate) fn paragraph(&mut self, matcher: &Matcher, text: &str) -> Scanned {
        let mut scanned = Scanned::default();
        sentences(text, matcher.points(), &mut scanned.sentences);
        self.seen.resize(matcher.parts(), None);
        let mut found = std::mem::take(&mut self.found);
        self.folded.again(text);
        matcher.find(text, &self.folded, &mut found);
        scanned.hits.reserve(found.len());
        let mut rest = &found[..];
        for sentence in 0..scanned.sentences.len() {
            // A phrase stands where it begins.
            let next = scanned.sentences.get(sentence + 1).map_or(usize::MAX, |s| s.0);
            let (own, after) = rest.split_at(rest.iter().take_while(|f| f.span.0 < next).count());
            self.sentence(matcher, own, sentence as u32, &mut scanned.hits);
            rest = after;
        }
        self.found = found;
        scanned
    }

    /// The phrases of a sentence in their order, the longer first; of one list none inside of a longer one.
    fn sentence(&mut self, matcher: &Matcher, found: &[FoundPart], sentence: u32, hits: &mut Vec<Hit>) {
        let from = hits.len();
        let hit = |entry: u32, span| Hit { entry, list: matcher.list(entry), sentence, span };
        for f in found {
            hits.extend(matcher.whole(f.part).iter().map(|entry| hit(*entry, f.span)));
        }
        self.names.clear();
        self.names.extend(hits[from..].iter().filter(|h| matcher.is_name(h.entry)).map(|h| h.span));
        // Words of a name are no parts of a phrase: of "the Training Mission trained", only what stands beyond the name.
        for f in found.iter().filter(|f| !self.names.iter().any(|name| within(f.span, *name))) {
            let seen = self.seen[f.part as usize].get_or_insert(f.span);
            *seen = hull(*seen, f.span);
        }
        for f in found {
            hits.extend(self.joined(matcher, f).map(|(entry, span)| hit(entry, span)));
        }
        found.iter().for_each(|f| self.seen[f.part as usize] = None);
        hits[from..].sort_by_key(|h| (h.span.0, std::cmp::Reverse(h.span.1), h.entry));
        outermost(matcher, hits, from);
    }

    /// Phrases of several parts that all stand in the sentence: from the first to the last.
    fn joined<'a>(&'a self, matcher: &'a Matcher, found: &FoundPart) -> impl Iterator<Item = (u32, (usize, usize))> + 'a {
        let part = found.part;
        matcher.joined(part).iter().filter_map(move |joined| {
            let mut span = self.seen[part as usize]?;
            for part in &joined.others {
                span = hull(span, self.seen[*part as usize]?);
            }
            Some((joined.entry, span))
        })
    }
}

/// True for what stands in something longer.
fn within(inner: (usize, usize), outer: (usize, usize)) -> bool {
    outer.0 <= inner.0 && inner.1 <= outer.1 && inner != outer
}

fn hull(a: (usize, usize), b: (usize, usize)) -> (usize, usize) {
    (a.0.min(b.0), a.1.max(b.1))
}

/// Drops what stands inside of a longer phrase of the same list: "police" in "police reform"; then what means something else.
/// Between parts that stand apart, only what says the same and no more surely is dropped.
fn outermost(matcher: &Matcher, hits: &mut Vec<Hit>, from: usize) {
    let says_more = |h: &Hit, k: &Hit| matcher.weight(h.entry) > matcher.weight(k.entry);
    let covers = |k: &Hit, h: &Hit| !matcher.is_apart(k.entry) || matcher.same(k.entry, h.entry) && !says_more(h, k);
    let (mut kept, mut reach) = (from, 0);
    for n in from..hits.len() {
        let hit = hits[n];
        // What means something else stays: it may tell of parts that stand apart.
        let inside = hit.span.1 <= reach
            && matcher.weight(hit.entry) > 0
            && hits[from..kept].iter().rev().take(12).any(|k| {
                k.span.0 <= hit.span.0
                    && hit.span.1 <= k.span.1
                    && k.list == hit.list
                    && (k.span != hit.span || k.entry == hit.entry)
                    && covers(k, &hit)
            });
        if !inside {
            reach = reach.max(hit.span.1);
            hits[kept] = hit;
            kept += 1;
        }
    }
    hits.truncate(kept);
    without_other_meanings(matcher, hits, from);
}

/// Drops phrases that mean something else, and with them those of the same code that have the same words or, standing apart, a part
/// in them: "including 12 women" is no work for women, with "police" elsewhere in the sentence as little as without.
fn without_other_meanings(matcher: &Matcher, hits: &mut Vec<Hit>, from: usize) {
    let other: Vec<Hit> = hits[from..].iter().filter(|h| matcher.weight(h.entry) == 0).copied().collect();
    if !other.is_empty() {
        let begins_or_ends_in = |o: &Hit, h: &Hit| {
            let has = |at: usize| o.span.0 <= at && at < o.span.1;
            matcher.is_apart(h.entry) && !matcher.is_apart(o.entry) && (has(h.span.0) || has(h.span.1 - 1))
        };
        let drops = |o: &Hit, h: &Hit| matcher.same(o.entry, h.entry) && (o.span == h.span || begins_or_ends_in(o, h));
        let mut sentence = hits.split_off(from);
        sentence.retain(|h| !other.iter().any(|o| drops(o, h)));
        hits.append(&mut sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use remit_model::Model;

    #[test]
    fn a_part_in_words_that_mean_something_else_is_no_part() {
        let matcher = Matcher::new(&Model::load(None).expect("the model"), "en", &[]);
        let is_told = |text: &str, code: &str| {
            let scanned = Scanner::default().paragraph(&matcher, text);
            let telling =
                scanned.hits.iter().filter(|h| matcher.weight(h.entry) > 1).map(|h| &matcher.entries()[h.entry as usize]);
            telling.filter(|e| e.list == "ssr_task").any(|e| e.code == code)
        };
        for (text, code, told) in [
            ("It trained women and the police.", "gender_in_security", true),
            ("It trained 40 police officers, including 12 women.", "gender_in_security", false),
            ("It trained the police on violence against women.", "gender_in_security", false),
            ("It trained the police on violence against women.", "sexual_violence", true),
            ("It spoke of the integrity of the police.", "anti_corruption", true),
            ("It spoke of territorial integrity and trained the police.", "anti_corruption", false),
        ] {
            assert_eq!(is_told(text, code), told, "{text}");
        }
    }
}
