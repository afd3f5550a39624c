//! The assignment of rows to columns with the largest sum of weights.
//!
//! # Source
//! The Hungarian method with potentials, O(n² m): Kuhn 1955, <https://doi.org/10.1002/nav.3800020109>, in the form with
//! shortest augmenting paths (Jonker and Volgenant 1987, <https://doi.org/10.1007/BF02278710>).

/// The pairs (row, column) of the assignment with the largest sum; a weight of 0 means that the two do not go together.
///
/// Of several such assignments it gives the same one on every run.
pub(super) fn assign(weights: &[Vec<i64>]) -> Vec<(usize, usize)> {
    let n_columns = weights.iter().map(Vec::len).max().unwrap_or(0);
    let n_rows = weights.len();
    let n = n_rows.max(n_columns);
    let cost = |row: usize, column: usize| -> i64 {
        -weights.get(row - 1).and_then(|row| row.get(column - 1)).copied().unwrap_or(0)
    };
    let (mut of_row, mut of_column) = (vec![0i64; n + 1], vec![0i64; n + 1]);
    // Row that a column is given to; row and column 0 stand for none.
    let mut given = vec![0usize; n + 1];
    for row in 1..=n {
        given[0] = row;
        let mut column = 0;
        let mut least = vec![i64::MAX; n + 1];
        let mut from = vec![0usize; n + 1];
        let mut done = vec![false; n + 1];
        loop {
            done[column] = true;
            let at = given[column];
            let (mut delta, mut next) = (i64::MAX, 0);
            for j in (1..=n).filter(|j| !done[*j]) {
                let reduced = cost(at, j) - of_row[at] - of_column[j];
                if reduced < least[j] {
                    least[j] = reduced;
                    from[j] = column;
                }
                if least[j] < delta {
                    (delta, next) = (least[j], j);
                }
            }
            for j in 0..=n {
                if done[j] {
                    of_row[given[j]] += delta;
                    of_column[j] -= delta;
                } else {
                    least[j] = least[j].saturating_sub(delta);
                }
            }
            column = next;
            if given[column] == 0 {
                break;
            }
        }
        while column != 0 {
            given[column] = given[from[column]];
            column = from[column];
        }
    }
    let mut pairs: Vec<(usize, usize)> = (1..=n)
        .filter(|column| cost(given[*column], *column) < 0)
        .map(|column| (given[column] - 1, column - 1))
        .collect();
    pairs.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Largest sum by trying everything.
    fn best(weights: &[Vec<i64>], row: usize, taken: &mut Vec<usize>) -> i64 {
        let Some(columns) = weights.get(row) else { return 0 };
        let mut sum = best(weights, row + 1, taken);
        for (column, weight) in columns.iter().enumerate().filter(|(_, weight)| **weight > 0) {
            if !taken.contains(&column) {
                taken.push(column);
                sum = sum.max(weight + best(weights, row + 1, taken));
                taken.pop();
            }
        }
        sum
    }

    #[test]
    fn the_sum_is_the_largest_there_is() {
        // A greedy choice takes 9 and then only 1.
        assert_eq!(assign(&[vec![9, 8], vec![8, 1]]), [(0, 1), (1, 0)]);
        assert_eq!(assign(&[vec![0, 0], vec![0, 3]]), [(1, 1)]);
        assert_eq!(assign(&[]), []);
        let mut seed = 7u64;
        for (n_rows, n_columns) in [(1, 4), (4, 1), (3, 5), (5, 3), (5, 5), (6, 4)] {
            for _ in 0..50 {
                let weights: Vec<Vec<i64>> = (0..n_rows)
                    .map(|_| {
                        let mut row = Vec::new();
                        for _ in 0..n_columns {
                            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                            row.push(i64::try_from((seed >> 33) % 7).unwrap() - 2);
                        }
                        row.iter().map(|weight: &i64| (*weight).max(0)).collect()
                    })
                    .collect();
                let pairs = assign(&weights);
                let sum: i64 = pairs.iter().map(|(row, column)| weights[*row][*column]).sum();
                assert_eq!(sum, best(&weights, 0, &mut Vec::new()), "{weights:?}");
                let mut columns: Vec<usize> = pairs.iter().map(|(_, column)| *column).collect();
                columns.sort_unstable();
                columns.dedup();
                assert_eq!(columns.len(), pairs.len());
            }
        }
    }
}
