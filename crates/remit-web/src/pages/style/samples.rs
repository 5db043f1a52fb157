//! Pictures of made-up data, one of each sort.

use crate::chart::{Chart, place};
use remit_ask::Voice;
use remit_draw::{
    AboutPicture, Area, Bar, Bars, DotEstimate, DotRow, Dots, Edge, Graph, GraphLink, GraphNode, Lane, Map, MapPlace, Matrix,
    MatrixRow, Point, Series, SeriesLine, Span, Stack, Stacked, Timeline, Value, year,
};

fn about(id: &str, title: &str, unit: &str) -> AboutPicture {
    let source = "made up, to show what it looks like".into();
    AboutPicture { id: format!("style-{id}"), title: title.into(), unit: unit.into(), source, ..AboutPicture::default() }
}

pub(super) fn charts(voice: &Voice<'_>) -> Vec<Chart> {
    vec![
        place(voice, &bars()),
        place(voice, &stacked()),
        place(voice, &series()),
        place(voice, &dots()),
        place(voice, &matrix()),
        place(voice, &timeline()),
        place(voice, &map()),
        place(voice, &graph()),
    ]
}

const SERVICES: [&str; 4] = ["National Police", "Army", "Border Guard", "Prison Service"];

fn bars() -> Bars {
    let values = [Value::Known(12_400.0), Value::Known(31_000.0), Value::NotReported, Value::Withheld];
    let bar = |(label, value): (&str, Value)| Bar { label: label.into(), value, link: None };
    Bars {
        about: about("bars", "People on the payroll", "Officers and civilians"),
        head: "Service".into(),
        bars: SERVICES.into_iter().zip(values).map(bar).collect(),
    }
}

fn stacked() -> Stacked {
    let bar = |label: &str, values: [Value; 3]| Stack { label: label.into(), values: values.to_vec(), link: None };
    Stacked {
        about: about("stacked", "Support by year", "Disbursed, million US dollars"),
        head: "Year".into(),
        parts: ["Northland", "Southland", "Others"].map(str::to_owned).to_vec(),
        bars: vec![
            bar("2023", [12.0.into(), 5.0.into(), 3.0.into()]),
            bar("2024", [9.0.into(), Value::NotReported, 4.0.into()]),
            bar("2025", [15.0.into(), 7.5.into(), Value::NoRecord]),
        ],
        ..Stacked::default()
    }
}

fn estimate(value: f64, by: f64) -> DotEstimate {
    DotEstimate { value: value.into(), interval: Some((value - by, value + by)) }
}

fn series() -> Series {
    let line = |name: &str, values: [DotEstimate; 4]| SeriesLine {
        name: name.into(),
        points: (2022..).zip(values).map(|(y, estimate)| Point { at: year(y, 1, 1), estimate, ..Point::default() }).collect(),
    };
    Series {
        about: about("series", "Trust in the police", "Respondents who trust, per cent, with the interval of 19 in 20"),
        head: "Year".into(),
        lines: vec![
            line("Women", [estimate(38.0, 4.0), estimate(41.0, 4.0), Value::NotReported.into(), estimate(47.0, 3.0)]),
            line("Men", [estimate(52.0, 4.0), estimate(50.0, 4.0), estimate(53.0, 4.0), estimate(55.0, 3.0)]),
        ],
        from_zero: true,
        ..Series::default()
    }
}

fn dots() -> Dots {
    let row = |label: &str, values: [DotEstimate; 2]| DotRow { label: label.into(), values: values.to_vec(), link: None };
    Dots {
        about: about("dots", "Priorities of two missions", "Share of paragraphs, per cent, with the interval of 19 in 20"),
        head: "Activity".into(),
        marks: ["Mission A", "Mission B"].map(str::to_owned).to_vec(),
        items: vec![
            row("Police reform", [estimate(14.0, 2.0), estimate(6.0, 1.5)]),
            row("Defence reform", [estimate(4.0, 1.0), estimate(5.0, 1.0)]),
            row("Oversight", [estimate(2.0, 1.0), Value::NotReported.into()]),
        ],
        from_zero: true,
    }
}

fn matrix() -> Matrix {
    let row = |label: &str, values: [Value; 4]| MatrixRow {
        label: label.into(),
        cells: values.map(|v| (v, None)).to_vec(),
        link: None,
    };
    Matrix {
        about: about("matrix", "Who supports whom", "Activities on record"),
        head: "Supporter".into(),
        columns: SERVICES.map(str::to_owned).to_vec(),
        items: vec![
            row("Northland", [12.0.into(), 3.0.into(), Value::NoRecord, 1.0.into()]),
            row("Southland", [2.0.into(), Value::NotReported, 7.0.into(), Value::NoRecord]),
            row("A fund", [Value::Withheld, 1.0.into(), 2.0.into(), 4.0.into()]),
        ],
        steps: vec![1.0, 2.0, 4.0, 7.0, 12.0],
    }
}

fn timeline() -> Timeline {
    let at = |y: i32, month: u32| Edge::At(year(y, month, 1), String::new());
    let lane = |label: &str, spans: Vec<(usize, Edge, Edge)>| Lane {
        label: label.into(),
        spans: spans.into_iter().map(|(kind, start, end)| Span { kind, start, end, ..Span::default() }).collect(),
        link: None,
    };
    Timeline {
        about: about("timeline", "Mandated tasks", "From start to end, years"),
        head: "Task".into(),
        kinds: ["Mission A", "Mission B"].map(str::to_owned).to_vec(),
        lanes: vec![
            lane("Advice on police reform", vec![(0, at(2019, 3), at(2023, 6)), (1, at(2023, 6), Edge::Open)]),
            lane("Training of border guards", vec![(0, Edge::Unknown(year(2020, 5, 1), String::new()), at(2022, 1))]),
            lane("Support to parliament", vec![(1, at(2022, 9), Edge::Unknown(year(2024, 4, 1), String::new()))]),
        ],
        mark: Some((year(2025, 1, 1), "1 Jan 2025".into())),
    }
}

fn map() -> Map {
    let area = |name: &str, path: &str, point: (f64, f64), value: Value| Area {
        name: name.into(),
        path: path.into(),
        point,
        value,
        link: None,
    };
    Map {
        about: about("map", "Activities by province", "Activities on record, and places that they name"),
        head: "Province".into(),
        measure: "Activities".into(),
        place_measure: "Activities".into(),
        width: 300.0,
        height: 160.0,
        areas: vec![
            area("North", "M10 10h130v70h-130z", (75.0, 45.0), 12.0.into()),
            area("East", "M140 10h150v70h-150z", (215.0, 45.0), 3.0.into()),
            area("South", "M10 80h100v70h-100z", (60.0, 115.0), Value::NotReported),
            area("Coast", "M110 80h180v70h-180z", (200.0, 115.0), Value::NoRecord),
        ],
        places: vec![MapPlace { name: "Harbour".into(), point: (240.0, 120.0), value: 5.0.into(), ..MapPlace::default() }],
        named: true,
        ..Map::default()
    }
}

fn graph() -> Graph {
    let node = |id: &str, label: &str, note: &str| GraphNode {
        id: id.into(),
        label: label.into(),
        note: note.into(),
        ..GraphNode::default()
    };
    let link = |from: &str, to: &str, kind: usize, doubtful: bool| GraphLink {
        from: from.into(),
        to: to.into(),
        kind,
        doubtful,
        ..GraphLink::default()
    };
    Graph {
        about: about("graph", "Command and oversight", "Lines that hold on the day"),
        kinds: ["commands", "oversees"].map(str::to_owned).to_vec(),
        nodes: vec![
            node("m", "Ministry of the Interior", "ministry"),
            node("p", "National Police", "police"),
            node("b", "Border Guard", "police"),
            node("c", "Committee on Security", "parliament"),
        ],
        links: vec![link("m", "p", 0, false), link("m", "b", 0, true), link("c", "p", 1, false), link("c", "m", 1, false)],
    }
}
