//! Rival counts as text.

use super::{Page, Table, head, in_quotes};
use crate::counts::{CountsRow, CountsTable, CountsView};
use crate::plain::{isolate, pad, width};

/// The counts screen.
pub fn counts(view: &CountsView, page: Page) -> String {
    let mut out = String::new();
    head(&mut out, &view.heading, page);
    for table in &view.kinds {
        out.push('\n');
        let title = format!("{} ({}), {}", isolate(&table.kind_said), table.counts.kind, view.window_said);
        for line in crate::plain::wrap(&title, page.width) {
            out.push_str(&page.paint().bold(&line));
            out.push('\n');
        }
        kind(&mut out, table, page);
    }
    out.push('\n');
    page.lines(
        &mut out,
        "Each counter stands by itself: their figures are never added and no mean is taken.",
        "",
    );
    out
}

fn kind(out: &mut String, table: &CountsTable, page: Page) {
    for promise in &table.promise_lines {
        page.lines(out, &format!("promised: {}", isolate(promise)), "");
    }
    out.push('\n');
    if table.rows.is_empty() {
        page.lines(out, "Nothing on record touches the window.", "");
        return;
    }
    let heads = ["counter", "days", "total", "a day", "a week", "of promised"];
    let mut columns = Table::new(&heads, &[34, 9, 16, 14, 16, 14]);
    for row in &table.rows {
        let kept = if row.kept_said.is_empty() { "\u{2013}" } else { &row.kept_said };
        let cells =
            [&row.counter_said, &row.days_said, &row.total_said, &row.per_day_said, &row.per_week_said];
        let mut cells: Vec<String> = cells.into_iter().map(|cell| isolate(cell)).collect();
        cells.push(kept.to_owned());
        columns.row(cells, None);
    }
    columns.print(out, page);
    out.push('\n');
    page.lines(
        out,
        "Days: how much of the window the counter's figures cover. Total and rates are of those days.",
        "",
    );
    let mut before: &[String] = &[];
    for row in &table.rows {
        out.push('\n');
        block(out, row, before == row.rule_lines && row.rule_lines.len() > 1, page);
        before = &row.rule_lines;
    }
    listed(out, "Factors between units", &table.factor_lines, page);
    listed(out, "Why they differ, as far as the rules on record say", &table.difference_lines, page);
}

fn listed(out: &mut String, title: &str, lines: &[String], page: Page) {
    if lines.is_empty() {
        return;
    }
    out.push('\n');
    out.push_str(&page.paint().bold(title));
    out.push('\n');
    lines.iter().for_each(|line| page.lines(out, &isolate(line), "  "));
}

/// One counter with its rule and its figures.
fn block(out: &mut String, row: &CountsRow, same_rule: bool, page: Page) {
    out.push_str(&page.paint().bold(&isolate(&row.counter_said)));
    out.push('\n');
    let as_above = ["rule: as above".to_owned()];
    let rule_lines = if same_rule { as_above.as_slice() } else { &row.rule_lines };
    for line in rule_lines.iter().chain(&row.remark_lines) {
        page.lines(out, &isolate(line), "  ");
    }
    for figure in &row.figure_lines {
        page.lines(out, &isolate(&figure.said), "  ");
        if let Some(quoted) = &figure.quote {
            let copies = match figure.n_copies {
                0 => String::new(),
                1 => " and one further claim of it".to_owned(),
                n => format!(" and {n} further claims of it"),
            };
            page.lines(out, &format!("{}{copies}", in_quotes(quoted)), "    ");
        }
    }
    let widest = row.cell_lines.iter().map(|(window, _)| width(window)).max().unwrap_or(0);
    for (window, value) in &row.cell_lines {
        page.lines(out, &format!("{}  {value}", pad(window, widest)), "    ");
    }
}
