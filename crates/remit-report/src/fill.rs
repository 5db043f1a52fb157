//! A template with its places filled. What cannot be filled stays where it is, says why, and is listed.

use crate::docx::package::{DOCUMENT, Package};
use crate::docx::pen::{Pen, WrittenCell};
use crate::docx::xml::{Element, Node};
use crate::place::{Asked, Piece, TemplatePlace, pieces};
use crate::{Brief, Figure, Report, ReportError, Scene, compare, pictures, setting};
use remit_ask::{CellWords, ColumnStyle, Manner};
use remit_draw::{Setting, ShownOn};
use remit_store::Cell;
use std::collections::BTreeSet;

/// Rows of a table, where the place does not say how many.
const MOST: usize = 40;

/// Lines of a row in which a name or a title breaks.
const LONG_ROW: f64 = 2.0;

/// Columns of a table, where the place does not say which.
const COLUMNS: usize = 6;

/// How wide pictures are drawn, in pixels.
const WIDTH: f64 = 560.0;

/// What is told of a figure that differs from what went out.
const DIFFERS: [&str; 6] = ["code", "row_title", "changed_column", "value_before", "value_now", "figure_change"];

/// Fills a template, which has a name by which what went out of it is known.
pub(crate) fn fill(brief: &Brief<'_>, template: &[u8], title: &str, name: &str) -> Result<Report, ReportError> {
    let mut package = Package::read(template)?;
    package.settle()?;
    let pen = Pen::new(&mut package, &brief.locale)?;
    let values = brief.values(title)?;
    let mut filling = TemplateFilling {
        brief,
        template: name,
        values,
        package,
        pen,
        figures: Vec::new(),
        faults: Vec::new(),
        pictures: 0,
        noted: Vec::new(),
        unsigned: Vec::new(),
        spare: 0.0,
        takes_notes: true,
    };
    for part in filling.package.texts() {
        let mut xml = filling.package.xml(&part)?;
        filling.takes_notes = part == DOCUMENT;
        let children = std::mem::take(&mut xml.root.children);
        xml.root.children = filling.siblings(&children, None)?;
        filling.package.put(&part, &xml);
    }
    let about = filling.about(title);
    let about: Vec<(&str, &str)> = about.iter().map(|(n, v)| (*n, v.as_str())).collect();
    filling.package.describe(&about)?;
    Ok(Report { bytes: filling.package.write()?, figures: filling.figures, faults: filling.faults })
}

struct TemplateFilling<'a> {
    brief: &'a Brief<'a>,
    template: &'a str,
    values: Vec<(&'static str, String)>,
    package: Package,
    pen: Pen,
    figures: Vec<Figure>,
    faults: Vec<String>,
    pictures: usize,
    /// Figures that have a footnote.
    noted: Vec<usize>,
    /// Figures of which rows are repeated, that still wait for the first value to which their footnote is put.
    unsigned: Vec<usize>,
    /// Lines that tables had not filled which may give up theirs to others, for those that come.
    spare: f64,
    /// False in notes, in the head and foot of pages, and in boxes, where Word takes a footnote for damage.
    takes_notes: bool,
}

/// The row that is repeated: of which figure, and its number.
type RepeatedRow = Option<(usize, usize)>;

impl TemplateFilling<'_> {
    /// What the document says of itself.
    fn about(&self, title: &str) -> Vec<(&'static str, String)> {
        let of = |name: &str| self.values.iter().find(|(n, _)| *n == name).map(|(_, v)| v.clone()).unwrap_or_default();
        let moment = self.brief.reader.as_of().known_on.clone();
        let moment = moment.map(|m| format!("{}Z", m.get(..19).unwrap_or("1970-01-01T00:00:00")));
        let mut about = vec![
            ("dc:title", [title, &of("country")].join(" – ")),
            ("dc:creator", "Remit".to_owned()),
            ("dc:language", self.brief.locale.language.to_string()),
            ("cp:keywords", of("clearance")),
        ];
        about.extend(moment.map(|m| ("dcterms:created", m)));
        about
    }

    /// Nodes that stand beside each other.
    fn siblings(&mut self, nodes: &[Node], row: RepeatedRow) -> Result<Vec<Node>, ReportError> {
        let (mut out, mut at) = (Vec::new(), 0);
        while at < nodes.len() {
            let Some(place) = alone(&nodes[at]) else {
                self.node(&nodes[at], row, &mut out)?;
                at += 1;
                continue;
            };
            let end = closing(nodes, at, &place);
            match (&place, end) {
                (TemplatePlace::Each(asked), Some(end)) => {
                    if let Some((figure, rows)) = self.found(asked, row, &nodes[at], &mut out)? {
                        self.unsigned.push(figure);
                        for n in repeated_rows(rows, asked) {
                            let filled = self.siblings(&nodes[at + 1..end], Some((figure, n)))?;
                            out.extend(filled);
                        }
                    }
                    at = end;
                }
                (TemplatePlace::If(asked), Some(end)) => {
                    let middle = otherwise(nodes, at, end);
                    let holds = self.holds(asked, row)?;
                    let chosen = if holds { at + 1..middle.unwrap_or(end) } else { middle.map_or(end, |m| m + 1)..end };
                    let filled = self.siblings(&nodes[chosen], row)?;
                    out.extend(filled);
                    at = end;
                }
                (TemplatePlace::Table(asked), _) => {
                    if let Some((figure, rows)) = self.found(asked, row, &nodes[at], &mut out)? {
                        self.table(figure, rows, asked, &nodes[at], &mut out)?;
                    }
                }
                (TemplatePlace::Chart(asked), _) => {
                    if let Some((figure, _)) = self.found(asked, row, &nodes[at], &mut out)? {
                        self.chart(figure, asked, &nodes[at], &mut out)?;
                    }
                }
                (TemplatePlace::Method, _) => self.method(&mut out),
                (TemplatePlace::Differs, _) => self.differs(&nodes[at], &mut out)?,
                (TemplatePlace::Each(_) | TemplatePlace::If(_), None) => self.refuse(&nodes[at], "it is not closed", &mut out),
                _ => self.node(&nodes[at], row, &mut out)?,
            }
            out.extend(section(&nodes[at.min(nodes.len() - 1)]));
            at += 1;
        }
        Ok(out)
    }

    fn node(&mut self, node: &Node, row: RepeatedRow, out: &mut Vec<Node>) -> Result<(), ReportError> {
        let Node::Element(element) = node else {
            out.push(node.clone());
            return Ok(());
        };
        match element.name.as_str() {
            "w:p" => out.push(Node::Element(self.paragraph(element, row)?)),
            "w:tr" if repeated(element).is_some() => self.repeated_row(element, row, out)?,
            name => {
                let mut filled = Element { children: Vec::new(), ..element.clone() };
                filled.children = self.siblings(&element.children, row)?;
                // Word takes a cell without a paragraph for damage.
                if name == "w:tc" && filled.elements().last().is_none_or(|e| e.name != "w:p") {
                    filled.children.push(Node::Element(self.pen.paragraph("", [])));
                }
                out.push(Node::Element(filled));
            }
        }
        Ok(())
    }

    /// A row of a table that stands once a row of an answer.
    fn repeated_row(&mut self, element: &Element, row: RepeatedRow, out: &mut Vec<Node>) -> Result<(), ReportError> {
        let mut bare = element.clone();
        let Some(asked) = repeated(element) else { return Ok(()) };
        unmark(&mut bare);
        let Some((figure, rows)) = self.found(&asked, row, &Node::Element(element.clone()), &mut Vec::new())? else {
            out.push(Node::Element(element.clone()));
            return Ok(());
        };
        self.unsigned.push(figure);
        let rows = repeated_rows(rows, &asked);
        for n in &rows {
            self.node(&Node::Element(bare.clone()), Some((figure, *n)), out)?;
        }
        // A table of headings alone would not say that there is nothing.
        if rows.is_empty() {
            let sign = self.sign(figure, "")?;
            let nothing = self.pen.run(&self.brief.model().word(&self.brief.locale, "nothing"));
            out.push(Node::Element(emptied(bare, std::iter::once(nothing).chain(sign).collect())));
        }
        Ok(())
    }

    /// A paragraph with its places filled; everything else in it stays.
    fn paragraph(&mut self, element: &Element, row: RepeatedRow) -> Result<Element, ReportError> {
        let mut whole = element.clone();
        join(&mut whole);
        self.inline(&whole, row)
    }

    fn inline(&mut self, element: &Element, row: RepeatedRow) -> Result<Element, ReportError> {
        let mut filled = Element { children: Vec::new(), ..element.clone() };
        for node in &element.children {
            match node {
                Node::Element(run) if run.name == "w:r" && run.elements().any(|t| t.name == "w:t" && t.said().contains("{{")) => {
                    let runs = self.run(run, row)?;
                    filled.children.extend(runs.into_iter().map(Node::Element));
                }
                Node::Element(inner) if inner.name == "w:p" => self.node(node, row, &mut filled.children)?,
                Node::Element(inner) if inner.name == "w:txbxContent" => {
                    let outside = std::mem::replace(&mut self.takes_notes, false);
                    let inner = self.inline(inner, row);
                    self.takes_notes = outside;
                    filled.children.push(Node::Element(inner?));
                }
                Node::Element(inner) => filled.children.push(Node::Element(self.inline(inner, row)?)),
                Node::Raw(_) => filled.children.push(node.clone()),
            }
        }
        Ok(filled)
    }

    /// A run as several: what stood before a place, what fills it, and what stood behind it, all of one look.
    fn run(&mut self, run: &Element, row: RepeatedRow) -> Result<Vec<Element>, ReportError> {
        let look = run.child("w:rPr");
        let mut out = Vec::new();
        for child in run.elements().filter(|e| e.name != "w:rPr") {
            if child.name != "w:t" {
                let kept = Element { children: Vec::new(), ..run.clone() };
                out.push(kept.with(look.cloned()).with([child.clone()]));
                continue;
            }
            for piece in pieces(&child.said()) {
                match piece {
                    Piece::Text(text) => out.push(self.pen.run_like(look, text)),
                    Piece::Braced(place) => match TemplatePlace::read(place).and_then(|p| self.word(&p, row)) {
                        Ok((text, figure)) => {
                            out.push(self.pen.run_like(look, &text));
                            if let Some(figure) = figure {
                                out.extend(self.sign(figure, "")?);
                            }
                        }
                        Err(why) => {
                            let text = self.refusal(place, &why);
                            out.push(self.pen.run_like(look, &text));
                        }
                    },
                }
            }
        }
        Ok(out)
    }

    /// What fills a place inside of a sentence, and the figure that it is of.
    fn word(&mut self, place: &TemplatePlace, row: RepeatedRow) -> Result<(String, Option<usize>), String> {
        let of = |filling: &mut Self, asked: &Asked| filling.figure(asked, row);
        match place {
            TemplatePlace::Value(name) => self.value(name, row).map(|text| (text, self.first_of(name, row))),
            TemplatePlace::Count(asked) => {
                let figure = of(self, asked)?;
                let n = self.counted(figure, asked)?;
                Ok((self.brief.locale.whole(n as f64), Some(figure)))
            }
            TemplatePlace::Sum(asked) => {
                let figure = of(self, asked)?;
                Ok((self.sum(figure, asked)?, Some(figure)))
            }
            TemplatePlace::First(asked) => {
                let figure = of(self, asked)?;
                let at = self.column(figure, &asked.columns[0])?;
                let nothing = || self.brief.model().word(&self.brief.locale, "none_on_record");
                let first = self.rows(figure, asked)?.first().map(|row| self.said(figure).cell(*row, at).text);
                Ok((first.unwrap_or_else(nothing), Some(figure)))
            }
            _ => Err("it must stand in a paragraph of its own".into()),
        }
    }

    /// The figure of the repeated row, where this is the first value of it: its footnote stands there.
    fn first_of(&mut self, name: &str, row: RepeatedRow) -> Option<usize> {
        let (figure, _) = row?;
        self.figures[figure].answer.table.column(name)?;
        let at = self.unsigned.iter().position(|f| *f == figure).filter(|_| self.takes_notes)?;
        Some(self.unsigned.remove(at))
    }

    /// How many rows there are; of a column that is named, how many different values it has.
    fn counted(&self, figure: usize, asked: &Asked) -> Result<usize, String> {
        let rows = self.rows(figure, asked)?;
        let Some(column) = asked.columns.first() else { return Ok(rows.len()) };
        let (at, all) = (self.column(figure, column)?, &self.figures[figure].answer.table.rows);
        let values = rows.iter().map(|row| &all[*row][at]).filter(|value| **value != Cell::Null);
        Ok(values.map(|value| format!("{value:?}")).collect::<BTreeSet<_>>().len())
    }

    /// The rows that a place is about: all, or those that say one of some codes, or a part of one, in a column. A code that the column cannot have would be
    /// a count of nothing that nobody notices.
    fn rows(&self, figure: usize, asked: &Asked) -> Result<Vec<usize>, String> {
        let rows = &self.figures[figure].answer.table.rows;
        let Some((column, codes)) = &asked.only else { return Ok((0..rows.len()).collect()) };
        let at = self.column(figure, column)?;
        let list = self.said(figure).look(at).list.clone();
        if let Some(list) = &list
            && let Some(code) = codes.iter().find(|code| !self.brief.model().lists.has(list, code))
        {
            return Err(format!("`{column}` never says `{code}`: its codes are those of the list {list}"));
        }
        // Who asks for a code asks for its parts too.
        let list = list.and_then(|list| self.brief.model().lists.get(&list));
        let is_part = |text: &str| list.is_some_and(|list| list.with_parents(text).any(|code| codes.contains(&code.code)));
        let says = |row: &usize| match &rows[*row][at] {
            Cell::Text(text) => codes.contains(text) || is_part(text),
            Cell::Integer(n) => codes.contains(&n.to_string()),
            Cell::Real(n) => codes.contains(&n.to_string()),
            Cell::Null => false,
        };
        Ok((0..rows.len()).filter(says).collect())
    }

    fn sum(&self, figure: usize, asked: &Asked) -> Result<String, String> {
        let (at, brief) = (self.column(figure, &asked.columns[0])?, self.brief);
        let (all, rows) = (&self.figures[figure].answer.table.rows, self.rows(figure, asked)?);
        if let [first, _, ..] = &self.currencies(figure, at, &rows)[..] {
            let column = &asked.columns[0];
            return Err(format!("`{column}` is in several currencies, which are no sum; write where=currency:{first}"));
        }
        let (answer, show) = (&self.figures[figure].answer, self.said(figure).look(at).show);
        if matches!(show, ColumnStyle::Money | ColumnStyle::Amount) && !answer.adds_up(rows.iter().copied()) {
            let (question, by) = (&answer.question.name, answer.question.overlapping.as_deref().unwrap_or_default());
            return Err(format!(
                "rows of `{question}` with different values of `{by}` may stand for the same money, which is no sum; write where={by}:VALUE, or table"
            ));
        }
        let known: Vec<f64> = rows.iter().filter_map(|row| all[*row][at].number()).collect();
        let sum: f64 = known.iter().sum();
        Ok(match self.said(figure).look(at).show {
            _ if known.is_empty() => brief.model().word(&brief.locale, "not_reported"),
            ColumnStyle::Money => brief.locale.money(sum),
            ColumnStyle::Amount => brief.locale.amount(sum),
            _ => brief.locale.plain(sum, 2),
        })
    }

    /// The currencies of what these rows say in a column of amounts, each once.
    fn currencies(&self, figure: usize, at: usize, rows: &[usize]) -> Vec<String> {
        let table = &self.figures[figure].answer.table;
        let is_amount = self.said(figure).look(at).show == ColumnStyle::Amount;
        let Some(currency) = table.column("currency").filter(|_| is_amount) else { return Vec::new() };
        let told = rows.iter().filter(|row| table.rows[**row][at].number().is_some());
        let all: BTreeSet<String> = told.filter_map(|row| table.rows[*row][currency].text().map(str::to_owned)).collect();
        all.into_iter().collect()
    }

    fn value(&self, name: &str, row: RepeatedRow) -> Result<String, String> {
        if let Some((figure, n)) = row
            && let Some(at) = self.figures[figure].answer.table.column(name)
        {
            return Ok(self.said(figure).cell(n, at).text);
        }
        let known = || self.values.iter().map(|(n, _)| *n).collect::<Vec<_>>().join(", ");
        let found = self.values.iter().find(|(n, _)| *n == name).map(|(_, v)| v.clone());
        found.ok_or_else(|| format!("there is no value `{name}`; there are {}", known()))
    }

    /// Asks what a place asks; the same is asked once.
    fn figure(&mut self, asked: &Asked, row: RepeatedRow) -> Result<usize, String> {
        let question = self.brief.questions.get(&asked.question).map_err(|e| e.to_string())?;
        let takes = |name: &str| question.parameters.iter().any(|p| p.name == name);
        let of_the_report = self.brief.given().into_iter().filter(|(name, value)| takes(name) && !value.is_empty());
        let mut given: Vec<(String, String)> = of_the_report.map(|(n, v)| (n.to_owned(), v)).collect();
        for (name, value) in &asked.given {
            let value = value.strip_prefix('@').map_or_else(|| Ok(value.clone()), |of| self.code(of, row))?;
            given.push((name.clone(), value));
        }
        let parameters = question.parameters_from(self.brief.model(), &given).map_err(|e| e.to_string())?;
        let is_same = |f: &Figure| f.answer.question.name == asked.question && f.answer.parameters == parameters;
        if let Some(at) = self.figures.iter().position(is_same) {
            return Ok(at);
        }
        self.figures.push(Figure::ask(self.brief, &asked.question, &given).map_err(|e| e.to_string())?);
        Ok(self.figures.len() - 1)
    }

    /// What a column of the repeated row holds, as questions take it.
    fn code(&self, column: &str, row: RepeatedRow) -> Result<String, String> {
        let (figure, n) = row.ok_or_else(|| format!("@{column} needs a row; it stands in no #each"))?;
        let at = self.column(figure, column)?;
        Ok(self.figures[figure].answer.table.rows[n][at].text().unwrap_or_default().to_owned())
    }

    fn column(&self, figure: usize, name: &str) -> Result<usize, String> {
        let table = &self.figures[figure].answer.table;
        table.column(name).ok_or_else(|| {
            format!("`{}` has no column `{name}`; it has {}", self.figures[figure].answer.question.name, table.columns.join(", "))
        })
    }

    fn said(&self, figure: usize) -> CellWords<'_> {
        CellWords::new(self.brief.voice(), &self.figures[figure].answer.table)
    }

    /// How many of these rows of a table are shown. Where a place says how many more they may be, it has the lines of so many long ones as
    /// it shows at most otherwise, and what such tables before it have not filled.
    fn room(&mut self, figure: usize, rows: &[usize], asked: &Asked) -> usize {
        let least = asked.most.unwrap_or(MOST);
        let Some(up_to) = asked.up_to else { return rows.len().min(least) };
        let (heads, written, _) = self.written(figure, asked, &rows[..rows.len().min(up_to)]);
        let mut left = least as f64 * LONG_ROW + self.spare;
        let mut shown = 0;
        for lines in self.pen.lines(&heads, &written) {
            if shown > 0 && lines > left {
                break;
            }
            left -= lines;
            shown += 1;
        }
        self.spare = left.max(0.0);
        shown
    }

    /// The figure of a place that stands alone, and the rows that are meant; where it cannot be asked, the place says why.
    fn found(
        &mut self,
        asked: &Asked,
        row: RepeatedRow,
        node: &Node,
        out: &mut Vec<Node>,
    ) -> Result<Option<(usize, Vec<usize>)>, ReportError> {
        match self
            .figure(asked, row)
            .and_then(|f| asked.columns.iter().try_for_each(|c| self.column(f, c).map(|_| ())).map(|()| f))
            .and_then(|f| Ok((f, self.rows(f, asked)?)))
        {
            Ok(found) => Ok(Some(found)),
            Err(why) => {
                self.refuse(node, &why, out);
                Ok(None)
            }
        }
    }

    fn holds(&mut self, asked: &Asked, row: RepeatedRow) -> Result<bool, ReportError> {
        if let Ok(value) = self.value(&asked.question, row) {
            return Ok(!value.is_empty());
        }
        match self.figure(asked, row).and_then(|figure| self.rows(figure, asked)) {
            Ok(rows) => Ok(!rows.is_empty()),
            Err(why) => {
                self.faults.push(format!("{{{{#if {}}}}}: {why}", asked.question));
                Ok(false)
            }
        }
    }

    /// Leaves a place as it stands, and says why.
    fn refuse(&mut self, node: &Node, why: &str, out: &mut Vec<Node>) {
        let text = if let Node::Element(element) = node { text(element) } else { String::new() };
        let said = self.refusal(text.trim().trim_start_matches("{{").trim_end_matches("}}"), why);
        out.push(Node::Element(self.pen.paragraph("", [self.pen.run(&said)])));
    }

    fn refusal(&mut self, place: &str, why: &str) -> String {
        self.faults.push(format!("{{{{{place}}}}}: {why}"));
        format!("{{{{{place}}}}} {}", self.brief.model().sentence(&self.brief.locale, "not_filled", &[("why", why)]))
    }

    /// The sign of a footnote for a figure, with what the signs of its table mean; none where no note may stand.
    fn sign(&mut self, figure: usize, key: &str) -> Result<Option<Element>, ReportError> {
        if !self.takes_notes {
            return Ok(None);
        }
        let is_first = !self.noted.contains(&figure);
        self.noted.push(figure);
        let note = self.figures[figure].footnote(self.brief, is_first);
        self.pen.footnote(&mut self.package, &format!("{note}{key}")).map(Some)
    }

    /// What a figure is called: the question, and for what.
    fn title(&self, figure: usize) -> String {
        let answer = &self.figures[figure].answer;
        let voice = self.brief.voice();
        // The period stands once in the report, and its days are no names.
        let given = answer.question.parameters.iter().filter(|p| p.list.is_some() || p.name == "mission");
        let given = given.filter_map(|p| answer.said(p, &voice));
        let parts: Vec<String> = std::iter::once(voice.label(&answer.question.title)).chain(given).collect();
        self.brief.locale.list(&parts)
    }

    fn table(
        &mut self,
        figure: usize,
        mut rows: Vec<usize>,
        asked: &Asked,
        place: &Node,
        out: &mut Vec<Node>,
    ) -> Result<(), ReportError> {
        let (title, all) = (self.title(figure), rows.len());
        rows.truncate(self.room(figure, &rows, asked));
        let (heads, rows, key) = self.written(figure, asked, &rows);
        let sign = self.sign(figure, &key)?;
        out.push(Node::Element(self.pen.caption(place, &title, sign)));
        if all == 0 {
            let nothing = self.brief.model().word(&self.brief.locale, "nothing");
            out.push(Node::Element(self.pen.paragraph("", [self.pen.run(&nothing)])));
            return Ok(());
        }
        out.push(Node::Element(self.pen.table(&title, &heads, &rows)));
        // Two tables without anything between them would become one.
        out.push(Node::Element(self.pen.small(&self.more(rows.len(), all))));
        Ok(())
    }

    /// Headings and rows of a table, and what the signs in it mean.
    fn written(&self, figure: usize, asked: &Asked, shown: &[usize]) -> (Vec<WrittenCell>, Vec<Vec<WrittenCell>>, String) {
        let (said, columns) = (self.said(figure), self.shown(figure, asked));
        let is_number = |c: usize| said.look(c).show.is_number();
        let heads = columns.iter().map(|c| WrittenCell { text: said.head(*c), is_number: is_number(*c) }).collect();
        let mut signs: Vec<(&str, String)> = Vec::new();
        let mut cell = |row: usize, c: usize| {
            let cell = said.cell(row, c);
            let sign = match cell.manner {
                Manner::Unknown => "…",
                Manner::NoRecord => "–",
                _ => return WrittenCell { is_number: is_number(c), text: cell.text },
            };
            // A sign keeps the first meaning that it got in a table; another meaning is written in words.
            match signs.iter().find(|(s, _)| *s == sign) {
                Some((_, meaning)) if *meaning != cell.text => return WrittenCell { is_number: is_number(c), text: cell.text },
                Some(_) => {}
                None => signs.push((sign, cell.text)),
            }
            WrittenCell { is_number: is_number(c), text: sign.to_owned() }
        };
        let rows: Vec<Vec<WrittenCell>> = shown.iter().map(|row| columns.iter().map(|c| cell(*row, *c)).collect()).collect();
        let pair = |(sign, meaning): &(&str, String)| {
            let words = self.brief.model().sentence(&self.brief.locale, "pair", &[("name", sign), ("value", meaning)]);
            format!(" {words}.")
        };
        let key = signs.iter().map(pair).collect();
        (heads, rows, key)
    }

    /// The columns that a table shows.
    fn shown(&self, figure: usize, asked: &Asked) -> Vec<usize> {
        let (said, answer) = (self.said(figure), &self.figures[figure].answer);
        if !asked.columns.is_empty() {
            return asked.columns.iter().filter_map(|c| answer.table.column(c)).collect();
        }
        let is_seen = |c: &usize| {
            let name = answer.table.columns[*c].as_str();
            said.look(*c).show != ColumnStyle::Hidden && (name != "country" || answer.parameter("country").is_empty())
        };
        (0..answer.table.columns.len()).filter(is_seen).take(COLUMNS).collect()
    }

    fn chart(&mut self, figure: usize, asked: &Asked, place: &Node, out: &mut Vec<Node>) -> Result<(), ReportError> {
        let voice = self.brief.voice();
        let setting = Setting { look: ShownOn::Document, width: WIDTH, ..setting(&voice) };
        let answer = &self.figures[figure].answer;
        let scene = Scene { voice, workspace: &self.brief.workspace.settings().title, link: &|_, _| None };
        let drawn = pictures(&scene, answer)?;
        let Some(picture) = drawn.get(asked.picture - 1) else {
            let (title, sign) = (self.title(figure), self.sign(figure, "")?);
            let nothing = self.brief.model().word(&self.brief.locale, "nothing");
            out.push(Node::Element(self.pen.caption(place, &title, sign)));
            out.push(Node::Element(self.pen.paragraph("", [self.pen.run(&nothing)])));
            return Ok(());
        };
        let svg = picture.svg(&setting);
        let said = svg.split_once("<desc").and_then(|(_, rest)| rest.split_once('>')?.1.split_once("</desc>"));
        let said = said.map_or_else(|| picture.about().title.clone(), |(text, _)| crate::docx::xml::unescape(text));
        let (caption, sign) = (picture.about().title.clone(), self.sign(figure, "")?);
        self.pictures += 1;
        out.push(Node::Element(self.pen.caption(place, &caption, sign)));
        out.push(Node::Element(self.pen.picture(&mut self.package, self.pictures, &svg, &said)?));
        Ok(())
    }

    /// What differs from the last report of the kind that went out, for the day that it was about, and why.
    fn differs(&self, place: &Node, out: &mut Vec<Node>) -> Result<(), ReportError> {
        let (brief, locale) = (self.brief, &self.brief.locale);
        let says = |word: &str| self.pen.paragraph("", [self.pen.run(&brief.model().word(locale, word))]);
        let Some((publication, title)) = last(brief, self.template)? else {
            out.push(Node::Element(says("no_report_before")));
            return Ok(());
        };
        let caption = brief.model().sentence(locale, "differs_from", &[("title", &title)]);
        out.push(Node::Element(self.pen.caption(place, &caption, [])));
        let (voice, as_of) = (brief.voice(), brief.reader.as_of());
        let table = compare(brief.workspace, brief.questions, &voice, as_of, Some(brief.reader.held_back()), &publication)?;
        if table.rows.is_empty() {
            out.push(Node::Element(says("no_difference")));
            return Ok(());
        }
        let said = CellWords::new(voice, &table);
        let columns: Vec<usize> = DIFFERS.iter().filter_map(|c| table.column(c)).collect();
        let written = |text: String| WrittenCell { text, is_number: false };
        let cell = |row: usize, c: usize| match said.cell(row, c) {
            of if of.manner == Manner::NoRecord => written("–".into()),
            of => written(of.text),
        };
        let heads: Vec<WrittenCell> = columns.iter().map(|c| written(said.head(*c))).collect();
        let shown = table.rows.len().min(MOST);
        let rows: Vec<Vec<WrittenCell>> = (0..shown).map(|row| columns.iter().map(|c| cell(row, *c)).collect()).collect();
        out.push(Node::Element(self.pen.table(&caption, &heads, &rows)));
        out.push(Node::Element(self.pen.small(&self.more(shown, table.rows.len()))));
        Ok(())
    }

    /// That there are more rows than those that are shown; nothing where there are not.
    fn more(&self, shown: usize, all: usize) -> String {
        let (model, locale) = (self.brief.model(), &self.brief.locale);
        let number = |n: usize| locale.whole(n as f64);
        let more = || model.sentence(locale, "more_rows", &[("n", &number(shown)), ("all", &number(all))]);
        if shown < all { more() } else { String::new() }
    }

    /// All figures so far, each with what was asked and how it is counted.
    fn method(&mut self, out: &mut Vec<Node>) {
        for figure in 0..self.figures.len() {
            let Figure { code, answer, .. } = &self.figures[figure];
            let rule = self.brief.voice().label(&answer.question.rule);
            let name = format!("{} {code}", self.brief.model().word(&self.brief.locale, "figure"));
            let title = format!("{}. {}", self.title(figure), rule);
            let text = self.brief.model().sentence(&self.brief.locale, "pair", &[("name", &name), ("value", &title)]);
            out.push(Node::Element(self.pen.small(&text)));
        }
    }
}

/// The last report of this template that went out for the same country and mission, as far as whoever makes this one may know: its
/// record, and its title.
fn last(brief: &Brief<'_>, template: &str) -> Result<Option<(String, String)>, ReportError> {
    const LAST: &str = "select record, title from publication where template = :template and coalesce(country, '') = :country \
        and coalesce(mission, '') = :mission order by said_at desc, record limit 1";
    let given = [("template", template), ("country", brief.country.as_str()), ("mission", brief.mission.as_str())];
    // A text that is empty is one here: as nothing at all it would be equal to none.
    let given = given.map(|(name, value)| (name, Cell::Text(value.to_owned())));
    let found = brief.reader.query(LAST, &given)?;
    let text = |at: usize| found.rows.first().and_then(|row| row[at].text()).map(str::to_owned);
    Ok(text(0).zip(text(1)))
}

/// The place of a paragraph that holds nothing else.
fn alone(node: &Node) -> Option<TemplatePlace> {
    let Node::Element(element) = node else { return None };
    if element.name != "w:p" {
        return None;
    }
    let text = text(element);
    match pieces(text.trim())[..] {
        [Piece::Braced(place)] => TemplatePlace::read(place).ok(),
        _ => None,
    }
}

/// The rows for which what stands for a row is repeated: all of them, where the place does not say how many. What was cut short here could
/// not say so.
fn repeated_rows(mut rows: Vec<usize>, asked: &Asked) -> Vec<usize> {
    rows.truncate(asked.most.unwrap_or(usize::MAX));
    rows
}

/// Where what a place opens is closed.
fn closing(nodes: &[Node], at: usize, place: &TemplatePlace) -> Option<usize> {
    let opens = |p: &TemplatePlace| {
        matches!((place, p), (TemplatePlace::Each(_), TemplatePlace::Each(_)) | (TemplatePlace::If(_), TemplatePlace::If(_)))
    };
    let closes = |p: &TemplatePlace| {
        matches!((place, p), (TemplatePlace::Each(_), TemplatePlace::EndEach) | (TemplatePlace::If(_), TemplatePlace::EndIf))
    };
    if !opens(place) {
        return None;
    }
    let mut depth = 0_usize;
    for (n, node) in nodes.iter().enumerate().skip(at) {
        let Some(place) = alone(node) else { continue };
        if opens(&place) {
            depth += 1;
        } else if closes(&place) {
            depth -= 1;
            if depth == 0 {
                return Some(n);
            }
        }
    }
    None
}

/// Where the other part of a condition begins.
fn otherwise(nodes: &[Node], at: usize, end: usize) -> Option<usize> {
    let mut depth = 0_i32;
    (at + 1..end).find(|n| match alone(&nodes[*n]) {
        Some(TemplatePlace::If(_)) => {
            depth += 1;
            false
        }
        Some(TemplatePlace::EndIf) => {
            depth -= 1;
            false
        }
        Some(TemplatePlace::Else) => depth == 0,
        _ => false,
    })
}

/// A paragraph that ends a section of the document keeps doing so, whatever stood in it.
fn section(node: &Node) -> Option<Node> {
    let Node::Element(element) = node else { return None };
    alone(node)?;
    let ends = element.child("w:pPr")?.child("w:sectPr")?.clone();
    Some(Node::Element(Element::new("w:p", &[]).with([Element::new("w:pPr", &[]).with([ends])])))
}

/// What a row of a table is repeated for.
fn repeated(row: &Element) -> Option<Asked> {
    let text = text(row);
    let mut places =
        pieces(&text).into_iter().filter_map(|p| if let Piece::Braced(b) = p { TemplatePlace::read(b).ok() } else { None });
    let asked = places.find_map(|p| if let TemplatePlace::Each(asked) = p { Some(asked) } else { None })?;
    places.any(|p| p == TemplatePlace::EndEach).then_some(asked)
}

/// Takes the marks of repetition out of a row.
fn unmark(element: &mut Element) {
    if element.name == "w:p" {
        join(element);
    }
    for child in element.elements_mut() {
        if child.name == "w:t" {
            let said = child.said();
            let kept = |piece: Piece<'_>| match piece {
                Piece::Text(text) => text.to_owned(),
                Piece::Braced(b) if matches!(TemplatePlace::read(b), Ok(TemplatePlace::Each(_) | TemplatePlace::EndEach)) => {
                    String::new()
                }
                Piece::Braced(b) => format!("{{{{{b}}}}}"),
            };
            child.say(&pieces(&said).into_iter().map(kept).collect::<String>());
        } else {
            unmark(child);
        }
    }
}

/// A row of which only the first cell says something.
fn emptied(mut row: Element, says: Vec<Element>) -> Element {
    let mut says = Some(says);
    for cell in row.elements_mut().filter(|e| e.name == "w:tc") {
        let mut paragraph = cell.child("w:p").cloned().unwrap_or_else(|| Element::new("w:p", &[]));
        paragraph.children.retain(|n| matches!(n, Node::Element(e) if e.name == "w:pPr"));
        cell.children.retain(|n| matches!(n, Node::Element(e) if e.name == "w:tcPr"));
        cell.children.push(Node::Element(paragraph.with(says.take().unwrap_or_default())));
    }
    row
}

/// All text of an element.
fn text(element: &Element) -> String {
    if element.name == "w:t" {
        return element.said();
    }
    element.elements().map(text).collect()
}

/// Word cuts a paragraph into runs wherever it pleases: each place is brought together in the run where it begins.
fn join(paragraph: &mut Element) {
    let mut runs = Vec::new();
    collect(paragraph, &mut runs);
    let whole: String = runs.iter().map(|t| t.said()).collect();
    if !whole.contains("{{") {
        return;
    }
    let lengths: Vec<usize> = runs.iter().map(|t| t.said().len()).collect();
    let run_of = |at: usize| {
        let mut end = 0;
        lengths.iter().position(|length| {
            end += length;
            at < end
        })
    };
    let mut said = vec![String::new(); runs.len()];
    let mut at = 0;
    for piece in pieces(&whole) {
        match piece {
            Piece::Text(text) => {
                for (offset, c) in text.char_indices() {
                    if let Some(run) = run_of(at + offset) {
                        said[run].push(c);
                    }
                }
                at += text.len();
            }
            Piece::Braced(place) => {
                if let Some(run) = run_of(at) {
                    said[run].push_str(&format!("{{{{{place}}}}}"));
                }
                at += place.len() + 4;
            }
        }
    }
    for (run, text) in runs.into_iter().zip(said) {
        run.say(&text);
        if !run.attributes.iter().any(|(name, _)| name == "xml:space") {
            run.attributes.push(("xml:space".into(), "preserve".into()));
        }
    }
}

/// The texts of a paragraph, but not those of paragraphs inside of it, as a text box has them.
fn collect<'e>(element: &'e mut Element, out: &mut Vec<&'e mut Element>) {
    for child in element.elements_mut() {
        match child.name.as_str() {
            "w:t" => out.push(child),
            "w:p" => {}
            _ => collect(child, out),
        }
    }
}
