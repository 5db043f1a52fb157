//! One variable of all respondents.

use crate::SurveyError;
use std::collections::HashMap;

/// Where a respondent has no answer.
pub const NONE: u32 = u32::MAX;

/// A variable.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Its label; empty where it has none.
    pub label: String,
}

/// One variable of all respondents.
#[derive(Debug, Clone, PartialEq)]
pub struct SurveyColumn {
    /// Its name.
    pub name: String,
    /// The label of the variable; its name where the file has no label.
    pub label: String,
    /// What stands in it.
    pub values: SurveyValues,
    /// What its numbers mean.
    pub labels: Vec<(f64, String)>,
}

/// What stands in a column.
#[derive(Debug, Clone, PartialEq)]
pub enum SurveyValues {
    /// Numbers; not a number where nothing stands, or what counts as missing.
    Numbers(Vec<f64>),
    /// Texts: which of the levels, [`NONE`] where nothing stands.
    Texts {
        /// Which level, for each respondent.
        at: Vec<u32>,
        /// The texts that occur.
        levels: Vec<String>,
    },
}

/// A column as answers to choose from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    /// Which answer, for each respondent; [`NONE`] where there is none.
    pub at: Vec<u32>,
    /// The answers that occur.
    pub levels: Vec<String>,
}

impl SurveyColumn {
    /// The column as answers: numbers by what they mean, in the order of numbers.
    pub fn answers(&self) -> Answers {
        match &self.values {
            SurveyValues::Numbers(numbers) => self.answers_of(numbers),
            SurveyValues::Texts { at, levels } => sorted(at, levels),
        }
    }

    fn answers_of(&self, numbers: &[f64]) -> Answers {
        let mut found: HashMap<u64, u32> = HashMap::new();
        let mut values: Vec<f64> = Vec::new();
        let mut at: Vec<u32> = Vec::with_capacity(numbers.len());
        for number in numbers {
            // 0 and -0 are the same answer.
            let number = number + 0.0;
            at.push(match number.is_nan() {
                true => NONE,
                false => *found.entry(number.to_bits()).or_insert_with(|| {
                    values.push(number);
                    values.len() as u32 - 1
                }),
            });
        }
        let name = |value: &f64| {
            let label = self.labels.iter().find(|(v, label)| v == value && !label.is_empty());
            label.map_or_else(|| value.to_string(), |(_, label)| label.clone())
        };
        in_order(at, values.iter().map(name).collect(), |a, b| values[a].total_cmp(&values[b]))
    }

    /// The column as numbers: not a number where nothing stands.
    ///
    /// # Errors
    /// [`SurveyError::NoNumber`] where a text is none.
    pub fn numbers(&self) -> Result<Vec<f64>, SurveyError> {
        match &self.values {
            SurveyValues::Numbers(numbers) => Ok(numbers.clone()),
            SurveyValues::Texts { at, levels } => {
                let number = |text: &String| {
                    number(text).ok_or_else(|| SurveyError::NoNumber(self.name.clone(), text.chars().take(40).collect()))
                };
                let levels: Vec<f64> = levels.iter().map(number).collect::<Result<_, _>>()?;
                Ok(at.iter().map(|at| levels.get(*at as usize).copied().unwrap_or(f64::NAN)).collect())
            }
        }
    }
}

/// A number as CSV has it, with either decimal sign.
fn number(text: &str) -> Option<f64> {
    let parsed = text.parse().or_else(|_| text.replacen(',', ".", 1).parse());
    parsed.ok().filter(|n: &f64| n.is_finite())
}

/// Answers that are all numbers in the order of numbers, others as they come.
fn sorted(at: &[u32], levels: &[String]) -> Answers {
    let numbers: Option<Vec<f64>> = levels.iter().map(|l| number(l)).collect();
    match numbers {
        Some(numbers) => in_order(at.to_vec(), levels.to_vec(), |a, b| numbers[a].total_cmp(&numbers[b])),
        None => Answers { at: at.to_vec(), levels: levels.to_vec() },
    }
}

fn in_order(mut at: Vec<u32>, levels: Vec<String>, compare: impl Fn(usize, usize) -> std::cmp::Ordering) -> Answers {
    let mut order: Vec<usize> = (0..levels.len()).collect();
    order.sort_by(|a, b| compare(*a, *b));
    let mut place = vec![0; levels.len()];
    order.iter().enumerate().for_each(|(new, old)| place[*old] = new as u32);
    at.iter_mut().filter(|at| **at != NONE).for_each(|at| *at = place[*at as usize]);
    Answers { at, levels: order.into_iter().map(|old| levels[old].clone()).collect() }
}

/// The place of a name: as it is written, else whatever the case.
pub(crate) fn place(known: &[String], name: &str) -> Result<usize, SurveyError> {
    let found = known.iter().position(|k| k == name);
    found.or_else(|| known.iter().position(|k| k.eq_ignore_ascii_case(name))).ok_or_else(|| {
        let shown: Vec<&str> = known.iter().take(60).map(String::as_str).collect();
        let more = if known.len() > shown.len() { ", …" } else { "" };
        SurveyError::NoVariable(name.to_owned(), format!("{}{more}", shown.join(", ")))
    })
}

/// Which level a text is; a new one where it was not there yet.
pub(crate) fn level(found: &mut HashMap<String, u32>, text: &str) -> u32 {
    match found.get(text) {
        Some(at) => *at,
        None => {
            let at = found.len() as u32;
            found.insert(text.to_owned(), at);
            at
        }
    }
}

/// Levels in the order in which they were found.
pub(crate) fn in_place(found: HashMap<String, u32>) -> Vec<String> {
    let mut levels = vec![String::new(); found.len()];
    found.into_iter().for_each(|(text, at)| levels[at as usize] = text);
    levels
}
