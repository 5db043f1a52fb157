//! Numbers that stand for words, so that a word is compared and found in one step. No two words of a language are likely to
//! have the same.

use std::ops::Range;

/// The number of a word of a text, in the small letters of ASCII.
pub(super) fn of_small(text: &[u8], word: Range<usize>) -> u64 {
    // Words of other lengths begin far away: one may be the beginning of another.
    let (mut all, mut at) = ((word.len() as u64).wrapping_mul(GOLDEN), word.start);
    while word.end - at > 8 {
        all = with(all, small(eight(text, at)));
        at += 8;
    }
    let left = 8 * (word.end - at) as u32;
    with(all, small(eight(text, at) & u64::MAX.checked_shl(left).map_or(u64::MAX, |rest| !rest)))
}

fn with(hash: u64, behind: u64) -> u64 {
    // Both halves of the product, so that every bit of the word has a say in every bit of the number.
    let product = u128::from(hash ^ behind) * u128::from(GOLDEN);
    (product >> 64) as u64 ^ product as u64
}

const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// The eight bytes of a text from a place on; zeroes after its end.
#[inline]
fn eight(text: &[u8], at: usize) -> u64 {
    let rest = &text[at..];
    match rest.first_chunk() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => rest.iter().rev().fold(0, |all, b| all << 8 | u64::from(*b)),
    }
}

/// A to Z as a to z, in eight bytes at once.
fn small(eight: u64) -> u64 {
    const ALL: u64 = 0x0101_0101_0101_0101;
    let low = eight & (0x7F * ALL);
    let from_a = low + ALL * (0x80 - b'A' as u64);
    let after_z = low + ALL * (0x7F - b'Z' as u64);
    let capitals = from_a & !after_z & !eight & (0x80 * ALL);
    eight | capitals >> 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn whole(word: &str) -> u64 {
        of_small(word.as_bytes(), 0..word.len())
    }

    #[test]
    fn words_that_end_alike_differ() {
        let letters = ["a", "r", "m", "e", "s", " l", " c"];
        let mut words = vec![String::new()];
        for _ in 0..6 {
            let longer: Vec<String> = words.iter().flat_map(|w| letters.map(|l| format!("{w}{l}"))).collect();
            words.extend(longer);
            words.sort_unstable();
            words.dedup();
        }
        let mut hashes: Vec<u64> = words.iter().map(|w| whole(w)).collect();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), words.len());
    }

    proptest! {
        #[test]
        fn words_that_differ_in_more_than_capitals_differ(a in "[a-cA-Cé@\\[`{]{0,20}", b in "[a-cA-Cé@\\[`{]{0,20}") {
            prop_assert_eq!(a.eq_ignore_ascii_case(&b), whole(&a) == whole(&b));
            let text = format!("{a}{b}");
            prop_assert_eq!(of_small(text.as_bytes(), 0..a.len()), whole(&a));
        }
    }
}
