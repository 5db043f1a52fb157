//! A report as PDF: a program of its own makes it, which stands beside this one or on the path, so that who needs no PDF builds
//! nothing for it.

use crate::{Report, ReportError};
use remit_model::Locale;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const PROGRAM: &str = "remit-pdf";

/// The PDF of a report, and sentences about what it lacks.
pub(crate) fn pdf(report: &Report, locale: &Locale) -> Result<(Vec<u8>, Vec<String>), ReportError> {
    let failed = |why: String| ReportError::Pdf(why);
    let content = serde_json::to_vec(&report.content(locale)?).map_err(|e| failed(e.to_string()))?;
    let (program, piped) = (program(PROGRAM).ok_or(ReportError::NoPdf)?, Stdio::piped);
    of_this_version(&program, PROGRAM)?;
    let run = Command::new(&program).stdin(piped()).stdout(piped()).stderr(piped()).spawn();
    let mut run = run.map_err(|e| failed(format!("{} cannot be run ({e})", program.display())))?;
    // It takes all of the report before it says anything.
    let sent = run.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(&content));
    let done = run.wait_with_output().map_err(|e| failed(e.to_string()))?;
    let said = String::from_utf8_lossy(&done.stderr);
    match (done.status.success(), sent) {
        (false, _) => Err(failed(said.trim().to_owned())),
        (true, Err(e)) => Err(failed(e.to_string())),
        (true, Ok(())) => Ok((done.stdout, said.lines().map(str::to_owned).collect())),
    }
}

/// Whether there is a program on this machine that makes PDFs of reports.
pub fn makes_pdf() -> bool {
    program(PROGRAM).is_some()
}

/// Another program of Remit: beside this one, or else on the path.
pub fn program(name: &str) -> Option<PathBuf> {
    let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let own = std::env::current_exe().ok();
    let beside = own.iter().map(|own| own.with_file_name(&name));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).map(|folder| folder.join(&name));
    beside.chain(on_path).find(|file| file.is_file())
}

/// Refuses another program of Remit that is not of the version of this one: it may not know what this one tells it, or show what this one
/// keeps from a reader.
///
/// # Errors
/// When it is of another version, or does not say of which.
pub fn of_this_version(program: &Path, name: &str) -> Result<(), ReportError> {
    let said = Command::new(program).arg("--version").stdin(Stdio::null()).output();
    let said = said.map(|out| String::from_utf8_lossy(&out.stdout).trim().to_owned()).unwrap_or_default();
    let own = env!("CARGO_PKG_VERSION");
    match said.strip_prefix(name).map(str::trim) {
        Some(version) if version == own => Ok(()),
        other => Err(ReportError::OtherVersion {
            program: program.to_path_buf(),
            name: name.to_owned(),
            found: other
                .filter(|v| !v.is_empty())
                .map_or_else(|| "no version that it tells".to_owned(), |v| format!("version {v}")),
            own,
        }),
    }
}
