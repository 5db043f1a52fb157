//! How fast phrases are found: the automaton entered at the words of a text, as the lexicon does it, beside aho-corasick's own search
//! for all that overlaps. `cargo bench -p remit-reader --bench phrases -- FILE…`, or as a part of `scripts/bench CODED_PARAGRAPHS
//! reader`.
//!
//! The other is given less to do: it finds where the first words of phrases stand at the beginning of a word, and does not look
//! at endings, what follows, and capitals.

use aho_corasick::AhoCorasick;
use remit_model::{Folded, Model, fold};
use remit_reader::lexicon::Matcher;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

const ROUNDS: usize = 5;

fn main() {
    let model = Model::load(None).expect("the model");
    let matcher = Matcher::new(&model, "en", &[]);
    // Cargo adds a flag of its own.
    let files = std::env::args().skip(1).filter(|a| !a.starts_with("--"));
    let texts: Vec<String> = files
        .flat_map(|f| {
            let text = std::fs::read_to_string(&f).unwrap_or_else(|e| panic!("{f}: {e}"));
            text.split("\n\n").map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    let folded: Vec<Folded> = texts.iter().map(|t| Folded::new(t)).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let rate = |spent: Duration| bytes as f64 / spent.as_secs_f64() / 1e6;

    let mut found = Vec::new();
    let ours = fastest(|| {
        texts.iter().zip(&folded).fold(0, |all, (text, folded)| {
            matcher.find(text, folded, &mut found);
            all + found.len()
        })
    });
    let patterns = beginnings(&matcher);
    let automaton = AhoCorasick::new(&patterns).expect("an automaton");
    let plain = fastest(|| folded.iter().map(|f| at_words(&automaton, f.text())).sum());
    let told = serde_json::json!({
        "phrases": matcher.entries().len(), "beginnings": patterns.len(), "bytes": bytes,
        "entered_at_words": { "mb_per_second": rate(ours.0), "found": ours.1 },
        "overlapping_search": { "mb_per_second": rate(plain.0), "found": plain.1 },
    });
    println!("{told}");
}

/// The shortest of several times, and what was found.
fn fastest(mut search: impl FnMut() -> usize) -> (Duration, usize) {
    let rounds = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        let found = search();
        (start.elapsed(), found)
    });
    rounds.min().expect("a round")
}

/// What phrases begin with, up to the first open ending.
fn beginnings(matcher: &Matcher) -> Vec<String> {
    let parts = matcher.entries().iter().flat_map(|e| e.phrase.split(" & "));
    let first = parts.map(|part| {
        let mut out = String::new();
        fold(part.trim().split('*').next().unwrap_or_default(), &mut out);
        out
    });
    first.filter(|p| p.len() > 1).collect::<BTreeSet<_>>().into_iter().collect()
}

fn at_words(automaton: &AhoCorasick, text: &str) -> usize {
    let bytes = text.as_bytes();
    let begins = |at: usize| at == 0 || !(bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] >= 0x80);
    automaton.find_overlapping_iter(text).filter(|m| begins(m.start())).count()
}
