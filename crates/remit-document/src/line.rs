//! Lines as they stand on a page, before anything is made of them: blocks by `layout`, tables by `table`.

use serde::{Deserialize, Serialize};

/// A line as it stands on a page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Line {
    pub(crate) text: String,
    pub(crate) page: u32,
    /// Distance of its baseline from the top of the page, as a share of the page's height.
    pub(crate) top: f32,
    /// Where it starts and ends, as shares of the page's width.
    pub(crate) left: f32,
    pub(crate) right: f32,
    /// Size of its letters, in points.
    pub(crate) size: f32,
    pub(crate) bold: bool,
    /// Free space above it, in heights of its own line; 0 where the next line follows as usual.
    pub(crate) gap: f32,
    pub(crate) sort: LineSort,
    /// Of a row of a table, its cells.
    #[serde(default)]
    pub(crate) cells: Vec<TableCell>,
}

/// What a line or a block is beside the text that goes on from page to page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum LineSort {
    #[default]
    Text,
    /// A row of a table.
    Row,
    /// A note below the text, or what else stands at the foot of a page.
    Note,
}

/// A cell of a row: what stands in it, and where it begins and ends, as shares of the page's width from where reading begins.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct TableCell {
    pub(crate) left: f32,
    pub(crate) right: f32,
    pub(crate) text: String,
}
