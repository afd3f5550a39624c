//! `audit`: published figures that contradict themselves or their counter's earlier ones.

use servanda_assess::audit::Question;
use servanda_model::{Name, PromisedRate};
use servanda_render::{AuditView, audited_claims, text};

use super::counts::promises;
use crate::Answer;
use crate::args::{Audit, Common};
use crate::error::{CommandError, ErrorKind};
use crate::lexicon::add_quote;
use crate::out::Console;
use crate::question::Asked;

/// Everything that does not fit together; the standpoint changes nothing.
pub(super) fn audit(common: &Common, audit: &Audit, console: &Console) -> Result<Answer, CommandError> {
    let mut asked = Asked::new(common, &audit.view)?;
    let screen = screen(&mut asked, &audit.what)?;
    if audit.view.json {
        console.json(&screen)?;
    } else {
        console.print(&text::audit(&screen, console.page()))?;
    }
    Ok(if audit.strict && !screen.items.is_empty() { Answer::No } else { Answer::Yes })
}

/// The screen about some kinds and actors, or about everything.
pub(super) fn screen(asked: &mut Asked, what: &[String]) -> Result<AuditView, CommandError> {
    let (who, kinds) = split(asked, what)?;
    // The promise is that of the agreement, and the standpoint changes nothing: everybody's figures are held against it.
    let own = std::mem::replace(&mut asked.standpoint, servanda_model::Standpoint::all_sources());
    let promises: Result<Vec<(Name, PromisedRate)>, CommandError> = promises(asked);
    let heading = asked.heading();
    asked.standpoint = own;
    let promises = promises?;
    let record = asked.records.ledger.as_of(asked.moments.known);
    let question = Question { kinds: &kinds, who: &who, counters: &asked.case.counters, promises: &promises };
    let context = asked.case.context();
    let found = servanda_assess::audit::audit(&record, &asked.case.agreement, &context, &question)
        .map_err(|error| CommandError::new(ErrorKind::Case, error.to_string()))?;
    for claim in audited_claims(&found) {
        add_quote(&mut asked.lexicon, &record, claim);
    }
    Ok(AuditView::new(heading, found, &asked.lexicon))
}

/// Which of the words are actors, and which kinds or promises.
fn split(asked: &Asked, words: &[String]) -> Result<(Vec<Name>, Vec<Name>), CommandError> {
    let (mut who, mut kinds) = (Vec::new(), Vec::new());
    for word in words {
        let folded = word.to_lowercase();
        let is_meant = |actor: &&servanda_model::Actor| {
            actor.id == **word
                || actor.label.to_lowercase() == folded
                || actor.aliases.iter().any(|alias| alias.to_lowercase() == folded)
        };
        match asked.case.actors.iter().find(is_meant) {
            Some(actor) => who.push(actor.id.clone()),
            None => kinds.push(word.clone()),
        }
    }
    Ok((who, asked.kinds(&kinds)?))
}
