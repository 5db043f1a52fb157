//! An export, wherever it lies: a folder of this machine, behind a web server, or in an S3-like store.

use crate::manifest::{File, MANIFEST, Manifest, Table};
use anyhow::{Context as _, Result, anyhow, bail};
use object_store::path::Path as ObjectPath;
use object_store::{ObjectStore, ObjectStoreExt as _, parse_url_opts};
use remit_ask::Questions;
use remit_model::{Day, Model};
use remit_store::AsOf;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;
use url::Url;

/// An export that can be asked.
pub struct Folder {
    /// Its address, with a slash at the end.
    pub(crate) url: Url,
    pub(crate) store: Arc<dyn ObjectStore>,
    /// Where it stands in the store.
    below: ObjectPath,
    /// What stands in it.
    pub manifest: Manifest,
    /// The model: the one that is built in, with what the workspace had of its own.
    pub model: Model,
    /// The questions, likewise.
    pub questions: Questions,
    /// The day, moment and clearance of its views.
    pub as_of: AsOf,
}

impl Folder {
    /// Opens one by its path or address (`https://…`, `s3://…`; where the store is and by which key it opens is said by AWS_… in the
    /// environment).
    ///
    /// # Errors
    /// When there is none, or its model or questions cannot be read.
    pub async fn open(place: &str) -> Result<Folder> {
        let url = address(place)?;
        let (store, below) = store(&url).with_context(|| format!("{place} is no place that can be read"))?;
        let read = async |name: &str| -> Result<Vec<u8>> {
            let path = path_of(&below, name);
            let found = store.get(&path).await.with_context(|| format!("{url}{name} cannot be read"))?;
            Ok(found.bytes().await.with_context(|| format!("{url}{name} cannot be read"))?.to_vec())
        };
        let manifest = read(MANIFEST).await.with_context(|| {
            format!("{place} is no folder that `remit export --parquet` has written, or it was not written to its end")
        })?;
        let manifest = Manifest::read(&manifest, &format!("{url}{MANIFEST}"))?;
        let own = TempDir::new()?;
        for file in &manifest.workspace {
            keep(own.path(), &file.path, &read(&file.path).await?)?;
        }
        let own = own.path().join("workspace");
        let folder = own.join("model");
        let model = Model::load(Some(folder.as_path()).filter(|f| f.is_dir()))?;
        let questions = Questions::in_folder(&own, &model)?;
        let as_of = as_of(&manifest)?;
        Ok(Folder { url, store, below, manifest, model, questions, as_of })
    }

    /// Looks whether all files of a table are there, each as long as it was written: what was copied in part would be a smaller sum.
    pub(crate) async fn is_whole(&self, table: &Table) -> Result<()> {
        let mut looks = tokio::task::JoinSet::new();
        for file in &table.files {
            let (store, path, file) = (self.store.clone(), path_of(&self.below, &file.path), file.clone());
            looks.spawn(async move { (store.head(&path).await.map(|found| found.size), file) });
        }
        while let Some(look) = looks.join_next().await {
            let (size, File { path, bytes, .. }) = look?;
            let shown = format!("{}{path}", self.url);
            let size = size.with_context(|| format!("{shown} is not there, and the manifest names it: copy the export again"))?;
            if size != bytes {
                bail!("{shown} is not the file that was exported: it has {size} bytes, and had {bytes}; copy the export again");
            }
        }
        Ok(())
    }

    /// The root by which an engine knows its store.
    pub(crate) fn root(&self) -> Result<Url> {
        let mut root = self.url.clone();
        root.set_path("");
        Ok(root)
    }
}

fn path_of(below: &ObjectPath, name: &str) -> ObjectPath {
    name.split('/').fold(below.clone(), |path, part| path.join(part))
}

/// The store that an address leads to, and the path in it.
pub(crate) fn store(url: &Url) -> Result<(Arc<dyn ObjectStore>, ObjectPath)> {
    let options = std::env::vars().filter(|(name, _)| name.starts_with("AWS_")).map(|(name, value)| (name.to_lowercase(), value));
    let plain = [("allow_http".to_owned(), "true".to_owned())].into_iter().filter(|_| url.scheme() == "http");
    let (store, below) = parse_url_opts(url, options.chain(plain))?;
    Ok((Arc::from(store), below))
}

/// Writes a file of the workspace's own, as long as it stays below the folder.
fn keep(folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let is_below =
        name.starts_with("workspace/") && name.split('/').all(|part| !matches!(part, "" | "." | "..") && !part.contains('\\'));
    if !is_below {
        bail!("the manifest names a file that stands elsewhere: {name}");
    }
    let path = folder.join(name);
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    Ok(std::fs::write(path, bytes)?)
}

fn address(place: &str) -> Result<Url> {
    if let Some((scheme, _)) = place.split_once("://") {
        if !["file", "http", "https", "s3", "s3a"].contains(&scheme) {
            bail!("`{scheme}://` is no kind of address that can be read; use a folder, http://, https:// or s3://");
        }
        let with_slash = if place.ends_with('/') { place.to_owned() } else { format!("{place}/") };
        return Url::parse(&with_slash).with_context(|| format!("{place} is no address"));
    }
    let whole = std::fs::canonicalize(place).with_context(|| format!("there is no folder {place}"))?;
    Url::from_directory_path(&whole).map_err(|()| anyhow!("{place} is no folder"))
}

fn as_of(manifest: &Manifest) -> Result<AsOf> {
    let cut = &manifest.cut;
    let valid_on = Day::parse(&cut.valid_on).ok_or_else(|| anyhow!("the manifest says no day: {}", cut.valid_on))?;
    let clearance = cut.clearance.parse().map_err(|e: String| anyhow!("the manifest says no clearance: {e}"))?;
    Ok(AsOf { valid_on, known_on: cut.known_on.clone(), clearance })
}
