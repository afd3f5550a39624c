//! English text becomes tokens, sentences, tags, lemmas and parses: what the reader's rules stand on.
//!
//! Invariant: this crate is pure and knows no other crate of the house. A text and a model go in, an [`Analysis`] comes
//! out; the same bytes give the same analysis on every platform (weights are integers).
//! Invariant: tokens lie in order, do not overlap, and cut no character; every token belongs to one sentence.
//! Invariant: nothing here decides what a text says. Rules above must not rely on the tree alone.

mod analyse;
mod analysis;
mod code;
mod english;
mod filter;
mod hash;
mod labels;
mod lemmas;
mod look;
mod model;
mod parser;
mod repair;
mod sentences;
mod shapes;
mod table;
mod tagger;
mod tokens;
pub mod training;

pub use analyse::{analyse, analyse_given};
pub use analysis::{Analysis, Sentence, Token};
pub use code::Damaged;
pub use labels::{Fine, Relation, Tag};
pub use model::Model;
pub use sentences::MAX_TOKENS;
