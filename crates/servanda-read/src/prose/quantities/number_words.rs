//! Words that are numbers, or make numbers of others.

/// Zero to nineteen.
pub(crate) fn small(word: &str) -> Option<i128> {
    Some(match word {
        "zero" | "nought" | "naught" => 0,
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        _ => return None,
    })
}

/// Twenty, thirty, ... ninety.
pub(crate) fn tens(word: &str) -> Option<i128> {
    Some(match word {
        "twenty" => 20,
        "thirty" => 30,
        "forty" | "fourty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        _ => return None,
    })
}

/// Thousand and above.
pub(crate) fn scale(word: &str) -> Option<i128> {
    Some(match word {
        "thousand" => 1_000,
        "lakh" | "lakhs" => 100_000,
        "million" | "mln" | "mn" => 1_000_000,
        "crore" | "crores" => 10_000_000,
        "billion" | "bln" | "bn" => 1_000_000_000,
        "trillion" | "tln" | "tn" | "trn" => 1_000_000_000_000,
        _ => return None,
    })
}

/// Letters that touch a number and multiply it; small `m` is a metre.
pub(crate) fn suffix(written: &str) -> Option<i128> {
    Some(match written {
        "k" | "K" => 1_000,
        "M" | "mn" | "mln" => 1_000_000,
        "b" | "B" | "bn" | "bln" | "G" => 1_000_000_000,
        "T" | "tn" | "tln" => 1_000_000_000_000,
        _ => return None,
    })
}

/// Whether the word is "dozen" in any of its forms.
pub(crate) fn is_dozen(word: &str) -> bool {
    matches!(word, "dozen" | "dozens" | "doz" | "dozs" | "dz" | "dzs")
}

/// First to nineteenth, written as one word.
pub(crate) fn small_ordinal(word: &str) -> Option<i128> {
    Some(match word {
        "first" => 1,
        "second" => 2,
        "third" => 3,
        "fourth" => 4,
        "fifth" => 5,
        "sixth" => 6,
        "seventh" => 7,
        "eighth" => 8,
        "ninth" | "nineth" => 9,
        "tenth" => 10,
        "eleventh" => 11,
        "twelfth" => 12,
        "thirteenth" => 13,
        "fourteenth" => 14,
        "fifteenth" => 15,
        "sixteenth" => 16,
        "seventeenth" => 17,
        "eighteenth" => 18,
        "nineteenth" => 19,
        _ => return None,
    })
}

/// Twentieth, thirtieth, ... and hundredth, thousandth, ...
pub(crate) fn round_ordinal(word: &str) -> Option<i128> {
    Some(match word {
        "twentieth" => 20,
        "thirtieth" => 30,
        "fortieth" => 40,
        "fiftieth" => 50,
        "sixtieth" => 60,
        "seventieth" => 70,
        "eightieth" => 80,
        "ninetieth" => 90,
        "hundredth" => 100,
        "thousandth" => 1_000,
        "millionth" => 1_000_000,
        "billionth" => 1_000_000_000,
        "trillionth" => 1_000_000_000_000,
        _ => return None,
    })
}

/// What a fraction is divided by ("thirds": 3), and whether the word is plural. "second" is never one.
pub(crate) fn denominator(word: &str) -> Option<(i128, bool)> {
    match word {
        "half" => return Some((2, false)),
        "halves" => return Some((2, true)),
        "quarter" => return Some((4, false)),
        "quarters" => return Some((4, true)),
        "second" | "seconds" => return None,
        _ => {}
    }
    let of = |word: &str| small_ordinal(word).or_else(|| round_ordinal(word)).filter(|n| *n > 2 || *n == 1);
    if let Some(n) = of(word) {
        return Some((n, false));
    }
    word.strip_suffix('s').and_then(of).map(|n| (n, true))
}

/// Fractions that are one character.
pub(crate) fn vulgar(mark: &str) -> Option<(i128, i128)> {
    Some(match mark {
        "½" => (1, 2),
        "⅓" => (1, 3),
        "⅔" => (2, 3),
        "¼" => (1, 4),
        "¾" => (3, 4),
        "⅕" => (1, 5),
        "⅖" => (2, 5),
        "⅗" => (3, 5),
        "⅘" => (4, 5),
        "⅙" => (1, 6),
        "⅚" => (5, 6),
        "⅐" => (1, 7),
        "⅛" => (1, 8),
        "⅜" => (3, 8),
        "⅝" => (5, 8),
        "⅞" => (7, 8),
        "⅑" => (1, 9),
        "⅒" => (1, 10),
        _ => return None,
    })
}
