//! The words that say that something is said: `data/cues.toml`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;
use servanda_model::Modality;

/// What may follow a verb that reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Takes {
    /// A clause with "that", "whether", "how", or a bare one.
    Clause,
    /// A quotation.
    Quote,
    /// An infinitive.
    To,
    /// Someone who is told, before the rest.
    Person,
    /// An object that is the content.
    Noun,
    /// An object and, behind "as", what it is called.
    As,
    /// An object and, right behind it, what it is called.
    Called,
    /// A gerund.
    Gerund,
}

/// What is done with words, or in the mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum CueClass {
    Say,
    Judge,
    Allege,
    Demand,
    Propose,
    Warn,
    Deny,
    Promise,
    Refuse,
    Expect,
    Want,
    Believe,
    Know,
    Learn,
    Show,
    Support,
    Oppose,
}

/// A verb or noun that reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// Words behind the first ("point out": "out").
    pub rest: Vec<String>,
    /// What is done.
    pub class: CueClass,
    /// How far it vouches for the content.
    pub modality: Modality,
    /// Whether something is said, not only thought or wanted.
    pub is_communication: bool,
    /// What may follow.
    pub takes: Vec<Takes>,
}

impl Cue {
    /// Whether that may follow.
    pub fn takes(&self, what: Takes) -> bool {
        self.takes.contains(&what)
    }
}

/// The lexicon of words that report.
#[derive(Clone, Debug, Default)]
pub struct Cues {
    verbs: BTreeMap<String, Vec<Cue>>,
    nouns: BTreeMap<String, Cue>,
    adjectives: BTreeMap<String, Cue>,
    carriers: Vec<String>,
    adverbs: BTreeMap<String, Modality>,
    prepositions: Vec<Vec<String>>,
    things: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    verbs: Vec<Group>,
    nouns: Vec<Group>,
    adjectives: Vec<Group>,
    carriers: Words,
    adverbs: BTreeMap<String, Vec<String>>,
    prepositions: Words,
    things: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    class: CueClass,
    modality: Option<String>,
    is_communication: Option<bool>,
    #[serde(default)]
    takes: Vec<Takes>,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<String>,
}

impl Group {
    fn cue(&self, rest: Vec<String>) -> Cue {
        Cue {
            rest,
            class: self.class,
            modality: self.modality.as_deref().map_or(Modality::Actual, modality),
            is_communication: self.is_communication.unwrap_or(true),
            takes: self.takes.clone(),
        }
    }
}

fn modality(word: &str) -> Modality {
    let known = crate::words::MODALITIES.iter().find(|(known, _)| *known == word);
    known.map_or(Modality::Actual, |(_, modality)| *modality)
}

impl Cues {
    /// The lexicon that comes with the program.
    pub fn builtin() -> &'static Cues {
        static BUILTIN: OnceLock<Cues> = OnceLock::new();
        BUILTIN.get_or_init(|| Cues::parse(include_str!("../../../data/cues.toml")).unwrap_or_default())
    }

    /// Reads a lexicon.
    ///
    /// # Errors
    /// The text is no TOML of this shape; the message says where.
    pub fn parse(text: &str) -> Result<Cues, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut cues = Cues {
            carriers: file.carriers.words,
            things: file.things.words,
            prepositions: file.prepositions.words.iter().map(|words| split(words)).collect(),
            ..Cues::default()
        };
        for group in &file.verbs {
            for word in &group.words {
                let mut words = split(word);
                if !words.is_empty() {
                    let first = words.remove(0);
                    cues.verbs.entry(first).or_default().push(group.cue(words));
                }
            }
        }
        // The longest first: "call for" before "call".
        cues.verbs.values_mut().for_each(|list| list.sort_by_key(|cue| std::cmp::Reverse(cue.rest.len())));
        for (groups, list) in [(&file.nouns, &mut cues.nouns), (&file.adjectives, &mut cues.adjectives)] {
            for group in groups {
                list.extend(group.words.iter().map(|word| (word.clone(), group.cue(Vec::new()))));
            }
        }
        for (held, words) in &file.adverbs {
            cues.adverbs.extend(words.iter().map(|word| (word.clone(), modality(held))));
        }
        Ok(cues)
    }

    /// The cues that begin with this verb, the longest first.
    pub fn verb(&self, lemma: &str) -> &[Cue] {
        self.verbs.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The cue of this noun.
    pub fn noun(&self, lemma: &str) -> Option<&Cue> {
        self.nouns.get(lemma)
    }

    /// The cue of this adjective.
    pub fn adjective(&self, lemma: &str) -> Option<&Cue> {
        self.adjectives.get(lemma)
    }

    /// Whether this verb carries a noun of saying ("issue a statement").
    pub fn is_carrier(&self, lemma: &str) -> bool {
        self.carriers.iter().any(|carrier| carrier == lemma)
    }

    /// What an adverb of hearsay makes of its clause.
    pub fn adverb(&self, word: &str) -> Option<Modality> {
        self.adverbs.get(word).copied()
    }

    /// Words before a source ("according to").
    pub fn prepositions(&self) -> &[Vec<String>] {
        &self.prepositions
    }

    /// Whether that noun names what happens or is so, never someone who says it.
    pub fn is_thing(&self, lemma: &str) -> bool {
        self.things.iter().any(|thing| thing == lemma)
    }

    /// The lemma, or where the lexicon does not know it the one that the form of the word suggests ("noting": note).
    pub fn known_lemma(&self, lemma: &str, word: &str) -> String {
        if self.verbs.contains_key(lemma) {
            return lemma.to_owned();
        }
        let word = word.to_lowercase();
        for ending in ["ing", "ed", "es", "s"] {
            let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() > 2) else { continue };
            let mut letters = stem.chars();
            let once = letters
                .next_back()
                .filter(|last| stem.ends_with(&last.to_string().repeat(2)))
                .map(|_| letters.as_str());
            let guesses = [Some(format!("{stem}e")), Some(stem.to_owned()), once.map(str::to_owned)];
            if let Some(guess) = guesses.into_iter().flatten().find(|guess| self.verbs.contains_key(guess)) {
                return guess;
            }
        }
        lemma.to_owned()
    }
}

fn split(words: &str) -> Vec<String> {
    words.split_whitespace().map(str::to_owned).collect()
}
