//! The second pass: instruments, milestones and provisions, every name looked up.

use servanda_model::Name;

use super::Context;
use super::names::Wanted;
use super::outcome::{Found, FoundProvision};
use crate::messages;
use crate::syntax::{Block, File, Item, Keyword, Word};
use crate::{Agreement, Instrument, Milestone};

/// Instruments that are read of one case.
const MAX_INSTRUMENTS: usize = 1_000;

/// Resolves everything that uses names. Items that cannot be used are reported and marked.
pub(super) fn lower(ctx: &mut Context, trees: &[File], agreement: &mut Agreement) -> Found {
    let mut found = Found::default();
    let mut too_many = false;
    for (file, tree) in trees.iter().enumerate() {
        ctx.file = file;
        for item in &tree.items {
            if let Block::Instrument { .. } = &item.block {
                if agreement.instruments.len() == MAX_INSTRUMENTS {
                    if !too_many {
                        ctx.report(messages::too_many("instruments", MAX_INSTRUMENTS), item.span);
                    }
                    too_many = true;
                    continue;
                }
                agreement.instruments.extend(instrument(ctx, item));
            }
        }
    }
    for (file, tree) in trees.iter().enumerate() {
        ctx.file = file;
        let mut holder: Option<Name> = None;
        for item in &tree.items {
            ctx.rests_on.clear();
            match &item.block {
                Block::Instrument { id, .. } => holder = Some(id.name.clone()),
                Block::Unreadable { meant: Some(Keyword::Instrument), id, .. } => {
                    holder = Some(id.as_ref().map_or_else(|| Name::new(UNREADABLE), |id| id.name.clone()));
                }
                Block::Milestone { id, when } => {
                    let at = ctx.at(id.span);
                    let condition = ctx.cond(when);
                    let rests_on = std::mem::take(&mut ctx.rests_on);
                    let milestone =
                        condition.map(|condition| Milestone { id: id.name.clone(), condition, at });
                    found.milestones.push((milestone, rests_on));
                }
                Block::Provision { id, .. } => {
                    let holder = holder_of(ctx, &holder, id, agreement);
                    let provision = ctx.provision(item, id, holder);
                    let rests_on = std::mem::take(&mut ctx.rests_on);
                    found.provisions.push(FoundProvision { provision, rests_on });
                }
                Block::Unreadable { meant: Some(Keyword::Provision), .. } if !item.clauses.is_empty() => {
                    let nobody = Word { name: "?".into(), span: item.span };
                    ctx.provision(item, &nobody, None);
                }
                _ => {}
            }
        }
    }
    found
}

/// Stands for an instrument whose line could not be read so far as its name.
const UNREADABLE: &str = "the line of the instrument";

fn instrument(ctx: &mut Context, item: &Item) -> Option<Instrument> {
    let Block::Instrument { id, title, adopted, incorporates, supersedes } = &item.block else { return None };
    let at = ctx.at(id.span);
    let is_first = ctx.names.find(id.name.as_str(), Wanted::Instrument).is_some_and(|first| first.at == at);
    let resolve = |ctx: &mut Context, words: &[Word]| -> Vec<Name> {
        words.iter().filter_map(|word| ctx.name(word, Wanted::Instrument)).collect()
    };
    let (incorporates, supersedes) = (resolve(ctx, incorporates), resolve(ctx, supersedes));
    is_first.then(|| Instrument {
        id: id.name.clone(),
        title: title.text.clone(),
        adopted: adopted.date,
        incorporates,
        supersedes,
        at,
    })
}

/// The instrument that a provision belongs to: the last one above it in its file, else the only one there is.
fn holder_of(ctx: &mut Context, above: &Option<Name>, id: &Word, agreement: &Agreement) -> Option<Name> {
    match (above, agreement.instruments.as_slice()) {
        (Some(above), _) => Some(above.clone()),
        (None, [only]) => Some(only.id.clone()),
        (None, _) => {
            ctx.report(messages::outside_instrument(id.name.as_str()), id.span);
            None
        }
    }
}
