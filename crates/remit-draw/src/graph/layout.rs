//! Where the boxes of a graph stand: in layers, so that links lead forward, cross little and run straight.
//!
//! The steps are those of Sugiyama, Tagawa and Toda (1981): turn the links that close a circle, put each box into a layer,
//! order the layers by the middle of their neighbours, then move boxes towards their neighbours as far as others allow.

use petgraph::algo::greedy_feedback_arc_set;
use petgraph::graph::{DiGraph, NodeIndex};

/// Where everything stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Layout {
    /// The layer of each box.
    pub(crate) layer: Vec<usize>,
    /// The middle of each box, across its layer.
    pub(crate) middle: Vec<f64>,
    /// For each link, whether it leads back and closes a circle.
    pub(crate) turned: Vec<bool>,
    /// For each link, where it passes through the layers between its ends, from the lower layer to the higher.
    pub(crate) bends: Vec<Vec<(usize, f64)>>,
    /// How many layers there are.
    pub(crate) layers: usize,
    /// How much room they take across.
    pub(crate) height: f64,
}

/// Rounds of ordering, and of moving: more change nothing that can be seen.
const ROUNDS: usize = 12;

/// A box, or a place where a link passes through a layer.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Stop {
    layer: usize,
    room: f64,
}

/// Lays out boxes of the given heights, joined by links between different ones.
pub(crate) fn layout(heights: &[f64], links: &[(usize, usize)], gap: f64) -> Layout {
    let turned = turned(heights.len(), links);
    let forward: Vec<(usize, usize)> = links.iter().zip(&turned).map(|(l, t)| if *t { (l.1, l.0) } else { *l }).collect();
    let layer = layers(heights.len(), &forward);
    let mut stops: Vec<Stop> = layer.iter().zip(heights).map(|(l, h)| Stop { layer: *l, room: h + gap }).collect();
    let mut steps: Vec<(usize, usize)> = Vec::new();
    let passes: Vec<Vec<usize>> = forward
        .iter()
        .map(|(from, to)| {
            let through: Vec<usize> = (layer[*from] + 1..layer[*to])
                .map(|l| {
                    stops.push(Stop { layer: l, room: gap });
                    stops.len() - 1
                })
                .collect();
            let chain: Vec<usize> = std::iter::once(*from).chain(through.iter().copied()).chain([*to]).collect();
            steps.extend(chain.windows(2).map(|w| (w[0], w[1])));
            through
        })
        .collect();
    let (before, after) = neighbours(stops.len(), &steps);
    let order = order(&stops, &before, &after);
    let middle = compact(&stops, place(&stops, &order, &before, &after));
    let low = stops.iter().zip(&middle).map(|(s, m)| m - s.room / 2.0).fold(f64::INFINITY, f64::min);
    let high = stops.iter().zip(&middle).map(|(s, m)| m + s.room / 2.0).fold(f64::NEG_INFINITY, f64::max);
    let low = if low.is_finite() { low } else { 0.0 };
    Layout {
        bends: passes.iter().map(|p| p.iter().map(|s| (stops[*s].layer, middle[*s] - low)).collect()).collect(),
        middle: middle[..heights.len()].iter().map(|m| m - low).collect(),
        layers: layer.iter().max().map_or(0, |l| l + 1),
        height: if high.is_finite() { high - low } else { 0.0 },
        layer,
        turned,
    }
}

/// The links that must be turned so that no circle is left: few, and always the same ones.
fn turned(boxes: usize, links: &[(usize, usize)]) -> Vec<bool> {
    let mut graph: DiGraph<(), usize> = DiGraph::new();
    let nodes: Vec<NodeIndex> = (0..boxes).map(|_| graph.add_node(())).collect();
    for (n, (from, to)) in links.iter().enumerate() {
        graph.add_edge(nodes[*from], nodes[*to], n);
    }
    let mut turned = vec![false; links.len()];
    if petgraph::algo::is_cyclic_directed(&graph) {
        greedy_feedback_arc_set(&graph).for_each(|e| turned[*e.weight()] = true);
    }
    turned
}

/// The layer of each box: as far from the start as its longest way, and a start as close to what follows as can be.
fn layers(boxes: usize, links: &[(usize, usize)]) -> Vec<usize> {
    let mut layer = vec![0; boxes];
    // Without circles, the longest way is found after as many rounds as there are boxes at most.
    for _ in 0..boxes {
        let mut moved = false;
        for (from, to) in links {
            if layer[*to] <= layer[*from] {
                layer[*to] = layer[*from] + 1;
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    for n in 0..boxes {
        if links.iter().all(|(_, to)| *to != n)
            && let Some(next) = links.iter().filter(|(from, _)| *from == n).map(|(_, to)| layer[*to]).min()
        {
            layer[n] = next - 1;
        }
    }
    layer
}

type Neighbours = Vec<Vec<usize>>;

fn neighbours(stops: usize, steps: &[(usize, usize)]) -> (Neighbours, Neighbours) {
    let (mut before, mut after) = (vec![Vec::new(); stops], vec![Vec::new(); stops]);
    for (from, to) in steps {
        before[*to].push(*from);
        after[*from].push(*to);
    }
    (before, after)
}

/// The order of stops in each layer, with few crossings.
fn order(stops: &[Stop], before: &Neighbours, after: &Neighbours) -> Vec<Vec<usize>> {
    let count = stops.iter().map(|s| s.layer + 1).max().unwrap_or_default();
    let mut order: Vec<Vec<usize>> = vec![Vec::new(); count];
    // First as a walk from the starts meets them: trees come out without a crossing.
    let mut seen = vec![false; stops.len()];
    for root in (0..stops.len()).filter(|s| before[*s].is_empty()) {
        let mut stack = vec![root];
        while let Some(stop) = stack.pop() {
            if !std::mem::replace(&mut seen[stop], true) {
                order[stops[stop].layer].push(stop);
                stack.extend(after[stop].iter().rev());
            }
        }
    }
    let mut best = (crossings(&order, after), order.clone());
    for round in 0..ROUNDS {
        if best.0 == 0 {
            break;
        }
        let down = round % 2 == 0;
        let way: Vec<usize> = if down { (1..count).collect() } else { (0..count.saturating_sub(1)).rev().collect() };
        for l in way {
            let beside = if down { &order[l - 1] } else { &order[l + 1] };
            let mut at = vec![0; stops.len()];
            beside.iter().enumerate().for_each(|(i, s)| at[*s] = i);
            let joined = if down { before } else { after };
            let mut keyed: Vec<(f64, usize)> = order[l]
                .iter()
                .enumerate()
                .map(|(i, s)| {
                    let sum: usize = joined[*s].iter().map(|o| at[*o]).sum();
                    (if joined[*s].is_empty() { i as f64 } else { sum as f64 / joined[*s].len() as f64 }, *s)
                })
                .collect();
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
            order[l] = keyed.into_iter().map(|k| k.1).collect();
        }
        let now = crossings(&order, after);
        if now < best.0 {
            best = (now, order.clone());
        }
    }
    best.1
}

fn crossings(order: &[Vec<usize>], after: &Neighbours) -> usize {
    let mut count = 0;
    for pair in order.windows(2) {
        let at = |stop: usize| pair[1].iter().position(|s| *s == stop).unwrap_or_default();
        let ends: Vec<Vec<usize>> = pair[0].iter().map(|s| after[*s].iter().map(|o| at(*o)).collect()).collect();
        for (i, upper) in ends.iter().enumerate() {
            for lower in &ends[i + 1..] {
                count += upper.iter().map(|u| lower.iter().filter(|l| *l < u).count()).sum::<usize>();
            }
        }
    }
    count
}

/// The middle of each stop: as close to its neighbours as its layer allows.
fn place(stops: &[Stop], order: &[Vec<usize>], before: &Neighbours, after: &Neighbours) -> Vec<f64> {
    let mut middle = vec![0.0; stops.len()];
    for layer in order {
        let wanted: Vec<f64> = vec![0.0; layer.len()];
        settle(layer, stops, &wanted, &mut middle);
    }
    for round in 0..ROUNDS {
        let layers: Vec<&Vec<usize>> = if round % 2 == 0 { order.iter().rev().collect() } else { order.iter().collect() };
        for layer in layers {
            let wanted: Vec<f64> = layer
                .iter()
                .map(|s| {
                    let joined = before[*s].iter().chain(&after[*s]);
                    let (sum, n) = joined.fold((0.0, 0.0), |(sum, n), o| (sum + middle[*o], n + 1.0));
                    if n > 0.0 { sum / n } else { middle[*s] }
                })
                .collect();
            settle(layer, stops, &wanted, &mut middle);
        }
    }
    middle
}

/// Closes what is empty over all layers, so that parts that nothing joins stand next to each other.
fn compact(stops: &[Stop], mut middle: Vec<f64>) -> Vec<f64> {
    let mut down: Vec<usize> = (0..stops.len()).collect();
    let top = |s: usize, middle: &[f64]| middle[s] - stops[s].room / 2.0;
    down.sort_by(|a, b| top(*a, &middle).total_cmp(&top(*b, &middle)));
    let (mut used, mut closed) = (f64::INFINITY, 0.0);
    for stop in down {
        let empty = top(stop, &middle) - closed - used;
        closed += empty.max(0.0);
        middle[stop] -= closed;
        let bottom = middle[stop] + stops[stop].room / 2.0;
        used = if used.is_finite() { used.max(bottom) } else { bottom };
    }
    middle
}

/// Moves the stops of a layer to where they are wanted, without overlap and in their order: those that would collide form
/// a block, which stands where its members want it on average.
fn settle(layer: &[usize], stops: &[Stop], wanted: &[f64], middle: &mut [f64]) {
    // Each block: its first stop, how many it has, and the sum of where they want its first to stand.
    let mut blocks: Vec<(usize, usize, f64)> = Vec::new();
    let mut offsets = vec![0.0; layer.len()];
    for i in 1..layer.len() {
        offsets[i] = offsets[i - 1] + (stops[layer[i - 1]].room + stops[layer[i]].room) / 2.0;
    }
    let at = |b: &(usize, usize, f64)| b.2 / b.1 as f64;
    for i in 0..layer.len() {
        blocks.push((i, 1, wanted[i] - offsets[i]));
        while let [.., a, b] = blocks.as_slice()
            && at(a) > at(b)
        {
            let joined = (a.0, a.1 + b.1, a.2 + b.2);
            blocks.truncate(blocks.len() - 2);
            blocks.push(joined);
        }
    }
    for block in &blocks {
        for i in block.0..block.0 + block.1 {
            middle[layer[i]] = at(block) + offsets[i];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_tree_is_tidy() {
        // 0 commands 1 and 2, 1 commands 3 and 4.
        let laid = layout(&[10.0; 5], &[(0, 1), (0, 2), (1, 3), (1, 4)], 2.0);
        assert_eq!(laid.layer, [0, 1, 1, 2, 2]);
        let m = &laid.middle;
        assert!((m[1] - (m[3] + m[4]) / 2.0).abs() < 2.0 && m[1] < m[2] && m[3] < m[4], "{m:?}");
        assert_eq!(laid.turned, [false; 4]);
    }

    #[test]
    fn a_circle_is_opened_at_one_link() {
        let laid = layout(&[10.0; 3], &[(0, 1), (1, 2), (2, 0)], 2.0);
        assert_eq!(laid.turned.iter().filter(|t| **t).count(), 1);
        assert_eq!(laid.layers, 3);
    }

    #[test]
    fn an_overseer_stands_beside_what_it_oversees() {
        // 0 → 1 → 2 → 3, and 4 oversees 3 only.
        assert_eq!(layout(&[10.0; 5], &[(0, 1), (1, 2), (2, 3), (4, 3)], 2.0).layer, [0, 1, 2, 3, 2]);
    }

    #[test]
    fn what_nothing_joins_stands_close() {
        // Six that all oversee three, and one that oversees one.
        let all = (0..6).flat_map(|a| (6..9).map(move |b| (a, b))).chain([(9, 10)]).collect::<Vec<_>>();
        assert!(layout(&[10.0; 11], &all, 2.0).height <= 7.0 * 12.0 + 1e-6);
    }

    proptest! {
        #[test]
        fn boxes_never_overlap_and_links_lead_forward(
            heights in prop::collection::vec(10.0..60.0f64, 1..24),
            pairs in prop::collection::vec((0usize..24, 0usize..24), 0..50),
        ) {
            let n = heights.len();
            let links: Vec<(usize, usize)> = pairs.iter().map(|(a, b)| (a % n, b % n)).filter(|(a, b)| a != b).collect();
            let laid = layout(&heights, &links, 4.0);
            for ((from, to), turned) in links.iter().zip(&laid.turned) {
                let (from, to) = if *turned { (to, from) } else { (from, to) };
                prop_assert!(laid.layer[*from] < laid.layer[*to]);
            }
            for a in 0..n {
                prop_assert!(laid.middle[a] - heights[a] / 2.0 > -1e-6 && laid.middle[a] + heights[a] / 2.0 <= laid.height + 1e-6);
                for b in (a + 1..n).filter(|b| laid.layer[*b] == laid.layer[a]) {
                    let apart = (laid.middle[a] - laid.middle[b]).abs();
                    prop_assert!(apart >= (heights[a] + heights[b]) / 2.0 + 4.0 - 1e-6);
                }
            }
        }
    }
}
