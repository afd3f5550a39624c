//! Pronouns: whom "he", "its" and "they" stand for.
//!
//! Rather unresolved than wrong: a pronoun within quotation marks looks only at what the same quotation names, one outside
//! only at what stands outside; "it" must do what only somebody can do; two antecedents that are joined by "and" are none.

use servanda_language::{Fine, Relation, Tag};
use servanda_model::Span;

use super::anaphora::{Candidate, Found, MAX_CANDIDATES, MAX_SENTENCES, Place, Sort, is_subject};
use super::describe::Phrases;
use super::speakers::FIRST_PERSON;
use crate::prose::{Block, Mention, MentionSort, Who};

/// The pronouns of the blocks that are read, none resolved.
pub(super) fn pronouns(phrases: &Phrases<'_, '_>, blocks: &[Block]) -> Vec<Found> {
    let scan = phrases.scan;
    let mut found = Vec::new();
    for block in blocks.iter().filter(|block| block.role.is_read()) {
        for token in scan.analysis.tokens_in(block.span.start..block.span.end) {
            let word = scan.lower(token);
            if sort_of(&word).is_none() && !is_first_person(&word)
                || !matches!(scan.tag(token), Tag::Pron | Tag::Det | Tag::Propn | Tag::X)
            {
                continue;
            }
            if scan.hit(token).is_some() || is_empty_it(phrases, token, &word) {
                continue;
            }
            let at = scan.analysis.tokens[token];
            let rule = if is_first_person(&word) { FIRST_PERSON } else { "pronoun:open" };
            let mention = Mention {
                span: Span::new(at.start, at.end),
                tokens: token..token + 1,
                head: token,
                who: Who::Unresolved,
                sort: MentionSort::Pronoun,
                rule,
            };
            found.push(Found { mention, chunk: 0, is_whole: false, role: None });
        }
    }
    found
}

fn is_first_person(word: &str) -> bool {
    matches!(word, "i" | "me" | "my" | "mine" | "myself" | "we" | "us" | "our" | "ours" | "ourselves")
}

fn sort_of(word: &str) -> Option<Sort> {
    match word {
        "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself" => Some(Sort::Person),
        "it" | "its" | "itself" => Some(Sort::Thing),
        "they" | "them" | "their" | "theirs" | "themselves" => Some(Sort::Many),
        _ => None,
    }
}

/// "It is clear that ...", "it took months to ...": the pronoun stands for nothing.
fn is_empty_it(phrases: &Phrases<'_, '_>, token: usize, word: &str) -> bool {
    let scan = phrases.scan;
    if word != "it" {
        return false;
    }
    if scan.analysis.tokens[token].relation == Relation::Expl {
        return true;
    }
    let end = scan.sentence(token).end.min(token + 8);
    let mut is_copula = false;
    for at in token + 1..end {
        let lemma = scan.analysis.lemma(at);
        match scan.tag(at) {
            Tag::Aux | Tag::Verb
                if matches!(
                    lemma,
                    "be" | "become"
                        | "seem"
                        | "appear"
                        | "look"
                        | "remain"
                        | "take"
                        | "will"
                        | "would"
                        | "may"
                        | "might"
                        | "can"
                        | "could"
                        | "should"
                        | "have"
                        | "prove"
                        | "turn"
                ) =>
            {
                is_copula |= !matches!(
                    lemma,
                    "have" | "will" | "would" | "may" | "might" | "can" | "could" | "should"
                );
            }
            Tag::Adv | Tag::Part | Tag::Det | Tag::Num => {
                if scan.lexicon.has("weather", scan.word(at)) && is_copula {
                    return true;
                }
            }
            _ => {
                return is_copula
                    && (scan.lexicon.has("weather", lemma) || scan.lexicon.has("weather", scan.word(at)));
            }
        }
    }
    false
}

/// Resolves a pronoun of the third person.
pub(super) fn resolve(phrases: &Phrases<'_, '_>, candidates: &[Candidate], one: &mut Found, place: Place) {
    let scan = phrases.scan;
    let token = one.mention.head;
    let word = scan.lower(token);
    let Some(sort) = sort_of(&word) else { return };
    let is_possessive =
        matches!(scan.fine(token), Fine::PrpPoss) || matches!(word.as_str(), "its" | "their" | "his");
    let is_subject = !is_possessive && is_subject(phrases, token..token + 1);
    if word == "it" && !(is_subject && does_what_somebody_does(phrases, token)) {
        return;
    }
    let mut best: Option<(i32, &Candidate)> = None;
    for candidate in candidates.iter().rev().take(MAX_CANDIDATES) {
        if candidate.place.rank + MAX_SENTENCES < place.rank {
            break;
        }
        let fits = candidate.sort == sort || sort == Sort::Many && candidate.can_be_they(place);
        let is_same_clause = scan.analysis.tokens[candidate.head].head == scan.analysis.tokens[token].head;
        let is_bound = !is_possessive && is_same_clause && candidate.place.sentence == place.sentence;
        if !fits || candidate.place.quotation != place.quotation || is_bound || candidate.head >= token {
            continue;
        }
        let n_back = place.rank.saturating_sub(candidate.place.rank);
        let is_here = candidate.place.sentence == place.sentence;
        let mut score = [6, 4, 1][n_back.min(2)];
        score += if candidate.is_subject { 4 } else { 0 };
        score -= if candidate.is_part { 4 } else { 0 };
        score -= if candidate.sort != sort { 3 } else { 0 };
        // "its" mostly belongs to something of its own sentence.
        score += if is_here && is_possessive { 3 } else { 0 };
        if best.as_ref().is_none_or(|(high, _)| score > *high) {
            best = Some((score, candidate));
        }
    }
    // Somebody in passing, who would only just fit, is nobody in particular.
    const MIN_SCORE: i32 = 2;
    let Some((_, chosen)) = best.filter(|(score, _)| *score >= MIN_SCORE) else { return };
    let stands_between =
        is_subject && sort == Sort::Thing && thing_stands_between(phrases, chosen.head, token);
    if chosen.who == Who::Unresolved || chosen.is_joined && sort != Sort::Person || stands_between {
        return;
    }
    one.mention.who = chosen.who.clone();
    one.mention.rule = "pronoun:salience";
}

/// "In his remarks on Friday, the minister said": the possessive points forward to the subject of its sentence. Answers
/// the mention that it points to.
pub(super) fn forward(phrases: &Phrases<'_, '_>, found: &[Found], at: usize) -> Option<Who> {
    let scan = phrases.scan;
    let token = found[at].mention.head;
    let sentence = scan.sentence(token);
    let word = scan.lower(token);
    // Debris of a heading can stand before the sentence; the phrase begins with the preposition all the same.
    let opens = token.checked_sub(1).filter(|before| sentence.contains(before))?;
    let is_fronted = matches!(scan.tag(opens), Tag::Adp | Tag::Sconj)
        && scan.is_capital(opens)
        && matches!(word.as_str(), "his" | "her" | "its" | "their");
    let comma = (token..sentence.end).find(|at| scan.word(*at) == ",").filter(|_| is_fronted)?;
    let subject = found[at + 1..].iter().take_while(|one| one.mention.head < sentence.end).find(|one| {
        one.is_whole && one.mention.tokens.start >= comma && is_subject(phrases, one.mention.tokens.clone())
    })?;
    let sort = super::anaphora::nature(phrases, subject).0;
    let fits = Some(sort) == sort_of(&word);
    (fits && subject.mention.who != Who::Unresolved).then(|| subject.mention.who.clone())
}

/// Whether another subject that is no actor stands between an antecedent and "it": then "it" may be that.
fn thing_stands_between(phrases: &Phrases<'_, '_>, antecedent: usize, token: usize) -> bool {
    let scan = phrases.scan;
    let is_thing = |at: &usize| {
        matches!(scan.analysis.tokens[*at].relation, Relation::Nsubj | Relation::NsubjPass)
            && scan.tag(*at) == Tag::Noun
            && scan.role(*at).is_none()
            && scan.hit(*at).is_none()
    };
    const MAX_TOKENS: usize = 80;
    (antecedent + 1..token).rev().take(MAX_TOKENS).any(|at| is_thing(&at))
}

/// Whether the verb of a subject is one of saying, wanting, promising or deciding.
fn does_what_somebody_does(phrases: &Phrases<'_, '_>, token: usize) -> bool {
    let scan = phrases.scan;
    let end = scan.sentence(token).end.min(token + 7);
    let verb = (token + 1..end).find(|at| scan.tag(*at) == Tag::Verb);
    verb.is_some_and(|verb| scan.lexicon.has("deeds", scan.analysis.lemma(verb)))
}
