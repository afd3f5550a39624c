//! Fonts: from the bytes of a string to letters and their widths.

use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use super::encodings::{self, Base};
use super::guard;
use super::to_unicode::ToUnicode;

/// Widths are in thousandths of the font size.
const DEFAULT_WIDTH: f32 = 500.0;
const MAX_WIDTHS: usize = 70_000;

/// A font, as far as its letters go.
#[derive(Debug)]
pub(super) struct Font {
    to_unicode: ToUnicode,
    sort: Sort,
}

#[derive(Debug)]
enum Sort {
    /// One byte a letter.
    Simple { letters: Vec<Option<String>>, widths: Vec<Option<f32>>, missing: f32 },
    /// Two bytes a letter (or as the map says).
    Composite { widths: Vec<(u32, u32, f32)>, default: f32, is_utf_16: bool },
}

/// A letter as shown.
pub(super) struct Glyph {
    /// `None` where the font does not say what it is.
    pub letters: Option<String>,
    pub width: f32,
    /// Whether it is the one-byte code 32, which word spacing stretches.
    pub is_space_code: bool,
}

impl Font {
    /// Reads a font; `budget` bounds what may come out of its streams.
    pub fn new(dict: &Dict, budget: &mut usize) -> Font {
        let to_unicode = dict
            .get::<Stream>("ToUnicode")
            .and_then(|stream| guard::unpacked(&stream, budget))
            .map(|bytes| ToUnicode::parse(&bytes))
            .unwrap_or_default();
        let is_composite = dict.get::<Name>("Subtype").is_some_and(|name| name.as_str() == "Type0");
        Font { to_unicode, sort: if is_composite { composite(dict) } else { simple(dict) } }
    }

    /// The letters of a string.
    pub fn glyphs(&self, bytes: &[u8], mut take: impl FnMut(Glyph)) {
        match &self.sort {
            Sort::Simple { letters, widths, missing } => {
                for byte in bytes {
                    let code = usize::from(*byte);
                    let mapped =
                        self.to_unicode.letters(u32::from(*byte)).filter(|letters| !letters.is_empty());
                    take(Glyph {
                        letters: mapped.or_else(|| letters[code].clone()),
                        width: widths[code].unwrap_or(*missing),
                        is_space_code: *byte == 32,
                    });
                }
            }
            Sort::Composite { widths, default, is_utf_16 } => {
                let mut rest = bytes;
                while !rest.is_empty() {
                    let (code, n_bytes) = self.to_unicode.code(rest, 2);
                    rest = &rest[n_bytes..];
                    let own =
                        if *is_utf_16 { char::from_u32(code).map(|letter| letter.to_string()) } else { None };
                    let next = widths.partition_point(|(first, ..)| *first <= code);
                    let width = next.checked_sub(1).map(|ix| widths[ix]).filter(|(_, last, _)| code <= *last);
                    take(Glyph {
                        letters: self.to_unicode.letters(code).or(own),
                        width: width.map_or(*default, |(_, _, width)| width),
                        is_space_code: n_bytes == 1 && code == 32,
                    });
                }
            }
        }
    }

    /// Whether it says what its letters are.
    pub fn is_known(&self) -> bool {
        !self.to_unicode.is_empty() || matches!(self.sort, Sort::Simple { .. })
    }
}

fn simple(dict: &Dict) -> Sort {
    let encoding = dict.get::<Object>("Encoding");
    let is_true_type = dict.get::<Name>("Subtype").is_some_and(|name| name.as_str() == "TrueType");
    let otherwise = if is_true_type { Base::WinAnsi } else { Base::Standard };
    let (base, differences) = match &encoding {
        Some(Object::Name(name)) => (Base::of(name.as_str()).unwrap_or(otherwise), None),
        Some(Object::Dict(dict)) => {
            let base = dict.get::<Name>("BaseEncoding").and_then(|name| Base::of(name.as_str()));
            (base.unwrap_or(otherwise), dict.get::<Array>("Differences"))
        }
        _ => (otherwise, None),
    };
    let mut letters: Vec<Option<String>> =
        (0..=255).map(|code| base.letter(code).map(|letter| letter.to_string())).collect();
    let mut code = 0usize;
    for object in differences.iter().flat_map(|list| list.iter::<Object>()).take(MAX_WIDTHS) {
        match object {
            Object::Number(number) => code = usize::try_from(number.as_i64()).unwrap_or(usize::MAX),
            Object::Name(name) => {
                if let Some(slot) = letters.get_mut(code) {
                    *slot = encodings::glyph(name.as_str());
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    let mut widths = vec![None; 256];
    let first = dict.get::<i32>("FirstChar").unwrap_or(0);
    // A type 3 font measures in units of its own.
    let scale = match dict.get::<Array>("FontMatrix").and_then(|matrix| matrix.iter::<f32>().next()) {
        Some(unit) if unit > 0.0 => unit * 1000.0,
        _ => 1.0,
    };
    for (ix, width) in
        dict.get::<Array>("Widths").iter().flat_map(|list| list.iter::<f32>()).take(256).enumerate()
    {
        if let Some(slot) = usize::try_from(first).ok().and_then(|first| widths.get_mut(first + ix)) {
            *slot = Some(width * scale);
        }
    }
    let descriptor = dict.get::<Dict>("FontDescriptor");
    let missing = descriptor.and_then(|dict| dict.get::<f32>("MissingWidth")).filter(|width| *width > 0.0);
    Sort::Simple { letters, widths, missing: missing.unwrap_or(DEFAULT_WIDTH) }
}

fn composite(dict: &Dict) -> Sort {
    let encoding = dict.get::<Name>("Encoding").map(|name| name.as_str().to_owned()).unwrap_or_default();
    let descendant = dict.get::<Array>("DescendantFonts").and_then(|list| list.iter::<Dict>().next());
    let default = descendant.as_ref().and_then(|dict| dict.get::<f32>("DW")).unwrap_or(1000.0);
    let mut widths = Vec::new();
    if let Some(list) = descendant.as_ref().and_then(|dict| dict.get::<Array>("W")) {
        let mut objects = list.iter::<Object>();
        while let Some(Object::Number(first)) = objects.next() {
            let first = u32::try_from(first.as_i64()).unwrap_or(0);
            match objects.next() {
                Some(Object::Array(each)) => {
                    widths.extend(
                        (first..)
                            .zip(each.iter::<f32>())
                            .take(MAX_WIDTHS)
                            .map(|(code, width)| (code, code, width)),
                    );
                }
                Some(Object::Number(last)) => {
                    let Some(Object::Number(width)) = objects.next() else { break };
                    widths.push((first, u32::try_from(last.as_i64()).unwrap_or(first), width.as_f32()));
                }
                _ => break,
            }
            if widths.len() > MAX_WIDTHS {
                break;
            }
        }
    }
    widths.sort_by_key(|(first, ..)| *first);
    let is_utf_16 = encoding.contains("UCS2") || encoding.contains("UTF16");
    Sort::Composite { widths, default, is_utf_16 }
}
