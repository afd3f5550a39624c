//! The bytes of the model file: numbers of variable length (LEB128), one after the other.

/// The model file is not what this program wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damaged;

/// Reads numbers from bytes.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader { bytes }
    }

    pub fn byte(&mut self) -> Result<u8, Damaged> {
        let (first, rest) = self.bytes.split_first().ok_or(Damaged)?;
        self.bytes = rest;
        Ok(*first)
    }

    pub fn number(&mut self) -> Result<u32, Damaged> {
        let mut number = 0u32;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= u32::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Damaged)
    }

    /// A number that says how many items of at least a byte follow: never more than there are bytes.
    pub fn count(&mut self) -> Result<usize, Damaged> {
        let count = self.number()? as usize;
        if count <= self.bytes.len() { Ok(count) } else { Err(Damaged) }
    }

    pub fn signed(&mut self) -> Result<i32, Damaged> {
        let number = self.number()?;
        Ok((number >> 1) as i32 ^ -((number & 1) as i32))
    }

    pub fn text(&mut self) -> Result<&'a str, Damaged> {
        let n = self.count()?;
        let (text, rest) = self.bytes.split_at(n);
        self.bytes = rest;
        std::str::from_utf8(text).map_err(|_| Damaged)
    }

    pub fn is_done(&self) -> bool {
        self.bytes.is_empty()
    }
}

pub(crate) fn put_number(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

pub(crate) fn put_signed(out: &mut Vec<u8>, number: i32) {
    put_number(out, ((number << 1) ^ (number >> 31)) as u32);
}

pub(crate) fn put_text(out: &mut Vec<u8>, text: &str) {
    put_number(out, text.len() as u32);
    out.extend_from_slice(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        let numbers = [0, 1, -1, 63, -64, 64, 1 << 20, i32::MAX, i32::MIN];
        let mut out = Vec::new();
        numbers.iter().for_each(|number| put_signed(&mut out, *number));
        put_text(&mut out, "é");
        let mut reader = Reader::new(&out);
        assert_eq!(numbers.map(|_| reader.signed().unwrap()), numbers);
        assert_eq!(reader.text(), Ok("é"));
        assert!(reader.is_done());
        assert_eq!(reader.byte(), Err(Damaged));
    }
}
