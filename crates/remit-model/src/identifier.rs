//! Names that stand in SQL, addresses and names of files alike.

/// True for a name that may stand in SQL, in an address and in a file's name: a–z, 0–9 and _, and no digit first.
pub fn is_identifier(name: &str) -> bool {
    name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        && name.bytes().next().is_some_and(|b| !b.is_ascii_digit())
}
