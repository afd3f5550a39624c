//! Tests of the language layer.

mod laws;
mod tokens;
mod trees;
