//! From the codes that publishers use to ours: DAC purpose codes, aid types and organisation types, each line with
//! its reason, in `model/crosswalk/`.

use crate::codes::rows;
use crate::{CodeLists, ModelError, ModelFiles};
use std::collections::HashMap;

/// What a purpose code says of an activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectorLine {
    /// True where the code alone says that the support is to the security sector.
    pub ssr: bool,
    /// Code of `actor_class`; `unspecified` where the code names no institution.
    pub actor_class: String,
    /// Code of `security_function`; `unspecified` where the code names none.
    pub security_function: String,
    /// Why.
    pub reason: String,
}

/// The crosswalks of a model.
#[derive(Debug, Default)]
pub struct Crosswalk {
    sectors: HashMap<String, HashMap<String, SectorLine>>,
    modalities: HashMap<String, String>,
    actor_classes: HashMap<String, String>,
}

impl Crosswalk {
    pub(crate) fn load(files: &ModelFiles, lists: &CodeLists) -> Result<Crosswalk, ModelError> {
        let mut all = Crosswalk::default();
        let known = |shown: &str, line: usize, list: &str, code: &str| {
            if lists.has(list, code) {
                return Ok(());
            }
            Err(ModelError::new(shown, line, format!("`{code}` is not a code of the list `{list}`")))
        };
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
                        if reason.is_empty() || !matches!(ssr.as_str(), "yes" | "no") {
                            return Err(ModelError::new(shown, line, "`ssr` is yes or no, and `reason` says why"));
                        }
                        let value = SectorLine {
                            ssr: ssr == "yes",
                            actor_class: class.clone(),
                            security_function: function.clone(),
                            reason: reason.clone(),
                        };
                        all.sectors.entry(vocabulary.clone()).or_default().insert(code.clone(), value);
                    }
                }
                "crosswalk/aid_type.csv" => {
                    pairs(shown, text, "modality", &known, &mut all.modalities)?;
                }
                "crosswalk/organisation_type.csv" => {
                    pairs(shown, text, "actor_class", &known, &mut all.actor_classes)?;
                }
                _ => {
                    return Err(ModelError::new(
                        shown,
                        0,
                        "is not a crosswalk of Remit; expected sector.csv, aid_type.csv or organisation_type.csv",
                    ));
                }
            }
        }
        Ok(all)
    }

    /// What a sector code of a vocabulary (1: DAC 5 digits, 2: DAC 3 digits) says; `None` where the crosswalk has no line.
    pub fn sector(&self, vocabulary: &str, code: &str) -> Option<&SectorLine> {
        self.sectors.get(vocabulary)?.get(code)
    }

    /// The modality that an aid type says, where it says one.
    pub fn modality(&self, aid_type: &str) -> Option<&str> {
        self.modalities.get(aid_type).map(String::as_str)
    }

    /// The actor class that an IATI organisation type says, where it says one.
    pub fn actor_class(&self, organisation_type: &str) -> Option<&str> {
        self.actor_classes.get(organisation_type).map(String::as_str)
    }
}

fn pairs(
    shown: &str,
    text: &str,
    list: &str,
    known: &impl Fn(&str, usize, &str, &str) -> Result<(), ModelError>,
    into: &mut HashMap<String, String>,
) -> Result<(), ModelError> {
    for row in rows(shown, text, &["code", list, "reason"])? {
        let (line, row) = row?;
        let [code, target, reason] = &row[..] else {
            continue;
        };
        known(shown, line, list, target)?;
        if reason.is_empty() {
            return Err(ModelError::new(shown, line, "has no reason; say why the code means this"));
        }
        into.insert(code.clone(), target.clone());
    }
    Ok(())
}
