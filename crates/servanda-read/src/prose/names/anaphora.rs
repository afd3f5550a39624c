//! Pronouns and "the group": resolved by salience within two sentences, or left unresolved.
//!
//! Rather unresolved than wrong: a pronoun within quotation marks looks only at what the same quotation names, one outside
//! only at what stands outside; "it" must do what only somebody can do; two antecedents that are joined by "and" are none.

use std::ops::Range;

use servanda_language::{Fine, Relation, Tag};
use servanda_model::{ActorKind, Name, Span};

use super::describe::Phrases;
use super::directory::Directory;
use super::lexicon::Role;
use super::speakers::FIRST_PERSON;
use super::units::UnitSort;
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
enum Sort {
    Person,
    Thing,
    Many,
}

struct Candidate {
    who: Who,
    sort: Sort,
    /// Whether an organisation, which may also be "they".
    is_organisation: bool,
    kind: ActorKind,
    sentence: usize,
    head: usize,
    quotation: u32,
    is_subject: bool,
    is_joined: bool,
    is_part: bool,
    noun: String,
}

/// How many sentences before its own a pronoun looks at.
const MAX_SENTENCES: usize = 2;
/// At most so many mentions are looked back at, so that the work stays in proportion to the text.
const MAX_CANDIDATES: usize = 40;

/// Adds pronouns to the mentions and resolves them and what points back like them.
pub(super) fn resolve(phrases: &Phrases<'_, '_>, blocks: &[Block], mut found: Vec<Found>) -> Vec<Mention> {
    let quotations = quotations(phrases, blocks);
    found.extend(pronouns(phrases, blocks));
    found.sort_by_key(|one| (one.mention.span.start, std::cmp::Reverse(one.mention.span.end)));
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut renamed: Vec<(usize, String, Name)> = Vec::new();
    let mut owner: Option<(usize, Name)> = None;
    for one in &mut found {
        let quotation = quotations[one.mention.head];
        if one.mention.sort == MentionSort::Pronoun {
            resolve_pronoun(phrases, &candidates, one, quotation);
            if let Who::Known(id) = &one.mention.who {
                owner = Some((one.mention.head, id.clone()));
            }
        } else if one.is_whole {
            follow_owner(phrases, one, &renamed);
            follow_pronoun(phrases, one, owner.as_ref());
            if let Some(words) = resolve_noun(phrases, &candidates, one)
                && let Who::Known(id) = &one.mention.who
            {
                renamed.push((one.chunk, words, id.clone()));
            }
        }
        candidates.extend(candidate(phrases, one, quotation));
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

fn pronouns(phrases: &Phrases<'_, '_>, blocks: &[Block]) -> Vec<Found> {
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

fn resolve_pronoun(phrases: &Phrases<'_, '_>, candidates: &[Candidate], one: &mut Found, quotation: u32) {
    let scan = phrases.scan;
    let token = one.mention.head;
    let word = scan.lower(token);
    let Some(sort) = sort_of(&word) else { return };
    let sentence = scan.analysis.tokens[token].sentence;
    let is_possessive =
        matches!(scan.fine(token), Fine::PrpPoss) || matches!(word.as_str(), "its" | "their" | "his");
    let is_subject = !is_possessive && is_subject(phrases, token..token + 1);
    if word == "it" && !(is_subject && does_what_somebody_does(phrases, token)) {
        return;
    }
    let mut best: Option<(i32, &Candidate)> = None;
    for candidate in candidates.iter().rev().take(MAX_CANDIDATES) {
        if candidate.sentence + MAX_SENTENCES < sentence {
            break;
        }
        let fits = candidate.sort == sort || sort == Sort::Many && candidate.is_organisation;
        let is_same_clause = scan.analysis.tokens[candidate.head].head == scan.analysis.tokens[token].head;
        let is_bound = !is_possessive && is_same_clause && candidate.sentence == sentence;
        if !fits || candidate.quotation != quotation || is_bound || candidate.head >= token {
            continue;
        }
        let n_back = sentence - candidate.sentence;
        let mut score = [6, 4, 1][n_back.min(2)];
        score += if candidate.is_subject { 4 } else { 0 };
        score -= if candidate.is_part { 4 } else { 0 };
        score -= if candidate.sort != sort { 3 } else { 0 };
        score += if n_back == 0 && is_possessive && candidate.is_subject { 2 } else { 0 };
        if best.as_ref().is_none_or(|(high, _)| score > *high) {
            best = Some((score, candidate));
        }
    }
    let Some((_, chosen)) = best else { return };
    let stands_between =
        is_subject && sort == Sort::Thing && thing_stands_between(phrases, chosen.head, token);
    if chosen.who == Who::Unresolved || chosen.is_joined && sort != Sort::Person || stands_between {
        return;
    }
    one.mention.who = chosen.who.clone();
    one.mention.rule = "pronoun:salience";
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
    const VERBS: &[&str] = &[
        "say",
        "add",
        "tell",
        "announce",
        "accept",
        "accuse",
        "agree",
        "aim",
        "appeal",
        "argue",
        "ask",
        "believe",
        "blame",
        "call",
        "claim",
        "commit",
        "condemn",
        "confirm",
        "consider",
        "decide",
        "decline",
        "demand",
        "deny",
        "expect",
        "express",
        "hope",
        "insist",
        "intend",
        "invite",
        "note",
        "object",
        "offer",
        "oppose",
        "order",
        "plan",
        "pledge",
        "promise",
        "propose",
        "publish",
        "receive",
        "recognise",
        "recognize",
        "refuse",
        "reiterate",
        "reject",
        "release",
        "report",
        "request",
        "seek",
        "send",
        "stress",
        "suggest",
        "support",
        "threaten",
        "try",
        "urge",
        "vow",
        "want",
        "warn",
        "welcome",
        "withdraw",
        "deploy",
        "launch",
        "attack",
        "strike",
        "kill",
        "hand",
        "hold",
        "fire",
        "host",
        "record",
        "verify",
        "observe",
        "oversee",
        "monitor",
    ];
    let scan = phrases.scan;
    let end = scan.sentence(token).end.min(token + 7);
    let verb = (token + 1..end).find(|at| scan.tag(*at) == Tag::Verb);
    verb.is_some_and(|verb| VERBS.contains(&scan.analysis.lemma(verb)))
}

/// "the group", "the ministry", "the president": a noun with nothing but its article.
fn resolve_noun(phrases: &Phrases<'_, '_>, candidates: &[Candidate], one: &mut Found) -> Option<String> {
    let scan = phrases.scan;
    let role = one.role.filter(|role| !role.is_plural)?;
    let Who::Described { words, of: None, .. } = &one.mention.who else { return None };
    let words = words.clone();
    let [article, noun] = phrases.units[one.chunk].as_slice() else { return None };
    let is_definite = matches!(scan.lower(article.tokens.start).as_str(), "the" | "this" | "that");
    if !is_definite
        || !matches!(noun.sort, UnitSort::Role(_))
        || phrases.chunks[one.chunk].is_possessed
        || has_tail(phrases, one.chunk)
    {
        return None;
    }
    let class = scan.lexicon.class(role);
    let noun = scan.lexicon.noun(role);
    let sentence = scan.analysis.tokens[one.mention.head].sentence;
    let last_word = noun.rsplit(' ').next().unwrap_or(noun);
    let named = || {
        candidates
            .iter()
            .rev()
            .take(MAX_CANDIDATES * 4)
            .find(|one| one.noun == noun || one.sort != Sort::Person && one.noun == last_word)
    };
    let by_kind = || {
        candidates
            .iter()
            .rev()
            .take(MAX_CANDIDATES)
            .take_while(|one| one.sentence + MAX_SENTENCES >= sentence)
            .find(|one| {
                class.anaphor.contains(&one.kind)
                    && one.sort != Sort::Person
                    && !one.is_joined
                    && fits_class(scan.directory, class.id.as_str(), noun, one)
            })
    };
    let chosen = if class.is_person && class.is_public {
        named()
    } else if class.anaphor.is_empty() {
        None
    } else {
        named().or_else(by_kind)
    };
    match chosen {
        Some(chosen) if chosen.who != Who::Unresolved => {
            one.mention.who = chosen.who.clone();
            one.mention.rule = "phrase:again";
            Some(words)
        }
        _ if matches!(noun, "group" | "movement" | "country" | "nation" | "organization") => {
            one.mention.who = Who::Unresolved;
            one.mention.rule = "phrase:open";
            None
        }
        _ => None,
    }
}

fn has_tail(phrases: &Phrases<'_, '_>, chunk: usize) -> bool {
    let end = phrases.chunks[chunk].tokens.end;
    phrases.scan.after(end - 1).is_some_and(|next| phrases.scan.word(next) == "of")
}

/// "the country" is a state, "the group" is none; organs are taken up by their own noun or by a general one.
fn fits_class(directory: &Directory, class: &str, noun: &str, candidate: &Candidate) -> bool {
    let is_country = match &candidate.who {
        Who::Known(id) => {
            directory.actor(id).is_some_and(|actor| !actor.demonyms.is_empty() || !actor.seats.is_empty())
        }
        _ => candidate.kind == ActorKind::State,
    };
    match class {
        "country" => is_country && matches!(noun, "country" | "nation" | "state" | "republic" | "kingdom"),
        "group" => {
            !is_country
                && !candidate.is_part
                && matches!(
                    noun,
                    "group" | "movement" | "organization" | "militia" | "faction" | "armed group" | "party"
                )
        }
        "body" => {
            candidate.kind == ActorKind::Body
                && !candidate.is_part
                && matches!(noun, "agency" | "organization" | "international organization")
        }
        "media" => matches!(
            noun,
            "newspaper" | "paper" | "news agency" | "broadcaster" | "channel" | "outlet" | "daily"
        ),
        _ => false,
    }
}

/// "the group's spokesman", once it is known who the group is.
fn follow_owner(
    phrases: &Phrases<'_, '_>,
    one: &mut Found,
    renamed: &[(usize, String, Name)],
) {
    if !phrases.chunks[one.chunk].is_possessed {
        return;
    }
    let Some((_, old, id)) = renamed.iter().rev().take(4).find(|(chunk, ..)| chunk + 1 == one.chunk) else {
        return;
    };
    let directory = phrases.scan.directory;
    let Who::Described { words, of, .. } = &mut one.mention.who else { return };
    if of.is_none()
        && let Some(rest) = words.strip_prefix(&format!("{old} "))
        && let Some(ix) = directory.number(id)
    {
        *words = format!("{} {rest}", directory.adjective(ix));
        *of = Some(id.clone());
        let title = one.role.map(|role| phrases.scan.lexicon.noun(role).to_owned());
        if let Some(office) = title.and_then(|title| directory.office(ix, &title)) {
            one.mention.who = Who::Known(directory.id(office));
            one.mention.sort = MentionSort::Office;
        }
    }
}

/// "its spokesman", once it is known whose.
fn follow_pronoun(phrases: &Phrases<'_, '_>, one: &mut Found, owner: Option<&(usize, Name)>) {
    let Some((token, id)) = owner.filter(|(token, _)| *token == phrases.chunks[one.chunk].tokens.start) else {
        return;
    };
    let (lexicon, directory) = (phrases.scan.lexicon, phrases.scan.directory);
    let role = one.role.filter(|role| lexicon.class(*role).is_public && one.mention.head > *token);
    let (Some(role), Some(ix)) = (role, directory.number(id)) else { return };
    let Who::Described { words, of: of @ None, .. } = &mut one.mention.who else { return };
    let is_person = directory.actors[ix as usize].kind == ActorKind::Office;
    let whole = if is_person { directory.whole(ix) } else { Some(ix) };
    let Some(whole) = whole else { return };
    *words = format!("{} {words}", directory.adjective(whole));
    *of = Some(directory.id(whole));
    let office = directory.office(whole, lexicon.noun(role));
    if let Some(office) = office.filter(|office| !role.is_plural && *office != ix) {
        one.mention.who = Who::Known(directory.id(office));
        one.mention.sort = MentionSort::Office;
    }
}

fn candidate(phrases: &Phrases<'_, '_>, one: &Found, quotation: u32) -> Option<Candidate> {
    let scan = phrases.scan;
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
        sentence: scan.analysis.tokens[one.mention.head].sentence,
        head: one.mention.head,
        quotation,
        is_subject: (one.is_whole || one.mention.sort == MentionSort::Pronoun)
            && is_subject(phrases, tokens.clone()),
        is_joined: is_joined(phrases, tokens),
        is_part: !one.is_whole && one.mention.sort != MentionSort::Pronoun,
        noun,
    })
}

/// Person, thing or many; kind; whether an organisation; and the noun by which it can be taken up again.
fn nature(phrases: &Phrases<'_, '_>, one: &Found) -> (Sort, ActorKind, bool, String) {
    let lexicon = phrases.scan.lexicon;
    let noun = one.role.map(|role| lexicon.noun(role).to_owned());
    match &one.mention.who {
        Who::Known(id) => {
            let Some(actor) = phrases.scan.directory.actor(id) else {
                return (Sort::Thing, ActorKind::Other, false, String::new());
            };
            let title = noun.or_else(|| {
                let list = super::words::words(&actor.label, 0..actor.label.len());
                let roles = lexicon.roles.find(&actor.label, &list);
                roles.first().map(|found| lexicon.noun(found.meanings[0]).to_owned())
            });
            let is_person_office =
                actor.kind == ActorKind::Office && (!actor.holders.is_empty() || title.is_some());
            let sort = if is_person_office { Sort::Person } else { Sort::Thing };
            let word =
                title.or_else(|| actor.label.rsplit(' ').next().map(str::to_lowercase)).unwrap_or_default();
            (sort, actor.kind, !is_person_office, word)
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

fn is_subject(phrases: &Phrases<'_, '_>, tokens: Range<usize>) -> bool {
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
