//! Workbooks that open with a password only.

use crate::grid::Unread;

/// What an encrypted workbook of Office holds instead of sheets, as its directory writes it.
const PARCEL: &str = "EncryptedPackage";

/// Refuses a workbook that is locked with a password, with what to do.
pub(crate) fn refuse(bytes: &[u8]) -> Result<(), Unread> {
    let name: Vec<u8> = PARCEL.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let is_old_container = bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]);
    match is_old_container && bytes.windows(name.len()).any(|part| part == name) {
        true => Err(Unread::Broken(LOCKED.to_owned())),
        false => Ok(()),
    }
}

const LOCKED: &str = "it is locked with a password; open it, save it without a password, and bring it in again";
