//! Pictures as SVG, drawn on the server: the same on a screen, in a PDF and on paper.
//!
//! A picture is plain data with an [`AboutPicture`] (title, measure and unit, source). [`Picture::svg`] draws it in a
//! [`Setting`] (direction, words, look), [`Picture::rows`] gives the same data as a table. Rules for all of them:
//!
//! - Unknown is never zero: what is not reported is hatched, what is withheld or not on record looks like itself.
//! - Nothing rests on colour alone: fills have patterns, lines have dashes and marks, shades have labels or a key.
//! - Right to left mirrors value axes, keys and text; never time, maps, or numbers.
//! - Colours are custom properties with fallbacks ([`STYLE`] has them for light and dark); no inline style, no script.
//! - Text stays readable where a picture of the usual width is shown on a narrow screen.

#![deny(missing_docs)]

mod about;
mod bars;
mod canvas;
mod dots;
mod graph;
mod map;
mod matrix;
mod number;
mod paint;
mod rows;
mod scale;
mod series;
mod stacked;
mod text;
mod timeline;
mod words;

pub use about::{AboutPicture, Setting, ShownOn, Value};
pub use bars::{Bar, Bars};
pub use dots::{DotEstimate, DotRow, Dots};
pub use graph::{Graph, GraphLink, GraphNode};
pub use map::{Area, Map, MapPlace};
pub use matrix::{Matrix, MatrixRow};
pub use rows::{DrawnCell, DrawnTable};
pub use scale::year;
pub use series::{Point, Series, SeriesLine, Target};
pub use stacked::{Stack, Stacked};
pub use timeline::{Edge, Lane, Span, Timeline};
pub use words::PictureWords;

/// A stylesheet with the colours of the pictures, in light, dark and print. A page may set its own.
pub const STYLE: &str = include_str!("style.css");

/// What can be drawn.
pub trait Picture {
    /// What stands around the picture.
    fn about(&self) -> &AboutPicture;

    /// The picture as an `<svg>` element.
    fn svg(&self, setting: &Setting) -> String;

    /// The data of the picture as a table.
    fn rows(&self, words: &PictureWords) -> DrawnTable;
}
