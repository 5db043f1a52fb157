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
            "convoy.toml:4: field `from` names the code list `nowhere`, which is not there",
        ),
        (
            "kinds/convoy.toml",
            format!("{kind}type = \"text\"\n{label}[[field]]\nname = \"from\"\ntype = \"text\"\n{label}"),
            "convoy.toml:8: field `from` is there twice",
        ),
        (
            "kinds/convoy.toml",
            format!("{kind}type = \"text\"\n"),
            "convoy.toml:4: field `from` has no label; add label = { en = ",
        ),
        ("kinds/convoy.toml", format!("{kind}type = \"txt\"\n{label}"), "convoy.toml:4: field `from` has the unknown type `txt`"),
        (
            "kinds/convoy.toml",
            format!("{kind}type = \"list\"\n{label}"),
            "convoy.toml:4: field `from` is a list, but does not say of which parts; add parts = [",
        ),
        ("kinds/convoy.toml", "time = event".into(), "convoy.toml:1:"),
        (
            "codes/modality.csv",
            "code,en,fr,ar,category,status\ntrain,Train,,,,active\ntrain,Train,,,,active\n".into(),
            "modality.csv:3: code `train` is there twice",
        ),
        ("codes/modality.csv", "code,en,klingon\n".into(), "modality.csv:1: has the column `klingon`; expected code"),
        ("codes/modality.csv", "en,fr\n".into(), "modality.csv:1: has no column `code`"),
        ("codes/modality.csv", "code,en,parent\na,A,b\nb,B,a\n".into(), "modality.csv:2: code `a` is a part of itself"),
        ("codes/it's.csv", "code,en\n".into(), "it's.csv: is called so that no field can name it"),
        ("kinds/it's.toml", format!("{kind}type = \"text\"\n{label}"), "it's.toml:1: the kind is called `it's`"),
        (
            "kinds/select.toml",
            format!("{kind}type = \"text\"\n{label}"),
            "select.toml:1: the kind is called `select`, which is a word of SQL; give it another name, or add view = \"select_record\"",
        ),
        (
            "kinds/convoy.toml",
            format!("view = \"order\"\n{kind}type = \"text\"\n{label}"),
            "convoy.toml:1: its view is called `order`, which is a word of SQL",
        ),
        (
            "kinds/convoy.toml",
            format!("{kind}type = \"records\"\nof = \"actor\"\nview = \"group\"\n{label}"),
            "w/model/kinds/convoy.toml:4: view name `group` is a word of SQL",
        ),
        (
            "kinds/convoy.toml",
            format!("view = \"a b\"\n{kind}type = \"text\"\n{label}"),
            "convoy.toml:1: its view is called `a b`",
        ),
        (
            "kinds/convoy.toml",
            format!("time = \"event\"\ngroup = \"a b\"\n{label}[[field]]\nname = \"from\"\ntype = \"text\"\n{label}"),
            "convoy.toml:2: its group is called `a b`",
        ),
        (
            "kinds/code.toml",
            format!("{kind}type = \"text\"\n{label}"),
            "code.toml:1: has the view `code`, which is there already",
        ),
        (
            "kinds/convoy.toml",
            format!("{kind}type = \"records\"\nof = \"actor\"\nview = \"actor\"\n{label}"),
            "convoy.toml:5: has the view `actor`, which is there already",
        ),
        (
            "kinds/aa.toml",
            format!("{kind}type = \"records\"\nof = \"actor\"\nview = \"actor\"\n{label}"),
            "w/model/kinds/aa.toml:5: has the view `actor`, which is there already",
        ),
        (
            "kinds/convoy.toml",
            format!("title = \"name\"\n{kind}type = \"text\"\n{label}"),
            "convoy.toml:1: title names the field `name`, which the kind does not have",
        ),
        (
            "kinds/convoy.toml",
            format!("{kind}type = \"text\"\n{label}[stages]\nfield = \"from\"\nopen = []\n"),
            "convoy.toml:8: stages name the field `from`, which is no code",
        ),
        (
            "kinds/convoy.toml",
            format!("{kind}type = \"text\"\n{label}[[field]]\nname = \"source\"\ntype = \"text\"\n{label}"),
            "w/model/kinds/convoy.toml:9: field `source` has the name of something that every statement has",
        ),
        (
            "kinds/convoy.toml",
            format!("{kind}type = \"records\"\nof = [\"actor\", \"ship\"]\n{label}"),
            "w/model/kinds/convoy.toml:5: field `from` refers to the kind `ship`, which is not there",
        ),
        (
            "kinds/convoy.toml",
            format!("{kind}type = \"code\"\nlist = \"modality\"\n{label}[stages]\nfield = \"from\"\nopen = [\"nothing\"]\n"),
            "convoy.toml:9: stages name the code `nothing`, which the list modality does not have; it has ",
        ),
        (
            "kinds/convoy.toml",
            "time = \"event\"\nlabel = \"Convoy\"\n".into(),
            "convoy.toml:2: invalid type: string \"Convoy\", expected a name by language: { en = ",
        ),
        (
            "kinds/convoy.toml",
            format!("adds = true\n[[field]]\nname = \"from\"\ntype = \"text\"\n{label}"),
            "convoy.toml:1: adds = true adds to a kind that Remit brings, and it brings no `convoy`",
        ),
        ("statement.toml", "[[field]]\nname = \"source\"\n".into(), "statement.toml:1: missing field `type`"),
        ("languages.toml", "[[language]]\ncode = \"en\"\n".into(), "languages.toml:1: the language `en` lacks `name`"),
        (
            "crosswalk/aid_type.csv",
            "code,modality,reason\nD01,nothing,because\n".into(),
            "aid_type.csv:2: `nothing` is not a code of the list `modality`",
        ),
        (
            "codes/lists.csv",
            "list,title_uk\nmade_up,Made up\n".into(),
            "title_fr, title_ar; if `uk` is a language, add it to model/languages.toml",
        ),
        ("codes/actor_class.csv", "code,en\nmade_up,Made-up class\n".into(), "w/model/codes/actor_class.csv: lacks the code `"),
    ] {
        let desk = Desk::new();
        desk.file(&format!("w/model/{name}"), content);
        let (code, said) = desk.fails(&["ask", &desk.workspace()]);
        assert_eq!(code, 1);
        assert!(said.contains(expected), "{said}");
    }
}

/// A slip that is passed over in silence is worse than one that stops: nobody would find out why a kind stands in no group, a number is
/// not added up, a heading is not known, a label not shown.
#[test]
fn a_slip_in_a_model_file_is_told_with_its_line_and_what_was_meant() {
    let label = "label = { en = \"Made-up\" }\n";
    let kind = |head: &str, field: &str| {
        format!(
            "time = \"event\"\n{head}{label}[[field]]\nname = \"held\"\n{field}{label}[[field]]\nname = \"state\"\ntype = \"code\"\nlist = \"reform_status\"\n{label}"
        )
    };
    let (text, stages) = ("type = \"text\"\n", "[stages]\nfield = \"state\"\nopen = [\"1\"]\n");
    let list = |column: &str| format!("code,en,category,status\n{column}\n");
    for (name, content, line, meant) in [
        ("kinds/meeting.toml", kind("group = \"suport\"\n", text), 2, "support"),
        ("kinds/meeting.toml", kind("grup = \"support\"\n", text), 2, "group"),
        ("kinds/meeting.toml", kind("title = \"helt\"\n", text), 2, "held"),
        ("kinds/meeting.toml", kind("record = \"helt\"\n", text), 2, "held"),
        ("kinds/meeting.toml", kind("part_of = \"activty\"\n", text), 2, "activity"),
        ("kinds/meeting.toml", kind("", "type = \"record\"\nof = \"acter\"\n"), 4, "actor"),
        ("kinds/meeting.toml", kind("", "type = \"texst\"\n"), 3, "text"),
        ("kinds/meeting.toml", kind("", "type = \"code\"\nlist = \"reform_statis\"\n"), 3, "reform_status"),
        ("kinds/meeting.toml", kind("", "type = \"integer\"\nunit = \"peple\"\n"), 3, "people"),
        ("kinds/meeting.toml", kind("", "type = \"text\"\nhelp = { en = \"Made-up\", frr = \"Inventé\" }\n"), 3, "fr"),
        ("kinds/meeting.toml", kind("", text) + &stages.replace("state", "stat"), 12, "state"),
        ("kinds/meeting.toml", kind("", text) + stages + "due = \"helt\"\n", 12, "held"),
        ("statement.toml", include_str!("../../../../model/statement.toml").replacen("part = ", "prt = ", 1), 13, "part"),
        ("glossary.toml", "[[term]]\ncod = \"x\"\n".into(), 2, "code"),
        ("headings.csv", "text,language,fields\nwho,en,project.suporter\n".into(), 2, "project.supporter"),
        ("codes/sex.csv", list("female,Women,,withdrawm"), 2, "withdrawn"),
        ("codes/retention.csv", list("persn,Person,60,active"), 2, "person"),
        ("crosswalk/aid_type.csv", "code,modality,reason\nD01,advize,because\n".into(), 2, "advise"),
        ("crosswalk/actor_class.csv", "code,security_function,reason\nmilitery,defence,because\n".into(), 2, "military"),
        ("lexicon/actor_class.csv", "phrase,language,code,weight,note\nmade-up army,en,militery,2,\n".into(), 2, "military"),
        // In a language that nobody knows, nobody would look for a word.
        ("lexicon/actor_class.csv", "phrase,language,code,weight,note\narmée inventée,frr,military,2,\n".into(), 2, "fr"),
        ("words/actor_class.csv", "text,language,code,weight\narmée inventée,frr,military,1\n".into(), 2, "fr"),
        ("headings.csv", "text,language,fields\ncorps inventé,frr,actor.name\n".into(), 2, "fr"),
        (
            "phrases/own.csv",
            "phrase,language,ssr,actor_class,security_function,modality,note\narmée inventée,frr,name,military,,,\n".into(),
            2,
            "fr",
        ),
    ] {
        let desk = Desk::new();
        desk.file(&format!("w/model/{name}"), content);
        let (_, said) = desk.fails(&["ask", &desk.workspace()]);
        assert!(said.contains(&format!("w/model/{name}:{line}: ")), "{name} {line} {meant}: {said}");
        assert!(said.contains(&format!("; did you mean `{meant}`?")), "{name} {line} {meant}: {said}");
    }
}

#[test]
fn what_a_model_file_says_of_months_and_dates_is_read_or_refused() {
    let statement = include_str!("../../../../model/statement.toml").replacen("past = true", "past = \"yes\"", 1);
    for (name, content, expected) in [
        (
            "codes/retention.csv",
            "code,en,category\nperson,Person,6o\n".to_owned(),
            "retention.csv:2: `person` is kept for `6o` months",
        ),
        ("statement.toml", statement, " is true or false, without quotes"),
        (
            "statement.toml",
            "[[field]]\nname = \"valid_from\"\ntype = \"text\"\npart = \"dates\"\nlabel = { en = \"Since\" }\n".into(),
            "w/model/statement.toml:2: `valid_from` is a part of every statement, and its `type` stays as Remit has it",
        ),
        (
            "statement.toml",
            "[[field]]\nname = \"grade\"\ntype = \"text\"\npart = \"source\"\nlabel = { en = \"Grade\" }\n".into(),
            "w/model/statement.toml:2: field `grade` has the name of a column that every view or the history has",
        ),
        (
            "statement.toml",
            "[[field]]\nname = \"note\"\ntype = \"text\"\npart = \"source\"\nlabel = { en = \"Note\" }\n".into(),
            "w/model/statement.toml:2: field `note` has the name of a field of the kind `actor`",
        ),
        (
            "statement.toml",
            "[[field]]\nname = \"author\"\ntype = \"text\"\npart = \"source\"\nlabel = { en = \"Author\" }\n".into(),
            "w/model/statement.toml:2: `author` is a part of every statement, and its `part` stays as Remit has it",
        ),
        (
            "statement.toml",
            "[[field]]\nname = \"informant\"\ntype = \"text\"\npart = \"source\"\nmarking = \"confidential\"\nlabel = { en = \"Informant\" }\n"
                .into(),
            "`informant` is a part of every statement, and as confidential as that: it has no `marking` of its own",
        ),
        (
            "statement.toml",
            "[[field]]\nname = \"copies\"\ntype = \"integer\"\npart = \"source\"\nlabel = { en = \"Copies\" }\n".into(),
            "w/model/statement.toml:1: `copies` has the type `integer`, and what every statement carries is kept as it is written",
        ),
        (
            "statement.toml",
            "[[field]]\nname = \"circle\"\ntype = \"text\"\npart = \"status\"\ndecides = true\nlabel = { en = \"Circle\" }\n".into(),
            "w/model/statement.toml:2: `circle` cannot decide who sees a statement",
        ),
        (
            "crosswalk/mission_country.csv",
            "mission,country,from,to\nUNTSO,IL,spring,\n".into(),
            "mission_country.csv:2: `spring` is no date; write 2019",
        ),
        (
            "codes/lists.csv",
            "list,title_en,own\nconvoy_sort,Made-up,Yes!\n".into(),
            "lists.csv:2: has `Yes!` in the column `own`; use yes, no",
        ),
    ] {
        let desk = Desk::new();
        desk.file(&format!("w/model/{name}"), content);
        let (_, said) = desk.fails(&["ask", &desk.workspace()]);
        assert!(said.contains(expected), "{said}");
    }
}

/// Who adds a field to every statement writes that field: what Remit has stays, also what a later version brings.
#[test]
fn a_file_of_the_envelope_has_what_a_workspace_adds() {
    let desk = Desk::new();
    let field = |name: &str, label: &str| {
        format!("[[field]]\nname = \"{name}\"\ntype = \"text\"\npart = \"source\"\nlabel = {{ en = \"{label}\" }}\n")
    };
    desk.file("w/model/statement.toml", field("desk", "Made-up desk") + &field("source", "Made-up name of the source"));
    desk.add(&[json!({"kind": "actor", "record": "a", "fields": {"name": "Made-up Army"}, "valid_from": "2019",
        "source": "Made-up list", "desk": "north"})]);
    let said = desk.value("select desk || ' ' || source || ' ' || valid_from from actor_statement");
    assert_eq!(said, json!("north Made-up list 2019"));
    let page = desk.serve().get("/edit/actor").2;
    assert!(page.contains("Made-up name of the source") && page.contains("Made-up desk"), "{page}");
}

#[test]
fn a_question_in_a_language_that_there_is_not_is_told() {
    let desk = Desk::new();
    desk.file("w/questions/convoys.sql", "-- title = { en = \"Convoys\", frr = \"Convois\" }\nselect 1 as n\n");
    let (_, said) = desk.fails(&["ask", &desk.workspace(), "convoys"]);
    assert!(
        said.contains("convoys.sql:1: its title is in `frr`, which is no language") && said.contains("did you mean `fr`?"),
        "{said}"
    );
}

/// Nobody would find out by looking why a kind or a question is not there.
#[test]
fn a_file_where_nothing_reads_it_is_told_with_where_it_belongs() {
    let desk = Desk::new();
    let workspace = desk.workspace();
    desk.file("w/kinds/pledge.toml", PLEDGE);
    desk.file("w/model/kinds/promise.toml.txt", PLEDGE);
    desk.file("w/pledges.sql", "-- title = { en = \"Pledges\" }\nselect 1 as n\n");
    let right = ["model/kinds/pledge.toml", "model/kinds/promise.toml", "questions/pledges.sql"];
    for command in [&["sql", &workspace, "--views"][..], &["ask", &workspace], &["template", &workspace, "actor"]] {
        let output = desk.run(command);
        assert!(output.status.success(), "a command goes on");
        let said = String::from_utf8_lossy(&output.stderr);
        for right in right {
            assert!(said.contains(&format!("nothing reads a file there; in the workspace it belongs at {right}\n")), "{said}");
        }
    }
    let page = desk.serve().get("/problems").2;
    assert!(page.contains("kinds/pledge.toml: nothing reads a file there") && page.contains(right[2]), "{page}");
    assert!(!page.contains(&workspace), "where the workspace lies is nobody's business");
    desk.file("w/model/kinds/pledge.toml", PLEDGE);
    assert!(desk.ok(&["sql", &workspace, "--views"]).contains("pledge:"));
}

/// Codes that are parts of others stand below them, wherever they are chosen from, and who chooses the whole has its parts.
#[test]
fn codes_are_drawn_below_what_they_are_a_part_of() {
    let desk = Desk::new();
    desk.file("w/model/codes/lists.csv", "list,title_en,own\nconvoy_sort,Sort of convoy,yes\n");
    let list = "code,en,parent\nnight,By night,road\nsea,By sea,\nroad,By road,\ndusk,At dusk,night\n";
    desk.file("w/model/codes/convoy_sort.csv", list);
    let label = "label = { en = \"Made-up\" }\n";
    let sort = format!("[[field]]\nname = \"way\"\ntype = \"code\"\nlist = \"convoy_sort\"\n{label}");
    let kind = format!("time = \"event\"\ntitle = \"title\"\n{label}[[field]]\nname = \"title\"\ntype = \"text\"\n{label}{sort}");
    desk.file("w/model/kinds/convoy.toml", kind);
    for (record, sort) in [("a", "sea"), ("b", "sea"), ("c", "sea"), ("d", "dusk"), ("e", "road")] {
        let title = format!("Made-up convoy {record}");
        desk.add(&[json!({"kind": "convoy", "record": record, "fields": {"title": title, "way": sort}})]);
    }
    desk.file(
        "w/questions/convoys.sql",
        "-- title = { en = \"Convoys\" }\n-- [[parameter]]\n-- name = \"by\"\n-- list = \"convoy_sort\"\n-- label = { en = \"By\" }\n\
         select title, way from convoy where :by in ('', way)\n",
    );
    desk.file("w/questions/columns.toml", "[way]\nlabel = { en = \"Way\" }\nshow = \"code\"\nlist = \"convoy_sort\"\n");
    let server = desk.serve();
    let page = server.get("/records/convoy?way=night").2;
    assert!(page.contains("convoy d</a>") && !page.contains("convoy e</a>"), "a code has its parts: {page}");
    let places = |page: &str, names: [&str; 4]| names.map(|name| page.find(name).unwrap_or_else(|| panic!("{name}: {page}")));
    let page = server.get("/records/convoy").2;
    let values = [
        "value=\"sea\"",
        "value=\"road\"",
        "<li data-depth=\"1\"><label><input type=\"checkbox\" name=\"way\" value=\"night\"",
        "<li data-depth=\"2\"><label><input type=\"checkbox\" name=\"way\" value=\"dusk\"",
    ];
    assert!(places(&page, values).is_sorted(), "{page}");
    for path in ["/edit/convoy", "/ask/convoys"] {
        let page = server.get(path).2;
        let names = [">By sea<", ">By road<", ">\u{2003}By night<", ">\u{2003}\u{2003}At dusk<"];
        assert!(places(&page, names).is_sorted(), "{path}: {page}");
    }
}

/// An office that wants to know more of every statement says so in a file.
#[test]
fn a_field_of_every_statement_is_asked_shown_and_written_by_its_file_alone() {
    let desk = Desk::new();
    let field = |name: &str, part: &str, label: &str| {
        format!("\n[[field]]\nname = \"{name}\"\ntype = \"text\"\npart = \"{part}\"\nlabel = {{ en = \"{label}\" }}\n")
    };
    let own = [field("handled_by", "source", "Handled by"), field("shelf", "status", "Shelf")].concat();
    desk.file("w/model/statement.toml", include_str!("../../../../model/statement.toml").to_owned() + &own);
    let server = desk.serve();
    let form = server.get("/edit/actor").2;
    assert!(form.contains("name=\"handled_by\"") && form.contains("name=\"shelf\""), "{form}");
    let said = [("name", "Made-up Police"), ("source", "Made up"), ("handled_by", "Made-up Desk"), ("shelf", "Made-up Shelf 7")];
    assert_eq!(server.post("/edit/actor", &said).0, 303);
    desk.import(
        "actor.csv",
        "record,name,source,handled_by,shelf\na,Made-up Army,Made up,Another made-up Desk,Made-up Shelf 8\n",
    );
    let all = desk.sql("select handled_by, shelf from actor_statement order by shelf");
    assert_eq!(
        all,
        [
            json!({"handled_by": "Made-up Desk", "shelf": "Made-up Shelf 7"}),
            json!({"handled_by": "Another made-up Desk", "shelf": "Made-up Shelf 8"})
        ]
    );
    let page = server.get("/record/actor?record=a").2;
    assert!(page.contains("Handled by: Another made-up Desk") && page.contains("Shelf: Made-up Shelf 8"), "{page}");
    let file = desk.path("out.csv").display().to_string();
    desk.ok(&["export", &desk.workspace(), &file, "--kind", "actor"]);
    let sheet = std::fs::read_to_string(&file).expect("a sheet");
    assert!(sheet.contains("handled_by") && sheet.contains("Made-up Shelf 7"), "{sheet}");
}

/// What Remit's own questions mean by a name is not what everybody means by it.
#[test]
fn a_column_of_an_own_question_is_called_and_shown_as_its_kind_says() {
    let desk = Desk::new();
    desk.file("w/model/codes/lists.csv", "list,title_en,own\nconvoy_sort,Sort of convoy,yes\n");
    desk.file("w/model/codes/convoy_sort.csv", "code,en\nroad,By road\n");
    let field =
        |name: &str, of: &str, label: &str| format!("[[field]]\nname = \"{name}\"\n{of}\nlabel = {{ en = \"{label}\" }}\n");
    let fields = [
        field("title", "type = \"text\"", "Title"),
        // The kind `document` has a field of this name too, with codes of another list.
        field("sort", "type = \"code\"\nlist = \"convoy_sort\"", "Way of travel"),
    ];
    let head = "label = { en = \"Convoy\" }\ntime = \"event\"\ntitle = \"title\"\nnames = [\"title\"]\n";
    desk.file("w/model/kinds/convoy.toml", head.to_owned() + &fields.concat());
    desk.add(&[json!({"kind": "convoy", "record": "a", "fields": {"title": "Made-up convoy", "sort": "road"}})]);
    let own = "-- title = { en = \"Convoys\" }\nselect title, sort as convoy_sort from convoy\n";
    desk.file("w/questions/convoys.sql", own);
    let page = desk.serve().get("/ask/convoys").2;
    assert!(page.contains("data-column=\"title\">Title<"), "it is no activity: {page}");
    assert!(page.contains(">Way of travel<") && page.contains("By road<"), "{page}");
}

/// An identifier beside the name that it stands for only tells records apart.
#[test]
fn two_columns_of_an_own_question_are_not_called_the_same() {
    let desk = Desk::new();
    desk.file(
        "w/model/kinds/armoury.toml",
        "time = \"state\"\ntitle = \"name\"\nlabel = { en = \"Armoury\", fr = \"Armurerie\" }\n[[field]]\nname = \"name\"\ntype = \"text\"\n\
         label = { en = \"Name\" }\n[[field]]\nname = \"guard\"\ntype = \"record\"\nof = \"actor\"\nlabel = { en = \"Guarded by\" }\n\
         [[field]]\nname = \"owner\"\ntype = \"record\"\nof = \"actor\"\nlabel = { en = \"Kept by\" }\n",
    );
    desk.add(&[
        json!({"kind": "actor", "record": "g", "fields": {"name": "Made-up Guard"}}),
        json!({"kind": "armoury", "record": "a", "fields": {"name": "Made-up armoury", "guard": "g", "owner": "g"}}),
    ]);
    let question = "-- title = { en = \"Armouries\" }\nselect record as armoury, name as armoury_name, guard, guard_name, owner, owner_name from armoury\n";
    desk.file("w/questions/armouries.sql", question);
    let server = desk.serve();
    for (language, heads) in [("en", ["Armoury", "Guarded by"]), ("fr", ["Armurerie", "Guarded by"])] {
        let page = server.get(&format!("/ask/armouries?lang={language}")).2;
        for head in heads {
            assert_eq!(page.matches(&format!(">{head}</th>")).count(), 1, "{head} in {language}: {page}");
        }
        // What several kinds call so is called by nobody's label, and not by the name that programs have for it.
        assert!(!page.contains(">owner</th>"), "{page}");
        assert!(page.contains("Made-up armoury") && page.contains("/record/actor?record=g"), "{page}");
    }
    let file = desk.path("armouries.xlsx").display().to_string();
    desk.ok(&["ask", &desk.workspace(), "armouries", "--xlsx", &file]);
    let heads = remit_sheet::grids(&desk.path("armouries.xlsx"), "", "", &remit_model::Model::load(None).expect("the model"))
        .expect("a workbook");
    let heads: Vec<&str> = heads[0].rows.iter().flat_map(|(_, cells)| cells).map(|cell| cell.trim()).take(4).collect();
    assert_eq!(heads, ["Armoury (identifier)", "Armoury", "Guarded by (identifier)", "Guarded by"]);
}

/// A copy of the whole table would be wrong as soon as a newer version of Remit has one list more.
#[test]
fn a_list_is_added_by_its_own_line() {
    let desk = Desk::new();
    desk.file(
        "w/model/codes/lists.csv",
        "list,title_en,title_fr,own\nconvoy_sort,Sort of convoy,Type de convoi,yes\nsex,Sex or both,,yes\n",
    );
    desk.file("w/model/codes/convoy_sort.csv", "code,en,fr,parent\nroad,By road,Par la route,\nnight,By night,De nuit,road\n");
    let names = desk.sql("select code, fr, parent from code where list = 'convoy_sort' order by position");
    assert_eq!(
        names,
        [
            json!({"code": "road", "fr": "Par la route", "parent": ""}),
            json!({"code": "night", "fr": "De nuit", "parent": "road"})
        ]
    );
    assert!(!desk.sql("select code from code where list = 'sex'").is_empty(), "the built-in lists are there as before");
    desk.file("w/model/codes/lists.csv", "list,title_en\nconvoy_sort,\n");
    let (_, said) = desk.fails(&["ask", &desk.workspace()]);
    assert!(said.contains("lists.csv:2: list `convoy_sort` has no title"), "{said}");
}

/// An office that works in French does not know Arabic.
#[test]
fn an_office_writes_its_own_kinds_and_codes_in_its_own_language() {
    let desk = Desk::new();
    desk.file("w/model/codes/lists.csv", "list,title_fr,own\nconvoy_sort,Type de convoi,yes\n");
    desk.file("w/model/codes/convoy_sort.csv", "code,fr\nroad,Par la route\n");
    desk.file(
        "w/model/kinds/convoy.toml",
        "time = \"event\"\ntitle = \"title\"\nlabel = { fr = \"Convoi\" }\n[[field]]\nname = \"title\"\ntype = \"text\"\n\
         label = { fr = \"Intitulé\" }\n[[field]]\nname = \"way\"\ntype = \"code\"\nlist = \"convoy_sort\"\nlabel = { fr = \"Type\" }\n",
    );
    desk.add(&[json!({"kind": "convoy", "record": "c", "fields": {"title": "Made-up convoy", "way": "Par la route"}})]);
    assert_eq!(desk.sql("select title, way from convoy"), [json!({"title": "Made-up convoy", "way": "road"})]);
    let server = desk.serve();
    for language in ["fr", "en", "ar"] {
        let page = server.get(&format!("/record/convoy?record=c&lang={language}")).2;
        for said in ["Convoi", "Intitulé", "Par la route"] {
            assert!(page.contains(said), "{said} in {language}");
        }
    }
}

/// A copy of the whole file would lack what a newer version of Remit adds to the kind.
#[test]
fn a_workspace_adds_fields_to_a_kind_that_remit_brings() {
    let desk = Desk::new();
    desk.file(
        "w/model/kinds/reform.toml",
        "adds = true\n[[field]]\nname = \"budget_code\"\ntype = \"text\"\nlabel = { en = \"Budget code\" }\n\
         [[computed]]\nname = \"is_coded\"\ntype = \"integer\"\nsql = \"v.budget_code is not null\"\nlabel = { en = \"Coded\" }\n",
    );
    desk.add(&[
        json!({"kind": "reform", "record": "r", "fields": {"title": "Made-up reform", "status": "1", "budget_code": "B-7"}}),
    ]);
    assert_eq!(
        desk.sql("select title, budget_code, is_coded, open from reform"),
        [json!({"title": "Made-up reform", "budget_code": "B-7", "is_coded": 1, "open": 1})]
    );
    assert!(desk.serve().get("/record/reform?record=r").2.contains("Budget code"));
    assert!(desk.sql("select kind from stage where added = 1").is_empty(), "the kind is one that Remit brings");
    desk.file(
        "w/model/kinds/reform.toml",
        "adds = true\n[[field]]\nname = \"title\"\ntype = \"text\"\nlabel = { en = \"Title\" }\n",
    );
    let (_, said) = desk.fails(&["ask", &desk.workspace()]);
    assert!(said.contains("w/model/kinds/reform.toml:3: field `title` is there already"), "{said}");
}

/// A question that is looked at before there is a record must not break by the first one.
#[test]
fn a_view_has_the_same_columns_before_and_after_the_first_statement() {
    let desk = Desk::new();
    let workspace = desk.workspace();
    desk.file("w/model/kinds/pledge.toml", PLEDGE);
    let columns = |kind: &str| {
        let csv = desk.ok(&["sql", &workspace, &format!("select * from {kind}"), "--csv"]);
        csv.lines().next().unwrap_or_default().trim_start_matches('\u{feff}').to_owned()
    };
    let before = ["pledge", "training", "actor"].map(columns);
    assert!(before.iter().all(|c| c.contains(",source,") && c.contains(",statements")), "{before:?}");
    desk.add(&[
        json!({"kind": "pledge", "record": "p", "fields": {"title": "Made-up pledge"}}),
        json!({"kind": "training", "record": "t", "fields": {"course": "Made-up course"}}),
        json!({"kind": "actor", "record": "a", "fields": {"name": "Made-up Police"}}),
    ]);
    assert_eq!(["pledge", "training", "actor"].map(columns), before);
    assert_eq!(desk.value("select statements from pledge"), json!(1));
}

const PLEDGE: &str = "time = \"event\"\ntitle = \"title\"\nlabel = { en = \"Pledge\", fr = \"Promesse\", ar = \"تعهد\" }\n\
    [[field]]\nname = \"title\"\ntype = \"text\"\nlabel = { en = \"Title\", fr = \"Titre\", ar = \"العنوان\" }\n\
    [[field]]\nname = \"pledged_on\"\ntype = \"date\"\nlabel = { en = \"Made on\", fr = \"Faite le\", ar = \"تاريخه\" }\n\
    [[field]]\nname = \"giver\"\ntype = \"record\"\nof = \"actor\"\nlabel = { en = \"Given by\", fr = \"Faite par\", ar = \"من\" }\n\
    [[field]]\nname = \"beneficiary\"\ntype = \"code\"\nlist = \"actor_class\"\nlabel = { en = \"For\", fr = \"Pour\", ar = \"لـ\" }\n";

/// A desk with a kind of its own, a record of it, and a question about it.
fn desk_with_pledges(heading: &str) -> Desk {
    let desk = Desk::new();
    desk.file("w/model/kinds/pledge.toml", PLEDGE);
    desk.file(
        "w/questions/pledges.sql",
        format!(
            "-- title = {{ en = \"Pledges\" }}\n{heading}select record as pledge, title as pledge_title, pledged_on, giver, giver_name, \
             beneficiary, 3 as n\nfrom pledge\n"
        ),
    );
    desk.add(&[json!({"kind": "actor", "record": "a", "fields": {"name": "Made-up Donor"}})]);
    desk.add(&[json!({"kind": "pledge", "record": "p", "fields":
        {"title": "Made-up pledge", "pledged_on": "2021-03", "giver": "a", "beneficiary": "police"}})]);
    desk
}

#[test]
fn the_columns_of_a_question_look_as_the_fields_of_a_kind_that_was_added() {
    let desk = desk_with_pledges("");
    let page = desk.serve().get("/ask/pledges?lang=fr").2;
    for said in ["Promesse", "Faite le", "Faite par", "Pour", "mars\u{a0}2021", "Police et gendarmerie"] {
        assert!(page.contains(said), "{said}");
    }
    for link in ["/record/pledge?record=p", "/record/actor?record=a"] {
        assert!(page.contains(link), "{link}");
    }
    assert!(!page.contains("pledged on") && !page.contains(">police<"), "neither a bare name of a column nor a code");
}

/// A kind that Remit does not know brings its dates with it.
#[test]
fn the_dates_of_a_kind_that_was_added_are_dates() {
    let desk = desk_with_pledges("");
    desk.add(&[json!({"kind": "pledge", "record": "q", "fields": {"title": "Made-up pledge of no day"}})]);
    let undated: Vec<_> = desk.ask("undated", &["--kind", "pledge"]).into_iter().map(|row| row["record"].clone()).collect();
    assert_eq!(undated, [json!("q")]);
}

/// Who adds a kind about persons need not think of a list for what is kept of them to come up for erasure.
#[test]
fn a_kind_about_persons_that_was_added_is_due_for_erasure() {
    let desk = Desk::new();
    desk.file("w/model/kinds/pledge.toml", format!("personal = true\n{PLEDGE}"));
    let made = json!({"kind": "pledge", "record": "p", "fields": {"title": "Made-up pledge", "pledged_on": "2015-03"}});
    desk.add(&[made]);
    let due = |day: &str| {
        let rows = desk.json(&["ask", &desk.workspace(), "retention", "--json", "--valid-on", day])["rows"].clone();
        rows.as_array().expect("rows").iter().map(|row| (row["kind"].clone(), row["due"].clone())).collect::<Vec<_>>()
    };
    assert!(due("2020-03-30").is_empty());
    assert_eq!(due("2020-04-01"), [(json!("pledge"), json!("2020-03-31"))]);
    // The workspace's own months go before.
    desk.file("w/model/codes/retention.csv", "code,en,category\npledge,Pledge,120\n");
    assert!(due("2020-04-01").is_empty());
    assert_eq!(desk.value("select count(*) from kind_field where kind = 'pledge' and personal = 1 and added = 1"), json!(4));
}

#[test]
fn words_where_a_picture_has_numbers_or_dates_are_an_error_with_file_and_line() {
    let draw = "-- [[draw]]\n-- form = \"bars\"\n-- label = \"pledge_title\"\n-- value = \"giver_name\"\n";
    let desk = desk_with_pledges(draw);
    let fault = "pledges.sql:5: a picture is made of the numbers in the column `giver_name`, which has “Made-up Donor” in it";
    let (_, said) = desk.fails(&["ask", &desk.workspace(), "pledges"]);
    assert!(said.contains(fault), "{said}");
    let server = desk.serve();
    for (language, told) in [("en", "This picture cannot be drawn"), ("fr", "ne peut être dessinée")] {
        let (status, _, page) = server.get(&format!("/ask/pledges?lang={language}"));
        assert_eq!(status, 200);
        assert!(page.contains(fault) && page.contains(told) && page.contains("Made-up pledge"), "the rows stay: {page}");
        assert!(!page.contains("<svg class=\"chart"), "nothing is drawn");
    }
    let lanes =
        "-- [[draw]]\n-- form = \"timeline\"\n-- label = \"giver_name\"\n-- start = \"pledge_title\"\n-- end = \"pledged_on\"\n";
    let (_, said) = {
        let d = desk_with_pledges(lanes);
        d.fails(&["ask", &d.workspace(), "pledges"])
    };
    assert!(said.contains("pledges.sql:5: a picture is made of the dates in the column `pledge_title`"), "{said}");
    let right = "-- [[draw]]\n-- form = \"bars\"\n-- label = \"giver_name\"\n-- value = \"n\"\n";
    assert_eq!(desk_with_pledges(right).ask("pledges", &[]).len(), 1);
}

#[test]
fn a_kind_and_a_question_are_added_by_adding_files() {
    let desk = Desk::new();
    desk.file(
        "w/model/kinds/convoy.toml",
        "time = \"event\"\nlabel = { en = \"Convoy\", fr = \"Convoi\", ar = \"قافلة\" }\n[[field]]\nname = \"vehicles\"\ntype = \"integer\"\nlabel = { en = \"Vehicles\", fr = \"Véhicules\", ar = \"مركبات\" }\n",
    );
    desk.file("w/questions/convoys.sql", "-- title = { en = \"Convoys\" }\n-- [[parameter]]\n-- name = \"least\"\n-- label = { en = \"At least\" }\n-- default = \"0\"\nselect vehicles from convoy where vehicles >= cast(:least as integer)\n");
    desk.file(
        "convoys.toml",
        "[dataset]\nname = \"convoys\"\n[[record]]\nkind = \"convoy\"\n[record.fields]\nvehicles = { column = \"n\" }\n",
    );
    desk.import("convoys.csv", "n\n3\n12\n");
    assert_eq!(desk.ask("convoys", &["--least", "5"]), [json!({"vehicles": 12})]);
}

#[test]
fn a_question_with_a_fault_keeps_no_other_from_being_asked() {
    let desk = Desk::new();
    desk.file("w/questions/faulty.sql", "-- a path that is no heading\nselect 1\n");
    desk.file("w/questions/sound.sql", "-- title = { en = \"Sound\" }\nselect 1 as items\n");
    let asked = desk.run(&["ask", &desk.workspace(), "sound", "--json"]);
    assert!(asked.status.success(), "{}", String::from_utf8_lossy(&asked.stderr));
    assert!(String::from_utf8_lossy(&asked.stderr).contains("faulty.sql"), "what is left out is said");
    let (_, why) = desk.fails(&["ask", &desk.workspace(), "faulty"]);
    assert!(why.contains("faulty.sql"), "{why}");
}

#[test]
fn a_file_that_somebody_may_have_worked_in_is_not_written_over() {
    let desk = Desk::new();
    let theirs = desk.file("actor.xlsx", "filled in by hand");
    let (workspace, file) = (desk.workspace(), theirs.clone());
    for command in [
        vec!["export", &workspace, &file],
        vec!["template", &workspace, "actor", "-o", &file],
        vec!["report", &workspace, "brief", "-o", &file],
        vec!["templates", &workspace, "brief", "-o", &file],
    ] {
        let (code, why) = desk.fails(&command);
        assert!(code == 2 && why.contains("is there already") && why.contains("--overwrite"), "{command:?}: {why}");
        assert_eq!(std::fs::read_to_string(&theirs).unwrap(), "filled in by hand");
    }
    desk.ok(&["export", &workspace, &file, "--overwrite"]);
    assert!(std::fs::read(&theirs).unwrap().starts_with(b"PK"));
}

#[test]
fn a_fourth_language_is_added_by_adding_files() {
    let desk = Desk::new();
    let ukrainian = "[[language]]\ncode = \"uk\"\nname = \"Українська\"\ndirection = \"ltr\"\ndigits = \"0123456789\"\n\
        group = \"\u{a0}\"\ndecimal = \",\"\nminus = \"−\"\npercent = \"{n} %\"\nlist = \", \"\nclause = \"; \"\n\
        date = \"{d} {m} {y}\"\nmonth = \"{m} {y}\"\nmonths = [\"січ.\", \"лют.\", \"бер.\", \"квіт.\", \"трав.\", \"черв.\", \
        \"лип.\", \"серп.\", \"вер.\", \"жовт.\", \"лист.\", \"груд.\"]\nmagnitudes = [\"тис.\", \"млн\", \"млрд\"]\n\
        parenthesis = \"({text})\"\n";
    desk.file("w/model/languages.toml", ukrainian);
    desk.file("w/model/codes/sex.csv", "code,en,uk\nfemale,Female,Жінки\nmale,Male,\n");
    assert_eq!(
        desk.sql("select code, uk, fr from code where list = 'sex' order by position"),
        [json!({"code": "female", "uk": "Жінки", "fr": "Female"}), json!({"code": "male", "uk": "Male", "fr": "Male"}),]
    );
    let page = desk.serve().get("/?lang=uk").2;
    assert!(page.contains("lang=\"uk\"") && page.contains("Українська"), "a page in Ukrainian");
    assert!(page.contains("Support"), "what has no Ukrainian yet is said in English");
    assert!(desk.serve().get("/?lang=fr").2.contains("lang=\"fr\""), "those that there were are there still");
}

#[test]
fn stages_lists_of_records_and_computed_fields_are_data() {
    let desk = Desk::new();
    let labelled = |name: &str| format!("label = {{ en = \"{name}\", fr = \"{name}\", ar = \"{name}\" }}\n");
    let field = |name: &str, more: &str| format!("[[field]]\nname = \"{name}\"\n{more}{}", labelled(name));
    let kind = format!(
        "time = \"event\"\ntitle = \"title\"\n{}[stages]\nfield = \"status\"\nopen = [\"0\", \"1\"]\ndue = \"due\"\nverify_after_days = 30\n{}{}{}{}{}\
         [[computed]]\nname = \"year_due\"\ntype = \"integer\"\nsql = \"cast(substr(v.due, 1, 4) as integer)\"\n{}",
        labelled("Pledge"),
        field("title", "type = \"text\"\n"),
        field("status", "type = \"code\"\nlist = \"reform_status\"\n"),
        field("due", "type = \"date\"\n"),
        field("by", "type = \"records\"\nof = \"actor\"\nview = \"pledge_by\"\n"),
        field("serves", "type = \"records\"\nof = [\"reform\", \"outcome\"]\nview = \"pledge_serves\"\n"),
        labelled("Year due"),
    );
    desk.file("w/model/kinds/pledge.toml", kind);
    let workspace = desk.workspace();
    for line in [
        json!({"kind": "actor", "record": "a", "fields": {"name": "Made-up Ministry"}}),
        json!({"kind": "actor", "record": "b", "fields": {"name": "Made-up Office"}}),
        json!({"kind": "actor", "record": "c", "fields": {"name": "The Made-up Office"}}),
        json!({"kind": "reform", "record": "r", "fields": {"title": "Made-up reform"}}),
        json!({"kind": "pledge", "record": "p", "fields":
            {"title": "Pledge", "status": "1", "due": "2021-03", "by": ["a", "b"], "serves": ["reform:r"]}}),
        json!({"kind": "pledge", "record": "q", "fields": {"title": "Done", "status": "3", "due": "2020", "by": "c; b"}}),
    ] {
        desk.add(&[line]);
    }
    let day = |sql: &str| desk.json(&["sql", &workspace, sql, "--json", "--valid-on", "2021-06-30"])["rows"].clone();
    assert_eq!(
        day("select record, open, overdue, year_due from pledge order by record"),
        json!([{"record": "p", "open": 1, "overdue": 1, "year_due": 2021}, {"record": "q", "open": 0, "overdue": 0, "year_due": 2020}])
    );
    assert_eq!(
        day("select record, target_kind, target_name from pledge_serves"),
        json!([{"record": "p", "target_kind": "reform", "target_name": "Made-up reform"}])
    );
    let late = desk.json(&["ask", &workspace, "overdue", "--json", "--valid-on", "2021-06-30"])["rows"].clone();
    let told =
        |row: &serde_json::Value| (row["kind"].clone(), row["record"].clone(), row["record_title"].clone(), row["due"].clone());
    let late: Vec<_> = late.as_array().expect("rows").iter().map(told).collect();
    assert_eq!(
        late,
        [(json!("pledge"), json!("p"), json!("Pledge"), json!("2021-03"))],
        "what is overdue knows of a kind that was added"
    );
    let ask =
        |day: &str| desk.json(&["ask", &workspace, "unverified", "--json", "--valid-on", day])["rows"].as_array().map(Vec::len);
    assert_eq!((ask("2100-01-01"), ask("2020-01-01")), (Some(1), Some(0)), "and so does what is due for verification");
    assert_eq!(desk.sql("select kind from stage where added = 1"), [json!({"kind": "pledge"})]);
    assert_eq!(
        desk.sql("select field, type, refers_to, prefix from kind_field where kind = 'pledge' and refers_to <> '' order by 1, 3"),
        [
            json!({"field": "by", "type": "records", "refers_to": "actor", "prefix": ""}),
            json!({"field": "serves", "type": "records", "refers_to": "outcome", "prefix": "outcome:"}),
            json!({"field": "serves", "type": "records", "refers_to": "reform", "prefix": "reform:"}),
        ]
    );
    let promise = format!(
        "time = \"state\"\ntitle = \"title\"\n{}[stages]\nfield = \"status\"\nopen = [\"1\"]\ndue = \"due\"\n{}{}{}",
        labelled("Promise"),
        field("title", "type = \"text\"\n"),
        field("status", "type = \"code\"\nlist = \"reform_status\"\n"),
        field("due", "type = \"date\"\n"),
    );
    desk.file("w/model/kinds/promise.toml", promise);
    let kept = |record: &str, ends: &str| {
        json!({"kind": "promise", "record": record, "valid_from": "2020", "valid_to": ends, "fields":
            {"title": "Made-up promise", "status": "1", "due": "2021-03"}})
    };
    desk.add(&[kept("over", "2021-04"), kept("lasting", "2021-06")]);
    let late = desk.json(&["ask", &workspace, "overdue", "--json", "--valid-on", "2021-06-30"])["rows"].clone();
    let late = late.as_array().expect("rows").iter().filter(|row| row["kind"] == "promise").map(|row| row["record"].clone());
    assert_eq!(late.collect::<Vec<_>>(), [json!("lasting")], "what has ended is no longer to be done");
    let by = "select record, target_name from pledge_by order by record, target_name";
    assert_eq!(day(by).as_array().map(Vec::len), Some(4));
    desk.ok(&["merge", &workspace, "actor", "b", "c"]);
    assert_eq!(
        day(by),
        json!([{"record": "p", "target_name": "Made-up Ministry"}, {"record": "p", "target_name": "Made-up Office"},
            {"record": "q", "target_name": "Made-up Office"}]),
        "two records that became one are named once"
    );
    desk.file("w/model/kinds/spy.toml", format!(
        "time = \"event\"\n{}{}[[computed]]\nname = \"all\"\ntype = \"text\"\nsql = \"(select group_concat(fields) from main.statement)\"\n{}",
        labelled("Spy"), field("note", "type = \"text\"\n"), labelled("All"),
    ));
    let (_, said) = desk.fails(&["ask", &workspace, "unsourced"]);
    assert!(
        said.contains("w/model/kinds/spy.toml:8: the sql of `all` cannot be used") && said.contains("no such table"),
        "{said}"
    );
}

#[test]
fn a_code_stands_for_its_parts_in_stages_and_lists() {
    let desk = Desk::new();
    desk.file("w/model/codes/lists.csv", "list,title_en\nvetting_step,Made-up steps\n");
    let steps = "code,en,parent\npending,Pending,\nasked,Asked,pending\ndone,Done,\ncleared,Cleared,done\n";
    desk.file("w/model/codes/vetting_step.csv", steps);
    let label = "label = { en = \"Made up\", fr = \"Fictif\", ar = \"مختلق\" }\n";
    let field = |name: &str, kind: &str| format!("[[field]]\nname = \"{name}\"\n{kind}\n{label}");
    let kind = format!(
        "time = \"event\"\ntitle = \"title\"\n{label}[stages]\nfield = \"step\"\nopen = [\"pending\"]\ndue = \"due\"\n{}{}{}",
        field("title", "type = \"text\""),
        field("step", "type = \"code\"\nlist = \"vetting_step\""),
        field("due", "type = \"date\""),
    );
    desk.file("w/model/kinds/vetting.toml", kind);
    for (n, step) in ["pending", "asked", "cleared", "cleared"].into_iter().enumerate() {
        let fields = json!({"title": format!("Made-up case {n}"), "step": step, "due": "2020"});
        desk.add(&[json!({"kind": "vetting", "record": format!("v/{n}"), "fields": fields, "source": "Made up"})]);
    }
    assert_eq!(desk.value("select sum(overdue) from vetting where open = 1"), 2);
    let server = desk.serve();
    let found = |step: &str| server.get(&format!("/records/vetting.csv?step={step}")).2.matches("Made-up case ").count();
    assert_eq!(["pending", "asked", "done", "cleared"].map(found), [2, 1, 2, 2]);
    let page = server.get("/records/vetting").2;
    assert!(page.contains("name=\"step\" value=\"pending\"") && page.contains("name=\"step\" value=\"done\""), "{page}");
}

#[test]
fn what_is_computed_in_a_circle_is_told_with_file_and_line() {
    let desk = Desk::new();
    let label = "label = { en = \"Made up\", fr = \"Fictif\", ar = \"مختلق\" }\n";
    let kind = format!("time = \"event\"\ntitle = \"title\"\n{label}[[field]]\nname = \"title\"\ntype = \"text\"\n{label}");
    let computed = |name: &str, sql: &str| format!("[[computed]]\nname = \"{name}\"\ntype = \"text\"\nsql = \"{sql}\"\n{label}");
    for (first, second, why) in [
        ("v.other", "v.own", "it reads what is computed itself (no such column: v.other)"),
        ("(select count(*) from convoy)", "1", "it reads the view `convoy`, in which it stands itself"),
    ] {
        desk.file("w/model/kinds/convoy.toml", format!("{kind}{}{}", computed("own", first), computed("other", second)));
        let (_, said) = desk.fails(&["sql", &desk.workspace(), "select title from convoy"]);
        assert!(said.contains("w/model/kinds/convoy.toml:9: the sql of `own` cannot be used") && said.contains(why), "{said}");
    }
    desk.file("w/model/kinds/convoy.toml", format!("{kind}{}", computed("own", "upper(v.title)")));
    desk.add(&[json!({"kind": "convoy", "record": "c/1", "fields": {"title": "Made up"}, "source": "Made up"})]);
    assert_eq!(desk.value("select own from convoy"), "MADE UP");
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
