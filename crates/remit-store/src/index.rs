//! What finds a statement again: its words, and the records that it refers to. Both follow from the chain and from the model.

use crate::chain::Chain;
use crate::statement::{Statement, open_fields, references};
use crate::{StoreError, Workspace, objects, schema};
use remit_model::{FieldType, Model, search_words};
use rusqlite::{Connection, params};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Makes the index anew where it was made with a model that indexed other fields, or by an older version of Remit.
pub(crate) fn bring_up_to_date(chain: &Chain) -> Result<(), StoreError> {
    if is_current(&chain.db, &chain.model)? {
        return Ok(());
    }
    make_anew(chain)
}

/// Whether the index was made with what this model says of the fields.
pub(crate) fn is_current(db: &Connection, model: &Model) -> Result<bool, StoreError> {
    let made_with: i32 = db.pragma_query_value(None, "application_id", |row| row.get(0))?;
    Ok(made_with == fingerprint(model))
}

/// Whether a version that took words apart in another way made the index; whoever writes next makes it anew.
pub(crate) fn is_of_older_version(db: &Connection, model: &Model) -> Result<bool, StoreError> {
    let made: String = db.query_row("select sql from sqlite_schema where name = 'statement_text'", [], |row| row.get(0))?;
    Ok(objects::same(&made, schema::WORDS_OF_FORMAT_5) && !is_current(db, model)?)
}

/// The same before somebody looks for words: with the index of another model they would be found by what this one withholds. On a medium
/// that cannot be written, what is there is looked at; an index of an older version waits for who writes.
pub(crate) fn made_for(workspace: &Workspace, db: &Connection) -> Result<(), StoreError> {
    if workspace.is_foreign() || is_current(db, workspace.model())? || is_of_older_version(db, workspace.model())? {
        return Ok(());
    }
    match workspace.write() {
        Ok(db) => bring_up_to_date(&Chain::over(db, workspace)?),
        Err(StoreError::ReadOnly(_)) => Ok(()),
        Err(e) => Err(e),
    }
}

/// The SQL condition by which a statement says nothing that the model marks and that it says openly. In an index of another model it may
/// stand, so that by it would be found what this one withholds.
pub(crate) fn not_marked_since(alias: &str, model: &Model) -> String {
    let marked = model.kinds.iter().flat_map(|kind| kind.fields.iter().filter_map(move |f| Some((kind, f, f.marking?))));
    let says = marked.map(|(kind, field, marking)| {
        let (kind, field) = (&kind.name, &field.name);
        format!(
            "{alias}.kind = '{kind}' and {alias}.marking < {} and json_type({alias}.fields, '$.{field}') is not null \
             and json_type({alias}.withheld, '$.{field}') is null",
            marking.level()
        )
    });
    let says = says.collect::<Vec<_>>().join(" or ");
    if says.is_empty() { "1".to_owned() } else { format!("not ({says})") }
}

/// Makes the index of all statements again, as one step.
pub(crate) fn make_anew(chain: &Chain) -> Result<(), StoreError> {
    chain.db.execute_batch("begin immediate")?;
    let made = fill(chain);
    schema::end(&chain.db, made)
}

fn fill(chain: &Chain) -> Result<(), StoreError> {
    let db = &chain.db;
    db.execute_batch("delete from statement_reference; drop table statement_text")?;
    db.execute_batch(schema::statement_of("table", "statement_text").unwrap_or_default())?;
    chain.each(|s| keep(db, &chain.model, &s))?;
    db.pragma_update(None, "application_id", fingerprint(&chain.model))?;
    Ok(())
}

/// A number that differs where other fields are indexed. The database keeps it where SQLite has room for a number of the program's.
fn fingerprint(model: &Model) -> i32 {
    let mut hash = Sha256::new();
    hash.update("words 8\n");
    for kind in &model.kinds {
        // By what a field says that has a marking, nobody is found, also where it was said before.
        for (field, marking) in kind.fields.iter().filter_map(|f| Some((f, f.marking?))) {
            hash.update(format!("{} {} is {}\n", kind.name, field.name, marking.code()));
        }
        for field in kind.fields.iter().filter(|f| !is_text(&f.kind) || !f.targets().is_empty()) {
            hash.update(format!("{} {} {}\n", kind.name, field.name, field.targets().join(" ")));
        }
    }
    let hash: [u8; 32] = hash.finalize().into();
    hash[..4].iter().fold(0, |number, byte| number << 8 | i32::from(*byte))
}

fn is_text(kind: &FieldType) -> bool {
    !matches!(kind, FieldType::Code(_))
}

/// Whether a statement is found again at all: what it takes back, and the order of a redaction, is looked for by nobody.
pub(crate) fn is_found(s: &Statement) -> bool {
    !s.draft.withdrawn && !s.is_redaction()
}

/// Keeps what finds a statement again: its words, and the records that it refers to.
pub(crate) fn keep(db: &Connection, model: &Model, s: &Statement) -> Result<(), StoreError> {
    if !is_found(s) {
        return Ok(());
    }
    for (target, field) in references(model, s) {
        db.prepare_cached("insert or ignore into statement_reference values (?, ?, ?)")?
            .execute(params![target, s.seq, field])?;
    }
    let words = index_words(model, s);
    db.prepare_cached("insert into statement_text (rowid, words) values (?, ?)")?.execute(params![s.seq, words])?;
    Ok(())
}

/// Letters of the longest word that is kept: more than anybody looks for.
const LONGEST_WORD: usize = 200;

/// The words by which a statement is found, with a space between each two. Codes are looked for by their names, records by those of
/// their own statements.
pub(crate) fn index_words(model: &Model, s: &Statement) -> String {
    let kind = model.kind(&s.draft.kind);
    let mut words = String::new();
    for (name, value) in open_fields(model, s) {
        let field = kind.and_then(|k| k.field(name));
        if field.is_none_or(|f| is_text(&f.kind) && f.targets().is_empty()) {
            texts(value, &mut |text| search_words(text, &mut words));
        }
    }
    texts(&Value::String(s.draft.record.replace(['/', '_', '-'], " ")), &mut |text| search_words(text, &mut words));
    apart(&words).collect::<Vec<_>>().join(" ")
}

/// The words of a text, as the index has them.
pub(crate) fn words_of(text: &str) -> Vec<String> {
    let mut words = String::new();
    search_words(text, &mut words);
    apart(&words).map(str::to_owned).collect()
}

fn apart(words: &str) -> impl Iterator<Item = &str> {
    let apart = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    apart.map(|word| word.char_indices().nth(LONGEST_WORD).map_or(word, |(end, _)| &word[..end]))
}

fn texts(value: &Value, each: &mut dyn FnMut(&str)) {
    match value {
        Value::String(text) => each(text),
        Value::Array(items) => items.iter().for_each(|v| texts(v, each)),
        Value::Object(parts) => parts.values().for_each(|v| texts(v, each)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::not_marked_since;
    use remit_model::Model;
    use rusqlite::Connection;

    /// What somebody withheld was never in the index; what the model marks since may be, and so may nothing that a cleared reader sees anyway.
    #[test]
    fn what_the_model_marks_since_is_not_found_in_an_older_index() {
        let model = Model::load(None).expect("the model");
        let db = Connection::open_in_memory().expect("a database");
        db.execute_batch("create table statement (n integer, kind text, marking integer, fields text, withheld text)")
            .expect("a table");
        let insert = "insert into statement values (?, ?, ?, ?, ?)";
        let contact = "{\"title\":\"Made-up radios\",\"contact\":\"Made-up name\"}";
        for (n, kind, marking, fields, withheld) in [
            (1, "project", 0, contact, None),
            (2, "project", 0, contact, Some("{\"contact\":1}")),
            (3, "project", 0, "{\"title\":\"Made-up radios\"}", None),
            (4, "project", 2, contact, None),
            (5, "law", 0, contact, None),
        ] {
            db.execute(insert, (n, kind, marking, fields, withheld)).expect("a row");
        }
        let sql = format!("select group_concat(n) from statement t where {}", not_marked_since("t", &model));
        let found: String = db.query_row(&sql, [], |row| row.get(0)).expect("an answer");
        assert_eq!(found, "2,3,4,5");
    }
}
