//! Numbers for people: grouped by thin spaces, ranges as ranges, "or more" where there is no upper bound.

use servanda_model::Number;

/// Narrow space between groups of three digits; does not break at the end of a line.
pub const THIN: char = '\u{202f}';

/// A number with its digits grouped from five digits on (`25 700`, `1718`).
pub fn number(number: Number) -> String {
    if number == Number::MAX {
        return "no upper bound".to_owned();
    }
    let plain = number.to_string();
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("\u{2212}", rest));
    let (whole, rest) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let mut text = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if whole.len() > 4 && at > 0 && (whole.len() - at) % 3 == 0 {
            text.push(THIN);
        }
        text.push(digit);
    }
    if let Some(rest) = rest {
        text.push('.');
        text.push_str(rest);
    }
    text
}

/// A range: `24`, `24–27`, `24 or more`.
pub fn range(low: Number, high: Number) -> String {
    let (low, high) = (low.min(high), low.max(high));
    if low == high {
        number(low)
    } else if high == Number::MAX {
        format!("{} or more", number(low))
    } else {
        format!("{}\u{2013}{}", number(low), number(high))
    }
}

/// `1 claim`, `3 claims`.
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(Number::whole(n as i64)), if n == 1 { one } else { many })
}

/// The plural of a unit of the case (`truck`, `person`), by the plainest rule.
pub fn unit(unit: &str, n: Number) -> String {
    if unit.is_empty() || n == Number::whole(1) {
        return unit.to_owned();
    }
    match unit {
        "person" => "people".to_owned(),
        "kcal" => "kcal".to_owned(),
        _ if unit.starts_with("truck of ") => unit.replacen("truck", "trucks", 1),
        _ if unit.ends_with(['s', 'x']) || unit.ends_with("percent") || unit.ends_with("remains") => {
            unit.to_owned()
        }
        _ => format!("{unit}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_and_ranges() {
        let n = |text: &str| text.parse::<Number>().unwrap();
        assert_eq!(number(n("25700")), "25\u{202f}700");
        assert_eq!(number(n("1718")), "1718");
        assert_eq!(number(n("-1234567.5")), "\u{2212}1\u{202f}234\u{202f}567.5");
        assert_eq!(range(n("24"), n("24")), "24");
        assert_eq!(range(n("24"), n("27")), "24–27");
        assert_eq!(range(n("24"), Number::MAX), "24 or more");
        assert_eq!(count(1, "claim", "claims"), "1 claim");
        assert_eq!(unit("truck", n("2")), "trucks");
    }
}
