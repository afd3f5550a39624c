//! Tables of articles: one article a row, in delimited text, JSON Lines, or a JSON list.
//!
//! Columns are known by their usual names. Each row is an article with its own date; the date of the table is not that of
//! its rows. A row that cannot be read never hides the next.

mod cells;
mod columns;

use servanda_model::{Name, Span};

use super::draft::Draft;
use super::limits::{MAX_ARTICLE_BYTES, MAX_ROWS};
use super::{Article, front_matter, html, plain, published, roles};
use crate::clock::Clock;
use crate::document::DocumentText;
use crate::feed::json;
use crate::fields::Sink;
use crate::messages;
use crate::prose::{BlockRole, Prose};
use crate::rows::Rows;
use cells::Cell;
use columns::{Column, Columns};

/// What became of the rows.
#[derive(Default)]
struct Tally {
    n_rows: usize,
    n_faulty: usize,
    first_fault: Option<Span>,
    n_undated: usize,
    first_undated: Option<Span>,
}

/// Reads delimited text.
pub(super) fn delimited(document: &DocumentText, clock: &Clock, sink: &Sink, take: &mut dyn FnMut(Article)) {
    let (text, from) = (&document.text, document.body_start);
    let Some((delimiter, columns)) = header(text, from) else {
        sink.push(messages::no_articles(Span::new(from, first_line_end(text, from))));
        return;
    };
    let mut rows = Rows::with_limit(text, from, delimiter, MAX_ARTICLE_BYTES);
    rows.step();
    let mut tally = Tally::default();
    while let Some(row) = rows.step() {
        if row.span.is_empty() {
            continue;
        }
        if tally.n_rows == MAX_ROWS {
            sink.push(messages::rows_cut(Span::new(row.span.start, text.len()), MAX_ROWS));
            break;
        }
        let cell = |column: Column| {
            let span = columns.of(column).and_then(|at| rows.cell_span(at))?;
            Some(Cell::delimited(text, span))
        };
        let article =
            if row.fault.is_some() { None } else { article(document, clock, &cell, row.span, &mut tally) };
        hand(article, row.span, &mut tally, take);
    }
    tell(&tally, sink);
}

/// The delimiter by which the first row names a column of text, and its columns.
fn header(text: &str, from: usize) -> Option<(u8, Columns)> {
    [b',', b';', b'\t', b'|'].into_iter().find_map(|delimiter| {
        let mut rows = Rows::with_limit(text, from, delimiter, 1 << 16);
        rows.step()?;
        let names: Vec<_> = (0..rows.n_cells().min(MAX_COLUMNS)).filter_map(|at| rows.cell(at)).collect();
        let columns = Columns::new(names.iter().map(|name| &**name));
        columns.has_articles().then_some((delimiter, columns))
    })
}

const MAX_COLUMNS: usize = 1_000;

fn first_line_end(text: &str, from: usize) -> usize {
    text[from..].find('\n').map_or(text.len(), |at| from + at).min(super::draft::cut_before(
        text,
        from,
        from + 200,
    ))
}

/// Reads JSON Lines, or a JSON list of articles (perhaps under a key of the outermost object), or one article.
pub(super) fn listed(document: &DocumentText, clock: &Clock, sink: &Sink, take: &mut dyn FnMut(Article)) {
    let text = &document.text;
    let from = document.body_start + text[document.body_start..].len()
        - text[document.body_start..].trim_start().len();
    let mut tally = Tally::default();
    let mut has_columns = false;
    let mut each = |row: Span, tally: &mut Tally, take: &mut dyn FnMut(Article)| -> bool {
        if tally.n_rows == MAX_ROWS {
            sink.push(messages::rows_cut(Span::new(row.start, text.len()), MAX_ROWS));
            return false;
        }
        let entries = cells::entries(text, row);
        let columns = Columns::new(entries.iter().map(|(key, _)| key.as_str()));
        has_columns |= columns.has_articles();
        let cell = |column: Column| cells::Cell::json(text, entries[columns.of(column)?].1);
        let article = article(document, clock, &cell, row, tally);
        hand(article, row, tally, take);
        true
    };
    match layout(text, from) {
        Layout::List(elements) => {
            for element in elements {
                match element {
                    Ok(row) if each(row, &mut tally, take) => {}
                    Ok(_) => break,
                    Err(_) => {
                        tally.n_rows += 1;
                        tally.n_faulty += 1;
                        tally.first_fault = tally.first_fault.or(Some(Span::new(from, from)));
                    }
                }
            }
        }
        Layout::One(row) => {
            each(row, &mut tally, take);
        }
        Layout::Lines => {
            for (start, line) in front_matter::lines(text, from) {
                let row = super::draft::trimmed(text, Span::new(start, start + line.len()));
                if !row.is_empty() && !each(row, &mut tally, take) {
                    break;
                }
            }
        }
    }
    if !has_columns {
        sink.push(messages::no_articles(Span::new(from, first_line_end(text, from))));
        return;
    }
    tell(&tally, sink);
}

/// How a JSON text holds its articles.
enum Layout<'t> {
    List(json::Elements<'t>),
    One(Span),
    Lines,
}

fn layout(text: &str, from: usize) -> Layout<'_> {
    const KEYS: [&str; 8] =
        ["articles", "items", "documents", "data", "results", "records", "rows", "entries"];
    let list_at = |at| json::Elements::at(text, at).map_or(Layout::Lines, Layout::List);
    if text[from..].starts_with('[') {
        return list_at(from);
    }
    let line_end = text[from..].find('\n').map_or(text.len(), |at| from + at);
    let is_whole_line = text[from..line_end].trim_end().ends_with('}');
    if !text[from..].starts_with('{') || is_whole_line && !text[line_end..].trim().is_empty() {
        return Layout::Lines;
    }
    let row = super::draft::trimmed(text, Span::new(from, text.len()));
    let list = cells::entries(text, row).into_iter().find(|(key, span)| {
        KEYS.contains(&key.to_ascii_lowercase().as_str()) && text[span.start..].starts_with('[')
    });
    list.map(|(_, span)| span.start)
        .or_else(|| open_list(text, from, &KEYS))
        .map_or(Layout::One(row), list_at)
}

/// Where the list begins in a text that breaks off within it (a download that was cut short).
fn open_list(text: &str, from: usize, keys: &[&str]) -> Option<usize> {
    const HEAD_BYTES: usize = 1 << 16;
    let head = &text[from..super::draft::cut_before(text, from, from + HEAD_BYTES)];
    keys.iter()
        .filter_map(|key| {
            let at = head.find(&format!("\"{key}\""))? + key.len() + 2;
            let value = head[at..].trim_start().strip_prefix(':')?.trim_start();
            value.starts_with('[').then(|| from + head.len() - value.len())
        })
        .min()
}

/// The article of a row; `None` where it has no words.
fn article<'t>(
    document: &DocumentText,
    clock: &Clock,
    cell: &dyn Fn(Column) -> Option<Cell<'t>>,
    row: Span,
    tally: &mut Tally,
) -> Option<Article> {
    let words = |column| cell(column).map(|cell| cell.words()).filter(|words: &String| !words.is_empty());
    let record = &document.document;
    let title = words(Column::Title);
    let mut prose = Prose::default();
    if let Some(title) = cell(Column::Title) {
        prose = title.prose();
        let mut drafts = Vec::new();
        let whole = Span::new(0, prose.text.len());
        Draft::push(&mut drafts, &prose.text, whole, Some(BlockRole::Headline));
        prose.blocks = drafts
            .into_iter()
            .map(|draft| crate::prose::Block { span: draft.span, role: BlockRole::Headline })
            .collect();
        if !prose.blocks.is_empty() {
            prose.space("\n\n");
        }
    }
    if let Some(cell) = cell(Column::Text) {
        prose.append(body(cell.prose(), title.as_deref()));
    }
    if prose.blocks.is_empty() {
        return None;
    }
    let date = words(Column::Date);
    let found = date.as_deref().and_then(|date| published::as_written(date, clock));
    if date.is_some() && found.is_none() {
        tally.n_undated += 1;
        tally.first_undated = tally.first_undated.or(Some(row));
    }
    Some(Article {
        title,
        publisher: words(Column::Publisher).map(Name::from).or_else(|| record.publisher.clone()),
        published_at: found.as_ref().map(|found| found.when),
        published_on: found.and_then(|found| found.day),
        url: words(Column::Url).or_else(|| record.url.clone()),
        prose,
    })
}

/// The blocks of a cell of text, which may be a piece of a page.
fn body(cell: Prose, title: Option<&str>) -> Prose {
    let is_page = ["</p>", "<br", "</div>", "</html>", "</li>"].iter().any(|mark| cell.text.contains(mark));
    let whole = Span::new(0, cell.text.len());
    if is_page {
        let page = html::page(&cell.text, whole, title);
        let mut prose = page.prose;
        prose.blocks = roles::blocks(&prose.text, &page.drafts, title);
        return prose.through(&cell);
    }
    let drafts = plain::drafts(&cell.text, whole);
    let mut prose = cell;
    prose.blocks = roles::blocks(&prose.text, &drafts, title);
    prose
}

fn hand(article: Option<Article>, row: Span, tally: &mut Tally, take: &mut dyn FnMut(Article)) {
    tally.n_rows += 1;
    match article {
        Some(article) => take(article),
        None => {
            tally.n_faulty += 1;
            tally.first_fault = tally.first_fault.or(Some(row));
        }
    }
}

fn tell(tally: &Tally, sink: &Sink) {
    if let Some(first) = tally.first_fault {
        sink.push(messages::rows_without_words(first, tally.n_faulty, tally.n_rows));
    }
    if let Some(first) = tally.first_undated {
        sink.push(messages::rows_without_date(first, tally.n_undated));
    }
}
