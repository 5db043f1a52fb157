//! Cells that are links: where each leads, and whether the cell says so. A link is read and never followed.

use super::{part, tags, value};
use crate::grid::{CellLink, CellText, Merged};
use std::collections::{BTreeMap, HashMap};
use std::io::Cursor;
use zip::ZipArchive;

/// Links that are read of a sheet where it names them apart from its cells: more than Excel keeps of one.
pub(super) const LINKS: usize = 100_000;

/// Bytes of an address that is read as one: as long as Excel takes.
const LONGEST: usize = 2_079;

/// A link as a sheet of Excel names it: its cells, the relation that says where it leads, and the place there.
#[derive(Debug)]
pub(super) struct NamedLink {
    pub(super) cells: Merged,
    pub(super) relation: String,
    pub(super) place: String,
}

/// The cells of a sheet that are links, by what it names apart from its cells.
pub(super) fn related(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    sheet: &str,
    named: &[NamedLink],
    rows: &BTreeMap<u64, Vec<CellText>>,
) -> Vec<CellLink> {
    let targets = if named.is_empty() { HashMap::new() } else { targets(archive, sheet) };
    let mut all = Vec::new();
    // A cell is one link, so all links together have no more cells than the table: more is made to hurt.
    let mut room = rows.values().map(Vec::len).sum::<usize>() + rows.len() + named.len();
    for link in named {
        let Some(target) = targets.get(&link.relation) else { continue };
        let whole = if link.place.is_empty() { target.clone() } else { format!("{target}#{}", link.place) };
        let Some(address) = address(&whole) else { continue };
        let ((first, last), (from, to)) = (link.cells.rows, link.cells.columns);
        for (row, cells) in rows.range(first..=last) {
            let columns = from..cells.len().min(to + 1);
            let Some(left) = room.checked_sub(columns.len() + 1) else { return all };
            room = left;
            all.extend(columns.filter_map(|column| of_cell(*row, column, &address, &cells[column])));
        }
    }
    all
}

/// Where the links of a sheet lead, by their relations.
fn targets(archive: &mut ZipArchive<Cursor<&[u8]>>, sheet: &str) -> HashMap<String, String> {
    let (folder, file) = sheet.rsplit_once('/').unwrap_or(("", sheet));
    let relations = part(archive, &format!("{folder}/_rels/{file}.rels")).unwrap_or_default();
    let mut all = HashMap::new();
    tags(&relations, |tag, name| {
        let is_link = name == "Relationship" && value(tag, "Type").is_some_and(|t| t.ends_with("/hyperlink"));
        all.extend(value(tag, "Id").zip(value(tag, "Target")).filter(|_| is_link));
    });
    all
}

/// An address as it is kept; none where it leads to a place of the workbook itself. What no program takes as an address is said from its
/// beginning, and is none.
pub(crate) fn address(said: &str) -> Option<CellText> {
    let said = said.trim();
    if said.is_empty() || said.starts_with('#') {
        return None;
    }
    let is_whole = said.len() <= LONGEST;
    Some(if is_whole { said.into() } else { format!("… {}", said.chars().take(200).collect::<String>()).into() })
}

/// A cell that shows something and is a link; none where what it shows is the address, letter by letter.
pub(crate) fn of_cell(row: u64, column: usize, address: &CellText, shown: &str) -> Option<CellLink> {
    let is_link = !shown.is_empty() && shown != address.as_str();
    is_link.then(|| CellLink { row, column, address: address.clone(), is_shown: says(shown, address) })
}

/// What makes a link of its cell.
const LINK: &str = "HYPERLINK(";

/// Where a formula leads that makes a link of its cell, as in `HYPERLINK("https://example.org","Report")`. Of an address that is put together
/// only what stands in quotes is known, and it is none. None for any other formula, and for one that names a cell or a place of the workbook:
/// what stands there is read there.
pub(crate) fn of_formula(formula: &str) -> Option<CellText> {
    let formula = formula.trim_start_matches("of:").trim_start_matches(['=', ' ']);
    let begins = formula.get(..LINK.len()).is_some_and(|name| name.eq_ignore_ascii_case(LINK));
    let argument = formula.get(LINK.len()..).filter(|_| begins)?;
    let (mut quoted, mut is_quoted, mut is_made) = (String::new(), false, false);
    for c in argument.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            c if is_quoted => quoted.push(c),
            ',' | ';' | ')' => break,
            c => is_made |= !c.is_whitespace(),
        }
    }
    let known = address(&quoted)?;
    Some(if is_made { format!("… {known}").into() } else { known })
}

/// What a formula shows whatever any cell holds: that of a link, `HYPERLINK("https://example.org","Report")`, or a text or number alone. None for
/// one that has to be worked out.
pub(crate) fn constant(formula: &str) -> Option<String> {
    let formula = formula.trim_start_matches("of:").trim_start_matches(['=', ' ']).trim_end();
    let is_link = formula.get(..LINK.len()).is_some_and(|name| name.eq_ignore_ascii_case(LINK));
    let Some(inside) = formula.get(LINK.len()..).filter(|_| is_link) else {
        return literal(formula).filter(|(_, rest)| rest.is_empty()).map(|(said, _)| said);
    };
    let (address, rest) = literal(inside)?;
    let (shown, rest) = match rest.strip_prefix([',', ';']) {
        Some(rest) => literal(rest)?,
        None => (address, rest),
    };
    (rest == ")").then_some(shown)
}

/// The text in quotes or the number that a formula begins with, and what stands behind it.
fn literal(formula: &str) -> Option<(String, &str)> {
    let formula = formula.trim_start();
    let Some(mut rest) = formula.strip_prefix('"') else {
        let end = formula.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-')).unwrap_or(formula.len());
        let (number, rest) = formula.split_at(end);
        return number.parse::<f64>().ok().map(|_| (number.to_owned(), rest.trim()));
    };
    let mut said = String::new();
    loop {
        let (part, behind) = rest.split_once('"')?;
        said.push_str(part);
        // Two quotes are one that is said.
        let Some(more) = behind.strip_prefix('"') else { return Some((said, behind.trim())) };
        said.push('"');
        rest = more;
    }
}

/// True where a text says where a link leads, in whatever form people write addresses.
fn says(text: &str, address: &str) -> bool {
    let (text, address) = (text.to_lowercase(), address.to_lowercase());
    if let Some(mail) = address.strip_prefix("mailto:") {
        return text.contains(mail.split('?').next().unwrap_or_default());
    }
    let in_one: String = text.split_whitespace().collect();
    text.split_whitespace().chain([in_one.as_str()]).any(|word| bare(word) == bare(&address))
}

/// An address without what people leave out of one, or put beside it.
fn bare(address: &str) -> &str {
    let address = address.trim_start_matches(['(', '<', '"', '“']);
    let begins = ["https://", "http://", "tel:", "www."];
    let rest = begins.iter().fold(address, |rest, sign| rest.strip_prefix(sign).unwrap_or(rest));
    rest.trim_end_matches(['/', '.', ',', ';', ')', '>', '"', '”'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_that_makes_a_link_says_where_it_leads() {
        for (formula, address) in [
            ("HYPERLINK(\"https://example.org/a?b=1&c=2\",\"Report\")", Some("https://example.org/a?b=1&c=2")),
            ("of:=HYPERLINK(\"https://example.org\";\"Report\")", Some("https://example.org")),
            ("=hyperlink( \"https://example.org\" )", Some("https://example.org")),
            ("HYPERLINK(\"https://example.org/\"&A2,\"Report\")", Some("… https://example.org/")),
            ("HYPERLINK(C2,\"Report\")", None),
            ("HYPERLINK(\"#Sheet2!A1\",\"Report\")", None),
            ("SUM(A1:A2)", None),
            ("HYPERLINK", None),
            ("é", None),
        ] {
            assert_eq!(of_formula(formula).as_deref(), address, "{formula}");
        }
    }

    #[test]
    fn a_formula_of_constants_needs_nobody_to_work_it_out() {
        for (formula, shown) in [
            ("HYPERLINK(\"https://example.org\",\"Report \"\"A\"\"\")", Some("Report \"A\"")),
            ("=HYPERLINK( \"https://example.org\" )", Some("https://example.org")),
            ("HYPERLINK(\"https://example.org\";2019)", Some("2019")),
            ("\"00123\"", Some("00123")),
            ("-4.5", Some("-4.5")),
            ("HYPERLINK(\"https://example.org/\"&A2,\"Report\")", None),
            ("HYPERLINK(\"https://example.org\",B2)", None),
            ("HYPERLINK(\"https://example.org", None),
            ("\"a\"&\"b\"", None),
            ("1+1", None),
            ("TODAY()", None),
            ("", None),
            ("é\"", None),
        ] {
            assert_eq!(constant(formula).as_deref(), shown, "{formula}");
        }
    }

    #[test]
    fn a_cell_that_says_where_its_link_leads_loses_nothing() {
        for (text, address) in [
            ("https://example.org/a", "https://example.org/a/"),
            ("www.Example.org", "http://www.example.org/"),
            ("See the page (https://example.org).", "https://example.org"),
            ("Office <office@example.org>", "mailto:office@example.org?subject=Hello"),
            ("+232 76 000 000", "tel:+23276000000"),
        ] {
            assert!(says(text, address), "{text}");
        }
        for (text, address) in [
            ("Report", "https://example.org"),
            ("Office", "mailto:office@example.org"),
            ("https://example.org/a", "https://example.org/b"),
            ("example", "javascript:alert(1)"),
        ] {
            assert!(!says(text, address), "{text}");
        }
    }

    #[test]
    fn what_is_too_long_for_an_address_is_none() {
        let long = format!("https://example.org/{}", "a".repeat(1 << 20));
        assert!(address(&long).is_some_and(|cut| cut.len() < 300 && cut.starts_with("… ")));
    }
}
