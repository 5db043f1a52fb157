//! JSON that says a key twice: one reader takes the first value, another the last, so that it says two things at once. Remit never
//! writes such JSON.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeSet;
use std::fmt;

/// True where a text of JSON says a key twice, at any depth.
pub fn says_twice(text: &str) -> bool {
    // What is no JSON at all is seen by the hash.
    !text.is_empty() && serde_json::from_str::<Once>(text).is_err_and(|e| e.is_data())
}

/// Any JSON whose objects say each key once.
struct Once;

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Once, D::Error> {
        deserializer.deserialize_any(OnceVisitor)
    }
}

struct OnceVisitor;

impl<'de> Visitor<'de> for OnceVisitor {
    type Value = Once;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Once, A::Error> {
        // Objects are small: comparing takes less than hashing.
        let mut keys = BTreeSet::new();
        while let Some(key) = map.next_key::<String>()? {
            map.next_value::<Once>()?;
            if !keys.insert(key) {
                return Err(A::Error::custom("a key is said twice"));
            }
        }
        Ok(Once)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Once, A::Error> {
        while items.next_element::<Once>()?.is_some() {}
        Ok(Once)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Once, E> {
        Ok(Once)
    }
    fn visit_i64<E>(self, _: i64) -> Result<Once, E> {
        Ok(Once)
    }
    fn visit_u64<E>(self, _: u64) -> Result<Once, E> {
        Ok(Once)
    }
    fn visit_f64<E>(self, _: f64) -> Result<Once, E> {
        Ok(Once)
    }
    fn visit_str<E>(self, _: &str) -> Result<Once, E> {
        Ok(Once)
    }
    fn visit_unit<E>(self) -> Result<Once, E> {
        Ok(Once)
    }
}

#[cfg(test)]
mod tests {
    use super::says_twice;

    #[test]
    fn a_key_that_is_said_twice_is_seen_at_any_depth() {
        assert!(says_twice(r#"{"name":"a","name":"b"}"#));
        assert!(says_twice(r#"{"names":[{"name":"a","name":"b"}]}"#));
        assert!(says_twice(r#"{"na\u006de":"a","name":"b"}"#));
        assert!(!says_twice(r#"{"name":"a","n":1,"f":0.1,"b":true,"e":null,"names":[{"name":"a"},{"name":"b"}]}"#));
        assert!(!says_twice("no JSON"));
    }
}
