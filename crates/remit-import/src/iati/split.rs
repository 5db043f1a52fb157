//! Cuts a stream into whole `<iati-activity>` elements without reading them, so that both cores can.
//!
//! The cut is exact: comments, CDATA sections, processing instructions and document types are recognised as such. Memory
//! stays flat whatever the stream holds: a run of text longer than [`MAX_RUN`] is shortened, an activity longer than
//! [`MAX_ACTIVITY`] is passed over; both become problems. So does time: no byte is looked at again for each sign before it.

use memchr::memchr_iter;
use memchr::memmem::Finder;
use remit_store::Problem;
use std::io::{self, Read};
use std::ops::Range;
use std::sync::LazyLock;

/// The longest run of text, comment or CDATA that is kept: 1 MiB.
pub(crate) const MAX_RUN: usize = 1 << 20;
/// The longest activity that is read: 32 MiB, once its long runs are shortened.
pub(crate) const MAX_ACTIVITY: usize = 32 << 20;
/// Activities that are handed over together: what is read of each takes far more room than the few bytes that it may have.
const MOST_TOGETHER: usize = 4_096;

/// Whole activities in one piece of memory.
#[derive(Debug)]
pub(crate) struct Chunk {
    pub(crate) bytes: Vec<u8>,
    /// Where each activity is, and the line on which it begins.
    pub(crate) activities: Vec<(Range<usize>, u64)>,
}

/// What the splitter comes upon.
#[derive(Debug)]
pub(crate) enum SplitPart {
    Chunk(Chunk),
    Problem(Problem),
}

/// Inside what the scan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Text,
    Comment,
    CData,
    Instruction,
}

impl Inside {
    /// As what it begins.
    fn beginning(self) -> &'static str {
        ["", "<!--", "<![CDATA[", "<?"][self as usize]
    }

    fn end(self) -> &'static Finder<'static> {
        static ENDS: LazyLock<[Finder<'static>; 4]> =
            LazyLock::new(|| [Finder::new("<"), Finder::new("-->"), Finder::new("]]>"), Finder::new("?>")]);
        &ENDS[self as usize]
    }
}

pub(crate) struct Splitter<R> {
    reader: R,
    block: usize,
    buffer: Vec<u8>,
    /// How far the buffer is scanned.
    at: usize,
    inside: Inside,
    /// The line on which that began.
    opened: u64,
    /// Where the run of text, comment or CDATA under the scan began.
    run: usize,
    /// True while the rest of an overlong run is thrown away.
    skipping_run: bool,
    /// Where the activity under the scan began, and its line.
    activity: Option<(usize, u64)>,
    done: Vec<(Range<usize>, u64)>,
    problems: Vec<Problem>,
    /// Line of the byte at `counted`.
    line: u64,
    counted: usize,
    ended: bool,
    root: Option<String>,
    version: Option<String>,
    refused: bool,
    /// True once nothing is missing at the end of the file, or that is told.
    is_whole: bool,
    bytes_read: u64,
    activities: u64,
}

impl<R: Read> Splitter<R> {
    pub(crate) fn new(reader: R, block: usize) -> Self {
        Splitter {
            reader,
            block,
            buffer: Vec::new(),
            at: 0,
            inside: Inside::Text,
            opened: 1,
            run: 0,
            skipping_run: false,
            activity: None,
            done: Vec::new(),
            problems: Vec::new(),
            line: 1,
            counted: 0,
            ended: false,
            root: None,
            version: None,
            refused: false,
            is_whole: false,
            bytes_read: 0,
            activities: 0,
        }
    }

    /// The version that the root element names, once it was seen.
    pub(crate) fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// The next chunk or problem; `None` at the end.
    pub(crate) fn next(&mut self) -> Option<SplitPart> {
        loop {
            if let Some(problem) = self.problems.pop() {
                return Some(SplitPart::Problem(problem));
            }
            if self.refused {
                return None;
            }
            self.scan();
            if !self.problems.is_empty() {
                continue;
            }
            if !self.done.is_empty() {
                return Some(SplitPart::Chunk(self.hand_over()));
            }
            if self.ended {
                self.end_of_file();
                self.refused = true;
                continue;
            }
            self.refill();
        }
    }

    /// Scans what is in the buffer, up to where more bytes are needed, or as much is found as is handed over together.
    fn scan(&mut self) {
        while !self.refused && self.done.len() < MOST_TOGETHER {
            let Some(found) = self.inside.end().find(&self.buffer[self.at..]) else {
                // Keep the last bytes in the scan: an end such as `-->` may straddle two blocks.
                self.at = self.at.max(self.buffer.len().saturating_sub(2));
                self.shorten_run();
                return;
            };
            let found = self.at + found;
            if self.skipping_run {
                self.buffer.drain(self.run + MAX_RUN..found);
                self.counted = self.counted.min(self.run + MAX_RUN);
                self.skipping_run = false;
                self.at = self.run + MAX_RUN;
                continue;
            }
            if self.inside != Inside::Text {
                self.at = found + if self.inside == Inside::Instruction { 2 } else { 3 };
                self.enter(Inside::Text);
                continue;
            }
            if self.root.is_none() && !self.check_beginning(found) {
                return;
            }
            self.at = found;
            if !self.markup(found) {
                return;
            }
        }
    }

    fn enter(&mut self, inside: Inside) {
        self.inside = inside;
        self.run = self.at;
    }

    /// Enters what begins with the sign at `start`.
    fn begin(&mut self, inside: Inside, start: usize) {
        self.opened = self.line_at(start);
        self.at = start + inside.beginning().len();
        self.enter(inside);
    }

    /// Passes over the `<` at `start`.
    fn pass(&mut self, start: usize) {
        self.at = start + 1;
        self.enter(Inside::Text);
    }

    /// Handles the `<` at `start`. False when more bytes are needed.
    fn markup(&mut self, start: usize) -> bool {
        const LONGEST: usize = 18;
        let rest = &self.buffer[start..];
        if rest.len() < LONGEST && !self.ended {
            return false;
        }
        let other = [Inside::Comment, Inside::CData, Inside::Instruction];
        if let Some(inside) = other.into_iter().find(|inside| rest.starts_with(inside.beginning().as_bytes())) {
            self.begin(inside, start);
        } else if is_tag(rest, b"</iati-activity") {
            return self.activity_end(start);
        } else if is_tag(rest, b"<iati-activity") {
            return self.activity_start(start);
        } else if self.root.is_none() && rest.starts_with(b"<!") {
            return self.document_type(start);
        } else if self.root.is_none() && rest.len() > 1 && rest[1] != b'/' {
            return self.root_element(start);
        } else {
            self.is_whole |= is_tag(rest, b"</iati-activities");
            self.pass(start);
        }
        true
    }

    fn activity_start(&mut self, start: usize) -> bool {
        let end = match self.end_of_tag(start) {
            Ok(end) => end,
            Err(goes_on) => return goes_on,
        };
        self.root.get_or_insert_default();
        let line = self.line_at(start);
        if let Some((_, began)) = self.activity.take() {
            self.problem(
                began,
                "not_closed",
                "iati-activity",
                "",
                "this activity is not closed before the next one begins; it was left out",
            );
        }
        self.at = start + end;
        self.enter(Inside::Text);
        if self.buffer[start + end - 2] == b'/' {
            self.done.push((start..start + end, line));
            self.activities += 1;
        } else {
            self.activity = Some((start, line));
        }
        true
    }

    fn activity_end(&mut self, start: usize) -> bool {
        let end = match self.end_of_tag(start) {
            Ok(end) => end,
            Err(goes_on) => return goes_on,
        };
        self.at = start + end;
        self.enter(Inside::Text);
        if let Some((began, line)) = self.activity.take() {
            self.done.push((began..self.at, line));
            self.activities += 1;
        }
        true
    }

    /// Length of the tag at `start`; without one, whether the scan goes on.
    fn end_of_tag(&mut self, start: usize) -> Result<usize, bool> {
        match tag_end(&self.buffer[start..]) {
            TagEnd::At(end) => return Ok(end),
            TagEnd::Unseen => return Err(self.wait_for_tag(start)),
            TagEnd::None if self.root.is_none() => self.not_xml(),
            TagEnd::None => {
                let line = self.line_at(start);
                let reason = "this tag is not closed before the next one begins; it was passed over";
                self.problem(line, "not_well_formed", "iati-activity", "", reason);
                self.pass(start);
            }
        }
        Err(!self.refused)
    }

    /// A tag that is not complete yet: wait, unless it is overlong or the file has ended.
    fn wait_for_tag(&mut self, start: usize) -> bool {
        if self.buffer.len() - start > MAX_RUN {
            let line = self.line_at(start);
            self.problem(line, "tag_too_long", "iati-activity", "", "this tag is longer than 1 MiB; it was passed over");
            // All of it was looked through.
            self.at = start + MAX_RUN;
            self.enter(Inside::Text);
            return true;
        }
        if self.ended {
            if self.activity.is_none() {
                let line = self.line_at(start);
                self.not_ended(line, "");
            }
            self.at = self.buffer.len();
        }
        false
    }

    /// Tells of what begins and does not end.
    fn not_ended(&mut self, line: u64, what: &str) {
        self.problem(line, "broken_off", what, "", "what begins here is not closed; nothing after it was read");
        self.is_whole = true;
    }

    /// `<!DOCTYPE …>`: never used, since no entity is ever expanded; said, since a publisher may rely on it.
    fn document_type(&mut self, start: usize) -> bool {
        match doctype_end(&self.buffer[start..]) {
            Some(end) => {
                let line = self.line_at(start);
                self.problem(
                    line,
                    "document_type",
                    "!DOCTYPE",
                    "",
                    "a document type is declared; it was passed over, and its entities are not expanded",
                );
                self.at = start + end;
                self.enter(Inside::Text);
                true
            }
            None => self.wait_for_tag(start),
        }
    }

    fn root_element(&mut self, start: usize) -> bool {
        let end = match self.end_of_tag(start) {
            Ok(end) => end,
            Err(goes_on) => return goes_on,
        };
        let tag = String::from_utf8_lossy(&self.buffer[start + 1..start + end]).into_owned();
        let name: String = tag.chars().take_while(|c| !c.is_whitespace() && *c != '>' && *c != '/').take(80).collect();
        self.at = start + end;
        self.enter(Inside::Text);
        let line = self.line_at(start);
        match name.as_str() {
            "iati-activities" => {
                self.version = attribute(&tag, "version");
                self.is_whole = tag.ends_with("/>");
                self.check_version(line);
            }
            "iati-organisations" => {
                self.problem(
                    line,
                    "organisation_file",
                    &name,
                    "",
                    "this is an IATI organisation file; Remit reads activity files",
                );
                self.refused = true;
            }
            _ => {} // A portal may wrap the list in an answer of its own: wait and see.
        }
        self.root = Some(name);
        true
    }

    fn check_version(&mut self, line: u64) {
        match self.version.clone().as_deref() {
            Some("2.01" | "2.02" | "2.03") => {}
            Some(version) if version.starts_with("1.") => {
                self.problem(
                    line,
                    "version_1",
                    "iati-activities",
                    version,
                    "this file is in version 1 of the IATI standard, which is no longer supported; what version 2 says in the same way was read; details that it says in another way, such as places on the map, were not. Ask the publisher for version 2.03",
                );
            }
            Some(version) => self.problem(
                line,
                "version",
                "iati-activities",
                version,
                "this is no version of IATI that Remit knows; it was read as 2.03",
            ),
            None => self.problem(
                line,
                "version",
                "iati-activities",
                "",
                "the file does not say which version of IATI it is in; it was read as 2.03",
            ),
        }
    }

    /// Before the first `<` there may be only white space.
    fn check_beginning(&mut self, found: usize) -> bool {
        let before = &self.buffer[self.run.min(found)..found];
        if before.iter().all(u8::is_ascii_whitespace) || before == [0xEF, 0xBB, 0xBF] || self.skipping_run {
            return true;
        }
        self.not_xml();
        false
    }

    fn not_xml(&mut self) {
        let shown: String = String::from_utf8_lossy(&self.buffer[..self.buffer.len().min(200)]).chars().take(80).collect();
        self.problem(1, "not_xml", "", &shown, "this is no XML; nothing was imported from it");
        self.refused = true;
    }

    fn end_of_file(&mut self) {
        if self.inside != Inside::Text {
            self.not_ended(self.opened, self.inside.beginning());
        }
        if let Some((_, line)) = self.activity.take() {
            self.problem(
                line,
                "broken_off",
                "iati-activity",
                "",
                "the file breaks off within this activity; what came before it was imported",
            );
        } else if self.root.is_none() {
            if self.bytes_read == 0 {
                self.problem(1, "empty", "", "", "the file is empty");
            } else {
                self.not_xml();
            }
        } else if let Some(root) =
            self.root.clone().filter(|r| r != "iati-activities" && self.activities == 0 && !self.refused && !r.is_empty())
        {
            self.problem(1, "not_iati", &root, "", "this is XML, but it holds no IATI activity; nothing was imported from it");
        } else if !self.is_whole && self.root.as_deref() == Some("iati-activities") {
            let line = self.line_at(self.buffer.len());
            self.problem(line, "broken_off", "", "", "the file breaks off before its end; what came before it was imported");
        }
    }

    /// Throws away what makes a run longer than it may be.
    fn shorten_run(&mut self) {
        if self.skipping_run {
            let keep_from = self.buffer.len() - 2;
            let from = self.run + MAX_RUN;
            if keep_from > from {
                self.count_lines(keep_from);
                self.buffer.drain(from..keep_from);
                self.counted = from;
                self.at = from;
            }
            return;
        }
        if self.activity.is_none() || self.buffer.len() - self.run <= MAX_RUN + 4096 {
            return;
        }
        let line = self.line_at(self.run);
        self.problem(line, "text_too_long", "", "", "this text is longer than 1 MiB; the rest of it was left out");
        // Cut before an entity or a character that the limit would break in two.
        let mut cut = self.run + MAX_RUN;
        if let Some(amp) = memchr::memrchr(b'&', &self.buffer[cut - 16..cut]) {
            cut = cut - 16 + amp;
        }
        while cut > self.run && self.buffer[cut] & 0xC0 == 0x80 {
            cut -= 1;
        }
        let keep_from = self.buffer.len() - 2;
        self.count_lines(keep_from);
        self.buffer[cut..self.run + MAX_RUN].fill(b' ');
        self.buffer.drain(self.run + MAX_RUN..keep_from);
        self.counted = self.run + MAX_RUN;
        self.at = self.counted;
        self.skipping_run = true;
    }

    fn hand_over(&mut self) -> Chunk {
        let keep = self.activity.map_or(self.at, |(start, _)| start);
        // Before the lines of what is handed over are lost.
        self.count_lines(keep);
        let mut next = Vec::with_capacity(self.buffer.len() - keep + self.block);
        next.extend_from_slice(&self.buffer[keep..]);
        let bytes = std::mem::replace(&mut self.buffer, next);
        self.moved(keep);
        Chunk { bytes, activities: std::mem::take(&mut self.done) }
    }

    fn moved(&mut self, by: usize) {
        self.at -= by;
        self.run = self.run.saturating_sub(by);
        self.counted -= by;
        if let Some((start, _)) = &mut self.activity {
            *start -= by;
        }
    }

    fn refill(&mut self) {
        // What stands before the activity, or before the scan where there is none, has been seen.
        let keep = match self.activity {
            Some((start, _)) => start,
            None => self.at,
        };
        if keep > 0 {
            self.count_lines(keep);
            self.buffer.drain(..keep);
            self.moved(keep);
        }
        if let Some((start, line)) = self.activity.filter(|(start, _)| self.buffer.len() - start > MAX_ACTIVITY) {
            self.problem(
                line,
                "activity_too_long",
                "iati-activity",
                "",
                "this activity is longer than 32 MiB; it was passed over",
            );
            self.count_lines(self.at.max(start));
            let by = self.at.max(start);
            self.activity = None;
            self.buffer.drain(..by);
            self.moved(by);
        }
        match (&mut self.reader).take(self.block as u64).read_to_end(&mut self.buffer) {
            Ok(0) => self.ended = true,
            Ok(n) => self.bytes_read += n as u64,
            Err(error) => self.unreadable(&error),
        }
    }

    fn unreadable(&mut self, error: &io::Error) {
        let line = self.line;
        self.problem(
            line,
            "unreadable",
            "",
            "",
            &format!("the file cannot be read further: {error}; what came before was imported"),
        );
        (self.ended, self.is_whole) = (true, true);
    }

    fn problem(&mut self, line: u64, rule: &'static str, element: &str, value: &str, reason: &str) {
        self.problems.push(Problem {
            line,
            element: element.to_owned(),
            record: String::new(),
            value: value.to_owned(),
            rule,
            reason: reason.to_owned(),
        });
    }

    fn count_lines(&mut self, to: usize) {
        if to > self.counted {
            self.line += memchr_iter(b'\n', &self.buffer[self.counted..to]).count() as u64;
            self.counted = to;
        }
    }

    fn line_at(&mut self, at: usize) -> u64 {
        self.count_lines(at);
        self.line
    }
}

/// True where the bytes begin with this tag's name and nothing that would make it another's.
fn is_tag(bytes: &[u8], name: &[u8]) -> bool {
    bytes.starts_with(name) && bytes.get(name.len()).is_none_or(|b| b.is_ascii_whitespace() || *b == b'>' || *b == b'/')
}

/// Where a tag ends.
enum TagEnd {
    At(usize),
    /// It does not: another tag begins before, which no value of an attribute may have in it.
    None,
    /// Further on than what was read.
    Unseen,
}

/// Where the tag at the beginning of `bytes` ends; a `>` in an attribute's value does not end it.
fn tag_end(bytes: &[u8]) -> TagEnd {
    let mut quote = None;
    for (at, byte) in bytes.iter().enumerate().skip(1) {
        match (quote, byte) {
            (_, b'<') => return TagEnd::None,
            (None, b'>') => return TagEnd::At(at + 1),
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(q), b) if q == *b => quote = None,
            _ => {}
        }
    }
    TagEnd::Unseen
}

/// Length of the document type declaration at the beginning of `bytes`, its internal subset included.
fn doctype_end(bytes: &[u8]) -> Option<usize> {
    let (mut quote, mut depth) = (None, 0_i32);
    for (at, byte) in bytes.iter().enumerate() {
        match (quote, byte) {
            (Some(q), b) if q == *b => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(*byte),
            (None, b'<') => depth += 1,
            (None, b'>') => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let mut rest = tag;
    while let Some(at) = rest.find(name) {
        let before = rest[..at].chars().next_back();
        let after = rest[at + name.len()..].trim_start();
        if let (true, Some(value)) = (before.is_none_or(char::is_whitespace), after.strip_prefix('=')) {
            let value = value.trim_start();
            let quote = value.chars().next().filter(|q| matches!(q, '"' | '\''))?;
            return value[1..].split(quote).next().map(|v| v.trim().to_owned());
        }
        rest = &rest[at + name.len()..];
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small file of very many activities takes no more room than a large one of few.
    #[test]
    fn activities_of_a_few_bytes_are_handed_over_in_parts() {
        let many = 3 * MOST_TOGETHER + 5;
        let text = format!("<iati-activities version=\"2.03\">{}</iati-activities>", "<iati-activity/>\n".repeat(many));
        let mut splitter = Splitter::new(text.as_bytes(), 1 << 20);
        let mut found = Vec::new();
        while let Some(part) = splitter.next() {
            let SplitPart::Chunk(chunk) = part else { panic!("a problem in {many} activities") };
            let whole = chunk.activities.iter().all(|(range, _)| &chunk.bytes[range.clone()] == b"<iati-activity/>");
            found.push((chunk.activities.len(), whole, chunk.activities[0].1));
        }
        let full = |line: u64| (MOST_TOGETHER, true, line);
        let lines = MOST_TOGETHER as u64;
        assert_eq!(found, [full(1), full(lines + 1), full(2 * lines + 1), (5, true, 3 * lines + 1)]);
    }
}
