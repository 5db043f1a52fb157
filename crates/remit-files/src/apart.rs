//! Files are read in a process of its own, with bounds on time and memory: what is made to hurt fails alone and fast.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// Name of the hidden command that [`answer`] serves.
pub const COMMAND: &str = "read-one";

/// Seconds that a file may take.
const SECONDS: u64 = 60;
/// Bytes that reading a file may write to.
pub const MEMORY: u64 = 1 << 30;
/// Bytes of addresses that it may have, which are more.
#[cfg(unix)]
const ADDRESSES: u64 = 4 << 30;
/// Bytes of what is read from a file, as it comes back.
const MOST_ANSWER: u64 = 256 << 20;

/// Why nothing came back.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// The process could not be started or spoken to.
    #[error("it could not be handed to the process that reads it ({0})")]
    Start(io::Error),
    /// The process came to a bad end of its own.
    #[error("it is damaged, or made to hurt: whoever reads it does not get through")]
    Broken,
    /// It took more than one file may take.
    #[error("it took more than {0}; such a file is not read")]
    Limit(String),
}

/// This program, where it answers [`COMMAND`].
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Says that this program answers [`COMMAND`]. In one that does not (a test of a room of the house), files are read in it.
pub fn answers() {
    if let Ok(program) = std::env::current_exe() {
        let _ = PROGRAM.set(program);
    }
}

/// Has `what` done with a file in a process of its own; `here` does the same, where this program answers no command.
///
/// # Errors
/// [`Stopped`] where it took too much.
pub fn apart<T: DeserializeOwned>(what: &str, name: &str, bytes: &[u8], here: impl FnOnce() -> T) -> Result<T, Stopped> {
    match PROGRAM.get() {
        Some(program) => GIVEN_UP.unless_given_up(what, bytes, || apart_by(program, what, name, bytes)),
        None => Ok(here()),
    }
}

/// What was given up since this program began: whoever comes to it again is told at once, and does not wait a second time.
static GIVEN_UP: GivenUp = GivenUp { all: Mutex::new(Vec::new()), keys: OnceLock::new() };

/// How many are remembered, the newest.
const MOST_GIVEN_UP: usize = 100;

struct GivenUp {
    /// What was done with it, how long it is, a hash of it, and what it took too much of.
    all: Mutex<Vec<(String, usize, u64, String)>>,
    keys: OnceLock<RandomState>,
}

impl GivenUp {
    fn unless_given_up<T>(&self, what: &str, bytes: &[u8], read: impl FnOnce() -> Result<T, Stopped>) -> Result<T, Stopped> {
        let all = || self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let hash = || self.keys.get_or_init(RandomState::new).hash_one(bytes);
        let may_be: Vec<(u64, String)> = {
            let all = all();
            let alike = all.iter().filter(|(of, length, ..)| of == what && *length == bytes.len());
            alike.map(|(.., hash, most)| (*hash, most.clone())).collect()
        };
        // A file is gone through only where there is one of its length.
        let own = if may_be.is_empty() { None } else { Some(hash()) };
        if let Some((_, most)) = may_be.into_iter().find(|(hash, _)| Some(*hash) == own) {
            return Err(Stopped::Limit(most));
        }
        read().inspect_err(|stopped| {
            if let Stopped::Limit(most) = stopped {
                let mut all = all();
                all.push((what.to_owned(), bytes.len(), own.unwrap_or_else(hash), most.clone()));
                let over = all.len().saturating_sub(MOST_GIVEN_UP);
                all.drain(..over);
            }
        })
    }
}

fn apart_by<T: DeserializeOwned>(program: &Path, what: &str, name: &str, bytes: &[u8]) -> Result<T, Stopped> {
    let mut child = Command::new(program)
        // A name may begin with a hyphen.
        .args([COMMAND, what, "--", name])
        // The allocator takes a gigabyte in advance, which would be all that there is.
        .env("MIMALLOC_ARENA_EAGER_COMMIT", "0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(Stopped::Start)?;
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(Stopped::Start(io::ErrorKind::BrokenPipe.into()));
    };
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // A process that ended early has said why in its answer.
            let _ = input.write_all(bytes);
        });
        let reading = scope.spawn(move || {
            let mut answer = Vec::new();
            output.take(MOST_ANSWER).read_to_end(&mut answer).map(|_| answer)
        });
        let ended = wait(&mut child);
        let answer = reading.join().ok().and_then(Result::ok).unwrap_or_default();
        match serde_json::from_slice(&answer) {
            Ok(result) => Ok(result),
            Err(_) => Err(match ended {
                Some(status) if status.code() == Some(PANICKED) => Stopped::Broken,
                Some(_) => Stopped::Limit(format!("{SECONDS} seconds or the memory that one file may take")),
                None => Stopped::Limit(format!("{SECONDS} seconds")),
            }),
        }
    })
}

/// How a program of Rust ends that came to something it did not expect.
const PANICKED: i32 = 101;

/// How it ends itself when its time is over.
#[cfg(not(unix))]
const TOO_LONG: i32 = 124;

/// Waits for a process; ends it when its time is over. How it ended where it did so by itself.
fn wait(child: &mut Child) -> Option<ExitStatus> {
    let until = Instant::now() + Duration::from_secs(SECONDS + 5);
    let mut pause = 1;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if Instant::now() < until => std::thread::sleep(Duration::from_millis(pause)),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                return None;
            }
        }
        pause = (pause * 2).min(50);
    }
}

/// What the process does: bounds itself (but for memory where the system keeps no such limit: that is the allocator's), reads at most so many bytes of standard input, writes what `read` makes of them to
/// standard output.
///
/// # Errors
/// When its input or output breaks off.
pub fn answer<T: Serialize>(most: u64, read: impl FnOnce(&[u8]) -> T) -> io::Result<()> {
    // How it came to a bad end is nobody's to read, and writing it may take more memory than is left.
    std::panic::set_hook(Box::new(|_| {}));
    #[cfg(unix)]
    {
        // Where the system does not let it, the time is still bounded from outside.
        let _ = rlimit::setrlimit(rlimit::Resource::DATA, MEMORY, MEMORY);
        let _ = rlimit::setrlimit(rlimit::Resource::AS, ADDRESSES, ADDRESSES);
        let _ = rlimit::setrlimit(rlimit::Resource::CPU, SECONDS, SECONDS);
        // It makes no files, and leaves none where it ends badly.
        let _ = rlimit::setrlimit(rlimit::Resource::CORE, 0, 0);
    }
    // Who started it may be gone by the time that it should be ended.
    #[cfg(not(unix))]
    std::thread::spawn(|| {
        std::thread::sleep(Duration::from_secs(SECONDS));
        std::process::exit(TOO_LONG);
    });
    let mut bytes = Vec::new();
    io::stdin().lock().take(most + 1).read_to_end(&mut bytes)?;
    let mut output = io::BufWriter::new(io::stdout().lock());
    serde_json::to_writer(&mut output, &read(&bytes))?;
    output.flush()
}

#[cfg(all(test, unix))]
mod tests {
    use super::{GivenUp, apart_by};
    use std::os::unix::fs::PermissionsExt;
    use std::sync::{Mutex, OnceLock};

    #[test]
    fn what_was_given_up_is_read_once_and_told_each_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let (program, runs) = (folder.path().join("program"), folder.path().join("runs"));
        // It comes to its end without an answer, as one does that took too much.
        let script = format!("#!/bin/sh\ncat > /dev/null\necho run >> {}\n", runs.display());
        std::fs::write(&program, script).expect("a program");
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o700)).expect("may be run");
        let given_up = GivenUp { all: Mutex::new(Vec::new()), keys: OnceLock::new() };
        let read = |what: &str, bytes: &[u8]| {
            let read = given_up.unless_given_up(what, bytes, || apart_by::<u32>(&program, what, "", bytes));
            let runs = std::fs::read_to_string(&runs).map_or(0, |runs| runs.lines().count());
            (read.expect_err("nothing comes back").to_string(), runs)
        };
        let first = read("sheets", b"made up");
        assert!(first.0.contains("such a file is not read") && first.1 == 1, "{first:?}");
        assert_eq!(read("sheets", b"made up"), first, "it is not tried again");
        assert_eq!(read("sheets", b"MADE UP").1, 2, "another of its length is");
        assert_eq!(read("heads", b"made up").1, 3, "and what else may be done with it");
    }
}
