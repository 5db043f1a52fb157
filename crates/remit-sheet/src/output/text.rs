//! Plain text, for a terminal: columns in line, numbers to the right, long texts shortened, unknown as `–`.

use super::{ColumnValues, Output};
use remit_model::{Language, Locale, visible};
use remit_store::Cell;

/// Letters of a text that are shown.
const WIDEST: usize = 48;

/// Title, day and what was asked for where it has a title, its rows, and below them those of the answers that stand below; codes as they are,
/// or in words.
/// In words of another language than English, headings and days are too: who asked for it is no program.
pub(super) fn answer(output: &Output<'_>, are_words: bool) -> String {
    let locale = output.locale.for_terminal();
    let title = output.title.get(locale.language);
    let mut out = match title {
        "" => String::new(),
        title => format!(
            "{title}, {} {}\n{}\n",
            output.word("valid_on").to_lowercase(),
            day(&output.as_of.valid_on.to_string(), &locale),
            asked(output.asked.iter())
        ),
    };
    out.push_str(&table(output, are_words, &locale));
    for below in &output.below {
        let (title, rule) = (below.title.get(locale.language), below.rule.get(locale.language));
        // What it is asked for besides: the rest is said above.
        let besides = asked(below.asked.iter().filter(|given| !output.asked.contains(given)));
        out.push_str(&format!("\n{title}\n{rule}\n{besides}\n{}", table(below, are_words, &locale)));
    }
    out
}

/// What was asked for, a line each, also where nobody chose it: the same support stands otherwise by who reports than by who pays.
fn asked<'a>(given: impl Iterator<Item = &'a (String, String)> + Clone) -> String {
    let width = given.clone().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    given.map(|(name, value)| format!("{name:<width$}  {}\n", short(value))).collect()
}

fn table(output: &Output<'_>, are_words: bool, locale: &Locale) -> String {
    let table = output.table;
    if table.rows.is_empty() {
        return format!("{}\n", output.word("none"));
    }
    let is_translated = are_words && locale.language != Language::ENGLISH;
    let columns = 0..table.columns.len();
    let heading = |c: usize| match output.columns.get(c).filter(|_| is_translated) {
        Some(column) => short(&column.label),
        None => table.columns[c].clone(),
    };
    let headings: Vec<String> = columns.clone().map(heading).collect();
    let said = |row: usize, c: usize| match output.columns.get(c).map(|column| &column.values) {
        Some(ColumnValues::Date) if is_translated => {
            table.rows[row][c].text().map_or_else(|| shown(&table.rows[row][c], locale), |d| day(d, locale))
        }
        Some(ColumnValues::Words(words)) if are_words && table.rows[row][c] != Cell::Null => {
            words.get(row).map_or_else(|| shown(&table.rows[row][c], locale), |word| short(word))
        }
        _ => shown(&table.rows[row][c], locale),
    };
    let cells: Vec<Vec<String>> = (0..table.rows.len()).map(|row| columns.clone().map(|c| said(row, c)).collect()).collect();
    let letters = |text: &String| text.chars().count();
    let width = |c: usize| cells.iter().map(|row| &row[c]).chain([&headings[c]]).map(letters).max().unwrap_or(0);
    let widths: Vec<usize> = columns.clone().map(width).collect();
    let to_the_right: Vec<bool> = columns.map(|c| table.rows.iter().all(|r| !matches!(r[c], Cell::Text(_)))).collect();
    let line = |items: &Vec<String>| {
        let padded = items.iter().enumerate().map(|(c, item)| match (to_the_right[c], c + 1 == items.len()) {
            (true, _) => format!("{item:>0$}", widths[c]),
            (false, true) => item.clone(),
            (false, false) => format!("{item:<0$}", widths[c]),
        });
        padded.collect::<Vec<_>>().join("  ") + "\n"
    };
    let rule = widths.iter().map(|w| "─".repeat(*w)).collect();
    [&headings, &rule].into_iter().chain(&cells).map(line).collect()
}

/// A day as the language writes it; in English as programs do.
fn day(day: &str, locale: &Locale) -> String {
    if locale.language == Language::ENGLISH { short(day) } else { short(&locale.date(day)) }
}

fn shown(cell: &Cell, locale: &Locale) -> String {
    match cell {
        Cell::Null => "–".to_owned(),
        Cell::Integer(n) => n.to_string(),
        Cell::Real(n) if n.fract() == 0.0 || n.abs() >= 1000.0 => locale.whole(n.round()),
        Cell::Real(n) => format!("{n:.3}"),
        Cell::Text(text) => short(text),
    }
}

/// A text in one line. What moves the cursor or changes its colour would show somebody's data as something else.
fn short(text: &str) -> String {
    let text = visible(text).replace(char::is_control, " ");
    if text.chars().count() > WIDEST { text.chars().take(WIDEST - 1).chain(['…']).collect() } else { text }
}
