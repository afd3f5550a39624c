//! Who may touch disk, network, clock, environment and randomness? `clippy.toml` refuses them; few may lift that.

use super::Finding;
use super::rust::{Kind, pieces};
use super::tree::{Tree, crate_of, is_test_file};

/// The crates that may; each says why at its head.
const MAY: &[&str] = &["servanda", "servanda-store", "servanda-server"];
const LINTS: &[&str] = &["disallowed_methods", "disallowed_types"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.under("crates/", ".rs").filter(|(path, _)| !is_test_file(path)) {
        let crate_name = crate_of(path).unwrap_or_default();
        let is_head = ["/src/lib.rs", "/src/main.rs", "/build.rs"].iter().any(|head| path.ends_with(head));
        for piece in pieces(text).into_iter().filter(|piece| piece.kind == Kind::Code) {
            for (line, code) in piece.lines() {
                if !LINTS.iter().any(|lint| code.contains(lint)) {
                    continue;
                }
                let message = if !MAY.contains(&crate_name) {
                    format!(
                        "{crate_name} takes bytes, times and seeds as arguments; only {} may lift this",
                        MAY.join(", ")
                    )
                } else if !is_head {
                    "lift it once, at the head of lib.rs or main.rs".to_owned()
                } else if !text.contains("reason = \"") {
                    "say why, with `reason = \"...\"`".to_owned()
                } else {
                    continue;
                };
                findings.push(Finding::new("allowances", path, line, message));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::shown;

    #[test]
    fn only_the_shell_may_touch_the_world() {
        let allow = "#![allow(clippy::disallowed_methods)]\n";
        let tree = Tree::of(&[
            ("crates/servanda-pact/src/lib.rs", allow),
            ("crates/servanda-pact/tests/t.rs", allow),
            (
                "crates/servanda-store/src/lib.rs",
                "#![allow(clippy::disallowed_methods, reason = \"the store\")]",
            ),
            ("crates/servanda/src/main.rs", allow),
            ("crates/servanda/src/deep.rs", allow),
        ]);
        assert_eq!(
            shown(check(&tree)),
            "crates/servanda-pact/src/lib.rs:1: servanda-pact takes bytes, times and seeds as arguments; only servanda, servanda-store, servanda-server may lift this [allowances]\n\
             crates/servanda/src/deep.rs:1: lift it once, at the head of lib.rs or main.rs [allowances]\n\
             crates/servanda/src/main.rs:1: say why, with `reason = \"...\"` [allowances]"
        );
    }
}
