//! Violations: what the record says of occurrences contrary to what parties agreed to cease.
//!
//! The rules are those of `docs/methods/incidents.md`. Which reports are about one occurrence is found by
//! [`crate::incidents`]; here they are put together: who says what, how far an incident has come, how many people, how far
//! from a line, contrary to which promise.
//!
//! Invariant: no vote is taken. An incident keeps what each source says; a range holds all of them.
//! Invariant: a counter's total is no incident and is never added to them.

mod assemble;
mod copies;
mod gather;
mod lines;
mod series;
mod standing;

use servanda_ledger::View;
use servanda_model::{CountedTotal, Incident, IncidentBin, Instant, Name, Standpoint};
use servanda_pact::{Agreement, Per};

pub use lines::Line;

use crate::Context;
use crate::status::{Engine, Prohibition, UnknownClock};

/// Name of an actor by which a claim says that who acted is not established.
pub const UNDETERMINED: &str = "undetermined";

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// The state of the agreement at this moment.
    pub at: Instant,
    /// Only these acts; empty: all that are prohibited.
    pub kinds: Vec<Name>,
    /// Only what can have been at or after this moment.
    pub from: Instant,
    /// Only what can have been before this moment.
    pub to: Instant,
    /// Only where some source names this actor, or one of its own, as acting.
    pub by: Option<Name>,
    /// How far apart two reports of one occurrence can be, in km.
    pub range_km: f64,
    /// How far apart in days.
    pub window_days: i64,
    /// Only this incident: its id, the first digits of it, or a name that the record gives it.
    pub only: Option<String>,
    /// Length of the bins of the series.
    pub per: Per,
}

impl Default for Question {
    fn default() -> Question {
        Question {
            at: Instant::MAX,
            kinds: Vec::new(),
            from: Instant::MIN,
            to: Instant::MAX,
            by: None,
            range_km: 5.0,
            window_days: 2,
            only: None,
            per: Per::Week,
        }
    }
}

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Violations {
    /// Incidents, the latest last; those without a date first.
    pub incidents: Vec<Incident>,
    /// How many of each act and rung in each bin.
    pub series: Vec<IncidentBin>,
    /// What counters give as their totals, beside.
    pub totals: Vec<CountedTotal>,
    /// Denials of occurrences that no claim from this standpoint asserts.
    pub n_denied_only: usize,
    /// Claims that the incidents rest on.
    pub n_claims: usize,
    /// Acts that were looked for.
    pub kinds: Vec<Name>,
    /// Pairs of reports that were weighed, and rounds of the fit; 0 rounds: nothing to compare.
    pub fit: (usize, u32),
}

/// What a question is asked of.
struct Asking<'a> {
    standpoint: &'a Standpoint,
    context: &'a Context,
    prohibitions: &'a [Prohibition],
    kinds: Vec<Name>,
    lines: &'a [Line],
    /// Whose reports of an act mean that it is recorded: sources of `watch` clauses.
    watching: Vec<Name>,
    parties: Vec<Name>,
}

/// The incidents contrary to prohibited acts.
///
/// # Errors
/// [`UnknownClock`] where the agreement's clock is no IANA time zone.
pub fn violations(
    view: &View,
    agreement: &Agreement,
    standpoint: &Standpoint,
    context: &Context,
    lines: &[Line],
    question: &Question,
) -> Result<Violations, UnknownClock> {
    let mut engine = Engine::new(agreement.clone(), standpoint.clone(), context.clone())?;
    engine.load(view);
    let view = &view.seen_from(standpoint);
    let prohibitions = engine.prohibitions();
    let mut kinds: Vec<Name> = prohibitions.iter().flat_map(|promise| promise.kinds.clone()).collect();
    kinds.sort();
    kinds.dedup();
    let mut parties: Vec<Name> = prohibitions.iter().map(|promise| promise.obligor.clone()).collect();
    parties.sort();
    parties.dedup();
    let watching = agreement.provisions.iter().flat_map(|found| &found.watches);
    let asking = Asking {
        standpoint,
        context,
        prohibitions: &prohibitions,
        kinds: kinds.clone(),
        lines,
        watching: watching.map(|watch| watch.source.clone()).collect(),
        parties,
    };
    let names = crate::status::names::Names::new(agreement, context.clone());
    let gathered = gather::gather(view, &names, &asking, question);
    let (mut incidents, n_denied_only) = assemble::incidents(view, &names, &asking, &gathered);
    incidents.retain(|incident| is_asked(incident, context, question));
    let n_claims = incidents
        .iter()
        .flat_map(|incident| &incident.reports)
        .map(|report| report.claims.len() + report.copies.len());
    Ok(Violations {
        n_claims: n_claims.sum(),
        series: series::series(&incidents, agreement, question.per)?,
        totals: series::totals(view, &names, agreement, standpoint, question),
        n_denied_only,
        kinds: if question.kinds.is_empty() { kinds } else { question.kinds.clone() },
        fit: (gathered.matcher.parameters().n_pairs, gathered.matcher.parameters().n_rounds),
        incidents,
    })
}

fn is_asked(incident: &Incident, context: &Context, question: &Question) -> bool {
    let is_within =
        incident.when.map_or(question.from == Instant::MIN && question.to == Instant::MAX, |when| {
            when.latest >= question.from && when.earliest < question.to
        });
    let is_of_kind =
        question.kinds.is_empty() || incident.acts.iter().any(|act| question.kinds.contains(act));
    let is_by = question.by.as_ref().is_none_or(|party| {
        incident.reports.iter().any(|report| match &report.actors {
            servanda_model::SaidActors::Named(names) => names.iter().any(|name| context.belongs(name, party)),
            _ => false,
        })
    });
    let is_named = question.only.as_ref().is_none_or(|only| {
        // Any of its claims names it: the first one known may not be heard from here, or be known only later.
        let claims = incident.reports.iter().flat_map(|report| report.claims.iter().chain(&report.copies));
        let ids = || claims.clone().map(|claim| claim.0.to_string());
        let digits = only.strip_prefix("i-").filter(|digits| digits.len() >= 5);
        let is_id = digits.is_some_and(|digits| ids().any(|id| id.starts_with(digits)));
        is_id || incident.names.iter().any(|name| name == only.as_str())
    });
    is_within && is_of_kind && is_by && is_named
}
