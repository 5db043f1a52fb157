//! A trie of bytes that is entered only where a word begins. Most words lead nowhere after two or three bytes, so that a
//! text is passed at the speed at which its words are counted, however many phrases there are. What all patterns below a node
//! go on with is kept with the node, so that a long phrase takes a few steps.

/// No pattern ends here.
const NONE: u32 = u32::MAX;

#[derive(Debug, Clone, Copy)]
struct Node {
    /// Where its bytes stand: first those that all patterns below go on with, then the byte that leads to each child.
    bytes: u32,
    tail: u16,
    count: u16,
    /// The first of its children, which stand together.
    first: u32,
    /// The pattern that ends here.
    pattern: u32,
}

/// A pattern and its place in the list.
type Placed<'p> = (&'p [u8], u32);

/// Patterns of two bytes and more, each known by its place in the list it was made from.
#[derive(Debug)]
pub(crate) struct Trie {
    /// The node after the first two bytes; 0 where there is none.
    entry: Vec<u32>,
    nodes: Vec<Node>,
    bytes: Vec<u8>,
}

impl Trie {
    /// Patterns shorter than two bytes are left out.
    pub(crate) fn new(patterns: &[String]) -> Trie {
        let mut sorted: Vec<Placed<'_>> =
            patterns.iter().enumerate().filter(|(_, p)| p.len() > 1).map(|(n, p)| (p.as_bytes(), n as u32)).collect();
        sorted.sort_unstable();
        let empty = Node { bytes: 0, tail: 0, count: 0, first: 0, pattern: NONE };
        let mut trie = Trie { entry: vec![0; 1 << 16], nodes: vec![empty], bytes: Vec::new() };
        let mut open: Vec<(usize, &[Placed<'_>], usize)> = Vec::new();
        for group in sorted.chunk_by(|a, b| a.0[..2] == b.0[..2]) {
            trie.entry[pair(group[0].0)] = trie.nodes.len() as u32;
            open.push((trie.nodes.len(), group, 2));
            trie.nodes.push(empty);
        }
        while let Some((at, mut group, depth)) = open.pop() {
            let tail = shared(&group[0].0[depth..], &group[group.len() - 1].0[depth..]);
            let tail = &tail[..tail.len().min(usize::from(u16::MAX))];
            let depth = depth + tail.len();
            let mut node =
                Node { bytes: trie.bytes.len() as u32, tail: tail.len() as u16, first: trie.nodes.len() as u32, ..empty };
            trie.bytes.extend(tail);
            if group[0].0.len() == depth {
                node.pattern = group[0].1;
                group = &group[1..];
            }
            for child in group.chunk_by(|a, b| a.0[depth] == b.0[depth]) {
                trie.bytes.push(child[0].0[depth]);
                open.push((trie.nodes.len(), child, depth + 1));
                trie.nodes.push(empty);
                node.count += 1;
            }
            trie.nodes[at] = node;
        }
        trie
    }

    /// Calls `each` with every pattern that begins at `start`, and where it ends. Returns the place of the byte at which
    /// no pattern goes on.
    pub(crate) fn find(&self, text: &[u8], start: usize, each: &mut impl FnMut(u32, usize)) -> usize {
        let Some(two) = text.get(start..start + 2) else { return text.len() };
        let mut at = self.entry[pair(two)] as usize;
        let mut end = start + 2;
        if at == 0 {
            return start + 1;
        }
        loop {
            let node = self.nodes[at];
            let (from, tail) = (node.bytes as usize, usize::from(node.tail));
            let (tail, labels) = self.bytes[from..from + tail + usize::from(node.count)].split_at(tail);
            let same = shared(tail, &text[end..]).len();
            end += same;
            if same < tail.len() {
                return end;
            }
            if node.pattern != NONE {
                each(node.pattern, end);
            }
            let Some(byte) = text.get(end) else { return end };
            let Some(n) = labels.iter().position(|l| l == byte) else { return end };
            at = node.first as usize + n;
            end += 1;
        }
    }
}

/// What two byte strings have in common at their start.
pub(crate) fn shared<'a>(a: &'a [u8], b: &[u8]) -> &'a [u8] {
    let count = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    &a[..count]
}

fn pair(bytes: &[u8]) -> usize {
    usize::from(bytes[0]) << 8 | usize::from(bytes[1])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn what_a_plain_search_finds_is_found(patterns in prop::collection::btree_set("[ab é]{1,5}", 0..12), text in "[abc é]{0,12}", start in 0usize..12) {
            let patterns: Vec<String> = patterns.into_iter().collect();
            let trie = Trie::new(&patterns);
            let mut found = BTreeSet::new();
            trie.find(text.as_bytes(), start, &mut |n, end| { found.insert((n, end)); });
            let plain = patterns.iter().enumerate().filter(|(_, p)| p.len() > 1 && text.as_bytes().get(start..).is_some_and(|t| t.starts_with(p.as_bytes())));
            prop_assert_eq!(found, plain.map(|(n, p)| (n as u32, start + p.len())).collect::<BTreeSet<_>>());
        }
    }
}
