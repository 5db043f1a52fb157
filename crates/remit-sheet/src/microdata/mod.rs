//! Microdata of surveys: estimates of one question, by groups, out of a file that stays where it is. Of the file nothing is kept but its
//! hash; what is recorded are estimates of groups that are large enough, each with its method.

mod drafts;

use crate::encoding;
use crate::read::{Outcome, record_again};
use crate::{SheetError, extension};
use remit_model::Marking;
use remit_store::small_cells::{Sum, hidden};
use remit_store::{Cell, Table, Workspace, hexadecimal};
use remit_survey::{Answers, Design, Estimate, Lonely, Microdata, NONE, SurveyColumn, Variable};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Bytes that a file of microdata may have.
const MOST_BYTES: u64 = 2 << 30;

/// Answers that a question to choose from may have; more are numbers to take the mean of.
const MOST_ANSWERS: usize = 100;

/// What to estimate.
#[derive(Debug, Clone)]
pub struct EstimateJob {
    /// The microdata: .sav, .zsav or CSV.
    pub file: PathBuf,
    /// The variable.
    pub question: String,
    /// Its mean, and not the share of each answer.
    pub mean: bool,
    /// Variable of the weights.
    pub weight: Option<String>,
    /// Variable of the strata.
    pub strata: Option<String>,
    /// Variable of the clusters.
    pub cluster: Option<String>,
    /// How a stratum with one cluster counts.
    pub lonely: Lonely,
    /// Variables of groups; several names with commas between them make groups of both.
    pub by: Vec<String>,
    /// Answers that are none.
    pub leave_out: Vec<String>,
    /// Respondents below which nothing is said of a group.
    pub least: u64,
    /// The survey in the register that the estimates are of; without it nothing is recorded.
    pub survey: Option<String>,
    /// The service that is asked about, in the register.
    pub actor: Option<String>,
    /// What the source is called; by default the file’s name.
    pub source: Option<String>,
    /// The marking of the estimates.
    pub marking: Marking,
    /// Who records them.
    pub author: String,
}

/// What was estimated.
#[derive(Debug, Clone, Default)]
pub struct Estimates {
    /// The question as the file has it.
    pub question: String,
    /// How it was estimated.
    pub method: String,
    /// A row an answer and group.
    pub table: Table,
    /// Groups of which nothing is said: those that are too small, and those that would tell them.
    pub suppressed: u64,
    /// How many of them would only tell another.
    pub would_tell: u64,
    /// Respondents without weight, stratum or cluster.
    pub left_out: u64,
    /// What was recorded.
    pub recorded: Outcome,
}

/// One group of one way to divide the respondents.
struct RespondentGroup {
    /// Label of the variables, and of their values; empty for all.
    by: String,
    name: String,
    /// An answer each, or one mean; none where the group is too small.
    estimates: Option<Vec<Estimate>>,
    respondents: u64,
}

/// The variables that a file has.
///
/// # Errors
/// Where the file cannot be read.
pub fn variables(workspace: &Workspace, file: &Path) -> Result<Vec<Variable>, SheetError> {
    let bytes = read(file)?;
    with_microdata(workspace, file, &bytes, |data| data.variables())
}

/// Estimates a question, and records what it finds where a survey is named.
///
/// # Errors
/// Where the file cannot be read or lacks a variable, or the register has no such survey or actor.
pub fn estimate(workspace: &Workspace, job: &EstimateJob) -> Result<Estimates, SheetError> {
    let wrong = |why: String| SheetError::Microdata(job.file.clone(), why);
    let bytes = read(&job.file)?;
    let mut names: Vec<&str> = vec![&job.question];
    names.extend([&job.weight, &job.strata, &job.cluster].into_iter().flatten().map(String::as_str));
    names.extend(job.by.iter().flat_map(|by| by.split(',').map(str::trim)));
    let columns = with_microdata(workspace, &job.file, &bytes, |data| data.columns(&names)).map_err(|e| wrong(e.to_string()))?;
    let (hash, question) = (hexadecimal(&Sha256::digest(&bytes)), columns[0].clone());
    drop(bytes);
    let sample = Sample::new(job, columns).map_err(|e| wrong(e.to_string()))?;
    let answers = match job.mean {
        true => Vec::new(),
        false => sample.answers.levels.clone(),
    };
    if answers.len() > MOST_ANSWERS {
        return Err(wrong(format!("`{}` has {} different answers; say --mean for its mean", job.question, answers.len())));
    }
    let groups = sample.groups(job);
    let method = sample.method(job);
    let mut estimates = Estimates {
        question: question.label.clone(),
        table: table(&answers, &groups),
        suppressed: groups.iter().filter(|g| g.estimates.is_none()).count() as u64,
        would_tell: groups.iter().filter(|g| g.estimates.is_none() && g.respondents >= job.least.max(1)).count() as u64,
        left_out: sample.design.left_out(),
        method,
        ..Estimates::default()
    };
    if let Some(survey) = &job.survey {
        let found = drafts::SurveyResult {
            survey,
            question: &question,
            answers: &answers,
            groups: &groups,
            method: &estimates.method,
            hash: &hash,
        };
        let (origin, drafts) = drafts::drafts(workspace, job, &found)?;
        let name = job.file.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        let act = format!("estimated {} from {name}", question.name);
        estimates.recorded = record_again(workspace, &job.author, &act, &origin, drafts, false)?;
    }
    Ok(estimates)
}

fn read(file: &Path) -> Result<Vec<u8>, SheetError> {
    remit_files::read(file, MOST_BYTES).map_err(|e| SheetError::Open(file.to_path_buf(), e))
}

fn with_microdata<T>(
    workspace: &Workspace,
    file: &Path,
    bytes: &[u8],
    read: impl FnOnce(&Microdata<'_>) -> Result<T, remit_survey::SurveyError>,
) -> Result<T, SheetError> {
    let result = match extension(file).as_str() {
        "sav" | "zsav" => read(&Microdata::Sav(bytes)),
        _ => read(&Microdata::Csv(&encoding::decode(bytes, "", &workspace.model().languages).0)),
    };
    result.map_err(|e| SheetError::Microdata(file.to_path_buf(), e.to_string()))
}

/// The columns of a job, each in its place.
struct Sample {
    design: Design,
    answers: Answers,
    numbers: Vec<f64>,
    by: Vec<(String, Answers)>,
}

impl Sample {
    fn new(job: &EstimateJob, columns: Vec<SurveyColumn>) -> Result<Sample, remit_survey::SurveyError> {
        let mut columns = columns.into_iter();
        let mut next = || columns.next().expect("a column for each name");
        let question = next();
        let weight = job.weight.as_ref().map(|_| next().numbers()).transpose()?;
        let strata = job.strata.as_ref().map(|_| next().answers());
        let cluster = job.cluster.as_ref().map(|_| next().answers());
        let by = job.by.iter().map(|by| together(by.split(',').map(|_| next()).collect())).collect();
        let mut answers = question.answers();
        leave_out(&mut answers, &job.leave_out);
        let mut numbers = if job.mean { question.numbers()? } else { Vec::new() };
        // An answer that is none has no number either.
        numbers.iter_mut().zip(&answers.at).filter(|(_, at)| **at == NONE).for_each(|(number, _)| *number = f64::NAN);
        let design = Design::new(answers.at.len(), weight.as_deref(), strata.as_ref(), cluster.as_ref(), job.lonely)?;
        Ok(Sample { design, answers, numbers, by })
    }

    /// All respondents, then each way to divide them.
    fn groups(&self, job: &EstimateJob) -> Vec<RespondentGroup> {
        let all = Answers { at: vec![0; self.answers.at.len()], levels: vec![String::new()] };
        let ways = std::iter::once((String::new(), &all)).chain(self.by.iter().map(|(by, groups)| (by.clone(), groups)));
        let mut found = Vec::new();
        for (by, groups) in ways {
            let estimates: Vec<Vec<Estimate>> = match job.mean {
                true => self.design.means(&self.numbers, groups).into_iter().map(|e| vec![e]).collect(),
                false => self.design.shares(&self.answers, groups),
            };
            found.extend(groups.levels.iter().zip(estimates).map(|(name, estimates)| {
                let respondents = estimates.first().map_or(0, |e| e.respondents);
                let estimates = (respondents > 0 && respondents >= job.least).then_some(estimates);
                RespondentGroup { by: by.clone(), name: name.clone(), estimates, respondents }
            }));
        }
        for at in self.hidden(&found, &all, job.least) {
            found[at].estimates = None;
        }
        found
    }

    /// The groups that are too small, and those that would tell them: whoever takes the groups that are shown from one of which they are parts
    /// has what is left of it.
    fn hidden(&self, groups: &[RespondentGroup], all: &Answers, least: u64) -> BTreeSet<usize> {
        let ways: Vec<&Answers> = std::iter::once(all).chain(self.by.iter().map(|(_, groups)| groups)).collect();
        let begins = ways.iter().scan(0, |next, way| {
            let begin = *next;
            *next += way.levels.len();
            Some(begin)
        });
        let begins: Vec<usize> = begins.collect();
        let mut sums: Vec<Sum> = Vec::new();
        for (fine, parts) in ways.iter().enumerate() {
            let wholes = ways.iter().enumerate().filter(|(coarse, _)| *coarse != fine);
            for of_whole in wholes.filter_map(|(_, whole)| parts_of(parts, whole)).flatten() {
                sums.push(of_whole.into_iter().map(|part| begins[fine] + part).collect::<Vec<_>>().into());
            }
        }
        let cells: Vec<(usize, u64)> = groups.iter().map(|g| g.respondents).enumerate().collect();
        hidden(&cells, &sums, least)
    }

    /// How it was estimated, for who reads a figure later.
    fn method(&self, job: &EstimateJob) -> String {
        let part = |what: &str, name: &Option<String>| name.as_ref().map(|n| format!("{what} {n}"));
        let parts = [part("weight", &job.weight), part("strata", &job.strata), part("clusters", &job.cluster)];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let design = if parts.is_empty() { "without weights, strata and clusters".to_owned() } else { parts.join(", ") };
        let lonely = match (self.design.lonely(), job.lonely) {
            (0, _) => String::new(),
            (n, Lonely::Adjust) => format!("; {n} strata with one cluster, by its distance from the mean"),
            (n, Lonely::Certainty) => format!("; {n} strata with one cluster, taken as certain"),
        };
        let left_out = match job.leave_out.is_empty() {
            true => String::new(),
            false => format!("; without those who answered {}", job.leave_out.join(", ")),
        };
        let interval = if job.mean { "Student’s t" } else { "logit, at 0 and 100 % Wilson" };
        format!("Taylor linearisation; {design}{lonely}{left_out}; interval of 19 in 20: {interval}")
    }
}

/// Answers that somebody says are none.
fn leave_out(answers: &mut Answers, none: &[String]) {
    let is_none: Vec<bool> = answers.levels.iter().map(|l| none.iter().any(|n| n.eq_ignore_ascii_case(l))).collect();
    let mut place = Vec::new();
    let mut left = 0;
    for gone in &is_none {
        place.push(if *gone { NONE } else { left });
        left += u32::from(!gone);
    }
    answers.at.iter_mut().filter(|at| **at != NONE).for_each(|at| *at = place[*at as usize]);
    let mut gone = is_none.into_iter();
    answers.levels.retain(|_| !gone.next().unwrap_or_default());
}

/// The groups of one way to divide respondents that make up each group of another; none where some group is in several of these, or outside.
fn parts_of(parts: &Answers, whole: &Answers) -> Option<Vec<Vec<usize>>> {
    let mut within = vec![NONE; parts.levels.len()];
    for (part, whole) in parts.at.iter().zip(&whole.at).filter(|(part, _)| **part != NONE) {
        let place = &mut within[*part as usize];
        if *whole == NONE || *place != NONE && *place != *whole {
            return None;
        }
        *place = *whole;
    }
    let mut found = vec![Vec::new(); whole.levels.len()];
    for (part, whole) in within.into_iter().enumerate().filter(|(_, whole)| *whole != NONE) {
        found[whole as usize].push(part);
    }
    Some(found)
}

/// Several variables as one: its values are those that occur together.
fn together(columns: Vec<SurveyColumn>) -> (String, Answers) {
    let label = columns.iter().map(|c| c.label.as_str()).collect::<Vec<_>>().join(" × ");
    let all = columns.iter().map(SurveyColumn::answers).reduce(|a, b| {
        let pairs = a.at.iter().zip(&b.at);
        let said = pairs.clone().filter(|(x, y)| **x != NONE && **y != NONE);
        let mut found: BTreeMap<(u32, u32), u32> = said.map(|(x, y)| ((*x, *y), 0)).collect();
        found.values_mut().zip(0..).for_each(|(place, at)| *place = at);
        let levels = found.keys().map(|(x, y)| format!("{} × {}", a.levels[*x as usize], b.levels[*y as usize])).collect();
        Answers { at: pairs.map(|(x, y)| found.get(&(*x, *y)).copied().unwrap_or(NONE)).collect(), levels }
    });
    (label, all.unwrap_or_default())
}

/// The estimates as the rows of an answer. Shares are per cent.
fn table(answers: &[String], groups: &[RespondentGroup]) -> Table {
    let columns = ["by", "group", "answer", "respondents", "percent", "mean", "standard_error", "low", "high", "design_effect"];
    let mut rows = Vec::new();
    let text = |t: &str| if t.is_empty() { Cell::Null } else { Cell::Text(t.to_owned()) };
    let number = |n: f64| if n.is_finite() { Cell::Real(n) } else { Cell::Null };
    for g in groups {
        let Some(estimates) = &g.estimates else {
            let blank = std::iter::repeat_n(Cell::Null, columns.len() - 3);
            rows.push([text(&g.by), text(&g.name), Cell::Null].into_iter().chain(blank).collect());
            continue;
        };
        for (at, e) in estimates.iter().enumerate() {
            let (answer, by) = (answers.get(at), if answers.is_empty() { 1.0 } else { 100.0 });
            let (share, mean) = match answer {
                Some(_) => (number(e.value * by), Cell::Null),
                None => (Cell::Null, number(e.value)),
            };
            rows.push(vec![
                text(&g.by),
                text(&g.name),
                text(answer.map_or("", String::as_str)),
                Cell::Integer(g.respondents as i64),
                share,
                mean,
                number(e.error * by),
                number(e.low * by),
                number(e.high * by),
                number(e.design_effect),
            ]);
        }
    }
    Table { columns: columns.iter().map(|c| (*c).to_owned()).collect(), rows }
}
