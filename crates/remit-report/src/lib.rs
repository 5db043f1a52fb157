//! Answers as pictures and as documents: `picture` draws answers, `template` has what reports are made of, `place` reads what stands
//! in its braces, `fill` puts answers there, each with the footnote of its `figure`, `docx` reads and writes Word's
//! files, `content` is what stands in one, of which `pdf` has a PDF made, `publish` freezes the figures of what went out, and `compare` tells what differs since, and why.

#![deny(missing_docs)]

mod compare;
mod content;
mod docx;
mod figure;
mod fill;
mod letters;
mod pdf;
mod picture;
mod place;
mod publish;
mod raster;
mod template;

pub use compare::compare;
pub use content::Content;
pub use figure::Figure;
pub use pdf::{makes_pdf, of_this_version, program};
pub use picture::{AnswerView, Groups, LinkedName, Scene, charts, pictures, setting};
pub use publish::publish;
pub use template::{Template, Templates};

use remit_ask::{AskError, Questions, Voice};
use remit_model::{Locale, Marking, Model};
use remit_store::{AsOf, Reader, StoreError, Workspace};
use std::sync::Arc;

/// Why a report cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// There is no such template.
    #[error(
        "there is no template `{0}`{meant}; there are {1}, or name a .docx of your own with --template",
        meant = remit_model::did_you_mean(.2.as_deref())
    )]
    Unknown(String, String, Option<String>),
    /// There is no such publication or figure.
    #[error("no publication and no figure `{0}` is on record that you may see; `remit ask WORKSPACE publications` lists them")]
    NotPublished(String),
    /// A template's file is wrong.
    #[error("{0}{line}: {2}", line = if *.1 > 0 { format!(":{}", .1) } else { String::new() })]
    File(String, usize, String),
    /// A .docx cannot be used as a template.
    #[error("the template cannot be used: {0}")]
    Template(String),
    /// A picture cannot be made of points.
    #[error("a picture cannot be drawn as points: {0}")]
    Picture(String),
    /// The program that makes a PDF is not there.
    #[error(
        "a PDF is made by the program remit-pdf, which is neither beside remit nor on the path: unpack the download remit-pdf-… for \
         your system and put the program in it there, or write a .docx and save it as PDF in Word or LibreOffice"
    )]
    NoPdf,
    /// Another program of Remit does not belong to this one.
    #[error("{program} is of {found}, and remit of version {own}; they belong together: put the {name} of version {own} there")]
    OtherVersion {
        /// Where it is.
        program: std::path::PathBuf,
        /// Its name.
        name: String,
        /// Its version.
        found: String,
        /// The version of this program.
        own: &'static str,
    },
    /// The program that makes a PDF made none.
    #[error("remit-pdf made no PDF: {0}")]
    Pdf(String),
    /// A question said no.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// The workspace said no.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a report is made for.
pub struct Brief<'a> {
    /// Of which workspace.
    pub workspace: &'a Workspace,
    /// The questions that it may ask.
    pub questions: &'a Questions,
    /// What it sees: day, moment and clearance are the reader's.
    pub reader: &'a Reader,
    /// In which language.
    pub locale: Arc<Locale>,
    /// Code of the country; all of them where it is empty.
    pub country: String,
    /// The mission, by acronym or name; all of them where it is empty.
    pub mission: String,
    /// The day on which the period begins.
    pub since: String,
    /// The highest marking that may be counted as held back.
    pub up_to: Marking,
}

/// A document that was made.
#[derive(Debug, Clone)]
pub struct Report {
    /// The file that goes out: the .docx, until something else is made of it.
    pub bytes: Vec<u8>,
    /// Its figures, in the order in which they were asked.
    pub figures: Vec<Figure>,
    /// Places that could not be filled, each with the reason. They stand in the document as they were.
    pub faults: Vec<String>,
}

impl Report {
    /// What stands in it, for who makes another form of it.
    ///
    /// # Errors
    /// When a part of the document cannot be read.
    pub fn content(&self, locale: &Locale) -> Result<Content, ReportError> {
        Content::read(&self.bytes, locale)
    }

    /// The same as a tagged PDF, which the program `remit-pdf` makes, and what that has to say of it.
    ///
    /// # Errors
    /// When there is no such program, or it made none.
    pub fn into_pdf(self, locale: &Locale) -> Result<(Report, Vec<String>), ReportError> {
        let (bytes, said) = pdf::pdf(&self, locale)?;
        Ok((Report { bytes, ..self }, said))
    }
}

impl Brief<'_> {
    /// Makes a report of a template.
    ///
    /// # Errors
    /// When the template cannot be read; what is wrong with a single place is told in [`Report::faults`].
    pub fn fill(&self, template: &Template) -> Result<Report, ReportError> {
        let title = self.locale.typeset(template.title.get(self.locale.language));
        fill::fill(self, &template.document(&self.locale)?, &title, &template.name)
    }

    pub(crate) fn model(&self) -> &Model {
        self.workspace.model()
    }

    pub(crate) fn voice(&self) -> Voice<'_> {
        Voice { model: self.model(), columns: self.questions.columns(), locale: self.locale.clone(), reader: Some(self.reader) }
    }

    /// What questions are given that have a parameter of the name.
    fn given(&self) -> [(&'static str, String); 4] {
        let known_on = self.reader.as_of().known_on.clone().unwrap_or_default();
        [
            ("country", self.country.clone()),
            ("mission", self.mission.clone()),
            ("since", self.since.clone()),
            // What is recorded later is no part of it, also where it is asked again.
            ("until", known_on),
        ]
    }

    /// What places may name.
    fn values(&self, title: &str) -> Result<Vec<(&'static str, String)>, ReportError> {
        let (locale, AsOf { valid_on, known_on, clearance }) = (&self.locale, self.reader.as_of());
        let country = match self.country.as_str() {
            "" => self.model().word(locale, "all_countries"),
            code => self.model().name_of_code(locale, "country", code),
        };
        let known = known_on.as_ref().map_or_else(|| self.model().word(locale, "now"), |k| figure::said_moment(self, k));
        Ok(vec![
            ("title", title.to_owned()),
            ("country", country),
            ("mission", self.mission.clone()),
            ("day", locale.date(&valid_on.to_string())),
            ("since", locale.date(&self.since)),
            ("known_on", known),
            ("clearance", self.model().name_of_code(locale, "marking", clearance.code())),
            ("workspace", self.workspace.settings().title.clone()),
            ("held_back", locale.whole(self.held_back()? as f64)),
        ])
    }

    /// How many statements that stand are marked higher than this report, as far as whoever makes it may know.
    fn held_back(&self) -> Result<u64, ReportError> {
        let as_of = self.reader.as_of();
        if self.up_to <= as_of.clearance {
            return Ok(0);
        }
        let count = |reader: &Reader| -> Result<u64, ReportError> {
            let table = reader.query("select count(*) from statement where current = 1", &[])?;
            Ok(table.rows.first().and_then(|r| r[0].number()).unwrap_or_default() as u64)
        };
        let all = Reader::open(self.workspace, AsOf { clearance: self.up_to, ..as_of.clone() })?;
        Ok(count(&all)?.saturating_sub(count(self.reader)?))
    }
}
