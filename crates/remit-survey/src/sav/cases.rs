//! The cases: one element after the other, of which those of the wanted variables are kept.

use super::dictionary::{Dictionary, Packing, SavVariable, trimmed};
use super::{Cursor, ELEMENT, MOST, number};
use crate::column::{NONE, SurveyValues, in_place, level, place};
use crate::{SurveyColumn, SurveyError};
use flate2::read::ZlibDecoder;
use std::collections::HashMap;
use std::io::{BufReader, Read};

/// What an element of a case says.
#[derive(Clone, Copy)]
enum CaseElement {
    Number(f64),
    Bytes([u8; ELEMENT]),
    Spaces,
    Missing,
}

/// A variable while its cases are read.
struct VariableFilling<'f> {
    field: &'f SavVariable,
    numbers: Vec<f64>,
    texts: Vec<u32>,
    found: HashMap<String, u32>,
    /// What of a text was read so far.
    text: Vec<u8>,
}

impl Dictionary {
    /// The columns of these variables, as far as cases say something of them.
    pub(crate) fn columns(&self, bytes: &[u8], names: &[&str]) -> Result<Vec<SurveyColumn>, SurveyError> {
        let known: Vec<String> = self.fields.iter().map(|f| f.name.clone()).collect();
        let places: Vec<usize> = names.iter().map(|name| place(&known, name)).collect::<Result<_, _>>()?;
        let fields: Vec<&SavVariable> = places.iter().map(|at| &self.fields[*at]).collect();
        let values = read(self, bytes, &fields)?;
        let column = |(field, values): (&&SavVariable, _)| {
            let label = Some(self.text(&field.label)).filter(|l| !l.is_empty()).unwrap_or_else(|| field.name.clone());
            let labels = field.labels.iter().map(|(value, label)| (number(value, self.little), self.text(label)));
            let labels = if field.width == 0 { labels.collect() } else { Vec::new() };
            SurveyColumn { name: field.name.clone(), label, values, labels }
        };
        Ok(fields.iter().zip(values).map(column).collect())
    }
}

/// Reads the values of these variables.
fn read(d: &Dictionary, bytes: &[u8], fields: &[&SavVariable]) -> Result<Vec<SurveyValues>, SurveyError> {
    let rest = bytes.get(d.at..).unwrap_or_default();
    match d.form {
        Packing::Plain => filled(d, fields, &mut Elements { from: rest, plain: true, codes: [0; ELEMENT], next: ELEMENT, d }),
        Packing::Bytes => filled(d, fields, &mut Elements { from: rest, plain: false, codes: [0; ELEMENT], next: ELEMENT, d }),
        Packing::Blocks => {
            let from = BufReader::with_capacity(1 << 16, Blocks::find(d, bytes)?);
            filled(d, fields, &mut Elements { from, plain: false, codes: [0; ELEMENT], next: ELEMENT, d })
        }
    }
}

fn filled<R: Read>(
    d: &Dictionary,
    fields: &[&SavVariable],
    elements: &mut Elements<'_, R>,
) -> Result<Vec<SurveyValues>, SurveyError> {
    let filling =
        |field| VariableFilling { field, numbers: Vec::new(), texts: Vec::new(), found: HashMap::new(), text: Vec::new() };
    let mut all: Vec<VariableFilling<'_>> = fields.iter().copied().map(filling).collect();
    // For each element of a case, which of the variables it belongs to.
    let mut wanted: Vec<Vec<usize>> = vec![Vec::new(); d.elements];
    for (at, field) in fields.iter().enumerate() {
        let last = field.at + field.width.div_ceil(ELEMENT).max(1);
        wanted.get_mut(field.at..last).into_iter().flatten().for_each(|w| w.push(at));
    }
    if d.elements == 0 {
        return Ok(all.into_iter().map(VariableFilling::values).collect());
    }
    let mut rows = 0;
    loop {
        for (at, wanted) in wanted.iter().enumerate() {
            let Some(element) = elements.next()? else {
                // What is broken off in the middle of a case is none.
                all.iter_mut().for_each(|f| f.end_at(rows));
                return Ok(all.into_iter().map(VariableFilling::values).collect());
            };
            for w in wanted {
                all[*w].put(element, at, d);
            }
        }
        rows += 1;
        if rows > MOST {
            return Err(SurveyError::TooLarge(MOST));
        }
    }
}

impl VariableFilling<'_> {
    fn put(&mut self, element: CaseElement, at: usize, d: &Dictionary) {
        if self.field.width == 0 {
            let value = match element {
                CaseElement::Number(value) => value,
                CaseElement::Bytes(bytes) => number(&bytes, d.little),
                CaseElement::Spaces | CaseElement::Missing => f64::NAN,
            };
            // The lowest number that there is stands for nothing.
            let nothing = value == -f64::MAX || self.field.missing.has(value, d.little);
            self.numbers.push(if nothing { f64::NAN } else { value });
            return;
        }
        match element {
            CaseElement::Bytes(bytes) => self.text.extend_from_slice(&bytes),
            _ => self.text.extend_from_slice(&[b' '; ELEMENT]),
        }
        if at + 1 == self.field.at + self.field.width.div_ceil(ELEMENT) {
            let text = trimmed(&self.text);
            let label = || self.field.labels.iter().find(|(value, _)| trimmed(value) == text);
            let said = match self.field.width <= ELEMENT {
                true => label().map_or(text, |(_, label)| label),
                false => text,
            };
            let nothing = text.is_empty() || self.field.missing.has_text(text);
            self.texts.push(if nothing { NONE } else { level(&mut self.found, &d.text(said)) });
            self.text.clear();
        }
    }

    fn end_at(&mut self, rows: usize) {
        self.numbers.truncate(rows);
        self.texts.truncate(rows);
    }

    fn values(self) -> SurveyValues {
        match self.field.width {
            0 => SurveyValues::Numbers(self.numbers),
            _ => SurveyValues::Texts { at: self.texts, levels: in_place(self.found) },
        }
    }
}

/// Elements one after the other.
struct Elements<'d, R> {
    from: R,
    plain: bool,
    /// Eight bytes that say what follows.
    codes: [u8; ELEMENT],
    next: usize,
    d: &'d Dictionary,
}

impl<R: Read> Elements<'_, R> {
    /// The next one; none where the cases end.
    fn next(&mut self) -> Result<Option<CaseElement>, SurveyError> {
        if self.plain {
            return self.raw();
        }
        loop {
            if self.next == ELEMENT {
                if !whole(&mut self.from, &mut self.codes)? {
                    return Ok(None);
                }
                self.next = 0;
            }
            let code = self.codes[self.next];
            self.next += 1;
            match code {
                0 => {}
                252 => return Ok(None),
                253 => return self.raw(),
                254 => return Ok(Some(CaseElement::Spaces)),
                255 => return Ok(Some(CaseElement::Missing)),
                code => return Ok(Some(CaseElement::Number(f64::from(code) - self.d.bias))),
            }
        }
    }

    fn raw(&mut self) -> Result<Option<CaseElement>, SurveyError> {
        let mut bytes = [0; ELEMENT];
        Ok(whole(&mut self.from, &mut bytes)?.then_some(CaseElement::Bytes(bytes)))
    }
}

/// Reads eight bytes; false where there are not as many.
fn whole(from: &mut impl Read, bytes: &mut [u8; ELEMENT]) -> Result<bool, SurveyError> {
    match from.read_exact(bytes) {
        Ok(()) => Ok(true),
        Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => Ok(false),
        Err(_) => Err(SurveyError::Broken { what: "a block of cases cannot be unpacked", at: 0 }),
    }
}

/// Blocks of zlib as one stream.
struct Blocks<'b> {
    bytes: &'b [u8],
    /// Where each begins, and how long it is.
    left: std::vec::IntoIter<(usize, usize)>,
    now: Option<ZlibDecoder<&'b [u8]>>,
}

impl<'b> Blocks<'b> {
    /// Finds the blocks by the list at the end of the file.
    fn find(d: &Dictionary, bytes: &'b [u8]) -> Result<Blocks<'b>, SurveyError> {
        let mut c = Cursor { bytes, at: d.at, little: d.little };
        let (_, list) = (c.long()?, c.long()?);
        let wrong = |at| SurveyError::Broken { what: "the list of blocks is not where the file says", at };
        c.at = usize::try_from(list).map_err(|_| wrong(d.at))?;
        // What was added to numbers, nothing, and the size of a block: the blocks say it themselves.
        c.take(8 + 8 + 4)?;
        let mut blocks = Vec::new();
        for _ in 0..c.count("the list of blocks has no length")? {
            let at = c.at;
            let (_, begins, _, length) = (c.long()?, c.long()?, c.int()?, c.int()?);
            let block = usize::try_from(begins).ok().zip(usize::try_from(length).ok());
            blocks.push(block.filter(|(b, l)| b.checked_add(*l).is_some_and(|e| e <= bytes.len())).ok_or(wrong(at))?);
        }
        Ok(Blocks { bytes, left: blocks.into_iter(), now: None })
    }
}

impl Read for Blocks<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        loop {
            if let Some(block) = &mut self.now {
                let read = block.read(buffer)?;
                if read > 0 || buffer.is_empty() {
                    return Ok(read);
                }
            }
            match self.left.next() {
                Some((begins, length)) => self.now = Some(ZlibDecoder::new(&self.bytes[begins..begins + length])),
                None => return Ok(0),
            }
        }
    }
}
