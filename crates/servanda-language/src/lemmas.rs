//! What is the dictionary form of a word? Learned edits of its end, by tag: the longest end that was learned decides.

use crate::code::{Damaged, Reader, put_number, put_text};
use crate::hash::{self, Hash};
use crate::{Fine, Tag};

/// Longest end in bytes that is looked up; a whole word counts as longer than any end.
const MAX_END_BYTES: usize = 6;

/// How a form becomes a lemma.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edit {
    /// Whether capitals stay.
    pub keeps_case: bool,
    /// Bytes that are cut off the end.
    pub cut: u8,
    /// What is put there instead.
    pub add: String,
}

impl Edit {
    /// The edit that makes this lemma of this form.
    pub fn between(form: &str, lemma: &str) -> Edit {
        let small = form.to_lowercase();
        let cased = Edit::of(form, lemma);
        let lower = Edit::of(&small, lemma);
        let keeps_case = cased.0 < lower.0 || small == form;
        let (cut, kept) = if keeps_case { cased } else { lower };
        Edit { keeps_case: keeps_case && small != form, cut: cut as u8, add: lemma[kept..].to_owned() }
    }

    /// Bytes to cut, and bytes that stay.
    fn of(form: &str, lemma: &str) -> (usize, usize) {
        let same = form.char_indices().zip(lemma.chars()).take_while(|((_, a), b)| a == b);
        let kept = same.last().map_or(0, |((at, c), _)| at + c.len_utf8());
        (form.len() - kept, kept)
    }

    /// The lemma of a form, unless the form is too short for the edit.
    pub fn apply(&self, form: &str) -> Option<String> {
        let mut lemma = if self.keeps_case { form.to_owned() } else { form.to_lowercase() };
        let kept =
            lemma.len().checked_sub(usize::from(self.cut)).filter(|kept| lemma.is_char_boundary(*kept))?;
        lemma.truncate(kept);
        lemma.push_str(&self.add);
        (!lemma.is_empty()).then_some(lemma)
    }
}

/// What was learned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lemmas {
    edits: Vec<Edit>,
    /// Edit by hash of tags and end, sorted by hash.
    ends: Vec<(Hash, u16)>,
}

/// Names of the ends of a form under its tags, the whole word first, then from long to short.
pub fn ends(form: &str, (tag, fine): (Tag, Fine)) -> impl Iterator<Item = Hash> {
    let small = form.to_lowercase();
    let tags = (tag as u64) << 8 | fine as u64;
    let whole = hash::bytes(0x10000 | tags, small.bytes());
    let lengths = (0..=MAX_END_BYTES.min(small.len())).rev();
    let bounds = lengths.map(|n| small.len() - n).filter(|at| small.is_char_boundary(*at));
    let hashes: Vec<Hash> = bounds.map(|at| hash::bytes(0x20000 | tags, small[at..].bytes())).collect();
    std::iter::once(whole).chain(hashes)
}

impl Lemmas {
    /// A table of these edits by hash, sorted.
    pub fn new(edits: Vec<Edit>, ends: Vec<(Hash, u16)>) -> Lemmas {
        Lemmas { edits, ends }
    }

    /// The lemma of a form under its tags.
    pub fn lemma(&self, form: &str, tags: (Tag, Fine)) -> String {
        let form: std::borrow::Cow<'_, str> =
            match form.contains(['\u{2019}', '\u{2bc}', '`']) && form.len() > 1 {
                true => form.replace(['\u{2019}', '\u{2bc}', '`'], "'").into(),
                false => form.into(),
            };
        // A modal verb of one form, too rare to be learned whole: by its end it would be "ought" like "bought".
        if form.eq_ignore_ascii_case("ought") {
            return "ought".to_owned();
        }
        let edit = |end: Hash| {
            let at = self.ends.binary_search_by_key(&end, |(hash, _)| *hash).ok()?;
            self.edits[self.ends[at].1 as usize].apply(&form)
        };
        ends(&form, tags).find_map(edit).unwrap_or_else(|| match tags.0 {
            Tag::Propn => form.to_string(),
            _ => form.to_lowercase(),
        })
    }

    /// Appends what was learned to the bytes of a model file.
    pub fn encode(&self, out: &mut Vec<u8>) {
        put_number(out, self.edits.len() as u32);
        for edit in &self.edits {
            out.extend([u8::from(edit.keeps_case), edit.cut]);
            put_text(out, &edit.add);
        }
        put_number(out, self.ends.len() as u32);
        let mut before = 0;
        for (hash, edit) in &self.ends {
            put_number(out, hash.wrapping_sub(before));
            put_number(out, u32::from(*edit));
            before = *hash;
        }
    }

    pub(crate) fn decode(reader: &mut Reader<'_>) -> Result<Lemmas, Damaged> {
        let mut lemmas = Lemmas::default();
        for _ in 0..reader.count()? {
            let (keeps_case, cut) = (reader.byte()? != 0, reader.byte()?);
            lemmas.edits.push(Edit { keeps_case, cut, add: reader.text()?.to_owned() });
        }
        let mut hash: Hash = 0;
        for _ in 0..reader.count()? {
            hash = hash.wrapping_add(reader.number()?);
            let edit = reader.number()? as usize;
            if edit >= lemmas.edits.len() {
                return Err(Damaged);
            }
            lemmas.ends.push((hash, edit as u16));
        }
        Ok(lemmas)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_makes_the_lemma_it_was_taken_from() {
        for (form, lemma) in [
            ("Running", "run"),
            ("was", "be"),
            ("I", "I"),
            ("Orlo", "Orlo"),
            ("ARE", "be"),
            ("n't", "not"),
            ("Études", "étude"),
        ] {
            assert_eq!(Edit::between(form, lemma).apply(form).as_deref(), Some(lemma), "{form}");
        }
        assert_eq!(Edit { keeps_case: false, cut: 3, add: "y".into() }.apply("as"), None);
    }
}
