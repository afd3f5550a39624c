//! PDF: the letters that a page shows, in the order in which it shows them, put together to lines and paragraphs.
//!
//! The structure of the file is read by `hayro-syntax`; what letters a page shows and where they stand is read here, from the
//! operators of its content and the maps of its fonts (ISO 32000-1, chapter 9). Nothing is drawn: pictures, forms to fill in and
//! annotations are left out. A page that is a picture has no text.

mod encodings;
mod fonts;
mod guard;
mod lines;
mod show;
mod to_unicode;

use hayro_syntax::{LoadPdfError, Pdf};

use super::{Note, Put};
use crate::input::limits::MAX_PAGES;

pub(super) fn read(bytes: &[u8], put: &mut Put) {
    if !bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-") {
        put.note(Note::Unreadable("it does not begin as a PDF does"));
        return;
    }
    if let Err(note) = guard::check(bytes) {
        put.note(note);
        return;
    }
    let pdf = match Pdf::new(bytes.to_vec()) {
        Ok(pdf) => pdf,
        Err(LoadPdfError::Decryption(_)) => {
            return put.note(Note::Unreadable("it is locked with a password"));
        }
        Err(LoadPdfError::Invalid) => return put.note(Note::Unreadable("its structure is broken")),
    };
    put.title = pdf.metadata().title.as_deref().map(text_string).filter(|title| is_title(title));
    let mut shown = show::Shown::default();
    for page in pdf.pages().iter().take(MAX_PAGES) {
        if !shown.page(page) {
            put.note(Note::TooMuch);
            break;
        }
    }
    if pdf.pages().len() > MAX_PAGES {
        put.note(Note::PagesCut);
    }
    if shown.n_unknown > 0 {
        put.note(Note::UnknownLetters(shown.n_unknown));
    }
    for (words, hint) in lines::blocks(&shown.pages) {
        if !put.block(&words, hint) {
            break;
        }
    }
    if put.drafts.is_empty() && !pdf.pages().is_empty() {
        put.note(Note::NoText);
    }
}

/// A text string of the file: UTF-16 or UTF-8 with its mark, else bytes of which the printable ones are Latin.
fn text_string(bytes: &[u8]) -> String {
    let words = match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0,
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0,
        [0xef, 0xbb, 0xbf, rest @ ..] => encoding_rs::UTF_8.decode_without_bom_handling(rest).0,
        rest => encoding_rs::WINDOWS_1252.decode_without_bom_handling(rest).0,
    };
    words
        .chars()
        .filter(|letter| !letter.is_control())
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Programs write the name of a file where a title is missing.
fn is_title(title: &str) -> bool {
    let small = title.to_lowercase();
    let is_file = [".doc", ".docx", ".indd", ".qxd", ".pdf", ".rtf", ".odt", ".pptx"]
        .iter()
        .any(|end| small.ends_with(end));
    !title.is_empty()
        && !is_file
        && !small.starts_with("microsoft word -")
        && small != "untitled"
        && title.contains(' ')
}
