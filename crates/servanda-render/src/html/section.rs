//! Sections of the report as HTML.

use super::parts::{escape, quotes};
use crate::civil::Civil;
use crate::section::{Block, Section};

/// A part of the page.
pub(super) fn section(out: &mut String, section: &Section, civil: &Civil) {
    let id = escape(&section.id);
    out.push_str(&format!(
        "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\" dir=\"auto\">{}</h2>\n",
        escape(&section.title)
    ));
    for block in &section.blocks {
        match block {
            Block::Title { text } => out.push_str(&format!("<h3 dir=\"auto\">{}</h3>\n", escape(text))),
            Block::Line { text } => {
                out.push_str(&format!("<p class=\"line\" dir=\"auto\">{}</p>\n", escape(text)))
            }
            Block::Table { heads, rows } => table(out, heads, rows),
            Block::List { items } => {
                out.push_str("<ul class=\"lines\">\n");
                for item in items {
                    out.push_str(&format!("<li><span dir=\"auto\">{}</span>", escape(&item.said)));
                    quotes(out, &item.quotes, civil);
                    out.push_str("</li>\n");
                }
                out.push_str("</ul>\n");
            }
        }
    }
    out.push_str("</section>\n");
}

fn table(out: &mut String, heads: &[String], rows: &[Vec<String>]) {
    out.push_str("<table class=\"overview\">\n<thead><tr>");
    heads.iter().for_each(|head| out.push_str(&format!("<th scope=\"col\">{}</th>", escape(head))));
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        out.push_str("<tr>");
        for (at, (cell, head)) in row.iter().zip(heads).enumerate() {
            let cell = escape(cell);
            if at == 0 {
                out.push_str(&format!("<th scope=\"row\" dir=\"auto\">{cell}</th>"));
            } else {
                out.push_str(&format!("<td data-label=\"{}\" dir=\"auto\">{cell}</td>", escape(head)));
            }
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
}
