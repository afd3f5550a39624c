//! E-mail (RFC 5322, MIME): subject, date, and the first body; attachments are named, not read.
//!
//! The publisher is the organisation that the headers name, else the domain of the sender: never the sender's own name, since
//! names of private persons are not kept.

use mail_parser::{Addr, Address, HeaderValue, Message, MessageParser, MimeHeaders, PartType};
use servanda_model::{Name, Span};

use super::{Note, Put};
use crate::clock::Clock;
use crate::input::draft::Draft;
use crate::input::{html, plain, published};
use crate::prose::{BlockRole, Prose};

const MAX_ATTACHMENTS: usize = 20;

pub(super) fn read(bytes: &[u8], clock: &Clock, put: &mut Put) {
    let Some(message) = MessageParser::default().parse(bytes).filter(|message| !message.headers().is_empty())
    else {
        put.note(Note::Unreadable("it has no headers, which every message has"));
        return;
    };
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    put.title = message.subject().map(squeezed).filter(|subject| !subject.is_empty());
    put.publisher = organisation(&message).or_else(|| domain(message.from().or_else(|| message.sender())));
    put.published = message.date().and_then(|date| published::as_written(&date.to_rfc3339(), clock));
    if let Some(title) = put.title.clone() {
        put.block(&title, Some(BlockRole::Headline));
    }
    body(&message, put);
    let attachments: Vec<String> = message.attachments().take(MAX_ATTACHMENTS).map(described).collect();
    if !attachments.is_empty() {
        put.note(Note::Attachments(attachments));
    }
}

fn organisation(message: &Message) -> Option<Name> {
    let HeaderValue::Text(text) =
        message.header("Organization").or_else(|| message.header("Organisation"))?
    else {
        return None;
    };
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!name.is_empty()).then(|| Name::from(name))
}

fn domain(from: Option<&Address>) -> Option<Name> {
    let Addr { address, .. } = from?.first()?;
    let (_, domain) = address.as_deref()?.rsplit_once('@')?;
    let domain = domain.trim().to_ascii_lowercase();
    (domain.contains('.')).then(|| Name::from(domain))
}

/// The first body: as text where the message has it so, else as a page.
fn body(message: &Message, put: &mut Put) {
    let is_text = |part: &mail_parser::MessagePart| matches!(part.body, PartType::Text(_));
    let text = message.text_bodies().find(|part| is_text(part)).and_then(|part| part.text_contents());
    if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
        let text = text.replace("\r\n", "\n");
        let drafts = letter(&text);
        put.blocks(&Prose::verbatim(&text, 0), &drafts);
        return;
    }
    let page = message.html_bodies().find_map(|part| match &part.body {
        PartType::Html(page) => Some(page.as_ref()),
        _ => None,
    });
    if let Some(page) = page {
        let page = html::page(page, Span::new(0, page.len()), put.title.as_deref());
        put.blocks(&page.prose, &page.drafts);
    }
}

/// The blocks of a letter. What it quotes of earlier letters, and the signature below it, are not what it says.
fn letter(text: &str) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let (mut from, mut at, mut is_signature) = (0, 0, false);
    let mut was_quoted = false;
    let mut flush = |from: usize, to: usize, is_aside: bool| {
        let span = Span::new(from, to);
        if is_aside {
            Draft::push(&mut drafts, text, span, Some(BlockRole::Boilerplate));
        } else {
            drafts.extend(plain::drafts(text, span));
        }
    };
    for line in text.split_inclusive('\n') {
        let is_quoted = line.starts_with('>') || is_signature || line.trim_end() == "--";
        if is_quoted != was_quoted {
            flush(from, at, was_quoted);
            (from, was_quoted) = (at, is_quoted);
        }
        is_signature |= line.trim_end_matches(['\n', '\r']) == "-- " || line.trim_end() == "--";
        at += line.len();
    }
    flush(from, at, was_quoted);
    drafts
}

/// "report.pdf (12 KiB)".
fn described(part: &mail_parser::MessagePart) -> String {
    let name = match &part.body {
        PartType::Message(_) => "an attached message",
        _ => part.attachment_name().unwrap_or("unnamed"),
    };
    let name: String = name.chars().filter(|letter| !letter.is_control()).take(80).collect();
    format!("{name} ({} KiB)", part.len().div_ceil(1024))
}
