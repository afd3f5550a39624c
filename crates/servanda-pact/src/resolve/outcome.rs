//! What of the found items is kept: definitions that collide, and items that rest on unreadable ones.

use std::collections::{HashMap, HashSet, VecDeque};

use servanda_model::Name;

use super::names::Wanted;
use super::{Context, circle};
use crate::messages;
use crate::{Agreement, Clause, Duty, Instrument, Milestone, Provision};

/// Names that an item uses, each with what it has to be.
pub(super) type RestsOn = Vec<(Name, Wanted)>;

/// Items as resolved one by one; `None` where an item could not be used.
#[derive(Default)]
pub(super) struct Found {
    pub(super) milestones: Vec<(Option<Milestone>, RestsOn)>,
    pub(super) provisions: Vec<FoundProvision>,
}

/// A provision with the names it uses.
pub(super) struct FoundProvision {
    pub(super) provision: Option<Provision>,
    pub(super) rests_on: RestsOn,
}

/// Definitions of one name that are compared with a later one.
const MAX_COMPARED: usize = 50;

/// Keeps what is readable and rests on readable things only.
pub(super) fn keep_readable(ctx: &mut Context, found: Found, agreement: &mut Agreement) {
    instruments_in_order(ctx, &mut agreement.instruments);
    let Found { mut milestones, mut provisions } = found;
    let first_milestone = |milestone: &Milestone, ctx: &Context| {
        ctx.names.find(milestone.id.as_str(), Wanted::Condition).is_some_and(|d| d.at == milestone.at)
    };
    for (milestone, _) in &mut milestones {
        if milestone.as_ref().is_some_and(|milestone| !first_milestone(milestone, ctx)) {
            *milestone = None;
        }
    }
    one_definition(ctx, &mut provisions, &agreement.instruments);

    let holders: HashSet<&Name> = agreement.instruments.iter().map(|instrument| &instrument.id).collect();
    for found in &mut provisions {
        if let Some(provision) = found.provision.take_if(|provision| !holders.contains(&provision.instrument))
        {
            let message =
                messages::left_out("provision", provision.id.as_str(), provision.instrument.as_str());
            ctx.report_at(message, provision.at);
        }
    }
    cascade(ctx, agreement, &mut milestones, &mut provisions);
    agreement.milestones = milestones.into_iter().filter_map(|found| found.0).collect();
    agreement.provisions = provisions.into_iter().filter_map(|found| found.provision).collect();
    readings_and_watches(ctx, agreement);
}

/// Sorts by adoption; reports links in a circle and drops the one that closes it.
fn instruments_in_order(ctx: &mut Context, instruments: &mut [Instrument]) {
    instruments.sort_by_key(|instrument| instrument.adopted);
    let index: HashMap<Name, usize> =
        instruments.iter().enumerate().map(|(at, instrument)| (instrument.id.clone(), at)).collect();
    for (verb, supersedes) in [("supersedes", true), ("incorporates", false)] {
        let links = |instrument: &Instrument| -> Vec<Name> {
            if supersedes { instrument.supersedes.clone() } else { instrument.incorporates.clone() }
        };
        let edges: Vec<Vec<usize>> = instruments
            .iter()
            .map(|instrument| links(instrument).iter().filter_map(|name| index.get(name).copied()).collect())
            .collect();
        let circles = circle::circles(&edges);
        for path in &circles.shown {
            let names: Vec<String> =
                path.iter().skip(1).chain(path.first()).map(|at| instruments[*at].id.to_string()).collect();
            ctx.report_at(messages::instrument_circle(&names, verb), instruments[path[0]].at);
        }
        for (from, to) in &circles.closing {
            let name = instruments[*to].id.clone();
            let instrument = &mut instruments[*from];
            let list = if supersedes { &mut instrument.supersedes } else { &mut instrument.incorporates };
            list.retain(|other| *other != name);
        }
        for instrument in instruments.iter() {
            for other in links(instrument).iter().filter_map(|name| index.get(name)) {
                if instruments[*other].adopted > instrument.adopted {
                    let other = instruments[*other].id.as_str();
                    let message = messages::supersedes_later(instrument.id.as_str(), verb, other);
                    ctx.report_at(message, instrument.at);
                }
            }
        }
    }
}

/// A name may be defined again only by an instrument that supersedes the earlier one, or is superseded by it.
fn one_definition(ctx: &mut Context, provisions: &mut [FoundProvision], instruments: &[Instrument]) {
    let mut order = Order::new(instruments);
    let mut defined: HashMap<Name, Vec<(Name, crate::At)>> = HashMap::new();
    for found in provisions {
        let Some(provision) = &found.provision else { continue };
        let earlier = defined.entry(provision.id.clone()).or_default();
        let clash = earlier
            .iter()
            .take(MAX_COMPARED)
            .find(|(instrument, _)| !order.in_line(&provision.instrument, instrument));
        if let Some((instrument, first)) = clash {
            let message = messages::defined_again(
                provision.id.as_str(),
                instrument.as_str(),
                provision.instrument.as_str(),
            );
            ctx.report_two(message, provision.at, *first, messages::FIRST_HERE);
            found.provision = None;
        } else {
            earlier.push((provision.instrument.clone(), provision.at));
        }
    }
}

/// Which instruments supersede which, directly or through others; worked out when first asked.
struct Order {
    index: HashMap<Name, usize>,
    links: Vec<Vec<usize>>,
    below: Vec<Option<Vec<bool>>>,
}

impl Order {
    fn new(instruments: &[Instrument]) -> Order {
        let index: HashMap<Name, usize> =
            instruments.iter().enumerate().map(|(at, instrument)| (instrument.id.clone(), at)).collect();
        let links = instruments
            .iter()
            .map(|instrument| {
                instrument.supersedes.iter().filter_map(|name| index.get(name).copied()).collect()
            })
            .collect();
        Order { below: vec![None; instruments.len()], index, links }
    }

    /// Whether one of two different instruments supersedes the other.
    fn in_line(&mut self, a: &Name, b: &Name) -> bool {
        let (Some(a), Some(b)) = (self.index.get(a).copied(), self.index.get(b).copied()) else {
            return false;
        };
        a != b && (self.supersedes(a, b) || self.supersedes(b, a))
    }

    fn supersedes(&mut self, later: usize, earlier: usize) -> bool {
        let links = &self.links;
        let below = self.below[later].get_or_insert_with(|| {
            let mut seen = vec![false; links.len()];
            let mut open = links[later].clone();
            while let Some(next) = open.pop() {
                if !std::mem::replace(&mut seen[next], true) {
                    open.extend(&links[next]);
                }
            }
            seen
        });
        below[earlier]
    }
}

/// Which sort of list of the agreement a name is looked for in.
fn present(agreement: &Agreement) -> HashSet<(Name, bool)> {
    let labelled = agreement.parties.iter().chain(&agreement.bodies).map(|found| &found.id);
    let others =
        agreement.kinds.iter().map(|found| &found.id).chain(agreement.zones.iter().map(|found| &found.id));
    let numbers = agreement.numbers.iter().map(|found| &found.id);
    labelled.chain(others).chain(numbers).map(|id| (id.clone(), false)).collect()
}

/// Leaves out what rests on something unreadable, and what rests on that, and so on.
fn cascade(
    ctx: &mut Context,
    agreement: &Agreement,
    milestones: &mut [(Option<Milestone>, RestsOn)],
    provisions: &mut [FoundProvision],
) {
    // Provisions have names of their own: `true` marks them.
    let mut names = present(agreement);
    let n = milestones.len();
    let key = |name: &Name, wanted: Wanted, ctx: &Context| {
        let found = ctx.names.find(name.as_str(), wanted);
        (name.clone(), found.is_some_and(|found| found.sort == messages::Sort::Provision))
    };
    let mut definitions: HashMap<(Name, bool), usize> = HashMap::new();
    for milestone in milestones.iter().filter_map(|found| found.0.as_ref()) {
        *definitions.entry((milestone.id.clone(), false)).or_default() += 1;
    }
    for provision in provisions.iter().filter_map(|found| found.provision.as_ref()) {
        *definitions.entry((provision.id.clone(), true)).or_default() += 1;
    }
    names.extend(definitions.keys().cloned());

    let mut users: HashMap<(Name, bool), Vec<usize>> = HashMap::new();
    let mut open: VecDeque<(Name, bool)> = VecDeque::new();
    let lists = milestones.iter().map(|found| &found.1).chain(provisions.iter().map(|found| &found.rests_on));
    for (at, list) in lists.enumerate() {
        for (name, wanted) in list {
            let key = key(name, *wanted, ctx);
            if !names.contains(&key) && !users.contains_key(&key) {
                open.push_back(key.clone());
            }
            users.entry(key).or_default().push(at);
        }
    }
    while let Some(gone) = open.pop_front() {
        for at in users.get(&gone).into_iter().flatten() {
            let lost = if *at < n {
                milestones[*at].0.take().map(|found| ((found.id, false), "milestone", found.at))
            } else {
                provisions[*at - n].provision.take().map(|found| ((found.id, true), "provision", found.at))
            };
            let Some((key, what, place)) = lost else { continue };
            ctx.report_at(messages::left_out(what, key.0.as_str(), gone.0.as_str()), place);
            if let Some(left) = definitions.get_mut(&key) {
                *left -= 1;
                if *left == 0 {
                    open.push_back(key);
                }
            }
        }
    }
}

/// Readings and watches that rest on something that is not there are left out alone.
fn readings_and_watches(ctx: &mut Context, agreement: &mut Agreement) {
    let mut names = present(agreement);
    names.extend(agreement.milestones.iter().map(|found| (found.id.clone(), false)));
    names.extend(agreement.provisions.iter().map(|found| (found.id.clone(), true)));
    let powers: HashSet<Name> = agreement
        .provisions
        .iter()
        .filter(|found| matches!(found.duty, Duty::May { .. }))
        .map(|found| found.id.clone())
        .collect();
    let is_there = |name: &Name, is_provision: bool| {
        names.contains(&(name.clone(), is_provision)) || !is_provision && powers.contains(name)
    };
    for provision in &mut agreement.provisions {
        let mut lost = Vec::new();
        provision.readings.retain(|reading| {
            let missing = reading.clause.names().into_iter().find(|(name, sort)| !is_there(name, *sort));
            if let Some((name, _)) = &missing {
                lost.push((reading.label.clone(), (*name).clone(), reading.at));
            }
            missing.is_none()
        });
        provision.watches.retain(|watch| is_there(&watch.kind, false));
        for (label, name, at) in lost {
            ctx.report_at(messages::left_out("reading", &label, name.as_str()), at);
        }
    }
}

/// Leaves out milestones and, one after the other, everything that rests on them.
pub(super) fn leave_out(ctx: &mut Context, agreement: &mut Agreement, bad: &[Name]) {
    let mut gone: HashSet<(Name, bool)> = bad.iter().map(|name| (name.clone(), false)).collect();
    agreement.milestones.retain(|milestone| !gone.contains(&(milestone.id.clone(), false)));
    let n = agreement.milestones.len();
    let mut users: HashMap<(Name, bool), Vec<usize>> = HashMap::new();
    let mut note = |at: usize, clause: Clause| {
        for (name, is_provision) in clause.names() {
            users.entry((name.clone(), is_provision)).or_default().push(at);
        }
    };
    for (at, milestone) in agreement.milestones.iter().enumerate() {
        note(at, Clause::While(milestone.condition.clone()));
    }
    for (at, provision) in agreement.provisions.iter().enumerate() {
        for (_, condition) in provision.conditions() {
            note(n + at, Clause::While(condition.clone()));
        }
        note(n + at, Clause::Duty { obligors: Vec::new(), duty: provision.duty.clone() });
    }
    let mut lost = vec![false; n + agreement.provisions.len()];
    let mut open: VecDeque<(Name, bool)> = gone.iter().cloned().collect();
    open.make_contiguous().sort();
    while let Some(next) = open.pop_front() {
        for at in users.get(&next).into_iter().flatten().copied() {
            if std::mem::replace(&mut lost[at], true) {
                continue;
            }
            let (what, name, place) = match agreement.milestones.get(at) {
                Some(milestone) => ("milestone", &milestone.id, milestone.at),
                None => ("provision", &agreement.provisions[at - n].id, agreement.provisions[at - n].at),
            };
            ctx.report_at(messages::left_out(what, name.as_str(), next.0.as_str()), place);
            // The exercise of a power is no occurrence any more either, so both uses of its name go.
            let keys = [(name.clone(), at >= n), (name.clone(), false)];
            open.extend(keys.into_iter().filter(|key| gone.insert(key.clone())));
        }
    }
    let mut at = 0;
    agreement.milestones.retain(|_| (!lost[at], at += 1).0);
    agreement.provisions.retain(|_| (!lost[at], at += 1).0);
    readings_and_watches(ctx, agreement);
}
