//! The names that a case declares, and the nearest one to a misspelt word.

use std::collections::{HashMap, HashSet};

use servanda_model::{Actor, Name, Place};

/// Actors and places of a case, found by id or by an alias that only one of them has.
#[derive(Clone, Debug, Default)]
pub struct Names {
    actors: Index,
    places: Index,
}

#[derive(Clone, Debug, Default)]
struct Index {
    ids: HashSet<Name>,
    by_alias: HashMap<String, Option<Name>>,
}

/// How a written name relates to the declared ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// It is an id.
    Id,
    /// It is the label or an alias of this id, and of no other.
    Alias(Name),
    /// Nothing has this name; the nearest word that something has.
    Unknown(Option<String>),
}

impl Index {
    fn new<'n>(entries: impl Iterator<Item = (&'n Name, &'n str, &'n [String])>) -> Index {
        let mut index = Index::default();
        for (id, label, aliases) in entries {
            index.ids.insert(id.clone());
            for alias in aliases.iter().map(String::as_str).chain([label]) {
                index
                    .by_alias
                    .entry(fold(alias))
                    .and_modify(|owner| {
                        if owner.as_ref() != Some(id) {
                            *owner = None;
                        }
                    })
                    .or_insert_with(|| Some(id.clone()));
            }
        }
        index
    }

    fn find(&self, written: &str) -> Found {
        if self.ids.contains(written) {
            return Found::Id;
        }
        if let Some(Some(id)) = self.by_alias.get(&fold(written)) {
            return Found::Alias(id.clone());
        }
        let mut ids: Vec<&str> = self.ids.iter().map(Name::as_str).collect();
        ids.sort_unstable();
        Found::Unknown(nearest(written, ids))
    }
}

impl Names {
    /// The names of these actors and places. An alias that two of them share finds neither.
    pub fn new(actors: &[Actor], places: &[Place]) -> Names {
        Names {
            actors: Index::new(actors.iter().map(|actor| (&actor.id, actor.label.as_str(), &*actor.aliases))),
            places: Index::new(places.iter().map(|place| (&place.id, place.label.as_str(), &*place.aliases))),
        }
    }

    /// Whether the case declares an actor of this id.
    pub fn has_actor(&self, id: &str) -> bool {
        self.actors.ids.contains(id)
    }

    /// Whether the case declares a place of this id.
    pub fn has_place(&self, id: &str) -> bool {
        self.places.ids.contains(id)
    }

    pub(crate) fn actor(&self, written: &str) -> Found {
        self.actors.find(written)
    }

    pub(crate) fn place(&self, written: &str) -> Found {
        self.places.find(written)
    }
}

/// Case and white space do not tell two aliases apart.
pub(crate) fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The candidate that a misspelt word most likely means: at most one slip in three characters, the first among equals.
pub(crate) fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<String> {
    const MAX_CHARS: usize = 64;
    let word: Vec<char> = word.to_lowercase().chars().take(MAX_CHARS).collect();
    let limit = (word.len() / 3).max(1);
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let folded: Vec<char> = candidate.to_lowercase().chars().take(MAX_CHARS).collect();
            let n_slips =
                if folded.len().abs_diff(word.len()) > limit { return None } else { slips(&word, &folded) };
            (n_slips <= limit && n_slips < folded.len()).then_some((n_slips, candidate))
        })
        .min_by_key(|(n_slips, _)| *n_slips)
        .map(|(_, candidate)| candidate.to_owned())
}

/// Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other.
fn slips(a: &[char], b: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before_last[j - 2] + 1);
            }
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_nearest_word() {
        let check = |word, expected: Option<&str>| {
            assert_eq!(nearest(word, ["north", "south", "observer"]).as_deref(), expected, "{word}");
        };
        check("nroth", Some("north"));
        check("SOUTH ", Some("south"));
        check("obsrever", Some("observer"));
        check("x", None);
        check("", None);
        check("somewhere else", None);
    }
}
