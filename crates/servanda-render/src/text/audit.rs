//! What does not fit together, as text.

use super::{Page, head, in_quotes};
use crate::audit::{AuditItem, AuditView};
use crate::figures::count;
use crate::plain::isolate;

/// The audit screen.
pub fn audit(view: &AuditView, page: Page) -> String {
    let mut out = String::new();
    head(&mut out, &view.heading, page);
    for item in &view.items {
        out.push('\n');
        finding(&mut out, item, page);
    }
    out.push('\n');
    let summary = match view.items.len() {
        0 => "No figure on record contradicts itself or its counter's other figures, by the rules of the audit.".to_owned(),
        _ => format!(
            "{} that cannot hold as stated, {}. The same rules for every source; no finding says who is right.",
            count(view.n_conflicts, "finding", "findings"),
            count(view.n_remarks, "remark", "remarks")
        ),
    };
    page.lines(&mut out, &summary, "");
    if !view.items.is_empty() {
        page.lines(&mut out, "'servanda explain CODE' says what a rule checks.", "");
    }
    out
}

fn finding(out: &mut String, item: &AuditItem, page: Page) {
    let parts = [item.finding.code.as_str(), &item.who_said, &item.kind_said];
    let title: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).map(isolate).collect();
    for line in crate::plain::wrap(&title.join(" \u{b7} "), page.width) {
        out.push_str(&page.paint().bold(&line));
        out.push('\n');
    }
    page.lines(out, &isolate(&item.said), "  ");
    if let Some(note) = &item.note {
        page.lines(out, &format!("({note})"), "  ");
    }
    for quoted in &item.quotes {
        page.lines(out, &in_quotes(quoted), "    ");
    }
    if item.n_more > 0 {
        page.lines(out, &format!("and {}", count(item.n_more, "further claim", "further claims")), "    ");
    }
}
