//! The review screen as text: one reading with its surroundings, or the queue as a list.

use super::{Page, Table, in_quotes};
use crate::claim_words::FieldWords;
use crate::plain::{harmless, isolate, pad, width, wrap};
use crate::review::{ReviewItem, ReviewView};

/// Marks around the words in question, so that nothing hangs on color.
const MARKS: (&str, &str) = ("[[", "]]");

/// One reading. `place`: which of how many.
pub fn review_item(item: &ReviewItem, place: (usize, usize), page: Page) -> String {
    let paint = page.paint();
    let mut out = String::new();
    let standing = item.reading.map_or_else(String::new, |reading| format!(" \u{b7} {}", reading.said()));
    let head = format!("Reading {} of {} \u{b7} {}{standing}", place.0, place.1, item.state.said());
    for line in wrap(&head, page.width) {
        out.push_str(&paint.bold(&line));
        out.push('\n');
    }
    page.lines(&mut out, &isolate(&item.document_said), "");
    out.push('\n');
    excerpt(&mut out, item, page);
    out.push('\n');
    let mut all = item.fields.clone();
    let further = [("bears on", item.promises.join(", ")), ("rules", item.rules.join("; "))];
    let further = further.into_iter().filter(|(_, said)| !said.is_empty());
    all.extend(further.map(|(name, said)| FieldWords { name: name.to_owned(), said }));
    fields(&mut out, &all, "  ", page);
    if !item.candidates.is_empty() {
        out.push_str("\nPossibly the same occurrence, on record:\n");
        for (at, candidate) in item.candidates.iter().enumerate() {
            let lead = format!("{:>2}  ", at + 1);
            let text = format!("{}: {}", candidate.said, in_quotes(&candidate.quoted));
            for (n, line) in wrap(&text, page.width.saturating_sub(4)).iter().enumerate() {
                out.push_str(if n == 0 { &lead } else { "    " });
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    out
}

fn excerpt(out: &mut String, item: &ReviewItem, page: Page) {
    const OPEN: char = '\u{e000}';
    const CLOSE: char = '\u{e001}';
    let (begin, end) = if page.color { ("\u{1b}[1;36m", "\u{1b}[0m") } else { ("", "") };
    let plain = |text: &str| harmless(text).replace([OPEN, CLOSE], "");
    let words = format!("{OPEN}{}{CLOSE}", plain(&item.excerpt.words));
    let text = [plain(&item.excerpt.before), words, plain(&item.excerpt.after)].concat();
    let mut is_inside = false;
    for line in wrap(&text, page.width.saturating_sub(4)) {
        // Terminals lay each line out on its own: the style begins anew on every line.
        let mut shown = String::from(if is_inside { begin } else { "" });
        for c in line.chars() {
            match c {
                OPEN => {
                    is_inside = true;
                    shown.push_str(begin);
                    shown.push_str(MARKS.0);
                }
                CLOSE => {
                    is_inside = false;
                    shown.push_str(MARKS.1);
                    shown.push_str(end);
                }
                c => shown.push(c),
            }
        }
        if is_inside {
            shown.push_str(end);
        }
        out.push_str(&format!("  {shown}\n"));
    }
}

fn widest(fields: &[FieldWords]) -> usize {
    fields.iter().map(|field| width(&field.name)).max().unwrap_or(0)
}

/// Fields, names in a column.
pub(super) fn fields(out: &mut String, fields: &[FieldWords], indent: &str, page: Page) {
    let widest = widest(fields);
    fields.iter().for_each(|one| field(out, one, widest, indent, page));
}

fn field(out: &mut String, field: &FieldWords, widest: usize, indent: &str, page: Page) {
    let room = page.width.saturating_sub(widest + 2 + indent.len()).max(24);
    for (at, line) in wrap(&isolate(&field.said), room).iter().enumerate() {
        let name = if at == 0 { pad(&field.name, widest) } else { " ".repeat(widest) };
        out.push_str(format!("{indent}{}  {line}", page.paint().dim(&name)).trim_end());
        out.push('\n');
    }
}

/// The queue as a list.
pub fn review_list(view: &ReviewView, page: Page) -> String {
    let mut out = String::new();
    for line in wrap(&isolate(&view.case), page.width) {
        out.push_str(&page.paint().bold(&line));
        out.push('\n');
    }
    let asked = if view.asked_said.is_empty() { String::new() } else { format!(" ({})", view.asked_said) };
    page.lines(&mut out, &format!("Readings{asked}: {}.", view.counts.said()), "");
    if view.items.is_empty() {
        return out;
    }
    out.push('\n');
    let mut table = Table::new(&["claim", "state", "kind", "words"], &[13, 10, 26, 60]);
    let mut document = None;
    for item in &view.items {
        if document != Some(&item.path) {
            table.section(&isolate(&item.path));
            document = Some(&item.path);
        }
        let kind = item.fields.first().map(|field| field.said.clone()).unwrap_or_default();
        let words = isolate(&item.excerpt.words);
        table.row(vec![item.claim.short(), item.state.said().to_owned(), isolate(&kind), words], None);
    }
    table.print(&mut out, page);
    out.push_str("\n'servanda review' goes through them one by one.\n");
    out
}
