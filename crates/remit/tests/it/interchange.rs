//! What other programs write comes in as it is, and goes out again. All of it is made up.

use crate::desk::Desk;
use serde_json::{Value, json};

impl Desk {
    /// Values of a query with one column.
    pub(crate) fn column(&self, sql: &str) -> Vec<String> {
        let text = |row: &Value| match row.as_object().and_then(|r| r.values().next()) {
            Some(Value::String(text)) => text.clone(),
            other => other.map(Value::to_string).unwrap_or_default(),
        };
        self.sql(sql).iter().map(text).collect()
    }
}

#[test]
fn places_are_called_so_in_other_languages_too() {
    let desk = Desk::new();
    let feature = |key: &str, name: &str| json!({ "type": "Feature", "properties": { key: name }, "geometry": { "type": "Point", "coordinates": [9.0, 12.0] } });
    let features = [
        feature("nom", "Poste inventé"),
        feature("ADM1_FR", "Région inventée"),
        feature("الاسم", "مركز مختلق"),
        feature("other", "x"),
    ];
    desk.import("postes.geojson", json!({ "type": "FeatureCollection", "features": features }).to_string());
    let named = desk.sql("select name from place order by name");
    assert_eq!(named, ["Poste inventé", "Région inventée", "مركز مختلق"].map(|name| json!({ "name": name })));
}

#[test]
fn places_come_from_geojson() {
    let desk = Desk::new();
    let feature =
        |properties: Value, geometry: Value| json!({ "type": "Feature", "properties": properties, "geometry": geometry });
    let square = json!({ "type": "Polygon", "coordinates": [[[44.0, 2.0], [46.0, 2.0], [46.0, 4.0], [44.0, 4.0], [44.0, 2.0]]] });
    let collection = json!({ "type": "FeatureCollection", "features": [
        feature(json!({ "name": "Made-up district", "name_ar": "حي", "pcode": "SO99", "iso_a2": "SO" }), square),
        feature(json!({ "name": "Made-up post", "country": "Somalia" }), json!({ "type": "Point", "coordinates": [45.3, 2.04] })),
        feature(json!({ "pcode": "SO98" }), Value::Null),
    ]});
    let said = desk.import("places.geojson", collection.to_string());
    assert_eq!(
        desk.column("select name || ' ' || country || ' ' || latitude || ' ' || longitude from place order by name"),
        ["Made-up district SO 3 45", "Made-up post SO 2.04 45.3"]
    );
    assert_eq!(desk.value("select code from place where record = 'place/SO99'"), "SO99");
    assert!(
        desk.problems().iter().any(|(_, line)| *line == 3),
        "the feature without a name is listed: {said} {:?}",
        desk.problems()
    );
    desk.import("places.geojson", collection.to_string());
    assert_eq!(desk.value("select count(*) from statement where kind = 'place'"), 2, "again, nothing changes");
}

#[test]
fn an_object_that_says_nothing_keeps_no_other_from_being_read_and_is_told_with_its_line() {
    let desk = Desk::new();
    let lines = [
        json!({ "id": "a", "schema": "Organization", "properties": { "name": ["Made-up Force"] } }).to_string(),
        json!({ "id": "e", "schema": "Organization", "properties": "none" }).to_string(),
    ];
    desk.import("made.ftm", lines.join("\n"));
    assert_eq!(desk.column("select name from actor"), ["Made-up Force"]);
    desk.import("nameless.ftm", json!({ "id": "b", "schema": "Organization", "properties": {} }).to_string());
    assert_eq!(desk.problems().iter().map(|(_, line)| *line).collect::<Vec<_>>(), [2, 1], "{:?}", desk.problems());
    assert!(desk.ok(&["problems", "w"]).contains("without “Name”"));
    let ship = json!({ "id": "c", "schema": "Spaceship", "properties": { "name": ["C"] } }).to_string();
    let (_, said) = desk.fails(&["import", "w", &desk.file("ship.ftm", ship)]);
    assert!(said.contains("1: an entity of the schema Spaceship has no place in the register"), "{said}");
}

#[test]
fn what_a_file_of_others_marks_withholds_or_proposes_is_read_as_in_a_sheet() {
    let desk = Desk::new();
    let marked = |name: &str, more: Value| {
        let mut said = json!({ "name": name, "pcode": name });
        said.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        said
    };
    let all = [
        marked("A", json!({ "marking": "strictly_confidential" })),
        marked("B", json!({ "MARKING": "Internal", "status_of_": "proposed", "source": "Made-up list", "valid_from": "2020" })),
        marked("C", json!({ "marking": "secretish" })),
        marked("D", json!({ "marking": true, "height": 7 })),
        marked("E", json!({ "status_of_statement": "perhaps", "withheld": { "latitude": "confidential" } })),
        marked("F", json!({ "url": "a page of the place" })),
    ];
    let point = json!({ "type": "Point", "coordinates": [45.3, 2.04] });
    let features: Vec<Value> =
        all.iter().map(|said| json!({ "type": "Feature", "properties": said, "geometry": point })).collect();
    desk.import("places.geojson", json!({ "type": "FeatureCollection", "features": features }).to_string());
    // Around all of them, and on the feature itself; of two the more careful counts.
    let outer = json!({ "type": "Feature", "marking": "internal", "properties": marked("G", json!({ "marking": "public" })), "geometry": null });
    let around = json!({ "type": "FeatureCollection", "marking": "confidential", "features": [outer] });
    desk.import("around.geojson", around.to_string());
    let clear = ["--clearance", "strictly_confidential"];
    let rows = |sql: &str| desk.json(&[&["sql", &desk.workspace(), sql, "--json"], &clear[..]].concat())["rows"].clone();
    let said = rows("select record || ' ' || marking || ' ' || status_of_statement as said from statement order by record");
    let said: Vec<&str> = said.as_array().expect("rows").iter().filter_map(|row| row["said"].as_str()).collect();
    let expected = [
        "place/A strictly_confidential accepted",
        "place/B internal proposed",
        "place/C strictly_confidential accepted",
        "place/D strictly_confidential accepted",
        "place/E public proposed",
        "place/F public accepted",
        "place/G confidential accepted",
    ];
    assert_eq!(said, expected);
    assert_eq!(desk.column("select record from statement order by record"), ["place/E", "place/F"], "what the public sees");
    let first = &rows("select source, valid_from from statement where record = 'place/B'")[0];
    assert_eq!(*first, json!({ "source": "Made-up list", "valid_from": "2020" }));
    assert_eq!(desk.value("select withheld from statement where record = 'place/E'"), "latitude");
    let told = desk.ok(&[&["problems", &desk.workspace()], &clear[..]].concat());
    for word in ["`secretish` is not a marking", "“perhaps” is no status", "feature height (1)", "feature url (1)"] {
        assert!(told.contains(word), "{word}: {told}");
    }
    assert!(!told.contains("feature marking"), "{told}");
}

#[test]
fn what_follows_from_a_marked_object_is_marked_as_it_is() {
    let clear = ["--clearance", "strictly_confidential"];
    let all = |desk: &Desk| -> Vec<String> {
        let sql = "select kind || ' ' || marking as said from statement order by 1";
        let rows = desk.json(&[&["sql", &desk.workspace(), sql, "--json"], &clear[..]].concat())["rows"].clone();
        rows.as_array().expect("rows").iter().map(|row| row["said"].as_str().unwrap_or_default().to_owned()).collect()
    };
    // Whose part it is, and who was a member: what says so of a marked body or person is no more open than they are.
    let popolo = json!({
        "organizations": [
            { "id": "o", "name": "Made-up Cell", "parent_id": "p", "marking": "strictly_confidential" },
            { "id": "p", "name": "Made-up Police" },
        ],
        "persons": [{ "id": "x", "name": "Made-up Person", "marking": "confidential", "memberships": [{ "organization_id": "p" }] }],
    });
    let desk = Desk::new();
    desk.import("popolo.json", popolo.to_string());
    assert_eq!(
        all(&desk),
        [
            "actor public",
            "actor strictly_confidential",
            "person strictly_confidential",
            "posting strictly_confidential",
            "relation strictly_confidential"
        ]
    );
    let entity = json!({ "id": "o", "schema": "Organization", "properties": {
        "name": ["Made-up Cell"], "parent": ["p"], "marking": ["internal"], "publisher": ["Made-up Gazette"],
        "source": ["Made-up list"], "locator": ["page 7"] } });
    let parent = json!({ "id": "p", "schema": "Organization", "properties": { "name": ["Made-up Police"] } });
    let desk = Desk::new();
    desk.import("entities.jsonl", format!("{entity}\n{parent}"));
    let expected = ["actor internal", "actor internal", "actor public", "relation internal", "relation internal"];
    assert_eq!(all(&desk), expected, "one for each source");
    let sql =
        "select source || ' ' || coalesce(locator, '') as said from statement where kind = 'actor' and record = 'o' order by 1";
    let rows = desk.json(&[&["sql", &desk.workspace(), sql, "--json"], &clear[..]].concat())["rows"].clone();
    assert_eq!(rows, json!([{ "said": "Made-up Gazette " }, { "said": "Made-up list page 7" }]));
    // What a format and the envelope say of one thing, and not the same, is told.
    let member = json!({ "memberships": [{ "id": "m", "person_id": "x", "organization_id": "p", "start_date": "2021", "valid_from": "2019" }],
        "persons": [{ "id": "x", "name": "Made-up Person" }], "organizations": [{ "id": "p", "name": "Made-up Police" }] });
    let desk = Desk::new();
    desk.import("popolo.json", member.to_string());
    let told = desk.ok(&[&["problems", &desk.workspace()], &clear[..]].concat());
    assert!(told.contains("`valid_from` is said twice and 2021 was read; left out: 2019"), "{told}");
}

#[test]
fn what_is_odd_in_a_file_of_others_keeps_nothing_else_from_being_read() {
    let desk = Desk::new();
    let lines = [
        json!({ "id": "a", "schema": "Person", "properties": { "name": ["Made-up One"], "nationality": ["ml", "so"] } }).to_string(),
        "no JSON".to_owned(),
        json!({ "id": "b", "schema": "Organization", "properties": { "name": "Made-up Unit", "parent": ["b", "c", "d"] } }).to_string(),
        json!({ "id": "c", "schema": "Organization", "properties": { "name": ["Made-up Corps"] } }).to_string(),
        json!({ "id": "d", "schema": "Organization", "properties": { "name": ["Made-up Ministry"] } }).to_string(),
        json!({ "id": "m", "schema": "Membership", "properties": { "member": ["a"], "organization": ["b", "c"], "role": ["commander"] } })
            .to_string(),
    ];
    desk.import("odd.jsonl", lines.join("\n"));
    assert_eq!(desk.column("select name from actor order by 1"), ["Made-up Corps", "Made-up Ministry", "Made-up Unit"]);
    assert_eq!(desk.column("select object from relation where subject = 'b' order by 1"), ["c", "d"]);
    let clear = desk.json(&[
        "sql",
        &desk.workspace(),
        "select count(*) as n from posting",
        "--json",
        "--clearance",
        "strictly_confidential",
    ]);
    assert_eq!(clear["rows"][0]["n"], 2, "one for each institution");
    let told = desk.ok(&["problems", &desk.workspace(), "--clearance", "strictly_confidential"]);
    for said in ["this line is no JSON", "a part of itself", "of several values the first was read"] {
        assert!(told.contains(said), "{said}: {told}");
    }
}

#[test]
fn a_problem_of_json_lines_has_the_line_on_which_it_stands() {
    let desk = Desk::new();
    let good = json!({ "id": "b", "schema": "Organization", "properties": { "name": ["Made-up Unit"] } }).to_string();
    let odd = json!({ "id": "x", "schema": "Persn", "properties": { "name": ["Made-up One"] } }).to_string();
    desk.import("lines.jsonl", ["", "no JSON", "no JSON either", &good, "", &odd].join("\n"));
    let told = desk.ok(&["problems", &desk.workspace(), "--clearance", "strictly_confidential"]);
    let at =
        |reason: &str| told.lines().filter(|l| l.contains(reason)).map(|l| l.split(": ").next().unwrap()).collect::<Vec<_>>();
    assert_eq!(at("this line is no JSON"), ["lines.jsonl:2", "lines.jsonl:3"], "{told}");
    assert_eq!(at("schema Persn"), ["lines.jsonl:6"], "{told}");
    // Features of one file stand on no lines of their own: each is told by its number.
    let feature = |name: Value| json!({ "type": "Feature", "properties": { "name": name }, "geometry": null });
    let places = json!({ "type": "FeatureCollection", "features": [feature(json!("Made-up Post")), feature(Value::Null)] });
    desk.import("places.geojson", places.to_string());
    let told = desk.ok(&["problems", &desk.workspace(), "--clearance", "strictly_confidential"]);
    assert!(told.contains("feature 2 of the file has no name"), "{told}");
}

#[test]
fn a_broken_file_of_others_in_a_folder_is_listed_and_keeps_no_other_from_being_read() {
    let desk = Desk::new();
    let whole = json!({ "organizations": [{ "id": "o", "name": "Made-up Committee" }] }).to_string();
    desk.file("folder/popolo.json", &whole[..whole.len() - 9]);
    desk.file("folder/actor.csv", "record,name,class,source\na/1,Made-up Police,police,Made up\n");
    desk.file("folder/settings.json", "{\"of\": \"another program\"}");
    let folder = desk.path("folder").display().to_string();
    let output = desk.run(&["import", &desk.workspace(), &folder]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && said.contains("nothing for Remit: settings.json"), "{said}");
    assert_eq!(desk.column("select name from actor"), ["Made-up Police"]);
    assert_eq!(desk.problems(), [("unread".to_owned(), 1)]);
    assert!(desk.ok(&["problems", &desk.workspace()]).contains("popolo.json:1: file: it is no JSON"));
    // Once it is whole, nothing is told of it any more.
    desk.file("folder/popolo.json", &whole);
    desk.ok(&["import", &desk.workspace(), &folder]);
    assert_eq!(desk.column("select name from actor order by 1"), ["Made-up Committee", "Made-up Police"]);
    assert_eq!(desk.problems(), []);
}

fn entities() -> String {
    [
        json!({ "id": "police", "schema": "PublicBody", "properties": { "name": ["Made-up Police", "Police inventée"], "country": ["so"],
            "sourceUrl": ["https://example.org/a", "https://example.org/b"], "topics": ["gov.executive"],
            "phone": ["+000 1", "+000 2"], "email": ["desk@example.org"], "address": ["Made-up Street 1"] } }),
        json!({ "id": "unit", "schema": "Organization", "properties": { "name": ["Made-up Unit"], "parent": ["police"], "publisher": ["Gazette"] } }),
        json!({ "id": "p1", "schema": "Person", "properties": { "name": ["Made-up Person"], "gender": ["female"], "phone": ["+000 3"] } }),
        json!({ "id": "m1", "schema": "Membership", "properties": { "member": ["p1"], "organization": ["unit"], "role": ["Commander"], "startDate": ["2021-02-01"] } }),
        json!({ "id": "v", "schema": "Vessel", "properties": { "name": ["Made-up Ship"] } }),
    ]
    .map(|e| e.to_string())
    .join("\n")
}

#[test]
fn entities_of_follow_the_money_are_actors_persons_and_postings() {
    let desk = Desk::new();
    desk.import("entities.jsonl", entities());
    let clear = ["--clearance", "strictly_confidential"];
    let rows =
        |sql: &str| -> Value { desk.json(&[&["sql", &desk.workspace(), sql, "--json"], &clear[..]].concat())["rows"].clone() };
    assert_eq!(
        desk.column("select distinct url from statement where record = 'police' order by url"),
        ["https://example.org/a", "https://example.org/b"]
    );
    assert_eq!(desk.value("select object from relation where subject = 'unit'"), "police");
    let posting = &rows("select person, actor, role, valid_from from posting")[0];
    assert_eq!(*posting, json!({ "person": "p1", "actor": "unit", "role": "commands", "valid_from": "2021-02-01" }));
    assert_eq!(rows("select sex from person")[0]["sex"], "women");
    let told = desk.ok(&["problems", &desk.workspace(), "--json", "--clearance", "strictly_confidential"]);
    assert!(told.contains("schema Vessel has no place in the register"), "{told}");
}

#[test]
fn what_goes_out_in_a_format_of_others_comes_back_the_same() {
    for (flag, file) in [("--popolo", "popolo.json"), ("--ftm", "followthemoney.jsonl")] {
        let (desk, other) = (Desk::new(), Desk::new());
        desk.import("entities.jsonl", entities());
        let shared = desk.path("shared").display().to_string();
        desk.ok(&["export", &desk.workspace(), &shared, flag, "--overwrite", "--clearance", "strictly_confidential"]);
        let written = std::fs::read(desk.path("shared").join(file)).expect("the file");
        other.import(file, &written);
        let said =
            |desk: &Desk, sql: &str| desk.ok(&["sql", &desk.workspace(), sql, "--json", "--clearance", "strictly_confidential"]);
        for sql in [
            "select record, name, country, telephone, email, address from actor order by record",
            "select record, name, sex, telephone from person order by record",
            "select person, actor, role, valid_from from posting",
            "select subject, object from relation",
            "select distinct record, url from statement where kind = 'actor' order by record, url",
        ] {
            assert_eq!(said(&desk, sql), said(&other, sql), "{flag}: {sql}");
        }
        // Persons go out only to who may see them.
        desk.ok(&["export", &desk.workspace(), &shared, flag, "--overwrite"]);
        let public = std::fs::read_to_string(desk.path("shared").join(file)).expect("the file");
        assert!(!public.contains("Made-up Person") && public.contains("Made-up Police"), "{public}");
    }
}

#[test]
fn popolo_says_who_was_a_member_of_what() {
    let desk = Desk::new();
    let file = json!({
        "persons": [{ "id": "p", "name": "Made-up Person", "gender": "male", "other_names": [{ "name": "شخص", "lang": "ar" }] }],
        "organizations": [{ "id": "o", "name": "Made-up Committee", "classification": "committee", "founding_date": "2020",
            "contact_details": [{ "type": "cell", "value": "+000 1" }, { "type": "voice", "value": "+000 2" }, { "type": "fax", "value": "+000 3" }],
            "links": [{ "url": "https://example.org/o" }, { "url": "https://example.org/more" }],
            "sources": [{ "url": "https://example.org/o", "note": "Website" }] }],
        "posts": [{ "id": "c", "label": "Chair of it", "organization_id": "o", "role": "Chair" }],
        "memberships": [{ "person_id": "p", "post_id": "c", "start_date": "2021", "end_date": "2042-05-01" }],
        "areas": [{ "id": "x", "name": "Area" }],
    });
    desk.import("people.json", file.to_string());
    let row = &desk.json(&[
        "sql",
        &desk.workspace(),
        "select person, actor, role, post, valid_to from posting",
        "--json",
        "--clearance",
        "strictly_confidential",
    ])["rows"][0];
    assert_eq!(*row, json!({ "person": "p", "actor": "o", "role": "chair", "post": "Chair of it", "valid_to": "2042-05-01" }));
    assert_eq!(desk.value("select source from statement where record = 'o'"), "Website");
    assert_eq!(desk.value("select telephone from actor"), Value::Null, "whom to ask is not public by itself");
    let reached =
        desk.json(&["sql", &desk.workspace(), "select telephone, website from actor", "--json", "--clearance", "internal"]);
    assert_eq!(reached["rows"][0], json!({ "telephone": "+000 1; +000 2", "website": "https://example.org/o" }));
    let told = desk.ok(&["problems", &desk.workspace(), "--json", "--clearance", "strictly_confidential"]);
    for word in ["list `areas`", "contact fax (1)", "link (1)"] {
        assert!(told.contains(word), "{word}: {told}");
    }
    assert!(!told.contains("+000 3"), "a number is told to nobody: {told}");
    let (code, said) = desk.fails(&["import", &desk.workspace(), &desk.file("other.json", "{\"a\": 1}")]);
    assert!(code != 0 && said.contains("JSON of no form that Remit reads"), "{said}");
}

#[test]
fn claims_of_the_handbook_have_a_statement_for_each_citation() {
    let desk = Desk::new();
    let sheet = |rows: &[&str]| rows.join("\n") + "\n";
    let units = sheet(&[
        "type:claim,citation:refs:claim,about_entity:ref:claim,name:annotation,unit:names:assertion,unit:classifications:assertion,country:annotation,first_precise:range,last_precise:range,starting:range,ending:range,confidence:claim",
        "unit,s1;s2,u1,Made-up Battalion,1 Bn; First Battalion,Battalion,so,2021-01-02,2021-03-04,Y,N,High",
    ]);
    desk.import("units.csv", units);
    let statements =
        desk.sql("select source, valid_from, last_cited, credibility from statement where record = 'u1' order by source");
    assert_eq!(statements.len(), 2, "{statements:?}");
    assert_eq!(statements[0]["source"], "Security Force Monitor, citation s1");
    assert_eq!(
        (statements[0]["valid_from"].as_str(), statements[0]["last_cited"].as_str()),
        (Some("2021-01-02"), Some("2021-03-04"))
    );
    assert_eq!(statements[0]["credibility"], "1");
    assert_eq!(desk.value("select name || ' ' || country || ' ' || classification from actor"), "Made-up Battalion SO Battalion");
    let odd = sheet(&[
        "type:claim,about_entity:ref:claim,name:annotation,country:annotation,country:annotation,first_precise:range,starting:range,colour",
        "unit,u2,Made-up Brigade,so,ke,2021-01-02,maybe,red",
    ]);
    desk.import("odd.csv", odd);
    let told = desk.ok(&["problems", "w"]);
    for what in [
        "`country:annotation` is said twice and so was read; left out: ke",
        "“maybe” means neither yes nor no",
        "claim colour (1)",
    ] {
        assert!(told.contains(what), "{what}: {told}");
    }
    assert!(!told.contains("annotation (1)"), "what is read is not told as unused: {told}");
}

/// A field that an office adds to every statement is read in what other programs write as in its sheets, by its file alone.
#[test]
fn what_an_office_adds_to_every_statement_is_read_in_files_of_other_programs() {
    let desk = Desk::new();
    let field = |name: &str, part: &str| {
        format!("[[field]]\nname = \"{name}\"\ntype = \"text\"\npart = \"{part}\"\nlabel = {{ en = \"Made-up {name}\" }}\n")
    };
    desk.file("w/model/statement.toml", field("checked_by", "status") + &field("archive_number", "source"));
    let said = json!({ "name": "Made-up Post", "checked_by": "Made-up A", "archive_number": "7" });
    let mut told = desk.import("p.geojson", json!({ "type": "Feature", "geometry": null, "properties": said }).to_string());
    let body = json!({ "id": "a", "name": "Made-up Body", "checked_by": "Made-up B", "archive_number": 8 });
    told += &desk.import("popolo.json", json!({ "organizations": [body] }).to_string());
    let said = json!({ "name": ["Made-up Force"], "checked_by": ["Made-up C"], "archive_number": ["9"] });
    told += &desk.import("e.ftm", json!({ "id": "b", "schema": "Organization", "properties": said }).to_string());
    assert!(!told.contains("not used"), "{told}");
    let of = |kind: &str| format!("select name || ' ' || checked_by || ' ' || archive_number as said from {kind}_statement");
    assert_eq!(
        desk.column(&format!("{} union all {} order by said", of("place"), of("actor"))),
        ["Made-up Body Made-up B 8", "Made-up Force Made-up C 9", "Made-up Post Made-up A 7"]
    );
}

/// Who marks a feature “Classification: Confidentiel” meant the marking. Left out, it would be public.
#[test]
fn what_decides_who_sees_an_object_is_read_by_its_label_in_every_language() {
    let desk = Desk::new();
    let place = |name: &str, key: &str, value: &str| json!({ "name": name, "pcode": name, key: value });
    let places = [
        place("A", "Classification", "Confidentiel"),
        place("B", "درجة السرية", "سري للغاية"),
        place("C", "Statut", "Proposé"),
        place("D", "status", "proposed"),
        place("E", "الحالة", "مقترح"),
        place("F", "Champs non divulgués", "latitude=Confidentiel"),
        place("G", "Classification", "urban"),
        place("H", "Status", "Open"),
    ];
    let point = json!({ "type": "Point", "coordinates": [45.3, 2.04] });
    let features: Vec<Value> =
        places.iter().map(|said| json!({ "type": "Feature", "properties": said, "geometry": point })).collect();
    let told = desk.import("places.geojson", json!({ "type": "FeatureCollection", "features": features }).to_string());
    // What else stands below such a label is told as before.
    assert!(told.contains("feature Classification (1), feature Status (1)"), "{told}");
    let body = json!({ "id": "I", "name": "Made-up Body", "classification": "Ministry", "درجة السرية": "سري" });
    desk.import("popolo.json", json!({ "organizations": [body] }).to_string());
    let said = json!({ "name": ["Made-up Force"], "classification": ["Gendarmerie"], "Statut": ["Proposé"] });
    desk.import("e.ftm", json!({ "id": "J", "schema": "Organization", "properties": said }).to_string());
    let sql = "select record || ' ' || marking || ' ' || status_of_statement as said from statement order by record";
    let rows = desk.json(&["sql", &desk.workspace(), sql, "--json", "--clearance", "strictly_confidential"])["rows"].clone();
    let said: Vec<&str> = rows.as_array().expect("rows").iter().filter_map(|row| row["said"].as_str()).collect();
    let expected = [
        "I confidential accepted",
        "J public proposed",
        "place/A confidential accepted",
        "place/B strictly_confidential accepted",
        "place/C public proposed",
        "place/D public proposed",
        "place/E public proposed",
        "place/F public accepted",
        "place/G public accepted",
        "place/H public accepted",
    ];
    assert_eq!(said, expected);
    assert_eq!(desk.value("select withheld from statement where record = 'place/F'"), "latitude");
}
