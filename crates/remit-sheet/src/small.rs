//! Small cells: counts of so few people that who knows some of them learns of the others. They are hidden, and so is a second cell
//! wherever the first could be had by taking the others from their sum.

use std::collections::BTreeSet;

/// The cells to hide: those of fewer people than `least`, and what would tell them. `cells` are counts by key; `sums` are groups of keys
/// whose sum is known beside them.
pub(crate) fn hidden<K: Ord + Clone>(cells: &[(K, u64)], sums: &[Vec<usize>], least: u64) -> BTreeSet<K> {
    let mut hidden: Vec<bool> = cells.iter().map(|(_, n)| (1..least).contains(n)).collect();
    // What is hidden in one sum may be the only one of another.
    while sums.iter().any(|sum| hide_one_more(cells, sum, &mut hidden, least)) {}
    cells.iter().zip(hidden).filter(|(_, hidden)| *hidden).map(|((key, _), _)| key.clone()).collect()
}

/// Hides the smallest cell of a sum that is still seen, where those that are hidden are one, or are small together.
fn hide_one_more<K>(cells: &[(K, u64)], sum: &[usize], hidden: &mut [bool], least: u64) -> bool {
    let gone: Vec<u64> = sum.iter().filter(|at| hidden[**at]).map(|at| cells[*at].1).collect();
    let is_told = gone.len() == 1 || !gone.is_empty() && gone.iter().sum::<u64>() < least;
    // Nobody is hidden behind a cell that is empty.
    let next = sum.iter().filter(|at| !hidden[**at] && cells[**at].1 > 0).min_by_key(|at| cells[**at].1);
    match next.filter(|_| is_told) {
        Some(at) => {
            hidden[*at] = true;
            true
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::hidden;

    #[test]
    fn a_small_cell_takes_the_next_one_with_it() {
        let cells = [("a", 3), ("b", 40), ("c", 15), ("d", 0)];
        let gone = hidden(&cells, &[vec![0, 1, 2, 3]], 10);
        assert_eq!(gone.into_iter().collect::<Vec<_>>(), ["a", "c"]);
        assert!(hidden(&[("a", 30), ("b", 40)], &[vec![0, 1]], 10).is_empty());
    }

    #[test]
    fn small_cells_that_are_small_together_take_another() {
        let gone = hidden(&[("a", 3), ("b", 4), ("c", 50)], &[vec![0, 1, 2]], 10);
        assert_eq!(gone.len(), 3);
    }

    #[test]
    fn what_one_sum_hides_is_not_told_by_another() {
        // Two units by two ranks: the hidden cell is in a row and in a column.
        let cells = [("1a", 3), ("1b", 40), ("2a", 50), ("2b", 60)];
        let gone = hidden(&cells, &[vec![0, 1], vec![2, 3], vec![0, 2], vec![1, 3]], 10);
        assert_eq!(gone.len(), 4);
    }
}
