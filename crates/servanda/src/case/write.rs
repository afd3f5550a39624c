//! Writing into a case: records are appended, files are added; nothing is replaced.

use std::collections::BTreeSet;
use std::path::Path;

use servanda_ledger::{Author, Body, RecordKind};
use servanda_model::{AuthorId, DocumentId, Hash32, Instant};
use servanda_store::{Acknowledged, Store, Writer};

use crate::case::{BUNDLE, Case, LEDGER, read_bundle};
use crate::error::CommandError;
use crate::out::Console;

/// The ledger of a case, opened for writing; made where there is none. A shipped bundle is taken over first.
pub(crate) fn open_ledger(case: &Case, console: &Console) -> Result<Writer, CommandError> {
    let path = case.dir.join(LEDGER);
    if path.exists() {
        return Ok(Store::open_write(&path)?);
    }
    let bundle = if case.dir.join(BUNDLE).exists() { Some(read_bundle(case)?) } else { None };
    let mut writer = Store::create(&path)?;
    if let Some(bundle) = bundle {
        let done = writer.import(&bundle)?;
        console.say(&format!("took {} records over from {BUNDLE} into {LEDGER}", done.n_appended));
    } else {
        console.say(&format!("made {LEDGER}"));
    }
    Ok(writer)
}

/// What one author has on record: claims and rulings, those taken back included, and documents of anybody.
#[derive(Default)]
pub(crate) struct OnRecord {
    own: BTreeSet<Hash32>,
    taken_back: BTreeSet<Hash32>,
    documents: BTreeSet<DocumentId>,
}

/// How a body stands to what is on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    New,
    Known,
    TakenBack,
}

impl OnRecord {
    pub(crate) fn of(store: &Store, author: &AuthorId) -> Result<OnRecord, CommandError> {
        let mut found = OnRecord::default();
        store.visit(&mut |stored| {
            let is_own = stored.record.author == *author;
            match (stored.record.kind, stored.subject) {
                (RecordKind::Document, Some(id)) => {
                    found.documents.insert(DocumentId(id));
                }
                (RecordKind::Retraction, Some(id)) if is_own => {
                    found.taken_back.insert(id);
                }
                (RecordKind::Claim | RecordKind::Ruling, Some(id)) if is_own => {
                    found.own.insert(id);
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// Whether a body is new. What was taken back is not put on record again by adding the same file again.
    pub(crate) fn standing(&self, body: &Body) -> Standing {
        let id = match body {
            Body::Document(document) if self.documents.contains(&document.id) => return Standing::Known,
            Body::Document(_) | Body::Notice(_) | Body::Retraction(_) => return Standing::New,
            Body::Claim(claim) => claim.id().0,
            Body::Ruling(ruling) => servanda_ledger::ruling_id(ruling).0,
        };
        match (self.own.contains(&id), self.taken_back.contains(&id)) {
            (true, true) => Standing::TakenBack,
            (true, false) => Standing::Known,
            (false, _) => Standing::New,
        }
    }
}

/// Signs and appends bodies in one transaction.
pub(crate) fn append(
    writer: &mut Writer,
    author: &Author,
    bodies: &[Body],
    now: Instant,
) -> Result<usize, CommandError> {
    if bodies.is_empty() {
        return Ok(0);
    }
    let ids = writer.appender(author)?.append(bodies, now)?;
    Ok(ids.len())
}

/// Where a file of that name and content lies, or is to lie, in a folder of the case, relative to the case.
pub(crate) struct Place {
    pub name: String,
    pub is_new: bool,
}

/// Finds a name for a file: its own, or with the first digits of its hash where a different file has that name.
pub(crate) fn place(case: &Case, folder: &str, name: &str, bytes: &[u8]) -> Place {
    let same = |name: &str| std::fs::read(case.dir.join(name)).ok().map(|there| there == bytes);
    let plain = format!("{folder}/{name}");
    match same(&plain) {
        None => Place { name: plain, is_new: true },
        Some(true) => Place { name: plain, is_new: false },
        Some(false) => {
            let hash = Hash32::of(bytes).to_string();
            let (stem, ending) = name
                .rsplit_once('.')
                .map_or((name, String::new()), |(stem, ending)| (stem, format!(".{ending}")));
            let name = format!("{folder}/{stem}-{}{ending}", &hash[..8]);
            let is_new = same(&name) != Some(true);
            Place { name, is_new }
        }
    }
}

/// Writes a new file; one that is there already is never replaced.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), CommandError> {
    use std::io::Write;
    let failed = |error: std::io::Error| CommandError::file("the file cannot be written:", path, &error);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(path).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|error| {
        // A file cut short would pass for the document.
        let _ = std::fs::remove_file(path);
        failed(error)
    })
}

/// What an append did, in words.
pub(crate) fn acknowledged(done: &Acknowledged) -> String {
    use servanda_render::figures::count;
    let mut parts = vec![
        format!("{} new", count(done.n_appended as usize, "record", "records")),
        format!("{} known already", done.n_known),
    ];
    if done.n_aside > 0 {
        parts.push(format!("{} kept and set aside", done.n_aside));
    }
    if done.n_adopted > 0 {
        parts.push(format!("{} set aside earlier count now", done.n_adopted));
    }
    parts.join(", ")
}
