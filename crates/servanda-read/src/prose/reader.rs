//! The reader: from an article to its claims.

use std::ops::Range;

use servanda_language::{Model, analyse};
use servanda_model::{Diagnostic, Document, Span};

use super::attribution::{Cues, utterances};
use super::compose::{self, Index, Layers, ReadClaim, Setting};
use super::dates::dates;
use super::frames::{Lexicon, Tree, propositions};
use super::kind_rules::KindRules;
use super::layers::{Proposition, Who};
use super::lean::lean;
use super::names::{Directory, mentions, places, speakers};
use super::quantities::{quantities_torn, tolls};
use super::scan::torn_hyphens;
use super::tallies::tallies;
use super::{Block, BlockRole, Calendar};
use crate::clock::Clock;
use crate::input::Article;
use crate::messages;

/// Everything that reading stands on; the same reader serves any number of documents, from any number of threads.
#[derive(Clone, Copy)]
pub struct Reader<'r> {
    /// The language layer's weights.
    pub model: &'r Model,
    /// Actors and places.
    pub directory: &'r Directory,
    /// Frames of events, attitudes and promises.
    pub lexicon: &'r Lexicon,
    /// Words that say that something is said.
    pub cues: &'r Cues,
    /// Which kinds of the agreement the claims are about.
    pub rules: &'r KindRules,
    /// The clock of the case.
    pub clock: &'r Clock,
}

/// What an article says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Claims, in the order of the text.
    pub claims: Vec<ReadClaim>,
    /// Sentences that were not read because they are in another language; bytes of the original.
    pub unread: Vec<Span>,
    /// What was not read, and why.
    pub remarks: Vec<Diagnostic>,
    /// Tokens that were looked at.
    pub n_tokens: usize,
}

impl Reader<'_> {
    /// Reads one article of a document. Never fails: what cannot be read is a remark (R330 to R359).
    ///
    /// Relative dates stand on the article's day of publication; without one they stay open. Today is never used.
    pub fn read(&self, document: &Document, article: &Article) -> Reading {
        let prose = &article.prose;
        let text = prose.text.as_str();
        let turns = compose::turns(text, &prose.blocks);
        let blocks: Vec<Range<usize>> = prose
            .blocks
            .iter()
            .filter(|block| block.role.is_read())
            .flat_map(|block| without_label(text, block.span, &turns))
            .collect();
        let analysis = analyse(self.model, text, &blocks);
        let published = article.published_on;
        let mut mentions = mentions(text, &prose.blocks, &analysis, self.directory, published);
        let places = places(text, &analysis, self.directory);
        let utterances = utterances(text, &prose.blocks, &analysis, self.cues);
        speakers(&mut mentions, &utterances);
        let propositions = propositions(text, &prose.blocks, &analysis, &utterances, self.lexicon);
        let index = Index::new(text, &analysis, &mentions, &utterances, &propositions);
        let tree = Tree::new(text, &analysis);
        let lean = |span| lean(&tree, &index, &propositions, span);
        let dates = dates(text, published, &lean);
        let mut quantities = quantities_torn(text, &dates, &torn_hyphens(text, &analysis));
        tolls(text, &analysis, &mut quantities);
        let tallies = tallies(text, &prose.blocks, &analysis, &dates, &quantities, published);
        let mut layers = Layers {
            prose,
            analysis: &analysis,
            mentions: &mentions,
            places: &places,
            utterances: &utterances,
            propositions: &propositions,
            dates: &dates,
            quantities: &quantities,
            tallies: &tallies,
            turns: &turns,
            index,
        };
        let plain = compose::rest(&layers);
        let propositions: Vec<Proposition> = propositions.iter().cloned().chain(plain).collect();
        layers.index = Index::new(text, &analysis, &mentions, &utterances, &propositions);
        layers.propositions = &propositions;
        let setting = Setting {
            document: document.id,
            // A table of articles: each was known when it was published itself.
            reported_at: article
                .published_at
                .map(|when| when.latest)
                .filter(|at| Some(*at) != document.published_at),
            publisher: article.publisher.as_ref(),
            published,
            authors: &[],
            directory: self.directory,
            clock: self.clock,
            rules: self.rules,
        };
        let authors =
            article.title.as_deref().map(|title| self.authors(title, published)).unwrap_or_default();
        let setting = Setting { authors: &authors, ..setting };
        let claims = compose::compose(&layers, &setting);
        let unread: Vec<Span> = analysis
            .sentences
            .iter()
            .filter(|sentence| !sentence.is_english)
            .map(|sentence| prose.origin(Span::new(sentence.start, sentence.end)))
            .collect();
        let mut remarks = Vec::new();
        if let Some(first) = unread.first() {
            remarks.push(messages::unread_language(*first, unread.len(), analysis.sentences.len()));
        }
        if published.is_none() && dates.iter().any(|date| date.start.is_none() && date.end.is_none()) {
            remarks.push(messages::open_dates());
        }
        Reading { claims, unread, remarks, n_tokens: analysis.tokens.len() }
    }
}

impl Reader<'_> {
    /// In whose name a statement is made, by its title.
    fn authors(&self, title: &str, published: Option<Calendar>) -> Vec<Who> {
        const MAX_TITLE_BYTES: usize = 1000;
        let title = title.get(..title.len().min(MAX_TITLE_BYTES)).unwrap_or_default();
        let block = Block { span: Span::new(0, title.len()), role: BlockRole::Headline };
        let analysis = analyse(self.model, title, std::slice::from_ref(&(0..title.len())));
        let found = mentions(title, &[block], &analysis, self.directory, published);
        compose::authors(title, &analysis, &found)
    }
}

/// The bytes of a block as they are analysed: where it opens a turn, the label ("THE ENVOY:") apart from what is said.
fn without_label(text: &str, block: Span, turns: &[compose::Turn]) -> Vec<Range<usize>> {
    let turn = turns.binary_search_by_key(&block.start, |turn| turn.span.start).ok();
    let end = turn.map_or(block.start, |at| {
        let end = turns[at].label.end;
        let has_colon = text.get(end..block.end).is_some_and(|rest| rest.starts_with([':', '.']));
        end + usize::from(has_colon)
    });
    let parts = [block.start..end, end..block.end];
    parts.into_iter().filter(|part| !text[part.clone()].trim().is_empty()).collect()
}
