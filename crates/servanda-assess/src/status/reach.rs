//! Cumulative sums of a stream with running totals: how much by when, and when so much.

use servanda_model::Measure;

use super::incidents::{Grade, is_certain};
use super::stream::{Belief, Item, Stream, UNBOUNDED};

/// A running total made ready: so much had come by `at`.
#[derive(Clone, Copy, Debug)]
struct Total {
    start: i64,
    at: i64,
    amount: i64,
}

impl Stream {
    /// Running totals under a belief, by the date they hold for, made to rise: for the obligor's good a later,
    /// smaller total does not undo an earlier one; against it, it does.
    ///
    /// `target` turns what is outstanding into what has come.
    fn running(&self, belief: Belief, target: Option<i64>) -> Vec<Total> {
        let amount = |item: &Item| {
            let (low, best, high) = match item.measure {
                Measure::Outstanding => {
                    let came = |missing: i64| {
                        if missing >= UNBOUNDED { 0 } else { (target.unwrap_or(0) - missing).max(0) }
                    };
                    (came(item.high), came(item.best), came(item.low))
                }
                _ => (item.low, item.best, item.high),
            };
            match belief {
                Belief::Least | Belief::Verified => low,
                Belief::Most => high,
                Belief::Reported => best,
            }
        };
        let stands = |item: &&Item| match belief {
            Belief::Least => is_certain(item.grade, self.doubt()),
            Belief::Verified => item.grade == Grade::Verified,
            Belief::Most | Belief::Reported => true,
        };
        let mut totals: Vec<Total> = self
            .totals
            .values()
            .filter(|item| target.is_some() || item.measure != Measure::Outstanding)
            .filter(stands)
            .map(|item| Total { start: item.earliest, at: item.latest, amount: amount(item) })
            .collect();
        totals.sort_by_key(|total| (total.at, total.amount));
        if belief == Belief::Most {
            let mut most = i64::MIN;
            for total in &mut totals {
                most = most.max(total.amount);
                total.amount = most;
            }
        } else {
            // Of rival totals for one date the smallest stands.
            totals.dedup_by_key(|total| total.at);
            let mut least = i64::MAX;
            for total in totals.iter_mut().rev() {
                least = least.min(total.amount);
                total.amount = least;
            }
        }
        totals
    }

    /// When the sum from `floor` on first reaches `target` (thousandths); `i64::MAX`: never on record.
    ///
    /// Occurrences add up. A running total states the sum up to its date, and occurrences after it add to it.
    pub(crate) fn reached(&self, belief: Belief, target: i64, floor: i64) -> i64 {
        let sums = self.sums(belief);
        let astride = if belief == Belief::Least { self.astride(floor) } else { Vec::new() };
        let by_events = sums
            .first_reaching_without(
                target.saturating_add(self.sum_before(belief, floor)),
                astride.into_iter(),
            )
            .unwrap_or(i64::MAX)
            .max(floor);
        let totals: Vec<Total> =
            if self.totals.is_empty() { Vec::new() } else { self.running(belief, Some(target)) };
        let totals: Vec<Total> = totals.into_iter().filter(|total| total.at >= floor).collect();
        if totals.is_empty() {
            return by_events;
        }
        let by_totals = match belief {
            Belief::Most => totals.iter().enumerate().map(|(at, total)| {
                if total.amount >= target {
                    let first =
                        at.checked_sub(1).map_or(total.start, |before| totals[before].at + 1).max(floor);
                    self.early_enough(total, target).max(first).min(total.at)
                } else {
                    self.after(belief, total, target, i64::MAX)
                }
            }),
            _ => {
                let next = |at: usize| totals.get(at + 1).map_or(i64::MAX, |later| later.at);
                let times = totals.iter().enumerate().map(|(at, total)| {
                    // Against the obligor a later total that says less undoes what had been added up by then.
                    let is_undone = belief == Belief::Least
                        && totals.get(at + 1).is_some_and(|later| later.amount < target);
                    match total.amount >= target {
                        true => total.at,
                        false if is_undone => i64::MAX,
                        false => self.after(belief, total, target, next(at)),
                    }
                });
                let first = times.min().unwrap_or(i64::MAX);
                return match belief {
                    Belief::Least if totals[0].amount >= target => first.min(by_events),
                    Belief::Least => first,
                    _ => first.min(by_events),
                };
            }
        };
        by_totals.min().unwrap_or(i64::MAX).min(by_events)
    }

    /// When the sum can first have reached the target on the way to a total: what certainly came later had not come.
    fn early_enough(&self, total: &Total, target: i64) -> i64 {
        let (late, early) = self.certain();
        let before = target.saturating_sub(total.amount).saturating_add(late.until(total.at));
        early.first_reaching(before).unwrap_or(i64::MIN)
    }

    /// When a total plus the occurrences after it reach the target, if before `end`.
    fn after(&self, belief: Belief, total: &Total, target: i64, end: i64) -> i64 {
        let sums = self.sums(belief);
        let missing = target.saturating_sub(total.amount).saturating_add(sums.until(total.at));
        let at = sums.first_reaching(missing).unwrap_or(i64::MAX);
        if at <= total.at || at >= end { i64::MAX } else { at }
    }

    /// How much has come from `floor` to `at` (thousandths).
    pub(crate) fn amount_by(&self, belief: Belief, at: i64, floor: i64, target: Option<i64>) -> i64 {
        let sums = self.sums(belief);
        let astride = if belief == Belief::Least { self.astride(floor) } else { Vec::new() };
        let astride: i64 = astride.iter().filter(|(latest, _)| *latest <= at).map(|(_, low)| low).sum();
        let by_events = sums.until(at).saturating_sub(self.sum_before(belief, floor));
        let by_events = by_events.saturating_sub(astride).max(0);
        if self.totals.is_empty() {
            return by_events;
        }
        let totals = self.running(belief, target);
        let totals: Vec<Total> = totals.into_iter().filter(|total| total.at >= floor).collect();
        let by_total = |total: &Total| {
            total.amount.saturating_add(sums.until(at) - sums.until(total.at).min(sums.until(at)))
        };
        let n_past = totals.partition_point(|total| total.at <= at);
        let last = n_past.checked_sub(1).map(|last| by_total(&totals[last]));
        match belief {
            Belief::Most => {
                let (late, early) = self.certain();
                let to_come = |total: &Total| (late.until(total.at) - early.until(at)).max(0);
                let next = totals.get(n_past).filter(|total| total.start <= at);
                let coming = next.map_or(0, |total| total.amount.saturating_sub(to_come(total)));
                by_events.max(last.unwrap_or(0)).max(coming)
            }
            Belief::Least => {
                let so_far = last.unwrap_or(by_events);
                totals.get(n_past).map_or(so_far, |later| so_far.min(later.amount))
            }
            _ => last.map_or(by_events, |amount| amount.max(by_events)),
        }
    }

    /// Date of the last running total: up to then its counter states the whole sum.
    pub(crate) fn stated_until(&self) -> i64 {
        self.totals.values().map(|item| item.latest).max().unwrap_or(i64::MIN)
    }

    /// Dates of running totals, for whoever looks at every moment of change.
    pub(crate) fn total_moments(&self) -> Vec<i64> {
        self.totals.values().flat_map(|item| [item.earliest, item.latest]).collect()
    }
}
