//! What a reader sees when something is wrong: a page that says what, and what to do.

use crate::figures::{date, listed};
use crate::language::{direction, language, locale};
use crate::messages::{label, m};
use askama::Template;
use axum::extract::multipart::MultipartError;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use remit_ask::AskError;
use remit_model::{Day, Language, Model, said};
use remit_report::ReportError;
use remit_sheet::SheetError;
use remit_store::StoreError;
use std::fmt::Display;
use std::io::Write as _;

/// A page that cannot be shown.
#[derive(Debug)]
pub(crate) struct PageError {
    status: StatusCode,
    /// In the language of the page.
    message: String,
    /// More, as another part of Remit says it.
    particulars: String,
    /// The language of which the particulars are.
    speaks: Language,
    /// What somebody may have meant.
    like: Option<Box<str>>,
    /// The address of what was meant; empty where it is not known.
    leads: Box<str>,
    /// The parameter of a question whose value is wrong; empty where it is not about one.
    parameter: String,
}

impl PageError {
    /// Something that cannot be answered.
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> PageError {
        PageError {
            status,
            message: message.into(),
            particulars: String::new(),
            speaks: language(),
            like: None,
            leads: Box::default(),
            parameter: String::new(),
        }
    }

    /// There is no such thing.
    pub(crate) fn not_found(message: impl Into<String>) -> PageError {
        PageError::new(StatusCode::NOT_FOUND, message)
    }

    /// The address asks for something that makes no sense.
    pub(crate) fn bad_request(message: impl Into<String>) -> PageError {
        PageError::new(StatusCode::BAD_REQUEST, message)
    }

    /// A text is no day, or may mean two.
    pub(crate) fn no_day(text: &str) -> PageError {
        PageError::bad_request(two_days(text).unwrap_or_else(|| m::error_no_day(text)))
    }

    /// It may not be done.
    pub(crate) fn forbidden(message: impl Into<String>) -> PageError {
        PageError::new(StatusCode::FORBIDDEN, message)
    }

    /// Our fault.
    pub(crate) fn internal(cause: &dyn Display) -> PageError {
        // Where nobody listens any more, that is no reason to answer nothing.
        let _ = writeln!(std::io::stderr(), "remit: a page failed: {}", remit_model::visible(&cause.to_string()));
        PageError::new(StatusCode::INTERNAL_SERVER_ERROR, m::error_internal())
    }

    /// A query of a page that went wrong.
    pub(crate) fn of_query(file: &str, error: StoreError) -> PageError {
        match error {
            StoreError::Column(_) | StoreError::Sql { .. } | StoreError::Database(_) => {
                PageError::internal(&format!("{file}: {error}"))
            }
            other => other.into(),
        }
    }

    /// There is no such country: no page of it, or no use for it in a form.
    pub(crate) fn no_country(status: StatusCode, model: &Model, given: &str) -> PageError {
        let list = model.lists.get("country");
        let like = list.and_then(|l| l.nearest(given));
        let code = like.filter(|_| status == StatusCode::NOT_FOUND);
        let called = like.map(|code| label(&code.label));
        PageError::new(status, m::error_no_country(given)).meant(called).leading(code.map(|c| format!("/country/{}", c.code)))
    }

    /// The same with where what was meant is.
    fn leading(self, address: Option<String>) -> PageError {
        PageError { leads: address.unwrap_or_default().into(), ..self }
    }

    /// The same with what somebody may have meant.
    pub(crate) fn meant(self, like: Option<impl AsRef<str>>) -> PageError {
        match like {
            Some(like) => {
                let message = format!("{} {}", self.message, m::did_you_mean(like.as_ref()));
                PageError { message, like: Some(like.as_ref().into()), ..self }
            }
            None => self,
        }
    }

    /// The same with the page that a form was sent from, an own one: whoever sent it mends it there.
    pub(crate) fn back_to(self, page: &str) -> PageError {
        match self.leads.is_empty() {
            true => PageError { like: Some(m::to_where_you_were().into()), leads: page.into(), ..self },
            false => self,
        }
    }

    /// What is wrong, in the language of the page.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// True where the address asks for something that makes no sense: who asks can mend it.
    pub(crate) fn is_of_request(&self) -> bool {
        self.status == StatusCode::BAD_REQUEST
    }

    /// The parameter whose value is wrong, and what somebody may have meant by it.
    pub(crate) fn meant_by(&self) -> Option<(&str, &str)> {
        self.like.as_deref().filter(|_| !self.parameter.is_empty()).map(|like| (self.parameter.as_str(), like))
    }

    fn of_parameter(self, name: String) -> PageError {
        PageError { parameter: name, ..self }
    }

    /// The same with the particulars, in English where they have no words in the language of the page.
    pub(crate) fn because(self, particulars: impl Display) -> PageError {
        let particulars = particulars.to_string();
        match said(&locale(), &particulars) {
            Some(particulars) => PageError { particulars, ..self },
            None => PageError { particulars, speaks: Language::ENGLISH, ..self },
        }
    }
}

/// For who gets no page: what is wrong, in a line.
impl Display for PageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.message, self.particulars)
    }
}

impl From<StoreError> for PageError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Refused(_) | StoreError::Statement { .. } => PageError::bad_request(m::error_refused()).because(error),
            StoreError::Busy => PageError::new(StatusCode::SERVICE_UNAVAILABLE, m::error_busy()),
            other => PageError::internal(&other),
        }
    }
}

impl From<AskError> for PageError {
    fn from(error: AskError) -> Self {
        match error {
            AskError::Unknown { name, like } => {
                let address = like.as_ref().map(|like| format!("/ask/{like}"));
                PageError::not_found(m::error_no_question(name)).meant(like).leading(address)
            }
            AskError::Parameter { question, name, known, .. } if known.is_empty() => {
                PageError::bad_request(m::error_no_parameters(name, question))
            }
            AskError::Parameter { question, name, like, known } => {
                PageError::bad_request(m::error_no_parameter(known.replace("--", ""), name, question)).meant(like)
            }
            AskError::Value(wrong) => {
                let wrong = *wrong;
                let some: Vec<String> = wrong.some.iter().map(|(_, name)| label(name)).collect();
                let message = match &wrong.list {
                    None => m::error_no_choice(listed(&some), label(&wrong.label), wrong.value),
                    Some((_, title)) => m::error_no_code_of(label(title), label(&wrong.label), listed(&some), wrong.value),
                };
                PageError::bad_request(message).meant(wrong.like.map(|(_, name)| label(&name))).of_parameter(wrong.name)
            }
            AskError::Record { name, value, like, kind } => {
                PageError::bad_request(m::error_no_record_called(label(&kind), value)).meant(like).of_parameter(name)
            }
            AskError::Waits { name, value } => PageError::bad_request(m::error_mission_waits(value)).of_parameter(name),
            AskError::Day { name, value } => PageError::no_day(&value).of_parameter(name),
            AskError::Number { name, value } => PageError::bad_request(m::error_no_number(value)).of_parameter(name),
            AskError::Store(error) => error.into(),
            AskError::File { .. } | AskError::Several(_) => PageError::internal(&error),
        }
    }
}

impl From<ReportError> for PageError {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::Unknown(name, known, _) => PageError::not_found(m::error_no_template(known, name)),
            ReportError::NotPublished(which) => PageError::not_found(m::error_no_template(String::new(), which)),
            ReportError::Ask(error) => error.into(),
            ReportError::Store(error) => error.into(),
            ReportError::NoPdf => PageError::bad_request(m::error_no_pdf()),
            ReportError::OtherVersion { .. } => PageError::bad_request(m::error_no_pdf()).because(error),
            ReportError::Picture(_) | ReportError::Pdf(_) => PageError::internal(&error),
            ReportError::File(..) | ReportError::Template(_) => PageError::bad_request(m::error_template()).because(error),
        }
    }
}

impl From<SheetError> for PageError {
    fn from(error: SheetError) -> Self {
        PageError::bad_request(m::error_file()).because(error)
    }
}

impl From<MultipartError> for PageError {
    fn from(error: MultipartError) -> Self {
        PageError::bad_request(m::error_not_whole()).because(error)
    }
}

impl From<askama::Error> for PageError {
    fn from(error: askama::Error) -> Self {
        PageError::internal(&error)
    }
}

/// That a date can be read two ways, and how to write each of them; none where it cannot.
pub(crate) fn two_days(typed: &str) -> Option<String> {
    let (one, other) = Day::either(typed)?;
    let (one, other) = (one.to_string(), other.to_string());
    Some(m::error_two_days(date(&one), date(&other), &one, &other, typed))
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    language: Language,
    direction: &'a str,
    title: &'a str,
    message: &'a str,
    particulars: &'a str,
    speaks: Language,
    reads: &'a str,
    like: &'a str,
    leads: &'a str,
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let title = match self.status {
            StatusCode::NOT_FOUND => m::error_not_found(),
            StatusCode::BAD_REQUEST | StatusCode::METHOD_NOT_ALLOWED => m::error_bad(),
            StatusCode::FORBIDDEN => m::error_forbidden(),
            _ => m::error_wrong(),
        };
        let page = ErrorPage {
            language: language(),
            direction: direction(),
            title: &title,
            message: &self.message,
            particulars: &self.particulars,
            speaks: self.speaks,
            reads: if self.speaks == Language::ENGLISH { "ltr" } else { direction() },
            like: self.like.as_deref().unwrap_or_default(),
            leads: &self.leads,
        };
        let page = page.render().unwrap_or_else(|_| self.message.clone());
        (self.status, Html(page)).into_response()
    }
}
