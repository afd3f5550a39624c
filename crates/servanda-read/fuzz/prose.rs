//! What the fuzz target `prose` does; also run by the plain tests over the seeds and over random bytes.

use std::ops::Range;

use servanda_language::{Model, analyse};
use servanda_model::{Span, Tense};
use servanda_read::input::{Article, each_article};
use servanda_read::prose::attribution::{Cues, utterances};
use servanda_read::prose::names::{Directory, mentions};
use servanda_read::prose::{dates, quantities};
use servanda_read::{Clock, DocumentText, read_document};

/// One path for each format.
pub const PATHS: [&str; 9] =
    ["a.txt", "a.md", "a.html", "a.csv", "a.json", "a.jsonl", "a.eml", "a.docx", "a.pdf"];

/// Reads the bytes as a document of the format: nothing panics, blocks lie in their text in order and lead back into the
/// document, and every layer stays within its text.
pub fn prose(path: &str, bytes: &[u8]) {
    let clock = Clock::utc();
    let (document, _) = read_document(path, bytes, &clock, None);
    let mut n_left = MAX_ANALYSED;
    let list = each_article(&document, &clock, &mut |article| {
        blocks_lie_in_order(&article, &document);
        if n_left > 0 {
            n_left -= 1;
            layers_stay_within(&article);
        }
    });
    assert!(list.iter().all(|diagnostic| diagnostic.span.end <= document.text.len()));
}

/// Articles of one document that are analysed; the others have their blocks looked at.
const MAX_ANALYSED: usize = 3;

fn blocks_lie_in_order(article: &Article, document: &DocumentText) {
    let text = &article.prose.text;
    let mut end = 0;
    for block in &article.prose.blocks {
        assert!(block.span.start >= end && !block.span.is_empty(), "{block:?} after {end}");
        end = block.span.end;
        let words = block.span.of(text).expect("a block cuts no character");
        assert_eq!(words.trim(), words, "{block:?}");
        let origin = article.prose.origin(block.span);
        assert!(origin.of(&document.text).is_some(), "{block:?} leads to {origin:?}");
    }
}

fn layers_stay_within(article: &Article) {
    let (text, blocks) = (&article.prose.text, &article.prose.blocks);
    let read: Vec<Range<usize>> = blocks
        .iter()
        .filter(|block| block.role.is_read())
        .map(|block| block.span.start..block.span.end)
        .collect();
    let analysis = analyse(Model::builtin(), text, &read);
    let check = |span: Span| assert!(span.of(text).is_some(), "{span:?}");
    for token in &analysis.tokens {
        check(Span::new(token.start, token.end));
    }
    for utterance in utterances(text, blocks, &analysis, Cues::builtin()) {
        utterance.content.into_iter().chain(utterance.source).chain(utterance.cue).for_each(check);
    }
    let directory = Directory::new(&[], &[], &[]);
    mentions(text, blocks, &analysis, &directory, article.published_on)
        .into_iter()
        .for_each(|found| check(found.span));
    let found = dates::dates(text, article.published_on, &|_| Tense::Past);
    found.iter().for_each(|found| check(found.span));
    quantities::quantities_beside(text, &found).into_iter().for_each(|found| check(found.span));
}
