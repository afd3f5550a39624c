//! What was learned from the treebank.

use std::sync::OnceLock;

/// Weights and words learned from the treebank.
#[derive(Debug, Default)]
pub struct Model {}

impl Model {
    /// The model that the program carries; decoded once.
    pub fn builtin() -> &'static Model {
        static MODEL: OnceLock<Model> = OnceLock::new();
        MODEL.get_or_init(Model::default)
    }

    /// Whether a word in small letters was seen often enough to be one.
    pub fn is_known(&self, _word: &str) -> bool {
        false
    }
}
