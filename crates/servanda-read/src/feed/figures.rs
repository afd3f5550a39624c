//! Reads the figures of a table; what has more than three decimals becomes bounds that hold it.

use servanda_model::Number;

/// How a table writes numbers.
#[derive(Clone, Debug, Default)]
pub(crate) struct NumberFormat {
    /// Stands between thousands and is passed over.
    pub thousands: Option<char>,
    /// Stands before decimals; a point where not given.
    pub decimal: Option<char>,
}

/// A figure as read: its exact value lies in `[low, high]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Figure {
    pub low: Number,
    pub nearest: Number,
    pub high: Number,
}

impl Figure {
    pub fn is_exact(&self) -> bool {
        self.low == self.high
    }
}

impl NumberFormat {
    /// Reads a figure; `None` where the text is none.
    pub fn read(&self, text: &str) -> Option<Figure> {
        let plain;
        let text = if self.thousands.is_some() || self.decimal.is_some() {
            plain = self.plain(text);
            &plain
        } else {
            text
        };
        if let Ok(number) = text.parse::<Number>() {
            return Some(Figure { low: number, nearest: number, high: number });
        }
        rounded(text)
    }

    fn plain(&self, text: &str) -> String {
        text.chars()
            .filter(|letter| Some(*letter) != self.thousands)
            .map(|letter| if Some(letter) == self.decimal { '.' } else { letter })
            .collect()
    }
}

/// A decimal with more than three places (perhaps with an exponent), rounded outwards.
fn rounded(text: &str) -> Option<Figure> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_negative = text.starts_with('-');
    if let Some((mantissa, exponent)) = digits.split_once(['e', 'E']) {
        return shifted(is_negative, mantissa, exponent.parse().ok()?);
    }
    let (whole, fraction) = digits.split_once('.')?;
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if fraction.len() <= 3 || !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let cut: Number = format!("{whole}.{}", &fraction[..3]).parse().ok()?;
    let thousandth = Number::from_thousandths(1);
    let nearest = if fraction.as_bytes()[3] >= b'5' { cut + thousandth } else { cut };
    let (low, high) = (cut, cut + thousandth);
    let minus = |number: Number| Number::ZERO - number;
    Some(match is_negative {
        true => Figure { low: minus(high), nearest: minus(nearest), high: minus(low) },
        false => Figure { low, nearest, high },
    })
}

/// `1.5e3`: the point moved, then read as any other.
fn shifted(is_negative: bool, mantissa: &str, exponent: i32) -> Option<Figure> {
    const MAX_SHIFT: i32 = 18;
    if exponent.abs() > MAX_SHIFT || mantissa.len() > 32 {
        return None;
    }
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() || mantissa.contains(['e', 'E', '-', '+']) {
        return None;
    }
    let shift = MAX_SHIFT as usize;
    let digits = format!("{}{whole}{fraction}{}", "0".repeat(shift), "0".repeat(shift));
    let point = (shift + whole.len()).checked_add_signed(exponent as isize)?;
    let (whole, fraction) = (digits[..point].trim_start_matches('0'), digits[point..].trim_end_matches('0'));
    let sign = if is_negative { "-" } else { "" };
    NumberFormat::default().read(&format!("{sign}0{whole}.{fraction}0"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_figures_and_rounds_outwards() {
        let plain = NumberFormat::default();
        let check = |format: &NumberFormat, text: &str, expected: &str| {
            let shown = format.read(text).map_or("none".to_owned(), |figure| match figure.is_exact() {
                true => figure.low.to_string(),
                false => format!("{}..{}..{}", figure.low, figure.nearest, figure.high),
            });
            assert_eq!(shown, expected, "{text}");
        };
        check(&plain, "12", "12");
        check(&plain, "-0.5", "-0.5");
        check(&plain, "18.1234", "18.123..18.123..18.124");
        check(&plain, "18.12349999999999999999", "18.123..18.123..18.124");
        check(&plain, "-18.1236", "-18.124..-18.124..-18.123");
        check(&plain, "1e3", "1000");
        check(&plain, "1.5E-2", "0.015");
        check(&plain, "-1.23456e1", "-12.346..-12.346..-12.345");
        for text in
            ["-", "", "12a", "1,200", "NaN", "inf", "e5", "1e999", "1e-", "é", "1.2.3", "--1", ".", "+"]
        {
            check(&plain, text, "none");
        }
        let german = NumberFormat { thousands: Some('.'), decimal: Some(',') };
        check(&german, "1.200,5", "1200.5");
    }
}
