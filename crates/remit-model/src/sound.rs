//! How words sound, whatever letters they are written in: by their consonants, since Arabic leaves vowels out, and no two people write
//! those of a name in Latin letters alike.

/// Consonants from which on they tell a word.
const ENOUGH: usize = 3;

/// What Arabic writes together with the word behind it, and who writes Arabic in Latin letters too, the longest first.
const ATTACHED: [&str; 8] = ["وال", "بال", "فال", "كال", "ال", "لل", "al", "el"];

/// The Arabic article, as people write it in Latin letters before the first letter of its word.
const ARTICLES: [&str; 13] = ["al", "el", "ul", "ad", "adh", "an", "ar", "as", "ash", "at", "ath", "az", "ech"];

/// True for what may be an article that Arabic letters write together with the word behind it.
pub fn is_article(word: &str) -> bool {
    ARTICLES.contains(&word)
}

/// The ways in which a folded word may sound. A word in other letters is the same where it may sound so too; a word of few consonants,
/// or with a figure, sounds like none.
pub fn sounds(word: &str) -> Vec<String> {
    if word.contains(char::is_numeric) {
        return Vec::new();
    }
    let letters = spelled(word);
    let attached = ATTACHED.iter().map(|a| a.chars().collect::<Vec<char>>()).find(|a| letters.starts_with(a));
    let bare = attached.map(|a| &letters[a.len()..]).filter(|left| left.len() >= least(left));
    let mut all: Vec<String> = Vec::new();
    for form in std::iter::once(&letters[..]).chain(bare) {
        let is_soft = form.iter().any(|c| matches!(c, 'c' | 'j' | 'г')) || form.windows(2).any(|w| *w == ['d', 'h']);
        let softs = if is_soft { &[false, true][..] } else { &[false][..] };
        let ends = if matches!(form.last(), Some('h' | 't')) { &[false, true][..] } else { &[false][..] };
        for (soft, open) in softs.iter().flat_map(|soft| ends.iter().map(move |open| (*soft, *open))) {
            let sound = consonants(form, soft, open);
            let tells = sound.len() >= ENOUGH || sound.len() + 1 == ENOUGH && form.len() >= least(form);
            if tells && !all.contains(&sound) {
                all.push(sound);
            }
        }
    }
    all
}

/// Letters that a word of two consonants must have; Arabic does not write all of them.
fn least(word: &[char]) -> usize {
    if word.first().is_some_and(|c| matches!(c, '\u{600}'..='\u{6ff}')) { 3 } else { 4 }
}

/// The letters of a word; of what is neither Arabic nor Cyrillic, in Latin ones.
fn spelled(word: &str) -> Vec<char> {
    let letter = |c: char| match c {
        '\u{400}'..='\u{4ff}' | '\u{600}'..='\u{6ff}' => c.to_string(),
        _ => deunicode::deunicode_char(c).unwrap_or_default().to_ascii_lowercase(),
    };
    word.chars().flat_map(|c| letter(c).chars().collect::<Vec<char>>()).collect()
}

/// The consonants of a word, each once where it is doubled. `soft` as Slavic languages write them in Latin letters (`c` as in “agencija”,
/// `j` a vowel, `г` an h), else as Arabic and English do; `open` without the letter that ends a word of which Arabic speaks only the
/// vowel before it (“wizarah”, “wizarat”).
fn consonants(word: &[char], soft: bool, open: bool) -> String {
    let (mut all, mut at) = (String::new(), 0);
    while at < word.len() {
        let (sound, letters) = sound_at(word, at, soft, open);
        all.extend(sound.filter(|s| !all.ends_with(*s)));
        at += letters;
    }
    all
}

/// What is heard at a place of a word, and of how many letters; a vowel is heard where a word begins with it.
fn sound_at(word: &[char], at: usize, soft: bool, open: bool) -> (Option<char>, usize) {
    let (is_first, is_last) = (at == 0, at + 1 == word.len());
    let next = word.get(at + 1).copied().unwrap_or(' ');
    let is_vowel = |at: usize| word.get(at).is_some_and(|c| matches!(c, 'a' | 'e' | 'i'));
    match (word[at], next) {
        ('s' | 'c', 'h') | ('t', 's' | 'z') => (Some('s'), 2),
        ('k', 'h') => (Some('h'), 2),
        ('c', 'k') => (Some('k'), 2),
        ('g', 'h') | ('d', 'j') => (Some('g'), 2),
        ('t', 'h') => (Some('t'), 2),
        ('z', 'h') => (Some('z'), 2),
        ('p', 'h') => (Some('f'), 2),
        ('d', 'h') => (Some(if soft { 'z' } else { 'd' }), 2),
        ('o', 'u') if is_first && is_vowel(2) => (Some('v'), 2),
        ('c', _) => (Some(if soft { 's' } else { 'k' }), 1),
        ('j', _) => (if soft { is_first.then_some('y') } else { Some('g') }, 1),
        ('г', _) => (Some(if soft { 'h' } else { 'g' }), 1),
        ('h', _) if is_last && open => (None, 1),
        ('t', _) if is_last && open && at > 1 && is_vowel(at - 1) => (None, 1),
        // So the letter that ends “وزارة” is folded.
        ('ه', _) if is_last => (None, 1),
        (letter, _) => (sound_of(letter, is_first), 1),
    }
}

/// What a letter sounds like by itself.
fn sound_of(letter: char, is_first: bool) -> Option<char> {
    Some(match letter {
        'b' | 'p' | 'ب' | 'پ' | 'б' | 'п' => 'b',
        't' | 'ت' | 'ط' | 'ث' | 'т' => 't',
        'g' | 'ج' | 'غ' | 'گ' | 'ґ' => 'g',
        'h' | 'ح' | 'خ' | 'ه' | 'х' => 'h',
        'd' | 'د' | 'ض' | 'ذ' | 'д' | 'ђ' | 'ѓ' => 'd',
        'r' | 'ر' | 'р' => 'r',
        'z' | 'ز' | 'ظ' | 'ژ' | 'ж' | 'з' | 'џ' | 'ѕ' => 'z',
        's' | 'x' | 'س' | 'ص' | 'ش' | 'چ' | 'с' | 'ц' | 'ч' | 'ш' | 'щ' | 'ћ' => 's',
        'f' | 'ف' | 'ф' => 'f',
        'k' | 'q' | 'ق' | 'ك' | 'ک' | 'к' | 'ќ' => 'k',
        'l' | 'ل' | 'л' | 'љ' => 'l',
        'm' | 'م' | 'м' => 'm',
        'n' | 'ن' | 'н' | 'њ' => 'n',
        'v' | 'в' => 'v',
        _ if !is_first => return None,
        'w' | 'و' => 'v',
        'y' | 'ي' | 'ی' | 'й' | 'я' | 'ю' | 'є' | 'ї' | 'ј' => 'y',
        letter if letter.is_alphabetic() => 'a',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folded;

    fn are_alike(a: &str, b: &str) -> bool {
        let other = sounds(&folded(b));
        sounds(&folded(a)).iter().any(|sound| other.contains(sound))
    }

    #[test]
    fn a_word_sounds_the_same_in_other_letters() {
        for (latin, other) in [
            ("wizarat", "وزارة"),
            ("wizarah", "وزارة"),
            ("ouizara", "وزارة"),
            ("dakhiliyya", "الداخلية"),
            ("aldakhiliya", "الداخلية"),
            ("chourta", "شرطة"),
            ("shurtah", "الشرطة"),
            ("jaysh", "الجيش"),
            ("djeich", "الجيش"),
            ("joumhouri", "الجمهوري"),
            ("mukhabarat", "المخابرات"),
            ("muhafadha", "محافظة"),
            ("adl", "العدل"),
            ("ministerstvo", "Міністерство"),
            ("vnutrishnih", "внутрішніх"),
            ("polytsiia", "поліція"),
            ("policija", "полиција"),
            ("granična", "гранична"),
            ("služba", "служба"),
            ("sluzhba", "служба"),
            ("agencija", "агенција"),
            ("hromadska", "Громадська"),
            ("jedinica", "јединица"),
            ("vojska", "војска"),
        ] {
            assert!(are_alike(latin, other), "{latin} {:?} {other} {:?}", sounds(&folded(latin)), sounds(&folded(other)));
        }
    }

    #[test]
    fn other_words_do_not() {
        for (latin, other) in
            [("gas", "جيش"), ("police", "البلاد"), ("min", "من"), ("guard", "كردي"), ("law", "لو"), ("army", "أرملة")]
        {
            assert!(!are_alike(latin, other), "{latin} {other}");
        }
        assert!(sounds("g5").is_empty() && sounds("").is_empty());
    }
}
