//! What the second look is worth: one logistic regression for all labels of a kind. They share their weights; each has a leaning
//! of its own, and a few weights that may differ a little from the shared ones.

use super::LearnError;
use super::context::{LabelSigns, SIGNS, SignTable};
use super::weights::{WeightsReader, Writer};

/// The signs whose weight may differ from label to label: words, paragraphs under the same heading, heading, phrases.
const OWN: [usize; 4] = [0, 5, 9, 23];
/// Weights that all labels share: the leaning of all, and the signs.
const SHARED: usize = 1 + SIGNS;
/// Weights of one label: its leaning, and its own signs.
const EACH: usize = 1 + OWN.len();
/// How strongly shared weights, and differences from them, are kept small, for signs of variance 1. There are some 200,000 cases,
/// and few missions: what fits these closely does not fit the next.
const RIDGE: [f64; 2] = [300.0, 3000.0];

/// Weights of the signs: the leaning of each label, then sign by sign a weight a label.
#[derive(Debug, Clone)]
pub(super) struct Second {
    labels: usize,
    weights: Vec<f32>,
}

/// A paragraph and a label to learn from.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) signs: LabelSigns,
    /// The label, from 0 among those of its kind.
    pub(super) label: usize,
    pub(super) coded: bool,
    pub(super) weight: f32,
}

impl Second {
    pub(super) fn write(&self, out: &mut Writer) {
        out.floats((0..self.labels).flat_map(|label| self.weights[label..].iter().step_by(self.labels).copied()));
    }

    pub(super) fn read(source: &mut WeightsReader<'_>, labels: usize) -> Result<Second, LearnError> {
        let floats = source.floats(labels * SHARED)?;
        Ok(Second::of(&floats))
    }

    /// Of rows of weights: label by label its leaning, then one a sign.
    fn of(rows: &[f32]) -> Second {
        let weights = (0..SHARED).flat_map(|n| rows[n.min(rows.len())..].iter().step_by(SHARED).copied()).collect();
        Second { labels: rows.len() / SHARED, weights }
    }

    /// How sure it is that a paragraph has each label, 0 to 1.
    pub(super) fn probabilities(&self, signs: &SignTable, out: &mut [f32]) {
        let (leanings, weights) = self.weights.split_at(self.labels);
        out.fill(0.0);
        for (weights, signs) in weights.chunks_exact(self.labels.max(1)).zip(signs.rows()) {
            out.iter_mut().zip(weights.iter().zip(signs)).for_each(|(sum, (w, s))| *sum += w * s);
        }
        out.iter_mut().zip(leanings).for_each(|(sum, leaning)| *sum = 1.0 / (1.0 + (-(leaning + *sum)).exp()));
    }

    /// How sure it is of one label.
    pub(super) fn probability(&self, label: usize, signs: &LabelSigns) -> f32 {
        let weights = self.weights[self.labels + label..].iter().step_by(self.labels);
        let sum: f32 = weights.zip(signs).map(|(w, s)| w * s).sum();
        1.0 / (1.0 + (-(self.weights[label] + sum)).exp())
    }
}

/// Learns from cases. Newton's method on the logistic loss, until nothing moves.
pub(super) fn fit(cases: &[&Case], labels: usize) -> Second {
    let scale = SignScale::of(cases);
    let mut weights = vec![0f64; SHARED + labels * EACH];
    for _ in 0..12 {
        let step = Normal::of(cases, &scale, &weights).solve();
        weights.iter_mut().zip(&step).for_each(|(w, s)| *w += s);
        if step.iter().all(|s| s.abs() < 1e-4) {
            break;
        }
    }
    scale.unscaled(&weights, labels)
}

/// Mean and spread of each sign, so that weights can be compared.
struct SignScale {
    mean: [f64; SIGNS],
    spread: [f64; SIGNS],
}

impl SignScale {
    fn of(cases: &[&Case]) -> SignScale {
        let count = cases.len().max(1) as f64;
        let mut mean = [0f64; SIGNS];
        let mut spread = [0f64; SIGNS];
        for case in cases {
            mean.iter_mut().zip(case.signs).for_each(|(m, s)| *m += f64::from(s) / count);
        }
        for case in cases {
            let squares = case.signs.iter().zip(mean).map(|(s, m)| (f64::from(*s) - m).powi(2) / count);
            spread.iter_mut().zip(squares).for_each(|(all, s)| *all += s);
        }
        spread.iter_mut().for_each(|s| *s = s.sqrt() + 1e-6);
        SignScale { mean, spread }
    }

    /// A case as it is seen by shared weights, and by those of its label.
    fn seen(&self, case: &Case) -> ([f64; SHARED], [f64; EACH]) {
        let sign = |n: usize| (f64::from(case.signs[n]) - self.mean[n]) / self.spread[n];
        let shared = std::array::from_fn(|n| if n == 0 { 1.0 } else { sign(n - 1) });
        (shared, std::array::from_fn(|n| if n == 0 { 1.0 } else { sign(OWN[n - 1]) }))
    }

    /// Weights for signs as they are.
    fn unscaled(&self, weights: &[f64], labels: usize) -> Second {
        let row = |label: usize| {
            let own = &weights[SHARED + label * EACH..][..EACH];
            let mut row: [f64; SHARED] = std::array::from_fn(|n| weights[n]);
            row[0] += own[0];
            OWN.iter().zip(&own[1..]).for_each(|(sign, w)| row[1 + sign] += w);
            for n in 0..SIGNS {
                row[1 + n] /= self.spread[n];
                row[0] -= row[1 + n] * self.mean[n];
            }
            row.map(|w| w as f32)
        };
        Second::of(&(0..labels).flat_map(row).collect::<Vec<_>>())
    }
}

/// One step of Newton's method: `curve · step = slope`.
struct Normal {
    curve: Vec<f64>,
    slope: Vec<f64>,
}

impl Normal {
    fn of(cases: &[&Case], scale: &SignScale, weights: &[f64]) -> Normal {
        let size = weights.len();
        let mut normal = Normal { curve: vec![0.0; size * size], slope: vec![0.0; size] };
        for case in cases {
            let (shared, own) = scale.seen(case);
            let at = SHARED + case.label * EACH;
            let sum = dot(&shared, &weights[..SHARED]) + dot(&own, &weights[at..at + EACH]);
            let p = 1.0 / (1.0 + (-sum).exp());
            let weight = f64::from(case.weight);
            let (error, bend) = (weight * (f64::from(u8::from(case.coded)) - p), weight * p * (1.0 - p));
            normal.add(&shared, 0, &shared, error, bend);
            normal.add(&own, at, &shared, error, bend);
            for (row, a) in (at..).zip(own) {
                let curve = &mut normal.curve[row * size + at..][..EACH];
                curve.iter_mut().zip(own).for_each(|(c, b)| *c += bend * a * b);
            }
        }
        for (n, w) in weights.iter().enumerate().skip(1) {
            let ridge = RIDGE[usize::from(n >= SHARED)];
            normal.slope[n] -= ridge * w;
            normal.curve[n * size + n] += ridge;
        }
        normal
    }

    /// Adds weights from `at` on, with what shared weights have to do with them.
    fn add(&mut self, values: &[f64], at: usize, shared: &[f64; SHARED], error: f64, bend: f64) {
        let size = self.slope.len();
        for (row, a) in (at..).zip(values) {
            self.slope[row] += error * a;
            let curve = &mut self.curve[row * size..][..SHARED];
            let bent = bend * a;
            curve.iter_mut().zip(shared).for_each(|(c, b)| *c += bent * b);
        }
    }

    /// By Cholesky's decomposition; only the lower half of the curve is read.
    fn solve(mut self) -> Vec<f64> {
        let size = self.slope.len();
        for row in 0..size {
            for column in 0..=row {
                let (above, below) = self.curve.split_at_mut(row * size);
                let own = &mut below[..size];
                let (other, last) = if column == row { (None, own[row]) } else { (Some(&above[column * size..]), own[column]) };
                let known = dot(&own[..column], other.map_or(&own[..column], |o| &o[..column]));
                own[column] = match other {
                    Some(o) => (last - known) / o[column],
                    None => (last - known).max(1e-9).sqrt(),
                };
            }
        }
        let mut step = self.slope;
        for row in 0..size {
            let known = dot(&self.curve[row * size..][..row], &step[..row]);
            step[row] = (step[row] - known) / self.curve[row * size + row];
        }
        for row in (0..size).rev() {
            step[row] /= self.curve[row * size + row];
            let value = step[row];
            (0..row).for_each(|n| step[n] -= self.curve[row * size + n] * value);
        }
        step
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cases whose label is there where the first sign is above a half, and a little more often for label 1.
    fn cases() -> Vec<Case> {
        let case = |n: usize| {
            let mut signs = [0.0; SIGNS];
            signs[0] = (n * 37 % 101) as f32 / 101.0;
            signs[3] = (n * 17 % 29) as f32;
            let label = n % 2;
            Case { signs, label, coded: signs[0] + 0.2 * label as f32 > 0.55 + (n % 7) as f32 * 0.02, weight: 1.0 }
        };
        (0..20_000).map(case).collect()
    }

    #[test]
    fn the_sign_that_tells_is_found_and_labels_lean_differently() {
        let cases = cases();
        let second = fit(&cases.iter().collect::<Vec<_>>(), 2);
        let right = cases.iter().filter(|c| (second.probability(c.label, &c.signs) > 0.5) == c.coded).count();
        assert!(right > 18_000, "{right} of 20,000");
        let middle = |label| second.probability(label, &std::array::from_fn(|n| if n == 0 { 0.5 } else { 0.0 }));
        assert!(middle(1) > middle(0));
    }

    #[test]
    fn at_the_end_no_step_makes_it_better() {
        let cases = cases();
        let cases: Vec<&Case> = cases.iter().collect();
        let scale = SignScale::of(&cases);
        let mut weights = vec![0f64; SHARED + 2 * EACH];
        for _ in 0..12 {
            let step = Normal::of(&cases, &scale, &weights).solve();
            weights.iter_mut().zip(step).for_each(|(w, s)| *w += s);
        }
        assert!(Normal::of(&cases, &scale, &weights).slope.iter().all(|s| s.abs() < 1e-4));
    }
}
