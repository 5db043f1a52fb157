//! What a PDF is set from: the look, the content, its pictures and the fonts. Nothing else can be read by it.

use crate::letters;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use std::collections::HashMap;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};
use typst_kit::fonts::FontStore;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// How a report looks.
const LOOK: &str = include_str!("document.typ");

/// Content, ready to be set.
pub(crate) struct Paper {
    library: LazyHash<Library>,
    fonts: FontStore,
    look: Source,
    files: HashMap<FileId, Bytes>,
    remarks: Vec<String>,
}

impl Paper {
    /// Reads what stands in a report.
    pub(crate) fn read(content: &str) -> Result<Paper, String> {
        let no_report = |why: String| format!("standard input holds no report: {why}");
        let mut content: Value = serde_json::from_str(content).map_err(|e| no_report(e.to_string()))?;
        let fields = content.as_object_mut().ok_or_else(|| no_report("it is no object of JSON".into()))?;
        let mut pictures = Vec::new();
        for (n, picture) in fields.remove("pictures").unwrap_or_default().as_array().into_iter().flatten().enumerate() {
            let bytes = STANDARD.decode(picture["bytes"].as_str().unwrap_or_default()).map_err(|e| no_report(e.to_string()))?;
            pictures.push((format!("picture-{n}"), picture["form"].as_str().unwrap_or_default().to_owned(), bytes));
        }
        let mut fonts = FontStore::new();
        letters::ours().for_each(|font| fonts.push(font));
        let mut text = content.to_string();
        let mut remarks = Vec::new();
        let drawn = pictures.iter_mut().filter(|(_, form, _)| form == "svg").map(|(_, _, bytes)| bytes);
        letters::provide(&mut fonts, &mut text, drawn, &mut remarks);
        let mut files = HashMap::from([(id("content.json")?, Bytes::from_string(text))]);
        for (name, _, bytes) in pictures {
            files.insert(id(&name)?, Bytes::new(bytes));
        }
        Ok(Paper {
            library: LazyHash::new(Library::default()),
            fonts,
            look: Source::new(id("document.typ")?, LOOK.to_owned()),
            files,
            remarks,
        })
    }

    /// The PDF, and what is to be said of it.
    pub(crate) fn pdf(self) -> Result<(Vec<u8>, Vec<String>), String> {
        let document: PagedDocument = typst::compile(&self).output.map_err(|e| format!("the PDF cannot be set: {}", said(&e)))?;
        let options = |standards| PdfOptions { creator: Smart::Custom(Some("Remit".into())), standards, ..PdfOptions::default() };
        let accessible = PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|e| e.message().to_string())?;
        let mut remarks = self.remarks;
        // What an office’s own template does not have, such as a text for its emblem, is said; the PDF is made all the same.
        let pdf = typst_pdf::pdf(&document, &options(accessible)).or_else(|why| {
            remarks.push(format!("The PDF is tagged, but not all that PDF/UA asks for: {}", said(&why)));
            typst_pdf::pdf(&document, &options(PdfStandards::default()))
        });
        let pdf = pdf.map_err(|e| format!("the PDF cannot be written: {}", said(&e)))?;
        Ok((pdf, remarks))
    }
}

fn id(name: &str) -> Result<FileId, String> {
    let path = VirtualPath::new(name).map_err(|e| format!("{name}: {e}"))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn said(why: &[SourceDiagnostic]) -> String {
    why.iter().map(|e| e.message.to_string()).collect::<Vec<_>>().join("; ")
}

impl World for Paper {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.look.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.look.id() { Ok(self.look.clone()) } else { Err(FileError::NotSource) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    /// A report has its own day; the same content gives the same bytes.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
