//! Learning: from coded paragraphs to weights. The same paragraphs give the same bytes, however often and on how many cores.
//!
//! The second look is taught with what first looks say of paragraphs that they were not taught with, as they will be used.

use super::context::Around;
use super::examples::Example;
use super::features::{FeatureKey, Vocabulary, of_paragraph};
use super::first::First;
use super::folds::Folds;
use super::least_squares::{FeatureRows, fit};
use super::second::{self, Case, Second};
use super::weights::Header;
use super::words::WordReader;
use super::{Classifier, Desks, LearnError, Looks, ParagraphText};
use remit_model::Model;
use std::collections::{BTreeMap, BTreeSet};

/// How strongly weights of words are kept small.
const RIDGE: f32 = 2.0;

/// The labels to learn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels {
    /// What a mission does.
    pub activities: Vec<String>,
    /// How it takes part.
    pub engagements: Vec<String>,
}

impl Labels {
    /// Those of a model: the lists `pact_activity` and `pact_engagement`.
    pub fn of(model: &Model) -> Labels {
        let codes = |list| model.lists.get(list).map(|l| l.codes().iter().map(|c| c.code.clone()).collect()).unwrap_or_default();
        Labels { activities: codes("pact_activity"), engagements: codes("pact_engagement") }
    }

    /// All names: activities, then engagements.
    pub fn names(&self) -> Vec<String> {
        self.activities.iter().chain(&self.engagements).cloned().collect()
    }
}

/// Makes weights from coded paragraphs. `like` says which paragraphs they are for: of other missions, or any more of these;
/// from which probability on a label is given is found out on such paragraphs, held back for that.
///
/// # Errors
/// When there are no paragraphs, or none of them is coded with a label.
pub fn train(examples: &[Example], labels: &Labels, like: Folds) -> Result<Vec<u8>, LearnError> {
    Ok(teach(examples, &vec![false; examples.len()], labels, like)?.0.bytes())
}

/// Teaches a classifier with the paragraphs that are not held; the others only stand around them, as in the documents they are
/// of. With it comes what the first look says of all: of those it was taught with, while they were held back.
pub(super) fn teach(
    examples: &[Example],
    held: &[bool],
    labels: &Labels,
    like: Folds,
) -> Result<(Classifier, Looks), LearnError> {
    let names = labels.names();
    let some = |wanted: bool| examples.iter().zip(held).filter(move |(_, held)| **held == wanted).map(|(e, _)| e);
    let weighed = weighed(some(false), like);
    let taught: Vec<&Example> = weighed.iter().collect();
    if !taught.iter().any(|e| names.iter().any(|l| e.has(l))) {
        let message = format!("none of {} paragraphs is coded with a label of the model; nothing can be learned", taught.len());
        return Err(LearnError::Examples(message));
    }
    let parts = parts(&taught, like);
    let (first, headings) = (First::words(&taught, &names), First::headings(&taught, &names));
    let texts: Vec<ParagraphText<'_>> = some(true).map(Example::text).collect();
    let looks = [held_back(&taught, &names, &parts), Looks::first(&texts, &first, &headings, &mut Desks::default())];
    let looks = Looks::merged(&looks, held.iter().map(|h| usize::from(*h)), names.len());
    let distinct = |of: fn(&Example) -> &str| taught.iter().map(|e| of(e)).collect::<BTreeSet<_>>().len();
    let mut header = Header {
        thresholds: Vec::new(),
        labels: names,
        engagements_from: labels.activities.len(),
        learned_from: [taught.len(), distinct(|e| &e.report), distinct(|e| &e.mission)],
        features: first.features(),
        headings: headings.features(),
    };
    let (kinds, cases) = (header.kinds(), cases(examples, held, &looks, &header, first.usual()));
    let seconds = [0, 1].map(|kind| {
        let (second, threshold) = second(&cases[kind], &parts, kinds[kind].len());
        header.thresholds.extend(kinds[kind].clone().map(|_| threshold));
        second
    });
    Ok((Classifier::new(header, first, headings, seconds), looks))
}

/// Examples as they count. For missions not seen, many paragraphs of one mission are worth less than as many of several: each
/// mission counts as the square root of its paragraphs.
fn weighed<'e>(examples: impl Iterator<Item = &'e Example>, like: Folds) -> Vec<Example> {
    let mut all: Vec<Example> = examples.cloned().collect();
    if like == Folds::Random {
        return all;
    }
    let mut sizes: BTreeMap<String, f32> = BTreeMap::new();
    all.iter().for_each(|e| *sizes.entry(e.mission.clone()).or_default() += 1.0);
    let roots: f32 = sizes.values().map(|size| size.sqrt()).sum();
    let mean = roots / all.len().max(1) as f32;
    all.iter_mut().for_each(|e| e.weight /= sizes[&e.mission].sqrt() * mean);
    all
}

/// In so many parts paragraphs are held back.
const PARTS: usize = 5;

/// What others teach of each paragraph: each part is looked at with what the other parts say.
fn held_back(examples: &[&Example], labels: &[String], parts: &[usize]) -> Looks {
    let look = |part: usize| {
        let (held, others): (Vec<_>, Vec<_>) = examples.iter().zip(parts).partition(|(_, p)| **p == part);
        let others: Vec<&Example> = others.into_iter().map(|(e, _)| *e).collect();
        let texts: Vec<ParagraphText<'_>> = held.into_iter().map(|(e, _)| e.text()).collect();
        let (words, headings) = (First::words(&others, labels), First::headings(&others, labels));
        Looks::first(&texts, &words, &headings, &mut Desks::default())
    };
    Looks::merged(&in_parallel(look), parts.iter().copied(), labels.len())
}

/// Does the same for all parts, each on a thread.
fn in_parallel<T: Send>(of: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let of = &of;
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..PARTS).map(|part| scope.spawn(move || of(part))).collect();
        running.into_iter().map(|r| r.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    })
}

/// The paragraphs that are not held with all labels: by kind of label, paragraph by paragraph.
fn cases(examples: &[Example], held: &[bool], looks: &Looks, header: &Header, usual: &[f32]) -> [Vec<Case>; 2] {
    let (kinds, mut all) = (header.kinds(), [Vec::new(), Vec::new()]);
    let (mut around, mut at) = (Around::default(), 0);
    for document in examples.chunk_by(|a, b| a.report == b.report) {
        let texts: Vec<ParagraphText<'_>> = document.iter().map(Example::text).collect();
        around.signs(&texts, looks.of(at..at + texts.len(), usual), &kinds, |kind, n, signs| {
            for (label, name) in header.labels[kinds[kind].clone()].iter().enumerate().filter(|_| !held[at + n]) {
                let (coded, weight) = (document[n].has(name), document[n].weight);
                all[kind].push(Case { signs: signs.of(label), label, coded, weight });
            }
        });
        at += texts.len();
    }
    all
}

/// The second look for labels of one kind, and from which probability on a label is given: the same for all, since most have
/// too few examples for one of their own.
fn second(cases: &[Case], parts: &[usize], labels: usize) -> (Second, f32) {
    let part = |n: usize| parts[n / labels.max(1)];
    let told = in_parallel(|held| {
        let (held, others): (Vec<_>, Vec<_>) = cases.iter().enumerate().partition(|(n, _)| part(*n) == held);
        let others: Vec<&Case> = others.into_iter().map(|(_, c)| c).collect();
        let second = second::fit(&others, labels);
        held.into_iter().map(|(_, c)| (second.probability(c.label, &c.signs), c.coded)).collect::<Vec<_>>()
    });
    (second::fit(&cases.iter().collect::<Vec<_>>(), labels), best(told.into_iter().flatten().collect()))
}

/// The part of each paragraph: whole missions, the largest first and each to the smallest part so far, or any.
fn parts(examples: &[&Example], like: Folds) -> Vec<usize> {
    let names = like.of(examples);
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    names.iter().for_each(|name| *sizes.entry(name).or_default() += 1);
    let mut order: Vec<(&str, usize)> = sizes.into_iter().collect();
    order.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    let (mut full, mut part_of) = ([0; PARTS], BTreeMap::new());
    for (name, size) in order {
        let smallest = (0..PARTS).min_by_key(|p| full[*p]).unwrap_or_default();
        full[smallest] += size;
        part_of.insert(name, smallest);
    }
    names.iter().map(|name| part_of[name.as_str()]).collect()
}

/// Where few coded paragraphs are held back, nothing better is known.
const USUAL: f32 = 0.23;

/// From which probability on a label is best given: where precision and recall together (F1) are highest; of what is equal, with
/// as little found wrongly as can be.
fn best(mut scores: Vec<(f32, bool)>) -> f32 {
    let coded = scores.iter().filter(|(_, coded)| *coded).count();
    scores.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut right, mut most, mut threshold) = (0, 0.0, USUAL);
    for (n, (score, coded_so)) in scores.iter().enumerate() {
        right += usize::from(*coded_so);
        let f1 = 2.0 * right as f64 / (n + 1 + coded) as f64;
        // Of equal scores, all are given or none.
        if f1 > most && scores.get(n + 1).is_none_or(|next| next.0 < *score) {
            (most, threshold) = (f1, *score);
        }
    }
    threshold
}

impl First {
    /// What words of paragraphs say.
    fn words(examples: &[&Example], labels: &[String]) -> First {
        learn(examples, labels, |e| &e.text)
    }

    /// What words of headings say of the paragraphs below.
    fn headings(examples: &[&Example], labels: &[String]) -> First {
        learn(examples, labels, |e| &e.heading)
    }
}

fn learn(examples: &[&Example], labels: &[String], of: fn(&Example) -> &str) -> First {
    let mut reader = WordReader::default();
    let missions: Vec<&str> = examples.iter().map(|e| e.mission.as_str()).collect::<BTreeSet<_>>().into_iter().collect();
    let number = |e: &Example| missions.iter().position(|m| *m == e.mission).unwrap_or_default();
    let counted: Vec<Vec<(u8, FeatureKey, u32)>> = examples.iter().map(|e| of_paragraph(&mut reader, of(e))).collect();
    let vocabulary = Vocabulary::learn(counted.iter().zip(examples).map(|(c, e)| (c.as_slice(), number(e))));
    let mut rows = FeatureRows::default();
    counted.iter().for_each(|c| rows.push(vocabulary.row(c).into_iter()));
    let shares: Vec<f32> = examples.iter().map(|e| e.weight).collect();
    let total: f32 = shares.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    let coded = |label: &str| examples.iter().filter(|e| e.has(label)).map(|e| e.weight).sum::<f32>();
    let bias: Vec<f32> = labels.iter().map(|l| coded(l) / total).collect();
    let targets: Vec<f32> =
        examples.iter().flat_map(|e| labels.iter().zip(&bias).map(|(l, b)| f32::from(u8::from(e.has(l))) - b)).collect();
    let weights = fit(&rows, vocabulary.features.len(), &targets, labels.len(), &shares, RIDGE);
    First::new(&vocabulary, &weights, &bias)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_threshold_is_where_precision_and_recall_are_best_together() {
        let of = |scores: &[(f32, bool)]| best(scores.to_vec());
        assert_eq!(of(&[(0.9, true), (0.2, false), (0.6, true), (0.5, false)]), 0.6);
        // Of equal scores, all are given or none.
        assert_eq!(of(&[(0.5, true), (0.5, false), (0.5, true), (0.1, false)]), 0.5);
        assert_eq!(of(&[(0.5, false)]), USUAL);
    }
}
