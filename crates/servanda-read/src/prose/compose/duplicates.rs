//! Words that a page prints twice are one claim.

use std::collections::HashMap;

use servanda_model::Span;

use super::{Layers, ReadClaim};
use crate::prose::BlockRole;

/// Folds the claims of a block that repeats an earlier one (a caption printed twice, a pulled quotation) into the first.
/// Headline and body are two: both count, even where the body repeats the headline.
pub(super) fn fold(layers: &Layers<'_>, found: Vec<ReadClaim>) -> Vec<ReadClaim> {
    let mut first_of: HashMap<(bool, String, String, Vec<servanda_model::Name>), usize> = HashMap::new();
    let mut kept: Vec<ReadClaim> = Vec::new();
    for read in found {
        let caption = is_caption(layers, read.claim.span);
        let key =
            (read.claim.headline, read.sentence.clone(), read.claim.quote.clone(), read.claim.actors.clone());
        match first_of.get(&key) {
            Some(first) if caption || read.sentence.len() > SAME_SENTENCE_BYTES => {
                let first: &mut ReadClaim = &mut kept[*first];
                if first.claim.span != read.claim.span {
                    first.claim.duplicate_spans.push(read.claim.span);
                    continue;
                }
                kept.push(read);
            }
            Some(_) => kept.push(read),
            None => {
                first_of.insert(key, kept.len());
                kept.push(read);
            }
        }
    }
    kept
}

/// A sentence of that length is not written twice by chance.
const SAME_SENTENCE_BYTES: usize = 40;

fn is_caption(layers: &Layers<'_>, origin: Span) -> bool {
    layers.prose.blocks.iter().any(|block| {
        block.role == BlockRole::Caption && {
            let span = layers.prose.origin(block.span);
            span.start <= origin.start && origin.end <= span.end
        }
    })
}
