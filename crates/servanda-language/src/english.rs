//! Is this sentence English? By its letters, then by its short words.

/// Short words that are frequent in English.
const ENGLISH: &[&str] = &[
    "the", "of", "and", "to", "in", "is", "that", "for", "was", "with", "on", "by", "as", "at", "are",
    "were", "be", "been", "it", "its", "has", "have", "had", "will", "would", "from", "not", "this", "which",
    "they", "their", "he", "his", "she", "her", "who", "an", "said", "we", "our", "i", "you", "or", "but",
    "if", "there", "can", "could", "should", "than", "into", "after", "what", "how", "do", "did", "does",
    "my", "your", "so", "when", "some", "any",
];

/// Short words that are frequent in languages of Europe that use Latin letters, and are no English words.
const OTHER: &[&str] = &[
    // French
    "le", "les", "des", "du", "une", "et", "est", "dans", "pour", "qui", "que", "sur", "avec", "aux", "ce",
    "ont", "été", "il", "elle", "ne", "pas", "au", "leur", "cette", "ces", "sont", "nous", "vous", "mais",
    "selon", "sans", // Spanish, Portuguese, Italian
    "el", "los", "las", "una", "del", "que", "con", "por", "para", "y", "se", "su", "como", "os", "da",
    "dos", "em", "um", "uma", "com", "não", "il", "di", "che", "della", "gli", "per", "sono", "nel", "más",
    "ha", // German, Dutch, Scandinavian
    "der", "die", "das", "und", "den", "von", "mit", "ist", "dem", "ein", "eine", "nicht", "auf", "für",
    "im", "zu", "het", "een", "van", "voor", "zijn", "niet", "och", "att", "som", "för", "av", "og", "ikke",
    "til", "er", "på", "har", // Polish, Turkish, Romanian and others
    "nie", "na", "się", "że", "jest", "w", "z", "ve", "bir", "bu", "için", "ile", "și", "nu", "din", "cu",
    "la", "pe", "je", "u", "su", "za", "od", "iz",
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
            n_english += usize::from(ENGLISH.contains(&small));
            n_other += usize::from(OTHER.contains(&small));
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
