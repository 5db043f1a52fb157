//! Learning: from coded paragraphs to weights. The same paragraphs give the same bytes, however often and on how many cores.

use super::LearnError;
use super::examples::Example;
use super::features::{Key, Vocabulary, of_paragraph};
use super::first::First;
use super::least_squares::{Rows, fit};
use super::weights::{Header, Writer};
use super::words::Reader;
use remit_model::Model;
use std::collections::BTreeSet;

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

/// Makes weights from coded paragraphs.
///
/// # Errors
/// When there are no paragraphs, or none of them is coded with a label.
pub fn train(examples: &[Example], labels: &Labels) -> Result<Vec<u8>, LearnError> {
    let names = labels.names();
    let coded = examples.iter().any(|e| names.iter().any(|l| e.has(l)));
    if !coded {
        let message = format!("none of {} paragraphs is coded with a label of the model; nothing can be learned", examples.len());
        return Err(LearnError::Examples(message));
    }
    let all: Vec<&Example> = examples.iter().collect();
    let first = first(&all, &names);
    let distinct = |of: fn(&Example) -> &str| examples.iter().map(of).collect::<BTreeSet<_>>().len();
    let header = Header {
        thresholds: vec![0.23; names.len()],
        labels: names,
        engagements_from: labels.activities.len(),
        learned_from: [examples.len(), distinct(|e| &e.report), distinct(|e| &e.mission)],
        features: first.features(),
    };
    let mut out = Writer::new(&header);
    first.write(&mut out);
    Ok(out.done())
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
