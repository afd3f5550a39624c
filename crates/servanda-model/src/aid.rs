//! Aid on its way, according to whom (`aid.v1`): stages, stocks, energy, estimates.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Bounds, Conversion, Name, Number, SeriesCount, Window};

/// How far a consignment has come.
///
/// # Source
/// Stages as humanitarian monitoring mechanisms publish them: manifested and cleared, offloaded at the perimeter, collected
/// inside, arrived at the planned destination or intercepted on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Permitted to go.
    Cleared,
    /// Unloaded at a crossing or its perimeter.
    Offloaded,
    /// Taken over from there for transport.
    Collected,
    /// At its destination.
    Arrived,
    /// Taken from the transport on the way.
    Intercepted,
    /// Sent back.
    Returned,
    /// What became of it is not established: a value, not a gap.
    Unknown,
}

impl Stage {
    /// Every stage with its word in case files.
    pub const WORDS: [(&'static str, Stage); 7] = [
        ("cleared", Stage::Cleared),
        ("offloaded", Stage::Offloaded),
        ("collected", Stage::Collected),
        ("arrived", Stage::Arrived),
        ("intercepted", Stage::Intercepted),
        ("returned", Stage::Returned),
        ("unknown", Stage::Unknown),
    ];

    /// The stage of a word; `None` where it names none.
    pub fn of_word(word: &str) -> Option<Stage> {
        Stage::WORDS.into_iter().find(|(known, _)| *known == word).map(|(_, stage)| stage)
    }
}

/// Who intercepted, as far as it is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InterceptedBy {
    /// People along the way, peacefully or by force.
    People,
    /// Armed actors.
    Armed,
    /// It is not stated.
    Unspecified,
}

/// Which figures are about which stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StageRule {
    /// The stage.
    pub stage: Stage,
    /// For [`Stage::Intercepted`]: by whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<InterceptedBy>,
    /// Kind of the agreement.
    pub kind: Name,
    /// Only figures of this counter; `None`: of any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counter: Option<Name>,
}

/// A number with its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SourcedNumber {
    /// At least.
    pub low: Number,
    /// Best.
    pub best: Number,
    /// At most.
    pub high: Number,
    /// Where it is published.
    pub source: String,
    /// When it may be used, and when not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// What a case says of aid (`aid.toml`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AidPlan {
    /// Which figures are about which stage.
    pub stages: Vec<StageRule>,
    /// Kinds whose figures hold food, wholly or in the share that a factor gives; for others no energy is worked out.
    pub food: Vec<Name>,
    /// How many people the aid is for.
    pub population: Option<SourcedNumber>,
    /// Kilocalories that a person needs in a day.
    pub need: Option<SourcedNumber>,
}

/// Kilocalories for each person and day, by sourced factors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EnergyPerPerson {
    /// From the least to the most that figures and factors allow; no confidence interval.
    pub kcal: Bounds,
    /// With the best factors throughout, where the figure is exact.
    pub best: Option<Number>,
    /// As a share of the need, where one is given; 1 is the need.
    pub need_ratio: Option<Bounds>,
    /// The factors from the figure's unit to kilocalories, in order.
    pub factors: Vec<Conversion>,
}

/// What one counter says of one stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AidRow {
    /// The stage; `None`: nothing says which one the figures are about.
    pub stage: Option<Stage>,
    /// By whom it was intercepted.
    pub by: Option<InterceptedBy>,
    /// Kind of the agreement.
    pub kind: Name,
    /// The counter's figures, as `counts` gives them.
    pub series: SeriesCount,
    /// What they come to for each person and day.
    pub energy: Option<EnergyPerPerson>,
}

/// Whether what left a stage is more than what had reached it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Conservation {
    /// No more left than came, whatever bounds hold.
    Holds,
    /// It depends on which bounds hold.
    Open,
    /// More left than came, whatever bounds hold: a conflict of data, or a stock from before the stretch.
    Negative,
}

/// Arrivals at a stage against departures from it, by one counter over one stretch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConservationCheck {
    /// Who counts.
    pub counter: Name,
    /// Unit of the figures.
    pub unit: String,
    /// The stage.
    pub stage: Stage,
    /// Later stages whose figures are set against it.
    pub next: Vec<Stage>,
    /// Stretches that figures of all these stages cover.
    pub windows: Vec<Window>,
    /// What reached the stage.
    pub reached: Bounds,
    /// What left it.
    pub left: Bounds,
    /// What must have stayed at least (negative: missing), and at most; `None`: no upper bound.
    pub stock_low: Option<Number>,
    /// See `stock_low`.
    pub stock_high: Option<Number>,
    /// How it stands.
    pub state: Conservation,
    /// What stayed, in days of what left: how long it would last at that pace.
    pub stock_days: Option<Bounds>,
    /// Claims on what reached the stage (at most 5).
    pub reached_claims: Vec<crate::ClaimId>,
    /// Claims on what left it (at most 5).
    pub left_claims: Vec<crate::ClaimId>,
}

/// One recent period, reported so far and completed by the pace at which late reports arrived before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EstimatedPeriod {
    /// The period.
    pub window: Window,
    /// On record.
    pub reported: Number,
    /// Estimate of what will be on record in the end; an estimate of this program and of nobody else.
    pub estimate: Number,
    /// Its standard error (Mack 1993); `None` where too few periods bear it.
    pub standard_error: Option<Number>,
}

/// Completion of late reports of one counter at one stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EstimatedSeries {
    /// Who lists; `None`: single reports of nobody in particular.
    pub counter: Option<Name>,
    /// Kind of the agreement.
    pub kind: Name,
    /// Unit.
    pub unit: String,
    /// Days in a period.
    pub period_days: u32,
    /// Periods that reports are still missing for, oldest first.
    pub periods: Vec<EstimatedPeriod>,
    /// Periods that the pace was learnt from.
    pub n_periods: u32,
    /// Why nothing is estimated, in one of the words of the method's page; `None`: something is.
    pub withheld: Option<Withheld>,
}

/// Why no estimate is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Withheld {
    /// Too few periods are on record to learn from.
    TooFewPeriods,
    /// The record does not say how late reports came.
    NoDelay,
}

/// Aid in a window, by counter and stage; nothing is added across counters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AidFinding {
    /// The window asked.
    pub window: Window,
    /// By stage, then kind, then counter.
    pub rows: Vec<AidRow>,
    /// Conservation at each stage, by counter.
    pub checks: Vec<ConservationCheck>,
    /// Completed recent periods.
    pub estimates: Vec<EstimatedSeries>,
    /// How many people the aid is for.
    pub population: Option<SourcedNumber>,
    /// Kilocalories that a person needs in a day.
    pub need: Option<SourcedNumber>,
}
