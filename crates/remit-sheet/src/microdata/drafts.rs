//! Estimates as statements: of which survey, question, answer and group, and how they were made.

use super::{EstimateJob, RespondentGroup};
use crate::SheetError;
use crate::read::{Meant, Names, known_names};
use remit_model::{Kind, Marking};
use remit_store::{Chain, Draft, Workspace};
use remit_survey::{Estimate, SurveyColumn};
use serde_json::{Map, Value, json};

/// What was found, and where.
pub(super) struct SurveyResult<'f> {
    pub(super) survey: &'f str,
    pub(super) question: &'f SurveyColumn,
    pub(super) answers: &'f [String],
    pub(super) groups: &'f [RespondentGroup],
    pub(super) method: &'f str,
    pub(super) hash: &'f str,
}

/// The statements, and where their origins begin.
pub(super) fn drafts(
    workspace: &Workspace,
    job: &EstimateJob,
    found: &SurveyResult<'_>,
) -> Result<(String, Vec<(u64, Draft)>), SheetError> {
    let chain = Chain::open(workspace)?;
    let model = workspace.model();
    let written: Vec<&Kind> = ["survey", "actor", "place"].iter().filter_map(|kind| model.kind(kind)).collect();
    let names = known_names(model, &chain, &written, Marking::StrictlyConfidential)?;
    let none = Names::default();
    let record = |kind: &str, text: &str| {
        names.get(kind).unwrap_or(&none).one(kind, text).map_err(|why| SheetError::Microdata(job.file.clone(), why))
    };
    let survey = record("survey", found.survey)?;
    let actor = job.actor.as_deref().map(|actor| record("actor", actor)).transpose()?;
    let origin = format!("microdata/{survey}/{}", found.question.name);
    let places = names.get("place");
    let name = job.file.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let mut drafts = Vec::new();
    for group in found.groups {
        let fields_of_group = said_of_group(workspace, group, places, found.groups);
        for (at, estimate) in group.estimates.iter().flatten().enumerate() {
            let answer = found.answers.get(at);
            let mut draft = Draft::new(workspace.model(), "estimate");
            draft.marking = job.marking;
            draft.fields = said(estimate, answer, found);
            draft.fields.insert("survey".into(), json!(survey));
            draft.fields.extend(actor.iter().map(|actor| ("actor".to_owned(), json!(actor))));
            draft.fields.extend(fields_of_group.clone());
            let answer = answer.map_or("mean", String::as_str);
            draft.record = [origin.as_str(), answer, &group.by, &group.name].join("/").trim_end_matches('/').to_owned();
            draft.origin = draft.record.clone();
            draft.set_envelope("source", job.source.as_ref().unwrap_or(&name).as_str());
            draft.set_envelope("locator", format!("{}; SHA-256 of the microdata: {}", found.question.name, found.hash));
            drafts.push((0, draft));
        }
    }
    Ok((origin, drafts))
}

/// The values of a record of one estimate: of an answer, or of the mean.
fn said(e: &Estimate, answer: Option<&String>, found: &SurveyResult<'_>) -> Map<String, Value> {
    let by = if answer.is_some() { 100.0 } else { 1.0 };
    // Six digits behind the point: more tells nothing, and the same file gives the same.
    let number = |n: f64| n.is_finite().then(|| json!((n * 1e6).round() / 1e6));
    let values = [
        (if answer.is_some() { "share" } else { "mean" }, number(e.value * by)),
        ("standard_error", number(e.error * by)),
        ("low", number(e.low * by)),
        ("high", number(e.high * by)),
        ("design_effect", number(e.design_effect)),
        ("respondents", Some(json!(e.respondents))),
        ("question", Some(json!(found.question.label))),
        ("answer", Some(json!(answer.map_or("mean", String::as_str)))),
        ("method", Some(json!(found.method))),
    ];
    values.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

/// Who the group is: a sex or a place of the register where all groups of its kind are, else in words.
fn said_of_group(
    workspace: &Workspace,
    group: &RespondentGroup,
    places: Option<&Names>,
    groups: &[RespondentGroup],
) -> Map<String, Value> {
    if group.by.is_empty() {
        return Map::new();
    }
    let lists = &workspace.model().lists;
    let sex =
        |name: &str| lists.get("sex").and_then(|l| l.find(name)).map(|c| c.code.as_str()).or_else(|| lists.told_by("sex", name));
    let place = |name: &str| match places.map(|p| p.find(name, "")) {
        Some(Meant::One(record)) => Some(record),
        _ => None,
    };
    let mut alike = groups.iter().filter(|g| g.by == group.by);
    let field = if alike.clone().all(|g| sex(&g.name).is_some()) {
        ("sex", json!(sex(&group.name)))
    } else if alike.all(|g| place(&g.name).is_some()) {
        ("place", json!(place(&group.name)))
    } else {
        ("population_group", json!(format!("{}: {}", group.by, group.name)))
    };
    Map::from_iter([(field.0.to_owned(), field.1)])
}
