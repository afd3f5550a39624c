//! What does one given actor do to another, as a category of the PLOVER manual?

use std::ops::Range;

use servanda_language::{Analysis, Fine, Relation};
use servanda_model::Span;

use super::clause::{Clause, Hang, clauses};
use super::lexicon::{Carrier, Lexicon};
use super::reading::Reading;
use crate::prose::factuality::negated_by;

/// A category with the words that decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coded {
    /// Category of the manual.
    pub category: String,
    /// Token that carries the frame.
    pub predicate: usize,
    /// Rules that decided, in order.
    pub rules: Vec<String>,
}

/// Acts that help or come towards somebody.
const COOPERATIVE: [&str; 7] = ["AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE"];
/// Acts against somebody.
const HOSTILE: [&str; 5] = ["SANCTION", "PROTEST", "COERCE", "ASSAULT", "MOBILIZE"];

/// What `source` does to `target` in the sentence that holds both, by lexicon and rules; `None` where no frame is found.
///
/// The frame nearest to the source in the tree decides; what holds it then turns the category, as the manual does: an act to
/// come that helps is `AGREE`, one against somebody is `THREATEN`; help that is refused is `REJECT`; harm that ends is `CONCEDE`;
/// what is called for is `REQUEST`.
pub fn between(
    text: &str,
    analysis: &Analysis,
    source: Span,
    target: Span,
    lexicon: &Lexicon,
) -> Option<Coded> {
    let reading = Reading::new(text, analysis, &[], lexicon);
    let source = analysis.tokens_in(source.start..source.end);
    let target = analysis.tokens_in(target.start..target.end);
    let sentence = analysis.tokens.get(source.start)?.sentence;
    let tokens = analysis.sentences[sentence].tokens.clone();
    let clauses = clauses(&reading.tree, tokens.clone());
    let pair = Pair { reading: &reading, clauses, source, target, tokens };
    let (hit, rule) = pair.best()?;
    let mut rules = vec![rule];
    let category = pair.turned(hit, &mut rules)?;
    Some(Coded { category, predicate: reading.hits[hit].predicate, rules })
}

struct Pair<'r, 'a> {
    reading: &'r Reading<'a>,
    clauses: Vec<Clause>,
    source: Range<usize>,
    target: Range<usize>,
    tokens: Range<usize>,
}

impl Pair<'_, '_> {
    /// Token of the phrase that hangs from outside it.
    fn head(&self, phrase: &Range<usize>) -> Option<usize> {
        phrase.clone().find(|at| !phrase.contains(&self.reading.tree.token(*at).head)).or(Some(phrase.start))
    }

    /// The clause whose words the phrase belongs to.
    fn clause_of(&self, phrase: &Range<usize>) -> Option<usize> {
        const MAX_STEPS: usize = 32;
        let mut at = self.head(phrase)?;
        for _ in 0..MAX_STEPS {
            if let Ok(number) = self.clauses.binary_search_by_key(&at, |clause| clause.predicate)
                && !phrase.contains(&at)
            {
                return Some(number);
            }
            let head = self.reading.tree.token(at).head;
            if head == at {
                return None;
            }
            at = head;
        }
        None
    }

    /// Steps from a clause up to the one of the source, or from that one up.
    fn distance(&self, from: usize, to: usize) -> Option<usize> {
        let climb = |mut at: usize, goal: usize| {
            for step in 0..12 {
                if at == goal {
                    return Some(step);
                }
                at = self.clauses[at].above?;
            }
            None
        };
        climb(from, to).or_else(|| climb(to, from).map(|steps| steps + 2))
    }

    /// The hit that tells most surely what the source does to the one acted upon.
    fn best(&self) -> Option<(usize, String)> {
        let reading = self.reading;
        let of_source = self.clause_of(&self.source);
        let first = reading.hits.partition_point(|hit| hit.predicate < self.tokens.start);
        let hits = reading
            .hits
            .iter()
            .enumerate()
            .skip(first)
            .take_while(|(_, hit)| hit.predicate < self.tokens.end);
        let scored = hits.filter_map(|(number, hit)| {
            let frame = &reading.lexicon.frames[hit.frame];
            frame.plover.as_ref()?;
            let at = hit.predicate;
            let mut score: i64 = match hit.carrier {
                Carrier::Verb => 40,
                Carrier::Noun => 10,
                Carrier::Adjective => 20,
            };
            score += 8 * hit.others.len().min(3) as i64;
            if self.source.contains(&at) || self.target.contains(&at) {
                score -= 45;
            }
            if let (Some(of_source), Ok(own)) =
                (of_source, self.clauses.binary_search_by_key(&self.carrying(at), |clause| clause.predicate))
            {
                score += match self.distance(own, of_source) {
                    Some(0) => 40,
                    Some(1) => 25,
                    Some(2) => 15,
                    Some(_) => 5,
                    None => 0,
                };
            }
            let between = self.source.end <= at && at < self.target.start
                || self.target.end <= at && at < self.source.start;
            score += if between { 15 } else { 0 };
            score -= (at.abs_diff(self.source.end).min(at.abs_diff(self.source.start)).min(20)) as i64;
            if self.target.start < at && self.source.start < at && self.target.end <= at {
                score -= 8;
            }
            Some((score, number))
        });
        // The first of the best, in the order of the text.
        let mut best: Option<(i64, usize)> = None;
        for (score, number) in scored {
            if best.is_none_or(|(top, _)| score > top) {
                best = Some((score, number));
            }
        }
        best.map(|(score, number)| {
            let frame = &reading.lexicon.frames[reading.hits[number].frame];
            (number, format!("frame:{}:{score}", frame.id.as_str()))
        })
    }

    /// The clause token that a noun belongs to; a verb's own.
    fn carrying(&self, at: usize) -> usize {
        const MAX_STEPS: usize = 8;
        let mut token = at;
        for _ in 0..MAX_STEPS {
            if self.clauses.binary_search_by_key(&token, |clause| clause.predicate).is_ok() {
                return token;
            }
            token = self.reading.tree.token(token).head;
        }
        at
    }

    /// The category, turned by what holds the hit.
    fn turned(&self, hit: usize, rules: &mut Vec<String>) -> Option<String> {
        let reading = self.reading;
        let tree = &reading.tree;
        let hit = &reading.hits[hit];
        let frame = &reading.lexicon.frames[hit.frame];
        let mut category = frame.category()?.to_owned();
        let mut at = self.carrying(hit.predicate);
        // What the attitude holds: "agreed to impose sanctions", "refused to lift the ban".
        if let Some(inner) = self.content(hit.predicate) {
            category = content_turns(&frame.id, &category, &inner, rules);
        }
        // What holds the act, from the inside to the outside.
        for _ in 0..6 {
            let is_negated = negated_by(tree, at).is_some();
            let modal = tree.children_by(at, Relation::Aux).find_map(|aux| match tree.lemma(aux) {
                "will" | "shall" | "'ll" | "wo" | "would" if tree.token(aux).fine == Fine::Md => Some("will"),
                "must" | "should" | "ought" => Some("must"),
                "could" | "may" | "might" | "can" => Some("may"),
                _ => None,
            });
            let turned = turn(&category, is_negated, modal);
            if turned != category {
                rules.push(format!("turn:{}:{turned}", modal.unwrap_or("not")));
                category = turned.to_owned();
            }
            let Ok(number) = self.clauses.binary_search_by_key(&at, |clause| clause.predicate) else { break };
            let clause = &self.clauses[number];
            let (Hang::Open | Hang::Content | Hang::Joined | Hang::OfNoun(_), Some(above)) =
                (clause.hang, clause.above)
            else {
                break;
            };
            let above_at = self.clauses[above].predicate;
            if clause.hang != Hang::Joined {
                let turned = self.held_by(&category, above_at);
                if turned != category {
                    rules.push(format!("held:{}:{turned}", tree.lemma(above_at)));
                    category = turned;
                }
            }
            at = above_at;
        }
        Some(category)
    }

    /// Category of what an attitude holds below it.
    fn content(&self, predicate: usize) -> Option<String> {
        let tree = &self.reading.tree;
        let range = tree.extent(predicate);
        let first = self.reading.hits.partition_point(|hit| hit.predicate <= predicate);
        let hit = self.reading.hits[first..]
            .iter()
            .take_while(|hit| hit.predicate < range.end)
            .find(|hit| hit.carrier == Carrier::Verb || !self.target.contains(&hit.predicate))?;
        self.reading.lexicon.frames[hit.frame].category().map(str::to_owned)
    }

    fn held_by(&self, category: &str, above: usize) -> String {
        let reading = self.reading;
        let is = |id: &str| reading.lexicon.is_holder(&reading.numbered, above, id);
        let turned = if is("implies-not") || is("ends") {
            turn(category, true, None)
        } else if is("planned") {
            turn(category, false, Some("will"))
        } else if is("required") || is("desired") && !is_wish(reading.tree.lemma(above)) {
            turn(category, false, Some("must"))
        } else {
            category
        };
        turned.to_owned()
    }
}

/// Wishes of the actor itself ask nothing of others.
fn is_wish(lemma: &str) -> bool {
    matches!(
        lemma,
        "want" | "wish" | "hope" | "try" | "attempt" | "strive" | "like" | "seek" | "eager" | "keen" | "long"
    )
}

/// A category that is denied or yet to come.
fn turn<'c>(category: &'c str, is_negated: bool, modal: Option<&str>) -> &'c str {
    let helps = COOPERATIVE.contains(&category);
    let harms = HOSTILE.contains(&category);
    match (is_negated, modal) {
        (true, _) if helps => "REJECT",
        (true, _) if harms => "CONCEDE",
        (false, Some("will" | "may")) if helps && category != "SUPPORT" => "AGREE",
        (false, Some("will")) if harms => "THREATEN",
        (false, Some("must")) if helps || harms || category == "REJECT" => "REQUEST",
        _ => category,
    }
}

/// An attitude turned by what it holds.
fn content_turns(id: &servanda_model::Name, category: &str, inner: &str, rules: &mut Vec<String>) -> String {
    let turned = match (id.as_str(), category) {
        ("intend" | "commit" | "offer" | "willing" | "agree", _) if HOSTILE.contains(&inner) => "THREATEN",
        _ => category,
    };
    if turned != category {
        rules.push(format!("content:{inner}:{turned}"));
    }
    turned.to_owned()
}
