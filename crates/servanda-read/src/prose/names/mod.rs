//! Who is meant? Names, offices, demonyms, seats, acronyms, descriptions and pronouns become mentions of actors; places by the
//! gazetteer.
//!
//! Invariant: the name of a person never leaves this module. A person is an office that the case declares, a description
//! from the words of the text without any name, or [`crate::prose::Who::Private`].
//! Invariant: everything rests on names, tags and word order first; the tree only helps to choose.

mod acronyms;
mod again;
mod anaphora;
mod chunks;
mod describe;
mod directory;
mod gazetteer;
mod lexicon;
mod merge;
mod metonyms;
mod people;
mod phrases;
mod pronouns;
mod scan;
mod speakers;
mod tails;
mod units;
mod unknown;
mod words;

use servanda_language::{Analysis, Relation, Tag};
use servanda_model::{ActorKind, Span};

use crate::prose::{Block, Calendar, Mention, MentionSort, Who};
use anaphora::Found;
use describe::{Described, Phrases};
use people::People;
use scan::Scan;
use units::UnitSort;

pub use directory::Directory;
pub use gazetteer::{PlaceFound, places};
pub use speakers::speakers;

/// Everyone who is meant in the blocks that are read, in the order of the text; a mention can lie within another
/// ("Northern" in "Northern officials").
///
/// `published` tells who held an office; without it, who ever did. Pronouns of the first person stay
/// [`Who::Unresolved`]; [`speakers`] resolves them once it is known who is quoted.
pub fn mentions(
    text: &str,
    blocks: &[Block],
    analysis: &Analysis,
    directory: &Directory,
    published: Option<Calendar>,
) -> Vec<Mention> {
    let scan = Scan::new(text, blocks, analysis, directory, published);
    let phrases = Phrases::new(&scan);
    let people = People::of(&phrases);
    let mut found: Vec<Found> = Vec::new();
    for chunk in 0..phrases.chunks.len() {
        if is_read(&phrases, blocks, chunk) {
            collect(&phrases, &people, chunk, &mut found);
        }
    }
    anaphora::resolve(&phrases, blocks, found)
}

/// The mention that a token belongs to: the one that it carries, else the smallest that holds it.
pub fn mention_at(mentions: &[Mention], token: usize) -> Option<&Mention> {
    // Mentions lie in order and nest little: those that hold a token are among the last that begin before it.
    const MAX_LOOKED_AT: usize = 32;
    let end = mentions.partition_point(|mention| mention.tokens.start <= token);
    let near =
        || mentions[..end].iter().rev().take(MAX_LOOKED_AT).filter(|mention| mention.tokens.contains(&token));
    near().find(|mention| mention.head == token).or_else(|| near().min_by_key(|mention| mention.tokens.len()))
}

/// Whether the words of a mention name a private person, so that nothing that is kept may repeat them: a name without any
/// description, or with one that is no public office or function ("A. B., a farmer").
pub fn names_private_person(mention: &Mention) -> bool {
    match &mention.who {
        Who::Private => mention.sort == MentionSort::Name,
        Who::Described { kind: ActorKind::Other, .. } => mention.rule.starts_with("person:"),
        _ => false,
    }
}

fn is_read(phrases: &Phrases<'_, '_>, blocks: &[Block], chunk: usize) -> bool {
    let start = phrases.scan.analysis.tokens[phrases.chunks[chunk].tokens.start].start;
    let at = blocks.partition_point(|block| block.span.end <= start);
    blocks.get(at).is_some_and(|block| block.span.start <= start && block.role.is_read())
}

/// The mentions of one chunk: the names within it, and the chunk itself.
fn collect(phrases: &Phrases<'_, '_>, people: &People, chunk: usize, found: &mut Vec<Found>) {
    let list = &phrases.units[chunk];
    let whole = phrases.who(chunk, people);
    for (at, unit) in list.iter().enumerate().take(list.len().saturating_sub(1)) {
        let UnitSort::Hit(hit) = unit.sort else { continue };
        // "the Northern minister | A. B." is one mention.
        let is_title = |part: &Described| {
            part.sort == MentionSort::Office && whole.as_ref().is_some_and(|whole| whole.who == part.who)
        };
        if let Some(part) = phrases.hit(chunk, at, &phrases.scan.hits[hit], people)
            && !is_title(&part)
        {
            found.push(mention(phrases, chunk, part, false));
        }
    }
    if let Some(mut whole) = whole {
        whole.tokens.end = phrases.chunks[chunk].tokens.end;
        found.push(mention(phrases, chunk, whole, true));
    }
}

fn mention(phrases: &Phrases<'_, '_>, chunk: usize, described: Described, is_whole: bool) -> Found {
    let analysis = phrases.scan.analysis;
    let Described { who, sort, rule, role, mut tokens } = described;
    // A declared name stands for itself; a person and a description take in the words before them.
    let is_name = matches!(rule, "name:alias" | "name:seat" | "name:demonym" | "name:defined");
    if is_whole && !is_name {
        tokens.start = tokens.start.min(start_of_description(phrases, chunk));
    }
    let bytes = analysis.bytes(tokens.clone());
    let head = head(analysis, tokens.clone());
    let span = Span::new(bytes.start, bytes.end);
    Found { mention: Mention { span, tokens, head, who, sort, rule }, chunk, is_whole, role }
}

/// Where the words begin that describe what a chunk ends in: of a person the title, of anything else the first word that is
/// neither an article nor a number.
fn start_of_description(phrases: &Phrases<'_, '_>, chunk: usize) -> usize {
    let list = &phrases.units[chunk];
    let is_named = list.last().is_some_and(|unit| matches!(unit.sort, UnitSort::Hit(_) | UnitSort::Proper));
    let is_titled =
        list.len() > 1 && matches!(list[list.len() - 2].sort, UnitSort::Hit(_) | UnitSort::Role(_));
    let all = || list.iter().find(|unit| unit.sort != UnitSort::Counting);
    let first = if is_named && !is_titled { list.last() } else { all() };
    first.map_or(phrases.chunks[chunk].tokens.start, |unit| unit.tokens.start)
}

/// The token that carries a run: one that hangs from outside of it, a noun before any other, the last among equals.
fn head(analysis: &Analysis, tokens: std::ops::Range<usize>) -> usize {
    let hangs_out = |token: &usize| {
        let at = analysis.tokens[*token];
        !tokens.contains(&at.head) || at.head == *token || at.relation == Relation::Root
    };
    let is_noun = |token: &usize| matches!(analysis.tokens[*token].tag, Tag::Noun | Tag::Propn | Tag::Pron);
    let outer = || tokens.clone().rev().filter(hangs_out);
    outer().find(is_noun).or_else(|| tokens.clone().rev().find(is_noun)).unwrap_or(tokens.end - 1)
}
