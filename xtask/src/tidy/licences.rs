//! May every library of the lock file be used and passed on? The list is that of `deny.toml`.

use anyhow::{Context, Result};
use serde_json::Value;

use super::Finding;
use super::tree::Tree;

pub(super) fn check(tree: &Tree, metadata: &Value) -> Result<Vec<Finding>> {
    let deny: toml::Table = tree.text("deny.toml").unwrap_or_default().parse().context("deny.toml")?;
    let allowed: Vec<&str> = deny
        .get("licenses")
        .and_then(|licences| licences.get("allow"))
        .and_then(|allow| allow.as_array())
        .into_iter()
        .flatten()
        .filter_map(|name| name.as_str())
        .collect();
    let mut findings = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        if package["source"].is_null() {
            continue;
        }
        let name = format!("{} {}", text(&package["name"]), text(&package["version"]));
        let message = match package["license"].as_str() {
            None => format!("{name} does not say its licence; look at it and choose another library"),
            Some(licence) if allows(licence, &allowed) => continue,
            Some(licence) => format!("{name} is under {licence}, which deny.toml does not allow"),
        };
        findings.push(Finding::new("licences", "Cargo.lock", 0, message));
    }
    Ok(findings)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("?")
}

/// Whether an SPDX expression is met by the list. `A/B` is the old way to write `A OR B`; AND binds before OR.
fn allows(expression: &str, allowed: &[&str]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let met = any(&words, &mut at, allowed);
    met && at == words.len()
}

fn any(words: &[&str], at: &mut usize, allowed: &[&str]) -> bool {
    let mut met = all(words, at, allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        met |= all(words, at, allowed);
    }
    met
}

fn all(words: &[&str], at: &mut usize, allowed: &[&str]) -> bool {
    let mut met = one(words, at, allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        met &= one(words, at, allowed);
    }
    met
}

fn one(words: &[&str], at: &mut usize, allowed: &[&str]) -> bool {
    let Some(&word) = words.get(*at) else { return false };
    *at += 1;
    if word == "(" {
        let met = any(words, at, allowed);
        let closed = words.get(*at) == Some(&")");
        *at += 1;
        return met && closed;
    }
    if words.get(*at) == Some(&"WITH") {
        let with = format!("{word} WITH {}", words.get(*at + 1).unwrap_or(&""));
        *at += 2;
        return allowed.contains(&with.as_str());
    }
    allowed.contains(&word)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::tidy::shown;

    #[test]
    fn expressions_are_read_as_spdx_means_them() {
        let allowed = ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "Unicode-3.0"];
        for yes in [
            "MIT",
            "MIT OR GPL-3.0",
            "MIT/Apache-2.0",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "GPL-3.0 AND MIT OR MIT",
            "Apache-2.0 WITH LLVM-exception OR GPL-3.0",
        ] {
            assert!(allows(yes, &allowed), "{yes}");
        }
        for no in ["GPL-3.0", "MIT AND GPL-3.0", "MIT WITH Other", "(MIT", "MIT )", "", "MIT Apache-2.0"] {
            assert!(!allows(no, &allowed), "{no}");
        }
    }

    #[test]
    fn members_of_the_workspace_are_not_asked() {
        let tree = Tree::of(&[("deny.toml", "[licenses]\nallow = [\"MIT\"]\n")]);
        let metadata = json!({"packages": [
            {"name": "ours", "version": "1.0.0", "source": null, "license": null},
            {"name": "good", "version": "1.0.0", "source": "registry", "license": "MIT"},
            {"name": "closed", "version": "2.0.0", "source": "registry", "license": "Other"},
            {"name": "mute", "version": "3.0.0", "source": "registry", "license": null},
        ]});
        assert_eq!(
            shown(check(&tree, &metadata).unwrap()),
            "Cargo.lock: closed 2.0.0 is under Other, which deny.toml does not allow [licences]\n\
             Cargo.lock: mute 3.0.0 does not say its licence; look at it and choose another library [licences]"
        );
    }
}
