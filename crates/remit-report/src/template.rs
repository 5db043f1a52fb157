//! Templates: files of `templates/`, each a list of paragraphs, places and forms with their words in every language, or a .docx of
//! the office's own. A document with places is made of the first, in a language; the second is taken as it is.

use crate::ReportError;
use crate::docx::blank::blank;
use crate::docx::package::DOCUMENT;
use crate::docx::pen::{Pen, WrittenCell, kept_together};
use crate::docx::xml::{Element, Node};
use remit_model::{Label, Locale, told_of_toml};
use remit_store::Workspace;
use serde::Deserialize;
use std::path::{Path, PathBuf};

#[derive(rust_embed::RustEmbed)]
#[folder = "../../templates"]
#[include = "*.toml"]
struct BuiltInTemplates;

/// Bytes that a template may have.
const MOST_BYTES: u64 = 32 << 20;

/// A template.
#[derive(Debug, Clone)]
pub struct Template {
    /// Its name: the file's name without its ending.
    pub name: String,
    /// The title of the report that is made of the template.
    pub title: Label,
    /// What for.
    pub why: Label,
    order: i64,
    body: TemplateBody,
}

#[derive(Debug, Clone)]
enum TemplateBody {
    Parts(Vec<Part>),
    Document(PathBuf),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Definition {
    order: i64,
    title: Label,
    #[serde(default)]
    why: Label,
    part: Vec<Part>,
}

/// A part of a template: words, a place, or a form to fill in by hand.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
enum Part {
    /// A paragraph in one of Word's styles, by the name that Word has for it in English.
    Text {
        #[serde(default)]
        style: String,
        says: Label,
    },
    /// What stands between the braces.
    Place(String),
    /// The same, of a table or picture whose caption is a heading of the document.
    Heading(String),
    /// A table with headings and so many empty rows.
    Form { heads: Vec<Label>, rows: usize },
}

/// All templates of a workspace.
#[derive(Debug)]
pub struct Templates {
    all: Vec<Template>,
    faults: Vec<Faulty>,
}

/// A workspace's own template in whose file something is wrong: it must not keep the others from anybody.
#[derive(Debug)]
struct Faulty {
    name: String,
    file: String,
    line: usize,
    message: String,
}

impl Faulty {
    fn error(&self) -> ReportError {
        ReportError::File(self.file.clone(), self.line, self.message.clone())
    }
}

impl Templates {
    /// The built-in templates, and those of a workspace's `templates` folder, which replace what has the same name. One of these that
    /// is wrong is left out, see [`Templates::faults`].
    ///
    /// # Errors
    /// When the fault is in no file of the workspace.
    pub fn load(workspace: &Workspace) -> Result<Templates, ReportError> {
        let mut all = Vec::new();
        for path in BuiltInTemplates::iter() {
            if let Some(file) = BuiltInTemplates::get(&path) {
                let text = String::from_utf8_lossy(&file.data);
                all.push(Template::read(&format!("templates/{path}"), path.trim_end_matches(".toml"), &text)?);
            }
        }
        let (own, faults) = own(&workspace.folder().join("templates"))?;
        for template in own {
            all.retain(|t: &Template| t.name != template.name);
            all.push(template);
        }
        all.sort_by(|a, b| (a.order, &a.name).cmp(&(b.order, &b.name)));
        Ok(Templates { all, faults })
    }

    /// All of them, in their order.
    pub fn all(&self) -> &[Template] {
        &self.all
    }

    /// What is wrong with files of the workspace that are left out, each with file and line.
    pub fn faults(&self) -> impl Iterator<Item = ReportError> {
        self.faults.iter().map(Faulty::error)
    }

    /// One by its name. Where the workspace's own of that name is wrong, who asks for it is told so: the one that Remit brings is another
    /// paper.
    ///
    /// # Errors
    /// When there is none, or something is wrong with it.
    pub fn get(&self, name: &str) -> Result<&Template, ReportError> {
        if let Some(faulty) = self.faults.iter().find(|f| f.name == name) {
            return Err(faulty.error());
        }
        self.all.iter().find(|t| t.name == name).ok_or_else(|| {
            let known: Vec<&str> = self.all.iter().map(|t| t.name.as_str()).collect();
            let meant = remit_model::nearest(name, known.iter().copied()).map(str::to_owned);
            ReportError::Unknown(name.to_owned(), known.join(", "), meant)
        })
    }
}

/// The templates of a folder, and those that are wrong.
fn own(folder: &Path) -> Result<(Vec<Template>, Vec<Faulty>), ReportError> {
    let (mut all, mut faults): (Vec<Template>, Vec<Faulty>) = (Vec::new(), Vec::new());
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok((all, faults)) };
    let mut paths: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
    // A .docx is the office's own hand: of two files of a name, it is the one that counts.
    paths.sort_by_key(|p| p.extension().is_some_and(|e| e == "docx"));
    for path in paths {
        let name = path.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let template = match path.extension().and_then(|e| e.to_str()) {
            Some("toml") => match Template::of_file(&path, &name) {
                Ok(template) => template,
                Err(ReportError::File(file, line, message)) => {
                    faults.push(Faulty { name, file, line, message });
                    continue;
                }
                Err(error) => return Err(error),
            },
            // Word keeps a file of this name beside one that is open.
            Some("docx") if !name.starts_with('~') => Template::of_document(&path),
            _ => continue,
        };
        // The .docx of a name counts, whatever is wrong beside it.
        faults.retain(|f| f.name != template.name);
        all.retain(|t| t.name != template.name);
        all.push(template);
    }
    Ok((all, faults))
}

fn bytes(path: &Path) -> Result<Vec<u8>, ReportError> {
    remit_files::read(path, MOST_BYTES).map_err(|e| ReportError::File(path.display().to_string(), 0, e.to_string()))
}

impl Template {
    fn of_file(path: &Path, name: &str) -> Result<Template, ReportError> {
        Template::read(&path.display().to_string(), name, &String::from_utf8_lossy(&bytes(path)?))
    }

    fn read(file: &str, name: &str, text: &str) -> Result<Template, ReportError> {
        let definition: Definition = toml::from_str(text).map_err(|e| {
            let line = e.span().map_or(0, |s| text[..s.start].matches('\n').count() + 1);
            ReportError::File(file.to_owned(), line, told_of_toml(e.message()))
        })?;
        let Definition { order, title, why, part } = definition;
        Ok(Template { name: name.to_owned(), title, why, order, body: TemplateBody::Parts(part) })
    }

    /// A .docx of the office's own.
    pub fn of_document(path: &Path) -> Template {
        let name = path.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let title = Label::of_english(name.replace(['_', '-'], " "));
        Template { name, title, why: Label::default(), order: i64::MAX, body: TemplateBody::Document(path.to_owned()) }
    }

    /// The document with its places, which an office can open, change and fill again.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn document(&self, locale: &Locale) -> Result<Vec<u8>, ReportError> {
        let parts = match &self.body {
            TemplateBody::Document(path) => return bytes(path),
            TemplateBody::Parts(parts) => parts,
        };
        let mut package = blank(locale);
        let pen = Pen::new(&mut package, locale)?;
        let mut xml = package.xml(DOCUMENT)?;
        let Some(body) = xml.root.elements_mut().find(|e| e.name == "w:body") else { return Ok(Vec::new()) };
        let written = parts.iter().flat_map(|part| part.nodes(&pen, locale));
        body.children.splice(0..0, written.map(Node::Element));
        package.put(DOCUMENT, &xml);
        package.describe(&[("dc:title", self.title.get(locale.language)), ("dc:creator", "Remit")])?;
        package.write()
    }
}

impl Part {
    fn nodes(&self, pen: &Pen, locale: &Locale) -> Vec<Element> {
        let said = |label: &Label| locale.typeset(label.get(locale.language));
        match self {
            Part::Text { style, says } => vec![pen.paragraph(&style.replace(' ', ""), [pen.run(&said(says))])],
            Part::Place(place) => vec![pen.paragraph("", [pen.run(&format!("{{{{{place}}}}}"))])],
            Part::Heading(place) => vec![pen.paragraph("Heading1", [pen.run(&format!("{{{{{place}}}}}"))])],
            Part::Form { heads, rows } => {
                let cell = |text: String| WrittenCell { text, is_number: false };
                let empty: Vec<Vec<WrittenCell>> =
                    (0..*rows).map(|_| heads.iter().map(|_| cell(String::new())).collect()).collect();
                let heads: Vec<WrittenCell> = heads.iter().map(|h| cell(said(h))).collect();
                let name = heads.iter().map(|h| h.text.as_str()).collect::<Vec<_>>().join(", ");
                // What is written into it by hand on paper stands on one sheet, with its heading.
                vec![kept_together(pen.table(&name, &heads, &empty)), pen.paragraph("", [])]
            }
        }
    }
}
