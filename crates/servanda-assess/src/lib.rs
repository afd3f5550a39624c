//! One module per question that is asked of the record. Status: the state of every promise. Counts: rival counts side by side. Audit: what does not fit together.
//!
//! Invariant: each question is a pure function of a view, the agreement and options; time is an argument.
//! Invariant: disagreement is a value: every state is given for the worst, best, verified and reported view.
//! Invariant: swapping the names of two parties swaps them in the findings and changes nothing else.

pub mod aid;
pub mod alerts;
pub mod audit;
mod codes;
mod context;
pub mod counts;
mod heard;
pub mod incidents;
pub mod status;
pub mod violations;

pub use codes::CODES;
pub use context::Context;

use servanda_ledger::View;
use servanda_model::{Finding, Standpoint};
use servanda_pact::Agreement;

/// The status of every provision, computed from a view in one go.
///
/// # Errors
/// [`status::UnknownClock`] where the agreement's clock is no IANA time zone.
pub fn status(
    view: &View,
    agreement: &Agreement,
    standpoint: &Standpoint,
    context: &Context,
    question: &status::Question,
) -> Result<Vec<Finding>, status::UnknownClock> {
    let mut engine = status::Engine::new(agreement.clone(), standpoint.clone(), context.clone())?;
    engine.load(view);
    Ok(engine.findings(view, question))
}
