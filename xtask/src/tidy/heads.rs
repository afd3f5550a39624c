//! Does every crate say at its head what always holds, and does it take the lints of the house?

use super::Finding;
use super::tree::Tree;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for name in tree.crates() {
        let heads = ["lib.rs", "main.rs"].map(|file| format!("crates/{name}/src/{file}"));
        if let Some((head, text)) = heads.iter().find_map(|head| Some((head, tree.text(head)?)))
            && !text.lines().any(|line| line.starts_with("//!") && line.contains("Invariant: "))
        {
            findings.push(Finding::new(
                "heads",
                head,
                1,
                "no line '//! Invariant: ...' says what always holds here",
            ));
        }
        let manifest = format!("crates/{name}/Cargo.toml");
        let lints = tree.text(&manifest).and_then(|text| text.parse::<toml::Table>().ok());
        let inherits =
            |manifest: toml::Table| manifest.get("lints").and_then(|lints| lints.get("workspace")?.as_bool());
        if lints.and_then(inherits) != Some(true) {
            findings.push(Finding::new(
                "heads",
                &manifest,
                0,
                "does not take the lints of the workspace (`[lints] workspace = true`)",
            ));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::shown;

    #[test]
    fn a_crate_says_its_invariants() {
        let lints = "[lints]\nworkspace = true\n";
        let tree = Tree::of(&[
            ("crates/a/Cargo.toml", lints),
            ("crates/a/src/lib.rs", "//! A.\n//! Invariant: nothing.\n"),
            ("crates/b/Cargo.toml", ""),
            ("crates/b/src/main.rs", "//! B. Invariant\n"),
        ]);
        assert_eq!(
            shown(check(&tree)),
            "crates/b/src/main.rs:1: no line '//! Invariant: ...' says what always holds here [heads]\n\
             crates/b/Cargo.toml: does not take the lints of the workspace (`[lints] workspace = true`) [heads]"
        );
    }
}
