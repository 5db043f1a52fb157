//! The queries about problems, which the command line and the page share.

/// Every problem, or those of one `:rule`, in the order of the files.
pub const PROBLEMS: &str = "select dataset, file, line, element, record, value, rule, reason from problem \
                            where :rule = '' or rule = :rule order by dataset, file, line";

/// Problems counted by rule, or those of one `:rule`.
pub const PROBLEMS_BY_RULE: &str = "select rule, count(*) as problems, count(distinct record) as records, min(reason) as reason \
                                    from problem where :rule = '' or rule = :rule group by rule order by problems desc";
