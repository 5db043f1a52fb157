//! Files from elsewhere are read in a process of their own, with bounds on time and memory: what is made to hurt fails
//! alone and fast.

use crate::{Document, Form, ReadError};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Name of the hidden command that [`answer`] serves.
pub const COMMAND: &str = "read-one";

/// Seconds that a file may take.
const SECONDS: u64 = 60;
/// Bytes of memory that reading a file may take.
#[cfg(unix)]
const MEMORY: u64 = 3 << 30;

/// Reads a file in a process of `program`, which answers [`COMMAND`] with [`answer`]. Plain text needs none.
///
/// # Errors
/// When nothing of it can be read, or reading it took too much.
pub fn read(program: &Path, name: &str, bytes: &[u8]) -> Result<Document, ReadError> {
    if Form::of(bytes)? == Form::Plain {
        return crate::read(bytes, name);
    }
    let broken = |e: std::io::Error| ReadError::Broken(format!("it could not be handed to the process that reads it ({e})"));
    let mut child = Command::new(program)
        .args([COMMAND, name])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(broken)?;
    let (Some(mut input), Some(mut output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(ReadError::Broken("the process that reads it has no input".into()));
    };
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // A process that ended early has said why in its answer.
            let _ = input.write_all(bytes);
        });
        let reading = scope.spawn(move || {
            let mut answer = Vec::new();
            output.read_to_end(&mut answer).map(|_| answer)
        });
        let ended = wait(&mut child);
        let answer = reading.join().ok().and_then(Result::ok).unwrap_or_default();
        match serde_json::from_slice::<Result<Document, ReadError>>(&answer) {
            Ok(result) => result,
            Err(_) if ended => Err(ReadError::Stopped(format!("{SECONDS} seconds or the memory that one file may take"))),
            Err(_) => Err(ReadError::Stopped(format!("{SECONDS} seconds"))),
        }
    })
}

/// Waits for a process; ends it when its time is over. True where it ended by itself.
fn wait(child: &mut Child) -> bool {
    let until = Instant::now() + Duration::from_secs(SECONDS + 5);
    let mut pause = 1;
    loop {
        match child.try_wait() {
            Ok(Some(_)) => return true,
            Ok(None) if Instant::now() < until => std::thread::sleep(Duration::from_millis(pause)),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                return false;
            }
        }
        pause = (pause * 2).min(50);
    }
}

/// What the process does: bounds itself, reads standard input, writes the result to standard output.
///
/// # Errors
/// When its input or output breaks off.
pub fn answer(name: &str) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        // Where the system does not let it, the time is still bounded from outside.
        let _ = rlimit::setrlimit(rlimit::Resource::AS, MEMORY, MEMORY);
        let _ = rlimit::setrlimit(rlimit::Resource::CPU, SECONDS, SECONDS);
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(crate::MOST_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    let result = crate::read(&bytes, name);
    let mut output = std::io::stdout().lock();
    output.write_all(&serde_json::to_vec(&result)?)?;
    output.flush()
}
