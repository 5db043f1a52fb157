//! A cell of the matrices of this page.

/// A cell of the matrix; without an address there is nothing in it.
#[derive(Default)]
pub(super) struct MatrixCell {
    pub(super) activities: String,
    pub(super) class: String,
    pub(super) committed: Option<String>,
    pub(super) disbursed: Option<String>,
    pub(super) ends: String,
    pub(super) href: String,
    pub(super) mark: &'static str,
}

/// The shade of so many, as the legend below the matrix has it.
pub(super) fn shade(activities: f64) -> String {
    let shade = [2.0, 4.0, 7.0, 12.0].iter().filter(|s| activities >= **s).count() + 1;
    format!("h{shade}")
}
