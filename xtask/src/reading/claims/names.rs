//! Do two names mean the same actor? `xtask/reading/gold/names.toml` lists names that do; others are compared by words.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};

/// Names that mean the same.
#[derive(Default)]
pub(super) struct Names(BTreeMap<String, String>);

impl Names {
    /// Reads the table: a name, and the names that mean the same.
    pub(super) fn read(root: &Path) -> Result<Names> {
        let path = root.join("xtask/reading/gold/names.toml");
        let text =
            std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(Names::of(&toml::from_str(&text).with_context(|| format!("cannot read {}", path.display()))?))
    }

    /// The table itself.
    pub(super) fn of(table: &BTreeMap<String, Vec<String>>) -> Names {
        let mut names = BTreeMap::new();
        for (name, others) in table {
            for other in std::iter::once(name).chain(others) {
                names.insert(plain(other), plain(name));
            }
        }
        Names(names)
    }

    /// Whether two names mean the same: by the table, or by at least half of their words.
    pub(super) fn same(&self, one: &str, other: &str) -> bool {
        let (one, other) = (plain(one), plain(other));
        match (self.0.get(&one), self.0.get(&other)) {
            (Some(one), Some(other)) => one == other,
            _ if one == other => true,
            // A name of the table is no other name that merely shares a word with it.
            (Some(_), None) | (None, Some(_)) => share(&one, &other) > 2.0 / 3.0,
            (None, None) => share(&one, &other) >= 0.5,
        }
    }
}

/// Words in small letters, without articles and marks; an id reads like a label.
fn plain(name: &str) -> String {
    let words = name.split(|sign: char| !sign.is_alphanumeric()).map(str::to_lowercase);
    let words: Vec<String> =
        words.filter(|word| !word.is_empty() && !matches!(word.as_str(), "the" | "a" | "an" | "s")).collect();
    words.join(" ")
}

/// Words that both hold, as a part of those that either holds; a plural counts as its singular.
fn share(one: &str, other: &str) -> f64 {
    let stems = |name: &str| -> Vec<String> {
        let mut stems: Vec<String> =
            name.split(' ').map(|word| word.trim_end_matches('s').to_owned()).collect();
        stems.sort();
        stems.dedup();
        stems
    };
    let (one, other) = (stems(one), stems(other));
    let both = one.iter().filter(|stem| other.contains(stem)).count();
    both as f64 / (one.len() + other.len() - both).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_by_the_table_and_by_their_words() {
        let names = Names::of(&BTreeMap::from([
            ("Upland".to_owned(), vec!["upland-government".to_owned(), "High Town".to_owned()]),
            ("Lowland".to_owned(), vec!["Lowlanders".to_owned()]),
        ]));
        assert!(names.same("upland", "the Upland government"));
        assert!(names.same("High Town", "Upland"));
        assert!(!names.same("Upland", "Lowlanders"));
        assert!(!names.same("Upland", "Upland opposition"));
        assert!(names.same("aid agencies", "aid-agencies"));
        assert!(names.same("officials", "senior officials"));
        assert!(!names.same("aid agencies", "aid workers of a party"));
    }
}
