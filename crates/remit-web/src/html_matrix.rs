//! A matrix with signs and words in its cells, and what stands out in each row: a part of the page, and no picture.

use crate::cells::CellView;
use crate::chart::in_scene;
use crate::context::Context;
use crate::error::PageError;
use crate::figures::listed;
use crate::m;
use crate::messages::label;
use remit_ask::{Answer, DrawingForm};
use remit_report::{AnswerView, Groups, LinkedName};

/// The head of a column, short where there are words for it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Head {
    pub(crate) name: CellView,
    pub(crate) short: String,
    /// True where it is a name that is cut, and no acronym.
    pub(crate) is_cut: bool,
}

/// Rows by columns, with words and signs in the cells.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct HtmlMatrix {
    pub(crate) caption: String,
    pub(crate) corner: String,
    pub(crate) heads: Vec<Head>,
    pub(crate) rows: Vec<HtmlMatrixRow>,
    /// The rows without any sign, by what stands out in them: a line of names each.
    pub(crate) folded: Vec<(String, Vec<CellView>)>,
    /// What each sign means.
    pub(crate) key: Vec<(String, String)>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct HtmlMatrixRow {
    pub(crate) name: CellView,
    /// What stands out in this row.
    pub(crate) flag: String,
    pub(crate) cells: Vec<Vec<MatrixSign>>,
}

/// One thing in a cell: a sign, what it means, and what it rests on.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct MatrixSign {
    pub(crate) sign: String,
    /// The code that the sign stands for, or `untold`.
    pub(crate) class: String,
    pub(crate) words: String,
    /// What the sign says, for who hears it.
    pub(crate) heard: String,
    pub(crate) basis: String,
}

/// The matrix of an answer, where its question wants one and there are rows.
pub(crate) fn matrix(cx: &Context, answer: &Answer) -> Result<Option<HtmlMatrix>, PageError> {
    let wanted = answer.question.draw.iter().find(|d| d.form == DrawingForm::Marks);
    match wanted {
        Some(drawing) if !answer.table.rows.is_empty() => {
            in_scene(cx, answer, |scene| Ok(Some(marks(&AnswerView::new(scene, answer, drawing)?))))
        }
        _ => Ok(None),
    }
}

/// Labels by groups: a sign for each row, its words, what it rests on, and what stands out.
fn marks(view: &AnswerView) -> HtmlMatrix {
    let drawing = view.drawing;
    let named: Vec<usize> = view.rows().filter(|r| !view.cell(*r, &drawing.group).is_null()).collect();
    let mut groups = view.grouped(&named, &drawing.group);
    groups.sort_by_cached_key(|(name, rows)| (view.position(rows[0], &drawing.by), name.text.clone()));
    let flag = |rows: &[usize]| {
        let raised = |column: &&String| rows.iter().any(|r| view.is_raised(*r, column));
        drawing.flags.iter().find(raised).map_or_else(String::new, |column| view.head(column).to_lowercase())
    };
    let row = |(name, rows): (LinkedName, Vec<usize>)| HtmlMatrixRow {
        flag: flag(&rows),
        name: CellView { href: name.link.unwrap_or_default(), ..CellView::text(name.text) },
        cells: groups.iter().map(|(_, of)| rows.iter().filter(|r| of.contains(r)).map(|r| mark(view, *r)).collect()).collect(),
    };
    let (rows, without): (Vec<_>, Vec<_>) =
        view.all(&drawing.label).into_iter().map(row).partition(|r| r.cells.iter().any(|c| !c.is_empty()));
    HtmlMatrix {
        caption: label(&drawing.title),
        corner: view.head(&drawing.label),
        rows,
        folded: by_flag(without),
        heads: heads(view, &groups),
        key: drawing.signs.iter().map(|(code, sign)| (sign.clone(), view.code(&drawing.value, code).to_lowercase())).collect(),
    }
}

/// Letters of a name that stand upright above a narrow column.
const HEAD: usize = 24;

/// What stands above each column: the acronym, else the name, as far as there is room.
fn heads(view: &AnswerView, groups: &Groups) -> Vec<Head> {
    let names: Vec<&str> = groups.iter().map(|(name, _)| name.text.as_str()).collect();
    let acronym = |rows: &[usize]| rows.iter().map(|r| view.text(*r, &view.drawing.short)).find(|t| !t.is_empty());
    let acronyms: Vec<Option<&str>> = groups.iter().map(|(_, rows)| acronym(rows)).collect();
    let mut heads = Vec::new();
    for (((name, _), acronym), short) in groups.iter().zip(&acronyms).zip(shorts(&names, &acronyms)) {
        let name = CellView { href: name.link.clone().unwrap_or_default(), ..CellView::text(name.text.clone()) };
        heads.push(Head { name, is_cut: *acronym != Some(short.as_str()), short });
    }
    heads
}

/// The shortest that each is called, so that no two read the same: by its acronym, cut, from where it differs from the others on
/// (“… on Defence and”, “… on Intelligence”), or in full.
fn shorts(names: &[&str], acronyms: &[Option<&str>]) -> Vec<String> {
    let ways: Vec<Vec<String>> = names.iter().zip(acronyms).map(|(name, acronym)| ways(name, *acronym, names)).collect();
    let mut chosen = vec![0; names.len()];
    loop {
        let short = |n: usize| &ways[n][chosen[n]];
        let is_shared = |n: &usize| (0..names.len()).any(|other| other != *n && short(other) == short(*n));
        let next: Vec<usize> = (0..names.len()).filter(|n| chosen[*n] + 1 < ways[*n].len()).filter(is_shared).collect();
        if next.is_empty() {
            return (0..names.len()).map(|n| short(n).clone()).collect();
        }
        for n in next {
            chosen[n] += 1;
        }
    }
}

/// What a name may be called, the shortest first.
fn ways(name: &str, acronym: Option<&str>, names: &[&str]) -> Vec<String> {
    let short = cut(name);
    let same = |other: &&str| name.char_indices().zip(other.chars()).take_while(|((_, a), b)| a == b).count();
    let mut same: Vec<usize> = names.iter().filter(|other| **other != name).map(same).filter(|same| *same > 0).collect();
    same.sort_unstable_by(|a, b| b.cmp(a));
    let from = |same: &usize| {
        let (at, _) = name.char_indices().nth(*same)?;
        Some(format!("…{}", cut(&name[name[..at].rfind(' ')?..])))
    };
    let apart = [same.first(), same.last()].into_iter().flatten().filter_map(from);
    let mut ways: Vec<String> = acronym.map(str::to_owned).into_iter().chain([short]).chain(apart).collect();
    ways.push(name.to_owned());
    ways.dedup();
    ways
}

/// A name up to its last word that fits; of a word that is too long, the letters that do.
fn cut(name: &str) -> String {
    let Some((end, _)) = name.char_indices().nth(HEAD) else { return name.to_owned() };
    let words = name[..end].rsplit_once(' ').map(|(words, _)| words).filter(|words| !words.trim().is_empty());
    format!("{}…", words.unwrap_or(&name[..end]))
}

impl HtmlMatrix {
    /// The heads that are short, which stand in full below.
    pub(crate) fn in_full(&self) -> Vec<&Head> {
        self.heads.iter().filter(|h| h.short != h.name.text).collect()
    }
}

/// Names of rows by what stands out in them.
fn by_flag(rows: Vec<HtmlMatrixRow>) -> Vec<(String, Vec<CellView>)> {
    let mut lines: Vec<(String, Vec<CellView>)> = Vec::new();
    for row in rows {
        match lines.iter_mut().find(|(flag, _)| *flag == row.flag) {
            Some((_, names)) => names.push(row.name),
            None => lines.push((row.flag, vec![row.name])),
        }
    }
    lines
}

/// The sign says the value; what is as usual is only heard.
fn mark(view: &AnswerView, row: usize) -> MatrixSign {
    let drawing = view.drawing;
    let code = view.text(row, &drawing.value);
    let value = view.code(&drawing.value, code).to_lowercase();
    let says = |(n, column): (usize, &String)| {
        let words = view.code(column, view.text(row, column)).to_lowercase();
        let named = n == 0 || view.text(row, column).is_empty();
        let usual = drawing.usual.get(column).is_some_and(|usual| usual == view.text(row, column));
        (usual, if named { words } else { m::pair(view.head(column).to_lowercase(), words) })
    };
    let (usual, said): (Vec<_>, Vec<_>) = drawing.words.iter().enumerate().map(says).partition(|(usual, _)| *usual);
    let joined = |parts: Vec<String>| listed(&parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>());
    let words = joined(said.into_iter().map(|(_, words)| words).collect());
    let heard = usual.into_iter().map(|(_, words)| words);
    let basis = [drawing.note.as_str(), "source"].map(|column| view.text(row, column)).into_iter().find(|t| !t.is_empty());
    MatrixSign {
        sign: drawing.signs.iter().find(|(c, _)| c == code).map_or_else(|| "?".into(), |(_, sign)| sign.clone()),
        class: if code.is_empty() { "untold".into() } else { code.to_owned() },
        heard: joined(if words.is_empty() { heard.collect() } else { std::iter::once(value.clone()).chain(heard).collect() }),
        words: if words.is_empty() { value } else { words },
        basis: basis.unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_begin_alike_are_cut_from_where_they_differ() {
        let names = [
            "Joint Committee for Defence and Security",
            "Joint Committee for Oversight of the Service",
            "Audit Office of the Institutions",
        ];
        assert_eq!(shorts(&names, &[None; 3]), ["… Defence and Security", "… Oversight of the…", "Audit Office of the…"]);
    }

    #[test]
    fn no_two_heads_read_the_same() {
        let names = [
            "Committee of the Assembly on Defence",
            "Committee of the Assembly on Interior",
            "Committee of the Senate on Defence",
            "Committee of the Senate on Interior",
        ];
        let apart = ["… Assembly on Defence", "… Assembly on Interior", "… Senate on Defence", "… Senate on Interior"];
        assert_eq!(shorts(&names, &[None; 4]), apart);
        assert_eq!(
            shorts(&["Public Accounts Committee", "Police Authority"], &[Some("PA"); 2]),
            ["Public Accounts…", "Police Authority"]
        );
        let begun = ["Joint Committee for the Army of the Land", "Joint Committee for the Army of the Land Forces"];
        assert_eq!(shorts(&begun, &[None; 2]), ["Joint Committee for the Army of the Land", "… Land Forces"]);
        let long = ["Office Oberverwaltungsgerichtshofspräsidium", "Office Untersuchungsausschussvorsitzender"];
        assert_eq!(shorts(&long, &[None; 2]), ["… Oberverwaltungsgerichts…", "… Untersuchungsausschussv…"]);
    }
}
