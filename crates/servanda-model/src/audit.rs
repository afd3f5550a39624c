//! What does not fit together in published figures (`audit.v1`): arithmetic, never a judgement on who is right.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Bounds, ClaimId, Name, Number, Window};

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AuditGrade {
    /// The figures cannot all hold as they are stated.
    Conflict,
    /// They can, if something is read otherwise, or they stand out.
    Remark,
}

/// A named part of a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Part {
    /// Its name in the case.
    pub name: Name,
    /// The figure.
    pub value: Bounds,
}

/// The arithmetic behind a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "rule")]
pub enum AuditFact {
    /// Parts do not add up to their total.
    Parts {
        /// The parts, in the order of the statement.
        parts: Vec<Part>,
        /// Their sum.
        sum: Bounds,
        /// The total as stated.
        total: Bounds,
    },
    /// Total and rate of one period do not give its length.
    Rate {
        /// The total as stated.
        total: Bounds,
        /// Days of the period.
        n_days: u32,
        /// The rate as stated.
        rate: Bounds,
        /// The rate is for so many days.
        per_days: u32,
        /// What the total gives for so many days.
        implied: Bounds,
        /// A length, one day off, that the two do give.
        fits_days: Option<u32>,
    },
    /// A share in per cent is not that of its two numbers.
    Percentage {
        /// The part.
        part: Bounds,
        /// The whole.
        whole: Bounds,
        /// The share as stated, in per cent.
        percent: Bounds,
        /// The share of the two numbers, in per cent.
        implied: Bounds,
        /// Whether it is the stated one, cut off instead of rounded.
        is_cut_off: bool,
        /// Whether the whole is the statement's own; else it is the promised number of its period.
        is_own_whole: bool,
    },
    /// The whole that a statement names is not the promised number of its period.
    Whole {
        /// The whole as stated.
        whole: Bounds,
        /// Days of the period.
        n_days: u32,
        /// The promise.
        provision: Name,
        /// The promised number by the day.
        agreed_per_day: Number,
        /// The promised number of the period.
        agreed: Number,
        /// The whole by the day.
        implied_per_day: Bounds,
        /// A length, one day off, that gives the stated whole.
        fits_days: Option<u32>,
    },
    /// A share lies outside of 0 to 100 per cent.
    PercentRange {
        /// The share.
        percent: Bounds,
    },
    /// Shares of one whole add up to something else than 100 per cent or their total.
    PercentParts {
        /// The shares.
        parts: Vec<Part>,
        /// Their sum.
        sum: Bounds,
        /// What they should add up to.
        total: Bounds,
    },
    /// A running total is smaller than an earlier one from the same beginning.
    Falls {
        /// Period of the earlier figure.
        earlier: Window,
        /// The earlier figure.
        before: Bounds,
        /// Period of the later figure.
        later: Window,
        /// The later figure.
        after: Bounds,
    },
    /// One period has two figures.
    TwoFigures {
        /// The period.
        window: Window,
        /// One figure.
        one: Bounds,
        /// The other.
        other: Bounds,
        /// Whether one became known after the other, so that it may be a revision.
        is_later: bool,
    },
    /// A part of a period has more than the whole period.
    PartExceeds {
        /// The shorter period.
        inner: Window,
        /// Its figure.
        part: Bounds,
        /// The longer period.
        outer: Window,
        /// Its figure.
        whole: Bounds,
    },
    /// A later running total less an earlier one is not what the counter gives for the time between.
    Between {
        /// The time between.
        window: Window,
        /// The earlier running total.
        before: Bounds,
        /// The later one.
        after: Bounds,
        /// The later less the earlier.
        difference: Bounds,
        /// What the counter gives for the time between.
        told: Bounds,
    },
    /// A rate given for each day does not agree with a total of days within its period.
    RateWithin {
        /// Period of the rate.
        window: Window,
        /// The rate by the day.
        rate: Bounds,
        /// Period of the total.
        inner: Window,
        /// Its days.
        n_days: u32,
        /// The total.
        total: Bounds,
        /// The total by the day.
        implied: Bounds,
    },
    /// A weekday is not that of its date.
    Weekday {
        /// The words of the date.
        words: String,
        /// The weekday named, 1 for Monday to 7 for Sunday.
        said: u8,
        /// The civil day (`YYYY-MM-DD`).
        day: String,
        /// Its weekday.
        is: u8,
    },
    /// A counter gives one kind in several units.
    Units {
        /// The units with the number of figures in each.
        units: Vec<(String, u32)>,
    },
    /// A figure lies far outside of the counter's other figures.
    Outlying {
        /// The period.
        window: Window,
        /// The figure by the day.
        per_day: Number,
        /// The median of all by the day.
        median_per_day: Number,
        /// How many figures there are.
        n_figures: u32,
        /// Robust score, in thousandths: 0.6745 times the distance from the median over the median distance, of ln(1 + x).
        score: Number,
    },
    /// Several claims hand on one figure of one origin.
    Copies {
        /// The origin.
        origin: Name,
        /// The figure.
        figure: Bounds,
        /// How many claims.
        n_claims: u32,
        /// Who published them.
        publishers: Vec<Name>,
    },
    /// A stated length is not that of the period.
    Length {
        /// The length as stated, in days.
        stated: Bounds,
        /// The period.
        window: Window,
        /// Its days.
        n_days: u32,
    },
}

/// Figures that do not fit together, or stand out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AuditFinding {
    /// The rule, with a page in `docs/codes` (`A101`).
    pub code: String,
    /// How much it matters.
    pub grade: AuditGrade,
    /// Who counts, where known; else who says it.
    pub counter: Option<Name>,
    /// The kind, where it is one of the agreement.
    pub kind: Option<Name>,
    /// Unit of the figures.
    pub unit: String,
    /// The reference period of the (first) figure.
    pub window: Option<Window>,
    /// The arithmetic.
    #[serde(flatten)]
    pub fact: AuditFact,
    /// The claims with the words, the one that the finding is about first.
    pub claims: Vec<ClaimId>,
}
