//! What a workspace lies on.

use std::path::Path;

/// True on a drive of another machine, as far as the system tells.
#[cfg(target_os = "linux")]
pub(crate) fn is_shared(folder: &Path) -> bool {
    // NFS, SMB, CIFS, SMB2, AFS, Ceph, 9P, Coda, NCP, and what a program of the user serves (linux/magic.h).
    const SHARED: [u32; 11] = [
        0x6969,
        0x517B,
        0xFF53_4D42,
        0xFE53_4D42,
        0x5346_414F,
        0x00C3_6400,
        0x0102_1997,
        0x7375_7245,
        0x564C,
        0x6573_5546,
        0x6B41_4653,
    ];
    rustix::fs::statfs(folder).is_ok_and(|s| SHARED.contains(&(s.f_type as u32)))
}

/// True on a drive of another machine, as far as its address tells.
#[cfg(not(target_os = "linux"))]
pub(crate) fn is_shared(folder: &Path) -> bool {
    use std::path::{Component, Prefix};
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    matches!(whole.components().next(), Some(Component::Prefix(p)) if matches!(p.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..)))
}
