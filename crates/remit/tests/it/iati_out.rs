//! An office's own activities, written for everybody. All made up.

use crate::desk::{Desk, iati};
use serde_json::{Value, json};

/// An activity that says as much as Remit reads.
const WHOLE: &str = r#"<iati-activity default-currency="EUR" xml:lang="en" humanitarian="0" hierarchy="1" last-updated-datetime="2021-04-01T10:00:00Z">
<iati-identifier>XX-1-7</iati-identifier>
<reporting-org ref="XX-1" type="10" secondary-reporter="0"><narrative>Made-up Agency</narrative></reporting-org>
<title><narrative xml:lang="en">Made-up police &amp; justice reform</narrative><narrative xml:lang="fr">Réforme inventée</narrative></title>
<description type="1"><narrative xml:lang="en">Trains &lt;made-up&gt; police.</narrative></description>
<participating-org role="1" ref="XX-1" type="10"><narrative>Made-up Agency</narrative></participating-org>
<participating-org role="4" type="21" activity-id="XX-9-1"><narrative>Made-up Foundation</narrative></participating-org>
<other-identifier ref="A1" type="A1"/>
<activity-status code="2"/>
<activity-date iso-date="2020-01-01" type="2"/><activity-date iso-date="2022-12-31" type="3"/>
<activity-scope code="4"/>
<recipient-country code="SO" percentage="11"/><recipient-region vocabulary="1" code="1027" percentage="89"/>
<location ref="L1"><name><narrative>Made-up Town</narrative></name><point srsName="http://www.opengis.net/def/crs/EPSG/0/4326"><pos>2.04 45.34</pos></point><exactness code="1"/></location>
<sector vocabulary="1" code="15210" percentage="60"/><sector vocabulary="1" code="15132" percentage="40"/>
<tag vocabulary="2" code="16"/>
<policy-marker vocabulary="1" code="1" significance="1"/>
<collaboration-type code="1"/><default-flow-type code="10"/><default-finance-type code="110"/><default-aid-type code="C01"/><default-tied-status code="5"/>
<budget type="1" status="1"><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/><value currency="EUR" value-date="2020-01-01">5000</value></budget>
<planned-disbursement type="1"><period-start iso-date="2021-01-01"/><period-end iso-date="2021-06-30"/><value currency="EUR" value-date="2021-01-01">2500.5</value></planned-disbursement>
<transaction ref="T1"><transaction-type code="2"/><transaction-date iso-date="2020-02-01"/><value currency="EUR" value-date="2020-02-01">10000</value></transaction>
<transaction><transaction-type code="3"/><transaction-date iso-date="2020-03-01"/><value value-date="2020-03-02">1234.56</value><description><narrative>First part</narrative></description><provider-org provider-activity-id="XX-1-7" ref="XX-1"><narrative>Made-up Agency</narrative></provider-org><receiver-org ref="XX-9"><narrative>Made-up Foundation</narrative></receiver-org><disbursement-channel code="1"/><sector vocabulary="1" code="15132"/><recipient-country code="SO"/><flow-type code="10"/></transaction>
<document-link url="https://example.org/a.pdf" format="application/pdf"><title><narrative>Made-up report</narrative></title><category code="A01"/><language code="en"/><document-date iso-date="2021-01-01"/></document-link>
<related-activity ref="XX-1" type="1"/>
<result type="1"><title><narrative>Officers trained</narrative></title><description><narrative>Made up</narrative></description><indicator measure="1"><title><narrative>Number of officers</narrative></title><baseline year="2019" value="0"/><period><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/><target value="100"/><actual value="80"/></period><period><period-start iso-date="2021-01-01"/><period-end iso-date="2021-12-31"/><target value="200"/></period></indicator></result>
</iati-activity>"#;

/// What an export wrote: the file, and the lines of what stayed out.
fn exported(desk: &Desk, more: &[&str]) -> (String, String) {
    let (workspace, folder) = (desk.workspace(), desk.path("out").display().to_string());
    desk.ok(&[&["export", &workspace, &folder, "--iati", "--reporter", "XX-1"][..], more].concat());
    let read = |name: &str| std::fs::read_to_string(desk.path("out").join(name)).expect("a file");
    (read("activities.xml"), read("left-out.csv"))
}

/// All that a workspace says of activities and transactions, but where and when it was read.
fn said(desk: &Desk) -> Vec<Value> {
    let mut all = desk.sql("select * from activity order by identifier");
    all.extend(desk.sql("select * from activity_transaction order by identifier, n"));
    for row in &mut all {
        let row = row.as_object_mut().expect("a row");
        for place in ["id", "line", "file", "activity", "recorded_at", "said_at", "dataset", "snapshot", "source", "locator"] {
            row.remove(place);
        }
    }
    all
}

#[test]
fn what_was_imported_and_exported_says_the_same_when_it_is_imported_again() {
    let (desk, again) = (Desk::new(), Desk::new());
    let other = WHOLE.replace("XX-1-7", "YY-2-1").replace("<reporting-org ref=\"XX-1\"", "<reporting-org ref=\"YY-2\"");
    desk.import("aid.xml", iati(&[WHOLE.to_owned(), other]));
    let (xml, left_out) = exported(&desk, &[]);
    assert!(!xml.contains("YY-2-1"), "what others report is theirs to publish");
    let remarks: Vec<&str> = left_out.lines().skip(1).collect();
    assert!(remarks.iter().all(|r| r.contains("does not keep it when it imports")), "{left_out}");
    assert!(remarks.iter().any(|r| r.starts_with(",contact-info,")), "what an import does not keep is told: {left_out}");
    again.import("aid.xml", &xml);
    assert!(again.problems().is_empty(), "{:?}", again.problems());
    let own: Vec<Value> = said(&desk).into_iter().filter(|row| row["identifier"] == "XX-1-7").collect();
    assert_eq!(said(&again), own);
}

#[test]
fn elements_stand_in_the_order_of_the_standard() {
    const ORDER: [&str; 27] = [
        "iati-identifier",
        "reporting-org",
        "title",
        "description",
        "participating-org",
        "other-identifier",
        "activity-status",
        "activity-date",
        "activity-scope",
        "recipient-country",
        "recipient-region",
        "location",
        "sector",
        "tag",
        "policy-marker",
        "collaboration-type",
        "default-flow-type",
        "default-finance-type",
        "default-aid-type",
        "default-tied-status",
        "budget",
        "planned-disbursement",
        "transaction",
        "document-link",
        "related-activity",
        "result",
        "",
    ];
    let desk = Desk::new();
    desk.import("aid.xml", iati(&[WHOLE.to_owned()]));
    let (xml, _) = exported(&desk, &[]);
    // Children of an activity are indented by four.
    let names: Vec<&str> = xml
        .lines()
        .filter_map(|l| l.strip_prefix("    <").filter(|l| !l.starts_with('/')))
        .map(|l| l.split([' ', '>', '/']).next().unwrap_or_default())
        .collect();
    let places: Vec<usize> = names.iter().map(|n| ORDER.iter().position(|o| o == n).unwrap_or_else(|| panic!("{n}"))).collect();
    assert!(places.is_sorted(), "{names:?}");
    assert_eq!(names.iter().collect::<std::collections::BTreeSet<_>>().len(), ORDER.len() - 1, "{names:?}");
}

#[test]
fn what_the_standard_asks_for_or_cannot_hold_is_listed() {
    let desk = Desk::new();
    desk.import(
        "aid.xml",
        iati(&[WHOLE
            .replace("<activity-status code=\"2\"/>", "")
            .replace(
                "<description type=\"1\"><narrative xml:lang=\"en\">Trains &lt;made-up&gt; police.</narrative></description>",
                "",
            )
            .replace(
                "<transaction-date iso-date=\"2020-02-01\"/><value currency=\"EUR\" value-date=\"2020-02-01\">10000</value>",
                "<value currency=\"EUR\">10000</value>",
            )]),
    );
    desk.add(&[
        json!({"kind": "training", "record": "t/1", "fields": {"supporter": "Made-up Agency", "country": "SO", "course": "Made-up course", "recipient_unit": "Made-up Unit", "quantity": 20, "cost": 900, "currency": "USD", "starts": "2020-05", "ends": "2020-06-10"}, "source": "Made up"}),
        json!({"kind": "training", "record": "t/2", "fields": {"supporter": "Made-up Agency", "country": "SO", "course": "Made-up undated course", "quantity": 3}, "source": "Made up"}),
        json!({"kind": "training", "record": "t/3", "fields": {"supporter": "Another Agency", "country": "SO", "course": "Not ours", "quantity": 3, "starts": "2020-05-01"}, "source": "Made up"}),
    ]);
    let (xml, left_out) = exported(&desk, &["--reporter-name", "Made-up Agency"]);
    assert!(left_out.contains("XX-1-7,description,"), "{left_out}");
    assert!(left_out.contains("XX-1-7,activity-status,"), "{left_out}");
    assert!(left_out.contains("XX-1-7,transaction,"), "{left_out}");
    assert!(
        left_out.contains("XX-1-TRAINING-t-1,activity-date,2020-05,the standard has only whole days: 2020-05-01"),
        "{left_out}"
    );
    assert!(left_out.contains("XX-1-TRAINING-t-2,activity-date,"), "{left_out}");
    assert!(!xml.contains("XX-1-7<") && !xml.contains("undated course") && !xml.contains("Not ours"), "{xml}");
    let again = Desk::new();
    again.import("aid.xml", &xml);
    let training = again.sql("select identifier, title, status, starts, ends from activity");
    assert_eq!(
        training,
        [
            json!({"identifier": "XX-1-TRAINING-t-1", "title": "Made-up course", "status": "4", "starts": "2020-05-01", "ends": "2020-06-10"})
        ]
    );
    assert_eq!(again.value("select value from activity_transaction where type = '4'"), json!(900.0));
}

#[test]
fn a_training_that_the_register_knows_as_ours_goes_out_with_all_that_is_said_of_it() {
    let desk = Desk::new();
    desk.add(&[
        json!({"kind": "actor", "record": "se/agency", "fields": {"name": "Made-up Agency", "class": "donor", "country": "SE"}, "source": "Made up"}),
        json!({"kind": "actor", "record": "so/police", "fields": {"name": "Made-up Police", "class": "police", "country": "SO"}, "source": "Made up"}),
        json!({"kind": "training", "record": "t/1", "fields": {"supporter": "Made-up Ag.", "given_by": "se/agency", "recipient": "so/police", "country": "SO",
               "course": "=Made-up course", "program": "Made-up programme", "quantity": 20, "women": 4, "men": 16, "starts": "2020-05-01", "ends": "2020-06"}, "source": "Made up"}),
    ]);
    let (xml, left_out) = exported(&desk, &["--reporter-name", "Made-up Agency"]);
    assert!(
        xml.contains("Course: =Made-up course. Programme: Made-up programme. Unit in the register: Made-up Police. Participants: 20. Women: 4. Men: 16."),
        "{xml}"
    );
    assert!(left_out.contains("XX-1-TRAINING-t-1,activity-date,2020-06,"), "{left_out}");
    assert!(!left_out.contains("contact-info"), "nothing was imported: {left_out}");
}

#[test]
fn a_project_of_the_register_goes_out_as_an_activity_of_the_office_that_supports_it() {
    let desk = Desk::new();
    let project =
        |record: &str, fields: Value| json!({"kind": "project", "record": record, "fields": fields, "source": "Made up"});
    desk.add(&[
        json!({"kind": "actor", "record": "se/agency", "fields": {"name": "Made-up Agency", "class": "donor", "country": "SE",
               "identifiers": [{"scheme": "iati_organisation", "identifier": "XX-1"}]}, "source": "Made up"}),
        json!({"kind": "actor", "record": "se/other", "fields": {"name": "Made-up Other Agency", "class": "donor", "country": "SE"}, "source": "Made up"}),
        json!({"kind": "actor", "record": "so/police", "fields": {"name": "Made-up Police", "class": "police", "country": "SO"}, "source": "Made up"}),
        project("p/1", json!({"title": "Made-up police pay & \"stations\"", "reference": "7/2020", "supporter": "se/agency", "implementer": "se/other", "recipient": "so/police",
               "country": "SO", "function": "public_order", "starts": "2020-02-01", "ends": "2020-12", "status": "2", "committed": 2500, "spent": 100, "currency": "EUR", "gender": "1"})),
        project("p/2", json!({"title": "Made-up barracks", "reference": "XX-1-9", "supporter": "se/agency", "country": "SO", "starts": "2020-02-01", "committed": 5})),
        project("p/3", json!({"title": "Made-up project of another", "supporter": "se/other", "country": "SO", "starts": "2020-02-01"})),
        project("p/4", json!({"title": "Made-up project without days", "supporter": "se/agency", "country": "SO", "status": "2"})),
    ]);
    let (xml, left_out) = exported(&desk, &[]);
    assert!(!xml.contains("of another") && !xml.contains("without days"), "{xml}");
    assert!(left_out.contains("XX-1-PROJECT-p-4,activity-date,"), "{left_out}");
    assert!(left_out.contains("XX-1-9,transaction,5,the standard asks for currency"), "{left_out}");
    assert!(xml.contains("For: Made-up Police.") && xml.contains("Made-up Other Agency"), "{xml}");
    let again = Desk::new();
    again.import("aid.xml", &xml);
    assert_eq!(
        again.sql("select identifier, title, status, start_actual, end_planned from activity order by identifier"),
        [
            json!({"identifier": "XX-1-9", "title": "Made-up barracks", "status": "2", "start_actual": "2020-02-01", "end_planned": null}),
            // Somebody says that it goes on, so that its end is no actual one though the day is past.
            json!({"identifier": "XX-1-PROJECT-p-1", "title": "Made-up police pay & \"stations\"", "status": "2", "start_actual": "2020-02-01", "end_planned": "2020-12-31"})
        ]
    );
    assert_eq!(
        again.sql("select type, value from activity_transaction order by type"),
        [json!({"type": "2", "value": 2500.0}), json!({"type": "4", "value": 100.0})]
    );
    // What goes out as support comes back as support, whole and by its code.
    assert_eq!(
        again.sql(
            "select identifier, min(sign <> 'read') as coded, round(sum(share), 6) as share from support group by 1 order by 1"
        ),
        [
            json!({"identifier": "XX-1-9", "coded": 1, "share": 1.0}),
            json!({"identifier": "XX-1-PROJECT-p-1", "coded": 1, "share": 1.0})
        ]
    );
    assert!(left_out.contains("XX-1-PROJECT-p-1,recipient_name,Made-up Police,"), "{left_out}");
    // Of what a project has committed and spent nobody says the day: that one was assumed is told, once an amount.
    assert_eq!(left_out.matches("XX-1-PROJECT-p-1,transaction-date,2020-02-01,").count(), 2, "{left_out}");
}

#[test]
fn a_project_for_several_recipients_goes_out_with_each_of_them_and_comes_back_as_support_to_all() {
    let desk = Desk::new();
    let project =
        |record: &str, fields: Value| json!({"kind": "project", "record": record, "fields": fields, "source": "Made up"});
    desk.add(&[
        json!({"kind": "actor", "record": "se/agency", "fields": {"name": "Made-up Agency", "class": "donor", "country": "SE",
               "identifiers": [{"scheme": "iati_organisation", "identifier": "XX-1"}]}, "source": "Made up"}),
        json!({"kind": "actor", "record": "so/one", "fields": {"name": "Made-up One", "class": "police", "country": "SO"}, "source": "Made up"}),
        json!({"kind": "actor", "record": "so/two", "fields": {"name": "Made-up Two", "class": "corrections", "country": "SO"}, "source": "Made up"}),
        project("classes", json!({"title": "Made-up chain", "supporter": "se/agency", "recipient_class": "police", "other_classes": [{"code": "justice"}, {"code": "police"}],
               "function": "public_order", "country": "SO", "starts": "2020-02-01", "ends": "2030-12-31", "committed": 2500, "currency": "USD"})),
        project("named", json!({"title": "Made-up equipment", "supporter": "se/agency", "recipient": "so/one", "other_recipients": ["so/two"],
               "country": "SO", "starts": "2020-02-01", "ends": "2030-12-31", "committed": 90, "currency": "USD"})),
        project("other", json!({"title": "Made-up advice", "supporter": "se/agency", "recipient": "so/one", "recipient_class": "justice",
               "country": "SO", "starts": "2020-02-01", "ends": "2030-12-31", "committed": 7, "currency": "USD"})),
        project("one", json!({"title": "Made-up houses", "supporter": "se/agency", "other_classes": [{"code": "corrections"}],
               "country": "SO", "starts": "2020-02-01", "ends": "2030-12-31", "committed": 8, "currency": "USD"})),
    ]);
    let (xml, left_out) = exported(&desk, &[]);
    assert_eq!(xml.matches("<tag vocabulary=\"99\" code=\"police\">").count(), 2, "a class that is named twice is one: {xml}");
    assert!(xml.contains("For: Made-up One; Made-up Two."), "{xml}");
    assert!(left_out.contains("XX-1-PROJECT-named,recipient_name,Made-up Two,"), "{left_out}");
    // Nobody says how the money is divided: the only percentages of sectors are of what holds all of it.
    assert!(xml.lines().filter(|l| l.contains("<sector ")).all(|l| l.contains("percentage=\"100\"")), "{xml}");
    let again = Desk::new();
    again.import("aid.xml", &xml);
    assert!(again.problems().is_empty(), "{:?}", again.problems());
    let support = again.sql(
        "select identifier, group_concat(distinct actor_class order by actor_class) as classes, min(sign <> 'read') as coded, \
         round(sum(committed_usd)) as committed from support group by 1 order by 1",
    );
    let row = |record: &str, classes: &str, committed: f64| json!({"identifier": format!("XX-1-PROJECT-{record}"), "classes": classes, "coded": 1, "committed": committed});
    assert_eq!(
        support,
        [
            row("classes", "justice,police", 2500.0),
            row("named", "corrections,police", 90.0),
            row("one", "corrections", 8.0),
            row("other", "justice", 7.0)
        ]
    );
}

#[test]
fn where_nothing_is_of_the_office_that_is_said_and_what_to_write() {
    let desk = Desk::new();
    let folder = desk.path("out").display().to_string();
    let (code, said) = desk.fails(&["export", &desk.workspace(), &folder, "--iati", "--reporter", "XX-7"]);
    assert!(code == 1 && said.contains("nothing on record is of XX-7") && said.contains("--reporter-name"), "{said}");
}

#[test]
fn the_office_has_the_name_on_record_and_what_is_assumed_of_it_is_listed() {
    let desk = Desk::new();
    let training = json!({"kind": "training", "record": "t/1", "fields": {"given_by": "se/agency", "supporter": "Made-up Ag.", "country": "SO", "course": "Made-up course", "quantity": 3, "starts": "2020-05-01"}, "source": "Made up"});
    desk.add(&[
        json!({"kind": "actor", "record": "se/agency", "fields": {"name": "Made-up Agency", "class": "donor", "country": "SE",
               "identifiers": [{"scheme": "iati_organisation", "identifier": "XX-1"}]}, "source": "Made up"}),
        training,
    ]);
    let (xml, left_out) = exported(&desk, &[]);
    assert!(xml.contains("<narrative>Made-up Agency</narrative>") && !xml.contains("<narrative>XX-1</narrative>"), "{xml}");
    let of_office =
        |left_out: &str| left_out.lines().filter(|l| l.starts_with(",reporting-org,")).map(str::to_owned).collect::<Vec<_>>();
    let told = of_office(&left_out);
    assert!(told.len() == 1 && told[0].contains(",10,") && told[0].contains("assumed"), "{left_out}");
    let (xml, left_out) = exported(&desk, &["--reporter-type", "40", "--overwrite"]);
    assert!(xml.contains("type=\"40\"") && of_office(&left_out).is_empty(), "{left_out}");
    let (xml, _) = exported(&desk, &["--reporter-name", "Made-up Other Name", "--overwrite"]);
    assert!(xml.contains("<narrative>Made-up Other Name</narrative>"), "what is said goes before what is on record: {xml}");
}

#[test]
fn an_export_that_fails_writes_nothing_and_can_be_asked_again() {
    let desk = Desk::new();
    let folder = desk.path("out").display().to_string();
    let workspace = desk.workspace();
    let arguments = ["export", &workspace, &folder, "--iati", "--reporter", "XX-1", "--reporter-name", "Made-up Agency"];
    let fails = || {
        let (code, said) = desk.fails(&arguments);
        assert!(!desk.path("out").exists(), "nothing is written: {said}");
        (code, said)
    };
    assert!(fails().1.contains("nothing on record is of XX-1"));
    let training = |starts: Value| json!({"kind": "training", "record": "t/1", "fields": {"supporter": "Made-up Agency", "country": "SO", "course": "Made-up course", "quantity": 3, "starts": starts}, "source": "Made up"});
    desk.add(&[training(Value::Null)]);
    let (code, said) = fails();
    assert!(code == 1 && said.contains("XX-1-TRAINING-t-1 activity-date: "), "what is missing is told: {said}");
    // What is there already is asked of each file before the first is written.
    desk.file("out/activities.xml", "Made-up");
    let mut mended = training(json!("2020-05-01"));
    mended["record"] = json!("t/2");
    desk.add(&[mended]);
    let (code, said) = desk.fails(&arguments);
    assert!(code == 2 && said.contains("activities.xml is there already"), "{said}");
    assert!(!desk.path("out").join("left-out.csv").exists());
    std::fs::remove_file(desk.path("out").join("activities.xml")).expect("a file");
    desk.ok(&arguments);
    assert!(desk.path("out").join("activities.xml").exists());
}
