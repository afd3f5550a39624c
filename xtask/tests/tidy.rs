//! The house is in order. `cargo xtask tidy` says the same, faster.

#[test]
fn tidy() {
    let findings = xtask::tidy::run(&xtask::root()).expect("the checkout can be read");
    let shown: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(shown.is_empty(), "{} findings\n{}", shown.len(), shown.join("\n"));
}
