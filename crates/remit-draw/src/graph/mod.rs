//! Graphs: who commands, manages and oversees whom, in layers from where reading starts.

mod layout;

use crate::about::{AboutPicture, Setting};
use crate::canvas::{Canvas, Key, Sign, Type, dashes, px};
use crate::paint::Paint;
use crate::rows::{DrawnCell, DrawnTable};
use crate::{Picture, PictureWords, text};
use layout::{Layout, layout};
use remit_language::Direction;
use std::collections::HashMap;
use std::fmt::Write as _;

/// A graph of boxes and links.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Graph {
    /// What stands around it.
    pub about: AboutPicture,
    /// Kinds of links, for the key; six at most can be told apart.
    pub kinds: Vec<String>,
    /// The boxes. One that only a link names is added.
    pub nodes: Vec<GraphNode>,
    /// The links.
    pub links: Vec<GraphLink>,
}

/// A box.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GraphNode {
    /// What links call it by.
    pub id: String,
    /// Its name.
    pub label: String,
    /// A line below the name: its class, or its seat.
    pub note: String,
    /// True for the one that the picture is about.
    pub marked: bool,
    /// True where nobody confirmed it for the day.
    pub doubtful: bool,
    /// Where it leads.
    pub link: Option<String>,
}

/// A link from one box to another.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GraphLink {
    /// The box that commands, manages or oversees.
    pub from: String,
    /// The box that is commanded, managed or overseen.
    pub to: String,
    /// Which of [`Graph::kinds`] it is.
    pub kind: usize,
    /// What more is to be said, for the table and for who points at it.
    pub note: String,
    /// True where nobody confirmed it for the day.
    pub doubtful: bool,
    /// Where it leads.
    pub link: Option<String>,
}

/// A link by its number, and the boxes that it joins.
type JoinedBoxes = (usize, (usize, usize));

/// A graph as it is drawn: every box there, links by number.
struct Drawn {
    nodes: Vec<GraphNode>,
    joined: Vec<JoinedBoxes>,
    names: Vec<Vec<String>>,
    notes: Vec<Vec<String>>,
    heights: Vec<f64>,
    layout: Layout,
    wide: f64,
    gap: f64,
}

impl Graph {
    /// The boxes with those that only links name, and the links between different ones.
    fn whole(&self) -> (Vec<GraphNode>, Vec<JoinedBoxes>) {
        let mut nodes: Vec<GraphNode> = Vec::new();
        let mut at: HashMap<String, usize> = HashMap::new();
        let named = |id: &String| GraphNode { id: id.clone(), label: id.clone(), ..GraphNode::default() };
        let from_links = self.links.iter().flat_map(|l| [&l.from, &l.to]).map(named);
        for node in self.nodes.iter().cloned().chain(from_links) {
            if !at.contains_key(&node.id) {
                at.insert(node.id.clone(), nodes.len());
                nodes.push(node);
            }
        }
        let ends = |l: &GraphLink| (at[&l.from], at[&l.to]);
        let joined = self.links.iter().enumerate().map(|(n, l)| (n, ends(l))).filter(|(_, (a, b))| a != b).collect();
        (nodes, joined)
    }

    /// The links that close a circle, those of a box with itself included.
    fn circular(&self) -> Vec<bool> {
        let (nodes, joined) = self.whole();
        let pairs: Vec<(usize, usize)> = joined.iter().map(|j| j.1).collect();
        let laid = layout(&vec![1.0; nodes.len()], &pairs, 0.0);
        let mut circular: Vec<bool> = self.links.iter().map(|l| l.from == l.to).collect();
        joined.iter().zip(laid.turned).for_each(|((n, _), turned)| circular[*n] |= turned);
        circular
    }

    fn keys(&self, words: &PictureWords) -> Vec<Key> {
        let used = |n: &usize| !self.kinds[*n].is_empty() && self.links.iter().any(|l| l.kind == *n);
        let key = |n: usize| Key { sign: Sign::Link(n), words: self.kinds[n].clone() };
        let mut keys: Vec<Key> = (0..self.kinds.len()).filter(used).map(key).collect();
        if self.links.iter().any(|l| l.doubtful) || self.nodes.iter().any(|n| n.doubtful) {
            keys.push(Key { sign: Sign::Text("?"), words: words.not_confirmed.clone() });
        }
        if self.circular().contains(&true) {
            keys.push(Key { sign: Sign::Text("↺"), words: words.circular.clone() });
        }
        keys
    }

    /// Lays the graph out for a width; boxes are as wide as the layers allow.
    fn drawn(&self, setting: &Setting) -> Drawn {
        let size = Canvas::type_size(setting);
        let (nodes, joined) = self.whole();
        let pairs: Vec<(usize, usize)> = joined.iter().map(|j| j.1).collect();
        let layers = layout(&vec![1.0; nodes.len()], &pairs, 0.0).layers.max(1) as f64;
        let width = setting.width.clamp(240.0, 4000.0);
        // Links between few layers have room to be told apart; boxes are what many layers need.
        let gap = ((width - layers * size * 12.0) / (layers - 1.0).max(1.0)).clamp(size * 2.5, size * 8.0);
        let wide = ((width - gap * (layers - 1.0)) / layers).clamp(size * 6.6, size * 15.0);
        let room = wide - size;
        let names: Vec<Vec<String>> = nodes.iter().map(|n| text::wrap(&n.label, size, room, 4)).collect();
        let notes: Vec<Vec<String>> = nodes.iter().map(|n| text::wrap(&n.note, size - 1.0, room, 2)).collect();
        let line = size * if setting.direction() == Direction::Rtl { 1.4 } else { 1.2 };
        let heights: Vec<f64> =
            names.iter().zip(&notes).map(|(a, b)| (a.len().max(1) + b.len()) as f64 * line + size * 0.7).collect();
        let layout = layout(&heights, &pairs, size * 0.8);
        Drawn { nodes, joined, names, notes, heights, layout, wide, gap }
    }
}

impl Picture for Graph {
    fn about(&self) -> &AboutPicture {
        &self.about
    }

    fn svg(&self, setting: &Setting) -> String {
        let drawn = self.drawn(setting);
        let layers = drawn.layout.layers.max(1) as f64;
        let mut canvas = Canvas::new(&self.about, setting, "graph", layers * drawn.wide + (layers - 1.0) * drawn.gap);
        canvas.key(&self.keys(&setting.words));
        let top = canvas.y;
        let circular = self.circular();
        for (at, (n, ends)) in drawn.joined.iter().enumerate() {
            self.draw_link(&mut canvas, &drawn, at, *ends, &self.links[*n], circular[*n]);
        }
        for n in 0..drawn.nodes.len() {
            let alone = self.links.iter().any(|l| l.from == l.to && l.from == drawn.nodes[n].id);
            draw_node(&mut canvas, &drawn, n, top, alone);
        }
        canvas.y = top + drawn.layout.height + 4.0;
        canvas.finish(&self.rows(&setting.words).read_out(&setting.words))
    }

    fn rows(&self, words: &PictureWords) -> DrawnTable {
        let (nodes, _) = self.whole();
        let name = |id: &String| nodes.iter().find(|n| n.id == *id).map_or(id.clone(), |n| n.label.clone());
        let circular = self.circular();
        let row = |(n, l): (usize, &GraphLink)| {
            let mut says = vec![self.kinds.get(l.kind).cloned().unwrap_or_default(), l.note.clone()];
            says.extend(l.doubtful.then(|| words.not_confirmed.clone()));
            says.extend(circular[n].then(|| words.circular.clone()));
            says.retain(|s| !s.is_empty());
            vec![
                DrawnCell::linked(&name(&l.from), &l.link),
                DrawnCell::text(words.locale.list(&says)),
                DrawnCell::text(name(&l.to)),
            ]
        };
        let mut rows: Vec<Vec<DrawnCell>> = self.links.iter().enumerate().map(row).collect();
        let alone = nodes.iter().filter(|n| self.links.iter().all(|l| l.from != n.id && l.to != n.id));
        rows.extend(alone.map(|n| vec![DrawnCell::linked(&n.label, &n.link), DrawnCell::default(), DrawnCell::default()]));
        DrawnTable { head: vec![words.from.clone(), words.kind.clone(), words.to.clone()], rows }
    }
}

impl Drawn {
    /// Where a layer starts and ends, in the direction of reading.
    fn column(&self, canvas: &Canvas, layer: usize) -> (f64, f64) {
        let from = layer as f64 * (self.wide + self.gap);
        (canvas.x(from), canvas.x(from + self.wide))
    }
}

impl Graph {
    /// A link: from the far edge of one box through the layers between to the near edge of the other, with its head at the
    /// box that is commanded or overseen.
    fn draw_link(&self, canvas: &mut Canvas, drawn: &Drawn, at: usize, ends: (usize, usize), link: &GraphLink, circular: bool) {
        let turned = drawn.layout.turned[at];
        let (first, last) = if turned { (ends.1, ends.0) } else { ends };
        let place = |n: usize| (drawn.column(canvas, drawn.layout.layer[n]), canvas.y + drawn.layout.middle[n]);
        let (((_, from_x), from_y), ((to_x, _), to_y)) = (place(first), place(last));
        let forward = if canvas.is_rtl() { -1.0 } else { 1.0 };
        let head = canvas.size * 0.55;
        let (mut x, mut y) = (from_x + if turned { head * forward } else { 0.0 }, from_y);
        let mut d = format!("M{} {}", px(x), px(y));
        let mut curve = |to_x: f64, to_y: f64, d: &mut String| {
            let middle = (x + to_x) / 2.0;
            let _ = write!(d, "C{} {} {} {} {} {}", px(middle), px(y), px(middle), px(to_y), px(to_x), px(to_y));
            (x, y) = (to_x, to_y);
        };
        for (layer, bend) in &drawn.layout.bends[at] {
            let (near, far) = drawn.column(canvas, *layer);
            curve(near, canvas.y + bend, &mut d);
            let _ = write!(d, "H{}", px(far));
            curve(far, canvas.y + bend, &mut d);
        }
        curve(to_x - if turned { 0.0 } else { head * forward }, to_y, &mut d);
        let paint = if circular { Paint::Warn } else { Paint::of_link(link.kind) };
        let (tip, tip_y, way) = if turned { (from_x, from_y, -forward) } else { (to_x, to_y, forward) };
        let base = tip - way * head;
        let arrow = format!(
            "M{} {}L{} {}L{} {}z",
            px(tip),
            px(tip_y),
            px(base),
            px(tip_y - head * 0.45),
            px(base),
            px(tip_y + head * 0.45)
        );
        canvas.linked(&link.link, &self.link_says(link, canvas), |canvas| {
            let more = format!(" class=\"mark\" stroke-width=\"1.6\"{}", dashes(link.kind));
            canvas.path(&d, Paint::None, paint, &more);
            canvas.path(&arrow, paint, Paint::None, "");
            let style = Type { bold: true, halo: true, class: "sign", ..canvas.value() };
            let sign = if circular { "↺" } else { "?" };
            if circular || link.doubtful {
                let beside = tip - way * head * 2.4;
                canvas.number(beside, tip_y + style.size * 0.36, crate::canvas::Side::Both, style, sign);
            }
        });
    }

    fn link_says(&self, link: &GraphLink, canvas: &Canvas) -> String {
        let name = |id: &String| self.nodes.iter().find(|n| n.id == *id).map_or(id.clone(), |n| n.label.clone());
        let kind = self.kinds.get(link.kind).map_or("", String::as_str);
        let doubt = if link.doubtful { canvas.setting.words.not_confirmed.as_str() } else { "" };
        let how = [kind, &link.note, doubt].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>();
        let how = canvas.setting.words.locale.list(&how);
        canvas.setting.words.locale.labelled(&format!("{} → {}", name(&link.from), name(&link.to)), &how)
    }
}

fn draw_node(canvas: &mut Canvas, drawn: &Drawn, n: usize, top: f64, circular: bool) {
    let node = &drawn.nodes[n];
    let (near, far) = drawn.column(canvas, drawn.layout.layer[n]);
    let (middle, half) = (top + drawn.layout.middle[n], drawn.heights[n] / 2.0);
    let (left, right) = (near.min(far), near.max(far));
    let p = px;
    let outline = format!("M{} {}H{}V{}H{}z", p(left), p(middle - half), p(right), p(middle + half), p(left));
    let says =
        if node.note.is_empty() { node.label.clone() } else { canvas.setting.words.locale.list(&[&node.label, &node.note]) };
    canvas.linked(&node.link, &says, |canvas| {
        let dash = if node.doubtful { " stroke-dasharray=\"4 3\"" } else { "" };
        let (edge, thick) = if node.marked { (Paint::Ink, 2.5) } else { (Paint::Edge, 1.0) };
        canvas.path(&outline, Paint::Paper, edge, &format!(" class=\"mark\" stroke-width=\"{thick}\"{dash}"));
        let inside = canvas.size * 0.5;
        let x = if canvas.is_rtl() { near - inside } else { near + inside };
        let used = drawn.names[n].len() as f64 * canvas.line_height(canvas.size)
            + drawn.notes[n].len() as f64 * canvas.line_height(canvas.small);
        let (side, from) = (canvas.ahead(), middle - used / 2.0 - canvas.size * 0.05);
        let style = Type { bold: node.marked, ..canvas.label() };
        canvas.lines(x, from, side, style, &drawn.names[n]);
        let below = from + drawn.names[n].len() as f64 * canvas.line_height(canvas.size);
        let soft = canvas.soft();
        canvas.lines(x, below, side, soft, &drawn.notes[n]);
        if circular || node.doubtful {
            let style = Type { bold: true, class: "sign", ..canvas.value() };
            let x = if canvas.is_rtl() { far + inside } else { far - inside };
            let sign = if circular { "↺" } else { "?" };
            canvas.number(x, middle - half + style.size, crate::canvas::Side::Both, style, sign);
        }
    });
}
