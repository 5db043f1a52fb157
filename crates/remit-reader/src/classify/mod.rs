//! Learns from coded paragraphs which activities and kinds of engagement others speak of.
//!
//! The codes are those of PACT (Otto and Honda 2024), given to paragraphs of reports of the UN Secretary-General. A paragraph
//! is coded where the mission did something: not where it plans, is asked, or wishes. So the classifier looks at the words of
//! a paragraph, and again at those of the sentences that speak of the mission.
//!
//! `words` cuts a text into sentences and stems, `features` says what is counted, `first` holds their weights: a first look at a
//! paragraph and at its heading. `context` looks around: neighbours, heading, phrases (`naming`); `second` weighs that. `train`
//! finds all weights, `evaluate` says how good they are. `headings` takes headings off the paragraph that they are stuck to.

mod context;
mod evaluate;
mod examples;
mod features;
mod first;
mod folds;
mod gold;
mod headings;
mod least_squares;
mod measure;
mod naming;
mod second;
mod train;
mod weights;
mod word_hash;
mod words;

pub use evaluate::{Evaluation, cross_validate, evaluate};
pub use examples::{Example, UnusedLine, read_examples};
pub use folds::Folds;
pub use gold::Gold;
pub use measure::{Counts, Score, macro_mean, micro};
pub(crate) use naming::Naming;
pub use naming::{NamedLabel, Namer};
pub use train::{Labels, train};

use context::{Around, FirstLook};
use first::{First, LabelScratch};
use remit_model::ModelFiles;
use second::Second;
use sha2::{Digest, Sha256};
use std::ops::Range;
use std::sync::LazyLock;
use weights::{Header, WeightsReader, Writer};

/// A paragraph of a document, the paragraphs of one document standing in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParagraphText<'a> {
    /// The headings above it, outermost first, joined by " / ".
    pub heading: &'a str,
    /// Its own words, without headings.
    pub text: &'a str,
    /// The labels that its phrases name.
    pub named: &'a [NamedLabel],
    /// The labels that phrases of its headings name.
    pub above: &'a [NamedLabel],
}

/// Why a label was given: words of the paragraph, and how much they spoke for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LabelReason {
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
    headings: First,
    /// One a kind of label.
    seconds: [Second; 2],
}

/// What one thread needs while it gives labels; kept from document to document.
#[derive(Debug, Default)]
pub struct Scratch {
    desks: Desks,
    looks: Looks,
    around: Around,
}

/// Where words of paragraphs, and of headings, are counted.
type Desks = [LabelScratch; 2];

/// What first looks say of paragraphs, and of their headings: paragraph by paragraph, label by label.
#[derive(Debug, Default)]
struct Looks {
    words: Vec<f32>,
    heading: Vec<f32>,
}

impl Looks {
    fn first(texts: &[ParagraphText<'_>], words: &First, headings: &First, desks: &mut Desks) -> Looks {
        let mut looks = Looks::default();
        looks.look(texts, words, headings, desks);
        looks
    }

    /// Looks at paragraphs instead of those before. Paragraphs under one heading share what it says.
    fn look(&mut self, texts: &[ParagraphText<'_>], words: &First, headings: &First, [own, above]: &mut Desks) {
        let labels = words.labels();
        for rows in [&mut self.words, &mut self.heading] {
            rows.clear();
            rows.resize(texts.len() * labels, 0.0);
        }
        for (n, text) in texts.iter().enumerate() {
            let row = n * labels..(n + 1) * labels;
            words.score(text.text, own, &mut self.words[row.clone()]);
            if n > 0 && texts[n - 1].heading == text.heading {
                self.heading.copy_within(row.start - labels..row.start, row.start);
            } else {
                headings.score(text.heading, above, &mut self.heading[row]);
            }
        }
    }

    /// What is said of some paragraphs that stand together.
    fn of<'a>(&'a self, paragraphs: Range<usize>, usual: &'a [f32]) -> FirstLook<'a> {
        let places = paragraphs.start * usual.len()..paragraphs.end * usual.len();
        FirstLook { words: &self.words[places.clone()], heading: &self.heading[places], usual }
    }

    /// Puts parts together again: `part_of` says of which part each paragraph is, in their order.
    fn merged(parts: &[Looks], part_of: impl Iterator<Item = usize>, labels: usize) -> Looks {
        let (mut all, mut next) = (Looks::default(), vec![0; parts.len()]);
        for part in part_of {
            let own = next[part]..next[part] + labels;
            next[part] = own.end;
            all.words.extend_from_slice(&parts[part].words[own.clone()]);
            all.heading.extend_from_slice(&parts[part].heading[own]);
        }
        all
    }
}

static SHIPPED: LazyLock<Classifier> = LazyLock::new(|| {
    let packed = ModelFiles::built_in_file("weights/pact.weights.xz").unwrap_or_default();
    let bytes = ModelFiles::unpacked(&packed).expect("the weights that this program was built with can be unpacked");
    Classifier::read(&bytes).expect("the weights that this program was built with are whole")
});

impl Classifier {
    /// Reads weights that [`train`] made.
    ///
    /// # Errors
    /// When the bytes are no weights, cut short, or damaged.
    pub fn read(bytes: &[u8]) -> Result<Classifier, LearnError> {
        let (header, mut source) = WeightsReader::open(bytes)?;
        let first = First::read(&mut source, header.labels.len(), header.features)?;
        let headings = First::read(&mut source, header.labels.len(), header.headings)?;
        let [activities, engagements] = header.kinds().map(|kind| Second::read(&mut source, kind.len()));
        let seconds = [activities?, engagements?];
        source.end()?;
        let hash = Sha256::digest(bytes);
        let version = hash.iter().take(6).map(|b| format!("{b:02x}")).collect();
        Ok(Classifier { header, version, first, headings, seconds })
    }

    fn new(header: Header, first: First, headings: First, seconds: [Second; 2]) -> Classifier {
        Classifier { header, version: String::new(), first, headings, seconds }
    }

    /// The weights as a file.
    fn bytes(&self) -> Vec<u8> {
        let mut out = Writer::new(&self.header);
        self.first.write(&mut out);
        self.headings.write(&mut out);
        self.seconds.iter().for_each(|s| s.write(&mut out));
        out.done()
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
    pub fn document(&self, texts: &[ParagraphText<'_>], scratch: &mut Scratch) -> Vec<f32> {
        let Scratch { desks, looks, around } = scratch;
        looks.look(texts, &self.first, &self.headings, desks);
        self.second(texts, looks.of(0..texts.len(), self.first.usual()), around)
    }

    /// The second look at a document of which the first is known.
    fn second(&self, texts: &[ParagraphText<'_>], look: FirstLook<'_>, around: &mut Around) -> Vec<f32> {
        let labels = self.labels().len();
        let mut all = vec![0f32; texts.len() * labels];
        let kinds = self.header.kinds();
        around.signs(texts, look, &kinds, |kind, n, signs| {
            self.seconds[kind].probabilities(signs, &mut all[n * labels..][kinds[kind].clone()]);
        });
        all
    }

    /// The words of a paragraph that spoke most for a label, or against it, strongest first.
    pub fn why(&self, text: &str, label: usize) -> Vec<LabelReason> {
        let said = self.first.why(text, label, &mut LabelScratch::default());
        let mut reasons: Vec<LabelReason> = said.into_iter().map(|(span, weight)| LabelReason { span, weight }).collect();
        reasons.retain(|r| r.weight != 0.0);
        reasons.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()).then(a.span.cmp(&b.span)));
        reasons
    }
}
