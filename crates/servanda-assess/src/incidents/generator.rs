//! Records with known truth, for tests and benchmarks. No real name, place or figure occurs.
//!
//! Occurrences are drawn in space and time: most in hot spots, some days far busier than others. Each source sees each
//! with a chance of its own and reports it with errors of its own: of place (some snap to a town and say how far off they
//! may be), of date (late, and some sources later than others), of sort, of actors, of number.

use servanda_model::{DAY_MS, Position};

use super::record::{Record, Toll};
use crate::alerts::Chance;

/// How many occurrences fall together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Density {
    /// Seldom two within range and window.
    Sparse,
    /// A few.
    Medium,
    /// Many, on busy days in hot spots.
    Dense,
}

/// All densities.
pub const DENSITIES: [Density; 3] = [Density::Sparse, Density::Medium, Density::Dense];

/// Records and the occurrence that each is really about, in the same order.
#[derive(Clone, Debug)]
pub struct Truth {
    /// What the sources say.
    pub records: Vec<Record>,
    /// Number of the occurrence.
    pub occurrence: Vec<u32>,
}

/// Draws of a seed: the same everywhere.
#[derive(Clone, Debug)]
pub struct Draws(Chance);

impl Draws {
    /// Draws of a seed.
    pub fn new(seed: u64) -> Draws {
        Draws(Chance::new(seed))
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0.bits()
    }

    /// Uniform in [0, 1).
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Uniform whole number below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        (self.unit() * n as f64) as u64
    }

    /// Whether something of that chance occurs.
    pub fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// Standard normal (Box and Muller 1958).
    pub fn normal(&mut self) -> f64 {
        let (u, v) = (1.0 - self.unit(), self.unit());
        (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
    }

    fn pick(&mut self, weights: &[f64]) -> usize {
        let mut left = self.unit() * weights.iter().sum::<f64>();
        for (at, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return at;
            }
        }
        weights.len() - 1
    }
}

const KM_IN_DEGREE: f64 = 111.195;
const KINDS: [f64; 6] = [0.36, 0.24, 0.16, 0.12, 0.08, 0.04];
/// The sort that each is most easily taken for.
const TAKEN_FOR: [u32; 6] = [2, 3, 0, 1, 5, 4];
const ACTORS: [f64; 6] = [0.4, 0.3, 0.12, 0.08, 0.06, 0.04];

/// How one source works.
struct Source {
    sees: f64,
    error_km: f64,
    /// Share of its records that name only a town, and how far off these may be.
    vague: f64,
    /// Chances of a delay of 0, 1, 2 and -1 days.
    delay: [f64; 4],
    other_kind: f64,
    no_actor: f64,
    other_actor: f64,
    no_toll: f64,
    other_toll: f64,
}

const SOURCES: [Source; 4] = [
    Source {
        sees: 0.75,
        error_km: 0.4,
        vague: 0.05,
        delay: [0.9, 0.07, 0.02, 0.01],
        other_kind: 0.08,
        no_actor: 0.25,
        other_actor: 0.03,
        no_toll: 0.05,
        other_toll: 0.15,
    },
    Source {
        sees: 0.6,
        error_km: 0.9,
        vague: 0.1,
        delay: [0.72, 0.2, 0.05, 0.03],
        other_kind: 0.15,
        no_actor: 0.1,
        other_actor: 0.05,
        no_toll: 0.1,
        other_toll: 0.25,
    },
    Source {
        sees: 0.5,
        error_km: 1.3,
        vague: 0.3,
        delay: [0.45, 0.45, 0.08, 0.02],
        other_kind: 0.2,
        no_actor: 0.15,
        other_actor: 0.08,
        no_toll: 0.15,
        other_toll: 0.35,
    },
    Source {
        sees: 0.4,
        error_km: 0.7,
        vague: 0.15,
        delay: [0.8, 0.12, 0.05, 0.03],
        other_kind: 0.12,
        no_actor: 0.4,
        other_actor: 0.05,
        no_toll: 0.2,
        other_toll: 0.3,
    },
];

struct Occurrence {
    lat: f64,
    lon: f64,
    day: i64,
    kind: u32,
    actors: Vec<u32>,
    toll: i64,
}

/// Records of four sources on so many occurrences.
///
/// The area and the time grow with the number of occurrences, so that a larger world is no denser.
pub fn truth(density: Density, n_occurrences: usize, seed: u64) -> Truth {
    let mut draws = Draws::new(seed);
    // Square kilometres and days for each occurrence, before hot spots and busy days crowd them.
    let (side_km, per_day) = match density {
        Density::Sparse => (120.0, 3.0),
        Density::Medium => (80.0, 8.0),
        Density::Dense => (45.0, 16.0),
    };
    let n_days = ((n_occurrences as f64 / per_day).ceil() as i64).max(1);
    let spots: Vec<(f64, f64, f64)> =
        (0..12).map(|_| (draws.unit() * side_km, draws.unit() * side_km, 1.5 + 2.5 * draws.unit())).collect();
    let business: Vec<f64> = (0..n_days).map(|_| if draws.chance(0.1) { 5.0 } else { 1.0 }).collect();
    let mut truth = Truth { records: Vec::new(), occurrence: Vec::new() };
    let (mut left, mut day) = (business.iter().sum::<f64>(), 0usize);
    for number in 0..n_occurrences {
        // Days in order, busier ones with more.
        let share = (n_occurrences - number) as f64 / left.max(1e-9);
        while day + 1 < business.len() && draws.unit() * share * business[day] < 1.0 && draws.chance(0.5) {
            left -= business[day];
            day += 1;
        }
        let occurrence = occurrence(&mut draws, &spots, side_km, day as i64);
        for (source, how) in SOURCES.iter().enumerate() {
            if draws.chance(how.sees) {
                let key = u128::from(draws.bits()) << 64 | u128::from(draws.bits());
                truth.records.push(report(&mut draws, &occurrence, source as u32, how, key));
                truth.occurrence.push(number as u32);
            }
        }
    }
    truth
}

fn occurrence(draws: &mut Draws, spots: &[(f64, f64, f64)], side_km: f64, day: i64) -> Occurrence {
    let (x, y) = if draws.chance(0.7) {
        let (x, y, width) = spots[draws.below(spots.len() as u64) as usize];
        (x + draws.normal() * width, y + draws.normal() * width)
    } else {
        (draws.unit() * side_km, draws.unit() * side_km)
    };
    let kind = draws.pick(&KINDS) as u32 + 1;
    let mut actors = vec![draws.pick(&ACTORS) as u32 + 1];
    if draws.chance(0.1) {
        actors.push(draws.pick(&ACTORS) as u32 + 1);
    }
    let toll = if draws.chance(0.55) { 0 } else { (-2.2 * (1.0 - draws.unit()).ln()).floor() as i64 + 1 };
    Occurrence { lat: 10.0 + y / KM_IN_DEGREE, lon: 20.0 + x / KM_IN_DEGREE, day, kind, actors, toll }
}

fn report(draws: &mut Draws, truth: &Occurrence, source: u32, how: &Source, key: u128) -> Record {
    let snap = 4.0 / KM_IN_DEGREE;
    let is_vague = draws.chance(how.vague);
    let (mut lat, mut lon) = (
        truth.lat + draws.normal() * how.error_km / KM_IN_DEGREE,
        truth.lon + draws.normal() * how.error_km / KM_IN_DEGREE,
    );
    if is_vague {
        (lat, lon) = ((lat / snap).round() * snap, (lon / snap).round() * snap);
    }
    let delay = [0, 1, 2, -1][draws.pick(&how.delay)];
    let kind = if draws.chance(how.other_kind) {
        if draws.chance(0.7) {
            TAKEN_FOR[truth.kind as usize - 1] + 1
        } else {
            draws.below(KINDS.len() as u64) as u32 + 1
        }
    } else {
        truth.kind
    };
    let mut actors = truth.actors.clone();
    if draws.chance(how.no_actor) {
        actors.clear();
    } else if draws.chance(how.other_actor) {
        actors = vec![draws.pick(&ACTORS) as u32 + 1];
    }
    actors.sort_unstable();
    actors.dedup();
    let mut toll = truth.toll;
    if draws.chance(how.other_toll) {
        toll = (toll as f64 * (0.6 + draws.unit() * 0.8) + draws.normal()).round().max(0.0) as i64;
    }
    let start = (truth.day + delay) * DAY_MS;
    Record {
        earliest_ms: start,
        latest_ms: start + DAY_MS - 1,
        point: Position::of_degrees(lat, lon, if is_vague { 3000 } else { 0 }),
        toll: (!draws.chance(how.no_toll)).then(|| Toll::exactly(toll)),
        place: 0,
        kind,
        family: 0,
        actors,
        source,
        key,
    }
}
