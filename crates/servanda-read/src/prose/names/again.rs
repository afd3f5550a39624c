//! "the group", "the ministry", "its spokesman": descriptions that point back to an actor.

use servanda_model::{ActorKind, Name};

use super::anaphora::{Candidate, Found, MAX_CANDIDATES, MAX_SENTENCES, Sort};
use super::describe::Phrases;
use super::directory::Directory;
use super::units::UnitSort;
use crate::prose::{MentionSort, Who};

/// "the group", "the ministry", "the president": a noun with nothing but its article.
pub(super) fn resolve_noun(
    phrases: &Phrases<'_, '_>,
    candidates: &[Candidate],
    one: &mut Found,
) -> Option<String> {
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
    let rank = scan.rank(one.mention.head);
    let takes_up =
        |one: &&Candidate| one.noun == noun || one.sort != Sort::Person && is_kind_of(&one.noun, noun);
    let is_declared = |one: &&Candidate| matches!(one.who, Who::Known(_));
    let back = || candidates.iter().rev().take(MAX_CANDIDATES * 2);
    // What is declared goes before "an international force" that somebody mentions by the way.
    // "The President" is rather whoever the text is about than whoever it named last.
    let leads = |one: &&Candidate| one.is_subject;
    let declared = || back().filter(is_declared).filter(takes_up);
    let named = || declared().find(leads).or_else(|| declared().next()).or_else(|| back().find(takes_up));
    let by_kind = || {
        back().take_while(|one| one.place.rank + MAX_SENTENCES >= rank).find(|one| {
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
        match class.id.as_str() {
            "country" => by_kind(),
            _ => named().or_else(by_kind),
        }
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
        "country" => is_country && matches!(noun, "country" | "nation" | "republic" | "kingdom"),
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
pub(super) fn follow_owner(phrases: &Phrases<'_, '_>, one: &mut Found, renamed: &[(usize, String, Name)]) {
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
pub(super) fn follow_pronoun(phrases: &Phrases<'_, '_>, one: &mut Found, owner: Option<&(usize, Name)>) {
    let Some((token, id)) = owner.filter(|(token, _)| *token == phrases.chunks[one.chunk].tokens.start)
    else {
        return;
    };
    let (lexicon, directory) = (phrases.scan.lexicon, phrases.scan.directory);
    let role = one.role.filter(|role| lexicon.class(*role).is_public && one.mention.head > *token);
    let (Some(role), Some(ix)) = (role, directory.number(id)) else { return };
    let Who::Described { words, of: of @ None, .. } = &mut one.mention.who else { return };
    let is_person = directory.actors[ix as usize].kind == ActorKind::Office;
    let whole = if is_person { directory.whole(ix) } else { Some(ix) };
    let Some(whole) = whole else { return };
    if lexicon.class(role).stands_for && directory.actors[whole as usize].kind != ActorKind::Body {
        one.mention.who = Who::Known(directory.id(whole));
        return;
    }
    *words = format!("{} {words}", directory.adjective(whole));
    *of = Some(directory.id(whole));
    let office = directory.office(whole, lexicon.noun(role));
    if let Some(office) = office.filter(|office| !role.is_plural && *office != ix) {
        one.mention.who = Who::Known(directory.id(office));
        one.mention.sort = MentionSort::Office;
    }
}

/// Whether the noun by which somebody was named is a sort of this one: "stabilization force" of "force".
fn is_kind_of(named: &str, noun: &str) -> bool {
    named.strip_suffix(noun).is_some_and(|before| before.ends_with(' '))
}
