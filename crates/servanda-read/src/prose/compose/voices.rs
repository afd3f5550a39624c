//! In whose name does a document speak? "I" and "we" outside of quotation marks are the authors that its title names; "we" in
//! somebody's mouth is what the speaker stands for.

use servanda_language::{Analysis, Fine, Tag};
use servanda_model::{ActorKind, Name};

use crate::prose::names::Directory;
use crate::prose::{Mention, Who};

/// Nouns for a text that somebody makes in the own name.
const DOCUMENTS: [&str; 14] = [
    "statement",
    "remark",
    "remarks",
    "message",
    "declaration",
    "communique",
    "communiqué",
    "address",
    "speech",
    "letter",
    "briefing",
    "gaggle",
    "announcement",
    "release",
];

/// The authors that a title names: whoever stands behind "by" or "from" ("Statement by ..."), behind "of" after such a noun, or
/// possesses it ("the Group's statement"). A joint text has several. `mentions` are those of the title itself.
pub(in crate::prose) fn authors(text: &str, analysis: &Analysis, mentions: &[Mention]) -> Vec<Who> {
    let n = analysis.tokens.len();
    let lower = |token: usize| analysis.word(text, token).to_lowercase();
    let is_document = |token: usize| DOCUMENTS.contains(&lower(token).as_str());
    let behind = (0..n).find(|token| match lower(*token).as_str() {
        "by" | "from" => true,
        "of" => *token > 0 && is_document(token - 1),
        _ => false,
    });
    let range = match behind {
        Some(behind) => {
            let ends = |token: &usize| {
                let tag = analysis.tokens[*token].tag;
                tag == Tag::Adp && lower(*token) != "of" || matches!(tag, Tag::Verb | Tag::Sconj)
            };
            behind + 1..(behind + 1..n).find(ends).unwrap_or(n)
        }
        None => {
            let Some(document) = (1..n).find(|token| is_document(*token)) else { return Vec::new() };
            let is_mark = |token: usize| matches!(lower(token).as_str(), "'s" | "’s" | "'" | "’");
            let Some(mark) = (0..document).rev().take(3).find(|token| is_mark(*token)) else {
                return Vec::new();
            };
            0..mark
        }
    };
    named(
        analysis,
        mentions.iter().filter(|one| range.start <= one.tokens.start && one.tokens.end <= range.end + 1),
    )
}

/// Whom these mentions name: of those within each other the widest, of "the leaders of A and B" A and B.
fn named<'m>(analysis: &Analysis, mentions: impl Iterator<Item = &'m Mention>) -> Vec<Who> {
    let is_many = |mention: &Mention| {
        matches!(analysis.tokens[mention.head].fine, Fine::Nns | Fine::Nnps)
            && matches!(mention.who, Who::Described { .. })
    };
    let list: Vec<&Mention> =
        mentions.filter(|mention| matches!(mention.who, Who::Known(_) | Who::Described { .. })).collect();
    let has_known = list.iter().any(|one| matches!(one.who, Who::Known(_)));
    let is_within = |one: &Mention| {
        list.iter().any(|other| {
            other.tokens.len() > one.tokens.len()
                && other.tokens.start <= one.tokens.start
                && one.tokens.end <= other.tokens.end
                && !(is_many(other) && has_known)
        })
    };
    let mut found: Vec<Who> = Vec::new();
    for one in &list {
        if is_within(one) || is_many(one) && has_known || found.contains(&one.who) {
            continue;
        }
        found.push(one.who.clone());
    }
    found
}

/// What somebody stands for who says "we": an office or an organ of a state for the state, an office of an organisation for the
/// organisation; anybody else for nobody more.
pub(super) fn whole(directory: &Directory, who: &Who) -> Option<Name> {
    let mut at = match who {
        Who::Known(name) | Who::Described { of: Some(name), .. } => name.clone(),
        Who::Described { words, .. } => return Some(Name::new(words)),
        Who::Private | Who::Unresolved => return None,
    };
    const MAX_STEPS: usize = 4;
    for _ in 0..MAX_STEPS {
        let Some(actor) = directory.actor(&at) else { break };
        let Some(above) = actor.member_of.first().and_then(|part| directory.actor(&part.of)) else { break };
        let is_state = matches!(above.kind, ActorKind::State | ActorKind::Party);
        let is_organ = actor.kind == ActorKind::Body && (is_state || above.kind == ActorKind::Body);
        if actor.kind != ActorKind::Office && !(is_organ && leads_to_state(directory, &above.id)) {
            break;
        }
        at = above.id.clone();
    }
    Some(at)
}

/// Whether an actor is a state, or an organ of one.
fn leads_to_state(directory: &Directory, name: &Name) -> bool {
    let mut at = name;
    for _ in 0..4 {
        let Some(actor) = directory.actor(at) else { return false };
        if matches!(actor.kind, ActorKind::State | ActorKind::Party) {
            return true;
        }
        let Some(above) = actor.member_of.first() else { return false };
        at = &above.of;
    }
    false
}

/// The actor's name as a claim gives it.
pub(super) fn name(who: &Who) -> Option<Name> {
    match who {
        Who::Known(name) => Some(name.clone()),
        Who::Described { words, .. } => Some(Name::new(words)),
        Who::Private | Who::Unresolved => None,
    }
}
