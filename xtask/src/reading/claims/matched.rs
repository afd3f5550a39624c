//! Which claim of the program is which claim of the analyst?

use servanda_model::Claim;

use super::alone;
use super::assignment::assign;
use super::fields::{Compared, FIELDS, Tally, compare, n_same};
use super::gold::{Gold, GoldClaim};
use super::names::Names;
use super::tokens::Tokens;

/// Least F1 of content words at which two places are the same claim.
const SAME: f64 = 0.5;

/// A document, the claims that the program read in it, and which of them are which.
pub(super) struct Matched {
    /// Pairs: index of the annotated claim, index of the program's claim, what of it is right.
    pub pairs: Vec<(usize, usize, Vec<Compared>)>,
    /// Annotated claims that the program does not have.
    pub missed: Vec<usize>,
    /// Claims of the program that the analyst does not have.
    pub spurious: Vec<usize>,
    /// Values of the missed and the spurious claims, in the order of [`FIELDS`]; none is right.
    pub alone: Vec<Tally>,
}

impl Matched {
    /// How many claims both have, the analyst has, the program has.
    pub(super) fn tally(&self) -> Tally {
        let same = self.pairs.len();
        Tally { same, gold: same + self.missed.len(), read: same + self.spurious.len() }
    }

    /// Values of each field on the pairs, in the order of [`FIELDS`].
    pub(super) fn on_pairs(&self) -> Vec<Tally> {
        let mut tallies = vec![Tally::default(); FIELDS.len()];
        for compared in self.pairs.iter().flat_map(|(.., compared)| compared) {
            if let Some(at) = FIELDS.iter().position(|field| *field == compared.field) {
                tallies[at].add(compared.tally);
            }
        }
        tallies
    }

    /// As [`Matched::tally`], but the same are only pairs of which kind, speaker, actors and polarity are right.
    pub(super) fn core(&self) -> Tally {
        let is_right = |compared: &&Vec<Compared>| {
            compared.iter().all(|compared| !CORE.contains(&compared.field) || compared.tally.is_right())
        };
        Tally {
            same: self.pairs.iter().map(|(.., compared)| compared).filter(is_right).count(),
            ..self.tally()
        }
    }
}

/// Fields without which a claim says something else: who says that who does or wants what, and whether.
const CORE: &[&str] = &["kind", "speaker", "actor", "polarity"];

/// Pairs claims one to one so that the sum of their overlaps is largest; between claims that share their words the one
/// with more values alike.
pub(super) fn matched(gold: &Gold, read: &[Claim], names: &Names) -> Matched {
    let tokens = Tokens::new(&gold.text, gold.extract[0]..gold.extract[1]);
    let counts: Vec<usize> =
        (0..read.len()).filter(|ix| tokens.any_in([read[*ix].span.start, read[*ix].span.end])).collect();
    let weight = |claim: &GoldClaim, ix: usize| {
        let overlap = overlap(&tokens, claim, &read[ix]);
        if overlap < SAME {
            return 0;
        }
        let alike = n_same(&compare(gold, claim, &read[ix], names));
        // Overlap decides; fields decide between equal overlaps.
        #[allow(clippy::cast_possible_truncation, reason = "an F1 in thousandths")]
        let thousandths = (overlap * 1000.0) as i64;
        thousandths * 100 + i64::try_from(alike).unwrap_or(99)
    };
    let weights: Vec<Vec<i64>> =
        gold.claims.iter().map(|claim| counts.iter().map(|ix| weight(claim, *ix)).collect()).collect();
    let pairs: Vec<(usize, usize, Vec<Compared>)> = assign(&weights)
        .into_iter()
        .map(|(claim, column)| {
            let ix = counts[column];
            (claim, ix, compare(gold, &gold.claims[claim], &read[ix], names))
        })
        .collect();
    let has = |claim: &usize| pairs.iter().any(|(paired, ..)| paired == claim);
    let uses = |ix: &usize| pairs.iter().any(|(_, paired, _)| paired == ix);
    let missed: Vec<usize> = (0..gold.claims.len()).filter(|claim| !has(claim)).collect();
    let spurious: Vec<usize> = counts.iter().copied().filter(|ix| !uses(ix)).collect();
    let mut alone = vec![Tally::default(); FIELDS.len()];
    let of_missed = missed.iter().map(|claim| alone::missed(&gold.claims[*claim]));
    for values in of_missed.chain(spurious.iter().map(|ix| alone::spurious(&read[*ix]))) {
        alone.iter_mut().zip(values).for_each(|(sum, value)| sum.add(value));
    }
    Matched { pairs, missed, spurious, alone }
}

/// F1 of content words: of the claim's clause or of the part that it is about, at its place or where it stands again.
fn overlap(tokens: &Tokens, claim: &GoldClaim, read: &Claim) -> f64 {
    let place = [read.span.start, read.span.end];
    let places = [claim.span].into_iter().chain(claim.focus).chain(claim.duplicate_spans.iter().copied());
    places.map(|gold| tokens.f1(gold, place)).fold(0.0, f64::max)
}
