//! Prose becomes claims: what does a document say, who says so, of whom, when, how much, and how firmly?
//!
//! The way: [`Prose`] (the text that is read, with the way back into the original) is analysed by the language layer;
//! over it lie [`Mention`]s (who), [`Utterance`]s (who says what), [`Proposition`]s (what is said to happen), dates,
//! quantities and places; from them claims are put together. Every layer keeps its words and names its rule.

pub mod attribution;
mod compose;
pub mod dates;
mod factuality;
pub mod frames;
mod kind_rules;
mod layers;
mod lean;
pub mod names;
pub mod quantities;
mod ratio;
mod reader;
mod scan;
pub mod tallies;
mod text;

pub use compose::ReadClaim;
pub use kind_rules::{KindRule, KindRules, kind_rules};
pub use layers::{
    Calendar, ConditionFound, DateFound, Mention, MentionSort, Proposition, QuantityFound, Roles, Utterance,
    Who,
};
pub use reader::{Reader, Reading};
pub use tallies::Tally;
pub use text::{Block, BlockRole, Prose};
