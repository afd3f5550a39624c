//! Check tables at the crate's boundary.

mod case_files;
mod coded;
mod documents;
mod feeds;
mod real_tables;
mod show;
