//! `reading.toml`: how what is read in prose becomes kinds of the case's agreement.

use std::collections::{BTreeMap, BTreeSet};

use servanda_model::{Actor, Claim, ClaimKind, Diagnostic, Measure, Modality, Name, Place, Tense};

use crate::fields::{CASE, Fields, Sink};
use crate::messages;
use crate::names::{Names, nearest};
use crate::node;
use crate::words::{CLAIM_KINDS, MODALITIES, TENSES};

/// One rule: a claim that fits every list that is not empty gets the kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KindRule {
    /// The kind, body or power of the agreement that the claim is about.
    pub event_kind: Name,
    /// Frames of the lexicon, by id or by the part of it before a dot (`attack` takes `attack.aerial`).
    pub frames: Vec<String>,
    /// Categories of the PLOVER manual, with or without mode.
    pub categories: Vec<String>,
    /// Lemmas, at least one of which the clause holds; several words in one text must stand in that order, together.
    pub words: Vec<String>,
    /// Lemmas, at least one of which the clause must hold besides.
    pub also_words: Vec<String>,
    /// Lemmas, none of which the clause may hold.
    pub without_words: Vec<String>,
    /// Sorts of claim.
    pub kinds: Vec<ClaimKind>,
    /// How the wording holds it.
    pub modalities: Vec<Modality>,
    /// Grammatical times.
    pub tenses: Vec<Tense>,
    /// Who acts: the actor or a part of it.
    pub actors: Vec<Name>,
    /// Who is acted upon.
    pub targets: Vec<Name>,
    /// Who says it.
    pub speakers: Vec<Name>,
    /// Where: the place or a part of it. A claim without a place fits.
    pub places: Vec<Name>,
    /// Unit of the figure that counts for the kind; further figures get a role. A longer noun phrase that ends in it fits,
    /// and is put on record in this unit.
    pub unit: Option<String>,
    /// The unit that the figure is put on record in, where the kind counts by another word ("explosion" as "violation").
    pub counted_as: Option<String>,
    /// Which part of the kind's figures it is; left out: the whole.
    pub component: Option<Name>,
    /// Whether the rule is for claims with such a figure only.
    pub needs_figure: bool,
    /// Whether the speaker, or else the publisher, counts by an own rule.
    pub is_counter: bool,
    /// How the figure relates to time, where the words leave it open.
    pub measure: Option<Measure>,
}

/// The rules of a case, and what they need to know of its actors and places.
#[derive(Clone, Debug, Default)]
pub struct KindRules {
    rules: Vec<KindRule>,
    /// Days before its publication that an undated report of something past can reach back; `None`: it stays undated.
    pub undated_days: Option<u32>,
    wholes: BTreeMap<Name, BTreeSet<Name>>,
}

/// Reads `reading.toml`. Tables `[[frame]]`, `[[holder]]` and `[[issue]]` are the lexicon's and left to it.
///
/// # Diagnostics
/// C101 to C104, C166, C167.
pub fn kind_rules(
    path: &str,
    text: &str,
    actors: &[Actor],
    places: &[Place],
    kinds: Option<&[Name]>,
) -> (KindRules, Vec<Diagnostic>) {
    let sink = Sink::new(path, CASE);
    let parsed = node::parse(text, &sink);
    let fields = Fields::new(&parsed.root, &sink);
    let _ = (fields.find("frame"), fields.find("holder"), fields.find("issue"));
    let names = Names::new(actors, places);
    let mut rules = KindRules {
        rules: Vec::new(),
        undated_days: fields.count("undated_days", 0, 366).map(|(days, _)| days as u32),
        wholes: wholes(actors, places),
    };
    for table in parsed.sound(fields.tables("kind"), text.len()) {
        let inner = Fields::new(table, &sink);
        rules.rules.extend(rule(&inner, &names, kinds));
    }
    fields.finish();
    (rules, sink.into_list())
}

fn rule(fields: &Fields<'_>, names: &Names, kinds: Option<&[Name]>) -> Option<KindRule> {
    let event_kind = fields.required("event_kind");
    let owned = |key: &'static str| -> Vec<String> {
        fields.texts(key).into_iter().map(|(text, _)| text.to_lowercase()).collect()
    };
    let declared = |key: &'static str, is_actor: bool| -> Vec<Name> {
        let mut list = Vec::new();
        for (text, span) in fields.texts(key) {
            if !(if is_actor { names.has_actor(text) } else { names.has_place(text) }) {
                let sort = if is_actor { "actor" } else { "place" };
                fields.sink.push(messages::undeclared("C166", span, sort, text, 1, None));
            }
            list.push(Name::new(text));
        }
        list
    };
    let rule = KindRule {
        event_kind: Name::default(),
        frames: owned("frames"),
        categories: fields.texts("categories").into_iter().map(|(text, _)| text.to_owned()).collect(),
        words: owned("words"),
        also_words: owned("also_words"),
        without_words: owned("without_words"),
        kinds: listed(fields, "kinds", CLAIM_KINDS),
        modalities: listed(fields, "modalities", MODALITIES),
        tenses: listed(fields, "tenses", TENSES),
        actors: declared("actors", true),
        targets: declared("targets", true),
        speakers: declared("speakers", true),
        places: declared("places", false),
        unit: fields.owned("unit"),
        counted_as: fields.owned("counted_as"),
        component: fields.owned("component").map(Name::new),
        needs_figure: fields.flag("needs_figure").unwrap_or_default(),
        is_counter: fields.flag("is_counter").unwrap_or_default(),
        measure: fields.word("measure", crate::words::MEASURES),
    };
    fields.finish();
    let (event_kind, span) = event_kind?;
    if let Some(kinds) = kinds.filter(|kinds| !kinds.iter().any(|known| *known == *event_kind)) {
        let near = nearest(event_kind, kinds.iter().map(Name::as_str));
        fields.sink.push(messages::unknown_event_kind("C167", span, event_kind, near));
    }
    Some(KindRule { event_kind: Name::new(event_kind), ..rule })
}

/// Words of a closed list.
fn listed<T: Copy>(fields: &Fields<'_>, key: &'static str, list: &[(&str, T)]) -> Vec<T> {
    let mut values = Vec::new();
    for (text, span) in fields.texts(key) {
        match list.iter().find(|(word, _)| *word == text) {
            Some((_, value)) => values.push(*value),
            None => {
                let words: Vec<&str> = list.iter().map(|(word, _)| *word).collect();
                fields.sink.push(messages::unknown_word("C103", span, key, text, &words));
            }
        }
    }
    values
}

/// Every actor and place with all wholes that it belongs to, itself included, whatever the dates.
fn wholes(actors: &[Actor], places: &[Place]) -> BTreeMap<Name, BTreeSet<Name>> {
    let mut direct: BTreeMap<&Name, Vec<&Name>> = BTreeMap::new();
    for actor in actors {
        direct.entry(&actor.id).or_default().extend(actor.member_of.iter().map(|whole| &whole.of));
    }
    for place in places {
        direct.entry(&place.id).or_default().extend(&place.within);
    }
    let mut wholes = BTreeMap::new();
    for id in direct.keys() {
        let (mut all, mut next) = (BTreeSet::new(), vec![*id]);
        while let Some(at) = next.pop() {
            if all.insert(at.clone()) {
                next.extend(direct.get(at).into_iter().flatten());
            }
        }
        wholes.insert((*id).clone(), all);
    }
    wholes
}

impl KindRules {
    /// The first rule that a claim fits. `lemmas` are those of its clause, in order, in small letters.
    pub fn find(&self, claim: &Claim, frame: Option<&Name>, lemmas: &[String]) -> Option<&KindRule> {
        self.rules.iter().find(|rule| self.fits(rule, claim, frame, lemmas))
    }

    /// Whether `part` is `whole` or belongs to it.
    pub fn belongs(&self, part: &Name, whole: &Name) -> bool {
        part == whole || self.wholes.get(part).is_some_and(|wholes| wholes.contains(whole))
    }

    fn fits(&self, rule: &KindRule, claim: &Claim, frame: Option<&Name>, lemmas: &[String]) -> bool {
        let any = |wanted: &[Name], found: &[Name]| {
            wanted.is_empty()
                || found.iter().any(|found| wanted.iter().any(|whole| self.belongs(found, whole)))
        };
        let frame_fits = |wanted: &String| {
            frame.is_some_and(|id| {
                id.as_str()
                    .strip_prefix(wanted.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
        };
        let category_fits = |wanted: &String| {
            claim.plover.as_deref().is_some_and(|found| {
                found
                    .strip_prefix(wanted.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
            })
        };
        let place: Vec<Name> = claim.place.iter().cloned().collect();
        let speaker: Vec<Name> = claim.speaker.iter().cloned().collect();
        let has_unit = rule
            .unit
            .as_ref()
            .is_none_or(|unit| claim.quantities.iter().any(|quantity| is_unit(&quantity.unit, unit)));
        (rule.frames.is_empty() || rule.frames.iter().any(frame_fits))
            && (rule.categories.is_empty() || rule.categories.iter().any(category_fits))
            && (rule.words.is_empty() || rule.words.iter().any(|words| stands(words, lemmas)))
            && (rule.also_words.is_empty() || rule.also_words.iter().any(|words| stands(words, lemmas)))
            && !rule.without_words.iter().any(|words| stands(words, lemmas))
            && (rule.kinds.is_empty() || rule.kinds.contains(&claim.kind))
            && (rule.modalities.is_empty() || rule.modalities.contains(&claim.modality))
            && (rule.tenses.is_empty() || rule.tenses.contains(&claim.tense))
            && any(&rule.actors, &claim.actors)
            && any(&rule.targets, &claim.targets)
            && any(&rule.speakers, &speaker)
            && (place.is_empty() || any(&rule.places, &place))
            && (!rule.needs_figure || !claim.quantities.is_empty() && has_unit)
    }
}

/// Whether a figure is in a unit: the unit itself, or a noun phrase that ends in it ("ceasefire violation": violation).
pub(super) fn is_unit(found: &str, unit: &str) -> bool {
    found.strip_suffix(unit).is_some_and(|before| before.is_empty() || before.ends_with(' '))
}

/// Whether these words stand one after the other.
fn stands(words: &str, lemmas: &[String]) -> bool {
    let words: Vec<&str> = words.split_whitespace().collect();
    !words.is_empty() && lemmas.windows(words.len()).any(|window| window.iter().eq(words.iter()))
}
