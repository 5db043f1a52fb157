//! The queries about problems, which the command line and the page share.

use serde::Deserialize;

/// A row of [`PROBLEMS`]: what stands at a place of a file and could not be used as it stands.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ProblemRow {
    /// The file.
    pub file: String,
    /// The line in it.
    pub line: Option<i64>,
    /// The element or column.
    pub element: String,
    /// The record in which the problem stands.
    pub record: String,
    /// What stands there.
    pub value: String,
    /// A code of the list `import_rule`.
    pub rule: String,
    /// Why it cannot be used, in English.
    pub reason: String,
}

/// Every problem, or those of one `:rule`, in the order of the files.
pub const PROBLEMS: &str = "select dataset, file, line, element, record, value, rule, reason from problem \
                            where :rule = '' or rule = :rule order by dataset, file, line";

/// Problems counted by rule, or those of one `:rule`.
pub const PROBLEMS_BY_RULE: &str = "select rule, count(*) as problems, count(distinct record) as records, min(reason) as reason \
                                    from problem where :rule = '' or rule = :rule group by rule order by problems desc";
