//! Is this sentence English? By its letters, then by its short words.

/// Short words that are frequent in English, sorted.
const ENGLISH: &[&str] = &[
    "after", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can", "could", "did", "do",
    "does", "for", "from", "had", "has", "have", "he", "her", "his", "how", "i", "if", "in", "into", "is",
    "it", "its", "my", "not", "of", "on", "or", "our", "said", "she", "should", "so", "some", "than", "that",
    "the", "their", "there", "they", "this", "to", "was", "we", "were", "what", "when", "which", "who",
    "will", "with", "would", "you", "your",
];

/// Short words that are frequent in languages of Europe that use Latin letters (French, Spanish, Portuguese, German,
/// Dutch, the Scandinavian ones, Polish, Romanian and others), and are not frequent in English; sorted.
const OTHER: &[&str] = &[
    "att", "au", "auf", "aux", "av", "avec", "bir", "bu", "ce", "ces", "cette", "che", "com", "como", "con",
    "cu", "da", "dans", "das", "del", "della", "dem", "den", "der", "des", "di", "die", "din", "dos", "du",
    "een", "ein", "eine", "el", "elle", "em", "er", "est", "et", "för", "für", "gli", "ha", "har", "het",
    "ikke", "il", "ile", "im", "ist", "iz", "için", "je", "jest", "la", "las", "le", "les", "leur", "los",
    "mais", "mit", "más", "na", "ne", "nel", "nicht", "nie", "niet", "nous", "nu", "não", "och", "od", "og",
    "ont", "os", "para", "pas", "pe", "per", "por", "pour", "på", "que", "qui", "sans", "se", "selon", "się",
    "som", "sono", "sont", "su", "sur", "til", "u", "um", "uma", "una", "und", "une", "van", "ve", "von",
    "voor", "vous", "w", "y", "z", "za", "zijn", "zu", "été", "że", "și",
];

/// Whether the words of a sentence read as English. Names, numbers and headlines without short words count as English
/// as long as their letters are Latin.
pub(crate) fn is_english<'a>(words: impl Iterator<Item = &'a str>) -> bool {
    let (mut n_latin, mut n_letters, mut n_english, mut n_other) = (0usize, 0usize, 0usize, 0usize);
    for word in words {
        if word.is_ascii() {
            let n = word.bytes().filter(u8::is_ascii_alphabetic).count();
            n_latin += n;
            n_letters += n;
        } else {
            n_letters += word.chars().filter(|c| c.is_alphabetic()).count();
            n_latin += word.chars().filter(|c| c.is_alphabetic() && (*c as u32) < 0x250).count();
        }
        if word.len() <= 8 {
            let mut small = [0u8; 8];
            let small = lowered(word, &mut small);
            n_english += usize::from(ENGLISH.binary_search(&small).is_ok());
            n_other += usize::from(OTHER.binary_search(&small).is_ok());
        }
    }
    n_latin * 2 >= n_letters && (n_other < 2 || n_english * 2 >= n_other)
}

/// ASCII letters made small; other words as they are.
fn lowered<'a>(word: &'a str, room: &'a mut [u8; 8]) -> &'a str {
    if !word.is_ascii() {
        return word;
    }
    let room = &mut room[..word.len()];
    room.copy_from_slice(word.as_bytes());
    room.make_ascii_lowercase();
    std::str::from_utf8(room).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_sorted_and_in_one_list() {
        assert!(ENGLISH.is_sorted() && OTHER.is_sorted());
        assert!(OTHER.iter().all(|word| !ENGLISH.contains(word)));
    }
}
