//! Does a quotation stand in its document?

/// What stands in a quotation for the name of a private person, which is not recorded.
pub(crate) const LEFT_OUT: &str = "[...]";

/// Whether `quote` is what a person reads in `original`: byte for byte, or, where the document is marked up, its letters
/// one after the other once tags, character references and white space are set aside. `[...]` stands for words left out.
pub(crate) fn agrees(original: &str, quote: &str) -> bool {
    if original == quote {
        return true;
    }
    let visible = visible(original);
    let mut rest = visible.as_slice();
    for (at, piece) in quote.split(LEFT_OUT).enumerate() {
        let piece: Vec<char> = piece.chars().filter(|letter| !letter.is_whitespace()).collect();
        let found = if at == 0 { rest.starts_with(&piece).then_some(0) } else { position(rest, &piece) };
        let Some(found) = found else { return false };
        rest = &rest[found + piece.len()..];
    }
    rest.is_empty() || quote.ends_with(LEFT_OUT)
}

/// Letters without tags, with the commonest character references resolved, without white space.
fn visible(original: &str) -> Vec<char> {
    const REFERENCES: [(&str, char); 14] = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", '\u{a0}'),
        ("lsquo", '‘'),
        ("rsquo", '’'),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("ndash", '–'),
        ("mdash", '—'),
        ("hellip", '…'),
        ("eacute", 'é'),
    ];
    let mut letters = Vec::new();
    let mut rest = original;
    while let Some(letter) = rest.chars().next() {
        let tag_end = if letter == '<' { rest.find('>') } else { None };
        if let Some(end) = tag_end {
            rest = &rest[end + 1..];
            continue;
        }
        let reference =
            if letter == '&' { rest[1..].split_once(';').filter(|(name, _)| name.len() <= 8) } else { None };
        if let Some((name, after)) = reference {
            let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => digits.parse().ok(),
            });
            let named = REFERENCES.iter().find(|(known, _)| *known == name).map(|(_, letter)| *letter);
            if let Some(letter) = number.and_then(char::from_u32).or(named) {
                letters.extend(Some(letter).filter(|letter| !letter.is_whitespace()));
                rest = after;
                continue;
            }
        }
        letters.extend(Some(letter).filter(|letter| !letter.is_whitespace()));
        rest = &rest[letter.len_utf8()..];
    }
    letters
}

fn position(letters: &[char], piece: &[char]) -> Option<usize> {
    if piece.is_empty() {
        return Some(0);
    }
    letters.windows(piece.len()).position(|window| window == piece)
}

#[cfg(test)]
mod tests {
    use super::agrees;

    #[test]
    fn markup_and_left_out_names_agree_and_other_words_do_not() {
        let check = |original: &str, quote: &str, expected: bool| {
            assert_eq!(agrees(original, quote), expected, "{original} / {quote}");
        };
        check("the north left", "the north left", true);
        check("the <b>north</b>\n left", "the north left", true);
        check("bread &amp; salt &#8211; &rsquo;", "bread & salt – ’", true);
        check("the farmer A. Beck was hurt", "the farmer [...] was hurt", true);
        check("A. Beck was hurt", "[...] was hurt", true);
        check("hurt was A. Beck", "hurt was [...]", true);
        check("the north left", "the north stayed", false);
        check("the north left early", "the north left", false);
        check("they left", "the north [...] left", false);
        check("", "x", false);
        check("5 < 6 & 7", "5 < 6 & 7", true);
    }
}
