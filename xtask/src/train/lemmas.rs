//! Learns lemmas: for each end of a word under its tags the most frequent edit, where it differs from that of a shorter end.

use std::collections::BTreeMap;

use anyhow::Result;
use servanda_language::training::{Edit, Hash, Lemmas, ends};

use super::pair;
use crate::conllu::Tree;

/// How many words must have an end for it to be learned; whole words are learned at once.
const MIN_WORDS: usize = 2;

/// Names of the ends of a word under its tags, the whole word first.
type Chain = Vec<Hash>;

/// Learns the edits.
pub(super) fn learn(trees: &[Tree]) -> Result<Lemmas> {
    let mut edits: Vec<Edit> = Vec::new();
    let mut of_word: BTreeMap<Chain, BTreeMap<usize, usize>> = BTreeMap::new();
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
        let chain: Chain = ends(form, pair(&row.upos, &row.xpos)?).collect();
        *of_word.entry(chain).or_default().entry(number).or_default() += 1;
    }
    Ok(Lemmas::new(edits, needed(&of_word)))
}

/// The ends that decide otherwise than the next shorter one that is learned. An end is judged by its words, each counted once:
/// a misspelling that occurs twice teaches nothing about other words.
fn needed(of_word: &BTreeMap<Chain, BTreeMap<usize, usize>>) -> Vec<(Hash, u16)> {
    let mut of_end: BTreeMap<Hash, BTreeMap<usize, usize>> = BTreeMap::new();
    for (chain, counts) in of_word {
        chain
            .iter()
            .skip(1)
            .for_each(|end| *of_end.entry(*end).or_default().entry(most(counts)).or_default() += 1);
    }
    let mut needed: BTreeMap<Hash, u16> = BTreeMap::new();
    for (chain, counts) in of_word {
        let mut said = None;
        for (at, end) in chain.iter().enumerate().rev() {
            let counts = if at == 0 { counts } else { &of_end[end] };
            let edit = most(counts);
            if Some(edit) != said && (at == 0 || counts.values().sum::<usize>() >= MIN_WORDS) {
                needed.insert(*end, edit as u16);
                said = Some(edit);
            }
        }
    }
    needed.into_iter().collect()
}

/// The most frequent edit, the earliest among equals.
fn most(counts: &BTreeMap<usize, usize>) -> usize {
    counts.iter().max_by_key(|(edit, n)| (**n, std::cmp::Reverse(**edit))).map_or(0, |(edit, _)| *edit)
}
