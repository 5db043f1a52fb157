//! A statement: what somebody says of a record, in its envelope, and the hash that chains it to the one before.

use crate::seal::{Digest, Salt, SealedParts, bytes, hexadecimal};
use remit_model::{Kind, Marking, Model, means_the_same};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The kind of a statement that orders a redaction, and the name of the view that shows them; no model has a kind of this name.
pub(crate) const REDACTION: &str = "redaction";

/// How the history begins to tell of an erasure.
pub(crate) const ERASED: &str = "erased, ordered by ";

/// Whether a statement holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// Somebody has to look at it; no answer counts it.
    Proposed,
    /// It counts.
    #[default]
    Accepted,
    /// Somebody has looked at it and said no.
    Rejected,
}

impl Status {
    /// The code in `model/codes/status_of_statement.csv`.
    pub fn code(self) -> &'static str {
        match self {
            Status::Proposed => "proposed",
            Status::Accepted => "accepted",
            Status::Rejected => "rejected",
        }
    }

    /// The status of a code, or `None`.
    pub fn from_code(code: &str) -> Option<Status> {
        [Status::Proposed, Status::Accepted, Status::Rejected].into_iter().find(|s| s.code() == code)
    }
}

/// The fields of the envelope that have a column of their own, in the order in which they are hashed. It is the format of the
/// chain, which no model changes: what `model/statement.toml` adds is kept beside them, and hashed where it is said.
pub const ENVELOPE: [&str; 10] =
    ["valid_from", "valid_to", "first_cited", "last_cited", "source", "url", "locator", "quote", "reliability", "credibility"];

/// The field of the envelope that says when somebody last checked a statement; its column stands apart from the others.
pub(crate) const VERIFIED: &str = "verified_at";

/// True for a field of the envelope that has a column of its own.
pub(crate) fn has_own_column(name: &str) -> bool {
    ENVELOPE.contains(&name) || name == VERIFIED
}

/// What stands in place of an identifier in the example row of a sheet to fill in: such a row says nothing.
pub const EXAMPLE: &str = "(example)";

/// A statement before it is recorded: the register adds identifier, author, moment and hash.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draft {
    /// Kind of the record.
    pub kind: String,
    /// The record; empty for one that is new.
    pub record: String,
    /// Statements that this one replaces. More than one where it ends a conflict.
    pub supersedes: Vec<String>,
    /// True where it takes back what it supersedes and says nothing in its place.
    pub withdrawn: bool,
    /// Values by field.
    pub fields: Map<String, Value>,
    /// Fields whose value only some readers see, with the marking that it has.
    pub withheld: Vec<(String, Marking)>,
    /// [`ENVELOPE`], empty where nothing is said.
    pub envelope: [String; ENVELOPE.len()],
    /// What else of the envelope a model names, by field; without empty ones.
    pub more: BTreeMap<String, String>,
    /// How confidential it is.
    pub marking: Marking,
    /// Whether it counts.
    pub status: Status,
    /// Where an import found it: the same place in a later edition of the same sheet corrects it.
    pub origin: String,
    /// When somebody last checked it against its source.
    pub verified_at: String,
}

impl Draft {
    /// A draft that says nothing yet, marked as its kind is by default.
    pub fn new(model: &Model, kind: &str) -> Draft {
        let marking = model.kind(kind).map_or(Marking::Public, |k| k.marking);
        Draft { kind: kind.to_owned(), marking, ..Draft::default() }
    }

    /// What a field of the envelope says, of those with texts; empty where it says nothing.
    pub fn envelope(&self, name: &str) -> &str {
        match ENVELOPE.iter().position(|n| *n == name) {
            Some(at) => &self.envelope[at],
            None if name == VERIFIED => &self.verified_at,
            None => self.more.get(name).map_or("", String::as_str),
        }
    }

    /// Sets a field of the envelope that holds text. Whether there is such a field, and whether this is a value of it, is
    /// checked when the statement is appended.
    pub fn set_envelope(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        match ENVELOPE.iter().position(|n| *n == name) {
            Some(at) => self.envelope[at] = value,
            None if name == VERIFIED => self.verified_at = value,
            None if value.is_empty() => drop(self.more.remove(name)),
            None => drop(self.more.insert(name.to_owned(), value)),
        }
    }

    /// The fields whose values a reader of this clearance may not see.
    pub fn withheld_from(&self, clearance: Marking) -> impl Iterator<Item = &(String, Marking)> {
        self.withheld.iter().filter(move |(_, marking)| *marking > clearance)
    }

    /// Withholds the values of fields that have a marking of their own in the model, where nobody has said how they are marked.
    pub fn guard(&mut self, model: &Model) {
        let marked: Vec<(String, Marking)> = self.marked_by(model).map(|(name, marking)| (name.to_owned(), marking)).collect();
        self.withheld.extend(marked);
    }

    /// The fields that the model marks higher than the statement, and of which nobody has said how they are marked: of a statement that is
    /// recorded, those that it said before the model had the marking.
    pub(crate) fn marked_by<'m>(&'m self, model: &'m Model) -> impl Iterator<Item = (&'m str, Marking)> {
        let fields = model.kind(&self.kind).into_iter().flat_map(|k| &k.fields);
        fields.filter_map(|f| Some((f.name.as_str(), f.marking?))).filter(move |(name, marking)| {
            let is_said = || self.withheld.iter().any(|(field, _)| field == *name);
            *marking > self.marking && self.fields.contains_key(*name) && !is_said()
        })
    }

    /// True where it withholds words from which a code of its kind is told.
    pub fn withholds_words(&self, kind: &Kind) -> bool {
        let is_words = |name: &String| kind.fields.iter().any(|field| field.words.as_ref() == Some(name));
        self.withheld.iter().any(|(name, _)| is_words(name))
    }

    /// The highest marking of anything in it.
    pub fn highest_marking(&self) -> Marking {
        self.withheld.iter().map(|(_, marking)| *marking).fold(self.marking, Marking::max)
    }

    /// True where both say the same of the same record: whatever else differs is how they came to be.
    pub fn says_the_same(&self, other: &Draft) -> bool {
        self.content() == other.content() && self.marking == other.marking && self.withheld == other.withheld
    }

    /// True where both say the same of the same record, however confidential either is.
    pub(crate) fn says_the_same_but_for_markings(&self, other: &Draft) -> bool {
        self.content() == other.content() && self.verified_at == other.verified_at
    }

    /// True where both are about the same time.
    pub fn says_when(&self, other: &Draft) -> bool {
        ["valid_from", "valid_to", "first_cited", "last_cited"].iter().all(|date| self.envelope(date) == other.envelope(date))
    }

    /// What it says, whatever its markings.
    fn content(&self) -> impl PartialEq + '_ {
        let mut fields: Vec<(&String, SaidValue<'_>)> =
            self.fields.iter().map(|(name, value)| (name, SaidValue(value))).collect();
        fields.sort_by_key(|(name, _)| *name);
        (&self.kind, fields, &self.envelope, &self.more, self.status, self.withdrawn)
    }
}

/// A value as it is compared: by what it means.
struct SaidValue<'v>(&'v Value);

impl PartialEq for SaidValue<'_> {
    fn eq(&self, other: &SaidValue<'_>) -> bool {
        means_the_same(self.0, other.0)
    }
}

/// A statement as it is recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Its place in the chain, from 1.
    pub seq: i64,
    /// UUID, version 7.
    pub id: String,
    /// The entry it was recorded with here: all that was recorded at once.
    pub entry: String,
    /// The entry it was first recorded with, in whichever workspace.
    pub said_entry: String,
    /// What was done: entered, imported from a file, undone.
    pub act: String,
    /// Who.
    pub author: String,
    /// When this workspace recorded it (UTC): by it, what was known on a day is told.
    pub recorded_at: String,
    /// When it was first recorded, in whichever workspace (UTC).
    pub said_at: String,
    /// Public key of the workspace that recorded it first; empty in statements of the first form.
    pub workspace: String,
    /// The workspace that it was taken over from, by name; empty where it was recorded here.
    pub taken_from: String,
    /// For a withdrawal: the statement that settled the matter, where it was withdrawn in favour of that one.
    pub settled_by: String,
    /// What it says. Its `supersedes` has one identifier at most.
    pub draft: Draft,
    /// Commitments to its values, and which were taken away since.
    pub seal: Seal,
    /// Hash of the statement before it; empty for the first.
    pub prev_hash: String,
    /// SHA-256 of all of the above.
    pub hash: String,
}

/// The name under which the identifier of the record is committed to.
pub(crate) const RECORD: &str = "r:record";
/// The name under which the origin is committed to: it holds the record's identifier.
pub(crate) const ORIGIN: &str = "r:origin";

/// How the values of a statement are bound to its hash.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seal {
    /// The salt of all values; none in statements of the first form, and where single salts took its place.
    pub(crate) salt: Option<Salt>,
    /// Salts of single values, where some values were taken away.
    pub(crate) salts: BTreeMap<String, Salt>,
    /// The commitments to values that were taken away, in hexadecimal.
    pub(crate) sealed: BTreeMap<String, String>,
    /// Hash of the content, apart from the chain: the same in every workspace that has the statement. Empty in statements of
    /// the first form.
    pub(crate) content: String,
}

impl Seal {
    /// True for a statement of the first form, whose hash is over its values themselves.
    pub(crate) fn is_first_form(&self) -> bool {
        self.content.is_empty()
    }

    fn salt_of(&self, name: &str) -> Option<Salt> {
        self.salt.map(|s| s.of(name)).or_else(|| self.salts.get(name).copied())
    }
}

impl Statement {
    /// Its values by name: `f:` before fields, `e:` before the envelope, and [`RECORD`] and [`ORIGIN`], which may tell a name too.
    fn values(&self) -> BTreeMap<String, String> {
        self.each_value().map(|(name, value)| (name, value.into_owned())).collect()
    }

    /// The same, in no order.
    fn each_value(&self) -> impl Iterator<Item = (String, Cow<'_, str>)> {
        let d = &self.draft;
        let place = [(RECORD, &d.record), (ORIGIN, &d.origin)];
        // What stands in the place of an identifier that was taken away is no value.
        let place = place.into_iter().filter(|(name, text)| !text.is_empty() && !self.seal.sealed.contains_key(*name));
        let fields = d.fields.iter().map(|(name, value)| (["f:", name.as_str()].concat(), Cow::<str>::Owned(value.to_string())));
        let envelope = ENVELOPE.iter().zip(&d.envelope).map(|(name, text)| (*name, text));
        let more = d.more.iter().map(|(name, text)| (name.as_str(), text));
        let envelope = envelope.chain(more).chain([(VERIFIED, &d.verified_at)]).filter(|(_, text)| !text.is_empty());
        let envelope = envelope.map(|(name, text)| (["e:", name].concat(), Cow::<str>::Borrowed(text.as_str())));
        fields.chain(envelope).chain(place.map(|(name, text)| (name.to_owned(), Cow::<str>::Borrowed(text.as_str()))))
    }

    /// The commitment to every value by name, those that were taken away too; none where the salt of one is missing.
    fn commitments(&self) -> Option<Vec<(String, Digest)>> {
        let mut all = Vec::with_capacity(self.draft.fields.len() + 2 * self.seal.sealed.len() + 8);
        for (name, commitment) in &self.seal.sealed {
            all.push((name.clone(), bytes(commitment)?));
        }
        for (name, value) in self.each_value() {
            let commitment = self.seal.salt_of(&name)?.commit(&value);
            all.push((name, commitment));
        }
        all.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        // A value that was taken away may not come back as another one.
        all.windows(2).all(|two| two[0].0 != two[1].0).then_some(all)
    }

    /// The hash of its content, over commitments to its values: what was said, by whom, when, in which workspace. None where
    /// a salt is missing.
    pub(crate) fn content(&self) -> Option<String> {
        let d = &self.draft;
        let mut parts = SealedParts::new("remit statement 2");
        let before = d.supersedes.first().map_or("", String::as_str);
        for text in [&self.id, &self.said_entry, &self.act, &d.kind, before, &self.settled_by] {
            parts = parts.text(text);
        }
        parts = parts.number(u64::from(d.withdrawn));
        for text in [d.marking.code(), d.status.code(), &self.author, &self.said_at, &self.workspace] {
            parts = parts.text(text);
        }
        let commitments = self.commitments()?;
        parts = parts.number(commitments.len() as u64);
        for (name, commitment) in &commitments {
            parts = parts.text(name).digest(commitment);
        }
        let mut withheld: Vec<(&str, &str)> = d.withheld.iter().map(|(field, m)| (field.as_str(), m.code())).collect();
        withheld.sort_unstable();
        for (field, marking) in withheld {
            parts = parts.text(field).text(marking);
        }
        Some(parts.hexadecimal())
    }

    /// The hash that it must have, by its content and the statement before it. Of a statement of the first form: SHA-256 over a
    /// JSON array of the previous hash and every column in table order.
    pub(crate) fn computed_hash(&self) -> String {
        if self.seal.is_first_form() {
            return self.hash_of_first_form();
        }
        let parts = SealedParts::new("remit link 2").text(&self.prev_hash).number(self.seq as u64).text(&self.seal.content);
        parts.text(&self.entry).text(&self.recorded_at).text(&self.taken_from).hexadecimal()
    }

    fn hash_of_first_form(&self) -> String {
        let d = &self.draft;
        let content = serde_json::json!([
            self.prev_hash,
            self.seq,
            self.id,
            self.entry,
            self.act,
            d.origin,
            d.kind,
            d.record,
            d.supersedes,
            d.withdrawn,
            d.fields,
            withheld_json(&d.withheld),
            d.envelope,
            d.marking.level(),
            d.status.code(),
            self.author,
            self.recorded_at,
            d.verified_at,
        ]);
        hexadecimal(&Sha256::digest(content.to_string()))
    }

    /// What an entry's signature is over, of this statement: its content, or its hash where it has none apart.
    pub(crate) fn bound(&self) -> &str {
        if self.seal.is_first_form() { &self.hash } else { &self.seal.content }
    }

    /// True where two statements of one identifier, in two workspaces, say one thing.
    pub(crate) fn says_what(&self, other: &Statement) -> bool {
        match (self.seal.is_first_form(), other.seal.is_first_form()) {
            (false, false) => self.seal.content == other.seal.content,
            // Of a statement of the first form, each workspace made a content of its own.
            _ => self.author == other.author && self.draft.says_the_same(&other.draft) && self.draft.record == other.draft.record,
        }
    }

    /// A hash of what is left of it, over commitments with its own salts: who has the statement finds the same one, and nobody guesses from it what
    /// is withheld. None where a salt is missing.
    pub(crate) fn told_by(&self, left: &Draft) -> Option<Digest> {
        let left = Statement { draft: left.clone(), ..self.clone() };
        let mut parts = SealedParts::new("remit left of").text(&self.id).number(u64::from(left.draft.withdrawn));
        parts = parts.text(left.draft.marking.code()).text(left.draft.status.code());
        for (name, value) in left.values() {
            let commitment = self.seal.salt_of(&name)?.commit(&value);
            parts = parts.text(&name).digest(&commitment);
        }
        Some(parts.end())
    }

    /// True where two workspaces may each have said what is left of one statement that is erased, or ordered one to go: that follows from the
    /// statement, and so does its identifier, while each signs it for itself.
    pub(crate) fn follows_as(&self, other: &Statement) -> bool {
        let (ours, theirs) = (&self.draft, &other.draft);
        // Of which record one is that is erased here or there, its own order tells.
        let is_erased = [self, other].iter().any(|s| s.seal.sealed.contains_key(RECORD));
        let is_of_one =
            ours.kind == theirs.kind && (is_erased || ours.record == theirs.record) && ours.supersedes == theirs.supersedes;
        let is_alike =
            |(name, value): (&String, &Value)| theirs.fields.get(name).is_none_or(|other| means_the_same(value, other));
        let is_order = || self.erases().is_some() && other.erases().is_some();
        let is_rest = || !ours.supersedes.is_empty() && self.said_at == other.said_at;
        is_of_one && ours.fields.iter().all(is_alike) && (is_order() || is_rest())
    }

    /// Gives a statement of the first form a content that is apart from the chain that it stands in.
    pub(crate) fn made_second_form(&mut self) {
        if self.seal.is_first_form() {
            // Its hash is known to few, and says nothing of single values.
            let secret = SealedParts::new("remit first form").text(&self.hash).end();
            self.seal.salt = Some(Salt::derived(&secret, 0));
            self.seal.content = self.content().unwrap_or_default();
        }
    }

    /// The value of a field, where it is a text.
    pub(crate) fn text_of(&self, name: &str) -> Option<String> {
        let value = self.values().remove(name)?;
        match name.strip_prefix("f:") {
            Some(field) => self.draft.fields.get(field)?.as_str().map(str::to_owned),
            None => Some(value),
        }
    }

    /// True where its record was erased, or all that it said of it: nothing of it can be said again.
    pub(crate) fn says_nothing_any_more(&self) -> bool {
        let is_gone = self.seal.sealed.contains_key(RECORD) || self.draft.fields.is_empty();
        !self.draft.withdrawn && !self.seal.sealed.is_empty() && is_gone
    }

    /// The names of all of its values, as [`Statement::redact`] takes them.
    pub(crate) fn value_names(&self) -> Vec<String> {
        self.values().into_keys().collect()
    }

    /// Takes values away for good (`f:note`, `e:quote`): what is left of each is the commitment to it, so that the hash still
    /// holds. False where it cannot be done, because the hash is over the values themselves.
    pub(crate) fn redact(&mut self, names: &[String]) -> bool {
        if self.seal.is_first_form() {
            return names.is_empty();
        }
        let (values, Some(commitments)) = (self.values(), self.commitments()) else { return false };
        let commitments: BTreeMap<String, Digest> = commitments.into_iter().collect();
        let (gone, kept): (Vec<String>, Vec<String>) = values.into_keys().partition(|name| names.contains(name));
        if gone.is_empty() {
            return true;
        }
        // The common salt would tell those of what is gone.
        self.seal.salts = kept.into_iter().filter_map(|name| Some((name.clone(), self.seal.salt_of(&name)?))).collect();
        self.seal.salt = None;
        for name in gone {
            self.seal.sealed.insert(name.clone(), hexadecimal(&commitments[&name]));
            match name.split_at(2) {
                ("f:", field) => drop(self.draft.fields.shift_remove(field)),
                _ if name == RECORD => self.draft.record = format!("erased/{}", &self.seal.sealed[RECORD][..12]),
                _ if name == ORIGIN => self.draft.origin.clear(),
                (_, field) => self.draft.set_envelope(field, ""),
            }
        }
        true
    }
}

impl Statement {
    /// For the order of a redaction: the names of the values; its record is the statement that they are of.
    pub(crate) fn redacts(&self) -> Option<Vec<String>> {
        let d = &self.draft;
        if d.kind != REDACTION || d.withdrawn || !d.supersedes.is_empty() || !d.fields.get("kind").is_some_and(Value::is_string) {
            return None;
        }
        serde_json::from_value(d.fields.get("values")?.clone()).ok()
    }

    /// The same for the order of an erasure, which is about all that is said of a record, or of a field of it. One that an older version recorded
    /// tells it by what was done.
    pub(crate) fn erases(&self) -> Option<Vec<String>> {
        let says_so = self.draft.fields.get("erased").and_then(Value::as_bool).unwrap_or_default();
        self.redacts().filter(|_| says_so || self.act.starts_with(ERASED))
    }

    /// True for the order of a redaction.
    pub fn is_redaction(&self) -> bool {
        self.redacts().is_some()
    }

    /// The kind that this belongs to: for the order of a redaction, that of the statement that it is about.
    pub(crate) fn kind_of_record(&self) -> &str {
        let of = self.redacts().and_then(|_| self.draft.fields.get("kind")?.as_str());
        of.unwrap_or(&self.draft.kind)
    }
}

/// What the column `withheld` holds: an object from field to level.
pub(crate) fn withheld_json(withheld: &[(String, Marking)]) -> Value {
    Value::Object(withheld.iter().map(|(field, marking)| (field.clone(), marking.level().into())).collect())
}

/// Reads the column `withheld`; a level that does not exist counts as the highest.
pub(crate) fn read_withheld(text: Option<&str>) -> Vec<(String, Marking)> {
    let object = text.and_then(|t| serde_json::from_str::<Map<String, Value>>(t).ok()).unwrap_or_default();
    let level = |v: &Value| v.as_u64().and_then(|n| Marking::ALL.get(n as usize)).copied();
    object.iter().map(|(field, v)| (field.clone(), level(v).unwrap_or(Marking::StrictlyConfidential))).collect()
}

/// The fields of a statement that are not withheld from anybody, be it by who said it or by what the model marks since.
pub(crate) fn open_fields<'s>(model: &'s Model, s: &'s Statement) -> impl Iterator<Item = (&'s String, &'s Value)> {
    let marked: Vec<&str> = s.draft.marked_by(model).map(|(name, _)| name).collect();
    let withheld = &s.draft.withheld;
    let is_open = move |name: &String| !marked.contains(&name.as_str()) && !withheld.iter().any(|(field, _)| field == name);
    s.draft.fields.iter().filter(move |(name, _)| is_open(name))
}

/// The records that a statement refers to, each with the field, as whoever sees it may know.
pub(crate) fn references(model: &Model, s: &Statement) -> Vec<(String, String)> {
    if s.draft.withdrawn { Vec::new() } else { referred_in(model, s, open_fields(model, s)) }
}

/// The records that a statement refers to at all: what it withholds, and what it takes back, it still says.
pub(crate) fn all_references(model: &Model, s: &Statement) -> Vec<(String, String)> {
    referred_in(model, s, s.draft.fields.iter())
}

fn referred_in<'s>(model: &Model, s: &Statement, fields: impl Iterator<Item = (&'s String, &'s Value)>) -> Vec<(String, String)> {
    let kind = model.kind(&s.draft.kind);
    let field = |name: &str| kind.and_then(|k| k.field(name)).filter(|f| !f.targets().is_empty());
    fields
        .filter_map(|(name, value)| Some((name, field(name)?.references(value).into_iter().map(|(_, id)| id.to_owned()))))
        .flat_map(|(name, targets)| targets.map(|target| (target, name.clone())).collect::<Vec<_>>())
        .collect()
}
