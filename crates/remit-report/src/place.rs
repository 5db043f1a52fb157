//! Places of a template: what stands in double braces, `{{table ending months=6 columns=record_title,ends}}`.

/// What is to stand in a place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum TemplatePlace {
    /// A value of the report, or a column of the row that is repeated.
    Value(String),
    /// How many rows an answer has, or different values a column of it.
    Count(Asked),
    /// What a column of an answer adds up to.
    Sum(Asked),
    /// What the first row of an answer says in a column.
    First(Asked),
    /// An answer as a table.
    Table(Asked),
    /// The picture of an answer.
    Chart(Asked),
    /// From here on, once a row of an answer.
    Each(Asked),
    EndEach,
    /// From here on, only where an answer has rows, or a value is set.
    If(Asked),
    Else,
    EndIf,
    /// All figures of the report, with how each is counted.
    Method,
    /// What differs from the last report of the kind that went out, and why.
    Differs,
}

/// A question as a place asks it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Asked {
    pub(crate) question: String,
    pub(crate) given: Vec<(String, String)>,
    /// The columns that are shown; the first ones where the place names none.
    pub(crate) columns: Vec<String>,
    /// The most rows that are shown.
    pub(crate) most: Option<usize>,
    /// How many they may be where tables before it have fewer rows than they may show.
    pub(crate) up_to: Option<usize>,
    /// Which picture of the question, from 1.
    pub(crate) picture: usize,
    /// The column and the values by which rows are chosen; all rows where there is none.
    pub(crate) only: Option<(String, Vec<String>)>,
}

/// What is found in a text: what stands as it is, or between braces.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Piece<'t> {
    Text(&'t str),
    Braced(&'t str),
}

/// A text in pieces. Braces that are not closed are text.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let (mut out, mut rest) = (Vec::new(), text);
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((place, behind)) = after.split_once("}}") else { break };
        out.push(Piece::Text(before));
        out.push(Piece::Braced(place));
        rest = behind;
    }
    out.push(Piece::Text(rest));
    out.retain(|p| *p != Piece::Text(""));
    out
}

impl TemplatePlace {
    /// Reads what stands between the braces.
    pub(crate) fn read(text: &str) -> Result<TemplatePlace, String> {
        let words = words(text);
        let Some((first, rest)) = words.split_first() else { return Err("there is nothing between the braces".into()) };
        let asked = || Asked::read(first, rest);
        match (first.as_str(), rest) {
            ("count", _) => Ok(TemplatePlace::Count(asked()?)),
            ("sum", _) => Ok(TemplatePlace::Sum(asked()?.with_column(first)?)),
            ("first", _) => Ok(TemplatePlace::First(asked()?.with_column(first)?)),
            ("table", _) => Ok(TemplatePlace::Table(asked()?)),
            ("chart", _) => match asked()? {
                Asked { only: Some(_), .. } => {
                    Err("a chart shows all rows of its answer: `where` stands with other places".into())
                }
                asked => Ok(TemplatePlace::Chart(asked)),
            },
            ("#each", _) => Ok(TemplatePlace::Each(asked()?)),
            ("/each", []) => Ok(TemplatePlace::EndEach),
            ("#if", _) => Ok(TemplatePlace::If(asked()?)),
            ("else", []) => Ok(TemplatePlace::Else),
            ("/if", []) => Ok(TemplatePlace::EndIf),
            ("method", []) => Ok(TemplatePlace::Method),
            ("differs", []) => Ok(TemplatePlace::Differs),
            (name, []) if !name.starts_with(['#', '/']) => Ok(TemplatePlace::Value(name.to_owned())),
            (name, _) => Err(format!(
                "`{name}` is nothing that a place may begin with; use a value, count, sum, first, table, chart, \
                 #each, #if, method or differs"
            )),
        }
    }
}

impl Asked {
    fn read(what: &str, words: &[String]) -> Result<Asked, String> {
        let Some((question, rest)) = words.split_first() else { return Err(format!("`{what}` needs the name of a question")) };
        let mut asked = Asked { question: question.clone(), picture: 1, ..Asked::default() };
        let number =
            |name: &str, value: &str| value.parse::<usize>().map_err(|_| format!("`{name}` needs a number, not `{value}`"));
        for word in rest {
            let Some((name, value)) = word.split_once('=') else {
                return Err(format!("`{word}` says nothing; write name=value"));
            };
            match name {
                "columns" | "column" => {
                    asked.columns = value.split(',').map(|c| c.trim().to_owned()).filter(|c| !c.is_empty()).collect()
                }
                "most" => {
                    let (most, up_to) = value.split_once("..").map_or((value, None), |(most, up_to)| (most, Some(up_to)));
                    asked.most = Some(number(name, most)?);
                    asked.up_to = up_to.map(|up_to| number(name, up_to)).transpose()?;
                }
                "picture" => asked.picture = number(name, value)?.max(1),
                "where" => {
                    let (column, says) =
                        value.split_once(':').ok_or("`where` needs COLUMN:CODE, or several codes with commas")?;
                    let says = says.split(',').map(|code| code.trim().to_owned()).collect();
                    asked.only = Some((column.trim().to_owned(), says));
                }
                _ => asked.given.push((name.to_owned(), value.to_owned())),
            }
        }
        Ok(asked)
    }

    fn with_column(self, what: &str) -> Result<Asked, String> {
        if self.columns.len() == 1 { Ok(self) } else { Err(format!("`{what}` needs column=NAME")) }
    }
}

/// Words between spaces. What stands between quotes is one, in whatever shape the office’s program has turned them.
fn words(text: &str) -> Vec<String> {
    let (mut all, mut word, mut quoted) = (Vec::new(), String::new(), false);
    for c in text.chars() {
        match c {
            '"' | '“' | '”' | '„' | '«' | '»' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => all.extend(Some(std::mem::take(&mut word)).filter(|w| !w.is_empty())),
            c => word.push(c),
        }
    }
    all.extend(Some(word).filter(|w| !w.is_empty()));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_with_quotes_in_any_shape() {
        let read = TemplatePlace::read(" table ending months=6 columns=record_title,ends actor=“3 Battalion” most=5 ").unwrap();
        let given = [("months", "6"), ("actor", "3 Battalion")].map(|(n, v)| (n.to_owned(), v.to_owned()));
        let columns = ["record_title", "ends"].map(str::to_owned).to_vec();
        let asked =
            Asked { question: "ending".into(), given: given.to_vec(), columns, most: Some(5), picture: 1, ..Asked::default() };
        assert_eq!(read, TemplatePlace::Table(asked));
        assert_eq!(TemplatePlace::read("country"), Ok(TemplatePlace::Value("country".into())));
        let Ok(TemplatePlace::Table(asked)) = TemplatePlace::read("table ending most=3..8") else { panic!("a table") };
        assert_eq!((asked.most, asked.up_to), (Some(3), Some(8)));
        let Ok(TemplatePlace::Count(asked)) = TemplatePlace::read("count leads where=lead_found:several,contested") else {
            panic!("a number")
        };
        assert_eq!(asked.only, Some(("lead_found".to_owned(), vec!["several".to_owned(), "contested".to_owned()])));
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (place, why) in [
            ("", "nothing"),
            ("table", "name of a question"),
            ("sum ending", "column="),
            ("#repeat x", "#repeat"),
            ("table x most=a", "number"),
            ("table x most=3..", "number"),
            ("table x y", "name=value"),
            ("count x where=several", "COLUMN:CODE"),
            ("chart x where=lead_found:several", "all rows"),
        ] {
            let error = TemplatePlace::read(place).unwrap_err();
            assert!(error.contains(why), "{place}: {error}");
        }
    }

    #[test]
    fn braces_that_are_not_closed_are_text() {
        assert_eq!(pieces("a {{b}} c {{d"), [Piece::Text("a "), Piece::Braced("b"), Piece::Text(" c {{d")]);
    }
}
