//! Files of a workspace that lie where nothing reads them: who made one would look in vain for what it says.

use crate::Workspace;
use remit_model::ModelFiles;
use std::path::Path;

/// How deep folders are looked into: `questions/parts/` and `model/kinds/` are the second.
const DEPTH: usize = 3;

impl Workspace {
    /// Files that lie where nothing reads them, each with where it belongs: a kind that is not below `model/kinds/`, a question that is not
    /// below `questions/`, a file to whose name an editor has added `.txt`.
    pub fn misplaced(&self) -> Vec<String> {
        let mut told = Vec::new();
        look_into(self.folder(), "", &mut told);
        told.sort();
        told
    }
}

fn look_into(folder: &Path, below: &str, told: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let Some(name) = path.file_name().and_then(|n| n.to_str()) else { continue };
        let place = format!("{below}{name}");
        if !path.is_dir() {
            let tell =
                |right: String| format!("{}: nothing reads a file there; in the workspace it belongs at {right}", path.display());
            told.extend(belongs(&place).map(tell));
        } else if is_looked_into(&place) {
            look_into(&path, &format!("{place}/"), told);
        }
    }
}

/// Sheets and documents that were brought in are not looked through, and of other folders only what lies in them at once.
fn is_looked_into(folder: &str) -> bool {
    let depth = folder.split('/').count();
    match folder.split('/').next() {
        Some("model" | "models" | "questions") => depth <= DEPTH,
        first => depth == 1 && first != Some("files"),
    }
}

/// Where a file belongs that lies at this place of a workspace; none where it is read there, or is none that Remit would read.
fn belongs(place: &str) -> Option<String> {
    let (folder, name) = place.rsplit_once('/').unwrap_or(("", place));
    if is_read(place) || name.starts_with(['.', '~']) {
        return None;
    }
    if let Some(plain) = place.strip_suffix(".txt").filter(|plain| is_read(plain)) {
        return Some(plain.to_owned());
    }
    // Windows lets an ending be written in capitals, by which nothing here finds a file.
    let small = |(stem, ending): (&str, &str)| format!("{stem}.{}", ending.to_lowercase());
    if let Some(right) = place.rsplit_once('.').map(small).filter(|right| is_read(right)) {
        return Some(right);
    }
    if let Some(right) = place.strip_prefix("models/").filter(|file| ModelFiles::is_read(file)) {
        return Some(format!("model/{right}"));
    }
    let below_model = folder == "model" || folder.starts_with("model/");
    match name.rsplit_once('.')?.1 {
        "sql" if folder.is_empty() || below_model || folder.starts_with("questions/") => Some(format!("questions/{name}")),
        "toml" if below_model => Some(format!("model/kinds/{name}")),
        "csv" if below_model => Some(format!("model/codes/{name}")),
        _ if !below_model && ModelFiles::is_read(place) => Some(format!("model/{place}")),
        _ => None,
    }
}

fn is_read(place: &str) -> bool {
    match place.split_once('/') {
        Some(("model", file)) => ModelFiles::is_read(file),
        Some(("questions", file)) => file.ends_with(".sql") && matches!(file.split_once('/'), None | Some(("parts", _))),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_belongs_where_it_is_read() {
        for (place, right) in [
            ("kinds/convoy.toml", Some("model/kinds/convoy.toml")),
            ("model/convoy.toml", Some("model/kinds/convoy.toml")),
            ("model/kind/convoy.toml", Some("model/kinds/convoy.toml")),
            ("model/kinds/convoy.toml.txt", Some("model/kinds/convoy.toml")),
            ("codes/sex.csv", Some("model/codes/sex.csv")),
            ("statement.toml", Some("model/statement.toml")),
            ("convoys.sql", Some("questions/convoys.sql")),
            ("model/convoys.sql", Some("questions/convoys.sql")),
            ("questions/mine/convoys.sql", Some("questions/convoys.sql")),
            ("questions/convoys.sql.txt", Some("questions/convoys.sql")),
            ("questions/convoys.SQL", Some("questions/convoys.sql")),
            ("model/kinds/convoy.TOML", Some("model/kinds/convoy.toml")),
            ("models/kinds/convoy.toml", Some("model/kinds/convoy.toml")),
            ("sheets/convoys.CSV", None),
            ("model/kinds/convoy.toml", None),
            ("model/statement.toml", None),
            ("model/README.md", None),
            ("model/codes/~sex.csv", None),
            ("questions/convoys.sql", None),
            ("questions/parts/added.sql", None),
            ("questions/stories/welcome.toml", None),
            ("remit.toml", None),
            ("mapping.toml", None),
            ("sheets/convoys.csv", None),
        ] {
            assert_eq!(belongs(place).as_deref(), right, "{place}");
        }
    }
}
