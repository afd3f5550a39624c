//! Claims that give one figure for one period, with what became of it over time.

use servanda_ledger::View;
use servanda_model::*;

use super::series::{bounds, ratio, window};
use super::{Row, Told, days_of, promised_over};

/// One period of a counter: the figure that is used, and those that it took the place of.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) stated: (i64, i64),
    pub(super) total: (i64, i64),
    /// When the figure used became known.
    pub(super) known: i64,
    pub(super) is_set_aside: bool,
    /// What was said of the period, oldest first; the last is used.
    versions: Vec<Version>,
}

/// A figure as known from one moment to the next.
#[derive(Clone, Debug)]
struct Version {
    known: i64,
    stated: (i64, i64),
    total: (i64, i64),
    claims: Vec<ClaimId>,
}

/// Figures by period, in the order of their periods. Figures of one period that became known at the same moment hold each
/// other open: the bounds hold them all. Single occurrences are figures by themselves, unless they share a name.
pub(super) fn figures(rows: &[Row], basis: SeriesBasis) -> Vec<Figure> {
    if basis == SeriesBasis::Occurrences {
        return occurrences(rows);
    }
    let mut figures: Vec<Figure> = Vec::new();
    for row in rows {
        match figures.last_mut().filter(|last| (last.start, last.end) == (row.start, row.end)) {
            Some(last) => last.add(row),
            None => figures.push(Figure::of(row)),
        }
    }
    // A period of which only figures taken back are left says nothing any more.
    figures.retain(|figure| {
        let same =
            rows.iter().skip(rows.partition_point(|row| (row.start, row.end) < (figure.start, figure.end)));
        same.take_while(|row| (row.start, row.end) == (figure.start, figure.end)).any(|row| !row.is_former)
    });
    figures
}

/// Occurrences: claims with the same name of the occurrence are about one, which is as much as all of them allow.
fn occurrences(rows: &[Row]) -> Vec<Figure> {
    let mut by_name: std::collections::BTreeMap<servanda_ledger::Symbol, usize> = Default::default();
    let mut figures: Vec<Figure> = Vec::new();
    for row in rows.iter().filter(|row| !row.is_former) {
        let known = row.incident.is_some().then(|| by_name.get(&row.incident).copied()).flatten();
        let Some(at) = known else {
            if row.incident.is_some() {
                by_name.insert(row.incident, figures.len());
            }
            figures.push(Figure::of(row));
            continue;
        };
        let figure = &mut figures[at];
        let narrowed = |a: (i64, i64), b: (i64, i64)| {
            let inner = (a.0.max(b.0), a.1.min(b.1));
            if inner.0 <= inner.1 { inner } else { (a.0.min(b.0), a.1.max(b.1)) }
        };
        (figure.start, figure.end) = narrowed((figure.start, figure.end), (row.start, row.end));
        figure.stated = narrowed(figure.stated, row.stated);
        figure.total = narrowed(figure.total, row.total);
        figure.versions[0].claims.push(row.id);
    }
    figures
}

impl Figure {
    fn of(row: &Row) -> Figure {
        let version =
            Version { known: row.known, stated: row.stated, total: row.total, claims: vec![row.id] };
        Figure {
            start: row.start,
            end: row.end,
            stated: row.stated,
            total: row.total,
            known: row.known,
            is_set_aside: false,
            versions: vec![version],
        }
    }

    fn add(&mut self, row: &Row) {
        let last = self.versions.last_mut().expect("a figure has a version");
        if last.total == row.total {
            last.claims.push(row.id);
        } else if last.known == row.known {
            last.stated = (last.stated.0.min(row.stated.0), last.stated.1.max(row.stated.1));
            last.total = (last.total.0.min(row.total.0), last.total.1.max(row.total.1));
            last.claims.push(row.id);
        } else {
            self.versions.push(Version {
                known: row.known,
                stated: row.stated,
                total: row.total,
                claims: vec![row.id],
            });
        }
        let last = self.versions.last().expect("a figure has a version");
        (self.stated, self.total, self.known) = (last.stated, last.total, last.known);
    }

    pub(super) fn told(&self) -> Told {
        Told { start: self.start, end: self.end, low: self.total.0, high: self.total.1 }
    }

    /// Each change of the figure, with both times.
    pub(super) fn revisions(&self) -> Vec<Revision> {
        let pairs = self.versions.windows(2);
        pairs
            .map(|pair| Revision {
                window: window((self.start, self.end)),
                before: bounds(pair[0].stated),
                before_claim: pair[0].claims[0],
                before_known_at: Instant::from_ms(pair[0].known),
                after: bounds(pair[1].stated),
                after_claim: pair[1].claims[0],
                after_known_at: Instant::from_ms(pair[1].known),
            })
            .collect()
    }

    /// What was said of the period, oldest first.
    pub(super) fn statements(
        &self,
        view: &View,
        (from, to): (i64, i64),
        promise: Option<&PromisedRate>,
    ) -> Vec<CountedStatement> {
        let last = self.versions.len() - 1;
        let used = self.versions[last].claims[0];
        let n_days = days_of(self.start, self.end);
        let binding = promise.filter(|rate| rate.since.is_some_and(|since| since.ms() <= self.start));
        let promised = binding.map(|rate| promised_over(rate, self.start, self.end)).filter(|n| *n > 0);
        let place = if self.start >= from && self.end <= to {
            StatementUse::Inside
        } else if self.start < to && self.end > from {
            StatementUse::Straddles
        } else {
            StatementUse::Outside
        };
        let on_record =
            |version: &&(usize, &Version)| version.1.claims.iter().any(|id| view.find(id).is_some());
        let versions = self.versions.iter().enumerate();
        let stated = versions.collect::<Vec<_>>();
        stated
            .iter()
            .filter(on_record)
            .map(|(at, version)| CountedStatement {
                claims: version.claims.clone(),
                known_at: Instant::from_ms(version.known),
                window: window((self.start, self.end)),
                stated: bounds(version.stated),
                total: bounds(version.total),
                n_days: u32::try_from(n_days).unwrap_or(0),
                used: match (at == &last, self.is_set_aside) {
                    (false, _) => StatementUse::Revised { by: used },
                    (true, true) => StatementUse::SetAside,
                    (true, false) => place,
                },
                kept_ratio: promised.map(|promised| ratio(bounds(version.total), (promised, promised))),
            })
            .collect()
    }
}
