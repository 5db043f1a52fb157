//! What is read of pages of missions, one kind of difficulty at a time. All sentences are made up.

use remit_model::Model;
use remit_reader::classify::Classifier;
use remit_reader::propose::Reader;
use std::sync::LazyLock;

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::load(None).expect("the model"));

/// What is proposed for a page: mission or organisation, task, how it is meant.
fn said(language: &str, page: &str) -> Vec<String> {
    let html = format!("<!doctype html><html lang={language}><title>Made-up page</title><main>{page}</main>");
    let document = remit_document::read(html.as_bytes(), "page.html").expect("a page");
    let reader = Reader::new(&MODEL, Classifier::shipped(), Vec::new());
    let proposals = reader.read(&document, None).proposals;
    proposals.iter().map(|p| format!("{} {} {}", p.mission, p.task, p.says.code())).collect()
}

#[track_caller]
fn says(language: &str, page: &str, expected: &[&str]) {
    let found = said(language, page);
    for one in expected {
        assert!(found.iter().any(|f| f == one), "{one} in {found:?}");
    }
}

#[test]
fn a_presence_is_whatever_the_organisation_has_there() {
    says(
        "en",
        "<p>The presences in Albania and Montenegro of the OSCE support police reform.",
        &["OSCE_ALBANIA police_reform ongoing", "OSCE_MONTENEGRO police_reform ongoing"],
    );
}

#[test]
fn the_name_of_an_office_describes_no_other() {
    let page = "<p>تساعد اليونيفيل في لبنان الجيش اللبناني.<p>وبدوره يدعم مكتب الأمم المتحدة المعني بالمخدرات والجريمة إصلاح السجون في لبنان.";
    says("ar", page, &["UNODC corrections_reform ongoing"]);
    assert!(!said("ar", page).iter().any(|s| s.starts_with("UNSCOL")), "another office of the United Nations");
}

#[test]
fn an_organisation_acts_behind_when_and_where() {
    says("en", "<p>In 2023, UNODC trained prison officers.", &["UNODC corrections_reform done"]);
    let beside = said("en", "<p>Together with the ministry, UNODC and the police, guards reformed prisons.");
    assert_eq!(beside, [""; 0], "named beside others");
}

#[test]
fn the_office_is_the_organisation_that_the_page_is_about() {
    says(
        "en",
        "<h1>UNODC in Made-up Land</h1><p>UNODC opened in 2001. UNODC grew.<p>The Office trained prison officers.",
        &["UNODC corrections_reform done"],
    );
}

#[test]
fn the_course_is_that_of_the_mission_before() {
    for (language, page) in [
        ("en", "<p>EUAM Iraq held a course.<p>The course focused on border management."),
        ("fr", "<p>EUAM Iraq a organisé un cours.<p>Le cours a abordé la gestion des frontières."),
        ("uk", "<p>EUAM Iraq провела семінар.<p>Семінар допоміг поліпшити управління кордонами."),
    ] {
        says(language, page, &["EUAM_IRAQ border_management done"]);
    }
    let host = said("en", "<p>EUAM Iraq held a course.<p>The ministry went on with the course on border management.");
    assert_eq!(host, [""; 0], "the host's own work");
}

#[test]
fn a_decision_tells_in_the_present_what_is_to_be_done() {
    for (language, title, sentence) in [
        ("fr", "Décision (PESC) 2031/77", "L’EUAM Iraq fournit des conseils sur la réforme de la police."),
        ("de", "Beschluss (GASP) 2031/77", "Die EUAM Iraq unterstützt die Reform der Polizei."),
    ] {
        let html = format!("<!doctype html><html lang={language}><title>{title}</title><main><p>{sentence}</main>");
        let document = remit_document::read(html.as_bytes(), "page.html").expect("a page");
        let reader = Reader::new(&MODEL, Classifier::shipped(), Vec::new());
        let reading = reader.read(&document, None);
        let police = reading.proposals.iter().filter(|p| p.task == "police_reform");
        assert_eq!(police.map(|p| p.says.code()).collect::<Vec<_>>(), ["mandate"], "{title}");
    }
}

#[test]
fn an_aim_is_no_plan_and_a_mention_of_the_mandate_no_task() {
    says("en", "<p>EUAM Iraq aims to support police reform.", &["EUAM_IRAQ police_reform ongoing"]);
    says("fr", "<p>EUAM Iraq vise à soutenir la réforme de la police.", &["EUAM_IRAQ police_reform ongoing"]);
    says("en", "<p>In line with its mandate, EUAM Iraq trained prison officers.", &["EUAM_IRAQ corrections_reform done"]);
    says("en", "<p>Police reform will be supported by EUAM Iraq.", &["EUAM_IRAQ police_reform plan"]);
}

#[test]
fn what_was_done_is_told_by_the_past_of_its_verb() {
    for (language, page) in [
        ("en", "<p>EUAM Iraq disarmed, retrained and reorganised. It modernised police training."),
        ("fr", "<p>EUAM Iraq a restructuré et réorganisé la formation de la police."),
        ("de", "<p>Die EUAM Iraq modernisierte die Ausbildung der Polizei."),
        ("es", "<p>La EUAM Iraq inauguró un curso y capacitó a la policía en la reforma de la policía."),
        ("ar", "<p>راجعت EUAM Iraq إصلاح الشرطة."),
        ("uk", "<p>EUAM Iraq ініціювала реформу поліції."),
        ("sr", "<p>EUAM Iraq je unapredila reformu policije."),
        ("sr", "<p>EUAM Iraq је унапредила реформу полиције."),
    ] {
        says(language, page, &["EUAM_IRAQ police_reform done"]);
    }
}

#[test]
fn missions_have_names_in_arabic_ukrainian_and_serbian() {
    for (language, page, expected) in [
        ("ar", "<p>تدعم يونيتامس إصلاح الشرطة.", "UNITAMS police_reform ongoing"),
        ("ar", "<p>تدعم بعثة الاتحاد الأوروبي لبناء القدرات في الصومال إصلاح الشرطة.", "EUCAP_SOMALIA police_reform ongoing"),
        ("uk", "<p>Місія ЄС у Вірменії підтримує реформу поліції.", "EUM_ARMENIA police_reform ongoing"),
        ("uk", "<p>ПРООН підтримує реформу поліції.", "UNDP police_reform ongoing"),
        ("sr", "<p>Program Ujedinjenih nacija za razvoj podržava reformu policije.", "UNDP police_reform ongoing"),
        ("sr", "<p>Мисија владавине права ЕУ на Косову подржава реформу полиције.", "EULEX_KOSOVO police_reform ongoing"),
    ] {
        says(language, page, &[expected]);
    }
}

#[test]
fn phrases_of_a_task_stand_in_whatever_case() {
    says("uk", "<p>EUAM Iraq навчає персонал в'язниць.", &["EUAM_IRAQ corrections_reform ongoing"]);
    says("uk", "<p>EUMM Georgia сприяє зміцненню довіри між громадами.", &["EUMM_GEORGIA trust_and_community_relations ongoing"]);
    says("sr", "<p>EULEX je pratio postupke za ratne zločine.", &["EULEX_KOSOVO transitional_justice done"]);
}

#[test]
fn words_in_a_name_are_no_task_with_others_beyond_it() {
    let found = said("sr", "<p>Misija vladavine prava EU na Kosovu podržava reformu policije.");
    assert_eq!(found, ["EULEX_KOSOVO police_reform ongoing"]);
    let found = said("sr", "<p>Ženevski centar za upravljanje sektorom bezbednosti podržava reformu policije.");
    assert_eq!(found, ["DCAF police_reform ongoing"]);
}

#[test]
fn words_that_say_more_count_within_words_that_say_less() {
    let html = "<!doctype html><html lang=uk><title>Made-up page</title><main><p>EUAM Iraq підтримує реформу поліції.</main>";
    let document = remit_document::read(html.as_bytes(), "page.html").expect("a page");
    let reader = Reader::new(&MODEL, Classifier::shipped(), Vec::new());
    let found = reader.read(&document, None).proposals;
    assert!(found.iter().any(|p| p.task == "police_reform" && p.probability > 0.75), "{found:?}");
}

#[test]
fn the_task_that_is_named_stands_alone_where_no_activity_is_its_own() {
    let found = said("de", "<p>Die EUAM Iraq unterstützt die Korruptionsbekämpfung.");
    assert_eq!(found, ["EUAM_IRAQ anti_corruption ongoing"]);
}

#[test]
fn who_learns_tells_what_is_taught() {
    for (language, page, expected) in [
        ("en", "<p>EUAM Iraq taught patrol officers in the north and in the south.", "EUAM_IRAQ police_reform done"),
        (
            "fr",
            "<p>L’EUTM RCA a instruit des chefs de section dans la capitale et dans les provinces.",
            "EUTM_RCA military_training done",
        ),
        ("es", "<p>La BINUH adiestró a los inspectores del norte y a los del sur.", "BINUH police_reform done"),
        ("de", "<p>Die EUAM Iraq wird die Polizisten der Provinz und die der Stadt ausbilden.", "EUAM_IRAQ police_reform plan"),
        ("ar", "<p>دربت بعثة الأمم المتحدة في جنوب السودان حرس السجن.", "UNMISS corrections_reform done"),
        ("uk", "<p>EUAM Iraq вишколила дві сотні воїнів.", "EUAM_IRAQ military_training done"),
        ("sr", "<p>Misija OEBS-a u Srbiji je za žandarme organizovala kurs.", "OSCE_SERBIA police_reform done"),
    ] {
        says(language, page, &[expected]);
    }
}

#[test]
fn what_is_to_come_and_what_was_asked_stand_in_verbs_of_their_own() {
    for (language, page, expected) in [
        (
            "en",
            "<p>EUAM Iraq is to hand over the vehicles of the border guard in the spring.",
            "EUAM_IRAQ border_management plan",
        ),
        ("fr", "<p>L’EUAM Iraq s’apprête à aider la police aux frontières dans le nord.", "EUAM_IRAQ border_management plan"),
        ("es", "<p>El Consejo encargó a la BINUH la reforma de la policía y de las prisiones.", "BINUH police_reform mandate"),
        ("ar", "<p>أسندت إلى بعثة الأمم المتحدة في جنوب السودان مهمة إصلاح الشرطة.", "UNMISS police_reform mandate"),
        ("uk", "<p>EUAM Iraq має передати прикордонникам автомобілі.", "EUAM_IRAQ border_management plan"),
        ("sr", "<p>EUAM Iraq će u maju održati obuku policije.", "EUAM_IRAQ police_reform plan"),
    ] {
        says(language, page, &[expected]);
    }
}

#[test]
fn organised_crime_does_nothing() {
    let page = "<p>Des experts du crime organisé ont été formés par l’EUAM Iraq dans les provinces et la capitale.";
    says("fr", page, &["EUAM_IRAQ organised_crime done"]);
}

#[test]
fn who_ended_a_course_goes_on() {
    says("ar", "<p>أنهت بعثة الأمم المتحدة في جنوب السودان دورة لضباط الشرطة.", &["UNMISS police_reform done"]);
}
