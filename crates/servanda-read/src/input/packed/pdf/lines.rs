//! Pieces of letters become lines, and lines paragraphs.
//!
//! The order is that in which the page shows its letters, which for almost every writer of PDF is the order of reading, also in
//! columns. A piece begins a new line where it stands higher or lower than the one before by half its size.

use std::collections::{BTreeMap, BTreeSet};

use super::show::Piece;
use crate::prose::BlockRole;

#[derive(Clone, Debug)]
struct Line {
    words: String,
    x: f32,
    end: f32,
    y: f32,
    /// Height of most of its letters.
    size: f32,
    n_of_size: usize,
    page: usize,
    /// Whether it is one of the two highest or two lowest lines of its page.
    is_outer: bool,
}

/// Running heads and feet stand on at least so many pages (on both of two).
const MIN_REPEATS: usize = 3;

/// The blocks of all pages, with the roles that place and size tell.
pub(super) fn blocks(pages: &[Vec<Piece>]) -> Vec<(String, Option<BlockRole>)> {
    let lines: Vec<Line> = pages.iter().enumerate().flat_map(|(page, pieces)| lines(page, pieces)).collect();
    let margins = margins(&lines, pages.len());
    let body_size = body_size(&lines);
    let widest = widest(&lines, body_size);
    let mut blocks: Vec<(String, Option<BlockRole>)> = Vec::new();
    let mut last: Option<&Line> = None;
    for line in &lines {
        if line.is_outer && (margins.contains(&margin_key(line)) || is_page_number(&line.words)) {
            blocks.push((line.words.clone(), Some(BlockRole::Boilerplate)));
            continue;
        }
        let hint = match () {
            () if line.words.contains('\t') => Some(BlockRole::Row),
            () if is_large(line, body_size) => Some(BlockRole::Heading),
            () if is_item(&line.words) => Some(BlockRole::ListItem),
            () => None,
        };
        let continues = last.is_some_and(|before| goes_on(before, line, widest));
        let open = blocks.iter_mut().rev().find(|(_, hint)| *hint != Some(BlockRole::Boilerplate));
        match open {
            Some((words, open_hint))
                if continues && (*open_hint == hint || *open_hint == Some(BlockRole::ListItem)) =>
            {
                words.push('\n');
                words.push_str(&line.words);
            }
            _ => blocks.push((line.words.clone(), hint)),
        }
        last = Some(line);
    }
    // The largest line of the first page, before any running text, is the title.
    let first_text = blocks.iter().position(|(_, hint)| hint.is_none()).unwrap_or(blocks.len());
    if let Some((_, hint)) =
        blocks[..first_text].iter_mut().find(|(_, hint)| *hint == Some(BlockRole::Heading))
    {
        *hint = Some(BlockRole::Headline);
    }
    blocks
}

fn lines(page: usize, pieces: &[Piece]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut open: Option<Line> = None;
    for piece in pieces {
        let size = if piece.size > 0.0 { piece.size } else { 1.0 };
        if let Some(line) = &mut open {
            let same_height = (line.y - piece.y).abs() < 0.5 * line.size.max(size);
            let gap = piece.x - line.end;
            if same_height && gap > -1.5 * size {
                if gap > 0.18 * size && !line.words.ends_with(' ') && !piece.words.starts_with(' ') {
                    // A wide gap parts columns of a table.
                    line.words.push_str(if gap > 1.8 * size { "\t" } else { " " });
                }
                line.words.push_str(&piece.words);
                line.end = line.end.max(piece.end);
                if piece.words.len() > line.n_of_size {
                    (line.size, line.n_of_size) = (size, piece.words.len());
                }
                continue;
            }
        }
        lines.extend(open.take());
        let n_of_size = piece.words.len();
        let words = piece.words.clone();
        open = Some(Line {
            words,
            x: piece.x,
            end: piece.end,
            y: piece.y,
            size,
            n_of_size,
            page,
            is_outer: false,
        });
    }
    lines.extend(open);
    for line in &mut lines {
        line.words = line.words.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    }
    lines.retain(|line| !line.words.trim().is_empty());
    let mut heights: Vec<f32> = lines.iter().map(|line| line.y).collect();
    heights.sort_by(f32::total_cmp);
    heights.dedup_by(|one, other| (*one - *other).abs() < 1.0);
    if let (Some(low), Some(high)) = (heights.get(1), heights.iter().nth_back(1)) {
        lines.iter_mut().for_each(|line| line.is_outer = line.y <= *low || line.y >= *high);
    }
    lines
}

/// Where and what a line is, digits aside: what running heads have in common.
fn margin_key(line: &Line) -> (i32, String) {
    let words = line.words.chars().filter(|letter| letter.is_alphabetic()).take(60).collect();
    (line.y.round() as i32, words)
}

fn margins(lines: &[Line], n_pages: usize) -> BTreeSet<(i32, String)> {
    let mut seen: BTreeMap<(i32, String), Vec<usize>> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.is_outer) {
        let pages = seen.entry(margin_key(line)).or_default();
        if pages.last() != Some(&line.page) {
            pages.push(line.page);
        }
    }
    let min = MIN_REPEATS.min(n_pages.max(2));
    seen.into_iter().filter(|(_, pages)| pages.len() >= min).map(|(key, _)| key).collect()
}

fn is_page_number(words: &str) -> bool {
    let small = words.to_lowercase();
    let rest = small.trim().trim_start_matches("page").trim_matches(|letter: char| !letter.is_alphanumeric());
    let parts: Vec<&str> =
        rest.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    !parts.is_empty()
        && parts.len() <= 3
        && words.len() <= 16
        && parts
            .iter()
            .all(|part| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit()) || *part == "of")
}

/// The size of most letters, in tenths.
fn body_size(lines: &[Line]) -> f32 {
    let mut sizes: BTreeMap<i32, usize> = BTreeMap::new();
    for line in lines {
        *sizes.entry((line.size * 10.0) as i32).or_default() += line.words.len();
    }
    sizes.into_iter().max_by_key(|(_, n)| *n).map_or(10.0, |(size, _)| size as f32 / 10.0)
}

/// How wide full lines of running text are.
fn widest(lines: &[Line], body_size: f32) -> f32 {
    let mut widths: Vec<f32> = lines
        .iter()
        .filter(|line| (line.size - body_size).abs() < 1.0)
        .map(|line| line.end - line.x)
        .collect();
    widths.sort_by(f32::total_cmp);
    widths.get(widths.len() * 3 / 4).copied().unwrap_or(0.0)
}

fn is_large(line: &Line, body_size: f32) -> bool {
    line.size > body_size * 1.15 && line.words.chars().count() <= 200
}

/// Whether a line continues the paragraph of the line before.
fn goes_on(before: &Line, line: &Line, widest: f32) -> bool {
    let is_open = !before.words.trim_end().ends_with(['.', '!', '?', ':', '”', '"']);
    let starts_small = line.words.starts_with(char::is_lowercase);
    if before.page != line.page || line.y > before.y + before.size {
        // Over the end of a page or column.
        return is_open && starts_small;
    }
    let gap = before.y - line.y;
    let same_size = (before.size - line.size).abs() <= 0.12 * before.size.max(line.size);
    if !same_size || gap > 1.75 * before.size.max(line.size) || is_item(&line.words) {
        return is_open && starts_small && gap <= 2.5 * before.size.max(line.size);
    }
    let is_full = before.end - before.x >= 0.8 * widest;
    let is_indented = line.x > before.x + 0.8 * line.size;
    (is_full || is_open && starts_small) && (is_open || !is_indented)
}

fn is_item(words: &str) -> bool {
    if words.strip_prefix(|letter: char| letter.is_ascii_digit()).is_some_and(|rest| rest.starts_with(' ')) {
        return false;
    }
    words.starts_with(['•', '▪', '●', '○', '◦', '–', '\u{f0b7}'])
        || words.starts_with("- ")
        || words.split_once(' ').is_some_and(|(mark, _)| {
            let inner = mark.trim_start_matches('(').trim_end_matches([')', '.']);
            mark.len() > inner.len()
                && inner.len() <= 2
                && inner.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}
