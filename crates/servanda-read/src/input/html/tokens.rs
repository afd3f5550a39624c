//! Tags and text of a page, each with its bytes (`html5gum`, the tokens of the HTML standard).

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span as Place, Tokenizer};
use servanda_model::Span;

/// What the walk over a page needs of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// `<name a="b">`.
    Open { name: String, attributes: Vec<(String, String)>, closes_itself: bool },
    /// `</name>`.
    Close { name: String },
    /// Text as written, character references not resolved.
    Text(Span),
}

/// Attributes that the walk looks at.
const ATTRIBUTES: [&str; 20] = [
    "id",
    "class",
    "role",
    "hidden",
    "aria-hidden",
    "style",
    "itemprop",
    "itemtype",
    "property",
    "name",
    "content",
    "datetime",
    "type",
    "rel",
    "href",
    "lang",
    "pubdate",
    "alt",
    "http-equiv",
    "charset",
];

/// Longer values are cut.
const MAX_VALUE_BYTES: usize = 2_000;

/// Hands each token of `text[span]` in order.
pub(crate) fn each(text: &str, span: Span, mut take: impl FnMut(Token)) {
    let base = span.start;
    let mut open: Option<(String, Vec<(String, String)>)> = None;
    let mut attribute: Option<String> = None;
    let mut emitter =
        CallbackEmitter::<_, Token, usize>::new(move |event: CallbackEvent<'_>, place: Place<usize>| {
            match event {
                CallbackEvent::OpenStartTag { name } => {
                    open = Some((string(name), Vec::new()));
                    None
                }
                CallbackEvent::AttributeName { name } => {
                    let name = string(name);
                    attribute = ATTRIBUTES.contains(&name.as_str()).then_some(name);
                    if let (Some(name), Some((_, list))) = (&attribute, &mut open) {
                        list.push((name.clone(), String::new()));
                    }
                    None
                }
                CallbackEvent::AttributeValue { value } => {
                    if let (Some(_), Some((_, list))) = (&attribute, &mut open)
                        && let Some((_, held)) = list.last_mut()
                        && held.len() < MAX_VALUE_BYTES
                    {
                        held.push_str(&string(&value[..value.len().min(MAX_VALUE_BYTES)]));
                    }
                    None
                }
                CallbackEvent::CloseStartTag { self_closing } => {
                    attribute = None;
                    let (name, attributes) = open.take()?;
                    Some(Token::Open { name, attributes, closes_itself: self_closing })
                }
                CallbackEvent::EndTag { name } => Some(Token::Close { name: string(name) }),
                CallbackEvent::String { .. } => {
                    Some(Token::Text(Span::new(base + place.start, base + place.end)))
                }
                _ => None,
            }
        });
    emitter.naively_switch_states(true);
    let mut tokens = Tokenizer::new_with_emitter(&text[span.start..span.end], emitter);
    while let Some(Ok(token)) = tokens.next() {
        take(token);
    }
}

fn string(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
