//! What the codes of simple fonts mean: the encodings of ISO 32000-1, annex D, and names of glyphs.

use encoding_rs::{MACINTOSH, WINDOWS_1252};

/// An encoding by the name that a font gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    Standard,
    WinAnsi,
    MacRoman,
}

impl Base {
    pub fn of(name: &str) -> Option<Base> {
        match name {
            "WinAnsiEncoding" => Some(Base::WinAnsi),
            "MacRomanEncoding" => Some(Base::MacRoman),
            "StandardEncoding" => Some(Base::Standard),
            _ => None,
        }
    }

    /// What a code means.
    pub fn letter(self, code: u8) -> Option<char> {
        let of = |encoding: &'static encoding_rs::Encoding| {
            encoding
                .decode_without_bom_handling(&[code])
                .0
                .chars()
                .next()
                .filter(|letter| !letter.is_control())
        };
        match self {
            Base::WinAnsi => of(WINDOWS_1252),
            Base::MacRoman => of(MACINTOSH),
            Base::Standard => STANDARD
                .iter()
                .find(|(known, _)| *known == code)
                .map(|(_, letter)| *letter)
                .or_else(|| (0x20..0x7f).contains(&code).then_some(char::from(code))),
        }
    }
}

/// Codes of the standard encoding that are not those of ASCII.
const STANDARD: [(u8, char); 51] = [
    (0x27, '’'),
    (0x60, '‘'),
    (0xa1, '¡'),
    (0xa2, '¢'),
    (0xa3, '£'),
    (0xa4, '⁄'),
    (0xa5, '¥'),
    (0xa6, 'ƒ'),
    (0xa7, '§'),
    (0xa8, '¤'),
    (0xa9, '\''),
    (0xaa, '“'),
    (0xab, '«'),
    (0xac, '‹'),
    (0xad, '›'),
    (0xae, 'ﬁ'),
    (0xaf, 'ﬂ'),
    (0xb1, '–'),
    (0xb2, '†'),
    (0xb3, '‡'),
    (0xb4, '·'),
    (0xb6, '¶'),
    (0xb7, '•'),
    (0xb8, '‚'),
    (0xb9, '„'),
    (0xba, '”'),
    (0xbb, '»'),
    (0xbc, '…'),
    (0xbd, '‰'),
    (0xbf, '¿'),
    (0xc1, '`'),
    (0xc2, '´'),
    (0xc3, 'ˆ'),
    (0xc4, '˜'),
    (0xc5, '¯'),
    (0xc6, '˘'),
    (0xc7, '˙'),
    (0xc8, '¨'),
    (0xca, '˚'),
    (0xcb, '¸'),
    (0xcd, '˝'),
    (0xce, '˛'),
    (0xcf, 'ˇ'),
    (0xd0, '—'),
    (0xe1, 'Æ'),
    (0xe3, 'ª'),
    (0xe8, 'Ł'),
    (0xe9, 'Ø'),
    (0xea, 'Œ'),
    (0xf1, 'æ'),
    (0xfb, 'ß'),
];

/// Names of glyphs that no rule gives (Adobe Glyph List).
const NAMES: [(&str, &str); 80] = [
    ("space", " "),
    ("nbspace", " "),
    ("nonbreakingspace", " "),
    ("exclam", "!"),
    ("quotedbl", "\""),
    ("numbersign", "#"),
    ("dollar", "$"),
    ("percent", "%"),
    ("ampersand", "&"),
    ("quotesingle", "'"),
    ("parenleft", "("),
    ("parenright", ")"),
    ("asterisk", "*"),
    ("plus", "+"),
    ("comma", ","),
    ("hyphen", "-"),
    ("sfthyphen", "-"),
    ("minus", "−"),
    ("period", "."),
    ("slash", "/"),
    ("zero", "0"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("colon", ":"),
    ("semicolon", ";"),
    ("less", "<"),
    ("equal", "="),
    ("greater", ">"),
    ("question", "?"),
    ("at", "@"),
    ("bracketleft", "["),
    ("backslash", "\\"),
    ("bracketright", "]"),
    ("underscore", "_"),
    ("grave", "`"),
    ("braceleft", "{"),
    ("bar", "|"),
    ("braceright", "}"),
    ("asciitilde", "~"),
    ("quoteleft", "‘"),
    ("quoteright", "’"),
    ("quotedblleft", "“"),
    ("quotedblright", "”"),
    ("quotesinglbase", "‚"),
    ("quotedblbase", "„"),
    ("guillemotleft", "«"),
    ("guillemotright", "»"),
    ("endash", "–"),
    ("emdash", "—"),
    ("bullet", "•"),
    ("ellipsis", "…"),
    ("fi", "fi"),
    ("fl", "fl"),
    ("ff", "ff"),
    ("ffi", "ffi"),
    ("ffl", "ffl"),
    ("section", "§"),
    ("degree", "°"),
    ("Euro", "€"),
    ("sterling", "£"),
    ("copyright", "©"),
    ("registered", "®"),
    ("trademark", "™"),
    ("germandbls", "ß"),
    ("ae", "æ"),
    ("AE", "Æ"),
    ("oslash", "ø"),
    ("Oslash", "Ø"),
    ("oe", "œ"),
    ("OE", "Œ"),
    ("dotlessi", "ı"),
    ("periodcentered", "·"),
    ("onehalf", "½"),
];

/// Letters with accents, by the name of the accent and the letters without.
const ACCENTED: [(&str, &str, &str); 11] = [
    ("acute", "aeiouycnszlrAEIOUYCNSZLR", "áéíóúýćńśźĺŕÁÉÍÓÚÝĆŃŚŹĹŔ"),
    ("grave", "aeiouAEIOU", "àèìòùÀÈÌÒÙ"),
    ("circumflex", "aeiouAEIOU", "âêîôûÂÊÎÔÛ"),
    ("dieresis", "aeiouyAEIOUY", "äëïöüÿÄËÏÖÜŸ"),
    ("tilde", "anoANO", "ãñõÃÑÕ"),
    ("caron", "cdenrstzCDENRSTZ", "čďěňřšťžČĎĚŇŘŠŤŽ"),
    ("cedilla", "cstCST", "çşţÇŞŢ"),
    ("ring", "auAU", "åůÅŮ"),
    ("ogonek", "aeAE", "ąęĄĘ"),
    ("breve", "agAG", "ăğĂĞ"),
    ("dotaccent", "zeIZE", "żėİŻĖ"),
];

/// What the name of a glyph means; `None` where no rule tells.
pub(super) fn glyph(name: &str) -> Option<String> {
    let name = name.split_once('.').map_or(name, |(base, _)| if base.is_empty() { name } else { base });
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next())
        && letter.is_ascii_alphabetic()
    {
        return Some(letter.to_string());
    }
    if let Some((_, letters)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Some((*letters).to_owned());
    }
    for prefix in ["uni", "u"] {
        if let Some(digits) = name.strip_prefix(prefix).filter(|digits| (4..=6).contains(&digits.len()))
            && let Some(letter) = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)
        {
            return Some(letter.to_string());
        }
    }
    let letter = name.chars().next()?;
    let (_, plain, accented) =
        ACCENTED.iter().find(|(accent, ..)| name.get(letter.len_utf8()..) == Some(*accent))?;
    let at = plain.chars().position(|known| known == letter)?;
    accented.chars().nth(at).map(|letter| letter.to_string())
}
