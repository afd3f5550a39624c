//! Screens as text for terminals: fits 80 columns, needs no color to be understood.

mod aid;
mod alerts;
mod audit;
mod counts;
mod paint;
mod read;
mod review;
mod section;
mod table;
mod tree;
mod violations;

pub use aid::aid;
pub use alerts::alerts;
pub use audit::audit;
pub use counts::counts;
pub use paint::Paint;
pub use read::read;
pub use review::{review_item, review_list};
pub use table::Table;
pub use violations::{violation_series, violations, violations_why};

use crate::compare::CompareView;
use crate::figures::count;
use crate::heading::Heading;
use crate::lexicon::Quoted;
use crate::plain::{isolate, pad, width, wrap};
use crate::report::ReportView;
use crate::row::StatusRow;
use crate::status::{StateCount, StatusView};
use crate::timeline::{Difference, RecordedSort, TimelineView};
use crate::why::{WhyView, according_to};
use crate::words::Form;

/// Width and color of the place that text goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Cells in a line.
    pub width: usize,
    /// Whether to use color and bold type.
    pub color: bool,
}

impl Default for Page {
    fn default() -> Page {
        Page { width: 100, color: false }
    }
}

impl Page {
    fn paint(self) -> Paint {
        Paint { color: self.color }
    }

    fn lines(self, out: &mut String, text: &str, indent: &str) {
        for line in wrap(text, self.width.saturating_sub(width(indent))) {
            out.push_str(format!("{indent}{line}").trim_end());
            out.push('\n');
        }
    }
}

/// The words, who stands behind them, and where they lie.
fn in_quotes(quoted: &Quoted) -> String {
    let source = according_to(&quoted.according_to);
    format!("\u{201c}{}\u{201d} {source} [{}{}]", isolate(&quoted.quote), quoted.path, quoted.reading_said())
}

fn head_line(out: &mut String, text: &str, page: Page) {
    for line in wrap(text, page.width) {
        out.push_str(&page.paint().bold(&line));
        out.push('\n');
    }
}

fn head(out: &mut String, heading: &Heading, page: Page) {
    head_line(out, &isolate(&heading.case), page);
    page.lines(out, &heading.said(), "");
    for remark in &heading.remarks {
        page.lines(out, &format!("Note: {remark}"), "");
    }
}

/// The status screen.
pub fn status(view: &StatusView, page: Page) -> String {
    let mut out = String::new();
    head(&mut out, &view.heading, page);
    out.push('\n');
    if !view.rows.is_empty() {
        status_table(&mut out, view.rows.iter(), page);
        out.push('\n');
    }
    page.lines(&mut out, &counts_line(&view.counts, view.rows.len()), "");
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
    out.push_str("\n'servanda why PROMISE' shows what a state rests on.\n");
    out
}

fn counts_line(counts: &[StateCount], n_rows: usize) -> String {
    if n_rows == 0 {
        return "No promise had been made by then: ask for a later date (--as-of), or look at the dates of adoption.".to_owned();
    }
    let parts: Vec<String> = counts.iter().map(|count| format!("{} {}", count.n, count.said)).collect();
    format!("{}: {}.", count(n_rows, "promise", "promises"), parts.join(", "))
}

/// Promises by instrument, one row each, what qualifies them beneath.
fn status_table<'r>(out: &mut String, rows: impl Iterator<Item = &'r StatusRow>, page: Page) {
    let mut table =
        Table::new(&["promise", "by", "state", "lvl", "progress", "due"], &[22, 16, 22, 3, 22, 18]);
    let mut instrument = None;
    for row in rows {
        if instrument != Some(&row.instrument_said) {
            table.section(&isolate(&row.instrument_said));
            instrument = Some(&row.instrument_said);
        }
        let level =
            row.finding.level.map_or_else(|| "\u{2013}".to_owned(), |level| u8::from(level).to_string());
        table.row(
            vec![
                isolate(row.finding.provision.as_str()),
                isolate(&row.obligor_said),
                row.state_said.clone(),
                level,
                row.progress_said.clone(),
                row.due_said.clone(),
            ],
            Some((2, page.paint().state_style(&row.finding.state))),
        );
        let badges: Vec<&str> = row.badges_said.iter().map(|badge| badge.said.as_str()).collect();
        if !badges.is_empty() {
            table.note(&badges.join(" \u{b7} "));
        }
        for counter in &row.counters_said {
            if row.form == Form::Keep {
                table.note(counter);
            }
        }
    }
    table.print(out, page);
}

/// The why screen.
pub fn why(view: &WhyView, page: Page) -> String {
    let mut out = String::new();
    head(&mut out, &view.heading, page);
    for item in &view.items {
        out.push('\n');
        detail(&mut out, &item.row, page);
        if let Some(root) = &item.tree {
            out.push('\n');
            tree::tree(&mut out, root, &view.heading.civil(), page);
        }
    }
    out
}

/// One promise with everything that qualifies it.
fn detail(out: &mut String, row: &StatusRow, page: Page) {
    let paint = page.paint();
    let finding = &row.finding;
    let title = format!(
        "{} ({}, {}) \u{2013} {}",
        finding.provision,
        isolate(&finding.title),
        isolate(&row.instrument_said),
        isolate(&row.obligor_said)
    );
    for line in wrap(&title, page.width) {
        out.push_str(&paint.bold(&line));
        out.push('\n');
    }
    if let Some(words) = &row.words {
        let words =
            if row.words_are_quote { format!("\u{201c}{}\u{201d}", isolate(words)) } else { isolate(words) };
        page.lines(out, &words, "  ");
    }
    out.push_str("  ");
    out.push_str(&paint.styled(paint.state_style(&finding.state), &row.state_said));
    out.push('\n');
    let mut lines: Vec<String> = Vec::new();
    let mut say = |text: &str| lines.push(text.to_owned());
    if let Some(level) = &row.level_said {
        say(&format!("level {level}"));
    }
    row.progress_lines.iter().chain(&row.time_lines).for_each(|line| say(line));
    if !row.badges_said.is_empty() {
        let badges: Vec<&str> = row.badges_said.iter().map(|badge| badge.said.as_str()).collect();
        say(&badges.join(" \u{b7} "));
    }
    row.readings_said.iter().for_each(|reading| say(reading));
    row.counters_said.iter().for_each(|counter| say(counter));
    for episode in &row.episodes_said {
        say(&format!("reported breach: {}", episode.said));
    }
    lines.iter().for_each(|line| page.lines(out, line, "  "));
    for pivot in &row.pivots_said {
        page.lines(out, &format!("makes the difference: {}", pivot.said), "  ");
        for quoted in &pivot.quotes {
            page.lines(out, &in_quotes(quoted), "    ");
        }
    }
}

/// The timeline screen.
pub fn timeline(view: &TimelineView, page: Page) -> String {
    let civil = view.heading.civil();
    let mut out = String::new();
    head(&mut out, &view.heading, page);
    let known = if view.from_known == view.from {
        String::new()
    } else {
        format!(", as on record at {}", civil.moment(view.from_known))
    };
    page.lines(&mut out, &format!("What changed since {}{known}.", civil.moment(view.from)), "");
    out.push('\n');
    for changed in &view.rows {
        let title =
            format!("{} \u{2013} {}", changed.row.finding.provision, isolate(&changed.row.obligor_said));
        out.push_str(&page.paint().bold(&title));
        out.push('\n');
        changed.differences.iter().for_each(|difference| difference_line(&mut out, difference, page));
    }
    let same = count(view.n_unchanged, "promise did", "promises did");
    page.lines(&mut out, &format!("{same} not change."), "");
    out.push('\n');
    let n_of = |sort| view.recorded.iter().filter(|item| item.sort == sort).count();
    let summary = format!(
        "Put on record in between: {}, {}, {}, {}.",
        count(n_of(RecordedSort::Claim), "claim", "claims"),
        count(n_of(RecordedSort::Correction), "correction", "corrections"),
        count(n_of(RecordedSort::Retraction), "claim taken back", "claims taken back"),
        count(n_of(RecordedSort::Ruling), "ruling", "rulings"),
    );
    page.lines(&mut out, &summary, "");
    for item in &view.recorded {
        let sort = match item.sort {
            RecordedSort::Claim => "",
            RecordedSort::Correction => "correction: ",
            RecordedSort::Retraction => "no longer counts: ",
            RecordedSort::Ruling => "ruling: ",
        };
        let words = item.quote.as_ref().map(in_quotes);
        let remark =
            item.remark.as_deref().map(|remark| format!(" ({})", isolate(remark))).unwrap_or_default();
        let line = format!("{}  {sort}{}{remark}", civil.moment(item.known_at), words.unwrap_or_default());
        page.lines(&mut out, &line, "  ");
    }
    out
}

fn difference_line(out: &mut String, difference: &Difference, page: Page) {
    let line = format!("{}: {} \u{2192} {}", difference.what, difference.before, difference.after);
    page.lines(out, &line, "  ");
}

/// The comparison screen.
pub fn compare(view: &CompareView, page: Page) -> String {
    let mut out = String::new();
    head(&mut out, &view.heading, page);
    let (first, second) = (isolate(&view.heading.standpoint_said), isolate(&view.versus_said));
    page.lines(&mut out, &format!("Compared with: {second}."), "");
    out.push('\n');
    for row in &view.rows {
        let title = format!("{} \u{2013} {}", row.first.finding.provision, isolate(&row.first.obligor_said));
        out.push_str(&page.paint().bold(&title));
        out.push('\n');
        let Some(other) = &row.second else {
            page.lines(&mut out, &format!("only from {first}: {}", row.first.state_said), "  ");
            continue;
        };
        if !row.differences.iter().any(|difference| difference.what == "state") {
            page.lines(&mut out, &format!("state: {} from both", other.state_said), "  ");
        }
        for difference in &row.differences {
            let line = format!("{}: {} | {}", difference.what, difference.before, difference.after);
            page.lines(&mut out, &line, "  ");
        }
        if let Some((one, two)) = &row.readings {
            page.lines(&mut out, &format!("reading: {one} | {two}"), "  ");
        }
        for (who, shares) in [(&first, &row.only_first), (&second, &row.only_second)] {
            if !shares.is_empty() {
                let list: Vec<String> = shares
                    .iter()
                    .map(|share| format!("{} ({})", isolate(&share.source), share.n_claims))
                    .collect();
                page.lines(&mut out, &format!("counted only from {who}: {}", list.join(", ")), "  ");
            }
        }
    }
    out.push('\n');
    page.lines(
        &mut out,
        &format!("{} look the same from both.", count(view.n_same, "promise", "promises")),
        "",
    );
    out
}

/// The report as text.
pub fn report(view: &ReportView, page: Page) -> String {
    let mut out = String::new();
    head(&mut out, &view.heading, page);
    out.push('\n');
    status_table(&mut out, view.rows(), page);
    out.push('\n');
    page.lines(&mut out, &counts_line(&view.counts, view.items.len()), "");
    view.sections.iter().for_each(|part| section::section(&mut out, part, page));
    out
}
