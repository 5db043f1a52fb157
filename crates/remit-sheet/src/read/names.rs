//! Who is meant. A record is known by its identifier and its own names; another name, or a record of another country, only suggests.
//! Nothing depends on the order of rows. Names are compared in their own script: letters that look or sound alike in Latin ones are
//! other letters (سيف, صيف), and only a person can tell.

mod suggested;

use super::fingerprint::fingerprint;
use super::name_forms::NameForms;
use crate::SheetError;
use crate::grid::CellText;
use remit_model::{Called, Kind, Marking, Model, comparable, latin};
use remit_store::{Chain, KnownRecord, StayingOne, hexadecimal};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

/// Likeness from which a name is worth suggesting.
const LIKELY: f64 = 0.86;

/// The names of the records of one kind. A sheet of half a million rows has as many: of what is only looked up a hash is kept, and no
/// text.
#[derive(Debug, Default)]
pub struct Names {
    records: HashSet<Hash>,
    country: HashMap<Hash, NamedCountry>,
    /// The countries that are named, each once.
    countries: Vec<String>,
    /// What records are called before a row is read. Of a sheet that refers by identifier nobody looks a name up: it is put in
    /// order when somebody does.
    called: Vec<(String, Called)>,
    in_order: OnceLock<InOrder>,
    /// Words that others write otherwise, and what names are called by the form that they have in common.
    forms: Arc<NameForms>,
    by_form: OnceLock<HashMap<String, OnlyOne<String>>>,
    /// Records by the names that rows give them: their own, and others.
    learned: HashMap<Hash, Few>,
    learned_other: Records,
    /// Records, each with an own name that stands beside the first.
    beside: HashSet<(Hash, Hash)>,
    /// What stands in cells that name records.
    mentioned: HashSet<Hash>,
    /// Records of which a sheet says the name only, by name: each with the country of the row.
    added: HashMap<String, Vec<(String, String)>>,
    /// How they are written, where several spellings name one: the last of these in the order of letters.
    spelled: HashMap<String, String>,
    /// The country with which rows say a name; empty where they say none.
    said_with: HashMap<Hash, OnlyOne<NamedCountry>>,
    /// The name of rows that is written so in Latin letters, as identifiers are.
    written_alike: HashMap<Hash, OnlyOne<Hash>>,
    /// Names that rows say only to who may see more, each with how they say it.
    openly: HashMap<Hash, Openly>,
    /// What makes identifiers of these, so that nobody who tries names finds out which one is meant.
    secret: Option<[u8; 32]>,
    /// Records of which all that is said is marked above public, with the lowest of these markings.
    marked: HashMap<Hash, Marking>,
    /// Records that were made one with others, each with who stands for it: what a row says of the one is said of the other.
    gone: HashMap<Hash, String>,
}

/// Whether some row that is about a name, and some row that only mentions it, is for everybody.
#[derive(Debug, Default)]
struct Openly {
    own: Option<bool>,
    mentioned: Option<bool>,
}

impl Openly {
    /// True where nobody reads the name who may not see more: what a row about it says goes before what only mentions it.
    fn is_hidden(&self) -> bool {
        self.own.or(self.mentioned) == Some(false)
    }
}

/// Where a country stands among those that are named.
type NamedCountry = u32;

/// What a text is looked up by, in little memory.
type Hash = [u8; 16];

fn hash(text: &str) -> Hash {
    fingerprint(text).to_le_bytes()
}

/// One thing, or more than one: which ones is never asked.
#[derive(Debug, Clone, PartialEq, Eq)]
enum OnlyOne<T> {
    One(T),
    Several,
}

impl<T: PartialEq> OnlyOne<T> {
    /// Adds one: the same once more changes nothing.
    fn note(&mut self, other: &T) {
        if !matches!(self, OnlyOne::One(own) if own == other) {
            *self = OnlyOne::Several;
        }
    }
}

/// Records of one name: mostly there is one.
#[derive(Debug)]
enum Few {
    One(CellText),
    Several(Vec<CellText>),
}

impl Few {
    fn all(&self) -> &[CellText] {
        match self {
            Few::One(one) => std::slice::from_ref(one),
            Few::Several(all) => all,
        }
    }

    fn add(&mut self, record: &str) {
        if !self.all().iter().any(|r| r == record) {
            let more = [self.all(), &[CellText::from(record)]].concat();
            *self = Few::Several(more);
        }
    }
}

/// Names, each with the records that are called so.
#[derive(Debug, Default)]
struct InOrder {
    /// Records by their own names.
    known: Records,
    /// Records by their other names.
    other: Records,
    written_alike: HashMap<Hash, OnlyOne<Hash>>,
}

type Records = HashMap<String, Vec<String>>;

/// The result of looking a name up.
#[derive(Debug, PartialEq, Eq)]
pub enum Meant {
    /// One record, by its identifier or its own name.
    One(String),
    /// One record, by what only suggests it.
    Likely(String, Suggests),
    /// Several: their identifiers.
    Several(Vec<String>),
    /// None.
    None,
}

/// Why a record is only likely to be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suggests {
    /// It is called so beside its own name.
    OtherName,
    /// It is of another country than the row.
    Elsewhere,
}

impl Names {
    /// Adds what a record is called, by itself or beside its own name.
    pub fn add(&mut self, record: String, called: Called) {
        self.records.insert(hash(&record));
        self.called.push((record, called));
        self.in_order.take();
        self.by_form.take();
    }

    /// Gives the words that people write otherwise in names, for what is suggested.
    pub fn written_as(&mut self, model: &Model) {
        self.forms = model.worked_out(|model| NameForms::new(&model.languages));
        self.by_form.take();
    }

    /// Adds what the register calls a record.
    pub(crate) fn add_known(&mut self, known: &KnownRecord) {
        known.called.iter().for_each(|called| self.add(known.record.clone(), called.clone()));
        let beside = known.called.iter().skip(1).filter(|called| !called.is_other);
        self.beside.extend(beside.map(|called| (hash(&known.record), hash(&comparable(&called.name)))));
    }

    /// True for an own name of a record that stands on file beside the one that it is shown by: its acronym.
    pub(crate) fn is_beside(&self, record: &str, name: &str) -> bool {
        self.beside.contains(&(hash(record), hash(&comparable(name))))
    }

    /// Adds what a row that gives a record's identifier calls it.
    pub(crate) fn add_own(&mut self, record: &str, name: &str) {
        self.add(record.to_owned(), Called { name: name.to_owned(), is_other: false });
    }

    /// Adds a record that is known by its identifier only.
    pub fn add_record(&mut self, record: &str) {
        self.records.insert(hash(record));
    }

    /// Adds the records that were made one with others. Somebody decided that: a name that one of them had as its own means it, and with that who it
    /// is one with, unless a record that stands is called so itself. To be called once the names and countries of those that stand are known.
    pub fn add_gone(&mut self, kind: &Kind, one: &StayingOne, clearance: Marking) {
        let (all, mut named, mut said) = (one.known(kind, clearance), Vec::new(), HashSet::new());
        for gone in &all {
            let (stays, country) = (one.kept(&kind.name, &gone.record, clearance), gone.country.as_deref().unwrap_or_default());
            for called in &gone.called {
                let key = comparable(&called.name);
                let is_free = self.in_order().known.get(&key).is_none_or(|records| !self.is_here(records, country));
                // Several that are one now may have been called so.
                if is_free && said.insert((stays, key)) {
                    named.push((gone.record.clone(), called.clone()));
                }
            }
        }
        for gone in &all {
            let stays = one.kept(&kind.name, &gone.record, clearance);
            self.note_marking(&gone.record, self.marking_of(stays));
            self.add_record(&gone.record);
            self.gone.insert(hash(&gone.record), stays.to_owned());
            if let Some(country) = &gone.country {
                self.set_country(&gone.record, country);
            }
        }
        named.into_iter().for_each(|(gone, called)| self.add(gone, called));
    }

    /// Adds what a row calls its record.
    pub(crate) fn learn(&mut self, record: &str, name: &str) {
        self.records.insert(hash(record));
        let key = comparable(name);
        if !key.is_empty() {
            self.learned.entry(hash(&key)).or_insert_with(|| Few::One(record.into())).add(record);
        }
    }

    /// Adds what a row calls its record beside its own name.
    pub(crate) fn learn_other(&mut self, record: &str, name: &str) {
        self.records.insert(hash(record));
        put(&mut self.learned_other, record, name);
    }

    /// Notes the country of a record.
    pub fn set_country(&mut self, record: &str, country: &str) {
        let country = self.place_of(country);
        self.country.insert(hash(record), country);
    }

    fn place_of(&mut self, country: &str) -> NamedCountry {
        let known = self.countries.iter().position(|c| c == country);
        let place = known.unwrap_or_else(|| {
            self.countries.push(country.to_owned());
            self.countries.len() - 1
        });
        place as NamedCountry
    }

    /// Where a record is; empty where that is not known.
    pub(crate) fn country_of(&self, record: &str) -> &str {
        self.country.get(&hash(record)).map_or("", |country| self.countries[*country as usize].as_str())
    }

    /// True for a record that there is, before or after rows are learnt.
    pub(crate) fn has(&self, record: &str) -> bool {
        self.records.contains(&hash(record))
    }

    /// Notes that a cell has this name, and no other beside it.
    pub(crate) fn mention(&mut self, name: &str) {
        self.mentioned.insert(hash(&comparable(name)));
    }

    /// True where a record is called so, or a cell has this name alone: it is known before those are added that are only named, so that the
    /// order of rows tells nothing.
    pub(crate) fn is_said(&self, name: &str) -> bool {
        let key = comparable(name);
        let (own, all) = (hash(&key), self.in_order());
        let is_called = all.known.contains_key(&key) || all.other.contains_key(&key) || self.learned_other.contains_key(&key);
        !key.is_empty() && (is_called || self.learned.contains_key(&own) || self.mentioned.contains(&own))
    }

    /// True for a record that is known by its own name before any row is read.
    pub(crate) fn is_known(&self, record: &str) -> bool {
        self.on_file_as(record).is_some()
    }

    fn in_order(&self) -> &InOrder {
        self.in_order.get_or_init(|| {
            let mut all = InOrder::default();
            for (record, Called { name, is_other }) in &self.called {
                match is_other {
                    true => put(&mut all.other, record, name),
                    false => {
                        put(&mut all.known, record, name);
                        alike(&mut all.written_alike, name);
                    }
                }
            }
            all
        })
    }

    /// Says that a row has a record of this name and country, before any identifier is made.
    pub(crate) fn said_with(&mut self, name: &str, country: &str) {
        self.spelled(name);
        if !country.is_empty() {
            let country = self.place_of(country);
            self.said_with.entry(hash(&comparable(name))).or_insert(OnlyOne::One(country)).note(&country);
        }
    }

    /// Notes that there is such a name, before any identifier is made of one.
    pub(crate) fn spelled(&mut self, name: &str) {
        alike(&mut self.written_alike, name);
    }

    /// The name that a record is on file by.
    pub(crate) fn on_file_as(&self, record: &str) -> Option<&str> {
        self.called.iter().find(|(of, called)| of == record && !called.is_other).map(|(_, called)| called.name.as_str())
    }

    /// Gives what makes identifiers of names that not everybody may read.
    pub(crate) fn hide_with(&mut self, secret: [u8; 32]) {
        self.secret = Some(secret);
    }

    /// Notes whether a row that is about a name, or only mentions it, is for everybody, before any identifier is made.
    pub(crate) fn said_openly(&mut self, name: &str, is_own: bool, is_open: bool) {
        let said = self.openly.entry(hash(&comparable(name))).or_default();
        let said = if is_own { &mut said.own } else { &mut said.mentioned };
        *said = Some(said.unwrap_or_default() || is_open);
    }

    /// Notes how something that is said of a record is marked, before anything else is noted of it.
    pub(crate) fn note_marking(&mut self, record: &str, marking: Marking) {
        let record = hash(record);
        match self.marked.get_mut(&record) {
            Some(lowest) => *lowest = marking.min(*lowest),
            None if marking > Marking::Public && !self.records.contains(&record) => {
                self.marked.insert(record, marking);
            }
            None => {}
        }
    }

    /// The marking from which on somebody may know of a record.
    pub(crate) fn marking_of(&self, record: &str) -> Marking {
        self.marked.get(&hash(record)).copied().unwrap_or_default()
    }

    /// An identifier for a name: in Latin letters, and with a mark where another name is written so too. Identifiers are seen by whoever sees
    /// what refers to them: of a name that is only said to who may see more nothing is in it, unless a record is called so already. An older
    /// version made it of the name, and whoever it is about has another name by now.
    fn identifier(&self, name: &str, country: &str) -> String {
        let (own, plain) = (comparable(name), self.plain_identifier(name, country));
        let is_hidden = self.openly.get(&hash(&own)).is_some_and(Openly::is_hidden) && !self.records.contains(&hash(&plain));
        let Some(secret) = self.secret.filter(|_| is_hidden) else { return plain };
        let of_name = Sha256::new().chain_update(secret).chain_update(country).chain_update([0u8]).chain_update(&own).finalize();
        format!("marked/{}", &hexadecimal(&of_name)[..16])
    }

    fn plain_identifier(&self, name: &str, country: &str) -> String {
        let plain = slug(&[&country.to_lowercase(), name]);
        let own = comparable(name);
        let (only, latin) = (OnlyOne::One(hash(&own)), hash(&in_latin(name)));
        let mut alike = [&self.written_alike, &self.in_order().written_alike].into_iter().filter_map(|all| all.get(&latin));
        match alike.any(|names| *names != only) {
            true => {
                format!("{plain}-{:x}", Sha256::digest(own.as_bytes())[0..3].iter().fold(0u32, |all, b| all << 8 | u32::from(*b)))
            }
            false => plain,
        }
    }

    /// The identifier of the record that a row is about, by its name: one that is known, or a new one.
    pub(crate) fn identity(&self, name: &str, country: &str) -> String {
        let key = comparable(name);
        let known = self.in_order().known.get(&key).map_or(&[][..], Vec::as_slice);
        // Those with a number behind what they have in common are told apart by what rows say of them.
        let known: Vec<&String> = known.iter().filter(|record| !is_numbered(record, known)).collect();
        let only = match self.said_with.get(&hash(&key)) {
            Some(OnlyOne::One(country)) => self.countries[*country as usize].as_str(),
            _ => "",
        };
        let of = |wanted: &str| {
            let mut found = known.iter().copied().filter(|r| self.country_of(r) == wanted);
            found.next().filter(|_| found.next().is_none())
        };
        let one = match country {
            "" => of(only).or(Some(&known).filter(|k| k.len() == 1).and_then(|k| k.first().copied())),
            // What is known of no country may be this one, where rows do not speak of another too.
            _ => of(country).or(of("").filter(|_| only == country && known.len() == 1)),
        };
        let country = if country.is_empty() { only } else { country };
        one.cloned().unwrap_or_else(|| self.identifier(name, country))
    }

    /// The record of which a sheet says the name only.
    pub(crate) fn add_named(&mut self, name: &str, country: &str) -> String {
        self.spelled(name);
        let id = self.identifier(name, country);
        self.records.insert(hash(&id));
        if !country.is_empty() {
            self.set_country(&id, country);
        }
        let of_name = self.added.entry(comparable(name)).or_default();
        if !of_name.iter().any(|(of, _)| of == country) {
            of_name.push((country.to_owned(), id.clone()));
        }
        self.spell(&id, name);
        id
    }

    /// Notes how a row writes the name of a record of which no more is said.
    pub(crate) fn spell(&mut self, record: &str, name: &str) {
        match self.spelled.get_mut(record) {
            Some(spelled) if spelled.as_str() < name => name.clone_into(spelled),
            Some(_) => {}
            None => drop(self.spelled.insert(record.to_owned(), name.to_owned())),
        }
    }

    /// How the name of such a record is written, whatever the order of the rows.
    pub(crate) fn spelling(&self, record: &str) -> Option<&str> {
        self.spelled.get(record).map(String::as_str)
    }

    /// The one record that somebody names; `what` is what they name.
    ///
    /// # Errors
    /// When there is none of this own name, or several, with what may be meant.
    pub(crate) fn one(&self, what: &str, text: &str) -> Result<String, String> {
        match self.find(text, "") {
            Meant::One(record) => Ok(record),
            Meant::Likely(record, _) => Err(format!("`{text}` is no {what}’s own name; if {record} is meant, name it so")),
            Meant::Several(records) => Err(format!("`{text}` is the name of several: {}", records.join(", "))),
            Meant::None => {
                let like = self.suggestion(text).map_or_else(String::new, |like| format!("; is it “{like}”?"));
                Err(format!("there is no {what} `{text}` in the register{like}"))
            }
        }
    }

    /// Who is meant by a text that stands in a row of a country. The name of a record that was made one with another means that, and so does its
    /// identifier.
    pub fn find(&self, text: &str, country: &str) -> Meant {
        let stays = |record: String| self.gone.get(&hash(&record)).cloned().unwrap_or(record);
        match self.find_as_said(text, country) {
            Meant::One(record) => Meant::One(stays(record)),
            Meant::Likely(record, why) => Meant::Likely(stays(record), why),
            Meant::Several(all) => Meant::Several(all.into_iter().map(stays).collect()),
            Meant::None => Meant::None,
        }
    }

    /// The same as rows say it: of a record that was made one with another that itself, so that a row is known again by what it was recorded as
    /// before.
    fn find_as_said(&self, text: &str, country: &str) -> Meant {
        let is_record = self.records.contains(&hash(text));
        if is_record { Meant::One(text.to_owned()) } else { self.find_named(text, country) }
    }

    fn find_named(&self, text: &str, country: &str) -> Meant {
        let key = comparable(text);
        let learned = self.learned.get(&hash(&key)).map_or(&[][..], Few::all);
        let own = both(self.in_order().known.get(&key), learned.iter().map(CellText::as_str));
        if let Some(meant) = self.among(&own, country) {
            return meant;
        }
        let added = self.added.get(&key).map_or(&[][..], Vec::as_slice);
        let of = |wanted: &str| added.iter().find(|(of, _)| of == wanted);
        // Who says no country means the only one that rows say of it.
        let only = || added.first().filter(|_| country.is_empty() && added.len() == 1);
        if let Some((_, id)) = of(country).or_else(|| of("")).or_else(only) {
            return Meant::One(id.clone());
        }
        // Its own name means a record of another country too, where only one is called so.
        match &own[..] {
            [one] => return Meant::Likely((*one).to_owned(), Suggests::Elsewhere),
            [_, _, ..] => return Meant::Several(own.into_iter().map(str::to_owned).collect()),
            [] => {}
        }
        let learned = self.learned_other.get(&key).into_iter().flatten().map(String::as_str);
        match self.among(&both(self.in_order().other.get(&key), learned), country) {
            Some(Meant::One(record)) => Meant::Likely(record, Suggests::OtherName),
            several => several.unwrap_or(Meant::None),
        }
    }

    /// The same in a workspace that is about one country (`home`; empty where it is not). What says no country is of that where others are called so
    /// elsewhere; and where a field mostly names who is of the country of its row (`is_of_it`), who is of another is not meant by a name.
    pub(crate) fn find_at_home(&self, text: &str, country: &str, home: &str, is_of_it: bool) -> Meant {
        let near = if country.is_empty() { home } else { country };
        let is_elsewhere = |record: &str| !near.is_empty() && !["", near].contains(&self.country_of(record));
        let is_of_sheet =
            |record: &str| self.learned.get(&hash(&comparable(text))).is_some_and(|few| few.all().iter().any(|r| r == record));
        match self.find_as_said(text, country) {
            Meant::Several(all) if country.is_empty() => match self.find_as_said(text, home) {
                one @ Meant::One(_) => one,
                _ => Meant::Several(all),
            },
            Meant::One(record) | Meant::Likely(record, _)
                if is_of_it && record != text && is_elsewhere(&record) && !is_of_sheet(&record) =>
            {
                Meant::None
            }
            meant => meant,
        }
    }

    /// True for a record that is on file, whatever rows say.
    pub(crate) fn is_on_file(&self, record: &str, name: &str) -> bool {
        if self.gone.contains_key(&hash(record)) {
            return true;
        }
        let known = self.in_order().known.get(&comparable(name));
        known.is_some_and(|records| records.iter().any(|r| r == record))
    }

    /// Of several records the one of the country, or the only one that is not of another; none where all are.
    fn among(&self, found: &[&str], country: &str) -> Option<Meant> {
        let here: Vec<&str> =
            found.iter().copied().filter(|r| country.is_empty() || ["", country].contains(&self.country_of(r))).collect();
        let own: Vec<&str> = here.iter().copied().filter(|r| self.country_of(r) == country).collect();
        match (&here[..], &own[..]) {
            ([], _) => None,
            ([one], _) | (_, [one]) => Some(Meant::One((*one).to_owned())),
            _ => Some(Meant::Several(here.into_iter().map(str::to_owned).collect())),
        }
    }
}

/// True for a record that has a number behind the identifier of another one of these.
fn is_numbered(record: &str, among: &[String]) -> bool {
    let of = record.rsplit_once('/').filter(|(_, number)| number.parse::<u32>().is_ok());
    of.is_some_and(|(of, _)| among.iter().any(|other| other == of))
}

fn put(records: &mut Records, record: &str, name: &str) {
    let key = comparable(name);
    if key.is_empty() {
        return;
    }
    let records = records.entry(key).or_default();
    if !records.iter().any(|r| r == record) {
        records.push(record.to_owned());
    }
}

fn both<'n>(known: Option<&'n Vec<String>>, learned: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let all: BTreeSet<&str> = known.into_iter().flatten().map(String::as_str).chain(learned).collect();
    all.into_iter().collect()
}

/// Notes a name by what it is in Latin letters.
fn alike(all: &mut HashMap<Hash, OnlyOne<Hash>>, name: &str) {
    let own = hash(&comparable(name));
    all.entry(hash(&in_latin(name))).or_insert(OnlyOne::One(own)).note(&own);
}

/// What names that are written the same in Latin letters have in common.
fn in_latin(name: &str) -> String {
    comparable(&latin(name))
}

/// An identifier made of words: what people can read in an address.
pub(crate) fn slug(parts: &[&str]) -> String {
    let parts: Vec<String> = parts.iter().filter(|p| !p.is_empty()).map(|p| in_latin(p).replace(' ', "-")).collect();
    parts.join("/")
}

/// How a sheet says a name that is to be asked for.
#[derive(Debug, Default, Clone)]
pub(crate) struct NameAsked {
    /// How often.
    pub(crate) times: u64,
    /// The first row in which it stands.
    pub(crate) row: u64,
    /// The country of who is meant; empty where it may be any.
    pub(crate) country: String,
}

impl NameAsked {
    /// Notes the name once more.
    pub(crate) fn note(&mut self, row: u64, country: &str) {
        if self.times == 0 {
            *self = NameAsked { times: 0, row, country: country.to_owned() };
        } else if self.country != country {
            self.country.clear();
        }
        self.times += 1;
    }
}

/// Names that are to be asked for, by kind and name.
pub(crate) type AskedNames = BTreeMap<(String, String), NameAsked>;

/// The names in the register that records of these kinds may have or refer to, by kind.
pub(crate) fn known_names(
    model: &Model,
    chain: &Chain,
    written: &[&Kind],
    clearance: Marking,
) -> Result<HashMap<String, Names>, SheetError> {
    let own = written.iter().map(|kind| kind.name.as_str());
    let wanted: HashSet<&str> = own.chain(referred(written)).collect();
    let mut all: HashMap<String, Names> = HashMap::new();
    let is_named = |k: &&Kind| k.title.is_some() && k.part_of.is_none() && wanted.contains(k.name.as_str());
    for kind in model.kinds.iter().filter(is_named) {
        let names = all.entry(kind.name.clone()).or_default();
        names.written_as(model);
        for known in chain.known(&kind.name, clearance)?.iter() {
            names.note_marking(&known.record, known.marking);
            names.add_known(known);
            if let Some(country) = &known.country {
                names.set_country(&known.record, country);
            }
        }
    }
    let one = chain.staying_one()?;
    for kind in &model.kinds {
        if let Some(names) = all.get_mut(&kind.name) {
            names.add_gone(kind, &one, clearance);
        }
    }
    Ok(all)
}

/// The kinds that records of these kinds refer to.
fn referred<'k>(written: &[&'k Kind]) -> impl Iterator<Item = &'k str> {
    written.iter().flat_map(|kind| &kind.fields).flat_map(|field| field.targets()).map(String::as_str)
}

/// Adds the identifiers of what data sets publish, as far as records of these kinds can refer to it.
pub(super) fn add_published(
    names: &mut HashMap<String, Names>,
    chain: &Chain,
    written: &[&Kind],
    clearance: Marking,
) -> Result<(), SheetError> {
    for kind in referred(written).collect::<HashSet<&str>>() {
        let names = names.entry(kind.to_owned()).or_default();
        chain.imported(kind, clearance)?.into_iter().for_each(|record| names.add_record(&record));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Called, Meant, Names, Suggests};

    fn own(names: &mut Names, record: &str, name: &str) {
        names.add(record.into(), Called { name: name.into(), is_other: false });
    }

    fn other(names: &mut Names, record: &str, name: &str) {
        names.add(record.into(), Called { name: name.into(), is_other: true });
    }

    #[test]
    fn an_own_name_goes_before_another_name_and_another_name_only_suggests() {
        let mut names = Names::default();
        own(&mut names, "service", "Made-up State Service");
        own(&mut names, "lagos", "Made-up State Service Lagos Command");
        other(&mut names, "lagos", "Made-up State Service");
        other(&mut names, "service", "MSS");
        assert_eq!(names.find("Made-up State Service", "NG"), Meant::One("service".into()));
        assert_eq!(names.find("M.S.S", "NG"), Meant::None, "an acronym with points is other words");
        assert_eq!(names.find("mss", "NG"), Meant::Likely("service".into(), Suggests::OtherName));
        other(&mut names, "lagos", "MSS");
        assert_eq!(names.find("MSS", ""), Meant::Several(vec!["lagos".into(), "service".into()]));
        assert_eq!(names.identity("MSS", "NG"), "ng/mss", "a row of this name is about a record of its own");
    }

    #[test]
    fn letters_that_are_written_alike_in_latin_ones_are_other_letters() {
        let mut names = Names::default();
        for name in ["قوة السيف", "قوة الصيف"] {
            names.said_with(name, "LY");
        }
        let [sword, summer] = ["قوة السيف", "قوة الصيف"].map(|name| names.identity(name, "LY"));
        assert!(sword != summer && sword.starts_with("ly/qw"), "{sword} {summer}");
        own(&mut names, "ly/sword", "قوة السيف");
        assert_eq!(names.find("قوة الصيف", "LY"), Meant::None, "nobody has this name, and it is not taken for another");
        assert_eq!(names.find("قوّة السيف", "LY"), Meant::One("ly/sword".into()), "vowel signs tell nothing");
        assert_eq!(names.suggestion("قوة الصيف").as_deref(), Some("قوة السيف"), "as it is written");
    }

    #[test]
    fn a_country_tells_apart_and_only_then() {
        let mut names = Names::default();
        own(&mut names, "sd", "Made-up Mission");
        names.set_country("sd", "SD");
        assert_eq!(names.find("Made-up Mission", "NG"), Meant::Likely("sd".into(), Suggests::Elsewhere));
        own(&mut names, "ke", "Made-up Mission");
        names.set_country("ke", "KE");
        assert_eq!(names.find("Made-up Mission", "KE"), Meant::One("ke".into()));
        assert_eq!(names.find("Made-up Mission", "NG"), Meant::Several(vec!["ke".into(), "sd".into()]));
    }

    #[test]
    fn the_order_in_which_rows_come_tells_nothing() {
        let rows = [
            ("Made-up Police", "SO"),
            ("Made-up Police", ""),
            ("Made-up Police", "KE"),
            ("Made-up Army", ""),
            ("Made-up Army", "SO"),
        ];
        fn identities(rows: &[(&'static str, &'static str)]) -> Vec<(String, &'static str)> {
            let mut names = Names::default();
            rows.iter().for_each(|(name, country)| names.said_with(name, country));
            let mut all: Vec<_> = rows.iter().map(|(name, country)| (names.identity(name, country), *country)).collect();
            all.sort();
            all
        }
        let mut reversed = rows;
        reversed.reverse();
        assert_eq!(identities(&rows), identities(&reversed));
        assert_eq!(
            identities(&rows).iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(),
            ["ke/made-up-police", "made-up-police", "so/made-up-army", "so/made-up-army", "so/made-up-police"]
        );
    }
}
