//! What a matcher found out about words, so that a word is looked into once and known from then on.

use crate::fingerprint;
use std::collections::HashMap;

/// Words and the parts of phrases that they are. Of no use to another matcher.
#[derive(Debug, Clone)]
pub struct Memory {
    /// Words, alone or with the two bytes behind them: most bits of the fingerprint, and in the others which of the lists.
    words: Vec<u64>,
    /// The parts that a word is, however the text goes on.
    lists: Vec<Vec<u32>>,
    numbers: HashMap<Vec<u32>, u64>,
    /// Where the words of a text are put.
    read: Vec<Word>,
}

/// A word of a text: its fingerprints, alone and with what follows, and what is remembered in their places.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) start: usize,
    pub(crate) end: usize,
    prints: [u64; 2],
    known: [u64; 2],
}

impl Word {
    pub(crate) fn new(text: &[u8], start: usize, end: usize) -> Word {
        let on = text.len().min(end + 2);
        let prints = [fingerprint::of(&text[start..end]), fingerprint::of(&text[start..on])];
        Word { start, end, prints, known: [0; 2] }
    }
}

/// How many words are remembered.
const WORDS: usize = 1 << 16;
/// The bits of a remembered word that are the number of a list.
const LIST: u64 = 0xF_FFFF;

impl Default for Memory {
    fn default() -> Memory {
        // The first list is that of no word.
        Memory { words: vec![0; WORDS], lists: vec![Vec::new()], numbers: HashMap::new(), read: Vec::new() }
    }
}

impl Memory {
    /// Room for the words of a text, to be given back by [`Memory::keep`].
    pub(crate) fn clear(&mut self) -> Vec<Word> {
        self.read.clear();
        std::mem::take(&mut self.read)
    }

    pub(crate) fn keep(&mut self, words: Vec<Word>) {
        self.read = words;
    }

    /// Looks up all words of a text, so that the processor waits for all of them at once.
    pub(crate) fn look_up(&self, words: &mut [Word]) {
        words.iter_mut().for_each(|w| w.known = [self.words[place(w.prints[0])], self.words[place(w.prints[1])]]);
    }

    /// The parts that a word is; none where the word is not known.
    pub(crate) fn parts(&self, word: &Word) -> Option<&[u32]> {
        let both = word.prints.iter().zip(word.known);
        let known = both.filter(|(print, known)| (*known ^ **print) & !LIST == 0 && known & LIST != 0).map(|(_, known)| known);
        known.map(|known| self.lists[(known & LIST) as usize].as_slice()).next()
    }

    /// Remembers the parts that a word is: whatever follows, or with the two bytes that follow here.
    pub(crate) fn note(&mut self, word: &Word, whatever_follows: bool, parts: Vec<u32>) {
        let print = word.prints[usize::from(!whatever_follows)];
        let next = self.lists.len() as u64;
        let list = *self.numbers.entry(parts).or_insert_with_key(|parts| {
            self.lists.push(parts.clone());
            next
        });
        if list <= LIST {
            self.words[place(print)] = print & !LIST | list;
        }
    }
}

/// Where a word is remembered.
fn place(fingerprint: u64) -> usize {
    fingerprint as usize % WORDS
}
