//! What rival counters say of one kind in one window (`counts.v1`): side by side, never added, never averaged.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ClaimId, Conversion, Counter, Instant, Name, Number, Window};

/// Between `low` and `high`, both included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Bounds {
    /// At least so much.
    pub low: Number,
    /// At most so much; `None`: the record gives no upper bound.
    pub high: Option<Number>,
}

impl Bounds {
    /// Whether the record gives one figure and not a range.
    pub fn is_exact(&self) -> bool {
        self.high == Some(self.low)
    }
}

/// What a series is made of; figures of different sorts are never put into one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SeriesBasis {
    /// Totals of reference periods, and running totals.
    Totals,
    /// Rates over reference periods; a total is the rate times the period, if the rate held all through it.
    Rates,
    /// Single occurrences, added up by this program: never more than what was reported one by one.
    Occurrences,
    /// What was still missing at the end of a period; it gives no total.
    Outstanding,
}

/// What became of a statement in its series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "use")]
pub enum StatementUse {
    /// Its period lies in the window.
    Inside,
    /// Its period reaches over an edge of the window: alone it bounds the window's figure by 0 and its own.
    Straddles,
    /// Its period lies outside of the window; it can still bound what is inside, as an earlier running total does.
    Outside,
    /// The same counter gave another figure for the same period later; that one is used.
    Revised {
        /// The later claim.
        by: ClaimId,
    },
    /// It cannot hold together with later figures of the same counter, which are used.
    SetAside,
}

/// One figure of a counter, as stated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CountedStatement {
    /// Claims that give it; several are copies of one figure.
    pub claims: Vec<ClaimId>,
    /// When the first of them became known.
    pub known_at: Instant,
    /// Its reference period; of an occurrence the time in which it was.
    pub window: Window,
    /// The figure; of a rate the rate.
    pub stated: Bounds,
    /// The total over its own period: the figure itself, or rate times days.
    pub total: Bounds,
    /// Days of its period.
    pub n_days: u32,
    /// What became of it.
    #[serde(flatten)]
    pub used: StatementUse,
    /// The total as a share of what was promised for its own period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept_ratio: Option<Bounds>,
}

/// A figure for one period that the same counter changed later; both stay on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Revision {
    /// The period.
    pub window: Window,
    /// The earlier figure ...
    pub before: Bounds,
    /// ... its claim ...
    pub before_claim: ClaimId,
    /// ... and since when it was known.
    pub before_known_at: Instant,
    /// The later figure ...
    pub after: Bounds,
    /// ... its claim ...
    pub after_claim: ClaimId,
    /// ... and since when it is known.
    pub after_known_at: Instant,
}

/// The figure of one civil day or week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CountedCell {
    /// The day or week, as far as it lies in the window asked.
    pub window: Window,
    /// Bounds that the counter's statements give.
    pub value: Bounds,
    /// Whether statements cover all of it.
    pub is_covered: bool,
}

/// The sum of one component in the window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ComponentSum {
    /// Its name; `None`: figures that name no component.
    pub component: Option<Name>,
    /// Its sum over the days that its figures cover, in the window.
    pub total: Bounds,
    /// How many days these are.
    pub n_days_covered: u32,
    /// How many statements.
    pub n_statements: u32,
}

/// A figure in another unit, by a sourced factor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Converted {
    /// The factor with its source.
    pub factor: Conversion,
    /// The total of the covered days in `factor.to`, by the outermost factors.
    pub total: Bounds,
}

/// A promised rate that a kind is measured by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PromisedRate {
    /// The promise.
    pub provision: Name,
    /// Who owes it.
    pub obligors: Vec<Name>,
    /// Whether the number is a least (`true`) or a most.
    pub is_least: bool,
    /// The number ...
    pub amount: Number,
    /// ... in so many days (7 for a week); a rate by the hour is given by the day.
    pub per_days: u32,
    /// Unit that the promise counts.
    pub unit: String,
    /// Since when it binds, from the start of that civil day; `None`: it does not bind yet, and nothing is compared.
    pub since: Option<Instant>,
}

/// What one counter says of one kind in one window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SeriesCount {
    /// Who counts; `None`: single reports of nobody in particular.
    pub counter: Option<Name>,
    /// What the series is made of.
    pub basis: SeriesBasis,
    /// Unit of its figures.
    pub unit: String,
    /// Whose acts it counts, where its statements say so.
    pub actors: Vec<Name>,
    /// Where it counts, where its statements name a place; a part of the area is a series beside the whole.
    pub place: Option<Name>,
    /// The rules in force in the window, oldest first; empty: none is on record.
    pub rules: Vec<Counter>,
    /// Whose information it is in the end.
    pub origins: Vec<Name>,
    /// Other counters of this kind that have an origin in common with it: they corroborate nothing.
    pub same_origin_as: Vec<Name>,
    /// Component that is shown.
    pub component: Option<Name>,
    /// Components of the same counter that are left out of the figures shown.
    pub left_out: Vec<ComponentSum>,
    /// Days of the window.
    pub n_days: u32,
    /// Days of the window that its figures cover.
    pub n_days_covered: u32,
    /// The stretches that they cover.
    pub covered: Vec<Window>,
    /// Total of the covered stretches.
    pub covered_total: Bounds,
    /// Bounds of the total of the whole window.
    pub total: Bounds,
    /// The covered total by the day, to thousandths.
    pub per_day: Option<Bounds>,
    /// The covered total by the week of seven days.
    pub per_week: Option<Bounds>,
    /// What was promised for the covered stretches since the promise binds; one entry for each promised rate, in the
    /// counter's unit. `None`: nothing is compared, because the promise does not bind or no sourced factor leads to the unit.
    pub promised: Vec<Option<Bounds>>,
    /// The covered total as a share of it, from the least to the most that the figures allow; 1 is the promised number.
    pub kept_ratio: Vec<Option<Bounds>>,
    /// The total of the whole window as a share of what was promised for the whole window.
    pub window_ratio: Vec<Option<Bounds>>,
    /// Days or weeks, where asked for.
    pub cells: Vec<CountedCell>,
    /// Its figures, oldest period first; where there are many only those at the edges of the window (`n_statements` has all).
    pub statements: Vec<CountedStatement>,
    /// How many figures touch the window.
    pub n_statements: u32,
    /// Figures that were changed later.
    pub revisions: Vec<Revision>,
    /// The covered total in other units.
    pub converted: Vec<Converted>,
}

/// In what the definitions of counters differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceSort {
    /// Whose acts are counted.
    Actors,
    /// At which step of the way.
    Stage,
    /// What is included and what left out.
    Cargo,
    /// Where.
    Places,
    /// Unit of the figures.
    Unit,
    /// How the counter comes by its figures.
    Verification,
    /// Whose information it is in the end.
    Origin,
    /// Which component.
    Component,
    /// Totals, rates or single occurrences.
    Basis,
    /// Which days the figures cover.
    Days,
}

/// Counters that are alike in one respect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DifferenceGroup {
    /// Key word of what they have in common (`entered`, `own_observation`); empty: not on record.
    pub value: String,
    /// The counters.
    pub counters: Vec<Name>,
}

/// One respect in which the definitions differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DefinitionDifference {
    /// In what.
    pub sort: DifferenceSort,
    /// For [`DifferenceSort::Cargo`]: of which cargo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Name>,
    /// At least two groups.
    pub groups: Vec<DifferenceGroup>,
}

/// Every counter's figures of one kind in one window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct KindCounts {
    /// The kind.
    pub kind: Name,
    /// The window asked.
    pub window: Window,
    /// Promised rates that it is measured by.
    pub promises: Vec<PromisedRate>,
    /// One entry for each counter, unit and basis.
    pub series: Vec<SeriesCount>,
    /// In what their definitions differ.
    pub differences: Vec<DefinitionDifference>,
}
