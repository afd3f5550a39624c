//! A case folder, read and not written.

mod between;
mod folder;
mod records;
mod sources;
mod write;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use servanda_assess::Context;
use servanda_model::{Actor, AidPlan, Conversion, Counter, Diagnostic, Name, Place, Severity, Standpoint};
use servanda_pact::Agreement;
use servanda_read::prose::{KindRules, kind_rules};
use servanda_read::{CaseFile, Feed, Names};

use crate::error::{CommandError, ErrorKind};
pub(crate) use folder::{relative, walk};
pub(crate) use records::{BUNDLE, LEDGER, Origin, Records, read_bundle, sign};
pub(crate) use sources::{Compiled, Sources, is_claims, read_document, redacted};
pub(crate) use write::{OnRecord, Standing, acknowledged, append, open_ledger, place, write_new};

/// A case: what its text files say. Records and documents are read when asked for.
pub(crate) struct Case {
    pub dir: PathBuf,
    pub file: CaseFile,
    pub actors: Vec<Actor>,
    pub places: Vec<Place>,
    pub names: Names,
    pub feeds: Vec<Feed>,
    pub agreement: Agreement,
    /// Who counts by which rule.
    pub counters: Vec<Counter>,
    pub conversions: Vec<Conversion>,
    /// What it says of aid.
    pub aid: AidPlan,
    /// Which kinds of the agreement claims read in prose are about.
    pub reading: KindRules,
    /// Everything wrong with the files above.
    pub diagnostics: Vec<Diagnostic>,
    /// The files above, for messages that point into them.
    pub texts: BTreeMap<String, String>,
}

impl Case {
    /// The case of `--case`, or of this folder or the nearest one above it.
    pub(crate) fn find(asked: Option<&Path>) -> Result<Case, CommandError> {
        match asked {
            Some(dir) => Case::open(dir),
            None => {
                let here = std::env::current_dir().map_err(|error| {
                    CommandError::file("this folder cannot be read:", Path::new("."), &error)
                })?;
                let found = here.ancestors().find(|dir| dir.join("case.toml").is_file());
                Case::open(found.ok_or_else(|| {
                    CommandError::new(ErrorKind::Case, "there is no case.toml in this folder or above it")
                        .hint("name the folder with --case DIR, or make a case with 'servanda new DIR'")
                })?)
            }
        }
    }

    /// Reads the text files of a case.
    pub(crate) fn open(dir: &Path) -> Result<Case, CommandError> {
        if !dir.join("case.toml").is_file() {
            let what = if dir.is_dir() { "has no case.toml" } else { "is not a folder" };
            return Err(CommandError::new(ErrorKind::Case, format!("{} {what}", dir.display()))
                .hint("a case is a folder with a case.toml; 'servanda new DIR' makes one"));
        }
        let mut reader = folder::Reader::new(dir);
        let case_text = reader.text("case.toml").unwrap_or_default();
        let (file, found) = servanda_read::case_file("case.toml", &case_text);
        reader.diagnostics.extend(found);
        let mut actors = Vec::new();
        if let Some(text) = reader.text("actors.toml") {
            let (read, found) = servanda_read::actors("actors.toml", &text);
            actors = read;
            reader.diagnostics.extend(found);
        }
        let mut places = Vec::new();
        if let Some(text) = reader.text("places.toml") {
            let (read, found) = servanda_read::places("places.toml", &text);
            places = read;
            reader.diagnostics.extend(found);
        }
        let mut feeds = Vec::new();
        if let Some(text) = reader.text("feeds.toml") {
            let (read, found) = servanda_read::feeds("feeds.toml", &text, &file.clock);
            feeds = read;
            reader.diagnostics.extend(found);
        }
        let pacts: Vec<(String, Vec<u8>)> = walk(&dir.join("agreement"))
            .into_iter()
            .filter(|path| path.extension().is_some_and(|extension| extension == "pact"))
            .filter_map(|path| reader.bytes(&relative(dir, &path)))
            .collect();
        let (agreement, found) = servanda_pact::parse_agreement(&pacts);
        reader.diagnostics.extend(found);
        for source in &agreement.files {
            reader.texts.insert(source.path.clone(), source.text.clone());
        }
        let names = Names::new(&actors, &places);
        let kinds: Vec<Name> = agreement.kinds.iter().map(|kind| kind.id.clone()).collect();
        let (mut counters, mut conversions) = Default::default();
        if let Some(text) = reader.text("counters.toml") {
            let found;
            (counters, conversions, found) =
                servanda_read::counters("counters.toml", &text, &names, Some(&kinds));
            reader.diagnostics.extend(found);
        }
        let mut aid = AidPlan::default();
        if let Some(text) = reader.text("aid.toml") {
            let (read, found) = servanda_read::aid_plan("aid.toml", &text, &names, Some(&kinds));
            aid = read;
            reader.diagnostics.extend(found);
        }
        let mut reading = KindRules::default();
        if let Some(text) = reader.text("reading.toml") {
            let about: Vec<Name> = kinds_of(&agreement).collect();
            let (read, found) = kind_rules("reading.toml", &text, &actors, &places, Some(&about));
            reading = read;
            reader.diagnostics.extend(found);
        }
        let folder::Reader { mut diagnostics, texts, .. } = reader;
        between::check(&file, &case_text, &actors, &agreement, &mut diagnostics);
        Ok(Case {
            dir: dir.to_owned(),
            file,
            actors,
            places,
            names,
            feeds,
            agreement,
            counters,
            conversions,
            aid,
            reading,
            diagnostics,
            texts,
        })
    }

    /// What status needs of actors and places.
    pub(crate) fn context(&self) -> Context {
        Context::new(&self.actors, &self.places)
    }

    /// The kinds that claims may name: kinds, bodies and powers of the agreement.
    pub(crate) fn event_kinds(&self) -> Vec<Name> {
        kinds_of(&self.agreement).collect()
    }

    /// The standpoint asked for, or the one that the case names as its own.
    pub(crate) fn standpoint(&self, asked: Option<&str>) -> Result<Standpoint, CommandError> {
        let id = asked.unwrap_or(self.file.standpoint.as_str());
        self.file.find_standpoint(id).cloned().ok_or_else(|| {
            let known: Vec<&str> =
                self.file.standpoints.iter().map(|standpoint| standpoint.id.as_str()).collect();
            CommandError::usage(format!("the case has no standpoint '{id}'"))
                .hint(format!("its standpoints are {}", known.join(", ")))
        })
    }

    /// How many errors its files hold.
    pub(crate) fn n_errors(&self) -> usize {
        self.diagnostics.iter().filter(|found| found.severity == Severity::Error).count()
    }

    /// The clock that the agreement counts by; the case's own where the agreement names none.
    pub(crate) fn zone(&self) -> &str {
        if self.agreement.clock.is_empty() { self.file.clock.name() } else { &self.agreement.clock }
    }
}

/// The names that claims may be about: kinds, bodies and powers of the agreement.
fn kinds_of(agreement: &Agreement) -> impl Iterator<Item = Name> + '_ {
    let kinds = agreement.kinds.iter().map(|kind| kind.id.clone());
    let bodies = agreement.bodies.iter().map(|body| body.id.clone());
    let powers = agreement
        .provisions
        .iter()
        .filter(|provision| matches!(provision.duty, servanda_pact::Duty::May { .. }))
        .map(|provision| provision.id.clone());
    kinds.chain(bodies).chain(powers)
}
