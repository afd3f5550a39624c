//! Bundles from anybody: never a panic; a bundle without a message is byte for byte what its contents encode to.
#![no_main]

use libfuzzer_sys::fuzz_target;
use servanda_ledger::{Chains, KnownBy, decode_bundle, encode_bundle};

fuzz_target!(|bytes: &[u8]| {
    let (bundle, diagnostics) = decode_bundle(bytes);
    if diagnostics.is_empty() {
        assert_eq!(encode_bundle(&bundle), bytes);
    }
    let mut chains = Chains::default();
    chains.merge(bundle.records);
    let _ = chains.head();
    let _ = chains.ledger(KnownBy::Record);
});
