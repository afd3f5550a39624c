//! `counts`: rival counts of one kind, side by side.

use servanda_assess::counts::{Question, promised_rates};
use servanda_model::{Instant, Name, PromisedRate, Window};
use servanda_pact::{Clock, Duty, Per};
use servanda_render::{COUNTS_COLUMNS, CountsView, counts_rows, text};

use crate::Answer;
use crate::args::{CellLength, Common, Counts};
use crate::error::{CommandError, ErrorKind};
use crate::lexicon::add_quote;
use crate::moments::moment;
use crate::out::Console;
use crate::question::Asked;

/// Of a kind that no promise is about the window reaches back so many days.
const USUAL_DAYS: i64 = 28;

/// Rival counts in one window.
pub(super) fn counts(common: &Common, counts: &Counts, console: &Console) -> Result<Answer, CommandError> {
    let mut asked = Asked::new(common, &counts.view)?;
    let screen = screen(&mut asked, counts)?.ok_or_else(|| {
        CommandError::usage("no promise of this case is a rate, so say which kind is to be counted")
            .hint("'servanda counts KIND'; kinds are declared in the agreement")
    })?;
    if let Some(file) = &counts.csv {
        super::write_csv(file, COUNTS_COLUMNS, &counts_rows(&screen), console)?;
    } else if counts.view.json {
        console.json(&screen)?;
    } else {
        console.print(&text::counts(&screen, console.page()))?;
    }
    Ok(Answer::Yes)
}

/// The screen; `None` where no kind is asked for and no promise is a rate.
pub(super) fn screen(asked: &mut Asked, counts: &Counts) -> Result<Option<CountsView>, CommandError> {
    let kinds = if counts.kinds.is_empty() { promised_kinds(asked) } else { asked.kinds(&counts.kinds)? };
    if kinds.is_empty() {
        return Ok(None);
    }
    let promises = promises(asked)?;
    let window = window(asked, (counts.from.as_deref(), counts.to.as_deref()), &kinds, &promises)?;
    let component = counts.component.as_deref().map(Name::new);
    let record = asked.records.ledger.as_of(asked.moments.known);
    let question = Question {
        kinds: &kinds,
        window,
        per: counts.per.map(|per| match per {
            CellLength::Day => Per::Day,
            CellLength::Week => Per::Week,
        }),
        component: component.as_ref(),
        counters: &asked.case.counters,
        conversions: &asked.case.conversions,
        promises: &promises,
    };
    let context = asked.case.context();
    let found = servanda_assess::counts::counts(
        &record,
        &asked.case.agreement,
        &asked.standpoint,
        &context,
        &question,
    )
    .map_err(|error| CommandError::new(ErrorKind::Case, error.to_string()))?;
    for statement in found.iter().flat_map(|kind| &kind.series).flat_map(|series| &series.statements) {
        if let Some(claim) = statement.claims.first() {
            add_quote(&mut asked.lexicon, &record, *claim);
        }
    }
    Ok(Some(CountsView::new(asked.heading(), window, found, &asked.lexicon)))
}

/// The promised rates of the case, with the day since which each binds from the standpoint asked.
pub(super) fn promises(asked: &Asked) -> Result<Vec<(Name, PromisedRate)>, CommandError> {
    let rates =
        asked.case.agreement.provisions.iter().filter(|found| matches!(found.duty, Duty::Keep { .. }));
    let names: Vec<String> = rates.map(|found| found.id.to_string()).collect();
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let findings = asked.findings(&names, false)?;
    let clock = clock(asked)?;
    Ok(promised_rates(&asked.case.agreement, &findings, &clock))
}

fn clock(asked: &Asked) -> Result<Clock, CommandError> {
    Clock::new(asked.case.zone()).ok_or_else(|| {
        CommandError::new(ErrorKind::Case, format!("the time zone '{}' is not known", asked.case.zone()))
    })
}

/// Kinds that somebody promised a rate of, in the order of the agreement.
fn promised_kinds(asked: &Asked) -> Vec<Name> {
    let mut kinds = Vec::new();
    for provision in &asked.case.agreement.provisions {
        if let Duty::Keep { kind, .. } = &provision.duty
            && !kinds.contains(kind)
        {
            kinds.push(kind.clone());
        }
    }
    kinds
}

/// When the first promise about these kinds began.
fn begun(asked: &Asked, kinds: &[Name]) -> Result<Option<Instant>, CommandError> {
    let about =
        |found: &&servanda_pact::Provision| found.duty.kinds().iter().any(|kind| kinds.contains(kind));
    let names: Vec<String> =
        asked.case.agreement.provisions.iter().filter(about).map(|found| found.id.to_string()).collect();
    if names.is_empty() {
        return Ok(None);
    }
    let findings = asked.findings(&names, false)?;
    Ok(findings.iter().filter_map(|finding| finding.start).map(|start| start.earliest).min())
}

/// From the first moment of one day to the last of another, in the clock of the case.
pub(super) fn window(
    asked: &Asked,
    (from, to): (Option<&str>, Option<&str>),
    kinds: &[Name],
    promises: &[(Name, PromisedRate)],
) -> Result<Window, CommandError> {
    let read_clock = &asked.case.file.clock;
    let clock = clock(asked)?;
    let to = match to {
        Some(text) => moment(text, "--to", read_clock)?.plus_ms(1),
        None => clock.window_of(asked.moments.as_of, Per::Day).end,
    };
    let bound =
        promises.iter().filter(|(kind, _)| kinds.contains(kind)).filter_map(|(_, rate)| rate.since).min();
    let from = match from {
        Some(text) => {
            let day = read_clock.when(text).filter(|_| !text.contains('/'));
            day.map(|when| when.earliest).ok_or_else(|| {
                CommandError::usage(format!("--from '{text}' is no date")).hint("write 2025-10-22")
            })?
        }
        None => match bound.or(begun(asked, kinds)?).filter(|since| *since < to) {
            Some(since) => clock.window_of(since, Per::Day).start,
            None => {
                let back = Instant::from_ms(to.ms() - USUAL_DAYS * servanda_model::DAY_MS);
                clock.window_of(back, Per::Day).start
            }
        },
    };
    if from >= to {
        return Err(CommandError::usage("the window ends before it begins")
            .hint("--from is its first day and --to its last, both included"));
    }
    Ok(Window { start: from, end: to })
}
