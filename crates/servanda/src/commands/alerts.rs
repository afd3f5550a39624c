//! `alerts`: where and when what is reported left the band expected of it.

use std::collections::BTreeMap;

use servanda_assess::Context;
use servanda_assess::alerts::{
    Baseline, Budget, Coverage, Question, Rule, ScanQuestion, WatchOptions, alerts,
};
use servanda_ledger::View;
use servanda_model::{DAY_MS, Instant, Name, Position, WatchedSeries};
use servanda_pact::{Duty, Per};
use servanda_read::{AlertsFile, FalseAlarms};
use servanda_render::{AlertsView, alert_claims, alerts_map, text};

use crate::Answer;
use crate::args::{Alerts, CellLength, Common, RuleWord};
use crate::commands::write_result;
use crate::error::{CommandError, ErrorKind};
use crate::lexicon::add_quote;
use crate::moments::{moment, start, start_of_day};
use crate::out::Console;
use crate::question::Asked;

const BUDGET: FalseAlarms = FalseAlarms { days: 90.0, is_overall: false };

/// Days before `--to` from which alerts are listed where nobody says: who looks back further says so.
const USUAL_DAYS: i64 = 90;

/// Where and when what is reported left the band expected of it.
pub(super) fn show(common: &Common, arguments: &Alerts, console: &Console) -> Result<Answer, CommandError> {
    let mut asked = Asked::new(common, &arguments.view)?;
    let (screen, positions) = answer(&mut asked, arguments)?;
    match &arguments.map {
        Some(None) => console.print(&alerts_map(&screen, &positions))?,
        Some(Some(file)) => {
            write_result(file, alerts_map(&screen, &positions).as_bytes())?;
            console.say(&format!("wrote {}", file.display()));
        }
        None if arguments.view.json => console.json(&screen)?,
        None => console.print(&text::alerts(&screen, console.page()))?,
    }
    Ok(Answer::Yes)
}

/// The screen.
pub(super) fn screen(asked: &mut Asked, arguments: &Alerts) -> Result<AlertsView, CommandError> {
    answer(asked, arguments).map(|(screen, _)| screen)
}

/// The screen, and where its places lie.
fn answer(
    asked: &mut Asked,
    arguments: &Alerts,
) -> Result<(AlertsView, BTreeMap<Name, Position>), CommandError> {
    let (question, budget) = question(asked, arguments)?;
    let record = asked.records.ledger.as_of(asked.moments.known);
    let context = asked.case.context();
    let found = alerts(&record, &asked.case.agreement, &asked.standpoint, &context, &question)
        .map_err(|error| CommandError::new(ErrorKind::Case, error.to_string()))?;
    for id in alert_claims(&found) {
        add_quote(&mut asked.lexicon, &record, id);
    }
    let positions = positions(&record, &context, &found);
    let asked_about = (question.from, question.to);
    Ok((AlertsView::new(asked.heading(), asked_about, budget_said(budget), found, &asked.lexicon), positions))
}

/// Where the places of series lie: by the gazetteer, else as the claims of an alert there state it.
fn positions(record: &View, context: &Context, found: &servanda_model::Alerts) -> BTreeMap<Name, Position> {
    let stated = |series: &WatchedSeries| {
        let claims = series.alerts.iter().flat_map(|alert| &alert.claims);
        let mut facts = claims.filter_map(|id| record.fact(record.find(id)?));
        facts.find_map(|fact| fact.position)
    };
    let of_series = |series: &WatchedSeries| {
        let place = series.key.place.clone()?;
        let position = context.position(&place).or_else(|| stated(series))?;
        Some((place, position))
    };
    found.series.iter().filter_map(of_series).collect()
}

/// What is asked: arguments before what the case says, that before what is usual.
fn question(asked: &Asked, arguments: &Alerts) -> Result<(Question, FalseAlarms), CommandError> {
    let (case, file) = (&asked.case, &asked.case.file.alerts);
    let clock = &case.file.clock;
    let to = match &arguments.to {
        Some(text) => moment(text, "--to", clock)?.min(asked.moments.as_of),
        None => asked.moments.as_of,
    };
    let since = match &arguments.since {
        Some(text) => start(text, "--since", clock)?,
        None => file.since.unwrap_or(Instant::MIN),
    };
    let from = match &arguments.from {
        Some(text) => start(text, "--from", clock)?,
        None => since.max(start_of_day(clock, to.plus_ms(-USUAL_DAYS * DAY_MS))),
    };
    if from > to {
        return Err(CommandError::usage("--from is not before --to").hint("name the earlier day with --from"));
    }
    let budget = match &arguments.false_alarms {
        Some(text) => text.parse().map_err(|_| {
            CommandError::usage(format!("--false-alarms '{text}' is no rate of one in two days or fewer"))
                .hint("write it as \"1 per 90 days\", or \"1 per 90 days overall\" for all series and rules together")
        })?,
        None => file.false_alarms.unwrap_or(BUDGET),
    };
    let (watch, with_scan) = watch_options(file, arguments, budget);
    let question = Question {
        kinds: kinds(asked, arguments)?,
        places: places(asked, &arguments.places)?,
        since,
        from,
        to,
        per: match arguments.per {
            CellLength::Day => Per::Day,
            CellLength::Week => Per::Week,
        },
        component: file.component.clone().unwrap_or_else(|| Name::new("new")),
        covered: file
            .covered
            .iter()
            .map(|stretch| Coverage { source: stretch.source.clone(), from: stretch.from, to: stretch.to })
            .collect(),
        watch,
        is_overall: budget.is_overall,
        scan: with_scan.then(|| scan_question(file)),
    };
    Ok((question, budget))
}

fn scan_question(file: &AlertsFile) -> ScanQuestion {
    let usual = ScanQuestion::default();
    ScanQuestion {
        most_days: file.cluster_days.unwrap_or(usual.most_days),
        most_km: file.cluster_km.map_or(usual.most_km, f64::from),
        ..usual
    }
}

fn watch_options(file: &AlertsFile, arguments: &Alerts, budget: FalseAlarms) -> (WatchOptions, bool) {
    let usual = WatchOptions::default();
    let baseline = Baseline {
        n_most: file.baseline_reports.map_or(usual.baseline.n_most, |n| n as usize),
        n_guard: file.guard_reports.map_or(usual.baseline.n_guard, |n| n as usize),
        ..usual.baseline
    };
    let all = arguments.rules.is_empty() || arguments.rules.contains(&RuleWord::All);
    let asked = |rule: &Rule| all || arguments.rules.iter().any(|word| named(*word) == Some(*rule));
    let watch = WatchOptions {
        rules: Rule::ALL.into_iter().filter(asked).collect(),
        budget: Budget { days: budget.days },
        baseline,
        rise: file.rise_percent.map_or(usual.rise, |percent| f64::from(percent) / 100.0),
        by_weekday: file.by_weekday.unwrap_or(usual.by_weekday),
        seed: arguments.seed.or(file.seed).unwrap_or(usual.seed),
        ..usual
    };
    (watch, all || arguments.rules.contains(&RuleWord::Scan))
}

/// The kinds asked for; else those of the case; else whatever the agreement prohibits.
fn kinds(asked: &Asked, arguments: &Alerts) -> Result<Vec<Name>, CommandError> {
    if !arguments.kinds.is_empty() {
        return asked.kinds(&arguments.kinds);
    }
    if !asked.case.file.alerts.kinds.is_empty() {
        return Ok(asked.case.file.alerts.kinds.clone());
    }
    let provisions = &asked.case.agreement.provisions;
    let prohibited = provisions.iter().filter(|provision| matches!(provision.duty, Duty::Not { .. }));
    let mut kinds: Vec<Name> = prohibited.flat_map(|provision| provision.duty.kinds()).cloned().collect();
    kinds.sort();
    kinds.dedup();
    if kinds.is_empty() {
        return Err(CommandError::usage("the agreement prohibits nothing that could be watched")
            .hint("name a kind: servanda alerts KIND"));
    }
    Ok(kinds)
}

/// Places by id, label or alias; else as claims on record name them.
fn places(asked: &Asked, names: &[String]) -> Result<Vec<Name>, CommandError> {
    let places = &asked.case.places;
    let record = asked.records.ledger.as_of(asked.moments.known);
    names
        .iter()
        .map(|name| {
            let is_meant = |place: &&servanda_model::Place| {
                place.id == **name || place.label == **name || place.aliases.iter().any(|alias| alias == name)
            };
            let declared = places.iter().find(is_meant).map(|place| place.id.clone());
            let is_named = || {
                let symbol = record.symbol(name);
                symbol.is_some() && record.standing().any(|(_, fact)| Some(fact.place) == symbol)
            };
            declared.or_else(|| is_named().then(|| Name::new(name))).ok_or_else(|| {
                CommandError::usage(format!("neither places.toml nor a claim on record has a place '{name}'"))
                    .hint("a place is named by its id, its label or an alias, or as claims name it")
            })
        })
        .collect()
}

fn budget_said(budget: FalseAlarms) -> String {
    let days = (budget.days * 10.0).round() / 10.0;
    if budget.is_overall {
        format!("Budget: one false alarm in {days} days over all series and rules together.")
    } else {
        format!("Budget: one false alarm in {days} days for each rule in each series.")
    }
}

/// The rule for one series; `None` for all of them and for the scan over places.
fn named(word: RuleWord) -> Option<Rule> {
    match word {
        RuleWord::All | RuleWord::Scan => None,
        RuleWord::EarsC1 => Some(Rule::EarsC1),
        RuleWord::EarsC2 => Some(Rule::EarsC2),
        RuleWord::EarsC3 => Some(Rule::EarsC3),
        RuleWord::Band => Some(Rule::Band),
        RuleWord::CusumPoisson => Some(Rule::CusumPoisson),
        RuleWord::CusumNb => Some(Rule::CusumNegativeBinomial),
        RuleWord::CusumTwoSided => Some(Rule::CusumTwoSided),
        RuleWord::Online => Some(Rule::Online),
        RuleWord::Changes => Some(Rule::Changes),
    }
}
