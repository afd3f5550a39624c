//! Splits Rust source into code, comments and literals, so that a check looks only where it means to.

/// What a piece of source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Everything that is neither of the others.
    Code,
    /// A comment, with its signs.
    Comment,
    /// The inside of a string, byte string or character.
    Literal,
}

/// One piece of source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// What it is.
    pub kind: Kind,
    /// The line on which it begins, from 1.
    pub line: usize,
    /// Its words.
    pub text: &'a str,
}

impl<'a> Piece<'a> {
    /// The lines of the piece with their numbers in the file.
    pub fn lines(self) -> impl Iterator<Item = (usize, &'a str)> {
        self.text.split('\n').enumerate().map(move |(n, line)| (self.line + n, line))
    }
}

/// The pieces of a file in order. Quotes around literals belong to no piece.
pub fn pieces(source: &str) -> Vec<Piece<'_>> {
    let mut scan = Scan { source, pieces: Vec::new(), code_start: 0, line: 1 };
    let mut at = 0;
    while at < source.len() {
        at = match next(source, at) {
            Some((kind, inner_start, inner_end, end)) => {
                scan.cut(at, kind, inner_start, inner_end, end);
                end
            }
            None => at + source[at..].chars().next().map_or(1, char::len_utf8),
        };
    }
    scan.code(source.len());
    scan.pieces
}

/// The text of a file that only tests use: all of a test file, else what follows the first `#[cfg(test)]`.
pub fn test_text<'a>(path: &str, source: &'a str) -> &'a str {
    if super::tree::is_test_file(path) {
        return source;
    }
    source.find("#[cfg(test)]").map_or("", |start| &source[start..])
}

struct Scan<'a> {
    source: &'a str,
    pieces: Vec<Piece<'a>>,
    code_start: usize,
    line: usize,
}

impl Scan<'_> {
    fn cut(&mut self, start: usize, kind: Kind, inner_start: usize, inner_end: usize, end: usize) {
        self.code(start);
        self.push(kind, inner_start, inner_end);
        self.code_start = end;
    }

    fn code(&mut self, end: usize) {
        self.push(Kind::Code, self.code_start, end);
    }

    fn push(&mut self, kind: Kind, start: usize, end: usize) {
        let text = &self.source[start..end];
        if !text.is_empty() {
            self.pieces.push(Piece { kind, line: self.line, text });
            self.line += text.matches('\n').count();
        }
    }
}

/// The comment or literal that begins at `at`: its kind, the inside, and where it ends.
fn next(source: &str, at: usize) -> Option<(Kind, usize, usize, usize)> {
    let bytes = source.as_bytes();
    let rest = &source[at..];
    match bytes[at] {
        b'/' if rest.starts_with("//") => {
            let end = at + rest.find('\n').unwrap_or(rest.len());
            Some((Kind::Comment, at, end, end))
        }
        b'/' if rest.starts_with("/*") => {
            let end = at + block_comment_len(rest);
            Some((Kind::Comment, at, end, end))
        }
        b'"' => {
            let inner_end = closing(bytes, at + 1, b'"');
            Some((Kind::Literal, at + 1, inner_end, (inner_end + 1).min(source.len())))
        }
        b'r' if !ends_in_name(source, at) => {
            let hashes = rest[1..].bytes().take_while(|byte| *byte == b'#').count();
            let open = at + 1 + hashes;
            if bytes.get(open) != Some(&b'"') {
                return None;
            }
            let close = format!("\"{}", "#".repeat(hashes));
            let inner_end = source[open + 1..].find(&close).map_or(source.len(), |found| open + 1 + found);
            Some((Kind::Literal, open + 1, inner_end, (inner_end + close.len()).min(source.len())))
        }
        b'\'' => {
            let first = rest[1..].chars().next()?;
            let after = at + 1 + first.len_utf8();
            if first == '\\' {
                let inner_end = closing(bytes, at + 1, b'\'');
                Some((Kind::Literal, at + 1, inner_end, (inner_end + 1).min(source.len())))
            } else if bytes.get(after) == Some(&b'\'') {
                Some((Kind::Literal, at + 1, after, after + 1))
            } else {
                None
            }
        }
        _ => None,
    }
}

/// Whether the sign before `at` makes an `r` part of a longer name; `br` and `cr` still open a raw string.
fn ends_in_name(source: &str, at: usize) -> bool {
    let before = source[..at].trim_end_matches(['b', 'c']);
    let named =
        |text: &str| text.chars().next_back().is_some_and(|sign| sign.is_alphanumeric() || sign == '_');
    named(before) || at - before.len() > 1
}

fn closing(bytes: &[u8], mut at: usize, quote: u8) -> usize {
    while at < bytes.len() && bytes[at] != quote {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at.min(bytes.len())
}

fn block_comment_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (2, 1);
    while at < bytes.len() && depth > 0 {
        match &bytes[at..(at + 2).min(bytes.len())] {
            b"/*" => (depth, at) = (depth + 1, at + 2),
            b"*/" => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &str) {
        let shown: Vec<String> = pieces(source)
            .iter()
            .map(|piece| format!("{}{:?} {}", piece.line, piece.kind, piece.text.trim()))
            .collect();
        assert_eq!(shown.join("|"), expected, "{source}");
    }

    #[test]
    fn comments_and_literals_are_told_from_code() {
        check("a // b \"c\"\nd", "1Code a|1Comment // b \"c\"|1Code d");
        check("f(\"x // \\\" y\")", "1Code f(|1Literal x // \\\" y|1Code )");
        check("/* a /* b */ c */ d", "1Comment /* a /* b */ c */|1Code d");
        check("g(r#\"a\"b\"#, br\"c\")", "1Code g(|1Literal a\"b|1Code , b|1Literal c|1Code )");
        check("var\"x\"", "1Code var|1Literal x");
    }

    #[test]
    fn lifetimes_are_no_characters() {
        check(
            "fn f<'a>(x: &'a str, y: char = 'é', z = '\\'')",
            "1Code fn f<'a>(x: &'a str, y: char =|1Literal é|1Code , z =|1Literal \\'|1Code )",
        );
    }

    #[test]
    fn unfinished_text_ends_with_the_file() {
        check("\"a\nb", "1Literal a\nb");
        check("/* a", "1Comment /* a");
        check("\"\\", "1Literal \\");
    }
}
