//! How well is prose read? Evaluations against annotated text that nobody of this project wrote; their figures are
//! committed in `xtask/reading/scores.toml` and may only rise.
//!
//! Invariant: an evaluation reads files and returns figures; none changes a file of the checkout unless asked to.
//! Invariant: where the text is not at hand (`../shared`), nothing is measured and nothing fails.

mod attribution;
mod claims;
mod events;
mod language;
mod normal;
mod scores;
pub mod throughput;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

pub use scores::Scores;

/// An evaluation, by its name: `None` where its text is not at hand.
type Run = fn(&Context) -> Result<Option<Scores>>;

/// Every evaluation, in the order in which they run.
const EVALUATIONS: &[(&str, Run)] = &[
    ("language", language::run),
    ("normal", normal::run),
    ("attribution", attribution::run),
    ("events", events::run),
    ("claims", claims::run),
];

/// What an evaluation is given.
pub struct Context {
    /// Root of the checkout.
    pub root: PathBuf,
    /// The folder of text that nobody of this project wrote.
    pub shared: PathBuf,
    /// Words behind the name of the evaluation; each evaluation has its own.
    pub words: Vec<String>,
}

impl Context {
    /// A context of this checkout.
    pub fn new(root: &Path, words: &[&str]) -> Context {
        Context {
            root: root.to_owned(),
            shared: shared(root),
            words: words.iter().map(|word| (*word).to_owned()).collect(),
        }
    }

    /// Whether this word stands behind the name of the evaluation.
    pub fn has(&self, word: &str) -> bool {
        self.words.iter().any(|there| there == word)
    }

    /// The word behind that word: `--show DOC`.
    pub fn after(&self, word: &str) -> Option<&str> {
        let at = self.words.iter().position(|there| there == word)?;
        self.words.get(at + 1).map(String::as_str)
    }

    /// A file or folder of `../shared`, `None` where it is absent (then a line says so).
    pub fn shared(&self, path: &str) -> Option<PathBuf> {
        let path = self.shared.join(path);
        if path.exists() {
            return Some(path);
        }
        println!("not measured: {} is not there", path.display());
        None
    }
}

/// The files of a folder with that ending, in order.
fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|found| found == ending) && !path.ends_with("LICENSE.md"))
        .collect();
    files.sort();
    Ok(files)
}

/// `../shared` beside the checkout, or beside the checkout that a work tree belongs to.
fn shared(root: &Path) -> PathBuf {
    let beside = root.join("../shared");
    let git = std::fs::read_to_string(root.join(".git")).unwrap_or_default();
    let main = git.strip_prefix("gitdir:").and_then(|dir| Path::new(dir.trim()).ancestors().nth(4));
    match main.map(|main| main.join("shared")) {
        Some(main) if !beside.exists() && main.exists() => main,
        _ => beside,
    }
}

/// Runs one evaluation, or all of them (`page` is `claims --page`); with `--check` compares their figures with the committed ones, with `--write`
/// commits them where none fell, with `--renew` commits them whatever they are: for a change of annotations, or of a layer
/// that trades one figure for another; the commit says why.
///
/// # Errors
/// There is no evaluation of that name, or a file cannot be read.
pub fn run(root: &Path, words: &[&str]) -> Result<bool> {
    if let ["page", rest @ ..] = words {
        return run(root, &[&["claims", "--page"], rest].concat());
    }
    let is_option = |word: &&&str| word.starts_with("--");
    let named = words.first().filter(|word| !is_option(word)).copied();
    if let Some(name) = named
        && !EVALUATIONS.iter().any(|(there, _)| *there == name)
    {
        let names: Vec<&str> = EVALUATIONS.iter().map(|(name, _)| *name).collect();
        bail!("no evaluation is called {name}; there are {}", names.join(", "));
    }
    let ctx = Context::new(root, words.get(usize::from(named.is_some())..).unwrap_or_default());
    let file = root.join("xtask/reading/scores.toml");
    let committed = scores::read(&file)?;
    let mut measured = committed.clone();
    let mut stands = true;
    for (name, evaluate) in EVALUATIONS.iter().filter(|(name, _)| named.is_none_or(|word| word == *name)) {
        println!("== {name}");
        let Some(scores) = evaluate(&ctx).with_context(|| format!("evaluation {name}"))? else { continue };
        let findings = scores::fallen(committed.get(*name), &scores);
        findings.iter().for_each(|finding| println!("{finding}"));
        stands &= findings.is_empty();
        measured.insert((*name).to_owned(), scores);
    }
    let renews = ctx.has("--renew");
    if ctx.has("--write") || renews {
        if !stands && !renews {
            bail!(
                "figures may only rise; nothing is written (--renew writes them, where what is measured has changed)"
            );
        }
        scores::write(&file, &measured)?;
        println!("wrote xtask/reading/scores.toml");
    }
    Ok(stands || !ctx.has("--check"))
}
