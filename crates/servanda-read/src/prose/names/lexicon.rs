//! The nouns that say who somebody is: offices, functions, groups, private persons. Language only; no actor is named.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

use serde::Deserialize;
use servanda_model::ActorKind;

use super::phrases::Phrases;
use super::words::fold;

const ROLES: &str = include_str!("../../../data/roles.toml");

/// A class of nouns.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Class {
    /// Its name.
    pub id: String,
    /// What sort of actor its nouns make.
    pub kind: ActorKind,
    /// Whether they mean persons.
    #[serde(default)]
    pub is_person: bool,
    /// Whether whoever is named with it acts in public, so that the noun stands for the person.
    #[serde(default)]
    pub is_public: bool,
    /// Whether one person holds it, so that it makes an office of a state or organisation.
    #[serde(default)]
    pub is_office: bool,
    /// Whether with the name of a state it means the state.
    #[serde(default)]
    pub stands_for: bool,
    /// Whether no output repeats it.
    #[serde(default)]
    pub is_loaded: bool,
    /// Whether its nouns stand for many as they are.
    #[serde(default)]
    pub only_plural: bool,
    /// "the NOUN" points back to actors of these kinds.
    #[serde(default)]
    pub anaphor: Vec<ActorKind>,
    nouns: Vec<String>,
}

/// A noun as it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Role {
    /// Index into [`Lexicon::classes`].
    pub class: u16,
    /// Index into [`Lexicon::nouns`]: the noun, other names of one office folded into the first.
    pub noun: u16,
    /// Whether it means several.
    pub is_plural: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    class: Vec<Class>,
    titles: Titles,
    words: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Titles {
    honorifics: Vec<String>,
    particles: Vec<String>,
    same: BTreeMap<String, Vec<String>>,
}

/// The lexicon, ready for use.
#[derive(Debug)]
pub(super) struct Lexicon {
    pub classes: Vec<Class>,
    pub nouns: Vec<String>,
    pub roles: Phrases<Role>,
    pub honorifics: HashSet<String>,
    pub particles: HashSet<String>,
    lists: HashMap<String, HashSet<String>>,
}

impl Lexicon {
    /// The lexicon of the crate.
    pub fn builtin() -> &'static Lexicon {
        static BUILTIN: OnceLock<Lexicon> = OnceLock::new();
        // The file is part of the crate, and a test reads it: it cannot be at fault at run time.
        BUILTIN.get_or_init(|| Lexicon::of(toml::from_str(ROLES).expect("data/roles.toml is sound")))
    }

    fn of(file: File) -> Lexicon {
        let first_of: HashMap<&str, &str> = file
            .titles
            .same
            .iter()
            .flat_map(|(first, others)| others.iter().map(move |other| (other.as_str(), first.as_str())))
            .collect();
        let mut lexicon = Lexicon {
            classes: Vec::new(),
            nouns: Vec::new(),
            roles: Phrases::default(),
            honorifics: folded(&file.titles.honorifics),
            particles: folded(&file.titles.particles),
            lists: file.words.iter().map(|(name, list)| (name.clone(), folded(list))).collect(),
        };
        let mut numbers: HashMap<String, u16> = HashMap::new();
        for (class, entry) in file.class.iter().enumerate() {
            let others = || entry.nouns.iter().filter_map(|noun| file.titles.same.get(noun)).flatten();
            for noun in entry.nouns.iter().chain(others()) {
                let first = first_of.get(noun.as_str()).copied().unwrap_or(noun);
                let next = lexicon.nouns.len() as u16;
                let number = *numbers.entry(first.to_owned()).or_insert_with(|| {
                    lexicon.nouns.push(first.to_owned());
                    next
                });
                let role = Role { class: class as u16, noun: number, is_plural: entry.only_plural };
                lexicon.roles.add(noun, role);
                if !entry.only_plural {
                    for many in plurals(noun) {
                        lexicon.roles.add(&many, Role { is_plural: true, ..role });
                    }
                }
            }
        }
        lexicon.classes = file.class;
        lexicon
    }

    pub fn class(&self, role: Role) -> &Class {
        &self.classes[usize::from(role.class)]
    }

    pub fn noun(&self, role: Role) -> &str {
        &self.nouns[usize::from(role.noun)]
    }

    /// Whether a word, folded, is in one of the lists of `[words]`.
    pub fn has(&self, list: &str, word: &str) -> bool {
        self.lists.get(list).is_some_and(|words| words.contains(&*fold(word)))
    }
}

fn folded(list: &[String]) -> HashSet<String> {
    list.iter().map(|word| fold(word).into_owned()).collect()
}

/// The plurals of a noun phrase: of its last word, or of the word before "of" ("heads of state").
fn plurals(noun: &str) -> Vec<String> {
    let (head, rest) = match noun.split_once(" of ") {
        Some((head, rest)) => (head, format!(" of {rest}")),
        None => (noun, String::new()),
    };
    let (before, word) = head.rsplit_once(' ').map_or(("", head), |(before, word)| (before, word));
    let many = match word {
        "child" => "children".to_owned(),
        "schoolchild" => "schoolchildren".to_owned(),
        "person" => "persons".to_owned(),
        "wife" => "wives".to_owned(),
        "general" if before == "secretary" || before == "attorney" => {
            return vec![format!("{before}s general{rest}")];
        }
        _ if word.ends_with("man") && word != "human" => format!("{}men", &word[..word.len() - 3]),
        _ if word.ends_with('y') && !is_vowel_y(word) => {
            format!("{}ies", &word[..word.len() - 1])
        }
        _ if word.ends_with("sh") || word.ends_with("ch") || word.ends_with('s') || word.ends_with('x') => {
            format!("{word}es")
        }
        _ => format!("{word}s"),
    };
    let join = |word: &str| {
        if before.is_empty() { format!("{word}{rest}") } else { format!("{before} {word}{rest}") }
    };
    vec![join(&many)]
}

fn is_vowel_y(word: &str) -> bool {
    word.ends_with("ay") || word.ends_with("ey") || word.ends_with("oy") || word.ends_with("uy")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_are_found_in_the_singular_and_the_plural() {
        let check = |phrase: &str, expected: &str| {
            let lexicon = Lexicon::builtin();
            let shown: Vec<String> = lexicon
                .roles
                .meanings(phrase)
                .map(|role| {
                    let many = if role.is_plural { "+" } else { "" };
                    format!("{} {}{many}", lexicon.class(*role).id, lexicon.noun(*role))
                })
                .collect();
            assert_eq!(shown.join("; "), expected, "{phrase}");
        };
        check("officials", "official official+");
        check("vice-president", "office vice president");
        check("Defence Minister", "office defense minister");
        check("ministers of foreign affairs", "office foreign minister+");
        check("gunmen", "fighter gunman+");
        check("ministries", "body ministry+");
        check("attorneys general", "office attorney general+");
        check("heads of state", "office head of state+");
        check("spokeswoman", "official spokesperson");
        check("families", "people families+");
        check("troops", "forces troops+");
        check("stone", "");
    }
}
