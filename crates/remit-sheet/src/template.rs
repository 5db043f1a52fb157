//! A workbook to fill in: headings, the names of the fields, help, an example row, and lists to choose from.

use crate::output::{heading, write_text};
use crate::{SheetError, kind_of};
use remit_model::{Direction, Field, FieldType, Kind, Language, Model};
use remit_store::{EXAMPLE, Reader};
use rust_xlsxwriter::{Color, DataValidation, DataValidationErrorStyle, Format, FormatAlign, Formula, Workbook, Worksheet};
use std::collections::HashMap;

/// Rows that the lists are offered in.
const ROWS: u32 = 2_000;
/// Names of records that are offered; more do not help who chooses.
const MOST_NAMES: usize = 5_000;

/// A template for a kind, as the bytes of an .xlsx file. Records of the workspace are offered where a field refers to one.
///
/// # Errors
/// When there is no such kind, or the workbook cannot be made.
pub fn template(model: &Model, kind: &str, language: Language, reader: &Reader) -> Result<Vec<u8>, SheetError> {
    if kind == "activity" {
        return activities(model, language);
    }
    let kind = kind_of(model, kind)?;
    let mut book = Workbook::new();
    let mut lists = TemplateLists::new()?;
    let sheet = book.add_worksheet();
    sheet.set_name(&kind.name)?;
    sheet.set_right_to_left(model.languages.get(language).direction == Direction::Rtl);
    sheet.write_string_with_format(0, 0, format!("{}. {}", kind.label.get(language), kind.help.get(language)), &quiet_line())?;
    column(sheet, 0, "Record", "record", "Leave empty for a new one; rows of one record share it", EXAMPLE)?;
    for (n, field) in kind.fields.iter().enumerate() {
        let at = n as u16 + 1;
        let heading = match (field.required, field.unit.as_str()) {
            (true, _) => format!("{} *", field.label.get(language)),
            (false, "") => field.label.get(language).to_owned(),
            (false, unit) => {
                let named = model.lists.get("unit").and_then(|l| l.find(unit)).map_or(unit, |u| u.label.get(language));
                format!("{} ({named})", field.label.get(language))
            }
        };
        column(sheet, at, &heading, &field.name, field.help.get(language), &example(model, field, language))?;
        if let Some(range) = lists.for_field(model, field, language, reader)? {
            validate(sheet, at, &range, field)?;
        }
    }
    for (n, field) in asked_of_all(model).enumerate() {
        let example = if field.name == "marking" { kind.marking.code() } else { "" };
        let (label, help) = (field.label.get(language), field.help.get(language));
        column(sheet, (kind.fields.len() + 1 + n) as u16, label, &field.name, help, example)?;
    }
    sheet.set_freeze_panes(4, 1)?;
    sheet.set_row_height(2, 60)?;
    book.push_worksheet(lists.sheet);
    Ok(book.save_to_buffer()?)
}

/// What is asked of every statement that a sheet makes, and its marking.
fn asked_of_all(model: &Model) -> impl Iterator<Item = &Field> {
    let envelope = &model.envelope;
    let marking = envelope.deciding().filter(|f| f.name == "marking");
    envelope.asked().map(|asked| &asked.field).chain(marking)
}

/// Columns of the sheet of activities: the field, and the list of its codes.
const ACTIVITY: [(&str, &str); 13] = [
    ("identifier", ""),
    ("title", ""),
    ("descriptions", ""),
    ("reporter", ""),
    ("reporter_name", ""),
    ("reporter_type", "organisation_type"),
    ("status", "activity_status"),
    ("aid_type", "aid_type"),
    ("currency", "currency"),
    ("starts", ""),
    ("ends", ""),
    ("countries", "country"),
    ("sectors", "sector"),
];
const TRANSACTION: [(&str, &str); 5] =
    [("type", "transaction_type"), ("date", ""), ("value", ""), ("currency", "currency"), ("description", "")];

/// The sheet of activities: each row is a payment of the activity that its identifier names, with what is said of it.
fn activities(model: &Model, language: Language) -> Result<Vec<u8>, SheetError> {
    let mut book = Workbook::new();
    let mut lists = TemplateLists::new()?;
    let sheet = book.add_worksheet();
    sheet.set_name("activity")?;
    sheet.set_right_to_left(model.languages.get(language).direction == Direction::Rtl);
    let mut at = 0;
    for (kind, prefix, columns) in [("activity", "", &ACTIVITY[..]), ("transaction", "transaction_", &TRANSACTION[..])] {
        let kind = model.kind(kind);
        for (name, list) in columns {
            let field = kind.and_then(|k| k.field(name));
            let label = field.map_or(*name, |f| f.label.get(language));
            let example = if *name == "identifier" { EXAMPLE } else { "" };
            column(sheet, at, label, &format!("{prefix}{name}"), field.map_or("", |f| f.help.get(language)), example)?;
            let codes = model.lists.get(list).map_or(&[][..], |l| l.codes());
            let names: Vec<String> =
                codes.iter().filter(|c| c.status != "withdrawn").map(|c| c.label.get(language).to_owned()).collect();
            if let Some(range) = lists.add(&names)? {
                let validation = DataValidation::new().allow_list_formula(Formula::new(range));
                sheet.add_data_validation(4, at, 4 + ROWS, at, &validation)?;
            }
            at += 1;
        }
    }
    for field in ["source", "url", "locator"].into_iter().filter_map(|name| model.envelope.get(name)).map(|f| &f.field) {
        column(sheet, at, field.label.get(language), &field.name, field.help.get(language), "")?;
        at += 1;
    }
    sheet.set_freeze_panes(4, 1)?;
    book.push_worksheet(lists.sheet);
    Ok(book.save_to_buffer()?)
}

fn quiet_line() -> Format {
    Format::new().set_italic()
}

fn quiet() -> Format {
    Format::new().set_font_color(Color::RGB(0x5A_64_6E)).set_italic().set_text_wrap().set_align(FormatAlign::Top)
}

fn column(sheet: &mut Worksheet, at: u16, label: &str, name: &str, help: &str, example: &str) -> Result<(), SheetError> {
    sheet.set_column_width(at, 22)?;
    sheet.write_string_with_format(1, at, label, &heading())?;
    sheet.write_string_with_format(2, at, help, &quiet())?;
    sheet.write_string_with_format(3, at, name, &quiet())?;
    write_text(sheet, 4, at, example)?;
    Ok(())
}

fn example(model: &Model, field: &Field, language: Language) -> String {
    match &field.kind {
        FieldType::Code(list) => {
            model.lists.get(list).and_then(|l| l.find(&field.example)).map_or(String::new(), |c| c.label.get(language).to_owned())
        }
        _ => field.example.clone(),
    }
}

fn validate(sheet: &mut Worksheet, at: u16, range: &str, field: &Field) -> Result<(), SheetError> {
    let mut validation = DataValidation::new().allow_list_formula(Formula::new(range));
    if field.record_kind().is_some() {
        // Names that are new are said so by the import, with what they may mean.
        validation = validation.set_error_style(DataValidationErrorStyle::Warning);
    }
    sheet.add_data_validation(4, at, 4 + ROWS, at, &validation)?;
    Ok(())
}

/// Offers what a field can be in the rows of an export. A code and an identifier, which stand there, may be typed as well.
pub(crate) fn offer(sheet: &mut Worksheet, at: u16, range: &str, rows: usize) -> Result<(), SheetError> {
    let last = u32::try_from(rows).unwrap_or(u32::MAX).saturating_add(ROWS).min(LAST_ROW);
    let validation =
        DataValidation::new().allow_list_formula(Formula::new(range)).set_error_style(DataValidationErrorStyle::Information);
    sheet.add_data_validation(1, at, last, at, &validation)?;
    Ok(())
}

/// The last row of a sheet, by the format's own limit.
const LAST_ROW: u32 = 1_048_575;

/// The hidden sheet with what can be chosen.
pub(crate) struct TemplateLists {
    pub(crate) sheet: Worksheet,
    columns: u16,
    /// The ranges of what is there already: many fields are of one list or one kind.
    ranges: HashMap<String, Option<String>>,
}

impl TemplateLists {
    pub(crate) fn new() -> Result<TemplateLists, SheetError> {
        let mut sheet = Worksheet::new();
        sheet.set_name("_lists")?;
        sheet.set_hidden(true);
        Ok(TemplateLists { sheet, columns: 0, ranges: HashMap::new() })
    }

    /// Writes what a field can be; gives the range.
    pub(crate) fn for_field(
        &mut self,
        model: &Model,
        field: &Field,
        language: Language,
        reader: &Reader,
    ) -> Result<Option<String>, SheetError> {
        let key = match &field.kind {
            FieldType::Code(of) | FieldType::Record(of) => format!("{} {of}", field.kind.code()),
            FieldType::Boolean => field.kind.code().to_owned(),
            _ => return Ok(None),
        };
        if let Some(range) = self.ranges.get(&key) {
            return Ok(range.clone());
        }
        let texts: Vec<String> = match &field.kind {
            FieldType::Code(list) => {
                let codes = model.lists.get(list).map_or(&[][..], |l| l.codes());
                codes.iter().filter(|c| c.status != "withdrawn").map(|c| c.label.get(language).to_owned()).collect()
            }
            FieldType::Record(of) => match model.kind(of) {
                Some(kind) => names(kind, reader)?,
                None => Vec::new(),
            },
            FieldType::Boolean => ["yes", "no"].map(str::to_owned).to_vec(),
            _ => Vec::new(),
        };
        let range = self.add(&texts)?;
        self.ranges.insert(key, range.clone());
        Ok(range)
    }

    /// Writes texts to choose from; gives the range, none where there are none.
    fn add(&mut self, texts: &[String]) -> Result<Option<String>, SheetError> {
        if texts.is_empty() {
            return Ok(None);
        }
        let at = self.columns;
        self.columns += 1;
        for (row, text) in texts.iter().enumerate() {
            write_text(&mut self.sheet, row as u32, at, text)?;
        }
        let column = rust_xlsxwriter::utility::column_number_to_name(at);
        Ok(Some(format!("=_lists!${column}$1:${column}${}", texts.len())))
    }
}

/// What the records of a kind are called.
fn names(kind: &Kind, reader: &Reader) -> Result<Vec<String>, SheetError> {
    let Some(title) = &kind.title else { return Ok(Vec::new()) };
    let sql = format!(
        "select distinct \"{title}\" from \"{}_statement\" where \"{title}\" is not null order by 1 limit {MOST_NAMES}",
        kind.view
    );
    let table = reader.query(&sql, &[])?;
    Ok(table.rows.iter().filter_map(|r| r[0].text().map(str::to_owned)).collect())
}
