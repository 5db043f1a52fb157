//! Answers of both engines.

use crate::desk::{DAY, DEMO, Desk, LONG, actor, as_of, difference, open, run};
use remit_ask::{Answer, Engine, Questions};
use remit_cluster::{Folder, Where};
use remit_model::Marking;
use serde_json::{Value, json};

/// What every question for any engine is asked for, one after another: nothing, and each of its parameters.
fn asked(question: &remit_ask::Question) -> Vec<Vec<(String, String)>> {
    let values = |name: &str, choices: &[String]| -> Vec<String> {
        match name {
            _ if !choices.is_empty() => choices.to_vec(),
            "country" => ["SO", "AF"].map(str::to_owned).to_vec(),
            "class" => vec!["police".into(), "military".into()],
            "function" => vec!["public_order".into()],
            "modality" => vec!["Train".into()],
            "text" => vec!["POLICE".into(), "réforme".into(), "a%b".into()],
            "recipient" => vec!["police".into()],
            "supporter" => vec!["GB-GOV-1".into(), "European Union".into()],
            "place" => vec!["Mogadishu".into()],
            _ => vec!["it's made up".into()],
        }
    };
    let mut all = vec![Vec::new()];
    for parameter in &question.parameters {
        for value in values(&parameter.name, &parameter.choices) {
            all.push(vec![(parameter.name.clone(), value)]);
        }
    }
    all
}

/// Asks every question for any engine of both, and says where they differ.
pub(crate) async fn compared(desk: &Desk, folder: &Folder, at: &Where, is_asked: impl Fn(&str) -> bool) -> (usize, Vec<String>) {
    let questions = Questions::load(&desk.workspace).expect("the questions");
    let reader = desk.reader(&folder.as_of);
    let (mut rows, mut differ) = (0, Vec::new());
    for question in questions.all().iter().filter(|q| q.engine == Engine::Any && is_asked(&q.name)) {
        for given in asked(question) {
            let theirs =
                Answer::ask(&desk.workspace, &questions, &reader, &question.name, &given).expect("the register's answer");
            match folder.ask(&question.name, &given, at, LONG).await {
                Ok(ours) => {
                    rows += ours.table.rows.len();
                    differ.extend(difference(&ours.table, &theirs.table).map(|d| format!("{} {given:?}: {d}", question.name)));
                }
                Err(error) => differ.push(format!("{} {given:?}: {error:#}", question.name)),
            }
        }
    }
    (rows, differ)
}

#[test]
fn both_engines_give_the_same_rows_of_the_demo() {
    run(async {
        let as_of = as_of(DAY, Marking::Public);
        DEMO.export("public", &as_of);
        let folder = open(&DEMO.path("public")).await;
        let (rows, differ) = compared(&DEMO, &folder, &Where::Here, |_| true).await;
        assert!(differ.is_empty(), "{}", differ.join("\n"));
        assert!(rows > 10_000, "{rows}");
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_the_json_of_the_register() {
    let as_of = as_of(DAY, Marking::Public);
    DEMO.export("json", &as_of);
    let folder = open(&DEMO.path("json")).await;
    let answer = folder.ask("world", &[], &Where::Here, LONG).await.expect("an answer");
    let ours: Value = serde_json::from_str(&folder.json(&answer, &[]).expect("JSON")).expect("JSON");
    assert_eq!(ours["question"], "world");
    assert_eq!((&ours["valid_on"], &ours["clearance"]), (&json!(DAY), &json!("public")));
    assert_eq!(ours["rows"].as_array().map(Vec::len), Some(answer.table.rows.len()));
    // What stands below is answered too where it can be, and the rest is named.
    let answer = folder.ask("support", &[("country".into(), "SO".into())], &Where::Here, LONG).await.expect("an answer");
    let (below, others) = folder.below(&answer, &Where::Here, LONG).await.expect("what stands below");
    assert!(below.iter().any(|b| b.question.name == "concentration" && b.parameter("country") == "SO"));
    assert!(others.contains(&"gaps".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_asked_here_is_told() {
    let desk = Desk::new();
    desk.add(&[actor("made-up", "Made-up Police", json!({}))]);
    let folder = desk.exported(&as_of(DAY, Marking::Public)).await;
    let told = async |name: &str, given: &[(&str, &str)]| {
        let given: Vec<(String, String)> = given.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        format!("{:#}", folder.ask(name, &given, &Where::Here, LONG).await.expect_err("no answer"))
    };
    let only = told("chain", &[]).await;
    assert!(only.starts_with("`chain` is answered by the register alone") && only.contains("world"), "{only}");
    assert!(told("wrld", &[]).await.contains("did you mean `world`?"));
    assert!(told("support", &[("cuntry", "SO")]).await.contains("did you mean `country`?"));
    assert!(told("support", &[("who", "nobody")]).await.contains("is no value for `who`"));
    let written = folder.query("copy (select 1) to 'made-up.csv'", &Where::Here, LONG).await.expect_err("no query");
    assert!(format!("{written:#}").contains("DML not supported"), "{written:#}");
    let nowhere = Folder::open(&desk.path("nowhere").display().to_string()).await.err().expect("no export");
    assert!(format!("{nowhere:#}").contains("there is no folder"));
    std::fs::remove_file(desk.path("out/manifest.json")).expect("the manifest");
    let partly = Folder::open(&desk.path("out").display().to_string()).await.err().expect("no export");
    assert!(format!("{partly:#}").contains("was not written to its end"), "{partly:#}");
}

const OWN: &str = "-- engine = \"any\"
-- title = { en = \"Made-up question\" }
-- [[parameter]]
-- name = \"class\"
-- list = \"actor_class\"
-- label = { en = \"Class\" }
select name, class from actor where :class = '' or class = :class order by name
";

#[tokio::test(flavor = "multi_thread")]
async fn a_workspaces_own_question_goes_with_its_export() {
    let desk = Desk::with(&[("questions/own_actors.sql", OWN)]);
    desk.add(&[actor("a", "Made-up Police", json!({})), actor("b", "Årstad Post", json!({}))]);
    let folder = desk.exported(&as_of(DAY, Marking::Public)).await;
    let (rows, differ) = compared(&desk, &folder, &Where::Here, |name| name == "own_actors").await;
    assert!(differ.is_empty() && rows >= 2, "{rows} {differ:?}");
}
