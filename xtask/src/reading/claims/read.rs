//! An annotated document as the program reads it.

use anyhow::{Context as _, Result};
use servanda_language::{Model, analyse};
use servanda_model::{Claim, ClaimKind, DocumentId, Span};
use servanda_read::input::{Article, articles};
use servanda_read::{Clock, DocumentMetadata, read_document};

use super::gold::Gold;
use crate::reading::Context;

/// The articles of a document's file that hold words of the annotated extract.
pub(super) fn input(gold: &Gold) -> Result<Vec<Article>> {
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
    Ok(articles)
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

/// The claims that the program reads in a document; `None` while it reads none.
pub(super) fn read(_ctx: &Context, _gold: &Gold, _articles: &[Article]) -> Result<Option<Vec<Claim>>> {
    Ok(None)
}
