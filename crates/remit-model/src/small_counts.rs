//! Counts of so few people that they tell of single ones: which counts of a kind these are, and which counts beside them would tell them.

use crate::{CodeLists, Field, FieldType, did_you_mean, nearest};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Which counts of a kind are too small to be handed on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmallCounts {
    /// A count of fewer people is small.
    pub below: u64,
    /// The fields that count people. One that is called as a code of a field in `by` (`women`) counts these.
    pub counts: Vec<String>,
    /// The fields by which people are told apart; the whole says none of them.
    #[serde(default)]
    pub by: Vec<String>,
    /// Fields that hold what may be a part of another, and the kind of which records say so: see [`crate::Kind::beside`].
    #[serde(default)]
    pub part_of: BTreeMap<String, String>,
    /// Fields of the key by which the same people are counted again: another day, another list.
    #[serde(default)]
    pub again: Vec<String>,
    /// Fields of the key whose counts come, added and taken, to what the figures of two days tell: who joined, who left.
    #[serde(default)]
    pub balance: Vec<String>,
    /// Counts of some whom the row is about: what is left of them counts the others.
    #[serde(default)]
    pub aside: Vec<String>,
    /// Fields that go where the count beside them goes.
    #[serde(default)]
    pub with: Vec<String>,
    /// Which records count no people: values by field.
    #[serde(default)]
    pub except: BTreeMap<String, String>,
}

/// The code that says of a part that it is the whole.
const WHOLE: &str = "total";

impl SmallCounts {
    /// All fields that may be held back.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.counts.iter().chain(&self.with).chain(&self.aside).map(String::as_str)
    }

    /// What a value in a field of `by` says: nothing where it is of the whole.
    pub fn part<'v>(&self, value: Option<&'v str>) -> Option<&'v str> {
        value.filter(|value| !value.is_empty() && *value != WHOLE)
    }

    pub(crate) fn check(self, fields: &[Field], key: &[String], lists: &CodeLists) -> Result<SmallCounts, String> {
        let field = |name: &str| fields.iter().find(|f| f.name == name);
        let named = self.fields().chain(self.except.keys().map(String::as_str)).find(|name| field(name).is_none());
        if let Some(name) = named {
            let like = did_you_mean(nearest(name, fields.iter().map(|f| f.name.as_str())));
            return Err(format!("small_counts names `{name}`, which is no field of the kind{like}"));
        }
        let of_key = self.by.iter().chain(self.part_of.keys()).chain(&self.again).chain(&self.balance);
        if let Some(name) = of_key.into_iter().find(|name| !key.contains(name)) {
            let like = did_you_mean(nearest(name, key.iter().map(String::as_str)));
            return Err(format!("small_counts names `{name}`, which is no field of the key{like}"));
        }
        for (name, value) in &self.except {
            if let Some(FieldType::Code(list)) = field(name).map(|f| &f.kind)
                && !lists.has(list, value)
            {
                let like = lists.like(list, value);
                return Err(format!("small_counts names the code `{value}`, which the list {list} does not have{like}"));
            }
        }
        Ok(self)
    }
}
