//! `remit problems`

use crate::commands::AsOfArguments;
use crate::output::{Format, patiently, print, print_json};
use anyhow::Result;
use remit_ask::{PROBLEMS, PROBLEMS_BY_RULE};
use remit_store::{Cell, Reader, Workspace};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
What is wrong in a file is kept and listed here, with file and line as compilers have them; the rest of the file was read.

Examples:
  remit problems somalia                         every one of them
  remit problems somalia --count                 how many of each rule
  remit problems somalia --rule date --csv       one rule, for a spreadsheet")]
pub(crate) struct Arguments {
    /// Folder of the workspace
    workspace: PathBuf,
    /// Only those of one rule
    #[arg(long, value_name = "RULE")]
    rule: Option<String>,
    /// Count by rule instead of listing
    #[arg(long)]
    count: bool,
    #[command(flatten)]
    as_of: AsOfArguments,
    #[command(flatten)]
    format: Format,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::open(&arguments.workspace)?;
    let as_of = arguments.as_of.as_of(&workspace)?;
    let reader = Reader::open(&workspace, as_of.clone())?;
    let sql = if arguments.count { PROBLEMS_BY_RULE } else { PROBLEMS };
    let rule = [("rule", Cell::Text(arguments.rule.clone().unwrap_or_default()))];
    let table = patiently("looking through the problems", || reader.query(sql, &rule))?;
    if arguments.format.json {
        let mut json = remit_ask::query_json(sql, &as_of, &table);
        json["question"] = "problems".into();
        json["parameters"] = serde_json::json!({ "rule": arguments.rule });
        return print_json(&json);
    }
    if arguments.format.csv || arguments.count {
        return print(&if arguments.format.csv { remit_ask::csv(&table) } else { remit_ask::plain(&table) });
    }
    let text = |row: usize, column: &str| match table.get(row, column) {
        Cell::Text(text) => text.replace(['\n', '\r', '\t'], " "),
        Cell::Integer(n) => n.to_string(),
        _ => String::new(),
    };
    let mut out = String::new();
    for row in 0..table.rows.len() {
        let (element, value, record) = (text(row, "element"), text(row, "value"), text(row, "record"));
        let what: Vec<String> = [element, if value.is_empty() { value } else { format!("`{value}`") }, record]
            .into_iter()
            .filter(|t| !t.is_empty())
            .collect();
        out.push_str(&format!("{}:{}: {}: {}\n", text(row, "file"), text(row, "line"), what.join(" "), text(row, "reason")));
    }
    print(&out)
}
