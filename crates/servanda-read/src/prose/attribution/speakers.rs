//! Quotations that no verb of their own line takes: a speaker behind a dash, a name before a colon, a short line that
//! says who spoke, and a quotation that goes on behind its speaker.

use servanda_language::{Fine, Tag};
use servanda_model::Modality;

use super::cues::{Cue, CueClass, Cues, Takes};
use super::found::{Found, is_title};
use super::lines::{Item, Page, View};
use super::phrases::Phrase;

/// Longest name before a colon, in items.
const LABEL_LENGTH: usize = 8;

fn plain() -> Cue {
    Cue {
        rest: Vec::new(),
        class: CueClass::Say,
        modality: Modality::Actual,
        is_communication: true,
        takes: vec![Takes::Quote],
    }
}

/// "NAME: ..." at the beginning of a line.
pub(super) fn label(view: View<'_>, line: usize) -> Option<Found> {
    let colon = (1..view.len().min(LABEL_LENGTH)).find(|at| view.is(*at, &[":"]))?;
    let is_name = |at: usize| {
        matches!(view.tag(at), Tag::Propn | Tag::Noun | Tag::Adj | Tag::X)
            || view.is(at, &[".", "(", ")", ",", "-"])
    };
    if view.line.level.is_some() || !(0..colon).all(is_name) || colon + 1 >= view.len() {
        return None;
    }
    let words = view.span(0..colon).of(view.page.text).unwrap_or_default();
    let is_shouted = words.chars().filter(|letter| letter.is_alphabetic()).count() > 2
        && words.chars().all(|letter| !letter.is_lowercase());
    let is_quoted = view.quote(colon + 1).is_some();
    let all_names = (0..colon).all(|at| view.tag(at) == Tag::Propn || view.is(at, &["."]));
    let says_more = view.bare_clause(colon + 1);
    if !(is_shouted || is_quoted || all_names && says_more && colon <= 4) {
        return None;
    }
    let mut one = Found::of(line, &plain(), colon..colon + 1, "label");
    one.source = Some(Phrase { places: 0..colon, head: colon - 1 });
    one.content.push(colon + 1..view.len());
    Some(one)
}

/// "— Name" behind a quotation: at the end of its line, or as a line of its own.
pub(super) fn signature(view: View<'_>, line: usize, dash: usize) -> Option<Found> {
    if !view.is(dash, &["―", "—", "–", "--", "-"]) || view.tag(dash + 1) != Tag::Propn {
        return None;
    }
    let source = view.phrase_after(dash + 1, view.len())?;
    if source.places.end + 1 < view.len() || (source.places.clone()).any(|at| view.is_finite(at)) {
        return None;
    }
    let mut one = Found::of(line, &plain(), dash..dash + 1, "signature");
    one.source = Some(source);
    Some(one)
}

/// A line that is only a speaker and a verb ("Name Surname asked.") behind a line that ends with a quotation.
pub(super) fn tail(view: View<'_>, line: usize, cues: &Cues, quote: usize) -> Option<Found> {
    let verb = (0..view.len().min(24)).find(|at| view.is_verb(*at) && !view.group(*at).is_participle)?;
    let lemma = view.verb_lemma(verb);
    let cue = cues.verb(&lemma).iter().find(|cue| cue.rest.is_empty() && cue.takes(Takes::Quote))?;
    let group = view.group(verb);
    let after = view.skip_adverbials(verb + 1);
    let (source, rule) = if group.start > 0 && (view.is_end(after) || view.is(after, &[","])) {
        (view.source(&group, cues, 0)?, "speaker-behind")
    } else if group.start == 0 {
        (view.phrase_after(verb + 1, view.len())?, "speaker-behind-inverted")
    } else {
        return None;
    };
    let mut one = Found::of(line, cue, group.start..verb + 1, rule);
    one.source = Some(source);
    one.more = vec![quote];
    Some(one)
}

/// The quotations of a line that holds nothing else.
pub(super) fn only_quotes(page: &Page<'_>, line: usize) -> Vec<usize> {
    let view = page.view(line);
    let mut found = Vec::new();
    for at in 0..view.len() {
        match view.line.items[at] {
            Item::Quote(quote) => found.push(quote),
            Item::Word(_) if view.is_mark(at) || view.fine(at) == Fine::Cc => {}
            Item::Word(_) => return Vec::new(),
        }
    }
    found.retain(|quote| !is_title(page, *quote));
    found
}
