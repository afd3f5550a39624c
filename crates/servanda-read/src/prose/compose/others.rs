//! Who is meant where the words name nobody at once: "the two leaders", "officials from the North and the South", whoever
//! possesses what was hit.

use servanda_language::{Fine, Relation, Tag};
use servanda_model::{ActorKind, ClaimKind, Name};

use super::Layers;
use super::parties::named;
use crate::prose::names::Directory;
use crate::prose::{Mention, MentionSort, Proposition, Who};

/// Heads of two who were named together.
const PEOPLE: [&str; 10] = [
    "leader",
    "president",
    "minister",
    "counterpart",
    "secretary",
    "diplomat",
    "chief",
    "official",
    "general",
    "man",
];
/// Two states that were named together.
const STATES: [&str; 4] = ["country", "nation", "state", "government"];

/// "The two leaders", "both countries": those who were named together last, in the words before.
pub(super) fn together(layers: &Layers<'_>, directory: &Directory, head: usize) -> Vec<Name> {
    const MAX_SENTENCES: usize = 8;
    let analysis = layers.analysis;
    let lemma = analysis.lemma(head).to_lowercase();
    let is_people = PEOPLE.contains(&lemma.as_str());
    if analysis.tokens[head].fine != Fine::Nns || !is_people && !STATES.contains(&lemma.as_str()) {
        return Vec::new();
    }
    let is_two = analysis
        .children(head)
        .any(|child| child < head && matches!(analysis.lemma(child).to_lowercase().as_str(), "two" | "both"));
    if !is_two {
        return Vec::new();
    }
    let fits = |mention: &Mention| match (&mention.who, mention.sort) {
        (_, MentionSort::Pronoun | MentionSort::Demonym) => false,
        (Who::Known(id), sort) if is_people => {
            sort == MentionSort::Office
                || directory.actor(id).is_some_and(|actor| matches!(actor.kind, ActorKind::Office))
        }
        (Who::Known(id), _) => directory.actor(id).is_some_and(|actor| actor.kind == ActorKind::State),
        (Who::Described { kind, .. }, sort) => {
            is_people && (sort == MentionSort::Office || *kind == ActorKind::Office) && mention.head != head
        }
        _ => false,
    };
    let here = analysis.tokens[head].sentence;
    for sentence in (here.saturating_sub(MAX_SENTENCES)..here).rev() {
        let mut found: Vec<Name> = Vec::new();
        for mention in layers.index.mentions(sentence).iter().map(|at| &layers.mentions[*at]) {
            let is_one = !matches!(analysis.tokens[mention.head].fine, Fine::Nns | Fine::Nnps);
            let name = named(layers, mention.head).filter(|_| fits(mention) && is_one);
            found.extend(name.filter(|name| !found.contains(name)));
        }
        if found.len() >= 2 {
            found.truncate(2);
            return found;
        }
    }
    Vec::new()
}

/// Whose people take part: "officials from the North and the South", "Northern diplomats".
pub(super) fn sent_by(layers: &Layers<'_>, head: usize) -> Vec<Name> {
    const SENT: [&str; 9] = [
        "official",
        "diplomat",
        "representative",
        "delegate",
        "negotiator",
        "envoy",
        "delegation",
        "team",
        "leader",
    ];
    let Some(mention) = layers.mention(head).filter(|mention| mention.head == head) else {
        return Vec::new();
    };
    let Who::Described { of, .. } = &mention.who else { return Vec::new() };
    if !SENT.contains(&layers.analysis.lemma(head).to_lowercase().as_str()) {
        return Vec::new();
    }
    let sentence = layers.analysis.tokens[head].sentence;
    let within = layers.index.mentions(sentence).iter().map(|at| &layers.mentions[*at]).filter(|one| {
        one.tokens != mention.tokens
            && mention.tokens.start <= one.tokens.start
            && one.tokens.end <= mention.span_end(layers)
    });
    let mut names: Vec<Name> = Vec::new();
    for one in within {
        if let Who::Known(name) = &one.who
            && !names.contains(name)
        {
            names.push(name.clone());
        }
    }
    if names.is_empty() { of.iter().cloned().collect() } else { names }
}

impl Mention {
    /// One past its last token, however the phrase behind its noun was cut.
    fn span_end(&self, layers: &Layers<'_>) -> usize {
        layers.analysis.tokens_in(self.span.start..self.span.end).end.max(self.tokens.end)
    }
}

/// Tokens that may say who is acted upon where the frame's roles name nobody: the subject of a passive, the object of a verb,
/// or whoever possesses either or is what it is about ("the observers' camera was hit", "an attack on the North's ferries",
/// "help for the valley").
pub(super) fn patients(layers: &Layers<'_>, proposition: &Proposition) -> Vec<usize> {
    let analysis = layers.analysis;
    let predicate = proposition.predicate;
    let child = |at: usize, relation| analysis.child(at, relation);
    // What is held: "agreed to free the prisoners".
    let is_held = |at: &usize| layers.mention(*at).is_none_or(|found| found.head != *at);
    let held = proposition.roles.objects.first().copied().filter(is_held);
    let patient = child(predicate, Relation::NsubjPass).or_else(|| child(predicate, Relation::Obj)).or(held);
    let is_noun = matches!(analysis.tokens[predicate].tag, Tag::Noun | Tag::Propn);
    let Some(patient) = patient.or(is_noun.then_some(predicate)) else { return Vec::new() };
    if patient != predicate && layers.mention(patient).is_some_and(|found| found.head == patient) {
        return vec![patient];
    }
    of_phrase(layers, patient, 0).into_iter().collect()
}

/// The one whom a noun phrase is about: its possessor, else whoever stands behind "of", "against", "on", "for" or "to".
fn of_phrase(layers: &Layers<'_>, noun: usize, depth: usize) -> Option<usize> {
    const MAX_DEPTH: usize = 2;
    let analysis = layers.analysis;
    let is_mention = |at: usize| layers.mention(at).is_some_and(|found| found.head == at);
    let possessor = analysis.child(noun, Relation::NmodPoss).filter(|at| is_mention(*at));
    let phrases: Vec<usize> = analysis
        .children(noun)
        .filter(|child| analysis.tokens[*child].relation == Relation::Nmod)
        .filter(|child| {
            let case = analysis.child(*child, Relation::Case).map(|case| analysis.lemma(case));
            matches!(case, Some("of" | "against" | "on" | "for" | "to"))
        })
        .collect();
    possessor.or_else(|| phrases.iter().copied().find(|at| is_mention(*at))).or_else(|| {
        (depth < MAX_DEPTH).then(|| phrases.iter().find_map(|at| of_phrase(layers, *at, depth + 1))).flatten()
    })
}

/// Kinds of claim whose words act upon somebody.
pub(super) fn acts_upon(kind: ClaimKind) -> bool {
    matches!(kind, ClaimKind::Event | ClaimKind::Pledge)
}
