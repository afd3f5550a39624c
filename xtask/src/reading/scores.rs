//! The committed figures: one table per evaluation, each figure in [0, 1], to four places.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// Figures of one evaluation by name, and what else is not as it should be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scores(BTreeMap<String, f64>, Vec<String>);

impl Scores {
    /// Adds a figure in [0, 1], cut to four places so that a committed figure is never above what was measured.
    pub fn put(&mut self, name: impl Into<String>, figure: f64) {
        self.0.insert(name.into(), cut(figure));
    }

    /// Adds something that is not as it should be, besides figures that fell.
    pub fn find(&mut self, finding: impl Into<String>) {
        self.1.push(finding.into());
    }

    /// A figure by its name.
    pub fn figure(&self, name: &str) -> Option<f64> {
        self.0.get(name).copied()
    }
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, figure) in &self.0 {
            writeln!(f, "{name:<40} {figure:.4}")?;
        }
        Ok(())
    }
}

fn cut(figure: f64) -> f64 {
    (figure * 1e4 + 1e-6).floor() / 1e4
}

/// Figures that fell, or that are committed and no longer measured, one line each.
pub(super) fn fallen(committed: Option<&Scores>, measured: &Scores) -> Vec<String> {
    let mut findings = measured.1.clone();
    let Some(committed) = committed else { return findings };
    let line = |(name, before): (&String, &f64)| match measured.0.get(name) {
        None => Some(format!("{name} is committed as {before:.4} and no longer measured")),
        Some(now) if *now < cut(*before) => Some(format!("{name} fell from {before:.4} to {now:.4}")),
        Some(_) => None,
    };
    findings.extend(committed.0.iter().filter_map(line));
    findings
}

/// The committed figures of every evaluation; none where the file is absent.
pub(super) fn read(file: &Path) -> Result<BTreeMap<String, Scores>> {
    let Ok(text) = fs::read_to_string(file) else { return Ok(BTreeMap::new()) };
    let tables: BTreeMap<String, BTreeMap<String, f64>> =
        toml::from_str(&text).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(tables.into_iter().map(|(name, figures)| (name, Scores(figures, Vec::new()))).collect())
}

/// Writes the figures of every evaluation.
pub(super) fn write(file: &Path, tables: &BTreeMap<String, Scores>) -> Result<()> {
    let mut text = String::from(
        "# How well prose is read, measured by `cargo xtask reading`. Figures may only rise: `--check` compares,\n\
         # `--write` commits what was measured. What each one means is in docs/methods/reading-quality.md.\n",
    );
    for (name, scores) in tables.iter().filter(|(_, scores)| !scores.0.is_empty()) {
        text += &format!("\n[{name}]\n");
        for (figure, value) in &scores.0 {
            text += &format!("{figure} = {value:.4}\n");
        }
    }
    fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(figures: &[(&str, f64)]) -> Scores {
        let mut scores = Scores::default();
        figures.iter().for_each(|(name, figure)| scores.put(*name, *figure));
        scores
    }

    #[test]
    fn a_figure_may_rise_and_not_fall_nor_vanish() {
        let committed = scores(&[("f1", 0.5), ("recall", 0.25), ("precision", 2.0 / 3.0)]);
        let measured = scores(&[("f1", 0.4999), ("precision", 2.0 / 3.0), ("new", 0.1)]);
        assert_eq!(
            fallen(Some(&committed), &measured),
            ["f1 fell from 0.5000 to 0.4999", "recall is committed as 0.2500 and no longer measured"]
        );
        assert_eq!(fallen(None, &measured), Vec::<String>::new());
        assert_eq!(measured.figure("precision"), Some(0.6666));
    }

    #[test]
    fn what_is_written_is_read_again() {
        let file = std::env::temp_dir().join(format!("servanda-scores-{}.toml", std::process::id()));
        let tables = BTreeMap::from([
            ("claims".to_owned(), scores(&[("f1", 0.7333)])),
            ("empty".to_owned(), Scores::default()),
        ]);
        write(&file, &tables).unwrap();
        let again = read(&file).unwrap();
        fs::remove_file(&file).unwrap();
        assert_eq!(again.keys().collect::<Vec<_>>(), ["claims"]);
        assert_eq!(again["claims"], tables["claims"]);
        assert_eq!(read(&file).unwrap(), BTreeMap::new());
    }
}
