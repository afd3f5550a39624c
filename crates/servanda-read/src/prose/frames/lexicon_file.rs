//! Reads frames, holders and issues from TOML.

use std::collections::BTreeMap;

use servanda_model::{Diagnostic, Modality, Name, Polarity, Span};

use super::lexicon::{Carrier, Frame, Holder, Issue, Lexicon, Pattern, Run};
use crate::fields::{Fields, LEXICON, Sink};
use crate::messages;
use crate::names::nearest;
use crate::node;
use crate::words::{CLAIM_KINDS, COMMITMENT_LEVELS, MODALITIES, POLARITIES};

/// Categories of the PLOVER manual of 2021 (Open Event Data Alliance).
const CATEGORIES: [&str; 16] = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
];
/// More elements or words than this make no pattern.
const MAX_PARTS: usize = 12;

pub(super) fn read(lexicon: &mut Lexicon, path: &str, text: &str) -> Vec<Diagnostic> {
    let sink = Sink::new(path, LEXICON);
    let parsed = node::parse(text, &sink);
    let root = Fields::new(&parsed.root, &sink);
    // Tables of the same file that others read.
    let _ = (root.find("kind"), root.find("undated_days"));
    let mut seen: BTreeMap<Name, Span> = BTreeMap::new();
    for table in parsed.sound(root.tables("frame"), text.len()) {
        let fields = Fields::new(table, &sink);
        frame(lexicon, &fields, &mut seen);
        fields.finish();
    }
    for table in parsed.sound(root.tables("holder"), text.len()) {
        let fields = Fields::new(table, &sink);
        holder(lexicon, &fields);
        fields.finish();
    }
    let mut issues = Vec::new();
    for table in parsed.sound(root.tables("issue"), text.len()) {
        let fields = Fields::new(table, &sink);
        issues.extend(issue(lexicon, &fields));
        fields.finish();
    }
    // What a case adds is tried first.
    lexicon.issues.splice(0..0, issues);
    root.finish();
    sink.into_list()
}

fn frame(lexicon: &mut Lexicon, fields: &Fields<'_>, seen: &mut BTreeMap<Name, Span>) {
    let id = fields.required("id").map(|(id, span)| (Name::new(id), span));
    let kind = fields.word("kind", CLAIM_KINDS);
    let plover = fields.text("plover").and_then(|(plover, span)| category(fields.sink, plover, span));
    let given = Given {
        issue: fields.name("issue").map(|(issue, _)| issue),
        commitment: fields.word("commitment", COMMITMENT_LEVELS),
        effect: fields.word("effect", POLARITIES),
        holds: fields.word("holds", MODALITIES),
        target: texts(fields, "target"),
        object: texts(fields, "object"),
        place: texts(fields, "place"),
    };
    let words: Vec<(Carrier, Vec<(&str, Span)>)> = vec![
        (Carrier::Verb, fields.texts("verbs")),
        (Carrier::Noun, fields.texts("nouns")),
        (Carrier::Adjective, fields.texts("adjectives")),
    ];
    let Some((id, span)) = id else { return };
    if let Some(first) = seen.insert(id.clone(), span) {
        fields.sink.push(messages::frame_twice(span, first, id.as_str()));
        return;
    }
    let at = match lexicon.frames.iter().position(|known| known.id == id) {
        Some(at) => at,
        None => {
            let Some(kind) = kind else {
                if fields.table.find("kind").is_none() {
                    fields.sink.push(messages::missing(fields.sink.family.missing, fields.span(), "kind"));
                }
                return;
            };
            if words.iter().all(|(_, list)| list.is_empty()) {
                fields.sink.push(messages::frame_without_words(span, id.as_str()));
            }
            lexicon.frames.push(Frame {
                id,
                kind,
                plover: None,
                issue: None,
                commitment: None,
                is_negative: false,
                holds: None,
                target: Vec::new(),
                object: vec!["object".to_owned()],
                place: Vec::new(),
            });
            lexicon.frames.len() - 1
        }
    };
    let frame = &mut lexicon.frames[at];
    frame.kind = kind.unwrap_or(frame.kind);
    frame.plover = plover.or(frame.plover.take());
    given.put(frame);
    for (carrier, list) in words {
        for (written, span) in list {
            match elements(lexicon, written) {
                Some(elements) => lexicon.add(Pattern { frame: at, carrier, elements }),
                None => fields.sink.push(messages::no_pattern(span, written)),
            }
        }
    }
}

/// The fields of a frame that a later file may give anew.
struct Given {
    issue: Option<Name>,
    commitment: Option<servanda_model::CommitmentLevel>,
    effect: Option<Polarity>,
    holds: Option<Modality>,
    target: Option<Vec<String>>,
    object: Option<Vec<String>>,
    place: Option<Vec<String>>,
}

impl Given {
    fn put(self, frame: &mut Frame) {
        frame.issue = self.issue.or(frame.issue.take());
        frame.commitment = self.commitment.or(frame.commitment);
        frame.is_negative = self.effect.map_or(frame.is_negative, |effect| effect == Polarity::Negative);
        frame.holds = self.holds.or(frame.holds);
        frame.target = self.target.unwrap_or(std::mem::take(&mut frame.target));
        frame.object = self.object.unwrap_or(std::mem::take(&mut frame.object));
        frame.place = self.place.unwrap_or(std::mem::take(&mut frame.place));
    }
}

fn texts(fields: &Fields<'_>, key: &'static str) -> Option<Vec<String>> {
    let list = fields.texts(key);
    fields.table.find(key).map(|_| list.into_iter().map(|(text, _)| text.to_owned()).collect())
}

fn category(sink: &Sink, plover: &str, span: Span) -> Option<String> {
    let root = plover.split_once('-').map_or(plover, |(root, _)| root);
    if CATEGORIES.contains(&root) {
        return Some(plover.to_owned());
    }
    sink.push(messages::unknown_category(span, plover, nearest(root, CATEGORIES)));
    None
}

fn holder(lexicon: &mut Lexicon, fields: &Fields<'_>) {
    let id = fields.required("id");
    let holds = fields.word("holds", MODALITIES);
    let implies = fields.word("implies", POLARITIES);
    let lemmas = fields.texts("lemmas");
    let Some((id, span)) = id else { return };
    if holds.is_none() && implies.is_none() || lemmas.is_empty() {
        fields.sink.push(messages::idle_holder(span, id));
        return;
    }
    let at = lexicon.holders.len();
    lexicon.holders.push(Holder { id: Name::new(id), holds, implies });
    for (lemma, _) in lemmas {
        let number = lexicon.number_for(&lemma.to_lowercase());
        lexicon.holder_of.entry(number).or_default().push(at);
    }
}

fn issue(lexicon: &mut Lexicon, fields: &Fields<'_>) -> Option<Issue> {
    let id = fields.required("id");
    let words = fields.texts("words");
    let hints = fields.texts("hints");
    let (id, span) = id?;
    if words.is_empty() {
        fields.sink.push(messages::frame_without_words(span, id));
    }
    let is_of_case = !lexicon.issues.is_empty();
    let mut read = |list: Vec<(&str, Span)>| {
        let mut patterns = Vec::new();
        for (written, span) in list {
            match elements(lexicon, written) {
                Some(elements) => patterns.push(elements),
                None => fields.sink.push(messages::no_pattern(span, written)),
            }
        }
        patterns
    };
    let (patterns, hints) = (read(words), read(hints));
    Some(Issue { id: Name::new(id), patterns, hints, is_of_case })
}

/// "carry_out air-strike|raid" as elements of alternatives of runs of lemmas; `None` where it is no pattern.
fn elements(lexicon: &mut Lexicon, written: &str) -> Option<Vec<Vec<Run>>> {
    let lower = written.to_lowercase();
    let parts: Vec<&str> = lower.split_whitespace().collect();
    if parts.is_empty() || parts.len() > MAX_PARTS {
        return None;
    }
    let mut elements = Vec::new();
    for part in parts {
        let mut alternatives: Vec<Run> = Vec::new();
        for alternative in part.split('|') {
            let whole: Vec<&str> = alternative.split('_').collect();
            let split: Vec<&str> = alternative.split(['_', '-']).collect();
            if whole.iter().chain(&split).any(|word| word.is_empty()) || split.len() > MAX_PARTS {
                return None;
            }
            for words in [whole, split] {
                let run: Run = words.into_iter().map(|word| lexicon.number_for(word)).collect();
                if !alternatives.contains(&run) {
                    alternatives.push(run);
                }
            }
        }
        elements.push(alternatives);
    }
    Some(elements)
}
