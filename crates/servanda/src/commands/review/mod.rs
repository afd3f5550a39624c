//! `review`: a person goes through what the program read, and every word about it is a signed ruling.

mod acts;
mod correct;
mod entry;
mod filter;
mod neighbours;
mod plain;
mod screen;
mod session;

use std::io::IsTerminal;

use servanda_render::{ReviewView, text};

use crate::Answer;
use crate::args::{Common, Review};
use crate::case::{Case, Records};
use crate::commands::keys;
use crate::error::CommandError;
use crate::out::Console;
use session::Session;

/// Goes through the queue, or shows it.
pub(super) fn review(common: &Common, asked: &Review, console: &Console) -> Result<Answer, CommandError> {
    let case = Case::find(common.case.as_deref())?;
    let records = Records::open(&case)?;
    let mut session = Session::new(&case, &records, asked)?;
    if asked.json || asked.list {
        let view = session.view(asked.json);
        if asked.json {
            console.json(&view)?;
        } else {
            console.print(&text::review_list(&view, console.page()))?;
        }
        return Ok(Answer::Yes);
    }
    if session.is_empty() {
        console.print(&nothing(&session.view(false)))?;
        return Ok(Answer::Yes);
    }
    session.sign_with(keys::author(&asked.sign)?);
    let is_terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    if asked.plain || !is_terminal {
        plain::walk(&mut session, console)?;
    } else {
        screen::walk(&mut session, console)?;
    }
    console.say(&session.farewell());
    Ok(Answer::Yes)
}

fn nothing(view: &ReviewView) -> String {
    let asked = if view.asked_said.is_empty() { String::new() } else { format!(" ({})", view.asked_said) };
    format!("nothing to review{asked}: {}\n", view.counts.said())
}

/// What a person asks for while reviewing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Accept(Option<String>),
    Reject(String),
    Postpone(Option<String>),
    /// Candidates by number, from 1, and why.
    Same(Vec<usize>, Option<String>),
    Undo,
    Next,
    Back,
    Go(usize),
    /// `key=value` pairs; none: no filter.
    Filter(String),
}
