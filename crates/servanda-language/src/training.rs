//! What `cargo xtask train` needs of the reader: features, states and the form of the model file.
//!
//! Invariant: training uses the very functions that reading uses; nothing is written twice.

pub use crate::hash::Hash;
pub use crate::lemmas::{Edit, Lemmas, ends};
pub use crate::look::{Look, word_hash};
pub use crate::model::Parts;
pub use crate::parser::features::{Seen, of_action, of_arc, of_relation};
pub use crate::parser::only;
pub use crate::parser::state::{Action, NONE, State};
pub use crate::table::{MAX_LABELS, Row, Table};
pub use crate::tagger::{BEFORE, TagNumber, features as of_tag};

/// Tags of a sentence by a table.
pub fn tag(table: &Table, looks: &[Look]) -> Vec<TagNumber> {
    crate::tagger::tag(table, looks, &mut Vec::new())
}

/// Forms of the tokens of a text, by sentence.
pub fn forms(text: &str) -> Vec<Vec<String>> {
    crate::analyse::forms(text)
}
