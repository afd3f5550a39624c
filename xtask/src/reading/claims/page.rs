//! A page for each article that the product was conceived from: what the program reads in it beside what an analyst wrote
//! down, sentence by sentence, with what is missed and what is too much.
//!
//! Invariant: a page that is committed holds no more of the text than the first eight words of a sentence; the words of
//! claims stand only on full pages, which go to `out/`.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use servanda_language::{Model, analyse};
use servanda_model::Claim;
use servanda_read::input::Article;

use super::fields::{Compared, short_to};
use super::gold::{Gold, GoldClaim};
use super::matched::Matched;
use crate::reading::Context;

/// Words of a sentence that a committed page shows.
const AID_WORDS: usize = 8;

/// A sentence of an article: where it stands in the file, and its number.
struct Sentence {
    start: usize,
    end: usize,
    paragraph: usize,
    number: usize,
}

/// Where the page of a document lies.
pub(super) fn path(ctx: &Context, gold: &Gold, is_full: bool) -> PathBuf {
    let folder = if is_full { "out/reading" } else { "docs/reading" };
    ctx.root.join(folder).join(format!("{}.md", gold.name))
}

/// Writes the page of a document, or says that the one that is there is not what would be written.
///
/// # Errors
/// The page cannot be written.
pub(super) fn write(ctx: &Context, gold: &Gold, page: &str) -> Result<bool> {
    let is_full = ctx.has("--full");
    let path = path(ctx, gold, is_full);
    let name = path.strip_prefix(&ctx.root).unwrap_or(&path).display().to_string();
    if !is_full && fs::read_to_string(&path).is_ok_and(|there| there == page) {
        return Ok(true);
    }
    if ctx.has("--check") {
        println!("{name} is not what is read now; `cargo xtask reading page` writes it anew");
        return Ok(false);
    }
    fs::create_dir_all(path.parent().unwrap_or(&ctx.root))?;
    fs::write(&path, page).with_context(|| format!("cannot write {name}"))?;
    println!("wrote {name}");
    Ok(true)
}

/// The page of a document.
pub(super) fn page(
    gold: &Gold,
    articles: &[Article],
    read: &[Claim],
    matched: &Matched,
    is_full: bool,
) -> String {
    let mut page = head(gold, matched);
    let sentences = sentences(articles);
    let mut paragraph = 0;
    for (ix, sentence) in sentences.iter().enumerate() {
        let to = sentences.get(ix + 1).map_or(usize::MAX, |next| next.start);
        let from = if ix == 0 { 0 } else { sentence.start };
        let lines = lines(gold, read, matched, from..to, is_full);
        if sentence.paragraph != paragraph {
            paragraph = sentence.paragraph;
            let _ = write!(page, "\n## Paragraph {paragraph}\n");
        }
        let words = gold.text.get(sentence.start..sentence.end).unwrap_or_default();
        let words = if is_full { words.to_owned() } else { short_to(AID_WORDS, words) };
        let _ = write!(page, "\n**{paragraph}.{}** {}\n\n", sentence.number, plain(&words));
        page += if lines.is_empty() { "- no claim\n" } else { &lines };
    }
    page
}

fn head(gold: &Gold, matched: &Matched) -> String {
    let tally = matched.tally();
    let percent =
        |figure: Option<f64>| figure.map_or("-".to_owned(), |figure| format!("{:.0} %", figure * 100.0));
    format!(
        "# {}: what is read beside what an analyst wrote down\n\n\
         Written by `cargo xtask reading page`; never by hand. The article ({}, published {}) is its publisher's \
         and is not in the repository: of each sentence only the first words stand here, so that who has the article finds \
         it (`cargo xtask reading page --full` writes a page with the text into `out/`). What the figures mean: \
         [how well prose is read](../methods/reading-quality.md).\n\n\
         The analyst wrote down {} claims, the program reads {}; {} are the same: precision {}, recall {}.\n\n\
         - **both**: read as annotated; behind it what is read otherwise, field by field.\n\
         - **missed**: annotated and not read.\n\
         - **too much**: read and not annotated.\n",
        gold.name,
        gold.genre,
        gold.published,
        tally.gold,
        tally.read,
        tally.same,
        percent(tally.precision()),
        percent(tally.recall()),
    )
}

/// The sentences that are read, by paragraph.
fn sentences(articles: &[Article]) -> Vec<Sentence> {
    let mut list = Vec::new();
    let mut paragraph = 0;
    for article in articles {
        let text = &article.prose.text;
        for block in article.prose.blocks.iter().filter(|block| block.role.is_read()) {
            paragraph += 1;
            let analysis =
                analyse(Model::builtin(), text, std::slice::from_ref(&(block.span.start..block.span.end)));
            for (ix, sentence) in analysis.sentences.iter().enumerate() {
                let origin = article.prose.origin(servanda_model::Span::new(sentence.start, sentence.end));
                let number = ix + 1;
                list.push(Sentence { start: origin.start, end: origin.end, paragraph, number });
            }
        }
    }
    list
}

/// What begins in these bytes: pairs, misses, and what is too much.
fn lines(
    gold: &Gold,
    read: &[Claim],
    matched: &Matched,
    bytes: std::ops::Range<usize>,
    is_full: bool,
) -> String {
    let mut lines: Vec<(usize, String)> = Vec::new();
    let quote = |start: usize, end: usize| match gold.text.get(start..end) {
        Some(words) if is_full => format!(" “{}”", plain(words)),
        _ => String::new(),
    };
    for (claim, ix, compared) in &matched.pairs {
        let claim = &gold.claims[*claim];
        let words = quote(read[*ix].span.start, read[*ix].span.end);
        lines.push((
            claim.span[0],
            format!("- **both** {}{words}{}\n", annotated(claim), otherwise(compared)),
        ));
    }
    for ix in &matched.missed {
        let claim = &gold.claims[*ix];
        let place = claim.focus.unwrap_or(claim.span);
        lines.push((
            claim.span[0],
            format!("- **missed** {}{}\n", annotated(claim), quote(place[0], place[1])),
        ));
    }
    for ix in &matched.spurious {
        let claim = &read[*ix];
        let kind = word(&claim.kind);
        let words = quote(claim.span.start, claim.span.end);
        lines.push((claim.span.start, format!("- **too much** {kind}: {}{words}\n", claim.action)));
    }
    lines.retain(|(at, _)| bytes.contains(at));
    lines.sort();
    lines.into_iter().map(|(_, line)| line).collect()
}

/// An annotated claim in a line.
fn annotated(claim: &GoldClaim) -> String {
    let mut line = format!("{}: {}", word(&claim.kind), claim.action);
    if claim.polarity == servanda_model::Polarity::Negative {
        line += " (denied)";
    }
    if !claim.actors.is_empty() {
        let _ = write!(line, "; by {}", claim.actors.join(", "));
    }
    if !claim.targets.is_empty() {
        let _ = write!(line, "; to {}", claim.targets.join(", "));
    }
    let sources: Vec<&str> = claim
        .chain
        .iter()
        .chain(claim.speaker.first())
        .map(String::as_str)
        .filter(|name| *name != "-")
        .collect();
    if let Some((last, rest)) = sources.split_last() {
        let mut rest: Vec<&str> = rest.to_vec();
        rest.retain(|name| name != last);
        rest.push(last);
        let _ = write!(line, "; says {}", rest.join(" > "));
    }
    line
}

/// What of a pair is read otherwise than annotated.
fn otherwise(compared: &[Compared]) -> String {
    let wrong: Vec<String> = compared
        .iter()
        .filter(|compared| !compared.tally.is_right() && !matches!(compared.field, "negative" | "condition"))
        .map(|compared| {
            let or_none =
                |value: &str| if value.is_empty() { "nothing".to_owned() } else { value.to_owned() };
            format!("{} {}, read {}", compared.field, or_none(&compared.gold), or_none(&compared.read))
        })
        .chain(
            compared
                .iter()
                .filter(|compared| compared.field == "condition" && !compared.tally.is_right())
                .map(|_| "condition".to_owned()),
        )
        .collect();
    if wrong.is_empty() { String::new() } else { format!(" — otherwise: {}", wrong.join("; ")) }
}

fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// One line, without signs that Markdown would take for its own.
fn plain(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    words.replace(['*', '_', '<', '[', ']', '`'], " ")
}
