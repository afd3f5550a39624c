//! One amount: bounds, number or range, unit or noun, rate.

use servanda_model::Number;

use super::bounds::{Bound, bound_after, bound_before};
use super::core::{Core, core_at};
use super::noun::counted;
use super::number::{number_at, number_before_and, ordinal_at};
use super::units::{Unit, Units};
use crate::prose::QuantityFound;
use crate::prose::ratio::Ratio;
use crate::prose::scan::{Gap, Scan};

/// An amount as read, in pieces.
#[derive(Clone, Debug, Default)]
pub(super) struct Amount {
    first: usize,
    /// One past the last piece.
    pub(super) end: usize,
    number: (usize, usize),
    low: Option<Ratio>,
    best: Option<Ratio>,
    high: Option<Ratio>,
    approx: bool,
    unit: String,
    noun: Option<(usize, usize)>,
    per: Option<&'static str>,
    sort: &'static str,
    rule: &'static str,
}

impl Amount {
    /// In bytes and thousandths; `None` where no bound can be held.
    pub(super) fn quantity(self, scan: &Scan<'_>) -> Option<QuantityFound> {
        let number = |value: Option<Ratio>| -> Result<Option<Number>, ()> {
            value.map(|value| value.to_number().ok_or(())).transpose()
        };
        Some(QuantityFound {
            span: scan.span(self.first, self.end),
            number: scan.span(self.number.0, self.number.1),
            low: number(self.low).ok()?,
            best: number(self.best).ok()?,
            high: number(self.high).ok()?,
            approx: self.approx,
            unit: self.unit,
            noun: self.noun.map(|(first, end)| scan.span(first, end)),
            per: self.per,
            sort: self.sort,
            role: None,
            is_total: false,
            is_part: false,
            rule: self.rule,
        })
    }
}

/// The amount that begins at this piece.
pub(super) fn amount_at(scan: &Scan<'_>, ix: usize, units: &Units) -> Option<Amount> {
    let (bound, at) = match bound_before(scan, ix) {
        Some((bound, end)) => (Some(bound), end),
        None => (None, ix),
    };
    // "about at least": a second bound tells more than the first.
    let (bound, at) = match bound {
        Some(first) => bound_before(scan, at).map_or((Some(first), at), |(second, end)| {
            (Some(if second == Bound::Exactly { first } else { second }), end)
        }),
        None => (None, at),
    };
    let at = if bound.is_some() { scan.skip(at, &["the"]) } else { at };
    if bound.is_none()
        && let Some(ordinal) = ordinal(scan, ix)
    {
        return Some(ordinal);
    }
    let core = core_at(scan, at, units)?;
    if is_name(scan, core.first, core.end) {
        return None;
    }
    Some(complete(scan, ix, bound, core, units))
}

/// Digits that belong to a word ("MH17", "AK-74") or an address ("example.org/263026").
fn is_name(scan: &Scan<'_>, first: usize, end: usize) -> bool {
    let before = first > 0 && scan.touches(first) && {
        scan.is_word(first - 1)
            || scan.is_dash(first - 1) && first > 1 && scan.touches(first - 1) && scan.is_word(first - 2)
            || scan.is_any(first - 1, &["/", "_", "=", "#", "&"])
    };
    let after = scan.is_any(end, &["/", "_"]) && scan.touches(end) && scan.touches(end + 1);
    scan.is_digits(first) && (before || after)
}

fn ordinal(scan: &Scan<'_>, ix: usize) -> Option<Amount> {
    let (n, end) = ordinal_at(scan, ix)?;
    if number_at(scan, ix).is_some_and(|number| number.is_fraction) {
        return None;
    }
    let value = Some(Ratio::whole(n.into()));
    let noun = scan.is_word(end) && scan.gap(end) == Gap::Space;
    let (low, best, high) = (value, value, value);
    let unit = if noun { super::singular(scan.low(end)) } else { String::new() };
    let number = (ix, end);
    Some(Amount {
        first: ix,
        end,
        number,
        low,
        best,
        high,
        unit,
        sort: "ordinal",
        rule: "ordinal",
        ..Amount::default()
    })
}

/// Adds unit, noun, rate and bounds.
fn complete(scan: &Scan<'_>, ix: usize, bound: Option<Bound>, core: Core, units: &Units) -> Amount {
    let mut amount = Amount {
        first: ix,
        end: core.end,
        number: (core.first, core.end),
        low: core.low,
        best: core.best,
        high: core.high,
        approx: core.approx,
        rule: core.rule,
        sort: "count",
        ..Amount::default()
    };
    let mut bounds: Vec<Bound> = bound.into_iter().collect();
    if scan.is(amount.end, "+") && scan.touches(amount.end) {
        bounds.push(Bound::AtLeast);
        amount.end += 1;
    }
    if let Some((bound, end)) = bound_after(scan, amount.end) {
        bounds.push(bound);
        amount.end = end;
    }
    if let Some(money) = &core.money {
        amount.sort = "money";
        amount.unit = money.clone();
        // "$ 10 dollars": the unit said twice.
        if let Some((unit, end)) = units.after(scan, amount.end).filter(|(unit, _)| unit.sort == "money") {
            if unit.id != "cent" && unit.id != "pence" {
                amount.end = end;
            }
            if unit.id != "dollar" && unit.id != "cent" {
                amount.unit = unit.id.clone();
            }
        }
    } else if !unit_after(scan, &mut amount, units) {
        noun_after(scan, &mut amount, &core, units);
    }
    if let Some((bound, end)) = bound_after(scan, amount.end) {
        bounds.push(bound);
        amount.end = end;
    }
    rate_after(scan, &mut amount, units);
    let is_count = matches!(amount.sort, "count" | "rank");
    bounds.into_iter().for_each(|bound| bound_by(&mut amount, bound, is_count));
    if amount.low.is_none() && amount.high.is_none() && !amount.approx {
        (amount.low, amount.high) = (amount.best, amount.best);
    }
    amount
}

fn bound_by(amount: &mut Amount, bound: Bound, is_count: bool) {
    // Of a range or a vague number a bound says nothing that its own bounds do not say.
    let Some(n) = amount.best.or(amount.low.filter(|_| amount.high.is_none())) else {
        amount.approx |= matches!(bound, Bound::About | Bound::Almost);
        return;
    };
    let step = |by: i128| {
        if is_count && n.is_whole() { n.plus(Ratio::whole(by)) } else { Some(n) }
    };
    match bound {
        Bound::AtLeast => (amount.low, amount.best, amount.high) = (Some(n), None, None),
        Bound::Above => (amount.low, amount.best, amount.high) = (step(1), None, None),
        Bound::AtMost => (amount.low, amount.best, amount.high) = (None, None, Some(n)),
        Bound::Below => (amount.low, amount.best, amount.high) = (None, None, step(-1)),
        Bound::About => amount.approx = true,
        Bound::Almost => (amount.approx, amount.high) = (true, Some(n)),
        Bound::Exactly => {}
    }
}

/// Takes the unit after the number; `false` where there is none.
fn unit_after(scan: &Scan<'_>, amount: &mut Amount, units: &Units) -> bool {
    let mut at = amount.end;
    // "20 [kg]", and the hyphen of "60-year-old", "a 10 -day truce".
    let bracket = scan.is_any(at, &["[", "{", "<"]).then(|| match scan.low(at) {
        "[" => "]",
        "{" => "}",
        _ => ">",
    });
    let is_hyphen = scan.is_dash(at) && scan.touches(at + 1) && scan.is_word(at + 1);
    if bracket.is_some() || is_hyphen {
        at += 1;
    }
    if scan.gap(at) == Gap::Blank {
        return false;
    }
    // "30 MUSD": letters that multiply and a currency in one word.
    let millions = scan.written(at).strip_prefix('M').filter(|code| code.len() == 3 && code.is_ascii());
    if let Some(unit) =
        millions.and_then(|code| units.of_id(&code.to_lowercase())).filter(|unit| unit.sort == "money")
    {
        let by = |value: Option<Ratio>| value.and_then(|value| value.times(Ratio::whole(1_000_000)));
        (amount.low, amount.best, amount.high) = (by(amount.low), by(amount.best), by(amount.high));
        (amount.end, amount.sort, amount.unit) = (at + 1, "money", unit.id.clone());
        return true;
    }
    let at = if bracket.is_none() && !is_hyphen {
        scan.skip(at, &["more", "additional", "further", "consecutive"])
    } else {
        at
    };
    let Some((unit, end)) = units.after(scan, at) else { return false };
    if let Some(close) = bracket
        && !scan.is(end, close)
    {
        return false;
    }
    if scan.is_word(end) && scan.touches(end) || scan.is_digits(end) && scan.touches(end) {
        return false;
    }
    // Single letters are units only where they touch the number or end the phrase ("5 m deep", not "5 s. Y").
    amount.end = end + usize::from(bracket.is_some());
    amount.unit = unit.id.clone();
    amount.sort = match unit.sort.as_str() {
        "duration" => "duration",
        "percent" => "percent",
        "money" => "money",
        _ => "measure",
    };
    parts(scan, amount, unit, units);
    if amount.sort == "duration" {
        and_a_half(scan, amount);
        age(scan, amount);
    }
    true
}

/// "5 feet 2 inches", "3 dollars and 50 cents".
fn parts(scan: &Scan<'_>, amount: &mut Amount, unit: &Unit, units: &Units) {
    let Some(parts) = &unit.parts else { return };
    let at = scan.skip(amount.end, &["and"]);
    let Some(number) = number_before_and(scan, at).filter(|_| scan.gap(at) == Gap::Space) else { return };
    let is_small = number.value < Ratio::whole(parts.n.into());
    let end = match units.after(scan, number.end) {
        Some((smaller, end)) if smaller.id == parts.id || parts.n == 100 && smaller.id == "cent" => end,
        _ if parts.id == "inch" && scan.is(number.end, "in") => number.end + 1,
        _ => return,
    };
    let part = number.value.over(Ratio::whole(parts.n.into()));
    if let (true, Some(sum)) = (is_small, part.and_then(|part| amount.best?.plus(part))) {
        amount.best = Some(sum);
        amount.end = end;
    }
}

/// "one hour and a half", "a year and a quarter".
fn and_a_half(scan: &Scan<'_>, amount: &mut Amount) {
    let at = scan.skip(amount.end, &["and"]);
    let at = if at > amount.end { scan.skip(at, &["a"]) } else { return };
    let d = match scan.low(at) {
        "half" => 2,
        "quarter" => 4,
        _ => return,
    };
    if let Some(sum) = amount.best.and_then(|best| best.plus(Ratio::new(1, d)?)) {
        amount.best = Some(sum);
        amount.end = at + 1;
    }
}

/// "60-year-old", "aged 60 years".
fn age(scan: &Scan<'_>, amount: &mut Amount) {
    let at = if scan.is_dash(amount.end) { amount.end + 1 } else { amount.end };
    if scan.is(at, "old") {
        amount.end = at + 1;
        amount.sort = "age";
        amount.rule = "age";
    }
}

/// Words before a number that make it a name's part: "Resolution 2803", "Phase 2", "No. 4".
const RANKED: &[&str] = &[
    "phase",
    "resolution",
    "article",
    "annex",
    "chapter",
    "paragraph",
    "section",
    "page",
    "room",
    "route",
    "highway",
    "zone",
    "group",
    "level",
    "category",
    "channel",
    "figure",
    "table",
    "no",
    "nos",
    "number",
    "division",
    "brigade",
    "point",
    "step",
    "part",
    "version",
    "volume",
    "protocol",
    "line",
    "sector",
    "report",
    "reports",
    "nr",
    "item",
    "option",
    "clause",
    "flight",
    "road",
    "gate",
    "block",
    "stage",
    "tier",
];

fn noun_after(scan: &Scan<'_>, amount: &mut Amount, core: &Core, units: &Units) {
    let before = core.first.checked_sub(1).map(|at| if scan.is(at, ".") { at.saturating_sub(1) } else { at });
    let is_ranked =
        before.is_some_and(|at| RANKED.contains(&scan.low(at)) && scan.gap(core.first) < Gap::Blank);
    // "phase two", "article four": in words only where nothing that can be counted follows.
    let is_word_rank = is_ranked
        && core.rule == "number:words"
        && amount.first == core.first
        && core.end == core.first + 1
        && !(scan.is_word(core.end) && scan.low(core.end).ends_with('s') && scan.low(core.end).len() > 3);
    if is_word_rank {
        (amount.sort, amount.rule) = ("rank", "rank");
        return;
    }
    if core.is_bare_digits && amount.first == core.first {
        if is_ranked {
            (amount.sort, amount.rule) = ("rank", "rank");
            return;
        }
        if is_year(scan, core) {
            (amount.sort, amount.rule) = ("year", "year");
            return;
        }
    }
    let mut at = amount.end;
    if scan.is_dash(at) && scan.touches(at) && scan.touches(at + 1) {
        // "20-point plan", "two-state solution": a part of a name; "a 40-strong team" counts people.
        let is_people = scan.is_any(at + 1, &["strong", "member", "person", "man"]);
        if is_people {
            amount.end = at + 2;
            amount.unit = "person".to_owned();
            return;
        }
        if scan.is_word(at + 1) && !scan.low(at + 1).ends_with('s') && scan.gap(at + 2) == Gap::Space {
            (amount.sort, amount.rule) = ("rank", "compound");
            return;
        }
        at += 1;
    }
    at = scan.skip(at, &["more", "of"]);
    at = scan.skip(at, &["the", "its", "their", "these", "those", "all", "further", "additional", "other"]);
    let is_one = amount.best == Some(Ratio::ONE) && !core.is_fraction;
    // A number glued to letters is an identifier, whatever the letters are.
    if scan.touches(at) && scan.is_word(at) && at == core.end {
        return;
    }
    if scan.gap(at) == Gap::Blank || scan.sort(at).is_none() {
        return;
    }
    let Some(noun) = counted(scan, at, is_one, units) else {
        if core.is_fraction {
            amount.sort = "share";
        }
        return;
    };
    amount.noun = Some((noun.first, noun.end));
    amount.end = noun.end;
    amount.unit = noun.unit;
    if core.is_fraction {
        amount.sort = "share";
    }
}

fn is_year(scan: &Scan<'_>, core: &Core) -> bool {
    let is_four = scan.low(core.first).len() == 4 && core.end == core.first + 1;
    let in_range = core.best.is_some_and(|n| n >= Ratio::whole(1800) && n < Ratio::whole(2100));
    let led = core
        .first
        .checked_sub(1)
        .is_some_and(|at| scan.is_any(at, &["in", "since", "by", "until", "of", "from"]));
    is_four && in_range && led
}

/// "a day", "per week", "each month", "daily".
fn rate_after(scan: &Scan<'_>, amount: &mut Amount, units: &Units) {
    let _ = units;
    let end = amount.end;
    let (at, word) = match scan.low(end) {
        "a" | "an" | "per" | "each" | "every" | "/" => (end + 1, scan.low(end + 1)),
        "daily" | "weekly" | "monthly" | "hourly" | "annually" | "yearly" => (end, scan.low(end)),
        _ => {
            if amount.first > 0 && scan.is_any(amount.first.saturating_sub(1), &["daily"]) {
                amount.per = Some("day");
            }
            return;
        }
    };
    amount.per = Some(match word {
        "hour" | "hourly" => "hour",
        "day" | "daily" => "day",
        "week" | "weekly" => "week",
        "month" | "monthly" => "month",
        "year" | "yearly" | "annually" | "annum" => "year",
        _ => return,
    });
    amount.end = at + 1;
}
