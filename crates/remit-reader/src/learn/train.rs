//! Learning: from coded paragraphs to weights. The same paragraphs give the same bytes, however often and on how many cores.

use super::LearnError;
use super::evaluate::Folds;
use super::examples::Example;
use super::features::{Key, Vocabulary, of_paragraph};
use super::first::{Desk, First};
use super::least_squares::{Rows, fit};
use super::weights::{Header, Writer};
use super::words::Reader;
use remit_model::Model;
use std::collections::{BTreeMap, BTreeSet};

/// How strongly weights are kept small.
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
    let names = labels.names();
    let coded = examples.iter().any(|e| names.iter().any(|l| e.has(l)));
    if !coded {
        let message = format!("none of {} paragraphs is coded with a label of the model; nothing can be learned", examples.len());
        return Err(LearnError::Examples(message));
    }
    let all: Vec<&Example> = examples.iter().collect();
    let first = first(&all, &names);
    let distinct = |of: fn(&Example) -> &str| examples.iter().map(of).collect::<BTreeSet<_>>().len();
    let [activities, engagements] = thresholds(&all, &names, labels.activities.len(), like);
    let threshold = |n: usize| if n < labels.activities.len() { activities } else { engagements };
    let header = Header {
        thresholds: (0..names.len()).map(threshold).collect(),
        labels: names,
        engagements_from: labels.activities.len(),
        learned_from: [examples.len(), distinct(|e| &e.report), distinct(|e| &e.mission)],
        features: first.features(),
    };
    let mut out = Writer::new(&header);
    first.write(&mut out);
    Ok(out.done())
}

/// In so many parts paragraphs are held back.
const PARTS: usize = 3;

/// From which probability on a label is given: the same for all activities, and for all kinds of engagement, since most
/// have too few examples for one of their own. Each part is scored by what the others teach.
fn thresholds(examples: &[&Example], labels: &[String], engagements_from: usize, like: Folds) -> [f32; 2] {
    let parts = parts(examples, like);
    let score = |part: usize| {
        let (held, others): (Vec<_>, Vec<_>) = examples.iter().zip(&parts).partition(|(_, p)| **p == part);
        let others: Vec<&Example> = others.into_iter().map(|(e, _)| *e).collect();
        let mut told: [Vec<(f32, bool)>; 2] = Default::default();
        if others.is_empty() || held.is_empty() {
            return told;
        }
        let first = first(&others, labels);
        let mut desk = Desk::default();
        for (example, _) in held {
            let mut found = vec![0f32; labels.len()];
            first.score(&example.text, &mut desk, &mut found);
            for (n, (label, p)) in labels.iter().zip(found).enumerate() {
                told[usize::from(n >= engagements_from)].push((p, example.has(label)));
            }
        }
        told
    };
    let all: Vec<[Vec<(f32, bool)>; 2]> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..PARTS).map(|part| scope.spawn(move || score(part))).collect();
        running.into_iter().map(|r| r.join().unwrap_or_default()).collect()
    });
    [0, 1].map(|which| best(all.iter().flat_map(|told| told[which].iter().copied()).collect()))
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

/// From which score on a label is best given: where precision and recall together (F1) are highest.
fn best(mut scores: Vec<(f32, bool)>) -> f32 {
    let coded = scores.iter().filter(|(_, coded)| *coded).count();
    scores.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut right, mut best) = (0, (0.0, USUAL));
    for (n, (score, coded_so)) in scores.iter().enumerate() {
        right += usize::from(*coded_so);
        let f1 = 2.0 * right as f64 / (n + 1 + coded) as f64;
        let last = scores.get(n + 1).is_none_or(|next| next.0 < *score);
        if last && f1 > best.0 {
            best = (f1, *score);
        }
    }
    best.1
}

fn first(examples: &[&Example], labels: &[String]) -> First {
    let mut reader = Reader::default();
    let missions: Vec<&str> = examples.iter().map(|e| e.mission.as_str()).collect::<BTreeSet<_>>().into_iter().collect();
    let number = |e: &Example| missions.iter().position(|m| *m == e.mission).unwrap_or_default();
    let counted: Vec<Vec<(u8, Key, u32)>> = examples.iter().map(|e| of_paragraph(&mut reader, &e.text)).collect();
    let vocabulary = Vocabulary::learn(counted.iter().zip(examples).map(|(c, e)| (c.as_slice(), number(e))));
    let mut rows = Rows::default();
    counted.iter().for_each(|c| rows.push(vocabulary.row(c).into_iter()));
    let shares: Vec<f32> = examples.iter().map(|e| e.weight).collect();
    let total: f32 = shares.iter().sum();
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
        assert_eq!(best(vec![(0.9, true), (0.2, false), (0.6, true), (0.5, false)]), 0.6);
        // Of equal scores, all are given or none.
        assert_eq!(best(vec![(0.5, true), (0.5, false), (0.5, true), (0.1, false)]), 0.5);
        assert_eq!(best(vec![(0.5, false)]), USUAL);
    }
}
