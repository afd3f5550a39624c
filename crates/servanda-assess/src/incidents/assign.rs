//! Assignment: the one-to-one choice of pairs with the largest sum of scores.
//!
//! The Hungarian method in its sparse form: rows enter one by one, each by the shortest augmenting path under
//! potentials (Jonker and Volgenant 1987). A row may stay alone at a score of 0. The search stops at the first free column or
//! row that may stay alone, so it seldom leaves the neighbourhood, and no fallback for large components is needed. The
//! crates that offer the method take a dense matrix; candidates are sparse.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

const NONE: u32 = u32::MAX;

struct Search<'e> {
    by_row: Vec<Vec<(u32, i64)>>,
    edges: &'e [(u32, u32, i64)],
    row_potential: Vec<i64>,
    column_potential: Vec<i64>,
    /// Edge that a column is taken by.
    taken: Vec<u32>,
    /// Edge that a row takes.
    takes: Vec<u32>,
    distance: Vec<i64>,
    reached_by: Vec<u32>,
    touched: Vec<u32>,
}

/// The chosen edge of each row, as a position in `edges` (row, column, score); only scores above 0 are ever chosen.
///
/// Ties fall to the rows and columns of smaller number: give them out in an order that does not depend on arrival.
pub(super) fn assign(n_rows: usize, n_columns: usize, edges: &[(u32, u32, i64)]) -> Vec<Option<u32>> {
    let mut by_row = vec![Vec::new(); n_rows];
    for (at, (row, _, score)) in edges.iter().enumerate() {
        if *score > 0 {
            by_row[*row as usize].push((at as u32, -score));
        }
    }
    let mut search = Search {
        by_row,
        edges,
        row_potential: vec![0; n_rows],
        column_potential: vec![0; n_columns],
        taken: vec![NONE; n_columns],
        takes: vec![NONE; n_rows],
        distance: vec![i64::MAX; n_columns],
        reached_by: vec![NONE; n_columns],
        touched: Vec::new(),
    };
    for row in 0..n_rows as u32 {
        search.enter(row);
    }
    search.takes.into_iter().map(|edge| (edge != NONE).then_some(edge)).collect()
}

impl Search<'_> {
    fn enter(&mut self, start: u32) {
        let best = self.by_row[start as usize]
            .iter()
            .map(|(edge, cost)| cost - self.column_potential[self.edges[*edge as usize].1 as usize]);
        self.row_potential[start as usize] = best.min().unwrap_or(0).min(0);
        let mut heap = BinaryHeap::new();
        // The best way to end: at a free column, or by letting a row on the way stay alone.
        let mut alone = (i64::MAX, NONE);
        let mut settled: Vec<(u32, i64)> = Vec::new();
        let (mut row, mut so_far) = (start, 0);
        let end = loop {
            settled.push((row, so_far));
            let stay = so_far - self.row_potential[row as usize];
            alone = alone.min((stay, row));
            for (edge, cost) in &self.by_row[row as usize] {
                let column = self.edges[*edge as usize].1 as usize;
                let reduced = cost - self.row_potential[row as usize] - self.column_potential[column];
                if so_far + reduced < self.distance[column] {
                    if self.distance[column] == i64::MAX {
                        self.touched.push(column as u32);
                    }
                    self.distance[column] = so_far + reduced;
                    self.reached_by[column] = *edge;
                    heap.push(Reverse((so_far + reduced, column as u32)));
                }
            }
            let next = loop {
                match heap.pop() {
                    Some(Reverse((distance, column))) if distance > self.distance[column as usize] => {}
                    other => break other.map(|Reverse(found)| found),
                }
            };
            match next {
                Some((distance, column)) if distance < alone.0 => {
                    if self.taken[column as usize] == NONE {
                        break (distance, Some(column));
                    }
                    row = self.edges[self.taken[column as usize] as usize].0;
                    so_far = distance;
                }
                _ => break (alone.0, None),
            }
        };
        for (row, distance) in settled {
            let by = end.0 - distance;
            if by > 0 {
                if row != start {
                    let column = self.edges[self.takes[row as usize] as usize].1;
                    self.column_potential[column as usize] -= by;
                }
                self.row_potential[row as usize] += by;
            }
        }
        self.augment(start, end.1, alone.1);
        for column in self.touched.drain(..) {
            self.distance[column as usize] = i64::MAX;
            self.reached_by[column as usize] = NONE;
        }
    }

    fn augment(&mut self, start: u32, free: Option<u32>, alone: u32) {
        let mut column = match free {
            Some(column) => column,
            None if alone == start => return,
            None => {
                let edge = std::mem::replace(&mut self.takes[alone as usize], NONE);
                self.edges[edge as usize].1
            }
        };
        loop {
            let edge = self.reached_by[column as usize];
            let row = self.edges[edge as usize].0;
            self.taken[column as usize] = edge;
            let before = std::mem::replace(&mut self.takes[row as usize], edge);
            if row == start {
                return;
            }
            column = self.edges[before as usize].1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::generator::Draws;
    use super::*;

    /// The largest sum over all one-to-one choices, by trying them all.
    fn largest(row: u32, n_rows: u32, taken: u32, edges: &[(u32, u32, i64)]) -> i64 {
        if row == n_rows {
            return 0;
        }
        let here = edges.iter().filter(|(of, column, _)| *of == row && taken >> column & 1 == 0);
        let with =
            here.map(|(_, column, score)| score + largest(row + 1, n_rows, taken | 1 << column, edges));
        with.max().unwrap_or(0).max(largest(row + 1, n_rows, taken, edges))
    }

    #[test]
    fn no_other_choice_has_a_larger_sum() {
        let mut draws = Draws::new(4);
        for _ in 0..2000 {
            let (n_rows, n_columns) = (1 + draws.below(6) as u32, 1 + draws.below(6) as u32);
            let mut edges = Vec::new();
            for row in 0..n_rows {
                for column in 0..n_columns {
                    if draws.chance(0.5) {
                        edges.push((row, column, draws.below(12) as i64 - 3));
                    }
                }
            }
            let chosen = assign(n_rows as usize, n_columns as usize, &edges);
            let mut columns = std::collections::BTreeSet::new();
            let mut sum = 0;
            for (row, edge) in chosen.iter().enumerate() {
                let Some(edge) = edge else { continue };
                let (of, column, score) = edges[*edge as usize];
                assert!(of as usize == row && columns.insert(column) && score > 0, "{edges:?}: {chosen:?}");
                sum += score;
            }
            assert_eq!(sum, largest(0, n_rows, 0, &edges), "{edges:?}: {chosen:?}");
        }
    }
}
