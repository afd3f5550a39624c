//! A claim as a form that a person can change: the fields of `claims/*.toml`, each with its value in TOML.

use servanda_model::{
    Claim, Diagnostic, Document, Method, Name, Precision, Quantity, Severity, When, Window,
};

use crate::clock::{Clock, civil_days};
use crate::coded::{Coding, SourceFile, coded_claims};
use crate::document::{DocumentText, Documents};
use crate::names::Names;
use crate::quote::{Collapsed, collapse, nearest_place};
use crate::words::*;

/// The fields that a form knows, in the order in which they are written.
pub const FORM_FIELDS: [&str; 30] = [
    "quote",
    "kind",
    "event_kind",
    "speaker",
    "via",
    "origin",
    "actors",
    "targets",
    "action",
    "polarity",
    "modality",
    "tense",
    "quote_type",
    "cue",
    "when",
    "date",
    "place",
    "quantity",
    "unit",
    "figures",
    "measure",
    "window",
    "counter",
    "component",
    "incident",
    "plover",
    "issue",
    "condition",
    "commitment_level",
    "note",
];
const LISTS: [&str; 3] = ["via", "actors", "targets"];

/// A claim taken apart into fields, to be changed and put together again as a correction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodedForm {
    old: Claim,
    before: Vec<(String, String)>,
    fields: Vec<(String, String)>,
    headline: bool,
}

impl CodedForm {
    /// The form of a claim, with what it says. Times are written in the clock of the case.
    pub fn of(claim: &Claim, clock: &Clock) -> CodedForm {
        let fields: Vec<(String, String)> = FORM_FIELDS
            .iter()
            .filter_map(|key| Some(((*key).to_owned(), normal(value_of(claim, key, clock)?))))
            .collect();
        CodedForm { old: claim.clone(), before: fields.clone(), fields, headline: claim.headline }
    }

    /// Whether nothing was changed.
    pub fn is_unchanged(&self) -> bool {
        self.fields == self.before
    }

    /// The fields that say something, each with its value in TOML.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// Sets a field to what a person typed: a word, a number, names between semicolons, `if: ...` for a condition, or TOML.
    /// An empty value takes the field out.
    ///
    /// # Errors
    /// The form has no such field.
    pub fn set(&mut self, key: &str, typed: &str) -> Result<(), String> {
        let key = if key == "actor" { "actors" } else { key };
        let Some(at) = FORM_FIELDS.iter().position(|known| *known == key) else {
            return Err(format!("a claim has no field '{key}'; fields are {}", FORM_FIELDS.join(", ")));
        };
        self.fields.retain(|(known, _)| known != key);
        let typed = typed.trim();
        if !typed.is_empty() {
            let rank = |key: &str| FORM_FIELDS.iter().position(|known| *known == key).unwrap_or(usize::MAX);
            let place =
                self.fields.iter().position(|(known, _)| rank(known) > at).unwrap_or(self.fields.len());
            self.fields.insert(place, (key.to_owned(), normal(in_toml(key, typed))));
        }
        Ok(())
    }

    /// The form as a file of one claim, to be changed in an editor.
    pub fn to_toml(&self) -> String {
        let mut out = String::from("[[claim]]\n");
        for (key, value) in &self.fields {
            out.push_str(&format!("{key} = {value}\n"));
        }
        out
    }

    /// Takes the fields from a file of one claim, as [`CodedForm::to_toml`] writes it.
    ///
    /// # Errors
    /// What stands in the way, in one line.
    pub fn take_toml(&mut self, text: &str) -> Result<(), String> {
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| error.message().to_owned())?;
        let claims = table.get("claim").and_then(toml::Value::as_array);
        let [toml::Value::Table(claim)] = claims.map_or(&[][..], Vec::as_slice) else {
            return Err("the file is to hold one [[claim]]".to_owned());
        };
        if let Some(key) = claim.keys().find(|key| !FORM_FIELDS.contains(&key.as_str())) {
            return Err(format!("a claim has no field '{key}'"));
        }
        let fields = FORM_FIELDS.iter().filter_map(|key| Some(((*key).to_owned(), inline(claim.get(*key)?))));
        self.fields = fields.collect();
        Ok(())
    }

    /// The correction that the form says: a claim coded by a person, which names the one it corrects.
    ///
    /// Fields that were not touched are taken over as they were. The words must stand in the document.
    ///
    /// # Errors
    /// Everything that is wrong with the form (R201 to R220); warnings alone are no error and come with the claim.
    pub fn claim(
        &self,
        document: &DocumentText,
        clock: &Clock,
        names: &Names,
        event_kinds: Option<&[Name]>,
    ) -> Result<(Claim, Vec<Diagnostic>), Vec<Diagnostic>> {
        let documents = Documents::new([document.clone()]);
        let coding = Coding { clock, documents: &documents, names, event_kinds };
        let path = &document.document.path;
        let mut text = format!("[[claim]]\nid = \"correction\"\ndocument = {}\n", in_quotes(path));
        if let Some(nth) = self.nth(document) {
            text.push_str(&format!("nth = {nth}\n"));
        }
        self.fields.iter().for_each(|(key, value)| text.push_str(&format!("{key} = {value}\n")));
        if self.headline {
            text.push_str("headline = true\n");
        }
        let file = SourceFile { path: "correction.toml", text: &text };
        let (mut claims, mut found) = coded_claims(&[file], &coding);
        // Nobody sees the text that was put together here: places in it would mislead.
        found.iter_mut().for_each(|found| found.file.clear());
        match claims.pop().filter(|_| !found.iter().any(|found| found.severity == Severity::Error)) {
            Some(coded) => Ok((self.settled(coded.claim), found)),
            None => Err(found),
        }
    }

    fn is_touched(&self, key: &str) -> bool {
        let of = |fields: &[(String, String)]| fields.iter().find(|(known, _)| known == key).cloned();
        of(&self.fields) != of(&self.before)
    }

    /// What was not touched is as it was, to the last detail.
    fn settled(&self, coded: Claim) -> Claim {
        let is_as_before = |keys: &[&str]| !keys.iter().any(|key| self.is_touched(key));
        let mut claim = coded;
        let old = &self.old;
        if is_as_before(&["quote"]) {
            (claim.quote, claim.span) = (old.quote.clone(), old.span);
            claim.duplicate_spans = old.duplicate_spans.clone();
        }
        if is_as_before(&["speaker", "via"]) {
            claim.attribution = old.attribution.clone();
            claim.speaker_span = old.speaker_span;
        }
        if is_as_before(&["cue", "quote"]) {
            claim.cue = old.cue.clone();
        }
        if is_as_before(&["when"]) {
            claim.when = old.when;
        }
        if is_as_before(&["when", "date"]) {
            claim.date = old.date.clone();
        }
        if is_as_before(&["window"]) {
            claim.window = old.window;
        }
        if is_as_before(&["quantity", "unit", "figures"]) {
            claim.quantities = old.quantities.clone();
        }
        claim.position = old.position;
        claim.reported_at = old.reported_at;
        claim.method = Method::Coded;
        claim.corrects = Some(old.id());
        claim
    }

    /// Which occurrence of its words is meant, where they occur several times: the one nearest to the old place.
    fn nth(&self, document: &DocumentText) -> Option<usize> {
        let (_, value) = self.fields.iter().find(|(key, _)| key == "quote")?;
        let quote: toml::Value = format!("quote = {value}").parse::<toml::Table>().ok()?.remove("quote")?;
        let quote = quote.as_str()?;
        let places =
            Collapsed::new(&document.text, document.body_start).find_all(&document.text, &collapse(quote));
        let nearest = nearest_place(&document.text, document.body_start, quote, self.old.span)?;
        let at = places.iter().position(|place| *place == nearest)?;
        (places.len() > 1).then_some(at + 1)
    }
}

/// A document of which only some words are at hand: what a correction of other fields can be checked against.
pub fn words_alone(document: Document, claim: &Claim) -> DocumentText {
    let mut text = " ".repeat(claim.span.start.min(1 << 24));
    text.push_str(&claim.quote);
    DocumentText { document, text, body_start: 0, published_at: None, published_on: None, blocks: Vec::new() }
}

fn value_of(claim: &Claim, key: &str, clock: &Clock) -> Option<String> {
    let name = |name: &Option<Name>| name.as_ref().map(|name| in_quotes(name.as_str()));
    let names = |names: &[Name]| {
        let items: Vec<String> = names.iter().map(|name| in_quotes(name.as_str())).collect();
        (!items.is_empty()).then(|| format!("[{}]", items.join(", ")))
    };
    let word = |word: &str| Some(in_quotes(word));
    match key {
        "quote" => word(&claim.quote),
        "kind" => word(word_of(CLAIM_KINDS, &claim.kind)),
        "event_kind" => name(&claim.event_kind),
        "speaker" => name(&claim.speaker),
        "via" => {
            let links =
                claim.attribution.iter().filter(|link| link.role == servanda_model::AttributionRole::Source);
            let links: Vec<Name> = links.map(|link| link.name.clone()).collect();
            let n =
                links.len() - usize::from(links.last().is_some() && links.last() == claim.speaker.as_ref());
            names(&links[..n])
        }
        "origin" => name(&claim.origin),
        "actors" => names(&claim.actors),
        "targets" => names(&claim.targets),
        "action" => (!claim.action.is_empty()).then(|| in_quotes(&claim.action)),
        "polarity" => word(word_of(POLARITIES, &claim.polarity)),
        "modality" => word(word_of(MODALITIES, &claim.modality)),
        "tense" => word(word_of(TENSES, &claim.tense)),
        "quote_type" => word(word_of(QUOTE_TYPES, &claim.quote_type)),
        "cue" => claim.cue.as_ref().map(|cue| in_quotes(&cue.text)),
        "when" => claim.when.map(|when| in_quotes(&when_text(&when, clock))),
        "date" => claim.date.as_ref().map(|date| in_quotes(&date.text)),
        "place" => name(&claim.place),
        "quantity" => claim.amount().map(quantity_text),
        "unit" => None,
        "figures" => {
            let figures = claim.quantities.iter().filter_map(|figure| {
                let role = in_quotes(figure.role.as_ref()?.as_str());
                Some(format!("{{ role = {role}, quantity = {} }}", quantity_text(figure)))
            });
            let figures: Vec<String> = figures.collect();
            (!figures.is_empty()).then(|| format!("[{}]", figures.join(", ")))
        }
        "measure" => word(word_of(MEASURES, &claim.measure)),
        "window" => claim.window.map(|window| in_quotes(&window_text(&window, clock))),
        "counter" => name(&claim.counter),
        "component" => name(&claim.component),
        "incident" => name(&claim.incident),
        "plover" => claim.plover.as_deref().map(in_quotes),
        "issue" => name(&claim.issue),
        "condition" => claim.condition.as_ref().map(|condition| {
            let sort = in_quotes(word_of(CONDITION_SORTS, &condition.sort));
            format!("{{ type = {sort}, text = {} }}", in_quotes(&condition.text))
        }),
        "commitment_level" => {
            claim.commitment_level.map(|level| in_quotes(word_of(COMMITMENT_LEVELS, &level)))
        }
        "note" => claim.note.as_deref().map(in_quotes),
        _ => None,
    }
}

/// `2025-10-13`, `2025-10`, `2025-10-13T09:00:00Z` or two with `/` between, whichever says the same.
fn when_text(when: &When, clock: &Clock) -> String {
    let (first, last) = civil_days(clock, when);
    let is_days = |clock: &Clock| {
        let start = clock.day_of(when.earliest).and_then(|day| clock.day_start(day));
        let end = clock.day_of(when.latest).and_then(|day| clock.day_end(day));
        start == Some(when.earliest) && end == Some(when.latest.plus_ms(1))
    };
    match (first, last) {
        (Some(first), Some(last)) if is_days(clock) => match when.precision {
            Precision::Month => first[..7].to_owned(),
            Precision::Year => first[..4].to_owned(),
            _ if first == last => first,
            _ => format!("{first}/{last}"),
        },
        _ if when.earliest == when.latest => when.earliest.to_string(),
        _ => format!("{}/{}", when.earliest, when.latest),
    }
}

fn window_text(window: &Window, clock: &Clock) -> String {
    let day = |instant| clock.day_of(instant).and_then(|day| Some((day, clock.day_start(day)? == instant)));
    let last = window.end.plus_ms(-1);
    match (day(window.start), clock.day_of(last), clock.day_of(window.end)) {
        (Some((first, true)), Some(last), Some(end)) if clock.day_start(end) == Some(window.end) => {
            if first == last { first.to_string() } else { format!("{first}/{last}") }
        }
        _ => format!("{}/{}", window.start, window.end),
    }
}

fn quantity_text(quantity: &Quantity) -> String {
    if let (Some(low), Some(best), Some(high)) = (quantity.low, quantity.best, quantity.high)
        && low == best
        && best == high
        && quantity.unit.is_empty()
        && quantity.as_written.is_empty()
        && !quantity.approx
    {
        return best.to_string();
    }
    let number = |key: &str, number: Option<servanda_model::Number>| number.map(|n| format!("{key} = {n}"));
    let text = |key: &str, text: &str| (!text.is_empty()).then(|| format!("{key} = {}", in_quotes(text)));
    let parts = [
        number("low", quantity.low),
        number("best", quantity.best),
        number("high", quantity.high),
        quantity.approx.then(|| "approx = true".to_owned()),
        text("unit", &quantity.unit),
        text("as_written", &quantity.as_written),
    ];
    format!("{{ {} }}", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// What a person typed, as a value in TOML.
fn in_toml(key: &str, typed: &str) -> String {
    let is_value = format!("value = {typed}").parse::<toml::Table>().is_ok();
    let is_marked = typed.starts_with(['"', '\'', '[', '{']);
    if is_marked && is_value {
        return typed.to_owned();
    }
    match key {
        _ if LISTS.contains(&key) => {
            let items: Vec<String> =
                typed.split(';').map(str::trim).filter(|item| !item.is_empty()).map(in_quotes).collect();
            format!("[{}]", items.join(", "))
        }
        "quantity" if typed.parse::<servanda_model::Number>().is_ok() => typed.to_owned(),
        "condition" => match typed.split_once(':') {
            Some((sort, text)) => {
                let sort = sort.trim().to_lowercase().replace(' ', "_");
                format!("{{ type = {}, text = {} }}", in_quotes(&sort), in_quotes(text.trim()))
            }
            None => format!("{{ type = \"if\", text = {} }}", in_quotes(typed)),
        },
        _ => in_quotes(typed),
    }
}

/// A basic string of TOML; JSON's escapes are among its own.
fn in_quotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The one written form of a value, so that what was not touched can be told.
fn normal(value: String) -> String {
    let parsed = format!("value = {value}").parse::<toml::Table>();
    parsed.ok().and_then(|table| table.get("value").map(inline)).unwrap_or(value)
}

/// A value on one line.
fn inline(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => in_quotes(text),
        toml::Value::Array(items) => {
            format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", "))
        }
        toml::Value::Table(table) => {
            let parts: Vec<String> =
                table.iter().map(|(key, value)| format!("{key} = {}", inline(value))).collect();
            format!("{{ {} }}", parts.join(", "))
        }
        toml::Value::Float(number) => number.to_string(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use servanda_model::{ClaimKind, Hash32, Span};

    fn document(text: &str) -> DocumentText {
        let metadata = crate::DocumentMetadata::default();
        crate::read_document("sources/a.md", text.as_bytes(), &Clock::utc(), Some(&metadata)).0
    }

    #[test]
    fn an_untouched_form_gives_the_same_claim_but_for_who_made_it() {
        let document = document("The gate opened. The gate opened on Monday, the North said.\n");
        let at = document.text.rfind("The gate opened").unwrap();
        let span = Span::new(at, at + 15);
        let mut claim = Claim::new(
            servanda_model::DocumentId(Hash32::of(document.text.as_bytes())),
            span,
            "The gate opened",
            ClaimKind::Event,
        )
        .unwrap();
        claim.method = Method::Read;
        claim.rule = vec!["frame:open".to_owned()];
        claim.speaker = Some("north".into());
        claim.when = Clock::utc().when("2025-10-20");
        claim.quantities = vec![Quantity::exactly(3, "gate")];
        let form = CodedForm::of(&claim, &Clock::utc());
        assert!(form.is_unchanged());
        let names = Names::new(&[], &[]);
        let (made, _) = form.claim(&document, &Clock::utc(), &names, None).unwrap();
        let expected = Claim {
            document: made.document,
            method: Method::Coded,
            rule: Vec::new(),
            corrects: Some(claim.id()),
            ..claim.clone()
        };
        assert_eq!(made, expected);

        let mut form = CodedForm::of(&claim, &Clock::utc());
        let before = form.to_toml();
        form.take_toml(&before).unwrap();
        assert!(form.is_unchanged(), "{before}");
        form.set("actors", "north; south").unwrap();
        form.set("quantity", "4").unwrap();
        form.set("condition", "as long as: the road is open").unwrap();
        form.set("when", "2025-10-21").unwrap();
        let (made, _) = form.claim(&document, &Clock::utc(), &names, None).unwrap();
        assert_eq!(made.actors.len(), 2);
        assert_eq!(made.condition.unwrap().sort, servanda_model::ConditionSort::AsLongAs);
        assert_eq!(made.when, Clock::utc().when("2025-10-21"));
        assert_eq!(made.span, span, "the nearest of several places");
        assert!(form.set("colour", "red").is_err());
        form.set("quote", "The gate was never opened").unwrap();
        let found = form.claim(&document, &Clock::utc(), &names, None).unwrap_err();
        assert_eq!(found[0].code, "R207");
    }
}
