//! Alerts: on which days, at which places, did what is reported leave the band expected from before?
//!
//! Invariant: an alert is about reports, not about truth: it says who counted, and what else changed in reporting.
//! Invariant: a day without any report is not a day with zero occurrences.
//! Invariant: every rule says how often it alarms while nothing changes, found by running it on quiet series.
//! Invariant: the same view, options and seed give the same findings on every machine.

mod band;
mod calibrate;
mod chance;
mod clusters;
mod cusum;
mod ears;
mod effort;
mod extract;
mod law;
mod normal;
mod online;
mod pelt;
mod question;
pub mod run_length;
mod scan;
mod series;
mod tail;
mod watch;

pub use band::{Baseline, normal_scores, rarity};
pub use calibrate::{Budget, Limit, by_runs, by_scores, quiet_series};
pub use chance::Chance;
pub use cusum::{Signal, as_poisson, steps, two_sided, upper};
pub use ears::{Ears, EarsOptions, ears};
pub use law::{Law, by_likelihood, by_moments, quiet};
pub use online::{Online, OnlineOptions, online};
pub use pelt::{Cost, changes, total_cost};
pub use question::{Coverage, Question, ScanQuestion, alerts};
pub use scan::{Case, Cluster, ScanOptions, Spot, scan};
pub use series::{Report, daily, n_days, runs};
pub use watch::{Alarm, Change, Rule, RuleUse, WatchOptions, Watched, watch};
