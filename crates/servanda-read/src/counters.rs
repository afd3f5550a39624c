//! `counters.toml`: who counts by which rule, and sourced factors between units.

use servanda_model::{Conversion, Counter, Diagnostic, Name, Number, Span};

use crate::actors::civil_range;
use crate::fields::{CASE, Fields, Sink};
use crate::messages;
use crate::names::{Found, Names, nearest};
use crate::node::{self, Value};
use crate::words::VERIFICATIONS;

/// Reads `counters.toml`, in the order of the file. What lacks its rule or its source is left out and reported.
///
/// `kinds` are those of the agreement; `None`: not checked.
///
/// # Diagnostics
/// C101 to C104, C106, C112, C140 to C144.
pub fn counters(
    path: &str,
    text: &str,
    names: &Names,
    kinds: Option<&[Name]>,
) -> (Vec<Counter>, Vec<Conversion>, Vec<Diagnostic>) {
    let sink = Sink::new(path, CASE);
    let parsed = node::parse(text, &sink);
    let fields = Fields::new(&parsed.root, &sink);
    let mut counters: Vec<(Counter, Span)> = Vec::new();
    for table in parsed.sound(fields.tables("counter"), text.len()) {
        let Some((counter, span)) = counter(&Fields::new(table, &sink), names, kinds) else { continue };
        let earlier = counters.iter().find(|(other, _)| overlap(other, &counter));
        if let Some((_, first)) = earlier {
            sink.push(messages::two_rules(span, *first, counter.id.as_str()));
        } else {
            counters.push((counter, span));
        }
    }
    let conversions = parsed.sound(fields.tables("conversion"), text.len());
    let conversions =
        conversions.into_iter().filter_map(|table| conversion(&Fields::new(table, &sink))).collect();
    fields.finish();
    (counters.into_iter().map(|(counter, _)| counter).collect(), conversions, sink.into_list())
}

fn counter(fields: &Fields<'_>, names: &Names, kinds: Option<&[Name]>) -> Option<(Counter, Span)> {
    let id = fields.required("id");
    let of = fields.texts("of");
    if of.is_empty() {
        fields.required("of");
    }
    let rule = fields.required("rule");
    let source = sourced(fields, "counting rule");
    let actor = |text: &str, span: Span| match names.actor(text) {
        Found::Id => Name::new(text),
        Found::Alias(id) => id,
        Found::Unknown(near) => {
            fields.sink.push(messages::unknown_counter(span, "actor", text, near));
            Name::new(text)
        }
    };
    let mut counter = Counter {
        rule: rule.map(|(rule, _)| rule.to_owned()).unwrap_or_default(),
        unit: fields.owned("unit").unwrap_or_default(),
        stage: fields.name("stage").map(|(stage, _)| stage),
        includes: fields.names("includes"),
        excludes: fields.names("excludes"),
        verification: fields.word("verification", VERIFICATIONS).unwrap_or_default(),
        period: fields.owned("period").unwrap_or_default(),
        coverage: fields.owned("coverage").unwrap_or_default(),
        origin: fields.text("origin").map(|(text, span)| actor(text, span)),
        disclaimer: fields.owned("disclaimer").unwrap_or_default(),
        occurred: fields.names("occurred"),
        ..Counter::default()
    };
    for (text, span) in fields.texts("places") {
        counter.places.push(match names.place(text) {
            Found::Id => Name::new(text),
            Found::Alias(id) => id,
            Found::Unknown(near) => {
                fields.sink.push(messages::unknown_counter(span, "place", text, near));
                Name::new(text)
            }
        });
    }
    (counter.since, counter.until) = civil_range(fields);
    fields.finish();
    for (kind, span) in &of {
        if let Some(kinds) = kinds.filter(|kinds| !kinds.iter().any(|known| known == kind)) {
            let near = nearest(kind, kinds.iter().map(Name::as_str));
            fields.sink.push(messages::unknown_event_kind("C141", *span, kind, near));
        }
    }
    counter.of = of.into_iter().map(|(kind, _)| Name::new(kind)).collect();
    let (id, span) = id?;
    counter.id = actor(id, span);
    counter.source = source?;
    (rule.is_some() && !counter.of.is_empty()).then_some((counter, span))
}

/// Where a rule or factor is stated; without that it is nobody's and is not used.
fn sourced(fields: &Fields<'_>, what: &str) -> Option<String> {
    let source = fields.owned("source").filter(|source| !source.trim().is_empty());
    if source.is_none() {
        fields.sink.push(messages::no_source(fields.span(), what));
    }
    source
}

/// Whether two rules of one counter hold for one kind on the same day.
fn overlap(a: &Counter, b: &Counter) -> bool {
    let begins_after = |first: &Counter, then: &Counter| {
        first.until.as_ref().zip(then.since.as_ref()).is_some_and(|(until, since)| until < since)
    };
    a.id == b.id && a.of.iter().any(|kind| b.of.contains(kind)) && !begins_after(a, b) && !begins_after(b, a)
}

fn conversion(fields: &Fields<'_>) -> Option<Conversion> {
    let (from, to) = (fields.required("from"), fields.required("to"));
    let factor = |key: &'static str| {
        let node = fields.find(key)?;
        let number = match &node.value {
            Value::Number(text) | Value::Text(text) => text.replace('_', "").parse::<Number>().ok(),
            _ => None,
        };
        if number.is_none() {
            fields.bad(key, node, "a number with at most three decimals");
        }
        number
    };
    let (low, best, high) = (factor("low"), factor("best"), factor("high"));
    let source = sourced(fields, "conversion");
    let note = fields.owned("note").unwrap_or_default();
    fields.finish();
    if best.is_none() && fields.find("best").is_none() {
        fields.required("best");
    }
    let (from, to, source, best) = (from?.0.to_owned(), to?.0.to_owned(), source?, best?);
    let (low, high) = (low.unwrap_or(best), high.unwrap_or(best));
    if low <= Number::ZERO || !(low <= best && best <= high) {
        fields.sink.push(messages::factor_order(fields.span(), &from, &to));
        return None;
    }
    Some(Conversion { from, to, low, best, high, source, note })
}
