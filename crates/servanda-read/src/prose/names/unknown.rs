//! Names that nothing declares: an organisation by its words, a person by its description, else private.

use servanda_language::{Fine, Tag};
use servanda_model::ActorKind;

use super::acronyms::squeezed;
use super::describe::{Described, Phrases};
use super::people::{People, introduced_before, is_addressed, person_tokens};
use super::units::{Unit, UnitSort};
use crate::prose::{MentionSort, Who};

impl Phrases<'_, '_> {
    /// Who a chunk means that ends in a name that nothing declares.
    pub(super) fn proper(
        &self,
        chunk: usize,
        at: usize,
        people: &People,
        _depth: usize,
    ) -> Option<Described> {
        let scan = self.scan;
        let unit = &self.units[chunk][at];
        let made = |who: Who, sort: MentionSort, rule: &'static str| {
            let start = self.units[chunk][..=at]
                .iter()
                .find(|unit| unit.sort != UnitSort::Counting)
                .map_or(unit.tokens.start, |unit| unit.tokens.start);
            Some(Described { who, sort, rule, role: None, tokens: start..unit.tokens.end })
        };
        let person = person_tokens(scan, unit);
        if let Some(who) = people.find(scan, &person) {
            return made(who.clone(), MentionSort::Name, "person:described");
        }
        if let Some((described, _)) = introduced_before(self, chunk, at, people) {
            return made(described.who, MentionSort::Name, "person:described");
        }
        if is_addressed(scan, unit) {
            return made(Who::Private, MentionSort::Name, "person:unknown");
        }
        if let Some(found) = self.organisation(chunk, at) {
            let (words, kind, of) = found;
            return made(Who::Described { words, kind, of }, MentionSort::Name, "name:organisation");
        }
        // After a preposition of place, and in "the town of X", an unknown name is a place.
        let preposition = self.chunks[chunk].preposition.map(|token| scan.lower(token));
        let is_place = people.is_place(scan, &person)
            || preposition.is_some_and(|word| {
                scan.lexicon.has("locative", &word) || matches!(word.as_str(), "of" | "from" | "to")
            });
        let before = scan.before(self.chunks[chunk].tokens.start);
        let is_place = is_place
            || before.is_some_and(|verb| {
                scan.lexicon.has("goes_there", scan.analysis.lemma(verb)) && scan.tag(verb) == Tag::Verb
            });
        // "the main sticking point Disarmament": a heading that ran into the text.
        let is_debris = unit.tokens.len() == 1
            && at.checked_sub(1).is_some_and(|ix| {
                let before = &self.units[chunk][ix];
                before.sort == UnitSort::Plain
                    && scan.tag(before.tokens.end - 1) == Tag::Noun
                    && !scan.is_capital(before.tokens.end - 1)
            });
        // "the Crisis in ...": a word in capitals, as titles have them.
        let has_article =
            unit.tokens.len() == 1 && at > 0 && scan.lower(self.units[chunk][at - 1].tokens.start) == "the";
        let is_weak = is_debris
            || has_article
            || unit.tokens.len() == 1
                && scan.before(unit.tokens.start).is_none()
                && scan.tag(unit.tokens.start) != Tag::Propn;
        if is_place || is_weak { None } else { made(Who::Private, MentionSort::Name, "person:unknown") }
    }

    /// Whether the name at this part of a chunk is that of an organisation by its words.
    pub(super) fn is_organisation(&self, chunk: usize, at: usize) -> bool {
        self.units[chunk][at].sort == UnitSort::Proper && self.organisation(chunk, at).is_some()
    }

    /// The words and sort of an organisation whose name nothing declares.
    fn organisation(
        &self,
        chunk: usize,
        at: usize,
    ) -> Option<(String, ActorKind, Option<servanda_model::Name>)> {
        let scan = self.scan;
        let list = &self.units[chunk];
        let unit = &list[at];
        let words: Vec<usize> = unit.tokens.clone().collect();
        let has_word = words
            .iter()
            .any(|token| scan.is_capital(*token) && scan.lexicon.has("organisation", scan.word(*token)));
        // "Nora Church" can be a person; with an article, or with more words, it is rather an organisation.
        let is_name_like = words.len() == 2
            && !list[..at].iter().any(|unit| unit.sort == UnitSort::Counting)
            && !scan.lexicon.has("organisation", scan.word(words[0]))
            && scan.lexicon.has("surnames_too", scan.word(words[1]));
        let has_word = has_word && !is_name_like;
        let is_acronym = words.len() == 1 && is_acronym(scan.word(words[0]));
        let role = at.checked_sub(1).and_then(|ix| match list[ix].sort {
            UnitSort::Role(hit) => Some(scan.lexicon.class(scan.roles[hit].role)),
            _ => None,
        });
        let named_after = role.filter(|class| !class.is_person && !class.is_loaded);
        let has_article = list[..at].iter().all(|unit| unit.sort == UnitSort::Counting)
            && list[..at].iter().any(|unit| scan.lower(unit.tokens.start) == "the");
        // "the Horn of ...", "the Crisis in ...": no name by itself.
        let goes_on = scan.after(unit.tokens.end - 1).is_some_and(|next| scan.tag(next) == Tag::Adp);
        let has_article = has_article && (words.len() > 1 || scan.tag(words[0]) == Tag::Propn && !goes_on);
        let is_many = words.len() > 1 && scan.fine(words[words.len() - 1]) == Fine::Nnps;
        if !(has_word || is_acronym || is_many || named_after.is_some() || has_article) {
            return None;
        }
        let owner = list[..at].iter().rev().find_map(|unit| self.owner_unit(unit));
        let name = squeezed(self.bytes(&unit.tokens));
        let kind = match (named_after, self.kind_of_name(&name)) {
            (Some(class), ActorKind::Other | ActorKind::Body) => class.kind,
            (_, kind) => kind,
        };
        let of = owner.as_ref().map(|(_, id)| id.clone());
        let words = match owner {
            Some((words, _)) if named_after.is_none() => format!("{words} {name}"),
            _ => name,
        };
        Some((words, kind, of))
    }

    /// The words and id of a declared actor that stands before a name ("the Northern | Harvest Board").
    fn owner_unit(&self, unit: &Unit) -> Option<(String, servanda_model::Name)> {
        let UnitSort::Hit(hit) = unit.sort else { return None };
        let super::scan::Sense::Listed(meanings) = &self.scan.hits[hit].sense else { return None };
        meanings.iter().find_map(|meaning| match meaning {
            super::directory::Meaning::Actor(ix) | super::directory::Meaning::Demonym { of: ix, .. } => {
                Some((squeezed(self.bytes(&unit.tokens)), self.scan.directory.id(*ix)))
            }
            _ => None,
        })
    }
}

fn is_acronym(word: &str) -> bool {
    let n_chars = word.chars().count();
    (2..=7).contains(&n_chars)
        && word.chars().all(|sign| sign.is_uppercase() || sign.is_ascii_digit())
        && word.chars().filter(|sign| sign.is_uppercase()).count() >= 2
        && !word.chars().all(|sign| matches!(sign, 'I' | 'V' | 'X'))
}
