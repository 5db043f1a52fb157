//! Questions, asked of an export: the same question, the same parameters, the same answer as `remit ask`.

use crate::engine::{cells, plainly, register, session};
use crate::folder::Folder;
use crate::sql::with_values;
use anyhow::{Context as _, Result, anyhow, bail};
use datafusion::execution::context::SQLOptions;
use datafusion::prelude::SessionContext;
use remit_ask::{Answer, Engine, Question, Voice};
use remit_sheet::Format;
use remit_store::{Cell, Table, of_the_as_of};
use std::sync::Arc;
use std::time::Duration;

/// How long who asks waits before asking again: a scheduler starts in less.
const PAUSE: Duration = Duration::from_secs(1);

/// Where the work is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Where {
    /// In this process.
    Here,
    /// By the executors of a scheduler of Ballista, at this address (`http://host:50050`).
    Scheduler(String),
}

impl Folder {
    /// Asks a question.
    ///
    /// # Errors
    /// When there is no such question or parameter, only the register can answer it, or the engine fails or takes longer than `longest`.
    pub async fn ask(&self, name: &str, given: &[(String, String)], at: &Where, longest: Duration) -> Result<Answer> {
        let question = self.questions.get(name)?.clone();
        if question.engine == Engine::Register {
            bail!("`{name}` is answered by the register alone: ask the workspace itself, with `remit ask`{}", self.others());
        }
        let parameters = question.parameters_from(&self.model, given)?;
        let wanting: Vec<String> =
            question.wanting(given).iter().map(|p| format!("--{} ({})", p.name, p.label.english())).collect();
        if !wanting.is_empty() {
            bail!("`{name}` is asked of something: give {}", wanting.join(" or "));
        }
        let table = self.query(&self.sql(&question, &parameters), at, longest).await?;
        Ok(Answer { question, parameters, as_of: self.as_of.clone(), table })
    }

    /// Answers a query over the tables: views and parts by their names, the history of a kind as `KIND_history`.
    ///
    /// # Errors
    /// When the SQL is wrong or no query, or the engine fails or takes longer than `longest`.
    pub async fn query(&self, sql: &str, at: &Where, longest: Duration) -> Result<Table> {
        let given_up = || anyhow!("no answer came within {} seconds, and it was given up{}", longest.as_secs(), at.hint());
        tokio::time::timeout(longest, self.rows(sql, at)).await.map_err(|_| given_up())?
    }

    /// The answers that stand below one, as far as this engine can give them, and the names of those that it cannot.
    ///
    /// # Errors
    /// As [`Folder::ask`].
    pub async fn below(&self, answer: &Answer, at: &Where, longest: Duration) -> Result<(Vec<Answer>, Vec<String>)> {
        let (mut answers, mut others) = (Vec::new(), Vec::new());
        for name in &answer.question.below {
            let question = self.questions.get(name)?;
            if question.engine == Engine::Register {
                others.push(name.clone());
                continue;
            }
            let is_shared = |n: &String| question.parameters.iter().any(|p| p.name == *n);
            let given: Vec<(String, String)> = answer.parameters.iter().filter(|(n, _)| is_shared(n)).cloned().collect();
            answers.push(Box::pin(self.ask(name, &given, at, longest)).await?);
        }
        Ok((answers, others))
    }

    /// An answer as `remit ask --json` writes it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn json(&self, answer: &Answer, below: &[Answer]) -> Result<String> {
        let locale = Arc::new(self.model.languages.get(remit_model::Language::ENGLISH));
        let voice =
            Voice { model: &self.model, columns: self.questions.columns(), locale: Arc::unwrap_or_clone(locale), reader: None };
        Ok(String::from_utf8(answer.output(below, &voice).write(Format::Json)?)?)
    }

    fn others(&self) -> String {
        let any = self.questions.all().iter().filter(|q| q.engine == Engine::Any).map(|q| q.name.as_str());
        format!("; asked here can be: {}", any.collect::<Vec<_>>().join(", "))
    }

    fn sql(&self, question: &Question, parameters: &[(String, String)]) -> String {
        let own = parameters.iter().map(|(name, value)| (name.clone(), Cell::Text(value.clone())));
        let values: Vec<(String, Cell)> =
            own.chain(of_the_as_of(&self.as_of).into_iter().map(|(name, value)| (name.to_owned(), value))).collect();
        with_values(&question.sql_for(Engine::Any), &values)
    }

    /// A question that was given up, since an executor was lost, is asked again as a whole.
    async fn rows(&self, sql: &str, at: &Where) -> Result<Table> {
        let mut answered = self.once(sql, at).await?;
        for _ in 0..at.tries_more() {
            if answered.is_ok() {
                break;
            }
            tokio::time::sleep(PAUSE).await;
            answered = self.once(sql, at).await.unwrap_or_else(Err);
        }
        answered
    }

    /// The rows, or that they could not be had; fails where this cannot be asked at all.
    async fn once(&self, sql: &str, at: &Where) -> Result<Result<Table>> {
        let context = match at {
            Where::Here => session(),
            Where::Scheduler(address) => at_scheduler(address).await?,
        };
        register(&context, self, sql).await?;
        // Nothing but queries: no file is written, and none is read that is not of the export.
        let only = SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
        let answered =
            context.sql_with_options(sql, only).await.map_err(plainly).context("this cannot be asked of this engine")?;
        let columns = answered.schema().fields().iter().map(|f| f.name().clone()).collect();
        let collected =
            answered.collect().await.map_err(plainly).with_context(|| format!("it could not be answered{}", at.hint()));
        Ok(collected.and_then(|batches| Ok(Table { columns, rows: cells(&batches)? })))
    }
}

impl Where {
    /// How often more something is asked that could not be answered: each time the executors may be others.
    fn tries_more(&self) -> usize {
        match self {
            Where::Here => 0,
            Where::Scheduler(_) => 5,
        }
    }

    fn hint(&self) -> String {
        match self {
            Where::Here => String::new(),
            Where::Scheduler(address) => {
                format!(" (by the executors of {address}: see there whether they run, and ask again, or without --scheduler)")
            }
        }
    }
}

#[cfg(feature = "ballista")]
async fn at_scheduler(address: &str) -> Result<SessionContext> {
    crate::ballista::session(address).await
}

#[cfg(not(feature = "ballista"))]
async fn at_scheduler(address: &str) -> Result<SessionContext> {
    bail!("{address} cannot be asked: this program was built without Ballista")
}
