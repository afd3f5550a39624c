//! What a description hangs on: its owner before it ("the group's spokesman"), its whole behind it ("a spokesman of the
//! group", "officials from A, B and C").

use servanda_language::Tag;
use servanda_model::ActorKind;

use super::acronyms::squeezed;
use super::describe::{Described, MAX_DEPTH, Phrases};
use super::directory::Meaning;
use super::people::People;
use super::scan::Sense;
use super::units::UnitSort;
use crate::prose::Who;

/// What stands behind a role noun or owns it.
#[derive(Default)]
pub(super) struct Tail {
    pub of: Option<u32>,
    pub words: Option<String>,
    join: String,
    is_known: bool,
    is_row: bool,
    /// The label of what is declared, for names that keep their order.
    label: Option<String>,
}

impl Phrases<'_, '_> {
    /// Whose a possessed chunk is.
    pub(super) fn owner(&self, chunk: usize, people: &People, depth: usize) -> Tail {
        if !self.chunks[chunk].is_possessed || chunk == 0 || depth >= MAX_DEPTH {
            return Tail::default();
        }
        let found = self.who_within(chunk - 1, people, depth + 1);
        // "the farmer's family" would say more of a private person than the common noun does.
        let is_private = |found: &Described| {
            matches!(found.who, Who::Described { kind: ActorKind::Other, .. })
                && found.rule.starts_with("person:")
                || found.rule == "phrase:private"
        };
        found.filter(|found| !is_private(found)).map_or_else(Tail::default, |found| self.as_tail(found))
    }

    /// What hangs behind a role noun: "of the group", "for the ministry", "from the North".
    pub(super) fn tail(&self, chunk: usize, people: &People, depth: usize) -> Tail {
        let scan = self.scan;
        let after = self.chunks[chunk].tokens.end;
        let Some(next) = self.chunks.get(chunk + 1).filter(|next| next.tokens.start == after + 1) else {
            return Tail::default();
        };
        let is_join = matches!(scan.word(after), "of" | "for" | "from" | "at")
            && scan.after(after) == Some(next.tokens.start);
        if !is_join || depth >= MAX_DEPTH {
            return Tail::default();
        }
        // What is possessed in turn is not taken apart.
        if self.chunks.get(chunk + 2).is_some_and(|more| more.is_possessed) {
            return Tail::default();
        }
        if let Some(last) = self.row_end(chunk + 1) {
            return self.row(chunk + 1, last, scan.word(after));
        }
        let found = self.who_within(chunk + 1, people, depth + 1);
        let join = scan.word(after);
        found.map_or_else(Tail::default, |found| Tail { join: join.to_owned(), ..self.as_tail(found) })
    }

    /// The last chunk of a row that begins with this one ("from A, B and C"); `None` where it stands alone.
    fn row_end(&self, first: usize) -> Option<usize> {
        const MAX_CHUNKS: usize = 12;
        let scan = self.scan;
        let mut last = first;
        while last < first + MAX_CHUNKS {
            let end = self.chunks[last].tokens.end;
            let Some(next) = self.chunks.get(last + 1) else { break };
            let is_join = |token: usize| scan.tag(token) == Tag::Cconj || scan.word(token) == ",";
            let is_joined = next.tokens.start > end
                && next.tokens.start <= end + 2
                && (end..next.tokens.start).all(is_join)
                && next.preposition.is_some()
                && next.preposition == self.chunks[first].preposition;
            if !is_joined {
                break;
            }
            last += 1;
        }
        (last > first).then_some(last)
    }

    /// A row behind a role noun, word for word, if only declared names are in it.
    fn row(&self, first: usize, last: usize, join: &str) -> Tail {
        let is_declared = |chunk: usize| {
            self.units[chunk].iter().all(|unit| matches!(unit.sort, UnitSort::Hit(hit)
                if matches!(&self.scan.hits[hit].sense, Sense::Listed(meanings) if !meanings.iter().any(|meaning| matches!(meaning, Meaning::Holder { .. })))))
        };
        if !(first..=last).all(is_declared) {
            return Tail::default();
        }
        let tokens = self.chunks[first].tokens.start..self.chunks[last].tokens.end;
        Tail {
            words: Some(squeezed(self.bytes(&tokens))),
            join: join.to_owned(),
            is_row: true,
            ..Tail::default()
        }
    }

    fn as_tail(&self, found: Described) -> Tail {
        match found.who {
            Who::Known(id) => {
                let Some(ix) = self.scan.directory.number(&id) else { return Tail::default() };
                let of = match self.scan.directory.actors[ix as usize].kind {
                    ActorKind::Office => self.scan.directory.whole(ix).or(Some(ix)),
                    _ => Some(ix),
                };
                let words = Some(self.scan.directory.adjective(ix).to_owned());
                let label = Some(self.scan.directory.actors[ix as usize].label.clone());
                Tail { of, words, label, is_known: true, ..Tail::default() }
            }
            Who::Described { words, of, .. } => {
                let of = of.and_then(|id| self.scan.directory.number(&id));
                Tail { of, words: Some(words), ..Tail::default() }
            }
            Who::Private | Who::Unresolved => Tail::default(),
        }
    }
}

/// One order for "the group's spokesman" and "a spokesman of the group": the whole, then the noun. Of several, what is not
/// declared stays behind ("members of rival gangs").
pub(super) fn assemble(
    before: Vec<String>,
    owner: Option<String>,
    noun: String,
    tail: &Tail,
    is_one: bool,
) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(owner);
    // "Bank of Northland" is its name.
    let is_name = !is_one && noun.starts_with(char::is_uppercase) && tail.join == "of";
    let is_front = (is_one || tail.is_known) && !tail.is_row && !is_name;
    if is_front {
        parts.extend(tail.words.clone());
    }
    parts.extend(before);
    parts.push(noun);
    if !is_front && let Some(words) = tail.label.as_ref().filter(|_| is_name).or(tail.words.as_ref()) {
        parts.push(tail.join.clone());
        parts.push(words.clone());
    }
    parts.join(" ")
}
