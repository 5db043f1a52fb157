//! Bad input is kept, counted and shown with its place; the rest goes on. All made up.

use crate::desk::{Desk, iati, paid, police, transaction};
use serde_json::json;
use std::io::Write as _;

fn rules(desk: &Desk) -> Vec<String> {
    desk.problems().into_iter().map(|p| p.0).collect()
}

#[test]
fn what_is_no_iati_is_said_so() {
    for (content, rule) in [
        ("{\"result\":[]}", "not_xml"),
        ("", "empty"),
        ("just text", "not_xml"),
        ("<html><body>No such file</body></html>", "not_iati"),
        ("<iati-organisations version=\"2.03\"/>", "organisation_file"),
    ] {
        let desk = Desk::new();
        desk.import("a.xml", content);
        assert_eq!(rules(&desk), [rule], "{content}");
        assert_eq!(desk.value("select count(*) from activity"), json!(0));
    }
}

#[test]
fn version_1_is_read_where_version_2_says_the_same() {
    let desk = Desk::new();
    let old = "<iati-activities version=\"1.05\"><iati-activity default-currency=\"USD\" xml:lang=\"en\">\
        <iati-identifier>OLD-1</iati-identifier><reporting-org ref=\"XX-1\" type=\"10\">Made-up reporter</reporting-org>\
        <title xml:lang=\"fr\">Réforme de la police</title><title xml:lang=\"en\">Police reform</title>\
        <activity-date type=\"start-actual\" iso-date=\"2012-01-01\"/><recipient-country code=\"SO\">Somalia</recipient-country>\
        <sector vocabulary=\"DAC\" code=\"15132\">Police</sector><transaction><transaction-type code=\"D\">Disbursement</transaction-type>\
        <value value-date=\"2012-06-01\">1000</value><transaction-date iso-date=\"2012-06-01\"/></transaction></iati-activity></iati-activities>";
    desk.import("old.xml", old);
    assert_eq!(rules(&desk), ["version_1"]);
    let reason = desk.value("select reason from problem");
    assert!(!reason.as_str().expect("a reason").contains(" 20"), "a year without a source: {reason}");
    let found = desk.sql("select title, starts, coded from activity");
    assert_eq!(found, [json!({"title": "Police reform", "starts": "2012-01-01", "coded": 1})]);
    assert_eq!(desk.value("select disbursed_usd from support where actor_class = 'police'"), json!(1000.0));
}

#[test]
fn an_encoding_that_the_bytes_contradict_is_noticed_and_read() {
    let activity = police("XX-1-A", &paid("2", "1")).replace("Made-up police reform", "Réforme de la police");
    let whole = iati(&[activity]);
    // Says UTF-8, is windows-1252; and the other way round.
    let latin: Vec<u8> = whole.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let claims_latin = whole.replace("<?xml version=\"1.0\"?>", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>");
    for bytes in [latin, claims_latin.into_bytes()] {
        let desk = Desk::new();
        desk.import("a.xml", bytes);
        assert_eq!(desk.value("select title from activity"), json!("Réforme de la police"));
        assert_eq!(rules(&desk), ["encoding"]);
    }
}

#[test]
fn a_code_page_of_another_script_is_told_by_the_words_that_it_makes() {
    let cyrillic = |c: char| match c {
        'А'..='я' => 0xC0 + (u32::from(c) - u32::from('А')) as u8,
        other => other as u8,
    };
    let titles: [(&str, &str, Vec<u8>); 2] = [
        ("windows-1251", "Реформа полиции и судов", "Реформа полиции и судов".chars().map(cyrillic).collect()),
        (
            "windows-1256",
            "إصلاح الشرطة في الصومال",
            b"\xc5\xd5\xe1\xc7\xcd \xc7\xe1\xd4\xd1\xd8\xc9 \xdd\xed \xc7\xe1\xd5\xe6\xe3\xc7\xe1".to_vec(),
        ),
    ];
    for (page, title, bytes) in titles {
        let whole = iati(&[police("XX-1-A", &paid("2", "1")).replace("Made-up police reform", "TITLE")]);
        let (before, after) = whole.split_once("TITLE").expect("a title");
        let desk = Desk::new();
        desk.import("a.xml", [before.as_bytes(), &bytes, after.as_bytes()].concat());
        assert_eq!(desk.value("select title from activity"), json!(title), "{page}");
        let told = desk.value("select reason from problem where rule = 'encoding'");
        assert!(told.as_str().expect("a reason").contains(page), "{told}");
    }
}

#[test]
fn a_file_that_breaks_off_keeps_what_came_before() {
    let whole = iati(&[police("XX-1-A", ""), police("XX-1-B", &paid("2", "1"))]);
    for cut in [whole.len() - 40, whole.len() - 200, whole.len() - 300] {
        let desk = Desk::new();
        desk.import("a.xml", &whole[..cut]);
        assert_eq!(desk.value("select group_concat(identifier) from activity"), json!("XX-1-A"), "cut at {cut}");
        assert_eq!(desk.problems(), [("broken_off".into(), 4)]);
    }
}

/// What is never closed takes all that stands after it: that is told with its line, and what stands before is kept.
#[test]
fn what_is_never_closed_is_told_with_its_line() {
    let whole = iati(&[police("XX-1-A", ""), police("XX-1-B", "")]);
    let (before, after) = whole.split_at(whole.rfind("<iati-activity ").expect("an activity"));
    for open in ["<!--", "<![CDATA[", "<?", "<iati-activity x=\""] {
        let desk = Desk::new();
        let after = if open.ends_with('"') { "never closed" } else { after };
        desk.import("a.xml", format!("{before}\n\n{open} {after}"));
        assert_eq!(desk.value("select group_concat(identifier) from activity"), json!("XX-1-A"), "{open}");
        assert_eq!(desk.problems(), [("broken_off".into(), 6)], "{open}");
    }
    // A file that ends between two activities is one that was cut.
    let desk = Desk::new();
    desk.import("a.xml", before);
    assert_eq!(rules(&desk), ["broken_off"]);
    // A tag that is not closed is passed over, and the activities after it are read.
    let desk = Desk::new();
    desk.import("a.xml", format!("{before}<iati-activity x=\"{after}"));
    assert_eq!(desk.value("select group_concat(identifier) from activity"), json!("XX-1-A,XX-1-B"));
    assert_eq!(rules(&desk), ["not_well_formed"]);
}

#[test]
fn one_broken_activity_does_not_harm_its_neighbours() {
    let desk = Desk::new();
    let broken = police("XX-1-B", "<title><narrative>never closed</title>");
    desk.import("a.xml", iati(&[police("XX-1-A", ""), broken, police("XX-1-C", "")]));
    assert_eq!(desk.value("select group_concat(identifier) from activity"), json!("XX-1-A,XX-1-C"));
    assert_eq!(desk.problems(), [("not_well_formed".into(), 4)]);
}

#[test]
fn wrong_values_are_reported_with_line_and_element() {
    let desk = Desk::new();
    let wrong = "\n<recipient-country code=\"Somalia\"/>\n<activity-date type=\"1\" iso-date=\"2021-02-30\"/>\n\
                 <sector code=\"99999\" percentage=\"half\"/>\n<transaction>\n<transaction-type code=\"2\"/>\n\
                 <transaction-date iso-date=\"2021-01-01\"/>\n<value currency=\"XQQ\">a lot</value>\n</transaction>\n";
    desk.import("a.xml", iati(&[police("XX-1-A", wrong)]));
    let listed = desk.ok(&["problems", &desk.workspace()]);
    let expected = [
        "a.xml:3: sector[@vocabulary='1'] XX-1-A: several sectors and no percentages: taken in equal parts",
        "a.xml:4: recipient-country/@code `Somalia` XX-1-A: this is no ISO 3166 country code; it was taken as SO, which its name tells",
        "a.xml:5: activity-date/@iso-date `2021-02-30` XX-1-A: this is no date; it counts as not said",
        "a.xml:6: sector/@code `99999` XX-1-A: this is no DAC purpose code; it is kept as it stands",
        "a.xml:6: sector/@percentage `half` XX-1-A: this is no percentage; it counts as not stated",
        "a.xml:10: transaction/value/@currency `XQQ` XX-1-A: this is no ISO 4217 currency; the amount is kept as it stands and not converted",
        "a.xml:10: transaction/value `a lot` XX-1-A: this is no number; the amount is unknown",
    ];
    assert_eq!(listed.lines().collect::<Vec<_>>(), expected);
    assert_eq!(desk.value("select unconverted from activity_transaction"), json!("no_value"));
}

#[test]
fn an_element_of_which_an_activity_has_one_is_told_where_it_stands_twice() {
    let desk = Desk::new();
    desk.import("a.xml", iati(&[police("XX-1-A", "\n<iati-identifier>XX-1-B</iati-identifier>")]));
    let told = desk.ok(&["problems", &desk.workspace()]);
    assert!(told.contains("a.xml:4: iati-identifier") && told.contains("stands twice in one activity"), "{told}");
}

#[test]
fn percentages_and_currencies_are_read_as_people_write_them() {
    let desk = Desk::new();
    let split = "<recipient-country code=\"SO\" percentage=\"33,5\"/><recipient-country code=\"KE\" percentage=\"66.5 %\"/>";
    desk.import("a.xml", iati(&[police("XX-1-A", &format!("{split}{}", transaction("3", "2 000", "Euro", "2021-03-01", "")))]));
    let shares = desk.sql("select country, round(sum(share), 3) as share from support group by 1 order by 1");
    assert_eq!(shares, [json!({"country": "KE", "share": 0.665}), json!({"country": "SO", "share": 0.335})]);
    assert_eq!(desk.sql("select currency, value from activity_transaction"), [json!({"currency": "EUR", "value": 2000.0})]);
    let told = desk.ok(&["problems", &desk.workspace()]);
    assert!(
        told.contains("`EURO` XX-1-A: this is no ISO 4217 currency; it was taken as EUR") && told.lines().count() == 1,
        "{told}"
    );
}

#[test]
fn what_is_no_country_is_listed_and_stands_as_none() {
    let desk = Desk::new();
    let to = |code: &str| format!("\n<recipient-country {code}/>{}", paid("3", "100"));
    let own = paid("3", "100").replace("</transaction>", "<recipient-country code=\"998\"/></transaction>");
    let half = "<recipient-country code=\"SO\"/><recipient-country code=\"QQ\"/>";
    desk.activities(
        "a.xml",
        &[
            police("XX-1-A", &to("code=\"998\"")),
            police("XX-1-B", &to("code=\"ZZ\"")),
            police("XX-1-C", &to("code=\"Somalie\"")),
            police(
                "XX-1-D",
                &format!("\n<recipient-country code=\"\"><narrative>Somalia</narrative></recipient-country>{}", paid("3", "100")),
            ),
            police("XX-1-E", &to("code=\"so\"")),
            police("XX-1-F", &format!("\n{half}{}", paid("3", "100"))),
            police("XX-1-G", &format!("<recipient-country code=\"SO\"/>\n{own}")),
        ],
    );
    let sums = desk
        .sql("select country, region, sum(disbursed_usd) as usd from support group by country, region order by country, region");
    let expected = [
        json!({"country": "", "region": "", "usd": 150.0}),
        json!({"country": "", "region": "998", "usd": 200.0}),
        json!({"country": "SO", "region": "", "usd": 350.0}),
    ];
    assert_eq!(sums, expected);
    let told = desk.sql("select record, value, reason from problem where rule = 'code' order by line");
    let told: Vec<_> = told.iter().map(|p| ["record", "value", "reason"].map(|n| p[n].as_str().unwrap_or_default())).collect();
    let none = "this is no ISO 3166 country code; it counts as no country";
    let named = "this is no ISO 3166 country code; it was taken as SO, which its name tells";
    let region = "this is a region and no country; it counts as a region";
    let expected = [
        ["XX-1-A", "998", region],
        ["XX-1-B", "ZZ", none],
        ["XX-1-C", "Somalie", named],
        ["XX-1-D", "", named],
        ["XX-1-F", "QQ", none],
        ["XX-1-G", "998", region],
    ];
    assert_eq!(told, expected);
    assert_eq!(desk.ask("not_split", &[]).len(), 2);
}

#[test]
fn what_is_no_region_and_no_currency_is_listed_and_stands_as_none() {
    let desk = Desk::new();
    let to = |code: &str| format!("\n<recipient-region code=\"{code}\"/>{}", paid("3", "100"));
    let odd = police("XX-1-D", &transaction("3", "1", "USD", "2021-03-01", ""))
        .replace("default-currency=\"USD\"", "default-currency=\"XQQ\"");
    desk.activities("a.xml", &[police("XX-1-A", &to("SO")), police("XX-1-B", &to("77777")), police("XX-1-C", &to("1027")), odd]);
    let sums = desk.sql(
        "select country, region, sum(disbursed_usd) as usd from support where identifier <> 'XX-1-D' group by country, region order by country, region",
    );
    let expected = [
        json!({"country": "", "region": "", "usd": 100.0}),
        json!({"country": "", "region": "1027", "usd": 100.0}),
        json!({"country": "SO", "region": "", "usd": 100.0}),
    ];
    assert_eq!(sums, expected);
    let told = desk.sql("select record, value, reason from problem order by line");
    let told: Vec<_> = told.iter().map(|p| ["record", "value", "reason"].map(|n| p[n].as_str().unwrap_or_default())).collect();
    let expected = [
        ["XX-1-A", "SO", "this is a country and no region; it counts as a country"],
        ["XX-1-B", "77777", "this is no DAC region code; it counts as no region"],
        ["XX-1-D", "XQQ", "this is no ISO 4217 currency; the amount is kept as it stands and not converted"],
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_code_of_a_country_that_was_withdrawn_is_listed_and_counts_as_that_country() {
    let desk = Desk::new();
    let to = |place: &str| format!("\n<recipient-{place}/>{}", paid("3", "100"));
    let places = ["country code=\"AN\"", "region code=\"380\"", "country code=\"SO\""];
    let activities: Vec<String> = places.iter().enumerate().map(|(n, place)| police(&format!("XX-1-{n}"), &to(place))).collect();
    desk.activities("a.xml", &activities);
    let sums = desk.sql("select identifier, country, region from support order by identifier");
    let place =
        |n: usize, country: &str, region: &str| json!({"identifier": format!("XX-1-{n}"), "country": country, "region": region});
    assert_eq!(sums, [place(0, "AN", ""), place(1, "", "380"), place(2, "SO", "")]);
    let told = desk.sql("select value, reason from problem order by record");
    let line = |value: &str, list: &str| {
        let reason = format!("this code was withdrawn from the list {list}; it counts as what it stood for");
        json!({"value": value, "reason": reason})
    };
    assert_eq!(told, [line("AN", "country"), line("380", "region")]);
}

#[test]
fn amounts_in_no_currency_and_transactions_on_no_date_are_listed() {
    let desk = Desk::new();
    let in_none = |rest: &str| police("XX-1-A", rest).replace(" default-currency=\"USD\"", "");
    let bare = "<transaction><transaction-type code=\"3\"/><transaction-date iso-date=\"2021-02-01\"/><value>5</value></transaction>\
                <budget><period-start iso-date=\"2021-01-01\"/><period-end iso-date=\"2021-12-31\"/><value>7</value></budget>";
    let undated = transaction("3", "1", "USD", "01/02/2021", "");
    let by_value = transaction("3", "1", "USD", "2021-02-01", "").replace("<transaction-date iso-date=\"2021-02-01\"/>", "");
    desk.activities("a.xml", &[in_none(bare), in_none(&paid("3", "1")).replace("XX-1-A", "XX-1-B")]);
    desk.activities("b.xml", &[police("XX-1-C", &undated), police("XX-1-D", &by_value)]);
    let told = desk.sql("select record, rule, reason from problem where rule <> 'date' order by record");
    let told: Vec<_> = told.iter().map(|p| ["record", "rule", "reason"].map(|n| p[n].as_str().unwrap_or_default())).collect();
    let expected = [
        ["XX-1-A", "currency", "amounts without a currency: 2; the activity names none either, and they are in no sum"],
        ["XX-1-C", "transaction_date", "neither the transaction nor its value has a usable date; it belongs to no year"],
        ["XX-1-D", "transaction_date", "the transaction has no usable date; its value date stands in for it"],
    ];
    assert_eq!(told, expected);
    assert_eq!(rules(&desk).iter().filter(|rule| *rule == "date").count(), 2);
}

#[test]
fn a_wide_sector_of_a_transaction_is_divided_among_the_codes_of_its_activity_or_told() {
    let desk = Desk::new();
    let wide = |code: &str| transaction("3", "1000", "USD", "2021-02-01", &format!("<sector vocabulary=\"2\" code=\"{code}\"/>"));
    desk.activities("a.xml", &[police("XX-1-A", &wide("151")), police("XX-1-B", &wide("152"))]);
    let counted = desk.sql(
        "select sum(disbursed_usd) as sum, count(distinct activity) as activities from support where disbursed_usd is not null",
    );
    assert_eq!(counted, [json!({"sum": 1000.0, "activities": 1})]);
    let told = desk.sql("select record, element, value from problem where rule = 'shares'");
    assert_eq!(told, [json!({"record": "XX-1-B", "element": "transaction/sector", "value": "152"})]);
}

#[test]
fn a_sector_of_a_transaction_that_its_activity_does_not_have_is_told() {
    let desk = Desk::new();
    let own = |code: &str| transaction("3", "1000", "USD", "2021-02-01", &format!("<sector vocabulary=\"1\" code=\"{code}\"/>"));
    // Nothing here is of the security sector, whichever of the two is right.
    let clinics = police("XX-1-C", &own("12220")).replace("police reform", "clinics").replace("15132", "12110");
    let others = [("XX-1-A", "15220"), ("XX-1-B", "15132"), ("XX-1-D", "15137")];
    let activities: Vec<String> =
        others.iter().map(|(identifier, code)| police(identifier, &own(code))).chain([clinics]).collect();
    desk.activities("a.xml", &activities);
    assert_eq!(desk.value("select sum(disbursed_usd) from support"), json!(2000.0), "what is for dialogue is for no institution");
    let told = desk.sql("select record, element, value from problem where rule = 'shares' order by record");
    let line = |record: &str, value: &str| json!({"record": record, "element": "transaction/sector", "value": value});
    assert_eq!(told, [line("XX-1-A", "15220"), line("XX-1-D", "15137")]);
    let (_, _, page) = desk.serve().get("/problems?lang=fr");
    assert!(page.contains("aucun code-objet de son activité") && page.contains("pour aucune institution si"), "{page}");
}

#[test]
fn a_duplicate_identifier_is_left_out_and_named() {
    let desk = Desk::new();
    desk.import("a.xml", iati(&[police("XX-1-A", &paid("2", "1")), police("XX-1-A", &paid("2", "2"))]));
    assert_eq!(desk.value("select count(*) from activity"), json!(1));
    let problem = &desk.json(&["problems", &desk.workspace(), "--json"])["rows"][0];
    assert_eq!((problem["rule"].as_str(), problem["line"].as_i64()), (Some("duplicate"), Some(4)));
    assert!(problem["reason"].as_str().unwrap().contains("a.xml:3"));
}

#[test]
fn entities_are_never_expanded() {
    let desk = Desk::new();
    let secret = desk.file("secret.txt", "do not read me");
    let file = format!(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY s SYSTEM \"file://{secret}\">]>\n{}",
        iati(&[police("XX-1-A", "<description><narrative>&b; &s; &lt;ok&gt; &#233;</narrative></description>")])
            .replace("<?xml version=\"1.0\"?>\n", "")
    );
    desk.import("a.xml", file);
    assert_eq!(desk.value("select text from activity_description"), json!("&b; &s; <ok> é"));
    assert_eq!(rules(&desk), ["document_type", "entity", "entity"]);
}

#[test]
fn a_bare_ampersand_is_told_with_its_line_and_what_it_stands_in_is_kept() {
    let desk = Desk::new();
    let more = "\n<description><narrative>\nCourts & prisons; borders &amp; customs</narrative></description>\n\
                <document-link url=\"https://example.org/?a=1&b=2&amp;c=3&d=4\" format=\"text/html\"><title>\
                <narrative>Made-up page</narrative></title></document-link>";
    let activity = police("XX-1-A", more).replace("police reform<", "police & justice reform\n<");
    desk.import("a.xml", iati(&[activity, police("XX-1-B", "")]));
    assert_eq!(desk.problems(), [3, 6, 7].map(|line| ("entity".to_owned(), line)));
    let told = desk.sql("select element, value from problem order by line");
    let line = |element: &str, value: &str| json!({"element": element, "value": value});
    let expected = [line("", "& justice reform"), line("", "& prisons;"), line("document-link/@url", "&b=2&amp;c=3&d=4")];
    assert_eq!(told, expected);
    assert_eq!(desk.value("select title from activity where identifier = 'XX-1-A'"), "Made-up police & justice reform");
    assert_eq!(desk.value("select text from activity_description"), "Courts & prisons; borders & customs");
    assert_eq!(desk.value("select url from activity_document"), "https://example.org/?a=1&b=2&c=3&d=4");
    assert_eq!(desk.value("select count(*) from activity where coded = 1"), 2);
    let (_, _, page) = desk.serve().get("/problems?lang=fr");
    assert!(page.contains("un &#38; seul n’est pas du XML"), "{page}");
}

#[test]
fn ampersands_without_end_are_told_a_hundred_times() {
    let desk = Desk::new();
    let many = format!("<description><narrative>{}</narrative></description>", "&".repeat(5000));
    desk.import("a.xml", iati(&[police("XX-1-A", &many)]));
    assert_eq!(desk.value("select length(text) from activity_description"), 5000);
    assert_eq!(desk.value("select count(*) from problem where rule = 'entity'"), 100);
    assert_eq!(desk.value("select count(*) from problem where instr(reason, 'others of this activity are not listed')"), 1);
}

#[test]
fn a_text_outside_of_a_narrative_is_one_text() {
    let desk = Desk::new();
    let titled =
        |id: &str, title: &str| police(id, "").replace("<narrative xml:lang=\"en\">Made-up police reform</narrative>", title);
    let both = [titled("XX-1-A", "Made-up police &amp; courts"), titled("XX-1-B", "\n<![CDATA[Made-up R&D]]> of the police\n")];
    desk.import("a.xml", iati(&both));
    let titles = desk.sql("select title from activity order by identifier");
    assert_eq!(titles, ["Made-up police & courts", "Made-up R&D of the police"].map(|title| json!({"title": title})));
    assert_eq!(rules(&desk), Vec::<String>::new());
}

#[test]
fn foreign_namespaces_comments_and_cdata_do_no_harm() {
    let desk = Desk::new();
    let odd = "<!-- <iati-activity> </iati-activity> --><p:title xmlns:p=\"urn:x\"><narrative>other</narrative></p:title>\
               <description><narrative><![CDATA[</iati-activity> <b>]]> and &amp;</narrative></description>";
    desk.import("a.xml", iati(&[police("XX-1-A", odd), police("XX-1-B", "")]));
    assert_eq!(desk.value("select text from activity_description"), json!("</iati-activity> <b> and &"));
    assert_eq!(desk.value("select count(*) from activity where title = 'Made-up police reform'"), json!(2));
    assert_eq!(rules(&desk), Vec::<String>::new());
}

#[test]
fn other_encodings_are_read_and_bad_bytes_are_shown() {
    let text = iati(&[police("XX-1-A", "").replace("Made-up police", "Réforme de la police")]);
    let latin: Vec<u8> = text
        .replace("<?xml version=\"1.0\"?>", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>")
        .chars()
        .map(|c| c as u8)
        .collect();
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for bytes in [latin.clone(), utf16] {
        let desk = Desk::new();
        desk.import("a.xml", bytes);
        assert_eq!(desk.value("select title from activity"), json!("Réforme de la police reform"));
        assert_eq!(rules(&desk), Vec::<String>::new());
    }
    let desk = Desk::new();
    let declared_wrong: Vec<u8> = text.chars().map(|c| c as u8).collect();
    desk.import("a.xml", declared_wrong);
    assert_eq!(rules(&desk), ["encoding"]);
    assert_eq!(
        desk.value("select title from activity"),
        json!("Réforme de la police reform"),
        "as the bytes are, not as declared"
    );
}

#[test]
fn a_text_of_twenty_megabytes_is_cut_and_the_rest_goes_on() {
    let desk = Desk::new();
    let long = format!("<description><narrative>{}</narrative></description>\n", "long ".repeat(4 << 20));
    desk.import("a.xml", iati(&[police("XX-1-A", &long), police("XX-1-B", "")]));
    assert_eq!(desk.value("select group_concat(identifier) from activity"), json!("XX-1-A,XX-1-B"));
    assert_eq!(desk.problems(), [("text_too_long".into(), 3)]);
    assert!(desk.value("select length(text) from activity_description").as_i64().unwrap() <= 1 << 20);
    assert_eq!(desk.value("select line from activity where identifier = 'XX-1-B'"), json!(5));
}

#[test]
fn packed_files_folders_and_standard_input_are_read() {
    let desk = Desk::new();
    let text = iati(&[police("XX-1-A", "")]);
    let mut packed = std::process::Command::new("gzip")
        .arg("-c")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    packed.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let packed = packed.wait_with_output().unwrap().stdout;
    desk.file("folder/deep/one.xml.gz", packed);
    desk.file("folder/two.xml", iati(&[police("XX-1-B", "")]));
    desk.file("folder/notes.txt", "nothing for Remit");
    let said = desk.run(&["import", &desk.workspace(), "folder"]);
    let said = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(said.contains("folder: 2 records") && said.contains("passed over, nothing for Remit: notes.txt"), "{said}");

    let mut piped = std::process::Command::new(crate::desk::REMIT)
        .args(["import", &desk.workspace(), "-", "--dataset", "piped"])
        .stdin(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    piped.stdin.take().unwrap().write_all(iati(&[police("XX-1-C", "")]).as_bytes()).unwrap();
    assert!(piped.wait().unwrap().success());
    assert_eq!(desk.value("select count(*) from activity"), json!(3));
}

#[test]
fn a_table_of_a_folder_that_cannot_be_read_is_told_with_its_reason_and_keeps_no_other_from_being_read() {
    let desk = Desk::new();
    desk.file("folder/damaged.xlsx", b"PK\x03\x04 made up");
    desk.file("folder/actor.csv", "record,name,class,source\na/1,Made-up Police,police,Made up\n");
    desk.ok(&["import", &desk.workspace(), "folder"]);
    assert_eq!(desk.value("select name from actor"), "Made-up Police");
    let told = desk.ok(&["problems", &desk.workspace()]);
    assert!(told.contains("damaged.xlsx:1: file: ") && desk.problems() == [("unread".to_owned(), 1)], "{told}");
    let (_, said) = desk.fails(&["import", &desk.workspace(), "folder/damaged.xlsx"]);
    assert!(said.contains("damaged.xlsx cannot be read"), "{said}");
}

#[test]
fn the_same_content_twice_changes_nothing() {
    let desk = Desk::new();
    let text = iati(&[police("XX-1-A", &paid("2", "5"))]);
    desk.import("a.xml", &text);
    assert!(desk.import("a.xml", &text).contains("nothing changed"));
    assert!(desk.import("another-name.xml", &text).contains("nothing changed"));
    assert_eq!(desk.value("select count(*) from snapshot"), json!(1));
    assert_eq!(desk.value("select count(*) from activity"), json!(1));
}

#[test]
fn a_table_comes_in_through_its_mapping() {
    let desk = Desk::new();
    desk.file(
        "courses.toml",
        "source = \"Made-up list\"\n[dataset]\nname = \"courses\"\n[[record]]\nkind = \"training\"\n[record.fields]\ncountry = { column = \"where\", aliases = { \"Somali Republic\" = \"SO\" } }\n\
         course = { column = \"what\" }\nquantity = { column = \"people\"}\ncost = { column = \"cost\", strip = \"$,\" }\ncurrency = { value = \"USD\" }\n\
         starts = { column = \"from\", formats = [\"%m/%d/%Y\"] }\n[skip]\nwhat = [\"* total\"]\n",
    );
    let said = desk.import("courses.csv", "where,what,people,cost,from\nSomalia,Made-up course,4,\"$36,260\",07/15/2019\nSomali Republic,Other,many,,2019-07\nAtlantis,Third,1,1,\nSomalia,Year total,5,,\n");
    assert!(said.contains("3 records"), "{said}");
    let rows = desk.sql("select country, course, quantity, cost, starts, source, file, line from training order by line");
    assert_eq!(
        rows[0],
        json!({"country": "SO", "course": "Made-up course", "quantity": 4, "cost": 36260.0, "starts": "2019-07-15", "source": "Made-up list", "file": "courses.csv", "line": 2})
    );
    assert_eq!(
        (rows[1]["country"].clone(), rows[1]["quantity"].clone(), rows[1]["starts"].clone()),
        (json!("SO"), json!(null), json!("2019-07"))
    );
    let problems = desk.sql("select line, element, value from problem where rule <> 'skipped' order by line");
    assert_eq!(
        problems,
        [
            json!({"line": 3, "element": "C (people)", "value": "many"}),
            json!({"line": 4, "element": "A (where)", "value": "Atlantis"})
        ]
    );
}

#[test]
fn a_data_set_names_the_row_as_its_table_shows_it() {
    let mapping = "[dataset]\nname = \"courses\"\n[[record]]\nkind = \"training\"\n[record.fields]\ncourse = { column = \"Cours\" }\nlocation = { column = \"Où\" }\nquantity = { column = \"Personnes\" }\n";
    let read = |desk: &Desk| {
        (
            desk.sql("select course, location, line from training order by line"),
            desk.sql("select line, element, value from problem where rule not in ('skipped', 'encoding') order by line"),
        )
    };

    // A title and an empty row stand above the headings, and another empty row between the courses.
    let workbook = Desk::new();
    workbook.file("courses.toml", mapping);
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let rows = [
        (0, ["Made-up list of courses", "", ""]),
        (2, ["Cours", "Où", "Personnes"]),
        (3, ["Premier", "Évry", "4"]),
        (5, ["Autre", "", "many"]),
    ];
    for (row, cells) in rows {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write_string(row, column as u16, *cell).unwrap();
        }
    }
    book.save(workbook.path("courses.xlsx")).unwrap();
    workbook.ok(&["import", &workbook.workspace(), &workbook.path("courses.xlsx").display().to_string()]);
    let (records, problems) = read(&workbook);
    assert_eq!(
        records,
        [json!({"course": "Premier", "location": "Évry", "line": 4}), json!({"course": "Autre", "location": null, "line": 6})]
    );
    assert_eq!(problems, [json!({"line": 6, "element": "Sheet1 C (Personnes)", "value": "many"})]);

    // As an office in France saves it: semicolons, and the code page of Windows.
    let text = Desk::new();
    text.file("courses.toml", mapping);
    text.import("courses.csv", b"Cours;O\xF9;Personnes\nPremier;\xC9vry;4\n\nAutre;;many\n");
    let (records, problems) = read(&text);
    assert_eq!(
        records,
        [json!({"course": "Premier", "location": "Évry", "line": 2}), json!({"course": "Autre", "location": null, "line": 4})]
    );
    assert_eq!(problems, [json!({"line": 4, "element": "C (Personnes)", "value": "many"})]);
    let guesses = |desk: &Desk| desk.value("select count(*) from problem where rule = 'encoding'");
    assert_eq!((guesses(&workbook), guesses(&text)), (json!(0), json!(1)), "which letters they are was told by the words");
}

#[test]
fn a_data_set_is_read_as_any_sheet_is() {
    let desk = Desk::new();
    let mapping = "[dataset]\nname = \"budgets\"\n[[record]]\nkind = \"budget_line\"\n[record.fields]\ninstitution = { column = \"Institution\" }\n\
                   note = { column = \"Poste\" }\nyear = { column = \"Année\" }\napproved = { column = \"Montant\" }\n\
                   [each]\ncolumns = [\"2023\", \"2024\"]\nheading = \"Année\"\ncell = \"Montant\"\n";
    desk.file("budgets.toml", mapping);
    desk.import("actor.csv", "record,name,class,country\nxx/police,Police imaginaire,police,SO\n");
    let said = desk.import("budgets.csv", "Budget imaginaire;;;\nInstitution;Poste;2023;2024\nPolice imaginaire;Soldes;1 250 000,50;2.500\nInconnue;Rations;;7\nTotal;;9;9\n");
    assert!(said.contains("3 records"), "{said}");
    assert_eq!(
        desk.sql("select institution, note, year, approved from budget_line order by year, approved"),
        [
            json!({"institution": "xx/police", "note": "Soldes", "year": "2023", "approved": 1250000.5}),
            json!({"institution": null, "note": "Rations", "year": "2024", "approved": 7.0}),
            json!({"institution": "xx/police", "note": "Soldes", "year": "2024", "approved": 2500.0}),
        ]
    );
    let problems = desk.sql("select rule, value from problem order by rule, line");
    assert_eq!(
        problems,
        [
            json!({"rule": "skipped", "value": ""}),
            json!({"rule": "skipped", "value": ""}),
            json!({"rule": "unmatched", "value": "Inconnue"}),
        ]
    );
    // What is written for the first form of mappings says what to write instead.
    desk.file("old.toml", "dataset = \"old\"\nkind = \"training\"\n[fields]\ncourse = { column = \"what\" }\n");
    desk.file("old.csv", "what\nMade-up course\n");
    let (_, said) = desk.fails(&["import", &desk.workspace(), &desk.path("old.csv").display().to_string()]);
    assert!(said.contains("[dataset]") && said.contains("[[record]]"), "{said}");
}

#[test]
fn an_import_that_is_killed_leaves_the_workspace_whole() {
    let desk = Desk::new();
    desk.import("first.xml", iati(&[police("XX-1-A", &paid("2", "5"))]));
    let many: Vec<String> = (0..60_000).map(|n| police(&format!("XX-1-{n}"), &paid("2", "1").repeat(3))).collect();
    let big = desk.file("big.xml", iati(&many));
    for wait in [30, 120, 400] {
        let mut import =
            std::process::Command::new(crate::desk::REMIT).args(["import", &desk.workspace(), &big]).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait));
        import.kill().unwrap();
        import.wait().unwrap();
        if desk.value("select count(*) from snapshot") == json!(1) {
            assert_eq!(desk.value("select count(*) from activity"), json!(1));
        }
    }
    desk.import("third.xml", iati(&[police("XX-1-Z", "")]));
    assert!(desk.value("select count(*) from activity where identifier in ('XX-1-A', 'XX-1-Z')") == json!(2));
    desk.ok(&["import", &desk.workspace(), &big]);
    assert_eq!(desk.value("select count(*) from activity"), json!(60_002));
}
