//! Pages made of questions: the home page (`questions/home.toml`) and stories (`questions/stories/NAME.toml`), which tell something
//! in sections, each with a question whose answer shows it.

use crate::files::{BuiltInQuestions, Own};
use crate::page_file::{PageFile, line_of};
use crate::{AskError, Question};
use remit_model::{Day, Label, is_identifier, told_of_toml};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;

/// What a section writes where the page puts in the day since which changes are shown.
const SINCE: &str = "{since}";

/// A page made of questions.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Story {
    /// Its name: the file's name without `.toml`.
    #[serde(skip)]
    pub name: String,
    /// What it is called; the home page is called after its country.
    pub title: Label,
    /// What stands below its title.
    pub lead: Label,
    /// A day whose answers stand beside those of the reader's day.
    #[serde(deserialize_with = "day")]
    pub beside: Option<Day>,
    /// From how many months before the day on changes are shown where the reader names no day.
    pub since_months: i32,
    /// Questions that it only leads to, asked for its country.
    pub leads_to: Vec<String>,
    section: Vec<StorySection>,
    #[serde(skip)]
    file: PageFile,
}

/// Something that is told, and a question with the first rows of its answer.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StorySection {
    /// The heading of the section; where the file has none, that of its question.
    pub title: Label,
    /// What it tells.
    pub text: Label,
    /// The question; empty where the section only tells and leads on.
    pub question: String,
    given: BTreeMap<String, String>,
    /// The columns that are shown.
    pub columns: Vec<String>,
    /// The column that adds up to the number of the section; the number of rows where it is empty.
    pub total: String,
    /// True where the answer may be so long that its rows are only counted, but for the first.
    pub counted: bool,
    /// Where it leads.
    pub link: Vec<StoryLink>,
}

/// An address of this server with its words.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoryLink {
    /// What it says.
    pub text: Label,
    /// The address, as `/ask/oversight?country=SO`.
    pub to: String,
}

impl StorySection {
    /// What the question is asked for.
    pub fn parameters<'a>(&'a self, since: &'a str) -> Vec<(&'a str, &'a str)> {
        self.given.iter().map(|(name, value)| (name.as_str(), if value == SINCE { since } else { value.as_str() })).collect()
    }
}

impl Story {
    /// The home page of a workspace.
    ///
    /// # Errors
    /// When the file is wrong.
    pub(crate) fn home(own: &Own) -> Result<Story, AskError> {
        if let Some((file, text)) = own.file("home.toml")? {
            return Story::read(&file, "home", &text);
        }
        let built_in = BuiltInQuestions::get("home.toml").map(|f| String::from_utf8_lossy(&f.data).into_owned());
        Story::read("questions/home.toml", "home", &built_in.unwrap_or_default())
    }

    /// The stories of a workspace, in the order of their names.
    ///
    /// # Errors
    /// When a file is wrong.
    pub(crate) fn all(own: &Own) -> Result<Vec<Story>, AskError> {
        let files = own.files("stories", "toml")?;
        let stories: Result<Vec<Story>, AskError> =
            files.iter().map(|(file, name, text)| Story::read(file, name, text)).collect();
        let mut stories = stories?;
        stories.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(stories)
    }

    fn read(file: &str, name: &str, text: &str) -> Result<Story, AskError> {
        let fault = |line, message| AskError::File { file: file.to_owned(), line, message };
        if !is_identifier(name) {
            return Err(fault(0, format!("`{name}` is no name for a story: use small letters of English, digits and _")));
        }
        let story: Story = toml::from_str(text)
            .map_err(|e| fault(e.span().map_or(0, |s| text[..s.start].matches('\n').count() + 1), told_of_toml(e.message())))?;
        match story.section.iter().flat_map(|s| &s.link).find(|l| !l.to.starts_with('/') || l.to.starts_with("//")) {
            Some(link) => Err(fault(
                line_of(text, &[&link.to]),
                format!("`{}` is no address of this server; it begins with one /", link.to),
            )),
            None => {
                let file = PageFile { file: file.to_owned(), text: text.to_owned() };
                Ok(Story { name: name.to_owned(), file, ..story })
            }
        }
    }

    /// Its sections, in their order.
    pub fn sections(&self) -> &[StorySection] {
        &self.section
    }

    /// The sections whose question is not there.
    pub(crate) fn faults_of_questions(&self, known: impl Fn(&str) -> bool) -> Vec<AskError> {
        let asked = self.section.iter().map(|s| &s.question).filter(|q| !q.is_empty());
        self.file.unknown(asked.chain(&self.leads_to), known)
    }

    /// What is wrong with the sections of a question, told the columns of its answer.
    pub(crate) fn faults(&self, question: &Question, columns: &[String]) -> Vec<AskError> {
        let sections = self.section.iter().filter(|s| s.question == question.name);
        let missing = sections.flat_map(|section| {
            let total = Some(&section.total).filter(|t| !t.is_empty());
            self.file.missing(question, columns, section.columns.iter().chain(total), section.given.keys())
        });
        missing.collect()
    }
}

fn day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Day>, D::Error> {
    let text = String::deserialize(from)?;
    Day::parse(&text).map(Some).ok_or_else(|| serde::de::Error::custom(format!("`{text}` is not a date; write 2021-06-30")))
}
