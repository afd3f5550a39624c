//! Check tables at the crate's boundary.

mod case_files;
mod coded;
mod documents;
mod show;
