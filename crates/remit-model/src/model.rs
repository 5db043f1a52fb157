//! The model as a whole.

use crate::error::line_of;
use crate::{
    CodeLists, Crosswalk, Envelope, Geography, Glossary, Headings, Kind, Languages, Lexicon, Locale, Marking, ModelError,
    ModelFiles, Phrases, Rates,
};
use std::path::Path;
use std::sync::{Arc, Mutex};

/// All that can be said, checked: kinds, code lists, crosswalks, phrases, rates, geography.
#[derive(Debug)]
pub struct Model {
    /// Kinds, sorted by name.
    pub kinds: Vec<Kind>,
    /// What people write above columns.
    pub headings: Headings,
    /// The languages of the interface and of labels.
    pub languages: Languages,
    /// What every statement carries beside what it says.
    pub envelope: Envelope,
    /// Code lists.
    pub lists: CodeLists,
    /// From publishers' codes to ours.
    pub crosswalk: Crosswalk,
    /// From words to what they say.
    pub phrases: Phrases,
    /// From the words of a document to codes.
    pub lexicon: Lexicon,
    /// Exchange rates.
    pub rates: Rates,
    /// Shapes for maps.
    pub geography: Geography,
    /// What the terms of the field mean.
    pub glossary: Glossary,
}

impl Model {
    /// The built-in model, with the files of a workspace's `model/` folder over it.
    ///
    /// # Errors
    /// [`ModelError`] with file and line of the first thing that is wrong.
    pub fn load(overlay: Option<&Path>) -> Result<Model, ModelError> {
        let mut files = ModelFiles::built_in();
        if let Some(folder) = overlay {
            files.overlay(folder)?;
        }
        Model::from_files(&files)
    }

    /// The built-in model where the folder has no files of its own, made once; else the model with them over it.
    ///
    /// # Errors
    /// [`ModelError`] with file and line of the first thing that is wrong.
    pub fn shared(overlay: &Path) -> Result<Arc<Model>, ModelError> {
        static BUILT_IN: Mutex<Option<Arc<Model>>> = Mutex::new(None);
        if std::fs::read_dir(overlay).is_ok_and(|mut entries| entries.next().is_some()) {
            return Model::load(Some(overlay)).map(Arc::new);
        }
        let Ok(mut built_in) = BUILT_IN.lock() else { return Model::load(None).map(Arc::new) };
        match &*built_in {
            Some(model) => Ok(model.clone()),
            None => Ok(built_in.insert(Arc::new(Model::load(None)?)).clone()),
        }
    }

    /// The built-in model with the files of a folder over it that can be read, and what is wrong with the others. Of a kind whose own
    /// file is left out, new statements are strictly confidential: the file may have said so.
    ///
    /// # Errors
    /// When the folder cannot be read, or the fault is in none of its files.
    pub fn usable(overlay: &Path) -> Result<(Model, Vec<ModelError>), ModelError> {
        let (mut files, mut told) = (ModelFiles::built_in(), Vec::new());
        loop {
            files.overlay(overlay)?;
            match Model::from_files(&files) {
                Ok(mut model) => {
                    for kind in files.kinds_left_out() {
                        model.kinds.iter_mut().filter(|k| k.name == kind).for_each(|k| k.marking = Marking::StrictlyConfidential);
                    }
                    return Ok((model, told));
                }
                Err(fault) => {
                    files = files.without(&fault).ok_or_else(|| fault.clone())?;
                    told.push(fault);
                }
            }
        }
    }

    /// A model made of these files.
    ///
    /// # Errors
    /// [`ModelError`] with file and line of the first thing that is wrong.
    pub fn from_files(files: &ModelFiles) -> Result<Model, ModelError> {
        let languages = languages(files)?;
        let lists = CodeLists::load(files, languages.clone())?;
        let mut kinds: Vec<Kind> = Vec::new();
        for file in files.texts("kinds/", ".toml") {
            let (key, shown, text) = file?;
            let name = key.trim_start_matches("kinds/").trim_end_matches(".toml");
            let kind = Kind::read(name, shown, text, &lists)?;
            if let Some(other) = kinds.iter().find(|k| k.view == kind.view) {
                let message = format!("has the view `{}`, which is that of kind `{}`; give it another", kind.view, other.name);
                return Err(ModelError::new(shown, 1, message));
            }
            kinds.push(kind);
        }
        for kind in &kinds {
            for (field, of) in kind.references() {
                if !kinds.iter().any(|k| k.name == of) {
                    let message = format!("field `{}` refers to the kind `{of}`, which is not there", field.name);
                    return Err(ModelError::new(format!("model/kinds/{}.toml", kind.name), 0, message));
                }
            }
        }
        let envelope = Envelope::load(files, &lists)?;
        for kind in kinds.iter().filter(|k| k.part_of.is_none() && k.record.is_none()) {
            taken_names(kind, &envelope)?;
        }
        Ok(Model {
            kinds,
            crosswalk: Crosswalk::load(files, &lists)?,
            phrases: Phrases::load(files, &lists)?,
            lexicon: Lexicon::load(files, &lists)?,
            rates: Rates::load(files)?,
            geography: Geography::load(files, &languages)?,
            envelope,
            glossary: Glossary::load(files)?,
            headings: Headings::load(files)?,
            languages,
            lists,
        })
    }

    /// A kind by its name.
    pub fn kind(&self, name: &str) -> Option<&Kind> {
        self.kinds.iter().find(|k| k.name == name)
    }

    /// A word that answers say themselves (the list `answer_word`).
    pub fn word(&self, locale: &Locale, code: &str) -> String {
        locale.typeset(self.lists.name("answer_word", code, locale.language))
    }

    /// The same with what stands in its braces. What is filled in is never looked through again.
    pub fn sentence(&self, locale: &Locale, code: &str, with: &[(&str, &str)]) -> String {
        let words = self.word(locale, code);
        let (mut out, mut rest) = (String::with_capacity(words.len()), words.as_str());
        while let Some((before, (name, after))) = rest.split_once('{').and_then(|(b, r)| Some((b, r.split_once('}')?))) {
            out.push_str(before);
            out.push_str(with.iter().find(|(n, _)| *n == name).map_or("", |(_, value)| value));
            rest = after;
        }
        out + rest
    }

    /// What a code is called; a country as one says it, where ISO writes "Niger (the)".
    pub fn name_of_code(&self, locale: &Locale, list: &str, code: &str) -> String {
        let name = self.lists.name(list, code, locale.language);
        let name = if list == "country" { name.strip_suffix(" (the)").unwrap_or(name) } else { name };
        name.to_owned()
    }

    /// How deep the records of a kind refer to others: 0 where they refer to none, else one more than the deepest that they refer
    /// to. What is referred to in a circle is no deeper for it.
    pub fn depth(&self, kind: &Kind) -> usize {
        self.depth_below(kind, &mut Vec::new())
    }

    fn depth_below<'m>(&'m self, kind: &'m Kind, above: &mut Vec<&'m str>) -> usize {
        above.push(&kind.name);
        // What a record serves, of several kinds, may be told before or after it; what it is part of comes before.
        let parts = kind.fields.iter().filter_map(|f| f.record_kind());
        let others: Vec<&Kind> = parts.filter(|of| !above.contains(of)).filter_map(|of| self.kind(of)).collect();
        let depth = others.into_iter().map(|other| 1 + self.depth_below(other, above)).max().unwrap_or(0);
        above.pop();
        depth
    }

    /// The kinds that people enter: all but parts of others and those that have identifiers of their own.
    pub fn register_kinds(&self) -> impl Iterator<Item = &Kind> {
        self.kinds.iter().filter(|k| k.part_of.is_none() && k.record.is_none())
    }
}

/// What the views of every kind call by these names, beside the envelope.
const OF_VIEWS: [&str; 12] =
    ["id", "record", "statement", "statements", "confirmed", "undated", "grade", "said_at", "entry", "dataset", "file", "line"];

/// Refuses a field that has the name of something which every statement or view has: one of the two could not be asked for.
fn taken_names(kind: &Kind, envelope: &Envelope) -> Result<(), ModelError> {
    let own = kind.fields.iter().chain(kind.computed.iter().map(|c| &c.field));
    let names: Vec<&str> = own.map(|f| f.name.as_str()).collect();
    let of_reference = |name: &str| {
        let field = name.strip_suffix("_name").and_then(|of| kind.field(of));
        field.is_some_and(|f| f.record_kind().is_some())
    };
    let is_taken = |name: &&&str| OF_VIEWS.contains(*name) || envelope.get(name).is_some() || of_reference(name);
    match names.iter().find(is_taken) {
        None => Ok(()),
        Some(name) => {
            let message = format!("field `{name}` has the name of something that every statement has; give it another");
            Err(ModelError::new(format!("model/kinds/{}.toml", kind.name), 0, message))
        }
    }
}

fn languages(files: &ModelFiles) -> Result<Languages, ModelError> {
    let (shown, bytes) = files.bytes("languages.toml")?;
    let text = String::from_utf8_lossy(bytes);
    Languages::parse(&text).map_err(|e| ModelError::new(shown, e.at.map_or(0, |at| line_of(&text, at)), e.message))
}
