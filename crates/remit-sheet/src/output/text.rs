//! Plain text, for a terminal: columns in line, numbers to the right, long texts shortened, unknown as `–`.

use super::Output;
use remit_model::{Locale, visible};
use remit_store::{Cell, Table};

/// Letters of a text that are shown.
const WIDEST: usize = 48;

/// Title and day where it has a title, its rows, and below them those of the answers that stand below.
pub(super) fn answer(output: &Output<'_>) -> String {
    let locale = output.locale.for_terminal();
    let title = output.title.get(locale.language);
    let mut out = match title {
        "" => String::new(),
        title => format!("{title}, valid on {}\n\n", output.as_of.valid_on),
    };
    out.push_str(&table(output.table, &locale));
    for below in &output.below {
        let (title, rule) = (below.title.get(locale.language), below.rule.get(locale.language));
        out.push_str(&format!("\n{title}\n{rule}\n\n{}", table(below.table, &locale)));
    }
    out
}

fn table(table: &Table, locale: &Locale) -> String {
    if table.rows.is_empty() {
        return "None.\n".into();
    }
    let columns = 0..table.columns.len();
    let cells: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(|c| shown(c, locale)).collect()).collect();
    let letters = |text: &String| text.chars().count();
    let width = |c: usize| cells.iter().map(|row| &row[c]).chain([&table.columns[c]]).map(letters).max().unwrap_or(0);
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
    [&table.columns, &rule].into_iter().chain(&cells).map(line).collect()
}

fn shown(cell: &Cell, locale: &Locale) -> String {
    let text = match cell {
        Cell::Null => "–".to_owned(),
        Cell::Integer(n) => n.to_string(),
        Cell::Real(n) if n.fract() == 0.0 || n.abs() >= 1000.0 => locale.whole(n.round()),
        Cell::Real(n) => format!("{n:.3}"),
        // What moves the cursor or changes its colour would show somebody's data as something else.
        Cell::Text(text) => visible(text).replace(char::is_control, " "),
    };
    if text.chars().count() > WIDEST { text.chars().take(WIDEST - 1).chain(['…']).collect() } else { text }
}
