//! Word documents (ECMA-376): paragraphs with their styles, lists, tables.
//!
//! Read is the text as it stands after all changes: what was deleted under tracked changes, hidden text and instructions of
//! fields are left out.

use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::{Note, Put};
use crate::input::limits::MAX_UNPACKED_BYTES;
use crate::prose::BlockRole;

pub(super) fn read(bytes: &[u8], put: &mut Put) {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        put.note(Note::Unreadable("it is no zip archive, which every Word document is"));
        return;
    };
    put.title = title(&mut archive);
    let Ok(part) = archive.by_name("word/document.xml") else {
        put.note(Note::Unreadable("it holds no word/document.xml"));
        return;
    };
    if part.size() > MAX_UNPACKED_BYTES as u64 {
        put.note(Note::TooMuch);
    }
    let mut body = Body::new(put);
    let is_whole = body.read(BufReader::new(part.take(MAX_UNPACKED_BYTES as u64)));
    body.end_paragraph();
    if !is_whole {
        put.note(Note::Unreadable("its XML breaks off"));
    }
}

/// The title of the document's properties.
fn title<R: Read + std::io::Seek>(archive: &mut ZipArchive<R>) -> Option<String> {
    const MAX_PROPERTIES_BYTES: u64 = 1 << 16;
    let mut xml = String::new();
    archive.by_name("docProps/core.xml").ok()?.take(MAX_PROPERTIES_BYTES).read_to_string(&mut xml).ok()?;
    let start = xml.find("<dc:title>")? + "<dc:title>".len();
    let raw = &xml[start..start + xml[start..].find("</dc:title>")?];
    let title = quick_xml::escape::unescape(raw).ok()?.split_whitespace().collect::<Vec<_>>().join(" ");
    (!title.is_empty()).then_some(title)
}

struct Body<'p> {
    put: &'p mut Put,
    words: String,
    hint: Option<BlockRole>,
    /// Open tables; the cells of a row are put side by side.
    n_tables: usize,
    /// Elements whose text is not read.
    n_silent: usize,
    is_hidden: bool,
    is_text: bool,
    is_full: bool,
}

impl Body<'_> {
    fn new(put: &mut Put) -> Body<'_> {
        Body {
            put,
            words: String::new(),
            hint: None,
            n_tables: 0,
            n_silent: 0,
            is_hidden: false,
            is_text: false,
            is_full: false,
        }
    }

    /// Reads the XML; `false` where it breaks off.
    fn read(&mut self, xml: impl std::io::BufRead) -> bool {
        let mut reader = Reader::from_reader(xml);
        reader.config_mut().check_end_names = false;
        let mut buffer = Vec::new();
        let mut has_end = false;
        while !self.is_full {
            buffer.clear();
            match reader.read_event_into(&mut buffer) {
                Ok(Event::Start(tag)) => self.open(&tag, false),
                Ok(Event::Empty(tag)) => self.open(&tag, true),
                Ok(Event::End(tag)) => {
                    has_end |= tag.local_name().as_ref() == "document";
                    self.close(tag.local_name().as_ref());
                }
                Ok(Event::Text(text)) if self.is_text => {
                    let raw = text.to_string();
                    self.push(&raw);
                }
                Ok(Event::GeneralRef(name)) if self.is_text => {
                    let name = format!("&{};", &*name);
                    if let Ok(words) = quick_xml::escape::unescape(&name) {
                        self.push(&words);
                    }
                }
                Ok(Event::CData(text)) if self.is_text => {
                    let raw = text.to_string();
                    self.push(&raw);
                }
                Ok(Event::Eof) => return has_end,
                Ok(_) => {}
                Err(_) => return false,
            }
        }
        true
    }

    fn open(&mut self, tag: &BytesStart, is_empty: bool) {
        let name = tag.local_name();
        if self.n_silent > 0 {
            self.n_silent += usize::from(!is_empty);
            return;
        }
        match name.as_ref() {
            // A second form of the same drawing, changes that are undone, comments.
            "Fallback" | "del" | "moveFrom" | "pict" => self.n_silent = usize::from(!is_empty),
            "p" => {
                if self.n_tables == 0 {
                    self.end_paragraph();
                    self.hint = None;
                } else if !self.words.is_empty() && !self.words.ends_with(['\t', '\n']) {
                    self.words.push(' ');
                }
            }
            "pStyle" if self.n_tables == 0 => self.hint = style(&value(tag)).or(self.hint),
            "numPr" if self.n_tables == 0 => self.hint = self.hint.or(Some(BlockRole::ListItem)),
            "r" => self.is_hidden = false,
            "vanish" => self.is_hidden = value(tag) != "0" && value(tag) != "false",
            "t" => self.is_text = !is_empty,
            "tab" if !self.words.is_empty() => self.push("\t"),
            "br" | "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "tbl" => {
                self.end_paragraph();
                self.n_tables += 1;
            }
            "tc" if !self.words.is_empty() => self.push("\t"),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if self.n_silent > 0 {
            self.n_silent -= 1;
            return;
        }
        match name {
            "t" => self.is_text = false,
            "r" => self.is_hidden = false,
            "p" if self.n_tables == 0 => self.end_paragraph(),
            "tr" => {
                self.hint = Some(BlockRole::Row);
                self.end_paragraph();
            }
            "tbl" => {
                self.end_paragraph();
                self.n_tables = self.n_tables.saturating_sub(1);
            }
            _ => {}
        }
    }

    fn push(&mut self, words: &str) {
        if !self.is_hidden {
            self.words.push_str(words);
        }
    }

    fn end_paragraph(&mut self) {
        let words = std::mem::take(&mut self.words);
        self.is_full = !self.put.block(&words, self.hint.take());
    }
}

/// The value of an element's `w:val`.
fn value(tag: &BytesStart) -> String {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).find_map(|attribute| {
        attribute.ok().filter(|attribute| attribute.key.local_name().as_ref() == "val")
    });
    found.map(|attribute| attribute.value.into_owned()).unwrap_or_default()
}

/// The role of a paragraph by its style, as Word names its own styles.
fn style(name: &str) -> Option<BlockRole> {
    let small = name.to_ascii_lowercase();
    match small.as_str() {
        "title" => Some(BlockRole::Headline),
        "subtitle" => Some(BlockRole::Standfirst),
        "caption" => Some(BlockRole::Caption),
        "header" | "footer" => Some(BlockRole::Boilerplate),
        _ if small.starts_with("heading") => Some(BlockRole::Heading),
        _ if small.starts_with("toc") => Some(BlockRole::Boilerplate),
        _ if small.starts_with("list") => Some(BlockRole::ListItem),
        _ => None,
    }
}
