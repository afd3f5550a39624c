//! Moments as the clock of the case shows them.

use jiff::tz::{TimeZone, TimeZoneDatabase};
use servanda_model::{Instant, Precision, When, Window};

/// The clock of a case, for printing. The zones are those built into the program.
#[derive(Clone, Debug)]
pub struct Civil {
    zone: TimeZone,
    name: String,
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Civil {
    /// The clock of an IANA zone; UTC where no such zone is known.
    pub fn new(name: &str) -> Civil {
        match TimeZoneDatabase::bundled().get(name) {
            Ok(zone) => Civil { name: zone.iana_name().unwrap_or(name).to_owned(), zone },
            Err(_) => Civil { zone: TimeZone::UTC, name: "UTC".to_owned() },
        }
    }

    /// Name of the zone.
    pub fn zone(&self) -> &str {
        &self.name
    }

    fn local(&self, instant: Instant) -> Option<jiff::civil::DateTime> {
        instant.to_timestamp().map(|timestamp| timestamp.to_zoned(self.zone.clone()).datetime())
    }

    /// The civil day: `13 Oct 2025`.
    pub fn day(&self, instant: Instant) -> String {
        self.local(instant).map_or_else(|| instant.to_string(), |local| day(local.date()))
    }

    /// Date and time: `13 Oct 2025, 12:00`; the last moment of a day is `end of 13 Oct 2025`.
    pub fn moment(&self, instant: Instant) -> String {
        let Some(local) = self.local(instant) else { return instant.to_string() };
        if is_last_of_day(local) {
            return format!("end of {}", day(local.date()));
        }
        format!("{}, {:02}:{:02}", day(local.date()), local.hour(), local.minute())
    }

    /// The same, for tables: `13 Oct 12:00`, without the year where it is that of `near`.
    pub fn short(&self, instant: Instant, near: Instant) -> String {
        let (Some(local), near) = (self.local(instant), self.local(near)) else { return instant.to_string() };
        let year = if near.is_some_and(|near| near.year() == local.year()) {
            String::new()
        } else {
            format!(" {}", local.year())
        };
        let day = format!("{} {}{year}", local.day(), month(local.date()));
        if is_last_of_day(local) {
            format!("end of {day}")
        } else if local.hour() == 0 && local.minute() == 0 {
            day
        } else {
            format!("{day} {:02}:{:02}", local.hour(), local.minute())
        }
    }

    /// A vague moment, as exactly as it is known and no more.
    pub fn when(&self, when: &When) -> String {
        if when.earliest == when.latest {
            return self.moment(when.earliest);
        }
        let (Some(first), Some(last)) = (self.local(when.earliest), self.local(when.latest)) else {
            return format!("{} to {}", self.open(when.earliest), self.open(when.latest));
        };
        let whole_days = first.hour() == 0 && first.minute() == 0 && is_last_of_day(last);
        match when.precision {
            Precision::Month if whole_days => format!("{} {}", month(first.date()), first.year()),
            Precision::Year if whole_days => first.year().to_string(),
            _ if whole_days => days(first.date(), last.date()),
            _ if first.date() == last.date() => format!(
                "{}, {:02}:{:02} to {:02}:{:02}",
                day(first.date()),
                first.hour(),
                first.minute(),
                last.hour(),
                last.minute()
            ),
            _ => format!("{} to {}", self.moment(when.earliest), self.moment(when.latest)),
        }
    }

    /// A reference period, its last day included.
    pub fn window(&self, window: &Window) -> String {
        let last = if window.end == Instant::MAX { window.end } else { window.end.plus_ms(-1) };
        self.when(&When::between(window.start, last, Precision::Range))
    }

    /// Year, month, day, hour, minute in ISO form: `2025-10-13 12:00`.
    pub fn iso(&self, instant: Instant) -> String {
        self.local(instant).map_or_else(
            || instant.to_string(),
            |local| format!("{} {:02}:{:02}", local.date(), local.hour(), local.minute()),
        )
    }

    /// A text in which every moment, in UTC (`2025-10-13T09:00:00Z`) or by this clock (`2025-10-13 12:00`), and every
    /// civil day (`2025-10-13`) is written as people write it.
    pub fn translate(&self, text: &str) -> String {
        let text = whole_days(text);
        let mut out = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            match stamp(rest) {
                Some((Stamp::Utc(instant), length)) => {
                    out.push_str(&self.moment(instant));
                    rest = &rest[length..];
                }
                Some((Stamp::Day(date), length)) => {
                    out.push_str(&day(date));
                    rest = &rest[length..];
                }
                Some((Stamp::Local(date, time), length)) => {
                    match time {
                        "23:59" => out.push_str(&format!("end of {}", day(date))),
                        time => out.push_str(&format!("{}, {time}", day(date))),
                    }
                    rest = &rest[length..];
                }
                None => {
                    let is_in_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/');
                    let stands_alone = !out.ends_with(is_in_word)
                        && !out.ends_with('.')
                        && !rest[end..].starts_with(is_in_word);
                    match rest[..end].parse::<servanda_model::Number>() {
                        Ok(number) if stands_alone => out.push_str(&crate::figures::number(number)),
                        _ => out.push_str(&rest[..end]),
                    }
                    rest = &rest[end..];
                }
            }
        }
        out.push_str(rest);
        out
    }

    fn open(&self, instant: Instant) -> String {
        match instant {
            Instant::MIN => "the beginning".to_owned(),
            Instant::MAX => "further notice".to_owned(),
            _ => self.moment(instant),
        }
    }
}

/// `between 2025-10-10 00:00 and 2025-10-13 23:59` becomes `2025-10-10 to 2025-10-13`.
fn whole_days(text: &str) -> String {
    const HEAD: &str = "between ";
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(HEAD) {
        let after = &rest[at + HEAD.len()..];
        let found = match (stamp(after), after.get(16..21), after.get(21..).and_then(stamp)) {
            (
                Some((Stamp::Local(first, "00:00"), 16)),
                Some(" and "),
                Some((Stamp::Local(last, "23:59"), 16)),
            ) => Some(days(first, last)),
            _ => None,
        };
        match found {
            Some(days) => {
                out.push_str(&rest[..at]);
                out.push_str(&days);
                rest = &after[37..];
            }
            None => {
                out.push_str(&rest[..at + HEAD.len()]);
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

enum Stamp<'t> {
    Utc(Instant),
    Local(jiff::civil::Date, &'t str),
    Day(jiff::civil::Date),
}

/// The date or moment at the beginning of a text, and its length.
fn stamp(text: &str) -> Option<(Stamp<'_>, usize)> {
    let date: jiff::civil::Date = text.get(..10)?.parse().ok()?;
    let rest = &text[10..];
    if let Some(after) = rest.strip_prefix('T') {
        let end = 11 + after.find('Z').filter(|length| *length <= 12)? + 1;
        return Some((Stamp::Utc(text[..end].parse().ok()?), end));
    }
    let time = rest.strip_prefix(' ').and_then(|rest| rest.get(..5)).filter(|time| {
        let bytes = time.as_bytes();
        bytes[2] == b':' && [0, 1, 3, 4].iter().all(|at| bytes[*at].is_ascii_digit())
    });
    match time {
        Some(time) => Some((Stamp::Local(date, time), 16)),
        None if rest.starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '.' || c == '/')
            && !rest.starts_with(". ") =>
        {
            None
        }
        None => Some((Stamp::Day(date), 10)),
    }
}

fn is_last_of_day(local: jiff::civil::DateTime) -> bool {
    local.hour() == 23 && local.minute() == 59 && local.second() == 59
}

fn month(date: jiff::civil::Date) -> &'static str {
    MONTHS[(date.month() - 1) as usize]
}

fn day(date: jiff::civil::Date) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

fn days(first: jiff::civil::Date, last: jiff::civil::Date) -> String {
    if first == last {
        day(first)
    } else if (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{} to {}", first.day(), day(last))
    } else if first.year() == last.year() {
        format!("{} {} to {}", first.day(), month(first), day(last))
    } else {
        format!("{} to {}", day(first), day(last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_moments() {
        let civil = Civil::new("Etc/GMT-3");
        let at = |text: &str| text.parse::<Instant>().unwrap();
        assert_eq!(civil.moment(at("2025-10-13T09:00:00Z")), "13 Oct 2025, 12:00");
        assert_eq!(civil.moment(at("2025-10-13T20:59:59.999Z")), "end of 13 Oct 2025");
        assert_eq!(civil.short(at("2025-10-13T09:00:00Z"), at("2025-01-01T00:00:00Z")), "13 Oct 12:00");
        let days =
            When::between(at("2025-10-12T21:00:00Z"), at("2025-10-15T20:59:59.999Z"), Precision::Range);
        assert_eq!(civil.when(&days), "13 to 15 Oct 2025");
        assert_eq!(
            civil.translate("due 2025-10-13T09:00:00Z at The Town"),
            "due 13 Oct 2025, 12:00 at The Town"
        );
        assert_eq!(civil.translate("met 2025-10-13 12:00; 27 of 28"), "met 13 Oct 2025, 12:00; 27 of 28");
        assert_eq!(
            civil.translate("by 2025-10-13, sources/a-2025-10-13.md"),
            "by 13 Oct 2025, sources/a-2025-10-13.md"
        );
        assert_eq!(Civil::new("Nowhere/At All").zone(), "UTC");
    }
}
