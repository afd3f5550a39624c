//! Pronouns and "the group": resolved by salience within two sentences, or left unresolved.

use std::ops::Range;

use servanda_language::{Fine, Relation, Tag};
use servanda_model::{ActorKind, Name};

use super::describe::Phrases;
use super::lexicon::Role;
use super::{again, pronouns};
use crate::prose::{Block, Mention, MentionSort, Who};

/// A mention with what its phrase tells.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub mention: Mention,
    pub chunk: usize,
    /// Whether it is the chunk as a whole, rather than a name within it.
    pub is_whole: bool,
    pub role: Option<Role>,
}

/// What a pronoun can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Person,
    Thing,
    Many,
}

/// Where a mention stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub sentence: usize,
    /// How many sentences before it are not quoted as a whole: what is quoted parts nothing.
    pub rank: usize,
    /// The quotation that holds it; 0: none.
    pub quotation: u32,
}

/// Somebody whom a pronoun may stand for.
pub(super) struct Candidate {
    pub who: Who,
    pub sort: Sort,
    pub is_organisation: bool,
    pub kind: ActorKind,
    pub place: Place,
    pub head: usize,
    pub is_subject: bool,
    pub is_joined: bool,
    pub is_part: bool,
    pub noun: String,
}

impl Candidate {
    /// Whether one organisation may be "they": a country only within its sentence, and within quotation marks nobody else.
    pub fn can_be_they(&self, place: Place) -> bool {
        let is_here = self.place.sentence == place.sentence;
        self.sort == Sort::Thing && (is_here || self.is_organisation && place.quotation == 0)
    }
}

/// How many sentences before its own a pronoun looks at.
pub(super) const MAX_SENTENCES: usize = 2;
/// At most so many mentions are looked back at, so that the work stays in proportion to the text.
pub(super) const MAX_CANDIDATES: usize = 40;

/// Adds pronouns to the mentions and resolves them and what points back like them.
pub(super) fn resolve(phrases: &Phrases<'_, '_>, blocks: &[Block], mut found: Vec<Found>) -> Vec<Mention> {
    let quotations = quotations(phrases, blocks);
    found.extend(pronouns::pronouns(phrases, blocks));
    found.sort_by_key(|one| (one.mention.span.start, std::cmp::Reverse(one.mention.span.end)));
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut renamed: Vec<(usize, String, Name)> = Vec::new();
    let mut owner: Option<(usize, Name)> = None;
    for at in 0..found.len() {
        let head = found[at].mention.head;
        let place = Place {
            sentence: phrases.scan.analysis.tokens[head].sentence,
            rank: phrases.scan.rank(head),
            quotation: quotations[head],
        };
        if found[at].mention.sort == MentionSort::Pronoun {
            if let Some(who) = pronouns::forward(phrases, &found, at) {
                found[at].mention.who = who;
                found[at].mention.rule = "pronoun:forward";
            } else {
                pronouns::resolve(phrases, &candidates, &mut found[at], place);
            }
            if let Who::Known(id) = &found[at].mention.who {
                owner = Some((head, id.clone()));
            }
        } else if found[at].is_whole {
            let one = &mut found[at];
            again::follow_owner(phrases, one, &renamed);
            again::follow_pronoun(phrases, one, owner.as_ref());
            if let Some(words) = again::resolve_noun(phrases, &candidates, one)
                && let Who::Known(id) = &one.mention.who
            {
                renamed.push((one.chunk, words, id.clone()));
            }
        }
        candidates.extend(candidate(phrases, &found[at], place));
    }
    found.into_iter().map(|one| one.mention).collect()
}

/// For each token the number of the quotation that holds it; 0: none.
fn quotations(phrases: &Phrases<'_, '_>, blocks: &[Block]) -> Vec<u32> {
    let scan = phrases.scan;
    let mut found = vec![0; scan.analysis.tokens.len()];
    let (mut next, mut now) = (1, 0);
    for block in blocks {
        now = 0;
        for token in scan.analysis.tokens_in(block.span.start..block.span.end) {
            match scan.word(token) {
                "“" | "``" | "«" | "„" => {
                    now = next;
                    next += 1;
                }
                "”" | "''" | "»" => now = 0,
                "\"" if now == 0 => {
                    now = next;
                    next += 1;
                }
                "\"" => now = 0,
                _ => found[token] = now,
            }
        }
    }
    let _ = now;
    found
}

fn candidate(phrases: &Phrases<'_, '_>, one: &Found, place: Place) -> Option<Candidate> {
    if one.mention.sort == MentionSort::Pronoun && one.mention.who == Who::Unresolved {
        return None;
    }
    let (sort, kind, is_organisation, noun) = nature(phrases, one);
    let tokens = one.mention.tokens.clone();
    Some(Candidate {
        who: one.mention.who.clone(),
        sort,
        is_organisation,
        kind,
        place,
        head: one.mention.head,
        is_subject: (one.is_whole || one.mention.sort == MentionSort::Pronoun)
            && is_subject(phrases, tokens.clone()),
        is_joined: is_joined(phrases, tokens),
        is_part: !one.is_whole && one.mention.sort != MentionSort::Pronoun,
        noun,
    })
}

/// Person, thing or many; kind; whether an organisation; and the noun by which it can be taken up again.
pub(super) fn nature(phrases: &Phrases<'_, '_>, one: &Found) -> (Sort, ActorKind, bool, String) {
    let lexicon = phrases.scan.lexicon;
    let noun = one.role.map(|role| lexicon.noun(role).to_owned());
    match &one.mention.who {
        Who::Known(id) => {
            let Some(actor) = phrases.scan.directory.actor(id) else {
                return (Sort::Thing, ActorKind::Other, false, String::new());
            };
            let list = super::words::words(&actor.label, 0..actor.label.len());
            let roles = lexicon.roles.find(&actor.label, &list);
            // "Aid agencies" are many.
            let is_many = roles
                .last()
                .is_some_and(|found| found.words.end == list.len() && found.meanings[0].is_plural);
            let title =
                noun.or_else(|| roles.first().map(|found| lexicon.noun(found.meanings[0]).to_owned()));
            let is_person_office =
                actor.kind == ActorKind::Office && (!actor.holders.is_empty() || title.is_some());
            let is_country = !actor.demonyms.is_empty() || !actor.seats.is_empty();
            let sort = match () {
                _ if is_person_office => Sort::Person,
                _ if is_many && !is_country => Sort::Many,
                _ => Sort::Thing,
            };
            let word =
                title.or_else(|| actor.label.rsplit(' ').next().map(str::to_lowercase)).unwrap_or_default();
            // A country is taken up as a country, whatever its name says.
            let word = if is_country { String::new() } else { word };
            (sort, actor.kind, sort == Sort::Thing && !is_country, word)
        }
        Who::Described { words, kind, .. } => {
            let class = one.role.map(|role| (lexicon.class(role).is_person, role.is_plural));
            let last = words.rsplit(' ').next().unwrap_or_default();
            let of_words = lexicon
                .roles
                .meanings(last)
                .next()
                .map(|role| (lexicon.class(*role).is_person, role.is_plural));
            let sort = match class.or(of_words) {
                Some((_, true)) => Sort::Many,
                Some((true, false)) => Sort::Person,
                _ => Sort::Thing,
            };
            let word = noun.unwrap_or_else(|| last.to_lowercase());
            (sort, *kind, sort == Sort::Thing, word)
        }
        Who::Private => (Sort::Person, ActorKind::Other, false, String::new()),
        Who::Unresolved => (Sort::Thing, ActorKind::Other, false, noun.unwrap_or_default()),
    }
}

pub(super) fn is_subject(phrases: &Phrases<'_, '_>, tokens: Range<usize>) -> bool {
    let scan = phrases.scan;
    let by_tree = tokens.clone().any(|token| {
        matches!(scan.analysis.tokens[token].relation, Relation::Nsubj | Relation::NsubjPass)
            && !tokens.contains(&scan.analysis.tokens[token].head)
    });
    by_tree
        || scan.after(tokens.end - 1).is_some_and(|next| {
            matches!(scan.fine(next), Fine::Vbd | Fine::Vbz | Fine::Vbp | Fine::Md)
                && matches!(scan.tag(next), Tag::Verb | Tag::Aux)
        })
}

/// Whether "and" joins a mention to another, so that it is not alone.
fn is_joined(phrases: &Phrases<'_, '_>, tokens: Range<usize>) -> bool {
    let scan = phrases.scan;
    let is_and = |token: Option<usize>| token.is_some_and(|token| scan.lower(token) == "and");
    let is_name = |token: Option<usize>| {
        token.is_some_and(|token| scan.hit(token).is_some() || scan.role(token).is_some())
    };
    let after = scan.after(tokens.end - 1);
    let before = scan.before(tokens.start);
    is_and(after) && is_name(after.and_then(|token| scan.after(token)))
        || is_and(before) && is_name(before.and_then(|token| scan.before(token)))
}
