//! How good a classifier is on paragraphs that it has not seen.

use super::context::Around;
use super::examples::Example;
use super::folds::Folds;
use super::gold::{Gold, Right};
use super::measure::{Counts, micro};
use super::train::{Labels, teach};
use super::{Classifier, LearnError, ParagraphText, Scratch};
use std::collections::BTreeSet;

/// What was found and what was coded.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// Each label with its counts, over all folds.
    pub labels: Vec<(String, Counts)>,
    /// Each fold: its name, how many paragraphs it has, its counts by label.
    pub folds: Vec<(String, usize, Vec<Counts>)>,
}

impl Evaluation {
    fn new(labels: &[String], folds: Vec<(String, usize, Vec<Counts>)>) -> Evaluation {
        let sum = |n: usize| folds.iter().fold(Counts::default(), |all, (_, _, counts)| all.and(counts[n]));
        Evaluation { labels: labels.iter().enumerate().map(|(n, l)| (l.clone(), sum(n))).collect(), folds }
    }

    /// The counts of each label.
    pub fn counts(&self) -> Vec<Counts> {
        self.labels.iter().map(|(_, counts)| *counts).collect()
    }

    /// How many paragraphs were measured.
    pub fn paragraphs(&self) -> usize {
        self.folds.iter().map(|(_, paragraphs, _)| paragraphs).sum()
    }

    /// The mean over folds of the F1 of all labels together.
    pub fn mean_of_folds(&self) -> f64 {
        self.folds.iter().map(|(_, _, counts)| micro(counts).f1).sum::<f64>() / self.folds.len().max(1) as f64
    }
}

/// Measures a classifier on coded paragraphs, for the labels that are wanted; where there is a gold, on its paragraphs alone, by
/// what was read in them again.
///
/// # Errors
/// When a wanted label is none of the classifier's.
pub fn evaluate(
    classifier: &Classifier,
    examples: &[Example],
    wanted: &[String],
    gold: Option<&Gold>,
) -> Result<Evaluation, LearnError> {
    let (places, right) = (places(classifier.labels(), wanted)?, gold.map_or(Right::AsCoded, Right::AsRead));
    let (mut counts, mut scratch) = (vec![Counts::default(); wanted.len()], Scratch::default());
    for document in examples.chunk_by(|a, b| a.report == b.report) {
        let texts: Vec<ParagraphText<'_>> = document.iter().map(Example::text).collect();
        let found = classifier.document(&texts, &mut scratch);
        for (example, found) in document.iter().zip(found.chunks_exact(classifier.labels().len())) {
            count(classifier, example, found, &right, &places, &mut counts);
        }
    }
    let measured = examples.iter().filter(|e| right.is_of(e)).count();
    Ok(Evaluation::new(wanted, vec![("all".into(), measured, counts)]))
}

/// Learns from all folds but one and measures on that one, in turn. Documents are looked at as a whole: of their paragraphs
/// outside of the fold counts what was said of them while they were held back from learning. A gold is measured by, never learnt from.
///
/// # Errors
/// When there is nothing to learn from, or a wanted label is none of the labels.
pub fn cross_validate(
    examples: &[Example],
    labels: &Labels,
    folds: Folds,
    wanted: &[String],
    gold: Option<&Gold>,
) -> Result<Evaluation, LearnError> {
    let names = labels.names();
    let (places, right) = (places(&names, wanted)?, gold.map_or(Right::AsCoded, Right::AsRead));
    let fold_of = folds.of(&examples.iter().collect::<Vec<_>>());
    let mut measured = Vec::new();
    for fold in fold_of.iter().collect::<BTreeSet<_>>() {
        let held: Vec<bool> = fold_of.iter().map(|f| f == fold).collect();
        let (classifier, looks) = teach(examples, &held, labels, folds)?;
        let (mut counts, mut around, mut at) = (vec![Counts::default(); wanted.len()], Around::default(), 0);
        for document in examples.chunk_by(|a, b| a.report == b.report) {
            let texts: Vec<ParagraphText<'_>> = document.iter().map(Example::text).collect();
            let look = looks.of(at..at + texts.len(), classifier.first.usual());
            let found = classifier.second(&texts, look, &mut around);
            let measured = document.iter().zip(found.chunks_exact(names.len())).zip(&held[at..]).filter(|(_, held)| **held);
            measured.for_each(|((example, found), _)| count(&classifier, example, found, &right, &places, &mut counts));
            at += texts.len();
        }
        let paragraphs = examples.iter().zip(&held).filter(|(e, held)| **held && right.is_of(e)).count();
        measured.push((fold.clone(), paragraphs, counts));
    }
    Ok(Evaluation::new(wanted, measured))
}

fn places(known: &[String], wanted: &[String]) -> Result<Vec<usize>, LearnError> {
    let place = |label: &String| {
        let unknown = || LearnError::Examples(format!("there is no label `{label}`; there are {}", known.join(", ")));
        known.iter().position(|l| l == label).ok_or_else(unknown)
    };
    wanted.iter().map(place).collect()
}

fn count(classifier: &Classifier, example: &Example, found: &[f32], right: &Right<'_>, places: &[usize], counts: &mut [Counts]) {
    for (place, counts) in places.iter().zip(counts) {
        if let Some((coded, weight)) = right.of(example, &classifier.labels()[*place]) {
            counts.add(found[*place] >= classifier.threshold(*place), coded, weight);
        }
    }
}
