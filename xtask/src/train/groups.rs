//! Groups words that are used alike, so that a word the treebank does not have is known by its company: plain text is counted
//! (which frequent words stand before and after each word), and words with alike counts come together (spherical k-means over
//! square roots of counts, after Schütze 1995).
//!
//! Invariant: no tag, tree or mark of the plain text is used; of the text only numbers of groups remain.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use servanda_language::training::{Hash, forms, word_hash};

use crate::conllu::Tree;

/// Words that neighbours are counted by.
const N_NEIGHBOURS: usize = 600;
/// Words that are grouped, the most frequent.
const N_WORDS: usize = 18_000;
/// How often a word must occur.
const MIN_SEEN: u32 = 4;
/// Groups; their numbers begin at 2.
const N_GROUPS: usize = 256;
/// Rounds of moving words between groups.
const N_ROUNDS: usize = 8;

/// Plain text by folder of `../shared/data`, under licences that allow counting it: statements in the public domain, news
/// under CC BY 2.5 (Wikinews), resolutions under CC0.
const FOLDERS: &[&str] = &["whitehouse", "wikinews", "unsc_1946_1994"];

/// Group of each word, sorted by word.
///
/// # Errors
/// A folder of text cannot be read.
pub(super) fn learn(data: &Path, trees: &[Tree]) -> Result<Vec<(Hash, u16)>> {
    let mut counts = Counts::default();
    for tree in trees {
        counts.add(tree.rows.iter().map(|row| row.form.as_str()));
    }
    for folder in FOLDERS {
        let folder = data.join(folder);
        let entries = fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))?;
        let mut files: Vec<_> =
            entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
        files.sort();
        for file in files.iter().filter(|file| file.is_file()) {
            let text = String::from_utf8_lossy(&fs::read(file)?).into_owned();
            for sentence in forms(&text) {
                counts.add(sentence.iter().map(String::as_str));
            }
        }
    }
    println!("groups: {} words of text counted", counts.n_words);
    Ok(group(&counts.vectors()))
}

/// Words with the words beside them.
#[derive(Default)]
struct Counts {
    numbers: HashMap<Hash, u32>,
    /// Hash of each word and how often it was seen.
    words: Vec<(Hash, u32)>,
    pairs: HashMap<(u32, u32), u32>,
    n_words: usize,
}

impl Counts {
    fn add<'a>(&mut self, sentence: impl Iterator<Item = &'a str>) {
        let mut before = None;
        for form in sentence {
            let next = self.words.len() as u32;
            let hash = word_hash(form);
            let number = *self.numbers.entry(hash).or_insert(next);
            if number == next {
                self.words.push((hash, 0));
            }
            self.words[number as usize].1 += 1;
            if let Some(before) = before.replace(number) {
                *self.pairs.entry((before, number)).or_default() += 1;
            }
            self.n_words += 1;
        }
    }

    /// Words from frequent to rare, each with the weights of its neighbours, of length 1.
    fn vectors(&self) -> Vec<(Hash, Vec<(usize, f64)>)> {
        let mut order: Vec<u32> = (0..self.words.len() as u32).collect();
        order.sort_by_key(|word| {
            (std::cmp::Reverse(self.words[*word as usize].1), self.words[*word as usize].0)
        });
        let rank: HashMap<u32, usize> = order.iter().enumerate().map(|(rank, word)| (*word, rank)).collect();
        let mut beside: Vec<BTreeMap<usize, u32>> = vec![BTreeMap::new(); N_WORDS.min(order.len())];
        for ((left, right), n) in &self.pairs {
            let (left, right) = (rank[left], rank[right]);
            if left < N_NEIGHBOURS && right < beside.len() {
                *beside[right].entry(left).or_default() += n;
            }
            if right < N_NEIGHBOURS && left < beside.len() {
                *beside[left].entry(N_NEIGHBOURS + right).or_default() += n;
            }
        }
        let word = |rank: usize| self.words[order[rank] as usize];
        let kept = beside
            .into_iter()
            .enumerate()
            .filter(|(rank, counts)| word(*rank).1 >= MIN_SEEN && !counts.is_empty());
        kept.map(|(rank, counts)| {
            (word(rank).0, unit(counts.into_iter().map(|(at, n)| (at, f64::from(n).sqrt())).collect()))
        })
        .collect()
    }
}

/// The vector scaled to length 1.
fn unit(mut vector: Vec<(usize, f64)>) -> Vec<(usize, f64)> {
    let length = vector.iter().map(|(_, value)| value * value).sum::<f64>().sqrt();
    vector.iter_mut().for_each(|(_, value)| *value /= length.max(f64::MIN_POSITIVE));
    vector
}

/// Groups begin with the most frequent words, one each.
fn group(vectors: &[(Hash, Vec<(usize, f64)>)]) -> Vec<(Hash, u16)> {
    let n_groups = N_GROUPS.min(vectors.len());
    let dense = |vector: &[(usize, f64)]| {
        let mut dense = vec![0.0; 2 * N_NEIGHBOURS];
        vector.iter().for_each(|(at, value)| dense[*at] = *value);
        dense
    };
    // Rare words have few neighbours: the first groups are those of words that have many.
    let mut middles: Vec<Vec<f64>> =
        vectors.iter().step_by(4).take(n_groups).map(|(_, vector)| dense(vector)).collect();
    let mut group_of = vec![0usize; vectors.len()];
    for _ in 0..N_ROUNDS {
        // By neighbour first, so that one neighbour of a word touches the groups side by side.
        let mut by_neighbour = vec![vec![0.0f64; middles.len()]; 2 * N_NEIGHBOURS];
        for (group, middle) in middles.iter().enumerate() {
            middle.iter().enumerate().for_each(|(at, value)| by_neighbour[at][group] = *value);
        }
        for ((_, vector), group) in vectors.iter().zip(&mut group_of) {
            let mut scores = vec![0.0f64; middles.len()];
            for (at, value) in vector {
                scores
                    .iter_mut()
                    .zip(&by_neighbour[*at])
                    .for_each(|(score, middle)| *score += value * middle);
            }
            let best = scores
                .iter()
                .enumerate()
                .fold((f64::MIN, 0), |best, (at, score)| if *score > best.0 { (*score, at) } else { best });
            *group = best.1;
        }
        middles.iter_mut().for_each(|middle| middle.fill(0.0));
        for ((_, vector), group) in vectors.iter().zip(&group_of) {
            vector.iter().for_each(|(at, value)| middles[*group][*at] += value);
        }
        for middle in &mut middles {
            let length = middle.iter().map(|value| value * value).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
            middle.iter_mut().for_each(|value| *value /= length);
        }
    }
    let mut groups: Vec<(Hash, u16)> =
        vectors.iter().zip(group_of).map(|((word, _), group)| (*word, group as u16 + 2)).collect();
    groups.sort_unstable();
    groups.dedup_by_key(|(word, _)| *word);
    groups
}
