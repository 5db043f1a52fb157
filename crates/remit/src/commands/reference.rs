//! `remit reference`: what there is, as Markdown: commands, kinds, code lists, questions, terms, mappings. The guide is built with it.

use crate::output::Receipt;
use anyhow::{Context, Result};
use clap::Command;
use remit_ask::{Question, Questions};
use remit_model::{CodeList, Field, FieldType, Kind, Model, Time};
use remit_store::Workspace;
use std::fmt::Write as _;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Six files: commands.md, kinds.md, codes.md, questions.md, glossary.md, mappings.md. Kinds and questions are those of the workspace, with your own.

Examples:
  remit reference somalia reference              Markdown, to read or to print
  remit reference somalia reference --json       the same, for a script")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// Folder to write to; it is made where it is missing
    folder: PathBuf,
    #[command(flatten)]
    told: Receipt,
}

pub(crate) fn run(arguments: &Arguments, command: Command) -> Result<()> {
    let workspace = Workspace::open(&arguments.workspace)?;
    let (model, questions) = (workspace.model(), Questions::load(&workspace)?);
    let pages = [
        ("commands.md", commands(command)),
        ("kinds.md", kinds(model)),
        ("codes.md", codes(model)),
        ("questions.md", questions_page(questions.all())),
        ("glossary.md", glossary(model)),
        ("mappings.md", remit_sheet::MAPPINGS.to_owned()),
    ];
    let folder = &arguments.folder;
    let write = |(name, text): &(&str, String)| std::fs::write(folder.join(name), text);
    std::fs::create_dir_all(folder)
        .and_then(|()| pages.iter().try_for_each(write))
        .with_context(|| format!("{}: the reference cannot be written there", folder.display()))?;
    arguments.told.tell(
        &format!("Wrote {} files to {}", pages.len(), folder.display()),
        &serde_json::json!({ "folder": folder, "files": pages.map(|(name, _)| name) }),
    )
}

fn commands(mut command: Command) -> String {
    let mut page = "# Commands\n\nWhat `remit COMMAND --help` says.\n".to_owned();
    command.build();
    for sub in command.get_subcommands_mut().filter(|c| !c.is_hide_set() && c.get_name() != "help") {
        let help = sub.render_long_help().to_string();
        let _ = write!(page, "\n## remit {}\n\n```text\n{}\n```\n", sub.get_name(), help.trim_end());
    }
    page
}

fn kinds(model: &Model) -> String {
    let mut page = "# Kinds of records\n\nEach is a sheet, a form, a page and a view in SQL. A *state* holds from one day to another; an *event* happened.\n".to_owned();
    for kind in &model.kinds {
        page += &one_kind(kind);
    }
    page
}

fn one_kind(kind: &Kind) -> String {
    let time = match kind.time {
        Time::State => "a state",
        Time::Event => "an event",
    };
    let mut text = format!(
        "\n## {} (`{}`)\n\n{}\n\nIt is {time}; new records are {}. View: `{}`.\n\n| field | type | name | what to write |\n| --- | --- | --- | --- |\n",
        cell(kind.label.english()),
        kind.name,
        cell(kind.help.english()),
        kind.marking.code().replace('_', " "),
        kind.view
    );
    for field in kind.fields.iter().chain(kind.computed.iter().map(|c| &c.field)) {
        let name = format!("`{}`{}", field.name, if field.required { " (needed)" } else { "" });
        let _ =
            writeln!(text, "| {name} | {} | {} | {} |", type_of(field), cell(field.label.english()), cell(field.help.english()));
    }
    text
}

/// What a field holds, in words.
fn type_of(field: &Field) -> String {
    match &field.kind {
        FieldType::Text => "text".into(),
        FieldType::Url => "address".into(),
        FieldType::Code(list) => format!("code of [{list}](codes.md#{list})"),
        FieldType::Date => "date".into(),
        FieldType::Integer => "whole number".into(),
        FieldType::Number => "number".into(),
        FieldType::Boolean => "yes or no".into(),
        FieldType::Texts => "text by language".into(),
        FieldType::List(parts) => format!("list of {}", parts.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(", ")),
        FieldType::Record(kind) => format!("record of {kind}"),
        FieldType::Records(kinds) => format!("records of {}", kinds.join(", ")),
    }
}

/// A list longer than this is that of a standard, and is named and not printed.
const LONG_LIST: usize = 60;

fn codes(model: &Model) -> String {
    let mut page = "# Code lists\n\nEnglish names; `model/codes/` has the French and Arabic ones.\n".to_owned();
    for list in model.lists.all() {
        page += &one_list(list);
    }
    page
}

fn one_list(list: &CodeList) -> String {
    let mut text = format!("\n## {}\n\n{}", list.name, cell(list.title.english()));
    if !list.url.is_empty() {
        let _ = write!(text, " ([{}]({}))", cell(&list.source), list.url);
    }
    if list.codes().len() > LONG_LIST {
        return text + &format!(". {} codes.\n", list.codes().len());
    }
    text += "\n\n| code | name |\n| --- | --- |\n";
    for code in list.codes() {
        // Between backticks a code stands as it is typed: only a bar would end the cell.
        let _ = writeln!(text, "| `{}` | {} |", code.code.replace('|', "\\|"), cell(code.label.english()));
    }
    text
}

fn questions_page(questions: &[Question]) -> String {
    let mut page = "# Questions\n\n`remit ask WORKSPACE NAME --PARAMETER VALUE`, or the same in the browser.\n".to_owned();
    for question in questions {
        let _ = write!(
            page,
            "\n## {}\n\n**{}**\n\n{}\n",
            question.name,
            cell(question.title.english()),
            cell(question.why.english())
        );
        if !question.rule.is_empty() {
            let _ = write!(page, "\n{}\n", cell(question.rule.english()));
        }
        for (first, parameter) in question.parameters.iter().enumerate().map(|(n, p)| (n == 0, p)) {
            let usual = if parameter.default.is_empty() { String::new() } else { format!(" (else `{}`)", parameter.default) };
            let gap = if first { "\n" } else { "" };
            let _ = writeln!(page, "{gap}- `--{}`: {}{usual}", parameter.name, cell(parameter.label.english()));
        }
    }
    page
}

fn glossary(model: &Model) -> String {
    let mut page = "# Glossary\n".to_owned();
    for term in model.glossary.terms() {
        let _ =
            write!(page, "\n<a id=\"{}\"></a>\n**{}**: {}\n", term.code, cell(term.name.english()), cell(term.meaning.english()));
    }
    page
}

/// Text that stands in a table or a paragraph as it is.
fn cell(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match c {
            '<' => shown.push_str("&lt;"),
            '|' | '*' | '_' | '[' | ']' | '`' => shown.extend(['\\', c]),
            c => shown.push(c),
        }
    }
    shown
}
