//! Which words keep their full stop?

/// What a word with a full stop says about the end of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// A title or the like: something always follows.
    Leads,
    /// Abbreviated only before a number: "No. 5".
    LeadsNumber,
    /// May also be the last word of a sentence.
    MayEnd,
}

const LEADS: &[&str] = &[
    "adm", "amb", "approx", "asst", "brig", "bro", "ca", "capt", "cdr", "cf", "cllr", "cmdr", "col", "cpl",
    "det", "dir", "dr", "e.g", "eg", "esp", "fr", "ft", "gen", "gov", "hon", "i.e", "ie", "insp", "lt",
    "ltd-gen", "maj", "messrs", "mgr", "mr", "mrs", "ms", "mt", "mx", "pfc", "pres", "prof", "pte", "pvt",
    "rep", "reps", "rev", "sen", "sens", "sgt", "sr", "st", "ste", "supt", "viz", "vs",
];

const LEADS_NUMBER: &[&str] = &[
    "app", "art", "arts", "ch", "fig", "figs", "no", "nos", "para", "paras", "pp", "res", "sec", "tel", "vol",
];

const MAY_END: &[&str] = &[
    "a.k.a", "a.m", "apr", "assn", "aug", "ave", "blvd", "bros", "co", "corp", "dec", "dept", "est", "etc",
    "feb", "fri", "inc", "jan", "jr", "jul", "jun", "ltd", "m.d", "mon", "nov", "oct", "p.m", "p.s", "ph.d",
    "plc", "rd", "sat", "sep", "sept", "thu", "thur", "thurs", "tue", "tues", "univ", "wed",
];

/// Words that are abbreviated only with a capital: "Mon." is a day, "mon." is nothing.
const CAPITAL: &[&str] = &[
    "apr", "aug", "ave", "co", "col", "dec", "det", "dir", "est", "feb", "fri", "gen", "jan", "jul", "jun",
    "mon", "mt", "nov", "oct", "pres", "rep", "rev", "sat", "sen", "sep", "st", "ste", "thu", "tue", "wed",
    "hon", "art", "no", "res",
];

/// What a word is, written without its last full stop.
pub(crate) fn abbreviation(word: &str) -> Option<Abbreviation> {
    if word.len() > 8 || word.is_empty() {
        return None;
    }
    if is_acronym(word) {
        return Some(Abbreviation::MayEnd);
    }
    let small = word.to_ascii_lowercase();
    if CAPITAL.contains(&small.as_str()) && !word.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let is_in = |list: &[&str]| list.contains(&small.as_str());
    if is_in(LEADS) {
        Some(Abbreviation::Leads)
    } else if is_in(LEADS_NUMBER) {
        Some(Abbreviation::LeadsNumber)
    } else {
        is_in(MAY_END).then_some(Abbreviation::MayEnd)
    }
}

/// Single letters with full stops between them, without the last one: `J`, `U.S`, `a.m`.
pub(crate) fn is_acronym(word: &str) -> bool {
    let mut letters = 0;
    for part in word.split('.') {
        let mut chars = part.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if c.is_alphabetic() => letters += 1,
            _ => return false,
        }
    }
    letters > 1 || word.starts_with(|c: char| c.is_uppercase())
}
