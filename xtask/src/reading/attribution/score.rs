//! The scores: what counts as right, and how often it was.

use std::collections::BTreeMap;
use std::ops::Add;

use servanda_model::Span;

use super::marked::{Article, Marked};

/// Figures, in the order in which they are printed.
pub(super) const FIGURES: &[&str] = &[
    "quoted_speaker_recall",
    "quoted_speaker_precision",
    "joint_f1",
    "joint_recall",
    "joint_precision",
    "source_f1",
    "cue_f1",
    "content_f1",
    "content_words_f1",
];

/// Right ones of how many.
#[derive(Clone, Copy, Debug, Default)]
struct Part {
    n_right: usize,
    n_all: usize,
}

impl Part {
    fn add(&mut self, is_right: bool) {
        self.n_right += usize::from(is_right);
        self.n_all += 1;
    }

    fn ratio(self) -> f64 {
        if self.n_all == 0 { 0.0 } else { self.n_right as f64 / self.n_all as f64 }
    }
}

impl Add for Part {
    type Output = Part;
    fn add(self, other: Part) -> Part {
        Part { n_right: self.n_right + other.n_right, n_all: self.n_all + other.n_all }
    }
}

/// Counts over articles, by name of the count.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally(BTreeMap<&'static str, Part>);

impl Add for Tally {
    type Output = Tally;
    fn add(mut self, other: Tally) -> Tally {
        for (name, part) in other.0 {
            let own = self.0.entry(name).or_default();
            *own = *own + part;
        }
        self
    }
}

/// Bytes that two lists of spans share.
fn shared(a: &[Span], b: &[Span]) -> usize {
    a.iter().flat_map(|a| b.iter().map(move |b| a.end.min(b.end).saturating_sub(a.start.max(b.start)))).sum()
}

fn overlap(a: &[Span], b: &[Span]) -> bool {
    a.is_empty() && b.is_empty() || shared(a, b) > 0
}

/// Source, cue and content all overlap; a source may be missing in both.
fn is_joint(a: &Marked, b: &Marked) -> bool {
    overlap(&a.source, &b.source) && overlap(&a.cue, &b.cue) && shared(&a.content, &b.content) > 0
}

/// Pairs found with marked reports one to one, those with more bytes in common first.
fn pairs(
    found: &[Marked],
    marked: &[Marked],
    fits: impl Fn(&Marked, &Marked) -> bool,
) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    for (f, one) in found.iter().enumerate() {
        for (m, other) in marked.iter().enumerate() {
            if fits(one, other) {
                let n_shared = shared(&one.cue, &other.cue) * 1000 + shared(&one.content, &other.content);
                all.push((std::cmp::Reverse(n_shared), f, m));
            }
        }
    }
    all.sort();
    let (mut is_taken, mut is_met) = (vec![false; found.len()], vec![false; marked.len()]);
    let mut pairs = Vec::new();
    for (_, f, m) in all {
        if !is_taken[f] && !is_met[m] {
            (is_taken[f], is_met[m]) = (true, true);
            pairs.push((f, m));
        }
    }
    pairs
}

/// The parts of these spans that stand within quotation marks.
fn within(spans: &[Span], quoted: &[Span]) -> Vec<Span> {
    let cut = |a: &Span, b: &Span| {
        let (start, end) = (a.start.max(b.start), a.end.min(b.end));
        (start < end).then(|| Span::new(start, end))
    };
    spans.iter().flat_map(|a| quoted.iter().filter_map(move |b| cut(a, b))).collect()
}

/// Whether reports with that source hold at least half of these quoted bytes.
fn is_spoken(one: &Marked, others: &[Marked], quoted: &[Span]) -> Option<bool> {
    let words = within(&one.content, quoted);
    let n_bytes: usize = words.iter().map(Span::len).sum();
    if n_bytes == 0 || one.source.is_empty() {
        return None;
    }
    let same = others.iter().filter(|other| shared(&other.source, &one.source) > 0);
    let n_held: usize = same.map(|other| shared(&other.content, &words)).max().unwrap_or_default();
    Some(2 * n_held >= n_bytes)
}

impl Tally {
    fn part(&mut self, name: &'static str) -> &mut Part {
        self.0.entry(name).or_default()
    }

    /// Counts one article.
    pub fn add(&mut self, found: &[Marked], marked: &[Marked], quoted: &[Span]) {
        for one in marked.iter().filter(|one| one.is_quoted) {
            if let Some(is_right) = is_spoken(one, found, quoted) {
                self.part("quoted_speaker_recall").add(is_right);
            }
        }
        for one in found.iter().filter(|one| one.is_quoted) {
            if let Some(is_right) = is_spoken(one, marked, quoted) {
                self.part("quoted_speaker_precision").add(is_right);
            }
        }
        let joint = pairs(found, marked, is_joint);
        self.pair("joint", joint.len(), found.len(), marked.len());
        let source = pairs(found, marked, |a, b| shared(&a.source, &b.source) > 0).len();
        let n_sources = |list: &[Marked]| list.iter().filter(|one| !one.source.is_empty()).count();
        self.pair("source", source, n_sources(found), n_sources(marked));
        let cue = pairs(found, marked, |a, b| shared(&a.cue, &b.cue) > 0).len();
        self.pair("cue", cue, found.len(), marked.len());
        let content = pairs(found, marked, |a, b| shared(&a.content, &b.content) > 0).len();
        self.pair("content", content, found.len(), marked.len());
        for (f, m) in joint {
            let bytes = |spans: &[Span]| spans.iter().map(Span::len).sum::<usize>();
            let n_shared = shared(&found[f].content, &marked[m].content);
            let words = self.part("content_words_f1");
            words.n_right += 2 * n_shared;
            words.n_all += bytes(&found[f].content) + bytes(&marked[m].content);
        }
    }

    fn pair(&mut self, name: &'static str, n_pairs: usize, n_found: usize, n_marked: usize) {
        let names = match name {
            "joint" => ("joint_recall", "joint_precision"),
            "source" => ("source_recall", "source_precision"),
            "cue" => ("cue_recall", "cue_precision"),
            _ => ("content_recall", "content_precision"),
        };
        for (name, n_all) in [(names.0, n_marked), (names.1, n_found)] {
            let part = self.part(name);
            *part = *part + Part { n_right: n_pairs, n_all };
        }
    }

    /// A figure by its name, in [0, 1].
    pub fn figure(&self, name: &str) -> f64 {
        let ratio = |name: &str| self.0.get(name).map_or(0.0, |part| part.ratio());
        if self.0.contains_key(name) {
            return ratio(name);
        }
        let stem = name.trim_end_matches("_f1");
        let (recall, precision) = (ratio(&format!("{stem}_recall")), ratio(&format!("{stem}_precision")));
        if recall + precision == 0.0 { 0.0 } else { 2.0 * recall * precision / (recall + precision) }
    }

    /// How much the figures stand on.
    pub fn counts(&self, half: &str) -> String {
        let n_all = |name| self.0.get(name).map_or(0, |part| part.n_all);
        format!(
            "{half}: {} marked reports, {} found; {} quoted ones marked, {} found",
            n_all("joint_recall"),
            n_all("joint_precision"),
            n_all("quoted_speaker_recall"),
            n_all("quoted_speaker_precision")
        )
    }
}

/// Prints what was missed and what was wrong in an article.
pub(super) fn show(article: &Article, found: &[Marked], quoted: &[Span]) {
    let marked = &article.marked[0];
    let words = |spans: &[Span]| -> String {
        let words: Vec<&str> = spans.iter().filter_map(|span| span.of(&article.text)).collect();
        let words = words.join(" … ");
        let short: String = words.chars().take(160).collect();
        short.replace('\n', " ")
    };
    let line = |sort: &str, one: &Marked| {
        println!(
            "{sort} [{}] {} || {} || {}",
            one.rule,
            words(&one.source),
            words(&one.cue),
            words(&one.content)
        );
    };
    println!("== {}", article.name);
    let joint = pairs(found, marked, is_joint);
    for (f, m) in &joint {
        line("   right", &found[*f]);
        let n_shared = shared(&found[*f].content, &marked[*m].content);
        let n_marked: usize = marked[*m].content.iter().map(Span::len).sum();
        if 10 * n_shared < 7 * n_marked {
            line("      but marked", &marked[*m]);
        }
    }
    for (f, one) in found.iter().enumerate().filter(|(f, _)| !joint.iter().any(|(pair, _)| pair == f)) {
        let _ = f;
        line(if is_spoken(one, marked, quoted) == Some(false) { "WRONG QUOTE" } else { "-- wrong" }, one);
    }
    for (_, one) in marked.iter().enumerate().filter(|(m, _)| !joint.iter().any(|(_, pair)| pair == m)) {
        let is_missed = one.is_quoted && is_spoken(one, found, quoted) == Some(false);
        let has_cue = found.iter().any(|other| shared(&other.cue, &one.cue) > 0);
        let sort = match (is_missed, has_cue) {
            (true, _) => "MISSED QUOTE",
            (_, true) => "+c missed",
            _ => "++ missed",
        };
        line(sort, one);
    }
}

/// Prints every found cue of an article with whether it was right, to be sorted and counted.
pub(super) fn note_cues(article: &Article, found: &[Marked]) {
    let marked = &article.marked[0];
    let joint = pairs(found, marked, is_joint);
    for (f, one) in found.iter().enumerate() {
        let cue = one.cue.first().and_then(|span| span.of(&article.text)).unwrap_or_default();
        let is_right = joint.iter().any(|(pair, _)| *pair == f);
        println!("cue\t{}\t{}\t{cue}", if is_right { "right" } else { "wrong" }, one.rule);
    }
}
