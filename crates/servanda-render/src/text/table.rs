//! Tables that fit the page: columns shrink, cells break at words.

use crate::plain::{pad, width, wrap};
use crate::text::Page;

enum Line {
    Section(String),
    Row(Vec<String>, Option<(usize, &'static str)>),
    Note(String),
}

/// A table with sections, rows and notes beneath rows.
pub struct Table {
    heads: Vec<String>,
    /// Widest that each column may grow.
    most: Vec<usize>,
    lines: Vec<Line>,
}

const GAP: usize = 2;
const LEAST: usize = 8;
const NOTE_INDENT: &str = "    ";

impl Table {
    /// An empty table; `most`: the widest that each column may grow.
    pub fn new(heads: &[&str], most: &[usize]) -> Table {
        let heads = heads.iter().map(|head| (*head).to_owned()).collect();
        Table { heads, most: most.to_vec(), lines: Vec::new() }
    }

    /// A line of its own above the rows that follow.
    pub fn section(&mut self, title: &str) {
        self.lines.push(Line::Section(title.to_owned()));
    }

    /// A row; `styled`: a column and its style.
    pub fn row(&mut self, cells: Vec<String>, styled: Option<(usize, &'static str)>) {
        self.lines.push(Line::Row(cells, styled));
    }

    /// A line beneath the last row.
    pub fn note(&mut self, text: &str) {
        self.lines.push(Line::Note(text.to_owned()));
    }

    /// Prints the table; a page of 40 cells is the narrowest.
    pub fn print(&self, out: &mut String, page: Page) {
        let widths = self.widths(page.width.max(40));
        self.print_row(out, &self.heads, &widths, None, page, true);
        for line in &self.lines {
            match line {
                Line::Section(title) => {
                    out.push('\n');
                    for line in wrap(title, page.width) {
                        out.push_str(&page.paint().bold(&line));
                        out.push('\n');
                    }
                }
                Line::Row(cells, styled) => self.print_row(out, cells, &widths, *styled, page, false),
                Line::Note(text) => {
                    for line in wrap(text, page.width.saturating_sub(NOTE_INDENT.len())) {
                        out.push_str(&page.paint().dim(&format!("{NOTE_INDENT}{line}")));
                        out.push('\n');
                    }
                }
            }
        }
    }

    fn print_row(
        &self,
        out: &mut String,
        cells: &[String],
        widths: &[usize],
        styled: Option<(usize, &'static str)>,
        page: Page,
        is_head: bool,
    ) {
        let paint = page.paint();
        let wrapped: Vec<Vec<String>> =
            cells.iter().zip(widths).map(|(cell, width)| wrap(cell, *width)).collect();
        let n_lines = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..n_lines {
            let mut line = String::new();
            for (column, cell) in wrapped.iter().enumerate() {
                let text = cell.get(at).map_or("", String::as_str);
                let filled = pad(text, widths[column]);
                let filled = match styled {
                    Some((styled, style)) if styled == column => paint.styled(style, &filled),
                    _ => filled,
                };
                line.push_str(&filled);
                if column + 1 < wrapped.len() {
                    line.push_str(&" ".repeat(GAP));
                }
            }
            let line = line.trim_end();
            out.push_str(&if is_head { paint.dim(line) } else { line.to_owned() });
            out.push('\n');
        }
    }

    /// What each column needs, the widest one shrunk until all fit.
    fn widths(&self, page: usize) -> Vec<usize> {
        let mut widths: Vec<usize> = self.heads.iter().map(|head| width(head)).collect();
        for line in &self.lines {
            if let Line::Row(cells, _) = line {
                for (column, cell) in cells.iter().enumerate() {
                    widths[column] = widths[column].max(width(cell).min(self.most[column]));
                }
            }
        }
        let room = page.saturating_sub(GAP * (widths.len() - 1));
        while widths.iter().sum::<usize>() > room {
            let Some(widest) = widths.iter_mut().max_by_key(|width| **width) else { break };
            if *widest <= LEAST {
                break;
            }
            *widest -= 1;
        }
        widths
    }
}
