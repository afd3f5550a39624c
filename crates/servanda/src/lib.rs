//! The command line: disk, clock, arguments, exit codes.
//!
//! Invariant: opening a case reads, never writes. `new`, `add`, `retract`, `rule`, `import`, `keys new` write, and say what.
//! Invariant: nothing on record is ever overwritten; a file of the case is never replaced by a different one.
//! Invariant: everything that is printed is worded in `servanda-render`; here are only errors and their hints.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the one crate that touches disk, clock, environment and randomness"
)]

mod args;
mod case;
pub mod codes;
mod commands;
mod compile;
mod error;
mod explain;
mod lexicon;
mod model;
mod moments;
mod out;
mod question;
mod reading;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

pub use compile::compile_case;
pub use error::{CommandError, ErrorKind};

/// What a command found: done, or the answer is no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Done; exit code 0.
    Yes,
    /// Done, and the answer is no; exit code 1.
    No,
}

/// Runs the program with its arguments, the first of which is its own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let parsed = match args::Servanda::try_parse_from(arguments) {
        Ok(parsed) => parsed,
        Err(error) => {
            let is_help = !error.use_stderr();
            let _ = error.print();
            return ExitCode::from(if is_help { 0 } else { 2 });
        }
    };
    let console = out::Console::new(parsed.common.color, parsed.common.quiet);
    match commands::run(&parsed, &console) {
        Ok(Answer::Yes) => ExitCode::SUCCESS,
        Ok(Answer::No) => ExitCode::from(1),
        Err(error) if error.kind == ErrorKind::Closed => ExitCode::SUCCESS,
        Err(error) => {
            console.error(&error);
            ExitCode::from(2)
        }
    }
}

/// Every JSON schema, with the name of its file in `schemas/`.
pub fn schemas() -> Vec<(&'static str, serde_json::Value)> {
    let mut schemas = servanda_render::schemas();
    if let Ok(pact) = serde_json::from_str(&servanda_pact::json_schema()) {
        schemas.push(("pact.v1.json", pact));
    }
    schemas
}
