//! Conditions, amounts, dates and lengths of time.

use std::fmt::Write;

use servanda_model::{Number, Span};

use super::cursor::Cursor;
use crate::lexer::TokenSort;
use crate::messages;
use crate::syntax::{AmountWord, Condition, ConditionSort, DateWord, NumberWord};
use crate::{Date, Duration, DurationUnit};

/// How deep `DUR after DUR after ...` may go.
const MAX_DEPTH: usize = 16;
/// Largest number, exclusive; below it JSON keeps every thousandth.
const MAX_NUMBER: Number = Number::whole(1_000_000_000_000);
const MAX_HOURS: u64 = 24 * 36_525;

/// Reads `COND and COND ...` or `COND or COND ...`.
pub(super) fn condition(cursor: &mut Cursor) -> Option<Condition> {
    let from = cursor.here();
    let first = atom(cursor, 0)?;
    let Some(joint) = cursor.peek_word().filter(|word| matches!(*word, "and" | "or")) else {
        return Some(first);
    };
    let mut conditions = vec![first];
    while let Some(word) = cursor.peek_word().filter(|word| matches!(*word, "and" | "or")) {
        if word != joint {
            let (_, rest) = cursor.rest();
            return cursor.fail(messages::and_or_mixed(), from.to(rest));
        }
        cursor.skip(1);
        conditions.push(atom(cursor, 0)?);
    }
    let sort =
        if joint == "and" { ConditionSort::All { conditions } } else { ConditionSort::Any { conditions } };
    Some(Condition { sort, span: cursor.since(from) })
}

fn atom(cursor: &mut Cursor, depth: usize) -> Option<Condition> {
    let from = cursor.here();
    if depth > MAX_DEPTH {
        return cursor.fail(messages::too_deep(MAX_DEPTH), from);
    }
    let Some(word) = cursor.peek_word() else { return cursor.expected("a condition") };
    let sort = match word {
        "fulfilled" | "breached" | "established" | "count" => {
            cursor.skip(1);
            match word {
                "fulfilled" => ConditionSort::Fulfilled { provision: cursor.name("a provision")? },
                "breached" => ConditionSort::Breached { provision: cursor.name("a provision")? },
                "established" => ConditionSort::Established { body: cursor.name("a body")? },
                _ => {
                    let kind = cursor.name("a kind")?;
                    cursor.expect("at")?;
                    cursor.expect("least")?;
                    ConditionSort::Count { kind, at_least: amount(cursor)? }
                }
            }
        }
        _ if starts_number(word) => match cursor.word_at(1) {
            Some(unit) if is_unit(unit) || unit == "after" => {
                let duration = duration(cursor)?;
                cursor.expect("after")?;
                ConditionSort::After { duration, condition: Box::new(atom(cursor, depth + 1)?) }
            }
            _ => ConditionSort::On { date: date(cursor)? },
        },
        _ => {
            let name = cursor.name("a condition")?;
            let by = if cursor.eat("by") { Some(cursor.name("a party")?) } else { None };
            ConditionSort::Named { name, by }
        }
    };
    Some(Condition { sort, span: cursor.since(from) })
}

/// Whether a word is meant as a number or date: it begins with a digit of any script, or a sign before one.
fn starts_number(word: &str) -> bool {
    let mut signs = word.chars().skip_while(|c| matches!(c, '-' | '+' | '.' | '\u{2212}'));
    signs.next().is_some_and(|c| digit(c).is_some())
}

/// The value of a decimal digit of the scripts in which agreements are written.
fn digit(c: char) -> Option<u32> {
    const ZEROS: [char; 6] = ['0', '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{ff10}'];
    ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(u32::from(*zero)).filter(|value| *value < 10))
}

fn plain_digits(word: &str) -> String {
    word.chars().map(|c| digit(c).and_then(|value| char::from_digit(value, 10)).unwrap_or(c)).collect()
}

/// Reads a number, or the name of one.
pub(super) fn amount(cursor: &mut Cursor) -> Option<AmountWord> {
    match cursor.peek_word() {
        Some(word) if starts_number(word) => number(cursor).map(AmountWord::Fixed),
        Some("at") | None => cursor.expected("a number"),
        Some(_) => cursor.name("a number").map(AmountWord::Named),
    }
}

/// Reads a number, with or without thousands separators, which are reported.
pub(super) fn number(cursor: &mut Cursor) -> Option<NumberWord> {
    let from = cursor.here();
    let Some(word) = cursor.peek_word() else { return cursor.expected("a number") };
    cursor.skip(1);
    let mut digits = plain_digits(word);
    let other_script = digits != word;
    let mut separated = false;
    if digits.chars().any(|c| matches!(c, '\'' | '_' | '\u{2019}' | '\u{66c}')) && grouped(&digits) {
        digits.retain(|c| c.is_ascii_digit() || c == '.');
        separated = true;
    }
    while let Some((group, tokens)) = next_group(cursor, &digits) {
        if group.is_empty() {
            cursor.skip(tokens);
            let span = cursor.since(from);
            let shown = cursor.raw(span);
            return cursor.fail(messages::bad_number(shown), span);
        }
        digits.push_str(&group);
        cursor.skip(tokens);
        separated = true;
    }
    let span = cursor.since(from);
    let shown = cursor.raw(span);
    let number = digits
        .parse::<Number>()
        .ok()
        .filter(|number| digits.starts_with(|c: char| c.is_ascii_digit()) && *number < MAX_NUMBER);
    let Some(number) = number else { return cursor.fail(messages::bad_number(shown), span) };
    if separated {
        cursor.remark(messages::separators(shown, &number.to_string()), span);
    } else if other_script {
        cursor.remark(messages::other_digits(shown, &number.to_string()), span);
    }
    Some(NumberWord { number, span })
}

/// Whether signs stand between groups of three digits.
fn grouped(digits: &str) -> bool {
    let whole = digits.split('.').next().unwrap_or_default();
    let mut groups = whole.split(|c: char| !c.is_ascii_digit());
    groups.next().is_some_and(|first| (1..=3).contains(&first.len())) && groups.all(|group| group.len() == 3)
}

/// A further group of three digits after a comma without space (`4,200`) or after a space (`4 200`), with the
/// number of its tokens; an empty group where the digits after the comma are not three (`4,5`).
fn next_group(cursor: &Cursor, digits: &str) -> Option<(String, usize)> {
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let next = cursor.peek()?;
    let is_comma = next.sort == TokenSort::Comma;
    let word = plain_digits(cursor.word_at(usize::from(is_comma))?);
    let whole = word.split('.').next().unwrap_or_default();
    let three = whole.len() == 3 && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if is_comma {
        // After `4` comes a kind, never a comma: whatever follows is part of the number.
        let glued = cursor.peek_at(1)?.span.start == next.span.end;
        return (glued && starts_number(&word)).then(|| (if three { word } else { String::new() }, 2));
    }
    three.then_some((word, 1))
}

/// Reads a whole number below 10^9.
pub(super) fn whole(cursor: &mut Cursor) -> Option<u32> {
    let Some(word) = cursor.peek_word() else { return cursor.expected("a whole number") };
    let span = cursor.here();
    match word.parse::<u32>() {
        Ok(n) if n < 1_000_000_000 && word.bytes().all(|byte| byte.is_ascii_digit()) => {
            cursor.skip(1);
            Some(n)
        }
        _ => cursor.fail(messages::bad_whole(word), span),
    }
}

fn is_unit(word: &str) -> bool {
    unit_of(word).is_some() || word == "calendar" || days_of(word).is_some()
}

fn unit_of(word: &str) -> Option<DurationUnit> {
    match word {
        "hour" | "hours" => Some(DurationUnit::Hours),
        "day" | "days" => Some(DurationUnit::Days),
        "week" | "weeks" => Some(DurationUnit::Weeks),
        _ => None,
    }
}

/// Days that one usually means by a unit without length.
fn days_of(word: &str) -> Option<u32> {
    match word {
        "month" | "months" => Some(30),
        "year" | "years" => Some(365),
        _ => None,
    }
}

/// Reads a length of time.
pub(super) fn duration(cursor: &mut Cursor) -> Option<Duration> {
    let from = cursor.here();
    let Some(word) = cursor.peek_word() else { return cursor.expected("a length of time") };
    let unit_word = cursor.word_at(1).unwrap_or("");
    let plain = plain_digits(word);
    let n = plain.parse::<u32>().ok().filter(|_| plain.bytes().all(|byte| byte.is_ascii_digit()));
    if let Some(days) = days_of(unit_word) {
        cursor.skip(2);
        let span = cursor.since(from);
        let shown = cursor.raw(span);
        let days = n.and_then(|n| n.checked_mul(days));
        return cursor.fail(messages::months(shown, days), span);
    }
    let calendar = unit_word == "calendar" && matches!(cursor.word_at(2), Some("day" | "days"));
    let unit = if calendar { Some(DurationUnit::CalendarDays) } else { unit_of(unit_word) };
    let other_days = matches!(cursor.word_at(2), Some("day" | "days"));
    let tokens =
        if unit_word.is_empty() { 1 } else { 2 + usize::from(other_days && unit_of(unit_word).is_none()) };
    let is_word_of_time = unit.is_some() || unit_word == "calendar";
    cursor.skip(if n.is_some() || is_word_of_time { tokens } else { 1 });
    let span = cursor.since(from);
    let shown = cursor.raw(span);
    let (Some(n), Some(unit)) = (n, unit) else { return cursor.fail(messages::bad_duration(shown), span) };
    if plain != word {
        cursor.remark(messages::other_digits(word, &plain), from);
    }
    let duration = Duration { n, unit };
    if duration.hours() > MAX_HOURS {
        return cursor.fail(messages::duration_bounds(shown), span);
    }
    Some(duration)
}

/// Reads a date with or without time.
pub(super) fn date(cursor: &mut Cursor) -> Option<DateWord> {
    let from = cursor.here();
    let Some(word) = cursor.peek_word() else { return cursor.expected("a date") };
    cursor.skip(1);
    let plain = plain_digits(word);
    let (day, mut time) = match plain.split_once('T') {
        Some((day, time)) => (day.to_owned(), Some(time.to_owned())),
        None => (plain.clone(), None),
    };
    let mut date = calendar_day(cursor, word, &day, from)?;
    if time.is_none() {
        let next = cursor.peek_word().filter(|next| starts_number(next) && next.contains(':'));
        if let Some(next) = next {
            cursor.skip(1);
            time = Some(plain_digits(next));
        }
    }
    let span = cursor.since(from);
    if let Some(time) = time {
        let Some(parts) = clock_time(&time) else {
            return cursor
                .fail(messages::bad_time(&time), Span::new(span.end - time.len().min(span.len()), span.end));
        };
        date.time = Some(parts);
    }
    if plain != word {
        cursor.remark(messages::other_digits(word, &plain), from);
    }
    Some(DateWord { date, span })
}

fn calendar_day(cursor: &mut Cursor, word: &str, day: &str, span: Span) -> Option<Date> {
    let parts: Vec<&str> = day.split('-').collect();
    let widths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let digits = parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    if widths != [4, 2, 2] || !digits {
        let meant = meant_date(day);
        return cursor.fail(messages::bad_date(word, meant.as_deref()), span);
    }
    let date = Date {
        year: parts[0].parse().unwrap_or_default(),
        month: parts[1].parse().unwrap_or_default(),
        day: parts[2].parse().unwrap_or_default(),
        time: None,
    };
    if !date.exists() {
        let last = Date { day: 1, ..date }.days_in_month();
        return cursor.fail(messages::no_such_day(day, last.filter(|_| date.day > 0)), span);
    }
    Some(date)
}

/// The date in its written form, where year, month and day are in that order but written otherwise.
fn meant_date(day: &str) -> Option<String> {
    let parts: Vec<&str> = day.split(['-', '/', '.']).filter(|part| !part.is_empty()).collect();
    let [year, month, day] = parts.as_slice() else { return None };
    let numbers: Option<Vec<u16>> = [year, month, day].iter().map(|part| part.parse().ok()).collect();
    let numbers = numbers.filter(|_| year.len() == 4)?;
    let mut out = String::new();
    write!(out, "{:04}-{:02}-{:02}", numbers[0], numbers[1], numbers[2]).ok()?;
    Some(out)
}

fn clock_time(time: &str) -> Option<(i8, i8)> {
    let (hour, minute) = time.split_once(':')?;
    let two = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !two(hour) || !two(minute) {
        return None;
    }
    let (hour, minute): (i8, i8) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some((hour, minute))
}
