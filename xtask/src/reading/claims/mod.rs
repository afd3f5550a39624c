//! Claims against annotated documents (`xtask/reading/gold`): are all found, is none invented, is what is said of each
//! right? `docs/methods/reading-quality.md` says what each figure means.
//!
//! Invariant: of documents that are kept unseen only figures are shown, unless `--open-unseen` asks for more.

mod alone;
mod assignment;
mod fields;
mod gold;
mod matched;
mod names;
mod page;
mod read;
mod show;
mod tokens;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use anyhow::Result;

use super::{Context, Scores};
use fields::{FIELDS, Tally};
use gold::Gold;
use matched::Matched;
use names::Names;
use read::Known;

/// Fields whose figures over all claims are committed; those of the other fields, and all those on pairs, are shown.
const KEPT: &[&str] = &[
    "kind",
    "speaker",
    "chain",
    "actor",
    "target",
    "polarity",
    "modality",
    "tense",
    "condition",
    "issue",
    "date",
    "quantity",
];

/// Sums over documents.
#[derive(Default)]
struct Sums {
    claims: Tally,
    /// Claims of which the core is right.
    core: Tally,
    /// Values of each field on the pairs.
    on_pairs: Vec<Tally>,
    /// Values of each field on all claims, those that only one of the two has among them.
    over_all: Vec<Tally>,
}

impl Sums {
    fn add(&mut self, matched: &Matched) {
        self.claims.add(matched.tally());
        self.core.add(matched.core());
        for sums in [&mut self.on_pairs, &mut self.over_all] {
            sums.resize(FIELDS.len(), Tally::default());
            sums.iter_mut().zip(matched.on_pairs()).for_each(|(sum, tally)| sum.add(tally));
        }
        self.over_all.iter_mut().zip(&matched.alone).for_each(|(sum, tally)| sum.add(*tally));
    }

    fn put(&self, part: &str, scores: &mut Scores) {
        let mut put = |name: String, figure: Option<f64>| {
            if let Some(figure) = figure {
                scores.put(name, figure);
            }
        };
        put(format!("{part}_claim_f1"), self.claims.f1());
        put(format!("{part}_core_f1"), self.core.f1());
        for (field, tally) in FIELDS.iter().zip(&self.over_all).filter(|(field, _)| KEPT.contains(field)) {
            put(format!("{part}_all_{field}"), tally.f1());
        }
    }
}

/// Reads every annotated document and compares. `--show DOC` lists what was missed in one (`all`: in each), `--page`
/// writes the pages of `docs/reading`, or with `--check` says which are not current, `--plainest` takes each
/// sentence for one assertion.
pub(super) fn run(ctx: &Context) -> Result<Option<Scores>> {
    let Some(shared) = ctx.shared("data").and_then(|_| ctx.shared("seeds")) else { return Ok(None) };
    let shared = shared.parent().unwrap_or(&ctx.shared);
    let documents = gold::load(&ctx.root, shared)?;
    let names = Names::read(&ctx.root)?;
    let (mut seen, mut unseen, mut seeds) = (Sums::default(), Sums::default(), Sums::default());
    let mut known: BTreeMap<String, Known> = BTreeMap::new();
    let mut pages_stand = true;
    show::head();
    for gold in &documents {
        let (document, articles) = read::input(gold)?;
        let lost = read::not_handed_on(gold, &articles);
        if !lost.is_empty() {
            show::lost(gold, &lost, may_show(ctx, gold));
        }
        let claims = if ctx.has("--plainest") {
            read::plainest(&articles)
        } else {
            let known = match known.entry(gold.case.clone()) {
                Entry::Occupied(entry) => entry.into_mut(),
                Entry::Vacant(entry) => entry.insert(Known::of(&ctx.root, &gold.case)?),
            };
            read::read(known, &document, &articles)
        };
        let matched = matched::matched(gold, &claims, &names);
        let mut sums = Sums::default();
        sums.add(&matched);
        show::row(&gold.name, &sums.claims, sums.core, &sums.on_pairs);
        if gold.is_seen {
            seen.add(&matched)
        } else {
            unseen.add(&matched)
        }
        if gold.name.starts_with("seed-") {
            seeds.add(&matched);
            if ctx.has("--page") {
                let text = page::page(gold, &articles, &claims, &matched, ctx.has("--full"));
                pages_stand &= page::write(ctx, gold, &text)?;
            }
        }
        if ctx.after("--show").is_some_and(|name| name == gold.name || name == "all") && may_show(ctx, gold) {
            show::items(gold, &claims, &matched);
        }
    }
    let mut scores = Scores::default();
    if !pages_stand {
        scores.find("a page of docs/reading is not current");
    }
    for (part, sums) in [("seeds", &seeds), ("seen", &seen), ("unseen", &unseen)] {
        show::row(part, &sums.claims, sums.core, &sums.on_pairs);
        show::row(&format!("{part}, over all claims"), &sums.claims, sums.core, &sums.over_all);
        sums.put(part, &mut scores);
    }
    // The plainest reader is there to be looked at; its figures are nobody's.
    Ok((!ctx.has("--plainest")).then_some(scores))
}

fn may_show(ctx: &Context, gold: &Gold) -> bool {
    gold.is_seen || ctx.has("--open-unseen")
}
