//! Ways in: sheets as offices keep them. Everything in them is made up.

use crate::desk::{Desk, Server};
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use serde_json::Value;

pub(crate) fn import(desk: &Desk, file: &str) -> Value {
    desk.json(&["import", &desk.workspace(), file, "--json", "--author", "made up"])["sheets"][0].clone()
}

/// What a query gives, a text a row.
pub(crate) fn rows(desk: &Desk, sql: &str) -> Vec<String> {
    let text = |v: &Value| v.as_str().map_or_else(|| v.to_string().replace("null", "-"), str::to_owned);
    let all = desk.sql(sql);
    all.iter().map(|r| r.as_object().unwrap().values().map(text).collect::<Vec<_>>().join("|")).collect()
}

/// Where something could not be used: row, column, rule.
pub(crate) fn told(outcome: &Value) -> Vec<String> {
    let all = outcome["findings"].as_array().unwrap();
    all.iter().map(|f| format!("{} {} {}", f["row"], f["column"].as_str().unwrap(), f["rule"].as_str().unwrap())).collect()
}

/// Saves a workbook of these sheets and returns its path.
pub(crate) fn workbook(desk: &Desk, name: &str, mut sheets: Vec<Worksheet>) -> String {
    let mut book = Workbook::new();
    sheets.drain(..).for_each(|sheet| {
        book.push_worksheet(sheet);
    });
    desk.file(name, book.save_to_buffer().unwrap())
}

/// A sheet of texts.
pub(crate) fn sheet(name: &str, rows: &[&[&str]]) -> Worksheet {
    let mut sheet = Worksheet::new();
    sheet.set_name(name).unwrap();
    for (row, cells) in rows.iter().enumerate() {
        for (column, text) in cells.iter().enumerate().filter(|(_, t)| !t.is_empty()) {
            sheet.write_string(row as u32, column as u16, *text).unwrap();
        }
    }
    sheet
}

#[test]
fn every_date_of_a_column_is_read_where_one_of_them_proves_what_comes_first() {
    let desk = Desk::new();
    let sheet = "No;Unit;Since;Until\n1;A;03/04/2012;mars 2019\n2;B;31/12/2015;T1 2024\n3;C;21 mars 2022;\n4;D;2012-10-07 07:30;\n\
        5;E;١٥/٠٦/٢٠١٥;\n6;F;12.03.2019;\n7;G;10 رمضان 1445;\n8;H;12.03.19;\n9;I;1440-07-05;\n10;J;vers 2013;\n11;K;2019-13-01;\n";
    let file = desk.file("units.csv", sheet);
    desk.file(
        "units.toml",
        "[[record]]\nkind = \"actor\"\nid = \"u/{No}\"\n[record.fields]\nname = { column = \"Unit\" }\nstarts = { column = \"Since\" }\nends = { column = \"Until\" }\n",
    );
    let outcome = import(&desk, &file);
    assert_eq!(
        rows(&desk, "select name, starts, ends from actor order by name"),
        [
            "A|2012-04-03|2019-03",
            "B|2015-12-31|2024-03",
            "C|2022-03-21|-",
            "D|2012-10-07|-",
            "E|2015-06-15|-",
            "F|2019-03-12|-",
            "G|2024-03|-",
            "H|-|-",
            "I|-|-",
            "J|-|-",
            "K|-|-"
        ]
    );
    assert_eq!(
        told(&outcome),
        [
            "3 D (Until) likely",
            "5 C (Since) likely",
            "8 C (Since) likely",
            "9 C (Since) ask",
            "10 C (Since) value",
            "11 C (Since) value",
            "12 C (Since) value"
        ]
    );
}

#[test]
fn a_day_that_nothing_proves_is_asked_and_read_once_it_is_said() {
    let desk = Desk::new();
    let file = desk.file("units.csv", "Unit,Since,Budget year\nA,03/04/2012,2023/24\nB,01/02/2015,2024/25\n");
    let mapping = "[[record]]\nkind = \"actor\"\n[record.fields]\nname = { column = \"Unit\" }\nstarts = { column = \"Since\" }\nends = { column = \"Budget year\" }\n";
    desk.file("units.toml", mapping);
    assert_eq!(told(&import(&desk, &file)).iter().filter(|t| t.ends_with("ask")).count(), 4);
    desk.file("units.toml", format!("order = \"month\"\nyear_begins = 7\n{mapping}"));
    assert_eq!(told(&import(&desk, &file)), [""; 0]);
    assert_eq!(rows(&desk, "select name, starts, ends from actor order by 1"), ["A|2012-03-04|2024-06", "B|2015-01-02|2025-06"]);
}

#[test]
fn numbers_of_any_grouping_are_read_by_what_their_column_proves() {
    let desk = Desk::new();
    desk.import("actor.csv", "record,name\nm,Made-up Ministry\n");
    let file = desk.file(
        "budget_line.csv",
        "record;institution;year;economic_class;money_source;currency;approved;released;spent;source\n\
         a;m;2023;pay;domestic;XOF;1 234 567,50;1 234 567,50;1.234.567;Made-up law\n\
         b;m;2022;pay;domestic;LYD;١٬٢٣٤٬٥٦٧٫٥;١٢٣٤;٩٩٩;Made-up law\n\
         c;m;2021;pay;domestic;XOF;1,234;2.500;1'500;Made-up law\n\
         d;m;2020;pay;domestic;;€ 1,2 m;(300);350k;Made-up law\n",
    );
    let outcome = import(&desk, &file);
    assert_eq!(
        rows(&desk, "select record, approved, released, spent, currency from budget_line order by 1"),
        ["a|1234567.5|1234567.5|1234567|XOF", "b|1234567.5|1234|999|LYD", "c|-|2500|1500|XOF", "d|1200000|-300|350000|EUR"]
    );
    // The column groups its threes, and has two digits behind its comma: what 1,234 is, nobody knows.
    assert_eq!(told(&outcome), ["4 G (approved) ask"]);
}

#[test]
fn an_amount_is_never_recorded_as_one_of_another_currency() {
    let desk = Desk::new();
    desk.import("actor.csv", "record,name\nm,Made-up Ministry\n");
    let file = desk.file(
        "budget_line.csv",
        "record;institution;year;economic_class;money_source;currency;approved;spent;source\n\
         a;m;2021;pay;domestic;USD;1000;€ 900;Made-up law\n\
         b;m;2022;pay;domestic;USD;1000 EUR;900;Made-up law\n\
         c;m;2020;pay;domestic;;1000 EUR;US$ 900;Made-up law\n\
         d;m;2019;pay;domestic;EUR;€ 1000;900 EUR;Made-up law\n",
    );
    let outcome = import(&desk, &file);
    assert_eq!(
        rows(&desk, "select record, currency, approved, spent from budget_line order by 1"),
        ["a|USD|1000|-", "b|USD|-|900", "c|EUR|1000|-", "d|EUR|1000|900"]
    );
    assert_eq!(told(&outcome), ["2 H (spent) ask", "3 G (approved) ask", "4 H (spent) ask"], "{outcome}");
}

#[test]
fn a_number_that_nothing_proves_is_never_guessed() {
    let desk = Desk::new();
    let file = desk.file("places.csv", "Name,Latitude,Longitude\nA,2.500,12.125\nB,3.250,~11\n");
    let mapping = "[[record]]\nkind = \"place\"\n[record.fields]\nname = { column = \"Name\" }\nlatitude = { column = \"Latitude\" }\nlongitude = { column = \"Longitude\" }\n";
    desk.file("places.toml", mapping);
    let first = import(&desk, &file);
    assert_eq!(told(&first), ["2 B (Latitude) ask", "2 C (Longitude) ask", "3 B (Latitude) ask", "3 C (Longitude) value"]);
    desk.file("places.toml", format!("decimal = \".\"\n{mapping}"));
    import(&desk, &file);
    assert_eq!(rows(&desk, "select name, latitude, longitude from place order by 1"), ["A|2.5|12.125", "B|3.25|-"]);
}

#[test]
fn text_of_any_code_page_is_read_as_the_words_that_it_makes() {
    let desk = Desk::new();
    // “Made-up police; made-up service” in Arabic (windows-1256), Ukrainian (1251), Bosnian (1250) and French (1252).
    let sheets: [(&str, &[u8], &str); 4] = [
        ("ar", b"\xC7\xE1\xC7\xD3\xE3\n\xC7\xE1\xD4\xD1\xD8\xC9 \xC7\xE1\xE6\xE5\xE3\xED\xC9\n", "الشرطة الوهمية"),
        ("uk", b"\xCD\xE0\xE7\xE2\xE0\n\xC2\xE8\xE3\xE0\xE4\xE0\xED\xE0 \xEF\xEE\xEB\xB3\xF6\xB3\xFF\n", "Вигадана поліція"),
        ("bs", b"Naziv\nIzmi\x9Aljena slu\x9Eba na\xE8elnika\n", "Izmišljena služba načelnika"),
        ("fr", b"Unit\xE9\nGendarmerie invent\xE9e de l\x92\xC9tat\n", "Gendarmerie inventée de l’État"),
    ];
    for (language, bytes, name) in sheets {
        let file = desk.file(&format!("{language}.csv"), bytes);
        let heading = match language {
            "ar" => "الاسم",
            "uk" => "Назва",
            "bs" => "Naziv",
            _ => "Unité",
        };
        desk.file(
            &format!("{language}.toml"),
            format!("[[record]]\nkind = \"actor\"\nid = \"{language}\"\n[record.fields]\nname = {{ column = \"{heading}\" }}\n"),
        );
        import(&desk, &file);
        assert_eq!(desk.value(&format!("select name from actor where record = '{language}'")), name);
    }
    // What somebody says goes before what is told.
    let file = desk.file("wrong.csv", sheets[0].1);
    desk.file(
        "wrong.toml",
        "encoding = \"windows-1251\"\n[[record]]\nkind = \"actor\"\n[record.fields]\nname = { column = \"الاسم\" }\n",
    );
    assert!(desk.fails(&["import", &desk.workspace(), &file]).1.contains("has no column"));
}

#[test]
fn letters_that_were_guessed_are_told() {
    let desk = Desk::new();
    // “é” as a Mac of long ago writes it, in Unicode, and in a code page that the mapping names.
    let sheets: [(&str, &[u8], &str, usize); 3] = [
        ("mac", b"Name\nMade-up \x8E\n", "", 1),
        ("unicode", "Name\nMade-up é\n".as_bytes(), "", 0),
        ("said", b"Name\nMade-up \xE9\n", "encoding = \"windows-1252\"\n", 0),
    ];
    for (name, bytes, encoding, times) in sheets {
        let file = desk.file(&format!("{name}.csv"), bytes);
        let record = format!("[[record]]\nkind = \"actor\"\nid = \"{name}\"\n[record.fields]\nname = {{ column = \"Name\" }}\n");
        desk.file(&format!("{name}.toml"), format!("{encoding}{record}"));
        let outcome = import(&desk, &file);
        let guesses: Vec<&Value> = outcome["findings"].as_array().unwrap().iter().filter(|f| f["rule"] == "encoding").collect();
        assert_eq!(guesses.len(), times, "{outcome}");
        let reason = |f: &&Value| f["reason"].as_str().unwrap().contains("it was read as windows-125");
        assert!(guesses.iter().all(reason), "{outcome}");
    }
    // A sheet with Remit's own headings.
    let outcome = import(&desk, &desk.file("actor.csv", b"record,name\na,Made-up \xE9\n"));
    assert!(outcome["findings"].as_array().unwrap().iter().any(|f| f["rule"] == "encoding"), "{outcome}");
}

#[test]
fn a_formula_that_nobody_worked_out_is_listed_and_never_empty() {
    let desk = Desk::new();
    let text = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let head =
        ["record", "name", "acronym", "note"].iter().zip(["A1", "B1", "C1", "D1"]).map(|(t, at)| text(at, t)).collect::<String>();
    let row = text("A2", "a") + &text("B2", "Made-up Unit") + "<c r=\"D2\"><f>B2</f></c>";
    let rows_of = format!("<row r=\"1\">{head}</row><row r=\"2\">{row}</row>");
    let outcome = import(&desk, &desk.file("actor.xlsx", crate::door::workbook(&rows_of, "")));
    assert_eq!(told(&outcome), ["2 D (note) cell"]);
    assert!(outcome["findings"][0]["reason"].as_str().unwrap().contains("open the file in Excel"), "{outcome}");
    assert_eq!(rows(&desk, "select name, note from actor"), ["Made-up Unit|-"]);
}

/// A workbook as an office keeps it: a title, two rows of headings, merged cells, ditto marks, a total, a source below, and a
/// second tab that speaks of the first one's units.
fn office(desk: &Desk) -> String {
    let plain = Format::new();
    let mut units = sheet(
        "Unités",
        &[
            &[],
            &[],
            &["Unité", "", "الاسم بالعربية", "Rattachement", "", "Effectif"],
            &["Nom", "Sigle", "", "Tutelle", "Depuis", ""],
            &["Brigade fictive 1", "BF1", "اللواء الوهمي", "Ministère fictif de la Défense", "31/12/2012", "1 250"],
            &["Bataillon fictif 11", "BF11", "", "Brigade fictive 1", "mars 2013", "1 200"],
            &["Bataillon fictif 12", "BF12", "", "〃", "idem", "~400"],
            &[],
            &["Police fictive", "PF", "", "", "2010", "12.500"],
            &["Gendarmerie fictive", "GF", "", "", "n.d.", ""],
            &["TOTAL", "", "", "", "", "15 350"],
            &["Source : rapport annuel fictif 2019"],
        ],
    );
    units.merge_range(0, 0, 0, 5, "Direction des opérations – état au 12/03/2019", &plain).unwrap();
    units.merge_range(2, 0, 2, 1, "Unité", &plain).unwrap();
    units.merge_range(2, 3, 2, 4, "Rattachement", &plain).unwrap();
    units.merge_range(8, 3, 9, 3, "Ministère fictif de l’Intérieur", &plain).unwrap();
    let strength = sheet(
        "Effectifs",
        &[&["Unité", "2019", "2020"], &["Police fictive", "12.500", "n/a"], &["Gendarmerie fictive", "", "3.750"]],
    );
    let file = workbook(desk, "état.xlsx", vec![units, strength, sheet("Notes", &[&["à faire"], &["vérifier"]])]);
    desk.file(
        "état.toml",
        r#"sheet = "Unités"
headings = 2
source = "État fictif 2019"
[[record]]
kind = "actor"
as = "unit"
[record.fields]
name = { column = "Unité – Nom" }
acronym = { column = "Unité – Sigle" }
names = { column = "الاسم بالعربية" }
[[record]]
kind = "relation"
when = "Rattachement – Tutelle"
[record.fields]
subject = { record = "unit" }
relation = { value = "part_of" }
object = { column = "Rattachement – Tutelle", missing = "add" }
first_cited = { column = "Rattachement – Depuis" }
[[also]]
sheet = "Effectifs"
[also.each]
columns = ["2019", "2020"]
heading = "Année"
cell = "Nombre"
[[also.record]]
kind = "strength"
[also.record.fields]
institution = { column = "Unité" }
year = { column = "Année" }
total = { column = "Nombre", decimal = "," }
"#,
    );
    file
}

#[test]
fn a_workbook_is_read_as_people_see_it_and_every_cell_is_accounted_for() {
    let desk = Desk::new();
    let outcome = import(&desk, &office(&desk));
    assert_eq!(
        rows(&desk, "select subject_name, object_name, coalesce(first_cited, '?') from relation_statement order by 1"),
        [
            "Bataillon fictif 11|Brigade fictive 1|2013-03",
            "Bataillon fictif 12|Brigade fictive 1|2013-03",
            "Brigade fictive 1|Ministère fictif de la Défense|2012-12-31",
            "Gendarmerie fictive|Ministère fictif de l’Intérieur|?",
            "Police fictive|Ministère fictif de l’Intérieur|2010",
        ]
    );
    assert_eq!(
        rows(&desk, "select institution_name, year, total, source from strength_statement order by 1, 2"),
        ["Gendarmerie fictive|2020|3750|État fictif 2019", "Police fictive|2019|12500|État fictif 2019"],
        "what is n/a makes no record"
    );
    assert_eq!(told(&outcome), [""; 0]);
    let left: Vec<String> = outcome["left"].as_array().unwrap().iter().map(|f| format!("{} {}", f["row"], f["value"])).collect();
    assert!(left.contains(&"10 \"n.d.\"".to_owned()) && left.contains(&"2 \"n/a\"".to_owned()), "{left:?}");
    let passed = outcome["passed"].as_array().unwrap();
    let passed: Vec<String> = passed.iter().map(|p| format!("{} {}", p["row"], p["why"].as_str().unwrap())).collect();
    assert_eq!(passed, ["1 above", "11 total", "12 note"]);
    assert_eq!(outcome["unused"], serde_json::json!(["Unités: F (Effectif)", "the sheet “Notes”"]));
    assert_eq!((&outcome["filled"], &outcome["rows"]), (&serde_json::json!(3), &serde_json::json!(7)));
}

#[test]
fn a_cell_with_several_answers_makes_a_record_of_each() {
    let desk = Desk::new();
    desk.import("survey.csv", "record,title\ns,Made-up survey\n");
    let file = desk.file("kobo.csv", "service,challenges,_id\nMade-up Police,pay kit,1\nMade-up Army,other,2\n");
    let mapping = "[[record]]\nkind = \"estimate\"\n[record.fields]\nsurvey = { value = \"s\" }\nquestion = { value = \"Challenges\" }\nactor = { column = \"service\", missing = \"add\" }\nanswer = { column = \"challenges\" }\n";
    desk.file("kobo.toml", format!("[split]\nchallenges = \" \"\n{mapping}"));
    import(&desk, &file);
    assert_eq!(
        rows(&desk, "select actor_name, answer from estimate order by 1, 2"),
        ["Made-up Army|other", "Made-up Police|kit", "Made-up Police|pay"]
    );
    // The same where the field says it, and where all answers of a form have its identifier.
    let (by_field, answers) = (Desk::new(), "service,challenges,_id\nMade-up Police,pay kit fuel,1\nMade-up Army,other,2\n");
    by_field.import("survey.csv", "record,title\ns,Made-up survey\n");
    let file = by_field.file("kobo.csv", answers);
    let mapping = mapping.replace("\"challenges\"", "\"challenges\", split = \" \"");
    by_field.file("kobo.toml", mapping.replace("kind = \"estimate\"", "kind = \"estimate\"\nid = \"form-{_id}\""));
    let outcome = import(&by_field, &file);
    assert_eq!(
        rows(&by_field, "select record, actor_name, answer from estimate order by 1"),
        ["form-1|Made-up Police|pay", "form-1/2|Made-up Police|kit", "form-1/3|Made-up Police|fuel", "form-2|Made-up Army|other"]
    );
    assert_eq!(told(&outcome), [""; 0], "{outcome}");
    let again = import(&by_field, &file);
    assert_eq!((&again["added"], &again["changed"]), (&serde_json::json!(0), &serde_json::json!(0)), "{again}");
}

#[test]
fn partners_merged_over_their_rows_are_those_of_each_row() {
    let desk = Desk::new();
    desk.import("actor.csv", "record,name\np,Made-up Partner\nq,Made-up Other Partner\n");
    let mut sheet = sheet(
        "assignment",
        &[
            &["record", "actor", "function", "role", "source"],
            &["", "", "defence", "lead", "g"],
            &["", "", "public_order", "lead", "g"],
            &["", "", "intelligence", "lead", "g"],
            &["", "Made-up Other Partner", "custody", "lead", "g"],
        ],
    );
    sheet.merge_range(1, 1, 3, 1, "Made-up Partner", &Format::new()).unwrap();
    let outcome = import(&desk, &workbook(&desk, "assignment.xlsx", vec![sheet]));
    assert_eq!((&outcome["added"], &outcome["filled"]), (&serde_json::json!(4), &serde_json::json!(2)), "{outcome}");
}

#[test]
fn a_text_that_is_too_long_for_a_cell_is_cut_named_and_whole_when_it_comes_back() {
    let desk = Desk::new();
    let note = "x😀".repeat(20_000);
    desk.add(&[serde_json::json!({ "kind": "actor", "record": "long", "fields": { "name": "Made-up Unit", "note": note } })]);
    let file = desk.path("register.xlsx").display().to_string();
    desk.ok(&["export", &desk.workspace(), &file]);
    let outcome = import(&desk, &file);
    assert_eq!((&outcome["added"], &outcome["changed"], &outcome["unchanged"]), (&0.into(), &0.into(), &1.into()), "{outcome}");
    let text = {
        let mut archive = zip::ZipArchive::new(std::fs::File::open(&file).unwrap()).unwrap();
        std::io::read_to_string(archive.by_name("xl/sharedStrings.xml").unwrap()).unwrap()
    };
    assert!(text.contains("[…cut:") && text.contains(">long<"), "the record is named on a sheet of its own");
}

/// The form of a page as a browser would send it unchanged.
pub(crate) fn form(page: &str, action: &str) -> Vec<(String, String)> {
    let page =
        page.split_once(&format!("action=\"{action}\"")).map_or("", |(_, form)| form.split("</form>").next().unwrap_or_default());
    let attribute = |tag: &str, name: &str| {
        let value = tag.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split('"').next());
        value.map(|v| {
            v.replace("&quot;", "\"")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#38;", "&")
                .replace("&amp;", "&")
        })
    };
    let mut fields = Vec::new();
    for part in page.split('<').skip(1) {
        let tag = part.split('>').next().unwrap_or_default();
        let name = attribute(tag, "name").unwrap_or_default();
        if tag.starts_with("input ") && (!tag.contains("type=\"checkbox\"") || tag.contains(" checked")) {
            fields.push((name, attribute(tag, "value").unwrap_or_default()));
        } else if tag.starts_with("select ") && !tag.contains(" multiple") {
            let options =
                page.split_once(&format!("name=\"{name}\"")).map_or("", |(_, rest)| rest.split("</select>").next().unwrap());
            let chosen = options.split("<option ").skip(1).find(|o| o.split('>').next().unwrap().contains(" selected"));
            let option = chosen.or_else(|| options.split("<option ").nth(1)).unwrap_or_default();
            fields.push((name, attribute(&format!(" {option}"), "value").unwrap_or_default()));
        } else if tag.starts_with("select ") {
            let options =
                page.split_once(&format!("name=\"{name}\"")).map_or("", |(_, rest)| rest.split("</select>").next().unwrap());
            let chosen = options.split("<option ").skip(1).filter(|o| o.split('>').next().unwrap().contains(" selected"));
            fields.extend(chosen.map(|o| (name.clone(), attribute(&format!(" {o}"), "value").unwrap_or_default())));
        }
    }
    fields
}

/// Sends a form with a button pressed and what was changed of it; gives the page that is shown then.
pub(crate) fn press(server: &Server, path: &str, page: &str, go: &str, changed: &[(&str, &str)]) -> String {
    let mut fields = form(page, path);
    for (name, value) in changed {
        fields.retain(|(n, _)| n != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    fields.push(("go".to_owned(), go.to_owned()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let (status, head, body) = server.post(path, &fields);
    let Some(location) = head.lines().find_map(|l| l.strip_prefix("location: ")) else {
        panic!("{status}: {body}");
    };
    server.get(location).2
}

pub(crate) fn uploaded(server: &Server, name: &str, bytes: &[u8]) -> String {
    let (status, head, body) = server.upload("/sheets", name, bytes);
    let Some(location) = head.lines().find_map(|l| l.strip_prefix("location: ")) else {
        panic!("{status}: {body}");
    };
    server.get(location).2
}

pub(crate) fn serve(desk: &Desk) -> Server {
    Server::start(std::path::Path::new(&desk.workspace()), &["--author", "Made-up Adviser"])
}

/// An office's projects, in French.
fn projects(desk: &Desk, title: &str) -> Vec<u8> {
    let mut sheet = sheet(
        "Projets",
        &[
            &[],
            &[],
            &[
                "Intitulé du projet",
                "Bailleur",
                "Bénéficiaire",
                "Pays",
                "Secteur",
                "Date de début",
                "Date de fin",
                "Budget total",
            ],
            &[title, "Bailleur fictif", "Police fictive", "Mali", "Defense", "01/02/2024", "31/12/2025", "1 250 000,50 €"],
            &["Prisons fictives", "〃", "Prison fictive", "Mali", "Custody", "T1 2025", "mars 2026", "2.500 k"],
            &["TOTAL", "", "", "", "", "", "", "3 750 000"],
        ],
    );
    sheet.merge_range(0, 0, 0, 7, "Projets du bureau fictif", &Format::new()).unwrap();
    std::fs::read(workbook(desk, "projets.xlsx", vec![sheet])).unwrap()
}

#[test]
fn an_office_brings_in_its_projects_with_what_the_page_proposes() {
    let desk = Desk::new();
    let server = serve(&desk);
    let page = uploaded(&server, "projets.xlsx", &projects(&desk, "Appui fictif"));
    let said = form(&page, "/sheets/map");
    let value = |name: &str| said.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str());
    assert_eq!((value("r.0.kind"), value("header")), ("project", "3"), "{page}");
    for (field, column) in [
        ("title", "Intitulé du projet"),
        ("supporter", "Bailleur"),
        ("recipient", "Bénéficiaire"),
        ("country", "Pays"),
        ("function", "Secteur"),
        ("starts", "Date de début"),
        ("ends", "Date de fin"),
        ("committed", "Budget total"),
    ] {
        assert_eq!(value(&format!("f.0.{field}.column")), column, "{field}");
    }
    assert_eq!(value("f.0.source.column"), "");
    let page = press(&server, "/sheets/map", &page, "see", &[("source", "Tableau fictif")]);
    assert!(page.contains("Bailleur fictif") && page.contains("Police fictive"), "unknown names are asked about: {page}");
    let page = press(&server, "/sheets/names", &page, "add-all", &[]);
    assert!(!page.contains("action=\"/sheets/names\""), "{page}");
    let page = press(&server, "/sheets/try", &page, "", &[]);
    assert!(page.contains("projets.xlsx: ") && page.contains("action=\"/undo\""), "{page}");
    assert_eq!(
        rows(
            &desk,
            "select title, supporter_name, recipient_name, country, function, starts, ends, committed, currency, source from project order by 1"
        ),
        [
            "Appui fictif|Bailleur fictif|Police fictive|ML|defence|2024-02-01|2025-12-31|1250000.5|EUR|Tableau fictif",
            "Prisons fictives|Bailleur fictif|Prison fictive|ML|custody|2025-01|2026-03|2500000|-|Tableau fictif",
        ]
    );
    let stated = desk.ask("all_support", &["--sign", "stated"]);
    assert_eq!(stated.len(), 2, "{stated:?}");

    // The next file that looks alike needs no more than two presses.
    let page = uploaded(&server, "projets 2.xlsx", &projects(&desk, "Appui fictif"));
    assert_eq!(form(&page, "/sheets/map").iter().find(|(n, _)| n == "mapping").map(|(_, v)| v.as_str()), Some("projets"));
    let page = press(&server, "/sheets/map", &page, "see", &[]);
    assert!(page.contains("Nothing is new or changed."), "{page}");
}

#[test]
fn names_in_a_sheet_with_the_headings_of_remit_are_added_by_one_press() {
    let desk = Desk::new();
    let server = serve(&desk);
    let sheet = "record,institution,year,currency,approved,source\na,Made-up Ministry,2023,XOF,100,Made-up law\n";
    let page = uploaded(&server, "budget_line.csv", sheet.as_bytes());
    assert!(page.contains("Made-up Ministry") && !page.contains("name=\"other.0\""), "{page}");
    let page = press(&server, "/sheets/names", &page, "add-all", &[]);
    assert!(!page.contains("action=\"/sheets/names\""), "{page}");
    press(&server, "/sheets/try", &page, "", &[]);
    assert_eq!(rows(&desk, "select institution_name, approved from budget_line"), ["Made-up Ministry|100"]);
}

#[test]
fn a_sheet_is_no_data_set_without_records_and_a_title_is_no_fault() {
    let desk = Desk::new();
    let server = serve(&desk);
    let sheet = "Made-up list of units\nName,Class\nMade-up Unit,Police\n";
    let page = uploaded(&server, "units.csv", sheet.as_bytes());
    let page = press(&server, "/sheets/map", &page, "see", &[]);
    assert!(page.contains("1 row. Nothing is recorded yet"), "{page}");
    press(&server, "/sheets/try", &page, "", &[]);
    let page = server.get("/data").2;
    assert!(page.contains("units.csv") && !page.contains("0 records"), "{page}");
    let page = server.get("/problems").2;
    assert!(page.contains("1 place in the imported files was not used, or not as it stands"), "{page}");
}

#[test]
fn what_was_chosen_stands_there_when_the_columns_are_changed() {
    let desk = Desk::new();
    let server = serve(&desk);
    let sheet = "Name,Aliases,Class,Parent\nMade-up A,Alpha/Beta,armee,\nMade-up B,,armee,Made-up A\nTOTAL,,,\n";
    let page = uploaded(&server, "fictive.csv", sheet.as_bytes());
    let changed = [
        ("r.0.kind", "actor"),
        ("f.0.names.column", "Aliases"),
        ("f.0.names.long", "yes"),
        ("f.0.names.split", "/"),
        ("f.0.class.column", "Class"),
        ("a.0.class.0.text", "armee"),
        ("a.0.class.0.code", "military"),
        ("fill", "Class"),
        ("order", "day"),
        ("source", "Hand-made"),
    ];
    let page = press(&server, "/sheets/map", &page, "more", &changed);
    let second =
        [("r.1.kind", "relation"), ("f.1.object.column", "Parent"), ("f.1.relation.value", "part_of"), ("r.1.when", "Parent")];
    let page = press(&server, "/sheets/map", &page, "redraw", &second);
    let third = [("f.1.subject.long", "yes"), ("f.1.subject.row", "actor")];
    press(&server, "/sheets/map", &page, "see", &third);
    let mapping = std::fs::read_to_string(desk.path("w/mappings/fictive.toml")).unwrap();
    let location = server.upload("/sheets", "fictive.csv", sheet.as_bytes()).1;
    let location = location.lines().find_map(|l| l.strip_prefix("location: ")).unwrap().to_owned();
    let page = server.get(&format!("{location}&mapping=fictive")).2;
    press(&server, "/sheets/map", &page, "redraw", &[]);
    assert_eq!(std::fs::read_to_string(desk.path("w/mappings/fictive.toml")).unwrap(), mapping, "sent again, it is the same");
    for said in [
        "split = \"/\"",
        "armee = \"military\"",
        "fill = [\"Class\"]",
        "order = \"day\"",
        "record = \"actor\"",
        "when = \"Parent\"",
    ] {
        assert!(mapping.contains(said), "{said}: {mapping}");
    }
}

#[test]
fn other_headings_and_other_sheets_are_chosen_by_pressing() {
    let desk = Desk::new();
    let server = serve(&desk);
    let bytes = std::fs::read(office(&desk)).unwrap();
    let page = uploaded(&server, "autre.xlsx", &bytes);
    assert!(page.contains("Unité – Nom"), "two rows of headings are found: {page}");
    assert!(page.contains("Effectifs") && page.contains("aria-current=\"page\""), "{page}");
    let moved = press(&server, "/sheets/map", &page, "head:4", &[("headings", "1")]);
    let said = form(&moved, "/sheets/map");
    assert!(said.iter().any(|(n, v)| n == "header" && v == "4"), "{moved}");
    assert!(moved.contains(">Sigle</option>") && !moved.contains("Unité – Sigle"), "{moved}");
    let tab = moved.split("href=\"").find(|a| a.starts_with("/sheets/map") && a.contains("tab=Effectifs")).unwrap();
    let tab = tab.split('"').next().unwrap().replace("&amp;", "&").replace("&#38;", "&");
    let page = server.get(&tab).2;
    assert!(form(&page, "/sheets/map").iter().any(|(n, v)| n == "each" && v == "2019"), "years are rows: {page}");
}
