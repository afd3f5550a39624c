//! `servanda`: keeps the record of a peace agreement.
//!
//! Invariant: exit code 0 done, 1 the answer is no, 2 could not.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the shell: arguments, environment, terminal"
)]

use std::process::ExitCode;

fn main() -> ExitCode {
    servanda::run(std::env::args_os())
}
