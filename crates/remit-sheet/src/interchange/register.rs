//! What of the register other formats have a place for: actors, persons, postings, and what is part of what, with the sources of each.

use crate::SheetError;
use remit_store::Reader;
use serde::Deserialize;
use std::collections::HashMap;

pub(super) struct InterchangeRegister {
    pub(super) actors: Vec<InterchangeSubject>,
    pub(super) persons: Vec<InterchangeSubject>,
    pub(super) postings: Vec<Posting>,
    pub(super) parts: Vec<PartOf>,
}

/// An actor or a person.
#[derive(Debug, Deserialize)]
pub(super) struct InterchangeSubject {
    pub(super) record: String,
    pub(super) name: String,
    pub(super) acronym: Option<String>,
    pub(super) names: Vec<OtherName>,
    pub(super) class: Option<String>,
    pub(super) classification: Option<String>,
    pub(super) country: Option<String>,
    pub(super) sex: Option<String>,
    pub(super) starts: Option<String>,
    pub(super) ends: Option<String>,
    pub(super) website: Option<String>,
    pub(super) telephone: Option<String>,
    pub(super) email: Option<String>,
    pub(super) address: Option<String>,
    pub(super) note: Option<String>,
    #[serde(skip)]
    pub(super) sources: Vec<InterchangeSource>,
}

#[derive(Debug, Deserialize)]
pub(super) struct OtherName {
    pub(super) name: String,
    #[serde(default)]
    pub(super) language: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Posting {
    pub(super) record: String,
    pub(super) person: String,
    pub(super) actor: String,
    pub(super) role_as_written: Option<String>,
    pub(super) post: Option<String>,
    pub(super) valid_from: Option<String>,
    pub(super) valid_to: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct PartOf {
    pub(super) subject: String,
    pub(super) object: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct InterchangeSource {
    kind: String,
    record: String,
    pub(super) source: String,
    pub(super) url: String,
}

impl InterchangeRegister {
    pub(super) fn read(reader: &Reader) -> Result<InterchangeRegister, SheetError> {
        let sources = "select distinct kind, record, coalesce(source, url) as source, coalesce(url, '') as url from statement \
                       where kind in ('actor', 'person') and current = 1 and coalesce(source, url) is not null order by kind, record, said_at, statement";
        let mut cited: HashMap<(String, String), Vec<InterchangeSource>> = HashMap::new();
        for source in reader.query(sources, &[])?.rows_as::<InterchangeSource>()? {
            cited.entry((source.kind.clone(), source.record.clone())).or_default().push(source);
        }
        let mut subjects = |kind: &str, fields: &str| -> Result<Vec<InterchangeSubject>, SheetError> {
            let sql = format!(
                "select record, name, coalesce(names, '[]') as names, country, telephone, email, address, note{fields} from {kind} order by record"
            );
            let mut all: Vec<InterchangeSubject> = reader.query(&sql, &[])?.rows_as()?;
            all.iter_mut().for_each(|s| s.sources = cited.remove(&(kind.to_owned(), s.record.clone())).unwrap_or_default());
            Ok(all)
        };
        let postings = "select record, person, actor, coalesce(role_as_written, role) as role_as_written, post, valid_from, valid_to \
                        from posting order by record";
        let parts = "select subject, object from relation where relation = 'part_of' order by record";
        Ok(InterchangeRegister {
            actors: subjects("actor", ", acronym, class, classification, starts, ends, website, null as sex")?,
            persons: subjects(
                "person",
                ", sex, null as acronym, null as class, null as classification, null as starts, null as ends, null as website",
            )?,
            postings: reader.query(postings, &[])?.rows_as()?,
            parts: reader.query(parts, &[])?.rows_as()?,
        })
    }
}
