//! Whose mandate a decision prolongs, and until when. All resolutions are made up.

use remit_model::Model;
use remit_reader::classify::Classifier;
use remit_reader::propose::DocumentReader;

/// What a made-up resolution of several missions says, and the mission and end of each mandate in it.
const SEVERAL_TERMS: [(&str, &[(&str, &str)]); 7] = [
    (
        "Decides to extend the mandate of UNSMIL until 31 October 2032, and of UNMISS until 30 April 2033;",
        &[("mission/unmiss", "2033-04-30"), ("mission/unsmil", "2032-10-31")],
    ),
    (
        "Décide de proroger jusqu’au 31 octobre 2032 le mandat de la MANUL et jusqu’au 30 avril 2033 celui de la MINUSS ;",
        &[("mission/unmiss", "2033-04-30"), ("mission/unsmil", "2032-10-31")],
    ),
    (
        "Commending MONUSCO for its support, decides to extend the mandate of MINUSCA until 15 November 2032;",
        &[("mission/minusca", "2032-11-15")],
    ),
    (
        "Decides to extend the mandate of MINUSCA, with its help to MONUSCO, until 15 November 2032;",
        &[("mission/minusca", "2032-11-15")],
    ),
    (
        "Decides that the mandates of UNSMIL and UNMISS are extended until 31 October 2032;",
        &[("mission/unmiss", "2032-10-31"), ("mission/unsmil", "2032-10-31")],
    ),
    (
        "Decides to extend the mandate of UNMISS until 30 April 2033 and of the Panel of Experts until 31 May 2033;",
        &[("mission/unmiss", "2033-04-30")],
    ),
    (
        "Decides to extend the mandate of UNMISS until 30 April 2033, and authorizes an exchange of helicopters with UNSMIL until 31 May 2033;",
        &[("mission/unmiss", "2033-04-30")],
    ),
];

#[test]
fn each_of_several_missions_in_a_sentence_gets_the_end_of_its_own_mandate() {
    let model = Model::load(None).expect("the model");
    let reader = DocumentReader::new(&model, Classifier::shipped(), Vec::new());
    for (sentence, told) in SEVERAL_TERMS {
        let text = format!("Made-up Security Council resolution 9993 (2031)\n\n1. {sentence}");
        let document = remit_document::read(text.as_bytes(), "several.txt").expect("a text");
        let terms = reader.read(&document, None).terms;
        let mut found: Vec<(&str, &str)> = terms.iter().map(|t| (t.record.as_str(), t.ends.as_str())).collect();
        found.sort_unstable();
        assert_eq!(found, told, "{sentence}");
    }
}
