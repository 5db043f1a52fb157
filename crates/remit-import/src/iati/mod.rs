//! IATI activity files: cut into activities, read, classified, converted, split.

pub(crate) mod activity;
mod activity_reader;
mod cells;
mod classify;
mod money;
mod rows;
pub(crate) mod shares;
mod split;
mod splits;
mod words;
mod write;
mod xml;

pub(crate) use rows::{ActivityRow, Parsed, from_activity};
pub(crate) use split::{Chunk, SplitPart, Splitter};
pub(crate) use write::ActivityWriter;

use remit_model::Model;

/// Reads the activities of a chunk.
pub(crate) fn parse_chunk(model: &Model, chunk: &Chunk) -> Vec<Parsed> {
    chunk.activities.iter().map(|(range, line)| rows::parse(model, &chunk.bytes[range.clone()], *line)).collect()
}

/// Reads all of a small input; see [`crate::probe::iati`].
pub(crate) fn read_all(model: &Model, bytes: &[u8], block: usize) -> (Vec<String>, usize) {
    let (mut identifiers, mut problems) = (Vec::new(), 0);
    let mut splitter = Splitter::new(bytes, block.max(1));
    while let Some(found) = splitter.next() {
        match found {
            SplitPart::Chunk(chunk) => {
                for parsed in parse_chunk(model, &chunk) {
                    problems += parsed.problems.len();
                    identifiers.extend(parsed.row.map(|r| r.record));
                }
            }
            SplitPart::Problem(_) => problems += 1,
        }
    }
    (identifiers, problems)
}
