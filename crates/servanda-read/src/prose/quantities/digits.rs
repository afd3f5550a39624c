//! Numbers in digits: separators, decimals, powers, letters that multiply.

use super::number_words::{suffix, vulgar};
use crate::prose::ratio::Ratio;
use crate::prose::scan::{Gap, Scan};

/// Digits that make one number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Digits {
    pub(super) value: Ratio,
    /// One past the last piece.
    pub(super) end: usize,
    /// Whether it has a decimal part, a power or a fraction.
    pub(super) is_plain: bool,
    /// Whether it is written as a fraction.
    pub(super) is_fraction: bool,
}

/// Longest run of digits that is a number; more is an identifier.
const N_DIGITS_MAX: usize = 18;

pub(super) fn digits_at(scan: &Scan<'_>, ix: usize) -> Option<Digits> {
    if let Some((n, d)) = vulgar(scan.low(ix)) {
        return Some(Digits { value: Ratio::new(n, d)?, end: ix + 1, is_plain: false, is_fraction: true });
    }
    let (mut value, mut end, mut is_plain) = plain(scan, ix)?;
    let mut is_fraction = false;
    if let Some((multiplied, to)) = power(scan, value, end) {
        (value, end, is_plain) = (multiplied, to, false);
    } else if is_plain && let Some((whole, to)) = fraction(scan, ix, value, end) {
        (value, end, is_plain, is_fraction) = (whole, to, false, true);
    } else if let Some(by) = multiplier(scan, end) {
        (value, end) = (value.times(Ratio::whole(by))?, end + 1);
    }
    Some(Digits { value, end, is_plain, is_fraction })
}

/// A letter that multiplies: it touches the number, and what follows does not touch it.
fn multiplier(scan: &Scan<'_>, end: usize) -> Option<i128> {
    let by = suffix(scan.written(end))?;
    let touches = scan.touches(end);
    let stands_apart = !scan.touches(end + 1) || !(scan.is_word(end + 1) || scan.is_digits(end + 1));
    // Apart from the number only the letters that no unit has.
    let is_letter = matches!(scan.written(end), "k" | "K" | "G" | "M");
    (stands_apart && (touches || is_letter)).then_some(by)
}

/// Digits with separators: `1,234.5`, `1.234,5`, `12,34,567`, `1 234 567`, `.08`.
fn plain(scan: &Scan<'_>, ix: usize) -> Option<(Ratio, usize, bool)> {
    if scan.is(ix, ".") && scan.is_digits(ix + 1) && scan.touches(ix + 1) {
        let before = ix.checked_sub(1).is_some_and(|before| {
            scan.touches(ix) && (scan.is_digits(before) || scan.is_word(before) || scan.is(before, ")"))
        });
        return if before { None } else { decimals(scan, Ratio::ZERO, ix + 1).map(|(v, to)| (v, to, false)) };
    }
    if !scan.is_digits(ix) {
        return None;
    }
    let (groups, end) = groups(scan, ix);
    let mut all = String::new();
    groups.iter().for_each(|at| all.push_str(scan.low(*at)));
    if all.len() > N_DIGITS_MAX {
        return None;
    }
    let value = Ratio::whole(all.parse().ok()?);
    let mark = if groups.len() > 1 && scan.is(ix + 1, ".") { "," } else { "." };
    if is_joined(scan, end, mark) && !is_joined(scan, end + 2, mark) {
        return decimals(scan, value, end + 1).map(|(value, to)| (value, to, false));
    }
    // A comma before one or two digits is a decimal comma, unless a list goes on.
    if groups.len() == 1
        && is_joined(scan, end, ",")
        && !is_joined(scan, end + 2, ",")
        && scan.low(end + 1).len() <= 2
    {
        return decimals(scan, value, end + 1).map(|(value, to)| (value, to, false));
    }
    Some((value, end, true))
}

/// Whether this mark stands here, with digits after it, and all of it touches.
fn is_joined(scan: &Scan<'_>, ix: usize, mark: &str) -> bool {
    scan.is(ix, mark) && scan.touches(ix) && scan.is_digits(ix + 1) && scan.touches(ix + 1)
}

/// The pieces that are groups of one whole number, and one past the last.
fn groups(scan: &Scan<'_>, ix: usize) -> (Vec<usize>, usize) {
    let alone = (vec![ix], ix + 1);
    if scan.low(ix).len() > 3 {
        return alone;
    }
    for mark in [",", ".", "'", "\u{2019}"] {
        let mut found = vec![ix];
        let mut at = ix + 1;
        while is_joined(scan, at, mark) && matches!(scan.low(at + 1).len(), 2 | 3) && found.len() < 7 {
            found.push(at + 1);
            at += 2;
        }
        let (first, last) = (scan.low(ix), found.last().map_or("", |last| scan.low(*last)));
        let middle_ok = found[1..].iter().all(|group| scan.low(*group).len() == 3)
            || mark == "," && found.len() > 2 && first.len() <= 2 && {
                found[1..found.len() - 1].iter().all(|group| scan.low(*group).len() == 2)
            };
        let is_grouped = found.len() > 1 && last.len() == 3 && middle_ok && !first.starts_with('0');
        // One group after a point is a decimal part (4.800), unless a decimal comma follows.
        if is_grouped && (mark != "." || found.len() > 2 || is_joined(scan, at, ",")) {
            return (found, at);
        }
    }
    let mut found = vec![ix];
    while is_spaced_group(scan, ix + found.len()) && found.len() < 7 {
        found.push(ix + found.len());
    }
    let n = found.len();
    let is_number =
        n > 1 && !scan.low(ix).starts_with('0') && !(scan.is_digits(ix + n) && scan.touches(ix + n));
    if is_number { (found, ix + n) } else { alone }
}

/// Three digits after exactly one space of any width.
fn is_spaced_group(scan: &Scan<'_>, ix: usize) -> bool {
    let Some(piece) = scan.pieces.get(ix) else { return false };
    let before = &scan.text[scan.pieces[ix - 1].end..piece.start];
    scan.is_digits(ix)
        && scan.low(ix).len() == 3
        && piece.gap == Gap::Space
        && matches!(before, " " | "\u{a0}" | "\u{202f}" | "\u{2009}")
        && !(scan.is_word(ix + 1) && scan.touches(ix + 1))
}

fn decimals(scan: &Scan<'_>, whole: Ratio, ix: usize) -> Option<(Ratio, usize)> {
    let digits = scan.low(ix);
    if digits.len() > 15 {
        return None;
    }
    let part = Ratio::new(digits.parse().ok()?, 10_i128.pow(digits.len() as u32))?;
    Some((whole.plus(part)?, ix + 1))
}

/// `1e10`, `1.1^-23`.
fn power(scan: &Scan<'_>, value: Ratio, end: usize) -> Option<(Ratio, usize)> {
    let is_hat = scan.is(end, "^");
    if !(is_hat || scan.is(end, "e")) || !scan.touches(end) {
        return None;
    }
    let (mut at, mut is_negative) = (end + 1, false);
    while scan.is_any(at, &["+", "-"]) && scan.touches(at) && at < end + 3 {
        is_negative ^= scan.is(at, "-");
        at += 1;
    }
    let n = scan.digits(at, 2).filter(|_| scan.touches(at))? as i32;
    let n = if is_negative { -n } else { n };
    let raised = if is_hat { value.power(n)? } else { value.times(Ratio::whole(10).power(n)?)? };
    Some((raised, at + 1))
}

/// `3/4`, `2 1/4`: only where the first is smaller, which keeps dates and document numbers out.
fn fraction(scan: &Scan<'_>, ix: usize, value: Ratio, end: usize) -> Option<(Ratio, usize)> {
    let slash = |at: usize| {
        let is_one = is_joined(scan, at, "/")
            && !scan.is(at + 2, "/")
            && !(scan.is_word(at + 2) && scan.touches(at + 2));
        is_one.then(|| scan.digits(at + 1, 3)).flatten()
    };
    if let Some(below) = slash(end) {
        let after_slash = ix > 0 && scan.is(ix - 1, "/") && scan.touches(ix);
        let is_small = value < Ratio::whole(below.into()) && !after_slash;
        return is_small.then(|| value.over(Ratio::whole(below.into()))).flatten().map(|v| (v, end + 2));
    }
    if let Some((n, d)) = vulgar(scan.low(end)) {
        return Some((value.plus(Ratio::new(n, d)?)?, end + 1));
    }
    let above = scan.digits(end, 2).filter(|_| scan.gap(end) == Gap::Space)?;
    let below = slash(end + 1).filter(|below| above < *below)?;
    Some((value.plus(Ratio::new(above.into(), below.into())?)?, end + 3))
}
