//! From the record to series: what counts, on which day, and which days are covered at all.

use std::collections::{BTreeMap, BTreeSet};

use servanda_ledger::{Fact, FactIx, Symbol, SymbolList, View};
use servanda_model::{ClaimKind, Counted, LeftOut, Measure, Modality, Name, Number, Polarity, SeriesKey};
use servanda_pact::{Clock, Per};

use super::question::Question;
use super::series::{Report, runs};
use crate::context::Context;
use crate::heard::Heard;

/// A series with the claims of each report.
pub(super) struct Series {
    pub key: SeriesKey,
    pub reports: Vec<Report>,
    pub claims: Vec<Vec<FactIx>>,
}

/// An occurrence on record: claims of one incident, or of one act, place, day and set of actors.
pub(super) struct Occurrence {
    pub kind: Symbol,
    /// Where; of several places that its claims name the first by name.
    pub place: Symbol,
    pub day: i64,
    /// People killed: the lower median of what its claims give as best; 0 where none says.
    pub killed: u64,
    pub claims: Vec<FactIx>,
}

/// Everything that the question needs of the record.
pub(super) struct Extracted {
    pub series: Vec<Series>,
    pub occurrences: Vec<Occurrence>,
    pub left_out: LeftOut,
}

/// A figure over more days than this is a running total, not a report of a series.
const LONGEST_REPORT_DAYS: f64 = 7.5;

pub(super) fn extract(
    view: &View,
    heard: &Heard,
    context: &Context,
    clock: &Clock,
    question: &Question,
) -> Extracted {
    let mut found = Extraction::new(view, clock, question);
    for (ix, fact) in view.standing().filter(|(_, fact)| heard.is_heard(fact)) {
        found.cover(fact);
        if found.kinds.contains(&fact.event_kind) {
            found.add(ix, fact);
        }
    }
    found.cover_stretches();
    let mut left_out = found.left_out.clone();
    let mut series = found.figures(&mut left_out);
    let occurrences = found.occurrences();
    series.extend(of_occurrences(view, context, question, &occurrences, &found.covered));
    series.retain(|series| is_asked(series, context, &question.places));
    if question.per == Per::Week {
        series.iter_mut().for_each(by_week);
    }
    series.sort_by(|a, b| a.key.cmp(&b.key));
    Extracted { series, occurrences, left_out }
}

fn is_asked(series: &Series, context: &Context, places: &[Name]) -> bool {
    let within = |place: &Name| places.iter().any(|zone| context.lies_in(place, zone));
    places.is_empty() || series.key.place.as_ref().is_some_and(within)
}

fn by_week(series: &mut Series) {
    let runs = runs(&series.reports, 7.0);
    series.claims = runs.iter().map(|(_, range)| series.claims[range.clone()].concat()).collect();
    series.reports = runs.into_iter().map(|(report, _)| report).collect();
}

/// Figures by kind, place, counter and component, each with the days of its report.
type Figures = BTreeMap<(Symbol, Symbol, Symbol, Symbol), Vec<(Report, FactIx)>>;
/// Claims of occurrences by incident, or by what makes them one.
type Claims = BTreeMap<(Symbol, Symbol, Symbol, SymbolList, i64), Vec<(FactIx, i64, Symbol, Option<u64>)>>;

struct Extraction<'a> {
    view: &'a View<'a>,
    clock: &'a Clock,
    question: &'a Question,
    kinds: BTreeSet<Symbol>,
    component: Option<Symbol>,
    person: Option<Symbol>,
    figures: Figures,
    claims: Claims,
    covered: BTreeSet<i64>,
    /// Who is on record at all, of those who say that they cover days.
    sources: BTreeSet<usize>,
    left_out: LeftOut,
}

impl<'a> Extraction<'a> {
    fn new(view: &'a View<'a>, clock: &'a Clock, question: &'a Question) -> Extraction<'a> {
        Extraction {
            view,
            clock,
            question,
            kinds: question.kinds.iter().filter_map(|kind| view.symbol(kind.as_str())).collect(),
            component: view.symbol(question.component.as_str()),
            person: view.symbol("person"),
            figures: Figures::new(),
            claims: Claims::new(),
            covered: BTreeSet::new(),
            sources: BTreeSet::new(),
            left_out: LeftOut::default(),
        }
    }

    /// A day on which something is on record, whatever it is, is covered: somebody reported.
    fn cover(&mut self, fact: &Fact) {
        for (at, stretch) in self.question.covered.iter().enumerate() {
            let is_source = |symbol: Symbol| symbol.is_some() && *self.view.name(symbol) == stretch.source;
            if !self.sources.contains(&at) && (is_source(fact.origin) || is_source(fact.publisher)) {
                self.sources.insert(at);
            }
        }
        if let Some(day) = self.day(fact) {
            self.covered.insert(day);
        }
    }

    /// The days that sources say they cover, as far as those sources are on record and heard at all.
    fn cover_stretches(&mut self) {
        for at in &self.sources {
            let stretch = &self.question.covered[*at];
            let (from, to) = (stretch.from.max(self.question.since), stretch.to.min(self.question.to));
            if from <= to {
                self.covered.extend(self.clock.day_number(from)..=self.clock.day_number(to));
            }
        }
    }

    /// The one civil day of a fact, where it is within the time asked about.
    fn day(&self, fact: &Fact) -> Option<i64> {
        if !fact.has_time() || fact.earliest < self.question.since || fact.latest > self.question.to {
            return None;
        }
        let day = self.clock.day_number(fact.earliest);
        (day == self.clock.day_number(fact.latest)).then_some(day)
    }

    fn add(&mut self, ix: FactIx, fact: &Fact) {
        if fact.polarity == Polarity::Negative
            || !matches!(fact.modality, Modality::Actual | Modality::Alleged)
        {
            return;
        }
        match fact.measure {
            Measure::Occurrence
                if matches!(fact.kind, ClaimKind::Event | ClaimKind::Quantity | ClaimKind::Statement) =>
            {
                self.add_occurrence(ix, fact);
            }
            Measure::Total if fact.has_window() => self.add_figure(ix, fact),
            Measure::Occurrence => {}
            _ => self.left_out.n_longer_figures += 1,
        }
    }

    fn add_figure(&mut self, ix: FactIx, fact: &Fact) {
        if fact.window_start < self.question.since || fact.window_end.plus_ms(-1) > self.question.to {
            return;
        }
        let (first_day, last_day) =
            (self.clock.day_number(fact.window_start), self.clock.day_number(fact.window_end.plus_ms(-1)));
        let civil = self.clock.days(first_day, last_day);
        // Whole civil days count as such, though the clock was changed on one of them.
        let days = if (civil.start, civil.end) == (fact.window_start, fact.window_end) {
            (last_day - first_day + 1) as f64
        } else {
            (fact.window_end.ms() - fact.window_start.ms()) as f64 / servanda_model::DAY_MS as f64
        };
        if days > LONGEST_REPORT_DAYS {
            self.left_out.n_longer_figures += 1;
        } else if fact.component.is_some() && Some(fact.component) != self.component {
            self.left_out.n_other_components += 1;
        } else {
            let report = Report { first_day, last_day, days, count: whole(fact.best) };
            let counter = if fact.counter.is_some() { fact.counter } else { fact.origin };
            let key = (fact.event_kind, fact.place, counter, fact.component);
            self.figures.entry(key).or_default().push((report, ix));
        }
    }

    fn add_occurrence(&mut self, ix: FactIx, fact: &Fact) {
        let Some(day) = self.day(fact) else {
            let is_asked_about =
                !fact.has_time() || (fact.latest >= self.question.since && fact.earliest <= self.question.to);
            self.left_out.n_vague += u32::from(is_asked_about);
            return;
        };
        let killed = fact.killed.map(|toll| u64::from(toll.best));
        let in_persons = (Some(fact.unit) == self.person).then(|| whole(fact.best));
        let key = if fact.incident.is_some() {
            (fact.event_kind, Symbol::NONE, fact.incident, SymbolList(0), 0)
        } else {
            (fact.event_kind, fact.place, Symbol::NONE, fact.actors, day)
        };
        self.claims.entry(key).or_default().push((ix, day, fact.place, killed.or(in_persons)));
    }

    /// A series for each counter's figures. Where two periods overlap, the one that ended first counts; of two figures
    /// for one period, the one that became known last.
    fn figures(&mut self, left_out: &mut LeftOut) -> Vec<Series> {
        let mut all = Vec::new();
        for ((kind, place, counter, component), mut figures) in std::mem::take(&mut self.figures) {
            figures.sort_by_cached_key(|(report, ix)| {
                let known_at = self.view.fact(*ix).map(|fact| fact.known_at);
                (report.last_day, report.first_day, std::cmp::Reverse(known_at), self.view.claim_id(*ix))
            });
            let (mut reports, mut claims): (Vec<Report>, Vec<Vec<FactIx>>) = (Vec::new(), Vec::new());
            for (report, ix) in figures {
                if reports.last().is_none_or(|last: &Report| last.last_day < report.first_day) {
                    reports.push(report);
                    claims.push(vec![ix]);
                } else {
                    left_out.n_overlapping += 1;
                }
            }
            let name = |symbol: Symbol| symbol.is_some().then(|| self.view.name(symbol).clone());
            let key = SeriesKey {
                kind: self.view.name(kind).clone(),
                place: name(place),
                counted: Counted::Figures,
                counter: name(counter),
                component: name(component),
            };
            all.push(Series { key, reports, claims });
        }
        all
    }

    fn occurrences(&mut self) -> Vec<Occurrence> {
        let mut all: Vec<Occurrence> = std::mem::take(&mut self.claims)
            .into_iter()
            .map(|((kind, ..), claims)| {
                let mut killed: Vec<u64> = claims.iter().filter_map(|(_, _, _, killed)| *killed).collect();
                killed.sort_unstable();
                let places = claims.iter().map(|(_, _, place, _)| *place).filter(|place| place.is_some());
                let mut ids: Vec<FactIx> = claims.iter().map(|(ix, ..)| *ix).collect();
                ids.sort_by_cached_key(|ix| self.view.claim_id(*ix));
                Occurrence {
                    kind,
                    place: places.min_by_key(|place| self.view.name(*place)).unwrap_or(Symbol::NONE),
                    day: claims.iter().map(|(_, day, ..)| *day).min().unwrap_or_default(),
                    killed: killed.get(killed.len().saturating_sub(1) / 2).copied().unwrap_or(0),
                    claims: ids,
                }
            })
            .collect();
        // In an order that does not depend on the one in which claims arrived: chance is drawn along it.
        all.sort_by_cached_key(|one| {
            (one.day, self.view.name(one.kind).clone(), one.claims.first().map(|ix| self.view.claim_id(*ix)))
        });
        all
    }
}

fn whole(number: Number) -> u64 {
    u64::try_from(number.floor()).unwrap_or(0)
}

/// Series of occurrences and of deaths: for each place, each whole it lies in, and all places together.
fn of_occurrences(
    view: &View,
    context: &Context,
    question: &Question,
    occurrences: &[Occurrence],
    covered: &BTreeSet<i64>,
) -> Vec<Series> {
    let mut members: BTreeMap<(Symbol, Option<Name>), Vec<usize>> = BTreeMap::new();
    for (at, occurrence) in occurrences.iter().enumerate() {
        members.entry((occurrence.kind, None)).or_default().push(at);
        if occurrence.place.is_some() {
            let place = view.name(occurrence.place);
            for name in std::iter::once(place).chain(context.zones_of(place)) {
                members.entry((occurrence.kind, Some(name.clone()))).or_default().push(at);
            }
        }
    }
    let mut series = Vec::new();
    for ((kind, place), list) in &members {
        // A wider place that holds nothing more says nothing more, unless it is what was asked for.
        let is_same = |other: &Option<Name>| match (place, other) {
            (None, Some(_)) => true,
            (Some(wide), Some(narrow)) => wide != narrow && context.lies_in(narrow, wide),
            _ => false,
        };
        let is_asked = place.as_ref().is_some_and(|place| question.places.contains(place));
        let same = members.iter().any(|((k, other), others)| k == kind && is_same(other) && others == list);
        if same && !is_asked {
            continue;
        }
        for counted in [Counted::Occurrences, Counted::Deaths] {
            let key = SeriesKey {
                kind: view.name(*kind).clone(),
                place: place.clone(),
                counted,
                counter: None,
                component: None,
            };
            series.extend(one_series(key, list.iter().map(|at| &occurrences[*at]), covered));
        }
    }
    series
}

fn one_series<'o>(
    key: SeriesKey,
    occurrences: impl Iterator<Item = &'o Occurrence>,
    covered: &BTreeSet<i64>,
) -> Option<Series> {
    let mut days: BTreeMap<i64, (u64, Vec<FactIx>)> =
        covered.iter().map(|day| (*day, (0, Vec::new()))).collect();
    let mut sum = 0;
    for occurrence in occurrences {
        let (count, claims) = days.entry(occurrence.day).or_default();
        let more = if key.counted == Counted::Deaths { occurrence.killed } else { 1 };
        *count += more;
        sum += more;
        if more > 0 {
            claims.extend(&occurrence.claims);
        }
    }
    let (reports, claims) =
        days.into_iter().map(|(day, (count, claims))| (Report::of_day(day, count), claims)).unzip();
    (sum > 0).then_some(Series { key, reports, claims })
}
