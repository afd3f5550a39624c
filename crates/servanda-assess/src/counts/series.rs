//! One counter's figures in one window.

use std::collections::BTreeMap;

use servanda_ledger::{Symbol, View};
use servanda_model::*;
use servanda_pact::{Clock, Per};

use super::figures::{Figure, figures};
use super::{OPEN, Question, Row, SeriesKey, Sums, Told, days_of, promised_over};
use crate::status::Stretches;

/// Component that occurred in the period it is reported for, where the counter's rule names none.
const NEW: &str = "new";
/// Most figures that are listed one by one.
const MAX_LISTED: usize = 24;
/// Most days or weeks that are listed one by one.
const MAX_CELLS: usize = 1000;

/// The series of a key: one for each component that answers what happened in the window.
pub(super) fn series(
    view: &View,
    key: &SeriesKey,
    rows: &[Row],
    promises: &[PromisedRate],
    question: &Question,
    clock: &Clock,
) -> Vec<SeriesCount> {
    let (from, to) = (question.window.start.ms(), question.window.end.ms());
    let mut by_component: BTreeMap<Option<Name>, Vec<Row>> = BTreeMap::new();
    for row in rows {
        let name = (row.component != Symbol::NONE).then(|| view.name(row.component).clone());
        by_component.entry(name).or_default().push(row.clone());
    }
    let parts: Vec<(Option<Name>, Part)> = by_component
        .into_iter()
        .filter(|(_, rows)| rows.iter().any(|row| !row.is_former && row.start < to && row.end > from))
        .map(|(name, rows)| (name, Part::new(rows, key.basis, question, promises, clock)))
        .collect();
    let rule = key.rule.and_then(|rule| question.counters.get(rule));
    let present: Vec<&Option<Name>> = parts.iter().map(|(name, _)| name).collect();
    let chosen = chosen(&present, question.component, rule.map_or(&[], |rule| rule.occurred.as_slice()));
    let shown = parts.iter().filter(|(name, _)| chosen.contains(name));
    shown
        .map(|(name, part)| {
            let others = parts.iter().filter(|(other, _)| other != name && !chosen.contains(other));
            let left_out = others.map(|(name, part)| part.sum(name.clone())).collect();
            let mut series = part.count(view, key, rule, promises, question, clock);
            (series.component, series.left_out) = (name.clone(), left_out);
            series
        })
        .collect()
}

/// Which components answer: the one asked for; else figures that name none; else those that occurred in their period; else each
/// by itself, for nothing says which of them did.
fn chosen(present: &[&Option<Name>], asked: Option<&Name>, occurred: &[Name]) -> Vec<Option<Name>> {
    let has = |name: &Name| present.iter().any(|other| other.as_ref() == Some(name));
    if let Some(asked) = asked {
        return vec![Some(asked.clone())];
    }
    if present.contains(&&None) {
        return vec![None];
    }
    let mut named: Vec<Option<Name>> = occurred.iter().filter(|name| has(name)).cloned().map(Some).collect();
    if named.is_empty() && has(&NEW.into()) {
        named.push(Some(NEW.into()));
    }
    if named.is_empty() { present.iter().map(|name| (*name).clone()).collect() } else { named }
}

/// The figures of one component, ready to be asked.
struct Part {
    rows: Vec<Row>,
    figures: Vec<Figure>,
    sums: Sums,
    window: (i64, i64),
    covered: Stretches,
    is_listed: bool,
}

impl Part {
    fn new(
        rows: Vec<Row>,
        basis: SeriesBasis,
        question: &Question,
        promises: &[PromisedRate],
        clock: &Clock,
    ) -> Part {
        let window = (question.window.start.ms(), question.window.end.ms());
        let is_listed = matches!(basis, SeriesBasis::Occurrences | SeriesBasis::Outstanding);
        let mut figures = figures(&rows, basis);
        let mut edges = vec![window.0, window.1];
        edges.extend(
            promises.iter().filter_map(|rate| rate.since).map(|since| since.ms().clamp(window.0, window.1)),
        );
        for cell in cells(question, clock) {
            edges.extend([cell.start.ms(), cell.end.ms()]);
        }
        // Later figures first: where two of a counter cannot both hold, the later one does.
        let mut order: Vec<usize> = (0..figures.len()).collect();
        order.sort_by_key(|at| {
            let figure = &figures[*at];
            std::cmp::Reverse((figure.known, figure.end, -figure.start))
        });
        let told: Vec<Told> =
            if is_listed { Vec::new() } else { order.iter().map(|at| figures[*at].told()).collect() };
        let (sums, taken) = Sums::new(&told, &edges);
        for (at, taken) in order.into_iter().zip(taken) {
            figures[at].is_set_aside = !taken;
        }
        let covered = if basis == SeriesBasis::Occurrences {
            days_listed(&figures, window, clock)
        } else {
            sums.covered(window.0, window.1)
        };
        Part { rows, figures, sums, window, covered, is_listed }
    }

    /// Bounds of the sum over a stretch. Of single occurrences: those that lie in it for certain, and those that may.
    fn bounds(&self, from: i64, to: i64) -> Bounds {
        if from >= to {
            return Bounds { low: Number::ZERO, high: Some(Number::ZERO) };
        }
        if !self.is_listed {
            return bounds(self.sums.bounds(from, to));
        }
        let inside = self.figures.iter().filter(|figure| figure.start >= from && figure.end <= to);
        let touching = self.figures.iter().filter(|figure| figure.start < to && figure.end > from);
        let low = inside.fold(0i64, |sum, figure| sum.saturating_add(figure.total.0));
        let high = touching.fold(0i64, |sum, figure| sum.saturating_add(figure.total.1));
        bounds((low, high))
    }

    fn over(&self, stretches: &Stretches) -> Bounds {
        let each = stretches.iter().map(|(from, to)| self.bounds(from, to));
        each.fold(Bounds { low: Number::ZERO, high: Some(Number::ZERO) }, |sum, one| Bounds {
            low: sum.low + one.low,
            high: sum.high.zip(one.high).map(|(a, b)| a + b),
        })
    }

    fn n_touching(&self) -> u32 {
        let touching =
            self.figures.iter().filter(|figure| figure.start < self.window.1 && figure.end > self.window.0);
        touching.count() as u32
    }

    fn sum(&self, component: Option<Name>) -> ComponentSum {
        ComponentSum {
            component,
            total: self.over(&self.covered),
            n_days_covered: n_days(&self.covered),
            n_statements: self.n_touching(),
        }
    }

    fn count(
        &self,
        view: &View,
        key: &SeriesKey,
        rule: Option<&Counter>,
        promises: &[PromisedRate],
        question: &Question,
        clock: &Clock,
    ) -> SeriesCount {
        let covered_total = self.over(&self.covered);
        let n_days_covered = n_days(&self.covered);
        let is_sum = key.basis != SeriesBasis::Outstanding;
        let total = if is_sum {
            let found = self.bounds(self.window.0, self.window.1);
            // What was not reported one by one is not on record, so single reports have no upper bound.
            let is_open = key.basis == SeriesBasis::Occurrences;
            Bounds { high: found.high.filter(|_| !is_open), ..found }
        } else {
            Bounds::default()
        };
        let kept: Vec<Kept> = promises.iter().map(|rate| self.kept(rate, key, question, &total)).collect();
        let in_cell = |window: Window| {
            let value = self.bounds(window.start.ms(), window.end.ms());
            let whole = Stretches::of(vec![(window.start.ms(), window.end.ms())]);
            let is_covered = whole.but_not(&self.covered).as_slice().is_empty();
            CountedCell { window, value, is_covered }
        };
        // Days on which something was reported are no days that reports cover, so single reports give no rate.
        let has_rate = is_sum && key.basis != SeriesBasis::Occurrences;
        let (per_day, per_week) = match i64::from(n_days_covered) {
            n if n > 0 && has_rate => (Some(scaled(covered_total, 1, n)), Some(scaled(covered_total, 7, n))),
            _ => (None, None),
        };
        SeriesCount {
            counter: key.counter.clone(),
            basis: key.basis,
            unit: key.unit.clone(),
            actors: self.actors(key, view),
            place: key.place.clone(),
            rules: rule.cloned().into_iter().collect(),
            origins: self.origins(view, rule),
            same_origin_as: Vec::new(),
            component: None,
            left_out: Vec::new(),
            n_days: days_of(self.window.0, self.window.1) as u32,
            n_days_covered,
            covered: self.covered.iter().map(window).collect(),
            covered_total,
            total,
            per_day,
            per_week,
            promised: kept.iter().map(|kept| kept.promised).collect(),
            kept_ratio: kept.iter().map(|kept| kept.covered).collect(),
            window_ratio: kept.iter().map(|kept| kept.whole).collect(),
            cells: cells(question, clock).into_iter().map(in_cell).collect(),
            statements: self.statements(view, promises.first().filter(|rate| rate.unit == key.unit)),
            n_statements: self.n_touching(),
            revisions: self.revisions(),
            converted: converted(key, question, covered_total, is_sum),
        }
    }

    /// The covered total, and that of the whole window, against a promised rate; `None` where the promise does not bind, counts
    /// another unit that no sourced factor leads to, or the series gives no total.
    fn kept(&self, rate: &PromisedRate, key: &SeriesKey, question: &Question, total: &Bounds) -> Kept {
        let Some(since) = rate.since.filter(|_| key.basis != SeriesBasis::Outstanding) else {
            return Kept::default();
        };
        let Some(factor) = factor(&rate.unit, &key.unit, question.conversions) else {
            return Kept::default();
        };
        let binding = Stretches::of(vec![(since.ms().max(self.window.0), self.window.1)]);
        let in_unit = |stretches: &Stretches| {
            let promised = stretches
                .iter()
                .fold(0i64, |sum, (from, to)| sum.saturating_add(promised_over(rate, from, to)));
            (times(promised, factor.0), times(promised, factor.1))
        };
        let covered = self.covered.and(&binding);
        let promised = in_unit(&covered);
        let whole = in_unit(&binding);
        let whole_total = if since.ms() <= self.window.0 { *total } else { self.over(&binding) };
        let is_compared = promised.0 > 0 && key.basis != SeriesBasis::Occurrences;
        Kept {
            promised: is_compared.then(|| bounds(promised)),
            covered: is_compared.then(|| ratio(self.over(&covered), promised)),
            whole: (whole.0 > 0).then(|| ratio(whole_total, whole)),
        }
    }

    /// Single occurrences of one series can be of several sides.
    fn actors(&self, key: &SeriesKey, view: &View) -> Vec<Name> {
        if key.basis != SeriesBasis::Occurrences {
            return key.actors.clone();
        }
        let facts = self.rows.iter().filter_map(|row| view.fact(row.ix));
        self.names(facts.flat_map(|fact| view.list(fact.actors)).copied(), view)
    }

    fn origins(&self, view: &View, rule: Option<&Counter>) -> Vec<Name> {
        match rule {
            Some(rule) => vec![rule.effective_origin().clone()],
            None => self.names(self.rows.iter().map(|row| row.origin), view),
        }
    }

    fn names(&self, symbols: impl Iterator<Item = Symbol>, view: &View) -> Vec<Name> {
        let mut list: Vec<Symbol> = symbols.filter(|symbol| symbol.is_some()).collect();
        list.sort_unstable();
        list.dedup();
        let mut names: Vec<Name> = list.into_iter().map(|symbol| view.name(symbol).clone()).collect();
        names.sort();
        names
    }

    fn revisions(&self) -> Vec<Revision> {
        let touching =
            self.figures.iter().filter(|figure| figure.start < self.window.1 && figure.end > self.window.0);
        touching.flat_map(Figure::revisions).collect()
    }

    /// The figures that touch the window, and the last running totals before it; of many only those at its edges.
    fn statements(&self, view: &View, promise: Option<&PromisedRate>) -> Vec<CountedStatement> {
        let (from, to) = self.window;
        // Of each beginning that reaches into the window, the last end before it.
        let mut last: BTreeMap<i64, i64> = BTreeMap::new();
        for figure in self.figures.iter().filter(|figure| figure.start < from && figure.end > from) {
            last.insert(figure.start, i64::MIN);
        }
        for figure in self.figures.iter().filter(|figure| figure.end <= from) {
            if let Some(end) = last.get_mut(&figure.start) {
                *end = figure.end.max(*end);
            }
        }
        let before = |figure: &&Figure| figure.end <= from && last.get(&figure.start) == Some(&figure.end);
        let touching: Vec<&Figure> =
            self.figures.iter().filter(|figure| figure.start < to && figure.end > from).collect();
        let n = touching.len();
        let at_edge = |at: usize| n <= MAX_LISTED || at < MAX_LISTED / 2 || at + MAX_LISTED / 2 >= n;
        let earlier = if n <= MAX_LISTED { self.figures.iter().filter(before).collect() } else { Vec::new() };
        let listed = earlier
            .into_iter()
            .chain(touching.into_iter().enumerate().filter(|(at, _)| at_edge(*at)).map(|(_, figure)| figure));
        listed.flat_map(|figure| figure.statements(view, self.window, promise)).collect()
    }
}

/// A series against one promised rate.
#[derive(Clone, Copy, Debug, Default)]
struct Kept {
    promised: Option<Bounds>,
    covered: Option<Bounds>,
    whole: Option<Bounds>,
}

pub(super) fn window((from, to): (i64, i64)) -> Window {
    Window { start: Instant::from_ms(from), end: Instant::from_ms(to) }
}

pub(super) fn bounds((low, high): (i64, i64)) -> Bounds {
    Bounds {
        low: Number::from_thousandths(low),
        high: (high != OPEN).then(|| Number::from_thousandths(high)),
    }
}

fn n_days(stretches: &Stretches) -> u32 {
    stretches.iter().map(|(from, to)| days_of(from, to) as u32).sum()
}

/// The civil days on which single occurrences are listed.
fn days_listed(figures: &[Figure], window: (i64, i64), clock: &Clock) -> Stretches {
    let inside = figures.iter().filter(|figure| figure.start >= window.0 && figure.end <= window.1);
    let days = inside.map(|figure| {
        let first = clock.window_of(Instant::from_ms(figure.start), Per::Day);
        let last = clock.window_of(Instant::from_ms(figure.end - 1), Per::Day);
        (first.start.ms().max(window.0), last.end.ms().min(window.1))
    });
    Stretches::of(days.collect())
}

/// The days or weeks of the window, cut at its edges; none where there are too many to list.
fn cells(question: &Question, clock: &Clock) -> Vec<Window> {
    let Some(per) = question.per else { return Vec::new() };
    let (from, to) = (question.window.start, question.window.end);
    let mut cells = Vec::new();
    let mut cell = clock.window_of(from, per);
    while cell.start < to {
        if cells.len() == MAX_CELLS {
            return Vec::new();
        }
        cells.push(Window { start: cell.start.max(from), end: cell.end.min(to) });
        cell = clock.next_window(cell, per);
    }
    cells
}

fn times(number: i64, factor: i64) -> i64 {
    i64::try_from(i128::from(number) * i128::from(factor) / 1000).unwrap_or(i64::MAX)
}

fn scaled(total: Bounds, times: i64, over: i64) -> Bounds {
    let part = |number: Number| {
        let n = i128::from(number.thousandths()) * i128::from(times);
        Number::from_thousandths(i64::try_from(rounded(n, i128::from(over))).unwrap_or(i64::MAX))
    };
    Bounds { low: part(total.low), high: total.high.map(part) }
}

/// Rounded to the nearest, halves up; both are not negative.
fn rounded(n: i128, over: i128) -> i128 {
    (2 * n + over) / (2 * over)
}

/// A total as a share of a promise, each between bounds, in thousandths to the nearest.
pub(super) fn ratio(total: Bounds, promised: (i64, i64)) -> Bounds {
    let share = |number: Number, of: i64| {
        let n = i128::from(number.thousandths()) * 1000;
        Number::from_thousandths(i64::try_from(rounded(n, i128::from(of.max(1)))).unwrap_or(i64::MAX))
    };
    Bounds { low: share(total.low, promised.1), high: total.high.map(|high| share(high, promised.0)) }
}

/// How many of `to` one of `from` is, in thousandths from the least to the most.
fn factor(from: &str, to: &str, conversions: &[Conversion]) -> Option<(i64, i64)> {
    if from == to {
        return Some((1000, 1000));
    }
    if let Some(found) = conversions.iter().find(|known| known.from == from && known.to == to) {
        return Some((found.low.thousandths(), found.high.thousandths()));
    }
    let found = conversions.iter().find(|known| known.from == to && known.to == from)?;
    Some((1_000_000 / found.high.thousandths(), 1_000_000 / found.low.thousandths()))
}

fn converted(key: &SeriesKey, question: &Question, total: Bounds, is_sum: bool) -> Vec<Converted> {
    let from_unit = question.conversions.iter().filter(|known| is_sum && known.from == key.unit);
    let by = |number: Number, factor: Number| {
        Number::from_thousandths(times(number.thousandths(), factor.thousandths()))
    };
    from_unit
        .map(|factor| Converted {
            factor: factor.clone(),
            total: Bounds {
                low: by(total.low, factor.low),
                high: total.high.map(|high| by(high, factor.high)),
            },
        })
        .collect()
}
