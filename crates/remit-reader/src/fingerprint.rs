//! Numbers that stand for words, so that a word is compared and found in one step. No two words of a language are likely to
//! have the same.

/// The fingerprint of a word.
pub(crate) fn of(word: &[u8]) -> u64 {
    mixed(word, |eight| eight)
}

/// The fingerprint of a word in the small letters of ASCII.
pub(crate) fn of_small(word: &[u8]) -> u64 {
    mixed(word, small)
}

fn mixed(word: &[u8], form: impl Fn(u64) -> u64) -> u64 {
    const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
    // Both halves of the product, so that every bit of the word has a say in every bit of the number.
    let mix = |all: u64, eight: u64| {
        let product = u128::from(all ^ form(eight)) * u128::from(GOLDEN);
        (product >> 64) as u64 ^ product as u64
    };
    let (eights, rest) = word.as_chunks::<8>();
    // Words of other lengths begin far away: the last eight bytes of one may be those of another.
    let all = eights.iter().fold((word.len() as u64).wrapping_mul(GOLDEN), |all, eight| mix(all, u64::from_le_bytes(*eight)));
    if rest.is_empty() { all } else { mix(all, last(word)) }
}

/// The last eight bytes of a word, or all of a shorter one.
fn last(word: &[u8]) -> u64 {
    if let Some(eight) = word.last_chunk::<8>() {
        return u64::from_le_bytes(*eight);
    }
    if let (Some(first), Some(last)) = (word.first_chunk::<4>(), word.last_chunk::<4>()) {
        return u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32;
    }
    word.iter().fold(0, |all, b| all << 8 | u64::from(*b))
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
        let mut prints: Vec<u64> = words.iter().map(|w| of(w.as_bytes())).collect();
        prints.sort_unstable();
        prints.dedup();
        assert_eq!(prints.len(), words.len());
    }

    proptest! {
        #[test]
        fn words_that_differ_in_more_than_capitals_differ(a in "[a-cA-Cé@\\[`{]{0,20}", b in "[a-cA-Cé@\\[`{]{0,20}") {
            prop_assert_eq!(a == b, of(a.as_bytes()) == of(b.as_bytes()));
            prop_assert_eq!(a.eq_ignore_ascii_case(&b), of_small(a.as_bytes()) == of_small(b.as_bytes()));
            prop_assert_eq!(of_small(a.as_bytes()), of(a.to_ascii_lowercase().as_bytes()));
        }
    }
}
