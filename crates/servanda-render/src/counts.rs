//! The counts screen: rival counts of one kind side by side (`counts.v1`). Nothing on it is a sum or mean of two counters.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use servanda_model::*;

use crate::civil::Civil;
use crate::counts_words as words;
use crate::figures;
use crate::heading::Heading;
use crate::lexicon::{Lexicon, Quoted};
use crate::section::{Item, Section};

/// One figure of a counter in words, with the words that it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FigureLine {
    /// Period, figure, and what became of it.
    pub said: String,
    /// The words of the first claim that gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<Quoted>,
    /// How many further claims copy it.
    pub n_copies: usize,
}

/// One counter's series in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CountsRow {
    /// Label of the counter.
    pub counter_said: String,
    /// Days of the window that its figures cover (`57 of 59`).
    pub days_said: String,
    /// Total of the covered days.
    pub total_said: String,
    /// The same by the day.
    pub per_day_said: String,
    /// The same by the week.
    pub per_week_said: String,
    /// As a share of what was promised for the covered days; empty where nothing is compared.
    pub kept_said: String,
    /// Its rule, unit, coverage, origin, disclaimer, one sentence each.
    pub rule_lines: Vec<String>,
    /// What the figures leave open: the whole window, edges, components left out, revisions, other units.
    pub remark_lines: Vec<String>,
    /// Its figures.
    pub figure_lines: Vec<FigureLine>,
    /// Day or week, figure, where asked for.
    pub cell_lines: Vec<(String, String)>,
}

/// Rival counts of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CountsTable {
    /// Everything in figures.
    pub counts: KindCounts,
    /// Label of the kind.
    pub kind_said: String,
    /// What was promised.
    pub promise_lines: Vec<String>,
    /// One row for each series, in the order of `counts.series`.
    pub rows: Vec<CountsRow>,
    /// Why the counts differ, as far as the definitions on record say.
    pub difference_lines: Vec<String>,
    /// The factors between units that were used, each once with its source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub factor_lines: Vec<String>,
}

/// Rival counts in one window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CountsView {
    /// `counts.v1`.
    pub schema: String,
    /// Which case, as known when, from which standpoint.
    pub heading: Heading,
    /// The window asked.
    pub window: Window,
    /// The window in words.
    pub window_said: String,
    /// One table for each kind.
    pub kinds: Vec<CountsTable>,
}

impl CountsView {
    /// The screen of rival counts.
    pub fn new(heading: Heading, window: Window, kinds: Vec<KindCounts>, lexicon: &Lexicon) -> CountsView {
        let civil = heading.civil();
        let kinds = kinds.into_iter().map(|counts| table(counts, &civil, lexicon)).collect();
        CountsView {
            schema: "counts.v1".to_owned(),
            window_said: civil.window(&window),
            heading,
            window,
            kinds,
        }
    }
}

impl CountsView {
    /// The screen as a part of the report; `None` where no figure touches the window.
    pub fn section(&self) -> Option<Section> {
        if self.kinds.iter().all(|table| table.rows.is_empty()) {
            return None;
        }
        let mut section = Section::new("counts", "Rival counts");
        section.line(format!(
            "{}. Each counter stands by itself: their figures are never added and no mean is taken. Days: how much of the \
             window its figures cover; total and rates are of those days.",
            self.window_said
        ));
        for table in self.kinds.iter().filter(|table| !table.rows.is_empty()) {
            section.title(&table.kind_said);
            table.promise_lines.iter().for_each(|line| section.line(format!("Promised: {line}")));
            let cells = table.rows.iter().map(|row| {
                let said = [&row.counter_said, &row.days_said, &row.total_said];
                let more = [&row.per_day_said, &row.per_week_said, &row.kept_said];
                said.into_iter().chain(more).cloned().collect()
            });
            section.table(&["counter", "days", "total", "a day", "a week", "of promised"], cells.collect());
            let items = table.rows.iter().flat_map(|row| {
                let rule = row.rule_lines.first().cloned().unwrap_or_default();
                let quotes = row.figure_lines.iter().filter_map(|line| line.quote.clone());
                [Item::new(format!("{}; {rule}", row.counter_said)).quoting(quotes)]
            });
            section.list(items.collect());
            if !table.difference_lines.is_empty() {
                section.line("Why they differ, as far as the rules on record say:");
                section.list(table.difference_lines.iter().map(Item::new).collect());
            }
        }
        Some(section)
    }
}

fn table(counts: KindCounts, civil: &Civil, lexicon: &Lexicon) -> CountsTable {
    let promise_lines = counts.promises.iter().map(|rate| words::promise(rate, civil, lexicon)).collect();
    let rows = counts.series.iter().map(|series| row(series, &counts, civil, lexicon)).collect();
    let mut difference_lines: Vec<String> =
        counts.differences.iter().map(|difference| words::difference(difference, lexicon)).collect();
    if !difference_lines.is_empty() {
        difference_lines.push("How much each of these accounts for is not on record.".to_owned());
    }
    let kind_said = lexicon.kind(&counts.kind).to_owned();
    let mut factor_lines: Vec<String> = Vec::new();
    for found in counts.series.iter().flat_map(|series| &series.converted) {
        let line = words::factor(&found.factor);
        if !factor_lines.contains(&line) {
            factor_lines.push(line);
        }
    }
    CountsTable { counts, kind_said, promise_lines, rows, difference_lines, factor_lines }
}

fn row(series: &SeriesCount, counts: &KindCounts, civil: &Civil, lexicon: &Lexicon) -> CountsRow {
    let counter = series.counter.as_ref().map_or("single reports", |counter| lexicon.actor(counter));
    let mut counter_said = counter.to_owned();
    // Series of one counter are told apart by what parts them.
    let own = || counts.series.iter().filter(|other| other.counter == series.counter);
    if own().any(|other| other.actors != series.actors && other.basis == series.basis)
        && !series.actors.is_empty()
    {
        let actors: Vec<&str> = series.actors.iter().map(|actor| lexicon.actor(actor)).collect();
        counter_said.push_str(&format!(", of {}", actors.join(", ")));
    }
    if let Some(place) = &series.place {
        counter_said.push_str(&format!(", {place}"));
    }
    match (&series.component, series.basis) {
        (Some(component), _) => counter_said.push_str(&format!(" ({component})")),
        (None, SeriesBasis::Rates) => counter_said.push_str(" (stated as a rate)"),
        (None, SeriesBasis::Outstanding) => counter_said.push_str(" (what is outstanding)"),
        (None, _) => {}
    }
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "\u{2013}".to_owned());
    let is_sum = series.basis != SeriesBasis::Outstanding && series.n_days_covered > 0;
    let figure_lines = series.statements.iter().map(|statement| FigureLine {
        said: words::statement(statement, series, civil),
        quote: statement.claims.iter().find_map(|claim| lexicon.quotes.get(claim)).cloned(),
        n_copies: statement.claims.len().saturating_sub(1),
    });
    let cell_lines = series.cells.iter().map(|cell| {
        let covered = if cell.is_covered { "" } else { " (not covered)" };
        (civil.window(&cell.window), format!("{}{covered}", words::bounds(&cell.value)))
    });
    CountsRow {
        counter_said,
        days_said: format!("{} of {}", series.n_days_covered, series.n_days),
        total_said: or_dash(is_sum.then(|| words::bounds(&series.covered_total))),
        per_day_said: or_dash(series.per_day.as_ref().map(words::tenths)),
        per_week_said: or_dash(series.per_week.as_ref().map(words::tenths)),
        kept_said: series.kept_ratio.iter().flatten().map(words::percent).collect::<Vec<_>>().join("; "),
        rule_lines: words::rule(series, lexicon),
        remark_lines: remarks(series, counts, civil, lexicon),
        figure_lines: figure_lines.collect(),
        cell_lines: cell_lines.collect(),
    }
}

/// What the figures leave open, and what they leave out.
fn remarks(series: &SeriesCount, counts: &KindCounts, civil: &Civil, lexicon: &Lexicon) -> Vec<String> {
    let unit = |n: Number| figures::unit(&series.unit, n);
    let mut lines = Vec::new();
    if series.n_days_covered < series.n_days && series.basis != SeriesBasis::Outstanding {
        let covered: Vec<String> = series.covered.iter().take(6).map(|window| civil.window(window)).collect();
        let more = if series.covered.len() > 6 { ", and further stretches" } else { "" };
        let high = series.total.high.unwrap_or(Number::MAX);
        let whole =
            format!("for the whole window the record allows {}", figures::range(series.total.low, high));
        lines.push(match covered.as_slice() {
            [] => format!("no figure lies wholly in the window; {whole}"),
            some if series.basis == SeriesBasis::Occurrences => {
                format!("there are reports of {}{more}; {whole}", some.join(", "))
            }
            some => format!("its figures cover {}{more}; {whole}", some.join(", ")),
        });
    }
    for (at, rate) in counts.promises.iter().enumerate() {
        match (series.promised.get(at).copied().flatten(), series.kept_ratio.get(at).copied().flatten()) {
            (Some(promised), Some(kept)) => {
                let most = if rate.is_least { "at least" } else { "at most" };
                lines.push(format!(
                    "{}: for the days covered {most} {} {}; the count is {} of that",
                    rate.provision,
                    words::bounds(&promised),
                    unit(promised.low),
                    words::percent(&kept)
                ));
            }
            _ if rate.since.is_none() => {}
            _ if series.unit != rate.unit && series.basis != SeriesBasis::Outstanding => lines.push(format!(
                "{} counts {}; no sourced factor leads from {} there, so nothing is compared",
                rate.provision,
                figures::unit(&rate.unit, Number::ZERO),
                unit(Number::ZERO)
            )),
            _ => {}
        }
        let is_whole = series.n_days_covered == series.n_days;
        if let Some(ratio) = series.window_ratio.get(at).copied().flatten().filter(|_| !is_whole) {
            lines.push(format!(
                "{}: for the whole window the record allows {} of the number promised",
                rate.provision,
                words::percent(&ratio)
            ));
        }
    }
    lines.extend(words::left_out(series));
    lines.extend(series.revisions.iter().map(|revision| words::revision(revision, civil)));
    lines.extend(series.converted.iter().map(words::converted));
    if !series.same_origin_as.is_empty() {
        let names: Vec<&str> = series.same_origin_as.iter().map(|name| lexicon.actor(name)).collect();
        lines.push(format!("one origin with {}: they bear each other out in nothing", names.join(", ")));
    }
    let n_listed = series.statements.len() as u32;
    if series.n_statements > n_listed {
        lines.push(format!(
            "{} touch the window; shown are those at its edges",
            figures::count(series.n_statements as usize, "figure", "figures")
        ));
    }
    lines
}
