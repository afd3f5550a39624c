//! The violations screen as text.

use servanda_model::Rung;

use super::{Page, Table, head, tree};
use crate::figures::count;
use crate::plain::{isolate, pad, wrap};
use crate::violations::{IncidentRow, RUNGS, ViolationsView, rung, rung_meaning};

/// Totals of one counter that are printed.
const MAX_TOTALS: usize = 3;

/// The violations screen: counts by act, incidents (the latest `limit` of them), counters' totals beside.
pub fn violations(view: &ViolationsView, limit: usize, page: Page) -> String {
    let mut out = String::new();
    head(&mut out, &view.heading, page);
    page.lines(&mut out, &isolate(&view.asked_said), "");
    out.push('\n');
    acts(&mut out, view, page);
    let n_hidden = view.rows.len().saturating_sub(limit);
    if n_hidden > 0 {
        let hidden = count(n_hidden, "earlier one is", "earlier ones are");
        page.lines(
            &mut out,
            &format!("The latest {limit} follow; {hidden} not shown (--limit, --from, --to, --json)."),
            "",
        );
        out.push('\n');
    }
    if !view.rows.is_empty() {
        let mut table = Table::new(&["when", "act", "where", "people", "id"], &[16, 30, 20, 12, 14]);
        for row in &view.rows[n_hidden..] {
            incident(&mut table, row);
        }
        table.print(&mut out, page);
        out.push('\n');
    }
    rest(&mut out, view, page);
    legend(&mut out, page);
    out.push_str("\n'servanda violations ID --why' shows the words and why reports were laid together.\n");
    out
}

fn acts(out: &mut String, view: &ViolationsView, page: Page) {
    if view.counts.is_empty() {
        page.lines(out, "Nothing on record. That is no evidence that nothing occurred.", "");
        out.push('\n');
        return;
    }
    let rungs: Vec<Rung> = RUNGS
        .into_iter()
        .filter(|rung| view.counts.iter().any(|count| count.n_of.iter().any(|(of, _)| of == rung)))
        .collect();
    let mut heads = vec!["act", "in all"];
    heads.extend(rungs.iter().map(|of| rung(*of)));
    heads.extend(["corroborated", "contested"]);
    let mut widths = vec![40, 8];
    widths.extend(rungs.iter().map(|_| 12));
    widths.extend([12, 12]);
    let mut table = Table::new(&heads, &widths);
    for count in &view.counts {
        let n = |of: &Rung| count.n_of.iter().find(|(rung, _)| rung == of).map_or(0, |(_, n)| *n);
        let mut cells = vec![isolate(&count.said), count.n.to_string()];
        cells.extend(rungs.iter().map(|rung| n(rung).to_string()));
        cells.extend([count.n_corroborated.to_string(), count.n_contested.to_string()]);
        table.row(cells, None);
    }
    table.print(out, page);
    out.push('\n');
}

fn incident(table: &mut Table, row: &IncidentRow) {
    table.row(
        vec![
            row.when_said.clone(),
            isolate(&row.act_said),
            isolate(&row.place_said),
            row.toll_said.clone(),
            row.incident.id.to_string(),
        ],
        None,
    );
    table.note(&row.standing_said);
    for report in &row.reports_said {
        table.note(&isolate(&report.said));
    }
    let silent = row.incident.voices.iter().all(|voice| voice.says.is_empty());
    if !silent {
        table.note(&isolate(&row.voices_said.join(" \u{b7} ")));
    }
    for line in &row.lines_said {
        table.note(line);
    }
}

fn rest(out: &mut String, view: &ViolationsView, page: Page) {
    for remark in &view.remarks {
        page.lines(out, remark, "");
    }
    if !view.totals.is_empty() {
        page.lines(
            out,
            "Totals as counters give them, each by its own rule; no incident above is a part of them:",
            "",
        );
        // The latest of each counter; all of them are in the JSON.
        let mut latest: Vec<&crate::violations::TotalLine> = Vec::new();
        for total in &view.totals {
            let same = |known: &crate::violations::TotalLine| {
                (&known.total.counter, &known.total.kind) == (&total.total.counter, &total.total.kind)
            };
            let n_same = latest.iter().filter(|known| same(known)).count();
            if n_same == MAX_TOTALS {
                let earliest = latest.iter().position(|known| same(known)).unwrap_or_default();
                latest.remove(earliest);
            }
            latest.push(total);
        }
        for total in &latest {
            page.lines(out, &isolate(&total.said), "  ");
        }
        if latest.len() < view.totals.len() {
            let n = view.totals.len() - latest.len();
            let earlier = count(n, "earlier one is", "earlier ones are");
            page.lines(out, &format!("{earlier} not shown (--json)."), "  ");
        }
    }
}

fn legend(out: &mut String, page: Page) {
    out.push('\n');
    for of in RUNGS {
        let lines = wrap(rung_meaning(of), page.width.saturating_sub(12).max(20));
        for (at, line) in lines.iter().enumerate() {
            let word = if at == 0 { rung(of) } else { "" };
            out.push_str(page.paint().dim(format!("{}  {line}", pad(word, 10)).trim_end()).as_str());
            out.push('\n');
        }
    }
}

/// The series as text: one row for each day or week and act.
pub fn violation_series(view: &ViolationsView, page: Page) -> String {
    let mut out = String::new();
    head(&mut out, &view.heading, page);
    page.lines(&mut out, &isolate(&view.asked_said), "");
    out.push('\n');
    let mut table = Table::new(
        &[
            "from to",
            "act",
            "in all",
            "reported",
            "recorded",
            "verified",
            "attributed",
            "refuted",
            "contested",
        ],
        &[24, 36, 7, 9, 9, 9, 11, 8, 10],
    );
    for line in &view.series {
        let n = |of: Rung| line.bin.n_of.iter().find(|(rung, _)| *rung == of).map_or(0, |(_, n)| *n);
        let all: u32 = line.bin.n_of.iter().map(|(_, n)| n).sum();
        let mut cells = vec![line.window_said.clone(), isolate(&line.act_said), all.to_string()];
        cells.extend(RUNGS.map(|of| n(of).to_string()));
        cells.push(line.bin.n_contested.to_string());
        table.row(cells, None);
    }
    table.print(&mut out, page);
    out.push('\n');
    page.lines(
        &mut out,
        "Days or weeks without a row have nothing on record; that is no evidence that nothing occurred.",
        "",
    );
    rest(&mut out, view, page);
    legend(&mut out, page);
    out
}

/// Incidents with their trees.
pub fn violations_why(view: &ViolationsView, page: Page) -> String {
    let mut out = String::new();
    head(&mut out, &view.heading, page);
    for row in &view.rows {
        out.push('\n');
        let place = if row.place_said.is_empty() { String::new() } else { format!(", {}", row.place_said) };
        let title = format!("{} \u{2013} {}, {}{place}", row.incident.id, row.act_said, row.when_said);
        out.push_str(&page.paint().bold(&isolate(&title)));
        out.push('\n');
        page.lines(&mut out, &row.standing_said, "  ");
        if !row.toll_said.is_empty() {
            page.lines(&mut out, &format!("people: {} over all sources", row.toll_said), "  ");
        }
        let named: Vec<String> = row.incident.names.iter().map(ToString::to_string).collect();
        if !named.is_empty() {
            page.lines(&mut out, &format!("named on record: {}", named.join(", ")), "  ");
        }
        for promise in &row.promises_said {
            page.lines(&mut out, &isolate(&format!("would be contrary to {promise}")), "  ");
        }
        for voice in &row.voices_said {
            page.lines(&mut out, &isolate(voice), "  ");
        }
        for line in &row.lines_said {
            page.lines(&mut out, line, "  ");
        }
        out.push('\n');
        tree::tree(&mut out, &row.tree, &view.heading.civil(), page);
    }
    out
}
