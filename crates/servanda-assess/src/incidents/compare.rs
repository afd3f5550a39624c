//! Comparison: how far two records agree, field by field, as levels.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::Options;
use super::geo::distance_km;
use super::record::{Record, Toll};

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// How far apart.
    Distance,
    /// How many days apart, and which of the two sources is the later.
    Delay,
    /// Sort of act.
    Kind,
    /// Who acted.
    Actors,
    /// How many people.
    Toll,
}

/// All fields, in the order in which reasons are shown.
pub const FIELDS: [Field; 5] = [Field::Distance, Field::Delay, Field::Kind, Field::Actors, Field::Toll];

/// Room for the levels of one field.
pub(super) const N_LEVELS: usize = 13;

/// Upper ends of the levels of distance, as shares of the range; beyond the last is the last.
const FINE: [f64; 8] = [0.04, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 1.0];
/// The same where positions are vague: as shares of their radii together.
const COARSE: [f64; 3] = [0.3, 0.6, 1.0];
/// Delays beyond so many days are one level.
const MAX_DELAY_DAYS: i64 = 3;

/// Levels of one field that exclude each other given what is known: a distance between vague positions says nothing
/// about one between exact positions. Weights are estimated within a group; a group of one level weighs nothing.
#[allow(clippy::single_range_in_vec_init, reason = "a list of ranges that happens to hold one")]
pub(super) fn groups(field: Field) -> &'static [std::ops::Range<usize>] {
    match field {
        Field::Distance => &[0..8, 8..12],
        Field::Delay => &[0..7, 7..9],
        Field::Kind => &[0..2],
        Field::Actors => &[0..3],
        Field::Toll => &[0..12],
    }
}

/// Level of actors that one of the two does not state.
const UNSTATED: u8 = 12;
/// Level of places without coordinates: candidates are of one place, so that it tells nothing more.
const SAME_PLACE: u8 = 12;
/// Level of a toll that one of the two does not state.
const NO_TOLL: u8 = 12;

/// How far two records agree. Kinds and sets of actors are kept, so that agreement on a rare one weighs more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Comparison {
    pub(super) levels: [u8; 5],
    /// The two kinds, the smaller number first.
    pub(super) kinds: (u32, u32),
    /// The set of actors where both name the same; 0 otherwise.
    pub(super) actors: u64,
}

impl Comparison {
    /// Compares two records; the one of the source with the smaller number is taken first, whichever comes first here.
    pub fn of(a: &Record, b: &Record, options: &Options) -> Comparison {
        let (a, b) = if (a.source, a.key) <= (b.source, b.key) { (a, b) } else { (b, a) };
        let (actor_level, actors) = actor_level(&a.actors, &b.actors);
        Comparison {
            levels: [
                distance_level(a, b, options),
                delay_level(a, b),
                u8::from(a.kind != b.kind),
                actor_level,
                a.toll.zip(b.toll).map_or(NO_TOLL, |(a, b)| toll_level(a, b)),
            ],
            kinds: (a.kind.min(b.kind), a.kind.max(b.kind)),
            actors,
        }
    }

    /// The level of a field.
    pub fn level(&self, field: Field) -> u8 {
        self.levels[field as usize]
    }

    /// Whether the field could be compared at all.
    pub fn is_stated(&self, field: Field) -> bool {
        self.level(field) < N_LEVELS as u8 - 1
    }
}

fn distance_level(a: &Record, b: &Record, options: &Options) -> u8 {
    let (Some(p), Some(q)) = (&a.point, &b.point) else { return SAME_PLACE };
    let (km, radii_km) = (distance_km(p, q), (f64::from(p.radius_m) + f64::from(q.radius_m)) / 1e3);
    if radii_km <= 0.35 * options.range_km {
        let level = FINE.iter().position(|end| km <= end * options.range_km).unwrap_or(FINE.len() - 1);
        return level as u8;
    }
    (FINE.len() + COARSE.iter().position(|end| km <= end * radii_km).unwrap_or(COARSE.len())) as u8
}

fn delay_level(a: &Record, b: &Record) -> u8 {
    let days = a.delay_days(b);
    if a.is_dated_exactly() && b.is_dated_exactly() {
        (days.clamp(-MAX_DELAY_DAYS, MAX_DELAY_DAYS) + MAX_DELAY_DAYS) as u8
    } else {
        7 + u8::from(days != 0)
    }
}

fn actor_level(a: &[u32], b: &[u32]) -> (u8, u64) {
    if a.is_empty() || b.is_empty() {
        return (UNSTATED, 0);
    }
    if a == b {
        let mut hasher = FxHasher::default();
        a.hash(&mut hasher);
        return (0, hasher.finish().max(1));
    }
    (if a.iter().any(|actor| b.contains(actor)) { 1 } else { 2 }, 0)
}

/// Equal tolls by size (0 to 5), near ones (6, 7), the others by how far apart.
fn toll_level(a: Toll, b: Toll) -> u8 {
    let (few, many) = (a.best.min(b.best), a.best.max(b.best));
    if few == many {
        return match many {
            ..=0 => 0,
            1 => 1,
            2 => 2,
            3..=5 => 3,
            6..=10 => 4,
            _ => 5,
        };
    }
    let overlap = a.low.max(b.low) <= a.high.min(b.high);
    match (few, many) {
        (1.., _) if overlap || many - few <= 1.max(many / 5) => 6 + u8::from(many > 5),
        (..=0, ..=2) => 8,
        (..=0, _) => 9,
        _ if many <= 2 * few => 10,
        _ => 11,
    }
}

/// What the level of a field says, as neutral key words (`docs/methods/incidents.md` lists them).
pub(super) fn said(a: &Record, b: &Record, comparison: &Comparison, field: Field) -> String {
    let level = comparison.level(field);
    match field {
        Field::Distance => match (&a.point, &b.point) {
            (Some(p), Some(q)) => {
                let radii_km = (f64::from(p.radius_m) + f64::from(q.radius_m)) / 1e3;
                let km = distance_km(p, q);
                if radii_km > 0.0 {
                    format!("{km:.1} km apart, positions within {radii_km:.1} km together")
                } else {
                    format!("{km:.1} km apart")
                }
            }
            _ if a.place == 0 => "no place stated by either".to_owned(),
            _ => "the same named place".to_owned(),
        },
        Field::Delay => match a.delay_days(b).abs() {
            0 if level >= 7 => "dates overlap".to_owned(),
            0 => "the same day".to_owned(),
            1 => "1 day apart".to_owned(),
            days => format!("{days} days apart"),
        },
        Field::Kind if level == 0 => "the same sort of act".to_owned(),
        Field::Kind => "another sort of act".to_owned(),
        Field::Actors => match level {
            0 => "the same actors".to_owned(),
            1 => "some actors in common".to_owned(),
            2 => "other actors".to_owned(),
            _ => "actors not stated by both".to_owned(),
        },
        Field::Toll => match level {
            0..=5 => "the same number of people".to_owned(),
            6 | 7 => "nearly the same number of people".to_owned(),
            NO_TOLL => "number of people not stated by both".to_owned(),
            _ => "another number of people".to_owned(),
        },
    }
}
