//! The words for states, badges and levels, in one place; each with its explanation.

use servanda_model::{Badge, EpisodeSort, Level, PivotDoubt, State};

/// Words that no output and no text of the program may hold: they rank parties or serve the choice of whom to strike.
///
/// Held in two halves, so that the list itself does not hold them.
pub const NEVER: [(&str, &str); 6] =
    [("ene", "my"), ("terr", "orist"), ("reg", "ime"), ("tar", "get"), ("vic", "tory"), ("in", "tel")];

/// Whether a text holds one of the words of [`NEVER`], whole or as a plural; the word found.
pub fn forbidden_word(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let is_never = |word: &str| {
        let word = word.strip_suffix("s").unwrap_or(word);
        NEVER.iter().any(|(head, tail)| word.strip_prefix(head) == Some(*tail))
    };
    lower.split(|c: char| !c.is_alphanumeric()).find(|word| is_never(word)).map(str::to_owned)
}

/// What a provision asks for, as far as wording needs to know it.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Something is to be handed over or done.
    #[default]
    Deliver,
    /// Something is not to be done.
    Not,
    /// A rate is to be kept.
    Keep,
    /// Something is to be returned in proportion.
    Match,
    /// A body is to be set up.
    Establish,
    /// Something may be done.
    May,
}

/// A state in words.
pub fn state(state: State, form: Form) -> &'static str {
    match state {
        State::Dormant => "dormant",
        State::Void => "void",
        State::InForce if form == Form::May => "available",
        State::InForce => "in force",
        State::Suspended => "suspended",
        State::Fulfilled if form == Form::May => "used",
        State::Fulfilled => "fulfilled",
        State::Overdue => "overdue",
        State::FulfilledLate => "fulfilled late",
        State::Lapsed => "lapsed",
        State::EndedKept => "ended, kept",
        State::EndedWithBreaches => "ended, with reported breaches",
        State::Waived => "waived",
        State::Terminated => "terminated",
        State::Superseded => "superseded",
    }
}

/// What a state means, for the legend.
pub fn state_meaning(state: State) -> &'static str {
    match state {
        State::Dormant => "its start is not on record yet",
        State::Void => "its start has become impossible, or an exception applies",
        State::InForce => "it binds now; a power is available",
        State::Suspended => "a power of the agreement holds it off",
        State::Fulfilled => "reported as done by the deadline",
        State::Overdue => "the deadline has passed and the record does not show it done",
        State::FulfilledLate => "reported as done after the deadline",
        State::Lapsed => "it ended, and the record does not show it done",
        State::EndedKept => "it ended with no reported breach on record",
        State::EndedWithBreaches => "it ended with reported breaches on record",
        State::Waived => "whoever it is owed to gave it up",
        State::Terminated => "it was terminated under a power of the agreement",
        State::Superseded => "a later instrument took the place of its own",
    }
}

/// All states, in the order in which summaries list them.
pub const STATES: [State; 13] = [
    State::Overdue,
    State::FulfilledLate,
    State::Fulfilled,
    State::InForce,
    State::Suspended,
    State::Dormant,
    State::Lapsed,
    State::EndedKept,
    State::EndedWithBreaches,
    State::Waived,
    State::Terminated,
    State::Superseded,
    State::Void,
];

/// A badge in words.
pub fn badge(badge: &Badge) -> &'static str {
    match badge {
        Badge::Contested => "contested",
        Badge::AwaitingReports => "awaiting reports",
        Badge::RestsOnAssumption => "rests on an assumption",
        Badge::DependsOnReading => "depends on a reading",
        Badge::DueSoon => "due soon",
        Badge::AtRisk => "at risk",
        Badge::ReportedBreach => "reported breach",
        Badge::RuledBreach => "breach (by a ruling)",
        Badge::Projection => "projection",
        Badge::NoDeadline => "no deadline",
    }
}

/// What a badge means, for the legend.
pub fn badge_meaning(badge: &Badge) -> &'static str {
    match badge {
        Badge::Contested => "sources differ, and the difference decides; both outcomes are shown",
        Badge::AwaitingReports => "those who report on it have not reported this far; silence is no evidence",
        Badge::RestsOnAssumption => "the text sets no date, and the authors of the case assume one",
        Badge::DependsOnReading => "another reading of the text gives another state",
        Badge::DueSoon => "the deadline is near",
        Badge::AtRisk => "at the present pace the deadline or rate is missed",
        Badge::ReportedBreach => "somebody reports what would be a breach; the program does not judge",
        Badge::RuledBreach => "a named person ruled so; see the tree",
        Badge::Projection => "the date asked lies after the last thing known",
        Badge::NoDeadline => "the text sets no date, so it is never overdue",
    }
}

/// A stable word for style sheets and programs (`awaiting-reports`).
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// A level in words.
pub fn level(level: Level) -> &'static str {
    match level {
        Level::NotInitiated => "not begun",
        Level::Minimal => "minimal: at the present pace it is missed",
        Level::Intermediate => "intermediate: at the present pace it is met",
        Level::Full => "full",
    }
}

/// What is in doubt, in words.
pub fn doubt(doubt: PivotDoubt) -> &'static str {
    match doubt {
        PivotDoubt::Existence => "whether it occurred",
        PivotDoubt::Quantity => "how much",
        PivotDoubt::Time => "when",
    }
}

/// What an episode is, in words.
pub fn episode(sort: EpisodeSort) -> &'static str {
    match sort {
        EpisodeSort::Incident => "reported act",
        EpisodeSort::Window => "short by the figures on record",
        EpisodeSort::Windows => "short by this count; which ones is not on record",
        EpisodeSort::Balance => "behind what was due",
        EpisodeSort::Overdue => "past the deadline",
    }
}
