//! What is said to happen, to be so, to be wanted or promised?
//!
//! The lexicon finds frames in the text ([`hits`]); the tree gives the clauses and how they hang from one another; from both
//! come the [`propositions`]: what becomes a claim of its own, in which words, with whom in which part.
//!
//! Invariant: the wording alone decides; swapping the names of two parties swaps their roles and changes nothing else.

mod action;
mod clause;
mod duty;
mod hits;
mod issue;
mod kind;
mod lexicon;
mod lexicon_file;
mod mend;
mod nominal;
mod pair;
mod propose;
mod reading;
mod roles;
mod sort;
mod span;
mod tree;

pub use hits::{Hit, hits};
pub use lexicon::{Carrier, Frame, Lexicon};
pub use pair::{Coded, between};
pub use propose::propositions;

pub(crate) use hits::Numbered;
pub(crate) use tree::Tree;
