//! Is anything left for later? What is unfinished belongs in the tracker, where it is seen.

use super::Finding;
use super::rust::{Kind, pieces};
use super::tree::Tree;

const MARKS: &[&str] = &["TODO", "FIXME", "XXX"];
const PLACEHOLDERS: &[&str] = &["stub", "(being built)", "not implemented", "unimplemented"];
const CALLS: &[&str] = &["todo!", "unimplemented!", "#[ignore"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let rust = tree.under("crates/", ".rs").chain(tree.under("xtask/", ".rs"));
    for (path, text) in rust {
        for piece in pieces(text) {
            for (line, text) in piece.lines() {
                let found = match piece.kind {
                    Kind::Comment => mark(text).or_else(|| placeholder(text)),
                    Kind::Code => CALLS.iter().copied().find(|call| text.contains(call)),
                    Kind::Literal => None,
                };
                findings.extend(found.map(|found| finding(path, line, found)));
            }
        }
    }
    let pages = tree.under("", ".md").filter(|(path, _)| path.starts_with("docs/") || !path.contains('/'));
    for (path, text) in pages {
        for (n, line) in text.lines().enumerate() {
            let outside_code: String = line.split('`').step_by(2).collect();
            findings.extend(mark(&outside_code).map(|found| finding(path, n + 1, found)));
        }
    }
    findings
}

fn finding(path: &str, line: usize, found: &str) -> Finding {
    Finding::new("unfinished", path, line, format!("'{found}': finish it or take it out"))
}

fn mark(text: &str) -> Option<&'static str> {
    let mut words = text.split(|sign: char| !sign.is_alphanumeric());
    words.find_map(|word| MARKS.iter().copied().find(|mark| *mark == word))
}

fn placeholder(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    let word = |wanted: &str| lower.split(|sign: char| !sign.is_alphanumeric()).any(|word| word == wanted);
    PLACEHOLDERS
        .iter()
        .copied()
        .find(|wanted| if wanted.contains(' ') { lower.contains(wanted) } else { word(wanted) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::shown;

    #[test]
    fn what_is_left_for_later_is_found_outside_of_strings() {
        let tree = Tree::of(&[
            (
                "crates/a/src/lib.rs",
                "//! (being built)\n// A stub for now.\nfn f() { todo!() }\nlet s = \"TODO todo!()\"; // stubborn\n/* FIXME */",
            ),
            ("docs/a.md", "TODO\n`TODO` is refused\n"),
        ]);
        let end = "finish it or take it out [unfinished]";
        assert_eq!(
            shown(check(&tree)),
            format!(
                "crates/a/src/lib.rs:1: '(being built)': {end}\n\
                 crates/a/src/lib.rs:2: 'stub': {end}\n\
                 crates/a/src/lib.rs:3: 'todo!': {end}\n\
                 crates/a/src/lib.rs:5: 'FIXME': {end}\n\
                 docs/a.md:1: 'TODO': {end}"
            )
        );
    }
}
