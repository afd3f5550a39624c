//! Words that bound a number, or make it vague.

use crate::prose::scan::Scan;

/// What words around a number say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// "at least": the number or more.
    AtLeast,
    /// "more than": more than the number.
    Above,
    /// "up to": the number or less.
    AtMost,
    /// "fewer than": less than the number.
    Below,
    /// "about": near the number.
    About,
    /// "almost": near the number and not above it.
    Almost,
    /// "exactly", "only", "a total of": the number itself.
    Exactly,
}

use Bound::{About, Above, Almost, AtLeast, AtMost, Below, Exactly};

/// Phrases before a number; longer ones before those that begin them.
const BEFORE: &[(&str, Bound)] = &[
    ("at least", AtLeast),
    ("no fewer than", AtLeast),
    ("not fewer than", AtLeast),
    ("no less than", AtLeast),
    ("not less than", AtLeast),
    ("a minimum of", AtLeast),
    ("minimum of", AtLeast),
    ("minimum", AtLeast),
    ("upwards of", AtLeast),
    ("upward of", AtLeast),
    ("more than", Above),
    ("greater than", Above),
    ("in excess of", Above),
    ("well over", Above),
    ("just over", Above),
    ("over", Above),
    ("above", Above),
    ("exceeding", Above),
    ("north of", Above),
    ("no more than", AtMost),
    ("not more than", AtMost),
    ("at most", AtMost),
    ("at the most", AtMost),
    ("up to", AtMost),
    ("as many as", AtMost),
    ("as much as", AtMost),
    ("a maximum of", AtMost),
    ("maximum of", AtMost),
    ("maximum", AtMost),
    ("fewer than", Below),
    ("less than", Below),
    ("under", Below),
    ("below", Below),
    ("just under", Below),
    ("almost", Almost),
    ("nearly", Almost),
    ("close to", Almost),
    ("about", About),
    ("around", About),
    ("approximately", About),
    ("approx .", About),
    ("approx", About),
    ("roughly", About),
    ("circa", About),
    ("some", About),
    ("an estimated", About),
    ("estimated", About),
    ("an average of", About),
    ("~", About),
    ("≈", About),
    ("exactly", Exactly),
    ("precisely", Exactly),
    ("only", Exactly),
    ("a total of", Exactly),
    ("a further", Exactly),
    ("a record", Exactly),
    ("an additional", Exactly),
    ("another", Exactly),
];

/// The bound that begins here, and one past its words.
pub(super) fn bound_before(scan: &Scan<'_>, ix: usize) -> Option<(Bound, usize)> {
    // Each phrase begins with one of few letters: most words are decided here.
    if !scan.low(ix).starts_with([
        'a', 'n', 'm', 'u', 'g', 'i', 'w', 'j', 'o', 'e', 'f', 'l', 'b', 'c', 'r', 's', 'p', '~', '≈',
    ]) {
        return None;
    }
    // "no more than" must not be read as "more than" one word later: the first word decides.
    BEFORE.iter().find_map(|(words, bound)| scan.words(ix, words).map(|end| (*bound, end)))
}

/// Phrases after a number or its unit.
const AFTER: &[(&str, Bound)] = &[
    ("or more", AtLeast),
    ("and more", AtLeast),
    ("or over", AtLeast),
    ("and above", AtLeast),
    ("or above", AtLeast),
    ("or fewer", AtMost),
    ("or less", AtMost),
    ("or below", AtMost),
    ("or so", About),
];

/// The bound that ends here, and one past its words.
pub(super) fn bound_after(scan: &Scan<'_>, ix: usize) -> Option<(Bound, usize)> {
    AFTER.iter().find_map(|(words, bound)| scan.words(ix, words).map(|end| (*bound, end)))
}

/// A number that only words of size give.
#[derive(Clone, Copy, Debug)]
pub(super) struct Vague {
    /// Smallest count that the words are taken to allow.
    pub(super) low: i64,
    /// The count itself, of "a couple".
    pub(super) best: Option<i64>,
    /// Pieces of the number words.
    pub(super) end: usize,
    /// Whether "of" followed and was taken.
    pub(super) rule: &'static str,
}

fn size(word: &str) -> Option<i64> {
    Some(match word {
        "dozen" | "dozens" => 12,
        "hundred" | "hundreds" => 100,
        "thousand" | "thousands" => 1_000,
        "million" | "millions" => 1_000_000,
        "billion" | "billions" => 1_000_000_000,
        "trillion" | "trillions" => 1_000_000_000_000,
        _ => return None,
    })
}

/// "several", "a few", "dozens of", "tens of thousands of".
pub(super) fn vague_at(scan: &Scan<'_>, ix: usize) -> Option<Vague> {
    let (low, best, end, rule) = match scan.low(ix) {
        "several" => (2, None, ix + 1, "vague:several"),
        "a" if scan.is(ix + 1, "few") => (2, None, ix + 2, "vague:a-few"),
        "few" if size(scan.low(ix + 1)).is_some() => (2, None, ix + 1, "vague:few"),
        "a" if scan.is(ix + 1, "couple") => (2, Some(2), ix + 2, "vague:couple"),
        "couple" => (2, Some(2), ix + 1, "vague:couple"),
        "scores"
            if scan.is_any(ix + 1, &["of", "more"])
                || scan.is_any(ix + 1, &["killed", "injured", "wounded"]) =>
        {
            (40, None, ix + 1, "vague:scores")
        }
        "tens" if scan.is(ix + 1, "of") && size(scan.low(ix + 2)).is_some() => {
            let by = size(scan.low(ix + 2))?;
            return Some(Vague {
                low: 20 * by,
                best: None,
                end: skip_of(scan, ix + 3),
                rule: "vague:tens-of",
            });
        }
        word @ ("dozens" | "hundreds" | "thousands" | "millions" | "billions") => {
            let by = size(word)?;
            let more = scan.is(ix + 1, "of").then(|| size(scan.low(ix + 2))).flatten();
            let (by, end) = match more.and_then(|more| by.checked_mul(more)) {
                Some(product) => (product, ix + 3),
                None => (by, ix + 1),
            };
            return Some(Vague { low: 2 * by, best: None, end: skip_of(scan, end), rule: "vague:plural" });
        }
        _ => return None,
    };
    let end = if best.is_some() { skip_of(scan, end) } else { end };
    match size(scan.low(end)) {
        Some(by) => {
            Some(Vague { low: low * by, best: best.map(|n| n * by), end: skip_of(scan, end + 1), rule })
        }
        None => Some(Vague { low, best, end: skip_of(scan, end), rule }),
    }
}

fn skip_of(scan: &Scan<'_>, ix: usize) -> usize {
    // "several of the hostages" counts a part of them; "dozens of trucks" counts trucks: both words go with the number.
    scan.skip(ix, &["of"])
}
