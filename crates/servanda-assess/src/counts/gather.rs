//! One pass over the record: figures by kind, counter, rule, unit and basis.

use std::collections::BTreeMap;

use servanda_ledger::{Fact, FactIx, Symbol, SymbolList, View, What};
use servanda_model::{ClaimId, Counter, Measure, Name, Polarity, SeriesBasis, Standpoint};
use servanda_pact::{Agreement, Clock};

use super::{OPEN, rule_of};
use crate::Context;
use crate::status::{Names, amount_bounds, is_report};

/// What makes figures comparable within one counter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SeriesKey {
    pub(crate) kind: Name,
    pub(crate) counter: Option<Name>,
    pub(crate) basis: SeriesBasis,
    pub(crate) unit: String,
    /// Whose acts are counted, where the figures say so; of single occurrences it does not part series.
    pub(crate) actors: Vec<Name>,
    /// Where they are counted: a part of the area beside the whole is another series.
    pub(crate) place: Option<Name>,
    /// Position of the counting rule that holds on the last day of the period.
    pub(crate) rule: Option<usize>,
}

/// One figure of one claim.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) ix: FactIx,
    pub(crate) id: ClaimId,
    pub(crate) component: Symbol,
    pub(crate) origin: Symbol,
    pub(crate) incident: Symbol,
    pub(crate) start: i64,
    pub(crate) end: i64,
    /// As stated, in thousandths.
    pub(crate) stated: (i64, i64),
    /// Over the whole period, in thousandths.
    pub(crate) total: (i64, i64),
    pub(crate) known: i64,
    /// Corrected by its author since; kept for the history of the figure.
    pub(crate) is_former: bool,
}

/// Whether a figure of that basis, of a counter or of nobody, over that period is wanted.
pub(crate) type Wanted<'w> = &'w dyn Fn(SeriesBasis, bool, (i64, i64)) -> bool;

/// Which figures are gathered, from whose standpoint.
pub(crate) struct Gathering<'g> {
    pub(crate) agreement: &'g Agreement,
    pub(crate) standpoint: &'g Standpoint,
    pub(crate) context: &'g Context,
    pub(crate) kinds: &'g [Name],
    pub(crate) counters: &'g [Counter],
    pub(crate) clock: &'g Clock,
    pub(crate) wanted: Wanted<'g>,
}

/// Figures by series; rows in the order of their periods.
pub(crate) fn gather(view: &View, gathering: &Gathering) -> BTreeMap<SeriesKey, Vec<Row>> {
    let Gathering { agreement, standpoint, context, kinds, counters, clock, wanted } = gathering;
    let view = &view.seen_from(standpoint);
    let names = Names::new(agreement, (*context).clone());
    let symbols: Vec<Symbol> = kinds.iter().filter_map(|kind| view.symbol(kind.as_str())).collect();
    let is_wanted = |fact: &Fact| {
        symbols.contains(&fact.event_kind) && is_report(fact) && fact.polarity == Polarity::Affirmative
    };
    let mut series: BTreeMap<ShortKey, Vec<Row>> = BTreeMap::new();
    let former = corrected(view);
    let former = former.iter().filter_map(|ix| view.fact(*ix).map(|fact| (*ix, fact, true)));
    for (ix, fact, is_former) in view.standing().map(|(ix, fact)| (ix, fact, false)).chain(former) {
        if !is_wanted(fact) {
            continue;
        }
        let Some(basis) = basis(fact) else { continue };
        let Some((start, end)) = period(fact, basis) else { continue };
        if !wanted(basis, fact.counter.is_some(), (start, end)) {
            continue;
        }
        names.learn_fact(view, fact);
        if !names.is_heard(standpoint, fact) {
            continue;
        }
        let counter = if fact.counter.is_some() { Some(fact.counter) } else { None };
        let bounded = |n: i64| if n == i64::MAX { OPEN } else { n };
        let total = amount_bounds(fact);
        let is_single = basis == SeriesBasis::Occurrences;
        let actors = if is_single { SymbolList::default() } else { fact.actors };
        let place = if is_single { Symbol::NONE } else { fact.place };
        let key = (fact.event_kind, counter, basis, fact.unit, actors, place);
        series.entry(key).or_default().push(Row {
            ix,
            id: view.claim_id(ix),
            component: fact.component,
            origin: fact.origin,
            incident: fact.incident,
            start,
            end,
            stated: (fact.low.thousandths(), bounded(fact.high.thousandths())),
            total: (total.0, bounded(total.1)),
            known: fact.known_at.ms(),
            is_former,
        });
    }
    named(view, agreement, series, counters, clock)
}

type ShortKey = (Symbol, Option<Symbol>, SeriesBasis, Symbol, SymbolList, Symbol);

/// Symbols become names, and each row goes to the rule that holds on the last day of its period.
fn named(
    view: &View,
    agreement: &Agreement,
    series: BTreeMap<ShortKey, Vec<Row>>,
    counters: &[Counter],
    clock: &Clock,
) -> BTreeMap<SeriesKey, Vec<Row>> {
    let mut named: BTreeMap<SeriesKey, Vec<Row>> = BTreeMap::new();
    for ((kind, counter, basis, unit, actors, place), rows) in series {
        let kind = view.name(kind).clone();
        let counter = counter.map(|counter| view.name(counter).clone());
        let own_unit = agreement.kinds.iter().find(|declared| declared.id == kind);
        let own_unit = own_unit.and_then(|declared| declared.unit.clone()).unwrap_or_default();
        let unit = if unit.is_some() { view.name(unit).as_str().to_owned() } else { own_unit };
        let mut actors: Vec<Name> = view.list(actors).iter().map(|actor| view.name(*actor).clone()).collect();
        actors.sort();
        actors.dedup();
        let place = place.is_some().then(|| view.name(place).clone());
        let n_rules = counters.iter().filter(|rule| Some(&rule.id) == counter.as_ref()).count();
        for row in rows {
            let rule = match &counter {
                Some(counter) if n_rules > 0 => rule_of(counters, counter, &kind, row.end - 1, clock),
                _ => None,
            };
            let (kind, counter, unit) = (kind.clone(), counter.clone(), unit.clone());
            let (actors, place) = (actors.clone(), place.clone());
            let key = SeriesKey { kind, counter, basis, unit, actors, place, rule };
            named.entry(key).or_default().push(row);
        }
    }
    for rows in named.values_mut() {
        rows.sort_by_key(|row| (row.start, row.end, row.known, row.id));
    }
    named
}

/// What a figure is; occurrences of a counter that gives a reference period alone are totals of that period.
fn basis(fact: &Fact) -> Option<SeriesBasis> {
    Some(match fact.measure {
        Measure::Total => SeriesBasis::Totals,
        Measure::PerHour | Measure::PerDay | Measure::PerWeek => SeriesBasis::Rates,
        Measure::Outstanding => SeriesBasis::Outstanding,
        Measure::Occurrence => SeriesBasis::Occurrences,
    })
}

/// The period of a figure; `None`: it states none, and then it can be placed in no window.
fn period(fact: &Fact, basis: SeriesBasis) -> Option<(i64, i64)> {
    if basis == SeriesBasis::Outstanding {
        // What is outstanding is said of the end of its period.
        let end = if fact.has_window() { fact.window_end } else { fact.latest.plus_ms(1) };
        (fact.has_window() || fact.has_time()).then_some((end.ms() - 1, end.ms()))
    } else if basis == SeriesBasis::Occurrences && fact.has_time() {
        Some((fact.earliest.ms(), fact.latest.ms().saturating_add(1)))
    } else if fact.has_window() {
        Some((fact.window_start.ms(), fact.window_end.ms()))
    } else {
        None
    }
}

/// Claims whose place a correction took: the record holds both one after the other.
fn corrected(view: &View) -> Vec<FactIx> {
    let pairs = view.changes().windows(2).filter_map(|pair| match (pair[0].what, pair[1].what) {
        (What::Retract(old), What::Assert(new)) => Some((old, new)),
        _ => None,
    });
    let is_correction = |(old, new): &(FactIx, FactIx)| {
        view.claim(*new).and_then(|claim| claim.corrects) == Some(view.claim_id(*old))
    };
    pairs.filter(is_correction).map(|(old, _)| old).collect()
}
