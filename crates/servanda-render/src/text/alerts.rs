//! The alerts screen as text.

use crate::alerts::{AlertRow, AlertsView, SeriesRow};
use crate::lexicon::Quoted;
use crate::plain::{isolate, pad, width, wrap};
use crate::why::according_to;

use super::{Page, Table, head};

/// The alerts screen.
pub fn alerts(view: &AlertsView, page: Page) -> String {
    let civil = view.heading.civil();
    let mut out = String::new();
    head(&mut out, &view.heading, page);
    let from = civil.day(view.from);
    page.lines(&mut out, &format!("Alerts from {from} to {}. {}", civil.day(view.to), view.budget_said), "");
    digest(&mut out, view, page);
    for row in &view.series {
        out.push('\n');
        series(&mut out, row, page);
    }
    if !view.clusters.is_empty() {
        out.push('\n');
        out.push_str(&page.paint().bold("Clusters in space and time"));
        out.push('\n');
        for row in &view.clusters {
            page.lines(&mut out, &isolate(&row.said), "  ");
            quotes(&mut out, &row.quotes, page);
        }
    }
    out.push('\n');
    view.remarks.iter().for_each(|remark| page.lines(&mut out, remark, ""));
    legend(&mut out, view, page);
    out
}

/// Every alert in a line, by day; where there is only one, its series says it all.
fn digest(out: &mut String, view: &AlertsView, page: Page) {
    if view.digest.len() < 2 {
        return;
    }
    out.push('\n');
    let mut table =
        Table::new(&["days", "act, place, who counts", "reported", "band", "rules"], &[22, 40, 16, 12, 24]);
    for row in &view.digest {
        let cells =
            [&row.when_said, &isolate(&row.title), &row.reported, &row.expected, &row.rules.join(", ")];
        table.row(cells.map(|cell| cell.to_owned()).to_vec(), Some((0, "1;33")));
    }
    table.print(out, page);
}

fn series(out: &mut String, row: &SeriesRow, page: Page) {
    for line in wrap(&isolate(&row.title), page.width) {
        out.push_str(&page.paint().bold(&line));
        out.push('\n');
    }
    page.lines(out, &row.said, "  ");
    if !row.bars.is_empty() {
        out.push_str(&format!("  {}\n", row.bars));
    }
    row.alerts.iter().for_each(|alert| alert_lines(out, alert, page));
    row.falls_said.iter().for_each(|fall| page.lines(out, fall, "  "));
    row.changes_said.iter().for_each(|change| page.lines(out, change, "  "));
    for line in wrap(&row.rates_said, page.width.saturating_sub(2)) {
        out.push_str(&page.paint().dim(&format!("  {line}")));
        out.push('\n');
    }
}

fn alert_lines(out: &mut String, alert: &AlertRow, page: Page) {
    let paint = page.paint();
    let text = format!("{}: {}", alert.when_said, alert.said);
    for line in wrap(&text, page.width.saturating_sub(2)) {
        out.push_str(&format!("  {}\n", paint.styled("1;33", &line)));
    }
    page.lines(out, &format!("by {}", alert.rules_said.join("; ")), "    ");
    page.lines(out, &isolate(&alert.sources_said), "    ");
    if let Some(effort) = &alert.effort_said {
        page.lines(out, effort, "    ");
    }
    quotes(out, &alert.quotes, page);
}

fn quotes(out: &mut String, quotes: &[Quoted], page: Page) {
    for quoted in quotes {
        let source = according_to(&quoted.according_to);
        let (words, place) = (isolate(&shortened(&quoted.quote)), &quoted.path);
        let line = format!("\u{201c}{words}\u{201d} {source} [{place}{}]", quoted.reading_said());
        page.lines(out, &line, "      ");
    }
}

/// A quote of two lines at most: rows of wide tables are quoted whole in JSON and by `why`.
fn shortened(quote: &str) -> String {
    const MOST_CHARS: usize = 160;
    if quote.chars().count() <= MOST_CHARS {
        return quote.to_owned();
    }
    let cut: String = quote.chars().take(MOST_CHARS).collect();
    format!("{} \u{2026}", cut.trim_end())
}

fn legend(out: &mut String, view: &AlertsView, page: Page) {
    if view.series.is_empty() {
        return;
    }
    out.push('\n');
    let widest = view.legend.iter().map(|entry| width(&entry.word)).max().unwrap_or(0);
    for entry in &view.legend {
        let lines = wrap(&entry.meaning, page.width.saturating_sub(widest + 2).max(20));
        for (at, line) in lines.iter().enumerate() {
            let word = if at == 0 { entry.word.as_str() } else { "" };
            out.push_str(page.paint().dim(format!("{}  {line}", pad(word, widest)).trim_end()).as_str());
            out.push('\n');
        }
    }
}
