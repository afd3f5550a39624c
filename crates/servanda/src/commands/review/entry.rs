//! One reading with all that a person needs in order to rule on it.

use servanda_model::{Claim, Document, Span};
use servanda_read::DocumentText;
use servanda_render::civil::Civil;
use servanda_render::{Candidate, Excerpt, QueueState, Reading, ReviewItem, claim_words, excerpt};

use super::session::Session;
use crate::case::Sources;
use crate::lexicon::add_quote;

/// Characters of context on each side.
const CONTEXT_CHARS: usize = 400;

impl Session<'_> {
    /// A reading by its position among all; `whole`: with candidates for the same occurrence.
    pub(super) fn item(&self, at: usize, whole: bool) -> Option<ReviewItem> {
        let entry = self.entries[at];
        let claim = self.view.claim(entry.ix)?;
        let document = self.view.document(&claim.document);
        let civil = Civil::new(self.case.zone());
        let candidates = if whole { self.candidates(at, &claim) } else { Vec::new() };
        let lexicon = self.lexicon.borrow();
        let promises = self.case.agreement.provisions.iter().filter(|provision| {
            claim.event_kind.as_ref().is_some_and(|kind| provision.duty.kinds().contains(&kind))
        });
        let mut promises: Vec<String> = promises.map(|provision| provision.id.to_string()).collect();
        promises.dedup();
        Some(ReviewItem {
            claim: entry.id,
            state: entry.state,
            reading: match entry.state {
                QueueState::Waiting | QueueState::Postponed => Reading::of(claim.method, None),
                QueueState::Accepted => Reading::of(claim.method, Some(true)),
                QueueState::Rejected => Reading::of(claim.method, Some(false)),
                QueueState::Corrected => None,
            },
            path: document.map_or_else(|| claim.document.short(), |document| document.path.clone()),
            document_said: document.map_or_else(
                || format!("document {}, not on record", claim.document.short()),
                |document| document_said(document, &lexicon, &civil),
            ),
            excerpt: self.excerpt(&claim, whole),
            fields: claim_words(&claim, &lexicon, &civil),
            rules: claim.rule.clone(),
            promises,
            candidates,
        })
    }

    fn candidates(&self, at: usize, claim: &Claim) -> Vec<Candidate> {
        let found = self.neighbours.of(&self.view, &self.context, self.entries[at].ix, claim);
        let mut lexicon = self.lexicon.borrow_mut();
        found
            .into_iter()
            .filter_map(|neighbour| {
                let id = self.view.claim_id(neighbour.ix);
                add_quote(&mut lexicon, &self.view, id);
                Some(Candidate { said: neighbour.said, quoted: lexicon.quotes.get(&id)?.clone() })
            })
            .collect()
    }

    /// The words in their surroundings; the words alone where the document is not at hand or is not what it was.
    fn excerpt(&self, claim: &Claim, whole: bool) -> Excerpt {
        let alone = || Excerpt {
            words: claim.quote.split_whitespace().collect::<Vec<_>>().join(" "),
            ..Excerpt::default()
        };
        if !whole {
            return alone();
        }
        let found = self.with_document(claim, |document| {
            document.and_then(|found| in_prose(claim, found, &self.case.file.clock))
        });
        found.unwrap_or_else(alone)
    }

    /// The document of a claim, where its bytes are at hand and are those that were read.
    pub(super) fn with_document<T>(&self, claim: &Claim, look: impl FnOnce(Option<&DocumentText>) -> T) -> T {
        let Some(document) = self.view.document(&claim.document) else { return look(None) };
        let mut shelf = self.shelf.borrow_mut();
        if shelf.as_ref().is_none_or(|(path, _)| *path != document.path) {
            let given = self.records.store.document_bytes(&document.id);
            let found = Sources::one(self.case, &document.path, given);
            let found = found.filter(|found| found.document.id == document.id);
            *shelf = Some((document.path.clone(), found));
        }
        look(shelf.as_ref().and_then(|(_, found)| found.as_ref()))
    }
}

/// The words of a claim in the text as it is read: of a page without its markup. `None` where no block holds them.
fn in_prose(claim: &Claim, document: &DocumentText, clock: &servanda_read::Clock) -> Option<Excerpt> {
    let (articles, _) = servanda_read::input::articles(document, clock);
    articles.iter().find_map(|article| {
        let prose = &article.prose;
        let holds = |block: &&servanda_read::prose::Block| {
            let origin = prose.origin(block.span);
            origin.start <= claim.span.start && claim.span.end <= origin.end
        };
        let block = prose.blocks.iter().find(holds)?;
        let text = block.span.of(&prose.text)?;
        let origin = |at: usize, c: char| {
            prose.origin(Span::new(block.span.start + at, block.span.start + at + c.len_utf8()))
        };
        let inside = text.char_indices().filter(|(at, c)| {
            let origin = origin(*at, *c);
            claim.span.start <= origin.start && origin.end <= claim.span.end
        });
        let (mut first, mut last) = (None, 0);
        for (at, c) in inside {
            first = first.or(Some(at));
            last = at + c.len_utf8();
        }
        Some(excerpt(text, Span::new(first?, last), CONTEXT_CHARS))
    })
}

/// `path: Title, publisher, day`.
fn document_said(document: &Document, lexicon: &servanda_render::Lexicon, civil: &Civil) -> String {
    let parts = [
        document.title.clone(),
        document.publisher.as_ref().map(|publisher| lexicon.actor(publisher).to_owned()),
        document.published_at.map(|at| civil.day(at)),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { document.path.clone() } else { format!("{}: {}", document.path, parts.join(", ")) }
}
