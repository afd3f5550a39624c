//! Whether a document bears a proposal out.

use servanda_model::{
    Attribution, AttributionRole, Claim, Condition, ConditionSort, Cue, DateReference, Method, Name, Number,
    Polarity, Precision, Quantity, QuoteType, Span, Tense,
};

use super::answer::{Proposal, ProposedDate, ProposedQuantity};
use super::ground::{Ground, distance, holds, overlaps};
use crate::prose::Who;
use crate::words::{CLAIM_KINDS, CONDITION_SORTS, MODALITIES, POLARITIES, TENSES};

/// Bytes within which a cue stands from the words that it introduces.
const CUE_REACH: usize = 400;
/// Bytes within which whoever speaks or acts is named.
const NAME_REACH: usize = 1_500;

/// Why a proposal is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// Its words do not stand in the document.
    Words,
    /// Its speaker or cue does not stand near its words.
    Speaker,
    /// A figure does not follow from its words.
    Figure,
    /// A date does not follow from its words.
    Date,
    /// The wording denies what it affirms, or affirms what it denies.
    Polarity,
    /// It leaves a condition out, or has one that does not stand there.
    Condition,
    /// It names a private person.
    Person,
    /// It uses a word that is in no list.
    Word,
}

impl Refusal {
    /// Its code.
    pub fn code(self) -> &'static str {
        match self {
            Refusal::Words => "R362",
            Refusal::Speaker => "R363",
            Refusal::Figure => "R364",
            Refusal::Date => "R365",
            Refusal::Polarity => "R366",
            Refusal::Condition => "R367",
            Refusal::Person => "R368",
            Refusal::Word => "R369",
        }
    }

    /// In words, after "refused:".
    pub fn said(self) -> &'static str {
        match self {
            Refusal::Words => "their words do not stand in the document",
            Refusal::Speaker => "speaker or cue do not stand near their words",
            Refusal::Figure => "a figure does not follow from the words",
            Refusal::Date => "a date does not follow from the words",
            Refusal::Polarity => "they affirm what the wording denies, or deny what it affirms",
            Refusal::Condition => "they leave a condition out, or have one that does not stand there",
            Refusal::Person => "they name a private person",
            Refusal::Word => "they use a word that is in no list",
        }
    }
}

/// What became of the proposals of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Claims for review.
    pub claims: Vec<Claim>,
    /// Refused ones, each with its words (shortened).
    pub refused: Vec<(Refusal, String)>,
    /// Proposals of what the rules read already.
    pub n_read_already: usize,
}

/// Checks proposals; what passes is a claim that a person has still to accept.
pub fn checked(proposals: &[Proposal], ground: &Ground<'_>, model: &str) -> Checked {
    let mut done = Checked::default();
    for proposal in proposals {
        match claim(proposal, ground, model) {
            Ok(claim) if is_known(&claim, ground.read) || is_known(&claim, &done.claims) => {
                done.n_read_already += 1;
            }
            Ok(claim) => done.claims.push(claim),
            Err(refusal) => done.refused.push((refusal, proposal.quote.chars().take(80).collect())),
        }
    }
    done
}

/// Whether a claim of the same sort rests on the same words already, or nearly.
fn is_known(claim: &Claim, claims: &[Claim]) -> bool {
    claims.iter().any(|known| {
        known.kind == claim.kind && known.polarity == claim.polarity && share(known.span, claim.span) >= 0.8
    })
}

/// How much of the longer of two spans both hold.
fn share(one: Span, other: Span) -> f64 {
    let both = one.end.min(other.end).saturating_sub(one.start.max(other.start));
    both as f64 / one.len().max(other.len()).max(1) as f64
}

fn claim(proposal: &Proposal, ground: &Ground<'_>, model: &str) -> Result<Claim, Refusal> {
    let of = |text: &str| text.trim().to_lowercase();
    let kind = word(&of(&proposal.kind), CLAIM_KINDS)?;
    let polarity = word(&of(&proposal.polarity), POLARITIES)?;
    let modality = word(&of(&proposal.modality), MODALITIES)?;
    let tense = word(&of(&proposal.tense), TENSES)?;
    if proposal.quote.split_whitespace().count() < 2 {
        return Err(Refusal::Words);
    }
    let span = ground.find(&proposal.quote, None).ok_or(Refusal::Words)?;
    // Words that hold the name of a private person are not stored, whoever proposes them.
    let is_private = |mention: &crate::prose::Mention| {
        mention.who == Who::Private
            && mention.sort != crate::prose::MentionSort::Pronoun
            && overlaps(mention.span, span)
    };
    if ground.mentions.iter().any(is_private) {
        return Err(Refusal::Person);
    }
    let origin = ground.prose.origin(span);
    let words = origin.of(ground.original).ok_or(Refusal::Words)?;
    let mut claim = Claim::new(ground.document, origin, words, kind).map_err(|_| Refusal::Words)?;
    (claim.polarity, claim.modality, claim.tense) = (polarity, modality, tense);
    check_polarity(polarity, span, ground)?;
    claim.condition = condition(proposal, span, ground)?;
    speaker(proposal, span, ground, &mut claim)?;
    claim.actors = parties(&proposal.actors, span, ground)?;
    claim.targets = parties(&proposal.acted_upon, span, ground)?;
    claim.action = proposal.action.trim().chars().take(80).collect();
    if let Some(proposed) = &proposal.date {
        date(proposed, span, tense, ground, &mut claim)?;
    }
    claim.quantities =
        proposal.quantities.iter().map(|one| quantity(one, span, ground)).collect::<Result<_, _>>()?;
    claim.method = Method::Proposed;
    claim.rule = vec![
        format!("proposed by {}", model.chars().filter(|c| !c.is_control()).take(80).collect::<String>()),
        "checked: words, speaker, cue, names, figures, dates, polarity, condition".to_owned(),
    ];
    Ok(claim)
}

fn word<T: Copy>(text: &str, list: &[(&str, T)]) -> Result<T, Refusal> {
    list.iter().find(|(word, _)| *word == text).map(|(_, value)| *value).ok_or(Refusal::Word)
}

/// Words that deny, alone or in what they govern. Whoever affirms what holds one of them is asked to look again.
const DENYING: [&str; 32] = [
    "not",
    "no",
    "never",
    "none",
    "nobody",
    "nothing",
    "neither",
    "nor",
    "cannot",
    "without",
    "deny",
    "denies",
    "denied",
    "denying",
    "refuse",
    "refuses",
    "refused",
    "refusing",
    "reject",
    "rejects",
    "rejected",
    "rejecting",
    "fail",
    "fails",
    "failed",
    "failing",
    "dismiss",
    "dismissed",
    "resist",
    "resisted",
    "oppose",
    "opposed",
];

/// The rules decide where they read the same words; else the words themselves.
fn check_polarity(polarity: Polarity, span: Span, ground: &Ground<'_>) -> Result<(), Refusal> {
    let origin = ground.prose.origin(span);
    let mut read = ground.read.iter().filter(|known| share(known.span, origin) >= 0.5).peekable();
    let fits = if read.peek().is_some() {
        read.any(|known| known.polarity == polarity)
    } else {
        let denies = tokens(&ground.prose.text[span.start..span.end]).any(|token| {
            DENYING.contains(&token.as_str()) || token.ends_with("n't") || token.ends_with("n\u{2019}t")
        });
        denies == (polarity == Polarity::Negative)
    };
    if fits { Ok(()) } else { Err(Refusal::Polarity) }
}

/// What begins a condition of each sort.
const BEGINNINGS: [(ConditionSort, &[&str]); 8] = [
    (ConditionSort::If, &["if", "provided", "providing", "should", "in case", "on condition"]),
    (ConditionSort::Unless, &["unless"]),
    (ConditionSort::Until, &["until", "till"]),
    (ConditionSort::AsLongAs, &["as long as", "so long as"]),
    (ConditionSort::Before, &["before", "prior to", "ahead of"]),
    (ConditionSort::Once, &["once", "as soon as", "after", "when"]),
    (ConditionSort::Without, &["without", "absent"]),
    (
        ConditionSort::Prerequisite,
        &[
            "requires",
            "required",
            "prerequisite",
            "depends",
            "conditional",
            "condition",
            "only",
            "first",
            "subject to",
        ],
    ),
];
/// What nobody may leave out: words that make what they stand in conditional whatever else it says.
const BINDING: [&str; 8] =
    ["if", "unless", "until", "as long as", "so long as", "provided that", "on condition that", "only once"];

fn condition(proposal: &Proposal, span: Span, ground: &Ground<'_>) -> Result<Option<Condition>, Refusal> {
    let origin = ground.prose.origin(span);
    let read: Vec<&Claim> = ground.read.iter().filter(|known| share(known.span, origin) >= 0.5).collect();
    let Some(proposed) = &proposal.condition else {
        let quote = spaced(&ground.prose.text[span.start..span.end]);
        let is_bound = BINDING.iter().any(|word| quote.contains(&format!(" {word} ")));
        let all_bound = !read.is_empty() && read.iter().all(|known| known.condition.is_some());
        return if is_bound || all_bound { Err(Refusal::Condition) } else { Ok(None) };
    };
    let sort = word(&proposed.sort.trim().to_lowercase(), CONDITION_SORTS).map_err(|_| Refusal::Condition)?;
    let place = ground.find(&proposed.text, Some(span)).filter(|place| distance(*place, span) <= CUE_REACH);
    let place = place.ok_or(Refusal::Condition)?;
    let text = &ground.prose.text;
    let mut from = place.start.saturating_sub(40);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let around = spaced(&text[from..place.end]);
    let begins = BEGINNINGS.iter().find(|(of, _)| *of == sort).map_or(&[][..], |(_, words)| words);
    if !begins.iter().any(|word| around.contains(&format!(" {word} "))) {
        return Err(Refusal::Condition);
    }
    if read.iter().any(|known| known.condition.as_ref().is_some_and(|own| own.sort != sort)) {
        return Err(Refusal::Condition);
    }
    let words = ground.prose.origin(place).of(ground.original).unwrap_or(&proposed.text);
    Ok(Some(Condition { sort, text: words.to_owned() }))
}

/// In small letters with single spaces and no marks, a space at both ends: so that whole words can be looked for.
fn spaced(text: &str) -> String {
    format!(" {} ", tokens(text).collect::<Vec<_>>().join(" "))
}

fn tokens(text: &str) -> impl Iterator<Item = String> + '_ {
    let is_apart = |c: char| !c.is_alphanumeric() && c != '\'' && c != '\u{2019}';
    text.split(is_apart).filter(|token| !token.is_empty()).map(str::to_lowercase)
}

fn speaker(proposal: &Proposal, span: Span, ground: &Ground<'_>, claim: &mut Claim) -> Result<(), Refusal> {
    if let Some(publisher) = ground.publisher {
        claim.attribution.push(Attribution { role: AttributionRole::Narrator, name: publisher.clone() });
    }
    let said = proposal.speaker.as_deref().filter(|speaker| !speaker.trim().is_empty());
    let cue = proposal.cue.as_deref().filter(|cue| !cue.trim().is_empty());
    if let Some(cue) = cue {
        let place = ground.find(cue, Some(span)).filter(|place| distance(*place, span) <= CUE_REACH);
        let place = ground.prose.origin(place.ok_or(Refusal::Speaker)?);
        let text = place.of(ground.original).unwrap_or(cue).to_owned();
        claim.cue = Some(Cue { text, span: place });
    }
    claim.quote_type = match (said, is_in_quotes(&ground.prose.text, span)) {
        (None, _) => QuoteType::None,
        (Some(_), true) => QuoteType::Direct,
        (Some(_), false) => QuoteType::Indirect,
    };
    let Some(words) = said else {
        // Words between quotation marks are somebody's.
        return if is_in_quotes(&ground.prose.text, span) { Err(Refusal::Speaker) } else { Ok(()) };
    };
    if cue.is_none() {
        return Err(Refusal::Speaker);
    }
    let place = ground.find(words, Some(span)).filter(|place| distance(*place, span) <= NAME_REACH);
    let place = place.ok_or(Refusal::Speaker)?;
    let name = name(place, ground)?.ok_or(Refusal::Speaker)?;
    claim.speaker_span = Some(ground.prose.origin(place));
    if claim.attribution.last().is_none_or(|link| link.name != name) {
        claim.attribution.push(Attribution { role: AttributionRole::Source, name: name.clone() });
    }
    claim.speaker = Some(name);
    Ok(())
}

/// Whether a quotation mark stands right before and right after.
fn is_in_quotes(text: &str, span: Span) -> bool {
    const OPEN: [char; 4] = ['"', '\u{201c}', '\u{ab}', '\u{201e}'];
    const CLOSE: [char; 4] = ['"', '\u{201d}', '\u{bb}', '\u{201c}'];
    let before = text[..span.start].chars().next_back();
    let after = text[span.end..].trim_start_matches([',', '.', '!', '?']).chars().next();
    before.is_some_and(|c| OPEN.contains(&c)) && after.is_some_and(|c| CLOSE.contains(&c))
}

/// Who is meant at some words; `None`: nobody that can be told.
fn name(place: Span, ground: &Ground<'_>) -> Result<Option<Name>, Refusal> {
    match ground.mention(place).map(|mention| &mention.who) {
        Some(Who::Known(name)) => Ok(Some(name.clone())),
        Some(Who::Described { words, .. }) => Ok(Some(Name::new(words))),
        Some(Who::Private) => Err(Refusal::Person),
        Some(Who::Unresolved) | None => Ok(None),
    }
}

/// Whoever is meant by words that must stand in the document; who cannot be told is left out.
fn parties(words: &[String], span: Span, ground: &Ground<'_>) -> Result<Vec<Name>, Refusal> {
    let mut names: Vec<Name> = Vec::new();
    for words in words.iter().filter(|words| !words.trim().is_empty()) {
        let place = ground.find(words, Some(span)).filter(|place| distance(*place, span) <= NAME_REACH);
        let place = place.ok_or(Refusal::Speaker)?;
        match name(place, ground) {
            Ok(Some(name)) if !names.contains(&name) => names.push(name),
            // Somebody who is acted upon may be a private person: that stays unsaid, and the claim stands.
            Ok(_) | Err(_) => {}
        }
    }
    Ok(names)
}

fn date(
    proposed: &ProposedDate,
    span: Span,
    tense: Tense,
    ground: &Ground<'_>,
    claim: &mut Claim,
) -> Result<(), Refusal> {
    let place = ground.find(&proposed.text, Some(span)).filter(|place| distance(*place, span) <= CUE_REACH);
    let place = place.ok_or(Refusal::Date)?;
    let day = |text: &Option<String>| {
        text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let (start, end) = (day(&proposed.start), day(&proposed.end));
    let said = |day: Option<crate::prose::Calendar>| day.map(|day| day.to_string());
    let found = ground.dates_at(place, tense).into_iter().find(|found| {
        let is_open = start.is_none() && end.is_none();
        is_open || said(found.start) == start && said(found.end) == end
    });
    let found = found.ok_or(Refusal::Date)?;
    let words = ground.prose.origin(found.span).of(ground.original).unwrap_or(&proposed.text);
    claim.date = Some(DateReference {
        text: words.to_owned(),
        start: said(found.start),
        end: said(found.end),
        basis: found.basis,
        granularity: Some(found.granularity.to_owned()),
    });
    if let (Some(first), Some(last)) = (found.start, found.end) {
        let precision = if first == last { Precision::Day } else { Precision::Range };
        claim.when = ground.clock.days(first, last, precision);
    }
    Ok(())
}

fn quantity(proposed: &ProposedQuantity, span: Span, ground: &Ground<'_>) -> Result<Quantity, Refusal> {
    let place = ground
        .find(&proposed.text, Some(span))
        .filter(|place| holds(span, *place) || distance(*place, span) <= 100);
    let place = place.ok_or(Refusal::Figure)?;
    let number = |bound: Option<f64>| match bound {
        None => Ok(None),
        Some(bound) => bound.to_string().parse::<Number>().map(Some).map_err(|_| Refusal::Figure),
    };
    let (min, max) = (number(proposed.min)?, number(proposed.max)?);
    let found = ground.figures.iter().filter(|found| overlaps(found.span, place));
    let mut fitting = found.filter(|found| found.low == min && found.high == max);
    let found = fitting.next().ok_or(Refusal::Figure)?;
    let words = ground.prose.origin(found.span).of(ground.original).unwrap_or(&proposed.text);
    Ok(Quantity {
        low: found.low,
        best: found.best,
        high: found.high,
        unit: found.unit.clone(),
        as_written: words.to_owned(),
        approx: found.approx,
        role: None,
    })
}
