//! The compact form of a claim straight from its JSON, without building the claim.
//!
//! Opening a ledger reads a million bodies; this reads only what [`Fact`] needs and borrows names from the body
//! (`cargo bench -p servanda-ledger -- fact`: 2.0 µs a claim at best, the whole ledger built, against 2.8 µs for reading
//! the claim and making its fact alone).
//! Invariant: the result equals `Symbols::fact` of the claim (a property test holds it).

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, IntoDeserializer, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use servanda_model::{
    ClaimId, ClaimKind, DAY_MS, DocumentId, Instant, Measure, Method, Modality, Number, Polarity, Position,
    Quantity, roles,
};

use crate::fact::{Fact, Symbol, Symbols, Toll};

/// A name that borrows from the JSON where nothing in it is escaped.
#[derive(Deserialize)]
#[serde(transparent)]
struct Text<'j>(#[serde(borrow)] Cow<'j, str>);

/// An id read from borrowed digits.
struct Id(servanda_model::Hash32);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Id, D::Error> {
        Text::deserialize(deserializer)?.0.parse().map(Id).map_err(serde::de::Error::custom)
    }
}

#[derive(Deserialize)]
struct Link<'j> {
    #[serde(borrow)]
    name: Cow<'j, str>,
}

#[derive(Deserialize)]
struct Figure<'j> {
    #[serde(default, borrow)]
    unit: Option<Text<'j>>,
    #[serde(default, borrow)]
    role: Option<Text<'j>>,
    #[serde(default)]
    low: Option<Bound>,
    #[serde(default)]
    best: Option<Bound>,
    #[serde(default)]
    high: Option<Bound>,
}

impl Figure<'_> {
    fn bounds(&self) -> Quantity {
        let bound = |bound: &Option<Bound>| bound.as_ref().map(|bound| bound.0);
        Quantity {
            low: bound(&self.low),
            best: bound(&self.best),
            high: bound(&self.high),
            ..Quantity::default()
        }
    }
}

/// A number; whole ones, nearly all, are taken as they come.
struct Bound(Number);

impl<'de> Deserialize<'de> for Bound {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Bound, D::Error> {
        struct Read;
        fn other<'de, E: de::Error>(value: impl IntoDeserializer<'de, E>) -> Result<Bound, E> {
            Number::deserialize(value.into_deserializer()).map(Bound)
        }
        impl Visitor<'_> for Read {
            type Value = Bound;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }
            fn visit_i64<E: de::Error>(self, n: i64) -> Result<Bound, E> {
                n.checked_mul(1000).map_or_else(|| other(n), |n| Ok(Bound(Number::from_thousandths(n))))
            }
            fn visit_u64<E: de::Error>(self, n: u64) -> Result<Bound, E> {
                i64::try_from(n).map_or_else(|_| other(n), |n| self.visit_i64(n))
            }
            fn visit_f64<E: de::Error>(self, x: f64) -> Result<Bound, E> {
                other(x)
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Bound, E> {
                other(text)
            }
        }
        deserializer.deserialize_any(Read)
    }
}

/// A moment; the usual form `2025-10-13T09:00:00Z` is read by hand, others by the library.
struct At(Instant);

impl<'de> Deserialize<'de> for At {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<At, D::Error> {
        let text = Text::deserialize(deserializer)?.0;
        usual_form(text.as_bytes()).map_or_else(|| text.parse().map_err(de::Error::custom), Ok).map(At)
    }
}

/// `YYYY-MM-DDThh:mm:ssZ` or `YYYY-MM-DDThh:mm:ss.fffZ` with every part in its ordinary range; anything else: `None`.
fn usual_form(text: &[u8]) -> Option<Instant> {
    let number = |from: usize, to: usize| {
        text[from..to]
            .iter()
            .try_fold(0i64, |n, byte| byte.is_ascii_digit().then(|| n * 10 + i64::from(byte - b'0')))
    };
    let fraction_ms = match text.len() {
        20 => 0,
        24 if text[19] == b'.' => number(20, 23)?,
        _ => return None,
    };
    let marks = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':'), (text.len() - 1, b'Z')];
    if marks.iter().any(|(at, mark)| text[*at] != *mark) {
        return None;
    }
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    // The last days of months are left to the library, which knows their lengths.
    if year == 0
        || !(1..=12).contains(&month)
        || !(1..=28).contains(&day)
        || hour > 23
        || minute > 59
        || second > 59
    {
        return None;
    }
    // Days since 1970 of a Gregorian date, counting years from March (Howard Hinnant, days_from_civil).
    let year = year - i64::from(month <= 2);
    let (era, year_of_era) = (year / 400, year % 400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days =
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468;
    Some(Instant::from_ms(days * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000 + fraction_ms))
}

#[derive(Deserialize)]
struct Between {
    earliest: At,
    latest: At,
}

#[derive(Deserialize)]
struct Period {
    start: At,
    end: At,
}

/// The figure that counts and the number of people killed; the other figures are not kept.
#[derive(Default)]
struct Figures<'j> {
    amount: Option<Figure<'j>>,
    killed: Option<Figure<'j>>,
}

impl<'de: 'j, 'j> Deserialize<'de> for Figures<'j> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Figures<'j>, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Figures<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of quantities")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Figures<'de>, A::Error> {
                let mut figures = Figures::default();
                while let Some(figure) = seq.next_element::<Figure<'de>>()? {
                    let place = match &figure.role {
                        None => &mut figures.amount,
                        Some(role) if role.0 == roles::KILLED => &mut figures.killed,
                        Some(_) => continue,
                    };
                    place.get_or_insert(figure);
                }
                Ok(figures)
            }
        }
        deserializer.deserialize_seq(Read)
    }
}

/// What a ledger in memory needs of a claim.
#[derive(Deserialize)]
pub(crate) struct LeanClaim<'j> {
    document: Id,
    kind: ClaimKind,
    #[serde(default, borrow)]
    speaker: Option<Text<'j>>,
    #[serde(default, borrow)]
    attribution: Vec<Link<'j>>,
    #[serde(default, borrow)]
    origin: Option<Text<'j>>,
    #[serde(default, borrow)]
    actors: Vec<Text<'j>>,
    #[serde(default, borrow)]
    targets: Vec<Text<'j>>,
    #[serde(default)]
    polarity: Polarity,
    #[serde(default)]
    modality: Modality,
    #[serde(default)]
    when: Option<Between>,
    #[serde(default)]
    reported_at: Option<At>,
    #[serde(default, borrow)]
    quantities: Figures<'j>,
    #[serde(default, borrow)]
    event_kind: Option<Text<'j>>,
    #[serde(default, borrow)]
    place: Option<Text<'j>>,
    #[serde(default)]
    position: Option<Position>,
    #[serde(default, borrow)]
    incident: Option<Text<'j>>,
    #[serde(default, borrow)]
    counter: Option<Text<'j>>,
    #[serde(default)]
    window: Option<Period>,
    #[serde(default)]
    measure: Measure,
    #[serde(default, borrow)]
    component: Option<Text<'j>>,
    #[serde(default)]
    method: Method,
    #[serde(default)]
    corrects: Option<Id>,
}

impl<'j> LeanClaim<'j> {
    pub(crate) fn from_json(json: &'j [u8]) -> Result<LeanClaim<'j>, serde_json::Error> {
        // Checked as UTF-8 once, not once for each of some fifty strings.
        let text = std::str::from_utf8(json).map_err(de::Error::custom)?;
        serde_json::from_str(text)
    }

    pub(crate) fn document(&self) -> DocumentId {
        DocumentId(self.document.0)
    }

    pub(crate) fn reported_at(&self) -> Option<Instant> {
        self.reported_at.as_ref().map(|at| at.0)
    }

    pub(crate) fn corrects(&self) -> Option<ClaimId> {
        self.corrects.as_ref().map(|id| ClaimId(id.0))
    }

    pub(crate) fn fact(&self, symbols: &mut Symbols, publisher: Option<&str>, known_at: Instant) -> Fact {
        let amount = self.quantities.amount.as_ref();
        let bounds = amount.map(Figure::bounds);
        let low = bounds.as_ref().map_or(Number::whole(1), |q| q.low_or_zero());
        let high = bounds.as_ref().map_or(Number::whole(1), |q| q.high_or_max());
        let origin = (self.origin.as_ref().or(self.speaker.as_ref()).map(|text| &*text.0))
            .or_else(|| self.attribution.last().map(|link| &*link.name))
            .or(publisher);
        let mut symbol = |name: Option<&str>| name.map_or(Symbol::NONE, |name| symbols.intern(name));
        fn text<'t>(name: &'t Option<Text<'_>>) -> Option<&'t str> {
            name.as_ref().map(|name| &*name.0)
        }
        Fact {
            known_at,
            earliest: self.when.as_ref().map_or(Instant::MAX, |when| when.earliest.0),
            latest: self.when.as_ref().map_or(Instant::MIN, |when| when.latest.0),
            window_start: self.window.as_ref().map_or(Instant::MIN, |window| window.start.0),
            window_end: self.window.as_ref().map_or(Instant::MIN, |window| window.end.0),
            low,
            best: bounds.and_then(|q| q.best).unwrap_or(low),
            high,
            event_kind: symbol(text(&self.event_kind)),
            speaker: symbol(text(&self.speaker)),
            origin: symbol(origin),
            publisher: symbol(publisher),
            place: symbol(text(&self.place)),
            position: self.position,
            killed: self.quantities.killed.as_ref().and_then(|figure| Toll::of(&figure.bounds())),
            unit: amount.map_or(Symbol::NONE, |figure| symbol(Some(text(&figure.unit).unwrap_or_default()))),
            incident: symbol(text(&self.incident)),
            counter: symbol(text(&self.counter)),
            component: symbol(text(&self.component)),
            actors: symbols.intern_list(self.actors.iter().map(|name| &*name.0)),
            targets: symbols.intern_list(self.targets.iter().map(|name| &*name.0)),
            kind: self.kind,
            polarity: self.polarity,
            modality: self.modality,
            measure: self.measure,
            method: self.method,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The hand-read form agrees with the library on every day of 800 years, and leaves to it what it does not know.
    #[test]
    fn moments_are_read_as_the_library_reads_them() {
        let mut at = Instant::from_ms(-14_182_940_000_000);
        let mut n_by_hand = 0;
        while at < Instant::from_ms(11_000_000_000_000) {
            let text = at.to_string();
            let read = usual_form(text.as_bytes());
            assert!(read.is_none_or(|read| read == at), "{text}");
            n_by_hand += u32::from(read.is_some());
            at = at.plus_ms(DAY_MS + 3_723_004);
        }
        assert!(n_by_hand > 200_000);
        for text in [
            "",
            "never",
            "2025-02-30T00:00:00Z",
            "2025-10-13T09:00:00+01:00",
            "2025-10-13T24:00:00Z",
            "2025-10-13 09:00:00Z",
        ] {
            assert_eq!(usual_form(text.as_bytes()), None);
        }
    }
}
