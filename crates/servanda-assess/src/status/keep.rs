//! Civil windows of a `keep` promise: rival counters side by side, never added, never averaged.

use std::collections::BTreeMap;

use servanda_ledger::Symbol;
use servanda_model::{DAY_MS, Doubt, HOUR_MS, Instant, Measure, WindowTally};
use servanda_pact::{Bound, Clock, Per};

use super::incidents::{Grade, IncidentIx, is_certain};
use super::stream::{Item, UNBOUNDED};

/// An occurrence that can lie in more windows than this is treated as a statement about a stretch.
const MAX_SPREAD: usize = 3;

/// Figures by counter and civil window.
#[derive(Clone, Debug)]
pub(crate) struct KeepSeries {
    clock: Clock,
    per: Per,
    counters: BTreeMap<Symbol, Series>,
}

/// One counter's figures.
#[derive(Clone, Debug, Default)]
struct Series {
    windows: BTreeMap<i64, Cell>,
    /// Totals, rates and vague occurrences over more than one window.
    figures: BTreeMap<IncidentIx, Item>,
}

/// What one counter says of one window.
#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    n: i64,
    least: i64,
    most: i64,
    n_verified: i64,
    verified: i64,
    reported: i64,
    /// Milliseconds of the window for which the counter states a total.
    covered: i64,
}

/// Whether a window was met, for one counter or for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Met {
    Yes,
    No,
    Undecided,
    NoData,
}

/// A statement about a stretch of several windows: between `low` and `high` from `start` to `end`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stretch {
    pub(crate) start: i64,
    pub(crate) end: i64,
    pub(crate) low: i64,
    pub(crate) high: i64,
    pub(crate) is_certain: bool,
    pub(crate) is_rate: bool,
    pub(crate) incidents: (IncidentIx, Option<IncidentIx>),
}

/// So many windows of a stretch were missed, which ones is not on record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MissedSome {
    pub(crate) stretch: Stretch,
    pub(crate) n_missed: u32,
    pub(crate) n_windows: u32,
}

/// One window under all counters.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WindowVerdict {
    pub(crate) start: i64,
    pub(crate) end: i64,
    pub(crate) met: Met,
    /// Under the reported view: whether any counter's figures miss it.
    pub(crate) reported_missed: bool,
    /// Under the verified view: whether verified figures miss it.
    pub(crate) verified_missed: bool,
    pub(crate) low: i64,
    pub(crate) high: i64,
    pub(crate) bound: i64,
}

/// One counter's result.
#[derive(Clone, Debug)]
pub(crate) struct CounterResult {
    pub(crate) counter: Symbol,
    pub(crate) start: i64,
    pub(crate) end: i64,
    pub(crate) low: i64,
    pub(crate) high: i64,
    pub(crate) promised: i64,
    pub(crate) tally: WindowTally,
    pub(crate) missed_some: Vec<MissedSome>,
    pub(crate) incidents: Vec<IncidentIx>,
}

/// All windows of a promise and all counters.
#[derive(Clone, Debug, Default)]
pub(crate) struct KeepResult {
    pub(crate) windows: Vec<WindowVerdict>,
    pub(crate) counters: Vec<CounterResult>,
}

/// What windows are asked about.
pub(crate) struct Question<'q> {
    /// Stretches in which the promise binds, `[from, to)`, in order.
    pub(crate) allowed: &'q [(i64, i64)],
    /// Direction of the bound.
    pub(crate) bound: Bound,
    /// The bound at a moment, in thousandths (dated numbers change).
    pub(crate) amount: &'q dyn Fn(i64) -> i64,
    /// Up to when a counter's reports are complete (nobody: single reports); `i64::MIN`: it is not watched.
    pub(crate) horizon: &'q dyn Fn(Symbol) -> i64,
    /// Statements about time after this are not listed.
    pub(crate) until: i64,
}

impl KeepSeries {
    pub(crate) fn new(clock: Clock, per: Per) -> KeepSeries {
        KeepSeries { clock, per, counters: BTreeMap::new() }
    }

    /// Windows that `[earliest, latest]` touches; `None` where there are too many.
    fn touched(&self, item: &Item) -> Option<Vec<(i64, i64)>> {
        let mut window = self.clock.window_of(Instant::from_ms(item.earliest), self.per);
        let mut touched = vec![(window.start.ms(), window.end.ms())];
        while window.end.ms() <= item.latest {
            if touched.len() == MAX_SPREAD {
                return None;
            }
            window = self.clock.next_window(window, self.per);
            touched.push((window.start.ms(), window.end.ms()));
        }
        Some(touched)
    }

    /// Adds (`sign` 1) or takes away (`sign` -1) an item.
    pub(crate) fn change(&mut self, incident: IncidentIx, item: &Item, doubt: Doubt, sign: i64) {
        let touched = if item.measure == Measure::Outstanding { None } else { self.touched(item) };
        let series = self.counters.entry(item.counter).or_default();
        let spread = match touched {
            Some(windows) if windows.len() == 1 || !item.is_total => windows,
            _ => {
                if sign > 0 {
                    series.figures.insert(incident, *item);
                } else {
                    series.figures.remove(&incident);
                }
                return;
            }
        };
        let is_certain = is_certain(item.grade, doubt);
        let last = spread.len() - 1;
        for (at, (start, _)) in spread.iter().enumerate() {
            let cell = series.windows.entry(*start).or_default();
            cell.n += sign;
            cell.most = cell.most.saturating_add(sign * item.high);
            if last == 0 && is_certain {
                cell.least += sign * item.low;
            }
            if at == last {
                cell.reported += sign * item.best;
                if item.grade == Grade::Verified {
                    cell.n_verified += sign;
                    cell.verified += sign * item.low;
                }
            }
            if item.is_total {
                cell.covered += sign * (item.latest + 1 - item.earliest);
            }
            if cell.n == 0 {
                series.windows.remove(start);
            }
        }
    }

    /// Evaluates all windows that lie wholly inside the allowed stretches.
    pub(crate) fn evaluate(&self, question: &Question) -> KeepResult {
        let windows = self.windows_inside(question.allowed);
        let mut verdicts: Vec<WindowVerdict> = windows
            .iter()
            .map(|(start, end)| WindowVerdict {
                start: *start,
                end: *end,
                met: Met::NoData,
                reported_missed: false,
                verified_missed: false,
                low: i64::MAX,
                high: i64::MIN,
                bound: (question.amount)(*start),
            })
            .collect();
        let mut counters: Vec<CounterResult> = Vec::new();
        let mut said: Vec<Vec<Met>> = vec![Vec::new(); verdicts.len()];
        for (counter, series) in &self.counters {
            let stretches = series.stretches();
            let horizon = (question.horizon)(*counter);
            let mut tally = WindowTally::default();
            for (at, verdict) in verdicts.iter_mut().enumerate() {
                let (met, low, high) = series.window(verdict, question, horizon, &stretches);
                add(&mut tally, met);
                if met == Met::NoData {
                    continue;
                }
                said[at].push(met);
                verdict.low = verdict.low.min(low);
                verdict.high = verdict.high.max(high);
                let cell = series.windows.get(&verdict.start).copied().unwrap_or_default();
                let misses = |value: i64| match question.bound {
                    Bound::AtLeast => value < verdict.bound,
                    Bound::AtMost => value > verdict.bound,
                };
                let is_covered = cell.covered >= verdict.end - verdict.start || horizon >= verdict.end;
                let can_tell = is_covered || question.bound == Bound::AtMost;
                verdict.reported_missed |=
                    met == Met::No || (can_tell && cell.n > 0 && misses(cell.reported));
                verdict.verified_missed |= can_tell && cell.n_verified > 0 && misses(cell.verified);
            }
            let result = series.result(*counter, question, &verdicts, &stretches, tally, self.per);
            counters.extend(result);
        }
        for (at, verdict) in verdicts.iter_mut().enumerate() {
            let said = &said[at];
            verdict.met = if said.is_empty() {
                if (question.horizon)(Symbol::NONE) >= verdict.end {
                    judge(question.bound, 0, 0, verdict.bound)
                } else {
                    Met::NoData
                }
            } else if said.iter().all(|met| *met == Met::Yes) {
                Met::Yes
            } else if said.iter().all(|met| *met == Met::No) {
                Met::No
            } else {
                Met::Undecided
            };
            if verdict.met == Met::No {
                verdict.reported_missed = true;
            }
            if verdict.low == i64::MAX {
                (verdict.low, verdict.high) = (0, 0);
            }
        }
        KeepResult { windows: verdicts, counters }
    }

    fn windows_inside(&self, allowed: &[(i64, i64)]) -> Vec<(i64, i64)> {
        let mut windows = Vec::new();
        for (from, to) in allowed {
            if from >= to {
                continue;
            }
            let mut window = self.clock.window_of(Instant::from_ms(*from), self.per);
            if window.start.ms() < *from {
                window = self.clock.next_window(window, self.per);
            }
            while window.end.ms() <= *to {
                windows.push((window.start.ms(), window.end.ms()));
                window = self.clock.next_window(window, self.per);
            }
        }
        windows
    }
}

fn add(tally: &mut WindowTally, met: Met) {
    match met {
        Met::Yes => tally.met += 1,
        Met::No => tally.missed += 1,
        Met::Undecided => tally.undecided += 1,
        Met::NoData => tally.no_data += 1,
    }
}

fn judge(bound: Bound, low: i64, high: i64, amount: i64) -> Met {
    let (surely_met, surely_missed) = match bound {
        Bound::AtLeast => (low >= amount, high < amount),
        Bound::AtMost => (high <= amount, low > amount),
    };
    match (surely_met, surely_missed) {
        (true, _) => Met::Yes,
        (_, true) => Met::No,
        _ => Met::Undecided,
    }
}

impl Series {
    /// What this counter says of one window: met or not, and the bounds.
    fn window(
        &self,
        window: &WindowVerdict,
        question: &Question,
        horizon: i64,
        stretches: &[Stretch],
    ) -> (Met, i64, i64) {
        let cell = self.windows.get(&window.start).copied().unwrap_or_default();
        let around = stretches.iter().filter(|s| s.start < window.end && s.end > window.start);
        let n_around = around.clone().count();
        let is_watched = horizon >= window.end;
        if cell.n == 0 && n_around == 0 {
            return if is_watched && !self.windows.is_empty() {
                (judge(question.bound, 0, 0, window.bound), 0, 0)
            } else {
                (Met::NoData, 0, 0)
            };
        }
        let is_complete = cell.covered >= window.end - window.start || is_watched;
        let mut high = if is_complete && n_around == 0 { cell.most } else { UNBOUNDED };
        if cell.covered >= window.end - window.start {
            high = cell.most;
        }
        for stretch in around {
            if stretch.start <= window.start && stretch.end >= window.end && stretch.is_certain {
                high = high.min(stretch.high);
            }
        }
        let low = cell.least;
        let high = high.max(low);
        (judge(question.bound, low, high, window.bound), low, high)
    }

    /// Statements about several windows; successive running totals of one beginning give their differences too.
    fn stretches(&self) -> Vec<Stretch> {
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut totals: BTreeMap<i64, Vec<(IncidentIx, &Item)>> = BTreeMap::new();
        for (incident, item) in self.figures.iter().filter(|(_, item)| item.measure != Measure::Outstanding) {
            let (start, end) = (item.earliest, item.latest + 1);
            let is_certain = item.is_total && item.grade >= Grade::Reported;
            let low = if item.is_total { item.low } else { 0 };
            stretches.push(Stretch {
                start,
                end,
                low,
                high: item.high,
                is_certain,
                is_rate: item.measure != Measure::Total,
                incidents: (*incident, None),
            });
            if item.measure == Measure::Total {
                totals.entry(start).or_default().push((*incident, item));
            }
        }
        for series in totals.values_mut() {
            series.sort_by_key(|(incident, item)| (item.latest, *incident));
            for pair in series.windows(2) {
                let ((first_ix, first), (second_ix, second)) = (pair[0], pair[1]);
                if first.latest < second.latest && second.high >= first.low {
                    stretches.push(Stretch {
                        start: first.latest + 1,
                        end: second.latest + 1,
                        low: (second.low - first.high).max(0),
                        high: if second.high >= UNBOUNDED { UNBOUNDED } else { second.high - first.low },
                        is_certain: first.grade >= Grade::Reported && second.grade >= Grade::Reported,
                        is_rate: false,
                        incidents: (second_ix, Some(first_ix)),
                    });
                }
            }
        }
        stretches.sort_by_key(|stretch| (stretch.start, stretch.end, stretch.incidents));
        stretches
    }

    fn result(
        &self,
        counter: Symbol,
        question: &Question,
        windows: &[WindowVerdict],
        stretches: &[Stretch],
        tally: WindowTally,
        per: Per,
    ) -> Vec<CounterResult> {
        let missed_some: Vec<MissedSome> =
            stretches.iter().filter_map(|stretch| missed_some(question.bound, stretch, windows)).collect();
        let mut said: Vec<(i64, i64, i64, i64)> = Vec::new();
        for is_rate in [false, true] {
            let of_sort = stretches.iter().filter(|s| {
                s.is_rate == is_rate && s.incidents.1.is_none() && s.end <= question.until.saturating_add(1)
            });
            let widest = of_sort.max_by_key(|s| (s.end, s.end - s.start));
            said.extend(widest.map(|s| (s.start, s.end, s.low, s.high)));
        }
        let inside = || windows.iter().filter(|w| self.windows.contains_key(&w.start));
        if let (Some(start), Some(end)) = (inside().map(|w| w.start).min(), inside().map(|w| w.end).max()) {
            let sum = |wanted: fn(&Cell) -> i64| {
                inside().map(|w| wanted(&self.windows[&w.start])).fold(0i64, i64::saturating_add)
            };
            said.push((start, end, sum(|cell| cell.least), sum(|cell| cell.most)));
        }
        let incidents: Vec<IncidentIx> = self.figures.keys().copied().collect();
        let mut missed_some = Some(missed_some);
        let results = said.into_iter().map(|(start, end, low, high)| CounterResult {
            counter,
            start,
            end,
            low,
            high,
            promised: promised(question, per, start, end),
            tally,
            missed_some: missed_some.take().unwrap_or_default(),
            incidents: incidents.clone(),
        });
        results.collect()
    }
}

/// The promise over a stretch, in whole civil days' worth (in whole hours' worth for hourly windows).
fn promised(question: &Question, per: Per, start: i64, end: i64) -> i64 {
    let bound = i128::from((question.amount)(start));
    let rounded = |unit: i64| i128::from((end - start + unit / 2) / unit);
    let promised = match per {
        Per::Hour => bound * rounded(HOUR_MS),
        Per::Day => bound * rounded(DAY_MS),
        Per::Week => bound * rounded(DAY_MS) / 7,
    };
    i64::try_from(promised).unwrap_or(i64::MAX)
}

/// How many windows of a stretch must have been missed, whichever they were.
///
/// At least so much: each missed window can be short by its whole bound, so a deficit of `d` over windows of
/// bound `n` needs at least `d / n` of them, rounded up. At most so much: a sum above all bounds together needs one.
fn missed_some(bound: Bound, stretch: &Stretch, windows: &[WindowVerdict]) -> Option<MissedSome> {
    if !stretch.is_certain {
        return None;
    }
    let inside = |w: &&WindowVerdict| match bound {
        Bound::AtLeast => w.start >= stretch.start && w.end <= stretch.end,
        Bound::AtMost => w.start < stretch.end && w.end > stretch.start,
    };
    let windows: Vec<&WindowVerdict> = windows.iter().filter(inside).collect();
    let promised: i64 = windows.iter().map(|w| w.bound).sum();
    let n_windows = windows.len() as u32;
    let n_missed = match bound {
        Bound::AtLeast => {
            let largest = windows.iter().map(|w| w.bound).max().filter(|largest| *largest > 0)?;
            let deficit = promised - stretch.high;
            if deficit <= 0 { 0 } else { (deficit + largest - 1) / largest }
        }
        Bound::AtMost => {
            let is_tiled = windows.first()?.start <= stretch.start
                && windows.last()?.end >= stretch.end
                && windows.windows(2).all(|pair| pair[0].end == pair[1].start);
            i64::from(is_tiled && stretch.low > promised)
        }
    };
    (n_missed > 0).then_some(MissedSome { stretch: *stretch, n_missed: n_missed as u32, n_windows })
}
