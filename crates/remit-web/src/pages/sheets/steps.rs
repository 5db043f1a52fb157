//! The steps to a page of a sheet.

use crate::context::Context;
use crate::frame::Link;
use crate::m;

/// The step before: where files are sent.
pub(super) fn from_sheets(cx: &Context) -> Link {
    Link::new(m::bring_sheet(), cx.link("/sheets", &[]))
}
