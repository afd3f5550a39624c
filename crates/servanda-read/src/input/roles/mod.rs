//! Which role has each block? One rule for every format.
//!
//! Roles are decided by traits that such lines share in any publication (a link's "Opens in new window", a credit's
//! "Photograph:", a title's missing full stop), never by a publication's name. In doubt a block is read: a sentence that
//! is lost costs more than a caption that is read.

mod credit;
mod flattened;
mod head;
pub(crate) mod lines;

use servanda_model::Span;

pub(crate) use head::letters;

use super::draft::{Draft, trimmed};
use super::limits::MAX_BLOCK_BYTES;
use super::plain::is_same;
use crate::prose::{Block, BlockRole};

/// The blocks of a text with their roles. `title` is what metadata call the document.
pub(crate) fn blocks(text: &str, drafts: &[Draft], title: Option<&str>) -> Vec<Block> {
    let drafts = &joined(text, drafts);
    let mut roles: Vec<Option<BlockRole>> = Vec::with_capacity(drafts.len());
    let body = flattened::Body::new(text, drafts);
    for (at, draft) in drafts.iter().enumerate() {
        let twin = [at.checked_sub(1), Some(at + 1)]
            .into_iter()
            .flatten()
            .filter_map(|ix| drafts.get(ix))
            .any(|other| is_same(other.words(text), draft.words(text)));
        roles.push(own_role(draft.words(text), draft.hint, twin));
    }
    head::settle(text, drafts, title, &mut roles);
    headings(text, drafts, &mut roles);
    let mut blocks = Vec::with_capacity(drafts.len());
    for (draft, role) in drafts.iter().zip(roles) {
        match role.unwrap_or(BlockRole::Paragraph) {
            role @ (BlockRole::Paragraph | BlockRole::Caption) => {
                parts(text, draft.span, role, &body, &mut blocks)
            }
            role => blocks.push(Block { span: draft.span, role }),
        }
    }
    blocks
}

/// Whether a sentence, or a heading, cannot end with this word (in small letters).
pub(crate) fn cannot_end(word: &str) -> bool {
    flattened::NO_END.contains(&word)
}

/// Joins paragraphs that an empty line or a break cut in two: the first has no end, the second no beginning.
fn joined(text: &str, drafts: &[Draft]) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
    let is_text = |hint: Option<BlockRole>| matches!(hint, None | Some(BlockRole::Paragraph));
    for draft in drafts {
        if let Some(last) = out.last_mut()
            && is_text(last.hint)
            && is_text(draft.hint)
            && draft.words(text).starts_with(char::is_lowercase)
            && last
                .words(text)
                .ends_with(|letter: char| letter.is_alphanumeric() || letter == ',' || letter == '-')
            && last.span.len() >= MIN_OPEN_BYTES
            && last.span.len() + draft.span.len() <= MAX_BLOCK_BYTES
            && text[last.span.end..draft.span.start].trim().is_empty()
        {
            last.span.end = draft.span.end;
            continue;
        }
        out.push(*draft);
    }
    out
}

/// A shorter line before small letters is a label.
const MIN_OPEN_BYTES: usize = 24;

/// The role that a block's own words give it; `None`: running text, as far as the words tell.
fn own_role(words: &str, hint: Option<BlockRole>, has_twin: bool) -> Option<BlockRole> {
    match hint {
        Some(BlockRole::Paragraph | BlockRole::ListItem | BlockRole::Caption | BlockRole::Heading) | None => {
        }
        // Old pages lay out their articles in tables.
        Some(BlockRole::Row)
            if words.len() >= MIN_CELL_BYTES && lines::is_running(words) && !words.contains('\t') => {}
        decided => return decided,
    }
    if lines::is_teaser(words) {
        return Some(BlockRole::Teaser);
    }
    if lines::is_boilerplate(words) {
        return Some(BlockRole::Boilerplate);
    }
    if lines::is_byline(words) || lines::is_date_line(words) {
        return Some(BlockRole::Tag);
    }
    if matches!(hint, Some(BlockRole::ListItem | BlockRole::Heading | BlockRole::Caption)) {
        return hint;
    }
    if has_twin && words.len() >= MIN_TWIN_BYTES && !lines::is_label(words) {
        return Some(BlockRole::Caption);
    }
    credit::find(words, false).map(|_| BlockRole::Caption)
}

/// A longer cell that holds sentences, alone in its row, is text.
const MIN_CELL_BYTES: usize = 160;

/// A block that stands twice in a row is the caption of a picture and its text alternative.
const MIN_TWIN_BYTES: usize = 32;

/// Short lines without full stop before running text are sub-headings.
fn headings(text: &str, drafts: &[Draft], roles: &mut [Option<BlockRole>]) {
    for at in 0..drafts.len() {
        let next = (at + 1..drafts.len()).find(|ix| !matches!(roles[*ix], Some(role) if !role.is_read()));
        if roles[at].is_none()
            && lines::is_heading(drafts[at].words(text))
            && next.is_some_and(|ix| !drafts[ix].words(text).starts_with(char::is_lowercase))
            && next.is_some_and(|ix| {
                lines::is_running(drafts[ix].words(text)) || drafts[ix].hint == Some(BlockRole::ListItem)
            })
        {
            roles[at] = Some(BlockRole::Heading);
        }
    }
}

/// Takes credits, datelines, links and flattened headings out of a block of text.
fn parts(text: &str, span: Span, role: BlockRole, body: &flattened::Body, blocks: &mut Vec<Block>) {
    let words = &text[span.start..span.end];
    let mut cuts: Vec<(Span, BlockRole)> = Vec::new();
    let is_caption = role == BlockRole::Caption;
    let mut tail_role = role;
    let mut tail_from = words.len();
    if let Some(found) = credit::find(words, is_caption) {
        cuts.extend(found.label.map(|label| (label, BlockRole::Credit)));
        cuts.extend(found.credit.map(|credit| (credit, BlockRole::Credit)));
    } else if let Some(label) = credit::caption_label(words) {
        (tail_role, tail_from) = (BlockRole::Caption, label.start);
        cuts.push((label, BlockRole::Credit));
    }
    if !is_caption {
        cuts.extend(lines::dateline(words).map(|n_bytes| (Span::new(0, n_bytes), BlockRole::Tag)));
        cuts.extend(lines::inner_teasers(words).into_iter().map(|link| (link, BlockRole::Teaser)));
        cuts.extend(flattened::head_of_block(words).map(|head| (head, BlockRole::Heading)));
        cuts.extend(body.headings(words).into_iter().map(|heading| (heading, BlockRole::Heading)));
    }
    cuts.sort_by_key(|(cut, _)| (cut.start, cut.end));
    let mut at = 0;
    let mut push = |from: usize, to: usize, role: BlockRole| {
        let part = trimmed(text, Span::new(span.start + from, span.start + to));
        if !part.is_empty() {
            blocks.push(Block { span: part, role });
        }
    };
    for (cut, cut_role) in cuts {
        if cut.start < at {
            continue;
        }
        push(at, cut.start, if at >= tail_from { tail_role } else { role });
        push(cut.start, cut.end, cut_role);
        at = cut.end;
    }
    push(at, words.len(), if at >= tail_from { tail_role } else { role });
}
