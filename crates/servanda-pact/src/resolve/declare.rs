//! The first pass: which names are declared, and what needs no other name.

use std::collections::HashMap;

use servanda_model::{Name, Span};

use super::Context;
use super::names::Declared;
use crate::clock::{Clock, zone_names};
use crate::messages::{self, Sort};
use crate::suggest::closest;
use crate::syntax::{Block, ClauseSort, DatedEntry, DutyWords, File, Item, Keyword, Word};
use crate::{Agreement, At, DatedNumber, DatedValue, Kind, Labelled, Zone};

/// Declares every name, and fills in pact, clock, parties, bodies, kinds, zones and numbers.
pub(super) fn declare(ctx: &mut Context, trees: &[File], agreement: &mut Agreement) {
    let mut heads = Heads::default();
    for (file, tree) in trees.iter().enumerate() {
        ctx.file = file;
        for item in &tree.items {
            self::item(ctx, item, agreement);
            words_of_unreadable(ctx, item);
            heads.look(ctx, item, agreement);
        }
    }
    heads.finish(ctx, agreement);
}

fn item(ctx: &mut Context, item: &Item, agreement: &mut Agreement) {
    let Some((sort, id, readable)) = declares(&item.block) else { return };
    let at = ctx.at(id.span);
    let is_power = sort == Sort::Provision && is_power(item);
    let new = Declared { sort, at, is_power, readable };
    if let Some(old) = ctx.names.declare(&id.name, new) {
        let message = messages::declared_twice(id.name.as_str(), old.sort, sort);
        return ctx.report_two(message, at, old.at, messages::FIRST_HERE);
    }
    let id = id.name.clone();
    match &item.block {
        Block::Party { label, .. } => agreement.parties.push(Labelled { id, label: label.text.clone(), at }),
        Block::Body { label, .. } => agreement.bodies.push(Labelled { id, label: label.text.clone(), at }),
        Block::Kind { label, counts, .. } => {
            let unit = counts.as_ref().map(|unit| unit.name.to_string());
            agreement.kinds.push(Kind { id, label: label.text.clone(), unit, at });
        }
        Block::Zone { file, .. } => agreement.zones.push(Zone { id, file: file.text.clone(), at }),
        Block::Number { values, .. } => {
            let values = in_order(ctx, &id, values);
            agreement.numbers.push(DatedNumber { id, values, at });
        }
        _ => {}
    }
}

/// A kind named in a line that could not be read is not called unused.
fn words_of_unreadable(ctx: &mut Context, item: &Item) {
    let mut note = |text: &str| {
        let words = text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
        ctx.counted.extend(words.map(Name::new));
    };
    if let Block::Unreadable { text, meant, .. } = &item.block
        && *meant != Some(Keyword::Kind)
    {
        note(text);
    }
    for clause in &item.clauses {
        if let ClauseSort::Unreadable { text } = &clause.clause {
            note(text);
        }
    }
}

/// What a line declares, under which name, and whether it can be used.
fn declares(block: &Block) -> Option<(Sort, &Word, bool)> {
    let known = |sort, id| Some((sort, id, true));
    match block {
        Block::Instrument { id, .. } => known(Sort::Instrument, id),
        Block::Party { id, .. } => known(Sort::Party, id),
        Block::Body { id, .. } => known(Sort::Body, id),
        Block::Kind { id, .. } => known(Sort::Kind, id),
        Block::Zone { id, .. } => known(Sort::Zone, id),
        Block::Number { id, .. } => known(Sort::Number, id),
        Block::Milestone { id, .. } => known(Sort::Milestone, id),
        Block::Provision { id, .. } => known(Sort::Provision, id),
        Block::Unreadable { meant: Some(meant), id: Some(id), .. } => {
            let sort = match meant {
                Keyword::Instrument => Sort::Instrument,
                Keyword::Party => Sort::Party,
                Keyword::Body => Sort::Body,
                Keyword::Kind => Sort::Kind,
                Keyword::Zone => Sort::Zone,
                Keyword::Number => Sort::Number,
                Keyword::Milestone => Sort::Milestone,
                Keyword::Provision => Sort::Provision,
                Keyword::Pact | Keyword::Clock => return None,
            };
            Some((sort, id, false))
        }
        _ => None,
    }
}

/// Whether a provision is a power; its exercise is then an occurrence.
fn is_power(item: &Item) -> bool {
    let duty = item.clauses.iter().find_map(|clause| match &clause.clause {
        ClauseSort::Duty { duty, .. } => Some(duty),
        _ => None,
    });
    matches!(duty, Some(DutyWords::May { .. }))
}

fn in_order(ctx: &mut Context, id: &Name, entries: &[DatedEntry]) -> Vec<DatedValue> {
    let mut values: Vec<DatedValue> = Vec::new();
    for entry in entries {
        let since = entry.since.date;
        if values.last().is_some_and(|last| last.since >= since) {
            let twice = values.iter().any(|value| value.since == since);
            let message = messages::number_order(id.as_str(), &since.to_string(), twice);
            ctx.report(message, entry.since.span);
        }
        values.retain(|value| value.since != since);
        values.push(DatedValue { value: entry.value.number, since, reference: entry.reference.text.clone() });
    }
    values.sort_by_key(|value| value.since);
    values
}

/// The lines that hold for the whole case.
#[derive(Default)]
struct Heads {
    pact: Option<(Name, String, At)>,
    clock: Option<(Name, At)>,
    unreadable: Vec<Keyword>,
    zones: HashMap<Name, bool>,
}

impl Heads {
    fn look(&mut self, ctx: &mut Context, item: &Item, agreement: &mut Agreement) {
        match &item.block {
            Block::Pact { id, title } => {
                let at = ctx.at(id.span.to(title.span));
                let Some((first, first_title, first_at)) = &self.pact else {
                    self.pact = Some((id.name.clone(), title.text.clone(), at));
                    agreement.id = id.name.clone();
                    agreement.title = title.text.clone();
                    return;
                };
                if (first, first_title) != (&id.name, &title.text) {
                    let message = if *first == id.name {
                        messages::said_differently("title", first_title, &title.text)
                    } else {
                        messages::said_differently("pact", first.as_str(), id.name.as_str())
                    };
                    ctx.report_two(message, at, *first_at, messages::FIRST_HERE);
                }
            }
            Block::Clock { zone } => self.look_at_clock(ctx, zone),
            Block::Unreadable { meant: Some(meant @ (Keyword::Pact | Keyword::Clock)), .. } => {
                self.unreadable.push(*meant);
            }
            _ => {}
        }
    }

    fn look_at_clock(&mut self, ctx: &mut Context, zone: &Word) {
        let name = zone.name.as_str();
        if !*self.zones.entry(zone.name.clone()).or_insert_with(|| Clock::new(name).is_some()) {
            // Looking through all zones takes its time; beyond the first few mistakes it is not worth it.
            let all = if self.unreadable.len() < 20 { zone_names() } else { Vec::new() };
            let meant = closest(name, all.iter().map(String::as_str)).map(str::to_owned);
            ctx.report(messages::unknown_zone(name, meant.as_deref()), zone.span);
            self.unreadable.push(Keyword::Clock);
            return;
        }
        let at = ctx.at(zone.span);
        match &self.clock {
            None => self.clock = Some((zone.name.clone(), at)),
            Some((first, first_at)) if *first != zone.name => {
                let message = messages::said_differently("clock", first.as_str(), name);
                ctx.report_two(message, at, *first_at, messages::FIRST_HERE);
            }
            Some(_) => {}
        }
    }

    fn finish(self, ctx: &mut Context, agreement: &mut Agreement) {
        ctx.file = 0;
        if self.pact.is_none() && !self.unreadable.contains(&Keyword::Pact) {
            ctx.report(messages::no_pact(), Span::default());
        }
        if self.clock.is_none() && !self.unreadable.contains(&Keyword::Clock) {
            ctx.report(messages::no_clock(), Span::default());
        }
        agreement.clock = match self.clock.and_then(|clock| Clock::new(clock.0.as_str())) {
            Some(clock) => clock.name().to_owned(),
            None => "UTC".to_owned(),
        };
    }
}
