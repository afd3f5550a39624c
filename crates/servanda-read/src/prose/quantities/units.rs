//! Which units and counted nouns does the table of units know?

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::prose::scan::{Gap, Scan};

const TABLE: &str = include_str!("../../../data/units.toml");

/// The second, smaller unit that a unit can carry ("5 feet 2 inches").
#[derive(Debug, Deserialize)]
pub(super) struct Parts {
    pub(super) id: String,
    pub(super) n: i64,
}

/// A unit of the table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Unit {
    pub(super) id: String,
    pub(super) sort: String,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    exact: Vec<String>,
    #[serde(default)]
    before: Vec<String>,
    pub(super) parts: Option<Parts>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Noun {
    id: String,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    unit: Vec<Unit>,
    noun: Vec<Noun>,
}

/// Written forms by their first piece; the longest form first.
type Forms = HashMap<String, Vec<(Vec<String>, usize)>>;

/// The table of units, ready to be looked up.
pub(super) struct Units {
    units: Vec<Unit>,
    after: Forms,
    before: Forms,
    exact: HashMap<String, usize>,
    nouns: HashMap<String, String>,
}

/// Letters before a number that are money only in capitals: else they are other words.
const CAPITALS_ONLY: &[&str] = &[
    "a", "s", "r", "e", "le", "dm", "rm", "rp", "dh", "dhs", "jd", "ff", "try", "gel", "sar", "cad", "nis",
    "rs", "php", "all", "thb", "cop", "rub", "kip", "aud", "mmk", "etb", "ars",
];

fn insert(forms: &mut Forms, words: &str, unit: usize) {
    let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
    let of_first = forms.entry(words[0].clone()).or_default();
    of_first.push((words, unit));
    of_first.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
}

impl Units {
    /// The table that is built in.
    pub(super) fn builtin() -> &'static Units {
        static UNITS: OnceLock<Units> = OnceLock::new();
        UNITS.get_or_init(|| Units::of(toml::from_str(TABLE).expect("the table of units is a table")))
    }

    fn of(table: Table) -> Units {
        let (mut after, mut before, mut exact) = (Forms::new(), Forms::new(), HashMap::new());
        for (ix, unit) in table.unit.iter().enumerate() {
            for words in &unit.words {
                insert(&mut after, &pieces(words), ix);
                // Not "mm" or "m": letters that stand for a unit have no plural.
                if words.chars().all(|sign| sign.is_alphabetic() || sign == ' ') && words.len() > 1 {
                    insert(&mut after, &format!("{}s", pieces(words)), ix);
                }
            }
            exact.extend(unit.exact.iter().map(|word| (word.clone(), ix)));
            unit.before.iter().for_each(|words| insert(&mut before, words, ix));
        }
        let mut nouns = HashMap::new();
        for noun in &table.noun {
            for word in &noun.words {
                nouns.insert(word.clone(), noun.id.clone());
                nouns.insert(format!("{word}s"), noun.id.clone());
            }
        }
        Units { units: table.unit, after, before, exact, nouns }
    }

    /// The unit that stands here, and one past it.
    pub(super) fn after(&self, scan: &Scan<'_>, ix: usize) -> Option<(&Unit, usize)> {
        if let Some(unit) = self.exact.get(scan.written(ix)) {
            return self.units.get(*unit).map(|unit| (unit, ix + 1));
        }
        let forms = self.after.get(scan.low(ix))?;
        let (words, unit) = forms.iter().find(|(words, _)| stands(scan, ix, words))?;
        Some((&self.units[*unit], ix + words.len()))
    }

    /// The money that stands here before its number, and one past it.
    pub(super) fn before(&self, scan: &Scan<'_>, ix: usize) -> Option<(&Unit, usize)> {
        let forms = self.before.get(scan.low(ix))?;
        let has_capitals = scan.written(ix).chars().all(|sign| !sign.is_lowercase());
        if CAPITALS_ONLY.contains(&scan.low(ix)) && !has_capitals {
            return None;
        }
        let touches = |words: &[String]| {
            (1..words.len()).all(|n| words[0].len() > 1 || scan.touches(ix + n) || words[0] == "c")
        };
        let (words, unit) = forms.iter().find(|(words, _)| stands(scan, ix, words) && touches(words))?;
        Some((&self.units[*unit], ix + words.len()))
    }

    /// What a noun counts, where the table knows it.
    pub(super) fn noun(&self, word: &str) -> Option<&str> {
        self.nouns.get(word).map(String::as_str)
    }

    /// The unit of that id.
    pub(super) fn of_id(&self, id: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.id == id)
    }

    /// Its id, where the words are a unit.
    pub(super) fn id_of(&self, words: &str) -> Option<&str> {
        let scan = Scan::new(words);
        self.after(&scan, 0).filter(|(_, end)| *end == scan.pieces.len()).map(|(unit, _)| unit.id.as_str())
    }
}

/// The words as a scan cuts them.
fn pieces(words: &str) -> String {
    let scan = Scan::new(words);
    (0..scan.pieces.len()).map(|ix| scan.low(ix)).collect::<Vec<_>>().join(" ")
}

fn stands(scan: &Scan<'_>, ix: usize, words: &[String]) -> bool {
    words.iter().enumerate().all(|(n, word)| {
        scan.is(ix + n, word)
            && (n == 0 || scan.gap(ix + n) < Gap::Blank)
            && !(n > 0
                && scan.sort(ix + n) == Some(crate::prose::scan::Sort::Digits)
                && !scan.touches(ix + n))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_and_no_form_has_two_units() {
        let units = Units::builtin();
        let mut double = Vec::new();
        for forms in [&units.after, &units.before] {
            for of_first in forms.values() {
                for (n, (words, unit)) in of_first.iter().enumerate() {
                    if of_first[..n].iter().any(|(other, of)| other == words && of != unit) {
                        double.push(words.join(" "));
                    }
                }
            }
        }
        double.sort();
        assert_eq!(double, Vec::<String>::new());
        assert_eq!(units.id_of("square kilometers"), Some("km2"));
        assert_eq!(units.noun("women"), Some("person"));
    }
}
