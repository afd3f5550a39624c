//! `violations`: incidents contrary to prohibited acts, merged across sources.

use std::collections::BTreeMap;

use servanda_assess::violations::{Line, Question, violations as ask};
use servanda_model::{ClaimId, Instant, Name};
use servanda_pact::Per;
use servanda_render::{Heading, INCIDENT_COLUMNS, ViolationsFound, ViolationsView, incident_rows, text};

use crate::Answer;
use crate::args::{self, BinWord, Common};
use crate::commands::{write_csv, write_result};
use crate::error::{CommandError, ErrorKind};
use crate::lexicon::add_quote;
use crate::moments::moment;
use crate::out::Console;
use crate::question::Asked;

/// Incidents as a list, a series, a map or trees.
pub(super) fn violations(
    common: &Common,
    words: &args::Violations,
    console: &Console,
) -> Result<Answer, CommandError> {
    let mut asked = Asked::new(common, &words.view)?;
    let mut question = question(&asked, words)?;
    // A single word that is no act and no promise may be an incident.
    match asked.kinds(&words.asked) {
        Ok(kinds) => question.kinds = kinds,
        Err(error) => match &words.asked[..] {
            [one] => {
                question.only = Some(one.clone());
                let screen = screen(&mut asked, &question, false)?;
                if screen.rows.is_empty() {
                    return Err(error);
                }
            }
            _ => return Err(error),
        },
    }
    let screen = screen(&mut asked, &question, words.timeline.is_some())?;
    if let Some(file) = &words.map {
        let map = servanda_render::violations::map(&screen);
        match file {
            None => console.json(&map)?,
            Some(path) => {
                let text = serde_json::to_string_pretty(&map).unwrap_or_default() + "\n";
                write_result(path, text.as_bytes())?;
                console.say(&format!("wrote {}", path.display()));
            }
        }
        return Ok(Answer::Yes);
    }
    if let Some(file) = &words.csv {
        write_csv(file, INCIDENT_COLUMNS, &incident_rows(&screen), console)?;
    } else if words.view.json {
        console.json(&screen)?;
    } else if words.timeline.is_some() {
        console.print(&text::violation_series(&screen, console.page()))?;
    } else if question.only.is_some() || words.why {
        console.print(&text::violations_why(&screen, console.page()))?;
    } else {
        console.print(&text::violations(&screen, words.limit, console.page()))?;
    }
    Ok(Answer::Yes)
}

/// Every incident up to the moment asked.
pub(super) fn every(asked: &mut Asked) -> Result<ViolationsView, CommandError> {
    let question = base(asked);
    screen(asked, &question, false)
}

/// The trees of some incidents, by their ids.
pub(super) fn why(
    common: &Common,
    ids: &[String],
    view: &args::View,
    console: &Console,
) -> Result<Answer, CommandError> {
    let mut asked = Asked::new(common, view)?;
    let mut all: Option<ViolationsView> = None;
    for id in ids {
        let question = Question { only: Some(id.clone()), ..base(&asked) };
        let found = screen(&mut asked, &question, false)?;
        if found.rows.is_empty() {
            return Err(CommandError::usage(format!("no incident '{id}' is on record at that date"))
                .hint("'servanda violations' lists them with their ids"));
        }
        match &mut all {
            None => all = Some(found),
            Some(all) => all.rows.extend(found.rows),
        }
    }
    if let Some(screen) = all {
        if view.json {
            console.json(&screen)?;
        } else {
            console.print(&text::violations_why(&screen, console.page()))?;
        }
    }
    Ok(Answer::Yes)
}

fn base(asked: &Asked) -> Question {
    let matching = asked.case.file.matching;
    Question {
        at: asked.moments.as_of,
        to: asked.moments.as_of.plus_ms(1),
        range_km: matching.range_km,
        window_days: i64::from(matching.window_days),
        ..Question::default()
    }
}

fn question(asked: &Asked, words: &args::Violations) -> Result<Question, CommandError> {
    let clock = &asked.case.file.clock;
    let mut question = base(asked);
    if let Some(from) = &words.from {
        let when = clock.when(from).filter(|_| !from.contains('/'));
        question.from = match when {
            Some(when) => when.earliest,
            None => moment(from, "--from", clock)?,
        };
    }
    if let Some(to) = &words.to {
        question.to = moment(to, "--to", clock)?.plus_ms(1).min(question.to);
    }
    if question.from >= question.to {
        return Err(CommandError::usage("--from is not before --to").hint("name the earlier day with --from"));
    }
    question.by = words.by.as_deref().map(|by| party(asked, by)).transpose()?;
    if words.timeline == Some(BinWord::Day) {
        question.per = Per::Day;
    }
    Ok(question)
}

fn party(asked: &Asked, by: &str) -> Result<Name, CommandError> {
    let actors = asked.case.actors.iter().map(|actor| &actor.id);
    let parties = asked.case.agreement.parties.iter().map(|party| &party.id);
    if let Some(found) = actors.chain(parties).find(|id| id.as_str() == by) {
        return Ok(found.clone());
    }
    let known: Vec<&str> = asked.case.agreement.parties.iter().map(|party| party.id.as_str()).collect();
    Err(CommandError::usage(format!("the case has no actor '{by}'"))
        .hint(format!("parties are {}", known.join(", "))))
}

fn screen(asked: &mut Asked, question: &Question, with_series: bool) -> Result<ViolationsView, CommandError> {
    let (lines, remarks) = lines(asked);
    let record = asked.records.ledger.as_of(asked.moments.known);
    let found =
        ask(&record, &asked.case.agreement, &asked.standpoint, &asked.case.context(), &lines, question);
    let found = found.map_err(|error| CommandError::new(ErrorKind::Case, error.to_string()))?;
    let reports = found.incidents.iter().flat_map(|incident| &incident.reports);
    let mut claims: Vec<ClaimId> =
        reports.flat_map(|report| report.claims.iter().chain(&report.copies)).copied().collect();
    claims.extend(found.totals.iter().map(|total| total.claim));
    for id in claims {
        add_quote(&mut asked.lexicon, &record, id);
    }
    let places: BTreeMap<Name, String> =
        asked.case.places.iter().map(|place| (place.id.clone(), place.label.clone())).collect();
    let mut heading: Heading = asked.heading();
    heading.remarks.extend(remarks);
    let words = ViolationsFound {
        incidents: found.incidents,
        series: if with_series { found.series } else { Vec::new() },
        totals: found.totals,
        n_denied_only: found.n_denied_only,
        kinds: found.kinds,
        places,
    };
    Ok(ViolationsView::new(heading, &words, &asked.lexicon))
}

/// The lines and zones of the case, and what is wrong with their files.
fn lines(asked: &Asked) -> (Vec<Line>, Vec<String>) {
    let case = &asked.case;
    let mut lines = Vec::new();
    let mut remarks = Vec::new();
    let mut read = |place: &Name, version: &Name, since_ms: i64, file: &str| {
        let text = match std::fs::read_to_string(case.dir.join(file)) {
            Ok(text) => text,
            Err(error) => {
                remarks.push(format!("{file} cannot be read, so no distance to {place} is given: {error}"));
                return;
            }
        };
        match Line::from_geojson(place.clone(), version.clone(), since_ms, &text) {
            Ok(line) => lines.push(line),
            Err(why) => remarks.push(format!("{file}: {why}; no distance to {place} is given")),
        }
    };
    for place in &case.places {
        for version in &place.versions {
            let Some(file) = &version.file else { continue };
            let since = version.since.as_deref().and_then(|since| case.file.clock.when(since));
            let since_ms = since.map_or(i64::MIN, |when| when.earliest.ms());
            read(&place.id, &version.id, since_ms, file);
        }
    }
    let drawn = |zone: &Name| {
        case.places.iter().any(|place| place.id == *zone && place.versions.iter().any(|v| v.file.is_some()))
    };
    for zone in case.agreement.zones.iter().filter(|zone| !drawn(&zone.id)) {
        read(&zone.id, &Name::from(zone.file.as_str()), Instant::MIN.ms(), &zone.file);
    }
    (lines, remarks)
}
