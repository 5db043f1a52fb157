//! Whether all questions can be asked and drawn, before anybody asks one: a typing error is told with file and line, and never
//! shown as something that nobody reported.

use crate::engine::of_sqlite_only;
use crate::{AskError, ColumnLooks, Engine, Question, Questions};
use remit_model::{Model, did_you_mean, is_identifier, nearest};
use remit_sheet::{EventColumns, Format};
use remit_store::{OF_THE_AS_OF, Reader, StoreError};

/// Names that mean something else in an address or on the command line, beside the endings of the formats.
const TAKEN: [&str; 8] = ["valid_on", "known_on", "in_six_months", "clearance", "sort", "lang", "bom", "parameters"];

/// The code list of the groups in which questions stand.
const GROUPS: &str = "question_group";

impl Questions {
    /// Prepares every question against the views, and looks at every column, parameter and list that it names.
    ///
    /// # Errors
    /// With everything that is wrong, each with file and line.
    pub fn check(&self, model: &Model, reader: &Reader) -> Result<(), AskError> {
        let mut faults = self.columns().faults(model);
        faults.extend(self.dossier().faults_of_kinds(model));
        let known = |name: &str| self.get(name).is_ok();
        faults.extend(self.stories().iter().chain([self.home()]).flat_map(|story| story.faults_of_questions(known)));
        faults.extend(self.dossier().faults_of_questions(known));
        for question in self.all() {
            self.check_one(question, model, reader, &mut faults);
        }
        match faults.len() {
            0 => Ok(()),
            1 => Err(faults.remove(0)),
            _ => Err(AskError::Several(faults)),
        }
    }

    fn check_one(&self, question: &Question, model: &Model, reader: &Reader, faults: &mut Vec<AskError>) {
        for other in question.below.iter().filter(|b| self.get(b).is_err()) {
            faults
                .push(question.fault(question.line_of("below", 0), format!("there is no question `{other}` to stand below it")));
        }
        for other in question.instead.iter().filter(|o| self.get(o).is_err()) {
            let message = format!("there is no question `{other}` to be asked instead of it");
            faults.push(question.fault(question.line_of("instead", 0), message));
        }
        check_labels(question, model, faults);
        check_group(question, model, faults);
        check_engine(question, reader, faults);
        match reader.describe(&question.sql) {
            Ok(answer) => {
                check_columns(question, &answer.columns, faults);
                check_parameters(question, model, &answer.parameters, faults);
                check_drawings(question, &answer.columns, faults);
                check_change(question, model, &answer.columns, faults);
                check_tally(question, self.columns(), &answer.columns, faults);
                check_fold(question, &answer.columns, faults);
                check_overlapping(question, &answer.columns, faults);
                check_event(question, &answer.columns, faults);
                for story in self.stories().iter().chain([self.home()]) {
                    faults.extend(story.faults(question, &answer.columns));
                }
                faults.extend(self.dossier().faults(question, &answer.columns));
            }
            Err(error) => faults.push(question.sql_fault(named_part(question, reader, error))),
        }
    }
}

/// The same fault, with the part of the SQL that it is in where that stands in a file of its own.
fn named_part(question: &Question, reader: &Reader, fault: StoreError) -> StoreError {
    let Some((part, _)) = question.of_parts().find(|(_, sql)| reader.describe(sql).is_err()) else { return fault };
    let told = |message: String| format!("{message}; it is in the part `{part}`, questions/parts/{part}.sql");
    match fault {
        // The place is one in the part.
        StoreError::Sql { message, .. } => StoreError::Sql { message: told(message), at: 0 },
        StoreError::Database(message) => StoreError::Database(told(message)),
        StoreError::Refused(message) => StoreError::Refused(told(message)),
        other => other,
    }
}

/// No two columns have one name: what programs read, links and pictures would have only one of them.
fn check_columns(question: &Question, columns: &[String], faults: &mut Vec<AskError>) {
    let twice = columns.iter().enumerate().find(|(n, column)| columns[..*n].contains(column));
    if let Some((_, column)) = twice {
        let message = format!("the answer has two columns `{column}`; call one of them something else, with `as`");
        faults.push(question.fault(question.line_of_sql(0), message));
    }
}

/// What it is called is in languages that there are: a title in `frr` would be shown to nobody.
fn check_labels(question: &Question, model: &Model, faults: &mut Vec<AskError>) {
    for (key, label) in [("title", &question.title), ("why", &question.why), ("rule", &question.rule)] {
        let Some(strange) = label.strange(&model.languages) else { continue };
        let known: Vec<String> = model.languages.all().map(|l| l.language.to_string()).collect();
        let like = did_you_mean(nearest(strange.code(), known.iter().map(String::as_str)));
        let message = format!(
            "its {key} is in `{strange}`, which is no language of model/languages.toml; it has {}{like}",
            known.join(", ")
        );
        faults.push(question.fault(question.line_of(key, 0), message));
    }
}

/// The group in which it stands, and the kinds of which it is made.
fn check_group(question: &Question, model: &Model, faults: &mut Vec<AskError>) {
    let groups = model.lists.get(GROUPS).map_or(&[][..], |list| list.codes());
    if !question.group.is_empty() && !groups.iter().any(|g| g.code == question.group) {
        let known: Vec<&str> = groups.iter().map(|g| g.code.as_str()).collect();
        let like = did_you_mean(nearest(&question.group, known.iter().copied()));
        let message =
            format!("there is no group `{}` of questions; the list {GROUPS} has {}{like}", question.group, known.join(", "));
        faults.push(question.fault(question.line_of("group", 0), message));
    }
    let like = |kind: &str| did_you_mean(nearest(kind, model.kinds.iter().map(|k| k.name.as_str())));
    for (key, what, kinds) in [("made_of", "it is made of", &question.made_of), ("rests_on", "it rests on", &question.rests_on)] {
        for kind in kinds.iter().filter(|kind| model.kind(kind).is_none()) {
            faults.push(question.fault(question.line_of(key, 0), format!("{what} `{kind}`, which is no kind{}", like(kind))));
        }
    }
}

/// What is for any engine is written in the SQL that all of them have, and reads parts that are the same whatever is asked for.
fn check_engine(question: &Question, reader: &Reader, faults: &mut Vec<AskError>) {
    if question.engine == Engine::Register {
        return;
    }
    let shared = question.sql_for(Engine::Any);
    if let Some((at, text, instead)) = of_sqlite_only(&shared) {
        // Parts stand in the first line.
        let line = question.heading.lines().count() + shared[..at].matches('\n').count() + 1;
        let message =
            format!("`engine = \"any\"`, and only SQLite has `{}`: write {instead}, or `engine = \"register\"`", text.trim());
        faults.push(question.fault(line, message));
    }
    for part in question.prepared() {
        let used = reader.describe(&part.sql).map(|d| d.parameters).unwrap_or_default();
        for name in used.iter().filter(|name| !OF_THE_AS_OF.contains(&name.as_str())) {
            let message = format!(
                "`engine = \"any\"`, and its part `{}` uses `:{name}`: the register works it out once, for whatever is asked; begin \
                 questions/parts/{}.sql with `-- engine = \"any\"` where every engine can read it",
                part.name, part.name
            );
            faults.push(question.fault(question.line_of("parts", 0), message));
        }
    }
}

/// What the heading says of parameters, and what the SQL uses.
fn check_parameters(question: &Question, model: &Model, used: &[String], faults: &mut Vec<AskError>) {
    for (n, parameter) in question.parameters.iter().enumerate() {
        let mut fault = |message: String| faults.push(question.fault(question.line_of("[[parameter]]", n), message));
        let name = &parameter.name;
        let taken: Vec<&str> = TAKEN.into_iter().chain(Format::files().map(Format::ending)).collect();
        if !is_identifier(name) || taken.contains(&name.as_str()) {
            fault(format!(
                "`{name}` is no name for a parameter: use small letters of English, digits and _, and none of {}",
                taken.join(", ")
            ));
        } else if !used.contains(name) {
            fault(format!("the SQL does not use the parameter `:{name}`"));
        }
        if let Some(list) = parameter.list.as_ref().filter(|l| model.lists.get(l).is_none()) {
            fault(format!("the parameter `{name}` names the code list `{list}`, which is not there"));
        }
        for kind in parameter.record.iter().chain(&parameter.records).filter(|k| model.kind(k).is_none()) {
            fault(format!("the parameter `{name}` names a record of the kind `{kind}`, which is not there"));
        }
        if !parameter.default.is_empty() && parameter.value(model, &parameter.default).is_err() {
            fault(format!("`{}` is no value of the parameter `{name}`", parameter.default));
        }
    }
    for name in question.needs.iter().filter(|name| !question.parameters.iter().any(|p| p.name == **name)) {
        faults.push(question.fault(question.line_of("needs", 0), format!("it needs `{name}`, which is no parameter of it")));
    }
    let known = |name: &str| OF_THE_AS_OF.contains(&name) || question.parameters.iter().any(|p| p.name == name);
    for name in used.iter().filter(|name| !known(name)) {
        let line = question.sql.find(&format!(":{name}")).map_or(0, |at| question.line_of_sql(at));
        faults.push(question.fault(line, format!("the SQL uses `:{name}`, which is no parameter of the heading")));
    }
}

/// The kind and the column of the records that can be changed in the rows.
fn check_change(question: &Question, model: &Model, columns: &[String], faults: &mut Vec<AskError>) {
    let Some(change) = &question.change else { return };
    let line = question.line_of("change", 0);
    if model.kind(&change.kind).is_none_or(|k| k.stages.is_none()) {
        faults
            .push(question.fault(line, format!("`{}` is no kind with stages, whose records could be changed here", change.kind)));
    }
    if !columns.contains(&change.record) {
        faults.push(question.fault(line, format!("the answer has no column `{}`; it has {}", change.record, columns.join(", "))));
    }
}

/// The column by which rows overlap is there: without it all of them would be added up.
fn check_overlapping(question: &Question, columns: &[String], faults: &mut Vec<AskError>) {
    if let Some(column) = question.overlapping.as_ref().filter(|column| !columns.contains(column)) {
        let message =
            format!("the answer has no column `{column}` by which its rows could overlap; it has {}", columns.join(", "));
        faults.push(question.fault(question.line_of("overlapping", 0), message));
    }
}

/// The column of codes that are counted in a line.
fn check_tally(question: &Question, looks: &ColumnLooks, columns: &[String], faults: &mut Vec<AskError>) {
    let Some(tally) = &question.tally else { return };
    if !columns.contains(&tally.column) || looks.get(&tally.column, columns).list.is_none() {
        let message = format!("`{}` is no column of codes of the answer, whose rows could be counted by it", tally.column);
        faults.push(question.fault(question.line_of("[tally]", 0), message));
    }
    for column in tally.looked_at.iter().filter(|c| !columns.contains(c)) {
        let message = format!("what was looked at stands in no column `{column}`; the answer has {}", columns.join(", "));
        faults.push(question.fault(question.line_of("looked_at", 0), message));
    }
}

/// The columns that pages set below others.
fn check_fold(question: &Question, columns: &[String], faults: &mut Vec<AskError>) {
    let named = question.fold.iter().flat_map(|(into, below)| std::iter::once(into).chain(below));
    for column in named.filter(|c| !columns.contains(c)) {
        let message = format!("it folds the column `{column}`, which the answer has not; it has {}", columns.join(", "));
        faults.push(question.fault(question.line_of("[fold]", 0), message));
    }
}

/// The columns of which pictures are made.
fn check_drawings(question: &Question, columns: &[String], faults: &mut Vec<AskError>) {
    for (n, drawing) in question.draw.iter().enumerate() {
        for column in drawing.columns().filter(|c| !columns.iter().any(|known| known == c)) {
            let message =
                format!("a picture is made of the column `{column}`, which the answer has not; it has {}", columns.join(", "));
            faults.push(question.fault(question.line_of_drawing(n, column), message));
        }
    }
}

/// The columns of which events are made.
fn check_event(question: &Question, columns: &[String], faults: &mut Vec<AskError>) {
    let named = question.event.iter().flat_map(EventColumns::columns);
    for column in named.filter(|c| !columns.iter().any(|known| known == c)) {
        let message =
            format!("an event is made of the column `{column}`, which the answer has not; it has {}", columns.join(", "));
        faults.push(question.fault(question.line_of("[event]", 0), message));
    }
}
