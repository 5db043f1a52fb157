//! Coded paragraphs to learn from: JSON, one paragraph a line.

use super::headings::HeadingOutline;
use super::{NamedLabel, Namer, ParagraphText};
use crate::lexicon::Scanner;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::BufRead;

/// A paragraph of a report, with what it was coded as.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// The report it stands in. Paragraphs of a report stand together, in their order.
    pub report: String,
    /// The mission that the report is about.
    pub mission: String,
    /// The symbol of the document.
    pub symbol: String,
    /// The number of the paragraph.
    pub n: u32,
    /// Its own words.
    pub text: String,
    /// The headings above it, outermost first, joined by " / ".
    pub heading: String,
    /// Activities, each with its engagements; none where nothing was coded.
    pub codes: BTreeMap<String, Vec<String>>,
    /// How much it counts while learning: 1, unless the line says otherwise.
    pub weight: f32,
    /// The labels that its phrases name.
    pub named: Vec<NamedLabel>,
    /// The labels that phrases of its headings name.
    pub above: Vec<NamedLabel>,
}

impl Example {
    /// True where it was coded with an activity, or with an engagement in any activity.
    pub fn has(&self, label: &str) -> bool {
        self.codes.contains_key(label) || self.codes.values().flatten().any(|engagement| engagement == label)
    }

    /// The paragraph without its codes.
    pub fn text(&self) -> ParagraphText<'_> {
        ParagraphText { heading: &self.heading, text: &self.text, named: &self.named, above: &self.above }
    }
}

/// A line that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusedLine {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

#[derive(Deserialize)]
struct ExampleLine {
    report: String,
    #[serde(default)]
    mission: String,
    #[serde(default)]
    symbol: String,
    #[serde(default)]
    n: u32,
    text: String,
    #[serde(default)]
    heading: Option<String>,
    #[serde(default)]
    codes: BTreeMap<String, Vec<String>>,
    #[serde(default = "one")]
    weight: f32,
}

fn one() -> f32 {
    1.0
}

/// Reads paragraphs. Headings stuck to the end of a paragraph go to the paragraphs below them, where a line brings no
/// `heading` of its own; `namer` finds the labels that phrases name. What cannot be used is told apart; the rest goes on.
pub fn read_examples(reader: impl BufRead, namer: &Namer) -> (Vec<Example>, Vec<UnusedLine>) {
    let (mut examples, mut findings): (Vec<Example>, Vec<UnusedLine>) = (Vec::new(), Vec::new());
    let mut outlines: BTreeMap<String, HeadingOutline> = BTreeMap::new();
    for (n, line) in reader.split(b'\n').enumerate() {
        let text = line.map_err(|e| format!("cannot be read: {e}")).and_then(as_text);
        let parsed = match &text {
            Ok(text) if text.trim().is_empty() => continue,
            Ok(text) => parse(text),
            Err(reason) => Err(reason.clone()),
        };
        match parsed {
            Ok(line) => {
                let outline = outlines.entry(line.report.clone()).or_default();
                examples.push(example(line, outline));
            }
            Err(reason) => findings.push(UnusedLine { line: n + 1, reason }),
        }
    }
    // A report's paragraphs stand together, whatever else the file has between them.
    let mut order: BTreeMap<String, usize> = BTreeMap::new();
    for example in &examples {
        let next = order.len();
        order.entry(example.report.clone()).or_insert(next);
    }
    examples.sort_by_key(|e| order[&e.report]);
    namer.name_all(&mut examples);
    (examples, findings)
}

impl Namer {
    /// Finds what phrases of paragraphs and of their headings name.
    pub fn name_all(&self, examples: &mut [Example]) {
        let mut scanner = Scanner::default();
        for example in examples {
            example.named = self.labels(&mut scanner, &example.text);
            example.above = self.labels(&mut scanner, &example.heading);
        }
    }
}

fn as_text(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|e| format!("is not UTF-8 text ({e})"))
}

fn parse(text: &str) -> Result<ExampleLine, String> {
    let line: ExampleLine = serde_json::from_str(text).map_err(|e| format!("is not a coded paragraph: {e}"))?;
    if line.text.trim().is_empty() {
        return Err("has no text".into());
    }
    if !(line.weight > 0.0 && line.weight.is_finite()) {
        return Err(format!("has the weight {}; it must be above zero", line.weight));
    }
    Ok(line)
}

fn example(line: ExampleLine, outline: &mut HeadingOutline) -> Example {
    let (text, heading) = match line.heading {
        Some(heading) => (line.text.clone(), heading),
        None => {
            let (own, heading) = outline.next(&line.text);
            (own.to_owned(), heading)
        }
    };
    let ExampleLine { report, mission, symbol, n, codes, weight, .. } = line;
    Example { report, mission, symbol, n, text, heading, codes, weight, named: Vec::new(), above: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use remit_model::Model;

    #[test]
    fn a_bad_line_is_told_and_the_rest_goes_on() {
        let lines = concat!(
            r#"{"report": "A", "mission": "M", "n": 1, "text": "Police were trained. II. Justice", "codes": {"PoliceReform": ["Assist"]}}"#,
            "\n{\n\n",
            r#"{"report": "A", "n": 2, "text": "Judges came.", "codes": {}}"#,
            "\n",
            r#"{"report": "A", "text": " "}"#,
        );
        let (examples, findings) =
            read_examples(lines.as_bytes(), &Namer::new(&Model::load(None).unwrap(), &["PoliceReform".to_owned()]));
        assert_eq!(examples.len(), 2);
        assert_eq!((examples[0].text.as_str(), examples[1].heading.as_str()), ("Police were trained.", "Justice"));
        assert!(examples[0].has("Assist") && examples[0].has("PoliceReform") && !examples[1].has("Assist"));
        assert_eq!(findings.iter().map(|f| f.line).collect::<Vec<_>>(), [2, 5]);
        assert_eq!(findings[1].reason, "has no text");
    }
}
