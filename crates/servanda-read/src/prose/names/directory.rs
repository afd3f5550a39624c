//! Who can be meant: the actors and places of a case and of a general pack, found by all their names.

use std::collections::{BTreeMap, HashMap};

use servanda_model::{Actor, ActorKind, Name, OfficeHolder, Place, PlaceKind};

use super::lexicon::{Lexicon, Role};
use super::merge;
use super::phrases::{Found, Phrases};
use super::words::{Word, fold_in, words};
use crate::prose::Calendar;

/// What a name can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Meaning {
    /// An actor, by its label or an alias.
    Actor(u32),
    /// What belongs to an actor, or its people where `is_plural`.
    Demonym { of: u32, is_plural: bool },
    /// A place that stands for an actor where it acts.
    Seat(u32),
    /// Who holds an office, by the full name or the surname alone.
    Holder { office: u32, holder: u32, is_full: bool },
    /// A place.
    Place(u32),
}

/// Everyone and every place that names can mean: the case's own, and those of a pack (states, their capitals,
/// international organisations). The case goes first: an actor of the pack that the case also declares is the case's, and a
/// name that the case gives to somebody means nobody else.
#[derive(Clone, Debug)]
pub struct Directory {
    pub(super) actors: Vec<Actor>,
    pub(super) places: Vec<Place>,
    pub(super) names: Phrases<Meaning>,
    /// Offices by the actor that they belong to and their title; `None` where several have it.
    offices: HashMap<(u32, String), Option<u32>>,
    actor_of: HashMap<Name, u32>,
    place_of: HashMap<Name, u32>,
}

impl Directory {
    /// A directory of a case's actors and places, and the actors of a pack (in the format of `actors.toml`). Seats and
    /// states of the pack are places too. A name that two actors of the case share finds neither of them.
    pub fn new(actors: &[Actor], places: &[Place], pack: &[Actor]) -> Directory {
        let n_case = actors.len();
        let actors = merge::merge(actors, pack);
        let places = merge::places(&actors, places);
        let number = |ix: usize| ix as u32;
        let mut directory = Directory {
            actor_of: actors.iter().enumerate().rev().map(|(ix, one)| (one.id.clone(), number(ix))).collect(),
            place_of: places.iter().enumerate().rev().map(|(ix, one)| (one.id.clone(), number(ix))).collect(),
            actors,
            places,
            names: Phrases::default(),
            offices: HashMap::new(),
        };
        for (phrase, meaning) in directory.forms(n_case) {
            directory.names.add(&phrase, meaning);
        }
        directory.find_offices();
        directory
    }

    /// The actor of this id.
    pub fn actor(&self, id: &Name) -> Option<&Actor> {
        self.actor_of.get(id).map(|ix| &self.actors[*ix as usize])
    }

    /// The place of this id.
    pub fn place(&self, id: &Name) -> Option<&Place> {
        self.place_of.get(id).map(|ix| &self.places[*ix as usize])
    }

    /// The id of the actor that these words name, whole; `None` where nobody or several have the name.
    pub fn find(&self, words: &str) -> Option<&Name> {
        let found = self.names.meanings(words).find_map(|meaning| match meaning {
            Meaning::Actor(ix) | Meaning::Seat(ix) => Some(*ix),
            Meaning::Holder { office, is_full: true, .. } => Some(*office),
            _ => None,
        });
        found.map(|ix| &self.actors[ix as usize].id)
    }

    /// Whether one place lies within another, by what the gazetteer says; a place lies within itself.
    pub fn is_within(&self, place: &Name, whole: &Name) -> bool {
        let (mut at, mut seen) = (vec![place], Vec::new());
        while let Some(next) = at.pop() {
            if next == whole {
                return true;
            }
            if !seen.contains(&next) {
                seen.push(next);
                at.extend(self.place(next).into_iter().flat_map(|place| &place.within));
            }
        }
        false
    }

    /// The office of that actor with that title.
    pub(super) fn office(&self, of: u32, title: &str) -> Option<u32> {
        self.offices.get(&(of, title.to_owned())).copied().flatten()
    }

    /// The id of the office of that actor with that title, in small letters.
    pub(crate) fn titled(&self, of: &Name, title: &str) -> Option<&Name> {
        let title = Lexicon::builtin().roles.meanings(title).next()?;
        let office = self.office(self.number(of)?, Lexicon::builtin().noun(*title))?;
        Some(&self.actors[office as usize].id)
    }

    pub(super) fn id(&self, actor: u32) -> Name {
        self.actors[actor as usize].id.clone()
    }

    /// The number of an actor of the directory.
    pub(super) fn number(&self, id: &Name) -> Option<u32> {
        self.actor_of.get(id).copied()
    }

    /// The first whole of an actor, if it has one.
    pub(super) fn whole(&self, actor: u32) -> Option<u32> {
        let of = &self.actors[actor as usize].member_of.first()?.of;
        self.actor_of.get(of).copied()
    }

    /// How a description names what it belongs to: the adjective, or else the label.
    pub(super) fn adjective(&self, actor: u32) -> &str {
        let actor = &self.actors[actor as usize];
        actor.demonyms.first().unwrap_or(&actor.label)
    }

    /// Every name with what it means. Names that would mean two actors of equal standing mean neither.
    fn forms(&self, n_case: usize) -> Vec<(String, Meaning)> {
        let mut forms = Forms { n_case, owners: BTreeMap::new() };
        for (ix, actor) in self.actors.iter().enumerate() {
            let ix = ix as u32;
            for name in std::iter::once(&actor.label).chain(&actor.aliases) {
                if actor.seats.iter().any(|seat| key(seat) == key(name)) {
                    continue;
                }
                forms.add(name, Meaning::Actor(ix));
            }
            for demonym in &actor.demonyms {
                forms.add(demonym, Meaning::Demonym { of: ix, is_plural: false });
                if !demonym.ends_with('s') {
                    forms.add(&format!("{demonym}s"), Meaning::Demonym { of: ix, is_plural: true });
                }
            }
            for seat in &actor.seats {
                forms.add(seat, Meaning::Seat(ix));
            }
            for (holder, entry) in actor.holders.iter().enumerate() {
                let holder = holder as u32;
                forms.add(&entry.name, Meaning::Holder { office: ix, holder, is_full: true });
                if let Some(surname) = surname(&entry.name) {
                    forms.add(&surname, Meaning::Holder { office: ix, holder, is_full: false });
                }
            }
        }
        for (ix, place) in self.places.iter().enumerate() {
            for name in std::iter::once(&place.label).chain(&place.aliases) {
                forms.add(name, Meaning::Place(ix as u32));
            }
        }
        forms.into_list()
    }

    /// Reads which office of whom the labels and aliases of offices name ("Northern foreign minister", "Mayor of Fordham").
    fn find_offices(&mut self) {
        let lexicon = Lexicon::builtin();
        let mut offices: HashMap<(u32, String), Option<u32>> = HashMap::new();
        let is_office = |actor: &Actor| actor.kind == ActorKind::Office;
        for (ix, actor) in self.actors.iter().enumerate().filter(|(_, actor)| is_office(actor)) {
            for name in std::iter::once(&actor.label).chain(&actor.aliases) {
                let Some((of, role)) = self.office_words(name, ix as u32) else { continue };
                let class = lexicon.class(role);
                let is_sole = class.is_office || class.id == "official" && lexicon.noun(role) != "official";
                if role.is_plural || !is_sole {
                    continue;
                }
                let entry = offices.entry((of, lexicon.noun(role).to_owned())).or_insert(Some(ix as u32));
                if *entry != Some(ix as u32) {
                    *entry = None;
                }
            }
        }
        self.offices = offices;
    }

    /// The one title and the one owner in the name of an office; without an owner in its words, what it is a member of.
    fn office_words(&self, name: &str, office: u32) -> Option<(u32, Role)> {
        let list = words(name, 0..name.len());
        let roles = Lexicon::builtin().roles.find(name, &list);
        let [Found { meanings, words: title }] = roles.as_slice() else { return None };
        let mut owners: Vec<u32> = Vec::new();
        let mut n_covered = title.len();
        // Words before or after the title alone: the name of the office as a whole is an alias too.
        for part in [&list[..title.start], &list[title.end..]] {
            for found in self.names.find(name, part) {
                n_covered += found.words.len();
                owners.extend(found.meanings.iter().find_map(|meaning| match meaning {
                    Meaning::Actor(ix) | Meaning::Demonym { of: ix, .. } | Meaning::Seat(ix)
                        if *ix != office =>
                    {
                        Some(*ix)
                    }
                    _ => None,
                }));
            }
        }
        // "Northern envoy to the valley" is one envoy of several.
        let is_small = |word: &&Word| matches!(&*fold_in(name, word), "of" | "the" | "for" | "a" | "an");
        if n_covered + list.iter().filter(is_small).count() < list.len() {
            return None;
        }
        match owners.as_slice() {
            [owner] => Some((*owner, meanings[0])),
            [] => Some((self.whole(office)?, meanings[0])),
            _ => None,
        }
    }
}

/// Names with what they mean, while they are collected.
struct Forms {
    n_case: usize,
    owners: BTreeMap<String, Vec<(String, Meaning)>>,
}

impl Forms {
    fn add(&mut self, name: &str, meaning: Meaning) {
        self.owners.entry(key(name)).or_default().push((name.to_owned(), meaning));
    }

    fn into_list(self) -> Vec<(String, Meaning)> {
        let n_case = self.n_case;
        self.owners.into_values().flat_map(|list| settle(list, n_case)).collect()
    }
}

/// Of one name's meanings those that hold: the case's before the pack's, and none of a sort that several have.
fn settle(list: Vec<(String, Meaning)>, n_case: usize) -> Vec<(String, Meaning)> {
    let owner = |meaning: &Meaning| match meaning {
        Meaning::Actor(ix) | Meaning::Seat(ix) | Meaning::Demonym { of: ix, .. } => Some(*ix),
        Meaning::Holder { .. } | Meaning::Place(_) => None,
    };
    let is_of_case = |meaning: &Meaning| owner(meaning).is_some_and(|ix| (ix as usize) < n_case);
    let is_plain = |meaning: &Meaning| matches!(meaning, Meaning::Actor(_));
    // A name that an actor of the case has means no other actor.
    let holds_case = list.iter().any(|(_, meaning)| is_of_case(meaning));
    let plain: Vec<u32> = list
        .iter()
        .filter(|(_, meaning)| is_plain(meaning) && (!holds_case || is_of_case(meaning)))
        .filter_map(|(_, meaning)| owner(meaning))
        .collect();
    let is_clear = plain.iter().all(|ix| *ix == plain[0]);
    let mut kept: Vec<(String, Meaning)> = Vec::new();
    for (name, meaning) in list {
        let holds = match owner(&meaning) {
            None => true,
            Some(_) if holds_case && !is_of_case(&meaning) => false,
            Some(_) if is_plain(&meaning) => is_clear,
            // What is somebody's own name is nobody else's demonym or seat.
            Some(ix) => plain.is_empty() || plain[0] == ix,
        };
        if holds {
            kept.push((name, meaning));
        }
    }
    let sort = |meaning: &Meaning| match meaning {
        Meaning::Demonym { .. } => 1,
        Meaning::Seat(_) => 2,
        _ => 0,
    };
    let is_shared = |of: &Meaning| {
        sort(of) > 0 && kept.iter().any(|(_, other)| sort(other) == sort(of) && owner(other) != owner(of))
    };
    let shared: Vec<bool> = kept.iter().map(|(_, meaning)| is_shared(meaning)).collect();
    let mut shared = shared.into_iter();
    kept.retain(|_| !shared.next().unwrap_or(false));
    kept
}

/// A name without case, accents, article and remark: what makes two names the same.
pub(super) fn key(name: &str) -> String {
    let name = name.split_once(" (").map_or(name, |(before, _)| before);
    let list = words(name, 0..name.len());
    let folded: Vec<_> = list.iter().map(|word| fold_in(name, word)).collect();
    let has_article = folded.len() > 1 && matches!(&*folded[0], "the" | "a" | "an");
    folded[usize::from(has_article)..].join(" ")
}

/// The surname of a full name with its particles: "Ana al-Ferro" has "al-Ferro". `None` for a single word.
fn surname(name: &str) -> Option<String> {
    let list = words(name, 0..name.len());
    let mut at = list.len().checked_sub(1).filter(|at| *at > 0)?;
    let particles = &Lexicon::builtin().particles;
    while at > 1 && particles.contains(&*fold_in(name, &list[at - 1])) {
        at -= 1;
    }
    Some(name[list[at].start..].to_owned())
}

/// When somebody held an office, seen from a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Term {
    Holds,
    Held,
    Later,
}

/// Whether a holder holds the office on that day; without a day, as if.
pub(super) fn term(holder: &OfficeHolder, on: Option<Calendar>) -> Term {
    let day = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<Calendar>().ok());
    let Some(on) = on else { return Term::Holds };
    if day(&holder.since).is_some_and(|since| on < since) {
        Term::Later
    } else if day(&holder.until).is_some_and(|until| on > until) {
        Term::Held
    } else {
        Term::Holds
    }
}

/// Whether an entry of a gazetteer holds others: a country or region.
pub(super) fn is_region(place: &Place) -> bool {
    place.kind == PlaceKind::Region
}
