//! What a matcher found out about words, so that a word is looked into once and known from then on.

use crate::word_hash;
use std::collections::HashMap;

/// Words and the parts of phrases that they are. Of no use to another matcher.
#[derive(Debug, Clone)]
pub struct WordCache {
    /// Words with one or three bytes behind them: most bits of the hash, and in the others which of the lists.
    words: Vec<u64>,
    /// The parts that a word is, however the text goes on.
    lists: Vec<Vec<u32>>,
    numbers: HashMap<Vec<u32>, u64>,
    /// How many words were to be noted.
    noted: usize,
    /// Where the words of a text are put.
    read: Vec<Word>,
}

/// A word of a text: its hashes with [`BEHIND`], and what is remembered in their places.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) start: usize,
    pub(crate) end: usize,
    hashes: [u64; 2],
    known: [u64; 2],
}

impl Word {
    pub(crate) fn new(text: &[u8], start: usize, end: usize) -> Word {
        let behind = |n: usize| text.get(end + n).map_or(0, |b| u64::from(*b));
        let first = word_hash::with(word_hash::of(text, start..end), behind(0));
        Word { start, end, hashes: [first, word_hash::with(first, behind(1) << 8 | behind(2))], known: [0; 2] }
    }
}

/// How many bytes behind a word are remembered with it. The first tells that the word is over; the next begins with the others.
pub(crate) const BEHIND: [usize; 2] = [1, 3];
/// How many words are remembered.
const WORDS: usize = 1 << 16;
/// Of so many words one takes the place of another: those that stand everywhere come back soon, and those that stand once
/// seldom drive them out.
const SELDOM: usize = 16;
/// The bits of a remembered word that are the number of a list.
const LIST: u64 = 0xF_FFFF;

impl Default for WordCache {
    fn default() -> WordCache {
        // The first list is that of no word.
        WordCache { words: vec![0; WORDS], lists: vec![Vec::new()], numbers: HashMap::new(), noted: 0, read: Vec::new() }
    }
}

impl WordCache {
    /// Room for the words of a text, to be given back by [`WordCache::keep`].
    pub(crate) fn clear(&mut self) -> Vec<Word> {
        self.read.clear();
        std::mem::take(&mut self.read)
    }

    pub(crate) fn keep(&mut self, words: Vec<Word>) {
        self.read = words;
    }

    /// Looks up all words of a text, so that the processor waits for all of them at once.
    pub(crate) fn look_up(&self, words: &mut [Word]) {
        words.iter_mut().for_each(|w| w.known = [self.words[place(w.hashes[0])], self.words[place(w.hashes[1])]]);
    }

    /// The parts that a word is; none where the word is not known.
    pub(crate) fn parts(&self, word: &Word) -> Option<&[u32]> {
        let both = word.hashes.iter().zip(word.known);
        let known = both.filter(|(hash, known)| (*known ^ **hash) & !LIST == 0 && known & LIST != 0).map(|(_, known)| known);
        known.map(|known| self.lists[(known & LIST) as usize].as_slice()).next()
    }

    /// Remembers the parts that a word is, with the first or the second number of bytes of [`BEHIND`].
    pub(crate) fn note(&mut self, word: &Word, behind: usize, parts: impl Iterator<Item = u32>) {
        let hash = word.hashes[behind];
        self.noted += 1;
        if self.words[place(hash)] != 0 && !self.noted.is_multiple_of(SELDOM) {
            return;
        }
        let next = self.lists.len() as u64;
        let list = *self.numbers.entry(parts.collect()).or_insert_with_key(|parts| {
            self.lists.push(parts.clone());
            next
        });
        if list <= LIST {
            self.words[place(hash)] = hash & !LIST | list;
        }
    }
}

/// Where a word is remembered.
fn place(hash: u64) -> usize {
    hash as usize % WORDS
}
