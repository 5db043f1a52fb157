//! What is read of pages of missions, one kind of difficulty at a time. All sentences are made up.

use remit_model::Model;
use remit_reader::classify::Classifier;
use remit_reader::propose::{DocumentReader, ReadProposal};
use std::sync::LazyLock;

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::load(None).expect("the model"));

fn proposed(language: &str, page: &str) -> Vec<ReadProposal> {
    let html = format!("<!doctype html><html lang={language}><title>Made-up page</title><main>{page}</main>");
    let document = remit_document::read(html.as_bytes(), "page.html").expect("a page");
    DocumentReader::new(&MODEL, Classifier::shipped(), Vec::new()).read(&document, None).proposals
}

/// What is proposed for a page: mission or organisation, task, how it is meant.
fn said(language: &str, page: &str) -> Vec<String> {
    proposed(language, page).iter().map(|p| format!("{} {} {}", p.mission, p.task, p.says.code())).collect()
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
fn an_organisation_under_another_spelling_is_no_mission_of_the_country() {
    let page = "<p>UNSMIL works in Libya.<p>The United Nations Office for Drugs and Crime organized a workshop on prison reform in Libya.";
    says("en", page, &["UNODC corrections_reform done"]);
    assert!(!said("en", page).iter().any(|s| s.starts_with("UNSMIL")), "another organisation");
}

#[test]
fn how_many_a_mission_may_have_is_no_task_and_what_it_is_charged_with_is() {
    let ceiling = "<p>UNMISS is in South Sudan.<p>The resolution maintains the mission's overall force ceilings at 17,000 troops and 2,101 police, including 88 justice and corrections advisors.";
    assert_eq!(said("en", ceiling), [""; 0]);
    says(
        "fr",
        "<p>Le Conseil a également chargé la MINUSCA d’autres tâches, notamment la réforme du secteur de la sécurité.",
        &["MINUSCA security_sector_reform mandate"],
    );
}

#[test]
fn an_organisation_acts_behind_when_and_where() {
    says("en", "<p>In 2023, UNODC trained prison officers.", &["UNODC corrections_reform done"]);
    let for_what = "<p>UNMISS trains the police.<p>To set up the unit, UNDP is providing equipment to the police.";
    says("en", for_what, &["UNDP equipment_and_infrastructure ongoing"]);
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
        let reader = DocumentReader::new(&MODEL, Classifier::shipped(), Vec::new());
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
        ("uk", "<p>Програма підтримки ОБСЄ для України підтримує реформу поліції.", "OSCE_SPU police_reform ongoing"),
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
    let reader = DocumentReader::new(&MODEL, Classifier::shipped(), Vec::new());
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
fn organised_crime_organises_nothing() {
    for (language, page) in [
        ("de", "<p>Schwerpunkt der EUAM Iraq ist die Bekämpfung der organisierten Kriminalität."),
        ("uk", "<p>Пріоритет EUAM Iraq – боротьба з організованою злочинністю."),
        ("sr", "<p>EUAM Iraq se bavi suzbijanjem organizovanog kriminala."),
    ] {
        says(language, page, &["EUAM_IRAQ organised_crime ongoing"]);
    }
}

#[test]
fn who_ended_a_course_goes_on() {
    says("ar", "<p>أنهت بعثة الأمم المتحدة في جنوب السودان دورة لضباط الشرطة.", &["UNMISS police_reform done"]);
}

/// What is said of the reform of the police on a page of one sentence.
#[track_caller]
fn police(language: &str, sentence: &str, mode: &str) {
    let found = said(language, &format!("<p>{sentence}"));
    let modes: Vec<&str> = found.iter().filter_map(|f| f.split_once(" police_reform ")).map(|(_, mode)| mode).collect();
    assert_eq!(modes, [mode], "{sentence}: {found:?}");
}

#[test]
fn words_of_a_name_are_no_parts_of_what_stands_beyond_it() {
    let page = "<p>The European Union Training Mission in Somalia trained soldiers.";
    says("en", page, &["EUTM_SOMALIA military_training done"]);
}

#[test]
fn what_stands_between_the_parts_of_a_verb_is_no_verb_of_the_sentence() {
    police("de", "Die EUAM Iraq wird auch die bisher unterstützten Dienststellen bei der Reform der Polizei beraten.", "plan");
}

#[test]
fn a_purpose_that_stands_first_is_meant_as_what_is_done_for_it() {
    police("en", "To support ongoing police reform, EUAM Iraq will hold a workshop.", "plan");
    police("fr", "Afin d’aider les autorités à mener la réforme de la police, l’EUAM Iraq enverra des experts.", "plan");
    police("es", "Para apoyar la reforma de la policía y de los servicios, la BINUH enviará expertos.", "plan");
    police("ar", "من أجل دعم إصلاح الشرطة، أرسلت EUAM Iraq خبراء.", "done");
    police("de", "Um die Reform der Polizei zu unterstützen, entsandte die EUAM Iraq Berater.", "done");
    police("en", "To support police reform, EUAM Iraq, together with the ministry, trained advisers.", "done");
}

#[test]
fn the_sender_of_the_only_mission_means_it_at_the_head_of_a_sentence() {
    says("en", "<p>KFOR arrived in 1999.<p>NATO trained soldiers.", &["KFOR military_training done"]);
    says(
        "fr",
        "<p>La MINUSCA est arrivée en 2014.<p>L’ONU a formé des gardiens de prison.",
        &["MINUSCA corrections_reform done"],
    );
    let several = said("en", "<p>KFOR and NATO Mission Iraq arrived.<p>NATO trained soldiers.");
    assert_eq!(several, [""; 0], "which of two is not told");
}

#[test]
fn a_page_that_names_one_mission_speaks_of_it() {
    says("en", "<p>NATO Mission Iraq arrived in 2018.<p>In May, soldiers were trained.", &["NMI military_training done"]);
    let other = said("en", "<p>UNODC arrived in 2018.<p>In May, soldiers were trained.");
    assert_eq!(other, [""; 0], "an organisation that is no mission may be named in passing");
}

#[test]
fn an_office_or_mission_of_others_is_none_of_the_list() {
    for (language, page) in [
        ("en", "<p>UN experts went to the office of the prime minister in Afghanistan.<p>Prison guards were trained."),
        ("en", "<p>In the Prosecutor General's Office in Afghanistan, prison guards were trained."),
        ("de", "<p>Im Büro des Generalstaatsanwalts in Afghanistan wurden Gefängniswärter ausgebildet."),
        ("en", "<p>Experts of the EU and the Canadian Police Mission in Ukraine trained prison guards."),
    ] {
        let found = said(language, page);
        assert!(!found.iter().any(|f| f.starts_with("UNGOMAP") || f.starts_with("EUAM")), "{page}: {found:?}");
    }
}

#[test]
fn a_verb_that_no_phrase_knows_tells_by_its_form() {
    for (language, sentence, mode) in [
        ("en", "EUAM Iraq spearheaded police reform.", "done"),
        ("en", "EUAM Iraq will spearhead police reform.", "plan"),
        ("fr", "L’EUAM Iraq a échafaudé la réforme de la police.", "done"),
        ("fr", "L’EUAM Iraq échafaudera la réforme de la police.", "plan"),
        ("es", "La BINUH lideró los cursos y los talleres sobre la reforma de la policía.", "done"),
        ("de", "Die EUAM Iraq untermauerte die Reform der Polizei.", "done"),
        ("ar", "خططت EUAM Iraq إصلاح الشرطة.", "done"),
        ("ar", "إن EUAM Iraq وخبراء سيادة القانون يدعمون إصلاح الشرطة.", "ongoing"),
        ("uk", "EUAM Iraq очолила реформу поліції.", "done"),
        ("uk", "EUAM Iraq супроводжуватиме реформу поліції.", "plan"),
        ("sr", "EUAM Iraq je u maju predvodila reformu policije.", "done"),
        ("sr", "EUAM Iraq је у мају предводила реформу полиције.", "done"),
    ] {
        police(language, sentence, mode);
    }
}

#[test]
fn what_others_did_in_passing_is_not_what_the_mission_does() {
    police("en", "EUAM Iraq works with the ministry, which adopted a plan last year, on police reform.", "ongoing");
    police("fr", "L’EUAM Iraq aide le ministère, qui a adopté un plan, dans la réforme de la police.", "ongoing");
    police("sr", "EUAM Iraq pomaže ministarstvu, koje je usvojilo plan, u reformi policije.", "ongoing");
    police("en", "Last year, EUAM Iraq, which trained the ministry, moved on to police reform.", "done");
}

#[test]
fn a_pledge_is_a_plan_and_so_is_going_on_with_it() {
    for (language, sentence) in [
        ("en", "EUAM Iraq pledged to continue its support to police reform."),
        ("en", "EUAM Iraq stands ready to support police reform."),
        ("fr", "L’EUAM Iraq s’est engagée à poursuivre son appui à la réforme de la police."),
        ("es", "La BINUH se comprometió a seguir apoyando los cursos y la reforma de la policía."),
        ("de", "Die EUAM Iraq sagte zu, die Reform der Polizei weiter zu unterstützen."),
        ("ar", "تعهدت EUAM Iraq بمواصلة دعم إصلاح الشرطة."),
        ("uk", "EUAM Iraq пообіцяла й надалі підтримувати реформу поліції."),
        ("sr", "EUAM Iraq je spremna da podrži reformu policije."),
    ] {
        police(language, sentence, "plan");
    }
}

#[test]
fn what_a_mission_was_set_up_for_is_its_mandate() {
    for (language, sentence) in [
        ("en", "The Council tasked EUAM Iraq with supporting police reform."),
        ("fr", "L’EUAM Iraq a été créée pour soutenir la réforme de la police."),
        ("de", "Die EUAM Iraq wurde gegründet, um die Reform der Polizei zu unterstützen."),
        ("ar", "أنشئت EUAM Iraq لدعم إصلاح الشرطة."),
        ("uk", "EUAM Iraq була створена для підтримки реформи поліції."),
        ("sr", "Savet je zadužio EUAM Iraq da podrži reformu policije."),
    ] {
        police(language, sentence, "mandate");
    }
}

#[test]
fn a_phrase_may_end_in_an_apostrophe() {
    police("fr", "L’EUAM Iraq vient d’achever la réforme de la police.", "done");
}

#[test]
fn items_are_meant_as_the_sentence_that_speaks_of_what_follows() {
    let page = "<p>EUAM Iraq will work in the following areas.<ul><li>Reform of the prisons.</ul>";
    says("en", page, &["EUAM_IRAQ corrections_reform plan"]);
}

#[test]
fn a_day_of_a_german_month_ends_no_sentence() {
    police("de", "Die EUAM Iraq hat am 3. April die Reform der Polizei unterstützt.", "done");
}

#[test]
fn an_agreement_on_reconciliation_reconciles_nobody() {
    let found = said("en", "<p>EUCAP Sahel Mali welcomed the Agreement for Peace and Reconciliation in Mali.");
    assert_eq!(found, [""; 0]);
}

#[test]
fn a_hint_belongs_to_the_verb_before_it() {
    police("en", "EUAM Iraq will help the trained officers with police reform.", "plan");
    police("en", "EUAM Iraq will open an office and supported police reform.", "done");
}

#[test]
fn an_accent_makes_a_verb_past() {
    police("fr", "Organisé par l’EUAM Iraq, le cours était consacré à la réforme de la police.", "done");
}

#[test]
fn who_is_named_first_is_beside_nobody() {
    says(
        "en",
        "<p>UNODC works in cooperation with many partners to train prison officers.",
        &["UNODC corrections_reform ongoing"],
    );
}

#[test]
fn the_press_writes_acronyms_as_names() {
    says("fr", "<p>La Monusco a financé la formation de gardiens de prison.", &["MONUSCO corrections_reform done"]);
    says("en", "<p>The Eulex mission in Kosovo trained prison guards.", &["EULEX_KOSOVO corrections_reform done"]);
}

#[test]
fn a_name_in_brackets_says_which_mission_is_described() {
    let found = said("en", "<p>The EU mission in Mozambique (EUTM Mozambique) trained soldiers.");
    assert!(found.iter().all(|f| f.starts_with("EUTM_MOZAMBIQUE")) && !found.is_empty(), "{found:?}");
}

#[test]
fn a_verb_and_another_behind_it_are_not_one() {
    let page =
        "Experten der EUAM Iraq unterstützen und beraten das Amt bei der Reform der Polizei und wollen die Gerichte stärken.";
    police("de", page, "ongoing");
}

#[test]
fn who_serves_in_a_mission_is_nobody_whom_it_helps() {
    for (language, sentence) in [
        ("en", "EUAM Iraq consists of 20 police officers and judges."),
        ("en", "Ten police officers from Made-up Land serve with EUAM Iraq."),
        ("fr", "L’EUAM Iraq compte 20 policiers et magistrats."),
        ("es", "La BINUH cuenta con 20 policías y jueces."),
        ("de", "Zur EUAM Iraq gehören 20 Polizisten und Richter."),
        ("ar", "تضم EUAM Iraq 20 ضابط شرطة وقاضيا."),
        ("uk", "У складі EUAM Iraq 20 поліцейських і суддів."),
        ("sr", "U EUAM Iraq radi 20 policajaca i sudija."),
    ] {
        assert_eq!(said(language, &format!("<p>{sentence}")), [""; 0], "{sentence}");
    }
    let found = said("en", "<p>EUAM Iraq, made up of judges, trained prison guards.");
    assert_eq!(found, ["EUAM_IRAQ corrections_reform done"]);
    police("en", "EUAM Iraq trained police officers seconded by the ministry.", "done");
}

#[test]
fn what_a_mission_only_tells_of_others_is_nothing_that_it_does() {
    for (language, sentence) in [
        ("en", "EUAM Iraq explained that most ministries lack plans for police reform."),
        ("fr", "L’EUAM Iraq a indiqué que le pays manque de plans pour la réforme de la police."),
        ("de", "Die EUAM Iraq betonte, dass dem Land Pläne für die Reform der Polizei fehlen."),
    ] {
        assert_eq!(said(language, &format!("<p>{sentence}")), [""; 0], "{sentence}");
    }
    let goes_on = "<p>EUAM Iraq explained that the country is poor; among its problems are police reform and prisons.";
    assert_eq!(said("en", goes_on), [""; 0]);
    police("en", "EUAM Iraq said that it will support police reform.", "plan");
    police("fr", "L’EUAM Iraq a indiqué qu’elle soutiendra la réforme de la police.", "plan");
    police("en", "The minister said that EUAM Iraq supports police reform.", "ongoing");
}

#[test]
fn what_is_condemned_is_no_task() {
    for (language, sentence) in [
        ("en", "EUAM Iraq condemned the attack on a police station."),
        ("fr", "L’EUAM Iraq a condamné l’attaque contre un poste de police."),
        ("es", "La BINUH condenó el ataque contra una comisaría de policía."),
        ("uk", "EUAM Iraq засудила напад на відділок поліції та суд."),
    ] {
        assert_eq!(said(language, &format!("<p>{sentence}")), [""; 0], "{sentence}");
    }
    says("en", "<p>EUAM Iraq condemned the attack and trained prison officers.", &["EUAM_IRAQ corrections_reform done"]);
}

#[test]
fn what_somebody_helps_with_is_done_as_the_help_is() {
    police("sr", "EUAM Iraq je pomogla da se podrži policija i reforma policije.", "done");
}

#[test]
fn institutions_are_strengthened_by_whatever_verb() {
    for (language, sentence) in [
        ("en", "EUAM Iraq helped to rebuild the Iraqi police."),
        ("fr", "L’EUAM Iraq a aidé à moderniser la police."),
        ("es", "La BINUH ayudó a modernizar el Ministerio del Interior."),
        ("de", "Die EUAM Iraq half dabei, das Innenministerium zu stärken."),
        ("ar", "ساعدت UNMISS على تحديث الشرطة."),
    ] {
        police(language, sentence, "done");
    }
}

#[test]
fn what_others_do_is_not_done_by_the_mission_of_the_page() {
    for (language, page) in [
        ("en", "<p>EUAM Iraq opened in 2017.<p>Prison guards went on strike.<p>Germany donated vehicles to the border police."),
        ("en", "<p>EUAM Iraq opened in 2017. A court sentenced two officers for corruption."),
        (
            "fr",
            "<p>L’EUAM Iraq a ouvert en 2017.<p>Les gardiens de prison se sont mis en grève.<p>L’Allemagne a offert des véhicules.",
        ),
        ("de", "<p>Die EUAM Iraq begann 2017.<p>Ein Gericht verurteilte zwei Beamte wegen Korruption."),
        ("es", "<p>La BINUH abrió en 2019.<p>Un tribunal condenó a dos agentes por corrupción."),
    ] {
        assert_eq!(said(language, page), [""; 0], "{page}");
    }
    says("en", "<p>EUAM Iraq opened in 2017.<p>Prison guards were trained.", &["EUAM_IRAQ corrections_reform done"]);
    says("en", "<p>EUAM Iraq opened in 2017.<p>Police reform is a priority.", &["EUAM_IRAQ police_reform ongoing"]);
}

#[test]
fn a_mission_that_is_not_told_from_another_is_not_its_sender() {
    let found = said("ar", "<p>دربت البعثة الأمنية للاتحاد الأوروبي في فلسطين رجال الشرطة.");
    assert!(!found.iter().any(|f| f.starts_with("EU ")), "{found:?}");
}

#[test]
fn what_goes_on_after_a_semicolon_is_meant_as_it_began() {
    let page = "<p>L’EUAM Iraq aura pour mission d’aider le ministère à organiser des élections; améliorer la gestion de l’administration pénitentiaire.";
    says("fr", page, &["EUAM_IRAQ corrections_reform mandate"]);
    let page = "<p>La BINUH prestará apoyo a la policía; y al refuerzo de la justicia y las prisiones.";
    says("es", page, &["BINUH corrections_reform plan"]);
    says("en", "<p>EUAM Iraq will visit the ministry; it trained prison officers.", &["EUAM_IRAQ corrections_reform done"]);
}

#[test]
fn the_verb_of_a_mission_comes_behind_what_is_put_in() {
    police("es", "La BINUH, además de la reforma de la policía y los cursos, verificará los acuerdos.", "plan");
    police("en", "EUAM Iraq, besides its other work, spearheaded police reform.", "done");
}

#[test]
fn what_reforms_will_help_with_is_no_plan_of_who_advises_on_them() {
    police("uk", "EUAM Iraq консультує уряд щодо законів, які сприятимуть вступу, а також щодо реформи поліції.", "ongoing");
}

#[test]
fn an_accent_within_a_phrase_makes_it_past_and_none_leaves_it_present() {
    police("fr", "L’EUAM Iraq poursuit son programme de réforme de la police.", "ongoing");
    police("fr", "L’EUAM Iraq a contribué à la réforme de la police.", "done");
}

#[test]
fn coast_guards_are_of_the_sea() {
    for (language, page) in [
        ("en", "<p>EUCAP Somalia trains the coast guard."),
        ("fr", "<p>L’EUCAP Somalia forme les garde-côtes."),
        ("es", "<p>La EUCAP Somalia capacita a los guardacostas."),
    ] {
        let found = said(language, page);
        assert!(found.iter().any(|f| f.contains("maritime_security")), "{found:?}");
        assert!(!found.iter().any(|f| f.contains("border_management")), "{found:?}");
    }
}

#[test]
fn a_policy_of_the_eu_reforms_no_defence() {
    for (language, sentence) in [
        ("ar", "EUAM Iraq بعثة في إطار السياسة الأمنية والدفاعية المشتركة."),
        ("sr", "EUAM Iraq je misija Zajedničke bezbednosne i odbrambene politike."),
        ("sr", "EUAM Iraq је мисија Заједничке безбедносне и одбрамбене политике."),
    ] {
        assert_eq!(said(language, &format!("<p>{sentence}")), [""; 0], "{sentence}");
    }
}

#[test]
fn how_many_are_women_and_violence_against_them_are_no_work_for_their_share() {
    for (language, sentence) in [
        ("fr", "L’EUAM Iraq a formé 40 policiers, dont 12 femmes."),
        ("fr", "L’EUAM Iraq a formé des policiers sur les violences sexuelles et basées sur le genre."),
        ("es", "La BINUH formó a la policía sobre la violencia de género."),
        ("de", "Die EUAM Iraq bildete 40 Polizisten aus, darunter 12 Frauen."),
        ("ar", "دربت UNMISS أربعين شرطيا من بينهم 12 امرأة."),
        ("uk", "EUAM Iraq навчила 40 поліцейських, серед них 12 жінок."),
        ("sr", "EUAM Iraq je obučila policiju o suzbijanju nasilja nad ženama."),
    ] {
        let found = said(language, &format!("<p>{sentence}"));
        assert!(found.iter().any(|f| f.contains("police_reform")), "{sentence}: {found:?}");
        assert!(!found.iter().any(|f| f.contains("gender_in_security")), "{sentence}: {found:?}");
    }
    says("en", "<p>EUAM Iraq supports women in the police.", &["EUAM_IRAQ gender_in_security ongoing"]);
}

#[test]
fn parts_of_what_means_something_else_are_no_parts_of_a_phrase() {
    let page = "<p>L’EUAM Iraq respecte l’intégrité territoriale du pays et a formé la police.";
    assert!(!said("fr", page).iter().any(|f| f.contains("anti_corruption")), "the borders of a country are not corrupt");
    says("fr", "<p>L’EUAM Iraq soutient l’intégrité de la police.", &["EUAM_IRAQ anti_corruption ongoing"]);
}

#[test]
fn an_office_is_of_the_organisation_beside_it_only() {
    let page = "<p>دربت بعثة الأمم المتحدة لتحقيق الاستقرار في هايتي حراس السجون وأنشأت مكتب الشرطة الهايتية.";
    says("ar", page, &["MINUSTAH corrections_reform done"]);
    assert!(!said("ar", page).iter().any(|f| f.starts_with("BINUH")), "an office of the police");
}

#[test]
fn of_several_missions_in_a_country_the_one_called_after_it_is_meant() {
    says("en", "<p>UNPOL in South Sudan trained prison officers.", &["UNMISS corrections_reform done"]);
    says("en", "<p>In May, 40 prison officers were trained by UNPOL in South Sudan.", &["UNMISS corrections_reform done"]);
    says("fr", "<p>UNPOL au Soudan du Sud a formé des gardiens de prison.", &["UNMISS corrections_reform done"]);
}

#[test]
fn one_word_where_nobody_does_anything_is_no_task() {
    let found = said("uk", "<p>EUAM Iraq відкрито у 2017 році.<p>Тероризм загрожує півночі.");
    assert_eq!(found, [""; 0], "the state of things");
    let page = "<p>EUAM Iraq відкрито у 2017 році.<p>Поліцію навчено протидіяти тероризму.";
    says("uk", page, &["EUAM_IRAQ counter_terrorism_pve done"]);
}

#[test]
fn words_that_name_a_field_in_passing_are_no_task() {
    for (language, sentence) in [
        ("fr", "L’EUAM Iraq observe que la législation est ancienne."),
        ("de", "Die EUAM Iraq achtet rechtsstaatliche Grundsätze."),
        ("uk", "EUAM Iraq працює зі стійкими й підзвітними службами безпеки."),
    ] {
        assert_eq!(said(language, &format!("<p>{sentence}")), [""; 0], "{sentence}");
    }
    says("fr", "<p>L’EUAM Iraq appuie la révision de la législation.", &["EUAM_IRAQ legal_drafting ongoing"]);
    says("uk", "<p>EUAM Iraq підтримує вдосконалення законодавства.", &["EUAM_IRAQ legal_drafting ongoing"]);
}

#[test]
fn what_a_gift_will_help_with_is_done_with_the_gift() {
    police("en", "EUAM Iraq donated a vehicle that will help police reform.", "done");
    police("en", "EUAM Iraq handed over ten computers which will support the reform of the police.", "done");
    police("fr", "L’EUAM Iraq a remis des véhicules qui aideront la réforme de la police.", "done");
    police("en", "EUAM Iraq has an office that will help police reform.", "plan");
}

#[test]
fn where_a_mission_was_sent_is_no_mandate_and_what_for_is() {
    says("en", "<p>UNMISS was deployed to South Sudan in 2011 and trained prison officers.", &["UNMISS corrections_reform done"]);
    says(
        "fr",
        "<p>L’EUAM Iraq a été déployée pour deux ans et a formé des gardiens de prison.",
        &["EUAM_IRAQ corrections_reform done"],
    );
    for (language, sentence) in [
        ("en", "EUAM Iraq was deployed to help with police reform."),
        ("fr", "L’EUAM Iraq est déployée afin d’aider à la réforme de la police."),
        ("es", "La BINUH se creó con el objetivo de apoyar la reforma de la policía."),
        ("de", "Die EUAM Iraq wurde eingesetzt, um die Reform der Polizei zu unterstützen."),
        ("ar", "تأسست EUAM Iraq بهدف دعم إصلاح الشرطة."),
        ("uk", "EUAM Iraq розгорнута, щоб підтримати реформу поліції."),
        ("sr", "EUAM Iraq je razmeštena da bi pomogla reformu policije."),
        ("sr", "EUAM Iraq је распоређена како би подржала реформу полиције."),
    ] {
        police(language, sentence, "mandate");
    }
}

#[test]
fn a_verb_that_another_follows_is_ahead_whichever_the_other_is() {
    police("fr", "L’EUAM Iraq compte étendre la formation de la police à d’autres villes.", "plan");
    police("fr", "L’EUAM Iraq va relancer la réforme de la police.", "plan");
    police("es", "La BINUH piensa ampliar la formación de la policía.", "plan");
    police("es", "La BINUH va a gestionar la reforma de la policía.", "plan");
}

#[test]
fn missions_are_known_by_what_the_press_calls_them() {
    for (language, page, expected) in [
        ("ar", "<p>دربت بعثة الاتحاد الأوروبي لدعم الشرطة وسيادة القانون حراس السجون.", "EUPOL_COPPS corrections_reform done"),
        ("ar", "<p>دربت البعثة المختلطة للاتحاد الأفريقي والأمم المتحدة في دارفور حراس السجون.", "UNAMID corrections_reform done"),
        ("uk", "<p>Дорадча місія ЄС навчила персонал в'язниць.", "EUAM_UKRAINE corrections_reform done"),
        ("sr", "<p>Misija EU na Kosovu je obučila zatvorske čuvare.", "EULEX_KOSOVO corrections_reform done"),
        ("sr", "<p>Мисија УН на Хаитију је обучила затворске чуваре.", "BINUH corrections_reform done"),
        ("sr", "<p>Misija UN u Liberiji je obučila zatvorske čuvare.", "UNMIL corrections_reform done"),
        (
            "de",
            "<p>Die Mission der EU zum Kapazitätsaufbau in Somalia schulte Gefängniswärter.",
            "EUCAP_SOMALIA corrections_reform done",
        ),
    ] {
        says(language, page, &[expected]);
    }
}

#[test]
fn what_a_mission_is_not_does_not_deny_what_it_does() {
    police("fr", "L’EUAM Iraq n’est pas une mission exécutive mais soutient la réforme de la police.", "ongoing");
    police("es", "La BINUH no es una misión de combate, sino que apoya la reforma de la policía.", "ongoing");
    police("de", "Die EUAM Iraq ist keine Kampfmission, sondern unterstützt die Reform der Polizei.", "ongoing");
    police("ar", "EUAM Iraq ليست قتالية وتدعم إصلاح الشرطة.", "ongoing");
    for (language, sentence) in [
        ("en", "EUAM Iraq has not yet supported police reform."),
        ("fr", "L’EUAM Iraq n’a pas encore soutenu la réforme de la police."),
    ] {
        assert_eq!(said(language, &format!("<p>{sentence}")), [""; 0], "{sentence}");
    }
}

#[test]
fn a_missions_own_people_are_nobody_whom_it_helps() {
    for (language, sentence) in [
        ("fr", "Des policiers de la MONUSCO ont formé des gardiens de prison."),
        ("es", "Los policías de la MINUSTAH capacitaron a los guardias de prisiones."),
        ("de", "Polizisten der EUPOL Afghanistan schulten Gefängniswärter."),
    ] {
        let found = said(language, &format!("<p>{sentence}"));
        assert!(found.iter().any(|f| f.ends_with("corrections_reform done")), "{sentence}: {found:?}");
        assert!(!found.iter().any(|f| f.contains("police_reform")), "{sentence}: {found:?}");
    }
    says("fr", "<p>Les policiers de la MONUSCO ont formé des policiers congolais.", &["MONUSCO police_reform done"]);
    says("de", "<p>Bisher wurden 13.000 Soldaten von der EUTM Mali ausgebildet.", &["EUTM_MALI military_training done"]);
}

#[test]
fn the_name_of_a_mission_is_no_help_of_its_staff() {
    assert_eq!(said("ar", "<p>تضم بعثة الأمم المتحدة للدعم في ليبيا موظفين مختصين بالسجون والشرطة."), [""; 0]);
}

#[test]
fn a_role_that_somebody_assigns_is_a_mandate() {
    police("en", "The Council assigned EUAM Iraq the role of supporting police reform.", "mandate");
    police("es", "El Consejo asignó a la BINUH la tarea de apoyar la reforma de la policía.", "mandate");
}

#[test]
fn what_is_built_and_equipped_by_a_mission_is_done() {
    let page = "<p>La MINUSCA est arrivée en 2014.<p>Il s’agit d’un bâtiment construit et équipé par la MINUSCA pour la police.";
    says("fr", page, &["MINUSCA equipment_and_infrastructure done"]);
}

#[test]
fn trafficking_has_several_names() {
    let page = "<p>Misija OEBS-a u Srbiji organizovala je obuku o suzbijanju trgovanja ljudima.";
    says("sr", page, &["OSCE_SERBIA organised_crime done"]);
}

#[test]
fn thanks_and_praise_are_no_task() {
    for (language, sentence) in [
        ("en", "EUAM Iraq thanked the police for its work."),
        ("fr", "L’EUAM Iraq a salué la réforme de la police."),
        ("es", "La BINUH agradeció a la policía su labor."),
        ("de", "Die EUAM Iraq dankte der Polizei für ihre Arbeit."),
        ("ar", "شكرت EUAM Iraq الشرطة على عملها."),
        ("ar", "أشادت EUAM Iraq بإصلاح الشرطة."),
        ("uk", "EUAM Iraq подякувала поліції за роботу та реформу."),
        ("sr", "EUAM Iraq je zahvalila policiji na reformi."),
    ] {
        assert_eq!(said(language, &format!("<p>{sentence}")), [""; 0], "{sentence}");
    }
    says("en", "<p>The minister praised EUAM Iraq, which trained prison guards.", &["EUAM_IRAQ corrections_reform done"]);
    says("ar", "<p>أشاد الوزير بدور EUAM Iraq في إصلاح الشرطة.", &["EUAM_IRAQ police_reform ongoing"]);
}

#[test]
fn the_programme_office_is_the_one_in_the_country_of_the_document() {
    let page = "<p>The OSCE works in Kyrgyzstan. The Programme Office trained border guards.";
    says("en", page, &["OSCE_BISHKEK border_management done"]);
    let page = "<h1>Tajikistan</h1><p>The OSCE came in 1994.<p>The OSCE Programme Office trained border guards.";
    says("en", page, &["OSCE_DUSHANBE border_management done"]);
}

#[test]
fn what_we_did_is_done() {
    for (language, page, expected) in [
        ("fr", "<h1>EUAM Iraq</h1><p>Nous avons formé des policiers.", "EUAM_IRAQ police_reform done"),
        ("es", "<h1>BINUH</h1><p>Hemos formado a policías.", "BINUH police_reform done"),
        ("sr", "<h1>EULEX</h1><p>Mi smo obučili policajce.", "EULEX_KOSOVO police_reform done"),
        ("ar", "<h1>بعثة الأمم المتحدة في جنوب السودان</h1><p>لقد دربنا ضباط الشرطة.", "UNMISS police_reform done"),
    ] {
        says(language, page, &[expected]);
    }
}

#[test]
fn what_another_country_gives_is_not_of_the_mission() {
    for (language, page) in [
        ("ar", "<p>بدأت EUAM Iraq عملها عام 2017. وسلمت اليابان حرس الحدود عشرة قوارب."),
        ("uk", "<p>EUAM Iraq відкрито у 2017 році. Японія передала прикордонникам десять човнів."),
        ("sr", "<p>EUAM Iraq je otvorena 2017. Japan je poklonio graničnoj policiji deset čamaca."),
    ] {
        assert_eq!(said(language, page), [""; 0], "{page}");
    }
}

#[test]
fn where_something_is_done_is_nobody_who_does_it() {
    police("uk", "EUAM Iraq відкрито у 2017 році.<p>В Іраку проведено реформу поліції.", "done");
    police("sr", "EUAM Iraq je otvorena 2017.<p>U Iraku je sprovedena reforma policije.", "done");
}

#[test]
fn what_is_put_off_is_not_done() {
    for (language, sentence) in [
        ("en", "EUAM Iraq postponed the training of prison guards."),
        ("fr", "L’EUAM Iraq a reporté la formation de la police."),
        ("es", "La BINUH aplazó la formación de los guardias de prisiones."),
        ("de", "Die EUAM Iraq verschob die Ausbildung der Polizei."),
        ("uk", "EUAM Iraq відклала навчання поліції."),
        ("sr", "EUAM Iraq je odložila obuku policije."),
    ] {
        assert_eq!(said(language, &format!("<p>{sentence}")), [""; 0], "{sentence}");
    }
}

#[test]
fn what_a_mission_sees_fears_or_denies_is_no_task() {
    for (language, sentence) in [
        ("fr", "L’EUAM Iraq a constaté que les tribunaux sont lents et les prisons surpeuplées."),
        ("es", "La BINUH está preocupada por la violencia de las bandas y llama a la policía a la calma."),
        ("de", "Die EUAM Iraq stellte fest, dass die Gerichte langsam und die Gefängnisse voll sind."),
        ("ar", "أعربت EUAM Iraq عن قلقها إزاء العنف على الحدود ودعت الجيش إلى ضبط النفس."),
        ("uk", "EUAM Iraq спростувала, що передала поліції зброю."),
        ("sr", "EUAM Iraq je primetila da su sudovi spori, a zatvori puni."),
    ] {
        assert_eq!(said(language, &format!("<p>{sentence}")), [""; 0], "{sentence}");
    }
}

#[test]
fn where_something_lies_is_no_task() {
    for (language, sentence) in [
        ("en", "EUAM Iraq has its headquarters beside the police academy in Baghdad."),
        ("fr", "L’EUAM Iraq a remis des livres à des écoliers dans un village près de la frontière."),
        ("es", "La sede de la BINUH está junto a la academia de policía."),
        ("de", "Die EUAM Iraq hat ihren Sitz neben der Polizeiakademie."),
        ("ar", "يقع مقر EUAM Iraq بجوار أكاديمية الشرطة."),
        ("uk", "EUAM Iraq передала дітям книги та відремонтувала колодязь у селі біля кордону."),
        ("sr", "Sedište misije EUAM Iraq nalazi se pored policijske akademije."),
    ] {
        assert_eq!(said(language, &format!("<p>{sentence}")), [""; 0], "{sentence}");
    }
}

#[test]
fn what_is_done_with_the_support_of_a_mission_is_its_work() {
    police("uk", "Міністерство за підтримки EUAM Iraq провело реформу поліції.", "done");
    police("sr", "Ministarstvo je uz podršku misije EUAM Iraq sprovelo reformu policije.", "done");
}

#[test]
fn whom_a_mission_advises_or_equips_tells_what_it_does() {
    for (language, page, expected) in [
        ("en", "<p>EUAM Iraq equipped the police.", "EUAM_IRAQ police_reform done"),
        ("fr", "<p>L’EUAM Iraq a équipé l’armée.", "EUAM_IRAQ defence_reform done"),
        ("es", "<p>La BINUH equipó al ejército.", "BINUH defence_reform done"),
        ("de", "<p>Die EUAM Iraq beriet die Polizei.", "EUAM_IRAQ police_reform done"),
        ("ar", "<p>نصحت EUAM Iraq وزارة الداخلية.", "EUAM_IRAQ police_reform done"),
        ("uk", "<p>EUAM Iraq консультувала суди.", "EUAM_IRAQ justice_reform done"),
        ("sr", "<p>EUAM Iraq je opremila oružane snage.", "EUAM_IRAQ defence_reform done"),
        ("sr", "<p>EUAM Iraq je obučila graničnu policiju.", "EUAM_IRAQ border_management done"),
    ] {
        says(language, page, &[expected]);
    }
}

#[test]
fn what_a_mission_may_or_must_do_is_not_done() {
    for (language, sentence) in [
        ("en", "EUAM Iraq could help with police reform."),
        ("fr", "L’EUAM Iraq pourrait aider à la réforme de la police."),
        ("es", "La BINUH podría ayudar a la reforma de la policía."),
        ("de", "Die EUAM Iraq könnte bei der Reform der Polizei helfen."),
        ("ar", "قد تساعد EUAM Iraq في إصلاح الشرطة."),
        ("ar", "يجب أن تساعد EUAM Iraq في إصلاح الشرطة."),
        ("uk", "EUAM Iraq могла б допомогти реформі поліції."),
        ("sr", "EUAM Iraq bi mogla da pomogne reformu policije."),
    ] {
        assert_eq!(said(language, &format!("<p>{sentence}")), [""; 0], "{sentence}");
    }
    police("en", "EUAM Iraq donated a vehicle that could help police reform.", "done");
}

#[test]
fn that_a_mandate_was_extended_is_no_mandate() {
    police("en", "EUAM Iraq, whose mandate was extended, advises on police reform.", "ongoing");
    police("fr", "L’EUAM Iraq, dont le mandat a été prolongé, conseille sur la réforme de la police.", "ongoing");
    police("es", "La BINUH, cuyo mandato fue prorrogado, asesora sobre la reforma de la policía.", "ongoing");
    police("en", "The mandate of EUAM Iraq includes police reform.", "mandate");
    police("es", "La BINUH, cuyo mandato incluye la reforma de la policía, abrió en 2019.", "mandate");
}

#[test]
fn whom_something_is_handed_to_is_helped() {
    for (language, page, expected) in [
        ("es", "<h1>MINUSTAH</h1><p>La Misión entregó diez computadoras a la policía.", "MINUSTAH police_reform done"),
        ("de", "<h1>EUAM Ukraine</h1><p>Die Mission übergab der Polizei zehn Computer.", "EUAM_UKRAINE police_reform done"),
        ("sr", "<h1>EULEX</h1><p>Misija je predala deset računara korektivnoj službi.", "EULEX_KOSOVO corrections_reform done"),
    ] {
        says(language, page, &[expected]);
    }
}

#[test]
fn how_it_is_done_and_which_unit_does_it_are_no_tasks() {
    says("en", "<p>EUAM Iraq advises the police on terrorism and organised crime.", &["EUAM_IRAQ organised_crime ongoing"]);
    let [officers, unit] = [
        "<p>EUCAP Sahel Mali formera 600 officiers et sous-officiers de la police.",
        "<p>La MINUSCA, par le biais de son Unité chargée de la RSS, forme la police.",
    ];
    says("fr", officers, &["EUCAP_SAHEL_MALI police_reform plan"]);
    says("fr", unit, &["MINUSCA police_reform ongoing"]);
    let manner = "<p>EUAM Ukraine advises the police in accordance with European standards and human rights.";
    let advice = "<p>EUAM RCA fournit des conseils stratégiques pour soutenir la réforme du secteur de la sécurité.";
    for (language, page, beside) in [
        ("fr", officers, "military_training"),
        ("fr", unit, "security_sector_reform"),
        ("en", manner, "human_rights_in_security"),
        ("fr", "<p>EUAM RCA forme la police dans le respect des droits de l’homme.", "human_rights_in_security"),
        ("fr", advice, "national_security_strategy"),
        ("en", "<p>UNMISS and the Inspector General of Police trained police officers.", "accountability_and_complaints"),
    ] {
        let found = said(language, page);
        assert!(!found.is_empty() && !found.iter().any(|f| f.contains(beside)), "{page}: {found:?}");
    }
}

#[test]
fn a_course_is_help_whatever_verb_gives_it() {
    for (language, page, engagement) in [
        ("fr", "<p>La MINUSCA a organisé un atelier sur la réforme de la police.", "Assist"),
        ("fr", "<p>La MINUSCA a conduit une formation des magistrats.", "Assist"),
        ("fr", "<p>EUCAP Sahel Mali formera 600 officiers de la police.", "Assist"),
        ("fr", "<p>EUCAP Sahel Mali fournit des experts en formation à la police.", "Assist"),
        ("en", "<p>UNMISS conducts trainings for the police.", "Assist"),
        ("en", "<p>UNMISS carried out patrols with the police.", "Implement"),
    ] {
        let found: Vec<String> = proposed(language, page).iter().map(|p| p.engagement.clone()).collect();
        assert!(!found.is_empty() && found.iter().all(|f| f == engagement), "{page}: {found:?}");
    }
    says("en", "<p>UNMISS carried out 40 patrols with the police.", &["UNMISS police_reform done"]);
}

#[test]
fn additional_tasks_are_a_mandate() {
    let page = "<p>The Council identified additional tasks of MINUSCA, including security sector reform.";
    says("en", page, &["MINUSCA security_sector_reform mandate"]);
}

/// What is proposed for a document with this title, by a reader who knows these records by these names.
fn read_as(language: &str, title: &str, page: &str, names: &[(&str, &str)]) -> Vec<ReadProposal> {
    let html = format!("<!doctype html><html lang={language}><title>{title}</title><main>{page}</main>");
    let document = remit_document::read(html.as_bytes(), "page.html").expect("a page");
    let names = names.iter().map(|(record, name)| ((*record).to_owned(), (*name).to_owned())).collect();
    DocumentReader::new(&MODEL, Classifier::shipped(), names).read(&document, None).proposals
}

#[test]
fn what_may_be_anybodys_mission_is_none_of_the_list() {
    let found = said("fr", "<p>Mission d’appui à la réforme du secteur de la sécurité au Mali, Bamako.");
    assert_eq!(found, [""; 0], "an office's own journey");
    let named = "<p>EUTM Mali began in 2013.<p>In May, the training mission in Mali trained soldiers.";
    says("en", named, &["EUTM_MALI defence_reform done"]);
}

#[test]
fn the_mission_of_the_report_of_a_visit_is_its_author() {
    for (language, title, page) in [
        ("fr", "Compte rendu inventé", "<p>EUCAP Sahel Mali a formé la police.<p>La mission appuie la gestion des frontières."),
        ("en", "Made-up mission report", "<p>EUCAP Sahel Mali trained the police.<p>The mission supports border management."),
    ] {
        let told = |title: &str| {
            read_as(language, title, page, &[]).iter().map(|p| format!("{} {}", p.mission, p.task)).collect::<Vec<_>>()
        };
        assert_eq!(told(title), ["EUCAP_SAHEL_MALI police_reform"], "{title}");
        assert!(told("Made-up Commission report").contains(&"EUCAP_SAHEL_MALI border_management".to_owned()), "{language}");
    }
    let page = "<p>EUCAP Sahel Mali a formé la police.<p>L’Union européenne a remis 20 radios à la police nationale.";
    let found = read_as("fr", "Compte rendu inventé", page, &[]);
    assert!(found.iter().any(|p| p.mission == "EU" && p.task == "police_reform"), "{found:?}");
}

#[test]
fn what_is_not_there_or_needed_and_whom_a_mission_met_is_nothing_done() {
    for (language, sentence) in [
        ("fr", "Aucun contrôle parlementaire n’est exercé en pratique."),
        ("fr", "Aucune inspection n’a été menée dans la gendarmerie."),
        ("fr", "La gendarmerie a besoin d’une inspection interne et de formateurs."),
        ("fr", "Il n’existe pas de contrôle interne de la police."),
        ("fr", "La mission avait pour objet d’évaluer l’appui à la gendarmerie nationale."),
        ("fr", "La mission a rencontré la police nationale et les juges."),
        ("en", "No parliamentary oversight is exercised in practice."),
        ("en", "The police lack internal oversight and police training."),
        ("en", "The mission met with the police and the judges."),
        ("ar", "لا توجد رقابة برلمانية في الواقع."),
        ("ar", "تحتاج الشرطة إلى إصلاح الشرطة وإلى مدربين."),
    ] {
        let found = said(language, &format!("<p>EUCAP Sahel Mali.<p>{sentence}"));
        assert_eq!(found, [""; 0], "{sentence}");
    }
}

#[test]
fn people_of_a_service_name_it_where_only_one_is_called_so() {
    let known = [("ml/gn", "Gendarmerie nationale"), ("ml/pn", "Police nationale"), ("ml/pm", "Police municipale")];
    let helped = |sentence: &str| {
        let found = read_as("fr", "Page inventée", &format!("<p>{sentence}"), &known);
        found.iter().map(|p| p.partner.clone()).collect::<Vec<_>>()
    };
    assert_eq!(helped("EUCAP Sahel Mali a formé 120 gendarmes."), ["ml/gn"]);
    assert_eq!(helped("EUCAP Sahel Mali a formé 60 policiers."), [""], "which police is not said");
    let known = [("organisation/interpol", "International Criminal Police Organization")];
    let found = read_as("en", "Made-up page", "<p>EUCAP Sahel Mali trained 120 police officers.", &known);
    assert_eq!(found.iter().map(|p| p.partner.as_str()).collect::<Vec<_>>(), [""], "an organisation is not its people");
}

#[test]
fn who_gives_is_known_by_its_name_in_any_language_and_is_not_who_receives() {
    let known = [("new/pnud", "PNUD"), ("ml/dap", "Administration pénitentiaire")];
    let page = "<p>Le PNUD a fourni dix véhicules à l’administration pénitentiaire.";
    let found = read_as("fr", "Page inventée", page, &known);
    let told: Vec<(&str, &str)> = found.iter().map(|p| (p.record.as_str(), p.partner.as_str())).collect();
    assert_eq!(told, [("new/pnud", "ml/dap")]);
    let gift = "<p>The European Union delivered 20 radios to the National Police in October 2026.";
    says("en", gift, &["EU equipment_and_infrastructure done"]);
    says("ar", "<p>دربت EUCAP Sahel Mali 120 دركيًا.", &["EUCAP_SAHEL_MALI police_reform done"]);
}

#[test]
fn what_a_mission_recommends_is_a_recommendation() {
    let pages = [
        ("en", "UNSOM recommends that the government strengthen parliamentary oversight of the intelligence agency."),
        ("fr", "La MINUSCA recommande au gouvernement de réviser la loi de programmation de la sécurité intérieure."),
        ("es", "La MINUSCA recomienda fortalecer la inspección general de la policía."),
        ("de", "EUAM Irak empfiehlt, die Aufsicht über die Polizei zu stärken."),
        ("ar", "أوصت بعثة الأمم المتحدة للدعم في ليبيا بإصلاح السجون."),
        ("uk", "КМЄС рекомендує посилити внутрішній контроль у поліції."),
        ("sr", "Misija OEBS-a u Srbiji preporučuje jačanje unutrašnje kontrole policije."),
    ];
    for (language, page) in pages {
        let found = said(language, &format!("<p>{page}"));
        assert!(found.len() == 1 && found[0].ends_with(" wish"), "one recommendation, and nothing done: {found:?}");
    }
    let both = said("en", "<p>UNMISS trained prison officers and recommended that the law on prisons be revised.");
    assert!(both.iter().any(|s| s == "UNMISS corrections_reform done") && both.iter().any(|s| s.ends_with(" wish")), "{both:?}");
}

#[test]
fn who_recommends_is_the_mission_or_nobody_that_is_known() {
    let of_others = "<p>La commission d’enquête recommande la réforme de la police, a rappelé la MINUSCA.";
    assert_eq!(said("fr", of_others), [""; 0], "another's");
    assert_eq!(said("en", "<p>As recommended by UNMISS, the law was revised."), [""; 0], "carried out by others");
    let found = proposed("fr", "<p>La mission recommande la réforme de la police.");
    assert!(
        found.len() == 1 && found[0].mission.is_empty() && found[0].says.code() == "wish",
        "the report of a visit: {found:?}"
    );
}

#[test]
fn what_others_give_beside_a_mission_is_not_its_own() {
    let pages = [
        ("en", "Japan handed over ten pick-ups to the Iraqi border police in the presence of EUAM Iraq."),
        ("en", "The United States donated body armour to the gendarmerie at a ceremony attended by MINUSCA and EUAM RCA."),
        ("fr", "Le Japon a remis dix véhicules à la police centrafricaine, en présence de la MINUSCA."),
        ("es", "España donó ocho vehículos a la policía de Malí en presencia de EUCAP Sahel Malí."),
        ("de", "Japan übergab der Polizei zehn Fahrzeuge im Beisein von EUCAP Somalia."),
        ("ar", "سلمت اليابان عشر مركبات إلى الشرطة بحضور بعثة الأمم المتحدة للدعم في ليبيا."),
        ("uk", "Норвегія передала поліції десять автомобілів за участю КМЄС."),
        ("sr", "Norveška je donirala opremu policiji u prisustvu Misije OEBS-a u Srbiji."),
        ("en", "Turkey handed over ten vehicles to the police in the presence of UNSMIL."),
        ("en", "The US handed over ten vehicles to the police in the presence of UNSMIL."),
        ("fr", "La Grande-Bretagne a remis dix véhicules à la police en présence de la MINUSCA."),
        ("ar", "سلمت بريطانيا عشر مركبات إلى الشرطة بحضور اليونيفيل."),
        ("sr", "SAD je donirala opremu policiji u prisustvu EUFOR-a."),
    ];
    for (language, page) in pages {
        assert_eq!(said(language, &format!("<p>{page}")), [""; 0], "{page}");
    }
    says("en", "<p>EUAM Iraq handed over ten pick-ups to the border police.", &["EUAM_IRAQ equipment_and_infrastructure done"]);
}

#[test]
fn what_is_needed_is_not_done_in_any_language() {
    let pages = [
        ("en", "According to EUCAP Somalia, the coast guard needs boats, radios and training."),
        ("fr", "Les besoins en équipement de la garde nationale ont été présentés à la mission EUAM RCA."),
        ("es", "La policía necesita más formación, señaló la misión EUCAP Sahel Malí."),
        ("de", "Die Polizei braucht Ausbildung und Ausrüstung, heißt es bei EUAM Ukraine."),
        ("ar", "أكدت بعثة الأمم المتحدة للدعم في ليبيا حاجة السجون إلى التدريب والمعدات."),
        ("uk", "Поліція потребує навчання та обладнання, зазначили в КМЄС."),
        ("sr", "Policiji je potrebna obuka, saopštila je Misija OEBS-a u Srbiji."),
        ("fr", "Selon l’EUTM RCA, l’armée manque d’instructeurs."),
        ("ar", "تعاني الشرطة من نقص في المعدات، بحسب بعثة الأمم المتحدة للدعم في ليبيا."),
    ];
    for (language, page) in pages {
        assert_eq!(said(language, &format!("<p>{page}")), [""; 0], "{page}");
    }
    says("fr", "<p>L’EUAM RCA a remis des équipements à la garde nationale.", &["EUAM_RCA equipment_and_infrastructure done"]);
}

#[test]
fn who_only_tells_of_what_another_mission_did_has_not_done_it() {
    says("en", "<p>According to EUTM Mali, MINUSMA trained 50 gendarmes.", &["MINUSMA police_reform done"]);
    says("fr", "<p>Selon l’EUTM Mali, la MINUSMA a formé 50 gendarmes.", &["MINUSMA police_reform done"]);
    says("en", "<p>According to EUTM Mali, it trained 50 soldiers.", &["EUTM_MALI military_training done"]);
}

/// What is proposed for a page, by a reader who knows these records: record, name, country.
fn read_in(language: &str, page: &str, known: &[(&str, &str, &str)]) -> Vec<ReadProposal> {
    let html = format!("<!doctype html><html lang={language}><title>Made-up page</title><main>{page}</main>");
    let document = remit_document::read(html.as_bytes(), "page.html").expect("a page");
    let names = known.iter().map(|(record, name, _)| ((*record).to_owned(), (*name).to_owned())).collect();
    let countries = known.iter().map(|(record, _, country)| ((*record).to_owned(), (*country).to_owned())).collect();
    let reader = DocumentReader::new(&MODEL, Classifier::shipped(), names).of_countries(countries);
    reader.read(&document, None).proposals
}

/// That every proposal for a page names this institution, or none.
#[track_caller]
fn names_institution(language: &str, page: &str, known: &[(&str, &str, &str)], expected: &str) {
    let found = read_in(language, page, known);
    assert!(!found.is_empty() && found.iter().all(|p| p.partner == expected), "{expected} in {page}: {found:?}");
}

#[test]
fn an_institution_is_that_of_the_country_that_is_spoken_of() {
    let known = [
        ("iq/moi", "Ministry of Interior", "IQ"),
        ("iq/mod", "Ministry of Defence", "IQ"),
        ("ly/moi", "Ministry of Interior", "LY"),
        ("rs/moi", "Ministry of Interior", "RS"),
        ("ua/moi", "Ministry of Internal Affairs of Ukraine", "UA"),
        ("ua/moj", "Ministry of Justice of Ukraine", "UA"),
        ("ua/mod", "Ministry of Defence of Ukraine", "UA"),
    ];
    for (language, page, expected) in [
        ("en", "UNSMIL trained prison officers of the Ministry of Interior.", "ly/moi"),
        ("en", "UNODC trained prison officers of the Libyan Ministry of Interior.", "ly/moi"),
        ("en", "UNODC trained prison officers of the Ministry of Interior of Libya.", "ly/moi"),
        ("en", "UNODC trained prison officers of the Ministry of Interior.", ""),
        ("en", "UNSMIL trained prison officers of the Ministry of Defence.", ""),
        ("en", "UNSMIL trained prison officers of the Iraqi Ministry of Defence.", "iq/mod"),
        ("en", "EUAM Ukraine trained soldiers of the Ministry of Defence.", "ua/mod"),
        ("en", "EUAM Ukraine trained prison officers of the Ministry of Interior.", "ua/moi"),
        ("de", "Die EUAM Ukraine modernisierte die Ausbildung der Polizei des Innenministeriums.", "ua/moi"),
        ("uk", "EUAM Ukraine навчає персонал в'язниць Міністерства юстиції.", "ua/moj"),
        ("sr", "Misija OEBS-a u Srbiji je unapredila reformu policije Ministarstva unutrašnjih poslova.", "rs/moi"),
    ] {
        names_institution(language, &format!("<p>{page}"), &known, expected);
    }
}

#[test]
fn in_a_register_of_one_country_its_institutions_are_meant_where_no_other_is_spoken_of() {
    let known = [("ml/moi", "Ministry of Interior", "ML")];
    names_institution("en", "<p>UNODC trained prison officers of the Ministry of Interior.", &known, "ml/moi");
    names_institution("en", "<p>UNSMIL trained prison officers of the Ministry of Interior.", &known, "");
}

#[test]
fn the_addressee_of_a_recommendation_is_whom_it_names_first_in_its_own_country() {
    let known = [
        ("cd/government", "Government", "CD"),
        ("cf/prisons", "Administration pénitentiaire", "CF"),
        ("iq/moi", "Ministry of Interior", "IQ"),
        ("rs/moi", "Ministry of Interior", "RS"),
    ];
    let government = "<p>La MONUSCO recommande au Gouvernement de payer les salaires des agents pénitentiaires.";
    names_institution("fr", government, &known, "cd/government");
    names_institution("fr", government, &known[1..], "");
    let ministry = "<p>The OSCE Mission to Serbia recommends that the Ministry of Interior reform the police.";
    names_institution("en", ministry, &known, "rs/moi");
    names_institution("en", ministry, &known[..3], "");
}

#[test]
fn what_a_mission_should_do_is_recommended_to_it_and_not_done() {
    let page = "<p>1. The prisons are full.<p>2. UNTMIS should support the reform of prisons and train prison officers.";
    for title in ["Report of a made-up assessment", "Made-up page"] {
        let found = read_as("en", title, page, &[]);
        let told: Vec<_> =
            found.iter().map(|p| (p.says.code(), p.mission.as_str(), p.partner.as_str(), p.country.as_str())).collect();
        assert_eq!(told, [("wish", "", "mission/untmis", "SO")], "{title}");
    }
    let known = [("iq/moj", "Ministry of Justice", "IQ"), ("so/moj", "Ministry of Justice", "SO")];
    let listed =
        "<p>UNTMIS and Somalia.<p>1. The Ministry of Justice should support the reform of prisons and train prison officers.";
    names_institution("en", listed, &known, "so/moj");
    let items = "<p>UNTMIS should:<p>(a) train prison officers;<p>(b) support the reform of prisons.";
    let found = read_as("en", "Report of a made-up assessment", items, &[]);
    assert!(found.iter().all(|p| p.says.code() != "done"), "{found:?}");
    let nobody = "<p>La MINUSCA abrió en 2014.<p>Se recomienda al Ministerio de Justicia la reforma de la policía.";
    let found = read_in("es", nobody, &[("cf/moj", "Ministry of Justice", "CF")]);
    let told: Vec<_> = found.iter().map(|p| (p.says.code(), p.mission.as_str(), p.partner.as_str())).collect();
    assert_eq!(told, [("wish", "", "cf/moj")]);
    let of_a_thing = said("en", "<p>The vehicles of the guard, a gift to the prisons and to UNTMIS should help prison officers.");
    assert!(of_a_thing.iter().all(|s| !s.ends_with(" wish")), "{of_a_thing:?}");
}

#[test]
fn items_of_what_should_be_done_are_recommended_one_by_one() {
    let told = |page: &str, known: &[(&str, &str, &str)]| {
        let found = read_in("en", page, known);
        let told = found.iter().map(|p| format!("{} {} {} {}", p.says.code(), p.mission, p.task, p.partner));
        told.collect::<Vec<String>>()
    };
    let should = "<p>UNTMIS should:<p>(a) continue to train prison officers;<p>(b) support the reform of the police.";
    let to_mission = ["wish  corrections_reform mission/untmis", "wish  police_reform mission/untmis"];
    assert_eq!(told(should, &[]), to_mission);
    let known = [("rs/moi", "Ministry of Interior", "RS")];
    let recommends = "<p>The OSCE Mission to Serbia recommends that the Ministry of Interior:<p>(a) reform the police;<p>(b) train prison officers.";
    let to_ministry = ["wish OSCE_SERBIA police_reform rs/moi", "wish OSCE_SERBIA corrections_reform rs/moi"];
    assert_eq!(told(recommends, &known), to_ministry);
    // What is told below without such a lead is done.
    let done = "<p>In 2024 UNTMIS has:<p>(a) trained prison officers.";
    assert_eq!(told(done, &[]), ["done UNTMIS corrections_reform "]);
}

#[test]
fn what_is_needed_or_another_gives_is_no_task() {
    for (language, page) in [
        ("en", "UNMISS works in South Sudan.<p>The prisons need beds and trained guards. The judiciary requires more judges."),
        ("fr", "La MINUSCA est en RCA.<p>Il manque des juges formés. Les prisons ont besoin de gardiens formés."),
        ("es", "La BINUH está en Haití.<p>Las cárceles carecen de personal capacitado. Faltan agentes penitenciarios formados."),
        ("de", "UNMISS ist im Südsudan.<p>Es fehlt an ausgebildeten Justizvollzugsbeamten."),
        ("ar", "بعثة الأمم المتحدة للدعم في ليبيا.<p>تفتقر السجون إلى ضباط مدربين."),
        ("uk", "Консультативна місія ЄС в Україні.<p>Потрібна реформа поліції."),
        ("sr", "Misija OEBS-a u Srbiji.<p>Potrebna je reforma policije."),
        ("fr", "La MINUSCA est en RCA.<p>L’ambassade de France, elle, a offert dix véhicules à la police."),
        ("en", "EUAM Ukraine is in Kyiv.<p>The Embassy of Japan in Ukraine donated vehicles to the police."),
    ] {
        assert_eq!(said(language, &format!("<p>{page}")), [""; 0], "{page}");
    }
}

#[test]
fn what_a_mission_did_until_it_closed_is_done() {
    says("en", "<p>MINUSMA trained prison officers until its closure in 2023.", &["MINUSMA corrections_reform done"]);
}

#[test]
fn the_office_of_the_high_representative_is_a_mission_and_that_of_the_union_is_none() {
    let page = "<p>The Office of the High Representative (OHR) supports police reform in Bosnia and Herzegovina.";
    says("en", page, &["OHR police_reform ongoing"]);
    let of_union = "<p>The Office of the High Representative of the Union for Foreign Affairs supports police reform in Mali.";
    assert!(said("en", of_union).iter().all(|s| !s.starts_with("OHR")));
}

#[test]
fn a_mandate_goes_on_behind_a_semicolon_of_arabic() {
    let page =
        "<p>يقرر مجلس الأمن أن تشمل ولاية بعثة الأمم المتحدة في جمهورية جنوب السودان ما يلي: حماية المدنيين؛ ودعم إصلاح السجون.";
    says("ar", page, &["UNMISS corrections_reform mandate"]);
}

#[test]
fn what_a_parliament_adopted_is_not_done_by_the_mission_of_the_page() {
    for (language, page) in [
        ("fr", "<h1>EUAM RCA</h1><p>La loi de programmation militaire a été adoptée par l’Assemblée nationale."),
        ("en", "<h1>EUAM Iraq</h1><p>The law on police reform was adopted by the parliament."),
    ] {
        assert_eq!(said(language, page), [""; 0], "{page}");
    }
}

#[test]
fn an_organisation_named_with_a_mission_does_the_same() {
    let both = ["EUAM_IRAQ police_reform ongoing", "UNDP police_reform ongoing"];
    says("en", "<p>EUAM Iraq and UNDP support police reform.", &both);
    let done = ["EUAM_IRAQ corrections_reform done", "UNDP corrections_reform done"];
    says("en", "<p>EUAM Iraq, together with UNDP, trained prison officers.", &done);
    let french = ["EUAM_RCA corrections_reform done", "UNDP corrections_reform done"];
    says("fr", "<p>L’EUAM RCA et le PNUD ont formé des gardiens de prison.", &french);
    let page =
        "<h1>OSCE Mission to Serbia</h1><p>The Mission, together with the OSCE Mission to Montenegro, trained prison officers.";
    says("en", page, &["OSCE_SERBIA corrections_reform done", "OSCE_MONTENEGRO corrections_reform done"]);
    let beside = said("en", "<p>In close cooperation with UNDP, EUAM Iraq advises on police reform.");
    assert!(!beside.is_empty() && beside.iter().all(|s| s.starts_with("EUAM_IRAQ")), "{beside:?}");
}

#[test]
fn guards_of_prisons_are_no_police_and_community_policing_is_no_strategy_of_the_country() {
    for (language, page, expected, other) in [
        ("es", "La MINUSCA formó a 25 agentes penitenciarios.", "corrections_reform", "police_reform"),
        ("fr", "La MINUSCA a soutenu la stratégie de police de proximité.", "community_policing", "national_security_strategy"),
        (
            "sr",
            "Мисија ОЕБС-а у Србији пружа подршку Министарству унутрашњих послова у изради стратегије полиције у заједници.",
            "community_policing",
            "national_security_strategy",
        ),
    ] {
        let found = proposed(language, &format!("<p>{page}"));
        assert!(found.iter().any(|p| p.task == expected) && found.iter().all(|p| p.task != other), "{page}: {found:?}");
    }
    let inspectors = "<p>La MINUSCA a en outre appuyé l’Inspection générale de l’armée.";
    let found = proposed("fr", inspectors);
    assert!(!found.is_empty() && found.iter().all(|p| p.engagement == "Assist"), "{found:?}");
}

#[test]
fn behind_which_stands_who_was_named_last() {
    for (language, page) in [
        ("en", "<p>EUAM RCA works closely with MINUSCA, UNDP and EUTM RCA, which trains the armed forces."),
        ("fr", "<p>L’EUAM RCA travaille étroitement avec la MINUSCA, le PNUD et l’EUTM RCA, qui forme les soldats."),
    ] {
        assert_eq!(said(language, page), ["EUTM_RCA military_training ongoing"], "{language}");
    }
}

#[test]
fn what_is_done_before_the_words_of_a_mandate_is_not_mandated() {
    for (language, page, done, mandated) in [
        (
            "en",
            "<p>UNMISS protects civilians and is mandated to support police reform.",
            "UNMISS protection_of_civilians ongoing",
            "UNMISS police_reform mandate",
        ),
        (
            "de",
            "<p>UNMISS schützt die Zivilbevölkerung im Südsudan und hat den Auftrag, die Reform der Polizei zu unterstützen.",
            "UNMISS protection_of_civilians ongoing",
            "UNMISS police_reform mandate",
        ),
        (
            "fr",
            "<p>La MINUSCA forme la police et a pour mandat d’appuyer le désarmement.",
            "MINUSCA police_reform ongoing",
            "MINUSCA ddr mandate",
        ),
    ] {
        says(language, page, &[done, mandated]);
    }
}

#[test]
fn what_is_denied_behind_an_and_denies_nothing_before_it() {
    for (language, page) in [
        ("en", "<p>EUPOL Afghanistan was launched in 2007 to train the police and came to an end in 2016."),
        ("fr", "<p>EUPOL Afghanistan a formé la police et a pris fin en 2016."),
        ("de", "<p>EUPOL Afghanistan bildete seit 2007 die Polizei aus und endete 2016."),
    ] {
        says(language, page, &["EUPOL_AFGHANISTAN police_reform done"]);
    }
}

#[test]
fn what_was_not_done_is_no_task_in_any_language() {
    for (language, page) in [
        ("ar", "<p>لم تدرب بعثة الأمم المتحدة في جنوب السودان الشرطة."),
        ("uk", "<p>EUAM Ukraine не навчала поліцію."),
        ("sr", "<p>EULEX nije obučavao policiju."),
        ("fr", "<p>La MINUSCA n’a pas formé de policiers."),
    ] {
        assert_eq!(said(language, page), [""; 0], "{language}");
    }
    for (language, page, expected) in [
        (
            "de",
            "<p>UNMISS bildet nicht nur Polizisten aus, sondern unterstützt auch die Gefängnisse.",
            "UNMISS police_reform ongoing",
        ),
        ("es", "<p>La BINUH no solo forma a la policía, sino que también apoya las prisiones.", "BINUH police_reform ongoing"),
        ("sr", "<p>EULEX nije samo obučavao policiju, već je podržao i reformu zatvora.", "EULEX_KOSOVO police_reform done"),
        ("en", "<p>No fewer than 200 police officers were trained by UNMISS.", "UNMISS police_reform done"),
    ] {
        says(language, page, &[expected]);
    }
}

#[test]
fn whom_a_task_is_for_is_no_task_besides() {
    let page = "<p>Misija OSCE-a u Bosni i Hercegovini pomaže u borbi protiv organizovanog kriminala i donirala je opremu Graničnoj policiji.";
    let found = said("sr", page);
    assert!(found.iter().any(|s| s == "OSCE_BIH equipment_and_infrastructure done"), "{found:?}");
    assert!(!found.iter().any(|s| s.contains("police_reform")), "{found:?}");
    // Where nothing is surer, it is the task.
    says("sr", "<p>Misija OSCE-a u Srbiji savetuje policiju.", &["OSCE_SERBIA police_reform ongoing"]);
}

#[test]
fn the_mission_on_a_page_of_a_force_is_who_is_called_so() {
    let page = "<h1>UNIFIL in the south</h1><p>UNIFIL met mayors, and UNIFIL went on.<p>EUAM Iraq opened an office.<p>The Mission will train police officers.";
    assert_eq!(said("en", page), ["EUAM_IRAQ police_reform plan"]);
    let page = "<h1>EUAM Iraq in the south</h1><p>EUAM Iraq met mayors, and EUAM Iraq went on.<p>UNAMI opened an office.<p>The Mission will train police officers.";
    assert_eq!(said("en", page), ["EUAM_IRAQ police_reform plan"], "both are missions");
}

#[test]
fn words_that_other_words_turn_round_are_read_as_they_stand() {
    let material = "<p>La EUTM Mozambique suministró material no letal a los soldados.";
    says("es", material, &["EUTM_MOZAMBIQUE equipment_and_infrastructure done"]);
    let first = said("fr", "<p>La mission EUCAP Sahel Niger a organisé un atelier pour la police, le premier du genre.");
    assert_eq!(first, ["EUCAP_SAHEL_NIGER police_reform done"]);
    let judges = said("fr", "<p>La MONUSCO a formé des magistrats militaires.");
    assert_eq!(judges, ["MONUSCO justice_reform done"]);
    let children = said("en", "<p>UNMISS held a workshop for prison officers on human rights, including child protection.");
    assert!(!children.iter().any(|s| s.contains("protection_of_civilians")), "{children:?}");
    let council = "<p>El Consejo instruyó a la BINUH para que aborde la violencia sexual.";
    says("es", council, &["BINUH sexual_violence mandate"]);
}

#[test]
fn weapons_handed_in_and_confidence_restored_are_tasks() {
    for (language, page, expected) in [
        ("en", "<p>KFOR teams collected 57 rifles in a hand-in campaign and destroyed them.", "KFOR weapons_and_ammunition done"),
        ("fr", "<p>La MINUSCA a collecté et détruit 300 fusils.", "MINUSCA weapons_and_ammunition done"),
        ("de", "<p>KFOR sammelte 300 illegale Gewehre ein und vernichtete sie.", "KFOR weapons_and_ammunition done"),
        ("ar", "<p>جمعت بعثة الأمم المتحدة للدعم في ليبيا 300 بندقية ودمرتها.", "UNSMIL weapons_and_ammunition done"),
        ("uk", "<p>EUAM Ukraine зібрала та знищила 300 одиниць нелегальної зброї.", "EUAM_UKRAINE weapons_and_ammunition done"),
        (
            "en",
            "<p>MONUSCO held debates between youth and the commander to rebuild confidence.",
            "MONUSCO trust_and_community_relations done",
        ),
        (
            "ar",
            "<p>تدعم اليونيفيل الجهود الرامية إلى تعزيز ثقة الأهالي بقوى الأمن.",
            "UNIFIL trust_and_community_relations ongoing",
        ),
        (
            "ar",
            "<p>تساعد بعثة الأمم المتحدة في جنوب السودان الشرطة على التحقق من سجلات أفرادها.",
            "UNMISS vetting_and_census ongoing",
        ),
        (
            "uk",
            "<p>EUAM Ukraine допоможе Бюро економічної безпеки в доборі персоналу.",
            "EUAM_UKRAINE human_resources_and_recruitment plan",
        ),
    ] {
        says(language, page, &[expected]);
    }
}

#[test]
fn organisations_in_a_list_do_what_it_tells() {
    for (language, page) in [
        ("en", "<p>UNMISS, UNDP and UNICEF trained the police."),
        ("en", "<p>UNMISS, UNDP, and UNICEF trained the police."),
        ("fr", "<p>L’UNMISS, le PNUD et l’UNICEF ont formé la police."),
    ] {
        says(language, page, &["UNMISS police_reform done", "UNDP police_reform done", "UNICEF police_reform done"]);
    }
    let beside = said("en", "<p>UNMISS trained the police; UNDP, the ministry and others were present.");
    assert_eq!(beside, ["UNMISS police_reform done"]);
}

#[test]
fn what_serves_in_a_mission_is_not_reformed_by_another() {
    for (language, page) in [
        ("es", "<p>La MINUJUSTH retendrá siete de las 11 unidades de policía constituidas de la MINUSTAH."),
        ("fr", "<p>La MINUJUSTH gardera sept des unités de police constituées de la MINUSTAH."),
    ] {
        assert_eq!(said(language, page), [""; 0], "{language}");
    }
}

#[test]
fn who_came_to_a_meeting_is_not_reformed() {
    let page = "<p>La MONUSCO a organisé un atelier sur la réforme du secteur de la sécurité.<p>Cette rencontre a réuni notamment des députés, la Police nationale congolaise et les FARDC.";
    assert_eq!(said("fr", page), ["MONUSCO security_sector_reform done"]);
    let border = said("fr", "<p>L’EUCAP Sahel Niger appuie la formation d’une compagnie mobile de contrôle des frontières.");
    assert_eq!(border, ["EUCAP_SAHEL_NIGER border_management ongoing"]);
    let arms = said("en", "<p>EUAM Iraq supports exercises against trafficking of small arms, ammunition and explosives.");
    assert!(!arms.iter().any(|s| s.contains("mine_action")), "{arms:?}");
    let partners = "<p>ستؤدي بعثة الاتحاد الأوروبي في العراق دورا أساسيا في تنسيق المشاريع التي تنفذها الدول الأعضاء.";
    says("ar", partners, &["EUAM_IRAQ ssr_coordination plan"]);
}

#[test]
fn a_mission_that_is_described_and_then_named_is_the_one_that_is_named() {
    let page = "<p>The EU’s maritime capacity building mission in the Horn of Africa and Somalia, EUCAP Nestor, trained prison officers.";
    let found = said("en", page);
    assert!(found.iter().any(|s| s == "EUCAP_NESTOR corrections_reform done"), "{found:?}");
    assert!(!found.iter().any(|s| s.starts_with("EUCAP_SOMALIA")), "{found:?}");
    let two = "<p>The EU advisory mission in Iraq, EULEX in Kosovo and others trained prison officers.";
    assert!(said("en", two).iter().any(|s| s == "EUAM_IRAQ corrections_reform done"), "of another country");
}

#[test]
fn who_guards_prisons_and_which_unit_does_it_are_no_tasks() {
    let page = "<p>نظمت دائرة حقوق الإنسان والعدالة الانتقالية وسيادة القانون في بعثة الأمم المتحدة للدعم في ليبيا ندوة عن إدارة السجون لضباط الشرطة القضائية.";
    assert_eq!(said("ar", page), ["UNSMIL corrections_reform done"]);
}

#[test]
fn a_heading_names_one_mission_where_another_is_called_by_its_first_word() {
    let page = "<h2>EUAM Iraq</h2><p>It was launched in 2017.<h2>EUAM RCA</h2><p>The Mission trains prison officers.";
    assert_eq!(said("en", page), ["EUAM_RCA corrections_reform ongoing"]);
    let list = "<h3>European Union Advisory Mission in support of Security Sector Reform in Iraq - Civilian Mission</h3><p>The European Union Advisory Mission in Iraq (EUAM Iraq) was launched in October 2017.<h3>EUAM RCA: European Union Advisory Mission in Central African Republic – Civilian Mission</h3><p>The Mission trains prison officers.";
    assert_eq!(said("en", list), ["EUAM_RCA corrections_reform ongoing"], "what a mission is says not which");
}

#[test]
fn a_word_for_a_mission_within_a_longer_one_is_no_other_mission() {
    let page = "<p>The EU military training mission in Mozambique supports the armed forces.";
    let found = said("en", page);
    assert!(found.iter().any(|s| s.starts_with("EUTM_MOZAMBIQUE ")), "{found:?}");
    assert!(!found.iter().any(|s| s.starts_with("EUMAM_MOZAMBIQUE ")), "{found:?}");
}

#[test]
fn of_two_missions_that_may_be_described_the_one_that_the_page_names_is_meant() {
    let page = "<p>EUTM Mali is in Bamako.<p>The EU mission in Mali trains soldiers.";
    assert_eq!(said("en", page), ["EUTM_MALI military_training ongoing"]);
    let both = said("en", "<p>EUTM Mali works with the EU mission in Mali, which trains the police.");
    assert!(both.iter().any(|s| s == "EUCAP_SAHEL_MALI police_reform ongoing"), "{both:?}");
}

#[test]
fn the_mission_on_a_page_of_two_is_not_the_only_organisation_that_it_names() {
    let page =
        "<p>EUCAP Sahel Mali and EUTM Mali are in Bamako.<p>The mission will train prison officers. This counts, says the EEAS.";
    let found = said("en", page);
    assert!(!found.iter().any(|s| s.starts_with("EEAS ")), "{found:?}");
}

#[test]
fn a_mission_that_executes_nothing_does_what_it_does() {
    for (language, page) in [
        ("es", "<p>EUTM RCA es una misión no ejecutiva que forma a las Fuerzas Armadas."),
        ("de", "<p>EUTM RCA ist eine nicht exekutive Mission, die die Streitkräfte ausbildet."),
    ] {
        says(language, page, &["EUTM_RCA military_training ongoing"]);
    }
    let purpose =
        "<p>EUTM RCA es una misión no ejecutiva con la finalidad de contribuir al adiestramiento de las Fuerzas Armadas.";
    says("es", purpose, &["EUTM_RCA military_training mandate"]);
    let possible = "<p>El Consejo aprobó el concepto de una posible Misión de Entrenamiento Militar de la UE en la República Centroafricana (EUTM RCA), para contribuir a la reforma de la defensa.";
    says("es", possible, &["EUTM_RCA defence_reform plan"]);
}

#[test]
fn a_general_of_the_police_trains_no_soldiers_and_offices_for_the_police_are_built() {
    let general = "<p>نظمت اليونيفيل دورة تدريبية لشرطة لبنان بحضور اللواء قائد الشرطة.";
    assert_eq!(said("ar", general), ["UNIFIL police_reform done"]);
    says("ar", "<p>دعمت اليوناميد بناء مكاتب للشرطة في دارفور.", &["UNAMID equipment_and_infrastructure done"]);
}

#[test]
fn support_is_told_in_the_words_of_croatian_too() {
    says("sr", "<p>EUPOL Proxima pruža potporu policiji.", &["EUPOL_PROXIMA police_reform ongoing"]);
    let standards = said("sr", "<p>Misija OSCE-a u BiH radi na jačanju profesionalnih standarda policije.");
    assert_eq!(standards, ["OSCE_BIH police_reform ongoing"], "standards are no complaints");
    let own = said("de", "<p>EULEX soll die Gerichte beraten, während es sich selbst exekutive Zuständigkeiten vorbehält.");
    assert_eq!(own, ["EULEX_KOSOVO justice_reform plan"]);
}

#[test]
fn the_name_in_brackets_is_meant_whichever_mission_was_called_so_before() {
    let page = "<p>The United Nations Mission in Haiti (BINUH) supports the prisons.";
    assert_eq!(said("en", page), ["BINUH corrections_reform ongoing"]);
    let spanish = said(
        "es",
        "<p>El Consejo extendió el mandato de la Misión de la ONU en Haití (MINUJUSTH), para apoyar a la Policía Nacional.",
    );
    assert_eq!(spanish, ["MINUJUSTH police_reform mandate"]);
    let own = said("en", "<p>The United Nations Mission in Haiti (UNMIH) supports the prisons.");
    assert_eq!(own, ["UNMIH corrections_reform ongoing"]);
}

#[test]
fn a_mission_that_is_described_and_known_as_something_is_that() {
    let page = "<p>EUCAP Nestor began in 2012.<p>The EU’s capacity building mission in Somalia, known as EUCAP Nestor, trained prison officers.";
    assert_eq!(said("en", page), ["EUCAP_NESTOR corrections_reform done"]);
}

#[test]
fn plans_of_action_are_made_now_and_what_is_needed_for_peace_is_no_task() {
    let plans = said("en", "<p>EUCAP Somalia helps the police to write action plans to fight organised crime.");
    assert_eq!(plans, ["EUCAP_SOMALIA organised_crime ongoing"]);
    for (language, page) in [
        ("en", "<p>EUCAP Somalia is in Mogadishu. Trust in the police is a precondition for peace."),
        ("sr", "<p>Misija OEBS-a je u Crnoj Gori. Povjerenje građana u policiju je preduslov za izgradnju društva."),
        ("fr", "<p>La MINUSMA participe à une stratégie redynamisée de protection des personnes par la police."),
    ] {
        assert_eq!(said(language, page), [""; 0], "{language}");
    }
    let order = said("uk", "<p>EUAM Ukraine навчає поліцейських забезпечення громадської безпеки та порядку.");
    assert_eq!(order, ["EUAM_UKRAINE police_reform ongoing"], "public order is no community policing");
    let trained = said("ar", "<p>تدعم EUBAM Libya إدارة الحدود من خلال تدريب الكوادر الليبية.");
    assert_eq!(trained, ["EUBAM_LIBYA border_management ongoing"], "who is trained is not recruited");
}

#[test]
fn what_cuts_across_is_no_second_task_where_one_word_tells_it() {
    for (language, page) in [
        ("en", "<p>EULEX trained prison officers, in line with the rules on complaints."),
        ("fr", "<p>L’EULEX Kosovo a formé des surveillants de prison, selon la stratégie de sécurité."),
    ] {
        assert_eq!(said(language, page), ["EULEX_KOSOVO corrections_reform done"], "{language}");
    }
    says("en", "<p>EULEX advises on complaints.", &["EULEX_KOSOVO accountability_and_complaints ongoing"]);
    says("fr", "<p>L’EULEX Kosovo appuie la stratégie de sécurité.", &["EULEX_KOSOVO national_security_strategy ongoing"]);
}

#[test]
fn who_is_given_things_is_equipped_whichever_verb_says_so() {
    for (language, page, expected) in [
        ("en", "<p>AMISOM supported the Somali Police Force with radios.", "AMISOM equipment_and_infrastructure done"),
        ("en", "<p>UNSMIL will give radios to the border guard.", "UNSMIL equipment_and_infrastructure plan"),
        ("fr", "<p>La MINUSCA équipera la police en radios.", "MINUSCA equipment_and_infrastructure plan"),
        ("sr", "<p>Misija OEBS-a u Srbiji uručila je policiji radio-stanice.", "OSCE_SERBIA equipment_and_infrastructure done"),
    ] {
        says(language, page, &[expected]);
    }
}

#[test]
fn live_ammunition_of_an_exercise_and_borders_at_sea_are_no_tasks_of_their_own() {
    let exercise = said("ar", "<p>تنفذ اليونيفيل تدريبا مشتركا مع الجيش اللبناني بالذخيرة الحية.");
    assert_eq!(exercise, ["UNIFIL military_training ongoing"]);
    let borders = said("ar", "<p>ستقدم EUBAM Libya المشورة بهدف تعزيز أمن الحدود البرية والبحرية والجوية للبلاد.");
    assert_eq!(borders, ["EUBAM_LIBYA border_management plan"]);
}

#[test]
fn what_a_sentence_only_names_is_no_task() {
    for (language, page, only) in [
        ("en", "<p>EUAM Iraq advises the police, which is accused of corruption.", "EUAM_IRAQ police_reform ongoing"),
        (
            "fr",
            "<p>L’EULEX Kosovo a formé des surveillants de prison à plusieurs thèmes, dont les droits de l’homme.",
            "EULEX_KOSOVO corrections_reform done",
        ),
        (
            "es",
            "<p>La MINUSTAH capacitó a agentes penitenciarios en diversos temas, entre ellos los derechos humanos.",
            "MINUSTAH corrections_reform done",
        ),
        ("es", "<p>La MINUSTAH asesora a la policía, que sufre de corrupción.", "MINUSTAH police_reform ongoing"),
        ("de", "<p>Die EULEX bildete Polizisten aus.<p>Themen waren Menschenrechte.", "EULEX_KOSOVO police_reform done"),
        ("ar", "<p>دربت UNMISS ضباط السجون على عدة محاور، منها حقوق الإنسان والفساد.", "UNMISS corrections_reform done"),
        ("ar", "<p>تقدم EUAM Iraq المشورة للشرطة التي تعاني من الفساد.", "EUAM_IRAQ police_reform ongoing"),
        ("uk", "<p>EUAM Ukraine навчала поліцейських. Серед тем були права людини.", "EUAM_UKRAINE police_reform done"),
        ("sr", "<p>EULEX je obučio policajce. Teme obuke bile su ljudska prava.", "EULEX_KOSOVO police_reform done"),
        ("sr", "<p>EULEX savetuje policiju, koja pati od korupcije.", "EULEX_KOSOVO police_reform ongoing"),
    ] {
        assert_eq!(said(language, page), [only], "{page}");
    }
    says("en", "<p>ATMIS trained officers. The course focused on community policing.", &["ATMIS community_policing done"]);
}

#[test]
fn words_that_mean_another_thing_where_they_stand_are_no_task() {
    for (language, page, only) in [
        ("fr", "<p>EUCAP Sahel Mali forme l’état-major de la police.", "EUCAP_SAHEL_MALI police_reform ongoing"),
        ("fr", "<p>La MINUSCA appuie la protection des victimes et témoins par les juges.", "MINUSCA justice_reform ongoing"),
        (
            "fr",
            "<p>EUCAP Sahel Mali forme la police.<p>Le Conseil lui a alloué un budget de dix millions pour la sécurité.",
            "EUCAP_SAHEL_MALI police_reform ongoing",
        ),
        ("en", "<p>EULEX trained judges on victim and witness protection.", "EULEX_KOSOVO justice_reform done"),
        ("en", "<p>EUAM Iraq trained the police in intelligence-led policing.", "EUAM_IRAQ police_reform done"),
        (
            "en",
            "<p>AMISOM trains the Somali police.<p>AMISOM welcomed 160 newly deployed police officers for induction training.",
            "AMISOM police_reform ongoing",
        ),
    ] {
        assert_eq!(said(language, page), [only], "{page}");
    }
    let county = said("sr", "<p>Misija OEBS-a u BiH opremila je policiju Zeničko-dobojskog kantona.");
    assert!(!county.iter().any(|s| s.contains("gender")), "a county is no woman: {county:?}");
    assert_eq!(said("en", "<p>EUAM Iraq held meetings with the police; among them were prosecutors."), [""; 0]);
}

#[test]
fn what_a_mandate_is_prolonged_for_is_a_mandate() {
    police("en", "The Council extended the mandate of EUAM Iraq to advise on police reform.", "mandate");
    police("fr", "Le Conseil a prolongé le mandat de l’EUAM Iraq pour la réforme de la police.", "mandate");
    police("ar", "أعلن المجلس تمديد ولاية EUAM Iraq لدعم إصلاح الشرطة.", "mandate");
    police("uk", "Рада продовжила мандат EUAM Ukraine для реформи поліції.", "mandate");
}
