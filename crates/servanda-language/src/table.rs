//! Which weight has a feature for a label? A hash table of short rows, integers only.

use crate::code::{Damaged, Reader, put_number, put_signed};
use crate::hash::Hash;

/// Most labels that a table tells apart.
pub const MAX_LABELS: usize = 128;
/// Scores of every label.
pub type Scores = [i32; MAX_LABELS];

/// Rows of weights by feature.
#[derive(Debug, Default)]
pub struct Table {
    n_labels: usize,
    /// Feature and where its row begins; an empty slot has row 0, which is empty.
    slots: Vec<(Hash, u32)>,
    /// Rows: how many entries, then label and weight of each, in 16 bits each.
    rows: Vec<(u16, i16)>,
    mask: usize,
}

/// A feature with the labels that it speaks for or against.
pub type Row = (Hash, Vec<(u8, i16)>);

impl Table {
    /// A table of these rows, sorted by feature, without two of one feature.
    pub fn new(n_labels: usize, rows: &[Row]) -> Table {
        let n_slots = (rows.len() * 3 / 2).next_power_of_two().max(2);
        let mut table =
            Table { n_labels, slots: vec![(0, 0); n_slots], rows: vec![(0, 0)], mask: n_slots - 1 };
        for (feature, entries) in rows {
            table.begin(*feature, entries.len());
            table.rows.extend(entries.iter().map(|(label, weight)| (u16::from(*label), *weight)));
        }
        table
    }

    /// How many labels are told apart.
    pub fn n_labels(&self) -> usize {
        self.n_labels
    }

    fn begin(&mut self, feature: Hash, n: usize) {
        let mut at = feature as usize & self.mask;
        while self.slots[at].1 != 0 {
            at = (at + 1) & self.mask;
        }
        self.slots[at] = (feature, self.rows.len() as u32);
        self.rows.push((n as u16, 0));
    }

    fn row(&self, feature: Hash) -> &[(u16, i16)] {
        let mut at = feature as usize & self.mask;
        loop {
            let (there, row) = self.slots[at];
            if row == 0 {
                return &[];
            }
            if there == feature {
                let row = row as usize;
                return &self.rows[row + 1..row + 1 + self.rows[row].0 as usize];
            }
            at = (at + 1) & self.mask;
        }
    }

    /// Adds the weights of every feature.
    pub fn score(&self, features: &[Hash], scores: &mut Scores) {
        scores[..self.n_labels].fill(0);
        for feature in features {
            for (label, weight) in self.row(*feature) {
                scores[*label as usize & (MAX_LABELS - 1)] += i32::from(*weight);
            }
        }
    }

    /// Appends the rows to the bytes of a model file.
    pub fn encode(n_labels: usize, rows: &[Row], out: &mut Vec<u8>) {
        put_number(out, n_labels as u32);
        put_number(out, rows.len() as u32);
        let mut before = 0;
        for (feature, entries) in rows {
            put_number(out, feature.wrapping_sub(before));
            before = *feature;
            put_number(out, entries.len() as u32);
            for (label, weight) in entries {
                out.push(*label);
                put_signed(out, i32::from(*weight));
            }
        }
    }

    pub(crate) fn decode(reader: &mut Reader<'_>) -> Result<Table, Damaged> {
        let n_labels = reader.number()? as usize;
        let n_rows = reader.count()?;
        if n_labels > MAX_LABELS {
            return Err(Damaged);
        }
        let mut table = Table::new(n_labels, &[]);
        let n_slots = (n_rows * 3 / 2).next_power_of_two().max(2);
        (table.slots, table.mask) = (vec![(0, 0); n_slots], n_slots - 1);
        let mut feature: Hash = 0;
        for _ in 0..n_rows {
            feature = feature.wrapping_add(reader.number()?);
            let n = reader.count()?;
            table.begin(feature, n);
            for _ in 0..n {
                let label = reader.byte()?;
                let weight = i16::try_from(reader.signed()?).map_err(|_| Damaged)?;
                if usize::from(label) >= n_labels {
                    return Err(Damaged);
                }
                table.rows.push((u16::from(label), weight));
            }
        }
        Ok(table)
    }
}

/// The allowed label with the highest score; the lowest number among equals.
pub(crate) fn best(scores: &[i32], is_allowed: impl Fn(usize) -> bool) -> usize {
    let mut best = (i32::MIN, 0);
    for (label, score) in scores.iter().enumerate() {
        if is_allowed(label) && *score > best.0 {
            best = (*score, label);
        }
    }
    best.1
}
