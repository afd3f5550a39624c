//! One number where it stands: digits, words, both; fractions, decimals, dozens.

use super::digits::digits_at;
use super::number_words::{denominator, is_dozen, round_ordinal, scale, small, small_ordinal, tens};
use crate::prose::ratio::Ratio;
use crate::prose::scan::{Gap, Scan};

/// A number as it stands in the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NumberRead {
    /// Its value.
    pub(crate) value: Ratio,
    /// First piece.
    pub(crate) first: usize,
    /// One past the last piece.
    pub(crate) end: usize,
    /// Whether it has words.
    pub(crate) in_words: bool,
    /// Whether it is one run of digits without separators, as years, house numbers and names have it.
    pub(crate) is_bare_digits: bool,
    /// Whether it is a fraction ("two thirds", "a half").
    pub(crate) is_fraction: bool,
    /// The whole, of "27 out of 28" and "one in three".
    pub(crate) whole: Option<Ratio>,
}

/// The number that begins at this piece.
pub(crate) fn number_at(scan: &Scan<'_>, ix: usize) -> Option<NumberRead> {
    if let Some((sign_end, is_glued)) = negative_sign(scan, ix) {
        let number = unsigned(scan, sign_end, true)?;
        let is_first = ix == 0 || !scan.touches(ix) && (is_glued || !scan.is_digits(ix - 1));
        return is_first.then(|| NumberRead { value: number.value.negative(), first: ix, ..number });
    }
    unsigned(scan, ix, true)
}

/// The number that begins at this piece, which the word "and" ends: the first of "between X and Y".
pub(crate) fn number_before_and(scan: &Scan<'_>, ix: usize) -> Option<NumberRead> {
    unsigned(scan, ix, false)
}

/// "minus", "negative", or a hyphen that touches the number and nothing before.
fn negative_sign(scan: &Scan<'_>, ix: usize) -> Option<(usize, bool)> {
    if scan.is_any(ix, &["minus", "negative"]) {
        return Some((ix + 1, true));
    }
    let is_glued = scan.touches(ix + 1);
    let is_sign = scan.is_any(ix, &["-", "\u{2212}"]) && (is_glued || ix == 0);
    (is_sign && (scan.is_digits(ix + 1) || scan.is(ix + 1, "."))).then_some((ix + 1, is_glued))
}

fn unsigned(scan: &Scan<'_>, ix: usize, with_and: bool) -> Option<NumberRead> {
    let read = part_of_scale(scan, ix)
        .or_else(|| article_fraction(scan, ix))
        .or_else(|| cardinal(scan, ix, with_and))?;
    Some(whole_of(scan, point(scan, mixed(scan, fraction_of(scan, read, with_and), with_and))))
}

fn in_words(value: Ratio, first: usize, end: usize, is_fraction: bool) -> NumberRead {
    NumberRead { value, first, end, in_words: true, is_bare_digits: false, is_fraction, whole: None }
}

/// "half a dozen", "half a million", "a quarter million", "three quarters billion", "half".
fn part_of_scale(scan: &Scan<'_>, ix: usize) -> Option<NumberRead> {
    let at = if scan.is_any(ix, &["a", "an", "one"]) && scan.is_any(ix + 1, &["half", "quarter"]) {
        ix + 1
    } else {
        ix
    };
    let (n, d, at) = if scan.is(at, "half") {
        (1, 2, at + 1)
    } else if scan.is(at, "quarter") {
        (1, 4, at + 1)
    } else {
        let n = small(scan.low(ix)).filter(|n| (1..20).contains(n))?;
        let at = if scan.is_dash(ix + 1) { ix + 2 } else { ix + 1 };
        let (d, _) = denominator(scan.low(at)).filter(|(d, plural)| *plural && n < *d)?;
        (n, d, at + 1)
    };
    let at = scan
        .words(at, "of a")
        .or_else(|| scan.words(at, "of an"))
        .unwrap_or_else(|| scan.skip(at, &["a", "an"]));
    let by = scale(scan.low(at)).or_else(|| is_dozen(scan.low(at)).then_some(12))?;
    Some(in_words(Ratio::new(n, d)?.times(Ratio::whole(by))?, ix, at + 1, false))
}

/// "half of", "a half", "a third of", "a fifth". Before a noun "a third" counts and is no fraction.
fn article_fraction(scan: &Scan<'_>, ix: usize) -> Option<NumberRead> {
    if scan.is(ix, "half") {
        let is_amount = scan.is_any(ix + 1, &["of", "the", "a", "an", "its", "their", "his", "her"]);
        return is_amount.then(|| in_words(Ratio::new(1, 2).unwrap_or(Ratio::ONE), ix, ix + 1, true));
    }
    if !scan.is_any(ix, &["a", "an"]) {
        return None;
    }
    let (n, at) = match (scan.is(ix + 1, "hundred"), scale(scan.low(ix + 1))) {
        (true, _) => match scale(scan.low(ix + 2)) {
            Some(by) => (100 * by, ix + 3),
            None => (100, ix + 2),
        },
        (false, Some(by)) => (by, ix + 2),
        _ => (1, ix + 1),
    };
    let (d, is_plural, end) = ordinal_below(scan, at)?;
    let stands_alone =
        !scan.is_word(end) || scan.is_any(end, &["of", "in", "and", "is", "are", "were", "was"]);
    let fits = if n == 1 { !is_plural && stands_alone } else { is_plural };
    let value = Ratio::new(n, d).filter(|_| fits)?;
    Some(in_words(value, ix, end, true))
}

/// The number that a fraction is divided by, its plural, and one past it: "third", "quarters", "twenty-firsts".
fn ordinal_below(scan: &Scan<'_>, ix: usize) -> Option<(i128, bool, usize)> {
    if let Some(tens) = tens(scan.low(ix)) {
        let at = if scan.is_dash(ix + 1) { ix + 2 } else { ix + 1 };
        let word = scan.low(at);
        let unit = |word: &str| small_ordinal(word).filter(|n| *n < 10);
        return match unit(word) {
            Some(n) => Some((tens + n, false, at + 1)),
            None => word.strip_suffix('s').and_then(unit).map(|n| (tens + n, true, at + 1)),
        };
    }
    denominator(scan.low(ix)).map(|(d, plural)| (d, plural, ix + 1))
}

/// How a cardinal number stands so far.
#[derive(Default)]
struct Course {
    total: i128,
    current: Option<i128>,
    n_words: usize,
    last_scale: Option<i128>,
}

impl Course {
    /// Takes one more small number; `false` where it begins a number of its own.
    fn add(&mut self, n: i128) -> bool {
        let fits = match self.current {
            None => self.n_words == 0 || self.last_scale.is_some(),
            Some(so_far) if so_far % 100 == 0 && so_far > 0 => n > 0,
            Some(so_far) => n > 0 && n < 10 && so_far % 10 == 0 && so_far % 100 >= 20,
        };
        if fits {
            self.current = Some(self.current.unwrap_or(0) + n);
            self.n_words += 1;
        }
        fits
    }

    fn multiply(&mut self, by: i128) -> Option<()> {
        let is_smaller = self.last_scale.is_none_or(|last| by < last);
        match self.current.take() {
            Some(part) if is_smaller => self.total = self.total.checked_add(part.checked_mul(by)?)?,
            Some(part) => self.total = self.total.checked_add(part)?.checked_mul(by)?,
            None if self.total > 0 => self.total = self.total.checked_mul(by)?,
            None => self.total = by,
        }
        self.last_scale = Some(by);
        self.n_words += 1;
        Some(())
    }
}

/// A whole number in words or with words ("3 hundred and 21", "1.2 million"), or digits alone.
fn cardinal(scan: &Scan<'_>, ix: usize, with_and: bool) -> Option<NumberRead> {
    let mut course = Course::default();
    let mut at = ix;
    if scan.is_any(ix, &["a", "an"]) {
        let next = scan.low(ix + 1);
        if !(next == "hundred" || scale(next).is_some() || is_dozen(next)) {
            return None;
        }
        at = ix + 1;
        if next == "hundred" || is_dozen(next) {
            course.current = Some(1);
        }
    } else if let Some(digits) = digits_at(scan, ix) {
        let scaled = scale(scan.low(digits.end)).filter(|_| scan.gap(digits.end) < Gap::Blank);
        let is_hundred = scan.is(digits.end, "hundred") || is_dozen(scan.low(digits.end));
        let whole = digits.value.as_whole();
        if let (true, Some(whole)) = (scaled.is_some() || is_hundred, whole) {
            course.current = Some(whole.into());
            course.n_words = 1;
            at = digits.end;
        } else {
            let times = scaled.or_else(|| scan.is(digits.end, "hundred").then_some(100));
            return Some(NumberRead {
                value: times.map_or(Some(digits.value), |by| digits.value.times(Ratio::whole(by)))?,
                first: ix,
                end: digits.end + usize::from(times.is_some()),
                in_words: times.is_some(),
                is_bare_digits: digits.is_plain && digits.end == ix + 1,
                is_fraction: digits.is_fraction,
                whole: None,
            });
        }
    }
    let end = words(scan, at, &mut course, with_and);
    let value = course.total.checked_add(course.current.unwrap_or(0))?;
    (end > at && course.n_words > 0).then(|| in_words(Ratio::whole(value), ix, end, false))
}

/// Takes words as far as they make one number; one past the last.
fn words(scan: &Scan<'_>, from: usize, course: &mut Course, with_and: bool) -> usize {
    let mut end = from;
    for _ in 0..40 {
        let is_first = course.n_words == 0;
        let mut at = end;
        if !is_first && scan.is_dash(at) && scan.gap(at) < Gap::Blank {
            at += 1;
        }
        if !is_first && with_and && scan.is(at, "and") && may_join(course) {
            at += 1;
        }
        if !is_first && scan.gap(at) == Gap::Blank {
            break;
        }
        let word = scan.low(at);
        // A fraction that follows takes its own number with it.
        let starts_fraction = at > end && scan.is(at - 1, "and") && fraction_follows(scan, at);
        let taken = if let Some(n) = small(word).or_else(|| tens(word)) {
            !starts_fraction && course.add(n)
        } else if word == "hundred" || word == "hundreds" && course.n_words > 0 {
            course.n_words += 1;
            match course.current {
                Some(n) if n < 1000 => {
                    course.current = n.checked_mul(100);
                    true
                }
                None => course.add(100),
                _ => false,
            }
        } else if let Some(by) = scale(word) {
            at == end && course.multiply(by).is_some()
        } else if is_dozen(word) && !is_first || word == "dozen" && course.current.is_some() {
            let current = course.current.unwrap_or(1);
            course.current = Some(current - current % 100 + (current % 100) * 12);
            course.n_words += 1;
            end = at + 1;
            break;
        } else if at > end && scan.is_digits(at) && course.last_scale.is_some() | hundreds(course) {
            match scan.digits(at, 3).filter(|_| !scan.touches(at + 1)) {
                Some(n) => course.add(n.into()),
                None => false,
            }
        } else if at == end
            && !is_first
            && scan.is_digits(at)
            && course.last_scale.is_some()
            && is_scaled(scan, at)
        {
            scan.digits(at, 3).is_some_and(|n| course.add(n.into()))
        } else {
            false
        };
        if !taken {
            break;
        }
        end = at + 1;
    }
    end
}

fn hundreds(course: &Course) -> bool {
    course.current.is_some_and(|n| n >= 100 && n % 100 == 0)
}

fn is_scaled(scan: &Scan<'_>, ix: usize) -> bool {
    scan.is(ix + 1, "hundred") || scale(scan.low(ix + 1)).is_some()
}

/// Whether "and" can go on: after hundreds, thousands, or tens ("twenty and four").
fn may_join(course: &Course) -> bool {
    match course.current {
        None => course.last_scale.is_some(),
        Some(n) => n > 0 && (n % 100 == 0 || (20..100).contains(&n) && n % 10 == 0),
    }
}

/// Whether "three quarters", "a half", "one fifth" stand here.
fn fraction_follows(scan: &Scan<'_>, ix: usize) -> bool {
    let number_end = if scan.is_any(ix, &["a", "an", "one"]) {
        ix + 1
    } else if tens(scan.low(ix)).is_some() && scan.is_dash(ix + 1) && small(scan.low(ix + 2)).is_some() {
        ix + 3
    } else if small(scan.low(ix)).is_some_and(|n| n < 20) {
        ix + 1
    } else {
        ix
    };
    let at = if scan.is_dash(number_end) { number_end + 1 } else { number_end };
    ordinal_below(scan, at)
        .is_some_and(|(_, plural, _)| plural || scan.is_any(ix, &["a", "an", "one", "half", "quarter"]))
}

/// "two thirds", "one-eighth", "five eighths": a number and what it is divided by.
fn fraction_of(scan: &Scan<'_>, read: NumberRead, with_and: bool) -> NumberRead {
    let _ = with_and;
    if read.is_fraction || !read.in_words {
        return read;
    }
    let at = if scan.is_dash(read.end) { read.end + 1 } else { read.end };
    let Some((d, is_plural, end)) = ordinal_below(scan, at) else { return read };
    let is_one = read.value == Ratio::ONE;
    let fits = (is_plural && !is_one || is_one && !is_plural) && scan.gap(at) < Gap::Blank;
    match read.value.over(Ratio::whole(d)).filter(|_| fits) {
        Some(value) => NumberRead { value, end, is_fraction: true, ..read },
        None => read,
    }
}

/// "one and a half", "three million and a half", "twenty and three fifths".
fn mixed(scan: &Scan<'_>, read: NumberRead, with_and: bool) -> NumberRead {
    if read.is_fraction || !with_and || !scan.is(read.end, "and") {
        return read;
    }
    let at = read.end + 1;
    let (n, below) = if scan.is_any(at, &["half", "quarter"]) {
        (1, at)
    } else if scan.is_any(at, &["a", "an"]) {
        (1, at + 1)
    } else {
        let Some(part) = cardinal(scan, at, false).filter(|part| part.in_words) else { return read };
        let Some(n) = part.value.as_whole() else { return read };
        (i128::from(n), if scan.is_dash(part.end) { part.end + 1 } else { part.end })
    };
    let Some((d, is_plural, end)) = ordinal_below(scan, below) else { return read };
    let is_bare_half = scan.is_any(at, &["half", "quarter"]);
    if !(is_plural || n == 1) || n >= d || is_bare_half && scan.is_word(end) && !scan.is_any(end, &["of"]) {
        return read;
    }
    let last = scale(scan.low(read.end - 1)).unwrap_or(1);
    let (unit, end) = match scale(scan.low(end)) {
        Some(by) => (by, end + 1),
        None => (last, end),
    };
    let part = Ratio::new(n, d).and_then(|part| part.times(Ratio::whole(unit)));
    match part.and_then(|part| read.value.plus(part)) {
        Some(value) => NumberRead { value, end, in_words: true, is_fraction: last == 1, ..read },
        None => read,
    }
}

/// "two hundred point zero three".
fn point(scan: &Scan<'_>, read: NumberRead) -> NumberRead {
    if !read.in_words || !scan.is(read.end, "point") {
        return read;
    }
    let mut digits = String::new();
    let mut at = read.end + 1;
    while let Some(n) = small(scan.low(at)).filter(|n| *n < 10) {
        digits.push_str(&n.to_string());
        at += 1;
    }
    if digits.is_empty()
        && let Some(part) = cardinal(scan, at, false).filter(|part| part.in_words)
        && let Some(n) = part.value.as_whole()
    {
        digits = n.to_string();
        at = part.end;
    }
    let part = match digits.len() {
        1..=12 => digits.parse().ok().and_then(|n| Ratio::new(n, 10_i128.pow(digits.len() as u32))),
        _ => None,
    };
    match part.and_then(|part| read.value.plus(part)) {
        Some(value) => NumberRead { value, end: at, ..read },
        None => read,
    }
}

/// "27 out of 28", "one in three", "one over three".
fn whole_of(scan: &Scan<'_>, read: NumberRead) -> NumberRead {
    let at = if let Some(at) = scan.any_words(read.end, &["out of", "over"]) {
        at
    } else if read.value == Ratio::ONE && scan.is(read.end, "in") {
        read.end + 1
    } else {
        return read;
    };
    match cardinal(scan, at, true) {
        Some(whole) if read.value < whole.value || scan.is(read.end, "over") && read.is_bare_digits => {
            NumberRead { whole: Some(whole.value), end: whole.end, ..read }
        }
        _ => read,
    }
}

/// An ordinal number: its value and one past its last piece. "21st", "twenty-first", "one hundred twenty fifth".
pub(crate) fn ordinal_at(scan: &Scan<'_>, ix: usize) -> Option<(i64, usize)> {
    if let Some(n) = scan.digits(ix, 9) {
        let fits = scan.touches(ix + 1) && scan.is_any(ix + 1, &["st", "nd", "rd", "th"]);
        let ends = !(scan.touches(ix + 2) && (scan.is_word(ix + 2) || scan.is_digits(ix + 2)));
        return (fits && ends).then_some((n, ix + 2));
    }
    if let Some(n) = small_ordinal(scan.low(ix)).or_else(|| round_ordinal(scan.low(ix))) {
        return Some((i64::try_from(n).ok()?, ix + 1));
    }
    if !(small(scan.low(ix)).is_some() || tens(scan.low(ix)).is_some() || scan.is_any(ix, &["a", "hundred"]))
    {
        return None;
    }
    let (before, at) = match cardinal(scan, ix, true) {
        Some(before) => (before.value.as_whole()?, before.end),
        None if scan.is(ix, "a") => (1, ix + 1),
        None => return None,
    };
    let at = scan.skip(if scan.is_dash(at) { at + 1 } else { at }, &["and"]);
    let word = scan.low(at);
    if let Some(n) = small_ordinal(word).and_then(|n| i64::try_from(n).ok()) {
        let fits = n < 10 && before % 10 == 0 && before % 100 != 10 || before % 100 == 0;
        return fits.then_some((before + n, at + 1));
    }
    let n = i64::try_from(round_ordinal(word)?).ok()?;
    let value = if n >= 100 { before.checked_mul(n) } else { (before % 100 == 0).then_some(before + n) };
    value.map(|value| (value, at + 1))
}
