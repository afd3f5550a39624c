//! Matching: known truth, laws, and how much is touched.

use std::collections::BTreeMap;

use proptest::prelude::*;
use servanda_assess::incidents::generator::{DENSITIES, Density, Truth, truth};
use servanda_assess::incidents::{Bond, Matcher, Options, Record, Toll};
use servanda_model::{DAY_MS, Position};

fn fitted(truth: &Truth) -> Matcher {
    Matcher::fitted(Options::default(), truth.records.clone(), [])
}

/// Precision, recall and F1 over pairs of records.
fn score(truth: &Truth, matcher: &Matcher) -> (f64, f64, f64) {
    let pairs = |n: usize| n * (n - 1) / 2;
    let of: BTreeMap<u128, u32> =
        truth.records.iter().map(|record| record.key).zip(truth.occurrence.iter().copied()).collect();
    let count = |of: &mut dyn Iterator<Item = u32>| {
        let mut n_of: BTreeMap<u32, usize> = BTreeMap::new();
        of.for_each(|n| *n_of.entry(n).or_default() += 1);
        n_of.values().map(|n| pairs(*n)).sum::<usize>() as f64
    };
    let real = count(&mut truth.occurrence.iter().copied());
    let clusters = matcher.clusters();
    let said: usize = clusters.iter().map(|cluster| pairs(cluster.len())).sum();
    let right: f64 = clusters.iter().map(|cluster| count(&mut cluster.iter().map(|key| of[key]))).sum();
    let (precision, recall) = (right / said as f64, right / real);
    (precision, recall, 2.0 * precision * recall / (precision + recall))
}

/// Measured with this seed: 0.970, 0.945, 0.894. They may rise.
#[test]
fn known_truth_is_found_at_three_densities() {
    for (density, least) in DENSITIES.into_iter().zip([0.96, 0.935, 0.88]) {
        let truth = truth(density, 1500, 7);
        let (precision, recall, f1) = score(&truth, &fitted(&truth));
        assert!(f1 >= least, "{density:?}: precision {precision:.3}, recall {recall:.3}, F1 {f1:.3}");
    }
}

/// Of pairs said to be one occurrence with a probability of about p, a share of about p is.
#[test]
fn probabilities_are_calibrated() {
    for density in DENSITIES {
        let truth = truth(density, 2000, 11);
        let of: BTreeMap<u128, u32> =
            truth.records.iter().map(|record| record.key).zip(truth.occurrence.iter().copied()).collect();
        let mut bins = [(0.0, 0.0, 0.0); 5];
        for link in fitted(&truth).links() {
            let bin = &mut bins[((link.posterior * 5.0) as usize).min(4)];
            bin.0 += link.posterior;
            bin.1 += f64::from(u8::from(of[&link.a] == of[&link.b]));
            bin.2 += 1.0;
        }
        let n: f64 = bins.iter().map(|bin| bin.2).sum();
        let error: f64 = bins.iter().map(|(said, right, _)| (said - right).abs()).sum::<f64>() / n;
        assert!(error < 0.03, "{density:?}: expected calibration error {error:.4}; {bins:?}");
    }
}

#[test]
fn at_most_one_record_of_a_source_is_of_an_occurrence() {
    let truth = truth(Density::Dense, 800, 3);
    let matcher = fitted(&truth);
    for cluster in matcher.clusters() {
        let mut sources: Vec<u32> =
            cluster.iter().map(|key| matcher.record(*key).expect("it is there").source).collect();
        let n = sources.len();
        sources.sort_unstable();
        sources.dedup();
        assert_eq!(sources.len(), n);
    }
}

fn shuffled(records: &[Record], seed: u64) -> Vec<Record> {
    let mut records = records.to_vec();
    let mut draws = servanda_assess::incidents::generator::Draws::new(seed);
    for at in (1..records.len()).rev() {
        records.swap(at, draws.below(at as u64 + 1) as usize);
    }
    records
}

fn links(matcher: &Matcher) -> Vec<(u128, u128, i64, bool)> {
    let rounded = |posterior: f64| (posterior * 1e9).round() as i64;
    matcher.links().iter().map(|link| (link.a, link.b, rounded(link.posterior), link.linked)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// The order of arrival changes nothing; nor does it matter whether records come at once or one by one, or come, go and
    /// come again.
    #[test]
    fn order_and_pace_change_nothing(seed in 0u64..1000, density in 0usize..3) {
        let truth = truth(DENSITIES[density], 60, seed);
        let at_once = fitted(&truth);
        let again = Matcher::fitted(Options::default(), shuffled(&truth.records, seed), []);
        prop_assert_eq!(at_once.clusters(), again.clusters());
        prop_assert_eq!(links(&at_once), links(&again));
        let mut one_by_one = Matcher::new(Options::default(), at_once.parameters().clone());
        for record in shuffled(&truth.records, seed + 1) {
            one_by_one.add(record);
        }
        prop_assert_eq!(at_once.clusters(), one_by_one.clusters());
        prop_assert_eq!(links(&at_once), links(&one_by_one));
        for record in truth.records.iter().step_by(3) {
            one_by_one.remove(record.key);
        }
        let kept: Vec<Record> =
            truth.records.iter().enumerate().filter(|(at, _)| at % 3 != 0).map(|(_, r)| r.clone()).collect();
        let fewer = Matcher::with_parameters(Options::default(), at_once.parameters().clone(), kept, []);
        prop_assert_eq!(fewer.clusters(), one_by_one.clusters());
        for record in truth.records.iter().step_by(3) {
            one_by_one.add(record.clone());
        }
        prop_assert_eq!(at_once.clusters(), one_by_one.clusters());
        prop_assert_eq!(links(&at_once), links(&one_by_one));
    }

    /// Swapping the names of two parties, or of two sorts of act, changes nothing at all.
    #[test]
    fn names_have_no_part_in_it(seed in 0u64..1000, density in 0usize..3) {
        let truth = truth(DENSITIES[density], 60, seed);
        let swap = |name: u32| match name { 1 => 2, 2 => 1, other => other };
        let mut swapped = truth.records.clone();
        for record in &mut swapped {
            record.kind = swap(record.kind);
            record.actors.iter_mut().for_each(|actor| *actor = swap(*actor));
            record.actors.sort_unstable();
        }
        let swapped = Matcher::fitted(Options::default(), swapped, []);
        let plain = fitted(&truth);
        prop_assert_eq!(plain.clusters(), swapped.clusters());
        prop_assert_eq!(links(&plain), links(&swapped));
    }
}

/// One new record among ten times as many touches no more than it does among few, at the same density.
#[test]
fn a_new_record_touches_its_neighbourhood() {
    let touched = |n: usize| {
        let truth = truth(Density::Medium, n, 5);
        let mut matcher = fitted(&truth);
        let mut n_records = 0;
        // Fifty records taken out and put back, evenly over the time.
        for record in truth.records.iter().step_by(truth.records.len() / 50) {
            matcher.remove(record.key);
            let before = matcher.work();
            matcher.add(record.clone());
            n_records += matcher.work().n_records - before.n_records;
        }
        n_records
    };
    let (few, many) = (touched(600), touched(6000));
    assert!(many < 2 * few, "{few} records looked at among few, {many} among ten times as many");
}

fn record(key: u128, source: u32, day: i64, lat: f64, kind: u32) -> Record {
    Record {
        earliest_ms: day * DAY_MS,
        latest_ms: day * DAY_MS + DAY_MS - 1,
        point: Position::of_degrees(lat, 20.0, 0),
        toll: Some(Toll::exactly(3)),
        place: 0,
        kind,
        family: 0,
        actors: vec![1],
        source,
        key,
    }
}

/// A person's word holds against any weight, and is taken back without a trace.
#[test]
fn rulings_override() {
    let alike = [record(1, 0, 5, 10.0, 1), record(2, 1, 5, 10.0, 1), record(3, 2, 5, 10.0, 1)];
    let mut matcher = Matcher::fitted(Options::default(), alike.to_vec(), []);
    assert_eq!(matcher.clusters(), [[1, 2, 3]]);
    matcher.bind(1, 2, Some(Bond::Apart));
    assert!(matcher.clusters().iter().all(|cluster| !(cluster.contains(&1) && cluster.contains(&2))));
    matcher.bind(1, 2, None);
    assert_eq!(matcher.clusters(), [[1, 2, 3]]);
    matcher.add(record(4, 3, 40, 11.0, 2));
    assert_eq!(matcher.clusters(), [vec![1, 2, 3], vec![4]]);
    matcher.bind(1, 4, Some(Bond::Same));
    assert_eq!(matcher.clusters(), [[1, 2, 3, 4]]);
    matcher.remove(4);
    assert_eq!(matcher.clusters(), [[1, 2, 3]]);
}

/// Range and window count besides how vague position and date are.
#[test]
fn vague_positions_and_dates_reach_farther() {
    let n_candidates = |change: &dyn Fn(&mut Record)| {
        let (one, mut other) = (record(1, 0, 5, 10.0, 1), record(2, 1, 5, 10.0, 1));
        change(&mut other);
        Matcher::fitted(Options::default(), vec![one, other], []).n_candidates()
    };
    let at = |lat: f64, radius_m: u32| {
        move |other: &mut Record| other.point = Position::of_degrees(lat, 20.0, radius_m)
    };
    assert_eq!(n_candidates(&at(10.04, 0)), 1, "4.4 km");
    assert_eq!(n_candidates(&at(10.05, 0)), 0, "5.6 km");
    assert_eq!(n_candidates(&at(10.05, 1000)), 1, "5.6 km, within 1 km");
    assert_eq!(
        n_candidates(&at(10.1, 100_000)),
        0,
        "a whole country is near everything, so it is near nothing"
    );
    let on = |first: i64, last: i64| {
        move |other: &mut Record| {
            (other.earliest_ms, other.latest_ms) = (first * DAY_MS, last * DAY_MS + DAY_MS - 1);
        }
    };
    assert_eq!(n_candidates(&on(7, 7)), 1, "two days");
    assert_eq!(n_candidates(&on(8, 8)), 0, "three days");
    assert_eq!(n_candidates(&on(7, 13)), 1, "somewhere in a week");
}

/// The index finds every pair that a look at all pairs finds, near the poles and across the date line as well.
#[test]
fn the_index_misses_nothing() {
    let mut draws = servanda_assess::incidents::generator::Draws::new(9);
    for (lat, lon) in [(0.0, 0.0), (48.0, 179.99), (-84.0, -179.98), (89.9, 10.0)] {
        let records: Vec<Record> = (0..120u32)
            .map(|n| {
                let (dlat, dlon) = (draws.normal() * 0.06, draws.normal() * 0.2);
                let lon = (lon + dlon + 540.0f64).rem_euclid(360.0) - 180.0;
                let radius_m = [0, 0, 3000, 9000, 25_000][draws.below(5) as usize];
                let mut record = record(u128::from(n), n % 3, draws.below(6) as i64, 0.0, 1);
                record.point = Position::of_degrees((lat + dlat).clamp(-90.0, 90.0), lon, radius_m);
                record
            })
            .collect();
        let matcher = Matcher::fitted(Options::default(), records.clone(), []);
        let near = |a: &Record, b: &Record| {
            let (p, q) = (a.point.expect("placed"), b.point.expect("placed"));
            let km = servanda_assess::incidents::distance_km(&p, &q);
            a.source != b.source
                && a.delay_days(b).abs() <= 2
                && km <= 5.0 + f64::from(p.radius_m + q.radius_m) / 1e3
        };
        let all =
            records.iter().enumerate().map(|(at, a)| records[at + 1..].iter().filter(|b| near(a, b)).count());
        assert_eq!(matcher.n_candidates(), all.sum::<usize>(), "at {lat}, {lon}");
    }
}
