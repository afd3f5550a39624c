//! Check tables at the crate's boundary.
#![allow(
    clippy::disallowed_methods,
    reason = "tests read published tables, pages and seeds from disk; the crate does not"
)]

mod attribution;
mod case_files;
mod coded;
mod codes;
mod counters;
mod dates;
mod documents;
mod feeds;
mod formats;
mod frames;
#[path = "../../fuzz/prose.rs"]
mod fuzz_prose;
#[path = "../../fuzz/target.rs"]
mod fuzz_target;
mod guides;
mod hostile;
mod input;
mod kind_rules;
mod laws;
mod lexicon;
mod names;
mod names_pack;
mod news;
mod normal_laws;
mod presets;
mod privacy;
mod proposals;
mod quantities;
mod reader;
mod real_presets;
mod real_tables;
mod real_totals;
mod show;
mod statements;
mod tallies;
mod tolls;
