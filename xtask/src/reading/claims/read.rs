//! An annotated document as the program reads it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use servanda_language::{Model, analyse};
use servanda_model::{Claim, ClaimKind, DocumentId, Span};
use servanda_read::input::{Article, articles};
use servanda_read::prose::attribution::Cues;
use servanda_read::prose::frames::Lexicon;
use servanda_read::prose::names::Directory;
use servanda_read::prose::{KindRules, Reader};
use servanda_read::{Clock, DocumentMetadata, DocumentText, actors, places, read_document};

use super::gold::Gold;

/// The articles of a document's file that hold words of the annotated extract.
pub(super) fn input(gold: &Gold) -> Result<(DocumentText, Vec<Article>)> {
    let clock = Clock::utc();
    let day = clock.when(&gold.published).with_context(|| format!("{} is no date", gold.published))?;
    let metadata = DocumentMetadata { published_at: Some(day.latest), ..DocumentMetadata::default() };
    let (document, _) = read_document(&gold.file, gold.text.as_bytes(), &clock, Some(&metadata));
    let (mut articles, _) = articles(&document, &clock);
    articles.retain(|article| {
        article.prose.blocks.iter().any(|block| {
            let bytes = article.prose.origin(block.span);
            bytes.start < gold.extract[1] && gold.extract[0] < bytes.end
        })
    });
    Ok((document, articles))
}

/// Annotated claims whose words stand in no block that is read: nothing behind the input can find them.
pub(super) fn not_handed_on(gold: &Gold, articles: &[Article]) -> Vec<usize> {
    let read: Vec<_> = articles
        .iter()
        .flat_map(|article| article.prose.blocks.iter().map(move |block| (article, block)))
        .filter(|(_, block)| block.role.is_read())
        .map(|(article, block)| article.prose.origin(block.span))
        .collect();
    let is_read = |place: [usize; 2]| read.iter().any(|bytes| bytes.start < place[1] && place[0] < bytes.end);
    let claims = gold.claims.iter().enumerate();
    claims.filter(|(_, claim)| !is_read(claim.focus.unwrap_or(claim.span))).map(|(ix, _)| ix).collect()
}

/// The plainest reader: each sentence is one assertion of the document's own voice. What a figure is worth shows beside
/// this one's.
pub(super) fn plainest(articles: &[Article]) -> Vec<Claim> {
    let mut claims = Vec::new();
    for article in articles {
        let prose = &article.prose;
        let blocks = prose.blocks.iter().filter(|block| block.role.is_read());
        let blocks: Vec<_> = blocks.map(|block| block.span.start..block.span.end).collect();
        for sentence in &analyse(Model::builtin(), &prose.text, &blocks).sentences {
            let span = Span::new(sentence.start, sentence.end);
            let words = span.of(&prose.text).unwrap_or_default();
            claims.extend(Claim::new(DocumentId::default(), prose.origin(span), words, ClaimKind::Statement));
        }
    }
    claims
}

/// What is known before a document is read: actors and places of a case, the pack of states, words of the case.
pub(super) struct Known {
    directory: Directory,
    rules: KindRules,
}

impl Known {
    /// Of a case in `cases/`; of no case only the pack.
    pub(super) fn of(root: &Path, case: &str) -> Result<Known> {
        let text = |path: PathBuf| {
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
        };
        let (pack, _) = actors("states.toml", &text(root.join("names/states.toml"))?);
        let (regions, _) = places("places.toml", &text(root.join("names/places.toml"))?);
        if case.is_empty() {
            return Ok(Known {
                directory: Directory::new(&[], &regions, &pack),
                rules: KindRules::default(),
            });
        }
        let folder = root.join("cases").join(case);
        let (actors, _) = actors("actors.toml", &text(folder.join("actors.toml"))?);
        let (mut places, _) = places("places.toml", &text(folder.join("places.toml"))?);
        // The case's own places stand first: of two of one name the first holds.
        places.extend(regions);
        // Which kinds of the agreement claims are about is not scored, and needs the agreement.
        Ok(Known { directory: Directory::new(&actors, &places, &pack), rules: KindRules::default() })
    }
}

/// The claims that the program reads in a document.
pub(super) fn read(known: &Known, document: &DocumentText, articles: &[Article]) -> Vec<Claim> {
    let clock = Clock::utc();
    let reader = Reader {
        model: Model::builtin(),
        directory: &known.directory,
        lexicon: Lexicon::builtin(),
        cues: Cues::builtin(),
        rules: &known.rules,
        clock: &clock,
    };
    let read = articles.iter().flat_map(|article| reader.read(&document.document, article).claims);
    read.map(|read| read.claim).collect()
}
