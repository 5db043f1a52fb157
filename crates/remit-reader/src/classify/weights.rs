//! Weights as a file: a line of JSON that says what they are, then the numbers.

use super::LearnError;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// The first bytes of every file of weights.
const MAGIC: &[u8] = b"remit weights 3\n";

/// What a file of weights says about itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Header {
    /// Labels: activities, then engagements.
    pub(super) labels: Vec<String>,
    /// The first engagement.
    pub(super) engagements_from: usize,
    /// From which probability a label is given.
    pub(super) thresholds: Vec<f32>,
    /// How many paragraphs, reports and missions it was learned from.
    pub(super) learned_from: [usize; 3],
    /// How many features it has.
    pub(super) features: usize,
    /// How many features of headings.
    pub(super) headings: usize,
}

impl Header {
    /// The labels of each kind: activities, engagements.
    pub(super) fn kinds(&self) -> [Range<usize>; 2] {
        [0..self.engagements_from, self.engagements_from..self.labels.len()]
    }
}

/// Numbers written one after another, small ones first.
#[derive(Debug, Default)]
pub(super) struct Writer(Vec<u8>);

impl Writer {
    pub(super) fn new(header: &Header) -> Writer {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(serde_json::to_vec(header).unwrap_or_default());
        bytes.push(b'\n');
        Writer(bytes)
    }

    pub(super) fn bytes(&mut self, bytes: impl IntoIterator<Item = u8>) {
        self.0.extend(bytes);
    }

    pub(super) fn floats(&mut self, floats: impl IntoIterator<Item = f32>) {
        self.bytes(floats.into_iter().flat_map(f32::to_le_bytes));
    }

    pub(super) fn keys(&mut self, keys: impl IntoIterator<Item = u32>) {
        self.bytes(keys.into_iter().flat_map(u32::to_le_bytes));
    }

    pub(super) fn done(self) -> Vec<u8> {
        self.0
    }
}

/// Reads what [`Writer`] wrote.
#[derive(Debug)]
pub(super) struct WeightsReader<'a> {
    rest: &'a [u8],
}

impl<'a> WeightsReader<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<(Header, WeightsReader<'a>), LearnError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(LearnError::NotWeights)?;
        let end = rest.iter().position(|b| *b == b'\n').ok_or(LearnError::CutShort)?;
        let header: Header = serde_json::from_slice(&rest[..end]).map_err(|e| LearnError::Header(e.to_string()))?;
        let labels = header.labels.len();
        if labels == 0 || labels > 64 || header.thresholds.len() != labels || header.engagements_from > labels {
            return Err(LearnError::Header("labels and thresholds do not fit each other".into()));
        }
        Ok((header, WeightsReader { rest: &rest[end + 1..] }))
    }

    pub(super) fn bytes(&mut self, count: usize) -> Result<&'a [u8], LearnError> {
        let (head, rest) = self.rest.split_at_checked(count).ok_or(LearnError::CutShort)?;
        self.rest = rest;
        Ok(head)
    }

    pub(super) fn floats(&mut self, count: usize) -> Result<Vec<f32>, LearnError> {
        let floats: Vec<f32> = self.words(count)?.map(f32::from_le_bytes).collect();
        floats.iter().all(|f| f.is_finite()).then_some(floats).ok_or(LearnError::NotNumbers)
    }

    pub(super) fn keys(&mut self, count: usize) -> Result<Vec<u32>, LearnError> {
        Ok(self.words(count)?.map(u32::from_le_bytes).collect())
    }

    fn words(&mut self, count: usize) -> Result<impl Iterator<Item = [u8; 4]> + use<'a>, LearnError> {
        let bytes = self.bytes(count.checked_mul(4).ok_or(LearnError::CutShort)?)?;
        Ok(bytes.chunks_exact(4).map(|b| [b[0], b[1], b[2], b[3]]))
    }

    pub(super) fn end(self) -> Result<(), LearnError> {
        if self.rest.is_empty() { Ok(()) } else { Err(LearnError::TooLong(self.rest.len())) }
    }
}
