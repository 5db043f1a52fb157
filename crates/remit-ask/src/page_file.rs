//! A file that says of which questions a page is made, for what is said of it: the home page, a story, the page of a record.

use crate::{AskError, Question};

/// The file with its text, so that what is wrong in it is told with its line.
#[derive(Debug, Clone, Default)]
pub(crate) struct PageFile {
    pub(crate) file: String,
    pub(crate) text: String,
}

impl PageFile {
    /// What is wrong, at the line of the last of these words.
    pub(crate) fn fault(&self, words: &[&str], message: String) -> AskError {
        AskError::File { file: self.file.clone(), line: line_of(&self.text, words), message }
    }

    /// The questions that the file names and that do not exist.
    pub(crate) fn unknown<'q>(&self, questions: impl Iterator<Item = &'q String>, known: impl Fn(&str) -> bool) -> Vec<AskError> {
        let unknown = questions.filter(|q| !known(q));
        unknown.map(|q| self.fault(&[q], format!("there is no question `{q}`"))).collect()
    }

    /// What a section shows and gives that its question does not have: columns of the answer, and parameters.
    pub(crate) fn missing<'q>(
        &self,
        question: &Question,
        columns: &[String],
        shown: impl Iterator<Item = &'q String>,
        given: impl Iterator<Item = &'q String>,
    ) -> Vec<AskError> {
        let mut faults = Vec::new();
        for column in shown.filter(|c| !columns.contains(c)) {
            let message = format!("`{}` has no column `{column}`; it has {}", question.name, columns.join(", "));
            faults.push(self.fault(&[&question.name, column], message));
        }
        for name in given.filter(|n| !question.parameters.iter().any(|p| p.name == **n)) {
            faults.push(self.fault(&[&question.name], format!("`{}` has no parameter `{name}`", question.name)));
        }
        faults
    }
}

/// The line, from 1, in which the last of these words stands in quotation marks, each behind the one before. Of what does not stand there
/// the line of the word before it; 0 where none of them does.
pub(crate) fn line_of(text: &str, words: &[&str]) -> usize {
    let (mut from, mut line) = (0, 0);
    for word in words {
        let quoted = format!("\"{word}\"");
        let Some(at) = text[from..].find(&quoted) else { break };
        from += at + quoted.len();
        line = text[..from].matches('\n').count() + 1;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::line_of;

    #[test]
    fn a_word_is_found_behind_the_one_before() {
        let text = "[[section]]\nquestion = \"a\"\ncolumns = [\"n\"]\n[[section]]\nquestion = \"b\"\ncolumns = [\n  \"n\",\n]\n";
        assert_eq!([line_of(text, &["a", "n"]), line_of(text, &["b", "n"]), line_of(text, &["b"])], [3, 7, 5]);
        assert_eq!([line_of(text, &["b", "gone"]), line_of(text, &["gone"])], [5, 0]);
    }
}
