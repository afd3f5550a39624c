//! The weekday that the words of a date name, against the date (A108).

use servanda_model::{AuditFact, AuditFinding, AuditGrade};

use super::statement::Statement;

/// Weekdays from Monday in the languages that the words may be in, whole words in lower case. No word stands for two days.
const WEEKDAYS: &[[&str; 7]] = &[
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
    ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    ["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"],
    ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"],
    ["понеділок", "вівторок", "середа", "четвер", "п'ятниця", "субота", "неділя"],
    ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"],
];

pub(super) fn check(statement: &Statement, found: &mut Vec<AuditFinding>) {
    let Some(date) = &statement.claim.date else { return };
    let (Some(start), Some(end)) = (&date.start, &date.end) else { return };
    let named = weekdays(&date.text);
    // Words that name several days, and dates that are stretches, leave open which day the word is for.
    let ([said], true) = (named.as_slice(), start == end) else { return };
    let Some(is) = weekday(start).filter(|is| is != said) else { return };
    let fact = AuditFact::Weekday { words: date.text.clone(), said: *said, day: start.clone(), is };
    found.push(statement.finding("A108", AuditGrade::Conflict, fact));
}

/// The weekdays named, each once, 1 for Monday.
fn weekdays(text: &str) -> Vec<u8> {
    let lower = text.to_lowercase();
    let mut named: Vec<u8> = lower
        .split(|sign: char| !sign.is_alphabetic() && sign != '\'')
        .filter_map(|word| WEEKDAYS.iter().find_map(|week| week.iter().position(|day| *day == word)))
        .map(|day| day as u8 + 1)
        .collect();
    named.sort_unstable();
    named.dedup();
    named
}

/// The weekday of a civil day in ISO form, by the rule of Zeller's congruence (1887) for the Gregorian calendar.
fn weekday(day: &str) -> Option<u8> {
    let mut parts = day.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let (year, month) = if month < 3 { (year - 1, month + 12) } else { (year, month) };
    let n = day + (13 * (month + 1)).div_euclid(5) + year + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400);
    // Zeller counts from Saturday, 0.
    Some(((n + 5).rem_euclid(7) + 1) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_of_days() {
        for (day, expected) in [("2025-10-13", 1), ("2025-12-07", 7), ("2024-02-29", 4), ("2000-01-01", 6)] {
            assert_eq!(weekday(day), Some(expected), "{day}");
        }
        assert_eq!(weekdays("on Tuesday, 9 December (Tue)"), [2]);
        assert_eq!(weekdays("from Monday to Wednesday"), [1, 3]);
        assert_eq!(weekdays("the second day"), [0u8; 0]);
    }
}
