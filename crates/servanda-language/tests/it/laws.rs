//! What holds for any text and any blocks.

use std::ops::Range;

use proptest::prelude::*;
use servanda_language::{Analysis, Model, analyse};

/// Letters, marks and debris that the rules look at, more often than chance would have it.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Z]{1,8}",
        2 => "[0-9]{1,4}",
        3 => prop::sample::select(vec![" ", "\n", "\n\n", "-\n", ".", ",", "\"", "'", "’", "“", "”", "(", ")", "-", "...", "\u{ad}", "\u{200b}"]).prop_map(String::from),
        1 => prop::sample::select(vec!["Mr.", "U.S.", "n't", "'s", "@x.org", "http://", "www.", "$", "US$", "é", "\u{301}", "ש", "«", "»", "部", "\u{1f600}", "\u{202b}"]).prop_map(String::from),
        1 => "\\PC{0,4}",
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn assert_lawful(text: &str, blocks: &[Range<usize>], analysis: &Analysis) {
    let mut past = 0;
    for (at, token) in analysis.tokens.iter().enumerate() {
        assert!(token.start >= past && token.start < token.end && token.end <= text.len());
        assert!(text.is_char_boundary(token.start) && text.is_char_boundary(token.end));
        assert!(
            blocks
                .iter()
                .any(|block| block.start <= token.start + 4 && token.end <= block.end.saturating_add(4))
        );
        past = token.end;
        let sentence = &analysis.sentences[token.sentence];
        assert!(sentence.tokens.contains(&at) && sentence.tokens.contains(&token.head));
        assert!(!analysis.lemma(at).is_empty());
        assert!(analysis.is_below(at, root_of(analysis, at)));
    }
    let mut next = 0;
    for sentence in &analysis.sentences {
        assert_eq!(sentence.tokens.start, next);
        assert!(!sentence.tokens.is_empty() && sentence.tokens.len() <= servanda_language::MAX_TOKENS);
        next = sentence.tokens.end;
        assert_eq!(sentence.start, analysis.tokens[sentence.tokens.start].start);
        assert_eq!(sentence.end, analysis.tokens[sentence.tokens.end - 1].end);
    }
    assert_eq!(next, analysis.tokens.len());
    let n_white = text.chars().filter(|c| c.is_whitespace()).count();
    assert!(analysis.tokens.len() <= text.chars().count() - n_white.min(text.chars().count()));
}

/// Where the heads lead.
fn root_of(analysis: &Analysis, token: usize) -> usize {
    let mut at = token;
    for _ in 0..=servanda_language::MAX_TOKENS {
        at = analysis.tokens[at].head;
    }
    assert_eq!(analysis.tokens[at].head, at, "heads lead in a circle");
    at
}

proptest! {
    #[test]
    fn any_text_is_cut_lawfully(text in text()) {
        let whole = 0..text.len();
        let whole = std::slice::from_ref(&whole);
        assert_lawful(&text, whole, &analyse(Model::builtin(), &text, whole));
    }

    #[test]
    fn any_blocks_are_taken(text in text(), bounds in prop::collection::vec(0usize..200, 0..6)) {
        let blocks: Vec<Range<usize>> = bounds.chunks(2).map(|pair| pair[0]..pair.get(1).copied().unwrap_or(usize::MAX)).collect();
        assert_lawful(&text, &blocks, &analyse(Model::builtin(), &text, &blocks));
    }

    #[test]
    fn no_character_that_is_seen_is_lost(text in text()) {
        let analysis = analyse(Model::builtin(), &text, std::slice::from_ref(&(0..text.len())));
        let mut past = 0;
        for token in &analysis.tokens {
            let between = &text[past..token.start];
            assert!(!between.contains(char::is_alphanumeric), "lost {between:?}");
            past = token.end;
        }
        assert!(!text[past..].contains(char::is_alphanumeric));
    }
}

#[test]
fn blocks_keep_their_sentences_apart() {
    let text = "A headline of the day The first words of the text";
    let analysis = analyse(Model::builtin(), text, &[0..21, 22..text.len()]);
    let ends: Vec<&str> =
        analysis.sentences.iter().map(|sentence| &text[sentence.start..sentence.end]).collect();
    assert_eq!(ends, ["A headline of the day", "The first words of the text"]);
}

#[test]
fn a_run_without_spaces_is_cut() {
    for piece in [
        "a", "9", ".", "a.", "'", "-", "(", "é", "1,", "@", "a-", "\u{ad}", "a'", "www.", "http://", "部",
        "U.S",
    ] {
        let text = piece.repeat(20_000 / piece.len());
        let analysis = analyse(Model::builtin(), &text, std::slice::from_ref(&(0..text.len())));
        assert!(analysis.tokens.iter().all(|token| token.end - token.start <= 1024), "{piece}");
        assert!(
            analysis.sentences.iter().all(|sentence| sentence.tokens.len() <= servanda_language::MAX_TOKENS)
        );
    }
}
