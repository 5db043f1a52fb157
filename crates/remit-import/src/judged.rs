//! Activities that people judged by reading, and how far what Remit says of them agrees.
//!
//! A judged activity says whether it is support to the security sector, which share of its money is, to which classes of
//! institutions, and for which functions. It may stand for many that nobody read: then it weighs as many.

use remit_store::{Cell, Reader, StoreError};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

/// What a person said of one activity.
#[derive(Debug, Clone, PartialEq)]
struct Judgment {
    weight: f64,
    is_support: bool,
    share: f64,
    classes: BTreeSet<String>,
    functions: BTreeSet<String>,
}

/// Judged activities, by their identifiers.
#[derive(Debug)]
pub struct Judged(BTreeMap<String, Judgment>);

/// Columns that a table of judged activities must have, by which it is known too.
const NEEDED: [&str; 3] = ["identifier", "ssr", "share"];

impl Judged {
    /// True where a table with these headings (its first line) is one of judged activities.
    pub fn is_headed(line: &str) -> bool {
        let headings: BTreeSet<&str> =
            line.trim_start_matches('\u{feff}').split(',').map(|h| h.trim().trim_matches('"')).collect();
        NEEDED.iter().all(|n| headings.contains(n))
    }

    /// Reads a table (CSV) with the columns `identifier`, `ssr` (yes, partly, no), `share` (0 to 1), and, where they are
    /// there, `classes` and `functions` (parted by `;`) and `weight` (for how many activities this one stands; 1 where it is
    /// not said).
    ///
    /// # Errors
    /// What is wrong, with its line.
    pub fn read(table: impl Read) -> Result<Judged, String> {
        let mut rows = csv::Reader::from_reader(table);
        let headings = rows.headers().map_err(|e| e.to_string())?.clone();
        let place = |name: &str| headings.iter().position(|h| h.trim_start_matches('\u{feff}').trim() == name);
        if let Some(missing) = NEEDED.iter().find(|n| place(n).is_none()) {
            return Err(format!("line 1: there is no column `{missing}`"));
        }
        let mut all = BTreeMap::new();
        for row in rows.records() {
            let row = row.map_err(|e| e.to_string())?;
            let line = row.position().map_or(0, csv::Position::line);
            let cell = |name: &str| place(name).and_then(|at| row.get(at)).unwrap_or_default().trim();
            let judgment = Judgment::of(&cell).map_err(|reason| format!("line {line}: {reason}"))?;
            let identifier = cell("identifier");
            if identifier.is_empty() {
                return Err(format!("line {line}: the identifier is empty"));
            }
            if all.insert(identifier.to_owned(), judgment).is_some() {
                return Err(format!("line {line}: {identifier} stands here twice"));
            }
        }
        Ok(Judged(all))
    }
}

impl Judgment {
    fn of<'r>(cell: &impl Fn(&str) -> &'r str) -> Result<Judgment, String> {
        let number = |name: &str, default: f64, most: f64| match cell(name) {
            "" => Ok(default),
            text => text
                .parse()
                .ok()
                .filter(|n: &f64| (0.0..=most).contains(n))
                .ok_or_else(|| format!("`{name}`: “{text}” is no number from 0 to {most}")),
        };
        let is_support = match cell("ssr") {
            "yes" | "partly" => true,
            "no" => false,
            other => return Err(format!("`ssr`: “{other}” is not yes, partly or no")),
        };
        Ok(Judgment {
            is_support,
            weight: number("weight", 1.0, 1e9)?,
            share: number("share", 0.0, 1.0)?,
            classes: codes(cell("classes")),
            functions: codes(cell("functions")),
        })
    }
}

fn codes(cell: &str) -> BTreeSet<String> {
    cell.split(';').map(str::trim).filter(|c| is_said(c)).map(str::to_owned).collect()
}

fn is_said(code: &str) -> bool {
    !code.is_empty() && code != "unspecified"
}

/// What Remit says of one activity.
#[derive(Debug, Default)]
struct Judgement {
    title: String,
    is_support: bool,
    share: f64,
    classes: BTreeSet<String>,
    functions: BTreeSet<String>,
}

/// An activity of which Remit and a person do not say the same.
#[derive(Debug, Serialize)]
pub struct Difference {
    /// The activity.
    pub identifier: String,
    /// Its title.
    pub title: String,
    /// For how many it stands.
    pub weight: f64,
    /// `missed`, `wrongly_found`, `share` (apart by more than 0.15), `classes`, `functions`.
    pub what: &'static str,
    /// What the person said.
    pub judged: String,
    /// What Remit says.
    pub said: String,
}

/// How far Remit agrees with people. All figures are weighted.
#[derive(Debug, Serialize)]
pub struct Agreement {
    /// Activities that were judged and are in the workspace.
    pub judged: usize,
    /// Activities that were judged and that the workspace does not have.
    pub not_there: Vec<String>,
    /// Of what Remit calls support, how much people do.
    pub precision: f64,
    /// Of what people call support, how much Remit does.
    pub recall: f64,
    /// How far the shares of money are apart on average, where either calls it support.
    pub share_error: f64,
    /// How much more (or, below zero, less) Remit counts than people on average, of the same activities.
    pub share_bias: f64,
    /// F1 of classes, where both call it support.
    pub classes_f1: f64,
    /// F1 of functions, where both call it support.
    pub functions_f1: f64,
    /// Where they differ, the heaviest first.
    pub differences: Vec<Difference>,
}

/// Right, too many, too few.
#[derive(Default)]
struct JudgedTally([f64; 3]);

impl JudgedTally {
    fn add(&mut self, weight: f64, right: usize, too_many: usize, too_few: usize) {
        for (sum, n) in self.0.iter_mut().zip([right, too_many, too_few]) {
            *sum += weight * n as f64;
        }
    }

    fn sets(&mut self, weight: f64, judged: &BTreeSet<String>, said: &BTreeSet<String>) {
        self.add(weight, judged.intersection(said).count(), said.difference(judged).count(), judged.difference(said).count());
    }

    fn precision(&self) -> f64 {
        quotient(self.0[0], self.0[0] + self.0[1])
    }

    fn recall(&self) -> f64 {
        quotient(self.0[0], self.0[0] + self.0[2])
    }

    fn f1(&self) -> f64 {
        quotient(2.0 * self.0[0], 2.0 * self.0[0] + self.0[1] + self.0[2])
    }
}

fn quotient(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// Compares what people judged with what a workspace says.
///
/// # Errors
/// When the workspace cannot be read.
pub fn agreement(reader: &Reader, judged: &Judged) -> Result<Agreement, StoreError> {
    let said = said(reader, judged)?;
    let (mut found, mut classes, mut functions) = (JudgedTally::default(), JudgedTally::default(), JudgedTally::default());
    let (mut apart, mut more, mut weights) = (0.0, 0.0, 0.0);
    let (mut differences, mut not_there) = (Vec::new(), Vec::new());
    for (identifier, person) in &judged.0 {
        let Some(remit) = said.get(identifier) else {
            not_there.push(identifier.clone());
            continue;
        };
        let (a, b, weight) = (person.is_support, remit.is_support, person.weight);
        found.add(weight, usize::from(a && b), usize::from(b && !a), usize::from(a && !b));
        if a && b {
            classes.sets(weight, &person.classes, &remit.classes);
            functions.sets(weight, &person.functions, &remit.functions);
        }
        if a || b {
            apart += weight * (remit.share - person.share).abs();
            more += weight * (remit.share - person.share);
            weights += weight;
        }
        differences.extend(differ(identifier, person, remit));
    }
    differences.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    Ok(Agreement {
        judged: judged.0.len() - not_there.len(),
        not_there,
        precision: found.precision(),
        recall: found.recall(),
        share_error: quotient(apart, weights),
        share_bias: quotient(more, weights),
        classes_f1: classes.f1(),
        functions_f1: functions.f1(),
        differences,
    })
}

/// Shares that are this far apart are worth a look.
const APART: f64 = 0.15;

fn differ(identifier: &str, person: &Judgment, remit: &Judgement) -> Vec<Difference> {
    let difference = |what, judged: String, said: String| Difference {
        identifier: identifier.to_owned(),
        title: remit.title.clone(),
        weight: person.weight,
        what,
        judged,
        said,
    };
    let share = |s: f64| format!("{s:.2}");
    let list = |codes: &BTreeSet<String>| codes.iter().cloned().collect::<Vec<_>>().join(";");
    match (person.is_support, remit.is_support) {
        (false, false) => Vec::new(),
        (true, false) => vec![difference("missed", share(person.share), String::new())],
        (false, true) => vec![difference("wrongly_found", String::new(), share(remit.share))],
        (true, true) => {
            let mut all = Vec::new();
            if (person.share - remit.share).abs() > APART + 1e-9 {
                all.push(difference("share", share(person.share), share(remit.share)));
            }
            for (what, a, b) in [("classes", &person.classes, &remit.classes), ("functions", &person.functions, &remit.functions)]
            {
                if a != b {
                    all.push(difference(what, list(a), list(b)));
                }
            }
            all
        }
    }
}

/// Of each activity whether it is support, by code or by text.
const SIGNS: &str = "select identifier, title, coded or read from activity";
/// What each gives to whom; an activity whose transactions differ in where they go has several splits, each a whole.
const PARTS: &str =
    "select identifier, actor_class, security_function, sum(share) / (max(split) - min(split) + 1) from support group by 1, 2, 3";

fn said(reader: &Reader, judged: &Judged) -> Result<BTreeMap<String, Judgement>, StoreError> {
    let text = |cell: &Cell| cell.text().unwrap_or_default().to_owned();
    let mut all: BTreeMap<String, Judgement> = BTreeMap::new();
    for row in reader.query(SIGNS, &[])?.rows {
        let identifier = text(&row[0]);
        if judged.0.contains_key(&identifier) {
            let is_support = row[2].number() == Some(1.0);
            all.insert(identifier, Judgement { title: text(&row[1]), is_support, ..Judgement::default() });
        }
    }
    for row in reader.query(PARTS, &[])?.rows {
        let Some(said) = all.get_mut(&text(&row[0])) else { continue };
        said.share += row[3].number().unwrap_or(0.0);
        for (codes, cell) in [(&mut said.classes, &row[1]), (&mut said.functions, &row[2])] {
            codes.extend(Some(text(cell)).filter(|c| is_said(c)));
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_in_a_table_is_said_with_its_line() {
        let wrong = |table: &str| Judged::read(table.as_bytes()).unwrap_err();
        assert_eq!(wrong("identifier,ssr\nA,yes\n"), "line 1: there is no column `share`");
        assert_eq!(wrong("identifier,ssr,share\nA,yes,1\nB,maybe,1\n"), "line 3: `ssr`: “maybe” is not yes, partly or no");
        assert_eq!(wrong("identifier,ssr,share\nA,yes,2\n"), "line 2: `share`: “2” is no number from 0 to 1");
        assert_eq!(wrong("identifier,ssr,share\nA,yes,1\nA,no,0\n"), "line 3: A stands here twice");
    }

    #[test]
    fn a_table_of_judged_activities_is_known_by_its_headings() {
        assert!(Judged::is_headed("\u{feff}identifier,weight,ssr,share"));
        assert!(!Judged::is_headed("symbol,n,codes"));
    }
}
