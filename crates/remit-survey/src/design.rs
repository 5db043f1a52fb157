//! How a sample was drawn, and what follows for estimates. An estimate is a ratio of two weighted sums; its variance is that of the
//! first term of its Taylor series, from cluster to cluster within each stratum. Who is not in a group stays in the sample with nothing
//! to say, so that strata keep all their clusters. This is what `svymean` of R's package `survey` does, for a sample drawn with
//! replacement in its first stage.

use crate::SurveyError;
use crate::column::{Answers, NONE};
use crate::interval;

/// What a stratum with one cluster adds to the variance, which cannot be seen from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lonely {
    /// As far as its cluster lies from the mean of all: rather too much.
    #[default]
    Adjust,
    /// Nothing, as if it had been drawn for certain.
    Certainty,
}

/// Weights, strata and clusters of respondents.
#[derive(Debug, Clone)]
pub struct Design {
    weights: Vec<f64>,
    /// The cluster of each respondent; [`NONE`] for who has no weight or place in the sample.
    cluster: Vec<u32>,
    /// The stratum of each cluster.
    stratum: Vec<u32>,
    /// How many clusters each stratum has.
    size: Vec<u32>,
    lonely: Lonely,
}

/// What is estimated of one group.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Estimate {
    /// Respondents that it rests on.
    pub respondents: u64,
    /// The share (0 to 1) or mean.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
    /// The interval that holds it in 19 of 20 samples.
    pub low: f64,
    /// See [`Estimate::low`].
    pub high: f64,
    /// How many times larger its variance is than in a simple sample of as many; not a number where that has none.
    pub design_effect: f64,
    /// Degrees of freedom: clusters less strata in which the group was met.
    pub freedom: f64,
}

impl Design {
    /// The design of a sample; what is not given does not exist. Clusters of the same name in two strata are two.
    ///
    /// # Errors
    /// [`SurveyError::Weight`] where a weight is below zero.
    pub fn new(
        respondents: usize,
        weights: Option<&[f64]>,
        strata: Option<&Answers>,
        clusters: Option<&Answers>,
        lonely: Lonely,
    ) -> Result<Design, SurveyError> {
        let weights = weights.map_or_else(|| vec![1.0; respondents], <[f64]>::to_vec);
        if let Some(wrong) = weights.iter().find(|w| **w < 0.0) {
            return Err(SurveyError::Weight(wrong.to_string()));
        }
        let mut found = std::collections::HashMap::new();
        let mut design =
            Design { weights, cluster: Vec::with_capacity(respondents), stratum: Vec::new(), size: Vec::new(), lonely };
        design.size = vec![0; strata.map_or(1, |s| s.levels.len())];
        for row in 0..respondents {
            let stratum = strata.map_or(0, |s| s.at[row]);
            let own = clusters.map_or(row as u32, |c| c.at[row]);
            if design.weights[row].is_nan() || stratum == NONE || own == NONE {
                design.cluster.push(NONE);
                continue;
            }
            let next = design.stratum.len() as u32;
            let cluster = *found.entry((stratum, own)).or_insert(next);
            if cluster == next {
                design.stratum.push(stratum);
                design.size[stratum as usize] += 1;
            }
            design.cluster.push(cluster);
        }
        Ok(design)
    }

    /// Respondents without a weight, stratum or cluster: they count nowhere.
    pub fn left_out(&self) -> u64 {
        self.cluster.iter().filter(|c| **c == NONE).count() as u64
    }

    /// Strata with one cluster.
    pub fn lonely(&self) -> u64 {
        self.size.iter().filter(|n| **n == 1).count() as u64
    }

    /// The share of each answer, in each group: those of a group stand together. Who has not answered is in no group.
    pub fn shares(&self, answers: &Answers, groups: &Answers) -> Vec<Vec<Estimate>> {
        let levels = answers.levels.len();
        let said = |row: usize, sums: &mut [f64], weight: f64| match answers.at[row] {
            NONE => false,
            answer => {
                sums[answer as usize] += weight;
                true
            }
        };
        let sums = self.sums(groups, levels, said);
        let estimate = |group: &Sums| -> Vec<Estimate> {
            let share = |level: usize| {
                let e = self.estimate(group, level);
                let simple = e.value * (1.0 - e.value);
                let (low, high) = interval::of_share(e.value, e.error, e.freedom, group.weight * group.weight / group.squares);
                Estimate { low, high, design_effect: e.error * e.error * (e.respondents as f64 - 1.0) / simple, ..e }
            };
            (0..levels).map(share).collect()
        };
        sums.iter().map(estimate).collect()
    }

    /// The mean of numbers in each group. Who has no number is in no group.
    pub fn means(&self, numbers: &[f64], groups: &Answers) -> Vec<Estimate> {
        let said = |row: usize, sums: &mut [f64], weight: f64| {
            let number = numbers[row];
            if !number.is_nan() {
                sums[0] += weight * number;
                sums[1] += weight * number * number;
            }
            !number.is_nan()
        };
        let estimate = |group: &Sums| {
            let e = self.estimate(group, 0);
            let spread = group.all[1] / group.weight - e.value * e.value;
            let (low, high) = interval::of_mean(e.value, e.error, e.freedom);
            Estimate { low, high, design_effect: e.error * e.error * (e.respondents as f64 - 1.0) / spread, ..e }
        };
        self.sums(groups, 2, said).iter().map(estimate).collect()
    }

    /// Weighted sums of `width` values in each group, in all and by cluster. `said` adds those of a respondent, where there are any.
    fn sums(&self, groups: &Answers, width: usize, said: impl Fn(usize, &mut [f64], f64) -> bool) -> Vec<Sums> {
        let mut rows: Vec<Vec<usize>> = vec![Vec::new(); groups.levels.len()];
        for (row, group) in groups.at.iter().enumerate().filter(|(row, g)| **g != NONE && self.cluster[*row] != NONE) {
            rows[*group as usize].push(row);
        }
        // Where a cluster stands among those in which a group was met.
        let mut places = vec![usize::MAX; self.stratum.len()];
        let mut one = vec![0.0; width];
        let mut of_group = |rows: Vec<usize>| {
            let mut sums = Sums { all: vec![0.0; width], ..Sums::default() };
            for row in rows {
                let weight = self.weights[row];
                one.fill(0.0);
                if !said(row, &mut one, weight) {
                    continue;
                }
                let place = &mut places[self.cluster[row] as usize];
                if *place == usize::MAX {
                    *place = sums.clusters.len();
                    sums.clusters.push(self.cluster[row]);
                    sums.weights.push(0.0);
                    sums.by_cluster.extend(std::iter::repeat_n(0.0, width));
                }
                sums.add(*place, weight, &one);
            }
            sums.clusters.iter().for_each(|c| places[*c as usize] = usize::MAX);
            sums
        };
        rows.into_iter().map(&mut of_group).collect()
    }

    /// The ratio of a sum to the weights, and its standard error.
    fn estimate(&self, group: &Sums, level: usize) -> Estimate {
        let value = group.all[level] / group.weight;
        let width = group.all.len();
        // By stratum: the sum and the sum of squares of what its clusters add, and how many of them the group was met in.
        let mut strata = vec![(0.0, 0.0, 0_u32); self.size.len()];
        for (place, cluster) in group.clusters.iter().enumerate() {
            let weight = group.weights[place];
            let z = (group.by_cluster[place * width + level] - value * weight) / group.weight;
            let of = &mut strata[self.stratum[*cluster as usize] as usize];
            *of = (of.0 + z, of.1 + z * z, of.2 + u32::from(weight > 0.0));
        }
        let variance: f64 = strata.iter().zip(&self.size).map(|((sum, squares, _), n)| self.of_stratum(*sum, *squares, *n)).sum();
        let freedom = strata.iter().map(|(.., met)| f64::from(*met) - f64::from(*met > 0)).sum();
        Estimate { respondents: group.respondents, value, error: variance.max(0.0).sqrt(), freedom, ..Estimate::default() }
    }

    fn of_stratum(&self, sum: f64, squares: f64, n: u32) -> f64 {
        match (n, self.lonely) {
            (0, _) | (1, Lonely::Certainty) => 0.0,
            (1, Lonely::Adjust) => squares,
            (n, _) => f64::from(n) / (f64::from(n) - 1.0) * (squares - sum * sum / f64::from(n)),
        }
    }
}

/// What one group adds up to.
#[derive(Default)]
struct Sums {
    respondents: u64,
    weight: f64,
    squares: f64,
    all: Vec<f64>,
    /// The clusters in which the group was met, with the weights and the values of each.
    clusters: Vec<u32>,
    weights: Vec<f64>,
    by_cluster: Vec<f64>,
}

impl Sums {
    fn add(&mut self, place: usize, weight: f64, values: &[f64]) {
        self.respondents += u64::from(weight > 0.0);
        self.weight += weight;
        self.squares += weight * weight;
        self.weights[place] += weight;
        let width = values.len();
        let own = &mut self.by_cluster[place * width..][..width];
        for ((all, own), value) in self.all.iter_mut().zip(own).zip(values) {
            *all += value;
            *own += value;
        }
    }
}
