//! Which paragraphs are held back together.

use super::examples::Example;

/// How paragraphs are held back from learning, to be found afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Folds {
    /// A fifth of all paragraphs at a time, drawn at random (always the same).
    Random,
    /// One mission at a time.
    Mission,
}

impl Folds {
    /// The fold of each paragraph.
    pub(super) fn of(self, examples: &[&Example]) -> Vec<String> {
        if self == Folds::Mission {
            return examples.iter().map(|e| e.mission.clone()).collect();
        }
        let mut order: Vec<usize> = (0..examples.len()).collect();
        let mut state = 1u64;
        for n in (1..order.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(n, (state >> 33) as usize % (n + 1));
        }
        let mut folds = vec![String::new(); examples.len()];
        order.into_iter().enumerate().for_each(|(n, at)| folds[at] = format!("{}", n % 5 + 1));
        folds
    }
}
