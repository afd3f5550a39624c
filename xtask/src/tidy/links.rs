//! Does every link of a document lead somewhere?

use super::Finding;
use super::tree::Tree;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.under("", ".md") {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (line, link) in links(text) {
            let Some(file) = joined(folder, link) else {
                findings.push(Finding::new(
                    "links",
                    path,
                    line,
                    format!("'{link}' leads out of the repository"),
                ));
                continue;
            };
            if !tree.has(&file) {
                findings.push(Finding::new(
                    "links",
                    path,
                    line,
                    format!("'{link}' leads to {file}, which is not there"),
                ));
            }
        }
    }
    findings
}

/// The files that a text links to, with their lines; code, addresses and anchors of the same page left out.
fn links(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut in_fence = false;
    for (n, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_fence = !in_fence;
        }
        if in_fence {
            continue;
        }
        // Every second part between backticks is code.
        for part in line.split('`').step_by(2) {
            for rest in part.split("](").skip(1) {
                let link = rest.split([')', ' ']).next().unwrap_or_default();
                let link = link.split('#').next().unwrap_or_default();
                if !link.is_empty() && !link.contains("://") && !link.starts_with("mailto:") {
                    found.push((n + 1, link));
                }
            }
        }
    }
    found
}

/// The path from the root; `None` where it leads above it.
fn joined(folder: &str, link: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::shown;

    #[test]
    fn links_are_followed_from_the_page_they_stand_on() {
        let page = "[a](b.md) [c](../README.md#x) [d](https://e) [f](#g) `[h](i)`\n```\n[j](k)\n```\n[l](m.md) and [n](../../o)\n[p](../docs/)";
        let tree = Tree::of(&[("docs/a.md", page), ("docs/b.md", ""), ("README.md", "[a](docs/a.md)")]);
        assert_eq!(
            shown(check(&tree)),
            "docs/a.md:5: 'm.md' leads to docs/m.md, which is not there [links]\n\
             docs/a.md:5: '../../o' leads out of the repository [links]"
        );
    }

    #[test]
    fn a_link_after_inline_code_still_counts() {
        let tree = Tree::of(&[("a.md", "`x` [b](`c`) [d](e)")]);
        assert_eq!(shown(check(&tree)), "a.md:1: 'e' leads to e, which is not there [links]");
    }
}
