//! Sections of the report as text.

use super::{Page, Table, in_quotes};
use crate::plain::{isolate, wrap};
use crate::section::{Block, Section};

/// Widest that the first column, and any other, may grow.
const WIDEST: [usize; 2] = [34, 24];

/// A part of the report.
pub(super) fn section(out: &mut String, section: &Section, page: Page) {
    out.push('\n');
    title(out, &section.title.to_uppercase(), page);
    for block in &section.blocks {
        match block {
            Block::Title { text } => {
                out.push('\n');
                title(out, text, page);
            }
            Block::Line { text } => page.lines(out, &isolate(text), ""),
            Block::Table { heads, rows } => {
                let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
                let widest: Vec<usize> = (0..heads.len()).map(|at| WIDEST[at.min(1)]).collect();
                let mut table = Table::new(&heads, &widest);
                rows.iter().for_each(|row| table.row(row.iter().map(|cell| isolate(cell)).collect(), None));
                table.print(out, page);
            }
            Block::List { items } => {
                for item in items {
                    page.lines(out, &isolate(&item.said), "  ");
                    for quoted in &item.quotes {
                        page.lines(out, &in_quotes(quoted), "    ");
                    }
                }
            }
        }
    }
}

fn title(out: &mut String, text: &str, page: Page) {
    for line in wrap(&isolate(text), page.width) {
        out.push_str(&page.paint().bold(&line));
        out.push('\n');
    }
}
