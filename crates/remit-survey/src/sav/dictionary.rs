//! What stands before the cases: which variables there are, what they are called, what their values mean.

use super::{Cursor, ELEMENT, MOST, number};
use crate::{SurveyError, Variable};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use std::collections::HashMap;

/// How the cases are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    /// Element by element.
    Plain,
    /// Bytes that stand for small numbers, spaces and missing values, with elements in between.
    Bytes,
    /// The same in blocks of zlib.
    Blocks,
}

/// What is known of a file before its cases.
pub(crate) struct Dictionary {
    pub(super) little: bool,
    pub(super) form: Packing,
    /// What is added to a number so that it fits into a byte.
    pub(super) bias: f64,
    /// Elements of a case.
    pub(super) elements: usize,
    /// Where the cases begin.
    pub(super) at: usize,
    pub(super) encoding: &'static Encoding,
    pub(super) fields: Vec<SavVariable>,
}

/// A value, and what it means.
type ValueLabel = ([u8; ELEMENT], Vec<u8>);

/// A variable as its file has it.
#[derive(Default, Clone)]
pub(super) struct SavVariable {
    pub(super) name: String,
    short: Vec<u8>,
    pub(super) label: Vec<u8>,
    /// The element of a case in which it begins.
    pub(super) at: usize,
    /// Letters; 0 for a number.
    pub(super) width: usize,
    pub(super) missing: Missing,
    pub(super) labels: Vec<ValueLabel>,
}

/// Values that somebody said are no answers.
#[derive(Default, Clone)]
pub(super) struct Missing {
    range: Option<(f64, f64)>,
    values: Vec<[u8; ELEMENT]>,
}

impl Missing {
    pub(super) fn has(&self, value: f64, little: bool) -> bool {
        self.range.is_some_and(|(low, high)| (low..=high).contains(&value))
            || self.values.iter().any(|v| number(v, little) == value)
    }

    pub(super) fn has_text(&self, text: &[u8]) -> bool {
        self.values.iter().any(|v| trimmed(v) == text)
    }
}

/// A text without the spaces that fill it up.
pub(super) fn trimmed(text: &[u8]) -> &[u8] {
    let end = text.iter().rposition(|b| !matches!(b, b' ' | 0)).map_or(0, |at| at + 1);
    &text[..end]
}

impl Dictionary {
    pub(crate) fn read(bytes: &[u8]) -> Result<Dictionary, SurveyError> {
        let mut c = Cursor { bytes, at: 64, little: true };
        if !matches!(bytes.get(..4), Some(b"$FL2" | b"$FL3")) {
            return Err(SurveyError::NotSav);
        }
        // The layout code is 2 or 3, and tells the order of bytes.
        c.little = matches!(c.int()?, 2 | 3);
        let (_, compression, _, _) = (c.int()?, c.int()?, c.int()?, c.int()?);
        let form = match compression {
            0 => Packing::Plain,
            1 => Packing::Bytes,
            2 => Packing::Blocks,
            _ => return Err(SurveyError::Broken { what: "the cases are compressed in a way that nobody describes", at: 72 }),
        };
        let bias = c.number()?;
        c.take(9 + 8 + 64 + 3)?;
        let mut d = Dictionary { little: c.little, form, bias, elements: 0, at: 0, encoding: WINDOWS_1252, fields: Vec::new() };
        d.records(&mut c)?;
        d.at = c.at;
        Ok(d)
    }

    fn records(&mut self, c: &mut Cursor<'_>) -> Result<(), SurveyError> {
        let (mut labels, mut long_names) = (Vec::new(), HashMap::new());
        loop {
            let at = c.at;
            match c.int()? {
                2 => self.variable(c)?,
                3 => labels = value_labels(c)?,
                4 => self.apply(c, &labels)?,
                6 => {
                    let lines = c.count("a text has no length")?;
                    c.take(lines * 80)?;
                }
                7 => self.extension(c, &mut long_names)?,
                999 => {
                    c.int()?;
                    break;
                }
                _ => return Err(SurveyError::Broken { what: "there is a record that nobody describes", at }),
            }
        }
        for field in &mut self.fields {
            let short = self.encoding.decode_without_bom_handling(&field.short).0.into_owned();
            field.name = long_names.get(&short.to_uppercase()).cloned().unwrap_or(short);
        }
        Ok(())
    }

    fn variable(&mut self, c: &mut Cursor<'_>) -> Result<(), SurveyError> {
        let at = c.at;
        let (width, labelled, missing) = (c.int()?, c.int()?, c.int()?);
        c.take(8)?;
        let short = trimmed(c.take(8)?).to_vec();
        let mut field = SavVariable { short, at: self.elements, width: width.max(0) as usize, ..SavVariable::default() };
        if labelled == 1 {
            let length = c.count("a label has no length")?;
            field.label = c.take(length)?.to_vec();
            c.take(length.next_multiple_of(4) - length)?;
        }
        if !(-3..=3).contains(&missing) || width > 255 {
            return Err(SurveyError::Broken { what: "a variable is described wrongly", at });
        }
        let mut values: Vec<[u8; ELEMENT]> = Vec::new();
        for _ in 0..missing.abs() {
            values.push(c.take(ELEMENT)?.try_into().unwrap_or_default());
        }
        if missing < -1 {
            field.missing.range = Some((number(&values[0], c.little), number(&values[1], c.little)));
            values.drain(..2);
        }
        field.missing.values = values;
        self.elements += 1;
        if self.elements > MOST {
            return Err(SurveyError::TooLarge(MOST));
        }
        // What continues a text is no variable of its own.
        if width >= 0 {
            self.fields.push(field);
        }
        Ok(())
    }

    /// Gives labels to the variables that a record names, by their elements from 1.
    fn apply(&mut self, c: &mut Cursor<'_>, labels: &[ValueLabel]) -> Result<(), SurveyError> {
        for _ in 0..c.count("a list of variables has no length")? {
            let element = c.int()?;
            if let Some(field) = self.fields.iter_mut().find(|f| f.at as i64 + 1 == i64::from(element)) {
                field.labels = labels.to_vec();
            }
        }
        Ok(())
    }

    fn extension(&mut self, c: &mut Cursor<'_>, long_names: &mut HashMap<String, String>) -> Result<(), SurveyError> {
        let (at, sort) = (c.at, c.int()?);
        let (size, count) = (c.count("a record has no size")?, c.count("a record has no length")?);
        let length = size.checked_mul(count).ok_or(SurveyError::Broken { what: "a record has no size", at })?;
        let mut inside = Cursor { bytes: c.take(length)?, at: 0, little: c.little };
        match sort {
            // The code page stands last of eight numbers.
            3 if length >= 32 => {
                inside.at = 28;
                if let Some(encoding) = by_code_page(inside.int()?) {
                    self.encoding = encoding;
                }
            }
            13 => {
                let text = self.encoding.decode_without_bom_handling(inside.bytes).0;
                let pairs = text.split('\t').filter_map(|pair| pair.split_once('='));
                long_names.extend(pairs.map(|(short, long)| (short.to_uppercase(), long.trim_end_matches('\0').to_owned())));
            }
            20 => {
                if let Some(encoding) = Encoding::for_label(inside.bytes) {
                    self.encoding = encoding;
                }
            }
            _ => {}
        }
        Ok(())
    }

    pub(super) fn text(&self, bytes: &[u8]) -> String {
        self.encoding.decode_without_bom_handling(trimmed(bytes)).0.trim().to_owned()
    }

    pub(crate) fn variables(&self) -> Vec<Variable> {
        self.fields.iter().map(|f| Variable { name: f.name.clone(), label: self.text(&f.label) }).collect()
    }
}

fn value_labels(c: &mut Cursor<'_>) -> Result<Vec<ValueLabel>, SurveyError> {
    let mut labels = Vec::new();
    for _ in 0..c.count("a list of labels has no length")? {
        let value = c.take(ELEMENT)?.try_into().unwrap_or_default();
        let length = usize::from(c.take(1)?[0]);
        labels.push((value, c.take(length)?.to_vec()));
        c.take((length + 1).next_multiple_of(ELEMENT) - length - 1)?;
    }
    Ok(labels)
}

/// The encoding that a code page of Windows is.
fn by_code_page(page: i32) -> Option<&'static Encoding> {
    match page {
        65001 => Some(UTF_8),
        2 => Some(WINDOWS_1252),
        28591..=28605 => Encoding::for_label(format!("iso-8859-{}", page - 28590).as_bytes()),
        page => Encoding::for_label(format!("windows-{page}").as_bytes()),
    }
}
