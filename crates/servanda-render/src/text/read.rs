//! The read screen as text: the claims of an article, each with its words, what was read of it, and by which rules.

use super::{Page, head_line, review};
use crate::figures::count;
use crate::plain::{isolate, wrap};
use crate::read::{ClaimRow, ReadView};

/// The claims of one article.
pub fn read(view: &ReadView, page: Page) -> String {
    let mut out = String::new();
    let document = &view.document;
    let article = document.article.map(|number| format!(", article {number}")).unwrap_or_default();
    head_line(&mut out, &isolate(&format!("{}{article}", document.path)), page);
    let known = [document.title.clone(), document.publisher.clone(), document.published.clone()];
    let known: Vec<String> = known.into_iter().flatten().map(|part| isolate(&part)).collect();
    if !known.is_empty() {
        page.lines(&mut out, &known.join(" \u{b7} "), "");
    }
    for (at, row) in view.claims.iter().enumerate() {
        out.push('\n');
        claim(&mut out, at + 1, row, page);
    }
    out.push('\n');
    for remark in &view.remarks {
        page.lines(&mut out, &remark.one_line(), "");
    }
    page.lines(&mut out, &format!("{}.", count(view.claims.len(), "claim", "claims")), "");
    out
}

fn claim(out: &mut String, number: usize, row: &ClaimRow, page: Page) {
    let lead = format!("{number:>3}  ");
    let quote = row.quote.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = format!("\u{201c}{}\u{201d}", isolate(&quote));
    for (at, line) in wrap(&text, page.width.saturating_sub(5)).iter().enumerate() {
        out.push_str(if at == 0 { &lead } else { "     " });
        out.push_str(&page.paint().bold(line));
        out.push('\n');
    }
    let mut fields = row.said.clone();
    if !row.rule.is_empty() {
        fields.push(crate::claim_words::FieldWords { name: "rules".to_owned(), said: row.rule.join("; ") });
    }
    review::fields(out, &fields, "     ", page);
}
