//! Every picture as it is drawn, from made-up data, and what must hold for pictures of any data.

mod any;
#[path = "../../examples/gallery/samples.rs"]
mod samples;
mod svg;

use proptest::prelude::*;
use remit_draw::{AboutPicture, Bar, Bars, Picture, Setting, ShownOn, Value};
use remit_model::Direction;
use samples::setting;
use svg::{check, elements, overlap};

fn settings() -> [Setting; 3] {
    let document = Setting { look: ShownOn::Document, width: 720.0, ..setting(false) };
    [setting(false), setting(true), document]
}

#[test]
fn pictures_left_to_right() {
    for (name, picture) in samples::pictures(false, None) {
        check(picture.as_ref(), &setting(false));
        insta::assert_snapshot!(name, picture.svg(&setting(false)));
    }
}

#[test]
fn pictures_right_to_left() {
    for (name, picture) in samples::pictures(true, None) {
        check(picture.as_ref(), &setting(true));
        insta::assert_snapshot!(format!("{name}-rtl"), picture.svg(&setting(true)));
    }
}

#[test]
fn every_picture_has_its_rows() {
    let mut all = String::new();
    for (name, picture) in samples::pictures(false, None) {
        let rows = picture.rows(&setting(false).words);
        all.push_str(&format!("{name}: {}\n", rows.head.join(" | ")));
        for row in rows.rows {
            let cells: Vec<&str> = row.iter().map(|c| c.text.as_str()).collect();
            all.push_str(&format!("  {}\n", cells.join(" | ")));
        }
    }
    insta::assert_snapshot!("rows", all);
}

#[test]
fn maps_of_the_model_are_drawn_in_every_setting() {
    let model = remit_model::Model::load(None).unwrap();
    for setting in settings() {
        for (_, picture) in samples::pictures(setting.direction() == Direction::Rtl, Some(&model)) {
            check(picture.as_ref(), &setting);
        }
    }
}

#[test]
fn values_are_mirrored_time_and_maps_are_not() {
    let place = |setting: &Setting, name: &str, words: &str| -> f64 {
        let pictures = samples::pictures(false, None);
        let picture = &pictures.iter().find(|p| p.0 == name).unwrap().1;
        let all = elements(&picture.svg(setting));
        let text = all.iter().find(|e| e.name == "text" && e.text.trim_matches(['\u{2066}', '\u{2067}', '\u{2069}']) == words);
        text.unwrap_or_else(|| panic!("{words}")).number("x")
    };
    let (ltr, mut rtl) = (setting(false), setting(false));
    rtl.words.locale = setting(true).words.locale;
    for (name, first, second) in [("series", "2013", "2018"), ("timeline", "2012", "2016"), ("map", "North", "Harbour")] {
        assert!(place(&ltr, name, first) < place(&ltr, name, second), "{name}");
        assert!(place(&rtl, name, first) < place(&rtl, name, second), "{name} is mirrored");
    }
    assert!(place(&ltr, "bars", "5,000") < place(&ltr, "bars", "10,000"));
    assert!(place(&rtl, "bars", "5,000") > place(&rtl, "bars", "10,000"));
}

#[test]
fn a_document_has_its_colours_written_out() {
    let setting = Setting { look: ShownOn::Document, ..setting(false) };
    for (name, picture) in samples::pictures(false, None) {
        let svg = picture.svg(&setting);
        assert!(!svg.contains("var(") && svg.contains("#17212b"), "{name}");
    }
}

#[test]
fn not_reported_is_hatched_and_never_a_bar_of_zero() {
    let bar = |label: &str, value: Value| Bar { label: label.into(), value, link: None };
    let about = AboutPicture { id: "b".into(), ..AboutPicture::default() };
    let bars = Bars { about, bars: vec![bar("Zero", 0.0.into()), bar("Unknown", None.into())], ..Bars::default() };
    let all = check(&bars, &setting(false));
    assert_eq!(all.iter().filter(|e| e.get("fill") == "url(#b-unknown)").count(), 1);
    let marks: Vec<&str> = all.iter().filter(|e| e.name == "rect" && e.get("class") == "mark").map(|e| e.get("width")).collect();
    assert_eq!(marks, ["0"]);
    assert_eq!(bars.rows(&setting(false).words).rows[1][1].text, "not reported");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn bars_of_any_data(picture in any::bars(), setting in any::setting()) {
        let all = check(&picture, &setting);
        for class in ["label", "value", "tick"] {
            prop_assert!(!overlap(&all, class), "{class}s overlap");
        }
    }

    #[test]
    fn stacked_bars_of_any_data(picture in any::stacked(), setting in any::setting()) {
        let all = check(&picture, &setting);
        prop_assert!(!overlap(&all, "label") && !overlap(&all, "tick") && !overlap(&all, "key"));
    }

    #[test]
    fn series_of_any_data(picture in any::series(), setting in any::setting()) {
        check(&picture, &setting);
    }

    #[test]
    fn dots_of_any_data(picture in any::dots(), setting in any::setting()) {
        let all = check(&picture, &setting);
        prop_assert!(!overlap(&all, "label") && !overlap(&all, "tick"));
    }

    #[test]
    fn matrices_of_any_data(picture in any::matrix(), setting in any::setting()) {
        let all = check(&picture, &setting);
        prop_assert!(!overlap(&all, "label") && !overlap(&all, "value"));
    }

    #[test]
    fn timelines_of_any_data(picture in any::timeline(), setting in any::setting()) {
        let all = check(&picture, &setting);
        prop_assert!(!overlap(&all, "label") && !overlap(&all, "tick"));
    }

    #[test]
    fn maps_of_any_data(picture in any::map(), setting in any::setting()) {
        let all = check(&picture, &setting);
        prop_assert!(!overlap(&all, "name"));
    }

    #[test]
    fn graphs_of_any_data(picture in any::graph(), setting in any::setting()) {
        let all = check(&picture, &setting);
        prop_assert!(!overlap(&all, "label"));
    }
}
