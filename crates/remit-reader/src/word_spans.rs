//! Where words stand: runs of letters and digits, found in 64 bytes at a time, so that the processor has no end of a word to
//! guess.

/// A run of letters and digits of ASCII and of bytes beyond it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WordSpan {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Some of its bytes are of the kind that was asked for.
    pub(crate) odd: bool,
}

/// Hands over each run of a text. `is_odd` is the kind of bytes that a reader has to look at one by one.
pub(crate) fn word_spans(text: &[u8], is_odd: impl Fn(u8) -> bool, mut each: impl FnMut(WordSpan)) {
    let mut run = WordSpan { start: 0, end: 0, odd: false };
    let mut inside = 0;
    for (n, chunk) in text.chunks(BLOCK).enumerate() {
        let block = chunk.try_into().unwrap_or_else(|_| filled(chunk));
        let words = bits(&block, |b| b.is_ascii_alphanumeric() || b >= 0x80);
        let mut odd = bits(&block, &is_odd) & words;
        // A run begins or ends at each bit that differs from the one before.
        let mut edges = words ^ (words << 1 | inside);
        while edges != 0 {
            let at = edges.trailing_zeros();
            let before = (1 << at) - 1;
            if inside == 0 {
                run = WordSpan { start: n * BLOCK + at as usize, end: 0, odd: false };
                odd &= !before;
            } else {
                each(WordSpan { end: n * BLOCK + at as usize, odd: run.odd || odd & before != 0, ..run });
            }
            inside ^= 1;
            edges &= edges - 1;
        }
        run.odd |= inside == 1 && odd != 0;
    }
    if inside == 1 {
        each(WordSpan { end: text.len(), ..run });
    }
}

const BLOCK: usize = 64;

fn filled(chunk: &[u8]) -> [u8; BLOCK] {
    let mut block = [b' '; BLOCK];
    block[..chunk.len()].copy_from_slice(chunk);
    block
}

/// A bit for each byte of a kind.
#[inline]
fn bits(block: &[u8; BLOCK], is: impl Fn(u8) -> bool) -> u64 {
    let each = block.map(|b| u8::from(is(b)));
    // Eight bytes of 0 or 1 times this number have their bits side by side in the highest byte.
    let eight = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    each.as_chunks().0.iter().rev().fold(0, |all, bytes| all << 8 | eight(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn runs_are_those_that_a_plain_search_finds(text in "([a-z0-9 ,é]{0,30}|[a-z]{60,70}| {0,70}){0,5}") {
            let bytes = text.as_bytes();
            let mut found = Vec::new();
            word_spans(bytes, |b| b.is_ascii_digit(), |run| found.push(run));
            let is_word = |b: &u8| b.is_ascii_alphanumeric() || *b >= 0x80;
            let mut plain = Vec::new();
            let mut at = 0;
            for piece in bytes.split(|b| !is_word(b)) {
                let odd = piece.iter().any(u8::is_ascii_digit);
                plain.push(WordSpan { start: at, end: at + piece.len(), odd });
                at += piece.len() + 1;
            }
            plain.retain(|run| run.start < run.end);
            prop_assert_eq!(found, plain);
        }
    }
}
