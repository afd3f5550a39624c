//! Maps from the codes of a font to letters (`ToUnicode`, ISO 32000-1, 9.10.3).

/// Entries beyond are not kept; a font has at most 65,536 codes.
const MAX_ENTRIES: usize = 70_000;

/// Codes with what they mean.
#[derive(Clone, Debug, Default)]
pub(super) struct ToUnicode {
    /// First code, last code, meaning of the first; in order after [`ToUnicode::parse`].
    ranges: Vec<(u32, u32, String)>,
    /// Lengths of codes in bytes, with the codes that have it.
    spaces: Vec<(usize, u32, u32)>,
}

enum Word {
    Hex(Vec<u8>),
    Open,
    Close,
    Name(String),
}

impl ToUnicode {
    /// Reads a map; what cannot be read of it is passed over.
    pub fn parse(bytes: &[u8]) -> ToUnicode {
        let mut map = ToUnicode::default();
        let mut words = words(bytes);
        while let Some(word) = words.next() {
            let Word::Name(name) = word else { continue };
            match name.as_str() {
                "begincodespacerange" => map.code_spaces(&mut words),
                "beginbfchar" => map.chars(&mut words),
                "beginbfrange" => map.ranges(&mut words),
                _ => {}
            }
        }
        map.ranges.sort_by_key(|(first, ..)| *first);
        map
    }

    /// Whether it maps nothing.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// What a code means.
    pub fn letters(&self, code: u32) -> Option<String> {
        let next = self.ranges.partition_point(|(first, ..)| *first <= code);
        let (first, last, words) = &self.ranges[next.checked_sub(1)?];
        if code > *last {
            return None;
        }
        if code == *first {
            return Some(words.clone());
        }
        // Within a range the last letter counts on.
        let mut letters: Vec<char> = words.chars().collect();
        let end = letters.pop()?;
        letters.push(char::from_u32(end as u32 + (code - first))?);
        Some(letters.into_iter().collect())
    }

    /// The code at the head of the bytes, and its length.
    pub fn code(&self, bytes: &[u8], default_bytes: usize) -> (u32, usize) {
        let of = |n: usize| bytes.iter().take(n).fold(0, |code: u32, byte| code << 8 | u32::from(*byte));
        let fits =
            |(n, first, last): &&(usize, u32, u32)| bytes.len() >= *n && (*first..=*last).contains(&of(*n));
        let n =
            self.spaces.iter().find(fits).map_or(default_bytes, |(n, ..)| *n).clamp(1, bytes.len().max(1));
        (of(n), n)
    }

    fn code_spaces(&mut self, words: &mut impl Iterator<Item = Word>) {
        while let Some(Word::Hex(first)) = words.next() {
            let Some(Word::Hex(last)) = words.next() else { return };
            if self.spaces.len() < 100 && (1..=4).contains(&first.len()) {
                self.spaces.push((first.len(), number(&first), number(&last)));
            }
        }
    }

    fn chars(&mut self, words: &mut impl Iterator<Item = Word>) {
        while let Some(Word::Hex(code)) = words.next() {
            match words.next() {
                Some(Word::Hex(letters)) => self.add(number(&code), number(&code), utf_16(&letters)),
                Some(_) => {}
                None => return,
            }
        }
    }

    fn ranges(&mut self, words: &mut impl Iterator<Item = Word>) {
        while let Some(Word::Hex(first)) = words.next() {
            let Some(Word::Hex(last)) = words.next() else { return };
            let (first, last) = (number(&first), number(&last));
            match words.next() {
                Some(Word::Hex(letters)) => self.add(first, last, utf_16(&letters)),
                Some(Word::Open) => {
                    let mut code = first;
                    while let Some(Word::Hex(letters)) = words.next() {
                        self.add(code, code, utf_16(&letters));
                        code = code.saturating_add(1);
                    }
                }
                _ => return,
            }
        }
    }

    fn add(&mut self, first: u32, last: u32, letters: String) {
        if self.ranges.len() < MAX_ENTRIES && first <= last {
            self.ranges.push((first, last, letters));
        }
    }
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |code, byte| code << 8 | u32::from(*byte))
}

fn utf_16(bytes: &[u8]) -> String {
    if let [byte] = bytes {
        return char::from(*byte).to_string();
    }
    let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).filter_map(Result::ok).filter(|letter| *letter != '\0').collect()
}

/// The words of a map: hexadecimal strings, brackets, names and operators.
fn words(bytes: &[u8]) -> impl Iterator<Item = Word> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let byte = *bytes.get(at)?;
            at += 1;
            match byte {
                b'<' if bytes.get(at) == Some(&b'<') => at += 1,
                b'<' => {
                    let end = at + bytes[at..].iter().position(|byte| *byte == b'>')?;
                    let digits: Vec<u8> = bytes[at..end]
                        .iter()
                        .filter_map(|byte| char::from(*byte).to_digit(16))
                        .map(|digit| digit as u8)
                        .collect();
                    at = end + 1;
                    let pairs = digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0));
                    return Some(Word::Hex(pairs.collect()));
                }
                b'[' => return Some(Word::Open),
                b']' => return Some(Word::Close),
                b'%' => at += bytes[at..].iter().take_while(|byte| !matches!(byte, b'\n' | b'\r')).count(),
                b if b.is_ascii_alphabetic() => {
                    let n = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
                    let name = String::from_utf8_lossy(&bytes[at - 1..at + n]).into_owned();
                    at += n;
                    return Some(Word::Name(name));
                }
                _ => {}
            }
        }
    })
}
