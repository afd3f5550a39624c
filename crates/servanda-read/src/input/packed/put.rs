//! Puts a drawn-out text together, block by block.

use servanda_model::{Name, Span};

use super::Note;
use crate::input::draft::{Draft, cut_before};
use crate::input::limits::MAX_ARTICLE_BYTES;
use crate::input::published::Published;
use crate::prose::{BlockRole, Prose};

/// A text that grows up to what one article may hold.
#[derive(Debug, Default)]
pub(super) struct Put {
    pub text: String,
    pub drafts: Vec<Draft>,
    pub title: Option<String>,
    pub publisher: Option<Name>,
    pub published: Option<Published>,
    pub notes: Vec<Note>,
}

impl Put {
    /// Adds a block; answers whether there is room for more.
    pub fn block(&mut self, words: &str, hint: Option<BlockRole>) -> bool {
        let words = words.trim();
        if words.is_empty() {
            return true;
        }
        let Some(room) = MAX_ARTICLE_BYTES.checked_sub(self.text.len() + 2).filter(|room| *room > 0) else {
            self.note(Note::TooMuch);
            return false;
        };
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        let end = if words.len() > room { cut_before(words, 0, room) } else { words.len() };
        self.text.push_str(&words[..end]);
        Draft::push(&mut self.drafts, &self.text, Span::new(start, self.text.len()), hint);
        if end < words.len() {
            self.note(Note::TooMuch);
        }
        end == words.len()
    }

    /// Adds the blocks of another text.
    pub fn blocks(&mut self, prose: &Prose, drafts: &[Draft]) {
        for draft in drafts {
            if !self.block(draft.words(&prose.text), draft.hint) {
                return;
            }
        }
    }

    /// Adds a note, once.
    pub fn note(&mut self, note: Note) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}
