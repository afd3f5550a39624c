//! Puts claims in order, so that a corrected claim comes before its correction.

use std::collections::BTreeMap;

/// An order of nodes in which each follows the one it points to, as early as the order given allows; and the circles.
pub(crate) fn order(points_to: &[Option<usize>]) -> (Vec<usize>, Vec<Vec<usize>>) {
    const OPEN: u8 = 1;
    const DONE: u8 = 2;
    let mut state = vec![0u8; points_to.len()];
    let (mut ordered, mut circles) = (Vec::new(), Vec::new());
    for start in 0..points_to.len() {
        let mut path = Vec::new();
        let mut at = Some(start);
        while let Some(node) = at.filter(|node| state[*node] == 0) {
            state[node] = OPEN;
            path.push(node);
            at = points_to[node];
        }
        let mut n_before_circle = path.len();
        if let Some(entry) = at.filter(|node| state[*node] == OPEN) {
            let from = path.iter().position(|node| *node == entry).unwrap_or(0);
            circles.push(path[from..].to_vec());
            n_before_circle = from;
        }
        for node in &path {
            state[*node] = DONE;
        }
        ordered.extend(path[..n_before_circle].iter().rev());
    }
    (ordered, circles)
}

/// Groups by key, keeping the first; answers for each later one which was first.
pub(crate) fn repeated<'k>(keys: impl Iterator<Item = &'k str>) -> Vec<(usize, usize)> {
    let mut first_of: BTreeMap<&str, usize> = BTreeMap::new();
    let mut found = Vec::new();
    for (at, key) in keys.enumerate() {
        match first_of.get(key) {
            Some(first) => found.push((at, *first)),
            None => {
                first_of.insert(key, at);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_and_finds_circles() {
        assert_eq!(order(&[Some(2), None, Some(1)]), (vec![1, 2, 0], vec![]));
        assert_eq!(order(&[Some(1), Some(0), None]), (vec![2], vec![vec![0, 1]]));
        assert_eq!(order(&[Some(1), Some(1)]), (vec![0], vec![vec![1]]));
        assert_eq!(order(&[Some(0)]), (vec![], vec![vec![0]]));
        assert_eq!(repeated(["a", "b", "a"].into_iter()), vec![(2, 0)]);
    }
}
