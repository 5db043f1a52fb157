//! The model as a whole.

use crate::envelope;
use crate::error::{line_named, line_of, line_of_key, told_of_toml};
use crate::worked_out::WorkedOut;
use crate::{
    Code, CodeList, CodeLists, Crosswalk, Envelope, Field, Geography, Glossary, Grammars, Headings, Kind, Languages, Lexicon,
    Locale, ModelError, ModelFiles, Phrases, Rates, did_you_mean, folded, nearest,
};
use std::any::Any;
use std::collections::HashSet;
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
    /// What else is known of the languages in which documents are read.
    pub grammars: Grammars,
    /// Exchange rates of its own.
    own_rates: Option<Rates>,
    /// Kinds of which the own file could not be read.
    left_out: Vec<String>,
    /// Shapes for maps.
    pub geography: Geography,
    /// What the terms of the field mean.
    pub glossary: Glossary,
    /// What others have worked out of it.
    worked_out: WorkedOut,
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
    /// file is left out, all is strictly confidential, what was recorded before too: the file may have said so, of the kind or of a field.
    ///
    /// # Errors
    /// When the folder cannot be read, or the fault is in none of its files.
    pub fn usable(overlay: &Path) -> Result<(Model, Vec<ModelError>), ModelError> {
        let (mut files, mut told) = (ModelFiles::built_in(), Vec::new());
        loop {
            files.overlay(overlay)?;
            match Model::from_files(&files) {
                Ok(mut model) => {
                    model.left_out = files.kinds_left_out().map(str::to_owned).collect();
                    let Model { kinds, left_out, .. } = &mut model;
                    kinds.iter_mut().filter(|kind| left_out.contains(&kind.name)).for_each(Kind::close);
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
        let kinds = kinds(files, &lists)?;
        let envelope = Envelope::load(files, &lists)?;
        retention(files, &lists, &kinds)?;
        for kind in kinds.iter().filter(|k| k.part_of.is_none() && k.record.is_none()) {
            if let Some(name) = taken_name(kind, &envelope) {
                // Of the two, what a workspace has added can be called otherwise.
                if files.is_own(envelope::FILE) && !files.is_own(&format!("kinds/{}.toml", kind.name)) {
                    return Err(envelope::taken(files, name, &format!("a field of the kind `{}`", kind.name))?);
                }
                let message = format!("field `{name}` has the name of something that every statement has; give it another");
                return Err(in_kind(files, kind, name, message));
            }
        }
        Ok(Model {
            crosswalk: Crosswalk::load(files, &lists)?,
            phrases: Phrases::load(files, &lists)?,
            lexicon: Lexicon::load(files, &lists)?,
            grammars: Grammars::load(files)?,
            own_rates: Rates::own(files)?,
            left_out: Vec::new(),
            geography: Geography::load(files, &languages)?,
            glossary: Glossary::load(files)?,
            worked_out: WorkedOut::default(),
            headings: Headings::load(files, &languages, &kinds, &envelope)?,
            kinds,
            envelope,
            languages,
            lists,
        })
    }

    /// Kinds of which the workspace's own file could not be read: what it kept from sight is not known, so that all of them is.
    pub fn kinds_left_out(&self) -> &[String] {
        &self.left_out
    }

    /// Exchange rates.
    pub fn rates(&self) -> &Rates {
        self.own_rates.as_ref().unwrap_or_else(|| Rates::built_in())
    }

    /// What follows from the model alone and costs more than to look it up, as words in the form in which they are compared: worked out
    /// when it is first asked for, and kept with the model.
    pub fn worked_out<T: Any + Send + Sync>(&self, work_out: impl FnOnce(&Model) -> T) -> Arc<T> {
        self.worked_out.get(|| work_out(self))
    }

    /// A kind by its name.
    pub fn kind(&self, name: &str) -> Option<&Kind> {
        self.kinds.iter().find(|k| k.name == name)
    }

    /// The kind of this name, or called so in any language.
    pub fn kind_called(&self, text: &str) -> Option<&Kind> {
        let said = folded(text);
        self.kind(text).or_else(|| self.kinds.iter().find(|k| k.label.all().any(|(_, name)| folded(name) == said)))
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

    /// What a code is called.
    pub fn name_of_code(&self, locale: &Locale, list: &str, code: &str) -> String {
        self.lists.name(list, code, locale.language).to_owned()
    }

    /// The finance types of which money is told apart and not added to gifts: loans, equity, debt relief, guarantees.
    pub fn set_apart(&self) -> impl Iterator<Item = &Code> {
        let codes = self.lists.get("finance_type").map(CodeList::codes).unwrap_or_default();
        codes.iter().filter(|code| is_set_apart(code))
    }

    /// True where money of a finance type is told apart.
    pub fn is_set_apart(&self, finance_type: &str) -> bool {
        self.lists.get("finance_type").and_then(|list| list.get(finance_type)).is_some_and(is_set_apart)
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

/// Categories of finance types of which money is a gift, or of which the code says nothing of that.
const GIVEN: [&str; 4] = ["0", "100", "200", "300"];

fn is_set_apart(code: &Code) -> bool {
    !GIVEN.contains(&code.category.as_str())
}

/// A field that has the name of something which every statement or view has: one of the two could not be asked for.
fn taken_name<'k>(kind: &'k Kind, envelope: &Envelope) -> Option<&'k str> {
    let mut own = kind.fields.iter().chain(kind.computed.iter().map(|c| &c.field)).map(|f| f.name.as_str());
    let of_reference = |name: &str| {
        let field = name.strip_suffix("_name").and_then(|of| kind.field(of));
        field.is_some_and(|f| f.record_kind().is_some())
    };
    own.find(|name| envelope::OF_VIEWS.contains(name) || envelope.get(name).is_some() || of_reference(name))
}

/// All kinds, by name, each with a view of its own, and references to kinds that are there.
fn kinds(files: &ModelFiles, lists: &CodeLists) -> Result<Vec<Kind>, ModelError> {
    let mut kinds: Vec<Kind> = Vec::new();
    let mut taken: HashSet<String> = VIEWS.iter().map(|view| (*view).to_owned()).collect();
    let mut all: Vec<_> = files.texts("kinds/", ".toml").collect::<Result<_, _>>()?;
    // Of two that clash the one that was added is wrong.
    all.sort_by_key(|(key, shown, _)| *shown != format!("model/{key}"));
    for (key, shown, text) in all {
        let name = key.trim_start_matches("kinds/").trim_end_matches(".toml");
        let built_in = ModelFiles::built_in_file(key);
        let read = match &built_in {
            Some(bytes) if Kind::only_adds(text) => {
                let below = Kind::read(name, &format!("model/{key}"), &String::from_utf8_lossy(bytes), lists)?;
                below.with(shown, text, lists)?
            }
            None if Kind::only_adds(text) => {
                let message = format!(
                    "adds = true adds to a kind that Remit brings, and it brings no `{name}`; leave it out to make a kind"
                );
                return Err(ModelError::new(shown, line_of_key(text, "adds"), message));
            }
            _ => Kind::read(name, shown, text, lists)?,
        };
        let kind = Kind { added: built_in.is_none(), ..read };
        if let Some((view, line)) = views_of(&kind, text).into_iter().find(|(view, _)| taken.contains(view)) {
            let message = format!("has the view `{view}`, which is there already; give it another by `view = \"…\"`");
            return Err(ModelError::new(shown, line, message));
        }
        taken.extend(views_of(&kind, text).into_iter().map(|(view, _)| view));
        kinds.push(kind);
    }
    kinds.sort_by(|a, b| a.name.cmp(&b.name));
    let known = |of: &str| kinds.iter().any(|k| k.name == of);
    let wrong = kinds.iter().find_map(|kind| Some((kind, kind.references().find(|(_, of)| !known(of))?)));
    if let Some((kind, (field, of))) = wrong {
        let like = like_kind(&kinds, of);
        let message = format!("field `{}` refers to the kind `{of}`, which is not there; add kinds/{of}.toml{like}", field.name);
        return Err(in_kind(files, kind, &field.name, message));
    }
    for kind in &kinds {
        let units = kind.small_counts.iter().flat_map(|rule| rule.part_of.values().map(|of| ("small_counts", of)));
        let named = kind.part_of.iter().map(|of| ("part_of", of)).chain(units);
        let Some((key, whole)) = named.into_iter().find(|(_, of)| !known(of)) else { continue };
        let (shown, text) = files.bytes(&format!("kinds/{}.toml", kind.name))?;
        let message = format!("it is part_of the kind `{whole}`, which is not there{}", like_kind(&kinds, whole));
        return Err(ModelError::new(shown, line_of_key(&String::from_utf8_lossy(text), key), message));
    }
    Ok(kinds)
}

/// The kind that was meant by a name that none has, as an error goes on to say it.
fn like_kind(kinds: &[Kind], name: &str) -> String {
    did_you_mean(nearest(name, kinds.iter().map(|k| k.name.as_str())))
}

/// The list of how long records of a kind are kept: its codes are kinds, its categories months. A slip in one would keep the records of
/// that kind for ever, or offer all of them to be erased.
fn retention(files: &ModelFiles, lists: &CodeLists, kinds: &[Kind]) -> Result<(), ModelError> {
    const LIST: &str = "retention";
    for code in lists.get(LIST).map_or(&[][..], |list| list.codes()) {
        let message = if !kinds.iter().any(|kind| kind.name == code.code) {
            format!("`{}` is no kind of record{}", code.code, like_kind(kinds, &code.code))
        } else if code.category.parse::<u16>().is_err() {
            format!("`{}` is kept for `{}` months; write a whole number into the column `category`", code.code, code.category)
        } else {
            continue;
        };
        let (shown, text) = files.bytes(&format!("codes/{LIST}.csv"))?;
        let text = String::from_utf8_lossy(text);
        let is_its = |line: &str| line.split(',').next().is_some_and(|cell| cell.trim().trim_matches('"') == code.code);
        return Err(ModelError::new(shown, text.lines().position(is_its).map_or(0, |at| at + 1), message));
    }
    Ok(())
}

/// Views that a workspace has beside those of its kinds.
pub const VIEWS: [&str; 14] = [
    "code",
    "conflict",
    "disagreement",
    "entry",
    "kind_field",
    "left_out",
    "look",
    "problem",
    "redaction",
    "snapshot",
    "stage",
    "statement",
    "support",
    "waiting",
];

/// The views of a kind, each with the line by which it has its name.
fn views_of(kind: &Kind, text: &str) -> Vec<(String, usize)> {
    let line = line_of_key(text, "view");
    let own = [(kind.view.clone(), line), (format!("{}_statement", kind.view), line)];
    let of_field = |f: &Field| Some((f.view.clone()?, line_named(text, &f.name)));
    own.into_iter().chain(kind.fields.iter().filter_map(of_field)).collect()
}

/// What is wrong with a field of a kind, at the line of the file that has it.
fn in_kind(files: &ModelFiles, kind: &Kind, field: &str, message: String) -> ModelError {
    match files.bytes(&format!("kinds/{}.toml", kind.name)) {
        Ok((shown, text)) => ModelError::new(shown, line_named(&String::from_utf8_lossy(text), field), message),
        Err(error) => error,
    }
}

/// The built-in languages, with those of a workspace over them.
fn languages(files: &ModelFiles) -> Result<Languages, ModelError> {
    let mut languages: Option<Languages> = None;
    for (shown, text) in files.layers("languages.toml")? {
        let read = match languages {
            None => Languages::parse(&text),
            Some(below) => below.with(&text),
        };
        languages =
            Some(read.map_err(|e| ModelError::new(&shown, e.at.map_or(0, |at| line_of(&text, at)), told_of_toml(&e.message)))?);
    }
    Ok(languages.unwrap_or_else(Languages::built_in))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Label;

    #[test]
    fn all_that_remit_brings_is_called_something_in_every_language() {
        let model = Model::load(None).expect("the model");
        let mut all: Vec<(String, &Label)> = model.envelope.all().map(|e| (e.field.name.clone(), &e.field.label)).collect();
        for kind in &model.kinds {
            let fields = kind.fields.iter().chain(kind.computed.iter().map(|c| &c.field));
            all.push((kind.name.clone(), &kind.label));
            all.extend(fields.map(|f| (format!("{}.{}", kind.name, f.name), &f.label)));
        }
        let complete: Vec<_> = model.languages.all().filter(|l| l.complete).map(|l| l.language).collect();
        let lacks = |label: &Label| complete.iter().any(|l| label.own(*l).is_none());
        let unnamed: Vec<&String> = all.iter().filter(|(_, label)| lacks(label)).map(|(name, _)| name).collect();
        assert!(all.len() > 300 && complete.len() == 3, "{} names, {} languages", all.len(), complete.len());
        assert!(unnamed.is_empty(), "{unnamed:?}");
    }
}
