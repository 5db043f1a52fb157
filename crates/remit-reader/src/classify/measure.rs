//! How well labels were found: precision, recall and F1, by label, over all labels together (micro), and their mean (macro).

use serde::Serialize;

/// What was found rightly, wrongly, and not, in paragraphs, or in what these stand for.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Counts {
    /// Found, and coded.
    pub right: f64,
    /// Found, and not coded.
    pub wrong: f64,
    /// Coded, and not found.
    pub missed: f64,
}

/// Precision, recall and F1, with the number of paragraphs that were coded so.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Score {
    /// Of what was found, how much was coded.
    pub precision: f64,
    /// Of what was coded, how much was found.
    pub recall: f64,
    /// The harmonic mean of both.
    pub f1: f64,
    /// How many paragraphs were coded so, rounded.
    pub coded: u32,
    /// How many were found, rounded.
    pub found: u32,
}

impl Counts {
    /// Counts one paragraph, or as many as it stands for.
    pub fn add(&mut self, found: bool, coded: bool, weight: f64) {
        match (found, coded) {
            (true, true) => self.right += weight,
            (true, false) => self.wrong += weight,
            (false, true) => self.missed += weight,
            (false, false) => {}
        }
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Counts) -> Counts {
        Counts { right: self.right + other.right, wrong: self.wrong + other.wrong, missed: self.missed + other.missed }
    }

    /// Precision, recall and F1; 0 where there is nothing to divide by.
    pub fn score(self) -> Score {
        let share = |part: f64, whole: f64| if whole == 0.0 { 0.0 } else { part / whole };
        let (found, coded) = (self.right + self.wrong, self.right + self.missed);
        Score {
            precision: share(self.right, found),
            recall: share(self.right, coded),
            f1: share(2.0 * self.right, found + coded),
            coded: coded.round() as u32,
            found: found.round() as u32,
        }
    }
}

/// All labels together: each paragraph and label counts once.
pub fn micro(counts: &[Counts]) -> Score {
    counts.iter().fold(Counts::default(), |a, b| a.and(*b)).score()
}

/// The mean over labels of precision, of recall and of F1. A label that was neither coded nor found counts with 0.
pub fn macro_mean(counts: &[Counts]) -> Score {
    let scores: Vec<Score> = counts.iter().map(|c| c.score()).collect();
    let mean = |of: fn(&Score) -> f64| scores.iter().map(of).sum::<f64>() / scores.len().max(1) as f64;
    let all = micro(counts);
    Score { precision: mean(|s| s.precision), recall: mean(|s| s.recall), f1: mean(|s| s.f1), ..all }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_and_common_labels_weigh_differently() {
        let common = Counts { right: 8.0, wrong: 2.0, missed: 2.0 };
        let rare = Counts { right: 0.0, wrong: 0.0, missed: 1.0 };
        assert_eq!(common.score().f1, 0.8);
        assert!((micro(&[common, rare]).f1 - 16.0 / 21.0).abs() < 1e-9);
        assert_eq!(macro_mean(&[common, rare]).f1, 0.4);
        assert_eq!(Counts::default().score().f1, 0.0);
    }
}
