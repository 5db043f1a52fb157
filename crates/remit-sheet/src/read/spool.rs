//! What a large sheet says, put away while it is read: no more of it is in memory than a few megabytes and where each thing is.

use super::fingerprint::fingerprint;
use crate::SheetError;
use remit_model::Marking;
use remit_store::{Draft, Status};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{self, Read, Seek, SeekFrom, Write};
use tempfile::SpooledTempFile;

/// Bytes that are kept in memory; what is more goes into a file that has no name and that nobody else can open.
const IN_MEMORY: usize = 8 << 20;

/// Bytes that are read at once: mostly things are asked for in their order.
const BLOCK: usize = 1 << 16;

/// Rows that seem of one record.
#[derive(Debug, Default)]
pub(crate) struct Alike {
    /// What the places of their drafts have in common.
    pub(crate) place: String,
    /// The name of the rule that makes them.
    pub(crate) rule: String,
    /// The drafts of each: the number of the first, and how many.
    pub(crate) rows: Vec<(u32, u32)>,
}

/// Drafts with their rows, by number from 0, in the order in which they came.
#[derive(Debug)]
pub(crate) struct Spool {
    file: SpooledTempFile,
    /// Where each begins, and the end of the last.
    bounds: Vec<u64>,
    /// The place (origin) of each, by number.
    places: Vec<u32>,
    /// By its place: the number of the place, and that of the draft that came last.
    known_places: HashMap<u128, (u32, u32)>,
    has_superseding: bool,
    /// The name of the sheet, and what the columns of fields are called in it, by the rule (its name) and the field.
    pub(super) sheet: String,
    pub(super) called: HashMap<(String, String), String>,
    /// The fields that the sheet takes, by kind: of all others it says nothing. None where no sheet says it.
    pub(super) spoken: HashMap<String, HashSet<String>>,
    /// Rows that seem of one record, by what the places of their drafts have in common.
    alike: HashMap<String, Alike>,
    /// Record and place of those that turned out to be of another record, by number.
    renamed: HashMap<u32, [String; 2]>,
    /// Fields of which a cell could not be used, by the number of the draft that would have them.
    lost: HashMap<u32, Vec<String>>,
    /// What has not been written yet.
    unwritten: Vec<u8>,
    /// What was read last, and where it begins.
    block: (u64, Vec<u8>),
    /// A disk that is full is told when what was put away is asked for.
    broken: Option<io::Error>,
}

impl Default for Spool {
    fn default() -> Spool {
        Spool {
            file: tempfile::spooled_tempfile(IN_MEMORY),
            bounds: vec![0],
            places: Vec::new(),
            known_places: HashMap::new(),
            has_superseding: false,
            sheet: String::new(),
            called: HashMap::new(),
            spoken: HashMap::new(),
            alike: HashMap::new(),
            renamed: HashMap::new(),
            lost: HashMap::new(),
            unwritten: Vec::new(),
            block: (0, Vec::new()),
            broken: None,
        }
    }
}

/// A draft as it is put away.
#[derive(Serialize, Deserialize)]
struct Packed<Texts, Fields, More> {
    row: u64,
    kind: Texts,
    record: Texts,
    supersedes: Vec<Texts>,
    withdrawn: bool,
    fields: Fields,
    withheld: Vec<(Texts, u8)>,
    envelope: Vec<Texts>,
    more: More,
    marking: u8,
    status: Texts,
    origin: Texts,
    verified_at: Texts,
}

impl Spool {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// True where one of them names the statement that it replaces.
    pub(crate) fn has_superseding(&self) -> bool {
        self.has_superseding
    }

    /// Puts a draft away.
    pub(crate) fn push(&mut self, row: u64, draft: &Draft) {
        if self.broken.is_none()
            && let Err(error) = self.put(row, draft)
        {
            self.broken = Some(error);
        }
    }

    fn put(&mut self, row: u64, d: &Draft) -> io::Result<()> {
        let packed = Packed {
            row,
            kind: &d.kind,
            record: &d.record,
            supersedes: d.supersedes.iter().collect(),
            withdrawn: d.withdrawn,
            fields: &d.fields,
            withheld: d.withheld.iter().map(|(field, marking)| (field, marking.level())).collect(),
            envelope: d.envelope.iter().collect(),
            more: &d.more,
            marking: d.marking.level(),
            status: &d.status.code().to_owned(),
            origin: &d.origin,
            verified_at: &d.verified_at,
        };
        let before = self.unwritten.len();
        serde_json::to_writer(&mut self.unwritten, &packed)?;
        let end = self.bounds.last().copied().unwrap_or_default() + (self.unwritten.len() - before) as u64;
        self.bounds.push(end);
        self.has_superseding |= !d.supersedes.is_empty();
        let (next, number) = (self.known_places.len() as u32, self.places.len() as u32);
        let (place, last) = self.known_places.entry(fingerprint(&d.origin)).or_insert((next, number));
        *last = number;
        self.places.push(*place);
        if self.unwritten.len() >= BLOCK { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> io::Result<()> {
        self.file.seek(SeekFrom::End(0))?;
        self.file.write_all(&self.unwritten)?;
        self.unwritten.clear();
        Ok(())
    }

    /// The draft of a number, with the row of the sheet that it comes from.
    ///
    /// # Errors
    /// When they could not be put away, or cannot be read any more.
    pub(crate) fn get(&mut self, n: usize) -> Result<(u64, Draft), SheetError> {
        self.read(n).map_err(SheetError::Spool)
    }

    fn read(&mut self, n: usize) -> io::Result<(u64, Draft)> {
        if let Some(error) = self.broken.take() {
            return Err(error);
        }
        if !self.unwritten.is_empty() {
            self.write()?;
        }
        let (from, to) = (self.bounds[n], self.bounds[n + 1]);
        let (begin, block) = &mut self.block;
        if from < *begin || to > *begin + block.len() as u64 {
            self.file.seek(SeekFrom::Start(from))?;
            *begin = from;
            block.clear();
            let length = (to - from).max(BLOCK as u64);
            Read::take(&mut self.file, length).read_to_end(block)?;
        }
        let bytes = block.get((from - *begin) as usize..(to - *begin) as usize).ok_or(io::ErrorKind::UnexpectedEof)?;
        let (row, mut draft) = unpacked(bytes)?;
        if let Some([record, origin]) = self.renamed.get(&(n as u32)) {
            draft.record.clone_from(record);
            draft.origin.clone_from(origin);
        }
        Ok((row, draft))
    }

    /// True where a draft was put away at a place.
    pub(crate) fn has(&self, origin: &str) -> bool {
        self.known_places.contains_key(&fingerprint(origin))
    }

    /// True where something was put away at a place of another one too.
    pub(crate) fn meets(&self, other: &Spool) -> bool {
        self.known_places.keys().any(|place| other.known_places.contains_key(place))
    }

    /// The draft that was put away last at a place, with its row.
    pub(crate) fn last_at(&mut self, origin: &str) -> Option<(u64, Draft)> {
        let (_, last) = self.known_places.get(&fingerprint(origin))?;
        self.peek(*last as usize).ok()
    }

    /// The same as [`Spool::get`] for one that nobody asks for in its order: no more of the file is read than it.
    fn peek(&mut self, n: usize) -> io::Result<(u64, Draft)> {
        let (from, to) = (self.bounds[n], self.bounds[n + 1]);
        let end = self.bounds.last().copied().unwrap_or_default();
        let written = end - self.unwritten.len() as u64;
        if from >= written {
            return unpacked(&self.unwritten[(from - written) as usize..(to - written) as usize]);
        }
        let mut bytes = vec![0; (to - from) as usize];
        self.file.seek(SeekFrom::Start(from))?;
        self.file.read_exact(&mut bytes)?;
        unpacked(&bytes)
    }

    /// The number of the draft that was put away last at a place.
    pub(super) fn number_at(&self, origin: &str) -> Option<u32> {
        self.known_places.get(&fingerprint(origin)).map(|(_, last)| *last)
    }

    /// Notes that the drafts from a number on, which a row gives, seem of the record of an earlier row: `earlier` is one of its drafts.
    pub(super) fn note_alike(&mut self, place: String, rule: &str, earlier: u32, from: usize) {
        let row = (from as u32, (self.len() - from) as u32);
        if row.1 == 0 {
            // It says nothing new.
            return;
        }
        if let Some(alike) = self.alike.get_mut(&place) {
            alike.rows.push(row);
            return;
        }
        let rows = vec![self.of_one_row(earlier), row];
        self.alike.insert(place.clone(), Alike { place, rule: rule.to_owned(), rows });
    }

    /// The drafts of the row and record of one of them: the number of the first, and how many.
    fn of_one_row(&mut self, n: u32) -> (u32, u32) {
        let (mut from, mut to) = (n, n + 1);
        if let Ok(of) = self.peek(n as usize) {
            while from > 0 && self.is_beside(from - 1, &of) {
                from -= 1;
            }
            while (to as usize) < self.len() && self.is_beside(to, &of) {
                to += 1;
            }
        }
        (from, to - from)
    }

    /// True for a draft of the row and record of another one, at another place.
    fn is_beside(&mut self, n: u32, (row, of): &(u64, Draft)) -> bool {
        self.peek(n as usize).is_ok_and(|(at, other)| {
            at == *row && other.kind == of.kind && other.record == of.record && other.origin != of.origin
        })
    }

    /// Notes fields of which a cell could not be used, for the drafts from a number on.
    pub(super) fn note_lost(&mut self, from: usize, fields: &[String]) {
        for n in from..self.len() {
            if !fields.is_empty() {
                self.lost.insert(n as u32, fields.to_vec());
            }
        }
    }

    /// The fields of a draft of which a cell could not be used.
    pub(super) fn lost(&self, n: usize) -> &[String] {
        self.lost.get(&(n as u32)).map_or(&[][..], Vec::as_slice)
    }

    /// The rows that seem of one record, by record, in the order in which they came.
    pub(super) fn take_alike(&mut self) -> Vec<Alike> {
        let mut all: Vec<Alike> = std::mem::take(&mut self.alike).into_values().collect();
        all.sort_by_key(|alike| alike.rows.first().copied());
        all
    }

    /// Makes a draft one of another record, at another place.
    pub(super) fn rename(&mut self, n: u32, record: String, origin: String) {
        let next = self.known_places.len() as u32;
        let (place, last) = self.known_places.entry(fingerprint(&origin)).or_insert((next, n));
        *last = n.max(*last);
        self.places[n as usize] = *place;
        self.renamed.insert(n, [record, origin]);
    }

    /// Place and number of each: those of a place together, the places in the order in which they came first.
    pub(crate) fn by_place(&self) -> Vec<(u32, u32)> {
        let mut numbers: Vec<(u32, u32)> = self.places.iter().copied().zip(0..).collect();
        numbers.sort_unstable();
        numbers
    }
}

/// A draft and its row as they were put away.
fn unpacked(bytes: &[u8]) -> io::Result<(u64, Draft)> {
    let p: Packed<String, Map<String, Value>, BTreeMap<String, String>> = serde_json::from_slice(bytes)?;
    let marking = |level: u8| Marking::ALL.get(usize::from(level)).copied().unwrap_or(Marking::StrictlyConfidential);
    let draft = Draft {
        kind: p.kind,
        record: p.record,
        supersedes: p.supersedes,
        withdrawn: p.withdrawn,
        fields: p.fields,
        withheld: p.withheld.into_iter().map(|(field, level)| (field, marking(level))).collect(),
        envelope: p.envelope.try_into().map_err(|_| io::ErrorKind::InvalidData)?,
        more: p.more,
        marking: marking(p.marking),
        status: Status::from_code(&p.status).ok_or(io::ErrorKind::InvalidData)?,
        origin: p.origin,
        verified_at: p.verified_at,
    };
    Ok((p.row, draft))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn said(n: u64, place: &str) -> Draft {
        let mut draft =
            Draft { kind: "actor".into(), record: format!("so/made-up-{n}"), origin: place.into(), ..Draft::default() };
        draft.fields.insert("name".into(), json!(format!("Made-up شرطة {n} {}", "x".repeat(n as usize % 700))));
        draft.fields.insert("strength".into(), json!(n as f64 / 3.0));
        draft.withheld = vec![("name".into(), Marking::Confidential)];
        draft.more.insert("archived".into(), "https://example.org".into());
        draft.set_envelope("source", format!("Made-up yearbook {n}"));
        (draft.marking, draft.status) = (Marking::Internal, Status::Proposed);
        draft
    }

    #[test]
    fn what_is_put_away_comes_back_in_any_order() {
        let mut spool = Spool::default();
        // More than stays in memory.
        let many = 20_000;
        for n in 0..many {
            spool.push(n + 2, &said(n, &format!("place/{}", n % 7_000)));
        }
        assert_eq!((spool.len(), spool.is_empty(), spool.has_superseding()), (20_000, false, false));
        for n in (0..many).step_by(1_999).chain((0..many).rev().step_by(2_503)) {
            assert_eq!(spool.get(n as usize).unwrap(), (n + 2, said(n, &format!("place/{}", n % 7_000))));
        }
        // Something more after it was asked for.
        spool.push(1, &Draft { supersedes: vec!["s".into()], ..said(7, "place/7") });
        assert_eq!(spool.get(20_000).unwrap().1.supersedes, ["s"]);
        assert!(spool.has_superseding());
        let by_place = spool.by_place();
        assert_eq!(by_place[..4], [(0, 0), (0, 7_000), (0, 14_000), (1, 1)]);
    }
}
