//! Small cells: counts of so few people that who knows some of them learns of the others. They are hidden, and so is a second cell
//! wherever the first could be had by taking the others from their sum.

use std::collections::BTreeSet;

/// Cells that add up to a sum which is known beside them: the places of the parts, and of the sum where it is a cell itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sum {
    /// Places of the parts.
    pub parts: Vec<usize>,
    /// Place of the sum; none where everybody knows it.
    pub whole: Option<usize>,
    /// How many of the sum are in none of the parts: nobody tells them, and whoever takes the parts from the sum has them.
    pub rest: u64,
    /// True where the parts are added and taken from each other, so that of one that is hidden nobody stands between it and what they come to
    /// (not even nobody), and several hide each other however few they are.
    pub is_balance: bool,
}

impl From<Vec<usize>> for Sum {
    fn from(parts: Vec<usize>) -> Sum {
        Sum { parts, ..Sum::default() }
    }
}

/// The cells to hide: those of fewer people than `least`, and what would tell them. `cells` are counts by key.
pub fn hidden<K: Ord + Clone>(cells: &[(K, u64)], sums: &[Sum], least: u64) -> BTreeSet<K> {
    let mut hidden: Vec<bool> = cells.iter().map(|(_, n)| (1..least).contains(n)).collect();
    // What is hidden in one sum may be the only one of another.
    let mut is_more = true;
    while is_more {
        is_more = false;
        for sum in sums {
            is_more |= hide_one_more(cells, sum, &mut hidden, least);
        }
    }
    cells.iter().zip(hidden).filter(|(_, hidden)| *hidden).map(|((key, _), _)| key.clone()).collect()
}

/// Hides the smallest part of a sum that is still seen, where those that are hidden are one, or are small together; and where the sum is
/// hidden, which its parts would tell.
fn hide_one_more<K>(cells: &[(K, u64)], sum: &Sum, hidden: &mut [bool], least: u64) -> bool {
    let gone: Vec<u64> = sum.parts.iter().filter(|at| hidden[**at]).map(|at| cells[*at].1).collect();
    let is_told = match sum.whole.is_some_and(|at| hidden[at]) {
        true => gone.is_empty() && sum.rest == 0,
        false if sum.is_balance => gone.len() == 1,
        false => gone.len() == 1 && sum.rest == 0 || (1..least).contains(&(gone.iter().sum::<u64>() + sum.rest)),
    };
    // Nobody is hidden behind a cell that is empty.
    let may_hide = |at: &&usize| !hidden[**at] && (cells[**at].1 > 0 || sum.is_balance);
    // Of what they come to, more hides more than nobody does.
    let next = sum.parts.iter().filter(may_hide).min_by_key(|at| (cells[**at].1 == 0, cells[**at].1));
    // A sum of which nobody else is a part tells its only one.
    let next = next.copied().or(sum.whole).filter(|at| is_told && !hidden[*at]);
    if let Some(at) = next {
        hidden[at] = true;
    }
    next.is_some()
}

#[cfg(test)]
mod tests {
    use super::{Sum, hidden};

    #[test]
    fn a_small_cell_takes_the_next_one_with_it() {
        let cells = [("a", 3), ("b", 40), ("c", 15), ("d", 0)];
        let gone = hidden(&cells, &[vec![0, 1, 2, 3].into()], 10);
        assert_eq!(gone.into_iter().collect::<Vec<_>>(), ["a", "c"]);
        assert!(hidden(&[("a", 30), ("b", 40)], &[vec![0, 1].into()], 10).is_empty());
    }

    #[test]
    fn small_cells_that_are_small_together_take_another() {
        let gone = hidden(&[("a", 3), ("b", 4), ("c", 50)], &[vec![0, 1, 2].into()], 10);
        assert_eq!(gone.len(), 3);
    }

    #[test]
    fn what_one_sum_hides_is_not_told_by_another() {
        // Two units by two ranks: the hidden cell is in a row and in a column.
        let cells = [("1a", 3), ("1b", 40), ("2a", 50), ("2b", 60)];
        let sums = [vec![0, 1], vec![2, 3], vec![0, 2], vec![1, 3]].map(Sum::from);
        let gone = hidden(&cells, &sums, 10);
        assert_eq!(gone.len(), 4);
    }
    #[test]
    fn a_sum_that_is_hidden_is_not_told_by_its_parts() {
        // The second is hidden with the first; its own parts, the last two, would tell it.
        let cells = [("captains", 5), ("sergeants", 40), ("privates", 112), ("here", 18), ("there", 22)];
        let sums = [Sum::from(vec![0, 1, 2]), Sum { parts: vec![3, 4], whole: Some(1), ..Sum::default() }];
        let gone: Vec<&str> = hidden(&cells, &sums, 10).into_iter().collect();
        assert_eq!(gone, ["captains", "here", "sergeants"]);
    }

    #[test]
    fn what_no_part_has_is_told_by_the_sum_where_it_is_small() {
        // Of forty, thirty-six are women: four are men. Of five hundred, three are women, and of the others nobody is told apart.
        let sum = |rest| Sum { parts: vec![0], whole: Some(1), rest, ..Sum::default() };
        assert_eq!(hidden(&[("women", 36), ("all", 40)], &[sum(4)], 10).into_iter().collect::<Vec<_>>(), ["women"]);
        assert_eq!(hidden(&[("women", 3), ("all", 500)], &[sum(497)], 10).into_iter().collect::<Vec<_>>(), ["women"]);
        assert!(hidden(&[("women", 30), ("all", 500)], &[sum(470)], 10).is_empty());
    }
}
