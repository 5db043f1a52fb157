//! `remit problems`

use crate::commands::CutArguments;
use crate::output::{Format, print, print_json};
use anyhow::Result;
use remit_ask::{PROBLEMS, PROBLEMS_BY_RULE};
use remit_store::{Cell, Reader, Workspace};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
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
    cut: CutArguments,
    #[command(flatten)]
    format: Format,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let workspace = Workspace::open(&arguments.workspace)?;
    let cut = arguments.cut.cut(&workspace)?;
    let reader = Reader::open(&workspace, cut.clone())?;
    let sql = if arguments.count { PROBLEMS_BY_RULE } else { PROBLEMS };
    let table = reader.query(sql, &[("rule", Cell::Text(arguments.rule.clone().unwrap_or_default()))])?;
    if arguments.format.json {
        let mut json = remit_ask::query_json(sql, &cut, &table);
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
