//! What does a token look like to the model? Its form, its ends and its shape, as hashes.

use crate::hash::{self, Hash};

/// What is seen of one token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The form with its capitals.
    pub form: Hash,
    /// The form in small letters, digits alike.
    pub word: Hash,
    /// The last one to four characters, in small letters.
    pub ends: [Hash; 4],
    /// The first one to three characters, in small letters.
    pub starts: [Hash; 3],
    /// Capitals, digits and marks in runs.
    pub shape: Hash,
    /// Group of words that are used alike; 0 for none.
    pub cluster: u32,
    /// Number of its tag, where it has only one.
    pub only_tag: Option<u8>,
}

impl Look {
    /// The look of a form. Typographic marks look like those of the typewriter.
    pub(crate) fn new(form: &str, room: &mut Vec<u8>) -> Look {
        room.clear();
        normal(form, room);
        let shape = shape(room);
        let cased = hash::bytes(1, room.iter().copied());
        lower(room);
        Look {
            form: cased,
            word: hash::bytes(2, room.iter().copied()),
            ends: [1, 2, 3, 4].map(|n| hash::bytes(10 + n as u64, tail(room, n).iter().copied())),
            starts: [1, 2, 3].map(|n| hash::bytes(20 + n as u64, head(room, n).iter().copied())),
            shape,
            cluster: 0,
            only_tag: None,
        }
    }

    /// The look of what lies beyond a sentence; `n` tells the places apart.
    pub(crate) fn beyond(n: u32) -> Look {
        let mark = hash::one(999, n);
        Look {
            form: mark,
            word: mark,
            ends: [mark; 4],
            starts: [mark; 3],
            shape: mark,
            cluster: 1,
            only_tag: None,
        }
    }
}

/// Bytes of the form with typographic marks as on a typewriter.
fn normal(form: &str, out: &mut Vec<u8>) {
    if form.is_ascii() {
        out.extend_from_slice(form.as_bytes());
        return;
    }
    for c in form.chars() {
        let plain: &str = match c {
            '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{2bc}' | '\u{2039}' | '\u{203a}' => "'",
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' => "\"",
            '\u{2013}' | '\u{2014}' | '\u{2015}' => "--",
            '\u{2010}' | '\u{2011}' | '\u{2212}' => "-",
            '\u{2026}' => "...",
            '\u{2022}' | '\u{b7}' | '\u{25aa}' | '\u{25cf}' => "*",
            '\u{20ac}' | '\u{a3}' | '\u{a5}' | '\u{20aa}' => "$",
            _ => {
                let mut bytes = [0; 4];
                out.extend_from_slice(c.encode_utf8(&mut bytes).as_bytes());
                continue;
            }
        };
        out.extend_from_slice(plain.as_bytes());
    }
}

/// Small letters, and every digit a zero. Letters beyond ASCII keep their case: their bytes are not touched.
fn lower(bytes: &mut [u8]) {
    for byte in bytes {
        byte.make_ascii_lowercase();
        if byte.is_ascii_digit() {
            *byte = b'0';
        }
    }
}

/// Hash of the runs of capitals, small letters, digits and other bytes, the first marked apart, no run longer than two.
fn shape(bytes: &[u8]) -> Hash {
    let kind = |byte: &u8| match byte {
        b'A'..=b'Z' => b'X',
        b'a'..=b'z' => b'x',
        b'0'..=b'9' => b'0',
        128.. => b'~',
        other => *other,
    };
    let (mut last, mut n) = (0, 0);
    let runs = bytes.iter().take(32).map(kind).filter(|kind| {
        n = if *kind == last { n + 1 } else { 1 };
        last = *kind;
        n <= 2
    });
    hash::bytes(3, runs)
}

fn tail(bytes: &[u8], n_chars: usize) -> &[u8] {
    let mut n = 0;
    for at in (0..bytes.len()).rev() {
        n += usize::from(!is_inner(bytes[at]));
        if n == n_chars {
            return &bytes[at..];
        }
    }
    bytes
}

fn head(bytes: &[u8], n_chars: usize) -> &[u8] {
    let mut n = 0;
    for at in 0..bytes.len() {
        n += usize::from(!is_inner(bytes[at]));
        if n > n_chars {
            return &bytes[..at];
        }
    }
    bytes
}

/// Whether a byte continues a character of UTF-8.
fn is_inner(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

/// Hash of a word in small letters, as [`Look::word`] has it.
pub fn word_hash(word: &str) -> Hash {
    let mut room = Vec::new();
    normal(word, &mut room);
    lower(&mut room);
    hash::bytes(2, room.iter().copied())
}
