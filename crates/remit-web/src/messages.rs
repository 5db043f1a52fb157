//! What the interface says, in the language of the page that is being made. A message stands in the `LANGUAGE.ftl` files beside
//! the page that says it, and is a function of [`m`]; what a language lacks is said in English.

use crate::language::{language, locale};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use remit_model::{Direction, Label, Language, Languages};
use std::collections::HashMap;
use std::sync::LazyLock;

/// One function a message; its documentation is what it says in English.
pub(crate) mod m {
    use super::{Count, MessageText};
    include!(concat!(env!("OUT_DIR"), "/messages.rs"));
}

/// A message without arguments.
pub(crate) type Plain = fn() -> String;

/// A text that is put into a message unchanged.
pub(crate) trait MessageText {
    /// The argument.
    fn value(&self) -> FluentValue<'_>;
}

impl<T: MessageText + ?Sized> MessageText for &T {
    fn value(&self) -> FluentValue<'_> {
        (**self).value()
    }
}

impl MessageText for str {
    fn value(&self) -> FluentValue<'_> {
        self.into()
    }
}

impl MessageText for String {
    fn value(&self) -> FluentValue<'_> {
        self.as_str().into()
    }
}

/// A number by which plurals are chosen.
pub(crate) trait Count {
    /// The argument.
    fn value(&self) -> FluentValue<'static>;
}

impl<T: Count + ?Sized> Count for &T {
    fn value(&self) -> FluentValue<'static> {
        (**self).value()
    }
}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl Count for $number {
            fn value(&self) -> FluentValue<'static> {
                self.into()
            }
        }

        impl MessageText for $number {
            fn value(&self) -> FluentValue<'_> {
                self.into()
            }
        }
    )*};
}

numbers!(f64 i32 i64 u64 usize);

/// The messages of one language.
type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<HashMap<&'static str, Bundle>> =
    LazyLock::new(|| m::TEXTS.iter().map(|(language, texts)| (*language, bundle(language, texts))).collect());

fn bundle(language: &str, texts: &[&str]) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![language.parse().unwrap_or_default()]);
    // From right to left, a name or a number in between keeps its own direction.
    let locale = Languages::built_in().find(language).unwrap_or_default();
    bundle.set_use_isolating(locale.direction == Direction::Rtl);
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(n) => Some(crate::language::locale().whole(n.value)),
        _ => None,
    }));
    for text in texts {
        let resource = FluentResource::try_new(locale.typeset(text)).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// A message in the language of the page, else in English.
fn text(id: &str, arguments: &[(&str, FluentValue<'_>)]) -> String {
    let arguments: FluentArgs<'_> = arguments.iter().map(|(name, value)| (*name, value.clone())).collect();
    let own = [language(), Language::ENGLISH].into_iter().find_map(|language| {
        let bundle = BUNDLES.get(language.code())?;
        Some((bundle, bundle.get_message(id)?.value()?))
    });
    let Some((bundle, pattern)) = own else { return id.to_owned() };
    bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
}

/// A name of the model in the language of the page.
pub(crate) fn label(label: &Label) -> String {
    locale().typeset(label.get(language()))
}

#[cfg(test)]
mod tests;
