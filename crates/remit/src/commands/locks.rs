//! Who may open what is sent, and what opens what was sent. A passphrase is never an argument: others who use the machine see how a
//! program was started.

use crate::commands::usage;
use anyhow::{Context as _, Result, bail};
use console::Term;
use remit_exchange::age::{Identity, Lock, Opening, Recipient};
use remit_exchange::{Parcel, Unopened, identity};
use remit_store::Workspace;
use std::path::{Path, PathBuf};

/// The variable of the environment that a script puts a passphrase into.
const VARIABLE: &str = "REMIT_PASSPHRASE";

/// What is written in the place of keys where a passphrase opens the file.
const PASSPHRASE: &str = "passphrase";

/// Bytes of a file of keys or of a passphrase.
const LONGEST: u64 = 64 << 10;

/// Characters that a passphrase has at least: who has the file can try as long as they like.
const SHORTEST: usize = 12;

/// Who may open what is made.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Locks {
    /// Who may open it: `passphrase` (asked for, or from REMIT_PASSPHRASE), a key (age1…), or a file of keys; may be repeated
    #[arg(long, value_name = "WHOM")]
    to: Vec<String>,
    /// Take the passphrase from the first line of this file
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

impl Locks {
    /// What locks the file; none where nobody said who may open it.
    pub(crate) fn lock(&self) -> Result<Option<Lock>> {
        let (words, keys): (Vec<&String>, Vec<&String>) = self.to.iter().partition(|t| *t == PASSPHRASE);
        if keys.is_empty() {
            let wanted = !words.is_empty() || self.passphrase_file.is_some();
            return wanted.then(|| self.with_passphrase()).transpose();
        }
        if !words.is_empty() || self.passphrase_file.is_some() {
            return Err(usage("a file opens either with a passphrase or with keys; choose one of them"));
        }
        let mut recipients = Vec::new();
        for key in keys {
            if Path::new(key).is_file() {
                recipients.extend(lines(Path::new(key))?.iter().map(|l| recipient(l)).collect::<Result<Vec<_>>>()?);
            } else {
                recipients.push(recipient(key)?);
            }
        }
        Ok(Some(Lock::Recipients(recipients)))
    }

    /// A passphrase, wherever it is to be had.
    pub(crate) fn with_passphrase(&self) -> Result<Lock> {
        let passphrase = match given(self.passphrase_file.as_deref())? {
            Some(given) => given,
            None => {
                let first = asked("Passphrase: ")?;
                if first != asked("Again: ")? {
                    bail!("the two are not the same; nothing was written");
                }
                first
            }
        };
        if passphrase.chars().count() < SHORTEST {
            bail!("the passphrase is too short: {SHORTEST} characters at least, better four or five words; nothing was written");
        }
        Ok(Lock::Passphrase(passphrase))
    }
}

/// What opens a file that was sent.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Opens {
    /// Open the file with this key: a file with AGE-SECRET-KEY-1…, or the folder of the workspace that it was encrypted for
    #[arg(long, value_name = "FILE|FOLDER")]
    key: Option<PathBuf>,
    /// Take the passphrase from the first line of this file
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// Refuse the file unless this key signed it
    #[arg(long, value_name = "KEY")]
    signed_by: Option<String>,
}

impl Opens {
    /// How a parcel is to be opened, in `workspace` where it is taken into one.
    pub(crate) fn how(&self, parcel: &Parcel, workspace: Option<&Workspace>) -> Result<Unopened> {
        let opening = if parcel.is_encrypted() { Some(self.opening(parcel, workspace)?) } else { None };
        Ok(Unopened { opening, key: self.signed_by.clone() })
    }

    fn opening(&self, parcel: &Parcel, workspace: Option<&Workspace>) -> Result<Opening> {
        if parcel.opens_with_passphrase()? {
            let passphrase = match given(self.passphrase_file.as_deref())? {
                Some(given) => given,
                None => asked("Passphrase: ")?,
            };
            return Ok(Opening::Passphrase(passphrase));
        }
        match (&self.key, workspace) {
            (Some(folder), _) if folder.is_dir() => Ok(Opening::Identities(vec![identity(&Workspace::open(folder)?)?])),
            (Some(file), _) => {
                let all = lines(file)?.iter().map(|l| l.parse::<Identity>()).collect::<Result<Vec<_>, _>>();
                Ok(Opening::Identities(all.map_err(|e| usage(format!("{}: {e}", file.display())))?))
            }
            (None, Some(workspace)) => Ok(Opening::Identities(vec![identity(workspace)?])),
            (None, None) => {
                Err(usage("it was encrypted for keys; give yours with --key: a file, or the folder of your workspace"))
            }
        }
    }
}

fn recipient(text: &str) -> Result<Recipient> {
    text.parse().map_err(|e| usage(format!("--to: {e}; `remit key WORKSPACE` says that of a workspace")))
}

/// The lines of a file that say something.
fn lines(file: &Path) -> Result<Vec<String>> {
    let bytes = remit_files::read(file, LONGEST).with_context(|| format!("{} cannot be read", file.display()))?;
    let text = String::from_utf8(bytes).map_err(|_| usage(format!("{} is no text", file.display())))?;
    Ok(text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).map(str::to_owned).collect())
}

/// A passphrase from a file or from the environment.
fn given(file: Option<&Path>) -> Result<Option<String>> {
    let Some(file) = file else { return Ok(std::env::var(VARIABLE).ok().filter(|p| !p.is_empty())) };
    let bytes = remit_files::read(file, LONGEST).with_context(|| format!("{} cannot be read", file.display()))?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let first = text.lines().next().unwrap_or_default().to_owned();
    if first.is_empty() {
        return Err(usage(format!("{}: its first line is empty; write the passphrase there", file.display())));
    }
    Ok(Some(first))
}

/// A passphrase from who sits at the terminal, without showing it.
fn asked(what: &str) -> Result<String> {
    let terminal = Term::stderr();
    if !terminal.is_term() {
        return Err(usage(format!("there is no terminal to ask for the passphrase; use --passphrase-file, or set {VARIABLE}")));
    }
    terminal.write_str(what)?;
    Ok(terminal.read_secure_line()?)
}
