//! Findings of the status question.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ClaimId, Instant, Name, Number, When, Why, Window};

/// State of one instance of a provision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Its start condition has not been met.
    Dormant,
    /// Its start has become impossible, or an `unless` excused it.
    Void,
    /// It binds.
    InForce,
    /// A power holds it off.
    Suspended,
    /// Its target was met by the deadline.
    Fulfilled,
    /// Its deadline passed and its target is not met on record.
    Overdue,
    /// Its target was met after the deadline.
    FulfilledLate,
    /// A delivery that ended unmet.
    Lapsed,
    /// A standing promise that ended without a breach on record.
    EndedKept,
    /// A standing promise that ended with breaches on record.
    EndedWithBreaches,
    /// The beneficiary waived it.
    Waived,
    /// It was terminated under a power.
    Terminated,
    /// Its instrument was superseded.
    Superseded,
}

/// Implementation level, 0 to 3.
///
/// # Source
/// Peace Accords Matrix (Kroc Institute): 0 not initiated, 1 minimal, 2 intermediate, 3 full.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(into = "u8", try_from = "u8")]
pub enum Level {
    /// 0: not begun.
    NotInitiated,
    /// 1: at the present pace it misses the deadline or rate.
    Minimal,
    /// 2: at the present pace it meets the deadline or rate.
    Intermediate,
    /// 3: full.
    Full,
}

impl From<Level> for u8 {
    fn from(level: Level) -> u8 {
        level as u8
    }
}

impl TryFrom<u8> for Level {
    type Error = String;
    fn try_from(n: u8) -> Result<Level, String> {
        [Level::NotInitiated, Level::Minimal, Level::Intermediate, Level::Full]
            .get(usize::from(n))
            .copied()
            .ok_or_else(|| format!("level {n} is not between 0 and 3"))
    }
}

/// A value for each of the four views.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Views<T> {
    /// Everything uncertain falls against the obligor.
    pub worst: T,
    /// Everything uncertain falls for the obligor.
    pub best: T,
    /// Verified evidence only.
    pub verified: T,
    /// All that is not refuted.
    pub reported: T,
}

impl<T: PartialEq> Views<T> {
    /// Whether the record decides: worst equals best.
    pub fn is_settled(&self) -> bool {
        self.worst == self.best
    }
}

/// What qualifies a state.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "badge")]
pub enum Badge {
    /// Worst and best differ.
    Contested,
    /// The watch has not reported as far as the deadline, window or date asked.
    AwaitingReports,
    /// A deadline or start is the case authors' assumption.
    RestsOnAssumption,
    /// Another reading of a clause gives another state.
    DependsOnReading,
    /// The deadline is near.
    DueSoon,
    /// At the present pace the deadline or rate is missed.
    AtRisk,
    /// A breach is reported.
    ReportedBreach,
    /// A person ruled that it was breached.
    RuledBreach,
    /// The date asked lies after what was recorded.
    Projection,
    /// No deadline: it can never be overdue.
    NoDeadline,
}

/// How far one target has been met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Progress {
    /// Kind of the agreement.
    pub kind: Name,
    /// Unit of the kind.
    pub unit: String,
    /// Counted in the worst view.
    pub low: Number,
    /// Counted in the best view.
    pub high: Number,
    /// Counted in the reported view.
    pub reported: Number,
    /// Asked for.
    pub target: Number,
}

/// A stretch in which a standing promise was not kept, as reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Episode {
    /// First instant.
    pub from: Instant,
    /// Last instant, `None` while it lasts.
    pub to: Option<Instant>,
    /// What it is: `incident`, `window` (missed), `windows` (so many of several), `balance` (behind), `overdue`.
    pub sort: EpisodeSort,
    /// How far short, or how much too much; incidents: the toll or number.
    pub extent: Option<Number>,
    /// For `windows`: at least so many of this many.
    pub n_of: Option<(u32, u32)>,
    /// Whether it stands in the worst view, the best view, or both.
    pub settled: bool,
    /// Claims that it rests on (at most 20 are listed; `n_claims` has them all).
    pub claims: Vec<ClaimId>,
    /// How many claims it rests on.
    pub n_claims: usize,
}

/// What an episode is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EpisodeSort {
    /// A prohibited act.
    Incident,
    /// One window in which the agreed rate was missed.
    Window,
    /// So many of several windows, which ones is not on record.
    Windows,
    /// A running balance behind what was due.
    Balance,
    /// A delivery past its deadline.
    Overdue,
}

/// Running balance of a `match` promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Balance {
    /// What the other side delivered, in the kind of the burden.
    pub burden: Views<Number>,
    /// What was due for it.
    pub due: Views<Number>,
    /// What was returned.
    pub returned: Views<Number>,
}

/// How many civil windows of a `keep` promise were met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct WindowTally {
    /// Met whatever is believed.
    pub met: u32,
    /// Missed whatever is believed.
    pub missed: u32,
    /// Met or missed, depending on what is believed.
    pub undecided: u32,
    /// Without reports: neither met nor missed.
    pub no_data: u32,
}

/// One counter's series for a `keep` promise: never added to another's, never averaged with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CounterSeries {
    /// Who counts; `None`: single occurrences on record.
    pub counter: Option<Name>,
    /// Stretch that its figures cover.
    pub covered: Window,
    /// Sum over that stretch.
    pub low: Number,
    /// Upper bound of the sum; [`Number::MAX`] where a statement gives none.
    pub high: Number,
    /// The promise over the same stretch, in whole days' worth.
    pub promised: Number,
    /// Whether the promise is an upper bound.
    #[serde(default)]
    pub at_most: bool,
    /// Windows by this counter alone.
    pub windows: WindowTally,
    /// Claims of the series (at most 20 listed).
    pub claims: Vec<ClaimId>,
}

/// Claims whose acceptance flips the verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Pivot {
    /// The claims, about one incident.
    pub claims: Vec<ClaimId>,
    /// The state if they are accepted, or taken at their bound for the obligor.
    pub accepted: State,
    /// The state if they are not, or taken at their bound against the obligor.
    pub rejected: State,
    /// What is in doubt: `existence`, `quantity`, `time`.
    pub doubt: PivotDoubt,
}

/// What is in doubt about a pivot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PivotDoubt {
    /// Whether it occurred.
    Existence,
    /// How much.
    Quantity,
    /// When.
    Time,
}

/// What the record says of one instance of one provision (`status.v1`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// The provision.
    pub provision: Name,
    /// Its title or point in the text.
    pub title: String,
    /// The instrument that holds it.
    pub instrument: Name,
    /// Who owes.
    pub obligor: Name,
    /// To whom, where stated.
    pub beneficiary: Option<Name>,
    /// Reading followed, where it is not the text as written.
    pub reading: Option<String>,
    /// For `whenever`: the occurrence that started this instance.
    pub occurrence: Option<When>,
    /// For `whenever`: how many instances there are, and how many are in each state (reported view).
    pub tally: Vec<(State, u32)>,
    /// State per view; the reported one is the headline.
    pub state: Views<State>,
    /// Whether it was in breach at any time up to the date asked, per view; a report, never a ruling.
    pub breach: Views<bool>,
    /// Implementation level; `None` where no level applies (dormant, void, prohibitions without an end).
    pub level: Option<Level>,
    /// The pace rule in figures, printed with the level.
    pub pace: Option<String>,
    /// Progress per target.
    pub progress: Vec<Progress>,
    /// When it started.
    pub start: Option<When>,
    /// When it is due.
    pub deadline: Option<When>,
    /// When it was done.
    pub done: Option<When>,
    /// What qualifies the state.
    pub badges: Vec<Badge>,
    /// Breach episodes, oldest first; at most 24, the latest ones.
    pub episodes: Vec<Episode>,
    /// How many episodes there are in all, per view.
    pub n_episodes: Views<u32>,
    /// Running balance (`match`).
    pub balance: Option<Balance>,
    /// Windows (`keep`).
    pub windows: Option<WindowTally>,
    /// Rival counts (`keep`, `deliver`).
    pub counters: Vec<CounterSeries>,
    /// What makes the difference where the state is contested.
    pub pivots: Vec<Pivot>,
    /// States under the other readings.
    pub other_readings: Vec<(String, State)>,
    /// The tree behind it, where asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
}
