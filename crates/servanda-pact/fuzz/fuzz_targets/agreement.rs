//! Any bytes are read without panic; what the formatter writes is stable; JSON is the same tree.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run agreement` in `crates/servanda-pact`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use servanda_pact::{format, from_json, mfotl, parse, parse_agreement, parse_bytes, to_json};

fuzz_target!(|bytes: &[u8]| {
    let (agreement, diagnostics) = parse_agreement(&[("a.pact".to_owned(), bytes.to_vec())]);
    assert!(diagnostics.iter().all(|found| found.hint.is_some()));
    let _ = mfotl(&agreement);
    let (_, file, _) = parse_bytes("a.pact", bytes);
    let text = format(&file);
    let (again, _) = parse("a.pact", &text);
    assert_eq!(format(&again), text);
    let back = from_json(&to_json(&again)).expect("our own JSON reads back");
    assert_eq!(format(&back), text);
});
