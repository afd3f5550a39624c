//! Tokens, sentences, tags, lemmas and trees on the development part of the treebank, scored as in the CoNLL 2018
//! shared task (<https://universaldependencies.org/conll18/evaluation.html>): with the treebank's own tokens, and from raw
//! text, where a word counts only if its characters are those of a word of the treebank. `--show tokens` prints where ours differ.

use std::collections::HashMap;
use std::ops::Range;
use std::time::Instant;

use anyhow::{Result, anyhow};
use servanda_language::{Analysis, Model, analyse, analyse_given};

use super::{Context, Scores};
use crate::conllu::{self, Raw, Row, Tree};

pub(super) fn run(ctx: &Context) -> Result<Option<Scores>> {
    let Some(folder) = ctx.shared("data/language/ud_english_ewt") else { return Ok(None) };
    let file = ctx.after("--file").map_or(folder.join("en_ewt-ud-dev.conllu"), Into::into);
    let trees = conllu::read(&file)?;
    let raw = conllu::raw(&trees);
    let decoding = Instant::now();
    let bytes = ctx.after("--model").map(std::fs::read).transpose()?;
    let own = bytes
        .map(|bytes| Model::decode(&bytes))
        .transpose()
        .map_err(|damaged| anyhow!("model: {damaged:?}"))?;
    let model = own.as_ref().unwrap_or_else(|| Model::builtin());
    println!("model decoded in {} ms", decoding.elapsed().as_millis());
    let mut scores = Scores::default();
    let given = analyse_given(model, &raw.text, &raw.words, &raw.sentences);
    put(&mut scores, "gold_tokens", &raw, &trees, &given);
    let started = Instant::now();
    let found = analyse(model, &raw.text, &raw.paragraphs);
    let seconds = started.elapsed().as_secs_f64();
    put(&mut scores, "raw_text", &raw, &trees, &found);
    put_cuts(&mut scores, &raw, &found);
    print!("{scores}");
    println!(
        "{} words in {seconds:.3} s: {:.0} words/s",
        found.tokens.len(),
        found.tokens.len() as f64 / seconds
    );
    if ctx.after("--show") == Some("tokens") {
        show_tokens(&raw, &found);
    }
    if ctx.after("--show") == Some("sentences") {
        show_sentences(&raw, &found);
    }
    Ok(Some(scores))
}

/// F1 of tokens and of sentences.
fn put_cuts(scores: &mut Scores, raw: &Raw, found: &Analysis) {
    let ours: Vec<Range<usize>> = found.tokens.iter().map(|token| token.start..token.end).collect();
    scores.put("raw_text_tokens_f1", f1(raw.words.iter(), ours.iter()));
    let gold: Vec<Range<usize>> = sentence_bytes(raw);
    let ours: Vec<Range<usize>> =
        found.sentences.iter().map(|sentence| sentence.start..sentence.end).collect();
    scores.put("raw_text_sentences_f1", f1(gold.iter(), ours.iter()));
}

fn sentence_bytes(raw: &Raw) -> Vec<Range<usize>> {
    raw.sentences.iter().map(|range| raw.words[range.start].start..raw.words[range.end - 1].end).collect()
}

/// F1 of the ranges that are in both.
fn f1<'a>(
    gold: impl ExactSizeIterator<Item = &'a Range<usize>>,
    ours: impl ExactSizeIterator<Item = &'a Range<usize>>,
) -> f64 {
    let n = gold.len() + ours.len();
    let gold: std::collections::HashSet<&Range<usize>> = gold.collect();
    let n_both = ours.filter(|range| gold.contains(range)).count();
    2.0 * n_both as f64 / n as f64
}

/// The words that are aligned, and of them those with the right tag, lemma, head and relation, as F1.
fn put(scores: &mut Scores, prefix: &str, raw: &Raw, trees: &[Tree], found: &Analysis) {
    let ours: HashMap<Range<usize>, usize> =
        found.tokens.iter().enumerate().map(|(at, token)| (token.start..token.end, at)).collect();
    let mut n_right = [0usize; 6];
    let mut first = 0;
    for tree in trees {
        for (at, row) in tree.rows.iter().enumerate() {
            let Some(token) = ours.get(&raw.words[first + at]) else { continue };
            let is_right = right(found, *token, row, raw.words.get(first + row.head), row.head == at);
            n_right.iter_mut().zip(is_right).for_each(|(n, is_right)| *n += usize::from(is_right));
        }
        first += tree.rows.len();
    }
    let n_both = (raw.words.len() + found.tokens.len()) as f64 / 2.0;
    for (name, n) in ["upos", "xpos", "lemma", "uas", "las", "las_without_subtypes"].into_iter().zip(n_right)
    {
        scores.put(format!("{prefix}_{name}"), n as f64 / n_both);
    }
}

/// Which of UPOS, XPOS, lemma, head, head with relation, head with relation up to the colon are right.
fn right(found: &Analysis, at: usize, row: &Row, head: Option<&Range<usize>>, is_root: bool) -> [bool; 6] {
    let token = &found.tokens[at];
    let ours = &found.tokens[token.head];
    let is_head =
        if is_root { token.head == at } else { token.head != at && head == Some(&(ours.start..ours.end)) };
    let base = |relation: &str| relation.split(':').next().unwrap_or_default().to_owned();
    let relation = token.relation.as_str();
    [
        token.tag.as_str() == row.upos,
        token.fine.as_str() == row.xpos,
        row.lemma == "_" || found.lemma(at) == row.lemma,
        is_head,
        is_head && relation == row.relation,
        is_head && base(relation) == base(&row.relation),
    ]
}

/// Prints the words of the treebank that we cut otherwise, with what we made of them.
fn show_tokens(raw: &Raw, found: &Analysis) {
    let ours: std::collections::HashSet<Range<usize>> =
        found.tokens.iter().map(|token| token.start..token.end).collect();
    let mut past = 0;
    for word in raw.words.iter().filter(|word| !ours.contains(word)) {
        if word.start < past {
            continue;
        }
        let there = found.tokens_in(word.clone());
        let span = found.bytes(there.clone());
        past = span.end;
        let gold: Vec<&str> = raw
            .words
            .iter()
            .filter(|w| w.start < span.end && w.end > span.start)
            .map(|w| &raw.text[w.clone()])
            .collect();
        println!(
            "{:<40} {}",
            gold.join(" "),
            there.map(|at| found.word(&raw.text, at)).collect::<Vec<_>>().join(" ")
        );
    }
}

/// Prints what surrounds each sentence end that only one side has.
fn show_sentences(raw: &Raw, found: &Analysis) {
    let gold: std::collections::BTreeSet<usize> = sentence_bytes(raw).iter().map(|range| range.end).collect();
    let ours: std::collections::BTreeSet<usize> =
        found.sentences.iter().map(|sentence| sentence.end).collect();
    let around = |end: usize| {
        let before: String =
            raw.text[..end].chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
        let behind: String = raw.text[end..].chars().take(30).collect();
        format!("{before} || {behind}").replace('\n', "¶")
    };
    gold.difference(&ours).for_each(|end| println!("missed  {}", around(*end)));
    ours.difference(&gold).for_each(|end| println!("invented {}", around(*end)));
}
