//! From what a user names on the command line to what is imported from where, and as what.

use crate::error::ImportError;
use crate::source::Input;
use remit_sheet::{
    Native, extension, fitting, is_interchange, is_of_data_set, is_table, look, mapping_name, native, table_endings, why_no_json,
};
use remit_store::Workspace;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// One thing to import: a data set and its files.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) dataset: String,
    /// The file or folder by which the data set is named, where nobody has named it.
    pub(crate) named_after: Option<PathBuf>,
    pub(crate) files: Vec<Input>,
    pub(crate) form: FileForm,
}

/// What a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FileForm {
    /// IATI activities.
    Activities,
    /// A table that is a data set of its own, with its mapping; none for activities in the sheet that Remit wrote.
    Table(Option<PathBuf>),
    /// A sheet of the register: with its mapping, or one that Remit wrote.
    Sheet(Option<PathBuf>),
    /// A table, or what should be JSON by its name, of which nothing can be read: why. In a folder, it keeps no other file from being read.
    Broken(String),
}

/// The plans for one argument, and the files in it that are nothing for Remit.
pub(crate) fn plan(
    workspace: &Workspace,
    argument: &Path,
    dataset: Option<&str>,
    mapping: Option<&Path>,
) -> Result<(Vec<Plan>, Vec<String>), ImportError> {
    let named = |fallback: &str| dataset.unwrap_or(fallback).to_owned();
    if argument.as_os_str() == "-" {
        let input = Input { name: "standard input".into(), path: None };
        return Ok((
            vec![Plan { dataset: named("standard-input"), named_after: None, files: vec![input], form: FileForm::Activities }],
            Vec::new(),
        ));
    }
    let metadata = argument.metadata().map_err(|e| ImportError::Open(argument.to_path_buf(), e))?;
    if !metadata.is_dir() {
        if !metadata.is_file() {
            return Err(ImportError::Open(argument.to_path_buf(), remit_files::not_a_file()));
        }
        return Ok((vec![plan_file(workspace, argument, dataset, mapping)?], Vec::new()));
    }
    let (mut xml, mut plans, mut passed) = (Vec::new(), Vec::new(), Vec::new());
    // Sheets of the register, with the depth of their references.
    let mut sheets = Vec::new();
    let below = remit_files::below(argument).map_err(|e| ImportError::Open(argument.to_path_buf(), e))?;
    let shown = |path: &Path| path.strip_prefix(argument).unwrap_or(path).display().to_string();
    passed.extend(below.passed_over.iter().map(|(path, why)| format!("{} ({why})", shown(path))));
    for path in below.files {
        let shown = shown(&path);
        let has_mapping = path.with_extension("toml").is_file();
        match extension(&path).as_str() {
            "xml" | "gz" | "zip" => xml.push(Input { name: shown, path: Some(path) }),
            _ if has_mapping && path.extension().is_some_and(|e| e != "toml") && is_table(&path) => {
                plans.push(plan_file(workspace, &path, None, None)?);
            }
            _ if is_table(&path) => match of_table(workspace, &path) {
                Some((Some(depth), form)) => sheets.push((depth, plan_as(&path, &path, None, form))),
                Some((None, form)) => plans.push(plan_as(&path, &path, None, form)),
                None => passed.push(shown),
            },
            "toml" if table_endings().any(|e| path.with_extension(e).is_file()) => {}
            "toml" if table_of(&path).is_file() => plans.push(plan_file(workspace, &path, None, None)?),
            _ => passed.push(shown),
        }
    }
    sheets.sort_by_key(|(depth, _)| *depth);
    plans.extend(sheets.into_iter().map(|(_, plan)| plan));
    if !xml.is_empty() {
        let name = argument.canonicalize().unwrap_or_else(|_| argument.to_path_buf());
        let named_after = dataset.is_none().then(|| name.clone());
        plans.insert(0, Plan { dataset: named(&stem(&name)), named_after, files: xml, form: FileForm::Activities });
    }
    if plans.is_empty() {
        return Err(ImportError::Nothing(argument.to_path_buf()));
    }
    Ok((plans, passed))
}

/// What a table of a folder is, with how deep its references go where it is a sheet of the register; none where it is nothing for Remit.
fn of_table(workspace: &Workspace, path: &Path) -> Option<(Option<usize>, FileForm)> {
    match native(workspace.model(), path) {
        Ok(Some(Native::Register(depth))) => Some((Some(depth), FileForm::Sheet(None))),
        Ok(Some(native)) => Some((None, native.into())),
        // What may be of another program needs no form of ours.
        Err(error) if !is_interchange(path) => Some((None, FileForm::Broken(error.reason()))),
        _ => why_no_json(path, workspace.model()).map(|why| (None, FileForm::Broken(why))),
    }
}

fn plan_file(workspace: &Workspace, path: &Path, dataset: Option<&str>, mapping: Option<&Path>) -> Result<Plan, ImportError> {
    let is_mapping = extension(path) == "toml";
    let data = if is_mapping { table_of(path) } else { path.to_path_buf() };
    let beside = path.with_extension("toml");
    let mapping = match mapping {
        Some(mapping) => Some(mapping.to_path_buf()),
        None if is_mapping => Some(path.to_path_buf()),
        None if (is_table(path) || is_document(path)) && beside.is_file() => Some(beside.clone()),
        None if is_table(path) && !is_interchange(path) => match native(workspace.model(), path)? {
            Some(native) => return Ok(plan_as(path, &data, dataset, native.into())),
            None => Some(kept_mapping(workspace, path, beside)?),
        },
        None => None,
    };
    let form = match mapping {
        Some(mapping) if is_of_data_set(&mapping) => FileForm::Table(Some(mapping)),
        Some(mapping) => FileForm::Sheet(Some(mapping)),
        None if !is_table(path) => of_no_table(path)?,
        // Reading what another program wrote says what is wrong with it.
        None => native(workspace.model(), path).ok().flatten().map_or(FileForm::Sheet(None), FileForm::from),
    };
    Ok(plan_as(path, &data, dataset, form))
}

/// The mapping that was made in the browser for a table of this name, where the table has the columns that it names.
fn kept_mapping(workspace: &Workspace, table: &Path, beside: PathBuf) -> Result<PathBuf, ImportError> {
    let folder = workspace.mappings();
    let fit = fitting(workspace.model(), &folder, &look(workspace.model(), table, "")?);
    let own = mapping_name(&table.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default());
    match fit.iter().find(|name| **name == own).or(fit.first()) {
        Some(name) if *name == own => Ok(folder.join(format!("{name}.toml"))),
        // One that was made for another file may say of every row what is not so here.
        Some(name) => Err(ImportError::OtherMapping(table.to_path_buf(), folder.join(format!("{name}.toml")))),
        None => Err(ImportError::NoMapping(table.to_path_buf(), beside)),
    }
}

/// True for what `remit read` reads, by its name.
fn is_document(path: &Path) -> bool {
    remit_files::DOCUMENTS.contains(&extension(path).as_str())
}

/// What a file is that is no table by its name: activities, where it can be that.
fn of_no_table(path: &Path) -> Result<FileForm, ImportError> {
    if is_document(path) {
        return Err(ImportError::Document(path.to_path_buf()));
    }
    let named = ["xml", "gz", "zip"].contains(&extension(path).as_str());
    match named || is_markup_or_packed(path)? {
        true => Ok(FileForm::Activities),
        false => Err(ImportError::Unread(path.to_path_buf())),
    }
}

/// True for what begins as XML, in any encoding, or as a packed file.
fn is_markup_or_packed(path: &Path) -> Result<bool, ImportError> {
    let wrong = |e| ImportError::Open(path.to_path_buf(), e);
    let mut beginning = Vec::new();
    remit_files::open(path).and_then(|f| f.take(512).read_to_end(&mut beginning)).map_err(wrong)?;
    let mut signs = beginning.iter().filter(|b| !matches!(b, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF) && !b.is_ascii_whitespace());
    Ok(signs.next().is_none_or(|b| *b == b'<') || beginning.starts_with(&[0x1F, 0x8B]) || beginning.starts_with(b"PK"))
}

/// The plan of one file, `argument` being what the user named it by.
fn plan_as(argument: &Path, data: &Path, dataset: Option<&str>, form: FileForm) -> Plan {
    let name = data.file_name().map_or_else(|| data.display().to_string(), |n| n.to_string_lossy().into_owned());
    let files = vec![Input { name, path: Some(data.to_path_buf()) }];
    let named_after = dataset.is_none().then(|| data.to_path_buf());
    Plan { dataset: dataset.map_or_else(|| stem(argument), str::to_owned), named_after, files, form }
}

impl Plan {
    /// Names that the data set may have, the shortest first, and where it lies: two files of one name in two folders, or of
    /// two forms in one, are two data sets.
    pub(crate) fn names(&self) -> Option<(String, Vec<String>)> {
        let path = self.named_after.as_ref()?;
        let path = path.canonicalize().unwrap_or_else(|_| path.clone());
        let file = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let folder = path.parent().and_then(Path::file_name).map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let origin = path.to_string_lossy().into_owned();
        let names = vec![self.dataset.clone(), format!("{folder}/{file}")];
        Some((origin, names))
    }
}

impl From<Native> for FileForm {
    fn from(native: Native) -> FileForm {
        match native {
            Native::Activities => FileForm::Table(None),
            Native::Register(_) => FileForm::Sheet(None),
        }
    }
}

/// The table of a mapping: the file beside it that it names, else the one of its own name.
fn table_of(mapping: &Path) -> PathBuf {
    let named = remit_sheet::text_of(mapping).ok().and_then(|text| text.parse::<toml::Table>().ok());
    let name = named.as_ref().and_then(|t| t.get("file")).and_then(|f| f.as_str()).and_then(|f| Path::new(f).file_name());
    let beside = || table_endings().map(|e| mapping.with_extension(e)).find(|p| p.is_file());
    match name {
        Some(name) => mapping.with_file_name(name),
        None => beside().unwrap_or_else(|| mapping.with_extension("csv")),
    }
}

/// The file's name without its endings.
fn stem(path: &Path) -> String {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_else(|| "data".into());
    let endings = ["gz", "zip", "xml", "toml"].into_iter().chain(table_endings());
    let without = |name, ending| str::strip_suffix(name, ending).and_then(|n| n.strip_suffix('.')).unwrap_or(name);
    let name = endings.fold(name.as_str(), without);
    if name.is_empty() { "data".into() } else { name.to_owned() }
}
