//! Documents of prose: batch by batch they are read, and go on record with their claims.
//!
//! Invariant: a document and its claims go on record in one transaction. Stopped in the middle, the same command goes on
//! where it was: what is on record is passed over.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use servanda_ledger::{Author, Body, Retraction, Withdrawn};
use servanda_model::{Claim, Diagnostic, Method};
use servanda_read::{DocumentMetadata, DocumentText};
use servanda_render::figures::count;

use super::known::{Known, READ_ANEW, content};
use super::{Given, append_list, describe, locate};
use crate::args::Add;
use crate::case::{Case, append, open_ledger, read_document, write_new};
use crate::error::CommandError;
use crate::model::Endpoint;
use crate::moments::now;
use crate::out::Console;
use crate::reading::Desk;

/// Documents that are read and put on record together: enough to keep every core busy, few enough to be held in memory.
const BATCH: usize = 128;
/// Faults that are told one by one.
const MAX_TOLD: usize = 20;

/// What became of the documents.
#[derive(Default)]
pub(super) struct Summary {
    pub n_documents: usize,
    pub n_claims: usize,
    pub n_proposed: usize,
    pub n_known: usize,
    pub n_coded: usize,
    pub n_withdrawn: usize,
    pub n_kept: usize,
    pub n_failed: usize,
    remarks: BTreeMap<String, (usize, String)>,
}

/// Reads documents and puts them on record with what they say.
pub(super) fn add(
    case: &Case,
    asked: &Add,
    files: &[PathBuf],
    author: &Author,
    console: &Console,
) -> Result<Summary, CommandError> {
    let desk = if asked.no_read { None } else { Some(Desk::new(Some(case))) };
    desk.iter().for_each(|desk| desk.tell(console));
    let endpoint = Endpoint::of(&asked.choice)?;
    let desk = desk.as_ref().map(|desk| (desk, endpoint.as_ref()));
    let mut known = Known::of(&*open_ledger(case, console)?, &author.id())?;
    let mut summary = Summary::default();
    let bar = console.progress(files.len(), "reading");
    for batch in files.chunks(BATCH) {
        let mut given = Vec::new();
        for file in batch {
            match std::fs::read(file).map_err(|error| CommandError::file("cannot read", file, &error)) {
                Ok(bytes) if bytes.is_empty() => summary.fail(console, file, "it is empty"),
                Ok(bytes) => given.push(locate(case, "sources", file, bytes)?),
                Err(error) => summary.fail(console, file, &error.message),
            }
        }
        put(case, asked, &given, desk, (&mut known, author), &mut summary, console)?;
        bar.inc(batch.len() as u64);
    }
    bar.finish_and_clear();
    Ok(summary)
}

/// One batch: read by all cores, written by one.
fn put(
    case: &Case,
    asked: &Add,
    given: &[Given],
    desk: Option<(&Desk, Option<&Endpoint>)>,
    (known, author): (&mut Known, &Author),
    summary: &mut Summary,
    console: &Console,
) -> Result<(), CommandError> {
    let described = describe(case, asked, given)?;
    let list = list(case, described.as_deref());
    let read = in_parallel(given, |one| look(case, asked, one, &list, desk, known));
    let mut bodies = Vec::new();
    for (one, found) in given.iter().zip(read) {
        found.remarks.iter().for_each(|remark| summary.remark(remark));
        match found.reading {
            Reading::Passed => {}
            Reading::Coded => summary.n_coded += 1,
            Reading::Done(claims) => {
                let changed = known.settle(&found.document.document.id, claims, asked.reread);
                let is_proposal = |claim: &&Claim| claim.method == Method::Proposed;
                let n_proposed = changed.fresh.iter().filter(is_proposal).count();
                summary.n_proposed += n_proposed;
                summary.n_claims += changed.fresh.len() - n_proposed;
                summary.n_withdrawn += changed.stale.len();
                summary.n_kept += changed.n_kept;
                let withdrawn = changed.stale.into_iter().map(|claim| {
                    let reason = format!("{READ_ANEW}{}: no longer found", crate::reading::READER);
                    Body::from(Retraction { target: Withdrawn::Claim(claim), reason })
                });
                bodies.extend(withdrawn);
                bodies.extend(changed.fresh.into_iter().map(Body::from));
            }
        }
        if known.add_document(&found.document.document.id) {
            summary.n_documents += 1;
            // A document comes before its claims.
            bodies.insert(0, Body::from(found.document.document.clone()));
        } else {
            summary.n_known += 1;
        }
        if one.is_new {
            write_new(&case.dir.join(&one.name), &one.bytes)?;
        }
    }
    if let Some(lines) = &described {
        append_list(case, lines)?;
    }
    let mut writer = open_ledger(case, console)?;
    append(&mut writer, author, &bodies, now()?)?;
    Ok(())
}

/// What was found in one document.
struct Found {
    document: DocumentText,
    reading: Reading,
    remarks: Vec<Diagnostic>,
}

enum Reading {
    /// It was read before, or is not to be read.
    Passed,
    /// An analyst has coded it.
    Coded,
    Done(Vec<Claim>),
}

fn look(
    case: &Case,
    asked: &Add,
    given: &Given,
    list: &BTreeMap<String, DocumentMetadata>,
    desk: Option<(&Desk, Option<&Endpoint>)>,
    known: &Known,
) -> Found {
    let (document, mut remarks) = read_document(case, &given.name, &given.bytes, list);
    let id = document.document.id;
    let reading = match desk {
        None => Reading::Passed,
        Some(_) if known.is_coded(&id) && !asked.also_coded => Reading::Coded,
        Some(_) if known.is_read(&id) && !asked.reread => Reading::Passed,
        Some((desk, endpoint)) => {
            let (articles, found) = desk.read(&document);
            remarks.extend(found);
            let mut claims = Vec::new();
            for article in articles {
                let asked = endpoint.map(|endpoint| desk.proposed(&document, &article, endpoint));
                let (proposed, found) = asked.unwrap_or_default();
                claims.extend(proposed);
                remarks.extend(found);
                remarks.extend(article.remarks);
                claims.extend(article.claims.into_iter().map(|read| read.claim));
            }
            // The same words of a page that is printed twice in a table of articles are one claim.
            let mut seen = std::collections::BTreeSet::new();
            claims.retain(|claim: &Claim| seen.insert(content(claim)));
            Reading::Done(claims)
        }
    };
    Found { document, reading, remarks }
}

/// What `documents.toml` says, with further lines.
fn list(case: &Case, further: Option<&str>) -> BTreeMap<String, DocumentMetadata> {
    let path = "sources/documents.toml";
    let mut text = std::fs::read_to_string(case.dir.join(path)).unwrap_or_default();
    text.push_str(further.unwrap_or_default());
    servanda_read::document_list(path, &text, &case.file.clock).0
}

/// Applies work to each item on as many threads as there are cores; answers in the order of the items.
fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let n_threads = std::thread::available_parallelism().map_or(1, usize::from).min(items.len().max(1));
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, R)>> = Mutex::new(Vec::with_capacity(items.len()));
    std::thread::scope(|scope| {
        for _ in 0..n_threads {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(at) else { return };
                    let result = work(item);
                    done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((at, result));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

impl Summary {
    fn fail(&mut self, console: &Console, file: &Path, why: &str) {
        self.n_failed += 1;
        if self.n_failed <= MAX_TOLD {
            console.say(&format!("{}: not put on record: {why}", file.display()));
        } else if self.n_failed == MAX_TOLD + 1 {
            console.say("further files that cannot be used are counted only");
        }
    }

    /// Each code is told once with its first place, and counted.
    fn remark(&mut self, found: &Diagnostic) {
        let said = format!("{}: {}", found.file, found.message);
        let entry = self.remarks.entry(found.code.clone()).or_insert((0, said));
        entry.0 += 1;
    }

    /// What was not read or should be known, a line for each sort.
    pub(super) fn tell(&self, console: &Console) {
        for (code, (n, first)) in &self.remarks {
            let more = if *n > 1 { format!(" (and {} more like it)", n - 1) } else { String::new() };
            console.say(&servanda_render::plain::harmless(&format!("{code} {first}{more}")));
        }
    }

    /// `put on record: 3 documents, 41 claims`.
    pub(super) fn said(&self) -> String {
        let mut parts = Vec::new();
        if self.n_documents + self.n_claims + self.n_proposed + self.n_withdrawn == 0 {
            parts.push("nothing new: all of it is on record already".to_owned());
        } else {
            let documents = count(self.n_documents, "document", "documents");
            let claims = count(self.n_claims, "claim read from them", "claims read from them");
            parts.push(format!("put on record: {documents}, {claims}, not reviewed"));
        }
        let more = [
            (self.n_proposed, "proposed by a language model, to be accepted before they count"),
            (self.n_known, "known already"),
            (self.n_coded, "coded by an analyst and not read"),
            (self.n_withdrawn, "earlier readings taken back"),
            (self.n_kept, "new readings left out, because a person has ruled on those words"),
            (self.n_failed, "could not be used"),
        ];
        parts.extend(more.iter().filter(|(n, _)| *n > 0).map(|(n, said)| format!("{n} {said}")));
        parts.join("; ")
    }
}
