//! Microdata: one table of respondents by variables, of which only the columns that are asked for are read.

use crate::column::{NONE, SurveyColumn, SurveyValues, Variable, in_place, level, place};
use crate::{SurveyError, sav};
use std::collections::HashMap;

/// Microdata in memory, as they stand in their file.
pub enum Microdata<'b> {
    /// An SPSS file, plain or compressed.
    Sav(&'b [u8]),
    /// CSV, with the names of the variables in its first line.
    Csv(&'b str),
}

/// What CSV has where there is no answer.
const MISSING: [&str; 5] = ["", "NA", "NaN", ".", "NULL"];

impl Microdata<'_> {
    /// The variables that there are.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn variables(&self) -> Result<Vec<Variable>, SurveyError> {
        match self {
            Microdata::Sav(bytes) => Ok(sav::Dictionary::read(bytes)?.variables()),
            Microdata::Csv(text) => {
                let names = headings(&mut reader(text))?;
                Ok(names.into_iter().map(|name| Variable { name, label: String::new() }).collect())
            }
        }
    }

    /// The columns of these names, in this order.
    ///
    /// # Errors
    /// When the file cannot be read, or has no such variable.
    pub fn columns(&self, names: &[&str]) -> Result<Vec<SurveyColumn>, SurveyError> {
        match self {
            Microdata::Sav(bytes) => sav::Dictionary::read(bytes)?.columns(bytes, names),
            Microdata::Csv(text) => csv_columns(text, names),
        }
    }
}

fn reader(text: &str) -> csv::Reader<&[u8]> {
    let text = text.trim_start_matches('\u{FEFF}');
    let first = text.lines().next().unwrap_or_default();
    let separator = *[b',', b';', b'\t'].iter().max_by_key(|s| first.bytes().filter(|b| b == *s).count()).unwrap_or(&b',');
    csv::ReaderBuilder::new().flexible(true).has_headers(false).delimiter(separator).from_reader(text.as_bytes())
}

fn headings(reader: &mut csv::Reader<&[u8]>) -> Result<Vec<String>, SurveyError> {
    let mut record = csv::StringRecord::new();
    reader.read_record(&mut record).map_err(|e| SurveyError::Line(1, e.to_string()))?;
    Ok(record.iter().map(|h| h.trim().to_owned()).collect())
}

fn csv_columns(text: &str, names: &[&str]) -> Result<Vec<SurveyColumn>, SurveyError> {
    let mut reader = reader(text);
    let known = headings(&mut reader)?;
    let places: Vec<usize> = names.iter().map(|name| place(&known, name)).collect::<Result<_, _>>()?;
    let mut levels: Vec<(Vec<u32>, HashMap<String, u32>)> = places.iter().map(|_| Default::default()).collect();
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) if record.iter().all(|c| c.trim().is_empty()) => continue,
            Ok(true) => {}
            Err(e) => return Err(SurveyError::Line(e.position().map_or(0, csv::Position::line), e.to_string())),
        }
        for (place, (at, found)) in places.iter().zip(&mut levels) {
            let cell = record.get(*place).unwrap_or_default().trim();
            at.push(if MISSING.contains(&cell) { NONE } else { level(found, cell) });
        }
    }
    let column = |(place, (at, found)): (&usize, (Vec<u32>, HashMap<String, u32>))| {
        let name = known[*place].clone();
        SurveyColumn {
            label: name.clone(),
            name,
            values: SurveyValues::Texts { at, levels: in_place(found) },
            labels: Vec::new(),
        }
    };
    Ok(places.iter().zip(levels).map(column).collect())
}
