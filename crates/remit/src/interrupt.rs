//! Ctrl-C while something is being written: it stops, the workspace stays whole, and we say so.
//!
//! Nothing needs to be undone: an import becomes visible with its last commit, an entry of the register with its only one.
//! What was written before that is cleared away by the next import. Whether that commit came first or the interrupt is decided at one moment,
//! and said.

use remit_store::Workspace;
use std::io::{IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};

/// The exit code of a program that was interrupted, as shells have it: 128 and the number of the signal.
pub(crate) const INTERRUPTED: u8 = 130;

static WATCHED: AtomicBool = AtomicBool::new(false);

/// True from when the program was interrupted to when it has ended.
static ENDING: AtomicBool = AtomicBool::new(false);

/// From here on, Ctrl-C ends the program with words and an exit code of its own. `then` says how to go on. What was recorded in
/// the workspace before is put where a copy of its database finds it.
pub(crate) fn watch(workspace: Option<&Workspace>, then: &'static str) {
    let workspace = workspace.cloned();
    WATCHED.store(true, Ordering::Relaxed);
    std::thread::spawn(move || {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
        if runtime.block_on(tokio::signal::ctrl_c()).is_ok() && WATCHED.load(Ordering::Relaxed) {
            ENDING.store(true, Ordering::Release);
            let recorded = remit_store::nothing_more();
            say(*recorded > 0, then);
            let _ = workspace.map(|w| w.put_away());
            std::process::exit(INTERRUPTED.into());
        }
    });
}

/// What ends while the program is being ended, well or not, says nothing of its own, and ends with the program.
pub(crate) fn ended_by() {
    while ENDING.load(Ordering::Acquire) {
        std::thread::park();
    }
}

/// Leaves Ctrl-C to somebody else, such as a server that ends by it.
pub(crate) fn leave() {
    WATCHED.store(false, Ordering::Relaxed);
}

fn say(is_recorded: bool, then: &str) {
    let mut err = std::io::stderr().lock();
    // A progress bar may stand in the line.
    let clear = if err.is_terminal() { "\r\u{1b}[2K" } else { "" };
    let done = if is_recorded { "what was already done stays, " } else { "" };
    let _ =
        writeln!(err, "{clear}remit: interrupted; the workspace is whole, {done}what was not finished counts for nothing{then}");
}
