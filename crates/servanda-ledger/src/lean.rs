//! The compact form of a claim straight from its JSON, without building the claim.
//!
//! Opening a ledger reads a million bodies; this reads only what [`Fact`] needs and borrows names from the body
//! (measured: see `cargo bench -p servanda-ledger`, `fact_from_json` against `fact_from_claim`).
//! Invariant: the result equals `Symbols::fact` of the claim (a property test holds it).

use std::borrow::Cow;
use std::fmt;

use serde::de::{IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use servanda_model::{
    ClaimId, ClaimKind, DocumentId, Instant, Measure, Method, Modality, Number, Polarity, When, Window,
};

use crate::fact::{Fact, Symbol, Symbols};

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
struct Figure {
    #[serde(default)]
    low: Option<Number>,
    #[serde(default)]
    best: Option<Number>,
    #[serde(default)]
    high: Option<Number>,
}

/// The first figure of the list; the others are not looked at.
#[derive(Default)]
struct FirstFigure(Option<Figure>);

impl<'de> Deserialize<'de> for FirstFigure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<FirstFigure, D::Error> {
        struct First;
        impl<'de> Visitor<'de> for First {
            type Value = FirstFigure;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of quantities")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<FirstFigure, A::Error> {
                let first = seq.next_element::<Figure>()?;
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(FirstFigure(first))
            }
        }
        deserializer.deserialize_seq(First)
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
    when: Option<When>,
    #[serde(default)]
    quantities: FirstFigure,
    #[serde(default, borrow)]
    event_kind: Option<Text<'j>>,
    #[serde(default, borrow)]
    place: Option<Text<'j>>,
    #[serde(default, borrow)]
    incident: Option<Text<'j>>,
    #[serde(default, borrow)]
    counter: Option<Text<'j>>,
    #[serde(default)]
    window: Option<Window>,
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
        serde_json::from_slice(json)
    }

    pub(crate) fn document(&self) -> DocumentId {
        DocumentId(self.document.0)
    }

    pub(crate) fn corrects(&self) -> Option<ClaimId> {
        self.corrects.as_ref().map(|id| ClaimId(id.0))
    }

    pub(crate) fn fact(&self, symbols: &mut Symbols, publisher: Option<&str>, known_at: Instant) -> Fact {
        let figure = self.quantities.0.as_ref();
        let bounds = figure.map(|figure| servanda_model::Quantity {
            low: figure.low,
            best: figure.best,
            high: figure.high,
            ..servanda_model::Quantity::default()
        });
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
            earliest: self.when.map_or(Instant::MAX, |when| when.earliest),
            latest: self.when.map_or(Instant::MIN, |when| when.latest),
            window_start: self.window.map_or(Instant::MIN, |window| window.start),
            window_end: self.window.map_or(Instant::MIN, |window| window.end),
            low,
            best: bounds.and_then(|q| q.best).unwrap_or(low),
            high,
            event_kind: symbol(text(&self.event_kind)),
            speaker: symbol(text(&self.speaker)),
            origin: symbol(origin),
            publisher: symbol(publisher),
            place: symbol(text(&self.place)),
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
