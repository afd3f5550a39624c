//! The aid screen: stages by counter, what stayed at each, energy, estimates (`aid.v1`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use servanda_model::*;

use crate::civil::Civil;
use crate::counts_words as words;
use crate::figures;
use crate::heading::Heading;
use crate::lexicon::{Lexicon, Quoted};
use crate::section::{Item, Section};

/// One counter's figures of one stage in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AidLine {
    /// Label of the stage.
    pub stage_said: String,
    /// Label of the counter.
    pub counter_said: String,
    /// Days of the window that its figures cover (`57 of 59`).
    pub days_said: String,
    /// Total of these days with its unit.
    pub total_said: String,
    /// The same by the day.
    pub per_day_said: String,
    /// The same by the week.
    pub per_week_said: String,
    /// As a share of what was promised for these days; empty where nothing is compared.
    pub kept_said: String,
    /// Kilocalories for each person and day; empty where no sourced factors lead there.
    pub kcal_said: String,
    /// The words of the latest figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<Quoted>,
}

/// A check of conservation in words, with both quotes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CheckLine {
    /// The sentence.
    pub said: String,
    /// Whether it is a conflict of data.
    pub is_conflict: bool,
    /// Words on what reached the stage, then on what left it.
    pub quotes: Vec<Quoted>,
}

/// Aid in a window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AidView {
    /// `aid.v1`.
    pub schema: String,
    /// Which case, as known when, from which standpoint.
    pub heading: Heading,
    /// The window in words.
    pub window_said: String,
    /// Everything in figures.
    pub aid: AidFinding,
    /// One line for each of `aid.rows`.
    pub lines: Vec<AidLine>,
    /// One line for each of `aid.checks`.
    pub check_lines: Vec<CheckLine>,
    /// Completed recent periods, as estimates of this program.
    pub estimate_lines: Vec<String>,
    /// The factors used, each with its source.
    pub factor_lines: Vec<String>,
}

/// The word of a stage.
pub(crate) fn stage(stage: Option<Stage>, by: Option<InterceptedBy>) -> &'static str {
    match (stage, by) {
        (Some(Stage::Cleared), _) => "cleared",
        (Some(Stage::Offloaded), _) => "offloaded",
        (Some(Stage::Collected), _) => "collected",
        (Some(Stage::Arrived), _) => "arrived",
        (Some(Stage::Intercepted), Some(InterceptedBy::People)) => "intercepted by people",
        (Some(Stage::Intercepted), Some(InterceptedBy::Armed)) => "intercepted by armed actors",
        (Some(Stage::Intercepted), _) => "intercepted, by whom is not stated",
        (Some(Stage::Returned), _) => "returned",
        (Some(Stage::Unknown), _) => "not established what became of it",
        (None, _) => "stage not stated",
    }
}

impl AidView {
    /// The screen of aid.
    pub fn new(heading: Heading, aid: AidFinding, lexicon: &Lexicon) -> AidView {
        let civil = heading.civil();
        let lines = aid.rows.iter().map(|row| line(row, lexicon)).collect();
        let check_lines = aid.checks.iter().map(|check| check_line(check, &civil, lexicon)).collect();
        let estimate_lines =
            aid.estimates.iter().flat_map(|series| estimate_lines(series, &civil, lexicon)).collect();
        AidView {
            schema: "aid.v1".to_owned(),
            window_said: civil.window(&aid.window),
            factor_lines: factor_lines(&aid),
            heading,
            aid,
            lines,
            check_lines,
            estimate_lines,
        }
    }
}

impl AidView {
    /// The screen as a part of the report; `None` where no figure touches the window.
    pub fn section(&self) -> Option<Section> {
        if self.lines.is_empty() {
            return None;
        }
        let mut section = Section::new("aid", "Aid by stage");
        section.line(format!(
            "{}. Each counter stands by itself; days, total and rates are those that its figures cover.",
            self.window_said
        ));
        let cells = self.lines.iter().map(|line| {
            let said = [&line.counter_said, &line.stage_said, &line.days_said, &line.total_said];
            let more = [&line.per_day_said, &line.per_week_said, &line.kept_said, &line.kcal_said];
            said.into_iter().chain(more).cloned().collect()
        });
        let heads = [
            "counter",
            "stage",
            "days",
            "total",
            "a day",
            "a week",
            "of promised",
            "energy for each person and day",
        ];
        section.table(&heads, cells.collect());
        let quoted = self.lines.iter().filter_map(|line| {
            let quote = line.quote.clone()?;
            Some(Item::new(format!("{}, {}", line.counter_said, line.stage_said)).quoting([quote]))
        });
        section.list(quoted.collect());
        if !self.check_lines.is_empty() {
            section.title("From stage to stage");
            let checks = self.check_lines.iter();
            section.list(checks.map(|check| Item::new(&check.said).quoting(check.quotes.clone())).collect());
        }
        if !self.estimate_lines.is_empty() {
            section.title("Late reports, as estimates of this program");
            section.list(self.estimate_lines.iter().map(Item::new).collect());
        }
        if !self.factor_lines.is_empty() {
            section.title("Factors and their sources");
            section.list(self.factor_lines.iter().map(Item::new).collect());
        }
        Some(section)
    }
}

fn line(row: &AidRow, lexicon: &Lexicon) -> AidLine {
    let series = &row.series;
    let counter = series.counter.as_ref().map_or("single reports", |counter| lexicon.actor(counter));
    let basis = match series.basis {
        SeriesBasis::Rates => " (stated as a rate)",
        SeriesBasis::Outstanding => " (what is outstanding)",
        SeriesBasis::Totals | SeriesBasis::Occurrences => "",
    };
    let has_sum = series.basis != SeriesBasis::Outstanding && series.n_days_covered > 0;
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "\u{2013}".to_owned());
    let of_use = |inside: bool| {
        let meant = move |statement: &&CountedStatement| (statement.used == StatementUse::Inside) == inside;
        series.statements.iter().rev().filter(meant).flat_map(|statement| &statement.claims)
    };
    let latest = of_use(true).chain(of_use(false));
    AidLine {
        stage_said: match row.stage {
            Some(_) => stage(row.stage, row.by).to_owned(),
            None => format!("stage not stated: {}", lexicon.kind(&row.kind)),
        },
        counter_said: format!("{counter}{basis}"),
        days_said: format!("{} of {}", series.n_days_covered, series.n_days),
        total_said: or_dash(has_sum.then(|| with_unit(&series.covered_total, &series.unit))),
        per_day_said: or_dash(series.per_day.as_ref().map(words::tenths)),
        per_week_said: or_dash(series.per_week.as_ref().map(words::tenths)),
        kept_said: series.kept_ratio.iter().flatten().map(words::percent).collect::<Vec<_>>().join("; "),
        kcal_said: row.energy.as_ref().map(energy).unwrap_or_default(),
        quote: { latest }.find_map(|claim| lexicon.quotes.get(claim)).cloned(),
    }
}

fn with_unit(bounds: &Bounds, unit: &str) -> String {
    format!("{} {}", words::bounds(bounds), figures::unit(unit, bounds.low)).trim_end().to_owned()
}

/// `530–1690 kcal (with the best factors 980)`, in whole kilocalories, outwards.
fn energy(energy: &EnergyPerPerson) -> String {
    let low = Number::whole(energy.kcal.low.floor());
    let high = energy.kcal.high.map_or(Number::MAX, |high| Number::whole(-(Number::ZERO - high).floor()));
    let best = energy.best.map(|best| {
        let best = Number::whole((best + Number::from_thousandths(500)).floor());
        format!(" (with the best factors {})", figures::number(best))
    });
    let need = energy.need_ratio.map(|ratio| format!(", {} of the need", words::percent(&ratio)));
    format!("{} kcal{}{}", figures::range(low, high), best.unwrap_or_default(), need.unwrap_or_default())
}

fn check_line(check: &ConservationCheck, civil: &Civil, lexicon: &Lexicon) -> CheckLine {
    let next: Vec<&str> = check
        .next
        .iter()
        .map(|next| stage(Some(*next), None).split(',').next().unwrap_or_default())
        .collect();
    let windows: Vec<String> = check.windows.iter().take(3).map(|window| civil.window(window)).collect();
    let more = if check.windows.len() > 3 { " and further stretches" } else { "" };
    let mut said = format!(
        "{}, {}{more}: {} {}, {} {}",
        lexicon.actor(&check.counter),
        windows.join(", "),
        with_unit(&check.reached, &check.unit),
        stage(Some(check.stage), None),
        words::bounds(&check.left),
        next.join(" or "),
    );
    let amount =
        |number: Number| format!("{} {}", figures::number(number), figures::unit(&check.unit, number));
    let below = |number: Number| Number::ZERO - number;
    match check.state {
        Conservation::Holds => {
            let low = check.stock_low.unwrap_or(Number::ZERO);
            let high = check.stock_high.unwrap_or(Number::MAX);
            let (range, unit) = (figures::range(low, high), figures::unit(&check.unit, low));
            said.push_str(&format!("; {range} {unit} of it not accounted for at the next stage"));
            if let Some(days) = &check.stock_days {
                said.push_str(&format!(", {} days at the pace of these days", words::tenths(days)));
            }
        }
        Conservation::Open => said.push_str("; whether more left than came depends on which bounds hold"),
        Conservation::Negative => {
            let least = amount(below(check.stock_high.unwrap_or(Number::ZERO)));
            said.push_str(&format!(
                "; {least} more left than came. Either at least so much was there before, or the figures do not agree; \
                 nothing was mended"
            ));
        }
    }
    let first = |claims: &[ClaimId]| claims.iter().find_map(|claim| lexicon.quotes.get(claim)).cloned();
    let quotes = [first(&check.reached_claims), first(&check.left_claims)].into_iter().flatten().collect();
    CheckLine { said, is_conflict: check.state == Conservation::Negative, quotes }
}

fn estimate_lines(series: &EstimatedSeries, civil: &Civil, lexicon: &Lexicon) -> Vec<String> {
    let counter = series.counter.as_ref().map_or("single reports", |counter| lexicon.actor(counter));
    let who = format!("{counter}, {}", lexicon.kind(&series.kind));
    if let Some(withheld) = series.withheld {
        let why = match withheld {
            Withheld::TooFewPeriods => "too few periods are on record to learn how late reports come",
            Withheld::NoDelay => "the record does not say how late reports came",
        };
        return vec![format!("{who}: no estimate, {why}")];
    }
    let period = if series.period_days == 7 { "weeks" } else { "days" };
    if series.periods.is_empty() {
        let n = series.n_periods;
        return vec![format!("{who}: by the pace of {n} {period}, no late reports are to be expected")];
    }
    let each = series.periods.iter().map(|estimated| {
        let error = estimated.standard_error.map_or(String::new(), |error| {
            format!(
                " \u{b1} {}",
                figures::number(Number::whole((error + Number::from_thousandths(500)).floor()))
            )
        });
        let estimate = Number::whole((estimated.estimate + Number::from_thousandths(500)).floor());
        format!(
            "{}: {} on record; estimate {}{error} {} once late reports are in",
            civil.window(&estimated.window),
            figures::number(estimated.reported),
            figures::number(estimate),
            figures::unit(&series.unit, estimate),
        )
    });
    let mut lines = vec![format!("{who}, by the pace of late reports in {} {period}:", series.n_periods)];
    lines.extend(each.map(|line| format!("  {line}")));
    lines
}

/// Every factor once, with its source; then the population and the need.
fn factor_lines(aid: &AidFinding) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let note = |note: &str| if note.is_empty() { String::new() } else { format!(" ({note})") };
    for factor in aid.rows.iter().filter_map(|row| row.energy.as_ref()).flat_map(|energy| &energy.factors) {
        let said = words::factor(factor);
        if !lines.contains(&said) {
            lines.push(said);
        }
    }
    for (what, number) in [("people", &aid.population), ("kcal that a person needs in a day", &aid.need)] {
        if let Some(number) = number {
            let range = figures::range(number.low, number.high);
            lines.push(format!("{range} {what}: {}{}", number.source, note(&number.note)));
        }
    }
    lines
}
