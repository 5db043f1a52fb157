//! Who supports whom as one table: supporters in the rows; institutions, classes of them, or forms of support above the columns; in the cells
//! crosses, forms of support, or amounts. Each cell is a project, or says that one body supports another.

use super::ProposedColumn;
use super::around::{BODIES, CLASSES, country_of, is_partner};
use super::headed::{EXACT, Headed};
use super::table::is_sum;
use crate::read::{EachColumn, OVER, Rule};
use crate::values::{BETWEEN, Decimal, ValueWords, WITHIN};
use remit_model::{Kind, Model};
use std::collections::BTreeSet;

/// The kind of a cell that is a project, and of one that says no more than that there is support.
const PROJECT: &str = "project";
const RELATION: &str = "relation";
/// The list of forms of support.
const MODALITIES: &str = "modality";
/// The form of support that nobody named.
const NOT_NAMED: &str = "unspecified";

/// What stands above the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Over {
    Form,
    Class,
    Body,
}

impl Over {
    fn of(model: &Model, heading: &str) -> Option<Over> {
        let own = heading.rsplit(OVER).next().unwrap_or(heading);
        match () {
            () if is_code(model, MODALITIES, own) => Some(Over::Form),
            () if is_code(model, CLASSES, own) => Some(Over::Class),
            () => model.lists.told_by(CLASSES, own).map(|_| Over::Body),
        }
    }

    /// The field of a project that it is.
    fn field(self) -> &'static str {
        match self {
            Over::Form => "modality",
            Over::Class => "recipient_class",
            Over::Body => "recipient",
        }
    }
}

/// What stands in the cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CrossCells {
    Marks,
    Forms,
    Amounts,
}

impl CrossCells {
    fn of(model: &Model, texts: &[&str], words: &ValueWords) -> Option<CrossCells> {
        let is_form = |text: &&&str| items_of(text).iter().all(|item| is_code(model, MODALITIES, item));
        let is_amount = |text: &&&str| words.numbers.read(text, Some(Decimal::said('.')), false).is_ok();
        let is_mark = |text: &&&str| words.answers.mark(text).is_some();
        // A cross may stand beside forms of support, where nobody said which.
        let is_either = |text: &&&str| is_form(text) || is_mark(text);
        let are_forms = || {
            texts.iter().filter(is_form).count() * 2 >= texts.len()
                || texts.iter().any(|text| is_form(&text)) && texts.iter().filter(is_either).count() * 4 >= texts.len() * 3
        };
        match () {
            () if texts.is_empty() => None,
            () if texts.iter().filter(is_mark).count() == texts.len() => Some(CrossCells::Marks),
            () if are_forms() => Some(CrossCells::Forms),
            () if texts.iter().filter(is_amount).count() * 5 >= texts.len() * 4 => Some(CrossCells::Amounts),
            () => None,
        }
    }

    /// The field of a project that a cell is, where it is one.
    fn field(self) -> Option<&'static str> {
        match self {
            CrossCells::Marks => None,
            CrossCells::Forms => Some("modality"),
            CrossCells::Amounts => Some("committed"),
        }
    }
}

/// A table of crosses of who supports whom.
#[derive(Debug)]
pub(super) struct SupportCross {
    /// The column of who supports.
    giver: String,
    over: Over,
    cells: CrossCells,
    /// True where a column says what each project is called.
    is_named: bool,
    /// Its columns as rows.
    pub(super) each: EachColumn,
    /// The signs between several forms of support in a cell; none where each cell is one.
    pub(super) split: Option<String>,
    /// The marks among forms of support, each with whether it says that there is some.
    marks: Vec<(String, bool)>,
}

impl SupportCross {
    /// The one that a table is; none where fewer than two columns stand below whom or how somebody supports.
    pub(super) fn of(model: &Model, columns: &[Headed<'_>], words: &ValueWords) -> Option<SupportCross> {
        let project = model.kind(PROJECT)?;
        let told: Vec<(&Headed<'_>, Over)> = columns
            .iter()
            .filter_map(|c| Some((c, Over::of(model, &c.column.heading)?)))
            .filter(|(c, _)| c.filled() > 0)
            .collect();
        let is_of_forms = told.iter().filter(|(_, over)| *over == Over::Form).count() * 2 > told.len();
        let giver = giver(model, project, columns, is_of_forms)?;
        let giver_heading = &columns[giver].column.heading;
        // “Donor” and “Mission” are classes too.
        let is_over =
            |(c, over): &(&Headed<'_>, Over)| (*over == Over::Form) == is_of_forms && c.column.heading != *giver_heading;
        let (told, overs): (Vec<&Headed<'_>>, Vec<Over>) = told.into_iter().filter(is_over).unzip();
        let cells = CrossCells::of(model, &told.iter().flat_map(|c| c.told(words)).collect::<Vec<&str>>(), words)?;
        // An amount below a body may be of anything, but for what a donor gives to a class: “police trained”, “women in the army” are counts.
        let is_given = || overs.iter().all(|over| *over == Over::Class) && is_called_giver(model, project, &columns[giver]);
        if told.len() < 2 || cells == CrossCells::Amounts && !is_given() || cells == CrossCells::Forms && is_of_forms {
            return None;
        }
        let is_told = |c: &Headed<'_>| told.iter().any(|own| own.column.heading == c.column.heading);
        let is_alike = |c: &Headed<'_>| !is_of_forms && !c.is_known() && !is_sum(model, &c.column.heading);
        let is_of_it = |c: &&Headed<'_>| is_told(c) || is_alike(c) && CrossCells::of(model, &c.told(words), words) == Some(cells);
        let own: Vec<&Headed<'_>> =
            columns.iter().enumerate().filter(|(at, _)| *at != giver).map(|(_, c)| c).filter(is_of_it).collect();
        let is_class = own.iter().all(|c| Over::of(model, &c.column.heading) == Some(Over::Class));
        let over = match (is_of_forms, is_class) {
            (true, _) => Over::Form,
            (false, true) => Over::Class,
            (false, false) => Over::Body,
        };
        let label = |name: &str| project.field(name).map(|field| field.label.english().to_owned());
        let cell = cells.field().map_or(Some("Value".to_owned()), label)?;
        let each = EachColumn {
            columns: own.iter().map(|c| c.column.heading.clone()).collect(),
            heading: label(over.field())?,
            cell,
            ..EachColumn::default()
        };
        let is_title = |c: &Headed<'_>| project.field("title").is_some_and(|title| c.says(project, title) >= EXACT);
        let is_named = columns.iter().any(is_title);
        let is_free = |name: &String| !columns.iter().any(|c| c.column.heading == *name);
        let split = Some(signs(&own)).filter(|signs| cells == CrossCells::Forms && !signs.is_empty());
        let texts = own.iter().filter(|_| cells == CrossCells::Forms).flat_map(|c| c.told(words));
        let marks = texts.filter_map(|text| Some((text.to_owned(), words.answers.mark(text)?))).collect();
        let giver = giver_heading.clone();
        Some(SupportCross { giver, over, cells, is_named, each, split, marks })
            .filter(|m| is_free(&m.each.heading) && is_free(&m.each.cell))
    }

    /// The kind of record that a cell is.
    pub(super) fn kind(&self) -> &'static str {
        if self.cells == CrossCells::Marks && self.over == Over::Body && !self.is_named { RELATION } else { PROJECT }
    }

    /// What each field of it is; a project is called as the form of support is, else as the table is.
    pub(super) fn rules(&self, title: &str) -> Vec<(&'static str, Rule)> {
        let column = |heading: &str| Rule { column: Some(heading.to_owned()), ..Rule::default() };
        let value = |text: &str| Rule { value: Some(text.to_owned()), ..Rule::default() };
        if self.kind() == RELATION {
            let ends = [("subject", column(&self.giver)), ("object", column(&self.each.heading))];
            return ends.into_iter().chain([("relation", value("supports"))]).collect();
        }
        let title = match (self.over, self.cells) {
            (Over::Form, _) => column(&self.each.heading),
            (_, CrossCells::Forms) if self.marks.is_empty() => column(&self.each.cell),
            _ => value(title),
        };
        let cell = self.cells.field().map(|field| (field, column(&self.each.cell)));
        let always = [("supporter", column(&self.giver)), (self.over.field(), column(&self.each.heading)), ("title", title)];
        always.into_iter().chain(cell).collect()
    }

    /// What tells a project from others, where `title` is the column that it is called by: nothing but who supports whom does. A relation is
    /// told by what it connects.
    pub(super) fn identifier(&self, title: Option<&str>) -> Option<String> {
        // Of several forms in one cell each is a project.
        let cell = Some(self.each.cell.as_str()).filter(|_| self.cells == CrossCells::Forms);
        let other = title.filter(|title| *title != self.each.heading).or(cell);
        let parts = [Some(self.giver.as_str()), Some(self.each.heading.as_str()), other];
        let parts: Vec<String> = parts.into_iter().flatten().map(|column| format!("{{{column}}}")).collect();
        Some(parts.join("/")).filter(|_| self.kind() == PROJECT)
    }

    /// What marks among forms of support mean: a form that nobody named.
    pub(super) fn forms_of_marks(&self) -> impl Iterator<Item = (String, String)> + '_ {
        self.marks.iter().filter(|(_, is_yes)| *is_yes).map(|(text, _)| (text.clone(), NOT_NAMED.to_owned()))
    }

    /// The marks among forms of support that say that there is none.
    pub(super) fn says_none(&self) -> Vec<String> {
        let none: BTreeSet<&String> = self.marks.iter().filter(|(_, is_yes)| !is_yes).map(|(text, _)| text).collect();
        none.into_iter().cloned().collect()
    }

    /// True for a column that says what it is of, whatever else its heading may mean.
    pub(super) fn is_own(&self, heading: &str) -> bool {
        [&self.giver, &self.each.heading, &self.each.cell].iter().any(|own| *own == heading)
    }
}

fn is_code(model: &Model, list: &str, text: &str) -> bool {
    model.lists.get(list).is_some_and(|codes| codes.find(text).is_some()) || model.lists.means(list, text).is_some()
}

/// True for a heading of who supports: also the first part of one over rows and columns, “Donor / Institution”.
fn is_called_giver(model: &Model, project: &Kind, column: &Headed<'_>) -> bool {
    let says = |c: &Headed<'_>| {
        let mut fields = ["supporter", "implementer"].into_iter().filter_map(|name| project.field(name));
        fields.any(|field| c.says(project, field) >= EXACT)
    };
    let first = column.column.heading.split_once(" / ").map(|(first, _)| first.to_owned());
    let first = first.map(|heading| Headed::of(model, ProposedColumn { heading, values: Vec::new() }));
    says(column) || first.is_some_and(|first| says(&first))
}

/// The column of who supports: one that is called so, or one of bodies, half of which are partners or countries. Beside crosses below forms of
/// support any bodies are that are not called institutions.
fn giver(model: &Model, project: &Kind, columns: &[Headed<'_>], is_of_forms: bool) -> Option<usize> {
    let name = model.kind(BODIES).and_then(|kind| Some((kind, kind.field(kind.title.as_ref()?)?)));
    let is_bodies = |c: &Headed<'_>| {
        let texts = c.column.values.iter().map(|(text, _)| text.as_str());
        let partners = texts.filter(|text| is_partner(model, text) || country_of(model, text).is_some()).count();
        let is_named = name.is_some_and(|(kind, field)| c.says(kind, field) >= EXACT);
        // What an institution is crossed for may be what it needs.
        let is_recipient = project.field("recipient").is_some_and(|field| c.says(project, field) >= EXACT);
        is_named && (is_of_forms && !is_recipient || partners * 2 >= c.column.values.len())
    };
    let called = columns.iter().position(|c| is_called_giver(model, project, c));
    called.or_else(|| columns.iter().position(is_bodies))
}

/// What stands between signs in a cell.
fn items_of(text: &str) -> Vec<&str> {
    text.split(|c: char| c == '\n' || BETWEEN.iter().chain(&WITHIN).any(|sign| sign.starts_with(c)))
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .collect()
}

/// The signs that stand in the cells of these columns, with a space between.
fn signs(columns: &[&Headed<'_>]) -> String {
    let stands = |sign: &&str| columns.iter().any(|c| c.column.values.iter().any(|(text, _)| text.contains(*sign)));
    let found: Vec<&str> = BETWEEN.into_iter().chain(WITHIN).filter(stands).collect();
    found.join(" ")
}
