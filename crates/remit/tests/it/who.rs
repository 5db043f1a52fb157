//! Who is who in sheets, and what a sheet leaves out. All rows are made up.

use crate::desk::Desk;
use serde_json::{Value, json};

fn import(desk: &Desk, name: &str, mapping: &str, rows: &str) -> Value {
    desk.file(&format!("{name}.toml"), mapping);
    let file = desk.file(&format!("{name}.csv"), rows);
    desk.json(&["import", &desk.workspace(), &file, "--json"])["sheets"][0].clone()
}

const POSTINGS: &str = r#"
[[record]]
kind = "person"
[record.fields]
name = { column = "Name" }
names = { column = "Aliases", split = ";" }
country = { column = "Country" }
[[record]]
kind = "actor"
as = "unit"
[record.fields]
name = { column = "Unit" }
country = { column = "Country" }
[[record]]
kind = "posting"
[record.fields]
person = { record = "person" }
actor = { record = "unit" }
role = { value = "Commander" }
first_cited = { column = "Seen" }
"#;

#[test]
fn a_person_is_known_by_the_own_name_whatever_the_order_of_rows() {
    let rows = ["M. Y. Made-up,Madeup;Made-up,NG,Made-up 7 Division,2014", "Made-up,,NG,Made-up 26 Battalion,2007"];
    for order in [[rows[0], rows[1]], [rows[1], rows[0]]] {
        let desk = Desk::new();
        import(&desk, "people", POSTINGS, &format!("Name,Aliases,Country,Unit,Seen\n{}\n", order.join("\n")));
        let sql =
            "select p.name as person, s.actor from posting_statement s join person p on p.record = s.person order by p.name";
        let seen = desk.json(&["sql", &desk.workspace(), sql, "--json", "--clearance", "strictly_confidential"]);
        assert_eq!(
            seen["rows"],
            json!([
                {"person": "M. Y. Made-up", "actor": "ng/made-up-7-division"},
                {"person": "Made-up", "actor": "ng/made-up-26-battalion"}
            ]),
            "{order:?}"
        );
    }
}

/// The words as they stood are kept beside the role, also where the mapping says what they mean.
#[test]
fn the_words_for_a_role_are_kept_also_where_the_mapping_says_what_they_mean() {
    let desk = Desk::new();
    let role = "role = { column = \"As\", aliases = { Obmann = \"chair\" } }";
    let mapping = POSTINGS.replace("role = { value = \"Commander\" }", role);
    let rows = ["Made-up A,Obmann", "Made-up B,Sous-commandant", "Made-up C,commands"]
        .map(|row| row.replace(',', ",,NG,Made-up Guard,2014,"));
    import(&desk, "people", &mapping, &format!("Name,Aliases,Country,Unit,Seen,As\n{}\n", rows.join("\n")));
    let sql = "select person_name, role, role_as_written from posting_statement order by 1";
    let told = desk.json(&["sql", &desk.workspace(), sql, "--json", "--clearance", "strictly_confidential"]);
    let row = |name: &str, role: &str, words: Option<&str>| json!({"person_name": name, "role": role, "role_as_written": words});
    let rows = [
        row("Made-up A", "chair", Some("Obmann")),
        row("Made-up B", "deputy", Some("Sous-commandant")),
        row("Made-up C", "commands", None),
    ];
    assert_eq!(told["rows"], json!(rows));
}

const UNITS: &str = r#"
[[record]]
kind = "actor"
as = "unit"
[record.fields]
name = { column = "Name" }
country = { column = "Country" }
names = { column = "Aliases", split = ";" }
[[record]]
kind = "relation"
when = "Parent"
[record.fields]
subject = { record = "unit" }
relation = { value = "part_of" }
object = { column = "Parent" }
"#;

#[test]
fn another_name_of_a_child_does_not_hide_its_parent() {
    let desk = Desk::new();
    let rows = "Name,Aliases,Country,Parent\nMade-up Service,MS,NG,\nMade-up Service Lagos,Made-up Service,NG,Made-up Service\n\
                Made-up Unit,,NG,MS\n";
    let done = import(&desk, "units", UNITS, rows);
    assert_eq!(
        desk.sql("select subject, object from relation order by subject"),
        [
            json!({"subject": "ng/made-up-service-lagos", "object": "ng/made-up-service"}),
            json!({"subject": "ng/made-up-unit", "object": "ng/made-up-service"})
        ]
    );
    let told = &done["findings"];
    assert_eq!(told.as_array().map(Vec::len), Some(1), "what another name suggested is told: {told}");
    assert_eq!(told[0]["rule"], "likely");
}

#[test]
fn a_record_of_another_country_is_meant_by_its_own_name_and_not_made_twice() {
    for missing in ["", ", missing = \"add\""] {
        let desk = Desk::new();
        let mapping = UNITS.replace("{ column = \"Parent\" }", &format!("{{ column = \"Parent\"{missing} }}"));
        let rows =
            "Name,Aliases,Country,Parent\n1 Made-up Battalion,,NG,Made-up Mission in Darfur\nMade-up Mission in Darfur,,SD,\n";
        let done = import(&desk, "units", &mapping, rows);
        assert_eq!(desk.value("select count(*) from actor"), 2);
        assert_eq!(desk.value("select object from relation"), "sd/made-up-mission-in-darfur");
        assert_eq!(done["findings"][0]["rule"], "likely", "{done}");
    }
}

#[test]
fn a_membership_without_dates_is_recorded_and_what_is_not_used_is_told() {
    let desk = Desk::new();
    let mapping = r#"
[[record]]
kind = "person"
id = "mp/{id}"
[record.fields]
name = { column = "name" }
[[record]]
kind = "actor"
as = "chamber"
[record.fields]
name = { column = "chamber" }
[[record]]
kind = "posting"
[record.fields]
person = { record = "person" }
actor = { record = "chamber" }
role = { value = "Member" }
valid_from = { column = "start" }
"#;
    let rows = "id,name,chamber,start,party\n1,Made-up One,Made-up House,2014-08-04,x\n2,Made-up Two,Made-up House,,y\n,,,,z\n";
    let done = import(&desk, "members", mapping, rows);
    let sql = "select person from posting_statement order by person";
    let seen = desk.json(&["sql", &desk.workspace(), sql, "--json", "--clearance", "strictly_confidential"]);
    assert_eq!(seen["rows"], json!([{"person": "mp/1"}, {"person": "mp/2"}]));
    assert_eq!(done["unused"], json!(["E (party)"]));
    assert_eq!((&done["findings"][0]["row"], &done["findings"][0]["rule"]), (&json!(4), &json!("row")), "{done}");
}

#[test]
fn a_year_of_two_digits_is_refused_and_an_open_end_keeps_the_last_citation() {
    let desk = Desk::new();
    let mapping = "[[record]]\nkind = \"actor\"\n[record.fields]\nname = { column = \"Name\" }\nfirst_cited = { column = \"First\" }\n\
                   last_cited = { column = \"Last\" }\nlast_is = { column = \"Open\", aliases = { Y = \"open\" } }\n";
    let rows = "Name,First,Last,Open\nMade-up Brigade,2007-08-31,2013-07-14,Y\nMade-up Guard,12.03.19,0001-01-01,\n";
    let done = import(&desk, "units", mapping, rows);
    assert_eq!(
        desk.sql("select name, first_cited, last_cited, valid_to from actor_statement order by name"),
        [
            json!({"name": "Made-up Brigade", "first_cited": "2007-08-31", "last_cited": "2013-07-14", "valid_to": null}),
            json!({"name": "Made-up Guard", "first_cited": null, "last_cited": null, "valid_to": null})
        ]
    );
    assert_eq!(done["findings"].as_array().map(Vec::len), Some(2), "{done}");
}

#[test]
fn problems_belong_to_a_file_and_its_mapping() {
    let desk = Desk::new();
    desk.file(
        "units.toml",
        "[[record]]\nkind = \"actor\"\n[record.fields]\nname = { column = \"Name\" }\nclass = { column = \"Class\" }\n",
    );
    let bring = |name: &str, class: &str| {
        let file = desk.file(name, format!("Name,Class\nMade-up {name},{class}\n"));
        let mapping = desk.path("units.toml").display().to_string();
        desk.ok(&["import", &desk.workspace(), &file, "--mapping", &mapping]);
    };
    bring("a.csv", "polis");
    bring("b.csv", "armee");
    let wrong = || desk.sql("select value from problem order by value");
    assert_eq!(wrong(), [json!({"value": "armee"}), json!({"value": "polis"})], "each file has its own");
    bring("a.csv", "police");
    assert_eq!(wrong(), [json!({"value": "armee"})], "what is mended goes");
}

#[test]
fn what_the_mapping_alone_mends_is_listed_no_more() {
    let desk = Desk::new();
    let mapping = |aliases: &str| {
        let class = format!("class = {{ column = \"Class\", aliases = {{ {aliases} }} }}\n");
        desk.file(
            "units.toml",
            format!("[[record]]\nkind = \"actor\"\n[record.fields]\nname = {{ column = \"Name\" }}\n{class}"),
        );
    };
    let file = desk.file("units.csv", "Name,Class\nMade-up Army,army\nMade-up Police,polis\n");
    let problems = || desk.json(&["problems", &desk.workspace(), "--json"])["rows"].as_array().map_or(0, Vec::len);
    mapping("army = \"military\"");
    desk.ok(&["import", &desk.workspace(), &file]);
    assert_eq!(problems(), 1);
    mapping("army = \"military\", polis = \"police\"");
    for _ in 0..2 {
        desk.ok(&["import", &desk.workspace(), &file]);
        assert_eq!((problems(), desk.value("select count(*) from actor where class = 'police'")), (0, json!(1)));
    }
}

#[test]
fn a_sheet_that_two_people_send_at_once_is_recorded_once() {
    let desk = Desk::new();
    let rows: String = (0..300).map(|i| format!("u{i},Made-up unit {i}\n")).collect();
    let file = desk.file("actor.csv", format!("record,name\n{rows}"));
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| desk.ok(&["import", &desk.workspace(), &file]));
        }
    });
    assert_eq!(desk.value("select count(*) from statement"), 300);
}

#[test]
fn sheets_of_a_folder_are_read_in_the_order_of_their_references() {
    let desk = Desk::new();
    desk.file("folder/a-relation.csv", "record,subject,relation,object\nr,Made-up Unit,part_of,Made-up Army\n");
    desk.file("folder/actor.csv", "record,name\nu,Made-up Unit\na,Made-up Army\n");
    desk.ok(&["import", &desk.workspace(), &desk.path("folder").display().to_string()]);
    assert_eq!(desk.value("select object_name from relation"), "Made-up Army");
}

#[test]
fn parts_that_do_not_add_up_to_their_whole_are_told_with_place_and_numbers() {
    let desk = Desk::new();
    // Where one part is not said, the other may be less than all; more it cannot be.
    let rows = "m1,18,6,25\nm2,18,7,25\nm3,18,,25\nm4,26,,25\nm5,18,9,25\nm6,18,6,\n";
    desk.import("training.csv", format!("record,men,women,quantity\n{rows}"));
    desk.import("strength.csv", "record,service,men,women,total\ns1,Made-up Police,90,20,100\n");
    let told = desk.json(&["problems", &desk.workspace(), "--json"])["rows"].clone();
    let told: Vec<String> =
        told.as_array().into_iter().flatten().map(|r| format!("{} {} {}", r["file"], r["line"], r["reason"])).collect();
    let of = |file: &str, line: u32, parts: &str| {
        format!("\"{file}.csv\" {line} \"{parts}: the parts do not add up to the whole; all were kept\"")
    };
    assert_eq!(
        told,
        [
            of("strength", 2, "D (women) 20 + C (men) 90 = 110, and E (total) 100"),
            of("training", 2, "C (women) 6 + B (men) 18 = 24, and D (quantity) 25"),
            of("training", 5, "B (men) 26 = 26, and D (quantity) 25"),
            of("training", 6, "C (women) 9 + B (men) 18 = 27, and D (quantity) 25"),
        ]
    );
    assert_eq!(desk.value("select count(*) from training"), 6, "all are kept");
    assert!(desk.problems().iter().all(|(rule, _)| rule == "parts"));
}

const WITH_PARENTS: &str = r#"
[[record]]
kind = "actor"
as = "unit"
[record.fields]
name = { column = "Unit" }
note = { column = "Note" }
[[record]]
kind = "relation"
when = "Parent"
[record.fields]
subject = { record = "unit" }
relation = { value = "part_of" }
object = { column = "Parent" }
"#;

/// What a row goes on to say of a record that was made one with another is said of that, and so is what refers to it: the record does not come back.
#[test]
fn a_row_about_a_record_that_was_made_one_with_another_speaks_of_that() {
    let desk = Desk::new();
    let rows = |note: &str, more: &str| {
        format!("Unit,Note,Parent\nMade-up First Brigade,one,\nMade-up 1 Bde,{note},\nMade-up Sub,three,Made-up 1 Bde\n{more}")
    };
    let told = |outcome: &Value| ["added", "changed", "unchanged", "conflicts"].map(|n| outcome[n].as_u64().expect("a count"));
    let seen = || {
        let actors = desk.sql("select name, names, note from actor order by name");
        let parents = desk.sql("select subject, object from relation order by 1");
        let all =
            |rows: Vec<Value>| rows.iter().map(|r| r.as_object().unwrap().values().cloned().collect()).collect::<Vec<Value>>();
        (json!([all(actors), all(parents)]), desk.sql("select record from conflict").len())
    };
    import(&desk, "units", WITH_PARENTS, &rows("two", ""));
    let workspace = desk.workspace();
    desk.ok(&["merge", &workspace, "actor", "made-up-first-brigade", "made-up-1-bde"]);
    let as_before = import(&desk, "units", WITH_PARENTS, &rows("two", ""));
    assert_eq!((told(&as_before), &as_before["findings"]), ([0, 0, 4, 0], &json!([])));
    let changed = import(&desk, "units", WITH_PARENTS, &rows("two and a half", "Made-up New,,Made-up 1 Bde\n"));
    assert_eq!(told(&changed), [2, 1, 3, 0]);
    let names = json!([{"name": "Made-up 1 Bde"}]).to_string();
    let after = |note: &str| {
        json!([
            [["Made-up First Brigade", names, note], ["Made-up New", null, null], ["Made-up Sub", null, "three"]],
            [["made-up-new", "made-up-first-brigade"], ["made-up-sub", "made-up-first-brigade"]]
        ])
    };
    assert_eq!(seen(), (after("two and a half"), 0));
    let again = import(&desk, "units", WITH_PARENTS, &rows("two and a half", "Made-up New,,Made-up 1 Bde\n"));
    assert_eq!(told(&again), [0, 0, 6, 0]);
    let twice = import(&desk, "units", WITH_PARENTS, &rows("two and more", "Made-up New,,Made-up 1 Bde\n"));
    assert_eq!((told(&twice), seen()), ([0, 1, 5, 0], (after("two and more"), 0)));
    // By its identifier, in whatever way: a sheet of Remit's own form, and `add`.
    let own = desk.file("relation.csv", "record,subject,relation,object\nr,made-up-1-bde,supports,made-up-new\n");
    let alone = desk.json(&["import", &workspace, &own, "--json"])["sheets"][0].clone();
    assert_eq!(told(&alone)[0], 1, "{alone}");
    assert_eq!(desk.value("select subject from relation where record = 'r'"), json!("made-up-first-brigade"));
    let fields = json!({"name": "Made-up 1 Bde", "identifiers": "wikidata:Q100"});
    desk.add(&[json!({"kind": "actor", "record": "made-up-1-bde", "fields": fields})]);
    let all = desk.sql("select record, identifiers from actor where identifiers is not null or record = 'made-up-1-bde'");
    let identifiers = json!([{"scheme": "wikidata", "identifier": "Q100"}]).to_string();
    assert_eq!(all, [json!({"record": "made-up-first-brigade", "identifiers": identifiers})]);
}

/// Somebody decided who a record is that was made one with another: its own name means who stands, unless a record of the country is called so; and once
/// that is undone the one that it was, while what rows said meanwhile is told.
#[test]
fn the_name_of_a_record_that_was_made_one_with_another_means_that_until_it_is_undone() {
    let (desk, named) = (Desk::new(), "Made-up 1 Bde");
    let actor = |record: &str, name: &str, country: &str| json!({"kind": "actor", "record": record, "fields": {"name": name, "country": country}});
    desk.add(&[actor("a-1", "Made-up First Brigade", "SO"), actor("a-2", named, "SO"), actor("a-3", named, "KE")]);
    let workspace = desk.workspace();
    let merged = desk.json(&["merge", &workspace, "actor", "a-1", "a-2", "--json"]);
    let below = |name: &str, country: &str, of: &str| format!("{name},,{country},{of}\n");
    let first = below("Made-up Sub", "SO", named) + &below("Made-up Other", "KE", named) + &below(named, "SO", "");
    let told = import(&desk, "units", UNITS, &format!("Name,Aliases,Country,Parent\n{first}"));
    assert_eq!(told["findings"], json!([]));
    let actors = || desk.sql("select record from actor order by record").iter().map(|r| r["record"].clone()).collect::<Vec<_>>();
    assert_eq!(actors(), ["a-1", "a-3", "ke/made-up-other", "so/made-up-sub"]);
    let parent = |of: &str| desk.value(&format!("select object from relation where subject = '{of}'"));
    assert_eq!([parent("so/made-up-sub"), parent("ke/made-up-other")], [json!("a-1"), json!("a-3")]);
    let undone = desk.json(&["undo", &workspace, merged["entry"].as_str().expect("an entry"), "--json"]);
    let stays: Vec<_> = undone["meanwhile"].as_array().expect("a list").iter().map(|s| s["kind"].clone()).collect();
    assert!(stays.contains(&json!("relation")), "{undone}");
    import(&desk, "later", UNITS, &format!("Name,Aliases,Country,Parent\n{}", below("Made-up Last", "SO", named)));
    assert_eq!([parent("so/made-up-last"), parent("so/made-up-sub")], [json!("a-2"), json!("a-1")]);
}

/// A form of the browser takes it as a sheet does: the own name of a record that was made one with another means who stands, unless a record of the
/// country is called so, and so does its identifier. Where nothing tells which one is meant, it is asked; and a form that is opened means the same as before.
#[test]
fn a_form_takes_the_name_of_a_record_that_was_made_one_with_another_for_who_stands() {
    let (desk, named) = (Desk::new(), "Made-up 1 Bde");
    let actor = |record: &str, name: &str, country: &str| json!({"kind": "actor", "record": record, "fields": {"name": name, "country": country}});
    desk.add(&[actor("a-1", "Made-up First Brigade", "SO"), actor("a-2", named, "SO"), actor("a-3", named, "KE")]);
    desk.ok(&["merge", &desk.workspace(), "actor", "a-1", "a-2"]);
    let server = desk.serve();
    let needs = |actor: &str, country: &str| {
        let fields = [("actor", actor), ("country", country), ("finding", "Made up"), ("source", "Made-up list")];
        server.post("/edit/need", &fields).0
    };
    let meant = || desk.value("select actor from need order by recorded_at desc limit 1");
    for (typed, country, means) in [(named, "SO", "a-1"), (named, "KE", "a-3"), ("a-2", "SO", "a-1"), ("a-2", "", "a-1")] {
        assert_eq!((needs(typed, country), meant()), (303, json!(means)), "{typed} in {country}");
    }
    assert_eq!(needs(named, ""), 422, "it may be either");
    let (_, _, page) = server.get("/edit/need?actor=a-3");
    assert!(page.contains(r#"name="actor" value="a-3" size="#), "its name alone may mean the other: {page}");
}

/// Whoever has kept the address or the identifier of a record that was made one with another is led to who stands for it, until that is undone.
#[test]
fn the_address_of_a_record_that_was_made_one_with_another_leads_to_who_stands() {
    let desk = Desk::new();
    let actor = |record: &str| json!({"kind": "actor", "record": record, "fields": {"name": format!("Made-up {record}"), "country": "SO"}});
    desk.add(&[actor("one"), actor("two")]);
    let workspace = desk.workspace();
    let merged = desk.json(&["merge", &workspace, "actor", "one", "two", "--json"]);
    let asked = || desk.ok(&["ask", &workspace, "commanders", "--actor", "two", "--json"]);
    assert!(asked().contains("Made-up one"), "{}", asked());
    let server = desk.serve();
    for (from, to) in [("/record/actor", "/record/actor?record=one"), ("/record/actor.json", "/record/actor.json?record=one")] {
        let (status, headers, _) = server.get(&format!("{from}?record=two"));
        assert!(status == 303 && headers.contains(&format!("location: {to}&")), "{status} {headers}");
    }
    assert_eq!(server.get("/record/actor?record=nobody").0, 404);
    desk.ok(&["undo", &workspace, merged["entry"].as_str().expect("an entry")]);
    assert_eq!(server.get("/record/actor?record=two").0, 200);
    assert!(asked().contains("Made-up two"), "{}", asked());
}

/// A merge that was taken back and is done again, by taking the undo back, is a merge like the first: what was said of either meanwhile is said of the one
/// that stands, and who takes it back once more is told what was said since.
#[test]
fn what_was_said_since_a_merge_was_done_again_is_told() {
    let desk = Desk::new();
    let workspace = desk.workspace();
    let actor = |record: &str| json!({"kind": "actor", "record": record, "fields": {"name": format!("Made-up {record}"), "country": "SO"}});
    desk.add(&[actor("one"), actor("two"), actor("three")]);
    let supports = |record: &str, of: &str| json!({"kind": "relation", "record": record, "fields": {"subject": of, "relation": "supports", "object": "three"}});
    let undo = |entry: &Value| desk.json(&["undo", &workspace, entry.as_str().expect("an entry"), "--json"]);
    let told = |undone: &Value| -> Vec<Value> {
        undone["meanwhile"].as_array().expect("a list").iter().map(|s| s["record"].clone()).collect()
    };
    let seen = || json!(desk.sql("select subject as record from relation union all select record from actor order by 1"));
    let rows = |all: &[&str]| all.iter().map(|of| json!({"record": of})).collect::<Value>();
    let merged = desk.json(&["merge", &workspace, "actor", "one", "two", "--json"]);
    let first = undo(&merged["entry"]);
    desk.add(&[
        supports("r1", "two"),
        json!({"kind": "actor", "record": "two", "fields": {"note": "Made up while they were two"}}),
    ]);
    let again = undo(&first["entry"]);
    assert_eq!((told(&first), told(&again), seen()), (vec![], vec![], rows(&["one", "one", "three"])));
    desk.add(&[supports("r2", "one")]);
    let undone = undo(&again["entry"]);
    assert_eq!((told(&undone), seen()), (vec![json!("r2")], rows(&["one", "one", "three", "two", "two"])));
    let nothing = undo(&again["entry"]);
    assert_eq!((&nothing["statements"], &nothing["entry"]), (&json!(0), &Value::Null), "it is taken back already");
}

/// Who makes two records of one again in the browser is told what was said meanwhile, and where it stands.
#[test]
fn what_was_said_of_a_record_before_it_was_two_again_is_told_on_the_page() {
    let desk = Desk::new();
    let actor = |record: &str| json!({"kind": "actor", "record": record, "fields": {"name": format!("Made-up {record}"), "country": "SO"}});
    desk.add(&[actor("one"), actor("two")]);
    let merged = desk.json(&["merge", &desk.workspace(), "actor", "one", "two", "--json"]);
    let post =
        json!({"kind": "relation", "record": "r", "fields": {"subject": "one", "relation": "supports", "object": "three"}});
    desk.add(&[actor("three"), post]);
    let server = desk.serve();
    let (status, headers, _) = server.post("/undo", &[("entry", merged["entry"].as_str().expect("an entry"))]);
    let to = headers.lines().find_map(|line| line.strip_prefix("location: ")).expect("where to go").trim().to_owned();
    assert!(status == 303 && to.starts_with("/history/since"), "{status} {to}");
    let (status, _, page) = server.get(&to);
    assert!(
        status == 200 && page.contains("These are two records again") && page.contains("/record/relation?record=r"),
        "{page}"
    );
    assert!(!server.get("/history").2.contains("These are two records again"));
}
