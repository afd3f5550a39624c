//! How fast is prose read? `cargo xtask bench reading`: every statement and article of `../shared`, one thread.
//!
//! Each stage is timed by the time that the thread was on a core, so that other work on the machine counts little, and run over
//! all documents by itself; then the whole reader runs over all of them, and its peak of memory is taken beyond what the process
//! held with the model loaded.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, Result};
use servanda_language::{Analysis, Model, analyse};
use servanda_model::Tense;
use servanda_read::input::{Article, each_article};
use servanda_read::prose::attribution::{Cues, utterances};
use servanda_read::prose::frames::{Lexicon, propositions};
use servanda_read::prose::names::{Directory, mentions, places};
use servanda_read::prose::{KindRules, Reader, dates, quantities};
use servanda_read::{Clock, DocumentText, read_document};

use super::Context;

/// The collections, by folder and ending.
const COLLECTIONS: [(&str, &str); 2] = [("whitehouse", "md"), ("wikinews", "csv")];

/// Measures and prints; answers nothing, since no figure fails on a slow machine.
pub fn run(root: &Path, words: &[&str]) -> Result<bool> {
    let ctx = Context::new(root, words);
    let mut collections = Vec::new();
    for (folder, ending) in COLLECTIONS {
        let Some(path) = ctx.shared(&format!("data/{folder}")) else { return Ok(true) };
        let mut files = super::files(&path, ending)?;
        files.sort();
        collections.push((folder, files));
    }
    let set =
        Set { clock: Clock::utc(), directory: Directory::new(&[], &[], &[]), rules: KindRules::default() };
    let reader = Reader {
        model: Model::builtin(),
        directory: &set.directory,
        lexicon: Lexicon::builtin(),
        cues: Cues::builtin(),
        rules: &set.rules,
        clock: &set.clock,
    };
    let mut all = Whole::default();
    for (folder, files) in &collections {
        let one = whole(files, &set, &reader)?;
        one.print(folder);
        all.add(one);
    }
    all.print("all");
    if !ctx.has("--whole") {
        println!("\n| stage | CPU | share of the whole |\n|---|---|---|");
        let files: Vec<PathBuf> = collections.into_iter().flat_map(|(_, files)| files).collect();
        stages(&files, &set, &reader, all.cpu_s)?;
        println!("| whole reader | {:.2} s | 100 % |", all.cpu_s);
    }
    Ok(true)
}

struct Set {
    clock: Clock,
    directory: Directory,
    rules: KindRules,
}

#[derive(Default)]
struct Whole {
    n_articles: usize,
    n_tokens: usize,
    n_claims: usize,
    cpu_s: f64,
    wall_s: f64,
    peak_mb: f64,
    slowest: Option<(String, f64)>,
}

impl Whole {
    fn add(&mut self, other: Whole) {
        self.n_articles += other.n_articles;
        self.n_tokens += other.n_tokens;
        self.n_claims += other.n_claims;
        self.cpu_s += other.cpu_s;
        self.wall_s += other.wall_s;
        self.peak_mb = self.peak_mb.max(other.peak_mb);
        let is_slower = |(_, seconds): &&(String, f64)| {
            self.slowest.as_ref().is_none_or(|(_, slowest)| seconds > slowest)
        };
        if let Some(slowest) = other.slowest.as_ref().filter(is_slower) {
            self.slowest = Some(slowest.clone());
        }
    }

    fn print(&self, name: &str) {
        println!(
            "{name}: {} articles, {} tokens, {} claims in {:.2} s CPU ({:.2} s wall): {:.0} articles/s, {:.0} tokens/s; peak {:.1} MB beyond the model",
            self.n_articles,
            self.n_tokens,
            self.n_claims,
            self.cpu_s,
            self.wall_s,
            self.n_articles as f64 / self.cpu_s,
            self.n_tokens as f64 / self.cpu_s,
            self.peak_mb,
        );
        if let Some((slowest, seconds)) = &self.slowest {
            println!("slowest article: {:.0} ms, {slowest}", seconds * 1000.0);
        }
    }
}

/// Runs the whole reader, file by file, holding one article at a time.
fn whole(files: &[PathBuf], set: &Set, reader: &Reader) -> Result<Whole> {
    let mut found = Whole::default();
    // The peak of memory is counted from here on.
    let _ = fs::write("/proc/self/clear_refs", "5");
    let before_mb = memory_mb("VmRSS")?;
    let (started, cpu) = (Instant::now(), cpu_s());
    for path in files {
        let document = document(path, set)?;
        each_article(&document, &set.clock, &mut |article| {
            let at = cpu_s();
            let reading = reader.read(&document.document, &article);
            let seconds = cpu_s() - at;
            found.n_articles += 1;
            found.n_tokens += reading.n_tokens;
            found.n_claims += reading.claims.len();
            if found.slowest.as_ref().is_none_or(|(_, slowest)| seconds > *slowest) {
                found.slowest = Some((article.title.unwrap_or_default(), seconds));
            }
        });
    }
    (found.cpu_s, found.wall_s) = (cpu_s() - cpu, started.elapsed().as_secs_f64());
    found.peak_mb = memory_mb("VmHWM")? - before_mb;
    Ok(found)
}

/// Runs each stage by itself.
fn stages(files: &[PathBuf], set: &Set, reader: &Reader, whole_s: f64) -> Result<()> {
    const STAGES: [&str; 7] = [
        "documents to blocks",
        "tokens, tags, tree",
        "names",
        "quotes and cues",
        "frames",
        "dates",
        "quantities",
    ];
    let mut spent = [0.0; STAGES.len()];
    for path in files {
        let mut articles: Vec<Article> = Vec::new();
        spent[0] += timed(|| {
            if let Ok(document) = document(path, set) {
                each_article(&document, &set.clock, &mut |article| articles.push(article));
            }
        });
        for article in &articles {
            let (text, blocks) = (&article.prose.text, &article.prose.blocks);
            let read: Vec<_> = blocks
                .iter()
                .filter(|block| block.role.is_read())
                .map(|block| block.span.start..block.span.end)
                .collect();
            let mut analysis = Analysis::default();
            let mut said = Vec::new();
            spent[1] += timed(|| analysis = analyse(reader.model, text, &read));
            spent[2] += timed(|| {
                mentions(text, blocks, &analysis, reader.directory, article.published_on);
                places(text, &analysis, reader.directory);
            });
            spent[3] += timed(|| said = utterances(text, blocks, &analysis, reader.cues));
            spent[4] += timed(|| drop(propositions(text, blocks, &analysis, &said, reader.lexicon)));
            spent[5] += timed(|| drop(dates::dates(text, article.published_on, &|_| Tense::Past)));
            spent[6] += timed(|| drop(quantities::quantities(text)));
        }
    }
    for (stage, seconds) in STAGES.iter().zip(spent) {
        println!("| {stage} | {seconds:.2} s | {:.0} % |", seconds / whole_s * 100.0);
    }
    println!("| claims and the rest | {:.2} s | |", whole_s - spent.iter().sum::<f64>());
    Ok(())
}

fn document(path: &Path, set: &Set) -> Result<DocumentText> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(read_document(&path.to_string_lossy(), &bytes, &set.clock, None).0)
}

fn timed(work: impl FnOnce()) -> f64 {
    let at = cpu_s();
    work();
    cpu_s() - at
}

/// Seconds that this thread was on a core; where the system does not tell, seconds of the clock since the start.
fn cpu_s() -> f64 {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let ns = told.and_then(|line| line.split(' ').next()?.parse::<f64>().ok());
    ns.map_or_else(|| START.get_or_init(Instant::now).elapsed().as_secs_f64(), |ns| ns / 1e9)
}

/// A figure of `/proc/self/status`, in MB; 0 where the system does not tell.
fn memory_mb(what: &str) -> Result<f64> {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(what));
    let kb = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
    Ok(kb.unwrap_or(0.0) / 1024.0)
}
