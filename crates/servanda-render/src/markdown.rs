//! The report as Markdown, for wikis and mail.

use crate::figures::count;
use crate::lexicon::Quoted;
use crate::plain::harmless;
use crate::report::ReportView;
use crate::row::StatusRow;
use crate::section::{Block, Section};
use crate::why::{WhyItem, WhyNode, according_to};

/// Text in which no character means anything to Markdown or HTML.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in harmless(text).chars() {
        match c {
            '\n' | '\t' => out.push(' '),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// The report as Markdown.
pub fn report(view: &ReportView) -> String {
    let mut out = format!("# {}\n\n{}\n", escape(&view.heading.case), escape(&view.heading.said()));
    for remark in &view.heading.remarks {
        out.push_str(&format!("\n> {}\n", escape(remark)));
    }
    let counts: Vec<String> = view.counts.iter().map(|count| format!("{} {}", count.n, count.said)).collect();
    out.push_str(&format!(
        "\n{}: {}.\n\n## Overview\n\n| Promise | By | State | Level | Progress | Due | Remarks |\n\
         |---|---|---|---|---|---|---|\n",
        count(view.items.len(), "promise", "promises"),
        counts.join(", ")
    ));
    view.rows().for_each(|row| overview_row(&mut out, row));
    out.push_str("\n## Promises\n");
    let civil = view.heading.civil();
    let mut instrument: Option<&str> = None;
    for item in &view.items {
        if instrument != Some(item.row.instrument_said.as_str()) {
            out.push_str(&format!("\n### {}\n", escape(&item.row.instrument_said)));
            instrument = Some(&item.row.instrument_said);
        }
        promise(&mut out, item, &civil);
    }
    view.sections.iter().for_each(|part| section(&mut out, part));
    out.push_str("\n## Words\n\n");
    for entry in &view.legend {
        out.push_str(&format!("- **{}**: {}\n", escape(&entry.word), escape(&entry.meaning)));
    }
    out.push_str("\n## Sources\n\n");
    for source in &view.sources {
        let published = source.published_at.map(|at| format!(", {}", civil.day(at))).unwrap_or_default();
        let url = source.url.as_deref().map(|url| format!(" \u{2013} {}", escape(url))).unwrap_or_default();
        out.push_str(&format!(
            "- {}{published} (`{}`){url}\n",
            escape(source.title.as_deref().unwrap_or(&source.path)),
            source.path.replace('`', "")
        ));
    }
    out.push_str(&format!(
        "\nThis page reports what is on record and who says so. Only a named person's ruling says that a promise was \
         breached.\n\nHead of the record: `{}`\n",
        view.head
    ));
    out
}

fn section(out: &mut String, section: &Section) {
    out.push_str(&format!("\n## {}\n", escape(&section.title)));
    for block in &section.blocks {
        match block {
            Block::Title { text } => out.push_str(&format!("\n### {}\n", escape(text))),
            Block::Line { text } => out.push_str(&format!("\n{}\n", escape(text))),
            Block::Table { heads, rows } => {
                let line = |cells: &[String]| {
                    let cells: Vec<String> = cells.iter().map(|cell| escape(cell)).collect();
                    format!("| {} |\n", cells.join(" | "))
                };
                out.push_str(&format!("\n{}|{}\n", line(heads), "---|".repeat(heads.len())));
                rows.iter().for_each(|row| out.push_str(&line(row)));
            }
            Block::List { items } => {
                out.push('\n');
                for item in items {
                    out.push_str(&format!("- {}\n", escape(&item.said)));
                    item.quotes.iter().for_each(|quoted| quote(out, quoted, 1));
                }
            }
        }
    }
}

fn overview_row(out: &mut String, row: &StatusRow) {
    let level = row.finding.level.map_or_else(|| "\u{2013}".to_owned(), |level| u8::from(level).to_string());
    let badges: Vec<&str> = row.badges_said.iter().map(|badge| badge.said.as_str()).collect();
    out.push_str(&format!(
        "| {} | {} | **{}** | {level} | {} | {} | {} |\n",
        escape(row.finding.provision.as_str()),
        escape(&row.obligor_said),
        escape(&row.state_said),
        escape(&row.progress_said),
        escape(&row.due_said),
        badges.join(", ")
    ));
}

fn promise(out: &mut String, item: &WhyItem, civil: &crate::civil::Civil) {
    let row = &item.row;
    out.push_str(&format!(
        "\n#### {} \u{2013} {} ({})\n\n",
        escape(row.finding.provision.as_str()),
        escape(&row.obligor_said),
        escape(&row.finding.title)
    ));
    if let Some(words) = &row.words {
        out.push_str(&format!("> {}\n\n", escape(words)));
    }
    out.push_str(&format!("- **{}**\n", escape(&row.state_said)));
    let level = row.level_said.as_deref().map(|level| format!("level {level}"));
    for line in row.progress_lines.iter().chain(&row.time_lines).chain(&level).chain(&row.readings_said) {
        out.push_str(&format!("- {}\n", escape(line)));
    }
    for counter in &row.counters_said {
        out.push_str(&format!("- counter {}\n", escape(counter)));
    }
    for episode in &row.episodes_said {
        out.push_str(&format!("- reported breach: {}\n", escape(&episode.said)));
        episode.quotes.iter().for_each(|quoted| quote(out, quoted, 1));
    }
    for pivot in &row.pivots_said {
        out.push_str(&format!("- makes the difference: {}\n", escape(&pivot.said)));
        pivot.quotes.iter().for_each(|quoted| quote(out, quoted, 1));
    }
    if let Some(tree) = &item.tree {
        out.push_str("\nWhy:\n\n");
        node(out, tree, civil, 0);
    }
}

fn quote(out: &mut String, quoted: &Quoted, depth: usize) {
    out.push_str(&format!(
        "{}- \u{201c}{}\u{201d} {} (`{}`{})\n",
        "  ".repeat(depth),
        escape(&quoted.quote),
        escape(&according_to(&quoted.according_to)),
        quoted.path.replace('`', ""),
        quoted.reading_said()
    ));
}

fn node(out: &mut String, tree: &WhyNode, civil: &crate::civil::Civil, depth: usize) {
    let indent = "  ".repeat(depth);
    match &tree.quote {
        Some(quoted) => {
            let published = quoted.published_at.map(|at| format!(", {}", civil.day(at))).unwrap_or_default();
            out.push_str(&format!(
                "{indent}- {}: \u{201c}{}\u{201d} {} (`{}`{published}{})\n",
                escape(&tree.said),
                escape(&quoted.quote),
                escape(&according_to(&quoted.according_to)),
                quoted.path.replace('`', ""),
                quoted.reading_said()
            ));
        }
        None => {
            let place = tree.place.as_deref().map(|place| format!(" (`{place}`)")).unwrap_or_default();
            out.push_str(&format!("{indent}- {}{place}\n", escape(&tree.said)));
        }
    }
    tree.because.iter().for_each(|below| node(out, below, civil, depth + 1));
}
