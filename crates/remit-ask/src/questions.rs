//! All questions: the built-in ones, and those of a workspace over them, with what is made of them.

use crate::columns::ColumnLooks;
use crate::dossier::Dossier;
use crate::files::{BuiltInQuestions, Own};
use crate::parts::QuestionParts;
use crate::story::Story;
use crate::{AskError, Question};
use remit_model::{Model, nearest};
use remit_store::{Reader, Workspace};
use std::path::Path;

/// All questions: the built-in ones, and those of a workspace.
#[derive(Debug, Clone)]
pub struct Questions {
    all: Vec<Question>,
    columns: ColumnLooks,
    home: Story,
    stories: Vec<Story>,
    dossier: Dossier,
}

impl Questions {
    /// The questions of a workspace: a file in its `questions/` folder replaces a built-in one of the same name.
    ///
    /// # Errors
    /// When a file's heading is wrong.
    pub fn load(workspace: &Workspace) -> Result<Questions, AskError> {
        Questions::of(&Own::all(workspace), workspace.model())
    }

    /// The questions that stand in a folder as in a workspace's own, below `questions/`.
    ///
    /// # Errors
    /// When a file's heading is wrong.
    pub fn in_folder(folder: &Path, model: &Model) -> Result<Questions, AskError> {
        Questions::of(&Own::in_folder(folder), model)
    }

    /// The questions of a workspace that can be asked, and what is wrong with the files that were left out: a fault in one of its
    /// files must not keep the others from anybody. What such a file replaced is there again.
    ///
    /// # Errors
    /// When the fault is in no file of the workspace.
    pub fn usable(workspace: &Workspace, reader: &Reader) -> Result<(Questions, Vec<AskError>), AskError> {
        let (mut own, mut told) = (Own::all(workspace), Vec::new());
        loop {
            let found = Questions::of(&own, workspace.model()).and_then(|q| q.check(workspace.model(), reader).map(|()| q));
            let faults = match found {
                Ok(questions) => return Ok((questions, told)),
                Err(AskError::Several(faults)) => faults,
                Err(fault) => vec![fault],
            };
            // What is wrong in a built-in file is so because of the workspace's own.
            if !own.leave_out(&faults) && !own.leave_out_all() {
                return Err(AskError::Several(faults));
            }
            told.extend(faults);
        }
    }

    fn of(own: &Own, model: &Model) -> Result<Questions, AskError> {
        let parts = QuestionParts::load(own)?;
        let mut all: Vec<Question> = Vec::new();
        for path in BuiltInQuestions::iter().filter(|p| p.ends_with(".sql") && !p.contains('/')) {
            let Some(file) = BuiltInQuestions::get(&path) else {
                continue;
            };
            let text = String::from_utf8_lossy(&file.data).into_owned();
            all.push(Question::read(&format!("questions/{path}"), path.trim_end_matches(".sql"), &text, &parts)?);
        }
        for (path, name, text) in own.files("", "sql")? {
            let question = Question::read(&path, &name, &text, &parts)?;
            all.retain(|q| q.name != question.name);
            all.push(question);
        }
        all.sort_by(|a, b| (a.order, &a.name).cmp(&(b.order, &b.name)));
        let (home, stories, dossier) = (Story::home(own)?, Story::all(own)?, Dossier::load(own)?);
        Ok(Questions { all, columns: ColumnLooks::load(own, model)?, home, stories, dossier })
    }

    /// How the columns of their answers look.
    pub fn columns(&self) -> &ColumnLooks {
        &self.columns
    }

    /// Which of them stand on the home page.
    pub fn home(&self) -> &Story {
        &self.home
    }

    /// The pages of their own that are made of them.
    pub fn stories(&self) -> &[Story] {
        &self.stories
    }

    /// Which of them stand on the page of a record.
    pub fn dossier(&self) -> &Dossier {
        &self.dossier
    }

    /// All of them, in their order.
    pub fn all(&self) -> &[Question] {
        &self.all
    }

    /// One by its name.
    ///
    /// # Errors
    /// When there is none.
    pub fn get(&self, name: &str) -> Result<&Question, AskError> {
        self.all.iter().find(|q| q.name == name).ok_or_else(|| {
            let like = nearest(name, self.all.iter().map(|q| q.name.as_str())).map(str::to_owned);
            AskError::Unknown { name: name.to_owned(), like }
        })
    }
}
