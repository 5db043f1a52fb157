//! Learns from coded paragraphs which activities and kinds of engagement others speak of.
//!
//! The codes are those of PACT (Otto and Honda 2024), given to paragraphs of reports of the UN Secretary-General. A paragraph
//! is coded where the mission did something: not where it plans, is asked, or wishes. So the classifier looks at the words of
//! a paragraph, and again at those of the sentences that speak of the mission.
//!
//! `words` cuts a text into sentences and stems, `features` says what is counted, `first` holds their weights, `train` finds
//! them, `evaluate` says how good they are. `headings` takes headings off the paragraph that they are stuck to.

mod evaluate;
mod examples;
mod features;
mod first;
mod headings;
mod least_squares;
mod measure;
mod train;
mod weights;
mod words;

pub use evaluate::{Evaluation, Folds, cross_validate, evaluate};
pub use examples::{Example, Finding, read_examples};
pub use measure::{Counts, Score, macro_mean, micro};
pub use train::{Labels, train};

use first::{Desk, First};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;
use weights::{Header, Source};

/// A paragraph of a document, the paragraphs of one document standing in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text<'a> {
    /// The headings above it, outermost first, joined by " / ".
    pub heading: &'a str,
    /// Its own words, without headings.
    pub text: &'a str,
}

/// Why a label was given: words of the paragraph, and how much they spoke for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reason {
    /// Where they stand in the paragraph, in bytes.
    pub span: (usize, usize),
    /// How much they spoke for the label; below zero against it.
    pub weight: f32,
}

/// Weights that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LearnError {
    /// The file begins with something else.
    #[error("is no file of weights of this version of remit; make one with `remit train`")]
    NotWeights,
    /// The file ends too early.
    #[error("is cut short; copy it anew, or make it with `remit train`")]
    CutShort,
    /// What the file says of itself makes no sense.
    #[error("says of itself what cannot be: {0}; make it anew with `remit train`")]
    Header(String),
    /// A weight is infinite or no number.
    #[error("holds weights that are no numbers; make it anew with `remit train`")]
    NotNumbers,
    /// The file goes on after its end.
    #[error("has {0} bytes after its end; copy it anew, or make it with `remit train`")]
    TooLong(usize),
    /// There is nothing to learn from.
    #[error("{0}")]
    Examples(String),
}

/// Gives paragraphs labels. Made once, used by any number of threads.
#[derive(Debug)]
pub struct Classifier {
    header: Header,
    version: String,
    first: First,
}

/// What one thread needs while it gives labels; kept from document to document.
#[derive(Debug, Default)]
pub struct Scratch {
    desk: Desk,
}

static SHIPPED: LazyLock<Classifier> = LazyLock::new(|| {
    let bytes = remit_model::ModelFiles::built_in_file("weights/pact.weights").unwrap_or_default();
    Classifier::read(&bytes).expect("the weights that this program was built with are whole")
});

impl Classifier {
    /// Reads weights that [`train`] made.
    ///
    /// # Errors
    /// When the bytes are no weights, cut short, or damaged.
    pub fn read(bytes: &[u8]) -> Result<Classifier, LearnError> {
        let (header, mut source) = Source::open(bytes)?;
        let first = First::read(&mut source, header.labels.len(), header.features)?;
        source.end()?;
        let hash = Sha256::digest(bytes);
        let version = hash.iter().take(6).map(|b| format!("{b:02x}")).collect();
        Ok(Classifier { header, version, first })
    }

    /// The classifier that this program was built with.
    pub fn shipped() -> &'static Classifier {
        &SHIPPED
    }

    /// The names of the labels: activities, then engagements.
    pub fn labels(&self) -> &[String] {
        &self.header.labels
    }

    /// The index of the first engagement.
    pub fn engagements_from(&self) -> usize {
        self.header.engagements_from
    }

    /// A short hash of the weights.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// From which probability on a label is given.
    pub fn threshold(&self, label: usize) -> f32 {
        self.header.thresholds[label]
    }

    /// The probability of each label for each paragraph of a document: paragraph after paragraph, label after label.
    pub fn document(&self, texts: &[Text<'_>], scratch: &mut Scratch) -> Vec<f32> {
        let labels = self.labels().len();
        let mut all = vec![0f32; texts.len() * labels];
        for (text, out) in texts.iter().zip(all.chunks_exact_mut(labels)) {
            self.first.score(text.text, &mut scratch.desk, out);
            out.iter_mut().for_each(|p| *p = p.clamp(0.0, 1.0));
        }
        all
    }

    /// The words of paragraph `n` that spoke most for a label, or against it, strongest first.
    pub fn why(&self, texts: &[Text<'_>], n: usize, label: usize) -> Vec<Reason> {
        let said = self.first.why(texts[n].text, label, &mut Desk::default());
        let mut reasons: Vec<Reason> = said.into_iter().map(|(span, weight)| Reason { span, weight }).collect();
        reasons.retain(|r| r.weight != 0.0);
        reasons.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()).then(a.span.cmp(&b.span)));
        reasons
    }
}
