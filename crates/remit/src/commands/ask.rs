//! `remit ask`

use crate::commands::{AsOfArguments, LanguageArgument, note_look, open, questions, tell_faults, usage};
use crate::output::{Answered, patiently, print, print_json, say};
use anyhow::Result;
use remit_ask::{Answer, AskError, CellWords, Evidence, Question, Questions, Voice};
use remit_model::{Locale, Marking};
use remit_report::{Scene, charts};
use remit_sheet::{Format, Output};
use remit_store::{Reader, Workspace};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
`remit ask WORKSPACE` lists the questions, `remit ask WORKSPACE QUESTION --parameters` what one takes. Behind a question's own \
parameters, the options above may stand too.

Examples:
  remit ask somalia                              the questions
  remit ask somalia support --country SO         who supports whom, with overlaps, gaps, cliffs
  remit ask somalia gaps --country Somalia --valid-on 2019-06-30 --csv > gaps.csv
  remit ask somalia chain --actor \"3 Battalion\" --xlsx chain.xlsx --language fr
  remit ask somalia ending --country SO --ics > ending.ics    a calendar; --atom is a feed")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// The question; without one, all are listed
    question: Option<String>,
    #[command(flatten)]
    as_of: AsOfArguments,
    #[command(flatten)]
    answered: Answered,
    #[command(flatten)]
    language: LanguageArgument,
    /// List what the question takes
    #[arg(long)]
    parameters: bool,
    /// Parameters of the question, as --NAME VALUE
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "PARAMETERS")]
    rest: Vec<String>,
}

/// What stands behind the question on the command line, taken apart.
#[derive(Debug)]
struct GivenArguments {
    as_of: AsOfArguments,
    answered: Answered,
    language: LanguageArgument,
    list_parameters: bool,
    parameters: Vec<(String, String)>,
}

/// A question's parameters are not known to the reader of command lines: from the first of them on, all is ours to read.
fn take_apart(arguments: &Arguments) -> Result<GivenArguments> {
    let mut given = GivenArguments {
        as_of: arguments.as_of.clone(),
        answered: arguments.answered.clone(),
        language: arguments.language.clone(),
        list_parameters: arguments.parameters,
        parameters: Vec::new(),
    };
    let mut items = arguments.rest.iter();
    while let Some(item) = items.next() {
        let Some(name) = item.strip_prefix("--") else {
            return Err(usage(format!("`{item}` is no parameter; write --NAME VALUE")));
        };
        let (name, given_value) = name.split_once('=').map_or((name, None), |(n, v)| (n, Some(v.to_owned())));
        let mut value = || match &given_value {
            Some(value) => Ok(value.clone()),
            None => items.next().cloned().ok_or_else(|| usage(format!("--{name} needs a value"))),
        };
        if given.answered.choose(name, &mut value)? {
            continue;
        }
        match name {
            "parameters" => given.list_parameters = true,
            "valid-on" => given.as_of.valid_on = Some(value()?),
            "known-on" => given.as_of.known_on = Some(value()?),
            "language" => given.language.language = value()?,
            "clearance" => given.as_of.clearance = value()?,
            // Was read before everything else.
            "color" => drop(value()?),
            _ => given.parameters.push((name.replace('-', "_"), value()?)),
        }
    }
    Ok(given)
}

/// A question and what it takes, for a program.
fn about(question: &Question) -> serde_json::Value {
    let parameter = |p: &remit_ask::Parameter| serde_json::json!({ "name": p.name, "label": p.label.english(), "list": p.list, "choices": p.choices, "default": p.default });
    let parameters: Vec<_> = question.parameters.iter().map(parameter).collect();
    serde_json::json!({
        "question": question.name, "group": question.group, "title": question.title.english(), "why": question.why.english(), "parameters": parameters
    })
}

/// What a question takes, a line each.
fn taken(question: &Question, locale: &Locale) -> String {
    let line = |p: &remit_ask::Parameter| {
        let values = match (&p.list, &p.record) {
            (Some(list), _) => format!("a code or name of {list}"),
            (None, Some(kind)) => format!("name or identifier of a record of {kind}"),
            (None, None) if p.kind => "a kind of record".to_owned(),
            (None, None) => p.choices.join(", "),
        };
        format!("--{:12} {}  {values}\n", p.name, p.label.get(locale.language))
    };
    question.parameters.iter().map(line).collect()
}

/// All questions in their groups, as the page of questions has them. What an office asks that has put its question into none stands last.
fn in_groups(workspace: &Workspace, questions: &Questions, locale: &Locale) -> String {
    let (language, model) = (locale.language, workspace.model());
    let line = |q: &Question| format!("  {:19} {}. {}\n", q.name, q.title.get(language), q.why.get(language));
    let known = model.lists.get("question_group").map_or(&[][..], |l| l.codes());
    let others = model.word(locale, "other_questions");
    let named = known.iter().map(|g| (g.code.as_str(), g.label.get(language))).chain([("", others.as_str())]);
    let group = |(code, title): (&str, &str)| {
        let lines: String = questions.all().iter().filter(|q| q.group == code).map(line).collect();
        (!lines.is_empty()).then(|| format!("{title}\n{lines}"))
    };
    named.filter_map(group).collect::<Vec<_>>().join("\n")
}

/// Lists all questions.
fn list(workspace: &Workspace, questions: &Questions, is_json: bool, locale: &Locale) -> Result<()> {
    if is_json {
        return print_json(&questions.all().iter().map(about).collect());
    }
    print(&in_groups(workspace, questions, locale))
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let given = take_apart(arguments)?;
    let workspace = open(&arguments.workspace)?;
    let questions = questions(&workspace)?;
    let is_json = given.answered.format() == Some(Format::Json);
    let locale = given.language.locale(&workspace)?;
    let Some(name) = &arguments.question else {
        return list(&workspace, &questions, is_json, &locale);
    };
    let question = questions.get(name).map_err(|e| usage(e.to_string()))?;
    if given.list_parameters && is_json {
        return print_json(&about(question));
    }
    if given.list_parameters {
        return print(&taken(question, &locale));
    }
    let as_of = given.as_of.as_of(&workspace)?;
    // A wrong parameter is said before anything is read.
    question.parameters_from(workspace.model(), &given.parameters).map_err(|e| usage(e.to_string()))?;
    let wanting: Vec<String> =
        question.wanting(&given.parameters).iter().map(|p| format!("--{} ({})", p.name, p.label.english())).collect();
    if !wanting.is_empty() {
        return Err(usage(format!("`{name}` is asked of something: give {}", wanting.join(" or "))));
    }
    let asked: Vec<String> = given.parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let look = format!("ask {name} {}", asked.join(" "));
    let is_noted = question.noted;
    if is_noted {
        // What it reads may come from a part that it shares: it is noted where anything is seen of which looks are, as on its page.
        note_look(&workspace, &as_of, look.trim(), |_| true)?;
    }
    let reader = Reader::open(&workspace, as_of)?;
    let questions = checked(&workspace, questions, &reader, name)?;
    let answered = patiently("answering", || Answer::ask(&workspace, &questions, &reader, name, &given.parameters));
    let answer = match answered {
        Err(error @ (AskError::Record { .. } | AskError::Waits { .. })) => return Err(usage(error.to_string())),
        answered => answered?,
    };
    if !is_noted && answer.is_noted(workspace.model()) {
        note_look(&workspace, reader.as_of(), look.trim(), |_| true)?;
    }
    answer.question.draw.iter().try_for_each(|drawing| answer.question.check_drawn(drawing, &answer.table))?;
    let format = given.answered.format();
    let below =
        if format.is_none_or(Format::holds_several) { answer.below(&workspace, &questions, &reader)? } else { Vec::new() };
    let voice = Voice { model: workspace.model(), columns: questions.columns(), locale, reader: Some(&reader) };
    let (sources, charts) = match format {
        Some(Format::Xlsx) => {
            let scene = Scene { voice: voice.clone(), workspace: &workspace.settings().title, link: &|_, _| None };
            let sources = Evidence::of(&reader, &answer, &CellWords::new(voice.clone(), &answer.table))?.sources;
            (sources, charts(&scene, std::iter::once(&answer).chain(&below))?)
        }
        _ => (Vec::new(), Vec::new()),
    };
    given.answered.give(&Output { sources, charts, ..answer.output(&below, &voice) })?;
    if format.is_none() {
        lead_on(&arguments.workspace, &answer, &answer.instead(&workspace, &questions, &reader)?, &voice);
    }
    Ok(())
}

/// The questions as far as they can be asked. A fault in the file of another one, of a story, of the home page or of a dossier keeps nobody
/// from this one: it is said, and the file left out; but not where this one would then be asked otherwise.
fn checked(workspace: &Workspace, questions: Questions, reader: &Reader, name: &str) -> Result<Questions> {
    let Err(fault) = questions.check(workspace.model(), reader) else {
        return Ok(questions);
    };
    let (usable, faults) = Questions::usable(workspace, reader)?;
    let asked = |questions: &Questions| questions.get(name).ok().map(|question| question.sql_for(question.engine));
    if asked(&usable) != asked(&questions) {
        return Err(fault.into());
    }
    tell_faults(&faults);
    Ok(usable)
}

/// Says why an answer is empty, where it is, and which questions have what somebody may have looked for; and where its rows are decided on.
fn lead_on(folder: &Path, answer: &Answer, others: &[Answer], voice: &Voice<'_>) {
    // Where people are protected, who sees less is not told that there is nothing.
    if answer.question.noted && answer.as_of.clearance < Marking::StrictlyConfidential {
        say!(
            "Asked with the clearance {}: what is marked above it is not in the answer, and that nothing is on record clears nobody. Who may see \
             everything asks with --clearance {}",
            answer.as_of.clearance.code(),
            Marking::StrictlyConfidential.code()
        );
    }
    if let Some(page) = answer.question.page.as_ref().filter(|_| !answer.table.rows.is_empty()) {
        say!("Decide on these in the browser: `remit serve {}`, then the page {page}", remit_files::for_shell(folder));
    }
    // What cannot be told is no reason to take the answer away.
    for why in voice.reader.and_then(|reader| answer.why_empty(reader, voice).ok()).unwrap_or_default() {
        say!("{why}");
    }
    for other in others {
        let given = other.parameters.iter().filter(|(_, value)| !value.is_empty());
        let given: Vec<String> = given
            .map(|(name, value)| format!(" --{} {}", name.replace('_', "-"), remit_files::for_shell(Path::new(value))))
            .collect();
        let command = format!("remit ask {} {}{}", remit_files::for_shell(folder), other.question.name, given.concat());
        let (title, rows) = (other.question.title.get(voice.locale.language), other.table.rows.len().to_string());
        let with = [("title", title), ("n", rows.as_str()), ("command", command.as_str())];
        say!("{}", voice.model.sentence(&voice.locale, "instead", &with));
    }
}
