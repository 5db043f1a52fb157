//! `remit update`: a newer program from a file, once its signature is checked. Nothing is asked of the network.

use crate::commands::start::{BEFORE_UPDATE, workspaces};
use crate::output::{Receipt, patiently, say};
use anyhow::{Context, Result, anyhow, bail};
use flate2::read::GzDecoder;
use lzma_rust2::XzReader;
use minisign_verify::{PublicKey, Signature};
use remit_store::Workspace;
use std::fs::OpenOptions;
use std::io::{Cursor, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The key that releases are signed with, as whoever builds one gives it (`scripts/release`).
const KEY: Option<&str> = option_env!("REMIT_PUBLIC_KEY");
/// This program’s version.
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// What is read at most of a download, of the program in it, and of its changelog.
const MOST_ARCHIVE: u64 = 128 << 20;
const MOST_PROGRAM: u64 = 512 << 20;
const MOST_NEWS: u64 = 1 << 20;
/// The most memory that unpacking takes, in KiB.
const MOST_UNPACKING: u32 = 256 << 10;
/// How long the new program may take to say its version, and how much of what it says is read, in bytes.
const LONGEST_ANSWER: Duration = Duration::from_secs(30);
const MOST_SAID: u64 = 200;
/// How a file begins that xz packed.
const XZ: &[u8] = b"\xFD7zXZ\0";

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
FILE is a download (remit-….tar.xz or .zip), and FILE.minisig its signature beside it; a memory stick brings both. First the signature is
checked, and the version: an older one is refused. Then each workspace that you name is backed up beside itself, and the new
program brings it up to date. Last the new program takes this one's place; this one stays beside it, with its version in its name.

Examples:
  remit update remit-0.2.0-x86_64-linux.tar.xz --check        only check it, and say what is new
  remit update remit-0.2.0-x86_64-linux.tar.xz somalia        with a workspace
  remit update remit-0.2.0-x86_64-windows.zip somalia mali    with two")]
pub(crate) struct Arguments {
    /// The download; its signature lies beside it as FILE.minisig
    file: PathBuf,
    /// Workspaces to back up and bring up to date
    workspaces: Vec<PathBuf>,
    /// Only check the signature and say what is new
    #[arg(long)]
    check: bool,
    /// File with the key that it is signed with [default: the key that this program was built with]
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    #[command(flatten)]
    told: Receipt,
}

#[derive(Debug, clap::Args)]
pub(crate) struct MigrateArguments {
    /// Folder of the workspace
    workspace: PathBuf,
}

/// What the new program does with a workspace that has been backed up.
pub(crate) fn migrate(arguments: &MigrateArguments) -> Result<()> {
    Ok(Workspace::open(&arguments.workspace)?.migrate()?)
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let archive = Archive::of(signed(&arguments.file, arguments.key.as_deref())?);
    let own = std::env::current_exe()?;
    let next = Next::stage(&archive.program(&arguments.file)?, &own)?;
    let news = since(&archive.news(), VERSION);
    if arguments.check {
        let words = format!("The signature holds: this is Remit {}; this program is {VERSION}.{}", next.version, shown(&news));
        return arguments.told.tell(&words, &serde_json::json!({ "version": next.version, "installed": VERSION, "news": news }));
    }
    // All are looked at before the first is backed up.
    for workspace in &arguments.workspaces {
        Workspace::open(workspace)?;
    }
    let mut backups = Vec::new();
    for workspace in &arguments.workspaces {
        let backup = beside(workspace);
        patiently("backing up", || Workspace::open(workspace)?.backup(&backup)).with_context(|| {
            let (shown, typed) = (workspace.display(), remit_files::for_shell(workspace));
            format!("{shown} cannot be backed up, and it and the program stay as they were; `remit verify {typed}` says more")
        })?;
        next.migrate(workspace).with_context(|| {
            let (shown, backup) = (workspace.display(), backup.display());
            format!("{shown} was not brought up to date, and the program stays as it was; the backup is {backup}")
        })?;
        backups.push(backup);
    }
    let version = next.version.clone();
    let kept = next.take_place(&own)?;
    if !arguments.told.json {
        backups.iter().for_each(|b| say!("Backed up to {}", b.display()));
    }
    let others = left_as_they_are(&own, &arguments.workspaces);
    let words = format!("Remit is now {version}; {VERSION} stays beside it as {}.{others}{}", kept.display(), shown(&news));
    let json = serde_json::json!({ "version": version, "before": VERSION, "kept": kept, "backups": backups, "news": news });
    arguments.told.tell(&words, &json)
}

/// That there are workspaces beside the program that were not named, and so neither backed up nor brought up to date.
fn left_as_they_are(own: &Path, named: &[PathBuf]) -> String {
    let beside = own.parent().and_then(|folder| workspaces(folder).ok()).unwrap_or_default();
    let is_named = |path: &PathBuf| named.iter().any(|n| n.canonicalize().ok() == path.canonicalize().ok());
    let others: Vec<String> = beside.iter().filter(|path| !is_named(path)).map(|path| remit_files::for_shell(path)).collect();
    match others.join(" ") {
        none if none.is_empty() => none,
        others => format!(
            " Workspaces beside it were not backed up, and are as they were: `remit backup` makes a copy of each ({others})."
        ),
    }
}

/// The bytes of a download whose signature holds.
fn signed(file: &Path, key: Option<&Path>) -> Result<Vec<u8>> {
    let shown = file.display();
    let key = match (key, KEY) {
        (Some(file), _) => {
            PublicKey::decode(&text(file)?).map_err(|e| anyhow!("{} is no key of minisign ({e})", file.display()))?
        }
        (None, Some(key)) => PublicKey::from_base64(key).map_err(|e| anyhow!("the key of this program is none ({e})"))?,
        (None, None) => bail!(
            "this program was built without the key that releases are signed with; name the key's file with --key, as you have it from \
             whom you trust"
        ),
    };
    let beside = PathBuf::from(format!("{shown}.minisig"));
    if !file.is_file() {
        bail!("{shown} is not there; write where the download lies");
    }
    if !beside.is_file() {
        bail!("{} is not there: without its signature {shown} is not taken; copy both", beside.display());
    }
    let signature =
        Signature::decode(&text(&beside)?).map_err(|e| anyhow!("{} is no signature of minisign ({e})", beside.display()))?;
    let bytes = remit_files::read(file, MOST_ARCHIVE).with_context(|| format!("{shown} cannot be read"))?;
    key.verify(&bytes, &signature, false).map_err(|_| {
        anyhow!("{shown} is not what was signed: damaged, altered, or by somebody else; do not use it, and get it anew from where it is published")
    })?;
    Ok(bytes)
}

fn text(file: &Path) -> Result<String> {
    let bytes = remit_files::read(file, 1 << 16).with_context(|| format!("{} cannot be read", file.display()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A download, of which two files are taken.
struct Archive(Vec<u8>);

impl Archive {
    fn of(bytes: Vec<u8>) -> Archive {
        Archive(bytes)
    }

    fn program(&self, file: &Path) -> Result<Vec<u8>> {
        let name = format!("remit{}", std::env::consts::EXE_SUFFIX);
        let none = |e: anyhow::Error| {
            anyhow!("{} is no download of Remit: a .tar.xz or .zip with the program in it ({e})", file.display())
        };
        if file.extension().is_some_and(|ending| ending == "deb") {
            let typed = remit_files::for_shell(&std::path::absolute(file)?);
            bail!(
                "{} is a package: `sudo apt install {typed}` puts it in the place of the one that is installed",
                file.display()
            );
        }
        if let Some(program) = self.part(&name, MOST_PROGRAM).map_err(none)? {
            return Ok(program);
        }
        let for_pdf = format!("remit-pdf{}", std::env::consts::EXE_SUFFIX);
        if self.part(&for_pdf, MOST_PROGRAM).is_ok_and(|part| part.is_some()) {
            bail!("{} has the program that makes PDFs in it: unpack it, and put {for_pdf} beside {name}", file.display());
        }
        let (os, machine) = (std::env::consts::OS, std::env::consts::ARCH);
        bail!("{} has no program for this system ({os}, {machine}) in it; take the download that is made for it", file.display())
    }

    fn news(&self) -> String {
        // On Windows every text is a .txt.
        let part = ["CHANGELOG.md", "CHANGELOG.txt"].into_iter().find_map(|name| self.part(name, MOST_NEWS).ok().flatten());
        let part = part.unwrap_or_default();
        String::from_utf8_lossy(&part).into_owned()
    }

    /// The file of this name, in whatever folder of the archive.
    fn part(&self, name: &str, most: u64) -> Result<Option<Vec<u8>>> {
        let mut found = Vec::new();
        if self.0.starts_with(b"PK") {
            let mut zip = zip::ZipArchive::new(Cursor::new(&self.0))?;
            let path = zip.file_names().flatten().find(|path| is_named(path, name)).map(|path| path.into_owned());
            let Some(path) = path else { return Ok(None) };
            zip.by_name(&path)?.take(most).read_to_end(&mut found)?;
            return Ok(Some(found));
        }
        let bytes = self.0.as_slice();
        let packed: Box<dyn Read> = match bytes.starts_with(XZ) {
            true => Box::new(XzReader::new_mem_limit(bytes, false, MOST_UNPACKING)),
            false => Box::new(GzDecoder::new(bytes)),
        };
        for entry in tar::Archive::new(packed).entries()? {
            let entry = entry?;
            if entry.header().entry_type().is_file() && is_named(&entry.path()?.to_string_lossy(), name) {
                entry.take(most).read_to_end(&mut found)?;
                return Ok(Some(found));
            }
        }
        Ok(None)
    }
}

fn is_named(path: &str, name: &str) -> bool {
    path.rsplit(['/', '\\']).next() == Some(name)
}

/// The new program, beside the place that it will take; it goes away again where it does not come to that.
struct Next {
    file: PathBuf,
    version: String,
}

impl Next {
    fn stage(program: &[u8], own: &Path) -> Result<Next> {
        let file = own.with_file_name(format!("remit-new{}", std::env::consts::EXE_SUFFIX));
        // What an update left that was ended.
        let _ = std::fs::remove_file(&file);
        let mut next = Next { file, version: String::new() };
        next.write(program).with_context(|| {
            let folder = own.parent().unwrap_or(own).display();
            format!(
                "{folder} cannot be written; where Remit came as a package, install the new package, else ask who installed it"
            )
        })?;
        let said = next.says()?;
        next.version = said.strip_prefix("remit ").unwrap_or_default().trim().to_owned();
        match number(&next.version).zip(number(VERSION)) {
            Some((new, old)) if new > old => Ok(next),
            Some(_) => bail!(
                "the download is Remit {}, and the program that you have is {VERSION}: there is nothing newer in it",
                next.version
            ),
            None => {
                bail!("what is in it does not say its version as Remit does (`{}`), so it is no program of Remit", said.trim())
            }
        }
    }

    /// What it says of its version, within a time in which the slowest machine has looked at it too.
    fn says(&self) -> Result<String> {
        let mut child = Command::new(&self.file).arg("--version").stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let until = Instant::now() + LONGEST_ANSWER;
        while child.try_wait()?.is_none() {
            if Instant::now() > until {
                child.kill()?;
                child.wait()?;
                bail!("what is in it did not answer within {} s, so it is no program of Remit", LONGEST_ANSWER.as_secs());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let mut said = Vec::new();
        child.stdout.take().context("its output")?.take(MOST_SAID).read_to_end(&mut said)?;
        Ok(String::from_utf8_lossy(&said).into_owned())
    }

    fn write(&self, program: &[u8]) -> std::io::Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o755);
        options.open(&self.file)?.write_all(program)
    }

    fn migrate(&self, workspace: &Path) -> Result<()> {
        let done = Command::new(&self.file).arg("migrate").arg("--").arg(workspace).output()?;
        let said = String::from_utf8_lossy(&done.stderr);
        match said.trim().trim_start_matches("remit: ") {
            _ if done.status.success() => Ok(()),
            "" => Err(anyhow!("the new program ended without a word ({})", done.status)),
            why => Err(anyhow!("{}", why.to_owned())),
        }
    }

    /// Puts the new program where the old one is; a program that runs can be renamed on every system, and not be written over.
    fn take_place(self, own: &Path) -> Result<PathBuf> {
        let kept = own.with_file_name(format!("remit-{VERSION}{}", std::env::consts::EXE_SUFFIX));
        std::fs::rename(own, &kept).with_context(|| format!("{} cannot be renamed", own.display()))?;
        if let Err(error) = std::fs::rename(&self.file, own) {
            std::fs::rename(&kept, own)?;
            return Err(error).with_context(|| format!("the new program cannot be put in the place of {}", own.display()));
        }
        Ok(kept)
    }
}

impl Drop for Next {
    fn drop(&mut self) {
        // Where it took its place there is nothing here any more.
        let _ = std::fs::remove_file(&self.file);
    }
}

/// The parts of a version, to be compared.
fn number(version: &str) -> Option<Vec<u32>> {
    version.split('.').map(|part| part.parse().ok()).collect()
}

/// Where a workspace is backed up: beside it, under a name that is free.
fn beside(workspace: &Path) -> PathBuf {
    let name = workspace.file_name().map_or_else(|| "workspace".into(), |n| n.to_string_lossy().into_owned());
    let named = |more: String| workspace.with_file_name(format!("{name}{BEFORE_UPDATE}{more}"));
    let later = (2..).map(|n| named(format!("-{n}")));
    std::iter::once(named(String::new())).chain(later).find(|path| !path.exists()).unwrap_or_default()
}

/// The part of a changelog above the heading of a version.
fn since(changelog: &str, version: &str) -> String {
    let is_heading = |line: &&str| line.starts_with("## ");
    let newer = changelog.lines().skip_while(|l| !is_heading(l));
    let newer: Vec<&str> = newer.take_while(|l| !(is_heading(l) && l.split_whitespace().nth(1) == Some(version))).collect();
    newer.join("\n").trim().to_owned()
}

fn shown(news: &str) -> String {
    if news.is_empty() { String::new() } else { format!("\n\n{news}") }
}
