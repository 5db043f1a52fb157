//! The allocator, and how much it gives.

use mimalloc::MiMalloc;

/// Reading makes many small strings on several threads: this allocator makes an import a fifth faster.
#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// The same where the system keeps no limit of memory: it counts what it gives.
#[cfg(not(target_os = "linux"))]
#[global_allocator]
static ALLOCATOR: cap::Cap<MiMalloc> = cap::Cap::new(MiMalloc, usize::MAX);

/// From here on, who asks for more than so many bytes ends the process. Linux does it by itself, see [`remit_files::answer`].
pub(crate) fn bound(bytes: u64) {
    #[cfg(not(target_os = "linux"))]
    let _ = ALLOCATOR.set_limit(usize::try_from(bytes).unwrap_or(usize::MAX));
    #[cfg(target_os = "linux")]
    let _ = bytes;
}
