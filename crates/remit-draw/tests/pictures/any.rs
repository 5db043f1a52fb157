//! Pictures of any data: names with what XML and bidirectional text make difficult, numbers of every size and none.

use proptest::prelude::*;
use remit_draw::{
    AboutPicture, Area, Bar, Bars, DotEstimate, DotRow, Dots, Edge, Graph, GraphLink, GraphNode, Lane, Map, MapPlace, Matrix,
    MatrixRow, Point, Series, SeriesLine, Setting, ShownOn, Span, Stack, Stacked, Target, Timeline, Value,
};

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zA-Z ]{0,40}",
        1 => "[اأبتثجحخد ]{1,30}",
        2 => any::<String>(),
        1 => Just("<script>&\"'\u{202e}\u{0}]]>".to_owned()),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => (-1e6..1e6f64).prop_map(Value::Known),
        2 => any::<f64>().prop_map(Value::Known),
        1 => Just(Value::Known(0.0)),
        1 => Just(Value::NotReported),
        1 => Just(Value::LeftOut),
        1 => Just(Value::NoRecord),
        1 => Just(Value::Withheld),
    ]
}

fn estimate() -> impl Strategy<Value = DotEstimate> {
    (value(), prop::option::of((any::<f64>(), -1e3..1e3f64))).prop_map(|(value, interval)| DotEstimate { value, interval })
}

fn link() -> impl Strategy<Value = Option<String>> {
    prop::option::of(prop_oneof![Just("/record?a=1&b=2".to_owned()), Just("javascript:alert(1)".to_owned()), any::<String>()])
}

fn about() -> impl Strategy<Value = AboutPicture> {
    (words(), words(), words()).prop_map(|(id, title, source)| AboutPicture { id, title, source, ..AboutPicture::default() })
}

pub(crate) fn setting() -> impl Strategy<Value = Setting> {
    let width = prop_oneof![3 => 240.0..900.0f64, 1 => any::<f64>()];
    (any::<bool>(), any::<bool>(), width).prop_map(|(rtl, page, width)| Setting {
        look: if page { ShownOn::Page } else { ShownOn::Document },
        width,
        ..crate::samples::setting(rtl)
    })
}

fn moment() -> impl Strategy<Value = f64> {
    prop_oneof![4 => 1950.0..2050.0f64, 1 => any::<f64>()]
}

fn edge() -> impl Strategy<Value = Edge> {
    prop_oneof![
        3 => moment().prop_map(|at| Edge::At(at, String::new())),
        1 => (moment(), words()).prop_map(|(at, said)| Edge::Unknown(at, said)),
        1 => Just(Edge::Open),
    ]
}

/// At most so many of something.
fn some<S: Strategy>(most: usize, of: S) -> impl Strategy<Value = Vec<S::Value>> {
    prop::collection::vec(of, 0..=most)
}

prop_compose! {
    pub(crate) fn bars()(about in about(), bars in some(12, (words(), value(), link()))) -> Bars {
        let bars = bars.into_iter().map(|(label, value, link)| Bar { label, value, link }).collect();
        Bars { about, head: "Name".into(), bars }
    }
}

prop_compose! {
    pub(crate) fn stacked()(
        about in about(),
        parts in some(8, words()),
        bars in some(8, (words(), some(8, value()), link())),
    ) -> Stacked {
        let bars = bars.into_iter().map(|(label, values, link)| Stack { label, values, link }).collect();
        Stacked { about, parts, bars, ..Stacked::default() }
    }
}

prop_compose! {
    pub(crate) fn series()(
        about in about(),
        target in prop::option::of(any::<f64>()),
        from_zero in any::<bool>(),
        lines in some(7, (words(), some(10, (moment(), estimate())))),
    ) -> Series {
        let point = |(at, estimate)| Point { at, estimate, ..Point::default() };
        let line = |(name, points): (String, Vec<_>)| SeriesLine { name, points: points.into_iter().map(point).collect() };
        let target = target.map(|value| Target { words: "Target".into(), value });
        Series { about, lines: lines.into_iter().map(line).collect(), target, from_zero, ..Series::default() }
    }
}

prop_compose! {
    pub(crate) fn dots()(
        about in about(),
        marks in some(7, words()),
        from_zero in any::<bool>(),
        items in some(8, (words(), some(7, estimate()), link())),
    ) -> Dots {
        let items = items.into_iter().map(|(label, values, link)| DotRow { label, values, link }).collect();
        Dots { about, marks, items, from_zero, ..Dots::default() }
    }
}

prop_compose! {
    pub(crate) fn matrix()(
        about in about(),
        columns in some(12, words()),
        steps in some(7, any::<f64>()),
        items in some(6, (words(), some(12, (value(), link())))),
    ) -> Matrix {
        let items = items.into_iter().map(|(label, cells)| MatrixRow { label, cells, link: None }).collect();
        Matrix { about, columns, items, steps, ..Matrix::default() }
    }
}

prop_compose! {
    pub(crate) fn timeline()(
        about in about(),
        kinds in some(4, words()),
        mark in prop::option::of((any::<f64>(), words())),
        lanes in some(6, (words(), some(6, (words(), 0usize..9, edge(), edge())))),
    ) -> Timeline {
        let span = |(label, kind, start, end)| Span { label, kind, start, end, link: None };
        let lane = |(label, spans): (String, Vec<_>)| Lane { label, spans: spans.into_iter().map(span).collect(), link: None };
        Timeline { about, kinds, mark, lanes: lanes.into_iter().map(lane).collect(), ..Timeline::default() }
    }
}

prop_compose! {
    pub(crate) fn map()(
        about in about(),
        width in any::<f64>(),
        named in any::<bool>(),
        areas in some(8, (words(), any::<f64>(), value(), any::<bool>())),
        places in some(8, (words(), 0.0..300.0f64, value(), any::<f64>())),
    ) -> Map {
        let outline = |drawn| if drawn { "M0 0h9v9z".into() } else { String::new() };
        let area = |(name, x, value, drawn)| Area { name, value, point: (x, 5.0), path: outline(drawn), link: None };
        let place = |(name, x, value, uncertain)| MapPlace { name, value, uncertain, point: (x, x / 2.0), link: None };
        let (areas, places) = (areas.into_iter().map(area).collect(), places.into_iter().map(place).collect());
        Map { about, width, height: 150.0, areas, places, named, ..Map::default() }
    }
}

prop_compose! {
    pub(crate) fn graph()(
        about in about(),
        nodes in some(10, (words(), words(), any::<bool>())),
        links in some(20, (0usize..12, 0usize..12, 0usize..8, any::<bool>())),
    ) -> Graph {
        let node = |(n, (label, note, doubtful)): (usize, _)| GraphNode { id: n.to_string(), label, note, doubtful, ..GraphNode::default() };
        let link = |(from, to, kind, doubtful): (usize, usize, usize, bool)| {
            GraphLink { from: from.to_string(), to: to.to_string(), kind, doubtful, ..GraphLink::default() }
        };
        let kinds = vec!["commands".into(), "oversees".into()];
        let nodes = nodes.into_iter().enumerate().map(node).collect();
        Graph { about, kinds, nodes, links: links.into_iter().map(link).collect() }
    }
}
