//! What sort of claim do the words make, and how firm a pledge?

use servanda_language::{Fine, Relation, Tag};
use servanda_model::{ClaimKind, CommitmentLevel, Modality, Name, Polarity, Tense};

use super::lexicon::Frame;
use super::reading::Reading;

/// Verbs of state: what they say is so, and does not happen.
const STATES: [&str; 68] = [
    "be",
    "remain",
    "have",
    "know",
    "think",
    "believe",
    "seem",
    "appear",
    "mean",
    "need",
    "contain",
    "include",
    "consist",
    "belong",
    "depend",
    "exist",
    "matter",
    "resemble",
    "want",
    "like",
    "hope",
    "feel",
    "understand",
    "reveal",
    "show",
    "highlight",
    "reflect",
    "suggest",
    "deserve",
    "own",
    "lack",
    "represent",
    "constitute",
    "stay",
    "keep",
    "face",
    "live",
    "stand",
    "concern",
    "involve",
    "become",
    "await",
    "learn",
    "ally",
    "contribute",
    "feature",
    "grapple",
    "struggle",
    "name",
    "call",
    "title",
    "dub",
    "regard",
    "justify",
    "cite",
    "present",
    "attribute",
    "ascribe",
    "play",
    "embody",
    "symbolise",
    "prove",
    "amount",
    "originate",
    "stem",
    "vary",
    "border",
    "total",
];
/// Verbs of effort and of help: while they last they say how things stand.
const EFFORTS: [&str; 27] = [
    "use", "pend", "hold", "work", "try", "look", "seek", "pull", "do", "see", "say", "talk", "help",
    "allow", "make", "get", "take", "give", "bring", "support", "serve", "strive", "focus", "act", "lead",
    "cause", "go",
];
/// Verbs of beginning, going on and ending.
const ASPECTS: [&str; 8] = ["continue", "begin", "start", "resume", "keep", "stop", "cease", "proceed"];
/// Verbs that say a figure.
const FIGURES: [&str; 12] = [
    "total", "number", "amount", "reach", "exceed", "rise", "fall", "stand", "average", "count", "record",
    "comprise",
];

/// What is known of a proposition when its kind is decided.
pub(crate) struct Facts<'f> {
    /// Frames on the chain, outermost first.
    pub frames: Vec<&'f Frame>,
    pub core: usize,
    pub polarity: Polarity,
    pub modality: Modality,
    pub tense: Tense,
    /// Tokens of the claim.
    pub words: std::ops::Range<usize>,
    /// "We will".
    pub is_first_person: bool,
    pub has_number: bool,
    /// In a headline or below a picture, where the present tense tells what happened.
    pub is_caption: bool,
}

/// The first kind that fits, in the order of the rules: pledge, estimate, position, meeting or body, event, quantity,
/// statement.
pub(crate) fn kind(reading: &Reading<'_>, facts: &Facts<'_>) -> ClaimKind {
    let has = |kind: ClaimKind| facts.frames.iter().any(|frame| frame.kind == kind);
    let innermost = facts.frames.last().map(|frame| frame.kind);
    let is_firm = !matches!(facts.modality, Modality::Likely | Modality::Possible | Modality::Expected);
    // "It is time for the North to agree" binds nobody.
    let is_asked = facts.frames.first().is_some_and(|frame| {
        frame.kind == ClaimKind::Position
            && matches!(frame.holds, Some(Modality::Required | Modality::Desired))
    }) && matches!(facts.modality, Modality::Required | Modality::Desired);
    let is_promised = has(ClaimKind::Pledge) && is_firm && !is_asked;
    if is_promised && !is_binding(reading, facts) {
        return ClaimKind::Position;
    }
    if is_promised || is_promise(reading, facts) {
        return ClaimKind::Pledge;
    }
    // "Intends to provide": who plans to help or to yield commits to it.
    let intends = facts
        .frames
        .first()
        .is_some_and(|frame| frame.id == *"intend" && frame.holds == Some(Modality::Planned));
    let yields =
        |frame: &Frame| matches!(frame.category(), Some("AID" | "COOPERATE" | "RETREAT" | "CONCEDE"));
    if intends && facts.frames.len() > 1 && facts.frames.last().is_some_and(|frame| yields(frame)) {
        return ClaimKind::Pledge;
    }
    if has(ClaimKind::Estimate) && facts.has_number || is_duration(reading, facts) {
        return ClaimKind::Estimate;
    }
    if has(ClaimKind::Position) || matches!(facts.modality, Modality::Required | Modality::Desired) {
        return ClaimKind::Position;
    }
    let kind = innermost.filter(|kind| *kind != ClaimKind::Pledge).unwrap_or(ClaimKind::Statement);
    if matches!(kind, ClaimKind::Meeting | ClaimKind::Body) {
        return kind;
    }
    let happens = matches!(
        facts.modality,
        Modality::Actual | Modality::Planned | Modality::Expected | Modality::Alleged | Modality::Likely
    );
    if kind == ClaimKind::Event && happens && !is_standing(reading, facts) {
        return ClaimKind::Event;
    }
    if facts.has_number && is_figure(reading, facts.core) && innermost.is_none() {
        return ClaimKind::Quantity;
    }
    if innermost.is_none() && happens && is_happening(reading, facts) {
        return ClaimKind::Event;
    }
    ClaimKind::Statement
}

/// A commitment to an act binds; one to somebody or something ("our commitment to their security") is an attitude.
fn is_binding(reading: &Reading<'_>, facts: &Facts<'_>) -> bool {
    let tree = &reading.tree;
    let outer = facts.frames.iter().find(|frame| frame.kind == ClaimKind::Pledge);
    if outer.is_none_or(|frame| frame.id != *"commit") || facts.polarity == Polarity::Negative {
        return true;
    }
    // The word that carries the commitment, where it is no verb.
    let carrier = facts.words.clone().find(|at| {
        matches!(tree.lemma(*at), "commitment" | "committed" | "dedication" | "dedicated" | "commit")
            && !matches!(tree.token(*at).fine, Fine::Vb | Fine::Vbz | Fine::Vbp)
    });
    let Some(carrier) = carrier else { return true };
    let to = (carrier + 1..facts.words.end.min(carrier + 6)).find(|at| tree.lemma(*at) == "to");
    to.is_none_or(|to| {
        let next = (to + 1..facts.words.end.min(to + 4)).find(|at| tree.token(*at).tag != Tag::Adv);
        next.is_none_or(|next| matches!(tree.token(next).fine, Fine::Vb | Fine::Vbg | Fine::Vbp))
    })
}

/// "We will send doctors": the speaker commits.
fn is_promise(reading: &Reading<'_>, facts: &Facts<'_>) -> bool {
    let helps = facts.frames.last().is_some_and(|frame| {
        matches!(
            frame.category(),
            Some("AID" | "COOPERATE" | "RETREAT" | "CONCEDE" | "SUPPORT" | "CONSULT" | "AGREE")
        ) || frame.id == *"duty"
    });
    // "We will continue working to", "we will always stand with": an aim or a backing that is promised.
    let backs = facts.frames.iter().all(|frame| {
        matches!(
            frame.id.as_str(),
            "aim" | "support" | "duty" | "monitor" | "cooperate" | "intend" | "progress" | "truce"
        )
    });
    let acts = (facts.frames.is_empty() || backs)
        && reading.tree.child(facts.core, Relation::Cop).is_none()
        && !STATES.contains(&reading.tree.lemma(facts.core))
        && !matches!(reading.tree.lemma(facts.core), "see" | "get" | "take" | "go" | "let" | "say" | "tell");
    (helps || acts)
        && facts.is_first_person
        && facts.modality == Modality::Planned
        && reading.tree.is_verb(facts.core)
}

/// "It will be months before the force is ready", "it could take two years".
fn is_duration(reading: &Reading<'_>, facts: &Facts<'_>) -> bool {
    let tree = &reading.tree;
    let is_unit = |at: usize| {
        matches!(tree.lemma(at), "year" | "month" | "week" | "day" | "decade" | "hour")
            && (tree.token(at).fine == Fine::Nns || tree.child(at, Relation::Nummod).is_some())
    };
    let open = !matches!(facts.modality, Modality::Actual) || facts.tense == Tense::Future;
    let is_wait = |at: usize| {
        at + 1 < tree.analysis.tokens.len() && is_unit(at) && matches!(tree.lemma(at + 1), "before" | "until")
    };
    facts.words.clone().any(is_wait) && open
        || open
            && (is_unit(facts.core) && tree.child(facts.core, Relation::Cop).is_some()
                || matches!(tree.lemma(facts.core), "take" | "last")
                    && tree.children(facts.core).any(is_unit))
}

fn is_figure(reading: &Reading<'_>, core: usize) -> bool {
    let tree = &reading.tree;
    FIGURES.contains(&tree.lemma(core))
        || tree.token(core).tag == Tag::Num
        || tree.child(core, Relation::Nummod).is_some()
        || tree.child(core, Relation::Expl).is_some()
}

/// How things stand: "the law prohibits", "the group is banned", "faces a choice". The simple present tells no event, but in
/// headlines and below pictures.
fn is_standing(reading: &Reading<'_>, facts: &Facts<'_>) -> bool {
    let tree = &reading.tree;
    let core = facts.core;
    if !tree.is_verb(core) {
        return false;
    }
    if matches!(tree.lemma(core), "grapple" | "struggle" | "become" | "ally") {
        return true;
    }
    let helper = |relation| tree.child(core, relation);
    let is_simple = matches!(tree.token(core).fine, Fine::Vbz | Fine::Vbp) && helper(Relation::Aux).is_none();
    let is_state_passive = tree.token(core).fine == Fine::Vbn
        && helper(Relation::AuxPass).is_some_and(|aux| matches!(tree.token(aux).fine, Fine::Vbz | Fine::Vbp))
        && helper(Relation::Aux).is_none();
    !facts.is_caption
        && facts.modality == Modality::Actual
        && facts.tense == Tense::Present
        && !ASPECTS.contains(&tree.lemma(core))
        && (is_simple || is_state_passive)
}

/// A verb of happening: in the past, going on now, or to come; with somebody or something that it happens to. That something
/// did not happen is told of a happening too.
fn is_happening(reading: &Reading<'_>, facts: &Facts<'_>) -> bool {
    let tree = &reading.tree;
    let core = facts.core;
    let lemma = tree.lemma(core);
    if reading.cue_of(core).is_some_and(|cue| cue.is_communication)
        || tree.token(core).tag != Tag::Verb
        || tree.child(core, Relation::Cop).is_some()
        || STATES.contains(&lemma)
    {
        return false;
    }
    let has_subject = |at: usize| tree.child_of(at, &[Relation::Nsubj, Relation::NsubjPass]).is_some();
    let token = tree.token(core);
    let is_going_on = ASPECTS.contains(&tree.lemma(token.head))
        && matches!(token.relation, Relation::Xcomp | Relation::Ccomp)
        && token.head != core;
    let subject = has_subject(core)
        || is_going_on && has_subject(token.head)
        || token.relation == Relation::Conj && token.head != core && has_subject(token.head);
    if !subject {
        return false;
    }
    if facts.tense == Tense::Past && facts.modality == Modality::Actual {
        return true;
    }
    let is_effort = EFFORTS.contains(&lemma);
    let is_progressive =
        token.fine == Fine::Vbg && tree.children_by(core, Relation::Aux).any(|aux| tree.lemma(aux) == "be");
    let subject = tree.child_of(core, &[Relation::Nsubj, Relation::NsubjPass]);
    let is_somebody = subject.is_none_or(|subject| !is_abstract(tree.lemma(subject)));
    let is_to_come = is_somebody
        && matches!(facts.modality, Modality::Planned | Modality::Expected)
        && tree.children_by(core, Relation::Aux).any(|aux| tree.token(aux).fine == Fine::Md);
    let is_now =
        facts.is_caption && facts.modality == Modality::Actual && matches!(token.fine, Fine::Vbz | Fine::Vbp);
    let is_affirmed = facts.polarity == Polarity::Affirmative;
    !is_effort && (is_affirmed && (is_progressive || is_to_come) || is_now)
}

/// Whether a subject is a thing or a notion: what it will do is what it will lead to.
fn is_abstract(lemma: &str) -> bool {
    matches!(lemma.to_lowercase().as_str(), "it" | "this" | "that" | "these" | "those" | "which" | "there")
        || ["ment", "tion", "sion", "ity", "ness", "ance", "ence", "ship", "ing"]
            .iter()
            .any(|end| lemma.len() > end.len() + 2 && lemma.ends_with(end) && !lemma.ends_with("government"))
}

/// How firm a pledge or a participation is; `None` for claims that are neither.
pub(crate) fn commitment(
    kind: ClaimKind,
    issue: Option<&Name>,
    outer: Option<&Frame>,
    polarity: Polarity,
    has_condition: bool,
) -> Option<CommitmentLevel> {
    let is_about = issue.is_some_and(|issue| matches!(issue.as_str(), "participation" | "deployment"));
    let by_frame = outer.and_then(|frame| {
        let always = matches!(frame.id.as_str(), "willing" | "reluctant" | "object");
        frame.commitment.filter(|_| kind == ClaimKind::Pledge || is_about || always)
    });
    let is_negative_word = outer.is_some_and(|frame| frame.is_negative);
    let level = match by_frame {
        Some(level) if is_negative_word => level,
        Some(CommitmentLevel::Willing) if polarity == Polarity::Negative => CommitmentLevel::Reluctant,
        Some(_) if polarity == Polarity::Negative && has_condition => CommitmentLevel::Conditional,
        Some(_) if polarity == Polarity::Negative => CommitmentLevel::None,
        Some(CommitmentLevel::Willing | CommitmentLevel::Considering) if has_condition => {
            CommitmentLevel::Conditional
        }
        Some(level) => level,
        None if kind == ClaimKind::Pledge && polarity == Polarity::Negative => CommitmentLevel::None,
        None if kind == ClaimKind::Pledge => CommitmentLevel::Committed,
        None if is_about && has_condition && kind != ClaimKind::Event => CommitmentLevel::Conditional,
        None => return None,
    };
    Some(level)
}
