//! An answer as a picture sees it: its rows by the columns that the drawing names. That the answer has these columns is checked
//! when the workspace is opened, and here once more: what nobody reported is never mistaken for a column that is not there.

use remit_ask::{Answer, AskError, CellWords, ColumnLook, ColumnStyle, Drawing, Voice};
use remit_store::Cell;

/// Around an answer: whose words, which workspace, and where a cell leads.
pub struct Scene<'a> {
    /// The words.
    pub voice: Voice<'a>,
    /// What the workspace is called: the source of what names none.
    pub workspace: &'a str,
    /// Where a cell leads, by its row and column.
    pub link: &'a dyn Fn(usize, usize) -> Option<String>,
}

/// What a thing is called in an answer, and where it leads.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkedName {
    /// The words.
    pub text: String,
    /// The address.
    pub link: Option<String>,
}

/// Names with the rows that have them, in the order in which they first stand there.
pub type Groups = Vec<(LinkedName, Vec<usize>)>;

/// An answer, seen with the columns of a drawing.
pub struct AnswerView<'a> {
    pub(crate) scene: &'a Scene<'a>,
    pub(crate) answer: &'a Answer,
    /// Which of its columns make the picture.
    pub drawing: &'a Drawing,
    said: CellWords<'a>,
}

impl<'a> AnswerView<'a> {
    /// An answer, seen with the columns of a drawing.
    ///
    /// # Errors
    /// When the answer lacks a column of which the picture is made, or has words in one of numbers.
    pub fn new(scene: &'a Scene<'a>, answer: &'a Answer, drawing: &'a Drawing) -> Result<AnswerView<'a>, AskError> {
        for column in drawing.columns() {
            answer.table.at(column).map_err(|e| AskError::File {
                file: answer.question.name.clone(),
                line: 0,
                message: e.to_string(),
            })?;
        }
        answer.question.check_drawn(drawing, &answer.table)?;
        Ok(AnswerView { scene, answer, drawing, said: CellWords::new(scene.voice.clone(), &answer.table) })
    }

    fn look(&self, column: &str) -> ColumnLook {
        self.scene.voice.columns.get(column, &self.answer.table.columns)
    }

    /// A sentence of answers, with what stands in it.
    pub(crate) fn sentence(&self, code: &str, with: &[(&str, &str)]) -> String {
        self.scene.voice.model.sentence(&self.scene.voice.locale, code, with)
    }

    /// Numbers of all rows.
    pub fn rows(&self) -> std::ops::Range<usize> {
        0..self.answer.table.rows.len()
    }

    /// The cell of a column; null where the drawing names none.
    pub fn cell(&self, row: usize, column: &str) -> &Cell {
        const NOT_NAMED: Cell = Cell::Null;
        self.answer.table.column(column).map_or(&NOT_NAMED, |at| &self.answer.table.rows[row][at])
    }

    /// The text of a column; empty where there is none.
    pub fn text(&self, row: usize, column: &str) -> &str {
        self.cell(row, column).text().unwrap_or_default()
    }

    /// True where a flag is raised.
    pub fn is_raised(&self, row: usize, column: &str) -> bool {
        self.cell(row, column).number().is_some_and(|n| n > 0.0)
    }

    /// True where nobody confirmed a row for the day.
    pub fn is_doubtful(&self, row: usize, column: &str) -> bool {
        self.cell(row, column).number() == Some(0.0)
    }

    /// The sources that the rows name, or the workspace.
    pub fn sources(&self) -> String {
        let mut named: Vec<&str> = Vec::new();
        for row in self.rows() {
            let source = self.text(row, "source");
            if !source.is_empty() && !named.contains(&source) {
                named.push(source);
            }
        }
        match named[..] {
            [] => self.scene.workspace.to_owned(),
            [one] => one.to_owned(),
            [one, other] => format!("{one}; {other}"),
            _ => {
                let n = self.scene.voice.locale.whole(named.len() as f64);
                self.sentence("sources_in_table", &[("n", &n)])
            }
        }
    }

    /// What a column is called.
    pub fn head(&self, column: &str) -> String {
        self.scene.voice.label(&self.look(column).label)
    }

    /// What a code of a column is called; where there is none, what the cell of a table says.
    pub fn code(&self, column: &str, code: &str) -> String {
        let voice = &self.scene.voice;
        match self.look(column).list {
            _ if code.is_empty() => {
                let none = voice.model.word(&voice.locale, "none_on_record");
                self.sentence("pair", &[("name", &self.head(column)), ("value", &none)])
            }
            Some(list) => voice.model.name_of_code(&voice.locale, &list, code),
            None => code.to_owned(),
        }
    }

    /// The codes of the list of a column, in their order; none where its cells are no codes.
    pub fn codes(&self, column: &str) -> Vec<&str> {
        let list = self.look(column).list.and_then(|list| self.scene.voice.model.lists.get(&list));
        list.map_or_else(Vec::new, |list| list.codes().iter().map(|c| c.code.as_str()).collect())
    }

    /// Where the code of a row stands in the list of its column.
    pub fn position(&self, row: usize, column: &str) -> usize {
        let code = self.text(row, column);
        self.codes(column).iter().position(|c| *c == code).unwrap_or(usize::MAX)
    }

    /// What the cell of a column says, and where it leads; what the column is called where the drawing names none.
    pub fn name(&self, row: usize, column: &str) -> LinkedName {
        match self.answer.table.column(column) {
            // A group without a name is called as the cell says that it is not known.
            Some(_) if column == self.drawing.group && self.cell(row, column).is_null() => {
                LinkedName { text: self.code(column, ""), link: None }
            }
            Some(at) => LinkedName { text: self.said.cell(row, at).text, link: (self.scene.link)(row, at) },
            None => LinkedName { text: self.head(column), link: None },
        }
    }

    /// The number of a column, shares as per cent.
    pub fn value(&self, row: usize, column: &str) -> Option<f64> {
        let hundred = if self.look(column).show == ColumnStyle::Share { 100.0 } else { 1.0 };
        self.cell(row, column).number().map(|n| n * hundred)
    }

    /// Some rows by what a column says.
    pub fn grouped(&self, rows: &[usize], column: &str) -> Groups {
        let mut groups = Groups::new();
        for row in rows {
            let name = self.name(*row, column);
            match groups.iter_mut().find(|(n, _)| *n == name) {
                Some((_, rows)) => rows.push(*row),
                None => groups.push((name, vec![*row])),
            }
        }
        groups
    }

    /// All rows by what a column says.
    pub fn all(&self, column: &str) -> Groups {
        self.grouped(&self.rows().collect::<Vec<_>>(), column)
    }
}
