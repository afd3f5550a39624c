//! Which weight has a feature for a label? A hash table of short rows, integers only.

use crate::code::{Damaged, Reader, put_number, put_signed};
use crate::filter::Filter;
use crate::hash::Hash;

/// Most labels that a table tells apart.
pub const MAX_LABELS: usize = 128;
/// Scores of every label.
pub type Scores = [i32; MAX_LABELS];

/// Rows of weights by feature. A row that speaks for or against many labels has a place for every label, for then adding it up
/// is one sweep; others list their labels.
#[derive(Debug, Default)]
pub struct Table {
    n_labels: usize,
    /// Feature and where its row begins, with [`FULL`] where the row is a full one; an empty slot has row 0.
    slots: Vec<(Hash, u32)>,
    /// Rows that list their labels: how many entries, then label and weight of each.
    rows: Vec<(u16, i16)>,
    /// Rows with a weight for every label.
    full: Vec<i16>,
    filter: Filter,
}

/// A feature with the labels that it speaks for or against.
pub type Row = (Hash, Vec<(u8, i16)>);

/// Marks a full row.
const FULL: u32 = 1 << 31;
/// A row with an entry for every so manieth label is stored in full.
const FULL_SHARE: usize = 5;
/// Rows that are touched before they are added up.
const N_AT_ONCE: usize = 64;

impl Table {
    /// A table of these rows, without two of one feature.
    pub fn new(n_labels: usize, rows: &[Row]) -> Table {
        let mut table = Table::empty(n_labels, rows.len());
        rows.iter().for_each(|(feature, entries)| table.insert(*feature, entries));
        table
    }

    fn empty(n_labels: usize, n_rows: usize) -> Table {
        let n_slots = (n_rows * 3 / 2).next_power_of_two().max(2);
        let rows = vec![(0, 0)];
        Table { n_labels, slots: vec![(0, 0); n_slots], rows, full: Vec::new(), filter: Filter::default() }
    }

    /// How many labels are told apart.
    pub fn n_labels(&self) -> usize {
        self.n_labels
    }

    fn insert(&mut self, feature: Hash, entries: &[(u8, i16)]) {
        let mask = self.slots.len() - 1;
        let mut at = feature as usize & mask;
        while self.slots[at].1 != 0 {
            at = (at + 1) & mask;
        }
        self.filter.insert(feature);
        if entries.len() * FULL_SHARE < self.n_labels {
            self.slots[at] = (feature, self.rows.len() as u32);
            self.rows.push((entries.len() as u16, 0));
            self.rows.extend(entries.iter().map(|(label, weight)| (u16::from(*label), *weight)));
            return;
        }
        let begin = self.full.len();
        self.slots[at] = (feature, begin as u32 | FULL);
        self.full.resize(begin + self.n_labels, 0);
        entries.iter().for_each(|(label, weight)| self.full[begin + usize::from(*label)] = *weight);
    }

    /// Where the row of a feature begins, 0 where it has none; `there` is its own slot.
    fn row(&self, feature: Hash, mut there: (Hash, u32)) -> u32 {
        let mask = self.slots.len() - 1;
        let mut at = feature as usize & mask;
        while there.1 != 0 && there.0 != feature {
            at = (at + 1) & mask;
            there = self.slots[at];
        }
        there.1
    }

    /// Adds the weights of every feature; `features` is used up.
    ///
    /// Nearly all time is spent waiting for memory, so first all slots are fetched, then all rows are touched, then all are added:
    /// the waits of one kind overlap.
    pub fn score(&self, features: &mut Vec<Hash>, scores: &mut Scores) {
        scores[..self.n_labels].fill(0);
        self.filter.keep(features);
        let mask = self.slots.len() - 1;
        let mut slots = [(0, 0); N_AT_ONCE];
        let mut lengths = [0u16; N_AT_ONCE];
        for rows in features.chunks_mut(N_AT_ONCE) {
            for (slot, feature) in slots.iter_mut().zip(rows.iter()) {
                *slot = self.slots[*feature as usize & mask];
            }
            for (slot, feature) in slots.iter().zip(rows.iter_mut()) {
                *feature = self.row(*feature, *slot);
            }
            let rows = &*rows;
            for (length, row) in lengths.iter_mut().zip(rows) {
                let begin = (row & !FULL) as usize;
                *length = if row & FULL == 0 { self.rows[begin].0 } else { self.full[begin] as u16 };
            }
            for (length, row) in lengths.iter().zip(rows) {
                self.add(*row, *length, scores);
            }
        }
    }

    fn add(&self, row: u32, length: u16, scores: &mut Scores) {
        let begin = (row & !FULL) as usize;
        if row & FULL == 0 {
            for (label, weight) in &self.rows[begin + 1..begin + 1 + usize::from(length)] {
                scores[usize::from(*label) & (MAX_LABELS - 1)] += i32::from(*weight);
            }
        } else {
            let weights = &self.full[begin..begin + self.n_labels];
            scores.iter_mut().zip(weights).for_each(|(score, weight)| *score += i32::from(*weight));
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
        let (n_labels, n_rows) = Table::decode_size(reader)?;
        let mut table = Table::empty(n_labels, n_rows);
        Table::decode_rows(reader, (n_labels, n_rows), |feature, entries| table.insert(feature, entries))?;
        Ok(table)
    }

    /// Number of labels and of rows.
    pub(crate) fn decode_size(reader: &mut Reader<'_>) -> Result<(usize, usize), Damaged> {
        let n_labels = reader.number()? as usize;
        if n_labels > MAX_LABELS { Err(Damaged) } else { Ok((n_labels, reader.count()?)) }
    }

    /// Gives every row, by feature.
    pub(crate) fn decode_rows(
        reader: &mut Reader<'_>,
        (n_labels, n_rows): (usize, usize),
        mut each: impl FnMut(Hash, &[(u8, i16)]),
    ) -> Result<(), Damaged> {
        let mut feature: Hash = 0;
        let mut entries = Vec::with_capacity(MAX_LABELS);
        for _ in 0..n_rows {
            feature = feature.wrapping_add(reader.number()?);
            entries.clear();
            for _ in 0..reader.count()? {
                let label = reader.byte()?;
                let weight = i16::try_from(reader.signed()?).map_err(|_| Damaged)?;
                if usize::from(label) >= n_labels || entries.len() >= MAX_LABELS {
                    return Err(Damaged);
                }
                entries.push((label, weight));
            }
            each(feature, &entries);
        }
        Ok(())
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
