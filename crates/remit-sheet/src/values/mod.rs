//! Values as people write them. How a column writes its dates and numbers is decided once, by all its cells: `12/03/2019` is
//! a day of March where another cell of the column, or of another column of the table, says `31/12/2025`; `2.500` is two and a
//! half thousand where another says `1 250,50`. What no cell proves is asked, never guessed.

mod dates;
mod numbers;

use dates::is_no_end;
pub(crate) use dates::{DateColumn, DateOrder, DateWords, proves};
pub(crate) use numbers::{Decimal, Number, NumberWords, Unit, as_number, shown_beside};
pub(crate) use remit_model::folded;

use crate::grid::Grid;
use remit_model::{CodeLists, Languages, Model, Written};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Why a cell is not read as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum UnreadCell {
    /// It means one of several things, and nothing in the table says which.
    Asks(String),
    /// It is nothing of what was looked for.
    Wrong(String),
}

/// The words that dates and numbers are made of.
#[derive(Debug)]
pub(crate) struct ValueWords {
    pub(crate) dates: DateWords,
    pub(crate) numbers: NumberWords,
    pub(crate) answers: AnswerWords,
}

/// What stands in a cell and is no value: words and signs for “not known”, and marks that mean yes or no.
#[derive(Debug, Default)]
pub(crate) struct AnswerWords {
    nothing: HashSet<String>,
    still: HashSet<String>,
    yes: HashSet<String>,
    no: HashSet<String>,
    and: HashSet<String>,
    /// The same as they stand between two names.
    ands: Vec<String>,
}

/// Signs that stand between names and in none.
pub(crate) const BETWEEN: [&str; 2] = [";", "؛"];
/// Signs that stand between names, and in some.
pub(crate) const WITHIN: [&str; 5] = ["/", "&", "+", "،", ","];

/// The words that stand between the last two of several names, with the spaces that they need: of Arabic one letter before the next word.
pub(crate) fn ands(languages: &Languages) -> Vec<String> {
    let words = languages.written().iter().flat_map(|w| w.and.iter().map(move |word| (w, word)));
    let is_prefix = |letters: &str| letters.chars().any(|c| ('\u{600}'..='\u{6FF}').contains(&c));
    words.map(|(w, word)| if is_prefix(&w.letters) { format!(" {word}") } else { format!(" {word} ") }).collect()
}

/// What stands between signs: one, or several with a space between, each of which separates; a word among signs stands between others.
pub(crate) fn items<'t>(text: &'t str, sign: &str) -> Vec<&'t str> {
    let signs: Vec<&str> = sign.split(' ').filter(|s| !s.is_empty()).collect();
    let is_word = |sign: &str| sign.contains(char::is_alphanumeric);
    if signs.len() < 2 || signs.iter().all(|s| is_word(s)) {
        return text.split(sign).collect();
    }
    let written = |sign: &str| match sign {
        "و" => " و".to_owned(),
        word if is_word(word) => format!(" {word} "),
        sign => sign.to_owned(),
    };
    let divide = |parts: Vec<&'t str>, sign: &&str| -> Vec<&'t str> {
        let sign = written(sign);
        parts.into_iter().flat_map(|part| part.split(sign.as_str()).collect::<Vec<_>>()).collect()
    };
    signs.iter().fold(vec![text], divide)
}

impl AnswerWords {
    fn new(languages: &Languages) -> AnswerWords {
        let (written, signs) = (languages.written(), languages.signs());
        let all = |own: &[String], of: fn(&Written) -> &Vec<String>| -> HashSet<String> {
            written.iter().flat_map(of).chain(own).map(|w| folded(w)).collect()
        };
        AnswerWords {
            nothing: all(&signs.nothing, |w| &w.nothing),
            still: all(&[], |w| &w.still),
            yes: all(&signs.yes, |w| &w.yes),
            no: all(&signs.no, |w| &w.no),
            and: all(&[], |w| &w.and),
            ands: ands(languages),
        }
    }

    /// True for “n/a”, “unknown”, a dash.
    pub(crate) fn says_nothing(&self, text: &str) -> bool {
        text.len() < 40 && self.nothing.contains(&folded(text))
    }

    /// True for “present”, “to date”, “9999-12-31”: what stands in the place of an end where something goes on.
    pub(crate) fn goes_on(&self, text: &str) -> bool {
        text.len() < 60 && (self.still.contains(&folded(text)) || is_no_end(text))
    }

    /// True for what may be several names: “A, B and C”, “A, B, C”.
    pub(crate) fn may_be_several(&self, name: &str) -> bool {
        let name = folded(name);
        let commas = name.matches([',', '،']).count();
        let has_and = || name.split(|c: char| !c.is_alphanumeric()).any(|word| self.and.contains(word));
        commas > 1 || commas == 1 && has_and()
    }

    /// True where signs or words stand in a text that may stand between names, and what is beside one of them is a name.
    pub(crate) fn has_a_name(&self, text: &str, is_name: &dyn Fn(&str) -> bool) -> bool {
        // “Police, North” is a part of the police.
        let signs = WITHIN.into_iter().filter(|sign| ![",", "،"].contains(sign)).chain(self.ands.iter().map(String::as_str));
        signs.filter(|sign| text.contains(sign)).any(|sign| text.split(sign).any(|part| is_name(part.trim())))
    }

    /// What stands between several names in a text: a sign that is in no name, or another sign or word where all beside it are names.
    pub(crate) fn between(&self, text: &str, is_name: &dyn Fn(&str) -> bool) -> Option<&str> {
        let parts = |sign: &str| -> Vec<String> {
            text.split(sign).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
        };
        let are_names = |sign: &str| {
            let parts = parts(sign);
            parts.len() > 1 && parts.iter().all(|part| is_name(part) || self.between(part, is_name).is_some())
        };
        let mut likely = WITHIN.into_iter().chain(self.ands.iter().map(String::as_str));
        BETWEEN.into_iter().find(|sign| parts(sign).len() > 1).or_else(|| likely.find(|sign| are_names(sign)))
    }

    /// What a mark means; none for one that is neither yes nor no.
    pub(crate) fn mark(&self, text: &str) -> Option<bool> {
        let text = folded(text);
        if self.yes.contains(&text) { Some(true) } else { self.no.contains(&text).then_some(false) }
    }
}

impl ValueWords {
    /// Those of a model.
    pub(crate) fn of(model: &Model) -> Arc<ValueWords> {
        model.worked_out(|Model { languages, lists, .. }| ValueWords {
            dates: DateWords::new(languages),
            numbers: NumberWords::new(languages, lists),
            answers: AnswerWords::new(languages),
        })
    }
}

/// A date that somebody typed, as it is kept: “12/05/2025” where the day comes first, “mars 2026”. None where it is no date, or may be two.
pub fn typed_date(languages: &Languages, text: &str, day_first: bool) -> Option<String> {
    let how = DateColumn { order: day_first.then_some(DateOrder::Day), ..DateColumn::default() };
    let read = DateWords::new(languages).read(text, &how).ok()?;
    (read.note.is_none() && !read.date.is_empty()).then_some(read.date)
}

/// The code of the list `credibility` for what says how sure somebody is: its number, or a word (`model/words/credibility.csv`).
pub(crate) fn credibility_of(lists: &CodeLists, text: &str) -> Option<String> {
    let number = || text.trim().parse::<u8>().ok().filter(|n| (1..=6).contains(n)).map(|n| n.to_string());
    lists.means(CREDIBILITY, text).map(str::to_owned).or_else(number)
}

/// The list of how credible something is.
pub(crate) const CREDIBILITY: &str = "credibility";
/// The list of how reliable a source is.
pub(crate) const RELIABILITY: &str = "reliability";

/// How far a source and what it says can be relied on; empty for a half that is not said.
#[derive(Debug, Default, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SourceGrade {
    pub(crate) reliability: String,
    pub(crate) credibility: String,
}

impl SourceGrade {
    /// Both halves as they are written in one: “B2”, “b-2”, “B 2” (NATO, AJP-2.1). None for another text.
    pub(crate) fn of(text: &str) -> Option<SourceGrade> {
        let text = text.trim().to_uppercase();
        let mut signs = text.chars();
        let (reliability, credibility) = (signs.next()?, signs.next_back()?);
        let is_between = matches!(signs.as_str().trim(), "" | "-" | "–" | "/" | ".");
        let is_grade = is_between && ('A'..='F').contains(&reliability) && ('1'..='6').contains(&credibility);
        is_grade.then(|| SourceGrade { reliability: reliability.to_string(), credibility: credibility.to_string() })
    }
}

/// What the columns of a table prove of how it writes dates and numbers.
#[derive(Debug, Default)]
pub(crate) struct Proved {
    order: HashMap<usize, DateOrder>,
    decimal: HashMap<usize, Decimal>,
    /// What all its columns prove together; nothing where they disagree.
    any_order: Option<DateOrder>,
    any_decimal: Option<Decimal>,
    /// Columns of which cells prove two things: what others prove says nothing of them.
    torn: HashSet<usize>,
    /// Columns of numbers of which most cells name a currency.
    named: HashSet<usize>,
}

impl Proved {
    /// Looks at every cell below the headings in these columns of dates and of numbers.
    pub(crate) fn by(grid: &Grid, first: usize, dates: &[usize], numbers: &[usize], words: &ValueWords) -> Proved {
        let cells = |column: usize| {
            grid.rows
                .iter()
                .skip(first)
                .filter_map(move |(at, cells)| Some((*at, cells.get(column)?)))
                .filter(|(_, c)| !c.is_empty())
        };
        let mut proved = Proved::default();
        for column in dates {
            let proofs = || cells(*column).filter_map(|(_, cell)| dates::proves(cell));
            if let Some(order) = only(proofs()) {
                proved.order.insert(*column, order);
            } else if proofs().next().is_some() {
                proved.torn.insert(*column);
            }
        }
        for column in numbers {
            let (all, named) = cells(*column).fold((0_usize, 0_usize), |(all, named), (_, cell)| {
                (all + 1, named + usize::from(words.numbers.names_currency(cell)))
            });
            if named * 2 > all {
                proved.named.insert(*column);
            }
            let typed = |at: u64| grid.numbers.contains(&(at, *column));
            let proofs = || cells(*column).filter(|(at, _)| !typed(*at)).filter_map(|(_, cell)| words.numbers.proves(cell));
            if let Some(decimal) = together(proofs()) {
                proved.decimal.insert(*column, decimal);
            } else if proofs().next().is_some() {
                proved.torn.insert(*column);
            }
        }
        let elsewhere = grid.is_day_first_elsewhere.filter(|_| proved.order.is_empty() && proved.torn.is_empty());
        let elsewhere = elsewhere.map(|is_day_first| if is_day_first { DateOrder::Day } else { DateOrder::Month });
        proved.any_order = only(proved.order.values().copied()).or(elsewhere);
        proved.any_decimal = together(proved.decimal.values().copied());
        proved
    }

    /// Whether day or month comes first in a column.
    pub(crate) fn order(&self, column: Option<usize>) -> Option<DateOrder> {
        column.and_then(|c| self.order.get(&c)).copied().or_else(|| self.any_order.filter(|_| !self.is_torn(column)))
    }

    /// The decimal sign of a column.
    pub(crate) fn decimal(&self, column: Option<usize>) -> Option<Decimal> {
        column.and_then(|c| self.decimal.get(&c)).copied().or_else(|| self.any_decimal.filter(|_| !self.is_torn(column)))
    }

    /// True for a column of which most cells name a currency beside their figures: it is how the column is written.
    pub(crate) fn names_currencies(&self, column: Option<usize>) -> bool {
        column.is_some_and(|c| self.named.contains(&c))
    }

    /// True for a column that contradicts itself: what is left open in it is asked.
    fn is_torn(&self, column: Option<usize>) -> bool {
        column.is_some_and(|c| self.torn.contains(&c))
    }
}

/// The decimal sign of which all are proofs: it stands before three digits too where one of them shows that.
fn together(mut proofs: impl Iterator<Item = Decimal>) -> Option<Decimal> {
    let first = proofs.next()?;
    proofs.try_fold(first, |all, next| (all.sign == next.sign).then_some(Decimal { threes: all.threes || next.threes, ..all }))
}

/// What all say; none where nobody says anything, or two say different things.
fn only<T: PartialEq>(mut said: impl Iterator<Item = T>) -> Option<T> {
    let first = said.next()?;
    said.all(|other| other == first).then_some(first)
}

/// A text without what is not seen, with the digits of ASCII, ordinary spaces and hyphens.
pub(crate) fn plain(text: &str) -> String {
    let digit = |c: char, from: u32| char::from_digit(c as u32 - from, 10).unwrap_or(c);
    let unseen = |c: &char| matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{061C}' | '\u{FEFF}');
    let plain = text.chars().filter(|c| !unseen(c)).map(|c| match c {
        '\u{0660}'..='\u{0669}' => digit(c, 0x0660),
        '\u{06F0}'..='\u{06F9}' => digit(c, 0x06F0),
        '\u{2010}'..='\u{2015}' | '−' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    });
    plain.collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(columns: &[&[&str]]) -> Grid {
        let rows = (0..columns[0].len()).map(|n| (n as u64 + 1, columns.iter().map(|c| c[n].into()).collect()));
        Grid { rows: rows.collect(), ..Grid::default() }
    }

    #[test]
    fn one_cell_that_proves_it_decides_for_its_column_and_then_for_the_table() {
        let model = Model::load(None).unwrap();
        let words = ValueWords::of(&model);
        let table =
            grid(&[&["03/04/2012", "31/12/2025"], &["01/02/2020", "02/03/2020"], &["2.500", "1.250,50"], &["1,250", "x"]]);
        let proved = Proved::by(&table, 0, &[0, 1], &[2, 3], &words);
        assert_eq!([proved.order(Some(0)), proved.order(Some(1))], [Some(DateOrder::Day); 2]);
        assert_eq!([proved.decimal(Some(2)), proved.decimal(Some(3))], [Some(Decimal { sign: ',', threes: false }); 2]);
    }

    #[test]
    fn cells_that_disagree_prove_nothing() {
        let model = Model::load(None).unwrap();
        let words = ValueWords::of(&model);
        let table = grid(&[&["13/04/2012", "12/31/2025"], &["2,0371", "2.0371"]]);
        let proved = Proved::by(&table, 0, &[0], &[1], &words);
        assert_eq!((proved.order(Some(0)), proved.decimal(Some(1))), (None, None));
    }

    #[test]
    fn what_one_column_proves_says_nothing_of_one_that_contradicts_itself() {
        let model = Model::load(None).unwrap();
        let words = ValueWords::of(&model);
        let dates: [&[&str]; 3] = [&["15/06/2025", "01/13/2026"], &["31/12/2026", "01/09/2026"], &["01/09/2026", ""]];
        let numbers: [&[&str]; 2] = [&["2,0371", "2.0371"], &["1.250,50", "7"]];
        let proved = Proved::by(&grid(&[&dates[..], &numbers[..]].concat()), 0, &[0, 1, 2], &[3, 4], &words);
        assert_eq!([0, 1, 2].map(|c| proved.order(Some(c))), [None, Some(DateOrder::Day), Some(DateOrder::Day)]);
        assert_eq!([3, 4].map(|c| proved.decimal(Some(c)).map(|d| d.sign)), [None, Some(',')]);
    }

    #[test]
    fn marks_and_words_for_nothing_are_known_in_every_language() {
        let answers = AnswerWords::new(&Model::load(None).unwrap().languages);
        for nothing in ["-", "—", "--", "n/a", "N.D.", "TBC", "None", "?", "غير معروف", "невідомо", "s/d"] {
            assert!(answers.says_nothing(nothing), "{nothing}");
        }
        assert!(!answers.says_nothing("Made-up Police"));
        let ends =
            ["9999", "9999-12-31", "31/12/9999 00:00:00", "9999-12-31T00:00:00Z", "present", "to date", "2099-12-31", "no. 9999"];
        assert_eq!(ends.map(|end| answers.goes_on(end)), [true, true, true, true, true, true, false, false]);
        let several = ["Suède, Norvège et Danemark", "A, B, C", "A et B", "Ministry of Interior and Security", "Made-up, Ltd"];
        assert_eq!(several.map(|name| answers.may_be_several(name)), [true, true, false, false, false]);
        let is_name = |name: &str| ["Made-up UN", "Made-up EU", "الجهة الوهمية", "الهيئة الوهمية"].contains(&name);
        let between = |text: &str| answers.between(text, &is_name).map(str::to_owned);
        let several = ["New one; Other", "Made-up UN / Made-up EU", "Made-up UN and Made-up EU", "الجهة الوهمية والهيئة الوهمية"];
        assert_eq!(several.map(between), [";", "/", " and ", " و"].map(|sign| Some(sign.to_owned())));
        let one = ["Made-up UN", "Made-up UN and Peace", "Interior / Security", "Made-up UN;"];
        assert_eq!(one.map(between), [None, None, None, None]);
        let has = ["Made-up UN & New Fund", "New Fund and Made-up EU", "New Fund & Other", "Made-up UN"];
        assert_eq!(has.map(|text| answers.has_a_name(text, &is_name)), [true, true, false, false]);
        assert_eq!(["X", "Х", "✓", "Oui", "نعم"].map(|m| answers.mark(m)), [Some(true); 5]);
        assert_eq!(["-", "No", "0", "ні"].map(|m| answers.mark(m)), [Some(false); 4]);
        assert_eq!(["?", "some"].map(|m| answers.mark(m)), [None; 2]);
    }

    #[test]
    fn a_number_of_a_workbook_proves_nothing_of_its_texts() {
        let model = Model::load(None).unwrap();
        let words = ValueWords::of(&model);
        let mut table = grid(&[&["1.25", "2,5"]]);
        table.numbers.insert((1, 0));
        assert_eq!(Proved::by(&table, 0, &[], &[0], &words).decimal(Some(0)).map(|d| d.sign), Some(','));
    }
}
