//! Learns lemmas: for each end of a word under its tags the most frequent edit, where it differs from that of a shorter end.

use std::collections::BTreeMap;

use anyhow::Result;
use servanda_language::training::{Edit, Hash, Lemmas, ends};

use super::pair;
use crate::conllu::Tree;

/// How often an end must occur to be learned; whole words are learned at once.
const MIN_SEEN: usize = 2;

/// Learns the edits.
pub(super) fn learn(trees: &[Tree]) -> Result<Lemmas> {
    let mut edits: Vec<Edit> = Vec::new();
    let mut n_of: BTreeMap<Hash, BTreeMap<usize, usize>> = BTreeMap::new();
    let mut chains: BTreeMap<Vec<Hash>, usize> = BTreeMap::new();
    for row in trees.iter().flat_map(|tree| &tree.rows) {
        if row.lemma == "_" && row.form != "_" {
            continue;
        }
        let form = row.form.replace(['\u{2019}', '\u{2bc}', '`'], "'");
        let form = if row.form.len() > 1 { &form } else { &row.form };
        let edit = Edit::between(form, &row.lemma);
        let number = edits.iter().position(|there| *there == edit).unwrap_or_else(|| {
            edits.push(edit);
            edits.len() - 1
        });
        let chain: Vec<Hash> = ends(form, pair(&row.upos, &row.xpos)?).collect();
        chain.iter().for_each(|end| *n_of.entry(*end).or_default().entry(number).or_default() += 1);
        *chains.entry(chain).or_default() += 1;
    }
    Ok(Lemmas::new(edits, needed(&n_of, chains.into_keys().collect())))
}

/// The ends that decide otherwise than the next shorter one that is learned.
fn needed(n_of: &BTreeMap<Hash, BTreeMap<usize, usize>>, chains: Vec<Vec<Hash>>) -> Vec<(Hash, u16)> {
    let choice = |end: &Hash| {
        let counts = &n_of[end];
        let most = counts.iter().max_by_key(|(edit, n)| (**n, std::cmp::Reverse(**edit)));
        most.map_or((0, 0), |(edit, _)| (*edit, counts.values().sum::<usize>()))
    };
    let mut needed: BTreeMap<Hash, u16> = BTreeMap::new();
    for chain in chains {
        let mut said = None;
        for (at, end) in chain.iter().enumerate().rev() {
            let (edit, n) = choice(end);
            if Some(edit) != said && (at == 0 || n >= MIN_SEEN) {
                needed.insert(*end, edit as u16);
                said = Some(edit);
            }
        }
    }
    needed.into_iter().collect()
}
