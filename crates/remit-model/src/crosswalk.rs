//! From the codes that publishers use to ours: DAC purpose codes, aid types and organisation types, each line with
//! its reason, in `model/crosswalk/`.

use crate::csv_table::rows;
use crate::{CodeLists, ImpreciseDate, ModelError, ModelFiles};
use std::collections::HashMap;

/// What a purpose code says of an activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectorLine {
    /// True where the code says that the support is to the security sector.
    pub ssr: bool,
    /// True where publishers use the code for much else besides: it counts unless title and description speak of that only.
    pub wide: bool,
    /// Code of `actor_class`; `unspecified` where the code names no institution.
    pub actor_class: String,
    /// Code of `security_function`; `unspecified` where the code names none.
    pub security_function: String,
    /// Why.
    pub reason: String,
}

/// What an activity of PACT is in the words of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskLine {
    /// Code of `security_function`; `unspecified` where the activity names none.
    pub security_function: String,
    /// Code of `actor_class`, or empty.
    pub actor_class: String,
    /// True where it is a part of security sector reform.
    pub ssr: bool,
    /// Code of `ssr_task`, or empty.
    pub ssr_task: String,
}

/// Where and when a mission is or was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissionCountry {
    /// Code of `mission`.
    pub mission: String,
    /// ISO 3166 alpha-2 code.
    pub country: String,
    /// From, as precise as known, or empty.
    pub from: String,
    /// To, as precise as known, or empty.
    pub to: String,
}

/// The crosswalks of a model.
#[derive(Debug, Default)]
pub struct Crosswalk {
    tasks: HashMap<String, TaskLine>,
    activities: HashMap<String, String>,
    missions: HashMap<String, Vec<MissionCountry>>,
    sectors: HashMap<String, HashMap<String, SectorLine>>,
    modalities: HashMap<String, String>,
    actor_classes: HashMap<String, String>,
    usual_functions: HashMap<String, String>,
    since_2: HashMap<String, HashMap<String, String>>,
}

impl Crosswalk {
    pub(crate) fn load(files: &ModelFiles, lists: &CodeLists) -> Result<Crosswalk, ModelError> {
        let mut all = Crosswalk::default();
        let known = |shown: &str, line: usize, list: &str, code: &str| lists.expect(list, code, shown, line);
        for file in files.texts("crosswalk/", ".csv") {
            let (key, shown, text) = file?;
            match key {
                "crosswalk/sector.csv" => {
                    let columns = ["vocabulary", "code", "ssr", "actor_class", "security_function", "reason"];
                    for row in rows(shown, text, &columns)? {
                        let (line, row) = row?;
                        let [vocabulary, code, ssr, class, function, reason] = &row[..] else {
                            continue;
                        };
                        known(shown, line, "actor_class", class)?;
                        known(shown, line, "security_function", function)?;
                        if reason.is_empty() || !matches!(ssr.as_str(), "yes" | "wide" | "no") {
                            return Err(ModelError::new(shown, line, "`ssr` is yes, wide or no, and `reason` says why"));
                        }
                        let value = SectorLine {
                            ssr: ssr != "no",
                            wide: ssr == "wide",
                            actor_class: class.clone(),
                            security_function: function.clone(),
                            reason: reason.clone(),
                        };
                        all.sectors.entry(vocabulary.clone()).or_default().insert(code.clone(), value);
                    }
                }
                "crosswalk/aid_type.csv" => {
                    pairs(shown, text, ["aid_type", "modality"], &known, &mut all.modalities)?;
                }
                "crosswalk/organisation_type.csv" => {
                    pairs(shown, text, ["organisation_type", "actor_class"], &known, &mut all.actor_classes)?;
                }
                "crosswalk/actor_class.csv" => {
                    pairs(shown, text, ["actor_class", "security_function"], &known, &mut all.usual_functions)?;
                }
                "crosswalk/version_1.csv" => version_1(shown, text, &known, &mut all.since_2)?,
                "crosswalk/pact_activity.csv" => tasks(shown, text, &known, &mut all.tasks)?,
                "crosswalk/ssr_task.csv" => activities(shown, text, &known, &mut all.activities)?,
                "crosswalk/mission_country.csv" => missions(shown, text, &known, &mut all.missions)?,
                _ => {
                    let expected = "sector.csv, aid_type.csv, organisation_type.csv, actor_class.csv, version_1.csv, pact_activity.csv, ssr_task.csv or mission_country.csv";
                    return Err(ModelError::new(shown, 0, format!("is not a crosswalk of Remit; expected {expected}")));
                }
            }
        }
        Ok(all)
    }

    /// What a sector code of a vocabulary (1: DAC 5 digits, 2: DAC 3 digits) says; `None` where the crosswalk has no line.
    pub fn sector(&self, vocabulary: &str, code: &str) -> Option<&SectorLine> {
        self.sectors.get(vocabulary)?.get(code)
    }

    /// What an activity of PACT is in the words of the register; `None` where the crosswalk has no line.
    pub fn task(&self, pact_activity: &str) -> Option<&TaskLine> {
        self.tasks.get(pact_activity)
    }

    /// The task of reform that an activity of PACT is, if it is one.
    pub fn task_of(&self, pact_activity: &str) -> Option<&str> {
        self.task(pact_activity).map(|t| t.ssr_task.as_str()).filter(|t| !t.is_empty())
    }

    /// The activity of PACT as which a task of reform is coded, if it is as one.
    pub fn activity_of(&self, ssr_task: &str) -> Option<&str> {
        self.activities.get(ssr_task).map(String::as_str)
    }

    /// The countries of a mission.
    pub fn countries_of(&self, mission: &str) -> impl Iterator<Item = &MissionCountry> {
        self.missions.get(mission).into_iter().flatten()
    }

    /// The modality that an aid type says, where it says one.
    pub fn modality(&self, aid_type: &str) -> Option<&str> {
        self.modalities.get(aid_type).map(String::as_str)
    }

    /// What institutions of a class are there for: their function where nothing more is said.
    pub fn usual_function(&self, actor_class: &str) -> Option<&str> {
        self.usual_functions.get(actor_class).map(String::as_str)
    }

    /// What version 2 of the IATI standard calls a code of version 1; none where it has the same name, or no equal.
    pub fn code_since_2(&self, list: &str, code: &str) -> Option<&str> {
        self.since_2.get(list)?.get(code).map(String::as_str)
    }

    /// The actor class that an IATI organisation type says, where it says one.
    pub fn actor_class(&self, organisation_type: &str) -> Option<&str> {
        self.actor_classes.get(organisation_type).map(String::as_str)
    }
}

fn pairs(
    shown: &str,
    text: &str,
    [of, list]: [&str; 2],
    known: &impl Fn(&str, usize, &str, &str) -> Result<(), ModelError>,
    into: &mut HashMap<String, String>,
) -> Result<(), ModelError> {
    for row in rows(shown, text, &["code", list, "reason"])? {
        let (line, row) = row?;
        let [code, target, reason] = &row[..] else {
            continue;
        };
        known(shown, line, of, code)?;
        known(shown, line, list, target)?;
        if reason.is_empty() {
            return Err(ModelError::new(shown, line, "has no reason; say why the code means this"));
        }
        into.insert(code.clone(), target.clone());
    }
    Ok(())
}

fn version_1(
    shown: &str,
    text: &str,
    known: &impl Fn(&str, usize, &str, &str) -> Result<(), ModelError>,
    into: &mut HashMap<String, HashMap<String, String>>,
) -> Result<(), ModelError> {
    for row in rows(shown, text, &["list", "code", "code_since_2", "reason"])? {
        let (line, row) = row?;
        let [list, code, now, _reason] = &row[..] else {
            continue;
        };
        known(shown, line, list, now)?;
        into.entry(list.clone()).or_default().insert(code.clone(), now.clone());
    }
    Ok(())
}

fn tasks(
    shown: &str,
    text: &str,
    known: &impl Fn(&str, usize, &str, &str) -> Result<(), ModelError>,
    into: &mut HashMap<String, TaskLine>,
) -> Result<(), ModelError> {
    for row in rows(shown, text, &["code", "security_function", "actor_class", "ssr", "ssr_task", "reason"])? {
        let (line, row) = row?;
        let [code, function, class, ssr, ssr_task, _reason] = &row[..] else {
            continue;
        };
        known(shown, line, "pact_activity", code)?;
        known(shown, line, "security_function", function)?;
        if !class.is_empty() {
            known(shown, line, "actor_class", class)?;
        }
        if !ssr_task.is_empty() {
            known(shown, line, "ssr_task", ssr_task)?;
        }
        let (security_function, actor_class) = (function.clone(), class.clone());
        let task = TaskLine { security_function, actor_class, ssr: ssr == "yes", ssr_task: ssr_task.clone() };
        into.insert(code.clone(), task);
    }
    Ok(())
}

fn activities(
    shown: &str,
    text: &str,
    known: &impl Fn(&str, usize, &str, &str) -> Result<(), ModelError>,
    into: &mut HashMap<String, String>,
) -> Result<(), ModelError> {
    for row in rows(shown, text, &["code", "pact_activity", "reason"])? {
        let (line, row) = row?;
        let [code, activity, _reason] = &row[..] else {
            continue;
        };
        known(shown, line, "ssr_task", code)?;
        known(shown, line, "pact_activity", activity)?;
        into.insert(code.clone(), activity.clone());
    }
    Ok(())
}

fn missions(
    shown: &str,
    text: &str,
    known: &impl Fn(&str, usize, &str, &str) -> Result<(), ModelError>,
    into: &mut HashMap<String, Vec<MissionCountry>>,
) -> Result<(), ModelError> {
    for row in rows(shown, text, &["mission", "country", "from", "to"])? {
        let (line, row) = row?;
        let [mission, country, from, to] = &row[..] else {
            continue;
        };
        known(shown, line, "mission", mission)?;
        known(shown, line, "country", country)?;
        for date in [from, to].into_iter().filter(|date| !date.is_empty()) {
            date.parse::<ImpreciseDate>().map_err(|_| {
                ModelError::new(shown, line, format!("`{date}` is no date; write 2019, 2019-07 or 2019-07-03, or leave it empty"))
            })?;
        }
        let [mission, country, from, to] = [mission, country, from, to].map(String::clone);
        into.entry(mission.clone()).or_default().push(MissionCountry { mission, country, from, to });
    }
    Ok(())
}
