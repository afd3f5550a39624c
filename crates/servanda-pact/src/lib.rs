//! The agreement language (`.pact`): parse, check, format, canonical JSON, export to MFOTL.

mod agreement;

pub use agreement::*;
