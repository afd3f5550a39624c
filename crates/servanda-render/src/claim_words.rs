//! A claim in words: one line for each field that says something, as `read` and `review` show it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use servanda_model::{
    AttributionRole, Claim, CommitmentLevel, ConditionSort, DateReference, Measure, Name, Polarity, Quantity,
    QuoteType,
};

use crate::civil::Civil;
use crate::figures::{number, unit};
use crate::lexicon::Lexicon;

/// One field of a claim in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FieldWords {
    /// Its name for people.
    pub name: String,
    /// What it says.
    pub said: String,
}

/// The fields of a claim that say something, in the order in which a careful reader asks for them.
pub fn claim_words(claim: &Claim, lexicon: &Lexicon, civil: &Civil) -> Vec<FieldWords> {
    let mut fields: Vec<FieldWords> = Vec::new();
    let mut say = |name: &str, said: String| {
        if !said.is_empty() {
            fields.push(FieldWords { name: name.to_owned(), said });
        }
    };
    let actors = |names: &[Name]| list(names.iter().map(|name| lexicon.actor(name)));
    say("kind", kind(claim, lexicon));
    say("speaker", speaker(claim, lexicon));
    say("chain", chain(claim, lexicon));
    say("origin", claim.origin.as_ref().map(|name| lexicon.actor(name).to_owned()).unwrap_or_default());
    say("actor", actors(&claim.actors));
    say("acted upon", actors(&claim.targets));
    say("action", action(claim));
    say("wording", format!("{}, {}", word(&claim.modality), word(&claim.tense)));
    say(
        "condition",
        claim
            .condition
            .as_ref()
            .map(|c| format!("{} \u{201c}{}\u{201d}", condition(c.sort), c.text))
            .unwrap_or_default(),
    );
    say("commitment", claim.commitment_level.map(commitment).unwrap_or_default());
    say("issue", claim.issue.as_ref().map(|issue| plain(issue.as_str())).unwrap_or_default());
    say("date", claim.date.as_ref().map(date).unwrap_or_default());
    say("when", claim.when.map(|when| civil.when(&when)).unwrap_or_default());
    say("place", claim.place.as_ref().map(|place| lexicon.place(place).to_owned()).unwrap_or_default());
    say("figures", list(claim.quantities.iter().map(quantity)));
    say("counted", counted(claim, lexicon, civil));
    say("part", claim.component.as_ref().map(Name::to_string).unwrap_or_default());
    say("occurrence", claim.incident.as_ref().map(Name::to_string).unwrap_or_default());
    if claim.headline {
        say("stands in", "headline or standfirst".to_owned());
    }
    if !claim.duplicate_spans.is_empty() {
        say("repeated", format!("{} more in the document", claim.duplicate_spans.len()));
    }
    say("remark", claim.note.clone().unwrap_or_default());
    say("corrects", claim.corrects.map(|id| id.short()).unwrap_or_default());
    fields
}

fn kind(claim: &Claim, lexicon: &Lexicon) -> String {
    let mut said = word(&claim.kind);
    if let Some(kind) = &claim.event_kind {
        let label = lexicon.kind(kind);
        let own = if label == kind.as_str() { String::new() } else { format!(" ({kind})") };
        said.push_str(&format!(": {label}{own}"));
    }
    if let Some(plover) = &claim.plover {
        said.push_str(&format!(" \u{b7} {plover}"));
    }
    said
}

/// Who says it, by which word, and how the words are quoted.
fn speaker(claim: &Claim, lexicon: &Lexicon) -> String {
    let how = match claim.quote_type {
        QuoteType::Direct => "in the speaker's words",
        QuoteType::Mixed => "partly in the speaker's words",
        QuoteType::Indirect => "in the narrator's words",
        QuoteType::None => "",
    };
    let cue = claim.cue.as_ref().map(|cue| format!("by \u{201c}{}\u{201d}", cue.text)).unwrap_or_default();
    let who = match (&claim.speaker, &claim.cue) {
        (Some(speaker), _) => lexicon.actor(speaker).to_owned(),
        (None, Some(_)) => "not named".to_owned(),
        (None, None) => "the document's own voice".to_owned(),
    };
    list([who.as_str(), &cue, how].into_iter().filter(|part| !part.is_empty()))
}

fn chain(claim: &Claim, lexicon: &Lexicon) -> String {
    let links = claim.attribution.iter().map(|link| {
        let name = lexicon.actor(&link.name);
        if link.role == AttributionRole::Narrator { format!("{name} (narrator)") } else { name.to_owned() }
    });
    links.collect::<Vec<_>>().join(" > ")
}

fn action(claim: &Claim) -> String {
    let denied = claim.polarity == Polarity::Negative;
    match (claim.action.as_str(), denied) {
        ("", true) => "denied: the wording says that it is not so".to_owned(),
        (action, true) => format!("not: {action}"),
        (action, false) => action.to_owned(),
    }
}

fn counted(claim: &Claim, lexicon: &Lexicon, civil: &Civil) -> String {
    let measure =
        if claim.measure == Measure::Occurrence { String::new() } else { plain(&word(&claim.measure)) };
    let by =
        claim.counter.as_ref().map(|counter| format!("by {}", lexicon.actor(counter))).unwrap_or_default();
    let window = claim.window.map(|window| civil.window(&window)).unwrap_or_default();
    list([measure, by, window].iter().map(String::as_str).filter(|part| !part.is_empty()))
}

fn date(date: &DateReference) -> String {
    let days = match (&date.start, &date.end) {
        (Some(start), Some(end)) if start == end => start.clone(),
        (Some(start), Some(end)) => format!("{start} to {end}"),
        (Some(start), None) => format!("from {start}"),
        (None, Some(end)) => format!("to {end}"),
        (None, None) => "days not known".to_owned(),
    };
    let granularity = date.granularity.as_deref().unwrap_or_default();
    let how = list([word(&date.basis).as_str(), granularity].into_iter().filter(|part| !part.is_empty()));
    format!("\u{201c}{}\u{201d}: {days} ({how})", date.text)
}

/// A figure in words: `"at least six trucks": 6 or more trucks`.
pub(crate) fn quantity(quantity: &Quantity) -> String {
    let value = match (quantity.low, quantity.best, quantity.high) {
        (low, Some(best), high) if low == Some(best) && high == Some(best) => number(best),
        (Some(low), best, Some(high)) if low == high => number(best.unwrap_or(low)),
        (Some(low), best, Some(high)) => {
            let best = best.map(|best| format!(", best {}", number(best))).unwrap_or_default();
            format!("{}\u{2013}{}{best}", number(low), number(high))
        }
        (Some(low), _, None) => format!("{} or more", number(low)),
        (None, _, Some(high)) => format!("up to {}", number(high)),
        (None, Some(best), None) => number(best),
        (None, None, None) => "open".to_owned(),
    };
    let about = if quantity.approx { "about " } else { "" };
    let shown = quantity.best.or(quantity.low).or(quantity.high).unwrap_or_default();
    let unit = unit(&quantity.unit, shown);
    let figure = format!("{about}{value} {unit}");
    let role = quantity.role.as_ref().map(|role| format!(" ({})", plain(role.as_str()))).unwrap_or_default();
    let written = match quantity.as_written.as_str() {
        "" => String::new(),
        written => format!("\u{201c}{written}\u{201d}: "),
    };
    format!("{written}{}{role}", figure.trim_end())
}

fn condition(sort: ConditionSort) -> &'static str {
    match sort {
        ConditionSort::If => "if",
        ConditionSort::Unless => "unless",
        ConditionSort::Until => "until",
        ConditionSort::AsLongAs => "as long as",
        ConditionSort::Before => "before",
        ConditionSort::Once => "once",
        ConditionSort::Without => "without",
        ConditionSort::Prerequisite => "prerequisite:",
    }
}

fn commitment(level: CommitmentLevel) -> String {
    word(&level)
}

/// A word of a closed list as people write it.
fn plain(word: &str) -> String {
    word.replace('_', " ")
}

fn list(parts: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    parts.into_iter().map(|part| part.as_ref().to_owned()).collect::<Vec<_>>().join("; ")
}

/// The word of a closed list, as JSON and case files have it.
pub(crate) fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
