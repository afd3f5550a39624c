//! Can every source file still be held in one's head?

use anyhow::{Context, Result};

use super::Finding;
use super::tree::Tree;

/// Above this a file needs a reason in `xtask/sizes.toml`.
const REASON_LINES: usize = 500;
/// Above this no reason helps.
const MAX_LINES: usize = 900;

const LIST: &str = "xtask/sizes.toml";
const SOURCES: &[&str] = &[".rs", ".ts", ".svelte", ".py"];

pub(super) fn check(tree: &Tree) -> Result<Vec<Finding>> {
    let reasons: toml::Table = tree.text(LIST).unwrap_or_default().parse().context(LIST)?;
    let mut findings = Vec::new();
    let source = |path: &str| SOURCES.iter().any(|end| path.ends_with(end));
    for (path, text) in tree.iter().filter(|(path, _)| source(path)) {
        let n_lines = text.lines().count();
        let mut say = |message: String| findings.push(Finding::new("sizes", path, 0, message));
        if n_lines > MAX_LINES {
            say(format!(
                "{n_lines} lines; above {MAX_LINES} a second module reads better, without exception"
            ));
        } else if n_lines > REASON_LINES && !reasons.contains_key(path) {
            say(format!(
                "{n_lines} lines; above {REASON_LINES} it needs a reason in {LIST}, or a second module"
            ));
        }
    }
    for (path, reason) in &reasons {
        let n_lines = tree.text(path).map(|text| text.lines().count());
        let message = match (n_lines, reason.as_str()) {
            (None, _) => format!("{path} is not there; take the entry out"),
            (Some(n_lines), _) if n_lines <= REASON_LINES => {
                format!("{path} needs no reason any more; take the entry out")
            }
            (_, None | Some("")) => format!("{path} has no reason"),
            _ => continue,
        };
        findings.push(Finding::new("sizes", LIST, 0, message));
    }
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::shown;

    #[test]
    fn long_files_need_a_reason_and_very_long_ones_another_module() {
        let lines = |n: usize| "x\n".repeat(n);
        let (short, long, very_long) = (lines(500), lines(501), lines(901));
        let list =
            "\"a.rs\" = \"short\"\n\"c.rs\" = \"one list\"\n\"d.rs\" = \"hopeless\"\n\"e.rs\" = \"gone\"\n";
        let tree = Tree::of(&[
            ("a.rs", &short),
            ("b.rs", &long),
            ("c.rs", &long),
            ("d.rs", &very_long),
            ("x.md", &very_long),
            (LIST, list),
        ]);
        assert_eq!(
            shown(check(&tree).unwrap()),
            "b.rs: 501 lines; above 500 it needs a reason in xtask/sizes.toml, or a second module [sizes]\n\
             d.rs: 901 lines; above 900 a second module reads better, without exception [sizes]\n\
             xtask/sizes.toml: a.rs needs no reason any more; take the entry out [sizes]\n\
             xtask/sizes.toml: e.rs is not there; take the entry out [sizes]"
        );
    }
}
