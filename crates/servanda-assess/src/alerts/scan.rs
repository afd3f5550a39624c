//! Space-time permutation scan: places near each other with more occurrences in the last days than elsewhere.
//!
//! No population is needed: each place is compared with itself at other times, and each day with the other places.
//!
//! # Source
//! Kulldorff, Heffernan, Hartman, Assunção and Mostashari 2005, "A space-time permutation scan statistic for disease
//! outbreak detection", PLoS Medicine 2(3); early stop: Besag and Clifford 1991, "Sequential Monte Carlo p-values",
//! Biometrika 78.

use super::chance::Chance;
use crate::incidents::great_circle_km;

/// A place with a position in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Latitude.
    pub lat: f64,
    /// Longitude.
    pub lon: f64,
}

/// One occurrence: where (position in the list of spots) and on which day (0 is the first of the study).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case {
    /// Which spot.
    pub spot: usize,
    /// Which day.
    pub day: usize,
}

/// How to scan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScanOptions {
    /// Days of the study; all cases lie in them. Cylinders end on the last one.
    pub n_days: usize,
    /// Most days of a cylinder; the share of the study is held below a half.
    pub most_days: usize,
    /// Largest radius in kilometres.
    pub most_km: f64,
    /// Permutations at most.
    pub n_permutations: usize,
    /// Stop once so many permutations reach the observed value: then it is nothing unusual, and more would not change that.
    pub n_enough: usize,
    /// Seed.
    pub seed: u64,
}

/// A cylinder with more cases than its place and its days explain.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// The spots within it, the middle first.
    pub spots: Vec<usize>,
    /// Distance of the furthest from the middle.
    pub radius_km: f64,
    /// Its first day; the last is the last of the study.
    pub first_day: usize,
    /// Cases in it.
    pub n_cases: usize,
    /// Cases expected from the totals of its places and days.
    pub expected: f64,
    /// Log of the likelihood ratio.
    pub score: f64,
    /// Monte Carlo p-value.
    pub p_value: f64,
    /// Permutations that it rests on.
    pub n_permutations: usize,
}

impl Cluster {
    /// Days between clusters as unusual as this, where the scan is made every day and nothing but chance is at work.
    pub fn recurrence_days(&self) -> f64 {
        1.0 / self.p_value
    }
}

/// The likeliest cluster, and further ones that share no place with one before; likeliest first, at most `n_most`.
///
/// The p-value of each compares it with the largest value of every permutation, which is exact for the first and on the
/// safe side for the others. Without at least two places and two cases there is nothing to compare.
pub fn scan(spots: &[Spot], cases: &[Case], options: ScanOptions, n_most: usize) -> Vec<Cluster> {
    if spots.len() < 2 || cases.len() < 2 || options.n_days < 2 {
        return Vec::new();
    }
    let circles = circles(spots, options.most_km);
    let most_days = options.most_days.clamp(1, (options.n_days / 2).max(1));
    let study = Study { circles: &circles, n_spots: spots.len(), n_days: options.n_days, most_days };
    let observed = study.best_of_each_circle(cases);
    let mut clusters = Vec::new();
    let mut taken = vec![false; spots.len()];
    for found in observed {
        let circle = &circles[found.circle][..found.n_spots];
        if clusters.len() < n_most && found.score > 0.0 && circle.iter().all(|(spot, _)| !taken[*spot]) {
            circle.iter().for_each(|(spot, _)| taken[*spot] = true);
            clusters.push(Cluster {
                spots: circle.iter().map(|(spot, _)| *spot).collect(),
                radius_km: circle.last().map_or(0.0, |(_, km)| *km),
                first_day: options.n_days - found.n_days,
                n_cases: found.n_cases,
                expected: found.expected,
                score: found.score,
                p_value: 1.0,
                n_permutations: 0,
            });
        }
    }
    if clusters.is_empty() {
        return clusters;
    }
    test(&study, cases, options, &mut clusters);
    clusters
}

/// Permutes the days among the cases and counts how often chance reaches each cluster.
fn test(study: &Study<'_>, cases: &[Case], options: ScanOptions, clusters: &mut [Cluster]) {
    let mut chance = Chance::new(options.seed);
    let mut cases = cases.to_vec();
    let mut days: Vec<usize> = cases.iter().map(|case| case.day).collect();
    let mut n_reached = vec![0usize; clusters.len()];
    let mut n = 0;
    while n < options.n_permutations && n_reached[0] < options.n_enough.max(1) {
        chance.shuffle(&mut days);
        cases.iter_mut().zip(&days).for_each(|(case, day)| case.day = *day);
        let largest = study.best_of_each_circle(&cases).first().map_or(0.0, |found| found.score);
        n += 1;
        for (reached, cluster) in n_reached.iter_mut().zip(clusters.iter()) {
            *reached += usize::from(largest >= cluster.score - 1e-9);
        }
    }
    let stopped_early = n < options.n_permutations;
    for (reached, cluster) in n_reached.into_iter().zip(clusters) {
        // Besag and Clifford: stopped at the r-th exceedance the estimate is r / n, else (r + 1) / (n + 1).
        cluster.p_value = if stopped_early && reached > 0 {
            reached as f64 / n as f64
        } else {
            (reached + 1) as f64 / (n + 1) as f64
        };
        cluster.n_permutations = n;
    }
}

struct Study<'c> {
    circles: &'c [Vec<(usize, f64)>],
    n_spots: usize,
    n_days: usize,
    most_days: usize,
}

#[derive(Clone, Copy)]
struct Found {
    circle: usize,
    n_spots: usize,
    n_days: usize,
    n_cases: usize,
    expected: f64,
    score: f64,
}

impl Study<'_> {
    /// The best cylinder around each middle, best first; ties in the order of the spots.
    fn best_of_each_circle(&self, cases: &[Case]) -> Vec<Found> {
        // recent[spot][h]: cases in the last h + 1 days.
        let mut of_spot = vec![0usize; self.n_spots];
        let mut recent = vec![0usize; self.n_spots * self.most_days];
        let mut of_days = vec![0usize; self.most_days];
        for case in cases {
            of_spot[case.spot] += 1;
            let back = self.n_days - 1 - case.day;
            if back < self.most_days {
                recent[case.spot * self.most_days + back] += 1;
                of_days[back] += 1;
            }
        }
        running_sum(&mut of_days);
        recent.chunks_mut(self.most_days).for_each(running_sum);
        let all = cases.len() as f64;
        let mut found: Vec<Found> = Vec::with_capacity(self.circles.len());
        let mut within = vec![0usize; self.most_days];
        for (middle, circle) in self.circles.iter().enumerate() {
            let mut best =
                Found { circle: middle, n_spots: 1, n_days: 1, n_cases: 0, expected: 0.0, score: 0.0 };
            within.fill(0);
            let mut n_here = 0;
            for (at, (spot, _)) in circle.iter().enumerate() {
                n_here += of_spot[*spot];
                let of_this = &recent[spot * self.most_days..(spot + 1) * self.most_days];
                for (height, (sum, more)) in within.iter_mut().zip(of_this).enumerate() {
                    *sum += more;
                    let expected = n_here as f64 * of_days[height] as f64 / all;
                    let score = ratio(*sum as f64, expected, all);
                    if score > best.score {
                        best = Found {
                            circle: middle,
                            n_spots: at + 1,
                            n_days: height + 1,
                            n_cases: *sum,
                            expected,
                            score,
                        };
                    }
                }
            }
            found.push(best);
        }
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.circle.cmp(&b.circle)));
        found
    }
}

fn running_sum(list: &mut [usize]) {
    for at in 1..list.len() {
        list[at] += list[at - 1];
    }
}

/// Log of Kulldorff's ratio: 0 where there are no more cases than expected.
fn ratio(cases: f64, expected: f64, all: f64) -> f64 {
    if cases <= expected || cases < 2.0 {
        return 0.0;
    }
    let inside = cases * libm::log(cases / expected);
    if cases >= all { inside } else { inside + (all - cases) * libm::log((all - cases) / (all - expected)) }
}

/// Around each spot the spots within reach, nearest first.
fn circles(spots: &[Spot], most_km: f64) -> Vec<Vec<(usize, f64)>> {
    spots
        .iter()
        .map(|middle| {
            let mut near: Vec<(usize, f64)> = spots
                .iter()
                .enumerate()
                .map(|(at, spot)| (at, great_circle_km((middle.lat, middle.lon), (spot.lat, spot.lon))))
                .filter(|(_, km)| *km <= most_km)
                .collect();
            near.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
            near
        })
        .collect()
}
