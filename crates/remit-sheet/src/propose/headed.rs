//! A column with what its heading may mean, and what its values say for it.

use super::ProposedColumn;
use crate::codes::Suggestions;
use crate::read::OVER;
use crate::values::{CREDIBILITY, DateColumn, DateOrder, Decimal, RELIABILITY, SourceGrade, UnreadCell, ValueWords, plain};
use remit_model::{Field, FieldType, Kind, Marking, Model, comparable, is_among};
use remit_store::marking_said;
use std::cell::OnceCell;
use std::collections::HashSet;

/// What a field is called, comparable: in every language, and by its own name.
pub(super) fn names(field: &Field) -> Vec<String> {
    field.label.all().map(|(_, label)| comparable(label)).chain([comparable(&field.name)]).collect()
}

/// How much a heading says that is the name of a field, or known as one of it.
pub(super) const EXACT: f64 = 8.0;
/// How much it counts where a heading is the name of the field in the model.
const OWN_NAME: f64 = 9.5;

/// True for a number that is no share of a hundred.
pub(super) fn is_count(field: &Field) -> bool {
    matches!(field.kind, FieldType::Integer | FieldType::Number) && field.unit != "percent"
}

/// A column with what its heading may mean.
pub(super) struct Headed<'m> {
    pub(super) column: ProposedColumn,
    /// The heading in the forms in which it is looked for, each with what it loses by not being the whole, and the fields of the
    /// headings that are known: the same, and those of which it has the words.
    pub(super) forms: Vec<(f64, String, KnownFields<'m>)>,
    /// True where its heading or its values say that it is a share of a hundred.
    pub(super) is_share: bool,
    /// True where what stands in it was told from names that stand further in.
    pub(super) is_above: bool,
    /// The most careful of the markings that stand in it, where most of what stands there are some: looked at once for all kinds.
    pub(super) highest_marking: OnceCell<Option<Marking>>,
}

/// What headings say that are no more than a title or a name.
const BARE: [&str; 2] = ["*.title", "*.name"];

/// Fields as `model/headings.csv` names them: those of a heading, and those of headings that are part of it, with how much of it.
type KnownFields<'m> = (&'m [String], Vec<(f64, &'m [String])>);

impl<'m> Headed<'m> {
    pub(super) fn of(model: &'m Model, column: ProposedColumn) -> Headed<'m> {
        let heading = column.heading.as_str();
        // Of two rows of headings, the lower one says what the upper one is of; a question has its number before it.
        let last = heading.rsplit(OVER).next().unwrap_or(heading);
        let mut forms: Vec<(f64, String)> = Vec::new();
        let unsaid = without_unit(heading);
        let parts = [last, without_unit(last), without_number(heading), unsaid, before_comma(unsaid)];
        let without_currency = ValueWords::of(model).numbers.in_currency(heading).map(|(rest, _)| rest);
        let parts = parts.map(comparable).into_iter().chain(without_currency).chain(in_languages(model, heading));
        for (loss, text) in std::iter::once((0.0, comparable(heading))).chain(parts.map(|part| (1.0, part))) {
            if !text.is_empty() && !forms.iter().any(|(_, t)| *t == text) {
                forms.push((loss, text));
            }
        }
        // What a device or a form notes of itself says nothing of the world, and some headings what no field takes.
        let says_nothing = forms.iter().any(|(_, text)| model.headings.says_nothing(text));
        if says_nothing || heading.starts_with('_') || is_noted_by_a_device(&column) {
            forms.clear();
        }
        let forms = forms.into_iter().map(|(loss, text)| {
            let known = (model.headings.fields(&text), model.headings.parts(&text));
            (loss, text, known)
        });
        let percent = ['%', '٪'];
        let is_share = heading.contains(percent)
            || column.values.iter().any(|(v, _)| v.contains(percent))
                && column.values.iter().all(|(v, _)| v.contains(percent) || !v.contains(char::is_numeric));
        Headed { forms: forms.collect(), is_share, is_above: false, highest_marking: OnceCell::new(), column }
    }

    /// What stands in it, but for what says nothing.
    pub(super) fn told(&self, words: &ValueWords) -> Vec<&str> {
        self.column.values.iter().map(|(v, _)| v.as_str()).filter(|v| !words.answers.says_nothing(v)).collect()
    }

    pub(super) fn highest_marking(&self, model: &Model, words: &ValueWords) -> Option<Marking> {
        *self.highest_marking.get_or_init(|| {
            let values = self.told(words);
            let said: Vec<Marking> = values.iter().filter_map(|v| marking_said(model, v).ok()).collect();
            said.iter().max().copied().filter(|_| said.len() * 2 > values.len())
        })
    }

    /// In how many rows something stands.
    pub(super) fn filled(&self) -> u64 {
        self.column.values.iter().map(|(_, times)| times).sum()
    }

    /// True where nothing but figures stands in it.
    pub(super) fn has_only_figures(&self) -> bool {
        let is_figure = |text: &str| text.contains(char::is_numeric) && !text.contains(char::is_alphabetic);
        !self.column.values.is_empty() && self.column.values.iter().all(|(text, _)| is_figure(text))
    }

    /// True where most of what stands in it are figures, and not all of them such as may be crosses.
    pub(super) fn has_counts(&self) -> bool {
        let texts = || self.column.values.iter().map(|(text, _)| text.as_str());
        let is_figure = |text: &&str| text.contains(char::is_numeric) && !text.contains(char::is_alphabetic);
        let is_more = |text: &str| !["0", "1"].contains(&plain(text).as_str());
        texts().filter(is_figure).count() * 2 > self.column.values.len() && texts().filter(is_figure).any(is_more)
    }

    /// True where the heading as a whole is known to say something.
    pub(super) fn is_known(&self) -> bool {
        self.forms.iter().any(|(_, _, (fields, _))| !fields.is_empty())
    }

    /// True where the heading says no more than that it is a date.
    pub(super) fn is_any_date(&self) -> bool {
        self.forms.iter().any(|(_, _, (fields, _))| fields.iter().any(|field| field == "*.date"))
    }

    /// True where the heading says no more than where something is.
    pub(super) fn is_any_place(&self) -> bool {
        self.forms.iter().any(|(_, _, (fields, _))| fields.iter().any(|field| field == "*.place"))
    }

    /// True where the heading says no more than that it is a name.
    pub(super) fn is_any_name(&self) -> bool {
        self.forms.iter().any(|(_, _, (fields, _))| fields.iter().any(|field| field == "*.name"))
    }

    /// How much the heading says that the column is a field of a kind.
    pub(super) fn says(&self, kind: &Kind, field: &Field) -> f64 {
        let own = names(field);
        let of = |(loss, text, (fields, parts)): &(f64, String, KnownFields<'_>)| -> f64 {
            if own.contains(text) {
                return 10.0 - loss;
            }
            if is_among(fields, kind, &field.name) {
                return 9.0 - loss;
            }
            // “Title” in “Post title” is that of the post, and no course.
            let is_other = |fields: &[String]| {
                let is_bare = fields.iter().any(|f| BARE.contains(&f.as_str()));
                is_bare && field.kind == FieldType::Text && !BARE.iter().any(|bare| bare.ends_with(&format!(".{}", field.name)))
            };
            let part = parts.iter().filter(|(_, fields)| is_among(fields, kind, &field.name) && !is_other(fields));
            let part = part.map(|(share, _)| 4.0 + 4.0 * share - loss).fold(0.0, f64::max);
            let words: HashSet<&str> = text.split(' ').filter(|w| w.chars().count() > 3).collect();
            // What is known to stand above a field of any kind, or another one of this kind, is no part of a name: “Base” is a place, and
            // no “base légale”.
            let is_known =
                fields.iter().any(|f| f.starts_with("*.")) || kind.fields.iter().any(|f| is_among(fields, kind, &f.name));
            let shared = own.iter().any(|name| {
                let name: HashSet<&str> = name.split(' ').filter(|w| w.chars().count() > 3).collect();
                let is_part = || !is_known && words.is_subset(&name);
                !name.is_empty() && !words.is_empty() && (name.is_subset(&words) || is_part())
            });
            part.max(if shared { 4.0 - loss } else { 0.0 })
        };
        self.forms.iter().map(of).fold(0.0, f64::max)
    }
}

/// The parts of a heading that says the same in several languages, “Place / Lieu / المكان”: those that say a field which another part says too.
fn in_languages(model: &Model, heading: &str) -> Vec<String> {
    let parts: Vec<String> = heading.split(['/', '|', '\n']).map(comparable).filter(|part| !part.is_empty()).collect();
    if parts.len() < 2 {
        return Vec::new();
    }
    let said = parts.iter().map(|part| (part, fields_said(model, part))).collect::<Vec<_>>();
    let is_said_twice = |part: &str, fields: &HashSet<String>| {
        said.iter().any(|(other, others)| *other != part && others.intersection(fields).next().is_some())
    };
    said.iter().filter(|(part, fields)| is_said_twice(part, fields)).map(|(part, _)| (*part).clone()).collect()
}

/// The fields that a text is a heading or a label of.
fn fields_said(model: &Model, text: &str) -> HashSet<String> {
    let labelled = model.kinds.iter().flat_map(|kind| kind.fields.iter().map(move |field| (kind, field)));
    let labelled = labelled.filter(|(_, field)| names(field).iter().any(|name| name == text));
    let labelled = labelled.map(|(kind, field)| format!("{}.{}", kind.name, field.name));
    model.headings.fields(text).iter().cloned().chain(labelled).collect()
}

/// A heading without the number of its question or column: “Q1. Name”, “3) Name”.
fn without_number(heading: &str) -> &str {
    let rest = heading.trim_start_matches(['Q', 'q', '№']).trim_start_matches(|c: char| c.is_numeric() || c == '.');
    let rest = if rest.len() < heading.len() { rest.trim_start_matches([')', ':', ' ']) } else { heading };
    if rest.chars().next().is_some_and(char::is_alphabetic) && rest.len() + 1 < heading.len() { rest } else { heading }
}

/// A heading without what stands behind it in brackets: “Budget (EUR)”.
pub(crate) fn without_unit(heading: &str) -> &str {
    heading.split(['(', '[']).next().filter(|h| !h.trim().is_empty()).unwrap_or(heading)
}

/// A heading without what stands behind its last comma: “Budget, thousands of USD”.
fn before_comma(heading: &str) -> &str {
    heading.rsplit_once([',', '،']).map_or(heading, |(before, _)| before.trim()).trim()
}

/// True for moments to the second with their offset: a device notes them, nobody writes them.
fn is_noted_by_a_device(column: &ProposedColumn) -> bool {
    let is_moment = |v: &str| v.parse::<jiff::Timestamp>().is_ok() && v.contains('T');
    !column.values.is_empty() && column.values.iter().take(50).all(|(v, _)| is_moment(v))
}

/// The list of what security institutions do.
const FUNCTIONS: &str = "security_function";
/// The field of what somebody’s post is called.
const POST: &str = "posting.post";

/// How much the values of a column speak for a field that its heading suggests, or against it.
/// `said` is how much its heading says.
pub(super) fn value_weight(model: &Model, field: &Field, column: &ProposedColumn, words: &ValueWords, said: f64) -> f64 {
    // What says that there is nothing tells nothing of the column.
    let values = column.values.iter().take(200).map(|(v, _)| v.as_str()).filter(|v| !words.answers.says_nothing(v));
    let values: Vec<&str> = values.collect();
    if values.is_empty() {
        return -1.0;
    }
    let share = |fits: &dyn Fn(&str) -> bool| values.iter().filter(|v| fits(v)).count() as f64 / values.len() as f64;
    let how = DateColumn { order: Some(DateOrder::Day), end: field.end, year_begins: Some(7), ..DateColumn::default() };
    let fits = match &field.kind {
        // What asks is a date all the same.
        FieldType::Date => share(&|v| {
            let is_date = !matches!(words.dates.read(v, &how), Err(UnreadCell::Wrong(_))) || words.dates.is_period(v);
            is_date || !field.end && words.dates.range(v, &how).is_some()
        }),
        FieldType::Integer | FieldType::Number => share(&|v| words.numbers.read(v, Some(Decimal::said('.')), false).is_ok()),
        FieldType::Url => share(&|v| v.starts_with("http")),
        FieldType::Code(list) => {
            let is_half = list == RELIABILITY || list == CREDIBILITY;
            let is_grade = |v: &str| is_half && SourceGrade::of(v).is_some();
            let known = share(&|v| model.lists.get(list).is_some_and(|l| l.find(v).is_some()) || is_grade(v));
            let suggested = Suggestions::of(model, list);
            // Texts of which none is like a code are something else, unless the heading is the field's own name, or a known one
            // above a single text, which tells nothing. “الوظيفة” is a function and a post.
            let is_post =
                || list == FUNCTIONS && model.headings.fields(&comparable(&column.heading)).iter().any(|field| field == POST);
            let is_sure = said >= OWN_NAME && !is_post() || said >= EXACT && values.len() == 1;
            if known == 0.0 && !is_sure && !values.iter().take(20).any(|v| suggested.code(v).is_some()) {
                return -12.0;
            }
            known.max(0.4)
        }
        FieldType::Boolean => share(&|v| model.languages.answer(v).is_some()),
        // Names are neither crosses nor numbers.
        _ if field.record_kind().is_some() && share(&|v| words.answers.mark(v).is_some()) > 0.8 => return -12.0,
        _ => return if share(&|v| v.parse::<f64>().is_ok()) > 0.8 { -4.0 } else { 0.5 },
    };
    if fits > 0.6 {
        3.0 * fits
    } else if fits < 0.2 {
        -12.0
    } else {
        0.0
    }
}
