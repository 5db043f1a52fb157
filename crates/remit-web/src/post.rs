//! What a form sent.

use crate::app::App;
use crate::error::PageError;
use crate::messages::m;
use axum::Form;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use remit_model::nearest;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

/// The largest sheet or document that a browser may send.
pub(crate) const MOST_BYTES: usize = 64 << 20;

/// Fields that are told of those that a form does not have, and letters of their names.
const MOST_STRANGE: usize = 20;
const LONGEST_NAME: usize = 60;

/// A form whose fields are those of a type.
pub(crate) struct PostedForm<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<App> for PostedForm<T> {
    type Rejection = PageError;

    async fn from_request(request: Request, app: &App) -> Result<PostedForm<T>, PageError> {
        match in_time(Form::from_request(request, app)).await? {
            Ok(Form(fields)) => Ok(PostedForm(fields)),
            Err(_) => Err(PageError::bad_request(m::error_no_form())),
        }
    }
}

/// The fields of a form that is made from the model: names and what was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Vec<(String, String)>")]
pub(crate) struct Fields {
    sent: Vec<(String, String)>,
    /// Where those of a name stand: a form may have very many.
    places: HashMap<String, Vec<usize>>,
}

impl From<Vec<(String, String)>> for Fields {
    fn from(sent: Vec<(String, String)>) -> Fields {
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (n, (name, _)) in sent.iter().enumerate() {
            places.entry(name.clone()).or_default().push(n);
        }
        Fields { sent, places }
    }
}

impl Fields {
    /// The value of a field, or nothing.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.of(name).next().unwrap_or_default()
    }

    /// All values of a field that may have several.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.of(name).filter(|v| !v.is_empty())
    }

    fn of(&self, name: &str) -> impl Iterator<Item = &str> {
        self.places.get(name).into_iter().flatten().map(move |n| self.sent[*n].1.trim())
    }

    /// The names under which values were sent that differ, of a form that takes one of each: nobody could tell which was meant.
    pub(crate) fn of_two_values(&self) -> BTreeSet<&str> {
        let value = |n: &usize| self.sent[*n].1.trim();
        let differ = |places: &[usize]| places.iter().any(|n| value(n) != value(&places[0]));
        self.places.iter().filter(|(_, places)| differ(places)).map(|(name, _)| name.as_str()).collect()
    }

    /// The names under which something was sent that the form does not have, each with the one that may have been meant: what is not known
    /// is refused in every way in, so that nothing is lost without a word.
    pub(crate) fn strange(&self, known: &BTreeSet<String>) -> Vec<(String, Option<String>)> {
        let sent = self.sent.iter().filter(|(name, value)| !known.contains(name) && !value.trim().is_empty());
        let names: BTreeSet<&str> = sent.map(|(name, _)| name.as_str()).collect();
        let told = names.into_iter().take(MOST_STRANGE).map(|name| {
            let shown: String = name.chars().take(LONGEST_NAME).collect();
            let like = nearest(&shown, known.iter().map(String::as_str)).map(str::to_owned);
            (shown, like)
        });
        told.collect()
    }

    /// Names of all fields.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.sent.iter().map(|(n, _)| n.as_str())
    }
}

/// A file that was sent.
pub(crate) struct SentFile {
    /// The name that it came with, which is only ever shown.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// A form with files: the files that are not empty, and the other fields.
pub(crate) struct SentFiles(pub(crate) Vec<SentFile>, pub(crate) Fields);

impl FromRequest<App> for SentFiles {
    type Rejection = PageError;

    async fn from_request(request: Request, app: &App) -> Result<SentFiles, PageError> {
        let parts = Multipart::from_request(request, app).await.map_err(|_| PageError::bad_request(m::error_no_form()))?;
        in_time(all_of(parts)).await?
    }
}

/// How long a browser of this machine may take to send something.
const SENDING: Duration = Duration::from_secs(60);

async fn in_time<T>(receiving: impl Future<Output = T>) -> Result<T, PageError> {
    let received = tokio::time::timeout(SENDING, receiving).await;
    received.map_err(|_| PageError::new(StatusCode::REQUEST_TIMEOUT, m::error_not_whole()))
}

async fn all_of(mut parts: Multipart) -> Result<SentFiles, PageError> {
    let (mut files, mut fields) = (Vec::new(), Vec::new());
    while let Some(part) = parts.next_field().await? {
        match (part.name().map(str::to_owned), part.file_name().map(str::to_owned)) {
            (Some(_), Some(name)) => {
                let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
                let bytes: Vec<u8> = part.bytes().await?.into();
                // Where no file is chosen, a browser sends one without a name.
                if !bytes.is_empty() || !name.is_empty() {
                    files.push(SentFile { name, bytes });
                }
            }
            (Some(name), None) => fields.push((name, part.text().await?)),
            (None, _) => {}
        }
    }
    Ok(SentFiles(files, fields.into()))
}
