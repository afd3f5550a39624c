//! Files whose text must be drawn out: Word documents, e-mail, PDF.
//!
//! Their text is a new text, and spans lead into it; the bytes of the file stay on record as received. Each is unpacked within
//! bounds: what would come out beyond them is not read, and a remark says so.

mod docx;
mod mail;
mod pdf;
mod put;

use servanda_model::Name;

use super::limits::MAX_PACKED_BYTES;
use super::published::Published;
use super::roles;
use crate::clock::Clock;
use crate::prose::Block;
use put::Put;

/// The text of a file and what the file says of it.
#[derive(Debug, Default)]
pub(crate) struct Unpacked {
    pub text: String,
    pub blocks: Vec<Block>,
    pub title: Option<String>,
    pub publisher: Option<Name>,
    pub published: Option<Published>,
    pub notes: Vec<Note>,
}

/// What a reader of such a file should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Note {
    /// The file is larger than is unpacked.
    TooLarge,
    /// More would come out than is read.
    TooMuch,
    /// The file is not of its sort, or broken; why, in a few words.
    Unreadable(&'static str),
    /// Further parts that are not read, by name and size.
    Attachments(Vec<String>),
    /// More pages than are read.
    PagesCut,
    /// Pages without text: pictures of pages.
    NoText,
    /// So many letters have a font that does not say what they are.
    UnknownLetters(usize),
}

/// Media types that are unpacked.
pub(crate) fn is_packed(media_type: &str) -> bool {
    matches!(media_type, DOCX | MAIL | PDF)
}

pub(crate) const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
pub(crate) const MAIL: &str = "message/rfc822";
pub(crate) const PDF: &str = "application/pdf";

/// Draws the text out of a file.
pub(crate) fn unpack(media_type: &str, bytes: &[u8], clock: &Clock) -> Unpacked {
    let mut put = Put::default();
    if bytes.len() > MAX_PACKED_BYTES {
        put.notes.push(Note::TooLarge);
    } else {
        match media_type {
            DOCX => docx::read(bytes, &mut put),
            MAIL => mail::read(bytes, clock, &mut put),
            _ => pdf::read(bytes, &mut put),
        }
    }
    let blocks = roles::blocks(&put.text, &put.drafts, put.title.as_deref());
    Unpacked {
        text: put.text,
        blocks,
        title: put.title,
        publisher: put.publisher,
        published: put.published,
        notes: put.notes,
    }
}
