//! `aid.toml`: which figures are about which stage of aid, how many people it is for, what they need.

use servanda_model::{
    AidPlan, Diagnostic, InterceptedBy, Name, Number, SourcedNumber, Span, Stage, StageRule,
};

use crate::fields::{CASE, Fields, Sink};
use crate::messages;
use crate::names::{Found, Names, nearest};
use crate::node::{self, Value};
use crate::words::INTERCEPTED_BY;

/// Reads `aid.toml`. What lacks its source, or says nothing that can be used, is left out and reported.
///
/// `kinds` are those of the agreement; `None`: not checked.
///
/// # Diagnostics
/// C101 to C104, C140, C141, C143 to C145.
pub fn aid_plan(path: &str, text: &str, names: &Names, kinds: Option<&[Name]>) -> (AidPlan, Vec<Diagnostic>) {
    let sink = Sink::new(path, CASE);
    let parsed = node::parse(text, &sink);
    let fields = Fields::new(&parsed.root, &sink);
    let mut plan = AidPlan::default();
    for table in parsed.sound(fields.tables("stage"), text.len()) {
        let inner = Fields::new(table, &sink);
        let Some(rule) = stage(&inner, names, kinds) else { continue };
        let is_same = |other: &StageRule| (&other.kind, &other.counter) == (&rule.kind, &rule.counter);
        if plan.stages.iter().any(is_same) {
            sink.push(messages::two_stages(table.span, rule.kind.as_str()));
        } else {
            plan.stages.push(rule);
        }
    }
    for (kind, span) in fields.texts("food") {
        known_kind(&fields, kind, span, kinds);
        plan.food.push(Name::new(kind));
    }
    plan.population = sourced_number(&fields, "population");
    plan.need = sourced_number(&fields, "need");
    fields.finish();
    (plan, sink.into_list())
}

fn stage(fields: &Fields<'_>, names: &Names, kinds: Option<&[Name]>) -> Option<StageRule> {
    if fields.find("stage").is_none() {
        fields.required("stage");
    }
    let stage = fields.word("stage", &Stage::WORDS);
    let by = fields.word("by", INTERCEPTED_BY);
    let kind = fields.required("kind");
    let counter = fields.text("counter").map(|(text, span)| match names.actor(text) {
        Found::Id => Name::new(text),
        Found::Alias(id) => id,
        Found::Unknown(near) => {
            fields.sink.push(messages::unknown_counter(span, "actor", text, near));
            Name::new(text)
        }
    });
    fields.finish();
    let (kind, span) = kind?;
    known_kind(fields, kind, span, kinds);
    let stage = stage?;
    let by = (stage == Stage::Intercepted).then(|| by.unwrap_or(InterceptedBy::Unspecified));
    Some(StageRule { stage, by, kind: Name::new(kind), counter })
}

fn known_kind(fields: &Fields<'_>, kind: &str, span: Span, kinds: Option<&[Name]>) {
    if let Some(kinds) = kinds.filter(|kinds| !kinds.iter().any(|known| *known == *kind)) {
        let near = nearest(kind, kinds.iter().map(Name::as_str));
        fields.sink.push(messages::unknown_event_kind("C141", span, kind, near));
    }
}

/// `{ low, best, high, source, note }`; low and high are best where they are left out.
fn sourced_number(fields: &Fields<'_>, key: &'static str) -> Option<SourcedNumber> {
    let table = fields.table(key)?;
    let inner = Fields::new(table, fields.sink);
    let number = |key: &'static str| {
        let node = inner.find(key)?;
        let number = match &node.value {
            Value::Number(text) | Value::Text(text) => text.replace('_', "").parse::<Number>().ok(),
            _ => None,
        };
        if number.is_none() {
            inner.bad(key, node, "a number with at most three decimals");
        }
        number
    };
    let (low, best, high) = (number("low"), number("best"), number("high"));
    let source = inner.owned("source").filter(|source| !source.trim().is_empty());
    let note = inner.owned("note").unwrap_or_default();
    inner.finish();
    if inner.find("best").is_none() {
        inner.required("best");
    }
    if source.is_none() {
        fields.sink.push(messages::no_source(table.span, key));
    }
    let (source, best) = (source?, best?);
    let (low, high) = (low.unwrap_or(best), high.unwrap_or(best));
    if low <= Number::ZERO || low > best || best > high {
        fields.sink.push(messages::number_order(table.span, key));
        return None;
    }
    Some(SourcedNumber { low, best, high, source, note })
}
