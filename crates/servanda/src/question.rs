//! Asking a case: from arguments to findings with their words.

use servanda_assess::status::{Engine, Question};
use servanda_model::{Finding, Instant, Name, Standpoint};
use servanda_render::{Heading, Lexicon};

use crate::args;
use crate::case::{Case, Origin, Records};
use crate::error::{CommandError, ErrorKind};
use crate::lexicon::lexicon;
use crate::moments::{Moments, moments};

const DUE_SOON_DAYS: u32 = 7;

/// A case with its records, asked about two moments from one standpoint.
pub(crate) struct Asked {
    pub case: Case,
    pub records: Records,
    pub moments: Moments,
    pub standpoint: Standpoint,
    pub lexicon: Lexicon,
}

impl Asked {
    /// Opens the case and settles what is asked.
    pub(crate) fn new(common: &args::Common, view: &args::View) -> Result<Asked, CommandError> {
        let case = Case::find(common.case.as_deref())?;
        if case.agreement.provisions.is_empty() {
            let error = CommandError::new(
                ErrorKind::Case,
                "the agreement of this case has no provision that can be read",
            );
            return Err(error.hint("'servanda check' says why"));
        }
        let records = Records::open(&case)?;
        let moments = moments(&case, &records.ledger, view.as_of.as_deref(), view.known.as_deref())?;
        let standpoint = case.standpoint(view.standpoint.as_deref())?;
        let lexicon = lexicon(&case);
        Ok(Asked { case, records, moments, standpoint, lexicon })
    }

    /// The head of the screen.
    pub(crate) fn heading(&self) -> Heading {
        let mut remarks = Vec::new();
        remarks.extend(self.moments.remark.clone());
        remarks.extend(self.records.remark.clone());
        match self.case.n_errors() {
            0 => {}
            1 => remarks.push(
                "one error in the files of the case; what it touches is left out ('servanda check')".into(),
            ),
            n => remarks.push(format!(
                "{n} errors in the files of the case; what they touch is left out ('servanda check')"
            )),
        }
        if self.records.origin == Origin::Bundle
            && self.moments.remark.is_none()
            && self.records.ledger.n_claims() == 0
        {
            remarks.push("nothing is on record yet".to_owned());
        }
        if !self.standpoint.reviewed_only {
            let n = self.records.ledger.as_of(self.moments.known).n_unreviewed();
            remarks.extend(servanda_render::unreviewed_said(n));
        }
        let title =
            if self.case.file.title.is_empty() { &self.case.agreement.title } else { &self.case.file.title };
        Heading {
            case: title.clone(),
            clock: self.case.zone().to_owned(),
            as_of: self.moments.as_of,
            known: self.moments.known,
            standpoint: self.standpoint.id.clone(),
            standpoint_said: self.standpoint.label.clone(),
            remarks,
        }
    }

    /// The findings of a standpoint at two moments, with their trees where asked for.
    pub(crate) fn findings_at(
        &self,
        standpoint: &Standpoint,
        (at, known): (Instant, Instant),
        only: &[String],
        why: bool,
    ) -> Result<Vec<Finding>, CommandError> {
        let engine = Engine::new(self.case.agreement.clone(), standpoint.clone(), self.case.context());
        let mut engine = engine.map_err(|error| CommandError::new(ErrorKind::Case, error.to_string()))?;
        let view = self.records.ledger.as_of(known);
        engine.load(&view);
        let due_soon_days = self.case.file.due_soon_days.unwrap_or(DUE_SOON_DAYS);
        let question = |only: Option<Name>| Question { at, due_soon_days, only, why };
        if only.is_empty() {
            return Ok(engine.findings(&view, &question(None)));
        }
        let mut findings = Vec::new();
        for name in self.promises(only)? {
            findings.extend(engine.findings(&view, &question(Some(name))));
        }
        Ok(findings)
    }

    /// The findings that are asked for.
    pub(crate) fn findings(&self, only: &[String], why: bool) -> Result<Vec<Finding>, CommandError> {
        self.findings_at(&self.standpoint, (self.moments.as_of, self.moments.known), only, why)
    }

    /// The kinds that are meant: of that name, or those that a promise of that name is about. Points, hyphens and
    /// underscores stand for one another, so that `aid.trucks` finds the promise `aid-trucks`.
    pub(crate) fn kinds(&self, asked: &[String]) -> Result<Vec<Name>, CommandError> {
        let plain = |name: &str| name.replace(['-', '_'], ".");
        let agreement = &self.case.agreement;
        let mut found: Vec<Name> = Vec::new();
        for name in asked {
            let kinds = agreement.kinds.iter().map(|kind| &kind.id);
            let mut meant: Vec<&Name> = kinds.filter(|id| plain(id.as_str()) == plain(name)).collect();
            if meant.is_empty() {
                let provisions = agreement.provisions.iter();
                let named = provisions.filter(|provision| plain(provision.id.as_str()) == plain(name));
                meant = named.flat_map(|provision| provision.duty.kinds()).collect();
            }
            if meant.is_empty() {
                let kinds = agreement.kinds.iter().map(|kind| &kind.id);
                let names: Vec<&Name> =
                    kinds.chain(agreement.provisions.iter().map(|provision| &provision.id)).collect();
                let hint = nearest(name, &names).map_or_else(
                    || "'servanda status' lists the promises".to_owned(),
                    |near| format!("did you mean '{near}'?"),
                );
                let error = CommandError::usage(format!("the agreement has no kind and no promise '{name}'"));
                return Err(error.hint(hint));
            }
            for id in meant {
                if !found.contains(id) {
                    found.push(id.clone());
                }
            }
        }
        Ok(found)
    }

    /// The promises that are meant: of that name, or those with the word in their name.
    pub(crate) fn promises(&self, asked: &[String]) -> Result<Vec<Name>, CommandError> {
        let ids: Vec<&Name> = self.case.agreement.provisions.iter().map(|provision| &provision.id).collect();
        let mut found: Vec<Name> = Vec::new();
        for name in asked {
            let has_word = |id: &&&Name| id.as_str().split(['-', '.', '_']).any(|word| word == name);
            let exact: Vec<&Name> = ids.iter().filter(|id| ***id == **name).copied().collect();
            let meant: Vec<&Name> =
                if exact.is_empty() { ids.iter().filter(has_word).copied().collect() } else { exact };
            if meant.is_empty() {
                let near = nearest(name, &ids);
                let hint = near.map_or_else(
                    || "'servanda status' lists the promises".to_owned(),
                    |near| format!("did you mean '{near}'?"),
                );
                return Err(CommandError::usage(format!("the agreement has no promise '{name}'")).hint(hint));
            }
            for id in meant {
                if !found.contains(id) {
                    found.push(id.clone());
                }
            }
        }
        Ok(found)
    }
}

/// The name that shares the longest beginning with a misspelt one, at least half of it.
fn nearest<'n>(word: &str, names: &[&'n Name]) -> Option<&'n Name> {
    let shared = |name: &Name| word.chars().zip(name.as_str().chars()).take_while(|(a, b)| a == b).count();
    let best = names.iter().copied().max_by_key(|name| shared(name))?;
    (shared(best) * 2 >= word.chars().count()).then_some(best)
}
