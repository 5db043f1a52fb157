//! Made-up data for every picture: a country that does not exist, and maps of how long names are.

use remit_draw::{
    AboutPicture, Area, Bar, Bars, DotEstimate, DotRow, Dots, Edge, Graph, GraphLink, GraphNode, Lane, Map, MapPlace, Matrix,
    MatrixRow, Picture, PictureWords, Point, Series, SeriesLine, Setting, Span, Stack, Stacked, Target, Timeline, Value, year,
};
use remit_model::{Language, Model};
use std::sync::LazyLock;

/// Loading it takes longer than drawing all that is drawn here.
static MODEL: LazyLock<Model> = LazyLock::new(|| Model::load(None).unwrap_or_else(|e| panic!("{e}")));

pub(crate) fn language(arabic: bool) -> Language {
    let code = if arabic { "ar" } else { "en" };
    MODEL.languages.find(code).map(|l| l.language).unwrap_or_default()
}

/// The usual setting in English, or in Arabic.
pub(crate) fn setting(arabic: bool) -> Setting {
    let language = language(arabic);
    Setting::new(PictureWords::new(MODEL.languages.get(language), |word| {
        MODEL.lists.name("picture_word", word, language).to_owned()
    }))
}

/// A text in English and Arabic, of which the reader's is taken.
type Say = fn(&'static str, &'static str) -> String;

/// One of every picture, by name.
pub(crate) fn pictures(arabic: bool, model: Option<&Model>) -> Vec<(&'static str, Box<dyn Picture>)> {
    let say: Say = if arabic { |_, ar| ar.into() } else { |en, _| en.into() };
    let mut pictures: Vec<(&'static str, Box<dyn Picture>)> = vec![
        ("bars", Box::new(bars(say))),
        ("below-zero", Box::new(below_zero(say))),
        ("stacked", Box::new(stacked(say))),
        ("series", Box::new(series(say))),
        ("one-series", Box::new(one_series(say))),
        ("dots", Box::new(dots(say))),
        ("matrix", Box::new(matrix(say))),
        ("timeline", Box::new(timeline(say))),
        ("graph", Box::new(graph(say))),
    ];
    if let Some(model) = model {
        pictures.push(("world", Box::new(world(say, model, arabic))));
        pictures.push(("regions", Box::new(regions(say, model, arabic))));
    } else {
        pictures.push(("map", Box::new(islands(say))));
    }
    pictures
}

fn about(say: Say, id: &str, title: String, unit: String) -> AboutPicture {
    AboutPicture {
        id: id.into(),
        title,
        unit,
        source: say("made up to show how this picture looks", "بيانات مختلقة لعرض شكل الرسم"),
        ..AboutPicture::default()
    }
}

const UNKNOWN: Value = Value::NotReported;

fn bars(say: Say) -> Bars {
    let bar = |label: String, value: Value, link: &str| Bar { label, value, link: Some(format!("/made-up/{link}")) };
    Bars {
        about: about(
            say,
            "bars",
            say("Support by recipient, Norland, 2019", "الدعم حسب المتلقي، نورلاند، 2019"),
            say("Disbursed, thousand US dollars", "المبالغ المصروفة، بآلاف الدولارات"),
        ),
        head: say("Recipient", "المتلقي"),
        bars: vec![
            bar(say("Police", "الشرطة"), 12_400.0.into(), "police"),
            bar(
                say("Ministry of Internal Security and Local Government", "وزارة الأمن الداخلي والحكم المحلي"),
                8_150.0.into(),
                "moi",
            ),
            bar(say("Army", "الجيش"), 5_900.0.into(), "army"),
            bar(say("Intelligence", "الاستخبارات"), Value::Withheld, "int"),
            bar(say("Corrections", "السجون"), 730.0.into(), "prison"),
            bar(say("Parliamentary committee", "اللجنة البرلمانية"), 0.0.into(), "com"),
            bar(say("Coast guard", "خفر السواحل"), UNKNOWN, "coast"),
            bar(say("Private security", "الأمن الخاص"), Value::NoRecord, "private"),
        ],
    }
}

fn below_zero(say: Say) -> Bars {
    let bar = |label: String, value: f64| Bar { label, value: value.into(), link: None };
    Bars {
        about: AboutPicture {
            note: say(
                "Payroll less nominal roll: below zero, people are missing on the payroll.",
                "الفرق بين كشف الرواتب والقوائم الاسمية.",
            ),
            ..about(
                say,
                "below",
                say("People on the payroll who are not on the roll, Norland", "أشخاص في كشف الرواتب وليسوا في القوائم، نورلاند"),
                say("Difference, persons", "الفرق، أشخاص"),
            )
        },
        head: say("Service", "الجهاز"),
        bars: vec![
            bar(say("Army", "الجيش"), 1_840.0),
            bar(say("Police", "الشرطة"), 412.0),
            bar(say("Corrections", "السجون"), -96.0),
            bar(say("Gendarmerie", "الدرك"), -730.0),
        ],
    }
}

fn stacked(say: Say) -> Stacked {
    let stack = |label: String, values: [Value; 4]| Stack { label, values: values.to_vec(), link: None };
    let v = |n: f64| Value::Known(n);
    Stacked {
        about: about(
            say,
            "stacked",
            say("People by service and rank, Norland, June 2019", "الأفراد حسب الجهاز والرتبة، نورلاند، حزيران/يونيو 2019"),
            say("Persons on the nominal roll", "أشخاص في القوائم الاسمية"),
        ),
        head: say("Service", "الجهاز"),
        parts: vec![
            say("Generals and senior officers", "كبار الضباط"),
            say("Junior officers", "صغار الضباط"),
            say("Non-commissioned officers", "ضباط الصف"),
            say("Other ranks", "رتب أخرى"),
        ],
        bars: vec![
            stack(say("Army", "الجيش"), [v(410.0), v(1_900.0), v(4_300.0), v(9_800.0)]),
            stack(say("Police", "الشرطة"), [v(230.0), v(1_250.0), v(3_900.0), UNKNOWN]),
            stack(say("Gendarmerie", "الدرك"), [v(60.0), v(540.0), v(1_700.0), v(3_100.0)]),
            stack(say("Corrections", "السجون"), [v(12.0), v(130.0), Value::Withheld, v(900.0)]),
            stack(say("Coast guard", "خفر السواحل"), [UNKNOWN; 4]),
        ],
        ..Stacked::default()
    }
}

/// A value in a year, with its interval.
type Yearly = (i32, Value, Option<(f64, f64)>);

fn points(values: &[Yearly]) -> Vec<Point> {
    let point = |(y, value, interval): &Yearly| Point {
        at: year(*y, 1, 1),
        when: String::new(),
        estimate: DotEstimate { value: *value, interval: *interval },
        link: None,
    };
    values.iter().map(point).collect()
}

fn series(say: Say) -> Series {
    let around = |y: i32, v: f64, by: f64| (y, Value::Known(v), Some((v - by, v + by)));
    Series {
        about: AboutPicture {
            note: say("Bands and whiskers: 95 % interval of the sample.", "النطاقات: مجال الثقة 95 %."),
            ..about(
                say,
                "series",
                say("Trust in services, Norland, 2012–2020", "الثقة بالأجهزة، نورلاند، 2012–2020"),
                say("Share of adults who trust them, %", "نسبة البالغين الذين يثقون بها، %"),
            )
        },
        head: say("Year", "السنة"),
        lines: vec![
            SeriesLine {
                name: say("Army", "الجيش"),
                points: points(&[
                    around(2012, 61.0, 3.1),
                    around(2013, 63.5, 2.9),
                    around(2014, 58.0, 3.0),
                    around(2016, 66.0, 2.4),
                    around(2018, 71.0, 2.2),
                    around(2020, 69.0, 2.6),
                ]),
            },
            SeriesLine {
                name: say("Police", "الشرطة"),
                points: points(&[
                    around(2012, 34.0, 3.4),
                    around(2013, 36.0, 3.0),
                    (2014, UNKNOWN, None),
                    (2015, UNKNOWN, None),
                    around(2016, 41.0, 2.8),
                    around(2018, 47.0, 2.5),
                    around(2020, 44.0, 2.9),
                ]),
            },
        ],
        target: None,
        from_zero: true,
    }
}

fn one_series(say: Say) -> Series {
    let value = |y: i32, v: f64| (y, Value::Known(v), None);
    Series {
        about: about(
            say,
            "one",
            say("Women in the police, Norland, 2012–2021", "النساء في الشرطة، نورلاند، 2012–2021"),
            say("Share of all police officers, %", "النسبة من جميع أفراد الشرطة، %"),
        ),
        head: say("Year", "السنة"),
        lines: vec![SeriesLine {
            name: say("Women", "النساء"),
            points: points(&[
                value(2012, 4.1),
                value(2013, 4.6),
                value(2014, 5.0),
                (2015, UNKNOWN, None),
                value(2016, 6.2),
                value(2017, 7.9),
                value(2018, 8.3),
                value(2019, 9.9),
                (2020, Value::Withheld, None),
                value(2021, 11.4),
            ]),
        }],
        target: Some(Target { words: say("Target for 2022: 15 %", "الهدف لعام 2022: 15 %"), value: 15.0 }),
        from_zero: true,
    }
}

fn dots(say: Say) -> Dots {
    let row = |label: String, values: Vec<DotEstimate>| DotRow { label, values, link: None };
    let census = |v: f64, by: f64| DotEstimate { value: v.into(), interval: Some((v - by, v + by)) };
    Dots {
        about: about(
            say,
            "dots",
            say("How many people does each service have? Norland, 2019", "كم عدد أفراد كل جهاز؟ نورلاند، 2019"),
            say("Persons, by what is counted", "أشخاص، حسب ما يُحصى"),
        ),
        head: say("Service", "الجهاز"),
        marks: vec![
            say("Establishment", "الملاك"),
            say("Nominal roll", "القوائم الاسمية"),
            say("Payroll", "كشف الرواتب"),
            say("Head count", "التعداد"),
        ],
        items: vec![
            row(say("Army", "الجيش"), vec![18_000.0.into(), 16_410.0.into(), 18_250.0.into(), census(14_900.0, 700.0)]),
            row(say("Police", "الشرطة"), vec![12_000.0.into(), 9_800.0.into(), 10_212.0.into(), UNKNOWN.into()]),
            row(say("Gendarmerie", "الدرك"), vec![6_000.0.into(), 5_400.0.into(), 4_670.0.into(), census(4_500.0, 400.0)]),
            row(say("Corrections", "السجون"), vec![UNKNOWN.into(), 1_042.0.into(), 946.0.into(), UNKNOWN.into()]),
        ],
        from_zero: true,
    }
}

fn matrix(say: Say) -> Matrix {
    let linked = |v: Value| (v, Some("/made-up/cell".to_owned()));
    let row = |label: String, values: [Value; 6]| MatrixRow { label, cells: values.map(linked).to_vec(), link: None };
    let (v, none) = (Value::Known, Value::NoRecord);
    Matrix {
        about: about(
            say,
            "matrix",
            say("Who supports whom, Norland, 2019", "من يدعم من؟ نورلاند، 2019"),
            say("Activities that are under way", "الأنشطة الجارية"),
        ),
        head: say("Supporter", "الداعم"),
        columns: vec![
            say("Army", "الجيش"),
            say("Police", "الشرطة"),
            say("Justice", "القضاء"),
            say("Corrections", "السجون"),
            say("Parliament", "البرلمان"),
            say("Ombuds institution", "أمين المظالم"),
        ],
        items: vec![
            row(say("Mission to Norland", "البعثة إلى نورلاند"), [v(4.0), v(17.0), v(6.0), v(2.0), v(1.0), none]),
            row(say("Development bank", "مصرف التنمية"), [none, v(3.0), v(22.0), none, UNKNOWN, none]),
            row(say("Bilateral donor A", "المانح أ"), [v(9.0), v(0.0), none, none, none, none]),
            row(say("Bilateral donor B", "المانح ب"), [Value::Withheld, v(31.0), v(5.0), v(1.0), none, v(1.0)]),
        ],
        steps: vec![1.0, 2.0, 5.0, 10.0, 20.0],
    }
}

fn timeline(say: Say) -> Timeline {
    let at = |y: i32, m: u32| Edge::At(year(y, m, 1), String::new());
    let span = |label: &str, kind: usize, start: Edge, end: Edge| Span { label: label.into(), kind, start, end, link: None };
    let lane = |label: String, spans: Vec<Span>| Lane { label, spans, link: None };
    Timeline {
        about: about(
            say,
            "timeline",
            say("Mandates and support, Norland, 2010–2021", "الولايات والدعم، نورلاند، 2010–2021"),
            say(
                "From start to end, as known; an end that is not known fades",
                "من البداية إلى النهاية كما هو معروف؛ النهاية غير المعروفة تتلاشى",
            ),
        ),
        head: say("Mandate or activity", "الولاية أو النشاط"),
        kinds: vec![say("Mandate", "ولاية"), say("Activity", "نشاط")],
        lanes: vec![
            lane(
                say("Mission to Norland", "البعثة إلى نورلاند"),
                vec![
                    span("I", 0, at(2010, 3), at(2013, 3)),
                    span("II", 0, at(2013, 3), at(2017, 3)),
                    span("III", 0, at(2017, 3), Edge::Open),
                ],
            ),
            lane(
                say("Police training", "تدريب الشرطة"),
                vec![span("", 1, at(2012, 1), at(2015, 6)), span("", 1, at(2014, 9), at(2018, 1))],
            ),
            lane(
                say("Payroll reform", "إصلاح الرواتب"),
                vec![span("", 1, at(2015, 1), Edge::Unknown(year(2019, 5, 1), String::new()))],
            ),
            lane(
                say("Disarmament", "نزع السلاح"),
                vec![span("", 1, Edge::Unknown(year(2011, 5, 1), String::new()), at(2013, 12))],
            ),
            lane(say("Ombuds institution", "أمين المظالم"), vec![]),
        ],
        mark: Some((year(2019, 6, 30), say("valid on 30 June 2019", "كما في 30 حزيران/يونيو 2019"))),
    }
}

fn graph(say: Say) -> Graph {
    let node = |id: &str, label: String, note: String| GraphNode { id: id.into(), label, note, ..GraphNode::default() };
    let link = |from: &str, to: &str, kind: usize| GraphLink { from: from.into(), to: to.into(), kind, ..GraphLink::default() };
    Graph {
        about: about(
            say,
            "graph",
            say("Command and oversight, Norland, June 2019", "القيادة والرقابة، نورلاند، حزيران/يونيو 2019"),
            say("Who commands, manages and oversees whom", "من يقود ومن يدير ومن يراقب"),
        ),
        kinds: vec![say("commands", "يقود"), say("oversees", "يراقب")],
        nodes: vec![
            node("pres", say("President", "الرئيس"), String::new()),
            node("mod", say("Ministry of Defence", "وزارة الدفاع"), say("ministry", "وزارة")),
            node("moi", say("Ministry of the Interior", "وزارة الداخلية"), say("ministry", "وزارة")),
            GraphNode { marked: true, ..node("army", say("Army", "الجيش"), say("12 brigades", "12 لواء")) },
            node("police", say("Police", "الشرطة"), String::new()),
            GraphNode {
                doubtful: true,
                ..node("mil", say("Northern militia", "ميليشيا الشمال"), say("last cited 2015", "آخر ذكر 2015"))
            },
            node("com", say("Defence committee of parliament", "لجنة الدفاع البرلمانية"), say("oversight", "رقابة")),
            node("omb", say("Ombuds institution", "أمين المظالم"), say("oversight", "رقابة")),
        ],
        links: vec![
            link("pres", "mod", 0),
            link("pres", "moi", 0),
            link("mod", "army", 0),
            link("moi", "police", 0),
            GraphLink { doubtful: true, ..link("army", "mil", 0) },
            link("com", "mod", 1),
            link("com", "army", 1),
            link("omb", "police", 1),
            link("police", "omb", 1),
        ],
    }
}

/// Values that nobody takes for facts about the countries: how long their names are.
fn letters(name: &str) -> Value {
    match name.chars().filter(|c| c.is_alphabetic()).count() {
        n if n % 11 == 0 => UNKNOWN,
        n if n % 7 == 0 => Value::NoRecord,
        n => (n as f64).into(),
    }
}

fn world(say: Say, model: &Model, arabic: bool) -> Map {
    let language = language(arabic);
    let area = |s: &remit_model::Shape| {
        let name = model.lists.name("country", &s.code, language).to_owned();
        let point = (f64::from(s.point.0), f64::from(s.point.1));
        Area { value: letters(&name), name, path: s.path.clone(), point, link: Some(format!("/made-up/{}", s.code)) }
    };
    Map {
        about: AboutPicture {
            note: say("Names of 11 and 22 letters are left out, to show what that looks like.", "حُذفت بعض الأسماء لعرض الشكل."),
            source: say("counted; map: Natural Earth", "عدٌّ؛ الخريطة: Natural Earth"),
            ..about(say, "world", say("How long the names of countries are", "طول أسماء البلدان"), say("Letters", "عدد الحروف"))
        },
        head: say("Country", "البلد"),
        measure: say("Letters", "عدد الحروف"),
        width: 1000.0,
        height: 453.0,
        areas: model.geography.world.iter().map(area).collect(),
        steps: vec![1.0, 5.0, 7.0, 9.0, 14.0],
        ..Map::default()
    }
}

fn regions(say: Say, model: &Model, arabic: bool) -> Map {
    let language = language(arabic);
    let area = |r: &remit_model::Region| {
        let name = r.label.get(language).to_owned();
        let point = (f64::from(r.point.0), f64::from(r.point.1));
        Area { value: letters(&name), name, path: r.path.clone(), point, link: None }
    };
    let (width, height) = model.geography.frame("SO").map_or((100.0, 100.0), |f| (f.width, f.height));
    let place = |name: String, x: f64, y: f64, value: Value, uncertain: f64| MapPlace {
        name,
        point: (x, y),
        value,
        uncertain,
        link: None,
    };
    Map {
        about: about(
            say,
            "regions",
            say("How long the names of regions are, and places that do not exist", "طول أسماء الأقاليم، وأماكن لا وجود لها"),
            say("Letters; made-up persons trained by size of circle", "عدد الحروف؛ أشخاص مدرَّبون (مختلق) حسب حجم الدائرة"),
        ),
        head: say("Region or place", "الإقليم أو المكان"),
        measure: say("Letters", "عدد الحروف"),
        place_measure: say("Persons trained", "المدرَّبون"),
        width,
        height,
        areas: model.geography.regions.iter().filter(|r| r.country == "SO").map(area).collect(),
        places: vec![
            place(say("Camp A", "معسكر أ"), 190.0, 430.0, 900.0.into(), 0.0),
            place(say("Camp B", "معسكر ب"), 300.0, 250.0, 120.0.into(), 40.0),
            place(say("Camp C", "معسكر ج"), 90.0, 520.0, UNKNOWN, 0.0),
        ],
        named: true,
        ..Map::default()
    }
}

/// A map of islands that do not exist, for where there is no model.
fn islands(say: Say) -> Map {
    let area =
        |name: String, path: &str, point: (f64, f64), value: Value| Area { name, path: path.into(), point, value, link: None };
    Map {
        about: about(say, "map", say("Islands", "جزر"), say("Persons trained", "المدرَّبون")),
        head: say("Island", "الجزيرة"),
        measure: say("Persons trained", "المدرَّبون"),
        place_measure: say("Stations", "المراكز"),
        width: 200.0,
        height: 100.0,
        areas: vec![
            area(say("North", "الشمال"), "M10 10h80v30h-80z", (50.0, 25.0), 12.0.into()),
            area(say("East", "الشرق"), "M110 10h80v80h-80z", (150.0, 50.0), UNKNOWN),
            area(say("South", "الجنوب"), "M10 60h80v30h-80z", (50.0, 75.0), Value::NoRecord),
        ],
        places: vec![MapPlace {
            name: say("Harbour", "المرفأ"),
            point: (140.0, 70.0),
            value: 3.0.into(),
            uncertain: 12.0,
            link: None,
        }],
        named: true,
        ..Map::default()
    }
}
