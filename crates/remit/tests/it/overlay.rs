//! Model and questions as data: a workspace brings its own, and a wrong one is named with file and line. All made up.

use crate::desk::{Desk, paid, police};
use serde_json::json;

#[test]
fn a_wrong_model_stops_with_file_and_line() {
    let kind = "time = \"event\"\nlabel = { en = \"Convoy\", fr = \"Convoi\", ar = \"قافلة\" }\n\n[[field]]\nname = \"from\"\n";
    let label = "label = { en = \"From\", fr = \"De\", ar = \"من\" }\n";
    for (name, content, expected) in [
        (
            "kinds/convoy.toml",
            format!("{kind}type = \"code\"\nlist = \"nowhere\"\n{label}"),
            "convoy.toml:4: field `from`: there is no code list `nowhere`",
        ),
        (
            "kinds/convoy.toml",
            format!("{kind}type = \"text\"\n{label}[[field]]\nname = \"from\"\ntype = \"text\"\n{label}"),
            "convoy.toml:8: field `from` is there twice",
        ),
        (
            "kinds/convoy.toml",
            format!("{kind}type = \"text\"\nlabel = {{ en = \"From\" }}\n"),
            "convoy.toml:4: field `from` has no label in `fr`",
        ),
        ("kinds/convoy.toml", format!("{kind}type = \"txt\"\n{label}"), "convoy.toml:4: field `from` has the unknown type `txt`"),
        ("kinds/convoy.toml", "time = event".into(), "convoy.toml:1:"),
        (
            "codes/modality.csv",
            "code,en,fr,ar,category,status\ntrain,Train,,,,active\ntrain,Train,,,,active\n".into(),
            "modality.csv:3: code `train` is there twice",
        ),
        ("codes/modality.csv", "code,en\n".into(), "modality.csv:1: has the columns `code,en`"),
        (
            "crosswalk/aid_type.csv",
            "code,modality,reason\nD01,nothing,because\n".into(),
            "aid_type.csv:2: `nothing` is not a code of the list `modality`",
        ),
    ] {
        let desk = Desk::new();
        desk.file(&format!("w/model/{name}"), content);
        let (code, said) = desk.fails(&["ask", &desk.workspace()]);
        assert_eq!(code, 1);
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn a_kind_and_a_question_are_added_by_adding_files() {
    let desk = Desk::new();
    desk.file(
        "w/model/kinds/convoy.toml",
        "time = \"event\"\nlabel = { en = \"Convoy\", fr = \"Convoi\", ar = \"قافلة\" }\n[[field]]\nname = \"vehicles\"\ntype = \"integer\"\nlabel = { en = \"Vehicles\", fr = \"Véhicules\", ar = \"مركبات\" }\n",
    );
    desk.file("w/questions/convoys.sql", "-- title = { en = \"Convoys\" }\n-- [[parameter]]\n-- name = \"least\"\n-- label = { en = \"At least\" }\n-- default = \"0\"\nselect vehicles from convoy where vehicles >= cast(:least as integer)\n");
    desk.file("convoys.toml", "dataset = \"convoys\"\nkind = \"convoy\"\n[fields]\nvehicles = { column = \"n\" }\n");
    desk.import("convoys.csv", "n\n3\n12\n");
    assert_eq!(desk.ask("convoys", &["--least", "5"]), [json!({"vehicles": 12})]);
}

#[test]
fn phrases_read_four_languages_and_not_food_security() {
    let desk = Desk::new();
    let titled = |id: &str, title: &str| {
        police(id, &paid("2", "1"))
            .replace("Made-up police reform", title)
            .replace("<sector vocabulary=\"1\" code=\"15132\"/>", "")
    };
    desk.activities(
        "a.xml",
        &[
            titled("EN", "Support to Security Sector Reform"),
            titled("FR", "Appui à la réforme du secteur de la sécurité"),
            titled("ES", "Reforma del sector de seguridad"),
            titled("AR", "دعم إصلاح القطاع الأمني"),
            titled("FOOD", "Food security sector reform and social security"),
            titled("HALF", "Policereformers of the insecurity sector"),
        ],
    );
    let read = desk.sql("select identifier, read_quote from activity where read = 1 order by id");
    assert_eq!(
        read,
        [
            json!({"identifier": "EN", "read_quote": "Security Sector Reform"}),
            json!({"identifier": "FR", "read_quote": "réforme du secteur de la sécurité"}),
            json!({"identifier": "ES", "read_quote": "Reforma del sector de seguridad"}),
            json!({"identifier": "AR", "read_quote": "إصلاح القطاع الأمني"}),
        ]
    );
    assert_eq!(desk.value("select sum(coded) from activity"), json!(0));
}
