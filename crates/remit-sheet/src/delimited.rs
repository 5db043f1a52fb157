//! Texts with signs between the cells: CSV, whichever sign and letters it has, and whatever its quotation marks do.

use crate::encoding::Letters;
use crate::grid::{CellText, Grid, HEAD, MOST_INDENTS, Narrow, Narrowed, OF_TEXT, Room, Unread, indent};
use encoding_rs::Decoder;
use std::borrow::Cow;
use std::io::{self, Read};

/// Cells from which of a text only what is wanted is kept.
const LARGE: usize = 1_000_000;

/// Reads at most so many rows of CSV; separated by comma, semicolon or tab. No more of the text is in memory than a part of it, and of its
/// rows no more than is wanted.
pub(crate) fn csv_grid(file: impl Read, letters: Letters, most: usize, narrow: Option<Narrow<'_>>) -> Result<Grid, Unread> {
    let broken = |e: io::Error| Unread::Broken(e.to_string());
    let mut parts = RowParts::of(file, letters);
    let mut taking = Taking {
        grid: Grid { encoding: letters.encoding.name().to_owned(), is_guessed: letters.is_guessed, ..Grid::default() },
        room: OF_TEXT,
        narrow,
        large: Some(LARGE).filter(|_| narrow.is_some()),
    };
    let mut before = 0;
    while let Some(part) = parts.next_part().map_err(broken)? {
        let lines = part.bytes().filter(|b| *b == b'\n').count() as u64;
        let (text, stray) = without_stray_quotes(Cow::Owned(part), parts.separator as char, parts.usual);
        taking.tell_of(stray.into_iter().map(|(line, column)| (before + line, column)));
        let reader =
            csv::ReaderBuilder::new().flexible(true).has_headers(false).delimiter(parts.separator).from_reader(text.as_bytes());
        for record in reader.into_records() {
            match record {
                Ok(record) => {
                    let line = record.position().map_or(0, |p| p.line() + blank_lines(&text, p.byte()));
                    if record.iter().any(|c| !c.trim().is_empty()) {
                        taking.take(before + line, &record)?;
                    }
                }
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    taking.room.take(1, 0)?;
                    taking.grid.unread.push((before + line, 0, format!("this row cannot be read: {error}")));
                }
            }
            if taking.grid.rows.len() == most {
                return Ok(taking.grid);
            }
        }
        before += lines;
    }
    Ok(taking.grid)
}

/// What is told of a quotation mark that nothing closes.
const STRAY: &str = "a quotation mark opens here and none closes it in this row; it was left out, and the row was read";

/// A table that is being read.
struct Taking<'n> {
    grid: Grid,
    room: Room,
    narrow: Option<Narrow<'n>>,
    /// Nobody needs all of a table of more cells in memory: what is not asked for is counted. Asked once, and again where there is no room.
    large: Option<usize>,
}

impl Taking<'_> {
    /// Notes quotation marks that nothing closes, in the columns that are kept.
    fn tell_of(&mut self, stray: impl Iterator<Item = (u64, usize)>) {
        let Grid { kept, unread, .. } = &mut self.grid;
        let place = |column: usize| if kept.is_empty() { Some(column) } else { kept.iter().position(|at| *at == column) };
        unread.extend(stray.filter_map(|(line, column)| Some((line, place(column)?, STRAY.to_owned()))));
    }

    /// Takes a row, or of it what is wanted.
    fn take(&mut self, line: u64, record: &csv::StringRecord) -> Result<(), Unread> {
        let (grid, room) = (&mut self.grid, &mut self.room);
        if !grid.kept.is_empty() {
            return narrow_row(grid, room, line, record);
        }
        let taken = room.take(record.len(), record.as_slice().len());
        if taken.is_err() || self.large.is_some_and(|cells| room.cells + cells < room.most) {
            self.large = None;
            if let Some(narrowed) = self.narrow.and_then(|narrow| narrow(grid)) {
                *room = narrow_rows(grid, narrowed)?;
                return narrow_row(grid, room, line, record);
            }
            taken?;
        }
        if grid.indents.len() < MOST_INDENTS {
            let depths = record.iter().enumerate().map(|(column, text)| (line, column, indent(text)));
            grid.indents.extend(depths.filter(|(.., depth)| *depth > 0));
        }
        grid.rows.push((line, record.iter().map(|c| c.trim().into()).collect()));
        Ok(())
    }
}

/// Bytes of a text that are read at once, and after how many a row that does not end is one with a quotation mark that nothing closes.
const PART: u64 = 4 << 20;
const MOST_OF_A_ROW: usize = 16 << 20;

/// A text in parts of whole rows.
struct RowParts<R> {
    file: R,
    decoder: Decoder,
    /// Bytes that were read, and what of the text has not been given yet.
    bytes: Vec<u8>,
    text: String,
    is_read: bool,
    /// What separates cells, and how often it stands in most rows: told by the first part.
    separator: u8,
    usual: usize,
    is_told: bool,
}

impl<R: Read> RowParts<R> {
    fn of(file: R, letters: Letters) -> RowParts<R> {
        let decoder = letters.encoding.new_decoder_with_bom_removal();
        let (bytes, text) = (Vec::new(), String::new());
        RowParts { file, decoder, bytes, text, is_read: false, separator: b',', usual: 0, is_told: false }
    }

    /// The next part; none where there is no more.
    fn next_part(&mut self) -> io::Result<Option<String>> {
        while !self.is_read {
            self.read()?;
            if !self.is_told {
                self.separator = separator(&self.text);
                self.usual = separators(&self.text, self.separator as char).into_iter().max().unwrap_or(0);
                self.is_told = true;
            }
            if self.is_read {
                return Ok(Some(std::mem::take(&mut self.text)).filter(|text| !text.is_empty()));
            }
            let end = match end_of_rows(&self.text, self.separator) {
                0 if self.text.len() > MOST_OF_A_ROW => self.text.rfind('\n').map_or(0, |at| at + 1),
                end => end,
            };
            if end > 0 {
                let rest = self.text.split_off(end);
                return Ok(Some(std::mem::replace(&mut self.text, rest)));
            }
        }
        Ok(None)
    }

    /// Reads on.
    fn read(&mut self) -> io::Result<()> {
        self.bytes.clear();
        self.file.by_ref().take(PART).read_to_end(&mut self.bytes)?;
        self.is_read = (self.bytes.len() as u64) < PART;
        let most = self.decoder.max_utf8_buffer_length(self.bytes.len()).unwrap_or(self.bytes.len() * 3 + 16);
        self.text.reserve(most);
        // As much room as a text can take leaves nothing of it over.
        let _ = self.decoder.decode_to_string(&self.bytes, &mut self.text, self.is_read);
        Ok(())
    }
}

/// The end of the last whole row of a text: a line ends one outside of quotation marks. 0 where none does.
fn end_of_rows(text: &str, separator: u8) -> usize {
    let bytes = text.as_bytes();
    let ends_cell = |at: usize| bytes.get(at).is_none_or(|b| *b == separator || matches!(b, b'\r' | b'\n'));
    let (mut is_quoted, mut before, mut at, mut end) = (false, b'\n', 0, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' if is_quoted && bytes.get(at + 1) == Some(&b'"') => at += 1,
            b'"' if is_quoted => is_quoted = !ends_cell(at + 1),
            b'"' => is_quoted = before == separator || matches!(before, b'\r' | b'\n'),
            b'\n' if !is_quoted => end = at + 1,
            b'\r' if !is_quoted && bytes.get(at + 1).is_some_and(|next| *next != b'\n') => end = at + 1,
            _ => {}
        }
        before = *byte;
        at += 1;
    }
    end
}

/// Leaves of the rows that were read the columns that are kept; gives what room is left.
fn narrow_rows(grid: &mut Grid, narrowed: Narrowed) -> Result<Room, Unread> {
    let Narrowed { kept, mut dropped, heading_row } = narrowed;
    let mut room = OF_TEXT;
    for (row, cells) in &mut grid.rows {
        for column in dropped.iter_mut().filter(|_| *row > heading_row) {
            column.note(*row, cells.get(column.column).map_or("", CellText::as_str));
        }
        let mut narrow = Vec::with_capacity(kept.len());
        narrow.extend(kept.iter().map_while(|at| cells.get(*at).cloned()));
        room.take(narrow.len(), narrow.iter().map(|c: &CellText| c.len()).sum())?;
        *cells = narrow;
    }
    let place = |column: usize| kept.iter().position(|at| *at == column);
    grid.indents = grid.indents.iter().filter_map(|(row, column, depth)| Some((*row, place(*column)?, *depth))).collect();
    grid.unread =
        std::mem::take(&mut grid.unread).into_iter().filter_map(|(row, at, why)| Some((row, place(at)?, why))).collect();
    (grid.kept, grid.dropped) = (kept, dropped);
    Ok(room)
}

/// Takes of a row the columns that are kept, and counts what stands in the others.
fn narrow_row(grid: &mut Grid, room: &mut Room, line: u64, record: &csv::StringRecord) -> Result<(), Unread> {
    for column in &mut grid.dropped {
        column.note(line, record.get(column.column).unwrap_or_default().trim());
    }
    let mut cells: Vec<CellText> = Vec::with_capacity(grid.kept.len());
    cells.extend(grid.kept.iter().map_while(|at| record.get(*at)).map(|cell| CellText::from(cell.trim())));
    room.take(cells.len(), cells.iter().map(|c| c.len()).sum())?;
    grid.rows.push((line, cells));
    Ok(())
}

/// A text without the quotation marks that nothing closes, each with its line and column. One opens where a cell begins and closes
/// before the end of one; where whole rows stand between the two, it closes another one’s.
/// `usual` is how many separators a row has.
fn without_stray_quotes(text: Cow<'_, str>, separator: char, usual: usize) -> (Cow<'_, str>, Vec<(u64, usize)>) {
    let bytes = text.as_bytes();
    let (mut stray, mut places) = (Vec::new(), Vec::new());
    let (mut line, mut column, mut at, mut closes) = (1, 0, 0, 0);
    while at < bytes.len() {
        // Up to where this cell ends, where it is quoted.
        let mut cell = 0;
        if bytes[at] == b'"' {
            // The next mark that closes a cell is that of all that open before it.
            closes = if at < closes { closes } else { closing(bytes, at + 1, separator).unwrap_or(bytes.len()) };
            let fits = column + in_line(&bytes[closes..], separator) == usual;
            if closes < bytes.len() && (fits || !holds_rows(&bytes[at + 1..closes], separator, usual)) {
                cell = closes + 1 - at;
                line += bytes[at..closes].iter().filter(|b| **b == b'\n').count() as u64;
            } else {
                stray.push(at);
                places.push((line, column));
            }
        }
        let rest = &bytes[at + cell..];
        let Some(end) = rest.iter().position(|b| *b == separator as u8 || *b == b'\n') else { break };
        (line, column) = if rest[end] == b'\n' { (line + 1, 0) } else { (line, column + 1) };
        at += cell + end + 1;
    }
    if stray.is_empty() {
        return (text, places);
    }
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for at in stray {
        kept.push_str(&text[from..at]);
        from = at + 1;
    }
    kept.push_str(&text[from..]);
    (Cow::Owned(kept), places)
}

/// Where the quotation mark stands that closes a cell which begins here.
fn closing(bytes: &[u8], mut at: usize, separator: char) -> Option<usize> {
    while let Some(next) = bytes[at..].iter().position(|b| *b == b'"').map(|n| at + n) {
        match bytes.get(next + 1) {
            Some(b'"') => at = next + 2,
            Some(b) if *b != separator as u8 && !matches!(b, b'\r' | b'\n') => at = next + 1,
            _ => return Some(next),
        }
    }
    None
}

/// How many separators stand in what is left of a line.
fn in_line(bytes: &[u8], separator: char) -> usize {
    bytes.iter().take(1 << 16).take_while(|b| **b != b'\n').filter(|b| **b == separator as u8).count()
}

/// True where as many separators stand in a line of what is quoted as in a row of the table. Of its first line, what stands before the
/// quotation mark is not in it.
fn holds_rows(quoted: &[u8], separator: char, usual: usize) -> bool {
    let mut lines = quoted.split(|b| *b == b'\n').take(64).map(|line| in_line(line, separator));
    usual > 0 && lines.next().is_some_and(|first| first > 0) && lines.any(|n| n >= usual)
}

/// Empty lines count to the row after them.
fn blank_lines(text: &str, at: u64) -> u64 {
    let rest = text.as_bytes().get(at as usize..).unwrap_or_default();
    rest.iter().take_while(|b| matches!(b, b'\n' | b'\r')).filter(|b| **b == b'\n').count() as u64
}

/// The separator by which most of the first lines have the same number of cells, more than one: a title above them has commas
/// of its own, and so have numbers and what stands in quotes.
fn separator(text: &str) -> u8 {
    let agree = |c: char| {
        let counts: Vec<usize> = separators(text, c);
        let usual = counts.iter().filter(|n| **n > 0).max_by_key(|n| (counts.iter().filter(|o| o == n).count(), **n)).copied();
        usual.map_or((0, 0), |usual| (counts.iter().filter(|n| **n >= usual).count(), usual))
    };
    *[b',', b';', b'\t'].iter().max_by_key(|c| (agree(**c as char), **c == b',')).unwrap_or(&b',')
}

/// How often a separator stands in each of the first rows, outside of quotes. A quote opens where a cell begins, and closes before
/// the end of one: an inch sign is none.
fn separators(text: &str, separator: char) -> Vec<usize> {
    let mut counts = Vec::new();
    let (mut count, mut is_quoted, mut is_blank, mut before) = (0, false, true, separator);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let ends = |next: Option<&char>| next.is_none_or(|n| *n == separator || matches!(n, '\r' | '\n'));
        match c {
            '"' if is_quoted && rest.peek() == Some(&'"') => drop(rest.next()),
            '"' if is_quoted && ends(rest.peek()) => is_quoted = false,
            '"' if !is_quoted && (before == separator || before == '\n') => is_quoted = true,
            '\n' if !is_quoted => {
                if !is_blank {
                    counts.push(count);
                }
                (count, is_blank) = (0, true);
                if counts.len() == HEAD {
                    return counts;
                }
            }
            c if c == separator && !is_quoted => count += 1,
            _ => {}
        }
        is_blank &= c.is_whitespace();
        before = c;
    }
    if !is_blank {
        counts.push(count);
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use remit_model::Languages;

    fn grid_of(bytes: &[u8], most: usize) -> Result<Grid, Unread> {
        csv_grid(bytes, Letters::of(bytes, "", &Languages::built_in()).unwrap(), most, None)
    }

    #[test]
    fn a_table_of_any_office_is_read() {
        let cells = |bytes: &[u8]| grid_of(bytes, usize::MAX).unwrap().rows;
        let expected: Vec<(u64, Vec<CellText>)> =
            vec![(1, vec!["Nom".into(), "Année".into()]), (3, vec!["a;b".into(), "2019".into()])];
        assert_eq!(cells("Nom;Année\n;\n\"a;b\";2019\n".as_bytes()), expected);
        assert_eq!(cells(b"Nom;Ann\xE9e\n\n\"a;b\";2019\n"), expected);
        assert_eq!(cells("\u{FEFF}Nom\tAnnée\n\n\"a;b\"\t2019\n".as_bytes()), expected);
        // What stands in quotes separates nothing, also over several lines; an inch sign is no quote.
        let quoted = "Nom,Note\nx,\"a; b; c\"\ny,\"d; e; f\ng; h; i\"\nz,8\" gun\n";
        assert_eq!(cells(quoted.as_bytes()).iter().map(|(_, row)| row.len()).collect::<Vec<_>>(), [2; 4]);
    }

    #[test]
    fn a_quotation_mark_that_nothing_closes_swallows_no_row() {
        let grid = |text: &str| grid_of(text.as_bytes(), usize::MAX).unwrap();
        for stray in ["a;b;c\n\"x;1;2\ny;3;4\n", "a;b;c\n\"x;1;2\ny;3;4\nz;\"w\";5\n"] {
            let grid = grid(stray);
            assert!(grid.rows.iter().all(|(_, cells)| cells.len() == 3), "{:?}", grid.rows);
            assert_eq!((grid.rows[1].1[0].as_str(), grid.unread[0].0, grid.unread[0].1), ("x", 2, 0));
        }
        let whole = grid("a;b\n\"x; y\nz\";\"say \"\"so\"\"\"\nw;2\n");
        assert_eq!((whole.rows.len(), whole.rows[1].1[1].as_str(), whole.unread.len()), (3, "say \"so\"", 0));
    }

    #[test]
    fn a_table_of_too_many_cells_is_refused() {
        let csv = format!("a{}\n", ",b".repeat(9_999)).repeat(800);
        assert!(matches!(grid_of(csv.as_bytes(), usize::MAX), Err(Unread::TooLarge(_))));
        assert_eq!(grid_of(csv.as_bytes(), 8).unwrap().rows.len(), 8);
    }

    #[test]
    fn a_text_of_several_parts_is_one_table() {
        let lines = PART as usize / 16;
        let row = |n: usize| if n.is_multiple_of(7) { format!("{n};\"a;\n\"\"é\"\"\"\n") } else { format!("{n};plain {n}\n") };
        let text: String = std::iter::once("No;Text\n".to_owned()).chain((1..=lines).map(row)).collect();
        assert!(text.len() > PART as usize);
        let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let stray = text.replacen("\n3;plain", "\n\"3;plain", 1);
        for (bytes, strays) in [(text.as_bytes(), 0), (&utf_16[..], 0), (stray.as_bytes(), 1)] {
            let grid = grid_of(bytes, usize::MAX).unwrap();
            assert_eq!((grid.rows.len(), grid.unread.len()), (lines + 1, strays));
            let mut line = 2;
            for (n, (at, cells)) in grid.rows.iter().enumerate().skip(1) {
                assert_eq!((*at, cells[0].as_str(), cells.len()), (line, n.to_string().as_str(), 2));
                line += if n % 7 == 0 { 2 } else { 1 };
            }
            assert_eq!(grid.rows[7].1[1], "a;\n\"é\"");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_table(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = grid_of(&bytes, usize::MAX);
        }
    }
}
