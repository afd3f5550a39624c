//! Incidents: which reports of different sources are about one occurrence, and why.
//!
//! [`Matcher`] compares records of different sources within range and window of each other, weighs them by a model fitted
//! to the records themselves, lays at most one record of each source to an occurrence, and keeps all that current record
//! by record. Formulas and sources: `docs/methods/incidents.md`.
//!
//! Invariant: no truth is found here and no vote is taken. What is computed is whether two reports speak of one thing.

mod assign;
mod compare;
mod fit;
#[doc(hidden)]
pub mod generator;
mod geo;
mod grid;
mod matcher;
mod record;
mod settle;
mod solve;
mod weights;

pub use compare::{Comparison, FIELDS, Field};
pub(crate) use geo::great_circle_km;
pub use geo::{DEGREE_KM, distance_km};
pub use matcher::{Matcher, Work};
pub use record::{Record, Toll};
pub use solve::Bond;
pub use weights::{Parameters, Reason};

/// How far apart two reports of one occurrence can be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Kilometres between the positions, besides how far off each may be. Default: 5.
    pub range_km: f64,
    /// Days between the dates, besides how vague each is. Default: 2.
    pub window_days: i64,
}

impl Default for Options {
    fn default() -> Options {
        Options { range_km: 5.0, window_days: 2 }
    }
}

/// Two records that were weighed against each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// The smaller key.
    pub a: u128,
    /// The larger key.
    pub b: u128,
    /// Probability that both are about one occurrence, 0 to 1, under the model.
    pub posterior: f64,
    /// Log odds of the pair by itself, before its records' other candidates were weighed.
    pub log_odds: f64,
    /// Whether both are of one cluster.
    pub linked: bool,
    /// What a person or the analyst's name says, where they do.
    pub bond: Option<Bond>,
}
