//! Lines become words, texts and commas. Every byte of a line is accounted for; nothing stops the reading.

use servanda_model::{Diagnostic, Span};

use crate::messages;

/// Bytes that are read of one line.
pub const MAX_LINE_BYTES: usize = 64 << 10;

/// A piece of a line.
#[derive(Clone, Debug)]
pub(crate) struct Token<'t> {
    pub(crate) sort: TokenSort<'t>,
    pub(crate) span: Span,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TokenSort<'t> {
    /// A run without space, quote or comma.
    Word(&'t str),
    /// A quoted text, escapes resolved.
    Text(String),
    /// `,`
    Comma,
}

/// One line, cut into tokens.
#[derive(Clone, Debug)]
pub(crate) struct Line<'t> {
    /// The line without the space around it.
    pub(crate) raw: &'t str,
    /// Its place.
    pub(crate) span: Span,
    /// Whether space comes before it.
    pub(crate) indented: bool,
    pub(crate) tokens: Vec<Token<'t>>,
    /// What follows the two dashes.
    pub(crate) comment: Option<String>,
    /// Whether something in it was reported that makes it unusable.
    pub(crate) broken: bool,
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// Signs that are invisible and change the order in which a line is shown (Unicode `Bidi_Control`).
pub(crate) fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a word is a name: a letter of any script or `_` first, then letters, digits, marks, `.`, `_`, `-`.
///
/// A dot or hyphen joins two parts, so it is not the last sign. The joiners of Persian and Indic
/// spelling (U+200C, U+200D) are allowed between letters.
pub fn is_name(word: &str) -> bool {
    let mut signs = word.chars();
    let Some(first) = signs.next() else { return false };
    let last = word.chars().next_back().unwrap_or(first);
    let inner =
        |c: char| unicode_ident::is_xid_continue(c) || matches!(c, '.' | '-' | '\u{200c}' | '\u{200d}');
    (unicode_ident::is_xid_start(first) || first == '_')
        && signs.all(inner)
        && !matches!(last, '.' | '-' | '\u{200c}' | '\u{200d}')
        && !word.contains("--")
        && word.len() <= MAX_NAME_BYTES
}

/// Longest name in bytes.
pub const MAX_NAME_BYTES: usize = 200;

/// Signs reported while a file is cut into lines; a file full of them is not a file of text.
const MAX_REPORTS: usize = 10_000;

/// Cuts one line, which starts at a byte of the file.
pub(crate) fn lex<'t>(line: &'t str, start: usize, diagnostics: &mut Vec<Diagnostic>) -> Line<'t> {
    let without_end = line.trim_end_matches(is_space);
    let raw = without_end.trim_start_matches(is_space);
    let from = start + without_end.len() - raw.len();
    let span = Span::new(from, from + raw.len());
    let mut out =
        Line { raw, span, indented: from > start, tokens: Vec::new(), comment: None, broken: false };
    if raw.len() > MAX_LINE_BYTES {
        diagnostics.push(messages::line_too_long(MAX_LINE_BYTES).at(Span::new(from, from + 1)));
        out.broken = true;
        return out;
    }
    if let Some((at, c)) = raw.char_indices().find(|(_, c)| turns_direction(*c)) {
        diagnostics.push(messages::hidden_direction(c).at(Span::new(from + at, from + at + c.len_utf8())));
    }
    Lexer { raw, from, at: 0, out: &mut out, diagnostics }.run();
    out
}

struct Lexer<'l, 't, 'd> {
    raw: &'t str,
    from: usize,
    at: usize,
    out: &'l mut Line<'t>,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl<'t> Lexer<'_, 't, '_> {
    fn run(&mut self) {
        while let Some(c) = self.raw[self.at..].chars().next() {
            let here = self.at;
            let rest = &self.raw[here..];
            match c {
                _ if is_space(c) || turns_direction(c) => self.at += c.len_utf8(),
                _ if rest.starts_with("--") => return self.comment(2),
                '\u{2013}' | '\u{2014}' => {
                    self.report(messages::typographic_dash(c), here, here + c.len_utf8());
                    return self.comment(c.len_utf8());
                }
                ',' => self.push(TokenSort::Comma, 1),
                '\u{60c}' | '\u{ff0c}' | '\u{3001}' => {
                    self.report(messages::typographic_comma(c), here, here + c.len_utf8());
                    self.push(TokenSort::Comma, c.len_utf8());
                }
                '"' => self.text(),
                _ if closing(c).is_some() => self.typographic_text(c),
                _ => self.word(),
            }
        }
    }

    fn report(&mut self, message: messages::Message, start: usize, end: usize) {
        if self.diagnostics.len() < MAX_REPORTS {
            self.diagnostics.push(message.at(Span::new(self.from + start, self.from + end)));
        }
    }

    fn push(&mut self, sort: TokenSort<'t>, length: usize) {
        let start = self.from + self.at;
        self.out.tokens.push(Token { sort, span: Span::new(start, start + length) });
        self.at += length;
    }

    fn comment(&mut self, dashes: usize) {
        self.out.comment = Some(self.raw[self.at + dashes..].to_owned());
        self.at = self.raw.len();
    }

    fn word(&mut self) {
        let rest = &self.raw[self.at..];
        let ends = |(at, c): (usize, char)| {
            is_space(c)
                || turns_direction(c)
                || matches!(c, '"' | ',' | '\u{60c}' | '\u{ff0c}' | '\u{3001}')
                || matches!(closing(c), Some(signs) if !signs.contains(&'\''))
                || rest[at..].starts_with("--")
        };
        let length = rest.char_indices().find(|found| ends(*found)).map_or(rest.len(), |found| found.0);
        // A sign that ends a word ends none here: it is the first of its own.
        let length = length.max(rest.chars().next().map_or(0, char::len_utf8));
        self.push(TokenSort::Word(&rest[..length]), length);
    }

    fn typographic_text(&mut self, open: char) {
        let here = self.at;
        let rest = &self.raw[here + open.len_utf8()..];
        let ends = closing(open).unwrap_or(&[]);
        let Some((length, close)) = rest.char_indices().find(|(_, c)| ends.contains(c)) else {
            self.report(messages::unterminated_quote(), here, self.raw.len());
            self.out.broken = true;
            let length = self.raw.len() - here;
            return self.push(TokenSort::Text(rest.to_owned()), length);
        };
        let whole = open.len_utf8() + length + close.len_utf8();
        self.report(messages::typographic_quotes(open), here, here + whole);
        self.push(TokenSort::Text(rest[..length].to_owned()), whole);
    }

    fn text(&mut self) {
        let here = self.at;
        let body = &self.raw[here + 1..];
        let mut text = String::new();
        let mut at = 0;
        while let Some(c) = body[at..].chars().next() {
            if c == '"' {
                return self.push(TokenSort::Text(text), at + 2);
            }
            if c != '\\' {
                text.push(c);
                at += c.len_utf8();
            } else if let Some((sign, length)) = escape(&body[at..]) {
                text.push(sign);
                at += length;
            } else {
                text.push('\\');
                let shown: String = body[at..].chars().take(2).collect();
                let start = here + 1 + at;
                self.report(messages::unknown_escape(&shown), start, start + shown.len());
                at += 1;
            }
        }
        self.report(messages::unterminated_quote(), here, self.raw.len());
        self.out.broken = true;
        let length = self.raw.len() - here;
        self.push(TokenSort::Text(text), length);
    }
}

/// The sign that an escape at the start of a text stands for, and the bytes it takes.
fn escape(text: &str) -> Option<(char, usize)> {
    match text.as_bytes().get(1)? {
        b'"' => Some(('"', 2)),
        b'\\' => Some(('\\', 2)),
        b'n' => Some(('\n', 2)),
        b't' => Some(('\t', 2)),
        b'u' => {
            let digits = text.strip_prefix("\\u{")?;
            let digits = &digits[..digits.find('}')?];
            if digits.is_empty() || digits.len() > 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit())
            {
                return None;
            }
            let sign = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
            Some((sign, digits.len() + 4))
        }
        _ => None,
    }
}

/// The signs that close a typographic quotation which a sign opens.
fn closing(open: char) -> Option<&'static [char]> {
    match open {
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' => Some(&['\u{201d}', '\u{201c}', '"']),
        '\u{ab}' => Some(&['\u{bb}', '"']),
        '\u{bb}' => Some(&['\u{ab}', '"']),
        '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' => Some(&['\'', '\u{2019}', '\u{2018}']),
        '\u{300c}' => Some(&['\u{300d}']),
        _ => None,
    }
}
