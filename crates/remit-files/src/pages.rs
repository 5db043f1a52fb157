//! In which pieces the system gives memory.

/// Has Linux give memory to this program, and to those that it starts, in pages of 4 kB. The allocator asks for pages of 2 MB, each of
/// which the system clears as a whole, however little of it is used: most commands live for a moment, and clearing took them longer than
/// their work, and half as much memory again. Where the system knows no such wish, nothing changes.
pub fn small_pages() {
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(true);
}
