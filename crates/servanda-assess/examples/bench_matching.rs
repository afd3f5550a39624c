//! Matching at three densities against known truth: F1 of pairs, calibration, time; writes the same records as CSV for peers.
//!
//! `bench_matching [FOLDER] [N_OCCURRENCES] [SEED]`

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a benchmark reads the clock and writes files"
)]

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::time::Instant;

use servanda_assess::incidents::generator::{DENSITIES, Truth, truth};
use servanda_assess::incidents::{Matcher, Options};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let n: usize = arguments.get(1).map_or(4000, |n| n.parse().expect("a number"));
    let seed: u64 = arguments.get(2).map_or(1, |n| n.parse().expect("a number"));
    println!("density   records  pairs/rec  precision  recall      F1  wall s");
    for density in DENSITIES {
        let truth = truth(density, n, seed);
        if let Some(folder) = arguments.first().filter(|folder| *folder != "-") {
            std::fs::create_dir_all(folder).expect("a folder");
            let path = format!("{folder}/{density:?}.csv").to_lowercase();
            std::fs::write(path, csv(&truth)).expect("a file");
        }
        let started = Instant::now();
        let matcher = Matcher::fitted(Options::default(), truth.records.clone(), []);
        let clusters = matcher.clusters();
        let took = started.elapsed().as_secs_f64();
        let of: HashMap<u128, u32> =
            truth.records.iter().zip(&truth.occurrence).map(|(record, n)| (record.key, *n)).collect();
        let (precision, recall, f1) = score(&truth, &clusters, &of);
        println!(
            "{:9} {:7}  {:9.2}  {precision:9.4}  {recall:6.4}  {f1:6.4}  {took:6.3}   rounds {}",
            format!("{density:?}"),
            truth.records.len(),
            2.0 * matcher.n_candidates() as f64 / truth.records.len() as f64,
            matcher.parameters().n_rounds,
        );
        let mut bins: BTreeMap<usize, (f64, u32, u32)> = BTreeMap::new();
        for link in matcher.links() {
            let bin = bins.entry((link.posterior * 10.0).min(9.0) as usize).or_default();
            bin.0 += link.posterior;
            bin.1 += u32::from(of[&link.a] == of[&link.b]);
            bin.2 += 1;
        }
        for (bin, (said, right, n)) in bins {
            println!(
                "    said {:.1}-{:.1}: mean {:.3}, right {:.3} of {n}",
                bin as f64 / 10.0,
                (bin + 1) as f64 / 10.0,
                said / f64::from(n),
                f64::from(right) / f64::from(n)
            );
        }
    }
}

/// Precision, recall and F1 over pairs of records of different sources.
fn score(truth: &Truth, clusters: &[Vec<u128>], of: &HashMap<u128, u32>) -> (f64, f64, f64) {
    let pairs = |n: usize| n * n.saturating_sub(1) / 2;
    let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
    for occurrence in &truth.occurrence {
        *sizes.entry(*occurrence).or_default() += 1;
    }
    let real: usize = sizes.values().map(|n| pairs(*n)).sum();
    let said: usize = clusters.iter().map(|cluster| pairs(cluster.len())).sum();
    let mut right = 0;
    for cluster in clusters {
        let mut here: BTreeMap<u32, usize> = BTreeMap::new();
        for key in cluster {
            *here.entry(of[key]).or_default() += 1;
        }
        right += here.values().map(|n| pairs(*n)).sum::<usize>();
    }
    let (precision, recall) = (right as f64 / said.max(1) as f64, right as f64 / real.max(1) as f64);
    (precision, recall, 2.0 * precision * recall / (precision + recall).max(1e-12))
}

fn csv(truth: &Truth) -> String {
    let mut text = String::from("unique_id,source,day,lat,lon,radius_km,kind,actors,toll,occurrence\n");
    for (record, occurrence) in truth.records.iter().zip(&truth.occurrence) {
        let point = record.point.expect("the generator places all");
        let actors: Vec<String> = record.actors.iter().map(ToString::to_string).collect();
        let _ = writeln!(
            text,
            "{:032x},{},{},{:.6},{:.6},{},{},{},{},{occurrence}",
            record.key,
            record.source,
            record.earliest_ms / servanda_model::DAY_MS,
            point.lat(),
            point.lon(),
            f64::from(point.radius_m) / 1e3,
            record.kind,
            actors.join("+"),
            record.toll.map(|toll| toll.best.to_string()).unwrap_or_default(),
        );
    }
    text
}
