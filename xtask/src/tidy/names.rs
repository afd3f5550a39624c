//! Does the code name an actor, a place or an agreement? Cases carry all names; the code carries none.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};

use super::Finding;
use super::tree::Tree;

/// Shorter names ("US", "UN") would be found in half the words of the language.
const MIN_CHARS: usize = 4;

/// A name as its words in lower case, with one of the files that carry it.
type Names = BTreeMap<Vec<String>, String>;

pub(super) fn check(tree: &Tree) -> Result<Vec<Finding>> {
    let config: toml::Table =
        tree.text("xtask/names.toml").unwrap_or_default().parse().context("xtask/names.toml")?;
    let ordinary: BTreeSet<Vec<String>> = strings(&config, "ordinary").map(words).collect();
    let invented: Vec<&str> = strings(&config, "invented_cases").collect();
    let names = collect(tree, &invented, &ordinary);
    let mut by_first: BTreeMap<&str, Vec<(&Vec<String>, &String)>> = BTreeMap::new();
    for (name, carrier) in &names {
        by_first.entry(&name[0]).or_default().push((name, carrier));
    }
    let mut findings = Vec::new();
    for (path, text) in tree.under("crates/", ".rs").filter(|(path, _)| path.contains("/src/")) {
        let tokens: Vec<(usize, String)> = text
            .lines()
            .enumerate()
            .flat_map(|(n, line)| words(line).into_iter().map(move |word| (n + 1, word)))
            .collect();
        for (at, (line, word)) in tokens.iter().enumerate() {
            let matching = by_first.get(word.as_str()).into_iter().flatten().find(|(name, _)| {
                tokens.len() >= at + name.len()
                    && name.iter().zip(&tokens[at..]).all(|(wanted, (_, found))| wanted == found)
            });
            if let Some((name, carrier)) = matching {
                let message = format!(
                    "'{}' is a name of {carrier}; cases carry names, code carries none (an ordinary word? see xtask/names.toml)",
                    name.join(" ")
                );
                findings.push(Finding::new("names", path, *line, message));
            }
        }
    }
    Ok(findings)
}

fn strings<'a>(table: &'a toml::Table, key: &str) -> impl Iterator<Item = &'a str> {
    table.get(key).and_then(|list| list.as_array()).into_iter().flatten().filter_map(|entry| entry.as_str())
}

/// The words of a text in lower case; every sign that is no letter and no digit parts them.
fn words(text: &str) -> Vec<String> {
    text.split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn collect(tree: &Tree, invented: &[&str], ordinary: &BTreeSet<Vec<String>>) -> Names {
    let mut names = Names::new();
    for (path, text) in tree.under("cases/", "") {
        let mut parts = path.splitn(3, '/').skip(1);
        let (Some(case), Some(file)) = (parts.next(), parts.next()) else { continue };
        let said = || tree.text(&format!("cases/{case}/case.toml")).is_some_and(declares_invented);
        if invented.contains(&case) || case.starts_with("bad") || said() {
            continue;
        }
        let found = match file {
            "actors.toml" => entries(text, "actor"),
            "places.toml" => entries(text, "place"),
            "case.toml" => case.split('-').map(str::to_owned).collect(),
            _ if file.ends_with(".pact") => declared(text),
            _ => Vec::new(),
        };
        for name in found {
            let name_words = words(&name);
            let only_digits = name.chars().all(|sign| sign.is_ascii_digit());
            if name.chars().count() >= MIN_CHARS && !only_digits && !ordinary.contains(&name_words) {
                names.entry(name_words).or_insert_with(|| path.to_owned());
            }
        }
    }
    names
}

fn declares_invented(case_toml: &str) -> bool {
    case_toml
        .parse::<toml::Table>()
        .is_ok_and(|case| case.get("invented").and_then(|said| said.as_bool()) == Some(true))
}

/// Ids, labels, aliases, demonyms and seats of `[[actor]]` or `[[place]]` entries. A file that is no TOML has none; reading
/// it says so.
fn entries(text: &str, list: &str) -> Vec<String> {
    let Ok(file) = text.parse::<toml::Table>() else { return Vec::new() };
    let mut names = Vec::new();
    for entry in file.get(list).and_then(|list| list.as_array()).into_iter().flatten() {
        let one = |key: &str| entry.get(key).and_then(|name| name.as_str()).map(str::to_owned);
        names.extend(one("id"));
        names.extend(one("label"));
        for key in ["aliases", "demonyms", "seats"] {
            let list = entry.get(key).and_then(|list| list.as_array()).into_iter().flatten();
            names.extend(list.filter_map(|name| name.as_str()).map(str::to_owned));
        }
    }
    names
}

/// Ids and labels of the parties, bodies and zones of a `.pact` file, and the titles of the agreement and its instruments.
fn declared(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for line in text.lines() {
        let mut parts = line.split_whitespace();
        let (Some(keyword), Some(id)) = (parts.next(), parts.next()) else { continue };
        if line.starts_with(' ') || !["party", "body", "zone", "instrument", "pact"].contains(&keyword) {
            continue;
        }
        if keyword != "instrument" && keyword != "pact" {
            names.push(id.to_owned());
        }
        if keyword != "zone" {
            names.extend(line.split('"').nth(1).map(str::to_owned));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::shown;

    const ACTORS: &str = "[[actor]]\nid = \"north-river\"\nlabel = \"Republic of North River\"\naliases = [\"Riverans\", \"NR\", \"Watchers\"]\n";

    fn check_code(code: &str, expected: &str) {
        let tree = Tree::of(&[
            ("cases/bridge-1999/case.toml", "title = \"\"\n"),
            ("cases/bridge-1999/actors.toml", ACTORS),
            (
                "cases/bridge-1999/agreement/a.pact",
                "party south \"Southland\"\ninstrument steps \"The Ferry Accord\" adopted 1999-01-01\n",
            ),
            ("cases/dream/actors.toml", "[[actor]]\nid = \"utopia\"\n"),
            ("cases/fable/case.toml", "invented = true\n"),
            ("cases/fable/actors.toml", "[[actor]]\nid = \"narnia\"\n"),
            ("xtask/names.toml", "ordinary = [\"watchers\"]\ninvented_cases = [\"dream\"]\n"),
            ("crates/a/src/lib.rs", code),
            ("crates/a/tests/t.rs", "// tests may name the Riverans"),
        ]);
        assert_eq!(
            shown(check(&tree).unwrap()).replace(
                "; cases carry names, code carries none (an ordinary word? see xtask/names.toml)",
                ""
            ),
            expected
        );
    }

    #[test]
    fn names_are_found_as_whole_words_in_any_case() {
        check_code(
            "//! Riverans",
            "crates/a/src/lib.rs:1: 'riverans' is a name of cases/bridge-1999/actors.toml [names]",
        );
        check_code(
            "\nlet north_river = 1;",
            "crates/a/src/lib.rs:2: 'north river' is a name of cases/bridge-1999/actors.toml [names]",
        );
        check_code(
            "// the ferry accord",
            "crates/a/src/lib.rs:1: 'the ferry accord' is a name of cases/bridge-1999/agreement/a.pact [names]",
        );
        check_code(
            "// South and Southland",
            "crates/a/src/lib.rs:1: 'south' is a name of cases/bridge-1999/agreement/a.pact [names]\ncrates/a/src/lib.rs:1: 'southland' is a name of cases/bridge-1999/agreement/a.pact [names]",
        );
        check_code(
            "// bridge",
            "crates/a/src/lib.rs:1: 'bridge' is a name of cases/bridge-1999/case.toml [names]",
        );
    }

    #[test]
    fn ordinary_words_short_names_and_invented_cases_are_free() {
        check_code("// watchers, steps, nr, southlands, utopia, narnia, 1999", "");
    }
}
