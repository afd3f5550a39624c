//! The report as one HTML file: nothing is loaded from elsewhere, every foreign text is escaped.

mod parts;
mod section;

use crate::figures::count;
use crate::report::ReportView;
use crate::row::StatusRow;
use parts::{article, escape, foreign, link, state_class};

const STYLE: &str = include_str!("report.css");

/// The report as one HTML file.
pub fn report(view: &ReportView) -> String {
    let heading = &view.heading;
    let civil = heading.civil();
    let mut out = String::new();
    out.push_str(&format!(
        "<!doctype html>\n<html lang=\"{}\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{} \u{2013} as of {}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#promises\">To the promises</a>\n",
        escape(&view.language),
        escape(&heading.case),
        escape(&civil.moment(heading.as_of)),
    ));
    header(&mut out, view);
    out.push_str("<main>\n");
    summary(&mut out, view);
    overview(&mut out, view);
    promises(&mut out, view);
    view.sections.iter().for_each(|part| section::section(&mut out, part, &civil));
    legend(&mut out, view);
    sources(&mut out, view);
    out.push_str("</main>\n");
    out.push_str(&format!(
        "<footer>\n<p>This page reports what is on record and who says so. It does not judge: only a named person's ruling \
         says that a promise was breached. Silence is no evidence.</p>\n<p>Head of the record: <code>{}</code></p>\n\
         </footer>\n</body>\n</html>\n",
        escape(&view.head)
    ));
    out
}

fn header(out: &mut String, view: &ReportView) {
    let heading = &view.heading;
    let civil = heading.civil();
    out.push_str(&format!(
        "<header>\n<h1 dir=\"auto\">{}</h1>\n<dl class=\"facts\">\n",
        foreign(&heading.case)
    ));
    for (term, value) in [
        ("As of", civil.moment(heading.as_of)),
        ("On record by", civil.moment(heading.known)),
        ("Standpoint", heading.standpoint_said.clone()),
        ("Times", civil.zone().to_owned()),
    ] {
        out.push_str(&format!("<div><dt>{term}</dt><dd>{}</dd></div>\n", escape(&value)));
    }
    out.push_str("</dl>\n");
    for remark in &heading.remarks {
        out.push_str(&format!("<p class=\"remark\">{}</p>\n", escape(remark)));
    }
    out.push_str(
        "<nav aria-label=\"Parts of this page\"><a href=\"#overview\">Overview</a> <a href=\"#promises\">Promises</a> ",
    );
    for section in &view.sections {
        out.push_str(&format!("<a href=\"#{}\">{}</a> ", escape(&section.id), escape(&section.title)));
    }
    out.push_str("<a href=\"#words\">Words</a> <a href=\"#sources\">Sources</a></nav>\n</header>\n");
}

fn summary(out: &mut String, view: &ReportView) {
    out.push_str(&format!(
        "<section aria-labelledby=\"summary\">\n<h2 id=\"summary\">{}</h2>\n<ul class=\"counts\">\n",
        count(view.items.len(), "promise", "promises")
    ));
    for count in &view.counts {
        out.push_str(&format!("<li><b>{}</b> {}</li>\n", count.n, escape(&count.said)));
    }
    out.push_str("</ul>\n</section>\n");
}

fn overview(out: &mut String, view: &ReportView) {
    out.push_str(
        "<section aria-labelledby=\"overview\">\n<h2 id=\"overview\">Overview</h2>\n<table class=\"overview\">\n\
         <thead><tr><th scope=\"col\">Promise</th><th scope=\"col\">By</th><th scope=\"col\">State</th>\
         <th scope=\"col\">Level</th><th scope=\"col\">Progress</th><th scope=\"col\">Due</th></tr></thead>\n",
    );
    let mut instrument: Option<&str> = None;
    for row in view.rows() {
        if instrument != Some(row.instrument_said.as_str()) {
            if instrument.is_some() {
                out.push_str("</tbody>\n");
            }
            out.push_str(&format!(
                "<tbody>\n<tr class=\"instrument\"><th scope=\"rowgroup\" colspan=\"6\" dir=\"auto\">{}</th></tr>\n",
                foreign(&row.instrument_said)
            ));
            instrument = Some(&row.instrument_said);
        }
        overview_row(out, row);
    }
    if instrument.is_some() {
        out.push_str("</tbody>\n");
    }
    out.push_str("</table>\n</section>\n");
}

fn overview_row(out: &mut String, row: &StatusRow) {
    let level = row.finding.level.map(|level| u8::from(level).to_string()).unwrap_or_default();
    out.push_str(&format!(
        "<tr><th scope=\"row\"><a href=\"#{}\">{}</a></th><td data-label=\"By\" dir=\"auto\">{}</td>\
         <td data-label=\"State\"><span class=\"state {}\">{}</span>{}</td><td data-label=\"Level\">{level}</td>\
         <td data-label=\"Progress\">{}</td><td data-label=\"Due\">{}</td></tr>\n",
        escape(&row.anchor),
        foreign(row.finding.provision.as_str()),
        foreign(&row.obligor_said),
        state_class(row),
        escape(&row.state_said),
        parts::badges(row),
        escape(&row.progress_said),
        escape(&row.due_said),
    ));
}

fn promises(out: &mut String, view: &ReportView) {
    let civil = view.heading.civil();
    out.push_str("<section aria-labelledby=\"promises\">\n<h2 id=\"promises\">Promises</h2>\n");
    let mut instrument: Option<&str> = None;
    for item in &view.items {
        if instrument != Some(item.row.instrument_said.as_str()) {
            out.push_str(&format!(
                "<p class=\"instrument\" dir=\"auto\">{}</p>\n",
                foreign(&item.row.instrument_said)
            ));
            instrument = Some(&item.row.instrument_said);
        }
        article(out, item, &civil);
    }
    out.push_str("</section>\n");
}

fn legend(out: &mut String, view: &ReportView) {
    out.push_str("<section aria-labelledby=\"words\">\n<h2 id=\"words\">Words</h2>\n<dl class=\"legend\">\n");
    for entry in &view.legend {
        out.push_str(&format!(
            "<div><dt>{}</dt><dd>{}</dd></div>\n",
            escape(&entry.word),
            escape(&entry.meaning)
        ));
    }
    out.push_str("</dl>\n</section>\n");
}

fn sources(out: &mut String, view: &ReportView) {
    let civil = view.heading.civil();
    out.push_str(&format!(
        "<section aria-labelledby=\"sources\">\n<h2 id=\"sources\">Sources</h2>\n<p>{} quoted on this page.</p>\n\
         <ol class=\"sources\">\n",
        count(view.sources.len(), "document", "documents")
    ));
    for source in &view.sources {
        let title = source.title.as_deref().unwrap_or(&source.path);
        let published = source.published_at.map(|at| format!(", {}", civil.day(at))).unwrap_or_default();
        out.push_str(&format!(
            "<li id=\"{}\"><span dir=\"auto\">{}</span>{}; {} <code>{}</code>{}</li>\n",
            escape(&parts::source_anchor(&source.path)),
            foreign(title),
            escape(&published),
            count(source.n_quotes, "quote", "quotes"),
            escape(&source.path),
            source.url.as_deref().map(|url| format!("<br>{}", link(url))).unwrap_or_default(),
        ));
    }
    out.push_str("</ol>\n</section>\n");
}
