//! Pieces of the page.

use servanda_model::{State, WhyKind};

use crate::civil::Civil;
use crate::figures::count;
use crate::lexicon::Quoted;
use crate::plain::harmless;
use crate::row::StatusRow;
use crate::why::{WhyItem, WhyNode, according_to};
use crate::words::slug;

/// Text for HTML, also within attributes; characters that turn the direction of writing show as U+FFFD.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in harmless(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Foreign text: escaped, without characters that turn the direction of what stands around it.
pub fn foreign(text: &str) -> String {
    format!("<bdi>{}</bdi>", escape(text))
}

/// An address as a link where it is one of the web, else as text. A link loads nothing by itself.
pub fn link(url: &str) -> String {
    let shown = escape(url);
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    if is_web && !url.chars().any(|c| c.is_whitespace() || c.is_control()) {
        format!("<a class=\"url\" rel=\"noreferrer noopener\" href=\"{}\">{shown}</a>", escape(url))
    } else {
        format!("<span class=\"url\">{shown}</span>")
    }
}

pub(super) fn source_anchor(path: &str) -> String {
    format!("source-{}", slug(path))
}

/// The class that gives a state its mark.
pub(super) fn state_class(row: &StatusRow) -> &'static str {
    if !row.finding.state.is_settled() {
        return "contested";
    }
    match row.finding.state.reported {
        State::Overdue | State::Lapsed | State::EndedWithBreaches => "open",
        State::Fulfilled | State::FulfilledLate | State::EndedKept => "done",
        State::InForce | State::Suspended => "binding",
        State::Dormant | State::Void | State::Waived | State::Terminated | State::Superseded => "resting",
    }
}

pub(super) fn badges(row: &StatusRow) -> String {
    if row.badges_said.is_empty() {
        return String::new();
    }
    let items: String =
        row.badges_said.iter().map(|badge| format!("<li>{}</li>", escape(&badge.said))).collect();
    format!("<ul class=\"badges\">{items}</ul>")
}

/// One promise with everything that qualifies it.
pub(super) fn article(out: &mut String, item: &WhyItem, civil: &Civil) {
    let row = &item.row;
    let to = row.beneficiary_said.as_deref().map(|to| format!(" to {}", foreign(to))).unwrap_or_default();
    out.push_str(&format!(
        "<article id=\"{0}\" aria-labelledby=\"{0}-title\">\n<h3 id=\"{0}-title\">{1} <small>{2}{to} \u{b7} {3}</small></h3>\n",
        escape(&row.anchor),
        foreign(row.finding.provision.as_str()),
        foreign(&row.obligor_said),
        foreign(&row.finding.title),
    ));
    if let Some(words) = &row.words {
        let tag = if row.words_are_quote { "blockquote" } else { "p" };
        out.push_str(&format!("<{tag} class=\"words\" dir=\"auto\">{}</{tag}>\n", escape(words)));
    }
    out.push_str(&format!(
        "<p><span class=\"state {}\">{}</span></p>\n{}\n",
        state_class(row),
        escape(&row.state_said),
        badges(row)
    ));
    let level = row.level_said.as_deref().map(|level| format!("level {level}"));
    let lines: Vec<&str> = row
        .progress_lines
        .iter()
        .chain(&row.time_lines)
        .chain(&level)
        .chain(&row.readings_said)
        .map(String::as_str)
        .collect();
    list(out, "lines", &lines);
    if !row.counters_said.is_empty() {
        out.push_str("<h4>Counters, side by side</h4>\n");
        let lines: Vec<&str> = row.counters_said.iter().map(String::as_str).collect();
        list(out, "lines", &lines);
    }
    if !row.episodes_said.is_empty() {
        out.push_str("<h4>Reported breaches</h4>\n<ul class=\"episodes\">\n");
        for episode in &row.episodes_said {
            out.push_str(&format!("<li>{}", escape(&episode.said)));
            quotes(out, &episode.quotes, civil);
            out.push_str("</li>\n");
        }
        out.push_str("</ul>\n");
    }
    if !row.pivots_said.is_empty() {
        out.push_str("<h4>What makes the difference</h4>\n<ul class=\"episodes\">\n");
        for pivot in &row.pivots_said {
            out.push_str(&format!("<li>{}", escape(&pivot.said)));
            quotes(out, &pivot.quotes, civil);
            out.push_str("</li>\n");
        }
        out.push_str("</ul>\n");
    }
    if let Some(tree) = &item.tree {
        out.push_str("<details class=\"why\"><summary>Why: what this rests on</summary>\n<ul>\n");
        node(out, tree, civil);
        out.push_str("</ul>\n</details>\n");
    }
    out.push_str(&format!("<p class=\"place\"><code>{}</code></p>\n</article>\n", escape(&row.place)));
}

fn list(out: &mut String, class: &str, lines: &[&str]) {
    if lines.is_empty() {
        return;
    }
    out.push_str(&format!("<ul class=\"{class}\">\n"));
    for line in lines {
        out.push_str(&format!("<li>{}</li>\n", escape(line)));
    }
    out.push_str("</ul>\n");
}

pub(super) fn quotes(out: &mut String, quotes: &[Quoted], civil: &Civil) {
    match quotes {
        [] => {}
        [one] => out.push_str(&quote(one, civil)),
        many => {
            out.push_str(&format!("<details><summary>{}</summary>", count(many.len(), "quote", "quotes")));
            many.iter().for_each(|quoted| out.push_str(&quote(quoted, civil)));
            out.push_str("</details>");
        }
    }
}

fn quote(quoted: &Quoted, civil: &Civil) -> String {
    let source = according_to(&quoted.according_to);
    let published = quoted.published_at.map(|at| format!(", {}", civil.day(at))).unwrap_or_default();
    let note = quoted
        .note
        .as_deref()
        .map(|note| format!("<small class=\"note\" dir=\"auto\">Remark: {}</small>", foreign(note)));
    format!(
        "<blockquote><p dir=\"auto\">{}</p><footer>{}{} <a href=\"#{}\">{}</a>{}{}</footer></blockquote>",
        escape(&quoted.quote),
        if source.is_empty() { "source not named".to_owned() } else { foreign(&source) },
        escape(&published),
        escape(&source_anchor(&quoted.path)),
        escape(&quoted.path),
        escape(&quoted.reading_said()),
        note.unwrap_or_default(),
    )
}

fn node(out: &mut String, tree: &WhyNode, civil: &Civil) {
    let is_claim = tree.kind == WhyKind::Claim;
    out.push_str(if is_claim { "<li class=\"claim\">" } else { "<li>" });
    let said = escape(&tree.said);
    match (&tree.quote, &tree.place) {
        (Some(quoted), _) => out.push_str(&format!("{said}: {}", quote(quoted, civil))),
        (None, Some(place)) => {
            out.push_str(&format!("{said} <code class=\"place\">{}</code>", escape(place)))
        }
        (None, None) => out.push_str(&said),
    }
    if !tree.because.is_empty() {
        out.push_str("\n<ul>\n");
        tree.because.iter().for_each(|below| node(out, below, civil));
        out.push_str("</ul>\n");
    }
    out.push_str("</li>\n");
}
