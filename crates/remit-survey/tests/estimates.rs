//! Estimates beside those of R's package `survey`, of a made-up survey: `made_up/make.R` made both.

use remit_survey::{Answers, Design, Lonely, Microdata, NONE, SurveyColumn};

const CSV: &str = include_str!("made_up/survey.csv");
const EXPECTED: &str = include_str!("made_up/estimates.csv");

struct Sample {
    stratum: Answers,
    cluster: Answers,
    weight: Vec<f64>,
    sex: Answers,
    region: Answers,
    trust: Answers,
    safe: Vec<f64>,
}

fn sample() -> Sample {
    let names = ["stratum", "cluster", "weight", "sex", "region", "trust", "safe"];
    let columns = Microdata::Csv(CSV).columns(&names).unwrap();
    let [stratum, cluster, weight, sex, region, trust, safe]: [SurveyColumn; 7] = columns.try_into().unwrap();
    let mut trust = trust.answers();
    // Who does not know has not answered.
    let unknown = trust.levels.iter().position(|l| l == "8").unwrap() as u32;
    trust.at.iter_mut().filter(|at| **at == unknown).for_each(|at| *at = NONE);
    Sample {
        stratum: stratum.answers(),
        cluster: cluster.answers(),
        weight: weight.numbers().unwrap(),
        sex: sex.answers(),
        region: region.answers(),
        trust,
        safe: safe.numbers().unwrap(),
    }
}

impl Sample {
    fn design(&self, name: &str) -> Design {
        let lonely = if name == "certainty" { Lonely::Certainty } else { Lonely::Adjust };
        let strata = Some(&self.stratum).filter(|_| ["full", "strata", "certainty"].contains(&name));
        let clusters = Some(&self.cluster).filter(|_| ["full", "clusters", "certainty"].contains(&name));
        Design::new(self.weight.len(), Some(&self.weight), strata, clusters, lonely).unwrap()
    }

    fn groups(&self, by: &str) -> Answers {
        match by {
            "sex" => self.sex.clone(),
            "region" => self.region.clone(),
            _ => Answers { at: vec![0; self.weight.len()], levels: vec![String::new()] },
        }
    }
}

#[test]
fn estimates_are_those_of_r_to_six_digits() {
    let sample = sample();
    let mut compared = 0;
    for line in csv::Reader::from_reader(EXPECTED.as_bytes()).records() {
        let line = line.unwrap();
        let (design, groups) = (sample.design(&line[0]), sample.groups(&line[1]));
        let group = groups.levels.iter().position(|l| *l == line[2]).unwrap();
        let answer: usize = line[3].parse().unwrap();
        let found = match answer {
            0 => design.means(&sample.safe, &groups)[group],
            k => design.shares(&sample.trust, &groups)[group][k - 1],
        };
        let ours = [found.value, found.error, found.low, found.high, found.design_effect];
        for (name, (ours, theirs)) in ["value", "error", "low", "high", "deff"].iter().zip(ours.iter().zip(line.iter().skip(4))) {
            let theirs: f64 = theirs.parse().unwrap();
            assert!((ours - theirs).abs() <= 5e-7 * theirs.abs().max(1e-3), "{line:?} {name}: {ours} and not {theirs}");
            compared += 1;
        }
    }
    assert!(compared > 600, "{compared}");
}

#[test]
fn who_has_no_place_in_the_sample_counts_nowhere() {
    let sample = sample();
    let mut weight = sample.weight.clone();
    weight[3] = f64::NAN;
    let design = Design::new(weight.len(), Some(&weight), Some(&sample.stratum), None, Lonely::Adjust).unwrap();
    assert_eq!((design.left_out(), design.lonely()), (1, 0));
    weight[3] = -1.0;
    assert!(Design::new(weight.len(), Some(&weight), None, None, Lonely::Adjust).is_err());
}
