//! Where? Names of the gazetteer, the most exact one of each phrase.

use servanda_language::{Analysis, Relation, Tag};
use servanda_model::{Name, Place, Span};

use super::describe::Phrases;
use super::directory::{Directory, Meaning, is_region};
use super::metonyms;
use super::scan::{Scan, Sense};
use super::units::UnitSort;
use crate::prose::{Block, BlockRole};

/// Words that name a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceFound {
    /// Bytes in the text.
    pub span: Span,
    /// Token that carries the phrase.
    pub head: usize,
    /// The place of the gazetteer.
    pub place: Name,
    /// Rule that found it.
    pub rule: &'static str,
}

/// The places that a text names, in order: what is said to happen in, at, near or to them, not actors of the same name.
///
/// A seat or country that acts is no place. "Fordham's north" and "the north of Fordham" are Fordham; of "Fordham,
/// Northland" both are given, and the first lies within the second by the gazetteer.
pub fn places(text: &str, analysis: &Analysis, directory: &Directory) -> Vec<PlaceFound> {
    let whole = Block { span: Span::new(0, text.len()), role: BlockRole::Paragraph };
    let scan = Scan::new(text, &[whole], analysis, directory, None);
    let phrases = Phrases::new(&scan);
    let mut found = Vec::new();
    for chunk in 0..phrases.chunks.len() {
        for (at, unit) in phrases.units[chunk].iter().enumerate() {
            let UnitSort::Hit(hit) = unit.sort else { continue };
            let Sense::Listed(meanings) = &scan.hits[hit].sense else { continue };
            let place = meanings.iter().find_map(|meaning| match meaning {
                Meaning::Place(ix) => Some(&directory.places[*ix as usize]),
                _ => None,
            });
            if let Some(place) = place
                && let Some(rule) = rule(&phrases, chunk, at, meanings, place)
            {
                found.push(PlaceFound {
                    span: scan.hits[hit].span,
                    head: super::head(analysis, unit.tokens.clone()),
                    place: place.id.clone(),
                    rule,
                });
            }
        }
    }
    found
}

/// Why a name is a place where it stands; `None` where it is an actor.
fn rule(
    phrases: &Phrases<'_, '_>,
    chunk: usize,
    at: usize,
    meanings: &[Meaning],
    place: &Place,
) -> Option<&'static str> {
    let is_seat = meanings.iter().any(|meaning| matches!(meaning, Meaning::Seat(_)));
    let is_actor = meanings.iter().any(|meaning| matches!(meaning, Meaning::Actor(_)));
    match (is_actor, is_seat) {
        (false, false) => Some("place:name"),
        (false, true) => {
            let belongs = at + 1 < phrases.units[chunk].len()
                && phrases.units[chunk][at + 1..].iter().any(|unit| matches!(unit.sort, UnitSort::Role(_)));
            (!belongs && !metonyms::acts(phrases, chunk, at)).then_some("place:seat")
        }
        (true, _) => (is_region(place) && is_where(phrases, chunk, at)).then_some("place:country"),
    }
}

/// Whether a country stands where places stand.
fn is_where(phrases: &Phrases<'_, '_>, chunk: usize, at: usize) -> bool {
    let scan = phrases.scan;
    let list = &phrases.units[chunk];
    if at + 1 < list.len() {
        return scan.lexicon.has("local", scan.word(phrases.chunks[chunk].tokens.end - 1));
    }
    let here = &phrases.chunks[chunk];
    match here.preposition {
        Some(token) => {
            let word = scan.lower(token);
            let is_motion = || {
                let governor = scan.before(token).map(|before| scan.analysis.lemma(before));
                governor.is_some_and(|lemma| {
                    scan.lexicon.has("goes_there", lemma)
                        || matches!(
                            lemma,
                            "visit"
                                | "trip"
                                | "travel"
                                | "go"
                                | "come"
                                | "return"
                                | "fly"
                                | "arrive"
                                | "part"
                                | "north"
                                | "south"
                                | "east"
                                | "west"
                                | "border"
                                | "capital"
                                | "withdraw"
                                | "withdrawal"
                                | "entry"
                                | "away"
                                | "out"
                                | "journey"
                                | "flight"
                                | "move"
                                | "export"
                                | "import"
                        )
                })
            };
            scan.lexicon.has("locative", &word)
                || matches!(word.as_str(), "to" | "from" | "of") && is_motion()
        }
        None => {
            // "visited Northland": an object of going somewhere.
            let before = scan.before(here.tokens.start);
            let is_object = before.is_some_and(|verb| {
                scan.tag(verb) == Tag::Verb && scan.lexicon.has("goes_there", scan.analysis.lemma(verb))
            });
            let relation = scan.analysis.tokens[here.tokens.end - 1].relation;
            // "Fordham, Northland": behind a place, set off by commas.
            let after_place = chunk > 0
                && before.is_some_and(|comma| {
                    scan.word(comma) == "," && phrases.chunks[chunk - 1].tokens.end == comma
                })
                && matches!(phrases.units[chunk - 1].last().map(|unit| unit.sort), Some(UnitSort::Hit(hit))
                    if matches!(&scan.hits[hit].sense, Sense::Listed(meanings) if meanings.iter().any(|meaning| matches!(meaning, Meaning::Place(_)))))
                && phrases.chunks[chunk - 1].preposition.is_some();
            is_object && !matches!(relation, Relation::Nsubj | Relation::NsubjPass) || after_place
        }
    }
}
