//! The main text of a page, by the extractor, and the head that it leaves out.

use dom_smoothie::{Config, Readability};

use super::references;
use super::walk::{self, Walked};
use crate::input::roles;
use crate::prose::BlockRole;

/// Which runs are the article; `None` where the extractor finds none.
pub(super) fn main_runs(walked: &Walked) -> Option<Vec<bool>> {
    if walked.runs.is_empty() || !walked.has_page_parts {
        return None;
    }
    let config = Config { disable_json_ld: true, ..Config::default() };
    let page = format!("<html><body>{}</body></html>", walked.copy);
    let article = Readability::new(page, None, Some(config)).ok()?.parse().ok()?;
    let mut is_main = vec![false; walked.runs.len()];
    for number in walk::marks(&article.content) {
        if let Some(run) = is_main.get_mut(number) {
            *run = true;
        }
    }
    is_main.contains(&true).then_some(is_main)
}

/// Adds what stands over the article: the heading that is its title, and the standfirst below it. Extractors leave these out,
/// since their readers are given the title apart.
pub(super) fn add_head(text: &str, walked: &Walked, title: Option<&str>, is_main: &mut [bool]) {
    let Some(first) = is_main.iter().position(|is_main| *is_main) else { return };
    let wanted = title.map(roles::letters).unwrap_or_default();
    let letters = |at: usize| {
        let span = walked.runs[at].span;
        roles::letters(&references::decoded(&text[span.start..span.end]))
    };
    let says_title = |at: usize| {
        let letters = letters(at);
        let is_like = wanted.starts_with(&letters) || letters.starts_with(&wanted);
        is_like && !wanted.is_empty() && letters.len() * 2 >= wanted.len()
    };
    let headings: Vec<usize> =
        (0..walked.runs.len()).filter(|at| walked.runs[*at].is_heading).take(MAX_HEADINGS).collect();
    let heading = headings.iter().copied().find(|at| says_title(*at)).or_else(|| {
        headings.iter().copied().filter(|at| *at <= first).rfind(|at| walked.runs[*at].is_first_heading)
    });
    let Some(heading) = heading else { return };
    for at in block_of(walked, heading) {
        is_main[at] = true;
    }
    let end = first.max(heading);
    for (run, is_main) in walked.runs[heading..end].iter().zip(&mut is_main[heading..end]) {
        use BlockRole::{Caption, Credit, Standfirst, Tag};
        *is_main |= !run.is_aside && matches!(run.hint, Some(Standfirst | Caption | Credit | Tag));
    }
}

const MAX_HEADINGS: usize = 200;

fn block_of(walked: &Walked, at: usize) -> std::ops::Range<usize> {
    let block = walked.runs[at].block;
    let start = walked.runs[..at].iter().rposition(|run| run.block != block).map_or(0, |ix| ix + 1);
    let end =
        walked.runs[at..].iter().position(|run| run.block != block).map_or(walked.runs.len(), |n| at + n);
    start..end
}
