//! Who a noun phrase means: a declared actor, an office, or somebody by a description without names of persons.

use std::ops::Range;

use servanda_language::Tag;
use servanda_model::{ActorKind, Name};

use super::acronyms::squeezed;
use super::chunks::Chunk;
use super::directory::{Meaning, Term, term};
use super::lexicon::{Class, Role};
use super::metonyms;
use super::people::People;
use super::scan::{Hit, Scan, Sense};
use super::tails::{Tail, assemble};
use super::units::{Unit, UnitSort, units};
use crate::prose::{MentionSort, Who};

/// Who is meant, and how that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Described {
    pub who: Who,
    pub sort: MentionSort,
    pub rule: &'static str,
    /// Role noun that carries the phrase, if one does.
    pub role: Option<Role>,
    /// Tokens of the phrase without article and numbers.
    pub tokens: Range<usize>,
}

/// Chunks of a text with their parts.
pub(super) struct Phrases<'s, 'a> {
    pub scan: &'s Scan<'a>,
    pub chunks: Vec<Chunk>,
    pub units: Vec<Vec<Unit>>,
}

/// A description hangs behind at most so many others ("the head of the office of the ministry of ...").
pub(super) const MAX_DEPTH: usize = 3;

impl<'s, 'a> Phrases<'s, 'a> {
    pub fn new(scan: &'s Scan<'a>) -> Phrases<'s, 'a> {
        let chunks = super::chunks::chunks(scan);
        let units = chunks.iter().map(|chunk| units(scan, chunk)).collect();
        Phrases { scan, chunks, units }
    }

    /// Who a chunk means by its last part; `None` where it means no actor.
    pub fn who(&self, chunk: usize, people: &People) -> Option<Described> {
        self.who_within(chunk, people, 0)
    }

    pub(super) fn who_within(&self, chunk: usize, people: &People, depth: usize) -> Option<Described> {
        let list = &self.units[chunk];
        let last = list.last()?;
        match last.sort {
            UnitSort::Hit(hit) => self.hit(chunk, list.len() - 1, &self.scan.hits[hit], people),
            UnitSort::Role(_) => self.role(chunk, list.len() - 1, false, people, depth),
            UnitSort::Proper => self.proper(chunk, list.len() - 1, people, depth),
            UnitSort::Counting | UnitSort::Plain => None,
        }
    }

    /// Who a declared name means where it stands; `at` is its place among the parts of the chunk.
    pub fn hit(&self, chunk: usize, at: usize, hit: &Hit, people: &People) -> Option<Described> {
        let made = |who: Who, sort: MentionSort, rule: &'static str| {
            Some(Described { who, sort, rule, role: None, tokens: hit.tokens.clone() })
        };
        let known = |actor: u32, sort: MentionSort, rule: &'static str| {
            made(Who::Known(self.scan.directory.id(actor)), sort, rule)
        };
        let meanings = match &hit.sense {
            Sense::Listed(meanings) => meanings,
            Sense::Defined(ix) => {
                let words = self.scan.definitions[*ix].name.clone();
                let kind = self.kind_of_name(&words);
                let of = self.owner_in(&words);
                return made(Who::Described { words, kind, of }, MentionSort::Name, "name:defined");
            }
        };
        let holders: Vec<(u32, u32, bool)> = meanings
            .iter()
            .filter_map(|meaning| match meaning {
                Meaning::Holder { office, holder, is_full } => Some((*office, *holder, *is_full)),
                _ => None,
            })
            .collect();
        for meaning in meanings {
            match meaning {
                Meaning::Actor(ix) => {
                    let is_office = self.scan.directory.actors[*ix as usize].kind == ActorKind::Office;
                    if is_office && let Some(found) = self.other_office(chunk, at, *ix) {
                        return Some(found);
                    }
                    let sort = if is_office { MentionSort::Office } else { MentionSort::Name };
                    return known(*ix, sort, "name:alias");
                }
                Meaning::Demonym { of, is_plural } => return self.demonym(chunk, at, hit, *of, *is_plural),
                Meaning::Seat(ix) if metonyms::acts(self, chunk, at) => {
                    return known(*ix, MentionSort::Metonym, "name:seat");
                }
                _ => {}
            }
        }
        if holders.is_empty() { None } else { self.holder(chunk, at, hit, &holders, people) }
    }

    /// "the former Northern minister", "deputy Northern minister": by its words, for it is not the office.
    fn other_office(&self, chunk: usize, at: usize, office: u32) -> Option<Described> {
        let list = &self.units[chunk];
        let changing = |unit: &&Unit| {
            matches!(unit.sort, UnitSort::Plain | UnitSort::Role(_))
                && changes_office(self.bytes(&unit.tokens))
        };
        let first = list[..at].iter().find(changing)?;
        let tokens = first.tokens.start..list[at].tokens.end;
        let words = squeezed(self.bytes(&tokens));
        let of = self.scan.directory.whole(office).map(|ix| self.scan.directory.id(ix));
        let who = Who::Described { words, kind: ActorKind::Office, of };
        Some(Described { who, sort: MentionSort::Office, rule: "office:other", role: None, tokens })
    }

    /// "Northern" before another word means the actor; carrying the phrase it means people of it.
    fn demonym(&self, chunk: usize, at: usize, hit: &Hit, of: u32, is_plural: bool) -> Option<Described> {
        let of_name = self.scan.directory.id(of);
        let is_last = at + 1 == self.units[chunk].len();
        let tokens = hit.tokens.clone();
        // "the Northern and Southern forces": an adjective whose noun comes later.
        let is_adjective = self.scan.tag(tokens.end - 1) == Tag::Adj
            && self.scan.after(tokens.end - 1).is_some_and(|next| {
                self.scan.tag(next) == Tag::Cconj || matches!(self.scan.word(next), "," | "-" | "/")
            });
        if (!is_last || is_adjective) && !is_plural {
            let who = Who::Known(of_name);
            return Some(Described {
                who,
                sort: MentionSort::Demonym,
                rule: "name:demonym",
                role: None,
                tokens,
            });
        }
        let words = squeezed(self.bytes(&tokens));
        let who = Who::Described { words, kind: ActorKind::Other, of: Some(of_name) };
        Some(Described { who, sort: MentionSort::NounPhrase, rule: "phrase:people-of", role: None, tokens })
    }

    /// The office of somebody who is named, on the day of publication.
    fn holder(
        &self,
        chunk: usize,
        at: usize,
        hit: &Hit,
        holders: &[(u32, u32, bool)],
        people: &People,
    ) -> Option<Described> {
        let scan = self.scan;
        let is_full = holders.iter().any(|(_, _, is_full)| *is_full);
        if !is_full {
            // "Ana Ferro" is not the Ferro whom the directory knows, and a text can have its own.
            let neighbours = [at.checked_sub(1), Some(at + 1)];
            let is_other = neighbours
                .into_iter()
                .flatten()
                .filter_map(|ix| self.units[chunk].get(ix))
                .any(|unit| unit.sort == UnitSort::Proper);
            let own = people.find(scan, &hit.tokens);
            if is_other || own.is_some() {
                let who = own.cloned().unwrap_or(Who::Private);
                return Some(Described {
                    who,
                    sort: MentionSort::Name,
                    rule: "person:own",
                    role: None,
                    tokens: hit.tokens.clone(),
                });
            }
        }
        let term_of = |(office, holder, _): &&(u32, u32, bool)| {
            term(&scan.directory.actors[*office as usize].holders[*holder as usize], scan.published)
        };
        let made = |who: Who, rule: &'static str| {
            Some(Described { who, sort: MentionSort::Office, rule, role: None, tokens: hit.tokens.clone() })
        };
        if let Some((office, _, _)) = holders.iter().find(|entry| term_of(entry) == Term::Holds) {
            return made(Who::Known(scan.directory.id(*office)), "office:holder");
        }
        if let Some(who) = people.find(scan, &hit.tokens) {
            return made(who.clone(), "person:again");
        }
        match holders.iter().find(|entry| term_of(entry) == Term::Held) {
            Some((office, _, _)) => {
                let words = format!("former {}", scan.directory.actors[*office as usize].label);
                let of = scan.directory.whole(*office).map(|ix| scan.directory.id(ix));
                made(Who::Described { words, kind: ActorKind::Office, of }, "office:former")
            }
            None => {
                let (who, tokens) = (Who::Private, hit.tokens.clone());
                Some(Described { who, sort: MentionSort::Name, rule: "person:unknown", role: None, tokens })
            }
        }
    }

    /// Who a role noun means with the words around it. `is_one`: one person carries it, though it may be written as of
    /// several ("envoys A and B").
    pub fn role(
        &self,
        chunk: usize,
        at: usize,
        is_one: bool,
        people: &People,
        depth: usize,
    ) -> Option<Described> {
        let scan = self.scan;
        let unit = &self.units[chunk][at];
        let UnitSort::Role(hit) = unit.sort else { return None };
        let hit = &scan.roles[hit];
        let (role, class) = (hit.role, scan.lexicon.class(hit.role));
        let mut before = self.modifiers(chunk, at, people);
        let owner = self.owner(chunk, people, depth);
        let tail =
            if at + 1 == self.units[chunk].len() { self.tail(chunk, people, depth) } else { Tail::default() };
        let tokens = before.start.unwrap_or(unit.tokens.start)..unit.tokens.end;
        let of = before.of.or(owner.of).or(tail.of);
        let is_lone =
            before.words.is_empty() && before.of.is_none() && owner.words.is_none() && tail.words.is_none();
        if is_lone && !self.can_stand_alone(chunk, at, role, class) {
            return None;
        }
        let made = |who: Who, sort: MentionSort, rule: &'static str| {
            Some(Described { who, sort, rule, role: Some(role), tokens: tokens.clone() })
        };
        if let Some(ix) = of {
            let id = || Who::Known(scan.directory.id(ix));
            let is_state =
                matches!(scan.directory.actors[ix as usize].kind, ActorKind::State | ActorKind::Party);
            if class.is_loaded || class.stands_for && is_state && before.words.len() <= before.n_owner_words {
                return made(id(), MentionSort::Name, "phrase:stands-for");
            }
            let is_sole = (!role.is_plural || is_one) && !before.is_changed;
            if is_sole && let Some(office) = scan.directory.office(ix, scan.lexicon.noun(role)) {
                return made(Who::Known(scan.directory.id(office)), MentionSort::Office, "office:title");
            }
        }
        if class.is_loaded {
            return None;
        }
        let noun = if is_one && role.is_plural {
            scan.lexicon.noun(role).to_owned()
        } else {
            self.noun(&unit.tokens, class)
        };
        if class.is_person && !class.is_public && (is_one || !role.is_plural) {
            // Of a private person the common noun alone.
            before.words.clear();
            let who = Who::Described { words: noun, kind: class.kind, of: None };
            return made(who, MentionSort::NounPhrase, "phrase:private");
        }
        let words =
            assemble(before.words, owner.words, noun, &tail, class.is_person && (is_one || !role.is_plural));
        let of = of.map(|ix| scan.directory.id(ix));
        made(Who::Described { words, kind: class.kind, of }, MentionSort::NounPhrase, "phrase:role")
    }

    /// A singular noun without article or any other word is mostly no actor ("use of force"), a person's is.
    fn can_stand_alone(&self, chunk: usize, at: usize, role: Role, class: &Class) -> bool {
        let has_article = self.units[chunk][..at].iter().any(|unit| unit.sort == UnitSort::Counting);
        let is_named = self.units[chunk].len() > at + 1;
        // "Minister resigns", ", father of two,": where no article is to be expected.
        let is_bare = || {
            let before = self.scan.before(self.chunks[chunk].tokens.start);
            before.is_none_or(|token| matches!(self.scan.tag(token), Tag::Punct | Tag::Cconj))
        };
        role.is_plural
            || class.is_person && is_bare()
            || has_article
            || is_named
            || self.chunks[chunk].is_possessed
    }

    fn noun(&self, tokens: &Range<usize>, class: &Class) -> String {
        let words = squeezed(self.bytes(tokens));
        let is_title =
            class.is_person || class.kind == ActorKind::Other || self.scan.before(tokens.start).is_none();
        if is_title { words.to_lowercase() } else { words }
    }

    /// The words before a role noun that say more about it, without numbers and without names of persons.
    fn modifiers(&self, chunk: usize, at: usize, people: &People) -> Modifiers {
        let scan = self.scan;
        let mut found = Modifiers::default();
        // Words before another person's name belong to that person ("president A's envoy B").
        let list = &self.units[chunk][..at];
        for (ix, unit) in list.iter().enumerate() {
            let text = squeezed(self.bytes(&unit.tokens));
            match unit.sort {
                UnitSort::Counting => continue,
                // A surname that opens a sentence can look like any word.
                UnitSort::Plain if people.find(scan, &unit.tokens).is_some() => continue,
                UnitSort::Plain => {
                    found.is_changed |= changes_office(&text);
                    let is_first = scan.before(unit.tokens.start).is_none();
                    found.words.push(if is_first { text.to_lowercase() } else { text });
                }
                UnitSort::Role(_) => found.words.push(text),
                UnitSort::Hit(hit) => match self.meant(&scan.hits[hit]) {
                    Some((ix, true)) => {
                        found.of = Some(ix);
                        found.n_owner_words += 1;
                        found.words.push(text);
                    }
                    Some((office, false)) => found.of = scan.directory.whole(office).or(found.of),
                    None => found.words.push(text),
                },
                // "Blue Harvest Committee" is a name as a whole; "Ferro family" names a person.
                UnitSort::Proper => {
                    let is_body = |unit: &Unit| {
                        matches!(unit.sort, UnitSort::Role(hit)
                        if !scan.lexicon.class(scan.roles[hit].role).is_person)
                    };
                    let carrier = &self.units[chunk][at];
                    let names_body = list.get(ix + 1).is_some_and(is_body)
                        || is_body(carrier) && (ix + 1 == at || scan.is_capital(carrier.tokens.start));
                    // "Security Communications Adviser": what the office is about.
                    let is_portfolio =
                        unit.tokens.clone().all(|token| scan.lexicon.has("portfolio", scan.word(token)));
                    if !names_body && !is_portfolio {
                        continue;
                    }
                    found.words.push(text);
                }
            }
            found.start.get_or_insert(unit.tokens.start);
            // "Muslim-majority": one word, as written.
            let is_glued =
                self.scan.text[..self.scan.analysis.tokens[unit.tokens.start].start].ends_with('-');
            if is_glued
                && found.words.len() > 1
                && let Some(last) = found.words.pop()
            {
                let joined = found.words.pop().unwrap_or_default();
                found.words.push(format!("{joined}-{last}"));
            }
        }
        found
    }

    /// The actor that a name before a role noun stands for, and whether its words may be repeated (a holder's may not).
    fn meant(&self, hit: &Hit) -> Option<(u32, bool)> {
        let Sense::Listed(meanings) = &hit.sense else { return None };
        meanings.iter().find_map(|meaning| match meaning {
            Meaning::Actor(ix) | Meaning::Demonym { of: ix, .. } | Meaning::Seat(ix) => Some((*ix, true)),
            Meaning::Holder { office, .. } => Some((*office, false)),
            Meaning::Place(_) => None,
        })
    }

    pub fn bytes(&self, tokens: &Range<usize>) -> &'a str {
        &self.scan.text[self.scan.analysis.bytes(tokens.clone())]
    }

    /// What sort of actor a name means by its words.
    pub fn kind_of_name(&self, name: &str) -> ActorKind {
        let lexicon = self.scan.lexicon;
        let last = name.rsplit(' ').next().unwrap_or(name);
        let role = |words: &str| lexicon.roles.meanings(words).next().map(|role| lexicon.class(*role).kind);
        match role(last) {
            Some(kind @ (ActorKind::Body | ActorKind::Group | ActorKind::Media | ActorKind::Observer)) => {
                kind
            }
            _ if is_media(name) => ActorKind::Media,
            _ if name.split(' ').any(|word| lexicon.has("organisation", word)) => ActorKind::Body,
            _ => ActorKind::Other,
        }
    }

    /// The one actor whom words name at their beginning ("Northern Harvest Board").
    fn owner_in(&self, name: &str) -> Option<Name> {
        let list = super::words::words(name, 0..name.len());
        let found = self.scan.directory.names.find(name, &list);
        let first = found.first().filter(|found| found.words.start == 0)?;
        first.meanings.iter().find_map(|meaning| match meaning {
            Meaning::Actor(ix) | Meaning::Demonym { of: ix, .. } => Some(self.scan.directory.id(*ix)),
            _ => None,
        })
    }
}

fn is_media(name: &str) -> bool {
    const MEDIA: &[&str] = &[
        "news",
        "times",
        "post",
        "journal",
        "radio",
        "tv",
        "television",
        "herald",
        "tribune",
        "gazette",
        "daily",
        "telegraph",
        "press",
        "magazine",
        "review",
    ];
    name.split(' ').any(|word| MEDIA.contains(&word.to_lowercase().as_str()))
}

/// Words that make another office of one: whoever held it or helps it does not hold it.
fn changes_office(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "former"
            | "ex"
            | "late"
            | "deputy"
            | "assistant"
            | "vice"
            | "incoming"
            | "outgoing"
            | "designate"
            | "acting"
            | "under"
            | "shadow"
            | "next"
            | "regional"
            | "local"
            | "previous"
            | "elect"
    )
}

#[derive(Default)]
struct Modifiers {
    words: Vec<String>,
    of: Option<u32>,
    n_owner_words: usize,
    is_changed: bool,
    start: Option<usize>,
}
