//! Learns tags; and tags the treebank by taggers that have not seen what they tag, so that the parser learns from the
//! mistakes that it will meet.

use servanda_language::training::{Row, TagNumber, of_tag};

use super::chance::Chance;
use super::learner::{Learner, best};
use super::{Example, Options};
use crate::conllu::Tree;

/// Features touched less often are left out.
const MIN_UPDATES: u32 = 3;

/// Learns the weights of the tagger.
pub(super) fn learn(examples: &[Example], n_rounds: usize, n_tags: usize) -> Vec<Row> {
    learner(&examples.iter().collect::<Vec<_>>(), n_rounds, n_tags).rows(MIN_UPDATES)
}

fn learner(examples: &[&Example], n_rounds: usize, n_tags: usize) -> Learner {
    let mut learner = Learner::default();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut chance = Chance::new(1);
    let (mut features, mut scores) = (Vec::new(), vec![0; n_tags]);
    for _ in 0..n_rounds {
        chance.shuffle(&mut order);
        for at in &order {
            let example = examples[*at];
            let mut tags: Vec<TagNumber> = Vec::new();
            for (token, right) in example.tags.iter().enumerate() {
                if let Some(only) = example.looks[token].only_tag {
                    tags.push(only);
                    continue;
                }
                of_tag(&example.looks, &tags, token, &mut features);
                learner.score(&features, &mut scores);
                learner.tick();
                let said = best(&scores, |_| true);
                if said != usize::from(*right) {
                    learner.update(&features, usize::from(*right), said);
                }
                tags.push(said as TagNumber);
            }
        }
    }
    learner
}

/// The treebank with the tags of taggers that have not seen the document they tag.
pub(super) fn jackknife(
    trees: &[Tree],
    examples: &[Example],
    options: &Options,
    n_tags: usize,
) -> Vec<Example> {
    let mut fold_of = Vec::with_capacity(trees.len());
    let mut n_documents = 0;
    for (at, tree) in trees.iter().enumerate() {
        n_documents += usize::from(at > 0 && trees[at - 1].document != tree.document);
        fold_of.push(n_documents % options.n_folds);
    }
    let fold = |fold: usize| {
        let seen: Vec<&Example> =
            examples.iter().zip(&fold_of).filter(|(_, there)| **there != fold).map(|(e, _)| e).collect();
        let rows = learner(&seen, options.n_tagger_rounds, n_tags).rows(MIN_UPDATES);
        let table = servanda_language::training::Table::new(n_tags, &rows);
        let unseen = examples.iter().enumerate().filter(|(at, _)| fold_of[*at] == fold);
        unseen.map(|(at, e)| (at, servanda_language::training::tag(&table, &e.looks))).collect::<Vec<_>>()
    };
    let mut tagged = examples.to_vec();
    let (mut n_right, mut n_all) = (0, 0);
    for pair in (0..options.n_folds).collect::<Vec<_>>().chunks(2) {
        let folds: Vec<Vec<(usize, Vec<TagNumber>)>> = std::thread::scope(|scope| {
            let threads: Vec<_> = pair.iter().map(|number| scope.spawn(|| fold(*number))).collect();
            threads.into_iter().map(|thread| thread.join().expect("a fold is learned")).collect()
        });
        for (at, tags) in folds.into_iter().flatten() {
            n_right += tags.iter().zip(&examples[at].tags).filter(|(ours, gold)| ours == gold).count();
            n_all += tags.len();
            tagged[at].tags = tags;
        }
    }
    println!("tags of unseen documents of the training part: {:.4} right", n_right as f64 / n_all as f64);
    tagged
}
