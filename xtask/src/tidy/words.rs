//! Does the program or its documentation use a word that takes a side?

use super::Finding;
use super::rust::{Kind, pieces};
use super::tree::{Tree, crate_of};

/// Words that appear in no output and no document.
const NEVER: &[&str] =
    &["enemy", "enemies", "intel", "regime", "regimes", "terrorist", "terrorists", "victory", "victories"];
/// Words that have a plain meaning elsewhere (cargo has them) but none in what the program says of people.
const NEVER_SAID: &[&str] = &["target", "targets", "targeted", "targeting"];
/// The crates that word sentences.
const SPEAKERS: &[&str] = &["servanda", "servanda-render", "servanda-server"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.under("crates/", ".rs").filter(|(path, _)| path.contains("/src/")) {
        let speaks = crate_of(path).is_some_and(|of| SPEAKERS.contains(&of));
        for piece in pieces(text).into_iter().filter(|piece| piece.kind == Kind::Literal) {
            for (line, text) in piece.lines() {
                report(&mut findings, path, line, text, NEVER);
                if speaks {
                    report(&mut findings, path, line, text, NEVER_SAID);
                }
            }
        }
    }
    let root = |path: &str| !path.contains('/');
    for (path, text) in tree.under("", ".md").filter(|(path, _)| path.starts_with("docs/") || root(path)) {
        for (n, line) in text.lines().enumerate() {
            // The name of a maker of processors is no word about people.
            let line = if path == "docs/benchmarks.md" { line.replace("Intel", "") } else { line.to_owned() };
            report(&mut findings, path, n + 1, &line, NEVER);
        }
    }
    findings
}

fn report(findings: &mut Vec<Finding>, path: &str, line: usize, text: &str, never: &[&str]) {
    for word in text.split(|sign: char| !sign.is_alphanumeric()) {
        if never.contains(&word.to_lowercase().as_str()) {
            let message =
                format!("'{word}' takes a side or aims at somebody; say party, actor, or what was agreed");
            findings.push(Finding::new("words", path, line, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::shown;

    #[test]
    fn words_that_take_sides_are_found_in_what_is_said() {
        let tree = Tree::of(&[
            ("crates/servanda-read/src/a.rs", "// enemy\nlet target = \"Enemy target\";\n"),
            ("crates/servanda-render/src/a.rs", "let target = 1;\nsay(\"the target was hit\");\n"),
            ("crates/servanda-render/tests/a.rs", "\"regime\""),
            ("docs/a.md", "No intel.\nThe target folder.\n"),
            ("docs/benchmarks.md", "Intel Xeon\n"),
            ("cases/x/README.md", "quoted: regime\n"),
        ]);
        let end = "takes a side or aims at somebody; say party, actor, or what was agreed [words]";
        assert_eq!(
            shown(check(&tree)),
            format!(
                "crates/servanda-read/src/a.rs:2: 'Enemy' {end}\n\
                 crates/servanda-render/src/a.rs:2: 'target' {end}\n\
                 docs/a.md:1: 'intel' {end}"
            )
        );
    }
}
