//! Persons whom nothing declares: they appear by what a text says they are, and never by name.
//!
//! "Spokesman A. B.", "A. B., a spokesman of the group" and "the group's spokesman, A. B.," all give the spokesman, and so
//! does the surname later on. A person with a private description appears by the common noun, one without any as private.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use servanda_language::Tag;

use super::describe::{Described, Phrases};
use super::scan::{Scan, Sense};
use super::units::{Unit, UnitSort};
use crate::prose::{MentionSort, Who};

/// The persons of one text, by their names. Lives while the text is read; no name leaves it.
#[derive(Clone, Debug, Default)]
pub(super) struct People {
    /// By all words of the name, and by the surname; `None` where two persons share it.
    by_name: BTreeMap<String, Option<Who>>,
    /// Names that stand for a place somewhere in the text ("in Larkfield").
    places: BTreeSet<String>,
}

impl People {
    /// Whom a name that was introduced before means.
    pub fn find(&self, scan: &Scan<'_>, tokens: &Range<usize>) -> Option<&Who> {
        let name = name_key(scan, tokens);
        let found = self.by_name.get(&name).or_else(|| self.by_name.get(surname_key(scan, &name)));
        found.map(|who| who.as_ref().unwrap_or(&Who::Private))
    }

    fn add(&mut self, scan: &Scan<'_>, tokens: &Range<usize>, who: Who) {
        let name = name_key(scan, tokens);
        let surname = surname_key(scan, &name).to_owned();
        let is_full = surname != name;
        self.by_name
            .entry(name)
            .and_modify(|known| prefer(known, &who, true))
            .or_insert_with(|| Some(who.clone()));
        if is_full {
            self.by_name.entry(surname).and_modify(|known| prefer(known, &who, false)).or_insert(Some(who));
        }
    }

    /// Whether a name stands for a place elsewhere in the text.
    pub fn is_place(&self, scan: &Scan<'_>, tokens: &Range<usize>) -> bool {
        self.places.contains(&name_key(scan, tokens))
    }

    /// Collects every person whom the text introduces.
    pub fn of(phrases: &Phrases<'_, '_>) -> People {
        let mut people = People::default();
        let mut last_plural: Option<(usize, Described)> = None;
        for chunk in 0..phrases.chunks.len() {
            let Some((at, unit)) = name_of(phrases, chunk) else { continue };
            let tokens = person_tokens(phrases.scan, unit);
            if is_where(phrases, chunk) {
                people.places.insert(name_key(phrases.scan, &tokens));
                continue;
            }
            let before = introduced_before(phrases, chunk, at, &people);
            if let Some((described, is_plural)) = before {
                if is_plural && let Some(described) = phrases_plural(phrases, chunk, at, &people) {
                    last_plural = Some((chunk, described));
                }
                people.add(phrases.scan, &tokens, described.who);
                continue;
            }
            let joined = last_plural.as_ref().filter(|(last, _)| is_joined(phrases, *last, chunk));
            if let Some((_, described)) = joined {
                let described = described.clone();
                people.add(phrases.scan, &tokens, described.who.clone());
                last_plural = Some((chunk, described));
                continue;
            }
            if tokens.len() < 2 && !is_addressed(phrases.scan, unit) {
                continue;
            }
            let after = introduced_after(phrases, chunk, &people);
            if let Some(described) = after {
                people.add(phrases.scan, &tokens, described.who);
            } else if is_addressed(phrases.scan, unit)
                || is_person_by_shape(phrases, chunk) && !phrases.is_organisation(chunk, at)
            {
                people.add(phrases.scan, &tokens, Who::Private);
            }
        }
        people
    }
}

/// Keeps the better of two descriptions of one name: a public one before none.
fn prefer(known: &mut Option<Who>, who: &Who, is_full: bool) {
    match known {
        Some(old) if old == who => {}
        Some(Who::Private) => *known = Some(who.clone()),
        Some(_) if *who == Who::Private || is_full => {}
        // Two persons of one surname: neither is meant by it.
        _ => *known = None,
    }
}

/// The last part of a chunk where it may be a person's name that nothing declares (or declares for another time).
fn name_of<'p>(phrases: &'p Phrases<'_, '_>, chunk: usize) -> Option<(usize, &'p Unit)> {
    let list = &phrases.units[chunk];
    let at = list.len().checked_sub(1)?;
    let is_name = match list[at].sort {
        UnitSort::Proper => true,
        UnitSort::Hit(hit) => is_holder(phrases.scan, hit),
        _ => false,
    };
    is_name.then(|| (at, &list[at]))
}

fn is_holder(scan: &Scan<'_>, hit: usize) -> bool {
    use super::directory::{Meaning, Term, term};
    let Sense::Listed(meanings) = &scan.hits[hit].sense else { return false };
    let is_full = |meaning: &Meaning| matches!(meaning, Meaning::Holder { is_full: true, .. });
    let holds = |meaning: &Meaning| match meaning {
        Meaning::Holder { office, holder, .. } => {
            term(&scan.directory.actors[*office as usize].holders[*holder as usize], scan.published)
                == Term::Holds
        }
        _ => true,
    };
    meanings.iter().any(is_full) && !meanings.iter().any(holds)
}

/// The tokens of a name without honorifics.
pub(super) fn person_tokens(scan: &Scan<'_>, unit: &Unit) -> Range<usize> {
    let mut start = unit.tokens.start;
    let is_honorific = |token: usize| {
        scan.lexicon.honorifics.contains(scan.lower(token).trim_end_matches('.')) || scan.word(token) == "."
    };
    while start + 1 < unit.tokens.end && is_honorific(start) {
        start += 1;
    }
    start..unit.tokens.end
}

/// Whether an honorific stands before a name.
pub(super) fn is_addressed(scan: &Scan<'_>, unit: &Unit) -> bool {
    person_tokens(scan, unit).start > unit.tokens.start
        || scan.before(unit.tokens.start).is_some_and(|before| {
            scan.lexicon.honorifics.contains(scan.lower(before).trim_end_matches('.'))
                && scan.is_capital(before)
        })
}

/// "spokesman A. B.", "North envoys A and B": what stands before the name in its chunk, and whether of several.
pub(super) fn introduced_before(
    phrases: &Phrases<'_, '_>,
    chunk: usize,
    at: usize,
    people: &People,
) -> Option<(Described, bool)> {
    let list = &phrases.units[chunk];
    let before = at.checked_sub(1).map(|ix| &list[ix]);
    match before.map(|unit| unit.sort) {
        Some(UnitSort::Role(hit)) => {
            let role = phrases.scan.roles[hit].role;
            let class = phrases.scan.lexicon.class(role);
            let found = phrases.role(chunk, at - 1, true, people, 0)?;
            class.is_person.then_some((found, role.is_plural))
        }
        Some(UnitSort::Hit(hit)) => {
            let found = phrases.hit(chunk, at - 1, &phrases.scan.hits[hit], people)?;
            (found.sort == MentionSort::Office).then_some((found, false))
        }
        _ => apposed_before(phrases, chunk, at, people).map(|found| (found, false)),
    }
}

/// "The group's spokesman, A. B., said".
fn apposed_before(phrases: &Phrases<'_, '_>, chunk: usize, at: usize, people: &People) -> Option<Described> {
    let scan = phrases.scan;
    let start = phrases.units[chunk][at].tokens.start;
    if at > 0 || phrases.chunks[chunk].tokens.start != start || scan.word(scan.before(start)?) != "," {
        return None;
    }
    let end = phrases.chunks[chunk].tokens.end;
    let goes_on = scan
        .after(end - 1)
        .is_some_and(|next| scan.word(next) == "," || matches!(scan.tag(next), Tag::Verb | Tag::Aux));
    let comma = start - 1;
    // The description, or the description with what hangs behind it.
    let mut first = chunk.checked_sub(1)?;
    if phrases.chunks[first].tokens.end != comma {
        return None;
    }
    for _ in 0..3 {
        let role = phrases.units[first].last().and_then(|unit| match unit.sort {
            UnitSort::Role(hit) => Some(scan.roles[hit].role),
            _ => None,
        });
        let is_person = role.is_some_and(|role| scan.lexicon.class(role).is_person && !role.is_plural);
        if is_person && goes_on {
            return phrases.who(first, people);
        }
        let tail =
            phrases.chunks[first].preposition.filter(|token| token + 1 == phrases.chunks[first].tokens.start);
        first = first.checked_sub(1)?;
        if tail.is_none_or(|token| phrases.chunks[first].tokens.end != token) {
            return None;
        }
    }
    None
}

/// "A. B., a spokesman of the group," and "A and B, envoys of the North,".
fn introduced_after(phrases: &Phrases<'_, '_>, chunk: usize, people: &People) -> Option<Described> {
    let scan = phrases.scan;
    let end = phrases.chunks[chunk].tokens.end;
    let comma = scan.after(end - 1).filter(|comma| matches!(scan.word(*comma), "," | "(" | "–" | "—"))?;
    let mut next = chunk + 1;
    // "A. B., 43, a farmer": an age.
    let mut start = scan.after(comma)?;
    if scan.tag(start) == Tag::Num {
        start =
            scan.after(start).filter(|token| scan.word(*token) == ",").and_then(|token| scan.after(token))?;
    }
    while phrases.chunks.get(next)?.tokens.start < start {
        next += 1;
    }
    if phrases.chunks[next].tokens.start != start {
        return None;
    }
    // "the group's leader": the owner comes first.
    while phrases.chunks.get(next + 1).is_some_and(|more| more.is_possessed) {
        next += 1;
    }
    let found = phrases.who(next, people)?;
    let is_public_office = found.sort == MentionSort::Office;
    let is_person = found.role.is_some_and(|role| scan.lexicon.class(role).is_person && !role.is_plural);
    (is_public_office || is_person).then_some(found)
}

/// Whether a chunk stands behind a preposition of place and owns nothing ("in Larkfield", not "in Moss's house").
fn is_where(phrases: &Phrases<'_, '_>, chunk: usize) -> bool {
    const PLACE: &[&str] = &["in", "at", "near", "inside", "outside", "throughout", "across"];
    let owns = phrases.chunks.get(chunk + 1).is_some_and(|next| next.is_possessed);
    let word = phrases.chunks[chunk].preposition.map(|token| phrases.scan.lower(token));
    !owns && phrases.units[chunk].len() == 1 && word.is_some_and(|word| PLACE.contains(&word.as_str()))
}

fn phrases_plural(phrases: &Phrases<'_, '_>, chunk: usize, at: usize, people: &People) -> Option<Described> {
    phrases.role(chunk, at.checked_sub(1)?, true, people, 0)
}

/// Whether one chunk follows another with "and" or a comma between.
fn is_joined(phrases: &Phrases<'_, '_>, last: usize, chunk: usize) -> bool {
    let (end, start) = (phrases.chunks[last].tokens.end, phrases.chunks[chunk].tokens.start);
    let is_join = |token: usize| phrases.scan.tag(token) == Tag::Cconj || phrases.scan.word(token) == ",";
    last + 1 == chunk && start > end && start - end <= 2 && (end..start).all(is_join)
}

/// Whether a name of several words stands where persons stand: it says something, or a relative "who" follows.
fn is_person_by_shape(phrases: &Phrases<'_, '_>, chunk: usize) -> bool {
    let scan = phrases.scan;
    let Some(next) = scan.after(phrases.chunks[chunk].tokens.end - 1) else { return false };
    let second = scan.after(next);
    let says = |token: usize| {
        scan.tag(token) == Tag::Verb
            && matches!(
                scan.analysis.lemma(token),
                "say" | "tell" | "add" | "recall" | "explain" | "ask" | "remember"
            )
    };
    let is_who = |token: usize| matches!(scan.lower(token).as_str(), "who" | "whose" | "whom");
    let is_age = scan.word(next) == "," && second.is_some_and(|token| scan.tag(token) == Tag::Num);
    is_age || says(next) || is_who(next) || scan.word(next) == "," && second.is_some_and(is_who)
}

/// The words of a name, folded.
fn name_key(scan: &Scan<'_>, tokens: &Range<usize>) -> String {
    super::directory::key(&scan.text[scan.analysis.bytes(tokens.clone())])
}

/// The surname of a folded name, with its particles.
fn surname_key<'n>(scan: &Scan<'_>, name: &'n str) -> &'n str {
    let mut at = name.rfind(' ').map_or(0, |space| space + 1);
    while at > 1 {
        let before = name[..at - 1].rfind(' ').map_or(0, |space| space + 1);
        if before == 0 || !scan.lexicon.particles.contains(&name[before..at - 1]) {
            break;
        }
        at = before;
    }
    &name[at..]
}
