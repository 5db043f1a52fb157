//! One problem as it is shown, on the page of all and on that of its activity.

use crate::context::Context;
use crate::m;
use crate::reason::ProblemReason;
use remit_ask::ProblemRow;

/// What stands at one place of a file and could not be used as it stands.
pub(in crate::pages) struct ProblemView {
    pub(in crate::pages) place: String,
    pub(in crate::pages) element: String,
    pub(in crate::pages) value: String,
    pub(in crate::pages) reason: ProblemReason,
    pub(in crate::pages) record: String,
    /// The page of the record that it is of; empty where this is that page.
    pub(in crate::pages) href: String,
}

impl ProblemView {
    pub(in crate::pages) fn new(cx: &Context, p: ProblemRow) -> ProblemView {
        ProblemView {
            place: m::file_line(p.file, p.line.unwrap_or_default()),
            reason: ProblemReason::new(cx.model(), &p.rule, &p.reason),
            element: p.element,
            value: p.value,
            record: p.record,
            href: String::new(),
        }
    }
}
