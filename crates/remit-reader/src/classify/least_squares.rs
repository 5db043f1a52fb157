//! Sparse rows, and the weights that fit them best: ridge regression of all labels at once, by conjugate gradients.

use std::ops::Range;

/// Rows of features that are there, each with its value.
#[derive(Debug, Default, Clone)]
pub(super) struct FeatureRows {
    starts: Vec<usize>,
    columns: Vec<u32>,
    values: Vec<f32>,
}

impl FeatureRows {
    pub(super) fn push(&mut self, row: impl Iterator<Item = (u32, f32)>) {
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        for (column, value) in row {
            self.columns.push(column);
            self.values.push(value);
        }
        self.starts.push(self.columns.len());
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    fn range(&self, row: usize) -> Range<usize> {
        self.starts[row]..self.starts[row + 1]
    }

    pub(super) fn row(&self, row: usize) -> impl Iterator<Item = (usize, f32)> {
        self.range(row).map(|n| (self.columns[n] as usize, self.values[n]))
    }
}

/// Finds weights (columns × labels) that make `rows · weights` close to `targets` (rows × labels), each row counting as much
/// as its `share`, and the weights small: `ridge` says how small.
pub(super) fn fit(rows: &FeatureRows, columns: usize, targets: &[f32], labels: usize, shares: &[f32], ridge: f32) -> Vec<f32> {
    let mut weights = vec![0f32; columns * labels];
    let mut left = gather(rows, columns, targets, labels, shares);
    let mut direction = left.clone();
    let mut size = squares(&left, labels);
    let goal: Vec<f64> = size.iter().map(|s| s * 1e-6).collect();
    for _ in 0..60 {
        if size.iter().zip(&goal).all(|(s, g)| s <= g) {
            break;
        }
        let spread = spread(rows, &direction, labels);
        let mut image = gather(rows, columns, &spread, labels, shares);
        image.iter_mut().zip(&direction).for_each(|(i, d)| *i += ridge * d);
        let steps: Vec<f32> = ratio(&size, &dots(&direction, &image, labels));
        each(&mut weights, &direction, &steps, |w, d, s| w + s * d);
        each(&mut left, &image, &steps, |l, i, s| l - s * i);
        let next = squares(&left, labels);
        let turns = ratio(&next, &size);
        each(&mut direction, &left, &turns, |d, l, t| l + t * d);
        size = next;
    }
    weights
}

/// `rows · weights`.
pub(super) fn spread(rows: &FeatureRows, weights: &[f32], labels: usize) -> Vec<f32> {
    let mut out = vec![0f32; rows.len() * labels];
    for (row, out) in out.chunks_exact_mut(labels).enumerate() {
        for (column, value) in rows.row(row) {
            let weights = &weights[column * labels..][..labels];
            out.iter_mut().zip(weights).for_each(|(o, w)| *o += value * w);
        }
    }
    out
}

/// `rows` turned around, times `targets`.
fn gather(rows: &FeatureRows, columns: usize, targets: &[f32], labels: usize, shares: &[f32]) -> Vec<f32> {
    let mut out = vec![0f32; columns * labels];
    for (row, target) in targets.chunks_exact(labels).enumerate() {
        for (column, value) in rows.row(row) {
            let out = &mut out[column * labels..][..labels];
            let value = value * shares[row];
            out.iter_mut().zip(target).for_each(|(o, t)| *o += value * t);
        }
    }
    out
}

fn dots(a: &[f32], b: &[f32], labels: usize) -> Vec<f64> {
    let mut out = vec![0f64; labels];
    for (a, b) in a.chunks_exact(labels).zip(b.chunks_exact(labels)) {
        out.iter_mut().zip(a.iter().zip(b)).for_each(|(o, (a, b))| *o += f64::from(*a) * f64::from(*b));
    }
    out
}

fn squares(a: &[f32], labels: usize) -> Vec<f64> {
    dots(a, a, labels)
}

fn ratio(a: &[f64], b: &[f64]) -> Vec<f32> {
    a.iter().zip(b).map(|(a, b)| if *b > 0.0 { (a / b) as f32 } else { 0.0 }).collect()
}

fn each(a: &mut [f32], b: &[f32], factors: &[f32], f: impl Fn(f32, f32, f32) -> f32) {
    for (a, b) in a.chunks_exact_mut(factors.len()).zip(b.chunks_exact(factors.len())) {
        a.iter_mut().zip(b.iter().zip(factors)).for_each(|(a, (b, factor))| *a = f(*a, *b, *factor));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_that_made_the_targets_are_found() {
        let mut rows = FeatureRows::default();
        for n in 0..50u32 {
            rows.push([(n % 5, 1.0), (5 + n % 3, 0.5)].into_iter());
        }
        let truth: Vec<f32> = (0..16).map(|n| (n as f32 * 0.7).sin()).collect();
        let targets = spread(&rows, &truth, 2);
        let found = spread(&rows, &fit(&rows, 8, &targets, 2, &[1.0; 50], 1e-4), 2);
        assert!(found.iter().zip(&targets).all(|(f, t)| (f - t).abs() < 0.01));
    }
}
