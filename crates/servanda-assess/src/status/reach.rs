//! Cumulative sums of a stream with running totals: how much by when, and when so much.

use rustc_hash::FxHashMap;
use servanda_ledger::Symbol;
use servanda_model::Measure;

use super::incidents::{Grade, is_certain};
use super::stream::{Belief, Item, Stream, UNBOUNDED};

/// A running total made ready: so much had come by `at`, with what came after it never more than `cap` before the
/// next total.
#[derive(Clone, Copy, Debug)]
struct Total {
    start: i64,
    at: i64,
    amount: i64,
    cap: i64,
    counter: Symbol,
    /// Whether it must be followed: against the obligor a disputed total may or may not take an earlier one's place.
    stands: bool,
}

impl Stream {
    /// Running totals under a belief, by the date they hold for, made to rise: a later, smaller total takes the place
    /// of an earlier one. For the obligor's good only a certain one does, of the same counter, that reaches back as
    /// far: rivals stand beside each other then, and the largest counts.
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
        let is_heard = |item: &&Item| belief != Belief::Verified || item.grade == Grade::Verified;
        let mut totals: Vec<Total> = self
            .totals
            .values()
            .filter(|item| target.is_some() || item.measure != Measure::Outstanding)
            .filter(is_heard)
            .map(|item| Total {
                start: item.earliest,
                at: item.latest,
                amount: amount(item),
                cap: i64::MAX,
                counter: item.counter,
                stands: match belief {
                    Belief::Least | Belief::Most => is_certain(item.grade, self.doubt()),
                    Belief::Verified | Belief::Reported => true,
                },
            })
            .collect();
        let may_stand = |total: &Total| belief == Belief::Least && !total.stands;
        totals.sort_by_key(|total| (total.at, may_stand(total), total.amount));
        if belief == Belief::Most {
            replace_by_later(&mut totals);
        } else {
            // Of rival totals for one date the smallest stands; a smaller one that may not stand is kept beside it.
            totals.dedup_by(|next, kept| next.at == kept.at && kept.amount <= next.amount);
            let (mut least, mut least_later, mut at) = (i64::MAX, i64::MAX, i64::MAX);
            for total in totals.iter_mut().rev() {
                if total.at < at {
                    (least_later, at) = (least, total.at);
                }
                total.cap = least_later;
                total.amount = total.amount.min(least_later);
                least = least.min(total.amount);
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
        match belief {
            Belief::Most => {
                let times = totals.iter().enumerate().map(|(at, total)| {
                    if total.amount >= target {
                        let before = at.checked_sub(1).map_or(i64::MIN, |before| totals[before].at + 1);
                        let first = total.start.max(before).max(floor);
                        self.early_enough(total, target).max(first).min(total.at)
                    } else if total.cap >= target {
                        self.after(belief, total, target)
                    } else {
                        i64::MAX
                    }
                });
                times.min().unwrap_or(i64::MAX).min(by_events)
            }
            Belief::Least => self.surely_reached(belief, &totals, target, by_events),
            _ => self.surely_reached(belief, &totals, target, by_events).min(by_events),
        }
    }

    /// When the sum reaches the target whichever of the doubtful totals stand; what a later total undoes never did.
    fn surely_reached(&self, belief: Belief, totals: &[Total], target: i64, by_events: i64) -> i64 {
        let mut slowest = by_events;
        if next_amount(totals) >= target && by_events < totals[0].at {
            return by_events;
        }
        for (at, total) in totals.iter().enumerate() {
            let own = if total.amount >= target { total.at } else { self.after(belief, total, target) };
            slowest = if total.stands { own } else { slowest.max(own) };
            let reached = slowest.max(total.at);
            let end = totals.get(at + 1).map_or(i64::MAX, |later| later.at);
            if total.cap >= target && reached < end {
                return reached;
            }
        }
        i64::MAX
    }

    /// When the sum can first have reached the target on the way to a total: what certainly came later had not come.
    fn early_enough(&self, total: &Total, target: i64) -> i64 {
        let (late, early) = self.certain();
        let before = target.saturating_sub(total.amount).saturating_add(late.until(total.at));
        early.first_reaching(before).unwrap_or(i64::MIN)
    }

    /// When a total plus the occurrences after it reach the target.
    fn after(&self, belief: Belief, total: &Total, target: i64) -> i64 {
        let sums = self.sums(belief);
        let missing = target.saturating_sub(total.amount).saturating_add(sums.until(total.at));
        sums.first_reaching(missing).unwrap_or(i64::MAX).max(total.at)
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
        let with_later = |total: &Total| {
            total.amount.saturating_add(sums.until(at) - sums.until(total.at).min(sums.until(at)))
        };
        let by_total = |total: &Total| with_later(total).min(total.cap);
        let n_past = totals.partition_point(|total| total.at <= at);
        let past = &totals[..n_past];
        match belief {
            Belief::Most => {
                let (late, early) = self.certain();
                let to_come = |total: &Total| (late.until(total.at) - early.until(at)).max(0);
                let next = totals.get(n_past).filter(|total| total.start <= at);
                let coming = next.map_or(0, |total| total.amount.saturating_sub(to_come(total)));
                by_events.max(past.iter().map(by_total).max().unwrap_or(0)).max(coming)
            }
            Belief::Least => {
                // Back to the last total that stands for sure, and to the occurrences where none does.
                let n_doubtful = past.iter().rev().take_while(|total| !total.stands).count();
                let is_sure = n_doubtful < past.len();
                let latest = past.iter().rev().take(n_doubtful + 1).map(with_later);
                let so_far = latest.chain((!is_sure).then_some(by_events)).min().unwrap_or(by_events);
                so_far.min(next_amount(&totals[n_past..]))
            }
            _ => past.last().map(by_total).map_or(by_events, |amount| amount.max(by_events)),
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

/// The least that the next date of the totals says; they rise from date to date.
fn next_amount(totals: &[Total]) -> i64 {
    let next = totals.iter().take_while(|total| total.at == totals[0].at);
    next.map(|total| total.amount).min().unwrap_or(i64::MAX)
}

/// Puts in place of each total the next certain one of its counter that reaches back as far, where that is smaller.
fn replace_by_later(totals: &mut [Total]) {
    // Later totals of each counter, the nearest last; those that reach back less far than a nearer one are left out.
    let mut later: FxHashMap<Symbol, Vec<Total>> = FxHashMap::default();
    for total in totals.iter_mut().rev() {
        let of_counter = later.entry(total.counter).or_default();
        let replaces = |later: &&Total| later.at > total.at && later.start <= total.start;
        // What is later has been replaced already: the next one is the smallest.
        if let Some(next) = of_counter.iter().rev().find(replaces) {
            (total.amount, total.cap) = (total.amount.min(next.amount), next.amount);
        }
        if total.stands {
            while of_counter.last().is_some_and(|next| next.at > total.at && next.start >= total.start) {
                of_counter.pop();
            }
            of_counter.push(*total);
        }
    }
}
