//! `retract` and `rule`: what a person says about claims that are on record.

use servanda_ledger::{Body, Retraction, Withdrawn};
use servanda_model::{ClaimId, Judgement, Name, Ruling, RulingId};

use crate::Answer;
use crate::args::{Common, JudgementWord, Rule, Sign};
use crate::case::{Case, Compiled, OnRecord, Sources, Standing, append, open_ledger};
use crate::commands::keys;
use crate::error::{CommandError, ErrorKind};
use crate::moments::now;
use crate::out::Console;

/// Takes back an own claim or ruling.
pub(super) fn retract(
    common: &Common,
    id: &str,
    reason: &str,
    sign: &Sign,
    console: &Console,
) -> Result<Answer, CommandError> {
    let case = Case::find(common.case.as_deref())?;
    check_reason(reason)?;
    let author = keys::author(sign)?;
    let mut writer = open_ledger(&case, console)?;
    let known = Known::of(&case, &writer)?;
    let withdrawn = known.find(id)?;
    let (own, what) = match withdrawn {
        Withdrawn::Claim(claim) => (known.holders(&claim.0), format!("claim {}", claim.short())),
        Withdrawn::Ruling(ruling) => (known.holders(&ruling.0), format!("ruling {}", ruling.short())),
    };
    if !own.contains(&author.id()) {
        return Err(CommandError::new(
            ErrorKind::Record,
            format!("{what} was not put on record with this key"),
        )
        .hint("only its own author can take it back; to object to it, use 'servanda rule reject'"));
    }
    if known.is_taken_back(&withdrawn, &author.id()) {
        console.print(&format!("nothing new: {what} was taken back already\n"))?;
        return Ok(Answer::Yes);
    }
    let body = Body::Retraction(Retraction { target: withdrawn, reason: reason.trim().to_owned() });
    append(&mut writer, &author, &[body], now()?)?;
    console.print(&format!("taken back: {what}; it stays on record and no longer counts\n"))?;
    Ok(Answer::Yes)
}

/// Puts a ruling on record.
pub(super) fn rule(common: &Common, rule: &Rule, console: &Console) -> Result<Answer, CommandError> {
    let case = Case::find(common.case.as_deref())?;
    check_reason(&rule.reason)?;
    let author = keys::author(&rule.sign)?;
    let judgement = judgement(&case, rule)?;
    let mut writer = open_ledger(&case, console)?;
    let known = Known::of(&case, &writer)?;
    let mut claims: Vec<ClaimId> = Vec::new();
    for id in &rule.claims {
        match known.find(id)? {
            Withdrawn::Claim(claim) => claims.push(claim),
            Withdrawn::Ruling(_) => {
                return Err(CommandError::usage(format!("'{id}' is a ruling, not a claim")));
            }
        }
    }
    let body = Body::from(Ruling { judgement, claims, reason: rule.reason.trim().to_owned() });
    if OnRecord::of(&writer, &author.id())?.standing(&body) == Standing::Known {
        console.print("nothing new: this ruling is on record already\n")?;
        return Ok(Answer::Yes);
    }
    let Body::Ruling(ruling) = &body else { return Ok(Answer::No) };
    let id = servanda_ledger::ruling_id(ruling);
    append(&mut writer, &author, std::slice::from_ref(&body), now()?)?;
    console.print(&format!("put on record: ruling {}\n", id.short()))?;
    Ok(Answer::Yes)
}

fn check_reason(reason: &str) -> Result<(), CommandError> {
    if reason.trim().is_empty() {
        return Err(
            CommandError::usage("the reason is empty").hint("say why, for those who read the record later")
        );
    }
    Ok(())
}

fn judgement(case: &Case, rule: &Rule) -> Result<Judgement, CommandError> {
    let about_claims = |judgement: Judgement, at_least: usize| {
        if rule.claims.len() < at_least {
            let what = if at_least > 1 { "two claims or more" } else { "a claim" };
            return Err(
                CommandError::usage(format!("this judgement is about {what}")).hint("name each with --claim")
            );
        }
        Ok(judgement)
    };
    let promise = || {
        let (Some(promise), Some(by)) = (&rule.promise, &rule.by) else {
            return Err(CommandError::usage("this judgement is about a promise")
                .hint("name it with --promise, and whose it is with --by"));
        };
        let named = case.agreement.provisions.iter().filter(|found| found.id == *promise.as_str());
        let owes: Vec<&Name> = named.flat_map(|found| &found.obligors).collect();
        if !owes.iter().any(|party| **party == **by) {
            let message = if owes.is_empty() {
                format!("the agreement has no promise '{promise}'")
            } else {
                format!("'{by}' does not owe '{promise}'")
            };
            return Err(
                CommandError::usage(message).hint("'servanda status' lists the promises and who owes them")
            );
        }
        Ok((Name::new(promise), Name::new(by)))
    };
    match rule.judgement {
        JudgementWord::Accept => about_claims(Judgement::Accept, 1),
        JudgementWord::Reject => about_claims(Judgement::Reject, 1),
        JudgementWord::SameIncident => about_claims(Judgement::SameIncident, 2),
        JudgementWord::NotSameIncident => about_claims(Judgement::NotSameIncident, 2),
        JudgementWord::Verified => about_claims(Judgement::Verified, 1),
        JudgementWord::Refuted => about_claims(Judgement::Refuted, 1),
        JudgementWord::Disputed => about_claims(Judgement::Disputed, 1),
        JudgementWord::Postpone => about_claims(Judgement::Postpone, 0),
        JudgementWord::Breach => {
            promise().map(|(provision, obligor)| Judgement::Breach { provision, obligor })
        }
        JudgementWord::NoBreach => {
            promise().map(|(provision, obligor)| Judgement::NoBreach { provision, obligor })
        }
    }
}

/// What is on record, to be found by label, id or first digits.
struct Known {
    subjects: Vec<(servanda_model::AuthorId, Withdrawn)>,
    taken_back: Vec<(servanda_model::AuthorId, Withdrawn)>,
    labels: std::collections::BTreeMap<Name, ClaimId>,
}

impl Known {
    fn of(case: &Case, store: &servanda_store::Store) -> Result<Known, CommandError> {
        let mut subjects = Vec::new();
        let mut taken_back = Vec::new();
        store.visit(&mut |stored| {
            let author = stored.record.author;
            match (stored.record.kind, stored.subject) {
                (servanda_ledger::RecordKind::Claim, Some(id)) => {
                    subjects.push((author, Withdrawn::Claim(ClaimId(id))))
                }
                (servanda_ledger::RecordKind::Ruling, Some(id)) => {
                    subjects.push((author, Withdrawn::Ruling(RulingId(id))));
                }
                (servanda_ledger::RecordKind::Retraction, _) => {
                    if let Ok(Body::Retraction(found)) =
                        Body::from_json(stored.record.kind, &stored.record.body)
                    {
                        taken_back.push((author, found.target));
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        let sources = Sources::read(case);
        let labels = Compiled::of_case(case, &sources).labels;
        Ok(Known { subjects, taken_back, labels })
    }

    fn find(&self, written: &str) -> Result<Withdrawn, CommandError> {
        if let Some(claim) = self.labels.get(written) {
            let labelled = Withdrawn::Claim(*claim);
            if self.subjects.iter().any(|(_, found)| *found == labelled) {
                return Ok(labelled);
            }
            return Err(CommandError::new(ErrorKind::Record, format!("claim '{written}' is not on record"))
                .hint("'servanda add' puts the files of claims on record"));
        }
        const LEAST: usize = 6;
        let digits = written.to_ascii_lowercase();
        let is_id = digits.len() >= LEAST && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let mut found: Vec<Withdrawn> = Vec::new();
        for (_, subject) in self.subjects.iter().filter(|_| is_id) {
            let id = match subject {
                Withdrawn::Claim(claim) => claim.to_string(),
                Withdrawn::Ruling(ruling) => ruling.to_string(),
            };
            if id.starts_with(&digits) && !found.contains(subject) {
                found.push(*subject);
            }
        }
        match found.as_slice() {
            [one] => Ok(*one),
            [] => Err(CommandError::new(
                ErrorKind::Record,
                format!("nothing on record is called '{written}'"),
            )
            .hint(
                "use the label in claims/, or at least six digits of the id; 'servanda why --json' shows ids",
            )),
            many => Err(CommandError::new(
                ErrorKind::Record,
                format!("{} things on record begin with '{written}'", many.len()),
            )
            .hint("write more digits of the id")),
        }
    }

    fn holders(&self, id: &servanda_model::Hash32) -> Vec<servanda_model::AuthorId> {
        let is = |withdrawn: &Withdrawn| match withdrawn {
            Withdrawn::Claim(claim) => claim.0 == *id,
            Withdrawn::Ruling(ruling) => ruling.0 == *id,
        };
        self.subjects.iter().filter(|(_, found)| is(found)).map(|(author, _)| *author).collect()
    }

    fn is_taken_back(&self, withdrawn: &Withdrawn, author: &servanda_model::AuthorId) -> bool {
        self.taken_back.contains(&(*author, *withdrawn))
    }
}
