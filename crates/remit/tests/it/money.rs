//! Shares, rates, and the rules against counting twice. All made up.

use crate::desk::{Desk, paid, police, transaction};
use serde_json::{Value, json};

fn committed(desk: &Desk, country: &str) -> Value {
    let rows = desk.ask("support", &["--country", country, "--valid-on", "2021-06-30"]);
    let known: Vec<f64> = rows.iter().filter_map(|r| r["committed_usd"].as_f64()).collect();
    if known.is_empty() { Value::Null } else { json!((known.iter().sum::<f64>() * 100.0).round() / 100.0) }
}

fn country(code: &str, percentage: &str) -> String {
    format!("<recipient-country code=\"{code}\" percentage=\"{percentage}\"/>")
}

fn region(code: &str, percentage: &str) -> String {
    format!("<recipient-region code=\"{code}\" vocabulary=\"1\" percentage=\"{percentage}\"/>")
}

#[test]
fn a_country_beside_a_region_keeps_its_percentage() {
    let desk = Desk::new();
    desk.activities("a.xml", &[police("XX-1-A", &[country("SO", "11"), region("298", "89"), paid("2", "1000")].concat())]);
    assert_eq!(committed(&desk, "SO"), json!(110.0));
    assert_eq!(desk.problems(), []);
    assert_eq!(desk.value("select committed_usd from support where region = '298'"), json!(890.0));
}

#[test]
fn zero_percent_stays_zero() {
    let desk = Desk::new();
    desk.activities("a.xml", &[police("XX-1-A", &[country("SO", "0"), country("SS", "100"), paid("2", "1000")].concat())]);
    assert_eq!(committed(&desk, "SO"), json!(0.0));
    assert_eq!(committed(&desk, "SS"), json!(1000.0));
}

#[test]
fn countries_and_regions_that_each_add_up_count_once() {
    let desk = Desk::new();
    let both = [country("SO", "60"), country("SS", "40"), region("289", "100"), paid("2", "1000")].concat();
    desk.activities("a.xml", &[police("XX-1-A", &both)]);
    assert_eq!((committed(&desk, "SO"), committed(&desk, "SS")), (json!(600.0), json!(400.0)));
    assert_eq!(desk.value("select sum(committed_usd) from support"), json!(1000.0));
}

#[test]
fn what_does_not_add_up_is_kept_as_stated_and_reported() {
    let desk = Desk::new();
    desk.activities("a.xml", &[police("XX-1-A", &[country("SO", "30"), paid("2", "1000")].concat())]);
    assert_eq!(committed(&desk, "SO"), json!(300.0));
    assert_eq!(desk.problems(), [("shares".into(), 3)]);
    // The rest is there, under no country.
    assert_eq!(desk.value("select sum(committed_usd) from support"), json!(1000.0));
}

#[test]
fn several_sectors_without_shares_and_sectors_in_several_vocabularies() {
    let desk = Desk::new();
    let sectors = |more: &str| {
        police("XX-1-A", &[country("SO", "100"), more.into(), paid("2", "900")].concat())
            .replace("<sector vocabulary=\"1\" code=\"15132\"/>", "")
    };
    // Police, prisons and health in equal parts: two of three are of the security sector.
    let equal = "<sector code=\"15132\"/><sector code=\"15137\"/><sector code=\"12110\"/>\
                 <sector vocabulary=\"99\" code=\"x\" percentage=\"100\"/><sector vocabulary=\"2\" code=\"121\" percentage=\"100\"/>";
    desk.activities("a.xml", &[sectors(equal)]);
    let rows = desk.ask("support", &["--country", "SO", "--valid-on", "2021-06-30"]);
    let amounts: Vec<(&str, f64)> =
        rows.iter().map(|r| (r["recipient"].as_str().unwrap(), r["committed_usd"].as_f64().unwrap())).collect();
    assert_eq!(amounts, [("corrections", 300.0), ("police", 300.0)]);
    assert_eq!(desk.problems().iter().map(|p| p.0.as_str()).collect::<Vec<_>>(), ["shares"]);
}

#[test]
fn a_transaction_may_have_country_and_sector_of_its_own() {
    let desk = Desk::new();
    let own = "<sector vocabulary=\"1\" code=\"15137\"/><recipient-country code=\"SS\"/>";
    let health = "<sector vocabulary=\"1\" code=\"12110\"/><recipient-country code=\"SS\"/>";
    let elements =
        [transaction("3", "70", "USD", "2021-01-05", own), transaction("3", "30", "USD", "2021-01-05", health)].concat();
    let activity = police("XX-1-A", &elements)
        .replace("<sector vocabulary=\"1\" code=\"15132\"/>", "")
        .replace("police reform", "programme");
    desk.activities("a.xml", &[activity]);
    let rows = desk.ask("support", &["--country", "SS", "--valid-on", "2021-06-30"]);
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0]["recipient"].as_str(), rows[0]["disbursed_usd"].as_f64()), (Some("corrections"), Some(70.0)));
    assert_eq!(rows[0]["committed_usd"], Value::Null, "no commitment is reported, which is not zero");
}

#[test]
fn money_is_converted_at_its_value_date_or_stays_as_it_is() {
    let desk = Desk::new();
    let elements = [
        country("SO", "100"),
        // 1 June 2021: one euro bought 1.2225 US dollars (European Central Bank); 6 June was a Sunday, so Friday's 1.2117.
        transaction("2", "100", "EUR", "2021-06-01", ""),
        transaction("2", "100", "EUR", "2021-06-06", ""),
        transaction("2", "5000", "SOS", "2021-06-01", ""),
        transaction("2", "7", "USD", "1990-01-01", ""),
    ];
    desk.activities("a.xml", &[police("XX-1-A", &elements.concat())]);
    assert_eq!(committed(&desk, "SO"), json!(250.42));
    let shown = desk.sql("select currency, usd, eur, rate_day, unconverted from activity_transaction order by n");
    assert_eq!(shown[1]["rate_day"], json!("2021-06-04"));
    assert_eq!(
        shown[2],
        json!({"currency": "SOS", "usd": null, "eur": null, "rate_day": null, "unconverted": "currency_not_quoted"})
    );
    assert_eq!((shown[3]["usd"].as_f64(), shown[3]["eur"].as_f64()), (Some(7.0), None), "dollars are dollars without a rate");
    let row = &desk.ask("support", &["--country", "SO", "--valid-on", "2021-06-30"])[0];
    assert_eq!(row["with_unconverted"], json!(1));
}

#[test]
fn a_day_in_the_past_sees_what_was_paid_by_then() {
    let desk = Desk::new();
    let elements = [
        country("SO", "50"),
        country("SS", "50"),
        transaction("3", "100", "USD", "2020-05-01", ""),
        transaction("3", "900", "USD", "2021-05-01", ""),
    ];
    desk.activities("a.xml", &[police("XX-1-A", &elements.concat())]);
    let on = |day: &str| desk.ask("support", &["--country", "SO", "--valid-on", day])[0].clone();
    assert_eq!(on("2020-12-31")["disbursed_usd"], json!(50.0));
    assert_eq!(on("2021-12-31")["disbursed_usd"], json!(500.0));
    assert_eq!((on("2021-12-31")["active"].clone(), on("2023-01-01")["active"].clone()), (json!(1), json!(0)));
}

#[test]
fn a_parent_counts_only_as_far_as_it_exceeds_its_children() {
    let desk = Desk::new();
    let related = |kind: &str, to: &str| format!("<related-activity type=\"{kind}\" ref=\"{to}\"/>");
    let parent = police("XX-1-P", &[country("SO", "100"), paid("2", "1000"), related("2", "XX-1-C1")].concat());
    let child = |id: &str, amount: &str| police(id, &[country("SO", "100"), paid("2", amount), related("1", "XX-1-P")].concat());
    desk.activities("a.xml", &[parent, child("XX-1-C1", "600"), child("XX-1-C2", "390")]);
    assert_eq!(committed(&desk, "SO"), json!(1000.0));
    let left_out = desk.sql("select identifier, reason, round(committed, 3) as committed, doubtful from left_out");
    assert_eq!(left_out, [json!({"identifier": "XX-1-P", "reason": "children_report_it", "committed": 0.01, "doubtful": 0})]);
}

#[test]
fn money_that_is_passed_on_counts_at_its_giver() {
    let desk = Desk::new();
    let giver = police("XX-1-G", &[country("SO", "100"), paid("3", "1000")].concat());
    let incoming = |amount: &str, from: &str| {
        transaction(
            "1",
            amount,
            "USD",
            "2021-02-01",
            &format!("<provider-org{from}><narrative>Made-up giver</narrative></provider-org>"),
        )
    };
    let receiver = police(
        "XX-2-R",
        &[country("SO", "100"), incoming("800", " provider-activity-id=\"XX-1-G\""), incoming("200", ""), paid("4", "500")]
            .concat(),
    )
    .replace("XX-1\" type", "XX-2\" type");
    desk.activities("giver.xml", &[giver]);
    desk.activities("receiver.xml", &[receiver]);
    // Four fifths of what the receiver has came from the giver: a fifth of what it spent is new.
    let rows = desk.ask("supporters", &["--country", "SO", "--valid-on", "2021-06-30"]);
    let spent: Vec<(&str, f64)> =
        rows.iter().map(|r| (r["supporter"].as_str().unwrap(), r["disbursed_usd"].as_f64().unwrap().round())).collect();
    assert!(spent.contains(&("XX-1", 1000.0)) && spent.contains(&("XX-2", 100.0)), "{spent:?}");
    let explained = desk.ask("explain", &["--country", "SO", "--supporter", "XX-2", "--valid-on", "2021-06-30"]);
    assert!(explained.iter().any(|r| r["why_not"] == json!("received_from_counted")));
    assert!(explained.iter().any(|r| r["why_not"] == json!("type_not_counted")));
}

#[test]
fn what_the_giver_has_not_reported_counts_at_who_received_it() {
    let desk = Desk::new();
    let giver = police("XX-1-G", &[country("SO", "100"), paid("3", "1000")].concat());
    let from = "<provider-org provider-activity-id=\"XX-1-G\"><narrative>Made-up giver</narrative></provider-org>";
    let incoming = transaction("1", "1000", "USD", "2021-02-01", from);
    let receiver = police("XX-2-R", &[country("SO", "100"), incoming, paid("2", "1000"), paid("3", "250")].concat());
    desk.activities("both.xml", &[giver, receiver.replace("XX-1\" type", "XX-2\" type")]);
    let rows = desk.ask("supporters", &["--country", "SO", "--valid-on", "2021-06-30"]);
    let of = |supporter: &str| rows.iter().find(|r| r["supporter"] == supporter).expect("a supporter").clone();
    assert_eq!(of("XX-2")["committed_usd"].as_f64(), Some(1000.0), "nobody else has this commitment");
    assert_eq!(of("XX-2")["committed_usd_left_out"].as_f64().unwrap_or(0.0), 0.0);
    assert_eq!(of("XX-2")["disbursed_usd"].as_f64(), Some(0.0), "its giver's disbursement is counted");
    assert_eq!(of("XX-1")["disbursed_usd"].as_f64(), Some(1000.0));
}

#[test]
fn money_from_who_reports_for_the_same_country_may_count_twice() {
    let doubtful = |theirs: &str, provider: &str| {
        let desk = Desk::new();
        let incoming = transaction("1", "800", "USD", "2021-02-01", &format!("<provider-org ref=\"{provider}\"/>"));
        let receiver = police("XX-2-R", &[country("SO", "100"), incoming, paid("4", "500")].concat());
        desk.activities("giver.xml", &[police("XX-1-G", &[country(theirs, "100"), paid("3", "1000")].concat())]);
        desk.activities("receiver.xml", &[receiver.replace("XX-1\" type", "XX-2\" type")]);
        let rows = desk.ask("supporters", &["--country", "SO", "--valid-on", "2021-06-30"]);
        rows.iter().filter_map(|r| r["doubtful"].as_i64()).sum::<i64>()
    };
    assert_eq!(doubtful("SO", "XX-1"), 1, "the donor reports for this country itself");
    assert_eq!(doubtful("KE", "XX-1"), 0, "the donor reports for another country only");
    assert_eq!(doubtful("SO", "XX-3"), 0, "nobody knows what this donor reports");
}

#[test]
fn of_several_funders_only_the_one_that_reports_too_may_count_twice() {
    let desk = Desk::new();
    let from =
        |value: &str, whose: &str| transaction("1", value, "USD", "2021-02-01", &format!("<provider-org ref=\"{whose}\"/>"));
    let receiver = police("XX-2-R", &[country("SO", "100"), from("100", "XX-1"), from("300", "XX-3"), paid("4", "400")].concat());
    desk.activities("giver.xml", &[police("XX-1-G", &[country("SO", "100"), paid("3", "1000")].concat())]);
    desk.activities("receiver.xml", &[receiver.replace("XX-1\" type", "XX-2\" type")]);
    let doubtful = |who: &str| -> Vec<(String, i64)> {
        let rows = desk.ask("support", &["--country", "SO", "--who", who, "--valid-on", "2021-06-30"]);
        let mut found: Vec<(String, i64)> =
            rows.iter().map(|r| (r["supporter"].as_str().unwrap().to_owned(), r["doubtful"].as_i64().unwrap())).collect();
        found.sort();
        found
    };
    assert_eq!(doubtful("funder"), [("XX-1".to_owned(), 1), ("XX-3".to_owned(), 0)]);
    assert!(doubtful("reporter").contains(&("XX-2".to_owned(), 1)));
    // Each question that tells of supporters says so by the same rule.
    let flagged = |question: &str, who: &str| -> Vec<String> {
        let rows = desk.ask(question, &["--country", "SO", "--who", who, "--valid-on", "2021-06-30"]);
        let flagged = rows.iter().filter(|r| r["doubtful"].as_i64().unwrap_or_default() > 0);
        flagged.map(|r| r["supporter"].as_str().unwrap().to_owned()).collect()
    };
    for question in ["support", "supporters", "all_support"] {
        assert_eq!(flagged(question, "funder"), ["XX-1"], "{question}");
        assert_eq!(flagged(question, "reporter"), ["XX-2"], "{question}");
    }
    // What a publisher gives to its own activity is told there alone.
    let own = police("XX-4-R", &[country("SO", "100"), from("100", "XX-1"), from("300", "XX-4"), paid("4", "400")].concat());
    desk.activities("own.xml", &[own.replace("XX-1\" type", "XX-4\" type")]);
    for question in ["support", "supporters"] {
        assert_eq!(flagged(question, "funder"), ["XX-1"], "{question}");
    }
}

#[test]
fn who_is_called_in_two_ways_under_one_reference_is_one() {
    let desk = Desk::new();
    let funded = |id: &str, name: &str, sector: &str| {
        let funder = format!("<participating-org role=\"1\" ref=\"XX-9\"><narrative>{name}</narrative></participating-org>");
        police(id, &[funder, country("SO", "100"), paid("3", "100")].concat()).replace("15132", sector)
    };
    desk.activities("a.xml", &[funded("XX-1-A", "Ministry of Made-up Affairs", "15132"), funded("XX-1-B", "MMA", "15137")]);
    let rows = desk.ask("support", &["--country", "SO", "--who", "funder", "--valid-on", "2021-06-30"]);
    let names: Vec<&str> = rows.iter().filter_map(|r| r["supporter_name"].as_str()).collect();
    assert_eq!(names, ["Ministry of Made-up Affairs"; 2], "police and prisons stand in one row of the matrix");
}

#[test]
fn a_reference_without_a_name_does_not_stand_in_the_place_of_the_name_that_others_give() {
    let desk = Desk::new();
    let from = |value: &str, named: &str| {
        transaction("1", value, "USD", "2021-02-01", &format!("<provider-org ref=\"XX-9\">{named}</provider-org>"))
    };
    let named = "<narrative>Made-up Fund</narrative>";
    let both = police("XX-1-A", &[country("SO", "100"), from("10", named), from("20", ""), paid("3", "30")].concat());
    let bare = police("XX-1-B", &[country("SO", "100"), from("40", ""), paid("3", "40")].concat());
    desk.activities("a.xml", &[both, bare]);
    for question in ["support", "supporters", "all_support"] {
        let rows = desk.ask(question, &["--country", "SO", "--who", "funder", "--valid-on", "2021-06-30"]);
        let names: Vec<&str> = rows.iter().filter_map(|r| r["supporter_name"].as_str()).collect();
        assert!(!names.is_empty() && names.iter().all(|name| *name == "Made-up Fund"), "{question}: {names:?}");
    }
}

#[test]
fn the_same_activity_in_two_data_sets_counts_once() {
    let desk = Desk::new();
    let activity = police("XX-1-A", &[country("SO", "100"), paid("2", "1000")].concat());
    let newer = activity
        .replace("<iati-activity ", "<iati-activity last-updated-datetime=\"2021-05-01T00:00:00Z\" ")
        .replace(">1000<", ">1200<");
    desk.activities("one.xml", &[activity]);
    desk.activities("two.xml", &[newer]);
    assert_eq!(committed(&desk, "SO"), json!(1200.0));
    assert_eq!(desk.value("select count(*) from activity"), json!(1));
}

#[test]
fn an_own_project_overlaps_an_aid_activity_of_another_for_the_same_class_and_function() {
    let desk = Desk::new();
    desk.activities("one.xml", &[police("XX-1-A", &[country("SO", "100"), paid("2", "1000")].concat())]);
    let actor = |record: &str, fields: Value| json!({"kind": "actor", "record": record, "source": "Made up", "fields": fields});
    let project = |record: &str, supporter: &str| {
        let fields = json!({"title": format!("Made-up {record}"), "supporter": supporter, "recipient_class": "police", "country": "SO",
            "starts": "2020-01-01", "ends": "2021-12-31", "status": "2"});
        json!({"kind": "project", "record": record, "source": "Made up", "fields": fields})
    };
    desk.add(&[
        actor("agency", json!({"name": "Made-up Agency", "class": "donor", "identifiers": [{"scheme": "iati_organisation", "identifier": "XX-1"}]})),
        actor("fund", json!({"name": "Made-up Fund", "class": "donor"})),
        project("p1", "agency"),
    ]);
    let overlaps = || desk.ask("overlaps", &["--country", "SO", "--valid-on", "2021-06-30"]);
    assert!(overlaps().is_empty(), "what one supporter does by two signs is no overlap");
    desk.add(&[project("p2", "fund")]);
    let found = overlaps();
    let told = |column: &str| found[0][column].clone();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!([told("actor_class"), told("security_function"), told("signs")], ["police", "public_order", "coded,stated"]);
    assert_eq!([told("supporters"), told("support_records")], [json!(2), json!(3)]);
    assert_eq!([told("since"), told("until")], ["2020-01-01", "2021-12-31"]);
}

#[test]
fn coded_and_read_activities_are_shown_apart_and_two_references_of_one_supporter_are_one_row() {
    let desk = Desk::new();
    let read = police("XX-2-B", &[country("SO", "100"), paid("3", "500")].concat())
        .replace("Made-up police reform", "Training of prison officers")
        .replace("<sector vocabulary=\"1\" code=\"15132\"/>", "<sector vocabulary=\"1\" code=\"11110\"/>")
        .replace("ref=\"XX-1\"", "ref=\"XX-2\"");
    desk.activities("one.xml", &[police("XX-1-A", &[country("SO", "100"), paid("3", "1000")].concat()), read]);
    let identifiers =
        json!([{"scheme": "iati_organisation", "identifier": "XX-1"}, {"scheme": "iati_organisation", "identifier": "XX-2"}]);
    let fields = json!({"name": "Agency of the register", "class": "donor", "identifiers": identifiers});
    desk.add(&[json!({"kind": "actor", "record": "agency", "source": "Made up", "fields": fields})]);
    let asked = |sign: &str| desk.ask("support", &["--country", "SO", "--sign", sign, "--valid-on", "2021-06-30"]);
    let told = |rows: Vec<Value>| rows.iter().map(|r| format!("{} {}", r["supporter"], r["recipient"])).collect::<Vec<_>>();
    assert_eq!(told(asked("")), ["\"agency\" \"corrections\"", "\"agency\" \"police\""]);
    assert_eq!(told(asked("read")), ["\"agency\" \"corrections\""]);
    let server = desk.serve();
    let cells = |signs: &str| {
        let page = server.get(&format!("/support?country=SO&valid_on=2021-06-30{signs}")).2;
        ["corrections", "police"].map(|class| page.contains(&format!("class={class}")))
    };
    assert_eq!([cells(""), cells("&signs=coded"), cells("&signs=read")], [[true, true], [false, true], [true, false]]);
}

#[test]
fn the_matrix_tells_who_carries_out_what_is_stated() {
    let desk = Desk::new();
    let actor = |record: &str, class: &str| {
        let fields = json!({"name": format!("Made-up {record}"), "class": class});
        json!({"kind": "actor", "record": record, "source": "Made up", "marking": "public", "fields": fields})
    };
    let project = json!({"title": "Made-up course", "supporter": "giver", "implementer": "doer", "recipient_class": "police",
        "country": "SO", "starts": "2020", "ends": "2022", "committed": 1000, "currency": "USD"});
    let project = json!({"kind": "project", "record": "p", "source": "Made up", "marking": "public", "fields": project});
    desk.add(&[actor("giver", "donor"), actor("doer", "organisation"), project]);
    let server = desk.serve();
    let page = |who: &str| server.get(&format!("/support?country=SO&valid_on=2021-06-30{who}")).2;
    let stands = |page: &str| ["giver", "doer"].map(|name| page.contains(&format!(">Made-up {name}</a></th>")));
    let (given, carried_out) = (page(""), page("&who=implementer"));
    assert_eq!([stands(&given), stands(&carried_out)], [[true, false], [false, true]]);
    assert!(given.contains("<option value=\"reporter\" selected>"), "{given}");
    assert!(carried_out.contains("<option value=\"implementer\" selected>"), "{carried_out}");
    assert!(carried_out.contains("sign=stated&#38;who=implementer&#38;supporter=doer&#38;class=police"), "{carried_out}");
}

#[test]
fn a_project_for_several_classes_stands_under_each_and_its_amount_once() {
    let desk = Desk::new();
    desk.import(
        "project.csv",
        "record,title,recipient_class,country,starts,ends,committed,currency\n\
         a,Made-up chain,police; Justice; police,SO,2020-01-01,2022-12-31,900000,USD\n\
         b,Made-up post,police,SO,2020-01-01,2022-12-31,100000,USD\n\
         c,Made-up unread,police; made-up sort,SO,2020-01-01,2022-12-31,,\n",
    );
    assert_eq!(desk.value("select count(*) from project where recipient_class = 'police'"), json!(3));
    assert_eq!(desk.value("select group_concat(code) from project_other_class"), json!("justice"));
    assert_eq!(desk.value("select count(*) from problem where value = 'made-up sort'"), json!(1), "what is no class is told");
    let rows = desk.ask("all_support", &["--country", "SO", "--sign", "stated", "--valid-on", "2021-06-30"]);
    assert_eq!(rows.iter().filter_map(|r| r["committed_usd"].as_f64()).sum::<f64>(), 1_000_000.0);
    let page = desk.serve().get("/support?country=SO&valid_on=2021-06-30").2;
    assert_eq!(page.matches("<bdi>not split</bdi>").count(), 3, "in both classes and beside the sum: {page}");
}

#[test]
fn what_stands_between_classes_is_proposed() {
    let desk = Desk::new();
    let table = "Project title,Donor,Recipient class,Country,Start,End\n\
                 Made-up chain,Made-up Donor,\"Police, justice\",Somalia,2020-01-01,2022-12-31\n\
                 Made-up post,Made-up Donor,Police,Somalia,2020-01-01,2022-12-31\n";
    let file = desk.file("list.csv", table);
    desk.ok(&["import", &desk.workspace(), &file, "--propose"]);
    desk.ok(&["import", &desk.workspace(), &file, "--add-names"]);
    assert_eq!(desk.value("select count(*) from project where recipient_class = 'police'"), json!(2));
    assert_eq!(desk.sql("select code from project_other_class"), [json!({"code": "justice"})]);
    // A cell that names one no more names the others.
    desk.file("list.csv", table.replace("\"Police, justice\"", "Police"));
    desk.ok(&["import", &desk.workspace(), &file]);
    assert_eq!(desk.sql("select title, recipient_class from project where title = 'Made-up chain'").len(), 1);
    assert_eq!(desk.value("select count(*) from project_other_class"), json!(0));
}

/// The same activity, last updated at a moment, with a sum.
fn version(updated: &str, sum: &str) -> String {
    police("XX-1-A", &[country("SO", "100"), paid("2", sum)].concat())
        .replace("<iati-activity ", &format!("<iati-activity last-updated-datetime=\"{updated}\" "))
}

#[test]
fn of_several_versions_the_newest_counts_in_whatever_order_they_come() {
    // The second is the newest: its zone is two hours ahead.
    let versions =
        [version("2024-01-01T10:00:00Z", "1"), version("2024-01-01T11:30:00Z", "2"), version("2024-01-01T13:00:00+02:00", "3")];
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2], [1, 2, 0]] {
        let of = order.map(|n| versions[n].clone());
        let together = Desk::new();
        together.activities("a.xml", &of);
        let apart = Desk::new();
        let files: Vec<String> = of
            .iter()
            .enumerate()
            .map(|(n, v)| apart.file(&format!("{n}.xml"), crate::desk::iati(std::slice::from_ref(v))))
            .collect();
        let workspace = apart.workspace();
        apart.ok(&[vec!["import", &workspace], files.iter().map(String::as_str).collect()].concat());
        for desk in [together, apart] {
            assert_eq!(committed(&desk, "SO"), json!(2.0), "{order:?}");
            assert_eq!(desk.value("select count(*) from activity"), json!(1), "{order:?}");
        }
    }
}

#[test]
fn which_of_three_versions_counts_is_told_rightly() {
    let desk = Desk::new();
    // The third counts: neither of the others may be said to.
    let versions = [("2024-01-02", "1"), ("2024-01-01", "2"), ("2024-01-03", "3")];
    let versions = versions.map(|(day, sum)| version(&format!("{day}T00:00:00Z"), sum));
    desk.activities("a.xml", &versions);
    let reasons = desk.sql("select reason from problem where rule = 'duplicate' order by line");
    let says = |n: usize, what: &str| reasons[n]["reason"].as_str().is_some_and(|reason| reason.contains(what));
    assert!(reasons.len() == 2 && says(0, "the version that was updated last counts"), "{reasons:?}");
    assert!(says(1, "this version was updated later and goes before all above it"), "{reasons:?}");
}

#[test]
fn a_version_at_second_hand_is_left_out_however_new_it_is() {
    let desk = Desk::new();
    desk.activities("first.xml", &[version("2024-01-01T00:00:00Z", "1")]);
    let second = version("2024-01-02T00:00:00Z", "2").replace("ref=\"XX-1\"", "ref=\"XX-9\" secondary-reporter=\"1\"");
    desk.activities("second.xml", &[second]);
    assert_eq!(committed(&desk, "SO"), json!(1.0));
    let told = desk.value("select reason from problem where rule = 'elsewhere'");
    assert!(told.as_str().is_some_and(|reason| reason.contains("who reports at first hand counts")), "{told}");
}

#[test]
fn a_version_that_another_data_set_has_newer_is_among_the_problems() {
    let desk = Desk::new();
    let files = [
        ("old", "2024-01-01", "1", 0),
        ("new", "2024-01-03", "3", 1),
        ("middle", "2024-01-02", "2", 1),
        ("newest", "2024-01-04", "4", 1),
    ];
    for (name, day, sum, left_out) in files {
        let told = desk.import(&format!("{name}.xml"), crate::desk::iati(&[version(&format!("{day}T00:00:00Z"), sum)]));
        assert_eq!(told.contains("1 version of activities left out"), left_out == 1, "{name}: {told}");
    }
    assert_eq!(committed(&desk, "SO"), json!(4.0));
    let told = desk.sql("select dataset, line, reason from problem where rule = 'elsewhere' order by dataset");
    let told: Vec<[&str; 2]> =
        told.iter().map(|row| ["dataset", "reason"].map(|name| row[name].as_str().expect("a text"))).collect();
    assert_eq!(told.iter().map(|[dataset, _]| *dataset).collect::<Vec<_>>(), ["middle", "new", "old"]);
    assert!(told.iter().all(|[_, reason]| reason.contains("at newest.xml:3 of the data set newest too")), "{told:?}");
    let (_, _, page) = desk.serve().get("/problems?rule=elsewhere&lang=fr");
    assert!(
        page.contains("cette activité figure aussi à newest.xml:3")
            || page.contains("Cette activité figure aussi à newest.xml:3"),
        "{page}"
    );
    // What stands in one data set alone is not told twice.
    assert_eq!(desk.value("select count(*) from problem where rule = 'duplicate'"), json!(0));
}

#[test]
fn files_of_one_name_in_two_folders_are_two_data_sets() {
    let desk = Desk::new();
    for (folder, identifier) in [("a", "XX-1-A"), ("b", "XX-1-B")] {
        std::fs::create_dir(desk.path(folder)).unwrap();
        desk.file(
            &format!("{folder}/activities.xml"),
            crate::desk::iati(&[police(identifier, &[country("SO", "100"), paid("2", "10")].concat())]),
        );
    }
    let [one, two] = ["a", "b"].map(|folder| desk.path(&format!("{folder}/activities.xml")).display().to_string());
    desk.ok(&["import", &desk.workspace(), &one, &two]);
    assert_eq!(committed(&desk, "SO"), json!(20.0));
    assert_eq!(desk.value("select group_concat(dataset) from snapshot"), json!("activities,b/activities.xml"));
    // A newer edition of the same file replaces the older one.
    desk.file("b/activities.xml", crate::desk::iati(&[police("XX-1-B", &[country("SO", "100"), paid("2", "15")].concat())]));
    desk.ok(&["import", &desk.workspace(), &two]);
    assert_eq!(committed(&desk, "SO"), json!(25.0));
}

#[test]
fn who_supports_is_who_reports_or_funds_or_implements() {
    let desk = Desk::new();
    let organisation = |role: &str, reference: &str| {
        format!(
            "<participating-org role=\"{role}\" ref=\"{reference}\" type=\"10\"><narrative>Made-up {reference}</narrative></participating-org>"
        )
    };
    let elements = [
        country("SO", "100"),
        organisation("1", "F-1"),
        organisation("1", "F-2"),
        organisation("4", "I-1"),
        paid("3", "100"),
        transaction(
            "1",
            "75",
            "USD",
            "2021-01-05",
            "<provider-org ref=\"F-1\"><narrative>Made-up F-1</narrative></provider-org>",
        ),
        transaction(
            "1",
            "25",
            "USD",
            "2021-01-05",
            "<provider-org ref=\"F-2\"><narrative>Made-up F-2</narrative></provider-org>",
        ),
    ];
    desk.activities("a.xml", &[police("XX-1-A", &elements.concat())]);
    let given = |who: &str| -> Vec<(String, f64)> {
        let rows = desk.ask("supporters", &["--country", "SO", "--who", who, "--valid-on", "2021-06-30"]);
        rows.iter().map(|r| (r["supporter"].as_str().unwrap().to_owned(), r["disbursed_usd"].as_f64().unwrap())).collect()
    };
    assert_eq!(given("reporter"), [("XX-1".to_owned(), 100.0)]);
    assert_eq!(given("funder"), [("F-1".to_owned(), 75.0), ("F-2".to_owned(), 25.0)]);
    assert_eq!(given("implementer"), [("I-1".to_owned(), 100.0)]);
    let of_funder = desk.ask("activities", &["--who", "funder", "--supporter", "F-2", "--valid-on", "2021-06-30"]);
    assert_eq!(of_funder.len(), 1);
}

#[test]
fn past_a_planned_end_nobody_has_confirmed_an_activity_is_overdue() {
    let desk = Desk::new();
    let dated = |id: &str, dates: &str| {
        let usual = "<activity-date type=\"2\" iso-date=\"2020-01-01\"/><activity-date type=\"3\" iso-date=\"2022-12-31\"/>";
        police(id, &[country("SO", "100"), paid("2", "1")].concat()).replace(usual, dates)
    };
    let date = |kind: &str, day: &str| format!("<activity-date type=\"{kind}\" iso-date=\"{day}\"/>");
    desk.activities(
        "a.xml",
        &[
            dated("XX-1-A", &[date("2", "2019-01-01"), date("3", "2020-12-31")].concat()),
            dated("XX-1-B", &[date("2", "2019-01-01"), date("4", "2020-12-31")].concat()),
        ],
    );
    let found = desk.ask("activities", &["--country", "SO", "--valid-on", "2021-06-30"]);
    let mut phases: Vec<(&str, &str)> =
        found.iter().map(|r| (r["identifier"].as_str().unwrap(), r["phase"].as_str().unwrap())).collect();
    phases.sort_unstable();
    assert_eq!(phases, [("XX-1-A", "overdue"), ("XX-1-B", "ended")]);
}

#[test]
fn what_is_in_preparation_is_planned_and_never_active() {
    let desk = Desk::new();
    let in_preparation = |id: &str, starts: &str| {
        let usual = "<activity-date type=\"2\" iso-date=\"2020-01-01\"/>";
        let dated = police(id, &[country("SO", "100"), paid("2", "100")].concat());
        dated
            .replace(usual, &format!("<activity-date type=\"1\" iso-date=\"{starts}\"/>"))
            .replace("<activity-status code=\"2\"/>", "<activity-status code=\"1\"/>")
    };
    // Of the first nobody has said that it began on the day that was planned.
    desk.activities("a.xml", &[in_preparation("XX-1-A", "2021-01-01"), in_preparation("XX-1-B", "2021-09-01")]);
    let at = ["--country", "SO", "--valid-on", "2021-06-30"];
    let found = desk.ask("activities", &at);
    let mut phases: Vec<(&str, &str)> =
        found.iter().map(|r| (r["identifier"].as_str().unwrap(), r["phase"].as_str().unwrap())).collect();
    phases.sort_unstable();
    assert_eq!(phases, [("XX-1-A", "overdue"), ("XX-1-B", "planned")]);
    let given = &desk.ask("support", &at)[0];
    let counted = ["activities", "active", "planned_activities", "overdue_activities"].map(|name| given[name].as_i64());
    assert_eq!(counted, [Some(2), Some(0), Some(1), Some(1)]);
    let (planned, running) = (desk.ask("all_support", &[&at[..], &["--sign", "planned"]].concat()), desk.ask("running", &at));
    assert_eq!(planned.iter().map(|r| r["record"].as_str()).collect::<Vec<_>>(), [Some("XX-1-B")]);
    assert!(running.iter().any(|r| r["identifier"] == "XX-1-B" && r["phase"] == "planned"), "{running:?}");
    let cell = desk.serve().get("/support?country=SO&valid_on=2021-06-30").2;
    assert!(cell.contains("+ 1 planned"), "the matrix marks it");
    let without = desk.serve().get("/support?country=SO&valid_on=2021-06-30&signs=coded&signs=read").2;
    assert!(!without.contains("+ 1 planned"), "and leaves it out where that sign is off");
}

/// Who funds, with what was spent of it, where these activities are all that there is.
fn funders(activities: &[String]) -> Vec<(String, f64)> {
    let desk = Desk::new();
    desk.activities("a.xml", activities);
    let rows = desk.ask("supporters", &["--country", "SO", "--who", "funder", "--valid-on", "2021-06-30"]);
    let spent =
        |r: &Value| (r["supporter"].as_str().unwrap().to_owned(), (r["disbursed_usd"].as_f64().unwrap() * 100.0).round() / 100.0);
    let mut funders: Vec<_> = rows.iter().map(spent).collect();
    funders.sort_by(|a, b| a.0.cmp(&b.0));
    funders
}

fn came(amount: &str, currency: &str, from: &str, activity: &str) -> String {
    let provider = format!(
        "<provider-org ref=\"{from}\" provider-activity-id=\"{activity}\"><narrative>Made-up {from}</narrative></provider-org>"
    );
    transaction("1", amount, currency, "2021-01-05", &provider)
}

#[test]
fn funders_weigh_by_what_came_in_once_and_net() {
    let activity = |rest: &[String]| police("XX-1-A", &[&[country("SO", "100")], rest].concat().concat());
    let named = |pairs: &[(&str, f64)]| pairs.iter().map(|(name, sum)| ((*name).to_owned(), *sum)).collect::<Vec<_>>();
    // What came from an activity that is on file is counted there, and does not weigh again.
    let giver = police("F-1-A", &[country("SO", "100"), paid("3", "300")].concat()).replace("ref=\"XX-1\"", "ref=\"F-1\"");
    let linked = activity(&[came("300", "USD", "F-1", "F-1-A"), came("700", "USD", "F-2", ""), paid("3", "1000")]);
    assert_eq!(funders(&[linked, giver]), named(&[("F-1", 300.0), ("F-2", 700.0)]));
    let refunded = activity(&[
        came("500", "USD", "F-1", ""),
        came("-500", "USD", "F-1", ""),
        came("500", "USD", "F-2", ""),
        paid("3", "500"),
    ]);
    assert_eq!(funders(&[refunded]), named(&[("F-2", 500.0)]));
    let own = "<participating-org role=\"1\" ref=\"XX-1\" type=\"10\"/>".to_owned();
    let own_funds = activity(&[own, came("100", "USD", "F-1", ""), paid("3", "1000")]);
    assert_eq!(funders(&[own_funds]), named(&[("F-1", 100.0), ("XX-1", 900.0)]));
    // No rate of the Somali shilling is quoted.
    let shillings = activity(&[came("300", "SOS", "F-1", ""), came("100", "SOS", "F-2", ""), paid("3", "1000")]);
    assert_eq!(funders(&[shillings]), named(&[("F-1", 750.0), ("F-2", 250.0)]));
}

#[test]
fn what_is_dated_later_is_not_spent() {
    let desk = Desk::new();
    let elements = [country("SO", "100"), paid("3", "10"), transaction("3", "90", "USD", "2031-01-01", "")];
    desk.activities("a.xml", &[police("XX-1-A", &elements.concat())]);
    let at = ["--valid-on", "2021-06-30"];
    assert_eq!(desk.ask("support", &[&["--country", "SO"], &at[..]].concat())[0]["disbursed_usd"], json!(10.0));
    let workspace = desk.workspace();
    let arguments = [&["sql", workspace.as_str(), "select disbursed_usd from activity", "--json"], &at[..]].concat();
    assert_eq!(desk.json(&arguments)["rows"][0]["disbursed_usd"], json!(10.0));
}

#[test]
fn where_all_is_dated_later_nothing_is_reported_yet_and_what_was_paid_back_is_zero() {
    let desk = Desk::new();
    let later = || transaction("3", "90", "USD", "2031-01-01", "");
    let of = |id: &str, paid: String| police(id, &[country("SO", "50"), paid].concat());
    let back = [paid("3", "10"), paid("3", "-10"), later()].concat();
    desk.activities("a.xml", &[of("XX-1-A", later()), of("XX-1-B", back), of("XX-1-C", [paid("3", "10"), later()].concat())]);
    let by = |view: &str| {
        let sql = format!("select identifier, sum(disbursed_usd) as usd from {view} group by identifier order by identifier");
        let arguments = ["sql", &desk.workspace(), &sql, "--json", "--valid-on", "2021-06-30"];
        let rows = desk.json(&arguments)["rows"].as_array().expect("rows").clone();
        rows.iter().map(|row| row["usd"].as_f64()).collect::<Vec<_>>()
    };
    assert_eq!(by("activity"), [None, Some(0.0), Some(10.0)]);
    assert_eq!(by("support"), [None, Some(0.0), Some(10.0)], "half of it is of no country");
}

#[test]
fn a_secondary_report_counts_where_nobody_reports_at_first_hand() {
    let desk = Desk::new();
    let second_hand = |id: &str| {
        police(id, &[country("SO", "100"), paid("2", "100")].concat())
            .replace("ref=\"XX-1\"", "ref=\"XX-9\" secondary-reporter=\"1\"")
    };
    desk.activities("second.xml", &[second_hand("XX-1-A"), second_hand("XX-5-A")]);
    assert_eq!(committed(&desk, "SO"), json!(200.0));
    // XX-1 reports for itself now: what others say of its activities is not counted again.
    desk.activities("first.xml", &[police("XX-1-B", &[country("SO", "100"), paid("2", "7")].concat())]);
    assert_eq!(committed(&desk, "SO"), json!(107.0));
}

#[test]
fn regional_support_is_named_under_the_countries_of_the_region() {
    let desk = Desk::new();
    desk.activities("a.xml", &[police("XX-1-A", &[region("289", "100"), paid("2", "500")].concat())]);
    let named = |country: &str| desk.ask("not_split", &["--country", country, "--valid-on", "2021-06-30"]);
    assert_eq!(named("SO")[0]["committed_usd"], json!(500.0));
    assert_eq!(named("UA").len(), 0);
    assert_eq!(committed(&desk, "SO"), Value::Null);
}

#[test]
fn loans_are_told_apart_from_grants_and_not_added() {
    let desk = Desk::new();
    let of = |id: &str, finance: &str, sum: &str| {
        police(id, &[country("SO", "100"), format!("<default-finance-type code=\"{finance}\"/>"), paid("3", sum)].concat())
    };
    desk.activities("a.xml", &[of("XX-1-A", "110", "10"), of("XX-1-B", "421", "90"), of("XX-1-C", "510", "5")]);
    let row = &desk.ask("support", &["--country", "SO", "--valid-on", "2021-06-30"])[0];
    let shown = ["disbursed_usd", "disbursed_usd_loans", "disbursed_usd_other_finance"].map(|c| row[c].as_f64());
    assert_eq!(shown, [Some(10.0), Some(90.0), Some(5.0)]);
    let explained = desk.ask("explain", &["--country", "SO", "--valid-on", "2021-06-30"]);
    let counted: f64 = explained.iter().filter_map(|r| r["counted_usd"].as_f64()).sum();
    assert!((counted - 10.0).abs() < 1e-6, "{explained:?}");
    assert_eq!(explained.iter().filter(|r| r["why_not"] == "not_a_grant").count(), 2);
}

#[test]
fn what_one_activity_lends_and_gives_is_told_apart_by_each_transaction() {
    let desk = Desk::new();
    let of =
        |finance: &str, sum: &str| transaction("3", sum, "USD", "2020-07-01", &format!("<finance-type code=\"{finance}\"/>"));
    let default = |finance: &str| format!("<default-finance-type code=\"{finance}\"/>");
    let activity = |id: &str, elements: &[String]| police(id, &(country("SO", "100") + &elements.concat()));
    let own_country = "<finance-type code=\"421\"/><recipient-country code=\"SS\"/>";
    desk.activities(
        "a.xml",
        &[
            // A loan and equity beside grants, of which one says so itself; a grant beside loans; a loan where no default is named.
            activity(
                "XX-1-A",
                &[default("110"), paid("3", "8"), of("110", "2"), of("421", "90"), of("510", "5"), of("421", "10")],
            ),
            activity("XX-1-B", &[default("421"), paid("3", "7"), of("110", "3")]),
            activity("XX-1-C", &[paid("3", "1"), of("421", "4"), transaction("3", "6", "USD", "2020-07-01", own_country)]),
        ],
    );
    let at = ["--country", "SO", "--valid-on", "2021-06-30"];
    let row = &desk.ask("support", &at)[0];
    let sums = ["activities", "disbursed_usd", "disbursed_usd_loans", "disbursed_usd_other_finance"].map(|c| row[c].as_f64());
    assert_eq!(sums, [Some(3.0), Some(14.0), Some(111.0), Some(5.0)], "{row}");
    let there = &desk.ask("support", &["--country", "SS", "--valid-on", "2021-06-30"])[0];
    assert_eq!((&there["disbursed_usd"], there["disbursed_usd_loans"].as_f64()), (&Value::Null, Some(6.0)));
    let explained = desk.ask("explain", &at);
    let counted: f64 = explained.iter().filter_map(|r| r["counted_usd"].as_f64()).sum();
    assert_eq!((counted, explained.iter().filter(|r| r["why_not"] == "not_a_grant").count()), (14.0, 5), "{explained:?}");
    let by_year: f64 = desk.ask("years", &at).iter().filter_map(|r| r["disbursed_usd"].as_f64()).sum();
    assert_eq!(by_year, 14.0);
    // As at a day before the payments of 2021, only those of 2020.
    let before = &desk.ask("support", &["--country", "SO", "--valid-on", "2020-12-31"])[0];
    assert_eq!([&before["disbursed_usd"], &before["disbursed_usd_loans"]].map(Value::as_f64), [Some(5.0), Some(104.0)]);
    // Each of its splits has the whole of the activity, which is listed once, with both of its finance types.
    let listed = desk.ask("activities", &at);
    let both = listed.iter().find(|r| r["identifier"] == "XX-1-B").expect("the activity");
    assert_eq!((both["finance_type"].as_str(), both["share_up_to"].as_f64()), (Some("110, 421"), Some(1.0)), "{both}");
    let page = desk.serve().get("/activity?identifier=XX-1-B&valid_on=2021-06-30").2;
    assert!(page.contains("Standard grant") && page.contains("Standard loan"), "{page}");
    let list = desk.serve().get("/ask/activities?country=SO&valid_on=2021-06-30").2;
    assert!(list.contains("Standard grant, Standard loan"), "{list}");
}

#[test]
fn what_is_left_out_of_a_sum_never_looks_like_nothing() {
    let desk = Desk::new();
    let loan = [country("SO", "100"), "<default-finance-type code=\"421\"/>".into(), paid("3", "90")].concat();
    // No rate of the Somali shilling is quoted.
    let shillings = [country("SS", "100"), transaction("2", "300000", "SOS", "2020-07-01", "")].concat();
    desk.activities("a.xml", &[police("XX-1-A", &loan), police("XX-1-B", &shillings)]);
    // Another says it again: what is counted elsewhere makes no sums of the others.
    let again = police("XX-9-C", &[country("LY", "100"), paid("2", "5")].concat());
    desk.activities("b.xml", &[again.replace("ref=\"XX-1\"", "ref=\"XX-9\" secondary-reporter=\"1\"")]);
    let lent = &desk.ask("recipients", &["--country", "SO", "--valid-on", "2021-06-30"])[0];
    assert_eq!((&lent["disbursed_usd"], &lent["disbursed_usd_set_apart"]), (&Value::Null, &json!(90.0)));
    let own = &desk.ask("not_converted", &["--country", "SS", "--valid-on", "2021-06-30"])[0];
    let told = ["currency", "committed_other", "why_not"].map(|name| &own[name]);
    assert_eq!(told, [&json!("SOS"), &json!(300_000.0), &json!("currency_not_quoted")]);
    let served = desk.serve();
    let listed = served.get("/ask/recipients?country=SO&valid_on=2021-06-30").2;
    assert!(listed.contains("left out of the sum"), "{listed}");
    let page = |country: &str| served.get(&format!("/support?country={country}&valid_on=2021-06-30")).2;
    assert!(
        !page("SO").contains("disbursements not reported") && page("SO").contains("90 disbursed are loans"),
        "{}",
        page("SO")
    );
    assert!(page("SS").contains("300,000") && page("SS").contains("SOS"), "in its own currency");
    let shares = served.get("/activity?identifier=XX-1-A&valid_on=2021-06-30").2;
    assert!(shares.contains("left out of the sum"), "{shares}");
    // Key figures, bars and indexes of a country whose support is all lent, of one whose currency has no rate, and of the world.
    let of = |country: &str| served.get(&format!("/country/{country}?valid_on=2021-06-30")).2;
    let (lent, own) = (of("SO"), of("SS"));
    assert!(lent.contains("left out of the sum†") && lent.contains("90 disbursed are loans"), "{lent}");
    let disbursed = served.get("/ask/recipients.csv?country=SO&valid_on=2021-06-30").2;
    assert!(disbursed.contains("90"), "{disbursed}");
    assert!(lent.matches("left out of the sum").count() >= 4, "key figure, recipients, signs and the list of activities: {lent}");
    assert!(own.contains("not converted or not reported") && own.contains("could not be converted"), "{own}");
    let world = served.get("/world?valid_on=2021-06-30").2;
    assert!(world.contains("left out of the sum") && world.contains("90 disbursed are loans"), "{world}");
    let index = served.get("/support?country=SO&valid_on=2021-06-30").2;
    let (_, index) = index.split_once("Herfindahl").expect("the indexes");
    assert!(index.contains("left out of the sum"), "{index}");
}

#[test]
fn what_is_lent_is_not_unreported_where_it_runs_and_ends() {
    let desk = Desk::new();
    let loan = country("SO", "100") + "<default-finance-type code=\"421\"/>" + &paid("2", "50");
    desk.activities("a.xml", &[police("XX-1-A", &loan)]);
    let served = desk.serve();
    for question in ["running", "ending"] {
        let row = desk.ask(question, &["--country", "SO", "--valid-on", "2022-10-01"])[0].clone();
        assert_eq!((&row["committed"], row["committed_left_out"].as_f64()), (&Value::Null, Some(50.0)), "{question}: {row}");
        let page = served.get(&format!("/ask/{question}?country=SO&valid_on=2022-10-01")).2;
        assert!(page.contains("left out of the sum"), "{question}: {page}");
    }
}

#[test]
fn a_publisher_covers_what_its_own_dates_say() {
    let desk = Desk::new();
    let dated = |id: &str, code: &str, day: &str| {
        police(id, &(country(code, "100") + &transaction("3", "5", "USD", day, "")))
            .replace("<iati-activity ", "<iati-activity last-updated-datetime=\"2021-04-05T06:07:08Z\" ")
    };
    desk.activities(
        "a.xml",
        &[dated("XX-1-A", "SO", "2019-02-03"), dated("XX-1-B", "KE", "2020-11-12"), dated("XX-1-C", "SO", "2022-01-01")],
    );
    let told = |more: &[&str]| desk.ask("publishers", &[&["--valid-on", "2021-06-30"], more].concat());
    let all = &told(&[])[0];
    let cells = ["dataset", "supporter", "first_dated", "last_dated"].map(|name| all[name].as_str().unwrap_or_default());
    assert_eq!(cells, ["a", "XX-1", "2019-02-03", "2020-11-12"], "what is dated after the day is none of it");
    assert_eq!((&all["activities"], &all["country_count"], &all["said_to_cover"]), (&json!(3), &json!(2), &Value::Null));
    assert!(all["last_changed"].as_str().is_some_and(|moment| moment.starts_with("2021-04-05")), "{all}");
    assert_eq!(told(&["--country", "KE"])[0]["activities"], json!(1));
    // What somebody says of the data set stands beside its dates.
    let fields = json!({"title": "Made-up Agency", "dataset_name": "a"});
    desk.add(&[json!({"kind": "coverage", "record": "c", "source": "Made up", "valid_from": "2019", "fields": fields})]);
    assert_eq!(told(&[])[0]["said_to_cover"], json!("Made-up Agency"));
}

#[test]
fn every_sum_is_the_sum_of_its_explanation() {
    let desk = Desk::new();
    let elements = [
        country("SO", "33.3"),
        country("SS", "66.7"),
        paid("2", "1000"),
        transaction("3", "77", "GBP", "2020-07-01", ""),
        transaction("4", "5", "EUR", "2020-07-05", ""),
        // A payment without any date counts, and is explained.
        "<transaction><transaction-type code=\"4\"/><value currency=\"USD\">12</value></transaction>".into(),
    ];
    let activity = police("XX-1-A", &elements.concat())
        .replace("15132\"/>", "15132\" percentage=\"40\"/><sector vocabulary=\"1\" code=\"15137\" percentage=\"35\"/>");
    desk.activities("a.xml", &[activity]);
    let at = ["--country", "SO", "--valid-on", "2021-06-30"];
    let total: f64 = desk
        .ask("support", &at)
        .iter()
        .map(|r| r["committed_usd"].as_f64().unwrap_or(0.0) + r["disbursed_usd"].as_f64().unwrap_or(0.0))
        .sum();
    let explained: f64 = desk.ask("explain", &at).iter().filter_map(|r| r["counted_usd"].as_f64()).sum();
    assert!((total - explained).abs() < 1e-6 && total > 0.0, "{total} {explained}");
}

#[test]
fn the_phase_of_a_project_is_that_of_the_answers() {
    let desk = Desk::new();
    let project = |record: &str, fields: Value| {
        let mut all = json!({"title": format!("Made-up {record}"), "supporter": "so/ministry", "country": "SO"});
        all.as_object_mut().expect("fields").extend(fields.as_object().cloned().unwrap_or_default());
        json!({"kind": "project", "record": record, "source": "Made up", "fields": all})
    };
    desk.add(&[
        json!({"kind": "actor", "record": "so/ministry", "source": "Made up", "fields": {"name": "Made-up Ministry", "country": "SO"}}),
        project("closed", json!({"starts": "2020", "ends": "2099", "status": "4"})),
        project("planned", json!({"starts": "2020", "ends": "2099", "status": "1"})),
        project("running", json!({"starts": "2020", "ends": "2099", "status": "2"})),
        // The dates are told by one source, that it was closed by another.
        project("both", json!({"starts": "2020", "ends": "2099"})),
        project("both", json!({"status": "4"})),
    ]);
    let told = ["both ended", "closed ended", "planned overdue", "running active"];
    let view = desk.sql("select record || ' ' || phase as said from project order by record");
    assert_eq!(view, told.map(|said| json!({ "said": said })));
    // Of what is planned and should have begun, an answer says that nobody knows whether it has.
    let told = told.map(|said| said.replace("planned overdue", "planned not_begun"));
    let answered = desk.ask("running", &["--country", "SO"]);
    let answered = answered.iter().filter_map(|r| Some(format!("{} {}", r["record"].as_str()?, r["phase"].as_str()?)));
    let mut answered: Vec<String> = answered.collect();
    answered.sort_unstable();
    assert_eq!(answered, told);
}

#[test]
fn thousands_of_one_currency_are_none_of_another() {
    let desk = Desk::new();
    desk.file(
        "projects.toml",
        "[[record]]\nkind = \"project\"\n[record.fields]\ntitle = { column = \"Projet\" }\ncommitted = { column = \"Montant\" }\n",
    );
    let rows = "Projets - montants en milliers d'euros\nProjet;Bailleur\u{20}fictif;Montant\nMade-up X;A;1 250\nMade-up Y;A;3 000 USD\n\
        Made-up Z;A;3 thousand USD\nMade-up W;A;7 EUR\n";
    let file = desk.file("projects.csv", rows);
    let outcome = desk.json(&["import", &desk.workspace(), &file, "--json"])["sheets"][0].clone();
    let all = desk.sql("select committed, currency from project order by title");
    let all: Vec<(Option<f64>, Option<&str>)> = all.iter().map(|r| (r["committed"].as_f64(), r["currency"].as_str())).collect();
    let (euros, dollars) = (Some("EUR"), Some("USD"));
    assert_eq!(all, [(Some(7e3), euros), (Some(1.25e6), euros), (None, None), (Some(3e3), dollars)], "{outcome}");
    let asked = outcome["findings"].as_array().expect("findings").iter().filter(|f| f["rule"] == "ask");
    let asked: Vec<&str> = asked.map(|f| f["value"].as_str().unwrap_or_default()).collect();
    assert_eq!(asked, ["3 000 USD"], "{outcome}");
}

#[test]
fn short_and_shared_names_of_currencies_are_those_of_the_country() {
    let desk = Desk::new();
    let mapping = "[[record]]\nkind = \"project\"\n[record.fields]\ntitle = { column = \"Projet\" }\ncommitted = { column = \"Montant\" }\n\
        country = { value = \"TN\" }\n";
    for name in ["a", "b"] {
        desk.file(&format!("{name}.toml"), mapping);
    }
    desk.import("a.csv", "Projet;Montant\nMade-up A;100 د.ت\nMade-up B;100 dinars\nMade-up C;3 د.ج\nMade-up D;40 DT\n");
    desk.import("b.csv", "Projets - montants en milliers de dinars\nProjet;Lieu;Montant\nMade-up E;A;12\n");
    let all = desk.sql("select committed, currency from project order by title");
    let all: Vec<(f64, &str)> = all.iter().map(|r| (r["committed"].as_f64().unwrap(), r["currency"].as_str().unwrap())).collect();
    assert_eq!(all, [(100.0, "TND"), (100.0, "TND"), (3.0, "DZD"), (40.0, "TND"), (12_000.0, "TND")]);
}

#[test]
fn a_body_without_a_country_is_of_the_one_that_the_workspace_is_about() {
    let desk = Desk::new();
    let about = desk.path("about").display().to_string();
    desk.ok(&["init", &about, "--country", "SO"]);
    let activity =
        police("XX-1-A", &country("SO", "100")).replace("Made-up police reform", "Support to the Made-up Police Force");
    let file = desk.file("a.xml", crate::desk::iati(&[activity]));
    desk.ok(&["import", &about, &file]);
    // As an equipment list adds the name: without a country.
    let body = json!({"kind": "actor", "record": "b1", "fields": {"name": "Made-up Police Force", "class": "police"}});
    assert!(desk.told(&["add", &about], &[body]).status.success());
    let supported = desk.json(&["ask", &about, "body_support", "--actor", "b1", "--valid-on", "2021-06-30", "--json"]);
    assert_eq!(supported["rows"][0]["record"], json!("XX-1-A"), "{supported}");
}
