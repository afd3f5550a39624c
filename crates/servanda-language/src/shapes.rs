//! What does a token look like? Tags by shape alone, for what the model does not read.

use crate::{Fine, Tag};

/// Tags of a token of a sentence that is not English.
pub(crate) fn tags(form: &str) -> (Tag, Fine) {
    let mut chars = form.chars();
    let Some(first) = chars.next() else { return (Tag::X, Fine::Fw) };
    let is_number = first.is_numeric()
        && form
            .chars()
            .all(|c| c.is_numeric() || matches!(c, '.' | ',' | ':' | '/' | '-' | '\u{66b}' | '\u{66c}'));
    if is_number {
        return (Tag::Num, Fine::Cd);
    }
    if form.chars().any(char::is_alphanumeric) {
        return if first.is_uppercase() { (Tag::Propn, Fine::Nnp) } else { (Tag::X, Fine::Fw) };
    }
    mark(form, first)
}

/// Tags of a token without letters and digits.
fn mark(form: &str, first: char) -> (Tag, Fine) {
    let fine = match first {
        '.' | '?' | '!' | '\u{2026}' | '\u{3002}' | '\u{61f}' | '\u{6d4}' => Fine::Stop,
        ',' | '\u{60c}' | '\u{3001}' => Fine::Comma,
        ':' | ';' | '\u{2013}' | '\u{2014}' | '\u{61b}' => Fine::Colon,
        '-' if form.len() == 1 => Fine::Hyph,
        '-' => Fine::Colon,
        '"' | '\'' | '\u{201d}' | '\u{2019}' | '\u{bb}' | '\u{203a}' => Fine::CloseQuote,
        '\u{201c}' | '\u{2018}' | '\u{ab}' | '\u{2039}' | '\u{201e}' | '\u{201a}' | '`' => Fine::OpenQuote,
        '(' | '[' | '{' => Fine::OpenBracket,
        ')' | ']' | '}' => Fine::CloseBracket,
        '$' | '\u{20ac}' | '\u{a3}' | '\u{a5}' | '\u{20aa}' | '\u{20b4}' => return (Tag::Sym, Fine::Dollar),
        '%' | '+' | '=' | '&' | '#' | '\u{b0}' | '\u{a7}' => return (Tag::Sym, Fine::Sym),
        _ => Fine::Nfp,
    };
    (Tag::Punct, fine)
}
