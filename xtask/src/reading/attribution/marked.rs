//! Marked articles in brat's standoff form.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use servanda_model::Span;

/// One report, as marked or as found; bytes.
#[derive(Clone, Debug, Default)]
pub(super) struct Marked {
    pub source: Vec<Span>,
    pub cue: Vec<Span>,
    pub content: Vec<Span>,
    /// Whether the content holds quotation marks.
    pub is_quoted: bool,
    pub rule: &'static str,
}

/// An article with what each of its annotators marked, the first by name first.
pub(super) struct Article {
    pub name: String,
    pub text: String,
    pub marked: Vec<Vec<Marked>>,
    pub is_for_development: bool,
}

/// Every article of the folder, by name.
///
/// # Errors
/// A file cannot be read.
pub(super) fn articles(folder: &Path) -> Result<Vec<Article>> {
    let mut articles: BTreeMap<String, Article> = BTreeMap::new();
    let mut files: Vec<_> = fs::read_dir(folder.join("attributions"))?.collect::<Result<_, _>>()?;
    files.sort_by_key(fs::DirEntry::file_name);
    for file in files {
        let file_name = file.file_name().to_string_lossy().into_owned();
        let Some((name, _)) = file_name.strip_suffix(".ann").and_then(|stem| stem.rsplit_once('_')) else {
            continue;
        };
        let article = match articles.entry(name.to_owned()) {
            std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::btree_map::Entry::Vacant(entry) => {
                let path = folder.join("text").join(format!("{name}.txt"));
                let text =
                    fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
                let is_for_development = hash(name).is_multiple_of(2);
                entry.insert(Article { name: name.to_owned(), text, marked: Vec::new(), is_for_development })
            }
        };
        let marks = fs::read_to_string(file.path())?;
        let marked = read(&marks, &article.text);
        article.marked.push(marked);
    }
    Ok(articles.into_values().collect())
}

/// FNV-1a, 64 bits: which half an article belongs to.
fn hash(name: &str) -> u64 {
    name.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Reads spans ("T1\tSource 0 5;7 9\twords") and events ("E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3").
fn read(marks: &str, text: &str) -> Vec<Marked> {
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut spans: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for line in marks.lines().filter(|line| line.starts_with('T')) {
        let mut fields = line.split('\t');
        let (Some(id), Some(place)) = (fields.next(), fields.next()) else { continue };
        let Some((_, ranges)) = place.split_once(' ') else { continue };
        let range = |range: &str| {
            let (start, end) = range.split_once(' ')?;
            Some(Span::new(
                *bytes.get(start.parse::<usize>().ok()?)?,
                *bytes.get(end.parse::<usize>().ok()?)?,
            ))
        };
        spans.insert(id, ranges.split(';').filter_map(range).collect());
    }
    let mut found = Vec::new();
    for line in marks.lines().filter(|line| line.starts_with('E')) {
        let mut one = Marked { rule: "marked", ..Marked::default() };
        for part in line.split('\t').nth(1).unwrap_or_default().split(' ') {
            let Some((role, id)) = part.split_once(':') else { continue };
            let role = role.trim_end_matches(|sign: char| sign.is_ascii_digit());
            let place = spans.get(id).cloned().unwrap_or_default();
            match role {
                "Source" => one.source.extend(place),
                "Cue" => one.cue.extend(place),
                "Content" => one.content.extend(place),
                _ => {}
            }
        }
        let words = one.content.iter().filter_map(|span| span.of(text));
        one.is_quoted =
            words.into_iter().any(|words| words.contains(['"', '“', '”']) || words.contains("''"));
        if !one.content.is_empty() {
            found.push(one);
        }
    }
    found
}
