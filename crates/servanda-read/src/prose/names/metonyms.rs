//! Does a place act, or does something happen there? "Fordham said" is the government, "in Fordham" the town.

use servanda_language::{Fine, Relation, Tag};

use super::describe::Phrases;
use super::units::UnitSort;

/// Whether the seat at this part of a chunk stands for whoever sits there.
pub(super) fn acts(phrases: &Phrases<'_, '_>, chunk: usize, at: usize) -> bool {
    let scan = phrases.scan;
    let list = &phrases.units[chunk];
    let here = &phrases.chunks[chunk];
    let end = list[at].tokens.end;
    // "the Fordham talks" are held there; "Fordham officials" belong to it, which the description says.
    if at + 1 < list.len() {
        return false;
    }
    let next = scan.after(end - 1);
    if is_in_row_of_places(phrases, chunk, end) {
        return false;
    }
    if next.is_some_and(|mark| scan.fine(mark) == Fine::Pos) {
        return !phrases
            .chunks
            .get(chunk + 1)
            .is_some_and(|owned| owned.is_possessed && is_local(phrases, chunk + 1))
            && here.preposition.is_none_or(|token| {
                !is_locative(phrases, token)
                    || phrases.chunks.get(chunk + 1).is_some_and(|owned| owned.is_possessed)
            });
    }
    if let Some(token) = here.preposition {
        return somebody_after(phrases, token);
    }
    let head = scan.analysis.tokens[end - 1];
    let verb_after = next.and_then(|next| finite_verb(phrases, next));
    let is_subject = matches!(head.relation, Relation::Nsubj | Relation::NsubjPass) || verb_after.is_some();
    if is_subject {
        let verb = verb_after.unwrap_or(head.head);
        let is_passive = head.relation == Relation::NsubjPass
            || scan.fine(verb) == Fine::Vbn && (end..verb).any(|token| scan.analysis.lemma(token) == "be");
        let lemma = scan.analysis.lemma(verb);
        let goes = is_passive && scan.lexicon.has("goes_there", lemma);
        return !(goes || scan.lexicon.has("happens_to_a_city", lemma));
    }
    // An object: of "visit" the town, of "accuse" the government.
    match scan.before(here.tokens.start) {
        Some(verb) if scan.tag(verb) == Tag::Verb => {
            !scan.lexicon.has("goes_there", scan.analysis.lemma(verb))
        }
        Some(join) if scan.tag(join) == Tag::Cconj && chunk > 0 => {
            let last = &phrases.chunks[chunk - 1];
            last.tokens.end == join
                && phrases.units[chunk - 1].last().is_some_and(|unit| match unit.sort {
                    UnitSort::Hit(hit) => phrases
                        .hit(
                            chunk - 1,
                            phrases.units[chunk - 1].len() - 1,
                            &scan.hits[hit],
                            &Default::default(),
                        )
                        .is_some(),
                    _ => false,
                })
        }
        _ => false,
    }
}

/// "Fordham, Northland": a town with its country.
fn is_in_row_of_places(phrases: &Phrases<'_, '_>, chunk: usize, end: usize) -> bool {
    let scan = phrases.scan;
    let Some(next) = phrases.chunks.get(chunk + 1) else { return false };
    let is_comma = next.tokens.start == end + 1 && scan.word(end) == ",";
    let closes =
        next.tokens.end < scan.analysis.tokens.len() && matches!(scan.word(next.tokens.end), "," | "." | ")");
    is_comma
        && closes
        && next.tokens.len() <= 3
        && matches!(phrases.units[chunk + 1].as_slice(), [only] if matches!(only.sort, UnitSort::Hit(_) | UnitSort::Proper))
        && phrases.chunks[chunk].preposition.is_some()
}

fn is_local(phrases: &Phrases<'_, '_>, chunk: usize) -> bool {
    let last = phrases.chunks[chunk].tokens.end - 1;
    phrases.scan.lexicon.has("local", phrases.scan.word(last))
}

fn is_locative(phrases: &Phrases<'_, '_>, token: usize) -> bool {
    phrases.scan.lexicon.has("locative", phrases.scan.word(token))
}

/// Whether what stands after a preposition is somebody: "pressure from Fordham", "by Fordham", "between Fordham and".
fn somebody_after(phrases: &Phrases<'_, '_>, preposition: usize) -> bool {
    let scan = phrases.scan;
    let noun = scan.before(preposition);
    let from_somebody = noun.is_some_and(|noun| {
        scan.lexicon.has("from_somebody", scan.analysis.lemma(noun))
            || scan.lexicon.has("from_somebody", scan.word(noun))
    });
    match scan.lower(preposition).as_str() {
        "by" | "with" | "against" | "between" | "for" => true,
        "from" | "to" | "of" | "on" => from_somebody,
        _ => false,
    }
}

/// The verb right after a subject, adverbs and auxiliaries between.
fn finite_verb(phrases: &Phrases<'_, '_>, start: usize) -> Option<usize> {
    let scan = phrases.scan;
    let last = scan.sentence(start).end.min(start + 5);
    let mut has_verb = None;
    for token in start..last {
        match scan.tag(token) {
            Tag::Verb => {
                let is_finite =
                    matches!(scan.fine(token), Fine::Vbd | Fine::Vbp | Fine::Vbz) || has_verb.is_some();
                return is_finite.then_some(token).or(has_verb);
            }
            Tag::Aux => has_verb = Some(token),
            Tag::Adv | Tag::Part => {}
            _ => break,
        }
    }
    has_verb
}
