//! Where do the patterns of the lexicon stand in a text?

use std::ops::Range;

use servanda_language::{Analysis, Fine, Relation, Tag};

use super::lexicon::{Carrier, Lexicon, Pattern, Run};

/// Most words that may stand between two elements of a pattern.
const MAX_GAP: usize = 6;
/// How far before a passive participle its object is looked for.
const MAX_BEFORE: usize = 10;

/// A frame found in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Frame, as an index into [`Lexicon::frames`].
    pub frame: usize,
    /// Token that carries it.
    pub predicate: usize,
    /// Tokens from its first to its last word.
    pub tokens: Range<usize>,
    /// What sort of word carries it.
    pub carrier: Carrier,
    /// Tokens of its further elements ("attack" of "launched an attack").
    pub others: Vec<usize>,
    /// Elements and words that matched: the more, the surer.
    pub weight: usize,
}

/// The text as numbers of the lexicon: lemma and form of each token.
pub(crate) struct Numbered {
    lemmas: Vec<u32>,
    forms: Vec<u32>,
    /// Whether the token is a hyphen that joins two words.
    joins: Vec<bool>,
}

impl Numbered {
    pub(crate) fn new(text: &str, analysis: &Analysis, lexicon: &Lexicon) -> Numbered {
        let of_lemma: Vec<u32> =
            analysis.lemmas.iter().map(|lemma| lexicon.number(&lemma.to_lowercase())).collect();
        let mut low = String::new();
        let mut form = |token: &servanda_language::Token| {
            let word = &text[token.start..token.end];
            if word.bytes().any(|byte| byte.is_ascii_uppercase()) || !word.is_ascii() {
                low.clear();
                low.extend(
                    word.chars()
                        .flat_map(char::to_lowercase)
                        .map(|sign| if sign == '’' { '\'' } else { sign }),
                );
                lexicon.number(&low)
            } else {
                lexicon.number(word)
            }
        };
        let lemma = |token: &servanda_language::Token| match of_lemma[token.lemma as usize] {
            0 if matches!(token.fine, Fine::Vbd | Fine::Vbn | Fine::Vbg | Fine::Vbz | Fine::Nns) => {
                stem(&text[token.start..token.end], lexicon)
            }
            number => number,
        };
        Numbered {
            lemmas: analysis.tokens.iter().map(lemma).collect(),
            forms: analysis.tokens.iter().map(&mut form).collect(),
            joins: analysis
                .tokens
                .iter()
                .map(|token| matches!(&text[token.start..token.end], "-" | "‑"))
                .collect(),
        }
    }

    /// The numbers of a token: its lemma's, then its form's.
    pub(crate) fn names(&self, token: usize) -> impl Iterator<Item = u32> {
        [self.lemmas[token], self.forms[token]].into_iter().filter(|number| *number != 0)
    }

    /// Whether the token is that word, by lemma or by form.
    pub(crate) fn is(&self, token: usize, number: u32) -> bool {
        number != 0 && (self.lemmas[token] == number || self.forms[token] == number)
    }

    /// One past the last token of the longest alternative that begins here.
    pub(super) fn run(&self, alternatives: &[Run], at: usize, end: usize) -> Option<usize> {
        alternatives.iter().filter_map(|run| self.one_run(run, at, end)).max()
    }

    fn one_run(&self, run: &Run, at: usize, end: usize) -> Option<usize> {
        let mut token = at;
        for (n, number) in run.iter().enumerate() {
            if n > 0 && token < end && self.joins[token] {
                token += 1;
            }
            if token >= end || !self.is(token, *number) {
                return None;
            }
            token += 1;
        }
        Some(token)
    }
}

/// The number of a verb or plural whose lemma the lexicon does not know, by its regular endings ("convened": "convene").
fn stem(form: &str, lexicon: &Lexicon) -> u32 {
    let form = form.to_lowercase();
    let bare = ["ied", "ies", "ed", "ing", "s"]
        .iter()
        .find_map(|end| form.strip_suffix(end).map(|bare| (bare, *end)));
    let Some((bare, end)) = bare.filter(|(bare, _)| bare.len() > 2) else { return 0 };
    let last = bare.chars().next_back().map_or(1, char::len_utf8);
    let candidates = match end {
        "ied" | "ies" => vec![format!("{bare}y")],
        "s" => vec![bare.to_owned(), bare.strip_suffix('e').unwrap_or(bare).to_owned()],
        _ => vec![format!("{bare}e"), bare.to_owned(), bare[..bare.len() - last].to_owned()],
    };
    candidates.iter().map(|candidate| lexicon.number(candidate)).find(|number| *number != 0).unwrap_or(0)
}

/// Every frame found, one for each carrying token, in the order of the text.
///
/// At one token the pattern with most elements, then most words wins, then the one of the later file, then the first.
/// Costs a bounded number of steps for each token.
pub fn hits(text: &str, analysis: &Analysis, lexicon: &Lexicon) -> Vec<Hit> {
    hits_in(analysis, lexicon, &Numbered::new(text, analysis, lexicon))
}

pub(crate) fn hits_in(analysis: &Analysis, lexicon: &Lexicon, numbered: &Numbered) -> Vec<Hit> {
    let mut found: Vec<Hit> = Vec::new();
    for sentence in analysis.sentences.iter().filter(|sentence| sentence.is_english) {
        let first_of_sentence = found.len();
        for at in sentence.tokens.clone() {
            let mut best: Vec<Hit> = Vec::new();
            for hit in candidates(analysis, lexicon, numbered, at, sentence.tokens.clone()) {
                match best.iter_mut().find(|there| there.predicate == hit.predicate) {
                    Some(there) if hit.weight > there.weight => *there = hit,
                    Some(_) => {}
                    None => best.push(hit),
                }
            }
            found.extend(best);
        }
        settle(&mut found, first_of_sentence);
    }
    found
}

/// Takes away hits that are but part of a longer one, and all but the best at one token.
fn settle(found: &mut Vec<Hit>, first: usize) {
    let mut sentence = found.split_off(first);
    sentence.sort_by_key(|hit| (hit.predicate, std::cmp::Reverse(hit.weight)));
    sentence.dedup_by_key(|hit| hit.predicate);
    let mut within: Vec<usize> = sentence.iter().flat_map(|hit| hit.others.iter().copied()).collect();
    within.sort_unstable();
    sentence.retain(|hit| within.binary_search(&hit.predicate).is_err());
    found.extend(sentence);
}

fn candidates<'a>(
    analysis: &'a Analysis,
    lexicon: &'a Lexicon,
    numbered: &'a Numbered,
    at: usize,
    sentence: Range<usize>,
) -> impl Iterator<Item = Hit> + 'a {
    let (lemma, form) = (numbered.lemmas[at], numbered.forms[at]);
    let by = |number: u32| {
        let list = if number == 0 { None } else { lexicon.by_first.get(&number) };
        list.map_or(&[] as &[u32], Vec::as_slice).iter().copied()
    };
    let second = if form == lemma { 0 } else { form };
    by(lemma).chain(by(second)).filter_map(move |number| {
        matching(analysis, &lexicon.patterns[number as usize], numbered, at, sentence.clone())
    })
}

fn matching(
    analysis: &Analysis,
    pattern: &Pattern,
    numbered: &Numbered,
    at: usize,
    sentence: Range<usize>,
) -> Option<Hit> {
    if pattern.carrier == Carrier::Verb && !is_verb(analysis, at) && !may_be_verb(analysis, numbered, at) {
        return None;
    }
    let head_end = numbered.run(&pattern.elements[0], at, sentence.end)?;
    let predicate = match pattern.carrier {
        // "Is concerned", "was due": the clause hangs from what the copula says.
        Carrier::Verb if is_copula(analysis, at) => analysis.tokens[at].head,
        Carrier::Verb => at,
        Carrier::Noun => noun_of(analysis, at..head_end)?,
        Carrier::Adjective => adjective_of(analysis, at..head_end)?,
    };
    let (mut first, mut end) = (at, head_end);
    let mut others: Vec<usize> = (at..head_end).filter(|token| *token != predicate).collect();
    let carried = predicate;
    let mut n_words = head_end - at;
    for element in &pattern.elements[1..] {
        let after = (end..sentence.end.min(end + MAX_GAP + 1))
            .take_while(|token| !is_wall(analysis, *token))
            .find_map(|token| numbered.run(element, token, sentence.end).map(|stop| token..stop));
        let found = match after {
            Some(run) => run,
            None if is_participle(analysis, at) => before(analysis, numbered, element, first, &sentence)?,
            None => return None,
        };
        first = first.min(found.start);
        end = end.max(found.end);
        n_words += found.len();
        others.extend(found.filter(|token| *token != carried));
    }
    // A verb with its particle ("call on") says more than a verb with some noun behind it ("call ... discussion").
    let n_head_words = if pattern.carrier == Carrier::Verb { head_end - at } else { 1 };
    let weight = (pattern.elements.len() + n_head_words - 1) * 100 + n_words * 10 + (n_head_words - 1);
    Some(Hit {
        frame: pattern.frame,
        predicate,
        tokens: first..end,
        carrier: pattern.carrier,
        others,
        weight,
    })
}

/// The element before a participle: "the hostages were released".
fn before(
    analysis: &Analysis,
    numbered: &Numbered,
    element: &[Run],
    first: usize,
    sentence: &Range<usize>,
) -> Option<Range<usize>> {
    let low = sentence.start.max(first.saturating_sub(MAX_BEFORE));
    (low..first)
        .rev()
        .take_while(|token| analysis.tokens[*token].fine != Fine::Stop)
        .find_map(|token| numbered.run(element, token, first).map(|stop| token..stop))
}

fn is_verb(analysis: &Analysis, token: usize) -> bool {
    let token = &analysis.tokens[token];
    matches!(token.tag, Tag::Verb | Tag::Aux)
        || matches!(token.fine, Fine::Vbd | Fine::Vbz | Fine::Vbn | Fine::Vbg)
}

/// A noun or adjective between a comma and a noun phrase may be a verb that was not seen ("The South, meanwhile, demands
/// guarantees"; "oversee the truce, prevent clashes").
fn may_be_verb(analysis: &Analysis, numbered: &Numbered, at: usize) -> bool {
    let tag = |at: usize| analysis.tokens.get(at).map(|token| token.tag);
    let fits = match analysis.tokens[at].fine {
        Fine::Nns => numbered.lemmas[at] != numbered.forms[at],
        Fine::Jj | Fine::Nn => true,
        _ => false,
    };
    let risks = matches!(analysis.tokens[at].fine, Fine::Nn | Fine::Nns)
        && at > 0
        && matches!(tag(at - 1), Some(Tag::Noun | Tag::Propn))
        && analysis.tokens.get(at + 1).is_some_and(|token| token.fine == Fine::Vbg);
    let joined = matches!(analysis.tokens[at].fine, Fine::Rb | Fine::Jj)
        && at > 0
        && analysis.tokens[at - 1].fine == Fine::Cc
        && numbered.lemmas[at] == numbered.forms[at];
    risks
        || joined
        || fits
            && at > 0
            && analysis.tokens[at - 1].fine == Fine::Comma
            && matches!(tag(at + 1), Some(Tag::Noun | Tag::Propn | Tag::Det | Tag::Adj | Tag::Pron))
}

fn is_copula(analysis: &Analysis, at: usize) -> bool {
    let token = &analysis.tokens[at];
    matches!(token.relation, Relation::Cop | Relation::AuxPass)
        && analysis.lemma(at) == "be"
        && token.head > at
        && analysis.tokens[token.head].sentence == token.sentence
}

fn is_participle(analysis: &Analysis, token: usize) -> bool {
    matches!(analysis.tokens[token].fine, Fine::Vbn | Fine::Vbd)
}

/// A pattern does not reach beyond the end of a sentence or into the next finite clause.
fn is_wall(analysis: &Analysis, token: usize) -> bool {
    let token = &analysis.tokens[token];
    matches!(token.fine, Fine::Stop | Fine::Md)
        || token.tag == Tag::Verb && matches!(token.fine, Fine::Vbz | Fine::Vbp)
}

/// The noun that carries a run of words: the last of the first nouns.
fn noun_of(analysis: &Analysis, mut tokens: Range<usize>) -> Option<usize> {
    let is_noun = |token: usize| matches!(analysis.tokens[token].tag, Tag::Noun | Tag::Propn);
    let start = tokens.find(|token| is_noun(*token))?;
    Some(tokens.take_while(|token| is_noun(*token)).last().unwrap_or(start))
}

fn adjective_of(analysis: &Analysis, mut tokens: Range<usize>) -> Option<usize> {
    tokens.find(|token| matches!(analysis.tokens[*token].tag, Tag::Adj | Tag::Adv | Tag::Verb | Tag::Adp))
}
