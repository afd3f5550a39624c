//! What the fuzz target `prose` does; also run by the plain tests over the seeds and over random bytes.

use std::ops::Range;

use servanda_language::{Model, analyse};
use servanda_model::{Claim, Number, Span, Tense};
use servanda_read::input::{Article, each_article};
use servanda_read::prose::attribution::{Cues, utterances};
use servanda_read::prose::frames::Lexicon;
use servanda_read::prose::names::{Directory, mentions};
use servanda_read::prose::{Reader, dates, kind_rules, quantities};
use servanda_read::{Clock, DocumentText, read_document};

/// One path for each format.
pub const PATHS: [&str; 9] =
    ["a.txt", "a.md", "a.html", "a.csv", "a.json", "a.jsonl", "a.eml", "a.docx", "a.pdf"];

/// Reads the bytes as a document of the format: nothing panics, blocks lie in their text in order and lead back into the
/// document, and every layer stays within its text, as do the claims of a reader with actors, places and rules of its own.
pub fn prose(path: &str, bytes: &[u8]) {
    let clock = Clock::utc();
    let (document, _) = read_document(path, bytes, &clock, None);
    let mut n_left = MAX_ANALYSED;
    let list = each_article(&document, &clock, &mut |article| {
        blocks_lie_in_order(&article, &document);
        if n_left > 0 {
            n_left -= 1;
            layers_stay_within(&article);
            claims_stay_within(&article, &document, &clock);
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

const ACTORS: &str = r#"
actor = [
  { id = "upland", label = "Upland", kind = "state", aliases = ["Republic of Upland"], demonyms = ["Uplander"], seats = ["Highgate"] },
  { id = "upland-minister", label = "Minister of Upland", kind = "office", member_of = ["upland"] },
  { id = "lowland", label = "الوادي", kind = "party", aliases = ["the", "said", "a b", "\u2019s"] },
  { id = "mission", label = "Observer Mission", kind = "observer", aliases = ["monitors"] },
]"#;
const PLACES: &str = r#"
place = [{ id = "valley", label = "the Valley" }, { id = "ford", label = "ford", within = ["valley"] }]"#;
const RULES: &str = r#"
undated_days = 3
kind = [
  { event_kind = "shot", words = ["shoot", "fire", "open fire"], kinds = ["event"], actors = ["upland"], places = ["valley"] },
  { event_kind = "truck", words = ["truck", "lorry"], also_words = ["enter"], without_words = ["no"], unit = "truck", needs_figure = true },
  { event_kind = "told", words = ["say", "be", "have", "a"] },
]
frame = [{ id = "ferry", kind = "event", verbs = ["ferry", "ferry across"], target = ["object"] }]"#;

/// The whole reader: nothing panics, every claim quotes the document, and a second reading says the same.
fn claims_stay_within(article: &Article, document: &DocumentText, clock: &Clock) {
    let (actors, _) = servanda_read::actors("actors.toml", ACTORS);
    let (places, _) = servanda_read::places("places.toml", PLACES);
    let (rules, _) = kind_rules("reading.toml", RULES, &actors, &places, None);
    let (lexicon, _) = Lexicon::builtin().with("reading.toml", RULES);
    let directory = Directory::new(&actors, &places, &[]);
    let reader = Reader {
        model: Model::builtin(),
        directory: &directory,
        lexicon: &lexicon,
        cues: Cues::builtin(),
        rules: &rules,
        clock,
    };
    let reading = reader.read(&document.document, article);
    for read in &reading.claims {
        claim_stays_within(&read.claim, &document.text);
        assert!(read.sentence_span.of(&document.text).is_some(), "{read:?}");
    }
    for span in &reading.unread {
        assert!(span.of(&document.text).is_some(), "{span:?}");
    }
    assert_eq!(reader.read(&document.document, article), reading);
}

fn claim_stays_within(claim: &Claim, text: &str) {
    let check = |span: Span| assert!(span.of(text).is_some(), "{span:?} of {claim:?}");
    assert!(!claim.quote.trim().is_empty(), "{claim:?}");
    check(claim.span);
    claim.speaker_span.into_iter().chain(claim.duplicate_spans.iter().copied()).for_each(check);
    claim.cue.iter().for_each(|cue| check(cue.span));
    assert!(!claim.rule.is_empty(), "{claim:?}");
    if let Some(when) = &claim.when {
        assert!(when.earliest <= when.latest, "{claim:?}");
    }
    for quantity in &claim.quantities {
        let bounds: Vec<Number> =
            [quantity.low, quantity.best, quantity.high].into_iter().flatten().collect();
        assert!(bounds.is_sorted(), "{claim:?}");
    }
}
