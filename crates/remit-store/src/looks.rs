//! Who has looked at what is on file about people: a list to which is only ever added, each line bound to the one before it. What was
//! looked at is committed to with a salt, so that it can be taken away with the record that it names, and the list still holds.

use crate::as_of::now;
use crate::beside::{LOOKS, looks_are_there};
use crate::seal::{self, Salt, SealedParts};
use crate::signed::Signer;
use crate::{StoreError, Workspace, schema};
use remit_model::{Kind, Marking};
use rusqlite::{Connection, OptionalExtension, params};

impl Workspace {
    /// Notes that somebody looks at something: `what` is the page or question with what it was asked for. Of a medium that cannot be
    /// written nobody can say later who has looked.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn note_look(&self, who: &str, clearance: Marking, what: &str) -> Result<(), StoreError> {
        let secret = seal::secret().map_err(|e| StoreError::File(self.folder().to_path_buf(), e))?;
        let begun = self.write().and_then(|db| db.execute_batch("begin immediate").map(|()| db).map_err(StoreError::from));
        let db = match begun {
            Err(StoreError::ReadOnly(_) | StoreError::Unwritable) => return Ok(()),
            db => db?,
        };
        let signer = Signer::of(self)?;
        db.execute_batch(schema::statement_of("table", LOOKS).unwrap_or_default())?;
        let changing = signer.changing(&db, LOOKS)?;
        let last = db.query_row("select n, hash from look order by n desc limit 1", [], |row| Ok((row.get(0)?, row.get(1)?)));
        let (n, before): (i64, String) = last.optional()?.unwrap_or_default();
        let (salt, moment) = (Salt::derived(&secret, 0), now());
        let content = crate::hexadecimal(&salt.commit(what));
        let hash = link(n + 1, &moment, who, clearance.level().into(), &content, &before);
        db.execute(
            "insert into look values (?, ?, ?, ?, ?, ?, ?, ?)",
            params![n + 1, moment, who, clearance.level(), what, salt.hexadecimal(), content, hash],
        )?;
        signer.sign_changed(&db, &moment, changing)?;
        db.execute_batch("commit")?;
        signer.keep_head(&db)
    }

    /// The same of records of some kinds: noted where one of them is of which looks are noted, and the clearance shows something of it.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn note_look_at(
        &self,
        who: &str,
        clearance: Marking,
        what: &str,
        looked_at: impl Fn(&Kind) -> bool,
    ) -> Result<(), StoreError> {
        let is_noted = |kind: &Kind| kind.noted && clearance >= kind.marking && looked_at(kind);
        if self.model().kinds.iter().any(is_noted) { self.note_look(who, clearance, what) } else { Ok(()) }
    }
}

fn link(n: i64, moment: &str, who: &str, clearance: u64, content: &str, before: &str) -> String {
    let parts =
        SealedParts::new("remit look").number(n as u64).text(moment).text(who).number(clearance).text(content).text(before);
    parts.hexadecimal()
}

/// Takes away what was looked at, wherever it names what is meant.
pub(crate) fn forget(db: &Connection, names: impl Fn(&str) -> bool) -> Result<(), StoreError> {
    if !looks_are_there(db)? {
        return Ok(());
    }
    let mut all = db.prepare("select n, what from look where what <> ''")?;
    let all: Vec<(i64, String)> = all.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    for (n, _) in all.iter().filter(|(_, what)| names(what)) {
        db.execute("update look set what = '', salt = '' where n = ?", [n])?;
    }
    Ok(())
}

/// What of the list does not hold: each line with its number, and why.
pub(crate) fn broken(db: &Connection) -> Result<Vec<(i64, &'static str)>, StoreError> {
    let (mut broken, mut before, mut last) = (Vec::new(), String::new(), 0_i64);
    if !looks_are_there(db)? {
        return Ok(broken);
    }
    let mut statement = db.prepare("select n, moment, who, clearance, what, salt, content, hash from look order by n")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (n, clearance): (i64, i64) = (row.get(0)?, row.get(3)?);
        let [moment, who, what, salt, content, hash]: [String; 6] =
            [row.get(1)?, row.get(2)?, row.get(4)?, row.get(5)?, row.get(6)?, row.get(7)?];
        if n != last.saturating_add(1) {
            broken.push((n, "a line before it is not there"));
        }
        if hash != link(n, &moment, &who, clearance as u64, &content, &before) {
            broken.push((n, "it was altered"));
        }
        // What was taken away with its salt cannot be compared any more.
        let is_away = salt.is_empty() && what.is_empty();
        if !is_away && Salt::read(&salt).is_none_or(|salt| crate::hexadecimal(&salt.commit(&what)) != content) {
            broken.push((n, "what was looked at was altered"));
        }
        (before, last) = (hash, n);
    }
    Ok(broken)
}
