//! Clusters in space and time, from the occurrences on record.

use std::collections::BTreeMap;

use servanda_ledger::View;
use servanda_model::{ClusterFinding, Name, Position, ScanSummary};
use servanda_pact::Clock;

use super::extract::Occurrence;
use super::question::{Question, ScanQuestion, claim_ids, rounded};
use super::scan::{Case, ScanOptions, Spot, scan};
use crate::context::Context;

/// Clusters of one kind that are listed at most.
const N_MOST: usize = 5;
/// Permutations that reach the observed value before the test stops.
const N_ENOUGH: usize = 50;

/// Clusters that end with the window asked for, kind by kind; and how many occurrences could not be placed.
///
/// Only places are named, never positions: a cluster says where to look into reports, not where anybody is.
pub(super) fn clusters(
    view: &View,
    context: &Context,
    clock: &Clock,
    question: &Question,
    options: ScanQuestion,
    occurrences: &[Occurrence],
) -> (Vec<ClusterFinding>, Vec<ScanSummary>, u32) {
    let last_day = clock.day_number(question.to.min(view.known()));
    let first_day = (last_day - i64::from(options.n_days) + 1).max(clock.day_number(question.since));
    let (mut found, mut scans) = (Vec::new(), Vec::new());
    let mut n_without = 0;
    for kind in &question.kinds {
        let Some(symbol) = view.symbol(kind.as_str()) else { continue };
        let studied =
            occurrences.iter().filter(|one| one.kind == symbol && (first_day..=last_day).contains(&one.day));
        let mut placed: Vec<(&Occurrence, Position)> = Vec::new();
        for one in studied {
            match position(view, context, one) {
                Some(position) if f64::from(position.radius_m) <= options.most_km * 1000.0 => {
                    placed.push((one, position));
                }
                _ => n_without += 1,
            }
        }
        let (clusters, scan) = of_kind(view, clock, question, options, kind, (first_day, last_day), &placed);
        found.extend(clusters);
        scans.push(scan);
    }
    (found, scans, n_without)
}

/// Where an occurrence was: as its claims state it, the most exact of them, else where its place lies.
fn position(view: &View, context: &Context, occurrence: &Occurrence) -> Option<Position> {
    let stated = occurrence.claims.iter().filter_map(|ix| view.fact(*ix)?.position);
    stated.min_by_key(|position| (position.radius_m, *position)).or_else(|| {
        occurrence.place.is_some().then(|| context.position(view.name(occurrence.place))).flatten()
    })
}

fn of_kind(
    view: &View,
    clock: &Clock,
    question: &Question,
    options: ScanQuestion,
    kind: &Name,
    (first_day, last_day): (i64, i64),
    placed: &[(&Occurrence, Position)],
) -> (Vec<ClusterFinding>, ScanSummary) {
    let mut spots: Vec<Spot> = Vec::new();
    let mut index: BTreeMap<(i32, i32), usize> = BTreeMap::new();
    for (_, position) in placed {
        index.entry((position.lat_e6, position.lon_e6)).or_insert_with(|| {
            spots.push(Spot { lat: position.lat(), lon: position.lon() });
            spots.len() - 1
        });
    }
    let spot_of = |position: &Position| index[&(position.lat_e6, position.lon_e6)];
    let cases: Vec<Case> = placed
        .iter()
        .map(|(one, position)| Case { spot: spot_of(position), day: (one.day - first_day) as usize })
        .collect();
    let scanned = scan(
        &spots,
        &cases,
        ScanOptions {
            n_days: (last_day - first_day + 1).max(0) as usize,
            most_days: options.most_days as usize,
            most_km: options.most_km,
            n_permutations: options.n_permutations as usize,
            n_enough: N_ENOUGH,
            seed: question.watch.seed,
        },
        N_MOST,
    );
    let listed_p_value = 1.0 / question.watch.budget.days;
    let summary = ScanSummary {
        kind: kind.clone(),
        window: clock.days(first_day, last_day),
        n_cases: cases.len() as u32,
        n_positions: spots.len() as u32,
        least_p_value: scanned.first().map(|cluster| rounded(cluster.p_value)),
        listed_p_value: rounded(listed_p_value),
    };
    let clusters = scanned
        .into_iter()
        .filter(|cluster| cluster.p_value <= listed_p_value)
        .map(|cluster| {
            let begins = first_day + cluster.first_day as i64;
            let inside: Vec<&Occurrence> = placed
                .iter()
                .filter(|(one, position)| one.day >= begins && cluster.spots.contains(&spot_of(position)))
                .map(|(one, _)| *one)
                .collect();
            let mut places: Vec<Name> = inside
                .iter()
                .filter(|one| one.place.is_some())
                .map(|one| view.name(one.place).clone())
                .collect();
            places.sort();
            places.dedup();
            ClusterFinding {
                kind: kind.clone(),
                places,
                radius_km: cluster.radius_km.ceil() as u32,
                window: clock.days(begins, last_day),
                n_cases: cluster.n_cases as u32,
                expected: rounded(cluster.expected),
                p_value: rounded(cluster.p_value),
                recurrence_days: rounded(cluster.recurrence_days()),
                n_permutations: cluster.n_permutations as u32,
                claims: claim_ids(
                    view,
                    &inside.iter().flat_map(|one| one.claims.iter().copied()).collect::<Vec<_>>(),
                ),
            }
        })
        .collect();
    (clusters, summary)
}
