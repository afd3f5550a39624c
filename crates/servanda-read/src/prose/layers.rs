//! What the rules find in a text, layer by layer; a claim is put together from these.

use std::ops::Range;

use servanda_model::{
    ActorKind, ClaimKind, CommitmentLevel, ConditionSort, DateBasis, Modality, Name, Number, Polarity,
    QuoteType, Span, Tense,
};

/// Who is meant by some words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// An actor that the case (or the pack of names) declares.
    Known(Name),
    /// Someone whom nothing declares, by the words of a noun phrase without article and without the name of a private
    /// person ("aid agencies", "a party's official", "local commander"). Never the name of a person.
    Described {
        /// The words.
        words: String,
        /// What sort of actor it is, as far as the words tell.
        kind: ActorKind,
        /// The declared actor that the words say it belongs to ("Northern officials": the North).
        of: Option<Name>,
    },
    /// A person of whom only a name is given: nothing of it is kept.
    Private,
    /// A pronoun or "the group" that could not be resolved.
    Unresolved,
}

/// How some words point to someone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionSort {
    /// A name or alias.
    Name,
    /// An office, with or without its holder.
    Office,
    /// A demonym or adjective ("Northern").
    Demonym,
    /// A capital or seat for its government.
    Metonym,
    /// A noun phrase.
    NounPhrase,
    /// A pronoun.
    Pronoun,
}

/// Words that point to an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Bytes in the text.
    pub span: Span,
    /// Tokens of the analysis.
    pub tokens: Range<usize>,
    /// Token that carries the noun phrase.
    pub head: usize,
    /// Who is meant.
    pub who: Who,
    /// How the words point.
    pub sort: MentionSort,
    /// Rule that found it.
    pub rule: &'static str,
}

/// Someone is said to say something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Utterance {
    /// Words that name the source, as the marked corpora do (with titles and appositions); `None` where it is unstated
    /// (agentless passive) or only the quotation marks speak.
    pub source: Option<Span>,
    /// Token that carries the source.
    pub source_head: Option<usize>,
    /// The word or words that say that it is said.
    pub cue: Option<Span>,
    /// What is said; several spans where the cue interrupts it. Within quotation marks: without the marks.
    pub content: Vec<Span>,
    /// How it is quoted.
    pub quote_type: QuoteType,
    /// The utterance within whose content this one stands, as an index into the same list.
    pub parent: Option<usize>,
    /// Whether the cue is a communication cue ("said", "have expressed") rather than a bare attitude ("wants").
    pub is_communication: bool,
    /// How far the cue vouches for the content: `Alleged` for "claimed", "alleged", "reportedly"; `Expected` for
    /// "expects"; `Actual` else.
    pub modality: Modality,
    /// Rule that found it.
    pub rule: &'static str,
}

/// Who plays which part in what is said to happen: tokens that carry the noun phrases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    /// Who acts; coordinated actors one by one. Of a passive: the agent.
    pub actors: Vec<usize>,
    /// Who is acted upon, or receives.
    pub targets: Vec<usize>,
    /// What is given, moved, asked, wanted.
    pub objects: Vec<usize>,
    /// Where.
    pub places: Vec<usize>,
}

/// A condition on what is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConditionFound {
    /// Sort of condition.
    pub sort: ConditionSort,
    /// Its words, with the conjunction left out.
    pub span: Span,
}

/// One thing that is said to happen, to be so, to be wanted or promised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposition {
    /// Token that carries it: a verb, or a noun of an event ("the withdrawal of ...").
    pub predicate: usize,
    /// The smallest full clause.
    pub span: Span,
    /// Frame of the lexicon, by its id; `None` where no frame fits.
    pub frame: Option<Name>,
    /// What sort of claim it makes.
    pub kind: ClaimKind,
    /// Category of the PLOVER manual, with mode (`ASSAULT-aerial`).
    pub plover: Option<String>,
    /// Short verb phrase in the affirmative: lemma of the verb with its particles and its object's head.
    pub action: String,
    /// Issue, from the lexicon.
    pub issue: Option<Name>,
    /// Who plays which part.
    pub roles: Roles,
    /// Whether the wording affirms or denies, lexical negation included.
    pub polarity: Polarity,
    /// How the wording holds it.
    pub modality: Modality,
    /// Grammatical time.
    pub tense: Tense,
    /// Condition on it.
    pub condition: Option<ConditionFound>,
    /// How firm a participation or pledge is.
    pub commitment_level: Option<CommitmentLevel>,
    /// The proposition within which this one stands (an attitude to it), as an index into the same list.
    pub parent: Option<usize>,
    /// Rules that decided, in order: `frame:attack`, `polarity:failed-to`.
    pub rules: Vec<String>,
}

/// A civil day: year, month, day of the proleptic Gregorian calendar.
pub type Calendar = jiff::civil::Date;

/// Words that say when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateFound {
    /// Bytes in the text.
    pub span: Span,
    /// First day, where the words and the day of publication tell it.
    pub start: Option<Calendar>,
    /// Last day.
    pub end: Option<Calendar>,
    /// How the days were found; `None` where a day of publication would be needed.
    pub basis: DateBasis,
    /// Seconds of the day between which it is, where the words say a time; the later may lie on the day after.
    pub seconds: Option<(u32, u32)>,
    /// Grain of the words: `time` (some part of a day), `day`, `week`, `month`, `quarter`, `season`, `year`, `decade`,
    /// `century`, `range` (an own beginning and end), `open` (an end is missing or filled by the day of publication).
    pub granularity: &'static str,
    /// Rule that read it.
    pub rule: &'static str,
}

/// Words that say how much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuantityFound {
    /// Bytes of number, bounds and unit in the text ("at least six Palestinians", "62,000 tonnes a month").
    pub span: Span,
    /// Bytes of the number alone ("six").
    pub number: Span,
    /// Smallest amount that the words allow ("at least six": 6; "more than two dozen": 25).
    pub low: Option<Number>,
    /// The amount itself, where the words give one.
    pub best: Option<Number>,
    /// Largest amount ("up to 40": 40).
    pub high: Option<Number>,
    /// Whether the words call it approximate.
    pub approx: bool,
    /// What is counted or measured, one word in the singular (`person`, `truck`, `tonne`, `km`, `percent`, `usd`); the
    /// lemma of the noun where no unit is known; empty where nothing stands beside the number.
    pub unit: String,
    /// Bytes of the noun phrase that is counted ("ceasefire violations"), where it is no unit of measure.
    pub noun: Option<Span>,
    /// Time in which it is so, for rates: `hour`, `day`, `week`, `month`, `year`.
    pub per: Option<&'static str>,
    /// `count`, `measure`, `money`, `percent`, `share` (a fraction of what is counted), `duration`, `age`, `ordinal`,
    /// `year`, `rank` (the number is part of a name: "Resolution 12").
    pub sort: &'static str,
    /// What befell the people whom it counts, where the words say so: [`servanda_model::roles::KILLED`] or `INJURED`.
    pub role: Option<&'static str>,
    /// Whether it is a running total ("the toll rose to 31").
    pub is_total: bool,
    /// Whether it is a part of the figure before it ("ten people, including two children").
    pub is_part: bool,
    /// Rule that read it.
    pub rule: &'static str,
}
