//! Parts of a whole that are not as many as it: women and men of all.

use crate::{Field, Kind};

/// A whole, what is known of its parts, and their sum, which is not the whole.
#[derive(Debug, Clone, PartialEq)]
pub struct UnevenParts<'k> {
    /// The field of all, with how many.
    pub whole: (&'k Field, f64),
    /// Those of the parts that are said.
    pub parts: Vec<(&'k Field, f64)>,
}

impl Kind {
    /// Where parts are more than their whole, or are all of it and not as many: of parts of which one is not said the others may be fewer.
    pub fn uneven_parts(&self, number: impl Fn(&Field) -> Option<f64>) -> Vec<UnevenParts<'_>> {
        let uneven = |of_all| {
            let whole = number(of_all)?;
            let parts: Vec<&Field> = self.fields.iter().filter(|f| f.whole.as_ref() == Some(&of_all.name)).collect();
            let known: Vec<(&Field, f64)> = parts.iter().filter_map(|f| Some((*f, number(f)?))).collect();
            let sum: f64 = known.iter().map(|(_, n)| n).sum();
            let adds_up = if known.len() < parts.len() { sum <= whole } else { (sum - whole).abs() < 1e-6 };
            (!known.is_empty() && !adds_up).then_some(UnevenParts { whole: (of_all, whole), parts: known })
        };
        self.fields.iter().filter_map(uneven).collect()
    }
}

impl UnevenParts<'_> {
    /// What is told of them, each field as it is called where that is told.
    pub fn told(&self, called: impl Fn(&Field) -> String) -> String {
        let named: Vec<String> = self.parts.iter().map(|(f, n)| format!("{} {n}", called(f))).collect();
        let sum: f64 = self.parts.iter().map(|(_, n)| n).sum();
        let (of_all, whole) = self.whole;
        format!("{} = {sum}, and {} {whole}: the parts do not add up to the whole", named.join(" + "), called(of_all))
    }
}
