//! What an answer is written as. Each format is a module: what it is called, and how it is written. Addresses, downloads,
//! options of the command line and help are made from the list of formats.

mod atom;
mod chart;
mod column;
mod csv;
mod event;
mod formula;
mod ics;
mod json;
mod text;
mod xlsx;
mod xlsx_cell;

pub use chart::{ChartForm, ChartRow, WorkbookChart};
pub use column::{Column, ColumnValues};
pub use event::EventColumns;

pub(crate) use csv::table as csv_table;
pub use formula::{shield, unshield};
pub(crate) use xlsx::{Cuts, write_table};
pub(crate) use xlsx_cell::{CUT, heading, write_text};

use crate::SheetError;
use remit_model::{Label, Locale, Model};
use remit_store::{AsOf, Table};
use serde_json::Value;
use std::sync::Arc;

/// What is to be known of a format.
struct AboutFormat {
    name: &'static str,
    ending: &'static str,
    media_type: &'static str,
    help: &'static str,
    is_text: bool,
    /// Whether the answers that stand below have room in it; a text holds one table.
    holds_several: bool,
    write: fn(&Output<'_>) -> Result<Vec<u8>, SheetError>,
}

/// A page is drawn from the same rows by the server; without one they are written as text.
const HTML: AboutFormat = AboutFormat {
    name: "HTML",
    ending: "",
    media_type: "text/html; charset=utf-8",
    help: "",
    is_text: true,
    holds_several: false,
    write: |output| Ok(output.text().into_bytes()),
};

/// Makes [`Format`] of the list of formats, each with its module.
macro_rules! formats {
    (tables: $($(#[$of_table:meta])* $table:ident = $table_module:ident),+; days: $($(#[$of_days:meta])* $days:ident = $days_module:ident),+) => {
        /// What an answer is written as.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
        pub enum Format {
            /// A page, which only a server can make.
            #[default]
            Html,
            $($(#[$of_table])* $table,)+
            $($(#[$of_days])* $days,)+
        }

        impl Format {
            /// All of them.
            pub const ALL: &[Format] = &[Format::Html, $(Format::$table,)+ $(Format::$days,)+];

            /// Those in which every table can be written.
            pub const TABLES: &[Format] = &[Format::Html, $(Format::$table,)+];

            /// Those of an answer whose rows have a day.
            pub const DAYS: &[Format] = &[$(Format::$days,)+];

            fn about(self) -> &'static AboutFormat {
                match self {
                    Format::Html => &HTML,
                    $(Format::$table => &$table_module::ABOUT,)+
                    $(Format::$days => &$days_module::ABOUT,)+
                }
            }
        }
    };
}

formats! {
    tables:
        /// For programs.
        Json = json,
        /// For spreadsheets, as text.
        Csv = csv,
        /// A workbook.
        Xlsx = xlsx;
    days:
        /// A calendar.
        Ics = ics,
        /// A feed.
        Atom = atom
}

impl Format {
    /// Those that are files: all but the page.
    pub fn files() -> impl Iterator<Item = Format> {
        Format::ALL.iter().copied().filter(|f| *f != Format::Html)
    }

    /// The format of files with this ending, in any case.
    pub fn of_ending(ending: &str) -> Option<Format> {
        Format::files().find(|f| f.ending().eq_ignore_ascii_case(ending))
    }

    /// What it is called in a list of downloads.
    pub fn name(self) -> &'static str {
        self.about().name
    }

    /// The ending of its addresses and files, and its option on the command line; a page has none.
    pub fn ending(self) -> &'static str {
        self.about().ending
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        self.about().media_type
    }

    /// What its option on the command line does.
    pub fn help(self) -> &'static str {
        self.about().help
    }

    /// True where it can be printed; what cannot goes into a file.
    pub fn is_text(self) -> bool {
        self.about().is_text
    }

    /// Whether the answers that stand below one have room in it.
    pub fn holds_several(self) -> bool {
        self.about().holds_several
    }
}

/// The rows of an answer, with its title, parameters, day and sources.
#[derive(Debug, Clone)]
pub struct Output<'a> {
    /// The question or page, as programs know it.
    pub name: String,
    /// What it is, for people; empty where nobody has said.
    pub title: Label,
    /// How it is counted; empty where nothing is.
    pub rule: Label,
    /// As of when.
    pub as_of: AsOf,
    /// For which parameters.
    pub parameters: Vec<(String, String)>,
    /// The same for people: what a parameter is called, and its value.
    pub asked: Vec<(String, String)>,
    /// The rows.
    pub table: &'a Table,
    /// What people call the columns, and how their values are written.
    pub columns: Vec<Column>,
    /// The columns that make an event of a row.
    pub event: Option<EventColumns>,
    /// What a workbook draws of it, and of the answers that stand below.
    pub charts: Vec<WorkbookChart>,
    /// What the rows rest on.
    pub sources: Vec<String>,
    /// True where a spreadsheet is to be told that the text is UTF-8.
    pub byte_order_mark: bool,
    /// The answers that stand below this one.
    pub below: Vec<Output<'a>>,
    /// The words of answers.
    pub model: &'a Model,
    /// How the reader's language writes.
    pub locale: Arc<Locale>,
}

impl<'a> Output<'a> {
    /// A table of which nobody has said more than the names of its columns.
    pub fn of_table(name: &str, as_of: &AsOf, table: &'a Table, model: &'a Model, locale: &Arc<Locale>) -> Output<'a> {
        Output {
            name: name.to_owned(),
            title: Label::default(),
            rule: Label::default(),
            as_of: as_of.clone(),
            parameters: Vec::new(),
            asked: Vec::new(),
            table,
            columns: table.columns.iter().map(|c| Column::plain(c)).collect(),
            event: None,
            charts: Vec::new(),
            sources: Vec::new(),
            byte_order_mark: false,
            below: Vec::new(),
            model,
            locale: locale.clone(),
        }
    }

    /// A word that answers say themselves.
    fn word(&self, code: &str) -> String {
        self.model.word(&self.locale, code)
    }

    /// What it is, for people.
    fn named(&self) -> &str {
        Some(self.title.get(self.locale.language)).filter(|t| !t.is_empty()).unwrap_or(&self.name)
    }

    /// Written in a format.
    ///
    /// # Errors
    /// When it does not fit into the format.
    pub fn write(&self, format: Format) -> Result<Vec<u8>, SheetError> {
        (format.about().write)(self)
    }

    /// As JSON. It is the same in every language.
    pub fn json(&self) -> Value {
        json::answer(self)
    }

    /// As lines of text, with codes as programs know them.
    pub fn text(&self) -> String {
        text::answer(self, false)
    }

    /// The same for somebody who reads it at a terminal: with what the codes mean.
    pub fn words(&self) -> String {
        text::answer(self, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use remit_model::{Language, Languages, Marking};
    use remit_store::Cell;

    fn table() -> Table {
        let row = |cells: [Cell; 3]| cells.to_vec();
        Table {
            columns: ["name", "usd", "note"].map(str::to_owned).to_vec(),
            rows: vec![
                row([Cell::from("=1+1"), Cell::Real(12_345.5), Cell::Null]),
                row([Cell::from("-5"), Cell::Integer(7), Cell::from("a \u{1b}[31mred\nline")]),
            ],
        }
    }

    fn output(table: &Table) -> Output<'_> {
        static MODEL: std::sync::LazyLock<Model> = std::sync::LazyLock::new(|| Model::load(None).unwrap());
        let as_of = AsOf { valid_on: remit_model::Day::parse("2021-06-30").unwrap(), known_on: None, clearance: Marking::Public };
        Output {
            title: Label::of_english("Made-up question"),
            parameters: vec![("country".into(), "SO".into())],
            ..Output::of_table("made_up", &as_of, table, &MODEL, &Languages::built_in().get(Language::ENGLISH))
        }
    }

    #[test]
    fn a_format_is_known_by_its_ending_and_each_has_one_of_its_own() {
        for format in Format::files() {
            assert_eq!(Format::of_ending(&format.ending().to_uppercase()), Some(format));
        }
        assert_eq!(Format::of_ending("pdf"), None);
        assert_eq!(Format::of_ending(""), None, "a page is no file");
    }

    #[test]
    fn json_has_what_is_unknown_as_null_and_says_as_of_when() {
        let table = table();
        let json = output(&table).json();
        assert_eq!(json["rows"][0], serde_json::json!({ "name": "=1+1", "usd": 12_345.5, "note": null }));
        assert_eq!((json["valid_on"].as_str(), json["parameters"]["country"].as_str()), (Some("2021-06-30"), Some("SO")));
        assert_eq!(json["title"], "Made-up question");
        let query = Output { title: Label::default(), ..output(&table) }.json();
        assert!(query.get("title").is_none() && query.get("rule").is_none(), "a query has neither");
    }

    #[test]
    fn csv_holds_no_formula() {
        let csv = String::from_utf8(output(&table()).write(Format::Csv).unwrap()).unwrap();
        assert_eq!(csv, "name,usd,note\n'=1+1,12345.5,\n-5,7,\"a \u{1b}[31mred\nline\"\n");
    }

    #[test]
    fn csv_says_that_it_is_utf_8_where_asked() {
        let table = table();
        let csv = Output { byte_order_mark: true, ..output(&table) }.write(Format::Csv).unwrap();
        assert!(csv.starts_with("\u{feff}name,usd".as_bytes()));
    }

    #[test]
    fn a_terminal_gets_lines_and_nothing_that_moves_it() {
        let text = output(&table()).text();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "Made-up question, valid on 2021-06-30");
        assert_eq!(lines[4], "=1+1  12,346  –");
        assert_eq!(lines[5], "-5         7  a  [31mred line");
        let given = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let text = Output { asked: vec![given("Country", "Somalia"), given("By", "who\nreports")], ..output(&table()) }.text();
        let lines: Vec<&str> = text.lines().take(5).collect();
        assert_eq!(lines[1..], ["Country  Somalia", "By       who reports", "", "name     usd  note"]);
        let nothing = Table { columns: vec!["name".into()], rows: Vec::new() };
        assert!(output(&nothing).text().ends_with("\n\nNone on record.\n"));
    }

    #[test]
    fn who_reads_at_a_terminal_gets_words_for_codes() {
        let table = Table {
            columns: ["status", "n"].map(str::to_owned).to_vec(),
            rows: vec![vec![Cell::from("2"), Cell::Integer(7)], vec![Cell::Null, Cell::Integer(8)]],
        };
        let words = ColumnValues::Words(["Under way", "none on record"].map(str::to_owned).to_vec());
        let columns = vec![Column { values: words, ..Column::plain("status") }, Column::plain("n")];
        let output = Output { columns, ..output(&table) };
        let lines = |text: String| text.lines().skip(4).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(lines(output.words()), ["Under way  7", "–          8"]);
        assert_eq!(lines(output.text()), ["2       7", "–       8"]);
    }

    #[test]
    fn a_workbook_says_what_it_is() {
        let bytes = output(&table()).write(Format::Xlsx).unwrap();
        assert!(bytes.starts_with(b"PK"));
    }
}
