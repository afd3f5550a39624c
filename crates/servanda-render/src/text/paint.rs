//! Color and bold type, never the only carrier of a meaning.

use servanda_model::{State, Views};

/// Escape sequences, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paint {
    /// Whether to use them.
    pub color: bool,
}

impl Paint {
    /// Text in a style, given as the parameters of an SGR sequence.
    pub fn styled(self, style: &str, text: &str) -> String {
        if self.color && !style.is_empty() && !text.trim().is_empty() {
            format!("\u{1b}[{style}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    /// Bold type.
    pub fn bold(self, text: &str) -> String {
        self.styled("1", text)
    }

    /// Faint type.
    pub fn dim(self, text: &str) -> String {
        self.styled("2", text)
    }

    /// The style of a state. No red and green: they are taken for a verdict, and not everybody tells them apart.
    pub fn state_style(self, state: &Views<State>) -> &'static str {
        if !state.is_settled() {
            return "1;35";
        }
        match state.reported {
            State::Overdue | State::Lapsed | State::EndedWithBreaches => "1;33",
            State::Fulfilled | State::FulfilledLate | State::EndedKept => "34",
            State::Dormant | State::Void | State::Waived | State::Terminated | State::Superseded => "2",
            State::InForce | State::Suspended => "",
        }
    }
}
