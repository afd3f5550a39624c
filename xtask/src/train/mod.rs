//! Learns the language layer from a treebank: `cargo xtask train`. Same treebank, same bytes.
//!
//! Invariant: only the training part is learned from; the development part is measured on by `cargo xtask reading language`.
//! Invariant: no clock and no chance: what is shuffled is shuffled by a fixed generator, and threads share nothing.

mod chance;
mod groups;
mod learner;
mod lemmas;
mod parser;
mod steps;
mod tagger;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use servanda_language::training::{Hash, Look, Parts, TagNumber, word_hash};
use servanda_language::{Fine, Relation, Tag};

use crate::conllu::{self, Tree};

/// How often a word must occur to have one tag for good, and how much of a thousand times that one.
const MIN_FIXED: usize = 60;
const FIXED_PER_MILLE: usize = 998;

/// How long and how finely is learned.
#[derive(Clone, Debug)]
pub struct Options {
    /// Rounds over the treebank for the tagger.
    pub n_tagger_rounds: usize,
    /// Rounds over the treebank for the parser.
    pub n_parser_rounds: usize,
    /// Parts of the treebank that are tagged by a tagger that has not seen them, for the parser to learn from.
    pub n_folds: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options { n_tagger_rounds: 8, n_parser_rounds: 15, n_folds: 4 }
    }
}

/// A sentence of the treebank, in numbers.
#[derive(Clone, Debug, Default)]
pub struct Example {
    /// What the model sees of each token.
    pub looks: Vec<Look>,
    /// Tags of the treebank.
    pub tags: Vec<TagNumber>,
    /// Heads, the root its own.
    pub heads: Vec<u16>,
    /// Relations.
    pub relations: Vec<u8>,
}

/// Learns from `../shared/data/language/ud_english_ewt` and writes the model file. Options: `--out FILE`, `--train FILE`.
///
/// # Errors
/// The treebank is not there or has labels that we do not know.
pub fn run(root: &Path, words: &[&str]) -> Result<bool> {
    let ctx = crate::reading::Context::new(root, words);
    let Some(folder) = ctx.shared("data/language/ud_english_ewt") else { return Ok(false) };
    let file = ctx.after("--train").map_or(folder.join("en_ewt-ud-train.conllu"), Into::into);
    let out =
        ctx.after("--out").map_or(root.join("crates/servanda-language/data/english-ewt.model"), Into::into);
    let trees = conllu::read(&file)?;
    let groups = ctx.shared("data").map(|data| groups::learn(&data, &trees)).transpose()?.unwrap_or_default();
    let bytes = learn(&trees, groups, &Options::default())?.encode();
    fs::write(&out, &bytes).with_context(|| format!("cannot write {}", out.display()))?;
    println!("wrote {} bytes to {}", bytes.len(), out.display());
    Ok(true)
}

/// Learns a model; `groups` of words may be empty.
///
/// # Errors
/// A label of the treebank is none that we know.
pub fn learn(trees: &[Tree], groups: Vec<(Hash, u16)>, options: &Options) -> Result<Parts> {
    let mut parts =
        Parts { tags: tags(trees)?, known: known(trees, &groups), clusters: groups, ..Parts::default() };
    parts.lemmas = lemmas::learn(trees)?;
    parts.fixed = fixed(trees, &parts)?;
    let examples = examples(trees, &parts)?;
    parts.tables[0] = tagger::learn(&examples, options.n_tagger_rounds, parts.tags.len());
    println!("tagger: {} features", parts.tables[0].len());
    let tagged = tagger::jackknife(trees, &examples, options, parts.tags.len());
    let coarse: Vec<u8> = parts.tags.iter().map(|(tag, _)| *tag as u8).collect();
    [parts.tables[1], parts.tables[2]] = parser::learn(&tagged, &coarse, options.n_parser_rounds);
    println!("parser: {} features for steps, {} for relations", parts.tables[1].len(), parts.tables[2].len());
    Ok(parts)
}

/// Pairs of tags that occur, the most frequent first; rare pairs (once) are left out.
fn tags(trees: &[Tree]) -> Result<Vec<(Tag, Fine)>> {
    let mut n_of: BTreeMap<(Tag, Fine), usize> = BTreeMap::new();
    for row in trees.iter().flat_map(|tree| &tree.rows) {
        *n_of.entry(pair(&row.upos, &row.xpos)?).or_default() += 1;
    }
    let mut tags: Vec<_> = n_of.into_iter().filter(|(_, n)| *n > 2).collect();
    tags.sort_by_key(|(pair, n)| (std::cmp::Reverse(*n), *pair));
    Ok(tags.into_iter().map(|(pair, _)| pair).collect())
}

fn pair(upos: &str, xpos: &str) -> Result<(Tag, Fine)> {
    match (Tag::of(upos), Fine::of(xpos)) {
        (Some(tag), Some(fine)) => Ok((tag, fine)),
        _ => bail!("no tags {upos} {xpos}"),
    }
}

/// Words in small letters that occur at least twice or have a group, as hashes.
fn known(trees: &[Tree], groups: &[(Hash, u16)]) -> Vec<Hash> {
    let mut n_of: BTreeMap<String, usize> = BTreeMap::new();
    for row in trees.iter().flat_map(|tree| &tree.rows).filter(|row| row.relation != "goeswith") {
        if row.form.chars().all(char::is_alphabetic) {
            *n_of.entry(row.form.to_lowercase()).or_default() += 1;
        }
    }
    let seen = n_of.iter().filter(|(_, n)| **n > 1).map(|(word, _)| word_hash(word));
    let mut known: Vec<Hash> = seen.chain(groups.iter().map(|(word, _)| *word)).collect();
    known.sort_unstable();
    known.dedup();
    known
}

/// Words as written that nearly always have one tag, with that tag: half of all tokens need no thought.
fn fixed(trees: &[Tree], parts: &Parts) -> Result<Vec<(Hash, u16)>> {
    let mut n_of: BTreeMap<Hash, BTreeMap<(Tag, Fine), usize>> = BTreeMap::new();
    for row in trees.iter().flat_map(|tree| &tree.rows) {
        let tags = n_of.entry(parts.look(&row.form).form).or_default();
        *tags.entry(pair(&row.upos, &row.xpos)?).or_default() += 1;
    }
    let mut fixed = Vec::new();
    for (word, tags) in n_of {
        let n: usize = tags.values().sum();
        let Some((most, n_most)) = tags.into_iter().max_by_key(|(pair, n)| (*n, *pair)) else { continue };
        let number = parts.tags.iter().position(|there| *there == most);
        if let Some(number) = number.filter(|_| n >= MIN_FIXED && n_most * 1000 >= n * FIXED_PER_MILLE) {
            fixed.push((word, number as u16));
        }
    }
    Ok(fixed)
}

/// The treebank in numbers. A tag that is left out becomes the most frequent one of its universal tag.
fn examples(trees: &[Tree], parts: &Parts) -> Result<Vec<Example>> {
    let mut examples = Vec::with_capacity(trees.len());
    for tree in trees {
        let mut example = Example::default();
        for row in &tree.rows {
            let wanted = pair(&row.upos, &row.xpos)?;
            let exact = parts.tags.iter().position(|there| *there == wanted);
            let number = exact.or_else(|| parts.tags.iter().position(|(tag, _)| *tag == wanted.0));
            let Some(relation) = Relation::of(&row.relation) else { bail!("no relation {}", row.relation) };
            example.looks.push(parts.look(&row.form));
            example.tags.push(number.unwrap_or(0) as TagNumber);
            example.heads.push(row.head as u16);
            example.relations.push(relation as u8);
        }
        examples.push(example);
    }
    Ok(examples)
}

#[cfg(test)]
mod tests {
    use servanda_language::{Model, analyse};

    use super::*;
    use crate::conllu::Row;

    /// A tree of `form/lemma/UPOS/XPOS/head/relation`, heads from 1, 0 the root.
    fn tree(words: &str) -> Tree {
        let row = |(at, word): (usize, &str)| {
            let fields: Vec<&str> = word.split('/').collect();
            let head: usize = fields[4].parse().unwrap();
            Row {
                form: fields[0].into(),
                lemma: fields[1].into(),
                upos: fields[2].into(),
                xpos: fields[3].into(),
                head: if head == 0 { at } else { head - 1 },
                relation: fields[5].into(),
                space_after: true,
            }
        };
        let rows = words.split(' ').enumerate().map(row).collect();
        Tree { rows, begins_paragraph: true, document: words.into() }
    }

    fn treebank() -> Vec<Tree> {
        let sentences = [
            "The/the/DET/DT/2/det guard/guard/NOUN/NN/3/nsubj leaves/leave/VERB/VBZ/0/root the/the/DET/DT/5/det valley/valley/NOUN/NN/3/obj",
            "A/a/DET/DT/2/det guard/guard/NOUN/NN/3/nsubj closes/close/VERB/VBZ/0/root the/the/DET/DT/5/det bridge/bridge/NOUN/NN/3/obj",
            "The/the/DET/DT/2/det envoy/envoy/NOUN/NN/3/nsubj leaves/leave/VERB/VBZ/0/root",
        ];
        sentences.repeat(4).into_iter().map(tree).collect()
    }

    #[test]
    fn the_same_treebank_gives_the_same_bytes() {
        let options = Options { n_tagger_rounds: 3, n_parser_rounds: 5, n_folds: 2 };
        let bytes = || learn(&treebank(), vec![(7, 2)], &options).unwrap().encode();
        let first = bytes();
        assert_eq!(first, bytes());
        let model = Model::decode(&first).unwrap();
        let text = "The envoy closes the valley";
        let analysis = analyse(&model, text, std::slice::from_ref(&(0..text.len())));
        // So little teaches no grammar; that every word has its place in one tree is all that holds.
        assert_eq!(analysis.tokens.len(), 5);
        let n_roots = analysis.tokens.iter().filter(|token| token.relation == Relation::Root).count();
        assert_eq!(n_roots, 1);
    }

    #[test]
    fn an_unknown_label_is_refused() {
        let one = tree("Go/go/VERB/VB/0/rooted");
        assert!(learn(&[one], Vec::new(), &Options::default()).is_err());
    }
}
