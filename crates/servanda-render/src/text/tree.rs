//! The tree behind a state, with branches drawn.

use crate::civil::Civil;
use crate::plain::{isolate, width, wrap};
use crate::text::Page;
use crate::why::{WhyNode, according_to};

/// Prints a tree.
pub(super) fn tree(out: &mut String, root: &WhyNode, civil: &Civil, page: Page) {
    lines(out, root, civil, "", "", page);
}

fn lines(out: &mut String, node: &WhyNode, civil: &Civil, first: &str, rest: &str, page: Page) {
    let paint = page.paint();
    let room = page.width.saturating_sub(width(first)).max(24);
    for (at, line) in wrap(&sentence(node, civil), room).iter().enumerate() {
        out.push_str(&paint.dim(if at == 0 { first } else { rest }));
        out.push_str(line);
        out.push('\n');
    }
    let n = node.because.len();
    for (at, below) in node.because.iter().enumerate() {
        let (branch, stem) =
            if at + 1 == n { ("\u{2514}\u{2500} ", "   ") } else { ("\u{251c}\u{2500} ", "\u{2502}  ") };
        lines(out, below, civil, &format!("{rest}{branch}"), &format!("{rest}{stem}"), page);
    }
}

/// A node as one sentence: what it says, the words it ends in, where they stand.
fn sentence(node: &WhyNode, civil: &Civil) -> String {
    let mut text = node.said.clone();
    if let Some(quoted) = &node.quote {
        let source = according_to(&quoted.according_to);
        let published = quoted.published_at.map(|at| format!(", {}", civil.day(at))).unwrap_or_default();
        text = format!(
            "{}: \u{201c}{}\u{201d} {}[{}{published}{}]",
            node.said,
            isolate(&quoted.quote),
            if source.is_empty() { String::new() } else { format!("{} ", isolate(&source)) },
            isolate(&quoted.path),
            quoted.reading_said()
        );
    } else if let Some(place) = &node.place {
        text = format!("{} [{place}]", isolate(&text));
    }
    text
}
