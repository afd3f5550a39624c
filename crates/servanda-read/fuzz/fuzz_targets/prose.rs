//! Any bytes as a document, in the format that the first byte names.
#![no_main]

#[path = "../prose.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some((first, rest)) = bytes.split_first() {
        target::prose(target::PATHS[usize::from(*first) % target::PATHS.len()], rest);
    }
});
