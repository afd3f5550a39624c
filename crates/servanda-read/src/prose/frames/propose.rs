//! Every claim-worthy bundle of a text, sentence by sentence.

use std::ops::Range;

use servanda_language::{Analysis, Fine, Relation, Sentence, Tag};
use servanda_model::{ClaimKind, CommitmentLevel, ConditionSort, Modality, Polarity, QuoteType, Span, Tense};

use super::clause::{Clause, Hang, clauses};
use super::kind::{Facts, commitment, kind};
use super::lexicon::{Frame, Lexicon};
use super::mend::mend;
use super::reading::Reading;
use super::sort::{Part, parts};
use super::{action, duty, issue, nominal, roles, span};
use crate::prose::factuality::{Open, condition, held, tense};
use crate::prose::{Block, BlockRole, ConditionFound, Proposition, Utterance};

/// Longer sentences are debris (tables, lists without stops); no clause is looked for in them.
const MAX_SENTENCE_TOKENS: usize = 600;

/// What is said to happen, to be so, to be wanted or promised: one for each (actor, act or attitude, object, condition) bundle.
///
/// Attitudes hold their content: the content is no proposition of its own, except that coordinated contents with separate
/// meaning are split. Questions, cues ("he said"), conditions and fragments make none. Spans are on character boundaries of
/// `text`, in bounds, and lie within what their utterance says.
///
/// `text` must be the text that was analysed. Costs a number of steps in proportion to its length.
pub fn propositions(
    text: &str,
    blocks: &[Block],
    analysis: &Analysis,
    utterances: &[Utterance],
    lexicon: &Lexicon,
) -> Vec<Proposition> {
    let reading = Reading::new(text, analysis, utterances, lexicon);
    let mut found = Vec::new();
    for sentence in &analysis.sentences {
        let at = blocks.partition_point(|block| block.span.end <= sentence.start);
        let block = blocks.get(at).filter(|block| block.span.start <= sentence.start);
        if !sentence.is_english
            || sentence.tokens.len() > MAX_SENTENCE_TOKENS
            || block.is_none_or(|block| !block.role.is_read())
            || is_question(text, sentence)
        {
            continue;
        }
        let is_headline = block.is_some_and(|block| block.role.is_headline());
        let is_caption = is_headline || block.is_some_and(|block| block.role == BlockRole::Caption);
        of_sentence(&reading, sentence, (is_headline, is_caption), &mut found);
    }
    found.sort_by_key(|proposition| (proposition.predicate, proposition.span.start));
    found
}

/// A question asserts nothing.
fn is_question(text: &str, sentence: &Sentence) -> bool {
    let words = text[sentence.start..sentence.end].trim_end();
    words.trim_end_matches(['"', '”', '’', '\'', ')', ' ']).ends_with('?')
}

fn of_sentence(
    reading: &Reading<'_>,
    sentence: &Sentence,
    (is_headline, is_caption): (bool, bool),
    found: &mut Vec<Proposition>,
) {
    let mut clauses = clauses(&reading.tree, sentence.tokens.clone());
    mend(reading, &mut clauses, sentence.tokens.clone());
    let parts = parts(reading, &clauses);
    let before = found.len();
    let mut told = vec![false; sentence.tokens.len()];
    for number in (0..clauses.len()).filter(|number| parts[*number] == Part::Claim) {
        let mut bundle = Bundle::new(reading, &clauses, &parts, number);
        bundle.is_caption = is_caption;
        for at in &bundle.chain {
            told[at - sentence.tokens.start] = true;
        }
        if let Some(proposition) = bundle.proposition(&clauses, &parts, number, sentence) {
            found.extend(nominal::split(reading, proposition));
        }
    }
    let conditions: Vec<Span> = found[before..]
        .iter()
        .filter_map(|one| one.condition.as_ref().map(|condition| condition.span))
        .collect();
    let mut kept = found.split_off(before);
    kept.retain(|one| {
        !conditions.iter().any(|condition| condition.start <= one.span.start && one.span.end <= condition.end)
    });
    found.extend(kept);
    let is_told = |at: usize| told[at - sentence.tokens.start];
    let n_clauses = found.len();
    nominal::nominals(reading, sentence.tokens.clone(), &is_told, found);
    let (by_clauses, by_nouns) = found.split_at_mut(n_clauses);
    nominal::cut(reading, &mut by_clauses[before..], by_nouns);
    // "Announced a withdrawal": the noun says all that the verb of saying says.
    let tree = &reading.tree;
    let is_object = |at: usize| tree.token(at).relation == Relation::Obj;
    let by_nouns: Vec<(usize, Span)> = found[n_clauses..]
        .iter()
        .filter(|one| is_object(one.predicate))
        .map(|one| (tree.token(one.predicate).head, one.span))
        .collect();
    let mut at = 0;
    found.retain(|one| {
        at += 1;
        let is_clause = at > before && at <= n_clauses;
        !(is_clause && one.frame.is_none() && by_nouns.contains(&(one.predicate, one.span)))
    });
    if found.len() == before && (is_headline || !clauses.is_empty()) {
        found.extend(nominal::fragment(reading, sentence, is_headline));
    }
}

/// A clause with the words that hold it, and what hangs from them.
struct Bundle<'r, 'a> {
    reading: &'r Reading<'a>,
    /// Tokens from the outermost that holds the clause to the innermost that it holds.
    chain: Vec<usize>,
    /// Where the clause itself begins in the chain.
    own: usize,
    /// Whether it stands in a headline or below a picture.
    is_caption: bool,
}

impl<'r, 'a> Bundle<'r, 'a> {
    fn new(reading: &'r Reading<'a>, clauses: &[Clause], parts: &[Part], number: usize) -> Bundle<'r, 'a> {
        let mut chain = prefix(reading, clauses, parts, number);
        let own = chain.len();
        chain.push(clauses[number].predicate);
        let mut at = number;
        while chain.len() < 8 {
            let Some((noun, next)) = held_below(reading, clauses, parts, at) else { break };
            chain.extend(noun.filter(|noun| !chain.contains(noun)));
            chain.push(clauses[next].predicate);
            at = next;
        }
        if is_said_by_wishing(reading, &chain[own..]) {
            chain.remove(own);
        }
        Bundle { reading, chain, own, is_caption: false }
    }

    fn frames(&self) -> Vec<&'a Frame> {
        self.chain.iter().filter_map(|at| self.reading.frame_at(*at)).collect()
    }

    /// The attitude or pledge that the bundle is held by.
    fn attitude(&self) -> Option<(usize, &'a Frame)> {
        self.chain.iter().find_map(|at| {
            let frame = self.reading.frame_at(*at)?;
            (frame.holds.is_some() || frame.kind == ClaimKind::Pledge).then_some((*at, frame))
        })
    }

    fn frame_in_content(&self, predicate: usize) -> Option<&'a Frame> {
        let cue = self.reading.cue_of(predicate)?;
        let analysis = self.reading.tree.analysis;
        let mut tokens = cue.content.iter().flat_map(|span| analysis.tokens_in(span.start..span.end));
        tokens.find_map(|at| {
            let frame = self.reading.frame_at(at)?;
            matches!(frame.kind, ClaimKind::Position | ClaimKind::Pledge | ClaimKind::Statement)
                .then_some(frame)
        })
    }

    fn proposition(
        &self,
        clauses: &[Clause],
        parts: &[Part],
        number: usize,
        sentence: &Sentence,
    ) -> Option<Proposition> {
        let (reading, tree) = (self.reading, &self.reading.tree);
        let predicate = clauses[number].predicate;
        let core = *self.chain.last()?;
        let tokens = span::tokens(reading, clauses, parts, number, &self.chain);
        let attitude = self.attitude();
        let frame = attitude.map(|(_, frame)| frame).or_else(|| reading.frame_at(core));
        // A cue whose content holds no clause that was found: what the content's own words make.
        let is_bare_cue =
            frame.is_none() && reading.cue_of(predicate).is_some_and(|cue| cue.is_communication);
        let frame = if is_bare_cue { self.frame_in_content(predicate) } else { frame };
        let inherits = inherited(reading, clauses, parts, number);
        let mut chain = self.chain.clone();
        if let Some(first) = inherits {
            chain.insert(self.own, first);
        }
        let mut factual =
            held(tree, &reading.numbered, reading.lexicon, &without_meaning(reading, &chain, inherits));
        let mut rules =
            vec![frame.map_or("frame:none".to_owned(), |frame| format!("frame:{}", frame.id.as_str()))];
        // The frame of an attitude may deny where no holder does ("objects to").
        let denied_by_holder = factual.rules.iter().any(|rule| rule.starts_with("polarity:"));
        if attitude.is_some_and(|(at, frame)| {
            // Who is criticised for failing to do something is criticised all the same.
            let is_told = frame.id == *"accuse.condemn" && factual.polarity == Polarity::Negative;
            frame.is_negative && !(denied_by_holder && is_holder_negative(reading, at)) && !is_told
        }) {
            factual.polarity = flipped(factual.polarity);
            rules.push(format!("polarity:{}", tree.lemma(attitude.map_or(core, |(at, _)| at))));
        }
        if let Some(word) = self.denied_subject(clauses, number) {
            factual.polarity = flipped(factual.polarity);
            rules.push(format!("polarity:{}", tree.lemma(word)));
        }
        let mut modality = factual.modality;
        if let Some((at, frame)) = attitude
            && modality == Modality::Actual
            && let Some(holds) = frame.holds.filter(|_| core != at || frame.kind == ClaimKind::Position)
        {
            modality = attitude_modality(frame, holds, core != at);
            rules.push(format!("modality:{}", frame.id.as_str()));
        }
        let mut tense = self.tense(inherits, modality);
        if attitude.is_some_and(|(_, frame)| frame.kind == ClaimKind::Pledge)
            && matches!(modality, Modality::Planned | Modality::Desired | Modality::Possible)
            && self.tense(inherits, Modality::Actual) != Tense::Future
        {
            // Who promises has promised: what is to come is the promise's content.
            modality = Modality::Actual;
            tense = self.tense(inherits, modality);
        }
        if attitude.is_some_and(|(_, frame)| matches!(frame.id.as_str(), "willing" | "reluctant" | "object"))
        {
            tense = Tense::Present;
        }
        // A duty that is stressed, or whose time has come, holds now.
        if modality == Modality::Required
            && tense == Tense::Past
            && attitude.is_some_and(|(at, frame)| {
                is_family(frame, "require")
                    && (frame.id == *"require.due"
                        || tree.is_noun(at)
                        || self.reading.cue_of(predicate).is_some()
                        || tree.lemma(at) == "ought")
            })
        {
            tense = Tense::Present;
        }
        // A commitment, readiness or concern that was expressed holds on.
        if attitude.is_some_and(|(at, frame)| {
            tense == Tense::Past
                && matches!(
                    frame.id.as_str(),
                    "commit" | "accuse.disapprove" | "willing" | "support" | "want" | "attitude"
                )
                && reading
                    .cue_of(predicate)
                    .is_some_and(|cue| cue.is_communication && !is_first_person_source(reading, cue))
                && (tree.is_noun(at)
                    || reading.hit(at).is_some_and(|hit| {
                        hit.others.iter().any(|other| tree.is_noun(*other) && is_standing(tree.lemma(*other)))
                    }))
        }) {
            tense = Tense::Present;
        }
        // What somebody is asked to do lies ahead, whenever it was asked.
        if attitude.is_some_and(|(at, frame)| {
            is_family(frame, "demand")
                && (core != at || tense == Tense::Past)
                && reading.cue_of(at).is_some_and(|cue| cue.is_communication)
        }) && (core == predicate || tree.children_by(core, Relation::Aux).next().is_none())
        {
            tense = Tense::Future;
        }
        if is_scheduled_headline(reading, core, &self.chain) {
            modality = Modality::Planned;
            tense = Tense::Future;
        }
        // "Said that it would open the gate": in a report of the past, "would" is "will".
        if modality == Modality::Possible && self.is_reported_will(clauses, number, predicate) {
            modality = Modality::Planned;
            tense = Tense::Future;
            rules.push("modality:would-be".to_owned());
        }
        // "We cannot look away": nobody may.
        if self.is_plural_first_person(clauses, number)
            && factual.polarity == Polarity::Negative
            && modality == Modality::Possible
            && self.is_cannot()
        {
            modality = Modality::Required;
            tense = Tense::Present;
            rules.push("modality:cannot".to_owned());
        }
        if modality == Modality::Planned && is_expectation(reading, &self.chain, attitude.is_some()) {
            modality = Modality::Expected;
        }
        if let Some(owner) = reading.owner_of(core)
            && modality == Modality::Actual
            && matches!(owner.modality, Modality::Alleged | Modality::Expected)
        {
            modality = owner.modality;
            rules.push("modality:cue".to_owned());
        }
        rules.extend(factual.rules);
        let is_negative = factual.polarity == Polarity::Negative && denied_by_holder;
        let open = Open {
            is_open: tense != Tense::Past || modality != Modality::Actual || is_negative,
            is_strict: matches!(modality, Modality::Required | Modality::Possible) || is_negative,
        };
        let condition = self.condition(clauses, number, &tokens, sentence, open);
        let mut frames = self.frames();
        if is_bare_cue {
            frames.extend(frame);
        }
        let issue = issue::issue(
            reading.lexicon,
            &reading.numbered,
            tokens.clone(),
            core,
            &frames,
            sentence.tokens.clone(),
        );
        let facts = Facts {
            frames: frames.clone(),
            core,
            polarity: factual.polarity,
            modality,
            tense,
            words: tokens.clone(),
            is_caption: self.is_caption,
            is_first_person: self.is_first_person(clauses, number),
            has_number: tokens.clone().any(|at| tree.token(at).tag == Tag::Num || is_unit(tree.lemma(at))),
        };
        let mut kind = kind(reading, &facts);
        if condition.as_ref().is_some_and(|(found, _)| found.sort == ConditionSort::Prerequisite)
            && kind == ClaimKind::Statement
        {
            kind = ClaimKind::Position;
        }
        if kind == ClaimKind::Estimate && modality == Modality::Actual {
            modality = Modality::Expected;
        }
        let level: Option<CommitmentLevel> = commitment(
            kind,
            issue.as_ref(),
            attitude.map(|(_, frame)| frame).or(frame),
            factual.polarity,
            condition.is_some(),
        );
        let mut parts_played = roles::of_clause(tree, clauses, number, &self.chain, frame);
        if let Some((at, frame)) = attitude {
            self.attitude_roles(clauses, at, frame, &mut parts_played);
        }
        rules.extend(condition.iter().map(|(found, _)| format!("condition:{:?}", found.sort).to_lowercase()));
        Some(Proposition {
            predicate,
            span: self.span(tokens, predicate),
            frame: frame.map(|frame| frame.id.clone()),
            kind,
            plover: plover(&frames),
            action: action::action(tree, &self.chain[self.own..], attitude.map(|(_, frame)| frame)),
            issue,
            roles: parts_played,
            polarity: factual.polarity,
            modality,
            tense,
            condition: condition.map(|(found, _)| found),
            commitment_level: level,
            parent: None,
            rules,
        })
    }

    /// Who has an attitude is its actor, also where somebody else is to act.
    fn attitude_roles(
        &self,
        clauses: &[Clause],
        at: usize,
        frame: &Frame,
        parts_played: &mut crate::prose::Roles,
    ) {
        let tree = &self.reading.tree;
        let number = clauses.binary_search_by_key(&at, |clause| clause.predicate).ok();
        let holder = match number {
            Some(number) if tree.is_passive(at) => tree.child(clauses[number].predicate, Relation::OblAgent),
            Some(number) => roles::subject(tree, clauses, number),
            None => roles::possessor(tree, at),
        };
        let is_cue = self.reading.cue_of(at).is_some();
        let Some(holder) = holder else { return };
        let holders = tree.coordinated(holder);
        let inner: Vec<usize> =
            parts_played.actors.iter().copied().filter(|actor| !holders.contains(actor)).collect();
        if is_cue && self.own > 0 && !inner.is_empty() {
            return;
        }
        let is_spoken = self.reading.cue_of(at).is_some_and(|cue| cue.is_communication);
        if is_family(frame, "require") {
            // Whoever is to act; "it" and "there" are nobody.
            let bearer = duty::bearer(tree, at).filter(|_| frame.id == *"require.due");
            let is_nobody = |token: &usize| {
                matches!(tree.lemma(*token), "it" | "there" | "this" | "that" | "time" | "need")
            };
            if let Some(bearer) = bearer {
                parts_played.actors = tree.coordinated(bearer);
            }
            // "The North is required to leave": the one who is bound is the one to act.
            if bearer.is_none()
                && parts_played.actors.is_empty()
                && self.chain.len() > 1
                && tree.is_passive(at)
            {
                parts_played.actors = tree
                    .child_of(at, &[Relation::NsubjPass, Relation::Nsubj])
                    .map(|bound| tree.coordinated(bound))
                    .unwrap_or_default();
            }
            parts_played.actors.retain(|actor| !is_nobody(actor));
            let actors = parts_played.actors.clone();
            parts_played.targets.retain(|target| !actors.contains(target));
            return;
        }
        if is_spoken && is_family(frame, "demand") && self.chain.len() > 1 && !inner.is_empty() {
            // Of a demand, who is to act is the actor; who demands is the speaker.
            parts_played.targets.retain(|target| !inner.contains(target) && !holders.contains(target));
            parts_played.actors = inner;
            return;
        }
        if frame.holds.is_some() {
            parts_played.targets.extend(inner);
            parts_played.actors = holders;
        }
    }

    fn tense(&self, inherits: Option<usize>, modality: Modality) -> Tense {
        let tree = &self.reading.tree;
        let chain = inherits.iter().chain(&self.chain[self.own..]);
        let first = chain.copied().find_map(|at| tense(tree, at));
        let has_open = self.chain.len() > self.own + 1;
        match (first, modality) {
            (Some(Tense::Present) | None, Modality::Planned | Modality::Expected)
                if has_open || first.is_none() =>
            {
                Tense::Future
            }
            (Some(tense), _) => tense,
            (None, _) if tree.token(self.chain[self.own]).fine == Fine::Vbn => Tense::Past,
            (None, _) => Tense::Present,
        }
    }

    /// "Must address the worries": the duty is the verb's own.
    fn has_modal(&self, predicate: usize) -> bool {
        let tree = &self.reading.tree;
        tree.children_by(predicate, Relation::Aux).any(|aux| tree.token(aux).fine == Fine::Md)
    }

    /// "No country", where the tree does not see that it is the subject.
    fn denied_subject(&self, clauses: &[Clause], number: usize) -> Option<usize> {
        let tree = &self.reading.tree;
        let subject = roles::subject(tree, clauses, number)?;
        let is_seen = self.chain.contains(&tree.token(subject).head);
        tree.children(subject).find(|child| {
            !is_seen && *child < subject && tree.lemma(*child) == "no" && clauses[number].hang == Hang::Main
        })
    }

    /// "Would" within what somebody said, or of a plan, and on no condition.
    fn is_reported_will(&self, clauses: &[Clause], number: usize, predicate: usize) -> bool {
        let (reading, tree) = (self.reading, &self.reading.tree);
        let would = self.chain[self.own..].iter().find_map(|at| {
            tree.children_by(*at, Relation::Aux).find(|aux| tree.token(*aux).fine == Fine::Md)
        });
        let is_would = would.is_some_and(|aux| {
            matches!(tree.lemma(aux), "would") || matches!(tree.word(aux), "would" | "’d" | "'d")
        });
        let is_wish =
            self.chain.iter().any(|at| matches!(tree.lemma(*at), "like" | "love" | "prefer" | "be" | "have"));
        if !is_would || is_wish {
            return false;
        }
        let sentence = tree.analysis.sentences[tree.token(predicate).sentence].tokens.clone();
        let has_if =
            sentence.clone().any(|at| matches!(tree.lemma(at), "if" | "unless" | "without" | "otherwise"));
        let is_reported = reading.owner_of(predicate).is_some_and(|owner| {
            owner.quote_type == QuoteType::Indirect
                && owner.is_communication
                && owner.cue.is_some_and(|cue| {
                    let mut tokens = tree.analysis.tokens_in(cue.start..cue.end);
                    tokens.any(|at| matches!(tree.token(at).fine, Fine::Vbd | Fine::Vbn))
                })
        });
        // "Under the deal", "the first phase would bring".
        let is_plan = |at: usize| {
            matches!(
                tree.lemma(at),
                "deal"
                    | "agreement"
                    | "plan"
                    | "proposal"
                    | "accord"
                    | "phase"
                    | "stage"
                    | "draft"
                    | "roadmap"
                    | "resolution"
                    | "framework"
                    | "text"
            )
        };
        let subject = roles::subject(tree, clauses, number);
        let of_plan = subject.is_some_and(|subject| tree.extent(subject).take(12).any(is_plan))
            || sentence
                .take_while(|at| *at < predicate)
                .any(|at| is_plan(at) && matches!(tree.case(at), Some("under" | "in")));
        !has_if && (is_reported || of_plan)
    }

    fn is_plural_first_person(&self, clauses: &[Clause], number: usize) -> bool {
        let tree = &self.reading.tree;
        roles::subject(tree, clauses, number)
            .is_some_and(|subject| tree.lemma(subject).eq_ignore_ascii_case("we"))
    }

    /// "Cannot", "can never" before a verb of doing; what one cannot know or say is no duty.
    fn is_cannot(&self) -> bool {
        let tree = &self.reading.tree;
        let Some(core) = self.chain.last().copied() else { return false };
        tree.children_by(core, Relation::Aux).any(|aux| matches!(tree.lemma(aux), "can" | "ca"))
            && tree.is_verb(core)
            && !matches!(
                tree.lemma(core),
                "say"
                    | "tell"
                    | "know"
                    | "confirm"
                    | "comment"
                    | "speak"
                    | "see"
                    | "verify"
                    | "rule"
                    | "speculate"
                    | "predict"
                    | "think"
            )
    }

    fn is_first_person(&self, clauses: &[Clause], number: usize) -> bool {
        let tree = &self.reading.tree;
        roles::subject(tree, clauses, number)
            .is_some_and(|subject| matches!(tree.lemma(subject), "we" | "i" | "I"))
    }

    /// The condition in the words of the clause, before it, or that the words call a prerequisite.
    fn condition(
        &self,
        clauses: &[Clause],
        number: usize,
        tokens: &Range<usize>,
        sentence: &Sentence,
        open: Open,
    ) -> Option<(ConditionFound, ())> {
        let tree = &self.reading.tree;
        if let Some(found) = self.prerequisite(tokens) {
            return Some((found, ()));
        }
        let core = *self.chain.last()?;
        if let Some((found, _)) = condition(tree, tokens.clone(), core, open) {
            return Some((found, ()));
        }
        // A clause that is joined with the first shares the condition that stands before both.
        let mut at = number;
        while clauses[at].hang == Hang::Joined
            && let Some(above) = clauses[at].above
        {
            at = above;
        }
        if at == number {
            // A condition in front of everything, which the clause's own words leave out.
            const MAX_LEAD: usize = 3;
            let start = sentence.tokens.start;
            let predicate = clauses[number].predicate;
            let is_first = |clause: &Clause| {
                clause.predicate >= predicate || reading_conditional(self.reading, clauses, clause)
            };
            if !clauses.iter().all(is_first) || predicate <= start {
                return None;
            }
            return condition(tree, start..predicate, core, open)
                .filter(|(_, marked)| marked.marker.start <= start + MAX_LEAD)
                .map(|(found, _)| (found, ()));
        }
        let first = tree.extent(clauses[at].predicate).start.max(sentence.tokens.start);
        condition(tree, first..clauses[at].predicate, core, open).map(|(found, _)| (found, ()))
    }

    /// "A mandate is a prerequisite for troops": what must come first is the subject.
    fn prerequisite(&self, tokens: &Range<usize>) -> Option<ConditionFound> {
        let tree = &self.reading.tree;
        let is_word = |at: usize| matches!(tree.lemma(at), "prerequisite" | "precondition");
        let at = self.chain.iter().copied().find(|at| is_word(*at))?;
        tree.child_of(at, &[Relation::Nsubj, Relation::Csubj, Relation::NsubjOuter])?;
        let copula = tree.child(at, Relation::Cop).filter(|copula| *copula > tokens.start)?;
        let bytes = tree.analysis.bytes(tokens.start..copula);
        let span = span::tidy(tree.text, Span::new(bytes.start, bytes.end));
        Some(ConditionFound { sort: ConditionSort::Prerequisite, span })
    }

    /// The claim's words; of an attitude that is said, what is said.
    fn span(&self, tokens: Range<usize>, predicate: usize) -> Span {
        let (text, analysis) = (self.reading.tree.text, self.reading.tree.analysis);
        if let Some(cue) = self.reading.cue_of(predicate).filter(|cue| cue.is_communication)
            && !self.has_modal(predicate)
            && self.reading.is_spoken(predicate)
            && let Some(content) = span::content(text, cue)
            && content.end > analysis.tokens[predicate].start
            && !content.is_empty()
        {
            // What is said, as far as this claim goes.
            let end = analysis.bytes(tokens.clone()).end;
            let end = if end > content.start { content.end.min(end) } else { content.end };
            return span::tidy(text, Span::new(content.start, end));
        }
        span::bytes(text, analysis, self.reading.owner_of(predicate), tokens, predicate)
    }
}

/// "I want to thank", "we would like to congratulate": whoever says so does it.
fn is_said_by_wishing(reading: &Reading<'_>, chain: &[usize]) -> bool {
    let tree = &reading.tree;
    let [wish, act, ..] = chain else { return false };
    let is_first = tree
        .child(*wish, Relation::Nsubj)
        .is_some_and(|subject| matches!(tree.lemma(subject).to_ascii_lowercase().as_str(), "i" | "we"));
    is_first
        && matches!(tree.lemma(*wish), "want" | "like" | "wish")
        && tree.is_infinitive(*act)
        && reading.frame_at(*act).is_some_and(|frame| {
            frame.kind == ClaimKind::Position
                && matches!(frame.category(), Some("SUPPORT" | "ACCUSE" | "REQUEST"))
        })
}

/// Whether a clause is a condition, or stands within one.
fn reading_conditional(reading: &Reading<'_>, clauses: &[Clause], clause: &Clause) -> bool {
    reading.is_conditional(clause.predicate)
        || clause.above.is_some_and(|above| reading.is_conditional(clauses[above].predicate))
}

/// Nouns for attitudes that hold on after they were expressed.
fn is_standing(noun: &str) -> bool {
    matches!(
        noun,
        "commitment"
            | "concern"
            | "readiness"
            | "willingness"
            | "support"
            | "solidarity"
            | "hope"
            | "determination"
            | "resolve"
            | "pledge"
            | "confidence"
            | "opposition"
            | "interest"
            | "desire"
            | "appreciation"
            | "gratitude"
            | "worry"
    )
}

/// "We reiterated": the document's own voice.
fn is_first_person_source(reading: &Reading<'_>, cue: &Utterance) -> bool {
    cue.source_head.is_some_and(|head| matches!(reading.tree.lemma(head), "we" | "i" | "I"))
}

/// Whether a frame is of a family: "demand" or "demand.urge".
fn is_family(frame: &Frame, family: &str) -> bool {
    frame.id.as_str().strip_prefix(family).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// What holds the clause from above: an attitude that is a cue, or the holders that it shares with the clause it is joined to.
fn prefix(reading: &Reading<'_>, clauses: &[Clause], parts: &[Part], number: usize) -> Vec<usize> {
    let mut first = number;
    while clauses[first].hang == Hang::Joined
        && let Some(above) = clauses[first].above
    {
        first = above;
    }
    let mut chain = Vec::new();
    let mut at = first;
    while chain.len() < 6 {
        let Some(above) = clauses[at].above else { break };
        let is_held = parts[at] == Part::Held;
        let is_cued = matches!(clauses[at].hang, Hang::Content | Hang::Open)
            && parts[above] == Part::Cue
            && reading.frame_at(clauses[above].predicate).is_some_and(|frame| frame.holds.is_some())
            && !is_plain_speech(reading, clauses[above].predicate);
        if !is_held && !is_cued {
            break;
        }
        if let Hang::OfNoun(noun) = clauses[at].hang {
            chain.push(noun);
        }
        chain.push(clauses[above].predicate);
        at = above;
    }
    chain.reverse();
    chain
}

/// Verbs of saying that a frame knows besides: what they introduce stands on its own.
fn is_plain_speech(reading: &Reading<'_>, at: usize) -> bool {
    matches!(
        reading.frame_at(at).map(|frame| frame.id.as_str()),
        Some("concede.admit" | "accuse.disapprove" | "accuse.condemn" | "attitude" | "estimate")
    )
}

/// The clause that this one holds, and the noun by which it does ("expressed a reluctance to join").
fn held_below(
    reading: &Reading<'_>,
    clauses: &[Clause],
    parts: &[Part],
    number: usize,
) -> Option<(Option<usize>, usize)> {
    let at = clauses[number].predicate;
    // A task is done itself, whatever it keeps from happening.
    let is_task = reading.frame_at(at).is_some_and(|frame| frame.id == *"duty");
    let holds = is_holding(reading, at) && !is_task;
    let others = reading.hit(at).map(|hit| hit.others.as_slice()).unwrap_or_default();
    clauses.iter().enumerate().find_map(|(below, clause)| {
        if clause.above != Some(number) || clause.predicate < at {
            return None;
        }
        // "Is due to arrive", where the tree takes the infinitive for a purpose.
        let last = others.iter().copied().filter(|other| *other > at).max().unwrap_or(at + 1);
        let to = clause.predicate.checked_sub(1).filter(|to| *to > at && *to <= last + 1);
        if holds && to.is_some_and(|to| reading.tree.token(to).fine == Fine::To) {
            return Some((None, below));
        }
        if parts[below] != Part::Held {
            return None;
        }
        match clause.hang {
            // "Remains supportive": what the adjective says.
            Hang::Open if reading.tree.token(clause.predicate).tag == Tag::Adj => Some((None, below)),
            Hang::Open | Hang::Content if holds => Some((None, below)),
            Hang::OfNoun(noun) if holds && others.contains(&noun) => Some((None, below)),
            Hang::OfNoun(noun)
                if is_holding(reading, noun) || holds && reading.tree.token(noun).head == at =>
            {
                Some((Some(noun), below))
            }
            _ => None,
        }
    })
}

fn is_holding(reading: &Reading<'_>, at: usize) -> bool {
    reading.frame_at(at).is_some_and(|frame| frame.holds.is_some())
        || reading.lexicon.holders_at(&reading.numbered, at).any(|holder| {
            holder.implies.is_some() || holder.holds.is_some_and(|holds| holds != Modality::Actual)
        })
}

/// The first of joined clauses, whose auxiliaries and tense the later one shares ("will oversee and prevent").
fn inherited(reading: &Reading<'_>, clauses: &[Clause], parts: &[Part], number: usize) -> Option<usize> {
    let tree = &reading.tree;
    let clause = &clauses[number];
    let above = clause.above.filter(|_| clause.hang == Hang::Joined)?;
    let has_own = tree.child_of(
        clause.predicate,
        &[Relation::Aux, Relation::AuxPass, Relation::Cop, Relation::Nsubj, Relation::NsubjPass],
    );
    let first = clauses[above].predicate;
    let alike = tree.token(first).fine == tree.token(clause.predicate).fine
        || matches!(tree.token(clause.predicate).fine, Fine::Vb | Fine::Vbn | Fine::Vbg | Fine::Vbp);
    // A verb that the tags missed has no form of its own to go by.
    let is_mended = clause.whole.is_some() && !tree.is_verb(clause.predicate);
    (is_mended
        || has_own.is_none()
            && alike
            && matches!(parts[above], Part::Claim | Part::Held)
            && !tree.is_finite(clause.predicate)
        || has_own.is_none()
            && tree.token(clause.predicate).fine == Fine::Vbp
            && tree.child(first, Relation::Aux).is_some())
    .then_some(first)
}

/// The chain as factuality walks it: the first of joined clauses lends its auxiliaries, not its own meaning.
fn without_meaning(reading: &Reading<'_>, chain: &[usize], inherits: Option<usize>) -> Vec<usize> {
    let lends = |at: usize| Some(at) == inherits;
    let keeps = |at: &usize| !lends(*at) || !is_holding(reading, *at);
    chain.iter().copied().filter(keeps).collect()
}

/// Whether a holder table already counts the denial of this word.
fn is_holder_negative(reading: &Reading<'_>, at: usize) -> bool {
    reading.lexicon.holders_at(&reading.numbered, at).any(|holder| holder.implies == Some(Polarity::Negative))
}

fn flipped(polarity: Polarity) -> Polarity {
    match polarity {
        Polarity::Affirmative => Polarity::Negative,
        Polarity::Negative => Polarity::Affirmative,
    }
}

/// An attitude without open clause holds its object as its frame says, but a refusal, an objection and a pledge are themselves
/// actual acts.
fn attitude_modality(frame: &Frame, holds: Modality, has_content: bool) -> Modality {
    match frame.id.as_str() {
        "require" | "require.due" | "demand" | "demand.urge" | "demand.assurance" | "want" | "intend"
        | "aim" | "willing" | "reluctant" | "object" => holds,
        "right" => Modality::Actual,
        _ if has_content && !frame.is_negative => holds,
        _ => Modality::Actual,
    }
}

/// "Will" of something that nobody does by plan: "it will be months".
fn is_expectation(reading: &Reading<'_>, chain: &[usize], has_attitude: bool) -> bool {
    let tree = &reading.tree;
    let core = chain.last().copied().unwrap_or_default();
    !has_attitude
        && chain.len() == 1
        && (tree.child(core, Relation::Cop).is_some()
            || matches!(
                tree.lemma(core),
                "be" | "remain" | "become" | "allow" | "take" | "last" | "lead" | "cause" | "happen"
            ))
}

/// "Forces to leave valley": an infinitive that carries a headline.
fn is_scheduled_headline(reading: &Reading<'_>, core: usize, chain: &[usize]) -> bool {
    let tree = &reading.tree;
    chain.len() == 1
        && tree.token(core).relation == Relation::Root
        && tree.is_infinitive(core)
        && tree.child(core, Relation::Nsubj).is_some()
}

fn is_unit(lemma: &str) -> bool {
    matches!(lemma, "year" | "month" | "week" | "day" | "decade" | "hour" | "several" | "dozen")
}

/// The category of the outermost frame that has one.
fn plover(frames: &[&Frame]) -> Option<String> {
    frames.iter().find_map(|frame| frame.plover.clone())
}
