//! Values as text, in forms, sheets and files: [`Field::read`] and [`write_value`] undo each other.

use crate::{Code, CodeLists, Field, FieldType, ImpreciseDate, ListPart, Misread, has_unseen, trimmed, without_unseen};
use serde_json::{Map, Number, Value};

/// Between the items of a list.
pub const ITEM: char = ';';
/// Between the parts of an item.
pub const PART: char = '|';

impl Field {
    /// Reads a value as people write it: codes by code or name in any language, lists as `one; two | fr`. A reference to
    /// another record is taken as its identifier.
    ///
    /// # Errors
    /// With what is wrong and what to write.
    pub fn read(&self, lists: &CodeLists, text: &str) -> Result<Value, Misread> {
        let text = trimmed(text);
        if text.is_empty() {
            return Ok(Value::Null);
        }
        match &self.kind {
            FieldType::Text | FieldType::Texts | FieldType::Record(_) => Ok(text.into()),
            FieldType::Url => web_address(text).map(Value::from),
            FieldType::Records(_) => {
                let records: Vec<Value> =
                    text.split([ITEM, '\n']).map(str::trim).filter(|r| !r.is_empty()).map(Value::from).collect();
                Ok(if records.is_empty() { Value::Null } else { records.into() })
            }
            FieldType::Code(list) => lists.read(list, text).map(Value::from),
            FieldType::Date => text.parse::<ImpreciseDate>().map(|d| d.to_string().into()),
            FieldType::Integer => whole(text).map(Value::from).ok_or_else(|| Misread::Whole(text.into())),
            FieldType::Number => number(text).map(Value::Number).ok_or_else(|| Misread::Number(text.into())),
            FieldType::Boolean => {
                lists.languages().answer(text).map(|yes| i32::from(yes).into()).ok_or_else(|| Misread::Boolean(text.into()))
            }
            FieldType::List(parts) => {
                let items = text.split([ITEM, '\n']).map(str::trim).filter(|i| !i.is_empty());
                let items: Vec<Value> = items.map(|i| item(lists, parts, i)).collect::<Result<_, _>>()?;
                Ok(if items.is_empty() { Value::Null } else { items.into() })
            }
        }
    }
}

impl Field {
    /// Whether a value is one of this field, as it is kept: what [`Field::read`] makes of a text that can be seen always is.
    ///
    /// # Errors
    /// With what is wrong and what to write.
    pub fn check(&self, lists: &CodeLists, value: &Value) -> Result<(), Misread> {
        if let Some(letters) = longest(value).filter(|letters| *letters > self.longest) {
            return Err(Misread::Long { letters, most: self.longest });
        }
        if let Some(text) = unseen(value) {
            return Err(Misread::Unseen(without_unseen(text).chars().take(80).collect()));
        }
        self.in_bounds(value)?;
        let not = |wanted| Err(Misread::Form { value: value.to_string().chars().take(80).collect(), wanted });
        match (&self.kind, value) {
            (_, Value::Null) => Ok(()),
            (FieldType::Text | FieldType::Texts | FieldType::Record(_), Value::String(_)) => Ok(()),
            (FieldType::Texts, Value::Object(texts)) if texts.values().all(Value::is_string) => Ok(()),
            (FieldType::Url, Value::String(text)) => is_address(text),
            (FieldType::Date, Value::String(text)) => text.parse::<ImpreciseDate>().map(|_| ()),
            (FieldType::Code(list), Value::String(text)) => is_code(lists, list, text),
            (FieldType::Integer, Value::Number(n)) if n.is_i64() => Ok(()),
            (FieldType::Number, Value::Number(_)) => Ok(()),
            (FieldType::Boolean, Value::Bool(_)) => Ok(()),
            (FieldType::Boolean, Value::Number(n)) if matches!(n.as_i64(), Some(0 | 1)) => Ok(()),
            (FieldType::List(parts), Value::Array(items)) => items.iter().try_for_each(|item| is_item(lists, parts, item)),
            (FieldType::Records(of), Value::Array(items)) if items.iter().all(|i| names_record(of, i)) => Ok(()),
            (FieldType::Text | FieldType::Texts | FieldType::Url, _) => not("a text"),
            (FieldType::Record(_), _) => not("the identifier of a record"),
            (FieldType::Date, _) => not("a date as text; write \"2019\", \"2019-07\" or \"2019-07-03\""),
            (FieldType::Code(_), _) => not("a code as text"),
            (FieldType::Integer, _) => not("a whole number"),
            (FieldType::Number, _) => not("a number"),
            (FieldType::Boolean, _) => not("0, 1, true or false"),
            (FieldType::List(_), _) => not("a list of objects"),
            (FieldType::Records(of), _) if of.len() == 1 => not("a list of records; write [\"so/police\"]"),
            (FieldType::Records(_), _) => not("a list of records with their kinds; write [\"KIND:IDENTIFIER\"]"),
        }
    }
}

impl Field {
    /// Whether a number is neither less nor more than the field may hold.
    fn in_bounds(&self, value: &Value) -> Result<(), Misread> {
        let Some(number) = value.as_f64() else { return Ok(()) };
        match (self.least, self.most) {
            (Some(least), _) if number < least as f64 => Err(Misread::Less { value: value.to_string(), least }),
            (_, Some(most)) if number > most as f64 => Err(Misread::More { value: value.to_string(), most }),
            _ => Ok(()),
        }
    }
}

/// Letters of the longest text in a value.
fn longest(value: &Value) -> Option<usize> {
    match value {
        Value::String(text) => Some(text.chars().count()),
        Value::Array(items) => items.iter().filter_map(longest).max(),
        Value::Object(parts) => parts.values().filter_map(longest).max(),
        _ => None,
    }
}

/// A text in a value that has signs which nobody sees.
fn unseen(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text.as_str()).filter(|t| has_unseen(t)),
        Value::Array(items) => items.iter().find_map(unseen),
        Value::Object(parts) => parts.values().find_map(unseen),
        _ => None,
    }
}

/// An address as it is kept: how it begins in small letters, in whichever it was typed, and after that the name of a place.
///
/// # Errors
/// [`Misread::Url`] where it is none.
pub fn web_address(text: &str) -> Result<String, Misread> {
    let wrong = || Misread::Url(text.to_owned());
    let (begins, place) = text.split_once("://").ok_or_else(wrong)?;
    let begins = begins.to_ascii_lowercase();
    let is_named = !place.is_empty() && !place.starts_with(['/', '?', '#', ':', '.']) && !place.contains(char::is_whitespace);
    if is_named && ["https", "http"].contains(&begins.as_str()) { Ok(format!("{begins}://{place}")) } else { Err(wrong()) }
}

/// A kept address is as it is read.
fn is_address(text: &str) -> Result<(), Misread> {
    if web_address(text)? == text { Ok(()) } else { Err(Misread::Url(text.to_owned())) }
}

/// Kept values hold codes, never names of codes.
fn is_code(lists: &CodeLists, list: &str, text: &str) -> Result<(), Misread> {
    if lists.has(list, text) { Ok(()) } else { Err(no_code(lists, list, text)) }
}

fn is_item(lists: &CodeLists, parts: &[ListPart], item: &Value) -> Result<(), Misread> {
    let Value::Object(object) = item else {
        return Err(Misread::Form { value: item.to_string(), wanted: "an object" });
    };
    for (name, value) in object {
        match (parts.iter().find(|p| p.name == *name), value) {
            (None, _) => {
                let names: Vec<&str> = parts.iter().map(|p| p.name.as_str()).collect();
                return Err(Misread::Parts { text: name.clone(), parts: names.join(" | ") });
            }
            (Some(ListPart { list: Some(list), .. }), Value::String(code)) => is_code(lists, list, code)?,
            (Some(_), Value::Array(_) | Value::Object(_)) => {
                return Err(Misread::Form { value: value.to_string(), wanted: "a text or a number" });
            }
            _ => {}
        }
    }
    // As it is read: what says nothing first says nothing.
    let first = parts.first().and_then(|p| object.get(&p.name)).unwrap_or(&Value::Null);
    match first.is_null() || first.as_str().is_some_and(|text| text.trim().is_empty()) {
        true => Err(Misread::Empty(item.to_string())),
        false => Ok(()),
    }
}

/// True for an identifier, or, where several kinds can be meant, for a kind and an identifier.
fn names_record(of: &[String], item: &Value) -> bool {
    match (of, item.as_str()) {
        ([_], Some(id)) => !id.is_empty(),
        (_, Some(text)) => text.split_once(':').is_some_and(|(kind, id)| of.iter().any(|k| k == kind) && !id.is_empty()),
        _ => false,
    }
}

/// A value as [`Field::read`] reads it.
pub fn write_value(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(write_value).collect::<Vec<_>>().join("; "),
        Value::Object(parts) => parts.values().map(write_value).collect::<Vec<_>>().join(" | "),
        other => other.to_string(),
    }
}

/// True where two values mean the same, however they are written: a sheet has one form for 5200 and 5200.0, and one for true and 1.
pub fn means_the_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(a), Value::Number(b)) => same_number(a, b),
        (Value::Bool(yes), Value::Number(n)) | (Value::Number(n), Value::Bool(yes)) => n.as_i64() == Some(i64::from(*yes)),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| means_the_same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(name, value)| b.get(name).is_some_and(|other| means_the_same(value, other)))
        }
        _ => one == other,
    }
}

/// Whole numbers are compared as such: as fractions the greatest of them would be one.
fn same_number(a: &Number, b: &Number) -> bool {
    a == b || !(a.is_i64() && b.is_i64()) && a.as_f64().zip(b.as_f64()).is_some_and(|(a, b)| a == b)
}

fn item(lists: &CodeLists, parts: &[ListPart], text: &str) -> Result<Value, Misread> {
    let mut object = Map::new();
    let texts: Vec<&str> = text.split(PART).map(str::trim).collect();
    if texts.len() > parts.len() {
        let names: Vec<&str> = parts.iter().map(|p| p.name.as_str()).collect();
        return Err(Misread::Parts { text: text.into(), parts: names.join(" | ") });
    }
    if texts[0].is_empty() {
        return Err(Misread::Empty(text.into()));
    }
    if let [ListPart { name, list: Some(list) }, ListPart { name: of, list: None }] = parts
        && let Some((code, rest)) = of_scheme(lists, list, &texts, parts)?
    {
        object.insert(name.clone(), code.into());
        object.insert(of.clone(), rest.into());
        return Ok(Value::Object(object));
    }
    for (part, text) in parts.iter().zip(texts).filter(|(_, t)| !t.is_empty()) {
        let value = match &part.list {
            Some(list) => lists.read(list, text)?,
            None => text.to_owned(),
        };
        object.insert(part.name.clone(), value.into());
    }
    Ok(Value::Object(object))
}

/// An identifier with its scheme before a colon, or as the address of a page, as many write it; none where it is said in two parts, or where the
/// scheme alone is said.
fn of_scheme(lists: &CodeLists, list: &str, texts: &[&str], parts: &[ListPart]) -> Result<Option<(String, String)>, Misread> {
    let Some(schemes) = lists.get(list) else { return Ok(None) };
    let text = texts[texts.len() - 1];
    let found = schemes.find_before(text).map(|(code, rest)| (code.code.clone(), rest));
    match (texts, schemes.find(texts[0])) {
        ([_, _], Some(said)) => Ok(found.filter(|(code, _)| *code == said.code)),
        ([_], None) if found.is_none() => {
            let names: Vec<&str> = parts.iter().map(|p| p.name.as_str()).collect();
            let some = schemes.first_as(|c| c.code.clone());
            Err(Misread::Scheme { text: text.into(), parts: names.join(" | "), list: list.into(), some })
        }
        ([_], None) => Ok(found),
        _ => Ok(None),
    }
}

impl CodeLists {
    /// The code of a list that a text is, or is the name of in any language.
    ///
    /// # Errors
    /// With some of the codes that there are.
    pub fn read(&self, list: &str, text: &str) -> Result<String, Misread> {
        let found = self.get(list).and_then(|l| l.find(text));
        found.map(|c| c.code.clone()).ok_or_else(|| no_code(self, list, text))
    }
}

fn no_code(lists: &CodeLists, list: &str, text: &str) -> Misread {
    // A number alone tells nobody what it means.
    let shown = |c: &Code| match c.code.bytes().all(|b| b.is_ascii_digit()) {
        true => format!("{} {}", c.code, c.label.english()),
        false => c.code.clone(),
    };
    let some = lists.get(list).map_or_else(String::new, |l| l.first_as(shown));
    Misread::Code { text: text.into(), list: list.into(), some }
}

fn whole(text: &str) -> Option<i64> {
    plain(text).parse().ok()
}

fn number(text: &str) -> Option<Number> {
    let text = plain(text);
    text.parse::<i64>().ok().map(Number::from).or_else(|| text.parse::<f64>().ok().and_then(Number::from_f64))
}

/// Without spaces that group digits.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{2019}').map(|c| if c == '−' { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Model;
    use proptest::prelude::*;
    use serde_json::json;
    use std::sync::LazyLock;

    #[test]
    fn numbers_are_compared_as_numbers() {
        for (one, other) in [(json!(5200.0), json!(5200)), (json!(true), json!(1)), (json!([{ "a": 2.0 }]), json!([{ "a": 2 }]))]
        {
            assert!(means_the_same(&one, &other) && means_the_same(&other, &one), "{one} and {other}");
        }
        let great = i64::MAX;
        for (one, other) in [
            (json!(5200.5), json!(5200)),
            (json!("5200"), json!(5200)),
            (json!(great), json!(great - 1)),
            (json!(true), json!(0)),
        ] {
            assert!(!means_the_same(&one, &other), "{one} and {other}");
        }
    }

    /// Loading it takes longer than all that is done with it here.
    fn model() -> &'static Model {
        static MODEL: LazyLock<Model> = LazyLock::new(|| Model::load(None).unwrap());
        &MODEL
    }

    #[test]
    fn values_are_read_as_people_write_them() {
        let model = model();
        let actor = model.kind("actor").unwrap();
        let read = |field: &str, text: &str| actor.field(field).unwrap().read(&model.lists, text);
        assert_eq!(
            read("class", "Polizei").unwrap_err().to_string(),
            "“Polizei” is no code and no name of the list actor_class (military, police, intelligence, justice, corrections, ministry…)"
        );
        let of = |scheme: &str, identifier: &str| json!([{ "scheme": scheme, "identifier": identifier }]);
        for (text, value) in [
            ("wikidata | Q100", of("wikidata", "Q100")),
            ("wikidata:Q100", of("wikidata", "Q100")),
            ("Wikidata: Q100", of("wikidata", "Q100")),
            ("https://www.wikidata.org/wiki/Q100#sitelinks", of("wikidata", "Q100")),
            ("wikidata | http://www.wikidata.org/entity/Q100", of("wikidata", "Q100")),
            ("geonames:2314302", of("geonames", "2314302")),
            ("https://www.geonames.org/2314302/kinshasa.html", of("geonames", "2314302")),
            ("https://www.openstreetmap.org/node/123/", of("osm", "node/123")),
            ("https://doi.org/10.1000/182", of("doi", "10.1000/182")),
            ("iati_organisation:XM-DAC-1:2", of("iati_organisation", "XM-DAC-1:2")),
            ("own | 12:4", of("own", "12:4")),
            ("own | wikidata:Q1", of("own", "wikidata:Q1")),
        ] {
            assert_eq!(read("identifiers", text).unwrap(), value, "{text}");
        }
        for text in ["Q100", "XM:DAC", "https://example.org/wiki/Q100", "wikidata:"] {
            let told = read("identifiers", text).unwrap_err().to_string();
            assert!(told.contains("write “scheme | identifier”"), "{text}: {told}");
        }
        // Of a list that is told to its end, nothing more follows.
        let grade = &model.envelope.get("reliability").unwrap().field;
        assert_eq!(
            grade.read(&model.lists, "Z9").unwrap_err().to_string(),
            "“Z9” is no code and no name of the list reliability (A, B, C, D, E, F)"
        );
        assert_eq!(read("class", "forces armées").unwrap(), "military");
        assert_eq!(read("starts", "2019-07").unwrap(), "2019-07");
        assert!(read("starts", "July 2019").is_err());
        let names = read("names", "Force | en; شرطة | ar").unwrap();
        assert_eq!(write_value(&names), "Force | en; شرطة | ar");
    }

    #[test]
    fn an_address_names_a_place_and_begins_in_whatever_letters() {
        for (text, kept) in [
            ("https://example.org/a", "https://example.org/a"),
            ("HTTPS://Example.org/A", "https://Example.org/A"),
            ("Http://[::1]/a", "http://[::1]/a"),
        ] {
            assert_eq!(web_address(text).as_deref(), Ok(kept));
        }
        for text in ["https://", "http:///a", "https://?a", "https://a b", "ftp://example.org", "example.org", ""] {
            assert_eq!(web_address(text), Err(Misread::Url(text.into())), "{text}");
        }
        assert!(
            is_address("https://example.org").is_ok() && is_address("HTTPS://example.org").is_err(),
            "it is kept as it is read"
        );
    }

    #[test]
    fn what_is_kept_is_checked_by_its_type() {
        let model = model();
        let check = |kind: &str, field: &str, value: Value| {
            model.kind(kind).unwrap().field(field).unwrap().check(&model.lists, &value).map_err(|e| e.to_string())
        };
        assert_eq!(check("actor", "class", json!("police")), Ok(()));
        assert!(
            check("actor", "class", json!("Police and gendarmerie")).unwrap_err().contains("is no code"),
            "a name is read, not kept"
        );
        assert!(check("actor", "starts", json!("spring")).unwrap_err().contains("no date"));
        assert!(check("actor", "starts", json!(2019)).unwrap_err().contains("a date as text"));
        assert_eq!(check("strength", "women", json!(-5)).unwrap_err(), "-5 is less than 0");
        assert_eq!(check("engagement", "certainty", json!(1.5)).unwrap_err(), "1.5 is more than 1");
        assert_eq!(check("place", "latitude", json!(-91.5)).unwrap_err(), "-91.5 is less than -90");
        assert_eq!(check("place", "longitude", json!(-91.5)), Ok(()));
        assert!(check("actor", "names", json!([{ "name": "Force", "tongue": "en" }])).unwrap_err().contains("more parts"));
        assert!(check("actor", "names", json!("Force")).unwrap_err().contains("a list of objects"));
        for hidden in [
            json!("Made-up\u{7} Force"),
            json!("\u{0}"),
            json!("Made-up\u{9b}2J"),
            json!("Made\u{202e}up"),
            json!("Made\u{200b}up"),
        ] {
            assert!(check("actor", "name", hidden).unwrap_err().contains("signs that nobody sees"));
        }
        assert!(
            check("actor", "names", json!([{ "name": "Made-up\u{1b}[31m" }])).unwrap_err().contains("signs that nobody sees")
        );
        assert_eq!(check("actor", "note", json!("Several\r\nlines\tand a tab")), Ok(()));
        assert_eq!(check("actor", "names", json!([{ "name": "Force", "language": "en" }])), Ok(()));
        for empty in [json!([{}]), json!([{ "name": " " }]), json!([{ "language": "en" }])] {
            assert!(check("actor", "names", empty).unwrap_err().contains("begins with an empty part"));
        }
        let long = check("actor", "name", json!("a".repeat(150_000))).unwrap_err();
        assert!(long.starts_with("this text has 150000 letters, and may have 4000"), "{long}");
        assert!(check("actor", "names", json!([{ "name": "a".repeat(5_000) }])).unwrap_err().contains("5000 letters"));
        assert!(check("relation", "subject", json!(["a"])).unwrap_err().contains("identifier of a record"));
    }

    proptest! {
        #[test]
        fn what_is_read_is_written_back(text in "[\\PC&&[^;|]]{0,12}(; ?[\\PC&&[^;|]]{1,8}( \\| [\\PC&&[^;|]]{1,4})?){0,3}") {
            let model = model();
            let names = model.kind("actor").unwrap().field("names").unwrap();
            // Signs that nobody sees are refused as they are elsewhere.
            if let Ok(value) = names.read(&model.lists, &text)
                && !matches!(names.check(&model.lists, &value), Err(Misread::Unseen(_)))
            {
                prop_assert_eq!(names.check(&model.lists, &value), Ok(()));
                prop_assert_eq!(names.read(&model.lists, &write_value(&value)).unwrap(), value);
            }
        }
    }
}
