//! What data sets are called: after the file or folder that they come from, which is known again by a hash of where it lies.

use crate::beside::ORIGINS;
use crate::signed::Signer;
use crate::{StoreError, Workspace};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use sha2::{Digest, Sha256};

impl Workspace {
    /// The names of the data sets that come from files or folders. Each is told by where it lies, of which only a hash is kept, and
    /// gets the first of its names that is free or has come from there before.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn datasets_from(&self, places: &[(String, Vec<String>)]) -> Result<Vec<String>, StoreError> {
        if places.is_empty() {
            return Ok(Vec::new());
        }
        let (db, signer) = (self.write()?, Signer::of(self)?);
        let new = Transaction::new_unchecked(&db, TransactionBehavior::Immediate)?;
        let changing = signer.changing(&new, ORIGINS)?;
        let before = new.total_changes();
        let named: Vec<String> = places.iter().map(|(place, names)| name_from(&new, place, names)).collect::<Result<_, _>>()?;
        if new.total_changes() > before {
            signer.sign_changed(&new, &crate::as_of::now(), changing)?;
        }
        new.commit()?;
        signer.keep_head(&db)?;
        Ok(named)
    }
}

/// The first of these names under which nothing has come from elsewhere; from now on it is that of this place.
fn name_from(db: &Connection, place: &str, names: &[String]) -> Result<String, StoreError> {
    let origin = crate::hexadecimal(&Sha256::digest(place));
    let last = format!("{} {}", names.last().map_or("", String::as_str), &origin[..8]);
    let mut insert = db.prepare_cached("insert or ignore into dataset_origin values (?, ?)")?;
    let mut known = db.prepare_cached("select origin from dataset_origin where dataset = ?")?;
    for name in names.iter().chain([&last]) {
        insert.execute([name, &origin])?;
        if known.query_row([name], |row| row.get::<_, String>(0))? == origin {
            return Ok(name.clone());
        }
    }
    Ok(last)
}
