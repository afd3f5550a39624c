//! What of a claim was read rightly? Compared on pairs of an annotated claim and a claim of the program.

use servanda_model::{AttributionRole, Claim, ClaimKind, Name, Number, Polarity};

use super::gold::{Gold, GoldClaim, GoldDate, GoldQuantity};
use super::names::Names;
use super::tokens::bag_f1;

/// How often a field was given, by whom, and how often both gave the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Given by both, the same.
    pub same: usize,
    /// Given by the analyst.
    pub gold: usize,
    /// Given by the program.
    pub read: usize,
}

impl Tally {
    /// F1 of what the program gave; where both always give a value this is the share that is right.
    pub(super) fn f1(self) -> Option<f64> {
        let n = self.gold + self.read;
        (n > 0).then(|| 2.0 * self.same as f64 / n as f64)
    }

    /// Share of the program's values that are right.
    pub(super) fn precision(self) -> Option<f64> {
        (self.read > 0).then(|| self.same as f64 / self.read as f64)
    }

    /// Share of the analyst's values that the program gave.
    pub(super) fn recall(self) -> Option<f64> {
        (self.gold > 0).then(|| self.same as f64 / self.gold as f64)
    }

    pub(super) fn add(&mut self, other: Tally) {
        self.same += other.same;
        self.gold += other.gold;
        self.read += other.read;
    }

    fn of(same: bool, gold: bool, read: bool) -> Tally {
        Tally { same: usize::from(same), gold: usize::from(gold), read: usize::from(read) }
    }

    /// Whether both gave the same.
    pub(super) fn is_right(self) -> bool {
        self.same == self.gold && self.same == self.read
    }
}

/// A field of a pair: its name, the tally, and both values in words.
pub(super) struct Compared {
    pub field: &'static str,
    pub tally: Tally,
    pub gold: String,
    pub read: String,
}

/// Names of the fields, in the order in which they are compared and shown.
pub(super) const FIELDS: &[&str] = &[
    "kind",
    "speaker",
    "chain",
    "actor",
    "target",
    "polarity",
    "negative",
    "modality",
    "tense",
    "condition",
    "commitment",
    "issue",
    "date",
    "quantity",
    "quote_type",
    "headline",
];

/// Compares every field of a pair.
pub(super) fn compare(gold: &Gold, claim: &GoldClaim, read: &Claim, names: &Names) -> Vec<Compared> {
    let (is_negative, reads_negative) =
        (claim.polarity == Polarity::Negative, read.polarity == Polarity::Negative);
    let (actors, targets) = participants(claim, read, names);
    vec![
        value("kind", &claim.kind, &read.kind),
        speaker(claim, read, names),
        chain(claim, read, names),
        actors,
        targets,
        value("polarity", &claim.polarity, &read.polarity),
        Compared {
            field: "negative",
            tally: Tally::of(is_negative && reads_negative, is_negative, reads_negative),
            gold: String::new(),
            read: String::new(),
        },
        value("modality", &claim.modality, &read.modality),
        value("tense", &claim.tense, &read.tense),
        condition(gold, claim, read),
        commitment(claim, read),
        issue(claim, read),
        date(claim.date.as_ref(), read),
        quantities(&claim.quantities, read),
        value("quote_type", &claim.quote_type, &read.quote_type),
        value("headline", &claim.headline, &read.headline),
    ]
}

/// How many values both give alike; tells apart claims that share their words.
pub(super) fn n_same(compared: &[Compared]) -> usize {
    compared.iter().map(|compared| compared.tally.same).sum()
}

/// A value of an enum as JSON writes it.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(other) => other.to_string(),
        Err(error) => error.to_string(),
    }
}

fn value<T: PartialEq + serde::Serialize>(field: &'static str, gold: &T, read: &T) -> Compared {
    Compared { field, tally: Tally::of(gold == read, true, true), gold: word(gold), read: word(read) }
}

fn speaker(claim: &GoldClaim, read: &Claim, names: &Names) -> Compared {
    let may_be_nobody = claim.may_be_nobody();
    let tally = match &read.speaker {
        None => Tally::of(false, !may_be_nobody, false),
        Some(speaker) if claim.speaker.iter().any(|name| names.same(name, speaker.as_str())) => {
            Tally::of(true, true, true)
        }
        Some(_) => Tally::of(false, !may_be_nobody, true),
    };
    let gold = if claim.speaker.is_empty() { "nobody".to_owned() } else { claim.speaker.join(" or ") };
    let read = read.speaker.as_ref().map_or("nobody".to_owned(), ToString::to_string);
    Compared { field: "speaker", tally, gold, read }
}

fn chain(claim: &GoldClaim, read: &Claim, names: &Names) -> Compared {
    let sources: Vec<&str> = read
        .attribution
        .iter()
        .filter(|link| link.role == AttributionRole::Source)
        .map(|link| link.name.as_str())
        .collect();
    let may_be_nobody = claim.may_have_no_source();
    let last_is_speaker = claim.chain.len() == 1
        && sources.len() == 1
        && claim.speaker.iter().any(|name| names.same(name, sources[0]));
    let same = last_is_speaker
        || (!sources.is_empty()
            && claim.chain.len() == sources.len()
            && claim.chain.iter().zip(&sources).all(|(gold, read)| names.same(gold, read)))
        || (claim.chain.is_empty()
            && sources.len() == 1
            && claim.speaker.iter().any(|name| names.same(name, sources[0])));
    let tally = match (same, sources.is_empty()) {
        (true, _) => Tally::of(true, true, true),
        (false, is_empty) => Tally::of(false, !may_be_nobody, !is_empty),
    };
    Compared { field: "chain", tally, gold: claim.chain.join(" > "), read: sources.join(" > ") }
}

/// Actors and those acted upon. Of a meeting everyone takes part alike, so there both lists are one.
fn participants(claim: &GoldClaim, read: &Claim, names: &Names) -> (Compared, Compared) {
    if claim.kind == ClaimKind::Meeting {
        let gold: Vec<&str> = claim.actors.iter().chain(&claim.targets).map(String::as_str).collect();
        let all: Vec<&Name> = read.actors.iter().chain(&read.targets).collect();
        return (list("actor", &gold, &all, names), list("target", &[], &[], names));
    }
    (
        list("actor", &borrowed(&claim.actors), &read.actors.iter().collect::<Vec<_>>(), names),
        list("target", &borrowed(&claim.targets), &read.targets.iter().collect::<Vec<_>>(), names),
    )
}

fn borrowed(list: &[String]) -> Vec<&str> {
    list.iter().map(String::as_str).collect()
}

fn list(field: &'static str, gold: &[&str], read: &[&Name], names: &Names) -> Compared {
    let mut left: Vec<&&Name> = read.iter().collect();
    let mut same = 0;
    for name in gold {
        if let Some(at) = left.iter().position(|read| names.same(name, read.as_str())) {
            left.remove(at);
            same += 1;
        }
    }
    let shown: Vec<&str> = read.iter().map(|name| name.as_str()).collect();
    let tally = Tally { same, gold: gold.len(), read: read.len() };
    Compared { field, tally, gold: gold.join(", "), read: shown.join(", ") }
}

fn condition(gold: &Gold, claim: &GoldClaim, read: &Claim) -> Compared {
    let words = claim.condition.as_ref().map(|condition| {
        (condition.sort, gold.text.get(condition.span[0]..condition.span[1]).unwrap_or_default())
    });
    let same = match (&words, &read.condition) {
        (Some((sort, words)), Some(read)) => *sort == read.sort && bag_f1(words, &read.text) >= 0.5,
        _ => false,
    };
    Compared {
        field: "condition",
        tally: Tally::of(same, words.is_some(), read.condition.is_some()),
        gold: words.map_or(String::new(), |(sort, words)| format!("{}: {}", word(&sort), short(words))),
        read: read
            .condition
            .as_ref()
            .map_or(String::new(), |read| format!("{}: {}", word(&read.sort), short(&read.text))),
    }
}

/// At most six words, so that a line stays a line.
pub(super) fn short(words: &str) -> String {
    short_to(6, words)
}

/// At most so many words.
pub(super) fn short_to(n_words: usize, words: &str) -> String {
    let mut all = words.split_whitespace();
    let first: Vec<&str> = all.by_ref().take(n_words).collect();
    first.join(" ") + if all.next().is_some() { " ..." } else { "" }
}

fn commitment(claim: &GoldClaim, read: &Claim) -> Compared {
    let same = read.commitment_level.is_some_and(|level| claim.commitment_level.contains(&level));
    let gold: Vec<String> = claim.commitment_level.iter().map(word).collect();
    Compared {
        field: "commitment",
        tally: Tally::of(same, !claim.commitment_level.is_empty(), read.commitment_level.is_some()),
        gold: gold.join(" or "),
        read: read.commitment_level.as_ref().map(word).unwrap_or_default(),
    }
}

/// The issue, compared where the analyst gave one.
fn issue(claim: &GoldClaim, read: &Claim) -> Compared {
    let same = read.issue.as_ref().is_some_and(|issue| claim.issue.iter().any(|name| name == issue.as_str()));
    let is_given = !claim.issue.is_empty();
    Compared {
        field: "issue",
        tally: Tally::of(same, is_given, is_given && read.issue.is_some()),
        gold: claim.issue.join(" or "),
        read: read.issue.as_ref().map(ToString::to_string).unwrap_or_default(),
    }
}

/// The days, compared at the ends that the analyst gave.
fn date(gold: Option<&GoldDate>, read: &Claim) -> Compared {
    let open = gold.is_some_and(GoldDate::is_open);
    let end = |gold: &Option<String>, read: &Option<String>| gold.is_none() || gold == read;
    let days = read.date.as_ref().filter(|date| date.start.is_some() || date.end.is_some());
    let same = match (gold, days) {
        (Some(gold), Some(read)) => end(&gold.start, &read.start) && end(&gold.end, &read.end),
        _ => false,
    };
    let show = |start: &Option<String>, end: &Option<String>| {
        format!("{}..{}", start.as_deref().unwrap_or_default(), end.as_deref().unwrap_or_default())
    };
    Compared {
        field: "date",
        tally: if open { Tally::default() } else { Tally::of(same, gold.is_some(), days.is_some()) },
        gold: gold.map_or(String::new(), |date| show(&date.start, &date.end)),
        read: days.map_or(String::new(), |date| show(&date.start, &date.end)),
    }
}

/// Quantities by their amounts: the amount itself where the analyst gave one, else the bounds.
fn quantities(gold: &[GoldQuantity], read: &Claim) -> Compared {
    let mut left: Vec<_> = read.quantities.iter().collect();
    let mut same = 0;
    for quantity in gold {
        let fits = |read: &servanda_model::Quantity| match quantity.best {
            Some(best) => read.best == Some(best),
            None => read.low == quantity.low && read.high == quantity.high,
        };
        if let Some(at) = left.iter().position(|read| fits(read)) {
            left.remove(at);
            same += 1;
        }
    }
    let show = |low: Option<Number>, best: Option<Number>, high: Option<Number>| {
        let word = |number: Option<Number>| number.map_or(String::new(), |number| number.to_string());
        best.map_or_else(|| format!("{}..{}", word(low), word(high)), |best| best.to_string())
    };
    let shown: Vec<String> = gold.iter().map(|given| show(given.low, given.best, given.high)).collect();
    let reads: Vec<String> =
        read.quantities.iter().map(|read| show(read.low, read.best, read.high)).collect();
    Compared {
        field: "quantity",
        tally: Tally { same, gold: gold.len(), read: read.quantities.len() },
        gold: shown.join(", "),
        read: reads.join(", "),
    }
}
