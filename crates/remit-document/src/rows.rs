//! Rows of the tables of a Word file or a page: the cells of a row are one passage, unless text with paragraphs of its own stands in them.

use crate::Block;
use crate::line::LineSort;
use crate::numbers::{Numbered, numbered};
use crate::page::CELLS;
use crate::ruled::PAGE_OF_TEXT;

/// Paragraphs from which on what stands in a cell is text.
const MANY: usize = 7;

/// The blocks of a row, of which each cell may have several.
pub(crate) fn row(cells: Vec<Vec<Block>>) -> Vec<Block> {
    let text = |cell: &Vec<Block>| cell.iter().map(|b| b.text.as_str()).collect::<Vec<_>>().join(" ");
    let filled: Vec<String> = cells.iter().map(text).filter(|text| !text.is_empty()).collect();
    if filled.len() < 2 || cells.iter().any(|cell| is_text(cell)) {
        return cells.into_iter().flatten().collect();
    }
    // A number in a cell of its own is that of the paragraph beside it.
    let is_label = |text: &str| text.len() < 12 && !matches!(numbered(&format!("{text} A")).0, Numbered::None);
    let (between, sort) = if filled.len() == 2 && is_label(&filled[0]) { (" ", LineSort::Text) } else { (CELLS, LineSort::Row) };
    vec![Block { text: filled.join(between), sort, ..Block::default() }]
}

/// True for what stands in a table only to be in its place on the page.
fn is_text(cell: &[Block]) -> bool {
    let begins_part = |b: &&Block| b.level > 0 || matches!(numbered(&b.text).0, Numbered::Paragraph(_) | Numbered::Section(_));
    let letters: usize = cell.iter().map(|b| b.text.chars().count()).sum();
    letters > PAGE_OF_TEXT || cell.len() >= MANY || cell.iter().filter(begins_part).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cells: &[&[&str]]) -> Vec<(String, LineSort)> {
        let cells = cells.iter().map(|cell| cell.iter().map(|text| Block::text(*text)).collect()).collect();
        row(cells).into_iter().map(|b| (b.text, b.sort)).collect()
    }

    #[test]
    fn the_cells_of_a_row_are_one_passage() {
        assert_eq!(
            of(&[&["Made-up measure", "of two paragraphs"], &[], &["Done"]]),
            [("Made-up measure of two paragraphs | Done".to_owned(), LineSort::Row)]
        );
        assert_eq!(of(&[&["3."], &["It decides"]]), [("3. It decides".to_owned(), LineSort::Text)]);
        assert_eq!(of(&[&["Alone in its row"], &[]]), [("Alone in its row".to_owned(), LineSort::Text)]);
    }

    #[test]
    fn text_that_only_stands_in_a_table_stays_text() {
        let texts = of(&[&["Menu"], &["1. It decides", "2. It asks"]]);
        assert_eq!(texts.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>(), ["Menu", "1. It decides", "2. It asks"]);
        assert_eq!(of(&[&["Menu"], &["Long. ".repeat(400).as_str()]]).len(), 2);
    }
}
