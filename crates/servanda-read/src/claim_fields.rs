//! The fields of one coded claim, from TOML or from a row of CSV.

use servanda_model::*;

use crate::clock::{Clock, civil_days};
use crate::coded::Coding;
use crate::document::DocumentText;
use crate::fields::Fields;
use crate::messages;
use crate::names::{Found, nearest};
use crate::node::{Node, Table, Value};
use crate::position::position;
use crate::quote;
use crate::words::*;

/// The words of a claim: where they are.
pub(crate) struct Words<'d> {
    pub document: &'d DocumentText,
    pub span: Span,
}

/// A name that the case does not declare, as used once.
pub(crate) struct Stranger {
    pub sort: &'static str,
    pub written: String,
    pub span: Span,
    pub nearest: Option<String>,
}

/// Reads every field but `id`, `document`, `quote`, `nth` and `corrects` (they are asked for by the caller).
/// Faults go to the sink; undeclared names to `strangers`.
pub(crate) fn claim(
    fields: &Fields<'_>,
    words: Option<&Words<'_>>,
    coding: &Coding<'_>,
    strangers: &mut Vec<Stranger>,
) -> Option<Claim> {
    let mut reader = NameReader { fields, coding, strangers };
    if fields.find("kind").is_none() {
        fields.required("kind");
    }
    let kind = fields.word("kind", CLAIM_KINDS);
    let event_kind = event_kind(fields, coding);
    let actors = reader.actors("actors");
    let targets = reader.actors("targets");
    let speaker = reader.actor("speaker");
    let via = reader.actors("via");
    let origin = reader.actor("origin");
    let counter = fields.name("counter").map(|(name, _)| name);
    let place = reader.place("place");
    let position = position(fields, "position");
    let time = fields.text("when").filter(|(text, _)| !text.is_empty()).and_then(|(text, span)| {
        let when = coding.clock.when(text);
        if when.is_none() {
            fields.sink.push(messages::unreadable_when(span, text));
        }
        when
    });
    let window = fields.text("window").filter(|(text, _)| !text.is_empty()).and_then(|(text, span)| {
        let window = coding.clock.window(text);
        if window.is_none() {
            fields.sink.push(messages::unreadable_window(span, text));
        }
        window
    });
    let measure = fields.word("measure", MEASURES).unwrap_or_default();
    if measure != Measure::Occurrence && window.is_none() && fields.find("window").is_none() {
        fields.sink.push(messages::measure_without_window(fields.span(), word_of(MEASURES, &measure)));
    }
    let quantities = quantities(fields);
    let condition = condition(fields);
    let date = date(fields, time.as_ref(), coding.clock);
    let quote_type = fields.word("quote_type", QUOTE_TYPES);
    let cue = cue(fields, words);
    let polarity = fields.word("polarity", POLARITIES).unwrap_or_default();
    let modality = fields.word("modality", MODALITIES).unwrap_or_default();
    let tense = fields.word("tense", TENSES).unwrap_or_default();
    let commitment_level = fields.word("commitment_level", COMMITMENT_LEVELS);
    let action = fields.owned("action").unwrap_or_default();
    let (plover, note) = (fields.owned("plover"), fields.owned("note"));
    let name = |key| fields.name(key).map(|(name, _)| name);
    let (issue, incident, component) = (name("issue"), name("incident"), name("component"));
    let headline = fields.flag("headline").unwrap_or_default();

    let words = words?;
    let quote = words.span.of(&words.document.text)?;
    let mut claim = Claim::new(words.document.document.id, words.span, quote, kind?).ok()?;
    claim.attribution = attribution(words.document.document.publisher.as_ref(), via, speaker.as_ref());
    claim.quote_type =
        quote_type.unwrap_or(if speaker.is_some() { QuoteType::Indirect } else { QuoteType::None });
    Some(Claim {
        event_kind,
        actors,
        targets,
        speaker,
        origin,
        counter,
        place,
        position,
        when: time,
        window,
        measure,
        quantities,
        condition,
        date,
        cue,
        polarity,
        modality,
        tense,
        commitment_level,
        action,
        plover,
        note,
        issue,
        incident,
        component,
        headline,
        method: Method::Coded,
        ..claim
    })
}

/// The document's own voice, then who is cited, outermost first; a link that repeats the one before it is left out.
fn attribution(publisher: Option<&Name>, via: Vec<Name>, speaker: Option<&Name>) -> Vec<Attribution> {
    let mut chain: Vec<Attribution> = Vec::new();
    if let Some(publisher) = publisher {
        chain.push(Attribution { role: AttributionRole::Narrator, name: publisher.clone() });
    }
    for name in via.into_iter().chain(speaker.cloned()) {
        if chain.last().is_none_or(|link| link.name != name) {
            chain.push(Attribution { role: AttributionRole::Source, name });
        }
    }
    chain
}

struct NameReader<'r, 't> {
    fields: &'r Fields<'t>,
    coding: &'r Coding<'r>,
    strangers: &'r mut Vec<Stranger>,
}

impl NameReader<'_, '_> {
    fn actors(&mut self, key: &'static str) -> Vec<Name> {
        let written = self.fields.texts(key);
        written.into_iter().map(|(text, span)| self.resolve("actor", text, span)).collect()
    }

    fn actor(&mut self, key: &'static str) -> Option<Name> {
        let (text, span) = self.fields.text(key).filter(|(text, _)| !text.is_empty())?;
        Some(self.resolve("actor", text, span))
    }

    fn place(&mut self, key: &'static str) -> Option<Name> {
        let (text, span) = self.fields.text(key).filter(|(text, _)| !text.is_empty())?;
        Some(self.resolve("place", text, span))
    }

    fn resolve(&mut self, sort: &'static str, written: &str, span: Span) -> Name {
        let names = self.coding.names;
        match if sort == "place" { names.place(written) } else { names.actor(written) } {
            Found::Id => Name::new(written),
            Found::Alias(id) => {
                self.fields.sink.push(messages::alias_used(span, sort, written, id.as_str()));
                id
            }
            Found::Unknown(nearest) => {
                self.strangers.push(Stranger { sort, written: written.to_owned(), span, nearest });
                Name::new(written)
            }
        }
    }
}

fn event_kind(fields: &Fields<'_>, coding: &Coding<'_>) -> Option<Name> {
    let (name, span) = fields.name("event_kind")?;
    if let Some(kinds) = coding.event_kinds
        && !kinds.contains(&name)
    {
        let near = nearest(name.as_str(), kinds.iter().map(Name::as_str));
        fields.sink.push(messages::unknown_event_kind("R211", span, name.as_str(), near));
    }
    Some(name)
}

/// The figure that counts, then those with a role.
fn quantities(fields: &Fields<'_>) -> Vec<Quantity> {
    let mut all: Vec<Quantity> = quantity(fields).into_iter().collect();
    for table in fields.tables("figures") {
        let inner = Fields::new(table, fields.sink);
        let role = inner.required("role");
        if inner.find("quantity").is_none() {
            inner.required("quantity");
        }
        let figure = quantity(&inner);
        inner.finish();
        if let (Some((role, _)), Some(figure)) = (role, figure) {
            all.push(Quantity { role: Some(Name::new(role)), ..figure });
        }
    }
    all
}

/// `quantity = 24`, `quantity = { low = 20, best = 24, high = 30, approx = true }`, with `unit` beside or inside.
fn quantity(fields: &Fields<'_>) -> Option<Quantity> {
    let unit = fields.owned("unit");
    let node = fields.find("quantity")?;
    let mut quantity = match &node.value {
        Value::Number(text) | Value::Text(text) => {
            let n = number(fields, "quantity", node, text)?;
            Quantity { low: Some(n), best: Some(n), high: Some(n), ..Quantity::default() }
        }
        Value::Table(table) => quantity_table(fields, table),
        _ => {
            fields.bad("quantity", node, "a number or a table { low, best, high, approx }");
            return None;
        }
    };
    if quantity.unit.is_empty() {
        quantity.unit = unit.unwrap_or_default();
    }
    if !quantity.is_ordered() {
        fields.sink.push(messages::unordered_quantity(node.span));
        return None;
    }
    Some(quantity)
}

fn quantity_table(fields: &Fields<'_>, table: &Table) -> Quantity {
    let inner = Fields::new(table, fields.sink);
    let bound = |key: &'static str| {
        let node = inner.find(key)?;
        match &node.value {
            Value::Number(text) | Value::Text(text) => number(&inner, key, node, text),
            _ => {
                inner.bad(key, node, "a number");
                None
            }
        }
    };
    let quantity = Quantity {
        low: bound("low"),
        best: bound("best"),
        high: bound("high"),
        unit: inner.owned("unit").unwrap_or_default(),
        as_written: inner.owned("as_written").unwrap_or_default(),
        approx: inner.flag("approx").unwrap_or_default(),
        role: inner.name("role").map(|(name, _)| name),
    };
    inner.finish();
    quantity
}

fn number(fields: &Fields<'_>, key: &str, node: &Node, text: &str) -> Option<Number> {
    let n = text.replace('_', "").parse().ok();
    if n.is_none() {
        fields.sink.push(messages::no_number("R203", node.span, key, text));
    }
    n
}

fn condition(fields: &Fields<'_>) -> Option<Condition> {
    let inner = Fields::new(fields.table("condition")?, fields.sink);
    inner.required("type");
    let sort = inner.word("type", CONDITION_SORTS);
    let text = inner.required("text");
    inner.finish();
    Some(Condition { sort: sort?, text: text?.0.to_owned() })
}

/// The words of the date. Their interval is that of `when`; figures in the words make them explicit, others relative.
fn date(fields: &Fields<'_>, when: Option<&When>, clock: &Clock) -> Option<DateReference> {
    let node = fields.find("date")?;
    let (text, basis, granularity) = match &node.value {
        Value::Text(text) => (text.clone(), None, None),
        Value::Table(table) => {
            let inner = Fields::new(table, fields.sink);
            let text = inner.required("text");
            let found = (inner.word("basis", DATE_BASES), inner.owned("granularity"));
            inner.finish();
            (text?.0.to_owned(), found.0, found.1)
        }
        _ => {
            fields.bad("date", node, "the words of the date");
            return None;
        }
    };
    if text.is_empty() {
        return None;
    }
    let (start, end) = when.map_or((None, None), |when| civil_days(clock, when));
    let basis = basis.unwrap_or(match when {
        None => DateBasis::None,
        Some(_) if text.contains(|letter: char| letter.is_ascii_digit()) => DateBasis::Explicit,
        Some(_) => DateBasis::Relative,
    });
    let granularity =
        granularity.or_else(|| when.map(|when| word_of(PRECISIONS, &when.precision).to_owned()));
    Some(DateReference { text, start, end, basis, granularity })
}

fn cue(fields: &Fields<'_>, words: Option<&Words<'_>>) -> Option<Cue> {
    let (text, span) = fields.text("cue").filter(|(text, _)| !text.is_empty())?;
    let words = words?;
    let document = &words.document.text;
    match quote::nearest_place(document, words.document.body_start, text, words.span) {
        Some(place) => Some(Cue { text: place.of(document).unwrap_or(text).to_owned(), span: place }),
        None => {
            fields.sink.push(messages::cue_not_found(span, text));
            None
        }
    }
}
