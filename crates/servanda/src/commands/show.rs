//! `status`, `why`, `report`: questions about one moment.

use std::path::Path;

use servanda_model::{Badge, Finding, State};
use servanda_render::{CompareView, ReportView, Section, StatusView, WhyView, html, markdown, text};

use crate::Answer;
use crate::args::{Alerts, CellLength, Common, Counts, FailOn, Format, RuleWord, View};
use crate::commands::write_result;
use crate::error::CommandError;
use crate::lexicon::add_quotes;
use crate::out::Console;
use crate::question::Asked;

/// Every promise with its state.
pub(super) fn status(
    common: &Common,
    promises: &[String],
    view: &View,
    fail_on: &[FailOn],
    console: &Console,
) -> Result<Answer, CommandError> {
    let mut asked = Asked::new(common, view)?;
    let findings = asked.findings(promises, false)?;
    let record = asked.records.ledger.as_of(asked.moments.known);
    add_quotes(&mut asked.lexicon, &record, &findings);
    let screen = StatusView::new(asked.heading(), &findings, &asked.lexicon);
    if view.json {
        console.json(&screen)?;
    } else {
        console.print(&text::status(&screen, console.page()))?;
    }
    let fails = |finding: &Finding| fail_on.iter().any(|what| fails_on(finding, *what));
    Ok(if findings.iter().any(fails) { Answer::No } else { Answer::Yes })
}

fn fails_on(finding: &Finding, what: FailOn) -> bool {
    let has = |badge: Badge| finding.badges.contains(&badge);
    match what {
        FailOn::Overdue => finding.state.reported == State::Overdue,
        FailOn::Contested => has(Badge::Contested) || !finding.state.is_settled(),
        FailOn::Breach => has(Badge::ReportedBreach) || has(Badge::RuledBreach),
    }
}

/// What a second standpoint sees differently.
pub(super) fn compare(
    common: &Common,
    promises: &[String],
    view: &View,
    versus: &str,
    console: &Console,
) -> Result<Answer, CommandError> {
    let mut asked = Asked::new(common, view)?;
    let other = asked.case.standpoint(Some(versus))?;
    let moments = (asked.moments.as_of, asked.moments.known);
    // Trees are asked for because they name every claim that bears on a promise.
    let first = asked.findings(promises, true)?;
    let second = asked.findings_at(&other, moments, promises, true)?;
    let record = asked.records.ledger.as_of(asked.moments.known);
    add_quotes(&mut asked.lexicon, &record, &first);
    add_quotes(&mut asked.lexicon, &record, &second);
    let screen =
        CompareView::new(asked.heading(), (other.id, other.label), (&first, &second), &asked.lexicon);
    if view.json {
        console.json(&screen)?;
    } else {
        console.print(&text::compare(&screen, console.page()))?;
    }
    Ok(Answer::Yes)
}

/// The tree behind a state.
pub(super) fn why(
    common: &Common,
    promises: &[String],
    by: Option<&str>,
    view: &View,
    console: &Console,
) -> Result<Answer, CommandError> {
    let mut asked = Asked::new(common, view)?;
    let mut findings = asked.findings(promises, true)?;
    if findings.is_empty() {
        let named: Vec<String> = asked.promises(promises)?.iter().map(ToString::to_string).collect();
        return Err(CommandError::usage(format!("{} did not exist at that date", named.join(", ")))
            .hint("an instrument binds from its adoption; ask for a later date"));
    }
    if let Some(by) = by {
        let parties: Vec<String> = findings.iter().map(|finding| finding.obligor.to_string()).collect();
        findings.retain(|finding| finding.obligor == *by);
        if findings.is_empty() {
            return Err(CommandError::usage(format!("'{by}' does not owe this"))
                .hint(format!("whoever owes it: {}", parties.join(", "))));
        }
    }
    let record = asked.records.ledger.as_of(asked.moments.known);
    add_quotes(&mut asked.lexicon, &record, &findings);
    let screen = WhyView::new(asked.heading(), &findings, &asked.lexicon);
    if view.json {
        console.json(&screen)?;
    } else {
        console.print(&text::why(&screen, console.page()))?;
    }
    Ok(Answer::Yes)
}

/// The report.
pub(super) fn report(
    common: &Common,
    out: Option<&Path>,
    format: Option<Format>,
    view: &View,
    console: &Console,
) -> Result<Answer, CommandError> {
    let format = format.or_else(|| out.and_then(format_of)).unwrap_or(if view.json {
        Format::Json
    } else {
        Format::Markdown
    });
    let mut asked = Asked::new(common, view)?;
    let findings = asked.findings(&[], true)?;
    let record = asked.records.ledger.as_of(asked.moments.known);
    add_quotes(&mut asked.lexicon, &record, &findings);
    let sections = sections(&mut asked)?;
    let head = asked.records.store.head()?.to_string();
    let screen = ReportView::new(asked.heading(), &findings, sections, &asked.lexicon, head);
    let page = text::Page { color: console.page().color && out.is_none(), ..console.page() };
    let report = match format {
        Format::Html => html::report(&screen),
        Format::Markdown => markdown::report(&screen),
        Format::Text => text::report(&screen, page),
        Format::Json if out.is_none() => return console.json(&screen).map(|()| Answer::Yes),
        Format::Json => serde_json::to_string_pretty(&screen).unwrap_or_default() + "\n",
    };
    match out {
        Some(path) => {
            write_result(path, report.as_bytes())?;
            console.say(&format!("wrote {}", path.display()));
        }
        None => console.print(&report)?,
    }
    Ok(Answer::Yes)
}

/// What the report holds beside the promises: every question that the case has something to say about.
fn sections(asked: &mut Asked) -> Result<Vec<Section>, CommandError> {
    let mut sections = Vec::new();
    let counts = super::counts::screen(asked, &Counts::default())?;
    sections.extend(counts.and_then(|screen| screen.section()));
    sections.extend(super::violations::every(asked)?.section());
    // A case that names what is to be watched has something to say; a list of all that is prohibited would be noise.
    let watch = &asked.case.file.alerts;
    let has_begun = watch.since.is_none_or(|since| since <= asked.moments.as_of);
    if !watch.kinds.is_empty() && has_begun {
        // Three rules of different sorts: the report is to be read, and the others cost most of the time.
        let rules = vec![RuleWord::EarsC1, RuleWord::Band, RuleWord::CusumNb, RuleWord::Scan];
        sections.extend(super::alerts::screen(asked, &Alerts { rules, ..Alerts::default() })?.section());
    }
    let aid = super::aid::screen(asked, (None, None), CellLength::Week)?;
    sections.extend(aid.and_then(|screen| screen.section()));
    sections.extend(super::audit::screen(asked, &[])?.section());
    Ok(sections)
}

fn format_of(path: &Path) -> Option<Format> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "html" | "htm" => Some(Format::Html),
        "md" | "markdown" => Some(Format::Markdown),
        "txt" => Some(Format::Text),
        "json" => Some(Format::Json),
        _ => None,
    }
}
