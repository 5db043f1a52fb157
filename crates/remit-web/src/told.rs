//! What a page tells of something that was done just now. It is kept here, under a name that nobody guesses, and the address of the page
//! has that name only: else whoever sends a link could have the page say what they like.

use crate::context::Context;
use crate::held_by_name::HeldByName;
use std::collections::VecDeque;
use std::sync::Arc;

/// The parameter of an address that names it.
pub(crate) const NAME: &str = "told";

/// As many are kept, and as many letters of all of them: the newest.
const MOST: usize = 200;
const LETTERS: usize = 4 << 20;

/// Names and values, as an address would have them.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Telling(Vec<(&'static str, String)>);

impl Telling {
    /// All values of a name.
    pub(crate) fn all<'t>(&'t self, name: &'t str) -> impl Iterator<Item = &'t str> {
        self.0.iter().filter(move |(n, _)| *n == name).map(|(_, value)| value.as_str())
    }

    /// A number; none is 0.
    pub(crate) fn number(&self, name: &str) -> u64 {
        self.all(name).next().and_then(|value| value.parse().ok()).unwrap_or(0)
    }

    fn letters(&self) -> usize {
        self.0.iter().map(|(_, value)| value.len()).sum()
    }
}

/// True where pages tell more than there is room for.
fn too_many(all: &VecDeque<(String, Arc<Telling>)>) -> bool {
    all.len() > MOST || all.iter().map(|(_, one)| one.letters()).sum::<usize>() > LETTERS
}

impl Context<'_> {
    /// The address of a page that tells this.
    pub(crate) fn telling(&self, page: &str, parameters: &[(&str, &str)], telling: Vec<(&'static str, String)>) -> String {
        let name = self.app().between_requests::<HeldByName<Telling>>().hold(Telling(telling), too_many);
        self.link(page, &[parameters, &[(NAME, name.as_str())][..]].concat())
    }

    /// What this page tells: nothing where its address names nothing, or what is kept no more.
    pub(crate) fn told(&self) -> Option<Arc<Telling>> {
        self.app().between_requests::<HeldByName<Telling>>().get(self.request.get(NAME))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_are_kept_and_no_more_of_them_than_there_is_room_for() {
        let told = HeldByName::default();
        let names: Vec<String> = (0..MOST + 2).map(|n| told.hold(Telling(vec![("n", n.to_string())]), too_many)).collect();
        assert!(told.get(&names[1]).is_none() && told.get("").is_none());
        assert_eq!(told.get(&names[2]).map(|telling| telling.number("n")), Some(2));
        let long = told.hold(Telling(vec![("n", "x".repeat(LETTERS + 1))]), too_many);
        assert!(told.get(&long).is_some() && told.get(&names[MOST + 1]).is_none());
    }
}
