//! The words of an activity that tell of security sector support, each weighed by where and how it stands.
//!
//! A title says what an activity is. A description tells of much besides: of threats, of victims, of what others do. So a
//! phrase counts most in a title, less where a description begins, least further down; the bare name of an institution
//! ("police") counts in a description little unless beside a word of work ("training"), and not after words that make it a
//! threat ("attacks by"). A hint ("lawyers") counts a quarter. All phrases and what each is good for are in `model/phrases/`.
//!
//! The longer a text, the more must be found: a long one names everything once. The figures are those with which most of what
//! people judged by reading comes out as they judged it; `docs/reader.md` says how good that is.

use remit_model::{Folded, Model, Phrase, PhraseHit, PhraseUse};
use std::collections::{BTreeMap, BTreeSet};

/// Points of a phrase in a title, and of a hint there, which does not tell alone.
const TITLE: f64 = 3.0;
const HINT_IN_TITLE: f64 = 0.75;
/// Points of a phrase where a description begins, and further down.
const LEAD: f64 = 2.0;
const DEEP: f64 = 1.0;
/// Points of a name that stands without work, and of all of them together.
const BARE: f64 = 0.5;
const ALL_BARE: f64 = 1.0;
/// What a hint counts of what a name would.
const HINT: f64 = 0.25;
/// A description begins with its first sentence, and this many words at least.
const LEAD_WORDS: usize = 40;
/// What stands in a description of up to this many words is a good part of it.
pub(super) const SHORT: usize = 150;
/// A description of more words than this names most things once.
const LONG: usize = 800;
/// Points that tell, in a short description, a longer one, a long one; and how many more where all purpose codes are of
/// another field.
const ENOUGH: [f64; 3] = [1.0, 1.5, 4.0];
const ELSEWHERE: f64 = 0.5;
/// For an estimate: what a title weighs beside a field of aid that is named, what always goes to something that is not named,
/// the least and most of a likely share, and how far most judgments lie apart from it.
const ALL_OF_TITLE: f64 = 15.0;
const UNNAMED: f64 = 0.5;
const LEAST: f64 = 0.1;
const MOST: f64 = 0.9;
const APART: f64 = 0.3;
/// Words between a name and the work on it: as many before it, after it, and after a threat.
const WORK_BEFORE: usize = 8;
const WORK_AFTER: usize = 3;
const THREAT: usize = 2;
/// Letters of a word such as "for" or "with", and what stands around a title.
const SMALL_WORD: usize = 4;
const QUOTES: [char; 6] = ['"', '“', '”', '„', '«', '»'];
/// Words around what tells in which more is said of it.
const NEAR: usize = 12;

/// A phrase that tells, and how it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct TellingPhrase<'m> {
    pub(super) phrase: &'m Phrase,
    pub(super) in_title: bool,
    lead: bool,
    aimed: bool,
}

impl TellingPhrase<'_> {
    /// True where the phrase speaks of support, not only of an institution.
    pub(super) fn of_support(&self) -> bool {
        self.in_title || self.aimed || self.phrase.says == PhraseUse::Support
    }

    fn is_hint(&self) -> bool {
        self.phrase.says == PhraseUse::Hint
    }

    fn points(&self) -> f64 {
        match (self.is_hint(), self.in_title, self.of_support(), self.lead) {
            (true, true, ..) => HINT_IN_TITLE,
            (true, _, true, true) => LEAD * HINT,
            (true, ..) => DEEP * HINT,
            (_, true, ..) => TITLE,
            (_, _, true, true) => LEAD,
            (_, _, true, false) => DEEP,
            _ => BARE,
        }
    }
}

/// What the words of an activity tell.
#[derive(Debug, Default)]
pub(super) struct ActivityWords<'m> {
    pub(super) evidence: Vec<TellingPhrase<'m>>,
    /// Functions that stand near what tells, though of no institution by themselves, with the class that stands nearest.
    pub(super) beside: BTreeSet<(String, String)>,
    /// All phrases found, in titles and elsewhere.
    pub(super) in_titles: Vec<&'m Phrase>,
    pub(super) anywhere: Vec<&'m Phrase>,
    /// The words that weigh most, as the publisher wrote them.
    pub(super) quote: Option<String>,
    /// Other fields of aid that are named, and those of them that stand in a title.
    other_fields: BTreeSet<&'m str>,
    others_in_title: BTreeSet<&'m str>,
    /// How long the descriptions are.
    length: usize,
}

impl<'m> ActivityWords<'m> {
    /// Reads texts (true: a title).
    pub(super) fn read(model: &'m Model, texts: &[(&str, bool)]) -> ActivityWords<'m> {
        let mut words = ActivityWords::default();
        let (mut folded, mut best) = (Folded::default(), 0.0);
        for (text, in_title) in texts {
            folded.again(text);
            words.add(model, text, &folded, *in_title, &mut best);
        }
        words
    }

    fn add(&mut self, model: &'m Model, text: &str, folded: &Folded, in_title: bool, best: &mut f64) {
        let sheet = PhrasedText::new(folded.text(), model.phrases.find(folded.text()));
        if !in_title {
            self.length += sheet.text.split(' ').filter(|w| w.contains(char::is_alphanumeric)).count();
        }
        let lead_end = sheet.lead_end();
        let telling = PhrasesInOrder::new(sheet.telling(), &sheet.begins);
        for hit in &telling.hits {
            let lead = hit.span.0 < lead_end;
            let found = TellingPhrase { phrase: hit.phrase, in_title, lead, aimed: sheet.is_aimed(hit) };
            if found.points() > *best {
                *best = found.points();
                self.quote = Some(text[folded.place(hit.span.0)..folded.place(hit.span.1)].trim().to_owned());
            }
            self.evidence.push(found);
        }
        for hit in &sheet.row.hits {
            match hit.phrase.says {
                // A word within what tells is no other field: the laboratory of a forensic laboratory is none of health.
                PhraseUse::OtherField if !telling.near(hit, &sheet.begins, 0).iter().any(|t| overlap(t, hit)) => {
                    self.other_fields.insert(&hit.phrase.text);
                    if in_title {
                        self.others_in_title.insert(&hit.phrase.text);
                    }
                }
                PhraseUse::More if !hit.phrase.security_function.is_empty() && hit.phrase.actor_class.is_empty() => {
                    let near = telling.near(hit, &sheet.begins, NEAR).iter();
                    let near = near.filter_map(|t| Some((sheet.words_between(t, hit)?, t)));
                    if let Some((_, of)) = near.filter(|(words, _)| *words <= NEAR).min_by_key(|(words, _)| *words) {
                        self.beside.insert((of.phrase.actor_class.clone(), hit.phrase.security_function.clone()));
                    }
                }
                _ => {}
            }
        }
        let told = sheet.row.hits.iter().filter(|h| h.phrase.says == PhraseUse::More).chain(&telling.hits).map(|h| h.phrase);
        self.anywhere.extend(told.clone());
        if in_title {
            self.in_titles.extend(told);
        }
    }

    /// True where the words tell enough to say that the activity supports the security sector; where all purpose codes are
    /// of another field (`elsewhere`), they must tell more.
    pub(super) fn tell(&self, elsewhere: bool) -> bool {
        let [short, longer, long] = ENOUGH;
        let enough = if self.is_short() {
            short
        } else if self.length <= LONG {
            longer
        } else {
            long
        };
        self.in_title() || self.title_points() + self.points() >= if elsewhere { enough + ELSEWHERE } else { enough }
    }

    /// True where a title names the sector, not only hints at it.
    pub(super) fn in_title(&self) -> bool {
        self.evidence.iter().any(|e| e.in_title && !e.is_hint())
    }

    pub(super) fn is_short(&self) -> bool {
        self.length <= SHORT
    }

    fn title_points(&self) -> f64 {
        self.evidence.iter().filter(|e| e.in_title).map(TellingPhrase::points).fold(0.0, f64::max)
    }

    /// Points of descriptions.
    fn points(&self) -> f64 {
        let mut of_support: BTreeMap<&str, f64> = BTreeMap::new();
        let mut bare: BTreeSet<&str> = BTreeSet::new();
        for e in self.evidence.iter().filter(|e| !e.in_title) {
            if e.of_support() || e.is_hint() {
                let points = of_support.entry(&e.phrase.text).or_default();
                *points = points.max(e.points());
            } else {
                bare.insert(&e.phrase.text);
            }
        }
        of_support.values().sum::<f64>() + (bare.len() as f64 * BARE).min(ALL_BARE)
    }

    /// True where the words speak of other fields of aid, and of security or justice not at all.
    pub(super) fn speak_of_else(&self) -> bool {
        self.evidence.is_empty() && (!self.others_in_title.is_empty() || self.other_fields.len() >= 2)
    }

    /// The part of the money that such words usually stand for, with its range: (least, likely, most). It is what they weigh
    /// beside the other fields of aid that are named. A title weighs most, for all that it names.
    pub(super) fn estimate(&self) -> (f64, f64, f64) {
        let titled = if self.in_title() { ALL_OF_TITLE } else { 0.0 };
        let part = self.part_of_title();
        let of_sector = titled * part + self.points();
        let others = titled * (1.0 - part) + self.other_fields.len() as f64;
        let likely = (of_sector / (of_sector + others + UNNAMED)).clamp(LEAST, MOST);
        let tenth = |share: f64| (share * 10.0).round() / 10.0;
        (tenth((likely - APART).max(likely / 3.0)), tenth(likely), tenth((likely + APART).min(1.0)))
    }

    /// Which part of what titles name is the sector: they may name other fields of aid beside it ("police, schools and clinics").
    fn part_of_title(&self) -> f64 {
        let told = self.evidence.iter().filter(|e| e.in_title && !e.is_hint()).map(|e| e.phrase.text.as_str());
        let named = told.collect::<BTreeSet<&str>>().len();
        named as f64 / (named + self.others_in_title.len()).max(1) as f64
    }
}

/// True where a phrase only names, and does not speak of support.
fn names(hit: &PhraseHit<'_>) -> bool {
    matches!(hit.phrase.says, PhraseUse::Name | PhraseUse::Title | PhraseUse::Hint)
}

/// True where two phrases share letters.
fn overlap(a: &PhraseHit<'_>, b: &PhraseHit<'_>) -> bool {
    a.span.0 < b.span.1 && b.span.0 < a.span.1
}

/// Phrases in the order in which they stand. Each is compared with those near it only: a text may have millions.
struct PhrasesInOrder<'m> {
    hits: Vec<PhraseHit<'m>>,
    /// How many words of the text begin before each.
    words: Vec<usize>,
    /// Words of the longest.
    widest: usize,
}

/// A word may begin before the phrase that stands in it.
const WITHIN: usize = 2;

impl<'m> PhrasesInOrder<'m> {
    /// `begins` says where the words of the text begin.
    fn new(mut hits: Vec<PhraseHit<'m>>, begins: &[usize]) -> PhrasesInOrder<'m> {
        hits.sort_by_key(|h| h.span.0);
        let words: Vec<usize> = hits.iter().map(|h| before(begins, h.span.0)).collect();
        let widest = hits.iter().zip(&words).map(|(h, words)| before(begins, h.span.1) - words).max().unwrap_or_default();
        PhrasesInOrder { hits, words, widest }
    }

    /// The phrases between which and another there may be no more than so many words; there are more between it and all others.
    fn near(&self, hit: &PhraseHit<'_>, begins: &[usize], most: usize) -> &[PhraseHit<'m>] {
        let (first, last) = (before(begins, hit.span.0), before(begins, hit.span.1));
        let from = self.words.partition_point(|words| words + self.widest + most + WITHIN < first);
        let to = self.words.partition_point(|words| *words <= last + most + WITHIN);
        &self.hits[from..to]
    }
}

/// How many words begin before a place.
fn before(begins: &[usize], place: usize) -> usize {
    begins.partition_point(|begin| *begin < place)
}

/// One text with its phrases.
struct PhrasedText<'m, 't> {
    text: &'t str,
    /// Where its words begin.
    begins: Vec<usize>,
    row: PhrasesInOrder<'m>,
}

impl<'m, 't> PhrasedText<'m, 't> {
    fn new(text: &'t str, hits: Vec<PhraseHit<'m>>) -> PhrasedText<'m, 't> {
        let mut at = 0;
        let begins = text.split(' ').filter_map(|word| {
            let begin = at;
            at += word.len() + 1;
            word.contains(char::is_alphanumeric).then_some(begin)
        });
        let begins: Vec<usize> = begins.collect();
        let row = PhrasesInOrder::new(hits, &begins);
        PhrasedText { text, begins, row }
    }

    /// The phrases that tell: where two overlap the longer one, and no name that is threat or victim, or what a thing is called.
    fn telling(&self) -> Vec<PhraseHit<'m>> {
        let mut all: Vec<PhraseHit<'m>> = self
            .row
            .hits
            .iter()
            .filter(|h| h.phrase.says.tells() && !self.is_threat(h) && !self.is_of_thing(h))
            .copied()
            .collect();
        let length = |h: &PhraseHit<'_>| h.span.1 - h.span.0;
        all.sort_by_key(|h| (std::cmp::Reverse(length(h)), h.phrase.says != PhraseUse::Support, h.span.0));
        // By where they begin. Those that are kept do not overlap, so that of what begins earlier only the last may reach into another.
        let mut kept: BTreeMap<usize, Vec<PhraseHit<'m>>> = BTreeMap::new();
        for hit in all {
            let (begin, end) = hit.span;
            let earlier = kept.range(..begin).next_back().into_iter();
            let near = earlier.chain(kept.range(begin..end)).flat_map(|(_, hits)| hits);
            let overlaps = |k: &&PhraseHit<'m>| k.span.0 < end && begin < k.span.1;
            // A phrase may stand in the list twice, for two institutions: both count.
            let twin = |k: &PhraseHit<'m>| {
                k.span == hit.span && k.phrase.says == hit.phrase.says && k.phrase.language == hit.phrase.language
            };
            if near.filter(overlaps).all(twin) {
                kept.entry(begin).or_default().push(hit);
            }
        }
        let mut kept: Vec<PhraseHit<'m>> = kept.into_values().flatten().collect();
        kept.sort_by_key(|h| h.span);
        kept
    }

    fn is_threat(&self, hit: &PhraseHit<'_>) -> bool {
        let threat = |t: &&PhraseHit<'_>| t.phrase.says == PhraseUse::Threat && t.span.1 <= hit.span.0;
        names(hit)
            && self.near(hit, THREAT).filter(threat).any(|t| self.words_between(t, hit).is_some_and(|words| words <= THREAT))
    }

    /// True where a name is the title or theme of a thing: in quotation marks near it, right before it ("Prison Break festival"), right
    /// after it ("film Police"), or what it is about ("film about the army"). Small words say whom it is for ("festival in prisons").
    fn is_of_thing(&self, hit: &PhraseHit<'_>) -> bool {
        let thing = |t: &&PhraseHit<'_>| t.phrase.says == PhraseUse::Thing;
        names(hit)
            && self.near(hit, NEAR).filter(thing).any(|t| match self.words_between(t, hit) {
                None => false,
                Some(_) if self.is_quoted(hit) => true,
                Some(words) if t.span.1 <= hit.span.0 => words <= usize::from(t.phrase.text.contains(' ')),
                Some(words) => words <= 1 && self.is_compound(hit, t),
            })
    }

    /// True where only a word of a name, and none of work, stands between two phrases, if any does.
    fn is_compound(&self, first: &PhraseHit<'_>, second: &PhraseHit<'_>) -> bool {
        let between = first.span.1..second.span.0;
        let work = |h: &&PhraseHit<'_>| h.phrase.says == PhraseUse::Work && between.start <= h.span.0 && h.span.1 <= between.end;
        let text = self.text.get(between.clone()).unwrap_or_default();
        !text.contains(',')
            && text.split_whitespace().all(|word| word.chars().count() > SMALL_WORD)
            && self.near(first, WORK_AFTER).find(work).is_none()
    }

    fn is_quoted(&self, hit: &PhraseHit<'_>) -> bool {
        self.text[..hit.span.0].matches(QUOTES).count() % 2 == 1
    }

    fn is_aimed(&self, hit: &PhraseHit<'_>) -> bool {
        let work = |h: &&PhraseHit<'_>| {
            h.phrase.says == PhraseUse::Work || (h.phrase.says == PhraseUse::More && !h.phrase.modality.is_empty())
        };
        hit.phrase.says != PhraseUse::Title
            && self.near(hit, WORK_BEFORE.max(WORK_AFTER)).filter(work).any(|w| {
                let most = if w.span.0 < hit.span.0 { WORK_BEFORE } else { WORK_AFTER };
                self.words_between(w, hit).is_some_and(|words| words <= most)
            })
    }

    fn near(&self, hit: &PhraseHit<'_>, most: usize) -> impl Iterator<Item = &PhraseHit<'m>> {
        self.row.near(hit, &self.begins, most).iter()
    }

    /// Words between two phrases of a sentence; none where they stand in two.
    fn words_between(&self, a: &PhraseHit<'_>, b: &PhraseHit<'_>) -> Option<usize> {
        let (first, second) = if a.span.0 <= b.span.0 { (a, b) } else { (b, a) };
        let Some(between) = self.text.get(first.span.1..second.span.0) else { return Some(0) };
        if between.contains(ENDS) {
            return None;
        }
        Some(between.split(' ').filter(|w| w.contains(char::is_alphanumeric)).count())
    }

    /// Where the beginning of a description ends.
    fn lead_end(&self) -> usize {
        let sentence = self.text.find(ENDS).unwrap_or(self.text.len());
        let words = self.text.match_indices(' ').nth(LEAD_WORDS).map_or(self.text.len(), |(at, _)| at);
        sentence.max(words)
    }
}

/// What ends a sentence, or an item of a list.
const ENDS: [char; 8] = ['.', ';', '!', '?', ':', '•', '؟', '؛'];
