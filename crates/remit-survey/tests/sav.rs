//! SPSS files as R's package `haven` writes them, beside the same data as CSV; and files of any bytes.

use proptest::prelude::*;
use remit_survey::{Microdata, NONE, SurveyColumn, SurveyValues};

const PLAIN: &[u8] = include_bytes!("made_up/plain.sav");
const BYTES: &[u8] = include_bytes!("made_up/survey.sav");
const BLOCKS: &[u8] = include_bytes!("made_up/survey.zsav");
const CSV: &str = include_str!("made_up/survey.csv");

fn column(file: &Microdata<'_>, name: &str) -> SurveyColumn {
    file.columns(&[name]).unwrap().remove(0)
}

#[test]
fn a_file_says_the_same_however_it_is_packed() {
    let csv = Microdata::Csv(CSV);
    for bytes in [PLAIN, BYTES, BLOCKS] {
        let file = Microdata::Sav(bytes);
        for name in ["stratum", "region"] {
            let (ours, theirs) = (column(&file, name).answers(), column(&csv, name).answers());
            assert_eq!(ours, theirs, "{name}");
        }
        for name in ["weight", "safe", "cluster"] {
            let (ours, theirs) = (column(&file, name).numbers().unwrap(), column(&csv, name).numbers().unwrap());
            assert_eq!(ours.len(), theirs.len());
            assert!(ours.iter().zip(&theirs).all(|(a, b)| a == b || a.is_nan() && b.is_nan()), "{name}");
        }
    }
}

#[test]
fn numbers_have_labels_and_what_is_no_answer_is_none() {
    for bytes in [PLAIN, BYTES, BLOCKS] {
        let trust = column(&Microdata::Sav(bytes), "trust");
        assert_eq!(trust.label, "Trust in the made-up police");
        let answers = trust.answers();
        assert_eq!(answers.levels, ["A lot", "Somewhat", "A little", "Not at all"]);
        let csv = column(&Microdata::Csv(CSV), "trust").numbers().unwrap();
        let none = csv.iter().filter(|v| v.is_nan() || **v == 8.0).count();
        assert_eq!(answers.at.iter().filter(|at| **at == NONE).count(), none);
        assert_eq!(column(&Microdata::Sav(bytes), "sex").answers().levels, ["Women", "Men"]);
    }
}

#[test]
fn long_names_and_letters_with_marks_are_read() {
    let file = Microdata::Sav(BYTES);
    let variables = file.variables().unwrap();
    let region = variables.iter().find(|v| v.name == "region").unwrap();
    assert_eq!(region.label, "Région");
    assert!(variables.iter().any(|v| v.name == "a_long_name_of_a_variable"));
    let region = column(&file, "region").answers();
    assert!(region.levels.contains(&"À l’ouest".to_owned()));
}

#[test]
fn a_variable_that_is_not_there_is_said_with_those_that_are() {
    let said = Microdata::Sav(BYTES).columns(&["Trust_in_x"]).unwrap_err().to_string();
    assert!(said.starts_with("there is no variable `Trust_in_x`; there are: stratum, cluster"), "{said}");
    assert!(Microdata::Sav(b"PK\x03\x04").variables().unwrap_err().to_string().contains("no SPSS file"));
}

fn every_column(bytes: &[u8]) {
    let file = Microdata::Sav(bytes);
    if let Ok(variables) = file.variables() {
        let names: Vec<&str> = variables.iter().map(|v| v.name.as_str()).collect();
        if let Ok(columns) = file.columns(&names) {
            for column in columns {
                let rows = match &column.values {
                    SurveyValues::Numbers(numbers) => numbers.len(),
                    SurveyValues::Texts { at, levels } => {
                        assert!(at.iter().all(|at| *at == NONE || (*at as usize) < levels.len()));
                        at.len()
                    }
                };
                assert_eq!(column.answers().at.len(), rows);
            }
        }
    }
}

proptest! {
    #[test]
    fn a_file_that_is_broken_anywhere_is_read_or_refused(at in 0_usize..18_000, with in any::<[u8; 4]>(), cut in 0_usize..18_000, form in 0..3) {
        let mut bytes = [PLAIN, BYTES, BLOCKS][form as usize].to_vec();
        let at = at % (bytes.len() - 4);
        bytes[at..at + 4].copy_from_slice(&with);
        every_column(&bytes);
        bytes.truncate(cut);
        every_column(&bytes);
    }

    #[test]
    fn any_bytes_are_no_panic(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        every_column(&[b"$FL2", &bytes[..]].concat());
    }

    #[test]
    fn any_text_is_a_table_or_none(text in "\\PC{0,300}") {
        let file = Microdata::Csv(&text);
        if let Ok(variables) = file.variables() {
            let names: Vec<&str> = variables.iter().map(|v| v.name.as_str()).collect();
            let _ = file.columns(&names);
        }
    }
}
