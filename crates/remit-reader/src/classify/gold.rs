//! Passages that were read again for measuring: codes by symbol and number of the paragraph, without its text, so that anyone may
//! hand them on.

use super::examples::Example;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

/// What was read again, by symbol of the document and number of the paragraph.
#[derive(Debug, Clone, Default)]
pub struct Gold(BTreeMap<(String, u32), GoldPassage>);

/// A passage with what was read in it.
#[derive(Debug, Clone, Default)]
struct GoldPassage {
    codes: BTreeSet<String>,
    /// Where the readings differ: neither right nor wrong.
    open: BTreeSet<String>,
    weight: f64,
}

impl Gold {
    /// Reads a table (CSV) with the columns `symbol`, `n`, `codes`, and, where they are there, `open` (labels on which readings
    /// differ) and `weight` (for how many paragraphs this one stands; 1 where it is not said). Labels are parted by `;`.
    ///
    /// # Errors
    /// What is wrong, with its line.
    pub fn read(table: impl Read) -> Result<Gold, String> {
        let mut rows = csv::Reader::from_reader(table);
        let headings = rows.headers().map_err(|e| e.to_string())?.clone();
        let place = |name: &str| headings.iter().position(|h| h.trim() == name);
        let needed = |name: &str| place(name).ok_or_else(|| format!("line 1: there is no column `{name}`"));
        let (symbol, n, codes) = (needed("symbol")?, needed("n")?, needed("codes")?);
        let (open, weight) = (place("open"), place("weight"));
        let mut gold = BTreeMap::new();
        for row in rows.records() {
            let row = row.map_err(|e| e.to_string())?;
            let line = row.position().map_or(0, csv::Position::line);
            let cell = |at: usize| row.get(at).unwrap_or_default().trim();
            let number = cell(n).parse().map_err(|_| format!("line {line}: “{}” is no number of a paragraph", cell(n)))?;
            let weight = match weight.map_or("", cell) {
                "" => 1.0,
                text => text
                    .parse()
                    .ok()
                    .filter(|w: &f64| w.is_finite() && *w > 0.0)
                    .ok_or_else(|| format!("line {line}: “{text}” is no weight above zero"))?,
            };
            let passage = GoldPassage { codes: labels(cell(codes)), open: labels(open.map_or("", cell)), weight };
            if gold.insert((cell(symbol).to_owned(), number), passage).is_some() {
                return Err(format!("line {line}: {} paragraph {number} stands here twice", cell(symbol)));
            }
        }
        Ok(Gold(gold))
    }

    /// How many passages it has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True where it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn passage(&self, example: &Example) -> Option<&GoldPassage> {
        self.0.get(&(example.symbol.clone(), example.n))
    }
}

/// What is right for a paragraph and a label.
pub(super) enum Right<'a> {
    /// As the paragraph itself is coded.
    AsCoded,
    /// As it was read again.
    AsRead(&'a Gold),
}

impl Right<'_> {
    /// Whether anybody says what is right for a paragraph.
    pub(super) fn is_of(&self, example: &Example) -> bool {
        match self {
            Right::AsCoded => true,
            Right::AsRead(gold) => gold.passage(example).is_some(),
        }
    }

    /// Whether the label is right, and for how many paragraphs that counts; `None` where nobody says.
    pub(super) fn of(&self, example: &Example, label: &str) -> Option<(bool, f64)> {
        match self {
            Right::AsCoded => Some((example.has(label), 1.0)),
            Right::AsRead(gold) => {
                let passage = gold.passage(example)?;
                (!passage.open.contains(label)).then(|| (passage.codes.contains(label), passage.weight))
            }
        }
    }
}

fn labels(cell: &str) -> BTreeSet<String> {
    cell.split(';').map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let told = |table: &str| Gold::read(table.as_bytes()).map(|gold| gold.len());
        assert_eq!(told("symbol,n,codes\nS/1,2,A; B\nS/1,3,\n"), Ok(2));
        assert_eq!(told("symbol,codes\n"), Err("line 1: there is no column `n`".into()));
        assert_eq!(told("symbol,n,codes\nS/1,two,\n"), Err("line 2: “two” is no number of a paragraph".into()));
        assert_eq!(told("symbol,n,codes,weight\nS/1,2,,0\n"), Err("line 2: “0” is no weight above zero".into()));
        assert_eq!(told("symbol,n,codes\nS/1,2,\nS/1,2,A\n"), Err("line 3: S/1 paragraph 2 stands here twice".into()));
    }
}
