//! When? Days that words name or point to.
//!
//! Method, conventions and limits: docs/methods/dates-and-quantities.md.

mod calendar;
mod clock;
mod counted;
mod explicit;
mod holiday;
mod lengths;
mod month_day;
mod near;
mod open;
mod part;
mod point;
mod range;
mod relative;
mod timed;
mod weekday;
mod words;
mod years;

use servanda_model::{DateBasis, Span, Tense};

use super::scan::{Scan, Sort};
use super::{Calendar, DateFound};
pub use point::Convention;
use point::Reader;

/// The dates of a text, in its order, not overlapping; closed civil intervals.
///
/// Without a day of publication relative words, and days without a year, have no days: today's date is never used.
/// `lean` tells whether what is said at some bytes is past or planned: a weekday without modifier is the nearest such day
/// not after the day of publication, or not before it. Linear in the length of the text.
pub fn dates(text: &str, published: Option<Calendar>, lean: &dyn Fn(Span) -> Tense) -> Vec<DateFound> {
    dates_by(text, published, lean, Convention::Claims)
}

/// The same by another convention: for evaluations.
pub fn dates_by(
    text: &str,
    published: Option<Calendar>,
    lean: &dyn Fn(Span) -> Tense,
    convention: Convention,
) -> Vec<DateFound> {
    let scan = Scan::new(text);
    dates_in(&scan, published, lean, convention)
}

pub(crate) fn dates_in(
    scan: &Scan<'_>,
    published: Option<Calendar>,
    lean: &dyn Fn(Span) -> Tense,
    convention: Convention,
) -> Vec<DateFound> {
    let mut reader = Reader { scan, published, lean, convention, last_day: None };
    let mut found = Vec::new();
    let mut ix = 0;
    while ix < scan.pieces.len() {
        if scan.is_any(ix, &["every", "each", "any", "all"]) {
            ix = past_set(scan, ix);
            continue;
        }
        if !may_begin(scan, ix) {
            ix += 1;
            continue;
        }
        let Some(read) = range::found_at(&reader, ix) else {
            ix += 1;
            continue;
        };
        if read.point.grain == "day" && read.point.basis != DateBasis::None {
            reader.last_day = read.point.start().or(reader.last_day);
        }
        ix = read.point.end.max(ix + 1);
        found.push(date_found(scan, &read));
    }
    found
}

fn date_found(scan: &Scan<'_>, read: &range::Found) -> DateFound {
    let point = read.point;
    let ends = point.days.is_some();
    DateFound {
        span: scan.span(point.first, point.end),
        start: point.start().filter(|_| read.has_start),
        end: point.stop().filter(|_| read.has_end),
        basis: if ends || point.grain == "time" && point.seconds.is_some() {
            point.basis
        } else {
            DateBasis::None
        },
        seconds: point.seconds,
        granularity: point.grain,
        rule: point.rule,
    }
}

/// "every Tuesday", "each of the past five years": what recurs is no date. One past the recurring unit.
fn past_set(scan: &Scan<'_>, ix: usize) -> usize {
    let at = scan.skip(ix + 1, &["other", "single"]);
    let is_unit = words::Unit::of(scan.low(at)).is_some() || words::weekday(scan.low(at)).is_some();
    let is_part = clock::part_of_day(scan.low(at)).is_some() || words::month(scan.low(at)).is_some();
    if is_unit || is_part { at + 1 } else { ix + 1 }
}

/// Whether a date can begin with this piece: most words are passed over here.
fn may_begin(scan: &Scan<'_>, ix: usize) -> bool {
    let word = scan.low(ix);
    match scan.sort(ix) {
        Some(Sort::Digits) => true,
        Some(Sort::Word) => {
            words::month(word).is_some()
                || words::weekday(word).is_some()
                || matches!(
                    word,
                    "a" | "about"
                        | "after"
                        | "afternoon"
                        | "ahead"
                        | "an"
                        | "around"
                        | "as"
                        | "ash"
                        | "ascension"
                        | "at"
                        | "autumn"
                        | "before"
                        | "beginning"
                        | "between"
                        | "black"
                        | "boxing"
                        | "by"
                        | "christmas"
                        | "close"
                        | "coming"
                        | "couple"
                        | "current"
                        | "cyber"
                        | "day"
                        | "daytime"
                        | "earlier"
                        | "early"
                        | "earth"
                        | "easter"
                        | "effective"
                        | "end"
                        | "eod"
                        | "eom"
                        | "eoy"
                        | "ever"
                        | "evening"
                        | "fall"
                        | "father"
                        | "fathers"
                        | "few"
                        | "following"
                        | "for"
                        | "from"
                        | "good"
                        | "asap"
                        | "breakfast"
                        | "brunch"
                        | "business"
                        | "cy"
                        | "dinner"
                        | "dinnertime"
                        | "fewer"
                        | "final"
                        | "less"
                        | "longer"
                        | "lunch"
                        | "lunchtime"
                        | "midafternoon"
                        | "midmorning"
                        | "month"
                        | "more"
                        | "my"
                        | "nighttime"
                        | "now"
                        | "over"
                        | "otd"
                        | "recently"
                        | "right"
                        | "supper"
                        | "tmrw"
                        | "to"
                        | "under"
                        | "any"
                        | "another"
                        | "circa"
                        | "calendar"
                        | "previously"
                        | "greater"
                        | "h"
                        | "half"
                        | "halloween"
                        | "in"
                        | "independence"
                        | "international"
                        | "labor"
                        | "labour"
                        | "last"
                        | "late"
                        | "later"
                        | "martin"
                        | "memorial"
                        | "mid"
                        | "midday"
                        | "middle"
                        | "midnight"
                        | "mlk"
                        | "morning"
                        | "mother"
                        | "mothers"
                        | "new"
                        | "next"
                        | "night"
                        | "no"
                        | "noon"
                        | "not"
                        | "outset"
                        | "overnight"
                        | "palm"
                        | "past"
                        | "pentecost"
                        | "preceding"
                        | "previous"
                        | "prior"
                        | "q"
                        | "quarter"
                        | "recent"
                        | "remainder"
                        | "remaining"
                        | "rest"
                        | "saint"
                        | "same"
                        | "several"
                        | "since"
                        | "some"
                        | "spring"
                        | "st"
                        | "start"
                        | "starting"
                        | "summer"
                        | "thanksgiving"
                        | "that"
                        | "the"
                        | "this"
                        | "till"
                        | "tmr"
                        | "today"
                        | "tomorow"
                        | "tomorrow"
                        | "tonight"
                        | "tonite"
                        | "until"
                        | "up"
                        | "upcoming"
                        | "valentine"
                        | "valentines"
                        | "veterans"
                        | "w"
                        | "week"
                        | "weekend"
                        | "whit"
                        | "winter"
                        | "within"
                        | "xmas"
                        | "year"
                        | "yesterday"
                        | "nineties"
                        | "eighties"
                        | "seventies"
                        | "sixties"
                        | "fifties"
                        | "forties"
                        | "thirties"
                        | "twenties"
                )
                || super::quantities::number_words::small(word).is_some()
                || super::quantities::number_words::tens(word).is_some()
                || super::quantities::number_words::small_ordinal(word).is_some()
                || super::quantities::number_words::round_ordinal(word).is_some()
        }
        _ => false,
    }
}
