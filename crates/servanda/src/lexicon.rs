//! The words of a case, for rendering.

use std::collections::BTreeMap;

use servanda_ledger::{Verdict, View};
use servanda_model::{Claim, ClaimId, Finding, LineColumn, Name};
use servanda_pact::{Duty, Per, Words};
use servanda_render::words::Form;
use servanda_render::{KindLabel, Lexicon, ProvisionLabel, Quoted, Reading, claims_of};

use crate::case::Case;

/// Labels of a case and the words of its agreement.
pub(crate) fn lexicon(case: &Case) -> Lexicon {
    let agreement = &case.agreement;
    let mut actors: BTreeMap<Name, String> =
        case.actors.iter().map(|actor| (actor.id.clone(), actor.label.clone())).collect();
    for declared in agreement.parties.iter().chain(&agreement.bodies) {
        actors.insert(declared.id.clone(), declared.label.clone());
    }
    let kind = |kind: &servanda_pact::Kind| {
        let unit = kind.unit.clone().unwrap_or_default();
        (kind.id.clone(), KindLabel { label: kind.label.clone(), unit })
    };
    let bodies = agreement
        .bodies
        .iter()
        .map(|body| (body.id.clone(), KindLabel { label: body.label.clone(), unit: String::new() }));
    Lexicon {
        actors,
        places: case.places.iter().map(|place| (place.id.clone(), place.label.clone())).collect(),
        kinds: bodies.chain(agreement.kinds.iter().map(kind)).collect(),
        instruments: agreement
            .instruments
            .iter()
            .map(|found| (found.id.clone(), found.title.clone()))
            .collect(),
        provisions: agreement
            .provisions
            .iter()
            .map(|found| ((found.instrument.clone(), found.id.clone()), provision(case, found)))
            .collect(),
        quotes: BTreeMap::new(),
        files: agreement.files.iter().map(|file| (file.path.clone(), file.text.clone())).collect(),
    }
}

fn provision(case: &Case, provision: &servanda_pact::Provision) -> ProvisionLabel {
    let file = case.agreement.files.get(provision.at.file);
    let (words, is_quote) = match &provision.words {
        Some(Words::Quote { text, .. }) => (Some(text.clone()), true),
        Some(Words::Paraphrase { text, .. }) => (Some(text.clone()), false),
        None => (None, false),
    };
    let (form, per) = match &provision.duty {
        Duty::Deliver { .. } => (Form::Deliver, None),
        Duty::Not { .. } => (Form::Not, None),
        Duty::Keep { per, .. } => (Form::Keep, Some(per_word(*per).to_owned())),
        Duty::Match { .. } => (Form::Match, None),
        Duty::Establish { .. } => (Form::Establish, None),
        Duty::May { .. } => (Form::May, None),
    };
    ProvisionLabel {
        words,
        is_quote,
        form,
        per,
        file: file.map(|file| file.path.clone()).unwrap_or_default(),
        line: file.map_or(0, |file| LineColumn::of(&file.text, provision.at.span.start).line),
    }
}

fn per_word(per: Per) -> &'static str {
    match per {
        Per::Hour => "hour",
        Per::Day => "day",
        Per::Week => "week",
    }
}

/// Adds the words of every claim that findings speak of.
pub(crate) fn add_quotes(lexicon: &mut Lexicon, view: &View, findings: &[Finding]) {
    for id in findings.iter().flat_map(claims_of) {
        add_quote(lexicon, view, id);
    }
}

/// Adds the words of one claim.
pub(crate) fn add_quote(lexicon: &mut Lexicon, view: &View, id: ClaimId) {
    if lexicon.quotes.contains_key(&id) {
        return;
    }
    let Some(claim) = view.find(&id).and_then(|ix| view.claim(ix)) else { return };
    let quoted = quoted(lexicon, view, id, &claim);
    lexicon.quotes.insert(id, quoted);
}

/// How a claim that a program made stands with persons.
pub(crate) fn reading(view: &View, claim: &Claim, id: ClaimId) -> Option<Reading> {
    if !claim.method.is_for_review() {
        return None;
    }
    let verdict = view.find(&id).and_then(|ix| view.verdict(ix));
    let is_sound = match verdict {
        Some(Verdict::Accepted) => Some(true),
        Some(Verdict::Rejected) => Some(false),
        Some(Verdict::Open) | None => None,
    };
    Reading::of(claim.method, is_sound)
}

fn quoted(lexicon: &Lexicon, view: &View, id: ClaimId, claim: &Claim) -> Quoted {
    let document = view.document(&claim.document);
    let mut chain: Vec<&Name> = claim.attribution.iter().map(|link| &link.name).collect();
    if chain.is_empty() {
        chain.extend(document.and_then(|document| document.publisher.as_ref()));
    }
    if let Some(speaker) = claim.speaker.as_ref().filter(|speaker| !chain.contains(speaker)) {
        chain.push(speaker);
    }
    Quoted {
        claim: id,
        quote: claim.quote.clone(),
        according_to: chain.into_iter().map(|name| lexicon.actor(name).to_owned()).collect(),
        document: claim.document,
        path: document.map_or_else(|| claim.document.short(), |document| document.path.clone()),
        title: document.and_then(|document| document.title.clone()),
        published_at: document.and_then(|document| document.published_at),
        url: document.and_then(|document| document.url.clone()),
        note: claim.note.clone(),
        reading: reading(view, claim, id),
    }
}
