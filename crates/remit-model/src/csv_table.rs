//! Tables of a model in CSV: with exactly these columns, or with columns that are found by their headings.

use crate::{Label, Language, Languages, ModelError, did_you_mean, nearest};

/// A CSV file whose columns are found by their headings: some that the program knows, and a name in each language.
pub(crate) struct NamedColumns<'a> {
    shown: &'a str,
    text: &'a str,
    headings: Vec<String>,
    names: Vec<(Language, usize)>,
}

impl<'a> NamedColumns<'a> {
    /// `known` are the columns that it may have besides those of names, which are called `prefix` and the language.
    pub(crate) fn read(
        shown: &'a str,
        text: &'a str,
        languages: &Languages,
        prefix: &str,
        known: &[&str],
    ) -> Result<NamedColumns<'a>, ModelError> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let headings = reader.headers().map_err(|e| ModelError::new(shown, 1, e.to_string()))?;
        let headings: Vec<String> = headings.iter().map(|h| h.trim().to_owned()).collect();
        let mut names = Vec::new();
        for (at, heading) in headings.iter().enumerate().filter(|(_, h)| !known.contains(&h.as_str())) {
            let locale = heading.strip_prefix(prefix).and_then(|code| languages.find(code)).ok_or_else(|| {
                let all: Vec<String> = languages.all().map(|l| format!("{prefix}{}", l.language)).collect();
                let code = heading
                    .strip_prefix(prefix)
                    .filter(|c| (2..=3).contains(&c.len()) && c.bytes().all(|b| b.is_ascii_lowercase()));
                let language =
                    code.map_or_else(String::new, |c| format!("; if `{c}` is a language, add it to model/languages.toml"));
                let message = format!("has the column `{heading}`; expected {}, {}{language}", known.join(", "), all.join(", "));
                ModelError::new(shown, 1, message)
            })?;
            names.push((locale.language, at));
        }
        match known.first().filter(|first| !headings.iter().any(|h| h == *first)) {
            Some(first) => Err(ModelError::new(shown, 1, format!("has no column `{first}`; add it"))),
            None => Ok(NamedColumns { shown, text, headings, names }),
        }
    }

    /// The rows, each with its line.
    pub(crate) fn rows(&self) -> Result<Vec<(usize, Vec<String>)>, ModelError> {
        let headings: Vec<&str> = self.headings.iter().map(String::as_str).collect();
        rows(self.shown, self.text, &headings)?.collect()
    }

    /// The cell of a column; empty where there is no such column.
    pub(crate) fn cell<'r>(&self, row: &'r [String], column: &str) -> &'r str {
        self.headings.iter().position(|h| h == column).and_then(|at| row.get(at)).map_or("", String::as_str)
    }

    /// The names in the row.
    pub(crate) fn label(&self, row: &[String]) -> Label {
        self.names.iter().filter(|(_, at)| !row[*at].is_empty()).map(|(language, at)| (*language, row[*at].as_str())).collect()
    }
}

/// Refuses a line in a language of which nothing is known: by a slip in its code it would be another language’s, or nobody’s.
pub(crate) fn expect_language(languages: &Languages, code: &str, shown: &str, line: usize) -> Result<(), ModelError> {
    if languages.knows(code) {
        return Ok(());
    }
    let known: Vec<&str> = languages.codes().collect();
    let like = did_you_mean(nearest(code, known.iter().copied()));
    let known = known.join(", ");
    let message =
        format!("`{code}` is no language of model/languages.toml, where another is added in `also`; it has {known}{like}");
    Err(ModelError::new(shown, line, message))
}

type CsvRow = Result<(usize, Vec<String>), ModelError>;

/// The rows of a CSV file that has exactly these columns, each with its line.
pub(crate) fn rows<'a>(
    shown: &'a str,
    text: &'a str,
    columns: &'a [&str],
) -> Result<impl Iterator<Item = CsvRow> + 'a, ModelError> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|e| ModelError::new(shown, 1, e.to_string()))?;
    if !headers.iter().eq(columns.iter().copied()) {
        let message =
            format!("has the columns `{}`; expected `{}`", headers.iter().collect::<Vec<_>>().join(","), columns.join(","));
        return Err(ModelError::new(shown, 1, message));
    }
    Ok(reader.into_records().map(move |record| {
        let record = record
            .map_err(|e| ModelError::new(shown, e.position().map_or(0, |p| p.line() as usize), format!("is no CSV row: {e}")))?;
        let line = record.position().map_or(0, |p| p.line() as usize);
        if record.len() != columns.len() {
            let message = format!("has {} fields; expected {} ({})", record.len(), columns.len(), columns.join(","));
            return Err(ModelError::new(shown, line, message));
        }
        Ok((line, record.iter().map(|field| field.trim().to_owned()).collect()))
    }))
}
